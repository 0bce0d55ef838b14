//! The small words around a number that say what part it plays: a total, a part, the rest, the earlier value.

use super::around::{head_of, offset, said_after, said_before, text_between};
use super::comparable::alike;
use crate::document::{Bound, Claim, Level, Numeral};
use crate::words::{CHANGE, REMAINING, SAVED, THE_OTHERS, any_in};

/// Words that make a number the total of those before it.
const TOTAL: &[&str] =
    &["合计", "共计", "总计", "一共", "总共", "累计", "加起来", "加在一起", "合起来", "算下来", "计", "共"];

/// Words behind 共 that name nothing: 共获得, 共有.
const BARE: &[&str] = &[
    "获得", "荣获", "获", "有", "为", "达到", "达", "是", "计", "完成", "约", "近", "超", "了", "：", "得", "正好",
    "刚好", "恰好", "整整",
];

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
    let before = said_before(claim);
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
    let before = said_before(claim);
    let clause = before.rsplit(['，', '、', '；', '：']).next().unwrap_or_default();
    let rest = THE_OTHERS.iter().find_map(|word| clause.strip_prefix(word));
    // 另外三个专业, 其余各系: how many of them there are is told.
    rest.is_some_and(|rest| rest.contains(|c: char| "两三四五六七八九十几各".contains(c) || c.is_ascii_digit()))
}

/// 剔除同时符合多项条件的重复人员后，共计305人; 去重后252人: whoever stands in the row more than once is counted once.
fn counts_each_once(claim: &Claim) -> bool {
    let before = said_before(claim);
    let since = before.rsplit(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    let taken_out = any_in(since, &["剔除", "扣除", "去除", "除去", "去掉", "减去", "合并", "剔去", "排除"]);
    taken_out && any_in(since, &["重复", "重叠", "交叉", "兼项", "兼报"]) || since.contains("去重")
}

/// Does a count stand right before the words that lead to the number?
fn counted_before(claim: &Claim) -> bool {
    let led = offset(claim).saturating_sub(claim.site.before.chars().count());
    let text = head_of(said_before(claim), led);
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
    // 三个等次加起来: how many there were leads to the words.
    let lead = ["加起来", "加在一起", "合起来"].iter().find_map(|word| lead.find(word)).map_or(lead, |at| {
        let few =
            (1..=5).contains(&lead[..at].chars().count()) && lead.starts_with(|c| "两二三四五六七八九十".contains(c));
        if few { &lead[at..] } else { lead }
    });
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

/// 前两项合计501.2万元: how many parts, from the first, a total is of.
pub(in crate::relate) fn first_parts(total: &Claim) -> Option<usize> {
    let (_, named) = item(total).rsplit_once('前')?;
    let mut chars = named.chars();
    let many = "一二三四五六七八九十".chars().position(|c| named.starts_with(c)).map(|n| n + 1);
    let digit = chars.next()?;
    let many = many.or((digit == '两').then_some(2)).or(digit.to_digit(10).map(|n| n as usize))?;
    let behind = chars.as_str().trim_start_matches(['项', '类', '个', '种', '部', '家', '所', '大', '者']);
    let whole = behind.len() < chars.as_str().len();
    (whole && TOTAL.iter().any(|word| behind.starts_with(word))).then_some(many)
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
    lead == "另" || !also && REMAINING.iter().chain(&["其他"]).any(|word| lead.starts_with(word))
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
    "基期",
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

/// 去年, 上届: does a text name the time before this one?
pub(in crate::relate) fn names_last(text: &str) -> bool {
    any_in(text, LAST)
}

/// 比去年, 同比, 往年: does a text speak of another time than now?
pub(in crate::relate) fn names_another_time(text: &str) -> bool {
    names_last(text) || any_in(text, &["往年", "历年", "年初", "前年", "上一", "上季", "同比", "环比"])
}

/// 去年10枚, 由10人, 从10人, （上年10人）: the earlier value.
pub(in crate::relate) fn is_old(claim: &Claim) -> bool {
    *claim.site.old.get_or_init(|| tells_of_before(claim))
}

fn tells_of_before(claim: &Claim) -> bool {
    // 同期离职48人，比去年的64人少了四分之一: the same time is this year's, if last year's is told behind it.
    let here = claim.site.before.trim_start_matches(['，', '；', '。']).starts_with("同期");
    if here && any_in(head_of(said_after(claim), 6), &["比去年", "比上年", "较去年", "较上年"]) {
        return false;
    }
    // 上学期20次，下学期16次: one half of the year that is told of.
    let own = claim.site.before.trim_start_matches(['，', '、', '；', '其', '中', '（']);
    if own.starts_with("上学期") && claim.site.sentence_text.contains("下学期") {
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
    let share = head_of(said_after(claim), 12).trim_start_matches('）').strip_prefix('的').unwrap_or_default();
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
    said_before(claim).chars().fold(0i32, |depth, c| match c {
        '（' => depth + 1,
        '）' => depth - 1,
        _ => depth,
    }) > 0
}

/// Are these two items of one list, parted by nothing but signs and the words of the second?
pub(in crate::relate) fn listed_next(count: &Claim, next: &Claim) -> bool {
    let between = text_between(count, next);
    let sign = between.trim_start_matches('，');
    (sign.len() < between.len() || between.starts_with('、')) && !sign.contains(['，', '；', '（', '。'])
}

/// 优秀312人、良好1126人: stands an item of a list before it?
pub(in crate::relate) fn goes_on_a_list(claim: &Claim) -> bool {
    said_before(claim).strip_suffix(item(claim)).is_some_and(|before| before.ends_with('、'))
}

/// 一等奖5项、二等奖9项、三等奖12项: the list that ends with a count, its last first; the count alone if it ends none.
pub(in crate::relate) fn list_up_to<'a>(last: &'a Claim, counts: &[&'a Claim]) -> Vec<&'a Claim> {
    let goes_on = |count: &Claim, next: &Claim| {
        let between = text_between(count, next);
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

/// The words of a list's item that lead to its number, also where another number of the item stands between.
pub(in crate::relate) fn item(claim: &Claim) -> &str {
    said_before(claim).rsplit(['，', '、', '；', '：', '（']).next().unwrap_or_default()
}
