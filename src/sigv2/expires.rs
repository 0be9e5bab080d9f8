//! When a URL expires: a whole number of seconds since 1970, which boto3 does not limit.

use std::fmt;

/// When a URL expires, in seconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expires {
    /// In this second.
    Second(i64),
    /// Beyond all those: the digits of the number, with its sign.
    Beyond(String),
}

impl Expires {
    /// The second that is nearest.
    #[must_use]
    pub fn nearest_second(&self) -> i64 {
        match self {
            Self::Second(second) => *second,
            Self::Beyond(digits) if digits.starts_with('-') => i64::MIN,
            Self::Beyond(_) => i64::MAX,
        }
    }
}

impl fmt::Display for Expires {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Second(second) => second.fmt(f),
            Self::Beyond(digits) => f.write_str(digits),
        }
    }
}
