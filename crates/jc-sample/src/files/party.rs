//! What the party's offices keep: branches, meetings, theme days, posts, mentoring, projects, activities of volunteers.

use super::proof::Papers;
use super::{plain, running};
use crate::SampleFile;
use crate::days::day;
use crate::paper::{Cell, Encoding, Hand, Sheet, csv, ods, xlsx};
use crate::world::{World, department_of};
use jc_base::Date;

pub(super) fn files(seed: u64, world: &World) -> Vec<SampleFile> {
    vec![
        branches(seed, world),
        programmes(world),
        parts(world),
        meetings(seed, world, 2022, "2022年三会一课统计表.csv"),
        meetings(seed, world, 2023, "2023年三会一课登记.xlsx"),
        meetings(seed, world, 2024, "2024年三会一课登记.xlsx"),
        activities(seed, world),
        posts(seed, world),
        pairs(seed, world, "结对帮扶花名册2022-2023.csv", |year| year < 2024),
        pairs(seed, world, "2024年党员导师结对帮扶名册.xlsx", |year| year == 2024),
        contacts(seed, world),
        projects(seed, world),
        volunteer_activities(seed, world),
    ]
}

/// A day, or nothing.
fn perhaps(hand: &mut Hand, on: Option<Date>) -> Cell {
    on.map_or(Cell::Blank, |on| hand.date(on))
}

fn on((year, month, on): (i32, u32, u32)) -> Date {
    day(year, month, on)
}

fn written(days: (i32, u32, u32)) -> Cell {
    Cell::Date(on(days))
}

fn branches(seed: u64, world: &World) -> SampleFile {
    let mut hand = Hand::new(seed, "branches file", 10);
    let headings = ["序号", "党支部名称", "所在学院", "书记姓名", "支部委员人数", "党小组数", "成立时间", "撤销时间"];
    let mut sheet = Sheet::new("支部", "示例技师学院（合成数据）党支部一览表", &headings);
    for (place, branch) in world.party.branches.iter().enumerate() {
        sheet.rows.push(vec![
            running(place + 1),
            Cell::text(branch.name),
            hand.text(department_of(branch)),
            hand.name(&world.staff[branch.secretary].name),
            Cell::number(branch.committee),
            Cell::number(branch.groups),
            hand.date(branch.founded),
            perhaps(&mut hand, branch.closed),
        ]);
    }
    plain("党支部一览表.xlsx", "party-branch", xlsx(&[&sheet.below("填报单位：党委组织部")]))
}

fn programmes(world: &World) -> SampleFile {
    let mut sheet = Sheet::new("", "", &["工作名目", "内涵", "牵头部门", "启用日期"]);
    for programme in world.party.programmes {
        let cells = [programme.name, programme.meaning, "党政办公室"].map(Cell::text);
        sheet.rows.push(cells.into_iter().chain([written(programme.since)]).collect());
    }
    plain("特色工作名目表.csv", "coined-programme", csv(&sheet, Encoding::Utf8Bom))
}

fn parts(world: &World) -> SampleFile {
    let headings = ["名目", "组成项", "排序", "启用日期", "停用日期"];
    let mut sheet = Sheet::new("组成", "示例技师学院（合成数据）特色工作名目组成", &headings);
    for programme in world.party.programmes {
        for (place, part) in programme.parts.iter().enumerate() {
            // What replaced another began the day after.
            let since = match &programme.former {
                Some(former) if place == 1 => Cell::Date(on(former.until).plus_days(1)),
                _ => written(programme.since),
            };
            sheet.rows.push(vec![
                Cell::text(programme.name),
                Cell::text(*part),
                Cell::number(place as i64 + 1),
                since,
                Cell::Blank,
            ]);
        }
        if let Some(former) = &programme.former {
            sheet.rows.push(vec![
                Cell::text(programme.name),
                Cell::text(former.name),
                Cell::Blank,
                written(programme.since),
                written(former.until),
            ]);
        }
    }
    plain("特色工作名目组成.ods", "coined-programme-part", ods(&sheet))
}

fn meetings(seed: u64, world: &World, year: i32, name: &str) -> SampleFile {
    let mut hand = Hand::new(seed, name, 12);
    let headings: [&str; 10] = if year == 2022 {
        ["支部", "类型", "时间", "会议主题", "主持", "记录", "应到", "实到", "决议事项", "请假情况"]
    } else {
        [
            "支部名称",
            "会议类型",
            "召开时间",
            "主要议题",
            "主持人",
            "记录人",
            "应到人数",
            "实到人数",
            "会议决定事项",
            "缺席原因",
        ]
    };
    let title = format!("示例技师学院（合成数据）{year}年“三会一课”登记表");
    let mut sheet = Sheet::new("三会一课", if year == 2022 { "" } else { &title }, &headings);
    let mut papers = Papers::new("party-meeting");
    for meeting in world.party.meetings.iter().filter(|meeting| meeting.on.year() == year) {
        let branch = &world.party.branches[meeting.branch];
        let (kind, code): (&[&str], &str) = match meeting.kind {
            "党员大会" => (&["党员大会", "支部党员大会", "支部大会"], "general"),
            "支委会" => (&["支委会", "支部委员会", "支委会会议"], "committee"),
            "党课" => (&["党课", "上党课"], "lecture"),
            _ => (&["党小组会", "小组会"], "group"),
        };
        sheet.rows.push(vec![
            hand.text(branch.name),
            hand.word(kind),
            hand.date(meeting.on),
            hand.text(meeting.topic),
            hand.name(&world.staff[meeting.chair].name),
            hand.name(&world.staff[meeting.recorder].name),
            hand.quantity(meeting.due * 10),
            hand.quantity(meeting.present * 10),
            meeting.resolution.map_or(Cell::Blank, Cell::text),
            if meeting.present < meeting.due && hand.chance(30) { Cell::text("因公外出") } else { Cell::Blank },
        ]);
        let key = vec![branch.name.to_owned(), code.to_owned(), meeting.on.to_string()];
        papers.prove("minutes", format!("{year}年{}会议记录本", branch.name), key);
    }
    let sheet = sheet.below("填报单位：党委组织部");
    let bytes = if year == 2022 { csv(&sheet, Encoding::Gbk) } else { xlsx(&[&sheet]) };
    SampleFile { evidence: papers.finish(), ..plain(name, "party-meeting", bytes) }
}

fn activities(seed: u64, world: &World) -> SampleFile {
    let name = "主题党日与党建活动台账(2022-2024).xlsx";
    let mut hand = Hand::new(seed, name, 12);
    let headings = ["序号", "类别", "活动名称", "活动时间", "参与支部", "所属名目", "形式", "参加人数"];
    let mut sheet = Sheet::new("活动", "示例技师学院（合成数据）党建活动台账", &headings)
        .above("全校统一组织的只登记一行，参与支部写全");
    let mut papers = Papers::new("party-activity");
    for (place, activity) in world.party.activities.iter().enumerate() {
        let kind: &[&str] = match activity.kind {
            "主题党日" => &["主题党日", "主题党日活动", "党日活动"],
            "宣传推选" => &["宣传推选", "宣传活动"],
            _ => &["教育培训", "培训"],
        };
        let branches: Vec<String> =
            activity.branches.iter().map(|&b| world.party.branches[b].name.to_owned()).collect();
        sheet.rows.push(vec![
            running(place + 1),
            hand.word(kind),
            Cell::text(&*activity.theme),
            hand.date(activity.on),
            hand.list(&branches),
            activity.programme.map_or(Cell::Blank, |p| hand.text(world.party.programmes[p].name)),
            hand.text(activity.form),
            hand.count(activity.participants),
        ]);
        if activity.kind == "主题党日" {
            let key = vec!["theme-day".to_owned(), activity.theme.clone(), activity.on.to_string()];
            papers.prove("photo", format!("{}照片", activity.theme), key);
        }
    }
    SampleFile { evidence: papers.finish(), ..plain(name, "party-activity", xlsx(&[&sheet])) }
}

fn posts(seed: u64, world: &World) -> SampleFile {
    let name = "党员先锋岗一览表（截至2024年12月）.xlsx";
    let mut hand = Hand::new(seed, name, 10);
    let headings =
        ["序号", "先锋岗编号", "岗位名称", "岗位领域", "党员姓名", "所在支部", "公开承诺", "上岗日期", "到期日期"];
    let mut sheet = Sheet::new("先锋岗", "示例技师学院（合成数据）党员先锋岗一览表", &headings)
        .above("已撤岗的保留在表内，写明到期日期");
    let mut papers = Papers::new("vanguard-post");
    for (place, post) in world.party.posts.iter().enumerate() {
        let field: &[&str] = match post.field {
            "教学" => &["教学", "教育教学"],
            "管理" => &["管理", "行政管理"],
            "学生工作" => &["学生工作", "德育", "学生管理"],
            "实训竞赛" => &["实训竞赛", "实训与竞赛"],
            "校企合作" => &["校企合作", "产教融合"],
            _ => &["后勤安全", "后勤保障"],
        };
        sheet.rows.push(vec![
            running(place + 1),
            Cell::text(&*post.no),
            Cell::text(&*post.title),
            hand.word(field),
            hand.name(&world.staff[post.holder].name),
            hand.text(world.party.branches[post.branch].name),
            Cell::text("亮身份、作表率、比贡献（合成示例）"),
            hand.date(post.from),
            perhaps(&mut hand, post.until),
        ]);
        papers.prove("notice", format!("{}年党员先锋岗设岗通知", post.from.year()), vec![post.no.clone()]);
    }
    let sheet = sheet.below("填报单位：党委组织部");
    SampleFile { evidence: papers.finish(), ..plain(name, "vanguard-post", xlsx(&[&sheet])) }
}

fn pairs(seed: u64, world: &World, name: &str, years: impl Fn(i32) -> bool) -> SampleFile {
    let mut hand = Hand::new(seed, name, 10);
    let headings = ["结对编号", "导师姓名", "学生学号", "困难类型", "结对时间", "终止日期", "帮扶措施", "效果"];
    let mut sheet = Sheet::new("结对", "", &headings);
    let mut papers = Papers::new("mentoring-pair");
    for pair in world.party.pairs.iter().filter(|pair| years(pair.from.year())) {
        let (mentor, student) = (&world.staff[pair.mentor], &world.students[pair.student]);
        sheet.rows.push(vec![
            Cell::text(&*pair.no),
            hand.name(&mentor.name),
            hand.digits(&student.no),
            hand.text(pair.kind),
            hand.date(pair.from),
            perhaps(&mut hand, pair.until),
            if hand.chance(20) { Cell::text("每月谈心一次（合成示例）") } else { Cell::Blank },
            if pair.until.is_some() {
                hand.word(&["明显好转", "平稳", "稳定", "未见改善"])
            } else {
                Cell::Blank
            },
        ]);
        let key = vec![mentor.no.clone(), student.no.clone(), pair.from.to_string()];
        papers.prove("roster", format!("{}年结对帮扶花名册（盖章）", pair.from.year()), key);
    }
    let bytes = if name.ends_with("csv") { csv(&sheet, Encoding::Gbk) } else { xlsx(&[&sheet]) };
    SampleFile { evidence: papers.finish(), ..plain(name, "mentoring-pair", bytes) }
}

fn contacts(seed: u64, world: &World) -> SampleFile {
    let name = "结对帮扶联系记录(2022-2024).csv";
    let mut hand = Hand::new(seed, name, 8);
    let mut sheet = Sheet::new("", "", &["结对编号", "谈话日期", "方式", "分钟数", "主要内容"]);
    for contact in &world.party.contacts {
        sheet.rows.push(vec![
            Cell::text(&*world.party.pairs[contact.pair].no),
            hand.date(contact.on),
            hand.text(contact.form),
            hand.count(contact.minutes),
            if hand.chance(15) { Cell::text("学习与生活情况（合成示例）") } else { Cell::Blank },
        ]);
    }
    plain(name, "mentoring-contact", csv(&sheet, Encoding::Utf8Bom))
}

fn projects(seed: u64, world: &World) -> SampleFile {
    let name = "党建项目与课题汇总.xlsx";
    let mut hand = Hand::new(seed, name, 15);
    let headings =
        ["项目（课题）名称", "类别", "项目级别", "评定单位", "牵头支部", "负责人", "进展", "批准日期", "文号"];
    let mut sheet = Sheet::new("项目", "示例技师学院（合成数据）党建项目与课题汇总", &headings);
    let mut papers = Papers::new("party-project");
    for project in &world.party.projects {
        let branch = &world.party.branches[project.branch];
        sheet.rows.push(vec![
            Cell::text(project.title),
            hand.word(if project.topic { &["课题", "党建课题"] } else { &["党建项目", "党建品牌"] }),
            hand.text(project.level),
            hand.text(project.authority),
            hand.text(branch.name),
            hand.name(&world.staff[branch.secretary].name),
            hand.text(project.state),
            hand.date(project.on),
            hand.text(project.document),
        ]);
        if project.state != "申报" {
            let kind = if project.topic { "topic" } else { "brand" };
            let key = vec![project.title.to_owned(), kind.to_owned()];
            papers.prove("notice", format!("{}通知", project.title), key);
        }
    }
    SampleFile { evidence: papers.finish(), ..plain(name, "party-project", xlsx(&[&sheet])) }
}

fn volunteer_activities(seed: u64, world: &World) -> SampleFile {
    let name = "志愿服务活动登记(2022-2024).xlsx";
    let mut hand = Hand::new(seed, name, 10);
    let headings =
        ["活动编号", "服务项目", "服务类别", "活动日期", "集合时间", "解散时间", "地点", "带队老师", "招募人数"];
    let mut sheet = Sheet::new("活动", "示例技师学院（合成数据）志愿服务活动登记", &headings);
    for activity in &world.volunteer_activities {
        let clock = |minutes: i64| Cell::Text(format!("{}:{:02}", minutes / 60, minutes % 60));
        sheet.rows.push(vec![
            Cell::text(&*activity.no),
            Cell::text(activity.name),
            hand.text(activity.field),
            hand.date(activity.on),
            clock(activity.starts),
            clock(activity.ends),
            hand.text(activity.place),
            hand.name(&world.staff[activity.leader].name),
            Cell::number(activity.places),
        ]);
    }
    plain(name, "volunteer-activity", xlsx(&[&sheet.below("填报单位：校团委")]))
}
