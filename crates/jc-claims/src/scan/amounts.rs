//! Plain amounts: a number with its unit, the words that bound it, ranges, and numbers kept vague.

use jc_text::decimal::Decimal;
use jc_text::numerals::{self, Script};

use super::forms::{lead_in, numeral_of};
use super::unmeasured::{noun_behind, of_scale};
use super::{Found, Scan};
use crate::document::{Bound, Kind, Numeral};
use crate::exact::Exact;
use crate::layout::starts_with;
use crate::units::{Unit, unit_at};
use crate::words::{BEHIND, CHANGE};

const ONE: Exact = Exact::whole(1);
const WAN: Exact = Exact::whole(10_000);

/// A number without its unit.
struct Number {
    least: Exact,
    most: Exact,
    /// Nothing when only a range is given.
    value: Option<Exact>,
    step: Exact,
    decimals: u8,
    len: usize,
    script: Script,
    /// 几十, 上百, 数千.
    bound: Bound,
}

/// `320余名`, `近500万元`, `3至5人`, `几十家`, `6大领域`, `双料`.
pub(super) fn amount(scan: &Scan, at: usize) -> Option<Found> {
    let rest = scan.rest(at);
    if !may_begin(scan, at) {
        return None;
    }
    if let Some(found) = coined(scan, at) {
        return Some(found);
    }
    let number = vague(scan, at).or_else(|| plain(rest)).or_else(|| pair(rest))?;
    let spelt = &rest[..number.len];
    // 三百余通, 一千五百六十二本: a long spoken number is no part of a word.
    let long = spelt.iter().any(|c| "十百千万亿".contains(*c));
    let digits = number.script != Script::Chinese;
    let mut end = at + number.len;
    let mut least = number.least;
    let mut most = number.most;
    let mut value = number.value;
    let mut step = number.step;
    let mut bound = number.bound;
    let mut unit_end =
        unit_behind(scan, end, digits).or_else(|| spoken_unit(scan, end).filter(|_| long && spelt.len() > 1));
    unit_end = unit_end.or_else(|| noun_behind(scan, at, end, end, false));
    // 地上六层, 地下一层: how high a house is.
    let floors = || ["地上", "地下", "楼高", "主体"].iter().any(|word| scan.layout.ends_with(at, word));
    unit_end = unit_end.or_else(|| unit_behind(scan, end, true).filter(|unit| unit.0 == "层" && floors()));
    // 3至5人, 80%—90%: a second number closes a range.
    if bound == Bound::Exact
        && let Some((high, len)) = second(scan, end, unit_end.map(|u| u.1))
        && (!turns(scan, at, unit_end.map(|u| u.1)) || of_sizes(scan, len))
    {
        least = value?;
        most = high.value?;
        // 3至5万元: the scale stands at the second number for both.
        if high.script == Script::Mixed
            && most > Exact::int(10_000)?
            && least < Exact::int(1000)?
            && number.script == Script::Arabic
        {
            let scale = most.over(high.step)?;
            let lifted = least.times(high.step)?;
            if lifted < most && scale.num() > 0 {
                least = lifted;
            }
        }
        (value, bound, step) = (None, Bound::Range, high.step);
        end = len;
        unit_end = unit_behind(scan, end, high.script != Script::Chinese);
        if most <= least {
            return None;
        }
    }
    // 320余名, 10余万元, 20多家, 十来个.
    if matches!(bound, Bound::Exact | Bound::AtLeast)
        && let Some(word) = scan.at(end).filter(|c| "余多来几".contains(*c))
    {
        let scale = scale_behind(scan.rest(end + 1));
        let behind = end + 1 + scale.map_or(0, |s| s.1);
        let with_unit =
            unit_behind(scan, behind, digits || scale.is_some()).or_else(|| spoken_unit(scan, behind).filter(|_| long));
        let with_unit = with_unit
            .or_else(|| noun_behind(scan, at, end, behind, true))
            .or_else(|| of_scale(scan, at, end, behind))
            .or_else(|| of_scale(scan, at, behind, behind).filter(|_| scale.is_some()));
        if with_unit.is_some() {
            if let Some((factor, _)) = scale {
                (least, most, step) = (least.times(factor)?, most.times(factor)?, step.times(factor)?);
                value = Some(value?.times(factor)?);
            }
            bound = if word == '来' { Bound::About } else { Bound::Over };
            end = behind;
            unit_end = with_unit;
        }
    }
    let mut unit = match unit_end {
        Some(unit) => unit,
        None => bare(scan, at, end, number.script)?,
    };
    // 八个多月, 三个半小时: the word for more parts the unit.
    if bound == Bound::Exact
        && unit.0 == "个"
        && let Some(more @ ('多' | '半')) = scan.at(unit.1)
        && let Some((behind, whole, kind)) =
            MORE_OF.iter().find(|(behind, ..)| starts_with(scan.rest(unit.1 + 1), behind))
    {
        unit = (whole, unit.1 + 1 + behind.chars().count(), *kind);
        if more == '多' {
            (end, bound) = (unit.1, Bound::Over);
        } else {
            let half = Exact::new(1, 2)?;
            (least, most, value, step) = (least.plus(half)?, most.plus(half)?, Some(value?.plus(half)?), half);
        }
    }
    // 前三名 are places, not people.
    if matches!(unit.0, "名" | "位") && scan.before(at) == Some('前') && most <= Exact::int(10)? {
        return None;
    }
    if number.script == Script::Chinese && bound == Bound::Exact && bare_scale(&rest[..number.len]) {
        // 百人, 千家 without 余 or 上 are figures of speech.
        lead_in(scan, at)?;
    }
    // 四周 is mostly all around; only behind a word of lasting it is four weeks.
    if unit.0 == "周" && !digits && !LASTING.iter().any(|word| scan.layout.ends_with(at, word)) {
        return None;
    }
    // 三年半, 两天半: and half of one more.
    let half =
        bound == Bound::Exact && matches!(unit.0, "年" | "天" | "个月" | "小时") && scan.at(unit.1) == Some('半');
    let ends = scan.rest(unit.1 + 1).first().is_none_or(|c| "，。、；）的内左就时后".contains(*c));
    let mut behind = unit.1;
    if half && ends {
        let more = Exact::new(1, 2)?;
        (least, most, value) = (least.plus(more)?, most.plus(more)?, Some(value?.plus(more)?));
        step = more;
        behind += 1;
    }
    let mut found = Found::exact(at, end.max(behind), least, unit.0, unit.2, numeral_of(number.script));
    (found.value, found.min, found.max, found.bound) = (value, Some(least), Some(most), bound);
    // Half of one more takes a decimal to print.
    let decimals = if step == Exact::new(1, 2)? { number.decimals.max(1) } else { number.decimals };
    (found.step, found.decimals) = (step, decimals);
    // 一至三批: from the first batch on it is told which, unless something is parted into so many.
    let parted = || ["分", "分为", "分成", "每年", "每学期"].iter().any(|word| scan.layout.ends_with(at, word));
    if bound == Bound::Range && !digits && unit.0 == "批" && least == ONE && !parted() {
        found.kind = Kind::Ordinal;
    }
    bound_by_context(scan, &mut found)?;
    signed(scan, &mut found)?;
    Some(found)
}

/// 增长-3.5%, 净增－12人, 结余为-1.2万元: the sign belongs to the number behind a word of how something moved or what is left;
/// between other words a dash parts them. 下降-3.5% says the same twice.
fn signed(scan: &Scan, found: &mut Found) -> Option<()> {
    const MOVED: &[&str] = &[
        "同比",
        "环比",
        "比上年",
        "比去年",
        "增长率",
        "增减",
        "变动",
        "变化",
        "利润",
        "利润总额",
        "结余",
        "余额",
        "盈余",
        "差额",
    ];
    let sign = found.start.checked_sub(1).filter(|&n| matches!(scan.at(n), Some('-' | '－' | '−')));
    let Some(sign) = sign.filter(|_| found.bound == Bound::Exact) else { return Some(()) };
    let mut end = sign;
    while let Some(lead) = ["达到", "为", "是", "达", "：", "了"].iter().find(|word| scan.layout.ends_with(end, word))
    {
        end -= lead.chars().count();
    }
    let rises = CHANGE.iter().any(|(word, falls)| !falls && scan.layout.ends_with(end, word));
    // 利润率为-2.3%: said outright.
    let said = ["为", "是", "达", "达到"].iter().any(|word| scan.layout.ends_with(sign, word));
    if rises || said || MOVED.iter().any(|word| scan.layout.ends_with(end, word)) {
        let value = Exact::ZERO.minus(found.value?)?;
        (found.start, found.value, found.min, found.max) = (sign, Some(value), Some(value), Some(value));
    }
    Some(())
}

/// What 个多 and 个半 may stand before: its word, the unit and its kind.
const MORE_OF: &[(&str, &str, Kind)] = &[
    ("月", "个月", Kind::Duration),
    ("星期", "个星期", Kind::Duration),
    ("学期", "个学期", Kind::Duration),
    ("小时", "小时", Kind::Hours),
];

/// Words of lasting: behind them 两周 are two weeks.
const LASTING: &[&str] =
    &["为期", "历时", "长达", "持续", "共", "用时", "交流", "培训", "实习", "研修", "集训", "学习", "工期"];

/// Words in front of a numeral that make it part of something else.
fn may_begin(scan: &Scan, at: usize) -> bool {
    let Some(c) = scan.at(at) else { return false };
    let Some(before) = scan.before(at) else { return true };
    // A masked name or phrase is closed: 陆杨一 | 两位.
    if scan.mask[at - 1] {
        return true;
    }
    if c.is_ascii_digit() {
        // A区12栋 is an address.
        if before == '区' && at >= 2 && scan.layout.chars[at - 2].is_ascii_alphanumeric() {
            return false;
        }
        // AP3260个.
        let word = before.is_ascii_uppercase() && scan.rest(at).iter().take_while(|c| c.is_ascii_digit()).count() >= 2;
        let counted = || scan.rest(at).iter().find(|c| !c.is_ascii_digit()).is_some_and(|c| "个台套".contains(*c));
        let two = at >= 2 && scan.layout.chars[at - 2].is_ascii_uppercase();
        // 1／3, but 19℃／30℃.
        let fraction = || at >= 2 && scan.layout.chars[at - 2].is_ascii_digit();
        // 平均每2.5名学生: a number of its own, not how often.
        let mean = scan.layout.ends_with(at, "平均每");
        return word && two && counted()
            || mean
            || !(before.is_ascii_alphanumeric()
                || matches!(before, '.' | '第' | '每' | '/' | '+' | '×' | '№' | '#')
                || before == '／' && fraction());
    }
    // 为期三天, 计划工期十八个月, 春季学期一百四十五节, 每周三天在校.
    const SPANS: &[&str] = &[
        "为期",
        "工期",
        "学期",
        "实习期",
        "任期",
        "合同期",
        "试用期",
        "保修期",
        "质保期",
        "建设期",
        "服务期",
        "培训期",
        "聘期",
        "假期",
    ];
    let led = SPANS.iter().any(|word| scan.layout.ends_with(at, word))
        || scan.layout.ends_with(at, "每周") && scan.at(at + 1) == Some('天');
    let part_of_word =
        "第每这那之周期初高统唯任另某逐专万单同期".contains(before) && !led || numerals::is_chinese_numeral(before);
    // A1、A2两栋: the house has its own number.
    let house = || {
        let digits = scan.layout.chars[..at].iter().rev().take_while(|c| c.is_ascii_digit()).count();
        let letter = at.checked_sub(digits + 1).and_then(|n| scan.layout.chars.get(n));
        digits <= 2 && letter.is_some_and(char::is_ascii_uppercase)
    };
    // 这五家合作社, 这四位师傅.
    let these = || {
        let spelt = scan.rest(at).iter().take_while(|c| numerals::is_chinese_numeral(**c)).count();
        let many = spelt > 1 || !matches!(c, '一' | '两' | '二' | '百' | '千' | '万');
        before == '这' && many && scan.at(at + spelt).is_some_and(|c| "家位名人所支天".contains(c))
    };
    (!part_of_word || these()) && (!before.is_ascii_digit() || house())
}

fn plain(rest: &[char]) -> Option<Number> {
    let found = numerals::prefix(rest)?;
    // Codes begin with a nought, versions and addresses have two points; formats of play join two numbers.
    let code = rest[0] == '0' && rest.get(1).is_some_and(char::is_ascii_digit);
    let behind = &rest[found.len..];
    let joined = behind.first().is_some_and(|&c| c.is_ascii_alphabetic()) && unit_at(behind, true).is_none();
    let formula = matches!(behind.first(), Some('+' | '×' | '*' | '/' | '／' | ':' | '∶')) || point_again(behind);
    if code || joined || formula {
        return None;
    }
    let value = Exact::from_decimal(found.value)?;
    Some(Number {
        least: value,
        most: value,
        value: Some(value),
        // 一百七十 is exactly that: below 万 spoken numerals have no noughts that could stand for rounding.
        step: Exact::from_decimal(found.step)
            .filter(|&step| found.script != Script::Chinese || step < ONE || step >= WAN)
            .unwrap_or(ONE),
        decimals: if found.script == Script::Mixed { 0 } else { found.value.scale },
        len: found.len,
        script: found.script,
        bound: Bound::Exact,
    })
}

fn point_again(behind: &[char]) -> bool {
    behind.first() == Some(&'.') && behind.get(1).is_some_and(char::is_ascii_digit)
}

/// 三五人, 七八个, 二三十名: two neighbouring numerals are a range.
fn pair(rest: &[char]) -> Option<Number> {
    let low = numerals::chinese_digit(*rest.first()?)?;
    let high = numerals::chinese_digit(*rest.get(1)?)?;
    let neighbours = high == low + 1 || (low, high) == (3, 5);
    if !neighbours || low == 0 {
        return None;
    }
    let scale = scale_behind(&rest[2..]);
    let (factor, len) = scale.unwrap_or((Exact::int(1)?, 0));
    let (least, most) = (Exact::int(low.into())?.times(factor)?, Exact::int(high.into())?.times(factor)?);
    Some(Number {
        least,
        most,
        value: None,
        step: factor,
        decimals: 0,
        len: 2 + len,
        script: Script::Chinese,
        bound: Bound::Range,
    })
}

/// 几十, 数百, 十几, 上千, 成百上千.
fn vague(scan: &Scan, at: usize) -> Option<Number> {
    let rest = scan.rest(at);
    let number = |least: Exact, most: Exact, value, len, bound| {
        Some(Number { least, most, value, step: least, decimals: 0, len, script: Script::Chinese, bound })
    };
    match *rest.first()? {
        '几' | '数' => {
            let (factor, len) = scale_behind(&rest[1..])?;
            let part_of_word =
                matches!(scan.before(at), Some('人' | '总' | '次' | '个' | '件' | '分' | '指' | '函' | '好' | '倍'));
            if part_of_word {
                return None;
            }
            number(factor.times(Exact::int(2)?)?, factor.times(Exact::int(9)?)?, None, 1 + len, Bound::Range)
        }
        '上' | '过' => {
            let (factor, len) = scale_behind(&rest[1..])?;
            let part_of_word = matches!(
                scan.before(at),
                Some('以' | '之' | '网' | '线' | '及' | '通' | '超' | '经' | '不' | '晚' | '会' | '场')
            );
            (!part_of_word && factor >= Exact::int(100)?).then_some(())?;
            number(factor, factor, Some(factor), 1 + len, Bound::AtLeast)
        }
        '十' if rest.get(1) == Some(&'几') => number(Exact::int(11)?, Exact::int(19)?, None, 2, Bound::Range),
        _ => None,
    }
}

fn scale_behind(rest: &[char]) -> Option<(Exact, usize)> {
    let mut factor = Exact::int(1)?;
    let mut len = 0;
    while let Some(power) = rest.get(len).and_then(|&c| numerals::chinese_scale(c)) {
        if matches!(
            (rest.get(len), rest.get(len + 1)),
            (Some('千'), Some('米' | '克' | '瓦')) | (Some('百'), Some('分'))
        ) {
            break;
        }
        factor = factor.times(Exact::from_decimal(Decimal::from_int(1).times_power_of_ten(power)?)?)?;
        len += 1;
    }
    (len > 0).then_some((factor, len))
}

fn bare_scale(number: &[char]) -> bool {
    matches!(number, ['百' | '千' | '万' | '亿'])
}

/// The unit behind a number: its word, where it ends, its kind.
fn unit_behind(scan: &Scan, at: usize, digits: bool) -> Option<(&'static str, usize, Kind)> {
    let rest = scan.rest(at);
    // 30日内: how long; without 内 it is a day.
    let within = || starts_with(rest, "日内").then_some(Unit { word: "日", kind: Kind::Duration, len: 1 });
    let unit = unit_at(rest, digits).or_else(within)?;
    let end = at + unit.len;
    // 四个一, 两个一百年: a numeral behind 个 makes a slogan, not a count. 3个一等奖 is a count.
    let slogan = unit.word == "个"
        && rest.get(1).is_some_and(|&c| numerals::is_chinese_numeral(c))
        && rest.get(2) != Some(&'等');
    // 3人3号, 五人制: formats.
    let format = scan.at(end) == Some('制')
        && !["制作", "制度", "制造", "制品", "制定", "制订"].iter().any(|word| starts_with(scan.rest(end), word));
    (!slogan && !format).then_some((unit.word, end, unit.kind))
}

/// A unit that follows digits, or a spoken number that is long: but for those that end names (八一路, 十一国, 三百度).
fn spoken_unit(scan: &Scan, at: usize) -> Option<(&'static str, usize, Kind)> {
    unit_behind(scan, at, true).filter(|unit| !"路国省市县村镇校度分面片头只单层米升克".contains(unit.0))
}

/// 由1枚到3枚: two values of one thing, not a range.
fn turns(scan: &Scan, at: usize, unit_end: Option<usize>) -> bool {
    let from = ["由", "从", "由原来的", "从原来的", "由原先的", "从原先的"];
    let to = unit_end.and_then(|end| scan.at(end)).is_some_and(|c| matches!(c, '到' | '至'));
    // 提高1200元至7000元: by so much, and to how much; 下降20%至30% is a range.
    let share = unit_end.and_then(|end| scan.at(end.checked_sub(1)?)) == Some('%');
    let by = || !share && CHANGE.iter().any(|(word, _)| scan.layout.ends_with(at, word));
    to && (from.iter().any(|word| scan.layout.ends_with(at, word)) || by())
}

/// 从3人到5人不等: behind the second number the words say that sizes differ.
fn of_sizes(scan: &Scan, end: usize) -> bool {
    scan.rest(end).iter().take(6).collect::<String>().contains("不等")
}

/// The number that closes a range, and where it ends.
fn second(scan: &Scan, end: usize, unit_end: Option<usize>) -> Option<(Number, usize)> {
    for from in [Some(end), unit_end].into_iter().flatten() {
        for join in ["——", "—", "–", "-", "－", "~", "～", "至", "到"] {
            if !starts_with(scan.rest(from), join) {
                continue;
            }
            let start = from + join.chars().count();
            let number = plain(scan.rest(start))?;
            let close = start + number.len;
            // 2020年的52项到2024年的118项: a year is no end of a range.
            if scan.at(close) == Some('年') && number.len == 4 && unit_end == Some(from) {
                return None;
            }
            unit_behind(scan, close, number.script != Script::Chinese)?;
            return Some((number, close));
        }
    }
    None
}

/// 6大领域, 四大文化节, 双料冠军.
fn coined(scan: &Scan, at: usize) -> Option<Found> {
    let rest = scan.rest(at);
    if starts_with(&rest[1.min(rest.len())..], "料") {
        let value = match rest[0] {
            '双' => 2,
            c => i128::from(numerals::chinese_digit(c).filter(|d| (2..=9).contains(d))?),
        };
        let crowned = ["冠军", "得主", "亚军", "状元", "王"].iter().find(|word| starts_with(&rest[2..], word));
        return Some(Found::exact(
            at,
            at + 2 + crowned.map_or(0, |w| w.chars().count()),
            Exact::int(value)?,
            "项",
            Kind::Count,
            Numeral::Chinese,
        ));
    }
    let number = numerals::prefix(rest)?;
    // “甲、乙、丙”三级体系: what stands in the quotation marks is counted.
    let quoted = number.len == 1 && number.script == Script::Chinese && scan.before(at) == Some('”');
    if quoted && let Some(unit) = ["级", "步"].iter().find(|unit| starts_with(&rest[1..], unit)) {
        // “校、系、班”三级管理 is a set phrase: what is counted has a name of more than one character.
        let short =
            *unit == "级" && at.checked_sub(3).and_then(|n| scan.at(n)).is_some_and(|c| matches!(c, '、' | '—'));
        let named = rest.get(2).is_some_and(|c| jc_text::fold::is_han(*c)) && !short;
        let value = Exact::from_decimal(number.value).filter(|value| *value >= Exact::whole(2) && named)?;
        return Some(Found::exact(at, at + 2, value, unit, Kind::Count, Numeral::Chinese));
    }
    if number.len == 1
        && number.script == Script::Chinese
        && let Some(unit) = parted(scan, at, rest)
    {
        let value = Exact::from_decimal(number.value).filter(|value| *value >= Exact::whole(2))?;
        return Some(Found::exact(at, at + 1 + unit.chars().count(), value, unit, Kind::Count, Numeral::Chinese));
    }
    let small = number.value.as_int().is_some_and(|v| (2..=50).contains(&v));
    let noun = rest.get(number.len + 1)?;
    let word =
        "专生学于小中量型一二三四家多致约体概部门道".contains(*noun) && !starts_with(&rest[number.len + 1..], "专业");
    let han = jc_text::fold::is_han(*noun);
    if rest.get(number.len) != Some(&'大') || !small || word && !is_noun_after_great(&rest[number.len + 1..]) || !han {
        return None;
    }
    let end = at + number.len + 1 + noun_len(&rest[number.len + 1..]);
    Some(Found::exact(at, end, Exact::from_decimal(number.value)?, "个", Kind::Count, numeral_of(number.script)))
}

/// 分四档, 三点不足, 由四部分组成: the units of what is parted or told point by point.
fn parted(scan: &Scan, at: usize, rest: &[char]) -> Option<&'static str> {
    const POINTS: &[&str] = &["不足", "问题", "建议", "体会", "意见", "要求", "启示", "经验", "做法", "感受", "希望"];
    let behind = |unit: &str, words: &[&str]| {
        starts_with(&rest[1..], unit)
            && rest.get(1 + unit.chars().count()..).is_some_and(|rest| words.iter().any(|word| starts_with(rest, word)))
    };
    let before = |words: &[&str]| words.iter().any(|word| scan.layout.ends_with(at, word));
    if starts_with(&rest[1..], "档") && before(&["分", "分为", "分成", "分作", "按"]) {
        return Some("档");
    }
    let in_parts = starts_with(&rest[1..], "部分") && before(&["分", "分为", "分成", "分作", "含", "包括"]);
    if in_parts || behind("部分", &["组成", "构成"]) {
        return Some("部分");
    }
    // 集中在两点：…: they follow.
    let told = starts_with(&rest[1..], "点：") && before(&["在", "有", "为", "是", "以下"]);
    (behind("点", POINTS) || told).then_some("点")
}

/// Nouns that begin like a word with 大 (大学, 大专, 大一) but stand behind N大: 三大学科, 四大专业, 三大体系.
fn is_noun_after_great(rest: &[char]) -> bool {
    ["学科", "专业", "体系", "体育", "中心", "一级", "部分", "学院", "门类", "生产", "小组", "家族"]
        .iter()
        .any(|noun| starts_with(rest, noun))
}

/// How many characters of the noun behind N大 belong to the claim: up to the next sign or small word, four at most.
fn noun_len(rest: &[char]) -> usize {
    let stop = rest
        .iter()
        .position(|&c| !jc_text::fold::is_han(c) || "的为和与及在上等是中共有均各都".contains(c))
        .unwrap_or(rest.len());
    match stop {
        0..=5 => stop,
        // 八大类消费品价格: the kinds are counted.
        _ if rest[0] == '类' => 1,
        _ => 2,
    }
}

/// A number without any unit counts only where the words before it say what it is: 人数达1200，.
fn bare(scan: &Scan, at: usize, end: usize, script: Script) -> Option<(&'static str, usize, Kind)> {
    let scaled = || of_scale(scan, at, end, end);
    if script == Script::Chinese {
        return scaled();
    }
    if let Some((unit, kind)) = of_row(scan, at, end).or_else(|| of_change(scan, at, end)) {
        return Some((unit, end, kind));
    }
    if !scan.rest(end).first().is_none_or(|c| "，。；、）！".contains(*c)) {
        return scaled();
    }
    if let Some((unit, kind)) = told_behind(scan, at, end) {
        return Some((unit, end, kind));
    }
    let mut from = at;
    while let Some(lead) =
        ["达到", "达", "为", "共", "：", "是", "有", "约", "近", "超过", "超", "逾", "突破", "增至", "至"]
            .iter()
            .find(|w| scan.layout.ends_with(from, w))
    {
        from -= lead.chars().count();
    }
    if let Some((unit, kind)) = of_noun(scan, from, at, end) {
        return Some((unit, end, kind));
    }
    let of_people = ["人数", "学生数", "教师数", "生源数"].iter().any(|word| scan.layout.ends_with(from, word));
    let of_times = scan.layout.ends_with(from, "人次");
    if of_times {
        return Some(("人次", end, Kind::PersonTimes));
    }
    if of_people { Some(("人", end, Kind::Count)) } else { scaled() }
}

/// 5620，这是学院现有在校生人数: a paragraph that begins with a number and says at once what it is.
fn told_behind(scan: &Scan, at: usize, end: usize) -> Option<(&'static str, Kind)> {
    let broken = at > 0 && scan.layout.at[at] > scan.layout.at[at - 1] + 1;
    let opens = broken || scan.before(at).is_none_or(|c| c == '\n');
    let said: String = scan.rest(end).iter().take(40).collect();
    let clause = said.strip_prefix("，这是").filter(|_| opens)?;
    let clause = clause.split(['，', '；', '。']).next()?;
    match () {
        () if clause.ends_with("人次") => Some(("人次", Kind::PersonTimes)),
        () if clause.ends_with("人数") => Some(("人", Kind::Count)),
        () if clause.ends_with(['数', '量']) => Some(("", Kind::Count)),
        () => None,
    }
}

/// 总学时58.6万, 周均学时14.2, 平均得分92.4: the noun before says what is measured; a number with a point or a scale is no
/// number of a room.
fn of_noun(scan: &Scan, from: usize, at: usize, end: usize) -> Option<(&'static str, Kind)> {
    const NOUNS: &[(&str, &str, Kind)] = &[
        ("学时", "学时", Kind::Hours),
        ("课时", "课时", Kind::Hours),
        ("时长", "小时", Kind::Hours),
        ("得分", "分", Kind::Quantity),
        ("平均分", "分", Kind::Quantity),
        ("总分", "分", Kind::Quantity),
        ("评分", "分", Kind::Quantity),
        ("均分", "分", Kind::Quantity),
        ("数", "", Kind::Count),
        ("量", "", Kind::Count),
        ("值", "", Kind::Quantity),
        ("指数", "", Kind::Quantity),
    ];
    let number = scan.layout.text(at, end);
    let measured = number.contains(['.', '万', '亿']);
    measured.then_some(())?;
    let word = |(noun, _, _): &&(&str, &str, Kind)| scan.layout.ends_with(from, noun);
    NOUNS.iter().filter(word).max_by_key(|it| it.0.len()).map(|&(_, unit, kind)| (unit, kind))
}

/// 分别提高0.4和1.7个百分点, 分别为12、15和18人: the unit stands behind the last of the row.
fn of_row(scan: &Scan, at: usize, end: usize) -> Option<(&'static str, Kind)> {
    const MOST: usize = 12;
    let lead = scan.layout.clause_before(at);
    lead.contains("分别").then_some(())?;
    let mut end = end;
    for _ in 0..MOST {
        scan.at(end).filter(|c| matches!(c, '、' | '和' | '与' | '及'))?;
        let start = end + 1;
        let next = plain(scan.rest(start)).filter(|next| next.script != Script::Chinese)?;
        end = start + next.len;
        if let Some((unit, _, kind)) = unit_behind(scan, end, true) {
            return Some((unit, kind));
        }
    }
    None
}

/// 迟到人次由326降至241: both numbers of a change, with the unit its noun names, or none.
fn of_change(scan: &Scan, at: usize, end: usize) -> Option<(&'static str, Kind)> {
    let lead = scan.layout.clause_before(at);
    let from = lead.rfind(['由', '从']).filter(|&from| lead[from..].chars().count() <= 20)?;
    let arrives = |text: &str| ["到", "至", "为", "成"].iter().any(|word| text.ends_with(word)) && changes(text);
    let behind: String = scan.rest(end).iter().take(6).collect();
    let turns = behind.find(['到', '至', '为', '成']).is_some_and(|n| changes(&behind[..n]));
    let to = arrives(&lead[from..]) && lead[from..].contains(|c: char| c.is_ascii_digit());
    if !turns && !to {
        return None;
    }
    let noun = lead[..from].trim_end_matches(['，', '的']);
    Some(match () {
        () if noun.ends_with("人次") => ("人次", Kind::PersonTimes),
        () if noun.ends_with("人数") => ("人", Kind::Count),
        () => ("", Kind::Count),
    })
}

/// Does the text hold a verb of change? 降, 增, 升 will do.
fn changes(text: &str) -> bool {
    CHANGE.iter().any(|(word, _)| text.contains(word))
        || text.replace("升级", "").contains(['降', '增', '升', '减', '缩', '扩', '涨'])
}

fn bound_by_context(scan: &Scan, found: &mut Found) -> Option<()> {
    let mid = found.bound;
    bound(scan, found, Some(mid))
}

/// Takes in the bounding words before and behind, and works out the interval.
pub(super) fn bound(scan: &Scan, found: &mut Found, given: Option<Bound>) -> Option<()> {
    let mut bound = given.unwrap_or(Bound::Exact);
    if let Some((before, start)) = lead_in(scan, found.start) {
        found.start = start;
        if matches!(bound, Bound::Exact | Bound::Over) || before != Bound::AtLeast {
            bound = if bound == Bound::Range {
                Bound::Range
            } else if bound == Bound::Over {
                Bound::Over
            } else {
                before
            };
        }
    }
    if bound == Bound::Exact && verb_between(scan, found) {
        bound = Bound::About;
    }
    if matches!(bound, Bound::Exact | Bound::About | Bound::AtLeast) {
        let rest = scan.rest(found.end);
        if let Some(&(word, behind)) = BEHIND.iter().find(|(word, _)| starts_with(rest, word)) {
            found.end += word.chars().count();
            bound = behind;
        } else if rest.first().is_some_and(|&c| c == '多' || c == '余')
            && (found.unit == "倍" || found.kind == Kind::Rate || found.kind == Kind::Duration)
            && bound == Bound::Exact
        {
            found.end += 1;
            bound = Bound::Over;
        }
    }
    found.bound = bound;
    let Some(value) = found.value else { return Some(()) };
    let share = found.kind == Kind::Rate;
    (found.min, found.max) = match bound {
        Bound::Exact | Bound::Range | Bound::Ratio => (found.min, found.max),
        Bound::Over => (Some(value), value.plus(last_place(value)?)),
        Bound::Nearly => (value.times(Exact::new(9, 10)?), Some(value)),
        Bound::About => {
            let half = last_place(value)?.times(Exact::new(1, 2)?)?;
            (value.minus(half), value.plus(half))
        }
        Bound::AtLeast => (Some(value), if share { Exact::int(100).filter(|&h| value <= h) } else { None }),
        Bound::AtMost => (Some(Exact::ZERO), Some(value)),
    };
    Some(())
}

/// 约有320人, 约占15%, 约占全校学生的15%: 约 before the verb. Who prints 2.0% behind 约占…的 has worked it out.
fn verb_between(scan: &Scan, found: &Found) -> bool {
    const VERBS: &[&str] = &["占到", "占", "有", "需", "合"];
    const NO_BOUND: &[char] = &['节', '签', '预', '违', '特', '契', '邀', '条', '誓', '履'];
    let lead = scan.layout.clause_before(found.start);
    let about = |text: &str| text.strip_suffix('约').is_some_and(|rest| !rest.ends_with(NO_BOUND));
    let direct = VERBS.iter().filter_map(|verb| lead.strip_suffix(verb)).any(about);
    let share_of = || {
        let at = lead.rfind("约占").filter(|at| lead.ends_with('的') && about(&lead[..at + "约".len()]));
        at.is_some_and(|at| !lead[at..].contains(|c: char| c.is_ascii_digit()))
    };
    direct || found.kind == Kind::Rate && found.decimals == 0 && share_of()
}

/// The place of the last digit that is not nought: 320 → 10, 1.5万 → 1000, 96.5 → 0.1.
fn last_place(value: Exact) -> Option<Exact> {
    let mut place = Exact::int(1)?;
    let ten = Exact::int(10)?;
    while value.over(place)?.as_int().is_none() {
        place = place.over(ten)?;
        if place < Exact::new(1, 1_000_000)? {
            return Exact::int(1);
        }
    }
    while value > Exact::ZERO && value.over(place.times(ten)?)?.as_int().is_some() {
        place = place.times(ten)?;
    }
    Some(place)
}

/// 一支队伍, 一批典型, 一个中心: 一 with a measure word is an article unless it stands in a row of counts
/// (一金两银, 一个一等奖、两个二等奖) or behind a verb of winning.
pub(super) fn idle_one(scan: &Scan, found: &Found, all: &[Found]) -> bool {
    let one = found.numeral == Numeral::Chinese
        && found.bound == Bound::Exact
        && matches!(found.kind, Kind::Count | Kind::PersonTimes | Kind::Duration | Kind::Hours)
        && scan.at(found.start) == Some('一')
        && found.value.and_then(Exact::as_int) == Some(1)
        && found.grade.is_empty();
    if !one {
        return false;
    }
    let near = |other: &Found| {
        let (from, to) = (other.end.min(found.end), other.start.max(found.start));
        other.start != found.start
            && (other.kind, &other.unit) == (found.kind, &found.unit)
            && to.saturating_sub(from) <= 14
            && !scan.layout.text(from.min(to), to).contains(['。', '\n'])
    };
    let won =
        ["荣获", "获得", "斩获", "夺得", "摘得", "获"].iter().any(|verb| scan.layout.ends_with(found.start, verb));
    let counted = |other: &Found| other.bound == Bound::Exact && other.value.and_then(Exact::as_int) != Some(1);
    let row = all.iter().any(|other| near(other) && counted(other));
    !(row || (won && matches!(found.unit.as_str(), "项" | "枚" | "块" | "个" | "人")))
}
