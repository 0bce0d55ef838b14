//! Marks weighed together: 实操平均78.4分，理论平均71.9分，按实操60%、理论40%折合，综合平均75.8分.

use std::collections::HashSet;

use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::printed::{interval, shown};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::sums::addition::sum;
use crate::relate::wording::around::shared;
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
    let sums = all.iter().filter(|it| it.kind == RelationKind::Sum).flat_map(|it| it.members.iter());
    let told: HashSet<&str> = sums.map(|(_, id)| id.as_str()).collect();
    let free = |row: &&[&Claim]| !row.iter().any(|c| told.contains(c.id.as_str()));
    let rows = shares.chunk_by(|a, b| a.site.sentence == b.site.sentence).filter(free);
    let found: Vec<Relation> = rows.filter_map(|weights| by_name(doc, weights)).collect();
    all.extend(found);
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

/// What the marks make together.
const TOGETHER: &[&str] =
    &["折算", "折合", "总成绩", "综合", "总评", "总分", "最终", "最后得分", "加权", "合成", "合计", "总得分", "合算"];

/// 理论成绩占三成、实操成绩占七成。…理论考了92分，实操88分，折算下来总成绩89.2分: marks called as their weights are, in the sentence that tells
/// what they make, or the one before.
fn by_name(doc: &Document, weights: &[&Claim]) -> Option<Relation> {
    let [first, .., last] = weights else { return None };
    let hundred = weights.iter().try_fold(Exact::ZERO, |sum, c| sum.plus(c.value?)) == Some(Exact::whole(100));
    let said = any_in(
        &first.site.sentence_text,
        &["成绩", "得分", "分数", "权重", "比例", "考核", "评分", "总评", "测评", "考试", "计分"],
    );
    if !hundred || !said || weights.len() > 5 {
        return None;
    }
    let near = |c: &&Claim| {
        let chain = c.site.chain.abs_diff(first.site.chain) <= 3 && c.site.paragraph == first.site.paragraph;
        chain && c.unit == "分" && c.bound == Bound::Exact && c.site.cell.is_none()
    };
    let marks: Vec<&Claim> = doc.around(last).iter().filter(near).collect();
    let at = marks.iter().position(|c| c.site.start > last.site.start && any_in(&c.site.before, TOGETHER))?;
    let together = marks[at];
    // The marks right before it, one of each name.
    let own = &marks[at.checked_sub(weights.len())?..at];
    // Each weight is that of the mark whose words are most like its own.
    let like = |weight: &Claim, mark: &Claim| shared(&called(weight), &called(mark));
    let of = |weight: &&Claim| {
        let best = own.iter().map(|mark| like(weight, mark)).max().filter(|many| *many >= 2)?;
        let mut marks = own.iter().filter(|mark| like(weight, mark) == best);
        marks.next().copied().filter(|_| marks.next().is_none())
    };
    let row: Vec<&Claim> = weights.iter().filter_map(of).collect();
    let distinct = (1..row.len()).all(|n| row[..n].iter().all(|c| c.id != row[n].id));
    let beside = row.iter().all(|c| c.site.chain + 1 >= together.site.chain);
    let more = any_in(&together.site.sentence_text, &["加分", "附加", "扣分", "奖励分"]);
    if row.len() != weights.len() || !distinct || !beside || more {
        return None;
    }
    let it = weighed(&row, weights, together)?;
    // A mean of many is rounded; what is far off is no such mark.
    let (gives, stated) = (it.computed?, it.stated?);
    let apart = if gives < stated { stated.minus(gives)? } else { gives.minus(stated)? };
    (apart.times(Exact::int(5)?)? <= stated).then_some(it)
}

/// 理论成绩占三成: 理论, without the words that all marks have.
fn called(claim: &Claim) -> String {
    const ALL: &[&str] =
        &["成绩", "得分", "分数", "评价", "考核", "考试", "测评", "评分", "平均", "权重", "比重", "项目"];
    let lead = claim.site.before.rsplit(['，', '、', '；', '：']).find(|part| !part.is_empty()).unwrap_or_default();
    ALL.iter().fold(lead.to_string(), |lead, word| lead.replace(word, ""))
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
    weighed(marks, weights, together)
}

/// The marks, each with its weight, against what they make together.
fn weighed(marks: &[&Claim], weights: &[&Claim], together: &Claim) -> Option<Relation> {
    let hundred = Exact::whole(100);
    let gives = marks
        .iter()
        .zip(weights)
        .try_fold(Exact::ZERO, |sum, (mark, weight)| sum.plus(mark.value?.times(weight.value?)?.over(hundred)?))?;
    // Means of many are rounded themselves: half a step of theirs may be added to that of the result.
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
