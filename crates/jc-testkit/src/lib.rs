//! Databases, two sample schools, a fixed clock: for tests only.

pub mod hostile;
mod server;

use jc_base::{Date, Instant, SchoolId};
use jc_catalog::{Catalog, SourceFile};
use jc_store::store::Moment;
use jc_store::{Settings, Store};
use jc_trust::chain::ChainHash;
use std::sync::Arc;

pub use server::{copied_database, encrypting_server, server_url};

/// The school most tests work in.
pub const SCHOOL: SchoolId = SchoolId(1);
/// The other school, which must never be seen and never change.
pub const OTHER: SchoolId = SchoolId(2);

/// A fixed moment: 9 January 2025, 08:00 in Zhejiang.
pub fn moment() -> Moment {
    Moment { now: Instant(1_736_380_800_000), today: Date::new(2025, 1, 9).expect("a day") }
}

/// A fresh database with two schools, gone when it is dropped.
pub struct TestDb {
    /// The store.
    pub store: Store,
    /// Its settings, to open it once more.
    pub settings: Settings,
    /// `sqlite` or `postgres`.
    pub kind: &'static str,
    _folder: tempfile::TempDir,
}

/// A catalog from the texts of its files; panics with the findings if it has faults.
pub fn catalog(files: &[(&str, &str)]) -> Arc<Catalog> {
    let sources: Vec<SourceFile> =
        files.iter().map(|(path, text)| SourceFile { path: (*path).into(), text: (*text).to_owned().into() }).collect();
    let (catalog, findings) = jc_catalog::load(&sources);
    Arc::new(catalog.unwrap_or_else(|| panic!("the test's catalog has faults: {findings:#?}")))
}

/// The shipped catalog.
pub fn shipped() -> Arc<Catalog> {
    let (catalog, findings) = jc_catalog::load(&jc_catalog::shipped());
    Arc::new(catalog.unwrap_or_else(|| panic!("the shipped catalog has faults: {findings:#?}")))
}

/// A fresh SQLite database.
pub fn sqlite(catalog: Arc<Catalog>) -> TestDb {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = folder.path().join("test.db").to_string_lossy().into_owned();
    open("sqlite", url, folder, catalog)
}

/// Runs a test on SQLite and on PostgreSQL side by side, each on a fresh database with two schools.
///
/// Where no server is installed the run says so aloud; with `JIANGCE_REQUIRE_ALL` set that is a failure.
pub fn each_db(catalog: &Arc<Catalog>, test: impl Fn(&TestDb) + Sync) {
    std::thread::scope(|both| {
        let sqlite = both.spawn(|| test(&sqlite(catalog.clone())));
        match server::fresh_database() {
            Some(url) => {
                let folder = tempfile::tempdir().expect("a temporary folder");
                test(&open("postgres", url, folder, catalog.clone()));
            }
            None if std::env::var_os("JIANGCE_REQUIRE_ALL").is_some() => panic!("no PostgreSQL server is installed"),
            None => eprintln!("SKIPPED on PostgreSQL: no server is installed"),
        }
        if let Err(why) = sqlite.join() {
            std::panic::resume_unwind(why);
        }
    });
}

fn open(kind: &'static str, url: String, folder: tempfile::TempDir, catalog: Arc<Catalog>) -> TestDb {
    let (evidence, keys) = (folder.path().join("evidence"), folder.path().join("field.keys"));
    let settings = Settings { url, evidence, chain: ChainHash::HmacSha256, keys };
    let store = Store::open(settings.clone(), catalog).expect("a fresh database opens");
    for (school, name) in [(SCHOOL, "示例技师学院"), (OTHER, "另一所学院")] {
        store.add_school(school, name, true, moment().now).expect("a school is added");
    }
    TestDb { store, settings, kind, _folder: folder }
}
