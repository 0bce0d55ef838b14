//! Firms that take graduates and work with the college: invented, with codes registered nowhere.

use crate::numbers::org_code;
use crate::rng::Rng;

/// A firm.
pub(crate) struct Firm {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) nature: &'static str,
    pub(crate) industry: &'static str,
    /// Where it is, seen from the college: as people write it.
    pub(crate) region: &'static str,
    pub(crate) phone: String,
}

const FIRST: &[&str] =
    &["样本", "示例", "例证", "范本", "标样", "模拟", "试样", "虚构", "假定", "设想", "假想", "某某"];
const TRADES: &[(&str, &str)] = &[
    ("精密机械", "制造业"),
    ("汽车零部件", "制造业"),
    ("模具", "制造业"),
    ("电气", "制造业"),
    ("自动化设备", "制造业"),
    ("光电", "制造业"),
    ("数控装备", "制造业"),
    ("箱包", "制造业"),
    ("网络科技", "信息传输、软件和信息技术服务业"),
    ("电子商务", "批发和零售业"),
    ("财务咨询", "租赁和商务服务业"),
    ("汽车服务", "居民服务、修理和其他服务业"),
];

pub(super) fn build(seed: u64) -> Vec<Firm> {
    let mut rng = Rng::new(seed, "firms");
    let mut firms = Vec::new();
    for (place, first) in FIRST.iter().enumerate() {
        for shift in [0usize, 5, 7] {
            let (trade, industry) = TRADES[(place + shift) % TRADES.len()];
            firms.push(Firm {
                code: org_code(&mut rng),
                name: format!("{first}{trade}有限公司"),
                nature: rng.word(&["民营企业", "民营", "民企", "外资企业", "合资", "国有企业"]),
                industry,
                region: rng.word(&["本县", "本县", "本县", "本县", "市内其他", "市内其他", "省内", "省外"]),
                phone: format!("0999-8{:07}", rng.below(10_000_000)),
            });
        }
    }
    firms
}
