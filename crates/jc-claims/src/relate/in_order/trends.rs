//! A row that does not go the way it is said to go: 2021至2023年培养人数逐年上升，三年依次为820人、905人、880人; 2021年820人，2022年905人，2023年880人，逐年递增.
//!
//! Only a row of times can rise or fall so: each number has a year of its own, or the sentence names a stretch of time and
//! nothing else that the numbers could be of.

use crate::document::{Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::around::{said_before, shared, text_between};
use crate::relate::wording::cues;
use crate::words::any_in;

const STEP_BY_STEP: &[&str] =
    &["逐年", "逐月", "逐季", "逐届", "逐次", "年年", "连年", "连续三年", "连续两年", "连续四年", "连续五年"];
const RISES: &[&str] = &["上升", "递增", "增长", "增加", "提高", "攀升", "走高", "提升", "增多", "扩大"];
const FALLS: &[&str] = &["下降", "递减", "减少", "降低", "走低", "下滑", "回落", "缩减"];
/// Words by which a row is led to.
const IN_TURN: &[&str] = &["依次为", "依次是", "分别为", "分别是", "依次达", "分别达", "依次达到", "分别达到"];

/// What a sentence says of a row, and where.
struct Said<'a> {
    /// Bytes before and behind it.
    at: (usize, usize),
    /// 培养人数, of the clause it stands in.
    subject: &'a str,
    text: &'a str,
    rises: bool,
}

/// Looks for them sentence by sentence.
pub(in crate::relate) fn trends(doc: &Document, all: &mut Vec<Relation>) {
    for sentence in doc.claims.chunk_by(|a, b| a.site.sentence == b.site.sentence) {
        let Some(said) = said(&sentence[0].site.sentence_text) else { continue };
        let row = in_turn(sentence, &said).or_else(|| by_year(sentence, &said)).or_else(|| row_before(sentence, &said));
        all.extend(row.and_then(|row| broken(&row, &said)));
    }
}

/// The one trend of a sentence.
fn said(sentence: &str) -> Option<Said<'_>> {
    const SMALL: &[&str] = &["稳步", "稳定", "持续", "呈", "实现", "保持", "不断", "快速", "大幅", "小幅", "有所"];
    let (at, word) = STEP_BY_STEP.iter().filter_map(|word| Some((sentence.find(word)?, *word))).min()?;
    let rest = &sentence[at + word.len()..];
    let verb = SMALL.iter().find_map(|small| rest.strip_prefix(small)).unwrap_or(rest);
    let starts = |words: &[&'static str]| words.iter().find(|word| verb.starts_with(**word)).copied();
    let (found, rises) = starts(RISES).map(|verb| (verb, true)).or_else(|| starts(FALLS).map(|verb| (verb, false)))?;
    let end = at + word.len() + (rest.len() - verb.len()) + found.len();
    // 增幅逐年下降, 没有逐年上升, 除2023年外: of something else, or not so.
    let clause = sentence[..at].rsplit(['，', '；', '：']).next().unwrap_or_default();
    let other = any_in(clause, &["增幅", "增速", "降幅", "增长率", "不", "未", "没有", "除", "目标", "力争", "计划"]);
    let twice = STEP_BY_STEP.iter().any(|word| sentence[end..].contains(word));
    (!other && !twice && !any_in(sentence, &["除", "外，", "同比", "预计", "目标"])).then(|| Said {
        at: (at, end),
        subject: clause,
        text: &sentence[at..end],
        rises,
    })
}

/// 三年依次为820人、905人、880人: the numbers behind the trend, of a stretch of time that is named.
fn in_turn<'a>(sentence: &'a [Claim], said: &Said) -> Option<Vec<&'a Claim>> {
    let first = sentence.iter().position(|c| c.site.in_sentence.0 >= said.at.1 && value(c).is_some())?;
    let head = &sentence[first];
    let lead = head.site.sentence_text.get(said.at.1..head.site.in_sentence.0)?;
    let named = IN_TURN.iter().find_map(|word| lead.strip_suffix(word))?.trim_start_matches('，');
    let times =
        || any_in(said_before(head), &["三年", "四年", "五年", "各年", "各月", "个月", "季度", "学期", "三届", "四届"]);
    let stretch = sentence[..first].iter().any(|c| c.kind == Kind::Date && c.site.in_sentence.1 <= said.at.0);
    let bare = named.is_empty() || ["三年", "四年", "五年", "各年", "各月", "各季度", "历年", "三届"].contains(&named);
    let row = row(&sentence[first..])?;
    // 三个系逐年上升，分别为…: the numbers are of what was counted, or listed, before.
    let as_many = Exact::int(row.len().try_into().ok()?);
    let of_things = sentence[..first]
        .iter()
        .any(|c| c.kind.counts() && c.value == as_many && !c.unit.contains(['年', '月', '届', '期']));
    let listed = said_before(head).contains(['、', '和', '与']);
    (bare && (stretch || times()) && !of_things && !listed).then_some(row)
}

/// 近三年报名人数依次为412人、398人、371人，呈逐年上升态势: as many numbers as years, right before.
fn row_before<'a>(sentence: &'a [Claim], said: &Said) -> Option<Vec<&'a Claim>> {
    const LATELY: &[(&str, usize)] =
        &[("近三年", 3), ("近四年", 4), ("近五年", 5), ("三年来", 3), ("五年来", 5), ("三年间", 3), ("最近三年", 3)];
    let first = sentence.iter().position(|c| value(c).is_some())?;
    let lead = said_before(&sentence[first]);
    let (_, years) = LATELY.iter().find(|(word, _)| lead.contains(word))?;
    let row = row(&sentence[first..])?;
    let last = row.last()?;
    let between = last.site.sentence_text.get(last.site.in_sentence.1..said.at.0)?;
    let bare = ["，", "，呈", "，实现", "，保持", "，呈现"].contains(&between);
    let turn = IN_TURN.iter().any(|word| lead.ends_with(word));
    (bare && turn && row.len() == *years && !lead.contains('、')).then_some(row)
}

/// 820人、905人和880人: three at least, and nothing between them but signs.
fn row(claims: &[Claim]) -> Option<Vec<&Claim>> {
    let goes_on = |pair: &[Claim]| {
        let between = text_between(&pair[0], &pair[1]);
        let sign = ["、", "和", "与", "及", "，"].contains(&between);
        sign && pair[0].unit == pair[1].unit && pair[0].kind == pair[1].kind && value(&pair[1]).is_some()
    };
    let more = claims.windows(2).take_while(|pair| goes_on(pair)).count();
    (more >= 2).then(|| claims[..=more].iter().collect())
}

/// 2021年820人，2022年905人，2023年880人: each right behind a year of its own, one year after the other.
fn by_year<'a>(sentence: &'a [Claim], said: &Said) -> Option<Vec<&'a Claim>> {
    let dated = |pair: &'a [Claim]| {
        let [date, number] = pair else { return None };
        let year = date.value?.as_int().filter(|year| date.kind == Kind::Date && (1900..2200).contains(year))?;
        let plain = date.text.strip_suffix('年').is_some_and(|text| text.chars().count() == 4);
        (plain && value(number).is_some()).then_some((year, number, text_between(date, number)))
    };
    let row: Vec<(i128, &Claim, &str)> = sentence.windows(2).filter_map(dated).collect();
    let [(_, head, noun), ..] = row[..] else { return None };
    let noun = noun.trim_end_matches(['为', '是', '有', '达', '到', '了', '共']);
    let measured = sentence.iter().filter(|c| value(c).is_some()).count();
    let like = row
        .windows(2)
        .all(|pair| pair[1].0 == pair[0].0 + 1 && pair[1].1.unit == head.unit && pair[1].1.kind == head.kind);
    // 招生820人…，就业率逐年上升: of what the numbers are.
    let own = said.subject.trim_start_matches(['均', '都', '呈', '已', '连']);
    let known = format!("{}{}", said_before(head), noun);
    let before = said.at.1 <= head.site.in_sentence.0;
    let fits =
        if before { noun.is_empty() || shared(own, noun) >= 2 } else { own.is_empty() || shared(own, &known) >= 2 };
    let rate = own.ends_with('率') && head.kind != Kind::Rate;
    (row.len() >= 3 && measured == row.len() && like && fits && !rate).then(|| row.iter().map(|it| it.1).collect())
}

/// A number that may stand in such a row.
fn value(c: &Claim) -> Option<Exact> {
    let measured = c.kind.counts() || matches!(c.kind, Kind::Rate | Kind::Quantity);
    c.value.filter(|_| measured && cues::exact(c))
}

/// The first step that goes the other way.
fn broken(row: &[&Claim], said: &Said) -> Option<Relation> {
    let against =
        |pair: &&[&Claim]| if said.rises { pair[1].value < pair[0].value } else { pair[1].value > pair[0].value };
    let pair = row.windows(2).find(against)?;
    let (first, second) = (pair[0], pair[1]);
    let working = Working {
        code: "trend-broken",
        with: vec![("said", said.text.to_owned()), ("first", first.text.clone()), ("second", second.text.clone())],
        zh: format!("文中说“{}”，{}之后却是{}", said.text, first.text, second.text),
    };
    let members = vec![(Role::Claims, first), (Role::Claims, second)];
    Some(relation(RelationKind::Exclusive, Finding::Inconsistent, members, working))
}
