//! The small words around a number that say what part it plays: a total, a part, the rest, the earlier value.

use super::around::{offset, said_before};
use super::categories::{SETS, Set};
use super::comparable::alike;
use crate::document::{Bound, Claim, Level, Numeral};
use crate::units::counts_people;
use crate::words::{CHANGE, SAVED, any_in};

/// Words that make a number the total of those before it.
const TOTAL: &[&str] =
    &["合计", "共计", "总计", "一共", "总共", "累计", "加起来", "加在一起", "合起来", "算下来", "计", "共"];

/// Words behind 共 that name nothing: 共获得, 共有.
const BARE: &[&str] =
    &["获得", "荣获", "获", "有", "为", "达到", "达", "是", "计", "完成", "约", "近", "超", "了", "：", "得"];

/// How surely a number is the total of those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::relate) enum Closing {
    /// 共39项, 合计, 奖牌总数: nothing else is named.
    Bare,
    /// 共有教师24人: the total names a thing, and the parts must be of it.
    Named(&'static str),
}

/// 合计360人、24.8万元: the total of another column right behind one.
fn closes_with_another(claim: &Claim) -> bool {
    let before: String = said_before(claim);
    let Some(before) = before
        .strip_suffix('、')
        .or_else(|| before.strip_suffix('，'))
        .filter(|_| claim.site.before.chars().count() == 1)
    else {
        return false;
    };
    let unit: Vec<char> = before.chars().rev().take_while(|c| jc_text::fold::is_han(*c)).collect();
    let head: String = before.chars().take(before.chars().count() - unit.len()).collect();
    let digits = head.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let led = ["合计", "共计", "总计", "一共", "总共"].iter().any(|word| digits.ends_with(word));
    (1..=3).contains(&unit.len()) && digits.len() < head.len() && led
}

/// 护理2130人、助产412人，另外三个专业合计816人: the total of the others is one more of the parts.
fn of_others(claim: &Claim) -> bool {
    let before: String = said_before(claim);
    let clause = before.rsplit(['，', '、', '；', '：']).next().unwrap_or_default();
    let rest =
        ["另外", "其余", "其他", "其它", "余下", "剩下", "剩余"].iter().find_map(|word| clause.strip_prefix(word));
    // 另外三个专业, 其余各系: how many of them there are is told.
    rest.is_some_and(|rest| rest.contains(|c: char| "两三四五六七八九十几各".contains(c) || c.is_ascii_digit()))
}

/// 剔除同时符合多项条件的重复人员后，共计305人; 去重后252人: whoever stands in the row more than once is counted once.
fn counts_each_once(claim: &Claim) -> bool {
    let before: String = said_before(claim);
    let since = before.rsplit(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    let taken_out = any_in(since, &["剔除", "扣除", "去除", "除去", "去掉", "减去", "合并", "剔去", "排除"]);
    taken_out && any_in(since, &["重复", "重叠", "交叉", "兼项", "兼报"]) || since.contains("去重")
}

/// Does a count stand right before the words that lead to the number?
fn counted_before(claim: &Claim) -> bool {
    let led = offset(claim).saturating_sub(claim.site.before.chars().count());
    let text: String = claim.site.sentence_text.chars().take(led).collect();
    let head = text.trim_end_matches(['个', '所', '家', '类', '部', '大']);
    head.len() < text.len() && head.ends_with(|c: char| c.is_ascii_digit() || "两二三四五六七八九十".contains(c))
}

/// Is the number a total that closes a row?
pub(in crate::relate) fn closing(claim: &Claim) -> Option<Closing> {
    if counts_each_once(claim) || of_others(claim) {
        return None;
    }
    if closes_with_another(claim) {
        return Some(Closing::Bare);
    }
    let lead = claim.site.before.trim_start_matches(['，', '、', '（', '—', '）', '；']);
    // 共夺得4金5银6铜: the words lead to the whole run of medals.
    // 占在校生总数14370人的20%: the base of a share closes nothing.
    if lead.chars().count() > 16 || !claim.site.grade.is_empty() || lead.replace("占地", "").contains('占') {
        return None;
    }
    // 三个校区总占地1126亩: what was counted right before leads to the word.
    let lead = lead
        .find(['总', '共', '合'])
        .filter(|at| *at > 0 && counted_before(claim))
        .map_or(lead, |at| if lead[..at].chars().count() <= 4 { &lead[at..] } else { lead });
    let totalled = ["奖牌数", "总数", "总计", "合计", "总量", "总和", "总人数", "总额", "共计"];
    if totalled.iter().any(|word| lead.trim_end_matches(['为', '达', '共', '到', '是']).ends_with(word)) {
        return Some(Closing::Bare);
    }
    // 总容量2600人, 总产值: a short noun that begins with 总.
    const OTHERS: &[&str] =
        &["总分", "总评", "总体", "总结", "总成绩", "总决赛", "总书记", "总部", "总校", "总队", "总之", "总理"];
    let noun = lead.trim_end_matches(['为', '达', '到', '是', '约']);
    if noun.starts_with('总')
        && (2..=4).contains(&noun.chars().count())
        && !OTHERS.iter().any(|word| noun.starts_with(word))
    {
        return Some(Closing::Named("总"));
    }
    // 四系共有学生, 两期合计, 全年共招生: how many parts there were, or of when, may lead to the word.
    let lead = match lead.char_indices().find(|(_, c)| matches!(c, '共' | '合' | '总' | '累')) {
        Some((at, _)) if at > 0 && lead.chars().next().is_some_and(|c| "各全两二三四五六七八九十".contains(c)) => {
            if lead[..at].chars().count() <= 4 {
                &lead[at..]
            } else {
                lead
            }
        }
        _ => lead,
    };
    let word = TOTAL.iter().find(|word| lead.starts_with(*word))?;
    let joint = ["共同", "共享", "共建", "共青", "计划", "共育", "计算", "计量", "计时", "计分"];
    if any_in(lead, &joint) {
        return None;
    }
    let mut rest = &lead[word.len()..];
    while let Some(bare) = BARE.iter().find(|bare| rest.starts_with(*bare)) {
        rest = &rest[bare.len()..];
    }
    Some(if rest.is_empty() { Closing::Bare } else { Closing::Named(word) })
}

/// 三年累计, 近五年共: over how many years a total is told.
pub(in crate::relate) fn years_told(total: &Claim) -> Option<usize> {
    let item = item(total);
    let (years, _) = TOTAL.iter().find_map(|word| item.split_once(word))?;
    let digit = years.trim_end_matches("来").strip_suffix('年')?.chars().next_back()?;
    "一二三四五六七八九十"
        .chars()
        .position(|c| c == digit)
        .map(|n| n + 1)
        .or(digit.to_digit(10).map(|n| n as usize))
        .or((digit == '两').then_some(2))
}

/// 满意和基本满意合计1089份: the names of the parts, where the total gives them.
pub(in crate::relate) fn named_parts(total: &Claim) -> Vec<String> {
    const WORDS: &[&str] = &["合计", "共计", "总计", "一共", "总共", "共"];
    let lead = total.site.before.trim_start_matches(['，', '；', '（', '、']);
    let Some(names) = WORDS.iter().find_map(|word| lead.strip_suffix(word)) else { return Vec::new() };
    let names = names.trim_end_matches(['两', '者', '二', '项', '三', '类']);
    let names: Vec<String> = names.split(['和', '与', '、', '及', '加']).map(plain_name).collect();
    let all = names.len() >= 2 && names.iter().all(|name| (2..=8).contains(&name.chars().count()));
    if all { names } else { Vec::new() }
}

/// 满意以上合计2232份, 合格及以上共: the last of the grades that are counted together.
pub(in crate::relate) fn down_to(total: &Claim) -> Option<String> {
    let lead = total.site.before.trim_start_matches(['，', '；', '（', '、']);
    let name = ["合计", "共计", "总计", "一共", "共"].iter().find_map(|word| lead.strip_suffix(word))?;
    let name = name.strip_suffix("及以上").or_else(|| name.strip_suffix("以上"))?;
    (2..=6).contains(&name.chars().count()).then(|| plain_name(name))
}

/// What a part is called in its own item: 选“满意”的 → 满意.
pub(in crate::relate) fn label(claim: &Claim) -> String {
    let item = item(claim);
    plain_name(item.trim_start_matches(['选', '填', '评', '为']))
}

fn plain_name(text: &str) -> String {
    let quoted = text.split_once('“').and_then(|(_, rest)| rest.split('”').next());
    let name = quoted.unwrap_or(text).trim_start_matches(['其', '中']);
    name.trim_end_matches(['的', '为', '有', '达', '共', '者', '是']).to_string()
}

/// 其余34人, 剩余: what is left over.
pub(in crate::relate) fn is_rest(claim: &Claim) -> bool {
    let lead = claim.site.before.trim_start_matches(['，', '、', '（', '对']);
    // 其余活动也有150人参加: of those who were counted before, perhaps.
    let also = lead.contains('也');
    lead == "另"
        || !also
            && ["其余", "剩余", "余下", "其他", "剩下", "尚余", "仅剩", "还剩", "尚剩"]
                .iter()
                .any(|word| lead.starts_with(word))
}

/// What names an earlier time.
const LAST: &[&str] = &[
    "去年",
    "上年",
    "上一年",
    "上一次",
    "上次",
    "前一年",
    "前一次",
    "前次",
    "前一届",
    "上年度",
    "上一年度",
    "上届",
    "上一届",
    "上一学年",
    "上一学期",
    "去年同期",
    "上年同期",
    "同期",
    "上学年",
    "上学期",
    "上月",
    "上个月",
    "上季度",
    "上一季度",
    "上期",
    "上周",
];

/// 去年10枚, 由10人, 从10人, （上年10人）: the earlier value.
pub(in crate::relate) fn is_old(claim: &Claim) -> bool {
    *claim.site.old.get_or_init(|| tells_of_before(claim))
}

fn tells_of_before(claim: &Claim) -> bool {
    // 同期离职48人，比去年的64人少了四分之一: the same time is this year's, if last year's is told behind it.
    let here = claim.site.before.trim_start_matches(['，', '；', '。']).starts_with("同期");
    let behind = || -> String {
        let from = claim.site.end - claim.site.sentence_start;
        claim.site.sentence_text.chars().skip(from).take(6).collect()
    };
    if here && ["比去年", "比上年", "较去年", "较上年"].iter().any(|word| behind().contains(word)) {
        return false;
    }
    let lead = claim.site.before.trim_end_matches(['的', '为', '是', '有', '共', '仅', '（', '达', '约']);
    // 由2021年的18万元增加到去年的45万元: to where it came.
    let arrived = |last: &str| lead.strip_suffix(last).is_some_and(|rest| rest.ends_with(['到', '至']));
    if LAST.iter().any(|last| arrived(last)) {
        return false;
    }
    let own = lead.trim_start_matches(['，', '、', '（', '而', '比', '较']);
    let own =
        ["全校", "全院", "我校", "我院", "学校", "学院"].iter().find_map(|all| own.strip_prefix(all)).unwrap_or(own);
    let from = ["由", "从", "原来", "原", "原有"].iter().any(|word| lead.ends_with(word));
    // 由269名获奖学生组成: who does it, and not what there was.
    let done_by = || any_in(&claim.site.clause_text, &["组成", "组建", "承担", "负责", "牵头", "担任", "带领"]);
    let from = from && !(lead.ends_with('由') && claim.site.after.chars().count() >= 2 && done_by());
    let named = LAST.iter().any(|word| own.starts_with(word) && !own.contains("今年"));
    // 由入学时的58.4%上升到: what is left behind.
    let opens = lead.rfind(['由', '从']).filter(|&at| !lead[at..].contains('，'));
    let turned = || {
        let verb = CHANGE.iter().find_map(|(verb, _)| claim.site.after.strip_prefix(verb));
        let short =
            ["降", "增", "升", "减", "缩", "扩", "涨"].iter().find_map(|verb| claim.site.after.strip_prefix(verb));
        // 由最初的3家发展到14家: any verb that ends in 到.
        let turn = claim.site.after.trim_end_matches(['了', '近', '约']);
        let other =
            turn.ends_with(['到', '至']) && (2..=5).contains(&turn.chars().count()) && !turn.starts_with(['的', '、']);
        verb.or(short).is_some_and(|rest| rest.starts_with(['到', '至', '为'])) || other
    };
    let from = from || opens.is_some() && turned();
    // 而三年前这一比例只有4.2%.
    let ago = own.trim_start_matches(['而', '在']);
    let ago = ago.find("年前").is_some_and(|at| (1..=3).contains(&ago[..at].chars().count()));
    // The years before it may be a number of their own.
    // 四年前的65%: the years are a number of their own.
    // 与上年末494人相比净增14人.
    let beside = claim.site.after.starts_with("相比") || claim.site.after.starts_with("相较");
    let from = from
        || beside
        || matches!(own.trim_start_matches('比'), "前" | "前这一比例" | "前仅")
        || ago
        || ["前这", "前该", "前其"].iter().any(|word| own.starts_with(word));
    // 与第二批实考1052人、合格862人相比: all that the comparison names.
    let from = from || {
        let clause = claim.site.clause_text.trim_start_matches(['，', '；', '。']);
        let (opened, closed) =
            (clause.starts_with(['与', '同', '和', '跟']), clause.ends_with("相比") || clause.ends_with("相较"));
        opened && closed
    };
    // 去年省赛12块、国赛4块，一共16块: the total of what was then.
    let of_then = || tells_of_then(claim) && closing(claim).is_some();
    from || of_then()
        || named
        || LAST.iter().any(|word| lead.ends_with(word))
        || compared_with_year(lead)
        || compared_with(claim)
}

/// 去年省赛12块、国赛4块，一共16块: does the whole sentence tell of an earlier time?
pub(in crate::relate) fn tells_of_then(claim: &Claim) -> bool {
    let text = claim.site.sentence_text.trim_start_matches(['，', '；', '而']);
    let then = LAST.iter().any(|word| text.starts_with(word));
    then && !any_in(text, &["今年", "本年", "本届", "现在"])
}

/// 比全国平均水平高出312元: a difference from others, not from an earlier time.
pub(in crate::relate) fn with_others(change: &Claim) -> bool {
    let lead = change.site.before.trim_start_matches('，');
    let over =
        lead.starts_with(['比', '较']) && ["高", "低", "多", "少", "高出", "多出"].iter().any(|w| lead.ends_with(w));
    let then = any_in(lead, LAST) || any_in(lead, &["同期", "年", "届", "期", "月"]);
    over && !then
}

/// 去年下达96万元: what an earlier value is called, without the time.
pub(in crate::relate) fn name_of_old(claim: &Claim) -> Option<String> {
    let own = item(claim);
    let lead = own.trim_start_matches(['而', '比', '较']);
    let name = LAST.iter().filter_map(|word| lead.strip_prefix(word)).min_by_key(|rest| rest.len())?;
    let name = name.trim_start_matches(['的', '同', '期']).trim_end_matches(['为', '了', '共', '有', '是']);
    (2..=6).contains(&name.chars().count()).then(|| name.to_string())
}

/// 比预算65万元节约, 较上届4912元提高, 比全省平均的87.4%高: what another number is compared with.
pub(crate) fn compared_with(claim: &Claim) -> bool {
    let lead = claim.site.before.trim_start_matches(['，', '、', '；', '（']);
    let at = lead.rfind(['比', '较']).filter(|&at| !lead[at..].contains('，'));
    let word = at.is_some_and(|at| {
        const OTHERS: &[&str] =
            &["比例", "比重", "比赛", "比率", "比值", "比武", "较大", "较好", "较高", "较多", "较为", "较强"];
        let part = ["占", "同", "环", "对", "师", "生", "配", "报"].iter().any(|c| lead[..at].ends_with(c));
        !part && !OTHERS.iter().any(|other| lead[at..].starts_with(other))
    });
    let after = claim.site.after.trim_start_matches(['的', '水', '平', '，', '）']);
    word && CHANGE.iter().chain(SAVED).any(|(verb, _)| after.starts_with(verb))
}

/// 比2023年的24起, 较2022年度: a year named as what one compares with.
fn compared_with_year(lead: &str) -> bool {
    let lead = lead.trim_end_matches("同期");
    let Some(year) = ["年度", "年底", "年末", "学年", "年"].iter().find_map(|word| lead.strip_suffix(word))
    else {
        return false;
    };
    let compared = year.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '—' | '-'));
    compared.len() < year.len() && compared.ends_with(['比', '较', '与', '由', '从'])
}

/// 人均1497元, 每人6000元: what one of many has is neither a part nor a whole.
pub(in crate::relate) fn per_head(claim: &Claim) -> bool {
    claim.site.before.contains(['每', '均'])
        && !claim.site.before.contains("均为")
        && !claim.site.before.contains("均已")
}

/// 十大数据, 四大行动: a name more than a count.
pub(in crate::relate) fn is_coined(claim: &Claim) -> bool {
    claim.numeral == Numeral::Chinese && claim.text.chars().nth(1) == Some('大')
}

/// 完成预算32万元的67.5%, 任务（1.9万人）的107.9%: what a share is taken of, not what is told.
pub(in crate::relate) fn is_base(claim: &Claim) -> bool {
    // Most have no such word behind them, and a sentence may be long.
    if !claim.site.after.starts_with(['的', '）']) {
        return false;
    }
    let behind = offset(claim) + (claim.site.end - claim.site.start);
    let text: String = claim.site.sentence_text.chars().skip(behind).take(12).collect();
    let share = text.trim_start_matches('）').strip_prefix('的').unwrap_or_default();
    let number = share.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    number.len() < share.len() && number.starts_with(['%', '‰'])
}

/// An exact number told in words or digits, of no cell and of no group of each.
pub(in crate::relate) fn exact(claim: &Claim) -> bool {
    claim.bound == Bound::Exact && claim.numeral != Numeral::None && claim.site.cell.is_none() && claim.each.is_none()
}

/// An exact count.
pub(in crate::relate) fn counted(claim: &Claim) -> bool {
    exact(claim) && claim.kind.counts()
}

/// A number that is told for itself: no mean, no earlier value, no base of a share.
pub(in crate::relate) fn for_itself(claim: &Claim) -> bool {
    exact(claim) && !per_head(claim) && !is_old(claim) && !is_base(claim)
}

/// A count that is told for itself.
pub(in crate::relate) fn plain(claim: &Claim) -> bool {
    for_itself(claim) && claim.kind.counts()
}

/// Does the number stand in brackets of its sentence?
pub(in crate::relate) fn in_brackets(claim: &Claim) -> bool {
    let before = claim.site.sentence_text.chars().take(offset(claim));
    before.fold(0i32, |depth, c| match c {
        '（' => depth + 1,
        '）' => depth - 1,
        _ => depth,
    }) > 0
}

/// Are these two items of one list, parted by nothing but signs and the words of the second?
pub(in crate::relate) fn listed_next(count: &Claim, next: &Claim) -> bool {
    let start = next.site.sentence_start;
    let (Some(from), to) = (count.site.end.checked_sub(start), next.site.start - start) else { return false };
    let between: String = next.site.sentence_text.chars().take(to).skip(from).collect();
    let sign = between.trim_start_matches('，');
    (sign.len() < between.len() || between.starts_with('、')) && !sign.contains(['，', '；', '（', '。'])
}

/// 一等奖5项、二等奖9项、三等奖12项: the list that ends with a count, its last first; the count alone if it ends none.
pub(in crate::relate) fn list_up_to<'a>(last: &'a Claim, counts: &[&'a Claim]) -> Vec<&'a Claim> {
    let goes_on = |count: &Claim, next: &Claim| {
        let (from, to) = (count.site.end - last.site.sentence_start, next.site.start - last.site.sentence_start);
        let between: String = last.site.sentence_text.chars().take(to).skip(from).collect();
        // 379名乘客及16名机员: the last of a list may be joined by a word.
        let joined = between.chars().count() <= 8 && between.ends_with(['及', '和', '与']);
        (between.starts_with('、') || joined) && !between.contains(['，', '；', '（'])
    };
    let mut list = vec![last];
    let before = counts.iter().rev().filter(|c| c.site.start < last.site.start);
    for count in before.take_while(|c| alike(c, last) && c.site.sentence == last.site.sentence) {
        if !list.last().is_some_and(|next| goes_on(count, next)) {
            break;
        }
        list.push(count);
    }
    list
}

/// 省级以上30项: the level at and above which is counted.
pub(in crate::relate) fn level_and_above(claim: &Claim) -> Option<Level> {
    let lead = claim.site.before.as_str();
    let above = lead.rfind("及以上").or_else(|| lead.rfind("以上"))?;
    let words = [
        ("国家级", Level::Nation),
        ("国家", Level::Nation),
        ("全国", Level::Nation),
        ("省部级", Level::Province),
        ("省级", Level::Province),
        ("省", Level::Province),
        ("市级", Level::City),
        ("市", Level::City),
        ("县级", Level::County),
        ("区级", Level::County),
        ("校级", Level::School),
    ];
    words.iter().find(|(word, _)| lead[..above].ends_with(word)).map(|(_, level)| *level)
}

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
    if classes(parts) {
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
    let ends = below(&low) && above(&high) || above(&low) && below(&high);
    let numbered = |part: &&Claim| item(part).contains(|c: char| c.is_ascii_digit());
    let between = parts[1..parts.len() - 1].iter().all(|part| !below(&item(part)) && !above(&item(part)));
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
        let mut own = said_before(part);
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

/// The words of a list's item that lead to its number, also where another number of the item stands between.
pub(in crate::relate) fn item(claim: &Claim) -> String {
    said_before(claim).rsplit(['，', '、', '；', '：', '（']).next().unwrap_or_default().to_string()
}
