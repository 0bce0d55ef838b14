//! Categories that leave nothing out: words of which each thing counted is one, and which are all there are.

use std::collections::HashMap;
use std::sync::OnceLock;

/// Words that divide a whole, each with the other ways to say it.
pub(in crate::relate) struct Set {
    /// One row of names for each category.
    pub members: &'static [&'static [&'static str]],
    /// Nothing is left beside them by what they mean, not only by what is usually told.
    pub firm: bool,
}

const fn firm(members: &'static [&'static [&'static str]]) -> Set {
    Set { members, firm: true }
}

const fn usual(members: &'static [&'static [&'static str]]) -> Set {
    Set { members, firm: false }
}

/// All of them. Of sets that begin alike the longest is meant.
pub(in crate::relate) const SETS: &[Set] = &[
    firm(&[&["男", "男生", "男性"], &["女", "女生", "女性"]]),
    firm(&[&["住校", "住校生", "住宿生", "寄宿生", "寄宿"], &["走读", "走读生", "通学"]]),
    firm(&[&["校内"], &["校外"]]),
    firm(&[&["省内", "本省"], &["省外", "外省"]]),
    firm(&[&["市内", "本市"], &["市外", "外市"]]),
    firm(&[&["市区"], &["郊县", "县区"]]),
    firm(&[&["本地"], &["外地"]]),
    firm(&[&["国内"], &["国外"]]),
    firm(&[&["境内"], &["境外"]]),
    firm(&[&["线上"], &["线下"]]),
    firm(&[&["必修", "必修课"], &["选修", "选修课"]]),
    firm(&[&["公办"], &["民办"]]),
    firm(&[&["城镇"], &["农村"]]),
    firm(&[&["新校区"], &["老校区"]]),
    firm(&[&["东校区"], &["西校区"]]),
    firm(&[&["南校区"], &["北校区"]]),
    firm(&[&["上半年"], &["下半年"]]),
    firm(&[&["上学期", "第一学期"], &["下学期", "第二学期"]]),
    firm(&[&["春季学期", "春学期"], &["秋季学期", "秋学期"]]),
    firm(&[&["理论"], &["实践", "实训", "实操", "实习"]]),
    firm(&[&["专职", "专任"], &["兼职", "外聘"]]),
    firm(&[&["纵向"], &["横向"]]),
    firm(&[&["在编", "编内"], &["编外", "非编"]]),
    firm(&[&["文科"], &["理科"]]),
    firm(&[&["历史类"], &["物理类"]]),
    firm(&[&["全日制"], &["非全日制"]]),
    firm(&[&["学历教育"], &["非学历教育"]]),
    firm(&[&["正式"], &["预备"]]),
    firm(&[&["应届"], &["往届"]]),
    firm(&[&["有效", "有效票"], &["无效", "废"]]),
    firm(&[&["及格"], &["不及格"]]),
    firm(&[&["通过"], &["未通过"]]),
    firm(&[&["合格"], &["不合格"]]),
    firm(&[&["达标"], &["不达标", "未达标"]]),
    firm(&[&["一季度", "第一季度"], &["二季度", "第二季度"], &["三季度", "第三季度"], &["四季度", "第四季度"]]),
    usual(&[&["A等", "A级", "A类"], &["B等", "B级", "B类"], &["C等", "C级", "C类"]]),
    firm(&[&["高危"], &["中危"], &["低危"]]),
    firm(&[&["金牌"], &["银牌"], &["铜牌"]]),
    firm(&[&["第一产业", "到第一产业"], &["第二产业", "到第二产业"], &["第三产业", "到第三产业"]]),
    firm(&[&["特别困难"], &["困难", "比较困难"], &["一般困难"]]),
    firm(&[&["高风险"], &["中风险"], &["低风险"]]),
    firm(&[&["优秀"], &["合格"], &["不合格"]]),
    firm(&[&["优秀"], &["良好"], &["合格"], &["不合格"]]),
    firm(&[&["优秀"], &["良好"], &["及格"], &["不及格"]]),
    firm(&[&["优秀"], &["良好"], &["中等"], &["及格"], &["不及格"]]),
    firm(&[&["优秀"], &["称职"], &["基本称职"], &["不称职"]]),
    firm(&[&["优秀"], &["合格"], &["基本合格"], &["不合格"]]),
    firm(&[&["满意"], &["基本满意"], &["不满意"]]),
    firm(&[&["非常满意"], &["满意"], &["基本满意"], &["不满意"]]),
    firm(&[&["非常满意"], &["比较满意"], &["一般"], &["不满意"]]),
    firm(&[&["同意", "赞成"], &["反对"], &["弃权"]]),
    firm(&[&["已办结"], &["正在办理"], &["未办理"]]),
    usual(&[&["优秀"], &["良好"], &["合格"]]),
    usual(&[&["优秀"], &["良好"], &["及格"]]),
    firm(&[&["自建"], &["引进"]]),
    firm(&[&["自有"], &["租用"]]),
    firm(&[&["软件"], &["硬件"]]),
    firm(&[&["水费"], &["电费"]]),
    usual(&[&["纸质"], &["电子"]]),
    usual(&[&["财政", "财政拨款"], &["自筹", "学校自筹"]]),
    usual(&[&["春季"], &["秋季"]]),
    usual(&[&["一期"], &["二期"]]),
    usual(&[&["一期"], &["二期"], &["三期"]]),
    usual(&[&["教职工", "教师", "教工"], &["学生"]]),
    usual(&[&["本科"], &["专科", "大专", "高职"]]),
    usual(&[&["中职"], &["高职"]]),
    usual(&[&["高级技师"], &["技师"], &["高级工"]]),
    usual(&[&["高级技师"], &["技师"], &["高级工"], &["中级工"]]),
    usual(&[&["高级技师"], &["技师"], &["高级工"], &["中级工"], &["初级工"]]),
    usual(&[&["高级工"], &["中级工"], &["初级工"]]),
    usual(&[&["高级", "高级职称"], &["中级", "中级职称"], &["初级", "初级职称", "助理级"]]),
    usual(&[
        &["正高", "正高级", "教授"],
        &["副高", "副高级", "高级", "副教授"],
        &["中级", "讲师"],
        &["初级", "助理级", "助教"],
    ]),
    usual(&[&["博士"], &["硕士"], &["本科"]]),
    usual(&[&["博士"], &["硕士"], &["本科"], &["专科", "大专"]]),
    usual(&[&["研究生", "硕士"], &["本科"], &["专科", "大专"]]),
    usual(&[&["国家级", "国赛"], &["省级", "省部级", "省赛"], &["市级", "地市级", "市厅级", "市赛"]]),
    usual(&[&["国家级"], &["省级", "省部级"], &["校级", "院级"]]),
    usual(&[&["国家级"], &["省级", "省部级"], &["市级", "地市级", "市厅级"], &["校级", "院级", "区县级"]]),
    usual(&[&["省级", "省部级"], &["市级", "地市级", "市厅级"], &["校级", "院级"]]),
    usual(&[&["教工党员", "教职工党员", "教师党员"], &["学生党员"]]),
    usual(&[&["一等奖"], &["二等奖"], &["三等奖"]]),
    usual(&[&["特等奖"], &["一等奖"], &["二等奖"], &["三等奖"]]),
    usual(&[&["一等奖"], &["二等奖"], &["三等奖"], &["优秀奖", "优胜奖"]]),
    usual(&[&["高一", "高一年级"], &["高二", "高二年级"], &["高三", "高三年级"]]),
    usual(&[&["初一", "初一年级"], &["初二", "初二年级"], &["初三", "初三年级"]]),
    usual(&[&["一年级"], &["二年级"], &["三年级"]]),
    usual(&[&["大一"], &["大二"], &["大三"]]),
];

/// What is one or the other right behind its whole, but may be told of others elsewhere.
pub(in crate::relate) const SIDES: &[Set] = &[firm(&[&["就业"], &["未就业"]]), firm(&[&["毕业"], &["在读"]])];

/// What contains a name of a set and is none.
const OTHERS: &[&str] = &["男装", "子女", "本科层次", "技师学院", "提高一", "优秀率", "合格率", "国家级以上"];

/// Where a word stands in the sets: which of them, and which of its categories.
type Places = Vec<(usize, usize)>;

/// All names by their first character, the longest first.
fn names() -> &'static HashMap<char, Vec<(&'static str, Places)>> {
    static NAMES: OnceLock<HashMap<char, Vec<(&'static str, Places)>>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut by_name: HashMap<&'static str, Places> = OTHERS.iter().map(|name| (*name, Vec::new())).collect();
        for (n, set) in SETS.iter().enumerate() {
            for (m, member) in set.members.iter().enumerate() {
                member.iter().for_each(|name| by_name.entry(name).or_default().push((n, m)));
            }
        }
        let mut names: HashMap<char, Vec<(&'static str, Places)>> = HashMap::new();
        for (name, places) in by_name {
            if let Some(first) = name.chars().next() {
                names.entry(first).or_default().push((name, places));
            }
        }
        names.values_mut().for_each(|row| row.sort_by_key(|(name, _)| std::cmp::Reverse(name.len())));
        names
    })
}

/// Do three subjects end with three categories of one set: 优秀, 及格 and 不及格?
pub(in crate::relate) fn of_one_set(subjects: [&str; 3]) -> bool {
    // 不及格 ends with 及格: the longest name is meant.
    let category = |set: &Set, subject: &str| {
        let names = set.members.iter().enumerate().flat_map(|(at, member)| member.iter().map(move |name| (at, name)));
        names.filter(|(_, name)| subject.ends_with(**name)).max_by_key(|(_, name)| name.len()).map(|(at, _)| at)
    };
    SETS.iter().filter(|set| set.members.len() > 2).any(|set| {
        let [Some(a), Some(b), Some(c)] = subjects.map(|subject| category(set, subject)) else { return false };
        a != b && b != c && a != c
    })
}

/// The longest name that a text begins with.
fn name_at(text: &str) -> Option<&'static (&'static str, Places)> {
    let row = names().get(&text.chars().next()?)?;
    row.iter().find(|(name, _)| text.starts_with(name))
}

/// The names in a text, from its beginning on, none within another.
pub(in crate::relate) fn named_in(text: &str) -> Vec<(&'static str, &'static [(usize, usize)])> {
    let (mut found, mut rest) = (Vec::new(), text);
    while let Some(first) = rest.chars().next() {
        match name_at(rest) {
            Some((name, places)) => {
                found.push((*name, &places[..]));
                rest = &rest[name.len()..];
            }
            None => rest = &rest[first.len_utf8()..],
        }
    }
    found
}
