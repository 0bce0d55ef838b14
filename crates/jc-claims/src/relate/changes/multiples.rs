//! Multiples: 翻一番, 增长一倍, 是上年的2.5倍. Do old and new value give them, and is there a whole base at all?

use super::then_and_now::{old_and_new, said_behind, values_beside};
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::printed::{interval, shown, whole_number};
use crate::relate::means::quotients::quotient;
use crate::relate::relations::{Finding, Near, Relation, RelationKind, Role, Slip, Working, relation};
use crate::relate::wording::around::said_before;
use crate::relate::wording::called::{BEGINNINGS, SET_OUT};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::relate::wording::population::{Called, Name, only};
use crate::words::{CHANGE, any_in};

pub(super) fn multiples(doc: &Document, all: &mut Vec<Relation>) {
    all.extend(doc.claims.iter().filter_map(|ratio| of_both(doc, ratio)));
    // 是起步时120人的近5倍.
    let bounds = |claim: &&Claim| {
        claim.kind == Kind::Multiple && matches!(claim.bound, Bound::Nearly | Bound::AtLeast | Bound::Over)
    };
    for claim in doc.claims.iter().filter(bounds) {
        let pair = of_base(doc, claim).and_then(|(old, new)| old.zip(new));
        let pair = pair.or_else(|| of_the_named(doc, claim)).or_else(|| in_turn(doc, claim));
        all.extend(pair.and_then(|(old, new)| bounded(claim, old, new)));
    }
    for claim in doc.claims.iter().filter(|claim| claim.kind == Kind::Multiple && claim.bound == Bound::Exact) {
        let Some((least, most, grows)) = factor(claim) else { continue };
        if let Some(it) = of_named(doc, claim, (least, most)).or_else(|| since_then(doc, claim, (least, most))) {
            all.push(it);
            continue;
        }
        let (old, new) =
            of_base(doc, claim).or_else(|| years_ago(doc, claim)).unwrap_or_else(|| match in_turn(doc, claim) {
                Some((old, new)) => (Some(old), Some(new)),
                None => old_and_new(doc, claim),
            });
        let new = new.or_else(|| told_before(doc, claim, old?));
        let doubled = claim.text.contains('番');
        let new = new.or_else(|| said_behind(doc, claim).filter(|_| doubled));
        match (old, new) {
            // 前年招生186人，去年招生372人，今年力争再翻一番: the last year is no base of the one before it.
            (Some(old), Some(new)) if later(old, new) => {}
            (Some(old), Some(new)) if alike(old, new) => {
                let of = |new: &Claim| held(claim, old, new, (least, most), grows);
                // 授权14件，其中发明2件、…、外观3件，授权量是上年7件的2倍: the value that gives it is meant.
                let others = || {
                    let here = values_beside(doc, claim).into_iter().filter(|c| alike(c, old) && c.id != old.id);
                    here.filter_map(of).find(|it| it.finding == Finding::Consistent)
                };
                let it = of(new).filter(|it| !almost(claim) || it.finding == Finding::Consistent);
                let fails = it.as_ref().is_some_and(|it| it.finding == Finding::Inconsistent);
                all.extend(if fails { others().or(it) } else { it });
            }
            (None, Some(new)) if doubled && new.site.clause.abs_diff(claim.site.clause) <= 1 => {
                all.extend(base_missing(claim, new, (least, most)));
            }
            _ => {}
        }
    }
}

/// 近乎翻了一番: less than that.
fn almost(claim: &Claim) -> bool {
    ["近乎", "几乎", "接近", "将近", "差不多", "基本", "近"].iter().any(|word| claim.site.before.ends_with(word))
}

/// 企业培训2520学时、校内学习1680学时，二者之比为3:2: the two right before the ratio.
fn of_both(doc: &Document, ratio: &Claim) -> Option<Relation> {
    let [a, b] = ratio.terms[..] else { return None };
    let lead = ratio.site.before.trim_start_matches('，').trim_end_matches(['为', '是', '约', '达']);
    let said = ["二者之比", "两者之比", "之比", "二者比例", "两者比例"].contains(&lead);
    let mut before = doc.around(ratio).iter().rev().filter(|c| c.site.start < ratio.site.start);
    let (second, first) = (before.next()?, before.next()?);
    let like = alike(first, second) && first.unit == second.unit && second.site.clause + 1 == ratio.site.clause;
    let plain = first.site.sentence == ratio.site.sentence && [first, second].iter().all(|c| c.bound == Bound::Exact);
    let (gives, stated) = (first.value?.over(second.value?)?, a.over(b)?);
    // Ratios of small numbers are rounded freely: a twentieth is allowed.
    let slack = stated.over(Exact::int(20)?)?;
    let holds = gives >= stated.minus(slack)? && gives <= stated.plus(slack)?;
    (said && like && plain).then(|| quotient(first, second, ratio, gives, holds))
}

/// 到账1350万元，是2021年450万元的3.5倍: the base stands right before the multiple, what is so many times as much before it.
fn of_base<'a>(doc: &'a Document, claim: &Claim) -> Option<(Option<&'a Claim>, Option<&'a Claim>)> {
    let mut before = doc.around(claim).iter().rev().filter(|c| c.site.start < claim.site.start);
    let base = before.next().filter(|c| c.site.after == "的" && c.site.end + 1 == claim.site.start)?;
    let is = ["是", "为", "相当于", "达"]
        .iter()
        .any(|word| claim.site.clause_text.trim_start_matches('，').starts_with(word));
    let new = before
        .find(|c| !matches!(c.kind, Kind::Date | Kind::Ordinal))
        .filter(|c| c.site.clause + 1 == base.site.clause && alike(c, base))?;
    is.then_some((Some(base), Some(new)))
}

/// 今年接种1830剂，学生1645剂、教职工185剂。去年732剂，今年的接种量是去年的2.5倍: the largest of the sentence before, where that of the multiple
/// only tells of what was.
fn told_before<'a>(doc: &'a Document, claim: &Claim, old: &Claim) -> Option<&'a Claim> {
    let again = ["今年", "本年", "本届", "本季"].iter().any(|word| claim.site.before.contains(word));
    let before = |c: &&Claim| c.site.chain + 1 == claim.site.chain && c.site.paragraph == claim.site.paragraph;
    let like = |c: &&Claim| alike(c, old) && c.unit == old.unit && c.bound == Bound::Exact && !cues::is_old(c);
    let near = again && old.site.chain == claim.site.chain;
    doc.around(claim).iter().filter(before).filter(like).max_by_key(|c| c.value).filter(|_| near)
}

/// 2019年只有15家，今年已有42家，是五年前的2.8倍: the two right before it, where nothing else is said of that time.
fn years_ago<'a>(doc: &'a Document, claim: &Claim) -> Option<(Option<&'a Claim>, Option<&'a Claim>)> {
    let mut before = doc.around(claim).iter().rev().filter(|c| c.site.start < claim.site.start);
    let ago = before.next().filter(|c| c.kind == Kind::Duration && c.site.clause == claim.site.clause)?;
    if ago.site.after != "前的" {
        return None;
    }
    let mut values = before.filter(|c| c.kind != Kind::Date && c.site.sentence == claim.site.sentence);
    let (new, old) = (values.next()?, values.next()?);
    let now = any_in(&new.site.before, &["今年", "现在", "目前", "如今", "已有", "现有"]);
    let fit = alike(new, old) && new.unit == old.unit && values.all(|c| c.unit != new.unit);
    (now && fit && new.site.clause + 1 == claim.site.clause).then_some((Some(old), Some(new)))
}

/// 前年, 去年, 2022年: when it was, as a number that grows, and whether it is a year of the calendar.
fn time_of(claim: &Claim) -> Option<(i32, bool)> {
    const TIMES: &[(&str, i32)] = &[
        ("前年", -2),
        ("去年", -1),
        ("上年", -1),
        ("上一年", -1),
        ("上学期", -1),
        ("上学年", -1),
        ("上届", -1),
        ("今年", 0),
        ("本年", 0),
        ("本学期", 0),
        ("这学期", 0),
        ("本学年", 0),
        ("本届", 0),
        ("如今", 0),
        ("现在", 0),
    ];
    let lead = said_before(claim).rsplit(['，', '；', '：']).next().unwrap_or_default();
    let lead = lead.trim_start_matches(['而', '到', '在', '从', '由', '我', '们', '校', '院']);
    // 课题经费前年是62万元: right before the number.
    let tail = lead.trim_end_matches(['是', '为', '有', '达', '到', '只', '仅', '才', '的', '共']);
    if let Some((_, when)) = TIMES.iter().find(|(word, _)| lead.starts_with(word) || tail.ends_with(word)) {
        return Some((*when, false));
    }
    let (year, rest) = lead.split_at_checked(4)?;
    year.parse().ok().filter(|_| rest.starts_with('年')).map(|year| (year, true))
}

/// Is the first of a later time than the second?
fn later(old: &Claim, new: &Claim) -> bool {
    let times = time_of(old).zip(time_of(new));
    times.is_some_and(|((earlier, dated), (later, also))| dated == also && earlier > later)
}

/// 是去年的, 比前年: the words that lead to a multiple, without the base they name again.
fn without_base(between: &str, old: &Claim) -> String {
    let lead = said_before(old).rsplit(['，', '；', '：']).next().unwrap_or_default();
    let lead = lead.trim_start_matches(['而', '到', '在', '从', '由']);
    let time: String = lead.chars().take(2).collect();
    let year =
        lead.split_at_checked(4).filter(|(year, _)| year.parse::<i32>().is_ok()).map(|(year, _)| year.to_string());
    let time = year.map_or(time, |year| format!("{year}年"));
    ["相当于", "是", "为", "比", "较"]
        .iter()
        .fold(between.to_string(), |text, verb| text.replace(&format!("{verb}{time}"), ""))
}

/// 前年到账186万元，去年到账352万元，短短一年翻了一番还多: the two right before it, one of an earlier time and one of a later.
fn in_turn<'a>(doc: &'a Document, claim: &Claim) -> Option<(&'a Claim, &'a Claim)> {
    const OF_ANOTHER: &[&str] = &[
        "比",
        "较",
        "年前",
        "是",
        "相当于",
        "目标",
        "力争",
        "计划",
        "预计",
        "到20",
        "为20",
        "今年",
        "明年",
        "本年",
        "去年",
        "次年",
        "本届",
        "本学期",
        "如今",
        "现在",
        "目前",
    ];
    let when = |c: &&Claim| !matches!(c.kind, Kind::Date | Kind::Duration | Kind::Ordinal);
    let here = doc.around(claim).iter().rev().filter(|c| c.site.start < claim.site.start);
    let mut here = here.filter(|c| c.site.sentence == claim.site.sentence).filter(when);
    let (new, old) = (here.next()?, here.next()?);
    let ((earlier, dated), (later, also)) = (time_of(old)?, time_of(new)?);
    let close = new.site.clause + 2 >= claim.site.clause && old.site.clause + 2 >= new.site.clause;
    let fit = alike(old, new) && old.unit == new.unit && [old, new].iter().all(|c| c.bound == Bound::Exact);
    // 比2019年翻了一番: of another year.
    let between = claim.site.sentence_text.get(new.site.in_sentence.1..claim.site.in_sentence.0)?;
    let bare = without_base(between, old);
    let of_another = any_in(&bare, OF_ANOTHER);
    // 增长了两倍多: more than three times as much.
    let grows =
        claim.bound != Bound::Exact && !claim.text.contains('番') && CHANGE.iter().any(|(word, _)| bare.contains(word));
    // 去年到账352万元, 去年支出352万元: of one thing.
    let name = |c: &Claim| -> String { cues::label(c).chars().rev().take(2).collect() };
    let named = |c: &Claim| {
        let own = name(c);
        let bare = own.contains(['年', '有', '为', '是', '才', '仅', '只', '达']);
        (own, bare)
    };
    let ((one, bare), (other, plain)) = (named(old), named(new));
    let same = bare || plain || one == other;
    (earlier < later && dated == also && close && fit && same && !of_another && !grows).then_some((old, new))
}

/// 是女生的四倍, 男生是女生的四倍: 女生, and who has so many times as much, if that is said.
fn base_named(claim: &Claim) -> Option<(&str, &str)> {
    let lead =
        claim.site.before.trim_start_matches(['，', '（', '约', '已', '也', '正', '好', '恰']).strip_suffix('的')?;
    let verb = ["相当于", "是", "为", "达到", "达"].iter().find_map(|word| Some((lead.find(word)?, word.len())));
    let (at, len) = verb?;
    (lead[..at].chars().count() <= 8).then(|| (&lead[at + len..], &lead[..at]))
}

/// 非学历培训5.6万人次，相当于在校生的四倍多: the last before it, and the one count that is called so.
fn of_the_named<'a>(doc: &'a Document, claim: &Claim) -> Option<(&'a Claim, &'a Claim)> {
    let (base, own) = base_named(claim)?;
    let name = Name::of(base).filter(|_| own.is_empty())?;
    let new = doc.around(claim).iter().rev().find(|c| c.site.start < claim.site.start)?;
    let near = new.kind.counts() && new.site.clause + 1 == claim.site.clause && new.bound == Bound::Exact;
    let called = name.counts(doc, claim);
    let old = only(&called).filter(|old| near && old.id != new.id && old.site.start < new.site.start)?;
    Some((old, new))
}

/// 男生1146人，是女生的三倍; 培训5.4万人次，为在校生的1.5倍: the base has a name, and is counted wherever it is. What does not
/// agree is told where nothing else can be meant.
fn of_named(doc: &Document, claim: &Claim, factors: (Exact, Exact)) -> Option<Relation> {
    let (base, own) = base_named(claim)?;
    let (name, own) = (Name::of(base)?, Name::of(own));
    let counted = |c: &&Claim| c.kind.counts() && c.each.is_none() && !cues::is_old(c) && !cues::per_head(c);
    let mut before = doc.around(claim).iter().rev().filter(|c| c.site.start < claim.site.start).filter(counted);
    let new = match own {
        Some(own) => before.find(|c| c.site.chain == claim.site.chain && own.calls(c).is_some()),
        None => before.next().filter(|c| c.site.sentence == claim.site.sentence),
    }?;
    let close = new.site.clause + 1 >= claim.site.clause || new.site.sentence != claim.site.sentence;
    let near = close && name.calls(new) != Some(Called::So);
    let called = name.counts(doc, claim);
    let other = |(base, _): &&(&Claim, Called)| base.id != new.id && near;
    let named: Vec<(&Claim, Called)> = called.iter().filter(other).copied().collect();
    let bases: Vec<(&Claim, Called)> = named.iter().filter(|(base, _)| alike(base, new)).copied().collect();
    let it = |base: &Claim| held(claim, base, new, factors, false);
    let holds = |base: &Claim| it(base).filter(|it| it.finding == Finding::Consistent);
    let agrees = |of: &[(&Claim, Called)], wanted: Called| {
        of.iter().filter(|(_, called)| *called == wanted).find_map(|(base, _)| holds(base))
    };
    // 岗位6120个，是毕业生的4.5倍: things for people.
    let things = || agrees(&named, Called::So);
    // 护理系男生90人；女生360人，是男生的四倍: the only ones there are, right before.
    let alone = match named[..] {
        [(base, _)] if base.site.chain == new.site.chain && alike(base, new) => Some(base),
        _ => None,
    };
    let so = agrees(&bases, Called::So).or_else(|| agrees(&bases, Called::Perhaps)).or_else(things);
    so.or_else(|| it(only(&bases).or(alone)?))
}

/// 从2个班84名学生起步，发展到今天的14个班588名学生，学生规模是建院之初的7倍: what there was when it all began, and what is now.
fn since_then(doc: &Document, claim: &Claim, factors: (Exact, Exact)) -> Option<Relation> {
    any_in(base_named(claim)?.0, BEGINNINGS).then_some(())?;
    let here = || {
        let here = doc.around(claim).iter().filter(|c| c.site.sentence == claim.site.sentence);
        here.filter(|c| c.kind.counts() && c.each.is_none() && c.site.start < claim.site.start)
    };
    let begins = |c: &&Claim| {
        let text = c.site.clause_text.trim_start_matches('，');
        text.contains(['从', '由']) && SET_OUT.iter().any(|word| text.ends_with(word))
    };
    let noun = |c: &Claim| -> String { c.site.after.chars().take(2).collect() };
    // 学生规模: what has become so many times as much may be said.
    let said = |c: &Claim| noun(c).chars().count() == 2 && claim.site.before.contains(&noun(c));
    let olds: Vec<&Claim> = here().filter(begins).collect();
    let last = olds.last()?;
    let news: Vec<&Claim> = here().filter(|c| c.site.clause == last.site.clause + 1).collect();
    let same = |old: &Claim, new: &Claim| alike(old, new) && (noun(old) == noun(new) || said(new));
    let pairs = || olds.iter().flat_map(|old| news.iter().filter(|new| same(old, new)).map(move |new| (*old, *new)));
    let mut named = pairs().filter(|(_, new)| said(new));
    if let (Some((old, new)), None) = (named.next(), named.next()) {
        return held(claim, old, new, factors, false);
    }
    let mut pairs = pairs().filter_map(|(old, new)| held(claim, old, new, factors, false));
    pairs.find(|it| it.finding == Finding::Consistent)
}

/// The factors the words allow, and whether they speak of growth (增长两倍 is three times as much). 翻番 and 一倍 are
/// said of what is about twice as much; printed figures mean what rounds to them.
fn factor(claim: &Claim) -> Option<(Exact, Exact, bool)> {
    let value = claim.value?;
    if claim.falls {
        return None;
    }
    let one = Exact::int(1)?;
    let lead = claim.site.before.as_str();
    let verb = CHANGE.iter().filter(|(word, _)| lead.contains(word)).filter_map(|(word, _)| lead.rfind(word)).max();
    let to = verb.is_some_and(|at| any_in(&lead[at..], &["到", "至", "为", "是"]));
    let grows = verb.is_some() && !to && !claim.text.contains('番');
    let times = if grows { value.plus(one)? } else { value };
    let doubled = claim.text.contains('番');
    if doubled || (grows && value == one) {
        let slack = times.over(Exact::int(20)?)?;
        return Some((times.minus(slack)?, times.plus(slack.times(Exact::int(2)?)?)?, !doubled));
    }
    let half = claim.step.over(Exact::int(2)?)?;
    Some((times.minus(half)?, times.plus(half)?, grows))
}

/// A multiple against the two values it is of.
pub(super) fn of_pair(claim: &Claim, old: &Claim, new: &Claim) -> Option<Relation> {
    let (least, most, grows) = factor(claim)?;
    held(claim, old, new, (least, most), grows).filter(|it| !almost(claim) || it.finding == Finding::Consistent)
}

fn held(claim: &Claim, old: &Claim, new: &Claim, (least, most): (Exact, Exact), grows: bool) -> Option<Relation> {
    let ((old_low, old_high), (new_low, new_high)) = (interval(old)?, interval(new)?);
    if old_low <= Exact::ZERO {
        return None;
    }
    let holds = new_high.over(old_low)? >= least && new_low.over(old_high)? <= most;
    let gives = new.value?.over(old.value?)?;
    let said = claim.text.split_whitespace().collect::<String>();
    // 增长2倍 is what was added, over what there was.
    let (above, told) = match grows {
        true => (format!("({}-{})", shown(new), shown(old)), gives.minus(Exact::whole(1))?),
        false => (shown(new), gives),
    };
    let working = Working {
        code: if holds { "multiple-holds" } else { "multiple-fails" },
        zh: format!("{above}÷{}＝{}，文中为{said}", shown(old), told.show(2)),
        with: vec![("new", above), ("old", shown(old)), ("gives", told.show(2)), ("stated", said)],
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let (kind, members) = if grows {
        (RelationKind::Growth, vec![(Role::Old, old), (Role::New, new), (Role::Rate, claim)])
    } else {
        (RelationKind::Quotient, vec![(Role::Numerator, new), (Role::Denominator, old), (Role::Quotient, claim)])
    };
    let mut it = relation(kind, finding, members, working);
    it.computed = Some(told);
    it.stated = claim.value;
    if grows && !holds && claim.value.and_then(|stated| gives.apart(stated)) <= claim.step.over(Exact::whole(2)) {
        it.explained_by = Some(Slip::RatioForGrowth);
    }
    Some(it)
}

/// 金牌数翻番，达到8枚: a base of about half of it.
fn base_missing(claim: &Claim, new: &Claim, (least, most): (Exact, Exact)) -> Option<Relation> {
    let n = whole_number(new).filter(|&n| (1..=10_000).contains(&n))?;
    let allowed = |base: i128| Exact::new(n, base).is_some_and(|gives| gives >= least && gives <= most);
    let solutions: Vec<i128> = (1..=n).filter(|&base| allowed(base)).collect();
    let listed = solutions.iter().map(i128::to_string).collect::<Vec<_>>().join("、");
    let said = claim.text.split_whitespace().collect::<String>();
    let none = solutions.is_empty();
    let below = Exact::int(n)?.over(claim.value?)?;
    let below = below.num().div_euclid(below.den());
    let nearest: Vec<Near> = [below, below + 1]
        .into_iter()
        .filter(|&base| base > 0)
        .filter_map(|base| Some(Near { number: base, gives: Exact::int(n - base)?.percent_of(Exact::int(base)?)? }))
        .collect();
    let working = Working {
        code: if none { "multiple-no-base" } else { "multiple-bases" },
        with: vec![("new", n.to_string()), ("stated", said.clone()), ("solutions", listed.clone())],
        zh: if none {
            format!("没有整数基数使{n}为{said}之后的数")
        } else {
            format!("{n}为{said}之后的数：可行的基数为{listed}")
        },
    };
    let finding = if none { Finding::Inconsistent } else { Finding::Feasible };
    let mut it = relation(RelationKind::GrowthBase, finding, vec![(Role::New, new), (Role::Rate, claim)], working);
    it.stated = claim.value;
    it.nearest = if none { nearest } else { Vec::new() };
    it.solutions = Some(solutions);
    Some(it)
}

/// 近5倍, 5倍多: within the bounds the words give.
fn bounded(multiple: &Claim, old: &Claim, new: &Claim) -> Option<Relation> {
    let gives = new.value?.over(old.value?)?;
    let (least, most) = (multiple.min?, multiple.max.or(multiple.value?.plus(Exact::int(1)?))?);
    let holds = gives >= least && gives <= most;
    let said = multiple.text.split_whitespace().collect::<String>();
    let working = Working {
        code: if holds { "multiple-holds" } else { "multiple-fails" },
        with: vec![("new", shown(new)), ("old", shown(old)), ("gives", gives.show(2)), ("stated", said.clone())],
        zh: format!("{}÷{}＝{}，文中为{said}", shown(new), shown(old), gives.show(2)),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let members = vec![(Role::Numerator, new), (Role::Denominator, old), (Role::Quotient, multiple)];
    let mut it = relation(RelationKind::Quotient, finding, members, working);
    (it.computed, it.stated) = (Some(gives), multiple.value);
    // 翻了一番还多 of 1.9 times is not so.
    let more = matches!(multiple.bound, Bound::AtLeast | Bound::Over);
    let (_, most_there) = interval(new)?;
    let (least_then, _) = interval(old)?;
    if more && !holds && most_there.over(least_then)? < least {
        return Some(it);
    }
    // 近5倍 of 4.4 times is loosely said.
    let loose = gives.times(Exact::int(6)?)? >= multiple.value?.times(Exact::int(5)?)? && gives <= most;
    (holds || !loose).then_some(it)
}
