//! Signatures: Ed25519, each for one purpose, by keys that name themselves.

use crate::digest::{from_hex, hex, sha256};
use ed25519_dalek::Signer;
use std::fmt;

/// What a signature is for: one made for a seal never passes for a report's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// The seal of a page.
    Seal,
    /// The figures that travel in a report.
    Report,
    /// A student's credential.
    Credential,
    /// The pages a school hands to its bureau.
    Handover,
    /// The end of a log, kept elsewhere.
    LogEnd,
}

impl Purpose {
    fn code(self) -> &'static str {
        match self {
            Self::Seal => "seal",
            Self::Report => "report",
            Self::Credential => "credential",
            Self::Handover => "handover",
            Self::LogEnd => "log-end",
        }
    }

    fn message(self, bytes: &[u8]) -> Vec<u8> {
        [b"jiangce/1/", self.code().as_bytes(), b"\0", bytes].concat()
    }
}

/// The short name of a key: the first 16 digits of its public half's digest.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId(pub String);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a school signs with. It is not shown by `Debug`, and wiped when dropped.
#[derive(Clone)]
pub struct SigningKey(ed25519_dalek::SigningKey);

const SECRET: &str = "ed25519-secret:";
const PUBLIC: &str = "ed25519:";

impl SigningKey {
    /// The key that grows from 32 random bytes.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// Reads what [`secret_text`](Self::secret_text) wrote; white space around it does not matter.
    pub fn parse(text: &str) -> Option<Self> {
        from_hex(text.trim().strip_prefix(SECRET)?).map(|seed| Self::from_seed(&seed))
    }

    /// The secret half, for the key's own file and nothing else.
    pub fn secret_text(&self) -> String {
        format!("{SECRET}{}", hex(self.0.as_bytes()))
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs bytes for a purpose.
    pub fn sign(&self, purpose: Purpose, bytes: &[u8]) -> Signature {
        Signature(self.0.sign(&purpose.message(bytes)).to_bytes())
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({}, ***)", self.public().id())
    }
}

/// What anybody verifies with. Its text is `ed25519:` and 64 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(ed25519_dalek::VerifyingKey);

impl PublicKey {
    /// Reads the text form; white space around it does not matter.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = from_hex(text.trim().strip_prefix(PUBLIC)?)?;
        ed25519_dalek::VerifyingKey::from_bytes(&bytes).ok().map(Self)
    }

    /// Its short name.
    pub fn id(&self) -> KeyId {
        KeyId(sha256(self.0.as_bytes())[..16].to_owned())
    }

    /// Its 32 bytes.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// Whether the key signed these bytes for this purpose. Malleable signatures and weak keys are refused.
    pub fn verify(&self, purpose: Purpose, bytes: &[u8], signature: &Signature) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        self.0.verify_strict(&purpose.message(bytes), &signature).is_ok()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PUBLIC}{}", hex(self.0.as_bytes()))
    }
}

/// A signature: 64 bytes, written as 128 digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signature(pub [u8; 64]);

impl Signature {
    /// Reads 128 digits.
    pub fn parse(text: &str) -> Option<Self> {
        from_hex(text).map(Self)
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signature({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::{PublicKey, Purpose, Signature, SigningKey};
    use crate::digest::from_hex;
    use proptest::prelude::*;

    #[test]
    fn the_keys_of_rfc_8032_are_these() {
        // Test 1 of section 7.1.
        let seed = from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60").expect("digits");
        let public = "ed25519:d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        assert_eq!(SigningKey::from_seed(&seed).public().to_string(), public);
    }

    #[test]
    fn texts_are_read_back_and_secrets_not_shown() {
        let key = SigningKey::from_seed(&[7; 32]);
        assert_eq!(SigningKey::parse(&key.secret_text()).map(|k| k.public()), Some(key.public()));
        assert_eq!(PublicKey::parse(&format!(" {}\n", key.public())), Some(key.public()));
        assert_eq!(key.public().id().0.len(), 16);
        assert!(!format!("{key:?}").contains("0707"));
        for bad in ["", "ed25519:", "ed25519:00", &key.secret_text()] {
            assert_eq!(PublicKey::parse(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn a_signature_holds_for_its_bytes_key_and_purpose_alone(
            seed in any::<[u8; 32]>(), other in any::<[u8; 32]>(), bytes in any::<Vec<u8>>(), flip in 0usize..512
        ) {
            prop_assume!(seed != other);
            let key = SigningKey::from_seed(&seed);
            let signature = key.sign(Purpose::Seal, &bytes);
            prop_assert!(key.public().verify(Purpose::Seal, &bytes, &signature));
            prop_assert_eq!(Signature::parse(&signature.to_string()), Some(signature));
            prop_assert!(!key.public().verify(Purpose::Report, &bytes, &signature));
            prop_assert!(!SigningKey::from_seed(&other).public().verify(Purpose::Seal, &bytes, &signature));
            prop_assert!(!key.public().verify(Purpose::Seal, &[&bytes[..], b"x"].concat(), &signature));
            let mut touched = signature;
            touched.0[flip / 8] ^= 1 << (flip % 8);
            prop_assert!(!key.public().verify(Purpose::Seal, &bytes, &touched));
        }
    }
}
