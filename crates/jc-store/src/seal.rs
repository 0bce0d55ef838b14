//! Closed pages: their seals, the totals and definitions kept with them, and the restatements since.

use crate::db::{Param, Row};
use crate::error::{Doing, StoreError};
use crate::reader::Reader;
use crate::writer::Writer;
use jc_base::{IndicatorId, Instant, MeasureId, Names, RecordId, RegisterId, SchoolId, UnitId};
use jc_catalog::expr::print;
use jc_catalog::{Catalog, Formula, Register};
use jc_figures::definition::Definition;
use jc_figures::restated::{Cause, Delta, Verified, settle};
use jc_figures::{Amount, FigureValue, Page};
use jc_trust::canonical::Canonical;
use jc_trust::seal::{Excluded, Signed};
use jc_trust::{KeyId, PublicKey, Seal, Signature, hex};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, HashMap};

/// Why a write may change a closed page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// What a person names it; if they do not, it is told from the record whether it is late or a correction.
    pub cause: Option<Cause>,
    /// The reason, in a person's words.
    pub reason: String,
}

/// A closed page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// The seal.
    pub signed: Signed,
    /// The audit entry of the closing.
    pub seq: i64,
}

/// A later change of a closed page's totals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restatement {
    /// Its register.
    pub register: RegisterId,
    /// The page's code.
    pub page: String,
    /// Counts the page's restatements from 1.
    pub number: i64,
    /// The audit entry of the write.
    pub seq: i64,
    /// Why.
    pub cause: Cause,
    /// The reason given.
    pub reason: String,
    /// The page's version after it.
    pub page_version: i64,
    /// The page's digest after it.
    pub digest: String,
    /// When.
    pub at: Instant,
    /// Who: the account's login.
    pub actor: String,
}

/// A record that a restatement rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moved {
    /// Its register; not the page's own where the page's measures ask about it.
    pub register: String,
    /// Which record.
    pub record: RecordId,
    /// The version before; nothing for a new record.
    pub was: Option<i64>,
    /// The version that was written.
    pub became: i64,
}

/// One total of a page: slice, its value, measure.
pub(crate) type Place = (String, String, String);
/// A difference of a total, under its restatement's number.
pub(crate) type NumberedDelta = (i64, (Place, Amount));

/// A kept total: place, state, value, unknown. `era` is [`NOW`] or [`BEFORE`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct KeptTotal {
    pub era: String,
    pub place: Place,
    pub state: i64,
    pub amount: Amount,
}

/// The totals of the page itself.
pub(crate) const NOW: &str = "now";
/// Those of the page a year before, for growth.
pub(crate) const BEFORE: &str = "before";

/// The digest over totals kept with a seal.
pub(crate) fn totals_digest(totals: &[KeptTotal]) -> String {
    let written = totals.iter().fold(Canonical::of("totals/1"), |written, total| {
        let (slice, value, measure) = &total.place;
        let written = written.text(&total.era).text(slice).text(value).text(measure).number(total.state);
        written.number(total.amount.value).number(total.amount.unknown)
    });
    written.sha256()
}

/// The digest over a restatement: what the audit log covers.
pub(crate) fn restatement_digest(of: &Restatement, deltas: &BTreeMap<Place, Amount>, records: &[Moved]) -> String {
    let mut written = Canonical::of("restatement/1")
        .text(of.register.as_str())
        .text(&of.page)
        .number(of.number)
        .text(of.cause.code())
        .text(&of.reason)
        .number(of.page_version)
        .text(&of.digest)
        .number(deltas.len() as i64);
    for ((slice, value, measure), amount) in deltas {
        written = written.text(slice).text(value).text(measure).number(amount.value).number(amount.unknown);
    }
    for moved in records {
        let was = moved.was.unwrap_or(0);
        written = written.text(&moved.register).text(&hex(&moved.record.0)).number(was).number(moved.became);
    }
    written.sha256()
}

/// The digest of all files of a catalog.
pub fn catalog_digest(catalog: &Catalog) -> String {
    let files = catalog.sources.iter();
    files.fold(Canonical::of("catalog/1"), |written, (path, text)| written.text(path).text(text)).sha256()
}

/// The definitions of a register's indicators, written as they are kept with a seal.
pub(crate) fn definitions_text(register: &Register, registers: &[Register]) -> String {
    let names = |names: &Names| json!({ "zh": names.zh, "en": names.en, "de": names.de });
    let indicators = register.indicators.iter().map(|indicator| {
        let definition = Definition::of(register, indicator);
        let rule = match definition.formula {
            Formula::Total(_) => "total",
            Formula::Share { .. } => "share",
            Formula::Quotient { .. } => "quotient",
            Formula::Growth(_) => "growth",
            Formula::Highest { .. } => "highest",
            Formula::Common { .. } => "common",
        };
        let terms: Vec<Json> = definition
            .terms
            .iter()
            .map(|(id, digits)| {
                let filter =
                    register.measures.iter().find(|m| m.id == *id).map(|m| print(&m.filter, register, registers));
                json!({ "measure": id.as_str(), "digits": digits, "count": filter })
            })
            .collect();
        json!({
            "indicator": definition.id.as_str(),
            "name": names(&definition.name),
            "about": names(&definition.about),
            "rule": rule,
            "terms": terms,
            "unit": definition.unit.as_str(),
            "decimals": definition.decimals,
        })
    });
    json!({ "register": register.id.as_str(), "indicators": indicators.collect::<Vec<_>>() }).to_string()
}

/// Reads definitions kept with a seal. Nothing if they are not legible.
pub fn read_definitions(text: &str) -> Option<Vec<Definition>> {
    let names = |json: &Json| {
        let part = |lang: &str| json.get(lang).and_then(Json::as_str).unwrap_or_default().to_owned();
        Names { zh: part("zh"), en: part("en"), de: part("de") }
    };
    let one = |json: &Json| {
        let text = |key: &str| json.get(key).and_then(Json::as_str);
        let term = |term: &Json| {
            let digits = term.get("digits").and_then(Json::as_u64)?;
            Some((MeasureId::from(term.get("measure")?.as_str()?), u8::try_from(digits).ok()?))
        };
        let terms = json.get("terms")?.as_array()?.iter().map(term).collect::<Option<Vec<_>>>()?;
        let formula = match (text("rule")?, terms.len()) {
            ("total", 1) => Formula::Total(0),
            ("share", 2) => Formula::Share { part: 0, whole: 1 },
            ("quotient", 2) => Formula::Quotient { over: 0, under: 1 },
            ("growth", 1) => Formula::Growth(0),
            ("highest", 2) => Formula::Highest { reach: 0, above: 1 },
            ("common", 3) => Formula::Common { sum: 0, of: 1, different: 2 },
            _ => return None,
        };
        Some(Definition {
            id: IndicatorId::from(text("indicator")?),
            name: names(json.get("name")?),
            about: names(json.get("about")?),
            formula,
            terms,
            unit: UnitId::from(text("unit")?),
            decimals: u8::try_from(json.get("decimals")?.as_u64()?).ok()?,
        })
    };
    serde_json::from_str::<Json>(text).ok()?.get("indicators")?.as_array()?.iter().map(one).collect()
}

/// A seal as JSON.
pub fn seal_json(signed: &Signed) -> Json {
    let seal = &signed.seal;
    json!({
        "school": seal.school.0,
        "register": seal.register.as_str(),
        "page": seal.page,
        "page_version": seal.page_version,
        "catalog": seal.catalog,
        "definitions": seal.definitions,
        "records": seal.records,
        "records_digest": seal.digest,
        "totals": seal.totals,
        "excluded": {
            "draft": seal.excluded.draft,
            "submitted": seal.excluded.submitted,
            "returned": seal.excluded.returned,
            "without_evidence": seal.excluded.without_evidence,
        },
        "at": seal.at.0,
        "by": seal.by,
        "digest": seal.digest(),
        "key": signed.key.0,
        "signature": signed.signature.to_string(),
    })
}

const SEAL_COLUMNS: &str = "register, page, page_version, catalog, definitions, records, digest, totals, draft, \
     submitted, returned, without_evidence, closed_at, closed_by, key_id, signature, seq";

fn read_closed(school: SchoolId, row: &dyn Row) -> Option<Closed> {
    let text = |column: usize| row.text(column).unwrap_or_default().to_owned();
    let number = |column: usize| row.int(column).unwrap_or(0);
    let seal = Seal {
        school,
        register: RegisterId(text(0)),
        page: text(1),
        page_version: number(2),
        catalog: text(3),
        definitions: text(4),
        records: number(5),
        digest: text(6),
        totals: text(7),
        excluded: Excluded {
            draft: number(8),
            submitted: number(9),
            returned: number(10),
            without_evidence: number(11),
        },
        at: Instant(number(12)),
        by: text(13),
    };
    let signature = Signature::parse(row.text(15)?).unwrap_or(Signature([0; 64]));
    Some(Closed { signed: Signed { seal, key: KeyId(text(14)), signature }, seq: number(16) })
}

impl Reader<'_> {
    /// All closed pages of the school, by register and page.
    pub fn closed(&mut self) -> Result<Vec<Closed>, StoreError> {
        let school = self.school;
        let sql = format!("select {SEAL_COLUMNS} from seal where school_id = ? order by register, page");
        let rows =
            self.db.collect(&sql, &[Param::Int(school.0)], |row| read_closed(school, row)).doing("list seals")?;
        Ok(rows.into_iter().flatten().collect())
    }

    /// A page's seal, if it is closed.
    pub fn seal(&mut self, register: &str, page: Page) -> Result<Option<Closed>, StoreError> {
        let (school, page) = (self.school, page.to_string());
        let sql = format!("select {SEAL_COLUMNS} from seal where school_id = ? and register = ? and page = ?");
        let place = [Param::Int(school.0), Param::Text(register), Param::Text(&page)];
        Ok(self.db.first(&sql, &place, |row| read_closed(school, row)).doing("read a seal")?.flatten())
    }

    /// The verified totals kept with a seal, of the whole page or one slice value: its own, and those of the year
    /// before.
    pub fn sealed_totals(
        &mut self,
        register: &str,
        page: &str,
        slice: (&str, &str),
    ) -> Result<(Verified, Verified), StoreError> {
        let (mut now, mut before) = (Verified::new(), Verified::new());
        self.db
            .query(
                "select era, measure, value, unknown from sealed_total where school_id = ? and register = ? \
                 and page = ? and slice = ? and slice_value = ? and state = ?",
                &[
                    Param::Int(self.school.0),
                    Param::Text(register),
                    Param::Text(page),
                    Param::Text(slice.0),
                    Param::Text(slice.1),
                    Param::Int(VERIFIED),
                ],
                &mut |row| {
                    let amount = Amount { value: row.int(2).unwrap_or(0), unknown: row.int(3).unwrap_or(0) };
                    let of = if row.text(0) == Some(NOW) { &mut now } else { &mut before };
                    of.insert(row.text(1).unwrap_or_default().to_owned(), amount);
                },
            )
            .doing("read sealed totals")?;
        Ok((now, before))
    }

    /// Everything kept with a seal, in the order it is digested in.
    pub(crate) fn kept_totals(&mut self, register: &str, page: &str) -> Result<Vec<KeptTotal>, StoreError> {
        let mut kept = self
            .db
            .collect(
                "select era, slice, slice_value, measure, state, value, unknown from sealed_total \
                 where school_id = ? and register = ? and page = ?",
                &[Param::Int(self.school.0), Param::Text(register), Param::Text(page)],
                |row| {
                    let text = |column: usize| row.text(column).unwrap_or_default().to_owned();
                    KeptTotal {
                        era: text(0),
                        place: (text(1), text(2), text(3)),
                        state: row.int(4).unwrap_or(0),
                        amount: Amount { value: row.int(5).unwrap_or(0), unknown: row.int(6).unwrap_or(0) },
                    }
                },
            )
            .doing("read sealed totals")?;
        kept.sort();
        Ok(kept)
    }

    /// A text kept under its digest with seals.
    pub fn sealed_text(&mut self, digest: &str) -> Result<Option<String>, StoreError> {
        let sql = "select body from sealed_text where school_id = ? and digest = ?";
        let key = [Param::Int(self.school.0), Param::Text(digest)];
        self.db.first(sql, &key, |row| row.text(0).unwrap_or_default().to_owned()).doing("read a sealed definition")
    }

    /// A closed page as it was closed, as one text: the seal, the definitions, the totals, and the figures they give.
    /// The same bytes for ever, whatever became of the records and the catalog since.
    pub fn sealed_document(&mut self, register: &str, page: Page) -> Result<Option<String>, StoreError> {
        let Some(Closed { signed, .. }) = self.seal(register, page)? else { return Ok(None) };
        let (seal, code) = (&signed.seal, page.to_string());
        let text = self.sealed_text(&seal.definitions)?.unwrap_or_default();
        let kept = self.kept_totals(register, &code)?;
        let (now, before) = self.sealed_totals(register, &code, ("", ""))?;
        let figures = read_definitions(&text).unwrap_or_default().into_iter().map(|definition| {
            let settled = settle(&definition, &now, Some(&before));
            let part = |ratio: Option<jc_base::Ratio>| ratio.map(|ratio| ratio.to_string());
            let missing = match settled.value {
                FigureValue::Known(_) => None,
                FigureValue::Missing(why) => Some(why.code()),
            };
            json!({
                "indicator": definition.id.as_str(),
                "value": definition.print(settled.value),
                "missing": missing,
                "numerator": part(settled.numerator),
                "denominator": part(settled.denominator),
            })
        });
        let totals = kept.iter().map(|kept| {
            let (slice, value, measure) = &kept.place;
            json!([kept.era, slice, value, measure, kept.state, kept.amount.value, kept.amount.unknown])
        });
        let document = json!({
            "format": "jiangce-closed-page/1",
            "seal": seal_json(&signed),
            "figures": figures.collect::<Vec<_>>(),
            "definitions": serde_json::from_str::<Json>(&text).unwrap_or_default(),
            "totals": totals.collect::<Vec<_>>(),
        });
        Ok(Some(document.to_string()))
    }

    /// The restatements of a page, or of all, by register and page in the order of time.
    pub fn restatements(&mut self, of: Option<(&str, &str)>) -> Result<Vec<Restatement>, StoreError> {
        let mut sql = "select register, page, number, seq, cause, reason, page_version, digest, at, actor \
             from restatement where school_id = ?"
            .to_owned();
        let mut params = vec![Param::Int(self.school.0)];
        if let Some((register, page)) = of {
            sql.push_str(" and register = ? and page = ?");
            params.extend([Param::Text(register), Param::Text(page)]);
        }
        sql.push_str(" order by register, page, number");
        let rows = self
            .db
            .collect(&sql, &params, |row| {
                let text = |column: usize| row.text(column).unwrap_or_default().to_owned();
                let number = |column: usize| row.int(column).unwrap_or(0);
                Some(Restatement {
                    register: RegisterId(text(0)),
                    page: text(1),
                    number: number(2),
                    seq: number(3),
                    cause: Cause::from_code(row.text(4)?)?,
                    reason: text(5),
                    page_version: number(6),
                    digest: text(7),
                    at: Instant(number(8)),
                    actor: text(9),
                })
            })
            .doing("list restatements")?;
        Ok(rows.into_iter().flatten().collect())
    }

    /// The differences that a page's restatements made to it, or to one slice value.
    pub fn deltas(&mut self, register: &str, page: &str, slice: (&str, &str)) -> Result<Vec<Delta>, StoreError> {
        let mut by_number: HashMap<i64, Verified> = HashMap::new();
        for (number, ((of, value, measure), amount)) in self.restated_totals(register, page)? {
            if (of.as_str(), value.as_str()) == slice {
                by_number.entry(number).or_default().insert(measure, amount);
            }
        }
        let restatements = self.restatements(Some((register, page)))?;
        let of = |r: Restatement| Delta {
            number: r.number,
            cause: r.cause,
            totals: by_number.remove(&r.number).unwrap_or_default(),
        };
        Ok(restatements.into_iter().map(of).collect())
    }

    pub(crate) fn restated_totals(&mut self, register: &str, page: &str) -> Result<Vec<NumberedDelta>, StoreError> {
        self.db
            .collect(
                "select number, slice, slice_value, measure, value, unknown from restated_total \
                 where school_id = ? and register = ? and page = ? order by number, slice, slice_value, measure",
                &[Param::Int(self.school.0), Param::Text(register), Param::Text(page)],
                |row| {
                    let text = |column: usize| row.text(column).unwrap_or_default().to_owned();
                    let amount = Amount { value: row.int(4).unwrap_or(0), unknown: row.int(5).unwrap_or(0) };
                    (row.int(0).unwrap_or(0), ((text(1), text(2), text(3)), amount))
                },
            )
            .doing("read restated totals")
    }

    /// A page's verified totals as stored.
    pub(crate) fn verified_totals(
        &mut self,
        register: usize,
        page: Page,
    ) -> Result<BTreeMap<Place, Amount>, StoreError> {
        let rows = self
            .db
            .collect(
                "select slice, slice_value, measure, value, unknown from page_total \
                 where school_id = ? and register = ? and page = ? and state = ? and (value <> 0 or unknown <> 0)",
                &[
                    Param::Int(self.school.0),
                    Param::Text(self.catalog.registers[register].id.as_str()),
                    Param::Text(&page.to_string()),
                    Param::Int(VERIFIED),
                ],
                |row| {
                    let text = |column: usize| row.text(column).unwrap_or_default().to_owned();
                    let amount = Amount { value: row.int(3).unwrap_or(0), unknown: row.int(4).unwrap_or(0) };
                    ((text(0), text(1), text(2)), amount)
                },
            )
            .doing("read a closed page's totals")?;
        Ok(rows.into_iter().collect())
    }

    /// What a closed page's verified totals must be today: those sealed, and all differences since.
    pub(crate) fn ledger(&mut self, register: &str, page: &str) -> Result<BTreeMap<Place, Amount>, StoreError> {
        let mut totals: BTreeMap<Place, Amount> = BTreeMap::new();
        let sealed = self.kept_totals(register, page)?.into_iter();
        let sealed =
            sealed.filter(|kept| kept.state == VERIFIED && kept.era == NOW).map(|kept| (kept.place, kept.amount));
        let restated = self.restated_totals(register, page)?.into_iter().map(|(_, delta)| delta);
        for (place, amount) in sealed.chain(restated) {
            let total = totals.entry(place).or_default();
            total.value += amount.value;
            total.unknown += amount.unknown;
        }
        totals.retain(|_, amount| *amount != Amount::default());
        Ok(totals)
    }

    /// Whether a restatement rests on a record.
    pub fn was_restated(&mut self, register: &str, record: RecordId) -> Result<bool, StoreError> {
        let sql = "select 1 from restated_record where school_id = ? and of_register = ? and record_id = ? limit 1";
        let key = [Param::Int(self.school.0), Param::Text(register), Param::Id(record)];
        Ok(self.db.first(sql, &key, |_| ()).doing("look for a restatement")?.is_some())
    }

    /// The records that the restatements of a page rest on, by number.
    pub fn moved(&mut self, register: &str, page: &str) -> Result<Vec<(i64, Moved)>, StoreError> {
        let rows = self
            .db
            .collect(
                "select number, of_register, record_id, was, became from restated_record \
                 where school_id = ? and register = ? and page = ? order by number, of_register, record_id, became",
                &[Param::Int(self.school.0), Param::Text(register), Param::Text(page)],
                |row| {
                    let register = row.text(1)?.to_owned();
                    let moved =
                        Moved { register, record: row.id(2)?, was: row.int(3), became: row.int(4).unwrap_or(0) };
                    Some((row.int(0).unwrap_or(0), moved))
                },
            )
            .doing("read restated records")?;
        Ok(rows.into_iter().flatten().collect())
    }

    /// The school's public keys, the newest last: key, when it was made.
    pub fn public_keys(&mut self) -> Result<Vec<(PublicKey, Instant)>, StoreError> {
        let rows = self
            .db
            .collect(
                "select content, created_at from signing_key where school_id = ? order by created_at, key_id",
                &[Param::Int(self.school.0)],
                |row| Some((PublicKey::parse(row.text(0)?)?, Instant(row.int(1).unwrap_or(0)))),
            )
            .doing("list keys")?;
        Ok(rows.into_iter().flatten().collect())
    }
}

/// The state that counts, as a number.
pub(crate) const VERIFIED: i64 = jc_base::RecordState::Verified as i64;

impl Writer<'_> {
    /// Keeps a public key, so that what was signed with it can be proved when another key signs.
    pub fn keep_public_key(&mut self, key: &PublicKey) -> Result<(), StoreError> {
        let (id, content) = (key.id(), key.to_string());
        let row = [Param::Int(self.school().0), Param::Text(&id.0), Param::Text(&content), Param::Int(self.now_ms())];
        self.db()
            .execute(
                "insert into signing_key (school_id, key_id, content, created_at) values (?, ?, ?, ?) \
                 on conflict (school_id, key_id) do nothing",
                &row,
            )
            .doing("keep a public key")
            .map(drop)
    }
}
