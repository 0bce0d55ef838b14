/* Writes down what a program does to the files of one folder, in the order in which it happens: loaded before the C library,
 * whose functions it calls. The test beside it makes of this what a disk would hold if the power had gone at any moment.
 *
 * A line per deed: W inode offset length (then the bytes), T inode length, F inode (flushed), C inode path (made), M path
 * (folder made), D path (folder's names flushed), R from to (renamed), L from to (linked), U path (removed),
 * A length (then the bytes) what was said on standard output. Paths are below the folder; what begins as "-shm" does not last
 * and is left out. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(type, name, ...) ((type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name))
#define MOST 4096

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static const char *root;
static size_t root_length;
static int journal = -1;
static char kept[MOST]; /* by number of the open file: whether it is below the folder */

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("JIANGCE_POWER_JOURNAL");
    const char *folder = getenv("JIANGCE_POWER_ROOT");
    if (!path || !folder) return;
    journal = REAL(int, open, const char *, int, ...)(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    root = folder;
    root_length = strlen(folder);
}

static void put(const void *bytes, size_t length) {
    const char *at = bytes;
    while (length > 0) {
        ssize_t n = REAL(ssize_t, write, int, const void *, size_t)(journal, at, length);
        if (n <= 0) abort();
        at += n;
        length -= (size_t)n;
    }
}

static void note(const char *format, ...) {
    char line[3 * PATH_MAX];
    va_list with;
    va_start(with, format);
    int n = vsnprintf(line, sizeof line, format, with);
    va_end(with);
    put(line, (size_t)n);
}

/* The part of a path below the folder, or nothing. */
static const char *below(const char *path) {
    if (!root || !path || strncmp(path, root, root_length) != 0) return NULL;
    if (path[root_length] == 0) return ".";
    if (path[root_length] != '/') return NULL;
    size_t length = strlen(path);
    if (length > 4 && strcmp(path + length - 4, "-shm") == 0) return NULL;
    return path + root_length + 1;
}

static int held(int fd) { return journal >= 0 && fd >= 0 && fd < MOST && kept[fd]; }

static unsigned long inode(int fd) {
    struct stat about;
    return fstat(fd, &about) == 0 ? (unsigned long)about.st_ino : 0;
}

static int opened(const char *path, int flags, int real(const char *, int, ...), mode_t mode) {
    const char *name = below(path);
    if (!name) {
        int fd = real(path, flags, mode);
        if (fd >= 0 && fd < MOST) kept[fd] = 0;
        return fd;
    }
    pthread_mutex_lock(&turn);
    int fresh = (flags & O_CREAT) && access(path, F_OK) != 0;
    int fd = real(path, flags, mode);
    if (fd >= 0 && fd < MOST) {
        kept[fd] = 1;
        if (fresh) note("C %lu %s\n", inode(fd), name);
        else if (flags & O_TRUNC) note("T %lu 0\n", inode(fd));
    }
    pthread_mutex_unlock(&turn);
    return fd;
}

#define OPEN(name)                                                              \
    int name(const char *path, int flags, ...) {                                \
        va_list with;                                                           \
        va_start(with, flags);                                                  \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(with, mode_t) : 0; \
        va_end(with);                                                           \
        return opened(path, flags, REAL(int, name, const char *, int, ...), mode); \
    }
OPEN(open)
OPEN(open64)

int close(int fd) {
    if (fd >= 0 && fd < MOST) kept[fd] = 0;
    return REAL(int, close, int)(fd);
}

static void wrote(int fd, off_t at, const void *bytes, ssize_t n) {
    if (n <= 0) return;
    note("W %lu %lld %lld\n", inode(fd), (long long)at, (long long)n);
    put(bytes, (size_t)n);
}

ssize_t write(int fd, const void *bytes, size_t length) {
    ssize_t (*real)(int, const void *, size_t) = REAL(ssize_t, write, int, const void *, size_t);
    if (fd == STDOUT_FILENO && journal >= 0) {
        pthread_mutex_lock(&turn);
        note("A %lld\n", (long long)length);
        put(bytes, length);
        pthread_mutex_unlock(&turn);
        return real(fd, bytes, length);
    }
    if (!held(fd)) return real(fd, bytes, length);
    pthread_mutex_lock(&turn);
    off_t at = lseek(fd, 0, SEEK_CUR);
    if (fcntl(fd, F_GETFL) & O_APPEND) at = lseek(fd, 0, SEEK_END);
    ssize_t n = real(fd, bytes, length);
    wrote(fd, at, bytes, n);
    pthread_mutex_unlock(&turn);
    return n;
}

/* Gathered writes are made one by one: what the caller sees is the same. */
ssize_t writev(int fd, const struct iovec *parts, int count) {
    if (!held(fd) && fd != STDOUT_FILENO) return REAL(ssize_t, writev, int, const struct iovec *, int)(fd, parts, count);
    ssize_t all = 0;
    for (int i = 0; i < count; i++) {
        ssize_t n = write(fd, parts[i].iov_base, parts[i].iov_len);
        if (n < 0) return all > 0 ? all : n;
        all += n;
        if ((size_t)n < parts[i].iov_len) break;
    }
    return all;
}

#define PWRITE(name)                                                            \
    ssize_t name(int fd, const void *bytes, size_t length, off_t at) {          \
        ssize_t (*real)(int, const void *, size_t, off_t) =                     \
            REAL(ssize_t, name, int, const void *, size_t, off_t);              \
        if (!held(fd)) return real(fd, bytes, length, at);                      \
        pthread_mutex_lock(&turn);                                              \
        ssize_t n = real(fd, bytes, length, at);                                \
        wrote(fd, at, bytes, n);                                                \
        pthread_mutex_unlock(&turn);                                            \
        return n;                                                               \
    }
PWRITE(pwrite)
PWRITE(pwrite64)

#define TRUNCATE(name)                                                          \
    int name(int fd, off_t length) {                                            \
        int (*real)(int, off_t) = REAL(int, name, int, off_t);                  \
        if (!held(fd)) return real(fd, length);                                 \
        pthread_mutex_lock(&turn);                                              \
        int done = real(fd, length);                                            \
        if (done == 0) note("T %lu %lld\n", inode(fd), (long long)length);      \
        pthread_mutex_unlock(&turn);                                            \
        return done;                                                            \
    }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

#define FLUSH(name)                                                             \
    int name(int fd) {                                                          \
        int (*real)(int) = REAL(int, name, int);                                \
        if (!held(fd)) return real(fd);                                         \
        pthread_mutex_lock(&turn);                                              \
        struct stat about;                                                      \
        fstat(fd, &about);                                                      \
        char link[64], path[PATH_MAX];                                          \
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);                    \
        ssize_t n = readlink(link, path, sizeof path - 1);                      \
        path[n > 0 ? n : 0] = 0;                                                \
        int done = real(fd);                                                    \
        if (done == 0 && S_ISDIR(about.st_mode)) note("D %s\n", below(path));   \
        else if (done == 0) note("F %lu\n", (unsigned long)about.st_ino);       \
        pthread_mutex_unlock(&turn);                                            \
        return done;                                                            \
    }
FLUSH(fsync)
FLUSH(fdatasync)

#define TWO(name, letter)                                                       \
    int name(const char *from, const char *to) {                                \
        int (*real)(const char *, const char *) = REAL(int, name, const char *, const char *); \
        if (!below(from) || !below(to)) return real(from, to);                  \
        pthread_mutex_lock(&turn);                                              \
        int done = real(from, to);                                              \
        if (done == 0) note(letter " %s\t%s\n", below(from), below(to));        \
        pthread_mutex_unlock(&turn);                                            \
        return done;                                                            \
    }
TWO(rename, "R")
TWO(link, "L")

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
    if (from_folder == AT_FDCWD && to_folder == AT_FDCWD && below(from)) return link(from, to);
    return REAL(int, linkat, int, const char *, int, const char *, int)(from_folder, from, to_folder, to, flags);
}

#define ONE(name, letter)                                                       \
    int name(const char *path) {                                                \
        int (*real)(const char *) = REAL(int, name, const char *);              \
        if (!below(path)) return real(path);                                    \
        pthread_mutex_lock(&turn);                                              \
        int done = real(path);                                                  \
        if (done == 0) note(letter " %s\n", below(path));                       \
        pthread_mutex_unlock(&turn);                                            \
        return done;                                                            \
    }
ONE(unlink, "U")
ONE(rmdir, "U")

int mkdir(const char *path, mode_t mode) {
    int (*real)(const char *, mode_t) = REAL(int, mkdir, const char *, mode_t);
    if (!below(path)) return real(path, mode);
    pthread_mutex_lock(&turn);
    int done = real(path, mode);
    if (done == 0) note("M %s\n", below(path));
    pthread_mutex_unlock(&turn);
    return done;
}

/* Copies within the kernel would pass unseen: without these, programs read and write. */
ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *into, size_t length, unsigned flags) {
    if (held(to)) {
        errno = ENOSYS;
        return -1;
    }
    return REAL(ssize_t, copy_file_range, int, off64_t *, int, off64_t *, size_t, unsigned)(from, at, to, into, length, flags);
}

ssize_t sendfile64(int to, int from, off64_t *at, size_t length) {
    if (held(to)) {
        errno = ENOSYS;
        return -1;
    }
    return REAL(ssize_t, sendfile64, int, int, off64_t *, size_t)(to, from, at, length);
}

ssize_t sendfile(int to, int from, off_t *at, size_t length) { return sendfile64(to, from, at, length); }
