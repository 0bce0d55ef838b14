//! Places in one ranking, and firsts of one kind, that cannot both be: 综合考核名列第三 and 综合考核由第六名升到第二名; 全市首个…支部
//! and 全市第二个…支部; 连续第三年捧得第一名 and 去年只拿了第三名.

use jc_text::fold::is_han;

use super::twice::equal;
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::relations::{Finding, Relation, RelationKind, Role};
use crate::relate::wording::around::{self, around, pairs, said_after, said_before};
use crate::relate::wording::cues;
use crate::words::{AHEAD, any_in};

/// So many places and firsts before one are looked at.
const NEAR: usize = 20;
/// So many characters name a ranking, and what one is the first of.
const NAME: usize = 4;
const THING: usize = 6;

/// What ends the name of a ranking.
const RANKED: &[&str] = &[
    "考核",
    "评估",
    "评比",
    "评价",
    "督导",
    "总分",
    "竞赛",
    "大赛",
    "比赛",
    "联赛",
    "运动会",
    "技能节",
    "成绩",
    "率",
    "满意度",
    "总数",
    "总量",
    "榜",
    "指数",
    "测评",
    "考评",
    "测试",
    "人数",
];
/// What a ranking's name may stand beside, and what names none.
const NEUTRAL: &[&str] = &[
    "年度",
    "我校",
    "本校",
    "学校",
    "我院",
    "学院",
    "全国",
    "全省",
    "全市",
    "全县",
    "全区",
    "全系统",
    "中职",
    "技工",
    "院校",
    "直属",
    "名列",
    "位列",
    "位居",
    "排名",
    "名次",
    "成绩",
    "今年",
    "本年",
    "本届",
    "对",
    "的",
    "在",
    "中",
    "列",
    "居",
    "第",
    "由",
    "获得",
    "取得",
    "夺得",
    "拿下",
    "捧得",
    "获",
    "我们",
    "只",
    "拿了",
    "职业",
    "各",
];
/// What makes two places of one ranking two.
const APART: &[&str] = &[
    "上半年",
    "下半年",
    "季度",
    "初赛",
    "复赛",
    "决赛",
    "预赛",
    "男子",
    "女子",
    "个人",
    "团体",
    "学生",
    "教师",
    "小组",
    "甲组",
    "乙组",
    "中职组",
    "高职组",
    "国赛",
    "省赛",
    "市赛",
    "专业组",
    "月",
];
/// What tells two times, or two parts, of one ranking.
const HALVES: &[(&str, &str)] = &[
    ("上半年", "下半年"),
    ("上半年", "全年"),
    ("下半年", "全年"),
    ("季度", "全年"),
    ("初赛", "决赛"),
    ("初赛", "复赛"),
    ("复赛", "决赛"),
    ("预赛", "决赛"),
    ("男子", "女子"),
    ("个人", "团体"),
    ("甲组", "乙组"),
    ("中职", "高职"),
    ("国赛", "省赛"),
    ("省赛", "市赛"),
    ("期中", "期末"),
];
/// The year, or the event, before.
const LAST: &[&str] = &["去年", "上年", "上届", "上一年", "上一届"];
/// Over whom one stands.
const AREAS: &[&str] =
    &["全国", "国内", "全省", "省内", "全市", "市内", "全县", "全区", "全系统", "全校", "全球", "华东", "西部"];
/// What belongs to others.
const OTHERS: &[&str] = &["兄弟", "邻", "友校", "某校", "对口", "结对", "其他学校", "受援"];
/// What schools and firms are named by.
const NAMED: &[&str] = &[
    "中心校",
    "小学",
    "中学",
    "职校",
    "职专",
    "中专",
    "技校",
    "职教中心",
    "职业学校",
    "职业中学",
    "技师学院",
    "技工学校",
    "职业学院",
    "专业学校",
    "公司",
];
const OURS: &[&str] = &["我校", "本校", "我院", "本院", "我们", "我系"];

/// Looks for all of them.
pub(super) fn standing(doc: &Document, all: &mut Vec<Relation>) {
    let told = |all: &[Relation], one: &Claim, other: &Claim| {
        let has = |it: &Relation, c: &Claim| it.members.iter().any(|(_, id)| *id == c.id);
        let same = |it: &&Relation| matches!(it.kind, RelationKind::Equal | RelationKind::Exclusive);
        all.iter().filter(same).any(|it| has(it, one) && has(it, other))
    };
    let mut found: Vec<Relation> = Vec::new();
    let whole = |c: &&Claim| c.bound == Bound::Exact && c.site.cell.is_none() && c.value.is_some();
    let ranks: Vec<&Claim> = doc.claims.iter().filter(whole).filter(|c| c.kind == Kind::Rank).collect();
    for (n, second) in ranks.iter().enumerate() {
        let before = ranks[n.saturating_sub(NEAR)..n].iter().rev();
        let mut rivals = before.filter(|first| first.site.chain != second.site.chain && one_ranking(first, second));
        let first = rivals.next().filter(|first| now(first) && now(second) && one_time(first, second));
        if let Some(first) = first.filter(|first| !told(all, first, second)) {
            found.push(exclusive(first, second));
        } else if let Some(first) = only_place(&ranks, n).filter(|first| !told(all, first, second)) {
            found.push(exclusive(first, second));
        }
        let around = ranks[n.saturating_sub(NEAR)..(n + NEAR).min(ranks.len())].iter().filter(|c| c.id != second.id);
        found.extend(around.filter_map(|then| of_run(doc, second, then)).next());
    }
    let firsts: Vec<&Claim> =
        doc.claims.iter().filter(whole).filter(|c| c.kind == Kind::Ordinal && "家所个位名".contains(&c.unit)).collect();
    for (n, second) in firsts.iter().enumerate() {
        let before = firsts[n.saturating_sub(NEAR)..n].iter().rev();
        let mut before = before.filter(|first| first.site.chain != second.site.chain);
        let first = before.find(|first| one_thing(first, second) || called_alike(first, second));
        if let Some(first) = first.filter(|first| first.value != second.value && !told(all, first, second)) {
            found.push(exclusive(first, second));
        }
    }
    let times: Vec<&Claim> =
        doc.claims.iter().filter(whole).filter(|c| c.kind == Kind::Ordinal && (c.unit == "次" || runs(c))).collect();
    for (n, second) in times.iter().enumerate() {
        let before = times[n.saturating_sub(NEAR)..n].iter().rev();
        let first = before.filter(|first| first.site.chain != second.site.chain).find(|first| one_feat(first, second));
        if let Some(first) = first.filter(|first| !told(all, first, second)) {
            found.push(exclusive(first, second));
        }
    }
    all.extend(found);
}

/// 连续第三年.
fn runs(claim: &Claim) -> bool {
    claim.unit == "年" && (claim.text.starts_with("连续") || claim.site.before.ends_with("连续"))
}

/// 这是学校首次捧回省级科技奖励…。省级科技奖继2021年之后第二次有所斩获: what was done for the first time was not done before.
fn one_feat(first: &Claim, second: &Claim) -> bool {
    /// So many pairs of characters, or so many characters behind both, name one feat.
    const PAIRS: usize = 4;
    const BEHIND: usize = 6;
    const LEVELS: &[&str] = &["国家级", "全国", "省级", "全省", "省", "市级", "全市", "县级", "国际", "校级"];
    let once = [first, second].into_iter().filter(|c| c.value == Some(Exact::whole(1))).count();
    if first.value == second.value || once != 1 || !now(first) || !now(second) || of_two(first, second) {
        return false;
    }
    let text = |c: &Claim| {
        let (before, behind) = around(c);
        before.into_iter().chain(behind).collect::<String>()
    };
    let (a, b) = (text(first), text(second));
    let level = |text: &str| LEVELS.iter().position(|word| text.contains(word));
    let behind = |c: &Claim| around(c).1.into_iter().take_while(|c| is_han(*c)).collect::<String>();
    let (x, y) = (pairs(first), pairs(second));
    let shared = x.intersection(&y).count();
    let called = around::shared(&behind(first), &behind(second)) >= BEHIND;
    let differ = APART.iter().any(|word| a.contains(word) != b.contains(word));
    // 继2021年之后: the year is that of the time before.
    let after_that = [&a, &b].into_iter().any(|text| text.contains('继') && any_in(text, &["之后", "后再", "以来"]));
    !differ && level(&a) == level(&b) && (one_time(first, second) || after_that) && (shared >= PAIRS || called)
}

/// What may lead to the name of what one has a place in, and names none.
const LEADING: &[&str] = &[
    "虽然", "尽管", "虽", "但是", "但", "而", "目前", "我县", "我市", "我区", "我省", "我镇", "我局", "本县", "本市",
    "该县", "该市", "该校", "该院", "公司", "医院", "集团",
];

/// What a place is a place of: the name before 居, 列, 排名, and what stands before the part of it that both share.
pub(super) fn of_one_name(first: &Claim, second: &Claim) -> bool {
    let name = |c: &Claim| -> Vec<char> {
        let lead = lead(c);
        let lead = lead.rsplit(['，', '；', '、', '：']).next().unwrap_or_default();
        let cut = ["位居", "位列", "名列", "排名", "稳居", "居", "列", "在全", "获", "保持"];
        let at = cut.iter().filter_map(|word| lead.find(word)).filter(|at| *at > 0).min().unwrap_or(lead.len());
        let name = AREAS.iter().find_map(|word| lead[..at].strip_suffix(word)).unwrap_or(&lead[..at]);
        name.chars().filter(|c| is_han(*c)).collect()
    };
    let (a, b) = (name(first), name(second));
    let same = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let rest = |name: &[char]| {
        let text: String = name[..name.len() - same].iter().collect();
        bare(LEADING.iter().fold(text.as_str(), |text, word| text.strip_prefix(word).unwrap_or(text)))
    };
    // 小麦单产 and 玉米单产 are two.
    let (one, other) = (rest(&a), rest(&b));
    let two = same > 0 && !one.is_empty() && !other.is_empty() && around::shared(&one, &other) < 2;
    !(two || of_two_halves(first, second))
}

/// 预赛中回答4道题目…。决赛中回答6道题目: are the two of two times, or two parts, of one thing?
pub(super) fn of_two_halves(first: &Claim, second: &Claim) -> bool {
    let (a, b) = (lead(first), lead(second));
    let halves = |one: &str, other: &str| HALVES.iter().any(|(x, y)| one.contains(x) && other.contains(y));
    halves(&a, &b) || halves(&b, &a)
}

fn exclusive(first: &Claim, second: &Claim) -> Relation {
    let mut it = equal(first, second, first.value == second.value);
    if it.finding == Finding::Inconsistent {
        it.kind = RelationKind::Exclusive;
    }
    it
}

/// The words before a claim, as far as they may name what it is a place in.
fn lead(claim: &Claim) -> String {
    around(claim).0.into_iter().collect()
}

/// Is it a place of now, neither of an earlier time nor to be come to?
fn now(claim: &Claim) -> bool {
    let own = claim.site.before.replace("较去年", "").replace("比去年", "").replace("较上年", "").replace("比上年", "");
    !cues::is_old(claim)
        && !any_in(&own, LAST)
        && !any_in(&claim.site.clause_text, AHEAD)
        && !any_in(&claim.site.clause_text, &["争取", "力争", "目标是", "目标为", "曾"])
}

/// 力争全市第一: is it a place that is to be come to?
pub(super) fn meant(claim: &Claim) -> bool {
    any_in(&lead(claim), &["力争", "争取", "争创", "冲刺", "冲击", "目标", "计划", "确保"])
}

/// Do both name one ranking, one area, and nothing that is another's?
fn one_ranking(first: &Claim, second: &Claim) -> bool {
    let (a, b) = (lead(first), lead(second));
    let Some(name) = common(&a, &b) else { return false };
    let differ = APART.iter().any(|word| a.contains(word) != b.contains(word));
    let areas = |text: &str| AREAS.iter().copied().filter(|word| text.contains(word)).collect::<Vec<_>>();
    let (x, y) = (areas(&a), areas(&b));
    let apart = !x.is_empty() && !y.is_empty() && !x.iter().any(|word| y.contains(word));
    // 技能大赛团体总分第六名…。团体总分第四名: of which event they were is told once.
    let event = |text: &str| text.ends_with(['赛', '会', '节']) && !any_in(text, &["省", "市", "国", "县"]);
    let modifiers = [modifier(&a, &name), modifier(&b, &name)];
    let said = modifiers.iter().filter(|text| !text.is_empty()).count();
    let narrowed = said == 2 && modifiers[0] != modifiers[1] || modifiers.iter().any(|m| !m.is_empty() && !event(m));
    !differ && !apart && !narrowed && !of_two(first, second)
}

/// 团体总分名列全省第四…。巩固全省第三的团体名次: the one other place in the text that is told of the same.
fn only_place<'a>(ranks: &[&'a Claim], n: usize) -> Option<&'a Claim> {
    let second = ranks[n];
    let near = &ranks[n.saturating_sub(NEAR)..(n + NEAR).min(ranks.len())];
    let like = |c: &&&Claim| c.id != second.id && now(c) && !meant(c) && one_topic(c, second) && one_time(c, second);
    let mut others = near.iter().filter(like);
    let (first, more) = (others.next()?, others.next());
    let before = first.site.start < second.site.start && first.site.chain != second.site.chain;
    (before && more.is_none() && now(second) && !meant(second) && first.value != second.value).then_some(*first)
}

/// Are both places in one area, and is what they are places in told by one word, which nothing parts?
fn one_topic(first: &Claim, second: &Claim) -> bool {
    const MORE: &[&str] = &["得分", "增速", "增幅", "团体", "名次", "排名", "综合"];
    let text = |c: &Claim| {
        let (before, behind) = around(c);
        let behind: String = behind.into_iter().take(8).collect();
        format!("{}{behind}", before.into_iter().collect::<String>())
    };
    let (a, b) = (text(first), text(second));
    let both = |word: &&&str| a.contains(**word) && b.contains(**word);
    let named = RANKED.iter().chain(MORE).filter(both).count() > 0;
    let differ = APART.iter().any(|word| a.contains(word) != b.contains(word));
    let areas = |text: &str| AREAS.iter().copied().filter(|word| text.contains(word)).collect::<Vec<_>>();
    let (x, y) = (areas(&a), areas(&b));
    let apart = x.iter().any(|word| !y.contains(word)) && y.iter().any(|word| !x.contains(word));
    let told = !x.is_empty() || !y.is_empty() || first.level.is_some() && first.level == second.level;
    // 成绩列第7名; 取得…的最好成绩，奖牌总数列第四: what its own clause calls a place in is another.
    let own = |text: &str| -> Vec<&str> {
        let clause = text.rsplit('，').next().unwrap_or_default();
        RANKED.iter().chain(MORE).copied().filter(|word| clause.contains(word)).collect()
    };
    let sole = |one: &str, other: &str| own(one).is_empty() || own(one).iter().any(|word| other.contains(word));
    let sole = sole(&a, &b) && sole(&b, &a);
    named && sole && told && !differ && !apart && !of_two(first, second) && of_one_name(first, second)
}

/// What both call the ranking, without what names none: 综合考核.
fn common(a: &str, b: &str) -> Option<String> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut best: Option<String> = None;
    for from in 0..a.len() {
        for to in (from + NAME..=a.len()).rev() {
            let part = &a[from..to];
            if !part.iter().all(|c| is_han(*c)) || !b.windows(part.len()).any(|own| own == part) {
                continue;
            }
            let name = bare(&part.iter().collect::<String>());
            let named = name.chars().count() >= NAME && RANKED.iter().any(|word| name.ends_with(word));
            if named && best.as_ref().is_none_or(|best| name.len() > best.len()) {
                best = Some(name);
            }
            break;
        }
    }
    best
}

/// A text without the small words at its ends.
fn bare(text: &str) -> String {
    let mut text = text;
    loop {
        let own = NEUTRAL.iter().find_map(|word| text.strip_prefix(word).or_else(|| text.strip_suffix(word)));
        match own {
            Some(rest) => text = rest,
            None => return text.to_string(),
        }
    }
}

/// 党建工作年度考核 is not 年度考核: what narrows a ranking's name in a text.
fn modifier(text: &str, name: &str) -> String {
    let text = &text.replace("年度", "");
    let Some(at) = text.rfind(name) else { return String::new() };
    let before = text[..at]
        .rsplit(|c: char| !is_han(c) || matches!(c, '的' | '对' | '在' | '是' | '年' | '得' | '获' | '联' | '夺'))
        .next()
        .unwrap_or_default();
    let mut rest = bare(before);
    // 市教育局综合考核: who holds the ranking does not narrow it.
    if let Some(at) = rest.rfind(['局', '厅', '委', '府', '部']) {
        rest = bare(&rest[at + '局'.len_utf8()..]);
    }
    rest.chars().filter(|c| is_han(*c)).collect()
}

/// Who holds a ranking: 教育局, 人社厅.
fn office(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let at = chars.iter().rposition(|c| matches!(c, '局' | '厅' | '委'))?;
    Some(chars[at.saturating_sub(2)..=at].iter().collect())
}

/// Are the two of rankings of two offices, or of two schools?
pub(super) fn of_two(first: &Claim, second: &Claim) -> bool {
    let offices = (office(&lead(first)), office(&lead(second)));
    matches!(&offices, (Some(one), Some(other)) if one != other) || of_others(first, second)
}

/// Is one of the two said of others, or both of schools of two names?
fn of_others(first: &Claim, second: &Claim) -> bool {
    let (a, b) = (said_before(first), said_before(second));
    let name = |text: &str| -> Option<String> {
        let word = NAMED.iter().filter_map(|word| text.rfind(word)).max()?;
        let before: Vec<char> = text[..word].chars().rev().take_while(|c| is_han(*c)).take(3).collect();
        (before.len() >= 2 && !any_in(&before.iter().rev().collect::<String>(), &["中职", "全市", "全省", "各"]))
            .then(|| before.into_iter().rev().collect())
    };
    let ours = |text: &str| any_in(text, OURS);
    let two = match (name(a), name(b)) {
        (Some(one), Some(other)) => one != other,
        (Some(_), None) => ours(b),
        (None, Some(_)) => ours(a),
        (None, None) => false,
    };
    two || [&a, &b].into_iter().any(|text| any_in(text, OTHERS))
}

/// Nothing says that they are of two years.
fn one_time(first: &Claim, second: &Claim) -> bool {
    let years = |c: &Claim| c.period.as_ref().map(|period| period.years.clone()).unwrap_or_default();
    let (a, b) = (years(first), years(second));
    a.is_empty() || b.is_empty() || a.iter().any(|year| b.contains(year))
}

/// 连续第三年捧得团体总分第一名…。去年我们只拿了团体总分第三名: who has held a place for years held it last year.
fn of_run(doc: &Document, place: &Claim, then: &Claim) -> Option<Relation> {
    let text = |c: &Claim| c.site.clause_text.to_string();
    let here = doc
        .around(place)
        .iter()
        .rev()
        .filter(|c| c.site.clause == place.site.clause && c.site.start < place.site.start);
    let mut runs = here.filter(|c| c.text.starts_with("连续") || c.site.before.ends_with("连续"));
    let run = runs.find(|c| matches!(c.kind, Kind::Ordinal | Kind::Duration | Kind::Date))?;
    let years = run.value.filter(|years| *years >= Exact::whole(2))?.as_int()?;
    let last = any_in(&text(then), LAST) || years > 2 && text(then).contains("前年");
    let year = |c: &Claim| c.period.as_ref().and_then(|period| period.years.last().copied());
    let within = then.period.as_ref().is_some_and(|period| period.said)
        && year(then)
            .zip(doc.period.as_ref().and_then(|period| period.years.last().copied()))
            .is_some_and(|(then, now)| then < now && i128::from(now) - i128::from(then) < years);
    if then.value == place.value
        || !(last || within)
        || any_in(&text(place), &["去年", "上年"])
        || !(one_ranking(place, then) || one_topic(place, then))
    {
        return None;
    }
    let (first, second) = if place.site.start < then.site.start { (place, then) } else { (then, place) };
    let mut it = exclusive(first, second);
    it.members.insert(0, (Role::Claims, run.id.clone()));
    Some(it)
}

/// Are these two of one kind of thing in one area?
fn one_thing(first: &Claim, second: &Claim) -> bool {
    let area = |c: &Claim| {
        let lead = lead(c);
        let near: Vec<char> = lead.chars().rev().take_while(|c| is_han(*c)).take(12).collect();
        let near: String = near.into_iter().rev().collect();
        AREAS.iter().filter_map(|word| Some((near.rfind(word)?, *word))).max().map(|(_, word)| word)
    };
    let core = |c: &Claim| -> String {
        let behind: String = said_after(c).chars().take_while(|c| is_han(*c)).take(30).collect();
        // 拥有…支部的中职学校: what is before the last 的 says of what.
        behind.rsplit_once('的').map_or(behind.clone(), |(core, _)| core.to_string())
    };
    let same = || {
        let (a, b) = (core(first), core(second));
        around::shared(&a, &b) >= THING
    };
    area(first).is_some()
        && area(first) == area(second)
        && now(first)
        && now(second)
        && !of_others(first, second)
        && same()
}

/// 开办“AHK班”，为全省首家…。省内继两所院校之后第三家开办AHK班的院校: of one area, and of a thing that has a name in signs or in
/// other letters, which both say.
fn called_alike(first: &Claim, second: &Claim) -> bool {
    /// So many pairs of characters both have beside.
    const SHARED: usize = 4;
    const SAME: &[&[&str]] = &[
        &["全省", "省内", "我省", "本省"],
        &["全市", "市内", "我市", "本市"],
        &["全县", "县内", "我县"],
        &["全国", "国内"],
    ];
    let area = |c: &Claim| {
        let lead = lead(c);
        let last = |row: &&[&str]| row.iter().filter_map(|word| lead.rfind(word)).max();
        SAME.iter().enumerate().filter_map(|(n, row)| Some((last(row)?, n))).max().map(|(_, n)| n)
    };
    let text = |c: &Claim| {
        let (before, behind) = around(c);
        before.into_iter().chain(behind).collect::<String>()
    };
    let (a, b) = (text(first), text(second));
    let says = |pair: &&(char, char)| {
        let word: String = [pair.0, pair.1].into_iter().collect();
        !SAME.iter().any(|row| row.contains(&word.as_str()))
            && !["院校", "的院", "成为", "单位"].contains(&word.as_str())
    };
    let named = proper(&a).iter().any(|one| proper(&b).iter().any(|other| one.contains(other) || other.contains(one)));
    first.unit == second.unit
        && area(first).is_some()
        && area(first) == area(second)
        && now(first)
        && now(second)
        && !of_others(first, second)
        && named
        && pairs(first).intersection(&pairs(second)).filter(says).count() >= SHARED
}

/// Names in quotation marks, and those in other letters than Chinese.
fn proper(text: &str) -> Vec<&str> {
    let letters =
        text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|it| it.chars().any(|c| c.is_ascii_alphabetic()));
    let quoted = [('“', '”'), ('‘', '’')]
        .into_iter()
        .flat_map(|(opens, closes)| text.split(opens).skip(1).filter_map(move |rest| Some(rest.split_once(closes)?.0)));
    letters.chain(quoted).filter(|it| it.chars().count() >= 2).collect()
}
