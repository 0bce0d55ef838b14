//! Shares of a whole said as such: 占45%, 占比达45%, and several of them together.

use super::rates::{numerator_over, reading, says, says_share, shown, whole_of, words_of};
use super::{Finding, Relation, RelationKind, Role, Working, alike, relation};
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::words::{STOCK, any_in};

/// 女生540人，占45%; 其中女生占45%.
pub(super) fn share(doc: &Document, rate: &Claim, counts: &[&Claim], all: &mut Vec<Relation>) {
    let of_previous = rate.site.before.trim_start_matches(['、', '，', '约']).starts_with('占');
    let Some(last) = counts.last().copied() else { return };
    let counts: Vec<&Claim> = counts.iter().copied().filter(|claim| alike(claim, last)).collect();
    // 女生340人，占42.5%，全校共有学生800人: the whole may follow.
    let behind = doc.claims.iter().find(|c| {
        c.site.sentence == rate.site.sentence
            && c.site.start > rate.site.end
            && alike(c, last)
            && (says(c, STOCK) || any_in(&words_of(c), &["共有", "全校", "总数", "人数"]))
    });
    let whole = if of_previous && counts.len() == 1 { behind.or_else(|| whole_of(&counts)) } else { whole_of(&counts) };
    let Some(whole) = whole else { return };
    if of_previous && whole.id != last.id {
        let mut it = reading(rate, &[last], whole, &[]);
        // 毕业生500人，就业率96%，本地就业380人，占79.2%: the share may be of those the rate has just named.
        let other_base = doc.claims.iter().any(|c| {
            c.kind == Kind::Rate
                && c.site.chain == rate.site.chain
                && c.site.start > whole.site.start
                && c.site.start < last.site.start
                && !says_share(c)
        });
        if let Some(it) = &mut it {
            it.primary = it.finding == Finding::Consistent || !other_base;
        }
        all.extend(it);
    } else if !of_previous && whole.site.clause + 2 >= rate.site.clause {
        let mut it = numerator_over(rate, &[whole], &[]);
        if let Some(it) = &mut it {
            it.primary = it.finding != Finding::Inconsistent || rate.site.sentence_text.contains("其中");
        }
        all.extend(it);
    }
}

/// Shares of one whole in one sentence: more than 100 % cannot be.
pub(super) fn all_shares(doc: &Document, all: &mut Vec<Relation>) {
    let shares: Vec<&Claim> = doc
        .claims
        .iter()
        .filter(|c| c.kind == Kind::Rate && c.bound == Bound::Exact && says_share(c) && c.unit == "%")
        .collect();
    for row in shares.chunk_by(|a, b| a.site.sentence == b.site.sentence).filter(|row| row.len() >= 2) {
        let Some(total) = row.iter().try_fold(Exact::ZERO, |sum, c| sum.plus(c.value?)) else { continue };
        // Each printed share may be off by half a step.
        let Some(slack) = row.iter().try_fold(Exact::ZERO, |sum, c| sum.plus(c.step.over(Exact::int(2)?)?)) else {
            continue;
        };
        let hundred = Exact::int(100).expect("a hundred is small");
        let Some(over) = total.minus(hundred) else { continue };
        // Far more than 100 % were never meant to divide one whole: 高级职称占三成，双师型占九成.
        let ten = Exact::int(10).expect("ten is small");
        let finding = if over > ten {
            continue;
        } else if over > slack {
            Finding::Inconsistent
        } else if over.plus(slack).is_some_and(|least| least >= Exact::ZERO) {
            Finding::Consistent
        } else {
            continue;
        };
        let sum = row.iter().map(|c| shown(c)).collect::<Vec<_>>().join("＋");
        let working = Working {
            code: "percent-sum",
            with: vec![("sum", sum.clone()), ("total", total.show(4))],
            zh: format!("{sum}＝{}%", total.show(4)),
        };
        let mut it =
            relation(RelationKind::PercentSum, finding, row.iter().map(|c| (Role::Part, *c)).collect(), working);
        it.computed = Some(total);
        it.stated = Some(hundred);
        all.push(it);
    }
}
