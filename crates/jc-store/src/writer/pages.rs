//! What a write does to pages: the difference of each record, the records that ask about it, the totals and digests.

use super::Writer;
use crate::db::{self, Param};
use crate::error::{Doing, StoreError};
use crate::leaf::leaf;
use crate::reader::{Related, WithRelated};
use crate::record::Record;
use crate::totals::{self, PageKey, Tally};
use crate::unproved::{self, is_asked};
use jc_base::{Date, RecordState};
use jc_catalog::expr::eval::{Moments, Row};
use jc_catalog::kinds::Kind;
use jc_catalog::{PeriodRule, Register};
use jc_figures::Page;
use jc_figures::page::pages_of;
use jc_figures::restated::Cause;
use jc_figures::scan::PageScan;
use jc_trust::set::{Leaf, SetSum};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(super) struct PageChange {
    at: Moments,
    tally: Tally,
    add: SetSum,
    take: SetSum,
    records: i64,
}

impl PageChange {
    fn new(register: &Register, page: Page, today: Date) -> Self {
        Self {
            at: page.moments(register, today),
            tally: Tally::new(register),
            add: SetSum::default(),
            take: SetSum::default(),
            records: 0,
        }
    }
}

/// A record whose contributions depend on another that is about to be written, as it stands before.
pub(super) struct Dependent {
    register: usize,
    record: Record,
    related: Related,
    /// Whether it carries no evidence though its register asks for some.
    bare: bool,
}

/// More records whose totals ask about others are not followed one by one; their pages are totalled again.
const MOST_FOLLOWED: usize = 48;

/// If a write moves more values of distinct counts, its page is totalled again instead of asking for each.
const MOST_ASKED: usize = 400;

impl Writer<'_> {
    /// Adds the difference of a write to the pages the record stood and stands on. Gives the code of the one page
    /// that a record of something that happened stands on.
    pub(super) fn account_for(
        &mut self,
        register_ix: usize,
        old: Option<&Record>,
        new: &Record,
        new_leaf: Leaf,
    ) -> Result<Option<Arc<str>>, StoreError> {
        self.turn_to_record(register_ix, old, new)?;
        let catalog = self.catalog;
        let register = &catalog.registers[register_ix];
        let today = self.occasion.moment.today;
        self.written.add(&new_leaf);
        // What is new cannot be referred to yet; what is there may be.
        let related = match old {
            _ if !self.follows(register_ix, 1) => None,
            None => Some(Related::default()),
            Some(_) if register.asks.is_empty() => Some(Related::default()),
            Some(old) => Some(self.reader()?.related_to(register_ix, old.id)?),
        };
        let counts = |record: &Record| record.state == RecordState::Verified;
        // Papers are attached to what is there.
        let bare = match old {
            None => true,
            Some(old) => (counts(old) || counts(new)) && self.is_bare(register_ix, old.id)?,
        };
        let versions = old.map(|old| (old, -1)).into_iter().chain([(new, 1)]);
        let mut named = None;
        for (record, sign) in versions {
            let leaf = if sign > 0 { new_leaf } else { leaf(register, record, self.vault, &mut self.scratch) };
            for page in pages_of(register, &record.values, today) {
                if sign > 0 && matches!(register.period, PeriodRule::On { .. }) {
                    named = Some(self.page_names.entry(page).or_insert_with(|| page.to_string().into()).clone());
                }
                let change = self.page_change(register_ix, page);
                change.records += sign;
                if sign > 0 {
                    change.add.add(&leaf)
                } else {
                    change.take.add(&leaf)
                }
                let Some(related) = &related else { continue };
                let with_related = WithRelated { record, related };
                let row: &dyn Row = if register.asks.is_empty() { record } else { &with_related };
                change.tally.add(register, record.state, row, &change.at, sign);
                if bare && is_asked(register, record.state, row, &change.at) {
                    self.lacks((register_ix, page), sign);
                }
            }
        }
        Ok(named)
    }

    pub(super) fn page_change(&mut self, register: usize, page: Page) -> &mut PageChange {
        let (declared, today) = (&self.catalog.registers[register], self.occasion.moment.today);
        self.pages.entry((register, page)).or_insert_with(|| PageChange::new(declared, page, today))
    }

    /// So many more of a page's verified records lack the evidence asked for.
    pub(crate) fn lacks(&mut self, page: (usize, Page), by: i64) {
        *self.lacking.entry(page).or_default() += by;
    }

    /// What is still to be written of them.
    pub(crate) fn take_lacking(&mut self) -> BTreeMap<(usize, Page), i64> {
        std::mem::take(&mut self.lacking)
    }

    /// Whether the records of a register are (still) followed one by one; `more` are about to be.
    pub(super) fn follows(&mut self, register: usize, more: usize) -> bool {
        let asks = &self.catalog.registers[register].asks;
        if asks.is_empty() {
            return true;
        }
        let followed = self.followed.entry(register).or_default();
        *followed += more;
        if *followed > MOST_FOLLOWED || asks.contains(&register) {
            self.stale.insert(register);
        }
        !self.stale.contains(&register)
    }

    /// The records whose contributions ask about one that is about to be written, as they stand before.
    pub(super) fn dependents(
        &mut self,
        register_ix: usize,
        old: Option<&Record>,
        new: &Record,
    ) -> Result<Vec<Dependent>, StoreError> {
        let verified = |record: &Record| record.state == RecordState::Verified;
        let mut dependents = Vec::new();
        if !verified(new) && !old.is_some_and(verified) {
            return Ok(dependents);
        }
        let catalog = self.catalog;
        for asker in (0..catalog.registers.len()).filter(|a| catalog.registers[*a].asks.contains(&register_ix)) {
            let mut ids = BTreeSet::new();
            for (field, declared) in catalog.registers[register_ix].fields.iter().enumerate() {
                if matches!(declared.kind, Kind::Ref(target) | Kind::Refs(target) if target == asker) {
                    ids.extend(new.values[field].ref_ids());
                    ids.extend(old.map_or(&[][..], |old| old.values[field].ref_ids()));
                }
            }
            if ids.is_empty() || !self.follows(asker, ids.len()) {
                continue;
            }
            for id in ids {
                let mut reader = self.reader()?;
                if let Some(record) = reader.find(asker, id)? {
                    let related = reader.related_to(asker, id)?;
                    let bare = record.state == RecordState::Verified && self.is_bare(asker, id)?;
                    dependents.push(Dependent { register: asker, record, related, bare });
                }
            }
        }
        Ok(dependents)
    }

    /// Adds what changed for records that ask about one that was now written.
    pub(super) fn follow_dependents(&mut self, dependents: Vec<Dependent>) -> Result<(), StoreError> {
        let catalog = self.catalog;
        let today = self.occasion.moment.today;
        for Dependent { register, record, related, bare } in dependents {
            let declared = &catalog.registers[register];
            let now = self.reader()?.related_to(register, record.id)?;
            for page in pages_of(declared, &record.values, today) {
                self.turn_to_asker(register, page)?;
                let mut lacking = 0;
                let change = self.page_change(register, page);
                for (related, sign) in [(&related, -1), (&now, 1)] {
                    let row = WithRelated { record: &record, related };
                    change.tally.add(declared, record.state, &row, &change.at, sign);
                    if bare && is_asked(declared, record.state, &row, &change.at) {
                        lacking += sign;
                    }
                }
                self.lacks((register, page), lacking);
            }
        }
        Ok(())
    }

    /// Writes the pages touched so far.
    pub(super) fn write_pages(&mut self) -> Result<(), StoreError> {
        self.send_buffer()?;
        for ((register, page), mut change) in std::mem::take(&mut self.pages) {
            let before = if self.is_closed(register, page)? {
                Some(self.reader()?.verified_totals(register, page)?)
            } else {
                None
            };
            let written = self.write_page(register, page, &mut change)?;
            if let Some(before) = before {
                self.restate(register, page, &before, (written.0, &written.1))?;
            }
            self.written_pages.insert((register, page), written);
        }
        self.turned();
        Ok(())
    }

    fn write_page(
        &mut self,
        register_ix: usize,
        page: Page,
        change: &mut PageChange,
    ) -> Result<(i64, String), StoreError> {
        let register = &self.catalog.registers[register_ix];
        let (school, today) = (self.occasion.school, self.occasion.moment.today);
        let key = PageKey { school, register, page };
        let code = page.to_string();
        let place = [Param::Int(school.0), Param::Text(register.id.as_str()), Param::Text(&code)];
        let sql = format!(
            "select version, records, sum, unproved from page where school_id = ? and register = ? and page = ?{}",
            self.db.for_update()
        );
        let read = |row: &dyn db::Row| {
            (row.int(0), row.int(1), row.bytes(2).and_then(SetSum::from_bytes), row.int(3).unwrap_or(0))
        };
        let lacking = self.lacking.remove(&(register_ix, page)).unwrap_or(0);
        let (version, records, sum, unproved) = match self.db.first(&sql, &place, read).doing("read a page")? {
            Some((Some(version), Some(records), Some(mut sum), unproved)) => {
                sum.join(&change.add);
                sum.subtract(&change.take);
                let scanned = self.stale.contains(&register_ix) || change.tally.distinct.len() > MOST_ASKED;
                let unproved = if !scanned {
                    let (catalog, dialect) = (self.catalog, self.db.dialect());
                    let scan = PageScan { catalog, register, school, page, today, dialect };
                    totals::add_to_page(self.db, &scan, &change.tally)?;
                    unproved + lacking
                } else {
                    self.total_again(key)?
                };
                (version + 1, records + change.records, sum, unproved)
            }
            Some(_) => return Err(StoreError::Damaged(format!("page {} {code}", register.id))),
            None if matches!(register.period, PeriodRule::During { .. }) || !register.asks.is_empty() => {
                // Records that last stand here without having been written now.
                let unproved = self.total_again(key)?;
                let (sum, records) = self.reader()?.sum_of_page(register_ix, page)?;
                (1, records, sum, unproved)
            }
            None => {
                change.tally.count_distinct(register);
                totals::replace_page(self.db, key, &change.tally)?;
                let mut sum = change.add;
                sum.subtract(&change.take);
                (1, change.records, sum, lacking)
            }
        };
        let digest = sum.digest(records);
        let bytes = sum.to_bytes();
        let mut params = place.to_vec();
        params.extend([
            Param::Int(version),
            Param::Int(records),
            Param::Int(unproved),
            Param::Bytes(&bytes),
            Param::Text(&digest),
            Param::Int(self.occasion.moment.now.0),
        ]);
        self.db
            .execute(
                "insert into page (school_id, register, page, version, records, unproved, sum, digest, changed_at) \
                 values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (school_id, register, page) do update \
                 set version = excluded.version, records = excluded.records, unproved = excluded.unproved, \
                 sum = excluded.sum, digest = excluded.digest, changed_at = excluded.changed_at",
                &params,
            )
            .doing("write a page")?;
        Ok((version, digest))
    }

    /// Totals a page by the scan; gives how many of its records lack the evidence asked for.
    fn total_again(&mut self, key: PageKey) -> Result<i64, StoreError> {
        let (catalog, today) = (self.catalog, self.occasion.moment.today);
        let tally = totals::scan_page(self.db, catalog, key.register, key.school, key.page, today)?;
        totals::replace_page(self.db, key, &tally)?;
        unproved::count(self.db, catalog, key, today)
    }

    /// Totals all pages of a register again, as after a change of its declaration.
    pub fn retotal(&mut self, register: usize) -> Result<(), StoreError> {
        let declared = &self.catalog.registers[register];
        let school = self.occasion.school;
        for info in self.reader()?.page_infos(register)? {
            let page = info.page;
            let before = if self.is_closed(register, page)? {
                // Of a measure that went, what was last known stays; one that came back is compared with that.
                let mut ledger = self.reader()?.ledger(declared.id.as_str(), &page.to_string())?;
                let known = |id: &str| id.is_empty() || declared.measures.iter().any(|m| m.id.as_str() == id);
                ledger.retain(|(_, _, measure), _| known(measure));
                Some(ledger)
            } else {
                None
            };
            let key = PageKey { school, register: declared, page };
            let unproved = self.total_again(key)?;
            let by = unproved - self.reader()?.kept_unproved(declared, page)?.unwrap_or(0);
            self.lacks((register, page), by);
            if let Some(before) = before {
                self.turn_to(Cause::Definition)?;
                self.restate(register, page, &before, (info.version, &info.digest))?;
            }
        }
        Ok(())
    }

    /// Digests all records and pages of a register again, as after a field was dropped from its declaration.
    pub fn restamp(&mut self, register: usize) -> Result<(), StoreError> {
        let declared = &self.catalog.registers[register];
        let school = Param::Int(self.occasion.school.0);
        let mut digests = Vec::new();
        let (vault, mut scratch) = (self.vault, Vec::new());
        self.reader()?.each_record(register, &mut |record| {
            digests.push((record.id, leaf(declared, record, vault, &mut scratch).prefix()));
        })?;
        let sql = format!("update {} set digest = ? where school_id = ? and id = ?", declared.table);
        for (id, digest) in &digests {
            self.db.execute(&sql, &[Param::Bytes(digest), school, Param::Id(*id)]).doing("digest a record again")?;
        }
        for page in self.reader()?.pages(register)? {
            let (sum, records) = self.reader()?.sum_of_page(register, page)?;
            self.db
                .execute(
                    "update page set sum = ?, digest = ?, version = version + 1 \
                     where school_id = ? and register = ? and page = ?",
                    &[
                        Param::Bytes(&sum.to_bytes()),
                        Param::Text(&sum.digest(records)),
                        school,
                        Param::Text(declared.id.as_str()),
                        Param::Text(&page.to_string()),
                    ],
                )
                .doing("digest a page again")?;
        }
        Ok(())
    }
}
