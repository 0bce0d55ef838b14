//! Reads a text and prints what was found as `claims-out/1`, for scoring against an annotated text.
//!
//! `cargo run -p jc-claims --example claims_out -- TEXT [raw|clean]`; set phrases, places and areas of the school may
//! be given one a line in the file named by `JC_LEXICON`: `phrase 三会一课`, `place 平湖市 county`, `area 党建领航`.

use std::{env, fs, process};

use jc_claims::document::Level;
use jc_claims::lexicon::Lexicon;
use jc_claims::{out, read, relate};

fn main() {
    let mut args = env::args().skip(1);
    let Some(path) = args.next() else {
        eprintln!("usage: claims_out TEXT [raw|clean]");
        process::exit(2);
    };
    let form = args.next().unwrap_or_else(|| "clean".to_string());
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("cannot read {path}: {error}");
            process::exit(2);
        }
    };
    let lexicon = env::var("JC_LEXICON")
        .ok()
        .and_then(|path| fs::read_to_string(path).ok())
        .map_or_else(Lexicon::default, |t| words(&t));
    let doc = read::read(&text, &lexicon);
    let relations = relate::relate(&doc);
    let json = out::to_claims_out(&doc, &form, &relations, &[]);
    println!("{json:#}");
}

fn words(text: &str) -> Lexicon {
    let mut lexicon = Lexicon::default();
    for line in text.lines() {
        match line.split_whitespace().collect::<Vec<_>>()[..] {
            ["phrase", word] => lexicon.set_phrases.push(word.to_string()),
            ["area", word] => lexicon.areas.push(word.to_string()),
            ["place", word, level] => {
                let level = match level {
                    "county" => Level::County,
                    "city" => Level::City,
                    _ => Level::Province,
                };
                lexicon.places.push((word.to_string(), level));
            }
            _ => {}
        }
    }
    lexicon
}
