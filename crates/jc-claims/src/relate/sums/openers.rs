//! Totals that open the list of their parts: 39件：金奖4件、…; 共39件，分别为…; 39件，由…组成.

use super::addition::{held_within, near};
use super::totals::claim_bound;
use crate::document::{Claim, Numeral};
use crate::exact::Exact;
use crate::relate::relations::{Finding, Relation, RelationKind};
use crate::relate::wording::around::{bracketed, offset, said_before};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::relate::wording::division::{Division, division};
use crate::words::{THE_OTHERS, any_in};

/// 39件：金奖4件、银奖10件、铜奖25件; 共39件，分别为…; 39件，由…组成.
pub(super) fn opening(here: &[&Claim], all: &mut Vec<Relation>) {
    for (n, total) in here.iter().copied().enumerate() {
        let Some(opener) = opens_list(total) else { continue };
        // 国家级14项（一等奖2项、二等奖5项、三等奖7项）: what a bracket divides is of one of the parts.
        let own = |c: &&Claim| !how_many_others(c, total) && !bracketed(total, c);
        let behind: Vec<&Claim> = here[n + 1..].iter().copied().filter(own).collect();
        let parts: Vec<&Claim> = behind
            .iter()
            .copied()
            .take_while(|c| alike(c, total) && c.numeral != Numeral::None)
            .take_while(|c| offset(c) < opener.end && !is_left(c))
            .collect();
        // 63个，由企业41家、院校14所、协会6家组成: in words of their own.
        let composed: Vec<&Claim> = behind.iter().copied().take_while(|c| offset(c) < opener.end).collect();
        let closed = opener.strict && opener.end < usize::MAX && composed.len() >= 2 && claim_bound(&composed);
        if parts.len() < composed.len() && closed && near(total, &composed, 6) {
            if composed.iter().all(|c| c.kind == total.kind) {
                all.extend(held_within(RelationKind::Sum, total, &composed));
            }
            return;
        }
        if parts.len() < 2 {
            continue;
        }
        // 查出53个：…17个，…14个，…11个，…8起，…3起: the list goes on in another word for the same things.
        let listed: Vec<&Claim> =
            behind.iter().copied().take_while(|c| offset(c) < opener.end && !is_left(c)).collect();
        if listed.len() > parts.len() {
            let all_of_it = held_within(RelationKind::Sum, total, &listed);
            if let Some(it) = all_of_it.filter(|it| it.finding == Finding::Consistent) {
                all.push(it);
                return;
            }
            if listed[parts.len()].site.before.starts_with(['，', '、']) && listed[parts.len()].kind == total.kind {
                continue;
            }
        }
        // 分布在6个学院：装备学院9个、…: so many are named, each with what it has.
        if total.value == Exact::int(parts.len() as i128) {
            continue;
        }
        // 社团46个：文体类19个、…学术类5个，比上年新增5个、注销3个: the list ends where it makes the total.
        let made = (2..parts.len()).filter_map(|n| held_within(RelationKind::Sum, total, &parts[..n]));
        let made = made.filter(|it| it.finding == Finding::Consistent && it.computed == total.value).last();
        let Some(mut it) = made.or_else(|| held_within(RelationKind::Sum, total, &parts)) else { continue };
        // 按职称分，正高8人、副高56人、中级82人等: some of them.
        if it.finding == Finding::Inconsistent && parts.iter().any(|part| part.site.after.starts_with('等')) {
            continue;
        }
        // A colon may open a choice of examples; what divides cleanly or all but makes the total was meant as all of it.
        let whole = opener.strict || division(&parts) == Division::Clean || near(total, &parts, 4);
        it.primary = it.finding == Finding::Consistent || whole;
        all.push(it);
        return;
    }
}

struct Opener {
    /// The words say that the list is complete.
    strict: bool,
    /// Where in the sentence the list ends at the latest.
    end: usize,
}

/// What closes a list of parts that 由 has opened.
const MADE_OF: &[&str] = &["组成", "构成", "筹集", "筹措", "出资", "分担"];

/// The words right behind a total open the list of its parts.
fn opens_list(total: &Claim) -> Option<Opener> {
    let behind: Vec<char> =
        total.site.sentence_text.chars().skip(offset(total) + (total.site.end - total.site.start)).collect();
    let head: String = behind.iter().take(14).collect();
    let from = offset(total) + (total.site.end - total.site.start);
    let end = usize::MAX;
    if head.starts_with('（') {
        return None;
    }
    let composed = head.find("，由").or_else(|| head.find("由").filter(|&at| at == 0)).is_some_and(|_| {
        let all: String = behind.iter().collect();
        any_in(&all, MADE_OF)
    });
    let near = |word: &str, within: usize| head.find(word).is_some_and(|at| head[..at].chars().count() <= within);
    if composed
        || near("分别为", 10)
        || near("分别是", 10)
        || near("，即", 8)
        || near("，分为", 0)
        || head.starts_with("，按") && near("分为", 6)
        || head.starts_with("，按") && divides(&head) && !behind.iter().collect::<String>().contains("若干")
    {
        let close = behind.iter().collect::<String>();
        let stop = MADE_OF.iter().filter_map(|word| close.find(word)).min();
        let end = stop.filter(|_| composed).map_or(end, |at| from + close[..at].chars().count());
        return Some(Opener { strict: true, end });
    }
    near("：", 6).then_some(Opener { strict: false, end })
}

/// ，按最高认定级别分，: the class by which what was counted is divided, right behind it.
fn divides(head: &str) -> bool {
    ["分，", "分：", "划分，", "划分：", "统计，", "统计：", "分类，", "分类："].iter().any(|word| head.contains(word))
}

/// 支出355.2万元，分别为…、管理费用39.7万元，收支相抵，结余57.6万元: what is left of the income is no part of what was spent.
fn is_left(claim: &Claim) -> bool {
    const LEFT: &[&str] = &["结余", "盈余", "节余", "节约", "节省", "超支", "收支", "净结余"];
    let item = cues::item(claim);
    let item = ["年末", "年终", "当年", "全年", "本年", "最终", "实现"]
        .iter()
        .find_map(|w| item.strip_prefix(w))
        .unwrap_or(item);
    let led = offset(claim).saturating_sub(cues::item(claim).chars().count());
    let sign = said_before(claim).chars().take(led).last();
    sign == Some('，') && LEFT.iter().any(|word| item.starts_with(word))
}

/// 另外三个专业合计816人: how many the others are.
fn how_many_others(claim: &Claim, total: &Claim) -> bool {
    !alike(claim, total) && THE_OTHERS.contains(&cues::item(claim))
}
