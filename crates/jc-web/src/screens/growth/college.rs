//! Everybody someone may look at, as a whole: spread over stages, moves, who is ready and why others are not, what is lacking.

use super::people::{self, PersonRow};
use super::{day, length};
use crate::{desk::Desk, frame::Frame, guard::fault::Fault, show};
use askama::Template;
use jc_app::given::college::{Member, Spread, hindered, lacking, median_days, moves, succession, waiting};
use jc_app::growth::{Growth, Overview};
use jc_base::{Date, RecordId};
use std::collections::BTreeMap;

pub(super) fn view(desk: &Desk, growth: &Growth) -> Result<CollegeView, Fault> {
    let on = day(desk)?;
    let overview = growth.overview(on, desk.lang())?;
    let screen = Screen { desk, growth, overview: &overview, on };
    let frame = desk.frame(desk.words.t("growth-title"))?;
    Ok(CollegeView {
        plans: growth.plans().then(|| desk.to("/growth/plans")),
        people: desk.address("/growth/people", &["done"], &[]),
        on: on.to_string(),
        on_words: show::day(desk.lang(), on),
        kept: desk.year.to_string(),
        stages: growth.pathway().stages.iter().map(|stage| stage.name.get(desk.lang()).to_owned()).collect(),
        spread: screen.spread(),
        departments: screen.departments(),
        years: screen.years(),
        lengths: screen.lengths(),
        ready: people::rows(desk, growth, &overview, &|_, standing| standing.ready),
        hindered: screen.hindered(),
        lacking: screen.lacking(),
        succession: screen.succession(),
        frame,
    })
}

struct Screen<'s> {
    desk: &'s Desk<'s>,
    growth: &'s Growth<'s>,
    overview: &'s Overview,
    on: Date,
}

impl Screen<'_> {
    fn members(&self) -> &[Member] {
        &self.overview.members
    }

    fn count(&self, n: usize) -> String {
        show::count(self.desk.lang(), i64::try_from(n).unwrap_or(i64::MAX))
    }

    /// A count in a table: nothing is written as a dash, so that the others stand out.
    fn cell(&self, n: usize) -> String {
        if n == 0 { "–".to_owned() } else { self.count(n) }
    }

    fn cells(&self, spread: &Spread) -> Vec<String> {
        spread.on.iter().map(|n| self.cell(*n)).chain([self.cell(spread.on_none), self.count(spread.all())]).collect()
    }

    fn spread_of(&self, held: impl Iterator<Item = Option<usize>>) -> Spread {
        Spread::of(self.growth.pathway().stages.len(), held)
    }

    fn now(&self) -> Spread {
        self.spread_of(self.members().iter().filter_map(|member| member.standing.as_ref()).map(|it| it.stage))
    }

    fn spread(&self) -> Vec<Bar> {
        let spread = self.now();
        let most = spread.on.iter().copied().max().unwrap_or(0).max(1);
        let stages = self.growth.pathway().stages.iter().zip(&spread.on);
        let bar = |(stage, count): (&jc_catalog::pathway::Stage, &usize)| Bar {
            label: stage.name.get(self.desk.lang()).to_owned(),
            href: self.desk.address("/growth/people", &["done"], &[("stage", &stage.id)]),
            value: self.desk.words.t1("growth-people", "n", self.count(*count)),
            share: count * 100 / most,
        };
        stages.map(bar).collect()
    }

    fn departments(&self) -> Vec<Line> {
        let mut by: BTreeMap<(String, Option<RecordId>), Vec<Option<usize>>> = BTreeMap::new();
        for member in self.members() {
            if let Some(standing) = &member.standing {
                by.entry((self.department(member.department), member.department)).or_default().push(standing.stage);
            }
        }
        let line = |((label, id), held): ((String, Option<RecordId>), Vec<Option<usize>>)| {
            let id = id.map(|id| id.to_string());
            let href = id.map(|id| self.desk.address("/growth/people", &["done"], &[("department", &id)]));
            Line { label, href, cells: self.cells(&self.spread_of(held.into_iter())) }
        };
        by.into_iter().map(line).collect()
    }

    fn department(&self, id: Option<RecordId>) -> String {
        people::department(self.desk, self.overview, id)
    }

    fn years(&self) -> Vec<Line> {
        /// How many years are looked back.
        const BACK: i32 = 6;
        let years = (0..BACK).map(|back| self.on.year() - back);
        let line = |year: i32| {
            let last = Date::new(year, 12, 31).map_or(self.on, |last| last.min(self.on));
            let there = self.members().iter().filter(|member| member.is_there(last));
            let spread = self.spread_of(there.map(|member| member.stage_on(last)));
            let moves = moves(self.growth.pathway(), self.members(), year);
            let mut cells = self.cells(&spread);
            cells.push(self.cell(moves.risen.iter().sum()));
            cells.push(self.cell(moves.fallen));
            Line { label: year.to_string(), cells, ..Line::default() }
        };
        years.map(line).collect()
    }

    fn lengths(&self) -> Vec<Line> {
        let stages = self.growth.pathway().stages.iter().enumerate();
        let line = |(ix, stage): (usize, &jc_catalog::pathway::Stage)| {
            let on = waiting(self.members(), ix);
            let longest = on.first().map(|(_, days)| length(self.desk, *days)).unwrap_or_default();
            let median = median_days(self.members(), ix, self.on).map(|days| length(self.desk, days));
            Line {
                label: stage.name.get(self.desk.lang()).to_owned(),
                cells: vec![median.unwrap_or_else(|| "–".into()), self.cell(on.len()), longest],
                ..Line::default()
            }
        };
        stages.map(line).collect()
    }

    fn hindered(&self) -> Vec<(String, Vec<Line>)> {
        let pathway = self.growth.pathway();
        let of = |next: usize| {
            let stage = pathway.stage(next);
            let counts = hindered(pathway, self.members(), next);
            let mut rows: Vec<(usize, Line)> = stage
                .criteria
                .iter()
                .zip(counts)
                .filter(|(_, count)| *count > 0)
                .map(|(criterion, count)| {
                    let label = criterion.say.get(self.desk.lang()).to_owned();
                    (count, Line { label, cells: vec![self.count(count)], ..Line::default() })
                })
                .collect();
            rows.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
            let due = self.members().iter().filter_map(|m| m.standing.as_ref()).filter(|s| s.next() == Some(next));
            let said = [("stage", stage.name.get(self.desk.lang()).to_owned()), ("n", self.count(due.count()))];
            (self.desk.words.with("growth-hindered-of", &said), rows.into_iter().map(|(_, line)| line).collect())
        };
        let all = (1..pathway.stages.len()).map(of);
        all.filter(|(_, rows): &(String, Vec<Line>)| !rows.is_empty()).collect()
    }

    fn lacking(&self) -> Vec<Line> {
        let lacks = lacking(self.growth.pathway(), self.members());
        let mut rows: Vec<(usize, Line)> = self
            .growth
            .pathway()
            .competencies
            .iter()
            .zip(lacks)
            .filter(|(_, lack)| lack.short > 0)
            .map(|(competency, lack)| {
                let label = competency.name.get(self.desk.lang()).to_owned();
                (
                    lack.short,
                    Line { label, cells: vec![self.count(lack.short), self.cell(lack.unrated)], ..Line::default() },
                )
            })
            .collect();
        rows.sort_by_key(|(short, _)| std::cmp::Reverse(*short));
        rows.into_iter().map(|(_, line)| line).collect()
    }

    fn succession(&self) -> Vec<SuccessionRow> {
        let Some(leading) = self.growth.pathway().leading else { return Vec::new() };
        let row = |(department, it): (Option<RecordId>, jc_app::given::college::Succession)| SuccessionRow {
            label: self.department(department),
            cells: vec![self.cell(it.leading), self.cell(it.leaving), self.cell(it.following)],
            risk: it.is_at_risk(),
        };
        let mut rows: Vec<SuccessionRow> = succession(self.members(), leading).into_iter().map(row).collect();
        rows.sort_by(|a, b| a.label.cmp(&b.label));
        rows
    }
}

/// Everybody on the pathway.
#[derive(Debug, Default, Template)]
#[template(path = "screens/growth_college.html")]
pub struct CollegeView {
    /// Around the screen.
    pub frame: Frame,
    /// Where growth is planned, for whoever does.
    pub plans: Option<String>,
    /// The list of everybody.
    pub people: String,
    /// The day looked at, as a form holds it.
    pub on: String,
    /// The same in words.
    pub on_words: String,
    /// The year in force.
    pub kept: String,
    /// The stages, lowest first: heads of columns.
    pub stages: Vec<String>,
    /// How many stand on each.
    pub spread: Vec<Bar>,
    /// By department: each stage, none, all.
    pub departments: Vec<Line>,
    /// By year, newest first: each stage, none, all, risen, fallen.
    pub years: Vec<Line>,
    /// By stage: median time, how many are on it, the longest of them.
    pub lengths: Vec<Line>,
    /// Who is ready.
    pub ready: Vec<PersonRow>,
    /// What keeps the others: by next stage.
    pub hindered: Vec<(String, Vec<Line>)>,
    /// Competencies people lack for their next stage: how many, how many of them unrated.
    pub lacking: Vec<Line>,
    /// By department: leading, about to leave, following.
    pub succession: Vec<SuccessionRow>,
}

/// A bar of a chart.
#[derive(Debug, Default)]
pub struct Bar {
    /// What it is for.
    pub label: String,
    /// The people it counts.
    pub href: String,
    /// How many, with unit.
    pub value: String,
    /// Its length, of 100.
    pub share: usize,
}

/// A row of a table.
#[derive(Debug, Default)]
pub struct Line {
    /// Its head.
    pub label: String,
    /// The people it counts, where they can be listed.
    pub href: Option<String>,
    /// Its cells.
    pub cells: Vec<String>,
}

/// A department's succession.
#[derive(Debug, Default)]
pub struct SuccessionRow {
    /// The department.
    pub label: String,
    /// Leading, about to leave, following.
    pub cells: Vec<String>,
    /// Whether it is at risk.
    pub risk: bool,
}
