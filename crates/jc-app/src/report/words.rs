//! The words that stand in every report, in its language.

use jc_base::Lang;
use jc_report::model::Labels;

pub(crate) fn labels(lang: Lang) -> Labels {
    let say = |id: &str| jc_words::text(lang, id, &[]);
    let columns = ["number", "indicator", "period", "value", "unit", "written", "definition", "records"];
    Labels {
        contents: say("report-contents"),
        table: say("report-table"),
        figure: say("report-figure"),
        missing: say("report-missing"),
        total: say("report-total"),
        code: say("report-code"),
        seal: say("report-seal"),
        check: say("report-check"),
        log: say("report-log"),
        synthetic: say("report-synthetic"),
        trace: say("report-trace"),
        columns: columns.map(|column| say(&format!("report-column-{column}"))),
        rows: say("report-rows"),
    }
}
