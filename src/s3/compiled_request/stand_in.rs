//! Values that stand in for those of each request, to see where the pipeline puts them.

use crate::clock::Timestamp;
use crate::credentials::{Credentials, Secret};
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

/// A string that nothing rewrites, and that a caller is not likely to send.
pub(super) struct StandIn {
    string: String,
    kind: Kind,
}

impl StandIn {
    /// The stand-in for the values of one column: strings or whole numbers.
    pub(super) fn new(column: usize, kind: Kind) -> Self {
        Self {
            string: format!("stand-in.for.column-{column}."),
            kind,
        }
    }

    /// The stand-in for ordinary buckets: one itself, or the endpoint would be another.
    pub(super) fn of_bucket() -> Self {
        Self {
            string: "stand-in-for-bucket".to_owned(),
            kind: Kind::String,
        }
    }

    /// What is looked for.
    pub(super) fn mark(&self) -> &str {
        &self.string
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
        Ok(None)
    }

    fn each_item(
        &self,
        _visit: &mut dyn FnMut(&dyn Input) -> Result<(), Error>,
    ) -> Result<(), Error> {
        Ok(())
    }

    fn each_entry(
        &self,
        _visit: &mut dyn FnMut(&dyn Input, &dyn Input) -> Result<(), Error>,
    ) -> Result<(), Error> {
        Ok(())
    }
}
