//! Differences: is what is said to lie between two values what lies between them?

use std::collections::HashSet;

use super::points::points_between;
use super::then_and_now::{old_behind, values_beside};
use crate::context::ABOVE_PLAN;
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::printed::{interval, shown, shown_as};
use crate::relate::digits::slips::is_slip;
use crate::relate::relations::{Finding, Holding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::around::{led_from, words_of};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues::{self, is_old};
use crate::words::{LEAVING, any_in};

/// Differences of values that stand beside them.
pub(super) fn between(doc: &Document, all: &mut Vec<Relation>) {
    differences(doc, all);
    spread(doc, all);
    ends_apart(doc, all);
    missing(doc, all);
}

/// A栋用时3分42秒…，C栋4分31秒，C栋比A栋多用49秒; 民族餐厅最高，比最低的二食堂高出5.5分: both are called by their names.
pub(super) fn of_two_names(doc: &Document, all: &mut Vec<Relation>) {
    const MORE: &[&str] = &["多出", "高出", "多用", "高了", "多了", "多", "高"];
    const LESS: &[&str] = &["少用", "低了", "少了", "少", "低"];
    let mut found = Vec::new();
    for apart in doc.claims.iter().filter(|c| c.bound == Bound::Exact && c.site.cell.is_none()) {
        let lead = apart.site.before.as_str();
        let Some((own, rest)) = lead.rsplit_once('比') else { continue };
        let ends = |words: &[&str]| words.iter().find_map(|word| rest.strip_suffix(word)).map(str::to_string);
        let Some((other, falls)) = ends(MORE).map(|it| (it, false)).or_else(|| ends(LESS).map(|it| (it, true))) else {
            continue;
        };
        let other = ["最低的", "最高的", "最少的", "最多的", "末位的"]
            .iter()
            .find_map(|word| other.strip_prefix(word))
            .unwrap_or(&other);
        // 民族餐厅最高，比…: who is compared may be named in the clause before.
        let before = || {
            let said = apart.site.sentence_text.find(lead)?;
            let clause =
                apart.site.sentence_text[..said].trim_end_matches('，').rsplit(['，', '；', '。', '、']).next()?;
            let at =
                ["最高", "最低", "最多", "最少", "居首", "第一"].iter().filter_map(|word| clause.find(word)).min()?;
            Some(clause[..at].to_string())
        };
        let own = own.trim_matches(['，', '（', '也', '则', '又']).to_string();
        let Some(own) = (if own.is_empty() { before() } else { Some(own) }) else { continue };
        let name = |text: &str| (2..=8).contains(&text.chars().count()) && text.chars().all(|c| c.is_alphanumeric());
        if !name(&own) || !name(other) || own == other {
            continue;
        }
        let unit = |c: &Claim| if apart.kind == Kind::Points { c.kind == Kind::Rate } else { c.unit == apart.unit };
        let called = |called: &str| {
            let near = |c: &&Claim| {
                c.site.start < apart.site.start && c.site.paragraph == apart.site.paragraph && c.id != apart.id
            };
            let item = |c: &Claim| cues::item(c).trim_start_matches(['在', '而', '其', '中', '“']).to_string();
            doc.around(apart)
                .iter()
                .rev()
                .filter(near)
                .filter(|c| c.bound == Bound::Exact && unit(c) && c.kind != Kind::Change)
                .find(|c| item(c).starts_with(called))
        };
        let (Some(a), Some(b)) = (called(&own), called(other)) else { continue };
        let told = all.iter().any(|it| it.primary && it.under_test().is_some_and(|id| id == apart.id));
        if a.id == b.id || told {
            continue;
        }
        found.extend(match apart.kind {
            Kind::Points => points_between(apart, b, a, falls),
            _ => difference(apart, b, a, falls),
        });
    }
    all.extend(found);
}

/// 培训前4200元，培训后5250元，每月多挣1050元，涨了25%: what stands between two values and their growth is what lies between them.
pub(super) fn within_growth(doc: &Document, all: &mut Vec<Relation>) {
    const MOVES: &[char] = &['多', '少', '增', '减', '涨', '降', '升', '高', '低'];
    let tested: HashSet<&str> = all.iter().filter(|it| it.primary).filter_map(|it| it.under_test()).collect();
    let grown = |it: &&Relation| it.primary && it.kind == RelationKind::Growth && it.members.len() == 3;
    let mut found = Vec::new();
    for it in all.iter().filter(grown) {
        let of = |role: Role| it.members.iter().find(|(own, _)| *own == role).and_then(|(_, id)| doc.claim(id));
        let (Some(old), Some(new), Some(rate)) = (of(Role::Old), of(Role::New), of(Role::Rate)) else { continue };
        let latest = old.site.start.max(new.site.start);
        let here = doc.around(rate).iter().filter(|c| c.site.sentence == rate.site.sentence);
        let between: Vec<&Claim> = here.filter(|c| latest < c.site.start && c.site.start < rate.site.start).collect();
        let [change] = between[..] else { continue };
        let lead = change.site.before.trim_start_matches('，');
        let moves = lead.ends_with(MOVES)
            || MOVES.iter().any(|c| lead.trim_start_matches(['每', '月', '年', '人']).starts_with(*c));
        let fit = change.bound == Bound::Exact && change.unit == new.unit && change.kind != Kind::Points;
        let plain = lead.chars().count() <= 6 && !tested.contains(change.id.as_str());
        if moves && fit && plain {
            found.extend(difference(change, old, new, old.value > new.value));
        }
    }
    all.extend(found);
}

/// 三项合计135.948万元。支出128.4万元…。收支相抵，结余7.548万元: a balance one slip away from what came in less what went out. 双师型176人…。
/// 应达到200人，还有24人的缺口: what is wanted and what there is, under one name.
pub(super) fn balances(doc: &Document, all: &mut Vec<Relation>) {
    let known: HashSet<String> = (all.iter())
        .filter(|it| it.primary && it.members.len() >= 3)
        .filter_map(|it| it.under_test().map(str::to_string))
        .collect();
    let plain = |c: &Claim| c.bound == Bound::Exact && c.site.cell.is_none() && c.each.is_none() && !is_old(c);
    let mut found = Vec::new();
    for left in doc.claims.iter().filter(|c| plain(c) && !known.contains(&c.id)) {
        let before = || {
            doc.around(left).iter().rev().filter(|c| c.site.start < left.site.start && plain(c) && c.unit == left.unit)
        };
        // 收支相抵，本年结转70.5万元.
        let carried = left.site.before.ends_with("结转") && any_in(&left.site.sentence_text, &["收支相抵", "收支两抵"]);
        let called_left = carried || ["结余", "盈余", "节余"].iter().any(|word| left.site.before.ends_with(word));
        if left.kind == Kind::Money && called_left {
            let here = || before().filter(|c| c.site.paragraph == left.site.paragraph && c.value > left.value);
            // Of several that are called so the largest is all of it.
            let called = |words: &'static [&'static str]| {
                here().filter(|c| any_in(&c.site.before, words)).max_by_key(|c| c.value)
            };
            // 提取基金2万元后结余: more was taken off.
            // 上一年的结余…不算在今年的账里.
            let apart = any_in(&left.site.paragraph_text, &["不算在", "不计入", "未计入", "不列入"]);
            let taken = any_in(&left.site.paragraph_text, &["提取", "扣除", "上缴", "划转", "结转上年", "上年结转"])
                || !apart && left.site.paragraph_text.contains("年初");
            let pair = called(&["支出", "用去", "花去", "支付"]).zip(called(&["合计", "总收入", "收入"]));
            let it = pair
                .filter(|(out, income)| out.id != income.id)
                .and_then(|(out, income)| difference(left, out, income, false));
            let slip = |it: &Relation| {
                let steps = |value: Option<Exact>| value?.over(left.step);
                steps(it.computed).zip(steps(it.stated)).is_some_and(|(a, b)| is_slip(a, b))
            };
            found.extend(it.filter(|it| it.finding == Finding::Consistent || !taken && slip(it)));
        } else if left.site.after.starts_with("的缺口")
            || ["还差", "尚差", "还缺", "尚缺"].iter().any(|word| left.site.before.ends_with(word))
        {
            let wanted = before().next().filter(|c| {
                c.site.chain == left.site.chain && any_in(&c.site.before, &["达到", "目标", "应有", "需要", "配足"])
            });
            let name = |c: &Claim| {
                c.site
                    .before
                    .split_once('“')
                    .and_then(|(_, rest)| rest.split_once('”'))
                    .map(|(name, _)| name.to_string())
            };
            let have = wanted.zip(wanted.and_then(name)).and_then(|(wanted, name)| {
                let called = |c: &&Claim| {
                    c.site.start < wanted.site.start && c.value < wanted.value && c.site.before.contains(&name)
                };
                before().find(called).map(|have| (wanted, have))
            });
            found.extend(have.and_then(|(wanted, have)| difference(left, have, wanted, false)));
        }
    }
    all.extend(found);
}

/// 一投13.64米，较前人的13.29米远出0.35米: three numbers in a row, the second what the first is compared with, and what lies between.
pub(super) fn in_a_row(doc: &Document, all: &mut Vec<Relation>) {
    const MOVES: &[char] =
        &['出', '快', '慢', '远', '近', '长', '短', '重', '轻', '高', '低', '多', '少', '大', '小', '早', '晚'];
    let tested: HashSet<String> = (all.iter())
        .filter(|it| it.primary && it.members.len() >= 3)
        .filter_map(|it| it.under_test().map(str::to_string))
        .collect();
    for row in doc.claims.windows(3) {
        let [new, old, apart] = row else { continue };
        let lead = old.site.before.trim_start_matches(['，', '而', '也', '则']);
        let compared = lead.starts_with(['较', '比'])
            && !["比赛", "比例", "比重", "较为", "较多"].iter().any(|no| lead.starts_with(no));
        let own: Vec<char> = apart.site.before.chars().filter(|c| *c != '了').collect();
        let moved = (1..=12).contains(&own.len()) && own.last().is_some_and(|c| MOVES.contains(c));
        let measured = |c: &Claim| {
            c.bound == Bound::Exact
                && c.site.cell.is_none()
                && c.unit == new.unit
                && c.step == new.step
                && c.each.is_none()
        };
        let near = new.site.sentence == apart.site.sentence
            && old.site.clause <= new.site.clause + 1
            && apart.site.clause <= old.site.clause + 1;
        let close = old.value.zip(new.value).is_some_and(|(a, b)| a != b && apart.value < Some(a.max(b)));
        if compared && moved && near && close && row.iter().all(measured) && !tested.contains(&apart.id) {
            all.extend(difference(apart, old, new, old.value > new.value));
        }
    }
}

/// 净增17人，教职工总数由468人增至485人; 总收入1.86亿元，总支出1.79亿元，结余700万元: what agrees with a stated difference.
pub(in crate::relate) fn apart(doc: &Document, change: &Claim) -> Option<Relation> {
    const LEFT: &[&str] = &[
        "结余",
        "盈余",
        "相差",
        "顺差",
        "节约",
        "节省",
        "节支",
        "盘亏",
        "短缺",
        "缺口",
        "毛利",
        "净收益",
        "缺考",
        "已收",
        "未收",
        "结转",
        "缺席",
        "欠费",
        "审减",
        "核减",
        "核增",
        "欠缴",
        "未到账",
        "差额",
    ];
    // 就业率97.4%；没有落实的23人: who is named as not having done it, or as left over.
    let lead = change.site.before.trim_start_matches(['，', '；', '、', '（']);
    let undone = ["没有", "尚未", "还没", "尚有", "仍有", "未", "其余", "剩余", "补考"]
        .iter()
        .any(|word| lead.starts_with(word));
    let left = any_in(&change.site.before, LEFT) || undone;
    if !left && change.kind != Kind::Change {
        return None;
    }
    // 江州1.92万元；海宁1.68万元，比江州低2400元: a difference of hundreds is seldom hit by chance.
    let over = change.site.before.contains(['比', '较'])
        && ["高", "低", "多", "少", "高出", "多出", "低了", "高了"]
            .iter()
            .any(|word| change.site.before.ends_with(word));
    let compared = change.kind == Kind::Change && over && change.value >= Exact::int(100);
    // Larger numbers are seldom apart by chance: theirs may stand a sentence or two before.
    let large = (left || over) && change.value >= Exact::int(100);
    // 总收入15860万元… in the paragraph before: what the two sides of an account are called.
    let account = ["结余", "盈余"].iter().any(|word| change.site.before.contains(word));
    let of_account = |c: &Claim| {
        let total = ["总收入", "总支出", "收入合计", "支出合计", "收入总计", "支出总计"];
        account && any_in(&c.site.before, &total) && c.site.paragraph + 3 > change.site.paragraph
    };
    let near = |c: &Claim| {
        let close = c.site.paragraph == change.site.paragraph && c.site.sentence + 3 > change.site.sentence;
        c.site.chain == change.site.chain || large && (close || of_account(c)) && c.site.start < change.site.start
    };
    let here = doc.around(change).iter().filter(|c| near(c) && c.id != change.id && c.bound == Bound::Exact);
    let here = here.filter(|c| c.kind != Kind::Change);
    let measured = |c: &Claim| c.kind == Kind::Quantity && c.unit == change.unit;
    let values = here.filter(|c| (c.kind.counts() || measured(c)) && alike(c, change)).map(|c| (c, is_old(c)));
    let values: Vec<(&Claim, bool)> = values.collect();
    let pairs = values.iter().enumerate().flat_map(|(n, a)| values[n + 1..].iter().map(move |b| (a, b)));
    let by_chance = |a: &Claim, b: &Claim| compared && a.unit == change.unit && b.unit == change.unit;
    let pairs = pairs.filter(|(a, b)| left || a.1 && !b.1 || by_chance(a.0, b.0));
    let readings = pairs.filter_map(|(a, b)| {
        let falls = if compared { a.0.value > b.0.value } else { change.falls || left };
        difference(change, a.0, b.0, falls)
    });
    readings.into_iter().rfind(|it| it.finding == Finding::Consistent)
}

/// 金牌则比上届的4枚多3枚: 金牌, what is compared where the comparison itself names it.
pub(super) fn name_compared(old: &Claim) -> Option<String> {
    let at = old.site.before.rfind(['比', '较'])?;
    let name = old.site.before[..at].trim_matches(['，', '；', '而', '则', '也', '又', '数', '量']);
    let plain = (2..=6).contains(&name.chars().count()) && !name.contains(['，', '、', '总', '共']);
    plain.then(|| name.to_string())
}

fn called(claim: &Claim, name: &str) -> bool {
    words_of(claim).contains(name) || !claim.site.grade.is_empty() && name.starts_with(&*claim.site.grade)
}

/// 7金、9银、6铜，22枚奖牌…，金牌则比上届的4枚多3枚: what has the name that is compared, if another stands nearer.
pub(super) fn named_apart<'a>(doc: &'a Document, old: &Claim, new: &Claim) -> Option<&'a Claim> {
    let name = name_compared(old).filter(|name| !called(new, name))?;
    let like = |c: &&Claim| c.site.start < old.site.start && alike(c, old) && !is_old(c) && c.bound == Bound::Exact;
    let near = |c: &&Claim| c.site.paragraph == old.site.paragraph;
    doc.around(old).iter().rev().filter(near).filter(like).find(|c| called(c, &name))
}

/// 去年10人，今年14人，增加4人.
fn differences(doc: &Document, all: &mut Vec<Relation>) {
    // 由3个增至7个，新增4个.
    let added = |claim: &Claim| claim.kind.counts() && claim.site.before.trim_start_matches('，') == "新增";
    let change = |claim: &&Claim| (claim.kind == Kind::Change || added(claim)) && claim.bound == Bound::Exact;
    for change in doc.claims.iter().filter(change).filter(|c| !cues::with_others(c)) {
        let values: Vec<&Claim> = values_beside(doc, change).into_iter().filter(|claim| alike(claim, change)).collect();
        // 完成计划2000人的107%，超计划140人: the plan is the base of a share.
        let plan = || {
            let here = doc.around(change).iter().rev().filter(|c| c.site.start < change.site.start);
            here.filter(|c| c.site.sentence == change.site.sentence && alike(c, change)).find(|c| {
                above_plan(change) && c.kind.counts() && c.site.before.contains("计划") && c.bound == Bound::Exact
            })
        };
        // 9月4231人，10月4224人，11月4218人，三个月减少13人: from the first of a row in time to its last.
        let lasting =
            || doc.around(change).iter().any(|c| c.kind == Kind::Duration && c.site.clause == change.site.clause);
        let dated = |c: &&Claim| c.site.before.trim_end_matches(['底', '末', '初', '为', '有']).ends_with(['月', '年']);
        let series: Vec<&Claim> = values.iter().copied().filter(dated).collect();
        if let [first, _, .., last] = series[..]
            && lasting()
            && last.site.clause + 1 == change.site.clause
        {
            all.extend(difference(change, first, last, change.falls));
            continue;
        }
        let old = values.iter().copied().rev().find(|claim| is_old(claim)).or_else(|| old_behind(doc, change));
        let Some(old) = old.or_else(plan).filter(|old| alike(old, change)) else { continue };
        let Some(new) = values.iter().copied().rev().find(|claim| !is_old(claim) && claim.id != old.id) else {
            continue;
        };
        // 由26个调整为24个，新增5个、停办7个: who came and who left together make the difference.
        let left = doc.next(change).filter(|c| added(change) && leaves(c) && c.site.sentence == change.site.sentence);
        if let Some(left) = left {
            all.extend(flow(old, new, change, left));
            continue;
        }
        let named = named_apart(doc, old, new);
        let it = difference(change, old, named.unwrap_or(new), change.falls);
        // 总数3000台，新增500台，比上年的2600台增加400台: what came new is more than what there is more, where some left.
        let net = || {
            let next = doc.around(change).iter().filter(|c| c.site.start > old.site.start && c.kind == Kind::Change);
            let mut next = next.filter(|c| c.site.sentence == change.site.sentence && alike(c, change));
            next.any(|c| difference(c, old, new, c.falls).is_some_and(|it| it.finding == Finding::Consistent))
        };
        if added(change) && it.as_ref().is_some_and(|it| it.finding == Finding::Inconsistent) && net() {
            continue;
        }
        // 查出156件，其中…、其他18件，比去年的187件减少31件: the one that gives it is meant.
        let fails = it.as_ref().is_some_and(|it| it.finding == Finding::Inconsistent);
        let gives = || {
            let others = values.iter().filter(|c| !is_old(c) && c.id != old.id && c.site.start < old.site.start);
            let mut readings = others.filter_map(|c| difference(change, old, c, change.falls));
            readings.find(|it| it.finding == Finding::Consistent)
        };
        let it = if fails { gives().or(it) } else { it };
        // Of what has another name nothing is said.
        let other = named.is_none() && name_compared(old).is_some_and(|name| !called(new, &name));
        all.extend(it.filter(|it| !other || it.finding == Finding::Consistent));
    }
}

fn leaves(claim: &Claim) -> bool {
    claim.kind.counts() && LEAVING.iter().any(|word| claim.site.before.ends_with(word))
}

/// What there was, with those who came and without those who left, against what there is.
pub(in crate::relate) fn flow(old: &Claim, new: &Claim, came: &Claim, left: &Claim) -> Option<Relation> {
    let all = [old, new, came, left];
    if !all.iter().all(|c| alike(c, old) && c.bound == Bound::Exact && c.step == new.step) {
        return None;
    }
    let gives = old.value?.plus(came.value?)?.minus(left.value?)?;
    let holds = Some(gives) == new.value;
    let sum = format!("{}+{}-{}", shown(old), shown(came), shown(left));
    let working = Working {
        code: if holds { "sum-holds" } else { "sum-fails" },
        with: vec![("parts", sum.clone()), ("sum", shown_as(new, gives, 4)), ("whole", shown(new))],
        zh: format!("{sum}{}{}", if holds { "＝" } else { "≠" }, shown(new)),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let members = vec![(Role::Old, old), (Role::Part, came), (Role::Minus, left), (Role::New, new)];
    let mut it = relation(RelationKind::Difference, finding, members, working);
    (it.computed, it.stated) = (Some(gives), new.value);
    Some(it)
}

/// 相差, 两系相差; 首尾相差 is of the first and the last.
fn apart_by(lead: &str) -> bool {
    lead.ends_with("相差") && lead.chars().count() <= 4 && !any_in(lead, &["首尾", "头尾", "前后", "高低"])
}

/// 最高98.2分，最低78.5分，极差20.7分: the two numbers right before it, the larger less the smaller.
fn spread(doc: &Document, all: &mut Vec<Relation>) {
    for apart in doc.claims.iter().filter(|c| c.kind != Kind::Points && c.bound == Bound::Exact && c.value.is_some()) {
        let lead = apart.site.before.trim_start_matches('，').trim_end_matches(['为', '达', '了']);
        let said = ["极差", "差距", "差值", "分差", "分数差"].contains(&lead) || apart_by(lead);
        // 平均76.4分，摸底是72.9分，高了3.5分: only what agrees is told.
        let moved = ["高", "低", "快", "慢", "多", "少", "高出", "提高", "降低", "缩短", "提前"].contains(&lead);
        if !said && !moved {
            continue;
        }
        let mut before = doc.around(apart).iter().rev().filter(|c| c.site.start < apart.site.start);
        let near = |c: &&Claim| {
            let far = if said { 4 } else { 2 };
            let close = c.site.sentence == apart.site.sentence && c.site.clause + far >= apart.site.clause;
            close && c.unit == apart.unit && c.kind != Kind::Date && c.bound == Bound::Exact
        };
        let (Some(second), Some(first)) = (before.next().filter(near), before.next().filter(near)) else { continue };
        let (high, low) = if first.value > second.value { (first, second) } else { (second, first) };
        let told = all.iter().rev().take(8).any(|it| it.under_test().is_some_and(|id| id == apart.id));
        if !told {
            let it = difference(apart, low, high, false);
            all.extend(it.filter(|it| said || it.finding == Finding::Consistent));
        }
    }
}

/// 卫生最高，为91.2%，…，饭菜最低，为72.9%，最高与最低相差18.3个百分点: those that are said to be so.
fn ends_apart(doc: &Document, all: &mut Vec<Relation>) {
    let mut found = Vec::new();
    for apart in doc.claims.iter().filter(|c| c.bound == Bound::Exact && c.site.cell.is_none()) {
        let lead = apart.site.before.trim_start_matches('，').trim_end_matches(['为', '达', '了']);
        let named = lead.contains("最高") && lead.contains("最低") && lead.ends_with(['差', '距']);
        if !named {
            continue;
        }
        let unit = |c: &Claim| c.unit == apart.unit || apart.kind == Kind::Points && c.unit == "%";
        let here = || {
            doc.around(apart)
                .iter()
                .rev()
                .filter(|c| c.site.chain == apart.site.chain && c.site.start < apart.site.start)
        };
        // 卫生最高，为91.2%: the word may stand a clause before.
        let led = |c: &Claim, word: &str| {
            let last =
                doc.around(c).iter().rfind(|other| other.site.start < c.site.start && other.site.chain == c.site.chain);
            led_from(last, c).contains(word)
        };
        let called = |word: &str| here().find(|c| unit(c) && c.bound == Bound::Exact && led(c, word));
        let told = all.iter().any(|it| it.primary && it.under_test().is_some_and(|id| id == apart.id));
        if let Some((high, low)) =
            called("最高").zip(called("最低")).filter(|(high, low)| high.value > low.value && !told)
        {
            found.extend(difference(apart, low, high, false));
        }
    }
    all.extend(found);
}

/// 累计接待38640人，完成目标45000人的85.9%，距目标还差6360人: what is still missing.
fn missing(doc: &Document, all: &mut Vec<Relation>) {
    let held = Holding::of(all);
    for gap in doc.claims.iter().filter(|c| c.kind.counts() && c.bound == Bound::Exact) {
        let lead = gap.site.before.trim_end_matches(['了', '约']);
        if !["还差", "尚差", "差距为", "缺口", "仍差", "相差"].iter().any(|word| lead.ends_with(word)) {
            continue;
        }
        let rates = doc.around(gap).iter().rev().filter(|c| c.kind == Kind::Rate && c.site.start < gap.site.start);
        let here = rates.filter(|c| c.site.sentence == gap.site.sentence);
        let mut pairs = here.filter_map(|rate| held.part_and_whole(doc, rate));
        let told = pairs.find(|(done, whole)| alike(done, gap) && alike(whole, gap));
        all.extend(told.and_then(|(done, whole)| difference(gap, done, whole, false)));
    }
}

/// 超计划46人: what is above is above the plan, not above an earlier year.
fn above_plan(change: &Claim) -> bool {
    ABOVE_PLAN.iter().any(|word| change.site.before.ends_with(word))
}

/// Is the stated change that between the earlier and the later value?
pub(in crate::relate) fn difference(change: &Claim, old: &Claim, new: &Claim, falls: bool) -> Option<Relation> {
    // 由1200人减少到1150人，净增-60人: what is below nought is from the more to the less.
    let below = change.value.is_some_and(|value| value < Exact::ZERO) && !falls;
    let (old, new) = if below && new.value > old.value { (new, old) } else { (old, new) };
    let (high, low) = if falls { (old, new) } else { (new, old) };
    let ((least, most), (low_least, low_most)) = (interval(high)?, interval(low)?);
    let (a, b) = interval(change)?;
    let holds = least.minus(low_most)? <= b && most.minus(low_least)? >= a;
    // Figures printed alike leave no room: 2315万 and 1780万 are 535万 apart.
    let even = high.step == low.step && low.step == change.step && high.bound == low.bound;
    let gives = high.value?.minus(low.value?)?;
    let holds = if even { Some(gives) == change.value } else { holds };
    let working = Working {
        code: if holds { "difference-holds" } else { "difference-fails" },
        with: vec![
            ("high", shown(high)),
            ("low", shown(low)),
            ("gives", shown_as(change, gives, 4)),
            ("stated", shown(change)),
        ],
        zh: format!(
            "{}-{}＝{}，文中为{}{}",
            shown(high),
            shown(low),
            shown_as(change, gives, 4),
            shown(change),
            if holds { "，相符" } else { "，不符" }
        ),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let members = vec![(Role::Old, old), (Role::New, new), (Role::Difference, change)];
    let mut it = relation(RelationKind::Difference, finding, members, working);
    it.computed = Some(gives);
    it.stated = change.value;
    // 差距比去年的51分缩小了7分: values that moved the other way, and not by as much, are of something else.
    it.primary = holds || below || gives >= Exact::ZERO || Exact::ZERO.minus(gives) == change.value;
    Some(it)
}
