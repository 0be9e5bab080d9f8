//! The arguments of one call beside its parameters, read from Python when they are asked for.

use pyo3::prelude::*;

use super::arguments::Given;
use super::clock;
use super::expiry;
use super::unusual::{VALUES, ask};
use crate::clock::Timestamp;
use crate::error::Error;
use crate::s3::expires_in::{plain_seconds, second_of, whole_lifetime};
use crate::s3::{AtHand, Call, Called, UpperCase};
use crate::sigv2::Expires;

/// The last two arguments of `generate_presigned_url`, and Python's clock.
pub(super) struct PyCall<'a, 'py> {
    pub(super) py: Python<'py>,
    expires_in: Option<Borrowed<'a, 'py, PyAny>>,
    http_method: Option<Borrowed<'a, 'py, PyAny>>,
    leaves_lifetime_open: bool,
    upper_case: UpperCase,
}

impl<'a, 'py> PyCall<'a, 'py> {
    pub(super) fn new(py: Python<'py>, expires_in: Given<'a, 'py>, http_method: Given<'a, 'py>) -> Self {
        Self {
            py,
            expires_in: expires_in.not_none(),
            leaves_lifetime_open: expires_in.0.is_some_and(|given| given.is_none()),
            http_method: http_method.not_none(),
            upper_case: UpperCase::default(),
        }
    }

    /// The call of this method with these arguments.
    pub(super) fn of<'s>(&'s self, client_method: Option<&'s Bound<'py, PyAny>>) -> Called<'s, Bound<'py, PyAny>> {
        Called {
            client_method,
            expires_in: self.expires_in.as_deref(),
            http_method: self.http_method.as_deref(),
        }
    }
}

impl Call for PyCall<'_, '_> {
    fn idempotency_token(&self) -> Result<String, Error> {
        let uuid: Bound<'_, PyAny> = ask(self.py, "uuid", "uuid4", ())?;
        Ok(uuid.str()?.extract()?)
    }

    fn http_method(&self) -> Result<Option<&str>, Error> {
        let method = self.http_method.as_deref();
        // boto3 calls its `upper()`.
        let ask = |method: &Bound<'_, _>| Ok(ask(self.py, VALUES, "upper_case", (method,))?);
        method.map(|it| self.upper_case.of(it, ask)).transpose()
    }

    fn expires_in(&self) -> Result<i64, Error> {
        whole_lifetime(self.expires_in.as_deref())
    }

    fn leaves_lifetime_open(&self) -> bool {
        self.leaves_lifetime_open
    }

    fn at_hand(&self) -> Option<AtHand<'_>> {
        let expires_in = plain_seconds(self.expires_in.as_deref());
        AtHand::of(self.http_method.as_deref(), expires_in)
    }

    fn expires_at(&self) -> Result<Expires, Error> {
        expiry::epoch(self.expires_in.as_deref(), self.py)
    }

    fn asymmetric_signature(&self, key: &str, secret: &str, text: &str) -> Result<String, Error> {
        let module = "presigned._client.sigv4a";
        Ok(ask(self.py, module, "signature", (key, secret, text))?)
    }

    fn now(&self) -> Result<Timestamp, Error> {
        second_of(clock::now(self.py)?)
    }
}
