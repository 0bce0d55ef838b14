//! Which two numbers a printed value may be made of, the likeliest first: by place, and by the words they share with it.

use std::collections::HashSet;

use super::known::Known;
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::changes::differences;
use crate::relate::changes::growth::{from_difference, from_old, from_old_by};
use crate::relate::changes::then_and_now::is_now;
use crate::relate::means::mean;
use crate::relate::means::quotients::{self, quotient};
use crate::relate::rates::beside::{may_count, same_people, says_share};
use crate::relate::rates::readings::reading_of;
use crate::relate::rates::results::{of_people, result_of};
use crate::relate::rates::shares::name_of_whole;
use crate::relate::relations::Relation;
use crate::relate::wording::around::{said_before, says, words_of};
use crate::relate::wording::comparable::{adds_up, alike};
use crate::relate::wording::cues::{self, closing, is_base, is_old, per_head};
use crate::units::counts_people;
use crate::words::{ACHIEVED, MEANS_OVER_TIME, REGIONS, STOCK, WHOLE, any_in};

/// So many numbers are weighed before a printed value, and behind it.
const BEFORE: usize = 64;
const BEHIND: usize = 6;
/// So many of them, the likeliest, are tried as what stands above the line, and below it.
const TOPS: usize = 14;
const BOTTOMS: usize = 24;

/// What the words name is not farther off than this, wherever it stands.
const NAMED_FAR: i32 = 7;

/// All pairs the printed value may be made of, the likeliest first.
pub(super) fn pairs<'a>(doc: &'a Document, known: &Known, stated: &Claim, ask: Ask) -> Vec<Pair<'a>> {
    let at = doc.claims.partition_point(|c| c.span.start < stated.span.start);
    let around = &doc.claims[at.saturating_sub(BEFORE)..(at + 1 + BEHIND).min(doc.claims.len())];
    let plain = |c: &&Claim| {
        c.id != stated.id
            && c.bound == Bound::Exact
            && c.numeral != Numeral::None
            && c.each.is_none()
            && c.value > Some(Exact::ZERO)
    };
    let here: Vec<&Claim> = around.iter().filter(plain).collect();
    let name = Name::of(stated);
    // What stands in a table may be meant where it agrees.
    let cell = |it: (i32, bool, &'a Claim)| match it.2.site.cell {
        Some(_) => (it.0 + 2 - name.shared(it.2), false, it.2),
        None => it,
    };
    let mut tops: Vec<(i32, bool, &Claim)> =
        here.iter().filter_map(|c| weigh_top(stated, ask, &name, c, &here, known)).map(cell).collect();
    let mut bottoms: Vec<(i32, bool, &Claim)> =
        here.iter().filter_map(|c| weigh_bottom(doc, stated, ask, &name, c, known)).map(cell).collect();
    tops.sort_by_key(|it| it.0);
    bottoms.sort_by_key(|it| it.0);
    let mut pairs = Vec::new();
    for (a, a_bound, top) in tops.into_iter().take(TOPS) {
        for (b, b_bound, bottom) in bottoms.iter().take(BOTTOMS) {
            if let Some(own) = together(stated, ask, top, bottom) {
                pairs.push(Pair {
                    top,
                    bottom,
                    unlikely: a + b + own,
                    bound: a_bound && *b_bound && own <= 2,
                    partly: a_bound && bottom.site.cell.is_none() && own <= 2,
                    firm: firm(stated, ask, top, bottom),
                });
            }
        }
    }
    pairs.sort_by_key(|pair| pair.unlikely);
    pairs
}

/// Two numbers a printed value may be made of.
pub(super) struct Pair<'a> {
    pub(super) top: &'a Claim,
    pub(super) bottom: &'a Claim,
    /// How unlikely it is that they are meant, by place and words; the likeliest first.
    pub(super) unlikely: i32,
    /// Words bind both to the printed value.
    pub(super) bound: bool,
    /// They bind the first.
    pub(super) partly: bool,
    /// They leave hardly a doubt: 生均, of all pupils; 完成率, of what was planned.
    pub(super) firm: bool,
}

impl Pair<'_> {
    pub(super) fn relation(&self, stated: &Claim, ask: Ask) -> Option<Relation> {
        let (top, bottom) = (self.top, self.bottom);
        match ask {
            Ask::Share => reading_of(stated, &[top], &[bottom], &[]),
            Ask::Mean => {
                let holds = quotients::fits(top, bottom, stated)?;
                // 较上年的13250人次增长28%；…，人均36学时: over those of last year nobody takes a mean.
                if !holds && is_old(bottom) {
                    return None;
                }
                Some(quotient(top, bottom, stated, top.value?.over(bottom.value?)?, holds))
            }
            Ask::Apart => differences::difference(stated, bottom, top, false),
            // The top is the later value, or the difference itself.
            Ask::Rise => match (top.kind == Kind::Change, bottom.kind == Kind::Change) {
                (true, false) if is_now(bottom, top) => from_difference(stated, bottom, top),
                (true, false) => from_old_by(stated, bottom, top),
                (false, true) => from_difference(stated, top, bottom),
                _ => from_old(stated, bottom, top),
            },
        }
    }

    /// What the two give, as the printed value is given.
    pub(super) fn gives(&self, ask: Ask, falls: bool) -> Option<Exact> {
        let (top, bottom) = (self.top.value?, self.bottom.value?);
        match ask {
            Ask::Share => top.percent_of(bottom),
            Ask::Mean => top.over(bottom),
            Ask::Apart => top.minus(bottom),
            Ask::Rise if self.top.kind == Kind::Change && is_now(self.bottom, self.top) => {
                let old = if self.top.falls { bottom.plus(top)? } else { bottom.minus(top)? };
                top.percent_of(old).filter(|_| old > Exact::ZERO)
            }
            Ask::Rise if self.top.kind == Kind::Change => top.percent_of(bottom),
            Ask::Rise if self.bottom.kind == Kind::Change => {
                let old = if self.bottom.falls { top.plus(bottom)? } else { top.minus(bottom)? };
                bottom.percent_of(old).filter(|_| old > Exact::ZERO)
            }
            Ask::Rise => if falls { bottom.minus(top)? } else { top.minus(bottom)? }.percent_of(bottom),
        }
    }
}

/// What a printed value says of two others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    /// 占25%, 合格率95.5%: so much of the other.
    Share,
    /// 班均32.6人, 每件60元.
    Mean,
    /// 增长12%.
    Rise,
    /// 净增46人, 结余12万元, 提高3.5分: what lies between two.
    Apart,
}

impl Ask {
    pub(super) fn of(stated: &Claim) -> Option<Ask> {
        let positive = stated.value > Some(Exact::ZERO);
        match stated.kind {
            _ if !positive => None,
            _ if is_old(stated) => None,
            Kind::Rate if stated.unit == "%" => Some(Ask::Share),
            Kind::ChangeRate if !any_in(&stated.site.before, &["年均", "年平均", "平均每年", "复合"]) => {
                Some(Ask::Rise)
            }
            _ if stated.kind == Kind::Change || lies_between(stated) => Some(Ask::Apart),
            Kind::Quantity | Kind::Money | Kind::Hours | Kind::Count | Kind::PersonTimes | Kind::Duration
                if per_one(stated) =>
            {
                Some(Ask::Mean)
            }
            _ => None,
        }
    }
}

/// 人均, 平均每个, 每件: what one of many has.
fn per_one(claim: &Claim) -> bool {
    // 单位造价每平方米2500元.
    let each = claim.site.before.rsplit_once('每').is_some_and(|(lead, unit)| {
        let priced = ["单价", "造价", "成本", "单位造价", "均价"].iter().any(|word| lead.ends_with(word));
        priced && (1..=4).contains(&unit.chars().count())
    });
    let over_time = MEANS_OVER_TIME.iter().any(|(word, _)| claim.site.before.ends_with(word));
    // 全省高校生均95册: of others.
    if any_in(&claim.site.before, REGIONS) {
        return false;
    }
    each || over_time
        || mean::is_mean(claim)
        || claim.site.before.trim_start_matches(['，', '；', '（', '即', '按']).starts_with('每')
}

/// 结余12万元, 相差20分, 高了3.5分: words of a difference lead to it, and nothing else.
fn lies_between(claim: &Claim) -> bool {
    const LEFT: &[&str] = &[
        "结余",
        "盈余",
        "相差",
        "差距",
        "差额",
        "净增",
        "净减",
        "未收",
        "缺口",
        "毛利",
        "缺额",
        "空床",
        "空缺",
        "缺勤的",
        "缺席",
    ];
    let measured = matches!(claim.kind, Kind::Quantity | Kind::Money | Kind::Hours | Kind::Count | Kind::PersonTimes);
    let lead =
        claim.site.before.trim_start_matches(['，', '；', '（', '）']).trim_end_matches(['为', '达', '了', '约']);
    let moved = ["高", "低", "快", "慢", "多", "少", "高出", "多出", "提高", "降低", "缩短", "提前", "增加", "减少"]
        .contains(&lead);
    // 领先第四名（371.0分）14.5分, 与第一名的412.0分相差25.5分.
    let ahead = claim.site.before.is_empty() || claim.site.before == "）";
    let said = claim
        .site
        .clause_text
        .find(claim.site.before.as_str())
        .is_some_and(|_| any_in(&claim.site.clause_text, &["领先", "落后", "高出", "低于", "高于"]));
    measured && (moved || ahead && said || LEFT.iter().any(|word| lead.ends_with(word)))
}

/// 生均38册, of all pupils; 应开展12次，实际开展11次，完成率: words that leave hardly a doubt.
fn firm(stated: &Claim, ask: Ask, top: &Claim, bottom: &Claim) -> bool {
    let same = top.site.sentence == stated.site.sentence;
    match ask {
        Ask::Mean => {
            same && ["生均", "师均"].iter().any(|word| stated.site.before.contains(word)) && says(bottom, STOCK)
        }
        Ask::Share => {
            let due = bottom.site.before.contains('应') || bottom.site.before.contains("计划");
            let done = ["实际", "实", "完成"].iter().any(|word| top.site.before.contains(word));
            same && bottom.site.sentence == stated.site.sentence && due && done && !says_share(stated)
        }
        _ => false,
    }
}

/// What the printed value is called: the words that lead to it, in pairs of characters.
struct Name {
    pairs: HashSet<[char; 2]>,
    whole: String,
}

impl Name {
    fn of(stated: &Claim) -> Name {
        let mut lead: Vec<char> = stated.site.before.chars().collect();
        // 一是指导教师中校外专家偏少，仅占20.3%: what has the share is named in the clause before.
        let own = stated.site.before.trim_start_matches(['，', '仅', '只', '占', '比', '约', '达', '不', '足', '近']);
        if own.chars().count() < 2 && stated.site.before.contains('占') {
            lead = said_before(stated).chars().collect();
            let number = lead.iter().rposition(|c| c.is_ascii_digit()).map_or(0, |at| at + 1);
            lead.drain(..number);
        }
        let from = lead.len().saturating_sub(14);
        let subject: Vec<char> = stated.subject.chars().collect();
        let pairs = lead[from..].windows(2).chain(subject.windows(2)).map(|w| [w[0], w[1]]).collect();
        let mut whole = name_of_whole(stated).to_string();
        // 实考者中一次合格12830人，一次合格率92.1%: of whom is spoken.
        if whole.is_empty()
            && let Some((head, _)) = stated.site.sentence_text.split_once('中')
        {
            let head = ["一是", "二是", "三是", "四是"].iter().find_map(|word| head.strip_prefix(word)).unwrap_or(head);
            let head = head.trim_start_matches(['在', '，']).trim_end_matches(['者', '的', '当', '人', '其']);
            let plain = (2..=5).contains(&head.chars().count()) && !head.contains(|c: char| !c.is_alphabetic());
            whole = if plain { head.to_string() } else { whole };
        }
        Name { pairs, whole }
    }

    /// How many pairs of characters the words of a number share with it.
    fn shared(&self, claim: &Claim) -> i32 {
        let words: Vec<char> = words_of(claim).chars().collect();
        let common: HashSet<[char; 2]> =
            words.windows(2).map(|w| [w[0], w[1]]).filter(|w| self.pairs.contains(w)).collect();
        i32::try_from(common.len()).unwrap_or(9).min(3)
    }
}

/// How far off a number stands, in steps one reads over.
fn place(claim: &Claim, stated: &Claim) -> i32 {
    let (own, site) = (&claim.site, &stated.site);
    let steps = |a: usize, b: usize, most: usize| i32::try_from(a.abs_diff(b).min(most)).unwrap_or(0);
    let behind = own.start > site.start;
    let far = if own.sentence == site.sentence {
        steps(own.clause, site.clause, 4)
    } else if own.chain == site.chain {
        3 + steps(own.sentence, site.sentence, 3)
    } else if own.paragraph == site.paragraph {
        3 + steps(own.chain, site.chain, 4)
    } else {
        6 + 2 * steps(own.paragraph, site.paragraph, 4)
    };
    if behind && own.sentence != site.sentence { far + 8 } else { far + 3 * i32::from(behind) }
}

/// 占25%, 女生占25%: a share without a name is of the number before it; one with a name is of what is called so.
fn of_last(stated: &Claim, name: &Name, top: &Claim) -> bool {
    let lead = stated.site.before.trim_start_matches(['，', '、', '；', '（', '）', '约', '的']);
    let own = lead.find('占').is_none_or(|at| lead[..at].chars().count() < 2);
    own || name.shared(top) >= 2
}

/// 应开展12次，实际开展11次: events are counted where they were planned.
fn planned(claim: &Claim) -> bool {
    claim.kind.counts() && any_in(&claim.site.before, &["应", "计划", "实际", "完成", "已"])
}

pub(super) fn amount(claim: &Claim) -> bool {
    claim.kind.counts() || adds_up(claim)
}

fn weigh_top<'a>(
    stated: &Claim,
    ask: Ask,
    name: &Name,
    top: &'a Claim,
    here: &[&Claim],
    known: &Known,
) -> Option<(i32, bool, &'a Claim)> {
    // What is called by the very words is looked for farther off.
    let called = name.shared(top) >= 3;
    let far = place(top, stated);
    let mut unlikely = if called { far.min(NAMED_FAR) } else { far } - 2 * name.shared(top);
    if is_old(top) || is_base(top) {
        unlikely += 6;
    }
    let same_sentence = top.site.sentence == stated.site.sentence;
    let before = top.site.start < stated.site.start;
    let close = same_sentence && top.site.clause.abs_diff(stated.site.clause) <= 1;
    match ask {
        Ask::Share => {
            let measured = top.kind == Kind::Money || adds_up(top) || top.kind == Kind::Hours;
            if !(may_count(top) || planned(top) || measured && !of_people(stated)) || per_head(top) {
                return None;
            }
            let nearest = here.iter().rev().find(|c| c.site.start < stated.site.start && amount(c) && !is_base(c));
            let next = nearest.is_some_and(|c| c.id == top.id);
            let reached = result_of(stated).is_some_and(|result| result.reached_by(top));
            let reached = reached
                || next && planned(top) && ["完成率", "执行率", "开展率", "到位率"].contains(&stated.subject.as_str());
            let bound = if says_share(stated) {
                next && close && before && of_last(stated, name, top)
            } else {
                reached && same_sentence
            };
            unlikely -= 2 * i32::from(next) + 3 * i32::from(reached);
            Some((unlikely, bound, top))
        }
        Ask::Mean => {
            let like = top.unit == stated.unit || alike(top, stated) || mean::of_times(top, stated);
            // 已办两期，每期50人，结业97人: who came through is not who came.
            let through = !before && (any_in(&top.site.before, ACHIEVED) || top.site.before.contains("结业"));
            // 每周28课时，其中实训600课时: nor is a part of it all.
            let through = through || !before && top.site.before.contains("其中");
            let fits = like && top.value > stated.value && !per_one(top) && top.kind != Kind::Change && !through;
            // 1284名选手…。平均每个赛项35.7名选手: what is shared out has its noun behind it.
            let noun: String = stated.site.after.chars().take(2).collect();
            if noun.chars().count() == 2 && top.site.after.starts_with(&noun) {
                unlikely = unlikely.min(NAMED_FAR) - 2;
            }
            // 国家级23人次、校本1460人次，共1600人次，人均…: of the total, not of its last part.
            let part = here.iter().any(|c| {
                c.site.start > top.site.start
                    && c.site.start < stated.site.start
                    && alike(c, top)
                    && closing(c).is_some()
            });
            // 实际支出72000元…。12个班，每班6000元；学员480人，人均160元: what was shared out before is shared out once more.
            let out = before && known.shared_out.contains(&top.id) && top.site.paragraph == stated.site.paragraph;
            unlikely += 4 * i32::from(part) - 3 * i32::from(out);
            fits.then_some((
                unlikely,
                !part && (out || same_sentence && top.site.clause + 2 >= stated.site.clause),
                top,
            ))
        }
        Ask::Apart => {
            let bound = same_sentence && before && top.site.clause + 3 >= stated.site.clause;
            (amount(top) || top.kind == Kind::Quantity).then_some((unlikely, bound, top))
        }
        Ask::Rise => (amount(top) || top.kind == Kind::Change || top.kind == Kind::Quantity).then_some((
            unlikely,
            close && before,
            top,
        )),
    }
}

fn weigh_bottom<'a>(
    doc: &Document,
    stated: &Claim,
    ask: Ask,
    name: &Name,
    bottom: &'a Claim,
    known: &Known,
) -> Option<(i32, bool, &'a Claim)> {
    let (unlikely, bound) = match ask {
        Ask::Share => weigh_whole(doc, stated, name, bottom, known),
        Ask::Mean => weigh_holders(doc, stated, name, bottom),
        Ask::Apart => {
            let bound = same_sentence(stated, bottom) && bottom.site.clause + 3 >= stated.site.clause;
            let fits = amount(bottom) || bottom.kind == Kind::Quantity;
            fits.then(|| (place(bottom, stated) - 2 * i32::from(is_old(bottom)), bound))
        }
        Ask::Rise => {
            let old = is_old(bottom) || bottom.kind == Kind::Change;
            let fits = amount(bottom) || bottom.kind == Kind::Change || bottom.kind == Kind::Quantity;
            fits.then(|| (place(bottom, stated) - 3 * i32::from(old), old && same_sentence(stated, bottom)))
        }
    }?;
    Some((unlikely, bound, bottom))
}

fn same_sentence(one: &Claim, other: &Claim) -> bool {
    one.site.sentence == other.site.sentence
}

/// Can it be what a share is of: how unlikely, and do the words tie them together?
fn weigh_whole(doc: &Document, stated: &Claim, name: &Name, bottom: &Claim, known: &Known) -> Option<(i32, bool)> {
    if !amount(bottom) || per_head(bottom) {
        return None;
    }
    let mut unlikely = place(bottom, stated);
    let whole = says(bottom, WHOLE) || says(bottom, STOCK);
    let named = !name.whole.is_empty() && words_of(bottom).contains(&name.whole);
    if named {
        unlikely = unlikely.min(NAMED_FAR);
    }
    if !name.whole.is_empty() {
        unlikely += if named { -4 } else { 3 };
    }
    unlikely -= 2 * i32::from(whole);
    unlikely += 6 * i32::from(is_old(bottom)) + 6 * i32::from(!same_people(stated, bottom));
    unlikely -= 4 * i32::from(is_base(bottom));
    let near = same_sentence(stated, bottom) || bottom.site.paragraph == stated.site.paragraph && whole;
    let has_share = |c: &Claim| c.kind == Kind::Rate && says_share(c) && same_sentence(c, bottom);
    let sibling = known.whole_of_sibling(doc, bottom, stated);
    let part = (doc.next(bottom).is_some_and(has_share) || known.parts.contains(&bottom.id)) && sibling == 0;
    unlikely += 3 * i32::from(part && !named) - 3 * sibling;
    let near = near && name.whole.is_empty() && !part && !rate_between(doc, stated, bottom, known);
    Some((unlikely, named || sibling == 2 || near))
}

/// 毕业生500人，就业率96%，本地就业380人，占79.2%: of those, perhaps, whom the rate has just told of without their number.
fn rate_between(doc: &Document, share: &Claim, whole: &Claim, known: &Known) -> bool {
    let between = |c: &Claim| {
        c.kind == Kind::Rate
            && c.site.chain == share.site.chain
            && c.site.start > whole.site.start
            && c.site.start < share.site.start
            && !says_share(c)
            && !known.answered.contains(&c.id)
    };
    says_share(share) && doc.around(share).iter().any(between)
}

/// Can it be what a mean is over: how unlikely, and do the words tie them together?
fn weigh_holders(doc: &Document, stated: &Claim, name: &Name, bottom: &Claim) -> Option<(i32, bool)> {
    if !matches!(bottom.kind, Kind::Count | Kind::PersonTimes | Kind::Quantity | Kind::Duration) {
        return None;
    }
    let mut unlikely = place(bottom, stated);
    let close = unlikely <= 4;
    let whose: &[&str] = match () {
        () if stated.site.before.contains("生均") => &["学生", "在校生", "在籍生", "学员"],
        () if stated.site.before.contains("师均") => &["教师", "老师"],
        () => &[],
    };
    let named = mean::named_by(stated, bottom) || mean::over_people(stated) && counts_people(&bottom.unit);
    let named = named && (whose.is_empty() || any_in(words_of(bottom), whose));
    let once = named && days_once(doc, stated, bottom);
    if once {
        unlikely = unlikely.min(NAMED_FAR);
    }
    // 专业课教师320人…。专业课教师下企业合计9600天，人均30天: the sentence names whose mean it is.
    let label = cues::item(bottom);
    let own = named && mean::over_people(stated) && label.chars().count() >= 4;
    let own = own && stated.site.sentence_text.starts_with(label) && !is_old(bottom);
    if own {
        unlikely = unlikely.min(NAMED_FAR) - 4;
    }
    let whole = says(bottom, WHOLE) || says(bottom, STOCK);
    let every = stated.site.before.rsplit_once('每').map_or("", |(_, every)| every);
    let unit = !bottom.unit.is_empty() && every.starts_with(&bottom.unit);
    let named = named && (close || !whose.is_empty() || whole || once || own) || unit && close;
    // 平均每名选手: the measure word and the noun are both said.
    let noun: String = every.trim_start_matches(bottom.unit.as_str()).chars().take(2).collect();
    let both = noun.chars().count() == 2 && words_of(bottom).contains(&noun);
    if both && unit {
        unlikely = unlikely.min(NAMED_FAR);
    }
    unlikely += if named { -3 } else { 5 - 4 * i32::from(unit) } - 3 * i32::from(both);
    unlikely -= i32::from(whole) + name.shared(bottom);
    Some((unlikely, named))
}

/// 全年开馆286天…。日均入馆471人次: the days are counted once.
fn days_once(doc: &Document, mean: &Claim, days: &Claim) -> bool {
    let like = |c: &&Claim| c.kind == Kind::Duration && c.unit == days.unit && c.value >= Exact::int(20);
    days.kind == Kind::Duration && days.unit == "天" && doc.around(mean).iter().filter(like).count() == 1
}

/// Whether two numbers can be what a printed value is made of, and how unlikely they are as a pair.
fn together(stated: &Claim, ask: Ask, top: &Claim, bottom: &Claim) -> Option<i32> {
    if top.id == bottom.id {
        return None;
    }
    match ask {
        Ask::Share => {
            let like = alike(top, bottom) && (top.kind == Kind::Money) == (bottom.kind == Kind::Money);
            let over = stated.value > Exact::int(100);
            let order = if over { top.value >= bottom.value } else { top.value <= bottom.value };
            // 完成率106%: more than all there is only of a plan.
            let planned = !over
                || ["计划", "目标", "任务", "完成", "预算"].iter().any(|word| stated.site.clause_text.contains(word));
            // 床位5520张，入住5134人，使用率93.0%: who uses and what is used, where the rate has a name.
            let used = !says_share(stated)
                && ["使用率", "入住率", "利用率", "上座率", "回收率"]
                    .contains(&stated.subject.trim_start_matches("床位"));
            let like = like || used && may_count(top) && may_count(bottom);
            (like && order && planned)
                .then(|| 2 * i32::from(top.unit != bottom.unit) + i32::from(bottom.site.start > top.site.start))
        }
        Ask::Mean => (!alike(top, bottom) || mean::over_people(stated)).then_some(0),
        Ask::Apart => {
            let like = alike(top, bottom) && top.unit == bottom.unit && alike(top, stated) && top.unit == stated.unit;
            let order = top.value > bottom.value && top.value > stated.value && per_head(top) == per_head(bottom);
            // An earlier and a later value, or two that nothing but the words of a difference follow.
            let turned = is_old(top) != is_old(bottom);
            let inside = bottom.site.clause == stated.site.clause;
            (like && order).then_some(if turned || inside { 0 } else { 3 })
        }
        Ask::Rise => {
            let like = top.unit == bottom.unit && alike(top, bottom);
            let both = top.kind == Kind::Change && bottom.kind == Kind::Change;
            let changes = top.kind == Kind::Change || bottom.kind == Kind::Change;
            let order = changes || (top.value > bottom.value) != stated.falls;
            (like && order && !both).then(|| 4 * i32::from(is_old(top)))
        }
    }
}
