//! Words right before the one that names an indicator, and parts of the school that do what is counted: of 核心期刊论文,
//! 参加培训的毕业生 and 图书馆组织志愿服务 the records need not count all, and nobody can know who does not know them.

use super::{GROUPS, OURSELVES, PARTS, WHOLE, is_han};
use crate::document::Claim;
use crate::lexicon::{Filter, LexEntry, Lexicon, common_verbs};
use crate::words::{FILLERS, LEADS, VERBS};

/// What ends the name of a part of the school or of an association of its people.
const BODIES: &[&str] = &[
    "党委",
    "团委",
    "工会",
    "妇联",
    "学生会",
    "委员会",
    "支部",
    "总支",
    "协会",
    "社团",
    "服务队",
    "分队",
    "社",
    "处",
    "科",
    "室",
    "馆",
    "中心",
    "部门",
    "教研组",
    "项目组",
    "后勤",
    "食堂",
    "公寓",
];

/// What stands between a word and its indicator without saying anything of either.
const PARTICLES: &[char] = &['的', '了', '等', '各', '类', '“', '”', '"', '‘', '’', '《', '》'];

/// Whether a word that nothing explains stands right before the one that names the indicator: 核心期刊论文.
pub(super) fn qualified(claim: &Claim, word: &str, entry: &LexEntry, narrowed: &[&Filter], lexicon: &Lexicon) -> bool {
    let Some(at) = claim.site.before.rfind(word) else { return false };
    let lead = claim.site.before[..at].rsplit(['，', '、', '：', '；', '。', '）', '（']).next().unwrap_or_default();
    let known = Known::of(entry, narrowed, lexicon);
    // 学校举办的家长会 are all of them, 参加培训的毕业生 need not be.
    if let Some((clause, behind)) = lead.rsplit_once('的')
        && known.all(behind)
    {
        let verb = verbs().filter(|verb| clause.ends_with(verb)).max_by_key(|verb| verb.len());
        return !known.all(verb.map_or(clause, |verb| &clause[..clause.len() - verb.len()]));
    }
    !does(word) && known.ends_strange(lead)
}

/// Verbs, the sentence's own and those that lead to a number.
fn verbs() -> impl Iterator<Item = &'static str> {
    VERBS.iter().copied().chain(common_verbs())
}

/// Whether a word that names an indicator begins with what is done: 攻克技术难题.
fn does(word: &str) -> bool {
    let count = |text: &str| text.chars().count();
    verbs().any(|verb| count(verb) > 1 && word.strip_prefix(verb).is_some_and(|what| count(what) > 1))
}

/// What says no more than the indicator, its slices, the school and the time do.
struct Known<'l> {
    words: Vec<&'l str>,
    /// What the catalog calls the indicator: any two characters of it together are known.
    names: &'l [String],
}

impl<'l> Known<'l> {
    fn of(entry: &'l LexEntry, narrowed: &[&'l Filter], lexicon: &'l Lexicon) -> Self {
        let own = entry.words.iter().chain(&entry.context).chain(&lexicon.own_names).map(String::as_str);
        let slices = narrowed.iter().map(|filter| filter.word.as_str());
        let places = lexicon.places.iter().map(|(place, _)| place.as_str());
        let small = FILLERS.iter().chain(LEADS).chain(OURSELVES).chain(WHOLE).copied();
        // 青年 ends with no year.
        let small = small.filter(|word| !["年", "届"].contains(word));
        Self { words: own.chain(slices).chain(places).chain(small).collect(), names: &entry.names }
    }

    /// Whether a text is made of what is known alone.
    fn all(&self, text: &str) -> bool {
        let mut rest = text;
        loop {
            let bare = without_year(rest);
            match self.words.iter().filter_map(|it| bare.strip_suffix(it)).min_by_key(|it| it.len()) {
                Some(shorter) => rest = shorter,
                None => return bare.is_empty(),
            }
        }
    }

    /// Whether a text ends with a word that nothing explains: no verb, and none of what is known.
    fn ends_strange(&self, text: &str) -> bool {
        let mut rest = text;
        loop {
            let bare = without_year(rest);
            if verbs().any(|verb| bare.ends_with(verb)) {
                return false;
            }
            if let Some(shorter) = self.words.iter().filter_map(|it| bare.strip_suffix(it)).min_by_key(|it| it.len()) {
                rest = shorter;
                continue;
            }
            let last = bare.char_indices().rev().take(2).take_while(|(_, c)| is_han(*c)).map(|(at, _)| at);
            let Some(start) = last.skip(1).last() else { return false };
            if !self.names.iter().any(|name| name.contains(&bare[start..])) {
                return true;
            }
            rest = &bare[..start];
        }
    }
}

/// A text without the particles, signs and years at its end: 学校2024届 is 学校.
fn without_year(text: &str) -> &str {
    let bare = text.trim_end_matches(|c: char| PARTICLES.contains(&c) || !is_han(c));
    let year = bare.strip_suffix(['年', '届']).filter(|year| year.ends_with(|c: char| c.is_ascii_digit()));
    year.map_or(bare, |year| year.trim_end_matches(|c: char| !is_han(c)))
}

/// Whether some of the people, a part of the school or an association does what is counted: 青年教师发表论文,
/// 团委组织志愿服务.
pub(super) fn by_a_part(lead: &str, word: &str, entry: &LexEntry, narrowed: &[&Filter], lexicon: &Lexicon) -> bool {
    let until = lead.rfind(word).unwrap_or(lead.len());
    let clause = lead[..until].rsplit(['，', '、', '：', '；']).next().unwrap_or_default();
    let verb = verbs().filter(|verb| verb.chars().count() > 1).filter_map(|verb| clause.find(verb)).min();
    let Some(verb) = verb.or(does(word).then_some(clause.len())) else { return false };
    let who = clause[..verb].trim_end_matches(|c: char| PARTICLES.contains(&c) || "共已均".contains(c));
    let slice = narrowed.iter().any(|filter| who.ends_with(filter.word.as_str()));
    if slice || OURSELVES.contains(&who) || lexicon.own_names.iter().any(|own| who.ends_with(own.as_str())) {
        return false;
    }
    let some = OURSELVES.iter().filter_map(|people| who.strip_suffix(people)).min_by_key(|it| it.len());
    BODIES.iter().chain(PARTS).chain(GROUPS).any(|body| who.ends_with(body))
        || some.is_some_and(|of| Known::of(entry, narrowed, lexicon).ends_strange(of))
}
