//! What is said to come after another event, or before it, and did not: 协议于9月12日签订…，协议签订后，首批学徒于同年6月18日开班.

use jc_text::fold::is_han;

use super::spans::month_and_day;
use crate::document::{Claim, Document, Kind};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::around::said_before;

/// Looks for all of them.
pub(in crate::relate) fn follows(doc: &Document, all: &mut Vec<Relation>) {
    let days = doc.claims.iter().filter(|c| c.kind == Kind::Date && c.site.cell.is_none());
    all.extend(days.filter_map(|day| against(doc, day)));
}

fn against(doc: &Document, day: &Claim) -> Option<Relation> {
    let own = month_and_day(&day.text)?;
    let (event, later) = event(day)?;
    let chars: Vec<char> = event.chars().collect();
    let (noun, verb) = (chars[..2].iter().collect::<String>(), chars[chars.len() - 2..].iter().collect::<String>());
    let earlier =
        doc.around(day).iter().rev().filter(|c| {
            c.kind == Kind::Date && c.site.start < day.site.start && c.site.paragraph == day.site.paragraph
        });
    // The last day told before is that of the event, if its sentence says so before it goes on to another.
    let of_event = earlier.clone().find(|c| month_and_day(&c.text).is_some())?;
    let here = of_event.site.sentence == day.site.sentence;
    let said = &of_event.site.sentence_text[..];
    let said = if here { said.split(&event).next().unwrap_or_default() } else { said };
    let known = said.contains(&noun) && said.contains(&verb);
    let other = month_and_day(&of_event.text)?;
    let same_year = day.site.before.trim_end_matches(['的', '于', '在']).ends_with(['年'])
        && ["同年", "当年"].iter().any(|word| day.site.before.contains(word));
    let same_year = same_year || year(&day.text).is_some() && year(&day.text) == year(&of_event.text);
    let wrong = if later { own < other } else { own > other };
    (known && same_year && wrong && of_event.site.sentence + 2 > day.site.sentence).then(|| {
        let said = format!("{event}{}", if later { "后" } else { "前" });
        let (first, second) = (of_event.text.clone(), day.text.clone());
        let working = Working {
            code: "not-in-that-order",
            zh: format!("文中说“{said}”，{event}在{first}，后文却是{second}"),
            with: vec![("said", said), ("first", first), ("second", second)],
        };
        let members = vec![(Role::Claims, of_event), (Role::Claims, day)];
        relation(RelationKind::Exclusive, Finding::Inconsistent, members, working)
    })
}

/// 协议签订后，: the event that opens the clause before a day, or its own clause, and whether the day follows it.
fn event(day: &Claim) -> Option<(String, bool)> {
    const AFTER: &[&str] = &["之后", "以后", "后"];
    const BEFORE: &[&str] = &["之前", "以前", "前"];
    let clauses: Vec<&str> = said_before(day).split('，').collect();
    let opens = clauses.len().checked_sub(2).map(|at| clauses[at])?;
    let ends = |words: &[&str]| words.iter().find_map(|word| opens.strip_suffix(word));
    let (event, later) = ends(AFTER).map(|event| (event, true)).or_else(|| Some((ends(BEFORE)?, false)))?;
    let event = event.trim_start_matches(['在', '于']);
    let plain = (4..=12).contains(&event.chars().count()) && event.chars().all(is_han);
    plain.then(|| (event.to_string(), later))
}

fn year(text: &str) -> Option<&str> {
    text.split_once('年').map(|(year, _)| year)
}
