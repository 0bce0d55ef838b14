//! The goals of the year, as the school's office lists them after the plan of work is decided.

use super::plain;
use crate::SampleFile;

/// Indicator, goal, owner: what an office would set itself. Some are reached and some are not.
const GOALS: [(&str, &str, &str); 8] = [
    ("placement-rate", "98.5", "招生就业处"),
    ("matched-rate", "96", "招生就业处"),
    ("certificate-exam-rate", "95", "教务处"),
    ("skill-pass-rate", "96", "技能鉴定站"),
    ("gold-medal-count", "5", "实训与竞赛处"),
    ("award-person-times", "110", "实训与竞赛处"),
    ("parents-meeting-count", "8", "学生处"),
    ("home-visit-teacher-times", "600", "学生处"),
];

pub(super) fn files() -> Vec<SampleFile> {
    let rows =
        |year: i32| GOALS.map(|(indicator, goal, owner)| format!("{indicator},{year},{goal},{owner}\r\n")).concat();
    let text = format!("\u{feff}指标编号,年度,目标值,责任部门\r\n{}", rows(2024));
    vec![plain("2024年度目标任务分解.csv", "goal", text.into_bytes())]
}
