//! A number told again in a form of its own, where it agrees: as a heading, as the medals of a list, as what a count rose to, as
//! a file for each household, as those who begin the next sentence; and 三项合计, which counts the parts of a sum.

use std::collections::HashSet;

use jc_text::fold::is_han;

use super::twice::equal;
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::changes::differences;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::around::pairs;
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::words::{CHANGE, any_in};

/// Looks for all of them.
pub(super) fn again(doc: &Document, all: &mut Vec<Relation>) {
    let mut told: HashSet<(String, String)> = HashSet::new();
    for it in all.iter().filter(|it| it.primary && it.kind == RelationKind::Equal) {
        if let [(_, first), (_, second)] = &it.members[..] {
            told.insert((first.clone(), second.clone()));
        }
    }
    let mut found = Vec::new();
    for second in doc.claims.iter().filter(|c| c.bound == Bound::Exact && c.site.cell.is_none()) {
        let first = headed(doc, second)
            .or_else(|| medals(doc, second))
            .or_else(|| risen(doc, second))
            .or_else(|| one_each(doc, second))
            .or_else(|| each_of(doc, second))
            .or_else(|| opening(doc, second));
        let new = |first: &&Claim| !told.contains(&(first.id.clone(), second.id.clone()));
        found.extend(first.filter(new).map(|first| equal(first, second, true)));
        found.extend(so_many_parts(doc, second, all));
        found.extend(risen_by(doc, second));
    }
    all.extend(found);
}

/// The numbers before one that say the same value, the nearest first.
fn same_before<'a>(doc: &'a Document, second: &'a Claim) -> impl Iterator<Item = &'a Claim> {
    let before = doc.around(second).iter().rev().filter(|c| c.site.start < second.site.start);
    before.filter(|c| c.value == second.value && c.bound == Bound::Exact && c.numeral != Numeral::None)
}

/// “1146人” as a heading, and the sentence below it that says of whom.
fn headed<'a>(doc: &'a Document, second: &'a Claim) -> Option<&'a Claim> {
    let alone = |c: &&Claim| c.site.paragraph_text.trim() == c.text && c.unit == second.unit && c.kind == second.kind;
    let below = |c: &&Claim| (1..=2).contains(&(second.site.paragraph.saturating_sub(c.site.paragraph)));
    same_before(doc, second).filter(alone).find(below)
}

/// 6金9银11铜…，其中金牌由3枚增至6枚.
fn medals<'a>(doc: &'a Document, second: &'a Claim) -> Option<&'a Claim> {
    const METALS: [&str; 3] = ["金", "银", "铜"];
    let medal = matches!(second.unit.as_str(), "枚" | "块") && second.site.grade.is_empty() && !cues::is_old(second);
    let metal = METALS.into_iter().find(|metal| second.site.before.contains(&format!("{metal}牌")))?;
    let near = |c: &&Claim| c.site.paragraph + 3 >= second.site.paragraph;
    same_before(doc, second).filter(|c| medal && c.site.grade == metal).find(near)
}

/// 实考3320人次…。实考人次由2656人次增至3320人次: what it rose or fell to.
fn risen<'a>(doc: &'a Document, second: &'a Claim) -> Option<&'a Claim> {
    let to = ["到", "至", "为"].iter().find_map(|end| second.site.before.trim_end_matches('了').strip_suffix(end))?;
    let turned = CHANGE.iter().any(|(verb, _)| to.ends_with(verb)) || to.ends_with(['增', '升', '降', '减']);
    let large = second.value >= Exact::int(10) && turned;
    let like = |c: &&Claim| {
        let level = c.level == second.level || c.level.is_none() || second.level.is_none();
        c.kind == second.kind && c.unit == second.unit && c.site.chain != second.site.chain && level && !cues::is_old(c)
    };
    let own = sentence_pairs(second);
    let signs: HashSet<char> = own.iter().flat_map(|(a, b)| [*a, *b]).collect();
    // Three figures that end in no nought need fewer words in common.
    let odd = second.value >= Exact::int(100);
    let akin = |c: &&Claim| {
        let words = pairs(c);
        let letters =
            words.iter().flat_map(|(a, b)| [a, b]).filter(|c| signs.contains(c)).collect::<HashSet<_>>().len();
        words.intersection(&own).count() >= if odd { 1 } else { 2 } || odd && letters >= 2
    };
    same_before(doc, second).filter(|_| large).filter(like).find(akin)
}

/// The pairs around a number, and those of the clause it ends: 实考人次由2656人次增至3320人次.
fn sentence_pairs(claim: &Claim) -> HashSet<(char, char)> {
    let mut own = pairs(claim);
    let clause: Vec<char> = claim.site.clause_text.chars().collect();
    own.extend(clause.windows(2).filter(|pair| pair.iter().all(|c| is_han(*c))).map(|pair| (pair[0], pair[1])));
    own
}

/// 合作企业62家，较上年新增14家…。企业由年初的50家增至62家: what it grew by in one place, from what to what in another.
fn risen_by(doc: &Document, change: &Claim) -> Option<Relation> {
    const THEN: &[&str] = &["上年", "去年", "年初", "上学年", "上年末", "去年底"];
    let lead = change.site.before.trim_start_matches('，');
    let by = (lead.starts_with('较') || lead.starts_with('比'))
        && any_in(lead, THEN)
        && ["新增", "增加", "净增", "增加了"].iter().any(|word| lead.ends_with(word));
    let now = doc.around(change).iter().rev().find(|c| c.site.start < change.site.start && c.kind != Kind::Date)?;
    let stands = now.site.sentence == change.site.sentence && now.unit == change.unit && now.value > change.value;
    if !by || !stands || now.bound != Bound::Exact || cues::is_old(now) {
        return None;
    }
    let elsewhere = doc.around(change).windows(2).find_map(|pair| {
        let [old, new] = pair else { return None };
        let same = new.value == now.value && new.unit == now.unit && old.unit == now.unit && new.id != now.id;
        let told = new.site.clause == old.site.clause && cues::is_old(old) && any_in(&old.site.before, THEN);
        (same && told && old.bound == Bound::Exact && new.site.chain != now.site.chain).then_some((old, new))
    });
    let (old, new) = elsewhere?;
    differences::difference(change, old, new, false)
}

/// 困难家庭218户，建立帮扶台账218份: one paper for each.
fn one_each<'a>(doc: &'a Document, second: &'a Claim) -> Option<&'a Claim> {
    const PAPERS: &[&str] = &["台账", "档案", "责任书", "承诺书", "协议书", "清单", "卡", "手册"];
    let paper = matches!(second.unit.as_str(), "份" | "本" | "张" | "个" | "册")
        && (any_in(&second.site.before, PAPERS) || any_in(&second.site.after, PAPERS))
        && second.value >= Exact::int(20);
    let holder = |c: &&Claim| {
        matches!(c.unit.as_str(), "户" | "人" | "名" | "家")
            && c.site.sentence == second.site.sentence
            && second.site.clause <= c.site.clause + 1
    };
    same_before(doc, second).filter(|_| paper).find(holder)
}

/// 现有3个年级…。讲座9场（三个年级各3场）: each of those there are.
fn each_of<'a>(doc: &'a Document, second: &'a Claim) -> Option<&'a Claim> {
    let noun = |c: &Claim| c.site.after.chars().take_while(|c| is_han(*c)).take(4).collect::<String>();
    let own = noun(second);
    let own = own.split('各').next().filter(|name| second.site.after[name.len()..].starts_with('各'))?;
    let named = own.chars().count() >= 2 && second.kind == Kind::Count;
    let same =
        |c: &&Claim| c.unit == second.unit && c.site.sentence != second.site.sentence && noun(c).starts_with(own);
    same_before(doc, second).filter(|_| named).find(same)
}

/// …有效问卷1012份…。1012名样本毕业生中: a long number begins a sentence once more, of whatever it is counted by now.
fn opening<'a>(doc: &'a Document, second: &'a Claim) -> Option<&'a Claim> {
    let opens = second.site.before.is_empty() && second.site.start <= second.site.sentence_start + 1;
    let odd = second.value.is_some_and(|value| {
        value >= Exact::whole(1000) && value.over(Exact::whole(10)).and_then(Exact::as_int).is_none()
    });
    let near = |c: &&Claim| c.site.paragraph + 2 >= second.site.paragraph && c.kind.counts();
    same_before(doc, second).filter(|_| opens && odd && second.kind.counts()).find(near)
}

/// 奖学金42万元、助学金58万元、补助6万元，三项合计106万元: as many as are added.
fn so_many_parts(doc: &Document, count: &Claim, all: &[Relation]) -> Option<Relation> {
    let sums = ["合计", "共计", "总计", "累计", "共", "相加"].iter().any(|word| count.site.after.starts_with(word));
    let small = matches!(count.unit.as_str(), "项" | "类" | "个" | "部分" | "笔") && count.kind == Kind::Count;
    let total = doc.around(count).iter().find(|c| c.site.start > count.site.start).filter(|_| sums && small)?;
    let sum = all.iter().find(|it| {
        let stated = it.members.iter().any(|(role, id)| *role == Role::Whole && *id == total.id);
        it.primary && it.kind == RelationKind::Sum && it.finding == Finding::Consistent && stated
    })?;
    let parts: Vec<&Claim> =
        sum.members.iter().filter(|(role, _)| *role == Role::Part).filter_map(|(_, id)| doc.claim(id)).collect();
    let listed = i128::try_from(parts.len()).ok()?;
    let own = parts.iter().all(|part| alike(part, total));
    let names = parts.iter().map(|part| part.subject.as_str()).collect::<Vec<_>>().join("、");
    let holds = own && count.value == Exact::int(listed);
    let working = Working {
        code: "list-holds",
        with: vec![("listed", listed.to_string()), ("stated", listed.to_string()), ("items", names.clone())],
        zh: format!("列举{listed}项（{names}）＝{listed}"),
    };
    let mut it = relation(RelationKind::Enumeration, Finding::Consistent, vec![(Role::Count, count)], working);
    it.computed = Exact::int(listed);
    it.stated = count.value;
    holds.then_some(it)
}
