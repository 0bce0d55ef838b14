//! The numbers of a text that may be meant together: all that stand near each other and come to what is printed, or nearly.

use std::collections::{HashMap, HashSet};

use super::Form;
use super::marks::{CUES, marks, marks_of_row};
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::MOST_TOGETHER;
use crate::relate::digits::slips::is_mistyped;
use crate::relate::wording::around::said_before;
use crate::relate::wording::comparable::alike;

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
/// Two that stand so near each other may belong with a third far off, if that shares words with one of them that are said
/// in so few sentences only, and so many pairs of characters of them.
const SIDE_BY_SIDE: usize = 6;
const SELDOM: usize = 4;
const FEWEST_SHARED: usize = 2;
/// So many far off are held against each number at most: those that share the most words with it.
const MOST_FAR_OFF: usize = 6;
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
    /// Its unit, as one of all there are.
    pub unit: usize,
    step: f64,
    /// The words around it, those before it in its sentence, and those right before it, in pairs of characters.
    pub words: Pairs,
    pub leading: Pairs,
    pub named: Pairs,
    /// Of all these the ones said in few sentences.
    pub seldom: Pairs,
    /// Those far off that share most of what is said seldom.
    far_off: Vec<usize>,
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
        // A fraction in words is rounded as its writer likes: 四分之一 for 26.3 %.
        let rounded = claim.text.contains("分之") && !claim.text.contains("百分之");
        let plain = claim.bound == Bound::Exact && claim.numeral != Numeral::None && claim.site.cell.is_none();
        let plain = plain && !rounded;
        let float = |value: Exact| value.num() as f64 / value.den() as f64;
        let value = claim.value.map(float).filter(|value| *value > 0.0 && kind && plain)?;
        let site = &claim.site;
        let leading: Vec<char> = said_before(claim).chars().filter(|c| c.is_alphabetic()).collect();
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
            unit: 0,
            step: float(claim.step),
            words: Pairs::of(&[&lead[last(&lead, 14)..], &tail, &subject]),
            named: Pairs::of(&[&lead[last(&lead, 10)..]]),
            seldom: Pairs(Vec::new()),
            far_off: Vec::new(),
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

    fn is_amount(&self) -> bool {
        !self.is_share() && self.claim.kind != Kind::Points
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
        shares.0 == shares.1 && money.0 == money.1 && (self.unit == other.unit || alike(a, b))
    }
}

/// All groups of a text that miss what is printed by little, or come to it.
pub fn groups(doc: &Document) -> Vec<Group<'_>> {
    let mut numbers: Vec<Number> = doc.claims.iter().enumerate().filter_map(Number::of).collect();
    let mut units: HashMap<&str, usize> = HashMap::new();
    for number in &mut numbers {
        let next = units.len();
        number.unit = *units.entry(&number.claim.unit).or_insert(next);
    }
    link(&mut numbers);
    let numbers = numbers;
    let mut found = Vec::new();
    for at in 0..numbers.len() {
        of_printed(&numbers, at, &mut found);
        ending_with(&numbers, at, &mut found);
        in_a_row(&numbers, at, &mut found);
        again(&numbers, at, &mut found);
    }
    let mut seen = HashSet::new();
    for at in 0..numbers.len() {
        with_one_far_off(&numbers, at, &mut seen, &mut found);
    }
    found
}

/// Finds what is said in few sentences, and by it the numbers that belong together over many others.
fn link(numbers: &mut [Number]) {
    let mut said: HashMap<[char; 2], Vec<usize>> = HashMap::new();
    for (n, number) in numbers.iter().enumerate() {
        let all = || number.words.0.iter().chain(&number.leading.0);
        for pair in all() {
            let at = said.entry(*pair).or_default();
            if at.last() != Some(&n) {
                at.push(n);
            }
        }
    }
    let sentence = |n: &usize| numbers[*n].claim.site.sentence;
    said.retain(|_, at| at.chunk_by(|a, b| sentence(a) == sentence(b)).count() <= SELDOM);
    let linked = |n: usize| {
        let number = &numbers[n];
        let mut seldom: Vec<[char; 2]> = number.words.0.iter().chain(&number.leading.0).copied().collect();
        seldom.retain(|pair| said.contains_key(pair));
        seldom.sort_unstable();
        seldom.dedup();
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for other in seldom.iter().filter_map(|pair| said.get(pair)).flat_map(|at| at.iter().take(2 * NEAR)) {
            if other.abs_diff(n) > SIDE_BY_SIDE {
                *shared.entry(*other).or_default() += 1;
            }
        }
        let mut far_off: Vec<(usize, usize)> = shared.into_iter().filter(|(_, many)| *many >= FEWEST_SHARED).collect();
        far_off.sort_unstable_by_key(|(other, many)| (usize::MAX - many, *other));
        (Pairs(seldom), far_off.into_iter().take(MOST_FAR_OFF).map(|(other, _)| other).collect::<Vec<_>>())
    };
    let all: Vec<_> = (0..numbers.len()).map(linked).collect();
    for (number, (seldom, far_off)) in numbers.iter_mut().zip(all) {
        (number.seldom, number.far_off) = (seldom, far_off);
    }
}

/// A number, one near it, and one far off that shares words with either.
fn with_one_far_off<'a>(numbers: &[Number<'a>], at: usize, seen: &mut HashSet<[usize; 3]>, found: &mut Vec<Group<'a>>) {
    for near in at + 1..(at + 1 + SIDE_BY_SIDE).min(numbers.len()) {
        for far in [at, near].into_iter().flat_map(|n| &numbers[n].far_off) {
            let mut three = [at, near, *far];
            three.sort_unstable();
            if three[2] - three[0] > NEAR && !three.windows(2).any(|two| two[0] == two[1]) && seen.insert(three) {
                let [x, y, z] = three;
                apart(numbers, three, found);
                for three in [[x, y, z], [y, x, z], [x, z, y], [z, x, y], [y, z, x], [z, y, x]] {
                    if !(within(three[0], three[2], TOPS) && within(three[1], three[2], BOTTOMS)) {
                        stated(numbers, three, found);
                    }
                    each(numbers, three, found);
                }
            }
        }
    }
}

pub(super) fn around(numbers: &[Number], at: usize, (before, behind): (usize, usize)) -> impl Iterator<Item = usize> {
    (at.saturating_sub(before)..(at + behind + 1).min(numbers.len())).filter(move |n| *n != at)
}

fn within(n: usize, at: usize, (before, behind): (usize, usize)) -> bool {
    n + before >= at && n <= at + behind
}

/// Shares, rises and points: the printed one says what it is.
fn of_printed<'a>(numbers: &[Number<'a>], at: usize, found: &mut Vec<Group<'a>>) {
    let c = &numbers[at];
    if c.claim.kind == Kind::Points {
        for a in around(numbers, at, TOPS) {
            around(numbers, at, TOPS).for_each(|b| stated(numbers, [a, b, at], found));
        }
    }
    if c.is_share() {
        for a in around(numbers, at, TOPS) {
            around(numbers, at, BOTTOMS).for_each(|b| stated(numbers, [a, b, at], found));
        }
    }
}

/// Three of which the last says what it is of the others: the share, the rise, the points between.
fn stated<'a>(numbers: &[Number<'a>], three: [usize; 3], found: &mut Vec<Group<'a>>) {
    let [top, bottom, c] = three.map(|n| &numbers[n]);
    if top.at == bottom.at {
        return;
    }
    if c.claim.kind == Kind::Points {
        let rates = top.claim.kind == Kind::Rate && bottom.claim.kind == Kind::Rate;
        if rates && top.value > bottom.value {
            let gives = top.value - bottom.value;
            hold(numbers, Form::Points, three, gives, (gives - c.value).abs() < c.half(), found);
        }
    }
    if !c.is_share() || top.is_share() {
        return;
    }
    let bounds = |of: &dyn Fn(f64, f64) -> f64| {
        let ends = |n: &Number| if n.step == 1.0 { [n.value; 2] } else { [n.value - n.half(), n.value + n.half()] };
        let all = ends(top).into_iter().flat_map(|x| ends(bottom).map(|y| of(x, y)));
        let (low, high) = all.fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)));
        low - c.half() <= c.value && c.value <= high + c.half()
    };
    if top.value <= bottom.value && c.value <= 100.0 && c.claim.kind == Kind::Rate {
        let share = |x: f64, y: f64| x / y * 100.0;
        hold(numbers, Form::Share, three, share(top.value, bottom.value), bounds(&share), found);
    }
    let falls = top.value < bottom.value;
    if top.value != bottom.value && (c.claim.kind == Kind::Rate || falls == c.claim.falls) {
        let rise = |x: f64, y: f64| (x - y).abs() / y * 100.0;
        hold(numbers, Form::Rise, three, rise(top.value, bottom.value), bounds(&rise), found);
    }
}

/// Differences and means, of which any may stand last.
fn ending_with<'a>(numbers: &[Number<'a>], at: usize, found: &mut Vec<Group<'a>>) {
    let before = at.saturating_sub(NEAR)..at;
    for x in before.clone() {
        for y in x + 1..at {
            apart(numbers, [x, y, at], found);
            for three in [[x, y, at], [y, x, at], [at, x, y], [at, y, x], [x, at, y], [y, at, x]] {
                each(numbers, three, found);
            }
        }
    }
}

/// Three in any order, of which the largest may be the two others together.
fn apart<'a>(numbers: &[Number<'a>], mut three: [usize; 3], found: &mut Vec<Group<'a>>) {
    three.sort_by(|a, b| numbers[*b].value.total_cmp(&numbers[*a].value));
    let [a, b, c] = three.map(|n| &numbers[n]);
    let gives = a.value - b.value;
    let even = a.step == b.step && b.step == c.step;
    let slack = if even { a.step / 1000.0 } else { a.half().max(b.half()).max(c.half()) };
    if gives > 0.0 && [a, b, c].iter().all(|it| it.is_amount()) {
        hold(numbers, Form::Apart, three, gives, (gives - c.value).abs() <= slack, found);
    }
}

/// All, how many, each.
fn each<'a>(numbers: &[Number<'a>], three: [usize; 3], found: &mut Vec<Group<'a>>) {
    let [all, many, each] = three.map(|n| &numbers[n]);
    let order = all.value > each.value && all.value >= many.value && many.value > 1.0;
    let counted = !matches!(many.claim.kind, Kind::Money | Kind::Change);
    if order && counted && [all, many, each].iter().all(|it| it.is_amount()) {
        let gives = all.value / many.value;
        let product = (many.value * each.value - all.value).abs() <= all.half() + 1e-9;
        hold(numbers, Form::Each, three, gives, product || (gives - each.value).abs() <= each.half(), found);
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
