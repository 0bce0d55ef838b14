//! Claims in equal thirds (true, false, not derivable) against the sample college's records.
//!
//! The truth is counted here by plain loops over the raw records; nothing of the catalog's expressions, of figures or
//! of the checker is used for it. The sentences come from frames of their own, mixed by a seed.

use crate::people::records;
use crate::sample::college;
use jc_app::check_text::Wanted;
use jc_app::given::Verdict;
use jc_app::{Person, Viewer};
use jc_base::{RecordId, RecordState, Value};
use jc_catalog::Register;
use jc_store::Record;
use std::collections::{BTreeMap, BTreeSet};

/// The verified records of a register.
struct Rows<'v> {
    register: &'v Register,
    records: Vec<Record>,
}

impl<'v> Rows<'v> {
    fn of(viewer: &'v Viewer, id: &str) -> Self {
        let place = viewer.catalog().find_register(id).expect("a register");
        let mut records = records(viewer, place, None);
        records.retain(|record| record.state == RecordState::Verified);
        Self { register: &viewer.catalog().registers[place], records }
    }

    fn value<'r>(&self, record: &'r Record, field: &str) -> &'r Value {
        &record.values[self.register.find_field(field).expect("a field")]
    }

    fn text<'r>(&self, record: &'r Record, field: &str) -> &'r str {
        self.value(record, field).as_text().unwrap_or_default()
    }

    fn int(&self, record: &Record, field: &str) -> i64 {
        if let Value::Int(number) = self.value(record, field) { *number } else { 0 }
    }

    fn id(&self, record: &Record, field: &str) -> Option<RecordId> {
        self.value(record, field).as_ref_id()
    }

    fn in_year(&self, field: &str, year: i32) -> Vec<&Record> {
        let of = |record: &&Record| self.value(record, field).as_date().is_some_and(|day| day.year() == year);
        self.records.iter().filter(of).collect()
    }

    fn sum(&self, records: &[&Record], field: &str) -> i64 {
        records.iter().map(|record| self.int(record, field)).sum()
    }

    fn members(&self, records: &[&Record], field: &str) -> i64 {
        records.iter().map(|record| self.value(record, field).ref_ids().len() as i64).sum()
    }

    fn different(&self, records: &[&Record], field: &str) -> i64 {
        records.iter().filter_map(|record| self.id(record, field)).collect::<BTreeSet<_>>().len() as i64
    }
}

/// Something counted: how it is called, its unit, and its value as a fraction.
struct Fact {
    /// Ways to say it before the number.
    called: &'static [&'static str],
    unit: &'static str,
    /// Decimals printed; nought for counts.
    decimals: u32,
    over: i64,
    under: i64,
}

impl Fact {
    /// The value as printed, half up, plus so many steps of the last place.
    fn printed(&self, off: i64) -> String {
        let scale = 10_i64.pow(self.decimals);
        let whole = if self.unit == "%" { 100 } else { 1 };
        let steps = (2 * self.over * whole * scale + self.under) / (2 * self.under) + off;
        if self.decimals == 0 {
            return format!("{steps}{}", self.unit);
        }
        format!("{}.{:0width$}{}", steps / scale, steps % scale, self.unit, width = self.decimals as usize)
    }
}

const PLACED: [&str; 7] =
    ["employed", "own-business", "flexible", "military-service", "local-programme", "further-study", "study-abroad"];

/// What the records of a year come to.
fn facts(viewer: &Viewer, year: i32) -> Vec<Fact> {
    let count = |called, unit, over| Fact { called, unit, decimals: 0, over, under: 1 };
    let rate = |called, decimals, over: usize, under: usize| Fact {
        called,
        unit: "%",
        decimals,
        over: over as i64,
        under: under as i64,
    };
    let mut all = Vec::new();

    let graduates = Rows::of(viewer, "graduate");
    let leavers = graduates.in_year("graduated_on", year);
    let gone = |codes: &[&str]| leavers.iter().filter(|r| codes.contains(&graduates.text(r, "destination"))).count();
    let matched = leavers.iter().filter(|r| graduates.int(r, "matched") == 1).count();
    all.push(count(&["毕业生", "应届毕业生", "毕业生总数"], "人", leavers.len() as i64));
    all.push(count(&["升学", "毕业生升学"], "人", gone(&PLACED[5..]) as i64));
    all.push(count(&["直接就业", "毕业生就业"], "人", gone(&PLACED[..5]) as i64));
    all.push(rate(&["毕业去向落实率", "毕业生就业率"], 2, gone(&PLACED), leavers.len()));
    all.push(rate(&["升学率", "毕业生升学率"], 1, gone(&PLACED[5..]), leavers.len()));
    all.push(rate(&["对口就业率", "毕业生对口率"], 2, matched, leavers.len()));

    let served = Rows::of(viewer, "volunteer-record");
    all.push(count(&["志愿服务", "开展志愿服务"], "人次", served.in_year("served_on", year).len() as i64));

    let events = Rows::of(viewer, "family-event");
    let held = events.in_year("held_on", year);
    let of_kind = |kind: &str| held.iter().filter(|r| events.text(r, "kind") == kind).count() as i64;
    all.push(count(&["家长会", "召开家长会"], "场", of_kind("meeting")));
    all.push(count(&["家长学校讲座", "举办家长讲座"], "场", of_kind("lecture")));
    all.push(count(&["家长会和家长学校讲座参与人数"], "人", events.sum(&held, "participants")));

    let visits = Rows::of(viewer, "home-visit");
    let made = visits.in_year("visited_on", year);
    all.push(count(&["家访走访学生", "走访学生"], "人次", visits.members(&made, "students")));
    all.push(count(&["家访参与教师"], "人次", visits.members(&made, "teachers")));

    let papers = Rows::of(viewer, "paper-outcome");
    let mut out = papers.in_year("happened_on", year);
    out.retain(|r| ["published", "awarded"].contains(&papers.text(r, "kind")));
    all.push(count(&["发表、获奖论文", "论文"], "篇", papers.different(&out, "paper")));

    let services = Rows::of(viewer, "tech-service");
    let done = services.in_year("completed_on", year);
    let kind = |kind: &str| done.iter().filter(|r| services.text(r, "kind") == kind).count() as i64;
    all.push(count(&["技术转让", "完成技术转让"], "项", kind("transfer")));
    all.push(count(&["技术难题", "攻克技术难题"], "项", kind("problem")));

    let projects = Rows::of(viewer, "teaching-project");
    all.push(count(&["教学项目", "校企共同开发教学项目"], "个", projects.in_year("completed_on", year).len() as i64));

    let lessons = Rows::of(viewer, "open-lesson");
    let taught = lessons.in_year("held_on", year);
    all.push(count(
        &["省级公开课", "推出省级公开课"],
        "节",
        taught.iter().filter(|r| lessons.text(r, "level") == "province").count() as i64,
    ));

    let tests = Rows::of(viewer, "skill-assessment");
    let sat = tests.in_year("assessed_on", year);
    let result = |wanted: &str| sat.iter().filter(|r| tests.text(r, "result") == wanted).count();
    let (passed, failed) = (result("passed"), result("failed"));
    all.push(rate(&["技能等级认定合格率"], 1, passed, passed + failed));

    let party = Rows::of(viewer, "party-activity");
    let days = party.in_year("held_on", year);
    all.push(count(
        &["主题党日活动", "开展主题党日活动"],
        "次",
        days.iter().filter(|r| party.text(r, "kind") == "theme-day").count() as i64,
    ));
    all.retain(|fact| fact.under > 0 && fact.over > 1);
    all
}

/// Numbers in no order, always the same.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }

    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len())]
    }
}

/// A sentence, and where in it the number stands that is meant.
struct Said {
    sentence: String,
    number: String,
    year: i32,
}

/// Frames for what is so or not: `@` the thing, `#` the number, `~` the year.
const PLAIN: &[&str] = &[
    "~年，学校@#。",
    "~年度，@达#。",
    "据统计，~年全校@共#。",
    "~年全年@共计#，为学校发展打下了坚实基础。",
    "回顾~年，@达到#，师生精神面貌焕然一新。",
    "过去一年（~年），我校@为#。",
    "~年学校各项事业稳步推进，@#。",
];

fn plain(chance: &mut Chance, fact: &Fact, year: i32, off: i64) -> Said {
    let (frame, called, number) = (chance.one(PLAIN), chance.one(fact.called), fact.printed(off));
    let sentence = frame.replace('~', &year.to_string()).replace('@', called).replace('#', &number);
    Said { sentence, number, year }
}

/// Frames for what the records cannot say.
fn underivable(chance: &mut Chance, fact: &Fact, year: i32) -> Said {
    const NO_REGISTER: &[(&str, &str)] = &[
        ("食堂新增窗口", "个"),
        ("校园绿化面积新增", "平方米"),
        ("图书馆藏书", "册"),
        ("更新计算机", "台"),
        ("接待来访", "批"),
        ("官方微信公众号推文", "篇"),
        ("校园安全隐患整改", "处"),
        ("教职工体检", "人"),
        ("节约用电", "度"),
        ("开通校车线路", "条"),
        ("心理咨询室接待来访学生", "人次"),
        ("宿舍安装空调", "台"),
        ("退休教师慰问", "人次"),
        ("校运会打破校纪录", "项"),
        ("消防演练", "次"),
    ];
    let called = chance.one(fact.called);
    let amount = fact.printed(chance.below(9) as i64);
    let (sentence, number) = match chance.below(9) {
        0 | 1 => {
            let (thing, unit) = NO_REGISTER[chance.below(NO_REGISTER.len())];
            let number = format!("{}{unit}", 3 + chance.below(400));
            (format!("{year}年，学校{thing}{number}。"), number)
        }
        2 => (format!("下一步，学校计划在{year}年实现{called}{amount}。"), amount),
        3 => (format!("{year}年，全省技工院校{called}{amount}。"), amount),
        4 => (format!("{year}年上半年，学校{called}{amount}。"), amount),
        5 => (format!("近五年来，学校{called}{amount}。"), amount),
        6 => (format!("2009年，学校{called}{amount}。"), amount),
        7 => (format!("{year}年，东海职业技术学院{called}{amount}。"), amount),
        _ => (format!("{year}年，护理专业{called}{amount}。"), amount),
    };
    Said { sentence, number, year }
}

/// What came of the number that is meant.
fn verdicts(viewer: &Viewer, all: &[Said]) -> Vec<Option<Verdict>> {
    let mut out = Vec::new();
    for said in all {
        let wanted = Wanted { text: &said.sentence, year: said.year, with_records: true, corrections: &[] };
        let checked = viewer.check(&wanted).expect("a checked text");
        let place = said.sentence.find(&said.number).expect("the number is there");
        let start = said.sentence[..place].chars().count();
        let end = start + said.number.chars().count();
        let claim = checked.document.claims.iter().find(|c| c.span.start < end && c.span.end > start);
        out.push(claim.and_then(|claim| checked.judgement(&claim.id)).map(|judgement| judgement.verdict));
    }
    out
}

#[test]
fn thirds_of_true_false_and_not_derivable() {
    let (app, report) = college();
    let person = Person::command_line(report.school);
    let viewer = app.viewer(&person);
    let mut chance = Chance(2026);
    let (mut right, mut wrong, mut open) = (Vec::new(), Vec::new(), Vec::new());
    for year in [2023, 2024] {
        for fact in &facts(&viewer, year) {
            for round in 0..4 {
                right.push(plain(&mut chance, fact, year, 0));
                let off = [1, -1, 3, 10][round];
                let off = if fact.over + off * fact.under < 1 { 2 } else { off };
                wrong.push(plain(&mut chance, fact, year, off));
                open.push(underivable(&mut chance, fact, year));
            }
        }
    }
    assert!(right.len() == wrong.len() && wrong.len() == open.len() && right.len() > 120, "{}", right.len());
    let thirds = [("right", &right), ("wrong", &wrong), ("open", &open)];
    let mut seen: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut odd = Vec::new();
    for (third, said) in thirds {
        for (said, verdict) in said.iter().zip(verdicts(&viewer, said)) {
            let came = match verdict {
                Some(Verdict::Supported | Verdict::SupportedIfVerified | Verdict::SupportedOtherwise) => "right",
                Some(Verdict::Contradicted) => "wrong",
                Some(Verdict::NotDerivable(_)) | None => "open",
            };
            *seen.entry((third, came)).or_default() += 1;
            if came != third {
                odd.push(format!("{third} → {verdict:?}: {}", said.sentence));
            }
        }
    }
    let of = |third, came| seen.get(&(third, came)).copied().unwrap_or(0) as f64;
    let came = |came| ["right", "wrong", "open"].map(|third| of(third, came)).iter().sum::<f64>();
    let precision = ["right", "wrong"].map(|it| of(it, it) / came(it));
    let recall = ["right", "wrong", "open"].map(|it| of(it, it) / right.len() as f64);
    let shown = format!("precision {precision:.3?}, recall {recall:.3?}, {seen:?}\n{}", odd.join("\n"));
    println!("{shown}");
    assert!(precision.iter().all(|it| *it >= 0.98), "{shown}");
    assert!(recall[2] >= 0.95, "{shown}");
    // What is said plainly is judged, not left.
    assert!(recall[0] >= 0.9 && recall[1] >= 0.9, "{shown}");
}
