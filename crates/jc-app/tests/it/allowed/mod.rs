//! The authorization matrix: every role of `roles.toml` × every operation × every register × own department, other
//! department, other school × every state, cell by cell, on each database; in a file also each office with every register
//! of all others.

mod oracle;
mod world;

use jc_app::app::{App, Clock, Setup};
use jc_app::given::Tie;
use jc_app::growth::plans::{Manner, Planned};
use jc_app::{AppError, Person, accounts::NewAccount};
use jc_base::{Lang, RecordId, RecordState};
use jc_catalog::{Catalog, Privacy};
use jc_store::reader::ListQuery;
use jc_testkit::{OTHER, SCHOOL, each_db, shipped};
use oracle::{Oracle, Role};
use std::collections::BTreeSet;
use std::path::Path;
use world::{Made, Side, World};

/// Someone with one role, and what the files say they may do.
struct Who<'o> {
    person: Person,
    role: &'o Role,
    office: Option<String>,
    /// Whether they are tied as a student (else as staff).
    pupil: bool,
}

struct Matrix<'m> {
    app: App,
    catalog: &'m Catalog,
    oracle: &'m Oracle,
    world: World,
    cells: std::cell::Cell<usize>,
    wrong: std::cell::RefCell<Vec<String>>,
}

impl Matrix<'_> {
    /// One cell: what came out is held against what the files say.
    fn cell(&self, who: &Who, what: &str, came: bool, wanted: bool) {
        self.cells.set(self.cells.get() + 1);
        if came != wanted {
            let kind = if came { "LEAK" } else { "REFUSED" };
            let office = who.office.as_deref().unwrap_or("-");
            self.wrong.borrow_mut().push(format!("{kind}: {} of {office}: {what}", who.role.id));
        }
    }

    fn id(&self, register: usize) -> &str {
        self.catalog.registers[register].id.as_str()
    }

    fn at(&self, register: &str) -> usize {
        self.catalog.find_register(register).expect("a register")
    }

    /// Whether a record lies within a scope, by the files and by how the world was made.
    fn within(&self, who: &Who, made: &Made) -> bool {
        let register = self.id(made.register);
        let about = |anchor: &str| {
            let whole_class = anchor == "class" && made.register == self.at("class") && made.side == Side::Own;
            self.oracle.reaches(register, anchor)
                && (whole_class || self.world.is_about(self.catalog, made, self.at(anchor)))
        };
        made.school == SCHOOL
            && match who.role.scope.as_str() {
                "school" => true,
                "office" => self.oracle.of_office(who.office.as_deref().expect("an office")).contains(register),
                "department" => about("department"),
                "class" => about("class"),
                "self" => about(if who.pupil { "student" } else { "staff" }),
                "child" => about("student"),
                _ => false,
            }
    }

    fn sees(&self, who: &Who, made: &Made) -> bool {
        let also = made.school == SCHOOL && who.role.also.contains(self.id(made.register));
        who.role.may("read-records") && (self.within(who, made) || also)
    }

    fn seen(&self, who: &Who, register: usize) -> BTreeSet<RecordId> {
        self.world.made.iter().filter(|m| m.register == register && self.sees(who, m)).map(|m| m.id).collect()
    }
}

/// Everyone: each role once, those of an office once for each office.
fn everyone<'o>(app: &App, oracle: &'o Oracle, catalog: &Catalog, world: &World) -> Vec<Who<'o>> {
    let machine = Person::command_line(SCHOOL);
    let administrator = app.administrator(&machine).expect("the machine's person");
    let mut all = Vec::new();
    for role in &oracle.roles {
        let offices: Vec<Option<String>> =
            if role.of_office() { catalog.offices.iter().map(|o| Some(o.id.clone())).collect() } else { vec![None] };
        for office in offices {
            let pupil = role.id == "student";
            let anchors: &[(&str, &str)] = match role.scope.as_str() {
                "department" => &[("department", "department")],
                "class" => &[("self", "staff")],
                "self" if pupil => &[("self", "student")],
                "self" => &[("self", "staff")],
                "child" => &[("child", "student")],
                _ => &[],
            };
            let ties = |(scope, register): &(&str, &str)| {
                let at = catalog.find_register(register).expect("a register");
                let (scope, register) = (scope.to_string(), (*register).into());
                let tie =
                    move |record| Tie { scope: scope.clone(), register: jc_base::RegisterId::clone(&register), record };
                world.anchors(catalog, SCHOOL, Side::Own, at).into_iter().map(tie).collect::<Vec<_>>()
            };
            let new = NewAccount {
                login: format!("{}-{}", role.id, all.len()),
                name: "某人".into(),
                roles: vec![role.id.as_str().into()],
                office: office.clone(),
                ties: anchors.iter().flat_map(ties).collect(),
            };
            let id = administrator.create(&new, "eine lange Losung 2024").expect("an account");
            let accounts = administrator.accounts().expect("accounts");
            let account = accounts.iter().find(|account| account.id == id).expect("the account");
            let person = app.person_of(SCHOOL, account).expect("a person");
            all.push(Who { person, role, office, pupil });
        }
    }
    all
}

#[test]
fn every_cell_is_as_the_files_say() {
    let (catalog, oracle) = (shipped(), Oracle::read());
    assert_eq!(oracle.registers.len(), catalog.registers.len(), "the files are read whole");
    each_db(&catalog, |db| {
        let folder = tempfile::tempdir().expect("a folder");
        let world = world::make(db, &catalog);
        let url = Some(db.settings.url.clone());
        let setup = Setup { data: folder.path().into(), database: url, clock: Clock::Fixed(crate::sample::NOW) };
        let app = App::open_with_keys(setup, db.settings.keys.clone()).expect("an installation");
        let people = everyone(&app, &oracle, &catalog, &world);
        let matrix = Matrix {
            app,
            catalog: &catalog,
            oracle: &oracle,
            world,
            cells: Default::default(),
            wrong: Default::default(),
        };
        let mut seen = BTreeSet::new();
        for who in &people {
            whole_operations(&matrix, who);
            // Asking a server takes ten times as long: there one office goes through all registers, the others through their own.
            let all = db.kind == "sqlite" || seen.insert(&who.role.id);
            let own = who.office.as_deref().map(|office| oracle.of_office(office)).unwrap_or_default();
            for register in (0..catalog.registers.len()).filter(|ix| all || own.contains(matrix.id(*ix))) {
                reading(&matrix, who, register);
                working(&matrix, who, register);
            }
            searching(&matrix, who);
        }
        let closed = close_all(&matrix);
        let asked = |who| closed.iter().map(|register| on_closed_page(&matrix, who, *register)).sum::<usize>();
        let asked: usize = people.iter().map(asked).sum();
        assert!(asked > 50, "{}: asked for a reason {asked} times", db.kind);
        let wrong = matrix.wrong.into_inner();
        assert!(
            wrong.is_empty(),
            "{}: {} cells wrong:\n{}",
            db.kind,
            wrong.len(),
            wrong[..wrong.len().min(40)].join("\n")
        );
        assert!(matrix.cells.get() > 20_000, "{}: only {} cells", db.kind, matrix.cells.get());
        println!("{}: {} cells", db.kind, matrix.cells.get());
    });
}

/// Closes every page of 2024 that can be; gives the registers.
fn close_all(m: &Matrix) -> Vec<usize> {
    let machine = Person::command_line(SCHOOL);
    let mut closed = Vec::new();
    for register in 0..m.catalog.registers.len() {
        let page = jc_app::given::Page::reported_in(&m.catalog.registers[register], 2024);
        let Ok(shown) = m.app.viewer(&machine).closing(register, page, Lang::Zh) else { continue };
        let closer = m.app.closer(&machine, register).expect("the machine closes");
        if closer.close(page, shown.line.excluded).is_ok() {
            closed.push(register);
        }
    }
    assert!(closed.len() > 20, "{}", closed.len());
    closed
}

/// A verified record of a closed page: whoever keeps it is asked for a reason, for everyone else it is not there; and nobody
/// changes it without one. Gives how often a reason was asked for.
fn on_closed_page(m: &Matrix, who: &Who, register: usize) -> usize {
    let Ok(keeper) = m.app.keeper(&who.person, register) else { return 0 };
    let declared = &m.catalog.registers[register];
    let free = |ix: &usize| declared.fields[*ix].kind == jc_catalog::kinds::Kind::Text && !declared.key.contains(ix);
    let Some(field) = (0..declared.fields.len()).find(free) else { return 0 };
    let mut asked = 0;
    let name = m.id(register).to_owned();
    let of_register = &m.oracle.registers[&name];
    let own = who.role.may("keep-own") && of_register.open_to.contains(&who.role.id);
    let keeps = who.role.may("keep-records") && who.office.as_deref() == Some(of_register.kept_by.as_str()) || own;
    let verified = m.world.made.iter().filter(|made| made.register == register && made.state == RecordState::Verified);
    for made in verified {
        let machine = Person::command_line(made.school);
        let mut values = m.app.viewer(&machine).record(register, made.id).expect("a record").values;
        values[field] = jc_base::Value::Text("改过".into());
        let edit = jc_app::records::Edit { values, submit: true, seen_version: Some(1) };
        let result = keeper.update(made.id, edit, Lang::Zh);
        assert!(result.is_err(), "{}: {name} changed without a reason", who.role.id);
        let what = format!("{name}: correct on a closed page ({:?}, {:?})", made.school, made.side);
        asked += usize::from(matches!(&result, Err(AppError::Findings(found)) if found[0].code == "APP-080"));
        m.cell(who, &what, told(result), keeps && m.within(who, made));
    }
    asked
}

/// What a refused or empty-handed operation answers; anything else is a fault of the test.
fn went<T>(result: Result<T, AppError>) -> bool {
    match result {
        Ok(_) => true,
        Err(AppError::Denied | AppError::NotFound) => false,
        Err(other) => panic!("{other:?}"),
    }
}

/// What an operation asks of the database.
fn worth(operation: impl FnOnce()) -> (u64, u64) {
    let before = jc_store::db::work();
    operation();
    let after = jc_store::db::work();
    (after.statements - before.statements, after.rows - before.rows)
}

/// Whether an operation was permitted, though it found something wrong.
fn told<T>(result: Result<T, AppError>) -> bool {
    match result {
        Ok(_) | Err(AppError::Findings(_)) => true,
        Err(AppError::Denied | AppError::NotFound) => false,
        Err(other) => panic!("{other:?}"),
    }
}

/// What needs no register.
fn whole_operations(m: &Matrix, who: &Who) {
    let viewer = m.app.viewer(&who.person);
    m.cell(who, "answer sheet", went(viewer.answer_sheet(2024)), who.role.may("read-figures"));
    let number = jc_app::definitions::Printed::parse("99.26").expect("a number");
    let which = viewer.which(number, None, None, Some(2024));
    m.cell(who, "which definition", went(which), who.role.may("read-figures"));
    // A code of nobody tells apart who may check in from who may not.
    let code = viewer.attending("volunteer-record.x.1.y", Lang::Zh);
    m.cell(who, "check in", told(code), who.role.may("check-in"));
    consenting(m, who);
    let participants = m.at("volunteer-record");
    for event in m.world.made.iter().filter(|made| made.register == m.at("volunteer-activity")) {
        let shown = told(viewer.check_in_code(participants, event.id));
        let listed = told(viewer.gathering(participants, event.id, Lang::Zh));
        m.cell(who, "an event's code and its list go together", shown == listed, true);
        let foreign = !who.role.may("lead-events") || event.school != SCHOOL;
        m.cell(who, "an event's code without the right", shown && foreign, false);
    }
    m.cell(who, "decide requests", went(m.app.approver(&who.person)), who.role.may("approve-access"));
    let accesses = viewer.accesses(&Default::default(), None, 1);
    m.cell(who, "who saw whose data", went(accesses), who.role.may("read-access"));
    m.cell(who, "figures of private data", went(viewer.privacy_of_year(2024)), who.role.may("read-access"));
    let day = jc_base::Date::new(2024, 12, 31).expect("a day");
    m.cell(who, "whose data an account had", went(viewer.breach("x", day, day)), who.role.may("read-access"));
    m.cell(who, "what is kept no longer", went(m.app.retention_plan(&who.person, day)), false);
    m.cell(who, "audit log", went(viewer.audit(None, 5)), who.role.may("read-audit"));
    m.cell(who, "a text", went(viewer.check_text("共有3人。", 2024, false)), who.role.may("check-texts"));
    let draft = jc_app::texts::Draft {
        title: String::new(),
        kind: "other".into(),
        year: 2024,
        text: "共有3人。".into(),
        corrections: Vec::new(),
    };
    m.cell(who, "keep a text", went(viewer.keep_text(&draft)), who.role.may("check-texts"));
    m.cell(who, "kept texts", went(viewer.texts()), who.role.may("check-texts"));
    m.cell(who, "list reports", went(viewer.reports()), who.role.may("report"));
    let annual = jc_app::report::Wanted {
        template: "annual".into(),
        year: 2024,
        profile: jc_app::given::Profile::Internal,
        address: String::new(),
    };
    m.cell(who, "a report", went(viewer.report(&annual)), who.role.may("report"));
    m.cell(who, "a report's words", went(viewer.report_text("annual", "party")), who.role.may("report"));
    m.cell(who, "make accounts", went(m.app.administrator(&who.person)), who.role.may("manage-accounts"));
    m.cell(who, "grant roles", went(m.app.security_officer(&who.person)), who.role.may("manage-roles"));
    growing(m, who);
    m.cell(who, "list records", went(viewer.list(0, &ListQuery::default())), who.role.may("read-records"));
    if went(m.app.administrator(&who.person)) {
        let new = NewAccount {
            login: "a-new-one".into(),
            name: "新".into(),
            roles: vec!["leadership".into()],
            office: None,
            ties: Vec::new(),
        };
        let made = m.app.administrator(&who.person).and_then(|a| a.invite(&new));
        m.cell(who, "give rights along with an account", went(made), false);
    }
}

/// Consents: each their own, a guardian their child's. A version that nobody asks tells apart who may say something
/// from who may not, and changes nothing.
fn consenting(m: &Matrix, who: &Who) {
    let viewer = m.app.viewer(&who.person);
    let (may, consent) = (who.role.may("give-consent"), m.at("consent"));
    m.cell(who, "own consents", went(viewer.own_consents(Lang::Zh)), may);
    for made in m.world.made.iter().filter(|made| made.register == m.at("student")) {
        let own = matches!(who.role.scope.as_str(), "self" | "child") && m.within(who, made);
        let given = match viewer.give_consent(consent, made.id, ("publication", "x"), Lang::Zh) {
            Err(AppError::Stale) => true,
            other => went(other),
        };
        m.cell(who, &format!("consent ({:?}, {:?}, {:?})", made.school, made.side, made.state), given, may && own);
    }
}

/// How people grow: who may ask, and about whom.
fn growing(m: &Matrix, who: &Who) {
    let growth = m.app.growth(&who.person);
    m.cell(who, "growth", growth.is_ok(), who.role.may("read-growth"));
    let Ok(growth) = growth else { return };
    let (staff, day) = (m.at("staff"), jc_base::Date::new(2024, 12, 31).expect("a day"));
    let within = |id: RecordId| {
        let made = m.world.made.iter().find(|made| made.register == staff && made.id == id);
        made.is_some_and(|made| made.state == RecordState::Verified && m.within(who, made))
    };
    let overview = growth.overview(day, Lang::Zh).expect("an overview");
    m.cell(who, "growth: everybody", overview.members.iter().all(|member| within(member.person)), true);
    for made in m.world.made.iter().filter(|made| made.register == staff) {
        let shown = went(growth.profile(made.id, day, Lang::Zh));
        let reached = overview.members.iter().any(|member| member.person == made.id);
        m.cell(who, "growth: a profile", shown, reached);
        m.cell(who, "growth: a dossier", went(growth.dossier(made.id, day, Lang::Zh)), reached);
        let kept = growth.own_plans(made.id, Lang::Zh);
        if let Ok(kept) = &kept {
            m.cell(who, "growth: kept plans are of whom they are asked for", kept.person == made.id, true);
        }
        m.cell(who, "growth: kept plans of somebody out of reach", kept.is_ok() && !within(made.id), false);
    }
    if growth.sees_others() || growth.own().is_some() {
        let reminders = growth.reminders(Lang::Zh).expect("reminders");
        m.cell(who, "growth: reminders", reminders.iter().all(|one| within(one.person)), true);
    }
    let plans = who.role.may("plan-growth");
    m.cell(who, "growth: rounds", went(growth.rounds()), plans);
    for made in m.world.made.iter().filter(|made| made.register == m.at("growth-round")) {
        let there = made.school == SCHOOL && made.state != RecordState::Returned;
        let planned = growth.plan(made.id, Manner::Anew, Lang::Zh);
        m.cell(who, "growth: plan a round", planned.is_ok(), plans && there);
        if let Ok(planned) = planned {
            let within = planned.people.iter().all(|whose| within(whose.person));
            m.cell(who, "growth: who is planned for", within, true);
            // Nothing is written here: whoever may not keep is refused before anything is.
            let office = who.office.as_deref() == Some("personnel-office");
            let keeps = who.role.may("keep-records") && office;
            let nothing = Planned { plan: None, ..planned };
            m.cell(who, "growth: keep a plan", went(growth.keep(&m.app, &who.person, &nothing, Lang::Zh)), keeps);
        }
    }
}

/// Lists, their totals, single records, history, evidence, what refers to them, references, files.
fn reading(m: &Matrix, who: &Who, register: usize) {
    let viewer = m.app.viewer(&who.person);
    let seen = m.seen(who, register);
    let name = m.id(register).to_owned();
    let all = ListQuery { limit: 1000, ..ListQuery::default() };
    if let Ok(listed) = viewer.list(register, &all) {
        let ids: BTreeSet<RecordId> = listed.records.iter().map(|record| record.id).collect();
        m.cell(who, &format!("{name}: list"), ids == seen, true);
        let counted = listed.counts.iter().sum::<i64>() as usize;
        m.cell(who, &format!("{name}: total of the list"), counted == seen.len(), true);
        for slice in &m.catalog.registers[register].slices {
            let values = viewer.slice_values(register, None, &slice.id, Lang::Zh).expect("values");
            let own = viewer.list_totals(register, &all).expect("totals");
            m.cell(who, &format!("{name}: narrowed by {}", slice.id), !values.is_empty() || seen.is_empty(), true);
            m.cell(who, &format!("{name}: totals"), own.is_some(), true);
        }
    }
    // What is there and not seen answers as what is not there, nor does it take longer: as many statements, as many rows, for each
    // way to it.
    const NOWHERE: RecordId = RecordId([7; 16]);
    let looks: [(&str, &dyn Fn(RecordId)); 4] = [
        ("record by time", &|id| drop(viewer.record(register, id))),
        ("screen by time", &|id| drop(viewer.whole(register, id, Lang::Zh))),
        ("evidence by time", &|id| drop(viewer.evidence(register, id))),
        ("why by time", &|id| drop(viewer.why(register, id))),
    ];
    let nowhere = viewer.record(register, NOWHERE).expect_err("there is none").to_string();
    let nothing = looks.map(|(_, look)| worth(|| look(NOWHERE)));
    for made in m.world.made.iter().filter(|made| made.register == register) {
        let (id, what) =
            (made.id, |op: &str| format!("{name}: {op} ({:?}, {:?}, {:?})", made.school, made.side, made.state));
        let wanted = m.sees(who, made);
        let (record, whole) = (viewer.record(register, id), viewer.whole(register, id, Lang::Zh));
        let why = viewer.why(register, id);
        let told = record.as_ref().err().map(ToString::to_string);
        if wanted {
            m.cell(who, &what("a reason why"), why.as_ref().is_ok_and(|reasons| !reasons.is_empty()), true);
            for (other, _, records) in whole.as_ref().map_or(&[][..], |whole| &whole.referring) {
                let allowed = m.seen(who, *other);
                m.cell(who, &what("referring"), records.iter().all(|r| allowed.contains(&r.id)), true);
            }
        } else {
            m.cell(who, &what("answers alike"), told.as_ref() == Some(&nowhere), true);
            for ((op, look), nothing) in looks.iter().zip(nothing) {
                m.cell(who, &what(op), worth(|| look(id)) == nothing, true);
            }
        }
        m.cell(who, &what("record"), went(record), wanted);
        m.cell(who, &what("screen"), went(whole), wanted);
        m.cell(who, &what("evidence"), went(viewer.evidence(register, id)), wanted);
        m.cell(who, &what("why"), went(why), wanted);
    }
    exporting(m, who, register);
    tracing(m, who, register);
}

fn exporting(m: &Matrix, who: &Who, register: usize) {
    let viewer = m.app.viewer(&who.person);
    let name = m.id(register);
    let declared = &m.oracle.registers[name];
    let works = who.office.as_deref().is_some_and(|o| o == declared.kept_by || o == declared.verified_by);
    let seen = m.seen(who, register);
    let sees_some = !seen.is_empty();
    let personal = m.oracle.personal(name);
    let wanted = who.role.may("export-records") && sees_some && (!personal || who.role.scope != "office" || works);
    m.cell(who, &format!("{name}: may take out"), viewer.may_export(register), wanted);
    if wanted && personal && who.role.id != "office" {
        let query = ListQuery::default();
        let format = jc_app::export::Format::Csv;
        let asked = jc_app::export::Wanted { query: &query, conditions: "", format, reason: "核对", lang: Lang::Zh };
        let rows = viewer.export(register, &asked, &mut |_, _| {}).expect("a file").holds;
        m.cell(who, &format!("{name}: rows of the file"), rows == seen.len(), true);
    }
}

fn tracing(m: &Matrix, who: &Who, register: usize) {
    let viewer = m.app.viewer(&who.person);
    let Some(indicator) = (!m.catalog.registers[register].indicators.is_empty()).then_some(0) else { return };
    let of = jc_app::figures::IndicatorRef { register, indicator };
    let page = jc_figures::Page::reported_in(&m.catalog.registers[register], 2024);
    let may = who.role.may("read-figures") && who.role.may("read-records");
    let trace = viewer.sources(of, page, None, jc_app::figures::Part::LeftOut, (0, 100));
    match trace {
        Ok(sources) => {
            let seen = m.seen(who, register);
            m.cell(who, "trace", true, may);
            m.cell(who, "trace: its records", sources.records.iter().all(|t| seen.contains(&t.record.id)), true);
            let shown: usize = sources.counts.iter().sum();
            let there = m.world.made.iter().filter(|w| w.register == register && w.school == SCHOOL).count();
            let honest = sources.outside == 0 && shown == there || seen.len() < there && sources.outside > 0;
            m.cell(who, &format!("{}: trace tells what is outside", m.id(register)), honest, true);
        }
        other => m.cell(who, "trace", went(other), may),
    }
}

/// Keeping, verifying, revealing: first the right to the register, then to the record.
fn working(m: &Matrix, who: &Who, register: usize) {
    let name = m.id(register).to_owned();
    let declared = &m.oracle.registers[&name];
    let of = |office: &str| who.office.as_deref() == Some(office);
    let any = m.world.made.iter().any(|made| made.register == register && m.within(who, made));
    let own = who.role.may("keep-own") && declared.open_to.contains(&who.role.id);
    let keeps = who.role.may("keep-records") && of(&declared.kept_by) && any || own;
    let verifies = who.role.may("verify-records") && of(&declared.verified_by) && any;
    let keeper = m.app.keeper(&who.person, register);
    let verifier = m.app.verifier(&who.person, register);
    m.cell(who, &format!("{name}: keep"), keeper.is_ok(), keeps);
    m.cell(who, &format!("{name}: verify"), verifier.is_ok(), verifies);
    let closes = who.role.may("close-registers") && (who.role.scope == "school" || of(&declared.verified_by));
    m.cell(who, &format!("{name}: close"), went(m.app.closer(&who.person, register)), closes);
    let sensitive = m.catalog.registers[register].fields.iter().position(|f| f.privacy == Privacy::Sensitive);
    for made in m.world.made.iter().filter(|made| made.register == register) {
        let what = |op: &str| format!("{name}: {op} ({:?}, {:?}, {:?})", made.school, made.side, made.state);
        // A version nobody has tells apart who may touch the record from who may not, and changes nothing.
        let touched = |result: Result<(), AppError>| match result {
            Err(AppError::Stale) => true,
            Err(AppError::NotFound) => false,
            other => panic!("{other:?}"),
        };
        if let Ok(keeper) = &keeper {
            m.cell(who, &what("keep"), touched(keeper.withdraw(made.id, 99)), keeps && m.within(who, made));
        }
        if let Ok(verifier) = &verifier {
            m.cell(who, &what("verify"), touched(verifier.accept(made.id, 99)), verifies && m.within(who, made));
        }
        if matches!(name.as_str(), "student" | "staff") {
            // Only what one is tied to as oneself or as a child is one's own.
            let of_class =
                who.role.scope == "class" && name == "staff" && made.side == Side::Own && made.school == SCHOOL;
            let own = of_class || matches!(who.role.scope.as_str(), "self" | "child") && m.within(who, made);
            m.cell(
                who,
                &what("an own copy"),
                m.app.viewer(&who.person).may_copy(register, made.id),
                own && who.role.may("read-records"),
            );
        }
        if let Some(field) = sensitive.filter(|_| made.state == RecordState::Verified) {
            let works = who.role.scope != "office" || of(&declared.kept_by) || of(&declared.verified_by);
            let wanted = who.role.may("reveal-fields") && works && m.within(who, made);
            let viewer = m.app.viewer(&who.person);
            m.cell(who, &what("reveal"), went(viewer.reveal(register, made.id, field, "核对")), wanted);
        }
    }
    if let Ok(verifier) = &verifier {
        let waiting = verifier.inbox(100).expect("an inbox").records;
        let wanted = |w: &&Made| w.register == register && w.state == RecordState::Submitted && m.within(who, w);
        let wanted: BTreeSet<RecordId> = m.world.made.iter().filter(wanted).map(|w| w.id).collect();
        let ids: BTreeSet<RecordId> = waiting.iter().map(|record| record.id).collect();
        m.cell(who, &format!("{name}: inbox"), ids == wanted, true);
    }
}

/// Search, and the suggestions of reference fields.
fn searching(m: &Matrix, who: &Who) {
    let viewer = m.app.viewer(&who.person);
    for typed in ["甲", "乙", "jia", "yi2"] {
        let Ok(hits) = viewer.search(typed, 100) else {
            m.cell(who, "search", false, who.role.may("read-records"));
            continue;
        };
        for hit in hits {
            let seen = m.seen(who, hit.register);
            m.cell(who, "search", hit.records.iter().all(|record| seen.contains(&record.id)), true);
            m.cell(who, "search: how many", hit.all as usize <= seen.len(), true);
        }
    }
    let student = m.at("student");
    if let Ok(found) = viewer.suggest(student, "某") {
        let ids: BTreeSet<RecordId> = found.into_iter().map(|(id, _)| id).collect();
        m.cell(who, "suggestions", ids == m.seen(who, student), true);
    }
}

#[test]
fn the_second_school_has_no_part_in_anything() {
    let (catalog, oracle) = (shipped(), Oracle::read());
    let folder = tempfile::tempdir().expect("a folder");
    let db = jc_testkit::sqlite(catalog.clone());
    let world = world::make(&db, &catalog);
    let url = Some(db.settings.url.clone());
    let setup = Setup { data: folder.path().into(), database: url, clock: Clock::Fixed(crate::sample::NOW) };
    let app = App::open_with_keys(setup, db.settings.keys.clone()).expect("an installation");
    let machine = Person::command_line(SCHOOL);
    let figures = |school| {
        let who = Person::command_line(school);
        format!(
            "{:?}",
            app.viewer(&who).answer_sheet(2024).expect("a sheet").iter().map(|c| &c.figure).collect::<Vec<_>>()
        )
    };
    let before = figures(SCHOOL);
    // What the other school does changes nothing here, and its key is free to be used here.
    let other = Person::command_line(OTHER);
    let department = catalog.find_register("department").expect("a register");
    let keeper = app.keeper(&other, department).expect("a keeper");
    let mut values = vec![jc_base::Value::Missing; catalog.registers[department].fields.len()];
    for (value, field) in values.iter_mut().zip(&catalog.registers[department].fields) {
        if field.required {
            *value = match field.kind {
                jc_catalog::kinds::Kind::Boolean => jc_base::Value::Int(1),
                _ => jc_base::Value::Text("丙系".into()),
            };
        }
    }
    let edit = jc_app::records::Edit { values, submit: true, seen_version: None };
    let id = keeper.create(edit.clone(), Lang::Zh).expect("a record of the other school");
    assert_eq!(figures(SCHOOL), before);
    assert!(matches!(app.viewer(&machine).record(department, id), Err(AppError::NotFound)));
    app.keeper(&machine, department).and_then(|k| k.create(edit, Lang::Zh)).expect("the same key is free here");
    let hits = app.viewer(&machine).search("丙系", 10).expect("hits");
    assert!(hits.iter().all(|hit| hit.all == 1));
    assert!(world.made.len() > catalog.registers.len() * 8 && !oracle.roles.is_empty());
    assert!(Path::new(&db.settings.url).exists());
}
