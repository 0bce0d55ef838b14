//! A checked text as PDF, set by Typst: what the pages look like is in `marked.typ`.

use super::WriteError;
use super::pdf::{Paper, showable, typeset};
use crate::marked::{Block, MarkedText, Note, Piece};
use serde_json::{Value as Json, json};

const PAGES: &str = include_str!("marked.typ");

/// The whole file. The same text gives the same bytes.
pub(super) fn write(text: &MarkedText) -> Result<Vec<u8>, WriteError> {
    let paper = Paper::of(PAGES, [("data.json", showable(&data(text).to_string()).into_bytes())], text.day);
    typeset(&paper, &format!("{} {}", text.title, text.day))
}

/// The text as `marked.typ` reads it.
fn data(text: &MarkedText) -> Json {
    let piece = |piece: &Piece| match piece.mark {
        Some((mark, number)) => json!([piece.text, mark.code(), number]),
        None => json!([piece.text]),
    };
    let note = |note: &Note| {
        json!({
            "number": note.number,
            "quote": note.quote,
            "mark": note.mark.code(),
            "verdict": note.verdict,
            "lines": note.lines,
        })
    };
    json!({
        "title": text.title,
        "about": text.about,
        "by": text.by,
        "lang": text.lang.code(),
        "date": [text.day.year(), text.day.month(), text.day.day()],
        "blocks": text.blocks.iter().map(|block| match block.map(piece) {
            Block::Paragraph(pieces) => json!({ "pieces": pieces }),
            Block::Table(rows) => json!({ "columns": rows.iter().map(Vec::len).max(), "rows": rows }),
        }).collect::<Vec<_>>(),
        "told": text.told,
        "notes-title": text.notes_title,
        "columns": text.columns,
        "notes": text.notes.iter().map(note).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::marked::{Block, Mark, MarkedText, Note, Piece};
    use hayro_syntax::Pdf;
    use jc_base::{Date, Lang};

    fn text(pieces: usize) -> MarkedText {
        let marks = [Mark::Right, Mark::Wrong, Mark::Open, Mark::Nearly];
        let piece = |n: usize| {
            let plain = Piece { text: "就业率#eval(1) *粗* \\ <x>\t𠮷".into(), mark: None };
            [plain, Piece { text: format!("{n}.5%"), mark: Some((marks[n % 4], n)) }]
        };
        let note = |n: usize| Note {
            number: n,
            quote: format!("{n}.5%"),
            mark: marks[n % 4],
            verdict: "无法推出".into(),
            lines: vec!["一".into(), "二".into()],
        };
        MarkedText {
            title: "年度总结".into(),
            about: "共见 4 个数字".into(),
            by: "匠册 · 2025年1月9日".into(),
            lang: Lang::Zh,
            day: Date::parse_iso("2025-01-09").expect("a day"),
            blocks: (1..=pieces).map(|n| Block::Paragraph(piece(n).into())).collect(),
            told: vec![("文中自相矛盾".into(), vec!["(3+4)≠8".into()])],
            notes_title: "逐数说明".into(),
            columns: ["数字", "结论", "依据"].map(str::to_owned),
            notes: (1..=pieces).map(note).collect(),
        }
    }

    #[test]
    fn a_checked_text_becomes_the_same_readable_file_each_time() {
        let bytes = write(&text(120)).expect("a file");
        assert_eq!(write(&text(120)).expect("a file"), bytes);
        let pages = Pdf::new(bytes).expect("it can be read").pages().len();
        assert!((4..20).contains(&pages), "{pages}");
        // A text without a number is set too.
        let mut bare = text(0);
        let plain = |text: &str| vec![Piece { text: text.into(), mark: None }];
        (bare.told, bare.blocks) = (Vec::new(), vec![Block::Paragraph(plain("没有数字。"))]);
        assert!(write(&bare).expect("a file").starts_with(b"%PDF-"));
        // So is a table whose rows are not equally long.
        bare.blocks.push(Block::Table(vec![vec![plain("系部"), plain("人数")], vec![plain("机电系")], Vec::new()]));
        assert!(write(&bare).expect("a file").starts_with(b"%PDF-"));
    }
}
