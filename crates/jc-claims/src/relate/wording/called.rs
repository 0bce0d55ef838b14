//! Words by which populations are called, and those that lead to a beginning or to a product.

/// What says that all of a population is meant, and nothing less.
pub(in crate::relate) const ALL_OF: &[&str] =
    &["全部", "全体", "全校", "全院", "全市", "学校", "学院", "我校", "我院", "本校", "所有", "当年", "今年", "本年度"];

/// What a population's size is called.
pub(super) const TOTALS: &[&str] =
    &["总数", "总人数", "人数", "总量", "总额", "总规模", "规模", "数量", "人次", "总人次", "总"];

/// Nouns for people of whom the word before them says who they are: 就业学生, 参评的教师.
pub(in crate::relate) const PEOPLE_NOUNS: &[&str] =
    &["学生", "毕业生", "同学", "新生", "学员", "人员", "教师", "考生", "者", "人", "的人", "群体", "生源"];

/// Words before a population that leave nobody out.
pub(in crate::relate) const NARROWS_NOTHING: &[&str] = &[
    "学校",
    "学院",
    "我校",
    "我院",
    "本校",
    "该校",
    "全校",
    "全院",
    "现有",
    "共有",
    "发生",
    "各类",
    "各项",
    "各种",
    "本学年",
    "今年",
    "全年",
    "本年度",
    "本年",
    "目前",
    "当前",
    "已",
    "共",
    "实际",
    "其中",
    "应届",
    "届",
    "全部",
    "全体",
    "全日制",
    "截至",
    "按",
    "以",
    "年",
    "末",
    "底",
    "季",
    "秋",
    "在",
    "为",
    "有",
    "达",
    "则",
    "约",
    "了",
    "的",
];

/// One population in other words.
pub(super) const SAME_POPULATION: &[&[&str]] = &[
    &["在校生", "在校学生", "在籍学生", "在籍生", "在册学生", "全日制在校生", "全日制在校学生"],
    &["教职工", "教职员工", "教工"],
    &["专任教师", "专任"],
    &["就业", "走上工作岗位", "走上岗位", "踏上工作岗位", "走向工作岗位", "已就业"],
    &["报到", "报到注册", "注册报到", "报到入学", "注册入学", "入学报到", "报到新生"],
    &["有效问卷", "有效样本", "回收有效问卷"],
    &["回收", "收回", "回收问卷", "收回问卷"],
    &["取证", "获证", "取得证书", "获得证书", "拿到证书", "考试通过", "通过考试", "通过"],
    &["实考", "参加考核", "实际参加考核", "参加考试", "参考", "实际参考"],
    &["留任", "留用"],
];

/// Words for the time when it all began.
pub(in crate::relate) const BEGINNINGS: &[&str] =
    &["之初", "初期", "当初", "起步", "最初", "成立时", "创办时", "开办时", "建校时", "建院时", "创建时"];

/// Verbs behind what one began with: 从2个班84名学生起步.
pub(in crate::relate) const SET_OUT: &[&str] = &["起步", "起家", "开始", "出发", "办起", "干起", "做起"];

/// Words that lead to what several numbers, multiplied, come to.
pub(in crate::relate) const ADDS_UP_TO: &[&str] = &[
    "累计",
    "总计",
    "合计",
    "共计",
    "总共",
    "一共",
    "共",
    "算下来",
    "算起来",
    "加起来",
    "折合",
    "整整",
    "总时长",
    "总课时",
    "总学时",
];
