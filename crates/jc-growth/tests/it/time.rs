//! Time: what a day's list said can be said again later, history agrees with every day, and nobody rises unproved.

use crate::model::{Dice, FACTS, Tree, pathway};
use jc_base::{Date, RecordId, Value};
use jc_catalog::expr::eval::Row;
use jc_catalog::pathway::Pathway;
use jc_growth::course::{history, lapsing};
use jc_growth::facts::{Book, Entry};
use jc_growth::standing::Standing;

/// A record: its fields.
struct Line(Vec<Value>);

impl Row for Line {
    fn field(&self, ix: usize) -> &Value {
        self.0.get(ix).unwrap_or(&Value::Missing)
    }

    fn copied(&self, _ix: usize) -> &Value {
        &Value::Missing
    }

    fn related(&self, _register: usize, _via: usize) -> Vec<&dyn Row> {
        Vec::new()
    }
}

/// A person's records: of three quantities, and ratings.
struct Records {
    person: Line,
    counted: Vec<Vec<Line>>,
    ratings: Vec<Line>,
}

fn id(number: usize) -> RecordId {
    RecordId((number as u128 + 1).to_be_bytes())
}

fn day(dice: &mut Dice) -> Date {
    Date::new(2018, 1, 1).expect("a day").plus_days(dice.roll(7 * 365) as i64)
}

fn records(dice: &mut Dice) -> Records {
    let line = |dice: &mut Dice| {
        let on = day(dice);
        let until = if dice.roll(3) == 0 { Value::Date(on.plus_days(dice.roll(900) as i64)) } else { Value::Missing };
        let amount = if dice.roll(8) == 0 { Value::Missing } else { Value::Int(1 + dice.roll(2) as i64) };
        Line(vec![Value::Missing, Value::Date(on), until, amount])
    };
    let rating = |dice: &mut Dice| {
        let (competency, level) = (dice.roll(2), 1 + dice.roll(2) as i64);
        let by = Value::Ref(id(500 + dice.roll(2) as usize));
        let on = Value::Date(day(dice));
        let text = |text: String| Value::Text(text);
        Line(vec![Value::Missing, text(format!("c{competency}")), Value::Int(level), text("panel".into()), by, on])
    };
    Records {
        person: Line(vec![Value::Date(day(dice))]),
        counted: (0..4).map(|ix| (0..if ix == 0 { 0 } else { dice.roll(5) }).map(|_| line(dice)).collect()).collect(),
        ratings: (0..dice.roll(6)).map(|_| rating(dice)).collect(),
    }
}

impl Records {
    /// The book of what was dated up to a day: what the school knew then.
    fn book(&self, known: Option<Date>) -> Book<'_> {
        let counted = self.counted.iter().enumerate();
        Book {
            person: &self.person,
            counted: counted.map(|(ix, of)| entries(of, 1, ix * 10, known)).collect(),
            ratings: entries(&self.ratings, 5, 100, known),
            contests: Vec::new(),
        }
    }
}

fn entries(lines: &[Line], dated: usize, first: usize, known: Option<Date>) -> Vec<Entry<'_>> {
    let there = |line: &Line| known.is_none_or(|known| line.field(dated).as_date() <= Some(known));
    let kept = lines.iter().enumerate().filter(|(_, line)| there(line));
    kept.map(|(ix, line)| Entry { id: id(first + ix), row: line }).collect()
}

const MODELS: u64 = 10_000;

fn each(check: impl Fn(&mut Dice, &Pathway, &Records)) {
    each_with_trees(|dice, (pathway, _), records| check(dice, pathway, records));
}

fn each_with_trees(check: impl Fn(&mut Dice, (&Pathway, &[Vec<Tree>]), &Records)) {
    for seed in 1..=MODELS {
        let mut dice = Dice::new(seed.wrapping_mul(0xA076_1D64_78BD_642F));
        let (pathway, trees) = pathway(&mut dice);
        let records = records(&mut dice);
        check(&mut dice, (&pathway, &trees), &records);
    }
}

/// The same day some years later, as a person says it.
fn years_later(day: Date, years: i32) -> Date {
    let year = day.year() + years;
    Date::new(year, day.month(), day.day()).or(Date::new(year, 2, 28)).expect("a day")
}

impl Records {
    /// What the models count, read off the records one by one: by fact the amount, nought for what is missing, and the
    /// records behind it.
    fn by_reading(&self, on: Date) -> (Vec<i64>, Vec<Vec<RecordId>>) {
        let (mut amounts, mut behind) = (vec![0; FACTS], vec![Vec::new(); FACTS]);
        let joined = self.person.field(0).as_date().expect("a day");
        amounts[0] = (1..60).take_while(|years| years_later(joined, *years) <= on).count() as i64;
        for fact in 1..4 {
            for (ix, line) in self.counted[fact].iter().enumerate() {
                let [from, until] = [1, 2].map(|at| line.field(at).as_date());
                let from = from.expect("a day");
                let there = from <= on && on < years_later(from, 2) && until.is_none_or(|until| on <= until);
                if let (true, Some(amount)) = (there, line.field(3).as_int()) {
                    amounts[fact] += amount;
                    behind[fact].push(id(fact * 10 + ix));
                }
            }
        }
        for fact in 4..FACTS {
            let code = format!("c{}", fact - 4);
            // Each rater's last word; with two raters of one weight each, the higher is reached by half.
            let mut last: std::collections::BTreeMap<RecordId, (Date, RecordId, i64)> = Default::default();
            for (ix, line) in self.ratings.iter().enumerate() {
                let said = line.field(5).as_date().expect("a day");
                if line.field(1).as_text() == Some(&code) && said <= on && on < years_later(said, 3) {
                    let by = line.field(4).as_ref_id().expect("a rater");
                    let word = (said, id(100 + ix), line.field(2).as_int().expect("a level"));
                    last.entry(by).and_modify(|known| *known = word.max(*known)).or_insert(word);
                }
            }
            amounts[fact] = last.values().map(|(_, _, level)| *level).max().unwrap_or(0);
            behind[fact] = last.values().map(|(_, record, _)| *record).collect();
        }
        behind.iter_mut().for_each(|of| of.sort());
        (amounts, behind)
    }
}

#[test]
fn stage_and_proof_equal_those_read_off_the_records() {
    each_with_trees(|dice, (pathway, trees), records| {
        let on = day(dice);
        let (amounts, behind) = records.by_reading(on);
        let standing = Standing::of(pathway, &records.book(None), on);
        let held = trees.iter().take_while(|stage| stage.iter().all(|tree| tree.holds(&amounts))).count();
        assert_eq!(standing.stage, held.checked_sub(1), "on {on}: {trees:?} {amounts:?}");
        for (fact, expected) in behind.iter().enumerate() {
            let mut proof = standing.facts.proof(pathway, fact);
            proof.sort();
            assert_eq!(proof, *expected, "fact {fact} on {on}");
            assert_eq!(standing.facts.amount(fact).unwrap_or(0), amounts[fact], "fact {fact} on {on}");
        }
    });
}

#[test]
fn a_day_asked_for_later_gives_the_list_of_that_day() {
    each(|dice, pathway, records| {
        let on = day(dice);
        let then = Standing::of(pathway, &records.book(Some(on)), on);
        let later = Standing::of(pathway, &records.book(None), on);
        assert_eq!(then, later);
    });
}

#[test]
fn history_agrees_with_every_day_asked_for() {
    each(|dice, pathway, records| {
        let book = records.book(None);
        let last = Date::new(2026, 1, 1).expect("a day");
        let turns = history(pathway, &book, last);
        assert!(turns.windows(2).all(|two| two[0].on < two[1].on && two[0].stage != two[1].stage));
        for _ in 0..10 {
            let on = day(dice);
            let Some(turn) = turns.iter().rfind(|turn| turn.on <= on) else { continue };
            assert_eq!(turn.stage, Standing::of(pathway, &book, on).stage, "on {on}");
        }
    });
}

#[test]
fn what_lapses_is_told_with_the_stage_that_is_left() {
    each(|dice, pathway, records| {
        let book = records.book(None);
        let now = Standing::of(pathway, &book, day(dice));
        for lapse in lapsing(pathway, &book, &now, now.facts.on.plus_days(365)) {
            let after = Standing::of(pathway, &book, lapse.until.plus_days(1));
            assert!(!after.facts.proof(pathway, lapse.fact).contains(&lapse.record));
            assert_eq!(lapse.falls_to, (after.stage != now.stage).then_some(after.stage));
        }
    });
}
