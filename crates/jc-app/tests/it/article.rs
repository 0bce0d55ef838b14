//! The newspaper article, number by number: what the sample college's records say of each of its 71 core claims.
//!
//! `tests/article/marked.txt` holds the passages with the claims, each marked `[c009|91.4%]`; people's names are
//! blotted out, and the one whose own prizes are a claim is called like the made-up teacher of the sample who has such.
//! The page `docs/reference/article.zh.md` is written from the real check of that text and held to it
//! here: `JIANGCE_WRITE_DOCS=1 cargo test -p jc-app article` writes it anew.

use crate::people::records;
use crate::sample::college;
use jc_app::check_text::{Checked, WHOSE};
use jc_app::given::{Arithmetic, Judgement, Page, Reason, Relation, Verdict};
use jc_app::{Person, Viewer};
use jc_base::{Lang, RecordId, Value};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

const MARKED: &str = include_str!("../article/marked.txt");
const PAGE: &str = "../../docs/reference/article.zh.md";

/// A claim of the article: its id and where it stands, in characters of the plain text.
struct Marked {
    id: String,
    at: Range<usize>,
}

/// The teacher of the sample with the most first prizes of class teachers in one contest of the city.
fn prized(viewer: &Viewer) -> String {
    let catalog = viewer.catalog();
    let value = |register: &str, record: &jc_store::Record, field: &str| -> Value {
        let declared = catalog.register(register).expect("a register");
        record.values[declared.find_field(field).expect("a field")].clone()
    };
    let all = |register: &str| records(viewer, catalog.find_register(register).expect("a register"), None);
    let of_city: Vec<RecordId> = all("contest")
        .iter()
        .filter(|it| value("contest", it, "level").as_text() == Some("city"))
        .map(|it| it.id)
        .collect();
    let mut prizes: BTreeMap<RecordId, usize> = BTreeMap::new();
    for award in all("award") {
        let contest = value("award", &award, "contest").as_ref_id();
        let first = value("award", &award, "grade").as_text() == Some("first");
        let this_year = value("award", &award, "awarded_on").as_date().is_some_and(|day| day.year() == 2024);
        let group = value("award", &award, "entrants");
        if first
            && this_year
            && group.as_text() == Some("class-teacher")
            && contest.is_some_and(|c| of_city.contains(&c))
        {
            value("award", &award, "teachers").ref_ids().iter().for_each(|who| *prizes.entry(*who).or_default() += 1);
        }
    }
    let (most, _) = prizes.into_iter().max_by_key(|(_, prizes)| *prizes).expect("someone has a prize");
    let staff = all("staff").into_iter().find(|one| one.id == most).expect("a teacher");
    value("staff", &staff, "name").as_text().expect("a name").to_owned()
}

/// The text without marks, and the marks.
fn plain(viewer: &Viewer) -> (Vec<char>, Vec<Marked>) {
    let marked = MARKED.replace("朱某某", &prized(viewer));
    let (mut text, mut marks) = (Vec::new(), Vec::new());
    for (position, part) in marked.split('[').enumerate() {
        let (inside, behind) = match part.split_once(']') {
            Some((inside, behind)) if position > 0 => (inside, behind),
            _ => ("", part),
        };
        if let Some((id, words)) = inside.split_once('|') {
            let start = text.len();
            text.extend(words.chars());
            marks.push(Marked { id: id.to_owned(), at: start..text.len() });
        }
        text.extend(behind.chars());
    }
    (text, marks)
}

/// The words around a claim up to the next sign, the claim itself in bold.
fn quoted(text: &[char], at: &Range<usize>) -> String {
    let stops = |c: &char| "，。；、：\n●".contains(*c);
    let from = text[..at.start].iter().rposition(stops).map_or(0, |stop| stop + 1);
    let to = text[at.end..].iter().position(stops).map_or(text.len(), |stop| at.end + stop);
    let words = |range: Range<usize>| text[range].iter().collect::<String>();
    format!("{}**{}**{}", words(from..at.start), words(at.clone()), words(at.end..to))
}

/// What was found of a marked claim: the verdict of the records, and the arithmetic that cannot hold.
struct Found<'a> {
    judgement: Option<&'a Judgement>,
    impossible: Option<&'a Relation>,
}

fn find<'a>(checked: &'a Checked, at: &Range<usize>) -> Found<'a> {
    let overlaps = checked.document.claims.iter().filter(|c| c.span.start < at.end && c.span.end > at.start);
    // 5金8银7铜 are three claims: the one that begins where the mark does.
    let claim = overlaps.min_by_key(|c| c.span.start.abs_diff(at.start));
    let judgement = claim.and_then(|claim| checked.judgements.iter().find(|j| j.claim_id == claim.id));
    let fails = |r: &&Relation| r.primary && r.finding == Arithmetic::Inconsistent;
    // The claim under test is the last member.
    let tests = |r: &&Relation| claim.is_some_and(|claim| r.members.last().is_some_and(|(_, id)| *id == claim.id));
    Found { judgement, impossible: checked.relations.iter().filter(fails).find(tests) }
}

/// The verdict in words.
fn verdict(found: &Found) -> String {
    if let Some(relation) = found.impossible {
        return format!("**不可能**：{}", relation.working.zh);
    }
    let Some(judgement) = found.judgement else { return "没有认出这个数".to_owned() };
    match judgement.verdict {
        Verdict::Supported => "相符".to_owned(),
        Verdict::SupportedOtherwise => "换口径才成立".to_owned(),
        Verdict::SupportedIfVerified => "待核的核实后相符".to_owned(),
        Verdict::Contradicted => "**矛盾**".to_owned(),
        Verdict::NotDerivable(Reason::OutsideProof) => "**只能由外部证明**：“外部证明”台账里没有这样的文件".to_owned(),
        Verdict::NotDerivable(reason) => {
            let why = jc_words::text(Lang::Zh, &format!("check-reason-{}", reason.code()), &[]);
            format!("得不出：{}", why.trim_end_matches('。'))
        }
    }
}

/// What the records give, a share with its two counts: `91.4%（85 ÷ 93）`.
fn value(viewer: &Viewer, judgement: &Judgement, id: &str) -> String {
    let reading = judgement.reading();
    let printed = reading.map(|reading| reading.printed.clone()).unwrap_or_default();
    if let Some((_, name)) = reading.and_then(|it| it.slices.iter().find(|(slice, _)| slice == WHOSE)) {
        return format!("{name}：{printed}");
    }
    let of = viewer.indicator(id).expect("an indicator of the catalog");
    let page = Page::reported_in(&viewer.catalog().registers[of.register], 2024);
    let figure = viewer.figure(of, page).expect("a figure").figure;
    match (figure.numerator, figure.denominator) {
        (Some(part), Some(whole)) if figure.unit.as_str() == "percent" && whole.num() > 0 => {
            format!("{printed}（{} ÷ {}）", part.print(0), whole.print(0))
        }
        _ => printed,
    }
}

/// One line of the table.
fn line(viewer: &Viewer, text: &[char], mark: &Marked, found: &Found) -> String {
    let catalog = viewer.catalog();
    let judged = found.judgement.and_then(|j| Some((j, j.reading()?.indicator.as_str())));
    let (indicator, about, printed) = match judged {
        Some((judgement, id)) => {
            let (register, position) = catalog.find_indicator(id).expect("an indicator of the catalog");
            let declared = &catalog.registers[register].indicators[position];
            let name = format!("{} `{id}`", declared.name.zh);
            (name, declared.about.zh.clone(), value(viewer, judgement, id))
        }
        None => Default::default(),
    };
    let cells = [mark.id.clone(), quoted(text, &mark.at), indicator, about, printed, verdict(found)];
    format!("| {} |", cells.map(|cell| cell.replace('|', "\\|")).join(" | "))
}

fn page(viewer: &Viewer, text: &[char], marks: &[Marked], checked: &Checked) -> String {
    let mut page = String::from(
        "# 文章里的数，示例学校的记录\n\n由测试从程序写出，不要手改（`JIANGCE_WRITE_DOCS=1 cargo test -p jc-app article`）。\n\n\
         一篇年度报道的全部核心论断，逐个对照示例学校 2024 年的记录：用哪个指标、怎样算、记录里是多少、与文章是否相符。\n\
         值都由已核记录数出来，没有一个是存着的；示例学校的人都是虚构的，文中的人名已隐去，\
         说一位班主任自己得奖的那一句换成了示例学校里有同样记录的虚构教师。\n",
    );
    let (mut supported, mut impossible, mut outside) = (0, 0, 0);
    let mut area = String::new();
    for mark in marks {
        let found = find(checked, &mark.at);
        impossible += usize::from(found.impossible.is_some());
        let is = |verdict| usize::from(found.judgement.is_some_and(|j| j.verdict == verdict));
        supported += is(Verdict::Supported);
        outside += is(Verdict::NotDerivable(Reason::OutsideProof));
        let own = area_of(text, mark.at.start);
        if own != area {
            area = own;
            let _ = write!(
                page,
                "\n## {area}\n\n| 编号 | 原文 | 指标 | 口径 | 记录的值 | 结论 |\n|---|---|---|---|---|---|\n"
            );
        }
        let _ = writeln!(page, "{}", line(viewer, text, mark, &found));
    }
    let open = marks.len() - supported - impossible - outside;
    let told = format!("相符 {supported}，不可能 {impossible}，只能由外部证明 {outside}，其余 {open}");
    let _ = write!(page, "\n共 {} 个：{told}。\n", marks.len());
    page
}

/// The heading above a place: its words before the colon; the list at the end has signs instead of headings.
fn area_of(text: &[char], place: usize) -> String {
    let above: String = text[..place].iter().collect();
    if above.rsplit('\n').next().is_some_and(|line| line.starts_with('●')) {
        return "荣誉榜".to_owned();
    }
    let heading = |line: &&str| line.chars().count() < 30 && line.contains('：');
    let last = above.lines().rev().find(heading).and_then(|line| line.split('：').next());
    last.unwrap_or_default().to_owned()
}

#[test]
fn the_page_says_what_the_check_of_the_article_says() {
    let (app, report) = college();
    let person = Person::command_line(report.school);
    let viewer = app.viewer(&person);
    let (text, marks) = plain(&viewer);
    assert_eq!(marks.len(), 71);
    let whole: String = text.iter().collect();
    let checked = viewer.check_text(&whole, 2024, true).expect("a checked text");
    let written = page(&viewer, &text, &marks, &checked);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    if std::env::var_os("JIANGCE_WRITE_DOCS").is_some() {
        std::fs::write(&path, &written).expect("the page is written");
    }
    let kept = std::fs::read_to_string(&path).expect("the page is there");
    assert!(kept == written, "docs/reference/article.zh.md is old; JIANGCE_WRITE_DOCS=1 writes it anew");
}

#[test]
fn every_judged_claim_of_the_article_agrees_but_the_impossible_one() {
    let (app, report) = college();
    let person = Person::command_line(report.school);
    let viewer = app.viewer(&person);
    let (text, marks) = plain(&viewer);
    let whole: String = text.iter().collect();
    let checked = viewer.check_text(&whole, 2024, true).expect("a checked text");
    let of = |verdict: fn(&Verdict) -> bool| -> Vec<&str> {
        let judged = |mark: &&Marked| find(&checked, &mark.at).judgement.is_some_and(|j| verdict(&j.verdict));
        marks.iter().filter(judged).map(|mark| mark.id.as_str()).collect()
    };
    // Five gold medals after a rise of 40 %: the records say three became five, and no whole number says 40 %.
    assert_eq!(of(|verdict| *verdict == Verdict::Contradicted), ["c041"]);
    let impossible: Vec<&str> =
        marks.iter().filter(|m| find(&checked, &m.at).impossible.is_some()).map(|m| m.id.as_str()).collect();
    assert_eq!(impossible, ["c041"]);
    // What remains is what only somebody else can prove.
    let open = of(|verdict| matches!(verdict, Verdict::NotDerivable(_)));
    let untold = marks.iter().filter(|m| find(&checked, &m.at).judgement.is_none()).map(|m| m.id.as_str());
    let open: Vec<&str> = open.into_iter().chain(untold).collect();
    assert_eq!(open, ["c075"]);
    assert_eq!(of(|verdict| *verdict == Verdict::NotDerivable(Reason::OutsideProof)), open);
    assert_eq!(of(|verdict| *verdict == Verdict::Supported).len(), 69);
    assert!(of(|verdict| *verdict == Verdict::SupportedIfVerified).is_empty());
}
