//! Titles, talent programmes, trainings, practice in firms, honours.

use super::proof::Papers;
use super::{level_of, plain, running};
use crate::SampleFile;
use crate::paper::{Cell, Encoding, Hand, Sheet, csv, ods, xlsx};
use crate::world::{Holder, Post, World};

pub(super) fn files(seed: u64, world: &World) -> Vec<SampleFile> {
    vec![
        titles(seed, world),
        talents(seed, world),
        trainings(seed, world, 2022, "2022年教师培训统计.csv"),
        trainings(seed, world, 2023, "2023年教师培训统计.csv"),
        trainings(seed, world, 2024, "2024年教师培训与考证汇总表.xlsx"),
        practices(seed, world),
        honours(seed, world, "2022-2023年荣誉登记.csv", |year| year < 2024),
        honours(seed, world, "2024年度荣誉台账（办公室汇总）.xlsx", |year| year == 2024),
    ]
}

/// The titles of a rank on the two ladders, theory first: code and name.
const TITLES: [[(&str, &str); 2]; 4] = [
    [("assistant-lecturer", "助理讲师"), ("instructor-2", "二级实习指导教师")],
    [("lecturer", "讲师"), ("instructor-1", "一级实习指导教师")],
    [("senior-lecturer", "高级讲师"), ("senior-instructor", "高级实习指导教师")],
    [("professor-lecturer", "正高级讲师"), ("professor-instructor", "正高级实习指导教师")],
];

fn titles(seed: u64, world: &World) -> SampleFile {
    let mut hand = Hand::new(seed, "titles file", 10);
    let headings = ["序号", "工号", "姓名（核对用）", "获评职称", "层级", "取得日期", "评审委员会", "资格证书号"];
    let mut sheet = Sheet::new("职称", "示例技师学院（合成数据）教师职称评定登记", &headings);
    let mut papers = Papers::new("staff-title");
    for (place, it) in world.careers.titles.iter().enumerate() {
        let person = &world.staff[it.teacher];
        // The highest go to lecturers.
        let ladder = usize::from(person.post == Post::Practice && it.rank < 3);
        let (code, title) = TITLES[it.rank][ladder];
        let ways: &[&str] = [&["助理级", "初级"][..], &["中级"], &["副高级", "副高"], &["正高级", "正高"]][it.rank];
        sheet.rows.push(vec![
            running(place + 1),
            Cell::text(&*person.no),
            hand.name(&person.name),
            hand.text(title),
            hand.word(ways),
            hand.date(it.on),
            hand.text("技工院校教师职称评审委员会"),
            Cell::Text(format!("ZC{}{:04}", it.on.year(), place + 1)),
        ]);
        let key = vec![person.no.clone(), code.to_owned()];
        papers.prove("certificate", format!("{}年职称资格证书", it.on.year()), key);
    }
    let bytes = xlsx(&[&sheet.below("填报单位：人事处")]);
    SampleFile { evidence: papers.finish(), ..plain("职称评定登记表.xlsx", "staff-title", bytes) }
}

fn talents(seed: u64, world: &World) -> SampleFile {
    let mut hand = Hand::new(seed, "talents file", 8);
    let headings = ["序号", "教师工号", "人才项目", "组织单位", "第几期", "人选类别", "工程级别", "公布日期"];
    let mut sheet =
        Sheet::new("人才", "示例技师学院（合成数据）人才工程入选登记", &headings).above("培养对象是候选，不是称号");
    let mut papers = Papers::new("talent-programme");
    for (place, it) in world.careers.talents.iter().enumerate() {
        let person = &world.staff[it.teacher];
        let standing: &[&str] =
            if it.candidate { &["培养对象", "培育对象"] } else { &["称号获得者", "获得者"] };
        sheet.rows.push(vec![
            running(place + 1),
            Cell::text(&*person.no),
            hand.text(it.programme),
            hand.text(it.authority),
            Cell::number(it.batch),
            hand.word(standing),
            level_of(&mut hand, it.level),
            hand.date(it.on),
        ]);
        let key = vec![person.no.clone(), it.programme.to_owned(), it.authority.to_owned(), it.batch.to_string()];
        papers.prove("notice", format!("{}年{}公布文件", it.on.year(), it.programme), key);
    }
    let bytes = xlsx(&[&sheet]);
    SampleFile { evidence: papers.finish(), ..plain("人才工程入选登记.xlsx", "talent-programme", bytes) }
}

fn trainings(seed: u64, world: &World, year: i32, name: &str) -> SampleFile {
    let mut hand = Hand::new(seed, name, 12);
    let headings =
        ["序号", "教师姓名", "培训班名称", "培训类别", "培训级别", "开班日期", "结业日期", "培训学时", "是否获证"];
    let title = format!("示例技师学院（合成数据）{year}年教师培训统计表");
    let mut sheet = Sheet::new("培训", &title, &headings);
    let mut papers = Papers::new("staff-training");
    for it in world.careers.trainings.iter().filter(|it| it.started.year() == year) {
        let person = &world.staff[it.teacher];
        sheet.rows.push(vec![
            running(sheet.rows.len() + 1),
            hand.name(&person.name),
            hand.text(&it.title),
            hand.text(it.topic),
            level_of(&mut hand, it.level),
            hand.date(it.started),
            hand.date(it.started.plus_days(it.days - 1)),
            hand.known(it.hours.map(|hours| hours * 10)),
            hand.yes_no(it.certified),
        ]);
        if it.certified {
            let key = vec![person.no.clone(), it.title.clone(), it.started.to_string()];
            papers.prove("certificate", format!("{year}年教师培训结业证书"), key);
        }
    }
    let sheet = sheet.below("填报单位：人事处");
    let bytes = match year {
        2022 => csv(&sheet, Encoding::Gbk),
        2023 => csv(&sheet, Encoding::Utf8Bom),
        _ => xlsx(&[&sheet]),
    };
    SampleFile { evidence: papers.finish(), ..plain(name, "staff-training", bytes) }
}

fn practices(seed: u64, world: &World) -> SampleFile {
    let mut hand = Hand::new(seed, "practice file", 10);
    let headings = ["教师姓名", "实践单位", "实践岗位", "实践开始日期", "实践结束日期", "实践天数（天）", "考核结果"];
    let mut sheet = Sheet::new("企业实践", "示例技师学院（合成数据）教师企业实践登记", &headings)
        .above("天数按企业考勤填写，不是起止日期之差");
    let mut papers = Papers::new("firm-practice");
    for it in &world.careers.practices {
        let (person, firm) = (&world.staff[it.teacher], &world.firms[it.firm]);
        sheet.rows.push(vec![
            hand.name(&person.name),
            hand.text(&firm.name),
            hand.word(&["工艺员", "装配", "质检", "设备维护", "运营"]),
            hand.date(it.started),
            hand.date(it.ended),
            hand.known(it.days),
            hand.word(&["合格", "优秀", "良好"]),
        ]);
        let key = vec![person.no.clone(), firm.code.clone(), it.started.to_string()];
        papers.prove("firm-certificate", format!("{}年企业实践鉴定表", it.started.year()), key);
    }
    let bytes = ods(&sheet.below("填报单位：人事处"));
    SampleFile { evidence: papers.finish(), ..plain("教师企业实践登记2022-2024.ods", "firm-practice", bytes) }
}

fn honours(seed: u64, world: &World, name: &str, years: impl Fn(i32) -> bool) -> SampleFile {
    let mut hand = Hand::new(seed, name, 10);
    let headings = [
        "序号",
        "荣誉称号",
        "荣誉分类",
        "颁发单位",
        "荣誉级别",
        "荣誉对象类别",
        "获得单位（个人）",
        "工号",
        "学号",
        "年度",
        "第几批",
        "第几阶段",
        "发文日期",
    ];
    let mut sheet = Sheet::new("荣誉", "示例技师学院（合成数据）荣誉登记", &headings)
        .above("一个对象一项荣誉一行；竞赛奖项、考核等次不在本表");
    let mut papers = Papers::new("honour");
    for it in world.honours.iter().filter(|it| years(it.on.year())) {
        let (mut staff, mut student) = (Cell::Blank, Cell::Blank);
        let (ways, holder): (&[&str], String) = match &it.holder {
            Holder::School => (&["学校", "集体"], "示例技师学院".to_owned()),
            Holder::Unit(unit) => (&["校内单位", "部门"], (*unit).to_owned()),
            Holder::Project(project) => (&["项目"], (*project).to_owned()),
            Holder::Staff(place) => {
                let person = &world.staff[*place];
                staff = Cell::text(&*person.no);
                (&["教职工", "教师", "老师"], person.name.clone())
            }
            Holder::Student(place) => {
                let person = &world.students[*place];
                student = hand.digits(&person.no);
                (&["学生", "毕业生"], person.name.clone())
            }
        };
        let year = it.on.year();
        sheet.rows.push(vec![
            running(sheet.rows.len() + 1),
            hand.text(it.name),
            hand.text(it.kind),
            hand.text(it.authority),
            level_of(&mut hand, it.level),
            hand.word(ways),
            Cell::text(&*holder),
            staff,
            student,
            Cell::number(i64::from(year)),
            it.batch.map_or(Cell::Blank, Cell::number),
            it.phase.map_or(Cell::Blank, Cell::number),
            hand.date(it.on),
        ]);
        let key = vec![it.name.to_owned(), it.authority.to_owned(), holder, year.to_string()];
        papers.prove("notice", format!("{year}年{}文件", it.name), key);
    }
    let sheet = sheet.below("填报单位：党政办公室");
    let bytes = if name.ends_with(".csv") { csv(&sheet, Encoding::Utf8Bom) } else { xlsx(&[&sheet]) };
    SampleFile { evidence: papers.finish(), ..plain(name, "honour", bytes) }
}
