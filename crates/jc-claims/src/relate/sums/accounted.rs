//! What a row is said to account for, told sentences or paragraphs before: 奖牌71枚。…给出的账是这样的：田径队24枚，游泳队17枚，举重队11枚，…;
//! 4151人落实毕业去向。…在全部落实去向的毕业生中，签约就业的3286人，…；升学的742人，…；参军的96人，….

use std::collections::HashSet;

use super::addition::{held_within, near, sum};
use crate::document::{Claim, Document};
use crate::exact::Exact;
use crate::relate::digits::slips::is_slip;
use crate::relate::relations::{Finding, Relation, RelationKind};
use crate::relate::wording::around::{said_before, words_of};
use crate::relate::wording::comparable::{alike, like_units};
use crate::relate::wording::cues;
use crate::relate::wording::division::{Division, division};
use crate::units::is_common;
use crate::words::any_in;

/// So many counts before the row may be its whole.
const BEFORE: usize = 24;
/// What tells that a row accounts for something, before its colon.
const ACCOUNTS: &[&str] = &["账", "构成", "分布", "明细", "组成", "如下", "贡献", "来自", "出自"];
/// What is no part of what a row accounts for.
const ELSE: &[&str] = &["其中", "共", "合计", "总", "另", "比", "较", "增", "减", "上年", "去年", "平均"];

/// What becomes of those who leave: one of these.
const FATES: &[&str] =
    &["就业", "签约", "升学", "考取", "录取", "深造", "参军", "入伍", "从戎", "创业", "出国", "留学", "待业", "应征"];

/// Looks for all of them.
pub(super) fn accounted(doc: &Document, all: &mut Vec<Relation>) {
    let sums = |it: &&Relation| it.primary && it.kind == RelationKind::Sum;
    let told: HashSet<&str> =
        all.iter().filter(sums).flat_map(|it| it.members.iter().map(|(_, id)| id.as_str())).collect();
    let mut found = Vec::new();
    for chain in doc.claims.chunk_by(|a, b| a.site.chain == b.site.chain) {
        let row = row(chain);
        let Some(first) = row.first().filter(|_| !row.iter().any(|c| told.contains(c.id.as_str()))) else { continue };
        let head = said_before(first);
        let Some(whole) = of_all(doc, &row, head).or_else(|| told_before(doc, &row, head)) else { continue };
        found.extend(held(whole, &row));
    }
    found.extend(doc.claims.iter().filter_map(|first| out_of(doc, first, &told)));
    all.extend(found);
}

/// 到账捐款213万元。…这笔钱里，设立奖学金126万元，添置设备94万元: what is taken out of an amount is no more than it.
fn out_of(doc: &Document, first: &Claim, told: &HashSet<&str>) -> Option<Relation> {
    const CAME: &[&str] = &["到账", "收到", "募集", "筹集", "筹得", "募得", "捐款", "拨款", "拨付", "申请到", "争取"];
    let head = said_before(first);
    let back = ["这笔钱里，", "这笔钱中，", "这笔资金中，", "这笔款中，", "这笔经费中，", "这笔捐款中，", "这笔钱，"];
    let (_, name) = back.iter().find_map(|word| head.split_once(word))?;
    let money = |c: &&Claim| c.kind == first.kind && alike(c, first) && cues::for_itself(c);
    let row: Vec<&Claim> = doc
        .around(first)
        .iter()
        .filter(|c| c.site.sentence == first.site.sentence && c.site.start >= first.site.start)
        .filter(money)
        .collect();
    let plain = row.len() >= 2 && row.iter().all(|c| !any_in(cues::item(c), ELSE) && !told.contains(c.id.as_str()));
    let came = |c: &&Claim| c.site.start < first.site.sentence_start && any_in(cues::item(c), CAME) && money(c);
    let whole = doc.around(first).iter().rev().filter(came).find(|c| c.site.chain + 4 >= first.site.chain)?;
    let it = held_within(RelationKind::Subset, whole, &row).filter(|_| plain && !name.contains('，'))?;
    (it.finding == Finding::Inconsistent).then_some(it)
}

/// The counts of a sentence in one unit, each told for itself; none where one of them is a part, a total, or of another time.
fn row(chain: &[Claim]) -> Vec<&Claim> {
    let Some(first) = chain.iter().find(|c| cues::plain(c)) else { return Vec::new() };
    let like = |c: &&Claim| cues::counted(c) && c.unit == first.unit && alike(c, first) && !cues::in_brackets(c);
    let row: Vec<&Claim> = chain.iter().filter(like).collect();
    let plain = |c: &&Claim| {
        cues::plain(c)
            && cues::closing(c).is_none_or(|_| c.site.before.contains("合起来"))
            && !any_in(cues::item(c), ELSE)
    };
    let open = row.last().is_some_and(|last| last.site.partial || last.site.after.starts_with('等'));
    if row.len() >= 3 && row.iter().all(plain) && !open { row } else { Vec::new() }
}

/// 在全部落实去向的毕业生中: what is called so before.
fn of_all<'a>(doc: &'a Document, row: &[&Claim], head: &str) -> Option<&'a Claim> {
    let (_, name) = head.split_once("全部").or_else(|| head.split_once("所有"))?;
    let name = name.split('，').next()?.strip_suffix('中')?;
    // 落实去向的毕业生: what tells them from other leavers.
    let name: Vec<char> = name.split_once('的').map_or(name, |(which, _)| which).chars().collect();
    let first = row.first()?;
    let called = |c: &&Claim| {
        let like = like_units(c, first) && alike(c, first) && cues::plain(c) && c.value > first.value;
        let own = words_of(c);
        like && name.windows(2).filter(|two| own.contains(&two.iter().collect::<String>())).count() >= 2
    };
    doc.around(first).iter().rev().filter(|c| c.site.chain < first.site.chain).take(BEFORE).find(called)
}

/// …给出的账是这样的：: the last that is as much as several in that unit.
fn told_before<'a>(doc: &'a Document, row: &[&Claim], head: &str) -> Option<&'a Claim> {
    let colon = head.strip_suffix(|c: char| c != '：').unwrap_or(head);
    let (lead, name) = colon.rsplit_once('：')?;
    let short = name.chars().count() <= 12 && lead.chars().count() <= 24;
    let first = row.first().filter(|_| short && row.len() >= 4 && any_in(lead, ACCOUNTS))?;
    let like = |c: &&Claim| c.unit == first.unit && alike(c, first) && cues::plain(c);
    // Of medals and hours there is hardly another total; of people there are many.
    let rare = !is_common(&first.unit);
    let near = |c: &&Claim| c.site.chain < first.site.chain && (rare || c.site.paragraph + 1 >= first.site.paragraph);
    let mut before = doc.around(first).iter().rev().filter(near).filter(like).take(BEFORE);
    let total = |c: &Claim| cues::closing(c).is_some() || any_in(cues::item(c), &["共", "总", "合计", "累计"]);
    before.find(|c| row.iter().all(|part| part.value < c.value) && total(c))
}

/// The row makes the whole; or it is more than all of it, or all but a slip.
fn held(whole: &Claim, row: &[&Claim]) -> Option<Relation> {
    let it = held_within(RelationKind::Sum, whole, row)?;
    let sum = sum(row)?;
    let value = whole.value?;
    let names: HashSet<String> = row.iter().map(|c| cues::label(c)).collect();
    // 考取本科 is no degree somebody has.
    let fates = names.iter().all(|name| any_in(name, FATES));
    let clean = names.len() == row.len() && (fates || division(row) != Division::Overlapping);
    let wrong = || sum > value && near(whole, row, 10) || is_slip(value, sum) || near(whole, row, 25);
    (it.finding == Finding::Consistent && sum >= Exact::whole(10) || clean && wrong()).then_some(it)
}
