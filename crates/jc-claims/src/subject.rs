//! What a number counts, in the text's own words.

use crate::document::{Kind, Site};
use crate::scan::Found;
use crate::words::{CHANGE, COMPARED, FILLERS, LEADS, NO_FILLERS, VERBS, any_in};

/// A subject is for reading beside the number, not a copy of the sentence.
const LONGEST: usize = 24;

/// The words that say what is counted: those behind the number if it stands before its noun, else those before.
/// `topic` is what an opening 在…中 names, or the subject of the number before; it helps where nothing else is said.
pub(crate) fn subject(found: &Found, site: &Site, topic: &str, coined: Option<&str>) -> String {
    // 按在校生4217人计.
    let base = site.before.rsplit_once('按').map(|(_, base)| base).filter(|_| site.after.starts_with('计'));
    if let Some(base) = base.filter(|base| base.chars().count() >= 2 && !base.starts_with('每')) {
        return clip(base, true);
    }
    let before = head(&site.before);
    let after = tail(&site.after);
    // 校友捐资50万元设立…: who gave has the name; what it was spent on is another matter.
    let spent = ["捐资", "捐款", "捐赠", "出资"];
    let named = found.kind == Kind::Money && spent.iter().any(|verb| site.before.ends_with(verb));
    let lead = site.before.trim_start_matches(['，', '、', '；']);
    let after = if named { String::new() } else { after };
    let before = if named { clip(lead, true) } else { before };
    // 机电一体化7个班: a noun of one character names no more than its measure word.
    // …but what follows a number (14个市62个县) is that number's.
    let begins = (site.start - site.sentence_start).checked_sub(site.before.chars().count() + 1);
    let glued = begins.and_then(|at| site.sentence_text.chars().nth(at)).is_some_and(|c| !"，、：；（。".contains(c));
    let plain = before.chars().count() >= 2 && !any_in(&before, VERBS) && !before.contains('、');
    let noun = after.chars().count() == 1 && plain && !glued;
    let after = if noun { before.clone() + &after } else { after };
    // 四大文化节, 五阶: the noun stands inside the claim.
    if let Some(noun) = coined {
        return clip(&format!("{noun}{}", if noun.chars().count() > 2 { "" } else { &after }), false);
    }
    let own = match found.kind {
        Kind::Rate | Kind::ChangeRate | Kind::Points | Kind::Multiple | Kind::Change => measured(&site.before),
        Kind::Ordinal if !after.is_empty() => after,
        Kind::Rank => placed(&before),
        Kind::Grade | Kind::Ratio | Kind::Date => before,
        Kind::Duration => {
            let lead = without_fillers(without_leads(site.before.trim_end_matches("为期").trim_end_matches("历时")));
            clip(&format!("{lead}{after}"), false)
        }
        _ if !found.grade.is_empty() => return clip(&format!("{topic}{before}{}", grade_name(&found.grade)), false),
        _ if found.bound != crate::document::Bound::Exact && after.is_empty() => before,
        _ if after.is_empty() => before,
        _ => after,
    };
    // 扩大到900平方米, 分别增长: the verb is not what is counted.
    // 机电一体化7个班228人: the noun between the two numbers belongs to the first.
    let shared = own.chars().count() == 1 && topic.ends_with(&own);
    let own = if shared || names_nothing(&own) { String::new() } else { own };
    let own = if own.is_empty() { tail(&site.after) } else { own };
    let own = if names_nothing(&own) { String::new() } else { own };
    // 总数达3200个: the word alone says nothing of what.
    if matches!(own.as_str(), "总数" | "人数" | "总量" | "数量" | "金额" | "规模" | "大关" | "总人数" | "占比")
        && !topic.is_empty()
    {
        return clip(&format!("{topic}{own}"), true);
    }
    if own.is_empty() { clip(topic, false) } else { own }
}

/// 奖牌总数位居全省第二: what is placed, without the verb and among whom.
fn placed(before: &str) -> String {
    const VERBS: &[&str] = &["位居", "位列", "名列", "跃居", "升至", "跃升至", "跻身", "居", "列"];
    let text = before.trim_start_matches('比');
    if VERBS.iter().any(|verb| text.starts_with(verb)) {
        return String::new();
    }
    let at = VERBS.iter().filter_map(|verb| text.rfind(verb)).min().filter(|&at| text[..at].chars().count() >= 2);
    let at = at.filter(|&at| !text[..at].ends_with('分'));
    at.map_or(text, |at| text[..at].trim_end_matches(['，', '在', '以'])).to_string()
}

/// 分别, 高, 其中: words that lead to a number and say nothing of what it counts.
fn names_nothing(own: &str) -> bool {
    const SMALL: &[&str] = &[
        "分别",
        "其中",
        "即",
        "高",
        "高出",
        "低",
        "多",
        "多出",
        "少",
        "计",
        "净",
        "后",
        "前",
        "每人",
        "每生",
        "每名",
        "每位",
        "每生每年",
        "每人每年",
        "每人每月",
        "两者相差",
        "相差",
        "一年",
        "两年",
        "三年",
        "五年",
        "）高出",
        "）低",
        "）多",
    ];
    let own = own.trim_end_matches("的");
    // 发展到, 扩展至: a verb that leads from one value to the next.
    let leads = own.ends_with(['到', '至']) && (3..=4).contains(&own.chars().count()) && !own.ends_with("报到");
    SMALL.contains(&own) || leads || TIMES.contains(&own) || CHANGE.iter().any(|(word, _)| own == *word)
}

/// 比年初的34个, 较上年的16.9万人次: only an earlier time is named, and what is counted is what was counted before.
fn only_compares(text: &str) -> bool {
    let text = text.trim_start_matches(['，', '（']);
    let Some(rest) = ["相比", "比", "较"].iter().find_map(|word| text.strip_prefix(word)) else { return false };
    TIMES.contains(&rest.trim_end_matches(['的', '为', '（', '是']))
}

/// Words for an earlier time.
const TIMES: &[&str] = &[
    "上年",
    "去年",
    "前年",
    "年初",
    "上一年",
    "前一年",
    "上年度",
    "上一年度",
    "上届",
    "上一届",
    "上学年",
    "上学期",
    "上月",
    "上季度",
    "同期",
    "上年同期",
    "去年同期",
    "上期",
    "改造前",
    "改革前",
    "之前",
    "过去",
    "往年",
    "以往",
    "三年前",
    "五年前",
];

/// Do the words before a number say only what it is compared with, or how it changed?
pub(crate) fn looks_back(site: &Site) -> bool {
    only_compares(&site.before) || names_nothing(site.before.trim_start_matches('，'))
}

/// The full word for a medal or mark.
pub(crate) fn grade_name(grade: &str) -> &str {
    match grade {
        "金" => "金牌",
        "银" => "银牌",
        "铜" => "铜牌",
        "优" => "优秀",
        "良" => "良好",
        other => other,
    }
}

/// The noun before a number: behind the last verb, without what only leads to the number.
fn head(before: &str) -> String {
    if only_compares(before) {
        return String::new();
    }
    let text = without_old_value(before);
    let text = text.rsplit('】').next().unwrap_or(text);
    let text = without_leads(text.trim_start_matches(['、', '（', '“', '”', '●', '—', '；', '，']));
    let noun = VERBS
        .iter()
        .filter_map(|verb| text.rfind(verb).map(|at| at + verb.len()))
        .max()
        .map(|at| &text[at..])
        .filter(|noun| {
            noun.chars().count() >= 2 && !matches!(*noun, "人数" | "数量" | "总数" | "次数" | "项数" | "人次")
        })
        .unwrap_or(text);
    clip(without_fillers(noun).trim_start_matches(['、', '，']), true)
}

/// 报到人数由上年的450人: what comes before 由 or 从 is counted.
fn without_old_value(before: &str) -> &str {
    let lead = ["由", "从"].iter().filter_map(|word| before.rfind(word)).max();
    let counted = lead.filter(|&at| {
        before[..at].chars().count() >= 2 && before[at..].chars().count() <= 6 && !before[at..].contains("从业")
    });
    counted.map_or(before, |at| &before[..at])
}

/// What a share or a change measures: the words up to the comparison or the verb of change.
fn measured(before: &str) -> String {
    let mut text = before.rsplit('】').next().unwrap_or(before);
    for word in COMPARED.iter().copied().chain(CHANGE.iter().map(|it| it.0)).chain(["由", "从"]) {
        // A single character before the word is part of it: 缩短, 总增.
        if let Some(at) = text.find(word).filter(|&at| text[..at].chars().count() != 1) {
            text = &text[..at];
        }
    }
    // 比同类专业毕业生高1130元: what is higher was named before; 比全省通过率88.5%高: what one compares with has a name.
    if let Some(other) =
        text.trim_start_matches('，').strip_prefix('比').filter(|rest| !rest.starts_with(['例', '重', '赛', '率']))
    {
        text = if other.ends_with(['高', '低', '多', '少', '出']) { "" } else { other };
    }
    // 是当年的7倍, 为2014年的4倍: of what was counted before.
    let base = text.trim_start_matches(['，', '是', '为', '达', '相', '当', '于']).trim_end_matches('的');
    if base.len() < text.len()
        && (matches!(base, "年" | "去年" | "上年" | "原来" | "前一年" | "上届") || base.ends_with("年同期"))
    {
        text = "";
    }
    let text = without_leads(text);
    let text = text.rsplit(['、', '；']).next().filter(|t| t.chars().count() >= 2).unwrap_or(text);
    clip(without_fillers(text), true)
}

/// The noun and the verbs behind a number.
fn tail(after: &str) -> String {
    let mut text = after.trim_start_matches(['的', ' ']);
    let goes_on =
        text.starts_with(['、', '（', '）', '”', '和', '及', '以', '到', '至', '增', '升', '降', '减', '提', '占']);
    let changed = ["调整", "优化", "压缩", "缩减", "变为"].iter().any(|verb| text.starts_with(verb));
    // 86家发展到129家: nothing is counted behind it but where it led.
    let leads = text.ends_with(['到', '至']) && (3..=4).contains(&text.chars().count()) && !text.ends_with("报到");
    // 教师2145人中双师型教师1276人, 其余2项将于…整改到位.
    let apart = text.starts_with("中双") || text.starts_with('将') || text.starts_with("——");
    if goes_on
        || leads
        || apart
        || changed
        || text.starts_with("大关")
        || any_in(text, &["扩大到", "扩大至", "上升到", "上升至", "下降到", "下降至"])
    {
        return String::new();
    }
    for filler in ["中有", "中仅", "仅", "共", "成功", "顺利", "荣获", "先后", "全部"] {
        text = text.strip_prefix(filler).unwrap_or(text);
    }
    clip(noun_phrase(text).trim_matches(['“', '”', '（']).trim_end_matches("有").trim_end_matches('中'), false)
}

/// The noun a number counts, without the story told of it: 重点学生 of 重点学生在…成长, 毕业生 of 毕业生交出了…. A word for
/// people in general says nothing by itself, so there the story stays.
fn noun_phrase(text: &str) -> &str {
    let aspect = text.char_indices().position(|it| it.1 == '了').and_then(|n| n.checked_sub(2));
    let aspect = aspect.and_then(|n| text.char_indices().nth(n)).map(|it| it.0);
    let story = ["在", "、", "，", "（", "为", "被", "中斩获", "中夺得", "中荣获", "中获", "上斩获", "上夺得", "上获"]
        .iter()
        .filter_map(|word| text.find(word))
        .chain(aspect)
        .min();
    let Some(noun) = story.map(|at| &text[..at]) else { return text };
    let general = matches!(noun, "同学" | "学生" | "教师" | "老师" | "人" | "学员" | "选手" | "师生");
    let quoted = any_in(noun, &["“", "《"]) && !any_in(noun, &["”", "》"]);
    if noun.chars().count() < 2 || general || quoted { text } else { noun }
}

fn without_leads(text: &str) -> &str {
    const WHOLE_WORDS: &[&str] = &[
        "报到", "签到", "占比", "节约", "人均", "平均", "生均", "班均", "师均", "年均", "月均", "日均", "户均", "场均",
    ];
    let mut text = text.trim_end_matches(['“', '（', '—']);
    let longest = |text: &str| LEADS.iter().filter(|lead| text.ends_with(*lead)).map(|lead| lead.len()).max();
    // 台均, 件均: with what it is over it is a word of its own.
    let mean = |text: &str| text.chars().count() == 2 && text.ends_with('均');
    let whole = |text: &str| mean(text) || WHOLE_WORDS.iter().any(|mean| text.ends_with(mean));
    while let Some(lead) = longest(text).filter(|_| !whole(text)) {
        text = &text[..text.len() - lead];
    }
    text
}

fn without_fillers(text: &str) -> &str {
    let mut text = text;
    while !NO_FILLERS.iter().any(|word| text.starts_with(word))
        && let Some(filler) = FILLERS.iter().filter(|filler| text.starts_with(*filler)).map(|filler| filler.len()).max()
        && filler < text.len()
    {
        text = &text[filler..];
    }
    text
}

/// At most [`LONGEST`] characters, from the end or from the start.
fn clip(text: &str, from_end: bool) -> String {
    let text = text.trim_matches(['、', '，', '和', ' ']).trim_start_matches('与').trim_end_matches('及');
    // 及格率 is a name of its own.
    let text = if text.starts_with("及格") { text } else { text.trim_start_matches('及') };
    // Half of a pair of quotation marks says nothing: 双师型”教师.
    let whole = text.matches('“').count() == text.matches('”').count();
    let text: String = text.chars().filter(|c| whole || !matches!(c, '“' | '”')).collect();
    let count = text.chars().count();
    let skip = if from_end { count.saturating_sub(LONGEST) } else { 0 };
    text.chars().skip(skip).take(LONGEST).filter(|&c| c != '\n').collect()
}
