//! Pictures without what a camera wrote into them: place, device, time, remarks. What the picture shows, its colours
//! and which way is up stay.
//!
//! JPEG, PNG and WebP are cut at their segments and chunks; nothing is decoded. What is not whole is given back as it
//! is: whether it is a picture at all, others judge.

mod size;

use size::pixels;

/// A picture that was looked over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels it says it has; nothing if no size can be read.
    pub pixels: Option<u64>,
    /// Its content without places, devices and remarks; the same bytes if there were none.
    pub content: Vec<u8>,
}

/// Whether a content is a picture of a kind that is looked over, by its first bytes.
pub fn is_one(content: &[u8]) -> bool {
    Format::of(content).is_some()
}

/// Looks a picture over. Nothing is decoded.
pub fn looked_over(content: &[u8]) -> Picture {
    Picture { pixels: pixels(content), content: stripped(content) }
}

/// The content without places, devices and remarks; the same bytes if there are none.
fn stripped(content: &[u8]) -> Vec<u8> {
    let cut = match Format::of(content) {
        Some(Format::Jpeg) => jpeg(content),
        Some(Format::Png) => png(content),
        Some(Format::Webp) => webp(content),
        None => None,
    };
    cut.unwrap_or_else(|| content.to_vec())
}

/// Whether one content may be another that was looked over: it is written in the same way.
pub(crate) fn may_come_of(content: &[u8], before: &[u8]) -> bool {
    Format::of(content) == Format::of(before)
}

/// How many bytes a content can have at most once it was looked over: some more are put in, which way is up, than the block
/// that said so may have had.
pub(crate) fn most_of(content: &[u8]) -> u32 {
    u32::try_from(content.len()).unwrap_or(u32::MAX).saturating_add(64)
}

/// How a picture is written, by its first bytes.
#[derive(PartialEq, Eq)]
enum Format {
    Jpeg,
    Png,
    Webp,
}

impl Format {
    fn of(content: &[u8]) -> Option<Format> {
        if content.starts_with(b"\xff\xd8") {
            Some(Format::Jpeg)
        } else if content.starts_with(PNG) {
            Some(Format::Png)
        } else {
            (content.starts_with(b"RIFF") && content.get(8..12) == Some(b"WEBP")).then_some(Format::Webp)
        }
    }
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Segments that say how the picture is shown: colours (APP2 with a profile, APP14) and density (APP0).
fn jpeg(content: &[u8]) -> Option<Vec<u8>> {
    let mut out = vec![0xff, 0xd8];
    let (mut rest, mut turned) = (content.get(2..)?, None);
    let mut kept = Vec::new();
    loop {
        let marker = *rest.get(1).filter(|_| rest.first() == Some(&0xff))?;
        match marker {
            // Fill bytes.
            0xff => rest = rest.get(1..)?,
            // The picture itself begins: the rest is taken as it is, but for what stands behind its end.
            0xda => break,
            _ => {
                let length = usize::from(u16::from_be_bytes([*rest.get(2)?, *rest.get(3)?]));
                let segment = rest.get(..2 + length.max(2))?;
                let body = segment.get(4..)?;
                let shows = match marker {
                    0xe0 | 0xee => true,
                    0xe2 => body.starts_with(b"ICC_PROFILE\0"),
                    0xe1 => {
                        turned = turned.or_else(|| orientation(body.strip_prefix(b"Exif\0\0")?));
                        false
                    }
                    0xe3..=0xef | 0xfe => false,
                    _ => true,
                };
                if shows {
                    kept.extend_from_slice(segment);
                }
                rest = rest.get(segment.len()..)?;
            }
        }
    }
    // Which way is up comes first, as cameras write it.
    if let Some(turned) = turned.filter(|turned| (2..=8).contains(turned)) {
        out.extend_from_slice(b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
        out.extend_from_slice(&[turned, 0, 0, 0, 0, 0, 0]);
    }
    out.extend_from_slice(&kept);
    out.extend_from_slice(rest.get(..end_of(rest))?);
    Some(out)
}

/// Where the picture ends: behind its end marker. Phones put more pictures and remarks there.
fn end_of(picture: &[u8]) -> usize {
    picture.windows(2).position(|two| two == b"\xff\xd9").map_or(picture.len(), |at| at + 2)
}

/// Which way is up, from the first directory of an Exif block: 1 to 8.
fn orientation(tiff: &[u8]) -> Option<u8> {
    let big = match tiff.get(..2)? {
        b"MM" => true,
        b"II" => false,
        _ => return None,
    };
    let two = |at: usize| {
        let bytes: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    };
    let four = |at: usize| {
        let bytes: [u8; 4] = tiff.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    };
    let directory = usize::try_from(four(4)?).ok()?;
    let entries = usize::from(two(directory)?);
    (0..entries).find_map(|entry| {
        let at = directory.checked_add(2 + entry * 12)?;
        (two(at)? == 0x0112).then(|| two(at + 8).and_then(|turned| u8::try_from(turned).ok()))?
    })
}

fn png(content: &[u8]) -> Option<Vec<u8>> {
    let mut out = PNG.to_vec();
    let mut rest = content.get(PNG.len()..)?;
    while !rest.is_empty() {
        let length = usize::try_from(u32::from_be_bytes(rest.get(..4)?.try_into().ok()?)).ok()?;
        let chunk = rest.get(..length.checked_add(12)?)?;
        let kind = chunk.get(4..8)?;
        if !matches!(kind, b"eXIf" | b"tEXt" | b"zTXt" | b"iTXt" | b"tIME") {
            out.extend_from_slice(chunk);
        }
        if kind == b"IEND" {
            return Some(out);
        }
        rest = rest.get(chunk.len()..)?;
    }
    None
}

fn webp(content: &[u8]) -> Option<Vec<u8>> {
    const EXIF: u8 = 0x08;
    const XMP: u8 = 0x04;
    let mut body = b"WEBP".to_vec();
    let mut rest = content.get(12..)?;
    while !rest.is_empty() {
        let length = usize::try_from(u32::from_le_bytes(rest.get(4..8)?.try_into().ok()?)).ok()?;
        let whole = length.checked_add(8 + length % 2)?.min(rest.len());
        let chunk = rest.get(..whole)?;
        match chunk.get(..4)? {
            b"EXIF" | b"XMP " => {}
            b"VP8X" => {
                let at = body.len();
                body.extend_from_slice(chunk);
                if let Some(flags) = body.get_mut(at + 8) {
                    *flags &= !(EXIF | XMP);
                }
            }
            _ => body.extend_from_slice(chunk),
        }
        rest = rest.get(whole..)?;
    }
    let mut out = b"RIFF".to_vec();
    out.extend_from_slice(&u32::try_from(body.len()).ok()?.to_le_bytes());
    out.extend_from_slice(&body);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::{PNG, orientation, stripped};
    use proptest::prelude::*;

    const PLACE: &[u8] = b"GPS 30.67N 121.01E Phone 12";

    fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
        let length = u16::try_from(body.len() + 2).expect("short");
        [&[0xff, marker], &length.to_be_bytes()[..], body].concat()
    }

    /// An Exif block with a direction and a remark.
    fn exif(turned: u8) -> Vec<u8> {
        let entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turned, 0, 0];
        [&b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01"[..], &entry, &[0; 4], PLACE].concat()
    }

    fn photo(turned: u8) -> Vec<u8> {
        [
            &b"\xff\xd8"[..],
            &segment(0xe0, b"JFIF\0\x01\x02"),
            &segment(0xe1, &exif(turned)),
            &segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0", PLACE].concat()),
            &segment(0xe2, b"ICC_PROFILE\0\x01\x01colours"),
            &segment(0xed, PLACE),
            &segment(0xfe, PLACE),
            &segment(0xdb, b"tables"),
            &segment(0xda, b"scan"),
            b"\x12\xff\x00\x34\xff\xd0\x56\xff\xd9",
            PLACE,
        ]
        .concat()
    }

    fn holds(bytes: &[u8], what: &[u8]) -> bool {
        bytes.windows(what.len()).any(|window| window == what)
    }

    #[test]
    fn a_photo_loses_its_place_and_keeps_its_picture() {
        let out = stripped(&photo(6));
        assert!(!holds(&out, PLACE) && !holds(&out, b"adobe"));
        for kept in [&b"JFIF"[..], b"ICC_PROFILE", b"tables", b"\x12\xff\x00\x34\xff\xd0\x56\xff\xd9"] {
            assert!(holds(&out, kept), "{kept:?}");
        }
        assert!(out.ends_with(b"\xff\xd9"));
        let at = out.windows(6).position(|window| window == b"Exif\0\0").expect("which way is up");
        assert_eq!(orientation(&out[at + 6..]), Some(6));
        assert_eq!(stripped(&out), out, "twice is once");
        assert!(!holds(&stripped(&photo(1)), b"Exif"), "upright needs no word");
    }

    #[test]
    fn other_pictures_lose_theirs_too() {
        let chunk = |kind: &[u8], body: &[u8]| {
            [&u32::try_from(body.len()).expect("short").to_be_bytes()[..], kind, body, b"crc!"].concat()
        };
        let picture = [PNG, &chunk(b"IHDR", b"head"), &chunk(b"eXIf", PLACE), &chunk(b"IDAT", b"data")].concat();
        let out = stripped(&[&picture[..], &chunk(b"tEXt", PLACE), &chunk(b"IEND", b"")].concat());
        assert!(!holds(&out, PLACE) && holds(&out, b"IHDR") && holds(&out, b"data") && holds(&out, b"IEND"));
        let part = |kind: &[u8], body: &[u8]| {
            let pad = if body.len() % 2 == 1 { &b"\0"[..] } else { b"" };
            [kind, &u32::try_from(body.len()).expect("short").to_le_bytes()[..], body, pad].concat()
        };
        let parts = [part(b"VP8X", b"\x0c\0\0\0\0\0\0\0\0\0"), part(b"VP8 ", b"data"), part(b"EXIF", PLACE)].concat();
        let size = u32::try_from(parts.len() + 4).expect("short").to_le_bytes();
        let out = stripped(&[b"RIFF", &size[..], b"WEBP", &parts].concat());
        assert!(!holds(&out, PLACE) && holds(&out, b"VP8 ") && out[20] == 0);
        assert_eq!(
            usize::try_from(u32::from_le_bytes(out[4..8].try_into().expect("four"))).expect("small"),
            out.len() - 8
        );
    }

    proptest! {
        #[test]
        fn no_bytes_do_harm(bytes in proptest::collection::vec(any::<u8>(), 0..200), head in 0usize..4) {
            let heads: [&[u8]; 4] = [b"", b"\xff\xd8\xff\xe1", PNG, b"RIFF\0\0\0\0WEBP"];
            stripped(&[heads[head], &bytes].concat());
        }

        #[test]
        fn a_photo_cut_anywhere_does_no_harm(at in 0usize..260) {
            let photo = photo(6);
            stripped(&photo[..at.min(photo.len())]);
        }
    }
}
