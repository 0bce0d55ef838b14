//! Means whose base is named and was counted before: 按培训人次计算，每人次约510元, of 8560人次 of training; and 生师比 of the only pupils
//! and teachers a text counts.

use jc_text::fold::is_han;

use super::only;
use super::quotients::quotient;
use super::ratios::half_step;
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::slips::is_slip;
use crate::relate::relations::{Finding, Relation, tested};
use crate::relate::wording::around::said_before;
use crate::relate::wording::{cues, label};
use crate::units::counts_people;
use crate::words::any_in;

/// Words by which teachers are weighed, or others counted among them.
const WEIGHED: &[&str] = &["折合", "折算", "外聘", "兼职", "当量", "加权", "聘请", "校外教师"];
/// Words of a ratio that is aimed at, or of others.
const MEANT: &[&str] = &[
    "标准", "要求", "目标", "规定", "应", "力争", "全省", "全市", "全国", "优于", "低于", "高于", "以内", "以下",
    "以上",
];

/// So many numbers before a mean are looked at for its base.
const NEAR: usize = 300;

/// Looks for all of them.
pub(in crate::relate) fn by_base(doc: &Document, all: &mut Vec<Relation>) {
    let known = tested(all);
    let open = || doc.claims.iter().filter(|c| !known.contains(&c.id));
    let mut found: Vec<Relation> =
        open().filter_map(|each| reckoned(doc, each).or_else(|| to_a_class(doc, each))).collect();
    let mut ratios = open().filter(|c| c.kind == Kind::Ratio).peekable();
    if ratios.peek().is_some()
        && !weighed(doc)
        && let Some(counted) = pupils_and_teachers(doc)
    {
        found.extend(ratios.filter_map(|ratio| pupils_per_teacher(ratio, counted)));
    }
    all.extend(found);
}

/// 按培训人次计算，每人次约510元.
fn reckoned(doc: &Document, each: &Claim) -> Option<Relation> {
    let lead = each.site.before.trim_start_matches('，');
    let head = ["每人次", "人均", "每人", "人次均", "平均每人次", "平均每人"].contains(&lead);
    let plain = each.kind == Kind::Money && matches!(each.bound, Bound::Exact | Bound::About);
    let before = said_before(each);
    // 企业培训按1200人次测算: of some of them.
    let opens = |lead: &str| lead.is_empty() || lead.ends_with(['，', '（', '；']);
    let (led, base) = before.rsplit_once('按').filter(|_| head && plain)?;
    // 认定收费按参加人次平均: what is shared out is named.
    let name = led.rsplit(['，', '；', '。', '：']).next().filter(|_| !opens(led)).unwrap_or_default();
    let named = (2..=10).contains(&name.chars().count()) && name.chars().all(is_han);
    if !(named || name.is_empty()) {
        return None;
    }
    let base = base.trim_start_matches('照').split('，').next()?;
    let total = doc.around(each).iter().rev().filter(|c| c.site.start < each.site.start);
    let total = total.filter(|c| c.site.sentence == each.site.sentence && c.kind == Kind::Money);
    let total = match name {
        "" => total.filter(|c| cues::for_itself(c)).last(),
        name => {
            let here =
                doc.around(each).iter().filter(|c| c.site.paragraph == each.site.paragraph && c.kind == Kind::Money);
            only(
                here.filter(|c| c.site.start < each.site.start && cues::for_itself(c) && c.site.before.ends_with(name)),
            )
        }
    };
    let base = ["计算", "平均", "测算", "折算", "统计", "计"].iter().find_map(|word| base.strip_suffix(word))?;
    let holders = match base.chars().next() {
        // 按8560人次计算: the base is told right there.
        Some(first) if first.is_ascii_digit() => {
            let last = doc.around(each).iter().rev().find(|c| c.site.start < each.site.start)?;
            Some(last).filter(|c| base == c.text && c.kind.counts() && c.bound == Bound::Exact)
        }
        _ => counted_before(doc, each, base),
    }?;
    let total = total?;
    let gives = total.value?.over(holders.value?)?;
    let off = gives.apart(each.value?)?;
    // 约 leaves room: a twentieth.
    let room = if each.bound == Bound::About { gives.over(Exact::whole(20))? } else { each.step };
    let holds = off <= room;
    Some(quotient(total, holders, each, gives, holds))
}

/// 新生中男生1021人、女生552人。新生共编为38个班，平均每班41.4人: of the two who make all of them, which is told elsewhere as well. Told where
/// they agree, or one digit does not.
fn to_a_class(doc: &Document, each: &Claim) -> Option<Relation> {
    let lead = each.site.before.trim_start_matches('，');
    let mean = ["平均每班", "班均", "每班平均"].contains(&lead) && each.bound == Bound::Exact && each.decimals > 0;
    let classes = doc.around(each).iter().rev().find(|c| mean && c.site.start < each.site.start)?;
    let beside = classes.site.clause + 1 == each.site.clause && classes.site.sentence == each.site.sentence;
    let class = classes.unit.ends_with('班')
        || classes.site.after.starts_with('班')
        || classes.site.after.starts_with("教学班");
    let lead =
        ["编为", "编成", "分为", "分成", "组成"].iter().find_map(|word| classes.site.before.strip_suffix(word))?;
    let name = lead.trim_end_matches('共').trim_start_matches('，');
    let before = doc.around(each).iter().filter(|c| c.site.chain + 1 == classes.site.chain && cues::plain(c));
    let before: Vec<&Claim> = before.filter(|c| counts_people(&c.unit) && c.unit != "人次").collect();
    let [one, other, ..] = before[..] else { return None };
    let of_all =
        one.site.before.strip_prefix(name).is_some_and(|rest| rest.starts_with('中') || rest.starts_with("，其中"));
    let all = one.value?.plus(other.value?)?;
    let whole = doc.claims.iter().find(|c| c.value == Some(all) && c.unit == one.unit && cues::plain(c))?;
    let gives = all.over(classes.value?)?;
    let steps = |value: Exact| Exact::from_decimal(value.over(each.step)?.round(0)?);
    let (made, stated) = (steps(gives)?, steps(each.value?)?);
    let fit = beside && class && of_all && name.chars().count() >= 2 && other.site.clause <= one.site.clause + 1;
    (fit && (made == stated || is_slip(made, stated))).then(|| quotient(whole, classes, each, gives, made == stated))
}

/// 培训人次, of 8560人次 of training: the only such count before a number.
fn counted_before<'a>(doc: &'a Document, each: &Claim, base: &str) -> Option<&'a Claim> {
    let (name, times) = match base.strip_suffix("人次") {
        Some(name) => (name, true),
        None => (base.strip_suffix("人数")?, false),
    };
    let named = (2..=6).contains(&name.chars().count()) && name.chars().all(is_han);
    let unit = |c: &Claim| if times { c.unit == "人次" } else { counts_people(&c.unit) && c.unit != "人次" };
    let called = |c: &&Claim| unit(c) && cues::plain(c) && label::lead(c).ends_with(name);
    let until = doc.claims.partition_point(|c| c.site.start < each.site.start);
    only(doc.claims[until.saturating_sub(NEAR)..until].iter().filter(called)).filter(|_| named)
}

/// Does the text weigh its teachers anywhere?
fn weighed(doc: &Document) -> bool {
    let paragraphs = doc.claims.chunk_by(|a, b| a.site.paragraph == b.site.paragraph);
    let mut paragraphs = paragraphs.map(|row| &*row[0].site.paragraph_text);
    paragraphs.any(|text| any_in(text, WEIGHED)) || doc.unnumbered.iter().any(|it| any_in(&it.text, WEIGHED))
}

/// 生师比16.74∶1, where the only pupils counted are 2964 and the only teachers 168: told where two digits have changed places, or
/// one is another, or where the text says of whom the ratio is.
fn pupils_per_teacher(ratio: &Claim, (pupils, teachers): (&Claim, &Claim)) -> Option<Relation> {
    let [a, b] = ratio.terms[..] else { return None };
    let before = said_before(ratio);
    // 生师比由17.64∶1降到16.74∶1: of another time.
    let moved = ratio.site.clause_text.contains(['由', '从', '降', '升']);
    let said = any_in(before, &["生师比", "师生比"]) && !any_in(&ratio.site.clause_text, MEANT) && !moved;
    let aimed = ratio.text.starts_with(['≤', '≥', '不']) || any_in(&ratio.site.after, MEANT) || cues::is_old(ratio);
    if !said || aimed || a <= Exact::ZERO || b <= Exact::ZERO {
        return None;
    }
    let stated = a.max(b).over(a.min(b))?;
    let gives = pupils.value?.over(teachers.value?)?;
    let half = half_step(ratio)?;
    let holds = gives >= stated.minus(half)? && gives <= stated.plus(half)?;
    let steps = |value: Exact| Exact::from_decimal(value.over(half.times(Exact::whole(2))?)?.round(0)?);
    let slip = is_slip(steps(stated)?, steps(gives)?) && half < Exact::new(1, 2)?;
    let defined = any_in(before, &["在校生与专任教师之比", "学生与专任教师之比"]);
    let it = quotient(pupils, teachers, ratio, gives, holds);
    (it.finding == Finding::Consistent || slip || defined).then_some(it)
}

/// The only pupils and the only teachers a text counts.
fn pupils_and_teachers(doc: &Document) -> Option<(&Claim, &Claim)> {
    let called = |names: &'static [&'static str]| {
        let own = move |c: &&Claim| {
            counts_people(&c.unit) && cues::plain(c) && names.iter().any(|name| label::lead(c).ends_with(name))
        };
        doc.claims.iter().filter(own)
    };
    Some((only(called(&["在校生", "在校学生", "在籍学生", "在册学生"]))?, only(called(&["专任教师"]))?))
}
