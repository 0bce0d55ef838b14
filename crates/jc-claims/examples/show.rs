//! tmp
use jc_claims::{lexicon::Lexicon, read, relate};
use std::io::Read;
fn main() {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).unwrap();
    let whole=std::env::args().nth(1).is_some(); let parts: Vec<&str> = if whole { vec![text.as_str()] } else { text.lines().collect() }; for line in parts {
        let doc = read::read(&line.replace("\\n", "\n"), &Lexicon::default());
        if !whole {println!("# {line}");}
        for c in &doc.claims {
            let v = c.value.map_or_else(String::new, |v| v.show(4));
            let (a, b) = (c.min.map_or("-".into(), |v| v.show(4)), c.max.map_or("-".into(), |v| v.show(4)));
            println!("    {}|{}|{}..{}|{}|{}|{}|{}", c.text, v, a, b, c.unit, c.kind.word(), c.subject, c.level.map_or("", |l| l.word()));
        }
        for r in relate::relate(&doc) {
            if r.kind.word() == "rate_alone" { continue; }
            println!("    > {} {} {} {:?} {}", r.kind.word(), r.finding.word(), r.primary, r.explained_by, r.working.zh);
        }
    }
}
