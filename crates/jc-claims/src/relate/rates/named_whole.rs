//! Shares that name a larger whole than the one that gives them: 已就业毕业生2839人，其中在省内就业2093人，占毕业生总数的73.72%, where there
//! are 3846 graduates.

use super::readings::reading;
use crate::document::{Claim, Document, Kind};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Slip};
use crate::relate::wording::population::{Called, Name};
use crate::relate::wording::{cues, label};

/// What names all of them, and nobody less.
const ALL: &[&str] = &["总数", "总人数"];
/// What makes some of them: what became of them by then.
const STATE: &[&str] = &["已", "未", "尚未", "参加", "参与", "取得", "获得", "通过", "落实", "实际"];

/// So many numbers before a share are looked at.
const NEAR: usize = 300;

/// Turns such a share to the whole it names.
pub(in crate::relate) fn named_whole(doc: &Document, all: &mut [Relation]) {
    for it in all.iter_mut().filter(|it| it.kind == RelationKind::Rate && it.primary) {
        if let Some(turned) = turned(doc, it) {
            *it = turned;
        }
    }
}

fn turned(doc: &Document, it: &Relation) -> Option<Relation> {
    let [(Role::Numerator, part), (Role::Denominator, whole), (Role::Rate, rate)] = &it.members[..] else {
        return None;
    };
    let (part, whole, rate) = (doc.claim(part)?, doc.claim(whole)?, doc.claim(rate)?);
    let base = rate.site.before.trim_start_matches(['，', '、', '（']).strip_prefix('占')?.strip_suffix('的')?;
    let noun = ALL.iter().find_map(|all| base.strip_suffix(all))?;
    let name = Name::of(base).filter(|_| it.finding == Finding::Consistent && rate.kind == Kind::Rate)?;
    // 已就业毕业生: some of those named.
    let some =
        label::lead(whole).strip_suffix(noun).is_some_and(|some| STATE.iter().any(|word| some.starts_with(word)));
    if !some || name.calls(whole) == Some(Called::So) {
        return None;
    }
    let plain = |c: &&Claim| cues::plain(c) && c.id != whole.id && c.unit == whole.unit;
    let until = doc.claims.partition_point(|c| c.site.start < rate.site.start);
    let near = doc.claims[until.saturating_sub(NEAR)..until].iter();
    let mut called = near.filter(plain).filter(|c| name.calls(c) == Some(Called::So));
    let other = called.next().filter(|c| c.value > whole.value)?;
    let one = called.all(|c| c.value == other.value);
    let mut it = reading(rate, &[part], other, &[]).filter(|it| one && it.finding == Finding::Inconsistent)?;
    it.explained_by = Some(Slip::OtherBase);
    Some(it)
}
