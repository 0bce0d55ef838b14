//! Platforms, agreements, schools abroad, stays, visits, recognitions, and admissions to the chambers' examinations.

use super::proof::Papers;
use super::{plain, running};
use crate::SampleFile;
use crate::paper::{Cell, Encoding, Hand, Sheet, csv, xlsx};
use crate::world::World;

pub(super) fn files(seed: u64, world: &World) -> Vec<SampleFile> {
    vec![
        platforms(seed, world),
        agreements(seed, world),
        written("国际友好学校名录.xlsx", "partner-school", PARTNERS, "contract"),
        written("国际交流计划.csv", "exchange-programme", PROGRAMMES, ""),
        stays(seed, world),
        written("国际往来登记(2022-2024).xlsx", "international-visit", VISITS, ""),
        written("国际化项目认定.xlsx", "recognised-programme", RECOGNISED, "notice"),
        written("引进标准与本土化课程.csv", "adapted-standard", STANDARDS, ""),
        written("外部证明登记.xlsx", "outside-proof", PROOFS, "notice"),
        admissions(seed, world),
    ]
}

/// A short list that someone typed by hand: headings first.
type Typed = &'static [&'static [&'static str]];

const PARTNERS: Typed = &[
    &["学校名称", "德文名称", "类型", "国别", "所在城市", "缔结时间", "有效期至"],
    &[
        "示例市职业高级中学",
        "Berufliche Oberschule Musterstadt",
        "职业高等中学",
        "德国",
        "Musterstadt",
        "2023-10-12",
        "",
    ],
    &[
        "样本双元制职业学校",
        "Berufsschule Beispielhausen",
        "双元制职业学校",
        "联邦德国",
        "Beispielhausen",
        "2019.5.20",
        "2029.5.19",
    ],
    &["范例培训中心", "Bildungszentrum Exempel", "培训中心", "瑞士", "Exempel", "2017年6月1日", "2022年5月31日"],
];

const PROGRAMMES: Typed = &[
    &["计划名称", "主办方", "友好学校", "开始日期"],
    &["青年国际交流示例计划", "示例国际交流协会", "", "2024-03-01"],
    &["师生互访计划", "示例技师学院", "示例市职业高级中学", "2023.11.1"],
];

const VISITS: Typed = &[
    &["对方学校", "形式", "到访日期", "离开日期", "内容", "学生数", "教师数"],
    &["样本双元制职业学校", "线上", "2022-05-18", "2022-05-18", "双元制课程交流", "30", "4"],
    &["样本双元制职业学校", "来访", "2023-04-17", "2023-04-21", "专业教学研讨", "", "6"],
    &["示例市职业高级中学", "来访", "2023年10月11日", "2023年10月14日", "缔结友好学校", "12", "3"],
    &["示例市职业高级中学", "线上", "2024/3/20", "2024/3/20", "线上文化课堂", "35", "3"],
    &["示例市职业高级中学", "来访", "2024.10.14", "2024.10.19", "学生互访与文化交流", "14", "3"],
    &["样本双元制职业学校", "线上", "2024-11-27", "2024-11-27", "考试经验交流", "0", "8"],
];

const RECOGNISED: Typed = &[
    &["项目名称", "入选工程", "所属名目", "发文单位", "级别", "批次", "公布日期", "文号"],
    &[
        "国际化高技能人才培养项目（示例）",
        "省中小学国际交流工程（示例）",
        "双元六共",
        "省教育厅",
        "省级",
        "第一批",
        "2024-06-28",
        "示省教外〔2024〕12号",
    ],
    &["中德班课程共建", "市国际理解教育项目（示例）", "", "样本市教育局", "市级", "", "2023年9月15日", ""],
];

const STANDARDS: Typed = &[
    &["标准（课程）名称", "类别", "引进来源", "适用专业", "完成日期", "课时"],
    &["机电一体化工培训框架（本土化）", "标准", "德国培训条例", "SZ11-3", "2022-08-30", ""],
    &["金属切削基础学习领域", "课程", "德国培训条例", "SZ01-3、SZ02-3", "2023.8.31", "80"],
    &["控制技术学习领域", "课程", "德国培训条例", "SZ11-3", "2024/8/30", "80"],
    &["模具制造工作页", "教材", "IHK 示例合作项目", "SZ02-3", "2024-08-30", ""],
    &["第一部分考核方案（本土化）", "考核方案", "IHK 示例合作项目", "SZ11-3；SZ02-3", "2024-02-26", ""],
];

/// Nothing in it says that the school was the first of the province: that would need a paper by somebody else.
const PROOFS: Typed = &[
    &["证明事项", "类别", "证明范围", "证明单位", "日期", "文号"],
    &["中德班考试组织规范", "认定", "市级", "样本市教育局", "2023-12-08", "样教证〔2023〕7号"],
];

/// A typed list as a file; `proof` is the kind of paper that speaks for each row, if any is needed.
fn written(name: &str, register: &'static str, rows: Typed, proof: &'static str) -> SampleFile {
    let mut sheet = Sheet::new("登记", if name.ends_with("csv") { "" } else { "示例技师学院（合成数据）" }, rows[0]);
    let mut papers = Papers::new(register);
    for row in &rows[1..] {
        sheet.rows.push(row.iter().map(|cell| if cell.is_empty() { Cell::Blank } else { Cell::text(*cell) }).collect());
        if !proof.is_empty() {
            papers.prove(proof, format!("{}（{}）", row[0], name), key(register, row));
        }
    }
    let bytes = if name.ends_with("csv") { csv(&sheet, Encoding::Utf8Bom) } else { xlsx(&[&sheet]) };
    SampleFile { evidence: papers.finish(), ..plain(name, register, bytes) }
}

/// The key of a typed row: the columns in which its register's key stands.
fn key(register: &str, row: &[&str]) -> Vec<String> {
    let columns: &[usize] = match register {
        "recognised-programme" => &[0, 1],
        "outside-proof" => &[0, 3],
        _ => &[0],
    };
    columns.iter().map(|&column| row[column].to_owned()).collect()
}

fn platforms(seed: u64, world: &World) -> SampleFile {
    let name = "产业学院与企业学院一览.xlsx";
    let mut hand = Hand::new(seed, name, 10);
    let headings = ["序号", "学院名称", "类型", "共建企业", "服务专业", "挂牌日期", "停办时间"];
    let mut sheet = Sheet::new("平台", "示例技师学院（合成数据）产教协同平台一览", &headings);
    let mut papers = Papers::new("cooperation-platform");
    for (place, platform) in world.abroad.platforms.iter().enumerate() {
        let firms: Vec<String> = platform.firms.iter().map(|&f| world.firms[f].name.clone()).collect();
        let majors: Vec<String> = platform.majors.iter().map(|&code| code.to_owned()).collect();
        sheet.rows.push(vec![
            running(place + 1),
            Cell::text(platform.name),
            hand.text(platform.kind),
            hand.list(&firms),
            hand.list(&majors),
            hand.date(platform.opened),
            platform.closed.map_or(Cell::Blank, |closed| hand.date(closed)),
        ]);
        papers.prove("notice", format!("{}设立文件", platform.name), vec![platform.name.to_owned()]);
    }
    SampleFile { evidence: papers.finish(), ..plain(name, "cooperation-platform", xlsx(&[&sheet])) }
}

fn agreements(seed: u64, world: &World) -> SampleFile {
    let name = "校企合作培养协议台账.xlsx";
    let mut hand = Hand::new(seed, name, 12);
    let headings = ["合同编号", "企业名称", "类型", "培养专业", "签约日期", "届满日期", "计划人数"];
    let mut sheet = Sheet::new("协议", "示例技师学院（合成数据）合作培养协议台账", &headings);
    let mut papers = Papers::new("training-agreement");
    for agreement in &world.abroad.agreements {
        let majors: Vec<String> = agreement.majors.iter().map(|&code| code.to_owned()).collect();
        sheet.rows.push(vec![
            Cell::text(&*agreement.no),
            hand.text(&world.firms[agreement.firm].name),
            hand.text(agreement.kind),
            hand.list(&majors),
            hand.date(agreement.signed),
            agreement.expires.map_or(Cell::Blank, |expires| hand.date(expires)),
            hand.count(agreement.places),
        ]);
        papers.prove("contract", format!("协议{}扫描件", agreement.no), vec![agreement.no.clone()]);
    }
    SampleFile { evidence: papers.finish(), ..plain(name, "training-agreement", xlsx(&[&sheet])) }
}

fn stays(seed: u64, world: &World) -> SampleFile {
    let name = "2024年学生出境实习登记.xlsx";
    let mut hand = Hand::new(seed, name, 10);
    let headings = [
        "序号",
        "学号",
        "交流计划",
        "事由",
        "实习单位",
        "国别",
        "所在城市",
        "出发日期",
        "返回日期",
        "费用承担",
        "境外保险",
        "监护人书面同意",
    ];
    let mut sheet = Sheet::new("出境", "示例技师学院（合成数据）学生出境实习登记", &headings);
    let mut papers = Papers::new("stay-abroad");
    for (place, stay) in world.abroad.stays.iter().enumerate() {
        let student = &world.students[stay.student];
        sheet.rows.push(vec![
            running(place + 1),
            hand.digits(&student.no),
            Cell::text(PROGRAMMES[1][0]),
            hand.word(&["实习", "企业实习"]),
            Cell::text("示例汽车配件集团总部"),
            hand.word(&["德国", "DE"]),
            Cell::text("Musterstadt"),
            hand.date(stay.departed),
            hand.date(stay.returned),
            hand.text("企业"),
            hand.yes_no(true),
            if stay.minor { hand.yes_no(true) } else { Cell::Blank },
        ]);
        if stay.minor {
            let key = vec![student.no.clone(), PROGRAMMES[1][0].to_owned(), stay.departed.to_string()];
            papers.prove("guardian-consent", "2024年出境实习监护人同意书".to_owned(), key);
        }
    }
    SampleFile { evidence: papers.finish(), ..plain(name, "stay-abroad", xlsx(&[&sheet])) }
}

fn admissions(seed: u64, world: &World) -> SampleFile {
    let name = "中德考试报名与准考(2022-2024).xlsx";
    let mut hand = Hand::new(seed, name, 10);
    let headings =
        ["序号", "学号", "职业", "考试阶段", "报名日期", "培训记录册", "第一部分已考", "准考", "审批日期", "说明"];
    let mut sheet = Sheet::new("准考", "示例技师学院（合成数据）中德考试报名与准考", &headings);
    for (place, admission) in world.abroad.admissions.iter().enumerate() {
        let part: &[&str] = if admission.part == 1 { &["第一部分", "Teil 1"] } else { &["第二部分", "Teil 2"] };
        let refused = admission.admitted == Some(false);
        sheet.rows.push(vec![
            running(place + 1),
            hand.digits(&world.students[admission.student].no),
            hand.text(admission.occupation),
            hand.word(part),
            hand.date(admission.applied),
            hand.yes_no(admission.record),
            if admission.part == 2 { hand.yes_no(true) } else { Cell::Blank },
            admission.admitted.map_or(Cell::Blank, |admitted| hand.yes_no(admitted)),
            admission.admitted.map_or(Cell::Blank, |_| hand.date(admission.applied.plus_days(14))),
            if refused { Cell::text("培训记录册不全") } else { Cell::Blank },
        ]);
    }
    plain(name, "exam-admission", xlsx(&[&sheet.below("填报单位：国际合作办公室")]))
}
