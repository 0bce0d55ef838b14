//! What each of some has: 在3个社区各设服务站2个、共6个; 按每人次1000元发放，合计61.2万元, of 612人次 told before; 每名班主任走访不少于15户.

use std::collections::HashSet;

use super::products::more_to_it;
use super::quotients::{fits, quotient};
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::digits::printed::interval;
use crate::relate::rates::readings;
use crate::relate::relations::{Finding, Relation, RelationKind};
use crate::relate::wording::around::{shared, words_of};
use crate::relate::wording::comparable::{adds_up, alike};
use crate::relate::wording::cues;
use crate::units::counts_people;
use crate::words::{GROWN_TO, REQUIRED, any_in};

/// So many numbers before a total are looked at.
const NEAR: usize = 16;

/// Looks for all of them.
pub(super) fn apiece(doc: &Document, all: &mut Vec<Relation>) {
    let told = |it: &&Relation| it.primary && matches!(it.kind, RelationKind::Quotient | RelationKind::Sum);
    let told: HashSet<&str> =
        all.iter().filter(told).flat_map(|it| it.members.iter().map(|(_, id)| id.as_str())).collect();
    let mut found = Vec::new();
    for each in doc.claims.iter().filter(|c| c.site.cell.is_none() && !told.contains(c.id.as_str())) {
        found.extend(installed(doc, each).or_else(|| priced(doc, each)).or_else(|| at_least(doc, each)));
    }
    all.extend(found);
}

/// 其中7名各带2人: what each of those just told of has.
pub(in crate::relate) fn each_has(claim: &Claim) -> bool {
    const HAS: &[&str] = &["带", "有", "配", "设", "派", "发", "选", "招", "交", "获", "出", "报", "教", "领"];
    let verb = claim.site.before.rsplit_once('各').map(|(_, verb)| verb.trim_end_matches('了'));
    verb.is_some_and(|verb| HAS.contains(&verb))
}

/// The verb behind 各, where each of some is given as many: 各设快递点2个, but not 各类讲座2场.
pub(in crate::relate) fn each_given(claim: &Claim) -> bool {
    const NONE: &[&str] = &["类", "种", "级", "项", "自", "界", "地", "单位", "部门", "位", "方", "式", "有关", "占"];
    let lead = claim.site.before.trim_start_matches(['，', '、']);
    let verb = lead.rsplit_once('各').map(|(_, verb)| verb);
    verb.is_some_and(|verb| {
        (1..=14).contains(&verb.chars().count())
            && !verb.contains(['，', '；', '：'])
            && !NONE.iter().any(|word| verb.starts_with(word))
    })
}

/// 在3个社区各设服务站2个、共6个; 两个校区各配备校医2名，校医增至4名: as many times as there were. Where there may have been some before,
/// only what agrees is told.
fn installed(doc: &Document, each: &Claim) -> Option<Relation> {
    let plain = |c: &Claim| c.bound == Bound::Exact && c.numeral != Numeral::None && (c.kind.counts() || adds_up(c));
    let given = each_given(each) && plain(each) && each.each.is_none();
    let before = doc.around(each).iter().rev().find(|c| c.site.start < each.site.start);
    let holders = before.filter(|c| given && plain(c) && c.kind == Kind::Count && c.site.clause == each.site.clause)?;
    let total = doc.next(each).filter(|c| plain(c) && alike(c, each) && c.site.sentence == each.site.sentence)?;
    let lead = total.site.before.trim_start_matches(['，', '、', '（', '；']);
    let closes = ["共", "合计", "共计", "总计", "一共", "总共", "共有", "合计有", "共设", "共建", "共配备"];
    let lead = lead.trim_end_matches(['为', '达', '了', '有', '成']);
    let made = ["组", "建", "设", "选", "配", "开", "办", "派", "种", "发"];
    let closes = closes.iter().any(|word| lead == *word || lead.strip_prefix(word).is_some_and(|r| made.contains(&r)));
    let grown = GROWN_TO.iter().any(|word| lead.ends_with(word));
    let near = total.site.clause <= each.site.clause + 1;
    if !near || !(closes || grown) || holders.value < Exact::int(2) || holders.value > Exact::int(500) {
        return None;
    }
    let gives = holders.value?.times(each.value?)?;
    let holds = total.value == Some(gives);
    let it = quotient(total, holders, each, total.value?.over(holders.value?)?, holds);
    (holds || closes && !more_to_it(total) && total.value > each.value).then_some(it)
}

/// What a price is of: 每人次, 每户, 每件.
fn per(lead: &str) -> Option<(&str, &str)> {
    const PER: &[&str] = &[
        "人次", "人", "名", "位", "户", "件", "台", "套", "亩", "份", "场", "次", "课时", "间", "册", "篇", "项", "生",
    ];
    let (before, noun) = lead.rsplit_once('每')?;
    PER.iter()
        .find(|unit| noun == **unit || noun.strip_suffix("补助").is_some_and(|n| n == **unit))
        .map(|unit| (before, *unit))
}

/// 发放国家助学金612人次…；国家助学金按每人次1000元发放，合计61.2万元: as many as were told before, to the last digit; or those of the same name.
fn priced(doc: &Document, each: &Claim) -> Option<Relation> {
    let (before, unit) = per(each.site.before.trim_end_matches(['为', '约']))?;
    let plain = each.kind == Kind::Money && each.bound == Bound::Exact;
    let total = doc.next(each).filter(|c| plain && c.kind == Kind::Money && c.bound == Bound::Exact)?;
    let near = total.site.sentence == each.site.sentence && total.site.clause <= each.site.clause + 1;
    if !near || cues::closing(total).is_none() || total.value <= each.value {
        return None;
    }
    let of = |c: &&&Claim| {
        let unit = match unit {
            "人" | "名" | "位" | "生" => counts_people(&c.unit) && c.unit != "人次",
            unit => c.unit == unit,
        };
        unit && c.bound == Bound::Exact
            && c.numeral != Numeral::None
            && !cues::is_old(c)
            && !cues::per_head(c)
            && c.site.paragraph == each.site.paragraph
    };
    let here: Vec<&Claim> =
        doc.around(each).iter().rev().filter(|c| c.site.start < each.site.start).take(NEAR).collect();
    let gives = total.value?.over(each.value?)?;
    let told =
        |holders: &Claim, holds: bool| Some(quotient(total, holders, each, total.value?.over(holders.value?)?, holds));
    if let Some(holders) = here.iter().filter(of).find(|c| c.value == Some(gives)) {
        return told(holders, true).filter(|_| gives >= Exact::whole(10));
    }
    // 国家助学金按每人次: what is paid is called as it was counted.
    let name = before.trim_end_matches(['按', '照', '以']).rsplit(['，', '；']).next().unwrap_or_default();
    let name = name.trim_start_matches(['其', '中', '，']);
    let called = |c: &&&Claim| name.chars().count() >= 3 && cues::item(c).contains(name);
    let mut named = here.iter().filter(of).filter(called);
    let holders = named.next().filter(|_| named.next().is_none())?;
    let fits = fits(total, holders, each)?;
    told(holders, fits).filter(|_| fits || !more_to_it(total) && total.site.before.chars().count() <= 4)
}

/// 班主任68名…。走访学生家庭1280户，每名班主任不少于15户: all of them have at least so many times as much.
fn at_least(doc: &Document, each: &Claim) -> Option<Relation> {
    let counts = each.kind.counts() && each.bound == Bound::AtLeast;
    let lead = each.site.before.trim_start_matches(['，', '（']).trim_end_matches(['均', '都', '达', '数']);
    let rest = ["每名", "每位", "每个", "每支", "每家", "每所"].iter().find_map(|every| lead.strip_prefix(every))?;
    let ruled = any_in(&each.site.clause_text, REQUIRED) || any_in(&each.site.sentence_text, REQUIRED);
    if !counts || ruled || rest.contains('每') {
        return None;
    }
    let here: Vec<&Claim> =
        doc.around(each).iter().rev().filter(|c| c.site.start < each.site.start).take(NEAR * 2).collect();
    let plain =
        |c: &Claim| c.bound == Bound::Exact && c.numeral != Numeral::None && c.kind.counts() && !cues::is_old(c);
    // 每名班主任走访: as long a name as a count before has.
    let named = |c: &&&Claim| {
        let longest = (2..=rest.chars().count().min(8)).rev().map(|n| rest.chars().take(n).collect::<String>());
        let mut names = longest.filter(|name| name.chars().count() >= 2);
        plain(c)
            && c.unit != each.unit
            && names.any(|name| {
                let lead = cues::item(c);
                let lead = lead.trim_end_matches(['有', '共', '为']).to_string();
                name.chars().count() >= 2 && (c.site.after.starts_with(&name) || lead.ends_with(&name))
            })
    };
    let holders = here.iter().filter(named).find(|c| c.site.paragraph == each.site.paragraph)?;
    let total = here.iter().find(|c| {
        plain(c)
            && c.unit == each.unit
            && c.kind == each.kind
            && c.site.chain + 1 >= each.site.chain
            && c.id != holders.id
    })?;
    let near = total.site.paragraph == each.site.paragraph && !cues::per_head(total);
    let least = each.value?.times(holders.value?)?;
    let (_, most) = interval(total).filter(|_| near)?;
    let holds = least <= most;
    // What is far off is of something else.
    let close = least <= most.times(Exact::int(2)?)? && most <= least.times(Exact::int(4)?)?;
    let beside = total.site.chain == each.site.chain && total.site.clause + 2 >= each.site.clause;
    let verb = beside || shared(cues::item(total), rest) >= 2;
    close
        .then(|| {
            quotient(total, holders, each, total.value.and_then(|t| t.over(holders.value?)).unwrap_or(least), holds)
        })
        .filter(|_| holds || verb)
}

/// 按“一等奖占10%、二等奖占20%”的比例，评出一等奖44项、二等奖87项: each of those who took part, where all of them agree.
pub(super) fn by_quota(doc: &Document, all: &mut Vec<Relation>) {
    let shares: Vec<&Claim> =
        doc.claims.iter().filter(|c| c.kind == Kind::Rate && c.unit == "%" && c.bound == Bound::Exact).collect();
    let mut found: Vec<Relation> = Vec::new();
    for row in shares.chunk_by(|a, b| a.site.sentence == b.site.sentence && a.site.clause == b.site.clause) {
        let [first, .., last] = row else { continue };
        let ruled = first.site.clause_text.contains('按') && first.site.clause_text.contains("比例");
        let name = |c: &Claim| {
            let item = cues::item(c);
            item.trim_end_matches(['占', '比', '为', '按', '的'])
                .trim_start_matches(['“', '按', '照'])
                .rsplit('“')
                .next()
                .unwrap_or_default()
                .to_string()
        };
        let count = |share: &&Claim| {
            let behind =
                doc.around(last).iter().filter(|c| c.site.start > last.site.start && c.site.chain == last.site.chain);
            let name = name(share);
            behind.into_iter().find(|c| {
                c.kind.counts() && c.bound == Bound::Exact && name.chars().count() >= 2 && words_of(c).contains(&name)
            })
        };
        let counts: Option<Vec<&Claim>> = row.iter().filter(|_| ruled).map(count).collect();
        let Some(counts) = counts.filter(|counts| !counts.is_empty()) else { continue };
        let wholes = doc.around(first).iter().rev().filter(|c| {
            c.site.start < first.site.start
                && c.kind.counts()
                && c.bound == Bound::Exact
                && !cues::is_old(c)
                && c.value > counts[0].value
        });
        let reading = |whole: &Claim| -> Option<Vec<Relation>> {
            let each = row.iter().zip(&counts).map(|(share, count)| readings::reading(share, &[count], whole, &[]));
            let each: Option<Vec<Relation>> = each.collect();
            each.filter(|each| each.iter().all(|it| it.finding == Finding::Consistent))
        };
        found.extend(wholes.into_iter().take(NEAR * 2).find_map(reading).unwrap_or_default());
    }
    let told: HashSet<&str> = found.iter().filter_map(|it| it.under_test()).collect();
    all.retain(|it| it.finding != Finding::Feasible || !it.under_test().is_some_and(|id| told.contains(id)));
    all.extend(found);
}
