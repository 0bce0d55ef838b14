//! A PostgreSQL server of the tests' own: one cluster for a test program, in a temporary folder, on a socket only.
//!
//! `initdb` refuses to run as root, so that the cluster then belongs to the user `postgres`. The server ends with
//! the test program: it is started as its child and told to stop by a watcher when the program is gone.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

struct Server {
    socket: PathBuf,
}

static SERVER: OnceLock<Option<Server>> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The URL of a new, empty database; nothing where no server is installed.
pub fn fresh_database() -> Option<String> {
    let server = SERVER.get_or_init(|| start("pg", &[])).as_ref()?;
    Some(make(server, "template template0 encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'"))
}

/// The URL of a new database with all that is in another of this server, given by its URL. Nobody may be connected to
/// that one.
pub fn copied_database(url: &str) -> String {
    let server = SERVER.get().and_then(Option::as_ref).expect("the server of that database");
    let name = url.rsplit('/').next().unwrap_or_default();
    make(server, &format!("template {name} strategy file_copy"))
}

/// Makes a database and gives its URL.
fn make(server: &Server, from: &str) -> String {
    let name = format!("t{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    let psql = find("psql").expect("a server has psql");
    let made = Command::new(psql)
        .args(["-qX", "-h"])
        .arg(&server.socket)
        .args(["-U", "postgres", "-c", &format!("create database {name} {from}")])
        .stdin(Stdio::null())
        .output()
        .expect("psql starts");
    assert!(made.status.success(), "a database could not be made: {}", String::from_utf8_lossy(&made.stderr));
    format!("postgres://postgres@{}/{name}", escape(&server.socket))
}

/// The URL of a new database for a program under test, as [`fresh_database`].
pub fn server_url() -> Option<String> {
    fresh_database()
}

/// The port of a server of its own that also listens on this machine's addresses and has a certificate with its key (PEM);
/// nothing where no server is installed.
pub fn encrypting_server(certificate: &str, key: &str) -> Option<u16> {
    let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let port = free.expect("a free port").port();
    let settings = [("listen_addresses", "127.0.0.1"), ("port", &port.to_string()), ("ssl", "on")];
    let files = [("ssl_cert_file", certificate), ("ssl_key_file", key)];
    start("pg-tls", &[&settings[..], &files[..]].concat()).map(|_| port)
}

fn escape(path: &Path) -> String {
    path.to_string_lossy().replace('/', "%2F")
}

/// Starts a server with more settings; of one that ends in `_file` the content is given.
fn start(name: &str, settings: &[(&str, &str)]) -> Option<Server> {
    let initdb = find("initdb")?;
    let postgres = find("postgres")?;
    let folder = std::env::temp_dir().join(format!("jiangce-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).ok()?;
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o777)).ok()?;
    let root = Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout.starts_with(b"0\n"));
    let data = folder.join("data");
    let as_user = |program: &Path| {
        if root {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        }
    };
    let made = run(as_user(&initdb).arg("-D").arg(&data).args([
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
        "--no-instructions",
    ]));
    assert!(made, "initdb failed");
    let mut more = Vec::new();
    for (setting, value) in settings {
        let value = if setting.ends_with("_file") {
            let file = folder.join(setting);
            std::fs::write(&file, value).ok()?;
            // Only its owner may read a key, and that is the user the server runs as.
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).ok()?;
            assert!(!root || run(Command::new("chown").arg("postgres").arg(&file)), "a file could not be given away");
            file.display().to_string()
        } else {
            (*value).to_owned()
        };
        more.extend(["-c".to_owned(), format!("{setting}={value}")]);
    }
    // The watcher stops the server and clears up when this program has ended, however it ended.
    let watch = format!(
        "\"$@\" & server=$!; while [ -d /proc/{} ] && kill -0 $server 2>/dev/null; do sleep 0.5; done; \
         kill -INT $server; wait $server; rm -rf {}",
        std::process::id(),
        folder.display()
    );
    let mut watcher = as_user(Path::new("/bin/sh"));
    watcher.args(["-c", &watch, "sh"]).arg(&postgres).arg("-D").arg(&data).arg("-k").arg(&folder).args([
        "-c",
        "listen_addresses=",
        "-c",
        "fsync=off",
        "-c",
        "full_page_writes=off",
        "-c",
        "synchronous_commit=off",
        "-c",
        "max_connections=200",
    ]);
    watcher.args(more);
    let port = settings.iter().find(|(setting, _)| *setting == "port").map_or("5432", |(_, port)| port);
    watcher.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    watcher.spawn().ok()?;
    let psql = find("psql")?;
    for _ in 0..200 {
        std::thread::sleep(std::time::Duration::from_millis(50));
        let up = run(Command::new(&psql)
            .args(["-qX", "-h"])
            .arg(&folder)
            .args(["-p", port, "-U", "postgres", "-c", "select 1"]));
        if up {
            return Some(Server { socket: folder });
        }
    }
    panic!("the PostgreSQL server did not come up");
}

fn run(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|s| s.success())
}

/// A program of the newest installed server, or on the path.
fn find(program: &str) -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin").join(program))
        .filter(|path| path.is_file())
        .collect();
    versions.sort();
    versions.pop().or_else(|| {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).map(|dir| dir.join(program)).find(|path| path.is_file())
    })
}
