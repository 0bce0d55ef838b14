//! The words the catalog gives: which indicators exist and what prose calls them.

use crate::document::Level;

/// What a school's catalog knows of words. Nothing here is in code: another school brings another lexicon.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// One entry an indicator.
    pub entries: Vec<LexEntry>,
    /// Names and set phrases whose numerals count nothing: `三会一课`, `十百千`.
    ///
    /// Those of the language in general are known already, see [`common_set_phrases`].
    pub set_phrases: Vec<String>,
    /// Places near the school with their rank, so that 平湖市 is a county and 嘉兴市 a city.
    pub places: Vec<(String, Level)>,
    /// Names of the areas (板块) as they stand in headings.
    pub areas: Vec<String>,
    /// How the school itself is named; empty if that is not known, and then no other is told from it.
    pub own_names: Vec<String>,
    /// What the school calls its parts: departments, majors, classes.
    pub parts: Vec<String>,
}

/// One indicator as prose speaks of it.
#[derive(Clone, Debug)]
pub struct LexEntry {
    /// The indicator's id.
    pub indicator: String,
    /// What prose calls the thing counted or the rate; the longest one found decides. Where a word has a `…`, a few other
    /// words of the clause may stand: `专任教师…占比` is found in 专任教师在教职工中的占比.
    pub words: Vec<String>,
    /// The unit as printed: `人次`, `%`, `万元` is `元`. Empty: any.
    pub unit: String,
    /// What the catalog lets a text call that unit besides: 学时 of hours.
    pub other_units: Vec<String>,
    /// What kind of figure the indicator is.
    pub kind: EntryKind,
    /// Words of which one must stand in the same sentence or paragraph: `中德`. Empty: none needed.
    pub context: Vec<String>,
    /// The one level the indicator counts, if it counts only one: prose that names another means another figure.
    pub level: Option<Level>,
    /// What the catalog calls the indicator and its register: words of these names narrow it to nothing less.
    pub names: Vec<String>,
    /// Words that narrow the indicator to a slice: a grade, a medal, a level.
    pub filters: Vec<Filter>,
}

/// A word that narrows an indicator to one slice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The field it filters, as the catalog calls it: `grade`.
    pub field: String,
    /// The word in prose: `一等奖`.
    pub word: String,
    /// The code it stands for: `first`.
    pub value: String,
}

/// The kind of an indicator, as far as prose must agree with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// Things or people counted.
    Count,
    /// Attendances counted (人次).
    PersonTimes,
    /// A share in per cent.
    Rate,
    /// A change against another period, in per cent or absolute.
    Growth,
    /// An amount of money.
    Money,
    /// Hours or days.
    Time,
    /// A place in an order (第三名, 第二批).
    Rank,
    /// Any other amount: areas, means, ratios.
    Amount,
}

/// Set phrases and names with numerals in them that any Chinese reader knows.
pub fn common_set_phrases() -> impl Iterator<Item = &'static str> {
    include_str!("../data/set-phrases.txt").split_whitespace()
}

/// Verbs of doing and getting, and such as lead to a number: what stands behind one of them is narrowed by nothing.
pub(crate) fn common_verbs() -> impl Iterator<Item = &'static str> {
    include_str!("../data/verbs.txt").split_whitespace()
}
