//! The arguments of one call beside its parameters, read from Python when they are asked for.

use std::cell::OnceCell;

use pyo3::prelude::*;
use pyo3::types::PyString;

use super::arguments::Given;
use super::clock;
use super::expiry;
use super::unusual::{VALUES, ask};
use crate::clock::Timestamp;
use crate::error::Error;
use crate::model::{Input as _, wrong_type};
use crate::s3::expires_in::plain_seconds;
use crate::s3::{AtHand, Call};
use crate::sigv2::Expires;

/// The last two arguments of `generate_presigned_url`, and Python's clock.
pub(super) struct PyCall<'a, 'py> {
    pub(super) py: Python<'py>,
    pub(super) expires_in: Option<Borrowed<'a, 'py, PyAny>>,
    pub(super) http_method: Option<Borrowed<'a, 'py, PyAny>>,
    /// The method, if it is not a plain string.
    upper_case: OnceCell<String>,
}

impl<'a, 'py> PyCall<'a, 'py> {
    pub(super) fn new(
        py: Python<'py>,
        expires_in: Given<'a, 'py>,
        http_method: Given<'a, 'py>,
    ) -> Self {
        Self {
            py,
            expires_in: expires_in.not_none(),
            http_method: http_method.not_none(),
            upper_case: OnceCell::new(),
        }
    }
}

impl Call for PyCall<'_, '_> {
    fn idempotency_token(&self) -> Result<String, Error> {
        let uuid: Bound<'_, PyAny> = ask(self.py, "uuid", "uuid4", ())?;
        Ok(uuid.str()?.extract()?)
    }

    fn http_method(&self) -> Result<Option<&str>, Error> {
        let Some(method) = self.http_method.as_deref() else {
            return Ok(None);
        };
        if let Ok(string) = method.cast_exact::<PyString>() {
            return Ok(Some(string.to_str()?));
        }
        if let Some(known) = self.upper_case.get() {
            return Ok(Some(known));
        }
        let upper_case = upper_case(method)?;
        Ok(Some(self.upper_case.get_or_init(|| upper_case)))
    }

    fn expires_in(&self) -> Result<i64, Error> {
        expiry::whole_seconds(self.expires_in.as_deref())
    }

    fn at_hand(&self) -> Option<AtHand<'_>> {
        let http_method = match self.http_method.as_deref() {
            None => None,
            Some(method) => Some(method.exact_string()?),
        };
        Some(AtHand {
            http_method,
            expires_in: plain_seconds(self.expires_in.as_deref())?,
        })
    }

    fn expires_at(&self) -> Result<Expires, Error> {
        expiry::epoch(self.expires_in.as_deref(), self.py)
    }

    fn now(&self) -> Result<Timestamp, Error> {
        Ok(clock::whole(clock::now(self.py)?)?)
    }
}

/// The method of an object that is not a plain string: boto3 calls its `upper()`.
#[cold]
fn upper_case(method: &Bound<'_, PyAny>) -> Result<String, Error> {
    let upper_case: Bound<'_, PyAny> = ask(method.py(), VALUES, "upper_case", (method,))?;
    match upper_case.cast::<PyString>() {
        Ok(string) => Ok(string.to_str()?.to_owned()),
        Err(_) => Err(wrong_type("HttpMethod", method, "<class 'str'>")),
    }
}
