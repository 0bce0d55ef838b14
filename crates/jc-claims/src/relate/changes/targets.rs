//! What was aimed at, what was reached, and how far they lie apart: 目标15家，签约21家，超额40%; 控制数30万元，支出24.6万元，节约5.6万元.

use super::differences::difference;
use super::growth::from_old;
use super::points::points_between;
use crate::document::{Bound, Claim, Document, Kind};
use crate::relate::MOST_TOGETHER;
use crate::relate::rates::readings::reading;
use crate::relate::relations::{Relation, tested};
use crate::relate::wording::comparable::alike;
use crate::words::any_in;

/// What names a number as wished or allowed.
pub(in crate::relate) const TARGETS: &[&str] =
    &["目标", "任务", "计划", "指标", "控制数", "控制线", "预算", "预期", "下达", "限额", "定额"];
/// What says that the number behind it lies above or below the target; true below.
const APART: &[(&str, bool)] = &[
    ("超额", false),
    ("超出", false),
    ("超过目标", false),
    ("超过", false),
    ("超", false),
    ("高出", false),
    ("高于目标", false),
    ("节约", true),
    ("节省", true),
    ("节余", true),
    ("低于目标", true),
    ("低于", true),
    ("欠", true),
    ("差", true),
    ("短缺", true),
    ("少", true),
];

/// The deviations from a target that the sentence states.
pub(super) fn targets(doc: &Document, all: &mut Vec<Relation>) {
    let known = tested(all);
    let mut found = Vec::new();
    for (n, target) in doc.claims.iter().enumerate().filter(|(_, c)| c.bound == Bound::Exact && names_target(c)) {
        // 年度计划3800万元，前11个月完成3648万元: the time is no amount.
        let timed = |c: &&Claim| !matches!(c.kind, Kind::Date | Kind::Duration);
        let behind = doc.claims[n + 1..].iter().take_while(|c| c.site.sentence == target.site.sentence);
        let behind: Vec<&Claim> = behind.filter(timed).take(5).collect();
        let Some(actual) = behind.first().copied().filter(|c| reached(c, target)) else { continue };
        let apart = behind[1..].iter().copied().take_while(|c| !names_target(c));
        for apart in apart.filter(|c| !known.contains(&c.id)) {
            if of_target(apart) && apart.kind == Kind::Rate && target.unit != "%" {
                found.extend(reading(apart, &[actual], target, &[]));
                continue;
            }
            let Some(below) = deviation(apart) else { continue };
            // 超2.2个百分点 is by so much above the target, not more than so much; 节约率18% is one of the target too.
            let apart =
                Claim { falls: below, bound: Bound::Exact, min: apart.value, max: apart.value, ..apart.clone() };
            found.extend(match apart.kind {
                Kind::Points if target.unit == "%" => points_between(&apart, target, actual, below),
                Kind::Rate | Kind::ChangeRate if target.unit != "%" => from_old(&apart, target, actual),
                _ if alike(&apart, target) && apart.unit != "%" => difference(&apart, target, actual, below),
                _ => None,
            });
        }
    }
    for it in found {
        // What had been read otherwise, and did not hold, gives way.
        let own = it.under_test().map(str::to_string);
        let same = |other: &&mut Relation| other.under_test() == own.as_deref();
        all.iter_mut().rev().take(MOST_TOGETHER).filter(same).for_each(|other| other.primary = false);
        all.push(it);
    }
}

/// Shares of what was aimed at that was told before under its name. Whatever else would give such a share, it is of what it
/// names.
pub(in crate::relate) fn of_named_targets(doc: &Document, all: &mut Vec<Relation>) {
    for (n, share) in doc.claims.iter().enumerate().filter(|(_, c)| c.kind == Kind::Rate) {
        let Some(it) = of_a_target_before(doc, n, share) else { continue };
        let of_it = |other: &Relation| other.under_test().is_some_and(|id| id == share.id);
        all.retain(|other| !of_it(other));
        all.push(it);
    }
}

/// 调整预算52380万元。…实际支出51207万元，完成调整预算的97.8%: what was aimed at was told before, under the same name.
fn of_a_target_before(doc: &Document, n: usize, share: &Claim) -> Option<Relation> {
    const NEAR: usize = 12;
    let name = target_of(share).filter(|name| share.bound == Bound::Exact && name.chars().count() >= 4)?;
    let actual =
        doc.claims[..n].last().filter(|c| c.site.sentence == share.site.sentence && c.bound == Bound::Exact)?;
    let said = any_in(&actual.site.before, &["实际", "支出", "执行", "完成", "到账", "实现", "招", "培训", "收入"]);
    let before = doc.claims[..n - 1].iter().rev().take(NEAR);
    let mut named = before.filter(|c| {
        let base = c.site.before.contains("完成") || c.site.after.starts_with('的');
        let here = c.site.paragraph == share.site.paragraph && c.site.clause_text.contains(name);
        here && !base && c.site.before.contains(name) && alike(c, actual) && c.bound == Bound::Exact
    });
    let target = named.next().filter(|_| said && !actual.site.before.contains(name))?;
    // 年度计划招生1200人、送教300人: of which of them is not said.
    let mut beside = doc.around(target).iter().filter(|c| c.site.clause == target.site.clause && c.id != target.id);
    let rival = named.next().is_some() || beside.any(|c| alike(c, target));
    (!rival).then(|| reading(share, &[actual], target, &[])).flatten()
}

/// 完成年度计划的69%: a share of what was aimed at.
fn of_target(share: &Claim) -> bool {
    target_of(share).is_some()
}

/// What was aimed at that a share is said to be of: 年度计划, 调整预算.
fn target_of(share: &Claim) -> Option<&str> {
    const WHICH: &[&str] =
        &["", "年度", "全年", "年初", "原", "原定", "既定", "预定", "本年", "目标", "调整", "调整后", "调整后的"];
    let lead = share.site.before.trim_start_matches(['，', '（']).trim_end_matches(['约', '近']);
    let lead = ["完成", "占", "达到", "为"].iter().find_map(|word| lead.strip_prefix(word));
    let name = lead.and_then(|lead| lead.strip_suffix('的')).map(|name| name.trim_end_matches(['数', '量', '额']));
    name.filter(|name| TARGETS.iter().any(|word| name.strip_suffix(word).is_some_and(|of| WHICH.contains(&of))))
}

fn names_target(claim: &Claim) -> bool {
    let lead = claim.site.before.trim_end_matches(['为', '是', '的']);
    let counts = claim.kind.counts() || claim.kind == Kind::Rate;
    // 完成任务4200人的100.9%: the base of a share is another matter.
    let base = claim.site.before.contains("完成") || claim.site.after.starts_with('的');
    counts && !base && TARGETS.iter().any(|word| lead.ends_with(word))
}

/// Is this what became of the target: the next number of its kind, in the next clause?
fn reached(actual: &Claim, target: &Claim) -> bool {
    let like = if target.unit == "%" { actual.unit == "%" && actual.kind == Kind::Rate } else { alike(actual, target) };
    let said = any_in(
        &actual.site.before,
        &[
            "实际", "完成", "实现", "达", "签约", "建成", "立项", "开发", "支出", "招", "实", "落实", "取得", "获",
            "新建", "引进",
        ],
    );
    like && said && actual.bound == Bound::Exact && actual.site.clause == target.site.clause + 1
}

/// 超额40%, 低于目标2.4个百分点.
fn deviation(claim: &Claim) -> Option<bool> {
    let lead =
        claim.site.before.trim_start_matches(['，', '（', '尚', '还', '仍']).trim_end_matches(['率', '了', '约']);
    if claim.bound == Bound::AtLeast && lead.is_empty() && claim.text.starts_with('超') {
        return Some(false);
    }
    if claim.bound != Bound::Exact {
        return None;
    }
    APART.iter().find(|(word, _)| lead == *word).map(|&(_, below)| below)
}
