//! The same fact said twice, and statements that exclude each other.

use std::collections::HashMap;

use super::same_thing;
use crate::document::{Bound, Claim, Document, Kind, Level, Numeral};
use crate::exact::Exact;
use crate::relate::MOST_TOGETHER;
use crate::relate::digits::printed::{interval, shown};
use crate::relate::relations::{Finding, Holding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::around::{said_after, said_before, shared};
use crate::relate::wording::cues;
use crate::units::counts_people;
use crate::words::{REGIONS, VERBS, any_in};

/// So many characters in a row make it likely that two ordinals speak of the same thing.
const SAME_THING: usize = 6;

pub(in crate::relate) fn twice(doc: &Document, all: &mut Vec<Relation>) {
    let mut said: HashMap<(Kind, &str, &str), &Claim> = HashMap::new();
    let (mut ordinals, mut marks): (Vec<&Claim>, Vec<&Claim>) = (Vec::new(), Vec::new());
    let held = Holding::of(all);
    for second in &doc.claims {
        // Each claim is held against the nearest one before it that says the same: a chain, not every pair.
        let apart = |first: &&&Claim| first.site.sentence != second.site.sentence && first.unit == second.unit;
        match second.kind {
            Kind::Ordinal if second.value.is_some() => {
                let before = ordinals.iter().rev().take(MOST_TOGETHER).filter(apart);
                all.extend(before.filter_map(|first| same_ordinal(first, second)).next());
                ordinals.push(second);
            }
            Kind::Count if !second.site.grade.is_empty() => {
                let before = marks.iter().rev().take(MOST_TOGETHER).filter(apart);
                all.extend(before.filter_map(|first| same_mark(first, second)).next());
                marks.push(second);
            }
            Kind::Count | Kind::PersonTimes | Kind::Rate | Kind::Money | Kind::Hours | Kind::Quantity => {
                let unit = if counts_people(&second.unit) && second.unit != "人次" { "人" } else { &second.unit };
                let first = said.insert((second.kind, unit, name(second)), second);
                let apart = first.filter(|first| first.site.sentence != second.site.sentence);
                let same = apart.and_then(|first| same_words(first, second).map(|it| (first, it)));
                // 参加考试88人，通过率95.5%；外语等级考试312人，通过率65.1%: two rates that hold for people of their own are two facts.
                let held = |rate: &Claim| held.part_and_whole(doc, rate).map(|(part, whole)| (&part.id, &whole.id));
                let two = |first: &Claim| held(first).zip(held(second)).is_some_and(|(a, b)| a != b);
                let told = same.filter(|(first, it)| it.finding == Finding::Consistent || !two(first));
                all.extend(told.map(|(_, it)| it));
            }
            _ => {}
        }
    }
    nobody_left(doc, all);
    kept(doc, all);
}

/// What is counted, without whose: 全校在校生 is 在校生.
fn name(claim: &Claim) -> &str {
    let own = ["全校", "全院", "学校", "学院", "我校", "我院", "本校"];
    own.iter()
        .find_map(|word| claim.subject.strip_prefix(word))
        .filter(|rest| rest.chars().count() >= 2)
        .unwrap_or(&claim.subject)
}

pub(in crate::relate) fn equal(first: &Claim, second: &Claim, holds: bool) -> Relation {
    equal_of(&second.subject, first, second, holds)
}

/// The same, of what is called so.
pub(in crate::relate) fn equal_of(subject: &str, first: &Claim, second: &Claim, holds: bool) -> Relation {
    let working = Working {
        code: if holds { "said-twice" } else { "said-differently" },
        with: vec![("first", shown(first)), ("second", shown(second)), ("subject", subject.to_string())],
        zh: format!("“{subject}”两处：{}{}{}", shown(first), if holds { "＝" } else { "≠" }, shown(second)),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let mut it = relation(RelationKind::Equal, finding, vec![(Role::Claims, first), (Role::Claims, second)], working);
    it.computed = first.value;
    it.stated = second.value;
    it
}

/// 第二批… here and 第二批… there. Two different batches of the same honour may both be true.
fn same_ordinal(first: &Claim, second: &Claim) -> Option<Relation> {
    let same_thing = shared(&first.subject, &second.subject) >= SAME_THING;
    let first_ever = |claim: &Claim| claim.text.starts_with('首');
    if same_thing
        && first.value != second.value
        && first.unit == "届"
        && (first_ever(first) || first_ever(second))
        && first.subject == second.subject
    {
        // 首届 and 第三届 of the same event cannot both be this year's.
        let mut it = equal(first, second, false);
        it.kind = RelationKind::Exclusive;
        return Some(it);
    }
    // 全省首家通过国际认证的高职院校 and 全省第三家通过国际认证的高职院校: of one thing there is one place.
    let behind =
        |claim: &Claim| -> String { said_after(claim).chars().take_while(|c| jc_text::fold::is_han(*c)).collect() };
    let (a, b) = (behind(first), behind(second));
    let one_by_one = matches!(first.unit.as_str(), "家" | "所" | "个" | "位" | "名");
    // 全市首所通过省级家校共育示范校验收的中职学校, 全市第二所省级家校共育示范校: what it is need not be told in the same words.
    let whole = shared(&a, &b) >= SAME_THING + 2 * usize::from(one_by_one);
    // 入选第二批…示范校, 作为首批…示范校: a school is in one batch of what only schools can be.
    let of_schools = first.unit == "批" && a == b && ["校", "学院", "单位"].iter().any(|end| a.ends_with(end));
    // 是全市第二批市级名师工作室, 作为首批市级名师工作室: whatever it is, it is one of them.
    let is_one = |claim: &Claim| {
        let lead = said_before(claim);
        let clause = lead.rsplit(['，', '；']).next().unwrap_or_default().to_string();
        let clause = ["全国", "全省", "全市", "全县", "省级", "市级"]
            .iter()
            .find_map(|w| clause.strip_suffix(w))
            .unwrap_or(&clause)
            .to_string();
        clause.ends_with("作为") || clause.ends_with('是') || clause.contains("是全") || clause.ends_with("属")
    };
    let one_of_them =
        first.unit == "批" && a.chars().count() >= SAME_THING && a == b && is_one(first) && is_one(second);
    let level = first.level == second.level || one_of_them && (first.level.is_none() || second.level.is_none());
    // 入选全国第四批示范社…。作为全国第三批示范社: a name as short may do where both say that one is of them.
    let chosen =
        |claim: &Claim| any_in(said_before(claim), &["入选", "获评", "认定为", "列为", "列入", "评为", "跻身"]);
    // 入选全省首批现代学徒制试点…。作为全省第二批现代学徒制试点单位.
    let named =
        a == b || [&a, &b].iter().all(|name| name.chars().count() >= 5) && (a.starts_with(&b) || b.starts_with(&a));
    let short = first.unit == "批" && named && a.chars().count() >= 3 && first.level == second.level;
    let of_one = short && (chosen(first) && is_one(second) || is_one(first) && chosen(second));
    let fits = (one_by_one || of_schools || one_of_them) && whole && level || of_one;
    if first.value != second.value && fits {
        let mut it = equal(first, second, false);
        if one_by_one || one_of_them && !of_schools {
            it.kind = RelationKind::Exclusive;
        }
        return Some(it);
    }
    (same_thing && first.value == second.value).then(|| equal(first, second, true))
}

/// 1优 in a list and 某专业群获评“优秀” in the text.
fn same_mark(first: &Claim, second: &Claim) -> Option<Relation> {
    let named = |claim: &Claim| claim.numeral == Numeral::None;
    let same = first.site.grade == second.site.grade && named(first) != named(second) && first.value == second.value;
    let context = || shared(&first.site.sentence_text, &second.site.sentence_text) >= SAME_THING;
    (same && context()).then(|| equal(first, second, true))
}

/// Counts and rates with the same words: what differs is an error only if the words are all the same, and speak of
/// the same: a long name speaks for itself, a short one (在校生) only where nothing narrows it.
fn same_words(first: &Claim, second: &Claim) -> Option<Relation> {
    let least = if first.kind == Kind::Rate { 3 } else { 5 };
    // Each row of a table speaks of something else.
    let table = |claim: &Claim| claim.site.cell.map(|cell| cell.table);
    if table(first).is_some() && table(first) == table(second) {
        return None;
    }
    // 五级412人，合格率94.4%；四级1683人，合格率84.8%: so does each part of a sentence between semicolons.
    if first.site.chain == second.site.chain {
        return None;
    }
    // 招生完成率104.5% here and 鉴定完成率93% there: such a name says nothing of what was completed.
    const OF_ANYTHING: &[&str] =
        &["完成率", "达标率", "覆盖率", "执行率", "优秀率", "参与率", "回收率", "合格率", "通过率"];
    if first.kind == Kind::Rate && OF_ANYTHING.contains(&first.subject.as_str()) {
        return None;
    }
    // …舰队。官兵：4500人。…空军。官兵：2523人: a name and a colon say whose it is no more.
    let field = |claim: &Claim| {
        said_before(claim).trim_end_matches('：') == claim.subject && said_before(claim).ends_with('：')
    };
    if field(first) && field(second) {
        return None;
    }
    // 新增兼职教师62人, 现有兼职教师164人.
    let adds = |claim: &Claim| any_in(&claim.site.before, same_thing::ADDED);
    if of_region(first) != of_region(second) || adds(first) != adds(second) {
        return None;
    }
    let years = |claim: &Claim| claim.period.as_ref().map(|p| p.years.clone());
    // 全校 and nothing are the same.
    let level = |claim: &Claim| claim.level.filter(|&level| level != Level::School);
    let whole_school = unnarrowed(first) && unnarrowed(second);
    let of_one = !narrowed(first) && !narrowed(second) || said_before(first) == said_before(second);
    let long = name(first).chars().count() >= least && first.area == second.area && of_one;
    let same = (long || whole_school && name(first).chars().count() >= 2)
        && level(first) == level(second)
        && years(first) == years(second)
        && first.numeral != Numeral::None
        && second.numeral != Numeral::None
        && first.each.is_none()
        && second.each.is_none();
    if !same {
        return None;
    }
    let ((low, high), (least, most)) = (interval(first)?, interval(second)?);
    let rate = first.kind == Kind::Rate;
    // 99.26% and 99.3% are one figure printed twice; 99.26% and 99.62% are not.
    let half = |claim: &Claim| if rate { claim.step.over(Exact::int(2)?) } else { Some(Exact::ZERO) };
    let (a, b) = (half(first)?, half(second)?);
    let holds = low.minus(a)? <= most.plus(b)? && least.minus(b)? <= high.plus(a)?;
    let exact = first.bound == Bound::Exact && second.bound == Bound::Exact;
    // 获奖率由53.5%提高到58.0% tells the same thing of another time; 54 and 352 of one name are two things.
    let other = cues::is_old(first) || cues::is_old(second);
    let far = first.kind.counts() && (low > most.times(Exact::int(3)?)? || least > high.times(Exact::int(3)?)?);
    if !holds && (other || far) {
        return None;
    }
    let mut it = equal(first, second, holds);
    it.primary = holds || exact;
    Some(it)
}

/// Whether the last subject before the claim is a region: 全市共有27所，全年招生2.46万人. 占全市的12% is said of us.
fn of_region(claim: &Claim) -> bool {
    const OURS: &[&str] = &["我校", "我院", "本校", "本院", "学校", "学院"];
    let paragraph = &claim.site.paragraph_text;
    let before = paragraph.find(&*claim.site.sentence_text).unwrap_or(0);
    let said = format!("{}{}", &paragraph[..before], said_before(claim));
    let opens = |at: usize| said[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
    let last = |words: &[&str]| {
        let places = words.iter().flat_map(|word| said.match_indices(word));
        places.map(|(at, _)| at).filter(|at| opens(*at)).max()
    };
    last(REGIONS).is_some_and(|region| last(OURS).is_none_or(|ours| ours < region))
}

/// 机电系…本科上线率, 第二轮…录取率: does the sentence name a part before the number, of which alone it speaks?
fn narrowed(claim: &Claim) -> bool {
    const PARTS: &[&str] = &[
        "系", "班", "专业", "届", "轮", "批", "组", "年级", "校区", "分院", "中心", "季", "学期", "村", "镇", "县",
        "公司", "企业", "男", "女", "专场", "支部", "其中",
    ];
    let lead = said_before(claim);
    // 来自11个地市的326名选手, 我校派出的15名选手: where the noun follows, what leads to the number narrows it.
    let behind = !claim.subject.is_empty() && !claim.site.before.contains(claim.subject.as_str());
    let clause = lead.rsplit('，').next().unwrap_or_default();
    let led = || VERBS.iter().fold(clause.to_owned(), |text, verb| text.replace(verb, ""));
    any_in(&lead.replace(claim.subject.as_str(), ""), PARTS) || behind && !plain(&led())
}

/// Words that only lead to a number or name the school.
fn plain(text: &str) -> bool {
    const SCHOOLS: &[&str] = &[
        "截至目前",
        "截至年底",
        "截至",
        "目前",
        "学校",
        "学院",
        "我校",
        "我院",
        "全校",
        "全院",
        "本校",
        "现有",
        "共有",
        "拥有",
        "已有",
        "共计",
        "总数",
        "总人数",
        "人数",
        "规模",
        "数量",
        "总量",
        "达到",
        "突破",
        "累计",
        "全年",
        "今年",
        "本年度",
        "年度",
        "年底",
        "月底",
        "年",
        "月",
        "日",
        "底",
        "共",
        "现",
        "已",
        "达",
        "为",
        "有",
        "约",
        "近",
        "超",
        "是",
        "在",
        "至",
        "总",
        "的",
        "内",
        "里",
    ];
    let rest = SCHOOLS.iter().fold(text.to_owned(), |rest, word| rest.replace(word, ""));
    rest.chars().all(|c| matches!(c, '，' | '、' | '：' | '●' | '“' | '”') || c.is_ascii_digit())
}

/// 学校现有在校生3800人: does the sentence say nothing before the number but its subject and that it is the school's?
fn unnarrowed(claim: &Claim) -> bool {
    let sentence = said_before(claim);
    let at = sentence.rfind(claim.subject.as_str()).filter(|_| !claim.subject.is_empty());
    at.is_some_and(|at| plain(&format!("{}{}", &sentence[..at], &sentence[at + claim.subject.len()..])))
}

/// 就业率始终保持在97%以上：2020年97.2%、2021年96.5%: each of the row must keep to what is said of all. So must those counted in
/// 有5个学院落实率在95%以上，依次为甲学院98.3%、…、戊学院94.7%.
fn kept(doc: &Document, all: &mut Vec<Relation>) {
    const ALWAYS: &[&str] = &["始终", "一直", "均", "都", "连续", "连年", "历年", "每年", "稳定"];
    let bounded =
        doc.claims.iter().filter(|c| c.kind == Kind::Rate && matches!(c.bound, Bound::AtLeast | Bound::AtMost));
    for bound in bounded.filter(|c| c.site.after.is_empty()) {
        let behind = said_after(bound);
        let one_by_one = ["依次为", "分别为", "依次是", "分别是", "分别达", "依次达"];
        let listed =
            behind.strip_prefix(['，', '：']).is_some_and(|rest| one_by_one.iter().any(|word| rest.starts_with(word)));
        if !listed && !any_in(&bound.site.before, ALWAYS) {
            continue;
        }
        let behind = doc.around(bound).iter().filter(|c| {
            c.site.sentence == bound.site.sentence && c.site.start > bound.site.start && c.kind != Kind::Date
        });
        let year = |c: &Claim| {
            let lead = c.site.before.trim_start_matches(['：', '，', '、', '；', '为']).trim_end_matches(['为', '达']);
            // Whatever it is called, it is one of them.
            let named = listed && lead.chars().count() <= 16 && !lead.contains(['，', '；']);
            named || lead.trim_start_matches(|c: char| c.is_ascii_digit()).trim_matches(['年', '届']).is_empty()
        };
        let row: Vec<&Claim> = behind.take_while(|c| c.kind == Kind::Rate && year(c)).collect();
        let outside = |c: &Claim| {
            let (below, above) = (
                bound.min.filter(|_| bound.bound == Bound::AtLeast),
                bound.max.filter(|_| bound.bound == Bound::AtMost),
            );
            below.is_some_and(|min| c.value < Some(min)) || above.is_some_and(|max| c.value > Some(max))
        };
        for out in row.iter().filter(|c| row.len() >= 2 && c.bound == Bound::Exact && outside(c)) {
            all.push(bound_broken(bound, out));
        }
    }
}

/// What is said of each of them, and one of which it does not hold.
pub(super) fn bound_broken(bound: &Claim, out: &Claim) -> Relation {
    let (first, second) = (bound.text.split_whitespace().collect::<String>(), shown(out));
    let zh = format!("{}{first}，其中却有{second}", bound.subject);
    let with = vec![("first", first), ("second", second), ("subject", bound.subject.clone())];
    let working = Working { code: "bound-broken", with, zh };
    relation(RelationKind::Exclusive, Finding::Inconsistent, vec![(Role::Claims, bound), (Role::Claims, out)], working)
}

/// 就业率100% and 3人未就业 cannot both hold.
fn nobody_left(doc: &Document, all: &mut Vec<Relation>) {
    let hundred = Exact::int(100);
    for rate in doc.claims.iter().filter(|c| c.kind == Kind::Rate && c.value == hundred && c.bound == Bound::Exact) {
        let Some(stem) = rate.subject.strip_suffix('率') else { continue };
        let result: String = stem.chars().skip(stem.chars().count().saturating_sub(2)).collect();
        let denies = |claim: &&Claim| {
            if claim.site.paragraph != rate.site.paragraph || claim.kind != Kind::Count {
                return false;
            }
            let own = format!("{}{}", claim.site.before, claim.site.after);
            let lead = claim.site.before.trim_start_matches(['，', '、']);
            // 覆盖率100%，参加5127人，尚有213人未参加: whoever is left right behind it.
            let left = claim.site.sentence == rate.site.sentence
                && claim.site.start > rate.site.start
                && ["尚有", "还有", "仍有", "另有"].contains(&lead)
                && ["未", "没有"].iter().any(|no| claim.site.after.starts_with(no));
            // 外聘教师中有5人尚未持证: of others than the rate is.
            let of_others = claim.site.clause_text.split_once('中').is_some_and(|(group, rest)| {
                let group = group.trim_start_matches(['，', '；', '但', '在']);
                rest.starts_with(['有', '尚', '仍', '还', '，'])
                    && shared(group, said_before(rate)) < group.chars().count()
            });
            !of_others
                && claim.min.is_some_and(|min| min > Exact::ZERO)
                && (left || ["未", "尚未", "没有", "待", "不"].iter().any(|no| own.contains(&format!("{no}{result}"))))
        };
        for left in doc.around(rate).iter().filter(denies) {
            let working = Working {
                code: "exclusive",
                with: vec![("first", shown(left)), ("second", shown(rate)), ("subject", rate.subject.clone())],
                zh: format!("{}{}与{}人未{result}不能同时成立", rate.subject, shown(rate), shown(left)),
            };
            all.push(relation(
                RelationKind::Exclusive,
                Finding::Inconsistent,
                vec![(Role::Claims, left), (Role::Claims, rate)],
                working,
            ));
        }
    }
}
