//! The codes of this crate's findings. Their words are in `messages/` under the code.

macro_rules! codes {
    ($($name:ident = $code:literal, [$($arg:literal),*], $doc:literal;)*) => {
        $(#[doc = $doc] pub(crate) const $name: &str = $code;)*
        /// All codes of this crate's findings and the values their words are given.
        pub const CODES: &[(&str, &[&str])] = &[$(($code, &[$($arg),*])),*];
    };
}

codes! {
    EMPTY_FILE = "INT-001", [], "The file has nothing in it.";
    TOO_BIG = "INT-002", ["size", "most"], "The file is larger than we take, in MiB.";
    UNKNOWN_KIND = "INT-003", [], "Not a spreadsheet of any kind we know.";
    HTML_PAGE = "INT-004", [], "A web page saved under a spreadsheet's name.";
    ENCRYPTED = "INT-005", [], "The file is protected by a password.";
    OTHER_KIND = "INT-006", ["kind"], "A document of another kind.";
    DAMAGED = "INT-007", ["part"], "The file is cut off or damaged.";
    INFLATES = "INT-008", ["most"], "Its compressed parts come out larger than we take, in MiB.";
    TOO_MANY_PARTS = "INT-009", ["most"], "The container has too many parts.";
    ODD_CONTAINER = "INT-010", ["part"], "The container has parts no spreadsheet program writes.";
    DOCTYPE = "INT-011", ["part"], "The file brings a document type of its own, which can smuggle things in.";
    TOO_MANY_SHEETS = "INT-013", ["most"], "Too many sheets.";
    NO_SHEETS = "INT-014", [], "A workbook without a sheet of cells.";
    TOO_MANY_ROWS = "INT-015", ["most"], "Too many rows.";
    TOO_MANY_COLUMNS = "INT-016", ["most"], "Something stands too far to the right.";
    TOO_MANY_CELLS = "INT-017", ["most"], "Too many cells.";
    TOO_LONG = "INT-018", ["most"], "More text in a cell than spreadsheet programs allow.";
    BAD_BYTES = "INT-019", ["encoding"], "Bytes that are no text in the encoding.";
    NUL = "INT-020", [], "A NUL character: not a text file.";
    OPEN_QUOTE = "INT-021", [], "A quotation mark that is never closed.";
    OLD_WORKBOOK = "INT-022", [], "An xls file of a version before 1997.";
    TOO_SLOW = "INT-023", [], "Reading took too long and was given up.";
    UNCONFINED = "INT-025", [], "The process that reads files cannot be confined on this machine, so none is read.";
    READER_DIED = "INT-024", [], "The process that read the file died of it, or said what cannot be.";

    NO_HEADINGS = "INT-030", ["expected"], "No row looks like the headings.";
    HEADING_TWICE = "INT-031", ["heading"], "Two columns of the same heading.";
    HEADING_OF_TWO = "INT-032", ["heading", "fields"], "A heading that fits two fields.";
    FIELD_TWICE = "INT-033", ["heading", "field"], "A second column for the same field.";
    HEADING_NEAR = "INT-034", ["heading", "nearest"], "A heading close to one we know: confirm it.";
    HEADING_UNKNOWN = "INT-035", ["heading"], "A column that belongs to no field: left out.";
    COLUMN_MISSING = "INT-036", ["field"], "No column for a required field.";
    FIELD_RETIRED = "INT-037", ["heading"], "A column of a field that is no longer asked for.";

    REQUIRED = "INT-040", ["field"], "A required field is empty.";
    CELL_ERROR = "INT-041", ["field", "value"], "The cell shows an error of the spreadsheet program.";
    KEY_TWICE = "INT-042", ["field", "value"], "The same record stands in the file before.";
    VALUE_TWICE = "INT-043", ["field", "value"], "A value that must be unique stands in the file before.";
    ID_LOST_DIGITS = "INT-044", ["field"], "An ID number that a spreadsheet program kept as a number.";
    LOST_DIGITS = "INT-045", ["field"], "A long number that a spreadsheet program kept as a number.";
    REFERENCE_UNKNOWN = "INT-046", ["field", "value", "register"], "No such record; `nearest` if one is almost it.";
    SERIAL_DATE = "INT-047", ["field", "value", "day"], "A number that is a date without its format.";
    REFERENCE_SEVERAL = "INT-048", ["field", "value", "register", "count"], "Several records of that name.";
    MEMBER_TWICE = "INT-049", ["field", "value"], "A member named twice.";

    NOTES = "INT-050", ["text"], "Rows that are notes or sums below the table: left out.";
    HEADINGS_AGAIN = "INT-051", [], "The headings stand again between the rows: left out.";
    MERGED = "INT-052", ["range"], "Merged cells: only the first of them has a value.";
    MORE = "INT-053", ["count"], "More findings than are listed.";
    NO_ROWS = "INT-054", [], "Headings, but no rows.";

    TEXT_KIND = "INT-060", ["kind"], "A file of a kind that texts are not taken from.";
    TEXT_UNKNOWN = "INT-061", [], "No text of any kind we know.";
    TEXT_ENCRYPTED = "INT-062", [], "The text is protected by a password.";
    TEXT_DAMAGED = "INT-063", ["part"], "The text's file is cut off or damaged.";
    TEXT_TOO_BIG = "INT-064", ["most"], "The text's file is larger than we take, in MiB; how large is not read.";
    TEXT_TOO_LONG = "INT-065", ["most"], "More characters than we check at once.";
    TEXT_EMPTY = "INT-066", [], "A document without a word in it.";
    TEXT_PICTURES = "INT-067", ["pages"], "A PDF of pictures: its pages have no text.";
    TEXT_UNMAPPED = "INT-068", ["pages"], "A PDF whose fonts do not tell which characters their shapes are.";
    TEXT_BAD_BYTES = "INT-069", ["encoding"], "Bytes that are no text in the encoding: often two encodings in one file.";
    TEXT_TOO_SLOW = "INT-070", [], "Reading the text took too long and was given up.";
    TEXT_READER_DIED = "INT-071", [], "The process that read the text died of it, or said what cannot be.";
    TEXT_PARTLY_PICTURES = "INT-072", ["pages", "all"], "Some pages are pictures: what they say is not checked.";
    TEXT_DRAWN = "INT-073", [], "A document without a word in it, as pictures and drawn shapes leave it.";

    PICTURE_TOO_SLOW = "INT-080", [], "Looking a picture over took too long and was given up.";
    PICTURE_READER_DIED = "INT-081", [], "The process that looked a picture over died of it, or said what cannot be.";
}
