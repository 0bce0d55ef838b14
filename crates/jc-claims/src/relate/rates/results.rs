//! What a rate is the rate of: the word of its result, and which counts say the same.

use crate::document::Claim;
use crate::relate::wording::around::{said_before, words_of};
use crate::words::{ACHIEVED, any_in};

/// Words for having passed an examination: 通过人数 and 获证率 speak of the same people.
pub(super) const PASSED: &[&str] =
    &["通过", "合格", "及格", "达标", "获证", "取得", "持证", "拿到", "考取", "取证", "拿证"];

/// Words for one and the same result: 离职55人 is what a 流失率 counts, 支出 what an 执行率 does.
const SAME: &[&[&str]] = &[
    PASSED,
    &["执行", "支出", "支付", "使用", "付款"],
    &["流失", "离职", "辞职"],
    &["整改", "办结", "完成"],
    &["回收", "收回"],
    &["检出", "查出", "筛查出"],
    &["留用", "留任", "录用"],
    &["出勤", "到课", "到岗", "实到", "到会"],
    &["归还", "还回"],
];

/// What a rate is the rate of: 对口就业率 → 就业, narrowed by 对口.
pub(in crate::relate) struct ResultWord {
    word: String,
    narrowed: String,
}

pub(in crate::relate) fn result_of(rate: &Claim) -> Option<ResultWord> {
    // 满意度 is a share only where those who are satisfied are counted; the caller sees to that.
    let degree = rate.subject.strip_suffix('度').filter(|stem| stem.ends_with("满意"));
    let degree = degree.or(rate.subject.strip_suffix("进度"));
    let stem = degree.unwrap_or(rate.subject.trim_end_matches("比例").trim_end_matches(['率', '比']));
    if stem == rate.subject {
        return None;
    }
    // A result not in the list is named by the last two characters: 回收率, 到课率.
    let last_two = || stem.char_indices().rev().nth(1).map(|(at, _)| &stem[at..]);
    let word =
        ACHIEVED.iter().copied().filter(|word| stem.ends_with(word)).max_by_key(|word| word.len()).or_else(last_two)?;
    Some(ResultWord { word: word.to_string(), narrowed: stem[..stem.len() - word.len()].to_string() })
}

impl ResultWord {
    pub(super) fn is(&self, word: &str) -> bool {
        self.word == word
    }

    pub(super) fn said_in(&self, text: &str) -> bool {
        // 达到二级乙等以上575人 has passed too.
        let reached = || text.find("达到").is_some_and(|at| text[at..].contains("以上"));
        let same = SAME.iter().find(|words| words.contains(&self.word.as_str()));
        same.map_or(text.contains(&self.word), |words| any_in(text, words))
            || PASSED.contains(&self.word.as_str()) && reached()
    }

    /// Does the claim count those who reached the result? What narrows the rate must have been said before it.
    pub(super) fn counted_by(&self, claim: &Claim, rate: &Claim) -> bool {
        let own = words_of(claim);
        let narrowed = self.narrowed.trim_start_matches(['的', '其']);
        let said_before: String = said_before(rate);
        let mut said_before = said_before.trim_end_matches(&rate.site.before).to_string() + &own;
        if rate.site.sentence_text.starts_with("其中") {
            said_before.push_str(&rate.site.paragraph_text);
        }
        let pairs: Vec<String> =
            narrowed.chars().zip(narrowed.chars().skip(1)).map(|(a, b)| format!("{a}{b}")).collect();
        let known = pairs.iter().filter(|pair| said_before.contains(pair.as_str())).count();
        // A count behind the rate goes on from what the rate has said.
        let carried = claim.site.start > rate.site.start;
        self.reached_by(claim) && (carried || known * 2 >= pairs.len())
    }

    /// 共合格976人: nothing but the result leads to the number, so that no others are meant than those of the rate.
    pub(super) fn bare_before(&self, claim: &Claim) -> bool {
        let mut lead = claim.site.before.trim_start_matches(['，', '（']).replace(&self.word, "");
        let small = ["实际", "累计", "共有", "人数", "共", "已", "有", "为", "达", "的"];
        small.iter().chain(PASSED).for_each(|word| lead = lead.replace(word, ""));
        lead.is_empty()
    }

    /// Is the result said of the claim, and not denied?
    pub(in crate::relate) fn reached_by(&self, claim: &Claim) -> bool {
        let own = words_of(claim);
        let words = SAME.iter().find(|words| words.contains(&self.word.as_str()));
        let said = |word: &str| own.contains(word) || word == self.word;
        let words: Vec<&str> = words.map_or(vec![self.word.as_str()], |words| words.to_vec());
        let no = |word: &str| ["未", "没有", "尚", "待", "不"].iter().any(|no| own.contains(&format!("{no}{word}")));
        let denied = words.iter().any(|word| said(word) && no(word));
        // 三个工种中焊工合格率最高: of those one is told.
        let among = claim.unit == "个" && claim.site.after.chars().take(6).any(|c| c == '中');
        // 实到 is what 到校率 counts, 实考 what 参考率 does.
        let actual = || self.word.chars().any(|c| claim.site.before.contains(&format!("实{c}")));
        (self.said_in(&own) || actual()) && !denied && !among
    }
}
