//! What is counted by grades, and the count or share of all from one grade up or down: 国家级12人次、省级58人次、市级119人次…
//! 省级以上获奖的70人次; and medals told once by metal, once together: 5金9银11铜，25枚奖牌.

use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::MOST_TOGETHER;
use crate::relate::digits::slips::is_slip;
use crate::relate::rates::readings::reading_of;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, tested};
use crate::relate::sums::addition::{held_within, near};
use crate::relate::wording::around::{self, head_of, said_after, words_of};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::words::any_in;

/// Looks for all of them.
pub(in crate::relate) fn grades(doc: &Document, all: &mut Vec<Relation>) {
    medals(doc, all);
    from_a_grade(doc, all);
}

/// 斩获5金9银11铜，25枚奖牌让学校跃居全省第四: all medals, right behind those of each metal.
fn medals(doc: &Document, all: &mut Vec<Relation>) {
    const METALS: &[&str] = &["金", "银", "铜"];
    let metal = |c: &Claim| METALS.iter().position(|metal| c.site.grade == *metal).filter(|_| plain(c));
    let runs = doc.claims.chunk_by(|a, b| {
        let row = metal(a).zip(metal(b)).is_some_and(|(a, b)| a < b);
        row && a.site.clause == b.site.clause && a.site.sentence == b.site.sentence
    });
    for run in runs.filter(|run| run.len() >= 2) {
        let last = &run[run.len() - 1];
        let Some(total) = doc.next(last).filter(|c| plain(c) && c.site.grade.is_empty() && c.site.cell.is_none())
        else {
            continue;
        };
        let lead = total.site.before.trim_start_matches(['，', '。', '；', '—', '！']);
        let behind = total.site.sentence == last.site.sentence + 1 && total.site.paragraph == last.site.paragraph
            || total.site.sentence == last.site.sentence && total.site.clause == last.site.clause + 1;
        let noun = total.site.after.find("奖牌").filter(|at| total.site.after[..*at].chars().count() <= 5);
        // 9金11银14铜，以33枚的奖牌总数位居第一.
        let led = matches!(lead, "" | "这" | "以" | "凭" | "凭借" | "凭着");
        let Some(noun) = noun.filter(|_| behind && led) else { continue };
        let told = |it: &Relation| it.kind == RelationKind::Sum && it.members.iter().any(|(_, id)| *id == total.id);
        if !alike(last, total) || all.iter().rev().take(MOST_TOGETHER).any(told) {
            continue;
        }
        // 20枚奖牌来自机械系: some of them.
        let said = &total.site.after[noun + "奖牌".len()..];
        // 27枚奖牌中有近一半出自机械系: a share is of them all.
        let shared = said.starts_with(['中', '里'])
            && doc.next(total).is_some_and(|c| c.kind == Kind::Rate && c.site.clause == total.site.clause);
        let some = !shared
            && lead.is_empty()
            && ["由", "来自", "出自", "中", "里", "是", "为", "被"].iter().any(|w| said.starts_with(w));
        let run: Vec<&Claim> = run.iter().collect();
        let it = held_within(RelationKind::Sum, total, &run);
        let meant = run.len() == METALS.len() && !some && near(total, &run, 4);
        all.extend(it.filter(|it| it.finding == Finding::Consistent || meant));
    }
}

/// Grades from the highest to the lowest, each with its names.
const ORDERS: &[&[&[&str]]] = &[
    &[&["高级技师", "一级"], &["技师", "二级"], &["高级工", "三级"], &["中级工", "四级"], &["初级工", "五级"]],
    &[
        &["国际级", "国际", "世界级"],
        &["国家级", "国家", "全国", "国赛"],
        &["省部级", "省级", "省", "省赛", "自治区级"],
        &["地市级", "市厅级", "市级", "市", "市赛"],
        &["区县级", "县级", "区级", "县", "区"],
        &["校级", "院级"],
    ],
    &[&["正高级", "正高"], &["副高级", "副高", "高级"], &["中级"], &["初级", "助理级"]],
    &[&["特等奖"], &["一等奖"], &["二等奖"], &["三等奖"], &["优秀奖", "优胜奖"]],
    &[
        &["非常满意", "很满意", "十分满意"],
        &["满意", "比较满意", "较满意"],
        &["基本满意"],
        &["一般", "不太满意"],
        &["不满意"],
    ],
    &[&["优秀"], &["良好"], &["合格", "及格"], &["基本合格"], &["不合格", "不及格"]],
    &[&["五星级"], &["四星级"], &["三星级"], &["二星级"], &["一星级"]],
    &[&["博士研究生", "博士"], &["硕士研究生", "硕士"], &["本科"], &["专科", "大专"]],
];

/// What may stand between a grade and what is told of it, without narrowing it.
const OF_GRADES: &[&str] = &[
    "职称", "奖项", "证书", "学历", "学位", "等级", "获奖", "教师", "人员", "人数", "学员", "项目", "社团", "只有",
    "成绩", "占比", "比例", "技能", "职业", "奖励", "合计", "共计", "总计", "的", "有", "共", "达", "为", "占", "者",
    "约", "近", "到", "级", "高", "比",
];

/// Those of them that name what is counted.
const NOUNS: &[&str] = &["职称", "奖项", "证书", "学历", "学位", "获奖", "教师", "学员", "项目", "奖励"];

/// What may stand before the grade, without narrowing it.
const LEADS: &[&str] = &[
    "其中",
    "对",
    "获",
    "获得",
    "取得",
    "拿到",
    "具有",
    "持有",
    "拥有",
    "评价为",
    "选择",
    "认为",
    "达到",
    "“",
    "全校",
    "全院",
    "，",
];

/// From which grade on, in which of the orders, up or down.
#[derive(Clone, Copy)]
struct From {
    order: usize,
    rank: usize,
    up: bool,
    /// Nothing narrows what is counted.
    plain: bool,
}

/// 三级及以上证书, 省级以上获奖的.
fn from(claim: &Claim) -> Option<From> {
    const WORDS: &[(&str, bool)] =
        &[("及以上", true), ("（含）以上", true), ("以上", true), ("及以下", false), ("以下", false)];
    let item = cues::item(claim);
    let (at, word, up) = WORDS.iter().find_map(|(word, up)| item.find(word).map(|at| (at, *word, *up)))?;
    let name = item[..at].trim_end_matches(['”', '“']);
    let name = ["职称", "奖项", "证书", "学历", "学位"].iter().find_map(|word| name.strip_suffix(word)).unwrap_or(name);
    let (order, rank, called) =
        ranked(|names| names.iter().filter(|it| name.ends_with(**it)).map(|it| it.len()).max())?;
    let mut lead = name[..name.len() - called].to_string();
    let mut rest = item[at + word.len()..].to_string();
    LEADS.iter().for_each(|word| lead = lead.replace(word, ""));
    OF_GRADES.iter().for_each(|word| rest = rest.replace(word, ""));
    // 高级技师 ends like 技师, 正高级 like 高级, 基本满意 like 满意: the longest name was taken; any other character narrows.
    let plain = lead.is_empty() && rest.trim_matches(['”', '“']).is_empty();
    Some(From { order, rank, up, plain })
}

/// The longest name that fits, with its order and rank.
fn ranked(fits: impl Fn(&[&str]) -> Option<usize>) -> Option<(usize, usize, usize)> {
    let all =
        ORDERS.iter().enumerate().flat_map(|(o, order)| order.iter().enumerate().map(move |(r, names)| (o, r, names)));
    all.filter_map(|(o, r, names)| Some((o, r, fits(names)?))).max_by_key(|it| it.2)
}

/// 国家级12人次, 正高级3人, 初级及未定级56人: which grade of the order an item of a list is.
fn rank(claim: &Claim, order: usize) -> Option<usize> {
    let item = cues::item(claim);
    let mut own = item.trim_start_matches(['“', '其', '中']);
    for word in ["获得", "取得", "获", "评为", "选择", "为", "选"] {
        own = own.strip_prefix(word).unwrap_or(own);
    }
    if any_in(own, &["以上", "以下"]) {
        return None;
    }
    let fits = |names: &[&str]| {
        let called = names.iter().filter_map(|name| own.strip_prefix(name).map(|rest| (name.len(), rest)));
        let longest = called.max_by_key(|it| it.0)?;
        let rest = longest.1.trim_start_matches('”');
        (rest.chars().count() <= 5 && !rest.starts_with(['工', '技', '类'])).then_some(longest.0)
    };
    let of_order = |names: &[&str]| ORDERS.get(order)?.contains(&names).then(|| fits(names))?;
    ranked(of_order).map(|it| it.1)
}

fn plain(claim: &Claim) -> bool {
    claim.bound == Bound::Exact
        && claim.kind.counts()
        && claim.each.is_none()
        && claim.numeral != Numeral::None
        && !cues::per_head(claim)
        && !cues::is_old(claim)
}

/// 五级624本、四级1368本、三级856本、二级140本；三级及以上证书996本.
fn from_a_grade(doc: &Document, all: &mut Vec<Relation>) {
    let known = tested(all);
    let mut found = Vec::new();
    for total in doc.claims.iter().filter(|c| c.site.cell.is_none()) {
        let share = total.kind == Kind::Rate && total.unit == "%" && total.site.before.contains('占');
        let counted = plain(total) && total.kind != Kind::Money;
        if !(share || counted) || known.contains(&total.id) && !only_holds(all, &total.id) {
            continue;
        }
        let Some(from) = from(total) else { continue };
        let open = || !known.contains(&total.id);
        let before =
            lists(doc, total, from).iter().filter(|_| open()).find_map(|list| held(doc, all, total, list, from));
        found.extend(before.or_else(|| told_after(doc, total, from).filter(|_| counted)));
    }
    all.extend(found);
}

/// Is all that is told of a number that one part is within it?
fn only_holds(all: &[Relation], id: &str) -> bool {
    let mut told = all.iter().filter(|it| it.primary && it.under_test() == Some(id));
    told.all(|it| it.kind == RelationKind::Subset && it.finding == Finding::Consistent)
}

/// The lists of grades before a number, the nearest first.
fn lists<'a>(doc: &'a Document, total: &Claim, from: From) -> Vec<Vec<(usize, &'a Claim)>> {
    let mut lists = runs(doc.around(total).iter().filter(|c| c.site.start < total.site.start), from.order);
    lists.reverse();
    lists
}

/// The rows of numbers each of another grade, as they stand in the text.
fn runs<'a>(numbers: impl Iterator<Item = &'a Claim>, order: usize) -> Vec<Vec<(usize, &'a Claim)>> {
    let graded: Vec<(usize, &Claim)> =
        numbers.filter(|c| plain(c)).filter_map(|c| Some((rank(c, order)?, c))).collect();
    let next = |a: &(usize, &Claim), b: &(usize, &Claim)| {
        a.0 != b.0 && a.1.site.chain == b.1.site.chain && alike(a.1, b.1) && a.1.unit == b.1.unit
    };
    let mut lists: Vec<Vec<(usize, &Claim)>> = Vec::new();
    for run in graded.chunk_by(|a, b| next(a, b)) {
        let falls = run.windows(2).all(|two| two[0].0 < two[1].0);
        let rises = run.windows(2).all(|two| two[0].0 > two[1].0);
        if run.len() >= 2 && (falls || rises) {
            lists.push(run.to_vec());
        }
    }
    lists
}

/// 省级以上课题14项。…今年立项的课题层次提升，国家级3项、省级9项; 其中省级以上5个…；在省级以上的团队里，国家级2个，省级4个: the grades follow, where their
/// sentence names again what was counted.
fn told_after(doc: &Document, total: &Claim, from: From) -> Option<Relation> {
    const OPEN: &[&str] = &["新增", "其余", "另", "等", "上年", "去年", "近", "历年", "以来", "以下"];
    let item = cues::item(total);
    let (grade, noun) = item.split_once("以上").filter(|_| from.up)?;
    let noun: String = noun.chars().skip(noun.chars().count().saturating_sub(2)).collect();
    let grade = grade.trim_start_matches("其中").trim_end_matches('及');
    let lists = runs(doc.around(total).iter().filter(|c| c.site.start > total.site.start), from.order);
    lists.into_iter().find_map(|list| {
        let parts: Vec<&Claim> = list.iter().map(|it| it.1).collect();
        let first = parts.first()?;
        let whole = list.iter().all(|it| it.0 <= from.rank) && list.iter().any(|it| it.0 == from.rank);
        let like = alike(total, first) && total.unit == first.unit && !parts.iter().any(|c| c.site.partial);
        let said = around::said_before(first);
        // 市级以上工作室9个：国家级1个，…；省级4个，…；市级6个: the list is opened by its total.
        let opened = opens_with_colon(total) && first.site.chain == total.site.chain;
        let next = doc.next(total).is_some_and(|c| c.id == first.id);
        let named = !grade.is_empty() && said.contains(&format!("{grade}以上"));
        let again = opened && next || named && first.site.sentence != total.site.sentence;
        let called = noun.chars().count() == 2 && said.contains(&noun);
        // 获奖426项，其中世界技能大赛1枚金牌、国家级35项、…: a list that begins with something else leaves that out.
        let begins = first.site.chain != total.site.chain || next;
        if !whole || !like || !begins || !(again || called) || any_in(&first.site.sentence_text, OPEN) {
            return None;
        }
        let it = held_within(RelationKind::Sum, total, &parts)?;
        let slip = || is_slip(total.value?, it.computed?).then_some(());
        let told = it.finding == Finding::Consistent || again && near(total, &parts, 4) || called && slip().is_some();
        told.then_some(it)
    })
}

/// Does a colon stand right behind the number and what it counts?
fn opens_with_colon(total: &Claim) -> bool {
    head_of(said_after(total), 10).split_once('：').is_some_and(|(noun, _)| noun.chars().all(jc_text::fold::is_han))
}

/// The members of a list from a grade on against the number or the share that is told of them.
fn held(doc: &Document, all: &[Relation], total: &Claim, list: &[(usize, &Claim)], from: From) -> Option<Relation> {
    let parts: Vec<&Claim> = list
        .iter()
        .filter(|(rank, _)| if from.up { *rank <= from.rank } else { *rank >= from.rank })
        .map(|it| it.1)
        .collect();
    let named = list.iter().any(|(rank, _)| *rank == from.rank);
    let has = |it: &Relation, id: &str| it.members.iter().any(|(role, own)| *role == Role::Part && own == id);
    // What the whole list makes.
    let made = all.iter().find(|it| {
        it.primary
            && it.kind == RelationKind::Sum
            && it.finding == Finding::Consistent
            && list.iter().all(|(_, c)| has(it, &c.id))
    });
    let whole = made.and_then(|it| doc.claim(it.under_test()?));
    let last = list.last()?.1;
    let close = last.site.paragraph == total.site.paragraph && last.site.chain + 1 >= total.site.chain;
    if !named || parts.len() < 2 && total.kind == Kind::Rate {
        return None;
    }
    // 专业课教师中，高级及以上职称占45%: of something else than the list is of.
    let item = cues::item(total);
    let opens = || total.site.sentence_text.trim_start_matches("其中").trim_start_matches('，').starts_with(item);
    if total.kind == Kind::Rate {
        let it = reading_of(total, &parts, &[whole?], &[]).filter(|_| close && from.plain)?;
        let next = total.site.sentence == last.site.sentence && total.site.clause == last.site.clause + 1;
        let meant = total.bound == Bound::Exact && from.up && (opens() || next);
        return (it.finding == Finding::Consistent || meant).then_some(it);
    }
    if !alike(total, last) || total.unit != last.unit || parts.iter().any(|c| c.id == total.id) || parts.len() < 2 {
        return None;
    }
    // 获奖189人次…；省级以上获奖的72人次, in another paragraph: of what is called alike, and what the list makes.
    let same = || whole.is_some_and(|whole| around::shared(words_of(whole), words_of(total)) >= 2);
    let it = held_within(RelationKind::Sum, total, &parts)?;
    let sum = it.computed?;
    // 五星级6个、四星级10个、三星级17个…；三星级以上社团33个: far off, what agrees of three and more.
    let exact = || it.finding == Finding::Consistent && parts.len() >= 3 && sum >= Exact::whole(30);
    if !(close || from.plain && (same() || exact())) {
        return None;
    }
    if it.finding == Finding::Consistent {
        return (sum >= Exact::int(10)? || from.plain).then_some(it);
    }
    let own_topic = close && total.site.sentence != last.site.sentence && !opens() && !same();
    // 课题国家级10项…；省级以上获奖48项: what the list is of has been called so before.
    let called = |word: &&&str| item.contains(**word) && total.site.paragraph_text.matches(**word).count() < 2;
    if own_topic || close && NOUNS.iter().any(|word| called(&word)) {
        return None;
    }
    // More than the list has may be of grades it does not name.
    let top = list.iter().any(|(rank, _)| *rank == 0);
    let all_told = total.value < Some(sum) || whole.is_some() || top;
    let slip = near(total, &parts, 8) || is_slip(total.value?, sum);
    (from.plain && all_told && slip).then_some(it)
}
