//! The small words of the language this crate leans on: bounds, change, achievement, connectors.
//!
//! These are words of grammar. What is counted is never listed here: subjects come with the lexicon.

use crate::document::Bound;

/// Words before a number that bound it, the longest first, and characters that before them make another word.
pub(crate) const BEFORE: &[(&str, Bound, &str)] = &[
    ("大约为", Bound::About, ""),
    ("不低于", Bound::AtLeast, ""),
    ("不少于", Bound::AtLeast, ""),
    ("不小于", Bound::AtLeast, ""),
    ("没有超过", Bound::AtMost, ""),
    ("未超过", Bound::AtMost, ""),
    ("没超过", Bound::AtMost, ""),
    ("不超过", Bound::AtMost, ""),
    ("不高于", Bound::AtMost, ""),
    ("不多于", Bound::AtMost, ""),
    ("超过了", Bound::AtLeast, ""),
    ("突破了", Bound::AtLeast, ""),
    ("大约", Bound::About, ""),
    ("约为", Bound::About, "节签预合违特契邀条誓"),
    ("大概", Bound::About, ""),
    ("将近", Bound::Nearly, ""),
    ("接近", Bound::Nearly, ""),
    ("超过", Bound::AtLeast, ""),
    ("突破", Bound::AtLeast, ""),
    ("多于", Bound::AtLeast, ""),
    ("大于", Bound::AtLeast, ""),
    ("高于", Bound::AtLeast, ""),
    ("至少", Bound::AtLeast, ""),
    ("最少", Bound::AtLeast, ""),
    ("不下", Bound::AtLeast, ""),
    ("不足", Bound::AtMost, ""),
    ("不到", Bound::AtMost, ""),
    ("少于", Bound::AtMost, ""),
    ("小于", Bound::AtMost, ""),
    ("低于", Bound::AtMost, ""),
    ("至多", Bound::AtMost, ""),
    ("最多", Bound::AtMost, ""),
    ("近", Bound::Nearly, "最附邻远亲临"),
    ("约", Bound::About, "节签预合违特契邀条誓履"),
    ("超", Bound::AtLeast, "高赶反"),
    ("逾", Bound::AtLeast, ""),
];

/// Words behind a unit that bound the number.
pub(crate) const BEHIND: &[(&str, Bound)] = &[
    ("及以上", Bound::AtLeast),
    ("或以上", Bound::AtLeast),
    ("以上", Bound::AtLeast),
    ("还多", Bound::AtLeast),
    ("开外", Bound::AtLeast),
    ("及以下", Bound::AtMost),
    ("以下", Bound::AtMost),
    ("以内", Bound::AtMost),
    ("之内", Bound::AtMost),
    ("左右", Bound::About),
    ("上下", Bound::About),
];

/// Verbs and nouns of growth and decline; true for decline.
pub(crate) const CHANGE: &[(&str, bool)] = &[
    ("增长", false),
    ("增加", false),
    ("提升", false),
    ("提高", false),
    ("上升", false),
    ("上涨", false),
    ("涨了", false),
    ("上扬", false),
    ("攀升", false),
    ("跃升", false),
    ("猛增", false),
    ("激增", false),
    ("大涨", false),
    ("暴涨", false),
    ("下跌", true),
    ("大跌", true),
    ("暴跌", true),
    ("骤降", true),
    ("锐减", true),
    ("上浮", false),
    ("递增", false),
    ("净增", false),
    ("增收", false),
    ("增幅", false),
    ("涨幅", false),
    ("升幅", false),
    ("增速", false),
    ("增多", false),
    ("扩大", false),
    ("同比增", false),
    ("环比增", false),
    ("多了", false),
    ("扩招", false),
    ("增招", false),
    ("多招", false),
    ("少招", true),
    ("缩招", true),
    ("下降", true),
    ("降低", true),
    ("减少", true),
    ("降幅", true),
    ("减幅", true),
    ("跌幅", true),
    ("缩减", true),
    ("缩短", true),
    ("压缩", true),
    ("压减", true),
    ("回落", true),
    ("下滑", true),
    ("下浮", true),
    ("下调", true),
    ("上调", false),
    ("少了", true),
];

/// Words of a sentence that speaks of the time to come.
pub(crate) const AHEAD: &[&str] = &["明年", "下年", "下一年", "下学年", "新的一年", "力争", "下一步", "下步"];

/// Further verbs that part a number from the one it is compared with.
pub(crate) const SAVED: &[(&str, bool)] = &[
    ("节约", true),
    ("节省", true),
    ("少", true),
    ("低", true),
    ("降", true),
    ("减", true),
    ("缩小", true),
    ("减轻", true),
    ("多", false),
    ("高", false),
    ("增", false),
    ("多出", false),
    ("高出", false),
    ("超出", false),
    ("超过", false),
    ("增收", false),
    ("快", true),
    ("慢", false),
    ("远", false),
    ("重", false),
    ("轻", true),
];

/// Words that say what the change is measured against.
pub(crate) const COMPARED: &[&str] = &["较", "比上", "比去", "比前", "比20", "比同", "同比", "环比", "相比", "比往年"];

/// Words for a mean; most name in a character what it is over.
pub(crate) const MEANS: &[&str] = &[
    "人均", "班均", "师均", "生均", "户均", "场均", "校均", "次均", "期均", "门均", "件均", "台均", "批均", "项均",
    "课均", "家均", "间均", "亩均", "节均", "对均", "册均", "份均", "组均", "例均", "套均", "床均", "室均", "店均",
    "村均", "县均", "镇均", "园均", "站均", "系均", "队均", "单均", "笔均", "篇均", "届均", "平均",
];

/// Words for a mean over time, with the unit of that time.
pub(crate) const MEANS_OVER_TIME: &[(&str, &str)] = &[("日均", "天"), ("月均", "个月"), ("年均", "年"), ("周均", "周")];

/// Words for who or what comes in, and for who or what leaves.
pub(crate) const COMING: &[&str] = &[
    "转入",
    "新增",
    "引进",
    "新进",
    "招聘",
    "录用",
    "调入",
    "入职",
    "接收",
    "新建",
    "新招",
    "吸收",
    "加入",
    "新发展",
    "吸纳",
    "入会",
    "新签",
];
pub(crate) const LEAVING: &[&str] = &[
    "转出", "退学", "流失", "调出", "离职", "退休", "注销", "减少", "辞职", "调离", "退回", "报废", "辞退", "退出",
    "淘汰", "停办", "停招", "撤销", "砍掉", "关停", "调走", "病故", "退会", "除名", "终止", "解约", "拆除",
];

/// What an account held before, and what is taken out of it: then income and spending alone do not give what is left.
pub(crate) const CARRIED_OVER: &[&str] = &["结转", "年初", "滚存", "上年结余", "期初", "历年", "余额"];
/// What comes to a count from years before.
pub(crate) const OF_BEFORE: &[&str] = &["往年", "历年", "结转", "滚存", "遗留"];
pub(crate) const TAKEN_OUT: &[&str] = &["扣除", "提取", "上缴", "税", "弥补", "计提"];

/// Words for all the others of some.
pub(crate) const THE_OTHERS: &[&str] = &["另外", "其余", "其他", "其它", "余下", "剩下", "剩余"];

/// What is said to be left over, and what is said to be left still.
pub(crate) const REMAINING: &[&str] = &["其余", "剩余", "余下", "剩下", "尚余", "仅剩", "还剩", "尚剩"];
pub(crate) const STILL_LEFT: &[&str] = &["还有", "仍有", "尚有"];

/// Words that point back at amounts told before, and words that say they were added.
pub(crate) const REFERRED: &[&str] = &["上述", "以上", "前述", "上列", "这"];
pub(crate) const SUMMED: &[&str] = &["合计", "共计", "总计", "之和", "相加", "累计", "加总", "共"];

/// What is the most of several, and what the least.
pub(crate) const HIGHEST: &[&str] = &["最高", "最多", "最大", "最长"];
pub(crate) const LOWEST: &[&str] = &["最低", "最少", "最小", "最短"];

/// Words that lead to how many there are by now, and words of a rule.
pub(crate) const GROWN_TO: &[&str] =
    &["增至", "增加到", "增加至", "达到", "达", "扩至", "扩大到", "扩充到", "升至", "增到"];
pub(crate) const REQUIRED: &[&str] =
    &["要求", "规定", "应当", "必须", "标准", "力争", "确保", "原则上", "不得", "目标", "计划", "须", "定额"];

/// What was finished of what there was to do, and what is said of what is not.
pub(crate) const FINISHED: &[&str] = &[
    "完成",
    "办结",
    "结题",
    "整改",
    "化解",
    "验收",
    "补齐",
    "销号",
    "答复",
    "处置",
    "处理完",
    "解决",
    "缴清",
    "办理完",
    "到位",
    "交付",
    "修复",
    "兑现",
    "落实",
    "归还",
    "建成",
    "解除",
    "撤销",
    "结案",
    "审结",
    "竣工",
    "完工",
    "清零",
];
pub(crate) const PENDING: &[&str] = &[
    "在研",
    "在办",
    "在建",
    "正在",
    "限期",
    "推进",
    "施工",
    "待",
    "未",
    "进行中",
    "列入",
    "纳入",
    "转入",
    "办理中",
    "整改中",
    "处分期",
    "处理中",
    "实施中",
    "审理",
    "没有",
    "安排在",
    "排在",
    "顺延",
    "留待",
    "计划于",
    "拟于",
    "预计",
];

/// What there is to do: then what is done and what is not are all of it.
pub(crate) const TASKS: &[&str] = &[
    "任务", "隐患", "问题", "事项", "实事", "立项", "课题", "处分", "处罚", "申请", "整改", "维修", "督办", "交办",
    "下达", "列入", "梳理", "查出", "排查", "检查", "收到", "受理", "征集", "风险", "投诉", "案件", "信访", "来信",
    "来访", "报修", "罚单", "诉求", "建议", "短板", "工程", "项目", "欠",
];

/// Verbs of having and of taking in, behind the name of a house: 县医院开放床位620张.
pub(crate) const HAVING: &[&str] = &[
    "开放",
    "帮助",
    "现有",
    "常设",
    "下设",
    "设置",
    "收到",
    "收治",
    "入住",
    "在册",
    "注册",
    "登记",
    "管护",
    "管辖",
    "承担",
    "承接",
    "编印",
    "共设",
    "现设",
    "建有",
    "备有",
    "征集",
    "收集",
    "本次",
    "此次",
    "活动",
    "大型",
    "招生",
    "录取",
    "总投资",
];

/// What was to be done: 年度计划40场.
pub(crate) const PLANS: &[&str] = &["计划", "应", "拟", "原定", "目标", "安排"];

/// What alone leads to how much is left of the two before it.
pub(crate) const LACKING: &[&str] = &[
    "余", "尚余", "还余", "仅余", "还差", "尚差", "缺额", "缺编", "空编", "空缺", "留存", "结存", "缺口", "尚缺",
    "还缺", "缺岗", "未用", "结余", "空置", "缺货", "闲置",
];

/// What is said of the few that did not.
pub(crate) const WITHOUT: &[&str] = &[
    "空手",
    "颗粒无收",
    "滞后",
    "掉队",
    "未",
    "没有",
    "落后",
    "不合格",
    "不达标",
    "缺席",
    "无缘",
    "例外",
    "落榜",
    "落选",
    "出局",
];

/// What of the looked-at is the one, and what then is the other.
pub(crate) const OPPOSITES: &[(&[&str], &[&str])] = &[
    (&["立案", "立项"], &["转为", "不予立案", "作为意见", "作为建议", "列为意见", "列为建议", "并案"]),
    (&["录用", "采用", "刊用"], &["退稿", "不予录用", "未采用", "退回"]),
    (&["通过", "合格", "符合"], &["退回", "不予通过", "驳回", "退补"]),
    (&["解除", "撤销"], &["处分期"]),
    (&["剔除", "扣除", "排除", "去除"], &["有效", "纳入", "实际", "实有", "最终", "保留"]),
    (&["报废", "核销", "淘汰"], &["尚在使用", "仍在使用", "在用", "可用"]),
    (
        &[
            "实到", "到会", "到场", "出席", "参会", "到了", "来了", "参加", "实考", "参考", "到考", "签到", "赴考",
            "出勤",
        ],
        &[
            "缺席",
            "请假",
            "请了假",
            "缺考",
            "未到",
            "没到",
            "没有到",
            "没来",
            "弃考",
            "弃权",
            "缺勤",
            "旷",
            "病假",
            "事假",
            "因公",
            "因病",
            "因故",
            "因事",
            "出差",
            "退赛",
            "弃赛",
        ],
    ),
    (&["完赛"], &["退赛", "弃赛"]),
    (&["完好", "正常", "可用", "合格"], &["更换", "损坏", "故障", "破损", "失效", "异常", "报废", "待修"]),
    (&["修好", "修复"], &["报废", "无法修复", "待修"]),
    (&["中标", "成交"], &["流标", "废标"]),
    (&["完成", "结题", "验收", "结项"], &["延期", "暂缓", "终止", "撤项"]),
    (&["实查", "已查", "实测", "已测", "实检", "已检"], &["漏查", "漏测", "漏检", "未查", "未测", "未检"]),
    (&["实缴", "已缴", "缴纳", "缴清", "实收", "已收"], &["欠缴", "未缴", "拖欠", "未收", "欠收"]),
    (&["离团", "离队", "离开", "离职", "退出", "调离", "毕业"], &["留下", "留任", "留队"]),
    (&["出勤", "全勤", "在岗", "到岗"], &["病假", "事假", "产假", "缺勤", "旷", "请假"]),
    (&["有效"], &["无效", "废票", "废卷", "作废", "不合格"]),
    (&["合格", "达标", "及格"], &["不合格", "不达标", "不及格", "未达标"]),
    (&["收回", "回收", "交回"], &["未收回", "未回收", "遗失", "未交"]),
    (&["通过", "符合"], &["不符合", "未通过", "不通过", "没有通过", "未予", "否决", "淘汰"]),
    (&["入住", "住满", "占用", "出租", "使用", "启用"], &["空置", "空床", "闲置", "空房", "空余", "空铺"]),
    (&["在编", "在岗", "配备", "在册", "到岗"], &["空编", "缺编", "空缺", "缺岗", "缺额", "空岗"]),
    (&["到货", "到位", "到账", "交货"], &["缺货", "未到货", "未到位", "未到账", "断货"]),
    (
        &["成行", "实际", "实际举办", "实际开班", "实际派出", "如期举办"],
        &["取消", "退出", "因病", "停办", "延期", "推迟"],
    ),
    (&["拆除"], &["加固", "修缮", "保留"]),
    (&["牵头", "主办"], &["协办", "会办", "配合"]),
    (&["发放", "领用", "消耗", "出库", "用去", "使用"], &["库存", "结存", "剩", "尚余"]),
];

/// What is said of those who were examined, and that they were.
pub(crate) const GRADED: &[&str] = &["合格", "达标", "及格"];
pub(crate) const EXAMINED: &[&str] = &[
    "考", "测", "检", "评", "审", "鉴", "验", "抽", "申", "报", "受理", "收", "赛", "答辩", "核", "查", "递交", "推荐",
    "表决",
];

/// What makes a count one of more than what was counted before: 累计引进, 全市.
pub(crate) const BROADER: &[&str] = &[
    "累计", "总计", "合计", "共有", "现有", "总数", "总量", "全国", "全省", "全市", "全县", "全区", "全镇", "全年",
    "全部", "历年", "至今", "以来", "目标", "计划", "新增", "另", "其他",
];

/// What people or things are called by what they came for, which narrows them to no part.
pub(crate) const CAME_FOR: &[&str] = &["培训", "参训", "参赛", "报名", "参会", "在校", "在册", "应聘", "参评", "检测"];

/// What became of some of them, and verbs of taking in, before the name of all of them.
pub(crate) const CAME_OF: &[&str] =
    &["获奖", "结业", "毕业", "入围", "入选", "到会", "到场", "完赛", "阳性", "偏高", "录取", "中标"];
pub(crate) const TAKEN: &[&str] = &[
    "聘任", "聘请", "收到", "登记", "认定", "招收", "承担", "开设", "建成", "拥有", "设有", "配备", "的", "里", "县",
    "组织", "体检",
];

/// What there was to come, and what came of it.
pub(crate) const STAGES: &[(&[&str], &[&str])] = &[
    (&["应收", "应缴"], &["实收", "实缴", "已收", "已缴"]),
    (&["应到", "应参加", "应考", "应检", "应交"], &["实到", "实际参加", "实考", "实检", "实交"]),
    (&["回收", "收回"], &["有效"]),
    (&["检测", "抽检", "送检", "抽查"], &["检出", "合格", "不合格", "阳性"]),
    (&["申报", "申请"], &["获批", "批准", "通过"]),
    (&["审理", "受理"], &["宣判", "调解", "驳回"]),
    (&["咨询", "来电", "投诉"], &["解答", "答复", "回复"]),
    (&["报名", "投稿", "征集"], &["入围", "入选", "录用", "获奖"]),
];

/// Words behind a number of those who did not: 另有34户因故请了假.
pub(crate) const NOT: &[&str] = &[
    "未",
    "没",
    "不",
    "缺席",
    "请假",
    "请了假",
    "缺考",
    "弃",
    "因故",
    "因病",
    "因事",
    "因公",
    "因外出",
    "暂",
    "无法",
    "退出",
    "在外",
    "外出",
    "备用",
    "另行",
    "延期",
    "推迟",
    "补办",
    "补考",
    "放弃",
];

/// Words for having reached a result: their count is a numerator.
pub(crate) const ACHIEVED: &[&str] = &[
    "通过",
    "合格",
    "及格",
    "达标",
    "获证",
    "取得",
    "拿到",
    "录取",
    "就业",
    "升学",
    "上线",
    "毕业率",
    "获得",
    "获",
    "持证",
    "签约",
    "落实",
    "优秀",
    "良好",
    "到岗",
    "留任",
    "参保",
    "对口",
    "满意",
    "完成",
    "入选",
    "结业",
    "巩固",
    "入伍",
    "参军",
    "创业",
    "考取",
    "晋级",
];

/// Words for a whole of which a share is taken: their count is a denominator.
pub(crate) const WHOLE: &[&str] = &[
    "参加",
    "报名",
    "报考",
    "应考",
    "参考",
    "参评",
    "参训",
    "应届",
    "毕业生",
    "在校",
    "在籍",
    "共有",
    "现有",
    "总人数",
    "应到",
    "考生",
    "招生",
    "新生",
    "教职工",
    "专任教师",
    "全校",
    "总数",
    "应参加",
    "实考",
    "实测",
    "应测",
    "受测",
    "受检",
    "参赛",
    "学生",
    "教师",
    "学员",
    "受访",
    "回收",
    "申报",
    "发放",
];

/// Words for the stock of people of which others are a part.
pub(crate) const STOCK: &[&str] =
    &["在校生", "在籍生", "在校学生", "在读", "毕业生", "教职工", "专任教师", "学生总数", "教师总数", "全日制"];

/// Verbs of being honoured; a name before one of them counts as one person.
pub(crate) const HONOURED: &[&str] = &[
    "荣获",
    "荣膺",
    "获评",
    "获得",
    "获",
    "斩获",
    "夺得",
    "摘得",
    "入选",
    "当选",
    "被评为",
    "被授予",
    "被聘为",
    "入围",
    "喜获",
    "勇夺",
    "另获",
    "晋升",
    "成功入选",
    "分获",
    "分别获",
    "双双获",
];

/// Verbs after which the thing counted is named.
pub(crate) const VERBS: &[&str] = &[
    "开展",
    "举办",
    "组织",
    "完成",
    "建成",
    "建立",
    "设立",
    "推出",
    "开设",
    "成立",
    "新增",
    "新建",
    "拥有",
    "现有",
    "共有",
    "设有",
    "培养",
    "实现",
    "取得",
    "获得",
    "荣获",
    "获评",
    "斩获",
    "夺得",
    "摘得",
    "勇夺",
    "攻克",
    "发表",
    "走访",
    "升级改造",
    "承办",
    "开发",
    "编写",
    "出版",
    "引进",
    "聘请",
    "选派",
    "派出",
    "接待",
    "投入",
    "到账",
    "签订",
    "惠及",
    "覆盖",
    "收集",
    "发放",
    "参与",
    "参加",
    "招收",
    "吸引",
    "录用",
    "入选",
    "创造",
    "达成",
    "吸纳",
    "表彰",
    "评选出",
    "涌现出",
    "打造",
    "构建",
    "配备",
    "购置",
    "添置",
    "资助",
    "减免",
    "募集",
    "捐赠",
    "排查",
    "整改",
    "制定",
    "出台",
    "接听",
    "讲授",
    "修缮",
    "采购",
    "购买",
    "更换",
    "颁发",
    "受理",
    "撰写",
    "录制",
    "拍摄",
    "印发",
    "栽种",
    "张贴",
];

/// Adverbs and connectors a subject does not begin with.
pub(crate) const FILLERS: &[&str] = &[
    "其中",
    "累计",
    "共计",
    "合计",
    "总计",
    "共",
    "已",
    "已经",
    "均",
    "还",
    "又",
    "也",
    "并",
    "且",
    "另有",
    "另",
    "此外",
    "同时",
    "目前",
    "现",
    "全年",
    "今年",
    "本年度",
    "成功",
    "顺利",
    "创新",
    "先后",
    "陆续",
    "一共",
    "其",
    "有",
    "则",
    "即",
    "和",
    "与",
    "及",
    "以及",
    "分别",
    "分别为",
    "为",
    "的",
    "年度",
    "了",
    "获",
    "获批",
    "获评",
    "荣获",
    "由",
    "更是",
];

/// Words that begin like a filler and are none.
pub(crate) const NO_FILLERS: &[&str] = &[
    "有效",
    "有机",
    "有限",
    "现代",
    "现场",
    "现金",
    "共享",
    "共同",
    "共青团",
    "共建",
    "获证",
    "获奖",
    "均衡",
    "并网",
    "并购",
    "及格",
    "和谐",
    "为民",
    "已婚",
    "即时",
    "其他",
    "其它",
    "另类",
    "也门",
    "还款",
    "由来",
    "了解",
    "与会",
    "的士",
    "共有",
    "有关",
    "均分",
];

/// Words at the end of a subject that only lead to the number.
pub(crate) const LEADS: &[&str] = &[
    "大约",
    "高达",
    "达到了",
    "达到",
    "达",
    "更是",
    "首次",
    "分别为",
    "分别是",
    "分别达",
    "为",
    "是",
    "有",
    "共",
    "共计",
    "合计",
    "累计",
    "超过",
    "稳定在",
    "保持在",
    "保持",
    "提升至",
    "提升到",
    "提高到",
    "提高至",
    "增至",
    "增加到",
    "升至",
    "降至",
    "降到",
    "下降到",
    "下降至",
    "上升到",
    "上升至",
    "增长到",
    "各",
    "均为",
    "均",
    "均达",
    "仅",
    "仅为",
    "约",
    "近",
    "在",
    "至",
    "到",
    "了",
    "：",
    "突破",
    "已",
    "已达",
    "的",
    "的有",
    "的共",
    "占",
    "占比",
    "占总数",
    "占全校",
    "多达",
    "长达",
    "就",
    "荣获",
    "获得",
    "获",
    "勇夺",
    "斩获",
    "夺得",
    "连续",
];

/// Kinds of people a share may be of; the second word of a pair is another name for the first.
pub(crate) const PEOPLE: &[(&str, &[&str])] = &[
    ("学生", &["学生", "在校生", "毕业生", "新生", "考生", "同学", "学子", "本科生", "专科生", "名毕业"]),
    ("毕业生", &["毕业生", "毕业"]),
    ("教师", &["教师", "教职工", "老师", "教工"]),
    ("家长", &["家长"]),
    ("党员", &["党员"]),
    ("团员", &["团员"]),
    ("企业", &["企业"]),
    ("用人单位", &["单位", "企业"]),
    ("学员", &["学员", "参训", "培训"]),
    ("职工", &["职工", "员工"]),
    ("患者", &["患者", "病人"]),
    ("居民", &["居民", "村民", "农户"]),
];

/// Whom a region counts besides this school.
pub(crate) const REGIONS: &[&str] =
    &["全国", "全省", "全市", "全县", "全区", "各地", "兄弟院校", "友校", "同类院校", "省内", "市内", "国内", "全行业"];

/// Does any of the words occur in the text?
pub(crate) fn any_in(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}
