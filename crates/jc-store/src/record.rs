//! A record as it stands in its table, and how it is read and written there.

use crate::db::{ColumnType, Param, Row};
use crate::error::StoreError;
use crate::keys::Nonces;
use jc_base::{Date, RecordId, RecordState, Value};
use jc_catalog::Register;
use jc_catalog::expr::eval;
use jc_catalog::kinds::Kind;
use jc_trust::vault::{PRINT_BYTES, Spot, Vault};

/// Who does something: an account, or the program itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account; nothing for the command line and the program.
    pub account: Option<RecordId>,
    /// The login, or `system`: what the audit log names.
    pub name: String,
    /// What else the log is to say of who acts: from which address, in which session, by which token.
    pub by: Vec<(&'static str, String)>,
}

impl Actor {
    /// The program itself, or a person at the command line of its machine.
    pub fn system() -> Self {
        Self { account: None, name: "system".into(), by: Vec::new() }
    }
}

/// One version of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its id.
    pub id: RecordId,
    /// Its state.
    pub state: RecordState,
    /// Counts its versions from 1.
    pub version: i64,
    /// The audit entry of the write that made this version.
    pub seq: i64,
    /// The account that last wrote its content: never the one that verifies it.
    pub keeper: Option<RecordId>,
    /// The reason it was returned for.
    pub note: Option<String>,
    /// The row of the file it came in, if it came by import; the audit entry `seq` names the file.
    pub line: Option<i64>,
    /// By the register's fields.
    pub values: Vec<Value>,
    /// By the register's copied columns.
    pub copied: Vec<Value>,
}

impl eval::Row for Record {
    fn field(&self, position: usize) -> &Value {
        self.values.get(position).unwrap_or(&Value::Missing)
    }

    fn copied(&self, position: usize) -> &Value {
        self.copied.get(position).unwrap_or(&Value::Missing)
    }

    /// Related records are not at hand here: measures that ask for them are totalled by the scan.
    fn related(&self, _register: usize, _via: usize) -> Vec<&dyn eval::Row> {
        Vec::new()
    }
}

/// The columns every record table has, before those of its fields.
pub const FIXED: [(&str, ColumnType); 10] = [
    ("school_id", ColumnType::Int),
    ("id", ColumnType::Id),
    ("state", ColumnType::Int),
    ("version", ColumnType::Int),
    ("seq", ColumnType::Int),
    ("keeper", ColumnType::Account),
    ("note", ColumnType::Text),
    ("page", ColumnType::Text),
    ("digest", ColumnType::Bytes),
    ("line", ColumnType::Int),
];

/// The column type of a field kind; nothing for several references, which have a table of their own.
pub fn column_type(kind: &Kind) -> Option<ColumnType> {
    match kind {
        Kind::Integer | Kind::Decimal(_) | Kind::Money | Kind::Year | Kind::Time | Kind::Boolean => {
            Some(ColumnType::Int)
        }
        Kind::Ref(_) => Some(ColumnType::Id),
        Kind::Refs(_) => None,
        // Sealed.
        Kind::IdNumber => Some(ColumnType::Bytes),
        Kind::Text
        | Kind::LongText
        | Kind::Date
        | Kind::Month
        | Kind::Code(_)
        | Kind::PersonName
        | Kind::OrgCode
        | Kind::Phone
        | Kind::CertificateNumber
        | Kind::Link => Some(ColumnType::Text),
    }
}

/// Whether a table also keeps a text to search in: the label, its pinyin and its initials.
pub fn searchable(register: &Register) -> bool {
    register.label.iter().any(|ix| matches!(register.fields[*ix].kind, Kind::PersonName | Kind::Text))
}

/// The names of a record table's columns, in the order they are read and written.
pub fn columns(register: &Register) -> Vec<String> {
    let mut names: Vec<String> = FIXED.iter().map(|(name, _)| (*name).to_owned()).collect();
    names.extend(register.fields.iter().filter(|f| column_type(&f.kind).is_some()).map(|f| f.column.clone()));
    names.extend(register.copies.iter().map(|c| c.column.clone()));
    if searchable(register) {
        names.push("search".to_owned());
    }
    names
}

/// The columns as a `select` list over an alias.
pub fn select_list(register: &Register, alias: &str) -> String {
    let names: Vec<String> = columns(register).iter().map(|name| format!("{alias}.{name}")).collect();
    names.join(", ")
}

/// Reads a record from a row of [`select_list`]; several references stay empty and are read apart.
/// Nothing if the row holds what this program cannot have written, or a sealed value that does not open.
pub fn read(register: &Register, row: &dyn Row, vault: &Vault) -> Option<Record> {
    let id = row.id(1)?;
    let mut at = FIXED.len();
    let mut take = |kind: &Kind, name: &str| -> Option<Value> {
        let Some(column) = column_type(kind) else {
            return Some(Value::Missing);
        };
        let value = match column {
            ColumnType::Int => row.int(at).map(Value::Int),
            ColumnType::Id | ColumnType::Account => row.id(at).map(Value::Ref),
            ColumnType::Bytes => match row.bytes(at) {
                Some(sealed) => Some(Value::Text(vault.open(&spot(register, name, &id), sealed).ok()?)),
                None => None,
            },
            ColumnType::Text => match (kind, row.text(at)) {
                (Kind::Date, Some(text)) => Some(Value::Date(Date::parse_iso(text)?)),
                (_, text) => text.map(|t| Value::Text(t.to_owned())),
            },
        };
        at += 1;
        Some(value.unwrap_or_default())
    };
    let values = register.fields.iter().map(|f| take(&f.kind, f.id.as_str())).collect::<Option<Vec<_>>>()?;
    let copied = register.copies.iter().map(|c| take(&c.kind, &c.path)).collect::<Option<Vec<_>>>()?;
    Some(Record {
        id,
        state: RecordState::from_number(row.int(2)?)?,
        version: row.int(3)?,
        seq: row.int(4)?,
        keeper: row.id(5),
        note: row.text(6).map(str::to_owned),
        line: row.int(9),
        values,
        copied,
    })
}

/// Where a field's value of a record is sealed.
pub fn spot<'a>(register: &'a Register, field: &'a str, record: &'a RecordId) -> Spot<'a> {
    Spot { table: register.id.as_str(), column: field, row: &record.0 }
}

/// The prints of a record's secret values, in the order of its columns.
pub type Prints = Vec<[u8; PRINT_BYTES]>;

/// The prints of a record's secret values: made once for its leaf and for what is sealed.
pub fn prints(register: &Register, record: &Record, vault: &Vault) -> Prints {
    let fields = register.fields.iter().map(|f| (f.id.as_str(), &f.kind)).zip(&record.values);
    let copies = register.copies.iter().map(|c| (c.path.as_str(), &c.kind)).zip(&record.copied);
    let secret = |((name, kind), value): ((&str, &Kind), &Value)| match (kind, value) {
        (Kind::IdNumber, Value::Text(text)) => Some(vault.print(register.id.as_str(), name, text)),
        _ => None,
    };
    fields.chain(copies).filter_map(secret).collect()
}

/// The secret values of a record, sealed, in the order [`bind`] asks for them: kept alive while a statement runs.
pub struct Bound {
    sealed: Vec<Vec<u8>>,
}

impl Bound {
    /// Seals a record's values.
    pub fn new(
        register: &Register,
        record: &Record,
        prints: &Prints,
        vault: &Vault,
        nonces: &mut Nonces,
    ) -> Result<Self, StoreError> {
        let (mut sealed, mut prints) = (Vec::new(), prints.iter());
        for (field, value) in register.fields.iter().zip(&record.values) {
            if let (Kind::IdNumber, Value::Text(text)) = (&field.kind, value)
                && let Some(print) = prints.next()
            {
                let spot = spot(register, field.id.as_str(), &record.id);
                sealed.push(vault.seal_printed(&spot, print, text, nonces.next()?));
            }
        }
        Ok(Self { sealed })
    }
}

/// Appends the values of [`columns`] from the first field on: what [`FIXED`] holds is bound by the caller.
pub fn bind<'a>(register: &Register, record: &'a Record, bound: &'a Bound, out: &mut Vec<Param<'a>>) {
    let mut sealed = bound.sealed.iter();
    let kinds = register.fields.iter().map(|f| &f.kind).zip(&record.values);
    for (kind, value) in kinds.chain(register.copies.iter().map(|c| &c.kind).zip(&record.copied)) {
        if column_type(kind).is_none() {
            continue;
        }
        out.push(match value {
            Value::Missing | Value::Refs(_) => Param::Null,
            Value::Text(_) if *kind == Kind::IdNumber => sealed.next().map_or(Param::Null, |bytes| Param::Bytes(bytes)),
            Value::Text(text) => Param::Text(text),
            Value::Int(number) => Param::Int(*number),
            Value::Date(day) => Param::Day(day.to_bytes()),
            Value::Ref(id) => Param::Id(*id),
        });
    }
}
