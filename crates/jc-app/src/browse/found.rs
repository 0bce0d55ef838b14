//! Search over all registers at once.

use crate::error::AppError;
use crate::labels::Labels;
use crate::person::Viewer;
use jc_catalog::kinds::Kind;
use jc_store::Record;
use jc_store::reader::ListQuery;
use jc_text::pinyin::{pinyin_full, pinyin_initials};

/// What was found in one register.
pub struct Hits {
    /// The register.
    pub register: usize,
    /// The first records.
    pub records: Vec<Record>,
    /// The labels of what they refer to.
    pub labels: Labels,
    /// How many there are in all.
    pub all: i64,
}

/// Whether a text is meant by what someone typed: it holds it, or its pinyin or their initials do.
pub fn matches(typed: &str, text: &str) -> bool {
    let typed = typed.trim().to_lowercase();
    if typed.is_empty() || text.to_lowercase().contains(&typed) {
        return true;
    }
    typed.is_ascii() && (pinyin_initials(text).contains(&typed) || pinyin_full(text).contains(&typed))
}

impl Viewer<'_> {
    /// Whether the records of a register are people: called by their names.
    pub fn of_people(&self, register: usize) -> bool {
        let declared = self.catalog.registers.get(register);
        declared.is_some_and(|r| r.label.iter().any(|ix| r.fields[*ix].kind == Kind::PersonName))
    }

    /// The records of every register that a text finds, at most `limit` of each: people first, and those called so
    /// before those that only refer to one that is.
    pub fn search(&self, typed: &str, limit: usize) -> Result<Vec<Hits>, AppError> {
        self.records_only()?;
        if typed.trim().is_empty() {
            return Ok(Vec::new());
        }
        let mut registers: Vec<usize> = (0..self.catalog.registers.len()).collect();
        registers.sort_by_key(|ix| (!self.of_people(*ix), !jc_store::record::searchable(&self.catalog.registers[*ix])));
        let query = ListQuery { search: typed.trim().to_owned(), limit, ..ListQuery::default() };
        self.read(|reader| {
            let mut found = Vec::new();
            for register in registers {
                let all = reader.count(register, &query)?.iter().sum();
                if all == 0 {
                    continue;
                }
                let records = reader.list(register, &query)?;
                let mut labels = Labels::default();
                labels.load(reader, register, &records)?;
                found.push(Hits { register, records, labels, all });
            }
            Ok(found)
        })
    }
}
