//! What seems to contradict, and speaks of another thing, time or case: a loss held against a gain, the same item of another firm, what
//! each has, a share of a whole that is named and not told. Each is looked at last, whichever way it was found.

use jc_text::fold::is_han;

use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::changes::since;
use crate::relate::relations::{Finding, Relation, RelationKind, Role, Slip};
use crate::relate::said_again::definite::narrows_nothing;
use crate::relate::sums::addition::held_within;
use crate::relate::wording::around::{said_before, shared, text_between};
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues::{in_brackets, is_coined, is_old, label};
use crate::units::counts_people;
use crate::words::{CHANGE, COMPARED, any_in};

/// Drops the contradictions that are none.
pub(in crate::relate) fn of_another(doc: &Document, all: &mut Vec<Relation>) {
    for it in all.iter_mut().filter(|it| it.kind == RelationKind::Sum && it.finding == Finding::Inconsistent) {
        if let Some(now) = of_now(doc, it) {
            *it = now;
        }
    }
    // 由学历生148名…。老挝72名、泰国41名、印度尼西亚36名，三国合计149名: what makes the total behind it need not make another.
    let parts = |it: &Relation| -> Vec<String> {
        it.members.iter().filter(|(role, _)| *role == Role::Part).map(|(_, id)| id.clone()).collect()
    };
    let sums = || all.iter().filter(|it| it.kind == RelationKind::Sum && it.primary);
    let made: Vec<Vec<String>> = sums().filter(|it| it.finding == Finding::Consistent).map(parts).collect();
    let again = |it: &Relation| {
        let first = |role: Role| it.members.iter().find(|it| it.0 == role).and_then(|it| doc.claim(&it.1));
        let leads = first(Role::Whole).zip(first(Role::Part)).is_some_and(|(a, b)| a.site.start < b.site.start);
        it.kind == RelationKind::Sum && leads && made.contains(&parts(it))
    };
    all.retain(|it| {
        it.finding != Finding::Inconsistent
            || !(again(it) || between(doc, it) || of_more(doc, it) || of_another_thing(doc, it))
    });
}

/// 专业31个…财经商贸类2个。其中省级重点专业9个，对接大赛的5个: they are some of more than what was told last.
fn of_more(doc: &Document, it: &Relation) -> bool {
    let [(Role::Part, part), (Role::Whole, whole)] = &it.members[..] else { return false };
    let (Some(part), Some(whole)) = (doc.claim(part), doc.claim(whole)) else { return false };
    let larger = |c: &Claim| {
        c.site.sentence == part.site.sentence && c.unit == whole.unit && c.value > whole.value && c.id != part.id
    };
    let begins = part.site.sentence_text.starts_with("其中") && whole.site.sentence != part.site.sentence;
    let before = doc.around(part).iter().filter(|c| c.site.start < part.site.start);
    it.kind == RelationKind::Subset && begins && before.into_iter().any(larger)
}

/// 受理3264单，当日办结2938单；三日以内办结285单，剩余41单: what was done between is taken off as well.
fn between(doc: &Document, it: &Relation) -> bool {
    let [(Role::Old, whole), (Role::New, part), (Role::Difference, rest)] = &it.members[..] else { return false };
    let (Some(whole), Some(part), Some(rest)) = (doc.claim(whole), doc.claim(part), doc.claim(rest)) else {
        return false;
    };
    let like = |c: &&Claim| c.unit == rest.unit && c.bound == Bound::Exact && c.site.chain == rest.site.chain;
    let here = doc.around(rest).iter().filter(|c| c.site.start > part.site.start && c.site.start < rest.site.start);
    let left = here.filter(like).try_fold(whole.value.and_then(|all| all.minus(part.value?)), |left, c| {
        Some(left.and_then(|left| left.minus(c.value?)))
    });
    left.flatten() == rest.value
}

/// 4020人，比上年的3820人增长5.2%。分校看，甲校1860人、…; 226名，比上年的184名增长22.8%，由甲148名、乙78名组成: they are parts of what there
/// is now.
fn of_now(doc: &Document, it: &Relation) -> Option<Relation> {
    let of = |wanted: Role| it.members.iter().filter(move |it| it.0 == wanted).filter_map(|it| doc.claim(&it.1));
    let (old, parts) = (of(Role::Whole).next()?, of(Role::Part).collect::<Vec<&Claim>>());
    let compared = is_old(old) && any_in(&old.site.before, COMPARED);
    let told_behind = parts.iter().all(|part| part.site.start > old.site.start && !is_old(part));
    let mut before = doc.around(old).iter().rev().filter(|c| c.site.start < old.site.start);
    let now = before.find(|c| c.site.sentence == old.site.sentence && alike(c, old))?;
    let mut held = held_within(RelationKind::Sum, now, &parts).filter(|_| compared && told_behind)?;
    held.primary = it.primary;
    Some(held)
}

fn of_another_thing(doc: &Document, it: &Relation) -> bool {
    let members: Vec<(Role, &Claim)> =
        it.members.iter().filter_map(|(role, id)| Some((*role, doc.claim(id)?))).collect();
    let of = |wanted: Role| members.iter().find(|(role, _)| *role == wanted).map(|(_, claim)| *claim);
    if members.iter().any(|(_, claim)| is_loss(claim)) && it.kind != RelationKind::Equal {
        return true;
    }
    match it.kind {
        RelationKind::Growth | RelationKind::GrowthDiff | RelationKind::GrowthBase => {
            of(Role::Rate).is_some_and(|rate| growth(doc, it, rate, of(Role::New), of(Role::Old)))
        }
        RelationKind::Rate => {
            let parts = of(Role::Numerator).zip(of(Role::Denominator)).zip(of(Role::Rate));
            parts.is_some_and(|((part, whole), rate)| share(doc, part, whole, rate))
        }
        RelationKind::RateDenominator => of(Role::Numerator).is_some_and(|part| {
            // 其他4位得票都很低; 三大板块的毛利率分别为.
            ["其他", "其余", "另", "另外"].iter().any(|word| part.site.before.ends_with(word)) || is_coined(part)
        }),
        // 来自12个国家的85名留学生，通过率91.8%: of those told last, who are people.
        RelationKind::RateNumerator => of(Role::Denominator).zip(of(Role::Rate)).is_some_and(|(whole, rate)| {
            let between = |c: &&Claim| c.site.start > whole.site.start && c.site.start < rate.site.start;
            let people = |c: &Claim| counts_people(&c.unit) && c.site.sentence == rate.site.sentence;
            !counts_people(&whole.unit) && doc.around(rate).iter().filter(between).any(people)
        }),
        // 正高48人、副高182人、…，高级职称共230人: what some of them make is told among them.
        RelationKind::Sum | RelationKind::Subset if members.len() > 2 && holds_subtotal(doc, &members) => true,
        // 9项，其中一等奖3项、…，并有1个团队入选: what is added is no part.
        RelationKind::Subset if members.iter().any(|(role, c)| *role == Role::Part && is_added(c)) => true,
        RelationKind::Subset => of(Role::Part).zip(of(Role::Whole)).is_some_and(|(part, whole)| no_part(part, whole)),
        // 营收分别为1.82亿元、2.96亿元，利润分别为250万元、…: the last of a row is no total of the next one.
        RelationKind::Sum => {
            let last = members.iter().rfind(|(role, _)| *role == Role::Part).map(|(_, part)| *part);
            of(Role::Whole).zip(last).is_some_and(|(whole, part)| {
                part.site.start > whole.site.start && part.site.clause != whole.site.clause && in_row(doc, whole)
            })
        }
        RelationKind::Difference => {
            // 1400元…，600元…，这两部分（2000元）: what is told once more is not taken off twice.
            let terms: Vec<Exact> = members.iter().filter_map(|(_, claim)| claim.value).collect();
            let again = |n: usize| n >= 2 && terms[n - 2].plus(terms[n - 1]) == Some(terms[n]);
            terms.len() > 4 && (3..terms.len() - 1).any(again)
        }
        RelationKind::Quotient => {
            let total = members.first().map(|(_, claim)| *claim);
            // 参与3.8万余人次，…，注册志愿者人均服务22.9小时: of people with a name of their own, not of how often they came.
            let named = of(Role::Quotient).zip(of(Role::Denominator)).is_some_and(|(mean, holders)| {
                let head = mean.site.before.split("人均").next().unwrap_or_default().trim_start_matches('，');
                let people = head.chars().count() >= 3 && head.chars().all(is_han);
                people && mean.site.before.contains("人均") && holders.unit == "人次"
            });
            // 三年前的九月，…迎接的是1158名新生: how many there were then.
            let long_ago = of(Role::Denominator).zip(of(Role::Quotient)).is_some_and(|(holders, mean)| {
                let then = holders.site.sentence_text.find("年前");
                holders.site.sentence != mean.site.sentence && then.is_some_and(|at| at <= '三'.len_utf8() * 2)
            });
            named || long_ago || of(Role::Quotient).zip(total).is_some_and(|(mean, total)| mean_of_another(mean, total))
        }
        RelationKind::Equal => match members[..] {
            [(_, first), (_, second)] => two_cases(doc, first, second),
            _ => false,
        },
        RelationKind::Enumeration => members.last().is_some_and(|(_, count)| counts_more(count)),
        _ => false,
    }
}

/// 亏损23.6万元, 净利润-32万元: below nought, which the number itself does not say.
fn is_loss(claim: &Claim) -> bool {
    let below = claim.value.is_some_and(|value| value < Exact::ZERO) || claim.site.before.ends_with(['-', '－', '负']);
    claim.kind == Kind::Money && (claim.site.before.contains('亏') || below)
}

fn growth(doc: &Document, it: &Relation, rate: &Claim, new: Option<&Claim>, old: Option<&Claim>) -> bool {
    // 现价总量增加73.5亿元，增长2%: the growth is of steady prices.
    let prices = any_in(&rate.site.sentence_text, &["现价", "可比价", "不变价", "可比口径"]);
    // 下调20%即25.05元: what it came to is told behind.
    let behind = rate.site.after.starts_with('即') && new.is_none_or(|new| new.site.start < rate.site.start);
    // …增长23.6%；商贸系571.4万元，同比增长46.7%: what has a growth of its own is no earlier value.
    let now = old
        .filter(|old| !is_old(old) && old.site.start > rate.site.start)
        .is_some_and(|old| has_growth(doc, old, rate));
    // 审核由30分钟缩短至5分钟，申报项目减少45%: no time is named.
    let lasting = |claim: Option<&Claim>| claim.is_some_and(|claim| claim.kind == Kind::Duration);
    let name = since::subject(rate);
    let timed = name.contains(['时', '期', '天', '长', '限']);
    let shares = |new: &Claim| shared(&name, &format!("{}{}", new.site.clause_text, new.subject)) >= 3;
    let other = new.is_some_and(|new| {
        let apart = new.site.clause != rate.site.clause && !name.is_empty();
        lasting(Some(new)) && lasting(old) && apart && (!timed || name.chars().count() >= 4 && !shares(new))
    });
    prices
        || behind
        || now
        || other
        || it.kind == RelationKind::GrowthBase && new.is_some_and(|new| of_no_count(doc, it, rate, new))
}

/// Does a growth of its own stand behind the row the value stands in?
fn has_growth(doc: &Document, value: &Claim, rate: &Claim) -> bool {
    let mut behind = doc.around(value).iter().filter(|c| c.site.start > value.site.start);
    let next = behind.find(|c| c.site.clause != value.site.clause || c.unit != value.unit);
    next.is_some_and(|c| {
        c.kind == Kind::ChangeRate
            && c.id != rate.id
            && c.site.chain == value.site.chain
            && c.site.clause <= value.site.clause + 1
    })
}

/// A growth without a base that is of no count told before it.
fn of_no_count(doc: &Document, it: &Relation, rate: &Claim, new: &Claim) -> bool {
    let between: Vec<&Claim> =
        doc.around(rate).iter().filter(|c| c.site.start > new.site.start && c.site.start < rate.site.start).collect();
    // 毛入学率从50.9%提高到现在的77.4%; 2015年为51%，此次约为40%，下降了11%: of the shares between.
    let shares = between.iter().any(|c| c.kind == Kind::Rate && c.site.sentence == rate.site.sentence);
    // 45个，其中增幅较大的有电商（增长87%）: of what stands before the bracket.
    let said: String = rate
        .site
        .sentence_text
        .chars()
        .skip(new.site.end.saturating_sub(rate.site.sentence_start))
        .take(rate.site.start.saturating_sub(new.site.end))
        .collect();
    let of_item =
        said.rfind('（').is_some_and(|at| said[..at].contains(['，', '、', '；']) && !said[at..].contains('）'));
    // 15校去年的设备投资比前年增长4.4%: nobody tells the growth of so few so finely, unless a slip explains it, and something else is
    // named between.
    let words = COMPARED.iter().copied().chain(CHANGE.iter().map(|(verb, _)| *verb));
    let rest = words.fold(said.clone(), |text, word| text.replace(word, ""));
    let named = rest.chars().filter(|c| is_han(*c)).count() >= 3;
    let few = named && rate.decimals > 0 && new.value.is_some_and(|value| value <= Exact::whole(20));
    let near = |gives: Exact| {
        let apart = gives.minus(rate.value?)?;
        let apart = if apart < Exact::ZERO { Exact::ZERO.minus(apart)? } else { apart };
        Some(apart <= Exact::whole(1))
    };
    let possible = it.nearest.iter().any(|near_by| near(near_by.gives) == Some(true));
    let explained = it.explained_by == Some(Slip::DividedByNewValue);
    // 经历7个无量跌停和1个放量跌停，跌幅累计达到57%: over a time of which no count is told.
    let over_time = rate.site.before.contains("累计") && new.value <= Exact::int(2);
    shares || of_item || over_time || few && !possible && !explained
}

fn share(doc: &Document, part: &Claim, whole: &Claim, rate: &Claim) -> bool {
    // 三次平均自付费用占17.72%.
    if part.site.after.starts_with("平均") {
        return true;
    }
    // 每天支出数千元…，去年支出总额260万元.
    const OFTEN: &[&str] = &["每天", "每日", "每周", "每月", "每年", "日均", "月均"];
    if part.kind == Kind::Money && any_in(&part.site.before, OFTEN) && !any_in(&whole.site.clause_text, OFTEN) {
        return true;
    }
    // 12.719万股（含优先股2038股），占总额的30.34%: the bracket is closed again.
    let (first, second) = if part.site.start < whole.site.start { (part, whole) } else { (whole, part) };
    if in_brackets(part)
        && !in_brackets(rate)
        && rate.site.start > part.site.start
        && whole.site.clause != rate.site.clause
    {
        return true;
    }
    // 70万元和30万元占比70%和30%: neither is the other's whole.
    if first.site.clause == second.site.clause && matches!(text_between(first, second), "和" | "、" | "与" | "及") {
        return true;
    }
    if rate.bound != Bound::Exact && of_siblings_whole(doc, part, whole, rate) {
        return true;
    }
    // 到会代表股份…，占有表决权总股份的39.61%。其中，…，占有表决权总股份的37.80%: the whole of both is named, and is a third.
    let own = doc
        .next(whole)
        .filter(|own| own.kind == Kind::Rate && own.id != rate.id && own.site.clause <= whole.site.clause + 1);
    let Some(own) = own.filter(|own| own.site.start < part.site.start && own.site.before.contains('占')) else {
        return false;
    };
    let base = |rate: &Claim| {
        let at = rate.site.before.rfind('占')?;
        Some(rate.site.before[at..].trim_end_matches(['的', '为', '达']).to_string())
    };
    let named = base(own).filter(|name| name.chars().count() >= 5);
    let all = own.value.zip(rate.value).and_then(|(a, b)| a.plus(b)) == Some(Exact::whole(100));
    named.is_some() && named == base(rate) || all && !text_between(whole, part).contains("其中")
}

/// 五年制1124人，占47.0%；三年制763人；预备技师118人，占比不足5%: of the whole that another share of the sentence is of.
fn of_siblings_whole(doc: &Document, part: &Claim, whole: &Claim, rate: &Claim) -> bool {
    let shares = doc.around(rate).iter().filter(|c| {
        c.kind == Kind::Rate
            && c.bound == Bound::Exact
            && c.site.chain == rate.site.chain
            && c.site.before.contains('占')
    });
    let implied = shares.filter_map(|share| {
        let own = doc.around(share).iter().rfind(|c| c.site.start < share.site.start && alike(c, whole))?;
        own.value?.times(Exact::int(100)?)?.over(share.value.filter(|v| *v > Exact::ZERO)?)
    });
    implied.into_iter().any(|base| {
        let gives = part.value.and_then(|part| part.percent_of(base));
        let within = gives.is_some_and(|v| rate.min.is_none_or(|min| min <= v) && rate.max.is_none_or(|max| v <= max));
        within && whole.value.and_then(|w| w.times(Exact::new(11, 10)?)).is_some_and(|most| base > most)
    })
}

fn is_added(claim: &Claim) -> bool {
    let lead = claim.site.before.trim_start_matches(['，', '；', '、']);
    ["并有", "还有", "另有", "另获", "并获"].iter().any(|word| lead.starts_with(word))
}

/// Is one not counted among the other?
fn no_part(part: &Claim, whole: &Claim) -> bool {
    const PLACES: &[&str] = &["县", "市", "区", "省", "乡", "镇", "城市", "国家", "地区", "村", "街道"];
    const LIMITS: &[&str] = &["上限", "下限", "最高", "最低", "保底", "封顶", "起步", "限额"];
    let limit = part.site.before.chars().count() <= 8 && any_in(&part.site.before, LIMITS);
    // 307个县市的服务网络，包括845个服务点: places are no such things.
    let things = matches!(part.unit.as_str(), "个" | "处") && matches!(whole.unit.as_str(), "个" | "处");
    let noun = |claim: &Claim| claim.site.after.chars().take_while(|c| is_han(*c)).take(6).collect::<String>();
    let (a, b) = (noun(part), noun(whole));
    let place = |noun: &str| PLACES.iter().any(|word| noun.starts_with(word));
    let places = things && place(&b) && !place(&a) && a.chars().count() >= 2;
    // 全市仅有11家，而在2012年北京就有51家.
    let elsewhere = part.site.clause_text.trim_start_matches('，').starts_with("而在");
    // 专业群5个（含15个专业）: each holds several.
    let held = ["含", "涵盖", "覆盖", "包含", "下设"].iter().any(|word| part.site.before.ends_with(word));
    let several = held && !a.is_empty() && !label(whole).ends_with(&a) && part.value > whole.value;
    limit || places || elsewhere || several
}

/// Is one of the parts said to be the total of two that were told before it, and not what others are added to?
fn holds_subtotal(doc: &Document, members: &[(Role, &Claim)]) -> bool {
    const MOST: usize = 12;
    let parts = members.iter().filter(|(role, _)| *role == Role::Part).map(|(_, claim)| *claim);
    let total = |c: &&Claim| ["共", "合计", "共计", "共有", "总计"].iter().any(|word| c.site.before.ends_with(word));
    // 合计1400元；校服260元自愿购买。全部缴齐1660元: the first of all.
    let adds_to = |c: &&Claim| members.iter().all(|(_, other)| other.site.start >= c.site.start);
    parts.filter(total).filter(|c| !adds_to(c)).any(|subtotal| {
        let here = doc.around(subtotal).iter().rev().filter(|c| c.site.start < subtotal.site.start);
        let told = here.filter(|c| c.site.sentence == subtotal.site.sentence && alike(c, subtotal)).take(MOST);
        let told: Vec<&Claim> = told.collect();
        let makes = |a: &Claim, b: &Claim| a.value.zip(b.value).and_then(|(a, b)| a.plus(b)) == subtotal.value;
        (0..told.len()).any(|n| told[n + 1..].iter().any(|other| makes(told[n], other)))
    })
}

/// Does another number of its unit stand right before it, with nothing but 、 or 和 between?
fn in_row(doc: &Document, claim: &Claim) -> bool {
    let before = doc.around(claim).iter().rfind(|c| c.site.start < claim.site.start);
    before.is_some_and(|c| {
        c.unit == claim.unit && c.site.clause == claim.site.clause && c.site.end + 1 == claim.site.start
    })
}

/// 按人均可支配收入51261元计算，4名伤者的赔偿金为410余万元: is the mean one of something else?
fn mean_of_another(mean: &Claim, total: &Claim) -> bool {
    // 年销售额1200万元，217户社员户均分红4300元: what each got is no share of what was sold.
    const GOT: &[&str] = &["分红", "增收", "收入", "工资", "薪", "奖金"];
    // 绩效工资人均提高3600元，…，拿出148.3万元: what is paid out is what each got.
    const PAID: &[&str] = &["拿出", "支出", "发放", "发出", "支付", "增支", "兑现", "兑付", "拨付"];
    let paid = any_in(&total.site.before, PAID);
    let got = GOT.iter().find(|word| mean.site.before.contains(**word)).filter(|_| total.kind == Kind::Money && !paid);
    if got.is_some_and(|got| shared(got, &format!("{}{}", total.site.clause_text, total.subject)) == 0) {
        return true;
    }
    let Some(at) = mean.site.before.find("人均") else { return false };
    let name: String = mean.site.before[at..].chars().skip(2).take_while(|c| is_han(*c)).collect();
    let name = name.trim_end_matches(['为', '达', '是', '约', '近']);
    let said = format!("{}{}", total.site.clause_text, total.subject);
    let by =
        mean.site.clause_text.trim_start_matches('，').starts_with(['按', '以']) || mean.site.after.contains("计算");
    by && name.chars().count() >= 2 && mean.site.clause != total.site.clause && shared(name, &said) < 2
}

/// Are the two of two cases: of two days, of a half and a whole year, of two people, one once more?
fn two_cases(doc: &Document, first: &Claim, second: &Claim) -> bool {
    const ONCE_MORE: &[&str] = &["再次", "再度", "又一次", "再一次"];
    const PART_OF_YEAR: &[&str] = &["季度", "半年", "月份"];
    // 26岁的学者…。28岁的学者: two people. 十日内…，六十日内: two terms.
    let own = |claim: &Claim| {
        let age = matches!(claim.unit.as_str(), "岁" | "周岁") && !claim.site.before.contains('均');
        // 24秒09: each run has its own time.
        age || claim.unit == "日" || claim.unit == "秒" && claim.decimals == 2
    };
    if first.unit == second.unit && own(first) || any_in(&second.site.clause_text, ONCE_MORE) {
        return true;
    }
    // （退休人员按50%）…（退休人员按80%）: each of the case before its bracket.
    let case = |claim: &Claim| claim.site.before.starts_with('（') && claim.kind == Kind::Rate;
    if case(first) && case(second) {
        return true;
    }
    // 3月1日以600元出售…。3月9日以700元出售.
    let day = |claim: &Claim| {
        let before = doc.around(claim).iter().rev().filter(|c| c.site.start < claim.site.start);
        let mut days = before.filter(|c| c.kind == Kind::Date && c.site.chain == claim.site.chain);
        days.find(|c| c.text.ends_with(['日', '号'])).map(|c| c.text.clone())
    };
    if first.site.chain != second.site.chain && day(first).zip(day(second)).is_some_and(|(a, b)| a != b) {
        return true;
    }
    // 一季度…；利润16.87万元。而从全年来看，利润45.7万元.
    let whole_year = |claim: &Claim| {
        let here = || {
            doc.around(claim).iter().filter(|c| c.site.chain == claim.site.chain && c.site.start <= claim.site.start)
        };
        let says = |words: &[&str]| here().any(|c| any_in(&c.site.sentence_text, words));
        // 2014年实现收入1.09亿元: nothing but the year.
        let year = || here().any(|c| c.kind == Kind::Date && c.text.chars().count() == 5 && c.text.ends_with('年'));
        let all = || says(&["全年", "年度", "去年", "上年"]) || year();
        says(PART_OF_YEAR).then_some(false).or_else(|| all().then_some(true))
    };
    if whole_year(first).zip(whole_year(second)).is_some_and(|(a, b)| a != b) {
        return true;
    }
    // 189家…。仅有1家…。这190家: one more is told between.
    let apart = second.value.zip(first.value).and_then(|(b, a)| b.minus(a));
    let more = |c: &&Claim| c.site.start > first.site.start && c.site.start < second.site.start && alike(c, first);
    let added = second.site.before.ends_with('这')
        && doc.around(second).iter().filter(more).any(|c| c.value == apart && c.bound == Bound::Exact);
    added || of_two_names(first, second) || judged_of_two(first, second)
}

/// 城乡居民大病保险…10万元。职工大病保险…60万元: alike but for what they begin with.
fn of_two_names(first: &Claim, second: &Claim) -> bool {
    /// So long a run of characters is more than the name of one item.
    const ALIKE: usize = 8;
    let [a, b] = [first, second].map(|claim| said_before(claim).rsplit('，').next().unwrap_or_default());
    let run = shared(a, b);
    let both = |text: &str, other: &str| {
        let chars: Vec<char> = text.chars().collect();
        let at = chars.windows(run.max(1)).position(|part| other.contains(&part.iter().collect::<String>()));
        at.map(|at| chars[..at].iter().collect::<String>())
    };
    let Some((x, y)) = both(a, b).zip(both(b, a)).filter(|_| run >= ALIKE) else { return false };
    let name =
        |text: &str| (2..=6).contains(&text.chars().count()) && text.chars().all(is_han) && !narrows_nothing(text);
    name(&x) && name(&y) && shared(&x, &y) < 2
}

/// 学生对食堂评价“满意”的占43.2%。学生对宿舍评价“满意”的占45.8%: what is judged is another.
fn judged_of_two(first: &Claim, second: &Claim) -> bool {
    let judged = |claim: &Claim| -> Option<String> {
        let text = &claim.site.sentence_text;
        let at = ["评价", "表示"].iter().find_map(|word| text.find(word))?;
        let name = text[..at].rsplit_once('对')?.1.trim_end_matches('的').to_string();
        (2..=8).contains(&name.chars().count()).then_some(name).filter(|name| name.chars().all(is_han))
    };
    judged(first).zip(judged(second)).is_some_and(|(a, b)| shared(&a, &b) < 2)
}

/// 标准、研发与试验三项; 司机和三名乘客：甲、乙、丙四人: more are named than stand between the commas.
fn counts_more(count: &Claim) -> bool {
    let Some(told) = count.value.and_then(Exact::as_int).and_then(|n| usize::try_from(n).ok()) else { return false };
    let items = &count.site.items;
    let two = |(a, b): (&str, &str)| a.chars().count() >= 2 && b.chars().count() >= 2;
    let joined = items.last().and_then(|item| item.split_once(['与', '及'])).is_some_and(two);
    let head = items.first().and_then(|item| count.site.sentence_text.find(item.as_str()));
    let head = head.map(|at| &count.site.sentence_text[..at]);
    let others = head.and_then(|head| head.strip_suffix('：')).is_some_and(|head| {
        let said: String = head.chars().rev().take_while(|c| is_han(*c)).take(14).collect();
        said.contains(['和', '与', '及'])
    });
    // 王玉洁、宋瑞琪（…）和红三班的王璐、孙艳华: the list goes on behind the bracket.
    let behind = items.last().and_then(|item| Some(count.site.sentence_text.split_once(item.as_str())?.1));
    let closed = behind.and_then(|rest| rest.strip_prefix('（')?.split_once('）')).map(|(_, rest)| rest);
    let goes_on = closed.is_some_and(|rest| rest.starts_with(['和', '与', '及', '、']));
    items.len() + 1 == told && (joined || others) || items.len() < told && goes_on
}
