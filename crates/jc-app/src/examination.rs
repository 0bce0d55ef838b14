//! The result of an examination of the dual system, worked by its regulation.

use crate::error::AppError;
use crate::person::Viewer;
use jc_base::{Ratio, RecordId, RecordState, Value};
use jc_catalog::Register;
use jc_catalog::kinds::Kind;
use jc_catalog::regulation::{Outcome, Regulation};
use jc_store::{Reader, Record};

/// The register the regulations speak of: their areas name its fields.
pub const REGISTER: &str = "certificate-exam";

/// The two parts, as codes of `exam-part`.
const FIRST: &str = "part-1";
const SECOND: &str = "part-2";

/// Points on the records, in tenths.
const TENTHS: i128 = 10;

/// A record's result.
#[derive(Debug, Clone)]
pub struct Worked {
    /// By which regulation.
    pub regulation: Regulation,
    /// The points as recorded, by area.
    pub recorded: Vec<Option<Ratio>>,
    /// The oral supplement, as recorded.
    pub oral: Option<(usize, Ratio)>,
    /// What they come to.
    pub outcome: Outcome,
    /// Where an oral supplement would turn a failure into a pass: area and the least points.
    pub saved_by_oral: Vec<(usize, u8)>,
    /// The record of part 1 whose points were taken, if another.
    pub part_1: Option<RecordId>,
}

impl Viewer<'_> {
    /// Works out the result of a record of part 2. Nothing for other records, or where no regulation is named.
    ///
    /// Part 1 is the latest attempt of the same student in the same occupation that was sat; without one the total is
    /// open, not nought.
    pub fn examination(&self, register: usize, record: &Record) -> Result<Option<Worked>, AppError> {
        let declared = self.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        if declared.id.as_str() != REGISTER {
            return Ok(None);
        }
        self.records_only()?;
        let fields = Fields { declared, record };
        let Some(regulation) = fields.text("regulation").and_then(|id| self.catalog.regulation(id)) else {
            return Ok(None);
        };
        if fields.text("part") != Some(SECOND) {
            return Ok(None);
        }
        self.read(|reader| {
            let first = self.part_1(reader, register, &fields)?;
            let mut recorded = Vec::with_capacity(regulation.areas.len());
            for area in &regulation.areas {
                let of = if area.part == FIRST { first.as_ref() } else { Some(record) };
                recorded.push(of.and_then(|record| Fields { declared, record }.points(area.field.as_str())));
            }
            let area = fields.text("oral_area").and_then(|id| regulation.areas.iter().position(|area| area.id == id));
            let oral = area.zip(fields.points("oral_points"));
            let outcome = regulation.settle(&recorded, oral);
            let saved_by_oral = if oral.is_none() { regulation.saved_by_oral(&recorded) } else { Vec::new() };
            let part_1 = first.map(|record| record.id);
            Ok(Some(Worked { regulation: regulation.clone(), recorded, oral, outcome, saved_by_oral, part_1 }))
        })
    }

    /// The latest part 1 of the same person and occupation that was sat and handed in.
    fn part_1(&self, reader: &mut Reader, register: usize, fields: &Fields) -> Result<Option<Record>, AppError> {
        let Some((student, person)) = fields.position("student").and_then(|ix| {
            let Kind::Ref(_) = fields.declared.fields[ix].kind else { return None };
            Some((ix, fields.record.values[ix].as_ref_id()?))
        }) else {
            return Ok(None);
        };
        let ids = reader.ids_where(register, &fields.declared.fields[student].column, person)?;
        let all = reader.find_many(register, &ids)?;
        let own = fields.text("occupation");
        let sat = |record: &&Record| {
            let it = Fields { declared: fields.declared, record };
            let open = matches!(record.state, RecordState::Draft | RecordState::Returned);
            !open
                && it.text("part") == Some(FIRST)
                && it.text("occupation") == own
                && it.value("sat") == Some(&Value::Int(1))
        };
        let attempt = |record: &&Record| {
            let it = Fields { declared: fields.declared, record };
            if let Some(Value::Int(attempt)) = it.value("attempt") { *attempt } else { 0 }
        };
        Ok(all.iter().filter(sat).max_by_key(attempt).cloned())
    }
}

/// A record's values by the ids of their fields.
struct Fields<'a> {
    declared: &'a Register,
    record: &'a Record,
}

impl<'a> Fields<'a> {
    fn position(&self, id: &str) -> Option<usize> {
        self.declared.find_field(id)
    }

    fn value(&self, id: &str) -> Option<&'a Value> {
        self.record.values.get(self.position(id)?)
    }

    fn text(&self, id: &str) -> Option<&'a str> {
        self.value(id)?.as_text()
    }

    fn points(&self, id: &str) -> Option<Ratio> {
        match self.value(id)? {
            Value::Int(tenths) => Ratio::new((*tenths).into(), TENTHS),
            _ => None,
        }
    }
}
