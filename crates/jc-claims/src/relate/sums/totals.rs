//! Totals and the parts that must make them exactly: 共39项, 总数, 39项：…, 由…组成, 其余.

use super::addition::{held_within, near, sum};
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::MOST_TOGETHER;
use crate::relate::digits::slips::{carried, is_slip};
use crate::relate::means::apiece;
use crate::relate::relations::{Finding, Relation, RelationKind, Role};
use crate::relate::wording::around::{offset, said_before, shared};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues::{self, Closing, Division, division};
use crate::words::{LEAVING, MEANS_OVER_TIME, STOCK, any_in};

/// The totals of one sentence; `here` are its countable claims in order.
pub(super) fn totals(here: &[&Claim], all: &mut Vec<Relation>) {
    let before = all.len();
    for (n, total) in here.iter().copied().enumerate() {
        if n > 0
            && let Some(closing) = cues::closing(total)
        {
            let it = closing_sum(total, &here[..n], closing);
            all.extend(it.filter(|it| !has_more_before(it, here)));
        }
    }
    rest(here, all);
    if all.len() == before {
        opening(here, all);
    }
}

/// 拿下省级金奖，另有3个项目获银奖、2个获铜奖，获奖项目合计6个: what the list goes on from is not told in numbers.
fn has_more_before(it: &Relation, here: &[&Claim]) -> bool {
    let first = it
        .members
        .iter()
        .filter(|(role, _)| *role == Role::Part)
        .filter_map(|(_, id)| here.iter().find(|c| c.id == *id));
    let led = |c: &&Claim| ["另有", "另获", "还有", "此外", "另外"].iter().any(|word| cues::item(c).starts_with(word));
    it.finding == Finding::Inconsistent
        && it.computed < it.stated
        && first.min_by_key(|c| c.site.start).is_some_and(led)
}

/// 另外三个专业合计816人: how many the others are.
fn how_many_others(claim: &Claim, total: &Claim) -> bool {
    const OTHERS: &[&str] = &["另外", "其余", "其他", "其它", "余下", "剩下", "剩余"];
    !alike(claim, total) && OTHERS.contains(&cues::item(claim).as_str())
}

/// What may become of those who leave.
const RESULTS: &[&str] = &["升学", "就业", "创业", "参军", "入伍", "出国", "留学", "签约", "深造"];

/// 毕业生876人，已就业853人，未就业23人: what is done and what is not make the whole. Counts that miss it by more than a
/// twentieth are of something else.
pub(super) fn undone(here: &[&Claim], all: &mut Vec<Relation>) {
    for (n, left) in here.iter().enumerate() {
        let lead = left.site.before.trim_start_matches(['，', '、', '（', '；']);
        // 抽查60个班级，手机入袋51个，仍有9个未落实: of the two right before it.
        let still = ["仍有", "尚有", "还有", "仍剩"].contains(&lead);
        if let ([.., whole, done], true) = (&here[..n], still && left.site.after.contains(['未', '没'])) {
            let row = whole.site.clause + 1 == done.site.clause && done.site.clause + 1 == left.site.clause;
            let plain = [whole, done].iter().all(|c| alike(c, left) && c.unit == left.unit && !cues::is_old(c));
            if row && plain && done.value < whole.value && near(whole, &[done, left], 4) {
                all.extend(held_within(RelationKind::Sum, whole, &[done, left]));
            }
            continue;
        }
        let Some(denied) = ["尚未", "未能", "没有", "未"].iter().find_map(|no| lead.strip_prefix(no)) else {
            continue;
        };
        let word: String = denied.chars().take(2).collect();
        let does = |claim: &Claim| {
            let own = format!("{}{}", claim.site.before, claim.subject);
            own.contains(&word) && !any_in(&own, &["未", "没有"]) && alike(claim, left)
        };
        let Some(at) = here[..n].iter().rposition(|claim| word.chars().count() == 2 && does(claim)) else { continue };
        let (before, done) = (&here[..at], here[at]);
        let larger = |claim: &&&Claim| {
            alike(claim, left) && claim.value > done.value && !cues::is_old(claim) && !cues::is_base(claim)
        };
        let Some(whole) = before.iter().rev().find(larger) else { continue };
        if near(whole, &[done, left], 20) {
            all.extend(held_within(RelationKind::Sum, whole, &[done, left]));
            continue;
        }
        // 600名结业学员，就业522名；创业48名；未就业32名: what was reached in other ways stands between.
        let between: Vec<&Claim> =
            here[at..=n].iter().copied().filter(|c| alike(c, left) && !cues::is_old(c) && !cues::per_head(c)).collect();
        let results = between.iter().all(|c| {
            let own = format!("{}{}", c.site.before, c.subject);
            c.id == left.id || RESULTS.iter().any(|word| own.contains(word))
        });
        if between.len() >= 3 && results && near(whole, &between, 20) {
            all.extend(held_within(RelationKind::Sum, whole, &between));
        }
    }
}

/// 一等奖12名、二等奖24名，共36名: the row right before the total. Which numbers the row begins with is not said; if
/// any row makes the total, that one is meant.
fn closing_sum(total: &Claim, earlier: &[&Claim], closing: Closing) -> Option<Relation> {
    // …，全校去年毕业生总数747人: of another time than the list.
    if cues::is_old(total) && !cues::tells_of_then(total) && earlier.last().is_none_or(|last| !cues::is_old(last)) {
        return None;
    }
    // 非常满意1368份、满意864份、一般144份…，满意以上合计2232份: all of the list down to what is named.
    if let Some(name) = cues::down_to(total) {
        let at = earlier.iter().rposition(|c| alike(c, total) && cues::label(c) == name)?;
        let list = cues::list_up_to(earlier[at], &earlier[..=at]);
        let list: Vec<&Claim> = list.into_iter().rev().collect();
        return held_within(RelationKind::Sum, total, &list).filter(|_| list.len() >= 2 && near(total, &list, 2));
    }
    let names = cues::named_parts(total);
    let called: Vec<&Claim> = names
        .iter()
        .filter_map(|name| earlier.iter().rev().copied().find(|c| alike(c, total) && cues::label(c) == *name))
        .collect();
    if called.len() >= 2 && called.len() == names.len() {
        return held_within(RelationKind::Sum, total, &called).filter(|_| near(total, &called, 2));
    }
    // 一期投资3000万元，二期投资4500万元，两期共投资7500万元: the number of parts may be said before their total.
    // 企业26家，评聘特级技师18人、首席技师5人，两类共23人: then so many of them are meant.
    let earlier = match earlier {
        [parts @ .., many] if !alike(many, total) && many.site.clause == total.site.clause => {
            let row = parts.iter().rev().take_while(|part| alike(part, total)).count();
            let said = many.value.and_then(Exact::as_int).and_then(|n| usize::try_from(n).ok());
            match said.filter(|&n| n >= 2 && n <= row) {
                Some(n) => &parts[parts.len() - n..],
                None if many.value == Exact::int(parts.len() as i128) => parts,
                None => earlier,
            }
        }
        all => all,
    };
    let row: Vec<&Claim> = earlier
        .iter()
        .copied()
        .rev()
        // 一期1200万元，二期850万元: the phase is no count.
        .filter(|c| !glued(c, earlier))
        .take_while(|c| alike(c, total) && c.numeral != Numeral::None)
        // 转专业46人（其中转入机电28人），休学33人，合计79人: what stands in brackets is of the count before them.
        .filter(|c| !cues::is_old(c) || cues::tells_of_then(total))
        .filter(|c| cues::in_brackets(c) == cues::in_brackets(total))
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    // A count of another class right before the total (专著2部) belongs to it, and we cannot add it.
    if row.len() < 2 || earlier.last().is_none_or(|last| !alike(last, total)) {
        return None;
    }
    // 转入12人，转出9人: who leaves is not added.
    if row.iter().any(|part| any_in(&part.site.before, LEAVING)) {
        return None;
    }
    // 在3个社区各设服务站2个，共6个: what each has is multiplied, not added.
    if row.iter().any(|part| apiece::each_given(part)) {
        return None;
    }
    // A row begins with its clause, not in the middle of a list.
    let begins = |&from: &usize| from == 0 || row[from].site.clause != row[from - 1].site.clause;
    let sums: Vec<Relation> = (0..=row.len() - 2)
        .filter(begins)
        .filter_map(|from| held_within(RelationKind::Sum, total, &row[from..]))
        .collect();
    if let Some(holds) = sums.iter().find(|it| it.finding == Finding::Consistent) {
        return Some(holds.clone());
    }
    // 从2021年的1.8万小时、2022年的2.4万小时，增加到2024年的4.1万小时，累计…: earlier values may be parts too.
    let with_old: Vec<&Claim> = earlier.iter().copied().filter(|c| alike(c, total) && c.unit == total.unit).collect();
    let holds = held_within(RelationKind::Sum, total, &with_old).filter(|_| with_old.len() > row.len());
    if let Some(holds) = holds.filter(|it| it.finding == Finding::Consistent) {
        return Some(holds);
    }
    // 院校14所、企业63家、科研院所5家，共计82家: a list that begins in another word for its kind.
    let mut list: Vec<&Claim> = Vec::new();
    for claim in earlier.iter().rev().copied() {
        if list.last().is_some_and(|next| !cues::listed_next(claim, next)) || claim.kind != total.kind {
            break;
        }
        list.push(claim);
    }
    list.reverse();
    if list.len() > row.len() && list.iter().any(|c| c.unit != total.unit) && claim_bound(&list) {
        let whole_list = held_within(RelationKind::Sum, total, &list)?;
        return Some(whole_list).filter(|it| it.finding == Finding::Consistent);
    }
    // 高中培训3250人、技术培训6.4万人次、…，合计31.3万人次: those in the unit of the total.
    let in_unit: Vec<&Claim> = row.iter().copied().filter(|c| c.unit == total.unit).collect();
    let holds = held_within(RelationKind::Sum, total, &in_unit).filter(|_| (2..row.len()).contains(&in_unit.len()));
    if let Some(holds) = holds.filter(|it| it.finding == Finding::Consistent) {
        return Some(holds);
    }
    // 合格214份，其余尚在评阅，共提交751份: something is left out of the list.
    let last = row.last()?;
    let from = offset(last) + last.site.end - last.site.start;
    let between: String = total.site.sentence_text.chars().take(offset(total)).skip(from).collect();
    if any_in(&between, &["其余", "另有", "此外", "另外", "还有", "其他"]) {
        return None;
    }
    // None holds: the longest row of one clause, or of one list, was meant.
    let last = row[row.len() - 1].site.clause;
    let clause = row.iter().position(|c| c.site.clause == last).filter(|&from| row.len() - from >= 2);
    let from = clause.filter(|&from| near(total, &row[from..], 2)).unwrap_or(0);
    let parts = &row[from..];
    let largest = parts.iter().all(|part| part.value <= total.value);
    let words = |claim: &Claim| format!("{}{}", claim.site.before, claim.site.after);
    // 财政拨款6240万元，事业收入1865万元，总收入8432万元: what is not told may be missing, where it is no slip.
    let sum = sum(parts)?;
    let steps = |value: Exact| value.over(total.step);
    let slip = total.value.and_then(|value| {
        let (a, b) = (steps(sum)?, steps(value)?);
        Some(is_slip(a, b) || carried(a, b))
    });
    let less = total.value > Some(sum) && slip != Some(true) && parts.len() < 3;
    if less && closing == Closing::Named("总") {
        return None;
    }
    let meant = match closing {
        Closing::Bare => near(total, parts, 2),
        Closing::Named(word) => {
            let named = words(total).replace(word, "");
            let same = parts.iter().any(|part| shared(&named, &words(part)) >= 2)
                || shared(&named, &parts[0].site.clause_text) >= 2 && word != "累计";
            largest && (same && near(total, parts, 2) || near(total, parts, 10))
        }
    };
    // 2022年4720万元，2023年5210万元，2024年再增12.5%，三年累计1.58亿元: not all of the years are told here.
    let meant = meant && cues::years_told(total).is_none_or(|years| years == parts.len());
    let mut it = held_within(RelationKind::Sum, total, parts)?;
    it.primary = meant;
    Some(it)
}

/// Are all of them printed as they are?
fn claim_bound(claims: &[&Claim]) -> bool {
    claims.iter().all(|c| c.bound == Bound::Exact && c.each.is_none())
}

/// Does another number begin right where this one ends?
fn glued(claim: &Claim, others: &[&Claim]) -> bool {
    claim.numeral == Numeral::Chinese && others.iter().any(|other| other.site.start == claim.site.end)
}

/// 支出355.2万元，分别为…、管理费用39.7万元，收支相抵，结余57.6万元: what is left of the income is no part of what was spent.
fn is_left(claim: &Claim) -> bool {
    const LEFT: &[&str] = &["结余", "盈余", "节余", "节约", "节省", "超支", "收支", "净结余"];
    let item = cues::item(claim);
    let item = ["年末", "年终", "当年", "全年", "本年", "最终", "实现"]
        .iter()
        .find_map(|w| item.strip_prefix(w))
        .unwrap_or(&item);
    let led = offset(claim).saturating_sub(cues::item(claim).chars().count());
    let sign = claim.site.sentence_text.chars().take(led).last();
    sign == Some('，') && LEFT.iter().any(|word| item.starts_with(word))
}

/// 39件：金奖4件、银奖10件、铜奖25件; 共39件，分别为…; 39件，由…组成.
fn opening(here: &[&Claim], all: &mut Vec<Relation>) {
    for (n, total) in here.iter().copied().enumerate() {
        let Some(opener) = opens_list(total) else { continue };
        let behind: Vec<&Claim> = here[n + 1..].iter().copied().filter(|c| !how_many_others(c, total)).collect();
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
        let Some(mut it) = held_within(RelationKind::Sum, total, &parts) else { continue };
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

/// 采购87项，预算5420万元。公开招标41项、磋商29项、询价12项、单一来源5项: a sentence that is nothing but a list, and makes or all
/// but makes a count of the sentence before, was meant to make it.
pub(super) fn listed(before: &[&Claim], here: &[&Claim], all: &mut Vec<Relation>) {
    let Some(first) = here.first() else { return };
    // …、其他12所学校3500人: another count within an item is of the item alone.
    let row: Vec<&Claim> = here.iter().copied().filter(|c| alike(c, first)).collect();
    let (here, all_here) = (&row[..], here.len());
    let [first, .., last] = here else { return };
    let leaves_nobody = cues::complete(here);
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
    let head: String = said_before(first);
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
    divided || counted_by(&head)
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
    let head: String = said_before(first);
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
    let closed = |row: &[&Claim]| cues::classes(row) || cues::is_closed(row);
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
    let head: String = said_before(first);
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
    let all_named = cues::complete(&row);
    let kind = if all_named { RelationKind::Sum } else { RelationKind::Subset };
    let it = held_within(kind, whole, &row);
    all.extend(it.filter(|it| all_named || it.finding == Finding::Consistent || division(&row) == Division::Clean));
}

/// 日均就餐8600人（一食堂3200人、二食堂2600人、…）: what a bracket right behind a daily or yearly mean lists makes the mean.
pub(super) fn parts_of_means(doc: &Document, all: &mut Vec<Relation>) {
    let over_time = |c: &&Claim| {
        c.kind == Kind::Quantity
            && c.bound == Bound::Exact
            && MEANS_OVER_TIME.iter().any(|(word, _)| c.site.before.contains(word))
    };
    for mean in doc.claims.iter().filter(over_time) {
        let text: Vec<char> = mean.site.sentence_text.chars().collect();
        let from = offset(mean) + mean.site.end - mean.site.start;
        if text.get(from) != Some(&'（') {
            continue;
        }
        let end = text[from..].iter().position(|&c| c == '）').map_or(from, |n| from + n);
        let inside = doc
            .around(mean)
            .iter()
            .filter(|c| c.site.sentence == mean.site.sentence && c.site.start > mean.site.start && offset(c) < end);
        let parts: Vec<&Claim> = inside.collect();
        let like = parts.len() >= 3 && parts.iter().all(|c| c.unit == mean.unit && c.numeral != Numeral::None);
        if like && near(mean, &parts, 4) {
            all.extend(held_within(RelationKind::Sum, mean, &parts));
        }
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

/// 共39件，金奖4件、银奖10件，其余25件: what is left over completes the whole.
fn rest(here: &[&Claim], all: &mut Vec<Relation>) {
    for (n, rest) in here.iter().copied().enumerate().filter(|(_, claim)| cues::is_rest(claim)) {
        // 其他 above a column names one part of many, in no order.
        if rest.site.cell.is_some() {
            continue;
        }
        let row: Vec<&Claim> =
            here[..n].iter().copied().filter(|c| alike(c, rest) && c.numeral != Numeral::None).collect();
        // 收2400元，人均50元，花1680元，剩720元: a mean is no part.
        let row: Vec<&Claim> =
            row.iter().enumerate().filter(|(n, c)| *n == 0 || !cues::per_head(c)).map(|it| *it.1).collect();
        let Some((whole, parts)) = row.split_first() else { continue };
        if parts.iter().any(|part| part.value > whole.value) || parts.is_empty() {
            continue;
        }
        // 从对象看，企业职工2145人次，退役军人386人次，…，其他519人次: all of them divide another whole.
        let head: String = said_before(whole);
        if ["看，", "看：", "分，", "分：", "分布", "构成"].iter().any(|word| head.contains(word)) {
            continue;
        }
        // 财物丢失17起、纠纷9起、交通7起、其他5起: one of the list is no whole of the others.
        if [parts[0], rest].iter().all(|part| part.site.clause == whole.site.clause) {
            continue;
        }
        let parts: Vec<&Claim> = parts.iter().copied().chain([rest]).collect();
        // 教学能力31人次，微课24人次，…，其他24人次: the first is one of them.
        if !near(whole, &parts, 3) {
            continue;
        }
        let Some(mut it) = held_within(RelationKind::Sum, whole, &parts) else { continue };
        it.primary = true;
        all.push(it);
    }
}
