//! What the surroundings make of a number: share or growth, finding or condition, level, and time.

use crate::document::{Bound, Claim, Kind, Level, Measure, Period, Site};
use crate::exact::Exact;
use crate::layout::Layout;
use crate::lexicon::Lexicon;
use crate::scan::Found;
use crate::words::{CHANGE, COMPARED, HAPPENING, MEANS, MEANS_OVER_TIME, SAVED, STANDING, any_in};

/// Settles the kind of a number from the words of its clause; true if it speaks of a decline.
pub(crate) fn settle_kind(found: &mut Found, site: &Site) -> bool {
    let lead = &site.before;
    match found.kind {
        Kind::Rate | Kind::Multiple | Kind::Points => {
            // 较当地平均水平（3600元）高50%: the bracket parts the comparison from its verb.
            let over = || lead.starts_with('）').then(|| compared_by(site)).flatten();
            let change = change_in(lead, &site.after).or_else(over).or_else(|| goes_on(lead, site));
            // 足足降了12个百分点: of points nothing else can be said.
            let change = change.or_else(|| moved(lead).filter(|_| found.kind == Kind::Points));
            // 同比-3.5%: no share of anything.
            let below = || found.value.is_some_and(|value| value < Exact::ZERO) && any_in(lead, COMPARED);
            let change = change.or_else(|| below().then_some(false));
            if found.kind == Kind::Rate && change.is_some() {
                found.kind = Kind::ChangeRate;
                // 近40%, 逾40%: growth has no ceiling of 100 %.
                if found.bound == Bound::AtLeast {
                    found.max = None;
                }
            }
            return change.unwrap_or(false);
        }
        Kind::Count | Kind::PersonTimes | Kind::Money | Kind::Hours | Kind::Quantity | Kind::Duration => {}
        _ => return false,
    }
    let measured =
        matches!(found.unit.as_str(), "分" | "年" | "岁" | "周岁" | "学时" | "小时" | "天" | "个月" | "课时" | "级");
    let bounded = matches!(found.bound, Bound::AtLeast | Bound::AtMost);
    // 5000元以上的占46.8%, 3500—5000元的占41.5%: a class of which a share is told.
    let class = bounded || found.bound == Bound::Range;
    // 3000元以下的312人: the class whose people are counted.
    let counted = matches!(site.after.as_str(), "的" | "的有" | "的为" | "的共" | "的仅" | "之间的" | "之间的有");
    if class
        && (counted || ["的占", "占", "之间的占", "的比例", "的比重"].iter().any(|word| site.after.starts_with(word)))
    {
        found.kind = Kind::Threshold;
        return false;
    }
    // 5年以上企业经历的教师43人: what follows is counted, the years are a condition.
    let condition =
        site.after.starts_with(['的', '（']) || (!site.after.is_empty() && !site.clause_text.ends_with(&site.after));
    if measured && ((bounded && condition) || (lead.ends_with('满') && site.after.starts_with('的'))) {
        found.kind = Kind::Threshold;
        return false;
    }
    // 比上年（945人次）多671人次: the bracket parts the comparison from its verb.
    let at = site.clause_text.find(lead.as_str()).filter(|_| lead.starts_with('）')).unwrap_or(0);
    let whole = format!("{}{lead}", &site.clause_text[..at]);
    let arrives = site.after.starts_with(['至', '到']);
    if let Some(falls) = counted_change(if at > 0 { &whole } else { lead }, arrives) {
        found.kind = Kind::Change;
        return falls;
    }
    // 比最高限价9200万元低340万元, 比平均水平高443元.
    const APART: &[(&str, bool)] =
        &[("高", false), ("多", false), ("高出", false), ("多出", false), ("低", true), ("少", true)];
    let own = lead.trim_start_matches('，');
    let compares = |text: &str| {
        let none = ["比例", "比重", "比赛", "比率", "较高", "较多", "较低", "较少", "较大"];
        text.starts_with(['比', '较']) && !none.iter().any(|word| text.starts_with(word))
    };
    let said = |word: &str| {
        own == word && compares(site.clause_text.trim_start_matches('，')) || compares(own) && own.ends_with(word)
    };
    let apart = APART.iter().find(|(word, _)| said(word));
    if let Some(&(_, falls)) = apart.filter(|_| found.kind != Kind::Duration) {
        found.kind = Kind::Change;
        return falls;
    }
    // 用水3.84万吨，去年4.00万吨，少用0.16万吨: more or less of something than at an earlier time.
    let verb = own.chars().next().filter(|c| matches!(c, '多' | '少')).filter(|_| own.chars().count() == 2);
    if let Some(verb) = verb
        && own != "多达"
        && any_in(&site.sentence_text, &["去年", "上年", "上届", "同期", "上期", "上月", "上学期", "上学年"])
        && found.kind != Kind::Duration
    {
        found.kind = Kind::Change;
        return verb == '少';
    }
    let mean = any_in(lead, MEANS) || MEANS_OVER_TIME.iter().any(|(word, _)| lead.contains(word));
    if matches!(found.kind, Kind::Count | Kind::PersonTimes) && mean {
        found.kind = Kind::Quantity;
    }
    false
}

/// 比…（…）高, 较…（…）低: a comparison around a bracket; true if it falls.
fn compared_by(site: &Site) -> Option<bool> {
    let at = site.clause_text.find(site.before.as_str())?;
    let compared = site.clause_text[..at].contains(['比', '较']) && site.clause_text[..at].contains('（');
    let falls = match site.before.as_str() {
        "）高" | "）高出" | "）多" | "）多出" => false,
        "）低" | "）少" => true,
        _ => return None,
    };
    compared.then_some(falls)
}

/// 比同类专业高1130元，高出22.2%: the comparison was made in the clause before.
fn goes_on(lead: &str, site: &Site) -> Option<bool> {
    // 比去年的6560人次多出四分之一.
    let compared = |until: &str| any_in(until, COMPARED) || until.contains('比');
    if let Some(falls) = match lead {
        "多出" | "高出" | "多了" | "高了" => Some(false),
        "少了" | "低了" => Some(true),
        _ => None,
    } && let Some(at) = site.clause_text.rfind(lead)
        && compared(&site.clause_text[..at])
    {
        return Some(falls);
    }
    let falls = match lead.trim_start_matches('，') {
        "高" | "高出" | "高了" | "多" | "多出" | "多了" => false,
        "低" | "低了" | "少" | "少了" => true,
        _ => return None,
    };
    let at = site.sentence_text.find(&*site.clause_text)?;
    let before = site.sentence_text[..at].trim_end_matches('，');
    let before = before.rsplit(['，', '：']).next()?;
    (before.contains(['比', '较']) && before.contains(['高', '低', '多', '少'])).then_some(falls)
}

/// Does a percentage state a change? The nearest of 率 / 占 and of the verbs of change decides; 到 and 至 lead to a
/// level, not to a difference.
fn change_in(lead: &str, after: &str) -> Option<bool> {
    let behind: String = after.trim_start_matches(['的', '“']).chars().take(3).collect();
    if let Some(&(_, falls)) = CHANGE.iter().find(|(word, _)| behind.starts_with(word)) {
        return after.starts_with('的').then_some(falls);
    }
    // 能耗降了12%, 同比多20%.
    const SHORT: &[(&str, bool)] = &[
        ("降了", true),
        ("跌了", true),
        ("增了", false),
        ("涨了", false),
        ("升了", false),
        ("同比多", false),
        ("同比少", true),
        ("同比降", true),
        ("同比升", false),
        ("同比涨", false),
        ("同比减", true),
        ("精简", true),
    ];
    // 去年105万元，增20%: nothing but the verb.
    const ALONE: &[(&str, bool)] =
        &[("增", false), ("升", false), ("涨", false), ("降", true), ("减", true), ("跌", true)];
    let clause = lead.trim_start_matches('，');
    let alone = || ALONE.iter().find(|(word, _)| clause == *word).map(|&(_, falls)| falls);
    let short = || SHORT.iter().find(|(word, _)| lead.ends_with(word)).map(|&(_, falls)| falls).or_else(alone);
    let Some((at, word, falls)) = last_change(lead) else { return short() };
    let rest = &lead[at + word.len()..];
    // 增加值 is what is produced, and no change.
    if word == "增加" && rest.starts_with('值') {
        return short();
    }
    // 增幅达到45%: what grew is named, and not where it came to.
    let named = word.ends_with(['幅', '速']) || rest.starts_with(['率', '幅']);
    let level = rest.ends_with(['到', '至']) || any_in(rest, &["至", "到", "占"]) && !rest.contains("达到");
    if level && !named {
        return None;
    }
    // 增长率, 增长比例 is a growth; 提升…合格率 speaks of the share.
    let share =
        rest.find(['率', '占', '面']).is_some_and(|n| n > 0 && !rest.starts_with("比率")) || rest.starts_with('面');
    let far = rest.chars().count() > 12;
    (!share && !far).then_some(falls)
}

/// 提高374元, 节约了16.4万元: nothing but a verb of change leads to the number; true if it falls.
pub(crate) fn only_changes(lead: &str) -> Option<bool> {
    let lead = lead.trim_start_matches('，');
    let verbs = [lead, lead.trim_end_matches(['了', '约', '近'])];
    CHANGE.iter().chain(SAVED).find(|(word, _)| verbs.contains(word)).map(|&(_, falls)| falls)
}

/// 足足降了, 又升: the verb of one character that leads to the number; true if it falls.
fn moved(lead: &str) -> Option<bool> {
    match lead.trim_end_matches(['了', '约', '近']).chars().next_back()? {
        '降' | '跌' | '减' | '落' | '滑' | '少' | '低' => Some(true),
        '升' | '涨' | '增' | '高' | '多' => Some(false),
        _ => None,
    }
}

/// The last verb of change in a text.
fn last_change(text: &str) -> Option<(usize, &'static str, bool)> {
    CHANGE.iter().filter_map(|&(word, falls)| text.rfind(word).map(|at| (at, word, falls))).max_by_key(|it| it.0)
}

/// 超计划46人: by so much more than was planned.
pub(crate) const ABOVE_PLAN: &[&str] = &["超计划", "超出计划", "超额", "超出目标", "超过计划", "超目标", "超计划招生"];

/// 增加14枚, 比上年多5人, 提高1200元至7000元: an absolute change. `arrives` says that what it came to follows.
fn counted_change(lead: &str, arrives: bool) -> Option<bool> {
    let compared = any_in(lead, COMPARED) || arrives;
    if ABOVE_PLAN.iter().any(|word| lead.ends_with(word)) {
        return Some(false);
    }
    if let Some((at, word, falls)) = last_change(lead) {
        let rest = &lead[at + word.len()..];
        let close = rest.is_empty() || rest == "了" || rest == "近" || rest == "约";
        let verb =
            matches!(word, "增加" | "净增" | "减少" | "下降" | "多了" | "少了" | "涨了" | "缩短" | "同比增" | "环比增")
                || compared;
        return (close && verb).then_some(falls);
    }
    if compared && (lead.ends_with('多') || lead.ends_with("多出") || lead.ends_with("高出")) {
        return Some(false);
    }
    // 比去年多招540人, 比上届少获3枚: a verb of one or two characters may stand between.
    let behind =
        lead.rfind(['多', '少']).filter(|&at| compared && COMPARED.iter().any(|word| lead[..at].contains(word)));
    if let Some(at) = behind.filter(|&at| lead[at..].chars().count() <= 3 && !lead[at..].starts_with("多数")) {
        return Some(lead[at..].starts_with('少'));
    }
    (compared && lead.ends_with(['少', '降'])).then_some(true).or((compared && lead.ends_with('增')).then_some(false))
}

/// Stock or flow: the last word before the number that says so, else the first behind it, else what is counted, else how its
/// sentence opens. Attendances are always of a time; shares, means and ranks are neither.
pub(crate) fn measure(kind: Kind, site: &Site, subject: &str) -> Option<Measure> {
    const OPENING: &[&str] = &["截至", "截止", "目前", "现在"];
    if kind == Kind::PersonTimes {
        return Some(Measure::Flow);
    }
    kind.counts().then_some(())?;
    let all =
        || STANDING.iter().map(|word| (*word, Measure::Stock)).chain(HAPPENING.iter().map(|w| (*w, Measure::Flow)));
    let last = |text: &str| {
        let found = all().filter_map(|(word, it)| Some((text.rfind(word)? + word.len(), word.len(), it)));
        found.max_by_key(|(end, len, _)| (*end, *len)).map(|it| it.2)
    };
    let first = |text: &str| {
        let found = all().filter_map(|(word, it)| Some((text.find(word)?, usize::MAX - word.len(), it)));
        found.min_by_key(|(at, len, _)| (*at, *len)).map(|it| it.2)
    };
    let opens = || OPENING.iter().any(|word| site.sentence_text.starts_with(word)).then_some(Measure::Stock);
    last(&site.before).or_else(|| first(&site.after)).or_else(|| last(subject)).or_else(opens)
}

/// The level a number speaks of: the nearest word before it in its clause, else the first behind, else in the sentence.
pub(crate) fn level(site: &Site, lexicon: &Lexicon) -> Option<Level> {
    level_before(&site.before, lexicon).or_else(|| level_in(&site.after, false, lexicon)).or_else(|| {
        let up_to = site.clause_text.find(&site.before).map_or(0, |at| at + site.before.len());
        level_before(&site.clause_text[..up_to], lexicon)
    })
}

/// The last level a text names.
pub(crate) fn level_before(text: &str, lexicon: &Lexicon) -> Option<Level> {
    level_in(text, true, lexicon)
}

/// The last level a text names, or the first.
fn level_in(text: &str, last: bool, lexicon: &Lexicon) -> Option<Level> {
    let mut best: Option<(usize, usize, Level)> = None;
    let mut offer = |word: &str, level: Level| {
        // 5个国家 counts nations; it is no level.
        let found = if last { text.rfind(word) } else { text.find(word) };
        let nations = |at: usize| word == "国家" && text[at + word.len()..].starts_with(['的', '和', '、', '，', '及']);
        if let Some(at) = found.filter(|&at| !nations(at)) {
            let better = best.is_none_or(|(b, len, _)| {
                if last { (at + word.len(), word.len()) > (b + len, len) } else { (at, len) < (b, word.len()) }
            });
            if better {
                best = Some((at, word.len(), level));
            }
        }
    };
    LEVEL_WORDS.iter().for_each(|&(word, level)| offer(word, level));
    lexicon.places.iter().for_each(|(word, level)| offer(word, *level));
    best.map(|it| it.2)
}

const LEVEL_WORDS: &[(&str, Level)] = &[
    ("国际", Level::International),
    ("世界", Level::International),
    ("全国", Level::Nation),
    ("国家级", Level::Nation),
    ("国家", Level::Nation),
    ("教育部", Level::Nation),
    ("人社部", Level::Nation),
    ("国赛", Level::Nation),
    ("国家级以上", Level::Nation),
    ("全省", Level::Province),
    ("省级", Level::Province),
    ("省", Level::Province),
    ("自治区", Level::Province),
    ("全市", Level::City),
    ("市级", Level::City),
    ("市", Level::City),
    ("县", Level::County),
    ("区级", Level::County),
    ("全区", Level::County),
    ("校级", Level::School),
    ("全校", Level::School),
    ("院级", Level::School),
    ("为企业", Level::Enterprise),
];

/// So far behind a year stands the word that makes a plan of it.
const PLAN_BEHIND: usize = 14;

/// What is said of a year that is still to come.
const AHEAD_OF: &[&str] = &[
    "拟",
    "计划",
    "争取",
    "力争",
    "目标",
    "预计",
    "有望",
    "将",
    "要提高",
    "要达到",
    "要实现",
    "要突破",
    "要增",
    "要向",
    "冲刺",
];

/// The period of the text as a whole: the year it names most often, the later one of two. The year a class began (2023级),
/// one that is compared with (为2014年的4倍) and one that is still to come (到2026年达到) do not say when the text was written.
pub(crate) fn text_period(found: &[Found], text: &dyn Fn(usize, usize) -> String) -> Option<Period> {
    let tells = |f: &&Found| {
        let before = text(f.start.saturating_sub(2), f.start);
        let behind = text(f.end, f.end + 1);
        // 而2023年为761.5万元: beside the year that is told of.
        let compared = before.ends_with(['较', '比', '与', '而']) || before.ends_with('为') && behind == "的";
        // 到2026年, 将于2025年6月前.
        let to_come = before.ends_with(['到', '将']) || ["力争", "预计", "将于", "计划"].contains(&before.as_str());
        // 2025年拟招收, 2025年奋斗目标, 2025年，争取.
        let planned = text(f.end, f.end + PLAN_BEHIND);
        let planned = planned.split(['。', '；', '\n']).next().unwrap_or_default();
        let to_come = to_come || behind == "前" || any_in(planned, AHEAD_OF);
        !text(f.start, f.end).ends_with('级') && !compared && !to_come
    };
    // A report of a school year names calendar years too: the year it is a report of is named first, or again and again.
    let school_years: Vec<&Found> =
        found.iter().filter(|f| f.years.len() == 2 && text(f.start, f.end).contains("学年")).collect();
    if let Some(of) = school_years.first() {
        let first = found.iter().filter(tells).find(|f| !f.years.is_empty()).is_some_and(|f| f.start == of.start);
        let again = school_years.iter().filter(|f| f.years == of.years).count() > 2;
        if first || again {
            return Some(Period { text: text(of.start, of.end), years: of.years.clone(), said: false });
        }
    }
    let mut years: Vec<i32> = found.iter().filter(tells).flat_map(|f| f.years.iter().copied()).collect();
    // The year that is named first is the one a report is of, if others are named as often.
    let last = years.iter().max().copied().unwrap_or_default();
    years.extend(years.first().copied().filter(|first| first + 1 >= last));
    years.sort_unstable();
    let year = years.chunk_by(|a, b| a == b).max_by_key(|same| (same.len(), same[0]))?[0];
    Some(Period { text: format!("{year}年度"), years: vec![year], said: false })
}

const LAST_YEAR: &[&str] = &["去年", "上年", "上一年", "前一年"];

/// The word that places a number in the year before: in what leads to it, or alone between commas before its clause
/// (上年，学校家访872人次), unless last year is only what it is compared with.
pub(crate) fn says_last_year(site: &Site) -> Option<&'static str> {
    let lead = site.before.as_str();
    let compared = |word: &str| ["较", "比"].iter().any(|than| lead.contains(&format!("{than}{word}")));
    let own = LAST_YEAR.iter().find(|word| lead.contains(**word) && !compared(word));
    if own.is_some() || site.of_last_year {
        return own.or(LAST_YEAR.get(1)).copied();
    }
    const THIS: &[&str] = &["今年", "本年", "当年", "本届"];
    let mut said = site.sentence_text.get(..site.in_sentence.0).unwrap_or_default().rsplit(['，', '：']);
    if any_in(said.next().unwrap_or_default(), THIS) {
        return None;
    }
    said.take_while(|clause| !any_in(clause, THIS))
        .find_map(|clause| LAST_YEAR.iter().find(|word| **word == clause))
        .copied()
}

/// The period of one number: a date before it in its sentence, last year if it says so, else that of the text.
pub(crate) fn period(
    found: &[Found],
    n: usize,
    sentence: (usize, usize),
    site: &Site,
    of_text: Option<&Period>,
    text: &dyn Fn(usize, usize) -> String,
    last: Option<&Claim>,
) -> Option<Period> {
    let own = &found[n];
    // 上年为25场、5200人次: an item of a list has the time of the one before it.
    let from = own.start - site.before.chars().count();
    let listed = from > 0 && text(from - 1, from) == "、" && site.before.chars().count() <= 6;
    if let Some(last) = last.filter(|last| listed && last.site.clause == site.clause && own.kind != Kind::Date)
        && last.kind != Kind::Date
        && last.period.as_ref().is_some_and(|period| period.said)
    {
        return last.period.clone();
    }
    if own.kind == Kind::Date && !own.years.is_empty() {
        return Some(Period { text: text(own.start, own.end), years: own.years.clone(), said: true });
    }
    if let Some(word) = says_last_year(site)
        && let Some(of_text) = of_text
    {
        let years = of_text.years.iter().map(|y| y - 1).collect();
        return Some(Period { text: word.to_string(), years, said: true });
    }
    // 较2023年增长: the year compared with is not the claim's.
    let compared = |f: &Found| f.start > 0 && ["较", "比", "与"].contains(&text(f.start - 1, f.start).as_str());
    let date = found[..n]
        .iter()
        .rev()
        .take_while(|f| f.start >= sentence.0)
        .find(|f| f.kind == Kind::Date && !f.years.is_empty() && !compared(f));
    let Some(date) = date else { return of_text.cloned() };
    // 从2023年的872人次增加到1046人次: what it came to is of a later time.
    let begins = date.start > 0 && ["从", "由"].contains(&text(date.start - 1, date.start).as_str());
    let between = found[..n].iter().any(|f| f.start >= date.end && f.kind == own.kind);
    if begins && between && site.before.contains(['到', '至', '为']) {
        return of_text.filter(|it| it.years != date.years).cloned();
    }
    Some(Period { text: text(date.start, date.end), years: date.years.clone(), said: true })
}

/// Headings that name an area, and where they stand: the name begins a line and a colon or the line's end follows.
pub(crate) fn areas(layout: &Layout, given: &[char], lexicon: &Lexicon) -> Vec<(usize, String)> {
    let begins_line = |at: usize| {
        let before = given[..layout.at[at]].iter().rev().find(|c| !matches!(c, ' ' | '\u{3000}' | '\t'));
        before.is_none_or(|&c| matches!(c, '\n' | '\r'))
    };
    let heads = |at: usize, area: &str| {
        let behind = layout.chars.get(at + area.chars().count());
        layout.starts_with(at, area) && matches!(behind, Some('：' | '\n' | '—') | None)
    };
    let name_at = |at: usize| lexicon.areas.iter().find(|area| heads(at, area)).filter(|_| begins_line(at));
    (0..layout.chars.len()).filter_map(|at| Some((at, name_at(at)?.clone()))).collect()
}
