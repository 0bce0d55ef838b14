//! Papers and research projects, and what became of them.

use super::proof::Papers;
use super::{level_of, plain, running, staff_names};
use crate::SampleFile;
use crate::paper::{Cell, Encoding, Hand, Sheet, csv, ods, xlsx};
use crate::world::World;

pub(super) fn files(seed: u64, world: &World) -> Vec<SampleFile> {
    vec![
        plain("教师论文目录.xlsx", "paper", papers(seed, world)),
        paper_outcomes(seed, world, "2022-2023年论文发表获奖统计.csv", |year| year < 2024),
        paper_outcomes(seed, world, "2024年论文发表、获奖、交流统计表.xlsx", |year| year == 2024),
        late_papers(world),
        plain("课题总目录（2020年以来）.ods", "research-project", projects(seed, world)),
        outcomes(seed, world, "2022-2023年课题进展.csv", |year| year < 2024),
        outcomes(seed, world, "2024年课题立项结题获奖一览.xlsx", |year| year == 2024),
    ]
}

fn papers(seed: u64, world: &World) -> Vec<u8> {
    let mut hand = Hand::new(seed, "papers file", 8);
    let headings = ["序号", "论文名称", "第一作者工号", "第一作者（核对用）", "合作作者", "学科"];
    let mut sheet =
        Sheet::new("论文", "示例技师学院（合成数据）教师论文目录", &headings).above("一篇一行；发表、获奖另表登记");
    for (place, it) in world.papers.iter().enumerate() {
        let first = &world.staff[it.authors[0]];
        sheet.rows.push(vec![
            running(place + 1),
            hand.text(&it.title),
            Cell::text(&*first.no),
            hand.name(&first.name),
            staff_names(&mut hand, world, &it.authors[1..]),
            hand.text(it.field),
        ]);
    }
    xlsx(&[&sheet.below("填报单位：教科研处")])
}

fn paper_outcomes(seed: u64, world: &World, name: &str, years: impl Fn(i32) -> bool) -> SampleFile {
    let mut hand = Hand::new(seed, name, 10);
    let headings = ["序号", "题目", "成果形式", "刊物（评选）名称", "刊物（评选）级别", "获奖等级", "发表（获奖）日期"];
    let mut sheet = Sheet::new("论文成果", "示例技师学院（合成数据）论文发表、获奖、交流统计", &headings);
    let mut proof = Papers::new("paper-outcome");
    for it in world.paper_outcomes.iter().filter(|it| years(it.on.year())) {
        let title = &world.papers[it.paper].title;
        let (ways, code): (&[&str], _) = match it.kind {
            "发表" => (&["发表", "刊发", "见刊"], "published"),
            "获奖" => (&["获奖", "评选获奖"], "awarded"),
            _ => (&["交流", "会议交流"], "presented"),
        };
        sheet.rows.push(vec![
            running(sheet.rows.len() + 1),
            hand.text(title),
            hand.word(ways),
            hand.text(&it.venue),
            it.level.map_or(Cell::Blank, |level| level_of(&mut hand, level)),
            it.grade.map_or(Cell::Blank, |grade| hand.text(grade)),
            hand.date(it.on),
        ]);
        let key = vec![title.clone(), code.to_owned(), it.venue.clone()];
        match code {
            "published" => proof.prove("publication", format!("{}年发表论文封面目录正文", it.on.year()), key),
            "awarded" => proof.prove("certificate", format!("{}获奖证书", it.venue), key),
            _ => {}
        }
    }
    let sheet = sheet.below("填报单位：教科研处");
    let bytes = if name.ends_with(".csv") { csv(&sheet, Encoding::Utf8Bom) } else { xlsx(&[&sheet]) };
    SampleFile { evidence: proof.finish(), ..plain(name, "paper-outcome", bytes) }
}

/// Two awards reported when the year's list was closed: they wait for verification and count nowhere yet.
fn late_papers(world: &World) -> SampleFile {
    let headings = ["题目", "成果形式", "评选名称", "刊物（评选）级别", "奖级", "获奖日期"];
    let mut sheet = Sheet::new("补报", "2024年论文获奖补报（待审核）", &headings);
    for paper in world.papers.iter().take(2) {
        sheet.rows.push(vec![
            Cell::text(&*paper.title),
            Cell::text("获奖"),
            Cell::text("2024年示例市德育论文评选"),
            Cell::text("县级"),
            Cell::text("三等奖"),
            Cell::text("2024年12月27日"),
        ]);
    }
    SampleFile { verify: false, ..plain("2024年论文获奖补报(待审核).xlsx", "paper-outcome", xlsx(&[&sheet])) }
}

fn projects(seed: u64, world: &World) -> Vec<u8> {
    let mut hand = Hand::new(seed, "research projects file", 8);
    let headings =
        ["序号", "课题题目", "立项单位", "立项编号", "课题级别", "课题负责人", "课题组成员", "资助经费", "起始日期"];
    let mut sheet = Sheet::new("课题", "示例技师学院（合成数据）课题总目录", &headings);
    for (place, it) in world.research.iter().enumerate() {
        sheet.rows.push(vec![
            running(place + 1),
            hand.text(&it.title),
            hand.text(it.authority),
            it.number.as_deref().map_or(Cell::Blank, |number| hand.text(number)),
            level_of(&mut hand, it.level),
            hand.name(&world.staff[it.team[0]].name),
            staff_names(&mut hand, world, &it.team[1..]),
            it.funds.map_or(Cell::Blank, |yuan| hand.quantity(yuan * 10)),
            hand.date(it.started),
        ]);
    }
    ods(&sheet)
}

fn outcomes(seed: u64, world: &World, name: &str, years: impl Fn(i32) -> bool) -> SampleFile {
    let mut hand = Hand::new(seed, name, 10);
    let headings = ["序号", "课题名称", "情况", "文件日期", "奖项名称", "获奖级别", "获奖等级"];
    let mut sheet = Sheet::new("课题事项", "示例技师学院（合成数据）课题立项、结题、获奖一览", &headings)
        .above("同一课题结题又获奖的分两行");
    let mut proof = Papers::new("research-outcome");
    for it in world.research_outcomes.iter().filter(|it| years(it.on.year())) {
        let title = &world.research[it.project].title;
        let (ways, code): (&[&str], _) = match it.kind {
            "立项" => (&["立项", "获批"], "approved"),
            "中期" => (&["中期", "中期检查"], "mid-term"),
            "结题" => (&["结题", "结项", "验收"], "concluded"),
            "延期" => (&["延期"], "extended"),
            "撤项" => (&["撤项", "撤销"], "withdrawn"),
            _ => (&["成果获奖", "获奖"], "awarded"),
        };
        sheet.rows.push(vec![
            running(sheet.rows.len() + 1),
            hand.text(title),
            hand.word(ways),
            hand.date(it.on),
            it.award.map_or(Cell::Blank, |_| hand.text("教育规划课题成果评选")),
            it.award.map_or(Cell::Blank, |(level, _)| level_of(&mut hand, level)),
            it.award.map_or(Cell::Blank, |(_, grade)| hand.text(grade)),
        ]);
        let key = vec![title.clone(), code.to_owned(), it.on.to_string()];
        match code {
            "approved" | "concluded" => proof.prove("notice", format!("{}年课题{}文件", it.on.year(), it.kind), key),
            "awarded" => proof.prove("certificate", format!("{}年课题成果获奖证书", it.on.year()), key),
            _ => {}
        }
    }
    let bytes = if name.ends_with(".csv") { csv(&sheet, Encoding::Gbk) } else { xlsx(&[&sheet]) };
    SampleFile { evidence: proof.finish(), ..plain(name, "research-outcome", bytes) }
}
