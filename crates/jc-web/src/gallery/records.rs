//! Lists, records, forms, the inbox.

use super::{Sample, choice, done, frame, sample};
use crate::{
    frame::{Frame, Link},
    parts::{
        Cell, Change, Column, Evidence, FieldLine, FieldValue, FindingLine, Happening, Leave, Paging, Paper, Pick, Row,
        Slot, StateMark, Table, Upload,
    },
    screens::{
        export::ExportView,
        form::{Conflict, FormField, FormView, Input, Same},
        inbox::{InboxItem, InboxRecord, InboxView, ReminderRow},
        list::{Condition, ListActions, ListView, Total},
        record::{Action, Feed, How, RecordView},
    },
    words::Words,
};
use jc_base::RecordState;

const ROWS: [[&str; 7]; 8] = [
    ["20210316", "林雨辰", "21数控高级1班", "就业", "平湖某某汽车零部件制造有限公司", "是", "2024-06-30"],
    ["20210322", "许念安", "21机电一体化（中德）1班", "升学", "某某职业技术大学", "是", "2024-06-30"],
    ["20210407", "沈*", "21模具1班", "就业", "某某精密模具厂", "否", "2024-06-30"],
    ["20210418", "周欣婷", "21电商2班", "自主创业", "个体工商户", "是", "2024-06-30"],
    [
        "20210501",
        "欧阳慕容雪莲娜扎提",
        "21工业机器人应用与维护（校企合作订单培养）3班",
        "就业",
        "长三角（平湖）国际先进装备智能制造与工业互联网协同创新中心有限公司",
        "是",
        "2024-06-30",
    ],
    ["20210502", "陈一", "21数控高级1班", "", "", "", "2024-06-30"],
    ["20210507", "吴思源", "21数控高级2班", "应征入伍", "", "", "2024-06-30"],
    ["20210511", "郑可", "21数控高级2班", "就业", "某某轴承厂", "是", "2024-06-30"],
];
const HEADS: [&str; 7] = ["学生", "姓名", "班级", "毕业去向", "就业单位", "是否对口", "毕业日期"];

/// The sample table, its last rows left with reasons.
pub(super) fn table(w: Words, pick: bool) -> Table {
    let states = [
        RecordState::Verified,
        RecordState::Verified,
        RecordState::Submitted,
        RecordState::Returned,
        RecordState::Draft,
    ];
    Table {
        caption: "毕业生去向".into(),
        columns: HEADS
            .iter()
            .enumerate()
            .map(|(i, head)| Column {
                label: (*head).into(),
                sort: Some(format!("/registers/graduate?year=2024&sort={i}")),
                direction: (i == 0).then_some("ascending"),
                number: false,
            })
            .collect(),
        rows: ROWS
            .iter()
            .zip(states.into_iter().cycle())
            .enumerate()
            .map(|(i, (cells, state))| Row {
                id: i.to_string(),
                href: Some("/registers/graduate/records/0193ab04-0506-7008-090a-0b0c0d0e0fff".into()),
                cells: cells
                    .iter()
                    .zip(HEADS)
                    .map(|(text, head)| Cell {
                        label: head.into(),
                        text: (*text).into(),
                        whole: matches!(head, "学生" | "毕业日期"),
                        ..Cell::default()
                    })
                    .collect(),
                state: Some(StateMark::new(w, state)),
                note: if i % 5 < 2 { "06-21 李".into() } else { String::new() },
            })
            .collect(),
        states: true,
        pick,
        compact: false,
    }
}

pub(super) fn paging(w: Words) -> Paging {
    Paging {
        shown: w.with("table-shown", &[("all", "407".into()), ("from", "51".into()), ("to", "58".into())]),
        first: Some("/registers/graduate?year=2024".into()),
        previous: Some("/registers/graduate?year=2024&before=3".into()),
        next: Some("/registers/graduate?year=2024&after=3".into()),
    }
}

fn list(w: Words, rows: bool, filtered: bool) -> ListView {
    let link = |label: String| Link::new(label, "/registers/graduate?year=2024");
    let chosen = |field: &str, value: &str| link(w.t2("list-condition", "field", field, "value", value));
    let crumbs =
        vec![Link::new(w.t("nav-registers"), "/registers"), Link::new(w.t("area-training"), "/areas/training")];
    ListView {
        frame: Frame { crumbs, ..frame(w, "毕业生去向 2024届", "/registers/graduate") },
        about: w.with(
            "list-about",
            &[
                ("about", "每名毕业生一条：去哪里、是否对口、凭什么。".into()),
                ("keeper", "招生就业处".into()),
                ("verifier", "教务处".into()),
            ],
        ),
        definition: "/catalog/graduate".into(),
        action: "/registers/graduate".into(),
        kept: vec![("year".into(), "2024".into())],
        q: if filtered { "zzz".into() } else { String::new() },
        conditions: ["状态", "院系", "专业", "班级"]
            .iter()
            .enumerate()
            .map(|(i, label)| Condition {
                name: format!("c{i}"),
                label: (*label).into(),
                picks: vec![Pick::new("", w.t("list-any"), true), Pick::new("1", "数控系", false)],
            })
            .collect(),
        chosen: if rows || filtered {
            vec![chosen("院系", "数控系"), chosen("状态", &w.t("state-submitted"))]
        } else {
            Vec::new()
        },
        clear: "/registers/graduate?year=2024".into(),
        table: if rows { table(w, true) } else { Table::default() },
        counts: vec![link(w.t2("list-count-state", "state", w.t("state-verified"), "n", 407))],
        totals_label: w.t("list-totals-verified"),
        hindered: None,
        totals: vec![
            Total { label: "毕业生".into(), value: "407".into(), unit: "人".into() },
            Total { label: "已就业或升学".into(), value: "404".into(), unit: "人".into() },
        ],
        paging: paging(w),
        density: Link::new(w.t("list-compact"), "/registers/graduate?dense=1"),
        actions: ListActions {
            coverage: Vec::new(),
            create: Some("/registers/graduate/new".into()),
            import: Some("/registers/graduate/import".into()),
            template: Some("/registers/graduate/template.xlsx".into()),
            export: Some("/registers/graduate/export".into()),
            submit: Some("/registers/graduate/submit".into()),
        },
        filtered,
    }
}

fn line(id: &str, label: &str, value: FieldValue) -> FieldLine {
    FieldLine { id: id.into(), label: label.into(), value, note: String::new() }
}

fn text(t: &str) -> FieldValue {
    if t.is_empty() { FieldValue::Missing } else { FieldValue::Text(t.into()) }
}

fn lines(reveal: bool) -> Vec<FieldLine> {
    vec![
        line("student", "学生", FieldValue::Links(vec![Link::new("20210316 林雨辰", "/registers/student/records/1")])),
        line(
            "id-number",
            "身份证号",
            FieldValue::Masked {
                text: "119***********001X".into(),
                reveal: reveal.then(|| "/registers/graduate/records/1/reveal".into()),
                leave: Leave::Needed("2025-01-09 10:12 驳回".into()),
            },
        ),
        line("graduated_on", "毕业日期", text("2024年6月30日")),
        line("destination", "毕业去向", text("就业")),
        line("employer", "就业单位", text("平湖某某汽车零部件制造有限公司")),
        line("salary", "起薪", FieldValue::Number { text: "6,800".into(), unit: "元/月".into() }),
        line("matched", "是否对口", text("")),
        line("mentors", "实习指导", FieldValue::Links(vec![Link::new("毛一峰", "/"), Link::new("钱婷婷", "/")])),
        line("site", "单位网页", FieldValue::Outside("https://example.invalid/firm".into())),
        line("note", "备注", text("合同自 2024-07-01 起，三年。\n岗位：数控车床操作与编程。")),
    ]
}

fn evidence(w: Words, lacking: bool, upload: bool) -> Evidence {
    let paper = |name: &str, kind: &str| Paper {
        name: name.into(),
        href: "/registers/graduate/records/1/evidence/3f9a".into(),
        picture: None,
        kind: kind.into(),
        about: "812 KB · 王启明 2024-06-20".into(),
        digest: "3f9a…c21d".into(),
        remove: upload.then(|| "/registers/graduate/records/1/evidence/3f9a/remove".into()),
    };
    Evidence {
        slots: vec![
            Slot {
                label: "劳动合同".into(),
                rule: if lacking { w.t("evidence-lacking") } else { w.t("evidence-required") },
                lacking,
                papers: if lacking {
                    Vec::new()
                } else {
                    vec![
                        paper("林雨辰 劳动合同（三方盖章扫描件，含补充协议）.pdf", "PDF"),
                        paper("合同签字页.jpg", "JPEG"),
                    ]
                },
            },
            Slot {
                label: "录取通知书".into(), rule: w.t("evidence-optional"), lacking: false, papers: Vec::new()
            },
        ],
        upload: upload.then(|| Upload {
            action: "/registers/graduate/records/1/evidence".into(),
            kinds: vec![Pick::new("contract", "劳动合同", true), Pick::new("admission-letter", "录取通知书", false)],
            accept: ".pdf,.jpg,.jpeg,.png".into(),
            limit: w.t1("evidence-limit", "size", "20 MB"),
        }),
    }
}

fn changes() -> Vec<Change> {
    vec![
        Change {
            field: "就业单位".into(),
            before: "某某汽配公司".into(),
            after: "平湖某某汽车零部件制造有限公司".into(),
        },
        Change { field: "是否对口".into(), before: String::new(), after: "是".into() },
    ]
}

fn record(w: Words, failing: bool) -> RecordView {
    let action = |id: &str, icon, how, hindered: Option<String>| Action {
        label: w.t(id),
        icon,
        href: "/registers/graduate/records/1/step".into(),
        how,
        hindered,
        version: "3".into(),
    };
    let crumbs = vec![
        Link::new(w.t("area-training"), "/areas/training"),
        Link::new("毕业生去向 2024届", "/registers/graduate?year=2024"),
    ];
    let step = |id: &str, who: &str, reason: &str, changes| Happening {
        what: w.t(id),
        who: who.into(),
        when: "2024-06-21 09:12".into(),
        datetime: "2024-06-21T01:12:00Z".into(),
        reason: reason.into(),
        changes,
    };
    let state = if failing { RecordState::Returned } else { RecordState::Verified };
    RecordView {
        frame: Frame {
            crumbs,
            done: if failing { None } else { done(w, "done-verified", None) },
            ..frame(w, "20210316 林雨辰", "/registers/graduate/records/1")
        },
        state: StateMark::new(w, state),
        state_note: w.t2("record-state-note", "who", "李老师（教务处）", "day", "2024年6月21日"),
        returned: failing.then(|| "劳动合同上的单位名称与填写的不一致，请按合同公章改。".into()),
        actions: if failing {
            vec![
                action(
                    "record-submit",
                    "check",
                    How::DoFirst,
                    Some(w.t1("record-hindered-evidence", "kinds", "劳动合同")),
                ),
                action("record-edit", "pencil", How::Open, None),
            ]
        } else {
            vec![
                action("record-correct", "pencil", How::Open, None),
                action("record-return", "undo-2", How::WithReason, None),
            ]
        },
        findings: if failing {
            vec![FindingLine {
                text: "已就业的须填写就业单位".into(),
                mend: String::new(),
                href: "#field-employer".into(),
            }]
        } else {
            Vec::new()
        },
        lines: lines(true),
        copies: vec![
            line("c1", "班级", text("21数控高级1班")),
            line("c2", "专业", text("数控加工（数控车工）")),
            line("c3", "院系", text("数控系")),
        ],
        examination: None,
        evidence: evidence(w, failing, failing),
        feeds: vec![
            Feed {
                label: "毕业去向落实率".into(),
                href: "/figures/placement-rate".into(),
                now: "99.26 %".into(),
                without: "99.01 %".into(),
                part: w.t("record-part-both"),
            },
            Feed {
                label: "2024届毕业生".into(),
                href: "/figures/graduate-count".into(),
                now: "407 人".into(),
                without: "406 人".into(),
                part: w.t("record-part-counted"),
            },
        ],
        referring: Vec::new(),
        copy: None,
        why: vec!["角色“填报员”（范围：本部门）：本部门填报这个台账".into()],
        history: vec![
            step("history-verified", "李老师（教务处）", "", Vec::new()),
            step("history-changed", "王启明（招生就业处）", "", changes()),
            step(
                "history-returned",
                "李老师（教务处）",
                "劳动合同上的单位名称与填写的不一致，请按合同公章改。",
                Vec::new(),
            ),
            step("history-imported", "王启明（招生就业处）", "", Vec::new()),
        ],
    }
}

fn form(w: Words, failing: bool) -> FormView {
    let field = |id: &str, label: &str, input, value: &str| FormField {
        id: id.into(),
        label: label.into(),
        input,
        value: value.into(),
        ..FormField::default()
    };
    let yes_no = vec![
        Pick::new("1", w.t("value-yes"), true),
        Pick::new("0", w.t("value-no"), false),
        Pick::new("", w.t("value-missing"), false),
    ];
    let crumbs = vec![
        Link::new(w.t("area-training"), "/areas/training"),
        Link::new("毕业生去向 2024届", "/registers/graduate?year=2024"),
    ];
    FormView {
        frame: Frame {
            crumbs,
            ..frame(w, &w.t1("form-title-new", "register", "毕业生去向"), "/registers/graduate/new")
        },
        about: w.t("form-about-new"),
        action: "/registers/graduate/new".into(),
        findings: if failing {
            vec![
                FindingLine {
                    text: "「毕业日期」不是日期：“2024/13/01”".into(),
                    mend: "写成 2024-06-30".into(),
                    href: "#field-graduated_on".into(),
                },
                FindingLine {
                    text: "已就业的须填写就业单位".into(),
                    mend: String::new(),
                    href: "#field-employer".into(),
                },
            ]
        } else {
            Vec::new()
        },
        same: failing.then(|| Same {
            link: Link::new("市第十五届职业院校技能大赛 · 数控铣 · 一等奖", "/registers/award/records/2024-17"),
            register: "竞赛获奖".into(),
            may_join: true,
        }),
        conflict: failing
            .then(|| Conflict { who: "王启明（招生就业处）2 分钟前".into(), changes: changes() }),
        fields: vec![
            FormField {
                required: true,
                help: w.t("form-reference-help"),
                ..field(
                    "student",
                    "学生",
                    Input::Reference {
                        suggest: "/registers/graduate/suggest?field=student".into(),
                        picks: vec![Pick::new("20210316", "林雨辰 21数控高级1班", false)],
                    },
                    "20210316",
                )
            },
            FormField {
                required: true,
                help: w.t("form-date-help"),
                error: failing.then(|| "不是日期：“2024/13/01”。写成 2024-06-30".into()),
                ..field("graduated_on", "毕业日期", Input::Date, if failing { "2024/13/01" } else { "" })
            },
            FormField {
                help: "不详的留空".into(),
                ..field(
                    "destination",
                    "毕业去向",
                    Input::Select(vec![Pick::new("", w.t("form-choose"), true), Pick::new("employed", "就业", false)]),
                    "",
                )
            },
            FormField {
                error: failing.then(|| "已就业的须填写就业单位".into()),
                ..field("employer", "就业单位", Input::Line, "")
            },
            FormField { unit: "元/月".into(), ..field("salary", "起薪", Input::Number, "6800") },
            FormField {
                help: "岗位与所学专业一致或相近".into(),
                ..field("matched", "是否对口", Input::Radio(yes_no), "")
            },
            field("id-number", "身份证号", Input::Covered { stored: "119***********001X".into() }, ""),
            field(
                "members",
                "成员",
                Input::References { list: "/registers/student".into() },
                "20210316 林雨辰\n20210322 许念安",
            ),
            field("note", "备注", Input::Lines, ""),
        ],
        correction: failing,
        may_submit: true,
        cancel: "/registers/graduate".into(),
        ..FormView::default()
    }
}

fn inbox(w: Words, full: bool) -> InboxView {
    let items = [
        "20210316 林雨辰",
        "20210407 沈可",
        "20210501 欧阳慕容雪莲娜扎提",
        "第十九届技能节 数控车 团体一等奖",
        "20210511 郑可",
        "20210512 何思齐",
        "20210513 金一诺",
    ];
    InboxView {
        frame: Frame {
            done: if full {
                done(w, "done-verified", Some(Link::new(w.t("done-see"), "/registers/graduate/records/2")))
            } else {
                None
            },
            ..frame(w, &w.t("inbox-title"), "/inbox")
        },
        about: w.t1("inbox-about", "n", if full { 37 } else { 0 }),
        verifies: true,
        more_reminders: full.then(|| w.t1("remind-more", "n", 12)),
        reminders: if full {
            vec![
                ReminderRow {
                    what: w.t("remind-answer"),
                    record: "欧阳静姝 · 课堂教学设计与实施".into(),
                    href: Some("/registers/growth-objection/records/1".into()),
                    who: "欧阳静姝".into(),
                    person: "/growth/people/1?year=2024".into(),
                    by: "2024年7月11日".into(),
                    left: w.t1("remind-over", "n", 182),
                    over: true,
                },
                ReminderRow {
                    what: w.t1("remind-renew-falls", "stage", "生手"),
                    record: "看不到的记录".into(),
                    who: "于洋".into(),
                    person: "/growth/people/2?year=2024".into(),
                    by: "2025年3月11日".into(),
                    left: w.t1("remind-left", "n", 61),
                    ..ReminderRow::default()
                },
            ]
        } else {
            Vec::new()
        },
        registers: vec![
            choice(&w.t("inbox-all"), "/inbox", Some("37"), true),
            choice("毕业生去向", "/inbox?register=graduate", Some("31"), false),
            choice("竞赛获奖", "/inbox?register=award", Some("6"), false),
        ],
        items: if full {
            items
                .iter()
                .enumerate()
                .map(|(i, title)| InboxItem {
                    href: format!("/inbox?at={i}"),
                    title: (*title).into(),
                    register: "毕业生去向 2024届".into(),
                    meta: w.t2("inbox-meta", "who", "王启明", "day", "06-20"),
                    current: i == 2,
                })
                .collect()
        } else {
            Vec::new()
        },
        paging: Paging {
            shown: w.t1("table-shown-all", "all", 37),
            next: Some("/inbox?after=1".into()),
            ..Paging::default()
        },
        open: full.then(|| InboxRecord {
            late: false,
            title: "20210501 欧阳慕容雪莲娜扎提".into(),
            href: "/registers/graduate/records/3".into(),
            meta: format!(
                "毕业生去向 2024届 · {}",
                w.t2("inbox-meta", "who", "王启明（招生就业处）", "day", "2024年6月20日")
            ),
            position: "3 / 37".into(),
            changes: changes(),
            findings: Vec::new(),
            lines: lines(false),
            evidence: evidence(w, false, false),
            version: "3".into(),
            accept: "/registers/graduate/records/3/verify".into(),
            hindered: None,
            give_back: "/registers/graduate/records/3/return".into(),
            reasons: vec![w.t("inbox-reason-evidence"), w.t("inbox-reason-date"), w.t("inbox-reason-name")],
            skip: Some("/inbox?at=3".into()),
        }),
    }
}

pub(super) fn samples(w: Words) -> Vec<Sample> {
    vec![
        sample("list", &list(w, true, false)),
        sample("list-empty", &list(w, false, false)),
        sample("list-nothing-fits", &list(w, false, true)),
        sample("record", &record(w, false)),
        sample("record-returned", &record(w, true)),
        sample("form", &form(w, false)),
        sample("form-failing", &form(w, true)),
        sample("inbox", &inbox(w, true)),
        sample("inbox-empty", &inbox(w, false)),
        sample(
            "export",
            &ExportView {
                frame: frame(w, &w.t1("export-title", "register", "毕业生去向"), "/registers/graduate/export"),
                conditions: String::new(),
                about: w.t1("export-about", "n", 407),
                action: "/registers/graduate/export".into(),
                formats: vec![Pick::new("xlsx", "Excel（xlsx）", true), Pick::new("csv", "CSV（UTF-8）", false)],
                personal: true,
                back: Link::new(w.t("export-back"), "/registers/graduate"),
                ..ExportView::default()
            },
        ),
    ]
}
