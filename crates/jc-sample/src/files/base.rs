//! Departments, majors, staff, classes, firms.

use super::{plain, running};
use crate::SampleFile;
use crate::days::day;
use crate::paper::{Cell, Encoding, Hand, Sheet, csv, grey, xlsx};
use crate::world::{DEPARTMENTS, Level, MAJORS, Post, Scheme, World, census};

pub(super) fn files(seed: u64, world: &World) -> Vec<SampleFile> {
    vec![
        plain("部门一览表.xlsx", "department", departments()),
        plain("开设专业一览表（2024年修订）.csv", "major", majors()),
        plain("教职工花名册(2024.12).xlsx", "staff", staff(seed, world)),
        plain("班级一览表（截至2024年12月31日）.xlsx", "class", classes(seed, world)),
        plain("校企合作与用人单位名录.csv", "firm", firms(seed, world)),
    ]
}

fn departments() -> Vec<u8> {
    let mut sheet = Sheet::new(
        "部门",
        "示例技师学院（合成数据）部门一览表",
        &["序号", "部门名称", "单位类别", "是否教学单位", "设立时间", "备注"],
    );
    for (place, &(name, teaches, _)) in DEPARTMENTS.iter().enumerate() {
        let kind = Cell::text(match place {
            0..3 => "专业学院",
            3 => "公共教学部门",
            _ => "处室",
        });
        let teaches = Cell::text(if teaches { "√" } else { "否" });
        let opened = Cell::text(if place < 4 { "2015年9月1日" } else { "2003-8-20" });
        sheet.rows.push(vec![running(place + 1), Cell::text(name), kind, teaches, opened, Cell::Blank]);
    }
    xlsx(&[&sheet.below("制表人：党政办公室    制表日期：2024年12月")])
}

/// The word for a level, as offices vary it.
fn level(level: Level) -> [&'static str; 2] {
    match level {
        Level::Intermediate => ["中级工", "中级"],
        Level::Senior => ["高级工", "高级"],
    }
}

fn majors() -> Vec<u8> {
    let headings = ["序号", "代码", "专业名称", "目录", "培养层次", "学制", "所属院系", "首次招生年份"];
    let mut sheet = Sheet::new("", "示例技师学院（合成数据）开设专业一览表", &headings);
    for (place, major) in MAJORS.iter().enumerate() {
        sheet.rows.push(vec![
            running(place + 1),
            Cell::text(major.code),
            Cell::text(major.name),
            Cell::text("校内编号"),
            Cell::text(level(major.level)[place % 2]),
            Cell::number(i64::from(major.years)),
            Cell::text(DEPARTMENTS[major.department].0),
            Cell::Text(format!("{}年", major.since)),
        ]);
    }
    csv(&sheet.below("注：代码为校内编号，正式上报时按当年专业目录换算"), Encoding::Gbk)
}

fn staff(seed: u64, world: &World) -> Vec<u8> {
    let mut hand = Hand::new(seed, "staff file", 12);
    let headings: Vec<String> = [
        "序号",
        "工号",
        "姓名",
        "性别",
        "出生年月日",
        "政治面貌",
        "所在部门",
        "岗位类别",
        "专任教师",
        "一体化教师",
        "来校时间",
        "离职（退休）日期",
        "手机号码",
    ]
    .into_iter()
    .map(grey)
    .collect();
    let mut sheet = Sheet::new("花名册", "示例技师学院（合成数据）教职工花名册", &[]);
    sheet.headings = headings;
    let mut sheet = sheet.above("统计截止：2024年12月31日　　单位：人事处");
    for (place, person) in world.staff.iter().enumerate() {
        let post: &[&str] = match person.post {
            Post::Theory => &["专业课教师", "文化课教师", "教师"],
            Post::Practice => &["实习指导教师", "实训指导教师", "实训教师"],
            Post::Administration => &["管理", "行政", "管理人员"],
            Post::Support => &["教辅", "工勤"],
        };
        let political: &[&str] = match person.political {
            "01" => &["中共党员", "党员", "01"],
            "02" => &["中共预备党员", "预备党员"],
            "05" => &["民盟盟员", "民盟"],
            "07" => &["民进会员", "民进"],
            "09" => &["致公党党员", "致公党"],
            _ => &["群众", "13"],
        };
        sheet.rows.push(vec![
            running(place + 1),
            Cell::text(&*person.no),
            hand.name(&person.name),
            hand.word(if person.male { &["男", "男性", "1"] } else { &["女", "女性", "2"] }),
            hand.date(person.birth),
            hand.word(political),
            hand.text(DEPARTMENTS[person.department].0),
            hand.word(post),
            hand.yes_no(person.full_time),
            if person.full_time { hand.yes_no(person.integrated) } else { Cell::text("否") },
            hand.date(person.joined),
            person.left.map_or(Cell::Blank, |left| hand.date(left)),
            hand.phone(&person.phone),
        ]);
        // A line left empty between departments.
        if world.staff.get(place + 1).is_some_and(|next| next.department != person.department) {
            sheet.gap();
        }
    }
    let sheet = sheet.below("注：带“离职（退休）日期”者已不在岗").below("填表人：人事处　　审核人：党政办公室");
    let mut help = Sheet::new("填表说明", "填表说明", &["项目", "说明"]);
    for (item, words) in [
        ("专任教师", "在编在岗、以教学为主"),
        ("一体化教师", "安排承担工学一体化课程、应持证"),
        ("来校时间", "以报到当天为准"),
        ("手机号码", "合成数据，均为虚构号段"),
    ] {
        help.rows.push(vec![Cell::text(item), Cell::text(words)]);
    }
    xlsx(&[&sheet, &help])
}

fn classes(seed: u64, world: &World) -> Vec<u8> {
    let mut hand = Hand::new(seed, "classes file", 10);
    let headings =
        ["序号", "班名", "年级", "专业编号", "办学类型", "合作企业", "班主任", "开班时间", "撤班日期", "12月在班人数"];
    let mut sheet = Sheet::new("班级", "示例技师学院（合成数据）班级一览表", &headings)
        .above("说明：人数一栏由班主任上报，仅供参考，以学生名册为准");
    let mut order: Vec<usize> = (0..world.classes.len()).collect();
    order.sort_by_key(|&class| (std::cmp::Reverse(world.classes[class].entry), class));
    for (place, class) in order.into_iter().enumerate() {
        let it = &world.classes[class];
        let scheme: &[&str] = match it.scheme {
            Scheme::Ordinary => &["普通", "普通班", "常规"],
            Scheme::SinoGerman => &["中德合作", "中德班", "中德双元"],
            Scheme::OrderClass => &["订单培养", "订单班"],
        };
        let there = world.students.iter().filter(|s| s.class == class && s.present(census())).count();
        sheet.rows.push(vec![
            running(place + 1),
            hand.text(&it.name),
            if hand.chance(50) { Cell::Text(format!("{}级", it.entry)) } else { Cell::number(i64::from(it.entry)) },
            Cell::text(MAJORS[it.major].code),
            hand.word(scheme),
            it.partner.map_or(Cell::Blank, |partner| hand.text(partner)),
            hand.name(&world.staff[it.teacher].name),
            hand.date(it.opened),
            it.closed.map_or(Cell::Blank, |closed| hand.date(closed)),
            if it.opened > day(2024, 12, 31) || it.closed.is_some() { Cell::Blank } else { Cell::number(there as i64) },
        ]);
    }
    xlsx(&[&sheet.below("制表人：学生处　　审核人：教务处")])
}

fn firms(seed: u64, world: &World) -> Vec<u8> {
    let mut hand = Hand::new(seed, "firms file", 10);
    let headings = ["企业名称", "统一社会信用代码", "企业性质", "所属行业", "所在地", "联系方式"];
    let mut sheet = Sheet::new("", "", &headings);
    for firm in &world.firms {
        sheet.rows.push(vec![
            hand.text(&firm.name),
            hand.long_number(&firm.code),
            hand.text(firm.nature),
            hand.text(firm.industry),
            hand.text(firm.region),
            hand.text(&firm.phone),
        ]);
    }
    csv(&sheet, Encoding::Utf8Bom)
}
