//! Accounts and sessions. Passwords arrive hashed; tokens are kept as their hash only.

use crate::db::{Param, Row};
use crate::error::{Doing, StoreError};
use crate::reader::Reader;
use crate::store::Store;
use crate::writer::Writer;
use jc_base::{Instant, RecordId, SchoolId};

/// A person who may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The account.
    pub id: RecordId,
    /// What is typed to sign in; unique in the school.
    pub login: String,
    /// The name shown.
    pub name: String,
    /// The role's word, such as `keeper`.
    pub role: String,
    /// The office the role is held for, where it needs one.
    pub office: Option<String>,
    /// The password's Argon2id hash; nothing until one is set.
    pub password: Option<String>,
    /// `active`, `invited` or `suspended`.
    pub state: String,
}

const COLUMNS: &str = "id, login, name, role, office, password, state";

fn account(row: &dyn Row) -> Option<Account> {
    Some(Account {
        id: row.id(0)?,
        login: row.text(1)?.to_owned(),
        name: row.text(2)?.to_owned(),
        role: row.text(3)?.to_owned(),
        office: row.text(4).map(str::to_owned),
        password: row.text(5).map(str::to_owned),
        state: row.text(6)?.to_owned(),
    })
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

impl Writer<'_> {
    /// Makes an account.
    pub fn create_account(&mut self, new: &Account) -> Result<(), StoreError> {
        let params = [
            Param::Int(self.school().0),
            Param::Id(new.id),
            Param::Text(&new.login),
            Param::Text(&new.name),
            Param::Text(&new.role),
            new.office.as_deref().map_or(Param::Null, Param::Text),
            new.password.as_deref().map_or(Param::Null, Param::Text),
            Param::Text(&new.state),
            Param::Int(self.now_ms()),
        ];
        self.db()
            .execute(
                "insert into account (school_id, id, login, name, role, office, password, state, created_at) \
                 values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                &params,
            )
            .doing("make an account")
            .map(drop)
    }

    /// Sets a password hash and state, and ends the account's sessions.
    pub fn set_password(&mut self, id: RecordId, password: &str, state: &str) -> Result<(), StoreError> {
        let school = Param::Int(self.school().0);
        self.db()
            .execute(
                "update account set password = ?, state = ? where school_id = ? and id = ?",
                &[Param::Text(password), Param::Text(state), school, Param::Id(id)],
            )
            .doing("set a password")?;
        self.db()
            .execute("delete from session where school_id = ? and account_id = ?", &[school, Param::Id(id)])
            .doing("end sessions")
            .map(drop)
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

impl Store {
    /// The school and account of a living session. It counts as used now (noted once a minute).
    pub fn session(
        &self,
        token: &[u8],
        now: Instant,
        limits: SessionLimits,
    ) -> Result<Option<(SchoolId, Account)>, StoreError> {
        let mut db = self.lend()?;
        let found = db
            .first(
                "select s.school_id, s.created_at, s.seen_at, a.id, a.login, a.name, a.role, a.office, a.password, a.state \
                 from session s join account a on a.school_id = s.school_id and a.id = s.account_id where s.token = ?",
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
        let alive = now.0 - seen <= limits.idle_ms && now.0 - created <= limits.whole_ms && now.0 >= created;
        if !alive || account.state != "active" {
            self.end_session(token)?;
            return Ok(None);
        }
        if now.0 - seen > 60_000 {
            db.execute(
                "update session set seen_at = ? where school_id = ? and token = ?",
                &[Param::Int(now.0), Param::Int(school.0), Param::Bytes(token)],
            )
            .doing("note a session's use")?;
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

/// A row whose columns are counted from a later one.
struct Shifted<'a>(&'a dyn Row, usize);

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
