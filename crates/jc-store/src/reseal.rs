//! Changing the keys of secret values while people work: a new key seals from now on, and what older keys sealed is
//! sealed anew in small transactions. Killed in the middle, it goes on where it stopped when it is run again.

use crate::db::Param;
use crate::error::{Doing, StoreError};
use crate::keys::Nonces;
use crate::people::factor_spot;
use crate::reader::version_spot;
use crate::record::spot;
use crate::store::Store;
use jc_base::{RecordId, SchoolId};
use jc_catalog::Register;
use jc_catalog::kinds::Kind;
use jc_trust::digest::{hex, unhex};
use jc_trust::vault::{Algorithm, Spot, Vault, key_of};
use serde_json::{Value as Json, json};

/// A record and the number of one of its versions.
type VersionOf = (RecordId, i64);

/// So many values are sealed anew in one transaction.
const BATCH: usize = 500;

/// What was sealed anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Resealed {
    /// Values of records.
    pub records: u64,
    /// Superseded versions.
    pub versions: u64,
    /// Secrets of second factors.
    pub factors: u64,
}

impl Store {
    /// Each key's id with its algorithm, the one that seals first.
    pub fn keys(&self) -> Result<Vec<(u8, Algorithm)>, StoreError> {
        Ok(self.vault()?.described().collect())
    }

    /// Adds a key that seals from now on; the others open what they sealed. Gives its id.
    pub fn add_key(&self, algorithm: Algorithm) -> Result<u8, StoreError> {
        let mut random = [0; 32];
        getrandom::fill(&mut random).map_err(|_| StoreError::Randomness)?;
        let vault = self.vault()?.with_new_key(&random, algorithm);
        let vault = vault.ok_or_else(|| StoreError::Damaged("all key ids are in use".into()))?;
        self.replace_keys(&vault)?;
        Ok(vault.sealing_id())
    }

    /// Seals anew what another key than the present one sealed. `progress` is told how many values were.
    pub fn reseal(&self, progress: &mut dyn FnMut(u64)) -> Result<Resealed, StoreError> {
        let (vault, catalog) = (self.vault()?, self.catalog());
        let mut done = Resealed::default();
        for (school, _, _) in self.schools()? {
            for register in &catalog.registers {
                let secret = register.fields.iter().enumerate().filter(|(_, field)| field.kind == Kind::IdNumber);
                let fields: Vec<usize> = secret.map(|(ix, _)| ix).collect();
                for field in &fields {
                    while let batch @ 1.. = self.reseal_records(school, register, *field, &vault)? {
                        done.records += batch;
                        progress(done.records + done.versions);
                    }
                }
                if !fields.is_empty() {
                    let mut after = None;
                    while let Some((last, batch)) = self.reseal_versions(school, register, &vault, after)? {
                        after = Some(last);
                        done.versions += batch;
                        progress(done.records + done.versions);
                    }
                }
            }
            done.factors += self.reseal_factors(school, &vault)?;
        }
        Ok(done)
    }

    /// Takes a key out. Whether that was possible: it must not be the one that seals.
    ///
    /// Call [`reseal`](Self::reseal) first: what the key still seals would be lost.
    pub fn remove_key(&self, id: u8) -> Result<bool, StoreError> {
        match self.vault()?.without_key(id) {
            Some(vault) => self.replace_keys(&vault).map(|()| true),
            None => Ok(false),
        }
    }

    fn reseal_records(
        &self,
        school: SchoolId,
        register: &Register,
        field: usize,
        vault: &Vault,
    ) -> Result<u64, StoreError> {
        let (table, field) = (&register.table, &register.fields[field]);
        let column = &field.column;
        let sealing = [vault.sealing_id()];
        self.batch(|db| {
            let sql = format!(
                "select id, {column} from {table} where school_id = ? and {column} is not null and {} <> ? limit {BATCH}",
                crate::schema::key_of_column(column)
            );
            let old = db
                .collect(&sql, &[Param::Int(school.0), Param::Bytes(&sealing)], |row| {
                    Some((row.id(0)?, row.bytes(1)?.to_vec()))
                })
                .doing("read sealed values")?;
            let sql = format!("update {table} set {column} = ? where school_id = ? and id = ? and {column} = ?");
            let mut nonces = Nonces::default();
            let mut count = 0;
            for (id, sealed) in old.into_iter().flatten() {
                let spot = spot(register, field.id.as_str(), &id);
                let value = vault.open(&spot, &sealed).map_err(|_| illegible(register, id))?;
                let fresh = vault.seal(&spot, &value, nonces.next()?);
                let params = [Param::Bytes(&fresh), Param::Int(school.0), Param::Id(id), Param::Bytes(&sealed)];
                count += db.execute(&sql, &params).doing("seal a value anew")?;
            }
            Ok(count)
        })
    }

    fn reseal_versions(
        &self,
        school: SchoolId,
        register: &Register,
        vault: &Vault,
        after: Option<VersionOf>,
    ) -> Result<Option<(VersionOf, u64)>, StoreError> {
        let id = register.id.as_str();
        let mut last = None;
        let mut count = 0;
        self.batch(|db| {
            let mut params = vec![Param::Int(school.0), Param::Text(id)];
            let further = match after {
                Some((record, version)) => {
                    params.extend([Param::Id(record), Param::Id(record), Param::Int(version)]);
                    "and (record_id > ? or (record_id = ? and version > ?)) "
                }
                None => "",
            };
            let sql = format!(
                "select record_id, version, body from history where school_id = ? and register = ? {further}\
                 and body like '%\"sealed\":%' order by record_id, version limit {BATCH}"
            );
            let old = db
                .collect(&sql, &params, |row| Some((row.id(0)?, row.int(1)?, row.text(2)?.to_owned())))
                .doing("read sealed versions")?;
            let mut nonces = Nonces::default();
            for (record, version, body) in old.into_iter().flatten() {
                last = Some((record, version));
                let Some(fresh) = fresh_body(register, vault, (record, version), &body, &mut nonces)? else {
                    continue;
                };
                count += db
                    .execute(
                        "update history set body = ? \
                         where school_id = ? and register = ? and record_id = ? and version = ?",
                        &[
                            Param::Text(&fresh),
                            Param::Int(school.0),
                            Param::Text(id),
                            Param::Id(record),
                            Param::Int(version),
                        ],
                    )
                    .doing("seal a version anew")?;
            }
            Ok(0)
        })?;
        Ok(last.map(|last| (last, count)))
    }

    fn reseal_factors(&self, school: SchoolId, vault: &Vault) -> Result<u64, StoreError> {
        self.batch(|db| {
            let all = db
                .collect(
                    "select account_id, secret from second_factor where school_id = ?",
                    &[Param::Int(school.0)],
                    |row| Some((row.id(0)?, row.bytes(1)?.to_vec())),
                )
                .doing("read second factors")?;
            let mut nonces = Nonces::default();
            let mut count = 0;
            for (account, sealed) in all.into_iter().flatten() {
                if key_of(&sealed) == Some(vault.sealing_id()) {
                    continue;
                }
                let spot = factor_spot(&account);
                let lost = |_| StoreError::Damaged(format!("second factor of {account}"));
                let secret = vault.open(&spot, &sealed).map_err(lost)?;
                let fresh = vault.seal(&spot, &secret, nonces.next()?);
                let params = [Param::Bytes(&fresh), Param::Int(school.0), Param::Id(account)];
                count += db
                    .execute("update second_factor set secret = ? where school_id = ? and account_id = ?", &params)
                    .doing("seal a second factor anew")?;
            }
            Ok(count)
        })
    }
}

fn illegible(register: &Register, id: RecordId) -> StoreError {
    StoreError::Illegible { register: register.id.to_string(), records: vec![id] }
}

/// A version's body with its secret values sealed by the present key; nothing if they are already.
fn fresh_body(
    register: &Register,
    vault: &Vault,
    (record, version): VersionOf,
    body: &str,
    nonces: &mut Nonces,
) -> Result<Option<String>, StoreError> {
    let damaged = || StoreError::Damaged(format!("history of record {record} of {}", register.id));
    let mut json: Json = serde_json::from_str(body).map_err(|_| damaged())?;
    let mut changed = false;
    for (name, value) in json.get_mut("values").and_then(Json::as_object_mut).into_iter().flatten() {
        let Some(text) = value.get("sealed").and_then(Json::as_str) else {
            continue;
        };
        let sealed = unhex(text).ok_or_else(damaged)?;
        if key_of(&sealed) == Some(vault.sealing_id()) {
            continue;
        }
        let (table, row) = version_spot(register, record, version);
        let spot = Spot { table: &table, column: name, row: &row };
        let opened = vault.open_blind(&spot, &sealed).map_err(|_| damaged())?;
        *value = json!({ "sealed": hex(&vault.seal_blind(&spot, &opened, nonces.next()?)) });
        changed = true;
    }
    Ok(changed.then(|| json.to_string()))
}
