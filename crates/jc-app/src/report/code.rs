//! What the code of a printed chapter, or of a whole report, tells a stranger who has the paper in hand: the figures that stood there, what they
//! mean, the seals they rest on, and what was restated since. Of people nothing.

use crate::app::App;
use crate::error::AppError;
use crate::figures::{Cache, IndicatorRef};
use crate::person::{Person, Viewer};
use jc_base::Instant;
use jc_figures::Page;
use jc_figures::restated::Cause;
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// A printed chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coded {
    /// The code, as it is printed.
    pub code: String,
    /// Whose report it is.
    pub school: String,
    /// Whether everything in it is invented.
    pub synthetic: bool,
    /// The report's title.
    pub title: String,
    /// The chapter's; the report's once more if the code is that of the whole.
    pub chapter: String,
    /// Of a whole report: its chapters, by title and code.
    pub chapters: Vec<(String, String)>,
    /// The language of both, of the figures' names and of their definitions.
    pub lang: String,
    /// The day as of which it was made.
    pub made_on: String,
    /// The release profile it was made for.
    pub profile: String,
    /// The chapter's figures.
    pub figures: Vec<CodedFigure>,
    /// What was restated since, of the pages its figures are of.
    pub since: Vec<Since>,
}

/// A figure of a printed chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodedFigure {
    /// The indicator's name.
    pub name: String,
    /// The part it is of; empty for the whole, and for what the public is not told of.
    pub part: String,
    /// The period in words.
    pub period: String,
    /// The value as the report has it; nothing if it is missing or withheld.
    pub printed: Option<String>,
    /// The unit in words.
    pub unit: String,
    /// Numerator and denominator, where there are both.
    pub fraction: Option<(String, String)>,
    /// Whether the public is not told of it.
    pub withheld: bool,
    /// The definition in words.
    pub definition: String,
    /// Where that comes from; may be empty.
    pub source: String,
    /// The seal of its page, if that was closed then.
    pub seal: Option<String>,
    /// The digest of its page's records; empty where withheld.
    pub records: String,
    /// Where it stands in the report, and how it is written there.
    pub places: Vec<CodedPlace>,
    /// What it is now, if its page was restated since and it is another.
    pub now: Option<String>,
}

/// Where a figure stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodedPlace {
    /// Its number in the report: links in the file lead to `#f` and it.
    pub number: u64,
    /// What is written there.
    pub text: String,
}

/// A restatement since the report was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    /// The register's position.
    pub register: usize,
    /// The page.
    pub page: Page,
    /// Why.
    pub cause: Cause,
    /// When.
    pub at: Instant,
}

impl App {
    /// What a code stands for, however its letters were typed; nothing if no report with it left a house here.
    pub fn report_code(&self, typed: &str) -> Result<Option<Coded>, AppError> {
        let Some(code) = plain(typed) else { return Ok(None) };
        for (school, name, synthetic) in self.schools()? {
            let person = Person::command_line(school);
            let viewer = self.viewer(&person);
            let Some((content, seq)) = viewer.read(|reader| Ok(reader.report_code(&code)?))? else { continue };
            let Ok(kept) = serde_json::from_str::<Json>(&content) else { return Ok(None) };
            let (figures, since) = viewer.coded_figures(&kept, seq)?;
            let report = |key: &str| text(&kept["report"], key);
            return Ok(Some(Coded {
                school: name,
                synthetic,
                title: report("title"),
                chapter: text(&kept["chapter"], "title"),
                chapters: kept["chapters"]
                    .as_array()
                    .map_or(&[][..], Vec::as_slice)
                    .iter()
                    .map(|chapter| (text(chapter, "title"), text(chapter, "code")))
                    .collect(),
                lang: report("lang"),
                made_on: report("made_on"),
                profile: report("profile"),
                figures,
                since,
                code,
            }));
        }
        Ok(None)
    }
}

impl Viewer<'_> {
    /// The kept figures, each beside what it is now where its page was restated after the entry `seq` of the log.
    fn coded_figures(&self, kept: &Json, seq: i64) -> Result<(Vec<CodedFigure>, Vec<Since>), AppError> {
        let list = |key: &str| kept[key].as_array().map_or(&[][..], Vec::as_slice);
        self.read(|reader| {
            let mut cache = Cache::default();
            let mut pages: BTreeSet<(usize, Page)> = BTreeSet::new();
            let mut restated: BTreeSet<(usize, Page)> = BTreeSet::new();
            let (mut figures, mut since) = (Vec::new(), Vec::new());
            for figure in list("figures") {
                let id = text(figure, "id");
                let mut told = figure_of(figure);
                told.places =
                    list("shown").iter().filter(|place| text(place, "figure") == id).filter_map(place).collect();
                let of = self.catalog.find_indicator(&text(figure, "indicator"));
                let of = of.map(|(register, indicator)| IndicatorRef { register, indicator });
                let code = id.split_once('@').map(|(_, rest)| rest.split('/').next().unwrap_or_default().to_owned());
                let page = of.zip(code).and_then(|(of, code)| Page::parse(&self.catalog.registers[of.register], &code));
                if let Some((of, page)) = of.zip(page) {
                    if pages.insert((of.register, page)) {
                        let name = self.catalog.registers[of.register].id.as_str();
                        let made = reader.restatements(Some((name, &page.to_string())))?;
                        for one in made.into_iter().filter(|one| one.seq > seq) {
                            restated.insert((of.register, page));
                            since.push(Since { register: of.register, page, cause: one.cause, at: one.at });
                        }
                    }
                    if restated.contains(&(of.register, page)) && told.part.is_empty() && !told.withheld {
                        let now = self.settle_as(reader, &mut cache, of, page)?.printed();
                        told.now = now.filter(|now| told.printed.as_ref() != Some(now));
                    }
                }
                figures.push(told);
            }
            Ok((figures, since))
        })
    }
}

fn figure_of(figure: &Json) -> CodedFigure {
    let maybe = |key: &str| figure[key].as_str().map(str::to_owned);
    CodedFigure {
        name: text(figure, "name"),
        part: text(figure, "part"),
        period: text(figure, "period"),
        printed: maybe("printed"),
        unit: text(figure, "unit"),
        fraction: maybe("numerator").zip(maybe("denominator")),
        withheld: figure["withheld"].as_bool().unwrap_or(true),
        definition: text(figure, "definition"),
        source: text(figure, "source"),
        seal: maybe("seal"),
        records: text(figure, "records"),
        places: Vec::new(),
        now: None,
    }
}

fn place(place: &Json) -> Option<CodedPlace> {
    Some(CodedPlace { number: place["number"].as_u64()?, text: text(place, "text") })
}

fn text(json: &Json, key: &str) -> String {
    json[key].as_str().unwrap_or_default().to_owned()
}

/// A code as it is printed, from how people type it: small letters, no strokes, O for 0.
fn plain(typed: &str) -> Option<String> {
    let letters: Vec<char> = typed
        .chars()
        .filter(|c| !matches!(c, '-' | ' '))
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    let whole = letters.len() == 16 && letters.iter().all(char::is_ascii_alphanumeric);
    whole.then(|| letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        for typed in ["01AB-CDEF-GH1J-KMNP", "olabcdefghijkmnp", "0lab cdef gh1j kmnp"] {
            assert_eq!(plain(typed).as_deref(), Some("01AB-CDEF-GH1J-KMNP"));
        }
        for no in ["", "01AB", "01AB-CDEF-GH1J-KMN%", "01AB-CDEF-GH1J-KMNP-0000"] {
            assert_eq!(plain(no), None);
        }
    }
}
