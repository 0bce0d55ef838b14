//! What a rate is the rate of: the word of its result, and which counts say the same.

use crate::document::Claim;
use crate::relate::wording::around::{said_before, words_of};
use crate::words::{ACHIEVED, any_in};

/// Words for having passed an examination: 通过人数 and 获证率 speak of the same people.
pub(super) const PASSED: &[&str] =
    &["通过", "合格", "及格", "达标", "获证", "取得", "持证", "拿到", "考取", "取证", "拿证", "过关", "过级"];

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

/// What became of some, and for what all of them had come.
pub(super) struct Outcome {
    /// What the rate is called.
    pub names: &'static [&'static str],
    /// What is said of those it counts.
    pub done: &'static [&'static str],
    /// What is said of all.
    pub came: &'static [&'static str],
}

pub(super) const OUTCOMES: &[Outcome] = &[
    Outcome {
        names: PASSED,
        done: &[
            "合格",
            "通过",
            "过关",
            "及格",
            "达标",
            "证书",
            "取证",
            "获证",
            "拿证",
            "考取",
            "过线",
            "榜上有名",
            "上榜",
            "过了关",
            "如愿",
            "拿到证",
        ],
        came: EXAMINED,
    },
    Outcome {
        names: &["参与", "参加", "参训", "参赛", "参学", "参保", "加入", "报名"],
        done: &["参与", "参加", "加入", "报名", "报了名", "投身", "参训", "参赛", "参学", "参保", "走进", "走上"],
        came: &["全校", "全院", "全体", "现有", "共有", "在校", "在岗", "在职", "在编", "在册", "应"],
    },
    Outcome {
        names: &["报到", "入学"],
        done: &["报到", "走进校门", "跨进校门", "注册", "办理入学", "入学手续", "踏进校门"],
        came: &["录取", "录了", "通知书"],
    },
    Outcome {
        names: &["到课", "出勤", "到会", "到场", "出席", "参会", "参考", "到考", "到检", "参检", "受检", "体检"],
        done: &[
            "到场",
            "到会",
            "出席",
            "实到",
            "签到",
            "到课",
            "参会",
            "走进会场",
            "坐进",
            "走进考场",
            "到考",
            "到检",
            "参检",
            "受检",
            "做了体检",
            "来了",
        ],
        came: &[
            "应到",
            "应出席",
            "应该",
            "邀请",
            "通知",
            "报名",
            "报考",
            "应考",
            "应参",
            "应检",
            "教职工",
            "会员",
            "现有",
            "共有",
            "全校",
            "全院",
        ],
    },
    Outcome {
        names: &["回收", "收回"],
        done: &["收回", "回收", "交回", "收到"],
        came: &["发出", "发放", "下发", "印发", "寄出"],
    },
    Outcome {
        names: &["获奖"],
        done: &["获奖", "领奖台", "捧回", "捧得", "得奖", "拿奖", "拿到奖"],
        came: &["参赛", "出征", "选送", "报送", "派出", "赴赛", "参加"],
    },
    Outcome {
        names: &["留任", "留用", "留岗"],
        done: &["留下", "留任", "留用", "留了下来", "续签", "续约"],
        came: &["招来", "招收", "录用", "入职", "招聘", "引进", "接收", "进厂", "上岗", "到岗", "聘用"],
    },
    Outcome {
        names: &["立项", "获批", "采纳", "采用", "录用", "中标", "入选", "入围"],
        done: &["立项", "获批", "批下来", "批准", "采纳", "采用", "录用", "中标", "入选", "入围", "选上"],
        came: &["申报", "提出", "征集", "投稿", "报送", "收到", "推荐", "申请", "投标"],
    },
    Outcome {
        names: &["就业", "签约", "落实"],
        done: &["就业", "签约", "签了约", "签下", "找到工作", "走上岗位", "走上工作岗位", "落实", "上岗"],
        came: &["毕业", "结业"],
    },
];

/// Words by which people come to be examined.
const EXAMINED: &[&str] = &[
    "考场",
    "参加",
    "参考",
    "应考",
    "赴考",
    "报考",
    "实考",
    "应试",
    "走上考",
    "环节",
    "参测",
    "受测",
    "参检",
    "送检",
    "抽检",
    "受检",
    "参评",
    "应评",
    "参鉴",
    "考试",
    "测试",
    "参试",
    "赶考",
    "考核",
];

/// What comes of people, one by one.
const OF_PEOPLE: &[&str] = &[
    "取证", "获证", "拿证", "持证", "及格", "就业", "升学", "升本", "签约", "对口", "报到", "入学", "出勤", "到课",
    "到岗", "到会", "到考", "参考", "参与", "参训", "参保", "留任", "留用", "流失", "巩固", "上线", "毕业", "结业",
    "续签", "满意", "双证",
];

/// 取证率, 专业对口率: is it a rate of people, who are neither measured nor paid?
pub(in crate::relate) fn of_people(rate: &Claim) -> bool {
    let stem = rate.subject.trim_end_matches(['率', '度']);
    let name = stem.len() < rate.subject.len() || rate.site.after.starts_with('的');
    let behind = || rate.site.after.split_once('率').map(|(stem, _)| stem.trim_start_matches('的'));
    name && OF_PEOPLE.iter().any(|word| stem.ends_with(word) || behind().is_some_and(|stem| stem.ends_with(word)))
}

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
        let said_before = said_before(rate);
        let mut said_before = said_before.trim_end_matches(&rate.site.before).to_string() + own;
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
        // 六个系的平均出勤率为97.8%: what leads on to the rate says nothing of those before it.
        let named = claim.site.after.trim_end_matches(['为', '达', '到', '是', '在', '约', '有']).ends_with('率');
        let own = if named { &claim.site.before } else { words_of(claim) };
        let words = SAME.iter().find(|words| words.contains(&self.word.as_str()));
        let said = |word: &str| own.contains(word) || word == self.word;
        let words: Vec<&str> = words.map_or(vec![self.word.as_str()], |words| words.to_vec());
        let no = |word: &str| ["未", "没有", "尚", "待", "不"].iter().any(|no| own.contains(&format!("{no}{word}")));
        let denied = words.iter().any(|word| said(word) && no(word));
        // 三个工种中焊工合格率最高: of those one is told.
        let among = claim.unit == "个" && claim.site.after.chars().take(6).any(|c| c == '中');
        // 实到 is what 到校率 counts, 实考 what 参考率 does.
        let actual = || self.word.chars().any(|c| claim.site.before.contains(&format!("实{c}")));
        (self.said_in(own) || actual()) && !denied && !among
    }
}
