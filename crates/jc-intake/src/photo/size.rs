//! How large a picture says it is, from its head alone: who opens it needs memory for every pixel, however few bytes came.

use super::Format;

/// Pixels the picture says it has; nothing if no size can be read. Nothing is decoded.
pub(super) fn pixels(content: &[u8]) -> Option<u64> {
    let (width, height) = match Format::of(content)? {
        Format::Jpeg => jpeg(content),
        Format::Png => png(content),
        Format::Webp => webp(content),
    }?;
    Some(u64::from(width) * u64::from(height))
}

/// The head that comes first in every PNG.
fn png(content: &[u8]) -> Option<(u32, u32)> {
    let four = |at: usize| content.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_be_bytes);
    (content.get(12..16)? == b"IHDR").then(|| four(16).zip(four(20)))?
}

/// The frame's head, wherever among the segments it stands; the largest if more than one says a size.
fn jpeg(content: &[u8]) -> Option<(u32, u32)> {
    let mut rest = content.get(2..)?;
    let mut largest = None;
    loop {
        let Some([0xff, marker]) = rest.get(..2) else { return largest };
        match marker {
            0xff => rest = rest.get(1..)?,
            0xda | 0xd9 => return largest,
            _ => {
                let Some([high, low]) = rest.get(2..4) else { return largest };
                let length = usize::from(u16::from_be_bytes([*high, *low])).max(2);
                // Frames of every coding; between them stand tables (c4, cc) and an extension (c8).
                if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
                    let two = |at: usize| match rest.get(at..at + 2) {
                        Some([high, low]) => Some(u32::from(u16::from_be_bytes([*high, *low]))),
                        _ => None,
                    };
                    let area = |(width, height): &(u32, u32)| width * height;
                    largest = largest.into_iter().chain(two(7).zip(two(5))).max_by_key(area);
                }
                let Some(after) = rest.get(2 + length..) else { return largest };
                rest = after;
            }
        }
    }
}

/// The first chunk says the size, each coding in its own way.
fn webp(content: &[u8]) -> Option<(u32, u32)> {
    let body = content.get(20..)?;
    let byte = |at: usize| body.get(at).copied().map(u32::from);
    match content.get(12..16)? {
        b"VP8X" => {
            let three = |at: usize| Some(byte(at)? | byte(at + 1)? << 8 | byte(at + 2)? << 16);
            Some((three(4)? + 1, three(7)? + 1))
        }
        b"VP8 " => {
            let two = |at: usize| Some((byte(at)? | byte(at + 1)? << 8) & 0x3fff);
            (body.get(3..6)? == b"\x9d\x01\x2a").then(|| two(6).zip(two(8)))?
        }
        b"VP8L" => {
            let bits = byte(1)? | byte(2)? << 8 | byte(3)? << 16 | byte(4)? << 24;
            (byte(0)? == 0x2f).then_some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::pixels;
    use proptest::prelude::*;

    #[test]
    fn every_kind_of_picture_says_its_size() {
        let png = [&b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"[..], &640u32.to_be_bytes(), &480u32.to_be_bytes()].concat();
        let jpeg =
            b"\xff\xd8\xff\xe0\0\x06JFIF\xff\xc4\0\x04ab\xff\xc2\0\x0b\x08\x01\xe0\x02\x80\x01\x01\x11\0\xff\xda";
        let webp = |chunk: &[u8], body: &[u8]| [&b"RIFF\0\0\0\0WEBP"[..], chunk, &[0; 4], body].concat();
        let extended = webp(b"VP8X", &[0, 0, 0, 0, 0x7f, 2, 0, 0xdf, 1, 0]);
        let lossy = webp(b"VP8 ", &[0, 0, 0, 0x9d, 1, 0x2a, 0x80, 2, 0xe0, 0x41]);
        let lossless = webp(b"VP8L", &[0x2f, 0x7f, 0xc2, 0x77, 0]);
        for picture in [&png[..], jpeg, &extended, &lossy, &lossless] {
            assert_eq!(pixels(picture), Some(640 * 480), "{picture:x?}");
            for cut in 0..picture.len() {
                pixels(&picture[..cut]);
            }
        }
        assert_eq!(pixels(b"%PDF-1.7"), None);
    }

    #[test]
    fn the_largest_frame_counts() {
        let frame = |side: u8| [&b"\xff\xc0\0\x0b\x08"[..], &[side, 0, side, 0], &b"\x01\x01\x11\0"[..]].concat();
        let both = [&b"\xff\xd8"[..], &frame(0xf0), &frame(1), b"\xff\xd9"].concat();
        assert_eq!(pixels(&both), Some(0xf000 * 0xf000));
    }

    proptest! {
        #[test]
        fn no_bytes_do_harm(bytes in proptest::collection::vec(any::<u8>(), 0..120), head in 0usize..5) {
            let heads: [&[u8]; 5] = [b"", b"\xff\xd8\xff\xc0", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBPVP8X", b"RIFF\0\0\0\0WEBPVP8L"];
            pixels(&[heads[head], &bytes].concat());
        }
    }
}
