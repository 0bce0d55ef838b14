//! One person on the pathway.

use super::Growth;
use super::shelf::Shelf;
use crate::audit::moving::LogBegin;
use crate::error::AppError;
use crate::labels::Labels;
use jc_base::{Date, Lang, RecordId};
use jc_catalog::pathway::{Amount, Pathway, Quantity};
use jc_growth::course::{Lapse, Turn, history, lapsing};
use jc_growth::gap::{Bound, Gap};
use jc_growth::standing::Standing;
use jc_store::Record;
use jc_store::store::Ending;
use jc_store::views::View;
use std::collections::HashMap;

/// How many days ahead it is told what lapses.
const AHEAD: i64 = 365;
/// How many looks are listed.
const VIEWS: usize = 20;

/// One person on the pathway, on a day.
pub struct Profile {
    /// Who.
    pub person: RecordId,
    /// What they are called.
    pub label: String,
    /// Their number.
    pub number: String,
    /// Where they belong, in words; may be empty.
    pub department: String,
    /// Whether it is the person who looks.
    pub own: bool,
    /// Where they stand.
    pub standing: Standing,
    /// The day they reached their stage.
    pub since: Option<Date>,
    /// What would lift them to the next stage; nothing on the last.
    pub gap: Option<Gap>,
    /// How they came there.
    pub turns: Vec<Turn>,
    /// What lapses within a year.
    pub lapses: Vec<Lapse>,
    /// The records behind it all.
    pub cited: HashMap<RecordId, Cited>,
    /// Who raters are.
    pub raters: HashMap<RecordId, String>,
    /// The dates that years are counted from, by quantity.
    pub since_dates: HashMap<usize, Date>,
    /// Who looked at it, newest first: for the person themself.
    pub views: Vec<View>,
    /// Where the log begins that they are read from, if others were moved out of it.
    pub views_begin: Option<LogBegin>,
}

/// A record behind a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// Its register.
    pub register: usize,
    /// What it is called.
    pub label: String,
    /// Whether whoever looks can open it.
    pub opens: bool,
}

impl Growth<'_> {
    /// A person on a day, with the proof of their stage. Another's is noted in the log, where they find it.
    ///
    /// Errors: [`AppError::NotFound`] for whoever is out of reach, not verified, or not on the path.
    pub fn profile(&self, person: RecordId, on: Date, lang: Lang) -> Result<Profile, AppError> {
        let profile = self.viewer.read(|reader| {
            let pathway = self.pathway();
            let mut people = self.people(reader, on, Some(person))?;
            let record = people.pop().ok_or(AppError::NotFound)?;
            let shelf = Shelf::fetch(reader, pathway, &[person])?;
            let book = shelf.book(pathway, &record);
            let standing = Standing::of(pathway, &book, on);
            let turns = history(pathway, &book, on);
            let lapses = lapsing(pathway, &book, &standing, on.plus_days(AHEAD));
            let gap = standing.next().map(|next| Gap::to(pathway, &standing, next, Bound::default()));
            let mut labels = Labels::default();
            labels.load(reader, pathway.people, [&record])?;
            let mut cited = HashMap::new();
            let mut by_register: HashMap<usize, Vec<RecordId>> = HashMap::new();
            for (register, record) in shelf.all() {
                by_register.entry(register).or_default().push(record.id);
            }
            for (register, ids) in &by_register {
                labels.load_ids(reader, *register, ids)?;
                for record in shelf.records(*register) {
                    let label = labels.label(&self.viewer.catalog, *register, record, lang);
                    let opens = labels.opens(*register, record.id);
                    cited.insert(record.id, Cited { register: *register, label, opens });
                }
            }
            let by: Vec<RecordId> =
                standing.facts.rated.iter().flat_map(|rated| &rated.heard).filter_map(|heard| heard.by).collect();
            labels.load_ids(reader, pathway.people, &by)?;
            let raters = by.into_iter().map(|id| (id, labels.get(pathway.people, id))).collect();
            let declared = &self.viewer.catalog.registers[pathway.people];
            let shown = |field: usize| {
                labels.show(&self.viewer.catalog, &declared.fields[field].kind, &record.values[field], lang)
            };
            let own = self.own() == Some(person);
            Ok(Profile {
                person,
                label: labels.label(&self.viewer.catalog, pathway.people, &record, lang),
                number: declared.key.first().map(|field| shown(*field)).unwrap_or_default(),
                department: pathway.department.map(shown).unwrap_or_default(),
                own,
                since_dates: dates_since(pathway, &record),
                since: turns.last().map(|turn| turn.on),
                views: if own { reader.views(declared.id.as_str(), person, VIEWS)? } else { Vec::new() },
                views_begin: if own { LogBegin::of(reader.log_begin()?) } else { None },
                standing,
                gap,
                turns,
                lapses,
                cited,
                raters,
            })
        })?;
        if !profile.own {
            self.note(person)?;
        }
        Ok(profile)
    }

    /// Notes that another's profile was looked at.
    pub(super) fn note(&self, person: RecordId) -> Result<(), AppError> {
        let register = self.viewer.catalog.registers[self.pathway().people].id.as_str();
        let (app, who) = (self.viewer.app, self.viewer.person);
        app.store.write(who.school, &who.actor(), "growth.view", register, app.moment(), |writer| {
            writer.note_view(register, person)?;
            Ok::<_, AppError>(Ending::Keep(()))
        })
    }
}

/// The dates that years are counted from.
fn dates_since(pathway: &Pathway, record: &Record) -> HashMap<usize, Date> {
    let date = |(ix, quantity): (usize, &Quantity)| match quantity.amount {
        Amount::Since(field) => Some((ix, record.values.get(field)?.as_date()?)),
        Amount::Records(_) => None,
    };
    pathway.quantities.iter().enumerate().filter_map(date).collect()
}
