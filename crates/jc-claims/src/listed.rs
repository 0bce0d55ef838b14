//! Names right before the number that counts them: 聘请甲、乙、丙3位大师, 新增甲、乙两个专业, 与甲、乙及丙三家企业.
//!
//! The names are read from the number back to what opens their clause: 、 parts them, 和 and 与 may part them or be part of
//! a name. What agrees is told wherever names stand; what does not, only where what is counted is what is named.

use jc_text::fold::is_han;

use crate::exact::Exact;
use crate::items::counts_something;
use crate::kinds::{CLOSING_KINDS, GROUPS, HELD_KINDS, LEADING, NAME_TAILS, PLACES_NAMED, SAME_GROUP};
use crate::layout::Layout;
use crate::names::may_be_named;
use crate::scan::Found;
use crate::words::{VERBS, any_in};

/// So far back a list is looked for, in characters.
const FAR: usize = 240;
/// A listed thing is a name; what is longer is a piece of sentence.
const LONGEST: usize = 14;

/// The pieces of a list from its first to its last, as 、 parts them outside of brackets and quotation marks.
struct Row {
    pieces: Vec<String>,
    /// The list may begin before its first piece, or behind its start.
    unsure: bool,
}

/// How many names a list holds: between these, and surely so many where both are the same.
struct Count {
    least: usize,
    most: usize,
    /// A word before the first name may be another name: 机电与数控、….
    joined_first: bool,
}

/// The names listed right before the number, and whether 等 leaves the list open.
pub(crate) fn before(layout: &Layout, found: &Found, from: usize) -> Option<(Vec<String>, bool)> {
    let stated = found.value.and_then(Exact::as_int).and_then(|n| usize::try_from(n).ok())?;
    let etc = layout.ends_with(found.start, "等");
    let own = layout.text(found.start, found.end);
    let (unit, noun) = unit_and_noun(layout, found, &own)?;
    // 甲校、乙校、丙校，共4所: the list is the clause before.
    let in_all = layout.ends_with(found.start, "共") && from + 1 == found.start;
    let end = found.start - usize::from(etc || in_all);
    // 与本中心签约的企业共两家: no list of two.
    let together = layout.ends_with(found.start, "共");
    let row = pieces(layout, from, end).filter(|row| row.pieces.len() >= 2 || !etc && !together && joined(row))?;
    let count = count(&row);
    if etc {
        // 甲、乙等4个: no more than so many; 与 and 和 may be part of a name.
        let open = row.pieces.len() > 1 && named(&row, false);
        let too_many = row.pieces.len() > stated;
        let told = open && (!too_many || !row.unsure && of_kind(&row, &unit, &noun));
        return told.then_some((row.pieces, true));
    }
    if (count.least..=count.most).contains(&stated) {
        let names = if stated == row.pieces.len() { row.pieces.clone() } else { split(&row, stated) };
        return (names.len() == stated && named(&row, true)).then_some((names, false));
    }
    let apart = if stated < count.least { count.least - stated } else { stated - count.most };
    // 三名老师4人同行，另有1名司机: what is told apart makes the number whole.
    let behind: String = layout.chars[found.end..].iter().take(16).collect();
    if any_in(&behind, &["另有", "另外", "，另", "加上"]) {
        return None;
    }
    let slip = apart == 1 || apart == 2 && row.pieces.len() >= 6;
    // 甲、乙、丙A、B两个: the list of another verb before it would make the first of its own longer.
    let other = stated < count.least && stated >= 1 && {
        let len = |it: &String| it.chars().count();
        let at = count.least - stated;
        let rest = row.pieces.iter().skip(at + 1).map(len).max().unwrap_or(0);
        row.pieces.get(at).is_some_and(|it| len(it) > rest + 2)
    };
    let long = row.pieces.len() >= 3
        || row.pieces.len() == 2 && row.pieces[1].chars().count() >= 4 && any_in(&noun, CLOSING_KINDS);
    // 我校牵头甲校、乙校、丙校，共4所: who leads them is one of them.
    let leads = in_all && row.pieces.first().is_some_and(|it| any_in(it, ONE_OF_THEM));
    let sure = slip && long && !row.unsure && !other && !count.joined_first && !leads;
    let names = split(&row, count.least.max(row.pieces.len()));
    (sure && named(&row, true) && of_kind(&row, &unit, &noun) && names.len() != stated).then_some((names, false))
}

/// Words by which who speaks is one of those who are counted.
const ONE_OF_THEM: &[&str] = &[
    "我校", "学校", "本校", "我院", "学院", "牵头", "联合", "会同", "携手", "加上", "连同", "带领", "带动", "协同",
    "其中", "包括", "含", "如",
];

/// The measure word of a number and what stands behind it, if it is one by which named things are counted.
fn unit_and_noun(layout: &Layout, found: &Found, own: &str) -> Option<(String, String)> {
    const UNITS: &[&str] = &[
        "个", "家", "所", "项", "类", "种", "门", "条", "支", "座", "栋", "处", "位", "名", "人", "国", "省", "市",
        "县", "级", "步", "部", "场", "部分", "大类", "方面", "环节",
    ];
    let number: String =
        own.chars().take_while(|c| c.is_ascii_digit() || "两二三四五六七八九十百".contains(*c)).collect();
    let unit = own[number.len()..].trim_start_matches(['余', '多']).to_string();
    let etc = layout.ends_with(found.start, "等");
    let behind: String = layout.chars[found.end..].iter().take_while(|c| is_han(**c)).take(8).collect();
    let great = unit.strip_prefix('大').filter(|noun| noun.chars().count() >= 2).map(str::to_string);
    let unit_of = |unit: &str| (etc || UNITS.contains(&unit)).then(|| unit.to_string());
    match great {
        Some(noun) => Some(("大".to_string(), format!("{noun}{behind}"))),
        None => Some((unit_of(&unit)?, behind)),
    }
    .filter(|_| !number.is_empty() && (number.chars().count() <= 2 || etc))
}

/// The pieces before `end`, back to the start of their clause, to a bracket that is open there, or to what shows that
/// another list ends.
fn pieces(layout: &Layout, from: usize, end: usize) -> Option<Row> {
    let chars = &layout.chars;
    let low = end.saturating_sub(FAR);
    let mut pieces: Vec<String> = vec![String::new()];
    let (mut depth, mut at) = (0usize, end);
    // 护理、药学、康复，三个专业群: the list may be the clause before, and nothing else.
    if at == from && at > low && chars.get(at - 1) == Some(&'，') {
        at -= 1;
    }
    while at > low {
        at -= 1;
        let c = chars[at];
        match c {
            '）' | '”' | '》' | '’' => depth += 1,
            '（' | '“' | '《' | '‘' if depth == 0 => break,
            '（' | '“' | '《' | '‘' => {
                depth -= 1;
                continue;
            }
            '\n' | '。' | '；' | '！' | '？' => break,
            '，' | '：' if depth == 0 => break,
            _ => {}
        }
        let last = pieces.last_mut()?;
        match c {
            '、' if depth == 0 => pieces.push(String::new()),
            _ if depth == 0 => last.push(c),
            _ => {}
        }
    }
    if at == low && low > 0 {
        return None;
    }
    let mut pieces: Vec<String> = pieces.into_iter().map(|it| it.chars().rev().collect()).collect();
    pieces.reverse();
    // What stands in the list's own clause is another thing's list where it holds a verb, 的 or a count.
    let stops = |it: &String| any_in(it, VERBS) || it.contains('的') || counts_something(it);
    let mut unsure = false;
    // 教师、学生使用的甲、乙、丙: the last that stops is where the list begins.
    if let Some(at) = pieces.iter().rposition(stops) {
        if at > 0 && at + 1 == pieces.len() {
            return None;
        }
        let counted = |it: &String| {
            let dated = it.split(['年', '月', '日', '届', '期']).next_back().unwrap_or_default();
            counts_something(dated)
        };
        unsure = at > 0 || counted(&pieces[at]);
        pieces.drain(..at);
        // 三个系和汽车、轨道: behind the count another list begins.
        if counted(&pieces[0]) {
            match pieces[0]
                .rsplit_once(['和', '与', '及', '并'])
                .filter(|(_, name)| !name.is_empty() && !counts_something(name))
            {
                Some((_, name)) => pieces[0] = name.to_string(),
                None => drop(pieces.remove(0)),
            }
        }
    }
    Some(Row { pieces, unsure })
}

/// 烹饪和电商两个: no 、, but one word that joins two names.
fn joined(row: &Row) -> bool {
    row.pieces.len() == 1 && row.pieces[0].matches(['和', '与', '及']).count() == 1
}

fn count(row: &Row) -> Count {
    const JOIN: &[char] = &['和', '与', '及'];
    let pieces = &row.pieces;
    let n = pieces.len();
    // 鼎和酒店: what joins two names has more than one character on either side.
    let joins = |it: &String| {
        let it = it.replace("以及", "及");
        let parts: Vec<&str> = it.split(JOIN).collect();
        let two = |pair: &&[&str]| pair.iter().all(|it| it.chars().count() >= 2) && !tails_on(pair[1]);
        parts.windows(2).filter(two).count()
    };
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
        return Count { least: 0, most: 0, joined_first: false };
    };
    if n == 1 {
        return Count { least: 1, most: 1 + joins(first), joined_first: true };
    }
    // 甲、乙和丙: behind 、 the last 和 parts two names, where what stands behind it is one.
    let halves = last.rsplit_once("以及").or_else(|| last.split_once('和').filter(|_| last.matches('和').count() == 1));
    let parted = halves.is_some_and(|(one, other)| {
        let len = |it: &str| it.chars().count();
        let others = pieces[..n - 1].iter().skip(1).map(|it| len(it)).max().unwrap_or(2);
        let other = if tails_on(other) { "" } else { other };
        let alike = one.chars().next_back() == other.chars().next_back();
        len(one) >= 2 && len(other) >= 2 && (last.contains("以及") || len(other) >= 4 || alike || others <= 3)
    });
    let middle: usize = if parted { 0 } else { pieces[1..].iter().map(joins).sum() };
    let least = n + usize::from(parted);
    // 学校与甲、乙、丙: 与 leads to the list; 机电与数控、汽修: it may part two names.
    let joined_first = first.rfind(JOIN).is_some_and(|at| {
        let lead = &first[..at];
        !lead.is_empty() && !LEADING.iter().any(|word| lead.ends_with(word))
    });
    // What was counted may have taken the halves of the last for one.
    Count { least: if parted && middle == 0 { least } else { n }, most: least + middle, joined_first }
}

/// 养老服务与管理, 设备安装与维护: does the second half go on with the name of the first?
fn tails_on(half: &str) -> bool {
    NAME_TAILS.iter().any(|word| half.starts_with(word)) && half.chars().count() <= 4
}

/// The names, with so many of those that 和 and 与 join taken apart, from the last on.
fn split(row: &Row, stated: usize) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut missing = stated.saturating_sub(row.pieces.len());
    for (n, piece) in row.pieces.iter().enumerate().rev() {
        let piece = piece.replace("以及", "及");
        // 网联汽车技术和汽车检测与维修技术: 和 parts what 与 joins.
        let by: &[char] =
            if missing > 0 && piece.matches('和').count() == missing { &['和'] } else { &['和', '与', '及'] };
        let parts: Vec<&str> = piece.split(by).filter(|it| !it.is_empty()).collect();
        if missing > 0 && parts.len() > 1 && (n > 0 || row.pieces.len() == 1) {
            missing = missing.saturating_sub(parts.len() - 1);
            names.extend(parts.iter().rev().map(|it| (*it).to_string()));
        } else {
            names.push(piece.clone());
        }
    }
    names.reverse();
    if let Some(first) = names.first_mut() {
        *first = named_last(first);
    }
    names
}

/// 聘请周立本 → 周立本: the name at the end of the first piece.
fn named_last(piece: &str) -> String {
    const OPENING: &[char] = &['在', '于', '由', '对', '将', '从', '为', '是', '有', '与', '和', '设', '含'];
    let led = VERBS.iter().filter_map(|verb| Some(piece.rfind(verb)? + verb.len())).max().unwrap_or(0);
    let tail = piece[led..].rsplit('的').next().unwrap_or_default();
    let name = tail.rsplit(OPENING).next().unwrap_or_default();
    if name.chars().count() >= 2 { name.to_string() } else { tail.to_string() }
}

/// Are these names? The first piece may have the opening of the clause before it.
fn named(row: &Row, closed: bool) -> bool {
    let ends: &[char] = if closed { &['等', '各'] } else { &['各'] };
    let name = |it: &String| {
        let len = it.chars().count();
        (1..=LONGEST).contains(&len) && !any_in(it, &["其他", "其余", "另外", "还有"]) && !it.ends_with(ends)
    };
    let first = row.pieces.first().is_some_and(|it| !it.is_empty() && !it.ends_with('各'));
    first && row.pieces.iter().skip(1).all(name)
}

/// 数控车工陈启航, 焊工吴嘉树: what somebody is, and a name.
fn role_and_name(text: &str) -> bool {
    const ROLES: &[char] = &['工', '师', '生', '员', '手', '长', '家', '者', '授'];
    let chars: Vec<char> = text.chars().collect();
    [3, 2].into_iter().any(|len| {
        let at = chars.len().checked_sub(len).filter(|at| *at >= 2);
        at.is_some_and(|at| {
            ROLES.contains(&chars[at - 1]) && may_be_named(&chars[at..].iter().collect::<String>(), false)
        })
    })
}

/// Are these names of what is counted, where they stand behind it: 六家企业，甲、乙、…?
pub(crate) fn named_after(items: &[String], unit: &str, noun: &str) -> bool {
    let row = Row { pieces: items.to_vec(), unsure: false };
    named(&row, true) && of_kind(&row, unit, noun)
}

/// Is what is counted what is named? 甲公司、乙公司3家企业 are, 机械系、电气系3个班 are not.
fn of_kind(row: &Row, unit: &str, noun: &str) -> bool {
    let names = &row.pieces[1..];
    let len = |it: &String| it.chars().count();
    if matches!(unit, "位" | "名" | "人") {
        let roles = || row.pieces.iter().all(|it| role_and_name(it));
        return row.pieces.iter().enumerate().all(|(n, it)| may_be_named(it, n == 0)) || roles();
    }
    // 北京、上海、广州5家企业: places are not what is there.
    let place =
        |it: &String| PLACES_NAMED.contains(&it.as_str()) || it.ends_with(['省', '市', '县', '州']) && len(it) <= 4;
    let of_places = any_in(noun, &["国家", "省", "市", "县", "区", "镇", "州", "地", "城"]);
    if names.iter().any(place) && !of_places && !matches!(unit, "国" | "省" | "市" | "县") {
        return false;
    }
    // 机械系、电气系、信息系5个支部: groups that have something, unless they are what is counted.
    let group = |it: &String| GROUPS.iter().filter(|word| it.ends_with(**word)).max_by_key(|word| word.len()).copied();
    let same = |word: &str| {
        noun.replace("社区", "社").contains(word)
            || SAME_GROUP.iter().any(|(one, other)| *one == word && any_in(noun, other))
    };
    let has = names.iter().map(group);
    let others = names.iter().all(|it| group(it).is_some_and(|word| !same(word)));
    // 机械、电气、汽车行业4家: the last names a kind of its own.
    let last =
        names.last().and_then(group).is_some_and(|word| !same(word) && has.filter(|it| *it == Some(word)).count() == 1);
    if others || last {
        return false;
    }
    let short = names.iter().any(|it| len(it) <= 2);
    let head = || noun.chars().count() >= 2;
    match unit {
        "大" | "类" | "步" | "国" | "省" | "市" | "县" | "部分" | "大类" | "方面" | "环节" => true,
        "级" => head(),
        // 海拓机床、瑞丰汽贸3家: firms are named by more than two characters.
        "家" | "所" => !short,
        "场" => false,
        _ => any_in(noun, CLOSING_KINDS) || !short && any_in(noun, HELD_KINDS),
    }
}
