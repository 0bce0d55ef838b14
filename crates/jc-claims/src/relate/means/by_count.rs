//! What comes to each of those that the words name: 培训5952人次…；全年支出798.7万元，…，按培训人次计算，每人次的平均支出为1342元. By whom one reckons, and which
//! money is shared out, are both said; wherever they were counted, they are meant.

use std::collections::HashSet;

use super::only;
use super::products::more_to_it;
use super::quotients::{fits, quotient};
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::relations::{Relation, RelationKind};
use crate::relate::wording::around::said_before;
use crate::relate::wording::cues;
use crate::units::counts_people;
use crate::words::{REGIONS, REQUIRED, any_in};

/// Words for what is paid, and other words for the same.
const MONEY: &[&[&str]] = &[
    &["支出", "开支", "花费", "费用", "成本", "花", "支付"],
    &["收入", "进账", "收费"],
    &["经费", "投入", "拨款"],
    &["补助", "补贴", "资助", "发放"],
    &["产值", "营业额", "销售额"],
];
/// How one says by whom it is reckoned.
const RECKONED: &[&str] = &["计算", "折算", "测算", "核算", "平均", "分摊", "均摊", "摊算", "计", "算", "平摊"];
/// Names of a number, and no part of the name of those counted.
const NUMBERS: &[&str] = &["总人次", "总人数", "人次数", "人次", "人数", "总数", "数量", "数", "人", "规模"];

/// Looks for all of them.
pub(super) fn by_count(doc: &Document, all: &mut Vec<Relation>) {
    let told = all.iter().filter(|it| it.primary && it.kind == RelationKind::Quotient);
    let told: HashSet<&str> = told.filter_map(|it| it.under_test()).collect();
    let open = |c: &&Claim| c.kind == Kind::Money && c.bound == Bound::Exact && c.site.cell.is_none();
    let each = doc.claims.iter().filter(open).filter(|c| !told.contains(c.id.as_str()) && !cues::is_old(c));
    let found: Vec<Relation> = each.filter_map(|each| of(doc, each)).collect();
    all.extend(found);
}

fn of(doc: &Document, each: &Claim) -> Option<Relation> {
    let clause = cues::item(each);
    let times = any_in(clause, &["每人次", "人次均"]);
    let head = any_in(clause, &["每人", "人均", "生均", "每生", "每名", "每位", "人次均"]);
    if !head || any_in(clause, REGIONS) || any_in(clause, REQUIRED) || clause.contains(['较', '比']) {
        return None;
    }
    let name = basis(each, clause)?;
    let words = MONEY.iter().find(|row| any_in(clause, row))?;
    let plain = |c: &Claim| cues::plain(c) && c.value > each.value && c.id != each.id;
    // 全年支出798.7万元，收支相抵结余65.5万元: the only money of that name in its sentence.
    let paid = |c: &&Claim| {
        let here = c.site.chain == each.site.chain && c.site.start < each.site.start;
        here && c.kind == Kind::Money && plain(c) && any_in(cues::item(c), words)
    };
    let paid: Vec<&Claim> = doc.around(each).iter().filter(paid).collect();
    let [total] = paid[..] else { return None };
    let counted = |c: &&Claim| {
        let unit = if times { c.unit == "人次" } else { counts_people(&c.unit) && c.unit != "人次" };
        let item = cues::item(c).trim_end_matches(['了', '共', '有', '为', '达', '的']);
        let called = NUMBERS.iter().find_map(|end| item.strip_suffix(end)).unwrap_or(item);
        let behind = called.is_empty() && c.site.after.trim_start_matches('的').starts_with(name);
        unit && plain(c)
            && c.kind != Kind::Money
            && c.site.start < each.site.start
            && (called.ends_with(name) || behind)
    };
    let holders = only(doc.around(each).iter().filter(|c| c.value > Exact::int(1)).filter(counted))?;
    let some =
        any_in(&total.site.clause_text, &["其中", "新增"]) || any_in(&holders.site.clause_text, &["其中", "新增"]);
    let gives = total.value?.over(holders.value?)?;
    let holds = fits(total, holders, each)?;
    // By more than a fifth it is of others.
    let apart = gives.apart(each.value?)?.times(Exact::int(5)?)?;
    let near = apart <= each.value? && !some && !more_to_it(each) && !more_to_it(total);
    (holds || near).then(|| quotient(total, holders, each, gives, holds))
}

/// 按培训人次计算, 以在校生折算, 培训每人次: by whom it is reckoned.
fn basis<'a>(each: &'a Claim, clause: &'a str) -> Option<&'a str> {
    let said = said_before(each);
    let mut clauses = said.rsplit(['，', '；', '：', '（']);
    let (own, last) = (clauses.next().unwrap_or_default(), clauses.next().unwrap_or_default());
    let reckoned = |text: &'a str| {
        let rest = text.rsplit(['按', '以', '照']).next().filter(|rest| rest.len() < text.len())?;
        RECKONED.iter().find_map(|word| rest.split_once(word)).map(|(name, _)| name)
    };
    let before = || {
        let (name, _) = clause.split_once("每人次").or_else(|| clause.split_once("每人"))?;
        Some(name.trim_end_matches(['平', '均', '的']))
    };
    let name = reckoned(own).or_else(|| reckoned(last)).or_else(before)?;
    let name = name.trim_start_matches(['实', '际', '全', '年', '总', '每']);
    let name = NUMBERS.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    (2..=6).contains(&name.chars().count()).then_some(name)
}
