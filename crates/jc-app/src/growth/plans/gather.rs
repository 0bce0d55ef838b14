//! From records to what the planner asks.

use super::limits::Limits;
use super::{ITEM, MENTOR, OFFER, PLAN, Planned, ROUND, Row, Thing, Whose, round};
use crate::error::AppError;
use crate::growth::Growth;
use crate::labels::Labels;
use jc_base::{Date, Lang, RecordId, RecordState};
use jc_growth::plan::input::{College, Mentor, Offer, Raise, Teacher, Wish, WishKind};
use jc_growth::plan::needs::needs;
use jc_growth::plan::outcome::{Item, ItemKind, Plan, TeacherPlan};
use jc_store::{Reader, Record};
use std::collections::{BTreeMap, HashMap};

/// Records of one register.
struct Shelf {
    at: usize,
    records: Vec<Record>,
}

impl Growth<'_> {
    /// Everything the planner asks of a round; `plan` holds what is kept in records, if anything is.
    pub(super) fn gathered(&self, id: RecordId, on: Option<Date>, lang: Lang) -> Result<Planned, AppError> {
        let catalog = self.catalog();
        let at = self.register(ROUND)?;
        let record = self.viewer.read(|reader| Ok(reader.find(at, id)?))?.ok_or(AppError::NotFound)?;
        let round = round(&catalog.registers[at], &record).ok_or(AppError::NotFound)?;
        let today = self.viewer.app.moment().today;
        // From where people stand today; a round that is over is planned from where it began.
        let on = on.unwrap_or(if today > round.until { round.from } else { today });
        let overview = self.overview(on, lang)?;
        let (offers, mentors, plans, items, labels, limits) = self.viewer.read(|reader| {
            let verified = |record: &Record| record.state == RecordState::Verified;
            let offers = self.shelf(reader, OFFER, &verified)?;
            let mentors = self.shelf(reader, MENTOR, &verified)?;
            let there = |record: &Record| record.state != RecordState::Returned;
            let plans = self.shelf(reader, PLAN, &there)?;
            let items = self.shelf(reader, ITEM, &there)?;
            let mut labels = Labels::default();
            for shelf in [&offers, &mentors, &items] {
                labels.load(reader, shelf.at, &shelf.records)?;
            }
            let limits = Limits::fetch(self, reader, &round)?;
            Ok((offers, mentors, plans, items, labels, limits))
        })?;
        let numbers: HashMap<RecordId, String> =
            overview.members.iter().zip(&overview.lines).map(|(m, line)| (m.person, line.number.clone())).collect();
        let mut things = BTreeMap::new();
        let mut findings = Vec::new();
        let mut named: HashMap<RecordId, String> = HashMap::new();
        let mut college = College {
            from: round.from,
            until: round.until,
            budget_cents: round.budget_cents,
            fair_percent: round.fair_percent,
            teachers: Vec::new(),
            offers: Vec::new(),
            mentors: Vec::new(),
            wishes: Vec::new(),
        };
        let mut courses: HashMap<RecordId, String> = HashMap::new();
        let held = self.held(&items);
        for record in &offers.records {
            let row = Row { declared: &catalog.registers[offers.at], record };
            courses.insert(record.id, row.text("course").to_owned());
            if !row.date("starts_on").is_none_or(|day| (round.from..=round.until).contains(&day)) {
                continue;
            }
            let mut offer = offer(&row);
            // What has begun is for those who take part already.
            if offer.from.is_some_and(|from| from < on) {
                offer.seats = held.get(&record.id).copied().unwrap_or(0);
            }
            let label = row.text("title").to_owned();
            named.insert(record.id, offer.id.clone());
            things.insert(offer.id.clone(), Thing { register: offers.at, id: record.id, label });
            college.offers.push(offer);
        }
        for record in &mentors.records {
            let row = Row { declared: &catalog.registers[mentors.at], record };
            let begins = row.date("from_on").is_none_or(|day| day <= round.until);
            let lasts = row.date("until_on").is_none_or(|day| day >= round.from);
            let Some(person) = row.id("mentor") else { continue };
            let Some(number) = numbers.get(&person) else { continue };
            if !begins || !lasts || things.contains_key(number) {
                continue;
            }
            let department = overview.members.iter().find(|m| m.person == person);
            let department = department.and_then(|m| m.department).map(|id| id.to_string()).unwrap_or_default();
            let label = labels.label(catalog, mentors.at, record, lang);
            let mentor = mentor(&row, number, department, limits.languages(person));
            findings.extend(limits.overbooked(person, &mentor, &label));
            named.insert(record.id, number.clone());
            things.insert(number.clone(), Thing { register: mentors.at, id: record.id, label });
            college.mentors.push(mentor);
        }
        let plan_of: HashMap<RecordId, &Record> = plans
            .records
            .iter()
            .filter_map(|record| {
                let row = Row { declared: &catalog.registers[plans.at], record };
                (row.id("round") == Some(id)).then_some((row.id("teacher")?, record))
            })
            .collect();
        let mut done: HashMap<RecordId, Vec<String>> = HashMap::new();
        let mut kept: HashMap<RecordId, Vec<String>> = HashMap::new();
        for record in &items.records {
            let row = Row { declared: &catalog.registers[items.at], record };
            let Some(teacher) = row.id("teacher") else { continue };
            let is_done = row.date("done_on").is_some() && record.state == RecordState::Verified;
            if let (true, Some(course)) = (is_done, row.id("offer").and_then(|id| courses.get(&id))) {
                done.entry(teacher).or_default().push(course.clone());
                continue;
            }
            if row.id("plan").is_none() || row.id("plan") != plan_of.get(&teacher).map(|plan| plan.id) {
                continue;
            }
            let (Some(number), Some(item)) =
                (numbers.get(&teacher), row.id("offer").or(row.id("mentor")).and_then(|id| named.get(&id)))
            else {
                continue;
            };
            let decision = row.text("decision");
            if matches!(decision, "planned" | "pinned") {
                kept.entry(teacher).or_default().push(item.clone());
            }
            let kind = match decision {
                "pinned" => WishKind::Pin,
                "forbidden" => WishKind::Forbid,
                "wished" => WishKind::Like,
                _ => continue,
            };
            college.wishes.push(Wish { teacher: number.clone(), item: item.clone(), kind });
        }
        let mut people = Vec::new();
        for (member, line) in overview.members.iter().zip(&overview.lines) {
            let Some(standing) = &member.standing else { continue };
            let own = plan_of.get(&member.person).map(|record| Row { declared: &catalog.registers[plans.at], record });
            let own = |field: &str| own.as_ref().and_then(|row| row.int(field));
            let hours = own("hours").and_then(|hours| u32::try_from(hours).ok()).unwrap_or(round.hours);
            let money = own("money").or(round.money_cents).unwrap_or(round.budget_cents);
            let gaps = needs(self.pathway(), standing);
            let wished = college.wishes.iter().any(|wish| wish.teacher == line.number);
            // Whoever lacks nothing and asks for nothing needs no plan.
            if gaps.is_empty() && !wished {
                continue;
            }
            let department = member.department;
            college.teachers.push(Teacher {
                id: line.number.clone(),
                department: department.map(|id| id.to_string()).unwrap_or_default(),
                languages: limits.languages(member.person),
                hours,
                money_cents: money,
                away: limits.away(member.person, &round),
                done: done.remove(&member.person).unwrap_or_default(),
                gaps,
            });
            people.push(Whose {
                person: member.person,
                number: line.number.clone(),
                label: line.label.clone(),
                department: department.and_then(|id| overview.departments.get(&id).cloned()).unwrap_or_default(),
                stage: standing.stage,
            });
        }
        college.wishes.retain(|wish| college.teachers.iter().any(|teacher| teacher.id == wish.teacher));
        let is_kept = !kept.is_empty();
        let plan = is_kept.then(|| as_plan(&college, &people, &kept));
        Ok(Planned { round, on, college, people, things, findings, plan, changes: Vec::new(), is_kept })
    }

    /// How many take part in each offer, as is kept.
    fn held(&self, items: &Shelf) -> HashMap<RecordId, u32> {
        let mut held = HashMap::new();
        for record in &items.records {
            let row = Row { declared: &self.catalog().registers[items.at], record };
            if let (Some(offer), "planned" | "pinned") = (row.id("offer"), row.text("decision")) {
                *held.entry(offer).or_default() += 1;
            }
        }
        held
    }

    fn shelf(&self, reader: &mut Reader, id: &str, counts: &dyn Fn(&Record) -> bool) -> Result<Shelf, AppError> {
        let at = self.register(id)?;
        let mut records = Vec::new();
        reader.each_record(at, &mut |record| {
            if counts(record) {
                records.push(record.clone());
            }
        })?;
        Ok(Shelf { at, records })
    }
}

/// What is raised: a field with its competency and one with hundredths of a level, twice.
fn raises(row: &Row<'_>) -> Vec<Raise> {
    let pairs = [("competency", "raises"), ("second_competency", "second_raises")];
    let raise = |(competency, points): (&str, &str)| Raise {
        competency: row.text(competency).to_owned(),
        points: row.count(points),
    };
    pairs.into_iter().map(raise).filter(|raise| !raise.competency.is_empty() && raise.points > 0).collect()
}

fn offer(row: &Row<'_>) -> Offer {
    let required = Some(row.text("requires")).filter(|course| !course.is_empty());
    Offer {
        id: row.text("number").to_owned(),
        course: row.text("course").to_owned(),
        raises: raises(row),
        requires: required.map(str::to_owned).into_iter().collect(),
        hours: row.count("hours"),
        money_cents: row.int("cost").unwrap_or(0),
        from: row.date("starts_on"),
        until: row.date("ends_on").or(row.date("starts_on")),
        whole_days: row.yes("whole_days"),
        seats: row.count("seats"),
        departments: row.id("department").map(|id| id.to_string()).into_iter().collect(),
    }
}

fn mentor(row: &Row<'_>, number: &str, department: String, languages: Vec<String>) -> Mentor {
    Mentor {
        id: number.to_owned(),
        strengths: raises(row),
        capacity: row.count("capacity"),
        hours: row.count("hours"),
        department,
        own_department_only: row.yes("own_department"),
        languages,
    }
}

/// What is kept in records, as a plan to change as little as possible. Its sums are not asked for.
fn as_plan(college: &College, people: &[Whose], kept: &HashMap<RecordId, Vec<String>>) -> Plan {
    let item = |id: &String| {
        let offer = college.offers.iter().find(|offer| offer.id == *id);
        Item {
            id: id.clone(),
            kind: if offer.is_some() { ItemKind::Offer } else { ItemKind::Mentor },
            from: offer.and_then(|offer| offer.from).unwrap_or(college.from),
            until: offer.and_then(|offer| offer.until).unwrap_or(college.until),
            hours: offer.map_or(0, |offer| offer.hours),
            money_cents: offer.map_or(0, |offer| offer.money_cents),
        }
    };
    let of = |whose: &Whose| TeacherPlan {
        teacher: whose.number.clone(),
        items: kept.get(&whose.person).into_iter().flatten().map(item).collect(),
        closed: 0,
        gap: 0,
    };
    let teachers = people.iter().map(of).collect();
    Plan { teachers, closed: 0, gap: 0, bound: 0, money_cents: 0, shares: Vec::new() }
}
