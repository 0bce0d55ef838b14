//! Parts of a population the sentence opens with: 在已就业的毕业生中，由单位缴纳社保的有412人 cannot be more than have found work; nor can 专职教师中取得证书的43人
//! be more than the 38 专职 told pages before.

use super::addition::held_within;
use crate::document::{Bound, Claim, Document};
use crate::exact::Exact;
use crate::relate::rates::bases::opening;
use crate::relate::rates::beside::may_count;
use crate::relate::relations::{Finding, Relation, RelationKind};
use crate::relate::said_again::same_thing::ADDED;
use crate::relate::wording::around::{said_before, words_of};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::relate::wording::population::{Name, only};
use crate::words::{AHEAD, any_in};

/// Looks for parts that are more than their whole.
pub(super) fn among(doc: &Document, all: &mut Vec<Relation>) {
    let sentences = doc.claims.chunk_by(|a, b| a.site.sentence == b.site.sentence);
    let mut found: Vec<Relation> = sentences.filter_map(|row| more_than_all(doc, row.first()?)).collect();
    let parts = doc.claims.iter().filter(|c| !found.iter().any(|it| it.members.iter().any(|(_, id)| *id == c.id)));
    let more: Vec<Relation> = parts.filter_map(|part| more_than_named(doc, part)).collect();
    found.extend(more);
    let told = |it: &Relation| {
        let same = |other: &&Relation| other.primary && other.finding == Finding::Inconsistent;
        let has = |other: &Relation, id: &String| other.members.iter().any(|(_, own)| own == id);
        all.iter().filter(same).any(|other| it.members.iter().all(|(_, id)| has(other, id)))
    };
    found.retain(|it| !told(it));
    all.extend(found);
}

/// 专职38人，兼职74人…。专职教师中取得高级技师证书的已有43人: more than are called so, wherever they were counted, if they were counted but once.
fn more_than_named(doc: &Document, part: &Claim) -> Option<Relation> {
    const OVER_TIME: &[&str] = &[
        "累计", "历年", "近", "年间", "多年", "几年", "多次", "先后", "以来", "年来", "人次", "去年", "上年", "上届",
        "计划", "全省", "全市", "全国", "全县", "原",
    ];
    /// Those of one of several houses are not all of that name.
    const HOUSES: &[&str] =
        &["系", "班", "校区", "分院", "分校", "年级", "学部", "教研室", "车间", "支部", "专业部", "工作室", "小组"];
    let (name, rest) = cues::item(part).split_once('中')?;
    let name = name.trim_start_matches('在');
    let said =
        name.chars().count() >= 3 && rest.chars().count() >= 2 && !name.ends_with(['其', '之', '当', '集', '初', '高']);
    let sane =
        |c: &Claim| cues::plain(c) && may_count(c) && c.unit != "人次" && !any_in(&c.site.clause_text, OVER_TIME);
    if !said || !sane(part) || any_in(&part.site.sentence_text, AHEAD) {
        return None;
    }
    let called = Name::of(name)?.counts(doc, part);
    let whole = only(&called)?;
    // 专任教师增至120人: as many as there are by now, or elsewhere.
    let grown = called.iter().any(|(c, _)| alike(c, part) && c.id != part.id && c.value >= part.value);
    let years = |c: &Claim| c.period.as_ref().filter(|period| period.said).map(|period| period.years.clone());
    let one_time = years(part).zip(years(whole)).is_none_or(|(a, b)| a == b);
    let apart = |c: &Claim| any_in(said_before(c), HOUSES) || any_in(&c.site.clause_text, ADDED);
    let fits = sane(whole) && alike(whole, part) && whole.site.start < part.site.start && whole.value < part.value;
    // What is many times as much is of others.
    let near = part.value?.times(Exact::int(2)?)? <= whole.value?.times(Exact::int(3)?)?;
    let plain = fits && near && one_time && !grown && !apart(whole) && !apart(part) && whole.value >= Exact::int(5);
    held_within(RelationKind::Subset, whole, &[part]).filter(|it| plain && it.finding == Finding::Inconsistent)
}

/// Does the sentence of one open with the people the other counts?
pub(in crate::relate) fn is_among(part: &Claim, whole: &Claim) -> bool {
    opening(&part.site.sentence_text).and_then(Name::of).is_some_and(|name| name.calls(whole).is_some())
}

fn more_than_all(doc: &Document, part: &Claim) -> Option<Relation> {
    let plain = may_count(part) && part.bound == Bound::Exact && !cues::is_old(part) && part.site.cell.is_none();
    let name = Name::of(opening(&part.site.sentence_text).filter(|_| plain)?)?;
    let called = name.counts(doc, part);
    // Who came more than once is counted more than once.
    let times = |c: &Claim| c.unit == "人次";
    let plain = |whole: &&Claim| alike(whole, part) && !times(whole) && !times(part) && whole.value < part.value;
    let whole = only(&called).filter(plain)?;
    // 机电系就业398人…。在已就业的毕业生中，参保的有412人, of the 2380 who have found work in all.
    let said = opening(&part.site.sentence_text)?.trim_start_matches(['已', '经']);
    let verb = ["的毕业生", "的学生", "的人员", "毕业生", "学生"].iter().find_map(|noun| said.strip_suffix(noun));
    let before = doc.around(part).iter().filter(|c| c.site.start < part.site.start && c.unit == part.unit && !times(c));
    if verb.is_some_and(|verb| before.into_iter().any(|c| c.value >= part.value && words_of(c).contains(verb))) {
        return None;
    }
    // What is many times as much is of others.
    let near = part.value? < whole.value?.times(Exact::int(2)?)?;
    held_within(RelationKind::Subset, whole, &[part]).filter(|it| near && it.finding == Finding::Inconsistent)
}
