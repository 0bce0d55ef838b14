//! Opening a database, and the connections reads and writes share.

use crate::db::{Db, DbError, Param, is_postgres};
use crate::error::{Doing, StoreError};
use crate::keys::{Keys, Nonces};
use crate::reach::Reach;
use crate::reader::Reader;
use crate::record::Actor;
use crate::writer::{Memory, Occasion, Writer};
use crate::{lasting, log_part, migrate, schema};
use jc_base::{Date, Instant, SchoolId};
use jc_catalog::Catalog;
use jc_trust::chain::ChainHash;
use jc_trust::vault::{Spot, Vault};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

/// Where the data is.
#[derive(Debug, Clone)]
pub struct Settings {
    /// A SQLite file's path, or `postgres://…`.
    pub url: String,
    /// The folder of evidence files.
    pub evidence: PathBuf,
    /// The hash of new audit entries.
    pub chain: ChainHash,
    /// The file with the keys of secret values.
    pub keys: PathBuf,
}

/// The moment of a request: handed in, so that the store reads no clock.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// Now.
    pub now: Instant,
    /// The school's civil date.
    pub today: Date,
}

/// Whether a transaction's changes are to last.
#[derive(Debug)]
pub enum Ending<T> {
    /// Commit.
    Keep(T),
    /// Roll back: a preview.
    Undo(T),
}

/// The records of one or more schools in one database.
pub struct Store {
    settings: Settings,
    catalog: RwLock<Arc<Catalog>>,
    writing: Mutex<Option<Db>>,
    reading: Mutex<Vec<Db>>,
    keys: Keys,
}

/// More idle reading connections are closed.
const MOST_IDLE_READERS: usize = 4;

impl Store {
    /// Opens a database and makes the system's own tables where they are missing. The registers' tables are made
    /// for a database without any; otherwise the catalog it holds must be the one handed in, or be changed by
    /// [`migrate::plan`] and [`migrate::apply`] first.
    pub fn open(settings: Settings, catalog: Arc<Catalog>) -> Result<Self, StoreError> {
        let store = Self::open_unapplied(settings, catalog)?;
        let mut db = store.connect()?;
        let plan = migrate::plan(&mut db, &store.catalog())?;
        if plan.fresh {
            migrate::apply(&mut db, &store.catalog(), &plan)?;
            db.begin_statistics().doing("read the statistics")?;
        } else if !plan.is_empty() {
            // Or a page that keeps the applied catalog is damaged: then nobody is to apply another over it.
            let damaged = db.damaged().doing("look over the pages")?;
            if damaged.is_empty() {
                return Err(StoreError::CatalogChanged);
            }
            let source = DbError::Damaged(format!("pages of {}", damaged.join(", ")).into());
            return Err(StoreError::Db { doing: "read the applied catalog", source });
        }
        *store.lock_writing() = Some(db);
        Ok(store)
    }

    /// Opens a database without comparing its catalog: for `catalog plan` and `apply`.
    pub fn open_unapplied(settings: Settings, catalog: Arc<Catalog>) -> Result<Self, StoreError> {
        let mut db = Db::open(&settings.url).doing("open the database")?;
        let version = migrate::version(&mut db)?;
        if let Some(older) = version.filter(|version| *version < schema::VERSION) {
            if !is_postgres(&settings.url) {
                migrate::keep_copy(&mut db, &PathBuf::from(format!("{}.v{older}", settings.url)))?;
            }
            migrate::upgrade(&mut db, older, &migrate::UPGRADES)?;
        }
        if version.is_none() {
            db.begin_statistics().doing("make the table of statistics")?;
        }
        // A new file waits once for the disk, not after each of its tables; a server takes one table after the other.
        let together = version.is_none() && !is_postgres(&settings.url);
        if together {
            db.begin_write().doing("begin to make the system's tables")?;
        }
        let made = make_system(&mut db, version.is_none());
        match (together, &made) {
            (false, _) => {}
            (true, Ok(())) => db.commit().doing("commit the system's tables")?,
            (true, Err(_)) => db.rollback().doing("undo the system's tables")?,
        }
        made?;
        log_part::guard(&mut db)?;
        lasting::folder(&settings.evidence).doing("make the evidence folder")?;
        let keys = Keys::open(settings.keys.clone(), &mut db)?;
        let store = Self {
            settings,
            catalog: RwLock::new(catalog),
            writing: Mutex::new(Some(db)),
            reading: Mutex::new(Vec::new()),
            keys,
        };
        Ok(store)
    }

    /// The catalog in force.
    pub fn catalog(&self) -> Arc<Catalog> {
        self.catalog.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts another catalog in force, after it was applied to the database.
    pub fn replace_catalog(&self, catalog: Arc<Catalog>) {
        *self.catalog.write().unwrap_or_else(PoisonError::into_inner) = catalog;
        self.reading.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Where the data is.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(crate) fn vault(&self) -> Result<Arc<Vault>, StoreError> {
        self.keys.current()
    }

    pub(crate) fn replace_keys(&self, vault: &Vault) -> Result<(), StoreError> {
        self.keys.replace(vault)
    }

    /// A small transaction beside the schools' chains, for what says nothing new.
    pub(crate) fn batch(&self, work: impl FnOnce(&mut Db) -> Result<u64, StoreError>) -> Result<u64, StoreError> {
        let mut guard = self.lock_writing();
        let mut db = match guard.take() {
            Some(db) => db,
            None => self.connect()?,
        };
        db.begin_write().doing("begin to write")?;
        let result = work(&mut db);
        match &result {
            Ok(_) => db.commit().doing("commit")?,
            Err(_) => db.rollback().doing("undo")?,
        }
        *guard = Some(db);
        result
    }

    /// Writes something that changes nothing, to see whether writing works again after it did not.
    pub fn try_write(&self, now: Instant) -> Result<(), StoreError> {
        self.batch(|db| migrate::set_setting(db, "last-try", &now.0.to_string()).map(|()| 0)).map(drop)
    }

    /// Seals a file that waits beside the data, such as an upload; `name` tells it from others for ever.
    pub fn seal_file(&self, name: &str, content: &[u8]) -> Result<Vec<u8>, StoreError> {
        let nonce = Nonces::default().next()?;
        Ok(self.keys.current()?.seal_blind(&file_spot(name), content, nonce))
    }

    /// Opens what [`seal_file`](Self::seal_file) sealed under the same name.
    pub fn open_file(&self, name: &str, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
        let opened = self.keys.current()?.open_blind(&file_spot(name), sealed);
        opened.map_err(|_| StoreError::Damaged(format!("sealed file {name}")))
    }

    /// A new connection.
    pub fn connect(&self) -> Result<Db, StoreError> {
        Db::open(&self.settings.url).doing("open the database")
    }

    /// A connection outside any transaction, given back when dropped: for single statements.
    pub(crate) fn lend(&self) -> Result<Lent<'_>, StoreError> {
        Ok(Lent { store: self, db: Some(self.idle_or_new()?) })
    }

    fn idle_or_new(&self) -> Result<Db, StoreError> {
        let idle = self.reading.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(db) => Ok(db),
            None => {
                let mut db = self.connect()?;
                db.read_sparingly().doing("open the database")?;
                Ok(db)
            }
        }
    }

    /// A connection with its transaction begun. One that a server has ended meanwhile, because it was started again, is replaced:
    /// nothing was asked of it yet.
    fn begun(&self, mut db: Db, begin: fn(&mut Db) -> Result<(), DbError>) -> Result<Db, DbError> {
        match begin(&mut db) {
            Ok(()) => Ok(db),
            Err(DbError::Other { .. }) if is_postgres(&self.settings.url) => {
                self.close_idle();
                let mut db = Db::open(&self.settings.url)?;
                begin(&mut db)?;
                Ok(db)
            }
            Err(error) => Err(error),
        }
    }

    pub(crate) fn close_idle(&self) {
        self.reading.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn give_back(&self, db: Db) {
        // A server that ended one has ended those that lie idle, too.
        if db.is_closed() {
            return self.close_idle();
        }
        let mut idle = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MOST_IDLE_READERS {
            idle.push(db);
        }
    }

    fn lock_writing(&self) -> MutexGuard<'_, Option<Db>> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads of one school as far as someone sees, all at one moment of the database.
    pub fn read<T, E: From<StoreError>>(
        &self,
        school: SchoolId,
        reach: &Reach,
        moment: Moment,
        work: impl FnOnce(&mut Reader) -> Result<T, E>,
    ) -> Result<T, E> {
        // Keys first: a key made later seals nothing that this reads.
        let (catalog, vault) = (self.catalog(), self.keys.current()?);
        // A connection whose transaction cannot be ended is dropped, not given back.
        let mut db = self.begun(self.idle_or_new()?, Db::begin_read).doing("begin to read")?;
        let today = moment.today;
        let result = work(&mut Reader { db: &mut db, catalog: &catalog, school, reach, today, vault: &vault });
        if db.rollback().is_ok() {
            self.give_back(db);
        }
        result
    }

    /// One write of one school: everything in it lasts together or not at all. When this returns `Ok` of
    /// [`Ending::Keep`], it is on disk.
    pub fn write<T, E: From<StoreError>>(
        &self,
        school: SchoolId,
        actor: &Actor,
        action: &str,
        object: &str,
        moment: Moment,
        work: impl FnOnce(&mut Writer) -> Result<Ending<T>, E>,
    ) -> Result<T, E> {
        self.write_after(school, actor, action, object, moment, None, work)
    }

    /// As [`write`](Self::write), knowing what the write before looked up; what this one knows is left behind.
    #[expect(clippy::too_many_arguments, reason = "what a write is about, and one more")]
    pub fn write_after<T, E: From<StoreError>>(
        &self,
        school: SchoolId,
        actor: &Actor,
        action: &str,
        object: &str,
        moment: Moment,
        memory: Option<&mut Memory>,
        work: impl FnOnce(&mut Writer) -> Result<Ending<T>, E>,
    ) -> Result<T, E> {
        let chain = self.chain()?;
        let (catalog, vault) = (self.catalog(), self.keys.current()?);
        let mut guard = self.lock_writing();
        let mut db = match guard.take() {
            Some(db) => db,
            None => self.connect()?,
        };
        db = self.begun(db, Db::begin_write).doing("begin to write")?;
        let occasion = Occasion { school, actor, action, object, moment, chain };
        let (known, memory) = match memory {
            Some(memory) => (Some(std::mem::take(memory)), Some(memory)),
            None => (None, None),
        };
        let result = Writer::begin(&mut db, &catalog, &vault, occasion, known).map_err(E::from).and_then(
            |mut writer| match work(&mut writer)? {
                Ending::Keep(value) => writer.finish().map(|known| (value, Some(known))).map_err(E::from),
                Ending::Undo(value) => Ok((value, None)),
            },
        );
        match result {
            Ok((value, Some(known))) => {
                db.commit().doing("commit")?;
                *guard = Some(db);
                if let Some(memory) = memory {
                    *memory = known;
                }
                Ok(value)
            }
            Ok((value, None)) => {
                db.rollback().doing("undo")?;
                *guard = Some(db);
                Ok(value)
            }
            Err(error) => {
                if db.rollback().is_ok() {
                    *guard = Some(db);
                }
                Err(error)
            }
        }
    }

    /// The hash that new audit entries are linked by: the installation's setting, else the one it was opened with.
    pub fn chain(&self) -> Result<ChainHash, StoreError> {
        let set = match migrate::setting(&mut *self.lend()?, "chain") {
            Err(StoreError::Db { source: DbError::Other { .. }, .. }) if is_postgres(&self.settings.url) => {
                migrate::setting(&mut self.connect()?, "chain")?
            }
            set => set?,
        };
        Ok(set.as_deref().and_then(ChainHash::from_code).unwrap_or(self.settings.chain).keyed())
    }

    /// Sets the hash of new audit entries; those that are there keep theirs.
    pub fn set_chain(&self, chain: ChainHash) -> Result<(), StoreError> {
        migrate::set_setting(&mut *self.lend()?, "chain", chain.code())
    }

    /// The settings of the server by which what was acknowledged can be lost when its machine fails.
    pub fn risky_settings(&self) -> Result<Vec<String>, StoreError> {
        self.lend()?.risky_settings().doing("ask the server for its settings")
    }

    /// The schools in the database: id, name, whether its data is synthetic.
    pub fn schools(&self) -> Result<Vec<(SchoolId, String, bool)>, StoreError> {
        let mut db = self.lend()?;
        db.collect("select school_id, name, synthetic from school order by school_id", &[], |row| {
            let id = SchoolId(row.int(0).unwrap_or(0));
            (id, row.text(1).unwrap_or_default().to_owned(), row.int(2) == Some(1))
        })
        .doing("list schools")
    }

    /// Adds a school. Its id never changes.
    pub fn add_school(&self, school: SchoolId, name: &str, synthetic: bool, now: Instant) -> Result<(), StoreError> {
        let mut db = self.connect()?;
        db.execute(
            "insert into school (school_id, name, synthetic, created_at) values (?, ?, ?, ?)",
            &[Param::Int(school.0), Param::Text(name), Param::Int(i64::from(synthetic)), Param::Int(now.0)],
        )
        .doing("add a school")
        .map(drop)
    }
}

/// Makes the system's own tables where they are missing; of a new database all, and then says of which version they are.
fn make_system(db: &mut Db, new: bool) -> Result<(), StoreError> {
    let present = db.tables().doing("list tables")?;
    for table in schema::system().into_iter().filter(|table| new || !present.contains(&table.name)) {
        for statement in table.create(db) {
            db.batch(&statement).doing("make the system's tables")?;
        }
    }
    // Where nothing is to be made nothing is written: a full disk can still be read, and nobody is waited for.
    if new { migrate::set_setting(db, "schema", &schema::VERSION.to_string()) } else { Ok(()) }
}

fn file_spot(name: &str) -> Spot<'_> {
    Spot { table: "file", column: "content", row: name.as_bytes() }
}

/// A connection lent for single statements.
pub(crate) struct Lent<'a> {
    store: &'a Store,
    db: Option<Db>,
}

impl std::ops::Deref for Lent<'_> {
    type Target = Db;

    fn deref(&self) -> &Db {
        self.db.as_ref().expect("only dropping takes it")
    }
}

impl std::ops::DerefMut for Lent<'_> {
    fn deref_mut(&mut self) -> &mut Db {
        self.db.as_mut().expect("only dropping takes it")
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(db) = self.db.take() {
            self.store.give_back(db);
        }
    }
}
