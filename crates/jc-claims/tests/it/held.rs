//! What a few words say of their numbers: what agrees, what does not, and what is left in peace.

use jc_claims::lexicon::Lexicon;
use jc_claims::read::read;
use jc_claims::relate::{Finding, Relation, RelationKind, relate};

/// Holds what is told of a text against `= members` (agrees), `! members` (contradicts); of a text without a line of `!`
/// nothing may be told to contradict.
pub fn check(text: &str, expect: &[&str]) {
    let doc = read(text, &Lexicon::default());
    let told: Vec<Relation> = relate(&doc).into_iter().filter(|it| it.primary).collect();
    let members = |it: &Relation| {
        let mut all: Vec<&str> = it.members.iter().filter_map(|(_, id)| Some(doc.claim(id)?.text.as_str())).collect();
        all.sort_unstable();
        all.join(" ")
    };
    let of = |wanted: Finding| -> Vec<String> {
        told.iter().filter(|it| it.finding == wanted && it.kind != RelationKind::RateAlone).map(members).collect()
    };
    let (agrees, contradicts) = (of(Finding::Consistent), of(Finding::Inconsistent));
    let noted = |mark: &str| -> Vec<String> {
        let lines = expect.iter().filter_map(|line| line.strip_prefix(mark));
        lines
            .map(|line| {
                let mut all: Vec<&str> = line.split(' ').collect();
                all.sort_unstable();
                all.join(" ")
            })
            .collect()
    };
    for line in noted("= ") {
        assert!(agrees.contains(&line), "{text}\nnot told to agree: {line}\nagrees: {agrees:?}\nnot: {contradicts:?}");
    }
    assert_eq!(contradicts, noted("! "), "{text}\nagrees: {agrees:?}");
}

#[test]
fn a_share_is_of_the_base_that_is_named() {
    for (text, expect) in [
        // 58 of 240 teachers are 24.2 %, of all 312 employees 18.6 %.
        ("学院有教职工312人，其中专任教师240人。党员58人，占全院教职工的18.6%。", &["= 58人 312人 18.6%"][..]),
        ("学院有教职工312人，其中专任教师240人。党员58人，占全院教职工的24.2%。", &["! 58人 312人 24.2%"]),
        (
            "毕业生共1050人，就业700人，升学300人。在就业学生中，有490人从事对口岗位，对口率为70.0%。",
            &["= 490人 700人 70.0%"],
        ),
        (
            "毕业生共1050人，就业700人，升学300人。在就业学生中，有490人从事对口岗位，对口率为46.7%。",
            &["! 490人 700人 46.7%"],
        ),
        (
            "计划招生900人，录取880人；报到注册832人。省内520人，省外312人；省内生源占报到新生的62.5%。",
            &["= 520人 832人 62.5%"],
        ),
        (
            "计划招生900人，录取880人；报到注册832人。省内520人，省外312人；省内生源占报到新生的59.1%。",
            &["! 520人 832人 59.1%"],
        ),
        ("升学410人，620名走上工作岗位。就业的毕业生中，418人留在本地，占比近七成。", &["= 418人 620名 近七成"]),
        // Either may be meant, and one agrees.
        (
            "累计发证8600本，其中本年度核发等级证书1200本；三级证书300本，占发证总数的四分之一。",
            &["= 300本 1200本 四分之一"],
        ),
        // Two populations of the name: which is meant is not certain.
        ("2023届毕业生900人，2024届毕业生1000人，教职工300人。党员60人，占毕业生的20.0%。", &[]),
        // Nothing is called so.
        ("学院有专任教师240人。党员58人，占全体职员的24.2%。", &[]),
    ] {
        check(text, expect);
    }
}

#[test]
fn a_multiple_is_of_the_base_that_is_named() {
    for (text, expect) in [
        ("护理系女生360人；男生90人，女生是男生的四倍。", &["= 360人 90人 四倍"][..]),
        ("护理系男生90人；女生360人，是男生的三倍。", &["! 360人 90人 三倍"]),
        ("全日制在校生2400人，教师160人。\n全年培训6000人次，为在校生的2.5倍。", &["= 6000人次 2400人 2.5倍"]),
        ("全日制在校生2400人，教师160人。\n全年培训6000人次，为在校生的3.5倍。", &["! 6000人次 2400人 3.5倍"]),
        ("毕业生1360人。企业提供岗位6120个，是毕业生人数的4.5倍。", &["= 6120个 1360人 4.5倍"]),
        ("专业从2个班70名学生起步，发展到今天的9个班315名学生，学生规模是创办时的4.5倍。", &["= 315名 70名 4.5倍"]),
        ("专业从2个班70名学生起步，发展到今天的9个班315名学生，学生规模是创办时的3.5倍。", &["! 315名 70名 3.5倍"]),
        // Boys of two years: which are meant is not certain.
        ("一年级男生90人，二年级男生110人；女生360人，是男生的五倍。", &[]),
        // The base is not counted.
        ("女生360人，教师60人，培训人次是工人的三倍。", &[]),
        ("培训6000人次，是上年的三倍。在校生2400人。", &[]),
    ] {
        check(text, expect);
    }
}

#[test]
fn what_is_said_factor_by_factor_is_multiplied() {
    for (text, expect) in [
        ("运动会期间，45名志愿者每人值守6天，每天5小时，累计服务1350小时。", &["= 45名 6天 5小时 1350小时"][..]),
        ("运动会期间，45名志愿者每人值守6天，每天5小时，累计服务1250小时。", &["! 45名 6天 5小时 1250小时"]),
        ("在校四个学期，每学期18周，每周26课时，算下来整整1872课时。", &["= 四个学期 18周 26课时 1872课时"]),
        ("在校四个学期，每学期18周，每周26课时，算下来整整1782课时。", &["! 四个学期 18周 26课时 1782课时"]),
        ("开展安全讲座12场（四个年级各3场）。", &["= 12场 四个 3场"]),
        ("开展安全讲座12场（四个年级各4场）。", &["! 12场 四个 4场"]),
        ("全系72名教师组成9个走访组，每组8人，走访企业40家。", &["= 72名 9个 8人"]),
        ("全系72名教师组成9个走访组，每组6人，走访企业40家。", &["! 72名 9个 6人"]),
        (
            "今年毕业的共1240名同学。\n学校为每位毕业生定制纪念册，单价65元，总共花了80600元。",
            &["= 1240名 65元 80600元"],
        ),
        // Nobody says how many weeks there were, or what else is added.
        ("社团每周活动2次，每次2课时，全年共150课时。", &[]),
        ("45名志愿者每人值守6天，每天5小时，培训30小时，累计服务1400小时。", &[]),
        ("学员312名分成6个方阵，每个方阵50人，另有旗手12人。", &[]),
        ("四个学期，每学期20周，每周28课时，其中实训600课时，共2240课时。", &[]),
        ("实习生310名，周记应交12周，每周1篇，合计3720篇。", &[]),
        ("全系72名教师走访企业，其中9个工作组，每组6人。", &[]),
        ("学校为每位毕业生定制纪念册，单价65元，总共花了80000元。毕业生1240名。", &[]),
    ] {
        check(text, expect);
    }
}

#[test]
fn what_is_shared_out_is_held_against_its_mean() {
    for (text, expect) in [
        ("图书馆借出图书4.68万册。\n全院1560名学生，人均约30册。", &[][..]),
        ("全院共有1560名学生。\n图书馆全年借出图书4.68万册，人均约30册。", &["= 4.68万册 1560名 约30册"]),
        ("三年共投入实训经费1260万元，其中首年380万元，年均约420万元。", &["= 1260万元 三年 约420万元"]),
        ("三年共投入实训经费1260万元，其中首年380万元，年均约460万元。", &["! 1260万元 三年 约460万元"]),
        ("教学4.8分、管理4.2分、食堂3.9分、宿舍4.3分，四项平均4.3分。", &["= 4.8分 4.2分 3.9分 4.3分 四项 4.3分"]),
        ("教学4.8分、管理4.2分、食堂3.9分、宿舍4.3分，四项平均4.5分。", &["! 4.8分 4.2分 3.9分 4.3分 四项 4.5分"]),
        // By their weights, or of more than are told.
        ("教学4.8分、管理4.2分、食堂3.9分、宿舍4.3分，按权重四项平均4.5分。", &[]),
        ("教学4.8分、管理4.2分、食堂3.9分、宿舍4.3分，十项平均4.5分。", &[]),
        ("教学4.8分、管理4.2分、食堂3.9分、宿舍4.3分，平均4.5分。", &[]),
        (
            "在校生3900人。新增工位240个，工位总数达到1200个，平均每3.25名学生拥有一个工位。",
            &["= 3900人 1200个 3.25名"],
        ),
        ("培训师45名，在岗学徒288人，师徒比1:6.4。", &["= 45名 288人 1:6.4"]),
        ("参赛学生180人次。选拔教练24名，按参赛学生人次测算，教练与选手之比为1:7.5。", &["= 24名 180人次 1:7.5"]),
        ("项目从2个班60名学员起步，发展到今天的8个班240名学员，平均每班30人。", &["= 240名 8个 30人"]),
        (
            "全市有技工院校12所，其中市属5所。在校生3.6万人，校均3200人。\n到明年底规模稳定在1.6万人左右，5所学校扩建。",
            &["! 3.6万人 12所 3200人"],
        ),
    ] {
        check(text, expect);
    }
}

#[test]
fn a_rate_without_its_base_is_of_whom_the_text_has_told() {
    for (text, expect) in [
        ("学院现有专任教师164人。\n签订师德承诺书164份，签订率100%。", &["= 164份 164人 100%"][..]),
        ("900人次实际参加考核，设考点3个。\n核发等级证书810本，合格率90%。", &["= 810本 900人次 90%"]),
        // Others are as many, or nobody is.
        ("学院现有专任教师164人。\n签订安全责任书158份，签订率100%。", &[]),
        ("900人次实际参加考核，设考点3个。\n核发等级证书810本，合格率95%。", &[]),
    ] {
        check(text, expect);
    }
    let doc = read("专任教师250人。\n高级职称教师占专任教师的30.4%；双师型教师占比达87.6%。", &Lexicon::default());
    let told = relate(&doc).into_iter().find(|it| it.kind == RelationKind::RateNumerator && it.primary);
    assert!(told.is_some_and(|it| it.solutions == Some(vec![76]) || it.solutions == Some(vec![219])));
}

#[test]
fn who_is_among_others_is_no_more_than_they_are() {
    for (text, expect) in [
        ("毕业生1000人，就业640人，升学320人。\n在已就业的毕业生中，签订劳动合同的有660人。", &["! 660人 640人"][..]),
        ("毕业生1000人，就业640人，升学320人。\n在已就业的毕业生中，签订劳动合同的有610人。", &[]),
        // Of whom is not certain, or of whom nobody has told.
        ("机械系就业640人，电气系就业520人。\n在已就业的毕业生中，签订劳动合同的有900人。", &[]),
        ("毕业生1000人，升学320人。\n在参军的毕业生中，党员有34人。", &[]),
    ] {
        check(text, expect);
    }
}

#[test]
fn shares_in_turn_are_each_of_the_count_in_its_place() {
    check(
        "样本毕业生1012名，调查对象1264人，升学547人，入伍23人，创业18人，占比依次为54.1%、2.3%和1.8%。",
        &["= 547人 1012名 54.1%", "= 23人 1012名 2.3%", "= 18人 1012名 1.8%"],
    );
}
