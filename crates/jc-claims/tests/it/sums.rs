//! Sums, remainders and balances that a text tells in other words: each as right, as wrong, and near misses of which nothing is
//! to be said.

use jc_claims::lexicon::Lexicon;
use jc_claims::read::read;
use jc_claims::relate::{Finding, RelationKind, relate};

/// What is told of a text beside lone shares and what shares give: `sum 5金 9银 = ` with `!` before what cannot hold.
fn told(text: &str) -> Vec<String> {
    let doc = read(text, &Lexicon::default());
    let of_kind =
        |kind| !matches!(kind, RelationKind::RateAlone | RelationKind::RateDenominator | RelationKind::RateNumerator);
    let told = relate(&doc).into_iter().filter(|it| it.primary && of_kind(it.kind)).map(|it| {
        let members: Vec<&str> = it.members.iter().filter_map(|(_, id)| Some(doc.claim(id)?.text.as_str())).collect();
        let mark = if it.finding == Finding::Inconsistent { "!" } else { "" };
        format!("{mark}{} {}", it.kind.word(), members.join(" "))
    });
    told.collect()
}

/// Holds that all of `expect` is told, and no contradiction beside.
fn check(cases: &[(&str, &[&str])]) {
    for (text, expect) in cases {
        let told = told(text);
        let lacks: Vec<&&str> = expect.iter().filter(|it| !told.iter().any(|own| own == *it)).collect();
        assert!(lacks.is_empty(), "{text}\nnot told: {lacks:?}\ntold: {told:?}");
        let alarms: Vec<&String> =
            told.iter().filter(|it| it.starts_with('!') && !expect.contains(&it.as_str())).collect();
        assert!(alarms.is_empty(), "{text}\ntold against: {alarms:?}");
    }
}

#[test]
fn medals_told_by_metal_and_then_together() {
    check(&[
        ("校队摘得3金4银6铜，13枚奖牌创历史新高。", &["sum 3金 4银 6铜 13枚"]),
        ("校队摘得3金4银6铜，14枚奖牌创历史新高。", &["!sum 3金 4银 6铜 14枚"]),
        ("校队摘得3金4银6铜。这14枚沉甸甸的奖牌来之不易。", &["!sum 3金 4银 6铜 14枚"]),
        // Some of them, and those of another.
        ("校队摘得3金4银6铜，10枚奖牌来自机电系。", &[]),
        ("校队摘得3金4银6铜，去年的11枚奖牌已成往事。", &[]),
        ("校队摘得3金4银6铜，电气系2枚奖牌。", &[]),
        ("校队摘得3金4银6铜，优胜奖4枚奖牌。", &[]),
    ]);
}

#[test]
fn all_from_a_grade_on() {
    check(&[
        (
            "发放证书600本。按等级分，五级120本、四级300本、三级150本、二级30本；三级及以上证书180本。",
            &["sum 120本 300本 150本 30本 600本", "sum 150本 30本 180本"],
        ),
        (
            "发放证书600本。按等级分，五级120本、四级300本、三级150本、二级30本；三级及以上证书190本。",
            &["!sum 150本 30本 190本"],
        ),
        (
            "师生获奖150人次。从级别看，国家级10人次、省级40人次、市级100人次。\n奖励方面，对省级以上获奖的50人次兑现奖励。",
            &["sum 10人次 40人次 50人次"],
        ),
        (
            "师生获奖150人次。从级别看，国家级10人次、省级40人次、市级100人次。\n奖励方面，对省级以上获奖的52人次兑现奖励。",
            &["!sum 10人次 40人次 52人次"],
        ),
        ("一等奖4项、二等奖9项、三等奖15项，二等奖及以上13项。", &["sum 4项 9项 13项"]),
        // Of one department, of what is not in the list, of other things.
        ("师生获奖150人次。从级别看，国家级10人次、省级40人次、市级100人次；机电系省级以上46人次。", &[]),
        ("省级40项、市级100项；省级以上48项。", &[]),
        ("国家级10项、省级40项、市级100项。\n立项课题中，省级以上48项。", &[]),
        ("课题国家级10项、省级40项、市级100项；省级以上获奖48项。", &[]),
        ("发放证书600本。五级120本、四级300本、三级150本、二级30本；女生三级及以上证书96本。", &[]),
    ]);
}

#[test]
fn what_is_left_where_lists_and_rates_stand_between() {
    check(&[
        (
            "毕业生共900人，升学600人，升学率66.7%，其中本科100人、高职500人；直接就业270人；其余30人应征入伍。",
            &["difference 900人 600人 270人 30人"],
        ),
        (
            "毕业生共900人，升学600人，升学率66.7%，其中本科100人、高职500人；直接就业270人；其余40人应征入伍。",
            &["!difference 900人 600人 270人 40人"],
        ),
        (
            "900名毕业生走出校门，其中500名升入高职院校，370名走上岗位，去向落实率96.67%，尚有30名由专人帮扶。",
            &["difference 900名 500名 370名 30名"],
        ),
        (
            "900名毕业生离校。其中500人升入高职院校，350人走上岗位，20人入伍，尚有50人正在择业。",
            &["!difference 900名 500人 350人 20人 50人"],
        ),
        (
            "升学500人，就业380人。岗位与专业对口的266人，对口率70.0%，较上届的66.8%提高3.2个百分点；其余114人不对口。",
            &["difference 380人 266人 114人"],
        ),
        (
            "升学500人，就业380人。岗位与专业对口的266人，对口率70.0%，较上届的66.8%提高3.2个百分点；其余124人不对口。",
            &["!difference 266人 380人 124人"],
        ),
        (
            "实际录取800人，报到776人，报到率97.0%。\n不足之处：录取后未报到的24人中，多数去了外地。",
            &["difference 776人 800人 24人"],
        ),
        ("现有专业20个，其中16个开设双语课程，占80%。\n仍有4个专业尚未开设双语课程。", &["difference 20个 16个 4个"]),
        (
            "一千二百名同学坐在这里。\n你们的去向，我都记着：升学400人，就业760人，参军25人，其余15人还在备考。",
            &["difference 一千二百名 400人 760人 25人 15人"],
        ),
        (
            "全年引进30人，其中博士4人、硕士18人，其余8人为技能人才；退休12人，净增18人。",
            &["difference 30人 12人 18人"],
        ),
        (
            "全年引进30人，其中博士4人、硕士18人，其余8人为技能人才；退休12人，净增16人。",
            &["!difference 30人 12人 16人"],
        ),
        // In addition, of something else, or of another time.
        ("培训教师120人，其中骨干40人，还有16人参加了省级培训。", &[]),
        ("毕业生共900人，升学600人，签约500人，参军20人；其余单位的40人另行统计。", &[]),
        ("实际录取800人，报到776人，报到率97.0%。上年未报到的31人已作退档。", &[]),
        ("现有专业20个，其中16个开设双语课程，占80%。\n仍有6个专业尚未开设双语实训。", &[]),
    ]);
}

#[test]
fn what_a_year_leaves_and_what_became_of_a_number() {
    check(&[
        (
            "全年培训收费86.5万元，人均280元；支出72.3万元，其中课酬41.2万元、耗材31.1万元，当年结余14.2万元。",
            &["difference 86.5万元 72.3万元 14.2万元"],
        ),
        (
            "全年培训收费86.5万元，人均280元；支出72.3万元，其中课酬41.2万元、耗材31.1万元，当年结余12.4万元。",
            &["!difference 72.3万元 86.5万元 12.4万元"],
        ),
        (
            "一、收入。全年总收入7250.0万元，其中财政拨款6000.0万元。\n二、支出。全年总支出6988.0万元，其中人员经费4100.0万元，项目支出\
             2888.0万元。收支相抵，当年结余226.0万元。",
            &["!difference 6988.0万元 7250.0万元 226.0万元"],
        ),
        (
            "撤销市场营销等2个专业，新增风电运维、养老服务、跨境电商三个专业；全校专业由26个调整为27个。",
            &["difference 26个 三个 2个 27个"],
        ),
        (
            "撤销市场营销等2个专业，新增风电运维、养老服务、跨境电商三个专业，全校专业由26个调整为28个。",
            &["!difference 26个 三个 2个 28个"],
        ),
        // What was there before, what goes elsewhere, what is of a part.
        ("年初结余30.0万元，全年收入86.5万元，支出72.3万元，年末结余44.2万元。", &[]),
        ("全年收入86.5万元，支出72.3万元，提取基金2.0万元后结余12.4万元。", &[]),
        ("培训收入86.5万元，拨款收入20.0万元，支出72.3万元，当年结余33.4万元。", &[]),
        ("全年收入86.5万元，支出72.3万元，其中项目结余15.1万元。", &[]),
        ("撤销2个教研室，新增3个实训室；全校专业由26个调整为28个。", &[]),
    ]);
}
