//! Turns the caller's `ExpiresIn` into seconds, or reports why that is not possible.

use pyo3::prelude::*;
use pyo3::types::PyFloat;

use super::clock;
use super::unusual::ask;
use crate::error::Error;
use crate::s3::expires_in::{DEFAULT_SECONDS, Lifetime, plain_seconds, refusal, sum_of};
use crate::sigv2::Expires;

/// It reads all but plain whole numbers and strings.
const LIFETIMES: &str = "presigned._client.lifetimes";

/// When a SigV2 URL expires, in seconds since 1970, as boto3 works it out.
///
/// Like boto3, it accepts what `int()` accepts, and adds it to a float.
pub(super) fn epoch(value: Option<&Bound<'_, PyAny>>, py: Python<'_>) -> Result<Expires, Error> {
    // boto3 adds to the clock's answer, also to the whole number of a stand-in.
    let now = clock::sigv2_now(py)?;
    if let (Ok(now), Some(seconds)) = (now.cast_exact::<PyFloat>(), plain_seconds(value))
        && let Some(second) = sum_of(now.value(), seconds)
    {
        return Ok(Expires::Second(second));
    }
    let sum: Bound<'_, PyAny> = ask(py, LIFETIMES, "expiry", (now, DEFAULT_SECONDS, value))?;
    match (sum.extract(), value) {
        (Ok(second), _) => Ok(Expires::Second(second)),
        (_, Some(value)) if sum.is_none() => Err(refusal(value)),
        _ => Ok(Expires::Beyond(sum.str()?.to_string_lossy().into_owned())),
    }
}

impl Lifetime for Bound<'_, PyAny> {
    fn seconds(&self) -> Result<Option<f64>, Error> {
        Ok(ask(self.py(), LIFETIMES, "seconds", (self,))?)
    }

    fn policy_seconds(&self) -> Result<Option<f64>, Error> {
        Ok(ask(self.py(), LIFETIMES, "policy_seconds", (self,))?)
    }

    fn out_of_range(&self) -> Option<Error> {
        let passed: PyResult<Bound<'_, PyAny>> = ask(self.py(), LIFETIMES, "check_range", (self,));
        passed.err().map(Error::from)
    }
}
