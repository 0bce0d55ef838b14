//! How parts divide what they are parts of: do they exclude each other, and is nothing left beside them?

use super::around::said_before;
use super::categories::{SETS, Set};
use super::comparable::alike;
use super::cues::{is_rest, item};
use crate::document::Claim;
use crate::units::counts_people;
use crate::words::any_in;

/// Ways to divide people or things so that no one is counted twice.
const DIVISIONS: &[&[&str]] = &[
    &[
        "特等奖",
        "一等奖",
        "二等奖",
        "三等奖",
        "优秀奖",
        "优胜奖",
        "金奖",
        "银奖",
        "铜奖",
        "金牌",
        "银牌",
        "铜牌",
        "金",
        "银",
        "铜",
        "冠军",
        "亚军",
        "季军",
    ],
    &[
        "国际",
        "国家级",
        "全国",
        "国赛",
        "省部级",
        "省级",
        "省赛",
        "市级",
        "市赛",
        "地市级",
        "市厅级",
        "厅局级",
        "区县级",
        "县级",
        "区级",
        "校级",
        "院级",
    ],
    &["正高", "副高", "高级职称", "中级职称", "初级职称", "高级", "中级", "初级", "教授", "讲师", "助教"],
    &["博士", "硕士", "研究生", "本科", "专科", "高职"],
    &["男", "女"],
    &["高级技师", "技师", "高级工", "中级工", "初级工"],
    &["升学", "就业", "创业", "参军", "入伍", "出国", "留学", "待业", "灵活就业"],
    &["一年级", "二年级", "三年级", "四年级", "高一", "高二", "高三", "大一", "大二", "大三"],
    &["专职", "兼职", "外聘", "专任", "公共课", "专业课", "实习指导", "行政人员", "工勤", "教辅", "管理人员", "后勤"],
    &["核心期刊", "期刊", "SCI", "EI"],
    &["中央", "省级财政", "地方", "财政", "自筹", "拨款", "捐赠", "社会"],
    &["中职", "高职", "技工", "技师班", "中专", "大专", "五年制", "三年制", "教师组", "学生组", "组"],
    &["系", "学院", "专业", "部", "班", "校区"],
    &["本市", "市内", "市外", "省内", "省外", "本地", "外地", "本省", "外省", "境外"],
    &["第一季度", "第二季度", "第三季度", "第四季度", "上半年", "下半年", "春季", "秋季"],
];

/// How the parts divide their whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::relate) enum Division {
    /// All of one kind that excludes itself: grades, levels, the sexes.
    Clean,
    /// Words we know nothing of.
    Open,
    /// Of several kinds: 高级职称, 双师型 and 硕士 may be the same people.
    Overlapping,
}

/// Do these parts exclude each other?
pub(in crate::relate) fn division(parts: &[&Claim]) -> Division {
    let words = |claim: &Claim| format!("{}{}", claim.site.before, claim.site.after);
    let of = |part: &&Claim| {
        if part.site.grade.is_empty() {
            // 助学金, 一等奖学金: a metal is told as such.
            let metal = |name: &str| matches!(name, "金" | "银" | "铜");
            let says = |own: &str, names: &[&str]| names.iter().any(|name| !metal(name) && own.contains(name));
            let own = words(part);
            DIVISIONS.iter().map(|names| says(&own, names)).collect::<Vec<_>>()
        } else {
            DIVISIONS.iter().map(|names| names.contains(&part.site.grade.as_str())).collect()
        }
    };
    let kinds: Vec<Vec<bool>> = parts.iter().map(of).collect();
    let crossing = parts.iter().any(|part| any_in(&words(part), &["双师", "骨干", "以上", "名师", "技能大师"]));
    if (0..DIVISIONS.len()).any(|n| kinds.iter().all(|known| known[n])) && !crossing {
        return Division::Clean;
    }
    // People have titles and degrees at once; a school or a file is one thing or another.
    let of_people = parts.iter().any(|part| counts_people(&part.unit) || matches!(part.unit.as_str(), "项" | "个"));
    if crossing || of_people && kinds.iter().any(|known| known.contains(&true)) {
        Division::Overlapping
    } else {
        Division::Open
    }
}

/// 高级职称64人，硕士学位71人: are some told by one division of people, and others by another?
pub(in crate::relate) fn crosses(parts: &[&Claim]) -> bool {
    const TITLES: &[&str] = &["职称", "正高", "副高", "教授", "讲师", "高级技师", "技师"];
    const DEGREES: &[&str] = &["学位", "学历", "博士", "硕士", "研究生", "本科"];
    const SKILLS: &[&str] = &["双师", "骨干", "带头人", "名师", "党员"];
    let said =
        |words: &[&str]| parts.iter().filter(|c| any_in(&format!("{}{}", c.site.before, c.site.after), words)).count();
    [TITLES, DEGREES, SKILLS].iter().filter(|words| (1..parts.len()).contains(&said(words))).count() >= 2
}

/// Do the words say that nothing is left beside these parts? 男生…、女生…; …及其他; 住校生…、走读生….
pub(in crate::relate) fn complete(parts: &[&Claim]) -> bool {
    let words = |claim: &Claim| format!("{}{}", claim.site.before, claim.site.after);
    let [first, .., last] = parts else { return false };
    // 电商6期412人、…、其他2期130人: what is named before the first number of an item is named for all of it.
    let rest = || ["其他", "其余"].iter().any(|word| item(last).starts_with(word));
    let set = || SETS.iter().any(|set| set.firm && set.members.len() == parts.len() && is_set(set, parts));
    let pair = |set: &&Set| match set.members {
        [one, other] if set.firm => {
            let (a, b) = (words(first), words(last));
            any_in(&a, one) && any_in(&b, other) || any_in(&a, other) && any_in(&b, one)
        }
        _ => false,
    };
    // 包括一等奖10个、二等奖20个，未设其他奖项.
    let nothing_else = ["未设其他", "没有其他", "别无其他", "再无其他", "无其他"];
    if classes(parts) || any_in(&last.site.sentence_text, &nothing_else) && parts.iter().all(|part| alike(part, first))
    {
        return true;
    }
    let all_alike = parts.iter().all(|part| alike(part, first) && !part.site.before.contains("以上"));
    all_alike
        && (is_rest(last)
            || any_in(&words(last), &["及其他", "其他"])
            || rest()
            || set()
            || parts.len() == 2 && SETS.iter().any(|set| pair(&set)))
}

/// 3000元以下的312人、3000—4000元的1108人、4000元以上的454人: from the lowest class to the highest, in one list.
pub(in crate::relate) fn classes(parts: &[&Claim]) -> bool {
    let [first, .., last] = parts else { return false };
    let below = |text: &str| ["以下", "以内", "不足", "及以下"].iter().any(|word| text.contains(word));
    let above = |text: &str| text.contains("以上");
    let (low, high) = (item(first), item(last));
    let ends = below(low) && above(high) || above(low) && below(high);
    let numbered = |part: &&Claim| item(part).contains(|c: char| c.is_ascii_digit());
    let between = parts[1..parts.len() - 1].iter().all(|part| !below(item(part)) && !above(item(part)));
    ends && between && parts.iter().all(|part| alike(part, first)) && parts.iter().all(numbered)
}

/// 优秀311人…；合格113人；不合格2人: all words of a set.
pub(in crate::relate) fn is_closed(parts: &[&Claim]) -> bool {
    parts.len() >= 3 && SETS.iter().any(|set| set.firm && set.members.len() == parts.len() && is_set(set, parts))
}

/// Does the list name every grade?
pub(in crate::relate) fn all_grades(parts: &[&Claim]) -> bool {
    let plain = parts.iter().all(|part| alike(part, parts[0]) && !part.site.before.contains("以上"));
    plain && parts.len() >= 3 && SETS.iter().any(|set| set.members.len() == parts.len() && is_set(set, parts))
}

/// Is each part called by one word of the set, and no two by the same?
fn is_set(set: &Set, parts: &[&Claim]) -> bool {
    let member = |name: &str| set.members.iter().position(|names| names.contains(&name));
    let called = |part: &Claim| {
        // 评教优秀（≥90分）教师311人: what stands in brackets explains the word.
        let mut own = said_before(part).to_string();
        while let (Some(open), Some(close)) = (own.find('（'), own.find('）')) {
            if close < open {
                break;
            }
            own.replace_range(open..close + '）'.len_utf8(), "");
        }
        let own = own.rsplit(['，', '、', '；', '：', '（']).next().unwrap_or_default();
        let short = own.chars().count() <= 10;
        set.members
            .iter()
            .flat_map(|names| names.iter())
            .filter(|word| short && own.contains(**word) || part.site.after.starts_with(**word))
            .max_by_key(|word| word.len())
    };
    let mut members: Vec<usize> = parts.iter().filter_map(|part| member(called(part)?)).collect();
    members.sort_unstable();
    members.dedup();
    members.len() == set.members.len()
}
