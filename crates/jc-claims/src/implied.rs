//! Counts without a numeral: people named for an honour, one thing with its mark.

use crate::clauses::Clauses;
use crate::document::{Bound, Kind, Numeral};
use crate::exact::Exact;
use crate::layout::Layout;
use crate::names::People;
use crate::scan::Found;

/// People named before a verb of honour, where no number counts them: 程、钱荣膺… is two.
pub(crate) fn named_counts(clauses: &Clauses, found: &[Found], people: &[People]) -> Vec<Found> {
    let counted = |start: usize, end: usize| {
        found.iter().any(|f| f.start < end && f.end > start && matches!(f.kind, Kind::Count | Kind::PersonTimes))
    };
    let lists = people.iter().filter(|list| list.honoured);
    lists
        .filter_map(|list| {
            let (start, end) = clauses.clause(clauses.ids(list.start).2);
            if counted(start, end) {
                return None;
            }
            // 学生顾三思获奖: a name alone that holds a numeral is more likely taken for the numeral than for a count.
            let holds = |name: &String| name.chars().any(jc_text::numerals::is_chinese_numeral);
            if list.names.len() == 1 && list.names.iter().any(holds) {
                return None;
            }
            let value = Exact::int(i128::try_from(list.names.len()).ok()?)?;
            let mut one = Found::exact(list.start, list.end, value, "人", Kind::Count, Numeral::None);
            if list.partial {
                (one.bound, one.max) = (Bound::AtLeast, None);
            }
            Some(one)
        })
        .collect()
}

/// 某专业群获评“良好”: one thing with a mark, to be held against 1优1良 elsewhere.
pub(crate) fn graded_results(layout: &Layout, clauses: &Clauses, found: &[Found]) -> Vec<Found> {
    const MARKS: &[(&str, &str)] = &[("优秀", "优"), ("良好", "良"), ("合格", "合格")];
    const VERBS: &[&str] = &["荣获", "获评", "被评为", "评为", "获得", "获"];
    let mut all = Vec::new();
    for at in 0..layout.chars.len() {
        let Some(&(_, mark)) = MARKS.iter().find(|(word, _)| layout.starts_with(at, word)) else { continue };
        let quoted = layout.ends_with(at, "“");
        let verb_end = at - usize::from(quoted);
        let Some(verb) = VERBS.iter().find(|verb| layout.ends_with(verb_end, verb)) else { continue };
        let end = at + 2 + usize::from(quoted && layout.starts_with(at + 2, "”"));
        let closed = layout.chars.get(end).is_none_or(|c| matches!(c, '，' | '。' | '；' | '、' | '\n'));
        let start = clauses.clause(clauses.ids(at).2).0;
        let noun = verb_end - verb.chars().count();
        let start = layout.chars[start..noun].iter().rposition(|&c| c == '、').map_or(start, |n| start + n + 1);
        let free = !found.iter().any(|f| f.start < end && f.end > start);
        if closed && free && (2..=20).contains(&(noun - start.min(noun))) {
            let one = Exact::int(1).expect("one is small");
            let mut result = Found::exact(start, end, one, "个", Kind::Count, Numeral::None);
            result.grade = mark.to_string();
            all.push(result);
        }
    }
    all
}
