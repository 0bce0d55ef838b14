//! Only so many there are, and more of them afterwards: 学生组一共只产生三枚金牌，我校独得四枚金牌; 全市只有七所技师学院，…，我院位列第九名.

use crate::document::{Bound, Claim, Document, Kind};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::sums::addition::held_within;
use crate::relate::wording::around::{led_from, shared};
use crate::relate::wording::cues;
use crate::units::is_common;
use crate::words::any_in;
use jc_text::fold::is_han;

/// Words that leave no more.
const ONLY: &[&str] = &["只有", "仅有", "只设", "仅设", "只产生", "只评", "仅评", "只派", "共只"];
/// Who takes a place among others.
const COMPETE: &[&str] = &["队", "所", "家", "校", "个班", "名选手", "人参"];

/// Looks for them in the sentence that says how many there are.
pub(super) fn only_so_many(doc: &Document, all: &mut Vec<Relation>) {
    let mut found = Vec::new();
    for row in doc.claims.chunk_by(|a, b| a.site.sentence == b.site.sentence) {
        for (at, whole) in row.iter().enumerate().filter(|(_, c)| is_all(c)) {
            let own = noun(whole);
            // 仅有2人未通过，100人参加: who is not among them is no limit to those who are.
            if own.starts_with(['未', '没', '不', '缺', '请']) {
                continue;
            }
            for later in row[at + 1..].iter().filter(|c| c.bound == Bound::Exact && !cues::is_old(c)) {
                let more = later.value > whole.value;
                if more && later.unit == whole.unit && later.kind == whole.kind && of_it(whole, later, &own) {
                    found.extend(held_within(RelationKind::Subset, whole, &[later]));
                } else if more && later.kind == Kind::Rank && competes(whole, &own) && row.len() - at == 2 {
                    found.push(beyond_all(whole, later));
                }
            }
        }
    }
    let members = |it: &Relation| it.members.iter().map(|(_, id)| id.clone()).collect::<Vec<_>>();
    found.retain(|it| !all.iter().any(|other| other.primary && members(other) == members(it)));
    all.extend(found);
}

/// The ninth of seven.
fn beyond_all(whole: &Claim, place: &Claim) -> Relation {
    let (whole_told, place_told) = (whole.text.clone(), place.text.clone());
    let zh = format!("文中说只有{whole_told}，却有{place_told}");
    let with = vec![("whole", whole_told), ("place", place_told)];
    let working = Working { code: "more-than-there-are", with, zh };
    let members = vec![(Role::Claims, whole), (Role::Claims, place)];
    relation(RelationKind::Exclusive, Finding::Inconsistent, members, working)
}

fn is_all(claim: &Claim) -> bool {
    let lead = claim.site.before.as_str();
    let only = ONLY.iter().any(|word| lead.contains(word)) && !any_in(&claim.site.clause_text, &["时", "当初", "前"]);
    // 从只有3个专业…，到今天拥有6个系: it was so at the beginning.
    only && cues::exact(claim) && claim.kind == Kind::Count && !cues::is_old(claim) && !lead.contains(['另', '从'])
}

fn noun(claim: &Claim) -> String {
    claim.site.after.chars().take_while(|c| is_han(*c)).take(4).collect()
}

/// 优秀班集体却有10个, 5名一等奖获得者: is the same counted, of which nothing else is named between?
fn of_it(whole: &Claim, later: &Claim, own: &str) -> bool {
    let said = format!("{}{}{}", led_from(Some(whole), later), later.site.after, later.site.before);
    let named = shared(own, &said) >= 2 || shared(&whole.site.before, &said) >= 3;
    let noun = own.chars().next().is_some_and(|noun| said.contains(noun));
    let rare = !is_common(&whole.unit) || noun;
    let others = [
        "外校", "其他", "全省", "全国", "全市", "去年", "上年", "累计", "比", "较", "计划", "如今", "现在", "目前",
        "今天", "今日", "而今", "现有", "至今", "已有", "增", "加入", "发展", "扩",
    ];
    // 只有86座剧院、40个乐团、1092座图书馆: others of one list.
    let apart = whole.site.clause != later.site.clause;
    apart && (named || rare && said.contains('却')) && !any_in(&said, &others)
}

/// 七所技师学院, 6支队伍: those of whom one has a place.
fn competes(whole: &Claim, own: &str) -> bool {
    let said = format!("{}{own}", whole.text);
    COMPETE.iter().any(|word| said.contains(word))
}
