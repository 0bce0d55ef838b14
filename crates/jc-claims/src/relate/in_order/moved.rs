//! From one place to another, and by how many: 由第11名上升到第6名，前进了6位; 由第12位前进3位，来到第15位.

use crate::document::{Claim, Document, Kind};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::around::{said_after, text_between};
use crate::relate::wording::cues;
use crate::words::any_in;

const UP: &[&str] = &["前进", "上升", "提升", "跃升", "进步", "前移", "跃进"];
const DOWN: &[&str] = &["后退", "下降", "下滑", "倒退", "退步", "后移"];
const ARRIVES: &[&str] =
    &["来到", "升至", "升到", "位列", "列", "跃居", "位居", "降至", "降到", "退至", "退到", "至", "到"];

/// Looks for them.
pub(in crate::relate) fn moved(doc: &Document, all: &mut Vec<Relation>) {
    all.extend(doc.claims.windows(3).filter_map(|row| {
        let [first, second, third] = row else { return None };
        let one = first.site.sentence == third.site.sentence;
        behind(first, second, third).or_else(|| between(first, second, third)).filter(|_| one)
    }));
}

/// 由第11名上升到第6名，前进了6位.
fn behind(old: &Claim, new: &Claim, by: &Claim) -> Option<Relation> {
    let way = text_between(old, new);
    let arrives = way.contains(['到', '至', '为']) && any_in(way, &["升", "进", "降", "退", "滑", "移"]);
    let up = steps(text_between(new, by).trim_start_matches('，'))?;
    (arrives && places(old, new) && counts(by)).then(|| tell(old, new, by, up))?
}

/// 由第12位前进3位，来到第15位.
fn between(old: &Claim, by: &Claim, new: &Claim) -> Option<Relation> {
    let up = steps(text_between(old, by))?;
    let lead = text_between(by, new).trim_start_matches("个位次").trim_start_matches("位次").trim_start_matches('，');
    let arrives = ARRIVES.contains(&lead.trim_end_matches("了"));
    (arrives && places(old, new) && counts(by)).then(|| tell(old, new, by, up))?
}

/// Is it said to go up, or down?
fn steps(verb: &str) -> Option<bool> {
    let verb = verb.trim_end_matches('了');
    UP.contains(&verb).then_some(true).or_else(|| DOWN.contains(&verb).then_some(false))
}

fn places(old: &Claim, new: &Claim) -> bool {
    let place = |c: &Claim| c.kind == Kind::Rank && cues::exact(c) && c.text.starts_with('第');
    place(old) && place(new)
}

fn counts(by: &Claim) -> bool {
    let unit = matches!(by.unit.as_str(), "位" | "名" | "个位次" | "个名次");
    cues::exact(by) && by.kind != Kind::Rank && (unit || by.unit == "个" && said_after(by).starts_with(['位', '名']))
}

/// Told where it is not so many.
fn tell(old: &Claim, new: &Claim, by: &Claim, up: bool) -> Option<Relation> {
    let (high, low) = if up { (old, new) } else { (new, old) };
    let gives = high.value?.minus(low.value?)?;
    (Some(gives) != by.value).then(|| {
        let (high, low, gives) = (high.text.clone(), low.text.clone(), gives.show(0));
        let zh = format!("{high}与{low}相差{gives}，文中为{}", by.text);
        let with = vec![("high", high), ("low", low), ("gives", gives), ("stated", by.text.clone())];
        let members = vec![(Role::Old, old), (Role::New, new), (Role::Difference, by)];
        let working = Working { code: "difference-fails", with, zh };
        relation(RelationKind::Difference, Finding::Inconsistent, members, working)
    })
}
