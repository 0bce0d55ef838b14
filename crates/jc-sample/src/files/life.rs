//! Volunteering, home visits, parents' events.

use super::proof::Papers;
use super::{plain, running};
use crate::SampleFile;
use crate::days::day;
use crate::paper::{Cell, Encoding, Hand, Sheet, csv, ods, xlsx};
use crate::world::{Service, Visit, World};

pub(super) fn files(seed: u64, world: &World) -> Vec<SampleFile> {
    vec![
        services(seed, world, 2022, "2022年志愿服务登记.csv"),
        services(seed, world, 2023, "2023年志愿服务登记.ods"),
        services(seed, world, 2024, "2024年志愿服务台账.xlsx"),
        late_services(world),
        visits(seed, world, 2022, "2022年家访记录汇总.xlsx"),
        visits(seed, world, 2023, "2023年家访记录汇总.xlsx"),
        visits(seed, world, 2024, "2024年全员家访台账.xlsx"),
        events(seed, world),
    ]
}

fn services(seed: u64, world: &World, year: i32, name: &str) -> SampleFile {
    let mut hand = Hand::new(seed, name, 10);
    // One year the league went by names and classes, otherwise by student numbers.
    let mut headings: Vec<&str> = if year == 2023 {
        vec!["序号", "志愿者姓名", "班级", "活动名称", "服务类别", "活动日期", "时长(h)", "地点", "带队老师"]
    } else {
        vec![
            "序号",
            "志愿者学号",
            "姓名",
            "服务项目",
            "服务领域",
            "服务日期",
            "服务时长（小时）",
            "服务地点",
            "带队教师",
        ]
    };
    // Only of late do they also give the number of the activity.
    let numbered = year == 2024;
    if numbered {
        headings.push("活动编号");
    }
    let title = format!("示例技师学院（合成数据）{year}年志愿服务登记表");
    let mut sheet = Sheet::new("登记", &title, &headings).above("时长不含往返路途；一人一次活动一行");
    let mut papers = Papers::new("volunteer-record");
    for (place, service) in world.services.iter().filter(|service| service.on.year() == year).enumerate() {
        let student = &world.students[service.student];
        let (who, beside) = if year == 2023 {
            (hand.name(&student.name), hand.text(&world.classes[student.class].name))
        } else {
            (hand.digits(&student.no), hand.name(&student.name))
        };
        let mut row = vec![
            running(place + 1),
            who,
            beside,
            Cell::text(service.activity),
            hand.text(service.field),
            hand.date(service.on),
            service.hours.map_or_else(|| Cell::text("不详"), |hours| hand.quantity(hours)),
            hand.text(service.place),
            hand.name(&world.staff[service.leader].name),
        ];
        if numbered {
            let of = world.volunteer_activities.iter().find(|a| a.name == service.activity && a.on == service.on);
            row.push(of.map_or(Cell::Blank, |activity| Cell::text(&*activity.no)));
        }
        sheet.rows.push(row);
        papers.prove("attendance-sheet", format!("{}{}签到表", service.on, service.activity), key(world, service));
    }
    let sheet = sheet.below("填报单位：校团委");
    let bytes = match year {
        2022 => csv(&sheet, Encoding::Utf8Bom),
        2023 => ods(&sheet),
        _ => xlsx(&[&sheet]),
    };
    SampleFile { evidence: papers.finish(), ..plain(name, "volunteer-record", bytes) }
}

fn key(world: &World, service: &Service) -> Vec<String> {
    vec![world.students[service.student].no.clone(), service.activity.to_owned(), service.on.to_string()]
}

/// An activity of the last days of the year, sent in late and without a list of signatures: it waits.
fn late_services(world: &World) -> SampleFile {
    let on = day(2024, 12, 28);
    let headings = ["志愿者学号", "活动名称", "日期", "小时数", "负责人"];
    let mut sheet = Sheet::new("", "", &headings);
    for student in world.students.iter().filter(|student| student.present(on)).step_by(97).take(12) {
        let cells = [&*student.no, "年末社区清洁", "2024.12.28", "4", ""];
        sheet
            .rows
            .push(cells.iter().map(|cell| if cell.is_empty() { Cell::Blank } else { Cell::text(*cell) }).collect());
    }
    let bytes = csv(&sheet, Encoding::Gbk);
    SampleFile { verify: false, ..plain("2024年12月志愿服务补登(待审核).csv", "volunteer-record", bytes) }
}

fn visits(seed: u64, world: &World, year: i32, name: &str) -> SampleFile {
    let mut hand = Hand::new(seed, name, 10);
    // The forms of the years differ: students by number, or by name beside their class.
    let by_name = year == 2024;
    let headings: [&str; 8] = if by_name {
        ["家访编号", "走访日期", "班级", "参与教师", "走访学生", "家访方式", "交流内容", "需跟进事项"]
    } else {
        ["编号", "家访时间", "所属班", "教师工号", "走访学生学号", "形式", "家访主题", "跟进"]
    };
    let title = format!("示例技师学院（合成数据）{year}年家访记录汇总");
    let mut sheet = Sheet::new("家访", &title, &headings);
    let mut papers = Papers::new("home-visit");
    for visit in world.visits.iter().filter(|visit| visit.on.year() == year) {
        let class = &world.classes[visit.class].name;
        let (teachers, students) = who(world, visit, by_name);
        sheet.rows.push(vec![
            Cell::text(&*visit.no),
            hand.date(visit.on),
            Cell::text(&**class),
            hand.list(&teachers),
            hand.list(&students),
            hand.text(visit.form),
            hand.text(visit.topic),
            visit.follow_up.map_or(Cell::Blank, Cell::text),
        ]);
        if !matches!(visit.form, "视频" | "电话") {
            papers.prove("visit-record", format!("{year}年{class}家访记录表"), vec![visit.no.clone()]);
        }
    }
    let sheet = sheet.below("填报单位：学生处");
    SampleFile { evidence: papers.finish(), ..plain(name, "home-visit", xlsx(&[&sheet])) }
}

fn who(world: &World, visit: &Visit, by_name: bool) -> (Vec<String>, Vec<String>) {
    let teachers = visit.teachers.iter().map(|&s| &world.staff[s]);
    let students = visit.students.iter().map(|&s| &world.students[s]);
    if by_name {
        (teachers.map(|t| t.name.clone()).collect(), students.map(|s| s.name.clone()).collect())
    } else {
        (teachers.map(|t| t.no.clone()).collect(), students.map(|s| s.no.clone()).collect())
    }
}

fn events(seed: u64, world: &World) -> SampleFile {
    let name = "家长会与家长学校登记表.xlsx";
    let mut hand = Hand::new(seed, name, 25);
    let headings = ["序号", "类型", "活动主题", "举办日期", "面向年级", "主讲（主持）人", "签到人数", "备注"];
    let mut sheet = Sheet::new("家校", "示例技师学院（合成数据）家长会与家长学校登记表", &headings);
    let mut papers = Papers::new("family-event");
    for (place, event) in world.events.iter().enumerate() {
        let kind: &[&str] = if event.lecture {
            &["家长学校讲座", "讲座", "家长讲座"]
        } else {
            &["家长会", "家长大会"]
        };
        sheet.rows.push(vec![
            running(place + 1),
            hand.word(kind),
            Cell::text(&*event.topic),
            hand.date(event.on),
            hand.text(event.audience),
            hand.name(&event.speaker),
            hand.quantity(event.participants * 10),
            Cell::Blank,
        ]);
        papers.prove(
            "attendance-sheet",
            format!("{}签到表", event.topic),
            vec![event.topic.clone(), event.on.to_string()],
        );
    }
    let sheet = sheet.below("填报单位：学生处");
    SampleFile { evidence: papers.finish(), ..plain(name, "family-event", xlsx(&[&sheet])) }
}
