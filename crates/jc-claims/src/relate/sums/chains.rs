//! Lists that run through the parts of a sentence which semicolons divide: 按性质分：人员经费…，占59%；公用经费…，占20%；….

use super::addition::{held_within, near};
use super::classes::by_class;
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::relate::MOST_TOGETHER;
use crate::relate::rates::beside::says_share;
use crate::relate::rates::lone::give_way;
use crate::relate::rates::readings::reading;
use crate::relate::relations::{Finding, Relation, RelationKind, tested};
use crate::relate::wording::around::{head_of, said_after};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::relate::wording::division::{self, Division, division};
use crate::words::any_in;

/// The lists of one chain; `chain` are its countable claims in order, `countable` those of the text.
pub(super) fn chains(doc: &Document, countable: &[&Claim], chain: &[&Claim], all: &mut Vec<Relation>) {
    raised(chain, all);
    among(chain, all);
    let Some(row) = row(chain) else { return };
    let told = all.iter().rev().take(MOST_TOGETHER).any(|it| {
        it.kind == RelationKind::Sum && it.primary && row.iter().all(|c| it.members.iter().any(|(_, id)| *id == c.id))
    });
    let classes = by_class(row[0]);
    if told || !(classes || division::is_closed(&row)) {
        return;
    }
    let at = countable.partition_point(|c| c.site.start < row[0].site.start);
    let before = countable[..at].iter().rev().take(40).copied();
    let like = |c: &&Claim| alike(c, row[0]) && c.bound == Bound::Exact && near(c, &row, 20) && !cues::is_old(c);
    let sums: Vec<(Relation, &Claim)> =
        before.filter(like).filter_map(|whole| Some((held_within(RelationKind::Sum, whole, &row)?, whole))).collect();
    let holds = sums.iter().find(|(it, _)| it.finding == Finding::Consistent).or(sums.first());
    let Some((sum, whole)) = holds else { return };
    all.push(sum.clone());
    shares(doc, &row, whole, all);
}

/// 升学的118名同学中，本科院校录取42名，占35.6%；高职院校78名: kinds that exclude each other fit into what the chain is of.
fn among(chain: &[&Claim], all: &mut Vec<Relation>) {
    let [whole, first, rest @ ..] = chain else { return };
    let opens = head_of(said_after(whole), 10).contains("中，");
    let own = first.site.sentence == whole.site.sentence && first.value < whole.value && alike(first, whole);
    // 已就业1468人；其中在本市就业1021人; 在本市就业1021人: some of those before.
    let done = cues::item(first).trim_start_matches(['已', '经', '共', '有']);
    let some = |c: &Claim| {
        c.site.sentence_text.starts_with("其中") || done.chars().count() >= 2 && cues::item(c).ends_with(done)
    };
    let later = rest.iter().copied().filter(|c| c.site.sentence != whole.site.sentence && !some(c));
    let later: Vec<&Claim> = later.collect();
    let later = later.chunk_by(|a, b| a.site.sentence == b.site.sentence).map(|part| part[0]);
    let parts: Vec<&Claim> = [*first].into_iter().chain(later).collect();
    let plain = parts.iter().all(|c| alike(c, whole) && c.bound == Bound::Exact && !cues::per_head(c));
    if opens && own && plain && parts.len() >= 2 && division(&parts) == Division::Clean {
        let it = held_within(RelationKind::Subset, whole, &parts);
        all.extend(it.filter(|it| it.finding == Finding::Inconsistent));
    }
}

/// What each part of a list is said to be of its whole.
fn shares(doc: &Document, row: &[&Claim], whole: &Claim, all: &mut Vec<Relation>) {
    let known = tested(all);
    let mut found = Vec::new();
    for part in row {
        let share = doc.next(part).filter(|c| c.kind == Kind::Rate && c.bound == Bound::Exact && says_share(c));
        let share = share.filter(|c| c.site.sentence == part.site.sentence && !known.contains(&c.id));
        found.extend(share.and_then(|share| reading(share, &[part], whole, &[])));
    }
    give_way(all, found);
}

/// The first count of each part of the chain, all of one kind; a part that begins with 其中 divides the one before it.
fn row<'a>(chain: &[&'a Claim]) -> Option<Vec<&'a Claim>> {
    let parts = chain.chunk_by(|a, b| a.site.sentence == b.site.sentence);
    let firsts = parts.filter(|part| !part[0].site.sentence_text.starts_with("其中")).map(|part| part[0]);
    // 按学制分，…；按生源分，…: another division begins.
    let one = firsts.enumerate().take_while(|(n, c)| *n == 0 || !by_class(c)).map(|it| it.1);
    let row: Vec<&Claim> = one.filter(|c| c.numeral != Numeral::None && c.bound == Bound::Exact).collect();
    let plain = row.iter().all(|c| alike(c, row[0]) && !cues::per_head(c) && !cues::is_old(c));
    (row.len() >= 2 && plain).then_some(row)
}

/// 年初预算15400万元，追加520万元，全年预算15920万元: what was there first and what came to it.
fn raised(chain: &[&Claim], all: &mut Vec<Relation>) {
    for window in chain.windows(3) {
        let [first, more, total] = window else { continue };
        let added = ["追加", "调增", "增补", "追加预算", "补充"];
        let lead = more.site.before.trim_start_matches(['，', '；', '年', '中']);
        let after = any_in(&total.site.before, &["全年", "调整后", "总", "合计", "最终", "达到", "调整为", "增至"]);
        let like = alike(first, total) && alike(more, total) && first.unit == total.unit;
        if added.iter().any(|word| lead.starts_with(word)) && after && like && near(total, &[first, more], 10) {
            all.extend(held_within(RelationKind::Sum, total, &[first, more]));
        }
    }
}
