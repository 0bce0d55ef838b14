//! Secrets at rest: fields sealed with a key that is kept outside the database, and the keyed prints they are found by.
//!
//! A sealed value is `print | key id | algorithm | nonce | ciphertext and tag`. The print is the same for the same value
//! of the same column, so that a number can be found and is unique without being opened; without the index key it says
//! nothing, not even whether a guess is right. The ciphertext is bound to its place: moved to another row, column or
//! version it does not open. Keys are told apart by their id, so that rows are sealed anew one after another.

use crate::chain::ChainKey;
use crate::digest::{hex, unhex};
use crate::set::LeafKey;
use aes_gcm::aead::consts::U12;
use aes_gcm::aead::{Aead as _, KeyInit as _, Nonce, Payload};
use aes_gcm::{Aes256Gcm, AesGcm};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use std::fmt::{self, Write as _};
use thiserror::Error;
use zeroize::Zeroizing;

/// How long a print is, in bytes.
pub const PRINT_BYTES: usize = 16;
const NONCE_BYTES: usize = 12;
const HEAD_BYTES: usize = PRINT_BYTES + 2 + NONCE_BYTES;
const FORMAT: &str = "jiangce-keys/1";

/// How values are sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// AES-256-GCM.
    Aes256Gcm,
    /// SM4-GCM (GB/T 32907), for schools whose assessor asks for it.
    Sm4Gcm,
}

impl Algorithm {
    /// Its word in the key file and in settings.
    pub fn code(self) -> &'static str {
        match self {
            Algorithm::Aes256Gcm => "aes-256-gcm",
            Algorithm::Sm4Gcm => "sm4-gcm",
        }
    }

    /// The algorithm of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        [Algorithm::Aes256Gcm, Algorithm::Sm4Gcm].into_iter().find(|algorithm| algorithm.code() == code)
    }

    fn number(self) -> u8 {
        match self {
            Algorithm::Aes256Gcm => 1,
            Algorithm::Sm4Gcm => 2,
        }
    }

    fn key_bytes(self) -> usize {
        match self {
            Algorithm::Aes256Gcm => 32,
            Algorithm::Sm4Gcm => 16,
        }
    }
}

/// Where a sealed value stands. A value taken from one place does not open at another.
#[derive(Debug, Clone, Copy)]
pub struct Spot<'a> {
    /// The table, or what is like one.
    pub table: &'a str,
    /// The column.
    pub column: &'a str,
    /// The row: a record's id, or whatever names it for ever.
    pub row: &'a [u8],
}

impl Spot<'_> {
    fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.table.len() + self.column.len() + self.row.len() + 12);
        for part in [self.table.as_bytes(), self.column.as_bytes(), self.row] {
            out.extend_from_slice(&(part.len() as u32).to_le_bytes());
            out.extend_from_slice(part);
        }
        out
    }
}

/// Why a sealed value cannot be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unopened {
    /// It was sealed with a key that is not among these.
    #[error("sealed with key {0}, which is not in the key file")]
    NoKey(u8),
    /// It was touched, or stands where it does not belong.
    #[error("the sealed value was touched or moved")]
    Touched,
}

/// Why a text is no key file. Says the line, and never what stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum KeyFileFault {
    /// It does not begin with the format's name.
    #[error("not a key file")]
    Format,
    /// A line (from 1) cannot be read.
    #[error("line {0} of the key file cannot be read")]
    Line(usize),
    /// It has no index key, or no key to seal with.
    #[error("the key file is incomplete")]
    Incomplete,
}

enum Cipher {
    Aes(Box<Aes256Gcm>),
    Sm4(Box<AesGcm<sm4::Sm4, U12>>),
}

struct Key {
    id: u8,
    algorithm: Algorithm,
    secret: Zeroizing<Vec<u8>>,
    cipher: Cipher,
}

/// The keys of an installation. Printing it shows their ids alone; when it is dropped its memory is wiped, and so is each
/// text and copy that it is made of and that leaves this module.
pub struct Vault {
    /// The first one seals; the others open what was sealed before.
    keys: Vec<Key>,
    index: Zeroizing<[u8; 32]>,
    /// The hash of prints, its key already taken in: that is half of the work.
    prints: Hmac<Sha256>,
    leaves: Zeroizing<LeafKey>,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Vault{:?}", self.ids())
    }
}

impl Key {
    fn new(id: u8, algorithm: Algorithm, secret: &[u8]) -> Option<Self> {
        let cipher = match algorithm {
            Algorithm::Aes256Gcm => Cipher::Aes(Box::new(Aes256Gcm::new_from_slice(secret).ok()?)),
            Algorithm::Sm4Gcm => Cipher::Sm4(Box::new(AesGcm::new_from_slice(secret).ok()?)),
        };
        Some(Self { id, algorithm, secret: Zeroizing::new(secret.to_vec()), cipher })
    }
}

impl Vault {
    /// Keys made from 64 random bytes: 32 for the prints, 32 to seal with.
    pub fn new(random: &[u8; 64], algorithm: Algorithm) -> Self {
        let mut index = Zeroizing::new([0; 32]);
        let (first, secret) = random.split_at(32);
        index.copy_from_slice(first);
        let key = Key::new(1, algorithm, &secret[..algorithm.key_bytes()]).expect("the length fits the algorithm");
        Self::of(vec![key], index)
    }

    fn of(keys: Vec<Key>, index: Zeroizing<[u8; 32]>) -> Self {
        let prints = Hmac::new_from_slice(&*index).expect("any length is a key");
        let leaves = Zeroizing::new(derived(&prints, "history", b"jiangce leaves 1"));
        Self { keys, index, prints, leaves }
    }

    /// The key that audit entries are linked by. It stays when the keys that seal change.
    pub fn chain_key(&self) -> ChainKey {
        derived(&self.prints, "audit", b"jiangce audit chain 1")
    }

    /// The key of the leaves of record versions: what was erased cannot be guessed from what proves that it was there. It
    /// stays when the keys that seal change.
    pub fn leaf_key(&self) -> &LeafKey {
        &self.leaves
    }

    /// The same keys, and before them a new one made from 32 random bytes, which seals from now on.
    ///
    /// Nothing once all 255 ids are in use.
    pub fn with_new_key(&self, random: &[u8; 32], algorithm: Algorithm) -> Option<Self> {
        let id = (1..=255).find(|id| !self.ids().contains(id))?;
        let mut keys = vec![Key::new(id, algorithm, &random[..algorithm.key_bytes()])?];
        keys.extend(self.keys.iter().filter_map(|key| Key::new(key.id, key.algorithm, &key.secret)));
        Some(Self::of(keys, self.index.clone()))
    }

    /// The same keys without one. The key that seals stays.
    pub fn without_key(&self, id: u8) -> Option<Self> {
        if self.sealing_id() == id || !self.ids().contains(&id) {
            return None;
        }
        let kept = self.keys.iter().filter(|key| key.id != id);
        let keys = kept.filter_map(|key| Key::new(key.id, key.algorithm, &key.secret)).collect();
        Some(Self::of(keys, self.index.clone()))
    }

    /// The ids of the keys, the one that seals first.
    pub fn ids(&self) -> Vec<u8> {
        self.keys.iter().map(|key| key.id).collect()
    }

    /// The id of the key that seals.
    pub fn sealing_id(&self) -> u8 {
        self.keys.first().map_or(0, |key| key.id)
    }

    /// Each key's id with its algorithm, the one that seals first.
    pub fn described(&self) -> impl Iterator<Item = (u8, Algorithm)> + '_ {
        self.keys.iter().map(|key| (key.id, key.algorithm))
    }

    /// The text of a key file.
    pub fn to_text(&self) -> Zeroizing<String> {
        let line = 96;
        // Long enough from the start: a text that grows leaves a copy behind.
        let mut text = Zeroizing::new(String::with_capacity(line * (self.keys.len() + 2)));
        let _ = writeln!(text, "{FORMAT}\nindex {}", *Zeroizing::new(hex(&*self.index)));
        for key in &self.keys {
            let _ = writeln!(text, "key {} {} {}", key.id, key.algorithm.code(), *Zeroizing::new(hex(&key.secret)));
        }
        text
    }

    /// Reads a key file's text.
    pub fn parse(text: &str) -> Result<Self, KeyFileFault> {
        let mut lines = text.lines().enumerate().map(|(n, line)| (n + 1, line.trim()));
        if lines.next().map(|(_, line)| line) != Some(FORMAT) {
            return Err(KeyFileFault::Format);
        }
        let (mut keys, mut index) = (Vec::<Key>::new(), None);
        for (number, line) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
            let fault = KeyFileFault::Line(number);
            let mut words = line.split_ascii_whitespace();
            match words.next() {
                Some("index") if index.is_none() => {
                    let bytes = words.next().and_then(unhex).ok_or(fault)?;
                    let bytes = Zeroizing::new(bytes);
                    index = Some(Zeroizing::new(<[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| fault)?));
                }
                Some("key") => {
                    let id = words.next().and_then(|word| word.parse::<u8>().ok()).filter(|id| *id > 0).ok_or(fault)?;
                    let algorithm = words.next().and_then(Algorithm::from_code).ok_or(fault)?;
                    let secret = Zeroizing::new(words.next().and_then(unhex).ok_or(fault)?);
                    if keys.iter().any(|key| key.id == id) {
                        return Err(fault);
                    }
                    keys.push(Key::new(id, algorithm, &secret).ok_or(fault)?);
                }
                _ => return Err(fault),
            }
            if words.next().is_some() {
                return Err(fault);
            }
        }
        match index {
            Some(index) if !keys.is_empty() => Ok(Self::of(keys, index)),
            _ => Err(KeyFileFault::Incomplete),
        }
    }

    /// A value that tells whether these are the keys a database was sealed with, and nothing else of them.
    pub fn check_value(&self) -> String {
        hex(&self.print("key-file", "check", "jiangce"))
    }

    /// The print of a value: equal for equal values of the same column.
    pub fn print(&self, table: &str, column: &str, value: &str) -> [u8; PRINT_BYTES] {
        let mut mac = self.prints.clone();
        mac.update(&Spot { table, column, row: value.as_bytes() }.bytes());
        let mut print = [0; PRINT_BYTES];
        print.copy_from_slice(&mac.finalize().into_bytes()[..PRINT_BYTES]);
        print
    }

    /// Seals a value for its place. `nonce` is random and used once.
    pub fn seal(&self, spot: &Spot, value: &str, nonce: [u8; NONCE_BYTES]) -> Vec<u8> {
        self.seal_printed(spot, &self.print(spot.table, spot.column, value), value, nonce)
    }

    /// Seals a value whose [`print`](Self::print) is at hand.
    pub fn seal_printed(
        &self,
        spot: &Spot,
        print: &[u8; PRINT_BYTES],
        value: &str,
        nonce: [u8; NONCE_BYTES],
    ) -> Vec<u8> {
        self.seal_bytes(spot, print, value.as_bytes(), nonce)
    }

    /// Seals bytes that are never looked for, such as an uploaded file.
    pub fn seal_blind(&self, spot: &Spot, content: &[u8], nonce: [u8; NONCE_BYTES]) -> Vec<u8> {
        self.seal_bytes(spot, &[0; PRINT_BYTES], content, nonce)
    }

    fn seal_bytes(&self, spot: &Spot, print: &[u8], content: &[u8], nonce: [u8; NONCE_BYTES]) -> Vec<u8> {
        let key = &self.keys[0];
        let mut out = Vec::with_capacity(HEAD_BYTES + content.len() + 16);
        out.extend_from_slice(print);
        out.extend_from_slice(&[key.id, key.algorithm.number()]);
        out.extend_from_slice(&nonce);
        let aad = aad(spot, &out);
        let payload = Payload { msg: content, aad: &aad };
        let sealed = match &key.cipher {
            Cipher::Aes(cipher) => cipher.encrypt(&Nonce::<Aes256Gcm>::from(nonce), payload),
            Cipher::Sm4(cipher) => cipher.encrypt(&Nonce::<AesGcm<sm4::Sm4, U12>>::from(nonce), payload),
        };
        out.extend(sealed.expect("far shorter than the cipher's bound of 64 GiB"));
        out
    }

    /// Opens a value at its place.
    pub fn open(&self, spot: &Spot, sealed: &[u8]) -> Result<String, Unopened> {
        let value = String::from_utf8(self.open_blind(spot, sealed)?).map_err(|_| Unopened::Touched)?;
        if print_of(sealed) != Some(&self.print(spot.table, spot.column, &value)[..]) {
            return Err(Unopened::Touched);
        }
        Ok(value)
    }

    /// Opens bytes sealed by [`seal_blind`](Self::seal_blind).
    pub fn open_blind(&self, spot: &Spot, sealed: &[u8]) -> Result<Vec<u8>, Unopened> {
        let (Some(head), Some(body)) = (sealed.get(..HEAD_BYTES), sealed.get(HEAD_BYTES..)) else {
            return Err(Unopened::Touched);
        };
        let id = head[PRINT_BYTES];
        let key = self.keys.iter().find(|key| key.id == id).ok_or(Unopened::NoKey(id))?;
        if head[PRINT_BYTES + 1] != key.algorithm.number() {
            return Err(Unopened::Touched);
        }
        let mut nonce = [0; NONCE_BYTES];
        nonce.copy_from_slice(&head[PRINT_BYTES + 2..]);
        let aad = aad(spot, head);
        let payload = Payload { msg: body, aad: &aad };
        let opened = match &key.cipher {
            Cipher::Aes(cipher) => cipher.decrypt(&Nonce::<Aes256Gcm>::from(nonce), payload),
            Cipher::Sm4(cipher) => cipher.decrypt(&Nonce::<AesGcm<sm4::Sm4, U12>>::from(nonce), payload),
        };
        opened.map_err(|_| Unopened::Touched)
    }
}

/// A key made from the index key for one purpose.
fn derived(prints: &Hmac<Sha256>, table: &str, purpose: &[u8]) -> [u8; 32] {
    let mut mac = prints.clone();
    mac.update(&Spot { table, column: "hash", row: purpose }.bytes());
    mac.finalize().into_bytes().into()
}

/// What a ciphertext is bound to: its place, its print, its key and algorithm.
fn aad(spot: &Spot, head: &[u8]) -> Vec<u8> {
    let mut bytes = spot.bytes();
    bytes.extend_from_slice(&head[..PRINT_BYTES + 2]);
    bytes
}

/// The print that a sealed value carries.
pub fn print_of(sealed: &[u8]) -> Option<&[u8]> {
    sealed.get(..PRINT_BYTES)
}

/// The id of the key a value was sealed with.
pub fn key_of(sealed: &[u8]) -> Option<u8> {
    sealed.get(PRINT_BYTES).copied()
}

#[cfg(test)]
mod tests {
    use super::{Algorithm, KeyFileFault, Spot, Unopened, Vault, key_of, print_of};

    const SPOT: Spot = Spot { table: "student", column: "id_number", row: b"row one" };
    const NUMBER: &str = "990101200803150019";

    fn vault(algorithm: Algorithm) -> Vault {
        Vault::new(&std::array::from_fn(|n| n as u8), algorithm)
    }

    #[test]
    fn what_was_sealed_opens_only_at_its_place() {
        for algorithm in [Algorithm::Aes256Gcm, Algorithm::Sm4Gcm] {
            let vault = vault(algorithm);
            let sealed = vault.seal(&SPOT, NUMBER, [7; 12]);
            assert_eq!(vault.open(&SPOT, &sealed).as_deref(), Ok(NUMBER));
            assert!(!sealed.windows(6).any(|bytes| NUMBER.as_bytes().windows(6).any(|digits| digits == bytes)));
            let elsewhere = [
                Spot { table: "staff", ..SPOT },
                Spot { column: "phone", ..SPOT },
                Spot { row: b"row two", ..SPOT },
                Spot { table: "studenti", column: "d_number", ..SPOT },
            ];
            for spot in elsewhere {
                assert_eq!(vault.open(&spot, &sealed), Err(Unopened::Touched), "{spot:?}");
            }
        }
    }

    #[test]
    fn every_changed_bit_is_noticed() {
        let vault = vault(Algorithm::Aes256Gcm);
        let sealed = vault.seal(&SPOT, NUMBER, [7; 12]);
        for bit in 0..sealed.len() * 8 {
            let mut changed = sealed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(vault.open(&SPOT, &changed).is_err(), "bit {bit}");
        }
        for length in 0..sealed.len() {
            assert!(vault.open(&SPOT, &sealed[..length]).is_err(), "cut to {length}");
        }
    }

    #[test]
    fn prints_find_a_value_and_tell_columns_and_key_files_apart() {
        let own = vault(Algorithm::Aes256Gcm);
        let (one, two) = (own.seal(&SPOT, NUMBER, [1; 12]), own.seal(&SPOT, NUMBER, [2; 12]));
        assert_ne!(one, two);
        assert_eq!(print_of(&one), print_of(&two));
        assert_eq!(print_of(&one), Some(&own.print("student", "id_number", NUMBER)[..]));
        assert_ne!(own.print("student", "id_number", NUMBER), own.print("staff", "id_number", NUMBER));
        let other = Vault::new(&[9; 64], Algorithm::Aes256Gcm);
        assert_ne!(own.print("student", "id_number", NUMBER), other.print("student", "id_number", NUMBER));
        assert_ne!(own.check_value(), other.check_value());
    }

    #[test]
    fn a_new_key_seals_and_the_old_one_still_opens_until_it_is_taken_out() {
        let old = vault(Algorithm::Aes256Gcm);
        let sealed = old.seal(&SPOT, NUMBER, [7; 12]);
        let both = old.with_new_key(&[3; 32], Algorithm::Sm4Gcm).expect("there is room");
        assert_eq!((both.ids(), both.sealing_id()), (vec![2, 1], 2));
        assert_eq!(both.open(&SPOT, &sealed).as_deref(), Ok(NUMBER));
        let again = both.seal(&SPOT, NUMBER, [8; 12]);
        assert_eq!((key_of(&sealed), key_of(&again)), (Some(1), Some(2)));
        assert_eq!(print_of(&sealed), print_of(&again));
        let new = both.without_key(1).expect("it no longer seals");
        assert_eq!(new.open(&SPOT, &again).as_deref(), Ok(NUMBER));
        assert_eq!(new.open(&SPOT, &sealed), Err(Unopened::NoKey(1)));
        assert!(both.without_key(2).is_none() && both.without_key(3).is_none());
    }

    #[test]
    fn a_key_file_is_read_back_and_a_wrong_one_names_its_line() {
        let both = vault(Algorithm::Aes256Gcm).with_new_key(&[3; 32], Algorithm::Sm4Gcm).expect("there is room");
        let text = both.to_text().to_string();
        let read = Vault::parse(&format!("{text}\n# kept by the security officer\n")).expect("it is a key file");
        assert_eq!(*read.to_text(), text);
        let lines: Vec<&str> = text.lines().collect();
        for (wrong, fault) in [
            (String::new(), KeyFileFault::Format),
            (lines[..2].join("\n"), KeyFileFault::Incomplete),
            ([lines[0], lines[2]].join("\n"), KeyFileFault::Incomplete),
            (text.replace("sm4-gcm", "rot13"), KeyFileFault::Line(3)),
            (text.replace("key 1", "key 2"), KeyFileFault::Line(4)),
            (text.replace("index ", "index zz"), KeyFileFault::Line(2)),
            (format!("{text}key 0 aes-256-gcm 00\n"), KeyFileFault::Line(5)),
            (format!("{text}nonsense\n"), KeyFileFault::Line(5)),
        ] {
            assert_eq!(Vault::parse(&wrong).err(), Some(fault), "{wrong}");
        }
        assert!(!format!("{both:?}").contains("00"), "secrets are not printed");
        assert!(read.chain_key() == both.chain_key() && read.leaf_key() == both.leaf_key());
        assert!(read.chain_key() != *read.leaf_key());
    }
}
