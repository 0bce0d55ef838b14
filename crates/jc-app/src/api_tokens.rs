//! Tokens of programs: a person lets a program come in their name, for some of what they may do and until a day. What the
//! program may is never more than what the person may at that moment.

use crate::app::App;
use crate::error::AppError;
use crate::passwords;
use crate::person::{Person, SecurityOfficer};
use jc_base::{Date, Finding, Instant, Place, RecordId};
use jc_catalog::{Catalog, Operation};
use jc_store::Reach;
use jc_store::people::AccountState;
use jc_store::store::Ending;
use jc_store::tokens::ApiToken;

/// What a program can be given.
pub const FOR_PROGRAMS: [Operation; 3] = [Operation::ReadFigures, Operation::CheckTexts, Operation::ExportRecords];
/// What comes with it: whoever may take records out may read them; whoever has a text checked is told figures.
const INCLUDED: [(Operation, Operation); 2] =
    [(Operation::ExportRecords, Operation::ReadRecords), (Operation::CheckTexts, Operation::ReadFigures)];

/// A token gives something for no longer than so many days.
pub const MOST_DAYS: i64 = 366;
/// Nobody has more tokens at once.
pub const MOST_TOKENS: usize = 20;
/// What every token begins with, so that one that was left lying about is known for what it is.
const MARK: &str = "jct_";

/// A new token.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// Which program, what for: also the reason noted when it takes records out.
    pub name: String,
    /// What it is given.
    pub may: Vec<Operation>,
    /// The last day on which it gives anything.
    pub until: Date,
}

/// A token as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Names it.
    pub id: RecordId,
    /// Which program, what for.
    pub name: String,
    /// What it is given.
    pub may: Vec<Operation>,
    /// When it was made.
    pub created_at: Instant,
    /// From when on it gives nothing.
    pub until: Instant,
    /// When it was last used.
    pub seen_at: Option<Instant>,
}

impl Token {
    pub(crate) fn of(kept: ApiToken) -> Self {
        Self {
            id: kept.id,
            name: kept.name,
            may: operations(&kept.may),
            created_at: Instant(kept.created_at),
            until: Instant(kept.until),
            seen_at: (kept.seen_at > 0).then_some(Instant(kept.seen_at)),
        }
    }
}

fn operations(words: &[String]) -> Vec<Operation> {
    FOR_PROGRAMS.into_iter().filter(|operation| words.iter().any(|word| word == operation.code())).collect()
}

impl Person {
    /// What this person can give a program.
    pub fn can_give(&self, catalog: &Catalog) -> Vec<Operation> {
        FOR_PROGRAMS.into_iter().filter(|operation| self.may(catalog, *operation)).collect()
    }
}

impl App {
    /// Makes a token, which is shown this once; the person's password is asked for again.
    ///
    /// Errors: [`AppError::SignInRefused`] if the password is wrong, [`AppError::Wait`] after several such, findings for a
    /// token that is given nothing, more than its owner may, or too long a life.
    pub fn make_token(&self, person: &Person, password: &str, new: &NewToken) -> Result<String, AppError> {
        let account = person.account.filter(|_| person.given.is_none()).ok_or(AppError::Denied)?;
        let moment = self.moment();
        let fault = |code, field: &str| Finding::error(code, Place::Field { field: field.to_owned() });
        let name = new.name.trim();
        let mut findings = Vec::new();
        if name.is_empty() || name.chars().count() > 60 || name.contains(char::is_control) {
            findings.push(fault("APP-100", "name"));
        }
        let can = person.can_give(&self.catalog());
        if new.may.is_empty() || new.may.iter().any(|operation| !can.contains(operation)) {
            findings.push(fault("APP-101", "may"));
        }
        if !(0..=MOST_DAYS).contains(&new.until.days_since(moment.today)) {
            findings.push(fault("APP-102", "until").with("most", MOST_DAYS));
        }
        if !findings.is_empty() {
            return Err(AppError::Findings(findings));
        }
        self.confirm_password(person, password)?;
        let token = format!("{MARK}{}", passwords::token()?);
        let hash = passwords::token_hash(&token);
        self.store.write(person.school, &person.actor(), "token.create", "account", moment, |writer| {
            if writer.reader()?.tokens(account)?.len() >= MOST_TOKENS {
                return Err(AppError::finding(Finding::error("APP-103", Place::Whole).with("most", MOST_TOKENS)));
            }
            let may: Vec<String> = new.may.iter().map(|operation| operation.code().to_owned()).collect();
            let kept = ApiToken {
                id: writer.new_id(),
                account,
                name: name.to_owned(),
                may: may.clone(),
                created_at: moment.now.0,
                until: end_of(new.until),
                seen_at: 0,
            };
            writer.create_token(&hash, &kept)?;
            writer.note("program", name);
            writer.note("may", may.join(" "));
            writer.note("until", new.until.to_string());
            Ok(Ending::Keep(()))
        })?;
        Ok(token)
    }

    /// A person's own tokens, the latest first.
    pub fn own_tokens(&self, person: &Person) -> Result<Vec<Token>, AppError> {
        let Some(account) = person.account else { return Ok(Vec::new()) };
        let kept = self.store.read(person.school, &Reach::NOTHING, self.moment(), |reader| reader.tokens(account))?;
        Ok(kept.into_iter().map(Token::of).collect())
    }

    /// Ends one of a person's own tokens.
    pub fn end_own_token(&self, person: &Person, token: RecordId) -> Result<(), AppError> {
        let account = person.account.filter(|_| person.given.is_none()).ok_or(AppError::Denied)?;
        self.store.write(person.school, &person.actor(), "token.end", "account", self.moment(), |writer| {
            let own = writer.reader()?.tokens(account)?.into_iter().find(|own| own.id == token);
            writer.note("program", own.ok_or(AppError::NotFound)?.name);
            writer.end_token(account, token)?;
            Ok(Ending::Keep(()))
        })
    }

    /// Who a program comes as, by its token: its owner, with no more than the token was given. Nobody if the token is none,
    /// or its owner may not be here.
    pub fn program(&self, token: &str) -> Result<Option<Person>, AppError> {
        if !token.starts_with(MARK) {
            return Ok(None);
        }
        let found = self.store.token(&passwords::token_hash(token), self.moment().now)?;
        let Some((school, account, token)) = found else { return Ok(None) };
        if account.account_state() != AccountState::Active || account.is_over(self.moment().today) {
            return Ok(None);
        }
        let mut person = self.person_of(school, &account)?;
        // Who must do something else before anything lets no program in either.
        if person.must_enrol || person.must_change {
            return Ok(None);
        }
        let mut given = operations(&token.may);
        for (of, includes) in INCLUDED {
            if given.contains(&of) && !given.contains(&includes) {
                given.push(includes);
            }
        }
        person.given = Some(given);
        person.by = vec![("token", token.name)];
        Ok(Some(person))
    }
}

impl SecurityOfficer<'_> {
    /// Ends a token of another's account.
    pub fn end_token(&self, account: RecordId, token: RecordId) -> Result<(), AppError> {
        self.change(account, "token.end", |writer, _| {
            let own = writer.reader()?.tokens(account)?.into_iter().find(|own| own.id == token);
            writer.note("program", own.ok_or(AppError::NotFound)?.name);
            writer.end_token(account, token)?;
            Ok(())
        })
    }
}

/// The first moment after a day, where the schools are.
fn end_of(day: Date) -> i64 {
    const DAY_MS: i64 = 86_400_000;
    let epoch = Date::new(1970, 1, 1).expect("a day");
    (day.days_since(epoch) + 1) * DAY_MS - crate::app::ZONE_HOURS * 3_600_000
}

#[cfg(test)]
mod tests {
    use super::end_of;
    use jc_base::{Date, Instant};

    #[test]
    fn a_token_lives_to_the_end_of_its_day() {
        let day = Date::new(2025, 3, 1).expect("a day");
        let end = end_of(day);
        let date = |at: i64| Instant(at).local_date(crate::app::ZONE_HOURS);
        assert!(date(end - 1) == day && date(end) > day);
    }
}
