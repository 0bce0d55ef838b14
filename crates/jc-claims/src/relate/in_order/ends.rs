//! What ends before it begins: 职业教育活动周5月20日启动，5月8日结束.
//!
//! Of two days of one month, or where the same year is said of both. A year may lie between other months: 11月启动，3月结束.

use super::spans::month_and_day;
use crate::document::{Claim, Document, Kind};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::around::said_before;
use crate::words::any_in;

/// What begins and is over within weeks.
const SOON_OVER: &[&str] =
    &["启动", "开始", "开幕", "开班", "开营", "开赛", "开课", "开考", "举行开幕式", "开始报名", "启动报名"];
/// What may take years.
const BEGINS: &[&str] = &["开工", "动工", "开学", "立项", "入学", "施工", "奠基"];
const ENDS: &[&str] =
    &["结束", "闭幕", "结业", "收官", "落幕", "闭营", "结营", "竣工", "完工", "截止", "结题", "完成", "完赛"];
/// Words before the verb that add nothing.
const HOW: &[&str] = &["正式", "圆满", "顺利", "全部", "胜利", "全面", "如期全部", "如期", "按期", "提前"];
/// Words by which a year may lie between.
const YEARS: &[&str] = &[
    "次年",
    "翌年",
    "明年",
    "来年",
    "去年",
    "上年",
    "前年",
    "第二年",
    "下一年",
    "隔年",
    "跨年",
    "一年",
    "两年",
    "年后",
];

/// Looks for them sentence by sentence.
pub(in crate::relate) fn ends(doc: &Document, all: &mut Vec<Relation>) {
    for row in doc.claims.chunk_by(|a, b| a.site.sentence == b.site.sentence) {
        let dates: Vec<&Claim> = row.iter().filter(|c| c.kind == Kind::Date && c.site.cell.is_none()).collect();
        all.extend(dates.windows(2).filter_map(|pair| ends_before(pair[0], pair[1])));
    }
}

fn ends_before(begins: &Claim, ends: &Claim) -> Option<Relation> {
    if from_to(begins, ends) {
        return Some(tell(begins, ends));
    }
    let (from, to) = (month_and_day(&begins.text)?, month_and_day(&ends.text)?);
    let next = ends.site.clause == begins.site.clause + 1;
    // 读书节5月20日启动，科技节5月8日结束: only what goes on bare is of the same event.
    let lead = ends.site.before.trim_start_matches(['，', '、', '并', '于', '在', '至', '到']);
    let same_year = matches!(lead, "同年" | "当年") || same(year(&begins.text), year(&ends.text));
    let bare = matches!(lead, "" | "同年" | "当年" | "同月" | "当月");
    let verb = said(&begins.site.after)?;
    let soon = SOON_OVER.contains(&verb);
    let over = said(&ends.site.after).is_some_and(|verb| ENDS.contains(&verb));
    let near = soon && from.0 == to.0 && (year(&ends.text).is_none() || same_year);
    let apart = any_in(&begins.site.sentence_text, YEARS) || said_before(begins).contains("每年");
    let told = next && bare && over && (soon || BEGINS.contains(&verb)) && (near || same_year) && !apart;
    (told && to < from).then(|| tell(begins, ends))
}

/// 自2024年5月10日起，至2024年5月6日止: one year is said of both.
fn from_to(begins: &Claim, ends: &Claim) -> bool {
    let starts = begins.site.before.ends_with(['自', '从', '由']) && begins.site.after.trim_end_matches('，') == "起";
    let lead = ends.site.before.trim_start_matches('，');
    let over = matches!(lead, "至" | "到") && ends.site.after.starts_with('止');
    let day = |c: &Claim| month_and_day(&c.text);
    let earlier = day(begins).zip(day(ends)).is_some_and(|(from, to)| to < from);
    starts && over && earlier && same(year(&begins.text), year(&ends.text))
}

fn tell(begins: &Claim, ends: &Claim) -> Relation {
    let working = Working {
        code: "ends-before-it-begins",
        with: vec![("begins", begins.text.clone()), ("ends", ends.text.clone())],
        zh: format!("{}开始，{}结束：结束早于开始", begins.text, ends.text),
    };
    let members = vec![(Role::Claims, begins), (Role::Claims, ends)];
    relation(RelationKind::Exclusive, Finding::Inconsistent, members, working)
}

/// The verb a clause ends with: 圆满结束 is 结束.
fn said(after: &str) -> Option<&str> {
    let after = after.trim_end_matches(['，', '。', '；']);
    let verb = HOW.iter().find_map(|how| after.strip_prefix(how)).unwrap_or(after);
    (!verb.is_empty()).then_some(verb)
}

fn year(text: &str) -> Option<&str> {
    text.split_once('年').map(|(year, _)| year)
}

fn same(one: Option<&str>, other: Option<&str>) -> bool {
    one.is_some() && one == other
}
