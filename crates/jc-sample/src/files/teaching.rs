//! Certificates of teachers, workstations, open lessons, cross-subject courses, reviews, scholarships.

use super::proof::Papers;
use super::{level_of, plain, running, staff_names};
use crate::SampleFile;
use crate::paper::{Cell, Encoding, Hand, Sheet, csv, ods, xlsx};
use crate::world::{DEPARTMENTS, MAJORS, SCHEMES, World};

pub(super) fn files(seed: u64, world: &World) -> Vec<SampleFile> {
    vec![
        certificates(seed, world),
        plain("学习工作站一览表.xlsx", "workstation", stations(seed, world)),
        station_works(seed, world, "2022-2023年工作站建设汇总.csv", |year| year < 2024),
        station_works(seed, world, "2024年工作站新建与升级改造一览表.xlsx", |year| year == 2024),
        lessons(seed, world),
        plain("跨学科体验课程开设情况.csv", "cross-subject-course", tasters(seed, world)),
        reviews(seed, world),
        scholarships(seed, world, 2022, "2022年度奖学金名单.csv"),
        scholarships(seed, world, 2023, "2023年度奖学金名单.ods"),
        scholarships(seed, world, 2024, "2024年度各级奖学金获得者名单(公示后).xlsx"),
    ]
}

fn certificates(seed: u64, world: &World) -> SampleFile {
    let mut hand = Hand::new(seed, "certificates file", 12);
    let headings =
        ["序号", "教师工号", "姓名（核对用）", "等级", "培训专业编号", "取证日期", "培训基地", "证书号", "培训学时"];
    let mut sheet = Sheet::new("持证", "示例技师学院（合成数据）工学一体化教师培训证书登记", &headings)
        .above("三级为最低，一级为最高；有更高一级的两级都登");
    let mut papers = Papers::new("teaching-certificate");
    for (place, it) in world.certificates.iter().enumerate() {
        let person = &world.staff[it.teacher];
        let level: &[&str] = match it.level {
            1 => &["一级", "1级"],
            2 => &["二级", "2级"],
            _ => &["三级", "3级", "工学一体化三级"],
        };
        sheet.rows.push(vec![
            running(place + 1),
            Cell::text(&*person.no),
            hand.name(&person.name),
            hand.word(level),
            Cell::text(MAJORS[it.major].code),
            hand.date(it.on),
            hand.text("全省工学一体化师资培训基地"),
            it.number.as_deref().map_or(Cell::Blank, |number| hand.text(number)),
            hand.quantity(it.hours * 10),
        ]);
        let key = vec![person.no.clone(), format!("level-{}", it.level)];
        papers.prove("certificate", format!("{}年工学一体化培训证书扫描件", it.on.year()), key);
    }
    let bytes = xlsx(&[&sheet.below("填报单位：教务处")]);
    let name = "工学一体化教师持证登记表（2022-2024）.xlsx";
    SampleFile { evidence: papers.finish(), ..plain(name, "teaching-certificate", bytes) }
}

fn stations(seed: u64, world: &World) -> Vec<u8> {
    let mut hand = Hand::new(seed, "workstations file", 10);
    let headings = [
        "序号",
        "工作站名称",
        "所在场地",
        "所属院系",
        "专业编号",
        "面积（㎡）",
        "工位",
        "设备总值",
        "管理教师",
        "启用时间",
        "停用时间",
    ];
    let mut sheet = Sheet::new("工作站", "示例技师学院（合成数据）学习工作站一览表", &headings).group(5, 7, "规模");
    for (place, it) in world.stations.iter().enumerate() {
        sheet.rows.push(vec![
            running(place + 1),
            hand.text(&it.name),
            hand.text(&it.room),
            hand.text(DEPARTMENTS[MAJORS[it.major].department].0),
            Cell::text(MAJORS[it.major].code),
            hand.quantity(it.area * 10),
            hand.quantity(it.seats * 10),
            hand.known(it.equipment.map(|yuan| yuan * 10)),
            hand.name(&world.staff[it.keeper].name),
            hand.date(it.opened),
            it.closed.map_or(Cell::Blank, |closed| hand.date(closed)),
        ]);
    }
    xlsx(&[&sheet.below("制表人：教务处")])
}

fn station_works(seed: u64, world: &World, name: &str, years: impl Fn(i32) -> bool) -> SampleFile {
    let mut hand = Hand::new(seed, name, 10);
    let headings = ["序号", "站名", "建设方式", "验收日期", "投入（元）", "改造内容"];
    let mut sheet = Sheet::new("建设", "示例技师学院（合成数据）工作站建设情况", &headings);
    let mut papers = Papers::new("workstation-project");
    for it in world.station_works.iter().filter(|it| years(it.on.year())) {
        let station = &world.stations[it.station].name;
        let kind: &[&str] = if it.upgraded { &["升级改造", "改造", "升级"] } else { &["新建", "建成"] };
        sheet.rows.push(vec![
            running(sheet.rows.len() + 1),
            hand.text(station),
            hand.word(kind),
            hand.date(it.on),
            hand.quantity(it.cost * 10),
            hand.text(if it.upgraded { "设备更新、分区重布" } else { "设备与场地" }),
        ]);
        let code = if it.upgraded { "upgraded" } else { "built" };
        let key = vec![station.clone(), code.to_owned(), it.on.to_string()];
        papers.prove("notice", format!("{}年工作站建设验收文件", it.on.year()), key);
    }
    let sheet = sheet.below("注：一个站一年改造两次的分两行");
    let bytes = if name.ends_with(".csv") { csv(&sheet, Encoding::Gbk) } else { xlsx(&[&sheet]) };
    SampleFile { evidence: papers.finish(), ..plain(name, "workstation-project", bytes) }
}

fn lessons(seed: u64, world: &World) -> SampleFile {
    let mut hand = Hand::new(seed, "open lessons file", 12);
    let headings = ["序号", "授课教师", "课题名称", "课型", "公开课级别", "开课日期", "主办单位", "观摩人数"];
    let mut sheet = Sheet::new("公开课", "示例技师学院（合成数据）各级公开课一览表", &headings)
        .above("级别按主办单位填写，校内组织的填校级");
    let mut papers = Papers::new("open-lesson");
    for (place, it) in world.lessons.iter().enumerate() {
        let person = &world.staff[it.teacher];
        let organiser = match it.level.map(|level| level.word()) {
            Some("省级") => "省技工院校教研室",
            Some("市级") => "样本市教育局",
            Some(_) => "示例市（县级）教育局",
            None => "教务处",
        };
        sheet.rows.push(vec![
            running(place + 1),
            hand.name(&person.name),
            hand.text(&it.title),
            hand.text(it.kind),
            match it.level {
                Some(level) => level_of(&mut hand, level),
                None => hand.word(&["校级", "校"]),
            },
            hand.date(it.on),
            hand.text(organiser),
            hand.known(it.listeners.map(|listeners| listeners * 10)),
        ]);
        if organiser == "省技工院校教研室" {
            let key = vec![person.no.clone(), it.title.clone(), it.on.to_string()];
            papers.prove("certificate", format!("{}年省级公开课证书", it.on.year()), key);
        }
    }
    let bytes = xlsx(&[&sheet.below("填报单位：教务处")]);
    SampleFile { evidence: papers.finish(), ..plain("各级公开课一览表2022-2024.xlsx", "open-lesson", bytes) }
}

fn tasters(seed: u64, world: &World) -> Vec<u8> {
    let mut hand = Hand::new(seed, "cross-subject file", 8);
    let headings = ["体验课程名称", "牵头学院", "协同学院", "任课教师", "课时", "选课人数", "开课日期", "结课日期"];
    let mut sheet = Sheet::new("", "", &headings);
    for it in &world.tasters {
        let [leading, partner] = it.departments.map(|department| DEPARTMENTS[department].0);
        sheet.rows.push(vec![
            hand.text(it.name),
            hand.text(leading),
            hand.text(partner),
            staff_names(&mut hand, world, &it.teachers),
            hand.quantity(it.hours * 10),
            hand.quantity(it.students * 10),
            hand.date(it.started),
            it.ended.map_or(Cell::Blank, |ended| hand.date(ended)),
        ]);
    }
    csv(&sheet, Encoding::Utf8Bom)
}

fn reviews(seed: u64, world: &World) -> SampleFile {
    let mut hand = Hand::new(seed, "reviews file", 8);
    let headings = ["序号", "对象类别", "考核对象", "评估类别", "年度", "评估结果", "层级", "主管部门", "公布日期"];
    let mut sheet = Sheet::new("考核", "示例技师学院（合成数据）上级考核评估结果", &headings);
    let mut papers = Papers::new("review");
    for (place, it) in world.reviews.iter().enumerate() {
        sheet.rows.push(vec![
            running(place + 1),
            hand.text(it.object),
            hand.text(it.name),
            hand.text(it.kind),
            Cell::number(i64::from(it.on.year())),
            it.grade.map_or(Cell::Blank, |grade| hand.text(grade)),
            level_of(&mut hand, it.level),
            hand.text(it.authority),
            hand.date(it.on),
        ]);
        let kind = if it.kind == "中期评估" { "mid-term" } else { "yearly" };
        let object = match it.object {
            "专业群" => "programme-group",
            "实训基地" => "training-base",
            "专业" => "major",
            _ => "school",
        };
        let key = vec![kind.to_owned(), object.to_owned(), it.name.to_owned(), it.on.year().to_string()];
        papers.prove("notice", format!("{}年考核结果文件", it.on.year()), key);
    }
    let bytes = xlsx(&[&sheet]);
    SampleFile { evidence: papers.finish(), ..plain("上级考核评估结果汇总.xlsx", "review", bytes) }
}

fn scholarships(seed: u64, world: &World, year: i32, name: &str) -> SampleFile {
    let mut hand = Hand::new(seed, name, 10);
    let headings = [
        "序号",
        "学号",
        "学生姓名（核对用）",
        "奖项名称",
        "奖学金级别",
        "评选年度",
        "奖学金金额",
        "公示时间",
        "发放时间",
    ];
    let mut sheet = Sheet::new("奖学金", &format!("示例技师学院（合成数据）{year}年度奖学金名单"), &headings);
    let mut papers = Papers::new("scholarship");
    for (place, it) in world.scholarships.iter().filter(|it| it.year == year).enumerate() {
        let student = &world.students[it.student];
        let (scheme, level, amount) = SCHEMES[it.scheme];
        let ways: &[&str] = match it.scheme {
            0 => &["技能雏鹰", "“技能雏鹰”奖学金", scheme],
            1 => &[scheme, "全国中职奖学金", "中职国家奖学金"],
            2 => &[scheme, "省奖学金"],
            _ => &[scheme, "校奖学金"],
        };
        sheet.rows.push(vec![
            running(place + 1),
            hand.digits(&student.no),
            hand.name(&student.name),
            hand.word(ways),
            hand.word(&[level, level.trim_end_matches('级')]),
            if hand.chance(30) { Cell::Text(format!("{year}年")) } else { Cell::number(i64::from(year)) },
            hand.quantity(amount * 10),
            hand.date(it.published),
            it.paid.map_or(Cell::Blank, |paid| hand.date(paid)),
        ]);
        let code = ["skill-eagle", "national-vocational", "provincial", "school"][it.scheme];
        let key = vec![student.no.clone(), code.to_owned(), year.to_string()];
        papers.prove("notice", format!("{year}年度{scheme}公示文件"), key);
    }
    let sheet = sheet.below("填报单位：学生处");
    let bytes = match year {
        2022 => csv(&sheet, Encoding::Gbk),
        2023 => ods(&sheet),
        _ => xlsx(&[&sheet]),
    };
    SampleFile { evidence: papers.finish(), ..plain(name, "scholarship", bytes) }
}
