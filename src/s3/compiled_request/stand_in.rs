//! Values that stand in for those of each request, to see where the pipeline puts them.

use std::borrow::Cow;

use super::column::{Column, ValueKind};
use crate::clock::Timestamp;
use crate::credentials::{Credentials, Secret};
use crate::encode;
use crate::error::Error;
use crate::model::{Input, Kind};

/// A second in which no call signs.
pub(super) const INSTANT: Timestamp = Timestamp::MAX;

/// An expiry that no URL has.
pub(super) const EXPIRES: &str = "stand-in.for.expires";

/// Credentials that sign nothing.
pub(super) fn credentials() -> Credentials {
    Credentials {
        access_key: "stand-in.for.access-key".to_owned(),
        secret_key: Secret::new(""),
        token: Some(Secret::new("stand-in.for.token")),
        expiry: None,
    }
}

/// The year 9990, from which the instants of columns are taken: no caller is likely to send one.
const FAR: i64 = 253_086_768_000;

/// A value that nothing rewrites, and that a caller is not likely to send.
pub(super) struct StandIn {
    /// How it is sent.
    string: String,
    kind: Kind,
    instant: Option<i64>,
}

impl StandIn {
    /// The stand-in for the values of a column of this number.
    pub(super) fn new(number: usize, column: Column) -> Option<Self> {
        let of_kind = |kind| Self {
            string: format!("stand-in.for.column-{number}."),
            kind,
            instant: None,
        };
        Some(match column.kind() {
            _ if column == Column::BUCKET => Self::of_bucket(),
            ValueKind::Strings => of_kind(Kind::String),
            ValueKind::Numbers => of_kind(Kind::Int),
            ValueKind::HttpDates | ValueKind::IsoDates => {
                let instant = Timestamp::new(FAR + i64::try_from(number).ok()?)?;
                let mut string = String::new();
                column.append_instant(&mut string, instant);
                Self {
                    string,
                    kind: Kind::Other,
                    instant: Some(instant.seconds()),
                }
            }
        })
    }

    /// The stand-in for ordinary buckets: one itself, or the endpoint would be another.
    fn of_bucket() -> Self {
        Self {
            string: "stand-in-for-bucket".to_owned(),
            kind: Kind::String,
            instant: None,
        }
    }

    /// What is looked for, where it is sent.
    pub(super) fn mark(&self) -> &str {
        &self.string
    }

    /// Whether a string has it, also if it is encoded once more or not at all.
    pub(super) fn is_in(&self, string: &str) -> bool {
        let forms = [
            Cow::Borrowed(self.mark()),
            encode::label(self.mark()),
            encode::decode(self.mark()),
        ];
        forms.iter().any(|form| string.contains(&**form))
    }
}

impl Input for StandIn {
    fn kind(&self) -> Kind {
        self.kind
    }

    fn string(&self) -> Result<&str, Error> {
        Ok(&self.string)
    }

    fn is_falsy(&self) -> Result<bool, Error> {
        Ok(false)
    }

    fn length(&self) -> Result<usize, Error> {
        Ok(self.string.len())
    }

    fn is_below(&self, _min: i64) -> Result<bool, Error> {
        Ok(false)
    }

    fn bytes(&self) -> Result<Vec<u8>, Error> {
        Ok(self.string.as_bytes().to_vec())
    }

    fn shown(&self) -> Result<String, Error> {
        Ok(self.string.clone())
    }

    fn code_points(&self) -> Result<Vec<u32>, Error> {
        Ok(self.string.chars().map(u32::from).collect())
    }

    fn number(&self) -> Result<String, Error> {
        Ok(self.string.clone())
    }

    fn type_name(&self) -> String {
        String::new()
    }

    fn instant(&self) -> Result<Option<i64>, Error> {
        Ok(self.instant)
    }

    fn each_item(&self, _visit: &mut dyn FnMut(&dyn Input) -> Result<(), Error>) -> Result<(), Error> {
        Ok(())
    }

    fn each_entry(&self, _visit: &mut dyn FnMut(&dyn Input, &dyn Input) -> Result<(), Error>) -> Result<(), Error> {
        Ok(())
    }
}
