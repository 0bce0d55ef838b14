//! The verdicts on a text, as its screen shows them.

use super::{CheckedText, ClaimNote, Piece, Slip, Verdict, VerdictChip};
use crate::{desk::Desk, frame::Link, guard::fault::Fault, show};
use jc_app::check_text::Checked;
use jc_app::given::{Arithmetic, Claim, Judgement, Reason, Relation, Verdict as Judged};
use std::collections::HashMap;

/// Checks a text and lays out what was found.
pub(super) fn checked(desk: &Desk, text: &str) -> Result<CheckedText, Fault> {
    let checked = desk.viewer.check_text(text, desk.year, true)?;
    let judged: HashMap<&str, &Judgement> = checked.judgements.iter().map(|j| (j.claim_id.as_str(), j)).collect();
    let wrong: Vec<&Relation> =
        checked.relations.iter().filter(|r| r.primary && r.finding == Arithmetic::Inconsistent).collect();
    let in_slip = |id: &str| wrong.iter().any(|relation| relation.members.iter().any(|(_, member)| member == id));
    // A date or a grade is no finding: marked only if the arithmetic takes it up.
    let shown: Vec<&Claim> = checked
        .document
        .claims
        .iter()
        .filter(|claim| {
            let verdict = judged.get(claim.id.as_str()).map(|judgement| judgement.verdict);
            verdict != Some(Judged::NotDerivable(Reason::NotAFinding)) || in_slip(&claim.id)
        })
        .collect();
    let number: HashMap<&str, usize> = shown.iter().enumerate().map(|(at, c)| (c.id.as_str(), at + 1)).collect();
    let notes: Vec<ClaimNote> = shown
        .iter()
        .enumerate()
        .map(|(at, claim)| note(desk, at + 1, claim, judged.get(claim.id.as_str()).copied(), &checked, &wrong))
        .collect();
    let slip = |relation: &&Relation| Slip {
        working: relation.working.zh.clone(),
        claims: relation
            .members
            .iter()
            .filter_map(|(_, id)| {
                let claim = checked.document.claim(id)?;
                Some(Link::new(squeeze(&claim.text), format!("#note-{}", number.get(id.as_str())?)))
            })
            .collect(),
    };
    Ok(CheckedText {
        about: desk.words.t1("check-seen", "n", notes.len()),
        slips: wrong.iter().map(slip).collect(),
        verdicts: chips(desk, &notes),
        paragraphs: paragraphs(text, &shown, &notes),
        notes,
    })
}

fn note(
    desk: &Desk,
    number: usize,
    claim: &Claim,
    judgement: Option<&Judgement>,
    checked: &Checked,
    wrong: &[&Relation],
) -> ClaimNote {
    // The one under test stands last: it is what the others contradict.
    let tested = |relation: &&Relation| relation.members.last().is_some_and(|(_, id)| *id == claim.id);
    let verdict = match judgement.map(|judgement| judgement.verdict) {
        _ if wrong.iter().any(tested) => Verdict::Contradicted,
        Some(Judged::Supported) => Verdict::Supported,
        Some(Judged::SupportedIfVerified) => Verdict::Pending,
        Some(Judged::Contradicted) => Verdict::Contradicted,
        Some(Judged::NotDerivable(_)) | None => Verdict::Open,
    };
    let mut working: Vec<String> = Vec::new();
    if let Some(judgement) = judgement {
        match judgement.verdict {
            Judged::NotDerivable(reason) => working.push(desk.words.t(&format!("check-reason-{}", reason.code()))),
            _ => working.push(judgement.working.zh.clone()),
        }
    }
    let own = checked.relations.iter().filter(|relation| relation.members.iter().any(|(_, id)| *id == claim.id));
    working.extend(own.map(|relation| relation.working.zh.clone()));
    working.retain(|line| !line.is_empty());
    let indicator = judgement.and_then(|judgement| judgement.indicator.as_deref());
    let year = claim.period.as_ref().and_then(|period| period.years.first().copied()).unwrap_or(desk.year);
    let links = indicator.map(|id| {
        let to = show::address(&format!("/figures/{id}"), [("year", year.to_string().as_str())]);
        Link::new(desk.words.t("check-trace"), to)
    });
    ClaimNote {
        number,
        quote: squeeze(&claim.text),
        verdict,
        meaning: meaning(desk, claim, judgement),
        working,
        slip: String::new(),
        better: match judgement.filter(|judgement| judgement.verdict == Judged::Contradicted) {
            Some(judgement) => judgement.printed.clone().unwrap_or_default(),
            None => String::new(),
        },
        links: links.into_iter().collect(),
    }
}

/// What a number was taken to mean: indicator and period.
fn meaning(desk: &Desk, claim: &Claim, judgement: Option<&Judgement>) -> String {
    let catalog = desk.viewer.catalog();
    let name = |id: &str| {
        let (register, indicator) = catalog.find_indicator(id)?;
        Some(catalog.registers.get(register)?.indicators.get(indicator)?.name.get(desk.lang()).to_owned())
    };
    let Some(judgement) = judgement else { return claim.subject.clone() };
    match &judgement.indicator {
        Some(id) => {
            let period = judgement.period.clone().filter(|period| !period.is_empty());
            name(id).into_iter().chain(period).collect::<Vec<_>>().join(" · ")
        }
        None => {
            let asked: Vec<String> = judgement.asked.iter().filter_map(|id| name(id)).collect();
            if asked.is_empty() { claim.subject.clone() } else { asked.join(&desk.words.t("value-and")) }
        }
    }
}

fn chips(desk: &Desk, notes: &[ClaimNote]) -> Vec<VerdictChip> {
    let chip = |label: String, code, fits: &dyn Fn(&ClaimNote) -> bool| VerdictChip {
        label,
        count: notes.iter().filter(|note| fits(note)).count().to_string(),
        href: notes.iter().find(|note| fits(note)).map_or_else(String::new, |note| format!("#note-{}", note.number)),
        code,
    };
    let mut chips = vec![chip(desk.words.t("check-all"), "all", &|_| true)];
    for verdict in [Verdict::Contradicted, Verdict::Differs, Verdict::Pending, Verdict::Open, Verdict::Supported] {
        let label = desk.words.t(&format!("verdict-{}", verdict.code()));
        chips.push(chip(label, verdict.code(), &|note| note.verdict == verdict));
    }
    chips.retain(|chip| chip.count != "0");
    chips
}

/// The text in paragraphs, cut at its numbers.
fn paragraphs(text: &str, claims: &[&Claim], notes: &[ClaimNote]) -> Vec<Vec<Piece>> {
    let chars: Vec<char> = text.chars().collect();
    let mut out: Vec<Vec<Piece>> = vec![Vec::new()];
    let mut at = 0;
    let plain = |from: usize, to: usize, out: &mut Vec<Vec<Piece>>| {
        let piece: String = chars.get(from..to).unwrap_or_default().iter().collect();
        for (line, text) in piece.split('\n').enumerate() {
            if line > 0 {
                out.push(Vec::new());
            }
            if let (false, Some(last)) = (text.is_empty(), out.last_mut()) {
                last.push(Piece { text: text.to_owned(), claim: None, verdict: Verdict::Open });
            }
        }
    };
    for (claim, note) in claims.iter().zip(notes) {
        // One inside another is told by its note alone.
        if claim.span.start < at || claim.span.end > chars.len() {
            continue;
        }
        plain(at, claim.span.start, &mut out);
        let text: String = chars.get(claim.span.start..claim.span.end).unwrap_or_default().iter().collect();
        if let Some(last) = out.last_mut() {
            last.push(Piece { text, claim: Some(note.number), verdict: note.verdict });
        }
        at = claim.span.end;
    }
    plain(at, chars.len(), &mut out);
    out.retain(|paragraph| !paragraph.is_empty());
    out
}

/// A passage without its line breaks.
fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join("")
}
