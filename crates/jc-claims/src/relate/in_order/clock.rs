//! Two times of one day and how long it is from one to the other: 14:00开考，16:00收卷，考试时长90分钟; 上午9时开始，11时30分结束，历时三个半小时.
//!
//! Only of a sentence that names two times and no rest between them; what misses by less than twenty minutes was rounded.

use crate::document::{Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::printed::shown;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::around::{said_after, said_before};
use crate::relate::wording::cues;
use crate::words::any_in;

const LASTS: &[&str] = &["历时", "时长", "全程", "持续", "开放时间", "为时", "连续开放"];
/// Words by which the time between is not all of it.
const PAUSED: &[&str] = &[
    "午休",
    "中场",
    "扣除",
    "除去",
    "除",
    "不含",
    "暂停",
    "其中",
    "每节",
    "每场",
    "每人",
    "各场",
    "分别",
    "次日",
    "第二天",
    "推迟",
    "提前",
    "延长",
    "加时",
    "累计",
    "合计",
    "共计",
    "净",
    "实际",
    "原定",
    "两天",
    "三天",
];
/// Words behind the second time: only what ends then lasts until then.
const OVER: &[&str] = &["结束", "收卷", "闭馆", "闭幕", "散会", "至", "到", "—"];
const BEGINS: &[&str] = &["开考", "开始", "开幕", "开馆", "开赛"];
const ROUNDED: i128 = 20;

/// Looks for them sentence by sentence.
pub(in crate::relate) fn clock(doc: &Document, all: &mut Vec<Relation>) {
    let lasting = doc.claims.iter().filter(|c| cues::exact(c) && any_in(&c.site.before, LASTS));
    all.extend(lasting.filter_map(|c| between_two(doc, c)));
}

fn between_two(doc: &Document, lasting: &Claim) -> Option<Relation> {
    let stated = minutes(lasting)?;
    let text = &*lasting.site.sentence_text;
    let [from, to] = times(said_before(lasting))[..] else { return None };
    let rest = text.contains("休息") && !any_in(text, &["不休息", "未休息", "没有休息", "无休息"]);
    let mut others =
        doc.around(lasting).iter().filter(|c| c.site.sentence == lasting.site.sentence && c.id != lasting.id);
    let days =
        others.any(|c| c.kind == Kind::Date && c.text.contains(['至', '到', '—', '、']) || c.kind == Kind::Duration);
    let gives = to - from;
    let said = said_before(lasting);
    let begun: usize = BEGINS.iter().map(|word| said.matches(word).count()).sum();
    let one = any_in(said, OVER) && begun <= 1 && !any_in(said, &["均", "最"]);
    if rest || days || !one || any_in(text, PAUSED) || gives <= 0 || !times(said_after(lasting)).is_empty() {
        return None;
    }
    ((gives - stated).abs() >= ROUNDED).then(|| {
        let time = |minutes: i128| format!("{}:{:02}", minutes / 60, minutes % 60);
        let (high, low, gives) = (time(to), time(from), format!("{gives}分钟"));
        let said = format!("{}{}", shown(lasting), lasting.unit);
        let zh = format!("{low}至{high}为{gives}，文中为{said}");
        let with = vec![("high", high), ("low", low), ("gives", gives), ("stated", said)];
        let working = Working { code: "difference-fails", with, zh };
        relation(RelationKind::Difference, Finding::Inconsistent, vec![(Role::Difference, lasting)], working)
    })
}

/// 90分钟, 2.5小时, 三个半小时.
fn minutes(c: &Claim) -> Option<i128> {
    let per = match c.unit.as_str() {
        "分钟" => 1,
        "小时" | "个小时" => 60,
        _ => return None,
    };
    // 两小时三十分钟, 2小时多: there is more to it.
    let more = said_after(c).starts_with(|c: char| c.is_ascii_digit() || "零一二三四五六七八九十多余半".contains(c));
    let minutes = c.value?.times(Exact::whole(per))?.as_int()?;
    (!more).then_some(minutes)
}

/// The times a text names, in minutes of the day: 14:00, 9时30分; 下午 holds until another word.
fn times(text: &str) -> Vec<i128> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let (mut at, mut later) = (0, false);
    while at < chars.len() {
        let rest: String = chars[at..].iter().take(2).collect();
        match rest.as_str() {
            "下午" | "晚上" | "傍晚" | "当晚" => later = true,
            "上午" | "早上" | "清晨" | "中午" => later = false,
            _ => {}
        }
        match time(&chars[at..]).filter(|_| at == 0 || !chars[at - 1].is_ascii_digit()) {
            Some((minutes, len)) => {
                found.push(if later && minutes < 720 { minutes + 720 } else { minutes });
                at += len;
            }
            None => at += 1,
        }
    }
    found
}

/// A time at the beginning of a text, and how long it is written.
fn time(chars: &[char]) -> Option<(i128, usize)> {
    let number = |from: usize| -> Option<(i128, usize)> {
        let digits: String = chars.get(from..)?.iter().take(3).take_while(|c| c.is_ascii_digit()).collect();
        (1..=2).contains(&digits.len()).then(|| Some((digits.parse().ok()?, digits.len())))?
    };
    let (hour, len) = number(0).filter(|(hour, _)| *hour < 24)?;
    let sign = *chars.get(len)?;
    let minute = number(len + 1).filter(|(minute, _)| *minute < 60);
    match sign {
        ':' | '：' => minute.filter(|(_, digits)| *digits == 2).map(|(minute, _)| (hour * 60 + minute, len + 3)),
        '时' | '点' => {
            let half = chars.get(len + 1) == Some(&'半');
            let exact = minute.filter(|(_, digits)| chars.get(len + 1 + digits) == Some(&'分'));
            Some(match exact {
                Some((minute, digits)) => (hour * 60 + minute, len + 2 + digits),
                None if half => (hour * 60 + 30, len + 2),
                None => (hour * 60, len + 1),
            })
        }
        _ => None,
    }
}
