//! One measure told in two units, or in two scales: 占地1.2公顷（合1200平方米）, 2.5吨（即250公斤）, 1864000元（合18.64万元）.

use crate::document::{Bound, Claim, Document};
use crate::exact::Exact;
use crate::relate::digits::printed::interval;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::around::text_between;
use crate::relate::wording::cues;

/// Units, and how many of the second make one of the first.
const MAKES: &[(&str, &str, i32)] = &[
    ("公顷", "平方米", 10_000),
    ("公顷", "亩", 15),
    ("平方公里", "公顷", 100),
    ("吨", "公斤", 1_000),
    ("吨", "千克", 1_000),
    ("公斤", "克", 1_000),
    ("千克", "克", 1_000),
    ("公斤", "斤", 2),
    ("公里", "米", 1_000),
    ("千米", "米", 1_000),
    ("公里", "里", 2),
];
/// Words between the two, behind a bracket or a comma.
const THAT_IS: &[&str] = &["合", "即", "折合", "也就是", "相当于", "等于", "约合"];

/// Looks for them.
pub(super) fn converted(doc: &Document, all: &mut Vec<Relation>) {
    all.extend(doc.claims.windows(2).filter_map(|pair| told_in_both(&pair[0], &pair[1])));
}

fn told_in_both(first: &Claim, second: &Claim) -> Option<Relation> {
    let lead = text_between(first, second);
    let led = lead.strip_prefix(['（', '，']).is_some_and(|word| THAT_IS.contains(&word));
    let exact =
        first.bound == Bound::Exact && second.bound == Bound::Exact && cues::exact(first) && cues::exact(second);
    if !led || !exact || first.site.sentence != second.site.sentence {
        return None;
    }
    // 到账1864000元（合186.4万元）: one unit, and told in another scale. What follows a comma may be the total of others.
    let bracketed =
        lead.starts_with('（') || matches!(lead.trim_start_matches('，'), "即" | "也就是" | "相当于" | "等于");
    let scaled = first.unit == second.unit
        && first.kind == second.kind
        && first.text.contains('万') != second.text.contains('万');
    let one_unit = || {
        let ((low, high), (least, most)) = (interval(first)?, interval(second)?);
        let whole = bracketed && scaled && !cues::per_head(first) && !cues::per_head(second);
        (whole && first.value != Some(Exact::ZERO)).then_some(low <= most && least <= high)
    };
    let made = |large: &Claim, small: &Claim| {
        let (_, _, many) = MAKES.iter().find(|(one, other, _)| large.unit == *one && small.unit == *other)?;
        let many = Exact::whole(*many);
        let ((low, high), (least, most)) = (interval(large)?, interval(small)?);
        // Either may be rounded.
        Some(low.times(many)? <= most && least <= high.times(many)?)
    };
    let holds = made(first, second).or_else(|| made(second, first)).or_else(one_unit)?;
    (!holds).then(|| {
        let with =
            vec![("subject", first.subject.clone()), ("first", first.text.clone()), ("second", second.text.clone())];
        let zh = format!("“{}”两处不同：{}和{}", first.subject, first.text, second.text);
        let working = Working { code: "said-differently", with, zh };
        let members = vec![(Role::Claims, first), (Role::Claims, second)];
        relation(RelationKind::Exclusive, Finding::Inconsistent, members, working)
    })
}
