//! Shares that what is said around them closes, so that they must make all of one whole: 分四档，…占8.9%、…占27.4%、…;
//! 三年资金使用比例分别为40%、35%和25%; a question of which one answer may be chosen.

use super::beside::says_share;
use super::hundred::percent_sum;
use super::shares::name_of_whole;
use crate::document::{Bound, Claim, Document, Kind};
use crate::exact::Exact;
use crate::kinds::GROUPS;
use crate::relate::MOST_TOGETHER;
use crate::relate::relations::{Finding, Relation, RelationKind};
use crate::relate::sums::addition::sum;
use crate::relate::wording::around::{head_of, said_after, said_before, text_between};
use crate::relate::wording::cues;
use crate::words::any_in;

/// What lies farther from 100 % was never meant to divide one whole.
const FARTHEST: i32 = 12;

/// Looks for all rows of shares that are closed.
pub(super) fn closed(doc: &Document, all: &mut Vec<Relation>) {
    let share = |c: &&Claim| {
        c.kind == Kind::Rate && c.unit == "%" && c.bound == Bound::Exact && c.site.cell.is_none() && !cues::is_old(c)
    };
    let shares: Vec<&Claim> = doc.claims.iter().filter(share).collect();
    let told: std::collections::HashSet<&str> = all
        .iter()
        .filter(|it| it.primary && it.kind == RelationKind::PercentSum)
        .flat_map(|it| it.members.iter().map(|(_, id)| id.as_str()))
        .collect();
    let mut found = Vec::new();
    for row in shares.chunk_by(|a, b| goes_on(doc, a, b)).filter(|row| (2..=MOST_TOGETHER).contains(&row.len())) {
        let (row, whole) = match row {
            // 合计100%: the last is what the others make.
            [row @ .., last] if row.len() >= 2 && makes_all(last) => (row, true),
            _ => (row, false),
        };
        if row.iter().any(|c| told.contains(c.id.as_str())) || goes_on_otherwise(row) {
            continue;
        }
        let Some(sum) = sum(row) else { continue };
        let hundred = Exact::whole(100);
        let Some(apart) = sum.apart(hundred) else { continue };
        let slack = row.iter().try_fold(Exact::ZERO, |sum, c| sum.plus(c.step.over(Exact::int(2)?)?));
        let fits = Some(apart) <= slack;
        if apart > Exact::whole(FARTHEST) || !(whole || is_closed(doc, row)) {
            continue;
        }
        found.push(percent_sum(row, sum, if fits { Finding::Consistent } else { Finding::Inconsistent }));
    }
    found.extend(shares.iter().filter(|rest| !told.contains(rest.id.as_str())).filter_map(|rest| by_rest(doc, rest)));
    let rows = shares.chunk_by(|a, b| a.site.chain == b.site.chain);
    let open = |row: &&[&Claim]| {
        let own = |it: &Relation| it.members.iter().any(|(_, id)| row.iter().any(|c| c.id == *id));
        !row.iter().any(|c| told.contains(c.id.as_str())) && !found.iter().any(own)
    };
    let by_kinds: Vec<Relation> = rows.filter(open).filter_map(|row| by_property(doc, row)).collect();
    found.extend(by_kinds);
    all.extend(found);
}

/// 从单位性质看，进入民营企业的最多，达63.5%，国有企业17.2%次之，外资企业9.8%，机关4.0%，个体工商户8.9%: what is told of kinds of one
/// property cannot be more than all, and makes all of it where the last is what is left.
fn by_property(doc: &Document, row: &[&Claim]) -> Option<Relation> {
    const OTHER: &[&str] = &["率", "增", "降", "提高", "升", "比上", "较", "其中", "同比", "超", "只", "又", "这"];
    let (first, last) = (row.first()?, row.last()?);
    let (head, _) = first.site.sentence_text.split_once('，')?;
    let asked = head.strip_prefix(['从', '按', '就']).filter(|head| head.chars().count() <= 14);
    let asked = asked.is_some_and(|head| ["看", "分", "而言", "划分", "来说"].iter().any(|end| head.ends_with(end)));
    let plain = |c: &&&Claim| {
        let alone = doc.around(c).iter().filter(|other| other.site.clause == c.site.clause).count() == 1;
        alone && c.step == first.step && !any_in(&c.site.before, OTHER) && !any_in(&c.site.after, OTHER)
    };
    let apart = row.windows(2).all(|pair| pair[1].site.clause <= pair[0].site.clause + 3);
    let total = sum(row).filter(|_| asked && row.len() >= 4 && apart && row.iter().all(|c| plain(&c)))?;
    let hundred = Exact::whole(100);
    if total == hundred {
        return Some(percent_sum(row, total, Finding::Consistent));
    }
    let lead = last.site.before.trim_start_matches(['，', '；']);
    let closes = ["剩下", "其余", "余下", "其他", "剩余"].iter().any(|word| lead.starts_with(word));
    let off = total.apart(hundred)?;
    let told = off > Exact::whole(1) && off <= Exact::whole(FARTHEST) && (closes || total > hundred);
    told.then(|| percent_sum(row, total, Finding::Inconsistent))
}

/// 升学占46.5%…。直接就业的占51.2%…。余下2.3%参军或待业: what is left makes all of it with the shares told before, be they in other sentences.
fn by_rest(doc: &Document, rest: &Claim) -> Option<Relation> {
    const MOST: usize = 4;
    let lead = rest.site.before.trim_start_matches(['，', '；', '、']);
    let left = ["余下", "其余", "剩下", "剩余"].iter().find_map(|word| lead.strip_prefix(word))?;
    let plain = matches!(left, "" | "的" | "的占" | "占" | "约占" | "则占" | "还有" | "为");
    let share = |c: &&Claim| {
        let own = c.kind == Kind::Rate && c.unit == "%" && c.bound == Bound::Exact && !cues::is_old(c);
        own && says_share(c) && name_of_whole(c).is_empty() && c.step == rest.step && !c.site.before.contains('中')
    };
    let near = |c: &&Claim| c.site.start < rest.site.start && c.site.paragraph + 1 >= rest.site.paragraph;
    let row: Vec<&Claim> = doc.around(rest).iter().rev().filter(near).filter(share).take(MOST).collect();
    // Those of its own sentence are a row of their own.
    let afar = row.len() >= 2 && row.iter().any(|c| c.site.chain != rest.site.chain);
    let hundred = Exact::whole(100);
    let rows = (2..=row.len()).filter_map(|n| {
        let parts: Vec<&Claim> = row[..n].iter().rev().copied().chain([rest]).collect();
        Some((sum(&parts)?, parts))
    });
    let mut rows: Vec<(Exact, Vec<&Claim>)> = rows.filter(|_| afar && plain).collect();
    if let Some(at) = rows.iter().position(|(total, _)| *total == hundred) {
        let (total, parts) = rows.swap_remove(at);
        return Some(percent_sum(&parts, total, Finding::Consistent));
    }
    let close = |(total, _): &(Exact, Vec<&Claim>)| total.apart(hundred).is_some_and(|apart| apart <= Exact::whole(5));
    rows.retain(close);
    let [(total, parts)] = &rows[..] else { return None };
    Some(percent_sum(parts, *total, Finding::Inconsistent))
}

/// 三者合计100%.
fn makes_all(last: &Claim) -> bool {
    let lead = last.site.before.trim_end_matches(['为', '是', '：']);
    last.value == Exact::int(100) && ["合计", "共计", "总计", "共"].iter().any(|word| lead.ends_with(word))
}

/// Is the second the share of the next part, with nothing but its name and the numbers of the name between?
fn goes_on(doc: &Document, one: &Claim, next: &Claim) -> bool {
    const LONGEST: usize = 24;
    if one.site.sentence != next.site.sentence || one.step != next.step {
        return false;
    }
    let class = |c: &Claim| {
        matches!(c.kind, Kind::Threshold | Kind::Grade | Kind::Ordinal | Kind::Date)
            || c.bound != Bound::Exact
            || matches!(c.unit.as_str(), "元" | "岁" | "小时" | "分钟" | "分" | "年" | "次" | "天")
    };
    let mut between =
        doc.around(one).iter().filter(|c| c.site.start > one.site.start && c.site.start < next.site.start);
    let text = text_between(one, next).replace("比较", "");
    let signs = text.starts_with(['、', '，', '和', '与', '；', '及']);
    let other = ["较", "比上", "比去", "同比", "提高", "增长", "下降", "其中", "高于", "低于", "率", "（", "）"];
    signs && text.chars().count() <= LONGEST && !any_in(&text, &other) && between.all(class)
}

/// …，其余未作答: is there more than the row?
fn goes_on_otherwise(row: &[&Claim]) -> bool {
    let Some(last) = row.last() else { return true };
    let behind = head_of(said_after(last), 24);
    behind.starts_with('等')
        || any_in(behind, &["其余", "另有", "另外", "未作答", "未填", "弃权", "还有", "此外", "未明确"])
}

/// Does something say that these are all parts of one whole?
fn is_closed(doc: &Document, row: &[&Claim]) -> bool {
    let [first, .., last] = row else { return false };
    let head = said_before(first);
    let paragraph = &first.site.paragraph_text;
    let before = paragraph.split(&*first.site.sentence_text).next().unwrap_or_default();
    let near: Vec<char> = before.chars().rev().take(40).collect();
    let asked: String = near.into_iter().rev().chain(head.chars()).collect();
    if may_choose_several(&asked) {
        return false;
    }
    if row.len() >= 3 && any_in(&asked, &["单选", "选一项", "选1项"]) {
        return true;
    }
    if of_axis(doc, row) {
        return true;
    }
    let labels = row.iter().map(|c| cues::label(c).trim_end_matches('占').to_string()).collect::<Vec<_>>();
    // 满意…、基本满意…、不满意…: what is so, more or less so, and not so.
    let last_name = cues::label(last);
    let denied = last_name.trim_end_matches('占').trim_start_matches(['很', '非', '常']);
    let denied = denied.strip_prefix('不').filter(|word| word.chars().count() >= 2);
    if row.len() >= 3
        && denied.is_some_and(|word| labels[..row.len() - 1].iter().filter(|it| it.contains(word)).count() >= 2)
    {
        return true;
    }
    // …、其他占10%, of what is shared out.
    let shared_out = [
        "支出比例",
        "分配比例",
        "使用比例",
        "投入比例",
        "拨款比例",
        "拨付比例",
        "安排比例",
        "投资比例",
        "出资比例",
        "资金比例",
        "分摊比例",
        "分担比例",
        "权重",
        "经费比例",
        "计分比例",
        "构成比例",
    ];
    // …，余下的7.2%通过框架协议完成: what is left of all.
    let left = ["余下", "剩下", "剩余"].iter().any(|word| cues::item(last).starts_with(word));
    if row.len() >= 3 && left && row[..row.len() - 1].iter().all(|c| c.site.before.ends_with('占')) {
        return true;
    }
    let rest = || ["其他", "其余", "其它"].iter().any(|word| cues::item(last).starts_with(word));
    if row.len() >= 3 && rest() && (any_in(head, &shared_out) || any_in(head, &["构成", "结构", "去向", "来源"]))
    {
        return true;
    }
    let numbered = counted_parts(doc, first, row.len());
    // 三年资金使用比例分别为40%、35%和25%: as many as there are years, and what was shared out between them.
    let listed = ["分别为", "依次为", "分别是", "依次是", "各为", "分别占", "各占", "依次占", "："]
        .iter()
        .any(|word| first.site.before.ends_with(word));
    if listed
        && any_in(head, &shared_out)
        && !head.contains("占总")
        && (numbered || row.len() >= 3 && head.contains("权重"))
    {
        return true;
    }
    // 分四档，…: as many parts as were told.
    let parted = ["分为", "分成", "分作", "划分", "组成", "构成", "各占", "支出", "经费", "来自", "来源于"];
    let said = row.iter().all(|c| c.site.before.ends_with('占')) || listed;
    numbered && said && (any_in(head, &parted) || parted_by(head))
}

/// 5000元以上的占41.3%，4000—5000元的占33.5%，4000元以下的占25.2%: classes that leave no value out.
fn of_axis(doc: &Document, row: &[&Claim]) -> bool {
    let class = |share: &&Claim| {
        let before = doc.around(share).iter().rfind(|c| c.site.start < share.site.start)?;
        let own = before.kind == Kind::Threshold && before.site.clause == share.site.clause;
        own.then(|| (before.min.unwrap_or(Exact::ZERO), before.max, before.unit.clone()))
    };
    let Some(mut classes) = row.iter().map(class).collect::<Option<Vec<_>>>() else { return false };
    classes.sort_by_key(|class| class.0);
    // 36至45岁, 46至55岁: whole years go on with the next.
    let next = |high: Exact, unit: &str| high.plus(Exact::whole(i32::from(unit == "岁")));
    let joins = |two: &[(Exact, Option<Exact>, String)]| {
        let high = two[0].1?;
        Some((high == two[1].0 || next(high, &two[0].2)? == two[1].0) && two[0].2 == two[1].2)
    };
    let joined = classes.windows(2).all(|two| joins(two) == Some(true));
    let ends = classes.first().zip(classes.last()).is_some_and(|(low, high)| low.0 == Exact::ZERO && high.1.is_none());
    classes.len() >= 3 && joined && ends
}

/// 可多选, 限选两项: shares of many answers make no whole.
const SEVERAL: &[&str] = &["多选", "任选", "多项"];

/// May several answers be chosen? 限选一项 lets one be chosen, 限选两项 more.
pub(super) fn may_choose_several(asked: &str) -> bool {
    any_in(asked, SEVERAL) || asked.split("限选").skip(1).any(|behind| !behind.starts_with(['一', '1', '１']))
}

/// Are these shares each of another whole? 限选两项 lets one answer twice; 两个系女生分别占48%和55% are of two departments.
pub(super) fn of_several(doc: &Document, row: &[&Claim]) -> bool {
    let Some(first) = row.first() else { return false };
    let asked = said_before(first);
    let each = || {
        let here = doc.around(first).iter().rev().filter(|c| c.site.sentence == first.site.sentence);
        let mut before = here.filter(|c| c.site.start < first.site.start);
        before.any(|c| {
            let group = GROUPS.iter().filter_map(|word| c.site.after.strip_prefix(word)).min_by_key(|rest| rest.len());
            let of_them = group.and_then(|rest| rest.split("分别").next()).is_some_and(|rest| !rest.is_empty());
            of_them && c.value == i128::try_from(row.len()).ok().and_then(Exact::int)
        })
    };
    may_choose_several(asked) || first.site.before.ends_with("分别占") && each()
}

/// 月收入分四档, 教师年龄分三个层次, 职称分初级、中级、高级三级: 分 that is no part of another word.
fn parted_by(head: &str) -> bool {
    head.match_indices('分').any(|(at, word)| {
        let behind = &head[at + word.len()..];
        !behind.starts_with(['别', '数', '校', '院', '布', '析', '管', '配', '子', '开', '享'])
            && !head[..at].ends_with(['部', '充', '十', '学', '百', '高', '得', '评'])
    })
}

/// Is there a count of parts before the row that is as large as it is?
fn counted_parts(doc: &Document, first: &Claim, parts: usize) -> bool {
    const NEAR: usize = 48;
    const UNITS: &[&str] = &["类", "档", "种", "块", "级", "部分", "等", "项", "年", "方面", "期", "大类"];
    const NOUNS: &[&str] = &[
        "层次",
        "等次",
        "档次",
        "部分",
        "类别",
        "方面",
        "板块",
        "来源",
        "年度",
        "阶段",
        "等级",
        "档",
        "模块",
        "渠道",
        "途径",
        "去向",
        "类型",
        "年龄段",
        "分数段",
        "区间",
        "梯队",
    ];
    let here = doc.around(first).iter().rev();
    let mut here = here.filter(|c| c.site.start < first.site.start && c.site.start + NEAR > first.site.start);
    here.any(|c| {
        let unit = UNITS.contains(&c.unit.as_str()) || NOUNS.iter().any(|noun| c.site.after.starts_with(noun));
        let sentence = c.site.sentence == first.site.sentence || c.site.sentence + 1 == first.site.sentence;
        unit && sentence && c.value == i128::try_from(parts).ok().and_then(Exact::int)
    })
}
