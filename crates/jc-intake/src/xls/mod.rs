//! Workbooks of Excel 97 to 2003 and old WPS: `xls`.

mod cfb;
mod globals;
mod records;
mod sheet;

pub(crate) use cfb::Cfb;
pub(crate) use sheet::XlsReader;

use crate::codes;
use crate::limits::Limits;
use crate::site::Site;
use crate::tally::Tally;
use globals::Globals;
use jc_base::Finding;

/// A workbook whose sheets are known. Its one stream is in memory; sheets are read from it when asked for.
pub(crate) struct Xls {
    stream: Vec<u8>,
    pub(crate) globals: Globals,
}

/// Why an old file cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum XlsError {
    Damaged,
    Encrypted,
    TooOld,
    TooLong,
}

impl Xls {
    /// Reads what the sheets share from the container's workbook stream.
    pub(crate) fn open(container: &Cfb<'_>, limits: &Limits, site: &Site) -> Result<Self, Box<Finding>> {
        let wrong = |error| finding(error, "Workbook", limits, site);
        let stream = container
            .stream("Workbook")
            .ok_or_else(|| wrong(if container.has("Book") { XlsError::TooOld } else { XlsError::Damaged }))?;
        let globals = globals::read(&stream, limits).map_err(wrong)?;
        if globals.sheets.len() > limits.sheets {
            return Err(Box::new(site.whole_error(codes::TOO_MANY_SHEETS).with("most", limits.sheets)));
        }
        Ok(Self { stream, globals })
    }

    /// Begins to read the rows of a sheet.
    pub(crate) fn rows(&self, sheet: usize, limits: &Limits, site: &Site) -> Result<XlsReader<'_>, Box<Finding>> {
        let sheet = self.globals.sheets.get(sheet).ok_or_else(|| site.damaged("sheet"))?;
        let stream = self.stream.get(sheet.position..).ok_or_else(|| site.damaged(&sheet.name))?;
        let mut tally = Tally::new(site.sheet(&sheet.name), limits);
        let cells = match sheet::read(stream, &self.globals, &mut tally) {
            Ok(cells) => cells,
            Err(sheet::Stop::Found(finding)) => return Err(finding),
            Err(sheet::Stop::Xls(error)) => return Err(finding(error, &sheet.name, limits, site)),
        };
        Ok(XlsReader::new(cells, &self.globals.strings, tally))
    }
}

fn finding(error: XlsError, part: &str, limits: &Limits, site: &Site) -> Box<Finding> {
    match error {
        XlsError::Damaged => site.damaged(&crate::site::quote(part)),
        XlsError::Encrypted => Box::new(site.whole_error(codes::ENCRYPTED)),
        XlsError::TooOld => Box::new(site.whole_error(codes::OLD_WORKBOOK)),
        XlsError::TooLong => Box::new(site.whole_error(codes::TOO_LONG).with("most", limits.cell_chars)),
    }
}
