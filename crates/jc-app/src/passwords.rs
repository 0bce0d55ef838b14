//! Passwords and tokens: Argon2id, random tokens of which only the hash is kept.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use jc_store::StoreError;
use jc_store::leaf::hex;
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

/// Whether a password is the one a hash was made of. Without a hash, the same time is spent and the answer is no.
pub fn verify(password: &str, stored: Option<&str>) -> bool {
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$2GpDrNQUQcrRGAAYx7CXNqS2YxJwGXdkPx4A9bAZl0o";
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

/// What is kept of a token.
pub fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use super::{hash, token, verify};

    #[test]
    fn a_password_fits_its_own_hash_only() {
        let stored = hash("平湖 correct horse").expect("a hash");
        assert!(verify("平湖 correct horse", Some(&stored)));
        assert!(!verify("平湖 correct horsE", Some(&stored)));
        assert!(!verify("", None));
        assert_ne!(token().expect("a token"), token().expect("another"));
    }
}
