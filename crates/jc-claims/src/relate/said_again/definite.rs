//! A count spoken of as known: 全院406名教职工, 上述25处安全隐患, 全部64个班级. Somewhere it was told how many there are, and there are
//! as many.

use std::collections::HashMap;

use jc_text::fold::is_han;

use super::same_thing::slipped;
use super::standing::{of_two, of_two_halves};
use super::twice::equal;
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::digits::slips;
use crate::relate::relations::{Finding, Relation, RelationKind, Role};
use crate::relate::wording::around::said_before;
use crate::relate::wording::called::NARROWS_NOTHING;
use crate::relate::wording::comparable::{adds_up, alike};
use crate::relate::wording::population::without;
use crate::relate::wording::{cues, label};
use crate::units::counts_people;
use crate::words::{AHEAD, FILLERS, HAVING, STOCK, TAKEN, VERBS, any_in};

/// How a count is spoken of as known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// 全院, 所有: all there are.
    All,
    /// 上述, 这: those named before.
    Back,
    /// 六千余名学子: nothing says so; then it can only agree.
    Bare,
}

/// What says that all are meant.
const ALL: &[&str] = &["全中心", "全公司", "全集团", "全街道", "全体", "全部", "所有", "全年"];

/// 全校, 全县: of what there may be all.
const BODIES: &str = "校院系园馆所处组省市县区镇村乡社厂司局站会团队店矿";

/// What points back.
const BACK: &[&str] = &["上述", "以上", "这些", "上面的", "前述", "巩固"];

/// Small words between a determiner and what stands before it.
const LEADS: &[char] =
    &['，', '；', '：', '。', '由', '对', '将', '向', '为', '给', '把', '在', '从', '使', '让', '与', '和'];

/// One population in several words: who works there, who learns there, in what they sit.
const CALLED_ALSO: &[&[&str]] = &[
    &["教职工", "教职员工", "教工", "工作人员", "同志"],
    &["在校生", "在校学生", "在籍学生", "学生", "学子", "同学"],
    &["教学班", "班级", "班"],
    &["随堂课", "随堂听课"],
    &["毕业生", "毕业学生", "毕业同学"],
    &["新生", "录取新生", "报到新生"],
];

impl How {
    fn of(claim: &Claim) -> How {
        // 依托现有的五个产业学院: of those there are.
        let existing = ["现有", "现有的", "已有的", "已建成的"].iter().any(|word| claim.site.before.ends_with(word));
        if existing && label::behind(claim).chars().count() >= 4 {
            return How::Back;
        }
        let lead = claim.site.before.trim_end_matches("现有").trim_end_matches('的');
        // 全部8个检查组: those told of before, whoever they are of.
        if ["全部", "所有"].contains(&lead.trim_start_matches(LEADS)) {
            return How::Back;
        }
        if ALL.iter().any(|word| lead.ends_with(word)) || area(lead).is_some_and(|(at, word)| lead[at..] == *word) {
            return How::All;
        }
        // 2.86万名签约居民中，老年人占三成: of all that were told of.
        if opens(claim) && claim.site.after.ends_with('中') && (4..=10).contains(&claim.site.after.chars().count()) {
            return How::All;
        }
        // 从321件参赛作品中选出60件: of all that were told of.
        if picked(claim) {
            return How::All;
        }
        let this = lead.strip_suffix('这').is_some_and(|rest| rest.is_empty() || rest.ends_with(LEADS));
        let back = this || BACK.iter().any(|word| lead.ends_with(word));
        if back { How::Back } else { How::Bare }
    }
}

/// 从321件参赛作品中选出60件.
fn picked(claim: &Claim) -> bool {
    let from = claim.site.before.strip_suffix('从').is_some_and(|rest| rest.is_empty() || rest.ends_with(LEADS));
    from && claim.site.after.chars().take(10).any(|c| c == '中')
}

/// The last 全校, 全县 of a text, and where it stands.
fn area(text: &str) -> Option<(usize, String)> {
    let at = text.rfind('全')?;
    let word: String = text[at..].chars().take(2).collect();
    word.chars().nth(1).filter(|c| BODIES.contains(*c)).map(|_| (at, word))
}

/// 全馆, 公司共有, 研发中心承担: whose they are, and that they are theirs.
pub(in crate::relate) fn of_house(text: &str) -> bool {
    if area(text).is_some_and(|(at, word)| at == 0 && text[word.len()..].trim_matches(['共', '有']).is_empty()) {
        return true;
    }
    let verbs = || VERBS.iter().chain(HAVING).chain(TAKEN).chain(&["共有", "现有", "有", "共"]);
    let house =
        verbs().filter(|word| word.chars().count() > 1 || **word == "有").filter_map(|verb| text.strip_suffix(verb));
    house.min_by_key(|rest| rest.len()).is_some_and(|rest| !rest.is_empty() && narrows_nothing(rest))
}

/// Does one speak of 全县 and the other of 全市, one of us and the other of others, one of what was planned and the other of what
/// was done? Then they may well differ.
pub(in crate::relate) fn told_apart(first: &Claim, second: &Claim) -> bool {
    let lead = |c: &Claim| c.site.before.trim_start_matches('，').to_string();
    let (a, b) = (lead(first), lead(second));
    let planned = |one: &str, other: &str| {
        any_in(one, &["计划", "拟", "应"])
            && any_in(other, &["实际", "实有", "实招", "实到"])
            && !any_in(one, &["实际"])
    };
    // “双师型”教师占专业课教师比例：58人: they are those who have the share, and not those it is of.
    let share =
        |c: &Claim| c.subject.contains('占') && ["比例", "比重", "占比"].iter().any(|end| c.subject.ends_with(end));
    // 某企业 of a table's row has 企业师傅10人; 企业师傅40人 in all.
    let of_row = |cell: &Claim, other: &Claim| {
        let row = cell.site.sentence_text.split_once('：').map(|(row, _)| row).filter(|row| row.chars().count() >= 2);
        let one = cell.site.cell.is_some_and(|cell| !cell.total) && other.site.cell.is_none();
        one && row.is_some_and(|row| !other.site.sentence_text.contains(row))
    };
    let row = of_row(first, second) || of_row(second, first);
    // 22个专业已实施; 12个专业尚未实施, 不合格113人; 合格173人: what is so is not what is not.
    const DENIED: &[&str] = &["尚未", "不合格", "不及格", "不达标", "未通过"];
    let denied = |c: &Claim| any_in(&format!("{}{}", cues::item(c), c.site.after), DENIED);
    // 企业师傅40人; 新增，含转入10人: some of others.
    let within = |c: &Claim| cues::item(c).starts_with('含');
    // 计划800人…；原有8个专业的计划由900人调减为850人: those that were there before are told apart.
    let had = |c: &Claim| c.site.clause_text.contains("原有");
    if share(first) != share(second)
        || row
        || had(first) != had(second)
        || within(first) != within(second)
        || denied(first) != denied(second)
    {
        return true;
    }
    // 充电桩260个…。已投入使用的充电桩240个: some of them.
    let narrower = |all: &Claim, some: &Claim| {
        let (all_of, some_of) = (label::lead(all), label::lead(some));
        let modifier = some_of.strip_suffix(all_of).or_else(|| {
            label::suffixes(all_of).find_map(|head| some_of.strip_suffix(head).filter(|_| head.chars().count() >= 3))
        });
        some.value < all.value && modifier.is_some_and(|m| m.chars().count() >= 3 && m.ends_with('的'))
    };
    // 学期初在籍学生876人…，期末在籍881人.
    let time = |c: &Claim| {
        let begins = any_in(&c.site.before, &["期初", "年初", "月初"]);
        begins.then_some('初').or_else(|| any_in(&c.site.before, &["期末", "年末", "年底", "月末"]).then_some('末'))
    };
    if time(first).zip(time(second)).is_some_and(|(a, b)| a != b) || of_two_halves(first, second) {
        return true;
    }
    let houses = house_of(first).zip(house_of(second));
    houses.is_some_and(|(a, b)| !a.ends_with(&b) && !b.ends_with(&a))
        || of_two_places(first, second)
        || narrower(first, second)
        || narrower(second, first)
        || planned(&a, &b)
        || planned(&b, &a)
}

/// 小学招生8412人，…；在校生48736人。初中招生7206人，…；在校生21585人: sentences that begin alike, each of its own.
pub(in crate::relate) fn of_parallel_sentences(doc: &Document, first: &Claim, second: &Claim) -> bool {
    let opening = |claim: &Claim| {
        let first = doc.claims.iter().find(|c| c.site.chain == claim.site.chain)?;
        (first.id != claim.id).then(|| label::lead(first))
    };
    let Some((a, b)) = opening(first).zip(opening(second)).filter(|_| first.site.chain != second.site.chain) else {
        return false;
    };
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let common = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let named = |all: &[char]| (2..=8).contains(&(all.len() - common)) && all.iter().all(|c| is_han(*c));
    common >= 2 && named(&a) && named(&b)
}

/// 1975年招收479人…。1976年学校又新增一系。招收489人: of two years, where those told last before the two, in the paragraph of each,
/// are not the same. What will be done in 2026 may be told of what is there, and those who leave in 2024 of any time.
pub(in crate::relate) fn of_two_years(doc: &Document, first: &Claim, second: &Claim) -> bool {
    let ahead = |claim: &Claim| {
        let sentence = &claim.site.sentence_text;
        any_in(sentence, AHEAD) || sentence.contains(['将', '须'])
    };
    let years = |claim: &Claim| -> Option<Vec<i32>> {
        let told = |c: &Claim| {
            let period = c.period.as_ref().filter(|period| period.said && !period.text.ends_with(['届', '级']))?;
            (!period.years.is_empty()).then(|| period.years.clone())
        };
        let before = doc.around(claim).iter().rev().filter(|c| c.site.start < claim.site.start);
        let mut dates = before.filter(|c| c.kind == Kind::Date && c.site.paragraph == claim.site.paragraph);
        told(claim).or_else(|| dates.find_map(told))
    };
    let apart = |(a, b): (Vec<i32>, Vec<i32>)| !a.iter().any(|year| b.contains(year));
    !ahead(first) && !ahead(second) && years(first).zip(years(second)).is_some_and(apart)
}

/// 火控雷达，作用距离20千米…。光电跟踪仪，作用距离10千米: what a sentence is about may be named before its first comma.
pub(in crate::relate) fn of_two_topics(first: &Claim, second: &Claim) -> bool {
    let topic = |claim: &Claim| -> Option<String> {
        let head = said_before(claim);
        let (topic, rest) = head.split_once('，')?;
        let name = (3..=8).contains(&topic.chars().count()) && topic.chars().all(is_han);
        let bare = !any_in(topic, VERBS) && !any_in(topic, STOCK) && !topic.ends_with(['中', '时', '后', '前', '间']);
        let own = !rest.contains(['，', '、', '：']) && rest.trim_end_matches(['为', '达', '是']) == claim.subject;
        (name && bare && own).then(|| topic.to_string())
    };
    topic(first).zip(topic(second)).is_some_and(|(a, b)| a != b)
}

/// 驻村工作队帮助销售, 镇政府帮助销售: the house that a sentence begins with, where it has a name of its own.
fn house_of(claim: &Claim) -> Option<String> {
    let run = said_before(claim).chars().skip_while(|c| !is_han(*c)).take_while(|c| is_han(*c));
    let run: Vec<char> = run.take(12).collect();
    let led = |at: usize| {
        let rest: String = run[at + 1..].iter().collect();
        VERBS.iter().chain(HAVING).any(|verb| rest.starts_with(verb))
    };
    let ends = |at: &usize| (HOUSES.contains(&run[*at]) || run[*at] == '府') && led(*at);
    let at = (2..run.len().min(8)).find(ends)?;
    let name: String = run[..=at].iter().collect();
    let plain = name.starts_with(['全', '我', '本', '该', '各', '对', '在', '从', '为', '向', '面', '目', '今']);
    (!plain).then_some(name)
}

/// Is one of 全县 and the other of 全市, one ours and the other others'?
pub(in crate::relate) fn of_two_places(first: &Claim, second: &Claim) -> bool {
    let said = |c: &Claim| area(&c.site.clause_text).map(|it| it.1);
    of_two(first, second) || said(first).zip(said(second)).is_some_and(|(a, b)| a != b)
}

/// 门诊楼地上七层…。地上六层的门诊楼将于明年启用: what a thing is said to have, behind it and before it.
fn attributes(doc: &Document) -> Vec<Relation> {
    let now = |c: &Claim| may_be_known(c) || c.site.before.ends_with("现有");
    let measure = |c: &Claim| c.kind == Kind::Quantity && c.each.is_none() && c.site.cell.is_none();
    let plain = |c: &&Claim| c.bound == Bound::Exact && c.kind != Kind::Rate && (now(c) || measure(c));
    let mut found = Vec::new();
    for second in doc.claims.iter().filter(plain).filter(|c| c.site.after.starts_with('的')) {
        let noun: Vec<char> = second.site.after.chars().skip(1).take_while(|c| is_han(*c)).take(6).collect();
        let called = label::lead(second);
        if noun.len() >= 4 && measure(second) {
            found.extend(both_before(doc, second));
        }
        if noun.len() < 2 || called.chars().count() < 2 {
            continue;
        }
        // The noun is as long as the first names it.
        let of_noun = |c: &Claim| {
            let head: Vec<char> = said_before(c).chars().collect();
            let names = |len: usize| head.windows(len).any(|part| part == &noun[..len]);
            names(noun.len().min(3))
        };
        let same = |c: &&Claim| {
            let lead = label::lead(c);
            c.id != second.id
                && c.unit == second.unit
                && c.kind == second.kind
                && c.site.chain != second.site.chain
                && lead.ends_with(called)
                && !c.site.after.starts_with('的')
                && of_noun(c)
        };
        let known: Vec<&Claim> = doc.around(second).iter().filter(plain).filter(same).collect();
        let Some(first) = known.first() else { continue };
        let near = known.iter().all(|c| c.value == first.value) && (slipped(first, second) || few(first, second));
        let (one, other) = if first.site.start < second.site.start { (*first, second) } else { (second, *first) };
        if known.iter().any(|c| c.value == second.value) {
            found.push(equal(one, other, true));
        } else if near || second.unit == "层" && known.len() == 1 {
            found.push(equal(one, other, false));
        }
    }
    found
}

/// Looks for counts that are spoken of as known, and what they were said to be.
pub(super) fn definite(doc: &Document, all: &mut Vec<Relation>) {
    let mut found = Vec::new();
    let wholes = wholes_of(all);
    for second in doc.claims.iter().filter(|c| may_be_known(c)) {
        let how = How::of(second);
        let noun = label::behind(second);
        let long = noun.chars().count() >= 3 && opens(second) && second.kind == Kind::Count;
        if how == How::Bare && (second.value < Exact::int(50) && !long || second.kind == Kind::Rate) {
            continue;
        }
        if noun.chars().count() < 2 && noun != "班" {
            continue;
        }
        let agrees = |first: &Claim| match second.bound {
            Bound::Exact => first.value == second.value,
            _ => first.value >= second.min && first.value <= second.max,
        };
        // Where it can only agree, only what does is looked at.
        let bare = how == How::Bare;
        let known =
            known(doc, second, &noun, how, |first| !bare || agrees(first) || long && first.bound == second.bound);
        if let Some(first) = known.iter().copied().find(|first| agrees(first)) {
            found.push(equal(first, second, true));
            continue;
        }
        // 全校六千七百多名学生, where 6240 were counted: what is said about must hold of them too.
        let about = how == How::All && matches!(second.bound, Bound::Over | Bound::Nearly | Bound::About);
        let told = (!bare || long) && (second.bound == Bound::Exact || about);
        // 45个赛项，其中学生赛项36个、教师赛项9个…。全部43个赛项: all there are is the whole, not what it is made of.
        let part = |c: &&Claim| {
            wholes.get(c.id.as_str()).is_some_and(|of| known.iter().any(|whole| of.contains(&whole.id.as_str())))
        };
        let known: Vec<&Claim> = known.iter().copied().filter(|c| !part(c)).collect();
        let Some(first) = known.first().copied().filter(|_| told) else { continue };
        let one = known.iter().all(|c| c.value == first.value);
        // What is told of others in just these figures was not mistyped.
        let elsewhere =
            doc.around(second).iter().any(|c| c.id != second.id && c.value == second.value && alike(c, second));
        if !one || elsewhere || told_apart(first, second) {
            continue;
        }
        // 8个管护站实现通水, of 9: some of them may be meant; more than there are cannot.
        // 24名律师参加了宣传, of 42: some of them, whatever the digits.
        let few_of_them = any_in(&noun, &["参加", "参与", "获", "当选", "入选", "通过", "取得", "报名", "来自"]);
        let least = if exchanged(first, second) && !few_of_them { 2 } else { 3 };
        let some = bare && (second.value < first.value && least > 2 || !named_so(first, &noun, least));
        if !some && (slipped(first, second) || few(first, second) || about && close(first, second)) {
            found.push(equal(first, second, false));
        }
    }
    found.extend(of_all_people(doc));
    found.extend(attributes(doc));
    // Two that are known to differ from something else are not told twice.
    let told = |it: &Relation| all.iter().any(|other| other.kind == RelationKind::Equal && other.members == it.members);
    found.retain(|it| !told(it));
    let broken = |it: &Relation| it.finding == Finding::Inconsistent;
    found.sort_by_key(broken);
    all.extend(found);
}

/// What is known to be a part of what.
fn wholes_of(all: &[Relation]) -> HashMap<&str, Vec<&str>> {
    let mut wholes: HashMap<&str, Vec<&str>> = HashMap::new();
    let sums = |it: &&Relation| matches!(it.kind, RelationKind::Sum | RelationKind::Subset);
    for it in all.iter().filter(sums).filter(|it| it.finding == Finding::Consistent) {
        let whole = it.members.iter().filter(|(role, _)| *role == Role::Whole).map(|(_, id)| id.as_str());
        for whole in whole {
            let parts = it.members.iter().filter(|(role, _)| *role == Role::Part);
            parts.for_each(|(_, id)| wholes.entry(id.as_str()).or_default().push(whole));
        }
    }
    wholes
}

fn may_be_known(claim: &Claim) -> bool {
    (matches!(claim.kind, Kind::Count | Kind::PersonTimes | Kind::Money | Kind::Rate) || adds_up(claim))
        && claim.numeral != Numeral::None
        && claim.each.is_none()
        && claim.site.cell.is_none()
        && claim.value >= Exact::int(2)
        && (!cues::is_old(claim) || picked(claim))
}

/// The counts called by that noun, the nearest before first. For all there are: those that nothing narrows.
fn known<'a>(
    doc: &'a Document,
    second: &Claim,
    noun: &str,
    how: How,
    may_be: impl Fn(&Claim) -> bool,
) -> Vec<&'a Claim> {
    let around = doc.around(second);
    let at = around.partition_point(|c| c.site.start < second.site.start);
    let behind = if how == How::Back { &[] } else { &around[at..] };
    let years = |c: &Claim| c.period.as_ref().filter(|period| period.said).map(|period| period.years.clone());
    let fits = |first: &&Claim| {
        let other_year = years(first).zip(years(second)).is_some_and(|(a, b)| a != b);
        may_be_known(first)
            && first.id != second.id
            && first.bound == Bound::Exact
            && first.site.chain != second.site.chain
            && !cues::is_base(first)
            && !cues::is_rest(first)
            && (first.level.is_none() || second.level.is_none() || first.level == second.level)
            && (alike(first, second) || first.unit == second.unit || places(first, second))
            && (first.kind == Kind::Rate) == (second.kind == Kind::Rate)
            && (!other_year || how == How::All && second.site.sentence_text.contains('将'))
    };
    around[..at]
        .iter()
        .rev()
        .chain(behind)
        .filter(|c| may_be(c))
        .filter(fits)
        .filter(|first| {
            called(first, noun, how) || one_value(first, second) && opens(second) && named_so(first, noun, 4)
        })
        .collect()
}

/// Is a count called by the noun, and by nothing that narrows it where all are meant?
fn called(first: &Claim, noun: &str, how: How) -> bool {
    let (lead, after) = (label::lead(first), label::behind(first));
    let same_word = |a: &str, b: &str| {
        let word = |row: &&&[&str]| row.iter().any(|word| a.ends_with(word));
        CALLED_ALSO.iter().filter(word).any(|row| row.iter().any(|word| begins(b, word)))
    };
    // 安全隐患27处: the longest end of what leads to the number that the noun begins with.
    let own = label::suffixes(lead).find(|end| noun.starts_with(end)).map(|end| &lead[..lead.len() - end.len()]);
    let own = own.or_else(|| {
        let end = CALLED_ALSO.iter().flat_map(|row| row.iter()).filter(|word| lead.ends_with(**word));
        let end = end.max_by_key(|word| word.len()).filter(|_| after.is_empty() && same_word(lead, noun))?;
        Some(&lead[..lead.len() - end.len()])
    });
    let narrowed = |rest: &str| !narrows_nothing(rest);
    match own {
        Some(rest) => how == How::Back || !narrowed(rest),
        // 68个教学班: by what stands behind it.
        None => {
            let shared = after.chars().zip(noun.chars()).take_while(|(a, b)| a == b).count();
            let said = shared >= 2 && shared >= after.chars().count().min(4)
                || CALLED_ALSO
                    .iter()
                    .any(|row| row.contains(&after.as_str()) && row.iter().any(|word| begins(noun, word)));
            said && (how == How::Back || !narrowed(lead))
        }
    }
}

/// Does the text begin with the word? 班 alone is no 班主任.
fn begins(text: &str, word: &str) -> bool {
    if word.chars().count() < 2 { text == word } else { text.starts_with(word) }
}

/// What ends the name of a house.
const HOUSES: &[char] =
    &['院', '校', '馆', '会', '所', '站', '场', '区', '局', '厅', '社', '镇', '县', '乡', '司', '厂', '团', '联', '队'];

/// 学校现有, 中心共有, 县医院开放: words that leave nobody out; and the name of the house whose they are.
pub(in crate::relate) fn narrows_nothing(text: &str) -> bool {
    const PLACES: &[&str] = &["中心", "集团", "公司", "单位", "我们", "共开设", "设有", "开设", "配备", "拥有", "编制"];
    if without(text, &[NARROWS_NOTHING, PLACES]).is_empty() {
        return true;
    }
    let mut words: Vec<&str> = VERBS.iter().chain(FILLERS).chain(NARROWS_NOTHING).chain(HAVING).copied().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let rest =
        words.into_iter().filter(|word| word.chars().count() > 1).fold(text.to_string(), |t, w| t.replace(w, ""));
    let rest = rest.trim_matches(['设', '有', '共', '下', '辖', '为', '了', '已', '收', '的', '本', '次', '从', '现']);
    let house = rest.ends_with(HOUSES) || rest.ends_with("中心") || rest.ends_with("街道");
    rest.is_empty() || house && rest.chars().count() <= 8 && text.starts_with(rest)
}

/// 流动服务点12个, 十二处流动服务点.
fn places(first: &Claim, second: &Claim) -> bool {
    let place = |c: &Claim| matches!(c.unit.as_str(), "个" | "处" | "座" | "所" | "家" | "大");
    place(first) && place(second)
}

/// Does the number open its clause, but for small words?
fn opens(claim: &Claim) -> bool {
    let lead = claim.site.before.rsplit('：').next().unwrap_or_default().trim_matches(LEADS);
    let house = lead.ends_with(HOUSES) && lead.chars().count() <= 6;
    lead.is_empty() || house || ["一是", "二是", "三是", "四是"].contains(&lead)
}

/// The same value, or the same but for two digits in each other's place.
fn one_value(first: &Claim, second: &Claim) -> bool {
    first.value == second.value || exchanged(first, second)
}

/// Two digits that changed places, in a number of two digits or more.
fn exchanged(first: &Claim, second: &Claim) -> bool {
    first.value.zip(second.value).is_some_and(|(a, b)| slips::neighbours(a, b))
}

/// Is the first called by a name of so many characters that the noun begins with?
fn named_so(first: &Claim, noun: &str, least: usize) -> bool {
    let long = |text: &str| text.chars().count() >= least && noun.starts_with(text);
    label::suffixes(label::lead(first)).any(long) || long(&label::behind(first))
}

/// 共2502人…。全体2520名师生: all people are as many as the one total of them, whoever was counted, where two digits changed
/// places or one is another.
fn of_all_people(doc: &Document) -> Vec<Relation> {
    let people = |c: &&Claim| {
        let counted = c.kind == Kind::Count && c.bound == Bound::Exact && c.site.cell.is_none();
        counted && counts_people(&c.unit) && c.value >= Exact::int(100)
    };
    let mut found = Vec::new();
    for second in doc.claims.iter().filter(people) {
        let lead = second.site.before.trim_start_matches(LEADS).trim_start_matches(['有', '此', '次']);
        if !["全体", "全部"].contains(&lead) {
            continue;
        }
        let before = || doc.around(second).iter().filter(people).filter(|c| c.site.start < second.site.start);
        // 实测4862人…。为全部4826名参测学生建档.
        let swapped = |c: &&Claim| !cues::is_old(c) && exchanged(c, second);
        if second.value >= Exact::int(1000)
            && let Some(first) = before().find(swapped)
        {
            found.push(equal(first, second, false));
            continue;
        }
        let slip = |first: &Claim| {
            let digit = first.value.zip(second.value).is_some_and(|(a, b)| slips::one_digit(a, b));
            first.value == second.value || digit || exchanged(first, second)
        };
        let totals: Vec<&Claim> = before().filter(|c| cues::closing(c).is_some()).collect();
        if let [first] = totals[..]
            && slip(first)
        {
            found.push(equal(first, second, first.value == second.value));
        }
    }
    found
}

/// 1600平方米的产业学院实训车间…。将现有1500平方米的实训车间扩至…: both before what they measure, which both call alike.
fn both_before(doc: &Document, second: &Claim) -> Option<Relation> {
    let noun = |c: &Claim| -> String {
        let behind = c.site.after.strip_prefix('的').unwrap_or_default();
        let noun: String = behind.chars().take_while(|c| is_han(*c)).take(12).collect();
        let ends =
            ["里", "内", "扩", "是", "将", "正", "已", "可", "为", "中"].iter().filter_map(|end| noun.find(end)).min();
        noun[..ends.unwrap_or(noun.len())].to_string()
    };
    let own = noun(second);
    let same = |first: &&Claim| {
        let other = noun(first);
        let long = |text: &str| text.chars().count() >= 4;
        first.site.start < second.site.start
            && first.unit == second.unit
            && first.bound == Bound::Exact
            && first.site.chain != second.site.chain
            && long(&own)
            && long(&other)
            && (other.ends_with(&own) || own.ends_with(&other))
    };
    let known: Vec<&Claim> = doc.around(second).iter().filter(same).collect();
    let [first] = known[..] else { return None };
    let holds = first.value == second.value;
    (holds || slipped(first, second)).then(|| equal(first, second, holds))
}

/// Not more than a fifth apart.
fn close(first: &Claim, second: &Claim) -> bool {
    let (low, high) = (first.value.min(second.value), first.value.max(second.value));
    low.zip(high).is_some_and(|(low, high)| high.times(Exact::whole(5)) <= low.times(Exact::whole(6)))
}

/// 9个检查组 and 全部8个检查组: small counts are never far apart.
fn few(first: &Claim, second: &Claim) -> bool {
    let apart = first.value.zip(second.value).and_then(|(a, b)| a.apart(b));
    if second.kind == Kind::Rate {
        return apart <= Exact::int(5);
    }
    !counts_people(&second.unit) && apart <= Exact::int(2) && first.value >= Exact::int(3)
}
