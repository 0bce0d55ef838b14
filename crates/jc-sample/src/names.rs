//! Invented people: a surname and one or two given characters from lists. The people of the article are left out.

use crate::rng::Rng;
use std::collections::HashSet;

const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";
const MALE: &str = "伟强磊军勇涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林阳建国文博思远志航泽睿嘉诚子轩家铭启晨奕辰景行立恒承毅晟昊";
const FEMALE: &str =
    "芳娜敏静丽艳娟霞秀燕玲桂兰红梅琳雪慧莹倩颖洁婷欣怡佳雯梦瑶诗涵雨萱思琪语彤可馨若曦婉清书瑜芷晴依诺沐妍宁安";

/// Names the article prints: none of them is ever given to an invented person.
pub(crate) const OF_THE_ARTICLE: &[&str] = &[
    "龚跃明",
    "高光",
    "顾晓明",
    "沈文彬",
    "张国健",
    "潘天宇",
    "张家豪",
    "杨志伟",
    "王嘉豪",
    "毛晨晰",
    "施超峰",
    "朱莉娅",
    "王珏",
    "梁皓",
    "陆杨一",
    "沈建林",
    "程超",
    "钱梦婷",
    "程磊焱",
    "毛亚峰",
    "陈岩",
    "王晓君",
    "施敏英",
    "沈佳燕",
];

/// Gives names, each only once if asked so.
pub(crate) struct Names {
    surnames: Vec<char>,
    male: Vec<char>,
    female: Vec<char>,
    given: HashSet<String>,
}

impl Names {
    pub(crate) fn new() -> Self {
        let chars = |text: &str| text.chars().collect();
        Self { surnames: chars(SURNAMES), male: chars(MALE), female: chars(FEMALE), given: HashSet::new() }
    }

    /// A name nobody has been given before.
    pub(crate) fn unique(&mut self, rng: &mut Rng, male: bool) -> String {
        loop {
            let name = self.any(rng, male);
            if self.given.insert(name.clone()) {
                return name;
            }
        }
    }

    /// A name; in a large school some people share one.
    pub(crate) fn any(&self, rng: &mut Rng, male: bool) -> String {
        let given = if male { &self.male } else { &self.female };
        loop {
            let mut name = String::from(*rng.pick(&self.surnames));
            name.push(*rng.pick(given));
            if rng.chance(78) {
                name.push(*rng.pick(given));
            }
            if !OF_THE_ARTICLE.contains(&name.as_str()) {
                return name;
            }
        }
    }
}
