//! The earlier and the later value a change speaks of, as far as the words beside it tell.

use crate::document::{Bound, Claim, Document, Kind};
use crate::relate::wording::around::{offset, said_before, shared};
use crate::relate::wording::comparable::{adds_up, alike};
use crate::relate::wording::cues::{is_base, is_coined, is_old};
use crate::subject::grade_name;
use crate::words::{COMING, LEAVING, any_in};

/// The earlier and the later value a growth or a multiple speaks of, as far as its sentence gives them.
pub(super) fn old_and_new<'a>(doc: &'a Document, growth: &Claim) -> (Option<&'a Claim>, Option<&'a Claim>) {
    let values = values_beside(doc, growth);
    let year = |claim: &Claim| claim.period.as_ref().filter(|p| p.said && p.years.len() == 1).map(|p| p.years[0]);
    // 2022年2800万元，2023年3500万元，2024年4200万元，较2022年增长50%: the year says which value is the base.
    if let Some((own, base)) = compared_years(growth) {
        let of_year = |year_meant: Option<i32>| {
            values.iter().copied().rev().find(|claim| year(claim) == year_meant && !claim.site.before.contains('均'))
        };
        if let Some(old) = of_year(Some(base)) {
            let later = |claim: &&&Claim| claim.site.start > old.site.start && !claim.site.before.contains('均');
            let last = || values.iter().rev().find(|claim| later(claim) && alike(claim, old)).copied();
            return (Some(old), if own.is_some() { of_year(own) } else { last() });
        }
    }
    let old = values.iter().copied().rev().find(|claim| is_old(claim)).or_else(|| old_behind(doc, growth));
    // 3865人次，2019年仅1546人次，四年间增长1.5倍: nothing but its year leads to the base.
    let over_years = || {
        let spanned = any_in(&growth.site.before, &["年间", "年来", "年中", "年里"]);
        let bare = |claim: &&&Claim| {
            let lead = claim.site.before.trim_start_matches(['，', '（', '而']);
            let lead = lead.trim_end_matches(['仅', '只', '有', '为', '是', '才', '不', '足', '年']);
            let lead = lead.trim_end_matches("还");
            lead.len() == 4 && lead.bytes().all(|b| b.is_ascii_digit())
        };
        values.iter().filter(bare).min_by_key(|c| year(c)).copied().filter(|_| spanned)
    };
    let old = old.or_else(over_years);
    let is_base = |claim: &Claim| old.is_some_and(|old| old.id == claim.id);
    let news: Vec<&Claim> =
        values.iter().copied().filter(|claim| !is_old(claim) && !is_base(claim) && !by_so_many(claim)).collect();
    // 第一季度1200万元，第二季度1500万元，环比增长25%: the value before the last is the base.
    let row = growth.site.before.contains("环比") && old.is_none() && news.len() >= 2;
    let old = if row { news.len().checked_sub(2).map(|n| news[n]) } else { old };
    let new = meant(growth, &news, old.is_some());
    // 2023年招生1680人，2024年招生1848人: the year before is the base.
    let year_before = || {
        let new = new.or(news.last().copied())?;
        news.iter().copied().find(|c| year(c).zip(year(new)).is_some_and(|(a, b)| a + 1 == b))
    };
    // 2024年招生860人，2023年招生800人，同比增长7.5%: the later year may be told first.
    let year_after = || {
        let last = new.or(news.last().copied())?;
        let later = news.iter().copied().find(|c| year(c).zip(year(last)).is_some_and(|(a, b)| a == b + 1))?;
        (alike(later, last) && later.site.start < last.site.start).then_some((Some(last), Some(later)))
    };
    if old.is_none()
        && let Some(found) = year_after()
    {
        return found;
    }
    let old = old.or_else(year_before);
    (old, new.or_else(|| news.last().copied().filter(|_| old.is_some())))
}

/// 与2025年的3412人次相比，多556人次: what lies between the two is neither.
pub(super) fn by_so_many(claim: &Claim) -> bool {
    ["多", "少", "多了", "少了", "多出"].contains(&claim.site.before.trim_start_matches('，'))
}

/// 2024年较2022年增长50%: the years a growth compares, as far as its clause names them; nothing without the earlier one.
pub(super) fn compared_years(growth: &Claim) -> Option<(Option<i32>, i32)> {
    let clause = said_before(growth).rsplit(['，', '；', '、', '（']).next()?;
    let (own, behind) = clause.rsplit_once(['比', '较'])?;
    let (year, rest) = behind.split_at_checked(4)?;
    let base = year.parse().ok().filter(|_| rest.starts_with('年'))?;
    let own = own.strip_suffix('年').and_then(|own| own.get(own.len().checked_sub(4)?..)?.parse().ok());
    Some((own, base))
}

/// 同比增长12%（上年为480人）: the earlier value right behind the growth.
pub(super) fn old_behind<'a>(doc: &'a Document, growth: &Claim) -> Option<&'a Claim> {
    doc.around(growth).iter().find(|c| {
        // 增加258人，增长14.3%；去年录取1800人: the next part may begin with it.
        let next = c.site.chain == growth.site.chain && c.site.sentence == growth.site.sentence + 1 && offset(c) <= 12;
        (c.kind.counts() || adds_up(c))
            && (c.site.sentence == growth.site.sentence || next)
            && c.site.start > growth.site.start
            && c.site.clause <= growth.site.clause + 1
            && (is_old(c) || year_before(c, growth))
            && !any_in(&c.site.before, &["由", "从"])
    })
}

/// 同比下降6.5%，2023年为199万元: the value of the year before that of the growth.
fn year_before(claim: &Claim, growth: &Claim) -> bool {
    let year = |claim: &Claim| claim.period.as_ref().filter(|p| p.years.len() == 1).map(|p| p.years[0]);
    let said = claim.period.as_ref().is_some_and(|period| period.said);
    let lead = claim.site.before.trim_start_matches(['，', '（']);
    // Nothing but the year leads to it.
    let bare = lead.trim_end_matches(['为', '是', '有', '达', '约', '年', '度']);
    said && bare.chars().all(|c| c.is_ascii_digit()) && year(claim).zip(year(growth)).is_some_and(|(a, b)| a + 1 == b)
}

/// Amounts in the sentence of the rate, up to it.
pub(super) fn values_beside<'a>(doc: &'a Document, rate: &Claim) -> Vec<&'a Claim> {
    // 新增21家，退出4家，净增17家，较年初的69家增长24.6%: who comes and who leaves is no value that grew.
    let of_net = rate.site.sentence_text.contains("净增");
    let here: Vec<&Claim> = doc
        .around(rate)
        .iter()
        .filter(|claim| claim.site.sentence == rate.site.sentence && claim.site.start < rate.site.start)
        .filter(|claim| !(is_base(claim) || is_coined(claim) || of_net && comes_or_leaves(claim)))
        .collect();
    // 由7.4天缩短至6.9天: measures are compared where the sentence gives both.
    let measures = |claim: &&&Claim| matches!(claim.kind, Kind::Quantity | Kind::Duration) && claim.value.is_some();
    // 用电86万度，比上年减少8万度: or a value and by how much it changed.
    let changed = |claim: &&&Claim| claim.kind == Kind::Change && !claim.unit.is_empty();
    let olds = here.iter().filter(measures).filter(|claim| is_old(claim));
    let compared: Vec<&str> = olds.chain(here.iter().filter(changed)).map(|claim| claim.unit.as_str()).collect();
    let near = |claim: &&Claim| claim.kind.counts() || measures(&claim) && compared.contains(&claim.unit.as_str());
    here.into_iter().filter(near).collect()
}

fn comes_or_leaves(claim: &Claim) -> bool {
    COMING.iter().chain(LEAVING).any(|word| claim.site.before.ends_with(word))
}

/// The two shares a change speaks of: the earlier and the later.
pub(super) fn shares_beside<'a>(doc: &'a Document, change: &Claim) -> Option<(&'a Claim, &'a Claim)> {
    let shares: Vec<&Claim> = doc
        .around(change)
        .iter()
        .filter(|c| {
            c.kind == Kind::Rate
                && c.bound == Bound::Exact
                && c.site.sentence == change.site.sentence
                && c.site.start < change.site.start
                && c.site.clause + 2 >= change.site.clause
        })
        .collect();
    let [.., first, second] = shares[..] else { return None };
    let old = |claim: &Claim| is_old(claim) || ends_in_year(&claim.site.before);
    match (old(first), old(second)) {
        (true, false) => Some((first, second)),
        (false, true) => Some((second, first)),
        _ => None,
    }
}

/// The value a growth speaks of: the one whose medal, unit or words it names; a growth that names nothing, or only
/// goes on from the clause before, speaks of the last value.
pub(super) fn meant<'a>(rate: &Claim, news: &[&'a Claim], framed: bool) -> Option<&'a Claim> {
    let own = &rate.subject;
    let by_medal =
        news.iter().copied().find(|claim| !claim.site.grade.is_empty() && own.contains(grade_name(&claim.site.grade)));
    let last = news.last().copied()?;
    // 一等奖9项、二等奖12项，一等奖数量增长50%: the one that shares most, of several alike the last.
    let words_in_common = |claim: &Claim| {
        let words = format!("{}{}", claim.subject, claim.site.after);
        let common = shared(own, &words);
        match own == &claim.subject {
            true => Some(usize::MAX),
            false => (own.chars().count() >= 2 && common >= 2 && alike_noun(own, &words)).then_some(common),
        }
    };
    let by_words = news.iter().copied().filter_map(|claim| Some((words_in_common(claim)?, claim)));
    let by_words = by_words.max_by_key(|(common, _)| *common).map(|(_, claim)| claim);
    let silent = opens_with_comparison(&rate.site.before);
    by_medal.or(by_words).or_else(|| (silent || framed).then_some(last))
}

/// 事故起数下降25%，今年发生3起: the value follows in the next clause, with the unit the growth has named.
pub(super) fn said_behind<'a>(doc: &'a Document, rate: &Claim) -> Option<&'a Claim> {
    let goes_on = |claim: &Claim| {
        let lead = claim.site.before.trim_start_matches('，');
        ["达", "达到", "至", "为", "共", "总数达", "增至", "升至", "总数为"].contains(&lead)
    };
    doc.around(rate).iter().find(|claim| {
        claim.kind.counts()
            && claim.site.sentence == rate.site.sentence
            && claim.site.clause == rate.site.clause + 1
            && (rate.subject.trim_end_matches(['数', '量']).ends_with(&claim.unit) || goes_on(claim))
    })
}

/// The growth's noun is also that of the value: the last two characters but for 数 are shared.
fn alike_noun(own: &str, words: &str) -> bool {
    let noun: Vec<char> = own.trim_end_matches(['数', '量', '额']).trim_end_matches("总").chars().collect();
    let tail: String = noun[noun.len().saturating_sub(2)..].iter().collect();
    words.contains(&tail)
}

fn opens_with_comparison(before: &str) -> bool {
    let text = before.trim_start_matches(['，', '、', '（']);
    let opens = [
        "较",
        "比",
        "同比",
        "环比",
        "增长",
        "增幅",
        "提升",
        "提高",
        "上升",
        "下降",
        "减少",
        "降低",
        "增加",
        "增速",
        "涨幅",
        "降幅",
        "减幅",
        "跌幅",
        "实现同比",
        "分别",
    ];
    opens.iter().any(|word| text.starts_with(word))
}

/// 在籍学生2864人…；在籍学生较上年增加318人: what has grown by so much since last year is what there is now.
pub(in crate::relate) fn is_now(claim: &Claim, change: &Claim) -> bool {
    let years = |c: &Claim| c.period.as_ref().map(|period| period.years.clone());
    let compared = any_in(&change.site.clause_text, &["上年", "去年", "上届", "同比", "上学期", "上学年", "上一年"]);
    compared && !is_old(claim) && years(claim) == years(change)
}

/// 2022年的85.2%: a year before the value, as in 从2022年的…提升至2024年的….
fn ends_in_year(before: &str) -> bool {
    before.trim_end_matches('的').ends_with('年') && (before.contains('从') || before.contains('由'))
}
