//! Who of a row is said to come first or last, and does not: 机电系45人、信息系62人、财经系38人，机电系人数最多; 一季度1520人次，…。二季度成为全年培训人次最高
//! 的季度; 7月最高，为12.6万度，8月13.2万度.

use std::collections::HashSet;

use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::around::{said_after, said_before, shared};
use crate::relate::wording::cues;
use crate::units::counts_people;
use crate::words::{HIGHEST, LOWEST, any_in};

/// What a number of a row is not led to by: it is of all, or of another time.
const ELSE: &[&str] =
    &["共", "合计", "总", "比", "较", "高出", "相差", "平均", "上年", "去年", "往年", "历年", "累计", "近", "约"];
/// So many sentences behind a row tell of it.
const BEHIND: usize = 2;

/// One of a row, and what it is called.
struct Named<'a> {
    claim: &'a Claim,
    name: String,
}

/// What is said of one of a row.
struct Said {
    name: String,
    most: bool,
}

/// Looks for all of them.
pub(in crate::relate) fn superlatives(doc: &Document, all: &mut Vec<Relation>) {
    for chain in doc.claims.chunk_by(|a, b| a.site.chain == b.site.chain) {
        let rows = rows(chain);
        let told = |row: &Vec<Named>| of_row(row);
        let it = rows.iter().find_map(told).or_else(|| beside_its_number(chain));
        all.extend(it);
    }
}

/// A number as it may stand in a row.
fn plain(c: &Claim) -> bool {
    let measured = c.kind.counts() || matches!(c.kind, Kind::Money | Kind::Quantity | Kind::Rate | Kind::Hours);
    let number = c.bound == Bound::Exact && c.numeral != Numeral::None && c.value.is_some();
    measured && number && c.each.is_none() && c.site.cell.is_none() && !cues::is_old(c)
}

/// Is the number of all, of a part, or of another time?
fn of_else(c: &Claim) -> bool {
    let item = cues::item(c).replace("平均分", "");
    any_in(&item, ELSE) || item.contains("其中")
}

/// The numbers of one sentence that are told of several by name, in one measure.
fn rows(chain: &[Claim]) -> Vec<Vec<Named<'_>>> {
    let mut rows: Vec<Vec<Named>> = Vec::new();
    for claim in chain.iter().filter(|c| plain(c) && !of_else(c)) {
        let name = cues::label(claim);
        let named = Named { claim, name };
        let like = |row: &&mut Vec<Named>| {
            row.last().is_some_and(|last| last.claim.unit == claim.unit && last.claim.kind == claim.kind)
        };
        match rows.iter_mut().rev().find(like) {
            Some(row) => row.push(named),
            None => rows.push(vec![named]),
        }
    }
    let distinct = |row: &Vec<Named>| {
        let names: HashSet<&str> = row.iter().map(|it| it.name.as_str()).collect();
        row.len() >= 3 && names.len() == row.len() && names.iter().all(|name| (2..=12).contains(&name.chars().count()))
    };
    rows.retain(distinct);
    rows
}

/// The first thing said of a row that is not so.
fn of_row(row: &[Named]) -> Option<Relation> {
    let (first, last) = (row.first()?.claim, row.last()?.claim);
    let paragraph = &last.site.paragraph_text;
    let (_, behind) = paragraph.split_once(&*last.site.sentence_text)?;
    let (rest, told_first) = (said_after(last), said_before(first));
    let head = format!("{told_first}{}{}{}", last.unit, last.site.after, measures(last));
    let next: Vec<&str> = behind.split_inclusive(['。', '！', '？', '；']).take(BEHIND).collect();
    // In a sentence of its own only what it begins with is surely said by the measure of the row.
    let sentences = std::iter::once((rest, true)).chain(next.into_iter().map(|text| (text, false)));
    let mut plain = true;
    for (sentence, own) in sentences {
        let mut by_measure = false;
        for (n, clause) in sentence.split(['，', '。', '；', '！', '？', '：']).enumerate() {
            let bare = plain && (own || n == 0 || by_measure);
            if let Some(it) = said_of(clause, row, &head, bare).and_then(|said| against(row, &said)) {
                return Some(it);
            }
            // Once other numbers were told, only the measure's own name leads back to the row.
            plain &= !clause.contains(|c: char| c.is_ascii_digit());
            // 论拿证人数，就数机车方向最多.
            by_measure =
                ["论", "按", "从", "就", "以"].iter().find_map(|word| clause.strip_prefix(word)).is_some_and(|said| {
                    let said = ["来看", "看", "而言", "来说", "计", "论"]
                        .iter()
                        .find_map(|end| said.strip_suffix(end))
                        .unwrap_or(said);
                    !said.is_empty() && measured(said, &head, &row[0].name, false)
                });
        }
    }
    None
}

/// Which of a row a clause says to be first or last, if it says so of one of them by the row's own measure.
fn said_of(clause: &str, row: &[Named], head: &str, bare: bool) -> Option<Said> {
    const LEADS: &[&str] =
        &["其中", "以", "尤以", "又以", "而", "中", "里", "内", "当中", "看", "来说", "就数", "要数", "当属"];
    let find = |words: &[&str]| words.iter().filter_map(|word| Some((clause.find(word)?, word.len()))).min();
    let ((at, len), most) = match (find(HIGHEST), find(LOWEST)) {
        (Some(at), None) => (at, true),
        (None, Some(at)) => (at, false),
        _ => return None,
    };
    let (lead, behind) = (&clause[..at], &clause[at + len..]);
    if any_in(clause, ELSE) || lead.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // 人数最多的是机电系.
    let (name, measure) = if let Some(named) =
        ["的是", "的为", "的当属", "的要数"].iter().find_map(|it| behind.strip_prefix(it))
    {
        let name = &row.iter().find(|it| names_of(it, row).iter().any(|name| named == name))?.name;
        (name, lead.trim_start_matches("其中").to_string())
    } else {
        let found = row.iter().filter_map(|it| {
            let names = names_of(it, row);
            names.into_iter().filter_map(|name| Some((lead.find(&name)?, name.len(), &it.name))).max_by_key(|it| it.1)
        });
        let (from, len, name) = found.max_by_key(|it| it.1)?;
        let led = lead[..from].is_empty() || LEADS.iter().any(|word| lead[..from].ends_with(word));
        // 二季度成为全年培训人次最高的季度; 最高的一次 and 最高分 are of something else.
        let ends = behind.is_empty()
            || behind
                .strip_prefix('的')
                .is_some_and(|noun| (1..=4).contains(&noun.chars().count()) && !noun.starts_with('一'));
        if !led || !ends {
            return None;
        }
        (name, lead[from + len..].to_string())
    };
    let own = name.clone();
    measured(&measure, head, &row.first()?.name, bare).then_some(Said { name: own, most })
}

/// What any number of its kind may be called.
fn measures(c: &Claim) -> &'static str {
    match c.kind {
        Kind::Rate => "占比、比例",
        Kind::Money => "金额、数额",
        Kind::Hours => "时长",
        _ if counts_people(&c.unit) => "人数",
        _ => "数量",
    }
}

/// What one of a row may be called: 焊工 for 焊工合格率, where the others end alike.
fn names_of(it: &Named, row: &[Named]) -> Vec<String> {
    let alike = |name: &str| row.iter().filter(|other| other.name.starts_with(name)).count() == 1;
    let chars: Vec<char> = it.name.chars().collect();
    let shorter = (2..=chars.len()).rev().map(|n| chars[..n].iter().collect::<String>());
    shorter.filter(|name| alike(name)).collect()
}

/// Is what stands between the name and the superlative the row's own measure, or nothing?
fn measured(said: &str, head: &str, first: &str, bare: bool) -> bool {
    const EMPTY: &[&str] =
        &["成为", "全年", "全校", "全院", "均", "则", "也", "又", "仍", "是", "为", "的", "最终", "当年"];
    let mut rest = EMPTY.iter().fold(said.to_string(), |rest, word| rest.replace(word, ""));
    // 一季度因春节而最低.
    if rest.starts_with('因') && rest.ends_with('而') {
        rest.clear();
    }
    if rest.is_empty() {
        return bare;
    }
    let known = format!("{head}{first}");
    shared(&rest, &known) >= 2.min(rest.chars().count()) && shared(&rest, &known) + 2 >= rest.chars().count()
}

/// 焊工合格率93.4% above what is said to be the highest, or below the lowest.
fn against(row: &[Named], said: &Said) -> Option<Relation> {
    let own = row.iter().find(|it| it.name == said.name)?;
    let beyond = |it: &&Named| {
        if said.most { it.claim.value > own.claim.value } else { it.claim.value < own.claim.value }
    };
    let other = row.iter().filter(beyond).max_by_key(|it| {
        let value = it.claim.value;
        if said.most { (value, None) } else { (None, value.map(std::cmp::Reverse)) }
    })?;
    Some(not_so(own.claim, other, said))
}

fn not_so(own: &Claim, other: &Named, said: &Said) -> Relation {
    let working = Working {
        code: if said.most { "not-the-highest" } else { "not-the-lowest" },
        with: vec![
            ("name", said.name.clone()),
            ("stated", own.text.clone()),
            ("other", other.name.clone()),
            ("value", other.claim.text.clone()),
        ],
        zh: format!(
            "文中说{}最{}（{}），{}却是{}",
            said.name,
            if said.most { "高" } else { "低" },
            own.text,
            other.name,
            other.claim.text
        ),
    };
    let members = vec![(Role::Claims, own), (Role::Claims, other.claim)];
    relation(RelationKind::Exclusive, Finding::Inconsistent, members, working)
}

/// 7月最高，为12.6万度，8月13.2万度: the superlative stands with the number itself, and another of its kind is beyond.
fn beside_its_number(chain: &[Claim]) -> Option<Relation> {
    chain.iter().filter(|c| plain(c)).find_map(|own| {
        let lead = said_before(own).trim_end_matches(['，', '为', '达', '有', '是', '共', '到']);
        let ends = |words: &[&str]| words.iter().find_map(|word| lead.strip_suffix(word));
        let (lead, most) = ends(HIGHEST).map(|lead| (lead, true)).or_else(|| Some((ends(LOWEST)?, false)))?;
        let name = lead.rsplit(['，', '：', '；', '、']).next()?;
        let name =
            ["其中", "中以", "以", "中"].iter().fold(name, |name, word| name.rsplit(word).next().unwrap_or(name));
        let kind = name.chars().last()?;
        let said = Said { name: name.to_string(), most };
        let beyond = |c: &&Claim| if most { c.value > own.value } else { c.value < own.value };
        let like = |c: &&Claim| {
            let called = cues::label(c);
            let short = (2..=8).contains(&called.chars().count()) && called.ends_with(kind) && !called.contains(name);
            plain(c) && c.unit == own.unit && c.kind == own.kind && short && !of_else(c)
        };
        let other = chain.iter().filter(|c| c.id != own.id && c.step == own.step).filter(like).find(beyond)?;
        let short = (2..=8).contains(&name.chars().count())
            && name.chars().all(|c| jc_text::fold::is_han(c) || c.is_ascii_digit());
        short.then(|| not_so(own, &Named { claim: other, name: cues::label(other) }, &said))
    })
}
