//! Certificates 证明 that records give: what is printed, and whether a printed one is genuine.

use crate::app::App;
use crate::error::AppError;
use crate::examination::Worked;
use crate::labels::Labels;
use crate::person::{Person, Viewer};
use jc_base::{Finding, Lang, Place, RecordId, RecordState, SchoolId};
use jc_catalog::Privacy;
use jc_catalog::expr::eval::{Truth, truth};
use jc_catalog::kinds::Kind;
use jc_catalog::model::{Certificate, Field};
use jc_store::Record;

/// A certificate, ready to be printed.
pub struct Certified {
    /// The register.
    pub register: usize,
    /// The record that gives it.
    pub record: Record,
    /// The labels of what it refers to.
    pub labels: Labels,
    /// The result of an examination, where the record is one.
    pub examination: Option<Worked>,
    /// What proves it, for the address in the printed code.
    pub code: String,
}

impl Certified {
    /// What its register says of it.
    pub fn declared<'c>(&self, viewer: &'c Viewer) -> &'c Certificate {
        let declared = viewer.catalog().registers[self.register].certificate.as_ref();
        declared.expect("it was made from a register with certificates")
    }

    /// Its lines in a language: label and value, those without a value left out.
    pub fn lines(&self, viewer: &Viewer, lang: Lang) -> Vec<(String, String)> {
        self.some_lines(viewer, lang, &|_| true)
    }

    /// Its lines for strangers who scan its code: nothing personal such as points, and nobody's name.
    pub fn open_lines(&self, viewer: &Viewer, lang: Lang) -> Vec<(String, String)> {
        let open = |field: &Field| {
            field.privacy < Privacy::Personal && !matches!(field.kind, Kind::PersonName | Kind::Ref(_) | Kind::Refs(_))
        };
        self.some_lines(viewer, lang, &open)
    }

    fn some_lines(&self, viewer: &Viewer, lang: Lang, wanted: &dyn Fn(&Field) -> bool) -> Vec<(String, String)> {
        let declared = &viewer.catalog().registers[self.register];
        let line = |field: &usize| {
            let text = viewer.shown(self.register, *field, &self.record.values[*field], &self.labels, lang);
            (declared.fields[*field].name.get(lang).to_owned(), text)
        };
        self.declared(viewer)
            .lines
            .iter()
            .filter(|field| wanted(&declared.fields[**field]))
            .map(line)
            .filter(|(_, text)| !text.is_empty())
            .collect()
    }

    /// Whom it is for.
    pub fn holder(&self, viewer: &Viewer, lang: Lang) -> String {
        let field = self.declared(viewer).holder;
        viewer.shown(self.register, field, &self.record.values[field], &self.labels, lang)
    }
}

/// A name of which strangers see the first character: enough to compare with the paper at hand.
pub fn masked(name: &str) -> String {
    let mut all = name.chars();
    let first: String = all.next().into_iter().collect();
    format!("{first}{}", "＊".repeat(all.count().min(3)))
}

impl Viewer<'_> {
    /// Whether a record gives a certificate.
    pub fn gives_certificate(&self, register: usize, record: &Record) -> bool {
        let Some(declared) = self.catalog.registers.get(register) else { return false };
        let at = crate::checks::moments(declared, &record.values, self.app.moment().today);
        declared.certificate.as_ref().is_some_and(|certificate| {
            record.state == RecordState::Verified && truth(&certificate.filter, record, &at) == Truth::True
        })
    }

    /// The certificate of a record.
    ///
    /// Errors: a finding if the record is not verified, or not one that gives a certificate.
    pub fn certificate(&self, register: usize, id: RecordId) -> Result<Certified, AppError> {
        self.records_only()?;
        let declared = self.catalog.registers.get(register).ok_or(AppError::NotFound)?;
        if declared.certificate.is_none() {
            return Err(AppError::NotFound);
        }
        let (record, labels) = self.read(|reader| {
            let record = reader.find(register, id)?.ok_or(AppError::NotFound)?;
            let mut labels = Labels::default();
            labels.load(reader, register, [&record])?;
            Ok((record, labels))
        })?;
        if !self.gives_certificate(register, &record) {
            return Err(AppError::finding(Finding::error("APP-041", Place::Whole)));
        }
        let examination = self.examination(register, &record)?;
        let said = format!("{}.{}.{id}", self.person.school.0, declared.id);
        let proof = self.app.proof(&format!("certificate/{said}"))?;
        Ok(Certified { register, record, labels, examination, code: format!("{said}.{proof}") })
    }
}

impl App {
    /// The record that a printed certificate's code names, as whoever sits at the machine sees it; nothing if the code
    /// is not one of ours or its record gives no certificate any more.
    pub fn certified<T>(&self, code: &str, work: impl FnOnce(&Viewer, &Certified) -> T) -> Result<Option<T>, AppError> {
        let Some((said, _)) = code.rsplit_once('.') else { return Ok(None) };
        let mut parts = said.split('.');
        let named = (|| {
            let school: i64 = parts.next()?.parse().ok()?;
            Some((SchoolId(school), parts.next()?, RecordId::parse(parts.next()?)?))
        })();
        let Some((school, register, id)) = named else { return Ok(None) };
        // Only a code that we gave is looked up.
        let proved = self.proof(&format!("certificate/{said}"))?;
        if format!("{said}.{proved}") != code {
            return Ok(None);
        }
        let person = Person::command_line(school);
        let viewer = self.viewer(&person);
        let Some(register) = viewer.catalog.find_register(register) else { return Ok(None) };
        match viewer.certificate(register, id) {
            Ok(certified) => Ok(Some(work(&viewer, &certified))),
            Err(AppError::NotFound | AppError::Findings(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn strangers_see_the_first_character() {
        assert_eq!(masked("张三丰"), "张＊＊");
        assert_eq!(masked("欧阳"), "欧＊");
        assert_eq!(masked(""), "");
    }
}
