//! What stands right beside a number and says what is counted: 安全隐患27处, 27处安全隐患. Two numbers are called alike where these
//! words are the same, on whichever side they stand.

use jc_text::fold::is_han;

use super::called::TOTALS;
use crate::document::Claim;

/// Words behind a name that say no more than the unit does.
const SAYS_THE_UNIT: &[&str] =
    &["论文", "价款", "金额", "经费", "资金", "费用", "总价", "合计", "总计", "共计", "累计"];

/// What leads to a number, from the last stop on: without small words and what only says that a number follows.
pub(in crate::relate) fn lead(claim: &Claim) -> &str {
    let lead = claim.site.before.rsplit(['，', '、', '；', '：', '（', '。']).next().unwrap_or_default();
    let lead = ["一是", "二是", "三是", "四是", "五是"].iter().find_map(|mark| lead.strip_prefix(mark)).unwrap_or(lead);
    let small = |text: &'_ str| -> usize {
        text.trim_end_matches(['共', '有', '为', '达', '到', '约', '是', '了', '计', '已', '由', '从', '仅', '只'])
            .len()
    };
    let mut lead = &lead[..small(lead)];
    while let Some(rest) = TOTALS.iter().chain(SAYS_THE_UNIT).find_map(|end| lead.strip_suffix(end)) {
        lead = &rest[..small(rest)];
    }
    lead.strip_suffix(['费', '额', '款']).unwrap_or(lead).trim_end_matches('的')
}

/// What stands behind a number. Where its noun ends is not known.
pub(in crate::relate) fn behind(claim: &Claim) -> String {
    claim.site.after.trim_start_matches('的').chars().take_while(|c| is_han(*c)).take(12).collect()
}

/// How many characters in a row, beside each of the two, are the same.
pub(in crate::relate) fn shared(first: &Claim, second: &Claim) -> usize {
    let (one, other) = (lead(first), lead(second));
    let (after, other_after) = (behind(first), behind(second));
    let inside = |c: &char| is_han(*c) || matches!(c, '“' | '”' | '（' | '）') || c.is_ascii_alphanumeric();
    let ends = one.chars().rev().zip(other.chars().rev()).take_while(|(a, b)| a == b && inside(a)).count();
    let begins = after.chars().zip(other_after.chars()).take_while(|(a, b)| a == b).count();
    let across = |lead: &str, after: &str| {
        suffixes(lead).find(|end| after.starts_with(end)).map_or(0, |end| end.chars().count())
    };
    ends.max(begins).max(across(one, &other_after)).max(across(other, &after))
}

/// The ends of a text, the longest first, down to two characters.
pub(in crate::relate) fn suffixes(text: &str) -> impl Iterator<Item = &str> {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let most = starts.len().saturating_sub(1);
    starts.into_iter().take(most).map(|at| &text[at..])
}
