//! What a paragraph tells one by one and then in all: 2022年培训1160人次；2023年1485人次；今年1730人次。…2022年以来累计4375人次; 甲县318户。乙县247户。…另外
//! 两个县合起来是137户; 学生1987人，分三档：一档412人，每人2200元；…; 合计1745元；床上用品320元，保险120元。全部选上共2185元; 一等奖52个、二等奖103个…, and later 一、二、三等奖合起来310个.

use std::collections::HashSet;

use super::addition::{held_within, near, sum};
use crate::document::{Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::MOST_TOGETHER;
use crate::relate::digits::slips::{carried, is_mistyped};
use crate::relate::relations::{Finding, Relation, RelationKind};
use crate::relate::wording::around::said_before;
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::words::{THE_OTHERS, any_in};

/// So many parts are added at most.
const MOST: usize = 8;
/// What says that all before is added.
const IN_ALL: &[&str] =
    &["总共", "累计", "一共", "合起来", "加起来", "算下来", "合计", "总计", "共计", "总额", "总数", "总量"];
/// What says that nothing of what was offered is left out.
const CHOSEN: &[&str] = &[
    "全部选",
    "全选",
    "都选",
    "都要的",
    "都要，",
    "全要的",
    "都买",
    "全买",
    "全部购",
    "都订",
    "全部订",
    "全部参加",
    "都参加",
    "全缴",
    "全交",
    "全部缴",
    "全部交",
    "一并缴",
    "一并交",
    "一起缴",
    "一起交",
    "都缴",
    "都交",
    "都办",
    "全部办",
    "都报名",
    "全部报名",
    "全部加上",
    "全部算上",
    "都算上",
    "都加上",
    "全部计入",
    "统统加上",
];
const BOTH: &[&str] = &["两样", "两项", "两种", "三样", "三项", "三种", "几项", "几样", "四项", "各项", "样样", "项项"];
/// What a whole may be divided into.
const CLASSES: &[char] = &['档', '类', '批', '级', '组', '期', '轮', '等'];
/// How one of them is told from the next.
const NTH: &[&str] = &["一甲A1", "二乙B2", "三丙C3", "四丁D4", "五戊E5", "六己F6"];

/// Looks for all of them, among totals nothing was added for yet.
pub(super) fn in_all(doc: &Document, all: &mut Vec<Relation>) {
    let sums = |it: &&Relation| it.primary && it.kind == RelationKind::Sum;
    let told: HashSet<&str> =
        all.iter().filter(sums).flat_map(|it| it.members.iter().map(|(_, id)| id.as_str())).collect();
    let open = |c: &&Claim| !told.contains(c.id.as_str()) && counts(c);
    let holds = |it: &&Relation| sums(it) && it.finding == Finding::Consistent;
    let wholes: HashSet<&str> = all.iter().filter(holds).filter_map(|it| it.under_test()).collect();
    let mut found: Vec<Relation> = Vec::new();
    found.extend(doc.claims.iter().filter(open).filter_map(|claim| chosen(doc, &wholes, claim)));
    for claim in doc.claims.iter().filter(open) {
        let it = of_others(doc, claim).or_else(|| of_grades(doc, claim)).or_else(|| of_classes(doc, claim));
        found.extend(it.or_else(|| of_paragraph(doc, claim)));
    }
    all.extend(found);
}

fn counts(claim: &Claim) -> bool {
    cues::counted(claim) && !cues::per_head(claim) && !cues::is_base(claim) && claim.value > Some(Exact::ZERO)
}

/// Is the number another but for a slip of the hand, and large enough that it is no chance?
fn mistyped_or_carried(stated: &Claim, gives: Exact) -> bool {
    let steps = |value: Exact| value.over(stated.step);
    let Some((value, gives)) = stated.value.and_then(steps).zip(steps(gives)) else { return false };
    value >= Exact::whole(100) && (is_mistyped(value, gives) || carried(value, gives))
}

/// Is it one of some, or in brackets?
fn within(claim: &Claim) -> bool {
    cues::in_brackets(claim) || any_in(&claim.site.clause_text, &["其中", "内含", "含"])
}

/// What its paragraph counts before it as it is counted, all of it.
fn before<'a>(doc: &'a Document, total: &Claim) -> Vec<&'a Claim> {
    let own = |c: &&Claim| c.site.paragraph == total.site.paragraph && c.site.start < total.site.start;
    doc.around(total).iter().filter(own).filter(|c| c.unit == total.unit).collect()
}

/// The one that all of a paragraph is added to, where one digit of it was mistyped and no others make it.
fn of_paragraph(doc: &Document, total: &Claim) -> Option<Relation> {
    let item = cues::item(total);
    let closes = IN_ALL.iter().any(|word| item.contains(word)) || item.starts_with('共');
    if !closes || within(total) || cues::is_old(total) || any_in(item, &["占", "计划", "目标"]) {
        return None;
    }
    let parts = before(doc, total);
    let since = item.contains("以来") || cues::years_told(total).is_some();
    let plain = |c: &&Claim| {
        counts(c) && c.kind == total.kind && !within(c) && cues::closing(c).is_none() && (since || !cues::is_old(c))
    };
    let chains = parts.last()?.site.chain;
    // 团干部24名，团员96名。共表彰个人130名: two in the sentence right before.
    let pair = parts.len() == 2 && item.starts_with('共') && parts[0].site.chain == chains;
    let enough = (3..=MOST).contains(&parts.len()) || pair && chains + 1 >= total.site.chain;
    let fit = enough && parts.iter().all(plain) && parts.iter().all(|c| c.value < total.value);
    let like = parts.iter().all(|c| alike(c, total) && c.step <= total.step);
    let gives = sum(&parts).filter(|_| fit && like)?;
    let slip = mistyped_or_carried(total, gives) && near(total, &parts, 5) && !made_of_some(&parts, total);
    // Said twice it is of something else.
    let again = doc.around(total).iter().any(|c| c.id != total.id && c.value == total.value && c.unit == total.unit);
    // What they make stands elsewhere.
    let stated = doc.around(total).iter().any(|c| c.value == Some(gives) && c.unit == total.unit);
    // 其他项目全部停办: nothing else is left to be added.
    let none = ["其他", "其余", "其它"].iter().filter_map(|word| parts.last()?.site.sentence_text.split_once(word));
    let mut none = none.map(|(_, rest)| any_in(rest, &["停办", "未开", "未办", "取消", "暂停", "停开"]));
    let closed = none.any(|closed| closed) && parts.iter().all(|c| c.site.chain == chains) && near(total, &parts, 8);
    ((slip || closed) && !again && !stated).then(|| held_within(RelationKind::Sum, total, &parts)).flatten()
}

/// Do some of them make it?
fn made_of_some(parts: &[&Claim], total: &Claim) -> bool {
    (1u32..1 << parts.len()).any(|set| {
        let some: Vec<&Claim> =
            parts.iter().enumerate().filter(|(n, _)| set & (1 << n) != 0).map(|(_, c)| *c).collect();
        sum(&some) == total.value
    })
}

/// 以上几项必缴，合计1745元；床上用品320元，保险120元，自愿选择。全部选上共2185元: what was added before, and whatever is told behind it.
fn chosen(doc: &Document, wholes: &HashSet<&str>, total: &Claim) -> Option<Relation> {
    let text = said_before(total);
    let every = any_in(text, CHOSEN) || any_in(text, BOTH) && text.contains('都');
    let more = ["加上", "连同", "算上", "加之"].iter().any(|word| text.contains(word));
    let cheaper = any_in(&total.site.sentence_text, &["优惠", "减", "折", "免", "让利", "约", "左右", "不超过"]);
    if !(every || more) || cheaper || within(total) || cues::is_old(total) {
        return None;
    }
    let mut parts: Vec<&Claim> = Vec::new();
    let mut added = false;
    for claim in before(doc, total).into_iter().rev().filter(|c| c.site.chain + 2 >= total.site.chain) {
        if !counts(claim) || claim.kind != total.kind || within(claim) || cues::is_old(claim) || parts.len() == MOST {
            return None;
        }
        parts.push(claim);
        added = wholes.contains(claim.id.as_str());
        if added {
            break;
        }
    }
    parts.reverse();
    let fit = parts.len() >= 2 && parts.iter().all(|c| c.value < total.value && c.step <= total.step);
    let gives = sum(&parts).filter(|_| fit && (every || added))?;
    let it = held_within(RelationKind::Sum, total, &parts)?;
    let meant = (added || mistyped_or_carried(total, gives)) && near(total, &parts, 5) && !made_of_some(&parts, total);
    (it.finding == Finding::Consistent || meant).then_some(it)
}

/// 另外两个县…合起来是137户: what those told one by one leave of the whole before them.
fn of_others(doc: &Document, rest: &Claim) -> Option<Relation> {
    let text = said_before(rest);
    let text = text.trim_start_matches(['，', '；', '。', '而']);
    let others = THE_OTHERS.iter().any(|word| text.starts_with(word));
    if !others || !any_in(cues::item(rest), &["合起来", "加起来", "合计", "一共", "总共", "共"]) {
        return None;
    }
    let mut parts = before(doc, rest);
    let here = parts.first()?.site.start;
    let earlier = doc.around(rest).iter().rev().filter(|c| c.site.start < here && counts(c));
    let mut earlier = earlier.take_while(|c| c.site.paragraph + 1 >= rest.site.paragraph);
    let whole_before = earlier.find(|c| c.unit == rest.unit && !cues::is_old(c));
    let gives = |whole: &Claim, parts: &[&Claim]| sum(parts).and_then(|sum| whole.value?.minus(sum));
    let larger = |whole: &Claim, parts: &[&Claim]| parts.iter().all(|c| c.value < whole.value);
    let whole = match whole_before.filter(|whole| larger(whole, &parts)) {
        Some(whole) => whole,
        None => parts.remove(0),
    };
    let plain = (2..=MOST).contains(&parts.len())
        && larger(whole, &parts)
        && counts(whole)
        && parts.iter().all(|c| counts(c) && !within(c) && !cues::is_old(c) && cues::closing(c).is_none());
    let gives = gives(whole, &parts).filter(|gives| plain && *gives > Exact::ZERO)?;
    parts.push(rest);
    let it = held_within(RelationKind::Sum, whole, &parts)?;
    (it.finding == Finding::Consistent || mistyped_or_carried(rest, gives)).then_some(it)
}

/// 一、二、三等奖合起来301个: the grades it names, where the text lists them once.
fn of_grades(doc: &Document, total: &Claim) -> Option<Relation> {
    const GRADES: [&str; 3] = ["一等奖", "二等奖", "三等奖"];
    let item = said_before(total);
    let item: String = item.chars().rev().take(16).collect::<Vec<_>>().into_iter().rev().collect();
    let named =
        any_in(&item, &["一、二、三等奖", "一二三等奖"]) && any_in(&item, &["合起来", "加起来", "共", "合计", "总"]);
    if !named {
        return None;
    }
    let of = |grade: &str| {
        let called =
            |c: &&Claim| counts(c) && c.unit == total.unit && cues::item(c).ends_with(grade) && c.id != total.id;
        let mut own = doc.claims.iter().filter(called);
        own.next().filter(|_| own.next().is_none())
    };
    let parts: Vec<&Claim> = GRADES.iter().map(|grade| of(grade)).collect::<Option<_>>()?;
    let row = parts.iter().all(|c| c.site.chain == parts[0].site.chain) && near(total, &parts, 5);
    row.then(|| held_within(RelationKind::Sum, total, &parts)).flatten()
}

/// 受助学生1987人，分三档：一档412人，每人2200元；二档865人，…: as many classes as the whole was divided into.
fn of_classes(doc: &Document, whole: &Claim) -> Option<Relation> {
    let many = doc.next(whole).filter(|c| c.site.chain == whole.site.chain && !c.kind.eq(&Kind::Date))?;
    let divides = ["分", "分为", "分成", "共分", "划分为"].contains(&many.site.before.trim_start_matches('，'));
    let class = many.text.chars().last().filter(|c| CLASSES.contains(c)).filter(|_| divides)?;
    let said = usize::try_from(many.value?.as_int()?).ok().filter(|n| (2..=NTH.len()).contains(n))?;
    let behind = doc.around(whole).iter().filter(|c| c.site.start > many.site.start).take(MOST_TOGETHER);
    let behind = behind.filter(|c| c.site.paragraph == whole.site.paragraph && c.unit == whole.unit);
    let behind: Vec<&Claim> = behind.filter(|c| !cues::per_head(c)).take(said).collect();
    let nth = |(n, c): (usize, &&Claim)| {
        let item = cues::item(c);
        let item = item.trim_start_matches('第');
        let mut name = item.chars();
        let (own, kind) = (name.next(), name.next());
        own.zip(kind).is_some_and(|(own, kind)| NTH[n].contains(own) && kind == class) && counts(c) && !within(c)
    };
    let fit = behind.len() == said && behind.iter().enumerate().all(nth) && near(whole, &behind, 5);
    fit.then(|| held_within(RelationKind::Sum, whole, &behind)).flatten()
}
