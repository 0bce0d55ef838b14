//! What is said of a number beside that of the time before: 用水3.82万吨，与上年的3.28万吨持平; 获一等奖5项，较上年的7项又有增加.

use crate::document::{Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::around::{said_after, text_between};
use crate::relate::wording::cues;

const BEFORE: &[&str] = &["上年", "去年", "上届", "上期", "上学期", "上月", "上季度", "上年度", "去年同期", "上年同期"];
const HOW: &[&str] = &["又有", "有所", "略有", "又", "均有", "明显", "大幅", "小幅", "稳步", "再次"];
const RISES: &[&str] = &["增加", "增长", "上升", "提高", "提升", "回升"];
const FALLS: &[&str] = &["减少", "下降", "降低", "下滑", "回落"];

/// Looks for them.
pub(super) fn as_before(doc: &Document, all: &mut Vec<Relation>) {
    all.extend(doc.claims.windows(2).filter_map(|pair| against(&pair[0], &pair[1])));
}

fn against(now: &Claim, then: &Claim) -> Option<Relation> {
    let lead = text_between(now, then).strip_prefix('，')?;
    let rest = lead.strip_prefix(['较', '比', '与', '和'])?;
    let named = BEFORE.contains(&rest.trim_end_matches('的'));
    let kind = now.kind.counts() || matches!(now.kind, Kind::Rate | Kind::Quantity);
    let like = kind && now.kind == then.kind && now.unit == then.unit && now.site.sentence == then.site.sentence;
    if !(named && like && cues::exact(now) && cues::exact(then) && cues::per_head(now) == cues::per_head(then)) {
        return None;
    }
    let behind = said_after(then).split(['，', '。', '；']).next()?;
    let verb = HOW.iter().find_map(|how| behind.strip_prefix(how)).unwrap_or(behind);
    let wrong = match verb {
        "持平" | "相同" | "一致" => apart(now, then)? > Exact::int(5)?,
        "基本持平" | "大体持平" | "大致持平" => apart(now, then)? > Exact::int(12)?,
        _ if RISES.contains(&verb) => now.value < then.value,
        _ if FALLS.contains(&verb) => now.value > then.value,
        _ => return None,
    };
    wrong.then(|| {
        let said = format!("{rest}{}{behind}", then.text);
        let zh = format!("文中说“{said}”，前者却是{}，后者是{}", now.text, then.text);
        let with = vec![("said", said), ("first", now.text.clone()), ("second", then.text.clone())];
        let working = Working { code: "compared-wrongly", with, zh };
        let members = vec![(Role::Claims, then), (Role::Claims, now)];
        relation(RelationKind::Exclusive, Finding::Inconsistent, members, working)
    })
}

/// By how many per cent of the earlier value the two differ.
fn apart(now: &Claim, then: &Claim) -> Option<Exact> {
    now.value?.apart(then.value?)?.percent_of(then.value?)
}
