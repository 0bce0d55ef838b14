use super::{Answers, Ask, Form, Given, Part, Setting, Template, fill, read};
use crate::model::{Block, Document, Inline, Labels};
use crate::profile::Profile;
use jc_base::{Date, Finding, Place, Ratio, RegisterId};
use jc_catalog::{Catalog, SourceFile};
use jc_figures::{Figure, FigureValue, NoValue, Page};

pub(crate) fn catalog() -> Catalog {
    let (catalog, findings) = jc_catalog::load(&jc_catalog::shipped());
    catalog.unwrap_or_else(|| panic!("the shipped catalog is sound: {findings:?}"))
}

/// A figure of 2024, or of the year before.
fn given(catalog: &Catalog, indicator: &str, back: i32, value: Option<Ratio>) -> Given {
    let (r, i) = catalog.find_indicator(indicator).expect("it is declared");
    let register = &catalog.registers[r];
    let declared = &register.indicators[i];
    Given {
        figure: Figure {
            indicator: declared.id.clone(),
            register: RegisterId::from(register.id.as_str()),
            page: Page::reported_in(register, 2024 - back),
            slice: None,
            value: value.map_or(FigureValue::Missing(NoValue::NoRecords), FigureValue::Known),
            with_pending: value.map_or(FigureValue::Missing(NoValue::NoRecords), FigureValue::Known),
            numerator: value,
            denominator: None,
            unit: declared.unit.clone(),
            decimals: declared.decimals,
            verified: 1,
            pending: 0,
            unknown: 0,
        },
        version: 3,
        digest: "ab".repeat(32),
        seal: None,
    }
}

fn answers(catalog: &Catalog) -> Answers {
    let mut answers = Answers::default();
    let mut whole = |id: &str, now: Option<i128>, before: Option<i128>| {
        answers.whole.insert((id.to_owned(), 0), given(catalog, id, 0, now.map(Ratio::whole)));
        answers.whole.insert((id.to_owned(), 1), given(catalog, id, 1, before.map(Ratio::whole)));
    };
    whole("graduate-count", Some(407), Some(385));
    whole("employed-count", Some(238), Some(238));
    whole("further-study-count", Some(143), Some(150));
    whole("mentored-student-count", Some(326), None);
    whole("tech-economic-benefit", Some(4_860_000), None);
    whole("home-visit-student-times", Some(2503), None);
    whole("title-chief-count", Some(0), None);
    whole("theme-day-count", None, None);
    let part = |id: &str, value: &str, label: &str, count: i128| {
        let mut given = given(catalog, id, 0, Some(Ratio::whole(count)));
        given.figure.slice = Some(("department".to_owned(), value.to_owned()));
        Part { value: value.to_owned(), label: label.to_owned(), personal: false, given }
    };
    let departments = [("a", "数控技术系", 200), ("b", "电气工程系", 203), ("c", "经贸系", 4)];
    answers.parts.insert(
        ("graduate-count".into(), "department".into(), 0),
        departments.iter().map(|(value, label, count)| part("graduate-count", value, label, *count)).collect(),
    );
    answers
}

fn setting(profile: Profile) -> Setting {
    Setting {
        school: "示例技师学院".into(),
        synthetic: true,
        year: 2024,
        made_on: Date::new(2025, 1, 10).expect("a day"),
        profile,
        profile_name: "内部".into(),
        catalog_digest: "00".into(),
        address: String::new(),
        labels: Labels {
            missing: "无数据".into(),
            total: "合计".into(),
            rows: "明细".into(),
            contents: "目录".into(),
            ..Labels::default()
        },
        change: "增减".into(),
        nameless: "未填".into(),
    }
}

fn source(text: &str) -> SourceFile {
    let text = format!(
        "[report]\nid = \"x\"\nname = {{ zh = \"甲\", en = \"A\", de = \"A\" }}\ntitle = \"{{school}}{{year}}年\"\n\n[[chapter]]\nid = \"one\"\ntitle = \"一\"\ntext = '''\n{text}\n'''\n"
    );
    SourceFile { path: "reports/x.toml".into(), text: text.into() }
}

fn template(catalog: &Catalog, text: &str) -> Template {
    let (template, findings) = read(&source(text), catalog);
    template.unwrap_or_else(|| panic!("{findings:?}"))
}

pub(crate) fn filled(text: &str, profile: Profile) -> Document {
    let catalog = catalog();
    fill(&template(&catalog, text), &catalog, &answers(&catalog), &setting(profile))
}

/// The first line of a filled text.
fn line(text: &str) -> String {
    let document = filled(text, Profile::Internal);
    match &document.chapters[0].blocks[0] {
        Block::Heading(line) | Block::Paragraph(line) | Block::Item(line) => document.line(line),
        other => panic!("no line: {other:?}"),
    }
}

#[test]
fn slots_say_what_the_figures_are() {
    for (text, said) in [
        ("{school}{year}届{graduate-count}名", "示例技师学院2024届407名"),
        ("{graduate-count.unit}", "407人"),
        (
            "上年{graduate-count.before}人，多{graduate-count.change}人，增长{graduate-count.growth}%",
            "上年385人，多22人，增长5.7%",
        ),
        ("{mentored-student-count.over:10}名", "320余名"),
        ("{tech-economic-benefit.nearly-wan:100}万元", "近500万元"),
        ("{tech-economic-benefit.wan}万元", "486万元"),
        ("走访{home-visit-student-times.about:100}人次", "走访约2500人次"),
        ("{graduate-count ? 增加{.change}人 | 减少{.change}人 | 持平}", "增加22人"),
        ("{further-study-count ? 增加{.change}人 | 减少{.change}人 | 持平}", "减少7人"),
        ("{employed-count ? 增加 | 减少 | 与上年持平}", "与上年持平"),
        ("{mentored-student-count ? 增 | 减 | 平 | 首次统计}", "首次统计"),
        ("{title-chief-count > 0 ? 有 | 无}正高", "无正高"),
        ("{theme-day-count > 0 ? 有 | 无}", "无"),
        ("{each department of graduate-count: {name}{.value}人 | ；}", "数控技术系200人；电气工程系203人；经贸系4人"),
        ("{each 1 department of graduate-count: {name}}最多", "电气工程系最多"),
        ("{graduate-count[department=b]}", "203"),
        ("主题党日{theme-day-count}次", "主题党日【主题党日活动次数：无数据】次"),
        ("花括号{{}}", "花括号{}"),
    ] {
        assert_eq!(line(text), said, "{text}");
    }
}

#[test]
fn exact_round_numbers_need_no_word_around_them() {
    let catalog = catalog();
    let round = given(&catalog, "graduate-count", 0, Some(Ratio::whole(400))).figure;
    for form in [Form::Over(10), Form::Nearly(100), Form::About(100)] {
        assert_eq!(form.write(jc_base::Lang::Zh, &round, None, "人").as_deref(), Some("400"), "{form:?}");
    }
}

#[test]
fn every_place_a_figure_is_shown_is_known() {
    let document = filled("{graduate-count}人，{graduate-count}人，增{graduate-count.change}", Profile::Internal);
    assert_eq!(document.shown.len(), 3);
    assert_eq!(document.entries.len(), 2, "this year's and that before");
    assert_eq!(document.shown[2].against, Some(1));
    assert_eq!(document.entries[0].id, "graduate-count@2024");
    let Block::Paragraph(line) = &document.chapters[0].blocks[0] else { panic!("a paragraph") };
    assert!(matches!(line.as_slice(), [Inline::Figure(0), Inline::Text(_), Inline::Figure(1), _, Inline::Figure(2)]));
}

#[test]
fn the_public_is_not_told_small_numbers_nor_given_what_tells_them() {
    let cells = |profile| {
        let document = filled("@split 各系: graduate-count by department", profile);
        let Block::Table(table) = &document.chapters[0].blocks[0] else { panic!("a table") };
        table.rows.iter().map(|row| document.line(&row[1])).collect::<Vec<_>>()
    };
    assert_eq!(cells(Profile::Internal), ["200", "203", "4", "407"]);
    // 4 is hidden; with it the next smallest, or 407 − 200 − 203 would tell it.
    assert_eq!(cells(Profile::Public), ["*", "203", "*", "407"]);
}

#[test]
fn a_template_asks_for_all_it_needs() {
    let catalog = catalog();
    let asks =
        template(&catalog, "{graduate-count ? {employed-count} | | }\n@line 就业: placement-rate over 3 years").asks();
    let whole = |indicator: &str, back| Ask::Whole { indicator: indicator.into(), back };
    let expected = [
        whole("employed-count", 0),
        whole("graduate-count", 0),
        whole("graduate-count", 1),
        whole("placement-rate", 0),
        whole("placement-rate", 1),
        whole("placement-rate", 2),
    ];
    assert_eq!(asks.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn equal_reports_have_equal_codes_and_others_others() {
    let one = filled("{graduate-count}", Profile::Internal);
    assert_eq!(one, filled("{graduate-count}", Profile::Internal));
    let other = filled("{employed-count}", Profile::Internal);
    assert_ne!(one.head.code, other.head.code);
    assert_ne!(one.chapters[0].code, other.chapters[0].code);
    assert_eq!(one.chapters[0].code.len(), 19);
}

fn findings(text: &str) -> Vec<(&'static str, usize, usize, Option<String>)> {
    let place = |finding: &Finding| match finding.place {
        Place::Text { line, column, .. } => (line, column),
        _ => (0, 0),
    };
    let (_, found) = read(&source(text), &catalog());
    let one = |finding: Finding| {
        let (line, column) = place(&finding);
        (finding.code, line - 9, column, finding.with.get("nearest").map(str::to_owned))
    };
    found.into_iter().map(one).collect()
}

#[test]
fn mistakes_are_named_with_line_column_and_what_was_meant() {
    let near = |text: &str| Some(text.to_owned());
    for (text, expected) in [
        ("毕业生{graduate-count", vec![("RPT-001", 1, 4, None)]),
        ("毕业生}", vec![("RPT-002", 1, 4, None)]),
        ("甲\n毕业生{graduate-cuont}名", vec![("RPT-003", 2, 5, near("graduate-count"))]),
        ("{毕业生人数}", vec![("RPT-003", 1, 2, near("graduate-count"))]),
        ("{graduate-count.befor}", vec![("RPT-004", 1, 17, near("before"))]),
        ("{graduate-count[department]}", vec![("RPT-005", 1, 2, None)]),
        ("{graduate-count ? 升}", vec![("RPT-006", 1, 2, None)]),
        ("{each department: {name}}", vec![("RPT-007", 1, 2, None)]),
        ("{graduate-count[departmnt=x]}", vec![("RPT-008", 1, 17, near("department"))]),
        ("@tabel 甲: graduate-count", vec![("RPT-010", 1, 2, near("table"))]),
        ("@table 甲 graduate-count", vec![("RPT-011", 1, 1, None)]),
        ("@line 甲: graduate-count over 99 years", vec![("RPT-012", 1, 30, None)]),
        ("@stacked 甲: graduate-count", vec![("RPT-013", 1, 1, None)]),
        ("@records 甲: honor: name", vec![("RPT-014", 1, 13, near("honour"))]),
    ] {
        assert_eq!(findings(text), expected, "{text}");
    }
}

#[test]
fn the_file_around_the_prose_is_checked_too() {
    let catalog = catalog();
    let check = |text: &str| {
        let (template, found) =
            read(&SourceFile { path: "reports/x.toml".into(), text: text.to_owned().into() }, &catalog);
        assert!(template.is_none() || found.is_empty());
        found.into_iter().map(|f| f.code).collect::<Vec<_>>()
    };
    assert_eq!(check("[report"), ["RPT-020"]);
    let head = "[report]\nid = \"x\"\nname = { zh = \"甲\", en = \"A\", de = \"A\" }\ntitle = \"t\"\n";
    assert_eq!(check(head), ["RPT-022"]);
    assert_eq!(
        check(&format!("{head}titel = \"t\"\n[[chapter]]\nid = \"a\"\ntitle = \"t\"\ntext = \"\"\n")),
        ["RPT-021"]
    );
    assert_eq!(check(&head.replace("\"x\"", "\"y\"").replace("title = \"t\"", "title = 3")), ["RPT-023", "RPT-025"]);
}
