//! The import, at each step.

use super::{Sample, choice, frame, sample, strings};
use crate::{
    frame::Link,
    parts::{Change, Paging, Pick},
    screens::import::{
        CheckStep, ColumnsStep, CommitStep, FileStep, Fit, ImportColumn, ImportFinding, ImportResult, ImportRow,
        ImportView, SampleRow, SheetStep,
    },
    words::Words,
};

fn sheet() -> SheetStep {
    let row = |number, header, cells: &[&str]| SampleRow { number, header, cells: strings(cells) };
    SheetStep {
        sheets: vec![Pick::new("0", "毕业生（412 行）", true), Pick::new("1", "说明（9 行）", false)],
        header_row: "3".into(),
        sample: vec![
            row(1, false, &["2024届毕业生去向登记表", "", "", "", ""]),
            row(2, false, &["填报：招生就业处", "", "", "", ""]),
            row(3, true, &["学号", "毕业时间", "去向类别", "单位名称", "专业对口情况"]),
            row(4, false, &["20210316", "2024.6.30", "就业", "平湖某某汽车零部件制造有限公司", "对口"]),
            row(5, false, &["20210322", "2024.6.30", "升学", "某某职业技术大学", "对口"]),
        ],
        letters: strings(&["A", "B", "C", "D", "E"]),
        summary: "工作表「毕业生」，标题在第 3 行，数据 409 行".into(),
        again: Some("?step=sheet".into()),
    }
}

fn columns(w: Words) -> ColumnsStep {
    let column = |letter: &str, heading: &str, samples: &[&str], field: &str, fit| ImportColumn {
        letter: letter.into(),
        heading: heading.into(),
        samples: strings(samples),
        fields: vec![
            Pick::new("", w.t("import-field-none"), field.is_empty()),
            Pick::new("x", field, !field.is_empty()),
        ],
        fit,
    };
    ColumnsStep {
        columns: vec![
            column("A", "学号", &["20210316", "20210322", "20210407"], "学生", Fit::Exact),
            column("B", "毕业时间", &["2024.6.30", "2024.6.30", "2024.6.30"], "毕业日期", Fit::Near),
            column("C", "去向类别", &["就业", "升学", "就业"], "毕业去向", Fit::Exact),
            column(
                "D",
                "单位名称",
                &["平湖某某汽车零部件制造有限公司", "某某职业技术大学", "某某精密模具厂"],
                "就业单位",
                Fit::Exact,
            ),
            column("E", "专业对口情况", &["对口", "对口", "不对口（销售岗）"], "是否对口", Fit::Near),
            column("F", "家长电话", &["138****0001", "138****0002", "138****0003"], "", Fit::None),
        ],
        lacking: vec!["毕业证书编号".into()],
        summary: "6 列中 5 列已对应".into(),
        again: Some("?step=columns".into()),
    }
}

fn check(w: Words) -> CheckStep {
    let finding = |row: &str, cell: &str, heading: &str, value: &str, text: &str, mend: &str, warning| ImportFinding {
        row: row.into(),
        cell: cell.into(),
        heading: heading.into(),
        value: value.into(),
        text: text.into(),
        mend: mend.into(),
        warning,
    };
    let change = |field: &str, before: &str, after: &str| Change {
        field: field.into(),
        before: before.into(),
        after: after.into(),
    };
    CheckStep {
        tabs: vec![
            choice(&w.t("import-new"), "?rows=new", Some("386"), false),
            choice(&w.t("import-changed"), "?rows=changed", Some("14"), true),
            choice(&w.t("import-same"), "?rows=same", Some("5"), false),
            choice(&w.t("import-rejected"), "?rows=rejected", Some("4"), false),
        ],
        findings: vec![
            finding("17", "B17", "毕业时间", "2024/13/01", "「毕业日期」不是日期", "写成 2024-06-30，或留空", false),
            finding(
                "31",
                "A31",
                "学号",
                "2021O407",
                "没有学号“2021O407”的学生，是否为“20210407”？",
                "把字母 O 改成数字 0",
                false,
            ),
            finding("88", "D88", "单位名称", "", "已就业的须填写就业单位", "填上单位全称", false),
            finding("120", "", "", "", "与第 64 行是同一名学生", "保留一行", false),
            finding(
                "203",
                "C203",
                "去向类别",
                "待就业",
                "「毕业去向」没有“待就业”，已当作“求职中”",
                "不对的话请改",
                true,
            ),
        ],
        more_findings: w.t1("import-more-findings", "n", 12),
        rows: vec![
            ImportRow {
                row: "6".into(),
                title: "20210407 沈可".into(),
                href: Some("/registers/graduate/records/1".into()),
                outcome: w.t("import-changed"),
                fresh: false,
                changes: vec![change("毕业去向", "求职中", "就业"), change("就业单位", "", "某某精密模具厂")],
            },
            ImportRow {
                row: "9".into(),
                title: "20210418 周欣婷".into(),
                href: Some("/registers/graduate/records/2".into()),
                outcome: w.t("import-changed"),
                fresh: false,
                changes: vec![change("是否对口", "否", "是")],
            },
        ],
        paging: Paging { shown: w.t1("table-shown-all", "all", 14), ..Paging::default() },
        commented: Some("/registers/graduate/import/7/comments.xlsx".into()),
        summary: "新增 386 · 变化 14 · 相同 5 · 不能导入 4".into(),
    }
}

fn view(w: Words, step: u8) -> ImportView {
    ImportView {
        frame: frame(w, &w.t1("import-title", "register", "毕业生去向"), "/registers/graduate/import"),
        step,
        action: "/registers/graduate/import/7".into(),
        file: FileStep {
            chosen: (step > 1).then(|| "2024届毕业生去向登记表（招生就业处 6月20日修订稿 终稿2）.xlsx · 84 KB".into()),
            accept: ".xlsx,.xls,.ods,.csv".into(),
            limit: w.t1("import-limit", "size", "64 MB"),
            template: "/registers/graduate/template.xlsx".into(),
            restart: "/registers/graduate/import".into(),
        },
        sheet: (step > 1).then(sheet),
        columns: (step > 2).then(|| columns(w)),
        check: (step > 3).then(|| check(w)),
        commit: (step > 3).then(|| CommitStep {
            closed: false,
            good: "405".into(),
            bad: 4,
            all_good: false,
            digest: String::new(),
            sentence: w.with(
                "import-commit-sentence",
                &[("new", "386".into()), ("changed", "14".into()), ("same", "5".into()), ("rejected", "4".into())],
            ),
        }),
        result: (step > 5).then(|| ImportResult {
            sentence: w.t2("import-result-sentence", "new", 386, "changed", 14),
            links: vec![
                Link::new(w.t("import-result-records"), "/registers/graduate"),
                Link::new(w.t("import-result-rejected"), "/registers/graduate/import/7/rejected.xlsx"),
            ],
            undo: Some("/registers/graduate/import/7/undo".into()),
        }),
        faults: Vec::new(),
    }
}

pub(super) fn samples(w: Words) -> Vec<Sample> {
    vec![
        sample("import-1", &view(w, 1)),
        sample(
            "import-1-fault",
            &ImportView {
                faults: vec!["这个文件加了密码。请在 Excel 或 WPS 中取消密码后再上传。".into()],
                ..view(w, 1)
            },
        ),
        sample("import-2", &view(w, 2)),
        sample("import-3", &view(w, 3)),
        sample("import-4", &view(w, 4)),
        sample("import-done", &view(w, 6)),
    ]
}
