//! Proving that nothing was touched: the chain, the records against it, the pages, the totals, the evidence.

pub mod parts;
mod seals;

use self::parts::{Ask, Moved, Tally};
use self::seals::AtClosing;
use crate::db::{DbError, Param};
use crate::error::{Doing, StoreError};
use crate::evidence;
use crate::leaf::leaf;
use crate::reader::{Reader, step_back};
use crate::record::Record;
use crate::totals;
use jc_base::RecordId;
use jc_figures::Page;
use jc_figures::page::pages_of;
use jc_trust::chain::{Entry, link};
use jc_trust::set::SetSum;
use serde_json::Value as Json;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// One thing that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Touched {
    /// The audit log breaks at an entry: changed, moved or missing.
    Chain {
        /// The entry.
        seq: i64,
    },
    /// The log ends elsewhere than its head says.
    Head {
        /// Where the head says it ends.
        seq: i64,
    },
    /// A record's content differs from what was written.
    Record {
        /// Its register.
        register: String,
        /// Its id.
        id: String,
    },
    /// The records a write made are not those the audit log covers: one was changed, removed or put in.
    Write {
        /// The audit entry.
        seq: i64,
        /// The registers with records of that write.
        registers: Vec<String>,
    },
    /// A page's digest differs from its records.
    Page {
        /// Its register.
        register: String,
        /// The page.
        page: String,
    },
    /// A page's totals differ from a recount of its records.
    Totals {
        /// Its register.
        register: String,
        /// The page.
        page: String,
    },
    /// A seal is not as it was set: changed, gone, not signed by the school, or its page's records were others.
    Seal {
        /// Its register.
        register: String,
        /// The page.
        page: String,
    },
    /// The restatements of a closed page are not those that were made, or do not lead to its totals.
    Restated {
        /// Its register.
        register: String,
        /// The page.
        page: String,
    },
    /// A record's history cannot be read.
    History {
        /// Its register.
        register: String,
        /// Its id.
        id: String,
    },
    /// What a write attached to records is not attached to them as it was.
    Attached {
        /// The audit entry.
        seq: i64,
    },
    /// The log ends before an entry that someone kept: its end was cut off, or an old copy of the data put in place.
    CutOff {
        /// The entry that was kept.
        kept: i64,
        /// Where the log ends.
        ends: i64,
    },
    /// The log has another entry where someone kept one: an old copy of the data was put in place and worked on, or
    /// the log was written anew.
    Otherwise {
        /// The entry that was kept.
        kept: i64,
    },
    /// What someone kept as the end of the log carries a signature that no known key of the school made.
    Forged {
        /// The entry it speaks of.
        kept: i64,
    },
    /// The log begins later than with its first entry, and no entry says that those before it were moved.
    Gone {
        /// The first that is missing.
        from: i64,
        /// The last that is missing.
        to: i64,
    },
    /// The first entry of the log does not follow the closing hash of the part that was moved.
    Unfollowed {
        /// The entry.
        seq: i64,
    },
    /// What entries cover that were moved is not as it was when they were.
    Moved {
        /// What of it: a register, or a table of the system.
        part: String,
        /// The last entry that was moved.
        to: i64,
    },
    /// A part of the log is not as it was written.
    PartChanged {
        /// The file.
        file: String,
        /// The entry.
        seq: i64,
    },
    /// A part of the log ends before its last entry.
    PartCutOff {
        /// The file.
        file: String,
        /// The last entry that is there.
        seq: i64,
    },
    /// A file is no part of this school's log.
    PartUnknown {
        /// The file.
        file: String,
    },
    /// A part is whole, and not the one that the log says was moved.
    PartOther {
        /// The file.
        file: String,
        /// Its first entry.
        from: i64,
        /// Its last entry.
        to: i64,
    },
    /// No part at hand proves these entries.
    PartMissing {
        /// The first.
        from: i64,
        /// The last.
        to: i64,
    },
    /// An entry that someone kept was moved, and the part that holds it is not at hand.
    KeptInPart {
        /// The entry.
        kept: i64,
    },
    /// Pages of the database file are damaged: what they held cannot be read whole.
    Damaged {
        /// The register, or the table of the system, that they belong to.
        part: String,
    },
    /// An evidence file is missing.
    EvidenceMissing {
        /// Its digest.
        sha256: String,
    },
    /// An evidence file's content is another.
    EvidenceChanged {
        /// Its digest as attached.
        sha256: String,
    },
}

/// What was looked at, and what is not as it was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Audit entries.
    pub entries: i64,
    /// Records.
    pub records: i64,
    /// Superseded versions.
    pub versions: i64,
    /// Pages.
    pub pages: i64,
    /// Seals of closed pages.
    pub seals: i64,
    /// Evidence files.
    pub evidence: i64,
    /// The head of the chain: position and hash, to be kept outside.
    pub head: (i64, String),
    /// The last entry that was moved out of the log; 0 if none was.
    pub moved: i64,
    /// Entries proved in parts that were moved.
    pub in_parts: i64,
    /// What entries cover, as one that tells of their being moved says it.
    pub commits: Option<Json>,
    /// What was touched; empty if all is as it was written.
    pub touched: Vec<Touched>,
}

/// What the audit log says of the records that writes made.
#[derive(Default)]
struct Covered {
    /// By entry, the digest of the record versions it made.
    sets: HashMap<i64, String>,
    /// By entry, what it was about.
    objects: HashMap<i64, String>,
    /// Entries that dropped fields or registers with people's leave, and the registers concerned: what was written
    /// in those before cannot be proved any more.
    losses: Vec<(i64, Vec<String>)>,
    /// By register and page, the entry that closed it and the seal's digest.
    seals: HashMap<(String, String), (i64, String)>,
    /// By register, page and number, the entry that restated it and the restatement's digest.
    restated: HashMap<(String, String, i64), (i64, String)>,
    /// By entry, what proves the files it attached.
    attached: BTreeMap<i64, String>,
    /// By entry, the digest of the record versions it erased something of.
    erased: BTreeMap<i64, String>,
    /// The entries of which only the sums are known: those that were moved, unless their parts are at hand.
    moved: Option<Moved>,
    /// By moved entry, what proved the files it attached before an entry that is there erased their names.
    was: BTreeMap<i64, String>,
}

impl Covered {
    /// The last entry of which only sums are known.
    fn summed(&self) -> i64 {
        self.moved.as_ref().map_or(0, |moved| moved.span.to)
    }

    /// Takes in what an entry covers.
    fn see(&mut self, entry: &Entry) {
        let detail: Option<Json> = serde_json::from_str(&entry.detail).ok();
        let text = |name: &str| detail.as_ref().and_then(|d| d.get(name)).and_then(Json::as_str).map(str::to_owned);
        if let Some(set) = text("set") {
            self.sets.insert(entry.seq, set);
            self.objects.insert(entry.seq, entry.object.clone());
        }
        if let Some(proof) = text("proof") {
            self.attached.insert(entry.seq, proof);
        }
        if let Some(set) = text("erased") {
            self.erased.insert(entry.seq, set);
        }
        // Papers that were erased are proved from then on without the name they had.
        let summed_later = self.moved.as_ref().is_some_and(|moved| entry.seq > moved.as_of);
        for paper in list(detail.as_ref(), "papers") {
            if let (Some(seq), Some(proof)) = (paper.get(0).and_then(Json::as_i64), word(paper, 1)) {
                self.attached.insert(seq, proof);
                if let (true, Some(was)) = (summed_later, word(paper, 2)) {
                    self.was.entry(seq).or_insert(was);
                }
            }
        }
        for seal in list(detail.as_ref(), "seals") {
            if let (Some(register), Some(page), Some(digest)) = (word(seal, 0), word(seal, 1), word(seal, 2)) {
                self.seals.insert((register, page), (entry.seq, digest));
            }
        }
        for made in list(detail.as_ref(), "restated") {
            let number = made.get(2).and_then(Json::as_i64);
            if let (Some(register), Some(page), Some(number), Some(digest)) =
                (word(made, 0), word(made, 1), number, word(made, 3))
            {
                self.restated.insert((register, page, number), (entry.seq, digest));
            }
        }
        if let Some(lost) = detail.as_ref().and_then(|d| d.get("lost")).and_then(Json::as_array) {
            let registers = lost.iter().filter_map(Json::as_str).map(str::to_owned);
            self.losses.push((entry.seq, registers.collect()));
        }
    }

    /// Takes in what later entries cover.
    fn join(&mut self, later: Covered) {
        self.sets.extend(later.sets);
        self.objects.extend(later.objects);
        self.losses.extend(later.losses);
        self.seals.extend(later.seals);
        self.restated.extend(later.restated);
        self.attached.extend(later.attached);
        self.erased.extend(later.erased);
        self.moved = later.moved;
        self.was.extend(later.was);
    }

    fn lost(&self, seq: i64, register: &str) -> bool {
        self.losses.iter().any(|(at, registers)| seq < *at && registers.iter().any(|r| r == register))
    }

    /// Holds the records there are against those the log says were written. Of a register that is damaged it is
    /// known already that they differ.
    fn hold_against(&self, by_write: &BTreeMap<i64, (SetSum, i64, Vec<String>)>, report: &mut Report) {
        let excused = |report: &Report, seq: i64, register: &str| self.lost(seq, register) || report.damaged(register);
        for (seq, (sum, count, registers)) in by_write {
            let proved = self.sets.get(seq).is_some_and(|set| *set == sum.digest(*count));
            if !proved && !registers.iter().any(|register| excused(report, *seq, register)) {
                report.touched.push(Touched::Write { seq: *seq, registers: registers.clone() });
            }
        }
        for seq in self.sets.keys().filter(|seq| !by_write.contains_key(seq)) {
            if !self.objects.get(seq).is_some_and(|register| excused(report, *seq, register)) {
                report.touched.push(Touched::Write { seq: *seq, registers: Vec::new() });
            }
        }
    }
}

impl Report {
    /// What a step gave; nothing if it came upon damaged pages, which are then named.
    fn whole<T>(&mut self, part: &str, step: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
        match step {
            Err(StoreError::Db { source: DbError::Damaged(_), .. }) => {
                self.touched.push(Touched::Damaged { part: part.to_owned() });
                Ok(None)
            }
            step => step.map(Some),
        }
    }

    fn damaged(&self, part: &str) -> bool {
        self.touched.iter().any(|touched| matches!(touched, Touched::Damaged { part: damaged } if damaged == part))
    }
}

impl Reader<'_> {
    /// Recomputes everything. `progress` is told what is being looked at. Where pages are damaged, the rest is still
    /// looked at.
    pub fn verify(&mut self, evidence_folder: &Path, progress: &mut dyn FnMut(&str)) -> Result<Report, StoreError> {
        self.verify_with(evidence_folder, Ask::default(), progress)
    }

    /// The same with parts of the log that were moved, or for moving one.
    pub fn verify_with(
        &mut self,
        evidence_folder: &Path,
        ask: Ask,
        progress: &mut dyn FnMut(&str),
    ) -> Result<Report, StoreError> {
        let mut report = Report::default();
        progress("pages");
        self.verify_pages(&mut report)?;
        progress("audit");
        let mut wanted = ask.commits_to.map(Tally::to);
        let chain = self.verify_chain(ask, &mut report);
        let covered = report.whole("audit", chain)?;
        let mut tally = Tally::to(covered.as_ref().map_or(0, Covered::summed));
        let mut by_write: BTreeMap<i64, (SetSum, i64, Vec<String>)> = BTreeMap::new();
        for register in 0..self.catalog.registers.len() {
            let name = self.catalog.registers[register].id.as_str();
            progress(name);
            let none = Covered::default();
            let known = covered.as_ref().unwrap_or(&none);
            let tallies = &mut [Some(&mut tally), wanted.as_mut()];
            let looked = self.verify_register(register, known, &mut by_write, tallies, &mut report);
            report.whole(name, looked)?;
        }
        progress("evidence");
        // Where the log itself cannot be read, there is nothing to hold the records against.
        if let Some(covered) = covered {
            covered.hold_against(&by_write, &mut report);
            let attached = self.verify_attached(&covered, &mut tally, wanted.as_mut(), &mut report);
            report.whole("record_evidence", attached)?;
            let tallies = &mut [Some(&mut tally), wanted.as_mut()];
            let erased = self.verify_erased(&covered.erased, covered.summed(), tallies, &mut report);
            report.whole("erased_version", erased)?;
            covered.hold_sums(&tally, &mut report);
        }
        report.commits = wanted.map(|wanted| wanted.commits());
        let evidence = self.all_evidence();
        for sha256 in report.whole("record_evidence", evidence)?.unwrap_or_default() {
            report.evidence += 1;
            match std::fs::read(evidence::path(evidence_folder, &sha256)) {
                Ok(content) if jc_trust::sha256(&content) == sha256 => {}
                Ok(_) => report.touched.push(Touched::EvidenceChanged { sha256 }),
                Err(_) => report.touched.push(Touched::EvidenceMissing { sha256 }),
            }
        }
        report.touched.sort();
        report.touched.dedup();
        Ok(report)
    }

    /// Names the registers and tables with damaged pages.
    fn verify_pages(&mut self, report: &mut Report) -> Result<(), StoreError> {
        for table in self.db.damaged().doing("look over the pages")? {
            let register = self.catalog.registers.iter().find(|register| register.table == table);
            let part = register.map_or(table, |register| register.id.to_string());
            report.touched.push(Touched::Damaged { part });
        }
        Ok(())
    }

    /// Whether the log holds an entry that was kept elsewhere: position and hash. Nothing wrong if it does. `in_parts` gives
    /// the hash of an entry in a part that was moved.
    pub fn verify_kept(
        &mut self,
        kept: (i64, &str),
        in_parts: &dyn Fn(i64) -> Option<String>,
    ) -> Result<Option<Touched>, StoreError> {
        if self.log_begin()?.is_some_and(|(first, _)| kept.0 < first) {
            let closing =
                self.moves()?.into_iter().find(|moved| moved.span.to == kept.0).map(|moved| moved.span.closing);
            return Ok(match in_parts(kept.0).or(closing) {
                Some(hash) => (hash != kept.1).then_some(Touched::Otherwise { kept: kept.0 }),
                None => Some(Touched::KeptInPart { kept: kept.0 }),
            });
        }
        let line = self.audit_lines(Some(kept.0.saturating_add(1)), 1)?.pop();
        Ok(match line {
            Some(line) if line.seq == kept.0 => (line.hash != kept.1).then_some(Touched::Otherwise { kept: kept.0 }),
            line => Some(Touched::CutOff { kept: kept.0, ends: line.map_or(0, |line| line.seq) }),
        })
    }

    /// Holds what is attached against what the log says was.
    fn verify_attached(
        &mut self,
        covered: &Covered,
        tally: &mut Tally,
        wanted: Option<&mut Tally>,
        report: &mut Report,
    ) -> Result<(), StoreError> {
        let mut writes: BTreeMap<i64, (String, evidence::Attached, Vec<RecordId>)> = BTreeMap::new();
        let mut strangers = Vec::new();
        let (school, what) = (Param::Int(self.school.0), "register, sha256, kind, name, record_id");
        self.db
            .query(
                &format!(
                    "select seq, {what} from record_evidence where school_id = ? \
                     union all select seq, {what} from detached_evidence where school_id = ? \
                     union all select until_seq, {what} from detached_evidence where school_id = ?"
                ),
                &[school, school, school],
                &mut |row| {
                    let text = |column: usize| row.text(column).unwrap_or_default().to_owned();
                    let (seq, register) = (row.int(0).unwrap_or(0), text(1));
                    let file =
                        evidence::Attached { sha256: text(2), kind: text(3), name: text(4), ..Default::default() };
                    let write = writes.entry(seq).or_insert_with(|| (register.clone(), file.clone(), Vec::new()));
                    // One write attaches one file to records of one register.
                    if (&write.0, &write.1) != (&register, &file) {
                        strangers.push(seq);
                    }
                    write.2.extend(row.id(5));
                },
            )
            .doing("read what is attached")?;
        let proof =
            |(register, file, ids): &(String, evidence::Attached, Vec<RecordId>)| evidence::proof(register, file, ids);
        let mut proofs: BTreeMap<i64, String> = writes.iter().map(|(seq, write)| (*seq, proof(write))).collect();
        for (seq, proof) in &proofs {
            tally.attached(self.vault, *seq, covered.was.get(seq).unwrap_or(proof));
        }
        if let Some(wanted) = wanted {
            proofs.iter().for_each(|(seq, proof)| wanted.attached(self.vault, *seq, proof));
        }
        for (seq, proof) in &covered.attached {
            if proofs.remove(seq).as_ref() != Some(proof) {
                report.touched.push(Touched::Attached { seq: *seq });
            }
        }
        let unknown = proofs.into_keys().filter(|seq| *seq > covered.summed()).chain(strangers);
        report.touched.extend(unknown.map(|seq| Touched::Attached { seq }));
        Ok(())
    }

    /// Checks the links; gives the digest of the records each entry covers.
    fn verify_chain(&mut self, ask: Ask, report: &mut Report) -> Result<Covered, StoreError> {
        let school = self.school.0;
        let first = self.log_begin()?.map_or(1, |(seq, _)| seq);
        let moves = self.moves()?;
        let base = moves.iter().find(|moved| first > 1 && moved.span.to == first - 1).cloned();
        if first > 1 && base.is_none() {
            let from = moves.iter().map(|moved| moved.span.to).filter(|to| *to < first).max().unwrap_or(0) + 1;
            report.touched.push(Touched::Gone { from, to: first - 1 });
        }
        report.moved = base.as_ref().map_or(0, |base| base.span.to);
        let from_parts = parts::proved(ask, base.as_ref(), &moves, report);
        let mut covered = from_parts.unwrap_or_else(|| Covered { moved: base.clone(), ..Covered::default() });
        let (mut previous, mut expected) =
            (base.as_ref().map_or_else(String::new, |base| base.span.closing.clone()), first);
        let unknown = first > 1 && base.is_none();
        let key = self.vault.chain_key();
        self.each_whole_entry((1, i64::MAX), &mut |entry| {
            report.entries += 1;
            let begins = entry.seq == first && first > 1;
            let linked = link(&key, school, &previous, &entry) == entry.hash || (begins && unknown);
            if begins && entry.algorithm.is_keyed() && !linked {
                report.touched.push(Touched::Unfollowed { seq: entry.seq });
            } else if entry.seq != expected || !entry.algorithm.is_keyed() || !linked {
                report.touched.push(Touched::Chain { seq: entry.seq });
            }
            covered.see(&entry);
            expected = entry.seq + 1;
            previous = entry.hash;
        })?;
        let head = self
            .db
            .first("select seq, hash from audit_head where school_id = ?", &[Param::Int(school)], |row| {
                (row.int(0).unwrap_or(0), row.text(1).unwrap_or_default().to_owned())
            })
            .doing("read the audit head")?
            .unwrap_or_default();
        if head.0 != expected - 1 || head.1 != previous {
            report.touched.push(Touched::Head { seq: head.0 });
        }
        report.head = head;
        Ok(covered)
    }

    fn verify_register(
        &mut self,
        register_ix: usize,
        covered: &Covered,
        by_write: &mut BTreeMap<i64, (SetSum, i64, Vec<String>)>,
        tallies: &mut [Option<&mut Tally>],
        report: &mut Report,
    ) -> Result<(), StoreError> {
        let register = &self.catalog.registers[register_ix];
        let name = register.id.as_str();
        let mut digests: HashMap<RecordId, Vec<u8>> = HashMap::new();
        self.db
            .query(
                &format!("select id, digest from {} where school_id = ?", register.table),
                &[Param::Int(self.school.0)],
                &mut |row| {
                    if let (Some(id), Some(digest)) = (row.id(0), row.bytes(1)) {
                        digests.insert(id, digest.to_vec());
                    }
                },
            )
            .doing("read digests")?;
        let mut history: HashMap<RecordId, Vec<(i64, i64, String)>> = HashMap::new();
        self.db
            .query(
                "select record_id, version, seq, body from history where school_id = ? and register = ? \
                 order by record_id, version desc",
                &[Param::Int(self.school.0), Param::Text(name)],
                &mut |row| {
                    if let Some(id) = row.id(0) {
                        let body = row.text(3).unwrap_or_default().to_owned();
                        history.entry(id).or_default().push((row.int(1).unwrap_or(0), row.int(2).unwrap_or(0), body));
                    }
                },
            )
            .doing("read histories")?;
        let erased = self.erased_versions(name)?;
        let mut pages: BTreeMap<Page, (SetSum, i64)> = BTreeMap::new();
        for page in self.pages(register_ix)? {
            pages.insert(page, (SetSum::default(), 0));
        }
        let (vault, mut scratch) = (self.vault, Vec::new());
        // A version of which something was erased counts with what it was when it was written.
        let mut account = |record: &Record| {
            let leaf = leaf(register, record, vault, &mut scratch);
            let leaf = erased.get(&(record.id, record.version)).map_or(Some(leaf), |erased| erased.was(&leaf))?;
            tallies.iter_mut().flatten().for_each(|tally| tally.record(name, record.seq, &leaf));
            if record.seq <= covered.summed() {
                return Some(leaf);
            }
            let entry = by_write.entry(record.seq).or_default();
            entry.0.add(&leaf);
            entry.1 += 1;
            if entry.2.last().is_none_or(|last| last != name) {
                entry.2.push(name.to_owned());
            }
            Some(leaf)
        };
        let mut at_closing = AtClosing::of(self, register_ix)?;
        let today = self.today;
        let mut touched = Vec::new();
        let (mut records, mut versions) = (0, 0);
        let legible = self.each_record(register_ix, &mut |record| {
            records += 1;
            let Some(leaf) = account(record) else {
                touched.push(Touched::Record { register: name.to_owned(), id: record.id.to_string() });
                return;
            };
            let written = digests.get(&record.id).is_some_and(|d| *d == leaf.prefix());
            if !written {
                touched.push(Touched::Record { register: name.to_owned(), id: record.id.to_string() });
            }
            for page in pages_of(register, &record.values, today) {
                if let Some((sum, count)) = pages.get_mut(&page) {
                    sum.add(&leaf);
                    *count += 1;
                }
            }
            at_closing.iter_mut().for_each(|seal| seal.see(register, record, &leaf, None));
            let mut newer = record.clone();
            for (version, seq, body) in history.remove(&record.id).unwrap_or_default() {
                let older = step_back(register, &newer, version, seq, &body, vault);
                let older = older.filter(|_| version == newer.version - 1);
                match older.and_then(|older| Some((account(&older)?, older))) {
                    Some((leaf, older)) => {
                        versions += 1;
                        at_closing.iter_mut().for_each(|seal| seal.see(register, &older, &leaf, Some(newer.seq)));
                        newer = older;
                    }
                    _ => {
                        touched.push(Touched::History { register: name.to_owned(), id: record.id.to_string() });
                        return;
                    }
                }
            }
            if newer.version != 1 {
                touched.push(Touched::History { register: name.to_owned(), id: record.id.to_string() });
            }
        });
        match legible {
            Err(StoreError::Illegible { records, .. }) => {
                for id in records {
                    history.remove(&id);
                    touched.push(Touched::Record { register: name.to_owned(), id: id.to_string() });
                }
            }
            legible => legible?,
        }
        touched.extend(history.keys().map(|id| Touched::History { register: name.to_owned(), id: id.to_string() }));
        report.records += records;
        report.versions += versions;
        report.touched.extend(touched);
        self.verify_seals(register_ix, &at_closing, covered, tallies, report)?;
        for info in self.page_infos(register_ix)? {
            report.pages += 1;
            let (sum, count) = pages.remove(&info.page).unwrap_or_default();
            if sum.digest(count) != info.digest || count != info.records {
                report.touched.push(Touched::Page { register: name.to_owned(), page: info.page.to_string() });
            }
            if !self.totals_agree(register_ix, info.page)? {
                report.touched.push(Touched::Totals { register: name.to_owned(), page: info.page.to_string() });
            }
        }
        Ok(())
    }

    /// Whether a page's stored totals, and what lacks evidence on it, equal a recount by the scan.
    pub fn totals_agree(&mut self, register: usize, page: Page) -> Result<bool, StoreError> {
        if self.unproved(register, page)? != self.count_unproved(register, page)? {
            return Ok(false);
        }
        let declared = &self.catalog.registers[register];
        let tally = totals::scan_page(self.db, self.catalog, declared, self.school, page, self.today)?;
        let mut stored = self
            .db
            .collect(
                "select slice, slice_value, measure, state, value, unknown from page_total \
                 where school_id = ? and register = ? and page = ? and (value <> 0 or unknown <> 0)",
                &[Param::Int(self.school.0), Param::Text(declared.id.as_str()), Param::Text(&page.to_string())],
                |row| {
                    let text = |column: usize| row.text(column).unwrap_or_default().to_owned();
                    let number = |column: usize| row.int(column).unwrap_or(0);
                    (text(0), text(1), text(2), number(3), number(4), number(5))
                },
            )
            .doing("read totals")?;
        stored.sort();
        let counted: Vec<_> = tally
            .rows(declared)
            .into_iter()
            .map(|r| (r.slice.to_owned(), r.value, r.measure.to_owned(), r.state, r.amount.value, r.amount.unknown))
            .collect();
        Ok(stored == counted)
    }
}

/// The members of a list in an entry's particulars.
fn list<'a>(detail: Option<&'a Json>, name: &str) -> impl Iterator<Item = &'a Json> {
    detail.and_then(|detail| detail.get(name)).and_then(Json::as_array).into_iter().flatten()
}

/// A text in a list.
fn word(list: &Json, position: usize) -> Option<String> {
    list.get(position).and_then(Json::as_str).map(str::to_owned)
}
