//! How a number would have to read to be true: in the words of the text, with the records' figure.

use crate::document::{Bound, Claim, Kind};
use crate::exact::Exact;

/// What stands in place of a claim if its number is to be `value`, given in the claim's own unit (per cent as printed).
/// Nothing where a number alone does not mend it: ranges, ratios, counts carried by names.
///
/// Words of approximation go: the figure is exact. Scales (万, 亿) and the unit stay as they were written.
pub fn propose(claim: &Claim, value: Exact) -> Option<String> {
    if matches!(claim.bound, Bound::Range | Bound::Ratio) || matches!(claim.kind, Kind::Ordinal | Kind::Rank) {
        return None;
    }
    let written: String = claim.text.chars().filter(|c| !c.is_whitespace()).collect();
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || matches!(c, '.' | ',' | '，' | '．');
    let last = written.char_indices().filter(|(_, c)| is_digit(*c)).map(|(at, c)| at + c.len_utf8()).next_back()?;
    let (mut unit, mut value) = (written[last..].trim_start_matches(['余', '多']).to_owned(), value);
    let scale = [("亿", 100_000_000), ("万", 10_000)].into_iter().find(|(sign, _)| unit.starts_with(sign));
    if let Some((sign, scale)) = scale {
        value = value.over(Exact::int(scale)?)?;
        unit = format!("{sign}{}", unit[sign.len()..].trim_start_matches(['余', '多']));
    }
    let unit = unit.trim_end_matches("以上").trim_end_matches("以下").trim_end_matches("左右");
    let number = match (claim.kind, scale) {
        (Kind::Rate | Kind::ChangeRate, _) => value.round(claim.decimals)?.to_string(),
        (_, Some(_)) => value.show(claim.decimals.max(2)),
        (Kind::Multiple, _) => value.show(claim.decimals.max(1)),
        _ => value.show(claim.decimals),
    };
    let number = if written.contains(',') { in_threes(&number) } else { number };
    Some(format!("{number}{unit}"))
}

/// `3512` as `3,512`, as the text writes its numbers.
fn in_threes(number: &str) -> String {
    let whole = number.find('.').unwrap_or(number.len());
    let separated = |(at, c): (usize, char)| {
        let comma = at > 0 && at < whole && (whole - at).is_multiple_of(3);
        comma.then_some(',').into_iter().chain([c])
    };
    number.char_indices().flat_map(separated).collect()
}
