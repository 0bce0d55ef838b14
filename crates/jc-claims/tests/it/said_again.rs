//! What is told once more: by what it is called, as all there are, as those named before, with a digit wrong; and rates whose
//! numbers stand in the sentence before.

use jc_claims::lexicon::Lexicon;
use jc_claims::read::read;
use jc_claims::relate::{Finding, relate};

/// What is told of a text: what agrees, what does not.
fn told(text: &str) -> (Vec<String>, Vec<String>) {
    let doc = read(text, &Lexicon::default());
    let all: Vec<_> = relate(&doc).into_iter().filter(|it| it.primary).collect();
    let of = |finding: Finding| {
        all.iter().filter(|it| it.finding == finding).map(|it| it.working.zh.clone()).collect::<Vec<_>>()
    };
    (of(Finding::Consistent), of(Finding::Inconsistent))
}

/// Texts with a place for a number; the number that is right there, and one that is wrong.
const AGAIN: &[(&str, &str, &str)] = &[
    ("学校现有教职工286人，其中专任教师241人。\n新的一年，全校{}名教职员工将继续携手前行。", "286", "268"),
    ("中心现有工作人员34人。\n下一步，全中心{}名同志将扎根一线。", "34", "36"),
    ("学校开设专业24个，在校生5120人。\n岁末年初，我们全校{}名学子将迎来新的征程。", "5120", "5210"),
    ("督查组共查出隐患问题43个，其中用电问题15个。\n对上述{}个隐患问题，责任科室要逐一整改销号。", "43", "45"),
    ("全年举办技能讲座36场，听众2400人次。\n三是质量有待提高，{}场技能讲座中，仍有少数准备不足。", "36", "38"),
    ("学院与126家企业签订合作协议。\n展望来年，学院将对签约的{}家合作企业实行分级管理。", "126", "162"),
    ("设备采购投入486万元，其中数控机床312万元。\n审计认为，设备采购{}元的支出依据充分。", "4860000", "4680000"),
    ("学校有教学班58个。\n德育处为全部{}个班级配备了心理委员。", "58", "56"),
    ("全年受理报修3726件，办结3702件。\n从{}件报修看，水电类占一半以上。", "3726", "3762"),
    ("学校备案的职业技能等级认定工种17个。\n力争明年认定工种由{}个增加到20个。", "17", "15"),
    ("2024届毕业生就业率为96.8%。\n新学年要巩固{}的就业率，提升就业质量。", "96.8%", "98.6%"),
    ("本学年发放国家助学金236.8万元。\n本学年发放的国家助学金{}万元均已打卡到人。", "236.8", "263.8"),
    ("志愿服务队现有注册志愿者1864名。\n全院{}名注册志愿者人均服务18小时。", "1864", "1846"),
    ("学生公寓共有床位3200张。\n学生公寓的{}张床位全部安装了空气检测仪。", "3200", "3020"),
    ("全校共有党员215名，党支部12个。\n一年来，全校{}名党员亮身份、作表率。", "215", "251"),
    ("今年共立项校级课题28项。\n科研处对这{}项课题全部开展了中期检查。", "28", "26"),
    ("专业课教师中企业兼职教师62人。\n学校为{}名企业兼职教师办理了聘书。", "62", "64"),
    ("2024届毕业生共920人，升学512人、就业381人、参军6人，尚有21人待落实。毕业去向落实率{}。", "97.72%", "95.43%"),
    ("2024届毕业生1240人中，升学688人，直接就业506人，其余46人暂未就业。升学率为{}，创历史新高。", "55.48%", "58.45%"),
    (
        "现有党员186名，其中在职教师党员142名、学生党员30名、退休党员14名。在职教师共310人，在职教师党员占{}。",
        "45.8%",
        "60.0%",
    ),
    (
        "受访毕业生中已就业840人、升学260人。已就业毕业生中，612人从事与专业对口的工作，占已就业毕业生的{}。",
        "72.9%",
        "55.6%",
    ),
    ("现有在册学员386人，其中女学员142人。\n下半年，将为{}名在册学员购买保险。", "三百八十余", "四百二十余"),
    ("学校拥有在校生4260人。\n全校{}名学子的笑脸，是最好的答卷。", "四千二百多", "四千七百多"),
    ("学校有专职心理咨询师3名，兼职咨询师8名。\n{}名专职心理咨询师人均接待来访160人次。", "3", "5"),
    ("学校是全市第二批乡村振兴实训基地，2021年挂牌。\n作为{}乡村振兴实训基地，学校承担了12期培训。", "第二批", "首批"),
    ("问卷发放480份，收回有效问卷450份，表示满意的409份，满意率（占有效问卷）为{}。", "90.9%", "85.2%"),
];

/// Two things that are not the same.
const APART: &[&str] = &[
    "学校现有教职工286人。\n工会组织268名教职工参加体检。",
    "机电系有教学班22个。\n信息系有教学班24个。",
    "查出隐患43个。\n省里通报的45个隐患与我校无关。",
    "全年举办技能讲座36场。\n去年举办技能讲座38场。",
    "北校区阅览座位1450个。\n南校区阅览座位1480个。",
    "新增企业兼职教师62人。\n现有企业兼职教师164人。",
    "2023届毕业生就业率96.8%。\n2024届毕业生就业率98.6%。",
    "一期投入设备采购486万元。\n二期设备采购468万元。",
    "参赛选手436名。\n裁判和工作人员463名。",
    "国家助学金236.8万元。\n免学费补助263.8万元。",
    "男生1864名。\n女生1846名。",
    "上学期开展家访218户。\n下学期开展家访281户。",
    "2024届毕业生1240人，升学688人，就业506人。本科升学率15.2%。",
    "毕业后，他拿出3万元积蓄创业。\n学校为每人发放1万元创业补贴。",
    "普通高中招生9300人，中职招生占招生总数16400人的43.3%。",
    "市里现有首批示范基地5个。\n学校入选第二批示范基地。",
    "学校现有教师近三百名。\n全市现有教师四千余名。",
];

#[test]
fn what_is_told_again_is_held_against_what_was_told() {
    for (text, right, wrong) in AGAIN {
        let (agrees, contradicts) = told(&text.replace("{}", right));
        assert!(!agrees.is_empty() && contradicts.is_empty(), "{text} with {right}: {agrees:?} {contradicts:?}");
        let (_, contradicts) = told(&text.replace("{}", wrong));
        assert_eq!(contradicts.len(), 1, "{text} with {wrong}: {contradicts:?}");
    }
}

#[test]
fn what_is_called_alike_and_is_not_the_same_is_left_in_peace() {
    for text in APART {
        assert_eq!(told(text).1, Vec::<String>::new(), "{text}");
    }
}

#[test]
fn money_said_about_must_hold_of_what_was_counted() {
    let text = "公司投入技能培训经费316万元。\n一年来，公司以{}元的技能培训投入换来了效率的提升。";
    assert_eq!(told(&text.replace("{}", "三百一十余万")).1, Vec::<String>::new());
    assert_eq!(told(&text.replace("{}", "近三百万")).1.len(), 1);
}
