//! Conditions and amounts, written down as a person would and thought through anew: nothing of the program's own
//! evaluators is used here.

use super::days::{At, Day, civil, iso};
use super::model::{Cell, Model, VERIFIED};
use super::world::{GRADES, World};

/// A field of the register, or one seen through references: the fields walked along.
pub type Path = Vec<usize>;

pub const OPS: [&str; 6] = ["=", "<>", "<", "<=", ">", ">="];

/// What is true, false or unknown of a record.
#[derive(Debug, Clone)]
pub enum Claim {
    Always(bool),
    Flag(Path),
    FlagIs(Path, bool, bool),
    SameFlag(Path, Path, bool),
    Number(usize, Amount, Amount),
    Between(Amount, Amount, Amount, bool),
    Among(Amount, Vec<Amount>, bool),
    Day(usize, When, When),
    Month(usize, Path, String),
    Word(Path, &'static str, bool),
    Grade(Path, Vec<usize>, bool),
    AtLeast(Path, usize),
    AtMost(Path, usize),
    SameRecord(Path, Path, bool),
    Missing(Path, bool),
    Not(Box<Claim>),
    All(Vec<Claim>),
    Any(Vec<Claim>),
    Has(Back, Option<Box<Claim>>),
    LatestGrade(Back, usize, Vec<usize>, bool),
    LatestMissing(Back, usize, bool),
}

/// A number: steps and decimals.
#[derive(Debug, Clone)]
pub enum Amount {
    Fixed(i64, u32),
    Cell(Path),
    Members(usize),
    Plus(Box<Amount>, Box<Amount>),
    Minus(Box<Amount>, Box<Amount>),
    Times(Box<Amount>, Box<Amount>),
    Days(When, When),
    Year(When),
    Latest(Back, usize),
}

#[derive(Debug, Clone)]
pub enum When {
    Cell(Path),
    Start,
    End,
    Census,
    Fixed(Day),
}

/// Records of another register that refer here by one of their fields.
#[derive(Debug, Clone)]
pub struct Back {
    pub register: usize,
    pub via: usize,
    /// Whether the field must or shall be named.
    pub named: bool,
    /// The date that orders them.
    pub by: usize,
}

/// The register a claim is about, and the world it is declared in.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    pub world: &'a World,
    pub register: usize,
}

impl Words<'_> {
    pub fn path(self, path: &Path) -> String {
        let (mut register, mut names) = (self.register, Vec::new());
        for field in path {
            let field = &self.world.registers[register].fields[*field];
            names.push(field.id.clone());
            register = field.kind.target().unwrap_or(register);
        }
        names.join(".")
    }

    fn when(self, when: &When) -> String {
        match when {
            When::Cell(path) => self.path(path),
            When::Start => "PERIOD_START".into(),
            When::End => "PERIOD_END".into(),
            When::Census => "CENSUS".into(),
            When::Fixed(day) => format!("DATE '{}'", iso(*day)),
        }
    }

    fn back(self, back: &Back, field: Option<usize>) -> String {
        let other = &self.world.registers[back.register];
        let mut parts = vec![other.id.clone()];
        if back.named {
            parts.push(other.fields[back.via].id.clone());
        }
        parts.extend(field.map(|f| other.fields[f].id.clone()));
        parts.join(".")
    }

    pub fn amount(self, amount: &Amount) -> String {
        let two = |a: &Amount, sign: &str, b: &Amount| format!("({} {sign} {})", self.amount(a), self.amount(b));
        match amount {
            Amount::Fixed(steps, 0) => steps.to_string(),
            Amount::Fixed(steps, digits) => {
                let scale = 10i64.pow(*digits);
                format!("{}.{:0width$}", steps / scale, steps % scale, width = *digits as usize)
            }
            Amount::Cell(path) => self.path(path),
            Amount::Members(field) => format!("MEMBERS({})", self.path(&vec![*field])),
            Amount::Plus(a, b) => two(a, "+", b),
            Amount::Minus(a, b) => two(a, "-", b),
            Amount::Times(a, b) => two(a, "*", b),
            Amount::Days(a, b) => format!("({} - {})", self.when(a), self.when(b)),
            Amount::Year(when) => format!("YEAR({})", self.when(when)),
            Amount::Latest(back, field) => format!("LATEST({})", self.back(back, Some(*field))),
        }
    }

    pub fn claim(self, claim: &Claim) -> String {
        let not = |negated: bool| if negated { "NOT " } else { "" };
        let equal = |equal: bool| if equal { "=" } else { "<>" };
        let grades = |of: &[usize]| of.iter().map(|g| format!("'{}'", GRADES[*g])).collect::<Vec<_>>().join(", ");
        let joined = |parts: &[Claim], word: &str| {
            parts.iter().map(|part| format!("({})", self.claim(part))).collect::<Vec<_>>().join(word)
        };
        match claim {
            Claim::Always(truth) => if *truth { "TRUE" } else { "FALSE" }.into(),
            Claim::Flag(path) => self.path(path),
            Claim::FlagIs(path, flag, same) => format!("{} {} {flag}", self.path(path), equal(*same)),
            Claim::SameFlag(a, b, same) | Claim::SameRecord(a, b, same) => {
                format!("{} {} {}", self.path(a), equal(*same), self.path(b))
            }
            Claim::Number(op, a, b) => format!("{} {} {}", self.amount(a), OPS[*op], self.amount(b)),
            Claim::Between(item, low, high, negated) => {
                format!("{} {}BETWEEN {} AND {}", self.amount(item), not(*negated), self.amount(low), self.amount(high))
            }
            Claim::Among(item, list, negated) => {
                let list: Vec<String> = list.iter().map(|a| self.amount(a)).collect();
                format!("{} {}IN ({})", self.amount(item), not(*negated), list.join(", "))
            }
            Claim::Day(op, a, b) => format!("{} {} {}", self.when(a), OPS[*op], self.when(b)),
            Claim::Month(op, path, month) => format!("{} {} '{month}'", self.path(path), OPS[*op]),
            Claim::Word(path, word, same) => format!("{} {} '{word}'", self.path(path), equal(*same)),
            Claim::Grade(path, list, negated) => format!("{} {}IN ({})", self.path(path), not(*negated), grades(list)),
            Claim::AtLeast(path, grade) => format!("AT_LEAST({}, '{}')", self.path(path), GRADES[*grade]),
            Claim::AtMost(path, grade) => format!("AT_MOST({}, '{}')", self.path(path), GRADES[*grade]),
            Claim::Missing(path, negated) => format!("{} IS {}NULL", self.path(path), not(*negated)),
            Claim::Not(part) => format!("NOT ({})", self.claim(part)),
            Claim::All(parts) => joined(parts, " AND "),
            Claim::Any(parts) => joined(parts, " OR "),
            Claim::Has(back, None) => format!("HAS({})", self.back(back, None)),
            Claim::Has(back, Some(condition)) => {
                let inner = Words { register: back.register, ..self };
                format!("EXISTS({}, {})", self.back(back, None), inner.claim(condition))
            }
            Claim::LatestGrade(back, field, list, negated) => {
                format!("LATEST({}) {}IN ({})", self.back(back, Some(*field)), not(*negated), grades(list))
            }
            Claim::LatestMissing(back, field, negated) => {
                format!("LATEST({}) IS {}NULL", self.back(back, Some(*field)), not(*negated))
            }
        }
    }
}

/// A record looked at on a page.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    pub model: &'a Model,
    pub register: usize,
    pub record: usize,
    pub at: At,
}

fn compare<T: Ord>(op: usize, a: &T, b: &T) -> bool {
    match OPS[op] {
        "=" => a == b,
        "<>" => a != b,
        "<" => a < b,
        "<=" => a <= b,
        ">" => a > b,
        _ => a >= b,
    }
}

/// Two numbers in the finer of their steps.
fn alike((a, x): (i128, u32), (b, y): (i128, u32)) -> (i128, i128, u32) {
    let digits = x.max(y);
    (a * 10i128.pow(digits - x), b * 10i128.pow(digits - y), digits)
}

impl<'a> Look<'a> {
    pub fn cell(self, path: &Path) -> &'a Cell {
        self.model.cell(self.register, self.record, path)
    }

    fn when(self, when: &When) -> Option<Day> {
        match when {
            When::Cell(path) => self.cell(path).day(),
            When::Start => Some(self.at.start),
            When::End => Some(self.at.end),
            When::Census => Some(self.at.census),
            When::Fixed(day) => Some(*day),
        }
    }

    fn flag(self, path: &Path) -> Option<bool> {
        self.cell(path).int().map(|flag| flag == 1)
    }

    fn grade(self, path: &Path) -> Option<usize> {
        self.cell(path).grade()
    }

    /// The verified records that refer here.
    fn back(self, back: &Back) -> impl Iterator<Item = Look<'a>> {
        let (model, me, via, register, at) = (self.model, self.record, back.via, back.register, self.at);
        let refers = move |other: &usize| {
            let record = &model.records[register][*other];
            record.state == VERIFIED && record.cells[via].records().contains(&me)
        };
        (0..model.records[register].len()).filter(refers).map(move |record| Look { model, register, record, at })
    }

    /// The value of the latest of them by the census day.
    fn latest(self, back: &Back, field: usize) -> &'a Cell {
        let dated = self.back(back).filter_map(|other| {
            let record = &self.model.records[other.register][other.record];
            let day = record.cells[back.by].day().filter(|day| *day <= self.at.census)?;
            Some(((day, record.id), &record.cells[field]))
        });
        dated.max_by_key(|(order, _)| *order).map_or(&Cell::Missing, |(_, value)| value)
    }

    pub fn amount(self, amount: &Amount) -> Option<(i128, u32)> {
        let whole = |number: i64| Some((i128::from(number), 0));
        match amount {
            Amount::Fixed(steps, digits) => Some((i128::from(*steps), *digits)),
            Amount::Cell(path) => {
                let digits = self.model.world.kind(self.register, path).digits();
                self.cell(path).int().map(|steps| (i128::from(steps), digits))
            }
            Amount::Members(field) => whole(self.cell(&vec![*field]).records().len() as i64),
            Amount::Plus(a, b) => {
                let (a, b, digits) = alike(self.amount(a)?, self.amount(b)?);
                Some((a + b, digits))
            }
            Amount::Minus(a, b) => {
                let (a, b, digits) = alike(self.amount(a)?, self.amount(b)?);
                Some((a - b, digits))
            }
            Amount::Times(a, b) => {
                let ((a, x), (b, y)) = (self.amount(a)?, self.amount(b)?);
                Some((a * b, x + y))
            }
            Amount::Days(a, b) => whole(self.when(a)? - self.when(b)?),
            Amount::Year(when) => whole(civil(self.when(when)?).0),
            Amount::Latest(back, field) => {
                let digits = self.model.world.kind(back.register, &vec![*field]).digits();
                self.latest(back, *field).int().map(|steps| (i128::from(steps), digits))
            }
        }
    }

    fn numbers(self, op: usize, a: &Amount, b: &Amount) -> Option<bool> {
        let (a, b, _) = alike(self.amount(a)?, self.amount(b)?);
        Some(compare(op, &a, &b))
    }

    pub fn claim(self, claim: &Claim) -> Option<bool> {
        match claim {
            Claim::Always(truth) => Some(*truth),
            Claim::Flag(path) => self.flag(path),
            Claim::FlagIs(path, flag, same) => Some((self.flag(path)? == *flag) == *same),
            Claim::SameFlag(a, b, same) => Some((self.flag(a)? == self.flag(b)?) == *same),
            Claim::SameRecord(a, b, same) => Some((self.cell(a).one()? == self.cell(b).one()?) == *same),
            Claim::Number(op, a, b) => self.numbers(*op, a, b),
            Claim::Between(item, low, high, negated) => {
                let low = self.numbers(5, item, low);
                let high = self.numbers(3, item, high);
                Some(all([low, high])? != *negated)
            }
            Claim::Among(item, list, negated) => {
                let found = any(list.iter().map(|one| self.numbers(0, item, one)));
                Some(found? != *negated)
            }
            Claim::Day(op, a, b) => Some(compare(*op, &self.when(a)?, &self.when(b)?)),
            Claim::Month(op, path, month) => Some(compare(*op, &self.cell(path).text()?, &month.as_str())),
            Claim::Word(path, word, same) => Some((self.cell(path).text()? == *word) == *same),
            Claim::Grade(path, list, negated) => Some(list.contains(&self.grade(path)?) != *negated),
            Claim::AtLeast(path, grade) => Some(self.grade(path)? >= *grade),
            Claim::AtMost(path, grade) => Some(self.grade(path)? <= *grade),
            Claim::Missing(path, negated) => Some((*self.cell(path) == Cell::Missing) != *negated),
            Claim::Not(part) => self.claim(part).map(|truth| !truth),
            Claim::All(parts) => all(parts.iter().map(|part| self.claim(part))),
            Claim::Any(parts) => any(parts.iter().map(|part| self.claim(part))),
            Claim::Has(back, condition) => {
                Some(self.back(back).any(|other| condition.as_ref().is_none_or(|c| other.claim(c) == Some(true))))
            }
            Claim::LatestGrade(back, field, list, negated) => {
                Some(list.contains(&self.latest(back, *field).grade()?) != *negated)
            }
            Claim::LatestMissing(back, field, negated) => {
                Some((*self.latest(back, *field) == Cell::Missing) != *negated)
            }
        }
    }
}

fn all(parts: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    let parts: Vec<Option<bool>> = parts.into_iter().collect();
    if parts.contains(&Some(false)) {
        Some(false)
    } else if parts.contains(&None) {
        None
    } else {
        Some(true)
    }
}

fn any(parts: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    all(parts.into_iter().map(|part| part.map(|truth| !truth))).map(|truth| !truth)
}
