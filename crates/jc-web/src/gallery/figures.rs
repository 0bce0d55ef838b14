//! A figure with its trace, all figures, a register of the catalog.

use super::{Sample, bare, choice, frame, records, sample};
use crate::{
    frame::{Frame, Link},
    parts::{FigureState, Pick, Table},
    screens::{
        catalog::{CatalogField, CatalogIndicator, CatalogView},
        figure::{FigureView, PageLine, SliceRow, SliceTable, SumPart, YearLine, bars},
        figures::{FigureGroup, FigureRow, FiguresView},
        printed::{PrintedChapter, PrintedFigure, PrintedView},
    },
    words::Words,
};

fn term(label: &str, value: &str) -> SumPart {
    SumPart::Term { label: label.into(), value: value.into(), href: Some("#records".into()) }
}

fn figure(w: Words, missing: bool) -> FigureView {
    let tab = |id: &str, count: &str, current| {
        choice(&w.t(id), "/figures/placement-rate?year=2024&records=numerator", Some(count), current)
    };
    let slice = |label: &str, value: &str, fraction: &str, share| SliceRow {
        label: label.into(),
        href: "/figures/placement-rate?slice=department:1".into(),
        value: value.into(),
        fraction: fraction.into(),
        share,
    };
    let year = |label: &str, value: &str, fraction: &str, change: &str, current| YearLine {
        label: label.into(),
        href: "/figures/placement-rate".into(),
        value: value.into(),
        fraction: fraction.into(),
        change: change.into(),
        current,
    };
    let shown = |n: &str| (n.to_owned(), format!("{n} %"));
    let (mut base, none) = (
        FigureView {
            frame: Frame {
                crumbs: vec![Link::new(w.t("nav-sheet"), "/"), Link::new(w.t("area-training"), "/areas/training")],
                ..frame(w, "毕业去向落实率 2024届", "/figures/placement-rate")
            },
            definition: vec![
                (w.t("figure-define-what"), "（就业＋升学）÷ 毕业生。就业含自主创业和应征入伍。".into()),
                (w.t("figure-define-source"), "毕业去向落实率的通行定义，含升学（2026-11-25 查）".into()),
                (w.t("figure-define-unit"), w.t2("figure-define-places", "unit", "%", "n", 2)),
                (w.t("figure-define-missing"), "去向不详的毕业生：不计入分子，计入分母".into()),
            ],
            catalog: "/catalog/graduate#placement-rate".into(),
            ..FigureView::default()
        },
        missing.then(|| w.t("figure-missing-no-records")),
    );
    if missing {
        base.missing = none;
        base.state = FigureState::Missing;
        base.state_text = w.t("figure-state-missing");
        return base;
    }
    FigureView {
        sum: vec![
            SumPart::Sign("("),
            term("升学", "143"),
            SumPart::Sign("＋"),
            term("就业", "261"),
            SumPart::Sign(")"),
            SumPart::Sign("÷"),
            term("毕业生", "407"),
            SumPart::Sign("＝"),
            SumPart::Result { value: "99.26".into(), unit: "%".into() },
        ],
        state: FigureState::Verified,
        state_text: w.t1("figure-state-all-verified", "n", 407),
        unknown: w.t1("figure-unknown", "n", 3),
        pages: vec![PageLine {
            label: "毕业生去向 · 2024届".into(),
            href: "/registers/graduate?year=2024".into(),
            version: w.t2("figure-page-version", "version", 9, "n", 407),
            digest: "3f9a…c21d".into(),
            digest_full: "3f9a5c7704b2a1e8d96f0c13c21d".into(),
            sealed: Some(w.t1("sealed-on", "day", "12-28")),
        }],
        tabs: vec![
            tab("figure-tab-numerator", "404", true),
            tab("figure-tab-denominator", "3", false),
            tab("figure-tab-left-out", "2", false),
        ],
        table: Table { states: true, ..records::table(w, false) },
        paging: records::paging(w),
        slices: vec![
            SliceTable {
                name: "院系".into(),
                more: None,
                rows: vec![
                    slice("数控系", "100.00 %", "132 / 132", 100),
                    slice("机电系", "99.30 %", "142 / 143", 99),
                    slice("信息与现代服务产业系", "98.48 %", "130 / 132", 98),
                ],
            },
            SliceTable {
                name: "毕业去向".into(),
                more: None,
                rows: vec![
                    slice("就业", "261 人", "", 100),
                    slice("升学", "143 人", "", 55),
                    slice("未填", "3 人", "", 1),
                ],
            },
        ],
        years: vec![
            year("2024届", "99.26 %", "404 / 407", &w.t2("change-points-up", "by", "0.52", "before", "98.74 %"), true),
            year(
                "2023届",
                "98.74 %",
                "393 / 398",
                &w.t2("change-points-down", "by", "0.21", "before", "98.95 %"),
                false,
            ),
            year("2022届", "98.95 %", "378 / 382", &w.t("change-no-base"), false),
        ],
        bars: bars(&[
            (shown("2024届").0, "99.26 %".into(), 9926, true),
            (shown("2023届").0, "98.74 %".into(), 9874, false),
            (shown("2022届").0, "98.95 %".into(), 9895, false),
        ]),
        ..base
    }
}

fn figures(w: Words) -> FiguresView {
    let row = |label: &str,
               value: &str,
               unit: &str,
               fraction: &str,
               last: &str,
               change: &str,
               state: FigureState,
               text: String| FigureRow {
        label: label.into(),
        href: "/figures/placement-rate?year=2024".into(),
        value: (!value.is_empty()).then(|| value.into()),
        sealed: None,
        unit: unit.into(),
        fraction: fraction.into(),
        last_year: last.into(),
        change: change.into(),
        state,
        state_text: text,
    };
    let verified = || w.t("figure-state-verified");
    FiguresView {
        frame: frame(w, &w.t1("figures-title", "year", 2024), "/figures"),
        areas: vec![Pick::new("", w.t("figures-all-areas"), true), Pick::new("training", w.t("area-training"), false)],
        states: vec![
            choice(&w.t("figures-state-all"), "/figures", Some("118"), true),
            choice(&w.t("figures-state-verified"), "/figures?state=verified", Some("111"), false),
            choice(&w.t("figures-state-pending"), "/figures?state=pending", Some("5"), false),
            choice(&w.t("figures-state-unproved"), "/figures?state=unproved", Some("2"), false),
        ],
        groups: vec![
            FigureGroup {
                name: w.t("area-training"),
                rows: vec![
                    row("2024届毕业生", "407", "人", "", "388 人", "+19", FigureState::Verified, verified()),
                    row(
                        "毕业去向落实率",
                        "99.26",
                        "%",
                        "404 / 407",
                        "98.74 %",
                        "+0.52 个百分点",
                        FigureState::Verified,
                        verified(),
                    ),
                    row(
                        "技能节金牌",
                        "5",
                        "枚",
                        "",
                        "3 枚",
                        "+2（+66.67 %）",
                        FigureState::Unproved,
                        w.t1("figure-state-unproved", "n", 2),
                    ),
                ],
            },
            FigureGroup {
                name: w.t("area-faculty"),
                rows: vec![row(
                    "在岗专任教师中取得工学一体化教师三级及以上培训合格证书的比例",
                    "",
                    "%",
                    "",
                    "",
                    "",
                    FigureState::Missing,
                    w.t("figure-state-missing"),
                )],
            },
        ],
        export: Some("/figures/export".into()),
        ..FiguresView::default()
    }
}

fn catalog(w: Words) -> CatalogView {
    let field =
        |id: &str, label: &str, kind: &str, rules: String, help: &str, aliases: &str, codes: &str| CatalogField {
            id: id.into(),
            label: label.into(),
            kind: kind.into(),
            rules,
            help: help.into(),
            aliases: aliases.into(),
            codes: codes.into(),
        };
    CatalogView {
        frame: Frame {
            crumbs: vec![Link::new(w.t("catalog-title"), "/catalog")],
            ..frame(w, "毕业生去向", "/catalog/graduate")
        },
        about: "每名毕业生一条：去哪里、是否对口、凭什么。".into(),
        definition: vec![
            (w.t("catalog-key"), "学生".into()),
            (w.t("catalog-period"), "毕业日期，按届".into()),
            (w.t("catalog-slices"), "院系、专业、班级".into()),
            (w.t("catalog-kept-by"), "招生就业处".into()),
            (w.t("catalog-verified-by"), "教务处".into()),
            (w.t("catalog-file"), "training/graduate.toml".into()),
        ],
        links: vec![
            Link::new(w.t("list-template"), "/registers/graduate/template.xlsx"),
            Link::new(w.t("nav-registers"), "/registers/graduate"),
        ],
        fields: vec![
            field("student", "学生", "引用：学生", w.t("catalog-required"), "", "学号", ""),
            field("graduated_on", "毕业日期", "日期", w.t("catalog-required"), "", "", ""),
            field(
                "destination",
                "毕业去向",
                "代码：毕业去向",
                String::new(),
                "不详的留空",
                "去向类别、毕业去向类别、去向",
                "升学、就业、应征入伍、自主创业、求职中、其他",
            ),
            field("employer", "就业单位", "一行文字", String::new(), "", "单位名称、工作单位、录取学校", ""),
        ],
        evidence: vec![
            ("劳动合同".into(), "毕业去向为就业时必须有".into()),
            ("录取通知书".into(), w.t("evidence-optional")),
        ],
        checks: vec![(w.t("catalog-check-error"), "已就业的须填写就业单位".into())],
        indicators: vec![CatalogIndicator {
            id: "placement-rate".into(),
            label: "毕业去向落实率".into(),
            href: "/figures/placement-rate".into(),
            about: "（就业＋升学）÷ 毕业生。".into(),
            unit: w.t2("figure-define-places", "unit", "%", "n", 2),
            formula: "count(destination IN ('employed', 'further-study')) / count(TRUE)".into(),
            missing: "去向不详的毕业生：不计入分子，计入分母".into(),
            source: "毕业去向落实率的通行定义，含升学（2026-11-25 查）".into(),
            words: "就业率、毕业去向落实率、落实率".into(),
        }],
    }
}

/// A printed chapter: a figure restated since, one on an open page, one the public is not told of.
fn printed(w: Words) -> PrintedView {
    let figure = |name: &str, value: String| PrintedFigure {
        name: name.into(),
        value,
        definition: "当届毕业生人数，每人一条。".into(),
        ..PrintedFigure::default()
    };
    let place = jc_app::report::CodedPlace { number: 7, text: "99.26%".into() };
    PrintedView {
        frame: bare(w, "第三章　人才培养", "/v/0000-0000-0000-0000"),
        chapter: Some(PrintedChapter {
            about: "2024 年度报告 · 2025-01-09 · 公示".into(),
            code: "0000-0000-0000-0000".into(),
            counted: w.t1("printed-counted", "n", 3),
            chapters: Vec::new(),
            lang: "zh".into(),
            since: vec!["2025年3月2日：毕业生去向（2024届）剔除重复".into()],
            figures: vec![
                PrintedFigure {
                    fraction: Some("404 / 407".into()),
                    now: Some(w.t1("printed-now", "value", "99.26%")),
                    seal: w.t1("printed-seal", "seal", "1f4114123bb8c03cc3e374eff4ea0026"),
                    places: vec![place],
                    ..figure("毕业去向落实率 · 2024届", "99.26%".into())
                },
                PrintedFigure {
                    seal: w.t1("printed-open", "digest", "97cb4e59ef2ffd8d8f104b4d1bfef594"),
                    ..figure("毕业生人数 · 机电工程学院 · 2024届", "185 人".into())
                },
                figure("自主创业人数 · 2024届", w.t("printed-withheld")),
            ],
        }),
    }
}

pub(super) fn samples(w: Words) -> Vec<Sample> {
    vec![
        sample("figure", &figure(w, false)),
        sample("figure-missing", &figure(w, true)),
        sample("figures", &figures(w)),
        sample("catalog", &catalog(w)),
        sample("printed", &printed(w)),
        sample("printed-unknown", &PrintedView { frame: bare(w, &w.t("printed-unknown"), "/v/0000"), chapter: None }),
    ]
}
