//! The marks by which numbers that may be meant together are weighed.

use std::sync::LazyLock;

use super::groups::{Number, around};

/// Words that may lead to a number or follow it, by what they say.
pub(super) const CUES: [&[&str]; 22] = [
    &["占", "比重", "比例"],
    &["率"],
    &["共", "合计", "总", "累计", "全部"],
    &["现有", "在校", "在册", "设有"],
    &["其中"],
    &["上年", "去年", "上一年", "上届", "上学期", "上学年", "同期", "前一年", "往年", "年初", "原", "此前"],
    &["从", "由"],
    &["增", "升", "提高", "上涨", "涨", "多"],
    &["减", "降", "少", "缩短", "压"],
    &["剩", "余", "还有", "未", "没", "另", "欠", "缺", "不"],
    &["均", "每"],
    &["比", "较"],
    &["今年", "本年", "本学期", "本届", "目前"],
    &["到", "至", "达"],
    &["差"],
    &["又", "再", "新", "陆续"],
    &["完成", "合格", "通过", "办结", "落实"],
    &["计划", "应", "目标", "预算", "定"],
    &["分别", "依次"],
    &["支出", "花", "用"],
    &["收", "进"],
    &["一", "二", "三"],
];

const KINDS: usize = 11;
const PLACES: usize = 26;
const ORDERS: usize = 6;

/// The marks a group can bear: by name, how many of a kind there are.
const MARKS: [(&str, usize); 43] = [
    ("place-ab", PLACES),
    ("place-ac", PLACES),
    ("place-bc", PLACES),
    ("between-ab", 14),
    ("between-ac", 14),
    ("between-bc", 14),
    ("alike-between-ab", 14),
    ("alike-between-ac", 14),
    ("alike-between-bc", 14),
    ("shared-words-ab", 5),
    ("shared-words-ac", 5),
    ("shared-words-bc", 5),
    ("led-to-ab", 4),
    ("led-to-ac", 4),
    ("led-to-bc", 4),
    ("same-unit", 8),
    ("order", ORDERS),
    ("rank-a", 6 * ORDERS),
    ("rank-b", 6),
    ("others-here", 5),
    ("kind-a", KINDS),
    ("kind-b", KINDS),
    ("kind-c", KINDS),
    ("decimals", 27),
    ("lead-a", CUES.len() * ORDERS),
    ("lead-b", CUES.len() * ORDERS),
    ("lead-c", CUES.len() * ORDERS),
    ("tail-a", CUES.len()),
    ("tail-b", CUES.len()),
    ("tail-c", CUES.len()),
    ("places-ab-ac", PLACES * PLACES),
    ("places-ac-bc", PLACES * PLACES),
    ("places-ab-bc", PLACES * PLACES),
    ("own-words-a", 6),
    ("own-words-b", 6),
    ("own-words-c", 6),
    ("seldom-shared-ab", 6),
    ("seldom-shared-ac", 6),
    ("seldom-shared-bc", 6),
    ("parts", 8),
    ("goes-on", 4),
    ("widest-step", PLACES),
    ("of-parts", 4),
];

/// The number of a mark is that of its kind and how far along it is.
fn offset(kind: usize) -> usize {
    MARKS[..kind].iter().map(|(_, many)| many).sum()
}

static OFFSETS: LazyLock<[usize; MARKS.len()]> = LazyLock::new(|| std::array::from_fn(offset));

/// How many marks there are in all.
pub fn marks_in_all() -> usize {
    offset(MARKS.len())
}

/// The number of a mark by what it is called.
pub(super) fn number_of(name: &str, number: usize) -> Option<usize> {
    let kind = MARKS.iter().position(|(own, many)| *own == name && number < *many)?;
    Some(OFFSETS[kind] + number)
}

/// What a mark is called in the file of weights.
pub fn name_of(mark: usize) -> String {
    let kind = OFFSETS.iter().rposition(|from| *from <= mark).unwrap_or(0);
    format!("{} {}", MARKS[kind].0, mark - OFFSETS[kind])
}

/// Marks as they are set, kind by kind.
struct Row {
    marks: Vec<usize>,
    kind: usize,
}

impl Row {
    /// The only mark of the next kind.
    fn one(&mut self, number: usize) {
        self.all([number].into_iter());
    }

    /// All marks of the next kind.
    fn all(&mut self, numbers: impl Iterator<Item = usize>) {
        let (from, last) = (OFFSETS[self.kind], MARKS[self.kind].1 - 1);
        self.marks.extend(numbers.map(|n| from + n.min(last)));
        self.kind += 1;
    }
}

/// The marks of three numbers, of which the last is the printed one.
pub(super) fn marks(numbers: &[Number], three: [usize; 3]) -> Vec<usize> {
    let of = three.map(|n| &numbers[n]);
    let pairs = [(0, 1), (0, 2), (1, 2)];
    let mut marks = Row { marks: Vec::with_capacity(48), kind: 0 };
    let places = pairs.map(|(a, b)| place(of[a], of[b]));
    places.iter().for_each(|place| marks.one(*place));
    let between = |(a, b): (usize, usize)| {
        let (from, to) = (three[a].min(three[b]), three[a].max(three[b]));
        (numbers.get(from + 1..to).unwrap_or_default(), usize::from(three[a] > three[b]) * 7)
    };
    for pair in pairs {
        let (between, turned) = between(pair);
        marks.one(turned + several(between.len()));
    }
    for pair in pairs {
        let (between, turned) = between(pair);
        let alike = between.iter().filter(|it| it.unit == of[pair.1].unit).count();
        marks.one(turned + several(alike));
    }
    for (a, b) in pairs {
        marks.one(of[a].words.shared(&of[b].words));
    }
    for (a, b) in pairs {
        let (first, second) = if three[a] < three[b] { (a, b) } else { (b, a) };
        marks.one(of[first].leading.shared(&of[second].words));
    }
    let unit = |a: usize, b: usize| usize::from(of[a].unit == of[b].unit);
    marks.one(unit(0, 1) + 2 * unit(0, 2) + 4 * unit(1, 2));
    let order = match (three[0] < three[1], three[0] < three[2], three[1] < three[2]) {
        (true, true, true) => 0,
        (true, true, false) => 1,
        (false, true, true) => 2,
        (false, false, true) => 3,
        (true, false, false) => 4,
        _ => 5,
    };
    marks.one(order);
    let rank = |whose: usize, counts: &dyn Fn(&&Number) -> bool| {
        if three[whose] > three[2] {
            return 5;
        }
        let later = numbers[three[whose] + 1..three[2].max(three[whose] + 1)]
            .iter()
            .filter(|it| it.like(of[whose]) && counts(it));
        later.count().min(4)
    };
    marks.one(6 * order + rank(0, &|_| true));
    marks.one(rank(1, &|it| it.value >= of[1].value));
    let here = around(numbers, three[2], (12, 12)).filter(|n| !three.contains(n));
    marks.one(here.filter(|n| numbers[*n].claim.site.sentence == of[2].claim.site.sentence).count());
    of.iter().for_each(|it| marks.one(it.kind()));
    let decimals = of.map(|it| usize::from(it.claim.decimals.min(2)));
    marks.one(decimals[0] * 9 + decimals[1] * 3 + decimals[2]);
    let said = |cues: u32| (0..CUES.len()).filter(move |n| cues >> n & 1 == 1);
    of.iter().for_each(|it| marks.all(said(it.lead).map(|n| n * ORDERS + order)));
    of.iter().for_each(|it| marks.all(said(it.tail)));
    for (p, q) in [(0, 1), (1, 2), (0, 2)] {
        marks.one(places[p] * PLACES + places[q]);
    }
    for n in 0..3 {
        let others = (0..3).filter(|m| *m != n).flat_map(|m| [&of[m].words, &of[m].leading]);
        marks.one(of[n].named.alone(others));
    }
    for (a, b) in pairs {
        marks.one(of[a].seldom.shared(&of[b].seldom));
    }
    marks.marks
}

/// The marks of parts in a row and their total: those of the first, the last and the total, and those of the row; `goes_on`
/// says whether there are more like them before and behind.
pub(super) fn marks_of_row(numbers: &[Number], parts: &[usize], total: usize, goes_on: [bool; 2]) -> Vec<usize> {
    let mut marks = marks(numbers, [parts[0], parts[parts.len() - 1], total]);
    let [before, behind] = goes_on.map(usize::from);
    let steps = parts.windows(2).map(|two| place(&numbers[two[0]], &numbers[two[1]]));
    let between = parts.windows(2).filter(|two| two[1] > two[0] + 1).count();
    let of_row = [parts.len() - 3, before + 2 * behind, steps.max().unwrap_or(0), between];
    let kinds = MARKS.len() - of_row.len()..;
    marks.extend(kinds.zip(of_row).map(|(kind, n)| OFFSETS[kind] + n.min(MARKS[kind].1 - 1)));
    marks
}

/// How far apart two stand, and which is first.
fn place(a: &Number, b: &Number) -> usize {
    let turned = usize::from(a.at > b.at) * (PLACES / 2);
    let (a, b) = (&a.claim.site, &b.claim.site);
    let clauses = a.clause.abs_diff(b.clause);
    turned
        + match () {
            () if clauses == 0 => 0,
            () if a.sentence == b.sentence => clauses.min(4),
            () if a.chain == b.chain => 5,
            () if a.paragraph == b.paragraph => 5 + a.chain.abs_diff(b.chain).min(4),
            () => 9 + a.paragraph.abs_diff(b.paragraph).min(3),
        }
}

fn several(many: usize) -> usize {
    match many {
        0..=4 => many,
        5..=7 => 5,
        _ => 6,
    }
}
