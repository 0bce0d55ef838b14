//! Erasing what is kept no longer: the person goes, the commitment stays.
//!
//! Erasing is a write like another: the record gets a version without the fields, and pages, digests and audit entry
//! follow. Then the fields are taken out of all earlier versions. Of each of these its leaf as it was is kept, with a
//! digest of what remains; the audit entry covers both. So the sets of old writes and the seals of closed pages are
//! still proved by what they were, what remains cannot be changed unnoticed, and what is gone is in no file.

use crate::db::Param;
use crate::error::{Doing, StoreError};
use crate::evidence::{self, Attached};
use crate::leaf::leaf;
use crate::people::AccountState;
use crate::reader::{Reader, step_back};
use crate::store::Store;
use crate::verify::parts::Tally;
use crate::verify::{Report, Touched};
use crate::writer::{TYPED, Writer};
use jc_base::{RecordId, Value};
use jc_catalog::Register;
use jc_trust::set::{Leaf, SetSum};
use jc_trust::vault::Vault;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What an erasure came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erased {
    /// Records of which something was erased.
    pub records: i64,
    /// Earlier versions of which something was.
    pub versions: i64,
    /// Contents of evidence that belong to nobody any more, by SHA-256.
    pub files: Vec<String>,
}

/// What is kept of an erased version, by the write that erased.
struct Kept {
    was: Leaf,
    remains: [u8; 16],
}

/// All erasures of one version, the first one first.
#[derive(Default)]
pub(crate) struct ErasedVersion(Vec<Kept>);

impl ErasedVersion {
    /// The leaf the version was written with, if what remains is what the erasures left.
    pub(crate) fn was(&self, remains: &Leaf) -> Option<Leaf> {
        let follows = |pair: &[Kept]| pair[0].remains == pair[1].was.prefix();
        let whole = self.0.windows(2).all(follows) && self.0.last()?.remains == remains.prefix();
        whole.then(|| self.0[0].was)
    }
}

/// What the audit entry covers of an erased version.
fn trace(vault: &Vault, register: &str, id: RecordId, version: i64, was: &[u8], remains: &[u8]) -> Leaf {
    let mut bytes = (register.len() as u32).to_le_bytes().to_vec();
    bytes.extend_from_slice(register.as_bytes());
    bytes.extend_from_slice(&id.0);
    bytes.extend_from_slice(&version.to_le_bytes());
    bytes.extend_from_slice(was);
    bytes.extend_from_slice(remains);
    Leaf::of(vault.leaf_key(), &bytes)
}

impl Writer<'_> {
    /// Erases fields of records, of all their versions and of what was returned with a note; and the papers of those
    /// that `bare` names. `search` gives the text a record is found by afterwards.
    ///
    /// The catalog has made sure that no figure rests on these fields.
    pub fn erase(
        &mut self,
        register: usize,
        wanted: &[(RecordId, Vec<usize>)],
        bare: &[RecordId],
        search: &dyn Fn(&[Value]) -> Option<String>,
    ) -> Result<Erased, StoreError> {
        let (mut erased, mut set) = (Erased::default(), SetSum::default());
        for (id, fields) in wanted {
            let old = self.reader()?.get(register, *id)?;
            let mut values = old.values.clone();
            for field in fields {
                values[*field] = Value::Missing;
            }
            let text = search(&values);
            let changed = self.update(register, &old, values, old.copied.clone(), old.state, text)?;
            let versions = self.erase_versions(register, *id, fields, &mut set)?;
            erased.versions += versions;
            erased.records += i64::from(changed || versions > 0);
        }
        if erased.versions > 0 {
            self.note("erased", set.digest(erased.versions));
            self.note("versions", erased.versions);
        }
        self.note("records", erased.records);
        let label = &self.catalog().registers[register].label;
        for (id, fields) in wanted {
            self.erase_reasons(register, *id)?;
            if label.iter().any(|named| fields.contains(named)) {
                self.erase_account(register, *id)?;
            }
        }
        erased.files = self.erase_papers(register, bare)?;
        Ok(erased)
    }

    /// Erases why people asked to see a record's fields.
    fn erase_reasons(&mut self, register: usize, id: RecordId) -> Result<(), StoreError> {
        let name = self.catalog().registers[register].id.as_str();
        let sql = "update approval set reason = '' where school_id = ? and register = ? and record_id = ?";
        let params = [Param::Int(self.school().0), Param::Text(name), Param::Id(id)];
        self.db().execute(sql, &params).doing("erase the reasons of requests").map(drop)
    }

    /// Closes the account of a person whose name is gone: what is left of it is the login.
    fn erase_account(&mut self, register: usize, id: RecordId) -> Result<(), StoreError> {
        let name = self.catalog().registers[register].id.as_str();
        let school = Param::Int(self.school().0);
        let tied = "select account_id from account_tie \
                    where school_id = ? and scope = 'self' and register = ? and record_id = ?";
        let params = [school, Param::Text(name), Param::Id(id)];
        let accounts = self.db().collect(tied, &params, |row| row.id(0)).doing("look for a person's account")?;
        for account in accounts.into_iter().flatten() {
            self.db()
                .execute(
                    "update account set name = login where school_id = ? and id = ?",
                    &[school, Param::Id(account)],
                )
                .doing("erase an account's name")?;
            self.set_account_state(account, AccountState::Left.code())?;
        }
        Ok(())
    }

    /// Takes fields out of a record's earlier versions. Gives of how many.
    fn erase_versions(
        &mut self,
        register: usize,
        id: RecordId,
        fields: &[usize],
        set: &mut SetSum,
    ) -> Result<i64, StoreError> {
        let declared = &self.catalog().registers[register];
        let (name, school, seq) = (declared.id.as_str(), Param::Int(self.school().0), self.seq());
        let present = self.reader()?.get(register, id)?;
        let rows = self
            .db()
            .collect(
                "select version, seq, body from history where school_id = ? and register = ? and record_id = ? \
                 order by version desc",
                &[school, Param::Text(name), Param::Id(id)],
                |row| (row.int(0).unwrap_or(0), row.int(1).unwrap_or(0), row.text(2).unwrap_or_default().to_owned()),
            )
            .doing("read a record's history")?;
        let (mut was, mut remains, mut scratch, mut count) = (present.clone(), present, Vec::new(), 0);
        for (version, at, body) in rows {
            let damaged = || StoreError::Damaged(format!("history of record {id} of {name}"));
            let vault = self.vault();
            was = step_back(declared, &was, version, at, &body, vault).ok_or_else(damaged)?;
            let less = without(declared, &body, fields).ok_or_else(damaged)?;
            remains = step_back(declared, &remains, version, at, &less, vault).ok_or_else(damaged)?;
            let before = leaf(declared, &was, vault, &mut scratch);
            let after = leaf(declared, &remains, vault, &mut scratch);
            if before == after {
                continue;
            }
            count += 1;
            let (before, after) = (before.to_bytes(), after.prefix());
            set.add(&trace(vault, name, id, version, &before, &after));
            let place = [school, Param::Text(name), Param::Id(id), Param::Int(version)];
            self.db()
                .execute(
                    "update history set body = ? where school_id = ? and register = ? and record_id = ? and version = ?",
                    &[&[Param::Text(&less)], &place[..]].concat(),
                )
                .doing("erase fields of a version")?;
            self.db()
                .execute(
                    "insert into erased_version (school_id, register, record_id, version, seq, was, remains) \
                     values (?, ?, ?, ?, ?, ?, ?)",
                    &[&place[..], &[Param::Int(seq), Param::Bytes(&before), Param::Bytes(&after)]].concat(),
                )
                .doing("keep the leaf of an erased version")?;
        }
        Ok(count)
    }

    /// Erases the names of papers of records, and lets go of the files that are attached to no other record.
    fn erase_papers(&mut self, register: usize, records: &[RecordId]) -> Result<Vec<String>, StoreError> {
        let name = self.catalog().registers[register].id.as_str();
        let school = Param::Int(self.school().0);
        let mut files = BTreeSet::new();
        for id in records {
            for table in PAPERS {
                let sql = format!("select sha256 from {table} where school_id = ? and register = ? and record_id = ?");
                let found = self
                    .db()
                    .collect(&sql, &[school, Param::Text(name), Param::Id(*id)], |row| row.text(0).map(str::to_owned))
                    .doing("look for papers")?;
                files.extend(found.into_iter().flatten());
            }
        }
        let gone: BTreeSet<&RecordId> = records.iter().collect();
        let (mut let_go, mut proofs) = (Vec::new(), BTreeMap::new());
        for sha256 in files {
            let writes = self.reader()?.papers_by_write(&sha256)?;
            let all_gone =
                |(of, _, ids): &(String, Attached, Vec<RecordId>)| of == name && ids.iter().all(|id| gone.contains(id));
            if !writes.values().all(all_gone) {
                continue;
            }
            for table in PAPERS {
                let sql = format!("update {table} set name = '' where school_id = ? and sha256 = ?");
                self.db().execute(&sql, &[school, Param::Text(&sha256)]).doing("erase the names of papers")?;
            }
            self.db()
                .execute("delete from evidence where school_id = ? and sha256 = ?", &[school, Param::Text(&sha256)])
                .doing("let go of evidence")?;
            for (seq, (of, file, ids)) in writes {
                let was = evidence::proof(&of, &file, &ids);
                let nameless = Attached { name: String::new(), ..file };
                proofs.insert(seq, (evidence::proof(&of, &nameless, &ids), was));
            }
            let_go.push(sha256);
        }
        if !let_go.is_empty() {
            self.note(
                "papers",
                proofs.into_iter().map(|(seq, (proof, was))| json!([seq, proof, was])).collect::<Vec<_>>(),
            );
            self.note("files", let_go.clone());
        }
        Ok(let_go)
    }
}

const PAPERS: [&str; 2] = ["record_evidence", "detached_evidence"];

/// A version's body without some fields, and without the note it was returned with.
fn without(register: &Register, body: &str, fields: &[usize]) -> Option<String> {
    let mut body: Json = serde_json::from_str(body).ok()?;
    let whole = body.as_object_mut()?;
    whole.remove("note");
    if let Some(values) = whole.get_mut("values").and_then(Json::as_object_mut) {
        for field in fields {
            values.remove(register.fields[*field].id.as_str());
        }
    }
    Some(body.to_string())
}

/// Writes that attached a file or took it off: the register, the file, the records.
type ByWrite = BTreeMap<i64, (String, Attached, Vec<RecordId>)>;

impl Reader<'_> {
    fn papers_by_write(&mut self, sha256: &str) -> Result<ByWrite, StoreError> {
        let mut writes = ByWrite::new();
        let (school, sha) = (Param::Int(self.school.0), Param::Text(sha256));
        let part = |seq: &str, table: &str| {
            format!("select {seq}, register, kind, name, record_id from {table} where school_id = ? and sha256 = ?")
        };
        let sql =
            [part("seq", "record_evidence"), part("seq", "detached_evidence"), part("until_seq", "detached_evidence")];
        self.db
            .query(&sql.join(" union all "), &[school, sha, school, sha, school, sha], &mut |row| {
                let text = |column: usize| row.text(column).unwrap_or_default().to_owned();
                let file = Attached { sha256: sha256.to_owned(), kind: text(2), name: text(3), ..Attached::default() };
                let write = writes.entry(row.int(0).unwrap_or(0)).or_insert_with(|| (text(1), file, Vec::new()));
                write.2.extend(row.id(4));
            })
            .doing("look for papers")?;
        Ok(writes)
    }

    /// What is kept of the erased versions of a register.
    pub(crate) fn erased_versions(
        &mut self,
        register: &str,
    ) -> Result<HashMap<(RecordId, i64), ErasedVersion>, StoreError> {
        let mut found: HashMap<(RecordId, i64), ErasedVersion> = HashMap::new();
        let sql = "select record_id, version, was, remains from erased_version \
                   where school_id = ? and register = ? order by seq";
        self.db
            .query(sql, &[Param::Int(self.school.0), Param::Text(register)], &mut |row| {
                let remains = row.bytes(3).and_then(|bytes| bytes.try_into().ok());
                if let (Some(id), Some(version), Some(was), Some(remains)) =
                    (row.id(0), row.int(1), row.bytes(2).and_then(Leaf::from_bytes), remains)
                {
                    found.entry((id, version)).or_default().0.push(Kept { was, remains });
                }
            })
            .doing("read what is kept of erased versions")?;
        Ok(found)
    }

    /// Holds what is kept of erased versions against what the audit log covers.
    pub(crate) fn verify_erased(
        &mut self,
        covered: &BTreeMap<i64, String>,
        summed: i64,
        tallies: &mut [Option<&mut Tally>],
        report: &mut Report,
    ) -> Result<(), StoreError> {
        let mut sets: BTreeMap<i64, (SetSum, i64, BTreeSet<String>)> = BTreeMap::new();
        let sql = "select seq, register, record_id, version, was, remains from erased_version where school_id = ?";
        let vault = self.vault;
        self.db
            .query(sql, &[Param::Int(self.school.0)], &mut |row| {
                let register = row.text(1).unwrap_or_default();
                let id = row.id(2).unwrap_or(RecordId([0; 16]));
                let (was, remains) = (row.bytes(4).unwrap_or_default(), row.bytes(5).unwrap_or_default());
                let (seq, leaf) =
                    (row.int(0).unwrap_or(0), trace(vault, register, id, row.int(3).unwrap_or(0), was, remains));
                tallies.iter_mut().flatten().for_each(|tally| tally.erased(seq, &leaf));
                if seq <= summed {
                    return;
                }
                let entry = sets.entry(seq).or_default();
                entry.0.add(&leaf);
                entry.1 += 1;
                entry.2.insert(register.to_owned());
            })
            .doing("read what is kept of erased versions")?;
        for (seq, digest) in covered {
            let kept = sets.remove(seq);
            if kept.as_ref().is_none_or(|(sum, count, _)| sum.digest(*count) != *digest) {
                let registers = kept.map(|(_, _, registers)| registers.into_iter().collect()).unwrap_or_default();
                report.touched.push(Touched::Write { seq: *seq, registers });
            }
        }
        let unknown = sets.into_iter().map(|(seq, (_, _, registers))| (seq, registers.into_iter().collect()));
        report.touched.extend(unknown.map(|(seq, registers)| Touched::Write { seq, registers }));
        Ok(())
    }

    /// The contents of evidence that were let go of, by what the audit log says.
    pub fn files_let_go(&mut self) -> Result<Vec<String>, StoreError> {
        let sql = "select detail from audit where school_id = ? and action = 'data.erase' order by seq";
        let details = self
            .db
            .collect(sql, &[Param::Int(self.school.0)], |row| row.text(0).unwrap_or_default().to_owned())
            .doing("read what was erased")?;
        let files = details.iter().flat_map(|detail| {
            let detail: Json = serde_json::from_str(detail).unwrap_or_default();
            let files = detail.get("files").and_then(Json::as_array).cloned().unwrap_or_default();
            files.into_iter().filter_map(|file| file.as_str().map(str::to_owned))
        });
        Ok(files.collect())
    }

    /// The records of a register that papers with a name are or were attached to.
    pub fn papered_records(&mut self, register: &str) -> Result<BTreeSet<RecordId>, StoreError> {
        let mut found = BTreeSet::new();
        for table in PAPERS {
            let sql =
                format!("select distinct record_id from {table} where school_id = ? and register = ? and name <> ''");
            let params = [Param::Int(self.school.0), Param::Text(register)];
            found.extend(
                self.db.collect(&sql, &params, |row| row.id(0)).doing("look for papers")?.into_iter().flatten(),
            );
        }
        Ok(found)
    }

    /// The records of which an earlier version held another value of a field.
    pub fn history_names(&mut self, register: usize, field: &str) -> Result<BTreeSet<RecordId>, StoreError> {
        let declared = &self.catalog.registers[register];
        let like = format!("%\"{}\":%", field.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        let sql =
            "select distinct record_id from history where school_id = ? and register = ? and body like ? escape '\\'";
        let params = [Param::Int(self.school.0), Param::Text(declared.id.as_str()), Param::Text(&like)];
        let found = self.db.collect(sql, &params, |row| row.id(0)).doing("look through the history")?;
        Ok(found.into_iter().flatten().collect())
    }
}

/// Columns of the program's own tables in which people wrote freely, with the keys of their rows. No digest covers them.
const FREE: [(&str, &str, &[&str]); 5] = [
    ("report_text", "content", &["report", "chapter", "version"]),
    ("checked_text", "title", &["id"]),
    ("checked_text", "content", &["id"]),
    ("checked_text", "verdicts", &["id"]),
    ("approval", "reason", &["id"]),
];

impl Writer<'_> {
    /// Rewrites what people wrote freely beside the records: reports in all versions, checked texts, why they asked to
    /// see something. `less` gives a text without what is to go, or nothing if it stays. Gives how many texts changed.
    pub fn rewrite_texts(&mut self, less: &dyn Fn(&str) -> Option<String>) -> Result<i64, StoreError> {
        let (school, mut count) = (self.school().0, 0);
        for (table, column, keys) in FREE {
            let all = format!("select {column}, {} from {table} where school_id = ?", keys.join(", "));
            let is_id = keys == ["id"];
            let mut rows: Vec<(String, Vec<Key>)> = Vec::new();
            self.db()
                .query(&all, &[Param::Int(school)], &mut |row| {
                    let Some(new) = row.text(0).and_then(less) else { return };
                    let key = |at: usize| match (is_id, keys[at]) {
                        (true, _) => row.id(at + 1).map(Key::Id),
                        (_, "version") => row.int(at + 1).map(Key::Int),
                        _ => row.text(at + 1).map(|text| Key::Text(text.to_owned())),
                    };
                    rows.extend((0..keys.len()).map(key).collect::<Option<Vec<Key>>>().map(|key| (new, key)));
                })
                .doing("look through texts")?;
            let place: Vec<String> = keys.iter().map(|key| format!("{key} = ?")).collect();
            let sql = format!("update {table} set {column} = ? where school_id = ? and {}", place.join(" and "));
            for (new, key) in &rows {
                let key = key.iter().map(|key| match key {
                    Key::Id(id) => Param::Id(*id),
                    Key::Int(number) => Param::Int(*number),
                    Key::Text(text) => Param::Text(text),
                });
                let values: Vec<Param> = [Param::Text(new), Param::Int(school)].into_iter().chain(key).collect();
                self.db().execute(&sql, &values).doing("rewrite a text")?;
                count += 1;
            }
        }
        Ok(count)
    }
}

/// A part of a row's key.
enum Key {
    Id(RecordId),
    Int(i64),
    Text(String),
}

impl Reader<'_> {
    /// Tells what people typed into the audit log, entry by entry: reasons, conditions, names of files.
    pub fn typed_in_log(&mut self, told: &mut dyn FnMut(i64, &str)) -> Result<(), StoreError> {
        let typed: Vec<String> = TYPED.iter().map(|name| format!("detail like '%\"{name}\":%'")).collect();
        let sql =
            format!("select seq, detail from audit where school_id = ? and ({}) order by seq", typed.join(" or "));
        self.db
            .query(&sql, &[Param::Int(self.school.0)], &mut |row| {
                let detail: Json = serde_json::from_str(row.text(1).unwrap_or_default()).unwrap_or_default();
                let texts = TYPED.iter().filter_map(|name| detail.get(name).and_then(Json::as_str));
                texts.for_each(|text| told(row.int(0).unwrap_or(0), text));
            })
            .doing("look through the log")
    }

    /// Tells what people wrote freely beside the records, by where it stands: `report_text`, its report and chapter, or
    /// `checked_text` and its title.
    pub fn free_texts(&mut self, told: &mut dyn FnMut(&str, &str, &str)) -> Result<(), StoreError> {
        for (table, sql) in [
            (
                "report_text",
                "select report, chapter, content from report_text where school_id = ? order by report, chapter",
            ),
            ("checked_text", "select title, title, content from checked_text where school_id = ? order by title"),
        ] {
            self.db
                .query(sql, &[Param::Int(self.school.0)], &mut |row| {
                    let (first, second) = (row.text(0).unwrap_or_default(), row.text(1).unwrap_or_default());
                    let name = if first == second { first.to_owned() } else { format!("{first} · {second}") };
                    told(table, &name, row.text(2).unwrap_or_default());
                })
                .doing("look through texts")?;
        }
        Ok(())
    }
}

impl Store {
    /// Deletes the files of contents that no school holds any more. Gives how many.
    pub fn delete_files(&self, files: &[String]) -> Result<usize, StoreError> {
        let mut deleted = 0;
        for sha256 in files {
            let held = self
                .lend()?
                .first("select 1 from evidence where sha256 = ?", &[Param::Text(sha256)], |_| ())
                .doing("look who holds a file")?;
            let path = evidence::path(&self.settings().evidence, sha256);
            if held.is_none() && path.exists() {
                std::fs::remove_file(&path).doing("delete evidence")?;
                deleted += 1;
            }
        }
        Ok(deleted)
    }

    /// Leaves nothing of what was erased in the files of the database.
    pub fn compact(&self) -> Result<(), StoreError> {
        let catalog = self.catalog();
        let registers = catalog.registers.iter().map(|register| register.table.as_str());
        let tables: Vec<&str> = registers
            .chain(["history", "record_evidence", "detached_evidence", "account", "audit", "record_view"])
            .chain(FREE.map(|(table, ..)| table))
            .collect();
        // Readers that lie idle would hold the log open.
        self.close_idle();
        self.connect()?.compact(&tables).doing("compact the database")
    }
}
