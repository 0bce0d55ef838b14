//! The second factor: codes of six digits that change every half minute (RFC 6238), each taken once, and recovery
//! codes for whoever has lost the phone.

use crate::app::App;
use crate::error::AppError;
use crate::passwords;
use crate::person::Person;
use hmac::{Hmac, KeyInit, Mac};
use jc_base::{Finding, Instant, Place, RecordId};
use jc_store::people::SecondFactor;
use jc_store::store::Ending;
use jc_store::{Reach, StoreError, Writer};
use jc_trust::hex;
use sha1::Sha1;

/// Seconds a code lasts.
const STEP_S: i64 = 30;
/// So many codes before and after the present one are taken: clocks differ.
const DRIFT: i64 = 1;
/// So many recovery codes are given.
const RECOVERY: usize = 8;
/// The digits of base 32.
const DIGITS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A secret to be put into an app: as the app reads it, and for typing.
#[derive(Debug, Clone)]
pub struct Enrolment {
    /// `otpauth://totp/…`
    pub uri: String,
    /// The secret in groups of four.
    pub secret: String,
}

/// Bytes in base 32, without padding.
fn base32(bytes: &[u8]) -> String {
    let mut out = String::new();
    let (mut held, mut bits) = (0u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(char::from(DIGITS[(held >> bits & 31) as usize]));
        }
    }
    if bits > 0 {
        out.push(char::from(DIGITS[(held << (5 - bits) & 31) as usize]));
    }
    out
}

fn from_base32(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let (mut held, mut bits) = (0u32, 0);
    for digit in text.bytes() {
        let Some(value) = DIGITS.iter().position(|d| *d == digit) else { continue };
        held = held << 5 | value as u32;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            out.push((held >> bits) as u8);
        }
    }
    out
}

/// The code of a time step.
fn code(secret: &[u8], step: i64) -> String {
    let mac = Hmac::<Sha1>::new_from_slice(secret).map(|mac| mac.chain_update(step.to_be_bytes()).finalize());
    let Ok(mac) = mac else { return String::new() };
    let digest = mac.into_bytes();
    let at = usize::from(digest[19] & 15);
    let number = u32::from_be_bytes([digest[at] & 0x7f, digest[at + 1], digest[at + 2], digest[at + 3]]);
    format!("{:06}", number % 1_000_000)
}

/// The code that an app shows at a moment for a secret as it is shown for typing.
pub fn present_code(secret: &str, now: Instant) -> String {
    code(&from_base32(secret), now.0.div_euclid(1000 * STEP_S))
}

/// Whether two texts are the same, looked at in the same time whatever they hold.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |sum, (x, y)| sum | (x ^ y)) == 0
}

/// Takes a code typed: what the factor is afterwards, or nothing if it is not one, or was taken before.
pub(crate) fn take(factor: &SecondFactor, typed: &str, now: Instant) -> Option<SecondFactor> {
    let typed: String = typed.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_ascii_lowercase();
    let (secret, present) = (from_base32(&factor.secret), now.0.div_euclid(1000 * STEP_S));
    let fitting = |step: &i64| *step > factor.last_step && same(&code(&secret, *step), &typed);
    if let Some(step) = (present - DRIFT..=present + DRIFT).find(fitting) {
        return Some(SecondFactor { last_step: step, ..factor.clone() });
    }
    let hash = hex(&passwords::token_hash(&typed));
    let at = factor.recovery.iter().position(|left| same(left, &hash))?;
    let mut left = factor.clone();
    left.recovery.remove(at);
    Some(left)
}

impl App {
    /// Begins with a second factor: a fresh secret, asked for once a first code of it was given.
    ///
    /// Errors: [`AppError::SignInRefused`] if the password is wrong, [`AppError::Wait`] after several such.
    pub fn begin_second_factor(&self, person: &Person, password: &str) -> Result<Enrolment, AppError> {
        let id = person.account.ok_or(AppError::Denied)?;
        self.confirm_again(person, password)?;
        let mut bytes = [0; 20];
        getrandom::fill(&mut bytes).map_err(|_| StoreError::Randomness)?;
        let secret = base32(&bytes);
        let factor = SecondFactor { secret: secret.clone(), confirmed: false, last_step: 0, recovery: Vec::new() };
        self.change_factor(person, "account.factor.begin", |writer| {
            if writer.reader()?.second_factor(id)?.is_some_and(|factor| factor.confirmed) {
                return Err(AppError::WrongState);
            }
            Ok(writer.set_second_factor(id, &factor)?)
        })?;
        let account = format!("{}:{}", "Jiangce", person.login);
        let uri = format!("otpauth://totp/{account}?secret={secret}&issuer=Jiangce&algorithm=SHA1&digits=6&period=30");
        let groups: Vec<&str> = (0..secret.len()).step_by(4).filter_map(|at| secret.get(at..at + 4)).collect();
        Ok(Enrolment { uri, secret: groups.join(" ") })
    }

    /// Confirms it by a first code; gives the recovery codes, which are shown once.
    pub fn confirm_second_factor(&self, person: &Person, typed: &str) -> Result<Vec<String>, AppError> {
        let id = person.account.ok_or(AppError::Denied)?;
        let mut codes = Vec::new();
        for _ in 0..RECOVERY {
            codes.push(passwords::token()?[..10].to_owned());
        }
        let now = self.moment().now;
        self.change_factor(person, "account.factor", |writer| {
            let begun = writer.reader()?.second_factor(id)?.ok_or(AppError::NotFound)?;
            if begun.confirmed {
                return Err(AppError::WrongState);
            }
            let place = Place::Field { field: "code".into() };
            let taken = take(&begun, typed, now).ok_or(AppError::finding(Finding::error("APP-059", place)))?;
            let recovery = codes.iter().map(|code| hex(&passwords::token_hash(code))).collect();
            Ok(writer.set_second_factor(id, &SecondFactor { confirmed: true, recovery, ..taken })?)
        })?;
        Ok(codes)
    }

    /// Takes one's own second factor away, for another phone or for good; the sessions elsewhere end. Whose role must have
    /// one begins anew before anything else.
    ///
    /// Errors: [`AppError::SignInRefused`] if the password is wrong, [`AppError::Wait`] after several such.
    pub fn end_second_factor(&self, person: &Person, password: &str, token: &str) -> Result<(), AppError> {
        let id = person.account.ok_or(AppError::Denied)?;
        self.confirm_again(person, password)?;
        let own = passwords::token_hash(token);
        self.change_factor(person, "account.factor.end", |writer| {
            if !writer.reader()?.second_factor(id)?.is_some_and(|factor| factor.confirmed) {
                return Err(AppError::WrongState);
            }
            writer.forget_second_factor(id)?;
            for line in writer.reader()?.sessions(id)?.into_iter().filter(|line| line.token != own) {
                writer.end_session_of(id, &line.token)?;
            }
            Ok(())
        })
    }

    /// Whether an account has a second factor in use.
    pub fn has_second_factor(&self, person: &Person) -> Result<bool, AppError> {
        let Some(id) = person.account else { return Ok(false) };
        let factor = self.store.read(person.school, &Reach::NOTHING, self.moment(), |reader| {
            Ok::<_, AppError>(reader.second_factor(id)?)
        })?;
        Ok(factor.is_some_and(|factor| factor.confirmed))
    }

    fn change_factor(
        &self,
        person: &Person,
        action: &str,
        work: impl FnOnce(&mut Writer) -> Result<(), AppError>,
    ) -> Result<(), AppError> {
        self.store.write(person.school, &person.actor(), action, "account", self.moment(), |writer| {
            work(writer).map(Ending::Keep)
        })
    }
}

/// An account's factor, in use or not.
pub(crate) fn of(app: &App, school: jc_base::SchoolId, account: RecordId) -> Result<Option<SecondFactor>, AppError> {
    app.store.read(school, &Reach::NOTHING, app.moment(), |reader| Ok(reader.second_factor(account)?))
}

#[cfg(test)]
mod tests {
    use super::{base32, code, from_base32, take};
    use jc_base::Instant;
    use jc_store::people::SecondFactor;

    /// The values of RFC 6238, appendix B, cut to six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = b"12345678901234567890";
        for (seconds, wanted) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(secret, seconds / 30), wanted);
        }
        assert_eq!(from_base32(&base32(secret)), secret);
        assert_eq!(base32(secret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    #[test]
    fn a_code_is_taken_once_and_only_about_its_time() {
        let secret = base32(b"12345678901234567890");
        let factor = SecondFactor { secret, confirmed: true, last_step: 0, recovery: Vec::new() };
        let at = |seconds: i64| Instant(seconds * 1000);
        let after = take(&factor, "287 082", at(59)).expect("the code fits");
        assert_eq!(take(&after, "287082", at(59)), None, "it was taken");
        assert!(take(&factor, "287082", at(89)).is_some(), "a clock may be a little behind");
        for (typed, seconds) in [("287082", 150), ("287083", 59), ("", 59)] {
            assert_eq!(take(&factor, typed, at(seconds)), None);
        }
    }
}
