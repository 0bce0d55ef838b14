//! Passwords that became known elsewhere, looked up without asking anyone: a file on this machine as the public list is
//! downloaded, one SHA-1 a line in capital or small digits with how often it was seen (`HEX40:COUNT`), ordered by hash. It
//! may have tens of gigabytes: it is searched where it lies, by halves, and never read whole.

use jc_trust::hex;
use sha1::{Digest, Sha1};
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

/// A line is no longer; what is longer is no such file.
const LINE: usize = 80;
/// So many lines, evenly spread, are looked at to see whether the file is in order.
const SAMPLES: u64 = 512;

/// Why a file of leaked passwords cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LeakedError {
    /// It cannot be read.
    #[error("read the leaked passwords")]
    Read(#[from] io::Error),
    /// It is empty, or a line is none of such a file.
    #[error("a line at byte {0} of the leaked passwords is not a SHA-1 hash")]
    Line(u64),
    /// It is not ordered by hash, so that nothing can be found in it.
    #[error("the leaked passwords are not ordered by hash at byte {0}")]
    Order(u64),
}

/// A file of passwords that became known.
#[derive(Debug, Clone)]
pub struct Leaked(PathBuf);

/// A line: its hash in small digits, where it begins, and where the next one does.
struct Line {
    hash: [u8; 40],
    begins: u64,
    ends: u64,
}

impl Leaked {
    /// The file at a path, which is opened anew each time: it can be replaced while the service runs.
    pub fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Looks the file over: a sample of its lines, first and last among them. Every search looks again.
    pub fn check(&self) -> Result<(), LeakedError> {
        let file = File::open(&self.0)?;
        let size = file.metadata()?.len();
        if size == 0 {
            return Err(LeakedError::Line(0));
        }
        let mut before: Option<Line> = None;
        for sample in 0..=SAMPLES {
            let at = u64::try_from(u128::from(size) * u128::from(sample) / u128::from(SAMPLES)).unwrap_or(size);
            let line = line_at(&file, size, at.min(size - 1))?;
            if let Some(before) = before.filter(|before| before.begins < line.begins)
                && before.hash >= line.hash
            {
                return Err(LeakedError::Order(line.begins));
            }
            before = Some(line);
        }
        Ok(())
    }

    /// Whether a password is in the file.
    pub fn holds(&self, password: &str) -> Result<bool, LeakedError> {
        let wanted = hex(&Sha1::digest(password.as_bytes()));
        let wanted = wanted.as_bytes();
        let file = File::open(&self.0)?;
        let size = file.metadata()?.len();
        if size == 0 {
            return Err(LeakedError::Line(0));
        }
        // What is wanted stands, if anywhere, in a line that begins in `low..high`; the hashes around it are in order.
        let (mut low, mut high) = (0, size);
        let (mut least, mut most) = ([b'0'; 40], [b'g'; 40]);
        while low < high {
            let line = line_at(&file, size, low + (high - low) / 2)?;
            if line.hash < least || line.hash > most {
                return Err(LeakedError::Order(line.begins));
            }
            match line.hash.as_slice().cmp(wanted) {
                std::cmp::Ordering::Equal => return Ok(true),
                std::cmp::Ordering::Less => (low, least) = (line.ends, line.hash),
                std::cmp::Ordering::Greater => (high, most) = (line.begins, line.hash),
            }
        }
        Ok(false)
    }
}

/// The line that a byte of the file is in.
fn line_at(file: &File, size: u64, at: u64) -> Result<Line, LeakedError> {
    let from = at.saturating_sub(LINE as u64);
    let mut bytes = [0; 2 * LINE];
    let mut filled = 0;
    while filled < bytes.len() {
        match file.read_at(&mut bytes[filled..], from + filled as u64) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    let bytes = &bytes[..filled];
    let here = usize::try_from(at - from).unwrap_or(0).min(filled);
    let odd = LeakedError::Line(at);
    let begins = match bytes[..here].iter().rposition(|byte| *byte == b'\n') {
        Some(before) => before + 1,
        None if from == 0 => 0,
        None => return Err(odd),
    };
    let ends = match bytes[here..].iter().position(|byte| *byte == b'\n') {
        Some(end) => here + end + 1,
        None if from + filled as u64 == size => filled,
        None => return Err(odd),
    };
    let line = &bytes[begins..ends];
    let Some((hash, rest)) = line.split_first_chunk::<40>() else { return Err(odd) };
    if !hash.iter().all(u8::is_ascii_hexdigit) || rest.first().is_some_and(u8::is_ascii_hexdigit) {
        return Err(odd);
    }
    Ok(Line {
        hash: hash.map(|digit| digit.to_ascii_lowercase()),
        begins: from + begins as u64,
        ends: from + ends as u64,
    })
}

#[cfg(test)]
mod tests {
    use super::{Leaked, LeakedError};
    use jc_trust::hex;
    use sha1::{Digest, Sha1};

    fn hash(password: &str) -> String {
        hex(&Sha1::digest(password.as_bytes())).to_uppercase()
    }

    fn file(lines: &[String], end: &str) -> (tempfile::TempDir, Leaked) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("leaked.txt");
        std::fs::write(&path, lines.join(end) + end).expect("a file");
        let leaked = Leaked::at(&path);
        (folder, leaked)
    }

    /// Every line is found whatever its length and place, and nothing else.
    #[test]
    fn each_password_of_the_file_is_found_and_no_other() {
        for (many, end) in [(1, "\n"), (2, "\n"), (3, "\r\n"), (700, "\r\n"), (701, "\n")] {
            let known: Vec<String> = (0..many).map(|n| format!("leaked password {n}")).collect();
            let mut lines: Vec<String> = known.iter().map(|word| hash(word)).collect();
            lines.sort_unstable();
            for (n, line) in lines.iter_mut().enumerate() {
                line.push_str(&format!(":{}", n * n * n));
            }
            let (_folder, leaked) = file(&lines, end);
            leaked.check().expect("it is in order");
            for word in &known {
                assert!(leaked.holds(word).expect("a look"), "{word} of {many}");
                assert!(!leaked.holds(&format!("{word}!")).expect("a look"), "{word}! of {many}");
            }
        }
    }

    #[test]
    fn what_is_no_such_file_is_said_and_passes_nobody() {
        let lines: Vec<String> = (0..600).map(|n| hash(&n.to_string())).collect();
        let (_one, unordered) = file(&lines, "\n");
        assert!(matches!(unordered.check(), Err(LeakedError::Order(_))));
        assert!(matches!(unordered.holds("no such one"), Err(LeakedError::Order(_))));
        for lines in [vec![], vec!["password".to_owned()], vec!["1".repeat(64)], vec!["a".repeat(500)]] {
            let (_folder, leaked) = file(&lines, "\n");
            assert!(matches!(leaked.check(), Err(LeakedError::Line(_))), "{lines:?}");
            assert!(matches!(leaked.holds("x"), Err(LeakedError::Line(_))), "{lines:?}");
        }
        let gone = Leaked::at(std::path::Path::new("/nowhere/leaked.txt"));
        assert!(matches!(gone.check(), Err(LeakedError::Read(_))));
        assert!(matches!(gone.holds("x"), Err(LeakedError::Read(_))));
    }
}
