//! Numbers without a measure word: what they count stands right behind (3000余师生, 8万员工, 近百企业), or the words
//! around say that they are money (捐款20万, 2万奖金).

use jc_text::fold::is_han;

use super::{Found, Scan};
use crate::document::Kind;
use crate::layout::{Layout, starts_with};
use crate::words::any_in;

/// People.
const PEOPLE: &[&str] = &[
    "师生",
    "学生",
    "学子",
    "学员",
    "学徒",
    "新生",
    "考生",
    "毕业生",
    "生源",
    "教师",
    "老师",
    "教职工",
    "教职员工",
    "员工",
    "职工",
    "工人",
    "农民工",
    "技工",
    "工匠",
    "人才",
    "劳动力",
    "劳动者",
    "群众",
    "居民",
    "市民",
    "村民",
    "农民",
    "家长",
    "观众",
    "听众",
    "读者",
    "网友",
    "网民",
    "粉丝",
    "用户",
    "客户",
    "游客",
    "旅客",
    "乘客",
    "嘉宾",
    "来宾",
    "志愿者",
    "义工",
    "选手",
    "运动员",
    "队员",
    "党员",
    "团员",
    "会员",
    "干部",
    "校友",
    "老人",
    "儿童",
    "孩子",
    "患者",
    "青年",
    "青少年",
    "选民",
    "官兵",
    "民众",
    "代表",
    "人口",
];

/// Bodies and things, with the measure word they are mostly counted by.
const BODIES: &[(&str, &str)] = &[
    ("企业", "家"),
    ("单位", "家"),
    ("机构", "家"),
    ("商户", "家"),
    ("公司", "家"),
    ("学校", "所"),
    ("院校", "所"),
    ("高校", "所"),
    ("县区", "个"),
    ("区县", "个"),
    ("县市", "个"),
    ("乡镇", "个"),
    ("社区", "个"),
    ("家庭", "户"),
    ("农户", "户"),
    ("岗位", "个"),
    ("职位", "个"),
    ("学时", "学时"),
];

/// Behind these words a number is an amount of money, and before the others.
const OF_MONEY: &[&str] = &[
    "资金",
    "经费",
    "收入",
    "投入",
    "投资",
    "融资",
    "耗资",
    "斥资",
    "捐",
    "筹",
    "奖金",
    "奖补",
    "奖励",
    "补助",
    "补贴",
    "款",
    "费用",
    "学费",
    "花",
    "营收",
    "创收",
    "增收",
    "利润",
    "净利",
    "产值",
    "价值",
    "市值",
    "估值",
    "总价",
    "单价",
    "售价",
    "均价",
    "销售额",
    "成交额",
    "交易额",
    "金额",
    "总额",
    "效益",
    "节约",
    "节省",
    "成本",
    "支出",
    "预算",
    "年薪",
    "月薪",
    "工资",
    "罚",
    "赔",
    "税",
    "债",
    "亏",
    "盈",
];
const MONEY: &[&str] = &["奖金", "罚款", "保证金", "资金", "经费", "补贴", "补助", "投资", "专项", "善款", "捐款"];

/// How far behind the number its noun may stand: 200余中小企业, 近万社会考生.
const FARTHEST: usize = 4;

type Unit = (&'static str, usize, Kind);

/// The unit of a number from `at` to `end` without a measure word. `loose` says that 余 or 多 follows it; the noun
/// stands at `behind`.
pub(super) fn noun_behind(scan: &Scan, at: usize, end: usize, behind: usize, loose: bool) -> Option<Unit> {
    let number = scan.layout.text(at, end);
    let scaled = number.ends_with(['百', '千', '万', '亿']);
    let spoken = number.chars().count() > 1 && !number.starts_with(|c: char| c.is_ascii_digit());
    let hedged = loose || super::forms::lead_in(scan, at).is_some() || number.starts_with(['数', '几', '上', '过']);
    // 2000学生 could be those of a year.
    let year = number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
    let round = number.len() > 2 && number.ends_with("00") && !year;
    if number.contains('.') && !scaled || !(hedged || round || scaled && (spoken || number.len() > 3)) {
        return None;
    }
    let rest = scan.rest(behind);
    // 300人才工程, 500教师培训计划: the name of a programme.
    let programme = rest.iter().take(8).collect::<String>();
    if !hedged && any_in(&programme, &["计划", "工程", "行动", "项目", "基地"]) {
        return None;
    }
    let far = if hedged || scaled { FARTHEST } else { 0 };
    let open =
        rest.iter().take(far + 1).take_while(|c| is_han(**c) && !"的了在是有于与和及为将向被强".contains(**c)).count();
    (0..=far.min(open.checked_sub(1)?))
        .find_map(|skipped| named(&rest[skipped..]))
        .map(|unit| (unit, behind, Kind::Count))
}

/// The measure word of the noun at the start of `rest`; of two in a row the second is counted: 企业职工.
fn named(rest: &[char]) -> Option<&'static str> {
    let people = PEOPLE.iter().map(|noun| (*noun, "人"));
    let (noun, unit) = people
        .chain(BODIES.iter().copied())
        .filter(|(noun, _)| starts_with(rest, noun))
        .max_by_key(|(noun, _)| noun.len())?;
    named(&rest[noun.chars().count()..]).or(Some(unit))
}

/// The unit of a number that ends in 万 or 亿 and has no other: money where the words say so, else a plain count.
pub(super) fn of_scale(scan: &Scan, at: usize, end: usize, behind: usize) -> Option<Unit> {
    let number = scan.layout.text(at, end);
    let digits = number.starts_with(|c: char| c.is_ascii_digit());
    let free = scan.rest(behind).first().is_none_or(|c| !c.is_ascii_alphanumeric() && !"里分一两".contains(*c));
    if !number.ends_with(['万', '亿']) || !free || number.chars().count() < 2 {
        return None;
    }
    let lead = scan.layout.clause_before(at);
    let near: String = lead.chars().skip(lead.chars().count().saturating_sub(10)).collect();
    let noun: String = scan.rest(behind).iter().take(4).collect();
    if any_in(&near, OF_MONEY) && !near.contains("人") || MONEY.iter().any(|word| noun.starts_with(word)) {
        return Some(("元", behind, Kind::Money));
    }
    digits.then_some(("", behind, Kind::Count))
}

/// 投资3860万元，其中实训楼2400万，公寓980万: parts in 万 without a unit have that of their whole, if that is in 万 as well.
pub(super) fn take_over(layout: &Layout, all: &mut [Found]) {
    let scaled = |found: &Found| layout.text(found.start, found.end).contains(['万', '亿']);
    let mut whole: Option<(String, Kind)> = None;
    for at in 1..all.len() {
        let (before, rest) = all.split_at_mut(at);
        let (last, own) = (&before[at - 1], &mut rest[0]);
        let between = layout.text(last.end.min(own.start), own.start);
        if between.contains(['。', '；', '\n']) {
            whole = None;
        }
        if between.contains("其中") {
            let held = scaled(last) && matches!(last.kind, Kind::Money | Kind::Count | Kind::Quantity);
            whole = held.then(|| (last.unit.clone(), last.kind));
        }
        if let Some((unit, kind)) =
            whole.clone().filter(|_| own.unit.is_empty() && own.kind == Kind::Count && scaled(own))
        {
            (own.unit, own.kind) = (unit, kind);
        }
    }
}
