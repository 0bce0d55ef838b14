//! Changes that go the other way than their verb: 4982.45万元，比2023年的4760.30万元减少222.15万元.

use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::printed::shown;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::around::led_from;
use crate::relate::wording::cues::is_old;

const FALL: &[&str] = &["减少", "下降", "降低", "减", "下滑", "回落", "少", "降", "缩减", "压减", "减少了", "下降了"];
const RISE: &[&str] =
    &["增加", "增长", "上升", "提高", "增", "多", "净增", "新增", "升高", "增加了", "上升了", "提高了"];

/// What a change of a clause of its own is compared with.
const COMPARED: &[&str] = &["同比", "比上年", "较上年", "比去年", "较去年", "比上年同期", "较上年同期", "相比"];

/// Looks among the differences that were told for those whose amount fits the other way round only.
pub(in crate::relate) fn other_way(doc: &Document, all: &mut Vec<Relation>) {
    let mut turned: Vec<Relation> = Vec::new();
    for it in all.iter().filter(|it| it.kind == RelationKind::Difference) {
        let [(Role::Old, old), (Role::New, new), (Role::Difference, change)] = &it.members[..] else { continue };
        let (Some(old), Some(new), Some(change)) = (doc.claim(old), doc.claim(new), doc.claim(change)) else {
            continue;
        };
        let told = turned.iter().any(|other| other.under_test() == Some(change.id.as_str()));
        turned.extend(against(doc, old, new, change).filter(|_| !told));
    }
    let told = |turned: &[Relation], id: &str| turned.iter().any(|other| other.under_test() == Some(id));
    for change in doc.claims.iter().filter(|c| c.kind == Kind::Change) {
        if !told(&turned, &change.id) {
            turned.extend(of_its_subject(doc, change));
        }
    }
    for it in &turned {
        let own = it.under_test();
        all.retain(|other| other.kind != RelationKind::Difference || other.under_test() != own);
    }
    all.extend(turned);
}

/// 国家助学金：646人，…。受助人数比上年的702人增加56人: the number its paragraph is about fits only the other way round, and none in the text
/// fits this one.
fn of_its_subject(doc: &Document, change: &Claim) -> Option<Relation> {
    let exact = |c: &Claim| c.bound == Bound::Exact && c.site.cell.is_none();
    let before = doc.around(change).iter().rev().filter(|c| c.site.start < change.site.start && c.kind != Kind::Date);
    let mut before = before.take_while(|c| c.site.paragraph == change.site.paragraph);
    let old = before.next().filter(|c| c.site.clause == change.site.clause && is_old(c) && c.unit == change.unit)?;
    let verb = led_from(Some(old), change).trim_start_matches(['，', '了']);
    let (falls, rises) = (FALL.contains(&verb), RISE.contains(&verb));
    let own = before.filter(|c| c.unit == old.unit && c.kind.counts() && exact(c)).last()?;
    let apart = own.site.sentence != change.site.sentence && !is_old(own);
    let (least, most) = (old.value?.minus(change.value?)?, old.value?.plus(change.value?)?);
    let (meant, turned) = if falls { (least, most) } else { (most, least) };
    let said = doc.claims.iter().any(|c| c.value == Some(meant) && c.unit == old.unit);
    let fit = exact(old) && exact(change) && apart && falls != rises && own.value == Some(turned) && !said;
    (fit && turned > Exact::whole(20)).then(|| otherwise(old, own, change, verb))
}

fn against(doc: &Document, old: &Claim, new: &Claim, change: &Claim) -> Option<Relation> {
    let exact = [old, new, change].iter().all(|c| c.bound == Bound::Exact && c.site.cell.is_none());
    // …，上年为4760.30万元，同比减少222.15万元: the change may have a clause of its own.
    let apart = old.site.clause + 1 == change.site.clause;
    let beside = (old.site.clause == change.site.clause || apart)
        && new.site.start < old.site.start
        && is_old(old)
        && !is_old(new);
    let before = doc.around(change).iter().rev().find(|c| c.site.start < change.site.start && c.kind != Kind::Date);
    let verb = led_from(before, change).trim_start_matches(['，', '）', '了']);
    let verb = COMPARED.iter().find_map(|word| verb.strip_prefix(word)).filter(|_| apart).unwrap_or(verb);
    let (falls, rises) = (FALL.contains(&verb), RISE.contains(&verb));
    let gives = new.value?.minus(old.value?)?;
    let (apart, wrong) =
        if gives < Exact::ZERO { (Exact::ZERO.minus(gives)?, rises) } else { (gives, falls && gives > Exact::ZERO) };
    let next = before.is_some_and(|c| c.id == old.id) && new.site.sentence == change.site.sentence;
    (exact && beside && next && wrong && Some(apart) == change.value).then(|| otherwise(old, new, change, verb))
}

fn otherwise(old: &Claim, new: &Claim, change: &Claim, verb: &str) -> Relation {
    let working = Working {
        code: "turned-the-other-way",
        with: vec![("old", shown(old)), ("new", shown(new)), ("verb", verb.to_string())],
        zh: format!("由{}到{}，与“{verb}”相反", shown(old), shown(new)),
    };
    let members = vec![(Role::Claims, old), (Role::Claims, new), (Role::Claims, change)];
    relation(RelationKind::Exclusive, Finding::Inconsistent, members, working)
}
