//! Growth of what was told sentences before: 正高级10人…。正高级教师数比上年增长40%; 收入总计5286.40万元 of 2023 …，比2023年决算增长4.0%.

use std::collections::HashSet;

use super::growth::{base_missing, from_old};
use super::then_and_now::compared_years;
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::relations::{Finding, Relation, RelationKind, Role};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues::{self, item};
use crate::words::any_in;

/// What a growth is called by, behind the name of what grew.
const TAILS: &[&str] = &["人数", "数量", "总数", "总量", "数", "量", "总额", "额", "规模", "授权"];

/// Who was counted, where the name may do without it.
const WHO: &[&str] = &["教师", "人员", "学生", "学员", "职工", "人才", "课题", "项目"];

/// So many full stops back the count may stand.
const BACK: usize = 2;

/// Looks for both.
pub(super) fn grown(doc: &Document, all: &mut Vec<Relation>) {
    let growth = |it: &&Relation| it.primary && it.finding != Finding::Feasible;
    let told: HashSet<String> =
        all.iter().filter(growth).filter_map(|it| it.under_test().map(str::to_string)).collect();
    let known: HashSet<String> =
        all.iter().filter(|it| it.primary).filter_map(|it| it.under_test().map(str::to_string)).collect();
    for rate in doc.claims.iter().filter(|c| c.kind == Kind::ChangeRate && c.bound == Bound::Exact) {
        if any_in(&rate.site.before, &["年均", "年平均", "平均每年", "复合"]) {
            continue;
        }
        let it = since_year(doc, rate, told.contains(&rate.id));
        let it = it.or_else(|| named_again(doc, rate).filter(|_| !known.contains(&rate.id)));
        let Some(it) = it else { continue };
        // The year that is named decides, whatever else would give it.
        let of_rate = |other: &Relation| other.under_test().is_some_and(|id| id == rate.id);
        let growth = |other: &Relation| matches!(other.kind, RelationKind::Growth | RelationKind::GrowthBase);
        all.retain(|other| !(of_rate(other) && growth(other)));
        all.push(it);
    }
}

/// 2022年8000人，2023年8400人，增长5%；2024年8928人，又增长6.3%。两年累计增长11.6%: from the first to the last of what grew step by step. The
/// steps' rates added up are no growth.
pub(super) fn over_all(doc: &Document, all: &mut Vec<Relation>) {
    let known: HashSet<String> =
        all.iter().filter(|it| it.primary).filter_map(|it| it.under_test().map(str::to_string)).collect();
    let steps: Vec<(&Claim, &Claim)> = (all.iter())
        .filter(|it| it.primary && it.kind == RelationKind::Growth && it.finding == Finding::Consistent)
        .filter_map(|it| {
            let of = |role: Role| it.members.iter().find(|(own, _)| *own == role).and_then(|(_, id)| doc.claim(id));
            Some((of(Role::Old)?, of(Role::New)?))
        })
        .collect();
    let mut found = Vec::new();
    for rate in
        doc.claims.iter().filter(|c| c.kind == Kind::ChangeRate && c.bound == Bound::Exact && !known.contains(&c.id))
    {
        let said = any_in(
            &rate.site.sentence_text,
            &["累计", "两年间", "三年间", "两年来", "三年来", "几年间", "总共", "合起来"],
        );
        let mean = any_in(&rate.site.before, &["年均", "平均"]);
        let before = |it: &&(&Claim, &Claim)| {
            it.1.site.paragraph == rate.site.paragraph
                && it.1.site.start < rate.site.start
                && it.1.site.chain + 2 > rate.site.chain
        };
        let Some((middle, last)) = steps.iter().rev().find(before).filter(|_| said && !mean) else { continue };
        let mut first = *middle;
        while let Some((earlier, _)) = steps.iter().find(|it| it.1.id == first.id && it.0.id != it.1.id) {
            first = *earlier;
        }
        if first.id != middle.id && first.unit == last.unit {
            found.extend(from_old(rate, first, last));
        }
    }
    all.extend(found);
}

fn plain(claim: &Claim) -> bool {
    cues::counted(claim) && !cues::per_head(claim)
}

/// 正高级教师数比上年增长40%: the one count before that has this name, and its base that is not told.
fn named_again(doc: &Document, rate: &Claim) -> Option<Relation> {
    let lead = rate.site.before.trim_start_matches(['，', '；', '。']);
    let at = ["比", "较", "同比", "环比"].iter().filter_map(|word| lead.find(word)).min()?;
    let name = &lead[..at];
    let name = ["其中", "全校", "全院", "我校", "我院"].iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name);
    let (name, behind) = (name.trim_end_matches(['则', '也']), &lead[at..]);
    let earlier = any_in(behind, &["上年", "去年", "上届", "同比", "上学年", "上一年", "上期", "年初"]);
    let name = TAILS.iter().find_map(|tail| name.strip_suffix(tail)).unwrap_or(name);
    let name = TAILS.iter().find_map(|tail| name.strip_suffix(tail)).unwrap_or(name);
    let bare = WHO.iter().find_map(|who| name.strip_suffix(who)).unwrap_or(name);
    let name = if bare.chars().count() >= 2 { bare } else { name };
    if !earlier || name.chars().count() < 2 || name.chars().count() > 8 {
        return None;
    }
    let here = doc.around(rate).iter().filter(|c| c.id != rate.id && plain(c));
    // What the sentence of the growth itself counts is meant before what stands elsewhere.
    if here.clone().any(|c| c.site.sentence == rate.site.sentence) {
        return None;
    }
    let called = |c: &&Claim| {
        let own = item(c);
        let own = own.trim_end_matches(['有', '共', '为', '达']);
        let own = WHO.iter().chain(&["立项"]).find_map(|who| own.strip_suffix(who)).unwrap_or(own);
        let own = WHO.iter().find_map(|who| own.strip_suffix(who)).unwrap_or(own);
        own.ends_with(name) || own.is_empty() && c.site.after.starts_with(name)
    };
    let near = |c: &&Claim| {
        c.site.paragraph == rate.site.paragraph
            && c.site.start < rate.site.start
            && c.site.chain + BACK >= rate.site.chain
            && !cues::is_old(c)
            && !cues::in_brackets(c)
    };
    let named: Vec<&Claim> = here.filter(near).filter(called).collect();
    let [new] = named[..] else { return None };
    // 正高级 behind 副高级 is told apart by the words before it.
    let whole_name = item(new).trim_end_matches(['有', '共']).chars().count() <= name.chars().count() + 8;
    base_missing(rate, new).filter(|_| whole_name)
}

/// 2024年收入预算5500万元，比2023年决算增长4.0%: what was told of that year under the same name.
fn since_year(doc: &Document, rate: &Claim, told: bool) -> Option<Relation> {
    let (_, base) = compared_years(rate)?;
    let lead = rate.site.before.trim_start_matches('，');
    let behind = lead.rsplit(['比', '较']).next().unwrap_or_default();
    let before = doc.around(rate).iter().rev().filter(|c| c.site.start < rate.site.start && plain(c));
    let new =
        before.clone().find(|c| c.site.sentence == rate.site.sentence && c.site.clause + 1 >= rate.site.clause)?;
    let year = |c: &Claim| c.period.as_ref().filter(|p| p.said && p.years.len() == 1).map(|p| p.years[0]);
    if year(new) == Some(base) || cues::is_old(new) {
        return None;
    }
    let kernel = kernel(new);
    if kernel.chars().count() < 2 {
        return None;
    }
    let planned = |text: &str| any_in(text, &["预算", "计划", "目标"]);
    let olds = before.filter(|c| {
        c.site.start < new.site.start
            && c.site.sentence != rate.site.sentence
            && year(c) == Some(base)
            && alike(c, new)
            && c.kind == new.kind
            && planned(item(c)) == planned(behind)
            && self::kernel(c).contains(&kernel)
    });
    let olds: Vec<&Claim> = olds.collect();
    let same: Vec<&Claim> = olds.iter().copied().filter(|c| self::kernel(c) == kernel).collect();
    let meant = if same.is_empty() { &olds } else { &same };
    let old = meant.first().copied().filter(|first| meant.iter().all(|c| c.value == first.value))?;
    let it = from_old(rate, old, new)?;
    let holds = it.finding == Finding::Consistent;
    // Far off, it is of something else.
    let near = || {
        let (old, new, two) = (old.value?, new.value?, Exact::int(2)?);
        Some(new <= old.times(two)? && old <= new.times(two)?)
    };
    (holds && !told || same.len() == meant.len() && near() == Some(true)).then_some(it)
}

/// 2024年学校收入预算, 收入总计: 收入, without when, whose and what only sums it up.
pub(super) fn kernel(claim: &Claim) -> String {
    const EMPTY: &[&str] = &[
        "本学年",
        "上一学年",
        "上学年",
        "上一届",
        "本年度",
        "上年度",
        "上一年度",
        "上半年",
        "下半年",
        "同期",
        "我们的",
        "截至",
        "全年",
        "年度",
        "学校",
        "全校",
        "学院",
        "全院",
        "我校",
        "我院",
        "预算",
        "决算",
        "计划",
        "安排",
        "实际",
        "总计",
        "合计",
        "总额",
        "总量",
        "总数",
        "共计",
        "累计",
        "年末",
        "年底",
        "其中",
        "总",
        "今年",
        "本年",
        "去年",
        "上年",
        "上一年",
        "上届",
        "本届",
        "上学期",
        "本学期",
        "同期",
        "增至",
        "达到",
        "年初",
        "如今",
        "目前",
        "现在",
        "现有",
        "增加到",
        "下降到",
        "提高到",
        "减少到",
        "降至",
        "升至",
        "完成",
    ];
    let mut text: String = item(claim).chars().filter(|c| !c.is_ascii_digit()).collect();
    for word in EMPTY {
        text = text.replace(word, "");
    }
    text.trim_matches(['年', '的', '为', '达', '共', '有', '末', '底', '度', '已']).to_string()
}
