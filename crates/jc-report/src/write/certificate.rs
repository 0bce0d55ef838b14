//! A certificate as PDF, set by Typst: what the page looks like is in `certificate.typ`.

use super::WriteError;
use super::pdf::{Paper, showable, typeset};
use crate::certificate::{Certificate, CertificateSheet};
use crate::qr;
use serde_json::{Value as Json, json};

const PAGES: &str = include_str!("certificate.typ");

/// The whole file. The same certificate gives the same bytes.
pub(super) fn write(certificate: &Certificate) -> Result<Vec<u8>, WriteError> {
    let code = qr::svg(&certificate.address, &certificate.scan).unwrap_or_default();
    let data = showable(&data(certificate).to_string()).into_bytes();
    let paper = Paper::of(PAGES, [("data.json", data), ("code.svg", code.into_bytes())], certificate.day);
    typeset(&paper, &certificate.address)
}

/// The certificate as `certificate.typ` reads it.
fn data(certificate: &Certificate) -> Json {
    let sheet = |sheet: &CertificateSheet| {
        json!({
            "lang": sheet.lang.code(),
            "title": sheet.title,
            "holder": sheet.holder,
            "text": sheet.text,
            "lines": sheet.lines,
            "exam": sheet.exam,
        })
    };
    json!({
        "school": certificate.school,
        "note": certificate.note,
        "sheets": certificate.sheets.iter().map(sheet).collect::<Vec<_>>(),
        "address": certificate.address,
        "scan": certificate.scan,
        "date": [certificate.day.year(), certificate.day.month(), certificate.day.day()],
    })
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::certificate::{Certificate, CertificateSheet};
    use hayro_syntax::Pdf;
    use jc_base::{Date, Lang};

    fn sheet(lang: Lang, title: &str) -> CertificateSheet {
        let pairs = |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        CertificateSheet {
            lang,
            title: title.into(),
            holder: "张喆玥#eval(1)".into(),
            text: "*粗* \\ <x>".into(),
            lines: pairs(&[("Beruf", "Mechatroniker/-in"), ("日期", "2024-06-30")]),
            exam: pairs(&[("Arbeitsauftrag", "82.00"), ("Gesamt", "79.50")]),
        }
    }

    #[test]
    fn a_certificate_is_one_page_however_many_languages_it_speaks() {
        let both = [sheet(Lang::Zh, "考试证书"), sheet(Lang::De, "Prüfungszeugnis")];
        for sheets in [both[..1].to_vec(), both.to_vec()] {
            let certificate = Certificate {
                school: "示例技师学院（合成数据）".into(),
                note: "合成示例数据".into(),
                sheets,
                address: "https://jiangce.example/certificates/1.certificate-exam.0.abc".into(),
                scan: "扫码验真".into(),
                day: Date::parse_iso("2025-01-09").expect("a day"),
            };
            let bytes = write(&certificate).expect("a file");
            assert_eq!(write(&certificate).expect("a file"), bytes);
            assert_eq!(Pdf::new(bytes).expect("it can be read").pages().len(), 1);
        }
    }
}
