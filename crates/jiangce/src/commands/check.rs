//! `check`: a text held against the records and against its own arithmetic.

use crate::cli::Check;
use crate::desk::Desk;
use crate::exit::Exit;
use crate::failure::{file, shown, undone};
use crate::parts::{Catalog, Judgement, MOST_TEXT_BYTES, Verdict};
use anyhow::Result;
use jc_app::check_text::{Checked, Tally};
use jc_app::given::left_out;
use jc_app::{App, Person};
use jc_base::{Lang, SchoolId};
use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

/// Prints what became of each number; answers that something was found if one is contradicted.
pub fn run(desk: &Desk, given: &Check) -> Result<Exit> {
    // Without records no data is needed: an editor anywhere can test a text's own arithmetic.
    let nowhere = tempfile::tempdir();
    let (app, person) = if given.no_records && desk.present().is_err() {
        let folder = nowhere.map_err(|cause| file(desk, "cli-cannot-make-folder", Path::new("tmp"), &cause))?;
        let mut setup = desk.setup();
        setup.data = folder.path().to_owned();
        setup.database = None;
        let app = desk.make(setup)?;
        let checked = check(desk, given, &app, &Person::command_line(SchoolId(0)));
        drop(app);
        return checked;
    } else {
        let app = desk.open()?;
        let person = desk.person(&app)?;
        (app, person)
    };
    check(desk, given, &app, &person)
}

fn check(desk: &Desk, given: &Check, app: &App, person: &Person) -> Result<Exit> {
    let text = &read(desk, app, &given.file)?;
    let year = given.year.unwrap_or_else(|| app.moment().today.year());
    let checked = app.viewer(person).check_text(text, year, !given.no_records)?;
    if desk.global.json {
        desk.answer(&checked.to_json());
    } else {
        tell(desk, &checked, text, app.viewer(person).catalog(), (!given.no_records).then_some(year));
    }
    Ok(Exit::found(checked.contradicted() + checked.impossible().count() > 0))
}

/// `year` is that of the records; nothing where they were not asked.
fn tell(desk: &Desk, checked: &Checked, text: &str, catalog: &Catalog, year: Option<i32>) {
    let speech = Speech::new(desk);
    let lines = Lines::new(text);
    let place = |id: &str| {
        let claim = checked.document.claim(id);
        let (line, column) = claim.map_or((0, 0), |claim| lines.at(claim.span.start));
        let quoted = claim.map_or("", |claim| claim.text.as_str()).split_whitespace().collect::<String>();
        let with = [("line", line.into()), ("column", column.into()), ("text", quoted.into())];
        desk.words("cli-check-place", &with)
    };
    let line = |place: String, verdict: &str, says: String| {
        let verdict = desk.words(verdict, &[]);
        let with = [("place", place.into()), ("verdict", verdict.into()), ("says", says.into())];
        desk.say(&desk.words("cli-check-line", &with));
    };
    for judgement in &checked.judgements {
        let verdict = match judgement.verdict {
            Verdict::Supported => "cli-check-supported",
            Verdict::SupportedIfVerified => "cli-check-pending",
            Verdict::SupportedOtherwise => "cli-check-otherwise",
            Verdict::Contradicted => "cli-check-contradicted",
            Verdict::NotDerivable(_) => continue,
        };
        line(place(&judgement.claim_id), verdict, records(desk, catalog, judgement));
    }
    let told = checked.impossible().map(|it| (it, "cli-check-impossible"));
    let looks = checked.looks().map(|it| (it, "cli-check-look"));
    let forced = checked.forcing().map(|it| (it, "cli-check-forced"));
    for (relation, id) in told.chain(looks).chain(forced) {
        let tested = relation.members.last().map(|(_, id)| place(id)).unwrap_or_default();
        let words = speech.working(relation.working.code, &relation.working.with, &relation.working.zh);
        line(tested, id, words);
        for (id, with) in relation.remarks(&checked.document) {
            let with: Vec<_> = with.iter().map(|(name, value)| (*name, value.into())).collect();
            desk.say(&format!("  {}", desk.words(&id, &with)));
        }
    }
    let Tally { seen, right, nearly, wrong, open } = checked.tally();
    match year {
        Some(year) => {
            let judged = checked.tally().judged();
            let with = [
                ("seen", seen.into()),
                ("judged", judged.into()),
                ("left", open.into()),
                ("year", year.to_string().into()),
            ];
            desk.tell("check-seen", &with);
            let with =
                [("right", right.into()), ("nearly", nearly.into()), ("wrong", wrong.into()), ("open", open.into())];
            desk.tell("cli-check-records", &with);
        }
        None => desk.tell("cli-check-numbers", &[("seen", seen.into())]),
    }
    let with = [("held", checked.holding().into()), ("broken", checked.impossible().count().into())];
    desk.tell("check-sums", &with);
    let left = left_out(&checked.document);
    if left > 0 {
        desk.tell("claims-left-out", &[("n", left.into())]);
    }
}

/// What the records say of a number: each reading, where several remain.
fn records(desk: &Desk, catalog: &Catalog, judgement: &Judgement) -> String {
    let decided = judgement.reading().map(|reading| vec![reading]);
    let readings = decided.unwrap_or_else(|| judgement.said().collect());
    let words = readings.into_iter().map(|reading| {
        let found = catalog.find_indicator(&reading.indicator);
        let name = found.and_then(|(register, at)| catalog.registers.get(register)?.indicators.get(at));
        let name = name.map_or(reading.indicator.as_str(), |it| it.name.get(desk.lang));
        let of = [name, &reading.period].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        desk.words("cli-check-record", &[("value", reading.printed.as_str().into()), ("of", of.into())])
    });
    words.collect::<Vec<_>>().join(&desk.words("check-or", &[]))
}

/// Workings in the person's language.
struct Speech {
    lang: Lang,
    known: BTreeSet<String>,
}

impl Speech {
    fn new(desk: &Desk) -> Self {
        Self { lang: desk.lang, known: jc_words::ids(desk.lang) }
    }

    /// A working by its message; Chinese brings its own, others fall back to the values it names.
    fn working(&self, code: &str, with: &[(&'static str, String)], zh: &str) -> String {
        let id = format!("claims-{code}");
        if self.known.contains(&id) {
            let with: Vec<_> = with.iter().map(|(name, value)| (*name, value.into())).collect();
            return jc_words::text(self.lang, &id, &with);
        }
        if self.lang == Lang::Zh {
            return zh.to_owned();
        }
        let values: Vec<String> = with.iter().map(|(name, value)| format!("{name} {value}")).collect();
        format!("{code} ({})", values.join(", "))
    }
}

/// Where lines begin, counted in characters.
struct Lines(Vec<usize>);

impl Lines {
    fn new(text: &str) -> Self {
        let after = text.chars().enumerate().filter(|(_, c)| *c == '\n').map(|(at, _)| at + 1);
        Self(std::iter::once(0).chain(after).collect())
    }

    /// Line and column of a character, both from 1.
    fn at(&self, offset: usize) -> (usize, usize) {
        let line = self.0.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|l| self.0.get(l)).copied().unwrap_or(0);
        (line, offset - start + 1)
    }
}

/// Takes the text out of a file or, for `-`, of what comes in.
fn read(desk: &Desk, app: &App, path: &Path) -> Result<String> {
    let most = MOST_TEXT_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|f| f.take(most).read_to_end(&mut bytes))
    };
    read.map_err(|cause| file(desk, "cli-cannot-read", path, &cause))?;
    let name = path.file_name().map_or_else(|| shown(path), |name| name.to_string_lossy().into_owned());
    let prose = app.open_text(&name, bytes).map_err(|error| undone(desk, error))?;
    for warning in &prose.warnings {
        desk.complain(jc_words::terminal(desk.lang, warning, None).trim_end());
    }
    Ok(prose.text)
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn places_are_counted_in_characters() {
        let lines = Lines::new("一二\n三四五");
        assert_eq!((lines.at(0), lines.at(1), lines.at(3), lines.at(5)), ((1, 1), (1, 2), (2, 1), (2, 3)));
    }
}
