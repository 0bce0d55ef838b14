//! Proving that closed pages are as they were closed: the records of that day, the seal, and all restatements since.

use super::{Covered, Report, Tally, Touched};
use crate::error::StoreError;
use crate::reader::Reader;
use crate::record::Record;
use crate::seal::{Closed, Moved, Place, restatement_digest, totals_digest};
use jc_figures::{Amount, Page};
use jc_trust::set::{Leaf, SetSum};
use jc_trust::{KeyId, PublicKey, sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A closed page, and its records as they were when it was closed.
pub(super) struct AtClosing {
    closed: Closed,
    page: Page,
    sum: SetSum,
    count: i64,
}

impl AtClosing {
    /// The closed pages of a register.
    pub(super) fn of(reader: &mut Reader, register: usize) -> Result<Vec<Self>, StoreError> {
        let declared = &reader.catalog.registers[register];
        let closed = reader.closed()?.into_iter().filter(|closed| closed.signed.seal.register == declared.id);
        let one = |closed: Closed| {
            let page = Page::parse(declared, &closed.signed.seal.page)?;
            Some(Self { closed, page, sum: SetSum::default(), count: 0 })
        };
        Ok(closed.filter_map(one).collect())
    }

    /// Takes in a version of a record that was superseded by the write `until` (or is the newest).
    pub(super) fn see(&mut self, register: &jc_catalog::Register, record: &Record, leaf: &Leaf, until: Option<i64>) {
        let at = self.closed.seq;
        let held = record.seq <= at && until.is_none_or(|until| at < until);
        if held && self.page.holds(register, &record.values) {
            self.sum.add(leaf);
            self.count += 1;
        }
    }
}

impl Reader<'_> {
    /// Holds the seals of a register against the records of their day, the totals and definitions kept with them,
    /// the school's keys, the audit log, and the totals of today less all restatements.
    pub(super) fn verify_seals(
        &mut self,
        register: usize,
        at_closing: &[AtClosing],
        covered: &Covered,
        tallies: &mut [Option<&mut Tally>],
        report: &mut Report,
    ) -> Result<(), StoreError> {
        let declared = &self.catalog.registers[register];
        let keys: HashMap<KeyId, PublicKey> = self.public_keys()?.into_iter().map(|(key, _)| (key.id(), key)).collect();
        for AtClosing { closed, page, sum, count } in at_closing {
            report.seals += 1;
            let seal = &closed.signed.seal;
            let (name, code) = (declared.id.as_str(), seal.page.as_str());
            let definitions = self.sealed_text(&seal.definitions)?;
            let vault = self.vault;
            tallies
                .iter_mut()
                .flatten()
                .for_each(|tally| tally.seal(vault, name, (code, 0), closed.seq, &seal.digest()));
            let known = covered.seals.get(&(name.to_owned(), code.to_owned())) == Some(&(closed.seq, seal.digest()));
            let whole = keys.get(&closed.signed.key).is_some_and(|key| closed.signed.holds(key))
                && (known || closed.seq <= covered.summed())
                && totals_digest(&self.kept_totals(name, code)?) == seal.totals
                && definitions.is_some_and(|text| sha256(text.as_bytes()) == seal.definitions)
                && (covered.lost(closed.seq, name) || (sum.digest(*count) == seal.digest && *count == seal.records));
            if !whole {
                report.touched.push(Touched::Seal { register: name.to_owned(), page: code.to_owned() });
            }
            if !self.restatements_whole(register, *page, covered, tallies)? {
                report.touched.push(Touched::Restated { register: name.to_owned(), page: code.to_owned() });
            }
        }
        let there: BTreeSet<&str> = at_closing.iter().map(|one| one.closed.signed.seal.page.as_str()).collect();
        for (name, page) in covered.seals.keys() {
            if name == declared.id.as_str() && !there.contains(page.as_str()) {
                report.touched.push(Touched::Seal { register: name.clone(), page: page.clone() });
            }
        }
        Ok(())
    }

    /// Whether a closed page's restatements are those the log covers, and lead from its seal to its totals of today.
    fn restatements_whole(
        &mut self,
        register: usize,
        page: Page,
        covered: &Covered,
        tallies: &mut [Option<&mut Tally>],
    ) -> Result<bool, StoreError> {
        let declared = &self.catalog.registers[register];
        let (name, code) = (declared.id.as_str(), page.to_string());
        let restatements = self.restatements(Some((name, &code)))?;
        let mut deltas: HashMap<i64, BTreeMap<Place, Amount>> = HashMap::new();
        for (number, (place, amount)) in self.restated_totals(name, &code)? {
            deltas.entry(number).or_default().insert(place, amount);
        }
        let mut moved: HashMap<i64, BTreeSet<Moved>> = HashMap::new();
        for (number, one) in self.moved(name, &code)? {
            moved.entry(number).or_default().insert(one);
        }
        let of_page = |key: &&(String, String, i64)| key.0 == name && key.1 == code;
        let singly = restatements.iter().filter(|one| one.seq > covered.summed()).count();
        if covered.restated.keys().filter(of_page).count() != singly {
            return Ok(false);
        }
        for restatement in &restatements {
            let records: Vec<Moved> = moved.remove(&restatement.number).unwrap_or_default().into_iter().collect();
            let digest =
                restatement_digest(restatement, &deltas.remove(&restatement.number).unwrap_or_default(), &records);
            let key = (name.to_owned(), code.clone(), restatement.number);
            let (vault, place) = (self.vault, (code.as_str(), restatement.number));
            tallies.iter_mut().flatten().for_each(|tally| tally.seal(vault, name, place, restatement.seq, &digest));
            if restatement.seq > covered.summed() && covered.restated.get(&key) != Some(&(restatement.seq, digest)) {
                return Ok(false);
            }
        }
        if !deltas.is_empty() || !moved.is_empty() {
            return Ok(false);
        }
        let mut ledger = self.ledger(name, &code)?;
        let known = |id: &str| id.is_empty() || declared.measures.iter().any(|m| m.id.as_str() == id);
        ledger.retain(|(_, _, measure), _| known(measure));
        Ok(ledger == self.verified_totals(register, page)?)
    }
}
