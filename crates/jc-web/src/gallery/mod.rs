//! Sample views of every screen (full, empty, failing, with long names), for looking at them and for tests.
//! The names and figures are invented.

mod desk;
mod figures;
mod growth;
mod imports;
mod records;
#[cfg(test)]
mod tests;
mod texts;

use crate::{
    frame::{Choice, Done, Frame, Link, Nav, NavArea, PeriodSwitch, Person, Place},
    words::Words,
};
use askama::Template;
use jc_base::Lang;

/// Every sample: file name and finished screen.
pub fn screens(lang: Lang) -> Vec<(String, String)> {
    let w = Words(lang);
    [
        desk::samples(w),
        records::samples(w),
        imports::samples(w),
        figures::samples(w),
        growth::samples(w),
        texts::samples(w),
    ]
    .concat()
}

type Sample = (String, String);

fn sample(name: &str, view: &impl Template) -> Sample {
    (name.to_owned(), view.render().expect("sample views render"))
}

fn choice(label: &str, href: &str, count: Option<&str>, current: bool) -> Choice {
    Choice { label: label.into(), href: href.into(), count: count.map(Into::into), current }
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|t| (*t).to_owned()).collect()
}

/// The frame of someone in the school's office, on the screen of an address.
fn frame(words: Words, title: &str, here: &str) -> Frame {
    let place = |icon, id, href: &str, count: Option<&str>, on_phone, on_desk| Place {
        icon,
        to: choice(&words.t(id), href, count, here == href),
        on_phone,
        on_desk,
    };
    let area = |id: &str, registers: &[(&str, &str)]| NavArea {
        to: choice(
            &words.t(&format!("area-{id}")),
            &format!("/areas/{id}"),
            None,
            here.contains("/graduate") && id == "training",
        ),
        registers: registers
            .iter()
            .map(|(name, id)| choice(name, &format!("/registers/{id}"), None, here == format!("/registers/{id}")))
            .collect(),
    };
    Frame {
        words,
        title: title.into(),
        school: "示例技师学院".into(),
        synthetic: true,
        period: Some(PeriodSwitch {
            label: match words.0 {
                Lang::Zh => "2024 年度".into(),
                _ => "2024".into(),
            },
            years: ["2025", "2024", "2023", "2022"]
                .map(|y| choice(y, &format!("{here}?year={y}"), None, y == "2024"))
                .to_vec(),
        }),
        crumbs: Vec::new(),
        nav: Some(Nav {
            places: vec![
                place("scroll-text", "nav-sheet", "/", None, true, true),
                place("library", "nav-registers", "/registers", None, true, true),
                place("inbox", "nav-inbox", "/inbox", Some("37"), true, true),
                place("chart-no-axes-column", "nav-figures", "/figures", None, false, true),
                place("file-search", "nav-check", "/check", None, true, true),
                place("circle-user", "nav-account", "/account", None, true, false),
            ],
            areas: vec![
                area(
                    "party",
                    &[("党员先锋岗", "pioneer-post"), ("结对帮扶", "mentoring"), ("志愿服务", "volunteering")],
                ),
                area("teaching", &[("工学一体化课程", "integrated-course"), ("工作站", "workstation")]),
                area(
                    "training",
                    &[
                        ("毕业生去向", "graduate"),
                        ("竞赛获奖", "award"),
                        ("技能等级认定", "assessment"),
                        ("技术转让与攻关", "tech-service"),
                    ],
                ),
                area("wellbeing", &[("家访", "home-visit")]),
                area("international", &[("中德合作班", "dual-class"), ("认证考试", "certificate-exam")]),
                area("faculty", &[("论文", "paper"), ("课题", "project")]),
            ],
            offices: vec![
                choice(&words.t("nav-catalog"), "/catalog/graduate", None, here == "/catalog/graduate"),
                choice(&words.t("nav-audit"), "/audit", None, here == "/audit"),
            ],
        }),
        person: Some(Person { name: "沈佳禾".into(), role: "办公室 · 审核人".into() }),
        token: "0f3c9a".into(),
        here: here.into(),
        done: None,
    }
}

/// The frame of someone who has not signed in.
fn bare(words: Words, title: &str, here: &str) -> Frame {
    Frame {
        words,
        title: title.into(),
        school: "示例技师学院".into(),
        token: "0f3c9a".into(),
        here: here.into(),
        ..Frame::default()
    }
}

fn done(words: Words, id: &str, link: Option<Link>) -> Option<Done> {
    Some(Done { text: words.t(id), link })
}
