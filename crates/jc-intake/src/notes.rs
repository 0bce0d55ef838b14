//! Rows that are no records: sums and signatures below the table, headings printed again on each page.

/// Words a row of sums begins with.
const SUMS: [&str; 9] = ["合计", "总计", "小计", "共计", "累计", "total", "sum", "summe", "gesamt"];
/// Words that introduce who made the table and what is to be known about it; a colon follows.
const SIGNATURES: [&str; 31] = [
    "制表",
    "制表人",
    "填表",
    "填表人",
    "填报人",
    "填报单位",
    "审核",
    "审核人",
    "复核",
    "复核人",
    "负责人",
    "部门负责人",
    "单位负责人",
    "校领导",
    "分管领导",
    "联系人",
    "联系电话",
    "电话",
    "日期",
    "填表日期",
    "填报日期",
    "制表日期",
    "单位盖章",
    "盖章",
    "签字",
    "签名",
    "注",
    "备注",
    "说明",
    "填表说明",
    "单位",
];

/// Whether a row that begins with this text is no record. The key of a record never looks like it.
pub(crate) fn begins_note(text: &str) -> bool {
    // Cheap for the many rows that are records: only few characters begin one of the words.
    const FIRST: &str = "合总小共累制填审复负部单校分联电日盖签注备说tTsSgG";
    if text.bytes().next().is_some_and(|b| b.is_ascii_digit()) {
        return false;
    }
    let first = text.chars().map(jc_text::fold::fold_char).find(|c| !c.is_whitespace());
    if !first.is_some_and(|c| FIRST.contains(c)) {
        return false;
    }
    let folded: String =
        jc_text::fold::fold_width(text).chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let sum = SUMS.iter().any(|word| {
        folded
            .strip_prefix(word)
            .is_some_and(|rest| rest.chars().next().is_none_or(|c| c == ':' || c == '(' || c.is_ascii_digit()))
    });
    sum || folded.split_once(':').is_some_and(|(word, _)| {
        let word = word.split('(').next().unwrap_or(word);
        SIGNATURES.contains(&word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_characters_are_complete() {
        for word in SUMS {
            assert!(begins_note(word), "{word}");
        }
        for word in SIGNATURES {
            assert!(begins_note(&format!("{word}：")), "{word}");
        }
    }

    #[test]
    fn notes_are_told_from_records() {
        for note in [
            "合计",
            "合  计",
            "总计：35人",
            "制表人：王明　审核人：李华",
            "注：本表一式两份",
            "单位(盖章)：",
            "Total",
            "填表日期:2024.6",
        ] {
            assert!(begins_note(note), "{note}");
        }
        for record in ["20220101", "合计公司", "说明书印刷厂", "注册会计师", "王明", "", " ", "审核", "备注"]
        {
            assert!(!begins_note(record), "{record}");
        }
    }
}
