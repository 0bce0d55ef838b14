//! How much of a stranger's file we are ready to read.

/// Bounds on a file and what is in it. Reaching one is a finding that names the bound, never a crash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file as handed in.
    pub bytes: usize,
    /// Bytes that really come out of its compressed parts, all together; what the file declares is not believed.
    pub inflated_bytes: u64,
    /// Parts in a zip container.
    pub zip_entries: usize,
    /// Sheets.
    pub sheets: usize,
    /// Rows with something in them, per sheet.
    pub rows: u32,
    /// The last column that may have something in it.
    pub columns: u32,
    /// Cells with something in them, per sheet.
    pub cells: u64,
    /// Characters in one cell: what spreadsheet programs allow.
    pub cell_chars: usize,
    /// How deep XML elements may nest.
    pub xml_depth: u32,
    /// Findings reported one by one; the rest is only counted.
    pub findings: usize,
}

impl Default for Limits {
    /// For uploads.
    fn default() -> Self {
        Self {
            bytes: 64 << 20,
            inflated_bytes: 200 << 20,
            zip_entries: 2_000,
            sheets: 50,
            rows: 200_000,
            columns: 200,
            cells: 3_000_000,
            cell_chars: 32_767,
            xml_depth: 64,
            findings: 10_000,
        }
    }
}

impl Limits {
    /// Whether none of its bounds is wider.
    pub fn within(&self, other: &Self) -> bool {
        self.bytes <= other.bytes
            && self.inflated_bytes <= other.inflated_bytes
            && self.zip_entries <= other.zip_entries
            && self.sheets <= other.sheets
            && self.rows <= other.rows
            && self.columns <= other.columns
            && self.cells <= other.cells
            && self.cell_chars <= other.cell_chars
            && self.xml_depth <= other.xml_depth
            && self.findings <= other.findings
    }

    /// For the command line, where the person who runs it owns the machine.
    pub fn generous() -> Self {
        Self {
            bytes: 1 << 30,
            inflated_bytes: 8 << 30,
            zip_entries: 10_000,
            sheets: 500,
            rows: 5_000_000,
            columns: 2_000,
            cells: 200_000_000,
            findings: 1_000_000,
            ..Self::default()
        }
    }
}
