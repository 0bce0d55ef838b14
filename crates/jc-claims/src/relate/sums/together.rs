//! Totals that name what they are made of: 46位，加上187名专职教师，组成233人的队伍; 除了选手，还有教师31名…，83人的队伍; 本专科合计548人; 取得技师、高级技师证书的115人;
//! 四家食堂共设窗口74个.

use std::collections::HashSet;

use super::addition::{held_within, near};
use crate::document::{Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::MOST_TOGETHER;
use crate::relate::relations::{Finding, Relation, RelationKind};
use crate::relate::wording::around::{head_of, said_before};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::units::counts_people;
use crate::words::any_in;

/// Looks for all of them.
pub(super) fn together(doc: &Document, all: &mut Vec<Relation>) {
    let sums = |it: &&Relation| it.primary && it.kind == RelationKind::Sum;
    let told: HashSet<&str> = all.iter().filter(sums).filter_map(|it| it.under_test()).collect();
    let counts: Vec<&Claim> = doc.claims.iter().filter(|c| cues::plain(c)).collect();
    let mut found = Vec::new();
    for (n, total) in counts.iter().copied().enumerate().filter(|(_, c)| !told.contains(c.id.as_str())) {
        let before = &counts[n.saturating_sub(MOST_TOGETHER)..n];
        let it = added(before, total)
            .or_else(|| besides(before, total))
            .or_else(|| of_both(before, total))
            .or_else(|| of_names(before, total));
        found.extend(it.or_else(|| of_so_many(before, total)).or_else(|| of_units(before, total)));
    }
    all.extend(found);
}

/// 学校聘了46位，加上187名专职教师，组成了一支233人的队伍: what is added to the count right before it makes what comes of it.
fn added(before: &[&Claim], total: &Claim) -> Option<Relation> {
    let [.., one, other] = before else { return None };
    let more = other.site.before.trim_start_matches(['，', '；', '再']);
    let more = ["加上", "连同", "加之"].iter().any(|word| more.starts_with(word));
    let makes = ["组成", "共", "达到", "合计", "总数", "形成", "构成"];
    let row = one.site.sentence == total.site.sentence && other.site.clause == one.site.clause + 1;
    let close = total.site.clause <= other.site.clause + 1 && any_in(&total.site.before, &makes);
    let like = [one, other].iter().all(|c| alike(c, total) && c.value < total.value);
    (more && row && close && like && near(total, &[one, other], 6))
        .then(|| held_within(RelationKind::Sum, total, &[one, other]))
        .flatten()
}

/// 46名选手…。除了选手，还有指导教师31名，另加领队和后勤6名，83人的队伍: those who were counted before, and the others besides them.
fn besides(before: &[&Claim], total: &Claim) -> Option<Relation> {
    const ALL: &[&str] =
        &["共", "总", "一行", "合计", "全队", "全团", "队伍", "代表团", "代表队", "阵容", "团队", "加起来", "合起来"];
    const GROUPS: &[&str] = &["队伍", "代表团", "代表队", "团队", "阵容", "大部队", "参赛团", "方阵", "大家庭", "集体"];
    let group = total.site.after.strip_prefix('的').map(|noun| head_of(noun, 8));
    let whole = group.is_some_and(|noun| any_in(noun, GROUPS)) || any_in(cues::item(total), ALL);
    if !whole || !counts_people(&total.unit) {
        return None;
    }
    let said = said_before(total);
    let (at, word) = ["除了", "除去", "除"].iter().find_map(|word| Some((said.rfind(word)?, word)))?;
    let behind = &said[at + word.len()..];
    let name = behind.split(['，', '外']).next()?.trim_end_matches(['之', '以']);
    let others: Vec<&Claim> = before
        .iter()
        .copied()
        .filter(|c| c.site.sentence == total.site.sentence && c.site.in_sentence.0 > at && alike(c, total))
        .collect();
    let also = any_in(behind, &["还有", "另有", "也有", "尚有", "还配", "还带", "另配", "还包括", "还派"]);
    let within = |c: &&Claim| cues::in_brackets(c) || c.site.clause_text.contains("其中");
    if !also || others.is_empty() || others.iter().any(within) || others.iter().any(|c| c.value >= total.value) {
        return None;
    }
    // 除46名选手外，还有指导教师31名: the first of them stands there itself.
    if name.contains(|c: char| c.is_ascii_digit()) {
        let slip = others.len() >= 2 && near(total, &others, 8);
        return slip.then(|| held_within(RelationKind::Sum, total, &others)).flatten();
    }
    let noun = (2..=6).contains(&name.chars().count()).then_some(name)?;
    let called = |c: &&&Claim| {
        let near = c.site.paragraph + 1 >= total.site.paragraph && c.site.sentence < total.site.sentence;
        let named = c.site.after.starts_with(noun) || cues::label(c).ends_with(noun);
        near && named && alike(c, total) && c.value < total.value && !within(c)
    };
    let rows = before.iter().rev().filter(called).map(|first| [&[*first], &others[..]].concat());
    let rows: Vec<Vec<&Claim>> = rows.collect();
    let of = |row: &Vec<&Claim>| held_within(RelationKind::Sum, total, row);
    let exact = rows.iter().filter_map(of).find(|it| it.finding == Finding::Consistent);
    exact.or_else(|| rows.first().filter(|row| near(total, row, 8)).and_then(of))
}

/// 本科上线97人…；专科上线451人，本专科合计上线548人: the total names both by what they differ in.
fn of_both(before: &[&Claim], total: &Claim) -> Option<Relation> {
    let item = cues::item(total);
    let name = ["合计", "共计", "总计", "共"].iter().find_map(|word| item.split_once(word))?.0;
    let [a, b, kind] = name.chars().collect::<Vec<char>>()[..] else { return None };
    let called = |own: char| {
        let name: String = [own, kind].iter().collect();
        let near = |c: &&&Claim| c.site.paragraph == total.site.paragraph && c.site.chain + 1 >= total.site.chain;
        let named = |c: &&&Claim| cues::item(c).contains(&name) && alike(c, total) && c.value < total.value;
        before.iter().rev().filter(near).find(named).copied()
    };
    let (one, other) = (called(a)?, called(b)?);
    let parts = if one.site.start < other.site.start { [one, other] } else { [other, one] };
    (one.id != other.id && near(total, &parts, 6)).then(|| held_within(RelationKind::Sum, total, &parts)).flatten()
}

/// 技师102人、高级技师13人…。全年取得技师、高级技师证书的仅115人: those of a list the total names. Only what agrees is told.
fn of_names(before: &[&Claim], total: &Claim) -> Option<Relation> {
    let lead = total.site.before.trim_end_matches(['仅', '只', '有', '共', '的', '为', '达']);
    let lead = ["证书", "职称", "等级", "学历", "奖项"].iter().find_map(|word| lead.strip_suffix(word))?;
    let names: Vec<&str> = lead.split(['、', '和', '与', '及']).collect();
    let [first, .., _] = names[..] else { return None };
    let called = |name: &str, opens: bool| {
        before.iter().rev().copied().find(|c| {
            let label = cues::label(c);
            let fits = if opens { first.ends_with(&label) } else { label == name };
            label.chars().count() >= 2 && fits && alike(c, total) && c.unit == total.unit
        })
    };
    let parts: Option<Vec<&Claim>> = names.iter().enumerate().map(|(n, name)| called(name, n == 0)).collect();
    let mut parts = parts?;
    parts.sort_by_key(|c| c.site.start);
    parts.dedup_by_key(|c| c.site.start);
    let one_list = parts.iter().all(|c| c.site.clause == parts[0].site.clause) && parts.len() == names.len();
    let it = held_within(RelationKind::Sum, total, &parts).filter(|_| one_list)?;
    (it.finding == Finding::Consistent).then_some(it)
}

/// 第一食堂设窗口26个；…；西区食堂设窗口18个。四家食堂共设窗口74个: as many of the same name in the chain before as the words say.
fn of_so_many(before: &[&Claim], total: &Claim) -> Option<Relation> {
    let (many, row) = before.split_last()?;
    let said =
        many.value.and_then(Exact::as_int).and_then(|n| usize::try_from(n).ok()).filter(|n| (3..=12).contains(n))?;
    let lead = total.site.before.as_str();
    let (_, name) = ["合计", "共计", "总计", "一共", "共"].iter().find_map(|word| lead.split_once(word))?;
    let name = name.trim_start_matches(['有', '设']);
    let counted = many.site.clause == total.site.clause && many.kind == Kind::Count && !alike(many, total);
    if !counted || !(2..=6).contains(&name.chars().count()) {
        return None;
    }
    let chain = row.last()?.site.chain;
    let here = row.iter().rev().copied().take_while(|c| c.site.chain == chain);
    let mut parts: Vec<&Claim> = here.filter(|c| alike(c, total) && cues::item(c).ends_with(name)).collect();
    parts.reverse();
    (chain + 1 >= total.site.chain && parts.len() == said && near(total, &parts, 8))
        .then(|| held_within(RelationKind::Sum, total, &parts))
        .flatten()
}

/// 五轴加工中心6台、控制装置14套、工作站40台，主要设备共60台（套）: the unit names the measure words of what was added.
fn of_units(before: &[&Claim], total: &Claim) -> Option<Relation> {
    let closes = ["共", "合计", "共计", "总计", "共有"].iter().any(|word| total.site.before.ends_with(word));
    if !closes || !total.unit.contains('（') {
        return None;
    }
    let named = |c: &&&Claim| total.unit.split(['（', '）', '、', '/']).any(|unit| unit == c.unit);
    let row = before.iter().rev().take_while(|c| c.site.sentence == total.site.sentence).take_while(named);
    let mut parts: Vec<&Claim> = row.copied().collect();
    parts.reverse();
    let several = parts.len() >= 2 && parts.iter().any(|part| part.unit != parts[0].unit);
    (several && near(total, &parts, 6)).then(|| held_within(RelationKind::Sum, total, &parts)).flatten()
}
