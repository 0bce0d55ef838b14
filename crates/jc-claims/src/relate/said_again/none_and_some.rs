//! What is said of all or of none, and yet some are counted of whom it does not hold: 至今无一人更换过实习单位 and 本届调换单位的17人;
//! 186名学员都一次考过 and 补考的14名学员; 426名会员无一漏检 and 到检409人.
//!
//! The table of `acts` knows which words contradict each other. Both must be said of the same people or things: the words around them,
//! the group and the time they name decide. What was put right later (初检不合格4人，整改后全部合格) contradicts nothing.

use std::collections::HashSet;

use jc_text::fold::is_han;

use super::twice::equal;
use crate::document::{Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::acts::{
    ACTS, ALL, Act, BEFORE, DONE_TO, EVENTS, LATER, LEADS_TO, NAMES_NOBODY, NONE, NOT_TOLD, PLAIN, SAYS_NOTHING, TELLS,
    TIMES, WHO, WHOLE, WISHES, denied,
};
use crate::relate::wording::around::said_before;
use crate::relate::wording::called::NARROWS_NOTHING;
use crate::relate::wording::comparable::like_units;
use crate::relate::wording::cues;
use crate::relate::wording::population::without;
use crate::units::counts_people;
use crate::words::any_in;

/// So many statements on either side of a count are looked at.
const NEAR: usize = 12;
/// So far behind its marker the act may be named, and so far from its number, in characters.
const REACH: usize = 12;

/// All did it, or nobody failed.
struct Statement<'a> {
    act: &'static Act,
    none: bool,
    /// How many they are, where it is told with the statement: 426名会员无一漏检.
    anchor: Option<&'a Claim>,
    /// What the clause says before: 全体学员.
    lead: String,
    sentence: &'a str,
    place: Place,
    words: String,
}

/// Some of whom it does not hold: those who failed, or fewer than all who did it.
struct Few<'a> {
    claim: &'a Claim,
    act: &'static Act,
    failed: bool,
    /// What leads to the act, and what it is done to.
    lead: String,
    /// What stands between the number and the act behind it.
    gap: String,
    object: String,
    /// What those counted are called.
    called: Vec<String>,
}

/// Looks for them.
pub(super) fn none_and_some(doc: &Document, all: &mut Vec<Relation>) {
    let stated = statements(doc);
    if stated.is_empty() {
        return;
    }
    let broken: HashSet<&str> = (all.iter().filter(|it| it.primary && it.finding == Finding::Inconsistent))
        .flat_map(|it| it.members.iter().map(|(_, id)| id.as_str()))
        .collect();
    let mut found = Vec::new();
    for claim in doc.claims.iter().filter(|c| may_be_some(c) && !broken.contains(c.id.as_str())) {
        let at = stated.partition_point(|it| it.place.start < claim.site.start);
        let near = &stated[at.saturating_sub(NEAR)..(at + NEAR).min(stated.len())];
        let asked = ACTS.iter().filter(|act| near.iter().any(|it| std::ptr::eq(it.act, *act)));
        let told = some(claim, asked).iter().find_map(|some| {
            let against = |it: &&Statement| std::ptr::eq(it.act, some.act) && contradicts(doc, it, some);
            near.iter().find(against).map(|it| tell(it, some))
        });
        found.extend(told);
    }
    all.extend(found);
}

fn tell(stated: &Statement, some: &Few) -> Relation {
    if let Some(anchor) = stated.anchor.filter(|_| !some.failed) {
        return equal(anchor, some.claim, false);
    }
    let working = Working {
        code: "not-of-all",
        with: vec![("subject", stated.words.clone()), ("some", some.claim.text.clone())],
        zh: format!("文中说“{}”，另一处却有{}并非如此", stated.words, some.claim.text),
    };
    let members = stated.anchor.into_iter().chain([some.claim]).map(|c| (Role::Claims, c)).collect();
    relation(RelationKind::Exclusive, Finding::Inconsistent, members, working)
}

/// All statements of a text, in its order.
fn statements(doc: &Document) -> Vec<Statement<'_>> {
    let rows = doc.claims.chunk_by(|a, b| a.site.sentence == b.site.sentence);
    let whole = rows.filter(|row| !row[0].site.cut && row[0].site.cell.is_none());
    let place = |c: &Claim| Place { start: c.site.sentence_start, paragraph: c.site.paragraph, chain: c.site.chain };
    let numbered = whole.flat_map(|row| of_sentence(&row[0].site.sentence_text, place(&row[0]), row));
    let others = doc.unnumbered.iter().flat_map(|it| {
        let place = Place { start: it.start, paragraph: it.paragraph, chain: it.chain };
        of_sentence(&it.text, place, &[])
    });
    let mut all: Vec<Statement> = numbered.chain(others).collect();
    all.sort_by_key(|it| it.place.start);
    all
}

/// Where a sentence stands.
#[derive(Clone, Copy)]
struct Place {
    start: usize,
    paragraph: usize,
    chain: usize,
}

fn of_sentence<'a>(sentence: &'a str, place: Place, row: &'a [Claim]) -> Vec<Statement<'a>> {
    let mut found: Vec<Statement> = Vec::new();
    let markers = NONE.iter().map(|word| (word, true)).chain(ALL.iter().map(|word| (word, false)));
    for (marker, none) in markers {
        for (at, _) in sentence.match_indices(marker) {
            let told = of_marker(row, sentence, at, marker, none).map(|it| Statement { place, ..it });
            found.extend(told);
        }
    }
    found
}

/// What is said behind one marker.
fn of_marker<'a>(row: &'a [Claim], sentence: &'a str, at: usize, marker: &str, none: bool) -> Option<Statement<'a>> {
    let (before, behind) = (&sentence[..at], &sentence[at + marker.len()..]);
    // 0.5, 60.
    let digit = |c: char| c.is_ascii_digit() || c == '.';
    if marker == "0" && (before.ends_with(digit) || behind.starts_with(digit)) {
        return None;
    }
    // 代表从各地赶来，全部到会: of whom the clause before tells.
    let head = before.strip_suffix('，').unwrap_or(before);
    let lead = &head[head.rfind(['，', '：', '。']).map_or(0, |n| n + '，'.len_utf8())..];
    let (anchor, from) = anchor(row, sentence, before.chars().count(), marker);
    let behind: String = from.map_or_else(|| behind.to_string(), |from| sentence.chars().skip(from).collect());
    let behind = match marker {
        "无一例外" => behind.trim_start_matches(['地', '，', '都', '均', '全', '部']),
        _ => behind.as_str(),
    };
    let none = none && marker != "无一例外";
    let window: String = behind.chars().take(REACH + 6).take_while(|c| !matches!(c, '，' | '：' | '、')).collect();
    let fits = |act: &'static Act| Some((act, act_behind(act, &window, marker, none)?));
    let (act, (_, to)) = ACTS.iter().filter_map(fits).min_by_key(|(_, it)| (it.0, std::cmp::Reverse(it.1)))?;
    let short = ["全", "都", "均", "皆", "一个不落"].contains(&marker);
    let all_of = any_in(lead, &["全体", "全部", "所有", "每名", "每位", "每个", "各", "人人", "师生"]);
    let who = anchor.is_some() || all_of || !short || words_all(marker, &window);
    let told = !any_in(lead, NOT_TOLD) && !any_in(&window[..to], &["不一定", "可以", "能够", "应"]);
    let quoted = before.matches('“').count() > before.matches('”').count() && !sentence.contains('，');
    let mended = act.mends && any_in(before, LATER);
    let words: String = sentence[at..].chars().take(marker.chars().count() + window[..to].chars().count()).collect();
    let place = Place { start: 0, paragraph: 0, chain: 0 };
    let fit = who && told && !any_in(sentence, WISHES) && !quoted && !mended;
    fit.then(|| Statement { act, none, anchor, lead: lead.to_string(), sentence, place, words })
}

/// The number of all of whom it is said, before the marker or right behind it (全部186名学员), and then where it ends.
fn anchor<'a>(row: &'a [Claim], sentence: &str, at: usize, marker: &str) -> (Option<&'a Claim>, Option<usize>) {
    let counts = |c: &&Claim| c.kind == Kind::Count && cues::exact(c) && c.value >= Exact::int(2) && !cues::is_old(c);
    let start = |c: &Claim| c.site.start - c.site.sentence_start;
    let end = |c: &Claim| c.site.end - c.site.sentence_start;
    let whole = ["全部", "悉数"].contains(&marker);
    let next = row.iter().filter(counts).find(|c| whole && start(c) == at + marker.chars().count());
    if let Some(next) = next {
        return (Some(next), Some(end(next)));
    }
    let between = |c: &Claim| -> String { sentence.chars().take(at).skip(end(c)).collect() };
    let of = row.iter().filter(counts).rev().find(|c| end(c) <= at && !between(c).contains(['，', '：', '；']));
    let near = |c: &&Claim| between(c).chars().count() <= REACH && !between(c).contains(['中', '占', '、']);
    (of.filter(near), None)
}

/// 全覆盖, 全持证: a word of its own.
fn words_all(marker: &str, window: &str) -> bool {
    marker == "全" && ["覆盖", "持证", "就业", "合格", "达标", "勤"].iter().any(|word| window.starts_with(word))
}

/// Where behind the marker the act is named, if it is said of all, or denied of all.
fn act_behind(act: &Act, window: &str, marker: &str, none: bool) -> Option<(usize, usize)> {
    let places = if none { act.failed_in(window) } else { act.done_in(window) };
    let (at, to) = places.first().copied()?;
    let gap = &window[..at];
    let most = match marker {
        "零" | "0" => 2,
        "无人" | "无一人" | "无一名" | "没有一人" => 6,
        _ if none => 8,
        "全" => 0,
        "都" | "均" | "皆" => 4,
        _ => 6,
    };
    let behind = &window[to..];
    let rule = ["的", "者", "率", "后", "前", "才", "方", "人数", "线", "标准", "与否", "情况", "为止", "，才"];
    let other =
        any_in(gap, &["未", "不", "没", "非", "的", "因", "由", "为", "给"]) && !none || any_in(gap, &["的", "因"]);
    (gap.chars().count() <= most && !other && !rule.iter().any(|word| behind.starts_with(word))).then_some((at, to))
}

fn may_be_some(claim: &Claim) -> bool {
    matches!(claim.kind, Kind::Count | Kind::PersonTimes)
        && cues::exact(claim)
        && claim.value >= Exact::int(1)
        && !cues::per_head(claim)
}

/// What is told of a count by these acts, on either side of it.
fn some<'a>(claim: &'a Claim, asked: impl Iterator<Item = &'static Act>) -> Vec<Few<'a>> {
    let before = claim.site.before.rsplit(['，', '；', '：', '（', '、']).next().unwrap_or_default();
    let after = claim.site.after.split(['，', '；', '：', '（']).next().unwrap_or_default();
    let mut all = Vec::new();
    for act in asked {
        for failed in [true, false] {
            let places = |text: &str| if failed { act.failed_in(text) } else { act.done_in(text) };
            let led = places(before).into_iter().rev().find(|it| leads_on(&before[it.1..]));
            let told = || places(after).into_iter().find(|it| told_of(&after[..it.0]));
            if let Some((at, to)) = led {
                let object = before[to..].trim_end_matches(LEADS).to_string();
                let who = before[to..].rsplit_once('的').map_or("", |(_, who)| who).trim_end_matches(LEADS);
                let behind: String = after.chars().take_while(|c| is_han(*c)).take(2).collect();
                let called = vec![who.to_string(), behind];
                all.push(Few {
                    claim,
                    act,
                    failed,
                    lead: before[..at].to_string(),
                    gap: String::new(),
                    object,
                    called,
                });
            } else if let Some((at, to)) = told() {
                let object: String = after[to..].chars().take(6).collect();
                let gap = after[..at].to_string();
                all.push(Few { claim, act, failed, lead: before.to_string(), called: vec![gap.clone()], gap, object });
            }
        }
    }
    all
}

/// Small words between an act and the number of those it befell.
const LEADS: &[char] =
    &['的', '有', '共', '仅', '了', '过', '为', '达', '只', '者', '人', '数', '约', '计', '生', '员', '学'];

/// 补考的14名, 调换单位的17人, 请假3人: does the act lead to the number?
fn leads_on(rest: &str) -> bool {
    let bare = rest.trim_end_matches(LEADS).is_empty();
    // 更换带教老师的实习生5名: what it was done to, and who they are.
    let (object, who) = rest.rsplit_once('的').unwrap_or((rest, ""));
    bare || rest.contains('的')
        && object.chars().count() <= 8
        && who.chars().count() <= 4
        && !who.contains(['人', '数'])
}

/// 4人未取证, 5名去年在国赛上失利、今年再度出征的老将: is the act told of those counted, and not of others?
fn told_of(gap: &str) -> bool {
    let short = gap.chars().count() <= REACH;
    short && !denied(gap) && !any_in(gap, DONE_TO)
}

/// Are both said of the same people or things, so that they cannot both be?
fn contradicts(doc: &Document, stated: &Statement, some: &Few) -> bool {
    let claim = some.claim;
    let own = stated.anchor.is_some_and(|anchor| anchor.id == claim.id);
    let clause = claim.site.sentence_text.as_ref() == stated.sentence && claim.site.clause_text.contains(&stated.words);
    if own || clause || !of_kind(stated, claim) {
        return false;
    }
    let first_ever = stated.act.done.contains(&"首次");
    let text = &*claim.site.clause_text;
    let other_time = !first_ever && (any_in(text, BEFORE) || cues::is_old(claim))
        || any_in(text, &["计划", "如果", "避免", "防止", "杜绝", "最多", "不超过", "另有", "其余"]);
    let cited = stated.anchor.is_some_and(|anchor| {
        let same = |c: &&Claim| c.value == anchor.value && like_units(c, anchor) && c.id != anchor.id;
        doc.around(claim).iter().filter(|c| c.site.sentence == claim.site.sentence).any(|c| same(&c))
    });
    if other_time || apart(stated, some, cited) {
        return false;
    }
    let shared = shared(stated, some);
    let near = claim.site.paragraph == stated.place.paragraph && claim.site.chain.abs_diff(stated.place.chain) <= 1;
    let all_year = any_in(&stated.lead, WHOLE) || any_in(&stated.lead, &["全年", "学年", "一年来", "今年"]);
    let need = usize::from(stated.act.loose) + usize::from(!all_year || stated.anchor.is_some());
    if some.failed {
        let less = stated.anchor.is_none_or(|anchor| claim.value < anchor.value);
        return less && (cited || near && shared >= usize::from(stated.act.loose) || shared >= need);
    }
    // Fewer than all did it: of all of them, so that hardly any are missing.
    let most = stated
        .anchor
        .and_then(|anchor| anchor.value?.times(Exact::new(7, 10)?))
        .is_some_and(|most| claim.value >= Some(most));
    let less = stated.anchor.is_some_and(|anchor| claim.value < anchor.value);
    let some_of_them = any_in(&format!("{}{}", claim.site.before, claim.site.after), &["其中", "男", "女", "新", "另"]);
    most && less
        && !some_of_them
        && some.called.iter().all(|name| stated.sentence.contains(name.as_str()))
        && (cited || shared >= need)
}

/// People against people, things against things; events are counted in many ways.
fn of_kind(stated: &Statement, claim: &Claim) -> bool {
    if let Some(anchor) = stated.anchor {
        return like_units(anchor, claim) || stated.none && stated.act.done.is_empty() && claim.unit == "起";
    }
    let people = counts_people(&claim.unit);
    let of_people =
        any_in(&stated.words, &["人人", "全员", "无人", "一人", "一名", "一位"]) || any_in(&stated.lead, WHO);
    if stated.none && stated.words.starts_with(['零', '0', '未', '没']) {
        return EVENTS.contains(&claim.unit.as_str());
    }
    let noun: Vec<char> = stated.lead.chars().filter(|c| is_han(*c)).collect();
    let mut pairs = noun[noun.len().saturating_sub(6)..].windows(2).map(|pair| pair.iter().collect::<String>());
    let named = pairs.any(|pair| !PLAIN.contains(&pair.as_str()) && claim.site.clause_text.contains(&pair));
    if of_people { people } else { named }
}

/// Do the words name another group, another time, or another thing that was done?
fn apart(stated: &Statement, some: &Few, cited: bool) -> bool {
    // 理论考试全部合格，实操考试不合格4人: in one sentence by their clauses.
    let own = format!("{}{}", stated.lead, stated.words);
    let here = some.claim.site.sentence_start == stated.place.start;
    let (said, clause) =
        if here { (&*own, &*some.claim.site.clause_text) } else { (stated.sentence, &*some.claim.site.sentence_text) };
    let head = format!("{}，{}", said_before(some.claim), some.gap);
    let whole = any_in(&stated.lead, WHOLE);
    let known = |text: &str| {
        let text = without(text, &[NARROWS_NOTHING, NAMES_NOBODY]);
        let chars: Vec<char> = text.chars().filter(|c| is_han(*c)).collect();
        let ends = |part: &[char]| part.len() < 2 || said.contains(&part.iter().collect::<String>());
        ends(&chars[..chars.len().min(2)]) && ends(&chars[chars.len().saturating_sub(2)..])
    };
    let led = bare_end(narrated(&some.lead));
    if !whole && !known(led) || !known(&some.object.chars().take(2).collect::<String>()) {
        return true;
    }
    let tied = cited || shared(stated, some) >= 3;
    let strange = |name: &String, text: &str| !text.contains(name.as_str());
    let before = said.split(stated.words.as_str()).next().unwrap_or_default();
    of_two_times(said, clause, stated.act, cited)
        || !whole && groups(&head).iter().any(|name| strange(name, said))
        || !tied && groups(before).iter().any(|name| strange(name, clause))
}

/// 上半年零违纪, and 下半年 some; of two years.
fn of_two_times(said: &str, clause: &str, act: &Act, cited: bool) -> bool {
    let times = |text: &str| -> Vec<&str> { TIMES.iter().copied().filter(|time| text.contains(time)).collect() };
    let (first, second) = (times(said), times(clause));
    let disjoint = |a: &[&str], b: &[&str]| !a.is_empty() && !a.iter().any(|time| b.contains(time));
    let alone = second.is_empty() && cited;
    let (a, b) = (years_in(said), years_in(clause));
    let years = !a.is_empty() && !b.is_empty() && !a.iter().any(|year| b.contains(year));
    years || disjoint(&first, &second) && !alone || act.mends && disjoint(&second, &first)
}

/// 专业教师尚有, 校园安全发生: without what only leads to the act.
fn bare_end(text: &str) -> &str {
    let mut text = text;
    while let Some(rest) = LEADS_TO.iter().find_map(|end| text.strip_suffix(end)) {
        text = rest;
    }
    text
}

/// 他还提到, 年终回头看发现: what is told behind them.
fn narrated(text: &str) -> &str {
    let at = TELLS.iter().filter_map(|word| Some(text.rfind(word)? + word.len())).max();
    at.map_or(text, |at| &text[at..])
}

/// The years a text names in digits: 2024年, 2024届.
fn years_in(text: &str) -> Vec<String> {
    let parts = text.split(['年', '届', '级']);
    let digits = |part: &str| -> String {
        part.chars().rev().take_while(char::is_ascii_digit).collect::<Vec<_>>().into_iter().rev().collect()
    };
    parts.map(digits).filter(|year| year.len() == 4 && year.starts_with("20")).collect()
}

/// 机电系, 2301班, 云麓县: the two characters before what ends the name of a group.
fn groups(text: &str) -> Vec<String> {
    const ENDS: &[char] = &['系', '班', '县', '镇', '乡', '批', '级', '区', '院'];
    let chars: Vec<char> = text.chars().collect();
    let ends = |at: &usize| ENDS.contains(&chars[*at]) && *at >= 2;
    let named = |at: usize| -> Option<String> {
        let behind = chars.get(at + 1).copied().unwrap_or('，');
        let name: String = chars[at - 2..at].iter().collect();
        let word = "统列主次长子会级别域域校".contains(behind) && chars[at] != '班' || "组主干次".contains(behind);
        let plain = |c: char| is_han(c) || c.is_ascii_alphanumeric();
        let no_name = name
            .chars()
            .any(|c| !plain(c) || "全各每本我该学这两一二三四五六七八九十的在个名省市校国高中初年等关医法".contains(c));
        (!word && !no_name).then_some(name)
    };
    (0..chars.len()).filter(ends).filter_map(named).collect()
}

/// How many pairs of characters both sentences hold, without the words of the act.
fn shared(stated: &Statement, some: &Few) -> usize {
    let bare = |text: &str| -> HashSet<(char, char)> {
        let words = stated.act.failed.iter().chain(stated.act.done);
        let text = words.fold(text.to_string(), |text, word| text.replace(word, "，"));
        let chars: Vec<char> = text.chars().collect();
        let pairs = chars.windows(2).map(|pair| (pair[0], pair[1]));
        let said =
            |(a, b): &(char, char)| is_han(*a) && is_han(*b) && !SAYS_NOTHING.contains(a) && !SAYS_NOTHING.contains(b);
        let plain = |(a, b): &(char, char)| !PLAIN.iter().any(|word| word.chars().eq([*a, *b]));
        pairs.filter(said).filter(plain).collect()
    };
    let clauses: String = {
        let text = &some.claim.site.sentence_text;
        let at = some.claim.site.start - some.claim.site.sentence_start;
        text.chars().skip(at.saturating_sub(30)).take(60).collect()
    };
    bare(stated.sentence).intersection(&bare(&clauses)).count()
}
