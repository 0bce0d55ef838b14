//! A chapter's text, line by line.

use super::Block;
use super::exhibit;
use super::line::{self, Context};
use super::scan::{Fault, Piece};

/// Reads a chapter's text to its end, whatever is wrong in it.
pub(super) fn read(context: &Context, text: &str) -> (Vec<Block>, Vec<Fault>) {
    let chars: Vec<char> = text.chars().collect();
    let (mut blocks, mut faults) = (Vec::new(), Vec::new());
    let mut start = 0;
    for end in chars.iter().enumerate().filter(|(_, c)| **c == '\n').map(|(at, _)| at).chain([chars.len()]) {
        let piece = Piece { text: &chars[start..end], start }.trim();
        start = (end + 1).min(chars.len());
        let Some(first) = piece.text.first() else { continue };
        let plain = piece.string();
        let block = if *first == '@' {
            exhibit::read(context, piece, &mut faults).map(Block::Exhibit)
        } else if plain.starts_with("## ") {
            Some(Block::Heading(line::read(context, piece.sub(3..piece.text.len()).trim(), &mut faults)))
        } else if plain.starts_with("- ") {
            Some(Block::Item(line::read(context, piece.sub(2..piece.text.len()).trim(), &mut faults)))
        } else {
            Some(Block::Paragraph(line::read(context, piece, &mut faults)))
        };
        blocks.extend(block);
    }
    (blocks, faults)
}
