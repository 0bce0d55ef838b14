//! Answer sheet, overviews, signing in, account, errors, search, audit.

use super::{Sample, bare, frame, sample};
use crate::{
    frame::Link,
    parts::{FigureCard, FigureState, Paging, Pick},
    screens::{
        account::{AccountView, SessionRow},
        areas::{AreaBlock, AreasView, RegisterRow},
        audit::{AuditEntry, AuditView},
        coverage::{CoverageView, GroupBlock, LeftRow},
        fault::FaultView,
        home::{HomeView, MovedLine, SheetArea, SinceNews, Tally},
        search::{Found, FoundGroup, SearchView},
        sign_in::SignInView,
        start::StartView,
    },
    words::Words,
};

/// Label, value, unit, fraction, change; then how it stands.
type Short = (&'static str, &'static str, &'static str, &'static str, &'static str, FigureState);

fn card(w: Words, (label, value, unit, fraction, change, state): Short) -> FigureCard {
    let text = match state {
        FigureState::Verified => w.t("figure-state-verified"),
        FigureState::Pending => w.t1("figure-state-pending", "n", 3),
        FigureState::Unproved => w.t1("figure-state-unproved", "n", 2),
        FigureState::Missing => w.t("figure-state-missing"),
    };
    let some = |s: &str| (!s.is_empty()).then(|| s.to_owned());
    FigureCard {
        goal: None,
        trend: None,
        sealed: None,
        label: label.into(),
        href: "/figures/placement-rate?year=2024".into(),
        value: some(value),
        unit: unit.into(),
        fraction: some(fraction),
        change: some(change),
        state,
        state_text: text,
    }
}

const TRAINING: [Short; 6] = [
    ("2024届毕业生", "407", "人", "", "较上年 +19（388）", FigureState::Verified),
    ("毕业去向落实率", "99.26", "%", "404 / 407", "较上年 +0.52 个百分点（98.74 %）", FigureState::Verified),
    ("对口率（含升学）", "95.58", "%", "389 / 407", "较上年 −0.31 个百分点（95.89 %）", FigureState::Pending),
    ("竞赛获奖", "118", "人次", "", "较上年 +11（107）", FigureState::Verified),
    ("技能节金牌", "5", "枚", "", "较上年 +2（3）", FigureState::Unproved),
    ("为企业创造经济效益", "4,986,000", "元", "", "上年无数据", FigureState::Verified),
];

fn area(w: Words, id: &'static str, figures: Vec<FigureCard>) -> SheetArea {
    SheetArea {
        id,
        name: w.t(&format!("area-{id}")),
        href: format!("/areas/{id}?year=2024"),
        figures,
        ..SheetArea::default()
    }
}

fn home(w: Words, full: bool) -> HomeView {
    let training = SheetArea {
        sealed: Some(w.t1("sealed-on", "day", "12-28")),
        more: Some(Link::new(w.t1("home-area-more", "n", 21), "/figures?area=training")),
        ..area(w, "training", TRAINING.map(|f| card(w, f)).to_vec())
    };
    let party = [
        ("主题党日活动", "10", "次", "", "与上年持平（10）", FigureState::Verified),
        ("党员先锋岗", "79", "个", "6 大领域", "较上年 +7（72）", FigureState::Verified),
        ("结对帮扶学生", "326", "人", "", "较上年 +14（312）", FigureState::Pending),
        ("志愿服务", "1,052", "人次", "", "较上年 +88（964）", FigureState::Verified),
        ("志愿服务时长", "7,034.5", "小时", "", "较上年 +512（6,522.5）", FigureState::Verified),
    ];
    let abroad = [
        ("中德合作班", "17", "个", "", "较上年 +2（15）", FigureState::Verified),
        ("中德合作班在校生", "554", "人", "", "较上年 +61（493）", FigureState::Verified),
        ("认证考试获证率", "95.5", "%", "84 / 88", "较上年 +1.2 个百分点（94.3 %）", FigureState::Verified),
        ("国（境）外企业实习（含见习、访学和联合培养）天数", "42", "人日", "", "上年无数据", FigureState::Missing),
    ];
    let empty = |id| SheetArea {
        begin: vec![
            Link::new("家访", "/registers/home-visit"),
            Link::new("家长会与家长学校", "/registers/family-event"),
            Link::new("校园文化节", "/registers/culture-event"),
        ],
        ..area(w, id, Vec::new())
    };
    let areas = if full {
        vec![
            area(w, "party", party.map(|f| card(w, f)).to_vec()),
            empty("teaching"),
            training,
            empty("wellbeing"),
            SheetArea {
                note: w.t1("home-area-pending", "n", 3),
                ..area(w, "international", abroad.map(|f| card(w, f)).to_vec())
            },
            area(
                w,
                "faculty",
                vec![
                    card(w, ("三级以上持证率", "", "%", "", "", FigureState::Missing)),
                    card(w, ("论文", "76", "篇", "", "较上年 +9（67）", FigureState::Verified)),
                ],
            ),
        ]
    } else {
        ["party", "teaching", "training", "wellbeing", "international", "faculty"].map(empty).into()
    };
    let tally = |id: &str, n: u32, tone| Tally {
        text: w.t1(id, "n", n),
        href: "/figures?year=2024&state=pending".into(),
        tone,
    };
    HomeView {
        frame: frame(w, &w.t1("home-title", "year", 2024), "/"),
        as_of: w.t1("home-as-of", "day", "2024年12月31日"),
        tally: if full {
            vec![
                tally("home-tally-all", 118, ""),
                tally("home-tally-verified", 111, "good"),
                tally("home-tally-pending", 5, ""),
                tally("home-tally-unproved", 2, "bad"),
            ]
        } else {
            vec![tally("home-tally-missing", 118, "")]
        },
        news: Vec::new(),
        since: full.then(|| {
            let moved = |name: &str, was: &str, is: &str| MovedLine {
                to: Link::new(name, "/figures/graduate-count?year=2024"),
                was: was.into(),
                is: is.into(),
            };
            SinceNews {
                says: w.t2("home-since", "day", "2024年12月28日", "n", 2),
                moved: vec![moved("毕业生人数", "405\u{a0}人", "407\u{a0}人"), moved("留德就业人数", "—", "3\u{a0}人")],
                ..SinceNews::default()
            }
        }),
        wall: "/wall?year=2024".into(),
        areas,
    }
}

fn areas(w: Words) -> AreasView {
    let row = |name: &str, about: &str, n: [&str; 4]| RegisterRow {
        name: name.into(),
        href: "/registers/graduate?year=2024".into(),
        about: about.into(),
        offices: "招生就业处 / 教务处".into(),
        period: "2024届".into(),
        all: n[0].into(),
        verified: n[1].into(),
        submitted: n[2].into(),
        open: n[3].into(),
        waiting: (n[2] != "0").then(|| Link::new(n[2], "/inbox?register=graduate")),
        sealed: (n[2] == "0").then(|| w.t1("sealed-on", "day", "12-28")),
    };
    AreasView {
        frame: frame(w, &w.t("area-training"), "/areas/training"),
        about: w.t1("areas-about", "year", 2024),
        areas: vec![AreaBlock {
            id: "training",
            name: w.t("area-training"),
            href: None,
            figures: TRAINING.map(|f| card(w, f)).to_vec(),
            charts: String::new(),
            charts_lang: "zh",
            registers: vec![
                row("毕业生去向", "每名毕业生一条：去哪里、是否对口、凭什么。", ["407", "407", "0", "0"]),
                row("竞赛获奖", "一奖一条，团体奖列出全部成员。", ["121", "115", "3", "3"]),
                row("高技能人才培训与企业新型学徒制培养项目", "", ["0", "0", "0", "0"]),
            ],
        }],
    }
}

fn fault(w: Words, status: u16, reference: Option<&str>, framed: bool) -> FaultView {
    let title = w.t(&format!("fault-{status}"));
    FaultView {
        frame: if framed { frame(w, &title, "/nowhere") } else { bare(w, &title, "/nowhere") },
        status,
        text: w.t(&format!("fault-{status}-text")),
        reference: reference.map(Into::into),
        ways: vec![Link::new(w.t("fault-home"), "/"), Link::new(w.t("frame-search"), "/search")],
    }
}

fn audit(w: Words) -> AuditView {
    let entry = |number: &str, who: &str, what: &str, object: &str, note: &str, refused: bool| AuditEntry {
        number: number.into(),
        when: "2024-12-20 14:06:31".into(),
        datetime: "2024-12-20T06:06:31Z".into(),
        who: who.into(),
        what: what.into(),
        object: object.into(),
        href: (!refused).then(|| "/registers/graduate/records/1".into()),
        note: note.into(),
        refused,
        digest: "9c04…77e1".into(),
    };
    AuditView {
        frame: frame(w, &w.t("audit-title"), "/audit"),
        chain: w.t2("audit-chain-holds", "day", "2024年12月20日", "n", "18,204"),
        kinds: vec![Pick::new("", w.t("list-any"), true), Pick::new("verify", "核实", false)],
        entries: vec![
            entry("18,204", "沈佳禾 192.168.8.21", "核实", "毕业生去向 · 林*辰", "", false),
            entry(
                "18,203",
                "沈佳禾 192.168.8.21",
                "查看敏感字段",
                "学生 · 许*安 · 身份证号",
                "核对录取通知书上的号码",
                false,
            ),
            entry("18,202", "王启明 192.168.8.40", "导出（被拒绝）", "学生", "没有导出个人信息的权限", true),
        ],
        paging: Paging {
            shown: w.t1("table-shown-all", "all", "18,204"),
            next: Some("/audit?before=18202".into()),
            ..Paging::default()
        },
        ..AuditView::default()
    }
}

pub(super) fn samples(w: Words) -> Vec<Sample> {
    let found = |label: &str, about: &str| Found {
        label: label.into(),
        href: "/registers/student/records/1".into(),
        about: about.into(),
    };
    vec![
        sample("home", &home(w, true)),
        sample("home-empty", &home(w, false)),
        sample("areas", &areas(w)),
        sample("fault-404", &fault(w, 404, None, true)),
        sample("fault-403", &fault(w, 403, None, true)),
        sample("fault-500", &fault(w, 500, Some("K7QF-2M9X"), false)),
        sample("audit", &audit(w)),
        sample("sign-in", &SignInView { frame: bare(w, &w.t("sign-in-title"), "/sign-in"), ..SignInView::default() }),
        sample(
            "sign-in-failed",
            &SignInView {
                frame: bare(w, &w.t("sign-in-title"), "/sign-in"),
                name: "shenjiahe".into(),
                fault: Some(w.t("sign-in-wrong")),
                samples: vec![("bangongshi".into(), "办公室".into()), ("jiaowu".into(), "教务处 · 审核人".into())],
                ..SignInView::default()
            },
        ),
        sample(
            "start",
            &StartView {
                frame: bare(w, &w.t("start-title"), "/start/1"),
                action: "/start/1".into(),
                name: "admin".into(),
                faults: vec![w.t("password-short"), w.t("password-differ")],
            },
        ),
        sample(
            "account",
            &AccountView {
                has_password: true,
                frame: frame(w, &w.t("account-title"), "/account"),
                name: "shenjiahe".into(),
                about: vec![
                    (w.t("account-name"), "沈佳禾".into()),
                    (w.t("account-office"), "教务处".into()),
                    (w.t("account-roles"), "审核人".into()),
                ],
                sessions: vec![
                    SessionRow { about: "2024-12-20 08:02 · 192.168.8.21".into(), here: true, end: String::new() },
                    SessionRow {
                        about: "2024-12-19 17:40 · 192.168.8.33".into(),
                        here: false,
                        end: "/account/sessions/2/end".into(),
                    },
                ],
                ..AccountView::default()
            },
        ),
        sample(
            "coverage",
            &CoverageView {
                frame: frame(w, "今年尚未走访的学生", "/registers/home-visit/coverage/students"),
                about: w.with("coverage-about", &[("register", "家访".into()), ("year", "2024".into())]),
                sum: "52 / 54".into(),
                left: "2".into(),
                planned: Some("1".into()),
                complete: false,
                nobody: false,
                groups: vec![GroupBlock {
                    label: "23机电中德1班".into(),
                    sum: "31 / 33".into(),
                    rows: ["林雨辰", "李奕晨"]
                        .into_iter()
                        .map(|name| LeftRow {
                            label: name.into(),
                            typed: "20230012".into(),
                            href: "/registers/student/records/1".into(),
                            missing: w.t1("coverage-month", "n", 9),
                            planned: (name == "李奕晨").then(|| {
                                let day = w.t1("coverage-planned-on", "day", "9 月 20 日");
                                Link::new(day, "/registers/home-visit/records/1")
                            }),
                            add: Some("/registers/home-visit/new?students=20230012".into()),
                        })
                        .collect(),
                }],
            },
        ),
        sample(
            "search",
            &SearchView {
                frame: frame(w, &w.t("search-title"), "/search"),
                q: "lyc".into(),
                groups: vec![
                    FoundGroup {
                        name: "学生".into(),
                        hits: vec![
                            found("林雨辰", "20210316 · 21数控高级1班"),
                            found("李奕晨", "20220514 · 22机电一体化（中德）2班"),
                        ],
                        more: Some(Link::new(w.t1("search-more", "n", 6), "/registers/student?q=lyc")),
                    },
                    FoundGroup {
                        name: w.t("nav-figures"),
                        hits: vec![found("毕业去向落实率", "2024届 · 99.26 %")],
                        more: None,
                    },
                ],
                ..SearchView::default()
            },
        ),
        sample(
            "search-none",
            &SearchView { frame: frame(w, &w.t("search-title"), "/search"), q: "qqqq".into(), ..SearchView::default() },
        ),
        sample(
            "search-number",
            &SearchView { frame: frame(w, &w.t("search-title"), "/search"), number: true, ..SearchView::default() },
        ),
    ]
}
