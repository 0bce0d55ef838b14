//! Holds claims against the answers of the records.

use jc_text::decimal::Decimal;

use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::Working;

/// What the records say about one claim, fetched by the caller for one of its candidates.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The claim it was fetched for.
    pub claim_id: String,
    /// The indicator asked.
    pub indicator: String,
    /// The period asked, as printed.
    pub period: String,
    /// What was found.
    pub value: Given,
    /// The value with everything that is pending counted in; nothing if nothing is pending.
    pub with_pending: Option<Exact>,
    /// The figure as Jiangce prints it.
    pub printed: String,
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
            Verdict::Contradicted => "contradicted",
            Verdict::NotDerivable(_) => "not_derivable",
        }
    }
}

/// The verdict on one claim.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The claim's id.
    pub claim_id: String,
    /// The verdict.
    pub verdict: Verdict,
    /// The indicator it was held against, if exactly one.
    pub indicator: Option<String>,
    /// All indicators that were asked, for a choice by a person.
    pub asked: Vec<String>,
    /// The period asked.
    pub period: Option<String>,
    /// The records' figure as printed.
    pub printed: Option<String>,
    /// How it was compared.
    pub working: Working,
}

/// Judges every claim of the document.
///
/// Shape: one judgement a claim, in the document's order.
/// A printed number is right if the records' value rounds half up to it at the decimals printed; one that is bounded
/// (约, 近, 余) if the value lies in the interval the word stands for.
/// Missing: a missing value gives [`Verdict::NotDerivable`] with its reason, never a contradiction.
pub fn judge(doc: &Document, answers: &[Answer]) -> Vec<Judgement> {
    doc.claims
        .iter()
        .map(|claim| {
            let own: Vec<&Answer> = answers.iter().filter(|answer| answer.claim_id == claim.id).collect();
            judge_one(claim, &own)
        })
        .collect()
}

fn judge_one(claim: &Claim, answers: &[&Answer]) -> Judgement {
    let mut asked: Vec<String> = answers.iter().map(|answer| answer.indicator.clone()).collect();
    asked.dedup();
    let open = |reason: Reason| Judgement {
        claim_id: claim.id.clone(),
        verdict: Verdict::NotDerivable(reason),
        indicator: None,
        asked: asked.clone(),
        period: None,
        printed: None,
        working: Working { code: reason.code(), with: Vec::new(), zh: String::new() },
    };
    let answer = match answers {
        [] if matches!(claim.kind, Kind::Date | Kind::Grade | Kind::Threshold) => return open(Reason::NotAFinding),
        [] => return open(Reason::NoIndicator),
        [answer] => answer,
        [_, ..] => return open(Reason::Ambiguous),
    };
    let (verdict, code) = match answer.value {
        Given::Missing(reason) => (Verdict::NotDerivable(reason), reason.code()),
        Given::Value(value) if agrees(claim, value) == Some(true) => (Verdict::Supported, "agrees"),
        Given::Value(_) if answer.with_pending.and_then(|value| agrees(claim, value)) == Some(true) => {
            (Verdict::SupportedIfVerified, "agrees-if-verified")
        }
        Given::Value(_) => (Verdict::Contradicted, "differs"),
    };
    let value = match answer.value {
        Given::Value(value) => in_unit(claim, value).map_or_else(String::new, |v| v.show(claim.decimals.max(2))),
        Given::Missing(_) => String::new(),
    };
    let stated: String = claim.text.chars().filter(|c| !c.is_whitespace()).collect();
    let zh = match verdict {
        Verdict::Supported => format!("文中“{stated}”，记录为{}，相符", answer.printed),
        Verdict::SupportedIfVerified => format!("文中“{stated}”，已核记录为{}，待核记录核实后相符", answer.printed),
        Verdict::Contradicted => format!("文中“{stated}”，记录为{}，不符", answer.printed),
        Verdict::NotDerivable(_) => format!("文中“{stated}”，记录无法得出"),
    };
    Judgement {
        claim_id: claim.id.clone(),
        verdict,
        indicator: Some(answer.indicator.clone()),
        asked,
        period: Some(answer.period.clone()),
        printed: Some(answer.printed.clone()),
        working: Working {
            code,
            with: vec![("stated", stated), ("printed", answer.printed.clone()), ("value", value)],
            zh,
        },
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

/// Is the value what the claim says?
fn agrees(claim: &Claim, value: Exact) -> Option<bool> {
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
