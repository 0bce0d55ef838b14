//! Places against what they were given for: 以96.5分列第一，以95.8分列第二，以96.1分列第三; 按借阅量由多到少：第一机电系9876册，
//! 第二商贸系10312册.

use jc_text::fold::is_han;

use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::digits::printed::shown;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::around::{head_of, offset, text_between};
use crate::relate::wording::cues;
use crate::words::any_in;

/// Verbs that lead to a place.
const TAKES: &[&str] = &[
    "列", "获", "居", "位列", "位居", "排", "排名", "名列", "排在", "夺得", "获得", "取得", "摘得", "荣获", "斩获",
    "拿下", "勇夺", "屈居", "暂列", "暂居", "分列", "分获",
];
/// What names another contest than the one before.
const ANOTHER: &[&str] = &[
    "组", "赛项", "项目", "赛", "科目", "课程", "工种", "单元", "环节", "理论", "实操", "男", "女", "站", "专业", "场",
    "轮", "在", "年", "届", "月", "评", "测", "期", "考",
];
/// What is nobody's name.
const NO_NAME: &[&str] = &[
    "奖", "扣", "加", "罚", "比", "高", "低", "差", "领先", "落后", "得分", "平均", "至少", "记", "计", "为", "多",
    "少", "仅",
];
/// Points of which the fewer are the better.
const LOST: &[&str] = &["扣分", "失分", "罚分", "扣了", "越低", "越少"];

/// Looks for all of them.
pub(in crate::relate) fn ranked(doc: &Document, all: &mut Vec<Relation>) {
    placed(doc, all);
    for sentence in doc.claims.chunk_by(|a, b| a.site.sentence == b.site.sentence) {
        all.extend(turned_in(sentence));
    }
}

/// 以96.5分列第一，以95.8分列第二，以96.1分列第三: the higher mark has the better place.
fn placed(doc: &Document, all: &mut Vec<Relation>) {
    let placed = doc.claims.windows(2).filter_map(|pair| {
        let [mark, place] = pair else { return None };
        let led = place.site.before.trim_end_matches(['第', '名', '的']);
        let said = led.is_empty() || TAKES.contains(&led);
        let marks = mark.unit == "分" && mark.kind == Kind::Quantity && mark.bound == Bound::Exact;
        (marks && place.kind == Kind::Rank && said && mark.site.clause == place.site.clause).then_some((mark, place))
    });
    let told_first = doc.claims.windows(2).filter_map(|pair| {
        // 第一名张明92.6分: nothing but who it is stands between.
        let [place, mark] = pair else { return None };
        let marks = mark.unit == "分" && mark.kind == Kind::Quantity && mark.bound == Bound::Exact;
        let who = text_between(place, mark);
        let named = (2..=4).contains(&who.chars().count()) && who.chars().all(is_han) && !any_in(who, NO_NAME);
        let opens = matches!(place.site.before.trim_start_matches(['，', '；']), "" | "其中");
        let fit = marks && named && opens && mark.site.clause == place.site.clause && mark.value >= Exact::int(20);
        (fit && place.kind == Kind::Rank).then_some((mark, place))
    });
    let placed: Vec<(&Claim, &Claim)> = placed.chain(told_first).collect();
    for pair in placed.windows(2) {
        let [(first, one), (second, other)] = pair else { continue };
        let row = first.site.sentence == second.site.sentence && second.site.clause == first.site.clause + 1;
        let against = one.value < other.value && first.value < second.value
            || one.value > other.value && first.value > second.value;
        // 教师组以…, 在焊接赛项以…: of another contest. Points that are lost are better few.
        let own = head_of(&second.site.clause_text, offset_in_clause(second));
        let apart = any_in(own, ANOTHER) || any_in(&first.site.sentence_text, LOST);
        if row && against && !apart {
            all.push(against_marks((first, &one.text), (second, &other.text)));
        }
    }
}

/// Where a number stands in its clause, in characters.
fn offset_in_clause(claim: &Claim) -> usize {
    let clause = &claim.site.clause_text;
    let led = claim.site.before.as_str();
    clause.find(led).map_or(0, |at| clause[..at + led.len()].chars().count())
}

/// Two numbers whose places are the other way round than they are.
fn against_marks((first, one): (&Claim, &str), (second, other): (&Claim, &str)) -> Relation {
    let working = Working {
        code: "rank-against-marks",
        with: vec![
            ("first", shown(first)),
            ("one", one.to_owned()),
            ("second", shown(second)),
            ("other", other.to_owned()),
        ],
        zh: format!("{}{one}、{}{other}，名次与数值相反", shown(first), shown(second)),
    };
    let members = vec![(Role::Claims, first), (Role::Claims, second)];
    relation(RelationKind::Exclusive, Finding::Inconsistent, members, working)
}

/// 按借阅量由多到少：机电系9876册、商贸系10312册、汽车系7120册: the one pair of a row that stands against the order it is told in.
fn turned_in(sentence: &[Claim]) -> Option<Relation> {
    const FALLING: &[&str] = &["由多到少", "从多到少", "由高到低", "从高到低", "由大到小", "从大到小"];
    const RISING: &[&str] = &["由少到多", "从少到多", "由低到高", "从低到高", "由小到大", "从小到大"];
    const ELSE: &[&str] = &["共", "合计", "总", "其中", "比", "较", "高出", "相差", "平均", "上年", "去年"];
    let first = sentence.first()?;
    let text = &*first.site.sentence_text;
    let said = |words: &[&str]| words.iter().filter_map(|word| Some(text.split_once(word)?.0.chars().count())).min();
    let (at, falls) = match (said(FALLING), said(RISING)) {
        (Some(at), None) => (at, true),
        (None, Some(at)) => (at, false),
        _ => return None,
    };
    let plain = |c: &&Claim| {
        let number = c.bound == Bound::Exact && c.numeral != Numeral::None && c.value.is_some();
        let measured = c.kind.counts() || matches!(c.kind, Kind::Money | Kind::Quantity | Kind::Rate | Kind::Hours);
        number && measured && c.each.is_none() && offset(c) > at
    };
    let head = sentence.iter().find(plain)?;
    let mut row = sentence.iter().filter(plain).filter(|c| c.unit == head.unit && c.kind == head.kind);
    let row: Vec<&Claim> = row.by_ref().take_while(|c| !any_in(&c.site.before, ELSE) && !cues::is_old(c)).collect();
    let against = |pair: &&[&Claim]| if falls { pair[0].value < pair[1].value } else { pair[0].value > pair[1].value };
    let turned: Vec<&[&Claim]> = row.windows(2).filter(against).collect();
    // What is out of order more than once was told in another one.
    let ([[one, other]], true) = (&turned[..], row.len() >= 3) else { return None };
    let place = |c: &Claim| row.iter().position(|it| it.id == c.id).map_or(String::new(), |n| format!("第{}", n + 1));
    Some(against_marks((one, &place(one)), (other, &place(other))))
}
