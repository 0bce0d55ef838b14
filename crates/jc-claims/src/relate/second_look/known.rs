//! What is told already when numbers are weighed: what has an answer, what is added up, and what shares and means are of.

use std::collections::{HashMap, HashSet};

use crate::document::{Claim, Document};
use crate::exact::Exact;
use crate::relate::rates::beside::says_share;
use crate::relate::relations::{Finding, Relation, RelationKind, Role};

/// What is told already.
#[derive(Default)]
pub(super) struct Known {
    pub(super) answered: HashSet<String>,
    pub(super) refuted: HashSet<String>,
    pub(super) narrowly: HashSet<String>,
    /// What has a share of its own, and what shares are of, with them.
    pub(super) parts: HashSet<String>,
    pub(super) wholes: HashMap<String, Vec<String>>,
    /// What is added up, and what means are told of.
    pub(super) summed: HashSet<String>,
    pub(super) shared_out: HashSet<String>,
}

impl Known {
    pub(super) fn note(&mut self, it: &Relation) {
        let other = matches!(it.kind, RelationKind::RateAlone | RelationKind::Subset | RelationKind::PercentSum);
        if !it.primary || other {
            return;
        }
        let Some(own) = it.under_test().map(str::to_string) else { return };
        let of = |wanted: Role| it.members.iter().filter(move |(role, _)| *role == wanted).map(|(_, id)| id.clone());
        if matches!(it.kind, RelationKind::Rate | RelationKind::RateDenominator) {
            self.parts.extend(of(Role::Numerator));
        }
        match it.finding {
            Finding::Consistent if it.kind == RelationKind::Rate => {
                let wholes: Vec<String> = of(Role::Denominator).collect();
                if let [whole] = &wholes[..] {
                    self.wholes.entry(whole.clone()).or_default().push(own.clone());
                }
                self.answered.insert(own);
            }
            Finding::Consistent => {
                if it.kind == RelationKind::Quotient {
                    self.shared_out.extend(of(Role::Numerator));
                }
                if it.kind == RelationKind::Sum {
                    self.summed.extend(of(Role::Part));
                }
                self.answered.insert(own);
            }
            Finding::Inconsistent => {
                let near = || Some(it.computed?.apart(it.stated?)?.times(Exact::int(4)?)? <= it.stated?);
                if near() != Some(false) || it.explained_by.is_some() {
                    self.narrowly.insert(own.clone());
                }
                self.refuted.insert(own);
            }
            Finding::Feasible => {}
        }
    }

    /// Is the number what another share of the same sentence is of, or one of the paragraph?
    pub(super) fn whole_of_sibling(&self, doc: &Document, whole: &Claim, stated: &Claim) -> i32 {
        let shares = self.wholes.get(&whole.id).into_iter().flatten().filter_map(|id| doc.claim(id));
        let near = shares.filter(|share| says_share(share) == says_share(stated) && share.id != stated.id).map(
            |share| match () {
                () if share.site.chain == stated.site.chain => 2,
                () if share.site.paragraph == stated.site.paragraph => 1,
                () => 0,
            },
        );
        near.max().unwrap_or(0)
    }
}
