//! The verification inbox of a person: what waits in all registers they verify, in the order it was entered.

use crate::error::AppError;
use crate::labels::Labels;
use crate::person::Viewer;
use jc_base::{Lang, RecordId, RecordState};
use jc_catalog::Operation;
use jc_store::Record;
use jc_store::reader::ListQuery;
use std::collections::HashMap;

/// The furthest one can page.
pub const FURTHEST: usize = 900;

/// A record that waits for verification.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Its register.
    pub register: usize,
    /// The record.
    pub record: Record,
    /// What it is called.
    pub label: String,
    /// Who handed it in: the login.
    pub by: String,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
}

/// What waits for a person's verification.
#[derive(Debug, Clone, Default)]
pub struct Inbox {
    /// The registers the person verifies with the number that waits, in the catalog's order; none without any.
    pub counts: Vec<(usize, i64)>,
    /// What waits in the registers asked for, from a position on.
    pub waiting: Vec<Waiting>,
    /// How many wait in the registers asked for.
    pub all: i64,
}

impl Viewer<'_> {
    /// What waits for this person: in one register or in all, from position `from`, at most `limit`. What the person
    /// entered waits for someone else and is left out.
    pub fn inbox(&self, register: Option<usize>, from: usize, limit: usize, lang: Lang) -> Result<Inbox, AppError> {
        self.records_only()?;
        let from = from.min(FURTHEST);
        let query = ListQuery {
            state: Some(RecordState::Submitted),
            not_kept_by: self.person.account,
            limit: from + limit,
            ..ListQuery::default()
        };
        let reach = self.person.reach(&self.catalog, Operation::VerifyRecords);
        self.read_within(&reach, |reader| {
            let mut inbox = Inbox::default();
            let mut found: Vec<(usize, Record)> = Vec::new();
            for (ix, declared) in self.catalog.registers.iter().enumerate() {
                if !self.person.verifies(&self.catalog, declared) {
                    continue;
                }
                let waiting = reader.count(ix, &query)?[RecordState::Submitted as usize];
                if waiting == 0 {
                    continue;
                }
                inbox.counts.push((ix, waiting));
                if register.is_none_or(|wanted| wanted == ix) {
                    inbox.all += waiting;
                    found.extend(reader.list(ix, &query)?.into_iter().map(|record| (ix, record)));
                }
            }
            found.sort_by_key(|(_, record)| record.id);
            let mut labels = Labels::default();
            let mut writes: HashMap<i64, (String, i64)> = HashMap::new();
            for (register, record) in found.into_iter().skip(from).take(limit) {
                labels.load(reader, register, [&record])?;
                let write = match writes.get(&record.seq) {
                    Some(known) => known.clone(),
                    None => {
                        let line = reader.audit_lines(Some(record.seq + 1), 1)?.into_iter().next();
                        let line = line.filter(|line| line.seq == record.seq);
                        let write = line.map(|l| (l.actor, l.at)).unwrap_or_default();
                        writes.insert(record.seq, write.clone());
                        write
                    }
                };
                let label = labels.label(&self.catalog, register, &record, lang);
                inbox.waiting.push(Waiting { register, record, label, by: write.0, at: write.1 });
            }
            Ok(inbox)
        })
    }

    /// Whether this person verifies a register.
    pub fn verifies(&self, register: usize) -> bool {
        self.catalog.registers.get(register).is_some_and(|r| self.person.verifies(&self.catalog, r))
    }

    /// Whether this person keeps a register.
    pub fn keeps(&self, register: usize) -> bool {
        self.catalog.registers.get(register).is_some_and(|r| self.person.keeps(&self.catalog, r))
    }

    /// The names of the school's accounts, by login and by id: who did something, as people know them.
    pub fn people(&self) -> Result<People, AppError> {
        self.read(|reader| {
            let accounts = reader.accounts()?;
            Ok(People(accounts.into_iter().map(|account| (account.id, account.login, account.name)).collect()))
        })
    }
}

/// The names of the school's accounts.
#[derive(Debug, Clone, Default)]
pub struct People(Vec<(RecordId, String, String)>);

impl People {
    /// The name of a login; the login itself if there is no such account.
    pub fn name<'p>(&'p self, login: &'p str) -> &'p str {
        self.0.iter().find(|(_, l, _)| l == login).map_or(login, |(_, _, name)| name)
    }

    /// The logins that a text names: the login itself, or whose name contains it.
    pub fn logins(&self, text: &str) -> Vec<String> {
        let named = self.0.iter().filter(|(_, _, name)| name.contains(text)).map(|(_, login, _)| login.clone());
        std::iter::once(text.to_owned()).chain(named).collect()
    }
}
