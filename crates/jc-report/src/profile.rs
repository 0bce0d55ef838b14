//! Release profiles: what leaves the house for whom. Internal for the school's own people, bureau for the authority,
//! public for everyone.

use jc_catalog::kinds::Kind;
use jc_catalog::{Formula, Indicator, Privacy, Register};

/// For whom a report is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Profile {
    /// 内部: the school's leadership and offices.
    #[default]
    Internal,
    /// 上报: the authority the school reports to.
    Bureau,
    /// 公示: everyone.
    Public,
}

/// How a field is shown in a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Showing {
    /// As it is.
    Full,
    /// A name by its first character.
    Masked,
    /// Not at all.
    Nothing,
}

impl Profile {
    /// All of them.
    pub const ALL: [Profile; 3] = [Profile::Internal, Profile::Bureau, Profile::Public];

    /// The word on the command line and in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Profile::Internal => "internal",
            Profile::Bureau => "bureau",
            Profile::Public => "public",
        }
    }

    /// Reads the word.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.code() == code)
    }

    /// How a field of a privacy class is shown. Of what names a person the public learns the first character, as long
    /// as it is not sensitive that they are named.
    pub fn shows(self, privacy: Privacy, names_person: bool) -> Showing {
        match (self, privacy) {
            (Profile::Public, Privacy::Internal) if names_person => Showing::Masked,
            (_, Privacy::Public) | (Profile::Internal, Privacy::Internal | Privacy::Personal) => Showing::Full,
            (Profile::Bureau, Privacy::Internal) => Showing::Full,
            (Profile::Internal, Privacy::Sensitive) => Showing::Masked,
            (Profile::Bureau | Profile::Public, Privacy::Personal) => Showing::Masked,
            (Profile::Bureau | Profile::Public, Privacy::Sensitive) | (Profile::Public, Privacy::Internal) => {
                Showing::Nothing
            }
        }
    }

    /// Numbers of people below this are not told for a part of the school: who is meant could be guessed.
    pub fn smallest(self) -> i64 {
        match self {
            Profile::Internal | Profile::Bureau => 0,
            Profile::Public => 5,
        }
    }

    /// Whether the rows behind the figures may be given along. Even without names, a row that many can read tells of a
    /// person what the table above it hides.
    pub fn gives_rows(self) -> bool {
        self != Profile::Public
    }
}

/// A name by its first character: `张**`; each of several.
pub fn mask(text: &str) -> String {
    let one = |name: &str| {
        let mut chars = name.chars();
        let first: String = chars.next().into_iter().collect();
        if chars.next().is_some() { format!("{first}**") } else { first }
    };
    text.split('、').map(one).collect::<Vec<_>>().join("、")
}

/// Whether an indicator tells of further study, which a school may not advertise with.
///
/// Source: 《未成年人学校保护规定》(2021) article 10 forbids publicity of 升学 results.
pub fn tells_further_study(register: &Register, indicator: &Indicator) -> bool {
    const LIST: &str = "graduate-destination";
    const CODES: [&str; 2] = ["further-study", "study-abroad"];
    let part = match indicator.formula {
        Formula::Total(at) | Formula::Growth(at) => at,
        Formula::Share { part, .. } => part,
        Formula::Quotient { over, .. } => over,
        Formula::Highest { reach, .. } => reach,
        Formula::Common { sum, .. } => sum,
    };
    register.measures[part].filter.choices().into_iter().any(|(column, codes)| {
        codes.iter().all(|code| CODES.contains(code))
            && matches!(register.column_kind(column), Kind::Code(list) if list.as_str() == LIST)
    })
}
