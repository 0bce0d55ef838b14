//! Grades against the marks they are given for: 90分及以上为优秀，80—89.9分为良好, and 自评得分93.0分，等级为良好.

use jc_text::fold::is_han;

use crate::document::{Bound, Claim, Document, Kind};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::around::said_after;
use crate::words::any_in;

/// What leads to the grade that is given.
const GIVEN: &[&str] =
    &["等级为", "等次为", "等级是", "等次是", "评定为", "评为", "定为", "认定为", "结果为", "结论为"];

/// Looks for all of them.
pub(in crate::relate) fn bands(doc: &Document, all: &mut Vec<Relation>) {
    for paragraph in doc.claims.chunk_by(|a, b| a.site.paragraph == b.site.paragraph) {
        let bands: Vec<(&Claim, &str)> = paragraph.iter().filter_map(|c| Some((c, grade(c)?))).collect();
        let once = |grade: &str| bands.iter().filter(|(_, other)| *other == grade).count() == 1;
        let [(first, _), (_, _), ..] = bands[..] else { continue };
        if !bands.iter().all(|(band, grade)| band.unit == first.unit && once(grade)) {
            continue;
        }
        all.extend(paragraph.iter().filter(|c| c.unit == first.unit).find_map(|mark| against(mark, &bands)));
    }
}

/// The grade a band stands for: 90分及以上为优秀.
fn grade(band: &Claim) -> Option<&str> {
    let bounds = matches!(band.bound, Bound::AtLeast | Bound::AtMost | Bound::Range);
    let name = band.site.after.strip_prefix('为').or_else(|| band.site.after.strip_prefix("的为"))?;
    let name = name.trim_end_matches(['。', '，', '、', '；', '“', '”', '）']).trim_start_matches('“');
    let fit = bounds && band.site.cell.is_none() && (band.unit == "分" || band.kind == Kind::Rate);
    (fit && (2..=4).contains(&name.chars().count()) && name.chars().all(is_han)).then_some(name)
}

fn against(mark: &Claim, bands: &[(&Claim, &str)]) -> Option<Relation> {
    let plain = mark.bound == Bound::Exact && mark.site.cell.is_none();
    let behind = said_after(mark);
    let mut clauses = behind.split(['，', '。', '；']);
    let own = clauses.next().filter(|text| text.trim().is_empty()).and_then(|_| clauses.next())?;
    let given = GIVEN.iter().find_map(|word| own.split_once(word))?.1.trim_matches(['“', '”']);
    // 上年等级为良好, 原评为良好: of another time.
    let other = any_in(own, &["上年", "去年", "原", "上次", "拟", "力争"])
        || any_in(&mark.site.before, &["上年", "去年", "平均"]);
    let value = mark.value?;
    let holds = |band: &Claim| band.min.is_none_or(|least| value >= least) && band.max.is_none_or(|most| value <= most);
    let (band, name) = bands.iter().find(|(band, _)| holds(band))?;
    let known = bands.iter().any(|(_, grade)| *grade == given);
    (plain && !other && known && *name != given).then(|| {
        let limit: String =
            band.text.chars().filter(|c| !c.is_whitespace()).chain("为".chars()).chain(name.chars()).collect();
        let own: String = mark.text.chars().filter(|c| !c.is_whitespace()).collect();
        let working = Working {
            code: "verdict-fails",
            zh: format!("标准为{limit}，实为{own}，文中却说“{given}”"),
            with: vec![("limit", limit), ("value", own), ("said", given.to_string())],
        };
        let members = vec![(Role::Claims, *band), (Role::Claims, mark)];
        relation(RelationKind::Exclusive, Finding::Inconsistent, members, working)
    })
}
