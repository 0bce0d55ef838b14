//! Editions that are held every year without a break: the first of 2019 makes that of 2024 the sixth.

use crate::document::{Bound, Claim, Document, Kind};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::said_again::twice::equal_of;
use crate::relate::wording::around::{head_of, said_after, shared, text_between};
use crate::relate::wording::label;
use crate::words::any_in;

/// Words by which there is one each year.
const YEARLY: &[&str] =
    &["每年一届", "每年一次", "一年一届", "一年一次", "每年举办一届", "每年举办一次", "每年举行一次", "逐年举办"];
/// Words that say nothing was left out.
const UNBROKEN: &[&str] =
    &["从未间断", "从未中断", "从不间断", "未曾间断", "没有间断", "没有中断", "未间断", "不间断", "未中断"];
/// Words by which a year may have been left out, or two held in one.
const BROKEN: &[&str] = &[
    "停办",
    "间断",
    "中断",
    "暂停",
    "疫情",
    "延期",
    "隔年",
    "每两年",
    "因故",
    "取消",
    "补办",
    "停了",
    "未举办",
    "两届",
    "合并",
];
/// What leads to the year of the first, and what follows it.
const FIRST_BEFORE: &[&str] = &["创办于", "始于", "始办于", "创立于", "首办于", "首届于", "创始于", "开办于", "发起于"];
const FIRST: &[&str] = &["首届", "首办", "首次举办", "举办首届", "举办第一届", "第一届"];
const FOUNDED: &[&str] = &["创办", "始办", "创立", "发起"];
/// The edition of the time that is told of.
const NOW: &[&str] = &["今年", "本届", "本年"];

/// So many characters behind both name one event.
const NAME: usize = 4;
/// So many editions before one are looked at.
const NEAR: usize = 40;

/// Looks for all of them.
pub(in crate::relate) fn editions(doc: &Document, all: &mut Vec<Relation>) {
    let nth = |c: &&Claim| {
        c.kind == Kind::Ordinal
            && matches!(c.unit.as_str(), "届" | "次")
            && c.bound == Bound::Exact
            && c.text.contains('第')
    };
    all.extend(doc.claims.iter().filter(nth).filter_map(|edition| against(doc, edition)));
    let held: Vec<(&Claim, Held)> = doc.claims.iter().filter(nth).filter_map(|c| Some((c, held(doc, c)?))).collect();
    for (n, (second, when)) in held.iter().enumerate() {
        let same = |(first, other): &&(&Claim, Held)| {
            let named = other.name.chars().zip(when.name.chars()).take_while(|(a, b)| a == b).count() >= NAME;
            (other.year, &other.month) == (when.year, &when.month) && first.unit == second.unit && named
        };
        let first =
            held[n.saturating_sub(NEAR)..n].iter().rev().find(same).filter(|(first, _)| first.value != second.value);
        all.extend(first.map(|(first, other)| {
            let mut it = equal_of(&other.name, first, second, false);
            it.kind = RelationKind::Exclusive;
            // Two in turn may both be; that they are of one month makes them one.
            it.members.splice(0..0, [(Role::Claims, other.date.id.clone()), (Role::Claims, when.date.id.clone())]);
            it
        }));
    }
}

/// When an edition was held.
struct Held<'a> {
    date: &'a Claim,
    year: i32,
    month: String,
    name: String,
}

/// Year and month in which an edition is told to be held: 11月8日，学院召开第五次…; 上年11月召开的第四次…, in a sentence of the year after.
fn held<'a>(doc: &'a Document, edition: &Claim) -> Option<Held<'a>> {
    let date = doc.around(edition).iter().rev().find(|c| c.site.start < edition.site.start)?;
    let between = text_between(date, edition);
    let near = date.kind == Kind::Date && date.site.sentence == edition.site.sentence && between.chars().count() <= 12;
    let held = any_in(between, &["召开", "举行", "举办", "开幕"]) && !between.contains(['、', '；']);
    let (own, rest) = match date.text.split_once('年') {
        Some((year, rest)) => (year.parse().ok(), rest),
        None => (None, date.text.as_str()),
    };
    let (month, _) = rest.split_once('月').filter(|_| near && held)?;
    let last = date.site.before.ends_with("上年") || date.site.before.ends_with("去年");
    let before = || doc.around(date).iter().rev().filter(|c| c.site.start < date.site.start);
    let year = match own {
        Some(year) => year,
        None if last => before().filter(|c| c.site.sentence == date.site.sentence).find_map(lone_year)? - 1,
        None if date.site.before.trim_start_matches('，').is_empty() => {
            let period = date.period.as_ref().filter(|period| period.years.len() == 1)?;
            period.years[0]
        }
        None => return None,
    };
    Some(Held { date, year, month: month.to_string(), name: label::behind(edition) })
}

fn against(doc: &Document, edition: &Claim) -> Option<Relation> {
    let stated = i32::try_from(edition.value?.as_int()?).ok()?;
    let here = || doc.around(edition).iter().filter(|c| c.site.sentence == edition.site.sentence);
    // …第七届“创新杯”竞赛…。竞赛始于2017年，每年一届: the next sentence may tell of the first.
    let next = || {
        let behind = doc.around(edition).iter().find(|c| c.site.sentence > edition.site.sentence)?;
        let near = behind.site.chain <= edition.site.chain + 1 && behind.site.paragraph == edition.site.paragraph;
        let subject = FIRST_BEFORE.iter().find_map(|word| behind.site.before.strip_suffix(word));
        let subject = subject?.trim_start_matches(['该', '本', '此', '项']);
        let same = subject.chars().count() >= 2 && head_of(said_after(edition), 20).contains(subject);
        Some((behind, first_year(behind).filter(|_| near && same)?))
    };
    let own = here().find_map(|c| Some((c, first_year(c)?)));
    // 艺术节2010年首次举办，每年一届。2024年5月举办第十五届艺术节: so may the sentence before.
    let before = || {
        let told = |c: &&Claim| c.site.chain + 1 == edition.site.chain && c.site.paragraph == edition.site.paragraph;
        let mut told = doc.around(edition).iter().filter(told).filter_map(|c| Some((c, first_year(c)?)));
        let (first, None) = (told.next()?, told.next()) else { return None };
        let subject = first.0.site.before.trim_end_matches(['自', '于', '从', '在']);
        let same = shared(subject, head_of(said_after(edition), 12)) >= 3;
        same.then_some(first)
    };
    let (first_claim, first) = own.or_else(next).or_else(before)?;
    let text = &*first_claim.site.sentence_text;
    if !any_in(text, YEARLY) {
        return None;
    }
    let rest = UNBROKEN.iter().fold(edition.site.paragraph_text.to_string(), |text, word| text.replace(word, ""));
    if any_in(&rest, BROKEN) {
        return None;
    }
    // 2019年起每年一届: not from the first on.
    let since = |c: &&Claim| {
        let behind = said_after(c);
        c.id != first_claim.id
            && lone_year(c).is_some()
            && ["起", "开始", "以后", "之后", "后"].iter().any(|word| behind.starts_with(word))
    };
    if here().any(|c| since(&c)) {
        return None;
    }
    let (year, known) = year_of(doc, edition, first_claim)?;
    let gives = year - first + 1;
    // Of a year that is only known to be later than another the edition may be later still.
    let wrong = if known { stated != gives } else { stated < gives };
    (wrong && gives >= 2 && first_claim.id != edition.id).then(|| {
        let working = Working {
            code: "edition-fails",
            with: vec![
                ("first", first.to_string()),
                ("year", year.to_string()),
                ("gives", gives.to_string()),
                ("stated", edition.text.clone()),
            ],
            zh: format!("{first}年首届，每年一届，{year}年应为第{gives}届，文中为{}", edition.text),
        };
        let members = vec![(Role::Claims, first_claim), (Role::Claims, edition)];
        relation(RelationKind::Exclusive, Finding::Inconsistent, members, working)
    })
}

/// 自2019年首届…以来, 论坛创办于2016年: the year of the first. Of a school that was founded then nothing is said.
fn first_year(claim: &Claim) -> Option<i32> {
    const HELD: &[char] = &['坛', '赛', '节', '会', '展', '杯', '动', '周', '营', '典', '演', '该'];
    let year = lone_year(claim)?;
    let lead = claim.site.before.trim_start_matches(['，', '（', '“', '”']);
    let led = FIRST_BEFORE.iter().find_map(|word| lead.strip_suffix(word));
    let behind = said_after(claim).trim_start_matches(['的', '起', '，']);
    let founded = FOUNDED.iter().any(|word| behind.starts_with(word)).then_some(lead);
    let subject = led.or(founded).map(|of| of.trim_end_matches(['”', '自', '于', '在', '从']));
    let held = subject.is_some_and(|of| of.is_empty() || of.ends_with(HELD));
    (held || FIRST.iter().any(|word| behind.starts_with(word))).then_some(year)
}

/// The year of an edition, and whether it is known or only not earlier.
fn year_of(doc: &Document, edition: &Claim, first: &Claim) -> Option<(i32, bool)> {
    // 2023年为第七届.
    let before = doc.around(edition).iter().rev().find(|c| c.site.start < edition.site.start);
    let beside = before.filter(|c| c.site.sentence == edition.site.sentence && c.id != first.id);
    // 2024年5月举办第十五届.
    let of_month = |c: &Claim| {
        let (year, rest) = c.text.split_once('年').filter(|_| c.kind == Kind::Date)?;
        let held = ["举办", "举行", "召开"].contains(&text_between(c, edition)) && rest.ends_with(['月', '日']);
        year.parse().ok().filter(|year| held && (1900..2100).contains(year))
    };
    if let Some(year) = beside.and_then(|c| lone_year(c).or_else(|| of_month(c))) {
        let between = beside.map_or("", |c| text_between(c, edition));
        return (between.chars().count() <= 6 && !between.contains('，')).then_some((year, true));
    }
    // 第七届…竞赛于2024年5月举行.
    let behind = doc.next(edition).filter(|c| c.site.clause == edition.site.clause && c.id != first.id);
    let dated = behind.filter(|c| c.kind == Kind::Date && text_between(edition, c).ends_with(['于', '在']));
    if let Some(year) = dated.and_then(|c| c.text.split_once('年')?.0.parse().ok()) {
        return (1900..2100).contains(&year).then_some((year, true));
    }
    let lead = edition.site.before.trim_start_matches('，');
    NOW.iter().any(|word| lead.starts_with(word)).then(|| this_year(doc, edition)).flatten()
}

/// The year the text tells of: the one its first paragraph names, or the one behind what it is compared with.
fn this_year(doc: &Document, edition: &Claim) -> Option<(i32, bool)> {
    let opening = doc.claims.first()?;
    let named = doc.claims.iter().take_while(|c| c.site.paragraph == opening.site.paragraph).filter_map(lone_year);
    let named: Vec<i32> = named.collect();
    if let [year] = named[..]
        && opening.site.paragraph != edition.site.paragraph
        && opening.site.paragraph == 0
    {
        return Some((year, true));
    }
    // 与2023年的432名相比，今年…: this year is a later one.
    let compared = |c: &&Claim| {
        let lead = c.site.before.trim_start_matches('，');
        matches!(lead, "与" | "同" | "和" | "比" | "较" | "相比") && any_in(&c.site.sentence_text, NOW)
    };
    let near = doc.around(edition).iter().filter(|c| c.site.paragraph.abs_diff(edition.site.paragraph) <= 1);
    let last = near.filter(compared).filter_map(lone_year).max()?;
    Some((last + 1, false))
}

/// 2019年: a year that stands alone.
fn lone_year(claim: &Claim) -> Option<i32> {
    let text = claim.text.trim_end_matches('年').trim_end_matches('度').trim_end_matches('年');
    let alone = claim.kind == Kind::Date && text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|year| alone && (1900..2100).contains(year))
}
