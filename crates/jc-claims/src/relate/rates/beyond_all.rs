//! Shares of more than all there is: 合格率105%, 获奖率达到120%. Of those examined no more than all can have passed; a plan may be
//! fulfilled by more than a hundredth part, and of attendances more may be told than of people.

use crate::document::{Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::printed::shown;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation, tested};
use crate::words::any_in;

/// Shares of the ones that are looked at.
const OF_ALL: &[&str] = &[
    "合格率",
    "及格率",
    "优秀率",
    "优良率",
    "良好率",
    "通过率",
    "达标率",
    "上线率",
    "就业率",
    "落实率",
    "升学率",
    "毕业率",
    "结业率",
    "获奖率",
    "出勤率",
    "到课率",
    "出席率",
    "知晓率",
    "满意率",
    "好评率",
    "回收率",
    "有效率",
    "完好率",
    "准确率",
    "正确率",
    "办结率",
    "整改率",
    "占比",
];
/// What a share is of then may be less than what has it; or nobody says that it is so.
const OF_MORE: &[&str] = &[
    "毛",
    "计划",
    "目标",
    "任务",
    "预算",
    "指标",
    "人次",
    "相当",
    "增长",
    "同比",
    "折",
    "不可能",
    "误",
    "错",
    "不得",
    "不会",
    "怎么",
    "难道",
    "考核分",
    "加分",
    "倍",
];

/// Looks for all of them.
pub(super) fn beyond_all(doc: &Document, all: &mut Vec<Relation>) {
    let known = tested(all);
    let beyond = |c: &&Claim| c.kind == Kind::Rate && c.unit == "%" && c.value > Some(Exact::whole(100));
    let open = doc.claims.iter().filter(beyond).filter(|c| !known.contains(&c.id) && c.site.cell.is_none());
    let found: Vec<Relation> = open.filter_map(told).collect();
    all.extend(found);
}

fn told(rate: &Claim) -> Option<Relation> {
    let lead = rate.site.before.trim_end_matches(|c| "高达到为是在至升了仅也均都已约：".contains(c));
    let name = OF_ALL.iter().find(|name| lead.ends_with(**name))?;
    let plain = !any_in(&rate.site.sentence_text, OF_MORE) && !rate.site.before.contains(['“', '”']);
    let stated = shown(rate);
    let working = Working {
        code: "rate-beyond-all",
        zh: format!("{name}不会超过100%，文中为{stated}"),
        with: vec![("name", (*name).to_string()), ("stated", stated)],
    };
    let mut it = relation(RelationKind::Rate, Finding::Inconsistent, vec![(Role::Rate, rate)], working);
    it.stated = rate.value;
    plain.then_some(it)
}
