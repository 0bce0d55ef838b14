//! Workbooks of Excel since 2007, of WPS and everything else that writes `xlsx`.

pub(crate) mod parts;
mod sheet;
mod strings;

pub use sheet::Merge;
pub(crate) use sheet::{MOST_MERGES, SheetReader, merged};

use crate::codes;
use crate::limits::Limits;
use crate::number::NumberStyle;
use crate::row::Strings;
use crate::site::Site;
use crate::tally::Tally;
use crate::xml::{Xml, XmlError};
use crate::zipped::{self, Archive, Metered};
use jc_base::Finding;

/// A workbook whose sheets are known, their rows not yet read.
pub(crate) struct Xlsx {
    archive: Archive,
    pub(crate) sheets: Vec<SheetPart>,
    styles: Vec<NumberStyle>,
    strings: Strings,
    epoch_1904: bool,
    left: u64,
}

/// A sheet and where it stands in the container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SheetPart {
    pub(crate) name: String,
    pub(crate) hidden: bool,
    part: usize,
}

/// A part of the container being read as XML.
type Part<'z> = Xml<Metered<'z>>;

impl Xlsx {
    /// Reads what the sheets share: their names, the formats, the strings.
    pub(crate) fn open(archive: Archive, workbook: &str, limits: &Limits, site: &Site) -> Result<Self, Box<Finding>> {
        let mut it = Self {
            archive,
            sheets: Vec::new(),
            styles: Vec::new(),
            strings: Strings::default(),
            epoch_1904: false,
            left: limits.inflated_bytes,
        };
        let relations = parts::relations_of(workbook);
        let relations = it.read(&relations, limits, site, parts::relations)?.unwrap_or_default();
        let contents = it.read(workbook, limits, site, parts::workbook)?.ok_or_else(|| site.damaged(workbook))?;
        it.epoch_1904 = contents.epoch_1904;
        if contents.sheets.len() > limits.sheets {
            return Err(Box::new(site.whole_error(codes::TOO_MANY_SHEETS).with("most", limits.sheets)));
        }
        for sheet in contents.sheets {
            let Some(relation) = relations.iter().find(|r| r.id == sheet.relation) else { continue };
            if !relation.kind.ends_with("/worksheet") {
                continue;
            }
            let name = parts::resolve(workbook, &relation.target);
            let part = zipped::find(&it.archive, &name).ok_or_else(|| site.damaged(&name))?;
            it.sheets.push(SheetPart { name: sheet.name, hidden: sheet.hidden, part });
        }
        let shared = |suffix: &str| relations.iter().find(|r| r.kind.ends_with(suffix));
        if let Some(relation) = shared("/styles") {
            let name = parts::resolve(workbook, &relation.target);
            it.styles = it.read(&name, limits, site, parts::styles)?.unwrap_or_default();
        }
        if let Some(relation) = shared("/sharedStrings") {
            let name = parts::resolve(workbook, &relation.target);
            let most = limits.cell_chars;
            match it.read(&name, limits, site, |xml| strings::read(xml, most))? {
                Some(Some(strings)) => it.strings = strings,
                Some(None) => return Err(Box::new(site.whole_error(codes::TOO_LONG).with("most", most))),
                None => {}
            }
        }
        Ok(it)
    }

    /// Reads a small part to its end; nothing if there is no such part.
    fn read<T>(
        &mut self,
        name: &str,
        limits: &Limits,
        site: &Site,
        read: impl FnOnce(&mut Part<'_>) -> Result<T, XmlError>,
    ) -> Result<Option<T>, Box<Finding>> {
        let Some(at) = zipped::find(&self.archive, name) else { return Ok(None) };
        let metered = Metered::new(&mut self.archive, at, self.left).ok_or_else(|| site.damaged(name))?;
        let mut xml = Xml::new(metered, limits.xml_depth);
        let outcome = read(&mut xml);
        self.left = xml.reader().left();
        outcome.map(Some).map_err(|error| finding(error, name, limits, site))
    }

    /// Begins to read the rows of a sheet.
    pub(crate) fn rows(&mut self, sheet: usize, limits: &Limits, site: &Site) -> Result<SheetReader<'_>, Box<Finding>> {
        let part = self.sheets.get(sheet).ok_or_else(|| site.damaged("sheet"))?;
        let tally = Tally::new(site.sheet(&part.name), limits);
        let metered = Metered::new(&mut self.archive, part.part, self.left).ok_or_else(|| site.damaged(&part.name))?;
        Ok(SheetReader::new(Xml::new(metered, limits.xml_depth), &self.styles, &self.strings, self.epoch_1904, tally))
    }
}

/// The finding for a part that cannot be read on.
pub(crate) fn finding(error: XmlError, part: &str, limits: &Limits, site: &Site) -> Box<Finding> {
    match error {
        XmlError::TooMuch => {
            Box::new(site.whole_error(codes::INFLATES).with("most", limits.inflated_bytes.div_ceil(1 << 20)))
        }
        XmlError::Doctype => Box::new(site.whole_error(codes::DOCTYPE).with("part", crate::site::quote(part))),
        XmlError::Damaged => site.damaged(&crate::site::quote(part)),
    }
}
