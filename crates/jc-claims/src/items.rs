//! What a number's own sentence lists for it: 梁、陆两位同学; “新手—熟手—专家”三阶; 三大中心：甲、乙、丙.

use jc_text::numerals;

use crate::counted_off;
use crate::document::{Kind, Numeral};
use crate::exact::Exact;
use crate::layout::Layout;
use crate::listed;
use crate::names::People;
use crate::scan::Found;
use crate::stood_for::stood_for;
use crate::units::{counts_people, unit_at};
use crate::words::{VERBS, any_in};

/// A listed thing is a name; what is longer is a piece of sentence.
const LONGEST_ITEM: usize = 12;

/// The things listed for a number, and whether the list may be incomplete (等, or 与甲、乙并称 of what is itself one of them).
pub(crate) fn items(
    layout: &Layout,
    found: &Found,
    clause: (usize, usize),
    people: &[People],
) -> Option<(Vec<String>, bool)> {
    let (items, partial) = all_items(layout, found, clause, people)?;
    // 与甲、乙并称为三大名校, 他与甲、乙三人: who the sentence is about makes the list whole; but not 学校与甲、乙三家企业.
    let one_more = found.value == i128::try_from(items.len() + 1).ok().and_then(Exact::int);
    let text = layout.text(clause.0.min(found.start), found.start);
    let (lead, tail) = items.first().and_then(|first| text.split_once(first.as_str())).unwrap_or_default();
    let lead = ["与", "和", "同", "跟", "與"].iter().find_map(|word| lead.strip_suffix(word));
    let one_of_them =
        lead.is_some_and(|lead| lead.ends_with(['他', '她']) || any_in(tail, &["合称", "并称", "合稱", "並稱"]));
    Some((items, partial || one_more && one_of_them))
}

fn all_items(layout: &Layout, found: &Found, clause: (usize, usize), people: &[People]) -> Option<(Vec<String>, bool)> {
    if !matches!(found.kind, Kind::Count | Kind::PersonTimes) || found.value.is_none() || found.numeral == Numeral::None
    {
        return None;
    }
    // 6名同学进入前20名，分别是…: who was counted before, and no places.
    let before = layout.clause_before(found.start);
    if before.ends_with('前') && before.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let etc = layout.ends_with(found.start, "等");
    let end = found.start - usize::from(etc);
    let named = |list: &&People| list.names.len() > 1 || etc || list.partial;
    // 许文远、马长青: a list of which only the last names are known is not whole.
    let whole = |list: &&People| list.start.checked_sub(1).is_none_or(|at| layout.chars[at] != '、');
    let ends = |list: &&People| list.end == end || list.end == found.start;
    if let Some(list) = people.iter().filter(named).filter(whole).find(ends) {
        // 三名老师4人同行，另有1名司机: what is told apart makes the number whole.
        let behind: String = layout.chars[found.end..].iter().take(16).collect();
        let whole = found.value.and_then(Exact::as_int) == i128::try_from(list.names.len()).ok();
        return (whole || etc || list.partial || !any_in(&behind, &["另有", "另外", "，另"]))
            .then(|| (list.names.clone(), etc || list.partial));
    }
    // 3名选手李梦洁、周子涵、唐静怡全部获奖: the names follow what they are.
    let behind = |list: &&People| list.names.len() > 1 && list.start == found.end && counts_people(&found.unit);
    if let Some(list) = people.iter().find(behind) {
        return Some((list.names.clone(), list.partial));
    }
    quoted(layout, end, clause.0)
        .map(|items| (items, etc))
        .or_else(|| listed::before(layout, found, clause.0))
        .or_else(|| crowned(layout, found, end, clause.0).map(|items| (items, etc)))
        .or_else(|| listed_behind(layout, found, clause.1))
        .or_else(|| parted_by_commas(layout, found, clause.0))
        .or_else(|| behind_a_dash(layout, found))
        .or_else(|| counted_off::behind(layout, found))
        .or_else(|| named_in_turn(layout, found))
        .or_else(|| which_are(layout, found))
        .or_else(|| stood_for(layout, found))
}

/// 三名教师未到岗，分别为孙老师、周老师、何老师.
fn named_in_turn(layout: &Layout, found: &Found) -> Option<(Vec<String>, bool)> {
    const NEAR: usize = 24;
    const LONG: usize = 120;
    let behind: String = layout.chars[found.end..].iter().take(NEAR + LONG).collect();
    let behind = behind.split(['。', '；', '\n', '！']).next().unwrap_or_default();
    let at = ["分别为", "分别是", "依次为", "依次是"]
        .iter()
        .filter_map(|word| Some((behind.find(word)?, word.len())))
        .min()?;
    let (lead, list) = (&behind[..at.0], &behind[at.0 + at.1..]);
    if list.starts_with('《') {
        let short = lead.chars().count() <= NEAR && !lead.contains(['、', '：', '《']);
        return titles(list).filter(|_| short && !counts_something(lead));
    }
    let list = list.split(['，', '（', '：']).next().unwrap_or_default();
    let plain = |text: &str| !text.contains(|c: char| c.is_ascii_digit()) && !counts_something(text);
    // 包揽前6名: places, and no count of their own.
    let placed = lead.split_once('前').and_then(|(head, rest)| {
        let (place, tail) = rest.split_once('名').filter(|(place, _)| (1..=3).contains(&place.chars().count()))?;
        let number = place.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
        (number && tail.starts_with('，')).then(|| format!("{head}{tail}"))
    });
    let counted = placed.as_deref().unwrap_or(lead);
    let one = lead.matches('，').count() <= 1 && lead.chars().count() <= NEAR && !lead.contains(['、', '：', '（']);
    let whole = list.trim_end_matches('等');
    // 汽车运用与维修、学前教育、物流服务与管理: beside 、 a 与 may be part of a name.
    let items = match whole.contains('、') {
        true => parted(whole, found)?,
        false => whole.split(['和', '与', '及']).map(str::to_string).collect(),
    };
    let names = items.iter().all(|it| (2..=LONGEST_ITEM + 4).contains(&it.chars().count()));
    (one && plain(counted) && plain(list) && names && items.len() >= 2).then_some((items, list.ends_with('等')))
}

/// 新增的三项是拔河、旱地龙舟、板鞋竞速: all of them, named right behind.
fn which_are(layout: &Layout, found: &Found) -> Option<(Vec<String>, bool)> {
    const LONG: usize = 120;
    let behind: String = layout.chars[found.end..].iter().take(LONG).collect();
    // 四位教师获评“工匠”，他们是甲、乙和丙; 六个功能站，即甲站、乙站和丙站.
    let they = || {
        let at = ["，他们是", "，她们是", "，它们是", "，分别是", "，即", "，也就是"]
            .iter()
            .filter_map(|word| Some((behind.find(word)?, word.len())))
            .min()?;
        let lead = &behind[..at.0];
        // 与另外四名球员并称“五大恶人”，即甲、乙、…: all who are called so.
        if lead.contains('“') && !behind[at.0..].starts_with("，他们") && !behind[at.0..].starts_with("，她们")
        {
            return None;
        }
        let short = lead.chars().count() <= 30 && !lead.contains(['。', '；', '\n', '：', '，', '、']);
        // 签署新一轮协议: counts nothing.
        let plain = !counts_something(&lead.replace("新一轮", ""));
        (short && plain && !lead.contains(|c: char| c.is_ascii_digit())).then_some(&behind[at.0 + at.1..])
    };
    // 夺得金牌的7个赛项为甲、乙、丙: a noun may stand between.
    let noun = || {
        let (noun, list) = behind.split_once('为')?;
        let short = (1..=6).contains(&noun.chars().count()) && noun.chars().all(jc_text::fold::is_han);
        (short && !any_in(noun, VERBS) && !noun.ends_with(['分', '均', '作', '成', '认', '因'])).then_some(list)
    };
    // 最先成形的六门课是《甲》《乙》和《丙》.
    let titled = || {
        let (noun, list) = behind.split_once('是')?;
        let short = (1..=6).contains(&noun.chars().count()) && noun.chars().all(jc_text::fold::is_han);
        (short && list.starts_with('《')).then_some(list)
    };
    // 社团现有六个，合唱团、民乐队、…、陶艺坊各有活动室.
    let each_of_them = || {
        let (list, _) = behind.strip_prefix('，')?.split_once(['各', '均', '都'])?;
        let whole = !list.contains(['，', '。', '；', '：', '\n', '等']);
        let many = list.matches('、').count() + 1;
        let stated = found.value.and_then(Exact::as_int).and_then(|n| usize::try_from(n).ok())?;
        (many >= 3 && many.abs_diff(stated) <= 1 && whole).then_some(list)
    };
    let list = behind.strip_prefix('是').or_else(each_of_them).or_else(titled);
    let list = list.or_else(|| behind.strip_prefix("即")).or_else(they).or_else(noun)?;
    let list = list.trim_start_matches('：');
    if list.starts_with('《') {
        return titles(list);
    }
    let list = list.split(['，', '。', '；', '\n', '！', '（', '：']).next().unwrap_or_default();
    let plain = !list.contains(|c: char| c.is_ascii_digit()) && !counts_something(list);
    let (list, open) = (list.trim_end_matches('等'), list.ends_with('等'));
    let items = parted(list, found).filter(|items| plain && items.len() >= 3 && list.contains('、'))?;
    let names = items.iter().all(|it| (2..=LONGEST_ITEM).contains(&it.chars().count()) && !any_in(it, VERBS));
    names.then_some((items, open))
}

/// 分别是《甲》《乙》和《丙》: titles need no sign between them.
fn titles(list: &str) -> Option<(Vec<String>, bool)> {
    let titles = list.split(['，', '。', '；', '\n']).next().unwrap_or_default();
    let items: Vec<String> = titles.split('》').filter_map(|it| Some(it.split_once('《')?.1.to_string())).collect();
    let rest = titles.rsplit('》').next().unwrap_or_default();
    (items.len() >= 2).then(|| (items, rest.starts_with('等')))
}

/// The names of a list: 、 parts them, 和, 与 and 及 may part the last two or be part of a name (资助与管理站). The reading that gives
/// the number is meant; where only what lies between two readings would, nothing is said.
pub(crate) fn parted(list: &str, found: &Found) -> Option<Vec<String>> {
    let stated = found.value.and_then(Exact::as_int).and_then(|n| usize::try_from(n).ok());
    let every = |signs: &[char]| -> Vec<String> { list.split(signs).map(str::to_string).collect() };
    let by_signs = every(&['、']);
    let (last, others) = by_signs.split_last()?;
    let two = last.rsplit_once("以及").or_else(|| last.rsplit_once('和')).or_else(|| last.rsplit_once('及'));
    let two = two.filter(|(one, other)| one.chars().count() >= 2 && other.chars().count() >= 2);
    let ended: Vec<String> = match two {
        Some((one, other)) => others.iter().cloned().chain([one.to_string(), other.to_string()]).collect(),
        None => by_signs.clone(),
    };
    // 焊接系的裴立春、…、汽修系的石磊和物流系的柏秋云, 市科技馆和青年路小学: halves long enough to be names; but 茶艺与咖啡工作室.
    let made_alike = two.is_some_and(|(one, other)| one.chars().count() >= 3 && other.chars().count() >= 3);
    let whole = |items: &Vec<String>| items.iter().all(|it| !it.is_empty());
    let all = Some(every(&['、', '和', '与', '及'])).filter(whole).unwrap_or_else(|| ended.clone());
    let readings = if made_alike { vec![ended] } else { vec![by_signs, ended, all] };
    let meant = readings.iter().find(|items| Some(items.len()) == stated);
    let (least, most) = (readings.iter().map(Vec::len).min()?, readings.iter().map(Vec::len).max()?);
    let between = stated.is_some_and(|stated| (least..=most).contains(&stated));
    meant.or_else(|| readings.get(1).or(readings.first()).filter(|_| !between)).cloned()
}

/// “甲—乙—丙” in one pair of signs, or “甲”和“乙”, “甲”“乙”.
fn quoted(layout: &Layout, end: usize, from: usize) -> Option<Vec<String>> {
    let text = layout.text(from.min(end), end);
    if !text.ends_with('”') {
        return None;
    }
    let mut items = Vec::new();
    let mut rest = text.as_str();
    while let Some(body) = rest.strip_suffix('”') {
        let open = body.rfind('“')?;
        items.push(body[open + '“'.len_utf8()..].to_string());
        rest = body[..open].trim_end_matches(['和', '与', '及', '、', '以']);
    }
    items.reverse();
    if items.len() == 1 {
        let inner = items[0].clone();
        items = inner.split(['—', '－', '–', '、', '-', '→']).filter(|it| !it.is_empty()).map(str::to_string).collect();
    }
    (items.len() >= 2).then_some(items)
}

/// 街舞及花球双料冠军, “甲、乙”三阶: names before a word that is made of the number.
fn crowned(layout: &Layout, found: &Found, end: usize, from: usize) -> Option<Vec<String>> {
    let own = layout.text(found.start, found.end);
    if !(own.contains('料') || own.contains('阶')) || from >= end {
        return None;
    }
    let text = layout.text(from, end);
    let items: Vec<String> =
        text.split(['、', '和', '与', '及']).map(|it| it.trim_start_matches(['在', '于', '以']).to_string()).collect();
    let (first, others) = items.split_first()?;
    // The first item may have the sentence's opening before it; the others are names or the list is none.
    let name =
        |it: &String| (1..=LONGEST_ITEM).contains(&it.chars().count()) && !any_in(it, VERBS) && !it.ends_with('的');
    let names = others.iter().all(name);
    (!others.is_empty() && names && !first.is_empty()).then_some(items)
}

/// 三大中心：甲、乙、丙 or 三个中心（甲、乙、丙）.
fn listed_behind(layout: &Layout, found: &Found, clause_end: usize) -> Option<(Vec<String>, bool)> {
    let chars = &layout.chars;
    let near = chars[found.end..clause_end.max(found.end)].iter().position(|&c| c == '（').filter(|&n| n <= 8);
    // 1个医疗室、2个操场（设有…）: what stands in brackets is of the number before it.
    let near = near.filter(|&n| !chars[found.end..found.end + n].contains(&'、'));
    let (start, stops): (usize, &[char]) = match near {
        Some(n) => (found.end + n + 1, &['）', '\n']),
        None if chars.get(clause_end) == Some(&'：')
            && (clause_end - found.end <= 8 || of_houses(layout, found, clause_end)) =>
        {
            (clause_end + 1, &['。', '；', '\n', '！'])
        }
        None => return None,
    };
    let len = chars[start..].iter().position(|c| stops.contains(c))?;
    let text = layout.text(start, start + len);
    // 城市有六座：苏州、佛山和义乌，站长由大家推选: what follows the list is no part of it.
    let text = match text.split_once('，') {
        Some((list, rest)) if near.is_none() && list.contains('、') && !goes_on(rest) => list.to_string(),
        _ => text,
    };
    // A list with figures or with clauses tells a story; it does not name things.
    if text.contains(['，', '：']) || text.contains(|c: char| c.is_ascii_digit()) || counts_something(&text) {
        return None;
    }
    // 2个操场（设有篮球场、排球场、乒乓球场）: what there is in them.
    if near.is_some() && ["设有", "设", "配有", "内有", "含", "包括", "附"].iter().any(|word| text.starts_with(word))
    {
        return None;
    }
    let etc = text.trim_end_matches('”').ends_with('等');
    let stated = found.value.and_then(Exact::as_int).and_then(|n| usize::try_from(n).ok());
    let items = parted(text.trim_end_matches('等'), found)?;
    let names = items.iter().all(|it| (1..=LONGEST_ITEM + 4).contains(&it.chars().count()));
    // 11个县（市、区） lists kinds, not things; 27485人居住（东区、西区） where they are.
    let kinds = items.iter().all(|it| it.chars().count() == 1) || stated.is_some_and(|n| n > items.len() * 4);
    (items.len() >= 2 && names && !kinds).then_some((items, etc))
}

/// 以下六类材料：录取通知书原件，身份证复印件，…: a list to the full stop that commas part, of which the words say that it follows.
fn parted_by_commas(layout: &Layout, found: &Found, from: usize) -> Option<(Vec<String>, bool)> {
    const LEADS: &[&str] =
        &["以下", "如下", "下列", "下述", "分别是", "分别为", "具体是", "具体为", "依次是", "依次为"];
    const KINDS: &[&str] = &["类", "项", "样", "件", "种", "份", "大类", "个", "门", "套"];
    const LONG: usize = 240;
    const NOUN: usize = 14;
    // 材料共五项，具体如下：…: the words may stand between.
    let noun = layout.chars[found.end..].iter().take(NOUN).position(|c| *c == '：')?;
    let start = found.end + noun + 1;
    let noun = layout.text(found.end, start - 1);
    let near =
        !noun.contains(['、', '。', '；', '（', '\n']) && noun.matches('，').count() <= 1 && !counts_something(&noun);
    let led = format!("{}{noun}", layout.text(from.min(found.start), found.start));
    if !near || !KINDS.contains(&found.unit.as_str()) || !any_in(&led, LEADS) {
        return None;
    }
    let stated = found.value.and_then(Exact::as_int).and_then(|n| usize::try_from(n).ok())?;
    let list: String = layout.chars[start..].iter().take(LONG).take_while(|c| !"。！？\n".contains(**c)).collect();
    let whole = layout.chars.get(start + list.chars().count()).is_some_and(|c| "。！？\n".contains(*c));
    if !whole || list.contains('：') || counts_something(&list) {
        return None;
    }
    let sign = if list.contains('；') { '；' } else { '，' };
    let (list, open) = (list.trim_end_matches('等'), list.ends_with('等'));
    let items: Vec<String> = list.split(sign).map(|it| it.trim_start_matches(['和', '及']).to_string()).collect();
    // What differs by more is no list of them.
    let close = items.len().abs_diff(stated) <= 1 || stated >= 6 && items.len().abs_diff(stated) <= 2;
    let bare = items.len() >= 3 && items.iter().all(|it| bare_noun(it));
    (bare && (close || open && items.len() < stated)).then_some((items, open))
}

/// 身份证复印件, 会议室: a paper, or another thing in few words, of which nothing is said.
fn bare_noun(it: &str) -> bool {
    const PAPERS: &[char] = &[
        '件', '书', '证', '信', '明', '袋', '片', '表', '簿', '卡', '单', '本', '册', '函', '照', '票', '据', '告',
        '同', '议', '案', '料', '图',
    ];
    // Who says what is to be done, or what is so, names nothing.
    const SAID: &[&str] = &["的", "了", "须", "应", "把", "将", "是", "其中", "另", "还", "您", "我", "你"];
    const DONE: &[&str] = &["要", "请", "有", "不", "并", "且", "如", "若", "凡", "可", "为"];
    const BEGUN: &[&str] = &[
        "提升", "提高", "强化", "深化", "加强", "推进", "推动", "完善", "落实", "统一", "明确", "狠抓", "摸清", "制定",
        "整改", "做好", "抓好", "严格", "优化", "促进", "保障", "健全", "扩大", "防范", "确保", "坚持", "增强", "聚焦",
        "打造", "改进", "改善", "规范", "细化", "压实", "夯实", "筑牢", "守住", "发挥", "突出", "注重", "把握", "查找",
        "排查", "听取", "查阅", "学习", "讨论",
    ];
    let long = it.chars().count();
    let plain = !it.contains(['，', '、']) && !it.contains(|c: char| c.is_ascii_digit()) && !any_in(it, SAID);
    // 免冠照片两张: so many of them.
    let last: Vec<char> = it.chars().rev().take(2).collect();
    let counted = matches!(last[..], [unit, many] if "张份件本套个寸".contains(unit) && "一两二三四五六七八九十各".contains(many));
    let paper = it.trim_end_matches('）').ends_with(PAPERS) && (2..=16).contains(&long);
    let begun = BEGUN.iter().any(|verb| it.starts_with(verb));
    plain && !counted && (paper || (2..=8).contains(&long) && !any_in(it, VERBS) && !any_in(it, DONE) && !begun)
}

/// 三家单位与学校签下“入校即入企”协议：宛南机务段、…、九华旅游公司: houses are listed, and nothing else was counted.
fn of_houses(layout: &Layout, found: &Found, colon: usize) -> bool {
    const FAR: usize = 24;
    const ENDS: &[char] =
        &['司', '段', '厂', '团', '校', '院', '心', '所', '局', '社', '行', '店', '馆', '站', '会', '园', '坊'];
    let told = layout.text(found.end, colon);
    let list: String = layout.chars[colon + 1..].iter().take_while(|c| !"。；\n！".contains(**c)).collect();
    matches!(found.unit.as_str(), "家" | "所")
        && colon - found.end <= FAR
        && !counts_something(&told)
        && list.trim_end_matches('等').split(['、', '和']).all(|it| it.ends_with(ENDS))
}

/// 学习、调研、整改，以及宣传: is what follows a comma still of the list?
fn goes_on(rest: &str) -> bool {
    rest.contains('、') || ["以及", "和", "与", "及", "还有", "并", "也"].iter().any(|word| rest.starts_with(word))
}

/// 新开设5个专业——甲、乙、丙、丁、戊，…: as long as only names stand behind the dash.
fn behind_a_dash(layout: &Layout, found: &Found) -> Option<(Vec<String>, bool)> {
    const NOUN: usize = 8;
    const LONG: usize = 160;
    let behind: String = layout.chars[found.end..].iter().take(NOUN + LONG).collect();
    let (noun, list) = behind.split_once("——")?;
    let plain = noun.chars().count() <= NOUN && noun.chars().all(jc_text::fold::is_han);
    let at = list.find(['，', '。', '；', '\n', '！', '—', '：'])?;
    let (list, end) = list.split_at(at);
    if !plain || end.starts_with('：') || list.contains(|c: char| c.is_ascii_digit()) || counts_something(list) {
        return None;
    }
    let etc = list.ends_with('等');
    let mut items: Vec<String> = list.trim_end_matches('等').split('、').map(str::to_string).collect();
    // 茶艺与茶营销、民宿管理: only the last sign of a list may be a word, and there too it may be of a name.
    let stated = found.value.and_then(Exact::as_int).and_then(|n| usize::try_from(n).ok());
    let last = items.last().cloned().unwrap_or_default();
    if let Some((one, other)) = last.split_once(['和', '与', '及']).filter(|_| stated != Some(items.len())) {
        items.pop();
        items.extend([one.trim_end_matches('以').to_owned(), other.to_owned()]);
    }
    let name =
        |it: &String| (2..=LONGEST_ITEM).contains(&it.chars().count()) && !it.starts_with(['从', '到', '在', '其']);
    (list.contains('、') && items.len() >= 3 && items.iter().all(name)).then_some((items, etc))
}

/// 核心期刊十一篇: a spoken number with its unit.
pub(crate) fn counts_something(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    (0..chars.len()).any(|at| {
        let number = numerals::prefix(&chars[at..]);
        number.is_some_and(|number| unit_at(&chars[at + number.len..], false).is_some())
    })
}
