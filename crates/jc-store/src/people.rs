//! Accounts and sessions. Passwords arrive hashed; tokens are kept as their hash only.

use crate::db::{Param, Row};
use crate::error::{Doing, StoreError};
use crate::reader::Reader;
use crate::store::{Moment, Store};
use crate::writer::Writer;
use jc_base::{Date, Instant, RecordId, RegisterId, RoleId, SchoolId};
use jc_trust::vault::Spot;

/// A person who may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The account.
    pub id: RecordId,
    /// What is typed to sign in; unique in the school.
    pub login: String,
    /// The name shown.
    pub name: String,
    /// The roles held; none until someone grants one.
    pub roles: Vec<RoleId>,
    /// The office the roles are held for, where one needs it.
    pub office: Option<String>,
    /// The password's Argon2id hash; nothing until one is set.
    pub password: Option<String>,
    /// A word of [`AccountState`]; while invited also until when and by which link.
    pub state: String,
    /// When the password was set, in milliseconds since 1970 UTC.
    pub password_at: Option<i64>,
    /// The last day it can be used, where it has one.
    pub last_day: Option<Date>,
}

/// Whether and how someone may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountState {
    /// Invited: the first password is not set yet.
    Invited,
    /// In use.
    Active,
    /// In use, but nothing can be done before the password is changed.
    MustChange,
    /// Kept from signing in, until further notice.
    Suspended,
    /// Whoever it was is no longer at the school.
    Left,
}

impl AccountState {
    /// All states.
    pub const ALL: [AccountState; 5] = [
        AccountState::Invited,
        AccountState::Active,
        AccountState::MustChange,
        AccountState::Suspended,
        AccountState::Left,
    ];

    /// The word stored; also the message id `account-state-…`.
    pub fn code(self) -> &'static str {
        match self {
            AccountState::Invited => "invited",
            AccountState::Active => "active",
            AccountState::MustChange => "must-change",
            AccountState::Suspended => "suspended",
            AccountState::Left => "left",
        }
    }

    /// The state a stored text begins with; what is unknown counts as suspended.
    pub fn of(text: &str) -> Self {
        let word = text.split(':').next().unwrap_or_default();
        Self::ALL.into_iter().find(|state| state.code() == word).unwrap_or(AccountState::Suspended)
    }

    /// Whether a session of an account in this state lives.
    pub fn may_be_here(self) -> bool {
        matches!(self, AccountState::Active | AccountState::MustChange)
    }
}

impl Account {
    /// Its state.
    pub fn account_state(&self) -> AccountState {
        AccountState::of(&self.state)
    }

    /// Whether its last day is over.
    pub fn is_over(&self, today: Date) -> bool {
        self.last_day.is_some_and(|last| today > last)
    }

    /// Whether a session of it lives: its state allows it, and its last day is not over.
    pub fn may_be_here(&self, today: Date) -> bool {
        self.account_state().may_be_here() && !self.is_over(today)
    }
}

/// A record that an account is tied to, and for which scope: whose class, whose child, who they are themselves.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tie {
    /// A scope's word, such as `self`.
    pub scope: String,
    /// The register.
    pub register: RegisterId,
    /// The record.
    pub record: RecordId,
}

/// The second factor of an account: a secret shared with an app on a phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// The secret in base 32.
    pub secret: String,
    /// Whether a first code was given: only then it is asked for.
    pub confirmed: bool,
    /// The last time step a code was taken of: each is taken once.
    pub last_step: i64,
    /// The hashes of the recovery codes that are left.
    pub recovery: Vec<String>,
}

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionLine {
    /// The hash of its token.
    pub token: Vec<u8>,
    /// When it was opened, in milliseconds since 1970 UTC.
    pub opened_at: i64,
    /// When it was last used.
    pub seen_at: i64,
}

pub(crate) const COLUMNS: &str = "id, login, name, role, office, password, state, password_at, last_day";

pub(crate) fn account(row: &dyn Row) -> Option<Account> {
    Some(Account {
        id: row.id(0)?,
        login: row.text(1)?.to_owned(),
        name: row.text(2)?.to_owned(),
        roles: row.text(3)?.split(' ').filter(|word| !word.is_empty()).map(RoleId::from).collect(),
        office: row.text(4).map(str::to_owned),
        password: row.text(5).map(str::to_owned),
        state: row.text(6)?.to_owned(),
        password_at: row.int(7),
        last_day: row.text(8).and_then(Date::parse_iso),
    })
}

/// Where the secret of an account's second factor is sealed.
pub(crate) fn factor_spot(account: &RecordId) -> Spot<'_> {
    Spot { table: "second_factor", column: "secret", row: &account.0 }
}

impl Reader<'_> {
    /// The account of a login.
    pub fn account_by_login(&mut self, login: &str) -> Result<Option<Account>, StoreError> {
        let sql = format!("select {COLUMNS} from account where school_id = ? and login = ?");
        let found = self.db.first(&sql, &[Param::Int(self.school.0), Param::Text(login)], account);
        Ok(found.doing("find an account")?.flatten())
    }

    /// An account.
    pub fn account(&mut self, id: RecordId) -> Result<Option<Account>, StoreError> {
        let sql = format!("select {COLUMNS} from account where school_id = ? and id = ?");
        let found = self.db.first(&sql, &[Param::Int(self.school.0), Param::Id(id)], account);
        Ok(found.doing("find an account")?.flatten())
    }

    /// All accounts by login.
    pub fn accounts(&mut self) -> Result<Vec<Account>, StoreError> {
        let sql = format!("select {COLUMNS} from account where school_id = ? order by login");
        let rows = self.db.collect(&sql, &[Param::Int(self.school.0)], account).doing("list accounts")?;
        Ok(rows.into_iter().flatten().collect())
    }
}

/// Roles as one text.
fn joined(roles: &[RoleId]) -> String {
    roles.iter().map(RoleId::as_str).collect::<Vec<_>>().join(" ")
}

impl Reader<'_> {
    /// The records an account is tied to.
    pub fn ties(&mut self, account: RecordId) -> Result<Vec<Tie>, StoreError> {
        let sql = "select scope, register, record_id from account_tie where school_id = ? and account_id = ? \
                   order by scope, register, record_id";
        let tie = |row: &dyn Row| {
            let (scope, register) = (row.text(0)?.to_owned(), RegisterId::from(row.text(1)?));
            Some(Tie { scope, register, record: row.id(2)? })
        };
        let ties = self.db.collect(sql, &[Param::Int(self.school.0), Param::Id(account)], tie);
        Ok(ties.doing("read an account's ties")?.into_iter().flatten().collect())
    }

    /// The second factor of an account, if it has begun with one.
    ///
    /// Errors: [`StoreError::Damaged`] if its secret does not open: then nobody comes in by it.
    pub fn second_factor(&mut self, account: RecordId) -> Result<Option<SecondFactor>, StoreError> {
        let sql = "select secret, confirmed, last_step, recovery from second_factor \
                   where school_id = ? and account_id = ?";
        let vault = self.vault;
        let factor = |row: &dyn Row| {
            Some(SecondFactor {
                secret: vault.open(&factor_spot(&account), row.bytes(0)?).ok()?,
                confirmed: row.int(1) == Some(1),
                last_step: row.int(2).unwrap_or(0),
                recovery: row.text(3).unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
            })
        };
        let found = self.db.first(sql, &[Param::Int(self.school.0), Param::Id(account)], factor);
        match found.doing("read a second factor")? {
            Some(None) => Err(StoreError::Damaged(format!("second factor of {account}"))),
            found => Ok(found.flatten()),
        }
    }

    /// The sessions of an account, the latest used first.
    pub fn sessions(&mut self, account: RecordId) -> Result<Vec<SessionLine>, StoreError> {
        let sql = "select token, created_at, seen_at from session where school_id = ? and account_id = ? \
                   order by seen_at desc, token";
        let line = |row: &dyn Row| SessionLine {
            token: row.bytes(0).unwrap_or_default().to_vec(),
            opened_at: row.int(1).unwrap_or(0),
            seen_at: row.int(2).unwrap_or(0),
        };
        let lines = self.db.collect(sql, &[Param::Int(self.school.0), Param::Id(account)], line);
        lines.doing("list sessions")
    }
}

impl Writer<'_> {
    /// Makes an account.
    pub fn create_account(&mut self, new: &Account) -> Result<(), StoreError> {
        let roles = joined(&new.roles);
        let password_at = new.password.as_ref().map(|_| new.password_at.unwrap_or(self.now_ms()));
        let params = [
            Param::Int(self.school().0),
            Param::Id(new.id),
            Param::Text(&new.login),
            Param::Text(&new.name),
            Param::Text(&roles),
            new.office.as_deref().map_or(Param::Null, Param::Text),
            new.password.as_deref().map_or(Param::Null, Param::Text),
            Param::Text(&new.state),
            Param::Int(self.now_ms()),
            password_at.map_or(Param::Null, Param::Int),
            new.last_day.map_or(Param::Null, |day| Param::Day(day.to_bytes())),
        ];
        self.db()
            .execute(
                "insert into account (school_id, id, login, name, role, office, password, state, created_at, password_at, \
                 last_day) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                &params,
            )
            .doing("make an account")
            .map(drop)
    }

    /// Sets a password hash and state, and ends the account's sessions.
    pub fn set_password(&mut self, id: RecordId, password: &str, state: &str) -> Result<(), StoreError> {
        let (school, now) = (Param::Int(self.school().0), Param::Int(self.now_ms()));
        self.db()
            .execute(
                "update account set password = ?, state = ?, password_at = ? where school_id = ? and id = ?",
                &[Param::Text(password), Param::Text(state), now, school, Param::Id(id)],
            )
            .doing("set a password")?;
        self.end_sessions(id)
    }

    /// Keeps an account's second factor.
    pub fn set_second_factor(&mut self, id: RecordId, factor: &SecondFactor) -> Result<(), StoreError> {
        let recovery = factor.recovery.join(" ");
        let secret = self.seal(&factor_spot(&id), &factor.secret)?;
        let params = [
            Param::Int(self.school().0),
            Param::Id(id),
            Param::Bytes(&secret),
            Param::Int(i64::from(factor.confirmed)),
            Param::Int(factor.last_step),
            Param::Text(&recovery),
        ];
        self.db()
            .execute(
                "insert into second_factor (school_id, account_id, secret, confirmed, last_step, recovery) \
                 values (?, ?, ?, ?, ?, ?) on conflict (school_id, account_id) do update \
                 set secret = excluded.secret, confirmed = excluded.confirmed, last_step = excluded.last_step, \
                 recovery = excluded.recovery",
                &params,
            )
            .doing("keep a second factor")
            .map(drop)
    }

    /// Takes an account's second factor away, and ends its sessions.
    pub fn drop_second_factor(&mut self, id: RecordId) -> Result<(), StoreError> {
        self.forget_second_factor(id)?;
        self.end_sessions(id)
    }

    /// Takes an account's second factor away; its sessions live on.
    pub fn forget_second_factor(&mut self, id: RecordId) -> Result<(), StoreError> {
        let school = Param::Int(self.school().0);
        self.db()
            .execute("delete from second_factor where school_id = ? and account_id = ?", &[school, Param::Id(id)])
            .doing("drop a second factor")
            .map(drop)
    }

    /// Ends one session of an account; whether there was such a one.
    pub fn end_session_of(&mut self, id: RecordId, token: &[u8]) -> Result<bool, StoreError> {
        let school = Param::Int(self.school().0);
        let ended = self
            .db()
            .execute(
                "delete from session where school_id = ? and account_id = ? and token = ?",
                &[school, Param::Id(id), Param::Bytes(token)],
            )
            .doing("end a session")?;
        Ok(ended > 0)
    }

    /// Ends all sessions of an account.
    pub fn end_sessions(&mut self, id: RecordId) -> Result<(), StoreError> {
        let school = Param::Int(self.school().0);
        self.db()
            .execute("delete from session where school_id = ? and account_id = ?", &[school, Param::Id(id)])
            .doing("end sessions")
            .map(drop)
    }

    /// Puts an account into a state, and ends its sessions and tokens.
    pub fn set_account_state(&mut self, id: RecordId, state: &str) -> Result<(), StoreError> {
        let school = Param::Int(self.school().0);
        self.db()
            .execute(
                "update account set state = ? where school_id = ? and id = ?",
                &[Param::Text(state), school, Param::Id(id)],
            )
            .doing("change an account's state")?;
        self.end_tokens(id)?;
        self.end_sessions(id)
    }

    /// Sets the last day an account can be used, or that it has none.
    pub fn set_last_day(&mut self, id: RecordId, last: Option<Date>) -> Result<(), StoreError> {
        let school = Param::Int(self.school().0);
        let last = last.map_or(Param::Null, |day| Param::Day(day.to_bytes()));
        self.db()
            .execute("update account set last_day = ? where school_id = ? and id = ?", &[last, school, Param::Id(id)])
            .doing("set an account's last day")
            .map(drop)
    }

    /// Grants exactly these roles, for an office where one needs it, and ends the account's sessions.
    pub fn set_roles(&mut self, id: RecordId, roles: &[RoleId], office: Option<&str>) -> Result<(), StoreError> {
        let (school, words) = (Param::Int(self.school().0), joined(roles));
        let office = office.map_or(Param::Null, Param::Text);
        self.db()
            .execute(
                "update account set role = ?, office = ? where school_id = ? and id = ?",
                &[Param::Text(&words), office, school, Param::Id(id)],
            )
            .doing("grant roles")?;
        self.end_sessions(id)
    }

    /// Ties an account to exactly these records, and ends its sessions.
    pub fn set_ties(&mut self, id: RecordId, ties: &[Tie]) -> Result<(), StoreError> {
        let school = Param::Int(self.school().0);
        self.db()
            .execute("delete from account_tie where school_id = ? and account_id = ?", &[school, Param::Id(id)])
            .doing("untie an account")?;
        for tie in ties {
            self.db()
                .execute(
                    "insert into account_tie (school_id, account_id, scope, register, record_id) values (?, ?, ?, ?, ?) \
                     on conflict (school_id, account_id, scope, register, record_id) do nothing",
                    &[
                        school,
                        Param::Id(id),
                        Param::Text(&tie.scope),
                        Param::Text(tie.register.as_str()),
                        Param::Id(tie.record),
                    ],
                )
                .doing("tie an account")?;
        }
        self.end_sessions(id)
    }

    /// Opens a session; `token` is the hash of what the browser holds.
    pub fn open_session(&mut self, token: &[u8], id: RecordId) -> Result<(), StoreError> {
        let now = self.now_ms();
        let school = Param::Int(self.school().0);
        self.db()
            .execute(
                "insert into session (school_id, token, account_id, created_at, seen_at) values (?, ?, ?, ?, ?)",
                &[school, Param::Bytes(token), Param::Id(id), Param::Int(now), Param::Int(now)],
            )
            .doing("open a session")
            .map(drop)
    }
}

/// How long a session may rest and last, in milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct SessionLimits {
    /// Since it was last used.
    pub idle_ms: i64,
    /// Since it was opened.
    pub whole_ms: i64,
}

/// A session's use is noted no oftener.
const NOTED_EVERY_MS: i64 = 60_000;

impl Store {
    /// The school and account of a living session. It counts as used now (noted once a minute).
    pub fn session(
        &self,
        token: &[u8],
        moment: Moment,
        limits: SessionLimits,
    ) -> Result<Option<(SchoolId, Account)>, StoreError> {
        let now = moment.now;
        let mut db = self.lend()?;
        let found = db
            .first(
                "select s.school_id, s.created_at, s.seen_at, a.id, a.login, a.name, a.role, a.office, a.password, a.state, \
                 a.password_at, a.last_day from session s join account a on a.school_id = s.school_id and a.id = s.account_id where s.token = ?",
                &[Param::Bytes(token)],
                |row| {
                    let times = (row.int(1).unwrap_or(0), row.int(2).unwrap_or(0));
                    (SchoolId(row.int(0).unwrap_or(0)), times, account(&Shifted(row, 3)))
                },
            )
            .doing("find a session")?;
        let Some((school, (created, seen), Some(account))) = found else {
            return Ok(None);
        };
        // A clock set back ends a session, or it would last until the clock has caught up; not one that is corrected
        // by a little.
        let within = |since: i64, most: i64| (-NOTED_EVERY_MS..=most).contains(&now.0.saturating_sub(since));
        let alive = within(seen, limits.idle_ms) && within(created, limits.whole_ms);
        if !alive || !account.may_be_here(moment.today) {
            // Where nothing can be written it is over all the same.
            self.end_session(token).or_else(despite_no_room)?;
            return Ok(None);
        }
        if now.0 - seen > NOTED_EVERY_MS {
            db.execute(
                "update session set seen_at = ? where school_id = ? and token = ?",
                &[Param::Int(now.0), Param::Int(school.0), Param::Bytes(token)],
            )
            .doing("note a session's use")
            .map(drop)
            .or_else(despite_no_room)?;
        }
        Ok(Some((school, account)))
    }

    /// Ends a session.
    pub fn end_session(&self, token: &[u8]) -> Result<(), StoreError> {
        let mut db = self.lend()?;
        db.execute("delete from session where token = ?", &[Param::Bytes(token)]).doing("end a session").map(drop)
    }

    /// Failed sign-ins under a name since the last success, and when the last was. Counted for names that do not
    /// exist too, so that the answer tells nothing.
    pub fn sign_in_failures(&self, school: SchoolId, name: &str) -> Result<(i64, i64), StoreError> {
        let mut db = self.lend()?;
        let found = db
            .first(
                "select failures, last_at from sign_in_failure where school_id = ? and name = ?",
                &[Param::Int(school.0), Param::Text(name)],
                |row| (row.int(0).unwrap_or(0), row.int(1).unwrap_or(0)),
            )
            .doing("count failed sign-ins")?;
        Ok(found.unwrap_or((0, 0)))
    }

    /// Notes a failed sign-in.
    pub fn note_failure(&self, school: SchoolId, name: &str, now: Instant) -> Result<(), StoreError> {
        let mut db = self.lend()?;
        db.execute(
            "insert into sign_in_failure (school_id, name, failures, last_at) values (?, ?, 1, ?) \
             on conflict (school_id, name) do update \
             set failures = sign_in_failure.failures + 1, last_at = excluded.last_at",
            &[Param::Int(school.0), Param::Text(name), Param::Int(now.0)],
        )
        .doing("note a failed sign-in")
        .map(drop)
    }

    /// Takes back one counted attempt, which was none that failed.
    pub fn forgive_failure(&self, school: SchoolId, name: &str) -> Result<(), StoreError> {
        let mut db = self.lend()?;
        db.execute(
            "update sign_in_failure set failures = failures - 1 where school_id = ? and name = ? and failures > 0",
            &[Param::Int(school.0), Param::Text(name)],
        )
        .doing("forget a failed sign-in")
        .map(drop)
    }

    /// Forgets the failed sign-ins of a name.
    pub fn clear_failures(&self, school: SchoolId, name: &str) -> Result<(), StoreError> {
        let mut db = self.lend()?;
        db.execute(
            "delete from sign_in_failure where school_id = ? and name = ?",
            &[Param::Int(school.0), Param::Text(name)],
        )
        .doing("forget failed sign-ins")
        .map(drop)
    }
}

/// Passes over that nothing can be written: whoever only reads goes on.
pub(crate) fn despite_no_room(error: StoreError) -> Result<(), StoreError> {
    if error.is_no_room() { Ok(()) } else { Err(error) }
}

/// A row whose columns are counted from a later one.
pub(crate) struct Shifted<'a>(pub &'a dyn Row, pub usize);

impl Row for Shifted<'_> {
    fn int(&self, column: usize) -> Option<i64> {
        self.0.int(self.1 + column)
    }

    fn text(&self, column: usize) -> Option<&str> {
        self.0.text(self.1 + column)
    }

    fn bytes(&self, column: usize) -> Option<&[u8]> {
        self.0.bytes(self.1 + column)
    }

    fn id(&self, column: usize) -> Option<RecordId> {
        self.0.id(self.1 + column)
    }
}
