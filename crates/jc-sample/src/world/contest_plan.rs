//! Which contests there were and what was won: written by hand, so that the year's awards are what they are.
//!
//! Awards are written short, one word each: event letter, who (`s` students, `t` teachers, `c` class teachers), how
//! many in the team, prize (`G` `S` `B` medal, `1` `2` `3` grade, `E` merit award, `R1` `R3` rank). `@k` means the
//! same person each time within a contest.

/// A contest and what the school won there.
pub(super) struct Plan {
    pub(super) name: String,
    /// As the training office writes it.
    pub(super) kind: &'static str,
    pub(super) edition: Option<i64>,
    pub(super) level: Rank,
    pub(super) held: (i32, u32, u32),
    pub(super) organiser: &'static str,
    pub(super) place: &'static str,
    pub(super) events: &'static [&'static str],
    pub(super) awards: &'static str,
    /// Department the entrants come from; any if missing.
    pub(super) department: Option<usize>,
}

/// A level, lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    County,
    City,
    Province,
    Nation,
}

impl Rank {
    /// As the training office writes it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Rank::County => "县级",
            Rank::City => "市级",
            Rank::Province => "省级",
            Rank::Nation => "国家级",
        }
    }
}

const FESTIVAL_EVENTS: &[&str] = &[
    "数控车工",
    "数控铣工",
    "焊工",
    "模具工",
    "电工",
    "工业机器人系统操作员",
    "电子商务师",
    "汽车维修工",
    "增材制造设备操作员",
    "机电一体化",
];

/// Trades of the smaller contests: name, events, department.
const CITY: &[(&str, &[&str], usize)] = &[
    ("数控车工", &["数控车工（学生组）", "数控车工（综合）"], 0),
    ("加工中心操作工", &["加工中心"], 0),
    ("模具工", &["模具装配与调试"], 0),
    ("钳工", &["装配钳工"], 0),
    ("电工", &["电气安装", "电气控制"], 1),
    ("机电一体化", &["机电一体化设备组装与调试"], 1),
    ("工业机器人", &["机器人装调"], 1),
    ("电子商务", &["网店运营", "直播电商"], 2),
    ("会计技能", &["会计电算化"], 2),
];
const COUNTY: &[(&str, &[&str], usize)] = &[
    ("车工", &["车工"], 0),
    ("铣工", &["铣工"], 0),
    ("钳工", &["钳工"], 0),
    ("焊工", &["焊工"], 0),
    ("电工", &["电工"], 1),
    ("汽车维修工", &["汽车维修"], 1),
    ("机床装调维修工", &["机床装调"], 1),
    ("工业机器人操作", &["机器人操作"], 1),
    ("电商直播", &["直播带货"], 2),
    ("点钞与传票", &["点钞", "传票"], 2),
    ("3D打印", &["3D打印"], 0),
    ("质检员", &["三坐标检测"], 0),
];

/// What was won at the small contests of 2024, in the order above.
const CITY_2024: [&str; 9] = [
    "as11 as12 as13 bs13",
    "as12 as13 as13 asE",
    "as21 as22",
    "as11 as12 as13 at12",
    "as12 bs12 bs13 bs13",
    "as21 as23",
    "as22 as2E",
    "as11 bs32",
    "as12 as13 as13 as13",
];
const COUNTY_2024: [&str; 12] = [
    "as11 as12 as13",
    "as11 as12 as13",
    "as11 as12 as12",
    "as12 as13 as13",
    "as11 as11 as12",
    "as21 as13",
    "as11 at12 as13",
    "as22 as13",
    "as31",
    "as11 bs12 bs13",
    "",
    "as21 as13 asE",
];

/// All contests of a year.
pub(super) fn plans(year: i32) -> Vec<Plan> {
    match year {
        2024 => year_2024(),
        2023 => earlier(2023, 18, "as1G ds1G es2G as1S bs1S ds1S fs1S gs3S hs1S bs1B cs1B es1B is1B at1B asE dsE", 4),
        _ => earlier(2022, 17, "ds1G fs2G as1S bs1S es1S gs1S cs1B es1B hs1B at1B asE", 6),
    }
}

fn festival(year: i32, edition: i64, chinese: &str, awards: &'static str) -> Plan {
    Plan {
        name: format!("嘉兴市第{chinese}届技能节"),
        kind: "技能节",
        edition: Some(edition),
        level: Rank::City,
        held: (year, 5, 10),
        organiser: "嘉兴市技能节组委会",
        place: "市技能实训中心",
        events: FESTIVAL_EVENTS,
        awards,
        department: None,
    }
}

fn small(year: i32, level: Rank, place: usize, awards: &'static str) -> Plan {
    let ((trade, events, department), (who, organiser), month) = match level {
        Rank::County => (COUNTY[place], ("示例市", "示例市（县级）人力资源和社会保障局"), 3 + place as u32 % 4),
        _ => (CITY[place], ("全市", "样本市人力资源和社会保障局"), 6 + place as u32 % 5),
    };
    Plan {
        name: format!("{year}年{who}{trade}职业技能竞赛"),
        kind: "技能竞赛",
        edition: None,
        level,
        held: (year, month, 4 + 2 * place as u32),
        organiser,
        place: "实训基地",
        events,
        awards,
        department: Some(department),
    }
}

/// The contests of a year before: the festival and the smaller contests but the last `fewer` of each level.
fn earlier(year: i32, edition: i64, festival_awards: &'static str, fewer: usize) -> Vec<Plan> {
    let chinese = if edition == 18 { "十八" } else { "十七" };
    let mut plans = vec![festival(year, edition, chinese, festival_awards)];
    for place in 0..CITY.len() - fewer / 2 {
        plans.push(small(year, Rank::City, place, ["as11 as13", "as12 asE", "as22"][place % 3]));
    }
    for place in 0..COUNTY.len() - fewer {
        plans.push(small(year, Rank::County, place, ["as11 as12", "as12 as13 asE", "as21"][place % 3]));
    }
    let teachers = |who: &str, level, month, organiser, awards| Plan {
        name: format!("{year}年{who}班主任基本功比赛"),
        kind: "班主任竞赛",
        edition: None,
        level,
        held: (year, month, 15),
        organiser,
        place: "赛区",
        events: &["情景模拟", "育人故事", "综合"],
        awards,
        department: None,
    };
    let city = "ac11 bc12 bc12 cc12 cc12 ac11 ac13";
    plans.push(teachers("样本市中等职业学校", Rank::City, 11, "样本市教育局", city));
    let county = "ac11 ac11 bc11 cc11 ac12 ac12 bc12 bc12 cc12 cc12 cc12";
    plans.push(teachers("示例市", Rank::County, 9, "示例市（县级）教育局", county));
    plans.push(Plan {
        kind: "文体竞赛",
        name: format!("{year}年示例市中小学生啦啦操比赛"),
        events: &["街舞"],
        ..teachers("", Rank::County, 11, "示例市（县级）教育局", if year == 2023 { "as8R1" } else { "as8R3" })
    });
    plans
}

fn year_2024() -> Vec<Plan> {
    let mut plans = vec![festival(
        2024,
        19,
        "十九",
        "as1G ds1G es1G js2G ht1G \
         as1S bs1S ds1S es1S fs1S is1S at1S gs3S \
         as1B bs1B cs1B es1B gs1B hs1B dt1B \
         asE bsE csE dsE esE fsE gsE",
    )];
    plans.extend((0..CITY.len()).map(|place| small(2024, Rank::City, place, CITY_2024[place])));
    plans.extend((0..COUNTY.len()).map(|place| small(2024, Rank::County, place, COUNTY_2024[place])));
    let plan = |name: &str, kind, edition, level, held, organiser, events, awards, department| Plan {
        name: name.to_owned(),
        kind,
        edition,
        level,
        held,
        organiser,
        place: "赛区",
        events,
        awards,
        department,
    };
    let skills = "技能竞赛";
    use Rank::{City, County, Nation, Province};
    plans.extend([
        plan(
            "第三届浙江技能大赛",
            skills,
            Some(3),
            Province,
            (2024, 9, 20),
            "省技能大赛组委会",
            &["物联网安装调试", "互联网营销", "电工"],
            "at2G bt1B csE",
            None,
        ),
        plan(
            "2024年全省技工院校学生技能竞赛",
            skills,
            None,
            Province,
            (2024, 11, 2),
            "省技工院校竞赛办",
            &["数控车", "数控铣", "机电一体化"],
            "as12 as13 bs13 cs12",
            Some(0),
        ),
        plan(
            "2024年全省技工院校电子商务技能竞赛",
            skills,
            None,
            Province,
            (2024, 10, 12),
            "省技工院校竞赛办",
            &["电子商务"],
            "as22 at13",
            Some(2),
        ),
        plan(
            "2024年全省模具技能竞赛",
            skills,
            None,
            Province,
            (2024, 10, 26),
            "省模具行业协会",
            &["模具设计与制造"],
            "as13 asE",
            Some(0),
        ),
        plan(
            "第四届全国工业设计职业技能大赛",
            skills,
            Some(4),
            Nation,
            (2024, 8, 16),
            "全国工业设计大赛组委会",
            &["灯具设计师", "3D打印造型师"],
            "at11 bs12",
            Some(0),
        ),
        plan(
            "2024年全国技工院校工业机器人应用技能竞赛",
            skills,
            None,
            Nation,
            (2024, 11, 23),
            "全国技工院校竞赛办",
            &["机器人系统集成"],
            "as33",
            Some(1),
        ),
        // Not skills contests: they stand in other figures.
        plan(
            "第九届全省技工院校学生数学素养知识竞赛",
            "学科素养竞赛",
            Some(9),
            Province,
            (2024, 5, 25),
            "省技工院校教研室",
            &["数学素养"],
            "as12 as13 as13",
            None,
        ),
        plan(
            "2024年省技工院校财经商贸类教师职业能力竞赛",
            "教师教学竞赛",
            None,
            Province,
            (2024, 10, 18),
            "省技工院校教研室",
            &["财经商贸类"],
            "at32",
            Some(2),
        ),
        plan(
            "2024年样本市中等职业学校班主任基本功比赛",
            "班主任竞赛",
            None,
            City,
            (2024, 11, 8),
            "样本市教育局",
            &["情景模拟", "育人故事", "带班方略", "综合"],
            "ac11@1 bc11@1 cc11@1 dc12@1 ac12 bc12 cc12",
            None,
        ),
        plan(
            "2024年样本市主题班会展评",
            "班主任竞赛",
            None,
            City,
            (2024, 6, 14),
            "样本市教育局",
            &["主题班会"],
            "ac11 ac12 ac12 ac12 ac12 ac12",
            None,
        ),
        plan(
            "2024年示例市班主任基本功比赛",
            "班主任竞赛",
            None,
            County,
            (2024, 9, 27),
            "示例市（县级）教育局",
            &["情景模拟", "育人故事", "带班方略", "综合"],
            "ac11 ac11 bc11 bc11 cc11 cc11 dc11 dc11 ac12 ac12 ac12 bc12 bc12 bc12 cc12 cc12 cc12 dc12 dc12 dc12 dc12",
            None,
        ),
        plan(
            "2024年示例市主题班会展评",
            "班主任竞赛",
            None,
            County,
            (2024, 5, 17),
            "示例市（县级）教育局",
            &["主题班会"],
            "ac12 ac12 ac12 ac12 ac12 ac12 ac12 ac12",
            None,
        ),
        plan(
            "2024年全省技工院校学生3vs3篮球联赛",
            "文体竞赛",
            None,
            Province,
            (2024, 10, 30),
            "省技工院校体协",
            &["男子组"],
            "as42",
            None,
        ),
        plan(
            "2024年样本市高中段学校田径运动会",
            "文体竞赛",
            None,
            City,
            (2024, 10, 9),
            "样本市教育局",
            &["团体总分"],
            "as9R3",
            None,
        ),
        plan(
            "2024年示例市中小学生啦啦操比赛",
            "文体竞赛",
            None,
            County,
            (2024, 11, 29),
            "示例市（县级）教育局",
            &["街舞", "双人花球"],
            "as8R1 bs2R1",
            None,
        ),
        plan(
            "2024年示例市中小学校园文化艺术节器乐比赛",
            "文体竞赛",
            None,
            County,
            (2024, 4, 19),
            "示例市（县级）教育局",
            &["器乐合奏"],
            "as9S",
            None,
        ),
    ]);
    plans
}
