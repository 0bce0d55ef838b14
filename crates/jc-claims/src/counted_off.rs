//! What a text counts off behind a number: 办好三件事：一是…，二是…，三是…; 支出分三类：设备320万元、校舍180万元、师资60万元.

use crate::exact::Exact;
use crate::items::counts_something;
use crate::layout::Layout;
use crate::scan::Found;
use crate::words::any_in;

/// So many characters behind the number the first point may begin.
const NEAR: usize = 30;
/// So long may all the points be.
const LONG: usize = 900;
/// So long a point's name is quoted.
const SHORT: usize = 16;

/// The things counted off behind the number, and whether there may be more.
pub(crate) fn behind(layout: &Layout, found: &Found) -> Option<(Vec<String>, bool)> {
    let stated = found.value.and_then(Exact::as_int).and_then(|n| usize::try_from(n).ok())?;
    if !(2..=9).contains(&stated) {
        return None;
    }
    let near = |(items, etc): &(Vec<String>, bool)| *etc || items.len().abs_diff(stated) <= 2;
    points(layout, found)
        .or_else(|| figures(layout, found, stated))
        .or_else(|| quoted_first(layout, found).or_else(|| with_their_deeds(layout, found)).filter(near))
        .or_else(|| deeds(layout, found).filter(near))
        .or_else(|| dashed(layout, found).filter(near))
}

/// 三件事：一是…，二是…，三是…; 存在三点不足。第一，…。第二，….
fn points(layout: &Layout, found: &Found) -> Option<(Vec<String>, bool)> {
    const UNITS: &[&str] =
        &["个", "件", "项", "点", "条", "句", "方面", "大", "类", "种", "步", "层", "重", "篇", "场"];
    const DIGITS: &[&str] = &["一", "二", "三", "四", "五", "六", "七", "八", "九"];
    if !UNITS.iter().any(|unit| layout.ends_with(found.end, unit))
        && !layout.text(found.start, found.end).contains('大')
    {
        return None;
    }
    let text: String = layout.chars[found.end..].iter().take(NEAR + LONG).collect();
    let (text, next) = text.split_once('\n').unwrap_or((&text, ""));
    let whole = text.chars().count() < NEAR + LONG;
    let marks = [("", "是"), ("", "要"), ("第", "，"), ("第", "是"), ("其", "是")];
    let (marks, at) = marks.iter().find_map(|marks| {
        let first = format!("{}一{}", marks.0, marks.1);
        Some((marks, text.find(&first)?))
    })?;
    let lead = &text[..at];
    let opens = lead.ends_with(['：', '，', '。', '；', '—']) && lead.chars().count() <= NEAR;
    let plain = lead.matches('。').count() <= 1 && !lead.contains(|c: char| c.is_ascii_digit());
    if !opens || !plain || counts_something(lead) {
        return None;
    }
    let mut points: Vec<String> = Vec::new();
    let mut rest = &text[at..];
    for digit in DIGITS {
        let mark = format!("{}{digit}{}", marks.0, marks.1);
        // Only behind a sign does a point begin.
        let begins = if points.is_empty() {
            Some(0)
        } else {
            let sign = |at: &usize| rest[..*at].ends_with(['，', '。', '；', '、', '！', '”']);
            rest.match_indices(&mark).map(|(at, _)| at).find(sign)
        };
        let Some(at) = begins else { break };
        rest = &rest[at + mark.len()..];
        points
            .push(rest.split(['，', '。', '；', '、', '：']).next().unwrap_or_default().chars().take(SHORT).collect());
    }
    // The points go on in the paragraphs behind.
    let goes_on = DIGITS.get(points.len()).is_some_and(|digit| {
        let word = format!("{digit}{}", marks.1);
        next.starts_with(&word) || next.starts_with(&format!("{}{word}", marks.0)) || rest.contains(&word)
    });
    (points.len() >= 2 && whole && !goes_on && !any_in(rest, &["此外", "另外"])).then_some((points, false))
}

/// 支出分三类：设备320万元、校舍180万元、师资60万元: one number each.
fn figures(layout: &Layout, found: &Found, stated: usize) -> Option<(Vec<String>, bool)> {
    const UNITS: &[&str] =
        &["类", "档", "种", "部分", "块", "项", "等", "级", "个等次", "个档次", "个部分", "个层次", "个方面"];
    let behind: String = layout.chars[found.end..].iter().take(NEAR + LONG / 2).collect();
    let own = layout.text(found.start, found.end);
    let unit = UNITS.iter().any(|unit| {
        own.ends_with(unit)
            || unit.strip_prefix('个').is_some_and(|noun| own.ends_with('个') && behind.starts_with(noun))
    });
    let parted = ["分", "分为", "分成", "共", "分作"].iter().any(|word| layout.ends_with(found.start, word));
    let sign = behind.find(['：', '，', '。', '；', '\n'])?;
    let colon = behind[sign..].starts_with('：');
    let lead = &behind[..sign];
    // 限选三项）：: as many may be chosen.
    let chosen = layout.text(found.start.saturating_sub(6), found.start).contains(['选', '限']);
    if !unit
        || chosen
        || lead.contains(['）', '、'])
        || lead.chars().count() > 6
        || !(colon || parted && behind[sign..].starts_with('，'))
        || counts_something(lead)
    {
        return None;
    }
    let list = behind[sign..].trim_start_matches(['：', '，']);
    let list = list.split(['。', '\n', '！']).next().unwrap_or_default();
    let by = ['；', '、', '，'].into_iter().find(|sign| list.matches(*sign).count() + 1 >= 2)?;
    let mut names = Vec::new();
    let mut units = Vec::new();
    for item in bare(list).split(by) {
        let digits = |c: char| c.is_ascii_digit() || c == '.';
        let end = item.rfind(|c: char| c.is_ascii_digit())? + 1;
        let start = item[..end]
            .rfind(|c: char| !digits(c))
            .map_or(0, |at| at + item[at..].chars().next().map_or(1, char::len_utf8));
        let (name, unit) = (&item[..start], &item[end..]);
        // 分三块：设备186万元，软件74万元，环境40万元，三块合计300万元: the total is none of them.
        if any_in(name, &["合计", "总计", "小计", "之和"]) {
            break;
        }
        if !(2..=16).contains(&name.chars().count())
            || unit.chars().count() > 4
            || name.contains(['，', '：', '、', '共'])
        {
            return None;
        }
        names.push(name.trim_end_matches(['占', '为', '的', '有']).to_string());
        units.push(unit.to_string());
    }
    let same = units.len() >= 2 && units.iter().all(|unit| *unit == units[0]);
    let apart = names.len().abs_diff(stated);
    (same && (apart == 0 || apart == 1 && names.len() >= 3) && !list.ends_with('等')).then_some((names, false))
}

/// What its sentence says behind the number.
fn rest_of_sentence(layout: &Layout, found: &Found) -> String {
    let stops = |c: &&char| matches!(c, '。' | '；' | '\n' | '！');
    layout.chars[found.end..].iter().take(NEAR + LONG / 2).take_while(|c| !stops(c)).collect()
}

/// 开出6个订单班，“宏川班”学轨道检修，“远机班”学数控装调，…: clauses that each begin with a name.
fn quoted_first(layout: &Layout, found: &Found) -> Option<(Vec<String>, bool)> {
    let behind = rest_of_sentence(layout, found);
    let (noun, list) = behind.split_once(['，', '：'])?;
    let last = noun.chars().last().filter(|_| (1..=8).contains(&noun.chars().count()))?;
    let name = |clause: &&str| clause.starts_with('“') && clause.contains('”');
    let mut clauses = list.split('，');
    let row: Vec<&str> = clauses.by_ref().take_while(name).collect();
    // What follows the list has no name of its own.
    let ends = !list.contains('等') && clauses.all(|clause| !clause.contains('“'));
    let names: Vec<String> =
        row.iter().filter_map(|clause| Some(clause.strip_prefix('“')?.split_once('”')?.0.to_string())).collect();
    let kind = names.iter().filter(|name| name.ends_with(last)).count() * 2 > names.len();
    (names.len() >= 3 && ends && kind && !counts_something(noun)).then_some((names, false))
}

/// 记住三个名字：没有回老家的教练邱立新，惦记着图纸的老师孟雅琴，还有锁门的管理员高建业: names with what is said of them; the last one is led
/// in as such.
fn with_their_deeds(layout: &Layout, found: &Found) -> Option<(Vec<String>, bool)> {
    const LONGEST: usize = 36;
    let behind = rest_of_sentence(layout, found);
    let (noun, list) = behind.split_once('：')?;
    let items: Vec<&str> = list.split('，').collect();
    let (last, others) = items.split_last()?;
    let closes = ["还有", "以及"].iter().any(|word| last.starts_with(word));
    let open = others.iter().any(|item| ["还有", "以及", "并", "也"].iter().any(|word| item.starts_with(word)));
    let names = ["名字", "人", "老师", "同学", "教师", "同事", "身影"].iter().any(|word| noun.ends_with(word));
    let short = items.iter().all(|item| (2..=LONGEST).contains(&item.chars().count()));
    let plain = !list.contains(['、', '：', '等']) && !list.contains(|c: char| c.is_ascii_digit());
    let fit = items.len() >= 3 && closes && !open && names && short && plain && noun.chars().count() <= 8;
    fit.then(|| (items.iter().map(|item| item.chars().take(SHORT).collect()).collect(), false))
}

/// 八件民生实事件件有着落：改造食堂，增设车棚，翻新公寓，…: short clauses behind a colon, each a deed.
fn deeds(layout: &Layout, found: &Found) -> Option<(Vec<String>, bool)> {
    const WHAT: &[&str] = &["实事", "好事", "大事", "要事", "举措", "措施", "工程", "行动", "任务"];
    let behind = rest_of_sentence(layout, found);
    let (noun, list) = behind.split_once('：')?;
    let named = WHAT.iter().any(|what| noun.chars().take(8).collect::<String>().contains(what));
    let items: Vec<&str> = list.split('，').collect();
    let short =
        items.iter().all(|item| (4..=14).contains(&item.chars().count()) && !item.starts_with(['并', '使', '让']));
    let plain = !list.contains(['、', '：', '等', '（']) && !list.contains(|c: char| c.is_ascii_digit());
    let fit = named && short && plain && items.len() >= 4 && noun.chars().count() <= 14 && !noun.contains('，');
    (fit && !counts_something(noun)).then(|| (items.iter().map(|item| (*item).to_string()).collect(), false))
}

/// 在六个方面持续用力, and then paragraphs that begin with ——, one for each.
fn dashed(layout: &Layout, found: &Found) -> Option<(Vec<String>, bool)> {
    const WHAT: &[&str] =
        &["个方面", "方面", "个重点", "项举措", "个抓手", "个着力点", "件事", "项工作", "项重点", "大工程", "大行动"];
    let behind: String = layout.chars[found.end..].iter().take(SHORT).collect();
    let own = format!("{}{behind}", layout.text(found.start, found.end));
    let own = own.trim_start_matches(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十".contains(c));
    if !WHAT.iter().any(|what| own.starts_with(what)) {
        return None;
    }
    // Only where the number leads to them: what closes the text speaks of other things.
    let text: String = layout.chars[found.end..].iter().collect();
    let mut lines = text.split('\n').skip(1).skip_while(|line| line.trim().is_empty());
    let row: Vec<String> = lines
        .by_ref()
        .take_while(|line| line.starts_with("——"))
        .map(|line| line.trim_start_matches('—').chars().take(SHORT).collect())
        .collect();
    let more = lines.any(|line| line.starts_with("——"));
    (row.len() >= 3 && !more).then_some((row, false))
}

/// A text without what stands in brackets.
fn bare(text: &str) -> String {
    let mut depth = 0;
    let outside = |c: &char| {
        depth += i32::from(*c == '（');
        let keep = depth == 0;
        depth -= i32::from(*c == '）');
        keep
    };
    text.chars().filter(outside).collect()
}
