//! What may befall some, and what then all others did: 补考 and 一次考过, 漏检 and 到检, 空手而归 and 登上领奖台; and the small words by which it is
//! said of all, of nobody, or of another time.

/// Two sides of one thing: whoever is on the one is not on the other.
pub(in crate::relate) struct Act {
    /// What befalls those who did not. What is done and denied (未取证) is one of them.
    pub failed: &'static [&'static str],
    /// What all the others did.
    pub done: &'static [&'static str],
    /// The words may be said of many things: they must be said of the same.
    pub loose: bool,
    /// What has failed once may be done later: 初检不合格4人，整改后全部合格.
    pub mends: bool,
}

const fn act(failed: &'static [&'static str], done: &'static [&'static str]) -> Act {
    Act { failed, done, loose: false, mends: false }
}

const fn loose(failed: &'static [&'static str], done: &'static [&'static str]) -> Act {
    Act { failed, done, loose: true, mends: false }
}

const fn mending(failed: &'static [&'static str], done: &'static [&'static str]) -> Act {
    Act { failed, done, loose: true, mends: true }
}

/// All of them.
pub(in crate::relate) static ACTS: &[Act] = &[
    act(&["缺考", "弃考", "旷考"], &["参考", "到考", "实考", "参加考试", "参加考核", "走进考场"]),
    act(&["漏检", "缺检"], &["到检", "参检", "受检", "参加体检", "完成体检", "接受体检", "做了体检"]),
    act(
        &["补考", "重考", "补测", "重修", "挂科", "二次考试"],
        &[
            "一次考过",
            "一次通过",
            "一次过关",
            "一次合格",
            "一次拿下",
            "一次取证",
            "一次性考过",
            "一次性通过",
            "一次性过关",
            "一次性合格",
            "首考通过",
            "首考过关",
            "一把过",
            "一次就过",
        ],
    ),
    loose(
        &["缺席", "请假", "请了假", "缺勤", "旷课", "旷工"],
        &["参加", "参与", "到会", "到场", "出席", "参会", "与会", "到齐", "签到", "到岗", "参训", "出勤", "全勤"],
    ),
    act(&["迟到", "早退"], &["准时到岗", "准时到会"]),
    mending(
        &["不合格", "不达标", "不及格", "没过关", "没及格", "没考过", "落榜"],
        &["合格", "达标", "及格", "通过", "过关", "考过"],
    ),
    act(&["辍学", "退学", "失学", "流失"], &["在籍在读", "在校就读", "完成学业"]),
    act(&["违纪", "处分", "记过"], &["遵规守纪", "遵章守纪"]),
    act(&["违规"], &[]),
    act(&["晚归"], &[]),
    act(&["遗漏", "漏发"], &[]),
    loose(&["事故"], &[]),
    loose(&["投诉"], &[]),
    act(&["作弊", "舞弊", "替考"], &["诚信应考"]),
    loose(&["差错", "失误"], &[]),
    loose(&["拖欠", "欠缴", "欠费", "欠交"], &["缴清", "缴齐", "交齐", "足额缴纳", "足额缴费"]),
    loose(&["逾期", "超期", "超时", "延期", "延误"], &["按时", "按期", "如期"]),
    act(
        &["空手而归", "空手", "颗粒无收", "两手空空", "无缘领奖台", "无缘奖牌", "与奖牌无缘"],
        &[
            "登上领奖台",
            "站上领奖台",
            "走上领奖台",
            "获奖",
            "登台领奖",
            "拿奖",
            "得奖",
            "摘奖",
            "捧奖",
            "榜上有名",
            "满载而归",
            "奖牌入账",
            "有奖牌",
            "拿到奖牌",
            "捧回奖牌",
        ],
    ),
    act(&["退赛", "弃赛", "中途退出"], &["完赛", "跑完全程", "完成比赛"]),
    loose(&["退出", "解约", "退会"], &["续约", "续签"]),
    loose(&["更换", "调换", "改换", "换过", "换了", "变更"], &[]),
    act(&["换岗", "调岗", "转岗"], &[]),
    mending(
        &["待就业", "待业", "失业", "待落实"],
        &[
            "就业",
            "上岗",
            "落实去向",
            "落实毕业去向",
            "落实就业单位",
            "落实工作",
            "走上岗位",
            "走上工作岗位",
            "找到工作",
            "签约",
        ],
    ),
    mending(
        &["无证"],
        &[
            "持证",
            "取证",
            "拿证",
            "获证",
            "领证",
            "拿到证书",
            "取得证书",
            "领到证书",
            "获得证书",
            "拿到资格证",
            "取得资格证",
        ],
    ),
    mending(&[], &["覆盖", "开展", "开设", "建立", "建成", "配备", "开通", "接入", "安装", "联网"]),
    act(&["放弃入学", "放弃报到"], &["报到", "入学报到", "注册报到"]),
    loose(&["离职", "辞职", "跳槽", "离岗"], &["留任", "留用", "在岗", "留岗"]),
    loose(
        &["再度", "再次", "第二次", "二度", "重返", "再战", "卫冕", "老将"],
        &["首次", "第一次", "首度", "头一回", "头一次", "第一回", "初次"],
    ),
    mending(
        &[],
        &[
            "完成",
            "办结",
            "结题",
            "整改到位",
            "整改",
            "化解",
            "通过验收",
            "销号",
            "答复",
            "解决",
            "到位",
            "交付",
            "修复",
            "兑现",
            "竣工",
            "完工",
            "结项",
            "发放",
            "归还",
            "返还",
        ],
    ),
    act(&["漏访"], &["走访", "家访", "受访"]),
    act(&["漏测", "缺测", "免测"], &["参测", "测试", "受测"]),
    act(&["漏保", "断保"], &["参保", "投保"]),
    act(&["漏评", "缓评"], &["参评"]),
    act(&["漏答", "漏填", "缺答"], &["作答", "填答", "提交", "填写"]),
    act(&["爽约", "违约", "毁约"], &["履约", "如约"]),
    act(&["掉队", "退训"], &["结训", "结业"]),
];

/// What denies that something is done.
pub(in crate::relate) const DENIES: &[&str] =
    &["尚未", "未能", "没能", "没有", "暂未", "还未", "还没", "仍未", "从未", "未", "没", "不"];

/// Does the text end in what denies?
pub(in crate::relate) fn denied(before: &str) -> bool {
    DENIES
        .iter()
        .chain(&["无", "零", "免", "非", "避免", "防止", "杜绝", "减少", "预防", "降低", "解除", "撤销", "取消"])
        .any(|no| before.ends_with(no))
}

impl Act {
    /// The places in the text where somebody failed, each with its start and end. 未取证 will do for 取证.
    pub fn failed_in(&self, text: &str) -> Vec<(usize, usize)> {
        let failed = self.failed.iter().flat_map(|word| text.match_indices(word));
        let failed = failed.filter(|(at, _)| !denied(&text[..*at])).map(|(at, word)| (at, at + word.len()));
        let undone = self.done.iter().flat_map(|word| text.match_indices(word)).filter_map(|(at, word)| {
            let before = &text[..at];
            // 未按时报到, 尚未全部缴清: little may stand between.
            let no = |no: &&str| before.rfind(no).map(|start| (start + no.len(), start));
            let (end, start) =
                DENIES.iter().filter_map(no).max_by_key(|(end, start)| (*end, std::cmp::Reverse(*start)))?;
            let gap = &before[end..];
            (gap.chars().count() <= 2 && !gap.contains(['，', '、', '的'])).then_some((start, at + word.len()))
        });
        let mut places: Vec<(usize, usize)> = failed.chain(undone).collect();
        places.sort_unstable();
        places
    }

    /// The places where it was done, the longest word first of those that begin together.
    pub fn done_in(&self, text: &str) -> Vec<(usize, usize)> {
        let done = self.done.iter().flat_map(|word| text.match_indices(word));
        let done = done.filter(|(at, _)| !denied(&text[..*at]));
        let mut places: Vec<(usize, usize)> = done.map(|(at, word)| (at, at + word.len())).collect();
        places.sort_unstable_by_key(|it| (it.0, std::cmp::Reverse(it.1)));
        places
    }
}

/// Words by which something befell nobody, and by which all did something.
pub(in crate::relate) const NONE: &[&str] = &[
    "无一例外",
    "无一人",
    "无一名",
    "无一例",
    "无一家",
    "无一支",
    "无一个",
    "无一起",
    "无一件",
    "无一项",
    "无一户",
    "无一位",
    "无一所",
    "无一",
    "没有一人",
    "没有一名",
    "没有一个",
    "没有一例",
    "没有一家",
    "没有一起",
    "没有一件",
    "没有一位",
    "没有一支",
    "没有任何人",
    "无人",
    "未发生",
    "没有发生",
    "未出现",
    "没有出现",
    "从未发生",
    "零",
    "0",
];
pub(in crate::relate) const ALL: &[&str] =
    &["全部", "全都", "全员", "悉数", "人人", "个个", "全数", "无一例外", "一个不落", "全", "都", "均", "皆"];

/// What makes a statement a wish, a rule, a guess or one of the others.
pub(in crate::relate) const NOT_TOLD: &[&str] = &[
    "几乎",
    "基本",
    "大多",
    "多数",
    "绝大",
    "大部分",
    "大都",
    "差不多",
    "原则上",
    "应",
    "必须",
    "确保",
    "力争",
    "目标",
    "争取",
    "将",
    "拟",
    "计划",
    "要求",
    "希望",
    "承诺",
    "如果",
    "一旦",
    "只要",
    "其余",
    "其他",
    "其它",
    "余下",
    "剩下",
    "另外",
    "剩余",
    "力求",
    "努力",
    "保证",
    "口号",
    "明年",
    "去年",
    "上年",
    "上届",
    "往年",
    "是否",
    "假如",
    "除",
    "才能",
    "方可",
    "不是",
    "并非",
    "未必",
    "规定",
    "须",
];
/// What puts right what was not so before.
pub(in crate::relate) const LATER: &[&str] =
    &["后", "再", "最终", "复检", "复查", "复测", "重新", "现已", "目前", "补检", "二次"];
/// What was so only at first, or is told of another time.
pub(in crate::relate) const BEFORE: &[&str] = &[
    "初检",
    "首次检",
    "起初",
    "原来",
    "原先",
    "一度",
    "当时",
    "最初",
    "开始时",
    "年初",
    "期初",
    "去年",
    "上年",
    "上届",
    "往年",
    "以往",
    "前年",
    "历年",
];
/// Times and parts of an examination of which one is not the other.
pub(in crate::relate) const TIMES: &[&str] = &[
    "上半年",
    "下半年",
    "春季",
    "秋季",
    "上学期",
    "下学期",
    "第一学期",
    "第二学期",
    "一季度",
    "二季度",
    "三季度",
    "四季度",
    "上午",
    "下午",
    "暑假",
    "寒假",
    "初检",
    "初试",
    "复试",
    "理论",
    "实操",
    "笔试",
    "面试",
    "预赛",
    "决赛",
    "初赛",
    "复赛",
    "期中",
    "期末",
    "首轮",
    "第二轮",
    "省赛",
    "国赛",
    "市赛",
    "校赛",
];
/// All there are.
pub(in crate::relate) const WHOLE: &[&str] =
    &["全校", "全院", "全体师生", "全体学生", "全体教职工", "我校", "我院", "全县", "全市", "全区", "全园"];
/// In what events are counted.
pub(in crate::relate) const EVENTS: &[&str] =
    &["起", "次", "件", "例", "宗", "桩", "人", "名", "位", "人次", "项", "个"];

/// What makes the whole sentence one of what ought to be, or of another time.
pub(in crate::relate) const WISHES: &[&str] =
    &["力争", "确保", "目标", "争取", "要求", "必须", "除", "明年", "承诺", "去年", "上年", "往年", "上届"];
/// What people are called.
pub(in crate::relate) const WHO: &[&str] = &[
    "人员",
    "师生",
    "学生",
    "学员",
    "教师",
    "选手",
    "考生",
    "毕业生",
    "会员",
    "同学",
    "新生",
    "队员",
    "职工",
    "教职工",
    "党员",
];
/// 为补考学生配备: what is done to those whom an act befell.
pub(in crate::relate) const DONE_TO: &[&str] =
    &["为", "对", "给", "向", "帮", "查", "抓", "处理", "负责", "监", "管", "辅导", "带", "防", "把", "让", "使", "或"];
/// What only leads to an act: 尚有, 发生.
pub(in crate::relate) const LEADS_TO: &[&str] = &[
    "尚有", "仍有", "还有", "只有", "仅有", "确有", "共有", "发生", "出现", "收到", "给予", "受到", "因", "的", "有",
    "被", "已", "共", "仍", "尚", "了", "全年", "今年", "实际", "有人", "最终", "累计",
];
/// What names nobody before an act.
pub(in crate::relate) const NAMES_NOBODY: &[&str] = &[
    "中途", "本届", "这些", "还有", "尚有", "仍有", "只有", "仅有", "发生", "出现", "违纪", "处理", "收到", "给予",
    "受到", "因",
];
/// Who tells: 他还提到, 年终回头看发现.
pub(in crate::relate) const TELLS: &[&str] = &[
    "提到",
    "指出",
    "显示",
    "介绍",
    "表明",
    "统计",
    "发现",
    "通报",
    "透露",
    "反映",
    "写道",
    "坦言",
    "承认",
    "说",
    "看到",
    "登记",
    "记录",
    "注意到",
];
/// Characters and words that two sentences may share and yet be of different things.
pub(in crate::relate) const SAYS_NOTHING: &[char] = &[
    '的', '了', '在', '是', '有', '和', '与', '及', '为', '到', '个', '名', '人', '年', '月', '日', '中', '一', '也',
    '都', '均', '全', '不', '未', '无', '其', '这', '已', '还', '又', '被', '对', '从', '以', '等', '项', '次', '家',
    '共', '上', '下',
];
pub(in crate::relate) const PLAIN: &[&str] = &[
    "学校", "学院", "学生", "教师", "工作", "我校", "学年", "今年", "本校", "我院", "年度", "情况", "开展", "参加",
    "发生", "目前", "要求",
];
