//! One's own consents: seen, given and taken back by whom they are about, or by the guardian of a minor. No office
//! stands between: what is taken back no longer holds at once, and is verified afterwards like any other record.
//!
//! Source: 《个人信息保护法》 articles 14, 15 and 31, 《未成年人网络保护条例》 article 34.

use super::Consent;
use crate::checks::{self, Draft};
use crate::error::AppError;
use crate::labels::{Labels, search_text};
use crate::person::Viewer;
use crate::subjects::is_minor;
use jc_base::finding::has_errors;
use jc_base::{Date, Lang, RecordId, RecordState, Value};
use jc_catalog::kinds::{Kind, ParseContext};
use jc_catalog::model::{Asked, ConsentRule, ConsentText};
use jc_catalog::{Operation, Register, Scope};
use jc_store::store::Ending;
use jc_store::{Reader, Record, Writer};

/// What someone may say of their own consents, or why they may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Say {
    /// They may give and take back.
    Theirs,
    /// They are a minor: their guardian does.
    Guardians,
    /// The child is of age: they do it themselves.
    OfAge,
}

/// A consent as whom it is about sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// What was agreed to.
    pub kind: String,
    /// Which text.
    pub version: String,
    /// Who agreed, and by which name.
    pub giver: String,
    /// The day, and the time of day where it is known.
    pub given: String,
    /// The day it was taken back; empty while it was not.
    pub withdrawn: String,
    /// Whether it is in force.
    pub holds: bool,
}

/// A text that can be agreed to or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its code.
    pub code: String,
    /// What it is about.
    pub kind: String,
    /// The version that is asked now.
    pub version: String,
    /// The text.
    pub text: String,
    /// Which version is agreed to now; nothing where none is.
    pub agreed: Option<String>,
}

/// All consents of one person in one register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnConsents {
    /// The register they are kept in.
    pub register: usize,
    /// Whom they are about.
    pub person: RecordId,
    /// What that person is called.
    pub name: String,
    /// Whether whoever looks may change them.
    pub say: Say,
    /// What can be agreed to or not.
    pub questions: Vec<Question>,
    /// What was agreed to so far, the newest first.
    pub given: Vec<Given>,
}

/// A register of consents that people are asked in, and the people.
struct Place<'c> {
    register: usize,
    people: usize,
    rule: &'c ConsentRule,
    asked: &'c Asked,
}

impl Viewer<'_> {
    fn consent_places<'s>(&'s self) -> Vec<Place<'s>> {
        let registers = self.catalog.registers.iter().enumerate();
        let place = |(register, declared): (usize, &'s Register)| {
            let rule = declared.consent.as_ref()?;
            let Kind::Ref(people) = declared.fields[rule.person].kind else { return None };
            Some(Place { register, people, rule, asked: rule.asked.as_ref()? })
        };
        registers.filter_map(place).collect()
    }

    /// The people of a register whom this person is, or whose guardian they are, where their role lets them consent.
    fn consents_for(&self, people: usize) -> Vec<(RecordId, Scope)> {
        let register = &self.catalog.registers[people].id;
        let scopes: Vec<Scope> =
            self.person.roles_for(&self.catalog, Operation::GiveConsent).map(|role| role.scope).collect();
        let fits = |scope: &Scope| matches!(scope, Scope::Own | Scope::Child) && scopes.contains(scope);
        let tied = self.person.ties.iter().filter(|tie| tie.register == *register);
        tied.filter_map(|tie| Some((tie.record, Scope::from_code(&tie.scope).filter(fits)?))).collect()
    }

    /// What this person, and each child of theirs, agreed to, and what they can agree to or not.
    pub fn own_consents(&self, lang: Lang) -> Result<Vec<OwnConsents>, AppError> {
        self.needs(Operation::GiveConsent)?;
        self.read(|reader| {
            let mut all = Vec::new();
            for place in self.consent_places() {
                for (person, scope) in self.consents_for(place.people) {
                    if let Some(record) = reader.find(place.people, person)? {
                        all.push(self.consents_as(reader, &place, &record, scope, lang)?);
                    }
                }
            }
            Ok(all)
        })
    }

    fn consents_as(
        &self,
        reader: &mut Reader,
        place: &Place<'_>,
        person: &Record,
        scope: Scope,
        lang: Lang,
    ) -> Result<OwnConsents, AppError> {
        let (declared, rule, today) = (&self.catalog.registers[place.register], place.rule, reader.today());
        let mut records = consents_of(reader, place, person.id)?;
        records.sort_by_key(|record| std::cmp::Reverse((record.values[rule.given_on].as_date(), record.id)));
        let mut labels = Labels::default();
        labels.load(reader, place.register, &records)?;
        let text = |record: &Record, field: usize| {
            labels.show(&self.catalog, &declared.fields[field].kind, &record.values[field], lang)
        };
        let several = |record: &Record, fields: [Option<usize>; 2]| {
            let texts = fields.into_iter().flatten().map(|field| text(record, field)).filter(|text| !text.is_empty());
            texts.collect::<Vec<_>>().join(" ")
        };
        let holds = |record: &Record| in_force(rule, record, today);
        let given = records.iter().map(|record| Given {
            kind: text(record, rule.kind),
            version: text(record, place.asked.text_version),
            giver: several(record, [Some(place.asked.giver), place.asked.giver_name]),
            given: several(record, [Some(rule.given_on), place.asked.given_at]),
            withdrawn: text(record, rule.withdrawn_on),
            holds: holds(record),
        });
        let question = |asked: &ConsentText| Question {
            code: asked.kind.clone(),
            kind: labels.show(&self.catalog, &declared.fields[rule.kind].kind, &Value::Text(asked.kind.clone()), lang),
            version: asked.version.clone(),
            text: asked.text.get(lang).to_owned(),
            agreed: records
                .iter()
                .find(|record| is_of(rule, record, &asked.kind) && holds(record))
                .map(|record| text(record, place.asked.text_version)),
        };
        let people = &self.catalog.registers[place.people];
        Ok(OwnConsents {
            register: place.register,
            person: person.id,
            name: labels.label(&self.catalog, place.people, person, lang),
            say: say(scope, is_minor(people, person, today)),
            questions: place.asked.texts.iter().map(question).collect(),
            given: given.collect(),
        })
    }

    /// What a consent of this person's own, or of a child's, is written with: only where it is theirs to give.
    fn consent_place(&self, register: usize, person: RecordId, kind: &str) -> Result<(Place<'_>, Scope), AppError> {
        self.needs(Operation::GiveConsent)?;
        let place = self.consent_places().into_iter().find(|place| place.register == register);
        let place = place.ok_or(AppError::NotFound)?;
        let own = self.consents_for(place.people).into_iter().find(|(id, _)| *id == person);
        let (_, scope) = own.ok_or(AppError::NotFound)?;
        if place.asked.texts.iter().all(|asked| asked.kind != kind) {
            return Err(AppError::NotFound);
        }
        Ok((place, scope))
    }

    fn write_consent(
        &self,
        (action, why): (&str, &str),
        place: &Place<'_>,
        (person, scope): (RecordId, Scope),
        lang: Lang,
        work: impl FnOnce(&mut Writer, Vec<Record>) -> Result<(), AppError>,
    ) -> Result<(), AppError> {
        let (app, object) = (self.app, self.catalog.registers[place.register].id.as_str());
        app.store.write(self.person.school, &self.person.actor(), action, object, app.moment(), |writer| {
            let mut reader = writer.reader()?.within(&self.reach);
            let record = reader.find(place.people, person)?.ok_or(AppError::NotFound)?;
            if say(scope, is_minor(&self.catalog.registers[place.people], &record, app.moment().today)) != Say::Theirs {
                return Err(AppError::Denied);
            }
            let records = consents_of(&mut reader, place, person)?;
            // Pages that a consent stands on may be closed: this is the reason why they change.
            let reason = jc_words::text(lang, why, &[]);
            writer.note("reason", reason.as_str());
            writer.restating(jc_store::seal::Correction { cause: None, reason });
            work(writer, records).map(Ending::Keep)
        })
    }

    /// Agrees to a text, in the version that was shown: one's own, or for a child who is a minor.
    ///
    /// Errors: [`AppError::Stale`] if another version is asked now or it is agreed to already; [`AppError::Denied`]
    /// where it is not this person's to say; [`AppError::NotFound`] for whom and what is none of theirs.
    pub fn give_consent(
        &self,
        register: usize,
        person: RecordId,
        (kind, version): (&str, &str),
        lang: Lang,
    ) -> Result<(), AppError> {
        let (place, scope) = self.consent_place(register, person, kind)?;
        if place.asked.texts.iter().all(|asked| asked.kind != kind || asked.version != version) {
            return Err(AppError::Stale);
        }
        let (app, rule, asked) = (self.app, place.rule, place.asked);
        let words = ("consent.give", "consents-given");
        self.write_consent(words, &place, (person, scope), lang, |writer, records| {
            let today = app.moment().today;
            if records.iter().any(|record| is_of(rule, record, kind) && in_force(rule, record, today)) {
                return Err(AppError::Stale);
            }
            let declared = &self.catalog.registers[register];
            let mut values = vec![Value::Missing; declared.fields.len()];
            values[rule.person] = Value::Ref(person);
            values[rule.kind] = Value::Text(kind.to_owned());
            values[rule.given_on] = Value::Date(today);
            values[asked.text_version] = Value::Text(version.to_owned());
            let by = if scope == Scope::Child { &asked.by_guardian } else { &asked.by_self };
            values[asked.giver] = Value::Text(by.clone());
            if let Some(field) = asked.giver_name.filter(|_| scope == Scope::Child) {
                // A login's name that is no person's name is left to the audit log.
                let context = ParseContext { codes: &self.catalog.codes, on: None };
                values[field] = declared.fields[field].kind.parse(&self.person.name, &context).unwrap_or_default();
            }
            if let Some(field) = asked.given_at {
                values[field] = Value::Int(app.minutes());
            }
            // Given, taken back and given again on one day is one record; its history tells all three.
            let old = writer.reader()?.find_by_key(register, &values)?;
            self.put_consent(writer, register, old.as_ref(), values, lang)
        })
    }

    /// Takes back all consents to something that are in force: they hold no more from today on.
    ///
    /// Errors: as [`give_consent`](Self::give_consent); [`AppError::Stale`] if none is in force.
    pub fn withdraw_consent(&self, register: usize, person: RecordId, kind: &str, lang: Lang) -> Result<(), AppError> {
        let (place, scope) = self.consent_place(register, person, kind)?;
        let (rule, today) = (place.rule, self.app.moment().today);
        let words = ("consent.withdraw", "consents-taken-back");
        self.write_consent(words, &place, (person, scope), lang, |writer, records| {
            let mut taken = false;
            for old in records.iter().filter(|record| is_of(rule, record, kind)) {
                let Some(given) = old.values[rule.given_on].as_date() else { continue };
                let last = given.max(today);
                if old.values[rule.withdrawn_on].as_date().is_some_and(|day| day <= last) {
                    continue;
                }
                taken = true;
                let mut values = old.values.clone();
                values[rule.withdrawn_on] = Value::Date(last);
                self.put_consent(writer, register, Some(old), values, lang)?;
            }
            if taken { Ok(()) } else { Err(AppError::Stale) }
        })
    }

    fn put_consent(
        &self,
        writer: &mut Writer,
        register: usize,
        old: Option<&Record>,
        values: Vec<Value>,
        lang: Lang,
    ) -> Result<(), AppError> {
        let copied = match old {
            Some(old) => writer.copies_over(register, old, &values)?,
            None => writer.copies(register, &values)?,
        };
        let (declared, draft) = (&self.catalog.registers[register], Draft { values: &values, copied: &copied });
        let mut findings = Vec::new();
        checks::whole(&self.catalog, declared, &draft, self.app.moment().today, lang, &mut findings);
        if has_errors(&findings) {
            return Err(AppError::Findings(findings));
        }
        let search = search_text(&self.catalog, register, &values);
        match old {
            Some(old) => writer.update(register, old, values, copied, RecordState::Submitted, search).map(drop)?,
            None => writer.create(register, values, copied, RecordState::Submitted, search).map(drop)?,
        }
        Ok(())
    }
}

fn say(scope: Scope, minor: bool) -> Say {
    match (scope, minor) {
        (Scope::Child, true) => Say::Theirs,
        (Scope::Child, false) => Say::OfAge,
        (_, true) => Say::Guardians,
        (_, false) => Say::Theirs,
    }
}

/// The consents of a person that were handed in or verified.
fn consents_of(reader: &mut Reader, place: &Place<'_>, person: RecordId) -> Result<Vec<Record>, AppError> {
    let declared = &reader.catalog().registers[place.register];
    let column = declared.fields[place.rule.person].column.clone();
    let ids = reader.ids_where(place.register, &column, person)?;
    let mut records = reader.find_many(place.register, &ids)?;
    records.retain(|record| matches!(record.state, RecordState::Submitted | RecordState::Verified));
    Ok(records)
}

fn is_of(rule: &ConsentRule, record: &Record, kind: &str) -> bool {
    record.values[rule.kind].as_text() == Some(kind)
}

/// Whether a consent is in force on a day.
fn in_force(rule: &ConsentRule, record: &Record, on: Date) -> bool {
    let given = record.values[rule.given_on].as_date();
    given.is_some_and(|given| Consent::in_force(given, record.values[rule.withdrawn_on].as_date(), on))
}
