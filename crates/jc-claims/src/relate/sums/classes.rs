//! Sentences that list the classes of what was counted before: 按层次分：五年制1480人，三年制702人; 公开招标41项、磋商29项、…; 升学中，境内891人，境外33人.

use super::addition::{held_within, near, sum};
use crate::document::{Claim, Numeral};
use crate::exact::Exact;
use crate::relate::MOST_TOGETHER;
use crate::relate::relations::{Finding, Relation, RelationKind, Role};
use crate::relate::wording::around::{offset, said_before};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::relate::wording::division::{self, Division, division};
use crate::words::{STOCK, any_in};

/// 采购87项，预算5420万元。公开招标41项、磋商29项、询价12项、单一来源5项: a sentence that is nothing but a list, and makes or all
/// but makes a count of the sentence before, was meant to make it.
pub(super) fn listed(before: &[&Claim], here: &[&Claim], all: &mut Vec<Relation>) {
    let Some(first) = here.first() else { return };
    // …、其他12所学校3500人: another count within an item is of the item alone.
    let row: Vec<&Claim> = here.iter().copied().filter(|c| alike(c, first)).collect();
    let (here, all_here) = (&row[..], here.len());
    let [first, .., last] = here else { return };
    let leaves_nobody = division::complete(here);
    if all_here > here.len() + usize::from(leaves_nobody) {
        return;
    }
    let text: Vec<char> = first.site.sentence_text.chars().collect();
    let behind = offset(last) + last.site.end - last.site.start;
    let only = |c: &&Claim| {
        let led = c.site.before.trim_start_matches('、').chars().count();
        alike(c, first) && c.numeral != Numeral::None && c.bound == first.bound && (1..=12).contains(&led)
    };
    let list = here.len() >= 3
        && first.site.cell.is_none()
        && first.site.clause == last.site.clause
        && offset(first) <= 12
        && (leaves_nobody || all_here == here.len())
        && text.len() <= behind + 2
        && here.iter().all(only)
        && division(here) != Division::Overlapping;
    if !list {
        return;
    }
    let totals = before
        .iter()
        .rev()
        .filter(|c| alike(c, first) && !cues::per_head(c) && near(c, here, if leaves_nobody { 20 } else { 33 }));
    let mut sums = totals.filter_map(|total| held_within(RelationKind::Sum, total, here));
    let Some(nearest) = sums.next() else { return };
    let holds =
        if nearest.finding == Finding::Consistent { None } else { sums.find(|it| it.finding == Finding::Consistent) };
    all.push(holds.unwrap_or(nearest));
}

/// 按性质分：人员经费8986万元.
pub(super) fn by_class(first: &Claim) -> bool {
    let head = said_before(first);
    // 分院校看，甲校780人、….
    let seen = head.strip_prefix('分').and_then(|class| class.split_once(['看', '：'])).is_some_and(|(class, rest)| {
        class.chars().count() <= 6
            && !class.starts_with('别')
            && rest.trim_start_matches(['，', '：']).chars().count() <= 10
    });
    if seen {
        return true;
    }
    let divided = head.split_once('按').and_then(|(_, class)| class.split_once('分')).is_some_and(|(class, rest)| {
        class.chars().count() <= 6 && rest.trim_start_matches(['，', '：', '类', '布', '看']).chars().count() <= 10
    });
    divided || counted_by(head)
}

/// 按毕业去向统计（不重复计算），留任352人、…: by what people are counted, with what a bracket says of it.
fn counted_by(head: &str) -> bool {
    let Some((class, rest)) = head.split_once('按').and_then(|(_, class)| class.split_once("统计")) else {
        return false;
    };
    let rest = rest.strip_prefix('（').and_then(|rest| rest.split_once('）')).map_or(rest, |(_, behind)| behind);
    let name = rest.trim_start_matches(['，', '：']);
    (2..=10).contains(&class.chars().count())
        && name.len() < rest.len()
        && name.chars().count() <= 10
        && !name.contains(['，', '：'])
}

/// What people or things are divided by.
const CLASSES: &[&str] = &[
    "年龄",
    "学历",
    "学位",
    "职称",
    "性别",
    "层次",
    "类型",
    "类别",
    "学制",
    "生源",
    "地域",
    "级别",
    "年龄结构",
    "学历结构",
    "职称结构",
    "等级",
    "去向",
    "来源",
    "性质",
    "专业",
];

/// 报到2941人。按层次分：五年制1480人，三年制702人，预备技师759人；按性别分：男生2034人，女生907人: classes make what was counted before.
pub(super) fn classed(countable: &[&Claim], here: &[&Claim], all: &mut Vec<Relation>) {
    // 从地域看，省内1046人，其中本市783人，省外141人: what is among another part is none of its own.
    let own = here.iter().copied().filter(|c| !c.site.clause_text.starts_with("其中"));
    // 正高31人、副高118人、中级205人…，高级职称合计149人: what is summed up behind the list is none of it.
    let own: Vec<&Claim> = own.take_while(|c| !cues::item(c).ends_with("合计")).collect();
    let here = &own[..];
    let [first, _, ..] = here else { return };
    let head = said_before(first);
    let classes = by_class(first);
    let seen = head.strip_prefix('从').and_then(|rest| rest.split_once('看')).is_some_and(|(class, rest)| {
        class.chars().count() <= 8 && rest.trim_start_matches(['，', '：']).chars().count() <= 10
    });
    // 学历：博士6人、硕士168人、本科170人、专科8人。
    let noun = head.strip_suffix(first.site.before.as_str()).unwrap_or_default().trim_end_matches('：');
    let titled = CLASSES.contains(&noun) && here.len() >= 3 && first.site.clause == here[here.len() - 1].site.clause;
    if !(classes || seen || titled) || !here.iter().all(|c| alike(c, first) && c.numeral != Numeral::None) {
        return;
    }
    let at = countable.partition_point(|c| c.site.start < first.site.sentence_start);
    let like = |c: &&&Claim| alike(c, first) && near(c, here, 20) && c.bound == first.bound;
    let before = || countable[..at].iter().rev().take(24).filter(like);
    let here_counted: Vec<&Claim> =
        before().take(12).copied().filter(|c| c.site.paragraph == first.site.paragraph).collect();
    // 专任教师472人… in the paragraph before: then only what is counted as a whole.
    let stock = |c: &&Claim| any_in(&format!("{}{}", c.site.before, c.site.after), STOCK);
    // 合格1006人…。按等级分：…。按性别分：…: what was divided in the paragraph before this sentence is divided once more; and what
    // the parts make exactly may stand in the paragraph before.
    let divided = || {
        let told = all.iter().rev().take(MOST_TOGETHER).filter(|it| it.kind == RelationKind::Sum && it.primary);
        let last = told.filter(|it| it.finding == Finding::Consistent).find_map(|it| {
            let of_here = |id: &String| {
                let near = |c: &&&Claim| c.id == *id && c.site.paragraph + 1 >= first.site.paragraph;
                countable[..at].iter().rev().take(24).any(|c| near(&c))
            };
            let parts = it.members.iter().any(|(role, id)| *role == Role::Part && of_here(id));
            it.under_test().filter(|_| parts).map(str::to_string)
        })?;
        countable[..at].iter().copied().find(|c| c.id == last).filter(|c| alike(c, first) && near(c, here, 20))
    };
    let exact = || {
        let sum = sum(here);
        let far = if here.len() >= 3 && sum >= Exact::int(100) { 3 } else { 1 };
        let close = |c: &&&Claim| c.site.paragraph + far >= first.site.paragraph && c.value == sum;
        before().find(close).copied()
    };
    let farther = || -> Vec<&Claim> {
        let stocks: Vec<&Claim> = before().copied().filter(stock).collect();
        // 毕业生1208人…已落实1159人: what they make exactly is meant, though it is called by no stock.
        if stocks.is_empty() {
            divided().or_else(exact).into_iter().collect()
        } else {
            stocks.into_iter().chain(exact()).collect()
        }
    };
    let wholes = if here_counted.is_empty() { farther() } else { here_counted };
    let mut sums = wholes.iter().filter_map(|whole| held_within(RelationKind::Sum, whole, here));
    let Some(nearest) = sums.next() else { return };
    let holds =
        if nearest.finding == Finding::Consistent { None } else { sums.find(|it| it.finding == Finding::Consistent) };
    all.push(holds.unwrap_or(nearest));
}

/// 月薪3000元以下的312人、3000—4000元的1108人、4000元以上的454人: classes from the lowest to the highest make the whole that was
/// counted before, wherever it was.
pub(super) fn by_classes(countable: &[&Claim], here: &[&Claim], all: &mut Vec<Relation>) {
    let told = |row: &[&Claim]| {
        let last = all.iter().rev().take(MOST_TOGETHER);
        last.filter(|it| it.kind == RelationKind::Sum && it.primary)
            .any(|it| row.iter().all(|part| it.members.iter().any(|(_, id)| *id == part.id)))
    };
    let counts: Vec<&Claim> = here.iter().copied().filter(|c| c.kind != crate::document::Kind::Money).collect();
    let rows = counts.chunk_by(|a, b| alike(a, b) && cues::listed_next(a, b));
    let closed = |row: &[&Claim]| division::classes(row) || division::is_closed(row);
    let Some(row) = rows.into_iter().find(|row| closed(row) && !told(row)) else { return };
    let at = countable.partition_point(|c| c.site.start < row[0].site.start);
    let before = countable[..at].iter().rev().take(40).copied();
    let wholes = before.filter(|c| alike(c, row[0]) && c.bound == row[0].bound && near(c, row, 20));
    let sums: Vec<Relation> = wholes.filter_map(|whole| held_within(RelationKind::Sum, whole, row)).collect();
    let holds = sums.iter().find(|it| it.finding == Finding::Consistent).or(sums.first());
    all.extend(holds.cloned());
}

/// 升学924人…。升学中，境内891人，境外33人: the parts of what is named once more.
pub(super) fn named_again(countable: &[&Claim], here: &[&Claim], all: &mut Vec<Relation>) {
    let [first, ..] = here else { return };
    let head = said_before(first);
    let Some((name, rest)) = head.trim_start_matches('在').split_once('中') else { return };
    let name = name.trim_end_matches(['人', '数', '的']);
    let led = rest.starts_with(['，', '：']) && rest.chars().count() <= 12;
    if !led || !(2..=6).contains(&name.chars().count()) || name.contains('其') {
        return;
    }
    let at = countable.partition_point(|c| c.site.start < first.site.sentence_start);
    let called = |c: &&&Claim| {
        let lead = c.site.before.trim_end_matches(['为', '达', '共', '有', '的']);
        alike(c, first) && lead.ends_with(name) && c.site.paragraph == first.site.paragraph && !cues::is_old(c)
    };
    let Some(whole) = countable[..at].iter().rev().take(24).find(called) else { return };
    let row: Vec<&Claim> = here.iter().copied().take_while(|c| alike(c, first) && c.numeral != Numeral::None).collect();
    if row.len() < 2 || row.iter().any(|part| cues::per_head(part)) {
        return;
    }
    let all_named = division::complete(&row);
    let kind = if all_named { RelationKind::Sum } else { RelationKind::Subset };
    let it = held_within(kind, whole, &row);
    all.extend(it.filter(|it| all_named || it.finding == Finding::Consistent || division(&row) == Division::Clean));
}
