//! Reading the audit log by who did what when, and lists of records packed into its entries.

use crate::db::Param;
use crate::error::{Doing, StoreError};
use crate::reader::{AuditLine, Reader};
use jc_base::RecordId;
use jc_trust::digest::{hex, unhex};

impl Reader<'_> {
    /// Hands over the audit entries from one moment until before another (milliseconds since 1970 UTC), oldest first;
    /// of everybody, or of one login.
    pub fn each_entry(
        &mut self,
        (from, until): (i64, i64),
        actor: Option<&str>,
        each: &mut dyn FnMut(AuditLine),
    ) -> Result<(), StoreError> {
        let mut params = vec![Param::Int(self.school.0), Param::Int(from), Param::Int(until)];
        let by = if actor.is_some() { " and actor = ?" } else { "" };
        params.extend(actor.map(Param::Text));
        let sql = format!(
            "select seq, at, actor, action, object, detail, hash from audit \
             where school_id = ? and at >= ? and at < ?{by} order by seq"
        );
        self.db
            .query(&sql, &params, &mut |row| {
                let text = |column: usize| row.text(column).unwrap_or_default().to_owned();
                each(AuditLine {
                    seq: row.int(0).unwrap_or(0),
                    at: row.int(1).unwrap_or(0),
                    actor: text(2),
                    action: text(3),
                    object: text(4),
                    detail: text(5),
                    hash: text(6),
                });
            })
            .doing("read the audit log")
    }
}

/// Many ids as one short text: in order, each without what it shares with the one before.
pub fn pack(ids: &[RecordId]) -> String {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let (mut bytes, mut last) = (Vec::with_capacity(ids.len() * 6), [0u8; 16]);
    for id in ids {
        let shared = id.0.iter().zip(&last).take_while(|(own, before)| own == before).count();
        bytes.push(shared as u8);
        bytes.extend_from_slice(&id.0[shared..]);
        last = id.0;
    }
    hex(&bytes)
}

/// The ids of a packed text, in order; none from the first on that is not legible.
pub fn unpack(packed: &str) -> Vec<RecordId> {
    let bytes = unhex(packed).unwrap_or_default();
    let (mut ids, mut last, mut rest) = (Vec::new(), [0u8; 16], bytes.as_slice());
    while let Some((shared, more)) = rest.split_first() {
        let shared = usize::from(*shared);
        let Some((own, after)) = 16usize.checked_sub(shared).and_then(|own| more.split_at_checked(own)) else { break };
        last[shared..].copy_from_slice(own);
        ids.push(RecordId(last));
        rest = after;
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::{pack, unpack};
    use jc_base::RecordId;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_packed_comes_back(mut ids in proptest::collection::vec(any::<[u8; 16]>(), 0..40)) {
            ids.push([1; 16]);
            ids.push([1; 16]);
            let packed = pack(&ids.iter().copied().map(RecordId).collect::<Vec<_>>());
            ids.sort_unstable();
            ids.dedup();
            prop_assert_eq!(unpack(&packed), ids.into_iter().map(RecordId).collect::<Vec<_>>());
        }

        #[test]
        fn any_text_is_read_without_harm(text in "[0-9a-f]{0,200}") {
            unpack(&text);
        }
    }

    #[test]
    fn ids_of_one_write_take_little_room() {
        let ids: Vec<RecordId> = (0..20_000u32)
            .map(|n| {
                let mut id = [7; 16];
                id[12..].copy_from_slice(&n.to_be_bytes());
                RecordId(id)
            })
            .collect();
        assert!(pack(&ids).len() < 20_000 * 5);
    }
}
