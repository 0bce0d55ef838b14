//! One person: the ladder, what the next stage asks, competencies, what would lift them, what lapses, how they came.

use super::radar::Radar;
use super::{Proof, crumbs, day, length, proof, stage_name};
use crate::{
    desk::Desk,
    frame::{Frame, Link},
    guard::fault::Fault,
    show,
};
use askama::Template;
use jc_app::given::college::wanted;
use jc_app::given::facts::{Contested, Heard};
use jc_app::given::gap::{Gap, Move, Set, anniversary};
use jc_app::growth::{Growth, Profile};
use jc_base::{Date, Instant, RecordId};
use jc_catalog::expr::eval::Truth;
use jc_catalog::pathway::{Amount, Criterion};
use std::collections::BTreeSet;

pub(super) fn view(desk: &Desk, growth: &Growth, id: RecordId) -> Result<PersonView, Fault> {
    let on = day(desk)?;
    let profile = growth.profile(id, on, desk.lang())?;
    let (pathway, standing) = (growth.pathway(), &profile.standing);
    let screen = Screen { desk, growth, profile: &profile, on };
    let mut frame = desk.frame(desk.words.t1("growth-person-title", "name", &profile.label))?;
    if growth.sees_others() {
        frame.crumbs = crumbs(desk);
    }
    let next = standing.next();
    let variants = standing.variants.iter().filter_map(|variant| pathway.variants.get(*variant));
    let variants = variants.map(|variant| variant.name.get(desk.lang()).to_owned());
    let about = [profile.number.clone(), profile.department.clone()].into_iter().chain(variants);
    Ok(PersonView {
        about: about.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · "),
        on: on.to_string(),
        on_words: show::day(desk.lang(), on),
        action: format!("/growth/people/{id}"),
        kept: desk.year.to_string(),
        own: profile.own,
        dossier: desk.address(&format!("/growth/people/{id}/dossier"), &["done"], &[]),
        plan: desk.to(&format!("/growth/people/{id}/plan")),
        rate: screen.rate(),
        stage: stage_name(desk, growth, standing.stage),
        since: profile.since.filter(|_| standing.stage.is_some()).map(|since| {
            let said = [("date", show::day(desk.lang(), since)), ("length", length(desk, on.days_since(since)))];
            desk.words.with("growth-since", &said)
        }),
        steps: screen.steps(),
        next: next.map(|next| stage_name(desk, growth, Some(next))),
        ready: standing.ready,
        criteria: next.map(|next| screen.criteria(next)).unwrap_or_default(),
        proved: standing.stage.map(|stage| screen.proved(stage)).unwrap_or_default(),
        radar: screen.radar(),
        competencies: screen.competencies(),
        sets: profile.gap.as_ref().map(|gap| screen.sets(gap)).unwrap_or_default(),
        more: profile.gap.as_ref().is_some_and(|gap| gap.more),
        out_of_reach: profile.gap.as_ref().is_some_and(|gap| gap.out_of_reach),
        beyond: profile.gap.as_ref().map(|gap| screen.beyond(gap)).unwrap_or_default(),
        lapses: screen.lapses(),
        turns: screen.turns(),
        views: screen.views(),
        frame,
    })
}

struct Screen<'s> {
    desk: &'s Desk<'s>,
    growth: &'s Growth<'s>,
    profile: &'s Profile,
    on: Date,
}

impl Screen<'_> {
    fn proof(&self, id: RecordId) -> Proof {
        proof(self.desk, self.growth, id, self.profile.cited.get(&id))
    }

    /// The form for rating oneself, or the person looked at, for whoever may write it.
    fn rate(&self) -> Option<String> {
        let (catalog, assessment) = (self.growth.catalog(), &self.growth.pathway().assessment);
        let register = catalog.registers.get(assessment.register)?;
        if !self.desk.person.keeps(catalog, register) {
            return None;
        }
        let field = |ix: usize| register.fields.get(ix).map(|field| field.id.to_string());
        let (person, by, on, kind) =
            (field(assessment.person)?, field(assessment.by)?, field(assessment.on)?, field(assessment.kind)?);
        let (number, today) = (self.profile.number.as_str(), self.desk.app.moment().today.to_string());
        let mut query = vec![(person.as_str(), number), (on.as_str(), today.as_str())];
        if self.profile.own {
            query.extend([(by.as_str(), number), (kind.as_str(), "self")]);
        }
        let year = self.desk.year.to_string();
        query.push(("year", &year));
        Some(show::address(&format!("/registers/{}/new", register.id), query))
    }

    fn steps(&self) -> Vec<Step> {
        let standing = &self.profile.standing;
        let stages = self.growth.pathway().stages.iter().enumerate();
        let step = |(ix, stage): (usize, &jc_catalog::pathway::Stage)| {
            let reached = self.profile.turns.iter().find(|turn| turn.stage >= Some(ix)).map(|turn| turn.on);
            let earned = standing.stage >= Some(ix);
            Step {
                name: stage.name.get(self.desk.lang()).to_owned(),
                about: stage.about.get(self.desk.lang()).to_owned(),
                class: match (earned, standing.stage == Some(ix)) {
                    (_, true) => "now",
                    (true, false) => "past",
                    (false, false) => "ahead",
                },
                reached: reached.filter(|_| earned).map(|day| day.to_string()).unwrap_or_default(),
            }
        };
        stages.map(step).collect()
    }

    fn criteria(&self, stage: usize) -> Vec<CriterionRow> {
        let judged = self.profile.standing.criteria.get(stage).map_or(&[][..], Vec::as_slice);
        let criteria = &self.growth.pathway().stage(stage).criteria;
        let rows = judged.iter().filter_map(|judged| Some(self.row(criteria.get(judged.criterion)?, judged.truth)));
        rows.collect()
    }

    fn row(&self, criterion: &Criterion, truth: Truth) -> CriterionRow {
        let (pathway, facts, lang) = (self.growth.pathway(), &self.profile.standing.facts, self.desk.lang());
        let have = criterion.facts().into_iter().map(|fact| {
            let amount = facts.amount(fact).map(|amount| pathway.fact_text(fact, amount));
            let amount = amount.unwrap_or_else(|| match pathway.competency_of(fact) {
                Some(_) => self.desk.words.t("growth-unrated"),
                None => self.desk.words.t("growth-unknown"),
            });
            format!("{} {amount}", pathway.fact_name(fact).get(lang))
        });
        let unjudged = criterion.facts().into_iter().filter_map(|fact| facts.counted.get(fact));
        let unjudged: usize = unjudged.map(|counted| counted.unjudged.len()).sum();
        let open = (unjudged > 0).then(|| self.desk.words.t1("growth-unjudged", "n", unjudged));
        let have = have.chain(open);
        let proved: BTreeSet<RecordId> =
            criterion.facts().into_iter().flat_map(|fact| facts.proof(pathway, fact)).collect();
        let (state, class) = match (truth, criterion.decision) {
            (Truth::True, _) => ("growth-held", "verified"),
            (_, true) => ("growth-to-decide", "pending"),
            (Truth::Unknown, false) => ("growth-not-known", "pending"),
            (Truth::False, false) => ("growth-not-held", "unproved"),
        };
        CriterionRow {
            say: criterion.say.get(lang).to_owned(),
            have: have.collect::<Vec<_>>().join(" · "),
            state: self.desk.words.t(state),
            class,
            proofs: proved.into_iter().map(|id| self.proof(id)).filter(|proof| !proof.label.is_empty()).collect(),
        }
    }

    /// The criteria of every stage up to one.
    fn proved(&self, stage: usize) -> Vec<(String, Vec<CriterionRow>)> {
        let named = |ix: usize| (stage_name(self.desk, self.growth, Some(ix)), self.criteria(ix));
        (0..=stage).rev().map(named).filter(|(_, rows)| !rows.is_empty()).collect()
    }

    /// The level the next stage asks of a competency.
    fn asked(&self, competency: usize) -> i64 {
        let pathway = self.growth.pathway();
        let standing = &self.profile.standing;
        let Some(next) = standing.next() else { return 0 };
        let fact = pathway.competency_fact(competency);
        let asked_of = pathway.stage(next).criteria.iter().enumerate();
        let asked_of = asked_of.filter(|(_, criterion)| criterion.is_asked_of(&standing.variants));
        asked_of.filter_map(|(ix, _)| wanted(pathway, next, ix, fact)).max().unwrap_or(0)
    }

    fn radar(&self) -> Radar {
        let levels: Vec<(usize, u8, i64)> = self
            .growth
            .pathway()
            .competencies
            .iter()
            .zip(&self.profile.standing.facts.rated)
            .enumerate()
            .map(|(ix, (competency, rated))| (competency.levels.len(), rated.level.unwrap_or(0), self.asked(ix)))
            .collect();
        Radar::of(&levels)
    }

    fn competencies(&self) -> Vec<CompetencyRow> {
        let (pathway, lang) = (self.growth.pathway(), self.desk.lang());
        let rows = pathway.competencies.iter().zip(&self.profile.standing.facts.rated).enumerate();
        let row =
            |(ix, (competency, rated)): (usize, (&jc_catalog::pathway::Competency, &jc_app::given::facts::Rated))| {
                let asked = self.asked(ix);
                let seen =
                    |level: usize| competency.levels.get(level.wrapping_sub(1)).map(|level| level.get(lang).to_owned());
                CompetencyRow {
                    number: ix + 1,
                    domain: pathway
                        .domains
                        .get(competency.domain)
                        .map(|d| d.name.get(lang).to_owned())
                        .unwrap_or_default(),
                    name: competency.name.get(lang).to_owned(),
                    level: rated.level.map(|level| level.to_string()),
                    seen: rated.level.and_then(|level| seen(level.into())).unwrap_or_default(),
                    asked: if asked == 0 { String::new() } else { asked.to_string() },
                    short: i64::from(rated.level.unwrap_or(0)) < asked,
                    voices: rated.heard.iter().map(|heard| self.voice(&competency.id, heard)).collect(),
                    disputed: rated.disputed.then(|| self.desk.words.t1("growth-disputed", "n", rated.spread)),
                }
            };
        rows.map(row).collect()
    }

    fn voice(&self, competency: &str, heard: &Heard) -> Voice {
        let kinds = &self.growth.pathway().assessment.kinds;
        let register = self.growth.catalog().at(self.growth.pathway().assessment.register);
        let list = &register.field(self.growth.pathway().assessment.kind).kind;
        let code = kinds.get(heard.kind).map(|kind| kind.id.clone()).unwrap_or_default();
        let kind = list.show(&jc_base::Value::Text(code), self.desk.lang(), &self.growth.catalog().codes);
        let by = heard.by.and_then(|by| self.profile.raters.get(&by)).cloned().unwrap_or_default();
        let weightless = kinds.get(heard.kind).is_some_and(|kind| kind.weight == 0);
        let mut notes = Vec::new();
        let mut note = |holds: bool, id: &str| {
            if holds {
                notes.push(self.desk.words.t(id))
            }
        };
        note(weightless, "growth-weightless");
        note(heard.stale, "growth-stale");
        note(heard.contest == Contested::Open, "growth-contested");
        note(heard.contest == Contested::Upheld, "growth-upheld");
        let object = self.object(competency, heard);
        Voice {
            text: format!("{kind} {} · {by} · {}", heard.level, heard.on),
            note: notes.join(" · "),
            href: self.proof(heard.record).href,
            cites: heard.cites.iter().map(|id| self.proof(*id)).filter(|proof| !proof.label.is_empty()).collect(),
            object,
        }
    }

    /// The form to object to a rating, for whoever it is about.
    fn object(&self, competency: &str, heard: &Heard) -> Option<String> {
        let assessment = &self.growth.pathway().assessment;
        let contest = assessment.contest.as_ref()?;
        let register = self.growth.catalog().registers.get(contest.register)?;
        let may = self.profile.own && heard.contest == Contested::No && heard.by != Some(self.profile.person);
        if !may || !self.desk.person.keeps(self.growth.catalog(), register) {
            return None;
        }
        let dated = match register.period {
            jc_catalog::PeriodRule::On { field, .. } => field,
            _ => return None,
        };
        let id = |field: usize| register.fields.get(field).map(|field| field.id.as_str());
        let (today, year) = (self.desk.app.moment().today.to_string(), self.desk.year.to_string());
        let on = heard.on.to_string();
        let query = [
            (id(contest.person)?, self.profile.number.as_str()),
            (id(contest.competency)?, competency),
            (id(contest.kind)?, assessment.kinds.get(heard.kind)?.id.as_str()),
            (id(contest.on)?, on.as_str()),
            (id(dated)?, today.as_str()),
            ("year", year.as_str()),
        ];
        Some(show::address(&format!("/registers/{}/new", register.id), query))
    }

    fn sets(&self, gap: &Gap) -> Vec<SetRow> {
        gap.sets.iter().map(|set| self.set(set)).collect()
    }

    fn set(&self, set: &Set) -> SetRow {
        let (pathway, lang, words) = (self.growth.pathway(), self.desk.lang(), &self.desk.words);
        let step = |(step, times): &(Move, u32)| {
            let times = i64::from(*times);
            match step {
                Move::Achieve(ix) => {
                    let name = pathway.achievements.get(*ix).map(|it| it.name.get(lang)).unwrap_or_default();
                    let times = show::count(lang, times);
                    if times == "1" { name.to_owned() } else { format!("{name} × {times}") }
                }
                Move::Rise(ix) => {
                    let now = self.profile.standing.facts.amount(pathway.competency_fact(*ix)).unwrap_or(0);
                    let said = [
                        ("name", pathway.fact_name(pathway.competency_fact(*ix)).get(lang).to_owned()),
                        ("from", now.to_string()),
                        ("to", (now + times).to_string()),
                    ];
                    words.with(if now == 0 { "growth-rise-unrated" } else { "growth-rise" }, &said)
                }
                Move::Wait(ix) => {
                    let now = self.profile.standing.facts.amount(*ix).unwrap_or(0);
                    let until = self.full_on(*ix, now + times).map(|day| show::day(lang, day)).unwrap_or_default();
                    let name = pathway.fact_name(*ix).get(lang).to_owned();
                    words.with("growth-wait", &[("name", name), ("years", (now + times).to_string()), ("date", until)])
                }
            }
        };
        SetRow {
            steps: set.moves.iter().map(step).collect(),
            hours: words.t1("growth-hours", "n", show::count(lang, i64::try_from(set.hours).unwrap_or(i64::MAX))),
        }
    }

    /// The day on which so many years since a date of the person are full.
    fn full_on(&self, quantity: usize, years: i64) -> Option<Date> {
        let Amount::Since(_) = self.growth.pathway().quantities.get(quantity)?.amount else { return None };
        Some(anniversary(self.profile.since_dates.get(&quantity).copied()?, years))
    }

    fn beyond(&self, gap: &Gap) -> Vec<String> {
        let stage = self.growth.pathway().stages.get(gap.stage);
        let say = |ix: &usize| stage.and_then(|s| s.criteria.get(*ix)).map(|c| c.say.get(self.desk.lang()).to_owned());
        gap.beyond.iter().filter_map(say).collect()
    }

    fn lapses(&self) -> Vec<LapseRow> {
        let pathway = self.growth.pathway();
        let row = |lapse: &jc_app::given::course::Lapse| LapseRow {
            until: lapse.until.to_string(),
            fact: pathway.fact_name(lapse.fact).get(self.desk.lang()).to_owned(),
            proof: self.proof(lapse.record),
            falls: lapse
                .falls_to
                .map(|stage| self.desk.words.t1("growth-falls", "stage", stage_name(self.desk, self.growth, stage))),
        };
        self.profile.lapses.iter().map(row).collect()
    }

    fn turns(&self) -> Vec<(String, String)> {
        let named = |turn: &jc_app::given::course::Turn| {
            (show::day(self.desk.lang(), turn.on), stage_name(self.desk, self.growth, turn.stage))
        };
        self.profile.turns.iter().rev().filter(|turn| turn.on <= self.on).map(named).collect()
    }

    fn views(&self) -> Vec<String> {
        /// Hours east of UTC of every school.
        const ZONE: i64 = 8;
        let line = |view: &jc_app::growth::View| format!("{} · {}", Instant(view.at).local(ZONE), view.actor);
        let older =
            self.profile.views_begin.map(|begin| crate::screens::record::lines::moved_before(self.desk, Some(begin)));
        self.profile.views.iter().map(line).chain(older).collect()
    }
}

/// One person on the pathway.
#[derive(Debug, Default, Template)]
#[template(path = "screens/growth_person.html")]
pub struct PersonView {
    /// Around the screen.
    pub frame: Frame,
    /// Number, department, variants.
    pub about: String,
    /// The day looked at, as a form holds it.
    pub on: String,
    /// The same in words.
    pub on_words: String,
    /// Where another day is asked for.
    pub action: String,
    /// The year in force, kept when another day is asked for.
    pub kept: String,
    /// Whether it is the person who looks.
    pub own: bool,
    /// The dossier.
    pub dossier: String,
    /// The plan that is kept.
    pub plan: String,
    /// The form for a rating, for whoever may write one.
    pub rate: Option<String>,
    /// The stage they have.
    pub stage: String,
    /// Since when, and how long that is.
    pub since: Option<String>,
    /// The ladder, lowest first.
    pub steps: Vec<Step>,
    /// The next stage.
    pub next: Option<String>,
    /// Whether only decisions of others are left.
    pub ready: bool,
    /// What the next stage asks.
    pub criteria: Vec<CriterionRow>,
    /// What proves the stage they have: each stage with its criteria, highest first.
    pub proved: Vec<(String, Vec<CriterionRow>)>,
    /// The picture of competencies.
    pub radar: Radar,
    /// The competencies.
    pub competencies: Vec<CompetencyRow>,
    /// What would lift them.
    pub sets: Vec<SetRow>,
    /// Whether there are more sets.
    pub more: bool,
    /// Whether no set within the bound does.
    pub out_of_reach: bool,
    /// What comes on top: decisions of others.
    pub beyond: Vec<String>,
    /// What lapses.
    pub lapses: Vec<LapseRow>,
    /// How they came here, newest first: day and stage.
    pub turns: Vec<(String, String)>,
    /// Who looked.
    pub views: Vec<String>,
}

/// A step of the ladder.
#[derive(Debug, Default)]
pub struct Step {
    /// The stage.
    pub name: String,
    /// What marks it.
    pub about: String,
    /// `past`, `now` or `ahead`.
    pub class: &'static str,
    /// The day it was reached; empty if it is not.
    pub reached: String,
}

/// A criterion.
#[derive(Debug, Default)]
pub struct CriterionRow {
    /// What it asks.
    pub say: String,
    /// What is there.
    pub have: String,
    /// Whether it holds, in words.
    pub state: String,
    /// The class of the state.
    pub class: &'static str,
    /// The records behind it.
    pub proofs: Vec<Proof>,
}

/// A competency.
#[derive(Debug, Default)]
pub struct CompetencyRow {
    /// Its number in the picture.
    pub number: usize,
    /// Its domain.
    pub domain: String,
    /// Its name.
    pub name: String,
    /// The level; nothing if unrated.
    pub level: Option<String>,
    /// What can be observed at that level.
    pub seen: String,
    /// What the next stage asks; empty if nothing.
    pub asked: String,
    /// Whether that is more than there is.
    pub short: bool,
    /// Who says what.
    pub voices: Vec<Voice>,
    /// How far they are apart, if that is far.
    pub disputed: Option<String>,
}

/// A rating.
#[derive(Debug, Default)]
pub struct Voice {
    /// Kind, level, who, when.
    pub text: String,
    /// That it is stale, contested, without weight.
    pub note: String,
    /// The record.
    pub href: Option<String>,
    /// What it rests on.
    pub cites: Vec<Proof>,
    /// The form to object to it.
    pub object: Option<String>,
}

/// A set of moves.
#[derive(Debug, Default)]
pub struct SetRow {
    /// Its moves.
    pub steps: Vec<String>,
    /// About how long it takes.
    pub hours: String,
}

/// Something that lapses.
#[derive(Debug, Default)]
pub struct LapseRow {
    /// The last day it counts.
    pub until: String,
    /// What it counts for.
    pub fact: String,
    /// The record.
    pub proof: Proof,
    /// The stage it would come to.
    pub falls: Option<String>,
}

impl PersonView {
    /// The way to the register of objections and all else stands in the rows; this is for the heading.
    pub fn buttons(&self) -> Vec<Link> {
        let rate = self.rate.iter().map(|href| {
            Link::new(self.frame.t(if self.own { "growth-rate-self" } else { "growth-rate" }), href.clone())
        });
        let plan = Link::new(self.frame.t("plan-kept"), self.plan.clone());
        rate.chain([plan, Link::new(self.frame.t("growth-dossier"), self.dossier.clone())]).collect()
    }
}
