//! What a population is called, and which counts are called so: 报到新生 are those of 报到注册1592人, 教职工 are no 专任教师.

use jc_text::fold::is_han;

use super::called::{ALL_OF, NARROWS_NOTHING, PEOPLE_NOUNS, SAME_POPULATION, TOTALS};
use super::cues;
use crate::document::{Bound, Claim, Document};
use crate::relate::rates::beside::may_count;

/// A name of people or things that a share, a multiple or a mean is of.
pub(in crate::relate) struct Name {
    /// All ways to say it.
    forms: Vec<String>,
    /// 就业学生, 参检学生: people of whom something is told, not merely who they are.
    pub qualified: bool,
}

/// How a count is called, held against a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::relate) enum Called {
    /// By the name and nothing that narrows it: 教职工318人.
    So,
    /// By more than the name, or in other words that may mean it: 直接就业301人, 累计发证1.06万本.
    Perhaps,
}

impl Name {
    /// 全校教职工, 报到新生, 就业的毕业生: nothing where the text is no name.
    pub(in crate::relate) fn of(text: &str) -> Option<Name> {
        let all = ALL_OF.iter().filter_map(|all| text.strip_prefix(all)).min_by_key(|rest| rest.len());
        let name = all.unwrap_or(text);
        let ends = TOTALS.iter().filter_map(|end| name.strip_suffix(end)).min_by_key(|rest| rest.len());
        let name = ends.filter(|rest| rest.chars().count() >= 2).unwrap_or(name).trim_end_matches('的');
        // 就业学生 are those of whom 就业 is told.
        let known = |name: &str| SAME_POPULATION.iter().any(|row| row.contains(&name));
        let bare = PEOPLE_NOUNS.iter().filter_map(|noun| name.strip_suffix(noun)).min_by_key(|rest| rest.len());
        let bare = bare.map(|rest| rest.trim_end_matches('的')).filter(|rest| rest.chars().count() >= 2);
        let qualified = bare.is_some() && bare != Some(name);
        let name = if known(name) { name } else { bare.unwrap_or(name) };
        let short = (2..=10).contains(&name.chars().count()) && name.chars().all(is_han);
        let row = SAME_POPULATION.iter().find(|row| row.contains(&name));
        let forms = row.map_or_else(|| vec![name.to_string()], |row| row.iter().map(|s| s.to_string()).collect());
        short.then_some(Name { forms, qualified })
    }

    /// Is the count called so?
    pub(in crate::relate) fn calls(&self, claim: &Claim) -> Option<Called> {
        let before = claim.site.before.rsplit(['，', '、', '；', '：', '（', '）']).next().unwrap_or_default();
        // 报到1406人 ends in no small word.
        let whole = before.trim_end_matches(['共', '有', '为', '了']);
        let before = if whole.ends_with("报到") { whole } else { before.trim_end_matches(LEADS_TO) };
        let before = TOTALS.iter().find_map(|end| before.strip_suffix(end)).unwrap_or(before).trim_end_matches('的');
        let after: String = claim.site.after.trim_start_matches('的').chars().take_while(|c| is_han(*c)).collect();
        let forms = || self.forms.iter().map(String::as_str);
        // 毕业生3905人中，…: among them.
        let after = if after.starts_with('中') { String::new() } else { after };
        let plain = |text: &str| without(text, &[NARROWS_NOTHING]).is_empty();
        // 双师型教师201人 are called 双师型.
        let bare = PEOPLE_NOUNS.iter().filter_map(|noun| before.strip_suffix(noun)).min_by_key(|rest| rest.len());
        let bare = bare.map_or("", |rest| rest.trim_end_matches('的'));
        let led = forms().filter_map(|form| before.strip_suffix(form).or_else(|| bare.strip_suffix(form)));
        let led = led.min_by_key(|rest| rest.len());
        let led_so = led.is_some_and(plain) && (after.is_empty() || PEOPLE_NOUNS.contains(&after.as_str()));
        let behind = forms().filter_map(|form| after.strip_prefix(form)).min_by_key(|rest| rest.len());
        let none = |rest: &str| rest.is_empty() || PEOPLE_NOUNS.contains(&rest);
        let behind_so = plain(before) && behind.is_some_and(none);
        let denied =
            |form: &str| ["未", "待", "不", "非", "没", "尚"].iter().any(|no| before.contains(&format!("{no}{form}")));
        if forms().any(denied) {
            return None;
        }
        let words = format!("{before}{after}");
        let named = || forms().any(|form| words.contains(form) || form.chars().count() == 2 && in_order(form, &words));
        // 受访者中已就业1126人 are 已就业受访者.
        let turned = || {
            let (all, some) = before.split_once('中')?;
            let all =
                PEOPLE_NOUNS.iter().find_map(|noun| all.strip_suffix(noun).filter(|_| !some.is_empty())).unwrap_or(all);
            Some(forms().any(|form| form.strip_prefix(some).is_some_and(|rest| rest.is_empty() || all.ends_with(rest))))
        };
        match () {
            () if led_so || behind_so || turned() == Some(true) => Some(Called::So),
            () if named() => Some(Called::Perhaps),
            () => None,
        }
    }

    /// The counts around a claim that are called so, those before it first and the nearest first of those.
    pub(in crate::relate) fn counts<'a>(&self, doc: &'a Document, claim: &Claim) -> Vec<(&'a Claim, Called)> {
        let around = doc.around(claim);
        let at = around.partition_point(|c| c.site.start < claim.site.start);
        let plain = |c: &&Claim| {
            may_count(c) && c.value.is_some() && c.id != claim.id && !cues::is_old(c) && c.site.cell.is_none()
        };
        let called = |c: &'a Claim| Some((c, self.calls(c)?));
        around[..at].iter().rev().chain(&around[at..]).filter(plain).filter_map(called).collect()
    }
}

/// The one count that is called exactly so, however often it is said, if no other may be meant.
pub(in crate::relate) fn only<'a>(counts: &[(&'a Claim, Called)]) -> Option<&'a Claim> {
    let (first, _) = counts.iter().find(|(_, called)| *called == Called::So)?;
    let same = |(c, called): &(&Claim, Called)| *called != Called::So || c.value == first.value;
    (first.bound == Bound::Exact && counts.iter().all(same)).then_some(*first)
}

/// Small words between a name and its number.
const LEADS_TO: &[char] = &['共', '有', '为', '达', '到', '约', '是', '了', '计', '已'];

/// The text without any of the words of these lists at its front, as often as they stand there.
pub(in crate::relate) fn without<'a>(text: &'a str, lists: &[&[&str]]) -> &'a str {
    let mut text = text.trim_start_matches(|c: char| !is_han(c));
    let words = || lists.iter().flat_map(|words| words.iter());
    while let Some(rest) = words().filter_map(|word| text.strip_prefix(word)).min_by_key(|rest| rest.len()) {
        text = rest.trim_start_matches(|c: char| !is_han(c));
    }
    text
}

/// 发证 is short for 核发职业技能等级证书: its characters stand in this order.
fn in_order(name: &str, words: &str) -> bool {
    let mut rest = words.chars();
    name.chars().all(|c| rest.any(|other| other == c))
}
