//! What one person could still gain from the candidates that follow: a bound looked up in a table.
//!
//! The table holds, after each candidate and for what may be left of hours and money, the most that the candidates after it
//! come to if nothing but hours, money and one run of a course in a row bound them. That a gap can be filled only once is
//! in their prices: a point of a gap that many could fill has a price of its own, and what is left of the gap is worth
//! as much. Whatever those prices are, nobody gains more (Lagrangian duality once more).

/// A candidate as the table needs it, in order of time.
pub struct Prospect {
    /// What it gains, its prices and those of the points it fills taken off.
    pub gains: i64,
    pub hours: i64,
    pub money: i64,
    pub course: usize,
}

/// The table.
pub struct Outlook {
    hour_unit: i64,
    cent_unit: i64,
    /// Different amounts of money left.
    columns: usize,
    /// The size of one table.
    size: usize,
    /// Where the table of what follows each candidate begins, the first for what follows none.
    starts: Vec<usize>,
    most: Vec<i64>,
}

/// No more different amounts of hours or of money than this are told apart: what is counted more coarsely is rounded so that
/// the bound still holds.
const AMOUNTS: i64 = 64;

impl Outlook {
    /// Looks ahead for someone with so many hours and so much money.
    pub fn new(prospects: &[Prospect], hours: i64, money: i64) -> Self {
        let (hour_unit, rows) = unit(hours, prospects.iter().map(|p| p.hours));
        let (cent_unit, columns) = unit(money, prospects.iter().map(|p| p.money));
        let size = rows * columns;
        let gainful = prospects.iter().filter(|p| p.gains > 0).count();
        let mut most = Vec::with_capacity(size * (gainful + 1));
        most.resize(size, 0);
        let mut starts = vec![0; prospects.len() + 1];
        let (mut next, mut after_course) = (0, 0);
        for (at, one) in prospects.iter().enumerate().rev() {
            if prospects.get(at + 1).is_none_or(|following| following.course != one.course) {
                after_course = next;
            }
            let (down, right) = ((one.hours / hour_unit) as usize, (one.money / cent_unit) as usize);
            if one.gains > 0 && down < rows && right < columns {
                let begin = most.len();
                most.extend_from_within(next..next + size);
                let (before, new) = most.split_at_mut(begin);
                for row in down..rows {
                    let from = after_course + (row - down) * columns;
                    let old = &before[from..from + columns - right];
                    let new = &mut new[row * columns + right..(row + 1) * columns];
                    for (new, old) in new.iter_mut().zip(old) {
                        *new = (*new).max(old + one.gains);
                    }
                }
                next = begin;
            }
            starts[at] = next;
        }
        Self { hour_unit, cent_unit, columns, size, starts, most }
    }

    /// The most that the candidates from `at` on come to with so many hours and so much money left.
    pub fn from(&self, at: usize, hours: i64, money: i64) -> i64 {
        let (row, column) = ((hours / self.hour_unit) as usize, (money / self.cent_unit) as usize);
        let within = row * self.columns + column.min(self.columns - 1);
        self.most[self.starts[at] + within.min(self.size - 1)]
    }
}

/// The unit something is counted in, and how many amounts of it are told apart, none among them: the greatest that divides
/// all that is asked for, but no more amounts than [`AMOUNTS`]. One if all can be had together.
fn unit(there: i64, asked: impl Iterator<Item = i64>) -> (i64, usize) {
    let (mut divisor, mut all) = (0, 0);
    for one in asked {
        divisor = common(divisor, one);
        all += one;
    }
    if all <= there || divisor == 0 {
        return (there.max(0) + 1, 1);
    }
    let unit = divisor.max(there.max(0) / AMOUNTS + 1);
    (unit, (there.max(0) / unit) as usize + 1)
}

/// The greatest common divisor.
fn common(mut one: i64, mut other: i64) -> i64 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}
