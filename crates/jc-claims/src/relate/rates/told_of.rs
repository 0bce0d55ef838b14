//! Shares whose part or whole only a name tells: 满意和基本满意占收回问卷的96.0%; 12.5%（360人）of the sample; 资金节约率, of what was
//! planned to be spent.

use super::readings::{reading, reading_of};
use super::shares::name_of_whole;
use crate::document::{Bound, Claim, Document, Kind};
use crate::relate::relations::{Finding, Relation, RelationKind, tested};
use crate::relate::wording::around::{text_between, words_of};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::words::any_in;

/// Looks for all of them; what had been read otherwise gives way.
pub(in crate::relate) fn told_of(doc: &Document, all: &mut Vec<Relation>) {
    let known = tested(all);
    let share = |c: &&Claim| c.kind == Kind::Rate && c.unit == "%" && c.bound == Bound::Exact && c.site.cell.is_none();
    let mut found = Vec::new();
    for rate in doc.claims.iter().filter(share) {
        let open = !known.contains(&rate.id);
        let it = saved(doc, rate).or_else(|| of_two_named(doc, rate));
        let it = it.or_else(|| of_those(doc, rate, all)).or_else(|| of_far_whole(doc, rate, all));
        found.extend(it.or_else(|| of_sample(doc, rate).filter(|_| open)));
    }
    // 占收回问卷的92.1%: what agrees with another whole than the one that is named gives way.
    let same_again =
        |it: &Relation| all.iter().any(|other| other.primary && other.kind == it.kind && other.members == it.members);
    found.retain(|it| !same_again(it));
    for it in found {
        let own = it.under_test().map(str::to_string);
        let rate = |other: &Relation| matches!(other.kind, RelationKind::Rate | RelationKind::RateAlone);
        let same = |other: &&mut Relation| rate(other) && other.under_test() == own.as_deref();
        all.iter_mut().filter(same).for_each(|other| other.primary = false);
        all.push(it);
    }
}

fn plain(claim: &Claim) -> bool {
    claim.bound == Bound::Exact && claim.each.is_none() && !cues::is_old(claim) && !cues::per_head(claim)
}

/// 预算2400万元，成交2256万元，节约资金144万元，节约率6.0%: what is saved is a share of what was planned, not of what was spent, as
/// reports on public procurement reckon it (资金节约率＝节约金额÷预算金额).
fn saved(doc: &Document, rate: &Claim) -> Option<Relation> {
    const SAVED: &[&str] = &["节约", "节省", "节支", "核减", "审减", "节资"];
    const PLANNED: &[&str] = &["预算", "控制价", "概算", "送审", "限价", "申报", "拦标价"];
    let lead = rate.site.before.trim_end_matches(['为', '达', '约']).strip_suffix('率')?;
    let verb = SAVED.iter().find(|verb| lead.ends_with(**verb))?;
    let here = || doc.around(rate).iter().rev().filter(|c| c.site.start < rate.site.start && plain(c));
    let near = |c: &&Claim| c.site.paragraph == rate.site.paragraph && c.site.chain + 1 >= rate.site.chain;
    let part = here().filter(near).find(|c| c.kind == Kind::Money && c.site.before.contains(*verb))?;
    // 较概算节约751万元: the base is named.
    let base = PLANNED.iter().find(|word| any_in(&part.site.before, &[word]));
    let planned = |c: &Claim| match base {
        Some(word) => c.site.before.contains(word),
        None => any_in(&c.site.before, PLANNED),
    };
    let larger = |c: &&Claim| c.kind == Kind::Money && c.value > part.value && c.site.start < part.site.start;
    let whole = here().filter(near).filter(larger).find(|c| planned(c))?;
    reading(rate, &[part], whole, &[])
}

/// 满意1166份、基本满意216份…，满意和基本满意占收回问卷的96.0%: both parts are called by their names.
fn of_two_named(doc: &Document, rate: &Claim) -> Option<Relation> {
    let name = name_of_whole(rate);
    let (lead, _) = rate.site.before.split_once('占')?;
    let (one, other) = lead.trim_start_matches(['，', '；']).split_once(['和', '与', '、', '及'])?;
    let named = |text: &str| (2..=8).contains(&text.chars().count());
    if name.is_empty() || !named(one) || !named(other) {
        return None;
    }
    let before = || doc.around(rate).iter().rev().filter(|c| c.site.start < rate.site.start && plain(c));
    let near = |c: &&Claim| c.site.paragraph == rate.site.paragraph;
    let called = |name: &str| before().filter(near).find(|c| cues::label(c) == name);
    let (a, b) = (called(one)?, called(other)?);
    let short = name.trim_end_matches("问卷");
    let whole = before().filter(near).find(|c| {
        let like = alike(c, a) || c.unit == a.unit;
        like && c.value > a.value
            && (words_of(c).contains(name) || short.chars().count() == 2 && c.site.before.ends_with(short))
    })?;
    reading_of(rate, &[a, b], &[whole], &[]).filter(|_| a.id != b.id && whole.id != a.id && whole.id != b.id)
}

/// 问卷（有效样本2400份）…，12.5%（300人）自主创业: the count of a share in brackets right behind it, of all who answered.
fn of_sample(doc: &Document, rate: &Claim) -> Option<Relation> {
    let part = doc.next(rate).filter(|c| c.site.before == "（" && c.site.after.starts_with('）') && plain(c))?;
    let beside = part.site.start == rate.site.end + 1 && part.kind == Kind::Count;
    let sample = |c: &&Claim| {
        let said = any_in(&c.site.before, &["有效样本", "有效问卷", "回收有效", "收回有效", "回收问卷", "收回问卷"]);
        said && plain(c) && c.site.paragraph == rate.site.paragraph && c.site.start < rate.site.start
    };
    let whole = doc.around(rate).iter().rev().find(sample).filter(|c| beside && c.value > part.value)?;
    let it = reading_of(rate, &[part], &[whole], &[])?;
    let near = it.computed.zip(it.stated).and_then(|(a, b)| a.apart(b));
    (it.finding == Finding::Consistent || near <= crate::exact::Exact::int(10)).then_some(it)
}

/// Is the share read as one of another whole, with which it agrees?
fn agrees_otherwise(rate: &Claim, part: &Claim, all: &[Relation]) -> bool {
    let has = |it: &Relation, c: &Claim| it.members.iter().any(|(_, id)| *id == c.id);
    let rates = |it: &&Relation| it.primary && it.kind == RelationKind::Rate && it.finding == Finding::Consistent;
    all.iter().filter(rates).any(|it| it.members.len() == 3 && has(it, rate) && has(it, part))
}

/// 972名学生中有763人表示满意，学生满意度为67.6%: of those among whom they were counted, whatever else would give it.
fn of_those(doc: &Document, rate: &Claim, all: &[Relation]) -> Option<Relation> {
    let before: Vec<&Claim> =
        doc.around(rate).iter().rev().filter(|c| c.site.start < rate.site.start).take(2).collect();
    let [part, whole] = before[..] else { return None };
    let between = text_between(whole, part);
    let among = part.site.clause == whole.site.clause
        && (between.ends_with('中') || between.ends_with("中有") || between.ends_with("中，有"))
        && between.chars().count() <= 10;
    let next = rate.site.clause == part.site.clause + 1 && rate.site.sentence == part.site.sentence;
    let share = rate.site.before.trim_end_matches(['为', '达', '是']).ends_with(['率', '度']);
    if !(among && next && share && plain(part) && plain(whole) && alike(part, whole) && part.value < whole.value) {
        return None;
    }
    reading(rate, &[part], whole, &[])
        .filter(|it| it.finding == Finding::Inconsistent && agrees_otherwise(rate, part, all))
}

/// 成交总额4471.2万元…；面向中小企业成交3353.4万元，占全年成交总额的69.0%: of the one amount that has that name, however far it stands.
fn of_far_whole(doc: &Document, rate: &Claim, all: &[Relation]) -> Option<Relation> {
    let (_, name) = rate.site.before.rsplit_once('占')?;
    let name = name.trim_end_matches(['的', '约', '近', '为', '达']);
    let name = ["全年", "全部", "全校", "全院"].iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name);
    if name.chars().count() < 4 || !name.ends_with(['额', '量', '数']) {
        return None;
    }
    let before = || doc.around(rate).iter().rev().filter(|c| c.site.start < rate.site.start && plain(c));
    let part =
        before().find(|c| c.site.sentence == rate.site.sentence).filter(|c| c.site.clause + 1 >= rate.site.clause)?;
    let short = ["总数", "总人数", "人数", "总额"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    let called = |c: &&Claim| {
        let own = cues::item(c);
        let own = own.trim_end_matches(['为', '达', '共']);
        (own.ends_with(name) || own == short) && alike(c, part)
    };
    let named: Vec<&Claim> = before().filter(called).filter(|c| c.value > part.value).collect();
    let [whole] = named[..] else { return None };
    reading(rate, &[part], whole, &[])
        .filter(|it| it.finding == Finding::Inconsistent && agrees_otherwise(rate, part, all))
}
