//! Uploaded spreadsheets between the steps of their import: kept on disk, sealed, bound to the person, gone after two
//! hours.

use crate::app::App;
use crate::error::AppError;
use crate::passwords;
use crate::person::Person;
use jc_base::{Instant, RecordState};
use jc_catalog::Register;
use jc_intake::mapping::{ColumnUse, Mapping, Role};
use jc_store::StoreError;
use jc_store::lasting::{self, For};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

/// How long an upload is kept after its last step, in milliseconds.
pub const KEPT_MS: i64 = 2 * 3_600_000;
/// So many uploads of one person are kept; the oldest goes first.
const MOST: usize = 5;

/// An uploaded spreadsheet and how far its import is.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Stage {
    /// Its name on disk and in addresses: random.
    pub id: String,
    school: i64,
    account: String,
    touched: i64,
    /// The register's id.
    pub register: String,
    /// The file's name as the person gave it: only shown.
    pub file: String,
    /// The file's size.
    pub bytes: u64,
    /// The sheet, from 0, once chosen.
    pub sheet: Option<usize>,
    /// The row of the headings, if the person named another than was found.
    pub header: Option<u32>,
    columns: Option<Columns>,
    /// What was done, once committed.
    pub done: Option<Done>,
}

/// The confirmed mapping, fields by their ids.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Columns {
    row: u32,
    height: u32,
    columns: Vec<(usize, String, String)>,
}

/// What an import did.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Done {
    /// Records made.
    pub new: u64,
    /// Records changed.
    pub changed: u64,
    /// Second claims joined to what was there.
    #[serde(default)]
    pub joined: u64,
    /// Records that were there and to which they added something.
    #[serde(default)]
    pub joined_to: u64,
    /// Rows left out.
    pub rejected: u64,
    /// Whether they were handed in for verification.
    pub submitted: bool,
    /// The import's audit entry.
    pub seq: i64,
    /// How many were made drafts again and how many were restored, if it was taken back.
    pub undone: Option<(u64, u64)>,
}

impl Done {
    /// Whether there is something to take back: what is a draft already waits for nobody.
    pub fn can_be_undone(&self) -> bool {
        self.undone.is_none() && (self.changed + self.joined_to > 0 || (self.submitted && self.new > 0))
    }
}

impl Stage {
    /// The confirmed mapping, once there; nothing if the catalog has lost one of its fields.
    pub fn mapping(&self, register: &Register) -> Option<Mapping> {
        let kept = self.columns.as_ref()?;
        let role = |text: &str| role(register, text);
        let columns = kept.columns.iter().map(|(column, heading, text)| {
            Some(ColumnUse { column: *column, heading: heading.clone(), role: role(text)?, sure: true })
        });
        let columns = columns.collect::<Option<Vec<_>>>()?;
        Some(Mapping { header_row: kept.row, header_height: kept.height, columns })
    }

    /// Keeps a mapping the person confirmed, or forgets it.
    pub fn map(&mut self, mapping: Option<&Mapping>, register: &Register) {
        self.columns = mapping.map(|mapping| Columns {
            row: mapping.header_row,
            height: mapping.header_height,
            columns: mapping.columns.iter().map(|c| (c.column, c.heading.clone(), word(register, c.role))).collect(),
        });
    }

    /// The state that records of this import get.
    pub fn state(submit: bool) -> RecordState {
        if submit { RecordState::Submitted } else { RecordState::Draft }
    }
}

/// A column's use as text: `field:destination`, `narrows:student`, `describes:student`, or empty if it is left out.
pub fn word(register: &Register, role: Role) -> String {
    let field = |ix: usize| register.fields.get(ix).map_or("", |field| field.id.as_str());
    match role {
        Role::Field(ix) => format!("field:{}", field(ix)),
        Role::Narrows(ix) => format!("narrows:{}", field(ix)),
        Role::Describes(ix) => format!("describes:{}", field(ix)),
        Role::Ignored | Role::Unknown => String::new(),
    }
}

/// The use that a text of [`word`] names.
pub fn role(register: &Register, text: &str) -> Option<Role> {
    let Some((word, field)) = text.split_once(':') else {
        return text.is_empty().then_some(Role::Ignored);
    };
    let field = register.find_field(field)?;
    match word {
        "field" => Some(Role::Field(field)),
        "narrows" => Some(Role::Narrows(field)),
        "describes" => Some(Role::Describes(field)),
        _ => None,
    }
}

impl App {
    fn uploads(&self) -> PathBuf {
        self.setup().data.join("uploads")
    }

    /// Keeps an upload for a person.
    ///
    /// Errors: findings, if the scanner finds something in it or does not answer.
    pub fn keep_upload(&self, person: &Person, register: &str, file: &str, content: &[u8]) -> Result<Stage, AppError> {
        self.look_over(person, register, file, content)?;
        let folder = self.uploads();
        lasting::folder(&folder).map_err(failed)?;
        let now = self.moment().now;
        let mut own = sweep(&folder, now);
        own.retain(|stage| belongs(stage, person));
        own.sort_by_key(|stage| stage.touched);
        let over = (own.len() + 1).saturating_sub(MOST);
        own.iter().take(over).for_each(|stage| forget(&folder, &stage.id));
        let stage = Stage {
            id: passwords::token()?[..32].to_owned(),
            school: person.school.0,
            account: account(person),
            touched: now.0,
            register: register.to_owned(),
            file: name(file),
            bytes: content.len() as u64,
            sheet: None,
            header: None,
            columns: None,
            done: None,
        };
        let sealed = self.store.seal_file(&stage.id, content)?;
        write(&folder.join(format!("{}.bin", stage.id)), &sealed)?;
        self.keep_stage(&stage)?;
        Ok(stage)
    }

    /// Keeps how far an import is.
    pub fn keep_stage(&self, stage: &Stage) -> Result<(), AppError> {
        let stage = Stage { touched: self.moment().now.0, ..stage.clone() };
        let text = serde_json::to_vec(&stage).map_err(|error| failed(error.into()))?;
        write(&self.uploads().join(format!("{}.json", stage.id)), &text)
    }

    /// A person's upload.
    ///
    /// Errors: [`AppError::NotFound`] if there is none of that id, if it is someone else's, or if it is too old.
    pub fn stage(&self, person: &Person, register: &str, id: &str) -> Result<Stage, AppError> {
        let folder = self.uploads();
        if id.len() != 32 || !id.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(AppError::NotFound);
        }
        let stage = read(&folder.join(format!("{id}.json"))).ok_or(AppError::NotFound)?;
        if !belongs(&stage, person) || stage.register != register || stage.id != id {
            return Err(AppError::NotFound);
        }
        if stage.touched + KEPT_MS < self.moment().now.0 {
            forget(&folder, id);
            return Err(AppError::NotFound);
        }
        Ok(stage)
    }

    /// The content of an upload.
    pub fn upload(&self, stage: &Stage) -> Result<Vec<u8>, AppError> {
        let sealed = fs::read(self.uploads().join(format!("{}.bin", stage.id))).map_err(failed)?;
        Ok(self.store.open_file(&stage.id, &sealed)?)
    }
}

fn account(person: &Person) -> String {
    person.account.map_or_else(String::new, |id| id.to_string())
}

fn belongs(stage: &Stage, person: &Person) -> bool {
    stage.school == person.school.0 && stage.account == account(person)
}

/// Removes what is too old; gives what remains.
fn sweep(folder: &Path, now: Instant) -> Vec<Stage> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let stages = files.filter(|path| path.extension().is_some_and(|e| e == "json")).filter_map(|path| read(&path));
    let (old, kept): (Vec<Stage>, Vec<Stage>) = stages.partition(|stage| stage.touched + KEPT_MS < now.0);
    old.iter().for_each(|stage| forget(folder, &stage.id));
    kept
}

fn forget(folder: &Path, id: &str) {
    for kind in ["bin", "json"] {
        // What cannot be removed now is removed with the next upload.
        let _ = fs::remove_file(folder.join(format!("{id}.{kind}")));
    }
}

fn read(path: &Path) -> Option<Stage> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

fn write(path: &Path, content: &[u8]) -> Result<(), AppError> {
    lasting::write(path, content, For::Owner).map_err(failed)
}

fn failed(source: std::io::Error) -> AppError {
    AppError::Store(StoreError::File { doing: "keep an upload", source })
}

/// A name that can be shown: without folders and control characters.
fn name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or(given);
    last.chars().filter(|c| !c.is_control()).take(120).collect()
}
