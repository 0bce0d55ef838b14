//! The pages made from the catalog.

use jc_base::Lang;
use jc_catalog::document::document;

fn pages(lang: Lang) -> Vec<(String, String)> {
    let catalog = jc_catalog::load(&jc_catalog::shipped()).0.expect("it is sound");
    let say = |id: &str, args: &[(&str, &str)]| {
        let args: Vec<(&str, jc_words::Arg<'_>)> = args.iter().map(|(name, value)| (*name, (*value).into())).collect();
        jc_words::text(lang, id, &args)
    };
    document(&catalog, lang, &say)
}

#[test]
fn each_register_has_a_page_and_every_label_its_words() {
    let catalog = jc_catalog::load(&jc_catalog::shipped()).0.expect("it is sound");
    for lang in Lang::ALL {
        let pages = pages(lang);
        assert_eq!(pages.len(), catalog.registers.len() + 1);
        for (path, text) in &pages {
            for prefix in ["doc-", "kind-", "privacy-", "area-", "period-"] {
                let left = text.split_whitespace().find(|word| word.starts_with(prefix) && !word.contains(['/', '.']));
                assert_eq!(left, None, "{path} in {lang}");
            }
        }
    }
}

#[test]
fn a_page_reads_well() {
    let mut sources = crate::faults::base();
    let own = "
[[check]]
when = \"AT_LEAST(level, 'city')\"
require = \"hours > 2.5 AND winner.sex IS NOT NULL\"
level = \"warning\"
say = { zh = \"市级以上须填学时\", en = \"Hours are needed from city level on\", de = \"Ab Stadtebene sind Stunden nötig\" }

[[indicator]]
id = \"paid-rate\"
name = { zh = \"发放率\", en = \"Paid rate\", de = \"Auszahlungsquote\" }
about = { zh = \"已发放 ÷ 全部。\", en = \"Paid ÷ all.\", de = \"Ausgezahlt ÷ alle.\" }
count = \"paid\"
of = \"won_on IS NOT NULL\"
unit = \"percent\"
decimals = 1
missing = \"不计入分子\"
words = [\"发放率\"]
source = { document = \"校内定义\", clause = \"第 3 条\", checked = 2026-09-01 }

[[indicator.case]]
why = \"没有记录\"
rows = []
gives = \"missing: no base\"
";
    sources.get_mut("training/award.toml").expect("it is there").push_str(own);
    let sources: Vec<jc_catalog::SourceFile> =
        sources.into_iter().map(|(path, text)| jc_catalog::SourceFile { path, text: text.into() }).collect();
    let (catalog, findings) = jc_catalog::load(&sources);
    assert_eq!(findings, []);
    let say = |id: &str, args: &[(&str, &str)]| {
        let args: Vec<(&str, jc_words::Arg<'_>)> = args.iter().map(|(name, value)| (*name, (*value).into())).collect();
        jc_words::text(Lang::Zh, id, &args)
    };
    let pages = document(&catalog.expect("it is sound"), Lang::Zh, &say);
    let page = pages.iter().find(|(path, _)| path == "training/award.md").expect("a page");
    insta::assert_snapshot!(page.1);
}
