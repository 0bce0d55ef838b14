//! The log: lines on the error output, for people or as JSON; free of personal data, since nothing of a request but its
//! declared address and of an error but its causes is written.

use tracing_subscriber::EnvFilter;

/// Begins to log from a level up; a second time changes nothing.
pub fn begin(level: &str, json: bool) {
    let own = "jc_app={level},jc_store={level},jc_web={level},jiangce={level}".replace("{level}", level);
    let others = if level == "debug" { "info" } else { level };
    let filter = EnvFilter::new(format!("{others},{own}"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let _ = if json {
        lines.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init()
    } else {
        lines.try_init()
    };
}
