//! The figures of a year for the audit of how the data of minors was handled.
//!
//! Source: 《未成年人网络保护条例》 article 37: audited every year, and reported.

use super::{Access, Manner, begin_of};
use crate::audit::moving::LogBegin;
use crate::consents::Consents;
use crate::error::AppError;
use crate::person::Viewer;
use crate::subjects::is_minor;
use jc_base::{Date, Value};
use jc_catalog::{Operation, PeriodRule};
use serde_json::Value as Json;

/// The figures of a year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Yearly {
    /// The year.
    pub year: i32,
    /// The day minors and consents in force are counted: the year's last, or today.
    pub on: Option<Date>,
    /// Minors on the roll on that day.
    pub minors: i64,
    /// Of them, those whose date of birth is unknown: they are protected like minors.
    pub unknown_age: i64,
    /// Looks at records with a minor's data.
    pub looks: i64,
    /// Covered fields of minors seen in full.
    pub reveals: i64,
    /// Of these, those that nobody had given leave for; must be none.
    pub without_leave: i64,
    /// Lists, files and copies with minors' data taken out.
    pub taken: i64,
    /// Minors in them, added up.
    pub minors_taken: i64,
    /// People who had minors' data.
    pub accounts: i64,
    /// Requests for leave to see a covered field.
    pub asked: i64,
    /// Of these, granted.
    pub granted: i64,
    /// Of these, refused.
    pub refused: i64,
    /// Exports refused because they went beyond a day's measure.
    pub beyond: i64,
    /// Consents given in the year.
    pub consents_given: i64,
    /// Consents withdrawn in the year.
    pub consents_withdrawn: i64,
    /// Consents in force on that day.
    pub consents: i64,
    /// Records of which personal data was erased.
    pub erased: i64,
    /// Where the log begins, if the year began before: what the log alone tells is not known then.
    pub begins: Option<LogBegin>,
}

impl Yearly {
    /// The figures by the message ids of their words, in the order of a report. Missing is what the log tells of a year of
    /// which entries were moved out of it.
    pub fn lines(&self) -> [(&'static str, Option<i64>); 16] {
        let logged = |n: i64| self.begins.is_none().then_some(n);
        [
            ("privacy-minors", Some(self.minors)),
            ("privacy-unknown-age", Some(self.unknown_age)),
            ("privacy-looks", logged(self.looks)),
            ("privacy-reveals", logged(self.reveals)),
            ("privacy-without-leave", logged(self.without_leave)),
            ("privacy-taken", logged(self.taken)),
            ("privacy-minors-taken", logged(self.minors_taken)),
            ("privacy-accounts", logged(self.accounts)),
            ("privacy-asked", Some(self.asked)),
            ("privacy-granted", Some(self.granted)),
            ("privacy-refused", Some(self.refused)),
            ("privacy-beyond", logged(self.beyond)),
            ("privacy-consents-given", Some(self.consents_given)),
            ("privacy-consents-withdrawn", Some(self.consents_withdrawn)),
            ("privacy-consents", Some(self.consents)),
            ("privacy-erased", logged(self.erased)),
        ]
    }
}

impl Viewer<'_> {
    /// The figures of a year.
    pub fn privacy_of_year(&self, year: i32) -> Result<Yearly, AppError> {
        self.needs(Operation::ReadAccess)?;
        let reach = self.person.reach(&self.catalog, Operation::ReadAccess);
        let (Some(first), Some(last)) = (Date::new(year, 1, 1), Date::new(year, 12, 31)) else {
            return Err(AppError::NotFound);
        };
        self.read_within(&reach, |reader| {
            let on = last.min(reader.today());
            let mut yearly = Yearly { year, on: Some(on), ..Yearly::default() };
            for (register, declared) in self.catalog.registers.iter().enumerate() {
                let Some(born) = declared.born else { continue };
                reader.each_record(register, &mut |record| {
                    let day = |field: usize| record.values[field].as_date();
                    let there = match declared.period {
                        PeriodRule::During { from, until, .. } => {
                            day(from).is_some_and(|from| from <= on)
                                && until.and_then(day).is_none_or(|until| until >= on)
                        }
                        _ => true,
                    };
                    if there && is_minor(declared, record, on) {
                        yearly.minors += 1;
                        yearly.unknown_age += i64::from(record.values[born] == Value::Missing);
                    }
                })?;
            }
            let span = (begin_of(first), begin_of(last.plus_days(1)));
            yearly.begins = LogBegin::of(reader.log_begin()?).filter(|begins| first <= begins.day);
            let mut accounts = std::collections::BTreeSet::new();
            reader.each_entry(span, None, &mut |line| {
                match line.action.as_str() {
                    "list.refuse" => yearly.beyond += 1,
                    "data.erase" => yearly.erased += number(&line.detail, "records"),
                    _ => {}
                }
                let Some(access) = Access::of(&self.catalog, line).filter(|access| access.minors() > 0) else { return };
                accounts.insert(access.line.actor.clone());
                match access.manner {
                    Manner::Looked => yearly.looks += 1,
                    Manner::Revealed => {
                        yearly.reveals += 1;
                        yearly.without_leave += i64::from(access.approved_by().is_none());
                    }
                    Manner::Taken => {
                        yearly.taken += 1;
                        yearly.minors_taken += access.minors();
                    }
                }
            })?;
            yearly.accounts = accounts.len() as i64;
            for request in reader.approvals_between(span.0, span.1)? {
                yearly.asked += 1;
                match request.decided.map(|decided| decided.until) {
                    Some(Some(_)) => yearly.granted += 1,
                    Some(None) => yearly.refused += 1,
                    None => {}
                }
            }
            let consents = Consents::read(reader)?;
            let within = |day: &Option<Date>| day.is_some_and(|day| (first..=last).contains(&day));
            yearly.consents_given = consents.all.iter().filter(|one| within(&Some(one.given_on))).count() as i64;
            yearly.consents_withdrawn = consents.all.iter().filter(|one| within(&one.withdrawn_on)).count() as i64;
            yearly.consents = consents.all.iter().filter(|one| one.holds(on)).count() as i64;
            Ok(yearly)
        })
    }
}

fn number(detail: &str, name: &str) -> i64 {
    let detail: Json = serde_json::from_str(detail).unwrap_or_default();
    detail.get(name).and_then(Json::as_i64).unwrap_or(0)
}
