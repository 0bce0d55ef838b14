//! Integrated courses, their learning tasks, teaching projects with firms.

use super::proof::Papers;
use super::{plain, running, staff_names};
use crate::SampleFile;
use crate::paper::{Cell, Encoding, Hand, Sheet, csv, xlsx};
use crate::world::{DEPARTMENTS, MAJORS, World};

pub(super) fn files(seed: u64, world: &World) -> Vec<SampleFile> {
    vec![
        courses(seed, world),
        plain("一体化课程学习任务与学时分配表.csv", "learning-task", tasks(seed, world)),
        projects(seed, world, 2022, "2022年校企共同开发教学项目.csv"),
        projects(seed, world, 2023, "2023年校企共同开发教学项目.csv"),
        projects(seed, world, 2024, "2024年校企共同开发教学项目清单.xlsx"),
    ]
}

fn courses(seed: u64, world: &World) -> SampleFile {
    let mut hand = Hand::new(seed, "courses file", 10);
    let headings = [
        "序号",
        "一体化课程名称",
        "专业编号",
        "典型工作任务",
        "标准来源",
        "课程学时",
        "课程负责人",
        "启动日期",
        "验收日期",
        "停开日期",
    ];
    let mut sheet = Sheet::new("课程", "示例技师学院（合成数据）工学一体化课程一览表", &headings)
        .above("设计中的课程“验收日期”留空");
    let mut papers = Papers::new("integrated-course");
    for (place, it) in world.courses.iter().enumerate() {
        sheet.rows.push(vec![
            running(place + 1),
            hand.text(it.name),
            Cell::text(MAJORS[it.major].code),
            Cell::Text(format!("{}任务", it.name)),
            hand.text(it.basis),
            hand.quantity(it.hours * 10),
            hand.name(&world.staff[it.leader].name),
            hand.date(it.started),
            it.built.map_or(Cell::Blank, |built| hand.date(built)),
            it.retired.map_or(Cell::Blank, |retired| hand.date(retired)),
        ]);
        if let Some(built) = it.built {
            let key = vec![MAJORS[it.major].code.to_owned(), it.name.to_owned()];
            papers.prove("notice", format!("{}年一体化课程验收文件", built.year()), key);
        }
    }
    let bytes = xlsx(&[&sheet.below("填报单位：教务处")]);
    let name = "工学一体化课程一览表(2024年12月).xlsx";
    SampleFile { evidence: papers.finish(), ..plain(name, "integrated-course", bytes) }
}

fn tasks(seed: u64, world: &World) -> Vec<u8> {
    let mut hand = Hand::new(seed, "learning tasks file", 6);
    let headings = [
        "课程名称",
        "任务名称",
        "任务序号",
        "来源企业",
        "任务学时",
        "获取信息",
        "制定计划",
        "作出决策",
        "实施计划",
        "过程控制",
        "评价反馈",
    ];
    let mut sheet = Sheet::new("", "", &headings);
    for it in &world.tasks {
        let mut row = vec![
            hand.text(world.courses[it.course].name),
            hand.text(&it.name),
            Cell::number(it.place),
            it.firm.map_or(Cell::Blank, |firm| hand.text(&world.firms[firm].code)),
            hand.quantity(it.hours.iter().sum::<i64>() * 10),
        ];
        row.extend(it.hours.map(Cell::number));
        sheet.rows.push(row);
    }
    csv(&sheet, Encoding::Utf8Bom)
}

fn projects(seed: u64, world: &World, year: i32, name: &str) -> SampleFile {
    let mut hand = Hand::new(seed, name, 10);
    let headings = [
        "序号",
        "教学项目名称",
        "统一社会信用代码",
        "企业名称（核对用）",
        "所属院系",
        "专业编号",
        "所属课程",
        "开发人员",
        "课时",
        "启动日期",
        "完成时间",
    ];
    let title = format!("示例技师学院（合成数据）{year}年校企共同开发教学项目清单");
    let mut sheet = Sheet::new("项目", &title, &headings);
    let mut papers = Papers::new("teaching-project");
    for it in world.projects.iter().filter(|it| it.completed.year() == year) {
        let firm = &world.firms[it.firm];
        sheet.rows.push(vec![
            running(sheet.rows.len() + 1),
            hand.text(&it.name),
            hand.text(&firm.code),
            hand.text(&firm.name),
            hand.text(DEPARTMENTS[MAJORS[it.major].department].0),
            Cell::text(MAJORS[it.major].code),
            it.course.map_or(Cell::Blank, |course| hand.text(world.courses[course].name)),
            staff_names(&mut hand, world, &it.team),
            hand.quantity(it.hours * 10),
            hand.date(it.started),
            hand.date(it.completed),
        ]);
        let key = vec![it.name.clone(), firm.code.clone()];
        papers.prove("contract", format!("{year}年校企共同开发协议（{}）", firm.name), key);
    }
    let sheet = sheet.below("填报单位：教务处　　审核单位：校企合作处");
    let bytes = if name.ends_with(".csv") { csv(&sheet, Encoding::Gbk) } else { xlsx(&[&sheet]) };
    SampleFile { evidence: papers.finish(), ..plain(name, "teaching-project", bytes) }
}
