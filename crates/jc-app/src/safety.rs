//! How strictly signing in is guarded: what the school's level of protection (等级保护) asks beyond what always holds.

use crate::leaked::Leaked;
use jc_catalog::{Catalog, Role};
use jc_store::people::Account;

/// A password of a school that changes them is good for so many days.
pub const PASSWORD_DAYS: i64 = 90;
const DAY_MS: i64 = 86_400_000;

/// How strictly signing in is guarded.
#[derive(Debug, Clone, Default)]
pub struct Safety {
    /// The third level: whoever sees other people's data or has power over accounts has a second factor, roles that may not
    /// meet in one hand give nothing if they do, and passwords are as [`dengbao_passwords`](Self::dengbao_passwords) has them.
    pub third_level: bool,
    /// Passwords have three kinds of characters and are changed every 90 days: for schools whose assessor wants it.
    pub dengbao_passwords: bool,
    /// The passwords that became known elsewhere.
    pub leaked: Option<Leaked>,
}

impl Safety {
    /// Whether passwords must have several kinds of characters and are changed every 90 days.
    pub fn strict_passwords(&self) -> bool {
        self.third_level || self.dengbao_passwords
    }

    /// Whether a role needs a second factor.
    pub fn wants_factor(&self, role: &Role) -> bool {
        role.second_factor || (self.third_level && role.has_weight())
    }

    /// Whether roles that someone holds may be held together, as far as that is looked at beyond their granting.
    pub(crate) fn lets_hold(&self, catalog: &Catalog, roles: &[jc_base::RoleId]) -> bool {
        !self.third_level || catalog.roles.clash(roles).is_none()
    }

    /// When an account's password must be changed, in milliseconds since 1970 UTC; nothing if it stays good, or if there is
    /// none: whoever comes by the campus's sign-in alone has none to change.
    pub fn password_ends(&self, account: &Account) -> Option<i64> {
        let ages = self.strict_passwords() && account.password.is_some();
        ages.then(|| account.password_at.unwrap_or(0).saturating_add(PASSWORD_DAYS * DAY_MS))
    }
}

/// Whether a password has characters of at least three kinds: capital letters, small letters, digits, all others.
pub(crate) fn has_three_kinds(password: &str) -> bool {
    let kind = |c: char| match c {
        'A'..='Z' => 1,
        'a'..='z' => 2,
        '0'..='9' => 4,
        _ => 8,
    };
    password.chars().fold(0_u32, |kinds, c| kinds | kind(c)).count_ones() >= 3
}

#[cfg(test)]
mod tests {
    use super::has_three_kinds;

    #[test]
    fn kinds_are_counted() {
        for (password, enough) in [
            ("nur kleine buchstaben", false),
            ("kleine und 123", true),
            ("GROSS und klein", true),
            ("春眠不觉晓处处闻啼鸟夜来", false),
            ("春眠不觉晓 2024 spring", true),
            ("abcDEF123456", true),
            ("abcdef123456", false),
        ] {
            assert_eq!(has_three_kinds(password), enough, "{password}");
        }
    }
}
