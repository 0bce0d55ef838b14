//! The numbers of a text that may be meant together: all that stand near each other and come to what is printed, or nearly.

use super::Form;
use super::marks::{CUES, marks, marks_of_row};
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::slips::is_mistyped;
use crate::relate::{MOST_TOGETHER, alike};

/// How many ways of missing are told apart.
pub const MISSES: usize = 12;

/// Numbers that may be meant together.
pub struct Group<'a> {
    /// As what.
    pub form: Form,
    /// What it is made of, and the printed one.
    pub members: Vec<&'a Claim>,
    /// Whether they come to what is printed.
    pub holds: bool,
    /// By how much they miss it, as a part of the larger.
    pub misses: f64,
    /// Whether the printed number differs from what it should be as slips of a hand do.
    pub slip: bool,
    /// The marks it bears, each by its number.
    pub marks: Vec<usize>,
}

impl Group<'_> {
    /// The number held against the others.
    pub fn printed(&self) -> &Claim {
        self.members[self.members.len() - 1]
    }

    /// How it misses: by how much, and whether as a hand slips.
    pub fn miss(&self) -> usize {
        let far = [0.01, 0.025, 0.05, 0.1, 0.2].iter().filter(|most| self.misses > **most).count();
        far + if self.slip { 6 } else { 0 }
    }
}

/// So many numbers before a printed one, and behind it, may be what it is made of.
const TOPS: (usize, usize) = (14, 4);
const BOTTOMS: (usize, usize) = (26, 6);
/// So many before the last of three, for differences and for means.
const NEAR: usize = 13;
/// What misses by more than this part was hardly meant, or is beyond a slip.
const FAR_OFF: f64 = 0.35;

/// Pairs of characters, in order, each once.
pub(super) struct Pairs(Vec<[char; 2]>);

impl Pairs {
    fn of(texts: &[&[char]]) -> Pairs {
        let mut all: Vec<[char; 2]> = texts.iter().flat_map(|text| text.windows(2)).map(|w| [w[0], w[1]]).collect();
        all.sort_unstable();
        all.dedup();
        Pairs(all)
    }

    /// How many are in both.
    pub fn shared(&self, other: &Pairs) -> usize {
        self.0.iter().filter(|pair| other.0.binary_search(pair).is_ok()).count()
    }

    /// How many are in none of the others.
    pub fn alone<'p>(&self, others: impl Iterator<Item = &'p Pairs> + Clone) -> usize {
        self.0.iter().filter(|pair| !others.clone().any(|other| other.0.binary_search(pair).is_ok())).count()
    }
}

/// A number with what is asked of it again and again.
pub(super) struct Number<'a> {
    pub claim: &'a Claim,
    pub at: usize,
    pub value: f64,
    step: f64,
    /// The words around it, those before it in its sentence, and those right before it, in pairs of characters.
    pub words: Pairs,
    pub leading: Pairs,
    pub named: Pairs,
    /// Which of the cues lead to it, and which follow it, by bits.
    pub lead: u32,
    pub tail: u32,
}

impl<'a> Number<'a> {
    fn of((at, claim): (usize, &'a Claim)) -> Option<Number<'a>> {
        let kind = !matches!(
            claim.kind,
            Kind::Ratio | Kind::Ordinal | Kind::Rank | Kind::Date | Kind::Grade | Kind::Threshold
        );
        let plain = claim.bound == Bound::Exact && claim.numeral != Numeral::None && claim.site.cell.is_none();
        let float = |value: Exact| value.num() as f64 / value.den() as f64;
        let value = claim.value.map(float).filter(|value| *value > 0.0 && kind && plain)?;
        let site = &claim.site;
        let before = site.start.saturating_sub(site.sentence_start);
        let leading: Vec<char> = site.sentence_text.chars().take(before).filter(|c| c.is_alphabetic()).collect();
        let lead: Vec<char> = site.before.chars().collect();
        let tail: Vec<char> = site.after.chars().take(8).collect();
        let subject: Vec<char> = claim.subject.chars().collect();
        let last = |text: &[char], most: usize| text.len().saturating_sub(most);
        let cues = |text: String| -> u32 {
            let said = |(n, words): (usize, &&[&str])| u32::from(words.iter().any(|word| text.contains(word))) << n;
            CUES.iter().enumerate().map(said).sum()
        };
        Some(Number {
            claim,
            at,
            value,
            step: float(claim.step),
            words: Pairs::of(&[&lead[last(&lead, 14)..], &tail, &subject]),
            named: Pairs::of(&[&lead[last(&lead, 10)..]]),
            leading: Pairs::of(&[&leading[last(&leading, 36)..]]),
            lead: cues(lead[last(&lead, 8)..].iter().collect()),
            tail: cues(tail[..tail.len().min(5)].iter().collect()),
        })
    }

    fn half(&self) -> f64 {
        self.step / 2.0 * 1.000_001
    }

    pub fn is_share(&self) -> bool {
        matches!(self.claim.kind, Kind::Rate | Kind::ChangeRate) && self.claim.unit == "%"
    }

    pub fn kind(&self) -> usize {
        match self.claim.kind {
            Kind::Count if crate::units::counts_people(&self.claim.unit) => 0,
            Kind::Count => 1,
            Kind::PersonTimes => 2,
            Kind::Rate => 3,
            Kind::ChangeRate => 4,
            Kind::Change => 5,
            Kind::Points => 6,
            Kind::Multiple => 7,
            Kind::Money => 8,
            Kind::Hours | Kind::Duration => 9,
            _ => 10,
        }
    }

    pub fn like(&self, other: &Number) -> bool {
        let (a, b) = (self.claim, other.claim);
        let shares = (self.is_share() || a.kind == Kind::Points, other.is_share() || b.kind == Kind::Points);
        let money = (a.kind == Kind::Money, b.kind == Kind::Money);
        shares.0 == shares.1 && money.0 == money.1 && (a.unit == b.unit || alike(a, b))
    }
}

/// All groups of a text that miss what is printed by little, or come to it.
pub fn groups(doc: &Document) -> Vec<Group<'_>> {
    let numbers: Vec<Number> = doc.claims.iter().enumerate().filter_map(Number::of).collect();
    let mut found = Vec::new();
    for at in 0..numbers.len() {
        of_printed(&numbers, at, &mut found);
        ending_with(&numbers, at, &mut found);
        in_a_row(&numbers, at, &mut found);
        again(&numbers, at, &mut found);
    }
    found
}

pub(super) fn around(numbers: &[Number], at: usize, (before, behind): (usize, usize)) -> impl Iterator<Item = usize> {
    (at.saturating_sub(before)..(at + behind + 1).min(numbers.len())).filter(move |n| *n != at)
}

/// Shares, rises and points: the printed one says what it is.
fn of_printed<'a>(numbers: &[Number<'a>], at: usize, found: &mut Vec<Group<'a>>) {
    let c = &numbers[at];
    if c.claim.kind == Kind::Points {
        for a in around(numbers, at, TOPS).filter(|n| numbers[*n].claim.kind == Kind::Rate) {
            for b in around(numbers, at, TOPS).filter(|n| numbers[*n].claim.kind == Kind::Rate) {
                if numbers[a].value > numbers[b].value {
                    let gives = numbers[a].value - numbers[b].value;
                    hold(numbers, Form::Points, [a, b, at], gives, (gives - c.value).abs() < c.half(), found);
                }
            }
        }
    }
    if !c.is_share() {
        return;
    }
    for a in around(numbers, at, TOPS).filter(|n| !numbers[*n].is_share()) {
        for b in around(numbers, at, BOTTOMS).filter(|n| *n != a) {
            let (top, bottom) = (&numbers[a], &numbers[b]);
            let bounds = |of: &dyn Fn(f64, f64) -> f64| {
                let ends =
                    |n: &Number| if n.step == 1.0 { [n.value; 2] } else { [n.value - n.half(), n.value + n.half()] };
                let all = ends(top).into_iter().flat_map(|x| ends(bottom).map(|y| of(x, y)));
                let (low, high) = all.fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)));
                low - c.half() <= c.value && c.value <= high + c.half()
            };
            if top.value <= bottom.value && c.value <= 100.0 && c.claim.kind == Kind::Rate {
                let share = |x: f64, y: f64| x / y * 100.0;
                hold(numbers, Form::Share, [a, b, at], share(top.value, bottom.value), bounds(&share), found);
            }
            let falls = top.value < bottom.value;
            if top.value != bottom.value && (c.claim.kind == Kind::Rate || falls == c.claim.falls) {
                let rise = |x: f64, y: f64| (x - y).abs() / y * 100.0;
                hold(numbers, Form::Rise, [a, b, at], rise(top.value, bottom.value), bounds(&rise), found);
            }
        }
    }
}

/// Differences and means, of which any may stand last.
fn ending_with<'a>(numbers: &[Number<'a>], at: usize, found: &mut Vec<Group<'a>>) {
    let last = &numbers[at];
    if last.is_share() || last.claim.kind == Kind::Points {
        return;
    }
    let before = at.saturating_sub(NEAR)..at;
    for x in before.clone().filter(|n| !numbers[*n].is_share()) {
        for y in before.clone().filter(|n| *n > x && !numbers[*n].is_share()) {
            let mut three = [x, y, at];
            three.sort_by(|a, b| numbers[*b].value.total_cmp(&numbers[*a].value));
            let [a, b, c] = three.map(|n| &numbers[n]);
            let gives = a.value - b.value;
            let even = a.step == b.step && b.step == c.step;
            let slack = if even { a.step / 1000.0 } else { a.half().max(b.half()).max(c.half()) };
            if gives > 0.0 {
                hold(numbers, Form::Apart, three, gives, (gives - c.value).abs() <= slack, found);
            }
            for [a, b, c] in [[x, y, at], [y, x, at], [at, x, y], [at, y, x], [x, at, y], [y, at, x]] {
                let (all, many, each) = (&numbers[a], &numbers[b], &numbers[c]);
                let order = all.value > each.value && all.value >= many.value && many.value > 1.0;
                let counted = !matches!(many.claim.kind, Kind::Money | Kind::Points | Kind::Change);
                if order && counted {
                    let gives = all.value / many.value;
                    let product = (many.value * each.value - all.value).abs() <= all.half() + 1e-9;
                    hold(
                        numbers,
                        Form::Each,
                        [a, b, c],
                        gives,
                        product || (gives - each.value).abs() <= each.half(),
                        found,
                    );
                }
            }
        }
    }
}

fn hold<'a>(
    numbers: &[Number<'a>],
    form: Form,
    three: [usize; 3],
    gives: f64,
    holds: bool,
    found: &mut Vec<Group<'a>>,
) {
    let [a, b, c] = three.map(|n| &numbers[n]);
    let misses = missed(gives, c);
    let fits = || match form {
        Form::Share | Form::Rise => b.like(a),
        Form::Apart => a.like(b) && b.like(c),
        Form::Each => a.like(c) && (b.kind() == 0 || !b.like(a)),
        Form::Points | Form::Parts | Form::Again => true,
    };
    if (holds || misses <= FAR_OFF) && fits() {
        let members = three.iter().map(|n| numbers[*n].claim).collect();
        found.push(Group { form, members, holds, misses, slip: slip(gives, c), marks: marks(numbers, three) });
    }
}

fn missed(gives: f64, stated: &Number) -> f64 {
    (gives - stated.value).abs() / gives.max(stated.value)
}

/// Does what is printed differ from what it should be by a digit, or by digits in another order?
fn slip(gives: f64, stated: &Number) -> bool {
    let digits = |value: f64| Exact::int((value / stated.step).round() as i128);
    digits(gives).zip(digits(stated.value)).is_some_and(|(a, b)| a != b && b >= Exact::whole(10) && is_mistyped(a, b))
}

/// What is told again, within the numbers before.
fn again<'a>(numbers: &[Number<'a>], at: usize, found: &mut Vec<Group<'a>>) {
    let last = &numbers[at];
    for n in at.saturating_sub(MOST_TOGETHER)..at {
        let first = &numbers[n];
        let misses = missed(first.value, last);
        if last.value >= 10.0 && misses <= FAR_OFF && first.like(last) {
            let members = vec![first.claim, last.claim];
            let (holds, slip) = (first.value == last.value, slip(first.value, last));
            found.push(Group { form: Form::Again, members, holds, misses, slip, marks: marks(numbers, [n, n, at]) });
        }
    }
}

/// So many parts are added up at most.
const MOST_PARTS: usize = 10;

/// Parts in a row, of which the total stands before or behind.
fn in_a_row<'a>(numbers: &[Number<'a>], at: usize, found: &mut Vec<Group<'a>>) {
    let total = &numbers[at];
    if total.is_share() || total.claim.kind == Kind::Points {
        return;
    }
    let own = total.claim.site.paragraph;
    let near = |n: &usize| numbers[*n].like(total) && numbers[*n].claim.site.paragraph.abs_diff(own) <= 2;
    let before: Vec<usize> = (at.saturating_sub(24)..at).filter(near).collect();
    let behind: Vec<usize> = (at + 1..(at + 30).min(numbers.len())).filter(near).collect();
    for row in [before, behind] {
        for from in 0..row.len() {
            let mut sum = numbers[row[from]].value;
            for to in from + 1..row.len().min(from + MOST_PARTS) {
                sum += numbers[row[to]].value;
                let parts = &row[from..=to];
                let misses = missed(sum, total);
                if parts.len() < 3 || misses > FAR_OFF || parts.iter().any(|n| numbers[*n].value >= total.value) {
                    continue;
                }
                let slack = parts.iter().map(|n| &numbers[*n]).filter(|it| it.step > total.step).map(Number::half);
                let slack = slack.sum::<f64>()
                    + if parts.iter().any(|n| numbers[*n].step < total.step) { total.half() } else { 0.0 };
                let holds = (sum - total.value).abs() <= slack + total.step / 1000.0;
                // What goes on in the same sentence may belong to them.
                let goes_on = |n: Option<&usize>, part: usize| {
                    n.is_some_and(|n| numbers[*n].claim.site.sentence == numbers[part].claim.site.sentence)
                };
                let before = from > 0 && goes_on(row.get(from - 1), row[from]);
                let marks = marks_of_row(numbers, parts, at, [before, goes_on(row.get(to + 1), row[to])]);
                let mut members: Vec<&Claim> = parts.iter().map(|n| numbers[*n].claim).collect();
                members.push(total.claim);
                found.push(Group { form: Form::Parts, members, holds, misses, slip: slip(sum, total), marks });
            }
        }
    }
}
