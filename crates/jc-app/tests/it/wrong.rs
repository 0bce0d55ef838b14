//! What offices get wrong about teaching, work for firms, faculty, honours and the students' own records: each has its finding, and the row is
//! not taken.

use crate::people::{Own, copy, request};
use jc_base::{Lang, Level};

/// The key of a record of the sample: a staff number, a firm's code.
fn key(own: &Own, register: &str, position: usize) -> String {
    let field = own.app.catalog().registers[own.register(register)].key[0];
    own.records(register)[position].values[field].as_text().expect("a text").to_owned()
}

/// A register, its headings, a wrong row, and a part of what is said.
type Wrong = (&'static str, &'static str, String, &'static str);

fn wrongs(own: &Own) -> Vec<Wrong> {
    let (teacher, firm, student) = (key(own, "staff", 0), key(own, "firm", 0), key(own, "student", 0));
    let services = "名称,企业,类别,签订日期,完成日期,合同金额,经济效益,效益依据";
    let (services_done, contest) = ("志愿者,活动名称,服务日期,服务时长", key(own, "contest", 0));
    let events = "课题名称,事项,日期,获奖级别,奖次";
    let honours = "荣誉名称,荣誉类别,授予单位,级别,对象类别,获得者,工号,年度,授予日期";
    vec![
        (
            "integrated-course",
            "课程名称,专业编号,立项日期,建成日期",
            "甲课程,SZ01-3,2024-05-01,2024-04-01".into(),
            "建成日期不能早于立项日期",
        ),
        (
            "workstation",
            "工作站名称,所属部门,启用日期,工位数",
            "甲站,智能制造学院,2024-05-01,0".into(),
            "工位数应为 1 至 200",
        ),
        (
            "learning-task",
            "课程,学习任务,学时,获取信息,制定计划,作出决策,实施计划,过程控制,评价反馈",
            "轴类零件数控车削加工,甲任务,40,4,4,4,4,4,4".into(),
            "六个环节的学时之和应等于任务学时",
        ),
        (
            "open-lesson",
            "执教教师,课题,级别,授课日期,听课人数",
            format!("{teacher},甲,省级,2024-10-20,-3"),
            "听课人数不能为负",
        ),
        (
            "scholarship",
            "学生,奖学金名称,级别,年度,公示日期,发放日期",
            format!("{student},校级奖学金,校级,2024,2024-11-15,2024-11-01"),
            "发放日期不能早于公示日期",
        ),
        (
            "adult-exam",
            "学生,考试年度,是否实考,是否上线,是否录取",
            format!("{student},2021,是,否,是"),
            "录取的应当上线",
        ),
        ("tech-service", services, format!("甲,{firm},技术攻关,2024-06-01,2024-05-01,,,"), "完成日期不能早于签订日期"),
        (
            "tech-service",
            services,
            format!("甲,{firm},技术攻关,2024-04-01,2024-05-01,,100000,"),
            "填了经济效益就要写明依据",
        ),
        (
            "research-outcome",
            events,
            "工学一体化课程的任务设计的研究,结题,2019-05-01,,".into(),
            "日期不能早于课题的开始日期",
        ),
        (
            "research-outcome",
            events,
            "工学一体化课程的任务设计的研究,结题,2024-05-01,市级,一等奖".into(),
            "只有成果获奖才有奖次",
        ),
        (
            "staff-training",
            "教职工,培训名称,研修类别,开始日期,学时",
            format!("{teacher},甲班,专业技能,2024-05-01,-8"),
            "学时应大于 0",
        ),
        (
            "firm-practice",
            "教师,企业,开始日期,结束日期,实践天数",
            format!("{teacher},{firm},2024-07-10,2024-07-01,10"),
            "结束日期不能早于开始日期",
        ),
        (
            "staff-title",
            "教职工,职称,职称级别,评定日期",
            format!("{teacher},正高级讲师,中级,2024-12-10"),
            "这个职称是正高级",
        ),
        (
            "honour",
            honours,
            "甲,名师,示例市（县级）教育局,县级,教职工,某人,,2024,2024-09-01".into(),
            "教职工的荣誉要写明工号",
        ),
        (
            "honour",
            honours,
            format!("甲,其他,示例市（县级）教育局,县级,学校,示例技师学院,{teacher},2024,2024-09-01"),
            "学校、单位、项目的荣誉不写个人",
        ),
        ("volunteer-record", services_done, format!("{student},敬老,2024-05-01,-2"), "服务时长应大于 0、不超过 24"),
        ("volunteer-record", services_done, format!("{student},敬老,2024-05-01,24.5"), "服务时长应大于 0、不超过 24"),
        (
            "award",
            "竞赛,赛项,组别,获奖者,获奖学生,名次,获奖日期",
            format!("{contest},甲项,学生组,某人,{student},1,2001-05-01"),
            "获奖日期不能早于竞赛举办日期",
        ),
        (
            "certificate-exam",
            "考生,考试机构,认证职业,考试部分,第几次,考试日期,是否参考,得分",
            format!("{student},IHK,甲职业,第二部分,1,2024-06-20,是,100.5"),
            "得分应在 0 至 100 之间",
        ),
        (
            "graduate-follow-up",
            "学号,回访节点,节点日期,现在去向,是否对口",
            format!("{student},毕业三年,2031-06-30,就业,否"),
            "不对口的要写明原因",
        ),
        ("graduate-follow-up", "学号,回访节点,节点日期", format!("{student},半年,2001-12-31"), "节点日期早于离校日期"),
        (
            "skill-assessment",
            "学生,职业,认定等级,认定日期,证书编号",
            format!("{student},车工,四级,2024-06-01,S000133123456249000001"),
            "证书编号",
        ),
    ]
}

#[test]
fn each_wrong_row_is_refused_and_says_why() {
    let own = copy();
    for (register, headings, row, said) in wrongs(&own) {
        let file = request("错行.csv", format!("{headings}\n{row}\n"));
        let report = own.keeping(register, |keeper| keeper.preview(&file)).expect("a preview");
        let errors = report.findings.iter().filter(|f| f.level == Level::Error);
        let words: Vec<String> = errors.map(|f| jc_words::line(Lang::Zh, f)).collect();
        assert_eq!((report.new, report.rejected), (0, 1), "{register}: {row}: {words:?}");
        assert!(words.iter().any(|line| line.contains(said)), "{register}: {row}: {words:?}");
    }
}

#[test]
fn the_same_achievement_is_recognised_and_not_counted_twice() {
    let own = copy();
    let again = [
        // The same paper and author; another subject is a correction of the same record.
        ("paper", "论文题目,第一作者,学科", "title", "paper-on-record-count"),
        ("honour", "荣誉名称,授予单位,获得者,年度,荣誉类别,级别,对象类别,授予日期", "honour", "school-honour-count"),
    ];
    let catalog = own.app.catalog();
    for (register, headings, first, indicator) in again {
        let declared = catalog.register(register).expect("a register");
        let place = declared.find_field(first).expect("a field");
        let record = own
            .records(register)
            .into_iter()
            .find(|r| {
                register != "honour"
                    || r.values[declared.find_field("holder_kind").expect("a field")].as_text() == Some("school")
            })
            .expect("a record");
        let value = |id: &str| {
            let field = declared.find_field(id).expect("a field");
            match &record.values[field] {
                jc_base::Value::Ref(staff) => {
                    let number = catalog.register("staff").expect("a register").key[0];
                    own.record("staff", *staff).values[number].as_text().expect("a number").to_owned()
                }
                value => declared.fields[field].kind.edit(value),
            }
        };
        let title = declared.fields[place].kind.edit(&record.values[place]);
        let row = match register {
            "paper" => format!("{title},{},德育", value("first_author")),
            _ => format!(
                "{title},{},{},{},{},{},{},{}",
                value("authority"),
                value("holder"),
                value("honour_year"),
                value("kind"),
                value("level"),
                value("holder_kind"),
                value("conferred_on"),
            ),
        };
        let before = own.printed(indicator, 2024);
        let report = own.import(register, &request("再报.csv", format!("{headings}\n{row}\n"))).expect("an import");
        assert_eq!((report.new, report.rejected), (0, 0), "{register}: {:?}", report.findings);
        assert_eq!(report.changed + report.same, 1, "{register}");
        own.accept_all(register);
        assert_eq!(own.printed(indicator, 2024), before, "{register}");
    }
    own.verified();
}
