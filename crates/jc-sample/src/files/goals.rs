//! The goals of the year, as the school's office lists them after the plan of work is decided.

use super::plain;
use crate::SampleFile;

/// Indicator by its name, goal, owner: what an office would set itself. Some are reached and some are not.
const GOALS: [(&str, &str, &str); 8] = [
    ("毕业去向落实率", "98.5", "招生就业处"),
    ("对口率（全部毕业生）", "96", "招生就业处"),
    ("中德认证考试获证率", "95", "教务处"),
    ("技能等级认定合格率", "96", "技能鉴定站"),
    ("市技能节金牌数", "5", "实训与竞赛处"),
    ("技能竞赛获奖人次", "110", "实训与竞赛处"),
    ("家长会场数", "8", "学生处"),
    ("家访教师人次", "600", "学生处"),
];

pub(super) fn files() -> Vec<SampleFile> {
    let rows =
        |year: i32| GOALS.map(|(indicator, goal, owner)| format!("{indicator},{year},{goal},{owner}\r\n")).concat();
    let text = format!("\u{feff}指标名称,年度,目标值,责任部门\r\n{}", rows(2024));
    vec![plain("2024年度目标任务分解.csv", "goal", text.into_bytes())]
}
