//! Holds claims against the answers of the records.

use std::collections::HashMap;

use jc_text::decimal::Decimal;

use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::{Finding, Relation, RelationKind, Role, Working};
use crate::scope::Sense;

/// What the records say about one claim, fetched by the caller for one of its candidates.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The claim it was fetched for.
    pub claim_id: String,
    /// The indicator asked.
    pub indicator: String,
    /// Whether the claim's words name this indicator, or it is another definition of the one they name.
    pub definition: Definition,
    /// Whether the sentence speaks of all that the indicator counts.
    pub sense: Sense,
    /// The period asked, as printed.
    pub period: String,
    /// The slices asked: field and value.
    pub slices: Vec<(String, String)>,
    /// What was found.
    pub value: Given,
    /// The value with everything that is pending counted in; nothing if nothing is pending.
    pub with_pending: Option<Exact>,
    /// How many records are pending.
    pub pending: i64,
    /// The figure as Jiangce prints it.
    pub printed: String,
}

/// How an indicator came to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Definition {
    /// The words name it.
    Said,
    /// It is declared as another definition of what the words name.
    Other,
}

/// A value, or the reason why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// From verified records. Shares are given as fractions of one (404/407), in the unit of the indicator otherwise.
    Value(Exact),
    /// Missing, with the reason.
    Missing(Reason),
}

/// Why a claim cannot be judged. The code is stable; its words are in the message files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No indicator fits the words.
    NoIndicator,
    /// Several indicators fit and the words do not decide.
    Ambiguous,
    /// The records of that page hold nothing on it.
    NoRecords,
    /// Only a proof by somebody else could tell it, and there is none.
    OutsideProof,
    /// The denominator is empty.
    NoBase,
    /// The period cannot be told, or the school keeps no page for it.
    NoPeriod,
    /// The slice the claim speaks of is not recorded.
    NoSlice,
    /// Some records could not be judged, so the true value is open.
    Unknown,
    /// The records hold different values where the words ask for one.
    SeveralValues,
    /// No records are kept of that year.
    OutsidePeriod,
    /// A part of a year is meant: figures are those of whole periods.
    PartOfPeriod,
    /// Nothing says what is counted, or by how much.
    TooVague,
    /// Perhaps only a part of what the indicator counts is meant: the sentence says more than its words.
    PerhapsPart,
    /// The indicator a person named counts in another unit than they gave.
    OtherUnit,
    /// A plan, a wish or a rule: nobody has counted it.
    Intended,
    /// Counted by others: of a region, of another school.
    Elsewhere,
    /// A date, a grade or a condition: nothing to derive.
    NotAFinding,
}

impl Reason {
    /// The code of the exchange format.
    pub fn code(self) -> &'static str {
        match self {
            Reason::NoIndicator => "no-indicator",
            Reason::Ambiguous => "ambiguous",
            Reason::NoRecords => "no-records",
            Reason::OutsideProof => "outside-proof",
            Reason::NoBase => "no-base",
            Reason::NoPeriod => "no-period",
            Reason::NoSlice => "no-slice",
            Reason::Unknown => "unknown-records",
            Reason::SeveralValues => "several-values",
            Reason::OutsidePeriod => "outside-period",
            Reason::PartOfPeriod => "part-of-period",
            Reason::TooVague => "too-vague",
            Reason::PerhapsPart => "perhaps-part",
            Reason::OtherUnit => "other-unit",
            Reason::Intended => "intended",
            Reason::Elsewhere => "elsewhere",
            Reason::NotAFinding => "not-a-finding",
        }
    }
}

/// What the records make of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Verified records give what is printed.
    Supported,
    /// They will, once what is pending has been verified.
    SupportedIfVerified,
    /// They give it under another definition than the one the words name.
    SupportedOtherwise,
    /// They give something else.
    Contradicted,
    /// They cannot say.
    NotDerivable(Reason),
}

impl Verdict {
    /// The word of the exchange format.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Supported => "supported",
            Verdict::SupportedIfVerified => "supported_if_verified",
            Verdict::SupportedOtherwise => "supported_otherwise",
            Verdict::Contradicted => "contradicted",
            Verdict::NotDerivable(_) => "not_derivable",
        }
    }
}

/// One way a claim can be read, and what the records say to it.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The indicator.
    pub indicator: String,
    /// How it came to be asked.
    pub definition: Definition,
    /// The period asked, as printed.
    pub period: String,
    /// The slices asked: field and value.
    pub slices: Vec<(String, String)>,
    /// What came of it; never [`Verdict::SupportedOtherwise`], which is said of the claim.
    pub outcome: Verdict,
    /// The records' figure in the unit the claim prints (shares in per cent); nothing if there is none.
    pub value: Option<Exact>,
    /// The same as Jiangce prints it; empty if there is none.
    pub printed: String,
    /// How many records are pending.
    pub pending: i64,
}

/// The verdict on one claim.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The claim's id.
    pub claim_id: String,
    /// The verdict.
    pub verdict: Verdict,
    /// The ways it can be read: those the words name, then other definitions of them.
    pub readings: Vec<Reading>,
    /// How it was compared.
    pub working: Working,
}

impl Judgement {
    /// The reading that decided; nothing if none or several remain.
    pub fn reading(&self) -> Option<&Reading> {
        if self.verdict == Verdict::SupportedOtherwise {
            let gives = |it: &&Reading| it.definition == Definition::Other && it.outcome == Verdict::Supported;
            return self.readings.iter().find(gives);
        }
        let mut said = self.said();
        said.next().filter(|_| said.next().is_none())
    }

    /// The readings that the words name.
    pub fn said(&self) -> impl Iterator<Item = &Reading> {
        self.readings.iter().filter(|it| it.definition == Definition::Said)
    }
}

/// Judges every claim of the document.
///
/// Shape: one judgement a claim, in the document's order.
/// A printed number is right if the records' value rounds half up to it at the decimals printed; one that is bounded
/// (约, 近, 余) if the value lies in the interval the word stands for.
/// Where the words leave several readings, the verdict is theirs only if all of them come to the same.
/// Missing: a missing value gives [`Verdict::NotDerivable`] with its reason, never a contradiction.
/// `relations` say what is a part of what in the text itself: of 发展党员42名，其中教职工9名 the 9 are not all the staff.
pub fn judge(doc: &Document, relations: &[Relation], answers: &[Answer]) -> Vec<Judgement> {
    let mut wholes: HashMap<&str, Exact> = HashMap::new();
    let parted = |it: &&Relation| {
        matches!(it.kind, RelationKind::Subset | RelationKind::Sum) && it.primary && it.finding == Finding::Consistent
    };
    for it in relations.iter().filter(parted) {
        let whole = it.members.iter().find(|(role, _)| *role == Role::Whole).and_then(|(_, id)| doc.claim(id)?.value);
        for (_, part) in it.members.iter().filter(|(role, _)| *role == Role::Part) {
            let Some(whole) = whole else { continue };
            let within = wholes.entry(part).or_insert(whole);
            *within = whole.min(*within);
        }
    }
    doc.claims
        .iter()
        .map(|claim| {
            let own: Vec<&Answer> = answers.iter().filter(|answer| answer.claim_id == claim.id).collect();
            judge_one(claim, &own, wholes.get(claim.id.as_str()).copied())
        })
        .collect()
}

/// `within` is the least whole the text says the claim to be a part of.
fn judge_one(claim: &Claim, answers: &[&Answer], within: Option<Exact>) -> Judgement {
    let readings: Vec<Reading> = answers
        .iter()
        .map(|answer| Reading {
            indicator: answer.indicator.clone(),
            definition: answer.definition,
            period: answer.period.clone(),
            slices: answer.slices.clone(),
            outcome: outcome(claim, answer, within),
            value: if let Given::Value(value) = answer.value { in_unit(claim, value) } else { None },
            printed: answer.printed.clone(),
            pending: answer.pending,
        })
        .collect();
    let said: Vec<Verdict> =
        readings.iter().filter(|it| it.definition == Definition::Said).map(|it| it.outcome).collect();
    let otherwise = readings.iter().any(|it| it.definition == Definition::Other && it.outcome == Verdict::Supported);
    let verdict = match said.as_slice() {
        [] => Verdict::NotDerivable(nothing_fits(claim)),
        [first, rest @ ..] if rest.iter().any(|it| it != first) => Verdict::NotDerivable(Reason::Ambiguous),
        [Verdict::Contradicted, ..] if otherwise => Verdict::SupportedOtherwise,
        [first, ..] => *first,
    };
    let code = match verdict {
        Verdict::Supported => "agrees",
        Verdict::SupportedIfVerified => "agrees-if-verified",
        Verdict::SupportedOtherwise => "agrees-otherwise",
        Verdict::Contradicted => "differs",
        Verdict::NotDerivable(reason) => reason.code(),
    };
    let mut judgement = Judgement {
        claim_id: claim.id.clone(),
        verdict,
        readings,
        working: Working { code, with: Vec::new(), zh: String::new() },
    };
    let stated: String = claim.text.chars().filter(|c| !c.is_whitespace()).collect();
    if let Some(printed) = judgement.reading().map(|reading| reading.printed.clone()) {
        let zh = match verdict {
            Verdict::Supported => format!("文中“{stated}”，记录为{printed}，相符"),
            Verdict::SupportedIfVerified => format!("文中“{stated}”，已核记录为{printed}，待核记录核实后相符"),
            Verdict::SupportedOtherwise => format!("文中“{stated}”，换一种口径为{printed}，相符"),
            Verdict::Contradicted => format!("文中“{stated}”，记录为{printed}，不符"),
            Verdict::NotDerivable(_) => format!("文中“{stated}”，记录无法得出"),
        };
        judgement.working = Working { code, with: vec![("stated", stated), ("printed", printed)], zh };
    }
    judgement
}

/// Why a claim has no reading.
fn nothing_fits(claim: &Claim) -> Reason {
    match claim.kind {
        Kind::Date | Kind::Grade | Kind::Threshold => Reason::NotAFinding,
        _ if claim.subject.is_empty() || (claim.min.is_none() && claim.max.is_none() && claim.value.is_none()) => {
            Reason::TooVague
        }
        _ => Reason::NoIndicator,
    }
}

/// What one answer makes of a claim.
fn outcome(claim: &Claim, answer: &Answer, within: Option<Exact>) -> Verdict {
    let value = match (answer.sense, answer.value) {
        (Sense::Other(reason), _) | (_, Given::Missing(reason)) => return Verdict::NotDerivable(reason),
        (Sense::Narrowed, _) => return Verdict::NotDerivable(Reason::PerhapsPart),
        (_, Given::Value(value)) => value,
    };
    let pending = || answer.with_pending.and_then(|value| agrees(claim, value)) == Some(true);
    match (agrees(claim, value), answer.sense) {
        (None, _) => Verdict::NotDerivable(Reason::TooVague),
        (Some(true), _) => Verdict::Supported,
        (Some(false), _) if pending() => Verdict::SupportedIfVerified,
        // What the records know is more than all the text speaks of here: something narrower was meant.
        (Some(false), _) if within.is_some_and(|whole| value > whole) => Verdict::NotDerivable(Reason::PerhapsPart),
        (Some(false), Sense::PerhapsPart) => Verdict::NotDerivable(Reason::PerhapsPart),
        (Some(false), _) => Verdict::Contradicted,
    }
}

/// The records' value in the unit the claim prints: shares in per cent.
fn in_unit(claim: &Claim, value: Exact) -> Option<Exact> {
    if matches!(claim.kind, Kind::Rate | Kind::ChangeRate | Kind::Points) {
        value.times(Exact::int(100)?)
    } else {
        Some(value)
    }
}

/// Is the value what the claim says? Shares are fractions of one. Nothing if the claim cannot be compared.
pub fn agrees(claim: &Claim, value: Exact) -> Option<bool> {
    let mut value = in_unit(claim, value)?;
    if claim.falls {
        value = Exact::ZERO.minus(value)?;
    }
    Some(match claim.bound {
        Bound::Exact | Bound::Ratio => rounds_to(claim, value)?,
        // 320余 is more than 320, 近30 fewer than 30.
        Bound::Over => claim.min.is_none_or(|min| value > min) && claim.max.is_none_or(|max| value < max),
        Bound::Nearly => claim.min.is_none_or(|min| value >= min) && claim.max.is_none_or(|max| value < max),
        Bound::About | Bound::AtLeast | Bound::AtMost | Bound::Range => {
            claim.min.is_none_or(|min| value >= min) && claim.max.is_none_or(|max| value <= max)
        }
    })
}

/// Does the value print as the claim does, at its decimals and in its scale (万)?
fn rounds_to(claim: &Claim, value: Exact) -> Option<bool> {
    let stated = claim.value?;
    if claim.kind == Kind::Ratio {
        return Some(stated == value);
    }
    let steps = value.over(claim.step)?.round(0)?;
    let Decimal { digits, .. } = steps;
    Some(Exact::int(digits)?.times(claim.step)? == stated)
}
