//! Growth: does a printed rise or decline follow from old and new value, and which whole base would allow it?

use super::{differences, grown, since};
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::digits::printed::{interval, shown, whole_number};
use crate::relate::digits::solve::{Printed, bases, numerators};
use crate::relate::relations::{Finding, Near, Relation, RelationKind, Role, Slip, Working, relation};
use crate::relate::wording::around::{self, shared};
use crate::relate::wording::comparable::{adds_up, alike};
use crate::relate::wording::cues::{self, is_base, is_old};
use crate::subject::grade_name;
use crate::words::{COMING, LEAVING, any_in};

/// 获国家级18项、省级126项，分别增长80%和75%，上年分别为10项、72项: each rise is of the pair in its place.
fn row_with_olds(doc: &Document, rate: &Claim) -> Option<Relation> {
    let here = || doc.around(rate).iter().filter(|c| c.site.chain == rate.site.chain);
    let rates: Vec<&Claim> =
        here().filter(|c| c.kind == Kind::ChangeRate && c.site.clause == rate.site.clause).collect();
    let place = rates.iter().position(|c| c.id == rate.id)?;
    let last = rates.last().filter(|_| rates.len() >= 2 && rate.site.clause_text.contains("分别"))?;
    let olds = here().filter(|c| c.site.clause == last.site.clause + 1 && c.kind.counts() && c.bound == Bound::Exact);
    let olds: Vec<&Claim> = olds.collect();
    let old = olds.get(place).filter(|_| olds.len() == rates.len())?;
    let earlier = rate.site.clause_text.contains(['较', '比']) || is_old(olds[0]);
    let news =
        here().filter(|c| c.site.start < rates[0].site.start && c.unit == old.unit && !is_old(c) && c.kind == old.kind);
    // Of several in that unit the one in the same place of its own row.
    let news: Vec<&Claim> = news.collect();
    let same = olds.iter().filter(|c| c.unit == old.unit).count();
    let nth = olds[..place].iter().filter(|c| c.unit == old.unit).count();
    let new =
        if same == 1 { news.first() } else { news.len().checked_sub(same).and_then(|from| news.get(from + nth)) }?;
    from_old(rate, old, new).filter(|_| earlier)
}

pub(super) fn growth(doc: &Document, all: &mut Vec<Relation>) {
    for rate in doc.claims.iter().filter(|claim| claim.kind == Kind::ChangeRate) {
        if any_in(&rate.site.before, &["年均", "年平均", "平均每年", "复合"]) {
            continue;
        }
        if let Some(relation) =
            row_with_olds(doc, rate).or_else(|| of_share(doc, rate)).or_else(|| of_share_told(doc, rate))
        {
            all.push(relation);
            continue;
        }
        // “双师型”教师262人，占比79.9%，比年初提高3.5%: what stands right before is a share, and no count grew.
        if let Some(share) = share_before(doc, rate) {
            all.extend(old_share_behind(doc, rate).and_then(|old| of_two_shares(rate, old, share)));
            continue;
        }
        let difference = doc.around(rate).iter().rev().find(|c| {
            (c.kind == Kind::Change || by_so_many(c))
                && !cues::with_others(c)
                && c.site.sentence == rate.site.sentence
                && c.site.clause.abs_diff(rate.site.clause) <= 2
        });
        let (old, new) = old_and_new(doc, rate);
        let new = match (old, difference) {
            (None, Some(difference)) => {
                let values = values_beside(doc, rate);
                let mut news: Vec<&Claim> = values.into_iter().filter(|claim| !is_old(claim)).collect();
                // 覆盖36个村，村均40人次，比上年增加6个: the difference is of what is counted like it.
                if news.iter().any(|claim| alike(claim, difference)) {
                    news.retain(|claim| alike(claim, difference));
                }
                // 一等奖数量较去年增加3项，增幅50%: the difference says of what.
                meant(difference, &news, false).or_else(|| meant(rate, &news, true))
            }
            _ => new,
        };
        // 去年为20个，增加4个，增长20%: the new value need not be said.
        let by_difference = old.zip(difference).and_then(|(old, difference)| from_old_by(rate, old, difference));
        let Some(new) = new.or_else(|| said_behind(doc, rate)) else {
            all.extend(
                by_difference.or_else(|| of_same_name(doc, rate, old?)).or_else(|| of_compared(doc, rate, old?)),
            );
            continue;
        };
        let reading = |new: &Claim| match (old.filter(|old| alike(old, new)), difference.filter(|d| alike(d, new))) {
            (Some(old), _) => from_old(rate, old, new),
            (None, Some(difference)) => from_difference(rate, new, difference),
            (None, None) => base_missing(rate, new),
        };
        // 支出77.45万元，其中…，支出比上年的71.30万元增长8.6%: what is compared has a name.
        let new = old.and_then(|old| differences::named_apart(doc, old, new)).unwrap_or(new);
        // 查出156件，其中…、其他18件，比去年的187件减少31件，下降16.6%: what the difference leaves is meant.
        let left = || {
            let (old, by) = old.zip(difference)?;
            let now = if by.falls { old.value?.minus(by.value?)? } else { old.value?.plus(by.value?)? };
            values_beside(doc, rate).into_iter().find(|c| c.value == Some(now) && !is_old(c) && alike(c, old))
        };
        let new = left().unwrap_or(new);
        let said = reading(new);
        // 重点专业14个…；近三年新增5个，增幅55.6%: what came newly grows nothing itself; with the whole it may.
        if said.as_ref().is_some_and(|it| it.kind == RelationKind::GrowthBase && it.finding == Finding::Inconsistent)
            && new.site.before.contains("新增")
        {
            let earlier = doc.around(rate).iter().rev().filter(|c| {
                c.site.chain == new.site.chain && c.site.start < new.site.start && alike(c, new) && c.value > new.value
            });
            let mut readings = earlier.filter_map(|whole| from_difference(rate, whole, new));
            all.extend(readings.find(|it| it.finding == Finding::Consistent));
            continue;
        }
        let refutes = |it: &Relation| it.finding == Finding::Inconsistent;
        let refuted = said.as_ref().is_some_and(refutes);
        // 处分17人，其中警告9人、记过8人，比上年减少4人，下降19%: the whole may be meant, not its last part.
        let whole = refuted.then(|| before_parts(doc, rate, new)).flatten().and_then(reading);
        // 家电816件、农机具264件、其他200件，比上年的960件增长33.3%: all of the list is meant.
        if let Some(of_list) = old.filter(|_| refuted && whole.is_none()).and_then(|old| of_list(doc, rate, old, new)) {
            all.extend(of_list);
            continue;
        }
        let by_difference = by_difference.filter(|it| said.is_none() || refuted && !refutes(it));
        all.extend(whole.filter(|it| !refutes(it)).or(by_difference).or(said));
    }
    all.retain(|it| !of_another(doc, it));
    differences::between(doc, all);
}

/// 借阅8.0万册次，人均借阅增长18.5%; 迟到84人次，早退下降25%: a growth that names something else than the value is not refuted by it.
fn of_another(doc: &Document, it: &Relation) -> bool {
    let growth = it.kind == RelationKind::Growth && it.finding == Finding::Inconsistent;
    let of = |wanted: Role| it.members.iter().find(|(role, _)| *role == wanted).and_then(|(_, id)| doc.claim(id));
    let (Some(rate), Some(new), Some(old), true) = (of(Role::Rate), of(Role::New), of(Role::Old), growth) else {
        return false;
    };
    let name = since::subject(rate);
    let said = format!("{}{}{}{}", new.site.clause_text, new.subject, old.site.clause_text, old.subject);
    let ratio = |text: &str| text.contains(['率', '均', '占']);
    let other = (2..=4).contains(&name.chars().count()) && shared(&name, &said) < 1;
    // 专任教师320人，兼职教师352人，兼职教师增长12%: of the later, whose earlier value is not told.
    let (own, theirs) = (grown::kernel(new), grown::kernel(old));
    let apart =
        own.contains(&name) && !theirs.contains(&name) && name.chars().count() >= 2 && theirs.chars().count() >= 2;
    if apart && !own.contains(&theirs) && !theirs.contains(&own) {
        return true;
    }
    rate.site.clause != new.site.clause && (other || ratio(&name) && !ratio(&said))
}

/// 实际下达108万元…。上年下达96万元，增长12.5%: the later value was said before, under the same name. One that gives the growth
/// is meant; else the only one there is.
fn of_same_name(doc: &Document, rate: &Claim, old: &Claim) -> Option<Relation> {
    let name = cues::name_of_old(old)?;
    let before = doc.around(rate).iter().filter(|c| c.site.start < old.site.start && !is_old(c));
    let called = |c: &&Claim| {
        let own = cues::item(c);
        let lead = own.trim_end_matches(['为', '了', '共', '有', '是']);
        c.kind.counts()
            && alike(c, old)
            && c.unit == old.unit
            && c.site.paragraph == old.site.paragraph
            && lead.ends_with(&name)
    };
    let readings: Vec<Relation> = before.filter(called).filter_map(|new| from_old(rate, old, new)).collect();
    let holds = readings.iter().rfind(|it| it.finding == Finding::Consistent);
    holds.or(if let [only] = &readings[..] { Some(only) } else { None }).cloned()
}

/// 本科上线86人，上线率20.9%；本科上线人数比上年的68人增长26.5%: what is compared is named, and was told right before.
fn of_compared(doc: &Document, rate: &Claim, old: &Claim) -> Option<Relation> {
    let name = differences::name_compared(old)?;
    let name = ["总人数", "人数", "人", "总数", "总量", "总额", "次"]
        .iter()
        .find_map(|word| name.strip_suffix(word))
        .unwrap_or(&name);
    let before = doc.around(rate).iter().rev().filter(|c| c.site.start < old.site.start && !is_old(c));
    let called = |c: &&Claim| {
        c.kind.counts()
            && alike(c, old)
            && c.unit == old.unit
            && c.bound == Bound::Exact
            && c.site.paragraph == old.site.paragraph
            && around::words_of(c).contains(name)
    };
    let named: Vec<&Claim> = before.filter(called).take(4).filter(|_| name.chars().count() >= 2).collect();
    let mut readings = named.iter().filter_map(|new| from_old(rate, old, new));
    let holds = readings.find(|it| it.finding == Finding::Consistent);
    let only = || from_old(rate, old, named.first().filter(|_| named.len() == 1)?);
    holds.or_else(only)
}

/// The last value before the 其中 behind which a value stands.
fn before_parts<'a>(doc: &'a Document, rate: &Claim, part: &Claim) -> Option<&'a Claim> {
    let at = rate.site.sentence_text.find("其中")?;
    let at = rate.site.sentence_start + rate.site.sentence_text[..at].chars().count();
    let values = values_beside(doc, rate);
    values.into_iter().rev().find(|claim| claim.site.start < at && part.site.start > at && alike(claim, part))
}

/// The growth that all of the list gives which ends with the later value, if it gives what is printed: with the count that is as
/// much, where one is told; else there is nothing to tell.
fn of_list(doc: &Document, rate: &Claim, old: &Claim, last: &Claim) -> Option<Option<Relation>> {
    let counts: Vec<&Claim> = doc.around(last).iter().filter(|c| c.kind == last.kind).collect();
    let list = cues::list_up_to(last, &counts);
    let sum = list.iter().try_fold(Exact::ZERO, |sum, c| sum.plus(c.value?))?;
    let mut whole = last.clone();
    (whole.value, whole.min, whole.max) = (Some(sum), Some(sum), Some(sum));
    let exact = list.len() >= 2 && list.iter().all(|c| c.bound == Bound::Exact && c.unit == last.unit);
    let gives = from_old(rate, old, &whole).is_some_and(|it| it.finding == Finding::Consistent);
    let told = || counts.iter().find(|c| c.value == Some(sum) && c.unit == last.unit && !is_old(c) && c.id != old.id);
    (exact && gives).then(|| told().and_then(|whole| from_old(rate, old, whole)))
}

/// The earlier and the later value a growth or a multiple speaks of, as far as its sentence gives them.
pub(super) fn old_and_new<'a>(doc: &'a Document, growth: &Claim) -> (Option<&'a Claim>, Option<&'a Claim>) {
    let values = values_beside(doc, growth);
    let year = |claim: &Claim| claim.period.as_ref().filter(|p| p.said && p.years.len() == 1).map(|p| p.years[0]);
    // 2022年2800万元，2023年3500万元，2024年4200万元，较2022年增长50%: the year says which value is the base.
    if let Some((own, base)) = compared_years(growth) {
        let of_year = |year_meant: Option<i32>| {
            values.iter().copied().rev().find(|claim| year(claim) == year_meant && !claim.site.before.contains('均'))
        };
        if let Some(old) = of_year(Some(base)) {
            let later = |claim: &&&Claim| claim.site.start > old.site.start && !claim.site.before.contains('均');
            let last = || values.iter().rev().find(|claim| later(claim) && alike(claim, old)).copied();
            return (Some(old), if own.is_some() { of_year(own) } else { last() });
        }
    }
    let old = values.iter().copied().rev().find(|claim| is_old(claim)).or_else(|| old_behind(doc, growth));
    // 3865人次，2019年仅1546人次，四年间增长1.5倍: nothing but its year leads to the base.
    let over_years = || {
        let spanned = any_in(&growth.site.before, &["年间", "年来", "年中", "年里"]);
        let bare = |claim: &&&Claim| {
            let lead = claim.site.before.trim_start_matches(['，', '（', '而']);
            let lead = lead.trim_end_matches(['仅', '只', '有', '为', '是', '才', '不', '足', '年']);
            let lead = lead.trim_end_matches("还");
            lead.len() == 4 && lead.bytes().all(|b| b.is_ascii_digit())
        };
        values.iter().filter(bare).min_by_key(|c| year(c)).copied().filter(|_| spanned)
    };
    let old = old.or_else(over_years);
    let is_base = |claim: &Claim| old.is_some_and(|old| old.id == claim.id);
    let news: Vec<&Claim> =
        values.iter().copied().filter(|claim| !is_old(claim) && !is_base(claim) && !by_so_many(claim)).collect();
    // 第一季度1200万元，第二季度1500万元，环比增长25%: the value before the last is the base.
    let row = growth.site.before.contains("环比") && old.is_none() && news.len() >= 2;
    let old = if row { news.len().checked_sub(2).map(|n| news[n]) } else { old };
    let new = meant(growth, &news, old.is_some());
    // 2023年招生1680人，2024年招生1848人: the year before is the base.
    let year_before = || {
        let new = new.or(news.last().copied())?;
        news.iter().copied().find(|c| year(c).zip(year(new)).is_some_and(|(a, b)| a + 1 == b))
    };
    let old = old.or_else(year_before);
    (old, new.or_else(|| news.last().copied().filter(|_| old.is_some())))
}

/// 与2025年的3412人次相比，多556人次: what lies between the two is neither.
fn by_so_many(claim: &Claim) -> bool {
    ["多", "少", "多了", "少了", "多出"].contains(&claim.site.before.trim_start_matches('，'))
}

/// 2024年较2022年增长50%: the years a growth compares, as far as its clause names them; nothing without the earlier one.
pub(super) fn compared_years(growth: &Claim) -> Option<(Option<i32>, i32)> {
    let offset = growth.site.start - growth.site.sentence_start;
    let said: String = growth.site.sentence_text.chars().take(offset).collect();
    let clause = said.rsplit(['，', '；', '、', '（']).next()?;
    let (own, behind) = clause.rsplit_once(['比', '较'])?;
    let (year, rest) = behind.split_at_checked(4)?;
    let base = year.parse().ok().filter(|_| rest.starts_with('年'))?;
    let own = own.strip_suffix('年').and_then(|own| own.get(own.len().checked_sub(4)?..)?.parse().ok());
    Some((own, base))
}

/// 同比增长12%（上年为480人）: the earlier value right behind the growth.
pub(super) fn old_behind<'a>(doc: &'a Document, growth: &Claim) -> Option<&'a Claim> {
    doc.around(growth).iter().find(|c| {
        // 增加258人，增长14.3%；去年录取1800人: the next part may begin with it.
        let next = c.site.chain == growth.site.chain
            && c.site.sentence == growth.site.sentence + 1
            && c.site.start - c.site.sentence_start <= 12;
        (c.kind.counts() || adds_up(c))
            && (c.site.sentence == growth.site.sentence || next)
            && c.site.start > growth.site.start
            && c.site.clause <= growth.site.clause + 1
            && (is_old(c) || year_before(c, growth))
            && !any_in(&c.site.before, &["由", "从"])
    })
}

/// 同比下降6.5%，2023年为199万元: the value of the year before that of the growth.
fn year_before(claim: &Claim, growth: &Claim) -> bool {
    let year = |claim: &Claim| claim.period.as_ref().filter(|p| p.years.len() == 1).map(|p| p.years[0]);
    let said = claim.period.as_ref().is_some_and(|period| period.said);
    let lead = claim.site.before.trim_start_matches(['，', '（']);
    // Nothing but the year leads to it.
    let bare = lead.trim_end_matches(['为', '是', '有', '达', '约', '年', '度']);
    said && bare.chars().all(|c| c.is_ascii_digit()) && year(claim).zip(year(growth)).is_some_and(|(a, b)| a + 1 == b)
}

/// Amounts in the sentence of the rate, up to it.
pub(super) fn values_beside<'a>(doc: &'a Document, rate: &Claim) -> Vec<&'a Claim> {
    // 新增21家，退出4家，净增17家，较年初的69家增长24.6%: who comes and who leaves is no value that grew.
    let of_net = rate.site.sentence_text.contains("净增");
    let here: Vec<&Claim> = doc
        .around(rate)
        .iter()
        .filter(|claim| claim.site.sentence == rate.site.sentence && claim.site.start < rate.site.start)
        .filter(|claim| !(is_base(claim) || is_name(claim) || of_net && comes_or_leaves(claim)))
        .collect();
    // 由7.4天缩短至6.9天: measures are compared where the sentence gives both.
    let measures = |claim: &&&Claim| matches!(claim.kind, Kind::Quantity | Kind::Duration) && claim.value.is_some();
    let compared: Vec<&str> =
        here.iter().filter(measures).filter(|claim| is_old(claim)).map(|claim| claim.unit.as_str()).collect();
    let near = |claim: &&Claim| claim.kind.counts() || measures(&claim) && compared.contains(&claim.unit.as_str());
    here.into_iter().filter(near).collect()
}

/// 十大数据, 四大行动: nothing grew to be so many.
fn is_name(claim: &Claim) -> bool {
    claim.numeral == Numeral::Chinese && claim.text.chars().nth(1) == Some('大')
}

fn comes_or_leaves(claim: &Claim) -> bool {
    COMING.iter().chain(LEAVING).any(|word| claim.site.before.ends_with(word))
}

/// The share, told as such, that stands right before a growth that names nothing of its own.
fn share_before<'a>(doc: &'a Document, rate: &Claim) -> Option<&'a Claim> {
    let lead = rate.site.before.trim_start_matches('，');
    let bare = ["比", "较", "同比", "提高", "提升", "上升"].iter().any(|word| lead.starts_with(word));
    let before = doc.around(rate).iter().rev().find(|c| c.site.start < rate.site.start && c.kind != Kind::Date);
    before.filter(|share| {
        let beside = share.site.sentence == rate.site.sentence && share.site.clause + 1 == rate.site.clause;
        let told = any_in(&share.site.before, &["占", "比例", "率"]);
        bare && beside && share.kind == Kind::Rate && !is_old(share) && told
    })
}

/// …比年初提高了3.5%，而年初为76.4%: the earlier share is told right behind.
fn old_share_behind<'a>(doc: &'a Document, rate: &Claim) -> Option<&'a Claim> {
    const THEN: &[&str] = &["年初", "上年", "去年", "上学年", "上届", "同期"];
    let next = doc.around(rate).iter().find(|c| c.site.start > rate.site.start && c.kind != Kind::Date)?;
    let beside = next.site.sentence == rate.site.sentence && next.site.clause == rate.site.clause + 1;
    let then = THEN.iter().any(|word| next.site.before.contains(word) && rate.site.before.contains(word));
    (beside && then && next.kind == Kind::Rate && next.bound == Bound::Exact).then_some(next)
}

/// 合格率由80%提高到84%，提高5%: a growth of a share. Its difference is in percentage points.
fn of_share(doc: &Document, rate: &Claim) -> Option<Relation> {
    let (old, new) = shares_beside(doc, rate)?;
    of_two_shares(rate, old, new)
}

/// 五年一贯制1180人，占24.9%。…五年一贯制占比由上年的21.6%提高3.3%: the later share was told before, and lies just so many points above.
fn of_share_told(doc: &Document, rate: &Claim) -> Option<Relation> {
    let old = doc.around(rate).iter().rev().find(|c| c.site.start < rate.site.start)?;
    let risen = ["提高", "提升", "上升", "下降", "降低", "增长"].contains(&rate.site.before.trim_end_matches('了'));
    let beside = old.kind == Kind::Rate && old.site.clause == rate.site.clause && is_old(old) && old.unit == rate.unit;
    if !(risen && beside) {
        return None;
    }
    let now = if rate.falls { old.value?.minus(rate.value?)? } else { old.value?.plus(rate.value?)? };
    let told = |c: &&Claim| {
        c.kind == Kind::Rate && c.value == Some(now) && c.step == old.step && c.site.paragraph == rate.site.paragraph
    };
    let new = doc.around(rate).iter().rev().filter(|c| c.site.start < old.site.start).find(told)?;
    of_two_shares(rate, old, new).filter(|it| it.explained_by == Some(Slip::PointsForPercent))
}

/// A growth of a share, from the earlier to the later.
fn of_two_shares(rate: &Claim, old: &Claim, new: &Claim) -> Option<Relation> {
    let rise = |new: Exact, old: Exact| new.minus(old)?.percent_of(old);
    let half = |claim: &Claim| claim.step.over(Exact::int(2)?);
    let (a, b) = (half(old)?, half(new)?);
    let (mut least, mut most) =
        (rise(new.value?.minus(b)?, old.value?.plus(a)?)?, rise(new.value?.plus(b)?, old.value?.minus(a)?)?);
    if rate.falls {
        (least, most) = (Exact::ZERO.minus(most)?, Exact::ZERO.minus(least)?);
    }
    let exact = rise(new.value?, old.value?)?;
    let gives = if rate.falls { Exact::ZERO.minus(exact)? } else { exact };
    let apart = new.value?.minus(old.value?)?;
    let apart = if apart < Exact::ZERO { Exact::ZERO.minus(apart)? } else { apart };
    // What is exactly the difference was subtracted, even where rounding would let it pass for a growth.
    let points = Some(apart) == rate.value && !prints(rate, gives, gives)?;
    let holds = prints(rate, least, most)? && !points;
    let formula = format!("({}-{})÷{}", shown(new), shown(old), shown(old));
    let members = vec![(Role::Old, old), (Role::New, new), (Role::Rate, rate)];
    let mut it = held(RelationKind::Growth, rate, formula, (gives, gives), holds, members);
    if points {
        it.explained_by = Some(Slip::PointsForPercent);
    }
    Some(it)
}

/// The two shares a change speaks of: the earlier and the later.
pub(super) fn shares_beside<'a>(doc: &'a Document, change: &Claim) -> Option<(&'a Claim, &'a Claim)> {
    let shares: Vec<&Claim> = doc
        .around(change)
        .iter()
        .filter(|c| {
            c.kind == Kind::Rate
                && c.bound == Bound::Exact
                && c.site.sentence == change.site.sentence
                && c.site.start < change.site.start
                && c.site.clause + 2 >= change.site.clause
        })
        .collect();
    let [.., first, second] = shares[..] else { return None };
    let old = |claim: &Claim| is_old(claim) || ends_in_year(&claim.site.before);
    match (old(first), old(second)) {
        (true, false) => Some((first, second)),
        (false, true) => Some((second, first)),
        _ => None,
    }
}

/// The value a growth speaks of: the one whose medal, unit or words it names; a growth that names nothing, or only
/// goes on from the clause before, speaks of the last value.
fn meant<'a>(rate: &Claim, news: &[&'a Claim], framed: bool) -> Option<&'a Claim> {
    let own = &rate.subject;
    let by_medal =
        news.iter().copied().find(|claim| !claim.site.grade.is_empty() && own.contains(grade_name(&claim.site.grade)));
    let last = news.last().copied()?;
    // 一等奖9项、二等奖12项，一等奖数量增长50%: the one that shares most, of several alike the last.
    let words_in_common = |claim: &Claim| {
        let words = format!("{}{}", claim.subject, claim.site.after);
        let common = shared(own, &words);
        match own == &claim.subject {
            true => Some(usize::MAX),
            false => (own.chars().count() >= 2 && common >= 2 && alike_noun(own, &words)).then_some(common),
        }
    };
    let by_words = news.iter().copied().filter_map(|claim| Some((words_in_common(claim)?, claim)));
    let by_words = by_words.max_by_key(|(common, _)| *common).map(|(_, claim)| claim);
    let silent = opens_with_comparison(&rate.site.before);
    by_medal.or(by_words).or_else(|| (silent || framed).then_some(last))
}

/// 事故起数下降25%，今年发生3起: the value follows in the next clause, with the unit the growth has named.
pub(super) fn said_behind<'a>(doc: &'a Document, rate: &Claim) -> Option<&'a Claim> {
    let goes_on = |claim: &Claim| {
        let lead = claim.site.before.trim_start_matches('，');
        ["达", "达到", "至", "为", "共", "总数达", "增至", "升至", "总数为"].contains(&lead)
    };
    doc.around(rate).iter().find(|claim| {
        claim.kind.counts()
            && claim.site.sentence == rate.site.sentence
            && claim.site.clause == rate.site.clause + 1
            && (rate.subject.trim_end_matches(['数', '量']).ends_with(&claim.unit) || goes_on(claim))
    })
}

/// The growth's noun is also that of the value: the last two characters but for 数 are shared.
fn alike_noun(own: &str, words: &str) -> bool {
    let noun: Vec<char> = own.trim_end_matches(['数', '量', '额']).trim_end_matches("总").chars().collect();
    let tail: String = noun[noun.len().saturating_sub(2)..].iter().collect();
    words.contains(&tail)
}

fn opens_with_comparison(before: &str) -> bool {
    let text = before.trim_start_matches(['，', '、', '（']);
    let opens = [
        "较",
        "比",
        "同比",
        "环比",
        "增长",
        "增幅",
        "提升",
        "提高",
        "上升",
        "下降",
        "减少",
        "降低",
        "增加",
        "增速",
        "涨幅",
        "降幅",
        "实现同比",
        "分别",
    ];
    opens.iter().any(|word| text.starts_with(word))
}

/// Does a change between `least` and `most` per cent print as the rate?
fn prints(rate: &Claim, least: Exact, most: Exact) -> Option<bool> {
    if rate.bound != Bound::Exact {
        return Some(rate.min.is_none_or(|min| most >= min) && rate.max.is_none_or(|max| least <= max));
    }
    let half = rate.step.over(Exact::int(2)?)?;
    Some(most >= rate.value?.minus(half)? && least < rate.value?.plus(half)?)
}

pub(in crate::relate) fn from_old(rate: &Claim, old: &Claim, new: &Claim) -> Option<Relation> {
    let ((old_low, old_high), (new_low, new_high)) = (interval(old)?, interval(new)?);
    if old_low <= Exact::ZERO {
        return None;
    }
    let rise = |new: Exact, old: Exact| new.minus(old)?.percent_of(old);
    let (mut least, mut most) = (rise(new_low, old_high)?, rise(new_high, old_low)?);
    if rate.falls {
        (least, most) = (Exact::ZERO.minus(most)?, Exact::ZERO.minus(least)?);
    }
    let holds = prints(rate, least, most)?;
    let formula = format!("({}-{})÷{}", shown(new), shown(old), shown(old));
    let mut it = held(
        RelationKind::Growth,
        rate,
        formula,
        (least, most),
        holds,
        vec![(Role::Old, old), (Role::New, new), (Role::Rate, rate)],
    );
    if !holds && let (Some(old), Some(new)) = (old.value, new.value) {
        it.explained_by = slip(rate, old, new);
    }
    Some(it)
}

/// The usual slips of growth: divided by the new value, or the multiple given for the rise.
fn slip(rate: &Claim, old: Exact, new: Exact) -> Option<Slip> {
    let change = if rate.falls { old.minus(new)? } else { new.minus(old)? };
    let by_new = change.percent_of(new)?;
    if prints(rate, by_new, by_new)? {
        return Some(Slip::DividedByNewValue);
    }
    let multiple = new.percent_of(old)?;
    prints(rate, multiple, multiple)?.then_some(Slip::RatioForGrowth)
}

pub(in crate::relate) fn from_difference(rate: &Claim, new: &Claim, difference: &Claim) -> Option<Relation> {
    let (value, change) = (new.value?, difference.value?);
    let base = if difference.falls { value.plus(change)? } else { value.minus(change)? };
    if base <= Exact::ZERO || new.bound != Bound::Exact || difference.bound != Bound::Exact {
        return None;
    }
    let gives = change.percent_of(base)?;
    let holds = prints(rate, gives, gives)?;
    let formula = format!("{}÷{}", shown(difference), base.show(2));
    let members = vec![(Role::New, new), (Role::Difference, difference), (Role::Rate, rate)];
    let mut it = held(RelationKind::GrowthDiff, rate, formula, (gives, gives), holds, members);
    if !holds {
        it.explained_by = slip(rate, base, value);
    }
    Some(it)
}

/// 在籍学生2864人…；在籍学生较上年增加318人: what has grown by so much since last year is what there is now.
pub(in crate::relate) fn is_now(claim: &Claim, change: &Claim) -> bool {
    let years = |c: &Claim| c.period.as_ref().map(|period| period.years.clone());
    let compared = any_in(&change.site.clause_text, &["上年", "去年", "上届", "同比", "上学期", "上学年", "上一年"]);
    compared && !is_old(claim) && years(claim) == years(change)
}

/// The rise against the old value, where the sentence gives both and the old one comes first.
pub(in crate::relate) fn from_old_by(rate: &Claim, old: &Claim, difference: &Claim) -> Option<Relation> {
    let exact = old.bound == Bound::Exact && difference.bound == Bound::Exact && rate.falls == difference.falls;
    let net = difference.site.before.contains("净增");
    if is_now(old, difference) {
        return None;
    }
    if !exact || !alike(old, difference) || old.site.start > difference.site.start && !net || old.value? <= Exact::ZERO
    {
        return None;
    }
    let gives = difference.value?.percent_of(old.value?)?;
    let holds = prints(rate, gives, gives)?;
    let formula = format!("{}÷{}", shown(difference), shown(old));
    let members = vec![(Role::Old, old), (Role::Difference, difference), (Role::Rate, rate)];
    Some(held(RelationKind::GrowthDiff, rate, formula, (gives, gives), holds, members))
}

fn held(
    kind: RelationKind,
    rate: &Claim,
    formula: String,
    gives: (Exact, Exact),
    holds: bool,
    members: Vec<(Role, &Claim)>,
) -> Relation {
    let decimals = rate.decimals.max(2);
    let (least, most) = (gives.0.show(decimals), gives.1.show(decimals));
    let range = if least == most { least } else { format!("{least}～{most}") };
    let working = Working {
        code: if holds { "growth-holds" } else { "growth-fails" },
        with: vec![("formula", formula.clone()), ("gives", range.clone()), ("stated", shown(rate))],
        zh: format!("{formula}＝{range}%，文中为{}{}", shown(rate), if holds { "，相符" } else { "，不符" }),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let mut it = relation(kind, finding, members, working);
    it.computed = Some(gives.0);
    it.stated = rate.value;
    it
}

pub(super) fn base_missing(rate: &Claim, new: &Claim) -> Option<Relation> {
    let n = whole_number(new).filter(|&n| n > 0 && matches!(new.kind, Kind::Count | Kind::PersonTimes))?;
    let printed =
        Printed::new(rate.value.filter(|_| rate.bound == Bound::Exact)?, rate.decimals).filter(|p| p.digits > 0)?;
    let solutions = bases(n, printed, rate.falls);
    let members = vec![(Role::New, new), (Role::Rate, rate)];
    let stated = shown(rate);
    let sign = if rate.falls { "下降" } else { "增长" };
    let listed = solutions.iter().map(i128::to_string).collect::<Vec<_>>().join("、");
    if !solutions.is_empty() {
        let working = Working {
            code: if rate.falls { "decline-bases" } else { "growth-bases" },
            with: vec![("new", n.to_string()), ("stated", stated.clone()), ("solutions", listed.clone())],
            zh: format!("{n}为{sign}{stated}之后的数：可行的基数为{listed}"),
        };
        let mut it = relation(RelationKind::GrowthBase, Finding::Feasible, members, working);
        it.stated = rate.value;
        it.solutions = Some(solutions);
        return Some(it);
    }
    let hundred = Exact::int(100)?;
    let factor = if rate.falls { hundred.minus(rate.value?)? } else { hundred.plus(rate.value?)? };
    let real = if factor > Exact::ZERO { Exact::int(n * 100)?.over(factor) } else { None };
    let below = real.map_or(n, |real| real.num().div_euclid(real.den()));
    let change = |base: i128| if rate.falls { base - n } else { n - base };
    let nearest: Vec<Near> = [below, below + 1]
        .into_iter()
        .filter(|&base| base > 0 && change(base) >= 0)
        .filter_map(|base| Some(Near { number: base, gives: Exact::int(change(base))?.percent_of(Exact::int(base)?)? }))
        .collect();
    // (new - old) / new prints as the rate: the rise was divided by this year's value.
    let wrong: Vec<i128> =
        numerators(n, printed).into_iter().filter(|&d| d > 0).map(|d| if rate.falls { n + d } else { n - d }).collect();
    let near = nearest
        .iter()
        .map(|near| format!("{}→{n}为{}%", near.number, near.gives.show(2)))
        .collect::<Vec<_>>()
        .join("，");
    let mut zh = format!("没有整数基数使{n}为{sign}{stated}之后的数；{near}");
    if let Some(&old) = wrong.iter().find(|&&old| old > 0) {
        zh.push_str(&format!("；({n}-{old})÷{n}＝{stated}，疑把增量除以新值"));
    }
    let working = Working {
        code: if rate.falls { "decline-no-base" } else { "growth-no-base" },
        with: vec![
            ("new", n.to_string()),
            ("stated", stated),
            ("real-base", real.map_or_else(String::new, |r| r.show(4))),
            ("nearest", near),
            ("wrong-base", wrong.iter().map(i128::to_string).collect::<Vec<_>>().join("、")),
        ],
        zh,
    };
    let mut it = relation(RelationKind::GrowthBase, Finding::Inconsistent, members, working);
    it.stated = rate.value;
    it.solutions = Some(Vec::new());
    it.nearest = nearest;
    it.explained_by = wrong.iter().any(|&old| old > 0).then_some(Slip::DividedByNewValue);
    Some(it)
}

/// 2022年的85.2%: a year before the value, as in 从2022年的…提升至2024年的….
fn ends_in_year(before: &str) -> bool {
    before.trim_end_matches('的').ends_with('年') && (before.contains('从') || before.contains('由'))
}
