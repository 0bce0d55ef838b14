//! Records as programs read them: by pages, what is masked masked, and noted like any list that leaves the house.

use crate::error::AppError;
use crate::labels::Labels;
use crate::person::Viewer;
use crate::subjects::subjects;
use jc_base::{Lang, RecordId, Value};
use jc_catalog::kinds::Kind;
use jc_catalog::{Operation, Privacy};
use jc_store::Record;
use jc_store::reader::ListQuery;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;

/// Whether a field is masked for programs as it is in lists: a program gives no reason for one person.
pub fn masked(field: &jc_catalog::model::Field) -> bool {
    field.privacy == Privacy::Sensitive || field.kind == Kind::IdNumber
}

impl Viewer<'_> {
    /// A page of a register's records: `query.limit` of them after `query.after`. How many were handed over, and what for,
    /// is noted.
    ///
    /// Errors: as [`export`](Self::export).
    pub fn hand_over(&self, register: usize, query: &ListQuery, reason: &str, lang: Lang) -> Result<Json, AppError> {
        let reason = self.export_reason(register, reason)?;
        let reach = self.person.reach(&self.catalog, Operation::ExportRecords);
        let (records, labels, more, all) = self.read_within(&reach, |reader| {
            let wanted = ListQuery { limit: query.limit + 1, ..query.clone() };
            let mut records = reader.list(register, &wanted)?;
            let more = records.len() > query.limit;
            records.truncate(query.limit);
            let mut labels = Labels::default();
            labels.load(reader, register, &records)?;
            let all = reader.count(register, query)?.iter().sum::<i64>();
            Ok((records, labels, more, all))
        })?;
        let declared = &self.catalog.registers[register];
        let ids: Vec<RecordId> = records.iter().map(|record| record.id).collect();
        let whose = if self.personal(register) {
            records.iter().flat_map(|record| subjects(&self.catalog, register, record)).collect()
        } else {
            BTreeSet::new()
        };
        self.note_taken(declared, (&ids, &whose), "json", "", &reason)?;
        let after = records.last().filter(|_| more).map(|record| record.id.to_string());
        let records: Vec<Json> =
            records.iter().map(|record| self.record_json(register, record, &labels, lang)).collect();
        Ok(json!({ "register": declared.id.as_str(), "count": all, "next": after, "records": records }))
    }

    fn record_json(&self, register: usize, record: &Record, labels: &Labels, lang: Lang) -> Json {
        let mut fields = Map::new();
        let declared = self.catalog.registers[register].fields.iter().enumerate();
        for (ix, field) in declared.filter(|(_, field)| field.retired.is_none()) {
            let value = &record.values[ix];
            let json = if masked(field) {
                let shown = self.shown(register, ix, value, labels, lang);
                if shown.is_empty() { Json::Null } else { shown.into() }
            } else {
                self.value_json(&field.kind, value, labels, lang)
            };
            fields.insert(field.id.to_string(), json);
        }
        json!({
            "id": record.id.to_string(),
            "state": record.state.code(),
            "version": record.version,
            "fields": fields,
        })
    }

    /// A value: whole numbers and yes or no as such, other numbers as exact texts, references with their labels.
    fn value_json(&self, kind: &Kind, value: &Value, labels: &Labels, lang: Lang) -> Json {
        let named = |id: &jc_base::RecordId| json!({ "id": id.to_string(), "label": labels.show(&self.catalog, kind, &Value::Ref(*id), lang) });
        match (kind, value) {
            (_, Value::Missing) => Json::Null,
            (Kind::Boolean, Value::Int(yes)) => Json::Bool(*yes != 0),
            (Kind::Integer | Kind::Year, Value::Int(number)) => (*number).into(),
            (Kind::Ref(_), Value::Ref(id)) => named(id),
            (Kind::Refs(_), many) => many.ref_ids().iter().map(named).collect(),
            _ => kind.edit(value).into(),
        }
    }
}
