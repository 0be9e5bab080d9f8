//! Turns the caller's `ExpiresIn` into seconds, or reports why that is not possible.

use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyInt, PyString};

use super::clock;
use super::unusual::ask;
use crate::clock::Timestamp;
use crate::error::Error;
use crate::model::Input;
use crate::s3::HasPolicy;
use crate::s3::expires_in::{
    self, DEFAULT_SECONDS, PolicyEnd, beyond_all, parse_seconds, plain_seconds, refusal,
};
use crate::sigv2::Expires;

/// It reads all but plain whole numbers and strings.
const LIFETIMES: &str = "presigned._client.lifetimes";

/// A lifetime in whole seconds, for SigV4.
///
/// It takes whole numbers, floats without a fraction, numeric strings and `timedelta`s.
pub(super) fn whole_seconds(value: Option<&Bound<'_, PyAny>>) -> Result<i64, Error> {
    let Some(value) = value else {
        return Ok(DEFAULT_SECONDS);
    };
    if value.is_exact_instance_of::<PyInt>() {
        return value.extract().map_err(|_| beyond_all(value));
    }
    expires_in::whole_seconds(seconds(value, "seconds")?).ok_or_else(|| refusal(value))
}

/// When a SigV2 URL expires, in seconds since 1970, as boto3 works it out.
///
/// Like boto3, it accepts what `int()` accepts, and adds it to a float.
pub(super) fn epoch(value: Option<&Bound<'_, PyAny>>, py: Python<'_>) -> Result<Expires, Error> {
    // boto3 adds to the clock's answer, also to the whole number of a stand-in.
    let now = clock::sigv2_now(py)?;
    if let (Ok(now), Some(seconds)) = (now.cast_exact::<PyFloat>(), plain_seconds(value))
        && let Some(second) = expires_in::sum_of(now.value(), seconds)
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

/// When a policy ends: the whole second, rounded down, which must lie after `now`.
pub(super) fn policy_end(
    value: Option<&Bound<'_, PyAny>>,
    now: f64,
    has_policy: HasPolicy,
) -> Result<Timestamp, Error> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "so many seconds end after all dates"
    )]
    let seconds = match (plain_seconds(value), value) {
        (None, Some(value)) => seconds(value, "policy_seconds")?,
        (whole, _) => whole.unwrap_or(DEFAULT_SECONDS) as f64,
    };
    let out_of_range = |value: &Bound<'_, PyAny>| {
        let passed = ask(value.py(), LIFETIMES, "check_range", (value,));
        passed.map(|_: Bound<'_, PyAny>| ()).err().map(Error::from)
    };
    expires_in::policy_end(
        value.map(|value| value as &dyn Input),
        PolicyEnd::after(now, seconds, has_policy),
        || value.and_then(out_of_range),
    )
}

/// The seconds of a number, a numeric string or a `timedelta`.
fn seconds(value: &Bound<'_, PyAny>, read: &str) -> Result<f64, Error> {
    let seconds = match value.cast::<PyString>() {
        Ok(string) => string.to_str().ok().and_then(parse_seconds),
        Err(_) => ask(value.py(), LIFETIMES, read, (value,))?,
    };
    seconds.ok_or_else(|| refusal(value))
}
