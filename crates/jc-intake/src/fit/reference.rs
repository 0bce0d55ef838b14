//! One cell that names other records.

use super::cell::{Fault, error_fault, is_error, lost_fault, may_say_unknown};
use crate::codes;
use crate::members::{bracketed, split};
use crate::number::lost_digits;
use crate::resolve::{Resolution, Resolver};
use crate::row::{Cell, Row};
use crate::ruined::is_scientific;
use crate::site::quote;
use jc_base::{Lang, RecordId, Value};
use jc_catalog::kinds::{Kind, ParseContext};
use jc_catalog::model::Catalog;
use std::borrow::Cow;
use std::collections::HashSet;

/// How a reference field is read.
pub(super) struct Plan {
    register: usize,
    several: bool,
    /// The column that narrows the search.
    narrow: Option<usize>,
    /// The referenced register's name, for findings.
    name: String,
    /// Whether it is looked up by an ID number, which findings do not repeat.
    by_id_number: bool,
    /// The last lookup: neighbouring rows often name the same record.
    last: Option<(String, Option<String>, RecordId)>,
}

impl Plan {
    /// Nothing for a kind that is no reference.
    pub(super) fn new(catalog: &Catalog, kind: &Kind, narrow: Option<usize>, lang: Lang) -> Option<Self> {
        let (register, several) = match kind {
            Kind::Ref(register) => (*register, false),
            Kind::Refs(register) => (*register, true),
            _ => return None,
        };
        let target = catalog.registers.get(register)?;
        let is_id = |ix: &usize| target.fields.get(*ix).is_some_and(|field| field.kind == Kind::IdNumber);
        Some(Self {
            register,
            several,
            narrow,
            name: target.name.get(lang).to_owned(),
            by_id_number: target.key.iter().any(is_id),
            last: None,
        })
    }

    /// Reads a cell. Every member that cannot be found is a fault of its own.
    pub(super) fn read(
        &mut self,
        cell: Cell<'_>,
        row: &Row<'_>,
        resolver: &mut dyn Resolver,
    ) -> Result<Value, Vec<Fault>> {
        let text: Cow<'_, str> = match cell {
            Cell::Empty => return Ok(Value::Missing),
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Number(text) if lost_digits(text) => return Err(vec![lost_fault(&Kind::Ref(0))]),
            Cell::Number(text) => Cow::Borrowed(text),
            Cell::Error(text) => return Err(vec![error_fault(text)]),
            other => Cow::Owned(other.to_string()),
        };
        let within = self.narrow.map(|column| row.cell(column)).filter(|cell| !cell.is_blank());
        let within = within.map(|cell| match cell {
            Cell::Text(text) if is_plain(text) => Cow::Borrowed(text),
            cell => Cow::Owned(jc_text::fold::plain(&cell.to_string())),
        });
        let within = within.as_deref();
        if is_error(&text) {
            return Err(vec![error_fault(&text)]);
        }
        if may_say_unknown(&text) && unknown(&text) {
            return Ok(Value::Missing);
        }
        if !self.several {
            return self.one(&text, within, resolver).map(Value::Ref).map_err(|fault| vec![fault]);
        }
        let (mut ids, mut faults) = (Vec::new(), Vec::new());
        let mut known = HashSet::new();
        for member in split(&text) {
            match self.one(member, within, resolver) {
                Ok(id) if known.insert(id) => ids.push(id),
                Ok(_) => faults.push(Fault::new(codes::MEMBER_TWICE).with("value", quote(member))),
                Err(fault) => faults.push(fault),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(if ids.is_empty() { Value::Missing } else { Value::Refs(ids) })
    }

    fn one(&mut self, text: &str, within: Option<&str>, resolver: &mut dyn Resolver) -> Result<RecordId, Fault> {
        if let Some((last, last_within, id)) = &self.last
            && last == text
            && last_within.as_deref() == within
        {
            return Ok(*id);
        }
        let plain: Cow<'_, str> =
            if is_plain(text) { Cow::Borrowed(text) } else { Cow::Owned(jc_text::fold::plain(text)) };
        // An apostrophe in front is what people type to keep a number as text.
        let asked = plain.strip_prefix(['\'', '’', '‘']).unwrap_or(&plain);
        if is_scientific(asked) {
            return Err(lost_fault(&Kind::Ref(0)));
        }
        let mut answer = None;
        if let Some((name, number)) = bracketed(asked) {
            // 「张三(20220101)」: the number in brackets is it; 「机电（1）班」 has none.
            if let Resolution::Found(id) = resolver.resolve(self.register, number, None) {
                answer = Some(Resolution::Found(id));
            } else if let Resolution::Found(id) = resolver.resolve(self.register, name, Some(number)) {
                answer = Some(Resolution::Found(id));
            }
        }
        let mut answer = answer.unwrap_or_else(|| resolver.resolve(self.register, asked, within));
        if matches!(answer, Resolution::Unknown { .. })
            && (asked.contains(' ') || within.is_some_and(|w| w.contains(' ')))
        {
            // 「数控 2201」 is 数控2201, 「王 明」 is 王明; what really has a space in it was found above.
            let tight = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            let within = within.map(tight);
            if let found @ Resolution::Found(_) = resolver.resolve(self.register, &tight(asked), within.as_deref()) {
                answer = found;
            }
        }
        let fault = |code| {
            let value = if self.by_id_number { jc_catalog::kinds::id_number::mask(asked) } else { quote(asked) };
            Fault::new(code).with("value", value).with("register", &self.name)
        };
        match answer {
            Resolution::Found(id) => {
                match &mut self.last {
                    // The buffers of the last lookup are used again.
                    Some((last, last_within, last_id)) => {
                        last.clear();
                        last.push_str(text);
                        match (last_within.as_mut(), within) {
                            (Some(buffer), Some(within)) => {
                                buffer.clear();
                                buffer.push_str(within);
                            }
                            _ => *last_within = within.map(str::to_owned),
                        }
                        *last_id = id;
                    }
                    None => self.last = Some((text.to_owned(), within.map(str::to_owned), id)),
                }
                Ok(id)
            }
            Resolution::Unknown { near: Some(near) } if !self.by_id_number => {
                Err(fault(codes::REFERENCE_UNKNOWN).with("nearest", quote(&near)))
            }
            Resolution::Unknown { .. } => Err(fault(codes::REFERENCE_UNKNOWN)),
            Resolution::Several(count) => Err(fault(codes::REFERENCE_SEVERAL).with("count", count)),
        }
    }
}

/// Letters, digits and common Chinese characters without any space: nothing to fold.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '\u{4E00}'..='\u{9FFF}'))
}

/// Whether a text says that nothing is known, by the rule of all fields.
fn unknown(text: &str) -> bool {
    matches!(Kind::Text.parse(text, &ParseContext { codes: &[], on: None }), Ok(Value::Missing))
}
