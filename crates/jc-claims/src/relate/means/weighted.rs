//! Marks weighed together: 实操平均78.4分，理论平均71.9分，按实操60%、理论40%折合，综合平均75.8分.

use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::printed::{interval, shown};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::sums::addition::sum;
use crate::words::any_in;

/// Weights that make a hundred, behind as many marks, in front of what they make together.
pub(in crate::relate) fn weighted(doc: &Document, all: &mut Vec<Relation>) {
    let shares: Vec<&Claim> =
        doc.claims.iter().filter(|c| c.kind == Kind::Rate && c.unit == "%" && c.bound == Bound::Exact).collect();
    for weights in shares.chunk_by(|a, b| a.site.clause == b.site.clause) {
        let said = weights[0].site.clause_text.trim_start_matches('，').starts_with("按")
            && any_in(&weights[0].site.clause_text, &["折合", "折算", "加权", "计入", "计算", "合成", "计"]);
        let hundred = sum(weights) == Some(Exact::whole(100));
        if !said || !hundred || !(2..=4).contains(&weights.len()) {
            continue;
        }
        all.extend(of_weights(doc, weights));
    }
    all.extend(doc.claims.iter().filter_map(|mean| of_marks(doc, mean)));
}

/// 第一食堂得94.5分…；第二食堂得91.2分…；第三食堂得95.3分…。平均得分93.7分: the mean of as many marks as are told before it.
fn of_marks(doc: &Document, mean: &Claim) -> Option<Relation> {
    let said =
        ["平均得分", "平均分", "平均", "平均得分为", "平均分为"].contains(&mean.site.before.trim_start_matches('，'));
    if !said || mean.unit != "分" || mean.bound != Bound::Exact || mean.site.cell.is_some() {
        return None;
    }
    let before = || doc.around(mean).iter().filter(|c| c.site.start < mean.site.start);
    let chain = |c: &&Claim| c.site.chain == mean.site.chain || c.site.chain + 1 == mean.site.chain;
    let mark = |c: &&Claim| {
        let own = c.site.before.ends_with('得') || c.site.before.ends_with("得分");
        c.unit == "分" && own && c.bound == Bound::Exact && c.site.paragraph == mean.site.paragraph
    };
    let marks: Vec<&Claim> = before().filter(chain).filter(mark).filter(|c| c.id != mean.id).collect();
    let many = Exact::int(i128::try_from(marks.len()).ok()?)?;
    let counted =
        before().any(|c| c.site.sentence == mean.site.sentence && c.value == Some(many) && c.kind == Kind::Count);
    if marks.len() < 3 || !counted {
        return None;
    }
    let sum = sum(&marks)?;
    let gives = sum.over(many)?;
    let (least, most) = interval(mean)?;
    let holds = gives >= least && gives <= most;
    let apart = if gives > mean.value? { gives.minus(mean.value?)? } else { mean.value?.minus(gives)? };
    let terms = marks.iter().map(|c| shown(c)).collect::<Vec<_>>().join("+");
    let working = Working {
        code: if holds { "quotient-holds" } else { "quotient-fails" },
        with: vec![
            ("numerator", format!("({terms})")),
            ("denominator", many.show(0)),
            ("gives", gives.show(2)),
            ("stated", shown(mean)),
        ],
        zh: format!("({terms})÷{}＝{}，文中为{}", many.show(0), gives.show(2), shown(mean)),
    };
    let members = marks.iter().map(|c| (Role::Numerator, *c)).chain([(Role::Quotient, mean)]).collect();
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let mut it = relation(RelationKind::Quotient, finding, members, working);
    (it.computed, it.stated) = (Some(gives), mean.value);
    (holds || apart.times(Exact::int(20)?)? <= gives).then_some(it)
}

fn of_weights(doc: &Document, weights: &[&Claim]) -> Option<Relation> {
    let [first, .., last] = weights else { return None };
    let together = doc.next(last)?;
    let like = |c: &&Claim| c.unit == together.unit && c.bound == Bound::Exact && c.site.chain == first.site.chain;
    let before = doc.around(first).iter().filter(|c| c.site.start < first.site.start);
    let marks: Vec<&Claim> = before.filter(like).collect();
    let marks = &marks[marks.len().checked_sub(weights.len())?..];
    // Each weight names its mark by the word before it.
    let name = |c: &Claim| {
        let lead = c.site.before.trim_matches(['，', '、', '按', '的', '占']).to_string();
        lead.chars().take(2).collect::<String>()
    };
    let named = |(mark, weight): (&&Claim, &&Claim)| {
        let name = name(weight);
        name.chars().count() == 2 && mark.site.before.contains(&name)
    };
    let next = together.site.clause == last.site.clause + 1 && together.bound == Bound::Exact;
    if !next || together.kind.counts() && together.unit.is_empty() || !marks.iter().zip(weights).all(named) {
        return None;
    }
    let hundred = Exact::whole(100);
    let gives = marks
        .iter()
        .zip(weights)
        .try_fold(Exact::ZERO, |sum, (mark, weight)| sum.plus(mark.value?.times(weight.value?)?.over(hundred)?))?;
    // The marks are rounded themselves: half a step of theirs may be added to that of the result.
    let (least, most) = interval(together)?;
    let half = marks.iter().map(|c| c.step).max()?.over(Exact::whole(2))?;
    let holds = gives >= least.minus(half)? && gives <= most.plus(half)?;
    let terms: Vec<String> =
        marks.iter().zip(weights).map(|(mark, weight)| format!("{}×{}", shown(mark), shown(weight))).collect();
    let working = Working {
        code: if holds { "sum-holds" } else { "sum-fails" },
        with: vec![("parts", format!("({})", terms.join("+"))), ("sum", gives.show(2)), ("whole", shown(together))],
        zh: format!("({})＝{}，文中为{}", terms.join("+"), gives.show(2), shown(together)),
    };
    let parts = marks.iter().zip(weights).flat_map(|(mark, weight)| [(Role::Part, *mark), (Role::Part, *weight)]);
    let members = parts.chain([(Role::Whole, together)]).collect();
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let mut it = relation(RelationKind::Sum, finding, members, working);
    it.computed = Some(gives);
    it.stated = together.value;
    Some(it)
}
