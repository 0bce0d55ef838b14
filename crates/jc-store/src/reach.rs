//! How far someone sees: a part of every statement that reads records, so that lists, their totals, searches and
//! files agree, and what lies outside answers like what does not exist.

use crate::error::StoreError;
use crate::reader::Reader;
use jc_base::{RecordId, RegisterId, Value};
use jc_catalog::belonging::Way;
use jc_catalog::{Catalog, Column};
use jc_figures::sql::members_table;
use jc_figures::{Sql, SqlValue};

/// How far someone sees in their school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// The whole school.
    School,
    /// What lies in one of these circles; nothing if there are none.
    Within(Vec<Circle>),
}

/// A part of the school's records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Circle {
    /// All records of some registers.
    Registers(Vec<RegisterId>),
    /// What belongs to some departments, classes or people.
    Around {
        /// The register those are records of.
        anchor: RegisterId,
        /// Their ids.
        ids: Vec<RecordId>,
    },
}

/// How much of one register is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Every record.
    All,
    /// Some of them.
    Some,
    /// None: nothing tells that a record would belong to whoever looks.
    None,
}

impl Reach {
    /// Nothing at all.
    pub const NOTHING: Reach = Reach::Within(Vec::new());

    /// How much of a register is seen.
    pub fn extent(&self, catalog: &Catalog, register: usize) -> Extent {
        let Self::Within(circles) = self else { return Extent::All };
        let declared = &catalog.registers[register];
        let mut extent = Extent::None;
        for circle in circles {
            match circle {
                Circle::Registers(ids) if ids.contains(&declared.id) => return Extent::All,
                Circle::Registers(_) => {}
                Circle::Around { ids, .. } if ids.is_empty() => {}
                Circle::Around { anchor, .. } => {
                    let anchor = catalog.find_register(anchor.as_str());
                    if anchor.is_some_and(|anchor| !catalog.belonging.ways(register, anchor).is_empty()) {
                        extent = Extent::Some;
                    }
                }
            }
        }
        extent
    }

    /// Appends ` and …` that keeps what is seen of a register whose table stands under the alias `t`.
    pub(crate) fn narrow(&self, catalog: &Catalog, register: usize, sql: &mut Sql) {
        let circles = match (self.extent(catalog, register), self) {
            (Extent::All, _) | (_, Self::School) => return,
            (_, Self::Within(circles)) => circles,
        };
        sql.push(" and (1 = 0");
        for circle in circles {
            let Circle::Around { anchor, ids } = circle else { continue };
            let Some(anchor) = catalog.find_register(anchor.as_str()).filter(|_| !ids.is_empty()) else { continue };
            for way in catalog.belonging.ways(register, anchor) {
                sql.push(" or ");
                along(catalog, register, *way, ids, sql);
            }
        }
        sql.push(")");
    }
}

impl Reader<'_> {
    /// Whether a record with these values would be seen, before it is written; `id` is that of one that is there.
    pub fn would_see(
        &mut self,
        register: usize,
        id: Option<RecordId>,
        values: &[Value],
        copied: &[Value],
    ) -> Result<bool, StoreError> {
        let catalog = self.catalog;
        let circles = match (self.extent(register), self.reach) {
            (Extent::All, _) | (_, Reach::School) => return Ok(true),
            (Extent::None, _) => return Ok(false),
            (Extent::Some, Reach::Within(circles)) => circles,
        };
        let value = |values: &[Value], copied: &[Value], column: Column| match column {
            Column::Field(ix) => values.get(ix).cloned().unwrap_or_default(),
            Column::Copied(ix) => copied.get(ix).cloned().unwrap_or_default(),
        };
        for circle in circles {
            let Circle::Around { anchor, ids } = circle else { continue };
            let Some(anchor) = catalog.find_register(anchor.as_str()) else { continue };
            for way in catalog.belonging.ways(register, anchor) {
                let named = match *way {
                    Way::Itself => id.into_iter().collect(),
                    Way::Column(column) => value(values, copied, column).ref_ids().to_vec(),
                    Way::Members(field) => value(values, copied, Column::Field(field)).ref_ids().to_vec(),
                    Way::Through { field, people, column } => {
                        let people_named = value(values, copied, Column::Field(field)).ref_ids().to_vec();
                        let found = self.find_named(people, &people_named)?;
                        found.iter().filter_map(|p| value(&p.values, &p.copied, column).as_ref_id()).collect::<Vec<_>>()
                    }
                };
                if named.iter().any(|id| ids.contains(id)) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}

/// Writes the condition that a way leads to one of these ids.
fn along(catalog: &Catalog, register: usize, way: Way, ids: &[RecordId], sql: &mut Sql) {
    let declared = &catalog.registers[register];
    match way {
        Way::Itself => {
            sql.push("t.id");
            among(ids, sql);
        }
        Way::Column(column) => {
            sql.push("t.").push(declared.column_name(column));
            among(ids, sql);
        }
        Way::Members(field) => {
            let members = members_table(declared, field);
            sql.push(&format!(
                "exists (select 1 from {members} m where m.school_id = t.school_id and m.record_id = t.id and m.member_id"
            ));
            among(ids, sql);
            sql.push(")");
        }
        Way::Through { field, people, column } => {
            through(catalog, register, (field, people, column), sql);
            among(ids, sql);
            sql.push(")");
        }
    }
}

fn through(catalog: &Catalog, register: usize, (field, people, column): (usize, usize, Column), sql: &mut Sql) {
    let (declared, person) = (&catalog.registers[register], &catalog.registers[people]);
    let (table, column) = (&person.table, person.column_name(column));
    match declared.fields[field].kind {
        jc_catalog::kinds::Kind::Refs(_) => {
            let members = members_table(declared, field);
            sql.push(&format!(
                "exists (select 1 from {members} m join {table} p on p.school_id = m.school_id and p.id = m.member_id \
                 where m.school_id = t.school_id and m.record_id = t.id and p.{column}"
            ));
        }
        _ => {
            let own = &declared.fields[field].column;
            sql.push(&format!(
                "exists (select 1 from {table} p where p.school_id = t.school_id and p.id = t.{own} and p.{column}"
            ));
        }
    }
}

pub(crate) fn among(ids: &[RecordId], sql: &mut Sql) {
    sql.push(" in (");
    for (n, id) in ids.iter().enumerate() {
        if n > 0 {
            sql.push(", ");
        }
        sql.bind(SqlValue::Id(*id));
    }
    sql.push(")");
}
