//! How a record version is encoded for its leaf: everything that matters of it, unambiguously.

use crate::record::Record;
use jc_base::Value;
use jc_catalog::Register;
use jc_trust::set::Leaf;

/// The leaf of a record version. Only known values are encoded, each under its field's id, so that a field added to
/// the catalog later changes no digest. `scratch` is emptied and reused.
pub fn leaf(register: &Register, record: &Record, scratch: &mut Vec<u8>) -> Leaf {
    scratch.clear();
    let text = |out: &mut Vec<u8>, text: &str| {
        out.extend_from_slice(&(text.len() as u32).to_le_bytes());
        out.extend_from_slice(text.as_bytes());
    };
    text(scratch, register.id.as_str());
    scratch.extend_from_slice(&record.id.0);
    for number in [record.version, record.state.number(), record.seq] {
        scratch.extend_from_slice(&number.to_le_bytes());
    }
    scratch.extend_from_slice(&record.keeper.map_or([0; 16], |id| id.0));
    text(scratch, record.note.as_deref().unwrap_or(""));
    let names = register.fields.iter().map(|f| f.id.as_str()).chain(register.copies.iter().map(|c| c.path.as_str()));
    for (name, value) in names.zip(record.values.iter().chain(&record.copied)) {
        if value.is_missing() {
            continue;
        }
        text(scratch, name);
        match value {
            Value::Missing => {}
            Value::Text(t) => {
                scratch.push(1);
                text(scratch, t);
            }
            Value::Int(n) => {
                scratch.push(2);
                scratch.extend_from_slice(&n.to_le_bytes());
            }
            Value::Date(date) => {
                scratch.push(3);
                scratch.extend_from_slice(&date.year().to_le_bytes());
                scratch.push(date.month() as u8);
                scratch.push(date.day() as u8);
            }
            Value::Ref(id) => {
                scratch.push(4);
                scratch.extend_from_slice(&id.0);
            }
            Value::Refs(ids) => {
                scratch.push(5);
                scratch.extend_from_slice(&(ids.len() as u32).to_le_bytes());
                ids.iter().for_each(|id| scratch.extend_from_slice(&id.0));
            }
        }
    }
    Leaf::of(scratch)
}
