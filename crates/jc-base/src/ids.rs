//! Identifiers as types, so that a register's id cannot be handed in where a field's is wanted.

use std::fmt;

/// The tenant: every row of a school's data carries it. It never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchoolId(pub i64);

impl fmt::Display for SchoolId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A record's id: the 16 bytes of a UUIDv7, made by the application, ordered by time of creation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub [u8; 16]);

impl RecordId {
    /// Reads the usual 36-character form or 32 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0u8; 16];
        let mut digits = text.bytes().filter(|b| *b != b'-');
        for byte in &mut bytes {
            let high = (digits.next()? as char).to_digit(16)?;
            let low = (digits.next()? as char).to_digit(16)?;
            *byte = (high * 16 + low) as u8;
        }
        digits.next().is_none().then_some(Self(bytes))
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = [b'-'; 36];
        let mut at = 0;
        for (i, byte) in self.0.iter().enumerate() {
            if matches!(i, 4 | 6 | 8 | 10) {
                at += 1;
            }
            text[at] = DIGITS[usize::from(byte >> 4)];
            text[at + 1] = DIGITS[usize::from(byte & 15)];
            at += 2;
        }
        f.pad(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl fmt::Debug for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RecordId({self})")
    }
}

macro_rules! text_id {
    ($(#[$doc:meta] $name:ident)*) => {$(
        #[$doc]
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub String);

        impl $name {
            /// The id as written in the catalog.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )*};
}

text_id! {
    /// A register 台账 of the catalog, such as `graduate`.
    RegisterId
    /// A field 字段 of a register, such as `destination`.
    FieldId
    /// A measure on a register, whose totals are kept on pages.
    MeasureId
    /// An indicator 指标: what a figure is a value of.
    IndicatorId
    /// A code list 代码表.
    CodeListId
    /// A counting unit, such as `person-times` 人次.
    UnitId
    /// A role 角色, such as `class-teacher`.
    RoleId
}

#[cfg(test)]
mod tests {
    use super::RecordId;

    #[test]
    fn record_id_round_trips_and_refuses_the_rest() {
        let id = RecordId([1, 0x93, 0xab, 4, 5, 6, 0x70, 8, 9, 10, 11, 12, 13, 14, 15, 255]);
        assert_eq!(RecordId::parse(&id.to_string()), Some(id));
        for bad in ["", "0193ab", "0193ab04-0506-7008-090a-0b0c0d0e0fffff", "zz93ab04-0506-7008-090a-0b0c0d0e0fff"] {
            assert_eq!(RecordId::parse(bad), None, "{bad}");
        }
    }
}
