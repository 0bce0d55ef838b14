//! What a number takes over from what was said before it: 上年679人次，今年增至777人次; 共2批、63人次; 家访的覆盖面，上年只有80%;
//! 联系318次，其中当面谈话126次.

use std::sync::LazyLock;

use crate::document::{Claim, Kind, Site};
use crate::lexicon::{Filter, LexEntry};
use crate::words::{CHANGE, FILLERS, GROWN_TO, LEADS};

/// When something was so.
pub(crate) const TIMES: &[&str] = &[
    "上年",
    "去年",
    "上一年",
    "前一年",
    "上年度",
    "今年",
    "本年",
    "本年度",
    "当年",
    "目前",
    "年末",
    "年底",
    "一年来",
    "一年间",
    "一年下来",
    "年内",
    "全年",
    "这一年",
    "今年以来",
    "截至目前",
    "到年底",
    "截至年末",
    "如今",
];

/// Verbs that only say that there is so much of something by now.
const THERE_IS: &[&str] = &[
    "只有", "仅有", "已有", "共有", "现有", "就有", "跃升", "攀升", "挂牌", "亮岗", "在岗", "建成", "设立", "投用",
    "为止", "全校", "全院", "学校", "我校", "我院",
];

/// A topic is no story.
const LONGEST_TOPIC: usize = 24;

/// The same counted at another time: 上年…679人次；今年增至777人次, and within brackets 69项（35项）.
pub(crate) fn told_of_another_time(claim: &Claim, before: &Claim) -> bool {
    let (site, of) = (&claim.site, &before.site);
    let alike = claim.unit == before.unit && claim.kind == before.kind && site.grade.is_empty();
    let near = site.paragraph == of.paragraph && site.sentence <= of.sentence + 1;
    if !alike || !near {
        return false;
    }
    if alone_in_brackets(claim, before) {
        return claim.is_of_last_year();
    }
    let lead = site.before.trim_start_matches(['，', '；', '（']);
    let time = TIMES.iter().take_while(|time| **time != "目前").any(|time| lead.contains(time));
    time && bare(lead) && bare(&site.after)
}

/// 69项（35项）: nothing but another number of the same in brackets, and only the text can say what that is.
pub(crate) fn alone_in_brackets(claim: &Claim, before: &Claim) -> bool {
    let (site, of) = (&claim.site, &before.site);
    site.before == "（" && of.end + 1 == site.start && claim.unit == before.unit
}

/// 来访和交流共2批、63人次, 3批63人次: nothing but a sign parts the two.
pub(crate) fn listed_behind(claim: &Claim, before: &Claim) -> bool {
    let (site, of) = (&claim.site, &before.site);
    let beside = site.clause == of.clause && site.start <= of.end + 1 && site.before.is_empty();
    beside && claim.unit != before.unit && site.grade.is_empty() && of.grade.is_empty() && bare(&site.after)
}

/// The number with the words that lead to the one it is listed behind.
pub(crate) fn with_words_of(claim: &Claim, before: &Claim) -> Claim {
    let mut claim = claim.clone();
    claim.site.before.clone_from(&before.site.before);
    claim.subject.clone_from(&before.subject);
    claim
}

/// The number with the clause before its own, if that names what its own says nothing of: 家访的覆盖面，上年只有80%.
pub(crate) fn with_topic(claim: &Claim) -> Option<Claim> {
    let site = &claim.site;
    if !bare(&site.before) || !bare(&site.after) || !site.clause_text.starts_with(site.before.as_str()) {
        return None;
    }
    let at = clause_start(site)?;
    let said = site.sentence_text[..at].strip_suffix('，')?;
    let topic = said.rsplit(['，', '：', '；', '。', '、']).next()?;
    let short = (2..=LONGEST_TOPIC).contains(&topic.chars().count());
    if !short || topic.contains(|c: char| c.is_ascii_digit()) || said.ends_with('、') {
        return None;
    }
    let start = said.len() - topic.len();
    let mut claim = claim.clone();
    claim.site.before = format!("{topic}，{}", site.before);
    claim.site.clause_text = site.sentence_text[start..at + site.clause_text.len()].into();
    Some(claim)
}

/// Where the clause of a number starts in its sentence, in bytes.
fn clause_start(site: &Site) -> Option<usize> {
    let until = site.in_sentence.0.checked_sub(site.before.len())?;
    (site.sentence_text.get(until..)?.starts_with(site.clause_text.as_ref())).then_some(until)
}

/// The slice that alone is said of a number: 其中当面谈话126次.
pub(crate) fn named_part<'e>(claim: &Claim, entry: &'e LexEntry) -> Option<&'e Filter> {
    let site = &claim.site;
    if !site.grade.is_empty() || claim.kind == Kind::Rate {
        return None;
    }
    let said =
        [site.before.as_str(), site.after.as_str()].map(|text| text.trim_matches(['，', '、', '；', '（', '）', '的']));
    let said = said.concat();
    let said = said.strip_prefix("其中").unwrap_or(&said);
    let alone = |word: &str| said.strip_prefix(word).is_some_and(bare);
    entry.filters.iter().find(|filter| alone(&filter.word))
}

/// Whether a text says no more than when it was, and that there was so much.
pub(crate) fn bare(text: &str) -> bool {
    static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let lists = [TIMES, THERE_IS, GROWN_TO, LEADS, FILLERS];
        let mut words: Vec<&str> = lists.into_iter().flatten().copied().chain(CHANGE.iter().map(|it| it.0)).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words
    });
    let mut rest = text.trim_matches(|c: char| !c.is_alphanumeric());
    while !rest.is_empty() {
        let Some(shorter) = WORDS.iter().find_map(|word| rest.strip_prefix(word)) else { return false };
        rest = shorter.trim_start_matches(|c: char| !c.is_alphanumeric());
    }
    true
}
