//! Rolls of students, changes of status, destinations of graduates: each year's file from another hand.

use super::proof::Papers;
use super::{plain, running};
use crate::SampleFile;
use crate::paper::{Cell, Encoding, Hand, Sheet, csv, grey, ods, xlsx};
use crate::world::{Destination, Graduate, Level, Student, World};

pub(super) fn files(seed: u64, world: &World) -> Vec<SampleFile> {
    let mut files: Vec<SampleFile> = ROLLS.iter().map(|roll| self::roll(seed, world, roll)).collect();
    files.extend(changes(seed, world));
    files.push(graduates_2022(seed, world));
    files.push(graduates_2023(seed, world));
    files.push(graduates_2024(seed, world));
    files
}

/// How a roll is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Xlsx,
    Ods,
    Text(Encoding),
}

struct Roll {
    entry: i32,
    name: &'static str,
    shape: Shape,
    /// How untidy, in per cent of the cells.
    untidy: usize,
}

const ROLLS: [Roll; 8] = [
    Roll { entry: 2017, name: "2017级学生名册.csv", shape: Shape::Text(Encoding::Gbk), untidy: 6 },
    Roll { entry: 2018, name: "2018级学生名册.xlsx", shape: Shape::Xlsx, untidy: 8 },
    Roll { entry: 2019, name: "2019级学生名册（终稿）.xlsx", shape: Shape::Xlsx, untidy: 14 },
    Roll { entry: 2020, name: "2020级学生花名册.ods", shape: Shape::Ods, untidy: 8 },
    Roll { entry: 2021, name: "2021级学生名册.csv", shape: Shape::Text(Encoding::Utf16), untidy: 10 },
    Roll { entry: 2022, name: "2022级学生名册.xlsx", shape: Shape::Xlsx, untidy: 5 },
    Roll { entry: 2023, name: "2023级新生注册名单.csv", shape: Shape::Text(Encoding::Utf8Bom), untidy: 12 },
    Roll { entry: 2024, name: "2024级新生信息采集表（最终版2）.xlsx", shape: Shape::Xlsx, untidy: 16 },
];

fn roll(seed: u64, world: &World, roll: &Roll) -> SampleFile {
    let mut hand = Hand::new(seed, roll.name, roll.untidy);
    // Each year's form asks in its own words.
    let headings: [&str; 14] = match roll.entry % 3 {
        0 => [
            "序号",
            "学号",
            "姓名",
            "性别",
            "出生日期",
            "身份证号",
            "民族",
            "政治面貌",
            "户口性质",
            "联系电话",
            "班级",
            "层次",
            "入学时间",
            "离校时间",
        ],
        1 => [
            "序号",
            "学号*",
            "学生姓名*",
            "性别",
            "出生年月日",
            "身份证号码",
            "民族",
            "政治面貌",
            "户籍类别",
            "手机",
            "所在班级*",
            "培养层次",
            "入校日期",
            "离校日期",
        ],
        _ => [
            "No.",
            "学生学号",
            "姓  名",
            "性  别",
            "出生日期（如2003-01-13）",
            "证件号码",
            "民  族",
            "政治面貌",
            "户口",
            "手机号",
            "行政班",
            "培养层次",
            "入学日期",
            "毕业（离校）日期",
        ],
    };
    let title = format!("示例技师学院（合成数据）{}级学生名册", roll.entry);
    let mut sheet = Sheet::new(&format!("{}级", roll.entry), &title, &headings);
    if roll.entry % 2 == 0 {
        sheet = sheet.above("填表单位：学生处　　　（本表人员均为虚构）");
    }
    let mut of_class = usize::MAX;
    let mut serial = 0;
    for student in world.students.iter().filter(|student| world.classes[student.class].entry == roll.entry) {
        if of_class != student.class && of_class != usize::MAX && roll.shape != Shape::Text(Encoding::Utf16) {
            sheet.gap();
        }
        of_class = student.class;
        serial += 1;
        let row = row(&mut hand, student, &world.classes[student.class].name, serial);
        sheet.rows.push(row);
    }
    sheet = sheet.below(&format!("合计：{serial}人")).below("制表人：学生处　　审核人：教务处");
    let bytes = match roll.shape {
        Shape::Xlsx => xlsx(&[&sheet]),
        Shape::Ods => ods(&sheet),
        Shape::Text(encoding) => csv(&sheet, encoding),
    };
    plain(roll.name, "student", bytes)
}

fn row(hand: &mut Hand, student: &Student, class: &str, serial: usize) -> Vec<Cell> {
    let level: &[&str] = match student.level {
        Level::Intermediate => &["中级工", "中级", "中技"],
        Level::Senior => &["高级工", "高级", "高技"],
    };
    let ethnicity = student.ethnicity;
    let bare = ethnicity.trim_end_matches('族');
    vec![
        running(serial),
        hand.digits(&student.no),
        hand.name(&student.name),
        hand.word(if student.male { &["男", "男生", "1"] } else { &["女", "女生", "2"] }),
        hand.date(student.birth),
        hand.long_number(&student.id_number),
        hand.word(&[ethnicity, bare]),
        hand.word(if student.political == "群众" { &["群众", "13"] } else { &["共青团员", "团员", "03"] }),
        if hand.chance(4) { hand.unknown() } else { hand.text(student.household) },
        if hand.chance(3) { hand.unknown() } else { hand.phone(&student.phone) },
        hand.text(class),
        hand.word(level),
        hand.date(student.enrolled),
        student.left.map_or(Cell::Blank, |left| hand.date(left)),
    ]
}

fn changes(seed: u64, world: &World) -> Vec<SampleFile> {
    let mut hand = Hand::new(seed, "changes file", 10);
    let headings = ["序号", "学号", "姓名", "班级", "异动类型", "异动日期", "异动原因", "审批文号"].map(grey);
    let mut others = Sheet::new("异动登记", "示例技师学院（合成数据）学籍异动登记表", &[]);
    others.headings = headings.to_vec();
    let mut graduations = Sheet::new("", "", &["学号", "姓名", "类别", "批准日期", "文号"]);
    for change in &world.changes {
        let student = &world.students[change.student];
        let number = Cell::Text(format!("示教学籍〔{}〕{:02}号", change.on.year(), change.on.month()));
        let kind = change.kind.word();
        if kind == "毕业" {
            let cells = vec![
                hand.digits(&student.no),
                hand.name(&student.name),
                Cell::text(kind),
                hand.date(change.on),
                number,
            ];
            graduations.rows.push(cells);
            continue;
        }
        let kind = match kind {
            "转学（转出）" => hand.word(&["转学（转出）", "转出", "转学(转出)"]),
            "退学" => hand.word(&["退学", "自动退学", "申请退学"]),
            kind => hand.text(kind),
        };
        others.rows.push(vec![
            running(others.rows.len() + 1),
            hand.digits(&student.no),
            hand.name(&student.name),
            hand.text(&world.classes[student.class].name),
            kind,
            hand.date(change.on),
            change.reason.map_or(Cell::Blank, |reason| hand.text(reason)),
            number,
        ]);
    }
    let others = others.below("填表人：学生处学籍科");
    vec![
        plain("学籍异动登记表.xlsx", "student-status", xlsx(&[&others])),
        plain("毕业审批名册(2022-2024).csv", "student-status", csv(&graduations, Encoding::Gbk)),
    ]
}

fn of_year(world: &World, year: i32) -> impl Iterator<Item = &Graduate> {
    world.graduates.iter().filter(move |graduate| graduate.on.year() == year)
}

/// The destination as the careers office writes it.
pub(super) fn destination(hand: &mut Hand, destination: Destination) -> Cell {
    let ways: &[&str] = match destination {
        Destination::Employed => &["就业", "签劳动合同", "签就业协议", "已就业", "合同就业"],
        Destination::OwnBusiness => &["自主创业", "创业"],
        Destination::Flexible => &["灵活就业", "自由职业"],
        Destination::Military => &["应征入伍", "参军", "入伍"],
        Destination::FurtherStudy => &["升学", "升专", "升入高校", "升大专"],
        Destination::StudyAbroad => &["出国（境）", "留学"],
        Destination::Seeking => &["待就业", "未落实"],
        Destination::Unknown => return hand.unknown(),
    };
    hand.word(ways)
}

/// What proves a destination: kind and title of the paper.
fn proofs(world: &World, year: i32) -> Papers {
    let mut papers = Papers::new("graduate");
    for graduate in of_year(world, year) {
        let student = &world.students[graduate.student];
        let class = &world.classes[student.class].name;
        let (kind, title) = match graduate.destination {
            Destination::Employed => ("contract", format!("{year}届{class}就业协议与劳动合同汇编")),
            Destination::FurtherStudy | Destination::StudyAbroad => {
                ("admission-letter", format!("{year}届{class}录取通知书汇编"))
            }
            Destination::Military => ("conscription-notice", format!("{year}届入伍通知书")),
            Destination::OwnBusiness => ("business-licence", format!("{year}届自主创业营业执照")),
            Destination::Flexible => ("statement", format!("{year}届灵活就业本人承诺书")),
            Destination::Seeking | Destination::Unknown => continue,
        };
        papers.prove(kind, title, vec![student.no.clone()]);
    }
    papers
}

fn graduate_file(world: &World, year: i32, name: &str, bytes: Vec<u8>) -> SampleFile {
    SampleFile { evidence: proofs(world, year).finish(), ..plain(name, "graduate", bytes) }
}

pub(super) fn matched(hand: &mut Hand, matched: Option<bool>) -> Cell {
    matched.map_or(Cell::Blank, |yes| hand.yes_no(yes))
}

fn optional(hand: &mut Hand, text: Option<&str>) -> Cell {
    text.map_or(Cell::Blank, |text| hand.text(text))
}

fn graduates_2022(seed: u64, world: &World) -> SampleFile {
    let mut hand = Hand::new(seed, "graduates 2022", 8);
    let headings = ["学号", "姓名", "班级", "毕业时间", "去向类别", "单位名称", "录取学校", "对口"];
    let mut sheet = Sheet::new("Sheet1", "", &headings);
    for graduate in of_year(world, 2022) {
        let student = &world.students[graduate.student];
        sheet.rows.push(vec![
            hand.digits(&student.no),
            hand.name(&student.name),
            Cell::text(&*world.classes[student.class].name),
            hand.date(graduate.on),
            destination(&mut hand, graduate.destination),
            optional(&mut hand, graduate.employer.as_deref()),
            optional(&mut hand, graduate.institution),
            matched(&mut hand, graduate.matched),
        ]);
    }
    graduate_file(world, 2022, "2022届毕业生去向.xlsx", xlsx(&[&sheet]))
}

fn graduates_2023(seed: u64, world: &World) -> SampleFile {
    let mut hand = Hand::new(seed, "graduates 2023", 10);
    let headings =
        ["序号", "学号", "姓名", "毕业日期", "毕业去向", "工作单位", "就业地", "录取院校", "专业是否对口", "月薪"];
    let mut sheet = Sheet::new("", "2023届毕业生就业情况统计表（合成数据）", &headings);
    for (place, graduate) in of_year(world, 2023).enumerate() {
        let student = &world.students[graduate.student];
        sheet.rows.push(vec![
            running(place + 1),
            hand.digits(&student.no),
            hand.name(&student.name),
            hand.date(graduate.on),
            destination(&mut hand, graduate.destination),
            optional(&mut hand, graduate.employer.as_deref()),
            optional(&mut hand, graduate.region),
            optional(&mut hand, graduate.institution),
            matched(&mut hand, graduate.matched),
            graduate.pay.map_or(Cell::Blank, |pay| hand.quantity(pay * 10)),
        ]);
    }
    let sheet = sheet.below("填报单位：招生就业处");
    graduate_file(world, 2023, "2023届毕业生就业情况统计表.csv", csv(&sheet, Encoding::Gbk))
}

fn graduates_2024(seed: u64, world: &World) -> SampleFile {
    let mut hand = Hand::new(seed, "graduates 2024", 18);
    let headings = [
        "序号",
        "学 号",
        "姓 名",
        "班级",
        "毕业日期",
        "毕业去向类别",
        "就业单位名称",
        "岗位",
        "单位所在地",
        "升学院校",
        "对口",
        "对口情况说明",
        "初次就业月收入",
        "依据",
    ];
    let mut sheet = Sheet::new("2024届", "示例技师学院（合成数据）2024届毕业生毕业去向登记表", &headings)
        .above("填表说明：1.去向不详的请核实；2.“对口”指岗位或升学专业与所学专业相近；3.月收入单位为元");
    let mut of_class = usize::MAX;
    for (place, graduate) in of_year(world, 2024).enumerate() {
        let student = &world.students[graduate.student];
        if of_class != student.class && of_class != usize::MAX {
            sheet.gap();
        }
        of_class = student.class;
        let proof: &[&str] = match graduate.destination {
            Destination::Employed => &["劳动合同", "合同", "社保"],
            Destination::FurtherStudy | Destination::StudyAbroad => &["录取通知书", "录取通知"],
            Destination::Military => &["入伍通知书"],
            Destination::OwnBusiness => &["营业执照"],
            Destination::Flexible => &["本人承诺", "承诺书"],
            Destination::Seeking | Destination::Unknown => &[""],
        };
        sheet.rows.push(vec![
            running(place + 1),
            hand.digits(&student.no),
            hand.name(&student.name),
            hand.text(&world.classes[student.class].name),
            hand.date(graduate.on),
            destination(&mut hand, graduate.destination),
            optional(&mut hand, graduate.employer.as_deref()),
            optional(&mut hand, graduate.job),
            optional(&mut hand, graduate.region),
            optional(&mut hand, graduate.institution),
            matched(&mut hand, graduate.matched),
            if graduate.matched == Some(false) { hand.text("转行") } else { Cell::Blank },
            graduate.pay.map_or(Cell::Blank, |pay| hand.quantity(pay * 10)),
            hand.word(proof),
        ]);
    }
    let sheet = sheet.below("制表人：招生就业处　　审核人：教务处　　填表日期：2024年12月20日");
    graduate_file(world, 2024, "2024届毕业生去向(终稿).xlsx", xlsx(&[&sheet]))
}
