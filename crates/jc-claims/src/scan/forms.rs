//! Numbers of a particular form: ordinals, ranks, grades, shares in words, doublings, ratios, medals.

use jc_text::decimal::power_of_ten;
use jc_text::fold::is_han;
use jc_text::numerals::{self, Script};

use super::{Found, Scan};
use crate::document::{Bound, Kind, Numeral};
use crate::exact::Exact;
use crate::layout::starts_with;
use crate::words::BEFORE;

/// Measure words an ordinal is counted by.
const ORDINAL_UNITS: &[&str] = &[
    "阶段", "批次", "季度", "学期", "学年", "梯队", "批", "期", "届", "次", "轮", "名", "位", "个", "家", "年", "代",
    "场", "站", "组", "所", "节", "棒",
];

/// Measure words that 首 makes an ordinal with; 首先 is an adverb.
const FIRST_UNITS: &str = "批期届家个所位轮支场座次";

pub(super) fn numeral_of(script: Script) -> Numeral {
    match script {
        Script::Arabic => Numeral::Arabic,
        Script::Chinese => Numeral::Chinese,
        Script::Mixed => Numeral::Mixed,
    }
}

/// 第二批, 第三名, 首期.
pub(super) fn ordinal(scan: &Scan, at: usize) -> Option<Found> {
    let rest = scan.rest(at);
    match rest.first()? {
        '首' => {
            let unit = *rest.get(1)?;
            let part_of_word = matches!(scan.before(at), Some('榜' | '匕' | '回'));
            if !FIRST_UNITS.contains(unit) || part_of_word {
                return None;
            }
            // 首次就业 is a word of statistics.
            if starts_with(rest, "首次就业") {
                return None;
            }
            // 居全市首位 is a rank, 全省首位获奖的学生 the first of several.
            let ends = rest.get(2).is_none_or(|c| !jc_text::fold::is_han(*c));
            let ranked = || {
                let text = scan.layout.text(at.saturating_sub(14), at);
                let clause = text.rsplit(['，', '。', '；', '、', '\n']).next().unwrap_or_default().to_string();
                clause.contains(['居', '列', '占', '排'])
                    || ["保持", "升至", "升到"].iter().any(|word| clause.ends_with(word))
            };
            let kind = if unit == '位' && ends && ranked() { Kind::Rank } else { Kind::Ordinal };
            Some(Found::exact(at, at + 2, Exact::int(1)?, &unit.to_string(), kind, Numeral::Chinese))
        }
        '第' if let Some(found) = several_ordinals(scan, at) => Some(found),
        '第' => {
            let number = numerals::prefix(&rest[1..])?;
            let behind = &rest[1 + number.len..];
            let value = Exact::from_decimal(number.value)?;
            let numeral = numeral_of(number.script);
            let Some(unit) = ORDINAL_UNITS.iter().find(|unit| starts_with(behind, unit)) else {
                // 位列第一, 总分第三: a rank without a measure word, at the end of its clause.
                let ranked = [
                    "排名", "位居", "位列", "名列", "列", "居", "总分", "排", "全国", "全省", "全市", "并列", "蝉联",
                    "稳居", "跃居",
                ];
                // 位列全省技工院校第二: among whom may stand between.
                let among = || {
                    let text = scan.layout.text(at.saturating_sub(14), at);
                    let clause = text.rsplit(['，', '。', '；', '、', '\n']).next().unwrap_or_default();
                    ["位居", "位列", "名列", "排名", "居", "列全"].iter().any(|word| clause.contains(word))
                };
                let led = ranked.iter().any(|word| scan.layout.ends_with(at, word)) || among();
                let ends =
                    behind.first().is_none_or(|&c| matches!(c, '，' | '。' | '；' | '、' | '）' | '”' | '的' | '！'));
                return (led && ends).then(|| Found::exact(at, at + 1 + number.len, value, "", Kind::Rank, numeral));
            };
            let len = unit.chars().count();
            if *unit == "个" && behind.get(len).is_some_and(|&c| numerals::is_chinese_numeral(c)) {
                return None;
            }
            let kind = match *unit {
                "名" | "位" => Kind::Rank,
                // Parts of a year say when, not which.
                "季度" | "学期" | "学年" => Kind::Date,
                _ => Kind::Ordinal,
            };
            let unit_len = if *unit == "名" && behind.get(1) == Some(&'次') { 2 } else { len };
            Some(Found::exact(at, at + 1 + number.len + unit_len, value, unit, kind, numeral))
        }
        _ => None,
    }
}

/// 第一至第三批, 第一、二、三批: several of a row, told as from the first to the last. What 第一 and 三位 stand for side by side
/// need not be of one row: without 第 only what comes in batches and rounds is.
fn several_ordinals(scan: &Scan, at: usize) -> Option<Found> {
    const IN_ROW: &[&str] = &["阶段", "批次", "批", "期", "届", "轮", "梯队"];
    let rest = scan.rest(at);
    let unit_at = |len: usize| IN_ROW.iter().find(|unit| rest.get(len..).is_some_and(|rest| starts_with(rest, unit)));
    let first = numerals::prefix(rest.get(1..)?)?;
    let mut numbers = vec![first.value.as_int()?];
    let mut len = 1 + first.len;
    let unit = loop {
        // 第一批至第三批: the unit may stand behind each that a range begins with.
        let spread = |at: usize| matches!(rest.get(at), Some('至' | '到' | '—' | '-' | '～' | '~'));
        if let Some(unit) = unit_at(len) {
            let behind = len + unit.chars().count();
            if numbers.len() > 1 || !spread(behind) {
                len = behind;
                break unit;
            }
            len = behind;
        }
        rest.get(len).filter(|c| spread(len) || "、和与及".contains(**c))?;
        len += 1 + usize::from(rest.get(len + 1) == Some(&'第'));
        let next = numerals::prefix(rest.get(len..)?)?;
        numbers.push(next.value.as_int()?);
        len += next.len;
    };
    if numbers.len() < 2 || !numbers.is_sorted() {
        return None;
    }
    let (least, most) = (Exact::int(numbers[0])?, Exact::int(*numbers.last()?)?);
    let mut found = Found::exact(at, at + len, least, unit, Kind::Ordinal, numeral_of(first.script));
    (found.value, found.max, found.bound) = (None, Some(most), Bound::Range);
    Some(found)
}

/// 一等奖, 二、三等奖, 一二三等奖.
pub(super) fn grade(scan: &Scan, at: usize) -> Option<Found> {
    let rest = scan.rest(at);
    let digit = |c: &char| numerals::chinese_digit(*c).or_else(|| c.to_digit(10).and_then(|d| u8::try_from(d).ok()));
    let mut grades = Vec::new();
    let mut len = 0;
    while let Some(grade) = rest.get(len).and_then(digit).filter(|d| (1..=5).contains(d)) {
        grades.push(grade);
        len += 1;
        if starts_with(&rest[len..], "等奖") {
            break;
        }
        if matches!(rest.get(len), Some('、' | '和' | '及' | '与')) {
            len += 1;
        }
    }
    if grades.is_empty()
        || !starts_with(&rest[len..], "等奖")
        || scan.before(at).is_some_and(numerals::is_chinese_numeral)
    {
        return None;
    }
    let numeral = if rest[0].is_ascii_digit() { Numeral::Arabic } else { Numeral::Chinese };
    let end = at + len + 2;
    let least = Exact::int(i128::from(*grades.iter().min()?))?;
    let most = Exact::int(i128::from(*grades.iter().max()?))?;
    let mut found = Found::exact(at, end, least, "等奖", Kind::Grade, numeral);
    if grades.len() > 1 {
        (found.value, found.bound, found.max) = (None, Bound::Range, Some(most));
    }
    found.grade = scan.layout.text(end - 3, end);
    Some(found)
}

/// 百分之九十五, 三分之二, 近三成, 半数以上: shares, given in per cent.
pub(super) fn share_in_words(scan: &Scan, at: usize) -> Option<Found> {
    let rest = scan.rest(at);
    if scan.before(at).is_some_and(|c| numerals::is_chinese_numeral(c) || c.is_ascii_digit() || c == '第') {
        return None;
    }
    let hundred = Exact::int(100)?;
    // 百分之百的努力 is no share.
    if starts_with(rest, "百分之百的")
        && !["率", "达", "为", "占", "到"].iter().any(|word| scan.layout.ends_with(at, word))
    {
        return None;
    }
    if let Some(found) = about_half(scan, at).or_else(|| greater_half(scan, at)) {
        return Some(found);
    }
    let half = ["半数", "一半"].iter().find(|word| starts_with(rest, word));
    let mut decimals = 0;
    let (len, value, step, numeral) = if let Some(word) = half {
        (word.chars().count(), Exact::int(50)?, Exact::int(1)?, Numeral::Chinese)
    } else {
        if let Some(found) = fraction(scan, at) {
            return Some(found);
        }
        let first = numerals::prefix(rest).filter(|n| n.value.as_int() != Some(0));
        // 十分满意 is no share, 十分之一 is.
        let first = first.filter(|_| !starts_with(rest, "十分") || starts_with(rest, "十分之"));
        // 百分之: the scale alone is no numeral before 分, so it is read here.
        let base = if starts_with(rest, "百分之") {
            Some((hundred, 1))
        } else if starts_with(rest, "千分之") {
            Exact::int(1000).map(|k| (k, 1))
        } else {
            first.and_then(|n| Some((Exact::from_decimal(n.value)?, n.len)))
        };
        let (base, len) = base?;
        if starts_with(&rest[len..], "分之") {
            let part = numerals::prefix(&rest[len + 2..])?;
            let value = Exact::from_decimal(part.value)?.percent_of(base)?;
            // 百分之三十 is 30 %, not about 30 %: noughts are spoken only as scales.
            decimals = if base == hundred { part.value.scale } else { 0 };
            let step = Exact::new(1, power_of_ten(decimals)?)?;
            (len + 2 + part.len, value, step, numeral_of(part.script))
        } else if rest.get(len) == Some(&'成') && first.is_some_and(|n| n.len == len) {
            let tenths = first?;
            // 八成半, 八成五.
            let extra = match rest.get(len + 1) {
                Some('半') => Some(5),
                Some(&c) => numerals::chinese_digit(c).filter(|&d| d > 0 && tenths.script == Script::Chinese),
                None => None,
            };
            let half = usize::from(extra.is_some());
            let behind = rest.get(len + 1 + half);
            let word = behind.is_some_and(|&c| "立为功果绩员交本人就长才熟效套分品型".contains(c));
            let small = tenths.value.as_int().is_none_or(|v| (1..10).contains(&v));
            if word || !small {
                return None;
            }
            let mut value = Exact::from_decimal(tenths.value)?.times(Exact::int(10)?)?;
            if let Some(extra) = extra {
                value = value.plus(Exact::int(extra.into())?)?;
            }
            let step = if half == 1 { Exact::int(1)? } else { Exact::int(10)? };
            (len + 1 + half, value, step, numeral_of(tenths.script))
        } else {
            return None;
        }
    };
    let mut found = Found::exact(at, at + len, value, "%", Kind::Rate, numeral);
    (found.step, found.decimals) = (step, decimals);
    super::amounts::bound(scan, &mut found, None)?;
    a_little_more(scan, &mut found);
    Some(found)
}

/// 近半学生, 过半同学: nearly half of them, more than half; 近半年 and 任务过半 are none.
fn about_half(scan: &Scan, at: usize) -> Option<Found> {
    let rest = scan.rest(at);
    // 超过半数: one word, 超 and all.
    if let Some('超') = rest.first() {
        return starts_with(rest, "超过半数").then(|| more_than_half(at, at + 4));
    }
    let (least, most, bound) = match (rest.first()?, rest.get(1)?) {
        ('近', '半') => (45, 50, Bound::Nearly),
        ('过', '半') => (50, 100, Bound::AtLeast),
        _ => return None,
    };
    // 过半数 is one word; 经过半数 is not it, 已经过半数 is.
    let of_number = rest.get(..3) == Some(&['过', '半', '数'])
        && (!scan.layout.ends_with(at, "经") || scan.layout.ends_with(at, "已经"));
    let time = rest.get(2).is_some_and(|c| "年月天日夜小学时数个百世程场载路决".contains(*c));
    let learners = ["学生", "学员", "学校"].iter().any(|word| starts_with(&rest[2..], word));
    // 采用率过半, 通过人数过半: told of a share, or of people; 愿意的企业已经过半 ends its clause.
    let of_share =
        ["率", "占比", "比例", "比重", "覆盖面", "人数", "赞成票"].iter().any(|word| scan.layout.ends_with(at, word));
    let ends = rest.get(2).is_none_or(|c| !is_han(*c));
    let already = ends && scan.layout.ends_with(at, "已经") && !told_of_time(scan, at);
    let counted = rest.get(2).is_some_and(|c| is_han(*c)) && (!time || learners) || of_share || already;
    // 不过半, 时间过半; but 全县过半的村寨.
    let led = scan.before(at).is_none_or(|c| !is_han(c) || "有占已的由中约达".contains(c));
    let own = led
        || of_share
        || already
        || rest.get(2) == Some(&'的') && !["时间", "任务"].iter().any(|word| scan.layout.ends_with(at, word));
    if !of_number && (!counted || !own) {
        return None;
    }
    let mut found = more_than_half(at, at + 2 + usize::from(of_number));
    (found.min, found.max, found.bound) = (Exact::int(least), Exact::int(most), bound);
    Some(found)
}

/// 时间已经过半, 任务已经过半: how far something has gone.
fn told_of_time(scan: &Scan, at: usize) -> bool {
    let clause = scan.layout.clause_before(at);
    ["时间", "任务", "工期", "学期", "进度", "工程", "行程", "赛程", "年", "建设", "项目", "培训"]
        .iter()
        .any(|word| clause.contains(word))
}

fn more_than_half(start: usize, end: usize) -> Found {
    let mut found = Found::exact(start, end, Exact::whole(50), "%", Kind::Rate, Numeral::Chinese);
    (found.max, found.bound) = (Exact::int(100), Bound::AtLeast);
    found
}

/// 周末占了大半, 一大半是女生: more than half of them; 大半年 and 大半夜 are none.
fn greater_half(scan: &Scan, at: usize) -> Option<Found> {
    let rest = scan.rest(at);
    let len = if starts_with(rest, "一大半") { 3 } else { 2 };
    if len == 2 && !starts_with(rest, "大半") {
        return None;
    }
    let ends = rest.get(len).is_none_or(|c| "，。；、）！".contains(*c));
    let owned = ["占", "占了", "占去", "占到", "占据", "占掉", "超过", "去了", "了"];
    let share = ends && owned.iter().any(|word| scan.layout.ends_with(at, word));
    let whose = ["的", "是", "为", "都", "来自", "出自", "集中", "学生", "学员", "教师", "老师", "同学"];
    let opens = scan.before(at).is_none_or(|c| !is_han(c) || "中里有".contains(c));
    let of_them = opens && whose.iter().any(|word| starts_with(&rest[len..], word));
    if !share && !of_them {
        return None;
    }
    let mut found = Found::exact(at, at + len, Exact::int(50)?, "%", Kind::Rate, Numeral::Chinese);
    (found.max, found.bound) = (Exact::int(100), Bound::AtLeast);
    Some(found)
}

/// 三分之一强, 四成弱: a little more, a little less.
fn a_little_more(scan: &Scan, found: &mut Found) {
    let ends = scan.rest(found.end + 1).first().is_none_or(|c| "，。；、）".contains(*c));
    let fifth = |n: i128| found.value.and_then(|value| value.times(Exact::new(n, 5)?));
    match scan.at(found.end).filter(|_| ends && found.bound == Bound::Exact) {
        Some('强') => (found.bound, found.max) = (Bound::Over, fifth(6)),
        Some('弱') => (found.bound, found.min) = (Bound::Nearly, fifth(4)),
        _ => return,
    }
    found.end += 1;
}

/// 超1/3, 占1/2: a fraction of small digits behind a word of share.
fn fraction(scan: &Scan, at: usize) -> Option<Found> {
    let digit = |n: usize| scan.rest(at).get(n)?.to_digit(10).map(i128::from);
    let (over, under) = (digit(0)?, digit(2).filter(|_| matches!(scan.at(at + 1), Some('/' | '／')))?);
    let led = ["占", "超", "超过", "近", "约", "达", "逾", "过"].iter().any(|word| scan.layout.ends_with(at, word));
    // 获奖总人次296人次的1/4。
    let closes = || scan.rest(at).get(3).is_none_or(|c| "，。；）".contains(*c)) && scan.layout.ends_with(at, "的");
    let led = led || closes();
    let ends = scan.rest(at).get(3).is_none_or(|c| !c.is_ascii_alphanumeric() && *c != '/');
    if !led || !ends || over < 1 || over >= under {
        return None;
    }
    let mut found = Found::exact(at, at + 3, Exact::new(over * 100, under)?, "%", Kind::Rate, Numeral::Arabic);
    super::amounts::bound(scan, &mut found, None)?;
    Some(found)
}

/// 翻番, 翻一番, 翻了两番: twice, four times as much.
pub(super) fn doubling(scan: &Scan, at: usize) -> Option<Found> {
    const MORE: &[&str] = &["多", "还多", "有多", "都多", "还要多", "还不止", "不止", "有余", "还有余"];
    let rest = scan.rest(at);
    if rest.first() != Some(&'翻') {
        return None;
    }
    let skip = 1 + usize::from(rest.get(1) == Some(&'了'));
    // 翻了近一番 is nearly twice as much.
    let nearly = rest.get(skip) == Some(&'近');
    let skip = skip + usize::from(nearly);
    let (times, len) = match numerals::prefix(&rest[skip..]) {
        Some(n) => (n.value.as_int()?, n.len),
        None => (1, 0),
    };
    if rest.get(skip + len) != Some(&'番') || !(1..=10).contains(&times) {
        return None;
    }
    // 翻了一番半: how much that is not everybody agrees.
    if rest.get(skip + len + 1) == Some(&'半') {
        return None;
    }
    let value = Exact::int(1 << times)?;
    let mut found = Found::exact(at, at + skip + len + 1, value, "倍", Kind::Multiple, Numeral::Chinese);
    if nearly {
        (found.bound, found.min) = (Bound::Nearly, value.times(Exact::new(9, 10)?));
    }
    // 翻了一番多, 翻了一番还多, 翻番有余.
    let behind = &rest[skip + len + 1..];
    if let Some(more) = MORE.iter().filter(|more| starts_with(behind, more)).max_by_key(|more| more.len()) {
        (found.bound, found.max) = (Bound::AtLeast, None);
        found.end += more.chars().count();
    }
    Some(found)
}

/// 1:15, 1∶15, 1比15 where the text speaks of a ratio; scores and times of day are not ratios.
pub(super) fn ratio(scan: &Scan, at: usize) -> Option<Found> {
    let rest = scan.rest(at);
    if scan.before(at).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ':')) {
        return None;
    }
    let mut terms = Vec::new();
    let mut len = 0;
    loop {
        let number = numerals::prefix(&rest[len..]).filter(|n| n.script == Script::Arabic)?;
        terms.push(Exact::from_decimal(number.value)?);
        len += number.len;
        if !matches!(rest.get(len), Some(':' | '∶' | '比')) || !rest.get(len + 1).is_some_and(char::is_ascii_digit) {
            break;
        }
        len += 1;
    }
    if terms.len() < 2 {
        return None;
    }
    let before = scan.layout.text(at.saturating_sub(8), at);
    let before = before.trim_end_matches([
        '为', '达', '到', '约', '接', '近', '是', '在', '：', '应', '了', '超', '过', '已', '由', '从',
    ]);
    let behind: String = rest[len..].iter().take(6).collect();
    // 师生比应达到1:20，我校为1:17.6: the ratio was named in the clause before.
    let named = || {
        let said = scan.layout.text(at.saturating_sub(24), at);
        let said = said.rsplit(['。', '；', '\n']).next().unwrap_or_default().to_string();
        // 报录比由1.2:1提高到2.1:1.
        const NAMES: &[&str] = &["师生比", "生师比", "供需比", "配比", "男女比", "比由", "比从", "比例由", "比例从"];
        NAMES.iter().any(|word| said.contains(word))
    };
    let says = ["比", "比例", "比值", "比重"].iter().any(|w| before.ends_with(w))
        || named()
        || behind.contains("比例")
        || behind.contains("配比");
    if !says {
        return None;
    }
    let value = if terms.len() == 2 { terms[0].over(terms[1]) } else { None };
    let lead = lead_in(scan, at);
    let start = lead.map_or(at, |(_, start)| start);
    let mut found = Found::exact(start, at + len, Exact::ZERO, "", Kind::Ratio, Numeral::Arabic);
    (found.value, found.min, found.max, found.bound) = (value, value, value, Bound::Ratio);
    found.terms = terms;
    Some(found)
}

/// 5金8银7铜, 1优1良: the number with its medal or mark.
pub(super) fn medal(scan: &Scan, at: usize) -> Option<Found> {
    let rest = scan.rest(at);
    if scan
        .before(at)
        .is_some_and(|c| c.is_ascii_alphanumeric() || numerals::is_chinese_numeral(c) || matches!(c, '.' | '第' | '每'))
    {
        return None;
    }
    let number = numerals::prefix(rest)?;
    let mark = *rest.get(number.len).filter(|c| "金银铜优良".contains(**c))?;
    let mut len = number.len + 1;
    if matches!(mark, '金' | '银' | '铜') && matches!(rest.get(len), Some('牌')) {
        len += 1;
    }
    let free = match rest.get(len) {
        None => true,
        Some(&c) => {
            c.is_ascii_digit() || numerals::is_chinese_numeral(c) || "，。、；！）”和的及与共合总等，成 ".contains(c)
        }
    };
    let value = Exact::from_decimal(number.value).filter(|v| v.as_int().is_some())?;
    // A single Chinese numeral counts medals only beside another count: 三金两银, but not 一金.
    let alone = number.script == Script::Chinese && rest.get(len).is_none_or(|&c| !numerals::is_chinese_numeral(c));
    let follows = scan.before(at).is_some_and(|c| "金银铜优良牌".contains(c));
    // 7金8银5铜列次席: in a row of medals any word may follow.
    let in_row =
        follows && number.script == Script::Arabic && !rest.get(len).is_some_and(|c| "额属融币行色钱奖".contains(*c));
    if !(free || in_row) || (alone && !follows) {
        return None;
    }
    let unit = if matches!(mark, '金' | '银' | '铜') { "枚" } else { "个" };
    let mut found = Found::exact(at, at + len, value, unit, Kind::Count, numeral_of(number.script));
    found.grade = mark.to_string();
    Some(found)
}

/// 4分31秒, 2小时30分钟: a length in two units, told in the smaller one.
pub(super) fn lasting(scan: &Scan, at: usize) -> Option<Found> {
    if scan.before(at).is_some_and(|c| c.is_ascii_digit() || numerals::is_chinese_numeral(c) || ".,第".contains(c)) {
        return None;
    }
    let rest = scan.rest(at);
    let first = numerals::prefix(rest)?;
    // 11秒32, 55秒9: hundredths or tenths, as the clock shows them.
    if let Some(found) = hundredths(scan, at, first) {
        return Some(found);
    }
    let large = [("小时", "分钟"), ("小时", "分"), ("分", "秒"), ("分钟", "秒")];
    large.iter().find_map(|(unit, smaller)| {
        let from = first.len + unit.chars().count();
        let second = starts_with(&rest[first.len..], unit).then(|| numerals::prefix(rest.get(from..)?))??;
        let len = from + second.len;
        let behind = rest.get(len + smaller.chars().count());
        let ends = starts_with(&rest[len..], smaller) && behind.is_none_or(|c| !"钟数之".contains(*c));
        let whole = Exact::from_decimal(first.value)?.times(Exact::int(60)?)?;
        let part = Exact::from_decimal(second.value).filter(|part| ends && *part < Exact::whole(60))?;
        let name = if *smaller == "秒" { "秒" } else { "分钟" };
        let end = at + len + smaller.chars().count();
        let mut found = Found::exact(at, end, whole.plus(part)?, name, Kind::Duration, numeral_of(first.script));
        (found.step, found.decimals) = (Exact::new(1, power_of_ten(second.value.scale)?)?, second.value.scale);
        super::amounts::bound(scan, &mut found, None)?;
        Some(found)
    })
}

fn hundredths(scan: &Scan, at: usize, whole: numerals::Prefix) -> Option<Found> {
    let rest = scan.rest(at).get(whole.len..)?;
    let digits = rest.get(1..)?.iter().take_while(|c| c.is_ascii_digit()).count();
    let ends = rest.get(1 + digits).is_none_or(|c| !"秒分.:".contains(*c));
    if rest[0] != '秒' || !matches!(digits, 1 | 2) || !ends || whole.script != Script::Arabic || whole.value.scale > 0
    {
        return None;
    }
    let part = numerals::prefix(&rest[1..]).filter(|part| part.len == digits)?;
    let (step, decimals) = if digits == 1 { (Exact::new(1, 10)?, 1) } else { (Exact::new(1, 100)?, 2) };
    let value = Exact::from_decimal(whole.value)?.plus(Exact::from_decimal(part.value)?.times(step)?)?;
    let mut found = Found::exact(at, at + whole.len + 1 + digits, value, "秒", Kind::Duration, Numeral::Arabic);
    (found.step, found.decimals) = (step, decimals);
    Some(found)
}

/// The bounding word before `at` and where it begins.
pub(super) fn lead_in(scan: &Scan, at: usize) -> Option<(Bound, usize)> {
    BEFORE.iter().find_map(|&(word, bound, not_after)| {
        let start = at.checked_sub(word.chars().count()).filter(|_| scan.layout.ends_with(at, word))?;
        // 合约 is a contract, 折合约230万元 is not.
        let converted = scan.layout.ends_with(start, "折合");
        let part_of_word = !converted && scan.before(start).is_some_and(|c| not_after.contains(c));
        (!part_of_word).then_some((bound, start))
    })
}
