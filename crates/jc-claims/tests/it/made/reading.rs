//! Are numbers found, with the right value, unit and bounds, and nothing else?

use jc_claims::document::{Claim, Kind};
use jc_claims::exact::Exact;
use jc_claims::lexicon::Lexicon;
use jc_claims::read::read;

use super::decoys::DECOYS;
use super::numbers::{self, ONE, STYLES, Style};
use super::{Dice, Gold, Micro, Sentence, Written};

/// Frames of sentences. A slot is a letter and, where it is a number of something, the unit:
/// `i` exact, `a` approximate, `v` vague, `t` a range, `c` small and spoken, `w` money or measure in 万 and 亿,
/// `p` per cent, `b` bounded per cent, `q` a share in words, `o` ordinal, `k` rank, `n` decimals, `m` medals,
/// `x` times, `f` doubling, `z` points; `g`, `d` and `s` are grades, dates and stretches of time, which may or may not
/// be reported; `!` a decoy.
const FRAMES: &[&str] = &[
    "学校现有教职工{i名}，其中专任教师{i名}。",
    "学院现有在校生{i人}，教学班{i个}，专业{i个}。",
    "{d}，学院共招收新生{i人}，报到率达{p}。",
    "全校共设{c个}系部、{i个}专业，在籍学生{a人}。",
    "全年组织各类培训{i期}，培训{a人次}。",
    "年内承接企业职工培训{a人次}，到账经费{w元}。",
    "投入{w元}用于实训设备更新，新增设备{i台}。",
    "图书馆藏书{w册}，年借阅量{a册次}。",
    "学校占地{i亩}，建筑面积{w平方米}。",
    "{q}的教师具有企业工作经历。",
    "毕业生中，{q}选择留在本地就业。",
    "学生满意度为{p}，家长满意度{b}。",
    "学生对食堂的满意率{b}，较为稳定。",
    "获批{o批}省级现代学徒制试点单位。",
    "承办{o届}全市职工技能大赛，吸引{a名}选手参赛。",
    "在省技能大赛中斩获{m}。",
    "我校代表队夺得{m}，总分位列全省{k}。",
    "获{g}{i项}、{g}{i项}。",
    "学生在省赛中获{g}{i人次}，{g}{i人次}。",
    "{i名}学生获评省级优秀毕业生，{i名}教师获评市级名师。",
    "产值同比增长{p}，利润增长{x}。",
    "培训规模较五年前{f}。",
    "就业率比上年提高{z}。",
    "参训人数由{i人}增加到{i人}。",
    "生均仪器设备值达{w元}，生均建筑面积{n平方米}。",
    "累计开设{c门}选修课，编写校本教材{c部}。",
    "先后有{c批}教师赴境外研修。",
    "{c名}教师被聘为省级评委。",
    "来自{i个}国家的{a名}留学生参加活动。",
    "校园开放日吸引{v名}家长到访。",
    "{v家}企业进校招聘，提供岗位{a个}。",
    "每次活动都有{v名}志愿者参加。",
    "班级人数控制在{t人}。",
    "企业实践时间为{t天}。",
    "本次调研发放问卷{i份}，回收{i份}。",
    "服务时长累计{a小时}，人均{n小时}。",
    "与{i家}企业签订合作协议，共建实训基地{i个}。",
    "{s}，学校累计培养高技能人才{a人}。",
    "截至目前，已建成国家级重点专业{i个}、省级{i个}。",
    "{d}毕业生{i人}，就业{i人}。",
    "全年共发表论文{i篇}，出版专著{c部}，授权专利{i件}。",
    "立项市级以上课题{i项}，结题{i项}。",
    "食堂服务师生{a人}，宿舍楼{i栋}，床位{a张}。",
    "开展心理辅导{i场}，受益学生{a人次}。",
    "{g}共{i个}，{g}共{i个}。",
    "为企业解决技术难题{a项}，创造经济效益{w元}。",
    "资助困难学生{i人次}，发放助学金{w元}。",
    "接待来访{c批}{i人次}。",
    "举行升旗仪式{i次}，参与师生{a人次}。",
    "{i名}学生通过高级工考核，通过率为{p}。",
    "党委下设{c个}党支部，共有党员{i名}，其中教师党员{i名}。",
    "发展党员{i名}，培养入党积极分子{a名}。",
    "志愿者走访社区{i个}，服务居民{a户}。",
    "排查隐患{i处}，整改率{p}。",
    "外聘兼职教师{i名}，占专兼职教师总数的{p}。",
    "新增实训工位{a个}，可同时容纳{a人}实训。",
    "完成横向课题{i项}，到款{w元}。",
    "该项目总投资{w元}，建设周期{i个月}。",
    "举办为期{i天}的研学活动，{a名}学生参加。",
    "学员平均年龄{n岁}，最大的{i岁}。",
    "专业课教师人均企业实践{i天}。",
    "教学设备总值{w元}，较上年增加{w元}。",
    "获国家级奖{i项}，省级奖{i项}，市级奖{i项}。",
    "{i个}班级被评为市级先进班集体。",
    "征兵工作成效显著，{i名}学生光荣入伍。",
    "完成{i人}的职业技能等级认定，发证{a本}。",
    "录制微课{a节}，总时长{a分钟}。",
    "对口帮扶{c所}中职学校，送教{i课时}。",
    "校友捐赠{w元}，设立奖学金{c项}。",
    "{!}，全年开展主题活动{i次}。",
    "{!}，参与学生{a人次}。",
    "{!}，覆盖率{p}。",
    "一年来，{!}，{!}，成效显著。",
    "全年接待参观{a批次}，计{a人次}。",
    "引进博士{i人}、硕士{i人}，教师队伍不断壮大。",
    "获评省级“{!}”示范校，新建党员示范岗{i个}。",
    "本学期开出实验{i个}，开出率{p}。",
    "{d}，{i名}选手入围{o届}世界技能大赛全国选拔赛。",
    "举办招聘会{i场}，参会企业{a家}，达成意向{a人}。",
    "生活补助标准提高到每人每月{i元}。",
    "实习补贴不低于每月{i元}。",
    "学校连续{c年}被评为“平安校园”。",
    "本届参赛队伍达{i支}，创历史新高。",
    "在校生规模突破{i人}大关。",
    "培训人数{F}突破{w人次}。",
    "课程资源总量达{n GB}。",
    "光伏电站年发电{w千瓦时}。",
    "教师{i人}（高级职称{i人}、双师型{i人}）。",
    "在校生{i人（含五年制学生}{i人）}。",
    "1.学校共有学生{i人}；2.共有教师{i人}。",
    "（一）师资队伍。现有专任教师{i人}。",
    "一、基本情况\n学校现有校区{c个}，占地{i亩}。",
    "● 全年获奖{i项}\n● 新增专利{i件}",
];

/// A number of the frame's own kind.
fn slot(dice: &mut Dice, it: &mut Sentence, name: &str) {
    let kind = name.chars().next().unwrap();
    let unit: &'static str = UNITS.iter().copied().find(|u| *u == name[kind.len_utf8()..].trim()).unwrap_or("");
    let size = |dice: &mut Dice| {
        let most = [9, 60, 400, 3000, 9000][usize::try_from(dice.from(0, 4)).unwrap()];
        dice.from(2, most)
    };
    let written = match kind {
        'i' => {
            let style = match dice.from(1, 8) {
                1 => Style::Thousands,
                2 => Style::FullWidth,
                3 => Style::Chinese,
                _ => Style::Plain,
            };
            let inside = name.find('（').or(name.find('）'));
            let n = size(dice);
            if let Some(at) = inside {
                let unit = if name.starts_with("i人") { "人" } else { "个" };
                it.number(Written::count(n, unit, style));
                it.say(&name[at..]);
                return;
            }
            Written::count(n, unit, style)
        }
        'a' => numbers::approximate(dice, unit),
        'v' => numbers::vague(dice, unit),
        't' => numbers::range(dice, unit),
        'c' => {
            let n = dice.from(2, 19);
            let text = if n == 2 { "两".to_string() } else { numbers::written(n, Style::Chinese) };
            Written::exact(format!("{text}{unit}"), n * ONE, unit)
        }
        'w' => {
            let decimals = u32::try_from(dice.from(0, 2)).unwrap();
            let scale = if dice.one_in(4) { "亿" } else { "万" };
            let mut steps = dice.from(11, 9999);
            if decimals > 0 && steps % 10 == 0 {
                steps += 1;
            }
            Written::scaled(steps, decimals, scale, unit)
        }
        'p' => {
            let decimals = usize::try_from(dice.from(0, 2)).unwrap();
            let style = STYLES[usize::try_from(dice.from(0, 3)).unwrap()];
            Written::percent(
                dice.from(10 * 10i128.pow(decimals as u32), 99 * 10i128.pow(decimals as u32)),
                decimals,
                style,
            )
        }
        'b' => numbers::bounded_percent(dice),
        'q' => numbers::share(dice),
        'n' => {
            let tenths = dice.from(11, 999);
            let text = format!("{}.{}", tenths / 10, tenths % 10);
            Written::exact(format!("{text}{unit}"), tenths * ONE / 10, unit)
        }
        'x' => {
            let tenths = dice.from(11, 60);
            Written::exact(format!("{}.{}倍", tenths / 10, tenths % 10), tenths * ONE / 10, "倍")
        }
        'f' => {
            let (text, n) = [("翻番", 2), ("翻了一番", 2), ("翻两番", 4), ("翻了两番", 4)]
                [usize::try_from(dice.from(0, 3)).unwrap()];
            Written::exact(text.to_string(), n * ONE, "倍")
        }
        'z' => {
            let tenths = dice.from(1, 99);
            Written::exact(format!("{}.{}个百分点", tenths / 10, tenths % 10), tenths * ONE / 10, "个百分点")
        }
        'o' => {
            let n = dice.from(1, 20);
            let text = if n == 1 && dice.one_in(2) {
                format!("首{unit}")
            } else if dice.one_in(3) {
                format!("第{n}{unit}")
            } else {
                format!("第{}{unit}", numbers::written(n, Style::Chinese))
            };
            Written::exact(text, n * ONE, unit)
        }
        'k' => {
            let n = dice.from(1, 12);
            let text = numbers::written(n, if dice.one_in(2) { Style::Chinese } else { Style::Plain });
            let unit = dice.pick(&["名", "位", ""]);
            let unit: &'static str = UNITS.iter().copied().find(|u| *u == unit).unwrap_or("");
            Written::exact(format!("第{text}{unit}"), n * ONE, unit)
        }
        'm' => {
            for medal in ["金", "银", "铜"] {
                let n = dice.from(1, 30);
                it.number(Written { unit: "枚", ..Written::exact(format!("{n}{medal}"), n * ONE, "枚") });
            }
            return;
        }
        'g' => return it.aside(dice.pick(&["一等奖", "二等奖", "三等奖", "1等奖"])),
        'd' => {
            let all = [
                "2024年",
                "2024年度",
                "2024届",
                "2023—2024学年",
                "2024年9月",
                "2024年秋季学期",
                "今年9月",
                "二〇二四年",
                "5月18日",
            ];
            return it.aside(dice.pick(&all));
        }
        'F' => return it.aside("首次"),
        's' => return it.aside(dice.pick(&["近三年来", "五年来", "近5年", "三年间", "过去三年"])),
        '!' => {
            let parts: Vec<&str> = dice.pick(DECOYS).split('|').collect();
            for (n, part) in parts.iter().enumerate() {
                if n % 2 == 1 { it.decoy(part) } else { it.say(part) }
            }
            return;
        }
        other => panic!("no slot {other}"),
    };
    it.number(written);
}

const UNITS: &[&str] = &[
    "名",
    "人",
    "个",
    "期",
    "人次",
    "元",
    "台",
    "册",
    "册次",
    "亩",
    "平方米",
    "批",
    "届",
    "项",
    "门",
    "部",
    "家",
    "天",
    "份",
    "小时",
    "篇",
    "件",
    "栋",
    "张",
    "场",
    "次",
    "户",
    "处",
    "个月",
    "岁",
    "本",
    "节",
    "分钟",
    "所",
    "课时",
    "支",
    "批次",
    "年",
    "GB",
    "千瓦时",
    "位",
];

pub fn micro(value: Option<Exact>) -> Option<Micro> {
    value.map(|v| (v.num() * ONE * 2 + v.den()) / (2 * v.den()))
}

/// The claim that stands where the number was written, if it says the same.
pub fn found<'a>(claims: &'a [Claim], gold: &Gold) -> Result<&'a Claim, String> {
    let here = claims.iter().filter(|c| c.span.start < gold.end && c.span.end > gold.start).collect::<Vec<_>>();
    let [claim] = here[..] else {
        return Err(format!("{} claims at “{}”", here.len(), gold.written.text));
    };
    let same = |a: Option<Micro>, b: Option<Micro>| match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 1,
        (a, b) => a == b,
    };
    let people = |unit: &str| matches!(unit, "人" | "名" | "位");
    let want = &gold.written;
    let kind = kind_of(want).is_none_or(|kind| claim.kind == kind || loose(claim.kind, kind));
    let unit = claim.unit == want.unit || (people(&claim.unit) && people(want.unit)) || want.unit.is_empty();
    let right = same(micro(claim.value), want.value)
        && same(micro(claim.min), want.least)
        && same(micro(claim.max), want.most)
        && unit
        && kind;
    if right {
        Ok(claim)
    } else {
        let show = |v: Option<Exact>| v.map_or("–".to_string(), |v| v.show(4));
        Err(format!(
            "“{}” read as “{}” = {} [{}..{}] {} {}",
            want.text,
            claim.text,
            show(claim.value),
            show(claim.min),
            show(claim.max),
            claim.unit,
            claim.kind.word()
        ))
    }
}

/// What kind of number the unit makes it, where the unit alone says so.
fn kind_of(written: &Written) -> Option<Kind> {
    let first = written.text.starts_with(['第', '首']);
    Some(match written.unit {
        "人次" => Kind::PersonTimes,
        "%" => Kind::Rate,
        "元" => Kind::Money,
        "小时" | "课时" => Kind::Hours,
        "天" | "个月" | "年" | "分钟" => Kind::Duration,
        "亩" | "平方米" | "岁" | "千瓦时" => Kind::Quantity,
        "倍" => Kind::Multiple,
        "个百分点" => Kind::Points,
        "批" | "届" if first => Kind::Ordinal,
        "名" | "位" | "" if first => Kind::Rank,
        "名" | "位" | "个" | "项" | "家" | "篇" | "件" | "场" | "次" | "门" | "部" | "台" => Kind::Count,
        _ => return None,
    })
}

/// A share may be said as a change, a count as a mean or a condition: the frames around decide that.
fn loose(kind: Kind, plain: Kind) -> bool {
    match plain {
        Kind::Rate => matches!(kind, Kind::ChangeRate | Kind::Threshold),
        Kind::Count | Kind::PersonTimes | Kind::Money => {
            matches!(kind, Kind::Change | Kind::Quantity | Kind::Threshold)
        }
        Kind::Hours | Kind::Duration | Kind::Quantity => matches!(kind, Kind::Threshold | Kind::Change),
        _ => false,
    }
}

/// What is wrong with the reading of a text: numbers missed or misread, and numbers seen that are none.
pub fn faults(sentence: &Sentence) -> (Vec<String>, Vec<String>) {
    let doc = read(&sentence.text, &Lexicon::default());
    let missed = sentence.golds.iter().filter_map(|gold| found(&doc.claims, gold).err()).collect();
    let over = |claim: &Claim, &(a, b): &(usize, usize)| claim.span.start < b && claim.span.end > a;
    let extra = doc
        .claims
        .iter()
        .filter(|claim| sentence.golds.iter().all(|g| !over(claim, &(g.start, g.end))))
        .filter(|claim| sentence.aux.iter().all(|place| !over(claim, place)))
        .filter(|claim| {
            let aside = matches!(claim.kind, Kind::Date | Kind::Grade | Kind::Threshold);
            !aside || sentence.decoys.iter().any(|place| over(claim, place))
        })
        .map(|claim| claim.text.clone())
        .collect();
    (missed, extra)
}

#[test]
fn numbers_are_found_with_value_unit_and_bounds() {
    let mut dice = Dice::new(20_241_126);
    let (mut numbers, mut sentences) = (0, 0);
    let mut wrong: Vec<String> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for round in 0..24 {
        for frame in FRAMES {
            let sentence = Sentence::fill(frame, |it, name| slot(&mut dice, it, name));
            sentences += 1;
            numbers += sentence.golds.len();
            let (missed, extra) = faults(&sentence);
            wrong.extend(missed.into_iter().map(|fault| format!("{fault}\n    {}", sentence.text)));
            seen.extend(extra.into_iter().map(|text| format!("“{text}”\n    {}", sentence.text)));
            let _ = round;
        }
    }
    assert!(sentences >= 2000, "{sentences} sentences are too few");
    println!("{sentences} sentences, {numbers} numbers, {} wrong, {} too many", wrong.len(), seen.len());
    let told = format!("{}\n-- none of these is a number:\n{}", some(&wrong), some(&seen));
    assert!(wrong.len() * 100 <= numbers * 3, "{} of {numbers} read wrongly\n{told}", wrong.len());
    assert!(seen.len() * 100 <= numbers, "{} seen that are none\n{told}", seen.len());
}

#[test]
fn what_counts_nothing_is_not_reported() {
    let mut wrong = Vec::new();
    for decoy in DECOYS {
        for frame in ["学校{!}，成效显著。", "今年以来，{!}。", "{!}，全年开展活动{i12次}。"] {
            let sentence = Sentence::fill(frame, |it, name| {
                if name == "!" {
                    for (n, part) in decoy.split('|').enumerate() {
                        if n % 2 == 1 { it.decoy(part) } else { it.say(part) }
                    }
                } else {
                    it.number(Written::count(12, "次", Style::Plain));
                }
            });
            let (missed, extra) = faults(&sentence);
            wrong.extend(missed.into_iter().chain(extra).map(|fault| format!("{fault}\n    {}", sentence.text)));
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), some(&wrong));
}

pub fn some(all: &[String]) -> String {
    let mut kept: Vec<&String> = all.iter().collect();
    kept.dedup_by_key(|fault| fault.lines().next().map(str::to_string));
    kept.iter().take(60).map(|s| s.as_str()).collect::<Vec<_>>().join("\n")
}
