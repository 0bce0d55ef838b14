//! How many of a page's verified records carry no evidence at all though a rule of their register asks for some. It is
//! kept with the page and moves with the write that changes a record or its papers; the scan counts it anew.

use crate::db::{Db, Param};
use crate::error::{Doing, StoreError};
use crate::reader::{Reader, WithRelated};
use crate::record::Record;
use crate::totals::PageKey;
use crate::writer::{Writer, page_clause};
use jc_base::{Date, RecordId, RecordState};
use jc_catalog::expr::Expr;
use jc_catalog::expr::eval::{Moments, Row, Truth, truth};
use jc_catalog::{Catalog, Register};
use jc_figures::page::pages_of;
use jc_figures::sql::Emitter;
use jc_figures::{Page, SqlValue};

/// The conditions under which a register asks for evidence.
fn rules(register: &Register) -> impl Iterator<Item = &Expr> {
    register.evidence.iter().filter_map(|rule| rule.required.as_ref())
}

/// Whether a record counts, and is asked for evidence.
pub(crate) fn is_asked(register: &Register, state: RecordState, row: &dyn Row, at: &Moments) -> bool {
    state == RecordState::Verified && rules(register).any(|rule| truth(rule, row, at) == Truth::True)
}

/// Counts a page's unproved records anew.
pub(crate) fn count(db: &mut Db, catalog: &Catalog, key: PageKey, today: Date) -> Result<i64, StoreError> {
    let PageKey { school, register, page } = key;
    if rules(register).next().is_none() {
        return Ok(0);
    }
    let emitter = Emitter { catalog, register, alias: "t", at: page.moments(register, today), dialect: db.dialect() };
    let mut sql = page_clause(register, school, page);
    sql.push(" and t.state = ").bind(SqlValue::Int(RecordState::Verified.number())).push(" and (1 = 0");
    for rule in rules(register) {
        sql.push(" or (");
        emitter.condition(rule, &mut sql);
        sql.push(")");
    }
    sql.push(") and not exists (select 1 from record_evidence e where e.school_id = t.school_id and e.register = ");
    sql.bind(SqlValue::Text(register.id.to_string())).push(" and e.record_id = t.id)");
    let params: Vec<Param> = sql.values.iter().map(Param::from).collect();
    let count = db.first(&format!("select count(*) {}", sql.text), &params, |row| row.int(0));
    Ok(count.doing("count records without evidence")?.flatten().unwrap_or(0))
}

impl Reader<'_> {
    /// How many verified records of a page carry no evidence at all although a rule of their register asks for some.
    ///
    /// A page that was never written is counted now, and not kept, as its totals are.
    pub fn unproved(&mut self, register: usize, page: Page) -> Result<i64, StoreError> {
        let declared = &self.catalog.registers[register];
        match self.kept_unproved(declared, page)? {
            Some(kept) => Ok(kept),
            None => self.count_unproved(register, page),
        }
    }

    /// The same from the records themselves.
    pub(crate) fn count_unproved(&mut self, register: usize, page: Page) -> Result<i64, StoreError> {
        let key = PageKey { school: self.school, register: &self.catalog.registers[register], page };
        count(self.db, self.catalog, key, self.today)
    }

    /// What is kept with the page; nothing if that was never written.
    pub(crate) fn kept_unproved(&mut self, register: &Register, page: Page) -> Result<Option<i64>, StoreError> {
        let (school, page) = (Param::Int(self.school.0), page.to_string());
        let sql = "select unproved from page where school_id = ? and register = ? and page = ?";
        let place = [school, Param::Text(register.id.as_str()), Param::Text(&page)];
        Ok(self.db.first(sql, &place, |row| row.int(0)).doing("read what lacks evidence")?.flatten())
    }

    /// Whether any file is attached to a record.
    fn is_proved(&mut self, register: &Register, record: RecordId) -> Result<bool, StoreError> {
        let sql = "select 1 from record_evidence where school_id = ? and register = ? and record_id = ? limit 1";
        let which = [Param::Int(self.school.0), Param::Text(register.id.as_str()), Param::Id(record)];
        Ok(self.db.first(sql, &which, |_| ()).doing("look for evidence")?.is_some())
    }
}

impl Writer<'_> {
    /// Whether a record carries no evidence. Where its register asks for none, nobody looks.
    pub(crate) fn is_bare(&mut self, register: usize, record: RecordId) -> Result<bool, StoreError> {
        let declared = &self.catalog().registers[register];
        Ok(rules(declared).next().is_some() && !self.reader()?.is_proved(declared, record)?)
    }

    /// Accounts for a record that got its first file (`by` -1) or lost its last (1).
    pub(crate) fn account_for_papers(&mut self, register: usize, record: RecordId, by: i64) -> Result<(), StoreError> {
        let catalog = self.catalog();
        let declared = &catalog.registers[register];
        let mut reader = self.reader()?;
        let (today, found) = (reader.today(), reader.find(register, record)?);
        let Some(record) = found.filter(|record: &Record| record.state == RecordState::Verified) else {
            return Ok(());
        };
        let related = reader.related_to(register, record.id)?;
        let row = WithRelated { record: &record, related: &related };
        for page in pages_of(declared, &record.values, today) {
            if is_asked(declared, record.state, &row, &page.moments(declared, today)) {
                self.lacks((register, page), by);
            }
        }
        Ok(())
    }

    /// Writes what changed on pages on which nothing else was written.
    pub(crate) fn write_unproved(&mut self) -> Result<(), StoreError> {
        for ((register, page), by) in self.take_lacking() {
            let (school, page) = (Param::Int(self.school().0), page.to_string());
            let register = Param::Text(self.catalog().registers[register].id.as_str());
            self.db()
                .execute(
                    "update page set unproved = unproved + ? where school_id = ? and register = ? and page = ?",
                    &[Param::Int(by), school, register, Param::Text(&page)],
                )
                .doing("keep what lacks evidence")?;
        }
        Ok(())
    }
}
