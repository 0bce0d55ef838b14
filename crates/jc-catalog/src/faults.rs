//! The codes of all findings about catalog files. A code is never used again for something else; its words stand
//! in `messages/` under the code in lower case, with the values listed here (and `nearest`, where one was found).

macro_rules! codes {
    ($($name:ident = $code:literal, [$($arg:literal),*], $doc:literal;)*) => {
        $(#[doc = $doc] pub(crate) const $name: &str = $code;)*
        /// All codes of catalog findings and the values their words are given.
        pub const CODES: &[(&str, &[&str])] = &[$(($code, &[$($arg),*])),*];
    };
}

codes! {
    // The file as TOML.
    SYNTAX = "CAT-001", ["text"], "What stands here is no TOML.";
    UNCLOSED = "CAT-002", ["text"], "A quote or bracket that is opened and not closed.";
    KEY_TWICE = "CAT-003", ["key"], "A key or table that stands twice.";
    UNKNOWN_KEY = "CAT-004", ["key", "table"], "A key the table does not know.";
    MISSING_KEY = "CAT-005", ["key", "table"], "A key the table must have.";
    WRONG_TYPE = "CAT-006", ["key", "want", "found"], "A value of another type than the key wants.";
    FOLDER = "CAT-007", ["path"], "A file in a folder that is none of the catalog's.";
    FILE_NAME = "CAT-008", ["id", "file"], "A file not named for the id it declares.";
    ID_TWICE = "CAT-009", ["id"], "An id declared twice.";
    ID_FORM = "CAT-010", ["id", "joint"], "An id with characters an id cannot have.";
    ID_LONG = "CAT-011", ["id", "most"], "An id or path too long for the name of a table or column.";
    RESERVED = "CAT-012", ["id"], "A field named like a word of the expression language.";
    NAME_ZH = "CAT-013", ["key"], "A name without its Chinese form.";
    NAME_OTHER = "CAT-014", ["key", "language"], "A name without its English or German form.";
    EMPTY_TEXT = "CAT-015", ["key"], "A text that is there and empty.";
    BAD_DATE = "CAT-016", ["key", "value"], "A date that is none.";
    // Registers and fields.
    FIELD_TYPE = "CAT-017", ["type"], "A field type that does not exist.";
    TYPE_PARAMETER = "CAT-018", ["type"], "A field type whose parameter is missing, or that takes none.";
    DIGITS = "CAT-019", ["digits"], "More than six decimals.";
    UNKNOWN_REGISTER = "CAT-020", ["register"], "A register that does not exist.";
    UNKNOWN_LIST = "CAT-021", ["list"], "A code list that does not exist.";
    UNKNOWN_UNIT = "CAT-022", ["unit"], "A unit that does not exist.";
    UNKNOWN_OFFICE = "CAT-023", ["office"], "An office that does not exist.";
    UNKNOWN_FIELD = "CAT-024", ["field", "register"], "A field the register does not have.";
    UNKNOWN_MEASURE = "CAT-025", ["measure", "register"], "A measure the register does not have.";
    CYCLE = "CAT-026", ["path"], "Registers that refer to each other in a circle.";
    NO_KEY = "CAT-027", ["register"], "A register without a key.";
    KEY_OPTIONAL = "CAT-028", ["field"], "A key field that is not required.";
    KEY_KIND = "CAT-029", ["field", "kind"], "A key field of a kind that cannot name a record.";
    RETIRED_USED = "CAT-030", ["field", "use"], "A retired field in the key or as the period's day.";
    PERIOD_FIELD = "CAT-031", ["field", "kind", "want"], "A period's field of the wrong kind.";
    PERIOD_KIND = "CAT-032", ["kind"], "A period kind that does not exist.";
    PERIOD_KEYS = "CAT-033", [], "A period with neither or both of `on` and `from`.";
    CENSUS = "CAT-034", ["value"], "A census day that is no day of every year.";
    PATH_STEP = "CAT-035", ["step", "kind"], "A path that walks through a field that refers to nothing.";
    PATH_MANY = "CAT-036", ["step"], "A path that walks through a field of several references.";
    SLICE_KIND = "CAT-037", ["path", "kind"], "A slice along a value that does not divide records.";
    ALIAS_TWICE = "CAT-038", ["alias", "field", "other"], "A heading that two fields of the register are imported under.";
    TOO_MANY_FIELDS = "CAT-039", ["count", "most"], "A register with too many fields.";
    EVIDENCE_KIND = "CAT-040", ["kind"], "A kind of evidence that is no code of `evidence-kind`.";
    WORD = "CAT-041", ["key", "value", "words"], "A word that is none of those the key knows.";
    NO_FIELDS = "CAT-042", ["register"], "A register without fields.";
    REF_TO_UNSEEN = "CAT-043", ["field", "use"], "A field of several references where one value is wanted.";
    // Code lists and units.
    CODE_TWICE = "CAT-044", ["code"], "A code that stands twice in its list.";
    CODE_WORD_TWICE = "CAT-045", ["word", "code", "other"], "A word that two codes are written with.";
    CODE_DATES = "CAT-046", ["code", "from", "until"], "A code that ends before it begins.";
    NO_CODES = "CAT-047", ["list"], "A code list without codes.";
    QUOTIENT_TWICE = "CAT-048", ["over", "under"], "A quotient declared twice.";
    // Expressions.
    EXPR_UNFINISHED = "CAT-049", [], "An expression that stops before it is complete.";
    EXPR_EMPTY = "CAT-050", [], "An expression without anything in it.";
    EXPR_SYNTAX = "CAT-051", ["text"], "An expression that cannot be read from here on.";
    EXPR_QUOTE = "CAT-052", [], "A quote that is not closed in an expression.";
    EXPR_FORBIDDEN = "CAT-053", ["text"], "Something expressions of the catalog do not have.";
    EXPR_FUNCTION = "CAT-054", ["function"], "A function that does not exist.";
    EXPR_ARGUMENTS = "CAT-055", ["function", "want", "found"], "A function with the wrong number of arguments.";
    EXPR_TYPES = "CAT-056", ["left", "right"], "Two values that cannot be compared or reckoned with.";
    EXPR_CODE = "CAT-057", ["code", "list"], "A text compared with a code that is none of the list.";
    EXPR_NULL = "CAT-058", [], "A comparison with `NULL`, which never holds.";
    EXPR_REFERENCE = "CAT-059", ["field"], "A reference used as if it were a value.";
    EXPR_WANT_TRUTH = "CAT-060", ["found"], "An expression that must be true or false and is neither.";
    EXPR_WANT_NUMBER = "CAT-061", ["found"], "An expression that must be a number and is none.";
    EXPR_VALUE = "CAT-062", ["value", "kind"], "A text that is no date, month or time.";
    EXPR_NO_WAY = "CAT-063", ["register", "here"], "A register none of whose fields refers to this one.";
    EXPR_MANY_WAYS = "CAT-064", ["register", "fields"], "A register several of whose fields refer to this one.";
    EXPR_NO_DAY = "CAT-065", ["register"], "`LATEST` of a register whose records have no day.";
    EXPR_UNORDERED = "CAT-066", ["list"], "`AT_LEAST` of a list whose order means nothing.";
    EXPR_ORDER = "CAT-067", ["kind"], "`<` or `>` between values that have no order.";
    EXPR_TOO_LONG = "CAT-068", ["most"], "An expression too long or too deep.";
    EXPR_SECRET = "CAT-069", [], "An ID number in an expression.";
    EXPR_NOT_KEPT = "CAT-070", ["path"], "A path that the register does not keep.";
    EXPR_ARGUMENT_KIND = "CAT-071", ["function", "want"], "An argument of the wrong kind.";
    // Measures, checks and indicators.
    MEASURE_FORM = "CAT-072", ["measure"], "A measure with none or several of its forms.";
    MEMBERS_KIND = "CAT-073", ["field", "kind"], "`members` of a field that holds no list of records.";
    DISTINCT_KIND = "CAT-074", ["field", "kind"], "`distinct` of a field whose values nobody tells apart.";
    INDICATOR_FORM = "CAT-075", ["indicator"], "An indicator with none or several of its forms.";
    KEY_DOES_NOTHING = "CAT-076", ["key", "form"], "A key that means nothing beside the indicator's form.";
    NO_DEFINITION = "CAT-077", ["indicator"], "An indicator without a definition.";
    NO_SOURCE = "CAT-078", ["indicator"], "An indicator without a source.";
    NO_MISSING = "CAT-079", ["indicator"], "An indicator that does not say what happens to the unknown.";
    NO_CASES = "CAT-080", ["indicator"], "An indicator without cases.";
    NO_MISSING_CASE = "CAT-081", ["indicator"], "An indicator none of whose cases is about something missing.";
    WORD_SHORT = "CAT-082", ["word"], "A word of prose too short to be looked for.";
    WORD_SHARED = "CAT-083", ["word", "indicator", "other"], "A word of prose that means two indicators.";
    SHARE_UNIT = "CAT-084", ["unit"], "A share that is not in per cent.";
    PERCENT_ALONE = "CAT-085", ["indicator"], "Per cent of nothing: a total in per cent.";
    GROWTH_OF_SHARE = "CAT-086", ["measure"], "The growth of a share.";
    NO_QUOTIENT = "CAT-087", ["over", "under"], "A quotient of two units that nothing declares.";
    QUOTIENT_UNIT = "CAT-088", ["gives", "unit"], "A quotient in another unit than declared.";
    UNIT_DIFFERS = "CAT-089", ["unit", "measure", "other"], "An indicator in another unit than its measure.";
    CASE_GIVES = "CAT-090", ["value"], "A case whose outcome cannot be read.";
    CASE_PERIOD = "CAT-091", ["value"], "A case whose period cannot be read.";
    CASE_VALUE = "CAT-092", ["field", "value", "kind"], "A case with a value its field cannot hold.";
    CASE_DECIMALS = "CAT-093", ["value", "decimals"], "A case whose outcome has other decimals than the indicator prints.";
    NO_DECIMALS = "CAT-094", ["indicator"], "A share or quotient that does not say how many decimals are printed.";
    ID_CLASH = "CAT-095", ["id"], "A measure and an indicator's own measure of one id.";
    EXPR_LISTS = "CAT-096", ["left", "right"], "Codes of two lists compared.";
    ID_PRIVACY = "CAT-097", ["value"], "An ID number that is not declared sensitive.";
    // Coverage lists.
    COVERAGE_VIA = "CAT-120", ["field", "register"], "A coverage list whose field does not name its members.";
    COVERAGE_DAY = "CAT-121", ["register"], "A coverage list of a register whose records have no day.";
    COVERAGE_BY = "CAT-122", ["field", "kind"], "A coverage list grouped by a field that does not group.";
    WITHIN_KIND = "CAT-123", ["field", "within"], "A field whose members are held within one that cannot hold them.";
    COVERAGE_ASKS = "CAT-124", ["register"], "A coverage list that asks a register which its members' figures do not.";
    LIMIT_LASTING = "CAT-125", ["register"], "A limit in a register whose records do not last.";
    LIMIT_FIELD = "CAT-126", ["field", "kind"], "A limit of a field that names no record.";
    LIMIT_TIME = "CAT-127", ["field", "kind", "want"], "A limit's time given by a field of the wrong kind.";
    // Examination regulations.
    REGULATION_CODE = "CAT-130", ["id"], "A regulation that is no code of `exam-regulation`.";
    REGULATION_AREA = "CAT-131", ["area"], "An area the regulation does not have.";
    REGULATION_WEIGHTS = "CAT-132", ["sum"], "Weights that do not add up to 100.";
    REGULATION_CASE = "CAT-133", ["why", "wanted", "found"], "A case that comes out otherwise than worked by hand.";
    REGULATION_POINTS = "CAT-134", ["value"], "Points that are no number from 0 to 100.";
    // Checking in, certificates.
    CHECK_IN_FIELD = "CAT-136", ["field", "kind", "want"], "A field of the wrong kind for checking in or a certificate.";
    SAME_KIND = "CAT-137", ["field", "other"], "Two fields of different kinds held to be the same.";
    // Definitions side by side.
    UNKNOWN_INDICATOR = "CAT-140", ["indicator", "register"], "A definition of an indicator the register does not have.";
    DEFINITION_HEAD = "CAT-141", ["indicator"], "A definition of an indicator that does not say whose it is itself.";
    DEFINITION_OF_ANOTHER = "CAT-142", ["indicator"], "A definition of an indicator that is a definition of a third.";
    DEFINITION_UNIT = "CAT-143", ["unit", "other"], "Two definitions of one thing in different units.";
    DEFINITION_DATES = "CAT-144", ["from", "until"], "A definition that ends before it begins.";
    DEFINITION_OVERLAP = "CAT-145", ["indicator", "other"], "Two definitions of one authority on the same day.";
    // Counting rules.
    RULE_FORM = "CAT-146", ["rule"], "A counting rule that says neither `once_per` nor `highest`.";
    UNKNOWN_RULE = "CAT-147", ["rule"], "A counting rule the register does not have.";
    RULE_ORDER = "CAT-148", ["field"], "The highest of a field whose values have no order.";
    RULE_HIGHEST = "CAT-149", ["rule"], "A count by the highest that does not say at which it counts.";
    // Roles.
    UNKNOWN_OPERATION = "CAT-150", ["operation"], "An operation that does not exist.";
    UNKNOWN_ROLE = "CAT-151", ["role"], "A role that does not exist.";
    NO_SCOPE = "CAT-152", ["role", "operation"], "A role that works with records and sees none.";
    ONE_HAND = "CAT-153", ["role", "one", "other"], "A role that holds two operations that are never in one hand.";
    // Limits on sums, values in common.
    LIMIT_SUM = "CAT-154", ["field", "kind"], "A limit on the sum of something that is no number.";
    COMMON_KIND = "CAT-155", ["field", "kind"], "A common value of a field that is no whole number.";
    // Registers open to people, and pathways.
    OWN_FIELD = "CAT-160", ["field", "kind"], "A register open to people whose field does not name a person.";
    PATHWAY_ASKS = "CAT-161", ["register"], "A condition of a pathway that asks about other records.";
    PATHWAY_DAY = "CAT-162", ["field"], "A day of a pathway that is no date.";
    PATHWAY_PERSON = "CAT-163", ["field", "people"], "A field of a pathway that does not name what it should.";
    PATHWAY_CYCLE = "CAT-164", ["path"], "Stages that each come after the other.";
    PATHWAY_FORK = "CAT-165", ["stage", "other"], "Two stages in one place.";
    PATHWAY_UNREACHABLE = "CAT-166", ["stage", "criterion"], "A criterion nobody can fulfil.";
    PATHWAY_SCALE = "CAT-167", ["competency", "least", "most"], "A threshold beyond a competency's levels.";
    PATHWAY_MONOTONE = "CAT-168", ["criterion"], "A criterion that more of something could undo.";
    PATHWAY_WAITING = "CAT-169", ["stage"], "A stage that waiting alone reaches.";
    PATHWAY_NAME = "CAT-170", ["what", "id"], "A variant, domain or stage that is not declared.";
    PATHWAY_FORM = "CAT-171", ["quantity"], "A quantity with neither or both of `since` and `of`.";
    PATHWAY_IDLE = "CAT-172", ["achievement"], "An achievement that raises nothing.";
    PATHWAY_LEVELS = "CAT-173", ["competency", "found"], "A competency with too few or too many levels.";
    // Personal data.
    UNKNOWN_DATA_CLASS = "CAT-180", ["class"], "A class of personal data that is not declared.";
    DATA_UNCLASSED = "CAT-181", ["field", "register"], "A personal field of which nobody says what it is for and how long it is kept.";
    DATA_COUNTED = "CAT-182", ["field", "class", "use"], "A field whose class ends though figures rest on it.";
    BORN_FIELD = "CAT-183", ["field", "kind"], "A field of birth that holds no date.";
}
