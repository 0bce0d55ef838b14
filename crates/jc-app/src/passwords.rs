//! Passwords and tokens: Argon2id, random tokens of which only the hash is kept.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use jc_store::StoreError;
use jc_trust::hex;
use sha2::{Digest, Sha256};

/// 19 MiB, two passes: about 40 ms of one core.
fn hasher() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The hash that is stored of a password.
pub fn hash(password: &str) -> Result<String, StoreError> {
    let hash = hasher().hash_password(password.as_bytes()).map_err(|_| StoreError::Randomness)?;
    Ok(hash.to_string())
}

/// The hash that is worked out where there is none.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$2GpDrNQUQcrRGAAYx7CXNqS2YxJwGXdkPx4A9bAZl0o";

/// Whether a password is the one a hash was made of. Without a hash, the same time is spent and the answer is no.
pub fn verify(password: &str, stored: Option<&str>) -> bool {
    let parsed = PasswordHash::new(stored.unwrap_or(NOBODY));
    let fits = parsed.is_ok_and(|hash| hasher().verify_password(password.as_bytes(), &hash).is_ok());
    fits && stored.is_some()
}

/// A random token of 32 bytes, as 64 digits: what a browser or a link holds.
pub fn token() -> Result<String, StoreError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| StoreError::Randomness)?;
    Ok(hex(&bytes))
}

/// Why a password is too easily guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weak {
    /// Fewer than 12 or more than 128 characters.
    Length(usize),
    /// Among those often used, or made of very few characters.
    Common,
    /// Holds the login, the name, the school's or the program's.
    Context,
}

/// The passwords that are often used, of at least eight characters: source and licence stand beside it.
const COMMON: &str = include_str!("../data/common-passwords.txt");

/// What is wrong with a new password; `about` are words it must not be made of. Any characters are welcome.
pub fn weakness(password: &str, about: &[&str]) -> Option<Weak> {
    let length = password.chars().count();
    if !(12..=128).contains(&length) {
        return Some(Weak::Length(length));
    }
    let low = password.to_lowercase();
    let tail = |c: char| c.is_ascii_digit() || c.is_ascii_punctuation();
    let read = read_back(&low);
    // What is easily put before, behind or in place of letters makes no common word another.
    let forms = [&low, low.trim_end_matches(tail), low.trim_matches(tail), &read, read.trim_end_matches(tail)];
    let mut forms: Vec<&str> = forms.into_iter().filter(|form| form.len() >= 8 || *form == low).collect();
    for form in forms.clone() {
        let half = form.get(..form.len() / 2).filter(|half| half.len() >= 6 && form == [*half, *half].concat());
        forms.extend(half);
    }
    let common = |word: &str| forms.contains(&word);
    let mut characters: Vec<char> = low.chars().collect();
    characters.sort_unstable();
    characters.dedup();
    if characters.len() < 5 || COMMON.lines().any(common) {
        return Some(Weak::Common);
    }
    let own = |word: &&str| {
        let word = word.trim().to_lowercase();
        let long = if word.is_ascii() { word.len() >= 4 } else { word.chars().count() >= 2 };
        // What is left beside the word must still be a password of its own.
        long && low.contains(&word) && low.replace(&word, "").chars().count() < 12
    };
    ["jiangce", "匠册"].iter().chain(about).any(own).then_some(Weak::Context)
}

/// A word with the letters that signs and digits often stand for.
fn read_back(word: &str) -> String {
    let letter = |c| match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    };
    word.chars().map(letter).collect()
}

/// What is kept of a token.
pub fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use super::{NOBODY, PasswordHash, Weak, hash, token, verify, weakness};

    #[test]
    fn what_is_easily_guessed_is_refused() {
        let about = ["wangli", "王丽", "示例技师学院"];
        for (password, weak) in [
            ("kurz", Some(Weak::Length(4))),
            ("Password1234", Some(Weak::Common)),
            ("administrator!2024", Some(Weak::Common)),
            ("2024!administrator", Some(Weak::Common)),
            ("P@ssw0rd!2024", Some(Weak::Common)),
            ("sunshinesunshine", Some(Weak::Common)),
            ("qwertyuiop2024!", Some(Weak::Common)),
            ("1qaz2wsx3edc", Some(Weak::Common)),
            ("woaini1314520", Some(Weak::Common)),
            ("iloveyou20240501", Some(Weak::Common)),
            ("aaaabbbbaaaabbbb", Some(Weak::Common)),
            ("jiangce-demo", Some(Weak::Context)),
            ("wangli-2024-05", Some(Weak::Context)),
            ("示例技师学院20240501", Some(Weak::Context)),
            ("eine lange Losung 2024", None),
            ("wangli und sieben grüne Frösche", None),
            ("春眠不觉晓处处闻啼鸟夜来", None),
        ] {
            assert_eq!(weakness(password, &about), weak, "{password}");
        }
    }

    /// Work, not time, is compared: memory, passes, lanes, salt and length are those of a real hash.
    #[test]
    fn a_name_nobody_has_costs_the_work_of_one_that_someone_has() {
        let stored = hash("平湖 correct horse").expect("a hash");
        let [real, nobody] = [stored.as_str(), NOBODY].map(|text| PasswordHash::new(text).expect("a hash"));
        assert_eq!((real.algorithm, real.version), (nobody.algorithm, nobody.version));
        assert_eq!(real.params.to_string(), nobody.params.to_string());
        let sizes = |hash: &PasswordHash| (hash.salt.map(|salt| salt.len()), hash.hash.map(|hash| hash.len()));
        assert_eq!(sizes(&real), sizes(&nobody));
    }

    #[test]
    fn a_password_fits_its_own_hash_only() {
        let stored = hash("平湖 correct horse").expect("a hash");
        assert!(verify("平湖 correct horse", Some(&stored)));
        assert!(!verify("平湖 correct horsE", Some(&stored)));
        assert!(!verify("", None));
        assert_ne!(token().expect("a token"), token().expect("another"));
    }
}
