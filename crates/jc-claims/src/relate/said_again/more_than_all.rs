//! What was done of all of them and is more than all: 共梳理问题46个，已完成整改64个; and one act told of more people than times:
//! 登录学员4180人，累计登录3860人次.

use jc_text::fold::is_han;

use crate::document::{Bound, Claim, Document, Kind};
use crate::relate::digits::printed::shown;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::sums::addition::held_within;
use crate::relate::wording::cues;
use crate::units::counts_people;
use crate::words::any_in;

/// What makes a whole of things that are then to be done.
const FOUND: &[&str] = &[
    "梳理",
    "排查",
    "查出",
    "查找",
    "发现",
    "查摆",
    "列出",
    "受理",
    "接到",
    "收到",
    "收集",
    "征集",
    "反馈",
    "交办",
    "检查出",
    "摸排",
    "排摸",
    "登记",
    "立案",
];
/// What is done of each.
const DONE: &[&str] = &[
    "整改",
    "办结",
    "解决",
    "答复",
    "化解",
    "销号",
    "处理",
    "落实",
    "修复",
    "回复",
    "办理",
    "治理",
    "消除",
    "整治",
    "处置",
    "整改到位",
    "落实整改",
    "整改落实",
    "整改销号",
    "维修",
];
/// Words beside the verb that name nothing else.
const HOW: &[&str] = &[
    "到年底",
    "到年末",
    "至年底",
    "年底前",
    "截至年底",
    "截至目前",
    "目前",
    "现已",
    "现",
    "均已",
    "已经",
    "已",
    "全部",
    "均",
    "完成",
    "按期",
    "如期",
    "实际",
    "当场",
    "及时",
    "已有",
    "有",
    "并",
    "其中",
    "了",
];
/// Others may be among them.
const OTHERS: &[&str] = &[
    "往年",
    "历年",
    "上年",
    "去年",
    "遗留",
    "结转",
    "含",
    "包括",
    "存量",
    "以前",
    "累计",
    "此前",
    "连同",
    "新增",
    "新发现",
];

/// Looks for all of them.
pub(super) fn more_than_all(doc: &Document, all: &mut Vec<Relation>) {
    let mut found = Vec::new();
    for row in doc.claims.chunk_by(|a, b| a.site.sentence == b.site.sentence) {
        found.extend(row.windows(2).filter_map(|pair| done(&pair[0], &pair[1])));
        found.extend(row.windows(2).filter_map(|pair| fewer_times(&pair[0], &pair[1])));
    }
    let told = |it: &Relation| {
        let has = |other: &Relation, id: &String| other.members.iter().any(|(_, own)| own == id);
        all.iter().any(|other| {
            other.primary && other.finding == Finding::Inconsistent && it.members.iter().all(|(_, id)| has(other, id))
        })
    };
    found.retain(|it| !told(it));
    all.extend(found);
}

/// 共梳理问题46个，已完成整改64个.
fn done(whole: &Claim, part: &Claim) -> Option<Relation> {
    let plain = |c: &Claim| cues::plain(c) && c.kind == Kind::Count;
    let near = (whole.site.clause + 1..=whole.site.clause + 2).contains(&part.site.clause);
    let like = whole.unit == part.unit && part.value > whole.value && plain(whole) && plain(part);
    if !near || !like {
        return None;
    }
    let found = any_in(&whole.site.before, FOUND) && !any_in(&whole.site.before, DONE);
    let others = any_in(&whole.site.clause_text, OTHERS) || any_in(&part.site.clause_text, OTHERS);
    // 12月发现隐患9处，整改15处: those of the months before are among them.
    let of_a_while =
        any_in(&whole.site.clause_text, &["月", "季度", "上半年", "下半年", "本周", "当天", "本次", "这次"]);
    let lead = part.site.before.trim_start_matches(['，', '、']);
    let own = format!("{lead}{}", part.site.after.trim_start_matches('的'));
    let bare = HOW.iter().fold(own, |text, word| text.replace(word, ""));
    let wrong = found && !others && !of_a_while && DONE.contains(&bare.as_str());
    wrong.then(|| held_within(RelationKind::Subset, whole, &[part])).flatten()
}

/// 实际登录学员4180人，累计登录3860人次: whoever did it did it at least once.
fn fewer_times(people: &Claim, times: &Claim) -> Option<Relation> {
    let plain = cues::for_itself(people) && counts_people(&people.unit) && people.unit != "人次";
    let of_them = times.kind == Kind::PersonTimes && times.bound == Bound::Exact && !cues::per_head(times);
    let near = times.site.clause <= people.site.clause + 1 && !cues::is_old(times) && times.value < people.value;
    if !of_them || !near || !plain {
        return None;
    }
    let lead = times.site.before.trim_start_matches(['，', '、', '（']);
    let act =
        ["累计", "共计", "总计", "总共", "合计", "共"].iter().find_map(|word| lead.strip_prefix(word)).unwrap_or(lead);
    let same = act.chars().count() >= 2
        && act.chars().all(is_han)
        && people.site.clause_text.contains(act)
        && times.site.after.is_empty()
        && !any_in(lead, &["其中", "另", "人均", "日均"]);
    same.then(|| {
        let working = Working {
            code: "fewer-times-than-people",
            with: vec![("people", people.text.clone()), ("times", times.text.clone()), ("act", act.to_string())],
            zh: format!("“{act}”的有{}，却只有{}：人次不会比人数少", shown(people), shown(times)),
        };
        let members = vec![(Role::Claims, people), (Role::Claims, times)];
        relation(RelationKind::Exclusive, Finding::Inconsistent, members, working)
    })
}
