//! What there was, what came, what left, and what there is: 期初1260把，入库840把，领用975把，报损45把，期末1080把; 启动时只有3家…加入4家…
//! 又签下5家，无一退出，如今已是16家.

use std::collections::HashSet;

use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::MOST_TOGETHER;
use crate::relate::digits::printed::{interval, shown, shown_as};
use crate::relate::digits::slips::is_mistyped;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::around::said_before;
use crate::relate::wording::called::BEGINNINGS;
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
    "上年结余",
    "上年余额",
    "上年滚存",
    "上学年结余",
    "上学期结余",
    "上期结余",
    "上月结余",
    "上季结余",
    "上季度结余",
    "上届结余",
    "上年剩余",
    "原有",
    "原存",
    "开学时",
    "开学初",
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
    "赠书",
    "获赠",
    "受赠",
    "接受",
    "增购",
    "添置",
    "新添",
    "再添",
    "增设",
    "加装",
    "新装",
    "增配",
    "签下",
    "再有",
    "投放",
    "新投",
    "收到",
    "募集",
    "划拨",
    "拨入",
    "进料",
    "进货",
    "新成立",
    "新注册",
    "新开",
    "发展",
    "转来",
    "考入",
];
const LEFT: &[&str] = &[
    "领用", "消耗", "报损", "损耗", "出库", "发出", "发放", "使用", "剔旧", "剔除", "毕业", "下架", "结业", "支出",
    "耗用", "丢失", "退伍", "开除", "捐出", "赠出", "核销", "离校", "领取", "用去", "用掉", "迁出", "合并",
];
/// What there is at last, where what left in between need not be told.
const BY_NOW: &[&str] = &["如今", "现在", "眼下", "现已", "至今", "迄今", "当前"];
/// What began, before 时 or 之初.
const BEGAN: &[&str] =
    &["启动", "成立", "起步", "创办", "开办", "建校", "建院", "组建", "开业", "起家", "开园", "开馆"];

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
            && !nobody(c)
            && !some(c)
    };
    let claims: Vec<&Claim> = doc.claims.iter().filter(counted).collect();
    for paragraph in claims.chunk_by(|a, b| a.site.paragraph == b.site.paragraph) {
        let chains =
            paragraph.chunk_by(|a, b| a.site.chain == b.site.chain).flat_map(|chain| chain.chunks(MOST_TOGETHER));
        // 新增742.8万元（购置689.5万元、捐赠53.3万元）: what brackets divide came but once.
        let once = |chain: &[&Claim]| {
            let it = flow(doc, chain)?;
            let outer: Vec<&Claim> = chain.iter().copied().filter(|c| !cues::in_brackets(c)).collect();
            let fewer = it.finding == Finding::Inconsistent && outer.len() < chain.len();
            fewer.then(|| flow(doc, &outer)).flatten().filter(|it| it.finding == Finding::Consistent).or(Some(it))
        };
        let found: Vec<Relation> = chains.filter_map(once).collect();
        // 年初库存12.4吨，购进186.5吨。出库181.7吨。年底结存17.2吨: nothing else is counted so in between.
        let over_stops = || paragraph.len() <= MOST_TOGETHER && found.is_empty();
        all.extend(over_stops().then(|| flow(doc, paragraph).or_else(|| told_apart(doc, paragraph))).flatten());
        all.extend(found);
    }
}

/// 上年结余18.42万元。本年收入67.35万元，其中…。本年支出61.9万元，其中…。年末结余23.87万元: without what lies within each, and whatever else
/// is counted in between.
fn told_apart(doc: &Document, paragraph: &[&Claim]) -> Option<Relation> {
    let within = |c: &Claim| cues::in_brackets(c) || said_before(c).contains("其中");
    let outer: Vec<&Claim> = paragraph.iter().copied().filter(|c| !within(c)).collect();
    let units: HashSet<&str> = outer.iter().map(|c| c.unit.as_str()).collect();
    let mut units: Vec<&str> = units.into_iter().collect();
    units.sort_unstable();
    let of = |unit: &str| {
        let own: Vec<&Claim> = outer.iter().copied().filter(|c| c.unit == unit).collect();
        let it = flow(doc, &own)?;
        // Where nothing is told of those who left, or came, they may be left out.
        let has = |role: Role| it.members.iter().any(|(own, _)| *own == role);
        let both = has(Role::Part) && has(Role::Minus);
        (it.finding == Finding::Consistent || both).then_some(it)
    };
    units.into_iter().find_map(of)
}

/// 没有一家退出, 没有报废一台: one of which it is said that there is none.
fn nobody(claim: &Claim) -> bool {
    claim.value == Exact::int(1) && any_in(cues::item(claim), &["没有", "没", "未", "无", "不曾"])
}

/// 41位新同事来到山下，其中18位来自一线: some of those who came.
fn some(claim: &Claim) -> bool {
    claim.site.clause_text.trim_start_matches('，').starts_with("其中") && place_behind(claim).is_none()
}

/// 41位新同事带着憧憬来到山下, 17位老师退休或调往他处: who came or left may be counted before it is said.
fn place_behind(claim: &Claim) -> Option<Place> {
    const ARRIVED: &[&str] = &["来到", "加入", "入职", "加盟", "到岗"];
    const GONE: &[&str] = &["退休", "调往", "调离", "调走", "离开", "离职", "辞职"];
    let clause = &claim.site.clause_text;
    let behind = clause.split_once(claim.text.as_str()).map(|(_, behind)| behind).unwrap_or_default();
    match (any_in(behind, ARRIVED), any_in(behind, GONE)) {
        (true, false) => Some(Place::Came),
        (false, true) => Some(Place::Left),
        _ => None,
    }
}

/// A run of numbers of one unit, each of which is called one of the four; what there was and what there is once each.
fn flow(doc: &Document, chain: &[&Claim]) -> Option<Relation> {
    let mut places: Vec<(&Claim, Option<Place>)> =
        chain.iter().map(|c| (*c, place(doc, c).or_else(|| loose(c)))).collect();
    last_year_closes(&mut places);
    let rows = places.chunk_by(|a, b| a.0.unit == b.0.unit && a.1.is_some() && b.1.is_some());
    let of = |row: &[(&Claim, Option<Place>)], place: Place| -> Vec<Exact> {
        row.iter().filter(|(_, own)| *own == Some(place)).filter_map(|(c, _)| c.value).collect()
    };
    let row = rows.into_iter().find(|row| {
        of(row, Place::Opening).len() == 1
            && of(row, Place::Closing).len() == 1
            && row.len() >= 3
            && row.iter().all(|(c, _)| c.bound == Bound::Exact && alike(c, row[0].0))
    })?;
    let sum = |values: Vec<Exact>| values.into_iter().try_fold(Exact::ZERO, Exact::plus);
    let (opening, closing) = (*of(row, Place::Opening).first()?, *of(row, Place::Closing).first()?);
    let gives = opening.plus(sum(of(row, Place::Came))?)?.minus(sum(of(row, Place::Left))?)?;
    // Counts that miss by far are of something else.
    let apart = gives.apart(closing)?;
    let holds = apart <= slack(row)?;
    let told_so = row.iter().all(|(c, _)| place(doc, c).is_some());
    // Unless one sentence tells all of it.
    let has = |place: Place| row.iter().any(|(_, own)| *own == Some(place));
    let whole = told_so && has(Place::Came) && has(Place::Left);
    let whole = whole && row.iter().all(|(c, _)| c.site.sentence == row[0].0.site.sentence);
    let far = apart.times(Exact::int(5)?)? > closing && !whole;
    // 1833人报到。…，除招收新生外，转入27人: who came is told elsewhere.
    let member = |c: &Claim| row.iter().any(|(own, _)| own.id == c.id);
    let elsewhere = |c: &Claim| c.value == Some(apart) && c.unit == row[0].0.unit && !member(c);
    let told = doc.around(row[0].0).iter().any(|c| c.site.paragraph == row[0].0.site.paragraph && elsewhere(c));
    if !holds && (told || far || !told_so && !all_stayed(row, gives, closing)) {
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
        with: vec![("parts", said.clone()), ("sum", shown_as(whole, gives, 4)), ("whole", shown(whole))],
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

/// 2023年底，藏书41.26万册；…；2024年底42.47万册: of two ends of years the later is where it closes.
fn last_year_closes(places: &mut [(&Claim, Option<Place>)]) {
    if places.iter().any(|(_, own)| *own == Some(Place::Closing)) {
        return;
    }
    let mut ends: Vec<(usize, i32)> = Vec::new();
    for (n, (claim, own)) in places.iter().enumerate() {
        if *own == Some(Place::Opening) {
            ends.extend(year_ended(claim).map(|year| (n, year)));
        }
    }
    if let [(_, year), (last, next)] = ends[..]
        && year + 1 == next
    {
        places[last].1 = Some(Place::Closing);
    }
}

/// 2023年底，纸质藏书41.26万册; 截至2024年末有42.47万册: the year at the end of which it was so, as its clause or the one before says.
fn year_ended(claim: &Claim) -> Option<i32> {
    let mut clauses = said_before(claim).rsplit('，');
    let (own, before) = (clauses.next()?, clauses.next());
    let ended = |text: &str| {
        let (year, _) = ["年底", "年末"].iter().find_map(|word| text.split_once(word))?;
        year.trim_start_matches(|c: char| !c.is_ascii_digit()).parse::<i32>().ok()
    };
    let bare = |text: &&str| text.ends_with(['底', '末']) && text.chars().count() <= 9;
    ended(own).or_else(|| before.filter(bare).and_then(ended))
}

/// 21.64万册 and 8420册: what rounding may take away, where some are printed more finely than others.
fn slack(row: &[(&Claim, Option<Place>)]) -> Option<Exact> {
    if row.iter().all(|(c, _)| c.step == row[0].0.step) {
        return Some(Exact::ZERO);
    }
    let widths = row.iter().map(|(c, _)| interval(c).and_then(|(low, high)| high.minus(low)));
    let all = widths.into_iter().try_fold(Exact::ZERO, |sum, width| sum.plus(width?))?;
    all.over(Exact::int(2)?)
}

/// 无一退出, 没有拆除: is it said that nobody left, or is it a slip of so large a number that nobody need say so?
fn all_stayed(row: &[(&Claim, Option<Place>)], gives: Exact, closing: Exact) -> bool {
    const NOBODY: &[&str] = &["无一", "没有", "没", "未", "无", "不曾"];
    const LEAVES: &[&str] = &["离开", "离去", "掉队", "中断", "走", "拆", "关闭", "减员", "落下"];
    let says = |text: &str| {
        let denied = |(at, no): (usize, &str)| {
            let behind: String = text[at + no.len()..].chars().take(6).collect();
            LEAVING.iter().chain(LEAVES).any(|word| behind.contains(word))
        };
        let none = NOBODY.iter().any(|no| text.match_indices(no).any(denied));
        none || any_in(text, &["只增不减", "有增无减", "一个不少", "一家不少", "一人不少", "一个都没少"])
    };
    let large = closing >= Exact::whole(100) && is_mistyped(gives, closing);
    large || row.iter().any(|(c, _)| says(&c.site.paragraph_text))
}

/// 项目启动时，愿意一试的只有3家; 去年暑假前，摄像头有338路; 如今围在周围的伙伴已是16家: what there was when it began, and what there is by
/// now, in words that do not say that all between is told.
fn loose(claim: &Claim) -> Option<Place> {
    let item = cues::item(claim);
    if item.contains('占') || cues::is_rest(claim) {
        return None;
    }
    let before = said_before(claim);
    // 如今站在讲台上的，是345位同事.
    let told_of = before.strip_suffix("的，是").or_else(|| before.strip_suffix("的是"));
    let told_of = told_of.and_then(|text| text.rsplit('，').next()).unwrap_or_default();
    if any_in(item, BY_NOW) || any_in(told_of, BY_NOW) {
        return Some(Place::Closing);
    }
    // 2023年又有4家加入.
    let led = item.trim_end_matches(['又', '再', '有', '是', '先', '后', '陆', '续', '了']);
    let behind: String = claim.site.after.chars().take(6).collect();
    if led.len() < item.len() && any_in(&behind, &["加入", "入驻", "加盟", "落户", "入围", "投入使用", "到位"])
    {
        return Some(Place::Came);
    }
    if let Some(place) = place_behind(claim) {
        return Some(place);
    }
    let head = before.split('，').next().unwrap_or_default();
    let rest = &before[head.len()..];
    let first = rest.matches('，').count() <= 2 && !rest.contains(|c: char| c.is_ascii_digit());
    let opens = |text: &str| any_in(text, BEGINNINGS) || text.ends_with('时') && any_in(text, BEGAN);
    let ended = year_ended(claim).is_some_and(|year| (1900..2100).contains(&year));
    let earlier =
        ended || head.ends_with('前') && !["目前", "日前", "当前", "眼前"].iter().any(|now| head.ends_with(now));
    let began =
        first && !rest.is_empty() && head.chars().count() <= 12 && (opens(head) || earlier || OPENING.contains(&head));
    (began || any_in(item, BEGINNINGS)).then_some(Place::Opening)
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
