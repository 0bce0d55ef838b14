//! Reads the catalog: all files, all faults at once.
//!
//! 1. each file is read as TOML and, if all are, its tables as what they should hold (`reader`, `raw`), keeping
//!    every position;
//! 2. units, offices, code lists and the fields of all registers are resolved (`lists`, `registers`);
//! 3. with all fields known, expressions are read and what uses them is built (`body`, `indicators`).
//!
//! Each step goes on with what it could make sense of, so that a person sees everything wrong in one go; only the
//! finished catalog is withheld while there is an error.

mod body;
mod check_in;
mod coverage;
mod definitions;
mod indicators;
mod lists;
mod pathway_checks;
mod pathways;
mod personal;
mod raw;
mod raw_indicator;
mod reader;
mod registers;
mod regulations;
mod roles;
mod rules;
mod same;
mod source;

use crate::belonging::Belonging;
use crate::model::{Area, Catalog, CodeList};
use crate::regulation::Regulation;
use include_dir::{Dir, DirEntry, include_dir};
use jc_base::Finding;
use jc_base::finding::has_errors;
use raw::RawFile;
use reader::Faults;
pub use source::FileText;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A file of the catalog: its path below the catalog's folder, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// With slashes: `training/graduate.toml`.
    pub path: String,
    /// Its text; that of a file that came with the program stays where it is in the program.
    pub text: Cow<'static, str>,
}

static SHIPPED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../catalog");

/// Where the templates of reports stand: no part of what is declared, so that a mistake in one stops nothing else.
pub const REPORTS: &str = "reports/";

/// The catalog that comes with the program, by path.
pub fn shipped() -> Vec<Source> {
    all_shipped().into_iter().filter(|source| !source.path.starts_with(REPORTS)).collect()
}

/// The templates of reports that come with the program, by path.
pub fn shipped_reports() -> Vec<Source> {
    all_shipped().into_iter().filter(|source| source.path.starts_with(REPORTS)).collect()
}

fn all_shipped() -> Vec<Source> {
    fn collect(dir: &'static Dir<'static>, into: &mut Vec<Source>) {
        for entry in dir.entries() {
            match entry {
                DirEntry::Dir(dir) => collect(dir, into),
                DirEntry::File(file) => {
                    let path = file.path().to_string_lossy().replace('\\', "/");
                    if let Some(text) = file.contents_utf8().filter(|_| path.ends_with(".toml")) {
                        into.push(Source { path, text: Cow::Borrowed(text) });
                    }
                }
            }
        }
    }
    let mut sources = Vec::new();
    collect(&SHIPPED, &mut sources);
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

/// The school's own files over those that came with the program: one of the same path replaces, another adds.
pub fn overlay(base: Vec<Source>, own: Vec<Source>) -> Vec<Source> {
    let mut by_path: BTreeMap<String, Cow<'static, str>> = base.into_iter().map(|s| (s.path, s.text)).collect();
    by_path.extend(own.into_iter().map(|s| (s.path, s.text)));
    by_path.into_iter().map(|(path, text)| Source { path, text }).collect()
}

/// Reads the catalog.
///
/// Shape: the catalog, only if no finding is an error; and everything found wrong in any file, by file and line.
/// The same sources in any order give the same catalog.
pub fn load(sources: &[Source]) -> (Option<Catalog>, Vec<Finding>) {
    let mut sorted: Vec<&Source> = sources.iter().collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    let files: Vec<FileText<'_>> = sorted.iter().map(|s| FileText::new(&s.path, &s.text)).collect();
    let faults = Faults::new(&files);
    let parsed: Vec<_> = files.iter().enumerate().map(|(ix, file)| reader::parse(ix, file.text, &faults)).collect();
    // Where quotes or brackets are lost, what follows is guesswork: it would only hide what is to be mended.
    if faults.any_syntax() {
        return (None, faults.into_findings());
    }
    let raw: Vec<RawFile> =
        parsed.iter().enumerate().filter_map(|(ix, root)| raw::read(ix, root.get_ref(), &faults)).collect();

    let lists = lists::resolve(&raw, &faults);
    let (order, mut registers) = registers::resolve(&raw, &lists, &faults);
    body::resolve(&order, &mut registers, &lists, &faults);
    personal::check(&order, &registers, &lists, &faults);
    let roles = roles::resolve(&raw, &registers, &faults);
    let roots = parsed.iter().map(|root| root.get_ref()).enumerate();
    let pathways = roots.filter_map(|(ix, root)| pathways::read_file(ix, root, &registers, &lists, &faults)).collect();
    let regulations = regulations(raw, &lists.codes, &faults);

    let findings = faults.into_findings();
    let catalog = (!has_errors(&findings)).then(|| Catalog {
        belonging: Belonging::of(&registers),
        registers,
        codes: lists.codes,
        units: lists.units,
        offices: lists.offices,
        data_classes: lists.data_classes,
        roles,
        regulations,
        pathways,
        sources: sorted.iter().map(|s| (s.path.clone(), s.text.clone())).collect(),
    });
    (catalog, findings)
}

/// The regulations among the files, by id.
fn regulations(raw: Vec<RawFile>, codes: &[CodeList], faults: &Faults<'_>) -> Vec<Regulation> {
    let of = |file: RawFile| if let RawFile::Regulation(read) = file { Some(*read) } else { None };
    let mut read: Vec<_> = raw.into_iter().filter_map(of).collect();
    read.sort_by(|a, b| a.1.id.cmp(&b.1.id));
    regulations::check(&read, codes, faults);
    read.into_iter().map(|(_, regulation)| regulation).collect()
}

/// What a file is, by where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// `units.toml`, `offices.toml`, `data-classes.toml`, `roles.toml` and a school's others beside them.
    Top,
    /// `codes/…`
    Codes,
    /// `<area>/…`
    Area(Area),
    /// `regulations/…`
    Regulations,
    /// `pathways/…`: read once all registers are there.
    Pathways,
    /// `reports/…`: read by others.
    Others,
}

/// The place of a path, and the file's name without ending; nothing for a folder that is none of the catalog's.
fn place_of(path: &str) -> Option<(Place, &str)> {
    let stem = path.strip_suffix(".toml")?;
    let Some((folder, name)) = stem.split_once('/') else { return Some((Place::Top, stem)) };
    let place = match folder {
        "codes" => Place::Codes,
        "regulations" => Place::Regulations,
        "pathways" => Place::Pathways,
        "reports" => return Some((Place::Others, name)),
        _ => Place::Area(Area::ALL.into_iter().find(|area| area.code() == folder)?),
    };
    (!name.contains('/')).then_some((place, name))
}
