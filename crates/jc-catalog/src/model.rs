//! What a catalog declares, once read and found sound: every name resolved to a position, every expression typed.
//!
//! Positions (`usize`) point into [`Catalog::registers`], [`Register::fields`] and so on; they are valid only
//! together with the catalog they came from and are never stored.

use crate::belonging::Belonging;
use crate::definition::Definition;
use crate::expr::Expr;
use crate::kinds::{Kind, Lookup};
use crate::pathway::Pathway;
use crate::regulation::Regulation;
use crate::roles::Roles;
use jc_base::{CodeListId, Date, FieldId, IndicatorId, Lang, MeasureId, Names, PeriodKind, RegisterId, RoleId, UnitId};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// One of the six areas 板块 of a college's work, or the base registers everything refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// 基础: departments, classes, people, firms.
    Base,
    /// 党建领航
    Party,
    /// 教学改革
    Teaching,
    /// 人才培养
    Training,
    /// 润心启智
    Wellbeing,
    /// 国际接轨
    International,
    /// 队伍赋能
    Faculty,
}

impl Area {
    /// All areas, in the order of the answer sheet; the base registers last.
    pub const ALL: [Area; 7] =
        [Area::Party, Area::Teaching, Area::Training, Area::Wellbeing, Area::International, Area::Faculty, Area::Base];

    /// The folder's name in the catalog, also the message id.
    pub fn code(self) -> &'static str {
        match self {
            Area::Base => "base",
            Area::Party => "party",
            Area::Teaching => "teaching",
            Area::Training => "training",
            Area::Wellbeing => "wellbeing",
            Area::International => "international",
            Area::Faculty => "faculty",
        }
    }
}

/// Everything declared: what comes from the shipped files and the school's own.
#[derive(Debug, Clone)]
pub struct Catalog {
    /// All registers, referenced ones before those that refer to them, then by id.
    pub registers: Vec<Register>,
    /// All code lists, by id.
    pub codes: Vec<CodeList>,
    /// Counting units and what may be divided by what.
    pub units: Units,
    /// The offices that keep and verify registers, by id.
    pub offices: Vec<Office>,
    /// The classes of personal data, in the order of the file.
    pub data_classes: Vec<DataClass>,
    /// Who may do what.
    pub roles: Roles,
    /// To whom records belong.
    pub belonging: Belonging,
    /// Examination regulations, by id.
    pub regulations: Vec<Regulation>,
    /// Pathways of growth, by file.
    pub pathways: Vec<Pathway>,
    /// The texts it was read from, by path: what a sealed period keeps.
    pub sources: BTreeMap<String, Cow<'static, str>>,
}

/// An office of the school that keeps or verifies registers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Such as `careers-office`.
    pub id: String,
    /// Its name.
    pub name: Names,
}

/// A class of personal data 个人信息类别: what it is for, and how long it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataClass {
    /// Such as `contact`.
    pub id: String,
    /// Its name.
    pub name: Names,
    /// What it is collected for: without a purpose nothing is.
    pub purpose: Names,
    /// Whole years it is kept after the record is over: a person left, something happened. Nothing if figures rest on
    /// it; then nobody is left to whom it belongs once the classes that name people have ended.
    pub years: Option<u8>,
}

/// A register 台账: a typed table.
#[derive(Debug, Clone)]
pub struct Register {
    /// Its id; also the file's name.
    pub id: RegisterId,
    /// The folder it stands in.
    pub area: Area,
    /// Its name.
    pub name: Names,
    /// What it is for, in a sentence; may be empty.
    pub about: Names,
    /// The table's name in the database: `r_` and the id with underscores.
    pub table: String,
    /// The fields that together name a record; unique within a school.
    pub key: Vec<usize>,
    /// The fields that show a person which record it is; the key unless declared.
    pub label: Vec<usize>,
    /// The field that, beside the name (label), narrows a search by name: a student's class.
    pub within: Option<usize>,
    /// For a register of people of whom some are minors: the field with their date of birth.
    pub born: Option<usize>,
    /// What places a record on a page.
    pub period: PeriodRule,
    /// Along what its totals are split.
    pub slices: Vec<Slice>,
    /// The office that keeps it: an index into [`Catalog::offices`].
    pub kept_by: usize,
    /// The office that verifies it; the person is never the one who kept the record.
    pub verified_by: usize,
    /// Whom beside its office it is open to: each for the records that name them.
    pub own: Option<Own>,
    /// Evidence a record can or must carry.
    pub evidence: Vec<EvidenceRule>,
    /// The fields in the order of the paper form.
    pub fields: Vec<Field>,
    /// Values looked up through references and kept on the record as of its date.
    pub copies: Vec<Copied>,
    /// Rules across the fields of a record.
    pub checks: Vec<Check>,
    /// How many lasting records may share a value at one time.
    pub limits: Vec<Limit>,
    /// By what a second entry of the same achievement is known.
    pub same: Vec<Same>,
    /// How what someone gets several times is counted, where its counts name a rule.
    pub rules: Vec<Rule>,
    /// Lists of who was not yet reached.
    pub coverage: Vec<Coverage>,
    /// That its records are consents of people.
    pub consent: Option<ConsentRule>,
    /// How people check in to what its records are of.
    pub check_in: Option<CheckIn>,
    /// The certificate its records give.
    pub certificate: Option<Certificate>,
    /// Quantities whose totals are kept on pages.
    pub measures: Vec<Measure>,
    /// What figures are values of.
    pub indicators: Vec<Indicator>,
    /// The registers whose records its measures ask about (`EXISTS`, `LATEST`).
    pub asks: Vec<usize>,
    /// The file it was read from.
    pub path: String,
}

/// Whom beside its office a register is open to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// The field that names the person who writes the record.
    pub field: usize,
    /// The roles whose holders may.
    pub roles: Vec<RoleId>,
}

/// Which fields of a register tell a consent 同意: what someone agreed to, until they took it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentRule {
    /// Whom it is about: a reference.
    pub person: usize,
    /// What was agreed to: a code.
    pub kind: usize,
    /// The day it was given.
    pub given_on: usize,
    /// The day it was withdrawn.
    pub withdrawn_on: usize,
    /// The codes that allow naming the person in what leaves the house.
    pub publishes: Vec<String>,
    /// What people are asked themselves; nothing where all consents come on paper.
    pub asked: Option<Asked>,
}

/// What people agree to or not themselves, without an office: where it is written, and the texts they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Which text was agreed to.
    pub text_version: usize,
    /// Who agreed: a code.
    pub giver: usize,
    /// The code of whoever agrees for themself.
    pub by_self: String,
    /// The code of a guardian.
    pub by_guardian: String,
    /// The guardian's name.
    pub giver_name: Option<usize>,
    /// The time of day.
    pub given_at: Option<usize>,
    /// The texts, one for each kind that may be agreed to or not.
    pub texts: Vec<ConsentText>,
}

/// A text that people agree to or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentText {
    /// What is agreed to: a code.
    pub kind: String,
    /// The version, as it is kept with a consent.
    pub version: String,
    /// The text.
    pub text: Names,
}

/// What places a record on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeriodRule {
    /// The record happened on a day: it stands on the one page of the period that day lies in.
    On {
        /// The date, month or year field.
        field: usize,
        /// How time is divided.
        kind: PeriodKind,
    },
    /// The record is valid from a day until a day (or still): it stands on the page of every period it touches,
    /// and stock measures count it if it is valid on the page's census date.
    During {
        /// The first day; a record without it stands on no page.
        from: usize,
        /// The last day, or missing while it lasts.
        until: Option<usize>,
        /// How time is divided.
        kind: PeriodKind,
        /// Month and day of the census; the period's last day if not declared.
        census: Option<(u32, u32)>,
    },
    /// A list that every figure may refer to but that itself has no periods (departments, firms): it stands on
    /// one page, `all`.
    Always,
}

/// A dimension of totals.
#[derive(Debug, Clone)]
pub struct Slice {
    /// Such as `department`.
    pub id: String,
    /// Its name: that of the register or code list unless declared.
    pub name: Names,
    /// Where on the record the value stands: a code, text or reference.
    pub column: Column,
}

/// A value on a record: one of its own fields, or one looked up through a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// Index into [`Register::fields`].
    Field(usize),
    /// Index into [`Register::copies`].
    Copied(usize),
}

/// A value looked up through references, such as `student.class.department`.
#[derive(Debug, Clone)]
pub struct Copied {
    /// As written in expressions: `student.class.department`.
    pub path: String,
    /// The reference field of this register the path begins with.
    pub via: usize,
    /// The steps after it: the register reached so far and the field taken there. The last gives the value.
    pub steps: Vec<(usize, usize)>,
    /// The column's name in the table: `c_` and the path with double underscores.
    pub column: String,
    /// What the value is.
    pub kind: Kind,
}

/// How carefully a field's content must be handled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Privacy {
    /// May be published.
    Public,
    /// For the school's staff.
    Internal,
    /// About a person: shown to those who work with it, never published without consent.
    Personal,
    /// Sensitive personal information (PIPL art. 28): masked until revealed with a reason.
    Sensitive,
}

/// A field 字段.
#[derive(Debug, Clone)]
pub struct Field {
    /// Such as `destination`.
    pub id: FieldId,
    /// The column's name in the table: `f_` and the id with underscores.
    pub column: String,
    /// Its name: the heading of templates.
    pub name: Names,
    /// Other headings it is imported under.
    pub aliases: Vec<String>,
    /// A sentence of help below the label; may be empty.
    pub help: Names,
    /// What it holds.
    pub kind: Kind,
    /// Whether a record without it is refused.
    pub required: bool,
    /// Whether no two records of a school may have the same.
    pub unique: bool,
    /// Whether it changes over time, so that records that copied it keep what held on their day.
    pub over_time: bool,
    /// The field of this register that its members should belong to: the class of a visit's students.
    pub within: Option<usize>,
    /// How carefully it must be handled.
    pub privacy: Privacy,
    /// The class of personal data it belongs to, of the catalog's.
    pub data_class: Option<usize>,
    /// The day it ended: no longer asked for, still readable.
    pub retired: Option<Date>,
}

/// Evidence 佐证 a record can or must carry.
#[derive(Debug, Clone)]
pub struct EvidenceRule {
    /// A code of the list `evidence-kind`.
    pub kind: String,
    /// When it must be there before the record is verified; never if missing.
    pub required: Option<Expr>,
}

/// A rule 校验 across the fields of a record.
#[derive(Debug, Clone)]
pub struct Check {
    /// Position in the file, from 1: names it in findings.
    pub number: usize,
    /// When it applies; always if missing.
    pub when: Option<Expr>,
    /// What must then hold. An unknown outcome passes.
    pub require: Expr,
    /// What is said if it does not hold.
    pub say: Names,
    /// The field the finding points at.
    pub field: Option<usize>,
    /// Whether the record can still be taken.
    pub warning: bool,
}

/// How many records may name the same record at one time, or how much they may come to: the students of a mentor, the
/// bookings of a workstation, a volunteer's hours of a day.
#[derive(Debug, Clone)]
pub struct Limit {
    /// The field that names it: a reference, or several.
    pub field: usize,
    /// What the time of a record is.
    pub time: LimitTime,
    /// The number that is added up, instead of counting records.
    pub sum: Option<usize>,
    /// How many at most, or how much.
    pub most: u8,
    /// What is said if there are more.
    pub say: Names,
    /// Whether more are pointed out, not refused.
    pub warning: bool,
}

/// The time in which a record stands beside others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitTime {
    /// The days it lasts.
    Lasting,
    /// One whole day, by its date.
    Day(usize),
    /// A part of one day. Clock times that meet do not overlap; numbered lessons do.
    OfDay {
        /// The date.
        on: usize,
        /// Where it begins: a time, or a number such as that of a lesson.
        from: usize,
        /// Where it ends, of the same kind.
        until: usize,
    },
}

/// How people check in where an event takes place 现场签到: which fields of the register keep it, and which of the
/// event's tell when and who leads.
#[derive(Debug, Clone)]
pub struct CheckIn {
    /// Who came: a reference.
    pub person: usize,
    /// To what: a reference to the register of events.
    pub event: usize,
    /// The day.
    pub on: usize,
    /// When they arrived.
    pub arrived: usize,
    /// When they left.
    pub left: usize,
    /// The hours between, within those the event was announced for.
    pub hours: usize,
    /// Who gave their word for it.
    pub confirmed_by: Option<usize>,
    /// What is taken from the event: own field, the event's field of the same kind.
    pub take: Vec<(usize, usize)>,
    /// Of the event: who leads it.
    pub leader: usize,
    /// Of the event: its day.
    pub held_on: usize,
    /// Of the event: when it starts.
    pub starts: Option<usize>,
    /// Of the event: when it ends.
    pub ends: Option<usize>,
    /// Of the event: how many may sign up.
    pub places: Option<usize>,
}

/// The certificate 证明 that a verified record gives.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// What stands above it.
    pub title: Names,
    /// A sentence on it; may be empty.
    pub text: Names,
    /// Whom it is for: a reference.
    pub holder: usize,
    /// What it attests, line by line.
    pub lines: Vec<usize>,
    /// The languages it is printed in, in their order.
    pub languages: Vec<Lang>,
    /// Which verified records give one.
    pub filter: Expr,
}

/// By what a record is known to be the same achievement as one that is there already: every pair agrees.
#[derive(Debug, Clone)]
pub struct Same {
    /// The register it may stand in; also the own one.
    pub of: usize,
    /// The own field and that of the other register. Of several references one in common is enough.
    pub pairs: Vec<(usize, usize)>,
    /// What is said if it is there.
    pub say: Names,
    /// Whether it is pointed out, not refused.
    pub warning: bool,
    /// Whether a second claim is joined to the record that is there: offered on the form, done by an import.
    pub joins: bool,
}

/// A counting rule 数法: how what someone gets several times is counted. Counts of different values name it.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its id, unique in the register.
    pub id: String,
    /// Its name: definitions show it.
    pub name: Names,
    /// Counted once for each value of this: once per contest.
    pub once_per: Option<Column>,
    /// Counted only at the highest value of this: the highest award only.
    pub highest: Option<Column>,
}

/// A coverage list 覆盖: whom the records of a period should reach, so that those who are left can be told.
#[derive(Debug, Clone)]
pub struct Coverage {
    /// Its id, unique in the register.
    pub id: String,
    /// Its name.
    pub name: Names,
    /// The register whose records must be reached.
    pub of: usize,
    /// The field of this register that names those reached: a reference, or several.
    pub via: usize,
    /// How often each must be reached.
    pub every: Every,
    /// Which records of this register reach someone.
    pub filter: Expr,
    /// Who must be reached, over the other register. Its page days are those of the stretch looked at.
    pub among: Expr,
    /// The field of the other register by which the list is grouped.
    pub by: Option<usize>,
}

/// How often a coverage list wants everybody reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    /// Once in the register's period.
    Period,
    /// Once in each quarter of it.
    Quarter,
    /// Once in each month of it.
    Month,
}

/// A quantity of the records of a page.
#[derive(Debug, Clone)]
pub struct Measure {
    /// Its id, unique in the register.
    pub id: MeasureId,
    /// Its name; empty for one that belongs to an indicator.
    pub name: Names,
    /// What is added up.
    pub counting: Counting,
    /// The counting rule it follows, of the register's.
    pub rule: Option<usize>,
    /// Which records count: true counts, false is left out, unknown is reported beside the total.
    pub filter: Expr,
    /// The unit of the total.
    pub unit: UnitId,
    /// The total is in steps of 10^-digits of the unit.
    pub digits: u8,
}

/// What a measure adds up.
#[derive(Debug, Clone)]
pub enum Counting {
    /// One for each record 项.
    Records,
    /// A number on the record. A record without it is reported as unknown.
    Sum(Expr),
    /// The number of members of a field of several references 人次.
    Members(usize),
    /// Different values of a field on the page 人: a reference, several references, a code or text.
    Distinct {
        /// The field.
        of: Column,
        /// Counted once for each value of this, where a rule says so: once per contest.
        per: Option<Column>,
    },
}

/// What a figure is a value of.
#[derive(Debug, Clone)]
pub struct Indicator {
    /// Its id, unique in the catalog.
    pub id: IndicatorId,
    /// Its name.
    pub name: Names,
    /// The definition in words.
    pub about: Names,
    /// How it is computed from totals.
    pub formula: Formula,
    /// The unit of the printed value.
    pub unit: UnitId,
    /// Places printed, rounded half up.
    pub decimals: u8,
    /// What happens with records that cannot be judged, in words.
    pub missing: String,
    /// Where the definition comes from.
    pub source: Source,
    /// Words prose uses for it; where one has a `…`, other words or the number may stand between.
    pub words: Vec<String>,
    /// Words of which one must stand near, when `words` alone could mean something else.
    pub context: Vec<String>,
    /// Whether it stands on the answer sheet's first view.
    pub headline: bool,
    /// Whether only proofs by others can tell it (全省首家): without one nothing follows, not even nought.
    pub outside: bool,
    /// That it is one of several definitions of the same thing.
    pub definition: Option<Definition>,
    /// Cases worked by hand.
    pub cases: Vec<Case>,
}

/// How an indicator is computed. Positions are of the register's measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formula {
    /// A measure's total.
    Total(usize),
    /// One total as a share of another, in per cent; every record of the part is one of the whole.
    Share {
        /// The part: numerator.
        part: usize,
        /// The whole: denominator.
        whole: usize,
    },
    /// One total divided by another of a unit that the unit table lets it be divided by.
    Quotient {
        /// The numerator.
        over: usize,
        /// The denominator.
        under: usize,
    },
    /// Different values that reach a code less those that go above it: counted at their highest only.
    Highest {
        /// Those that reach it.
        reach: usize,
        /// Those of them that go above it.
        above: usize,
    },
    /// The one value that all records counted share (the batch of the honours of a year): a total divided by its count,
    /// missing where there are different ones.
    Common {
        /// The values, added up.
        sum: usize,
        /// The records that have one.
        of: usize,
        /// The different values.
        different: usize,
    },
    /// The change of a total on the period a year before, in per cent of that.
    Growth(usize),
}

/// Where a definition comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// The document and its number.
    pub document: String,
    /// The clause; may be empty.
    pub clause: String,
    /// When someone last looked.
    pub checked: Option<Date>,
}

/// A record of a case: field ids (or paths such as `student.sex`) and values as a person would type them.
pub type CaseRow = Vec<(String, String)>;

/// A case worked by hand.
#[derive(Debug, Clone)]
pub struct Case {
    /// What it shows.
    pub why: String,
    /// The period the figure is for; that of the first row if missing.
    pub period: Option<String>,
    /// The records, by field id, as a person would type them.
    pub rows: Vec<CaseRow>,
    /// Records of other registers, by register id. `$` names the n-th row of `rows` in a reference: `$1`.
    pub related: Vec<(RegisterId, Vec<CaseRow>)>,
    /// What must come out: `66.67`, or `missing: no base`.
    pub gives: String,
    /// Line of the file, from 1.
    pub line: usize,
}

/// A code list 代码表: dated data.
#[derive(Debug, Clone)]
pub struct CodeList {
    /// Its id; also the file's name.
    pub id: CodeListId,
    /// Its name.
    pub name: Names,
    /// Where the codes come from.
    pub source: Source,
    /// Whether the order of the codes means something: the first is the lowest.
    pub ordered: bool,
    /// The codes.
    pub codes: Vec<Code>,
    /// The file it was read from.
    pub path: String,
    /// How its codes are written by people.
    pub(crate) lookup: Lookup,
}

/// One code.
#[derive(Debug, Clone)]
pub struct Code {
    /// As stored.
    pub code: String,
    /// As shown.
    pub name: Names,
    /// Other ways it is written in what people import.
    pub aliases: Vec<String>,
    /// The first day it may be used.
    pub from: Option<Date>,
    /// The last day it may be used.
    pub until: Option<Date>,
}

/// Counting units and their arithmetic.
#[derive(Debug, Clone, Default)]
pub struct Units {
    /// All units.
    pub units: Vec<UnitDef>,
    /// What may be divided by what, and the unit of the result.
    pub quotients: Vec<(UnitId, UnitId, UnitId)>,
}

/// A counting unit.
#[derive(Debug, Clone)]
pub struct UnitDef {
    /// Such as `person-times`.
    pub id: UnitId,
    /// As printed behind a number: 人次.
    pub name: Names,
    /// Other ways prose writes it: 名, 位 for 人.
    pub words: Vec<String>,
}

impl Catalog {
    /// The register at a position that this catalog gave: from [`Self::find_register`], a reference, an indicator.
    ///
    /// Panics: at any other position. None is ever read from what somebody sends.
    pub fn at(&self, register: usize) -> &Register {
        &self.registers[register]
    }

    /// The position of a register.
    pub fn find_register(&self, id: &str) -> Option<usize> {
        self.registers.iter().position(|r| r.id.as_str() == id)
    }

    /// The register of an id.
    pub fn register(&self, id: &str) -> Option<&Register> {
        self.registers.iter().find(|r| r.id.as_str() == id)
    }

    /// The register and position of an indicator.
    pub fn find_indicator(&self, id: &str) -> Option<(usize, usize)> {
        self.registers
            .iter()
            .enumerate()
            .find_map(|(r, register)| register.indicators.iter().position(|i| i.id.as_str() == id).map(|i| (r, i)))
    }

    /// The examination regulation of an id.
    pub fn regulation(&self, id: &str) -> Option<&Regulation> {
        self.regulations.iter().find(|regulation| regulation.id == id)
    }

    /// The pathway of an id.
    pub fn pathway(&self, id: &str) -> Option<&Pathway> {
        self.pathways.iter().find(|pathway| pathway.id == id)
    }

    /// The code list of an id.
    pub fn code_list(&self, id: &str) -> Option<&CodeList> {
        self.codes.binary_search_by(|list| list.id.as_str().cmp(id)).ok().map(|ix| &self.codes[ix])
    }
}

impl Field {
    /// Whether it tells of a person: declared so, or of a kind that names or reaches one.
    pub fn is_personal(&self) -> bool {
        self.privacy >= Privacy::Personal || matches!(self.kind, Kind::PersonName | Kind::Phone | Kind::IdNumber)
    }
}

impl Register {
    /// The field at a position that this register gave. Panics: as [`Catalog::at`].
    pub fn field(&self, field: usize) -> &Field {
        &self.fields[field]
    }

    /// The indicator at a position that this register gave. Panics: as [`Catalog::at`].
    pub fn indicator(&self, indicator: usize) -> &Indicator {
        &self.indicators[indicator]
    }

    /// The position of a field.
    pub fn find_field(&self, id: &str) -> Option<usize> {
        self.fields.iter().position(|f| f.id.as_str() == id)
    }

    /// The column's name in the table.
    pub fn column_name(&self, column: Column) -> &str {
        match column {
            Column::Field(ix) => &self.fields[ix].column,
            Column::Copied(ix) => &self.copies[ix].column,
        }
    }

    /// What a column holds.
    pub fn column_kind(&self, column: Column) -> &Kind {
        match column {
            Column::Field(ix) => &self.fields[ix].kind,
            Column::Copied(ix) => &self.copies[ix].kind,
        }
    }

    /// How its periods are divided; nothing for a register without periods.
    pub fn period_kind(&self) -> Option<PeriodKind> {
        match self.period {
            PeriodRule::On { kind, .. } | PeriodRule::During { kind, .. } => Some(kind),
            PeriodRule::Always => None,
        }
    }
}

impl CodeList {
    /// The code written `code`.
    pub fn find(&self, code: &str) -> Option<&Code> {
        self.codes.iter().find(|c| c.code == code)
    }
}

impl Code {
    /// Whether it may be used on a day.
    pub fn valid_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}
