//! Wholes and what divides them so that nothing is left, wherever the whole stands: 到账经费1864.5万元…。按来源，纵向652.3万元、横向
//! 1122.2万元; 录取新生3186人…；按性别，男生1738人、女生1458人; 一是…26场。二是…18场。三是…11场。
//!
//! What the parts are called says that they are all there is (see [`crate::relate::wording::categories`]); which count they
//! are all of is weighed: how near it stands, what leads to it and to them, whether the figures differ by an everyday slip.
//! What they make exactly is told; where they miss it, only what so much speaks for that hardly anything else can be meant.

use std::collections::{BTreeMap, HashSet};

use super::addition::{held_within, near, sum};
use crate::document::{Bound, Claim, Document, Numeral};
use crate::exact::Exact;
use crate::relate::digits::slips::{carried, is_slip};
use crate::relate::rates::bases::opening;
use crate::relate::relations::{Finding, Relation, RelationKind, Role};
use crate::relate::wording::around::{head_of, led_from, said_after, said_before, shared, words_of};
use crate::relate::wording::called::PEOPLE_NOUNS;
use crate::relate::wording::categories::{SETS, named_in};
use crate::relate::wording::comparable::adds_up;
use crate::relate::wording::cues;
use crate::relate::wording::division::{Division, division};
use crate::units::counts_people;
use crate::words::{ACHIEVED, any_in};

/// So much must speak for a whole that its parts do not make.
const ENOUGH: i32 = 5;
/// So many counts before the parts may be their whole.
const WHOLES: usize = 10;
/// So many parts are read as one row.
const MOST: usize = 12;

/// Looks for them.
pub(super) fn divided(doc: &Document, all: &mut Vec<Relation>) {
    let told = Told::of(all);
    let mut classes: BTreeMap<&str, Vec<Item>> = BTreeMap::new();
    for claim in doc.claims.iter().filter(|c| counts(c)) {
        let class = if counts_people(&claim.unit) && claim.unit != "人次" { "人" } else { claim.unit.as_str() };
        let row = classes.entry(class).or_default();
        let item = Item::of(claim, row.last().map(|it| it.claim));
        row.push(item);
    }
    let mut found = Vec::new();
    for items in classes.values().filter(|items| items.len() >= 3) {
        let mut at = 0;
        while at < items.len() {
            let by_name = row_at(items, at);
            let row = by_name.or_else(|| listed(items, at));
            let it = row.as_ref().and_then(|row| whole_of(doc, items, row, &told));
            // The first of a list may be the whole of the others.
            at = row.filter(|row| row.named || it.is_some()).map_or(at + 1, |row| row.end);
            found.extend(it);
        }
    }
    for it in &found {
        // What was held within the whole makes it.
        let of = |other: &Relation, role: Role| -> HashSet<String> {
            other.members.iter().filter(|(own, _)| *own == role).map(|(_, id)| id.clone()).collect()
        };
        let (parts, whole) = (of(it, Role::Part), of(it, Role::Whole));
        let within = |other: &&mut Relation| {
            other.kind == RelationKind::Subset
                && of(other, Role::Whole) == whole
                && of(other, Role::Part).is_subset(&parts)
        };
        all.iter_mut().filter(within).for_each(|other| other.primary = false);
    }
    all.extend(found);
}

fn counts(claim: &Claim) -> bool {
    let exact = claim.bound == Bound::Exact && claim.numeral != Numeral::None && claim.each.is_none();
    let plain = exact && claim.site.cell.is_none() && !cues::per_head(claim);
    plain && (claim.kind.counts() || adds_up(claim)) && !cues::is_base(claim) && claim.value > Some(Exact::ZERO)
}

/// What is added up already.
#[derive(Default)]
struct Told {
    /// Parts of sums.
    parts: HashSet<String>,
    /// What other parts make.
    made: HashSet<String>,
    /// What contradicts each other.
    against: Vec<HashSet<String>>,
}

impl Told {
    fn of(all: &[Relation]) -> Told {
        let mut told = Told::default();
        for it in all.iter().filter(|it| it.primary) {
            let of =
                |wanted: Role| it.members.iter().filter(move |(role, _)| *role == wanted).map(|(_, id)| id.clone());
            if it.finding == Finding::Inconsistent {
                told.against.push(it.members.iter().map(|(_, id)| id.clone()).collect());
            }
            match (it.kind, it.finding) {
                (RelationKind::Sum, Finding::Consistent) => {
                    told.parts.extend(of(Role::Part));
                    told.made.extend(of(Role::Whole));
                }
                (RelationKind::Sum, _) | (RelationKind::Subset, Finding::Inconsistent) => {
                    told.parts.extend(of(Role::Part))
                }
                _ => {}
            }
        }
        told
    }
}

/// A count with what it is called.
struct Item<'a> {
    claim: &'a Claim,
    /// The words of its own item.
    lead: String,
    /// What it is in the sets that name it.
    places: Vec<(usize, u32)>,
    /// What of its item no set names, where it is short.
    rest: String,
    /// 一是, 第一，: which of those counted off.
    nth: Option<usize>,
    /// 2023级: of which year.
    cohort: Option<i32>,
    /// What stands between it and the count before, in its sentence.
    between: &'a str,
    /// It tells of an earlier time.
    old: bool,
}

impl<'a> Item<'a> {
    fn of(claim: &'a Claim, before: Option<&Claim>) -> Item<'a> {
        let text = led_from(before, claim);
        let lead = text.rsplit(['，', '、', '；', '：', '（', '。']).next().unwrap_or_default().to_string();
        let signs = ['，', '、', '；', '：', '（', '）', '。', ' '];
        let mut head = text.trim_start_matches(signs);
        let nth = nth(head).or_else(|| nth(&lead));
        for word in ["其中", "按", "一是", "二是", "三是", "四是", "五是", "而", "则", "在"] {
            head = head.strip_prefix(word).unwrap_or(head).trim_start_matches(signs);
        }
        // 2023级: the year is a name.
        let cohort = cohort(&lead);
        let short = lead.chars().count() <= 12;
        let mut names = if short { named_in(&lead) } else { Vec::new() };
        // 捧回11枚奖牌——3金5银4铜.
        if matches!(claim.site.grade.as_str(), "金" | "银" | "铜") {
            names = named_in(match claim.site.grade.as_str() {
                "金" => "金牌",
                "银" => "银牌",
                _ => "铜牌",
            });
        }
        let mut rest = lead.clone();
        names.iter().for_each(|(name, _)| rest = rest.replacen(name, "", 1));
        if names.is_empty() {
            let begins = named_in(head).into_iter().next().filter(|(name, _)| head.starts_with(name));
            let behind = || {
                named_in(&claim.site.after).into_iter().next().filter(|(name, _)| claim.site.after.starts_with(name))
            };
            names = begins.or_else(behind).into_iter().collect();
            rest.clear();
        }
        // 国家级、省级、市级项目合计60项: the total is none of them.
        if any_in(&lead, &["合计", "总计", "共计", "总数"]) {
            names.clear();
        }
        let mut places: Vec<(usize, u32)> = Vec::new();
        for (set, member) in names.iter().flat_map(|(_, places)| places.iter().copied()) {
            // 副高级及以上: all from there on.
            let last = SETS.get(set).map_or(1, |set| set.members.len());
            let mask: u32 = match () {
                () if lead.contains("以上") => (0..=member).map(|n| 1 << n).sum(),
                () if lead.contains("以下") => (member..last).map(|n| 1 << n).sum(),
                () => 1 << member,
            };
            match places.iter_mut().find(|it| it.0 == set) {
                Some(own) => own.1 |= mask,
                None => places.push((set, mask)),
            }
        }
        // 上学期34场，下学期51场: one of two, not an earlier one.
        let one_of_two = lead.starts_with("上学期") && !places.is_empty();
        let old = cues::is_old(claim) && !one_of_two;
        Item { claim, lead, places, rest, nth, cohort, between: text, old }
    }

    fn place(&self, set: usize) -> Option<u32> {
        self.places.iter().find(|it| it.0 == set && !self.old).map(|it| it.1)
    }

    /// 其他, 未定级: what the categories leave over.
    fn is_rest(&self) -> bool {
        ["其他", "其余", "其它", "未定级", "未定职级", "未评", "无职称", "见习"]
            .iter()
            .any(|word| self.lead.starts_with(word))
    }
}

/// 一是, 第二，, （三）: which of those counted off.
fn nth(head: &str) -> Option<usize> {
    const DIGITS: &[char] = &['一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let rest = head.trim_start_matches(['第', '（']);
    let first = rest.chars().next()?;
    let at = DIGITS.iter().position(|digit| *digit == first)?;
    let behind = &rest[first.len_utf8()..];
    let counted_off = rest.len() == head.len() && behind.starts_with('是')
        || rest.len() < head.len() && behind.starts_with(['，', '）', '、']);
    counted_off.then_some(at + 1)
}

/// 2023级, 24级.
fn cohort(lead: &str) -> Option<i32> {
    let before = lead.split_once('级')?.0;
    let digits: String =
        before.chars().rev().take_while(char::is_ascii_digit).collect::<Vec<_>>().into_iter().rev().collect();
    let year: i32 = digits.parse().ok()?;
    match digits.len() {
        4 => Some(year),
        2 => Some(2000 + year),
        _ => None,
    }
}

/// Parts that are all there is.
struct Row {
    start: usize,
    end: usize,
    /// How surely nothing is left beside them.
    points: i32,
    firm: bool,
    /// By the names of categories, or as they are counted off.
    named: bool,
    /// Others of the same list are not among them.
    open: bool,
}

/// The longest row of parts that begins with an item.
fn row_at(items: &[Item], start: usize) -> Option<Row> {
    let first = items.get(start).filter(|it| !it.old)?;
    let goes_on = |n: usize| {
        let (Some(one), Some(next)) = (items.get(n - 1), items.get(n)) else { return false };
        one.claim.site.paragraph == next.claim.site.paragraph && one.claim.site.chain + 2 >= next.claim.site.chain
    };
    // 优秀312人、良好1126人、及格2287人、不及格327人: the last two of a list of more are not all there is.
    let before = start.checked_sub(1).and_then(|n| items.get(n)).filter(|_| listed_on(items, start));
    let inner = |set: usize, end: usize| {
        let smaller = |before: &Item| items[start..end].iter().any(|it| it.claim.value > before.claim.value);
        SETS.get(set).is_some_and(|set| set.members.len() == 2) && before.is_some_and(smaller)
    };
    let complete = |set: usize| {
        let full: u32 = (0..SETS.get(set)?.members.len()).map(|n| 1 << n).sum();
        let mut seen = first.place(set)?;
        let mut end = start + 1;
        while seen != full {
            let own = items.get(end)?.place(set).filter(|own| own & seen == 0 && goes_on(end))?;
            seen |= own;
            end += 1;
        }
        (!inner(set, end)).then_some(end)
    };
    let sets = first.places.iter().filter_map(|(set, _)| Some((complete(*set)?, *set)));
    let by_name = sets.max_by_key(|(end, set)| (*end, SETS[*set].firm)).map(|(end, set)| (end, SETS[set].firm));
    let run = |holds: &dyn Fn(&Item, usize) -> bool| {
        let more = items.iter().enumerate().skip(start + 1).take(MOST);
        start + 1 + more.take_while(|(n, it)| goes_on(*n) && !it.old && holds(it, n - start)).count()
    };
    let counted_off = first.nth.filter(|nth| *nth == 1).map(|_| run(&|it, n| it.nth == Some(n + 1)));
    let years = first.cohort.map(|year| {
        let up = run(&|it, n| it.cohort == i32::try_from(n).ok().map(|n| year + n));
        up.max(run(&|it, n| it.cohort == i32::try_from(n).ok().map(|n| year - n)))
    });
    let (mut end, firm, points) = match (by_name, counted_off.max(years).filter(|end| end - start >= 3)) {
        (Some((end, firm)), _) if end - start >= 2 => (
            end,
            firm,
            if firm {
                3
            } else if end - start >= 3 {
                2
            } else {
                1
            },
        ),
        (_, Some(end)) => (end, false, 2),
        _ => return None,
    };
    if listed_on(items, end) && items.get(end).is_some_and(Item::is_rest) {
        end += 1;
    }
    Some(Row { start, end, points, firm, named: true, open: listed_on(items, end) })
}

/// Does the list go on with an item?
fn listed_on(items: &[Item], n: usize) -> bool {
    let (Some(one), Some(next)) = (n.checked_sub(1).and_then(|n| items.get(n)), items.get(n)) else { return false };
    let (before, own) = (&one.claim.site, &next.claim.site);
    let beside = before.chain == own.chain && own.clause <= before.clause + 1;
    beside
        && cues::closing(next.claim).is_none()
        && next.lead.chars().count() <= 10
        && !own.clause_text.contains("其中")
}

/// Words by which items of a list are no parts of one whole.
const OTHER_SIDES: &[&str] =
    &["以上", "以下", "其中", "新增", "占", "收入", "支出", "留存", "结余", "剩余", "上缴", "退", "未", "不含"];

/// 机电系42.6万元、信息系38.4万元、商贸系27.5万元: three and more in one list, whatever they are called.
fn listed(items: &[Item], start: usize) -> Option<Row> {
    let sign = |n: usize| {
        let (one, next) = (items.get(n - 1)?, items.get(n)?);
        let (one, own) = (&one.claim.site, &next.claim.site);
        match led_from(Some(items.get(n - 1)?.claim), items.get(n)?.claim).chars().next()? {
            _ if one.sentence != own.sentence => Some('；'),
            first @ ('、' | '，') => Some(first),
            _ => None,
        }
    };
    let first = items.get(start).filter(|it| !it.old && !it.is_rest())?;
    let of_list = |n: usize| {
        let it = items.get(n).filter(|it| !it.old)?;
        let named = (1..=12).contains(&it.lead.chars().count());
        (listed_on(items, n) && named).then(|| sign(n))?
    };
    let one = of_list(start + 1)?;
    // 优秀312人、良好1126人、及格2287人、不及格327人: not the end of a longer list.
    if start > 0 && one == '、' && of_list(start) == Some(one) {
        return None;
    }
    let more = (start + 2..items.len().min(start + MOST)).take_while(|n| of_list(*n) == Some(one)).count();
    let end = start + 2 + more;
    let own = items.get(start..end).filter(|own| own.len() >= 2)?;
    let parts: Vec<&Claim> = own.iter().map(|it| it.claim).collect();
    // 书法类86件，绘画类124件，获奖98件: what some of them reached is told beside.
    let reached = own.iter().filter(|it| any_in(&it.lead, ACHIEVED)).count();
    let names: HashSet<&str> = own.iter().map(|it| it.lead.as_str()).collect();
    let apart = names.len() == own.len() && (reached == 0 || reached == own.len());
    let plain = own.iter().all(|it| !any_in(&it.lead, OTHER_SIDES));
    if !apart || !plain {
        return None;
    }
    // 博士47人、骨干教师198人: people may be counted twice.
    let overlapping = i32::from(division(&parts) == Division::Overlapping);
    let crossing = own.iter().any(|it| any_in(&it.lead, &["双师", "骨干", "名师", "党员", "博士", "硕士", "高级"]));
    if overlapping > 0 && (crossing || own.len() == 2) {
        return None;
    }
    // …系, …系, …系; 深度合作, 一般合作, 意向合作: of one kind.
    let name = |it: &Item| it.lead.trim_end_matches(['有', '为', '共', '达', '的']).chars().last();
    let kind = name(first).is_some() && own.iter().all(|it| name(it) == name(first));
    // Two only of one kind: 普通类962人，艺体类214人.
    if own.len() == 2 && !kind {
        return None;
    }
    let points = -overlapping + i32::from(own.len() >= 3) + i32::from(own.len() >= 4) + i32::from(kind);
    Some(Row {
        start,
        end,
        points,
        firm: false,
        named: false,
        open: listed_on(items, end) && !items.get(end).is_some_and(Item::is_rest),
    })
}

/// The whole of the parts: one that they make, or one that so much speaks for that they were meant to.
fn whole_of(doc: &Document, items: &[Item], row: &Row, told: &Told) -> Option<Relation> {
    let own = items.get(row.start..row.end)?;
    let parts: Vec<&Claim> = own.iter().map(|it| it.claim).collect();
    let (first, last) = (parts.first()?, parts.last()?);
    let behind = items.get(row.end).filter(|it| {
        let near = it.claim.site.paragraph == last.site.paragraph && it.claim.site.chain <= last.site.chain + 1;
        // 3金4银6铜，10枚奖牌来自机电系: what stands behind medals is told of in a place of its own.
        near && first.site.grade.is_empty()
            && it.nth.is_none()
            && !it.old
            && !it.claim.site.clause_text.contains("其中")
            && parts.iter().all(|part| part.value < it.claim.value)
    });
    if parts.iter().filter(|part| told.parts.contains(&part.id)).count() >= 2 {
        // 岗位5210个，春季2140个，秋季3070个，合计5310个: they make what was told first, and are added up once more.
        let again = |it: &&Item| {
            let next = it.claim.site.clause == last.site.clause + 1 && !told.made.contains(&it.claim.id);
            next && cues::closing(it.claim) == Some(cues::Closing::Bare) && near(it.claim, &parts, 4)
        };
        return held_within(RelationKind::Sum, behind.filter(again)?.claim, &parts);
    }
    let name = opening(&first.site.sentence_text).filter(|name| !name.is_empty());
    // 去年到账1234.8万元。按来源，…: what the paragraph tells of was then.
    let then = |it: &Item| {
        !it.old || cues::tells_of_then(it.claim) && !any_in(&first.site.paragraph_text, &["今年", "本年", "比", "较"])
    };
    let may_be = |it: &Item| {
        let c = it.claim;
        let larger = parts.iter().all(|part| part.value < c.value);
        let planned = any_in(cues::item(c), &["计划", "目标", "预算", "拟", "编制", "核定", "定员", "容量"])
            && !any_in(cues::item(first), &["计划", "预算"]);
        // 在校生中，男生…: of those.
        let of_name = name.is_none_or(|name| shared(name, words_of(c)) >= 2);
        larger && !planned && of_name && then(it) && c.site.paragraph + 1 >= first.site.paragraph
    };
    // A part of another list is the whole of what stands right behind it alone.
    let apart = |n: usize, c: &Claim| n + 1 == row.start || !told.parts.contains(&c.id);
    let before =
        items[..row.start].iter().enumerate().rev().take(MOST * 2).filter(|(n, it)| may_be(it) && apart(*n, it.claim));
    let before: Vec<&Item> = before.map(|it| it.1).take(WHOLES).collect();
    // Of a list that no category closes it is the count right before it, or the total right behind.
    let before =
        if row.named { before } else { before.into_iter().take(1).filter(|it| next_to(items, row, it)).collect() };
    let behind = behind.filter(|it| row.named || cues::closing(it.claim).is_some());
    let wholes = || behind.into_iter().map(|it| (0, it)).chain(before.iter().copied().enumerate());
    let sum = sum(&parts)?;
    let makes =
        |it: &Item| held_within(RelationKind::Sum, it.claim, &parts).filter(|it| it.finding == Finding::Consistent);
    // A small number is hit by chance among several.
    let seldom = |rank: usize| rank == 0 || sum >= Exact::whole(30);
    if let Some(it) = wholes().filter(|(rank, _)| seldom(*rank)).find_map(|(_, it)| makes(it)) {
        return Some(it);
    }
    let weighed = wholes().filter_map(|(rank, it)| {
        let is_behind = it.claim.site.start > first.site.start;
        Some((points(it, own, row, sum, told, (rank, is_behind))?, it.claim))
    });
    let (points, whole) = weighed.max_by_key(|it| it.0)?;
    // 报名2157人 of the paragraph before: where anything else makes it, that is meant.
    let elsewhere = doc.around(first).iter().any(|c| c.value == Some(sum) && parts.iter().all(|part| part.id != c.id));
    // 世界技能大赛1枚金牌、国家级35项、…: a list that begins with something else leaves that out; …，另有若干省外学生.
    let named_from = first.site.start - own[0].lead.chars().count();
    let between = |c: &&Claim| c.site.start > whole.site.start.min(first.site.start) && c.site.start < first.site.start;
    let begins = doc
        .around(first)
        .iter()
        .filter(between)
        .all(|c| !c.kind.counts() || c.site.clause != first.site.clause || c.site.start >= named_from);
    let goes_on = sum < whole.value? && more_behind(last);
    if elsewhere
        || !begins
        || goes_on
        || told.against.iter().any(|ids| ids.contains(&whole.id) && parts.iter().any(|part| ids.contains(&part.id)))
    {
        return None;
    }
    let enough = if row.named { ENOUGH } else { ENOUGH + 1 };
    (points >= enough).then(|| held_within(RelationKind::Sum, whole, &parts)).flatten()
}

/// …，另有若干省外学生; …等: is something left out behind the last?
fn more_behind(last: &Claim) -> bool {
    let behind = head_of(said_after(last), 16);
    let first = behind.split(['，', '。', '；']).next().unwrap_or_default();
    first.starts_with('等') || any_in(behind, &["另有", "另外", "还有", "此外", "其余", "另设", "若干", "不等"])
}

/// Is the count the one right before the row, in its sentence or the one before?
fn next_to(items: &[Item], row: &Row, it: &Item) -> bool {
    let before = row.start.checked_sub(1).and_then(|n| items.get(n)).filter(|before| before.claim.id == it.claim.id);
    let (Some(before), Some(own)) = (before, items.get(row.start)) else { return false };
    // 机械系27项、电气系22项、…: one of the list is no whole of the others.
    let last = |it: &Item| it.lead.trim_end_matches(['有', '为', '共', '达', '的']).chars().last();
    let listed = own.between.starts_with('、') || last(before).is_some() && last(before) == last(own);
    let near = before.claim.site.chain + 1 >= own.claim.site.chain;
    near && !listed && before.claim.site.paragraph == own.claim.site.paragraph
}

/// 专任教师424人、企业兼职导师106名: staff called otherwise than the others is not all there is with them.
fn other_nouns(own: &[Item]) -> bool {
    const POSTS: &[&str] = &["专任", "专职", "兼职", "外聘"];
    let noun = |it: &Item| -> Option<String> {
        let lead: Vec<char> = it.lead.trim_end_matches(['有', '为', '共', '的']).chars().collect();
        let noun: String = lead[lead.len().saturating_sub(2)..].iter().collect();
        (any_in(&it.lead, POSTS) && !POSTS.contains(&noun.as_str())).then_some(noun)
    };
    match own {
        [one, other] => noun(one).zip(noun(other)).is_some_and(|(one, other)| one != other),
        _ => false,
    }
}

/// What speaks for a whole that the parts do not make.
fn points(it: &Item, own: &[Item], row: &Row, sum: Exact, told: &Told, (rank, behind): (usize, bool)) -> Option<i32> {
    let whole = it.claim;
    let (first, last) = (own.first()?.claim, own.last()?.claim);
    let parts: Vec<&Claim> = own.iter().map(|it| it.claim).collect();
    let value = whole.value?;
    let steps = |value: Exact| value.over(whole.step);
    let slip = steps(sum).zip(steps(value)).is_some_and(|(a, b)| is_slip(a, b) || carried(a, b));
    let large = steps(value)? >= Exact::int(100)?;
    let very = steps(value)? >= Exact::int(1000)?;
    let too_much = sum > value;
    let here = whole.site.chain == first.site.chain || behind && whole.site.chain == last.site.chain;
    let mut points = row.points + i32::from(too_much);
    points += match () {
        () if slip && near(whole, &parts, 3) => {
            i32::from(large) + i32::from(large || row.firm || too_much) + i32::from(very && !row.named)
        }
        () if near(whole, &parts, 50) => 1,
        () if near(whole, &parts, 10) => 0,
        () if near(whole, &parts, 6) && row.named => -1,
        () => return None,
    };
    let head = said_before(first);
    let among = any_in(head, &["其中", "包括"]);
    // 到账经费由纵向、横向两部分构成: it is said that these are all.
    let composed = any_in(head, &["构成", "组成", "部分", "分为"]) && row.firm;
    if !slip && !too_much && !here && !composed || !row.named && (!slip && !too_much || among) {
        return None;
    }
    let called = format!("{}{}", it.lead, whole.site.after);
    points += i32::from(
        cues::closing(whole).is_some() || any_in(&called, &["共", "总", "合计", "全", "各类", "累计", "现有"]),
    );
    points += match rank {
        0 => 1,
        1 => 0,
        _ => -2,
    };
    let chains =
        if behind { whole.site.chain.abs_diff(last.site.chain) } else { first.site.chain.abs_diff(whole.site.chain) };
    points += match () {
        () if whole.site.paragraph != first.site.paragraph => -2,
        () if chains == 0 => 1,
        () if chains == 1 => 0,
        () => -1,
    };
    // What stands behind without a word that adds up may be the next thing told.
    points -= i32::from(behind && cues::closing(whole).is_none());
    points += i32::from(any_in(head, &["按", "看", "分别", "由", "构成", "组成", "分为"]));
    points += i32::from(composed);
    points -= i32::from(among && !row.firm);
    points -= i32::from(row.open) * if row.firm { 1 } else { 3 };
    points += i32::from(!row.named && !row.open);
    points += i32::from(told.made.contains(&whole.id));
    if other_nouns(own) {
        return None;
    }
    // 男教师, 女教师 are no 教职工; 省内企业 are of the 企业.
    let noun = own[0].rest.trim_matches(['的', '有', '为', '共', '其', '中']);
    let anybody = ["职工", "员工", "人员", "成员", "同志"].contains(&noun);
    if (2..=4).contains(&noun.chars().count()) && !anybody && own.iter().all(|it| it.rest.contains(noun)) {
        let said = format!("{}{}{}", whole.site.clause_text, whole.site.after, whole.subject);
        // 一期建成480个: what was done is no noun.
        let whose = PEOPLE_NOUNS.iter().chain(&["职工", "党员", "干部", "会员"]).any(|who| noun.ends_with(who));
        points += match () {
            () if shared(noun, &said) >= 2 => 1,
            () if whose => -3,
            () => -1,
        };
    }
    Some(points)
}
