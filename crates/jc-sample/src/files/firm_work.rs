//! The adult exam, technical services, project awards, workshops.

use super::proof::Papers;
use super::{plain, running, staff_names};
use crate::SampleFile;
use crate::paper::{Cell, Encoding, Hand, Sheet, csv, ods, xlsx};
use crate::world::{DEPARTMENTS, World};

pub(super) fn files(seed: u64, world: &World) -> Vec<SampleFile> {
    vec![
        adult_exams(seed, world, 2022, "2022年成人高考情况.csv"),
        adult_exams(seed, world, 2023, "2023年成人高考情况.ods"),
        adult_exams(seed, world, 2024, "2024年成考报名与上线录取名单.xlsx"),
        services(seed, world),
        project_awards(seed, world),
        workshops(seed, world),
        plain("共富工坊活动记录.csv", "workshop-session", sessions(seed, world)),
    ]
}

fn adult_exams(seed: u64, world: &World, year: i32, name: &str) -> SampleFile {
    let mut hand = Hand::new(seed, name, 10);
    let headings =
        ["序号", "考生学号", "姓名（核对用）", "年度", "报考层次", "是否参考", "总成绩", "上线", "录取", "录取院校"];
    let title = format!("示例技师学院（合成数据）{year}年成人高考报名、上线、录取情况");
    let mut sheet = Sheet::new("成考", &title, &headings).above("上线指达到控制线；录取以通知书为准");
    let mut papers = Papers::new("adult-exam");
    for (place, it) in world.adult_exams.iter().filter(|it| it.year == year).enumerate() {
        let student = &world.students[it.student];
        let sat = it.score.is_some();
        sheet.rows.push(vec![
            running(place + 1),
            hand.digits(&student.no),
            hand.name(&student.name),
            Cell::number(i64::from(year)),
            hand.text(it.programme),
            hand.yes_no(sat),
            it.score.map_or(Cell::Blank, |score| hand.quantity(score * 10)),
            if sat { hand.yes_no(it.reached) } else { Cell::Blank },
            it.admitted.filter(|_| sat).map_or(Cell::Blank, |admitted| hand.yes_no(admitted)),
            it.college.map_or(Cell::Blank, |college| hand.text(college)),
        ]);
        let key = vec![student.no.clone(), year.to_string()];
        if it.reached {
            papers.prove("result-sheet", format!("{year}年成人高考成绩册"), key.clone());
        }
        if it.admitted == Some(true) {
            papers.prove("admission-letter", format!("{year}年成人高考录取名单"), key);
        }
    }
    let sheet = sheet.below("填报单位：招生就业处");
    let bytes = match year {
        2022 => csv(&sheet, Encoding::Utf16),
        2023 => ods(&sheet),
        _ => xlsx(&[&sheet]),
    };
    SampleFile { evidence: papers.finish(), ..plain(name, "adult-exam", bytes) }
}

fn services(seed: u64, world: &World) -> SampleFile {
    let mut hand = Hand::new(seed, "technical services file", 10);
    let headings = [
        "序号",
        "服务项目",
        "类别",
        "委托单位",
        "所属院系",
        "项目负责人",
        "成员",
        "签订时间",
        "验收日期",
        "合同额",
        "实际到账",
        "为企业创造效益",
        "效益类型",
    ];
    let mut sheet = Sheet::new("技术服务", "示例技师学院（合成数据）技术服务与攻关登记表", &headings)
        .above("金额单位为元；效益以企业盖章的证明为准，没有证明的不填")
        .group(9, 10, "学校收入")
        .group(11, 12, "企业效益");
    let mut papers = Papers::new("tech-service");
    for (place, it) in world.firm_work.services.iter().enumerate() {
        let firm = &world.firms[it.firm];
        let yuan = |hand: &mut Hand, yuan: Option<i64>| yuan.map_or(Cell::Blank, |yuan| hand.quantity(yuan * 10));
        sheet.rows.push(vec![
            running(place + 1),
            hand.text(&it.name),
            hand.text(it.kind),
            hand.text(&firm.name),
            hand.text(DEPARTMENTS[it.department].0),
            hand.name(&world.staff[it.team[0]].name),
            staff_names(&mut hand, world, &it.team[1..]),
            hand.date(it.signed),
            hand.date(it.completed),
            yuan(&mut hand, it.amount),
            yuan(&mut hand, it.received),
            yuan(&mut hand, it.benefit.map(|(benefit, _)| benefit)),
            it.benefit.map_or(Cell::Blank, |(_, basis)| hand.text(basis)),
        ]);
        let key = || vec![it.name.clone(), firm.code.clone()];
        if !it.is_problem() {
            papers.prove("contract", format!("{}合同", it.name), key());
        }
        if it.benefit.is_some() || it.is_problem() {
            papers.prove("firm-certificate", format!("{}证明（{}）", firm.name, it.completed.year()), key());
        }
        if it.received.is_some() {
            papers.prove("receipt", format!("{}年技术服务到账凭证", it.completed.year()), key());
        }
    }
    let bytes = xlsx(&[&sheet.below("填报单位：校企合作处")]);
    SampleFile {
        evidence: papers.finish(), ..plain("技术服务与攻关登记表2022-2024.xlsx", "tech-service", bytes)
    }
}

fn project_awards(seed: u64, world: &World) -> SampleFile {
    let mut hand = Hand::new(seed, "project awards file", 8);
    let headings = [
        "序号",
        "获奖项目",
        "评选名称",
        "年度",
        "层级",
        "获奖等级",
        "对应项目",
        "合作企业",
        "获奖人员",
        "颁奖单位",
        "证书日期",
    ];
    let mut sheet = Sheet::new("项目获奖", "示例技师学院（合成数据）项目获奖登记", &headings);
    let mut papers = Papers::new("project-award");
    for (place, it) in world.firm_work.awards.iter().enumerate() {
        let service = &world.firm_work.services[it.service];
        sheet.rows.push(vec![
            running(place + 1),
            hand.text(&it.project),
            hand.text("示例市金桥工程"),
            Cell::text(it.edition),
            hand.word(&["县级", "县"]),
            hand.text(it.grade),
            hand.text(&service.name),
            hand.text(&world.firms[service.firm].name),
            staff_names(&mut hand, world, &service.team),
            hand.text("示例市（县级）科学技术协会"),
            hand.date(it.on),
        ]);
        let key = vec!["示例市金桥工程".to_owned(), it.edition.to_owned(), it.project.clone()];
        papers.prove("certificate", format!("{}年金桥工程获奖证书", it.edition), key);
    }
    let bytes = xlsx(&[&sheet]);
    SampleFile { evidence: papers.finish(), ..plain("项目获奖登记.xlsx", "project-award", bytes) }
}

fn workshops(seed: u64, world: &World) -> SampleFile {
    let mut hand = Hand::new(seed, "workshops file", 8);
    let headings = ["序号", "共富工坊名称", "类型", "部门", "共建村", "协会", "合作企业", "成立日期", "结束时间"];
    let mut sheet = Sheet::new("工坊", "示例技师学院（合成数据）共富工坊一览", &headings);
    let mut papers = Papers::new("workshop");
    for (place, it) in world.firm_work.workshops.iter().enumerate() {
        let firms: Vec<String> = it.firms.iter().map(|&firm| world.firms[firm].name.clone()).collect();
        sheet.rows.push(vec![
            running(place + 1),
            hand.text(it.name),
            hand.text(it.kind),
            hand.text(DEPARTMENTS[2].0),
            hand.text(it.village),
            it.association.map_or(Cell::Blank, |association| hand.text(association)),
            hand.list(&firms),
            hand.date(it.started),
            it.ended.map_or(Cell::Blank, |ended| hand.date(ended)),
        ]);
        papers.prove("contract", format!("{}共建协议", it.name), vec![it.name.to_owned()]);
    }
    let bytes = xlsx(&[&sheet]);
    SampleFile { evidence: papers.finish(), ..plain("共富工坊一览.xlsx", "workshop", bytes) }
}

fn sessions(seed: u64, world: &World) -> Vec<u8> {
    let mut hand = Hand::new(seed, "workshop sessions file", 10);
    let headings = ["共富工坊", "活动名称", "直播日期", "指导教师", "学生学号", "成交额"];
    let mut sheet = Sheet::new("", "", &headings);
    for it in &world.firm_work.sessions {
        let students: Vec<String> = it.students.iter().map(|&s| world.students[s].no.clone()).collect();
        sheet.rows.push(vec![
            hand.text(world.firm_work.workshops[it.workshop].name),
            hand.text(&it.title),
            hand.date(it.on),
            staff_names(&mut hand, world, &it.teachers),
            hand.list(&students),
            hand.known(it.sales.map(|sales| sales * 10)),
        ]);
    }
    csv(&sheet, Encoding::Gbk)
}
