//! Candidates by words, verdicts by the records' figures.

use jc_claims::candidates::candidates;
use jc_claims::document::Document;
use jc_claims::document::Level;
use jc_claims::exact::Exact;
use jc_claims::judge::{Answer, Definition, Given, Reason, Verdict, judge};
use jc_claims::lexicon::{EntryKind, Filter, LexEntry, Lexicon};
use jc_claims::out::to_claims_out;
use jc_claims::propose::propose;
use jc_claims::read::read;
use jc_claims::relate::relate;
use jc_claims::scope::Sense;

fn entry(indicator: &str, words: &[&str], unit: &str, kind: EntryKind) -> LexEntry {
    let words = words.iter().map(|word| (*word).to_string()).collect();
    LexEntry {
        indicator: indicator.to_string(),
        words,
        unit: unit.to_string(),
        other_units: vec![],
        kind,
        context: vec![],
        level: None,
        names: vec![],
        filters: vec![],
    }
}

fn lexicon() -> Lexicon {
    let mut passes = entry("aus.pass-count", &["通过人数", "通过考试"], "人", EntryKind::Count);
    passes.context = vec!["中奥".to_string()];
    let mut awards = entry("contest.awards", &["获奖", "奖项", "一等奖", "二等奖"], "项", EntryKind::Count);
    awards.filters = [("一等奖", "first"), ("二等奖", "second")]
        .map(|(word, value)| Filter { field: "grade".to_string(), word: word.to_string(), value: value.to_string() })
        .to_vec();
    Lexicon {
        entries: vec![
            entry("leavers.placed-rate", &["就业率", "落实率"], "%", EntryKind::Rate),
            entry("leavers.matched-rate", &["对口就业率"], "%", EntryKind::Rate),
            entry("leavers.count", &["毕业生"], "人", EntryKind::Count),
            entry("visits.times", &["家访", "走访"], "人次", EntryKind::PersonTimes),
            entry("homes.visits", &["家访"], "次", EntryKind::Count),
            passes,
            awards,
        ],
        ..Lexicon::default()
    }
}

/// `claim text → indicator(filters)` for every candidate.
fn who(text: &str) -> Vec<String> {
    let lexicon = lexicon();
    let doc = read(text, &lexicon);
    let show = |filters: &[(String, String)]| filters.iter().map(|(f, v)| format!("({f}={v})")).collect::<String>();
    let all = candidates(&doc, &lexicon);
    all.iter()
        .map(|it| format!("{} → {}{}", doc.claim(&it.claim_id).unwrap().text, it.indicator, show(&it.filters)))
        .collect()
}

#[test]
fn the_longest_word_decides() {
    assert_eq!(
        who("毕业生共300人，就业率98%，对口就业率90%。"),
        ["300人 → leavers.count", "98% → leavers.placed-rate", "90% → leavers.matched-rate"]
    );
}

#[test]
fn unit_and_kind_must_agree() {
    assert_eq!(who("全年家访200人次。"), ["200人次 → visits.times"]);
    assert_eq!(who("全年家访200次。"), ["200次 → homes.visits"]);
    assert!(who("就业率比上年提高3个百分点。").is_empty());
}

#[test]
fn the_same_value_elsewhere_is_another_claim() {
    // 84 twice: only the one beside its context words is the examination.
    assert_eq!(who("市级以上奖项84项。中奥班考试通过人数84人。"), ["84项 → contest.awards", "84人 → aus.pass-count"]);
    assert!(who("驾照考试通过人数84人。").is_empty(), "the context word is missing");
}

#[test]
fn a_part_of_fewer_is_not_all_there_are() {
    // 300 leavers are recorded. Of 42 people 9 are leavers, which says nothing of the others; of 400 280 may be all of them.
    let recorded = Given::Value(Exact::int(300).unwrap());
    assert_eq!(verdicts("发展党员42名，其中毕业生9名。", recorded, None)[1], "not_derivable (perhaps-part)");
    assert_eq!(verdicts("慰问400人，其中毕业生280人。", recorded, None)[1], "contradicted");
}

#[test]
fn filters_name_the_slice() {
    assert_eq!(
        who("获一等奖4项、二等奖9项。"),
        ["4项 → contest.awards(grade=first)", "9项 → contest.awards(grade=second)"]
    );
}

fn verdicts(text: &str, value: Given, with_pending: Option<Exact>) -> Vec<String> {
    let lexicon = lexicon();
    let doc: Document = read(text, &lexicon);
    let answers: Vec<Answer> = candidates(&doc, &lexicon)
        .into_iter()
        .map(|it| Answer {
            claim_id: it.claim_id,
            indicator: it.indicator,
            definition: Definition::Said,
            sense: it.sense,
            period: "2025".to_string(),
            slices: it.filters,
            value,
            with_pending,
            pending: 0,
            printed: "…".to_string(),
        })
        .collect();
    let judged = judge(&doc, &relate(&doc), &answers);
    let json = to_claims_out(&doc, "clean", &relate(&doc), &judged);
    assert_eq!(json["verdicts"].as_array().unwrap().len(), doc.claims.len());
    json["verdicts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            let reason = it["reason"].as_str().map_or_else(String::new, |reason| format!(" ({reason})"));
            format!("{}{reason}", it["verdict"].as_str().unwrap())
        })
        .collect()
}

fn check(text: &str, num: i128, den: i128, expect: &str) {
    let value = Given::Value(Exact::new(num, den).unwrap());
    assert_eq!(verdicts(text, value, None), [expect], "{text} against {num}/{den}");
}

#[test]
fn values_are_rounded_as_printed() {
    check("就业率达99.26%。", 404, 407, "supported");
    check("就业率达99.27%。", 404, 407, "contradicted");
    check("就业率达99%。", 404, 407, "supported");
    check("就业率12.5%。", 1245, 10_000, "supported");
    check("就业率12.5%。", 12_449, 100_000, "contradicted");
    check("家访1.2万人次。", 11_500, 1, "supported");
    check("家访1.2万人次。", 11_499, 1, "contradicted");
}

#[test]
fn bounds_are_intervals() {
    check("家访320余人次。", 321, 1, "supported");
    check("家访320余人次。", 320, 1, "contradicted");
    check("家访320余人次。", 330, 1, "contradicted");
    check("家访近30人次。", 27, 1, "supported");
    check("家访近30人次。", 30, 1, "contradicted");
    check("家访约4300人次。", 4350, 1, "supported");
    check("家访超过50人次。", 50, 1, "supported");
    check("家访不足50人次。", 51, 1, "contradicted");
}

#[test]
fn pending_missing_and_unknown() {
    let text = "家访120人次。";
    assert_eq!(verdicts(text, Given::Value(Exact::int(100).unwrap()), Exact::int(120)), ["supported_if_verified"]);
    assert_eq!(verdicts(text, Given::Value(Exact::int(100).unwrap()), Exact::int(119)), ["contradicted"]);
    assert_eq!(verdicts(text, Given::Missing(Reason::NoRecords), None), ["not_derivable (no-records)"]);
    assert_eq!(
        verdicts("食堂新增窗口3个。", Given::Missing(Reason::NoRecords), None),
        ["not_derivable (no-indicator)"]
    );
}

/// What the one claim of a text comes to against 407 graduates.
fn against_407(text: &str) -> String {
    let mut lexicon = lexicon();
    lexicon.own_names = vec!["平湖技师学院".to_string()];
    lexicon.places = vec![("嘉兴市".to_string(), Level::City)];
    let doc = read(text, &lexicon);
    let answers: Vec<Answer> = candidates(&doc, &lexicon)
        .into_iter()
        .map(|it| answer(it.claim_id, "leavers.count", Definition::Said, it.sense, 407))
        .collect();
    let judged = judge(&doc, &relate(&doc), &answers);
    let it = judged.iter().find(|it| !it.readings.is_empty()).unwrap_or_else(|| panic!("{text}: no reading"));
    match it.verdict {
        Verdict::NotDerivable(reason) => reason.code().to_string(),
        other => other.word().to_string(),
    }
}

fn answer(claim_id: String, indicator: &str, definition: Definition, sense: Sense, value: i128) -> Answer {
    Answer {
        claim_id,
        indicator: indicator.to_string(),
        definition,
        sense,
        period: "2024届".to_string(),
        slices: Vec::new(),
        value: Given::Value(Exact::int(value).unwrap()),
        with_pending: None,
        pending: 0,
        printed: format!("{value} 人"),
    }
}

#[test]
fn what_is_said_of_others_parts_and_plans_is_no_contradiction() {
    for (text, came) in [
        ("2024年，学校毕业生407人。", "supported"),
        ("2024年，学校毕业生409人。", "contradicted"),
        ("2024年，学校毕业生总数为409人。", "contradicted"),
        ("平湖技师学院毕业生409人。", "contradicted"),
        ("2025年计划毕业生409人。", "intended"),
        ("全省技工院校毕业生409人。", "elsewhere"),
        ("东海职业技术学院毕业生409人。", "elsewhere"),
        ("近三年毕业生1200人。", "no-period"),
        ("自2019年以来，毕业生共1200人。", "no-period"),
        ("上半年毕业生9人。", "part-of-period"),
        ("护理专业毕业生40人。", "no-slice"),
        ("女毕业生180人。", "no-slice"),
        ("困难毕业生12人全部得到资助。", "no-slice"),
        ("三年累计毕业生1200人。", "no-period"),
        ("过去5年毕业生1200人。", "no-period"),
        ("目标：毕业生达到409人。", "intended"),
        ("嘉兴市技工院校毕业生407人。", "elsewhere"),
        ("嘉兴市共有毕业生407人。", "elsewhere"),
        ("机电一体化专业2024届毕业生100人。", "perhaps-part"),
        ("参加培训的毕业生120人。", "perhaps-part"),
        ("学校培养的毕业生409人。", "contradicted"),
        ("学校2024届毕业生409人。", "contradicted"),
        ("学校应届毕业生409人。", "contradicted"),
        ("2021级毕业生409人。", "perhaps-part"),
        ("新招毕业生12人。", "perhaps-part"),
        ("学校创新培养毕业生409人。", "contradicted"),
        ("年初要点提出，毕业生达409人。", "intended"),
        ("按照建设方案，毕业生为409人。", "intended"),
        ("按照方案，学校已培养毕业生409人。", "contradicted"),
        ("学生会联系毕业生120人。", "perhaps-part"),
        ("学校主动联系毕业生409人。", "contradicted"),
        ("300名毕业生参加了在市体育中心举行的春季双选会。", "perhaps-part"),
        ("407名毕业生参加了在市体育中心举行的春季双选会。", "supported"),
    ] {
        assert_eq!(against_407(text), came, "{text}");
    }
}

#[test]
fn several_readings_and_other_definitions() {
    let text = "学校毕业生409人。";
    let lexicon = lexicon();
    let doc = read(text, &lexicon);
    let id = doc.claims.last().unwrap().id.clone();
    let said = |value| answer(id.clone(), "a", Definition::Said, Sense::Whole, value);
    let other = |value| answer(id.clone(), "b", Definition::Other, Sense::Whole, value);
    let came = |answers: &[Answer]| {
        let judged = judge(&doc, &relate(&doc), answers);
        let it = judged.iter().find(|it| it.claim_id == id).unwrap();
        (it.verdict.word(), it.reading().map(|reading| reading.indicator.clone()), it.readings.len())
    };
    let named = |name: &str| Some(name.to_string());
    assert_eq!(came(&[said(409), other(407)]), ("supported", named("a"), 2));
    assert_eq!(came(&[said(407), other(409)]), ("supported_otherwise", named("b"), 2));
    assert_eq!(came(&[said(407), other(408)]), ("contradicted", named("a"), 2));
    // Two readings are two until they come to the same.
    assert_eq!(came(&[said(409), said(407)]), ("not_derivable", None, 2));
    assert_eq!(came(&[said(407), said(408)]), ("contradicted", None, 2));
    assert_eq!(came(&[said(409), said(409)]), ("supported", None, 2));
    assert_eq!(came(&[]), ("not_derivable", None, 0));
}

#[test]
fn a_wrong_number_is_put_right_in_its_own_words() {
    for (text, value, better) in [
        ("获奖84人次。", Exact::int(87), Some("87人次")),
        ("就业率达99.27%。", Exact::new(9926, 100), Some("99.26%")),
        ("就业率达98%。", Exact::new(9926, 100), Some("99%")),
        ("志愿服务320余人次。", Exact::int(346), Some("346人次")),
        ("创造经济效益近600万元。", Exact::int(4_860_000), Some("486万元")),
        ("家访1.2万人次。", Exact::int(11_400), Some("1.14万人次")),
        ("志愿者两百人。", Exact::int(3), None),
        ("教师30至50人。", Exact::int(3), None),
    ] {
        let doc = read(text, &Lexicon::default());
        let claim = doc.claims.last().unwrap_or_else(|| panic!("{text}: no claim"));
        assert_eq!(propose(claim, value.unwrap()).as_deref(), better, "{text}");
    }
}

#[test]
fn what_it_came_to_is_of_a_later_time_than_it_came_from() {
    let years = |text: &str| -> Vec<Option<Vec<i32>>> {
        let doc = read(text, &lexicon());
        let counts = doc.claims.iter().filter(|c| c.unit == "人次");
        counts.map(|c| c.period.as_ref().map(|period| period.years.clone())).collect()
    };
    assert_eq!(years("家访从2023年的872人次增加到1046人次。"), [Some(vec![2023]), None]);
    assert_eq!(
        years("2024年工作总结。家访从2023年的872人次增加到1046人次，2024年另有走访30人次。"),
        [Some(vec![2023]), Some(vec![2024]), Some(vec![2024])]
    );
    assert_eq!(years("2023年家访872人次，走访120人次。"), [Some(vec![2023]), Some(vec![2023])]);
}

#[test]
fn last_year_is_told_where_no_year_is_named() {
    let doc = read("上年家访872人次，今年1046人次，比上年增加174人次。", &lexicon());
    let of_last_year: Vec<bool> = doc.claims.iter().filter(|c| c.unit == "人次").map(|c| c.is_of_last_year()).collect();
    assert_eq!(of_last_year, [true, false, false]);
}

#[test]
fn some_of_the_people_are_not_all_of_them() {
    let mut lexicon = lexicon();
    lexicon.entries.push(entry("staff.count", &["教职工"], "人", EntryKind::Count));
    lexicon.entries.push(entry("papers.count", &["论文"], "篇", EntryKind::Count));
    lexicon.entries.push(entry("volunteers.times", &["志愿服务"], "人次", EntryKind::PersonTimes));
    for (text, sense) in [
        ("退休教职工50人。", Sense::Other(Reason::NoSlice)),
        ("外聘教职工12人。", Sense::Other(Reason::NoSlice)),
        ("教师发表核心期刊论文20篇。", Sense::Other(Reason::NoSlice)),
        ("新生志愿服务1046人次。", Sense::Other(Reason::NoSlice)),
        ("社区志愿服务300人次。", Sense::Narrowed),
        ("团委组织志愿服务300人次。", Sense::Narrowed),
        ("校团委、学生会组织志愿服务300人次。", Sense::Narrowed),
        ("图书馆志愿服务300人次。", Sense::Narrowed),
        ("青年教师发表论文20篇。", Sense::Narrowed),
        ("论文获奖20篇。", Sense::Narrowed),
        ("结题论文20篇。", Sense::Narrowed),
        ("全年志愿服务1046人次。", Sense::Whole),
        ("学校积极组织志愿服务1046人次。", Sense::Whole),
        ("全校师生共开展志愿服务1046人次。", Sense::Whole),
        ("学校教师公开发表论文20篇。", Sense::Whole),
        ("学校现有教职工190人。", Sense::Whole),
    ] {
        let doc = read(text, &lexicon);
        assert_eq!(candidates(&doc, &lexicon).first().map(|it| it.sense), Some(sense), "{text}");
    }
}
