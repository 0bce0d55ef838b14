//! How teachers grew: earlier years handed in late, guidance, ratings, panels, objections.

use super::proof::Papers;
use super::{level_of, plain, running, staff_names};
use crate::SampleFile;
use crate::paper::{Cell, Encoding, Hand, Sheet, csv, ods, xlsx};
use crate::world::{COMPETENCIES, Post, ROUNDS, STAGES, World};

pub(super) fn files(seed: u64, world: &World) -> Vec<SampleFile> {
    let mut files = vec![
        lessons(seed, world),
        practices(seed, world),
        titles(seed, world),
        certificates(seed, world),
        plain("论文目录补录（2015-2021）.csv", "paper", papers(seed, world)),
        outcomes(seed, world),
        honours(seed, world),
        plain("师徒结对（青蓝工程）登记.xlsx", "teacher-guidance", guidance(seed, world)),
    ];
    files.extend(ROUNDS.iter().map(|(year, ..)| ratings(seed, world, *year)));
    files.push(panels(seed, world));
    files.push(plain("能力评价异议登记.csv", "growth-objection", objections(seed, world)));
    files
}

fn lessons(seed: u64, world: &World) -> SampleFile {
    let name = "公开课补录（2016-2021）.xlsx";
    let mut hand = Hand::new(seed, name, 8);
    let headings = ["序号", "教师工号", "课题名称", "课型", "公开课级别", "开课日期", "主办单位"];
    let mut sheet = Sheet::new("公开课", "示例技师学院（合成数据）历年公开课补录", &headings);
    let mut papers = Papers::new("open-lesson");
    for (place, it) in world.growth.lessons.iter().enumerate() {
        let person = &world.staff[it.teacher];
        let organiser = match it.level.map(|level| level.word()) {
            Some("省级") => "省技工院校教研室",
            Some("市级") => "样本市教育局",
            Some(_) => "示例市（县级）教育局",
            None => "教务处",
        };
        sheet.rows.push(vec![
            running(place + 1),
            Cell::text(&*person.no),
            Cell::text(&*it.title),
            hand.word(&["示范课", "展示课", "研讨课"]),
            match it.level {
                Some(level) => level_of(&mut hand, level),
                None => hand.word(&["校级", "校"]),
            },
            hand.date(it.on),
            hand.text(organiser),
        ]);
        let key = vec![person.no.clone(), it.title.clone(), it.on.to_string()];
        papers.prove("certificate", format!("{}年公开课证书", it.on.year()), key);
    }
    SampleFile {
        evidence: papers.finish(), ..plain(name, "open-lesson", xlsx(&[&sheet.below("填报单位：教务处")]))
    }
}

fn practices(seed: u64, world: &World) -> SampleFile {
    let name = "教师企业实践补录2016-2021.ods";
    let mut hand = Hand::new(seed, name, 8);
    let headings = ["工号", "实践单位", "实践岗位", "实践开始日期", "实践结束日期", "实践天数（天）", "考核结果"];
    let mut sheet = Sheet::new("企业实践", "示例技师学院（合成数据）教师企业实践补录", &headings);
    let mut papers = Papers::new("firm-practice");
    for it in &world.growth.practices {
        let (person, firm) = (&world.staff[it.teacher], &world.firms[it.firm]);
        sheet.rows.push(vec![
            Cell::text(&*person.no),
            hand.text(&firm.name),
            hand.word(&["工艺员", "装配", "质检", "设备维护", "运营"]),
            hand.date(it.started),
            hand.date(it.started.plus_days(it.days * 7 / 5)),
            hand.quantity(it.days * 10),
            hand.word(&["合格", "优秀", "良好"]),
        ]);
        let key = vec![person.no.clone(), firm.code.clone(), it.started.to_string()];
        papers.prove("firm-certificate", format!("{}年企业实践鉴定表（补录）", it.started.year()), key);
    }
    let bytes = ods(&sheet.below("填报单位：人事处"));
    SampleFile { evidence: papers.finish(), ..plain(name, "firm-practice", bytes) }
}

/// The titles of a rank on the two ladders, theory first: code, name, rank.
const TITLES: [[(&str, &str); 2]; 3] = [
    [("lecturer", "讲师"), ("instructor-1", "一级实习指导教师")],
    [("senior-lecturer", "高级讲师"), ("senior-instructor", "高级实习指导教师")],
    [("professor-lecturer", "正高级讲师"), ("professor-instructor", "正高级实习指导教师")],
];

fn titles(seed: u64, world: &World) -> SampleFile {
    let name = "职称补录（2021年及以前）.xlsx";
    let mut hand = Hand::new(seed, name, 8);
    let headings = ["序号", "工号", "姓名（核对用）", "获评职称", "层级", "取得日期", "评审委员会"];
    let mut sheet = Sheet::new("职称", "示例技师学院（合成数据）教师职称补录", &headings);
    let mut papers = Papers::new("staff-title");
    for (place, it) in world.growth.titles.iter().enumerate() {
        let person = &world.staff[it.teacher];
        let (code, title) = TITLES[it.rank - 1][usize::from(person.post == Post::Practice)];
        sheet.rows.push(vec![
            running(place + 1),
            Cell::text(&*person.no),
            hand.name(&person.name),
            hand.text(title),
            hand.word([&["中级"][..], &["副高级", "副高"], &["正高级", "正高"]][it.rank - 1]),
            hand.date(it.on),
            hand.text("技工院校教师职称评审委员会"),
        ]);
        let key = vec![person.no.clone(), code.to_owned()];
        papers.prove("certificate", format!("{}年职称资格证书（补录）", it.on.year()), key);
    }
    SampleFile {
        evidence: papers.finish(), ..plain(name, "staff-title", xlsx(&[&sheet.below("填报单位：人事处")]))
    }
}

fn certificates(seed: u64, world: &World) -> SampleFile {
    let name = "外聘教师一体化证书登记.csv";
    let mut hand = Hand::new(seed, name, 8);
    let headings = ["教师工号", "姓名（核对用）", "等级", "取证日期", "培训基地"];
    let mut sheet = Sheet::new("持证", "", &headings);
    let mut papers = Papers::new("teaching-certificate");
    for (teacher, on) in &world.growth.certificates {
        let person = &world.staff[*teacher];
        sheet.rows.push(vec![
            Cell::text(&*person.no),
            hand.name(&person.name),
            hand.word(&["三级", "3级"]),
            hand.date(*on),
            hand.text("全省工学一体化师资培训基地"),
        ]);
        let key = vec![person.no.clone(), "level-3".to_owned()];
        papers.prove("certificate", format!("{}年一体化培训证书（外聘）", on.year()), key);
    }
    let bytes = csv(&sheet, Encoding::Utf8Bom);
    SampleFile { evidence: papers.finish(), ..plain(name, "teaching-certificate", bytes) }
}

fn papers(seed: u64, world: &World) -> Vec<u8> {
    let mut hand = Hand::new(seed, "old papers file", 8);
    let headings = ["论文名称", "第一作者工号", "第一作者（核对用）", "学科"];
    let mut sheet = Sheet::new("论文", "", &headings);
    for it in &world.growth.papers {
        let person = &world.staff[it.teacher];
        let cells =
            vec![Cell::text(&*it.title), Cell::text(&*person.no), hand.name(&person.name), hand.text("职业教育")];
        sheet.rows.push(cells);
    }
    csv(&sheet, Encoding::Gbk)
}

fn outcomes(seed: u64, world: &World) -> SampleFile {
    let name = "论文发表补录（2015-2021）.xlsx";
    let mut hand = Hand::new(seed, name, 8);
    let headings = ["序号", "题目", "成果形式", "刊物（评选）名称", "发表（获奖）日期"];
    let mut sheet = Sheet::new("论文成果", "示例技师学院（合成数据）论文发表补录", &headings);
    let mut proof = Papers::new("paper-outcome");
    for (place, it) in world.growth.papers.iter().enumerate() {
        let venue = "示例教育研究";
        sheet.rows.push(vec![
            running(place + 1),
            Cell::text(&*it.title),
            hand.word(&["发表", "刊发"]),
            hand.text(venue),
            hand.date(it.on),
        ]);
        let key = vec![it.title.clone(), "published".to_owned(), venue.to_owned()];
        proof.prove("publication", format!("{}年发表论文封面目录正文（补录）", it.on.year()), key);
    }
    let bytes = xlsx(&[&sheet.below("填报单位：教科研处")]);
    SampleFile { evidence: proof.finish(), ..plain(name, "paper-outcome", bytes) }
}

fn honours(seed: u64, world: &World) -> SampleFile {
    let name = "教师荣誉补录（2018-2021）.csv";
    let mut hand = Hand::new(seed, name, 8);
    let headings = [
        "荣誉称号",
        "荣誉分类",
        "颁发单位",
        "荣誉级别",
        "荣誉对象类别",
        "获得单位（个人）",
        "工号",
        "年度",
        "发文日期",
    ];
    let mut sheet = Sheet::new("荣誉", "", &headings);
    let mut papers = Papers::new("honour");
    for it in &world.growth.honours {
        let person = &world.staff[it.teacher];
        let (honour, authority, level) = match it.city {
            true => ("样本市优秀教师", "样本市教育局", "市级"),
            false => ("示例市先进教育工作者", "示例市（县级）教育局", "县级"),
        };
        let year = it.on.year();
        sheet.rows.push(vec![
            Cell::text(honour),
            Cell::text("优秀教师"),
            Cell::text(authority),
            hand.word(&[level]),
            hand.word(&["教职工", "教师"]),
            Cell::text(&*person.name),
            Cell::text(&*person.no),
            Cell::number(i64::from(year)),
            hand.date(it.on),
        ]);
        let key = vec![honour.to_owned(), authority.to_owned(), person.name.clone(), year.to_string()];
        papers.prove("notice", format!("{year}年{honour}文件"), key);
    }
    let bytes = csv(&sheet, Encoding::Utf8Bom);
    SampleFile { evidence: papers.finish(), ..plain(name, "honour", bytes) }
}

fn guidance(seed: u64, world: &World) -> Vec<u8> {
    let mut hand = Hand::new(seed, "guidance file", 8);
    let headings = ["序号", "师傅", "徒弟", "结对日期", "出师日期", "出师考核"];
    let mut sheet = Sheet::new("结对", "示例技师学院（合成数据）青蓝工程师徒结对登记", &headings)
        .above("师傅、徒弟写工号；还在结对的后两栏空着");
    for (place, it) in world.growth.guidance.iter().enumerate() {
        sheet.rows.push(vec![
            running(place + 1),
            Cell::text(&*world.staff[it.mentor].no),
            Cell::text(&*world.staff[it.teacher].no),
            hand.date(it.from),
            it.until.map_or(Cell::Blank, |until| hand.date(until)),
            it.outcome.map_or(Cell::Blank, |outcome| hand.text(outcome)),
        ]);
    }
    xlsx(&[&sheet.below("填报单位：人事处")])
}

fn ratings(seed: u64, world: &World, year: i32) -> SampleFile {
    let name = match year {
        2024 => format!("{year}年教师能力评价汇总.xlsx"),
        _ => format!("{year}年教师能力评价汇总.csv"),
    };
    let mut hand = Hand::new(seed, &name, 6);
    let headings = [
        "序号",
        "被评教师",
        "能力项",
        "评价主体",
        "评价人工号",
        "评价水平",
        "评价日期",
        "依据",
        "引用的公开课",
        "答卷人数",
    ];
    let mut sheet = Sheet::new("评价", "示例技师学院（合成数据）教师能力评价汇总", &headings);
    for it in world.growth.ratings.iter().filter(|it| it.on.year() == year) {
        let ways: &[&str] = match it.kind {
            "self" => &["自评", "本人评价"],
            "mentor" => &["导师评", "师傅评价"],
            "survey" => &["学生问卷", "问卷"],
            _ => &["评审组评", "专家组评价"],
        };
        sheet.rows.push(vec![
            running(sheet.rows.len() + 1),
            Cell::text(&*world.staff[it.teacher].no),
            hand.text(COMPETENCIES[it.competency].1),
            hand.word(ways),
            Cell::text(&*world.staff[it.by].no),
            hand.quantity(it.level * 10),
            hand.date(it.on),
            if it.kind == "panel" { hand.text("听课、查阅材料、访谈") } else { Cell::Blank },
            it.lesson.map_or(Cell::Blank, |lesson| Cell::text(&*world.growth.lessons[lesson].title)),
            it.respondents.map_or(Cell::Blank, |count| hand.quantity(count * 10)),
        ]);
    }
    let bytes = if year == 2024 { xlsx(&[&sheet]) } else { csv(&sheet, Encoding::Utf8Bom) };
    plain(&name, "growth-rating", bytes)
}

fn panels(seed: u64, world: &World) -> SampleFile {
    let name = "教师成长评审结论汇总.xlsx";
    let mut hand = Hand::new(seed, name, 6);
    let headings = ["序号", "教师工号", "申报阶段", "评审日期", "评审组长", "评审组成员", "评审结论", "评审理由"];
    let mut sheet = Sheet::new("评审", "示例技师学院（合成数据）教师成长评审结论", &headings);
    let mut papers = Papers::new("growth-panel");
    for (place, it) in world.growth.panels.iter().enumerate() {
        let ways: &[&str] = match it.decision {
            "confirmed" => &["认定", "通过"],
            "deferred" => &["暂缓", "缓议"],
            _ => &["不予认定", "不通过"],
        };
        let person = &world.staff[it.teacher];
        sheet.rows.push(vec![
            running(place + 1),
            Cell::text(&*person.no),
            hand.text(STAGES[it.stage].1),
            hand.date(it.on),
            Cell::text(&*world.staff[it.panel[0]].name),
            staff_names(&mut hand, world, &it.panel[1..]),
            hand.word(ways),
            hand.text(it.reasons),
        ]);
        let key = vec![person.no.clone(), STAGES[it.stage].0.to_owned(), it.on.to_string()];
        papers.prove("minutes", format!("{}年成长评审会议纪要", it.on.year()), key);
    }
    let bytes = xlsx(&[&sheet.below("填报单位：人事处")]);
    SampleFile { evidence: papers.finish(), ..plain(name, "growth-panel", bytes) }
}

fn objections(seed: u64, world: &World) -> Vec<u8> {
    let mut hand = Hand::new(seed, "objections file", 6);
    let headings =
        ["教师工号", "能力项", "评价类别", "评价日期", "提出日期", "异议理由", "答复日期", "处理结果", "答复内容"];
    let mut sheet = Sheet::new("异议", "", &headings);
    for it in &world.growth.objections {
        let rating = &world.growth.ratings[it.rating];
        let answer = it.answer;
        sheet.rows.push(vec![
            Cell::text(&*world.staff[rating.teacher].no),
            hand.text(COMPETENCIES[rating.competency].1),
            hand.text("评审组评"),
            hand.date(rating.on),
            hand.date(it.on),
            hand.text(it.grounds),
            answer.map_or(Cell::Blank, |(on, ..)| hand.date(on)),
            answer.map_or(Cell::Blank, |(_, outcome, _)| hand.text(outcome)),
            answer.map_or(Cell::Blank, |(.., text)| hand.text(text)),
        ]);
    }
    csv(&sheet, Encoding::Utf8Bom)
}
