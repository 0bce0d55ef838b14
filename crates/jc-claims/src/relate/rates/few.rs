//! Shares of so few that no whole number of them gives it: 邀请40名毕业生座谈…，表示满意的占93.3%; 辅导员45人…，硕士占83.2%；副高5人，占11.1%;
//! 48人无一缺考，优秀率36.8%; 合格率92.3%，参加考试40人; 40人进入实操环节。…实操合格率为93.2%; 32家每家均填写一份，无一缺漏，愿意继续录用的达85%.

use super::apart::of_examined;
use super::beside::{may_count, says_share};
use super::lone::{give_way, numerator_over};
use super::shares::name_of_whole;
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::relations::{Finding, Holding, Relation, tested};
use crate::relate::wording::around::said_before;
use crate::relate::wording::cues::{self, is_old};
use crate::units::counts_people;
use crate::words::{PEOPLE, any_in};

/// Of more than so many a share of one decimal can hardly fail to be given.
const FEW: i128 = 400;

/// Of no more than so many a whole per cent may be given by none.
const VERY_FEW: i128 = 49;

/// Looks for all of them.
pub(super) fn few(doc: &Document, all: &mut Vec<Relation>) {
    let known = tested(all);
    let held = Holding::of(all);
    let open = |c: &&Claim| {
        let rate = c.kind == Kind::Rate && c.unit == "%" && c.bound == Bound::Exact;
        rate && c.site.cell.is_none() && !is_old(c) && !known.contains(&c.id)
    };
    let shared = |c: &Claim| says_share(c) && name_of_whole(c).is_empty() && c.decimals > 0;
    let found: Vec<Relation> = doc
        .claims
        .iter()
        .filter(open)
        .filter_map(|rate| {
            let share = || of_the_same(doc, rate, &held).or_else(|| of_asked(doc, rate)).filter(|_| shared(rate));
            let named = || {
                of_all_there(doc, rate)
                    .or_else(|| of_voters(doc, rate))
                    .or_else(|| of_those_named(doc, rate))
                    .or_else(|| of_examined(doc, rate).filter(|_| rate.decimals > 0))
                    .or_else(|| of_this_class(doc, rate).filter(|_| rate.decimals > 0))
                    .or_else(share)
                    .filter(|_| !of_others(rate))
            };
            let drawn = || of_drawn(doc, rate).filter(|_| rate.decimals > 0);
            let behind = || right_behind(doc, rate).filter(|_| rate.decimals > 0);
            let beside = || right_before(doc, rate).or_else(drawn).or_else(behind);
            let whole = of_all_who_answered(doc, rate).or_else(beside).or_else(named)?;
            let fit = whole.bound == Bound::Exact && whole.value <= Exact::int(FEW);
            numerator_over(rate, &[whole], &[]).filter(|it| fit && it.finding == Finding::Inconsistent)
        })
        .collect();
    give_way(all, found);
}

/// 专任教师中占83.2%, 女教师占83.2%: the share names whom it is of, or people of a kind of its own.
fn of_others(rate: &Claim) -> bool {
    let lead = rate.site.before.split('占').next().unwrap_or_default();
    let named = PEOPLE.iter().any(|(name, words)| lead.contains(name) || any_in(lead, words));
    // 在职培训中线上占51.2%.
    named || lead.contains('中')
}

/// 硕士占83.2%；副高5人，占11.1%: a share in the same sentence, whose whole is known and is named by neither.
fn of_the_same<'a>(doc: &'a Document, rate: &Claim, held: &Holding) -> Option<&'a Claim> {
    const NEAR: usize = 2;
    let here = doc.around(rate).iter().filter(|c| c.site.chain == rate.site.chain && c.id != rate.id);
    let beside = |c: &&Claim| {
        let near = c.site.clause.abs_diff(rate.site.clause) <= NEAR;
        c.kind == Kind::Rate && near && says_share(c) && name_of_whole(c).is_empty() && !of_others(c)
    };
    // A count right before the share is what it is of, or what has it.
    let counted = |c: &Claim| may_count(c) && c.site.clause + 1 >= rate.site.clause && c.site.start < rate.site.start;
    let mut wholes = here.clone().filter(beside).filter_map(|c| held.part_and_whole(doc, c));
    let (part, whole) = wholes.next()?;
    let others = here.filter(|c| counted(c)).any(|c| c.id != part.id && c.id != whole.id);
    (!others && counts_people(&whole.unit) && wholes.all(|(_, other)| other.id == whole.id)).then_some(whole)
}

/// 随机邀请40名毕业生填写问卷，…表示满意的占93.3%: all who were asked, where the sentence counts nobody else.
fn of_asked<'a>(doc: &'a Document, rate: &Claim) -> Option<&'a Claim> {
    const ASKED: &[&str] =
        &["邀请", "抽取", "抽样", "抽查", "抽测", "抽选", "随机", "受访", "访谈", "走访", "收回", "回收"];
    const SAID: &[&str] =
        &["满意", "认为", "表示", "认可", "愿意", "希望", "反映", "知晓", "了解", "选择", "评价", "好评"];
    let here = doc.around(rate).iter().filter(|c| c.site.chain == rate.site.chain);
    let mut counts = here.filter(|c| may_count(c) || c.kind == Kind::PersonTimes);
    let whole = counts.next()?;
    // 40人全部作答: the same people once more.
    let again = |c: &Claim| c.value == whole.value && counts_people(&c.unit) && c.site.start < rate.site.start;
    if !counts.all(again) {
        return None;
    }
    let people = counts_people(&whole.unit) && whole.unit != "人次" || whole.unit == "份" || whole.unit == "户";
    let asked = (any_in(&whole.site.before, ASKED) || whole.site.before.ends_with('请'))
        && any_in(&rate.site.clause_text, SAID);
    // 占93.3%的学生愿意推荐: of the pupils.
    let plain = whole.site.start < rate.site.start
        && !is_old(whole)
        && !cues::per_head(whole)
        && !rate.site.after.starts_with('的');
    (people && asked && plain).then_some(whole)
}

/// 用人单位32家，每家均填写一份评价表，无一缺漏，其中表示愿意继续录用的达85%: of all who answered, where the words say that nobody is missing and
/// they are so few that a whole per cent may be given by none.
fn of_all_who_answered<'a>(doc: &'a Document, rate: &Claim) -> Option<&'a Claim> {
    const ANSWERED: &[&str] = &["填写", "填了", "填答", "交回", "收回", "作答", "答卷", "反馈", "评价", "投票"];
    const NONE_MISSING: &[&str] = &[
        "无一缺",
        "无一漏",
        "无一遗漏",
        "一家不漏",
        "一家不落",
        "一个不落",
        "一个不漏",
        "无一例外",
        "没有遗漏",
        "全部收回",
        "悉数收回",
        "全数收回",
        "全部交回",
        "无缺漏",
        "无遗漏",
    ];
    let lead = rate.site.before.trim_end_matches(['达', '为', '到', '有', '占', '仅', '只', '是', '了']);
    let here = doc.around(rate).iter().filter(|c| c.site.chain == rate.site.chain && c.site.start < rate.site.start);
    // 每家均填写一份: one each.
    let one = |c: &Claim| c.site.before.contains('每') && c.value == Exact::int(1);
    let mut counts = here.filter(|c| (may_count(c) || c.kind == Kind::PersonTimes) && !one(c));
    let (whole, None) = (counts.next()?, counts.next()) else { return None };
    let said = said_before(rate);
    let all = any_in(said, NONE_MISSING) && any_in(said, ANSWERED);
    let plain = whole.site.sentence == rate.site.sentence && !is_old(whole) && !cues::per_head(whole);
    let few = whole.value <= Exact::int(VERY_FEW) || rate.decimals > 0;
    (all && plain && few && lead.ends_with(['的', '者']) && !lead.contains("中的")).then_some(whole)
}

/// 随机抽取40名男生复测引体向上，合格率63.3%: of those who were drawn right before, where the sentence counts nobody else.
fn of_drawn<'a>(doc: &'a Document, rate: &Claim) -> Option<&'a Claim> {
    const DRAWN: &[&str] = &["抽取", "抽选", "抽查", "抽测", "抽检", "抽调"];
    const RESULT: &[&str] = &["合格率", "及格率", "通过率", "优秀率", "达标率", "满意率", "满意度", "知晓率", "正确率"];
    let lead = rate.site.before.trim_start_matches('，').trim_end_matches(['为', '达', '到', '是', '仅', '只', '有']);
    let here = doc.around(rate).iter().filter(|c| c.site.chain == rate.site.chain && c.site.start < rate.site.start);
    let mut counts = here.filter(|c| !matches!(c.kind, Kind::Date | Kind::Ordinal));
    let (whole, None) = (counts.next()?, counts.next()) else { return None };
    let people = may_count(whole) && counts_people(&whole.unit) && whole.unit != "人次";
    let drawn = DRAWN.iter().any(|word| whole.site.before.ends_with(word));
    // 抽取40名学生的作业, 40名教师所带班级: of what they have.
    let own = !any_in(&whole.site.after, &["的", "所", "每", "各", "作业", "试卷", "班", "组", "次", "项", "科"]);
    let beside = whole.site.clause + 1 == rate.site.clause && whole.site.sentence == rate.site.sentence;
    (people && drawn && own && beside && RESULT.contains(&lead) && !is_old(whole)).then_some(whole)
}

/// 班里16名孩子，72%来自乡镇: of those who stand right before, and are so few.
fn right_before<'a>(doc: &'a Document, rate: &Claim) -> Option<&'a Claim> {
    const ARE: &[&str] = &["来自", "是", "为", "出自", "留在", "选择", "住"];
    let before = doc.around(rate).iter().rev().find(|c| c.site.start < rate.site.start)?;
    let whole = Some(before)
        .filter(|c| may_count(c) && counts_people(&c.unit) && c.unit != "人次" && c.bound == Bound::Exact)?;
    let beside = whole.site.sentence == rate.site.sentence && whole.site.clause + 1 == rate.site.clause;
    let bare = rate.site.before.trim_start_matches('，').is_empty()
        && ARE.iter().any(|word| rate.site.after.starts_with(word));
    let noun = whole.site.after.chars().count() <= 4 && !whole.site.after.is_empty();
    let few = whole.value <= Exact::int(VERY_FEW) || rate.decimals > 0;
    (beside && bare && noun && few && !is_old(whole) && !cues::per_head(whole)).then_some(whole)
}

/// 合格率92.3%，参加考试40人: who was examined is told right behind, and nobody else before.
fn right_behind<'a>(doc: &'a Document, rate: &Claim) -> Option<&'a Claim> {
    const CAME: &[&str] = &["参加", "参考", "实考", "应考", "报考", "参评", "参测", "受测", "受检", "实测"];
    const EXAM: &[&str] =
        &["", "考试", "考核", "测试", "鉴定", "认定", "测评", "评价", "抽测", "统考", "考生", "学生", "学员", "人数"];
    const RESULT: &[&str] = &["合格率", "及格率", "通过率", "优秀率", "优良率", "达标率", "获证率", "取证率"];
    let lead = rate.site.before.trim_end_matches(['为', '达', '到', '是', '仅', '只', '有', '：']);
    let whole = doc.next(rate).filter(|c| may_count(c) && counts_people(&c.unit) && c.unit != "人次")?;
    let came = whole.site.before.trim_start_matches('，');
    let came = CAME.iter().find_map(|word| came.strip_prefix(word))?.trim_end_matches(['的', '有', '共', '为', '者']);
    let beside = whole.site.sentence == rate.site.sentence && whole.site.clause == rate.site.clause + 1;
    let before = |c: &&Claim| c.site.chain == rate.site.chain && c.site.start < rate.site.start;
    let alone = !doc.around(rate).iter().filter(before).any(|c| may_count(c) || c.kind == Kind::PersonTimes);
    let fit = beside && alone && EXAM.contains(&came) && RESULT.iter().any(|name| lead.ends_with(name));
    (fit && !is_old(whole) && !cues::per_head(whole)).then_some(whole)
}

/// 备考班45人，从暑假起…。五月公布结果，这个班的上线率是92.5%: of the class that the paragraph has counted.
fn of_this_class<'a>(doc: &'a Document, rate: &Claim) -> Option<&'a Claim> {
    const THIS: &[&str] = &["这个班", "该班", "全班", "这支队伍", "该队", "这个小组", "该组"];
    let clause = rate.site.before.rsplit('，').next().unwrap_or_default();
    let lead = clause.trim_end_matches(['为', '达', '到', '是', '仅', '只', '有']);
    let this = THIS.iter().find(|word| lead.starts_with(**word)).filter(|_| lead.ends_with('率'))?;
    let noun = ["班", "队", "组"].iter().find(|noun| this.contains(**noun))?;
    let people = |c: &&Claim| {
        let before = c.site.paragraph == rate.site.paragraph && c.site.start < rate.site.start;
        before && may_count(c) && counts_people(&c.unit) && c.unit != "人次" && !cues::per_head(c)
    };
    let mut people = doc.around(rate).iter().filter(people);
    let (whole, None) = (people.next()?, people.next()) else { return None };
    let called = cues::item(whole).trim_end_matches(['有', '共', '的']).ends_with(noun);
    (called && !is_old(whole)).then_some(whole)
}

/// 48人无一缺考，平均81.7分，优秀率36.8%: of all who were there, where the words say that nobody was missing.
fn of_all_there<'a>(doc: &'a Document, rate: &Claim) -> Option<&'a Claim> {
    const NOBODY: &[&str] = &["无一缺", "无人缺", "无一人缺", "无一例外", "没有人缺", "无缺考", "无人缓"];
    const ALL: &[&str] =
        &["全员参加", "全员参考", "全员到考", "全员参评", "全部参加", "全部参考", "全部到考", "悉数参加", "全体参加"];
    let named = rate.site.before.trim_end_matches(['为', '达', '到', '是', '仅', '只', '有', '：']).ends_with('率');
    let of_one = |c: &&Claim| c.site.sentence == rate.site.sentence && c.site.start < rate.site.start;
    let mut counts = doc.around(rate).iter().filter(of_one).filter(|c| may_count(c) || c.kind == Kind::PersonTimes);
    let (whole, None) = (counts.next()?, counts.next()) else { return None };
    let said = said_before(rate);
    let there = any_in(said, NOBODY) || any_in(said, ALL);
    let plain = counts_people(&whole.unit) && whole.unit != "人次" && !is_old(whole);
    (named
        && there
        && plain
        && !any_in(&rate.site.before, &["出勤", "参考", "到考", "参加", "上年", "去年", "全校", "平均"]))
    .then_some(whole)
}

/// 到会委员11名，…以85.7%的赞成率通过: of those who were there and voted.
fn of_voters<'a>(doc: &'a Document, rate: &Claim) -> Option<&'a Claim> {
    const VOTES: &[&str] = &["赞成率", "同意率", "支持率", "得票率", "赞成票率", "通过率"];
    const THERE: &[&str] = &["到会", "实到", "出席", "与会", "参加投票", "参与投票", "参加表决", "参与表决"];
    let named = |text: &str| VOTES.iter().any(|word| text.ends_with(word));
    let behind = rate.site.after.strip_prefix('的').is_some_and(|rest| VOTES.iter().any(|word| rest.starts_with(word)));
    let before = named(rate.site.before.trim_end_matches(['为', '达', '到', '是']));
    let voted = any_in(&rate.site.sentence_text, &["投票", "表决", "票决"]);
    let there = |c: &&Claim| {
        let near = c.site.chain == rate.site.chain && c.site.start < rate.site.start;
        near && may_count(c) && counts_people(&c.unit) && any_in(&c.site.before, THERE)
    };
    doc.around(rate).iter().rev().find(there).filter(|_| (behind || before) && voted)
}

/// 16支队伍分成4组…。只有35%的队伍做完全部任务: of all that are counted under this name, where the paragraph counts them once.
fn of_those_named<'a>(doc: &'a Document, rate: &Claim) -> Option<&'a Claim> {
    let noun: String = rate.site.after.strip_prefix('的')?.chars().take(2).collect();
    let led = ["有", "仅", "约", "，", "共", "过"].iter().any(|end| rate.site.before.ends_with(end));
    let lead = rate.site.before.is_empty() || led;
    let here = doc.around(rate).iter().filter(|c| c.site.paragraph == rate.site.paragraph);
    let mut named = here.filter(|c| may_count(c) && c.site.after.starts_with(&noun));
    let (whole, None) = (named.next()?, named.next()) else { return None };
    let things = !counts_people(&whole.unit) && whole.site.start < rate.site.start && !is_old(whole);
    (noun.chars().count() == 2 && lead && things && !any_in(&whole.site.before, &["其中", "首批", "新增"]))
        .then_some(whole)
}
