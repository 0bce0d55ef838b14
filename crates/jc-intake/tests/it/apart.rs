//! A file read apart: the same rows, and what becomes of a process that dies or talks nonsense.
//! (That everything the other tests read is the same here and apart, [`support::rows`](crate::support::rows) holds.)

use crate::support::{codes, open, open_apart, picture_apart, rows_of, xlsx};
use jc_intake::limits::Limits;
use jc_intake::{apart, photo};
use std::io::{Cursor, ErrorKind, Read, Write};

/// Another process that says what it likes and takes what it is given; at the end it is silent or fails.
struct Liar(Cursor<Vec<u8>>, Option<ErrorKind>);

impl Read for Liar {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        match (self.0.read(buf)?, self.1) {
            (0, Some(kind)) => Err(kind.into()),
            (read, _) => Ok(read),
        }
    }
}

impl Write for Liar {
    fn write(&mut self, buf: &[u8]) -> std::io::Result<usize> {
        Ok(buf.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn heard(says: &[u8], end: Option<ErrorKind>) -> String {
    let liar = Liar(Cursor::new(says.to_vec()), end);
    match apart::open("x.csv", b"a".to_vec(), &Limits::default(), Box::new(liar)) {
        Ok(book) => rows_of(book),
        Err(findings) => codes(&findings),
    }
}

/// A csv book, then more.
fn csv(then: &[&[u8]]) -> Vec<u8> {
    [&[b'B', 0, 1, 0, 0, 0, 0, 0, 0, 0, 0][..], &then.concat()].concat()
}

#[test]
fn what_a_liar_says_is_a_finding() {
    let row = |number: u8, cells: u8, kinds: &[u8], text: &[u8]| {
        let size = |n: usize| (n as u32).to_le_bytes();
        [b"R".as_slice(), &size(number.into()), &size(cells.into()), &size(kinds.len()), &size(text.len()), kinds, text]
            .concat()
    };
    let end = [b'E', 0, 0, 0, 0];
    let good = row(3, 1, &[1, 1, 0, 0, 0], b"x");
    assert_eq!(heard(&csv(&[&good, &end]), None), "3:x");
    for says in [
        b"".to_vec(),
        b"X".to_vec(),
        b"B\x09".to_vec(),
        b"B\x00\xff\xff\xff\xff".to_vec(),
        b"F\x00\x00\x00\x00".to_vec(),
        b"F\x01\x00\x00\x00\x07\x00\x00\x00INT-999\x00\x00\x00\x00\x00\x00".to_vec(),
    ] {
        assert_eq!(heard(&says, None), "INT-024 x.csv", "{says:?}");
    }
    for says in [
        vec![],
        vec![b'X'],
        row(1, 1, &[9], b""),
        row(1, 1, &[1, 2, 0, 0, 0], b"x"),
        row(1, 1, &[1, 1, 0, 0, 0], b"xy"),
        row(1, 1, &[1, 1, 0, 0, 0, 0], b"x"),
        row(1, 2, &[0], b""),
        row(1, 1, &[1, 1, 0, 0, 0], b"\xff"),
        row(1, 1, &[1, 255, 255, 255, 255], "长".as_bytes()),
        row(1, 1, &[1, 1, 0, 0, 0], "长".as_bytes()),
        row(1, 1, &[4, 0, 0, 13, 1], b""),
        row(1, 1, &[6, 255, 255], b""),
        b"R\x01\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff".to_vec(),
        b"E\xff\xff\xff\xff".to_vec(),
    ] {
        assert_eq!(heard(&csv(&[&good, &says]), None), "3:x\nINT-024 x.csv", "{says:?}");
    }
    assert_eq!(heard(&csv(&[&good]), Some(ErrorKind::TimedOut)), "3:x\nINT-023 x.csv");
    // Rows without end come to the limit here too.
    let endless = csv(&[&good.repeat(200_001)]);
    assert!(heard(&endless, None).ends_with("INT-015 x.csv·3"));
}

#[test]
fn rows_nobody_took_are_not_taken_for_others() {
    let sheet: String = (1..=50).map(|n| format!("<row r=\"{n}\"><c><v>{n}</v></c></row>")).collect();
    let bytes = xlsx(&sheet, "", "");
    let mut here = open("x", bytes.clone()).unwrap();
    let mut apart = open_apart("x", bytes, &Limits::default()).unwrap();
    assert_eq!(apart.kind(), "xlsx");
    assert_eq!(apart.sheets(), here.sheets());
    assert_eq!(apart.first_rows(0, 5).unwrap(), here.first_rows(0, 5).unwrap());
    apart.rows(0).unwrap().next().unwrap();
    assert_eq!(apart.first_rows(0, 30).unwrap(), here.first_rows(0, 30).unwrap());
    assert_eq!(apart.rows(1).err().unwrap().code, "INT-014");
    assert_eq!(rows_of(apart), rows_of(here));
}

/// A photo upside down that says where it was taken.
const PHOTO: &[u8] = b"\xff\xd8\xff\xe1\0\x27Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x03\0\0\0\0\0\0HERE!\xff\xc0\0\x0b\x08\0\x02\0\x03\x01\x01\x11\0\xff\xda\0\x02scan\xff\xd9";

#[test]
fn a_picture_apart_is_the_picture_here() {
    let apart = picture_apart("x.jpg", PHOTO).unwrap();
    assert_eq!(apart, photo::looked_over(PHOTO));
    assert_eq!(apart.pixels, Some(6));
    assert!(!apart.content.windows(4).any(|four| four == b"HERE"));
}

#[test]
fn a_picture_that_cannot_have_come_of_it_is_a_finding() {
    let heard = |says: &[u8], end| {
        let liar = Liar(Cursor::new(says.to_vec()), end);
        apart::picture("x.jpg", PHOTO, Box::new(liar)).map_err(|findings| codes(&findings))
    };
    let says = |pixels: u8, content: &[u8]| {
        [&[b'P', 1, pixels, 0, 0, 0, 0, 0, 0, 0][..], &(content.len() as u32).to_le_bytes(), content].concat()
    };
    assert_eq!(heard(&says(6, PHOTO), None).unwrap(), photo::Picture { pixels: Some(6), content: PHOTO.to_vec() });
    let longer = [PHOTO, &[0; 65]].concat();
    for wrong in [
        b"".to_vec(),
        b"X\0".to_vec(),
        b"F\x00\x00\x00\x00".to_vec(),
        b"P\x01\0\0\0\0\0\0\0\0\xff\xff\xff\xff".to_vec(),
        says(6, b"<script>"),
        says(6, b"\x89PNG\r\n\x1a\n"),
        says(6, &longer),
        says(6, PHOTO)[..20].to_vec(),
    ] {
        assert_eq!(heard(&wrong, None).unwrap_err(), "INT-081 x.jpg", "{wrong:x?}");
    }
    assert_eq!(heard(b"", Some(ErrorKind::TimedOut)).unwrap_err(), "INT-080 x.jpg");
    assert_eq!(heard(b"", Some(ErrorKind::Unsupported)).unwrap_err(), "INT-025 x.jpg");
}
