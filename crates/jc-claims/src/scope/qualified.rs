//! Words right before the one that names an indicator, and parts of the school that do what is counted: of 核心期刊论文,
//! 参加培训的毕业生 and 图书馆组织志愿服务 the records need not count all, and nobody can know who does not know them.

use super::{GROUPS, OURSELVES, PARTS, WHOLE, beside, is_han};
use crate::candidates::Said;
use crate::document::Claim;
use crate::lexicon::{Filter, LexEntry, Lexicon, common_verbs};
use crate::words::{FILLERS, LEADS, VERBS};

/// What ends the name of a part of the school or of an association of its people.
const BODIES: &[&str] = &[
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
const PARTICLES: &[char] = &['的', '了', '等', '各', '类', '中', '对', '向', '给', '“', '”', '"', '‘', '’', '《', '》'];

/// Words that say how the whole is looked at, and who sits an exam.
const LOOKED_AT: &[&str] = &[
    "当中",
    "总体",
    "整体",
    "各项",
    "所有",
    "平均",
    "初次",
    "年度",
    "考生",
    "人员",
    "在职",
    "队伍",
    "上下",
    "专题",
    "系列",
    "自己",
    "方式",
    "团队",
    "对外",
    "在校生",
    "在校学生",
];

/// Whether a word that nothing explains stands right before the one that names the indicator: 核心期刊论文.
pub(super) fn qualified(claim: &Claim, said: &Said, entry: &LexEntry, narrowed: &[&Filter], lexicon: &Lexicon) -> bool {
    let known = Known::of(entry, narrowed, lexicon);
    // 走访留守家庭学生: what fills a word's gap narrows it as well.
    if said.gaps.iter().any(|gap| known.ends_strange(gap)) {
        return true;
    }
    let word = said.text.as_ref();
    let Some(at) = claim.site.before.rfind(word) else { return false };
    let lead = beside(&claim.site.before[..at], &['，', '、', '：', '；', '。', '）', '（']);
    if only_new(lead) {
        return true;
    }
    // 学校举办的家长会 are all of them, 参加培训的毕业生 need not be.
    if let Some((clause, behind)) = lead.rsplit_once('的')
        && known.all(behind)
        && let Some(verb) = verbs().filter(|verb| clause.ends_with(verb)).max_by_key(|verb| verb.len())
    {
        let object = &clause[..clause.len() - verb.len()];
        return !known.all(object);
    }
    !does(word) && known.ends_strange(lead)
}

/// Verbs, the sentence's own and those that lead to a number.
fn verbs() -> impl Iterator<Item = &'static str> {
    VERBS.iter().copied().chain(common_verbs())
}

/// 新注册志愿者, 新招教师: those that came, and not all there are. 创新 and 更新 are other words.
fn only_new(lead: &str) -> bool {
    const OTHERS: [char; 6] = ['创', '更', '革', '刷', '翻', '最'];
    let end: Vec<char> = lead.chars().rev().take(4).collect();
    let at = end.iter().take(3).position(|c| *c == '新');
    at.is_some_and(|at| !end.get(at + 1).is_some_and(|before| OTHERS.contains(before)))
}

/// Whether a word that names an indicator begins with what is done: 攻克技术难题.
fn does(word: &str) -> bool {
    let count = |text: &str| text.chars().count();
    VERBS.iter().any(|verb| word.strip_prefix(verb).is_some_and(|what| count(what) > 1))
}

/// What says no more than the indicator, its slices, the school and the time do.
struct Known<'l> {
    words: Vec<&'l str>,
    /// What the catalog calls the indicator and its register: any two characters of it together are known.
    names: &'l [String],
    context: &'l [String],
}

impl<'l> Known<'l> {
    fn of(entry: &'l LexEntry, narrowed: &[&'l Filter], lexicon: &'l Lexicon) -> Self {
        let own = entry.words.iter().flat_map(|word| word.split('…').filter(|part| part.chars().count() > 1));
        let own = own.chain(entry.context.iter().chain(&lexicon.own_names).map(String::as_str));
        let slices = narrowed.iter().map(|filter| filter.word.as_str());
        let stem = |place: &'l str| place.strip_suffix(['省', '市', '县', '区']).filter(|it| it.chars().count() > 1);
        let places = lexicon.places.iter().map(|(place, _)| place.as_str());
        let places = places.flat_map(|place| [Some(place), stem(place)]).flatten();
        let small = FILLERS.iter().chain(LEADS).chain(OURSELVES).chain(WHOLE).chain(LOOKED_AT).copied();
        // 青年 ends with no year.
        let small = small.filter(|word| !["年", "届"].contains(word));
        let words = own.chain(slices).chain(places).chain(small);
        Self { words: words.filter(|word| !word.is_empty()).collect(), names: &entry.names, context: &entry.context }
    }

    /// Whether a text is made of what is known alone.
    fn all(&self, text: &str) -> bool {
        let mut rest = without_year(text);
        while let Some(shorter) = self.without_last(rest) {
            rest = without_year(shorter);
        }
        rest.is_empty()
    }

    /// Whether a text ends with a word that nothing explains: no verb, and none of what is known.
    fn ends_strange(&self, text: &str) -> bool {
        let mut rest = without_year(text);
        while !verbs().any(|verb| rest.ends_with(verb)) {
            match self.without_last(rest) {
                Some(shorter) => rest = without_year(shorter),
                None => return (last_two(rest) || ends_with_a_code(rest)) && !self.about(rest),
            }
        }
        false
    }

    /// Whether the words at a text's end name what the indicator is about: 中德合作专业班级.
    fn about(&self, text: &str) -> bool {
        let start = text.char_indices().rev().take_while(|(_, c)| is_han(*c)).last().map_or(text.len(), |(at, _)| at);
        self.context.iter().any(|word| !word.is_empty() && text[start..].starts_with(word.as_str()))
    }

    /// A text without the last known word, or the longest end of it that stands in a name.
    fn without_last<'t>(&self, text: &'t str) -> Option<&'t str> {
        const LONGEST: usize = 8;
        let word = self.words.iter().filter_map(|it| text.strip_suffix(it)).min_by_key(|it| it.len());
        let ends = text.char_indices().rev().take(LONGEST).take_while(|(_, c)| is_han(*c)).map(|(at, _)| at).skip(1);
        let named = ends.take_while(|at| self.names.iter().any(|name| name.contains(&text[*at..]))).last();
        word.or(named.map(|at| &text[..at]))
    }
}

/// Whether a text ends with two characters at least.
fn last_two(text: &str) -> bool {
    text.chars().rev().take(2).filter(|c| is_han(*c)).count() == 2
}

/// Whether a text ends with letters or what they mark: 德语A2级, PETS.
fn ends_with_a_code(text: &str) -> bool {
    let marked = text.trim_end_matches(['级', '类', '等', '型']).trim_end_matches(|c: char| c.is_ascii_digit());
    marked.ends_with(|c: char| c.is_ascii_alphabetic())
}

/// A text without the particles, signs and years at its end: 学校2024届 is 学校.
fn without_year(text: &str) -> &str {
    let marks = |c: char| PARTICLES.contains(&c) || !is_han(c) && !c.is_ascii_alphabetic();
    let bare = text.trim_end_matches(marks);
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
    let who = clause[..verb].trim_end_matches(|c: char| PARTICLES.contains(&c) || "共已均新仍".contains(c));
    let slice = narrowed.iter().any(|filter| who.ends_with(filter.word.as_str()));
    if slice || OURSELVES.contains(&who) || lexicon.own_names.iter().any(|own| who.ends_with(own.as_str())) {
        return false;
    }
    let some = OURSELVES.iter().filter_map(|people| who.strip_suffix(people)).min_by_key(|it| it.len());
    BODIES.iter().chain(PARTS).chain(GROUPS).any(|body| who.ends_with(body))
        || some.is_some_and(|of| Known::of(entry, narrowed, lexicon).ends_strange(of))
}
