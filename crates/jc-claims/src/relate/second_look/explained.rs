//! What the rest of its sentence explains: contradictions of numbers that were taken for the base, the stock or the whole of another, while
//! the sentence says of what they are.

use std::collections::HashSet;

use crate::document::{Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::changes::targets::TARGETS;
use crate::relate::digits::printed::{prints, whole_number};
use crate::relate::digits::solve::{Printed, numerators};
use crate::relate::rates::readings::reading;
use crate::relate::relations::Holding;
use crate::relate::sums::addition::sum;
use crate::relate::wording::around::text_between;
use crate::relate::wording::cues;
use crate::relate::{Finding, Relation, RelationKind, Role};
use crate::words::any_in;
use jc_text::fold::is_han;

/// Strikes them out, and turns a rate to the target it is said to be of.
pub(super) fn explained(doc: &Document, all: &mut Vec<Relation>) {
    let listed = listed(all);
    let held = Holding::of(all);
    all.retain(|it| !of_some_with_that_name(doc, it, &held));
    all.retain(|it| !of_other_parts(doc, it));
    all.retain(|it| !of_all_listed(doc, it, &listed) && !of_too_few(doc, it));
    all.retain(|it| !given_by_two(doc, it) && !of_others_among(doc, it) && !of_what_they_have(doc, it));
    all.retain(|it| !of_joined(doc, it) && !of_an_extreme(doc, it) && !of_several_changes(doc, it));
    all.retain(|it| !planned_otherwise(doc, it) && !of_one_more(doc, it) && !of_a_bracket(doc, it));
    all.retain(|it| !of_half_a_year(doc, it) && !of_then(doc, it) && !by_turns(doc, it) && !roughly(doc, it));
    let agreed = agreed(doc, all);
    all.retain(|it| !of_another_base(doc, it, &agreed) && !of_its_own_kind(doc, it));
    all.iter_mut().for_each(|it| turn_to_target(doc, it));
}

/// 前两项合计501.2万元: of the first two, and not of those behind them.
fn of_other_parts(doc: &Document, it: &Relation) -> bool {
    let fails = it.kind == RelationKind::Sum && it.finding == Finding::Inconsistent;
    let whole = it.under_test().and_then(|id| doc.claim(id)).filter(|_| fails);
    whole.and_then(cues::first_parts).is_some_and(|many| many + 1 != it.members.len())
}

/// The last part of each list that makes its total, with the total.
fn listed(all: &[Relation]) -> HashSet<(String, String)> {
    let sums = all.iter().filter(|it| it.primary && it.kind == RelationKind::Sum && it.finding == Finding::Consistent);
    sums.filter_map(|it| {
        let last = it.members.iter().rev().find(|(role, _)| *role == Role::Part)?;
        Some((last.1.clone(), it.under_test()?.to_owned()))
    })
    .collect()
}

/// 42个党支部中，教工18个，学生21个，离退休3个，其中样板支部5个: behind a whole list 其中 is said of all of it.
fn of_all_listed(doc: &Document, it: &Relation, listed: &HashSet<(String, String)>) -> bool {
    let fails = it.kind == RelationKind::Subset && it.finding == Finding::Inconsistent;
    let [(Role::Part, part), (Role::Whole, whole)] = &it.members[..] else { return false };
    let within = |(last, total): &(String, String)| {
        last == whole && doc.claim(part).zip(doc.claim(total)).is_some_and(|(part, total)| part.value <= total.value)
    };
    let led = doc.claim(part).is_some_and(|part| part.site.before.contains("其中"));
    fails && led && listed.iter().any(within)
}

/// 参加1286人，合格1187人，合格率92.3%，其中高级工合格率88.6%: who passed of all gives the first rate, and the second is of some of them.
fn of_some_with_that_name(doc: &Document, it: &Relation, held: &Holding) -> bool {
    let fails = it.kind == RelationKind::Rate && it.finding == Finding::Inconsistent;
    let [(Role::Numerator, top), (Role::Denominator, whole), (Role::Rate, rate)] = &it.members[..] else {
        return false;
    };
    let Some(rate) = doc.claim(rate).filter(|_| fails) else { return false };
    let of_some = rate.site.clause_text.trim_start_matches('，').starts_with("其中");
    let first = |c: &&Claim| c.site.sentence == rate.site.sentence && c.site.start < rate.site.start;
    let same = |c: &Claim| held.part_and_whole(doc, c).is_some_and(|(a, b)| a.id == *top && b.id == *whole);
    of_some && doc.around(rate).iter().filter(first).any(same)
}

/// 除4间维修外, 净增7家: what is left out is no base of the rest, and what has come no stock. Of three classes the first is not the base either.
fn of_too_few(doc: &Document, it: &Relation) -> bool {
    let led = |role: Role, ends: &[&str]| {
        let member = it.members.iter().find(|(own, _)| *own == role).and_then(|(_, id)| doc.claim(id));
        member.is_some_and(|c| {
            // 除寒暑假2个月外: what is left out may be named.
            let excepted =
                cues::item(c).starts_with('除') && c.site.after.trim_start_matches(['之', '以']).starts_with('外');
            excepted && ends.contains(&"除")
                || ends.iter().any(|end| cues::item(c).trim_end_matches("有").ends_with(end))
        })
    };
    let several = it.members.iter().filter(|(role, _)| *role == Role::Numerator).count() > 1
        && it.members.iter().filter(|(role, _)| *role == Role::Denominator).count() == 1;
    it.finding == Finding::Inconsistent
        && match it.kind {
            RelationKind::Quotient => led(Role::Denominator, &["除", "除了", "除去"]),
            RelationKind::Sum | RelationKind::Difference => led(Role::Old, &["净增", "净减"]),
            RelationKind::Rate => {
                let left_out = led(Role::Numerator, &["除", "除了", "除去"]);
                several && it.computed > Exact::int(100) || alike_by_chance(doc, it) || left_out
            }
            RelationKind::Subset => in_groups(doc, it),
            _ => false,
        }
}

/// 方阵共6组，每组8人，其中女教师20人: of those in the groups, and not of the groups.
fn in_groups(doc: &Document, it: &Relation) -> bool {
    let [(Role::Part, part), (Role::Whole, whole)] = &it.members[..] else { return false };
    let all = || {
        let (part, groups) = (doc.claim(part)?, doc.claim(whole)?);
        let each = doc.next(groups).filter(|c| c.site.sentence == groups.site.sentence && c.unit == part.unit)?;
        let said = each.site.before.contains(&format!("每{}", groups.unit)) && each.id != part.id;
        Some(said && part.value? <= groups.value?.times(each.value?)?)
    };
    all() == Some(true)
}

/// 获奖84人次，中德认证考试获证率95.5%，通过84人: two counts of other things that happen to be the same are no part and whole.
fn alike_by_chance(doc: &Document, it: &Relation) -> bool {
    let [(Role::Numerator, top), (Role::Denominator, whole), ..] = &it.members[..] else { return false };
    doc.claim(top).zip(doc.claim(whole)).is_some_and(|(a, b)| a.value == b.value && a.unit != b.unit)
}

/// 报名156人，实考149人，合格131人，按实考人数合格率87.9%: no whole number of the first gives it, but two of the others do. 结题94项…；应结题101项，结题率93.1%:
/// neither does anything make it of the last, but the first of the last does.
fn given_by_two(doc: &Document, it: &Relation) -> bool {
    let lone = matches!(it.kind, RelationKind::RateNumerator | RelationKind::RateDenominator);
    let fails = lone && it.finding == Finding::Inconsistent;
    let rate = it.under_test().and_then(|id| doc.claim(id)).filter(|_| fails);
    rate.is_some_and(|rate| {
        let here = doc.around(rate).iter().filter(|c| c.site.chain == rate.site.chain);
        let counts: Vec<&Claim> = here.filter(|c| c.site.start < rate.site.start && cues::counted(c)).collect();
        let gives = |part: &Claim, whole: &Claim| {
            let gives = part.value.zip(whole.value).and_then(|(part, whole)| part.percent_of(whole));
            rate.decimals > 0 && gives.is_some_and(|gives| prints(rate, gives, gives) == Some(true))
        };
        let of_last = counts.split_last().is_some_and(|(last, others)| {
            it.kind == RelationKind::RateDenominator && others.iter().any(|c| c.unit == last.unit && gives(c, last))
        });
        of_last || counts.windows(2).any(|pair| gives(pair[1], pair[0]))
    })
}

/// 专业课教师98人，“双师型”教师比例提高到59.2%: the share of others among those counted, of whom so many may be.
fn of_others_among(doc: &Document, it: &Relation) -> bool {
    let fails = it.kind == RelationKind::RateDenominator && it.finding == Finding::Inconsistent;
    let [(Role::Numerator, count), (Role::Rate, rate)] = &it.members[..] else { return false };
    let Some((count, rate)) = doc.claim(count).zip(doc.claim(rate)).filter(|_| fails) else { return false };
    let name = SHARES.iter().find_map(|word| rate.site.clause_text.split_once(word)).map(|(name, _)| name);
    let own: String = name.unwrap_or_default().chars().filter(|c| is_han(*c)).take(2).collect();
    let said = format!("{}{}", cues::item(count), count.site.after);
    let named = own.chars().count() == 2 && !said.contains(&own) && count.site.clause != rate.site.clause;
    let printed = rate.value.and_then(|value| Printed::new(value, rate.decimals));
    named && whole_number(count).zip(printed).is_some_and(|(n, printed)| !numerators(n, printed).is_empty())
}

/// 抽取40名学生复测两次，合格率63.3%; 40名教师的教案，合格率93.3%: of how often they came, or of what they have, there may be more.
fn of_what_they_have(doc: &Document, it: &Relation) -> bool {
    const OFTEN: &[&str] = &["两次", "三次", "四次", "多次", "两轮", "三轮", "2次", "3次", "4次"];
    let fails = it.kind == RelationKind::RateNumerator && it.finding == Finding::Inconsistent;
    let [(Role::Denominator, whole), (Role::Rate, rate)] = &it.members[..] else { return false };
    doc.claim(whole).zip(doc.claim(rate)).filter(|_| fails).is_some_and(|(whole, rate)| {
        let own = whole.site.after.split_once('的').is_some_and(|(who, what)| !who.is_empty() && !what.is_empty());
        let apart = whole.site.clause != rate.site.clause;
        apart && (own || any_in(text_between(whole, rate), OFTEN))
    })
}

/// What a share is called by.
const SHARES: &[&str] = &["比例", "占比", "比重"];

/// 年初42间，新建3间，另将2间合并为1间，年末44间: what is joined or divided is counted otherwise afterwards.
fn of_joined(doc: &Document, it: &Relation) -> bool {
    const JOINED: &[&str] = &["合并为", "合并成", "并入", "拆分", "拆为", "分设"];
    let fails = matches!(it.kind, RelationKind::Sum | RelationKind::Difference) && it.finding == Finding::Inconsistent;
    let joined = |id: &String| doc.claim(id).is_some_and(|c| any_in(&c.site.clause_text, JOINED));
    fails && it.members.iter().any(|(_, id)| joined(id))
}

/// 完成的3687人，人均38.4次，最多的1人跑了67次: who stands at one end is neither the rest nor all of them.
fn of_an_extreme(doc: &Document, it: &Relation) -> bool {
    let kinds = matches!(it.kind, RelationKind::Quotient | RelationKind::Difference);
    const ENDS: &[&str] = &["最多的", "最少的", "最高的", "最低的", "最大的", "最小的", "最长的", "最短的", "最快的"];
    let few = |c: &Claim| c.value <= Exact::int(3) && c.kind.counts();
    let end =
        |id: &String| doc.claim(id).is_some_and(|c| few(c) && ENDS.iter().any(|end| cues::item(c).ends_with(end)));
    kinds && it.finding == Finding::Inconsistent && it.members.iter().filter(|(_, id)| end(id)).count() == 1
}

/// 未取证467人中，仅理论113人，仅操作231人，两项均不合格123人: what makes the whole with those told right behind.
fn of_one_more(doc: &Document, it: &Relation) -> bool {
    const MOST: usize = 3;
    let fails = it.kind == RelationKind::Sum && it.finding == Finding::Inconsistent;
    let parts: Vec<&Claim> =
        it.members.iter().filter(|(role, _)| *role == Role::Part).filter_map(|(_, id)| doc.claim(id)).collect();
    let whole = it.under_test().and_then(|id| doc.claim(id)).filter(|_| fails);
    whole.zip(parts.last()).is_some_and(|(whole, last)| {
        let behind = doc.around(last).iter().filter(|c| c.site.start > last.site.start && c.id != whole.id);
        let like = |c: &&Claim| c.site.chain == last.site.chain && c.unit == last.unit;
        let more: Vec<&Claim> = behind.filter(like).take(MOST).collect();
        (1..=more.len()).any(|n| sum(&[&parts[..], &more[..n]].concat()) == whole.value)
    })
}

/// 党员44名。…积极分子26名（学生21名、教师5名，其中19名…）: what brackets divide is the count right before them.
fn of_a_bracket(doc: &Document, it: &Relation) -> bool {
    let fails = it.kind == RelationKind::Sum && it.finding == Finding::Inconsistent;
    let claims = |wanted: Role| it.members.iter().filter(move |(role, _)| *role == wanted);
    let parts: Vec<&Claim> = claims(Role::Part).filter_map(|(_, id)| doc.claim(id)).collect();
    let whole = claims(Role::Whole).find_map(|(_, id)| doc.claim(id)).filter(|_| fails);
    whole.zip(parts.first()).is_some_and(|(whole, first)| {
        let between = |c: &&Claim| c.site.start > whole.site.start && c.site.start < first.site.start;
        let nearer = doc.around(first).iter().filter(between).any(|c| c.unit == first.unit && !cues::in_brackets(c));
        parts.iter().all(|part| cues::in_brackets(part)) && !cues::in_brackets(whole) && nearer
    })
}

/// 每月一次，共12次，上半年每次应到43人，下半年每次应到47人，全年540人次: what was so for half of it is not the mean of all.
fn of_half_a_year(doc: &Document, it: &Relation) -> bool {
    const SOME: &[&str] = &["上半年", "下半年", "上学期", "下学期", "季度"];
    let fails = it.kind == RelationKind::Quotient && it.finding == Finding::Inconsistent;
    let some = |id: &String| doc.claim(id).is_some_and(|c| any_in(&c.site.clause_text, SOME));
    let Some(((_, printed), from)) = it.members.split_last().filter(|_| fails) else { return false };
    some(printed) && !from.iter().any(|(_, id)| some(id))
}

/// 增加132人，增长3.0%，增幅较上一年（4.0%）回落: what a bracket says of then is made of other numbers.
fn of_then(doc: &Document, it: &Relation) -> bool {
    let grown = matches!(it.kind, RelationKind::Growth | RelationKind::GrowthDiff | RelationKind::Rate);
    let Some(((_, printed), from)) = it.members.split_last().filter(|_| grown) else { return false };
    let printed = doc.claim(printed).filter(|c| cues::is_old(c) && cues::in_brackets(c));
    let outside = |id: &String| doc.claim(id).is_some_and(|c| !cues::in_brackets(c));
    it.finding == Finding::Inconsistent && printed.is_some() && from.iter().all(|(_, id)| outside(id))
}

/// 6人和15人按每人1.2万元和0.6万元发放，合计16.2万元: each of several has its own.
fn by_turns(doc: &Document, it: &Relation) -> bool {
    let fails = it.kind == RelationKind::Quotient && it.finding == Finding::Inconsistent;
    let printed = it.members.last().and_then(|(_, id)| doc.claim(id)).filter(|_| fails);
    printed.is_some_and(|each| {
        let next = doc.next(each).filter(|next| next.unit == each.unit && next.site.sentence == each.site.sentence);
        next.is_some_and(|next| ["和", "、", "与", "及"].contains(&text_between(each, next)))
    })
}

/// 244人，约占签约人数的三分之二: a share in words that is said to be about so.
fn roughly(doc: &Document, it: &Relation) -> bool {
    let fails = it.kind == RelationKind::Rate && it.finding == Finding::Inconsistent;
    let printed = it.members.last().and_then(|(_, id)| doc.claim(id)).filter(|_| fails);
    printed.is_some_and(|rate| {
        let worded = rate.text.contains("分之") && any_in(cues::item(rate), &["约占", "大约", "接近", "将近"]);
        let apart = it.computed.zip(rate.value).and_then(|(gives, said)| gives.apart(said));
        worded && apart.is_some_and(|apart| apart <= Exact::whole(3))
    })
}

/// 名额由142个增至150个，一等增加2个，二等增加6个: several changes make the whole of it.
fn of_several_changes(doc: &Document, it: &Relation) -> bool {
    let fails = it.kind == RelationKind::Difference && it.finding == Finding::Inconsistent;
    let stated = it.under_test().and_then(|id| doc.claim(id)).filter(|_| fails);
    stated.is_some_and(|stated| {
        let alike = |c: &&Claim| {
            let own = c.site.chain == stated.site.chain && c.unit == stated.unit && c.falls == stated.falls;
            own && (c.kind == stated.kind && c.kind == Kind::Change || any_in(cues::item(c), &["增加", "减少", "新增"]))
        };
        let changes: Vec<&Claim> = doc.around(stated).iter().filter(alike).collect();
        changes.len() >= 2 && sum(&changes) == it.computed
    })
}

/// 六、下学年重点…社团增至13个: what is planned is no other number of what there is.
fn planned_otherwise(doc: &Document, it: &Relation) -> bool {
    let fails = it.kind == RelationKind::Equal && it.finding == Finding::Inconsistent;
    let [(_, first), (_, second)] = &it.members[..] else { return false };
    let both = doc.claim(first).zip(doc.claim(second)).filter(|_| fails);
    // 连续四年获评…的基础上: what has been reached is told there as well.
    let goal = |c: &Claim| {
        const GOALS: &[&str] =
            &["增至", "达到", "提高到", "提升到", "扩大到", "扩至", "力争", "争取", "确保", "控制在"];
        any_in(cues::item(c), GOALS) && is_planned(doc, c)
    };
    both.is_some_and(|(first, second)| goal(first) != goal(second))
}

/// Does the heading above tell of what is to come?
fn is_planned(doc: &Document, claim: &Claim) -> bool {
    const AHEAD: &[&str] =
        &["计划", "打算", "展望", "下一步", "下阶段", "下学年", "下学期", "下年度", "下一年", "明年", "来年"];
    const LONGEST: usize = 24;
    let heads = |text: &str| {
        let numbered = text.trim_start_matches('（').starts_with(|c| "一二三四五六七八九十".contains(c));
        numbered && text.chars().count() <= LONGEST && !text.contains(['。', '，', '；'])
    };
    let numbered = doc.claims.iter().map(|c| (c.site.paragraph, c.site.sentence_text.as_ref()));
    let unnumbered = doc.unnumbered.iter().map(|it| (it.paragraph, it.text.as_ref()));
    let above = numbered.chain(unnumbered).filter(|(at, text)| *at < claim.site.paragraph && heads(text));
    above.max_by_key(|(at, _)| *at).is_some_and(|(_, text)| any_in(text, AHEAD))
}

/// What two numbers and more are held against, by kind; and the sentence of the printed one they agree with.
type Agreed = HashSet<(&'static str, Vec<String>, usize)>;

fn agreed(doc: &Document, all: &[Relation]) -> Agreed {
    let holds = |it: &&Relation| it.primary && it.finding == Finding::Consistent && it.members.len() >= 3;
    all.iter().filter(holds).filter_map(|it| made_of(doc, it)).collect()
}

/// The kind of a rate or a mean, what it is reckoned from, and the sentence of the printed number.
fn made_of(doc: &Document, it: &Relation) -> Option<(&'static str, Vec<String>, usize)> {
    let ((_, printed), from) = it.members.split_last()?;
    let kind = matches!(it.kind, RelationKind::Rate | RelationKind::Quotient).then(|| it.kind.word())?;
    Some((kind, from.iter().map(|(_, id)| id.clone()).collect(), doc.claim(printed)?.site.sentence))
}

/// 按全体教师计人均3.6次，按参训教师计人均3.8次: where the one agrees, the other is of another base.
fn of_another_base(doc: &Document, it: &Relation, agreed: &Agreed) -> bool {
    let fails = it.finding == Finding::Inconsistent;
    fails && it.kind == RelationKind::Quotient && made_of(doc, it).is_some_and(|own| agreed.contains(&own))
}

/// 培训11462人次（10387人），完成计划10500人次的109.2%: times are held against times, where those give the rate.
fn of_its_own_kind(doc: &Document, it: &Relation) -> bool {
    let fails = it.kind == RelationKind::Rate && it.finding == Finding::Inconsistent;
    let [(Role::Numerator, top), (Role::Denominator, whole), (Role::Rate, rate)] = &it.members[..] else {
        return false;
    };
    let (Some(top), Some(whole), Some(rate)) = (doc.claim(top), doc.claim(whole), doc.claim(rate)) else {
        return false;
    };
    let own = |c: &&Claim| {
        let gives = c.value.zip(whole.value).and_then(|(part, whole)| part.percent_of(whole));
        c.unit == whole.unit && c.id != whole.id && gives.is_some_and(|gives| prints(rate, gives, gives) == Some(true))
    };
    // 双师型教师226人，其中初级98人、…高级37人，占专任教师的75.8%: all of those divided are.
    let divided = |c: &&Claim| {
        let gives = c.value.zip(whole.value).and_then(|(part, whole)| part.percent_of(whole));
        let led = c.site.start < top.site.start && text_between(c, top).contains("其中") && c.unit == top.unit;
        led && c.id != whole.id && gives.is_some_and(|gives| prints(rate, gives, gives) == Some(true))
    };
    let mut here =
        doc.around(rate).iter().filter(|c| c.site.sentence == rate.site.sentence && c.site.start < rate.site.start);
    fails && here.any(|c| top.unit != whole.unit && own(&c) || divided(&c))
}

/// 招生计划1200人，实际录取1164人，完成招生计划的103.1%: of the plan, though the other way round it would be right.
fn turn_to_target(doc: &Document, it: &mut Relation) {
    let [(Role::Numerator, top), (Role::Denominator, whole), (Role::Rate, rate)] = &it.members[..] else { return };
    let Some(((top, whole), rate)) = doc.claim(top).zip(doc.claim(whole)).zip(doc.claim(rate)) else { return };
    let of_target = |c: &Claim| any_in(&c.site.before, TARGETS);
    let reached = it.primary && rate.site.before.contains("完成") && of_target(rate);
    let turned = (reached && of_target(top) && !of_target(whole)).then(|| reading(rate, &[whole], top, &[]));
    if let Some(turned) = turned.flatten() {
        *it = turned;
    }
}
