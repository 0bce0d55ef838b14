//! The list of everybody someone may look at: by stage, by department, by what they are called.

use super::{SHOWN, crumbs, day, paging, stage_name};
use crate::{
    desk::Desk,
    frame::{Choice, Frame},
    guard::fault::Fault,
    parts::Paging,
    show,
};
use askama::Template;
use jc_app::given::college::{Member, Spread};
use jc_app::given::standing::Standing;
use jc_app::growth::{Growth, Overview};
use jc_base::RecordId;

pub(super) fn view(desk: &Desk, growth: &Growth) -> Result<PeopleView, Fault> {
    let on = day(desk)?;
    let overview = growth.overview(on, desk.lang())?;
    let (stage, department, search) = (desk.asked.get("stage"), desk.asked.get("department"), desk.asked.get("q"));
    let wanted = growth.pathway().find_stage(stage);
    if !stage.is_empty() && wanted.is_none() {
        return Err(Fault::NotFound);
    }
    let of =
        |member: &Member| department.is_empty() || member.department.is_some_and(|id| id.to_string() == department);
    let called =
        |line: &jc_app::growth::Line| line.label.contains(search.trim()) || line.number.contains(search.trim());
    let lines = overview.members.iter().zip(&overview.lines);
    let stages = lines
        .filter(|(member, line)| of(member) && called(line))
        .filter_map(|(member, _)| Some(member.standing.as_ref()?.stage));
    let spread = Spread::of(growth.pathway().stages.len(), stages);
    let all = rows(desk, growth, &overview, &|(member, line), standing| {
        (wanted.is_none() || standing.stage == wanted) && of(member) && called(line)
    });
    let from = super::from(desk, all.len());
    let mut frame = desk.frame(desk.words.t("growth-everybody"))?;
    frame.crumbs = crumbs(desk);
    let mut departments: Vec<(String, String, bool)> = overview
        .departments
        .iter()
        .map(|(id, name)| (id.to_string(), name.clone(), id.to_string() == department))
        .collect();
    departments.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(PeopleView {
        on: on.to_string(),
        about: desk.words.t1("growth-on-about", "date", show::day(desk.lang(), on)),
        kept: desk.year.to_string(),
        stage: stage.to_owned(),
        search: search.to_owned(),
        departments,
        filters: filters(desk, growth, &spread, stage),
        paging: paging(desk, "/growth/people", all.len(), from),
        people: all.into_iter().skip(from).take(SHOWN).collect(),
        frame,
    })
}

fn filters(desk: &Desk, growth: &Growth, spread: &Spread, wanted: &str) -> Vec<Choice> {
    let count = |n: usize| Some(show::count(desk.lang(), i64::try_from(n).unwrap_or(i64::MAX)));
    let to = |with: &[(&str, &str)]| desk.address("/growth/people", &["stage", "from", "done"], with);
    let all = Choice {
        label: desk.words.t("growth-all"),
        href: to(&[]),
        count: count(spread.all()),
        current: wanted.is_empty(),
    };
    let stages = growth.pathway().stages.iter().zip(&spread.on);
    let choice = |(stage, n): (&jc_catalog::pathway::Stage, &usize)| Choice {
        label: stage.name.get(desk.lang()).to_owned(),
        href: to(&[("stage", &stage.id)]),
        count: count(*n),
        current: wanted == stage.id,
    };
    std::iter::once(all).chain(stages.map(choice)).collect()
}

/// What a department is called.
pub(super) fn department(desk: &Desk, overview: &Overview, id: Option<RecordId>) -> String {
    let named = id.and_then(|id| overview.departments.get(&id)).cloned();
    named.unwrap_or_else(|| desk.words.t("growth-no-department"))
}

/// Whether somebody is wanted in a list.
type Wanted<'w> = dyn Fn((&Member, &jc_app::growth::Line), &Standing) -> bool + 'w;

/// Those who are there and wanted, by number.
pub(super) fn rows(desk: &Desk, growth: &Growth, overview: &Overview, wanted: &Wanted) -> Vec<PersonRow> {
    let there = overview.members.iter().zip(&overview.lines);
    let row = |(member, line): (&Member, &jc_app::growth::Line)| {
        let standing = member.standing.as_ref().filter(|standing| wanted((member, line), standing))?;
        Some(person(desk, growth, overview, (member, line), standing))
    };
    there.filter_map(row).collect()
}

fn person(
    desk: &Desk,
    growth: &Growth,
    overview: &Overview,
    (member, line): (&Member, &jc_app::growth::Line),
    standing: &Standing,
) -> PersonRow {
    let pathway = growth.pathway();
    let lacks = standing.next().map(|next| {
        let say = |ix: usize| pathway.stage(next).criteria.get(ix).map(|it| it.say.get(desk.lang()).to_owned());
        standing.lacking(next).filter_map(say).collect::<Vec<_>>()
    });
    let since = member.turns.last().map(|turn| turn.on);
    let path = format!("/growth/people/{}", member.person);
    PersonRow {
        label: line.label.clone(),
        number: line.number.clone(),
        href: desk.address(&path, &["stage", "department", "q", "from", "done"], &[]),
        department: department(desk, overview, member.department),
        stage: stage_name(desk, growth, standing.stage),
        since: since.map(|since| since.to_string()).unwrap_or_default(),
        next: standing.next().map(|next| stage_name(desk, growth, Some(next))).unwrap_or_default(),
        lacks: lacks.unwrap_or_default(),
        disputed: standing.facts.rated.iter().any(|rated| rated.disputed),
    }
}

/// Everybody.
#[derive(Debug, Default, Template)]
#[template(path = "screens/growth_people.html")]
pub struct PeopleView {
    /// Around the screen.
    pub frame: Frame,
    /// The day looked at, as a form holds it.
    pub on: String,
    /// The same in words.
    pub about: String,
    /// The year in force.
    pub kept: String,
    /// The stage asked for; empty for all.
    pub stage: String,
    /// What was searched for.
    pub search: String,
    /// The departments: id, name, whether it is the one asked for.
    pub departments: Vec<(String, String, bool)>,
    /// The stages to choose from.
    pub filters: Vec<Choice>,
    /// Who is there, by number.
    pub people: Vec<PersonRow>,
    /// Where one is in a long list.
    pub paging: Paging,
}

/// Somebody.
#[derive(Debug, Default)]
pub struct PersonRow {
    /// What they are called.
    pub label: String,
    /// Their number.
    pub number: String,
    /// Their screen.
    pub href: String,
    /// Their department.
    pub department: String,
    /// Their stage.
    pub stage: String,
    /// Since when.
    pub since: String,
    /// The next stage.
    pub next: String,
    /// What they lack for it.
    pub lacks: Vec<String>,
    /// Whether ratings of them are far apart.
    pub disputed: bool,
}
