//! Learns which three numbers are meant together (`src/relate/second_look/learnt.rs`) from annotated articles.
//!
//! `cargo run --release -p jc-claims --example learn -- FILE... > crates/jc-claims/src/relate/second_look/learnt.txt`;
//! the files are in the format of `tests/it/genres/annotated.txt`. What is learnt is first tried on articles it was not
//! learnt from, ten parts in turn, and told on standard error.

use std::collections::{HashMap, HashSet};
use std::{env, fs, process};

use jc_claims::document::Document;
use jc_claims::lexicon::Lexicon;
use jc_claims::read::read;
use jc_claims::relate::learnt::{Form, Group, MISSES, Weights, groups, marks_in_all, name_of};
use jc_claims::relate::{Finding, Relation, relate_with};

/// An article and what is noted of it, by the ids of its numbers.
struct Article {
    doc: Document,
    wrong: Vec<Vec<String>>,
    right: Vec<(String, Vec<String>)>,
}

/// A group to learn from.
struct Lesson {
    article: usize,
    form: Form,
    marks: Vec<usize>,
    meant: bool,
    /// How it misses, if it does.
    miss: Option<usize>,
}

const PARTS: usize = 10;

fn main() {
    let mut articles = Vec::new();
    for path in env::args().skip(1) {
        match fs::read_to_string(&path) {
            Ok(text) if path.ends_with(".rs") => {
                let said = |text: &&str| {
                    text.contains(|c: char| c.is_ascii_digit()) && text.chars().filter(|c| *c > '\u{4e00}').count() > 8
                };
                articles.extend(
                    text.split('"').skip(1).step_by(2).filter(said).map(|text| plain(&text.replace("\\n", "\n"))),
                );
            }
            Ok(text) => {
                articles.extend(text.lines().filter(|line| !line.starts_with('#')).flat_map(pair));
                articles.extend(text.split("\n\n").filter(|block| !block.contains('\t')).filter_map(article));
            }
            Err(error) => {
                eprintln!("cannot read {path}: {error}");
                process::exit(2);
            }
        }
    }
    let lessons: Vec<Lesson> = articles.iter().enumerate().flat_map(|(n, article)| lessons(n, article)).collect();
    for form in Form::ALL {
        let of = || lessons.iter().filter(|lesson| lesson.form == form);
        eprintln!("{}: {} groups, {} meant", form.word(), of().count(), of().filter(|lesson| lesson.meant).count());
    }
    tried(&articles, &lessons);
    let weights = learn(&lessons);
    for (n, weight) in misses(&lessons).iter().enumerate() {
        println!("misses {n} {weight}");
    }
    for form in Form::ALL {
        let (begins, weights) = &weights[form as usize];
        println!("{} begins {begins}", form.word());
        for (mark, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight != 0) {
            println!("{} {} {weight}", form.word(), name_of(mark));
        }
    }
}

/// A line of `tests/it/pairs.txt`: nothing is wrong in its right version; in the wrong one what the words tell.
fn pair(line: &str) -> Vec<Article> {
    let Some((_, text)) = line.split_once('\t') else { return Vec::new() };
    let version = |wrong: bool| {
        let mut parts = text.split(['{', '}']);
        let mut out = parts.next().unwrap_or_default().to_string();
        while let Some(choice) = parts.next() {
            out += choice.split('|').nth(usize::from(wrong)).unwrap_or_default();
            out += parts.next().unwrap_or_default();
        }
        out.replace("\\n", "\n")
    };
    let mut articles = vec![plain(&version(false))];
    if text.contains('{') {
        articles.push(plain(&version(true)));
    }
    articles
}

/// A text of the tests: what is wrong in it is what the words tell.
fn plain(text: &str) -> Article {
    let doc = read(text, &Lexicon::default());
    let told = relate_with(&doc, &Weights::read("")).into_iter();
    let told = told.filter(|it| it.primary && it.finding == Finding::Inconsistent);
    let wrong = told.map(|it| it.members.into_iter().map(|(_, id)| id).collect()).collect();
    Article { doc, wrong, right: Vec::new() }
}

fn article(block: &str) -> Option<Article> {
    let lines: Vec<&str> = block.lines().filter(|line| !line.is_empty()).collect();
    let text: Vec<&str> = lines.iter().copied().filter(|line| !line.starts_with(['!', '=', '#'])).collect();
    let text = text.join("\n");
    let mut plain = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['{', '<']) {
        plain.push_str(&rest[..at]);
        let end = at + rest[at..].find(['}', '>'])?;
        let inner = &rest[at + 1..end];
        plain.push_str(inner.trim_start_matches('!').split('=').next().unwrap_or(inner));
        rest = &rest[end + 1..];
    }
    plain.push_str(rest);
    let doc = read(&plain, &Lexicon::default());
    let mut by_name = HashMap::new();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for claim in &doc.claims {
        let before = seen.entry(&claim.text).or_default();
        *before += 1;
        by_name.insert(
            if *before == 1 { claim.text.clone() } else { format!("{}#{before}", claim.text) },
            claim.id.clone(),
        );
    }
    let noted = |mark: &str| -> Vec<Vec<String>> {
        let lines = lines.iter().filter_map(|line| line.trim_start_matches('#').strip_prefix(mark));
        lines.map(|line| line.split(' ').map(str::to_string).collect()).collect()
    };
    let ids = |names: &[String]| names.iter().map(|name| by_name.get(name).cloned()).collect::<Option<Vec<_>>>();
    let wrong = noted("! ").iter().filter_map(|names| ids(names)).collect();
    let right = noted("= ").iter().filter_map(|line| Some((line.first()?.clone(), ids(&line[1..])?))).collect();
    (!plain.is_empty()).then_some(Article { doc, wrong, right })
}

fn key(ids: impl IntoIterator<Item = impl ToString>) -> Vec<String> {
    let mut ids: Vec<String> = ids.into_iter().map(|id| id.to_string()).collect();
    ids.sort_unstable();
    ids
}

fn key_of(group: &Group) -> Vec<String> {
    key(group.members.iter().map(|claim| &claim.id))
}

/// What an article teaches: what is noted as right or wrong is meant; what does not come to what is printed, and is not noted,
/// is not. What comes to it and is not noted may be either.
fn lessons(number: usize, article: &Article) -> Vec<Lesson> {
    let groups = groups(&article.doc);
    let families = |kind: &str| match kind {
        "rate" => vec![Form::Share],
        "growth" => vec![Form::Rise],
        "sum" => vec![Form::Apart, Form::Parts],
        "difference" => vec![Form::Apart, Form::Points],
        "quotient" | "mean" => vec![Form::Each],
        "equal" => vec![Form::Again],
        _ => vec![],
    };
    let mut right: HashSet<(Vec<String>, Form)> = HashSet::new();
    for (kind, ids) in &article.right {
        right.extend(families(kind).into_iter().map(|form| (key(ids), form)));
    }
    let mut nearest: HashMap<Vec<String>, (f64, usize)> = HashMap::new();
    let wrong: HashSet<Vec<String>> = article.wrong.iter().map(key).collect();
    for (n, group) in groups.iter().enumerate().filter(|(_, group)| !group.holds && wrong.contains(&key_of(group))) {
        let risen = ['增', '减', '升', '降', '长', '少'].iter().any(|c| group.printed().text.contains(*c));
        let misses = group.misses + if group.form == Form::Rise && !risen { 0.02 } else { 0.0 };
        let best = nearest.entry(key_of(group)).or_insert((misses, n));
        if misses < best.0 {
            *best = (misses, n);
        }
    }
    let chosen: HashSet<usize> = nearest.values().map(|(_, n)| *n).collect();
    let mut lessons = Vec::new();
    for (n, group) in groups.into_iter().enumerate() {
        let noted = right.contains(&(key_of(&group), group.form)) && group.holds;
        let unknown = !noted && !chosen.contains(&n) && (group.holds || wrong.contains(&key_of(&group)));
        if !unknown {
            let meant = noted || chosen.contains(&n);
            let miss = (!group.holds).then(|| group.miss());
            lessons.push(Lesson { article: number, form: group.form, marks: group.marks, meant, miss });
        }
    }
    lessons
}

/// Logistic regression with few weights that are not nought (follow the regularised leader), form by form.
fn learn<'a>(lessons: impl IntoIterator<Item = &'a Lesson>) -> Vec<(i32, Vec<i32>)> {
    const ROUNDS: usize = 12;
    const RATE: f64 = 0.15;
    const SPARSE: f64 = 8.0;
    const SMALL: f64 = 2.0;
    let lessons: Vec<&Lesson> = lessons.into_iter().collect();
    let many = marks_in_all();
    let of_form = |form: Form| {
        let lessons: Vec<&&Lesson> = lessons.iter().filter(|lesson| lesson.form == form).collect();
        let (mut pull, mut seen) = (vec![0.0_f64; many + 1], vec![0.0_f64; many + 1]);
        let weight = |pull: f64, seen: f64, sparse: f64| {
            if pull.abs() <= sparse {
                0.0
            } else {
                -(pull - sparse * pull.signum()) / ((1.0 + seen.sqrt()) / RATE + SMALL)
            }
        };
        for round in 0..ROUNDS {
            // Another order each round, always the same one.
            let step = [7919, 104_729, 15_485_863][round % 3];
            for n in 0..lessons.len() {
                let lesson = lessons[(n * step + round) % lessons.len()];
                let at = || lesson.marks.iter().copied().chain([many]);
                let sparse = |mark: usize| if mark == many { 0.0 } else { SPARSE };
                let sum: f64 = at().map(|mark| weight(pull[mark], seen[mark], sparse(mark))).sum();
                let error = 1.0 / (1.0 + (-sum).exp()) - f64::from(u8::from(lesson.meant));
                for mark in at() {
                    let own = weight(pull[mark], seen[mark], sparse(mark));
                    let more = seen[mark] + error * error;
                    pull[mark] += error - (more.sqrt() - seen[mark].sqrt()) / RATE * own;
                    seen[mark] = more;
                }
            }
        }
        let thousandths = |n: usize| {
            let sparse = if n == many { 0.0 } else { SPARSE };
            (weight(pull[n], seen[n], sparse) * 1000.0).round() as i32
        };
        (thousandths(many), (0..many).map(thousandths).collect())
    };
    Form::ALL.into_iter().map(of_form).collect()
}

/// How much likelier each way of missing is where the numbers are meant than where they are not, in thousandths.
fn misses<'a>(lessons: impl IntoIterator<Item = &'a Lesson>) -> [i32; MISSES] {
    let mut counted = [[1.0_f64; MISSES]; 2];
    for lesson in lessons {
        if let Some(miss) = lesson.miss {
            counted[usize::from(lesson.meant)][miss] += 1.0;
        }
    }
    let [not, meant] = counted.map(|ways| ways.map(|many| many / ways.iter().sum::<f64>()));
    std::array::from_fn(|n| ((meant[n] / not[n]).ln() * 1000.0).round() as i32)
}

fn as_weights(learnt: Vec<(i32, Vec<i32>)>, misses: [i32; MISSES]) -> Weights {
    let mut weights = Weights::read("");
    weights.set_misses(misses);
    for (form, (begins, of_form)) in Form::ALL.into_iter().zip(learnt) {
        weights.set(form, begins, of_form);
    }
    weights
}

/// Tells what is found in the articles that were not learnt from.
fn tried(articles: &[Article], lessons: &[Lesson]) {
    let (mut noted, mut told, mut looked, mut in_vain) = (0, 0, 0, 0);
    for part in 0..PARTS {
        let others = || lessons.iter().filter(|lesson| lesson.article % PARTS != part);
        let weights = as_weights(learn(others()), misses(others()));
        for article in articles.iter().skip(part).step_by(PARTS) {
            let all = relate_with(&article.doc, &weights);
            let failing = || all.iter().filter(|it| it.finding == Finding::Inconsistent);
            let tells = |it: &Relation, wrong: &Vec<String>| {
                let shared = it.members.iter().filter(|(_, id)| wrong.contains(id)).count();
                shared * 2 >= wrong.len() && shared >= 2.min(wrong.len())
            };
            for wrong in &article.wrong {
                let found =
                    |look: bool| failing().any(|it| it.look == look && (look || it.primary) && tells(it, wrong));
                noted += 1;
                told += usize::from(found(false));
                looked += usize::from(!found(false) && found(true));
            }
            in_vain += failing().filter(|it| it.look && !article.wrong.iter().any(|wrong| tells(it, wrong))).count();
        }
    }
    let many = articles.len();
    eprintln!(
        "in {many} texts {noted} contradictions, {told} told by words; {looked} more to be looked at, and {in_vain} others"
    );
}
