//! Lists a number stands for from a clause of its own: 清泉、禾丰、双井先后签下协议，这三家合作社…; 六家企业，海曼精密、博克传动、…，它们….
//!
//! Names that verbs follow are told from what they do by their likes: a person's name is known, and what is called so briefly as the others
//! ends where they do.

use jc_text::fold::is_han;

use crate::exact::Exact;
use crate::items::{counts_something, parted};
use crate::layout::Layout;
use crate::listed::named_after;
use crate::names::may_be_named;
use crate::scan::Found;
use crate::words::{VERBS, any_in};

/// So far before the number its list may stand, in characters.
const FAR: usize = 220;
/// A listed thing is a name.
const LONGEST: usize = 10;

/// What the number stands for, and whether the list may be incomplete.
pub(crate) fn stood_for(layout: &Layout, found: &Found) -> Option<(Vec<String>, bool)> {
    let stated = found.value.and_then(Exact::as_int).and_then(|n| usize::try_from(n).ok())?;
    let near = |(items, open): &(Vec<String>, bool)| {
        let apart = items.len().abs_diff(stated);
        apart == 0 || !open && (apart == 1 || apart == 2 && items.len() >= 6)
    };
    let of = || referred(layout, found, stated).or_else(|| behind(layout, found)).filter(near);
    (3..=20).contains(&stated).then(of).flatten()
}

/// …、佟悦就有了起色，四人全部刷新了成绩; …、永兴先后签下协议，这五家合作社….
fn referred(layout: &Layout, found: &Found, stated: usize) -> Option<(Vec<String>, bool)> {
    let this = ["这", "上述", "以上", "他们", "她们", "它们"].iter().find(|word| layout.ends_with(found.start, word));
    let start = found.start - this.map_or(0, |word| word.chars().count());
    // 许闻笛、崔岭、白小禾，三个名字一起写上了墙.
    let name = found.unit == "个" && layout.chars[found.end..].starts_with(&['名', '字']);
    let people = matches!(found.unit.as_str(), "人" | "位" | "名") || name;
    let things = matches!(found.unit.as_str(), "家" | "所" | "支");
    if !(people || things && this.is_some()) {
        return None;
    }
    let opens = start.checked_sub(1).is_some_and(|at| layout.chars[at] == '，');
    let behind: String = layout.chars[found.end..].iter().take(40).take_while(|c| !"。；！\n".contains(**c)).collect();
    let together = ["全部", "均", "都", "皆", "悉数", "分别", "一起", "共同", "一同", "各"];
    let all_of_them = any_in(behind.split('，').next().unwrap_or_default(), &together) && !counts_something(&behind);
    if this.is_none() && !(opens && all_of_them) {
        return None;
    }
    let head: Vec<char> = layout.chars[start.saturating_sub(FAR)..start].to_vec();
    let sentence = sentence_of(&head, this.is_some());
    let clauses: Vec<&str> = sentence.split(['，', '：', '。', '；']).collect();
    let lists = |clause: &&str| clause.matches('、').count() >= 2;
    let mut rows = clauses.iter().enumerate().filter(|(_, clause)| lists(clause));
    let (at, list) = rows.next().filter(|_| rows.next().is_none())?;
    let between = &clauses[at + 1..];
    // The number stands right behind; what points back may stand behind what else is told.
    let close = if this.is_some() { between.len() <= 6 } else { between.len() <= 1 };
    let counted = between
        .iter()
        .any(|clause| clause.contains('、') || clause.contains(found.unit.as_str()) && counts_something(clause));
    let pieces: Vec<&str> = list.split('、').collect();
    let own = pieces.last().is_some_and(|last| counts_something(last));
    if !close || counted || own || !is_whole(list) {
        return None;
    }
    let names = if people { people_of(&pieces)? } else { things_of(&pieces)? };
    let open = list.contains('等');
    // 教练带着甲、乙、丙训练，四人…: whoever leads them may be one of them.
    let led =
        any_in(pieces.first().copied().unwrap_or(list), &["与", "和", "带", "率", "同", "跟", "教练", "导师", "老师"]);
    (names.len() >= stated || this.is_some() && !led).then_some((names, open))
}

/// What its sentence says before a number, and where it points back the sentence before as well.
fn sentence_of(head: &[char], back: bool) -> String {
    let stops = |c: &char| matches!(c, '。' | '！' | '？' | '\n');
    let own = head.iter().rposition(stops).map_or(0, |at| at + 1);
    let text: String = head[own..].iter().collect();
    if !back {
        return text.rsplit('；').next().unwrap_or_default().to_string();
    }
    if text.contains('、') || own == 0 || head[own - 1] == '\n' {
        return text;
    }
    let before = head[..own - 1].iter().rposition(stops).map_or(0, |at| at + 1);
    head[before..].iter().collect()
}

/// 甲、乙、丙之外, 除甲、乙、丙, 甲、乙或丙: no list of those who are meant.
fn is_whole(list: &str) -> bool {
    !any_in(list, &["除", "之外", "以外", "或", "《", "》", "“", "其中", "包括", "以及其他"])
        && !list.contains(|c: char| c.is_ascii_digit())
}

/// The people of a list, the last before what is told of them.
fn people_of(pieces: &[&str]) -> Option<Vec<String>> {
    let (first, rest) = pieces.split_first()?;
    let (last, middle) = rest.split_last()?;
    // A rare surname may be among them.
    let known = middle.iter().filter(|it| may_be_named(it, false)).count();
    let short = middle.iter().all(|it| (2..=4).contains(&it.chars().count()) && it.chars().all(is_han));
    let named = short && known + usize::from(middle.len() >= 3) >= middle.len() && may_be_named(first, true);
    let mut names: Vec<String> = Vec::new();
    let lead: Vec<char> = first.chars().collect();
    let own: String = lead[lead.len().saturating_sub(3)..].iter().collect();
    names.push(own.rsplit('的').next().unwrap_or_default().to_string());
    names.extend(middle.iter().map(|it| (*it).to_string()));
    let opening = |text: &str| -> Option<String> {
        // 佟悦就有了起色: what goes on with a small word is a name of two characters.
        let goes_on =
            text.chars().nth(2).is_none_or(|c| "就也都均已在先后赫再又被把将从对为获同到分全双一各是".contains(c));
        let begins = |len: usize| Some(text.chars().take(len).collect::<String>()).filter(|it| may_be_named(it, false));
        begins(if goes_on { 2 } else { 3 }).or_else(|| begins(2)).filter(|name| name.chars().all(is_han))
    };
    // 孙立和周平赫然在列: two more.
    let two =
        last.split_once(['和', '与', '及']).filter(|(one, _)| may_be_named(one, false) && one.chars().count() <= 4);
    match two {
        Some((one, other)) => {
            names.push(one.to_string());
            names.extend(Some(opening(other)?));
        }
        None => names.push(opening(last)?),
    }
    named.then_some(names)
}

/// Things that are called as briefly as each other, the last before what is told of them.
fn things_of(pieces: &[&str]) -> Option<Vec<String>> {
    let (first, rest) = pieces.split_first()?;
    let (last, middle) = rest.split_last()?;
    let lengths: Vec<usize> = middle.iter().map(|it| it.chars().count()).collect();
    let (short, long) = (*lengths.iter().min()?, *lengths.iter().max()?);
    let names = middle.iter().all(|it| it.chars().all(is_han) && !any_in(it, VERBS));
    let lead: Vec<char> = first.chars().collect();
    if !names || short < 2 || long > LONGEST || long > short + 2 || lead.len() < short {
        return None;
    }
    let cut = |text: &[char]| -> String { text.iter().take(long).collect() };
    let tail: Vec<char> = last.chars().collect();
    let mut all = vec![lead[lead.len().saturating_sub(long)..].iter().collect::<String>()];
    all.extend(middle.iter().map(|it| (*it).to_string()));
    // 远洋和中驰都愿意: two more, where the first is called as briefly as the others.
    let join = tail.iter().take(long + 1).position(|c| matches!(c, '和' | '与' | '及')).filter(|at| *at >= short);
    match join.filter(|at| tail.len() >= at + 3) {
        Some(at) => {
            all.push(tail[..at].iter().collect());
            all.push(cut(&tail[at + 1..]));
        }
        _ => all.push(cut(&tail)),
    }
    (tail.len() >= short).then_some(all)
}

/// 六家企业，海曼精密、博克传动、…和林登自动化，它们…; 九个县区，乌岭县、…、北桥区，….
fn behind(layout: &Layout, found: &Found) -> Option<(Vec<String>, bool)> {
    const NOUN: usize = 10;
    let text: String = layout.chars[found.end..].iter().take(FAR).take_while(|c| !"。；！？\n".contains(**c)).collect();
    let (noun, rest) = text.split_once('，')?;
    let plain = (1..=NOUN).contains(&noun.chars().count()) && noun.chars().all(is_han) && !any_in(noun, VERBS);
    let (list, next) = rest.split_once('，').unwrap_or((rest, ""));
    let refers = ["它们", "他们", "她们", "这", "哪", "均", "都", "各", "个个", "家家", "人人"];
    let goes_on =
        next.split('，').next().unwrap_or_default().contains('、') && !refers.iter().any(|word| next.starts_with(word));
    let more = any_in(next, &["另有", "以及", "还有", "此外", "等"]);
    let open = list.ends_with('等');
    let list = list.trim_end_matches('等');
    let items = parted(list, found).filter(|items| items.len() >= 4)?;
    let name = |it: &String| {
        let len = it.chars().count();
        (2..=LONGEST).contains(&len)
            && !any_in(it, VERBS)
            && !it.starts_with(['并', '也', '还', '又', '其', '如', '从', '在', '有', '把', '被'])
            && !it.ends_with(['的', '了'])
    };
    let whole = is_whole(list) && !counts_something(list) && items.iter().all(name);
    (plain && whole && !goes_on && !more && named_after(&items, &found.unit, noun)).then_some((items, open))
}
