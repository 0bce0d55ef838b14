//! What numbers agree with that stand farther off: a share of people counted a sentence before, a total of what two
//! paragraphs' ends have said, a rise between values no word of comparison binds together.
//!
//! Words tell first what a number is to be held against; that is the work of the other files. What they leave without an
//! answer is looked for here among the numbers around it, and only what agrees is told: a share printed with decimals,
//! or a sum of large numbers, is seldom hit by chance. So nothing here is ever an alarm; it takes one back where the
//! words had misled, and otherwise shows where a number comes from.

use std::collections::HashSet;

use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::changes::differences;
use crate::relate::changes::growth::{self, from_difference, from_old};
use crate::relate::digits::printed::interval;
use crate::relate::means::mean;
use crate::relate::rates::beside::{may_count, says_share};
use crate::relate::rates::readings::{gives_rate, reading_of, together_said};
use crate::relate::rates::results::of_people;
use crate::relate::rates::shares::{name_of_whole, of_those};
use crate::relate::relations::{Finding, Relation, RelationKind, Role};
use crate::relate::sums::addition::{held_within, sum};
use crate::relate::wording::around::says;
use crate::relate::wording::comparable::{adds_up, alike};
use crate::relate::wording::cues::{self, is_base, is_old};
use crate::relate::wording::division;
use crate::units::counts_people;
use crate::words::{STOCK, WHOLE, any_in};

/// So many numbers are tried before and behind the one in question.
const NEAR: usize = 60;

/// Looks for what the unanswered numbers agree with.
pub(in crate::relate) fn elsewhere(doc: &Document, all: &mut Vec<Relation>) {
    let mut told = Told::default();
    all.iter().filter(|it| it.primary).for_each(|it| told.note(it));
    let around = Around::new(doc);
    let mut found = Vec::new();
    for claim in doc.claims.iter().filter(|claim| claim.site.cell.is_none()) {
        let exact = claim.bound == Bound::Exact;
        let open = !told.answered.contains(&claim.id);
        let it = match claim.kind {
            Kind::Rate if open && exact && claim.unit == "%" => {
                let refuted = told.refuted.contains(&claim.id);
                let those = of_those(doc, claim).filter(|_| refuted);
                let of_them = |it: &Relation| those.is_none_or(|own| it.members.iter().any(|(_, id)| *id == own.id));
                share(&around, claim, refuted).filter(of_them)
            }
            Kind::ChangeRate if open && exact => rise(&around, claim, told.refuted.contains(&claim.id)),
            Kind::Ratio if open => mean::far(doc, claim),
            // What the words have refuted a coincidence must not save.
            _ if open && exact && !told.refuted.contains(&claim.id) => {
                let apart = || differences::apart(doc, claim).filter(|_| !told.parts.contains(&claim.id));
                apart().or_else(|| mean::far(doc, claim))
            }
            _ => None,
        };
        let apart = it.as_ref().is_some_and(|it| it.kind == RelationKind::Difference);
        let sums =
            if (it.is_none() || apart) && exact && (claim.kind.counts() || adds_up(claim) || scores_together(claim)) {
                total(&around, claim, &told)
            } else {
                Vec::new()
            };
        for it in it.into_iter().chain(sums) {
            told.note(&it);
            found.push(it);
        }
    }
    // What agrees stands in the place of what did not.
    let own: HashSet<&str> = found.iter().filter_map(Relation::under_test).collect();
    let replaced = |it: &Relation| it.under_test().is_some_and(|id| own.contains(id));
    let guess = |kind| matches!(kind, RelationKind::RateAlone | RelationKind::RateDenominator);
    all.retain(|it| !guess(it.kind) || !replaced(it));
    // That parts fit into a whole says less than that they make it.
    let less = |it: &Relation| it.finding == Finding::Inconsistent || it.kind == RelationKind::Subset;
    // 风险27项，其中…9项、…18项，已整改25项，剩余3项: a sum of other parts does not save one that fails.
    let other_parts = |it: &Relation| {
        let part = |id: &String| it.members.iter().any(|(role, own)| *role == Role::Part && own == id);
        let same =
            found.iter().filter(|other| other.under_test() == it.under_test() && other.kind == RelationKind::Sum);
        it.kind == RelationKind::Sum
            && same.clone().count() > 0
            && same.into_iter().all(|other| !other.members.iter().any(|(_, id)| part(id)))
    };
    for it in all.iter_mut().filter(|it| it.primary && less(it) && replaced(it) && !other_parts(it)) {
        it.primary = false;
    }
    // 协议就业3306人（68.0%）…待就业170人（3.5%）: parts whose shares are of another whole make no sum of this one.
    let of_another = |whole: &str, part: &str| {
        found.iter().any(|it| match &it.members[..] {
            [(Role::Numerator, top), (Role::Denominator, other), (Role::Rate, _)] => top == part && other != whole,
            _ => false,
        })
    };
    for it in all.iter_mut().filter(|it| it.kind == RelationKind::Sum && it.finding == Finding::Inconsistent) {
        let Some((parts, (Role::Whole, whole))) = it.members.split_last().map(|(last, parts)| (parts, last)) else {
            continue;
        };
        if parts.iter().all(|(_, part)| of_another(whole, part)) {
            it.primary = false;
        }
    }
    all.extend(found);
}

/// What the words have told already.
#[derive(Default)]
struct Told {
    /// Numbers that something holds for, and those that something does not.
    answered: HashSet<String>,
    refuted: HashSet<String>,
    /// Numbers that are wholes and parts of sums, right or wrong.
    wholes: HashSet<String>,
    parts: HashSet<String>,
}

impl Told {
    fn note(&mut self, it: &Relation) {
        // That shares make all of it says nothing of what the last of them is a share of.
        let own = it.under_test().filter(|_| it.kind != RelationKind::PercentSum).map(str::to_string);
        match it.finding {
            Finding::Consistent => self.answered.extend(own),
            Finding::Inconsistent => self.refuted.extend(own),
            Finding::Feasible => {}
        }
        for (role, id) in it.members.iter().filter(|_| it.kind == RelationKind::Sum) {
            let place = if *role == Role::Whole { &mut self.wholes } else { &mut self.parts };
            place.insert(id.clone());
        }
    }
}

/// 前三名合计1431分: scores are added where the words say so.
fn scores_together(claim: &Claim) -> bool {
    claim.unit == "分" && cues::closing(claim).is_some()
}

/// Where numbers are looked for: around the one in question, and among the people counted as a whole.
struct Around<'a> {
    doc: &'a Document,
    people: Vec<&'a Claim>,
    /// Those that tell of an earlier time.
    old: HashSet<&'a str>,
}

impl<'a> Around<'a> {
    fn new(doc: &'a Document) -> Around<'a> {
        let whole = |c: &&Claim| counts_people(&c.unit) && counted(c) && (says(c, WHOLE) || says(c, STOCK));
        let old = doc.claims.iter().filter(|c| counted(c) && is_old(c)).map(|c| c.id.as_str());
        Around { doc, people: doc.claims.iter().filter(whole).collect(), old: old.collect() }
    }

    fn is_old(&self, claim: &Claim) -> bool {
        self.old.contains(claim.id.as_str())
    }

    /// The counts before and behind a number, the nearest first, those before it before those behind it; from farther
    /// off only people counted as a whole.
    fn counts(&self, claim: &Claim) -> impl Iterator<Item = &'a Claim> {
        let place = |other: &Claim| other.span.start < claim.span.start;
        let at = self.doc.claims.partition_point(place);
        let from = at.saturating_sub(NEAR);
        let (before, behind) = (&self.doc.claims[from..at], &self.doc.claims[at..]);
        let far = self
            .people
            .partition_point(|c| self.doc.claims.get(from).is_some_and(|first| c.span.start < first.span.start));
        let people = self.people[..far].iter().rev().take(NEAR).copied();
        before.iter().rev().chain(behind.iter().skip(1).take(NEAR / 2)).filter(|c| counted(c)).chain(people)
    }
}

fn counted(claim: &Claim) -> bool {
    claim.numeral != Numeral::None && claim.value.is_some() && claim.each.is_none() && claim.site.cell.is_none()
}

/// 就业1206人，留市率65.1%, of 毕业生1853人 said long before; 高级工班3967人、预备技师班1140人，高级工以上占78.8%.
fn share(around: &Around, rate: &Claim, refuted: bool) -> Option<Relation> {
    let share = Share::new(around, rate);
    // A share that names nothing is of the count right before it; 青年教师占…的39.4% may be of one of a list.
    let lead = rate.site.before.trim_start_matches(['，', '、', '；']);
    let silent = says_share(rate) && lead.find('占').is_none_or(|at| lead[..at].chars().count() < 2);
    let (nearest, others) = share.parts.split_at(share.parts.len().min(1));
    let found = share.of_row(around.doc).or_else(|| share.of_one(nearest)).or_else(|| share.of_list());
    let found = found.or_else(|| if silent { None } else { share.of_one(others) });
    if found.is_some() || rate.decimals == 0 {
        let found = found.or_else(|| share.named(around.doc)).or_else(|| share.of_own_list());
        return found.or_else(|| if refuted { None } else { share.of_sentence_before() });
    }
    let found = share.named(around.doc).or_else(|| share.of_run());
    if found.is_some() {
        return found;
    }
    let pairs = share.parts.len().saturating_sub(1).min(if silent { 1 } else { usize::MAX });
    share.of_two(pairs).or_else(|| share.of_two_wholes())
}

/// A share and what it may be one of.
struct Share<'a> {
    rate: &'a Claim,
    /// Counts in its sentence, the nearest first.
    parts: Vec<&'a Claim>,
    /// Counts around it, the nearest first.
    counts: Vec<&'a Claim>,
}

impl<'a> Share<'a> {
    /// So many counts of its sentence may be the part.
    const PARTS: usize = 8;

    fn new(around: &Around<'a>, rate: &'a Claim) -> Share<'a> {
        let heads = of_people(rate);
        let of_kind = |c: &&Claim| may_count(c) || c.kind == Kind::Money && !heads;
        let told = |c: &&Claim| c.bound == Bound::Exact && !around.is_old(c);
        let counts: Vec<&Claim> = around.counts(rate).filter(of_kind).filter(told).collect();
        let near = |c: &&&Claim| c.site.sentence == rate.site.sentence && c.site.clause.abs_diff(rate.site.clause) <= 3;
        let parts = counts.iter().filter(near).copied().filter(|c| !is_base(c)).take(Share::PARTS).collect();
        Share { rate, parts, counts }
    }

    /// The counts that may be the whole of a part.
    fn wholes(&self, part: &'a Claim) -> impl Iterator<Item = &'a Claim> {
        let rate = self.rate;
        let over = rate.value > Exact::int(100);
        // 占录取人数的90%.
        let name = name_of_whole(rate);
        // 占学生总数75%: where the share names its whole, no decimals are needed.
        let total = rate.site.before.contains("总数") || rate.site.before.contains("在校生");
        let far = move |whole: &Claim| match rate.decimals {
            0 => total && says(whole, STOCK) && large(part),
            _ => {
                says(whole, STOCK)
                    || large(part)
                    || large(whole) && part.value >= Exact::int(20) && part.unit == whole.unit
            }
        };
        self.counts.iter().copied().filter(move |whole| {
            let larger = if over { whole.value < part.value } else { whole.value > part.value };
            let named = !name.is_empty() && whole.site.before.contains(name) && whole.kind == part.kind;
            let planned = || any_in(&whole.site.before, &["计划", "目标", "任务", "预算", "可用"]);
            let total = || ["共", "合计", "总数", "共计"].iter().any(|word| whole.site.before.ends_with(word));
            let known =
                || rate.decimals > 0 || named || planned() || total() || says(whole, WHOLE) || says(whole, STOCK);
            let here = || whole.site.paragraph == rate.site.paragraph || far(whole) || named && large(part);
            larger && whole.id != part.id && alike(part, whole) && known() && here()
        })
    }

    fn holds(&self, top: &[&Claim], bottom: &[&Claim]) -> Option<Relation> {
        // 党员286名，其中教工党员198名: of whom some were counted once more, they are no whole together.
        let within = |c: &&Claim| c.site.before.trim_start_matches(['，', '、', '；', '（']).starts_with("其中");
        if bottom.len() > 1 && bottom.iter().any(within) {
            return None;
        }
        // 录取1248人，其中报到1263人: nor is what is some of those before it their whole.
        let inside = |whole: &&Claim| {
            let before =
                |part: &&Claim| part.site.sentence == whole.site.sentence && part.site.start < whole.site.start;
            within(whole) && top.iter().any(before)
        };
        if bottom.iter().any(inside) {
            return None;
        }
        may_give(self.rate, top, bottom).filter(|may| *may)?;
        gives_rate(self.rate, top, bottom).filter(|fits| *fits)?;
        let said = |row: &[&Claim]| together_said(&self.counts, row);
        let (one, all) = (said(top), said(bottom));
        let top = one.as_ref().map_or(top, std::slice::from_ref);
        let bottom = all.as_ref().map_or(bottom, std::slice::from_ref);
        reading_of(self.rate, top, bottom, &[]).filter(|it| it.finding == Finding::Consistent)
    }

    fn of_one(&self, parts: &[&'a Claim]) -> Option<Relation> {
        let of = |unit: bool| {
            parts.iter().find_map(|part| {
                let mut wholes = self.wholes(part).filter(|whole| !unit || whole.unit == part.unit);
                wholes.find_map(|whole| self.holds(&[part], &[whole]))
            })
        };
        of(true).or_else(|| of(false))
    }

    /// 特等奖2件、一等奖5件、二等奖8件，获奖面40.5%; 三类教师占教职工的78.3%: all that is listed.
    fn of_list(&self) -> Option<Relation> {
        let row: Vec<&Claim> = self.parts.iter().copied().filter(|c| c.site.start < self.rate.site.start).collect();
        // How many kinds there are is none of them.
        let kinds = row.first().zip(row.get(1)).is_some_and(|(a, b)| !alike(a, b));
        let (last, others) = row[usize::from(kinds)..].split_first()?;
        let list: Vec<&Claim> = others.iter().rev().chain([last]).copied().collect();
        let list = cues::list_up_to(last, &list);
        if list.len() < 2 || says_share(self.rate) && !any_in(&self.rate.site.clause_text, &["类", "合计", "共"]) {
            return None;
        }
        self.wholes(last).find_map(|whole| self.holds(&list, &[whole]))
    }

    /// 在就业的学生当中，进规上企业的540人，留在本市的697人，分别占62%和80%: one whole for all that is told in a row.
    fn of_row(&self, doc: &Document) -> Option<Relation> {
        let clause = |c: &&Claim| c.site.clause == self.rate.site.clause;
        let rates = doc.around(self.rate).iter().filter(|c| c.kind == Kind::Rate && c.bound == Bound::Exact);
        let rates: Vec<&Claim> = rates.filter(clause).collect();
        let place = rates.iter().position(|rate| rate.id == self.rate.id)?;
        if rates.len() < 2 || !self.rate.site.clause_text.contains("分别") {
            return None;
        }
        let before: Vec<&Claim> =
            self.parts.iter().copied().filter(|c| c.site.start < rates[0].site.start).take(rates.len()).collect();
        let parts: Vec<&Claim> = before.into_iter().rev().collect();
        if parts.len() < rates.len() || !parts.iter().all(|part| alike(part, parts[0])) {
            return None;
        }
        let all = |whole: &&&Claim| {
            let larger = parts.iter().all(|part| whole.value > part.value) && alike(whole, parts[0]);
            larger && rates.iter().zip(&parts).all(|(rate, part)| gives_rate(rate, &[part], &[whole]) == Some(true))
        };
        let whole = self.counts.iter().filter(|c| c.site.paragraph == self.rate.site.paragraph).find(all)?;
        self.holds(&[parts[place]], &[whole])
    }

    /// 优秀288人、良好992人、及格1696人、不及格224人，及格以上比例93.0%: some of a list, side by side.
    fn of_run(&self) -> Option<Relation> {
        let before = |c: &&Claim| c.site.start < self.rate.site.start;
        let mut row: Vec<&Claim> = self.parts.iter().copied().filter(before).collect();
        // …高级工638人、预备技师76人。高级工以上占63.4%: the list may be all the sentence before.
        if row.is_empty() && any_in(&self.rate.site.before, &["以上", "以下"]) {
            let near = |c: &&Claim| c.site.paragraph == self.rate.site.paragraph && before(c);
            let last = self.counts.iter().copied().find(near)?;
            row =
                self.counts.iter().copied().filter(|c| c.site.sentence == last.site.sentence).filter(before).collect();
        }
        let last = *row.first()?;
        let list: Vec<&Claim> = cues::list_up_to(last, &row.iter().rev().copied().collect::<Vec<_>>());
        let some = !says_share(self.rate) || any_in(&self.rate.site.before, &["以上", "以下", "及"]);
        if list.len() < 3 || !some {
            return None;
        }
        let mut runs = (2..list.len()).flat_map(|len| list.windows(len));
        runs.find_map(|run| self.wholes(run[0]).find_map(|whole| self.holds(run, &[whole])))
    }

    /// 优秀连队4个、良好7个、合格5个，优秀率25%: of all that is listed.
    fn of_own_list(&self) -> Option<Relation> {
        let stem = self.rate.subject.strip_suffix('率').filter(|stem| stem.chars().count() == 2)?;
        let row: Vec<&Claim> = self.parts.iter().copied().filter(|c| c.site.start < self.rate.site.start).collect();
        let list = cues::list_up_to(row.first()?, &row.iter().rev().copied().collect::<Vec<_>>());
        let part = list.iter().find(|c| c.site.before.contains(stem)).filter(|_| list.len() >= 3)?;
        self.holds(&[part], &list)
    }

    /// 毕业生1836人，就业1652人，…；落实率99.0%，就业率90.0%: the count of the name the share has, clauses before.
    fn named(&self, doc: &Document) -> Option<Relation> {
        let name = self.rate.site.before.trim_start_matches(['，', '、', '；']);
        let name =
            name.strip_suffix('率').or_else(|| name.strip_suffix("率为")).or_else(|| name.strip_suffix("率达"))?;
        let name: String = name.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
        let called = |c: &&Claim| may_count(c) && c.bound == Bound::Exact && c.site.before.ends_with(&name);
        let here = doc.around(self.rate).iter().rev();
        let near = |c: &&Claim| {
            let before = c.site.paragraph == self.rate.site.paragraph && c.site.chain + 1 == self.rate.site.chain;
            c.site.start < self.rate.site.start && (c.site.chain == self.rate.site.chain || before)
        };
        let mut here = here.filter(near);
        let part = here.find(called).filter(|_| name.chars().count() == 2)?;
        let whole = |whole: &&Claim| whole.site.paragraph == part.site.paragraph && alike(whole, part);
        let first = self.counts.iter().copied().filter(whole).find(|c| c.value > part.value && says(c, STOCK))?;
        self.holds(&[part], &[first])
    }

    /// 今年培训3450人，…。取证3036人，取证率88%: the first that the sentence before counts, or the paragraph.
    fn of_sentence_before(&self) -> Option<Relation> {
        let part = *self.parts.first()?;
        let beside = part.site.start < self.rate.site.start && part.site.clause + 1 >= self.rate.site.clause;
        let before = |c: &&Claim| {
            c.site.paragraph == part.site.paragraph && c.site.chain < part.site.chain && c.unit == part.unit
        };
        let like: Vec<&Claim> = self.counts.iter().copied().filter(before).collect();
        let opens = |c: &&&Claim| {
            like.iter().all(|other| other.site.sentence != c.site.sentence || other.site.start >= c.site.start)
        };
        let mut firsts = like.iter().filter(opens).filter(|c| c.value > part.value);
        let nearest = firsts.next()?;
        let first = firsts.next_back();
        let seldom = beside && part.value >= Exact::int(30);
        seldom.then(|| self.holds(&[part], &[nearest]).or_else(|| self.holds(&[part], &[first?]))).flatten()
    }

    /// Two kinds together: 高级工以上.
    fn of_two(&self, pairs: usize) -> Option<Relation> {
        let pairs = self.parts.windows(2).take(pairs).filter(|pair| alike(pair[0], pair[1]));
        pairs.into_iter().find_map(|pair| {
            let both = [pair[1], pair[0]];
            self.wholes(pair[0]).filter(|w| w.id != pair[1].id).find_map(|whole| self.holds(&both, &[whole]))
        })
    }

    /// 两校合计报到3814人，完成计划的95.4%, of what two have planned.
    fn of_two_wholes(&self) -> Option<Relation> {
        let part = *self.parts.first()?;
        let noun = |c: &Claim| c.subject.chars().rev().take(2).collect::<String>();
        let same = |a: &Claim, b: &Claim| a.unit == b.unit && alike(a, part) && noun(a) == noun(b);
        let others: Vec<&Claim> = self.counts.iter().copied().filter(|c| c.id != part.id).collect();
        others.iter().enumerate().find_map(|(n, a)| {
            let b = others[n + 1..].iter().find(|b| same(a, b))?;
            self.holds(&[part], &[*b, *a])
        })
    }
}

/// A coarse sieve before the exact test: is the rate within a tenth of what the counts give? Whole numbers only.
fn may_give(rate: &Claim, top: &[&Claim], bottom: &[&Claim]) -> Option<bool> {
    let whole = |claim: &&Claim| claim.value.map(|value| value.num() / value.den());
    let (top, bottom): (Option<i128>, Option<i128>) = (top.iter().map(whole).sum(), bottom.iter().map(whole).sum());
    let (top, bottom, printed) = (top?, bottom?, rate.value?);
    let (gives, says) = (1000 * top.checked_mul(printed.den())?, bottom.checked_mul(printed.num())?.checked_mul(10)?);
    // Counts below 20 are coarse themselves when cut to whole numbers.
    Some(top < 20 || (gives - says).abs() <= says / 10)
}

/// A number of three digits is seldom hit by chance, wherever the other one stands.
fn large(claim: &Claim) -> bool {
    claim.value >= Exact::int(100)
}

/// 新增9门，累计达32门，较上年增长39.1%; 奖牌总数29枚，比上届多7枚，增长31.8%; 工位3240个…新增工位480个，增长14.8%.
fn rise(around: &Around, rate: &Claim, refuted: bool) -> Option<Relation> {
    let amount = |c: &&Claim| (c.kind.counts() || c.kind == Kind::Change) && c.bound == Bound::Exact;
    let is_old = |claim: &Claim| around.is_old(claim);
    let around: Vec<&Claim> = around.counts(rate).filter(amount).take(NEAR).collect();
    let near = |c: &&Claim| {
        let paragraph = c.site.paragraph == rate.site.paragraph;
        paragraph && c.site.sentence + 1 >= rate.site.sentence && c.site.clause <= rate.site.clause + 1
    };
    let here = |c: &Claim| c.site.sentence == rate.site.sentence;
    let values: Vec<&Claim> = around.iter().copied().filter(near).take(8).collect();
    let holds = |it: &Relation| it.finding == Finding::Consistent;
    let like = |a: &Claim, b: &Claim| alike(a, b) && a.unit == b.unit && a.id != b.id;
    let added = |c: &Claim| c.kind == Kind::Change || c.site.sentence_text.contains('新') && !rate.falls;
    let changes = values.iter().copied().filter(|c| here(c) && added(c));
    let by_difference = changes.clone().find_map(|change| {
        let news = values.iter().filter(|new| like(new, change) && new.kind != Kind::Change && !is_old(new));
        let mut news = news.filter(|new| new.value > change.value || change.falls);
        news.find_map(|new| from_difference(rate, new, change).filter(holds))
    });
    let between = || {
        // 4811元…上一届4350元…涨了12.4%: two of a list sentences before must not save what the words have refuted.
        let told =
            |old: &Claim| rate.decimals > 0 && (!refuted || here(old)) || here(old) && (is_old(old) || is_base(old));
        let olds = values.iter().filter(|old| old.kind.counts() && told(old));
        let mut pairs = olds
            .flat_map(|old| values.iter().filter(|new| new.kind.counts() && like(old, new)).map(move |new| (old, new)));
        pairs.find_map(|(old, new)| from_old(rate, old, new).filter(holds))
    };
    let from_far = || {
        let changes = changes.clone().filter(|change| rate.decimals > 0 && large(change));
        changes.into_iter().find_map(|change| {
            let olds = around
                .iter()
                .filter(|old| old.kind.counts() && like(old, change) && old.site.sentence < change.site.sentence);
            olds.into_iter().find_map(|old| growth::from_old_by(rate, old, change).filter(holds))
        })
    };
    // What the words have refuted a coincidence far off must not save.
    by_difference.or_else(between).or_else(|| if refuted { None } else { from_far() })
}

/// Are the parts of a sum two sides of one thing?
fn new_sides(doc: &Document, it: &Relation) -> bool {
    let parts: Vec<&Claim> =
        it.members.iter().filter(|(role, _)| *role == Role::Part).filter_map(|(_, id)| doc.claim(id)).collect();
    parts.len() == 2 && division::complete(&parts)
}

/// A total and the parts that make it: said before it in other sentences (…获奖187人次。教师获奖59人次，师生获奖总数246人次), or
/// behind it without a word that says so (26个，新建8个，改造18个).
fn total(around: &Around, whole: &Claim, told: &Told) -> Vec<Relation> {
    let doc = around.doc;
    let at_least = |n: i128| whole.value >= Exact::int(n);
    if !at_least(10) || cues::per_head(whole) || is_base(whole) {
        return Vec::new();
    }
    let part = |c: &&Claim| {
        let like = c.kind == whole.kind && alike(c, whole) && c.value < whole.value && c.bound == Bound::Exact;
        like && !around.is_old(c) && !cues::per_head(c)
    };
    let at = doc.claims.partition_point(|other| other.span.start < whole.span.start);
    let behind = doc.claims[at + 1..].iter().take(NEAR).filter(|c| c.each.is_none() && c.numeral != Numeral::None);
    let near = |c: &&Claim| c.site.paragraph <= whole.site.paragraph + usize::from(large(whole));
    let behind: Vec<&Claim> = behind.filter(near).filter(part).collect();
    let makes = |parts: &[&Claim]| {
        let sum = sum(parts)?;
        let (low, high) = interval(whole)?;
        (low <= sum && sum <= high).then(|| held_within(RelationKind::Sum, whole, parts)).flatten()
    };
    // The row begins right behind the total, or is all of a later sentence.
    let row: Vec<&Claim> = behind.iter().copied().filter(|c| c.site.chain == whole.site.chain).collect();
    let follows = row.first().is_some_and(|first| first.site.clause <= whole.site.clause + 2);
    let directly = || {
        let (low, high) = interval(whole).filter(|_| follows)?;
        let mut sum = Exact::ZERO;
        for (n, part) in row.iter().enumerate() {
            sum = sum.plus(part.value?)?;
            if n > 0 && low <= sum && sum <= high {
                return held_within(RelationKind::Sum, whole, &row[..=n]);
            }
            if sum > high {
                return None;
            }
        }
        None
    };
    let sentences = || {
        let rows = behind.chunk_by(|a, b| a.site.chain == b.site.chain);
        rows.filter(|row| row[0].site.chain != whole.site.chain).filter_map(|row| {
            // 省内1046人，其中留在本市783人，外省141人: what is among another part is none of its own.
            let row = row.iter().copied().filter(|c| !c.site.clause_text.starts_with("其中"));
            let row: Vec<&Claim> = row.filter(|c| !told.parts.contains(&c.id)).collect();
            let far = row.first().is_some_and(|c| c.site.paragraph != whole.site.paragraph);
            (row.len() >= if far { 3 } else { 2 }).then(|| makes(&row)).flatten()
        })
    };
    // 新建12间，达到98间: what there was and what came.
    let grown = || {
        let reached =
            ["达到", "增至", "增加到", "累计达", "总数达", "达"].iter().any(|word| whole.site.before.ends_with(word));
        let came = |c: &&Claim| {
            let counts = c.kind == whole.kind || c.kind == Kind::Change && !c.falls;
            counts && c.unit == whole.unit && c.value < whole.value && c.site.before.contains(['新', '增', '再'])
        };
        // 再建3个“校中厂”，到2026年总数达到8个: a date may stand between.
        let before = doc.claims[..at].iter().rev().find(|c| c.kind != Kind::Date);
        let change = before.filter(|c| reached && came(c))?;
        let olds = doc.claims[..at].iter().rev().take(2 * NEAR).filter(|c| part(c) && c.unit == whole.unit);
        olds.filter(|old| old.id != change.id && old.site.start < change.site.start)
            .find_map(|old| makes(&[old, change]))
    };
    let closes = || {
        let formed = ["组成", "可用", "可支配"].iter().any(|word| whole.site.before.ends_with(word));
        let at_last = any_in(&whole.site.before, &["最终", "最后"]);
        // 在省赛中获一等奖4项、二等奖6项、三等奖5项，省赛获奖15项: right behind a list of three or more.
        let listed = || {
            let last = doc.claims[..at].iter().rev().find(|c| c.kind != Kind::Grade).filter(part)?;
            let row: Vec<&Claim> = doc.claims[..at].iter().rev().filter(part).take(8).collect();
            let row: Vec<&Claim> = row.into_iter().rev().collect();
            let mut list = cues::list_up_to(last, &row);
            list.reverse();
            let next = last.site.clause + 1 == whole.site.clause && last.site.sentence == whole.site.sentence;
            (list.len() >= 3 && next).then(|| makes(&list)).flatten()
        };
        if cues::closing(whole).is_none() && !formed && !at_last {
            return listed();
        }
        let before = doc.claims[..at].iter().rev().take(NEAR).filter(|c| c.site.paragraph == whole.site.paragraph);
        let before: Vec<&Claim> = before.filter(part).filter(|c| !told.parts.contains(&c.id)).take(8).collect();
        let pair = |n: usize| before[n + 1..].iter().find_map(|first| makes(&[*first, before[n]]));
        let threes = before.windows(3).find_map(|row| makes(&[row[2], row[1], row[0]]));
        (0..before.len()).find_map(pair).or(threes)
    };
    // 累计2160万元，2022年540万元、2023年720万元、2024年900万元。其中硬件…: what is divided already may be divided once more,
    // by other numbers.
    if told.wholes.contains(&whole.id) {
        let new = |it: &Relation| {
            it.members.len() > 3 && !it.members.iter().any(|(role, id)| *role == Role::Part && told.parts.contains(id))
        };
        // 其中学业压力162人次…。女生287人次，男生199人次: or by two sides that leave nobody out.
        let sides = || sentences().filter(|it| it.members.len() == 3 && new_sides(doc, it) || new(it));
        return match directly().filter(new) {
            Some(sum) => vec![sum],
            None if at_least(100) => sides().take(1).collect(),
            None => Vec::new(),
        };
    }
    match directly().or_else(closes).or_else(grown) {
        Some(sum) => vec![sum],
        None if at_least(100) => sentences().collect(),
        None => Vec::new(),
    }
}
