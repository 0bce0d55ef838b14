//! What calendar and order say: 3月1日至15日 are no 10 days, 1978年 is no 36 years ago, the smallest is not above the largest.

use jc_text::fold::fold_width;

use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::printed::shown;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::around::text_between;
use crate::words::any_in;

pub(in crate::relate) fn spans(doc: &Document, all: &mut Vec<Relation>) {
    for lasting in doc.claims.iter().filter(|c| c.kind == Kind::Duration && c.bound == Bound::Exact) {
        let lasts = days(doc, lasting).or_else(|| months(doc, lasting)).or_else(|| since(doc, lasting));
        all.extend(lasts.or_else(|| still_to_go(doc, lasting)).or_else(|| full_years(doc, lasting)));
    }
    for row in doc.claims.chunk_by(|a, b| a.site.sentence == b.site.sentence) {
        all.extend(row.windows(2).filter_map(|pair| extremes(&pair[0], &pair[1])));
    }
}

/// 从3月初开始，到同年6月末结束，历时四个月: the months from the first to the last, both counted or not.
fn months(doc: &Document, lasting: &Claim) -> Option<Relation> {
    let lead =
        lasting.site.before.trim_start_matches(['，', '、', '（', '；']).trim_end_matches(['共', '为', '达', '了']);
    let said = ["历时", "为期", "持续", "实习期", "工期", "学期"].iter().any(|word| lead.ends_with(word));
    if lasting.unit != "个月" || !said {
        return None;
    }
    let here = doc.around(lasting).iter().filter(|c| {
        c.kind == Kind::Date && c.site.sentence == lasting.site.sentence && c.site.start < lasting.site.start
    });
    let dates: Vec<&Claim> = here.collect();
    let [first, last] = dates[..] else { return None };
    let opens = first.site.before.ends_with(['从', '自', '由', '于']) || first.site.before.ends_with("期自");
    let month = |c: &Claim| {
        let (year, rest) = match c.text.split_once('年') {
            Some((year, rest)) => (number(year)?, rest),
            None => (0, c.text.as_str()),
        };
        let (month, _) = rest.split_once('月')?;
        let month = number(month).filter(|month| (1..=12).contains(month))?;
        Some((year, month))
    };
    let ((from_year, from), (to_year, to)) = (month(first)?, month(last)?);
    let years = if from_year == 0 || to_year == 0 { 0 } else { to_year - from_year };
    let apart = 12 * years + to - from;
    let stated = i64::try_from(lasting.value?.as_int()?).ok()?;
    if !opens || apart < 0 || (from_year == 0) != (to_year == 0) {
        return None;
    }
    let holds = stated == apart || stated == apart + 1;
    let (high, low) = (last.text.clone(), first.text.clone());
    let gives = format!("{}个月", apart + 1);
    let working = Working {
        code: if holds { "difference-holds" } else { "difference-fails" },
        with: vec![("high", high.clone()), ("low", low.clone()), ("gives", gives.clone()), ("stated", shown(lasting))],
        zh: format!("{low}至{high}为{gives}，文中为{}", shown(lasting)),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let members = vec![(Role::Old, first), (Role::New, last), (Role::Difference, lasting)];
    let mut it = relation(RelationKind::Difference, finding, members, working);
    it.computed = Exact::int((apart + 1).into());
    it.stated = lasting.value;
    Some(it)
}

/// 10月8日开幕、10月12日闭幕，历时5天: both days counted, or the nights between them.
fn days(doc: &Document, lasting: &Claim) -> Option<Relation> {
    let lead = lasting.site.before.trim_start_matches(['，', '、', '（', '；']);
    // 其中集中授课20天: some of them.
    // 10月18日至20日，共3天: right behind the two days.
    let all_of_them = lead == "共" && {
        let before = doc.around(lasting).iter().rev().filter(|c| c.site.start < lasting.site.start);
        let mut dates = before.take_while(|c| c.site.sentence == lasting.site.sentence);
        dates.next().is_some_and(|c| {
            c.kind == Kind::Date
                && text_between(c, lasting) == "，共"
                && !c.site.before.contains(['每', '和', '及', '与', '、'])
        }) && dates.next().is_none()
    };
    if lasting.unit != "天"
        || lasting.site.clause_text.contains("其中")
        || !all_of_them
            && !["为期", "历时", "持续", "连续", "会期", "赛期", "展期", "赛程", "会期为", "赛程为"]
                .iter()
                .any(|word| lead.starts_with(word) || lead.ends_with(word))
    {
        return None;
    }
    let here = doc.around(lasting).iter().rev().filter(|c| {
        c.kind == Kind::Date && c.site.sentence == lasting.site.sentence && c.site.start < lasting.site.start
    });
    let dates: Vec<&Claim> = here.filter(|c| c.site.clause + 3 >= lasting.site.clause).collect();
    let (first, last, from, to) = match dates[..] {
        [only] => {
            let (from, to) = only.text.split_once(['至', '到', '—', '-', '－', '–', '~', '～'])?;
            let from = month_and_day(from)?;
            let to = to.trim_start_matches(['—', '-', '－', '–', '~', '～']);
            let to = month_and_day(to).or_else(|| Some((from.0, number(to.strip_suffix(['日', '号'])?)?)))?;
            (only, only, from, to)
        }
        [last, first] => (first, last, month_and_day(&first.text)?, month_and_day(&last.text)?),
        _ => return None,
    };
    // February has 28 days or 29: both are allowed for.
    let apart = |leap: i64| day_of_year(to, leap) - day_of_year(from, leap);
    let (least, most) = (apart(0).min(apart(1)), apart(0).max(apart(1)) + 1);
    // 5月12日开幕、5月16日闭幕，为期5天: a meeting is held on both days.
    let both = lead.contains("为期") && first.site.after.starts_with("开幕") && last.site.after.starts_with("闭幕");
    let least = if both { apart(0).min(apart(1)) + 1 } else { least };
    let said = i64::try_from(lasting.value?.as_int()?).ok()?;
    if least < 0 {
        return None;
    }
    let holds = (least..=most).contains(&said);
    let (high, low) = (format!("{}月{}日", to.0, to.1), format!("{}月{}日", from.0, from.1));
    let gives = format!("{most}天");
    let working = Working {
        code: if holds { "difference-holds" } else { "difference-fails" },
        with: vec![("high", high.clone()), ("low", low.clone()), ("gives", gives.clone()), ("stated", shown(lasting))],
        zh: format!("{low}至{high}为{gives}，文中为{}", shown(lasting)),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let mut members = vec![(Role::Old, first)];
    members.extend((first.id != last.id).then_some((Role::New, last)));
    members.push((Role::Difference, lasting));
    let mut it = relation(RelationKind::Difference, finding, members, working);
    it.computed = Exact::int(most.into());
    it.stated = lasting.value;
    Some(it)
}

/// A year and a month, where both are said.
fn year_and_month(text: &str) -> Option<i64> {
    let (year, rest) = text.split_once('年')?;
    let month = number(rest.split_once('月')?.0).filter(|month| (1..=12).contains(month))?;
    Some(12 * number(year)? + month)
}

/// 截至2024年6月30日, and 建设期自2023年1月至2025年12月: 距建设期满尚有18个月. A month more or less is a way of counting.
fn still_to_go(doc: &Document, lasting: &Claim) -> Option<Relation> {
    const TO_GO: &[&str] = &["尚有", "还有", "仍有", "还剩", "尚余", "仅剩", "只剩", "尚剩"];
    const END: &[&str] = &["期满", "结束", "到期", "完工", "截止", "结项"];
    let lead = lasting.site.before.trim_end_matches(['约', '近']);
    let lead = TO_GO.iter().find_map(|word| lead.strip_suffix(word)).filter(|_| lasting.unit == "个月")?;
    let end = END.iter().find_map(|word| lead.strip_suffix(word))?.trim_start_matches('，');
    let name = end.strip_prefix(['距', '离'])?.trim_start_matches('离');
    let here = || {
        let before = doc.claims.iter().filter(|c| c.site.start < lasting.site.start);
        before.filter(|c| c.kind == Kind::Date && c.site.paragraph == lasting.site.paragraph)
    };
    let now = here().rfind(|c| c.site.before.ends_with("截至") || c.site.before.ends_with("截止"))?;
    let known = any_in(&lasting.site.sentence_text[..now.site.in_sentence.0], &["上年", "去年"]);
    // 建设期三年，自2023年1月至2025年12月: the end of what is named, the only one told before.
    let ends = |c: &&Claim| {
        let range = c.text.contains(['至', '到', '—', '-']) || c.site.before.ends_with(['至', '到']);
        range && c.id != now.id && (name.is_empty() || c.site.sentence_text.contains(name))
    };
    let mut ends = here().filter(ends);
    let (until, None) = (ends.next()?, ends.next()) else { return None };
    let last = until.text.rsplit(['至', '到', '—', '-']).next()?;
    let apart = year_and_month(last)? - year_and_month(&now.text)?;
    let stated = i64::try_from(lasting.value?.as_int()?).ok()?;
    let fit = !known && apart > 0 && (stated - apart).abs() > 1 && now.site.sentence == lasting.site.sentence;
    fit.then(|| told(until, now, lasting, (last, &now.text), (apart, "个月")))
}

/// 自2019年9月签约以来，…，至2025年9月，双方合作已满8年: the years between, both of the same doing.
fn full_years(doc: &Document, lasting: &Claim) -> Option<Relation> {
    const SAME: &[&[&str]] = &[
        &["合作", "签约", "结对", "携手", "共建"],
        &["办学", "建校", "创办", "成立", "开办", "开设"],
        &["任职", "担任", "任教", "从教", "工作", "入职", "参加工作", "入校"],
    ];
    let lead = lasting.site.before.trim_end_matches(['整', '了']);
    let said = lasting.unit == "年" && (lead.ends_with("已满") || lead.ends_with("届满"));
    let here = doc.around(lasting).iter().filter(|c| {
        c.kind == Kind::Date && c.site.sentence == lasting.site.sentence && c.site.start < lasting.site.start
    });
    let dates: Vec<&Claim> = here.collect();
    let [first, last] = dates[..] else { return None };
    let from = first.site.before.ends_with(['自', '从']) && last.site.before.ends_with(['至', '到']);
    let begun = |words: &&&[&str]| any_in(&first.site.after, words) && any_in(lead, words);
    let months = year_and_month(&last.text)? - year_and_month(&first.text)?;
    let stated = i64::try_from(lasting.value?.as_int()?).ok()?;
    let off = months > 0 && (12 * stated - months).abs() > 12;
    let fit = said && from && SAME.iter().any(|words| begun(&words)) && off;
    fit.then(|| told(last, first, lasting, (&last.text, &first.text), (months / 12, "年")))
}

/// A stretch of time that is another than the one between two dates.
fn told(
    until: &Claim,
    from: &Claim,
    lasting: &Claim,
    (high, low): (&str, &str),
    (apart, unit): (i64, &str),
) -> Relation {
    let gives = format!("{apart}{unit}");
    let working = Working {
        code: "difference-fails",
        with: vec![
            ("high", high.to_string()),
            ("low", low.to_string()),
            ("gives", gives.clone()),
            ("stated", shown(lasting)),
        ],
        zh: format!("{low}至{high}为{gives}，文中为{}", shown(lasting)),
    };
    let members = vec![(Role::Old, from), (Role::New, until), (Role::Difference, lasting)];
    let mut it = relation(RelationKind::Difference, Finding::Inconsistent, members, working);
    it.computed = Exact::int(apart.into());
    it.stated = lasting.value;
    it
}

/// 创建于1978年，至今已有46年: from the year named to that of the text; one year more or less is a way of counting.
fn since(doc: &Document, lasting: &Claim) -> Option<Relation> {
    let lead = lasting.site.before.as_str();
    if lasting.unit != "年" || !["至今", "迄今", "距今"].iter().any(|word| lead.contains(word)) {
        return None;
    }
    let now = *doc.period.as_ref()?.years.last()?;
    let founded = |c: &&Claim| {
        let began = ["于", "自", "从", "在"].iter().any(|word| c.site.before.ends_with(word));
        c.kind == Kind::Date && began && c.site.sentence == lasting.site.sentence && c.site.start < lasting.site.start
    };
    let from = doc.around(lasting).iter().rev().find(founded)?;
    let year = i32::try_from(from.value?.as_int()?).ok().filter(|year| (1800..now).contains(year))?;
    let said = lasting.value?.as_int()?;
    let holds = (said - i128::from(now - year)).abs() <= 1;
    let gives = format!("{}年", now - year);
    let working = Working {
        code: if holds { "difference-holds" } else { "difference-fails" },
        with: vec![
            ("high", format!("{now}年")),
            ("low", shown(from)),
            ("gives", gives.clone()),
            ("stated", shown(lasting)),
        ],
        zh: format!("{now}年-{}＝{gives}，文中为{}", shown(from), shown(lasting)),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let members = vec![(Role::Old, from), (Role::Difference, lasting)];
    let mut it = relation(RelationKind::Difference, finding, members, working);
    it.computed = Exact::int((now - year).into());
    it.stated = lasting.value;
    Some(it)
}

/// 最大58岁，最小60岁: the least above the most.
fn extremes(first: &Claim, second: &Claim) -> Option<Relation> {
    const PAIRS: &[(&str, &str)] =
        &[("最高", "最低"), ("最大", "最小"), ("最多", "最少"), ("最长", "最短"), ("年龄最大", "年龄最小")];
    let lead = |claim: &Claim| {
        let lead = claim.site.before.trim_start_matches(['，', '、', '；', '（', '其', '中']);
        lead.trim_end_matches(['的', '为', '是', '分', '达', '者', '仅', '有']).to_string()
    };
    let (a, b) = (lead(first), lead(second));
    let said = |(most, least): &&(&str, &str)| a == *most && b == *least || a == *least && b == *most;
    let (most, _) = PAIRS.iter().find(said)?;
    let (high, low) = if a == *most { (first, second) } else { (second, first) };
    let exact =
        high.bound == Bound::Exact && low.bound == Bound::Exact && high.unit == low.unit && high.kind == low.kind;
    let holds = exact.then(|| high.value >= low.value)?;
    let working = Working {
        code: if holds { "subset-holds" } else { "subset-fails" },
        with: vec![("parts", shown(low)), ("sum", shown(low)), ("whole", shown(high))],
        zh: format!("{}{}{}", shown(low), if holds { "≤" } else { ">" }, shown(high)),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let mut it =
        relation(RelationKind::Exclusive, finding, vec![(Role::Claims, first), (Role::Claims, second)], working);
    it.computed = low.value;
    it.stated = high.value;
    Some(it)
}

/// 2024年3月15日: (3, 15).
pub(super) fn month_and_day(text: &str) -> Option<(i64, i64)> {
    let text = text.trim().rsplit('年').next()?;
    let (month, day) = text.split_once('月')?;
    let (month, day) = (number(month)?, number(day.strip_suffix(['日', '号']).unwrap_or(day))?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((month, day))
}

fn number(text: &str) -> Option<i64> {
    fold_width(text).trim().parse().ok()
}

pub(super) fn day_of_year((month, day): (i64, i64), leap: i64) -> i64 {
    const BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let months = usize::try_from(month - 1).ok().and_then(|month| BEFORE.get(month)).copied().unwrap_or(0);
    months + day + if month > 2 { leap } else { 0 }
}
