//! What lies between the only two numbers of a sentence that are counted as it is: 机电系平均分82.5分，信息系78.3分，前者高出后者4.2分; 预算95万元，实际
//! 支出101.5万元，超支6.5万元; 共有160间，已住139间，空着的有21间.
//!
//! Where nothing else of the kind is told, and its words say that it lies between, it can be of nothing else. A difference from another time is
//! left alone unless one of the two is of that time.

use std::collections::HashSet;

use super::differences::difference;
use super::points::points_between;
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::relations::Relation;
use crate::relate::wording::around::said_before;
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::words::any_in;

/// Words right before what one has more than the other.
const MORE: &[&str] =
    &["高出", "多出", "多了", "高了", "高", "多", "快", "慢", "低", "少", "低了", "少了", "净增", "净减"];
/// Words for what goes beyond a plan, or stays under it.
const BEYOND: &[&str] = &[
    "超支",
    "超出",
    "超额",
    "超目标",
    "超预算",
    "超计划",
    "超编",
    "超员",
    "结余",
    "节余",
    "节支",
    "节约",
    "节省",
    "相差",
    "余额",
    "结存",
    "落差",
    "差额",
    "差距",
    "逆差",
    "顺差",
    "净剩",
];
/// Words for what is not done, used or filled yet: right before the number, or anywhere before it.
const LEFT: &[&str] = &[
    "空着",
    "空置",
    "空余",
    "闲置",
    "尚有",
    "仍有",
    "还差",
    "尚差",
    "缺口",
    "空缺",
    "缺编",
    "空编",
    "缺额",
    "还存",
    "尚存",
    "还余",
    "尚余",
    "尚缺",
    "还缺",
    "仍缺",
    "未到位",
    "欠缴",
    "欠交",
];
const NOT_YET: &[&str] = &["尚未", "还未", "未使用", "未用"];

/// Looks for them where nothing has been told of the number yet.
pub(super) fn of_two(doc: &Document, all: &mut Vec<Relation>) {
    let told: HashSet<&str> = (all.iter().filter(|it| it.primary)).filter_map(|it| it.under_test()).collect();
    let mut found = Vec::new();
    for row in doc.claims.chunk_by(|a, b| a.site.sentence == b.site.sentence).filter(|row| row.len() >= 3) {
        for apart in row.iter().filter(|c| open(c) && !told.contains(c.id.as_str())) {
            found.extend(lies_between(row, apart));
        }
    }
    all.extend(found);
}

fn open(claim: &Claim) -> bool {
    claim.bound == Bound::Exact && claim.site.cell.is_none() && claim.each.is_none() && !cues::in_brackets(claim)
}

fn lies_between(row: &[Claim], apart: &Claim) -> Option<Relation> {
    let points = apart.kind == Kind::Points;
    let like = |c: &&Claim| {
        let kind = if points { c.kind == Kind::Rate } else { alike(c, apart) && c.kind != Kind::Points };
        c.id != apart.id && kind
    };
    let others: Vec<&Claim> = row.iter().filter(like).collect();
    let [a, b] = others[..] else { return None };
    // 平均81.6分，秋季班84.9分: marks are means anyhow.
    if cues::per_head(a) != cues::per_head(b) && !points && apart.unit != "分" {
        return None;
    }
    let before = b.site.start < apart.site.start && [a, b].into_iter().all(open) && a.value != b.value;
    let (high, low) = if a.value > b.value { (a, b) } else { (b, a) };
    let small = points || apart.value < high.value;
    if !(before && small && said(apart, a, b)) {
        return None;
    }
    // 86.2%，比88%的目标高出1.8个百分点: the other way round.
    let (old, new, falls) = turned(apart, a, b).unwrap_or((low, high, false));
    match points {
        true => points_between(apart, old, new, falls),
        false => difference(apart, old, new, falls).filter(|it| it.computed > Some(Exact::ZERO)),
    }
}

/// What is compared with what, and whether it falls, where the clause of the number holds the second behind 比.
fn turned<'a>(apart: &Claim, a: &'a Claim, b: &'a Claim) -> Option<(&'a Claim, &'a Claim, bool)> {
    let compared = b.site.before.rsplit('，').next()?.trim_start_matches(['较', '比']);
    let opens = b.site.before.rsplit('，').next()?.len() > compared.len() && b.site.clause == apart.site.clause;
    let lead = apart.site.before.trim_end_matches('了');
    let verb = |words: &[&str]| words.iter().any(|word| lead.ends_with(word));
    let falls = match (verb(&["高", "高出", "多", "多出"]), verb(&["低", "少"])) {
        (true, false) => false,
        (false, true) => true,
        _ => return None,
    };
    opens.then_some((b, a, falls))
}

/// Do the words say that the number lies between those two?
fn said(apart: &Claim, a: &Claim, b: &Claim) -> bool {
    let clause = said_before(apart).rsplit(['，', '；', '（']).next().unwrap_or_default();
    let lead = clause.trim_end_matches(['了', '为', '达', '约', '的', '有', '是', '共']);
    let then = |c: &Claim| cues::is_old(c) || cues::names_another_time(&c.site.before);
    let times = cues::names_another_time(clause) && !then(a) && !then(b);
    if times || any_in(clause, &["其中", "平均", "每"]) {
        return false;
    }
    let more = || {
        let verb = MORE.iter().filter(|word| lead.ends_with(**word)).max_by_key(|word| word.len())?;
        let rest = &lead[..lead.len() - verb.len()];
        // 女生比男生多: of whom one was counted; 前者高出后者.
        let named = match rest.rsplit_once(['比', '较']) {
            Some((_, whom)) => {
                let whom = whom.trim_end_matches(['要', '更', '还']);
                let number = whom.contains(|c: char| c.is_ascii_digit());
                number
                    || any_in(whom, &["前者", "后者", "前期", "首"])
                    || [a, b].iter().any(|c| cues::item(c).contains(whom))
            }
            // 长64米，宽27米，高9米: a bare word may be a measure of its own.
            None => {
                rest.chars().count() <= 3 && (verb.chars().count() > 1 || clause.contains('了') || !rest.is_empty())
            }
        };
        Some(named)
    };
    let of_pair = any_in(clause, &["前者", "后者"]) && any_in(lead, &["高出", "多出", "低于", "高于", "多于", "少于"]);
    let between = clause.contains("之间") && any_in(lead, &["提高", "增加", "减少", "下降", "上升", "相差"]);
    let rest = LEFT.iter().any(|word| lead.ends_with(word)) || any_in(lead, NOT_YET) && lead.chars().count() <= 6;
    let rest = rest && b.value < a.value && near(apart, a, b) == Some(true);
    // 今年鉴定1.35万人次，去年1.18万人次，今年多鉴定1700人次.
    let than_then = || {
        let own = ["今年", "本年", "本届", "本期"].iter().find_map(|now| clause.strip_prefix(now));
        own.is_some_and(|own| own.starts_with(['多', '少'])) && [a, b].iter().any(|c| cues::is_old(c))
    };
    of_pair || between || than_then() || more() == Some(true) || BEYOND.iter().any(|word| lead.ends_with(word)) || rest
}

/// 在编386人，今年招聘12人，空编34人: what misses by far is of something else.
fn near(apart: &Claim, a: &Claim, b: &Claim) -> Option<bool> {
    let (gives, stated, two) = (a.value?.minus(b.value?)?, apart.value?, Exact::int(2)?);
    Some(gives <= stated.times(two)? && stated <= gives.times(two)?)
}
