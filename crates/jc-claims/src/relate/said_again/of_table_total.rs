//! The total of a table told otherwise in the text: 自评得分 … 合计 94.5, and 自评总分92.5分; 实际人次 … 2182, 合格人次 … 2111, and
//! 培训2182人次，合格2101人次; and the price of one of its rows: 单价 … 0.92, and 每台9.2万元.

use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::slips::{is_mistyped, is_slip, ten_or_hundred};
use crate::relate::relations::Relation;
use crate::relate::wording::around::shared;
use crate::relate::wording::{cues, label};
use crate::words::any_in;

use super::twice::equal;

/// So many paragraphs below a table tell of its rows.
const BELOW: usize = 3;

/// Looks for all of them.
pub(super) fn of_table_total(doc: &Document, all: &mut Vec<Relation>) {
    beside_another(doc, all);
    price_of_row(doc, all);
    of_marks(doc, all);
}

/// What heads the column of a cell.
fn heading(cell: &Claim) -> &str {
    cell.site.before.trim_start_matches('：').strip_prefix("全部").unwrap_or_default()
}

/// 培训2182人次，合格2101人次, where 合计 has 2182 and, below 合格人次, 2111: the first is the total of its column, the second is none.
fn beside_another(doc: &Document, all: &mut Vec<Relation>) {
    let total = |c: &&Claim| c.site.cell.is_some_and(|cell| cell.total) && exact_cell(c) && c.kind.counts();
    let totals: Vec<&Claim> = doc.claims.iter().filter(total).collect();
    let pairs = doc.claims.windows(2).filter(|_| totals.len() >= 2);
    let told = pairs.filter_map(|pair| {
        let [first, c] = pair else { return None };
        let row = first.site.sentence == c.site.sentence && first.site.clause + 1 == c.site.clause;
        let plain = cues::for_itself(first) && cues::for_itself(c) && first.unit == c.unit;
        let same = totals.iter().find(|it| it.value == first.value && it.unit == first.unit)?;
        let name = label::lead(c);
        let named = name.chars().count() >= 2 && c.site.after.trim_matches(['，', '。']).is_empty();
        let column = |it: &&&Claim| {
            let own = it.site.sentence == same.site.sentence && it.id != same.id && it.unit == c.unit;
            own && heading(it).strip_prefix(name).is_some_and(|rest| ["", "人次", "人数", "数", "总数"].contains(&rest))
        };
        let mut columns = totals.iter().filter(column);
        let (other, None) = (columns.next()?, columns.next()) else { return None };
        let cell = doc.claims.iter().any(|it| it.site.cell.is_some() && it.value == c.value);
        let slip = other.value.zip(c.value).is_some_and(|(a, b)| is_slip(a, b)) && !cell;
        (row && plain && named && slip).then(|| equal(other, c, false))
    });
    all.extend(told.collect::<Vec<_>>());
}

fn exact_cell(claim: &Claim) -> bool {
    claim.bound == Bound::Exact && claim.value.is_some()
}

/// 图形工作站数量最多，共60台，每台9.2万元, below a table whose row of that name has 0.92 as its price.
fn price_of_row(doc: &Document, all: &mut Vec<Relation>) {
    let price = |c: &&Claim| {
        let head = c.site.before.trim_start_matches('：');
        let named = head.ends_with("单价") || head.ends_with("单价（万元）") || head.ends_with("单价（元）");
        c.site.cell.is_some_and(|cell| !cell.total) && c.kind == Kind::Money && exact_cell(c) && named
    };
    let prices: Vec<&Claim> = doc.claims.iter().filter(price).collect();
    let each = |c: &&Claim| {
        let lead = c.site.before.trim_start_matches('，');
        let each = ["每台", "每套", "每件", "每个", "每张", "每辆", "每册", "每本", "单价", "单价为"].contains(&lead);
        each && c.kind == Kind::Money && c.bound == Bound::Exact && c.site.cell.is_none()
    };
    let told = doc.claims.iter().filter(|_| !prices.is_empty()).filter(each).filter_map(|c| {
        let name = |it: &Claim| it.site.sentence_text.split_once('：').map(|(name, _)| name.to_string());
        let below = |it: &Claim| (it.site.paragraph + 1..=it.site.paragraph + 2 * BELOW).contains(&c.site.paragraph);
        let own = |it: &&&Claim| {
            name(it).is_some_and(|name| name.chars().count() >= 2 && c.site.sentence_text.starts_with(&name))
        };
        let mut named = prices.iter().filter(|it| below(it)).filter(own);
        let (row, None) = (named.next()?, named.next()) else { return None };
        let (a, b) = (row.value?, c.value?);
        (ten_or_hundred(a, b) || is_mistyped(steps(row, a)?, steps(row, b)?)).then(|| equal(row, c, false))
    });
    all.extend(told.collect::<Vec<_>>());
}

/// A number in steps of the last digit of another.
fn steps(like: &Claim, value: Exact) -> Option<Exact> {
    value.over(like.step)
}

/// 自评总分92.5分, where 合计 has 94.5.
fn of_marks(doc: &Document, all: &mut Vec<Relation>) {
    let total = |c: &&Claim| c.site.cell.is_some_and(|cell| cell.total) && c.bound == Bound::Exact && c.unit == "分";
    let totals: Vec<&Claim> = doc.claims.iter().filter(total).collect();
    if totals.is_empty() {
        return;
    }
    let said = |c: &&Claim| {
        let elsewhere =
            any_in(&c.site.sentence_text, &["满分", "上年", "去年", "上次", "复评", "目标", "力争", "平均"]);
        cues::for_itself(c) && c.unit == "分" && c.site.before.ends_with("总分") && !elsewhere
    };
    let told = doc.claims.iter().filter(said).filter_map(|c| {
        let name = c.site.before.strip_suffix("总分")?;
        let heading = |total: &&&Claim| {
            let heading = total.site.before.strip_prefix("全部").unwrap_or(&total.site.before);
            shared(name, heading) >= 2
        };
        let mut called = totals.iter().filter(heading);
        let total = called.next().filter(|_| called.next().is_none())?;
        let other = totals.iter().any(|other| other.value == c.value);
        let (one, two) = if total.site.start < c.site.start { (*total, c) } else { (c, *total) };
        (!other && total.unit == c.unit && !label::lead(c).is_empty()).then(|| equal(one, two, false))
    });
    all.extend(told.collect::<Vec<_>>());
}
