//! What refers to a record, and what its register's measures ask about.

use super::Reader;
use crate::db::Param;
use crate::error::{Doing, StoreError};
use crate::record::Record;
use crate::writer::page_clause;
use jc_base::{RecordId, RecordState, Value};
use jc_catalog::expr::eval;
use jc_catalog::kinds::Kind;
use jc_figures::sql::members_table;
use jc_figures::{Page, SqlValue};
use std::collections::HashMap;

/// Verified records that others ask about, by register, field and the record they refer to.
#[derive(Default)]
pub struct Related(HashMap<(usize, usize), HashMap<RecordId, Vec<Record>>>);

/// A record together with what refers to it: the row that expressions with `HAS` and `LATEST` need.
pub struct WithRelated<'a> {
    /// The record.
    pub record: &'a Record,
    /// What refers to records of its register.
    pub related: &'a Related,
}

impl eval::Row for WithRelated<'_> {
    fn field(&self, position: usize) -> &Value {
        eval::Row::field(self.record, position)
    }

    fn copied(&self, position: usize) -> &Value {
        eval::Row::copied(self.record, position)
    }

    fn related(&self, register: usize, via: usize) -> Vec<&dyn eval::Row> {
        let records = self.related.0.get(&(register, via)).and_then(|by_id| by_id.get(&self.record.id));
        records.into_iter().flatten().map(|r| r as &dyn eval::Row).collect()
    }
}

impl Reader<'_> {
    /// The records whose column names another record.
    pub fn ids_where(&mut self, register: usize, column: &str, id: RecordId) -> Result<Vec<RecordId>, StoreError> {
        let sql = format!(
            "select id from {} where school_id = ? and {column} = ? order by id",
            self.register(register).table
        );
        let ids = self
            .db
            .collect(&sql, &[Param::Int(self.school.0), Param::Id(id)], |row| row.id(0))
            .doing("find referring records")?;
        Ok(ids.into_iter().flatten().collect())
    }

    /// The records that refer to one, by register and field: what a person's screen shows. At most `limit` each.
    pub fn referring(
        &mut self,
        register: usize,
        id: RecordId,
        limit: usize,
    ) -> Result<Vec<(usize, usize, Vec<RecordId>)>, StoreError> {
        let mut out = Vec::new();
        for (ix, other) in self.catalog.registers.iter().enumerate() {
            for (field, declared) in other.fields.iter().enumerate() {
                let mut clause = self.of_school(ix);
                match declared.kind {
                    Kind::Ref(target) if target == register => {
                        clause.push(&format!(" and t.{} = ", declared.column)).bind(SqlValue::Id(id));
                    }
                    Kind::Refs(target) if target == register => {
                        let members = members_table(other, field);
                        clause.push(&format!(
                            " and exists (select 1 from {members} r where r.school_id = t.school_id and r.record_id = t.id and r.member_id = "
                        ));
                        clause.bind(SqlValue::Id(id)).push(")");
                    }
                    _ => continue,
                }
                let sql = format!("select t.id {} order by t.id desc limit {limit}", clause.text);
                let params: Vec<Param> = clause.values.iter().map(Param::from).collect();
                let ids = self.db.collect(&sql, &params, |row| row.id(0)).doing("find referring records")?;
                if !ids.is_empty() {
                    out.push((ix, field, ids.into_iter().flatten().collect()));
                }
            }
        }
        Ok(out)
    }

    /// The verified records that a register's measures ask about: of the whole school, for they are reckoned with and
    /// not shown.
    pub fn related(&mut self, register: usize) -> Result<Related, StoreError> {
        let mut related = Related::default();
        for other in self.register(register).asks.clone() {
            for (field, declared) in self.register(other).fields.iter().enumerate() {
                if !matches!(declared.kind, Kind::Ref(target) | Kind::Refs(target) if target == register) {
                    continue;
                }
                let mut by_id: HashMap<RecordId, Vec<Record>> = HashMap::new();
                let all = page_clause(self.register(other), self.school, Page::All);
                self.each(other, &all, &mut |record| {
                    if record.state == RecordState::Verified {
                        for id in record.values[field].ref_ids() {
                            by_id.entry(*id).or_default().push(record.clone());
                        }
                    }
                })?;
                related.0.insert((other, field), by_id);
            }
        }
        Ok(related)
    }

    /// The verified records that a register's measures ask about, of one of its records.
    pub fn related_to(&mut self, register: usize, id: RecordId) -> Result<Related, StoreError> {
        let mut related = Related::default();
        for other in self.register(register).asks.clone() {
            for (field, declared) in self.register(other).fields.iter().enumerate() {
                let ids = match declared.kind {
                    Kind::Ref(target) if target == register => self.ids_where(other, &declared.column, id)?,
                    Kind::Refs(target) if target == register => self.ids_with_member(other, field, id)?,
                    _ => continue,
                };
                let mut records = self.find_many(other, &ids)?;
                records.retain(|record| record.state == RecordState::Verified);
                related.0.insert((other, field), HashMap::from([(id, records)]));
            }
        }
        Ok(related)
    }

    /// The records among the members of whose field another record is.
    pub fn ids_with_member(
        &mut self,
        register: usize,
        field: usize,
        id: RecordId,
    ) -> Result<Vec<RecordId>, StoreError> {
        let table = members_table(self.register(register), field);
        let sql =
            format!("select distinct record_id from {table} where school_id = ? and member_id = ? order by record_id");
        let ids = self
            .db
            .collect(&sql, &[Param::Int(self.school.0), Param::Id(id)], |row| row.id(0))
            .doing("find referring records")?;
        Ok(ids.into_iter().flatten().collect())
    }
}
