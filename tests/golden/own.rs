//! A user's own types.

/// A user by number.
#[derive(Clone, Debug, PartialEq)]
pub struct UserId(u64);

impl From<u64> for UserId {
    fn from(number: u64) -> Self {
        Self(number)
    }
}

impl From<UserId> for u64 {
    fn from(id: UserId) -> Self {
        id.0
    }
}

/// A user by name.
#[derive(Clone, Debug, PartialEq)]
pub struct UserName(String);

impl TryFrom<String> for UserName {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        if name.starts_with('-') {
            Err("begins with a hyphen")
        } else {
            Ok(Self(name))
        }
    }
}

impl From<UserName> for String {
    fn from(name: UserName) -> Self {
        name.0
    }
}

/// An amount and its currency.
#[derive(Clone, Debug, PartialEq)]
pub struct Money {
    /// Hundredths.
    pub cents: i64,
}

impl TryFrom<String> for Money {
    type Error = std::num::ParseIntError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Ok(Self {
            cents: text.replace('.', "").parse()?,
        })
    }
}

impl From<Money> for String {
    fn from(money: Money) -> Self {
        format!("{}.{:02}", money.cents / 100, money.cents % 100)
    }
}
