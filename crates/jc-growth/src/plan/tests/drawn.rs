//! Colleges drawn from a seed.

use super::input::{College, Gap, Mentor, Offer, Raise, Span, Teacher};
use jc_base::Date;

/// Numbers that look drawn and are the same every time.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, count: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % count
    }

    pub fn between(&mut self, low: u64, high: u64) -> u32 {
        (low + self.below(high - low + 1)) as u32
    }
}

pub fn day(n: u64) -> Date {
    Date::new(2026, 1, 1).expect("a day").plus_days(n as i64)
}

/// A college drawn from a seed.
pub fn college(seed: u64, teachers: u64, offers: u64, mentors: u64) -> College {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let competencies = 4 + (teachers / 20).min(8);
    let competency = |n: u64| format!("c{n}");
    let departments = 2 + (teachers / 15).min(10);
    let department = |n: u64| format!("d{n}");
    let raises = |dice: &mut Dice| {
        let first = dice.below(competencies);
        let mut raises = vec![Raise { competency: competency(first), points: dice.between(2, 9) * 10 }];
        if dice.below(2) == 0 {
            let second = (first + 1 + dice.below(competencies - 1)) % competencies;
            raises.push(Raise { competency: competency(second), points: dice.between(1, 5) * 10 });
        }
        raises
    };
    let teacher = |dice: &mut Dice, n: u64| Teacher {
        id: format!("t{n}"),
        department: department(dice.below(departments)),
        languages: if dice.below(4) == 0 { vec!["de".into()] } else { Vec::new() },
        hours: dice.between(20, 90),
        money_cents: i64::from(dice.between(5, 60)) * 10_000,
        away: if dice.below(4) == 0 {
            let from = dice.below(300);
            vec![Span { from: day(from), until: day(from + 20) }]
        } else {
            Vec::new()
        },
        done: if dice.below(3) == 0 { vec![format!("k{}", dice.below(offers / 2 + 1))] } else { Vec::new() },
        gaps: (0..competencies)
            .map(|c| Gap { competency: competency(c), points: dice.between(2, 20) * 10, weight: dice.between(0, 5) })
            .filter(|gap| gap.weight > 2)
            .collect(),
    };
    let offer = |dice: &mut Dice, n: u64| {
        let course = dice.below(offers * 2 / 3 + 1);
        let from = dice.below(300);
        Offer {
            id: format!("o{n}"),
            course: format!("k{course}"),
            raises: raises(dice),
            requires: if course > 0 && dice.below(4) == 0 {
                vec![format!("k{}", dice.below(course))]
            } else {
                Vec::new()
            },
            hours: dice.between(4, 40),
            money_cents: i64::from(dice.below(30) as u32) * 10_000,
            from: Some(day(from)),
            until: Some(day(from + dice.below(30))),
            whole_days: dice.below(3) > 0,
            seats: dice.between(1, 1 + teachers / 8),
            departments: if dice.below(5) == 0 { vec![department(dice.below(departments))] } else { Vec::new() },
        }
    };
    let mut all_teachers = Vec::new();
    for n in 0..teachers {
        all_teachers.push(teacher(&mut dice, n));
    }
    let mut all_offers = Vec::new();
    for n in 0..offers {
        all_offers.push(offer(&mut dice, n));
    }
    let mentor = |dice: &mut Dice, n: u64| Mentor {
        id: format!("m{n}"),
        strengths: raises(dice),
        capacity: dice.between(1, 3),
        hours: dice.between(5, 20),
        department: department(dice.below(departments)),
        own_department_only: dice.below(3) == 0,
        languages: if dice.below(4) == 0 { vec!["zh".into()] } else { Vec::new() },
    };
    let mut all_mentors = Vec::new();
    for n in 0..mentors {
        all_mentors.push(mentor(&mut dice, n));
    }
    College {
        from: day(0),
        until: day(364),
        budget_cents: i64::from(dice.between(1, 2 + 20 * teachers)) * 10_000,
        fair_percent: 0,
        teachers: all_teachers,
        offers: all_offers,
        mentors: all_mentors,
        wishes: Vec::new(),
    }
}
