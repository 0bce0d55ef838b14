//! How people grow: somebody half-way up, somebody without any record, a college, a dossier.

use super::{Sample, choice, frame, sample, strings};
use crate::{
    parts::{Paging, Pick},
    screens::growth::{
        Bar, CollegeView, CompetencyRow, CriterionRow, DossierView, EvidenceRow, ItemRow, Line, PeopleView, PersonRow,
        PersonView, Proof, Radar, Section, SetRow, Step, SuccessionRow, Voice,
    },
    words::Words,
};

fn proof(label: &str, href: Option<&str>) -> Proof {
    Proof { label: label.into(), href: href.map(Into::into) }
}

fn person(w: Words) -> PersonView {
    let step = |name: &str, class, reached: &str| Step {
        name: name.into(),
        about: "熟悉情境，开始变通；也有人长期停在这里".into(),
        class,
        reached: reached.into(),
    };
    let criterion = |say: &str, id: &str, class, proofs: Vec<Proof>| CriterionRow {
        say: say.into(),
        have: "公开课 3 · 市级及以上公开课 1".into(),
        state: w.t(id),
        class,
        proofs,
    };
    let lesson =
        || proof("公开课 · 甲老师 · 阶梯轴的编程与加工 · 2021-05-20", Some("/registers/open-lesson/records/1"));
    PersonView {
        frame: frame(w, &w.t1("growth-person-title", "name", "欧阳静姝"), "/growth/people/1"),
        about: "JS1023 · 智能制造学院 · 实习指导教师".into(),
        on: "2024-12-31".into(),
        on_words: "2024年12月31日".into(),
        kept: "2024".into(),
        own: true,
        dossier: "/growth/people/1/dossier?year=2024".into(),
        plan: "/growth/people/1/plan?year=2024".into(),
        rate: Some("/registers/growth-rating/new".into()),
        stage: "熟手".into(),
        since: Some("自 2022年1月5日 起，2 年 11 个月".into()),
        steps: vec![step("新手", "past", "2014-09-01"), step("熟手", "now", "2022-01-05"), step("能手", "ahead", "")],
        next: Some("能手".into()),
        ready: true,
        criteria: vec![
            criterion("市级及以上公开课 1 节", "growth-held", "verified", vec![lesson(), proof("看不到的记录", None)]),
            criterion("评审组认定", "growth-to-decide", "pending", Vec::new()),
            criterion("论文、课题、一体化课程合计 2 项", "growth-not-held", "unproved", Vec::new()),
        ],
        proved: vec![("熟手".into(), vec![criterion("任教满 3 年", "growth-held", "verified", Vec::new())])],
        radar: Radar::of(&[(5, 3, 4), (5, 2, 3), (5, 0, 3), (5, 4, 4), (5, 3, 0)]),
        competencies: vec![
            CompetencyRow {
                number: 1,
                domain: "工学一体化教学".into(),
                name: "课程标准转化与考核设计".into(),
                level: Some("3".into()),
                seen: "能独立转化一门课程，考核方案与标准一一对应".into(),
                asked: "4".into(),
                short: true,
                voices: vec![Voice {
                    text: "评审组评 3 · 马远辉 · 2024-06-14".into(),
                    note: w.t("growth-contested"),
                    href: Some("/registers/growth-rating/records/1".into()),
                    cites: vec![lesson()],
                    object: Some("/registers/growth-objection/new".into()),
                }],
                disputed: Some(w.t1("growth-disputed", "n", 2)),
            },
            CompetencyRow { number: 2, name: "数字素养".into(), ..CompetencyRow::default() },
        ],
        sets: vec![SetRow {
            steps: strings(&["发表一篇论文", "负责建成一门一体化课程"]),
            hours: w.t1("growth-hours", "n", 210),
        }],
        more: true,
        beyond: strings(&["评审组认定"]),
        lapses: Vec::new(),
        turns: vec![("2022年1月5日".into(), "熟手".into()), ("2014年9月1日".into(), "新手".into())],
        views: strings(&["2025-01-09 08:00 · leader"]),
        ..PersonView::default()
    }
}

fn row(lacks: &[&str]) -> PersonRow {
    PersonRow {
        label: "欧阳静姝".into(),
        number: "JS1023".into(),
        href: "/growth/people/1?year=2024".into(),
        department: "智能制造学院".into(),
        stage: "熟手".into(),
        since: "2022-01-05".into(),
        next: "能手".into(),
        lacks: strings(lacks),
        disputed: true,
    }
}

fn people(w: Words) -> PeopleView {
    PeopleView {
        frame: frame(w, &w.t("growth-everybody"), "/growth/people"),
        on: "2024-12-31".into(),
        about: w.t1("growth-on-about", "date", "2024年12月31日"),
        kept: "2024".into(),
        departments: vec![("1".into(), "智能制造学院".into(), true), ("2".into(), "人文学院".into(), false)],
        filters: vec![choice("全部", "/growth/people", Some("131"), true)],
        people: vec![row(&["市级及以上公开课 1 节", "评审组认定"])],
        paging: Paging {
            shown: w.t1("table-shown-all", "all", 131),
            next: Some("/growth/people?from=50".into()),
            ..Paging::default()
        },
        ..PeopleView::default()
    }
}

fn college(w: Words) -> CollegeView {
    let line = |label: &str, cells: &[&str]| Line { label: label.into(), href: None, cells: strings(cells) };
    CollegeView {
        frame: frame(w, &w.t("growth-title"), "/growth"),
        plans: Some("/growth/plans?year=2024".into()),
        people: "/growth/people?year=2024".into(),
        on: "2024-12-31".into(),
        on_words: "2024年12月31日".into(),
        kept: "2024".into(),
        stages: strings(&["新手", "熟手", "能手"]),
        spread: vec![Bar { label: "熟手".into(), href: "/growth".into(), value: "46 人".into(), share: 100 }],
        departments: vec![line("智能制造学院", &["3", "20", "8", "–", "31"])],
        years: vec![line("2024", &["3", "20", "8", "–", "31", "4", "1"])],
        lengths: vec![line("熟手", &["4 年 2 个月", "20", "11 年"])],
        ready: vec![row(&["评审组认定"])],
        hindered: vec![("进入能手（20 人在此之前）".into(), vec![line("市级及以上公开课 1 节", &["14"])])],
        lacking: vec![line("教学研究", &["17", "3"])],
        succession: vec![SuccessionRow { label: "人文学院".into(), cells: strings(&["2", "2", "1"]), risk: true }],
    }
}

fn dossier(w: Words) -> DossierView {
    DossierView {
        frame: frame(w, &w.t1("growth-dossier-title", "name", "欧阳静姝"), "/growth/people/1/dossier"),
        files: vec![Pick::new("docx", w.t("growth-dossier-as-docx"), false)],
        make: "/growth/people/1/dossier/make?year=2024".into(),
        as_of: w.t1("growth-dossier-about", "date", "2024年12月31日"),
        person: vec![("工号".into(), "JS1023".into()), ("院系".into(), "智能制造学院".into())],
        stage: "熟手".into(),
        history: vec![("2022-01-05".into(), "熟手".into())],
        chapters: vec![Section {
            name: "公开课".into(),
            count: "1".into(),
            rows: vec![ItemRow {
                on: "2021-05-20".into(),
                text: vec![("课题".into(), "阶梯轴的编程与加工".into()), ("级别".into(), "市级".into())],
                evidence: "1、2".into(),
            }],
        }],
        evidence: vec![EvidenceRow {
            number: 1,
            kind: "证书".into(),
            name: "2021年公开课证书.pdf".into(),
            digest: "3f9a…c21d".into(),
            size: "12 KB".into(),
        }],
    }
}

/// Somebody of whom nothing is recorded yet.
fn empty(w: Words) -> PersonView {
    PersonView {
        frame: frame(w, &w.t1("growth-person-title", "name", "于洋"), "/growth/people/2"),
        stage: w.t("growth-no-stage"),
        out_of_reach: true,
        next: Some("新手".into()),
        own: true,
        ..PersonView::default()
    }
}

pub(super) fn samples(w: Words) -> Vec<Sample> {
    vec![
        sample("growth-person", &person(w)),
        sample("growth-person-empty", &empty(w)),
        sample("growth-college", &college(w)),
        sample("growth-people", &people(w)),
        sample("growth-dossier", &dossier(w)),
    ]
}
