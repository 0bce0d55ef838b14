//! Parts of a whole: 其中, 含, 包括, brackets, 在…中; and levels that contain each other.

use jc_text::fold::is_han;

use super::addition::{held_within, near, sum};
use super::{across, classes, stock, totals};
use crate::context::only_changes;
use crate::document::{Bound, Claim, Document, Kind, Numeral};
use crate::exact::Exact;
use crate::relate::MOST_TOGETHER;
use crate::relate::relations::{Finding, Relation, RelationKind};
use crate::relate::wording::around::{offset, said_after, said_before, shared, text_between};
use crate::relate::wording::comparable::{adds_up, alike};
use crate::relate::wording::cues;
use crate::relate::wording::division::{self, Division, division};
use crate::words::any_in;

pub(in crate::relate) fn parts(doc: &Document, all: &mut Vec<Relation>) {
    let countable: Vec<&Claim> = countable(doc).collect();
    for here in countable.chunk_by(|a, b| a.site.sentence == b.site.sentence) {
        for here in here.chunks(MOST_TOGETHER) {
            totals::totals(here, all);
            let parted = among(&countable, here, all);
            if !parted {
                classes::listed(&before_sentence(&countable, here[0]), here, all);
                classes::classed(&countable, here, all);
                classes::named_again(&countable, here, all);
            }
            classes::by_classes(&countable, here, all);
            levels(here, all);
            if !parted && here[0].site.cell.is_none() {
                stock::placed(here, all);
            }
            stock::people_of_an_event(here, all);
        }
    }
    across::across(doc, &countable, all);
    totals::parts_of_means(doc, all);
    stock::medals(doc, all);
    stock::metals(doc, all);
    stock::medals_again(doc, all);
    stock::members_of_a_stock(&countable, all);
    stock::among_named(doc, all);
}

pub(in crate::relate) fn countable(doc: &Document) -> impl Iterator<Item = &Claim> {
    // 由甲、乙四部分组成: so many are told apart, and none is counted.
    let parted = |claim: &&Claim| matches!(claim.unit.as_str(), "部分" | "档" | "点" | "步" | "级");
    let counts = move |claim: &&Claim| (claim.kind.counts() || adds_up(claim)) && !parted(claim);
    doc.claims.iter().filter(counts).filter(|claim| claim.value.is_some() && claim.each.is_none())
}

/// A word that says that what follows is among what went before.
#[derive(Clone, Copy, Debug)]
struct Marker {
    /// Where it stands in the sentence, and where what it opens ends.
    at: usize,
    end: usize,
    /// 就有: one number only.
    single: bool,
    /// A bracket right behind its whole.
    bracket: bool,
    /// 包括: what it opens is of one division.
    comprises: bool,
}

/// 118人次，其中市级以上84人次; 论文76篇。其中，一等奖12项. True if the sentence has such a word.
fn among(countable: &[&Claim], here: &[&Claim], all: &mut Vec<Relation>) -> bool {
    let markers = markers(here);
    // 节约13万元；其中机械类118万元: what was saved has no parts of what was spent.
    let whole = |claim: &Claim| {
        claim.numeral != Numeral::None
            && (!cues::per_head(claim) || in_each_time(claim))
            && only_changes(&claim.site.before).is_none()
            && !cues::is_old(claim)
            && !cues::is_base(claim)
            // 余下861人全部走上岗位。其中…: of the rest, where it was told last.
            && (!cues::is_rest(claim) || claim.site.after.contains(['全', '都', '均']) && claim.site.sentence + 1 == here[0].site.sentence)
    };
    let part = |claim: &Claim| {
        claim.numeral != Numeral::None
            && (!cues::is_rest(claim) || cues::item(claim).starts_with("其他"))
            && cues::closing(claim).is_none()
            && !cues::per_head(claim)
            && !claim.site.before.contains('占')
            && !cues::is_old(claim)
            // 其中能同时接纳100人以上实习的6个: the number of a name counts nothing.
            && !(claim.bound != Bound::Exact && claim.site.after.ends_with('的') && !claim.site.after.contains('，'))
    };
    let may = |test: &dyn Fn(&Claim) -> bool| -> Vec<&Claim> {
        let asked = if markers.is_empty() { &[] } else { here };
        asked.iter().copied().filter(|claim| test(claim)).collect()
    };
    let (may_be_whole, may_be_part) = (may(&whole), may(&part));
    for marker in &markers {
        let inside_other = |claim: &Claim| {
            markers.iter().any(|m| m.bracket && m.at > marker.at && offset(claim) > m.at && offset(claim) < m.end)
        };
        let closed = |claim: &Claim| {
            markers.iter().any(|m| m.bracket && m.end <= marker.at && offset(claim) > m.at && offset(claim) < m.end)
        };
        let before = |claim: &Claim| offset(claim) < marker.at && !closed(claim);
        let mut wholes: Vec<&Claim> = may_be_whole.iter().copied().filter(|claim| before(claim)).collect();
        if marker.at <= 1 && !here.iter().any(|claim| before(claim)) {
            wholes = before_sentence(countable, here[0]);
            wholes.retain(|claim| whole(claim));
        }
        if marker.bracket {
            wholes = wholes.last().copied().into_iter().collect();
        }
        // 其中一般20项，获批率48.1%（申报54项）: what a bracket behind a rate holds is no part.
        let behind_rate = |claim: &Claim| {
            let before: String = said_before(claim).chars().skip(marker.at).collect();
            before.rfind('（').is_some_and(|at| !before[at..].contains('）') && before[..at].ends_with(['%', '‰']))
        };
        let parts: Vec<&Claim> = may_be_part
            .iter()
            .copied()
            .filter(|c| offset(c) >= marker.at && offset(c) < marker.end)
            .filter(|claim| !inside_other(claim) && !behind_rate(claim))
            .take(if marker.single { 1 } else { usize::MAX })
            .collect();
        let opens = marker.at <= 1 && wholes.first().is_some_and(|whole| whole.site.sentence < here[0].site.sentence);
        let farther = if opens { before_chain(countable, wholes[0]) } else { Vec::new() };
        held(&wholes, &farther, &parts, marker, all);
        all.extend(said_again(here, &wholes, &parts));
    }
    !markers.is_empty()
}

/// 每周30节课，其中文化课14节、实训课16节: what there is in each week is divided like any other whole, where a list divides it.
fn in_each_time(claim: &Claim) -> bool {
    const TIMES: &[&str] = &["每周", "每天", "每日", "每月", "每学期", "每学年", "每年"];
    let lead = claim.site.before.trim_end_matches(['有', '共', '开', '设', '上', '为', '课', '时']);
    let (head, rest) = said_after(claim).split_once("，其中").unwrap_or_default();
    let listed = rest.split('，').next().is_some_and(|list| list.contains('、'));
    TIMES.iter().any(|time| lead.ends_with(time)) && head.chars().count() <= 3 && listed
}

/// The countable claims of the sentence before, in the same paragraph.
fn before_sentence<'a>(countable: &[&'a Claim], first: &Claim) -> Vec<&'a Claim> {
    let at = countable.partition_point(|c| c.site.start < first.site.sentence_start);
    let before = |claim: &&&Claim| {
        claim.site.sentence + 1 == first.site.sentence && claim.site.paragraph == first.site.paragraph
    };
    let mut wholes: Vec<&Claim> =
        countable[..at].iter().rev().take_while(before).take(MOST_TOGETHER).copied().collect();
    wholes.reverse();
    wholes
}

/// 领用1236批次，其中机电系482批次、…，合计1136批次: the total of the parts, said at last, is the whole said first.
fn said_again(here: &[&Claim], wholes: &[&Claim], parts: &[&Claim]) -> Option<Relation> {
    let [whole] = wholes else { return None };
    let (first, last) = (parts.first()?, parts.last()?);
    let next = here.iter().find(|claim| claim.site.start > last.site.start)?;
    let total = Some(next).filter(|claim| cues::closing(claim) == Some(cues::Closing::Bare))?;
    let sum = sum(parts)?;
    let plain = parts.len() >= 2 && alike(total, whole) && alike(first, whole) && total.unit == whole.unit;
    (plain && total.value == Some(sum) && whole.value != total.value && whole.bound == Bound::Exact)
        .then(|| held_within(RelationKind::Sum, whole, &[total]))?
}

/// The countable claims before one in its chain: 营业收入2684万元；…；毛利293万元。其中餐饮收入….
fn before_chain<'a>(countable: &[&'a Claim], first: &Claim) -> Vec<&'a Claim> {
    let at = countable.partition_point(|c| c.site.start < first.site.start);
    let chain = countable[..at].iter().rev().take_while(|c| c.site.chain == first.site.chain);
    chain.take(MOST_TOGETHER).copied().filter(|c| !cues::is_old(c) && !cues::is_base(c)).collect()
}

fn markers(here: &[&Claim]) -> Vec<Marker> {
    // 听课31节（应听课48节）: what should have been, or once was, is no part.
    const OTHER: &[&str] = &[
        "应", "须", "要求", "目标", "计划", "标准", "原", "上年", "去年", "同期", "满分", "全院", "全校", "全系",
        "全县", "全市", "全省", "全国", "总",
    ];
    let text: Vec<char> = here[0].site.sentence_text.chars().collect();
    let says = |at: usize, word: &str| word.chars().enumerate().all(|(n, c)| text.get(at + n) == Some(&c));
    let mut found: Vec<Marker> = Vec::new();
    for at in 0..text.len() {
        let opens =
            at == 0 || matches!(text[at - 1], '，' | '（' | '、' | '：' | '；') || says(at.saturating_sub(1), "”");
        let among =
            says(at, "其中") || opens && (says(at, "含") || says(at, "包括") || says(at, "包含") || says(at, "内含"));
        // 在42名学生中，; but not 中 in a word at the clause's end without a number before.
        // 大赛（共32个赛项）中，: what stands in brackets is told beside, and is no population.
        let within = text[at] == '中'
            && text.get(at + 1) == Some(&'，')
            && at.checked_sub(1).is_none_or(|before| text[before] != '）')
            && here.iter().any(|c| {
                c.site.clause == clause_at(here, at) && offset(c) < at && text[offset(c)..at].iter().all(|&c| c != '，')
            });
        let mut single = says(at, "就有") || says(at, "便有");
        if among || within || single {
            // What stands between the comma and 就有 belongs to the part.
            single &= !among;
            let comprises = says(at, "包括") || says(at, "包含");
            // 包括邻近10个区在内的城市区: what is more than the whole before it.
            let here: String = text[at..].iter().take_while(|c| !matches!(c, '，' | '；')).collect();
            if comprises && any_in(&here, &["在内", "在內"]) {
                continue;
            }
            // 货款17100元，含运费实付17400元: all of it, with what was added.
            if says(at, "含") && any_in(&here, &["实付", "实收", "合计", "总计", "共计"]) {
                continue;
            }
            found.push(Marker { at, end: text.len(), single, bracket: false, comprises });
        } else if text[at] == '（'
            && !OTHER.iter().any(|word| says(at + 1, word))
            && here
                .iter()
                .any(|c| end_of(c) <= at && at - end_of(c) <= 8 && text[end_of(c)..at].iter().all(|&c| is_han(c)))
        {
            let len = text[at..].iter().position(|&c| c == '）').unwrap_or(text.len() - at);
            if here.iter().any(|c| offset(c) > at && offset(c) < at + len) {
                found.push(Marker { at, end: at + len, single: false, bracket: true, comprises: false });
            }
        }
    }
    // What a marker opens ends where another of the same depth begins, or where the list of parts has ended.
    let strays = ["此外", "另有", "另外", "同时"];
    let stray = |from: usize| (from..text.len()).find(|&at| strays.iter().any(|word| says(at, word)));
    for n in 0..found.len() {
        let at = found[n].at;
        let next = found[n + 1..].iter().find(|m| !m.bracket && !found[n].bracket).map(|m| m.at);
        let bracket_end = found[..n].iter().filter(|m| m.bracket && m.end > at).map(|m| m.end).min();
        let ends = [next, bracket_end, stray(at)];
        found[n].end = ends.into_iter().flatten().chain([found[n].end]).min().unwrap_or(found[n].end);
    }
    // （其中…: one opening, not two.
    let brackets: Vec<usize> = found.iter().filter(|m| m.bracket).map(|m| m.at).collect();
    found.retain(|m| m.bracket || !brackets.contains(&m.at.wrapping_sub(1)));
    found
}

fn end_of(claim: &Claim) -> usize {
    offset(claim) + claim.site.end - claim.site.start
}

/// The clause in which the sentence's character stands, by the claims around it.
fn clause_at(here: &[&Claim], at: usize) -> usize {
    here.iter().rev().find(|c| offset(c) <= at).map_or(here[0].site.clause, |c| c.site.clause)
}

/// Parts held within the wholes they belong to, or within one farther off if they do not fit into those.
fn held(wholes: &[&Claim], farther: &[&Claim], parts: &[&Claim], marker: &Marker, all: &mut Vec<Relation>) {
    let mut groups: Vec<(&Claim, Vec<&Claim>)> = Vec::new();
    let made = nearly_made(parts, wholes);
    // …、其他43处: a list that leaves nobody out is of one whole.
    let made = made.or_else(|| {
        let first = parts.first().filter(|_| division::complete(parts))?;
        let like = wholes.iter().rev().copied().find(|whole| alike(whole, first))?;
        Some(nearest_whole(like, parts, wholes, farther))
    });
    for part in parts {
        let same_unit =
            || farther.iter().rev().copied().find(|whole| whole.unit == part.unit && whole.value > part.value);
        let Some(whole) = made.or_else(|| whole_for(part, wholes)).or_else(same_unit) else { continue };
        if marker.bracket && !alike(whole, part) {
            continue;
        }
        // 其中优秀12项；到期应结题101项; 其中“进车间”活动同步开展，34名学生旁听: what is more than the whole, behind the list
        // or the clause that 其中 opens, is told of something else.
        let opened = marker.at <= 1 && !farther.is_empty() && !part.site.clause_text.contains("其中");
        let behind = opened || part.unit != parts[0].unit && part.site.clause > parts[0].site.clause;
        if part.value > whole.value && (behind || text_between(parts[0], part).contains('；')) {
            continue;
        }
        let inclusive = cues::level_and_above(part).is_some()
            || part.site.before.contains("以上")
            || part.site.before.contains("以下");
        // 电商6期412人、家政5期305人: two columns, each with its own whole.
        let columns = groups.len() == 2 && groups[0].1.len() == groups[1].1.len() && !alike(groups[1].1[0], part);
        let own = if columns { groups.first_mut() } else { groups.last_mut() };
        match own {
            Some((same, row)) if same.id == whole.id && !inclusive && alike(row[0], part) && disjoint(row, part) => {
                row.push(part)
            }
            _ => groups.push((whole, vec![part])),
        }
    }
    for (whole, parts) in groups {
        // The same parts already make the whole exactly.
        let summed = all.iter().rev().take(MOST_TOGETHER).any(|r| {
            r.kind == RelationKind::Sum
                && r.primary
                && parts.iter().chain([&whole]).all(|c| r.members.iter().any(|m| m.1 == c.id))
        });
        if summed {
            continue;
        }
        // What is said to be divided must make its whole; other parts must fit into it.
        let all_named = division::complete(&parts)
            || nearly_all(whole, &parts)
            || as_many(whole, wholes, &parts)
            || all_awarded(whole, &parts)
            || named_before(whole, &parts)
            || one_slip(whole, &parts);
        let kind = if all_named { RelationKind::Sum } else { RelationKind::Subset };
        let meant = nearest_whole(whole, &parts, wholes, farther);
        // 支出234万元…多支出39万元。其中人防93.6万元: parts too large for what was said last are of what was said before it.
        let too_large = parts.len() >= 2 && parts.iter().any(|part| part.value > whole.value);
        let whole = if kind == RelationKind::Sum || too_large { meant } else { whole };
        let Some(mut it) = held_within(kind, whole, &parts) else { continue };
        // 教职工628人…，其中…培训1570人次: how often they came is more than they are.
        let often = |part: &&Claim| part.unit == "人次" && whole.unit != "人次";
        if it.finding == Finding::Inconsistent && parts.iter().any(often) {
            continue;
        }
        // 新签约企业34家，累计218家，其中规上企业126家: what does not fit into the whole its words suggest, but into one
        // nearer to it, is of that one.
        if it.finding == Finding::Inconsistent {
            let nearer = wholes.iter().rev().filter(|w| w.site.start > whole.site.start && alike(w, parts[0]));
            let named = |w: &&&Claim| alike(w, parts[0]) && shared(&w.subject, &parts[0].subject) >= 2;
            let mut fits = nearer.chain(farther.iter().filter(named)).filter_map(|w| held_within(kind, w, &parts));
            it = fits.find(|other| other.finding == Finding::Consistent).unwrap_or(it);
        }
        // 一等奖5项、二等奖9项、三等奖12项，其中学生获奖20项: what fits into all that is listed is of all of it.
        let list = cues::list_up_to(whole, wholes);
        let total = |row: &[&Claim]| sum(row);
        // 党总支3个、党支部18个，其中教工支部11个、学生支部8个: what has the name of one of the list is of that one.
        let named = parts.iter().all(|part| shared(&whole.subject, &part.subject) >= 2);
        let named = named && !list.iter().any(|w| w.id != whole.id && shared(&w.subject, &parts[0].subject) >= 2);
        if it.finding == Finding::Inconsistent && list.len() >= 2 && !named && total(&parts) <= total(&list) {
            continue;
        }
        it.primary = it.finding == Finding::Consistent
            || parts.len() == 1 && alike(parts[0], whole)
            || it.members.len() == 2 && alike(parts[0], whole)
            || kind == RelationKind::Sum
            || marker.comprises && parts.len() >= 2 && near(whole, &parts, 5)
            || divides(whole, &parts);
        let singly = !it.primary && kind == RelationKind::Subset;
        all.push(it);
        // 教职工286人，其中专任教师241人，高级讲师五十余位: what may overlap is held each list by itself.
        let own = parts.iter().take_while(|part| part.site.clause == parts[0].site.clause).count();
        if singly && own < parts.len() {
            let it = held_within(kind, whole, &parts[..own]);
            all.extend(it.filter(|it| it.finding == Finding::Consistent));
        }
    }
}

/// 获奖40名，其中一等奖5名、二等奖12名、三等奖22名: who names all grades, and misses the whole by a fortieth at most, meant to
/// leave nobody out.
fn nearly_all(whole: &Claim, parts: &[&Claim]) -> bool {
    // 世界技能大赛1枚金牌、国家级35项、…: a list that begins with something else leaves that out.
    let begins = parts.first().is_some_and(|part| {
        let before = said_before(part);
        let opened = ["其中", "包括", "含", "（"].iter().filter_map(|word| before.rfind(word)).max();
        opened.is_some_and(|at| !before[at..].contains(|c: char| c.is_ascii_digit()))
    });
    begins && division::all_grades(parts) && near(whole, parts, 40) && whole.bound == Bound::Exact
}

/// 推荐4件作品参赛，均获奖，其中一等奖1件、二等奖3件: if all of them won something, the prizes make the whole.
fn all_awarded(whole: &Claim, parts: &[&Claim]) -> bool {
    let won = said_after(whole)
        .split("其中")
        .next()
        .is_some_and(|said| any_in(said, &["均获", "全部获", "全获", "均有获奖", "都获"]));
    won && parts.len() >= 2
        && parts.iter().all(|part| part.site.sentence == whole.site.sentence && part.site.before.contains('奖'))
}

/// 面向企业职工、退役军人和农村劳动力培训3612人次，其中企业职工…、退役军人…、农村劳动力…: who names all of them before the whole,
/// and no 等, leaves nobody out.
fn named_before(whole: &Claim, parts: &[&Claim]) -> bool {
    let said = said_before(whole);
    let places: Option<Vec<(usize, usize)>> = parts
        .iter()
        .map(|part| {
            let item = cues::item(part);
            let name = ["其中", "包括", "含"].iter().find_map(|word| item.strip_prefix(word)).unwrap_or(item).trim();
            let at = said.find(name).filter(|_| name.chars().count() >= 2 && alike(part, whole))?;
            Some((at, at + name.len()))
        })
        .collect();
    let Some(mut places) = places.filter(|places| places.len() >= 2) else { return false };
    places.sort_unstable();
    let listed = places.windows(2).all(|two| {
        let between = two[0].1.min(two[1].0)..two[1].0;
        two[0].1 <= two[1].0 && matches!(&said[between], "、" | "和" | "与" | "及" | "以及" | "，" | "、以及")
    });
    let (first, last) = (places[0].0, places[places.len() - 1].1);
    let more =
        said[..first].ends_with(['、', '和', '与', '及']) || said[last..].starts_with(['等', '、', '和', '与', '及']);
    listed && !more
}

/// 培训3612人次，其中…, which make 3512: a sum that is the whole but for one digit, or for two that changed places, was meant to
/// be the whole. Of lists that leave something out hardly one in two hundred comes that near.
fn one_slip(whole: &Claim, parts: &[&Claim]) -> bool {
    let digits = |value: Option<Exact>| -> Option<Vec<char>> {
        Some(value?.over(whole.step)?.as_int()?.to_string().chars().collect())
    };
    let plain = parts.iter().all(|part| {
        alike(part, whole)
            && part.bound == Bound::Exact
            && part.step == whole.step
            && !part.site.before.contains("以上")
    });
    let sum = sum(parts);
    let (Some(sum), Some(said)) = (digits(sum), digits(whole.value)) else { return false };
    // …，合计1136批次: the total that is said after them is held against the whole by itself.
    let totalled = parts.last().is_some_and(|last| any_in(said_after(last), &["合计", "共计", "总计"]));
    if !plain || totalled || whole.bound != Bound::Exact || sum.len() != said.len() {
        return false;
    }
    let enough = said.len() >= 4 && parts.len() >= 3 || said.len() == 3 && parts.len() >= 4;
    let other: Vec<usize> = (0..said.len()).filter(|&n| sum[n] != said[n]).collect();
    let slip = match other.as_slice() {
        [_] => true,
        [a, b] => a + 1 == *b && sum[*a] == said[*b] && sum[*b] == said[*a],
        _ => false,
    };
    enough && slip
}

/// 3个班共128人，其中1班43人、2班42人、3班43人: as many parts as the sentence says there are, each called so.
fn as_many(whole: &Claim, wholes: &[&Claim], parts: &[&Claim]) -> bool {
    // 今年三市共招生3.78万人，其中江州…、海宁…、临远….
    let lead: Vec<char> = whole.site.before.chars().collect();
    let several = lead.windows(3).any(|three| {
        let many = "两三四五六七八九".chars().position(|c| c == three[0]).map(|n| n + 2);
        many == Some(parts.len()) && "市校系县区院所家地部省厂".contains(three[1]) && "共合总".contains(three[2])
    });
    if several && parts.iter().all(|part| alike(part, whole) && !part.site.before.contains("以上")) {
        return true;
    }
    let many = wholes.iter().find(|claim| claim.id != whole.id && claim.value == Exact::int(parts.len() as i128));
    let noun = many.and_then(|claim| claim.site.after.chars().find(|c| !"个所家支门种类项".contains(*c)));
    let called = |noun: char| parts.iter().all(|part| part.site.before.contains(noun));
    parts.len() >= 2 && noun.is_some_and(|noun| is_han(noun) && noun != '共' && called(noun))
}

/// 毕业生1216人，已落实去向1189人。其中升学402人，就业771人，入伍26人: parts that make the nearest whole, or all but make it,
/// were meant to, even if they also fit into a larger one.
fn nearly_made<'a>(parts: &[&Claim], wholes: &[&'a Claim]) -> Option<&'a Claim> {
    let nearest = wholes.iter().rev().find(|claim| parts.first().is_some_and(|part| alike(claim, part)))?;
    let plain = |part: &&Claim| alike(nearest, part) && !part.site.before.contains("以上");
    let sum = sum(parts)?;
    let whole = nearest.value?;
    let (low, high) = if sum < whole { (sum, whole) } else { (whole, sum) };
    let little = high.minus(low)?.times(Exact::int(20)?)? <= whole;
    // 受理48件，办结46件；其中来信12件、来访20件、网上16件: one that they make exactly is meant before one they nearly make.
    let exactly = || wholes.iter().rev().find(|claim| alike(claim, nearest) && claim.value == Some(sum));
    let meant = if little { exactly().or(Some(nearest)) } else { None };
    meant.copied().filter(|_| parts.len() >= 2 && parts.iter().all(plain))
}

/// 培训1105人…取得证书998人…带动就业731人。其中电商412人、…、其他130人: what leaves nobody out is of the whole it makes or, in
/// all that was counted before, comes nearest to.
fn nearest_whole<'a>(found: &'a Claim, parts: &[&Claim], wholes: &[&'a Claim], farther: &[&'a Claim]) -> &'a Claim {
    let sum = sum(parts);
    let apart = |whole: &Claim| {
        let (sum, whole) = (sum?, whole.value?);
        sum.apart(whole)
    };
    let like = |whole: &&&Claim| alike(whole, found) && whole.bound == Bound::Exact && apart(whole).is_some();
    let nearest = wholes.iter().chain(farther).filter(like).min_by_key(|whole| apart(whole));
    nearest.copied().unwrap_or(found)
}

/// Were the parts meant to divide the whole? Far more than the whole means overlapping views (高级职称, 双师型).
fn divides(whole: &Claim, parts: &[&Claim]) -> bool {
    let sum = sum(parts);
    let limit = whole.value.and_then(|value| value.times(Exact::new(5, 4)?));
    match division(parts) {
        Division::Clean => true,
        Division::Open => sum.zip(limit).is_some_and(|(sum, limit)| sum <= limit),
        Division::Overlapping => false,
    }
}

/// Parts that name different things (一等奖, 二等奖) exclude each other; the same words twice may overlap.
fn disjoint(row: &[&Claim], part: &Claim) -> bool {
    !part.site.before.contains("以上")
        && row.iter().all(|other| !other.site.before.contains("以上") && other.subject != part.subject)
}

/// The whole a part belongs to: the one that shares most words with it, the nearest of equals. A unit of another
/// class (3个 of 4人次) is allowed only where words are shared.
fn whole_for<'a>(part: &Claim, wholes: &[&'a Claim]) -> Option<&'a Claim> {
    let words = |claim: &Claim| format!("{}{}{}", claim.site.before, claim.subject, claim.site.after);
    let own = words(part) + &part.site.clause_text;
    let score = |claim: &Claim| {
        let text = words(claim);
        let pairs: Vec<char> = text.chars().collect();
        let common = pairs.windows(2).filter(|pair| own.contains(&pair.iter().collect::<String>())).count();
        (common * 2 + usize::from(alike(claim, part)), claim.site.start)
    };
    let like = wholes.iter().copied().filter(|claim| claim.unit == part.unit).max_by_key(|claim| score(claim));
    let like =
        like.or_else(|| wholes.iter().copied().filter(|claim| alike(claim, part)).max_by_key(|claim| score(claim)));
    // 12项论文奖 of 76篇论文: another measure word, but the same noun, and the like unit shares none.
    let best = wholes.iter().copied().max_by_key(|claim| score(claim))?;
    match like {
        Some(like) if score(like).0 >= 2 || score(best).0 < 4 || !alike(best, part) => Some(like),
        Some(_) => Some(best),
        // 3个一等奖 of 4人次: counts of another class may be parts where the words are shared, money never.
        None => {
            let counted = |claim: &Claim| matches!(claim.kind, Kind::Count | Kind::PersonTimes);
            (score(best).0 >= 2 && counted(best) && counted(part)).then_some(best)
        }
    }
}

/// 省级以上30项，国家级12项: a level within another.
fn levels(here: &[&Claim], all: &mut Vec<Relation>) {
    for (n, wide) in here.iter().copied().enumerate() {
        let Some(level) = cues::level_and_above(wide) else { continue };
        let inside = here[n + 1..].iter().copied().take(3).find(|claim| {
            alike(claim, wide)
                && claim.numeral != Numeral::None
                && claim.site.clause <= wide.site.clause + 1
                && claim.level.is_some_and(|own| own >= level)
                && cues::level_and_above(claim).is_none()
                && ["国际", "国家级", "全国", "国赛", "省级", "市级"]
                    .iter()
                    .any(|word| claim.site.before.contains(word))
        });
        let known = |part: &Claim| {
            all.iter()
                .rev()
                .take(6)
                .any(|r| r.members.len() == 2 && [part, wide].iter().all(|c| r.members.iter().any(|m| m.1 == c.id)))
        };
        if let Some(part) = inside.filter(|part| !known(part)) {
            all.extend(held_within(RelationKind::Subset, wide, &[part]));
        }
    }
}
