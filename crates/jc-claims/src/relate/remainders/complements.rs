//! What is done and what is not, who came and who did not, what was taken and what was put aside: two counts side by side that
//! make a whole told before. How surely they do, their words say; how near they come to it decides whether a slip was made.

use std::collections::HashSet;

use jc_text::fold::is_han;

use crate::document::{Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::changes::differences::difference;
use crate::relate::digits::slips::is_slip;
use crate::relate::means::apiece::each_has;
use crate::relate::relations::{Finding, Relation, RelationKind, Role};
use crate::relate::sums::addition::{self, held_within};
use crate::relate::wording::around::{said_before, shared, words_of};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues::{self, in_brackets, is_old};
use crate::words::{
    EXAMINED, FINISHED, GRADED, LACKING, NOT, OF_BEFORE, OPPOSITES, PENDING, PLANS, REMAINING, STILL_LEFT, STOCK,
    TASKS, WITHOUT, any_in,
};

/// So many counts before what was done may be the whole.
const WHOLES: usize = 8;
/// And so many where the two make it exactly.
const FAR: usize = 40;
/// So many counts may stand between the two.
const BETWEEN: usize = 3;

/// Looks for all of them.
pub(super) fn complements(doc: &Document, all: &mut Vec<Relation>) {
    let counts: Vec<&Claim> = doc.claims.iter().filter(|c| counted(c)).collect();
    let known = Known::of(all);
    let mut found = Vec::new();
    for (n, rest) in counts.iter().copied().enumerate() {
        if known.tied.contains(&rest.id) {
            continue;
        }
        let before = (n.saturating_sub(BETWEEN)..n).rev().filter(|at| in_row(counts[*at], rest));
        let told = before.filter_map(|at| Some((at, how(counts[at], rest)?)));
        // 录用168篇，其中省级12篇，退稿244篇: what is among another has to be denied by name.
        let Some((at, how)) = told.into_iter().find(|(at, how)| *how == How::Said || !within(counts[*at])) else {
            continue;
        };
        let done = counts[at];
        // 优秀312人、良好1126人、及格2287人、不及格327人: the last two of a list of more.
        if cues::goes_on_a_list(done) && cues::goes_on_a_list(rest) {
            continue;
        }
        // 请病假3人、事假2人: who did not, told kind by kind.
        let also = |c: &&&Claim| {
            how == How::Said
                && c.site.sentence == rest.site.sentence
                && in_row(done, c)
                && self::how(done, c) == Some(how)
        };
        let also: Vec<&Claim> = counts[n + 1..].iter().take(BETWEEN).take_while(also).copied().collect();
        let next = counts.get(n + 1 + also.len()).copied();
        let of = Pair { done, rest, how, also, next, between: &counts[at + 1..n], apart: times(doc, done, rest) };
        let held = of.held(&counts[at.saturating_sub(WHOLES)..at], &counts[at.saturating_sub(FAR)..at], &known);
        // 已落实1423人…。其中高级工班尚未落实的12人: of a group only some of those that are left.
        let some = |it: &Relation| it.finding == Finding::Inconsistent && within(rest) && it.computed > it.stated;
        found.extend(held.into_iter().filter(|it| !some(it)));
    }
    all.extend(found);
}

/// 第一节实到48人，第二节请假3人: does another time, or one more of a row, stand between the two?
fn times(doc: &Document, done: &Claim, rest: &Claim) -> bool {
    let between = |c: &&Claim| c.site.start > done.site.start && c.site.start < rest.site.start;
    doc.around(rest).iter().filter(between).any(|c| matches!(c.kind, Kind::Ordinal))
}

/// A count of things or people that may be a part or a whole.
pub(super) fn counted(claim: &Claim) -> bool {
    // 三个方面, 四大类: what things are told apart by is none of them.
    let classes = ["方面", "类", "大类", "层面", "环节", "领域", "步骤", "维度"];
    let classes = classes.iter().any(|word| claim.site.after.starts_with(word));
    // 其中7名各带2人: what each of them has is no number of theirs.
    let plain = cues::counted(claim) && !cues::per_head(claim) && !each_has(claim);
    !classes && plain && claim.value > Some(Exact::ZERO)
}

/// 去年报名186人: what there was at another time. 原有54人 are those of whom is told.
fn earlier(claim: &Claim) -> bool {
    is_old(claim) && !claim.site.before.contains('原')
}

/// Is it told of some of the count before it: in brackets, or behind 其中?
fn within(claim: &Claim) -> bool {
    in_brackets(claim) || claim.site.clause_text.trim_start_matches('，').starts_with("其中")
}

/// What has been told of: what is tied into a sum or difference, and what is a part of something.
struct Known {
    tied: HashSet<String>,
    parts: HashSet<String>,
}

impl Known {
    fn of(all: &[Relation]) -> Known {
        let mut known = Known { tied: HashSet::new(), parts: HashSet::new() };
        for it in all.iter().filter(|it| it.primary) {
            if matches!(it.kind, RelationKind::Sum | RelationKind::Difference) {
                known.tied.extend(it.members.iter().map(|(_, id)| id.clone()));
            }
            if matches!(it.kind, RelationKind::Sum | RelationKind::Subset) && it.finding == Finding::Consistent {
                let parts = it.members.iter().filter(|(role, _)| *role == Role::Part);
                known.parts.extend(parts.map(|(_, id)| id.clone()));
            }
        }
        known
    }
}

/// Does the one follow soon on the other, both counted alike?
fn in_row(done: &Claim, rest: &Claim) -> bool {
    done.unit == rest.unit
        && done.kind == rest.kind
        && done.site.paragraph == rest.site.paragraph
        && done.site.chain + 1 >= rest.site.chain
        && (1..=3).contains(&(rest.site.clause - done.site.clause))
        && !in_brackets(done)
        && !in_brackets(rest)
        && !is_old(done)
        && !is_old(rest)
}

/// How surely the two make a whole.
#[derive(Clone, Copy, Debug, PartialEq)]
enum How {
    /// The words of both say so.
    Said,
    /// What is said to be left: 其余3栋, 另有34户没有来.
    Rest,
    /// They do, if the whole is one of things to do.
    OfTasks,
    /// What is done and what is still going on: what was not begun may be left out.
    Going,
    /// They do, if the whole is the first that is counted and stands right before them.
    InRow,
    /// They exclude each other, but may leave something out: together they are no more than the whole.
    Apart,
    /// Only what agrees is told.
    Perhaps,
}

fn how(done: &Claim, rest: &Claim) -> Option<How> {
    let (own, other) = (around(done), around(rest));
    let opposite = |one: &str, other: &str| {
        OPPOSITES.iter().any(|(yes, no)| any_in(one, yes) && !any_in(one, no) && any_in(other, no))
    };
    // 因公出差2名，实到23名: those who did not may be told first.
    let beside = rest.site.sentence == done.site.sentence && rest.site.clause == done.site.clause + 1;
    if opposite(&own, &other) || beside && opposite(&other, &own) {
        return Some(How::Said);
    }
    let finished = any_in(&own, FINISHED) && !any_in(&own, &["未完成", "未整改", "未办结", "需", "应"]);
    let lead = lead(rest);
    let still = REMAINING.iter().chain(STILL_LEFT).chain(&["尚余", "还余", "尚在", "仍在", "还在"]);
    let still = still
        .into_iter()
        .any(|word| lead.strip_prefix(word).is_some_and(|rest| rest.chars().count() <= 8 && !rest.contains("其他")));
    // 办结256件，9件仍在处理.
    let still = still || lead.is_empty() && rest.site.after.starts_with(['仍', '尚', '还']);
    let pending = any_in(&rest.site.after, PENDING) || any_in(lead, PENDING);
    // 已缴清68张，未缴7张; 获批立项37项，未获立项45项: what is denied is what was done.
    if denies(&other, &own) || beside && denies(&own, &other) {
        return Some(How::Said);
    }
    if finished
        && still
        && (pending
            || rest.site.after.starts_with(['仍', '尚', '还'])
            || rest.site.after.is_empty() && lead.chars().count() <= 3)
    {
        return Some(How::OfTasks);
    }
    if finished && ["正在", "待", "在办", "在建", "在研", "尚待", "仍待"].iter().any(|word| lead.starts_with(word))
    {
        return Some(How::Going);
    }
    if LACKING.contains(&lead.trim_end_matches(['了', '为', '有'])) && rest.site.clause == done.site.clause + 1 {
        return Some(How::InRow);
    }
    let left = REMAINING.iter().find_map(|word| lead.strip_prefix(word)).is_some_and(|rest| rest.chars().count() <= 3);
    let more = ["另有", "另外", "另", "还有", "尚有", "仍有"];
    let more = more.iter().any(|word| rest.site.before.trim_start_matches(['，', '；', '。']) == *word);
    let not = any_in(&rest.site.after, NOT);
    if left || more && not {
        return Some(How::Rest);
    }
    // 13所学校有奖牌入账，仅1所空手而归.
    let only = ["仅", "只有", "仅有", "只剩"].contains(&rest.site.before.trim_start_matches(['，', '；', '。']));
    if only && !own.contains(['未', '没', '不']) {
        return Some(if any_in(&rest.site.after, WITHOUT) { How::Apart } else { How::Perhaps });
    }
    (more || finished && (lead.is_empty() || still || pending)).then_some(How::Perhaps)
}

/// 未缴, 不予录用, 没有通过, 尚未销号: is what the other did denied?
fn denies(text: &str, own: &str) -> bool {
    const NO: &[&str] = &["未能", "未获", "没有", "没能", "不予", "不再", "未", "没"];
    if any_in(own, &["未", "没", "不予"]) {
        return false;
    }
    let denied = NO.iter().filter_map(|no| text.split_once(no)).min_by_key(|(before, _)| before.len());
    denied.is_some_and(|(_, verb)| {
        let verb: Vec<char> = verb.chars().take_while(|c| is_han(*c) && !matches!(c, '的' | '有')).take(6).collect();
        let said = |part: &[char]| own.contains(&part.iter().collect::<String>());
        match verb[..] {
            [] => false,
            [one] => "到检考交缴批".contains(one) && said(&verb),
            // 未开设双语实训 does not deny 开设双语课程.
            _ => {
                let end = said(&verb[verb.len() - 2..]);
                said(&verb[..2]) && (verb.len() < 4 || end) || verb.len() <= 4 && end
            }
        }
    })
}

/// The words that lead to a number, without what only binds.
pub(super) fn lead(claim: &Claim) -> &str {
    let mut lead = claim.site.before.trim_start_matches(['，', '；', '、', '（', '。', '仅']);
    for word in ["截至目前", "到目前", "目前", "至今", "现", "另"] {
        lead = lead.strip_prefix(word).unwrap_or(lead);
    }
    lead
}

fn around(claim: &Claim) -> String {
    format!("{}，{}", cues::item(claim), claim.site.after)
}

/// Is the second what the first leaves of a whole, by the words of both?
pub(super) fn leaves(done: &Claim, rest: &Claim) -> bool {
    in_row(done, rest) && matches!(how(done, rest), Some(How::Said | How::OfTasks | How::Rest))
}

/// What was done, what was not, what else was not, and what is counted next and between them.
struct Pair<'a> {
    done: &'a Claim,
    rest: &'a Claim,
    how: How,
    also: Vec<&'a Claim>,
    next: Option<&'a Claim>,
    between: &'a [&'a Claim],
    /// They are of two times.
    apart: bool,
}

impl<'a> Pair<'a> {
    /// The nearest count before that the two make; or the nearest of all, where they all but do.
    fn held(&self, before: &[&'a Claim], far: &[&'a Claim], known: &Known) -> Option<Relation> {
        let Pair { done, rest, how, .. } = *self;
        let sum = self.parts().iter().try_fold(Exact::ZERO, |sum, c| sum.plus(c.value?))?;
        let like = |c: &Claim| {
            let apart = c.site.clause < done.site.clause || matches!(how, How::Said | How::Rest);
            let posts = c.unit == "个" && c.site.before.contains('编');
            (c.unit == rest.unit && c.kind == rest.kind || posts) && !in_brackets(c) && c.value > rest.value && apart
        };
        let larger = |c: &Claim| like(c) && c.value > done.value;
        let near = |c: &Claim| c.site.paragraph == done.site.paragraph && c.site.chain + 2 >= done.site.chain;
        let wholes: Vec<&Claim> = before.iter().rev().copied().filter(|c| larger(c) && near(c)).collect();
        let told = |whole: &Claim| match how {
            How::Going | How::Apart => held_within(RelationKind::Sum, whole, &[done, rest]),
            _ if !self.also.is_empty() || done.value >= whole.value => {
                held_within(RelationKind::Sum, whole, &self.parts())
            }
            _ => difference(rest, done, whole, false),
        };
        let large = how != How::Perhaps || sum >= Exact::whole(10);
        if let Some(whole) = wholes.iter().copied().find(|c| c.value == Some(sum)).filter(|_| large) {
            return told(whole);
        }
        // 取得证书398人。取证学生中，高级工143人，其余267人: what stands beside them is no slip of what stands far off.
        let far = self.of_far(far, sum, &larger).filter(|c| c.value == Some(sum) || wholes.is_empty());
        if let Some(whole) = far {
            return told(whole);
        }
        // Between it and what was done stands nothing counted alike but what it is made of.
        // 应缴38600元，实缴39700元，欠缴700元: what was done may have been mistyped to more than there is.
        let of_more = |c: &&Claim| like(c) && near(c) && (how == How::Said || c.value > done.value);
        let mut wholes = before.iter().rev().copied().filter(of_more);
        // 取证学生中，高级工…: of those who have just been told of, be they a part of others.
        let head = said_before(done);
        let group = how == How::Rest && head.split_once("中，").is_some_and(|(head, _)| head.chars().count() <= 12);
        let whole = wholes.find(|c| group || !known.parts.contains(&c.id)).filter(|c| !earlier(c) && !self.apart)?;
        let between = before.iter().filter(|c| c.site.start > whole.site.start && alike(c, rest));
        let clear = between.into_iter().all(|c| known.parts.contains(&c.id) || within(c) || is_old(c));
        // 解除处分15人（含往年6人）: what was done is of more than the whole.
        let of_old = any_in(&rest.site.sentence_text, OF_BEFORE) || any_in(&done.site.sentence_text, OF_BEFORE);
        let clear = clear && !of_old && !self.third(whole, sum);
        (clear && self.meant(whole, before)).then(|| told(whole)).flatten()
    }

    /// All that together make the whole.
    fn parts(&self) -> Vec<&'a Claim> {
        [self.done, self.rest].into_iter().chain(self.also.iter().copied()).collect()
    }

    /// 排查隐患263条…。现场整改198条，其余65条限期整改: a whole paragraphs before, which they make, or of which their sum is a slip.
    fn of_far(&self, far: &[&'a Claim], sum: Exact, larger: &dyn Fn(&Claim) -> bool) -> Option<&'a Claim> {
        let Pair { done, rest, how, .. } = *self;
        let mut wholes = far.iter().rev().copied().filter(|c| larger(c) && !is_old(c));
        match how {
            How::Rest => {
                let slip = |c: &&Claim| c.value.is_some_and(|v| is_slip(v, sum));
                let nearest = wholes.clone().take(4).find(slip);
                let nearest = nearest.filter(|c| addition::near(c, &[done, rest], 12));
                let named = || {
                    let head = said_before(done);
                    let (head, _) = ["里，", "当中，", "中，"].iter().find_map(|word| head.split_once(word))?;
                    let head = head.replace('的', "");
                    // 在册的留学生里，…: the nearest that is called so.
                    let called = |c: &&Claim| shared(&head, words_of(c)) >= 4;
                    far.iter().rev().copied().filter(|c| larger(c) && !is_old(c)).find(called).filter(slip)
                };
                let named = named().filter(|c| addition::near(c, &[done, rest], 12) && sum >= Exact::whole(100));
                wholes.find(|c| c.value == Some(sum)).or(nearest).or(named)
            }
            // 14所中职学校的选手…。13所学校有奖牌入账，仅1所空手而归: a whole of the same name.
            How::Apart if sum >= Exact::whole(10) => {
                let noun = |c: &Claim| c.site.after.chars().take(6).collect::<String>();
                wholes.find(|c| c.value == Some(sum) && shared(&noun(c), &noun(done)) >= 2)
            }
            _ => None,
        }
    }

    /// 应到138人，实到119人，请假9人，旷课10人: is there a third side?
    fn third(&self, whole: &Claim, sum: Exact) -> bool {
        let other = |c: &Claim| alike(c, self.rest) && !within(c);
        if self.between.iter().any(|c| other(c)) {
            return true;
        }
        let Some(next) = self.next.filter(|c| other(c)) else { return false };
        let beside = next.site.sentence == self.rest.site.sentence && next.site.clause <= self.rest.site.clause + 1;
        let fits = next.value.and_then(|v| sum.plus(v)).is_some_and(|all| Some(all) <= whole.value);
        beside && (fits || matches!(how(self.done, next), Some(How::Said | How::Rest)))
    }

    /// Were the two meant to make the whole, which they do not?
    fn meant(&self, whole: &Claim, before: &[&Claim]) -> bool {
        let Pair { done, rest, how, .. } = *self;
        let first = || {
            let before =
                before.iter().any(|c| c.site.start < whole.site.start && c.site.sentence == whole.site.sentence);
            !before && whole.site.clause + 1 == done.site.clause && whole.site.sentence == rest.site.sentence
        };
        let of_tasks =
            || any_in(&around(whole), TASKS) || any_in(&around(done), TASKS) && !any_in(&around(whole), STOCK);
        // 发放奖金48600元，救助12600元，余35000元: what was spent leaves nothing over.
        let spent = || any_in(&around(whole), &["发放", "支出", "花费", "投入", "奖励", "支付"]);
        let more = || done.value.zip(rest.value).and_then(|(a, b)| a.plus(b)) > whole.value;
        // 培训960人，合格900人，不合格20人: not all of them need have been examined.
        let graded =
            any_in(&around(done), GRADED) && any_in(&around(rest), GRADED) && !any_in(&around(whole), EXAMINED);
        match how {
            _ if !self.also.is_empty() => false,
            How::Said if graded => false,
            How::Said => self.one_slipped(whole) || self.close(whole, 10) && done.value < whole.value,
            How::Rest => self.one_slipped(whole),
            How::OfTasks => (of_tasks() || any_in(&around(whole), PLANS)) && self.one_slipped(whole),
            How::InRow => first() && !spent() && self.one_slipped(whole),
            // 项目9个，已竣工5个，在建3个: one was not begun; but there are no more than all.
            How::Apart | How::Going => more() && self.one_slipped(whole),
            How::Perhaps => false,
        }
    }

    /// Is one of the three what the other two give but for one digit, or for two in each other's place; or is little missing?
    fn one_slipped(&self, whole: &Claim) -> bool {
        let steps = |c: &Claim| c.value?.over(self.rest.step.min(self.done.step));
        let Some(((all, done), rest)) = steps(whole).zip(steps(self.done)).zip(steps(self.rest)) else { return false };
        let rest = self.also.iter().try_fold(rest, |sum, c| sum.plus(steps(c)?)).unwrap_or(rest);
        let gives = [(Some(all), done.plus(rest)), (Some(done), all.minus(rest)), (Some(rest), all.minus(done))];
        let slip =
            |(said, gives): &(Option<Exact>, Option<Exact>)| said.zip(*gives).is_some_and(|(a, b)| is_slip(a, b));
        let little = all.minus(done).is_some_and(|gives| {
            let apart = rest.apart(gives);
            apart.and_then(|apart| apart.times(Exact::whole(10))).is_some_and(|ten| ten <= gives)
        });
        little || gives.iter().any(slip) || self.close(whole, 40)
    }

    /// Do the two miss the whole by so small a part of it at most?
    fn close(&self, whole: &Claim, part: i128) -> bool {
        addition::near(whole, &self.parts(), part)
    }
}
