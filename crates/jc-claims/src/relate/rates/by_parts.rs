//! Shares of what several parts make, where the part that has the share is told sentences before: 在园幼儿11840人。公办园收托6912人，民办园收托4928人。
//! …，公办园在园幼儿占比升到58.4%.

use super::apart::{BACK, close, counted};
use super::beside::says_share;
use super::reached::mistyped;
use super::readings::reading;
use super::shares::name_of_whole;
use crate::document::{Claim, Document};
use crate::relate::relations::{Finding, Relation, RelationKind, Role};
use crate::relate::wording::around::words_of;
use crate::relate::wording::comparable::alike;
use crate::relate::wording::label;

/// So many sums before a share are looked at.
const BEFORE: usize = 8;

/// The sums that hold, in the order of their wholes.
pub(super) struct Sums<'a>(Vec<(&'a Claim, Vec<&'a Claim>)>);

impl<'a> Sums<'a> {
    pub(super) fn of(doc: &'a Document, all: &[Relation]) -> Sums<'a> {
        let holds = |it: &&Relation| it.primary && it.kind == RelationKind::Sum && it.finding == Finding::Consistent;
        let read = |it: &Relation| {
            let role = |role: Role| it.members.iter().filter(move |(own, _)| *own == role);
            let whole = role(Role::Whole).find_map(|(_, id)| doc.claim(id))?;
            Some((whole, role(Role::Part).filter_map(|(_, id)| doc.claim(id)).collect()))
        };
        let mut sums: Vec<(&Claim, Vec<&Claim>)> = all.iter().filter(holds).filter_map(read).collect();
        sums.sort_by_key(|(whole, _)| whole.site.start);
        Sums(sums)
    }

    /// A share of the last of them of which the words before it name one part.
    pub(super) fn of_part(&self, rate: &Claim) -> Option<Relation> {
        const AWAY: &[&str] = &["其中", "全校", "全院", "我校", "我院", "全部", "目前"];
        let (name, _) = rate.site.before.split_once('占').filter(|_| says_share(rate) && rate.decimals > 0)?;
        let name = name.trim_start_matches(['，', '；', '、', '：', '“']);
        let name = AWAY.iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name);
        let at = self.0.partition_point(|(whole, _)| whole.site.start < rate.site.start);
        self.0[..at].iter().rev().take(BEFORE).find_map(|(whole, parts)| of_part(rate, name, whole, parts))
    }
}

/// Of what the part that has this name makes with others.
fn of_part(rate: &Claim, name: &str, whole: &Claim, parts: &[&Claim]) -> Option<Relation> {
    let near = |c: &Claim| {
        let before = c.site.start < rate.site.start && c.site.chain + BACK >= rate.site.chain;
        before && c.site.paragraph == rate.site.paragraph && counted(c)
    };
    let named = name_of_whole(rate);
    let fit = parts.len() >= 2 && near(whole) && parts.iter().all(|c| near(c) && alike(c, whole));
    if !fit || !named.is_empty() && !words_of(whole).contains(named) {
        return None;
    }
    let begins = |part: &Claim| label::lead(part).chars().zip(name.chars()).take_while(|(a, b)| a == b).count();
    let mut called = parts.iter().filter(|part| begins(part) >= 2);
    let part = called.next().filter(|_| called.next().is_none())?;
    // 公办园教师占比: of other people than those who were counted.
    let rest: String = name.chars().skip(begins(part)).collect();
    let rest = rest.trim_end_matches(['数', '的']).trim_end_matches('人');
    let own = rest.is_empty() || words_of(whole).contains(rest) || words_of(part).contains(rest);
    let it = reading(rate, &[part], whole, &[]).filter(|_| own)?;
    let gives = |c: &Claim| reading(rate, &[c], whole, &[]).is_some_and(|it| it.finding == Finding::Consistent);
    let slip = || mistyped(&it, rate) && close(&it) && !parts.iter().any(|c| gives(c));
    (it.finding == Finding::Consistent || slip()).then_some(it)
}
