//! A round planned for everybody: how much is closed, how far from the best, each department's share, who does what.

use super::super::{SHOWN, from, paging};
use super::{crumbs, money, percent, person_address};
use crate::{
    desk::Desk,
    frame::Frame,
    guard::fault::Fault,
    parts::{FindingLine, Paging},
    show,
};
use askama::Template;
use jc_app::growth::Growth;
use jc_app::growth::plans::{Manner, Planned, Whose};
use jc_base::Finding;
use std::collections::BTreeMap;

pub(super) fn view(desk: &Desk, growth: &Growth, planned: &Planned) -> Result<PlanView, Fault> {
    let round = &planned.round;
    let mut frame = desk.frame(desk.words.t1("plan-round-title", "round", &round.title))?;
    frame.crumbs = crumbs(desk);
    let (_, declared) = desk.register("growth-plan")?;
    let keeps = desk.person.keeps(growth.catalog(), declared);
    let path = format!("/growth/plans/{}", round.id);
    let anew = super::manner(desk) == Manner::Anew;
    let screen = Screen { desk, growth, planned };
    let search = desk.asked.get("q").trim();
    let wanted = screen.wanted(search);
    let first = from(desk, wanted.len());
    let shown = wanted.iter().skip(first).take(SHOWN);
    Ok(PlanView {
        about: desk.words.with(
            "plan-round-about",
            &[
                ("from", show::day(desk.lang(), round.from)),
                ("until", show::day(desk.lang(), round.until)),
                ("hours", show::count(desk.lang(), i64::from(round.hours))),
                ("on", show::day(desk.lang(), planned.on)),
            ],
        ),
        findings: planned.findings.iter().map(|finding| line(desk, finding)).collect(),
        sums: screen.sums(),
        kept: planned.is_kept,
        anew,
        other: if anew {
            desk.address(&path, &["anew", "done"], &[])
        } else {
            desk.address(&path, &["done"], &[("anew", "1")])
        },
        keep: (keeps && planned.plan.is_some()).then(|| {
            if anew {
                desk.address(&format!("{path}/keep"), &["done"], &[("anew", "1")])
            } else {
                desk.to(&format!("{path}/keep"))
            }
        }),
        changes: screen.changes(),
        shares: screen.shares(),
        full: screen.full(),
        action: path.clone(),
        year: desk.year.to_string(),
        search: search.to_owned(),
        rows: shown.filter_map(|&at| screen.row(at)).collect(),
        paging: paging(desk, &path, wanted.len(), first),
        frame,
    })
}

fn line(desk: &Desk, finding: &Finding) -> FindingLine {
    let words = jc_words::finding(desk.lang(), finding);
    FindingLine { text: words.what, mend: words.mend, href: String::new() }
}

struct Screen<'s> {
    desk: &'s Desk<'s>,
    growth: &'s Growth<'s>,
    planned: &'s Planned,
}

impl Screen<'_> {
    fn count(&self, n: usize) -> String {
        show::count(self.desk.lang(), i64::try_from(n).unwrap_or(i64::MAX))
    }

    fn sums(&self) -> Vec<(String, String)> {
        let Some(plan) = &self.planned.plan else { return Vec::new() };
        let words = self.desk.words;
        let with_items = plan.teachers.iter().filter(|one| !one.items.is_empty()).count();
        let items: usize = plan.teachers.iter().map(|one| one.items.len()).sum();
        let pair = |id: &str, value: String| (words.t(id), value);
        let short = match plan.short_of_best() {
            0 => words.t("plan-best"),
            short => words.t1("plan-short", "percent", percent(short)),
        };
        vec![
            pair(
                "plan-closed",
                words.t2("plan-levels-of", "n", Planned::levels(plan.closed), "all", Planned::levels(plan.gap)),
            ),
            pair("plan-proof", short),
            pair("plan-people", format!("{} / {}", self.count(with_items), self.count(plan.teachers.len()))),
            pair("plan-items", self.count(items)),
            pair(
                "plan-money",
                format!(
                    "{} / {}",
                    money(self.desk, plan.money_cents),
                    money(self.desk, self.planned.round.budget_cents)
                ),
            ),
        ]
    }

    fn changes(&self) -> Vec<ChangeRow> {
        let called = |items: &[String]| {
            items.iter().map(|id| self.planned.called(id).to_owned()).collect::<Vec<_>>().join(" · ")
        };
        let whose = |number: &str| self.planned.people.iter().find(|whose| whose.number == number);
        let row = |change: &jc_app::given::plan::revise::Change| {
            let whose = whose(&change.teacher)?;
            Some(ChangeRow {
                label: whose.label.clone(),
                href: person_address(self.desk, self.planned.round.id, whose.person),
                dropped: called(&change.dropped),
                added: called(&change.added),
                why: self.planned.cause(&change.because, self.desk.lang()),
            })
        };
        self.planned.changes.iter().filter_map(row).collect()
    }

    /// What each department closes, beside its fair share where one is guaranteed.
    fn shares(&self) -> Vec<ShareRow> {
        let Some(plan) = &self.planned.plan else { return Vec::new() };
        let mut by: BTreeMap<&str, (usize, i64, i64, Option<i64>)> = BTreeMap::new();
        let teachers = self.planned.people.iter().zip(&plan.teachers).zip(&self.planned.college.teachers);
        for ((whose, one), asked) in teachers {
            let sums = by.entry(&whose.department).or_default();
            sums.0 += 1;
            sums.1 += one.closed;
            sums.2 += one.gap;
            sums.3 = plan.shares.iter().find(|share| share.department == asked.department).map(|share| share.share);
        }
        let row = |(label, (people, closed, gap, share)): (&str, (usize, i64, i64, Option<i64>))| ShareRow {
            label: label.to_owned(),
            people: self.count(people),
            closed: format!("{} / {}", Planned::levels(closed), Planned::levels(gap)),
            share: share.map(Planned::levels).unwrap_or_else(|| "–".to_owned()),
        };
        by.into_iter().map(row).collect()
    }

    /// Offers and mentors with their seats, those without any left first.
    fn full(&self) -> Vec<SeatRow> {
        let Some(plan) = &self.planned.plan else { return Vec::new() };
        let mut taken: BTreeMap<&str, u32> = BTreeMap::new();
        for item in plan.teachers.iter().flat_map(|one| &one.items) {
            *taken.entry(&item.id).or_default() += 1;
        }
        let college = &self.planned.college;
        let offers = college.offers.iter().map(|offer| (offer.id.as_str(), offer.seats, offer.from));
        let mentors = college.mentors.iter().map(|mentor| (mentor.id.as_str(), mentor.capacity, None));
        let mut rows: Vec<(bool, SeatRow)> = offers
            .chain(mentors)
            .map(|(id, seats, from)| {
                let taken = taken.get(id).copied().unwrap_or(0);
                let row = SeatRow {
                    label: self.planned.called(id).to_owned(),
                    from: from.map(|day| day.to_string()).unwrap_or_default(),
                    seats: format!("{taken} / {seats}"),
                    full: taken >= seats,
                };
                (taken < seats, row)
            })
            .collect();
        rows.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.from.cmp(&b.1.from)));
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// The people who are called so, by position; everybody for nothing.
    fn wanted(&self, search: &str) -> Vec<usize> {
        let planned = self.planned.plan.as_ref().map_or(0, |plan| plan.teachers.len());
        let called = |whose: &Whose| {
            whose.label.contains(search) || whose.number.contains(search) || whose.department.contains(search)
        };
        let people = self.planned.people.iter().take(planned).enumerate();
        people.filter(|(_, whose)| called(whose)).map(|(at, _)| at).collect()
    }

    fn row(&self, at: usize) -> Option<PersonRow> {
        let whose = self.planned.people.get(at)?;
        let one = self.planned.plan.as_ref().and_then(|plan| plan.teachers.get(at));
        let item = |item: &jc_app::given::plan::outcome::Item| {
            let called = self.planned.called(&item.id);
            match item.kind {
                jc_app::given::plan::outcome::ItemKind::Offer => format!("{} {called}", item.from),
                jc_app::given::plan::outcome::ItemKind::Mentor => self.desk.words.t1("plan-mentor", "name", called),
            }
        };
        Some(PersonRow {
            label: whose.label.clone(),
            number: whose.number.clone(),
            href: person_address(self.desk, self.planned.round.id, whose.person),
            department: whose.department.clone(),
            stage: super::super::stage_name(self.desk, self.growth, whose.stage),
            items: one.iter().flat_map(|one| &one.items).map(item).collect(),
            closed: one.map_or_else(String::new, |one| {
                format!("{} / {}", Planned::levels(one.closed), Planned::levels(one.gap))
            }),
        })
    }
}

/// A round planned for everybody.
#[derive(Debug, Default, Template)]
#[template(path = "screens/plan_college.html")]
pub struct PlanView {
    /// Around the screen.
    pub frame: Frame,
    /// A sentence below the title.
    pub about: String,
    /// What is wrong in what was asked.
    pub findings: Vec<FindingLine>,
    /// What the plan comes to.
    pub sums: Vec<(String, String)>,
    /// Whether plans of this round are kept.
    pub kept: bool,
    /// Whether it was planned anew.
    pub anew: bool,
    /// The other way of planning.
    pub other: String,
    /// Where the plan is kept, for whoever may.
    pub keep: Option<String>,
    /// What became different from what is kept.
    pub changes: Vec<ChangeRow>,
    /// By department.
    pub shares: Vec<ShareRow>,
    /// Offers and mentors.
    pub full: Vec<SeatRow>,
    /// The screen's own address, for looking somebody up.
    pub action: String,
    /// The year in force.
    pub year: String,
    /// Who was looked for.
    pub search: String,
    /// By teacher: so many as fit on a screen.
    pub rows: Vec<PersonRow>,
    /// Where one is in the list of teachers.
    pub paging: Paging,
}

/// What became different for one teacher.
#[derive(Debug, Default)]
pub struct ChangeRow {
    /// The teacher.
    pub label: String,
    /// Their part of the round.
    pub href: String,
    /// What is no longer planned.
    pub dropped: String,
    /// What is planned instead.
    pub added: String,
    /// Where it comes from.
    pub why: String,
}

/// What a department gets.
#[derive(Debug, Default)]
pub struct ShareRow {
    /// The department.
    pub label: String,
    /// How many of it are planned for.
    pub people: String,
    /// Levels closed, of all lacking.
    pub closed: String,
    /// Its fair share.
    pub share: String,
}

/// An offer or mentor with its seats.
#[derive(Debug, Default)]
pub struct SeatRow {
    /// What it is called.
    pub label: String,
    /// The first day; empty for mentors.
    pub from: String,
    /// Taken and all.
    pub seats: String,
    /// Whether none is left.
    pub full: bool,
}

/// A teacher's part.
#[derive(Debug, Default)]
pub struct PersonRow {
    /// The teacher.
    pub label: String,
    /// The number.
    pub number: String,
    /// Where it is explained.
    pub href: String,
    /// The department.
    pub department: String,
    /// The stage now.
    pub stage: String,
    /// What is planned.
    pub items: Vec<String>,
    /// Levels closed, of all lacking.
    pub closed: String,
}
