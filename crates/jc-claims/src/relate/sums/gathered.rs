//! Totals whose parts each have a sentence of their own: 基础集训历时36天…。强化集训28天…。驻厂15天。前后累计集训79天; 荣誉墙上的奖牌共15枚, and
//! paragraphs later 3枚金牌。银牌5枚。铜牌7枚; 吸收预备党员20名。在教师中，…7名；在学生中，…13名.

use std::collections::HashSet;

use super::addition::held_within;
use crate::document::{Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::MOST_TOGETHER;
use crate::relate::digits::slips::one_digit;
use crate::relate::relations::{Finding, Relation, RelationKind, Role};
use crate::relate::wording::around::led_from;
use crate::relate::wording::comparable::adds_up;
use crate::relate::wording::cues;
use crate::words::any_in;

/// Looks for all of them, among numbers that are no part of a sum yet.
pub(super) fn gathered(doc: &Document, all: &mut Vec<Relation>) {
    let sums = |it: &&Relation| it.primary && matches!(it.kind, RelationKind::Sum | RelationKind::Difference);
    let told: HashSet<String> =
        all.iter().filter(sums).flat_map(|it| it.members.iter().map(|(_, id)| id.clone())).collect();
    let open = |c: &Claim| !told.contains(&c.id);
    let mut found: Vec<Relation> = Vec::new();
    found.extend(doc.claims.iter().filter(|c| open(c)).filter_map(|c| stages(doc, c)));
    found.extend(doc.claims.iter().filter(|c| open(c)).filter_map(|c| medals(doc, c)));
    found.extend(doc.claims.iter().filter(|c| open(c)).filter_map(|c| groups(doc, c)));
    found.extend(doc.claims.windows(3).filter_map(left_over));
    let parts =
        |it: &Relation| it.members.iter().filter(|m| m.0 == Role::Part).map(|m| m.1.clone()).collect::<Vec<_>>();
    found.retain(|it| parts(it).iter().all(|id| !told.contains(id)));
    // A part of the whole is what each of them is anyway.
    let ids = |it: &Relation| it.members.iter().map(|m| m.1.clone()).collect::<HashSet<_>>();
    all.retain(|it| it.kind != RelationKind::Subset || !found.iter().any(|own| ids(it).is_subset(&ids(own))));
    all.extend(found);
}

/// What is far off has parts that are not told.
fn told(it: &Relation) -> bool {
    let near = || {
        let (gives, stated) = (it.computed?, it.stated?);
        let apart = gives.apart(stated)?;
        Some(apart.times(Exact::int(10)?)? <= stated || one_digit(gives, stated))
    };
    it.finding == Finding::Consistent || near() == Some(true)
}

/// Days and other measures of a paragraph, and at its end what they come to.
fn stages(doc: &Document, total: &Claim) -> Option<Relation> {
    const CLOSES: &[&str] = &["累计", "合计", "总计", "共计", "前后共", "一共", "总共", "全程"];
    let measured = |c: &Claim| cues::for_itself(c) && (matches!(c.kind, Kind::Duration | Kind::Hours) || adds_up(c));
    if !measured(total) || !any_in(&total.site.before, CLOSES) {
        return None;
    }
    let own = |c: &&Claim| c.site.paragraph == total.site.paragraph && c.unit == total.unit && c.id != total.id;
    let row: Vec<&Claim> = doc.around(total).iter().filter(own).take(MOST_TOGETHER).collect();
    let sentences: HashSet<usize> = row.iter().map(|c| c.site.sentence).collect();
    let before = row.iter().all(|c| measured(c) && c.site.start < total.site.start && c.step == total.step);
    // Each stage has its own sentence, and all of them are of one kind.
    let fit = before && row.len() >= 3 && sentences.len() == row.len() && !sentences.contains(&total.site.sentence);
    fit.then(|| held_within(RelationKind::Sum, total, &row)).flatten().filter(told)
}

/// Gold, silver and bronze, each in a clause of its own, of all medals there are.
fn medals(doc: &Document, total: &Claim) -> Option<Relation> {
    const METALS: [&str; 3] = ["金牌", "银牌", "铜牌"];
    let medal = |c: &Claim| cues::for_itself(c) && matches!(c.unit.as_str(), "枚" | "块") && c.kind == Kind::Count;
    let of = |c: &Claim| {
        let name = |metal: &str| c.site.before.ends_with(metal) || c.site.after.starts_with(metal);
        METALS.iter().position(|metal| name(metal))
    };
    let named = |c: &Claim| any_in(&c.site.sentence_text, &["奖牌"]) && of(c).is_none() && c.site.grade.is_empty();
    if !medal(total) || !named(total) || !any_in(&total.site.before, &["共", "总", "合计"]) {
        return None;
    }
    let mut row: Vec<Option<&Claim>> = vec![None; METALS.len()];
    for claim in doc.claims.iter().filter(|c| medal(c)) {
        match of(claim) {
            // Of two events nobody knows which the total is of.
            Some(metal) if row[metal].is_some() => return None,
            Some(metal) => row[metal] = Some(claim),
            None if claim.id != total.id && claim.site.grade.is_empty() && named(claim) => return None,
            None => {}
        }
    }
    let row: Vec<&Claim> = row.into_iter().collect::<Option<_>>()?;
    let (first, last) = (row.iter().map(|c| c.site.start).min()?, row.iter().map(|c| c.site.start).max()?);
    let together = row.iter().all(|c| c.site.paragraph == row[0].site.paragraph);
    let apart = total.site.start < first || total.site.start > last;
    (together && apart).then(|| held_within(RelationKind::Sum, total, &row)).flatten().filter(told)
}

/// 周期为42个月，其中在校学习25个月，余下的17个月在企业度过; 214人报名，37人未能如愿，其余的人都完成了，人数为177人: what is left over may be
/// named a clause before its number, and need be no count.
fn left_over(row: &[Claim]) -> Option<Relation> {
    let [whole, part, rest] = row else { return None };
    let mut clauses = led_from(Some(part), rest).split('，');
    let named = clauses.any(|clause| ["其余", "余下", "剩下", "剩余"].iter().any(|word| clause.starts_with(word)));
    let like =
        row.iter().all(|c| cues::for_itself(c) && c.unit == whole.unit && c.step == whole.step && c.kind == whole.kind);
    let near = whole.site.chain == rest.site.chain && rest.site.clause <= part.site.clause + 2;
    let kind = whole.kind.counts() || whole.kind == Kind::Duration || adds_up(whole);
    let fit = named && like && near && kind && part.value < whole.value && rest.value < whole.value;
    fit.then(|| held_within(RelationKind::Sum, whole, &[part, rest])).flatten().filter(told)
}

/// 在教师中，…7名；在学生中，…13名: of those whom the sentence before has counted.
fn groups(doc: &Document, total: &Claim) -> Option<Relation> {
    let counted = |c: &Claim| cues::for_itself(c) && c.kind == Kind::Count;
    if !counted(total) || !any_in(&total.site.before, &["共", "总", "合计", "累计"]) {
        return None;
    }
    let behind = doc.around(total).iter().filter(|c| c.site.chain == total.site.chain + 1);
    let behind: Vec<&Claim> = behind.filter(|c| c.site.paragraph == total.site.paragraph).collect();
    let mut row: Vec<&Claim> = Vec::new();
    for group in behind.chunk_by(|a, b| a.site.sentence == b.site.sentence) {
        let first = group[0];
        let name = first.site.sentence_text.strip_prefix('在').and_then(|rest| rest.split_once("中，"));
        if name.is_none_or(|(name, _)| name.chars().count() > 6) || !counted(first) || first.unit != total.unit {
            return None;
        }
        row.push(first);
    }
    // More of them than there are is never right.
    let beyond = |it: &Relation| it.computed.zip(it.stated).is_some_and(|(gives, stated)| gives > stated);
    (row.len() >= 2).then(|| held_within(RelationKind::Sum, total, &row)).flatten().filter(|it| told(it) || beyond(it))
}
