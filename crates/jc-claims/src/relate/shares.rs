//! Shares of a whole said as such: 占45%, 占比达45%, and several of them together.

use super::rates::{numerator_over, reading, says, says_share, shown, whole_of, words_of};
use super::{Finding, MOST_TOGETHER, Relation, RelationKind, Role, Working, alike, relation};
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::words::{STOCK, any_in};

/// 女生540人，占45%; 其中女生占45%; 女生占45%，为540人; 女生540人，占学生总数（1200人）的45%.
pub(super) fn share(doc: &Document, rate: &Claim, counts: &[&Claim], all: &mut Vec<Relation>) {
    let lead = rate.site.before.trim_start_matches(['、', '，', '（', '约', '）', '的']);
    let of_previous = lead.is_empty() || ["占", "所占", "比例", "比重"].iter().any(|word| lead.starts_with(word));
    let Some(last) = counts.last().copied() else { return };
    if let Some((whole, part)) = whole_inside(rate, counts) {
        all.extend(reading(rate, &[part], whole, &[]));
        return;
    }
    let counts: Vec<&Claim> = counts.iter().copied().filter(|claim| alike(claim, last)).collect();
    // 女生340人，占42.5%，全校共有学生800人: the whole may follow.
    let behind = doc.around(rate).iter().find(|c| {
        c.site.sentence == rate.site.sentence
            && c.site.start > rate.site.end
            && alike(c, last)
            && (says(c, STOCK) || any_in(&words_of(c), &["共有", "全校", "总数", "人数"]))
    });
    let largest = || named_whole(rate, &counts).or_else(|| whole_of(&counts));
    let whole = if of_previous && counts.len() == 1 { behind.or_else(largest) } else { largest() };
    let Some(whole) = whole else { return };
    if of_previous && whole.id != last.id {
        let mut it = reading(rate, &[last], whole, &[]);
        // 毕业生500人，就业率96%，本地就业380人，占79.2%: the share may be of those the rate has just named.
        let other_base = doc.around(rate).iter().any(|c| {
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
    } else if let Some(part) = said_behind(doc, rate, whole) {
        all.extend(reading(rate, &[part], whole, &[]));
    } else if !of_previous && whole.site.clause + 2 >= rate.site.clause {
        let mut it = numerator_over(rate, &[whole], &[]);
        if let Some(it) = &mut it {
            it.primary = it.finding != Finding::Inconsistent || rate.site.sentence_text.contains("其中");
        }
        all.extend(it);
    }
}

/// 占学生总数（1200人）的45%: the whole stands between 占 and the share, the part before it.
fn whole_inside<'a>(rate: &Claim, counts: &[&'a Claim]) -> Option<(&'a Claim, &'a Claim)> {
    let (whole, before) = counts.split_last()?;
    let inside = whole.site.clause == rate.site.clause && any_in(&whole.site.before, &["占", "完成"]);
    let part = before.iter().rev().find(|part| alike(part, whole))?;
    inside.then_some((*whole, *part))
}

/// 占…总数的45%: the first count of the chain that has the name the share gives its whole.
fn named_whole<'a>(rate: &Claim, counts: &[&'a Claim]) -> Option<&'a Claim> {
    let at = rate.site.before.find('占')?;
    let name = rate.site.before[at + '占'.len_utf8()..].trim_start_matches('全').trim_end_matches(['的', '约', '近']);
    let name = name.trim_end_matches("总数").trim_end_matches("总量").trim_end_matches("总人数").trim_end_matches('总');
    (name.chars().count() >= 2).then(|| counts.iter().copied().find(|c| words_of(c).contains(name)))?
}

/// 女生占45%，为540人; 占45%（540人）: the part follows its share.
fn said_behind<'a>(doc: &'a Document, rate: &Claim, whole: &Claim) -> Option<&'a Claim> {
    doc.around(rate).iter().find(|c| {
        let lead = c.site.before.trim_start_matches(['，', '（']);
        c.site.sentence == rate.site.sentence
            && c.site.start > rate.site.start
            && c.site.clause <= rate.site.clause + 1
            && alike(c, whole)
            && ["", "为", "共", "有", "达", "共有", "即", "共计", "计", "人数为"].contains(&lead)
    })
}

/// Shares of one whole in one sentence: more than 100 % cannot be; less cannot be where nobody is left.
pub(super) fn all_shares(doc: &Document, all: &mut Vec<Relation>) {
    complements(doc, all);
    let mut shares: Vec<&Claim> = Vec::new();
    for claim in doc.claims.iter().filter(|c| c.kind == Kind::Rate && c.unit == "%") {
        // 分别占62%、31%和7%: the later ones of a row are shares too.
        let row = claim.site.before.trim_matches(['、', '和', '与', '及', ' ']).is_empty();
        let goes_on = shares.last().is_some_and(|last| row && last.site.clause == claim.site.clause);
        if says_share(claim) || goes_on {
            shares.push(claim);
        }
    }
    for row in shares.chunk_by(|a, b| a.site.sentence == b.site.sentence) {
        if (2..=MOST_TOGETHER).contains(&row.len()) && row.iter().all(|c| c.bound == Bound::Exact) {
            all.extend(row_of_shares(row));
        }
    }
}

fn row_of_shares(row: &[&Claim]) -> Option<Relation> {
    let total = row.iter().try_fold(Exact::ZERO, |sum, c| sum.plus(c.value?))?;
    // Each printed share may be off by half a step.
    let slack = row.iter().try_fold(Exact::ZERO, |sum, c| sum.plus(c.step.over(Exact::int(2)?)?))?;
    let hundred = Exact::int(100)?;
    let over = total.minus(hundred)?;
    let said: String = row.iter().map(|c| c.site.before.as_str()).collect();
    let sexes = row.len() == 2 && said.contains('男') && said.contains('女');
    let all_of_it = sexes || any_in(&said, &["其他占", "其余占", "其它占"]);
    // Far more than 100 % were never meant to divide one whole: 高级职称占三成，双师型占九成.
    let finding = if over > Exact::int(10)? && !all_of_it {
        return None;
    } else if over > slack {
        Finding::Inconsistent
    } else if over.plus(slack)? >= Exact::ZERO {
        Finding::Consistent
    } else if all_of_it {
        Finding::Inconsistent
    } else {
        return None;
    };
    Some(percent_sum(row, total, finding))
}

fn percent_sum(row: &[&Claim], total: Exact, finding: Finding) -> Relation {
    let sum = row.iter().map(|c| shown(c)).collect::<Vec<_>>().join("＋");
    let working = Working {
        code: if finding == Finding::Inconsistent { "percent-sum-fails" } else { "percent-sum" },
        with: vec![("sum", sum.clone()), ("total", total.show(4))],
        zh: format!("{sum}＝{}%", total.show(4)),
    };
    let members = row.iter().map(|c| (Role::Part, *c)).collect();
    let mut it = relation(RelationKind::PercentSum, finding, members, working);
    it.computed = Some(total);
    it.stated = Exact::int(100);
    it
}

/// 合格率95%，不合格率6%: what is and what is not make all of it.
fn complements(doc: &Document, all: &mut Vec<Relation>) {
    let rates: Vec<&Claim> =
        doc.claims.iter().filter(|c| c.kind == Kind::Rate && c.unit == "%" && c.bound == Bound::Exact).collect();
    for row in rates.chunk_by(|a, b| a.site.sentence == b.site.sentence).filter(|row| row.len() <= MOST_TOGETHER) {
        for pair in row.windows(2) {
            let denies = |no: &str, yes: &str| {
                ["不", "未"]
                    .iter()
                    .any(|word| no.strip_prefix(word).is_some_and(|rest| !rest.is_empty() && yes.ends_with(rest)))
            };
            let (a, b) = (pair[0].subject.as_str(), pair[1].subject.as_str());
            if !(denies(a, b) || denies(b, a)) {
                continue;
            }
            let sum = || {
                let total = pair[0].value?.plus(pair[1].value?)?;
                let slack = pair[0].step.plus(pair[1].step)?.over(Exact::int(2)?)?;
                let over = total.minus(Exact::int(100)?)?;
                let holds = over <= slack && over.plus(slack)? >= Exact::ZERO;
                Some((total, if holds { Finding::Consistent } else { Finding::Inconsistent }))
            };
            all.extend(sum().map(|(total, finding)| percent_sum(pair, total, finding)));
        }
    }
}
