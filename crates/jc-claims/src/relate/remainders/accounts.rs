//! What a year leaves, and what became of a number of things: 收费99.6万元，…；支出86.4万元，其中…，当年结余13.2万元; 撤销3个、新增2个，
//! 由24个调整为23个.

use std::collections::HashSet;

use super::rests::nearly;
use crate::document::{Claim, Document, Kind};
use crate::exact::Exact;
use crate::relate::changes::differences::{difference, flow};
use crate::relate::relations::{Finding, Relation, RelationKind};
use crate::relate::sums::addition::held_within;
use crate::relate::wording::comparable::alike;
use crate::relate::wording::cues;
use crate::words::{CARRIED_OVER, COMING, LEAVING, TAKEN_OUT, any_in};

/// What is left of an income.
const LEFT: &[&str] = &["结余", "盈余", "节余", "结余资金", "结余金额"];
/// What came in, and what was spent.
const INCOME: &[&str] = &[
    "收入",
    "收入合计",
    "收入总额",
    "收入总计",
    "收费",
    "筹集",
    "筹款",
    "到账",
    "募集",
    "收款",
    "可用资金",
    "可用经费",
    "可支配资金",
];
/// What is there to be spent, with what came over from the year before.
const AT_HAND: &[&str] = &["可用资金", "可用经费", "可支配资金"];
const SPENT: &[&str] = &["支出", "支出合计", "支出总额", "支出总计", "开支", "花费", "支付"];
/// Words before those that leave nothing out.
const ALL: &[&str] = &[
    "全年", "本年", "当年", "年度", "学年", "全", "本", "实际", "共", "累计", "全部", "各项", "总", "合计", "同期",
    "度", "经费", "资金", "实现", "完成", "，", "；", "。",
];

/// Looks for all of them.
pub(in crate::relate) fn accounts(doc: &Document, all: &mut Vec<Relation>) {
    let sums = |it: &&Relation| it.primary && matches!(it.kind, RelationKind::Sum | RelationKind::Difference);
    let told: HashSet<String> =
        all.iter().filter(sums).flat_map(|it| it.members.iter().map(|(_, id)| id.clone())).collect();
    let open = |c: &&Claim| c.kind == Kind::Money && plain(c) && !told.contains(&c.id);
    let left: Vec<Relation> = doc.claims.iter().filter(open).filter_map(|left| balance(doc, left)).collect();
    all.extend(left);
    let totals: Vec<Relation> = doc.claims.iter().filter_map(|total| marks(doc, total)).collect();
    all.extend(totals);
    let changed = doc.claims.windows(2).filter_map(|two| changed(doc, &two[0], &two[1]));
    let changed: Vec<Relation> = changed.collect();
    all.extend(changed);
}

fn plain(claim: &Claim) -> bool {
    cues::exact(claim) && !cues::per_head(claim) && !cues::is_base(claim)
}

/// The words that lead to an amount in its own item, without what says nothing.
fn name(claim: &Claim) -> String {
    // 全年可用资金由此达到725万元.
    let item = cues::item(claim);
    let item = item.trim_end_matches(['为', '达', '约', '了', '是', '计', '共', '到', '：']);
    item.trim_end_matches("由此").to_string()
}

/// Is the amount called by one of the words, and by nothing that makes it a part?
fn called(claim: &Claim, words: &[&str]) -> Option<bool> {
    let name = name(claim);
    let word = words.iter().filter(|word| name.ends_with(**word)).max_by_key(|word| word.len())?;
    let mut lead = name[..name.len() - word.len()].to_string();
    ALL.iter().for_each(|word| lead = lead.replace(word, ""));
    Some(lead.is_empty())
}

/// 收支相抵，当年结余215.0万元: income and spending told before it, whatever stands between.
fn balance(doc: &Document, left: &Claim) -> Option<Relation> {
    let own = name(left);
    let part = any_in(&own, &["其中", "专项", "项目", "上年", "累计", "历年", "年初", "期初", "财政", "拨款"]);
    let rolled = own.contains("滚存");
    if part || !LEFT.iter().any(|word| own.ends_with(word)) || left.site.clause_text.starts_with("其中") {
        return None;
    }
    let before: Vec<&Claim> = doc.around(left).iter().filter(|c| c.site.start < left.site.start).collect();
    let amount = |c: &&&Claim| {
        let listed = c.site.clause_text.trim_start_matches('，').starts_with("其中") || cues::in_brackets(c);
        c.kind == Kind::Money && plain(c) && !cues::is_old(c) && alike(c, left) && !listed
    };
    // The nearest that is called by the word alone; else the only one of the chain that is called so.
    let one = |words: &[&str], until: &Claim| -> Option<(&Claim, bool)> {
        let here = before.iter().filter(|c| c.site.start < until.site.start).filter(amount);
        let named: Vec<(&Claim, bool)> = here.filter_map(|c| Some((*c, called(c, words)?))).collect();
        let bare = named.iter().rev().find(|it| it.1).map(|it| (it.0, true));
        bare.or_else(|| {
            let mut near = named.iter().filter(|it| it.0.site.chain + 1 >= until.site.chain);
            let only = near.next().map(|it| (it.0, true));
            only.filter(|_| near.next().is_none())
        })
    };
    let (spent, _) = one(SPENT, left)?;
    let (income, _) = one(INCOME, spent)?;
    // 收入138.5万元…；支出131.72万元。上年结转12.36万元，年末滚存结余19.14万元: with what came over.
    let over = |c: &&&Claim| {
        let carried = any_in(&name(c), &["结转", "年初结余", "上年结余", "期初结余"]);
        // 上年结余18.42万元。本年收入…，其中…。本年支出…，其中…。年末滚存结余22.87万元: a sentence for each.
        let near = c.site.chain + 1 >= left.site.chain || c.site.paragraph == left.site.paragraph;
        carried && c.kind == Kind::Money && plain(c) && near
    };
    if rolled {
        let carried = before.iter().rev().find(over)?;
        let near = income.site.paragraph == left.site.paragraph && spent.site.paragraph == left.site.paragraph;
        // 138.5万元 beside 131.72万元 is 138.50万元.
        let as_finely = |c: &Claim| Claim { step: left.step.min(c.step), ..c.clone() };
        let it = flow(&as_finely(carried), left, &as_finely(income), &as_finely(spent)).filter(|_| near)?;
        let taken = any_in(&left.site.paragraph_text, TAKEN_OUT)
            || any_in(&left.site.paragraph_text, &["另收", "另支", "借入", "归还"]);
        let far = carried.site.chain + 1 < left.site.chain;
        let slip = it.computed.is_some_and(|gives| nearly(left, gives)) && !(far && taken);
        return (it.finding == Finding::Consistent || slip).then_some(it);
    }
    let far = income.site.paragraph + 4 < left.site.paragraph || spent.site.paragraph + 2 < left.site.paragraph;
    let it = difference(left, spent, income, false).filter(|_| !far && income.value > spent.value)?;
    if it.finding == Finding::Consistent {
        return Some(it);
    }
    let texts = [&left.site.paragraph_text, &spent.site.paragraph_text, &income.site.paragraph_text];
    let at_hand = AT_HAND.iter().any(|word| name(income).ends_with(word));
    let other = texts.iter().any(|text| any_in(text, CARRIED_OVER) && !at_hand || any_in(text, TAKEN_OUT))
        || any_in(&own, &["年末", "期末", "账"]) && !at_hand;
    // 收入…；另有拨款…: more than one of them makes the whole income.
    let more =
        before.iter().filter(amount).filter(|c| c.site.start > income.site.start && c.site.start < spent.site.start);
    let more =
        more.filter(|c| any_in(&name(c), &["收入", "拨款", "补助", "利息", "捐赠"]) && !name(income).contains('总'));
    // 可用资金减去实际支出，年末结余79.7万元: it is said what is taken from what.
    let spelt = at_hand && left.site.sentence_text.contains("减去");
    // 当年收入与支出相抵，结余616.2万元: of this year alone, whatever comes over or goes on to the next.
    let of_year = any_in(&left.site.sentence_text, &["当年收入", "当年收支", "本年收入", "本年收支"])
        && left.site.sentence_text.contains("相抵");
    let meant = (!other || of_year) && more.count() == 0 && (nearly(left, it.computed?) || spelt);
    meant.then_some(it)
}

/// 拿下27.62分、36.85分和28.19分，总分92.66分: marks right before their total; also where a digit of it was mistyped.
fn marks(doc: &Document, total: &Claim) -> Option<Relation> {
    let lead = total.site.before.trim_start_matches('，').trim_end_matches(['为', '达', '是']);
    if total.unit != "分" || lead != "总分" || !plain(total) {
        return None;
    }
    let before = doc.around(total).iter().rev().filter(|c| c.site.start < total.site.start);
    let row = before.take_while(|c| c.unit == "分" && plain(c) && c.site.clause + 1 == total.site.clause);
    let parts: Vec<&Claim> = row.collect::<Vec<_>>().into_iter().rev().collect();
    let it = held_within(RelationKind::Sum, total, &parts).filter(|_| parts.len() >= 2)?;
    (it.finding == Finding::Consistent || nearly(total, it.computed?)).then_some(it)
}

/// 撤销3个专业、新增2个专业，由24个调整为23个: who came and who left near what there was and is.
fn changed(doc: &Document, old: &Claim, new: &Claim) -> Option<Relation> {
    const TURNS: &[&str] =
        &["调整为", "调整到", "增至", "增加到", "增加为", "减至", "减少到", "减少为", "变为", "变成", "优化为"];
    let turned = TURNS.contains(&old.site.after.as_str()) && plain(old) && plain(new) && old.kind == Kind::Count;
    if !turned || !alike(old, new) || old.unit != new.unit || !cues::is_old(old) {
        return None;
    }
    let near = |c: &&Claim| {
        c.site.paragraph == old.site.paragraph
            && c.site.chain.abs_diff(old.site.chain) <= 1
            && c.id != old.id
            && c.id != new.id
            && plain(c)
            && c.unit == old.unit
            && matches!(c.kind, Kind::Count | Kind::Change)
    };
    let here: Vec<&Claim> = doc.around(old).iter().filter(near).collect();
    let says = |c: &&Claim, words: &[&str]| any_in(&c.site.before, words);
    let came = |c: &&Claim| says(c, COMING) || says(c, &["增设", "新设", "新开", "增开", "新办", "开办"]);
    let came_in: Vec<&Claim> = here.iter().copied().filter(came).collect();
    let left: Vec<&Claim> = here.iter().copied().filter(|c| says(c, LEAVING) && !came(c)).collect();
    let ([came], [left]) = (&came_in[..], &left[..]) else { return None };
    // A difference told behind them is another's.
    if came.site.start > new.site.start && left.site.start > new.site.start {
        return None;
    }
    let it = flow(old, new, came, left)?;
    let noun = came.site.after.trim_start_matches('的');
    let same = noun.chars().count() >= 2 && cues::item(old).contains(noun);
    let one_chain = [came, left].iter().all(|c| c.site.chain == old.site.chain);
    let little = it.computed.zip(new.value).and_then(|(a, b)| a.apart(b));
    let meant = same && one_chain && little <= Exact::int(3);
    (it.finding == Finding::Consistent || meant).then_some(it)
}
