//! People named in a text: who they are does not matter, but that 一 in 陆杨一 counts nothing does.

use jc_text::fold::is_han;
use jc_text::numerals;

use crate::layout::Layout;
use crate::units::{counts_people, unit_at};
use crate::words::HONOURED;

/// The common surnames; a rare one missing here costs a listed name, not a number.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆\
范汪廖石金韦贾夏付傅方邹熊白孟秦邱侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤常温康施牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹\
申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤时穆农司卓古吉缪简车项连芦\
褚娄窦戚岑景宫费卜冷晏席柏米宗瞿全桂佟应臧闵苟邬边卞姬仇栾隋刁沙荣巫寇桑郎甄丛虞敖巩明佘池查麻苑迟邝谈匡鞠惠荆乐冀郁胥南储栗燕\
楚鄢劳谌奚皮蔺楼冼闻厉伊仝区郜阚帅豆";

const DOUBLE_SURNAMES: &[&str] = &[
    "欧阳", "上官", "司马", "诸葛", "尉迟", "皇甫", "司徒", "令狐", "东方", "夏侯", "慕容", "宇文", "长孙", "公孙",
    "轩辕", "端木", "独孤", "南宫",
];

/// Roles that stand before a name.
const ROLES: &[&str] = &[
    "毕业生",
    "学生",
    "同学",
    "教师",
    "老师",
    "学员",
    "选手",
    "学长",
    "校友",
    "书记",
    "校长",
    "主任",
    "教授",
    "班主任",
    "辅导员",
    "指导教师",
    "教练",
    "和",
    "与",
    "及",
    "由",
    "的",
    "是",
    "派出",
    "选派",
    "其中",
    "有",
];

/// Roles that stand behind a name.
const TITLES: &[&str] = &["老师", "同学", "教授", "同志", "校长", "书记", "主任", "师傅", "夫妇"];

/// Places whose names could be people's.
const NOT_PEOPLE: &[&str] = &[
    "江苏", "安徽", "宁夏", "海南", "江西", "金华", "温州", "宁波", "常州", "徐州", "南京", "南通", "连云", "安阳",
    "石家", "成都", "华为", "万科", "全国", "全省", "全市", "全校", "全年", "全员", "全区", "全县", "高校", "高职",
    "高技", "高中", "项目", "项工", "管理", "时间", "方面", "成功", "成果", "应用", "应届", "师生", "党员", "党建",
    "党支", "商务", "商贸", "车间", "路径", "简单", "连续", "关键", "沙龙", "温馨", "海外", "向上", "班级", "班主",
    "金奖", "银奖", "金牌", "包括", "常年", "于是", "高级", "和谐", "安全", "平台", "白领", "毕业", "明确", "武术",
    "古筝", "成绩", "成员", "成立", "成长", "成效", "成才", "成本", "成人", "高分", "高手", "高度", "高效", "高质",
    "金额", "时候", "时代", "方向", "方案", "方式", "方法", "林业", "石油", "任务", "任课", "任教", "安装", "支部",
    "常态", "常规", "连锁", "车辆", "路线", "雷锋", "平均", "祝贺", "包装", "包含", "明显", "明星", "明年", "应急",
    "应对", "解决", "解放", "计划", "计算", "经费", "经济", "游戏", "游泳", "单位", "单项", "单招", "简历", "项目",
    "季度", "康复", "施工", "尚未", "水平", "文化", "文明", "通过", "通知", "国赛", "国家", "红旗", "红色", "边防",
    "冠军", "司机", "古典", "农业", "农村", "农民", "阳光", "宫廷", "皮肤", "费用", "景观", "席位", "米其", "管培",
    "温暖", "贺信", "胡同", "范围", "范文", "丁点", "万名", "万人", "段落", "史料", "叶片", "梁柱", "曲艺", "乐队",
    "乐器", "辛苦", "盛会", "盛况", "房屋", "房产", "花球", "花园", "柴油", "童装", "白天", "黄金", "蓝天", "云端",
    "安置", "强化", "强校",
];

/// A list of people: where it begins and ends, its names, and whether 等 says there are more.
#[derive(Clone, Debug)]
pub(crate) struct People {
    /// With the role before the names.
    pub start: usize,
    /// With the title behind the names (without 等).
    pub end: usize,
    pub names: Vec<String>,
    pub partial: bool,
    /// The first and last position of each name.
    pub places: Vec<(usize, usize)>,
    /// Behind the title (and 等) stands a verb of honour.
    pub honoured: bool,
}

/// Finds lists of people (also of one) that are closed by a title, a number of people, or a verb of honour.
pub(crate) fn find_people(layout: &Layout) -> Vec<People> {
    let chars = &layout.chars;
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !may_begin(layout, at) {
            at += 1;
            continue;
        }
        match people_at(layout, at) {
            Some(people) => {
                at = people.end.max(at + 1);
                found.push(people);
            }
            None => at += 1,
        }
    }
    found
}

/// A name begins a clause, or follows a sign, a role, or the closing quotation of a title.
fn may_begin(layout: &Layout, at: usize) -> bool {
    match at.checked_sub(1).map(|n| layout.chars[n]) {
        None => true,
        Some(c) if !is_han(c) => true,
        _ => ROLES.iter().any(|role| layout.ends_with(at, role)),
    }
}

fn people_at(layout: &Layout, start: usize) -> Option<People> {
    let chars = &layout.chars;
    let mut names = Vec::new();
    let mut places = Vec::new();
    let mut at = start;
    loop {
        let (len, last) = name_at(layout, at)?;
        names.push(layout.text(at, at + len));
        places.push((at, at + len));
        at += len;
        if last {
            break;
        }
        at += 1;
    }
    // One name before a number alone (班额45人) is more likely no name; a list, or 等, makes it one.
    let titled = title_at(layout, at)
        || chars.get(at) == Some(&'等')
        || HONOURED.iter().any(|verb| layout.starts_with(at, verb));
    if names.len() == 1 && !titled && number_of_people(layout, at) {
        return None;
    }
    let mut end = at;
    // 等 may stand before the title or behind it: 王嘉豪等3名同学, 王嘉豪同学等.
    let mut partial = chars.get(end) == Some(&'等');
    let behind = end + usize::from(partial);
    let mut follow = behind;
    if !partial && let Some(title) = TITLES.iter().find(|title| layout.starts_with(follow, title)) {
        end += title.chars().count();
        follow = end;
        if chars.get(follow) == Some(&'等') {
            partial = true;
            follow += 1;
        }
    }
    for skip in ["分别", "成功", "双双", "先后", "均", "还", "又", "也", "另", "再次", "共同"] {
        if layout.starts_with(follow, skip) {
            follow += skip.chars().count();
        }
    }
    let honoured = HONOURED.iter().any(|verb| layout.starts_with(follow, verb));
    let role = ROLES[..12].iter().find(|role| layout.ends_with(start, role)).map_or(0, |role| role.chars().count());
    Some(People { start: start - role, end, names, partial, places, honoured })
}

/// The length of the name here, and whether it is the last of its list. Three characters are tried before two, so
/// that 陆杨一 + 两位 is preferred to 陆杨 + 一两位; 李华 + 三名 remains, since 名同学 closes no list.
fn name_at(layout: &Layout, at: usize) -> Option<(usize, bool)> {
    let chars = &layout.chars;
    let double = DOUBLE_SURNAMES.iter().any(|surname| layout.starts_with(at, surname));
    if !double && !chars.get(at).is_some_and(|&c| SURNAMES.contains(c)) {
        return None;
    }
    if NOT_PEOPLE.iter().any(|word| layout.starts_with(at, word)) {
        return None;
    }
    let lengths: &[usize] = if double { &[4, 3] } else { &[3, 2] };
    lengths.iter().find_map(|&len| {
        let name = chars.get(at..at + len)?;
        let sentence = |c: &char| !is_han(*c) || "的等获和与及了被有未已均共还各".contains(*c);
        // 赵磊分获: 分 belongs to the verb.
        let group = "分另队班组系院校市县区部厂社团会馆室省级者生师员工类率".contains(name[len - 1]);
        if name.iter().any(sentence) || group {
            return None;
        }
        match chars.get(at + len) {
            // A comma-free list goes on if another name follows.
            Some('、') => name_at(layout, at + len + 1).map(|_| (len, false)),
            Some('和' | '与' | '及') if name_at(layout, at + len + 1).is_some() => Some((len, false)),
            _ => closes(layout, at + len).then_some((len, true)),
        }
    })
}

/// What closes a list of people: a title, 等, a number of people, or a verb of honour.
fn closes(layout: &Layout, at: usize) -> bool {
    let any = |words: &[&str]| words.iter().any(|word| layout.starts_with(at, word));
    if any(TITLES)
        || any(HONOURED)
        || any(&[
            "分别",
            "全部获",
            "全部入",
            "全部晋",
            "悉数获",
            "都获",
            "成功入选",
            "双双",
            "均获",
            "还获",
            "又获",
            "也获",
            "另获",
            "先后获",
        ])
    {
        return true;
    }
    if layout.chars.get(at) == Some(&'等') {
        return any(&["同学", "老师"]) || number_of_people(layout, at + 1) || title_at(layout, at + 1);
    }
    number_of_people(layout, at)
}

fn title_at(layout: &Layout, at: usize) -> bool {
    TITLES.iter().any(|title| layout.starts_with(at, title))
}

fn number_of_people(layout: &Layout, at: usize) -> bool {
    let Some(rest) = layout.chars.get(at..) else { return false };
    let Some(number) = numerals::prefix(rest) else { return false };
    let digits = number.script != numerals::Script::Chinese;
    unit_at(&rest[number.len..], digits).is_some_and(|unit| counts_people(unit.word))
}

/// May this be a person's name, or end with one where words lead to it?
pub(crate) fn may_be_named(text: &str, led: bool) -> bool {
    const ROLE: &[&str] = &["学生", "教师", "家长", "员工", "职工", "师傅", "专家", "工程师", "技师"];
    let chars: Vec<char> = text.chars().collect();
    let from = if led { chars.len().saturating_sub(4) } else { 0 };
    let named = |at: usize| {
        let name = &chars[at..];
        let own: String = name.iter().collect();
        let known = SURNAMES.contains(name[0]) || DOUBLE_SURNAMES.iter().any(|surname| own.starts_with(surname));
        known
            && (2..=4).contains(&name.len())
            && name.iter().all(|c| is_han(*c))
            && !NOT_PEOPLE.iter().any(|word| own.starts_with(word))
            && !ROLE.iter().any(|word| own.ends_with(word))
    };
    let starts = if led { from..chars.len().saturating_sub(1).max(from) } else { 0..usize::from(chars.len() >= 2) };
    starts.into_iter().any(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(text: &str) -> Vec<String> {
        find_people(&Layout::new(text)).iter().map(|p| p.names.join("/") + if p.partial { "…" } else { "" }).collect()
    }

    #[test]
    fn lists() {
        for (text, expect) in [
            ("张三、李四两名同学参赛", "张三/李四"),
            ("周立、陆杨一两位同学入选", "周立/陆杨一"),
            ("王明、李华三名同学", "王明/李华"),
            ("毕业生欧阳雪、马一鸣获评优秀", "欧阳雪/马一鸣"),
            ("丁一老师获奖", "丁一"),
            ("何百川等5人获评", "何百川…"),
            ("陈静、赵磊分获一、二等奖", "陈静/赵磊"),
            ("江苏、安徽获批", ""),
            ("学校高度重视", ""),
        ] {
            assert_eq!(people(text).join("|"), expect, "{text}");
        }
    }
}
