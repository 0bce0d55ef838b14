//! Is planted bad arithmetic found, and right arithmetic left in peace?

use std::collections::BTreeMap;

use jc_claims::lexicon::Lexicon;
use jc_claims::read::read;
use jc_claims::relate::{Finding, relate};

use super::numbers::{ONE, Style, wide, written};
use super::reading::{found, some};
use super::{Dice, Sentence, Written};

/// A number or a word of a frame, not yet written out.
#[derive(Clone, Debug)]
enum Value {
    Count(i128, &'static str),
    /// Digits and decimals of a percentage.
    Percent(i128, usize),
    /// Tenths of percentage points.
    Points(i128),
    /// Steps of the last digit, decimals, 万 or 亿, unit.
    Scaled(i128, u32, &'static str, &'static str),
    /// Tenths of 倍.
    Times(i128),
    /// A decimal with its unit: 32.6人.
    Mean(i128, usize, &'static str),
    Words(String),
}

type Values = BTreeMap<&'static str, Value>;

/// One kind of arithmetic: frames that say the same, and values that agree or do not.
struct Case {
    name: &'static str,
    frames: &'static [&'static str],
    /// Values that agree, or, if asked, do not; nothing if the dice gave none.
    make: fn(&mut Dice, bool) -> Option<Values>,
    /// The least number of the sentence's numbers a contradiction must name.
    members: usize,
}

fn words(text: &str) -> Value {
    Value::Words(text.to_string())
}

/// `part/whole` in per cent, half up, in digits of so many decimals.
fn percent_of(part: i128, whole: i128, decimals: usize) -> i128 {
    let by = 100 * 10i128.pow(decimals as u32);
    (2 * part * by + whole) / (2 * whole)
}

/// A percentage that is off: two digits swapped, or simply another, but never one that rounding explains.
fn off(dice: &mut Dice, digits: i128, decimals: usize) -> i128 {
    let by = 10i128.pow(decimals as u32);
    let swapped: i128 = {
        let mut signs: Vec<char> = digits.to_string().chars().collect();
        if signs.len() >= 2 {
            let at = usize::try_from(dice.from(0, signs.len() as i128 - 2)).unwrap();
            signs.swap(at, at + 1);
        }
        signs.iter().collect::<String>().parse().unwrap()
    };
    let other = digits - dice.from(2, 9) * by;
    let wrong = if dice.one_in(2) { swapped } else { other };
    if (wrong - digits).abs() <= 2 || wrong <= 0 || wrong > 100 * by {
        (digits + 3 * by) % (100 * by) + 1
    } else {
        wrong
    }
}

// --- sums and subsets ---

/// Things that divide a whole: the whole's name, its parts' names, the unit.
const FAMILIES: &[(&str, [&str; 3], &str)] = &[
    ("获奖", ["一等奖", "二等奖", "三等奖"], "项"),
    ("学生在市赛中获奖", ["一等奖", "二等奖", "三等奖"], "人次"),
    ("立项课题", ["国家级", "省级", "市级"], "项"),
    ("获奖作品", ["金奖", "银奖", "铜奖"], "件"),
    ("招收新生", ["机电工程系", "信息工程系", "现代商务系"], "人"),
    ("参赛选手", ["中职组", "高职组", "教师组"], "名"),
    ("取得职业技能等级证书", ["高级工", "中级工", "初级工"], "人"),
    ("专任教师", ["高级职称", "中级职称", "初级职称"], "名"),
    ("发表论文", ["核心期刊", "省级期刊", "市级期刊"], "篇"),
];

fn parts(dice: &mut Dice) -> (Values, [i128; 3], &'static str) {
    let (whole, names, unit) = FAMILIES[usize::try_from(dice.from(0, FAMILIES.len() as i128 - 1)).unwrap()];
    let n = [dice.from(3, 40), dice.from(20, 90), dice.from(30, 300)];
    let mut it = Values::new();
    it.insert("W", words(whole));
    for (slot, name) in ["A", "B", "C"].into_iter().zip(names) {
        it.insert(slot, words(name));
    }
    for (slot, n) in ["a", "b", "c"].into_iter().zip(n) {
        it.insert(slot, Value::Count(n, unit));
    }
    (it, n, unit)
}

fn sum(dice: &mut Dice, wrong: bool) -> Option<Values> {
    let (mut it, n, unit) = parts(dice);
    let total: i128 = n.iter().sum();
    let by = if wrong { dice.from(1, 12) * if dice.one_in(2) { 1 } else { -1 } } else { 0 };
    it.insert("t", Value::Count(total + by, unit));
    Some(it)
}

/// The parts exceed the whole, or leave some of it.
fn within(dice: &mut Dice, wrong: bool) -> Option<Values> {
    let (mut it, n, unit) = parts(dice);
    let total: i128 = n.iter().sum();
    let by = if wrong { -dice.from(1, 12) } else { dice.from(0, 40) };
    it.insert("t", Value::Count(total + by, unit));
    Some(it)
}

fn one_within(dice: &mut Dice, wrong: bool) -> Option<Values> {
    let (mut it, ..) = parts(dice);
    let unit = if let Some(Value::Count(_, unit)) = it.get("a") { *unit } else { return None };
    let part = dice.from(20, 400);
    let by = if wrong { -dice.from(1, part - 1) } else { dice.from(1, 300) };
    it.insert("a", Value::Count(part, unit));
    it.insert("t", Value::Count(part + by, unit));
    Some(it)
}

fn nested(dice: &mut Dice, wrong: bool) -> Option<Values> {
    let unit = ["项", "人次", "个"][usize::try_from(dice.from(0, 2)).unwrap()];
    let top = dice.from(5, 40);
    let middle = if wrong { top - dice.from(1, 4) } else { top + dice.from(1, 40) };
    let all = top + middle + dice.from(5, 60);
    Some(Values::from([
        ("t", Value::Count(all, unit)),
        ("m", Value::Count(middle, unit)),
        ("a", Value::Count(top, unit)),
    ]))
}

fn rest(dice: &mut Dice, wrong: bool) -> Option<Values> {
    let (mut it, n, unit) = parts(dice);
    let by = if wrong { dice.from(1, 9) } else { 0 };
    it.insert("t", Value::Count(n.iter().sum::<i128>() + by, unit));
    Some(it)
}

fn money(dice: &mut Dice, wrong: bool) -> Option<Values> {
    let (a, b, c) = (dice.from(101, 999), dice.from(1001, 4999), dice.from(51, 400));
    let by = if wrong { dice.from(11, 90) } else { 0 };
    let wan = |steps| Value::Scaled(steps, 1, "万", "元");
    Some(Values::from([("a", wan(a)), ("b", wan(b)), ("c", wan(c)), ("t", wan(a + b + c + by))]))
}

fn each(dice: &mut Dice, wrong: bool) -> Option<Values> {
    let (groups, each) = (dice.from(3, 12), dice.from(4, 45));
    let by = if wrong { dice.from(1, 9) } else { 0 };
    Some(Values::from([
        ("g", Value::Count(groups, "个")),
        ("p", Value::Count(each, "人")),
        ("t", Value::Count(groups * each + by, "人")),
    ]))
}

// --- rates ---

/// A rate's whole, its result, its name and the unit.
const RATES: &[(&str, &str, &str, &str)] = &[
    ("应届毕业生", "就业", "就业率", "人"),
    ("毕业生", "落实去向", "毕业去向落实率", "名"),
    ("参加高级工考核", "合格", "合格率", "人"),
    ("报名参加技能等级认定", "通过", "通过率", "人"),
    ("录取新生", "报到", "报到率", "人"),
    ("发放问卷", "回收", "回收率", "份"),
    ("参加成人高考", "上线", "上线率", "人"),
    ("排查隐患", "整改", "整改率", "处"),
    ("参加培训教师", "结业", "结业率", "名"),
    ("计划招生", "完成", "完成率", "人"),
    ("参评课程", "达标", "达标率", "门"),
    ("参加考证", "获证", "获证率", "人"),
];

fn rate(dice: &mut Dice, wrong: bool) -> Option<Values> {
    let (whole, part, name, unit) = RATES[usize::try_from(dice.from(0, RATES.len() as i128 - 1)).unwrap()];
    let n = dice.from(30, 2500);
    let k = n * dice.from(40, 99) / 100;
    let decimals = usize::try_from(dice.from(1, 2)).unwrap();
    let right = percent_of(k, n, decimals);
    let printed = if wrong { off(dice, right, decimals) } else { right };
    // Of those left over the share may be right by chance.
    if wrong && (k == n || printed == percent_of(n - k, n, decimals)) {
        return None;
    }
    Some(Values::from([
        ("W", words(whole)),
        ("P", words(part)),
        ("Q", words(name)),
        ("n", Value::Count(n, unit)),
        ("k", Value::Count(k, unit)),
        ("r", Value::Percent(printed, decimals)),
    ]))
}

fn share(dice: &mut Dice, wrong: bool) -> Option<Values> {
    let all = [
        ("教职工", "高级职称教师", "名"),
        ("在校生", "女生", "人"),
        ("专任教师", "“双师型”教师", "人"),
        ("毕业生", "在本市就业", "人"),
        ("党员", "女党员", "名"),
        ("培训学员", "企业职工", "人次"),
        ("立项课题", "省级以上课题", "项"),
        ("合作企业", "规上企业", "家"),
    ];
    let (whole, part, unit) = all[usize::try_from(dice.from(0, 7)).unwrap()];
    let n = dice.from(40, 3000);
    let k = n * dice.from(10, 90) / 100;
    let decimals = usize::try_from(dice.from(1, 2)).unwrap();
    let right = percent_of(k, n, decimals);
    let printed = if wrong { off(dice, right, decimals) } else { right };
    if wrong && printed == percent_of(n - k, n, decimals) {
        return None;
    }
    Some(Values::from([
        ("W", words(whole)),
        ("A", words(part)),
        ("n", Value::Count(n, unit)),
        ("k", Value::Count(k, unit)),
        ("r", Value::Percent(printed, decimals)),
    ]))
}

/// Only one count beside the rate: are there whole numbers at all?
fn half_given(dice: &mut Dice, wrong: bool, top: bool) -> Option<Values> {
    let whole_names = [0, 1, 2, 3, 4, 6, 11];
    let (whole, part, name, unit) = RATES[whole_names[usize::try_from(dice.from(0, 6)).unwrap()]];
    let decimals = 2;
    let (n, k) = (dice.from(12, 90), 0);
    let k = k + n * dice.from(50, 97) / 100;
    let mut printed = percent_of(k, n, decimals);
    if wrong {
        printed += dice.from(1, 60);
    }
    let possible = if top {
        (k..=1000).any(|n| percent_of(k, n, decimals) == printed)
    } else {
        (0..=n).any(|k| percent_of(k, n, decimals) == printed)
    };
    if possible == wrong || printed >= 10_000 || k == 0 {
        return None;
    }
    Some(Values::from([
        ("W", words(whole)),
        ("P", words(part)),
        ("Q", words(name)),
        ("n", Value::Count(n, unit)),
        ("k", Value::Count(k, unit)),
        ("r", Value::Percent(printed, decimals)),
    ]))
}

fn shares_of_all(dice: &mut Dice, wrong: bool) -> Option<Values> {
    let (a, b) = (dice.from(200, 450), dice.from(150, 350));
    let by = if wrong { dice.from(6, 60) } else { 0 };
    Some(Values::from([
        ("a", Value::Percent(a, 1)),
        ("b", Value::Percent(b, 1)),
        ("c", Value::Percent(1000 - a - b + by, 1)),
    ]))
}

fn two_shares(dice: &mut Dice, wrong: bool) -> Option<Values> {
    let a = dice.from(200, 800);
    let by = if wrong { dice.from(6, 60) * if dice.one_in(2) { 1 } else { -1 } } else { 0 };
    Some(Values::from([("a", Value::Percent(a, 1)), ("b", Value::Percent(1000 - a + by, 1))]))
}

// --- growth ---

const GROWING: &[(&str, &str)] = &[
    ("招生", "人"),
    ("在校生规模", "人"),
    ("社会培训", "人次"),
    ("授权专利", "件"),
    ("发表论文", "篇"),
    ("合作企业", "家"),
    ("立项课题", "项"),
    ("志愿服务", "人次"),
];

fn growth(dice: &mut Dice, wrong: bool, falls: bool) -> Option<Values> {
    let (name, unit) = GROWING[usize::try_from(dice.from(0, GROWING.len() as i128 - 1)).unwrap()];
    let low = dice.from(20, 2000);
    let high = low + low * dice.from(5, 80) / 100;
    let (old, new) = if falls { (high, low) } else { (low, high) };
    let decimals = usize::try_from(dice.from(1, 2)).unwrap();
    let right = percent_of(high - low, old, decimals);
    let by_new = percent_of(high - low, new, decimals);
    let printed = if !wrong {
        right
    } else if dice.one_in(2) && (by_new - right).abs() > 2 {
        by_new
    } else {
        off(dice, right, decimals)
    };
    if high == low || (wrong && printed == right) {
        return None;
    }
    Some(Values::from([
        ("N", words(name)),
        ("o", Value::Count(old, unit)),
        ("w", Value::Count(new, unit)),
        ("d", Value::Count(high - low, unit)),
        ("r", Value::Percent(printed, decimals)),
    ]))
}

fn difference(dice: &mut Dice, wrong: bool) -> Option<Values> {
    let mut it = growth(dice, false, false)?;
    if let Some(Value::Count(d, unit)) = it.get("d").cloned() {
        it.insert("d", Value::Count(if wrong { d + dice.from(1, 20) } else { d }, unit));
    }
    Some(it)
}

fn fall_by(dice: &mut Dice, wrong: bool) -> Option<Values> {
    let mut it = growth(dice, false, true)?;
    if let Some(Value::Count(d, unit)) = it.get("d").cloned() {
        it.insert("d", Value::Count(if wrong { d + dice.from(1, 20) } else { d }, unit));
    }
    Some(it)
}

fn base_missing(dice: &mut Dice, wrong: bool) -> Option<Values> {
    let (name, unit) = GROWING[usize::try_from(dice.from(3, 6)).unwrap()];
    let (old, new) = (dice.from(3, 25), 0);
    let new = new + old + dice.from(1, 15);
    let decimals = usize::try_from(dice.from(0, 1)).unwrap();
    let printed = percent_of(new - old, old, decimals) + if wrong { dice.from(1, 15) } else { 0 };
    let possible = (1..new).any(|b| percent_of(new - b, b, decimals) == printed);
    (possible != wrong).then(|| {
        Values::from([("N", words(name)), ("w", Value::Count(new, unit)), ("r", Value::Percent(printed, decimals))])
    })
}

fn points(dice: &mut Dice, wrong: bool) -> Option<Values> {
    let low = dice.from(500, 850);
    let by = dice.from(11, 120);
    let name = ["就业率", "合格率", "双师型教师占比", "毕业去向落实率", "家长满意度", "对口就业率"];
    Some(Values::from([
        ("Q", words(dice.pick(&name))),
        ("p", Value::Percent(low, 1)),
        ("q", Value::Percent(low + by, 1)),
        ("z", Value::Points(if wrong { by + dice.from(1, 30) } else { by })),
    ]))
}

/// 80 % to 84 % is 4 percentage points, or 5 per cent.
fn points_as_percent(dice: &mut Dice, wrong: bool) -> Option<Values> {
    let low = dice.from(500, 850);
    let by = dice.from(31, 120);
    let right = (2 * by * 1000 + low) / (2 * low);
    (right - by > 3).then(|| {
        Values::from([
            ("Q", words("合格率")),
            ("p", Value::Percent(low, 1)),
            ("q", Value::Percent(low + by, 1)),
            ("r", Value::Percent(if wrong { by } else { right }, 1)),
        ])
    })
}

fn multiple(dice: &mut Dice, wrong: bool) -> Option<Values> {
    let old = dice.from(2, 60) * 10;
    let tenths = dice.from(15, 60);
    let wrongly = if wrong { tenths + dice.from(2, 12) } else { tenths };
    Some(Values::from([
        ("N", words(GROWING[usize::try_from(dice.from(0, 7)).unwrap()].0)),
        ("o", Value::Count(old, "人")),
        ("w", Value::Count(old * tenths / 10, "人")),
        ("x", Value::Times(wrongly)),
        ("y", Value::Times(wrongly - 10)),
    ]))
}

fn doubled(dice: &mut Dice, wrong: bool) -> Option<Values> {
    let old = dice.from(20, 900);
    let new = if wrong { old * 2 - dice.from(old / 4 + 1, old / 2 + 5) } else { old * 2 };
    Some(Values::from([("o", Value::Count(old, "人")), ("w", Value::Count(new, "人"))]))
}

fn mean(dice: &mut Dice, wrong: bool) -> Option<Values> {
    let (groups, people) = (dice.from(8, 70), dice.from(400, 3000));
    let tenths = (2 * people * 10 + groups) / (2 * groups);
    let by = if wrong { dice.from(6, 60) } else { 0 };
    Some(Values::from([
        ("g", Value::Count(groups, "个")),
        ("n", Value::Count(people, "人")),
        ("m", Value::Mean(tenths + by, 1, "人")),
    ]))
}

fn per_head(dice: &mut Dice, wrong: bool) -> Option<Values> {
    let (people, each) = (dice.from(20, 900), dice.from(4, 40) * 100);
    let total = people * each;
    if total % 1000 != 0 {
        return None;
    }
    let each = if wrong { each + 100 * dice.from(1, 6) } else { each };
    Some(Values::from([
        ("n", Value::Count(people, "人")),
        ("t", Value::Scaled(total / 100, 2, "万", "元")),
        ("m", Value::Count(each, "元")),
    ]))
}

fn ratio(dice: &mut Dice, wrong: bool) -> Option<Values> {
    let teachers = dice.from(60, 400);
    let tenths = dice.from(120, 220);
    let pupils = teachers * tenths / 10;
    let real = (2 * pupils * 10 + teachers) / (2 * teachers);
    let by = if wrong { dice.from(6, 30) } else { 0 };
    let printed = real + by;
    Some(Values::from([
        ("e", Value::Count(teachers, "人")),
        ("u", Value::Count(pupils, "人")),
        ("x", words(&format!("1:{}.{}", printed / 10, printed % 10))),
    ]))
}

// --- said twice, lists, exclusions ---

fn twice(dice: &mut Dice, wrong: bool) -> Option<Values> {
    let all = [
        ("在校生", "人"),
        ("专任教师", "人"),
        ("省级以上技能竞赛获奖", "项"),
        ("授权发明专利", "件"),
        ("校外实训基地", "个"),
    ];
    let (name, unit) = all[usize::try_from(dice.from(0, 4)).unwrap()];
    let n = dice.from(120, 4000);
    let other = if wrong { n + dice.from(1, 90) } else { n };
    Some(Values::from([("N", words(name)), ("a", Value::Count(n, unit)), ("b", Value::Count(other, unit))]))
}

fn rate_twice(dice: &mut Dice, wrong: bool) -> Option<Values> {
    let name = ["毕业生就业率", "技能等级认定合格率", "双证获取率", "用人单位满意率", "毕业去向落实率"];
    let n = dice.from(8000, 9900);
    let other = if wrong { off(dice, n, 2) } else { n };
    Some(Values::from([("Q", words(dice.pick(&name))), ("a", Value::Percent(n, 2)), ("b", Value::Percent(other, 2))]))
}

fn names(dice: &mut Dice, wrong: bool) -> Option<Values> {
    let mut all = ["王思远", "李佳琪", "张浩然", "陈雨桐", "刘子轩", "周文博", "吴晓彤", "郑凯", "孙倩", "徐海洋"];
    dice.shuffle(&mut all);
    let n = dice.from(2, 6);
    let listed = all[..usize::try_from(n).unwrap()].join("、");
    let n = if wrong { n + if n > 2 && dice.one_in(2) { -1 } else { 1 } } else { n };
    let text =
        if n == 2 { "两".to_string() } else { written(n, if dice.one_in(2) { Style::Chinese } else { Style::Plain }) };
    Some(Values::from([("L", words(&listed)), ("n", Value::Words(format!("#{text}名")))]))
}

fn nobody(dice: &mut Dice, wrong: bool) -> Option<Values> {
    let (_, part, name, unit) = RATES[[0, 2, 3, 4][usize::try_from(dice.from(0, 3)).unwrap()]];
    let printed = if wrong { 1000 } else { dice.from(900, 995) };
    Some(Values::from([
        ("P", words(part)),
        ("Q", words(name)),
        ("k", Value::Count(dice.from(2, 20), unit)),
        ("r", Value::Percent(printed, if printed == 1000 { 0 } else { 1 })),
    ]))
    .map(|mut it| {
        if wrong {
            it.insert("r", Value::Percent(100, 0));
        }
        it
    })
}

const CASES: &[Case] = &[
    Case {
        name: "sum, total last",
        frames: &[
            "全年{W}情况如下：{A}{a}、{B}{b}、{C}{c}，共{t}。",
            "{A}{a}，{B}{b}，{C}{c}，合计{t}。",
            "其中{A}{a}、{B}{b}、{C}{c}，共计{t}。",
            "{A}{a}、{B}{b}和{C}{c}，总计{t}。",
            "分别为{A}{a}、{B}{b}、{C}{c}，累计{W}{t}。",
        ],
        make: sum,
        members: 4,
    },
    Case {
        name: "sum, total first",
        frames: &[
            "{W}{t}：{A}{a}、{B}{b}、{C}{c}。",
            "{W}共{t}，分别为{A}{a}、{B}{b}、{C}{c}。",
            "共有{W}{t}，其中{A}{a}，{B}{b}，其余{c}为{C}。",
            "{W}{t}，由{A}{a}、{B}{b}、{C}{c}组成。",
            "{W}总数为{t}，即{A}{a}、{B}{b}、{C}{c}。",
        ],
        make: sum,
        members: 4,
    },
    Case {
        name: "parts within",
        frames: &[
            "{W}{t}，其中{A}{a}、{B}{b}、{C}{c}。",
            "{W}{t}（{A}{a}、{B}{b}、{C}{c}）。",
            "{W}共计{t}，包括{A}{a}、{B}{b}、{C}{c}。",
            "全年{W}{t}。其中，{A}{a}，{B}{b}，{C}{c}。",
            "{W}达到{t}，其中{A}{a}，{B}{b}，{C}{c}，成绩喜人。",
            "在{t}{W}中，{A}{a}，{B}{b}，{C}{c}。",
        ],
        make: within,
        members: 2,
    },
    Case {
        name: "one part within",
        frames: &[
            "{W}{t}，其中{A}{a}。",
            "今年{W}{t}，{A}就有{a}。",
            "{W}{t}（其中{A}{a}）。",
            "{W}{t}，含{A}{a}。",
            "{W}{t}。其中{A}{a}，占了不少。",
        ],
        make: one_within,
        members: 2,
    },
    Case {
        name: "nested levels",
        frames: &[
            "全年获奖{t}，其中省级以上{m}，国家级{a}。",
            "学生竞赛获奖{t}，其中省级及以上{m}（国家级{a}）。",
            "获奖{t}；其中，省级以上奖项{m}，含国家级{a}。",
            "省级以上获奖{m}，其中国家级{a}。",
        ],
        make: nested,
        members: 2,
    },
    Case {
        name: "the rest",
        frames: &[
            "{W}{t}，其中{A}{a}、{B}{b}，其余{c}。",
            "{W}共{t}，{A}{a}，{B}{b}，其余{C}{c}。",
            "{W}{t}，{A}{a}、{B}{b}，剩余{c}为{C}。",
        ],
        make: rest,
        members: 3,
    },
    Case {
        name: "money",
        frames: &[
            "项目总投资{t}，由中央财政{a}、省级财政{b}、学校自筹{c}构成。",
            "中央财政投入{a}，省级财政投入{b}，学校自筹{c}，合计{t}。",
            "经费来源包括：上级拨款{a}、培训收入{b}、社会捐赠{c}，共计{t}。",
        ],
        make: money,
        members: 3,
    },
    Case {
        name: "each",
        frames: &[
            "全班分成{g}小组，每组{p}，共{t}。",
            "开设{g}班，每班{p}，合计{t}。",
            "{g}系部各选派{p}，共计{t}参赛。",
            "共开班{g}，每班招收学员{p}，总计培训{t}。",
        ],
        make: each,
        members: 2,
    },
    Case {
        name: "rate",
        frames: &[
            "{W}{n}，{P}{k}，{Q}{r}。",
            "{W}{n}，其中{P}{k}，{Q}为{r}。",
            "今年{W}{n}，{P}{k}，{Q}达{r}。",
            "{Q}达{r}，{W}{n}，{P}{k}。",
            "{W}{n}，{Q}{r}，共{P}{k}。",
            "{W}{n}。其中，{P}{k}，{Q}{r}。",
            "{W}{n}，{P}{k}（{Q}{r}）。",
            "{W}共{n}，已{P}{k}，{Q}高达{r}，再创新高。",
            "{Q}{r}（{W}{n}，{P}{k}）。",
            "{W}{n}，实际{P}{k}，{Q}为{r}，较上年稳中有升。",
        ],
        make: rate,
        members: 3,
    },
    Case {
        name: "share",
        frames: &[
            "学校现有{W}{n}，其中{A}{k}，占{r}。",
            "现有{W}{n}，{A}{k}，占比{r}。",
            "{W}{n}，其中{A}{k}，占总数的{r}。",
            "{W}{n}，{A}{k}，占{W}总数的{r}。",
            "{A}{k}，占{W}总数（{n}）的{r}。",
            "共有{W}{n}，{A}占{r}，为{k}。",
            "{W}{n}，{A}有{k}，所占比例为{r}。",
            "{W}{n}，其中{A}{k}（占{r}）。",
        ],
        make: share,
        members: 3,
    },
    Case {
        name: "rate without whole",
        frames: &["今年{P}{k}，{Q}{r}。", "{Q}达{r}，{P}人数为{k}。", "共有{k}{P}，{Q}为{r}。"],
        make: |dice, wrong| half_given(dice, wrong, true),
        members: 2,
    },
    Case {
        name: "rate without part",
        frames: &["{W}{n}，{Q}{r}。", "今年{W}{n}，{Q}达{r}，成绩喜人。", "{W}共{n}，{Q}为{r}。"],
        make: |dice, wrong| half_given(dice, wrong, false),
        members: 2,
    },
    Case {
        name: "shares of all",
        frames: &[
            "教师中高级职称占{a}、中级职称占{b}、初级职称占{c}。",
            "按职称分，高级占{a}，中级占{b}，初级占{c}。",
            "毕业生去向中，升学占{a}，就业占{b}，其他占{c}。",
            "高级、中级、初级职称教师分别占{a}、{b}和{c}。",
        ],
        make: shares_of_all,
        members: 3,
    },
    Case {
        name: "two shares",
        frames: &[
            "男生占{a}，女生占{b}。",
            "其中男生占{a}、女生占{b}。",
            "男女生分别占{a}和{b}。",
            "女生占比{a}，男生占比{b}。",
        ],
        make: two_shares,
        members: 2,
    },
    Case {
        name: "growth",
        frames: &[
            "{N}由上年的{o}增加到{w}，增长{r}。",
            "{N}从{o}增至{w}，增幅{r}。",
            "{N}从{o}增长到{w}，增幅达{r}。",
            "{N}{w}，上年为{o}，同比增长{r}。",
            "{N}达{w}，比上年的{o}增长{r}。",
            "去年{N}{o}，今年{N}{w}，增长{r}。",
            "今年{N}{w}，去年{o}，同比增长{r}。",
            "{N}{w}，较去年（{o}）增长{r}。",
            "2023年{N}{o}，2024年{N}{w}，同比增长{r}。",
            "{N}由{o}提升至{w}，提升了{r}。",
            "{N}{w}，同比增长{r}（上年为{o}）。",
        ],
        make: |dice, wrong| growth(dice, wrong, false),
        members: 3,
    },
    Case {
        name: "decline",
        frames: &[
            "{N}由上年的{o}减少到{w}，下降{r}。",
            "{N}从{o}降至{w}，降幅{r}。",
            "{N}{w}，上年为{o}，同比下降{r}。",
            "去年{N}{o}，今年{N}{w}，减少{r}。",
        ],
        make: |dice, wrong| growth(dice, wrong, true),
        members: 3,
    },
    Case {
        name: "growth and difference",
        frames: &[
            "{N}{w}，比上年增加{d}，增长{r}。",
            "{N}较上年增加{d}，达到{w}，增幅{r}。",
            "{N}{w}，较上年净增{d}，同比增长{r}。",
            "{N}达{w}，同比增加{d}，增幅为{r}。",
        ],
        make: |dice, wrong| growth(dice, wrong, false),
        members: 3,
    },
    Case {
        name: "difference",
        frames: &[
            "{N}由{o}增加到{w}，增加{d}。",
            "去年{N}{o}，今年{w}，增加{d}。",
            "{N}{w}，比上年（{o}）多{d}。",
            "{N}从{o}增至{w}，净增{d}。",
            "{N}{w}，上年{o}，同比增加{d}。",
        ],
        make: difference,
        members: 3,
    },
    Case {
        name: "difference of a decline",
        frames: &["{N}由{o}减少到{w}，减少{d}。", "去年{N}{o}，今年{w}，减少{d}。", "{N}{w}，比上年（{o}）少{d}。"],
        make: fall_by,
        members: 3,
    },
    Case {
        name: "growth without base",
        frames: &[
            "{N}{w}，同比增长{r}。",
            "全年{N}{w}，较上年增长{r}。",
            "{N}达到{w}，比去年增长{r}。",
            "{N}{w}，增长{r}。",
        ],
        make: base_missing,
        members: 2,
    },
    Case {
        name: "points",
        frames: &[
            "{Q}由{p}提高到{q}，提高{z}。",
            "{Q}从{p}提升至{q}，提升了{z}。",
            "{Q}{q}，上年为{p}，提高{z}。",
            "{Q}达{q}，比上年的{p}提高{z}。",
            "去年{Q}{p}，今年{q}，上升{z}。",
        ],
        make: points,
        members: 3,
    },
    Case {
        name: "points given as per cent",
        frames: &[
            "{Q}由{p}提高到{q}，提高{r}。",
            "{Q}从{p}提升至{q}，提升了{r}。",
            "{Q}由去年的{p}上升到{q}，上升{r}。",
        ],
        make: points_as_percent,
        members: 3,
    },
    Case {
        name: "multiple",
        frames: &[
            "{N}由{o}增加到{w}，是原来的{x}。",
            "{N}{w}，是上年{o}的{x}。",
            "{N}由{o}增加到{w}，增长{y}。",
            "去年{N}{o}，今年{w}，为去年的{x}。",
        ],
        make: multiple,
        members: 3,
    },
    Case {
        name: "doubled",
        frames: &[
            "培训人数由{o}增加到{w}，翻了一番。",
            "培训人数从{o}增至{w}，实现翻番。",
            "去年招生{o}，今年招生{w}，翻一番。",
            "培训规模由{o}扩大到{w}，增长一倍。",
        ],
        make: doubled,
        members: 2,
    },
    Case {
        name: "mean",
        frames: &[
            "共有学生{n}、教学班{g}，班均{m}。",
            "教学班{g}，学生{n}，平均每班{m}。",
            "全校{g}班共{n}，班均{m}。",
        ],
        make: mean,
        members: 3,
    },
    Case {
        name: "per head",
        frames: &[
            "资助困难学生{n}，发放助学金{t}，人均{m}。",
            "向{n}发放奖学金{t}，人均{m}。",
            "发放助学金{t}，惠及学生{n}，平均每人{m}。",
        ],
        make: per_head,
        members: 3,
    },
    Case {
        name: "ratio",
        frames: &["专任教师{e}，在校生{u}，师生比为{x}。", "在校生{u}，专任教师{e}，师生比{x}。"],
        make: ratio,
        members: 2,
    },
    Case {
        name: "said twice",
        frames: &[
            "学校现有{N}{a}。校企合作不断深化。目前，{N}共{b}。",
            "全校{N}{a}。\n办学条件持续改善。{N}达{b}。",
            "截至年底，{N}{a}。师生面貌焕然一新。全校共有{N}{b}。",
        ],
        make: twice,
        members: 2,
    },
    Case {
        name: "rate said twice",
        frames: &["{Q}达{a}。校企合作不断深化。全年{Q}为{b}。", "全年{Q}为{a}。\n办学质量稳步提升，{Q}高达{b}。"],
        make: rate_twice,
        members: 2,
    },
    Case {
        name: "names",
        frames: &[
            "{L}{n}同学获评市级三好学生。",
            "{L}{n}老师荣获教学能力比赛奖项。",
            "{n}同学获奖：{L}。",
            "{n}同学（{L}）入选省集训队。",
        ],
        make: names,
        members: 1,
    },
    Case {
        name: "nobody left",
        frames: &["{Q}{r}，尚有{k}未{P}。", "今年{Q}达{r}，仅有{k}未{P}。", "未{P}{k}，{Q}{r}。"],
        make: nobody,
        members: 2,
    },
];

/// The values written into a frame.
fn fill(frame: &str, values: &Values, style: Style) -> Sentence {
    let counts = if style == Style::Thousands { Style::Thousands } else { style };
    Sentence::fill(frame, |it, name| match &values[name] {
        Value::Words(text) => match text.strip_prefix('#') {
            Some(number) => {
                let n = number.trim_end_matches('名');
                let value = ["两", "三", "四", "五", "六", "七"].iter().position(|w| *w == n).map(|at| at as i128 + 2);
                let value = value.or_else(|| n.parse().ok()).unwrap_or(1);
                it.number(Written::exact(number.to_string(), value * ONE, "名"));
            }
            None => it.say(text),
        },
        Value::Count(n, unit) => it.number(Written::count(*n, unit, counts)),
        Value::Percent(digits, decimals) => it.number(Written::percent(*digits, *decimals, style)),
        Value::Points(tenths) => {
            let text = format!("{}.{}个百分点", tenths / 10, tenths % 10);
            it.number(Written::exact(text, tenths * ONE / 10, "个百分点"));
        }
        Value::Scaled(steps, decimals, scale, unit) => {
            it.number(Written::scaled(*steps, *decimals, scale, unit));
        }
        Value::Times(tenths) => {
            let text = if tenths % 10 == 0 {
                format!("{}倍", tenths / 10)
            } else {
                format!("{}.{}倍", tenths / 10, tenths % 10)
            };
            it.number(Written::exact(text, tenths * ONE / 10, "倍"));
        }
        Value::Mean(steps, decimals, unit) => {
            let by = 10i128.pow(*decimals as u32);
            let text = format!("{}.{:0decimals$}", steps / by, steps % by, decimals = *decimals);
            let text = if style == Style::FullWidth { wide(&text) } else { text };
            it.number(Written::exact(format!("{text}{unit}"), steps * ONE / by, unit));
        }
    })
}

/// The contradictions of a text: for each how many of the sentence's numbers it names, and its working.
fn contradictions(sentence: &Sentence) -> Vec<(usize, String)> {
    let doc = read(&sentence.text, &Lexicon::default());
    let failing = relate(&doc).into_iter().filter(|r| r.primary && r.finding == Finding::Inconsistent);
    failing
        .map(|relation| {
            let named = sentence.golds.iter().filter(|gold| {
                relation
                    .members
                    .iter()
                    .filter_map(|(_, id)| doc.claim(id))
                    .any(|c| c.span.start < gold.end && c.span.end > gold.start)
            });
            (named.count(), format!("{} {}", relation.kind.word(), relation.working.zh))
        })
        .collect()
}

/// Values of a case, as many tries as the dice need.
fn values(case: &Case, dice: &mut Dice, wrong: bool) -> Values {
    (0..2000).find_map(|_| (case.make)(dice, wrong)).unwrap_or_else(|| panic!("no values for {}", case.name))
}

const QUIET: &[&str] = &[
    "学校坚持立德树人，不断提升办学水平。",
    "各部门密切配合，工作扎实推进。",
    "师生精神面貌焕然一新。",
    "下一步，学校将持续深化产教融合。",
    "相关经验在全省交流推广。",
];

#[test]
fn planted_contradictions_are_found_and_right_figures_left_in_peace() {
    let mut dice = Dice::new(7);
    let mut missed: Vec<String> = Vec::new();
    let mut alarms: Vec<String> = Vec::new();
    let mut table = String::new();
    let (mut sentences, mut right) = (0, 0);
    for case in CASES {
        let before = (missed.len(), alarms.len());
        let mut of_case = 0;
        for frame in case.frames {
            for style in [
                Style::Plain,
                Style::Plain,
                Style::Thousands,
                Style::Plain,
                Style::FullWidth,
                Style::Chinese,
                Style::Plain,
                Style::Plain,
            ] {
                let wrong = fill(frame, &values(case, &mut dice, true), style);
                let holds = fill(frame, &values(case, &mut dice, false), style);
                sentences += 2;
                right += 1;
                of_case += 1;
                let found = contradictions(&wrong);
                if !found.iter().any(|(named, _)| *named >= case.members) {
                    let told: Vec<&str> = found.iter().map(|f| f.1.as_str()).collect();
                    missed.push(format!("{}: {} {}", case.name, wrong.text, told.join("; ")));
                }
                alarms.extend(
                    contradictions(&holds).into_iter().map(|(_, told)| format!("{}: {} {told}", case.name, holds.text)),
                );
            }
        }
        table += &format!(
            "{:28} {of_case:4} planted, {:3} missed, {:3} false alarms\n",
            case.name,
            missed.len() - before.0,
            alarms.len() - before.1
        );
    }
    println!("{table}{sentences} sentences");
    let told = format!("{table}\n-- missed\n{}\n-- false alarms\n{}", some(&missed), some(&alarms));
    assert!(missed.is_empty(), "{} contradictions missed\n{told}", missed.len());
    assert!(alarms.len() * 100 <= right, "{} false alarms in {right}\n{told}", alarms.len());
}

#[test]
fn verdicts_do_not_hang_on_digits_or_order() {
    let mut dice = Dice::new(99);
    let mut changed = Vec::new();
    for case in CASES {
        for round in 0..3 {
            let wrong = round % 2 == 0;
            let values = values(case, &mut dice, wrong);
            for frame in case.frames {
                let verdict =
                    |sentence: &Sentence| contradictions(sentence).iter().any(|(named, _)| *named >= case.members);
                for style in [Style::Plain, Style::Thousands, Style::FullWidth, Style::Chinese] {
                    // Between quiet sentences, in any order.
                    let mut around: Vec<Sentence> = QUIET.iter().map(|text| Sentence::fill(text, |_, _| ())).collect();
                    around.push(fill(frame, &values, style));
                    dice.shuffle(&mut around);
                    let text = around.iter().fold(Sentence::default(), |all, one| all.then(one));
                    if verdict(&text) != wrong {
                        changed.push(format!("{}: {}", case.name, text.text.replace('\n', "⏎")));
                    }
                }
            }
        }
    }
    assert!(changed.is_empty(), "{} verdicts changed\n{}", changed.len(), some(&changed));
}

#[test]
fn the_numbers_of_the_cases_are_read() {
    let mut dice = Dice::new(3);
    let mut wrong = Vec::new();
    let mut numbers = 0;
    for case in CASES {
        for frame in case.frames {
            for style in [Style::Plain, Style::FullWidth, Style::Chinese] {
                let sentence = fill(frame, &values(case, &mut dice, false), style);
                let doc = read(&sentence.text, &Lexicon::default());
                numbers += sentence.golds.len();
                let faults = sentence.golds.iter().filter_map(|gold| found(&doc.claims, gold).err());
                wrong.extend(faults.map(|fault| format!("{fault}\n    {}", sentence.text)));
            }
        }
    }
    assert!(wrong.len() * 100 <= numbers * 3, "{} of {numbers}\n{}", wrong.len(), some(&wrong));
}
