//! The program's data opened: catalog, store, clock.

use crate::error::AppError;
use crate::person::Person;
use crate::safety::Safety;
use crate::scanner::Scanner;
use jc_base::{Finding, Instant, SchoolId};
use jc_catalog::{Catalog, SourceFile};
use jc_intake::book::{Book, Here, Opener, Unopened};
use jc_intake::limits::Limits;
use jc_intake::photo::Picture;
use jc_intake::prose::{self, Prose};
use jc_store::store::{Ending, Moment};
use jc_store::{Settings, Store};
use jc_trust::chain::ChainHash;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

/// Hours east of UTC of every school: China has one time.
pub const ZONE_HOURS: i64 = 8;

/// The file in the data folder with the keys of secret values, unless they are kept elsewhere. No backup holds it.
pub const KEYS: &str = "field.keys";

/// Where time comes from.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// The machine's.
    System,
    /// Always the same: for tests and for the sample college.
    Fixed(Instant),
}

impl Clock {
    /// The present moment.
    pub(crate) fn moment(self) -> Moment {
        let now = match self {
            Clock::Fixed(now) => now,
            Clock::System => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }
        };
        Moment { now, today: now.local_date(ZONE_HOURS) }
    }
}

/// Where the data is.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The folder with the database (unless `database` names a server), evidence and the school's own catalog files.
    pub data: PathBuf,
    /// `postgres://…`, or nothing for the file in the data folder.
    pub database: Option<String>,
    /// Where time comes from.
    pub clock: Clock,
}

/// The data opened: what every operation works on.
pub struct App {
    pub(crate) store: Store,
    setup: Setup,
    opener: Arc<dyn Opener>,
    /// What looks over what people hand in, if something does.
    pub(crate) scanner: Option<Scanner>,
    /// How strictly signing in is guarded.
    pub(crate) safety: Safety,
    /// Sign-in attempts are counted one after the other.
    pub(crate) attempts: Mutex<()>,
    /// The orders of lists that were looked at.
    pub(crate) orders: crate::browse::orders::Orders,
    /// Files that are just being made.
    pub(crate) making: crate::made::Making,
    /// Plans for growth that were worked out.
    pub(crate) solved: crate::growth::plans::Solved,
    /// What was refused and is not yet noted.
    pub(crate) refused: crate::refused::Refused,
    /// The parts of lists that were looked at lately.
    pub(crate) lists_seen: crate::access::ListsSeen,
}

impl App {
    /// Opens the data folder; an empty one becomes a new installation.
    ///
    /// Errors: [`AppError::Findings`] if the catalog has faults.
    pub fn open(setup: Setup) -> Result<Self, AppError> {
        let keys = setup.data.join(KEYS);
        Self::open_with_keys(setup, keys)
    }

    /// Opens the data folder with the keys of secret values in a file elsewhere.
    pub fn open_with_keys(setup: Setup, keys: PathBuf) -> Result<Self, AppError> {
        let catalog = read_catalog(&setup.data)?;
        let store = Store::open(settings(&setup, &keys), catalog)?;
        Ok(Self {
            store,
            setup,
            opener: Arc::new(Here),
            scanner: None,
            safety: Safety::default(),
            attempts: Mutex::new(()),
            orders: Default::default(),
            making: Default::default(),
            solved: Default::default(),
            refused: Default::default(),
            lists_seen: Default::default(),
        })
    }

    /// Has spreadsheets, documents and pictures opened elsewhere than in this process.
    pub fn opening_with(self, opener: Arc<dyn Opener>) -> Self {
        Self { opener, ..self }
    }

    /// Has what people hand in looked over before it is kept, if there is something to do it.
    pub fn scanning_with(self, scanner: Option<Scanner>) -> Self {
        Self { scanner, ..self }
    }

    /// Guards signing in as a school's settings have it.
    pub fn guarded_by(self, safety: Safety) -> Self {
        Self { safety, ..self }
    }

    /// Opens a spreadsheet by what is in it; its name only names it in findings.
    pub fn open_book(&self, file: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Book, AppError> {
        self.opener.open(file, bytes, limits).map_err(unopened)
    }

    /// Takes the text out of a document (txt, docx, pdf) by what is in it; its name only names it in findings.
    pub fn open_text(&self, file: &str, bytes: Vec<u8>) -> Result<Prose, AppError> {
        self.opener.prose(file, bytes, &prose::limits()).map_err(unopened)
    }

    /// Looks a picture over before it is kept; its name only names it in findings.
    pub(crate) fn look_at_picture(&self, file: &str, bytes: &[u8]) -> Result<Picture, AppError> {
        self.opener.picture(file, bytes).map_err(unopened)
    }

    /// Where the data is.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// The catalog in force.
    pub fn catalog(&self) -> Arc<Catalog> {
        self.store.catalog()
    }

    /// Writes something that changes nothing, to see whether writing works again.
    pub fn try_write(&self) -> Result<(), AppError> {
        Ok(self.store.try_write(self.moment().now)?)
    }

    /// The present moment.
    pub fn moment(&self) -> Moment {
        self.setup.clock.moment()
    }

    /// The settings of the database's server by which what was acknowledged can be lost when its machine fails.
    pub fn risky_settings(&self) -> Result<Vec<String>, AppError> {
        Ok(self.store.risky_settings()?)
    }

    /// The schools here: id, name, whether its data is synthetic.
    pub fn schools(&self) -> Result<Vec<(SchoolId, String, bool)>, AppError> {
        Ok(self.store.schools()?)
    }

    /// Chooses the family of the keyed hash that new audit entries are linked by, `sha256` or `sm3`; noted in every school's log, in the
    /// first entry that the new hash links. Nothing if there is no such hash.
    pub fn set_chain(&self, code: &str) -> Result<Option<ChainHash>, AppError> {
        let Some(chain) = ChainHash::from_code(code).filter(|chain| !chain.is_keyed()) else {
            return Ok(None);
        };
        self.store.set_chain(chain)?;
        for (school, _, _) in self.schools()? {
            let person = Person::command_line(school);
            self.store.write(school, &person.actor(), "setting.chain", "audit", self.moment(), |writer| {
                writer.note("hash", chain.code());
                Ok::<_, AppError>(Ending::Keep(()))
            })?;
        }
        Ok(Some(chain))
    }

    /// Adds a school under the next free id.
    pub fn add_school(&self, name: &str, synthetic: bool) -> Result<SchoolId, AppError> {
        let next = self.store.schools()?.last().map_or(1, |(id, _, _)| id.0 + 1);
        self.store.add_school(SchoolId(next), name, synthetic, self.moment().now)?;
        Ok(SchoolId(next))
    }
}

/// Why a file was not opened: what is wrong with it, or with us.
fn unopened(why: Unopened) -> AppError {
    match why {
        Unopened::Findings(findings) => AppError::Findings(findings),
        Unopened::Process(source) => {
            AppError::Store(jc_store::StoreError::File { doing: "start the reader of files", source })
        }
    }
}

/// The store's settings of a setup, with the file of the keys.
pub fn settings(setup: &Setup, keys: &Path) -> Settings {
    Settings {
        url: setup.database.clone().unwrap_or_else(|| setup.data.join("jiangce.db").to_string_lossy().into_owned()),
        evidence: setup.data.join("evidence"),
        chain: ChainHash::HmacSha256,
        keys: keys.to_owned(),
    }
}

/// The shipped catalog overlaid by the files of `DATA/catalog`.
pub fn catalog_sources(data: &Path) -> Result<Vec<SourceFile>, AppError> {
    let own = data.join("catalog");
    let mut files = Vec::new();
    collect(&own, &own, &mut files)
        .map_err(|source| AppError::Store(jc_store::StoreError::File { doing: "read the school's catalog", source }))?;
    files.retain(|file| !file.path.starts_with(jc_catalog::REPORTS));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(jc_catalog::overlay(jc_catalog::shipped(), files))
}

/// The school's own templates of reports: the files of `DATA/catalog/reports`.
pub(crate) fn own_reports(data: &Path) -> Result<Vec<SourceFile>, AppError> {
    let own = data.join("catalog");
    let mut files = Vec::new();
    collect(&own, &own.join(jc_catalog::REPORTS), &mut files)
        .map_err(|source| AppError::Store(jc_store::StoreError::File { doing: "read the school's catalog", source }))?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) -> std::io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if path.extension().is_some_and(|e| e == "toml") {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            let text = String::from_utf8_lossy(&std::fs::read(&path)?).into_owned();
            files.push(SourceFile { path: name, text: text.into() });
        }
    }
    Ok(())
}

/// Reads and checks the catalog of a data folder.
pub fn read_catalog(data: &Path) -> Result<Arc<Catalog>, AppError> {
    let (catalog, findings): (_, Vec<Finding>) = jc_catalog::load(&catalog_sources(data)?);
    catalog.map(Arc::new).ok_or(AppError::Findings(findings))
}
