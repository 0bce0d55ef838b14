//! The seal 印 of a closed page: what is sealed, its bytes, and the proof that nothing of it was touched.

use crate::canonical::Canonical;
use crate::sign::{KeyId, PublicKey, Purpose, Signature, SigningKey};
use jc_base::{Instant, RegisterId, SchoolId};

/// What was left out of the totals when a page was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Excluded {
    /// Records that were drafts.
    pub draft: i64,
    /// Records that waited for verification.
    pub submitted: i64,
    /// Records that had been returned.
    pub returned: i64,
    /// Verified records, which do count, that lacked evidence their register asks for.
    pub without_evidence: i64,
}

/// A page as it was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// Whose page.
    pub school: SchoolId,
    /// Of which register.
    pub register: RegisterId,
    /// The page's code, such as `2024` or `2024-2025-1`.
    pub page: String,
    /// The version the page had.
    pub page_version: i64,
    /// The digest of all files of the catalog in force.
    pub catalog: String,
    /// The digest of the definitions kept with the seal.
    pub definitions: String,
    /// How many records stood on the page, in whatever state.
    pub records: i64,
    /// The digest over those records.
    pub digest: String,
    /// The digest over the totals kept with the seal.
    pub totals: String,
    /// What was left out.
    pub excluded: Excluded,
    /// When.
    pub at: Instant,
    /// Who closed it: the account's login.
    pub by: String,
}

/// A seal with the proof of who set it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The seal.
    pub seal: Seal,
    /// The key it was signed with.
    pub key: KeyId,
    /// The signature over [`Seal::bytes`].
    pub signature: Signature,
}

impl Seal {
    /// The bytes that are digested and signed: every part, in the order of the fields.
    pub fn bytes(&self) -> Vec<u8> {
        self.written().into_bytes()
    }

    /// The digest people compare and the audit log covers.
    pub fn digest(&self) -> String {
        self.written().sha256()
    }

    fn written(&self) -> Canonical {
        let Excluded { draft, submitted, returned, without_evidence } = self.excluded;
        Canonical::of("seal/1")
            .number(self.school.0)
            .text(self.register.as_str())
            .text(&self.page)
            .number(self.page_version)
            .text(&self.catalog)
            .text(&self.definitions)
            .number(self.records)
            .text(&self.digest)
            .text(&self.totals)
            .number(draft)
            .number(submitted)
            .number(returned)
            .number(without_evidence)
            .number(self.at.0)
            .text(&self.by)
    }

    /// Signs it.
    pub fn sign(self, key: &SigningKey) -> Signed {
        let signature = key.sign(Purpose::Seal, &self.bytes());
        Signed { seal: self, key: key.public().id(), signature }
    }
}

impl Signed {
    /// Whether the key of that name set this seal, and nothing of it was touched.
    pub fn holds(&self, key: &PublicKey) -> bool {
        key.id() == self.key && key.verify(Purpose::Seal, &self.seal.bytes(), &self.signature)
    }
}

#[cfg(test)]
mod tests {
    use super::{Excluded, Seal};
    use crate::sign::SigningKey;
    use jc_base::{Instant, RegisterId, SchoolId};

    fn seal() -> Seal {
        Seal {
            school: SchoolId(1),
            register: RegisterId::from("graduate"),
            page: "2024".into(),
            page_version: 7,
            catalog: "c".into(),
            definitions: "d".into(),
            records: 407,
            digest: "r".into(),
            totals: "t".into(),
            excluded: Excluded { draft: 1, submitted: 2, returned: 3, without_evidence: 4 },
            at: Instant(1_735_660_799_000),
            by: "office".into(),
        }
    }

    #[test]
    fn every_part_is_sealed() {
        let changes: [fn(&mut Seal); 15] = [
            |s| s.school.0 += 1,
            |s| s.register = RegisterId::from("graduates"),
            |s| s.page.push('5'),
            |s| s.page_version += 1,
            |s| s.catalog.clear(),
            |s| s.definitions.clear(),
            |s| s.records += 1,
            |s| s.digest.clear(),
            |s| s.totals.clear(),
            |s| s.excluded.draft += 1,
            |s| s.excluded.submitted += 1,
            |s| s.excluded.returned += 1,
            |s| s.excluded.without_evidence += 1,
            |s| s.at.0 += 1,
            |s| s.by = "Office".into(),
        ];
        let key = SigningKey::from_seed(&[1; 32]);
        let signed = seal().sign(&key);
        assert!(signed.holds(&key.public()));
        assert!(!signed.holds(&SigningKey::from_seed(&[2; 32]).public()));
        for change in changes {
            let mut touched = signed.clone();
            change(&mut touched.seal);
            assert_ne!(touched.seal.digest(), signed.seal.digest());
            assert!(!touched.holds(&key.public()));
        }
    }
}
