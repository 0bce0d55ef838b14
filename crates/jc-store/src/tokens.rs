//! Tokens of programs: what one may do in an account's name, and until when. Of the token itself only the hash is kept.

use crate::db::{Param, Row};
use crate::error::{Doing, StoreError};
use crate::people::{Account, Shifted, account};
use crate::reader::Reader;
use crate::store::Store;
use crate::writer::Writer;
use jc_base::{Instant, RecordId, SchoolId};

/// A program's token, without the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Names it in addresses.
    pub id: RecordId,
    /// Whose it is.
    pub account: RecordId,
    /// What its owner calls it: which program, what for.
    pub name: String,
    /// The operations it gives, as their words.
    pub may: Vec<String>,
    /// When it was made, in milliseconds since 1970 UTC.
    pub created_at: i64,
    /// From when on it gives nothing.
    pub until: i64,
    /// When it was last used; 0 if never.
    pub seen_at: i64,
}

/// A token's use is noted no oftener.
const NOTED_EVERY_MS: i64 = 60_000;

const COLUMNS: &str = "id, account_id, name, may, created_at, until, seen_at";
/// How many columns those are.
const WIDTH: usize = 7;

fn token(row: &dyn Row) -> Option<ApiToken> {
    Some(ApiToken {
        id: row.id(0)?,
        account: row.id(1)?,
        name: row.text(2)?.to_owned(),
        may: row.text(3)?.split_whitespace().map(str::to_owned).collect(),
        created_at: row.int(4)?,
        until: row.int(5)?,
        seen_at: row.int(6)?,
    })
}

impl Reader<'_> {
    /// The tokens of an account, the latest first.
    pub fn tokens(&mut self, account: RecordId) -> Result<Vec<ApiToken>, StoreError> {
        let sql = format!(
            "select {COLUMNS} from api_token where school_id = ? and account_id = ? order by created_at desc, id desc"
        );
        let found = self.db.collect(&sql, &[Param::Int(self.school.0), Param::Id(account)], token);
        Ok(found.doing("list tokens")?.into_iter().flatten().collect())
    }
}

impl Writer<'_> {
    /// Keeps a token by its hash.
    pub fn create_token(&mut self, hash: &[u8], new: &ApiToken) -> Result<(), StoreError> {
        let may = new.may.join(" ");
        let params = [
            Param::Int(self.school().0),
            Param::Bytes(hash),
            Param::Id(new.id),
            Param::Id(new.account),
            Param::Text(&new.name),
            Param::Text(&may),
            Param::Int(new.created_at),
            Param::Int(new.until),
            Param::Int(new.seen_at),
        ];
        let sql = format!("insert into api_token (school_id, token, {COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        self.db().execute(&sql, &params).doing("make a token").map(drop)
    }

    /// Ends one token of an account; whether there was such a one.
    pub fn end_token(&mut self, account: RecordId, id: RecordId) -> Result<bool, StoreError> {
        let school = Param::Int(self.school().0);
        let ended = self
            .db()
            .execute(
                "delete from api_token where school_id = ? and account_id = ? and id = ?",
                &[school, Param::Id(account), Param::Id(id)],
            )
            .doing("end a token")?;
        Ok(ended > 0)
    }

    /// Ends all tokens of an account.
    pub fn end_tokens(&mut self, account: RecordId) -> Result<(), StoreError> {
        let school = Param::Int(self.school().0);
        self.db()
            .execute("delete from api_token where school_id = ? and account_id = ?", &[school, Param::Id(account)])
            .doing("end tokens")
            .map(drop)
    }
}

impl Store {
    /// The token of a hash with its account and school, if it still gives anything at this moment. It counts as used now
    /// (noted once a minute).
    pub fn token(&self, hash: &[u8], now: Instant) -> Result<Option<(SchoolId, Account, ApiToken)>, StoreError> {
        let mut db = self.lend()?;
        let of = |prefix: &str, columns: &str| {
            columns.split(", ").map(|column| format!("{prefix}.{column}")).collect::<Vec<_>>().join(", ")
        };
        let sql = format!(
            "select t.school_id, {}, {} from api_token t \
             join account a on a.school_id = t.school_id and a.id = t.account_id where t.token = ?",
            of("t", COLUMNS),
            of("a", crate::people::COLUMNS)
        );
        let found = db
            .first(&sql, &[Param::Bytes(hash)], |row| {
                Some((SchoolId(row.int(0)?), account(&Shifted(row, 1 + WIDTH))?, token(&Shifted(row, 1))?))
            })
            .doing("find a token")?
            .flatten();
        let Some((school, account, token)) = found else { return Ok(None) };
        // Made in the future, it was made before the clock was set back: it would live too long.
        if !(token.created_at - NOTED_EVERY_MS..token.until).contains(&now.0) {
            return Ok(None);
        }
        if now.0 - token.seen_at > NOTED_EVERY_MS {
            db.execute(
                "update api_token set seen_at = ? where school_id = ? and token = ?",
                &[Param::Int(now.0), Param::Int(school.0), Param::Bytes(hash)],
            )
            .doing("note a token's use")
            .map(drop)
            .or_else(crate::people::despite_no_room)?;
        }
        Ok(Some((school, account, token)))
    }
}
