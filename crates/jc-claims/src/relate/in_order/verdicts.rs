//! What is said to meet a standard, and does not, and the other way round: 标准≥30册，生均28.0册，达标.

use crate::document::{Bound, Claim, Document, Kind};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::cues;
use crate::words::any_in;

/// What closes a row where the standard is met, and where it is not.
const MET: &[&str] = &["达标", "合格", "已达标", "符合", "符合要求", "符合标准", "达到标准", "达到要求", "满足"];
const NOT_MET: &[&str] =
    &["未达标", "不达标", "不合格", "未达到", "不符合", "不符合要求", "未达到标准", "未达到要求", "不满足", "尚未达标"];

/// Looks for all of them.
pub(in crate::relate) fn verdicts(doc: &Document, all: &mut Vec<Relation>) {
    for row in doc.claims.chunk_by(|a, b| a.site.sentence == b.site.sentence) {
        all.extend(of_row(row).or_else(|| row.windows(2).find_map(|pair| of_clause(&pair[0], &pair[1]))));
    }
}

/// Is a number a standard, and is it the least that is allowed?
fn limit(claim: &Claim) -> Option<bool> {
    let text = claim.text.trim_start();
    match claim.bound {
        _ if text.starts_with(['≥', '≧']) => Some(true),
        _ if text.starts_with(['≤', '≦']) => Some(false),
        Bound::AtLeast if ["不低于", "不少于", "不小于"].iter().any(|word| text.starts_with(word)) => {
            Some(true)
        }
        Bound::AtMost if ["不高于", "不超过", "不多于"].iter().any(|word| text.starts_with(word)) => {
            Some(false)
        }
        Bound::AtLeast if text.ends_with("以上") => Some(true),
        Bound::AtMost if text.ends_with("以下") => Some(false),
        _ => None,
    }
}

/// 生均纸质图书，≥30册，8.30万册，生均28.0册，达标: the one value of a row, its one standard and what is said of them.
fn of_row(row: &[Claim]) -> Option<Relation> {
    let text = &*row.first()?.site.sentence_text;
    let closing = text.trim_end_matches(['，', '。']).rsplit(['，', '：']).next()?.trim();
    let met = MET.contains(&closing);
    if !met && !NOT_MET.contains(&closing) {
        return None;
    }
    let mut limits = row.iter().filter(|c| limit(c).is_some());
    let standard = limits.next().filter(|_| limits.next().is_none())?;
    // 生均纸质图书: what each has is held against what each must have.
    let each = any_in(&text[..standard.site.in_sentence.0], &["均", "每"]);
    let others = || row.iter().filter(|c| c.id != standard.id && c.unit == standard.unit && c.value.is_some());
    let single = |c: &&Claim| cues::per_head(c);
    let values: Vec<&Claim> =
        if each && others().any(|c| single(&c)) { others().filter(single).collect() } else { others().collect() };
    let [value] = values[..] else { return None };
    let exact = matches!(value.bound, Bound::Exact) || value.kind == Kind::Ratio && standard.kind == Kind::Ratio;
    let ruled = any_in(text, &["目标", "计划", "拟", "预计", "力争"]);
    (exact && !ruled && holds(value, standard)? != met).then(|| told(value, standard, closing))
}

/// 生均28册，达到不少于30册的要求: the number right before what it is said to meet.
fn of_clause(value: &Claim, standard: &Claim) -> Option<Relation> {
    const MEETS: &[&str] = &["达到", "符合", "满足", "达到了", "符合了", "满足了", "高于", "优于"];
    limit(standard)?;
    let clause = standard.site.clause_text.trim_start_matches(['，', '均', '已', '都']);
    let verb = MEETS.iter().find(|word| clause.starts_with(*word))?;
    let ruled = standard.site.after.trim_start_matches('的');
    let ruled = ["要求", "标准", "规定", "合格标准", "国家标准"].iter().any(|word| ruled.starts_with(word));
    let near = value.site.clause + 1 == standard.site.clause && value.bound == Bound::Exact;
    let each = |c: &Claim| any_in(&c.site.before, &["均", "每"]);
    let like = value.unit == standard.unit && value.kind != Kind::Ratio && (!each(standard) || each(value));
    let wrong = ruled && near && like && !holds(value, standard)?;
    wrong.then(|| told(value, standard, verb))
}

fn holds(value: &Claim, standard: &Claim) -> Option<bool> {
    let (own, bound) = (value.value?, standard.value?);
    Some(if limit(standard)? { own >= bound } else { own <= bound })
}

fn told(value: &Claim, standard: &Claim, said: &str) -> Relation {
    let limit: String = standard.text.chars().filter(|c| !c.is_whitespace()).collect();
    let own: String = value.text.chars().filter(|c| !c.is_whitespace()).collect();
    let working = Working {
        code: "verdict-fails",
        zh: format!("标准为{limit}，实为{own}，文中却说“{said}”"),
        with: vec![("limit", limit), ("value", own), ("said", said.to_string())],
    };
    let members = vec![(Role::Claims, standard), (Role::Claims, value)];
    relation(RelationKind::Exclusive, Finding::Inconsistent, members, working)
}
