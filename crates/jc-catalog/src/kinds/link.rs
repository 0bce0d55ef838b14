//! `link`: the address of a page or file, `https://` or `http://`, nothing that runs.

use super::fault::{KindFault, NOT_A_LINK};
use super::says_unknown;
use jc_base::Value;

const MOST: usize = 1_000;

pub(super) fn parse(text: &str) -> Result<Value, KindFault> {
    if says_unknown(text) {
        return Ok(Value::Missing);
    }
    let link = text.trim();
    if check(link).is_ok() {
        return Ok(Value::Text(link.to_owned()));
    }
    let link = jc_text::fold::plain(link);
    let link = if link.starts_with("www.") { format!("https://{link}") } else { link };
    check(&link)?;
    Ok(Value::Text(link))
}

pub(super) fn check(link: &str) -> Result<(), KindFault> {
    let host = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"));
    let host = host.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or(""));
    // No user name in front of the host: it is how a link pretends to lead elsewhere.
    let fits = host.is_some_and(|host| host.contains('.') && !host.contains('@') && !host.starts_with('.'))
        && link.len() <= MOST
        && !link.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\\' | '`'))
        && jc_text::fold::oddities(link).is_empty()
        && jc_text::fold::plain(link) == link;
    if fits { Ok(()) } else { Err(KindFault::of(NOT_A_LINK, link)) }
}
