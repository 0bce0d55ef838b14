//! What is still proved of entries that were moved out of the log: by their parts, entry by entry; without them by the sums
//! of what they cover, which the entry holds that tells of their being moved.

use super::{Covered, Report, Touched};
use jc_trust::canonical::Canonical;
use jc_trust::chain::Entry;
use jc_trust::part::Span;
use jc_trust::set::{Leaf, SetSum};
use jc_trust::vault::Vault;
use serde_json::{Map, Value as Json, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The action of the entry that tells of others being moved.
pub const MOVE: &str = "audit.move";

/// What is asked of a proof beyond the data itself.
#[derive(Default)]
pub struct Ask {
    /// Parts of the log at hand, each proved by itself.
    pub parts: Vec<Part>,
    /// Files that were to be parts and are not.
    pub faults: Vec<Touched>,
    /// The last of the entries that are about to be moved: what they cover is summed.
    pub commits_to: Option<i64>,
}

/// A part of the log that was read from a file, and proved by itself.
#[derive(Default)]
pub struct Part {
    file: String,
    span: Option<Span>,
    sha256: String,
    covered: Covered,
    moves: Vec<Moved>,
    wanted: BTreeSet<i64>,
    hashes: HashMap<i64, String>,
}

impl Part {
    /// A part that is about to be read; the hashes of these entries are wanted of it.
    pub fn of(file: &str, wanted: impl IntoIterator<Item = i64>) -> Self {
        Self { file: file.to_owned(), wanted: wanted.into_iter().collect(), ..Self::default() }
    }

    /// Takes in an entry.
    pub fn see(&mut self, entry: &Entry) {
        self.covered.see(entry);
        if entry.action == MOVE {
            self.moves.extend(Moved::of(&entry.detail));
        }
        if self.wanted.contains(&entry.seq) {
            self.hashes.insert(entry.seq, entry.hash.clone());
        }
    }

    /// Says that it was read to its end: what it holds, and the digest of the file as it is read.
    pub fn whole(self, span: Span, sha256: String) -> Self {
        Self { span: Some(span), sha256, ..self }
    }

    /// The hash of an entry that was wanted; for what the part proves, see the report of the proof it was handed to.
    pub fn hash_of(&self, seq: i64) -> Option<String> {
        self.hashes.get(&seq).cloned()
    }
}

/// Entries that were moved, by the entry that tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Which.
    pub span: Span,
    /// The digest of the file.
    pub sha256: String,
    /// The last entry there was when the sums were made.
    pub as_of: i64,
    registers: BTreeMap<String, (String, String)>,
    attached: String,
    erased: String,
}

impl Moved {
    /// What an entry's particulars tell.
    pub fn of(detail: &str) -> Option<Self> {
        let detail: Json = serde_json::from_str(detail).ok()?;
        let moved = detail.get("moved")?;
        let covers = moved.get("covers")?;
        let sum = |name: &str| covers.get(name).and_then(Json::as_str).map(str::to_owned);
        let registers = covers.get("registers")?.as_object()?;
        let of_register = |(name, sums): (&String, &Json)| {
            let sum = |at: usize| sums.get(at).and_then(Json::as_str).map(str::to_owned);
            Some((name.clone(), (sum(0)?, sum(1)?)))
        };
        Some(Self {
            span: Span::of(moved)?,
            sha256: moved.get("sha256")?.as_str()?.to_owned(),
            as_of: moved.get("as_of")?.as_i64()?,
            registers: registers.iter().map(of_register).collect::<Option<_>>()?,
            attached: sum("attached")?,
            erased: sum("erased")?,
        })
    }

    /// What the entry is to tell.
    pub fn json(span: &Span, sha256: &str, as_of: i64, covers: Json) -> Json {
        let Span { school, from, to, first_at, last_at, previous, closing } = span;
        json!({
            "school": school, "from": from, "to": to, "first_at": first_at, "last_at": last_at, "previous": previous,
            "closing": closing, "sha256": sha256, "as_of": as_of, "covers": covers,
        })
    }
}

/// A sum with the number of its members.
#[derive(Clone, Copy, Default)]
struct Sum(SetSum, i64);

impl Sum {
    fn add(&mut self, leaf: &Leaf) {
        self.0.add(leaf);
        self.1 += 1;
    }

    fn digest(&self) -> String {
        self.0.digest(self.1)
    }
}

/// The sums of what entries cover, up to one.
#[derive(Default)]
pub struct Tally {
    to: i64,
    registers: BTreeMap<String, (Sum, Sum)>,
    attached: Sum,
    erased: Sum,
}

impl Tally {
    pub(super) fn to(to: i64) -> Self {
        Self { to, ..Self::default() }
    }

    /// A version of a record.
    pub(super) fn record(&mut self, register: &str, seq: i64, leaf: &Leaf) {
        if seq <= self.to {
            self.of(register).0.add(leaf);
        }
    }

    /// A page's seal (number 0) or one of its restatements.
    pub(super) fn seal(&mut self, vault: &Vault, register: &str, place: (&str, i64), seq: i64, digest: &str) {
        if seq <= self.to {
            let what = Canonical::of("seal").text(register).text(place.0).number(place.1).number(seq).text(digest);
            self.of(register).1.add(&Leaf::of(vault.leaf_key(), &what.into_bytes()));
        }
    }

    /// What proves the files that an entry attached.
    pub(super) fn attached(&mut self, vault: &Vault, seq: i64, proof: &str) {
        if seq <= self.to {
            let what = Canonical::of("attached").number(seq).text(proof);
            self.attached.add(&Leaf::of(vault.leaf_key(), &what.into_bytes()));
        }
    }

    /// What is kept of an erased version.
    pub(crate) fn erased(&mut self, seq: i64, leaf: &Leaf) {
        if seq <= self.to {
            self.erased.add(leaf);
        }
    }

    fn of(&mut self, register: &str) -> &mut (Sum, Sum) {
        if !self.registers.contains_key(register) {
            self.registers.insert(register.to_owned(), <(Sum, Sum)>::default());
        }
        self.registers.get_mut(register).expect("it was just put in")
    }

    /// As an entry holds it that tells of a move.
    pub(super) fn commits(&self) -> Json {
        let one = |(name, (records, seals)): (&String, &(Sum, Sum))| {
            (name.clone(), json!([records.digest(), seals.digest()]))
        };
        let registers: Map<String, Json> = self.registers.iter().map(one).collect();
        json!({ "registers": registers, "attached": self.attached.digest(), "erased": self.erased.digest() })
    }
}

impl Covered {
    /// Holds what moved entries cover against the sums that were kept of it.
    pub(super) fn hold_sums(&self, tally: &Tally, report: &mut Report) {
        let Some(moved) = &self.moved else { return };
        let nothing = Sum::default().digest();
        let names: BTreeSet<&String> = moved.registers.keys().chain(tally.registers.keys()).collect();
        for name in names {
            let lost = self.losses.iter().any(|(at, lost)| *at > moved.as_of && lost.contains(name));
            let (records, seals) = tally.registers.get(name).copied().unwrap_or_default();
            let kept = moved.registers.get(name).cloned().unwrap_or_else(|| (nothing.clone(), nothing.clone()));
            if (records.digest(), seals.digest()) != kept && !lost && !report.damaged(name) {
                report.touched.push(Touched::Moved { part: name.clone(), to: moved.span.to });
            }
        }
        for (part, sum, kept) in
            [("record_evidence", tally.attached, &moved.attached), ("erased_version", tally.erased, &moved.erased)]
        {
            if sum.digest() != *kept && !report.damaged(part) {
                report.touched.push(Touched::Moved { part: part.to_owned(), to: moved.span.to });
            }
        }
    }
}

/// What all moved entries cover, if the parts at hand are those that were moved and none is missing; otherwise what is wrong
/// with them is named, if any are at hand.
pub(super) fn proved(ask: Ask, base: Option<&Moved>, moves: &[Moved], report: &mut Report) -> Option<Covered> {
    if ask.parts.is_empty() && ask.faults.is_empty() {
        return None;
    }
    let mut whole = ask.faults.is_empty();
    report.touched.extend(ask.faults);
    let told: Vec<Moved> = ask.parts.iter().flat_map(|part| &part.moves).chain(moves).cloned().collect();
    let mut parts: Vec<(Span, Part)> =
        ask.parts.into_iter().filter_map(|part| Some((part.span.clone()?, part))).collect();
    parts.sort_by_key(|(span, _)| span.from);
    let (mut covered, mut next, mut previous) = (Covered::default(), 1, String::new());
    for (span, part) in parts {
        // The entry that tells of it may stand in a part that is missing; the next one still says what it follows.
        let follows = |next: &Moved| next.span.from == span.to + 1 && next.span.previous == span.closing;
        let told = match told.iter().find(|moved| moved.span == span) {
            Some(moved) => moved.sha256 == part.sha256,
            None => told.iter().any(follows),
        };
        if !told || (span.from == next && span.previous != previous) {
            report.touched.push(Touched::PartOther { file: part.file, from: span.from, to: span.to });
            whole = false;
            continue;
        }
        if span.to < next {
            continue; // The same once more.
        }
        if span.from > next {
            report.touched.push(Touched::PartMissing { from: next, to: span.from - 1 });
            whole = false;
        }
        report.in_parts += span.to - span.from + 1;
        covered.join(part.covered);
        (next, previous) = (span.to + 1, span.closing);
    }
    let last = base.map_or(0, |base| base.span.to);
    if next <= last {
        report.touched.push(Touched::PartMissing { from: next, to: last });
    }
    (whole && next == last + 1).then_some(covered)
}
