//! Whose text a number stands in: a report of one department (机电工程学院自评报告), or a sentence that begins with its
//! name, tells of that department wherever it does not say that the whole school is meant.

use std::collections::HashMap;

use super::is_han;
use crate::document::{Claim, Document, Kind};
use crate::lexicon::{Lexicon, common_verbs};
use crate::words::any_in;

/// Of whom a number tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Holder {
    /// The whole school, or whatever its own words say.
    School,
    /// The part of the school that is called so, by the heading of its text.
    Part(String),
    /// That part begins the sentence; what a later clause tells need not be of it alone.
    PerhapsPart(String),
    /// A part, but which one cannot be said.
    SomePart,
}

/// What ends the name of a part whose whole text can be about it; offices tell of the whole school.
const ENDS: &[&str] = &["学院", "分院", "系", "专业", "专业部", "教学部", "班"];

/// What stands behind the name in a heading: 机电工程学院自评报告, 商贸信息学院这一年.
const TELLS: &[&str] =
    &["自评", "报告", "总结", "情况", "这", "工作", "年", "2", "简报", "述职", "数据", "材料", "在", "：", "（", "】"];

/// With these the whole school is meant again.
const ALL: &[&str] = &["全校", "学校", "我校", "本校"];

/// With these somebody speaks of themselves or of the one named before.
const ITSELF: &[&str] =
    &["我院", "本院", "全院", "学院", "该院", "该学院", "我系", "本系", "全系", "该系", "本专业", "该专业"];

/// Other schools, whose texts are none of ours.
const OTHERS: &[&str] = &["兄弟学校", "兄弟院校", "友校", "同类院校"];

/// No heading is longer.
const LONGEST_HEADING: usize = 24;

/// A sentence, and whether it tells a number that is no date.
struct Said<'d> {
    start: usize,
    paragraph: usize,
    text: &'d str,
    numbered: bool,
}

/// A heading that names a part: by what it is numbered, and whether it is the title, which holds to the end.
struct Heading {
    of: Holder,
    numbering: Option<char>,
    title: bool,
}

/// For each claim, by its place in the document, of whom it tells.
pub(crate) fn holders(doc: &Document, lexicon: &Lexicon) -> Vec<Holder> {
    if lexicon.parts.is_empty() && lexicon.own_names.is_empty() {
        return vec![Holder::School; doc.claims.len()];
    }
    let mut sentences: Vec<Said> = doc
        .unnumbered
        .iter()
        .map(|it| Said { start: it.start, paragraph: it.paragraph, text: it.text.as_ref(), numbered: false })
        .collect();
    for same in doc.claims.chunk_by(|a, b| a.site.sentence == b.site.sentence) {
        let numbered = same.iter().any(|claim| claim.kind != Kind::Date);
        let Some(site) = same.first().map(|claim| &claim.site) else { continue };
        let (start, text) = (site.sentence_start, site.sentence_text.as_ref());
        sentences.push(Said { start, paragraph: site.paragraph, text, numbered });
    }
    sentences.sort_by_key(|it| it.start);
    let mut of: HashMap<usize, Holder> = HashMap::new();
    let mut headed: Option<Heading> = None;
    let mut paragraph: Option<(Holder, usize)> = None;
    for (at, said) in sentences.iter().enumerate() {
        let alone = |other: Option<&Said>| other.is_none_or(|it| it.paragraph != said.paragraph);
        let opens = alone(at.checked_sub(1).and_then(|at| sentences.get(at)));
        let short = said.text.chars().count() <= LONGEST_HEADING && !said.text.contains('，');
        let heads = opens && alone(sentences.get(at + 1)) && short && !said.numbered;
        let name = unnumbered(said.text);
        let numbering =
            (name.len() < said.text.len()).then(|| said.text.chars().find(|c| !c.is_alphanumeric())).flatten();
        // 【机电工程学院】…, 机电工程学院述职材料：…
        let lead = name.split_once(['：', '】']).map_or("", |(lead, _)| lead);
        let leads = opens && !lead.is_empty() && lead.chars().count() <= LONGEST_HEADING;
        // 兄弟学校…工作经验: not of this school at all.
        let others = leads && any_in(lead, OTHERS) || heads && any_in(name, OTHERS);
        let named = if others {
            Some(Holder::SomePart)
        } else {
            begins_with(name.trim_start_matches('【'), lexicon, heads || leads)
        };
        let title = at == 0 && !said.numbered;
        match named.clone().filter(|_| heads || leads) {
            Some(of) if heads || title => headed = Some(Heading { of, numbering, title }),
            Some(of) => paragraph = Some((of, said.paragraph)),
            None => headed = headed.filter(|it| !heads || goes_on(it, name, numbering)),
        }
        let carried = paragraph.as_ref().filter(|(_, of)| *of == said.paragraph).map(|(it, _)| it);
        let within = carried.or(headed.as_ref().map(|it| &it.of)).cloned();
        // 智能制造学院现有教师40人，学生600人: one that begins a sentence is its subject.
        let subject = named.filter(|_| said.numbered).map(|it| match it {
            Holder::Part(name) => Holder::PerhapsPart(name),
            other => other,
        });
        if let Some(holder) = within.or(subject) {
            of.insert(said.start, holder);
        }
    }
    doc.claims.iter().map(|claim| of_claim(claim, &of)).collect()
}

/// Whether what one heading began goes on behind another, which is numbered so.
fn goes_on(heading: &Heading, name: &str, numbering: Option<char>) -> bool {
    let all = ALL.iter().any(|all| name.starts_with(all));
    !all && (heading.title || heading.numbering != numbering)
}

fn of_claim(claim: &Claim, of: &HashMap<usize, Holder>) -> Holder {
    let site = &claim.site;
    let holder = of.get(&site.sentence_start).cloned().unwrap_or(Holder::School);
    let until = site.sentence_text.find(site.clause_text.as_ref()).map_or(0, |at| at + site.clause_text.len());
    let said = &site.sentence_text[..until];
    let who = said.rsplit(['，', '：', '；']).find_map(|clause| {
        let all = ALL.iter().any(|word| clause.starts_with(word));
        (all || ITSELF.iter().any(|word| clause.starts_with(word))).then_some(all)
    });
    if who == Some(true) { Holder::School } else { holder }
}

/// A heading without what numbers it: （一）, 1., 一、, 附：.
fn unnumbered(text: &str) -> &str {
    let text = text.trim();
    let digits = |c: char| c.is_ascii_digit() || "一二三四五六七八九十（）()".contains(c);
    let rest = text.trim_start_matches(digits);
    let rest = rest.strip_prefix(['、', '.', '．', '：']).unwrap_or(rest);
    let numbered = rest.len() < text.len() && !rest.starts_with(['年', '届', '级', '个', '名', '所']);
    if numbered { rest.trim_start() } else { text }
}

/// The part of the school whose name begins a text, in full or shortened; one that only looks like one, if it heads it.
fn begins_with(text: &str, lexicon: &Lexicon, heading: bool) -> Option<Holder> {
    // 2024年机电工程学院总结.
    let year = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let text = if year.len() < text.len() { year.trim_start_matches(['年', '届', '度']) } else { text };
    let text = lexicon.own_names.iter().fold(text, |text, own| text.strip_prefix(own.as_str()).unwrap_or(text));
    let ends = |name: &str| ENDS.iter().any(|end| name.ends_with(end));
    let known =
        lexicon.parts.iter().filter(|part| ends(part) && text.starts_with(part.as_str())).max_by_key(|it| it.len());
    if let Some(part) = known {
        let rest = &text[part.len()..];
        // 机电工程学院、商贸信息学院: several are none.
        return (!rest.starts_with(['、', '与', '和', '及'])).then(|| Holder::Part(part.clone()));
    }
    let (name, rest) = ["学院", "分院", "系"].iter().find_map(|end| {
        let at = text.find(end)? + end.len();
        let stem = text[..at - end.len()].chars().count();
        let name = (2..=6).contains(&stem) && text[..at].chars().all(is_han);
        name.then(|| (&text[..at], &text[at..]))
    })?;
    let heads = heading && (rest.is_empty() || TELLS.iter().any(|word| rest.starts_with(word)));
    let does = || common_verbs().any(|verb| verb.chars().count() > 1 && rest.starts_with(verb));
    if !heads && !does() || ITSELF.contains(&name) {
        return None;
    }
    let mut short = lexicon.parts.iter().filter(|part| ends(part) && shortens(name, part));
    match (short.next(), short.next()) {
        (Some(one), None) => Some(Holder::Part(one.clone())),
        (None, _) if no_name(name) || lexicon.own_names.iter().any(|own| own.ends_with(name)) => None,
        _ => Some(Holder::SomePart),
    }
}

/// 产业学院 and 联系 are kinds of things, and no parts of this school.
fn no_name(name: &str) -> bool {
    const KINDS: &[&str] =
        &["产业", "企业", "专业", "二级", "各", "技师", "职业", "联", "体", "关", "所有", "全部", "我", "本"];
    KINDS.iter().any(|kind| name.starts_with(kind))
        || ["联系", "体系", "关系", "技师学院"].iter().any(|end| name.ends_with(end))
}

/// 信息学院 or 机电学院 for 商贸信息学院 and 机电工程学院: its characters stand there in their order.
fn shortens(name: &str, part: &str) -> bool {
    let mut rest = part.chars();
    name.chars().all(|c| rest.any(|other| other == c)) && name.chars().last() == part.chars().last()
}
