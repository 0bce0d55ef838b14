//! Shares told in words, of the only two that their sentence counts: 1500名学生中有420人参加，占三分之一以上; 精品课12门，恰好占80门的五分之一;
//! 随机访问200名，满意的不到一半，为112名.
//!
//! Such a share is a round one: only what misses it by far is told.

use std::collections::HashSet;

use super::beside::may_count;
use super::readings::reading;
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::printed::shown;
use crate::relate::relations::{Finding, Relation, Working};
use crate::relate::wording::around::{shared, text_between, words_of};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::relate::wording::division::complete;
use crate::words::{REGIONS, any_in};

/// Looks for shares of which nothing is told yet.
pub(super) fn in_words(doc: &Document, all: &mut Vec<Relation>) {
    let answered: HashSet<&str> = (all.iter().filter(|it| it.primary && it.finding != Finding::Feasible))
        .filter_map(|it| it.under_test())
        .collect();
    let mut found = Vec::new();
    for row in doc.claims.chunk_by(|a, b| a.site.sentence == b.site.sentence) {
        for share in row.iter().filter(|c| is_worded(c) && !answered.contains(c.id.as_str())) {
            found.extend(of_two(row, share));
        }
    }
    let own: HashSet<String> = found.iter().filter_map(|it| it.under_test().map(str::to_string)).collect();
    all.retain(|it| it.finding != Finding::Feasible || !it.under_test().is_some_and(|id| own.contains(id)));
    all.extend(found);
}

/// 三分之一以上, 不到一半, 过半, 八成.
fn is_worded(claim: &Claim) -> bool {
    let word = ["分之", "半", "成"].iter().any(|word| claim.text.contains(word)) && !claim.text.contains("百分之");
    let of_others = any_in(&claim.site.clause_text, REGIONS) || cues::is_old(claim);
    word && claim.kind == Kind::Rate && claim.site.cell.is_none() && !of_others
}

fn of_two(row: &[Claim], share: &Claim) -> Option<Relation> {
    let plain = |c: &&Claim| may_count(c) && c.id != share.id;
    let counts: Vec<&Claim> = row.iter().filter(plain).collect();
    let [a, b] = counts[..] else { return None };
    let fit = [a, b].iter().all(|c| c.bound == Bound::Exact && !cues::is_old(c)) && alike(a, b) && a.value != b.value;
    let (whole, part) = if a.value > b.value { (a, b) } else { (b, a) };
    // 其余, 另外: of those who are left.
    let others = any_in(&share.site.clause_text, &["其余", "另外", "其中", "剩余", "其他", "超额", "增"]);
    let it = reading(share, &[part], whole, &[]).filter(|_| fit && !others && whole.site.start < part.site.start)?;
    // 省内2550人、省外636人: neither is a part of the other.
    if !of_part(share, part) || text_between(whole, part).starts_with('、') || complete(&[whole, part]) {
        return None;
    }
    let gives = part.value?.percent_of(whole.value?)?;
    let slack = match share.bound {
        Bound::AtLeast | Bound::AtMost => Exact::ZERO,
        _ => share.value?.over(Exact::int(8)?)?.max(Exact::int(2)?),
    };
    let low = share.min.or(share.value)?.minus(slack)?;
    let high = share.max.or(share.value)?.plus(slack)?;
    // 34所中17所: half of them are not more than half.
    if share.bound == Bound::AtLeast && gives == low && any_in(&share.text, &["过半", "超"]) {
        return Some(refuted(it, share));
    }
    (it.finding == Finding::Inconsistent && (gives < low || gives > high)).then_some(it)
}

/// Is it told right beside the part, and of it: 42个班级装上，比例刚好是八成; 通过的学校超过半数?
fn of_part(share: &Claim, part: &Claim) -> bool {
    let clause = &share.site.clause_text;
    let name = share.site.before.trim_start_matches(['，', '恰', '刚', '正', '好']);
    let lead: String = name.split(['占', '超']).next().unwrap_or_default().to_string();
    let bare = lead.trim_end_matches(['比', '例', '为', '是', '达', '约', '近', '刚', '好', '恰']).chars().count() < 2;
    let named = bare && (name.contains('占') || name.contains("比例")) || shared(&lead, words_of(part)) >= 2;
    let near = part.site.clause.abs_diff(share.site.clause) <= 1;
    // 其中专任教师231人，35岁以下的青年教师占近四成: of another part.
    let core = ["教师", "学生", "学员", "人员", "老师", "企业", "职工"]
        .iter()
        .fold(lead.clone(), |lead, who| lead.replace(who, ""));
    let named = named && (core.chars().count() < 2 || shared(&core, words_of(part)) >= 2 || lead.contains("比例"));
    let behind =
        part.site.start > share.site.start && part.site.before.trim_start_matches('，').starts_with(['为', '有']);
    let moved = any_in(clause, &["提高", "下降", "减少", "增长", "上升", "节约", "多出"]);
    // 十分之一是党员，共40人: and nothing else is named.
    let lead = part.site.before.trim_start_matches('，');
    let summed =
        part.site.start > share.site.start && ["共", "计", "共计"].contains(&lead) && part.site.after.is_empty();
    near && !moved && (summed || named && part.site.start < share.site.start || behind)
}

/// The same, told as not so, in the words of the share.
fn refuted(it: Relation, share: &Claim) -> Relation {
    let said = |(name, text): (&'static str, String)| (name, if name == "stated" { share.text.clone() } else { text });
    let with = it.working.with.into_iter().map(said).collect();
    let zh = it
        .working
        .zh
        .replace("相符", "不符")
        .replace(&format!("文中为{}", shown(share)), &format!("文中为{}", share.text));
    let working = Working { code: "rate-fails", with, zh };
    Relation { finding: Finding::Inconsistent, working, ..it }
}
