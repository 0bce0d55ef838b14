//! The desk someone signed in works at: who they are, what they may read, which year is in force. A screen that
//! shows anything of the school is built here and nowhere else, so that none is without a person.

use crate::{
    frame::{Choice, Done, Frame, Nav, NavArea, PeriodSwitch, Person as Shown, Place},
    gate::{Entry, Needs},
    guard::{fault::Fault, posted::Asked, visit::Visit},
    show,
    state::AppState,
    words::Words,
};
use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use jc_app::given::Operation;
use jc_app::{App, Person, Viewer};
use jc_base::Lang;
use jc_catalog::{Area, Register};

/// The desk someone signed in works at.
pub struct Desk<'a> {
    /// The operations.
    pub app: &'a App,
    /// Who it is.
    pub person: &'a Person,
    /// What they may read.
    pub viewer: Viewer<'a>,
    /// The words of their language.
    pub words: Words,
    /// The year in force.
    pub year: i32,
    /// What was asked in the address.
    pub asked: &'a Asked,
    /// Sign-ins elsewhere: the word of each and what people call it.
    pub elsewhere: Vec<(&'static str, String)>,
    visit: &'a Visit,
}

/// What most screens find room in without moving while they are written.
const ROOM: usize = 64 << 10;

impl AppState {
    /// Builds a screen at the desk of whoever is signed in; sends a stranger to sign in and back here.
    pub async fn show<N: Needs, V: Template>(
        &self,
        entry: Entry<N>,
        build: impl FnOnce(&Desk) -> Result<V, Fault> + Send + 'static,
    ) -> Result<Response, Fault> {
        self.at_desk(entry, |desk| {
            let mut page = String::with_capacity(ROOM);
            build(desk)?.render_into(&mut page)?;
            Ok(Html(page).into_response())
        })
        .await
    }

    /// Works at the desk of whoever is signed in: for what does not end with a screen, such as a redirect or a file.
    pub async fn at_desk<N: Needs, T: Send + 'static>(
        &self,
        entry: Entry<N>,
        work: impl FnOnce(&Desk) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let providers = self.settings().sign_on.providers.iter();
        let elsewhere = providers.map(|provider| (provider.code(), provider.name.clone())).collect();
        self.run(move |app| {
            let Entry { visit, asked, person, route, .. } = entry;
            let person = person.ok_or_else(|| Fault::SignIn(visit.here.clone()))?;
            let viewer = app.viewer(&person);
            let last = app.moment().today.year() + 1;
            let wanted = asked.get("year").parse().ok().filter(|y| (1900..=last).contains(y));
            let year = match wanted {
                Some(year) => year,
                None => viewer.year()?,
            };
            let done = work(&Desk {
                app,
                person: &person,
                viewer,
                words: visit.words,
                year,
                asked: &asked,
                elsewhere,
                visit: &visit,
            });
            if matches!(done, Err(Fault::Denied)) {
                app.note_denied(&person, &route, "")?;
            }
            done
        })
        .await
    }
}

impl Desk<'_> {
    /// The language.
    pub fn lang(&self) -> Lang {
        self.words.0
    }

    /// The token of the session one is here with.
    pub fn session(&self) -> &str {
        self.visit.session.as_deref().unwrap_or_default()
    }

    /// An address of this site in the year in force.
    pub fn to(&self, path: &str) -> String {
        show::address(path, [("year", self.year.to_string().as_str())])
    }

    /// The address `path` with what is asked now except `without`, with `with` added; the year always stands in it,
    /// so that it can be sent to a colleague.
    pub fn address(&self, path: &str, without: &[&str], with: &[(&str, &str)]) -> String {
        let year = self.year.to_string();
        let asked = !self.asked.get("year").is_empty() || with.iter().any(|(name, _)| *name == "year");
        let year: &[(&str, &str)] = if asked { &[] } else { &[("year", &year)] };
        let with: Vec<(&str, &str)> = year.iter().chain(with).copied().collect();
        self.asked.address(path, without, &with)
    }

    /// A register by the id in an address: its position and declaration.
    pub fn register(&self, id: &str) -> Result<(usize, &Register), Fault> {
        let catalog = self.viewer.catalog();
        let position = catalog.find_register(id).ok_or(Fault::NotFound)?;
        Ok((position, catalog.registers.get(position).ok_or(Fault::NotFound)?))
    }

    /// The name of an area.
    pub fn area(&self, area: Area) -> String {
        self.words.t(&format!("area-{}", area.code()))
    }

    /// The name of an office, by its position in the catalog.
    pub fn office(&self, office: usize) -> &str {
        self.viewer.catalog().offices.get(office).map_or("", |o| o.name.get(self.lang()))
    }

    /// The frame of a screen.
    pub fn frame(&self, title: impl Into<String>) -> Result<Frame, Fault> {
        let here = &self.visit.here;
        let path = here.split('?').next().unwrap_or(here);
        let schools = self.app.schools()?;
        let school = schools.into_iter().find(|(id, _, _)| *id == self.person.school);
        let (school, synthetic) = school.map(|(_, name, synthetic)| (name, synthetic)).unwrap_or_default();
        Ok(Frame {
            words: self.words,
            title: title.into(),
            school,
            synthetic,
            period: Some(self.period(path)?),
            nav: Some(self.nav(path)?),
            person: Some(Shown { name: self.person.name.clone(), role: self.role() }),
            token: self.visit.token.clone(),
            here: here.clone(),
            done: self.done(),
            ..Frame::default()
        })
    }

    fn role(&self) -> String {
        let roles = self.person.held(self.viewer.catalog()).map(|role| role.name.get(self.lang()).to_owned());
        let office = self.person.office.as_deref().and_then(|id| {
            let offices = &self.viewer.catalog().offices;
            offices.iter().find(|o| o.id == id).map(|o| o.name.get(self.lang()).to_owned())
        });
        let parts: Vec<String> = office.into_iter().chain(roles).collect();
        parts.join(" · ")
    }

    /// What was just done, by the word in the address; only words that have a message are said.
    fn done(&self) -> Option<Done> {
        const WORDS: [&str; 23] = [
            "linked",
            "closed",
            "saved",
            "submitted",
            "verified",
            "returned",
            "withdrawn",
            "joined",
            "known",
            "evidence",
            "evidence-off",
            "password",
            "undone",
            "imported",
            "rights",
            "text-dropped",
            "report-text",
            "signed-up",
            "signed-off",
            "consent-given",
            "consent-withdrawn",
            "leave-asked",
            "leave-decided",
        ];
        let word = WORDS.into_iter().find(|w| *w == self.asked.get("done"))?;
        Some(Done { text: self.words.t(&format!("done-{word}")), link: None })
    }

    fn period(&self, path: &str) -> Result<PeriodSwitch, Fault> {
        /// What places a screen within one year, and means nothing in another.
        const OF_A_YEAR: [&str; 6] = ["after", "before", "from", "page", "slice", "done"];
        let mut years = self.viewer.years()?;
        if !years.contains(&self.year) {
            years.push(self.year);
            years.sort_unstable();
        }
        let years = years.into_iter().rev().map(|year| {
            let text = year.to_string();
            let href = self.asked.address(path, &OF_A_YEAR, &[("year", &text)]);
            Choice { label: self.words.t1("frame-year", "year", &text), href, count: None, current: year == self.year }
        });
        Ok(PeriodSwitch { label: self.words.t1("frame-year", "year", self.year), years: years.collect() })
    }

    fn nav(&self, path: &str) -> Result<Nav, Fault> {
        let place = |icon, id: &str, to: &str, count: Option<String>, on_phone, on_desk| Place {
            icon,
            to: Choice { label: self.words.t(id), href: self.to(to), count, current: path == to },
            on_phone,
            on_desk,
        };
        let waiting = self.waiting()?;
        let waiting = (waiting > 0).then(|| show::count(self.lang(), waiting));
        let office = |id: &str, to: &str| Choice {
            label: self.words.t(id),
            href: to.to_owned(),
            count: None,
            current: path.starts_with(to),
        };
        let inbox = if self.viewer.may(Operation::VerifyRecords) { "nav-inbox" } else { "remind-title" };
        let requests = match self.app.approver(self.person) {
            Ok(approver) => Some(approver.count()?).filter(|n| *n > 0).map(|n| n.to_string()),
            Err(_) => None,
        };
        let places: [(&[Operation], Place); 12] = [
            (&[Operation::ReadFigures], place("scroll-text", "nav-sheet", "/", None, true, true)),
            (&[], place("library", "nav-registers", "/registers", None, true, true)),
            (&[Operation::VerifyRecords, Operation::ReadGrowth], place("inbox", inbox, "/inbox", waiting, true, true)),
            (&[Operation::ApproveAccess], place("shield-check", "approvals-title", "/approvals", requests, true, true)),
            (&[Operation::ReadFigures], place("chart-no-axes-column", "nav-figures", "/figures", None, false, true)),
            (&[Operation::ReadGrowth], place("list-checks", "nav-growth", "/growth", None, true, true)),
            (&[Operation::CloseRegisters], place("lock", "nav-closing", "/closing", None, false, true)),
            (&[Operation::CheckIn], place("calendar-range", "sign-up-title", "/sign-up", None, true, true)),
            (&[Operation::GiveConsent], place("shield-check", "consents-title", "/consents", None, true, true)),
            (&[Operation::CheckTexts], place("file-search", "nav-check", "/check", None, true, true)),
            (&[Operation::Report], place("book-open", "nav-reports", "/reports", None, false, true)),
            (&[], place("circle-user", "nav-account", "/account", None, true, false)),
        ];
        let offices = [
            (None, office("nav-catalog", "/catalog")),
            (Some(Operation::ReadAccess), office("access-title", "/access")),
            (Some(Operation::ReadAudit), office("nav-audit", "/audit")),
            (Some(Operation::ManageAccounts), office("accounts-title", "/accounts")),
            (Some(Operation::ManageRoles), office("rights-title", "/rights")),
        ];
        let may = |operation: &Option<Operation>| operation.is_none_or(|operation| self.viewer.may(operation));
        let may_any = |any: &[Operation]| any.is_empty() || any.iter().any(|operation| self.viewer.may(*operation));
        let registers = (0..self.viewer.catalog().registers.len()).any(|register| self.viewer.sees_register(register));
        let areas = Area::ALL.into_iter().map(|area| self.nav_area(area, path));
        Ok(Nav {
            places: places
                .into_iter()
                .filter(|(need, place)| may_any(need) && (registers || place.icon != "library"))
                .map(|(_, place)| place)
                .collect(),
            areas: areas.filter(|area| !area.registers.is_empty()).collect(),
            offices: offices.into_iter().filter(|(need, _)| may(need)).map(|(_, to)| to).collect(),
        })
    }

    fn nav_area(&self, area: Area, path: &str) -> NavArea {
        let own = format!("/areas/{}", area.code());
        let registers: Vec<Choice> = self
            .viewer
            .catalog()
            .registers
            .iter()
            .enumerate()
            .filter(|(ix, r)| r.area == area && self.viewer.sees_register(*ix))
            .map(|(_, r)| {
                let to = format!("/registers/{}", r.id);
                let current = path == to || path.strip_prefix(&to).is_some_and(|rest| rest.starts_with('/'));
                Choice { label: r.name.get(self.lang()).to_owned(), href: self.to(&to), count: None, current }
            })
            .collect();
        let current = path == own || registers.iter().any(|r| r.current);
        NavArea { to: Choice { label: self.area(area), href: self.to(&own), count: None, current }, registers }
    }

    /// How many records wait for this person's verification.
    fn waiting(&self) -> Result<i64, Fault> {
        let mut waiting = 0;
        for register in (0..self.viewer.catalog().registers.len()).filter(|at| self.viewer.verifies(*at)) {
            let verifier = self.app.verifier(self.person, register)?;
            waiting += verifier.inbox(1)?.counts.get(1).copied().unwrap_or(0);
        }
        Ok(waiting)
    }
}
