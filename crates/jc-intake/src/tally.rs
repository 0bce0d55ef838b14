//! Counts what a sheet holds against the limits, the same for every kind of file.

use crate::codes;
use crate::limits::Limits;
use crate::site::Site;
use jc_base::Finding;

/// What has been read of a sheet.
#[derive(Debug, Clone)]
pub(crate) struct Tally {
    pub(crate) site: Site,
    pub(crate) limits: Limits,
    rows: u32,
    cells: u64,
}

impl Tally {
    pub(crate) fn new(site: Site, limits: &Limits) -> Self {
        Self { site, limits: limits.clone(), rows: 0, cells: 0 }
    }

    /// Counts a row with something in it.
    pub(crate) fn row(&mut self, number: u32, cells: usize) -> Result<(), Box<Finding>> {
        self.rows += 1;
        self.cells += cells as u64;
        let over = |code, most: u64| Err(Box::new(Finding::error(code, self.site.row(number)).with("most", most)));
        if self.rows > self.limits.rows {
            return over(codes::TOO_MANY_ROWS, u64::from(self.limits.rows));
        }
        if self.cells > self.limits.cells {
            return over(codes::TOO_MANY_CELLS, self.limits.cells);
        }
        Ok(())
    }

    /// Whether a cell with something in it may stand in a column.
    pub(crate) fn column(&self, number: u32, column: usize) -> Result<(), Box<Finding>> {
        if column >= self.limits.columns as usize {
            let place = self.site.cell(number, column);
            return Err(Box::new(Finding::error(codes::TOO_MANY_COLUMNS, place).with("most", self.limits.columns)));
        }
        Ok(())
    }

    /// Whether a cell may hold a text.
    pub(crate) fn text(&self, number: u32, column: usize, text: &str) -> Result<(), Box<Finding>> {
        // A text of so many bytes has at most so many characters; only longer ones need counting.
        if text.len() > self.limits.cell_chars && text.chars().count() > self.limits.cell_chars {
            let place = self.site.cell(number, column);
            return Err(Box::new(Finding::error(codes::TOO_LONG, place).with("most", self.limits.cell_chars)));
        }
        Ok(())
    }
}
