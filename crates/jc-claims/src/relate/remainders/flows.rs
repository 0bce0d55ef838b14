//! What there was, what came, what left, and what there is: 期初1260把，入库840把，领用975把，报损45把，期末1080把.

use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::MOST_TOGETHER;
use crate::relate::digits::printed::shown;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::comparable::{adds_up, alike};
use crate::relate::wording::cues;
use crate::words::{COMING, LEAVING, any_in};

/// What there was at first.
const OPENING: &[&str] = &[
    "期初",
    "年初",
    "月初",
    "季初",
    "学期初",
    "学年初",
    "上年末",
    "上季度末",
    "上季末",
    "上学期末",
    "上年底",
    "去年底",
    "去年末",
    "上期末",
    "上月末",
    "上期结存",
    "上年结存",
    "上年结转",
    "原有",
    "原存",
];
/// What there is at last.
const CLOSING: &[&str] =
    &["期末", "年末", "年底", "月末", "季末", "结存", "现存", "现有", "实有", "库存", "目前", "结余", "余额"];
/// Further words for coming and leaving, of things.
const CAME: &[&str] = &[
    "入库",
    "购入",
    "购进",
    "购置",
    "补充",
    "到货",
    "新购",
    "入学",
    "招收",
    "新收",
    "采购",
    "收入",
    "捐入",
    "调拨入",
    "新发展",
    "新聘",
    "增补",
];
const LEFT: &[&str] = &[
    "领用", "消耗", "报损", "损耗", "出库", "发出", "发放", "使用", "剔旧", "剔除", "毕业", "下架", "结业", "支出",
    "耗用", "丢失", "退伍", "开除",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Opening,
    Came,
    Left,
    Closing,
}

pub(in crate::relate) fn flows(doc: &Document, all: &mut Vec<Relation>) {
    let counted = |c: &&Claim| {
        (c.kind.counts() || c.kind == Kind::Change || adds_up(c))
            && c.numeral != Numeral::None
            && c.each.is_none()
            && c.site.cell.is_none()
            && !cues::per_head(c)
    };
    let claims: Vec<&Claim> = doc.claims.iter().filter(counted).collect();
    for paragraph in claims.chunk_by(|a, b| a.site.paragraph == b.site.paragraph) {
        let chains =
            paragraph.chunk_by(|a, b| a.site.chain == b.site.chain).flat_map(|chain| chain.chunks(MOST_TOGETHER));
        let found: Vec<Relation> = chains.filter_map(|chain| flow(doc, chain)).collect();
        // 年初库存12.4吨，购进186.5吨。出库181.7吨。年底结存17.2吨: nothing else is counted so in between.
        let over_stops = || paragraph.len() <= MOST_TOGETHER && found.is_empty();
        all.extend(over_stops().then(|| flow(doc, paragraph)).flatten());
        all.extend(found);
    }
}

/// A run of numbers of one unit, each of which is called one of the four; what there was and what there is once each.
fn flow(doc: &Document, chain: &[&Claim]) -> Option<Relation> {
    let places: Vec<(&Claim, Option<Place>)> = chain.iter().map(|c| (*c, place(doc, c))).collect();
    let rows = places.chunk_by(|a, b| a.0.unit == b.0.unit && a.1.is_some() && b.1.is_some());
    let of = |row: &[(&Claim, Option<Place>)], place: Place| -> Vec<Exact> {
        row.iter().filter(|(_, own)| *own == Some(place)).filter_map(|(c, _)| c.value).collect()
    };
    let row = rows.into_iter().find(|row| {
        of(row, Place::Opening).len() == 1
            && of(row, Place::Closing).len() == 1
            && row.len() >= 3
            && row.iter().all(|(c, _)| c.bound == Bound::Exact && c.step == row[0].0.step && alike(c, row[0].0))
    })?;
    let sum = |values: Vec<Exact>| values.into_iter().try_fold(Exact::ZERO, Exact::plus);
    let (opening, closing) = (*of(row, Place::Opening).first()?, *of(row, Place::Closing).first()?);
    let gives = opening.plus(sum(of(row, Place::Came))?)?.minus(sum(of(row, Place::Left))?)?;
    let holds = gives == closing;
    // Counts that miss by far are of something else.
    let apart = gives.apart(closing)?;
    if !holds && apart.times(Exact::int(5)?)? > closing {
        return None;
    }
    let printed = |place: Place, sign: &str| -> String {
        let own = row.iter().filter(|(_, own)| *own == Some(place));
        own.map(|(c, _)| format!("{sign}{}", shown(c))).collect()
    };
    let said = format!("{}{}{}", printed(Place::Opening, ""), printed(Place::Came, "+"), printed(Place::Left, "-"));
    let whole = row.iter().find(|(_, own)| *own == Some(Place::Closing)).map(|(c, _)| *c)?;
    let working = Working {
        code: if holds { "sum-holds" } else { "sum-fails" },
        with: vec![("parts", said.clone()), ("sum", gives.show(4)), ("whole", shown(whole))],
        zh: format!("{said}{}{}", if holds { "＝" } else { "≠" }, shown(whole)),
    };
    let role = |place: Place| match place {
        Place::Opening => Role::Old,
        Place::Came => Role::Part,
        Place::Left => Role::Minus,
        Place::Closing => Role::New,
    };
    let mut members: Vec<(Role, &Claim)> =
        row.iter().filter_map(|(c, own)| Some((role((*own)?), *c))).filter(|(role, _)| *role != Role::New).collect();
    members.push((Role::New, whole));
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let mut it = relation(RelationKind::Difference, finding, members, working);
    (it.computed, it.stated) = (Some(gives), whole.value);
    Some(it)
}

/// Which of the four a number is called in its own item.
fn place(doc: &Document, claim: &Claim) -> Option<Place> {
    let item = cues::item(claim);
    let item = item.trim_start_matches(['（', '“', '其', '中']);
    if item.chars().count() > 16 || item.contains('占') {
        return None;
    }
    // 2020年底为233人: the end of an earlier year.
    let dated = ["年底", "年末"].iter().find_map(|word| item.split_once(word)).is_some_and(|(year, _)| {
        let year = year.trim_start_matches(|c: char| !c.is_ascii_digit()).parse::<i32>().ok();
        let last = doc.period.as_ref().and_then(|period| period.years.last().copied());
        year.is_some_and(|year| last.is_none_or(|last| year < last))
    });
    if dated || any_in(item, OPENING) {
        return Some(Place::Opening);
    }
    // 当年结余36.83万元，年初净资产412.65万元，年末净资产449.48万元: what a year leaves comes to what there was.
    let of_year = ["当年", "本年", "当期", "本期"].iter().any(|word| item.starts_with(word));
    if of_year && any_in(item, &["结余", "盈余", "净增"]) {
        return Some(Place::Came);
    }
    if CLOSING.iter().any(|word| item.contains(word)) {
        return Some(Place::Closing);
    }
    let (came, left) =
        (any_in(item, COMING) || any_in(item, CAME), any_in(item, LEAVING) || any_in(item, LEFT) || claim.falls);
    match (came, left) {
        (true, false) => Some(Place::Came),
        (false, true) => Some(Place::Left),
        _ => None,
    }
}
