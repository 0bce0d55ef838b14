//! Who of a table's rows is said below it to come first or last, or to have another place, and does not: 最低的是财经商贸系,
//! where another row has less.

use std::collections::BTreeMap;

use jc_text::numerals;

use crate::document::{Bound, Claim, Document, Kind};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::words::{HIGHEST, LOWEST, any_in};

/// So many paragraphs below a table tell of it.
const BELOW: usize = 3;
/// What a column is called is no longer.
const LONGEST: usize = 12;
/// What such a sentence does not say of the table as it stands.
const ELSE: &[&str] = &[
    "上年", "去年", "往年", "增幅", "增长", "提高", "下降", "降幅", "变化", "其余", "之一", "历年", "全省", "全市",
    "全国", "比", "较",
];

/// A column of a table: what heads it, and its numbers by the name of their row.
struct Column<'a> {
    heading: String,
    rows: Vec<(String, &'a Claim)>,
}

/// Looks for all of them.
pub(in crate::relate) fn of_table(doc: &Document, all: &mut Vec<Relation>) {
    let mut tables: BTreeMap<usize, Vec<&Claim>> = BTreeMap::new();
    for claim in doc.claims.iter() {
        if let Some(cell) = claim.site.cell {
            tables.entry(cell.table).or_default().push(claim);
        }
    }
    let rows: Vec<Vec<&Claim>> = tables.into_values().collect();
    for (n, table) in rows.iter().enumerate() {
        let Some(last) = table.last() else { continue };
        let until = rows.get(n + 1).and_then(|next| next.first()).map_or(usize::MAX, |next| next.site.paragraph);
        let columns = columns(table);
        let below = last.site.paragraph + 1..=(last.site.paragraph + BELOW).min(until.saturating_sub(1));
        for sentence in sentences(doc, &below) {
            all.extend(of_sentence(sentence, &columns));
        }
    }
}

/// The columns of a table, without its totals.
fn columns<'a>(table: &[&'a Claim]) -> Vec<Column<'a>> {
    let mut columns: BTreeMap<usize, Column> = BTreeMap::new();
    for claim in table.iter().copied().filter(|c| c.bound == Bound::Exact) {
        let (Some(cell), Some((name, _))) = (claim.site.cell, claim.site.sentence_text.split_once('：')) else {
            continue;
        };
        if cell.total || name.chars().count() < 2 {
            continue;
        }
        // 9月: no digit stands in the words before a cell.
        let led = claim.site.before.trim_start_matches('：');
        let bare = name.trim_start_matches(|c: char| c.is_ascii_digit());
        let heading = led.strip_prefix(name).or_else(|| led.strip_prefix(bare)).unwrap_or_default().to_string();
        let column = columns.entry(cell.column).or_insert_with(|| Column { heading, rows: Vec::new() });
        column.rows.push((name.to_string(), claim));
    }
    columns.into_values().filter(|column| column.rows.len() >= 3 && !column.heading.is_empty()).collect()
}

/// The sentences of some paragraphs, with numbers and without.
fn sentences<'a>(doc: &'a Document, paragraphs: &std::ops::RangeInclusive<usize>) -> Vec<&'a str> {
    let numbered = doc.claims.chunk_by(|a, b| a.site.sentence == b.site.sentence).map(|row| &row[0].site);
    let numbered = numbered.filter(|site| paragraphs.contains(&site.paragraph) && site.cell.is_none());
    let bare = doc.unnumbered.iter().filter(|sentence| paragraphs.contains(&sentence.paragraph));
    numbered.map(|site| &*site.sentence_text).chain(bare.map(|sentence| &*sentence.text)).collect()
}

/// The first thing a sentence says that the table does not.
fn of_sentence(sentence: &str, columns: &[Column]) -> Option<Relation> {
    let mut carried = String::new();
    let mut named: Option<String> = None;
    let mut opened = false;
    // 除建筑系外，…: the row is not meant.
    if any_in(sentence, &["除", "之外", "以外", "不计", "不含"]) {
        return None;
    }
    let names = || columns.iter().flat_map(|column| column.rows.iter().map(|(name, _)| name.as_str()));
    let mut clauses = sentence.split(['，', '：', '、', '；']).peekable();
    while let Some(clause) = clauses.next() {
        let find = |words: &[&str]| words.iter().filter_map(|word| Some((clause.find(word)?, word.len()))).min();
        let ((at, len), most) = match (find(HIGHEST), find(LOWEST)) {
            (Some(at), None) => (at, true),
            (None, Some(at)) => (at, false),
            _ => {
                if let Some(it) = place(clause, named.as_deref(), &carried, columns) {
                    return Some(it);
                }
                // 退役军人培训合格率为98.1%: who is told of, and by what; 9月因集中开班: who.
                let own = names().filter(|name| clause.starts_with(name)).max_by_key(|name| name.len());
                if let Some(own) = own {
                    let rest = clause[own.len()..].trim_start_matches('的');
                    let measure = rest.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
                    let measure = measure.trim_end_matches(['为', '达', '是']);
                    opened = rest.starts_with(['因', '由', '受']) && !any_in(clause, ELSE);
                    carried = if measure.len() < rest.len() && !any_in(clause, ELSE) {
                        measure.to_string()
                    } else {
                        String::new()
                    };
                    named = Some(own.to_string());
                }
                continue;
            }
        };
        let (lead, behind) = (&clause[..at], &clause[at + len..]);
        if any_in(clause, ELSE) {
            continue;
        }
        let plain = |text: &str| text.trim_matches(['“', '”', '的', '其', '中']).to_string();
        // 落实率最高的是护理健康系; 机电工程系毕业生人数最多.
        let (name, measure) = match ["的是", "的为", "是", "为"].iter().find_map(|it| behind.strip_prefix(it)) {
            Some(named) => {
                let named = named.split(['（', '(']).next().unwrap_or_default();
                let named = named.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '%'));
                let Some(name) = names().find(|name| *name == plain(named)) else { continue };
                (name.to_string(), plain(lead))
            }
            None if behind.is_empty() => {
                let led = plain(lead);
                let own = names().filter(|name| led.starts_with(name)).max_by_key(|name| name.len());
                match (own, &named) {
                    (Some(name), _) => (name.to_string(), plain(&led[name.len()..])),
                    // 9月因集中开班，培训人次和到账金额均为最高.
                    (None, Some(name)) if opened => {
                        let led = led.trim_end_matches(['为', '是']);
                        let Some(led) = led.strip_suffix(['均', '都', '也']) else { continue };
                        let mut measured = led.split(['和', '与', '及']).filter_map(|it| column_of(it, columns));
                        if let Some(it) = measured.find_map(|column| against(column, name, most)) {
                            return Some(it);
                        }
                        continue;
                    }
                    _ => continue,
                }
            }
            None => continue,
        };
        let measure = if measure.is_empty() { carried.clone() } else { measure };
        carried.clone_from(&measure);
        named = Some(name.clone());
        // 经管系最低，为94.6%: the one column in which its row has this number.
        let value = clauses.peek().and_then(|next| next.strip_prefix('为')).unwrap_or_default();
        let told = || {
            let own = |column: &&Column| column.rows.iter().any(|(own, c)| *own == name && c.text == value);
            let mut of_value = columns.iter().filter(own);
            of_value.next().filter(|_| of_value.next().is_none())
        };
        let column = column_of(&measure, columns).or_else(told);
        if let Some(it) = column.and_then(|column| against(column, &name, most)) {
            return Some(it);
        }
    }
    None
}

/// 落实率居全校第二: the place of the one named, from the most on.
fn place(clause: &str, named: Option<&str>, carried: &str, columns: &[Column]) -> Option<Relation> {
    const TAKES: &[&str] = &["位居", "位列", "名列", "排名", "排在", "居", "列", "排"];
    const AMONG: &[&str] = &["全校", "全院", "各系", "各系部", "全校各系", "所有系部", ""];
    let (lead, rest) = clause.split_once('第').filter(|_| !any_in(clause, ELSE) && !clause.contains("倒数"))?;
    let lead = AMONG
        .iter()
        .filter_map(|among| lead.strip_suffix(among))
        .find_map(|lead| TAKES.iter().find_map(|word| lead.strip_suffix(word)))?;
    let chars: Vec<char> = rest.chars().collect();
    let number = numerals::prefix(&chars).filter(|number| matches!(chars[number.len..], [] | ['位'] | ['名']))?;
    let names = || columns.iter().flat_map(|column| column.rows.iter().map(|(name, _)| name.as_str()));
    let own = names().filter(|name| lead.starts_with(name)).max_by_key(|name| name.len());
    let (name, measure) = own.map(|name| (name, &lead[name.len()..])).or_else(|| Some((named?, lead)))?;
    // 合格率为98.1%，在五类项目中居第三位: of as many as the table has rows.
    let among = measure.strip_prefix('在').and_then(|among| among.strip_suffix('中'));
    let few = among.map(|among| among.trim_start_matches(['全', '校', '院', '各', '这']).chars().collect::<Vec<_>>());
    let many = few.and_then(|few| numerals::prefix(&few)?.value.as_int());
    let measure = if among.is_some() || measure.is_empty() { carried } else { measure };
    let column = column_of(measure.trim_start_matches('的'), columns)?;
    if many.is_some_and(|many| usize::try_from(many) != Ok(column.rows.len())) {
        return None;
    }
    let (_, value) = column.rows.iter().find(|(own, _)| own == name)?;
    let above = column.rows.iter().filter(|(_, c)| c.value > value.value).count();
    let alike = column.rows.iter().filter(|(_, c)| c.value == value.value).count();
    let stated = usize::try_from(number.value.as_int()?).ok()?;
    (!(above + 1..=above + alike).contains(&stated)).then(|| {
        let gives = above + 1;
        let working = Working {
            code: "not-in-that-place",
            with: vec![
                ("name", name.to_string()),
                ("stated", stated.to_string()),
                ("value", value.text.clone()),
                ("gives", gives.to_string()),
            ],
            zh: format!("文中说{name}居第{stated}（{}），按表中的数居第{gives}", value.text),
        };
        relation(RelationKind::Exclusive, Finding::Inconsistent, vec![(Role::Claims, *value)], working)
    })
}

/// The column that is called so, if it is only one.
fn column_of<'a, 'b>(measure: &str, columns: &'b [Column<'a>]) -> Option<&'b Column<'a>> {
    let rate = measure.ends_with(['率', '比']) || measure.ends_with("比例");
    let like = |column: &&Column| {
        let of_rate = column.rows.iter().all(|(_, c)| c.kind == Kind::Rate);
        (1..=LONGEST).contains(&measure.chars().count()) && rate == of_rate
    };
    let called = columns.iter().filter(like).map(|column| (common(measure, &column.heading), column));
    let mut called: Vec<(&str, &Column)> = called.collect();
    called.sort_by_key(|(same, _)| std::cmp::Reverse(same.len()));
    let (best, column) = called.first().copied()?;
    let rival = called.get(1).is_some_and(|(same, _)| same.len() == best.len());
    // 毕业生人数 is 毕业生数, 本地就业率 is not 就业率.
    let rest = measure.replacen(best, "", 1);
    let said =
        rest.is_empty() || matches!(rest.as_str(), "人数" | "数" | "数量" | "人" | "总数" | "的" | "各系" | "全校");
    (best.chars().count() >= 2 && said && !rival).then_some(column)
}

/// The longest run of characters of one text that the other holds.
fn common<'a>(text: &'a str, other: &str) -> &'a str {
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let runs = ends.iter().enumerate().flat_map(|(n, from)| ends[n + 1..].iter().map(move |to| &text[*from..*to]));
    runs.filter(|run| other.contains(run)).max_by_key(|run| run.len()).unwrap_or_default()
}

fn against(column: &Column, name: &str, most: bool) -> Option<Relation> {
    let (_, own) = column.rows.iter().find(|(own, _)| own == name)?;
    let beyond = |(_, c): &&(String, &Claim)| if most { c.value > own.value } else { c.value < own.value };
    let row = column.rows.iter().filter(beyond).filter(|(_, c)| c.unit == own.unit);
    let (other, value) = if most { row.max_by_key(|(_, c)| c.value) } else { row.min_by_key(|(_, c)| c.value) }?;
    let working = Working {
        code: if most { "not-the-highest" } else { "not-the-lowest" },
        with: vec![
            ("name", name.to_string()),
            ("stated", own.text.clone()),
            ("other", other.clone()),
            ("value", value.text.clone()),
        ],
        zh: format!("文中说{name}最{}（{}），{other}却是{}", if most { "高" } else { "低" }, own.text, value.text),
    };
    let members = vec![(Role::Claims, *own), (Role::Claims, *value)];
    Some(relation(RelationKind::Exclusive, Finding::Inconsistent, members, working))
}
