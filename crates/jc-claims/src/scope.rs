//! Whether a sentence speaks of just what an indicator counts, or of a part of it, of another school, of other years,
//! of a plan: then the same words name another figure, and a difference is no contradiction.

pub(crate) mod holder;
mod qualified;

use crate::candidates::{Said, said_before};
use crate::document::{Claim, Site};
use crate::judge::Reason;
use crate::lexicon::{EntryKind, Filter, LexEntry, Lexicon, common_verbs};
use crate::words::{FILLERS, LEADS, REGIONS, VERBS, any_in};
use qualified::{by_a_part, qualified};

/// How much of what an indicator counts a sentence speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// All of it: whoever reads the sentence takes it for the indicator's figure.
    Whole,
    /// It says more than the indicator knows (300名毕业生参加体检): perhaps only a part is meant, unless the figures agree.
    PerhapsPart,
    /// It says so right where it names the indicator (投稿论文, 团委组织志愿服务): that the figures agree may be chance.
    Narrowed,
    /// Something else, and why.
    Other(Reason),
}

/// What is meant, wished or prescribed has not been counted by anybody.
const PLANS: &[&str] = &[
    "计划",
    "力争",
    "预计",
    "目标",
    "规划",
    "争取",
    "有望",
    "确保",
    "预期",
    "打算",
    "要求",
    "须达",
    "要达",
    "应建",
    "应完成",
    "应开",
    "应举办",
    "要建成",
    "力求",
    "核定",
    "可容纳",
    "能容纳",
    "应达",
    "不得少于",
    "将达",
    "将突破",
    "将新增",
    "将建",
    "将开",
    "将招",
    "将培",
    "将组",
    "将有",
    "将完",
    "将实",
    "将举",
    "将选",
    "将力",
    "将继",
    "拟于",
    "拟建",
    "拟开",
    "拟招",
    "拟新",
    "拟组",
];

/// Several years at once, besides those told by their number ([`several_years`]).
const YEARS: &[&str] = &["历年", "历届", "建校以来", "办学以来", "建院以来", "成立以来", "十三五", "十四五", "十五五"];

/// Less than the year.
const PARTS_OF_YEAR: &[&str] = &[
    "上半年",
    "下半年",
    "季度",
    "学期",
    "当月",
    "本月",
    "上月",
    "月份",
    "本周",
    "上周",
    "每周",
    "每月",
    "寒假",
    "暑假",
    "开学以来",
    "当天",
    "当日",
    "首日",
];

/// With these a region is only the name of an occasion: 全省技工院校技能大赛.
const OCCASIONS: &[&str] =
    &["赛", "奖", "评", "选", "考核", "会", "课", "节", "首", "优秀", "示范", "称号", "项目", "荣誉"];

/// What ends the name of a part of the school: 护理专业, 汽修系.
const PARTS: &[&str] = &["系", "专业", "班", "系的", "专业的", "班的", "学院的", "级学生"];

/// Words for some of the people, and of what they made.
const GROUPS: &[&str] = &[
    "女",
    "男",
    "女生",
    "男生",
    "籍",
    "困难",
    "贫困",
    "低保",
    "残疾",
    "农村",
    "城镇",
    "退役",
    "省外",
    "市外",
    "外地",
    "本地",
    "住校",
    "走读",
    "往届",
    "退休",
    "离退休",
    "新生",
    "老生",
    "外聘",
    "兼职",
    "编外",
    "核心期刊",
    "党员",
    "团员",
    "干部",
    "班主任",
    "辅导员",
];

/// Where something stands that is applied for, judged and finished: 课题立项30项 are not all projects.
const STAGES: &[&str] = &[
    "投稿", "投出", "征集", "报名", "申报", "申请", "推荐", "报送", "评审", "入围", "立项", "在研", "中期", "结题",
    "结项", "鉴定", "验收", "录用", "刊用", "获奖", "延期", "终止", "转化", "补考",
];

/// Own ways of naming the school, which narrow nothing.
const OURSELVES: &[&str] = &[
    "学校", "学院", "我校", "我院", "本校", "本院", "全校", "全院", "校内", "学子", "学生", "师生", "同学", "教师",
    "老师", "我们",
];

/// Words that say no more than that the whole year is meant.
const WHOLE: &[&str] = &[
    "2",
    "0",
    "1",
    "年度",
    "学年",
    "全年",
    "年底",
    "年末",
    "截至",
    "截止",
    "目前",
    "本年",
    "当年",
    "今年",
    "今年以来",
    "一年来",
    "本届",
    "届",
    "年",
    "期间",
    "共有",
    "总计",
    "合计",
    "共计",
    "累计",
    "总数",
    "总共",
    "一共",
    "共",
    "总",
    "全部",
    "全体",
    "应届",
    "广大",
    "各类",
    "各级",
    "其中",
    "达到",
    "人数",
    "数量",
    "规模",
    "次数",
    "项数",
    "枚数",
    "人员",
    "队伍",
    "经费",
    "已有",
    "现有",
    "仍",
    "上年",
    "去年",
    "上一年",
    "这一年",
    "年内",
    "一年间",
    "一年下来",
    "只有",
    "就有",
    "也有",
];

/// What a sentence says beyond the words of the indicator. `near` is 3 where the word stands beside the number.
pub(crate) fn sense(
    claim: &Claim,
    entry: &LexEntry,
    said: &Said,
    near: u8,
    narrowed: &[&Filter],
    lexicon: &Lexicon,
) -> Sense {
    let (site, word) = (&claim.site, said.text.as_ref());
    let up_to = site.clause_text.find(&site.before).map_or(0, |at| at + site.before.len());
    let (lead, before) = (&site.clause_text[..up_to], said_before(claim));
    if (any_in(lead, PLANS) || headed_by_a_plan(claim)) && !any_in(word, PLANS) {
        return Sense::Other(Reason::Intended);
    }
    let sentence = site.sentence_text.as_ref();
    if any_in(sentence, YEARS) || since_long(sentence) || several_years(sentence) {
        return Sense::Other(Reason::NoPeriod);
    }
    if part_of_year(before) && !entry.words.iter().any(|word| any_in(word, PARTS_OF_YEAR)) {
        return Sense::Other(Reason::PartOfPeriod);
    }
    if elsewhere(lead, word, &claim.text, lexicon) {
        return Sense::Other(Reason::Elsewhere);
    }
    let counted = matches!(entry.kind, EntryKind::Count | EntryKind::PersonTimes | EntryKind::Time | EntryKind::Money);
    // Of what is counted for each already nothing more is shared: 人均停留12天.
    let means = ["平均每", "人均", "班均", "生均"].iter().filter(|mean| !word.contains(*mean));
    let shared = site.before.ends_with(['各', '每']) || means.into_iter().any(|mean| site.before.contains(mean));
    if counted && (claim.each.is_some() || shared) {
        return Sense::Other(Reason::NoSlice);
    }
    let (enumerated, all_of_them) = enumerated(claim, word, entry);
    let narrowed: &[&Filter] = &[narrowed, &enumerated].concat();
    let modifier = without(&modifier(claim, word), entry, narrowed);
    let part = PARTS.iter().any(|part| modifier.ends_with(part) && modifier != *part) && !no_part(&modifier);
    if part || GROUPS.iter().any(|group| modifier.ends_with(group)) {
        return Sense::Other(Reason::NoSlice);
    }
    if part_of_school(lead, word, entry, narrowed, lexicon) {
        return Sense::Other(Reason::NoSlice);
    }
    if near == 3 && entry.kind == EntryKind::Growth {
        return Sense::Whole;
    }
    if of_a_month(before)
        || of_a_cohort(lead)
        || of_a_level(before, word, entry)
        || near == 3 && at_a_stage(site, word, narrowed)
        || by_a_part(lead, word, entry, narrowed, lexicon)
        || qualified(claim, said, entry, narrowed, lexicon)
    {
        // A place is one contest's, and named with it.
        return if entry.kind == EntryKind::Rank { Sense::PerhapsPart } else { Sense::Narrowed };
    }
    if near < 3 {
        return Sense::PerhapsPart;
    }
    // Between the word and the number nothing else may be said (教职工体检167人), and behind it not much.
    let own = |c: char| entry.words.iter().chain(&entry.context).chain(&entry.names).any(|word| word.contains(c));
    let strange = |text: &str| {
        let places = lexicon.places.iter().fold(text.to_owned(), |text, (place, _)| text.replace(place, ""));
        without(&places, entry, narrowed)
    };
    let count = |text: String| text.chars().filter(|c| is_han(*c) && !own(*c)).count();
    let (between, around) = match (site.before.rfind(word), site.after.find(word)) {
        (Some(at), _) => (&site.before[at + word.len()..], site.after.as_str()),
        (None, Some(at)) => (&site.after[..at], &site.after[at + word.len()..]),
        (None, None) => (before.rsplit_once(word).map_or("", |(_, between)| between), ""),
    };
    // 党员先锋岗从教学一线延伸到后勤，已有97个: what opens the clause before is what there is so much of.
    let opens = |at: usize| without(&site.before[..at], entry, narrowed).is_empty();
    let between = match (between.rsplit_once('，'), site.before.rfind(word)) {
        (Some((_, own)), Some(at)) if opens(at) => own,
        _ => between,
    };
    let around = without_the_next(around);
    // 志愿服务活动我们办了42场: what is done is said of all of it.
    let between = count(common_verbs().fold(strange(between), |text, verb| text.replace(verb, "")));
    match () {
        () if between > 0 && !site.after.contains(word) && entry.kind != EntryKind::Rank => Sense::Narrowed,
        () if between > 0 || count(strange(around)) > 2 || !all_of_them => Sense::PerhapsPart,
        () => Sense::Whole,
    }
}

/// Whether a text names more than a word or two that the indicator does not explain.
pub(crate) fn names_another(said: &str, entry: &LexEntry, narrowed: &[&Filter], lexicon: &Lexicon) -> bool {
    let own = |c: char| entry.words.iter().chain(&entry.context).chain(&entry.names).any(|word| word.contains(c));
    let places = lexicon.places.iter().fold(said.to_owned(), |text, (place, _)| text.replace(place, ""));
    let strange = common_verbs().fold(without(&places, entry, narrowed), |text, verb| text.replace(verb, ""));
    strange.chars().filter(|c| is_han(*c) && !own(*c)).count() > 2
}

/// Whether the words on either side of the one that names the indicator tell a stage that it does not tell.
fn at_a_stage(site: &Site, word: &str, narrowed: &[&Filter]) -> bool {
    let told = |stage: &str| word.contains(stage) || narrowed.iter().any(|filter| filter.word.contains(stage));
    let stages = || STAGES.iter().filter(|stage| !told(stage));
    let parted = |text: &str, at: usize| (text[..at].trim_end_matches(|c| "的各类项了".contains(c)).to_owned(), at);
    if let Some((lead, at)) = site.before.rfind(word).map(|at| parted(&site.before, at)) {
        let behind = &site.before[at + word.len()..];
        return stages().any(|stage| lead.ends_with(stage) || behind.contains(stage));
    }
    let Some((lead, at)) = site.after.find(word).map(|at| parted(&site.after, at)) else { return false };
    let behind = &site.after[at + word.len()..];
    stages().any(|stage| lead.ends_with(stage) || behind.starts_with(stage))
}

/// Whether the time nearest before the number is less than a year; 全年 behind 上半年 takes it back.
fn part_of_year(said: &str) -> bool {
    let last = |words: &[&str]| words.iter().filter_map(|word| said.rfind(word)).max();
    let part = last(PARTS_OF_YEAR);
    part.is_some() && part > last(&["全年", "年度", "学年", "年底", "年末", "截至", "一年来"])
}

/// Whether the sentence speaks of a level and those above it, which the indicator does not know: 在市级以上竞赛中，获奖84人次.
fn of_a_level(said: &str, word: &str, entry: &LexEntry) -> bool {
    let told = |text: &str| ["级以上", "级及以上"].iter().any(|level| text.contains(level));
    entry.level.is_none() && told(said) && !told(word) && !entry.words.iter().any(|word| told(word))
}

/// 2023级学生: those who came in one year.
fn of_a_cohort(lead: &str) -> bool {
    let year = |at: usize| lead[..at].chars().rev().take_while(char::is_ascii_digit).count() == 4;
    lead.match_indices('级').any(|(at, _)| year(at))
}

/// Whether the time nearest before the number is a month, and not one up to which is counted: 截至12月.
fn of_a_month(said: &str) -> bool {
    let numbered = |at: usize| said[..at].ends_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let Some((at, _)) = said.match_indices('月').rfind(|(at, _)| numbered(*at)) else { return false };
    let since =
        ["全年", "年度", "学年", "年底", "年末", "截", "以来", "至今"].iter().filter_map(|it| said.rfind(it)).max();
    since.is_none_or(|since| since + "截至2024年".len() < at)
}

/// Whether the clause is about a part of the school that the slices do not know: 护理专业完成技术转让2项.
fn part_of_school(lead: &str, word: &str, entry: &LexEntry, narrowed: &[&Filter], lexicon: &Lexicon) -> bool {
    let until = lead.rfind(word).unwrap_or(lead.len());
    let subject = lead[..until].rsplit(['，', '、', '：']).next().unwrap_or_default();
    let subject = OURSELVES.iter().fold(subject, |text, own| text.strip_prefix(own).unwrap_or(text));
    ["系", "专业", "学院"].iter().any(|part| {
        subject.find(part).is_some_and(|at| {
            let (name, rest) = (&subject[..at], &subject[at + part.len()..]);
            // 人文学院与三大专业学院 names both; 专业班级 is a class, not a speciality.
            if rest.starts_with(['与', '和', '及', '班']) || no_part(&subject[..at + part.len()]) {
                return false;
            }
            let people = OURSELVES.iter().chain(&["毕业生"]).any(|word| rest.starts_with(word));
            let verb = rest.chars().count() <= 2 || people || VERBS.iter().any(|verb| rest.starts_with(verb));
            let length = name.chars().count();
            let ours = lexicon.own_names.iter().any(|own| own.contains(name));
            let known = ours || narrowed.iter().any(|filter| filter.word.contains(name));
            verb && (2..=6).contains(&length) && !known && !without(name, entry, narrowed).is_empty()
        })
    })
}

/// 联系 and 体系 are no parts of a school.
fn no_part(text: &str) -> bool {
    ["联系", "关系", "体系"].iter().any(|word| text.ends_with(word))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

/// 自2019年以来 is long; 今年以来 is not.
fn since_long(sentence: &str) -> bool {
    let Some(at) = sentence.find("以来") else { return false };
    let before = &sentence[..at];
    before.contains('自') && !before.ends_with("今年") && !before.ends_with("本学年")
}

/// 近三年, 三年累计, 过去5年, 两年间: more years than one, told by their number.
fn several_years(sentence: &str) -> bool {
    const BEFORE: [&str; 6] = ["近", "过去", "前", "这", "最近", "以来的"];
    const BEHIND: [&str; 8] = ["来", "间", "内", "里", "累计", "共计", "合计", "以来"];
    sentence.match_indices('年').any(|(at, year)| {
        let lead = &sentence[..at];
        let number = lead.trim_end_matches(|c: char| c.is_ascii_digit() || "两二三四五六七八九十几数多".contains(c));
        let said = &lead[number.len()..];
        let behind = &sentence[at + year.len()..];
        let several = said != "1" && (1..=2).contains(&said.chars().count());
        several && (BEFORE.iter().any(|it| number.ends_with(it)) || BEHIND.iter().any(|it| behind.starts_with(it)))
    })
}

/// Whether what stands before the sentence's colon calls it a plan (目标：就业率达到99.5%), or the clause before asks for it
/// (年初要点提出，).
fn headed_by_a_plan(claim: &Claim) -> bool {
    const ASKED: [&str; 8] = ["要求", "规定", "提出", "明确", "部署", "计划", "目标", "强调"];
    let sentence = &claim.site.sentence_text;
    let until = sentence.find(claim.site.clause_text.as_ref()).unwrap_or_default();
    let said = &sentence[..until];
    let done = any_in(&claim.site.before, &["已", "实际", "完成"]);
    let clause = said.strip_suffix('，').and_then(|it| it.rsplit(['，', '。', '；']).next()).unwrap_or_default();
    let by_it =
        clause.starts_with(['按', '据']) && ["方案", "规划", "安排", "文件"].iter().any(|it| clause.ends_with(it));
    let asked = by_it || ASKED.iter().any(|word| clause.ends_with(word));
    let heads = said.rsplit_once('：').and_then(|(head, _)| head.rsplit(['，', '；', '。']).next());
    asked && !done || heads.is_some_and(|head| head.chars().count() <= 10 && any_in(head, PLANS))
}

/// Whether the words behind a region's name tell of what it has, and not of its rank or of an occasion.
fn of_a_region(rest: &str) -> bool {
    const HAVE: [&str; 7] = ["技工院校", "职业院校", "职业学校", "中职", "高职", "各校", "各院校"];
    let has = ["共有", "现有", "拥有"].iter().any(|have| rest.starts_with(have));
    has || HAVE.iter().any(|have| rest.starts_with(have)) && !any_in(rest, OCCASIONS)
}

/// Whether what is counted is others': a region's, or another institution's. `lead` is what stands before the number.
fn elsewhere(lead: &str, word: &str, number: &str, lexicon: &Lexicon) -> bool {
    let until = lead.rfind(word).unwrap_or(lead.len());
    let lead = &lead[..until];
    let places = lexicon.places.iter().map(|(place, _)| place.as_str());
    if places.clone().any(|place| lead.rsplit_once(place).is_some_and(|(_, rest)| of_a_region(rest))) {
        return true;
    }
    let region = REGIONS
        .iter()
        .filter_map(|region| lead.rfind(region).map(|at| &lead[at + region.len()..]))
        .min_by_key(|it| it.len());
    // 全省首家, 全国唯一 is a rank of ours among them; so is the phase of 全国技工院校第三阶段建设院校.
    let rank = |text: &str| ["首", "第", "唯一", "最"].iter().any(|rank| text.starts_with(rank));
    let ours = |rest: &str| rank(rest) || rank(number) || rank(word);
    if region.is_some_and(|rest| {
        rest.chars().filter(|c| is_han(*c)).count() <= 10 && !any_in(rest, OCCASIONS) && !ours(rest)
    }) {
        return true;
    }
    if lexicon.own_names.is_empty() {
        return false;
    }
    const KINDS: [&str; 8] =
        ["技师学院", "职业学院", "技术学院", "技工学校", "职业学校", "职业中专", "职校", "中专学校"];
    KINDS.iter().any(|kind| {
        lead.match_indices(kind).any(|(at, _)| {
            let name = &lead[..at + kind.len()];
            let before = lead[..at].chars().next_back();
            let named = before.is_some_and(|c| is_han(c) && !"该本各类所我和与及的高".contains(c));
            let close = lead[at + kind.len()..].chars().count() <= 14;
            named && close && !lexicon.own_names.iter().any(|own| name.ends_with(own.as_str()))
        })
    })
}

/// What is said behind a number without what is told of others: of 银牌和若干铜牌 only the first have a number.
fn without_the_next(around: &str) -> &str {
    const SOME: [&str; 6] = ["若干", "一批", "部分", "多个", "众多", "不少"];
    let next = around.match_indices(['和', '与', '及', '、']);
    let next = next.map(|(at, sign)| (at, &around[at + sign.len()..]));
    next.into_iter()
        .find(|(_, rest)| SOME.iter().any(|some| rest.starts_with(some)))
        .map_or(around, |(at, _)| &around[..at])
}

/// The words of slices of which several of one field are named, and whether that is all of them: 课程、教材及考核方案 need
/// not be, and narrow what is counted to no single one. What the indicator's own word names, and examples (文艺、体育等各类),
/// leave nothing out.
fn enumerated<'e>(claim: &Claim, word: &str, entry: &'e LexEntry) -> (Vec<&'e Filter>, bool) {
    let said = claim.site.before.as_str();
    let named: Vec<&Filter> = entry.filters.iter().filter(|it| said.contains(&it.word)).collect();
    let other = |it: &&&Filter| named.iter().any(|other| other.field == it.field && other.value != it.value);
    let several: Vec<&Filter> = named.iter().filter(other).copied().collect();
    let left_out = |it: &Filter| {
        several.iter().any(|one| one.field == it.field) && several.iter().all(|one| one.value != it.value)
    };
    let examples = ["等各", "等所有", "等全部"].iter().any(|end| said.contains(end));
    let all = examples || several.iter().all(|one| word.contains(&one.word)) || !entry.filters.iter().any(left_out);
    (several, all)
}

/// What stands before a word in its list, without examples of what it names as a whole: 文艺、体育等各类社团.
fn beside<'t>(said: &'t str, signs: &[char]) -> &'t str {
    let own = said.rsplit(signs).next().unwrap_or_default();
    let listed = said[..said.len() - own.len()].ends_with('、');
    own.split_once('等').filter(|_| listed).map_or(own, |(_, rest)| rest)
}

/// What stands before the word and narrows it, up to the last verb; or between the number and the word behind it.
fn modifier(claim: &Claim, word: &str) -> String {
    let site = &claim.site;
    if let Some(at) = site.before.rfind(word) {
        let lead = beside(&site.before[..at], &['，', '、', '：', '；', '。']);
        let verb = VERBS.iter().filter_map(|verb| lead.rfind(verb).map(|at| at + verb.len())).max().unwrap_or(0);
        return lead[verb..].to_owned();
    }
    site.after.find(word).map_or_else(String::new, |at| site.after[..at].trim_start_matches('的').to_owned())
}

/// A text without what the indicator, its slices, the time, the school and the small words of the language explain.
fn without(text: &str, entry: &LexEntry, narrowed: &[&Filter]) -> String {
    let mut known: Vec<&str> = Vec::new();
    known.extend(narrowed.iter().map(|filter| filter.word.as_str()));
    known.extend(entry.words.iter().chain(&entry.context).map(String::as_str));
    known.extend(VERBS.iter().chain(FILLERS).chain(LEADS).chain(OURSELVES).chain(WHOLE).copied());
    known.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let mut text = text.to_owned();
    for word in known.into_iter().filter(|word| word.chars().count() > 1 || WHOLE.contains(word)) {
        text = text.replace(word, "");
    }
    text.chars().filter(|c| !"的了在中内里上等并和与及为到有是达获，、：；“”（） ".contains(*c)).collect()
}
