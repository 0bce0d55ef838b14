//! Records by whom they name: one statement a register, for one person or for all, never one for each.

use crate::error::StoreError;
use crate::reach::among;
use crate::reader::Reader;
use crate::record::Record;
use crate::writer::page_clause;
use jc_base::RecordId;
use jc_catalog::Column;
use jc_catalog::kinds::Kind;
use jc_figures::Page;
use jc_figures::sql::members_table;

/// At most so many are named in one statement.
const MOST_NAMED: usize = 400;

impl Reader<'_> {
    /// Hands over the records of a register, in the order of entry, in which one of these columns names one of some
    /// records; all records if none are given.
    ///
    /// Of the whole school: they are reckoned with and not shown, as what measures ask about.
    pub fn each_naming(
        &mut self,
        register: usize,
        columns: &[Column],
        ids: Option<&[RecordId]>,
        each: &mut dyn FnMut(&Record),
    ) -> Result<(), StoreError> {
        let declared = &self.catalog().registers[register];
        let whole = page_clause(declared, self.school, Page::All);
        let Some(ids) = ids else { return self.each(register, &whole, each) };
        for some in ids.chunks(MOST_NAMED) {
            let mut clause = whole.clone();
            clause.push(" and (1 = 0");
            for column in columns {
                clause.push(" or ");
                match (*column, declared.column_kind(*column)) {
                    (Column::Field(field), Kind::Refs(_)) => {
                        let members = members_table(declared, field);
                        clause.push(&format!(
                            "exists (select 1 from {members} m where m.school_id = t.school_id and m.record_id = t.id and m.member_id"
                        ));
                        among(some, &mut clause);
                        clause.push(")");
                    }
                    _ => {
                        clause.push("t.").push(declared.column_name(*column));
                        among(some, &mut clause);
                    }
                }
            }
            clause.push(")");
            self.each(register, &clause, each)?;
        }
        Ok(())
    }
}
