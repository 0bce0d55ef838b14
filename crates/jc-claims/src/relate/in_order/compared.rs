//! Two by name, and which of them is above the other: 机电系平均82分、信息系平均79分，信息系高于机电系; 二季度480人次，三季度510人次，三季度较二季度下滑.
//!
//! Both names must lead to one number each, and every number of their kind in the sentence must be led to by such a name.

use jc_text::fold::is_han;

use crate::document::{Claim, Document, Kind};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::cues;
use crate::words::any_in;

/// Words between the two names.
const ABOVE: &[&str] = &["高于", "多于", "大于", "超过", "好于"];
const BELOW: &[&str] = &["低于", "少于", "小于"];
/// Words behind the second of them.
const MORE: &[&str] = &["上升", "增长", "增加", "提高", "回升", "更高", "更多", "要高", "要多", "高", "多"];
const LESS: &[&str] = &["下滑", "下降", "减少", "回落", "降低", "更低", "更少", "要低", "要少", "低", "少"];
const HOW: &[&str] = &["有所", "略有", "明显", "大幅", "小幅", "稍", "略", "显著"];

/// Looks for them sentence by sentence.
pub(in crate::relate) fn compared(doc: &Document, all: &mut Vec<Relation>) {
    for sentence in doc.claims.chunk_by(|a, b| a.site.sentence == b.site.sentence).filter(|row| row.len() >= 2) {
        let text = sentence[0].site.sentence_text.clone();
        let mut clauses = text.split(['，', '；', '。', '：']).skip(1);
        all.extend(clauses.find_map(|clause| against(sentence, clause)));
    }
}

/// 三季度较二季度下滑, where the third is above the second.
fn against(sentence: &[Claim], clause: &str) -> Option<Relation> {
    let (one, other, more) = names(clause)?;
    let at = sentence[0].site.sentence_text.find(clause)?;
    let (first, second) = (called(sentence, one, at)?, called(sentence, other, at)?);
    let like = |c: &&Claim| c.unit == first.unit && c.kind == first.kind;
    let kind = one.chars().last()?;
    let named = |c: &Claim| item(c).contains(kind);
    let plain = |c: &Claim| {
        cues::exact(c)
            && !cues::is_old(c)
            && !cues::is_base(c)
            && !any_in(&c.site.before, &["共", "合计", "总", "其中"])
    };
    // 机电系就业率96%、对口率80%: there is more than one thing by which they may be compared.
    let fit = second.unit == first.unit && second.kind == first.kind && other.ends_with(kind);
    if !fit || !sentence.iter().filter(like).all(|c| named(c) && plain(c)) {
        return None;
    }
    let wrong = if more { first.value < second.value } else { first.value > second.value };
    wrong.then(|| {
        let working = Working {
            code: "compared-wrongly",
            with: vec![("said", clause.to_owned()), ("first", first.text.clone()), ("second", second.text.clone())],
            zh: format!("文中说“{clause}”，前者却是{}，后者是{}", first.text, second.text),
        };
        let members = vec![(Role::Claims, first), (Role::Claims, second)];
        relation(RelationKind::Exclusive, Finding::Inconsistent, members, working)
    })
}

/// Who is compared with whom, and whether the first is said to be above the second.
fn names(clause: &str) -> Option<(&str, &str, bool)> {
    let name = |name: &str| (2..=8).contains(&name.chars().count()) && name.chars().all(is_han);
    let between = |words: &[&str]| words.iter().find_map(|word| clause.split_once(word));
    let by_verb = between(ABOVE).map(|it| (it, true)).or_else(|| Some((between(BELOW)?, false)));
    let found = match by_verb {
        Some(((one, other), more)) => (one, other, more),
        None => {
            let (one, rest) = clause.split_once(['较', '比'])?;
            let strip = |words: &[&str]| words.iter().find_map(|word| rest.strip_suffix(word));
            let (other, more) = strip(MORE).map(|other| (other, true)).or_else(|| Some((strip(LESS)?, false)))?;
            (one, HOW.iter().find_map(|how| other.strip_suffix(how)).unwrap_or(other), more)
        }
    };
    (name(found.0) && name(found.1) && found.0 != found.1).then_some(found)
}

/// The words of an item, from its name on.
fn item(c: &Claim) -> &str {
    cues::item(c).trim_start_matches(['其', '中', '，'])
}

/// The one number before a place that is led to by a name.
fn called<'a>(sentence: &'a [Claim], name: &str, at: usize) -> Option<&'a Claim> {
    let measured = |c: &&Claim| c.kind.counts() || matches!(c.kind, Kind::Rate | Kind::Quantity);
    let own = |c: &&Claim| c.site.in_sentence.1 <= at && leads(item(c), name);
    let mut found = sentence.iter().filter(own).filter(measured);
    found.next().filter(|_| found.next().is_none())
}

/// 机电系平均分 and 平均分机电系 are both led to by 机电系.
fn leads(item: &str, name: &str) -> bool {
    item.starts_with(name) || item.trim_end_matches(['有', '为', '达', '共', '是']).ends_with(name)
}
