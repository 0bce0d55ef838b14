//! Closing 关账: which pages are ready, what a closing leaves out, and who sets the seal.

use crate::app::App;
use crate::error::AppError;
use crate::labels::Labels;
use crate::limits::Crowd;
use crate::person::{Person, Viewer};
use crate::within::Belongings;
use jc_base::{Date, Finding, Lang, Place, RecordId, RecordState};
use jc_catalog::{Operation, Scope};
use jc_figures::Page;
use jc_figures::figure::Totals as _;
use jc_store::seal::{Closed, Restatement};
use jc_store::store::Ending;
use jc_store::{Reach, Reader};
use jc_trust::seal::Excluded;
use std::collections::HashMap;

/// How a page stands to being closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// 进行中: its period is not over.
    Open,
    /// 有未了: its period is over, but records are drafts, wait, or have been returned.
    Unfinished,
    /// 可关账: nothing waits.
    Ready,
    /// 已关账.
    Closed,
}

impl Standing {
    /// All of them.
    pub const ALL: [Standing; 4] = [Standing::Open, Standing::Unfinished, Standing::Ready, Standing::Closed];

    /// The word of JSON and of message ids.
    pub fn code(self) -> &'static str {
        match self {
            Standing::Open => "open",
            Standing::Unfinished => "unfinished",
            Standing::Ready => "ready",
            Standing::Closed => "closed",
        }
    }
}

/// A page on the board of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The register's position.
    pub register: usize,
    /// The page.
    pub page: Page,
    /// How it stands.
    pub standing: Standing,
    /// Verified records on it.
    pub verified: i64,
    /// What a closing leaves out, or left out. Of an open page, evidence is not looked for here.
    pub excluded: Excluded,
    /// The seal, if it is closed.
    pub closed: Option<Closed>,
    /// How often it was restated since.
    pub restatements: usize,
    /// Whether this person may close it.
    pub may_close: bool,
}

/// Something the rules find wrong with what counts on a page.
#[derive(Debug, Clone)]
pub struct Fault {
    /// Which record; nothing for one that concerns the page.
    pub record: Option<RecordId>,
    /// What it is called.
    pub label: String,
    /// What is wrong.
    pub finding: Finding,
}

/// Records that a closing leaves out, or that lack evidence.
#[derive(Debug, Clone)]
pub struct LeftOut {
    /// Which record.
    pub record: RecordId,
    /// What it is called.
    pub label: String,
    /// Its state; verified where only evidence lacks.
    pub state: RecordState,
}

/// A page looked at before it is closed.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Its line on the board, evidence looked for.
    pub line: Line,
    /// What is left out or lacks evidence: at most [`MOST`], those that wait first.
    pub left_out: Vec<LeftOut>,
    /// What the checks find: at most [`MOST`].
    pub faults: Vec<Fault>,
    /// How many faults there are.
    pub faults_in_all: usize,
    /// Coverage lists with members not reached: the list's position, how many are left.
    pub uncovered: Vec<(usize, usize)>,
}

/// No more records and faults are listed one by one.
pub const MOST: usize = 200;

/// May close the pages of one register.
pub struct Closer<'a> {
    viewer: Viewer<'a>,
    register: usize,
}

impl Person {
    /// Whether this person answers for the closing of a register: a role of the whole school, or of the office that
    /// verifies it.
    pub fn closes(&self, catalog: &jc_catalog::Catalog, register: &jc_catalog::Register) -> bool {
        if self.account.is_none() {
            return true;
        }
        let verifies = catalog.offices.get(register.verified_by).map(|office| office.id.as_str());
        self.roles_for(catalog, Operation::CloseRegisters).any(|role| match role.scope {
            Scope::School => true,
            Scope::Office => verifies.is_some() && verifies == self.office.as_deref(),
            _ => false,
        })
    }
}

impl App {
    /// The right to close a register's pages.
    pub fn closer<'a>(&'a self, person: &'a Person, register: usize) -> Result<Closer<'a>, AppError> {
        let viewer = self.viewer(person);
        let declared = viewer.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        if !person.closes(&viewer.catalog, declared) {
            return Err(AppError::Denied);
        }
        Ok(Closer { viewer, register })
    }
}

impl Closer<'_> {
    /// Closes a page whose period is over. `seen` is what the person was shown to be left out: if it is something
    /// else by now, nothing is closed.
    pub fn close(&self, page: Page, seen: Excluded) -> Result<Closed, AppError> {
        let (app, person, catalog) = (self.viewer.app, self.viewer.person, &self.viewer.catalog);
        let declared = &catalog.registers[self.register];
        let key = app.signing_key(person.school)?;
        let object = declared.id.as_str();
        app.store.write(person.school, &person.actor(), "page.close", object, app.moment(), |writer| {
            let mut reader = writer.reader()?;
            let today = reader.today();
            match over(page) {
                Some(last) if last < today => {}
                Some(last) => {
                    let finding = Finding::error("APP-082", Place::Whole).with("last", last.to_string());
                    return Err(AppError::finding(finding));
                }
                None => return Err(AppError::finding(Finding::error("APP-083", Place::Whole))),
            }
            if reader.seal(object, page)?.is_some() {
                return Err(AppError::finding(Finding::error("APP-081", Place::Whole)));
            }
            let without_evidence = reader.unproved(self.register, page)?;
            let there = Excluded { without_evidence, ..self.viewer.waiting(&mut reader, self.register, page)?.1 };
            if there != seen {
                return Err(AppError::PreviewOutdated);
            }
            let closed = writer.close(self.register, page, without_evidence, &key)?;
            writer.note("page", page.to_string());
            Ok(Ending::Keep(closed))
        })
    }
}

/// The last day of a page's period.
fn over(page: Page) -> Option<Date> {
    match page {
        Page::All => None,
        Page::Of(period) => Some(period.last_day()),
    }
}

impl Viewer<'_> {
    /// How the pages that an answer sheet of `year` looks at stand to being closed, in the catalog's order.
    pub fn closing_board(&self, year: i32) -> Result<Vec<Line>, AppError> {
        self.needs(Operation::ReadFigures)?;
        self.read(|reader| {
            let mut closed: HashMap<(String, String), Closed> = HashMap::new();
            for one in reader.closed()? {
                closed.insert((one.signed.seal.register.to_string(), one.signed.seal.page.clone()), one);
            }
            let restated = counted(reader.restatements(None)?);
            let mut lines = Vec::new();
            for (register, declared) in self.catalog.registers.iter().enumerate() {
                let page = Page::reported_in(declared, year);
                if page != Page::All {
                    let key = (declared.id.to_string(), page.to_string());
                    let restatements = restated.get(&key).copied().unwrap_or(0);
                    lines.push(self.line(reader, register, page, closed.remove(&key), restatements)?);
                }
            }
            Ok(lines)
        })
    }

    /// A page and all that a closing would leave out, or what it left out.
    pub fn closing(&self, register: usize, page: Page, lang: Lang) -> Result<Preview, AppError> {
        self.needs(Operation::ReadFigures)?;
        let declared = self.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        if page == Page::All {
            return Err(AppError::NotFound);
        }
        let sees = self.may(Operation::ReadRecords);
        let mut preview = self.read(|reader| {
            let closed = reader.seal(declared.id.as_str(), page)?;
            let code = page.to_string();
            let restatements = reader.restatements(Some((declared.id.as_str(), &code)))?.len();
            let mut line = self.line(reader, register, page, closed, restatements)?;
            let mut preview = Preview {
                left_out: Vec::new(),
                faults: Vec::new(),
                faults_in_all: 0,
                uncovered: Vec::new(),
                line: line.clone(),
            };
            if line.closed.is_none() {
                line.excluded.without_evidence = reader.unproved(register, page)?;
                if sees {
                    self.list_left_out(reader, register, page, lang, &mut preview)?;
                }
            }
            preview.line = line;
            Ok(preview)
        })?;
        if let (Page::Of(period), true) = (page, preview.line.closed.is_none() && sees) {
            let year = period.last_day().year();
            for (list, _) in declared.coverage.iter().enumerate() {
                // A list of a calendar year that this page is not the report of is not asked about.
                if Page::reported_in(declared, year) == page {
                    let covered = self.coverage(register, list, year, lang)?;
                    let left = covered.due - covered.reached;
                    if left > 0 {
                        preview.uncovered.push((list, left));
                    }
                }
            }
        }
        Ok(preview)
    }

    /// What is on a page: verified records, and those in the other states.
    fn waiting(&self, reader: &mut Reader, register: usize, page: Page) -> Result<(i64, Excluded), AppError> {
        let totals = reader.totals(register, page, "")?;
        let records = totals.first().map(|(_, loaded)| loaded.records()).unwrap_or_default();
        let count = |state: RecordState| records.state(state).value;
        let excluded = Excluded {
            draft: count(RecordState::Draft),
            submitted: count(RecordState::Submitted),
            returned: count(RecordState::Returned),
            without_evidence: 0,
        };
        Ok((count(RecordState::Verified), excluded))
    }

    fn line(
        &self,
        reader: &mut Reader,
        register: usize,
        page: Page,
        closed: Option<Closed>,
        restatements: usize,
    ) -> Result<Line, AppError> {
        let (verified, waiting) = self.waiting(reader, register, page)?;
        let excluded = closed.as_ref().map_or(waiting, |closed| closed.signed.seal.excluded);
        let standing = match (&closed, over(page)) {
            (Some(_), _) => Standing::Closed,
            (None, Some(last)) if last < reader.today() => {
                if waiting == Excluded::default() {
                    Standing::Ready
                } else {
                    Standing::Unfinished
                }
            }
            _ => Standing::Open,
        };
        let declared = &self.catalog.registers[register];
        let may_close =
            matches!(standing, Standing::Ready | Standing::Unfinished) && self.person.closes(&self.catalog, declared);
        Ok(Line { register, page, standing, verified, excluded, closed, restatements, may_close })
    }

    fn list_left_out(
        &self,
        reader: &mut Reader,
        register: usize,
        page: Page,
        lang: Lang,
        preview: &mut Preview,
    ) -> Result<(), AppError> {
        let declared = &self.catalog.registers[register];
        let crowd = Crowd::load(&mut reader.narrowed(&Reach::School), register, declared)?;
        let known = Belongings::load(&mut reader.narrowed(&Reach::School), &self.catalog, declared)?;
        let with_evidence = reader.has_evidence(declared.id.as_str())?;
        let at = page.moments(declared, reader.today());
        let needs: Vec<_> = declared.evidence.iter().filter_map(|rule| rule.required.as_ref()).collect();
        let (mut left, mut faulty) = (Vec::new(), Vec::new());
        reader.each_on_page(register, page, &mut |record| {
            if record.state != RecordState::Verified {
                left.push(record.clone());
                return;
            }
            use jc_catalog::expr::eval::{Truth, truth};
            let unproved =
                !with_evidence.contains(&record.id) && needs.iter().any(|rule| truth(rule, record, &at) == Truth::True);
            if unproved {
                left.push(record.clone());
            }
            let place = |field: Option<usize>| match field {
                Some(ix) => Place::Field { field: declared.fields[ix].id.to_string() },
                None => Place::Whole,
            };
            let mut findings = Vec::new();
            crowd.check(declared, &record.values, Some(record.id), lang, &place, &mut findings);
            known.check(declared, &record.values, lang, &place, &mut findings);
            preview.faults_in_all += findings.len();
            if faulty.len() < MOST {
                faulty.extend(findings.into_iter().map(|finding| (record.clone(), finding)));
            }
        })?;
        left.sort_by_key(|record| (record.state == RecordState::Verified, record.state.number(), record.id));
        left.truncate(MOST);
        faulty.truncate(MOST);
        let mut labels = Labels::default();
        labels.load(reader, register, left.iter().chain(faulty.iter().map(|(record, _)| record)))?;
        let label = |record: &jc_store::Record| labels.label(&self.catalog, register, record, lang);
        preview.left_out = left
            .iter()
            .map(|record| LeftOut { record: record.id, label: label(record), state: record.state })
            .collect();
        preview.faults = faulty
            .into_iter()
            .map(|(record, finding)| Fault { record: Some(record.id), label: label(&record), finding })
            .collect();
        Ok(())
    }
}

fn counted(restatements: Vec<Restatement>) -> HashMap<(String, String), usize> {
    let mut counts = HashMap::new();
    for one in restatements {
        *counts.entry((one.register.to_string(), one.page)).or_default() += 1;
    }
    counts
}
