//! The screen as a screen reader is told it: roles, names and states, as indented text.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::{Browser, Failure, Result};

/// Roles that only group; their children stand in their place.
const TRANSPARENT: [&str; 6] = ["generic", "none", "InlineTextBox", "presentation", "LayoutTable", "LayoutTableCell"];

/// States worth a word; all others are left out.
const STATES: [&str; 8] = ["level", "checked", "selected", "expanded", "pressed", "disabled", "required", "invalid"];

impl Browser {
    /// The accessibility tree below the first element of `css`, that element included, one line per node:
    ///
    /// ```text
    /// - heading "答卷" [level=1]
    /// - table "毕业生去向"
    ///   - row
    ///     - cell "404 / 407"
    /// ```
    ///
    /// Good for comparing with a written expectation: it holds what matters and none of the markup.
    pub fn aria(&self, css: &str) -> Result<String> {
        self.wait_for(css)?;
        let document = self.session.devtools("DOM.getDocument", json!({ "depth": 0 }))?;
        let root = document["root"]["nodeId"].clone();
        let found = self.session.devtools("DOM.querySelector", json!({ "nodeId": root, "selector": css }))?;
        let node = self.session.devtools("DOM.describeNode", json!({ "nodeId": found["nodeId"] }))?;
        let tree = self.session.devtools("Accessibility.getFullAXTree", json!({}))?;
        let nodes: Vec<&Value> = tree["nodes"].as_array().into_iter().flatten().collect();
        let top = nodes.iter().find(|n| n["backendDOMNodeId"] == node["node"]["backendNodeId"]);
        let top = top.ok_or_else(|| Failure::new(format!("a screen reader is told nothing of {css}")))?;
        let by_id = nodes.iter().filter_map(|n| Some((n["nodeId"].as_str()?, *n))).collect();
        let mut lines = String::new();
        write(top, &by_id, 0, "", &mut lines);
        Ok(lines)
    }
}

fn write(node: &Value, by_id: &HashMap<&str, &Value>, depth: usize, inside: &str, lines: &mut String) {
    let role = node["role"]["value"].as_str().unwrap_or("none");
    let name = node["name"]["value"].as_str().unwrap_or_default().trim();
    let ignored = node["ignored"] == Value::Bool(true) || TRANSPARENT.contains(&role);
    // The text inside a thing that is named by it would only say the same again.
    let repeated = role == "StaticText" && (name.is_empty() || inside.contains(name));
    let mut below = depth;
    if !ignored && !repeated {
        lines.push_str(&"  ".repeat(depth));
        lines.push_str("- ");
        lines.push_str(if role == "StaticText" { "text" } else { role });
        if !name.is_empty() {
            lines.push_str(&format!(" \"{name}\""));
        }
        lines.push_str(&states(node));
        lines.push('\n');
        below += 1;
    }
    let inside = if ignored { inside } else { name };
    for child in node["childIds"].as_array().into_iter().flatten() {
        if let Some(child) = child.as_str().and_then(|id| by_id.get(id)) {
            write(child, by_id, below, inside, lines);
        }
    }
}

fn states(node: &Value) -> String {
    let mut words = String::new();
    for property in node["properties"].as_array().into_iter().flatten() {
        let name = property["name"].as_str().unwrap_or_default();
        let value = &property["value"]["value"];
        let shown = match value {
            Value::Bool(false) | Value::Null => continue,
            Value::String(text) if text.is_empty() || text == "false" => continue,
            Value::Bool(true) => name.to_string(),
            Value::String(text) => format!("{name}={text}"),
            other => format!("{name}={other}"),
        };
        if STATES.contains(&name) {
            words.push_str(&format!(" [{shown}]"));
        }
    }
    let value = node["value"]["value"].as_str().unwrap_or_default();
    if !value.is_empty() {
        words.push_str(&format!(" = \"{value}\""));
    }
    words
}
