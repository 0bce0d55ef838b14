//! What a number takes over from what was said before it: whose text it stands in, what is counted, when, on which level.

use jc_claims::candidates;
use jc_claims::document::Level;
use jc_claims::judge::Reason;
use jc_claims::lexicon::{EntryKind, Filter, LexEntry, Lexicon};
use jc_claims::read;
use jc_claims::scope::Sense;

fn entry(indicator: &str, words: &[&str], unit: &str, kind: EntryKind) -> LexEntry {
    LexEntry {
        indicator: indicator.to_string(),
        words: words.iter().map(|word| (*word).to_string()).collect(),
        unit: unit.to_string(),
        other_units: vec![],
        kind,
        context: vec![],
        level: None,
        names: vec![],
        filters: vec![],
    }
}

fn sliced(mut entry: LexEntry, field: &str, values: &[&str]) -> LexEntry {
    let filter =
        |word: &&str| Filter { field: field.to_string(), word: (*word).to_string(), value: (*word).to_string() };
    entry.filters.extend(values.iter().map(filter));
    entry
}

const PARTS: &[&str] = &["机电学部工程系", "商贸信息学院"];

fn lexicon() -> Lexicon {
    let students = sliced(entry("students", &["在校生"], "人", EntryKind::Count), "department", PARTS);
    let talks = sliced(entry("talks", &["联系"], "次", EntryKind::Count), "form", &["当面谈话", "电话", "走访"]);
    let mut first = entry("first.city", &["一等奖"], "人次", EntryKind::PersonTimes);
    (first.level, first.context) = (Some(Level::City), vec!["班主任".to_string()]);
    let mut county = first.clone();
    (county.indicator, county.level) = ("first.county".to_string(), Some(Level::County));
    let mut exams = entry("exam.rate", &["通过率"], "%", EntryKind::Rate);
    exams.context = vec!["认证".to_string(), "德国".to_string()];
    let mut hours = entry("training.hours", &["研修"], "小时", EntryKind::Time);
    hours.other_units = vec!["学时".to_string()];
    let awards = sliced(entry("awards", &["获奖"], "项", EntryKind::Count), "level", &["省级", "市级"]);
    Lexicon {
        entries: vec![
            students,
            talks,
            first,
            county,
            exams,
            hours,
            awards,
            entry("visits", &["走访学生"], "人次", EntryKind::PersonTimes),
            entry("reach", &["家访的覆盖面"], "%", EntryKind::Rate),
            entry("posts", &["先锋岗"], "个", EntryKind::Count),
            entry("days", &["主题党日"], "次", EntryKind::Count),
            entry("guests", &["来访"], "批", EntryKind::Count),
            entry("guest.times", &["来访"], "人次", EntryKind::PersonTimes),
        ],
        own_names: vec!["某某技师学院".to_string()],
        parts: PARTS.iter().map(|part| (*part).to_string()).collect(),
        ..Lexicon::default()
    }
}

/// What each number of a text is held against: indicator, slice, the year before, and how firmly.
fn told(text: &str) -> Vec<String> {
    let lexicon = lexicon();
    let doc = read(text, &lexicon);
    let readings = candidates(&doc, &lexicon);
    let one = |id: &str| {
        let mut of = readings.iter().filter(|it| it.claim_id == id);
        let (reading, other) = (of.next()?, of.next());
        let part: String = reading.filters.iter().map(|(_, value)| format!(" {value}")).collect();
        let sense = match reading.sense {
            _ if other.is_some() => " ambiguous",
            Sense::Whole => "",
            Sense::PerhapsPart => " perhaps",
            Sense::Narrowed => " narrowed",
            Sense::Other(Reason::NoSlice) => " no-slice",
            Sense::Other(_) => " other",
        };
        Some(format!("{}{part}{sense}", reading.indicator))
    };
    let counts = doc.claims.iter().filter(|claim| !["年", "月", "日期"].contains(&claim.unit.as_str()));
    counts
        .filter(|claim| !claim.text.contains("等奖"))
        .map(|claim| {
            let before = if claim.is_of_last_year() { " before" } else { "" };
            format!("{} {}{before}", claim.text, one(&claim.id).unwrap_or_else(|| "open".to_string()))
        })
        .collect()
}

#[test]
fn a_text_about_one_department_is_held_against_that_department() {
    for (text, expect) in [
        ("商贸信息学院自评报告\n我院现有在校生239人。", vec!["239人 students 商贸信息学院"]),
        ("商贸信息学院这一年：立足数字商贸。学院在校生239人。", vec!["239人 students 商贸信息学院"]),
        ("信息学院述职材料：一年来稳步发展。学院在校生239人。", vec!["239人 students 商贸信息学院"]),
        ("商贸信息学院工作总结\n走访学生100人次。", vec!["100人次 visits no-slice"]),
        ("护理系工作总结\n在校生320人。", vec!["320人 students no-slice"]),
        (
            "商贸信息学院工作总结\n全校在校生1421人，我院在校生239人。",
            vec!["1421人 students", "239人 students 商贸信息学院"],
        ),
        (
            "商贸信息学院\n在校生239人。\n全校情况\n在校生1421人。",
            vec!["239人 students 商贸信息学院", "1421人 students"],
        ),
        ("某某技师学院年度报告\n我院在校生1421人。", vec!["1421人 students"]),
        ("教务处工作总结\n在校生1421人。", vec!["1421人 students"]),
        ("商贸信息学院：239人\n在校生1421人。", vec!["239人 open", "1421人 students"]),
        ("商贸信息学院在校生239人\n在校生1421人。", vec!["239人 students 商贸信息学院", "1421人 students"]),
        // A sentence that only begins with the department may go on with the school.
        ("商贸信息学院牵头联系企业，在校生1421人。", vec!["1421人 students 商贸信息学院 perhaps"]),
    ] {
        assert_eq!(told(text), expect, "{text}");
    }
}

#[test]
fn what_goes_on_from_the_number_before_is_of_the_same() {
    for (text, expect) in [
        ("上年，学校走访学生679人次；今年增至777人次。", vec!["679人次 visits before", "777人次 visits"]),
        ("家访的覆盖面，上年只有80.1%，今年提高到99%。", vec!["80.1% reach before", "99% reach"]),
        ("附表（括号内为上年）\n走访学生：69人次（35人次）", vec!["69人次 visits", "35人次 visits before"]),
        ("附表（括号内为计划数）\n走访学生：69人次（35人次）", vec!["69人次 visits", "35人次 open"]),
        ("来访共3批、63人次。", vec!["3批 guests", "63人次 guest.times"]),
        ("联系253次，其中当面谈话126次。", vec!["253次 talks", "126次 talks 当面谈话"]),
        ("先锋岗从教学一线延伸到后勤，已有79个。", vec!["79个 posts"]),
        ("主题党日10次，参观红色基地10次。", vec!["10次 days", "10次 days narrowed"]),
    ] {
        assert_eq!(told(text), expect, "{text}");
    }
}

#[test]
fn levels_and_what_must_stand_near_may_stand_before() {
    for (text, expect) in [
        ("班主任比赛中，市级赛场同样亮眼，一等奖有4人次。", vec!["4人次 first.city"]),
        (
            "市级班主任比赛中，我校获一等奖4人次；县级赛场，一等奖8人次。",
            vec!["4人次 first.city", "8人次 first.county perhaps"],
        ),
        ("省赛获奖30项。", vec!["30项 awards perhaps"]),
        ("德国认证考试通过率95%。德语A2级考试通过率88%。", vec!["95% exam.rate", "88% exam.rate narrowed"]),
        ("英语考试通过率88%。德国认证考试通过率95%。", vec!["88% open", "95% exam.rate"]),
    ] {
        assert_eq!(told(text), expect, "{text}");
    }
}

#[test]
fn several_of_a_kind_narrow_to_none_of_them() {
    for (text, expect) in [
        ("通过当面谈话、电话等方式联系253次。", vec!["253次 talks perhaps"]),
        ("当面谈话、电话和走访联系253次。", vec!["253次 talks"]),
        ("外出研修3480学时。", vec!["3480学时 training.hours"]),
    ] {
        assert_eq!(told(text), expect, "{text}");
    }
}

#[test]
fn a_year_that_is_planned_is_not_the_texts() {
    let period = |text: &str| read(text, &lexicon()).period.map(|period| period.years);
    assert_eq!(period("走访学生777人次。2025年拟招收新生。"), None);
    assert_eq!(period("走访学生777人次。\n2025年奋斗目标：走访学生900人次。"), None);
    assert_eq!(period("走访学生777人次。2025年，学校将再接再厉。"), None);
    assert_eq!(period("2025年走访学生777人次。"), Some(vec![2025]));
}
