//! Random catalogs: a few registers that refer to each other, their slices, measures and indicators.

use super::chance::Chance;
use super::days::{Day, Division, day};
use super::said::{Amount, Back, Claim, Path, When, Words};
use std::fmt::Write as _;

/// The codes of the one list, the lowest first.
pub const GRADES: [&str; 4] = ["low", "mid", "high", "top"];
/// What texts say.
pub const WORDS: [&str; 3] = ["alpha", "beta", "丙"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Text,
    Whole,
    Decimal(u32),
    Money,
    Date,
    Month,
    Year,
    Flag,
    Grade,
    One(usize),
    Many(usize),
}

impl Sort {
    pub fn target(self) -> Option<usize> {
        match self {
            Sort::One(register) | Sort::Many(register) => Some(register),
            _ => None,
        }
    }

    pub fn digits(self) -> u32 {
        match self {
            Sort::Decimal(digits) => digits,
            Sort::Money => 2,
            _ => 0,
        }
    }

    fn number(self) -> bool {
        matches!(self, Sort::Whole | Sort::Decimal(_) | Sort::Money | Sort::Year)
    }

    fn type_text(self, world: &World) -> String {
        match self {
            Sort::Text => "text".into(),
            Sort::Whole => "integer".into(),
            Sort::Decimal(digits) => format!("decimal:{digits}"),
            Sort::Money => "money".into(),
            Sort::Date => "date".into(),
            Sort::Month => "month".into(),
            Sort::Year => "year".into(),
            Sort::Flag => "boolean".into(),
            Sort::Grade => "code:grade".into(),
            Sort::One(register) => format!("ref:{}", world.registers[register].id),
            Sort::Many(register) => format!("refs:{}", world.registers[register].id),
        }
    }
}

#[derive(Debug, Clone)]
pub struct Field {
    pub id: String,
    pub kind: Sort,
    pub over_time: bool,
}

#[derive(Debug, Clone, Copy)]
pub enum Rule {
    Always,
    On { field: usize, division: Division },
    During { from: usize, until: Option<usize>, division: Division, census: Option<(i64, i64)> },
}

impl Rule {
    pub fn division(self) -> Option<Division> {
        match self {
            Rule::Always => None,
            Rule::On { division, .. } | Rule::During { division, .. } => Some(division),
        }
    }
}

#[derive(Debug, Clone)]
pub enum Counting {
    Records,
    Sum(Amount),
    Members(usize),
    /// Of what, and for each of what once.
    Distinct(Path, Option<Path>),
}

#[derive(Debug, Clone)]
pub struct Quantity {
    pub id: String,
    pub counting: Counting,
    pub filter: Claim,
    unit: usize,
}

#[derive(Debug, Clone, Copy)]
pub enum Formula {
    Total(usize),
    Share(usize, usize),
    Quotient(usize, usize),
    Growth(usize),
}

#[derive(Debug, Clone)]
pub struct Indicator {
    pub id: String,
    pub formula: Formula,
    text: String,
}

#[derive(Debug, Clone)]
pub struct Register {
    pub id: String,
    pub fields: Vec<Field>,
    pub rule: Rule,
    pub slices: Vec<(String, Path)>,
    /// Those declared as measures; the indicators' own stand behind them.
    pub quantities: Vec<Quantity>,
    declared: usize,
    pub indicators: Vec<Indicator>,
    /// When a record is asked for evidence.
    pub evidence: Vec<Claim>,
    /// What is seen through references, and therefore kept on each record.
    pub paths: Vec<Path>,
}

#[derive(Debug, Clone)]
pub struct World {
    pub registers: Vec<Register>,
}

impl World {
    pub fn kind(&self, register: usize, path: &Path) -> Sort {
        let (mut register, mut kind) = (register, Sort::Text);
        for field in path {
            kind = self.registers[register].fields[*field].kind;
            register = kind.target().unwrap_or(register);
        }
        kind
    }

    pub fn random(chance: &mut Chance) -> Self {
        let mut world = World { registers: Vec::new() };
        for n in 0..2 + chance.below(3) {
            let register = frame(chance, n);
            world.registers.push(register);
        }
        // Slices and conditions come when all fields are known.
        for register in 0..world.registers.len() {
            Maker { chance: &mut *chance, world: &mut world, register, page: register }.fill();
        }
        world
    }
}

fn frame(chance: &mut Chance, n: usize) -> Register {
    let mut kinds = vec![Sort::Text];
    let rule = match chance.below(if n == 0 { 5 } else { 4 }) {
        0 | 1 => {
            let kind = chance.pick(&[Sort::Date, Sort::Date, Sort::Month, Sort::Year]);
            kinds.push(kind);
            let division = match kind {
                Sort::Year => chance.pick(&[Division::Year, Division::Cohort]),
                _ => chance.pick(&Division::ALL),
            };
            Rule::On { field: 1, division }
        }
        2 | 3 => {
            kinds.extend([Sort::Date, Sort::Date]);
            let until = chance.percent(85).then_some(2);
            let census = chance.percent(50).then(|| chance.pick(&[(12, 31), (10, 15), (3, 1)]));
            Rule::During { from: 1, until, division: chance.pick(&Division::ALL), census }
        }
        _ => Rule::Always,
    };
    let all = [
        Sort::Text,
        Sort::Whole,
        Sort::Decimal(1),
        Sort::Money,
        Sort::Date,
        Sort::Month,
        Sort::Year,
        Sort::Flag,
        Sort::Flag,
        Sort::Grade,
    ];
    for _ in 0..3 + chance.below(4) {
        kinds.push(chance.pick(&all));
    }
    if n > 0 {
        kinds.push(Sort::One(chance.below(n)));
        if chance.percent(50) {
            kinds.push(Sort::One(chance.below(n)));
        }
        if chance.percent(60) {
            kinds.push(Sort::Many(chance.below(n)));
        }
    }
    let fields = kinds.into_iter().enumerate().map(|(f, kind)| {
        let id = if f == 0 { "no".to_owned() } else { format!("f{f}") };
        Field { id, kind, over_time: f > 0 && chance.percent(30) }
    });
    Register {
        id: format!("r{}", ["a", "b", "c", "d"][n]),
        fields: fields.collect(),
        rule,
        slices: Vec::new(),
        evidence: Vec::new(),
        quantities: Vec::new(),
        declared: 0,
        indicators: Vec::new(),
        paths: Vec::new(),
    }
}

/// Makes what stands in a register, or a condition on its records asked from another one's page.
struct Maker<'a> {
    chance: &'a mut Chance,
    world: &'a mut World,
    register: usize,
    page: usize,
}

impl Maker<'_> {
    fn own(&self) -> &Register {
        &self.world.registers[self.register]
    }

    /// Every field and path of the register whose end is of a wanted kind.
    fn paths(&self, want: &dyn Fn(Sort) -> bool) -> Vec<Path> {
        let mut found = Vec::new();
        let mut open: Vec<(Path, usize)> = vec![(Vec::new(), self.register)];
        while let Some((path, register)) = open.pop() {
            for (ix, field) in self.world.registers[register].fields.iter().enumerate() {
                let mut longer = path.clone();
                longer.push(ix);
                let many = matches!(field.kind, Sort::Many(_));
                if want(field.kind) && (longer.len() == 1 || !many) {
                    found.push(longer.clone());
                }
                if let Sort::One(target) = field.kind
                    && longer.len() < 3
                {
                    open.push((longer, target));
                }
            }
        }
        found
    }

    fn path(&mut self, want: &dyn Fn(Sort) -> bool) -> Option<Path> {
        let all = self.paths(want);
        let near: Vec<Path> = all.iter().filter(|path| path.len() == 1).cloned().collect();
        let from = if !near.is_empty() && self.chance.percent(55) { near } else { all };
        if from.is_empty() {
            return None;
        }
        let path = self.chance.pick(&from);
        let kept = &mut self.world.registers[self.register].paths;
        if path.len() > 1 && !kept.contains(&path) {
            kept.push(path.clone());
        }
        Some(path)
    }

    /// A page without periods is looked at as on today: what it holds may not depend on that.
    fn dated(&self) -> bool {
        !matches!(self.world.registers[self.page].rule, Rule::Always)
    }

    fn when(&mut self) -> Option<When> {
        let moments = [When::Start, When::End, When::Census];
        match self.chance.below(3) {
            0 if self.dated() => Some(self.chance.pick(&moments)),
            _ => self.path(&|kind| kind == Sort::Date).map(When::Cell),
        }
    }

    fn fixed_day(&mut self) -> Day {
        day(2022, 1, 1) + self.chance.within(0, 4 * 365)
    }

    fn leaf_amount(&mut self) -> Option<Amount> {
        match self.chance.below(8) {
            0 => {
                let digits = self.chance.below(3) as u32;
                Some(Amount::Fixed(self.chance.within(0, 40), digits))
            }
            1 => {
                let many: Vec<Path> = self.paths(&|kind| matches!(kind, Sort::Many(_)));
                if many.is_empty() { None } else { Some(Amount::Members(self.chance.pick(&many)[0])) }
            }
            2 => Some(Amount::Days(self.when()?, self.when()?)),
            3 => Some(Amount::Year(self.when()?)),
            4 => {
                let (back, field) = self.latest(&|kind| kind.number())?;
                Some(Amount::Latest(back, field))
            }
            _ => self.path(&Sort::number).map(Amount::Cell),
        }
    }

    fn amount(&mut self) -> Option<Amount> {
        let first = self.leaf_amount()?;
        if self.chance.percent(65) {
            return Some(first);
        }
        let (first, second) = (Box::new(first), Box::new(self.leaf_amount()?));
        Some(match self.chance.below(3) {
            0 => Amount::Plus(first, second),
            1 => Amount::Minus(first, second),
            _ => Amount::Times(first, second),
        })
    }

    /// A register that refers here, by one of its fields.
    fn back(&mut self, ordered: bool) -> Option<Back> {
        // A question within a question is refused.
        if self.register != self.page {
            return None;
        }
        let mut found = Vec::new();
        for (other, register) in self.world.registers.iter().enumerate() {
            let by = match register.rule {
                Rule::On { field, .. } if register.fields[field].kind == Sort::Date => Some(field),
                Rule::During { from, .. } => Some(from),
                _ => None,
            };
            let ways: Vec<usize> = (0..register.fields.len())
                .filter(|f| register.fields[*f].kind.target() == Some(self.register))
                .collect();
            for via in &ways {
                if by.is_some() || !ordered {
                    found.push(Back { register: other, via: *via, named: ways.len() > 1, by: by.unwrap_or(0) });
                }
            }
        }
        if found.is_empty() {
            return None;
        }
        let mut back = self.chance.pick(&found);
        back.named |= self.chance.percent(30);
        Some(back)
    }

    fn latest(&mut self, want: &dyn Fn(Sort) -> bool) -> Option<(Back, usize)> {
        if !self.dated() {
            return None;
        }
        let back = self.back(true)?;
        let fields = &self.world.registers[back.register].fields;
        let fit: Vec<usize> = (1..fields.len()).filter(|f| want(fields[*f].kind)).collect();
        if fit.is_empty() {
            return None;
        }
        let field = self.chance.pick(&fit);
        Some((back, field))
    }

    fn grades(&mut self) -> Vec<usize> {
        (0..1 + self.chance.below(2)).map(|_| self.chance.below(GRADES.len())).collect()
    }

    fn leaf(&mut self, depth: usize) -> Option<Claim> {
        let (flag, op) = (self.chance.percent(50), self.chance.below(6));
        Some(match self.chance.below(24) {
            0 => Claim::Always(flag),
            1 => Claim::Flag(self.path(&|kind| kind == Sort::Flag)?),
            2 => Claim::FlagIs(self.path(&|kind| kind == Sort::Flag)?, flag, self.chance.percent(50)),
            3 => Claim::SameFlag(self.path(&|kind| kind == Sort::Flag)?, self.path(&|kind| kind == Sort::Flag)?, flag),
            4 | 5 => Claim::Number(op, self.amount()?, self.amount()?),
            6 => {
                let low = self.chance.within(0, 4);
                let high = self.chance.within(low, 9);
                Claim::Between(self.amount()?, Amount::Fixed(low, 0), Amount::Fixed(high * 10, 1), flag)
            }
            7 => {
                let list = (0..1 + self.chance.below(3)).map(|_| {
                    let digits = self.chance.below(2) as u32;
                    Amount::Fixed(self.chance.within(0, 6) * 10i64.pow(digits), digits)
                });
                let list = list.collect();
                Claim::Among(self.path(&Sort::number).map(Amount::Cell)?, list, flag)
            }
            8 => {
                let left = self.when()?;
                let fixed = When::Fixed(self.fixed_day());
                let right = if flag { self.when()? } else { fixed };
                Claim::Day(op, left, right)
            }
            9 => {
                let month = format!("{}-{:02}", self.chance.within(2022, 2025), self.chance.within(1, 12));
                Claim::Month(op, self.path(&|kind| kind == Sort::Month)?, month)
            }
            10 => Claim::Word(self.path(&|kind| kind == Sort::Text)?, self.chance.pick(&WORDS), flag),
            11 => Claim::Grade(self.path(&|kind| kind == Sort::Grade)?, self.grades(), flag),
            12 => {
                let (path, grade) = (self.path(&|kind| kind == Sort::Grade)?, self.chance.below(GRADES.len()));
                if flag { Claim::AtLeast(path, grade) } else { Claim::AtMost(path, grade) }
            }
            13 => {
                let one = self.path(&|kind| matches!(kind, Sort::One(_)))?;
                let kind = self.world.kind(self.register, &one);
                Claim::SameRecord(one, self.path(&|other| other == kind)?, flag)
            }
            14 => Claim::Missing(self.path(&|_| true)?, flag),
            15..=17 if depth > 0 => {
                let back = self.back(false)?;
                let mut inner = Maker {
                    chance: &mut *self.chance,
                    world: &mut *self.world,
                    register: back.register,
                    page: self.page,
                };
                let condition = flag.then(|| Box::new(inner.claim(depth - 1)));
                Claim::Has(back, condition)
            }
            18..=20 => {
                let (back, field) = self.latest(&|kind| kind == Sort::Grade)?;
                Claim::LatestGrade(back, field, self.grades(), flag)
            }
            _ => {
                let (back, field) = self.latest(&|kind| !matches!(kind, Sort::Many(_)))?;
                Claim::LatestMissing(back, field, flag)
            }
        })
    }

    fn claim(&mut self, depth: usize) -> Claim {
        if depth == 0 || self.chance.percent(45) {
            for _ in 0..6 {
                if let Some(leaf) = self.leaf(depth) {
                    return leaf;
                }
            }
            return Claim::Always(true);
        }
        match self.chance.below(3) {
            0 => Claim::Not(Box::new(self.claim(depth - 1))),
            n => {
                let parts: Vec<Claim> = (0..2 + self.chance.below(2)).map(|_| self.claim(depth - 1)).collect();
                if n == 1 { Claim::All(parts) } else { Claim::Any(parts) }
            }
        }
    }

    fn counting(&mut self) -> Counting {
        let found = match self.chance.below(4) {
            0 => None,
            1 => self.amount().map(Counting::Sum),
            2 => {
                let many = self.paths(&|kind| matches!(kind, Sort::Many(_)));
                (!many.is_empty()).then(|| Counting::Members(self.chance.pick(&many)[0]))
            }
            _ => {
                let of = self.path(&|kind| matches!(kind, Sort::One(_) | Sort::Many(_) | Sort::Grade | Sort::Text));
                let once = of.is_some() && self.chance.percent(40);
                let per = if once {
                    self.path(&|kind| matches!(kind, Sort::One(_) | Sort::Grade | Sort::Text))
                } else {
                    None
                };
                of.map(|of| Counting::Distinct(of, per))
            }
        };
        found.unwrap_or(Counting::Records)
    }

    fn fill(&mut self) {
        for n in 0..self.chance.below(3) {
            let fits = |kind| matches!(kind, Sort::One(_) | Sort::Grade | Sort::Text);
            if let Some(path) = self.path(&fits) {
                self.world.registers[self.register].slices.push((format!("s{n}"), path));
            }
        }
        for _ in 0..self.chance.below(3) {
            let asked = self.claim(1);
            self.world.registers[self.register].evidence.push(asked);
        }
        for n in 0..2 + self.chance.below(4) {
            let (counting, filter, unit) = (self.counting(), self.claim(2), self.chance.below(2));
            let quantity = Quantity { id: format!("m{n}"), counting, filter, unit };
            self.world.registers[self.register].quantities.push(quantity);
        }
        let declared = self.own().quantities.len();
        self.world.registers[self.register].declared = declared;
        for n in 0..3 {
            self.indicator(n, declared);
        }
    }

    fn indicator(&mut self, n: usize, declared: usize) {
        let id = format!("{}-i{n}", self.own().id);
        let (a, b) = (self.chance.below(declared), self.chance.below(declared));
        let measure = |register: &Register, m: usize| register.quantities[m].id.clone();
        let (formula, text) = match self.chance.below(4) {
            0 => (Formula::Total(a), format!("measure = \"{}\"\ndecimals = 1", measure(self.own(), a))),
            1 => (Formula::Growth(a), format!("growth = \"{}\"\ndecimals = 1", measure(self.own(), a))),
            2 => {
                let own = self.own();
                let text = format!("over = \"{}\"\nunder = \"{}\"\ndecimals = 2", measure(own, a), measure(own, b));
                if own.quantities[a].unit == own.quantities[b].unit {
                    (Formula::Share(a, b), format!("{text}\nunit = \"percent\""))
                } else {
                    (Formula::Quotient(a, b), text)
                }
            }
            _ => {
                let (counting, part, whole) = (self.counting(), self.claim(1), self.claim(1));
                let words = Words { world: self.world, register: self.register };
                let text = format!(
                    "{}\nof = {}\nunit = \"percent\"\ndecimals = 2",
                    counting_text(words, &counting, &part),
                    quoted(&words.claim(&whole))
                );
                let both = Claim::All(vec![part, whole.clone()]);
                let own = &mut self.world.registers[self.register];
                let at = own.quantities.len();
                own.quantities.push(Quantity { id: id.clone(), counting: counting.clone(), filter: both, unit: 0 });
                own.quantities.push(Quantity { id: format!("{id}/of"), counting, filter: whole, unit: 0 });
                (Formula::Share(at, at + 1), text)
            }
        };
        self.world.registers[self.register].indicators.push(Indicator { id, formula, text });
    }
}

fn quoted(text: &str) -> String {
    format!("\"\"\"{text}\"\"\"")
}

fn counting_text(words: Words, counting: &Counting, filter: &Claim) -> String {
    let filter = quoted(&words.claim(filter));
    match counting {
        Counting::Records => format!("count = {filter}"),
        Counting::Sum(amount) => format!("sum = {}\nwhere = {filter}", quoted(&words.amount(amount))),
        Counting::Members(field) => format!("members = \"{}\"\nwhere = {filter}", words.path(&vec![*field])),
        Counting::Distinct(path, per) => {
            let rule = per.as_ref().map(|per| format!("rule = \"{}\"\n", rule_id(&words.path(per))));
            format!("distinct = \"{}\"\n{}where = {filter}", words.path(path), rule.unwrap_or_default())
        }
    }
}

/// The id of the rule that counts once for each value of a path.
fn rule_id(path: &str) -> String {
    format!("once-per-{}", path.replace(['.', '_'], "-"))
}

fn name(text: &str) -> String {
    format!("name = {{ zh = \"{text}\", en = \"{text}\", de = \"{text}\" }}")
}

impl World {
    /// The files of the catalog: path and text.
    pub fn files(&self) -> Vec<(String, String)> {
        let mut units = String::new();
        for unit in ["u", "v", "uv", "percent"] {
            let _ = writeln!(units, "[[unit]]\nid = \"{unit}\"\n{}", name(unit));
        }
        for (over, under) in [("u", "v"), ("v", "u")] {
            let _ = writeln!(units, "[[quotient]]\nover = \"{over}\"\nunder = \"{under}\"\ngives = \"uv\"");
        }
        let source = "source = { document = \"测试\", checked = 2026-01-01 }";
        let mut grades = format!("[list]\nid = \"grade\"\n{}\n{source}\nordered = true\n", name("等级"));
        for grade in GRADES {
            let _ = writeln!(grades, "[[code]]\ncode = \"{grade}\"\n{}", name(grade));
        }
        let kinds = format!(
            "[list]\nid = \"evidence-kind\"\n{}\n{source}\n[[code]]\ncode = \"scan\"\n{}",
            name("佐证"),
            name("扫描件")
        );
        let offices = format!("[[office]]\nid = \"a\"\n{}\n[[office]]\nid = \"b\"\n{}", name("甲处"), name("乙处"));
        let mut files = vec![
            ("units.toml".to_owned(), units),
            ("offices.toml".to_owned(), offices),
            ("codes/grade.toml".to_owned(), grades),
            ("codes/evidence-kind.toml".to_owned(), kinds),
        ];
        for register in 0..self.registers.len() {
            files.push((format!("training/{}.toml", self.registers[register].id), self.text(register)));
        }
        files
    }

    /// The text of a register's file.
    pub fn text(&self, ix: usize) -> String {
        let register = &self.registers[ix];
        let words = Words { world: self, register: ix };
        let mut out = format!("[register]\nid = \"{}\"\n{}\nkey = [\"no\"]\n", register.id, name(&register.id));
        let id = |field: usize| &register.fields[field].id;
        let _ = match register.rule {
            Rule::Always => Ok(()),
            Rule::On { field, division } => {
                writeln!(out, "period = {{ on = \"{}\", kind = \"{}\" }}", id(field), division.word())
            }
            Rule::During { from, until, division, census } => {
                let until = until.map(|f| format!(", until = \"{}\"", id(f))).unwrap_or_default();
                let census = census.map(|(m, d)| format!(", census = \"{m:02}-{d:02}\"")).unwrap_or_default();
                writeln!(out, "period = {{ from = \"{}\"{until}, kind = \"{}\"{census} }}", id(from), division.word())
            }
        };
        let _ = writeln!(out, "kept_by = \"a\"\nverified_by = \"b\"\n[register.slices]");
        for (slice, path) in &register.slices {
            let _ = writeln!(out, "{slice} = \"{}\"", words.path(path));
        }
        for asked in &register.evidence {
            let required = quoted(&words.claim(asked));
            let _ = writeln!(out, "[[register.evidence]]\nkind = \"scan\"\nrequired = {required}");
        }
        for (n, field) in register.fields.iter().enumerate() {
            let _ = writeln!(
                out,
                "[[field]]\nid = \"{}\"\ntype = \"{}\"\n{}\nrequired = {}\nover_time = {}",
                field.id,
                field.kind.type_text(self),
                name(&format!("字段{n}")),
                n == 0,
                field.over_time
            );
        }
        let per = register.quantities.iter().filter_map(|quantity| match &quantity.counting {
            Counting::Distinct(_, per) => per.as_ref().map(|per| words.path(per)),
            _ => None,
        });
        for path in per.collect::<std::collections::BTreeSet<String>>() {
            let id = rule_id(&path);
            let _ = writeln!(out, "[[rule]]\nid = \"{id}\"\n{}\nonce_per = \"{path}\"", name(&id));
        }
        for quantity in &register.quantities[..register.declared] {
            let counting = counting_text(words, &quantity.counting, &quantity.filter);
            let unit = ["u", "v"][quantity.unit];
            let _ = writeln!(
                out,
                "[[measure]]\nid = \"{0}\"\n{1}\n{counting}\nunit = \"{unit}\"",
                quantity.id,
                name(&quantity.id)
            );
        }
        for indicator in &register.indicators {
            let _ = writeln!(
                out,
                "[[indicator]]\nid = \"{0}\"\n{1}\nabout = {{ zh = \"说明\", en = \"about\", de = \"über\" }}\n{2}\n\
                 missing = \"不计\"\nsource = {{ document = \"测试\", checked = 2026-01-01 }}\n\
                 [[indicator.case]]\nwhy = \"空\"\nrows = []\ngives = \"missing: no records\"",
                indicator.id,
                name(&indicator.id),
                indicator.text
            );
        }
        out
    }
}
