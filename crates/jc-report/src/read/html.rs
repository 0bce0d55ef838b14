//! Figures in an HTML file: the text of each element with `data-figure`, and the script that holds the signed text.

use super::Carried;

pub(super) fn read(text: &str) -> Carried {
    let mut carried = Carried::default();
    let mut rest = text;
    while let Some(at) = rest.find("data-figure=\"") {
        rest = &rest[at + "data-figure=\"".len()..];
        let Some((number, after)) = rest.split_once('"') else { break };
        let Some((_, content)) = after.split_once('>') else { break };
        let Some((shown, after)) = content.split_once("</data>") else { break };
        if let Ok(number) = number.parse() {
            carried.found.entry(number).or_default().push(unescaped(shown));
        }
        rest = after;
    }
    let script = text.split_once("id=\"jiangce-trace\">").and_then(|(_, rest)| rest.split_once("</script>"));
    carried.proof = script.map(|(proof, _)| proof.replace("<\\/", "</"));
    carried
}

/// Text as a reader sees it: tags left out, entities put in.
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => plain.push(c),
            _ => {}
        }
    }
    plain.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
