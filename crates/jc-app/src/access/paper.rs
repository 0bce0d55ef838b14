//! The figures of a year as a file: what the audit of minors' data is reported with.

use super::yearly::Yearly;
use crate::error::AppError;
use crate::made::Made;
use crate::person::Viewer;
use crate::report::labels;
use jc_base::{Lang, Ratio};
use jc_report::model::{Block, Chapter, Column, Document, Head, Inline, Row, Sheet, Table};
use jc_report::profile::Profile;
use jc_report::trace;
use jc_report::write::FileKind;
use jc_store::store::Ending;
use jc_words::Arg;

impl Viewer<'_> {
    /// The figures of a year as a file. That it was made is noted.
    pub fn privacy_report(&self, year: i32, lang: Lang, kind: FileKind) -> Result<Made, AppError> {
        let yearly = self.privacy_of_year(year)?;
        let schools = self.app.schools()?;
        let (_, school, synthetic) =
            schools.into_iter().find(|(id, ..)| *id == self.person.school).ok_or(AppError::NotFound)?;
        let say = |id: &str, with: &[(&str, Arg)]| jc_words::text(lang, id, with);
        let text = year.to_string();
        let head = Head {
            code: String::new(),
            template: "privacy-yearly".into(),
            title: say("privacy-report", &[("year", Arg::from(&text))]),
            subtitle: say("privacy-report-about", &[]),
            school,
            synthetic,
            lang,
            year,
            made_on: self.app.moment().today,
            profile: Profile::Internal.code().into(),
            profile_name: say("privacy-report-law", &[]),
            catalog: trace::digest(self.catalog.sources.iter().flat_map(|(path, text)| [path.as_str(), text.as_ref()])),
            address: String::new(),
            taken: self.app.taken_by(self.person, lang),
            log: String::new(),
        };
        let mut document = self.set_yearly(head, &yearly, lang);
        let bytes = self.signed_file(&mut document, kind)?;
        let (store, actor) = (&self.app.store, self.person.actor());
        store.write(self.person.school, &actor, "privacy.report", "audit", self.app.moment(), |writer| {
            writer.note("year", year);
            writer.note("format", kind.code());
            Ok::<_, AppError>(Ending::Keep(()))
        })?;
        let name = format!("{}.{}", document.head.title, kind.code());
        Ok(Made { bytes, media_type: kind.media_type(), name, code: document.head.code, ..Made::default() })
    }

    fn set_yearly(&self, head: Head, yearly: &Yearly, lang: Lang) -> Document {
        let say = |id: &str| jc_words::text(lang, id, &[]);
        let line = |text: String| vec![Inline::Text(text)];
        let on = yearly.on.map(|on| on.to_string()).unwrap_or_default();
        let note = jc_words::text(lang, "privacy-report-note", &[("day", Arg::from(&on))]);
        let shown = |n: &Option<i64>| n.map_or_else(|| "—".to_owned(), |n| n.to_string());
        let rows: Vec<[String; 2]> = yearly.lines().iter().map(|(id, n)| [say(id), shown(n)]).collect();
        let columns = [("privacy-what", 6, false), ("privacy-how-many", 2, true)];
        let caption = head.title.clone();
        let table = Table {
            number: 1,
            caption: caption.clone(),
            head: columns.map(|(id, share, number)| Column { name: say(id), number, share }).into(),
            rows: rows.iter().map(|row| row.iter().map(|cell| line(cell.clone())).collect()).collect(),
            total: false,
        };
        let mut blocks = vec![Block::Paragraph(line(note))];
        if let Some(begins) = &yearly.begins {
            let day = begins.day.to_string();
            blocks.push(Block::Paragraph(line(jc_words::text(lang, "privacy-log-moved", &[("day", Arg::from(&day))]))));
        }
        blocks.extend([Block::Table(table), Block::Heading(line(say("privacy-classes")))]);
        let classes: Vec<[String; 3]> = self
            .catalog
            .data_classes
            .iter()
            .map(|class| {
                let years = match class.years {
                    Some(years) => jc_words::text(lang, "privacy-years", &[("n", Arg::from(&years.to_string()))]),
                    None => say("privacy-with-figures"),
                };
                [class.name.get(lang).to_owned(), class.purpose.get(lang).to_owned(), years]
            })
            .collect();
        let columns = [("privacy-class", 2, false), ("privacy-purpose", 5, false), ("privacy-kept", 3, false)];
        blocks.push(Block::Table(Table {
            number: 2,
            caption: say("privacy-classes"),
            head: columns.map(|(id, share, number)| Column { name: say(id), number, share }).into(),
            rows: classes.iter().map(|row| row.iter().map(|cell| line(cell.clone())).collect()).collect(),
            total: false,
        }));
        // The code follows from the rows.
        let sheet = Sheet {
            name: caption.clone(),
            head: vec![say("privacy-what"), say("privacy-how-many")],
            measures: vec![caption.clone()],
            rows: rows
                .into_iter()
                .map(|cells| Row { cells: cells.into(), adds: vec![Some(Ratio::whole(1))] })
                .collect(),
            sums: Vec::new(),
        };
        let chapter = Chapter { id: "privacy".into(), title: caption, code: String::new(), blocks };
        let labels = labels(lang);
        let (entries, shown) = (Vec::new(), Vec::new());
        Document { head, labels, chapters: vec![chapter], entries, shown, sheets: vec![sheet] }.named()
    }
}
