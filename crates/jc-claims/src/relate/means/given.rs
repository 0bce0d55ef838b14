//! What each was given, said without a word of a mean: 每班40人, 每人2400元, 单价128元.

use super::mean::countable_in;
use super::products::more_to_it;
use super::quotients::{fits, quotient};
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::digits::printed::{interval, shown, shown_as};
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Working, relation};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::units::counts_people;
use crate::words::PEOPLE;

/// 5个班，每班40人，共200人; 甲、乙、丙三系各选派3人，共9人.
pub(super) fn each(doc: &Document, each: &Claim) -> Option<Relation> {
    let lead = each.site.before.as_str();
    let nouns = lead.match_indices('每').map(|(at, _)| &lead[at + '每'.len_utf8()..]);
    let every = nouns.into_iter().find(|noun| {
        let time = ["年", "月", "天", "日", "周", "学期", "学年", "季", "小时", "时", "个月", "逢", "当", "一"];
        noun.chars().count() <= 10 && !time.iter().any(|word| noun.starts_with(word))
    });
    // 各捐赠电脑20台，另捐赠打印机8台，共28台: something else is added.
    let all_of = lead.rfind('各').map(|at| &lead[at + '各'.len_utf8()..]).filter(|verb| verb.chars().count() <= 4);
    if every.is_none() && all_of.is_none() {
        return None;
    }
    let here = doc.around(each);
    let at = here.iter().position(|c| c.id == each.id)?;
    let total = here[at + 1..].iter().take(3).find(|c| {
        c.site.sentence == each.site.sentence && alike(c, each) && c.kind.counts() && cues::closing(c).is_some()
    })?;
    let counted =
        |c: &&Claim| c.site.sentence == each.site.sentence && matches!(c.kind, Kind::Count | Kind::PersonTimes);
    let added = |total: &Claim| {
        let between = here[at + 1..].iter().take_while(|c| c.id != total.id);
        between.into_iter().any(|c| alike(c, each) && all_of.is_some())
    };
    // 各抽取学生30人，共抽取教师20人: of others.
    let whose = |c: &Claim| PEOPLE.iter().map(|(who, _)| *who).find(|who| c.site.before.contains(who));
    let others = whose(each).zip(whose(total)).is_some_and(|(one, other)| one != other);
    if added(total) || others {
        return None;
    }
    // 每生补助2300元，惠及学生1560人，共358.8万元: the people may follow.
    let people_behind = || {
        let people = every.is_some_and(|noun| noun.starts_with(['生', '人', '名']));
        here[at + 1..]
            .iter()
            .take(2)
            .filter(counted)
            .find(|c| people && counts_people(&c.unit) && c.span.start < total.span.start)
    };
    let holders = here[..at].iter().rev().filter(counted).take(3).find(|c| {
        let own = format!("{}{}", c.unit, c.site.after);
        match every {
            Some(noun) => {
                let noun = noun.trim_start_matches(['个', '名', '支', '位', '所', '家', '期']);
                let name: String = if noun.is_empty() {
                    every.unwrap_or("").chars().take(1).collect()
                } else {
                    noun.chars().take(1).collect()
                };
                own.contains(&name)
                    || matches!(name.as_str(), "人" | "名" | "生" | "位") && counts_people(&c.unit) && c.unit != "人次"
                    || every.is_some_and(|n| n.starts_with(&c.unit) && !c.unit.is_empty())
                    || c.site.before.ends_with(&name)
            }
            None => c.site.clause == each.site.clause,
        }
    });
    // 每班45人，共12个班，合计540人.
    let counted_behind = || {
        let noun = every?.chars().next().filter(|_| every.is_some_and(|noun| noun.chars().count() == 1))?;
        let next = here.get(at + 1).filter(|c| counted(c) && c.span.start < total.span.start)?;
        next.site.after.starts_with(noun).then_some(next)
    };
    let holders = holders.or_else(people_behind).or_else(counted_behind);
    // 每周2次，每次2课时，共150课时: how many weeks there were is not said here.
    if holders.is_some_and(|holders| holders.site.before.contains('每')) {
        return None;
    }
    let many = match holders {
        Some(holders) => holders.value?,
        None => Exact::int(i128::from(each.each?))?,
    };
    let product = many.times(each.value?)?;
    let (low, high) = interval(total)?;
    let holds = product >= low && product <= high;
    if let Some(holders) = holders {
        let mut it = quotient(total, holders, each, total.value?.over(many)?, holds);
        // 每人1500元，另有特困补助，共发放26.75万元: not all of it was given so.
        it.primary = holds || holders.bound == Bound::Exact && !more_to_it(total);
        return Some(it);
    }
    let working = Working {
        code: if holds { "each-holds" } else { "each-fails" },
        with: vec![
            ("each", shown(each)),
            ("holders", many.show(0)),
            ("gives", shown_as(total, product, 2)),
            ("stated", shown(total)),
        ],
        zh: format!("{}×{}＝{}，文中为{}", shown(each), many.show(0), shown_as(total, product, 2), shown(total)),
    };
    let finding = if holds { Finding::Consistent } else { Finding::Inconsistent };
    let mut it =
        relation(RelationKind::Quotient, finding, vec![(Role::Quotient, each), (Role::Numerator, total)], working);
    it.computed = Some(product);
    it.stated = total.value;
    Some(it)
}

/// 为132名学生发放补助19.8万元，每人1500元: the only sum and the only people of the sentence before what each gets.
pub(super) fn handed_out(doc: &Document, each: &Claim) -> Option<Relation> {
    let lead = each.site.before.trim_start_matches('，');
    let every = ["每人", "每名", "每位", "每生"].contains(&lead) && each.kind == Kind::Money;
    let here: Vec<&Claim> = countable_in(doc, each).filter(|c| every && c.site.start < each.site.start).collect();
    let (sums, people): (Vec<&Claim>, Vec<&Claim>) = here.into_iter().partition(|c| c.kind == Kind::Money);
    let ([total], [holders]) = (&sums[..], &people[..]) else { return None };
    let near = counts_people(&holders.unit) && holders.unit != "人次" && total.site.clause + 1 == each.site.clause;
    let plain = near && !each.site.sentence_text.contains("其中") && holders.bound == Bound::Exact;
    let gives = total.value?.over(holders.value?).filter(|_| plain)?;
    Some(quotient(total, holders, each, gives, fits(total, holders, each)?))
}

/// 发放服装1862套，单价128元，共计23.83万元: what was counted right before its price.
pub(super) fn priced(doc: &Document, price: &Claim) -> Option<Relation> {
    let lead = price.site.before.trim_start_matches(['，', '（']);
    let said = ["单价", "均价", "单价为", "每份单价"].contains(&lead) && price.kind == Kind::Money;
    let here = doc.around(price);
    let at = here.iter().position(|c| said && c.id == price.id)?;
    let (holders, total) = (here[..at].last()?, here.get(at + 1)?);
    let near = holders.site.clause + 1 == price.site.clause && total.site.clause == price.site.clause + 1;
    let plain = near && holders.kind == Kind::Count && total.kind == Kind::Money && holders.bound == Bound::Exact;
    let gives = total.value?.over(holders.value?).filter(|_| plain && cues::closing(total).is_some())?;
    Some(quotient(total, holders, price, gives, fits(total, holders, price)?))
}

/// 每人2400元，共33.84万元: which whole number of them pay that?
pub(super) fn whole_payers(doc: &Document, price: &Claim) -> Option<Relation> {
    const EACH: &[&str] =
        &["每人", "每名", "每位", "每生", "每台", "每套", "每件", "每间", "每份", "每盏", "每辆", "每床"];
    let lead = price.site.before.trim_start_matches(['，', '（', '按', '以']);
    let total = doc.next(price).filter(|c| c.kind == Kind::Money && c.site.clause == price.site.clause + 1)?;
    let plain = EACH.contains(&lead) && price.kind == Kind::Money && price.step == Exact::int(1)?;
    let closes = cues::closing(total).is_some() || total.site.before.trim_start_matches('，').starts_with("共");
    let exact = price.bound == Bound::Exact && total.bound == Bound::Exact && total.value > price.value;
    // 一档每人2200元；二档每人1650元；三档每人1100元。发放总额…: what all get together is none of one price.
    let each = |c: &&Claim| EACH.contains(&c.site.before.trim_start_matches(['，', '（', '按', '以']));
    let before = doc.claims.iter().filter(|c| c.site.chain == price.site.chain && c.site.start < price.site.start);
    let several = before.filter(each).any(|c| c.kind == Kind::Money);
    if !plain || !closes || !exact || several || price.value < Exact::int(100) {
        return None;
    }
    let (low, high) = interval(total)?;
    let floor = |value: Exact| value.num().div_euclid(value.den());
    let (low, high) = (low.over(price.value?)?, high.over(price.value?)?);
    let least = if Exact::int(floor(low))? == low { floor(low) } else { floor(low) + 1 };
    let solutions: Vec<i128> = (least..=floor(high)).take(50).collect();
    let listed = solutions.iter().map(i128::to_string).collect::<Vec<_>>().join("、");
    let none = solutions.is_empty();
    let said = if none { "没有整数可得此数".to_string() } else { format!("可行的整数为{listed}") };
    let working = Working {
        code: if none { "mean-no-whole-number" } else { "mean-whole-numbers" },
        with: vec![("total", shown(total)), ("stated", shown(price)), ("solutions", listed)],
        zh: format!("{}÷?＝{}：{said}", shown(total), shown(price)),
    };
    let finding = if none { Finding::Inconsistent } else { Finding::Feasible };
    let members = vec![(Role::Numerator, total), (Role::Quotient, price)];
    let mut it = relation(RelationKind::QuotientDenominator, finding, members, working);
    it.stated = price.value;
    it.solutions = Some(solutions);
    Some(it)
}
