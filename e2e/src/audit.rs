//! The accessibility audit: axe-core run in the page.

use serde_json::{Value, json};

use crate::{Browser, Failure, Result};

/// axe-core, see `vendor/axe-core/README.md`.
const AXE: &str = include_str!("../vendor/axe-core/axe.min.js");

/// The rules of WCAG 2.2, levels A and AA, that a program can judge.
const LEVELS: [&str; 5] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

impl Browser {
    /// Audits the screen; fails with every rule it breaks and the elements that break it.
    pub fn audit(&self) -> Result {
        let faults = self.faults()?;
        if faults.is_empty() {
            return Ok(());
        }
        let words = format!("{} is not accessible to everyone:\n  {}", self.url()?, faults.join("\n  "));
        Err(Failure::new(words))
    }

    /// What the audit finds, one line per rule: its name, what it asks for, and the elements that break it.
    pub fn faults(&self) -> Result<Vec<String>> {
        self.session.with_scripts(|| self.run_axe())
    }

    fn run_axe(&self) -> Result<Vec<String>> {
        self.run(&format!("{AXE}\n; return typeof axe"), json!([]))?;
        let how = json!({ "runOnly": { "type": "tag", "values": LEVELS }, "resultTypes": ["violations"] });
        let script = "const done = arguments[arguments.length - 1];
            axe.run(document, arguments[0]).then(r => done(r.violations), e => done(String(e)))";
        let found = self.session.post("/execute/async", &json!({ "script": script, "args": [how] }))?;
        match found {
            Value::Array(violations) => Ok(violations.iter().map(line).collect()),
            other => Err(Failure::new(format!("the audit did not run: {other}"))),
        }
    }
}

fn line(violation: &Value) -> String {
    let nodes = violation["nodes"].as_array().into_iter().flatten();
    let places: Vec<String> = nodes.map(|n| n["target"][0].as_str().unwrap_or("?").to_string()).collect();
    let words = |key: &str| violation[key].as_str().unwrap_or_default().to_string();
    format!("{} ({}): {}", words("id"), words("help"), places.join(", "))
}
