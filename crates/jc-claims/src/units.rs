//! Units and measure words, and when a character that looks like one is part of another word.

use crate::document::Kind;
use crate::layout::starts_with;

/// A unit found behind a number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unit {
    pub word: &'static str,
    pub kind: Kind,
    pub len: usize,
}

/// Which numerals a unit may follow.
#[derive(Clone, Copy, PartialEq)]
enum After {
    /// Any numeral.
    Any,
    /// Arabic digits only: with a Chinese numeral it is usually part of a word (四面, 三层).
    Digits,
}

use After::{Any, Digits};

/// Units, their kind, what numerals they follow, and the characters that behind them make another word.
const UNITS: &[(&str, Kind, After, &str)] = &[
    ("%", Kind::Rate, Any, ""),
    ("‰", Kind::Rate, Any, ""),
    ("个百分点", Kind::Points, Any, ""),
    ("百分点", Kind::Points, Any, ""),
    ("人次", Kind::PersonTimes, Any, ""),
    ("人·天", Kind::Count, Any, ""),
    ("人天", Kind::Count, Any, ""),
    ("人日", Kind::Count, Any, ""),
    ("人时", Kind::Count, Any, ""),
    ("人学时", Kind::Count, Any, ""),
    ("人·次", Kind::PersonTimes, Any, ""),
    ("个小时", Kind::Hours, Any, ""),
    ("小时", Kind::Hours, Any, ""),
    ("学时", Kind::Hours, Any, ""),
    ("课时", Kind::Hours, Any, ""),
    ("分钟", Kind::Duration, Any, ""),
    ("秒", Kind::Duration, Digits, "杀"),
    ("个月", Kind::Duration, Any, ""),
    ("个工作日", Kind::Duration, Any, ""),
    ("工作日", Kind::Duration, Any, ""),
    ("个星期", Kind::Duration, Any, ""),
    ("个学期", Kind::Duration, Any, ""),
    ("周年", Kind::Duration, Any, ""),
    ("个年头", Kind::Duration, Any, ""),
    ("周岁", Kind::Quantity, Any, ""),
    ("天", Kind::Duration, Any, "气"),
    ("周", Kind::Duration, Any, "边围报刊"),
    ("年", Kind::Duration, Any, "级制期龄"),
    ("岁", Kind::Quantity, Any, ""),
    ("元", Kind::Money, Any, "月旦素宵"),
    ("美元", Kind::Money, Any, ""),
    ("欧元", Kind::Money, Any, ""),
    ("港元", Kind::Money, Any, ""),
    ("英镑", Kind::Money, Any, ""),
    ("日元", Kind::Money, Any, ""),
    ("倍", Kind::Multiple, Any, "受加"),
    ("平方米", Kind::Quantity, Any, ""),
    ("平方公里", Kind::Quantity, Any, ""),
    ("立方米", Kind::Quantity, Any, ""),
    ("平米", Kind::Quantity, Any, ""),
    ("㎡", Kind::Quantity, Any, ""),
    ("m²", Kind::Quantity, Digits, ""),
    ("亩", Kind::Quantity, Any, ""),
    ("公顷", Kind::Quantity, Any, ""),
    ("公里", Kind::Quantity, Any, ""),
    ("千米", Kind::Quantity, Any, ""),
    ("厘米", Kind::Quantity, Any, ""),
    ("毫米", Kind::Quantity, Any, ""),
    ("微米", Kind::Quantity, Any, ""),
    ("米", Kind::Quantity, Digits, "兰粉"),
    ("公斤", Kind::Quantity, Any, "级"),
    ("千克", Kind::Quantity, Any, ""),
    ("克", Kind::Quantity, Digits, "服"),
    ("吨", Kind::Quantity, Any, ""),
    ("毫升", Kind::Quantity, Any, ""),
    ("升", Kind::Quantity, Digits, "学本级至到入格"),
    ("千瓦时", Kind::Quantity, Any, ""),
    ("千瓦", Kind::Quantity, Any, ""),
    ("兆瓦", Kind::Quantity, Any, ""),
    ("学分", Kind::Quantity, Any, ""),
    ("分", Kind::Quantity, Digits, "别布配校院管享类层期之"),
    ("摄氏度", Kind::Quantity, Any, ""),
    ("股", Kind::Count, Digits, "东权票份市价民吧本道长灵骨"),
    ("场次", Kind::Count, Any, ""),
    ("班次", Kind::Count, Any, ""),
    ("车次", Kind::Count, Any, ""),
    ("辆次", Kind::Count, Any, ""),
    ("项次", Kind::Count, Any, ""),
    ("台次", Kind::Count, Any, ""),
    ("例次", Kind::Count, Any, ""),
    ("件次", Kind::Count, Any, ""),
    ("户次", Kind::Count, Any, ""),
    ("篇次", Kind::Count, Any, ""),
    ("批次", Kind::Count, Any, ""),
    ("频次", Kind::Count, Any, ""),
    ("台套", Kind::Count, Any, ""),
    ("台（套）", Kind::Count, Any, ""),
    ("册次", Kind::Count, Any, ""),
    ("校区", Kind::Count, Any, ""),
    ("工位", Kind::Count, Any, ""),
    ("床位", Kind::Count, Any, ""),
    ("座位", Kind::Count, Any, ""),
    ("车位", Kind::Count, Any, ""),
    ("机位", Kind::Count, Any, ""),
    ("个", Kind::Count, Any, ""),
    ("个人", Kind::Count, Any, "才荣奖项赛称所工银名信主先优贷账消自简全单专"),
    ("名", Kind::Count, Any, "列"),
    ("位", Kind::Count, Any, "居列于一"),
    ("人", Kind::Count, Any, "均制篮间赛才"),
    ("项", Kind::Count, Any, ""),
    ("次", Kind::Count, Any, "序"),
    ("场", Kind::Count, Any, "馆"),
    ("门次", Kind::Count, Any, ""),
    ("门", Kind::Count, Any, "户诊峡"),
    ("节", Kind::Count, Any, "气日"),
    ("间", Kind::Count, Any, "断接或谍"),
    ("家", Kind::Count, Any, "庭访"),
    ("所", Kind::Count, Any, "示列述"),
    ("件", Kind::Count, Any, ""),
    ("篇", Kind::Count, Any, ""),
    ("部", Kind::Count, Any, "委门分件"),
    ("本", Kind::Count, Digits, "科土"),
    ("册", Kind::Count, Any, ""),
    ("套", Kind::Count, Any, ""),
    ("台", Kind::Count, Any, "州湾"),
    ("张", Kind::Count, Digits, ""),
    ("份", Kind::Count, Any, ""),
    ("支", Kind::Count, Any, "持付撑部"),
    ("组", Kind::Count, Any, "织建"),
    ("队", Kind::Count, Digits, "伍员"),
    ("对", Kind::Count, Digits, "口外应一0123456789"),
    ("批", Kind::Count, Any, "准示"),
    ("种", Kind::Count, Any, "植"),
    ("类", Kind::Count, Any, "奖赛期"),
    ("条", Kind::Count, Any, "件"),
    ("路", Kind::Count, Digits, "由径线灯段口网程公"),
    ("座", Kind::Count, Any, ""),
    ("栋", Kind::Count, Any, ""),
    ("幢", Kind::Count, Any, ""),
    ("处", Kind::Count, Any, "理分"),
    ("届", Kind::Count, Any, ""),
    ("期", Kind::Count, Any, "末间工项建校"),
    ("轮", Kind::Count, Any, "滑流"),
    ("枚", Kind::Count, Any, ""),
    ("块", Kind::Count, Any, ""),
    ("面", Kind::Count, Digits, "向对积试"),
    ("幅", Kind::Count, Any, "度"),
    ("首", Kind::Count, Digits, "批期届家个次席先要创"),
    ("辆", Kind::Count, Any, ""),
    ("艘", Kind::Count, Any, ""),
    ("架", Kind::Count, Digits, "构"),
    ("把", Kind::Count, Digits, "握"),
    ("户", Kind::Count, Any, "外"),
    ("村", Kind::Count, Digits, "委"),
    ("镇", Kind::Count, Digits, ""),
    ("校", Kind::Count, Digits, "级内外企园"),
    ("省", Kind::Count, Digits, "级"),
    ("系", Kind::Count, Digits, "列统数主"),
    ("科", Kind::Count, Any, "技学普研目室员长级协教"),
    ("国", Kind::Count, Digits, "家级际内外"),
    ("家次", Kind::Count, Any, ""),
    ("课次", Kind::Count, Any, ""),
    ("节次", Kind::Count, Any, ""),
    ("间次", Kind::Count, Any, ""),
    ("例次", Kind::Count, Any, ""),
    ("台次", Kind::Count, Any, ""),
    ("户次", Kind::Count, Any, ""),
    ("车次", Kind::Count, Any, ""),
    ("人份", Kind::Count, Any, ""),
    ("针次", Kind::Count, Any, ""),
    ("剂次", Kind::Count, Any, ""),
    ("标段", Kind::Count, Any, ""),
    ("单", Kind::Count, Digits, "位元一个独纯调身项证据号"),
    ("只", Kind::Count, Digits, "有要能是需"),
    ("头", Kind::Count, Digits, "部"),
    ("卷", Kind::Count, Digits, "入面"),
    ("颗", Kind::Count, Digits, ""),
    ("粒", Kind::Count, Digits, ""),
    ("片", Kind::Count, Digits, "区面段"),
    ("盏", Kind::Count, Digits, ""),
    ("箱", Kind::Count, Digits, ""),
    ("床", Kind::Count, Digits, "位上铺"),
    ("具", Kind::Count, Digits, "有体备"),
    ("组次", Kind::Count, Any, ""),
    ("副", Kind::Count, Digits, "高主书校院总处产职食部局教"),
    ("封", Kind::Count, Digits, "面闭"),
    ("束", Kind::Count, Digits, ""),
    ("罐", Kind::Count, Digits, ""),
    ("捆", Kind::Count, Digits, ""),
    ("盒", Kind::Count, Digits, ""),
    ("瓶", Kind::Count, Digits, ""),
    ("袋", Kind::Count, Digits, ""),
    ("包", Kind::Count, Digits, "括含装"),
    ("盆", Kind::Count, Digits, "地栽"),
    ("杯", Kind::Count, Digits, "赛"),
    ("根", Kind::Count, Digits, "据本"),
    ("剂", Kind::Count, Digits, "量"),
    ("桌", Kind::Count, Digits, "面"),
    ("讲", Kind::Count, Digits, "座师解话述义习评授好究"),
    ("堂", Kind::Count, Digits, "食"),
    ("通", Kind::Count, Digits, "过知报道讯信常用关"),
    ("桶", Kind::Count, Digits, ""),
    ("票", Kind::Count, Digits, "价据数房务"),
    ("题", Kind::Count, Digits, "目材库为"),
    ("斤", Kind::Quantity, Digits, ""),
    ("度", Kind::Quantity, Digits, "过假"),
    ("款", Kind::Count, Any, ""),
    ("例", Kind::Count, Any, "如"),
    ("起", Kind::Count, Digits, "来点步"),
    ("宗", Kind::Count, Any, "旨"),
    ("笔", Kind::Count, Any, ""),
    ("席", Kind::Count, Digits, ""),
    ("排", Kind::Count, Digits, "名列球行放队水污查序练除座在第号"),
    ("棵", Kind::Count, Any, ""),
    ("株", Kind::Count, Any, "洲"),
    ("餐次", Kind::Count, Any, ""),
    ("餐", Kind::Count, Digits, "饮"),
    ("市", Kind::Count, Digits, "级场长委政民区直属县局教人"),
    ("页", Kind::Count, Any, ""),
    ("县", Kind::Count, Digits, "级城委政域乡直市区"),
    ("段", Kind::Count, Digits, "落位长"),
    ("碗", Kind::Count, Digits, ""),
    ("句", Kind::Count, Digits, ""),
    ("兆", Kind::Quantity, Digits, "瓦"),
    ("字", Kind::Count, Any, "样"),
    ("层", Kind::Count, Digits, "次面级"),
    ("方面", Kind::Count, Any, "的军"),
    ("道", Kind::Count, Digits, "路德"),
    ("集", Kind::Count, Digits, "团中体"),
    ("趟", Kind::Count, Any, ""),
    ("遍", Kind::Count, Any, ""),
    ("回", Kind::Count, Digits, "报收复访"),
    ("步", Kind::Count, Digits, "入"),
    ("环节", Kind::Count, Any, ""),
    ("阶段", Kind::Count, Any, ""),
    ("阶", Kind::Count, Any, "层"),
    ("学年", Kind::Duration, Any, ""),
    ("学期", Kind::Duration, Any, ""),
];

/// The unit at the start of `chars`. `digits` says that the number before was written with Arabic digits.
pub(crate) fn unit_at(chars: &[char], digits: bool) -> Option<Unit> {
    // 20万人民币 are no people.
    if starts_with(chars, "人民币") {
        return Some(Unit { word: "元", kind: Kind::Money, len: 3 });
    }
    if starts_with(chars, "美金") {
        return Some(Unit { word: "美元", kind: Kind::Money, len: 2 });
    }
    let mut best: Option<Unit> = None;
    for &(word, kind, after, not_before) in UNITS {
        if !starts_with(chars, word) || (after == Digits && !digits) {
            continue;
        }
        let len = word.chars().count();
        // 近千家长: parents, unless a name begins so (5家长三角企业).
        let parents =
            word == "家" && chars.get(1) == Some(&'长') && !chars.get(2).is_some_and(|c| "三江期沙春安".contains(*c));
        if parents {
            continue;
        }
        // 五年制 is a format, but 用3年制定 is not.
        let formed = chars.get(len) == Some(&'制') && chars.get(len + 1).is_some_and(|&c| "定作造订度".contains(c));
        // 二类奖 is a grade, but 三类奖金 are counted.
        let formed = formed || word == "类" && starts_with(&chars[len..], "奖金");
        // 1466人均与单位签约: all of them; but 人均收入.
        let all_of_them = word == "人" && chars.get(len) == Some(&'均');
        let all_of_them = all_of_them
            && chars.get(len + 1).is_some_and(|&c| "已获与在通被是未能可按由顺取参完持签无不经如属具".contains(c));
        // 补进的34人才勉强开班: not before they came; but 引进34人才.
        let not_before_them = word == "人" && digits && chars.get(len) == Some(&'才');
        let not_before_them =
            not_before_them && chars.get(len + 1).is_some_and(|&c| "勉能可会开肯敢通完陆终算把得凑够".contains(c));
        let formed = formed || all_of_them || not_before_them;
        if chars.get(len).is_some_and(|&c| not_before.contains(c) && !formed) || best.is_some_and(|b| b.len >= len) {
            continue;
        }
        best = Some(Unit { word, kind, len });
    }
    // 七十余载: a word for years.
    let spoken = || starts_with(chars, "载").then_some(Unit { word: "年", kind: Kind::Duration, len: 1 });
    let spoken = || spoken().filter(|_| !chars.get(1).is_some_and(|&c| "体人重客货物荷入歌誉".contains(c)));
    best.or_else(spoken).or_else(|| latin_unit(chars).filter(|_| digits))
}

/// What a number in a unit states, where the unit stands by itself; nothing for one that is not known.
pub(crate) fn kind_of(unit: &str) -> Option<Kind> {
    let chars: Vec<char> = unit.chars().collect();
    unit_at(&chars, true).filter(|it| it.len == chars.len()).map(|it| it.kind)
}

/// A unit without the scale before it: 万元 are 元, ten thousand at a time.
pub(crate) fn scaled(unit: &str) -> (Option<(char, i32)>, &str) {
    let scale = unit.chars().next().and_then(|first| {
        let worth = [('百', 100), ('千', 1_000), ('万', 10_000), ('亿', 100_000_000)];
        worth.into_iter().find(|(sign, _)| *sign == first)
    });
    let rest = scale.and_then(|(sign, _)| unit.strip_prefix(sign)).unwrap_or_default();
    // 千瓦 and 百分点 are units of their own.
    if kind_of(unit).is_some() || rest.is_empty() { (None, unit) } else { (scale, rest) }
}

/// Units written in Latin letters, not followed by further letters or digits.
fn latin_unit(chars: &[char]) -> Option<Unit> {
    const LATIN: &[&str] = &[
        "kWh", "kVA", "Gbps", "Mbps", "km", "mm", "cm", "kg", "kW", "MW", "GB", "TB", "MB", "m", "g", "t", "L", "W",
        "V", "℃", "h",
    ];
    LATIN.iter().find_map(|&word| {
        let len = word.chars().count();
        let free = !chars.get(len).is_some_and(|c| c.is_ascii_alphanumeric());
        let kind = if word == "h" { Kind::Hours } else { Kind::Quantity };
        (starts_with(chars, word) && free).then_some(Unit { word, kind, len })
    })
}

/// Units so many things are counted in that they say nothing of what.
const COMMON: &[&str] = &["人", "名", "位", "个", "项", "次", "家", "场", "人次", "元", "门", "支", "条", "所", "篇"];

/// Does the unit say nothing of what is counted?
pub(crate) fn is_common(unit: &str) -> bool {
    COMMON.contains(&unit)
}

/// Units that count people.
pub(crate) fn counts_people(unit: &str) -> bool {
    matches!(unit, "人" | "名" | "位" | "人次" | "个人")
}
