//! Closing pages, and what a write does to pages that are closed.
//!
//! The totals of a closed page change only with a reason, and each change is kept as a restatement: the differences,
//! the records they rest on, and why. Where one write has several causes, its pages are written after each, so that
//! every difference has one.

use super::Writer;
use crate::db::{Insert, Param};
use crate::error::{Doing, StoreError};
use crate::record::Record;
use crate::seal::{
    BEFORE, Closed, Correction, KeptTotal, Moved, NOW, Place, Restatement, catalog_digest, definitions_text,
    restatement_digest, totals_digest,
};
use crate::totals::RECORDS;
use jc_base::{Instant, RecordId, RecordState};
use jc_catalog::Formula;
use jc_figures::page::pages_of;
use jc_figures::restated::Cause;
use jc_figures::{Amount, Page};
use jc_trust::seal::Excluded;
use jc_trust::{Seal, SigningKey, sha256};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// What a write knows of closed pages.
#[derive(Default)]
pub(super) struct Sealed {
    /// The closed pages by register; read at the first need.
    pages: Option<BTreeMap<usize, BTreeSet<Page>>>,
    /// Why this write may change them.
    correction: Option<Correction>,
    /// The cause of what was written since the pages were last written.
    turn: Option<Cause>,
    /// The record that is being written: its register, id, version before and version written.
    latest: Option<(usize, RecordId, Option<i64>, i64)>,
    /// By closed page, the records that touched it since it was last written.
    touched: BTreeMap<(usize, Page), BTreeSet<Moved>>,
    /// The reasons under which those records were restated before.
    carried: BTreeSet<String>,
    /// What the audit entry says of seals set and restatements made.
    seals: Vec<serde_json::Value>,
    restated: Vec<serde_json::Value>,
}

/// Verified totals by place.
type Totals = BTreeMap<Place, Amount>;

impl Writer<'_> {
    /// Gives the reason for which this write may change closed pages.
    pub fn restating(&mut self, correction: Correction) {
        let reason = jc_catalog::kinds::id_number::cover(&correction.reason);
        self.sealed.correction = Some(Correction { reason, ..correction });
    }

    /// The closed pages of a register.
    fn closed_pages(&mut self, register: usize) -> Result<BTreeSet<Page>, StoreError> {
        if self.sealed.pages.is_none() {
            let mut pages: BTreeMap<usize, BTreeSet<Page>> = BTreeMap::new();
            let sql = "select register, page from seal where school_id = ?";
            let rows = self
                .db
                .collect(sql, &[Param::Int(self.occasion.school.0)], |row| {
                    (row.text(0).unwrap_or_default().to_owned(), row.text(1).unwrap_or_default().to_owned())
                })
                .doing("look which pages are closed")?;
            for (register, page) in rows {
                if let Some(at) = self.catalog.find_register(&register) {
                    pages.entry(at).or_default().extend(Page::parse(&self.catalog.registers[at], &page));
                }
            }
            self.sealed.pages = Some(pages);
        }
        Ok(self.sealed.pages.as_ref().and_then(|pages| pages.get(&register)).cloned().unwrap_or_default())
    }

    /// Whether a page is closed.
    pub(super) fn is_closed(&mut self, register: usize, page: Page) -> Result<bool, StoreError> {
        Ok(self.closed_pages(register)?.contains(&page))
    }

    /// Prepares for a record that is about to be accounted for: names its cause if it touches a closed page.
    pub(super) fn turn_to_record(
        &mut self,
        register: usize,
        old: Option<&Record>,
        new: &Record,
    ) -> Result<(), StoreError> {
        self.sealed.latest = Some((register, new.id, old.map(|old| old.version), new.version));
        let counted = old.is_some_and(|old| old.state == RecordState::Verified);
        if !counted && new.state != RecordState::Verified {
            return Ok(());
        }
        let closed = self.closed_pages(register)?;
        let (declared, today) = (&self.catalog.registers[register], self.occasion.moment.today);
        let versions = old.into_iter().chain([new]);
        let pages: BTreeSet<Page> = versions
            .flat_map(|record| pages_of(declared, &record.values, today))
            .filter(|page| closed.contains(page))
            .collect();
        if pages.is_empty() {
            return Ok(());
        }
        let cause = self.cause_of(register, old, new.id)?;
        self.turn_to(cause)?;
        let Some(moved) = self.moved() else { return Ok(()) };
        for page in pages {
            self.sealed.touched.entry((register, page)).or_default().insert(moved.clone());
        }
        Ok(())
    }

    /// What a restatement says of the record that is being written.
    fn moved(&self) -> Option<Moved> {
        let (register, record, was, became) = self.sealed.latest?;
        Some(Moved { register: self.catalog.registers[register].id.to_string(), record, was, became })
    }

    /// Why a record changes closed pages: as it did before, unless a person names a cause for what counted.
    fn cause_of(&mut self, register: usize, old: Option<&Record>, id: RecordId) -> Result<Cause, StoreError> {
        let Some(old) = old else { return Ok(Cause::Late) };
        let known = self
            .db
            .first(
                "select r.cause, r.reason from restated_record m join restatement r \
                 on r.school_id = m.school_id and r.register = m.register and r.page = m.page and r.number = m.number \
                 where m.school_id = ? and m.of_register = ? and m.record_id = ? \
                 order by r.seq desc, r.number desc, r.register, r.page limit 1",
                &[
                    Param::Int(self.occasion.school.0),
                    Param::Text(self.catalog.registers[register].id.as_str()),
                    Param::Id(id),
                ],
                |row| (Cause::from_code(row.text(0).unwrap_or_default()), row.text(1).unwrap_or_default().to_owned()),
            )
            .doing("look for an earlier restatement")?;
        let before = known.as_ref().and_then(|(cause, _)| *cause);
        self.sealed.carried.extend(known.map(|(_, reason)| reason).filter(|reason| !reason.is_empty()));
        let named = self.sealed.correction.as_ref().and_then(|correction| correction.cause);
        Ok(match (named, before) {
            (Some(named), _) if old.state == RecordState::Verified || before.is_some() => named,
            (_, Some(before)) => before,
            (_, None) if old.state == RecordState::Verified => Cause::Correction,
            (_, None) => Cause::Late,
        })
    }

    /// The record just written changes what another register's page counts.
    pub(super) fn turn_to_asker(&mut self, asker: usize, page: Page) -> Result<(), StoreError> {
        if !self.is_closed(asker, page)? {
            return Ok(());
        }
        let Some(moved) = self.moved() else { return Ok(()) };
        if self.sealed.turn.is_none() {
            self.turn_to(if moved.was.is_none() { Cause::Late } else { Cause::Correction })?;
        }
        self.sealed.touched.entry((asker, page)).or_default().insert(moved);
        Ok(())
    }

    /// The closed pages on which something that counts is written, and not yet restated.
    pub fn closed_touched(&self) -> impl Iterator<Item = (usize, Page)> {
        self.sealed.touched.keys().copied()
    }

    /// Begins with records of a cause; those of another are written to their pages first.
    pub(super) fn turn_to(&mut self, cause: Cause) -> Result<(), StoreError> {
        if self.sealed.turn.is_some_and(|turn| turn != cause) {
            self.write_pages()?;
        }
        self.sealed.turn = Some(cause);
        Ok(())
    }

    /// Forgets which records touched closed pages, once these are written.
    pub(super) fn turned(&mut self) {
        self.sealed.turn = None;
        self.sealed.touched.clear();
        self.sealed.carried.clear();
    }

    /// Keeps what a write changed of a closed page's verified totals. Without a difference nothing is kept.
    ///
    /// Errors: [`StoreError::Closed`] if there is a difference and no reason for it.
    pub(super) fn restate(
        &mut self,
        register: usize,
        page: Page,
        before: &Totals,
        (version, digest): (i64, &str),
    ) -> Result<(), StoreError> {
        let after = self.reader()?.verified_totals(register, page)?;
        let deltas = differences(before, &after);
        if deltas.is_empty() {
            return Ok(());
        }
        let declared = &self.catalog.registers[register];
        let carried = self.sealed.carried.first().cloned();
        let given = self.sealed.correction.as_ref().map(|correction| correction.reason.trim().to_owned());
        let Some(reason) = given.filter(|reason| !reason.is_empty()).or(carried) else {
            return Err(StoreError::Closed { register: declared.id.clone(), page: page.to_string() });
        };
        let (school, code) = (Param::Int(self.occasion.school.0), page.to_string());
        let place = [school, Param::Text(declared.id.as_str()), Param::Text(&code)];
        let last = "select coalesce(max(number), 0) from restatement where school_id = ? and register = ? and page = ?";
        let number = 1 + self.db.first(last, &place, |row| row.int(0).unwrap_or(0)).doing("number it")?.unwrap_or(0);
        let restatement = Restatement {
            register: declared.id.clone(),
            page: code.clone(),
            number,
            seq: self.seq,
            cause: self.sealed.turn.unwrap_or(Cause::Correction),
            reason,
            page_version: version,
            digest: digest.to_owned(),
            at: Instant(self.now_ms()),
            actor: self.occasion.actor.name.clone(),
        };
        let mut row = place.to_vec();
        row.extend([
            Param::Int(number),
            Param::Int(restatement.seq),
            Param::Text(restatement.cause.code()),
            Param::Text(&restatement.reason),
            Param::Int(version),
            Param::Text(digest),
            Param::Int(restatement.at.0),
            Param::Text(&restatement.actor),
        ]);
        self.db
            .execute(
                "insert into restatement (school_id, register, page, number, seq, cause, reason, page_version, \
                 digest, at, actor) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                &row,
            )
            .doing("keep a restatement")?;
        let mut totals = Vec::with_capacity(deltas.len() * 9);
        for ((slice, value, measure), amount) in &deltas {
            totals.extend_from_slice(&place);
            totals.extend([Param::Int(number), Param::Text(slice), Param::Text(value), Param::Text(measure)]);
            totals.extend([Param::Int(amount.value), Param::Int(amount.unknown)]);
        }
        let columns =
            ["school_id", "register", "page", "number", "slice", "slice_value", "measure", "value", "unknown"];
        self.db.insert_many(&Insert::new("restated_total", &columns), &totals).doing("keep restated totals")?;
        let moved: Vec<Moved> = self.sealed.touched.get(&(register, page)).into_iter().flatten().cloned().collect();
        let mut records = Vec::with_capacity(moved.len() * 8);
        for moved in &moved {
            records.extend_from_slice(&place);
            records.extend([Param::Int(number), Param::Text(&moved.register), Param::Id(moved.record)]);
            records.extend([moved.was.map_or(Param::Null, Param::Int), Param::Int(moved.became)]);
        }
        let columns = ["school_id", "register", "page", "number", "of_register", "record_id", "was", "became"];
        self.db.insert_many(&Insert::new("restated_record", &columns), &records).doing("keep restated records")?;
        let digest = restatement_digest(&restatement, &deltas, &moved);
        self.sealed.restated.push(json!([declared.id.as_str(), code, number, digest]));
        Ok(())
    }

    /// Closes a page: keeps its totals and definitions, and sets a signed seal over them.
    ///
    /// Errors: [`StoreError::AlreadyClosed`].
    pub fn close(
        &mut self,
        register: usize,
        page: Page,
        without_evidence: i64,
        key: &SigningKey,
    ) -> Result<Closed, StoreError> {
        let declared = &self.catalog.registers[register];
        if self.is_closed(register, page)? {
            return Err(StoreError::AlreadyClosed);
        }
        // A page that nobody has written on is written now: also nothing is sealed.
        if self.reader()?.page_info(register, page)?.is_none() {
            self.page_change(register, page);
            self.write_pages()?;
        }
        let info = self.reader()?.page_info(register, page)?.ok_or(StoreError::NoRecord)?;
        let kept = self.totals_to_keep(register, page)?;
        let count = |state: RecordState| {
            let of_state = |kept: &&KeptTotal| kept.state == state.number() && kept.place == whole(RECORDS);
            kept.iter().filter(|kept| kept.era == NOW).find(of_state).map_or(0, |kept| kept.amount.value)
        };
        let definitions = definitions_text(declared, &self.catalog.registers);
        let seal = Seal {
            school: self.occasion.school,
            register: declared.id.clone(),
            page: page.to_string(),
            page_version: info.version,
            catalog: catalog_digest(self.catalog),
            definitions: sha256(definitions.as_bytes()),
            records: info.records,
            digest: info.digest,
            totals: totals_digest(&kept),
            excluded: Excluded {
                draft: count(RecordState::Draft),
                submitted: count(RecordState::Submitted),
                returned: count(RecordState::Returned),
                without_evidence,
            },
            at: Instant(self.now_ms()),
            by: self.occasion.actor.name.clone(),
        };
        let closed = Closed { signed: seal.sign(key), seq: self.seq };
        self.keep_public_key(&key.public())?;
        self.keep_seal(&closed, &definitions, &kept)?;
        let seal = &closed.signed.seal;
        self.sealed.seals.push(json!([seal.register.as_str(), seal.page, seal.digest(), closed.signed.key.0]));
        self.sealed.pages.get_or_insert_default().entry(register).or_default().insert(page);
        Ok(closed)
    }

    /// All totals of the page, and those of the year before that its growth indicators look at.
    fn totals_to_keep(&mut self, register: usize, page: Page) -> Result<Vec<KeptTotal>, StoreError> {
        let declared = &self.catalog.registers[register];
        let mut kept = Vec::new();
        let mut keep = |db: &mut crate::db::Db, era: &str, page: Page, measures: Option<&BTreeSet<&str>>| {
            let sql = "select slice, slice_value, measure, state, value, unknown from page_total \
                 where school_id = ? and register = ? and page = ? and (value <> 0 or unknown <> 0)";
            let place =
                [Param::Int(self.occasion.school.0), Param::Text(declared.id.as_str()), Param::Text(&page.to_string())];
            db.query(sql, &place, &mut |row| {
                let text = |column: usize| row.text(column).unwrap_or_default().to_owned();
                let place = (text(0), text(1), text(2));
                if measures.is_none_or(|wanted| place.0.is_empty() && wanted.contains(place.2.as_str())) {
                    let amount = Amount { value: row.int(4).unwrap_or(0), unknown: row.int(5).unwrap_or(0) };
                    kept.push(KeptTotal { era: era.to_owned(), place, state: row.int(3).unwrap_or(0), amount });
                }
            })
            .doing("read totals to seal")
        };
        keep(self.db, NOW, page, None)?;
        let mut growing: BTreeSet<&str> = declared
            .indicators
            .iter()
            .filter_map(|indicator| match indicator.formula {
                Formula::Growth(measure) => Some(declared.measures[measure].id.as_str()),
                _ => None,
            })
            .collect();
        if let Some(before) = page.a_year_before().filter(|_| !growing.is_empty()) {
            growing.insert(RECORDS);
            keep(self.db, BEFORE, before, Some(&growing))?;
        }
        kept.sort();
        Ok(kept)
    }

    fn keep_seal(&mut self, closed: &Closed, definitions: &str, kept: &[KeptTotal]) -> Result<(), StoreError> {
        let (seal, school) = (&closed.signed.seal, Param::Int(self.occasion.school.0));
        let place = [school, Param::Text(seal.register.as_str()), Param::Text(&seal.page)];
        let signature = closed.signed.signature.to_string();
        let mut row = place.to_vec();
        row.extend([
            Param::Int(closed.seq),
            Param::Int(seal.page_version),
            Param::Text(&seal.catalog),
            Param::Text(&seal.definitions),
            Param::Int(seal.records),
            Param::Text(&seal.digest),
            Param::Text(&seal.totals),
            Param::Int(seal.excluded.draft),
            Param::Int(seal.excluded.submitted),
            Param::Int(seal.excluded.returned),
            Param::Int(seal.excluded.without_evidence),
            Param::Int(seal.at.0),
            Param::Text(&seal.by),
            Param::Text(&closed.signed.key.0),
            Param::Text(&signature),
        ]);
        self.db
            .execute(
                "insert into seal (school_id, register, page, seq, page_version, catalog, definitions, records, \
                 digest, totals, draft, submitted, returned, without_evidence, closed_at, closed_by, key_id, \
                 signature) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                &row,
            )
            .doing("set a seal")?;
        self.db
            .execute(
                "insert into sealed_text (school_id, digest, body) values (?, ?, ?) \
                 on conflict (school_id, digest) do nothing",
                &[school, Param::Text(&seal.definitions), Param::Text(definitions)],
            )
            .doing("keep sealed definitions")?;
        let mut totals = Vec::with_capacity(kept.len() * 10);
        for KeptTotal { era, place: (slice, value, measure), state, amount } in kept {
            totals.extend_from_slice(&place);
            totals.extend([Param::Text(era), Param::Text(slice), Param::Text(value), Param::Text(measure)]);
            totals.extend([Param::Int(*state), Param::Int(amount.value), Param::Int(amount.unknown)]);
        }
        let columns =
            ["school_id", "register", "page", "era", "slice", "slice_value", "measure", "state", "value", "unknown"];
        self.db.insert_many(&Insert::new("sealed_total", &columns), &totals).doing("keep sealed totals")
    }

    /// Puts into the audit entry what was sealed and restated.
    pub(super) fn note_sealed(&mut self) {
        for (name, list) in
            [("seals", std::mem::take(&mut self.sealed.seals)), ("restated", std::mem::take(&mut self.sealed.restated))]
        {
            if !list.is_empty() {
                self.note(name, list);
            }
        }
    }
}

/// The place of a measure's total of a whole page.
pub(crate) fn whole(measure: &str) -> Place {
    (String::new(), String::new(), measure.to_owned())
}

/// What must be added to some totals to give others; nothing where they agree.
pub(crate) fn differences(before: &Totals, after: &Totals) -> Totals {
    let places: BTreeSet<&Place> = before.keys().chain(after.keys()).collect();
    let one = |place: &Place| {
        let (old, new) =
            (before.get(place).copied().unwrap_or_default(), after.get(place).copied().unwrap_or_default());
        Amount { value: new.value - old.value, unknown: new.unknown - old.unknown }
    };
    let all = places.into_iter().map(|place| (place.clone(), one(place)));
    all.filter(|(_, amount)| *amount != Amount::default()).collect()
}
