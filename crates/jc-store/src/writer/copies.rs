//! Values that records copy through their references, and what a correction of such a value reaches.

use super::Writer;
use crate::error::StoreError;
use crate::number::{NEIGHBOURS, neighbour};
use crate::quick::Quick;
use crate::record::Record;
use jc_base::{RecordId, Value};
use jc_catalog::Catalog;
use std::collections::{BTreeSet, HashMap};

impl Writer<'_> {
    /// The values a record with these fields copies through its references, as they are now.
    pub fn copies(&mut self, register: usize, values: &[Value]) -> Result<Vec<Value>, StoreError> {
        let catalog = self.catalog;
        catalog.registers[register]
            .copies
            .iter()
            .map(|copied| match values[copied.via].as_ref_id() {
                Some(id) => self.follow(id, &copied.steps),
                None => Ok(Value::Missing),
            })
            .collect()
    }

    /// The values that a new version of a record copies: what changes over time stays as it was on the record's day
    /// while the reference is the same; everything else is as it is now.
    pub fn copies_over(&mut self, register: usize, old: &Record, values: &[Value]) -> Result<Vec<Value>, StoreError> {
        let catalog = self.catalog;
        let mut copied = self.copies(register, values)?;
        for (ix, declared) in catalog.registers[register].copies.iter().enumerate() {
            let over_time = declared.steps.iter().any(|(r, f)| catalog.registers[*r].fields[*f].over_time);
            if over_time && values[declared.via] == old.values[declared.via] {
                copied[ix].clone_from(&old.copied[ix]);
            }
        }
        Ok(copied)
    }

    /// Walks from a record along steps of (register, field); the last field's value comes out.
    pub(super) fn follow(&mut self, start: RecordId, steps: &[(usize, usize)]) -> Result<Value, StoreError> {
        let mut id = start;
        for (n, (register, field)) in steps.iter().enumerate() {
            let value = self.look_up(*register, id, *field)?;
            if n + 1 == steps.len() {
                return Ok(value);
            }
            match value.as_ref_id() {
                Some(next) => id = next,
                None => return Ok(Value::Missing),
            }
        }
        Ok(Value::Missing)
    }

    pub(super) fn look_up(&mut self, register: usize, id: RecordId, field: usize) -> Result<Value, StoreError> {
        let Some(position) = self.needed[register].iter().position(|f| *f == field) else {
            return Ok(Value::Missing);
        };
        if let Some(values) = self.copied.values[register].get(id) {
            return Ok(values[position].clone());
        }
        let needed = self.needed[register].clone();
        let values = self.reader()?.field_values(register, id, &needed)?;
        let value = values.get(position).cloned().unwrap_or_default();
        self.copied.values[register].insert(id, values);
        Ok(value)
    }

    /// Reads at once what the records of a register copy through their references: before many of them are written.
    pub(super) fn look_ahead(&mut self, register: usize) -> Result<(), StoreError> {
        let targets: BTreeSet<usize> =
            self.catalog.registers[register].copies.iter().flat_map(|c| &c.steps).map(|(target, _)| *target).collect();
        for target in targets {
            if self.copied.complete.insert(target) {
                let needed = self.needed[target].clone();
                let all = self.reader()?.all_values(target, &needed)?;
                all.into_iter().for_each(|(id, values)| self.copied.values[target].insert(id, values));
            }
        }
        Ok(())
    }

    /// Keeps what other records copy of a new one, where the rest of this write or the next one may ask for it.
    pub(super) fn remember_new(&mut self, register: usize, record: &Record) {
        let copies = &self.catalog.registers[register].copies;
        if self.remembers || copies.iter().any(|copied| copied.steps.iter().any(|(target, _)| *target == register)) {
            self.remember(register, record);
        }
    }

    /// Keeps what other records copy of one just written, so that they need not read it again.
    pub(super) fn remember(&mut self, register: usize, record: &Record) {
        let needed = &self.needed[register];
        if !needed.is_empty() {
            let values = needed.iter().map(|f| record.values[*f].clone()).collect();
            self.copied.values[register].insert(record.id, values);
        }
    }

    /// Rewrites the records that copied a value that is now corrected. A field that changes over time is not
    /// passed on: what held on the day of those records stays.
    pub(super) fn pass_on(&mut self, register_ix: usize, old: &Record, new: &Record) -> Result<(), StoreError> {
        let catalog = self.catalog;
        let register = &catalog.registers[register_ix];
        let corrected: Vec<usize> = self.needed[register_ix]
            .iter()
            .copied()
            .filter(|f| !register.fields[*f].over_time && old.values[*f] != new.values[*f])
            .collect();
        if corrected.is_empty() {
            return Ok(());
        }
        for (other_ix, other) in catalog.registers.iter().enumerate() {
            for (position, copied) in other.copies.iter().enumerate() {
                let hit = copied.steps.iter().position(|(r, f)| *r == register_ix && corrected.contains(f));
                let Some(step) = hit else {
                    continue;
                };
                let holder = match step {
                    0 => other.fields[copied.via].column.clone(),
                    _ => {
                        let prefix = &copied.steps[..step];
                        match other.copies.iter().find(|c| c.via == copied.via && c.steps == prefix) {
                            Some(prefix) => prefix.column.clone(),
                            None => continue,
                        }
                    }
                };
                for id in self.reader()?.ids_where(other_ix, &holder, new.id)? {
                    let Some(before) = self.reader()?.find(other_ix, id)? else {
                        continue;
                    };
                    let value = self.follow(new.id, &copied.steps[step..])?;
                    if before.copied[position] != value {
                        let mut after = before.clone();
                        after.copied[position] = value;
                        after.version += 1;
                        after.seq = self.seq;
                        self.replace(other_ix, &before, after, None)?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// What is copied of the records of one register. Many have the same (their department, their class): it is kept once.
#[derive(Clone, Default)]
pub(super) struct Combined {
    /// By the records made one after another, where in `all` each one's values are, counted from 1.
    of: HashMap<RecordId, [u32; NEIGHBOURS], Quick>,
    all: Vec<Vec<Value>>,
    known: HashMap<Vec<Value>, u32, Quick>,
}

/// Where there are more, they hardly recur.
const MOST_COMBINED: usize = 10_000;

impl Combined {
    fn get(&self, id: RecordId) -> Option<&[Value]> {
        let (first, place) = neighbour(id);
        let at = self.of.get(&first)?[place];
        self.all.get((at as usize).checked_sub(1)?).map(Vec::as_slice)
    }

    fn insert(&mut self, id: RecordId, values: Vec<Value>) {
        let at = match self.known.get(&values) {
            Some(at) => *at,
            None => {
                let at = u32::try_from(self.all.len() + 1).unwrap_or(u32::MAX);
                if self.known.len() < MOST_COMBINED {
                    self.known.insert(values.clone(), at);
                }
                self.all.push(values);
                at
            }
        };
        let (first, place) = neighbour(id);
        self.of.entry(first).or_default()[place] = at;
    }
}

/// By register, the fields that other registers' copies take.
pub(super) fn needed_fields(catalog: &Catalog) -> Vec<Vec<usize>> {
    let mut needed = vec![BTreeSet::new(); catalog.registers.len()];
    for (register, field) in catalog.registers.iter().flat_map(|r| &r.copies).flat_map(|c| &c.steps) {
        needed[*register].insert(*field);
    }
    needed.into_iter().map(|fields| fields.into_iter().collect()).collect()
}
