//! Means that name whom they are over and what is shared out: 学生人均借阅8.8册次; 平均每名专任教师负担学生16.5人. What has these names is
//! meant, wherever it was told.

use super::only;
use super::quotients::{fits, quotient};
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::relations::Relation;
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues::{self, item};
use crate::units::counts_people;
use crate::words::{PEOPLE, REGIONS, REQUIRED, STOCK, any_in};

/// A mean against what it names. What does not agree is told where nothing else has these names.
pub(super) fn named(doc: &Document, mean: &Claim) -> Option<Relation> {
    let lead = mean.site.before.trim_start_matches(['，', '；', '（', '。']);
    if any_in(lead, REGIONS) || any_in(lead, REQUIRED) || lead.contains(['比', '较', '达']) {
        return None;
    }
    let pair = over_whom(doc, mean, lead).or_else(|| of_every(doc, mean, lead));
    let (total, holders) = pair.or_else(|| of_classes(doc, mean, lead))?;
    let gives = total.value?.over(holders.value?)?;
    let holds = fits(total, holders, mean)?;
    let near = || {
        let (three, four) = (Exact::int(3)?, Exact::int(4)?);
        Some(gives.times(four)? >= mean.value?.times(three)? && gives.times(three)? <= mean.value?.times(four)?)
    };
    (holds || near() == Some(true)).then(|| quotient(total, holders, mean, gives, holds))
}

fn plain(claim: &Claim) -> bool {
    claim.bound == Bound::Exact
        && claim.numeral != Numeral::None
        && claim.value.is_some()
        && claim.each.is_none()
        && !cues::is_old(claim)
        && !cues::per_head(claim)
        && !matches!(claim.kind, Kind::Change | Kind::Date | Kind::Rate | Kind::Threshold)
}

/// 学生人均借阅8.8册次: what the students borrowed, and the students there are.
fn over_whom<'a>(doc: &'a Document, mean: &Claim, lead: &str) -> Option<(&'a Claim, &'a Claim)> {
    let (who, verb) = lead.split_once("人均")?;
    let who = who.trim_end_matches(['，']).trim_start_matches(['在', '校']);
    let (who, names) = PEOPLE.iter().find(|(word, _)| *word == who)?;
    let verb = verb.trim_end_matches(['为', '约']);
    if !(2..=6).contains(&verb.chars().count()) {
        return None;
    }
    let shared_out = |c: &&Claim| {
        let own = item(c);
        plain(c)
            && c.unit == mean.unit
            && c.value > mean.value
            && c.site.paragraph == mean.site.paragraph
            && c.site.start < mean.site.start
            && own.contains(who)
            && own.contains(verb)
    };
    let total = only(doc.around(mean).iter().filter(shared_out))?;
    let whom = |c: &&Claim| {
        let own = format!("{}{}", item(c), c.site.after);
        plain(c)
            && counts_people(&c.unit)
            && c.unit != "人次"
            && any_in(&own, STOCK)
            && any_in(&own, names)
            && !own.contains("毕业")
            && !item(c).contains("其中")
    };
    let holders = only(doc.around(mean).iter().filter(whom))?;
    Some((total, holders))
}

/// The students there are, where only one number of them is told.
fn students<'a>(doc: &'a Document, mean: &Claim) -> Option<&'a Claim> {
    const CALLED: &[&str] = &["学生", "在校生", "在籍生", "新生"];
    let them = |c: &&Claim| {
        let own = item(c);
        let own = own.trim_end_matches(['有', '共', '为', '达', '现']);
        let called = CALLED.iter().any(|word| own.ends_with(word) || c.site.after.starts_with(word));
        counts_people(&c.unit) && c.unit != "人次" && c.kind == Kind::Count && called && c.id != mean.id
    };
    let all: Vec<&Claim> = doc.claims.iter().filter(them).collect();
    // 毕业六年级学生, 受资助学生: some of them.
    let some = ["其中", "毕业", "年级", "住", "参", "获", "困难", "资助", "录取", "走读", "组织", "帮"];
    let whole = |c: &&Claim| plain(c) && !any_in(item(c), &some);
    only(all.iter().copied().filter(whole)).filter(|one| all.iter().all(|c| c.value == one.value))
}

/// 迎来1286名学生…。今年开设32个班，平均班额40.2人: the classes told right before, and the students there are.
fn of_classes<'a>(doc: &'a Document, mean: &Claim, lead: &str) -> Option<(&'a Claim, &'a Claim)> {
    let size = any_in(lead, &["班额", "平均每班", "班均"]) && counts_people(&mean.unit);
    let classes = |c: &&Claim| {
        let called = c.unit == "班" || c.site.after.starts_with('班') || c.site.after.starts_with("教学班");
        plain(c) && called && c.site.sentence == mean.site.sentence && c.site.start < mean.site.start
    };
    // 一年级新生8个班360人，班额45人: of those told of beside it.
    let beside = |c: &Claim| c.site.chain == mean.site.chain && c.id != mean.id && counts_people(&c.unit);
    let size = size && !doc.around(mean).iter().any(beside);
    let holders = only(doc.around(mean).iter().filter(|_| size).filter(classes))?;
    let total = students(doc, mean).filter(|c| c.value > holders.value && c.site.start < mean.site.start)?;
    // By more than a tenth a mean is of others.
    let apart = total.value?.over(holders.value?)?.over(mean.value?)?.minus(Exact::int(1)?)?;
    let tenth = Exact::int(1)?.over(Exact::int(10)?)?;
    if apart > tenth || apart.plus(tenth)? < Exact::ZERO {
        return None;
    }
    Some((total, holders))
}

/// 平均每名专任教师负担学生16.5人: those of that name, and the students there are.
fn of_every<'a>(doc: &'a Document, mean: &Claim, lead: &str) -> Option<(&'a Claim, &'a Claim)> {
    let (before, rest) = lead.rsplit_once("平均每").or_else(|| lead.rsplit_once('每'))?;
    let rest = rest.strip_prefix(['名', '位', '个'])?;
    let said = lead.contains("平均") || before.ends_with('均');
    let whom = ["学生", "住宿生", "住校生", "学员"].iter().find(|whom| rest.ends_with(**whom))?;
    if !said || !counts_people(&mean.unit) {
        return None;
    }
    let chars: Vec<char> = rest.chars().collect();
    let called = |c: &&Claim, name: &str| {
        let own = item(c);
        let own = own.trim_end_matches(['有', '共', '为', '达']);
        plain(c) && counts_people(&c.unit) && (c.site.after.starts_with(name) || own.ends_with(name))
    };
    let holders = (3..=chars.len().min(8)).rev().find_map(|n| {
        let name: String = chars[..n].iter().collect();
        only(doc.around(mean).iter().filter(|c| c.site.start < mean.site.start && called(c, &name)))
    })?;
    let of_all = |c: &&Claim| {
        let own = format!("{}{}", item(c), c.site.after);
        let stock = match *whom {
            "学生" => any_in(&own, &["在校生", "在校学生", "在籍学生", "在籍生", "学生总数"]),
            whom => own.contains(whom),
        };
        plain(c) && alike(c, mean) && c.unit != "人次" && stock && !own.contains("其中") && c.value > holders.value
    };
    let total = only(doc.around(mean).iter().filter(|c| c.site.start < mean.site.start).filter(of_all))?;
    Some((total, holders))
}
