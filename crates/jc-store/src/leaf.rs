//! How a record version is encoded for its leaf: everything that matters of it, unambiguously.

use crate::record::{self, Prints, Record};
use jc_base::Value;
use jc_catalog::Register;
use jc_catalog::kinds::Kind;
use jc_trust::set::Leaf;
use jc_trust::vault::Vault;

/// The leaf of a record version. Only known values are encoded, each under its field's id, so that a field added to
/// the catalog later changes no digest. The leaf is keyed: from a digest nobody can try out what was erased. Of a secret
/// value its print is encoded, so that it is read without being opened. `scratch` is emptied and reused.
pub fn leaf(register: &Register, record: &Record, vault: &Vault, scratch: &mut Vec<u8>) -> Leaf {
    leaf_printed(register, record, &record::prints(register, record, vault), vault, scratch)
}

/// The same, the prints of its secret values being at hand.
pub fn leaf_printed(
    register: &Register,
    record: &Record,
    prints: &Prints,
    vault: &Vault,
    scratch: &mut Vec<u8>,
) -> Leaf {
    let mut prints = prints.iter();
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
    let fields = register.fields.iter().map(|f| (f.id.as_str(), &f.kind));
    let columns = fields.chain(register.copies.iter().map(|c| (c.path.as_str(), &c.kind)));
    for ((name, kind), value) in columns.zip(record.values.iter().chain(&record.copied)) {
        if value.is_missing() {
            continue;
        }
        text(scratch, name);
        match value {
            Value::Missing => {}
            Value::Text(t) if *kind == Kind::IdNumber => {
                scratch.push(6);
                scratch.extend_from_slice(prints.next().map_or(t.as_bytes(), |print| print));
            }
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
    Leaf::of(vault.leaf_key(), scratch)
}
