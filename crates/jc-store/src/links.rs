//! By which identity elsewhere (the campus's sign-in) someone comes. Of the identity only a digest is kept: it is looked up,
//! never told.

use crate::db::{Param, Row};
use crate::error::{Doing, StoreError};
use crate::people::Account;
use crate::reader::Reader;
use crate::writer::Writer;
use jc_base::RecordId;

/// An identity elsewhere that an account is linked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Which sign-in: the word of its kind.
    pub provider: String,
    /// When it was linked, in milliseconds since 1970 UTC.
    pub linked_at: i64,
}

impl Reader<'_> {
    /// The account that an identity is linked to.
    pub fn account_by_link(&mut self, mark: &[u8]) -> Result<Option<Account>, StoreError> {
        let sql = "select account_id from account_link where school_id = ? and mark = ?";
        let found = self.db.first(sql, &[Param::Int(self.school.0), Param::Bytes(mark)], |row| row.id(0));
        match found.doing("find a link")?.flatten() {
            Some(id) => self.account(id),
            None => Ok(None),
        }
    }

    /// What an account is linked to.
    pub fn links(&mut self, account: RecordId) -> Result<Vec<Link>, StoreError> {
        let sql = "select provider, linked_at from account_link where school_id = ? and account_id = ? \
                   order by provider, linked_at";
        let link = |row: &dyn Row| Some(Link { provider: row.text(0)?.to_owned(), linked_at: row.int(1)? });
        let found = self.db.collect(sql, &[Param::Int(self.school.0), Param::Id(account)], link);
        Ok(found.doing("list links")?.into_iter().flatten().collect())
    }
}

impl Writer<'_> {
    /// Links an account to an identity.
    ///
    /// Errors: [`StoreError::Duplicate`] if the identity is linked already, whoever's it is.
    pub fn link(&mut self, account: RecordId, provider: &str, mark: &[u8]) -> Result<(), StoreError> {
        let params = [
            Param::Int(self.school().0),
            Param::Bytes(mark),
            Param::Id(account),
            Param::Text(provider),
            Param::Int(self.now_ms()),
        ];
        self.db()
            .execute(
                "insert into account_link (school_id, mark, account_id, provider, linked_at) values (?, ?, ?, ?, ?)",
                &params,
            )
            .doing("link an account")
            .map(drop)
    }

    /// Takes an account's links to a sign-in away; whether there were such.
    pub fn unlink(&mut self, account: RecordId, provider: &str) -> Result<bool, StoreError> {
        let school = Param::Int(self.school().0);
        let gone = self
            .db()
            .execute(
                "delete from account_link where school_id = ? and account_id = ? and provider = ?",
                &[school, Param::Id(account), Param::Text(provider)],
            )
            .doing("take a link away")?;
        Ok(gone > 0)
    }
}
