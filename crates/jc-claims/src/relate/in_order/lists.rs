//! Lists of three and more that no word ties to their whole: 护航员12名、安检员8名、引导员6名. What they make exactly was
//! meant; a count before them that they all but make was meant too, for who lists so much leaves out no more than what is
//! small beside the smallest of the list.

use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::digits::slips::{carried, is_slip, one_digit};
use crate::relate::rates::hundred::percent_sum;
use crate::relate::relations::{Finding, Relation, RelationKind, Role};
use crate::relate::sums::addition::{self, held_within, sum};
use crate::relate::sums::parts::countable;
use crate::relate::wording::around::{head_of, said_after, said_before, shared, text_between, words_of};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::relate::wording::division::{self, Division, division};
use crate::words::any_in;

/// So many counts before a list may be its whole.
const WHOLES: usize = 12;

/// Looks for the wholes of lists.
pub(in crate::relate) fn lists(doc: &Document, all: &mut Vec<Relation>) {
    all_but_made(doc, all);
    let plain = |c: &&Claim| c.numeral != Numeral::None && c.site.cell.is_none() && c.bound == Bound::Exact;
    let counts: Vec<&Claim> = countable(doc).filter(plain).filter(|c| c.value > Some(Exact::ZERO)).collect();
    graded(&counts, all);
    shares_of_all(doc, all);
    let mut at = 0;
    while at < counts.len() {
        let run = run_from(doc, &counts[at..]);
        // 课程365门，自建219门，引进136门: the first may be the whole of the others.
        let led = run.len() >= 3 && whole_first(doc, run);
        if led {
            if let [whole, one, other] = run {
                two(doc, whole, one, other, all);
            } else if is_list(&run[1..]) {
                list(doc, &counts[..=at], &run[1..], all);
            }
        } else if run.len() >= 3 && is_list(run) {
            list(doc, &counts[..at], run, all);
        } else if let ([.., whole], [one, other]) = (&counts[..at], run) {
            two(doc, whole, one, other, all);
        }
        // 项目24个，机械类9个、电子类7个、服务类8个: the last of a run may begin another list.
        at += run.len().saturating_sub(1).max(1);
    }
}

/// 1083名毕业生中，签约846人，升学171人，入伍42人，创业34人: three and more whose whole the words have named, and which they all
/// but make.
fn all_but_made(doc: &Document, all: &mut Vec<Relation>) {
    let made: Vec<String> = all
        .iter()
        .filter(|it| it.primary && it.kind == RelationKind::Sum)
        .flat_map(|it| it.members.iter().filter(|(role, _)| *role == Role::Part).map(|(_, id)| id.clone()))
        .collect();
    let mut found = Vec::new();
    for (n, it) in all.iter().enumerate() {
        let Some(((_, whole), parts)) = it.members.split_last() else { continue };
        let sums = match it.kind {
            RelationKind::Subset => it.primary == (it.finding == Finding::Consistent),
            RelationKind::Sum => !it.primary && it.finding == Finding::Inconsistent,
            _ => false,
        };
        if !sums || parts.len() < 2 || parts.iter().any(|(_, id)| made.contains(id)) {
            continue;
        }
        let parts: Vec<&Claim> = parts.iter().filter_map(|(_, id)| doc.claim(id)).collect();
        let Some(whole) =
            doc.claim(whole).filter(|whole| parts.iter().all(|part| part.unit == whole.unit || alike(part, whole)))
        else {
            continue;
        };
        let first = parts[0];
        // 考评人员52名，其中高级考评员15名、考评员36名: two only where both have the name of the whole.
        let sum = sum(&parts);
        let slip = sum.zip(whole.value).is_some_and(|(a, b)| is_slip(a, b) || carried(a, b));
        // 留学生226名，其中学历生148名、语言生68名: the last character will do where a slip explains what lacks.
        let kind = |c: &Claim| cues::label(c).trim_end_matches(['达', '到', '共', '有', '为']).chars().next_back();
        let named = |c: &&Claim| {
            shared(&cues::label(c), &cues::label(whole)) >= 2 || slip && kind(c) == kind(whole) && kind(c).is_some()
        };
        if parts.len() == 2 && !(parts.iter().all(named) && whole.site.sentence == first.site.sentence) {
            continue;
        }
        // 志愿者1264人，其中学生1120人、教师96人: two that lack more than a slip may leave others out.
        // 满意的4531份，其中“非常满意”3205份、“比较满意”1326份: there is nothing between.
        let content = |c: &Claim| cues::label(c).contains("满意") && !cues::label(c).contains('不');
        let all_content = content(whole) && parts.iter().all(|part| content(part));
        if parts.len() == 2 && sum < whole.value && !slip && !all_content {
            continue;
        }
        // 世界技能大赛1枚金牌、国家级35项、…: a list that begins with something else leaves that out.
        let mut between =
            doc.around(first).iter().filter(|c| c.site.start > whole.site.start && c.site.start < first.site.start);
        let begins = between.all(|c| c.site.clause != first.site.clause && (!alike(c, whole) || cues::is_old(c)));
        let plain = parts.iter().chain([&whole]).all(|c| {
            c.bound == Bound::Exact
                && !cues::per_head(c)
                && !cues::is_old(c)
                && !any_in(&c.site.before, &["以上", "以下"])
        });
        if begins
            && plain
            && (parts.len() == 2 || !open(&parts))
            && whole.site.start < first.site.start
            && close(whole, &parts, 1, true) == Some(true)
        {
            found.extend(held_within(RelationKind::Sum, whole, &parts).map(|sum| (n, sum)));
        }
    }
    for (n, sum) in found {
        all[n].primary = false;
        all.push(sum);
    }
}

/// 课程365门，自建219门，引进136门: two of a like name right behind their whole, which they all but make.
fn two(doc: &Document, whole: &Claim, one: &Claim, other: &Claim, all: &mut Vec<Relation>) {
    let told = |it: &Relation| {
        let has = |c: &Claim| it.members.iter().any(|(role, id)| *role == Role::Part && *id == c.id);
        it.primary && has(one) && has(other)
    };
    let run = [one, other];
    let (a, b) = (cues::label(one), cues::label(other));
    let row = whole.site.sentence == one.site.sentence
        && whole.site.clause + 1 == one.site.clause
        && a.chars().count() == b.chars().count()
        && (2..=4).contains(&a.chars().count())
        && alike(whole, one)
        && whole.unit == one.unit
        && whole.bound == Bound::Exact
        && one.value.max(other.value) < whole.value;
    let plain = is_list(&run) && !cues::is_old(whole) && !cues::per_head(whole) && !cues::is_base(whole);
    let named = division::complete(&run) || a.contains('不') || b.contains('不');
    if !row || !plain || all.iter().any(told) {
        return;
    }
    let Some(it) = held_within(RelationKind::Sum, whole, &run) else { return };
    let digit = it.computed.zip(whole.value).is_some_and(|(sum, whole)| one_digit(sum, whole));
    let near = addition::near(whole, &run, if named { 8 } else { 30 }) && (named || digit);
    let share = doc.next(other).is_some_and(|c| c.kind == Kind::Rate && c.site.clause == other.site.clause);
    if it.finding == Finding::Consistent || near && !share {
        all.push(it);
    }
}

/// 很满意41.5%、满意38.2%、一般16.8%、不满意5.3%: a list of nothing but shares, and shares of one whole in one breath, make all of
/// it where they all but do.
fn shares_of_all(doc: &Document, all: &mut Vec<Relation>) {
    let shares: Vec<&Claim> = doc
        .claims
        .iter()
        .filter(|c| c.kind == Kind::Rate && c.unit == "%" && c.bound == Bound::Exact && c.site.cell.is_none())
        .collect();
    for row in shares.chunk_by(|a, b| next_share(doc, a, b)) {
        let told = |it: &Relation| {
            it.kind == RelationKind::PercentSum
                && it.members.iter().any(|(_, id)| *id == row[0].id || *id == row[row.len() - 1].id)
        };
        let several = row[0].site.sentence_text.contains("多选");
        let said = |c: &&&Claim| c.site.before.contains('占');
        let least = if row.iter().filter(said).count() == row.len() { 2 } else { 3 };
        let Some(sum) = sum(row) else { continue };
        if row.len() < least || several || all.iter().any(told) || row.iter().any(|c| cues::is_old(c)) {
            continue;
        }
        let apart = if sum > Exact::whole(100) { sum.minus(Exact::whole(100)) } else { Exact::whole(100).minus(sum) };
        let Some(apart) = apart else { continue };
        let rounding = row[0].step.times(Exact::whole(2));
        let smallest = row.iter().filter_map(|c| c.value).min().unwrap_or(Exact::ZERO);
        if Some(apart) <= rounding {
            let exact = apart == Exact::ZERO || row.len() >= 3;
            all.extend(exact.then(|| percent_sum(row, sum, Finding::Consistent)));
        } else if row.len() >= 3
            && least == 3
            && !open(row)
            && apart <= Exact::whole(4)
            && apart.times(Exact::whole(2)) <= Some(smallest)
        {
            all.push(percent_sum(row, sum, Finding::Inconsistent));
        }
    }
}

/// Are these two shares of one list, or said of parts of one whole one behind the other?
fn next_share(doc: &Document, one: &Claim, next: &Claim) -> bool {
    if one.site.chain != next.site.chain || one.step != next.step {
        return false;
    }
    // 不足6小时17.4%，6至7小时39.8%: the classes are numbers too.
    let class = |c: &Claim| c.kind == Kind::Threshold || c.bound != Bound::Exact;
    let between =
        doc.around(one).iter().filter(|c| c.site.start > one.site.start && c.site.start < next.site.start && !class(c));
    if one.site.before.contains('占') && next.site.before.contains('占') {
        let bare = |c: &Claim| {
            c.site.before.trim_start_matches(['，', '；']).starts_with('占') && c.site.before.chars().count() <= 4
        };
        return between.count() == 1 && bare(one) && bare(next);
    }
    if one.site.sentence != next.site.sentence || between.count() > 0 {
        return false;
    }
    let text = text_between(one, next);
    let name = text.trim_start_matches(['、', '，']);
    name.len() < text.len()
        && (1..=10).contains(&name.chars().count())
        && !name.contains(['，', '；', '（', '较', '比', '率', '占'])
}

/// Do the parts all but make the whole? The fewer tried, the farther off they may be; who counts by grades leaves none out.
fn close(whole: &Claim, parts: &[&Claim], tried: i128, among: bool) -> Option<bool> {
    let sum = sum(parts)?;
    let value = whole.value?;
    let apart = value.apart(sum)?;
    // 其中 may leave others out, unless all grades are named and one digit that is not the last is another.
    let tens = apart.over(Exact::int(10)?)?.as_int().is_some() && one_digit(value, sum) && division::all_grades(parts);
    if among && sum < value && parts.len() > 2 && !tens {
        return Some(false);
    }
    // 落实4692人，其中…；待就业170人: what is too much may be one that is none of them.
    if parts.iter().any(|part| part.value == Some(apart)) {
        return Some(false);
    }
    let share = match () {
        () if tried == 1 && (division::all_grades(parts) || after_colon(parts)) => 10,
        () if one_digit(value, sum) && value >= Exact::whole(100) => 20,
        () => 25,
    };
    let little = apart.times(Exact::int(share * tried)?)? <= value;
    let smallest = parts.iter().filter_map(|part| part.value).min()?;
    // What is too much is left out of nothing.
    let left_out = sum > value || apart.times(Exact::int(2)?)? <= smallest;
    // Rounded figures need not add up to the last digit.
    let printed = whole.step.times(Exact::int(i128::try_from(parts.len()).ok()?)?)?;
    let rounded = whole.step != Exact::int(1)? && apart <= printed && parts.iter().any(|part| part.step > whole.step);
    Some(little && left_out && !rounded && apart > Exact::ZERO)
}

/// 需关注161人，约占一成：一级13人，二级48人，三级110人: what follows a colon is all of it.
fn after_colon(parts: &[&Claim]) -> bool {
    let Some(first) = parts.first() else { return false };
    let before = said_before(first);
    let name = before.rsplit('：').next().unwrap_or_default();
    name.len() < before.len() && name.chars().count() <= 8 && !name.contains(['，', '、'])
}

/// Does the list close with 等, or go on with others?
fn open(parts: &[&Claim]) -> bool {
    let Some(last) = parts.last() else { return true };
    let behind = head_of(said_after(last), 14);
    behind.split(['，', '。', '；']).next().unwrap_or_default().contains('等')
        || any_in(behind, &["另", "其余", "其他", "此外", "还有"])
}

/// 规范103份，基本规范12份，不规范7份: what is so, more or less so and not so is all there is.
fn graded(counts: &[&Claim], all: &mut Vec<Relation>) {
    for (n, not) in counts.iter().enumerate() {
        let label = cues::label(not);
        let Some(word) = label.strip_prefix('不').filter(|word| (2..=3).contains(&word.chars().count())) else {
            continue;
        };
        let told = |it: &Relation| it.kind == RelationKind::Sum && it.members.iter().any(|(_, id)| *id == not.id);
        if all.iter().any(told) {
            continue;
        }
        let here = counts[..n].iter().rev().take_while(|c| c.site.chain == not.site.chain);
        let mut parts: Vec<&Claim> =
            here.copied().take_while(|c| alike(c, not) && cues::label(c).contains(word)).collect();
        parts.reverse();
        // 优秀312人、良好1126人、及格2287人、不及格327人: of a list with more they are not all.
        let Some(first) = parts.first().copied().filter(|first| !cues::goes_on_a_list(first)) else { continue };
        parts.push(not);
        let at = n - (parts.len() - 1);
        let larger = |c: &&&Claim| alike(c, first) && c.value > first.value && !cues::is_old(c) && !cues::per_head(c);
        let near = |c: &&&Claim| c.site.paragraph == first.site.paragraph && c.site.chain + 1 >= first.site.chain;
        let wholes = || counts[..at].iter().rev().take(4).filter(near).filter(larger);
        let sum = sum(&parts);
        let Some(whole) = wholes().find(|c| c.value == sum).or_else(|| wholes().next()) else { continue };
        if addition::near(whole, &parts, 10) {
            all.extend(held_within(RelationKind::Sum, whole, &parts));
        }
    }
}

/// Is the first of a run parted by commas more than all others, and all but made by them?
fn whole_first(doc: &Document, run: &[&Claim]) -> bool {
    let comma = goes_on(doc, run[0], run[1]) == Some('，');
    comma && run[1..].iter().all(|c| c.value < run[0].value) && addition::near(run[0], &run[1..], 8)
}

/// The numbers of one list, from its first on.
fn run_from<'a, 'b>(doc: &Document, counts: &'b [&'a Claim]) -> &'b [&'a Claim] {
    let next = |pair: &[&Claim]| goes_on(doc, pair[0], pair[1]);
    let signs: Vec<Option<char>> = counts.windows(2).take(40).map(next).take_while(Option::is_some).collect();
    let same = signs.iter().take_while(|sign| **sign == signs[0]).count();
    &counts[..(same + 1).min(counts.len())]
}

/// The sign between two items of a list, if nothing but it and a short name parts them.
fn goes_on(doc: &Document, one: &Claim, next: &Claim) -> Option<char> {
    if one.site.sentence != next.site.sentence || !alike(one, next) || one.unit != next.unit {
        return None;
    }
    let between = text_between(one, next);
    // 21414册次（33%）、: a share in brackets belongs to what it stands behind.
    let between = match between.strip_prefix('（').and_then(|rest| rest.split_once('）')) {
        Some((_, rest)) => rest,
        None => between,
    };
    let sign = between.chars().next().filter(|c| matches!(c, '、' | '，'))?;
    let name = &between[sign.len_utf8()..];
    let numbers = doc.around(one).iter().filter(|c| c.site.start >= one.site.end && c.site.start < next.site.start);
    let bare = numbers.clone().all(|c| matches!(c.kind, Kind::Rate | Kind::Grade | Kind::Ordinal));
    let signs = ['，', '、', '；', '：', '（', '共', '计', '较', '比', '占', '累', '每', '均'];
    let short = (1..=if sign == '、' { 14 } else { 8 }).contains(&name.chars().count());
    (short && bare && !name.contains(signs)).then_some(sign)
}

/// Are these things that can be added: none of them among another, none of another time?
fn is_list(run: &[&Claim]) -> bool {
    let [first, ..] = run else { return false };
    let plain = |c: &&&Claim| {
        !cues::per_head(c)
            && !cues::is_old(c)
            && !cues::is_base(c)
            && !any_in(&c.site.before.replace("及以下", ""), &["以上", "以下"])
    };
    let names = run.iter().map(|c| cues::label(c)).collect::<std::collections::HashSet<_>>();
    run.iter().filter(plain).count() == run.len()
        && !open(run)
        && names.len() == run.len()
        && division(run) != Division::Overlapping
        && first.each.is_none()
}

/// 从选手分布看，机械系9名、…: what heads the list names what it divides.
fn headed(first: &Claim, whole: &Claim) -> bool {
    let head = said_before(first);
    let Some((head, _)) = head.split_once(['，', '：']) else { return false };
    // 专任教师中，正高级43人、…: what the list is among.
    if let Some(name) = head.trim_start_matches('在').strip_suffix('中') {
        let named = name.chars().count() >= 3 && words_of(whole).contains(name);
        return named && whole.site.paragraph + 4 > first.site.paragraph;
    }
    let divided = any_in(head, &["分布", "构成", "结构", "按", "看", "分"]);
    let noun = whole.site.after.chars().take(4).collect::<String>();
    divided && head.chars().count() <= 12 && shared(head, &noun) >= 2
}

/// One list against what was counted before it.
fn list(doc: &Document, before: &[&Claim], run: &[&Claim], all: &mut Vec<Relation>) {
    let in_sum = |it: &&Relation| {
        let part = |c: &&&Claim| it.members.iter().any(|(role, id)| *role == Role::Part && *id == c.id);
        it.primary && run.iter().filter(part).count() >= 2
    };
    let told: Vec<&Relation> = all.iter().filter(in_sum).collect();
    if told.iter().any(|it| it.kind == RelationKind::Sum || it.finding == Finding::Inconsistent) {
        return;
    }
    // 在校生1204人，其中机电412人、…: the words have named the whole.
    let of_words = told.first().and_then(|it| it.under_test()).map(str::to_string);
    let first = run[0];
    let near = |c: &&&Claim| {
        let close = c.site.paragraph == first.site.paragraph
            || c.site.paragraph + 1 == first.site.paragraph
            || headed(first, c);
        let whole = !cues::per_head(c) && !cues::is_old(c) && !cues::is_base(c);
        close && whole && alike(c, first) && c.unit == first.unit && run.iter().all(|part| part.value < c.value)
    };
    let wholes: Vec<&Claim> = before.iter().rev().filter(near).take(WHOLES).copied().collect();
    let Some(sum) = sum(run) else { return };
    let holds = wholes.iter().position(|whole| whole.value == Some(sum));
    if let Some(at) = holds {
        // A small number is hit by chance among several.
        let seldom = sum >= Exact::whole(30) || at == 0;
        if seldom && let Some(it) = held_within(RelationKind::Sum, wholes[at], run) {
            all.extend(Some(it).filter(|it| it.finding == Finding::Consistent));
        }
        return;
    }
    let meant = wholes.iter().enumerate().find(|(rank, whole)| {
        let here = whole.site.chain + 1 >= first.site.chain && whole.site.paragraph == first.site.paragraph;
        let here = here || headed(first, whole);
        let named = of_words.as_ref().is_none_or(|id| *id == whole.id);
        here && named
            && close(
                whole,
                run,
                i128::try_from(if of_words.is_some() { 1 } else { rank + 1 }).unwrap_or(99),
                of_words.is_some(),
            ) == Some(true)
    });
    // 世界技能大赛1枚金牌、国家级35项、…: a list that begins with something else leaves that out.
    let begins = |whole: &Claim| {
        let here =
            doc.around(first).iter().filter(|c| c.site.start > whole.site.start && c.site.start < first.site.start);
        here.filter(|c| c.kind.counts()).all(|c| c.site.clause != first.site.clause)
    };
    let Some((_, whole)) = meant.filter(|(_, whole)| begins(whole)) else { return };
    let it = held_within(RelationKind::Sum, whole, run).filter(|it| it.finding == Finding::Inconsistent);
    if it.is_some() {
        let fits = |it: &Relation| it.kind == RelationKind::Subset && in_sum(&it);
        all.iter_mut().filter(|it| fits(it)).for_each(|it| it.primary = false);
        all.extend(it);
    }
}
