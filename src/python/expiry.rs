//! Turns the caller's `ExpiresIn` into seconds, or reports why that is not possible.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict as _, PyBool, PyFloat, PyInt, PyString, PyType};

use super::clock;
use crate::clock::Timestamp;
use crate::error::Error;
use crate::model::Input;
use crate::s3::HasPolicy;
use crate::s3::expires_in::{
    self, DEFAULT_SECONDS, NO_DATE, PolicyEnd, beyond_all, parse_seconds, refusal,
};
use crate::sigv2::Expires;

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
    let seconds = seconds(value).and_then(expires_in::whole_seconds);
    seconds.ok_or_else(|| refusal(value))
}

/// When a SigV2 URL expires, in seconds since 1970, as boto3 works it out.
///
/// Like boto3, it accepts what `int()` accepts, and adds it to a float.
pub(super) fn epoch(value: Option<&Bound<'_, PyAny>>, py: Python<'_>) -> Result<Expires, Error> {
    // boto3 adds to the clock's answer, also to the whole number of a stand-in.
    let now = clock::sigv2_now(py)?;
    if let (Ok(now), Some(seconds)) = (now.cast_exact::<PyFloat>(), small_integer(value))
        && let Some(second) = expires_in::sum_of(now.value(), seconds)
    {
        return Ok(Expires::Second(second));
    }
    let int = py.get_type::<PyInt>();
    let seconds = match value {
        None => int.call1((DEFAULT_SECONDS,)),
        Some(value) => match timedelta_seconds(value) {
            Some(seconds) => int.call1((seconds,)),
            None => int.call1((value,)),
        },
    };
    let seconds = seconds.map_err(|error| match value {
        Some(value) if error.is_instance_of::<pyo3::exceptions::PyTypeError>(py) => refusal(value),
        _ => error.into(),
    })?;
    let epoch = int.call1((now.add(seconds)?,))?;
    Ok(match epoch.extract() {
        Ok(second) => Expires::Second(second),
        Err(_) => Expires::Beyond(epoch.str()?.to_string_lossy().into_owned()),
    })
}

/// A lifetime that is a plain whole number of ordinary size, or was not given.
fn small_integer(value: Option<&Bound<'_, PyAny>>) -> Option<i64> {
    match value {
        None => Some(DEFAULT_SECONDS),
        Some(value) => value.cast_exact::<PyInt>().ok()?.extract().ok(),
    }
}

/// When a policy ends: the whole second, rounded down, which must lie after `now`.
pub(super) fn policy_end(
    value: Option<&Bound<'_, PyAny>>,
    now: f64,
    has_policy: HasPolicy,
) -> Result<Timestamp, Error> {
    #[expect(clippy::cast_precision_loss, reason = "a small constant")]
    let seconds = match value {
        None => DEFAULT_SECONDS as f64,
        Some(value) if is_number(value) => number(value).unwrap_or(f64::INFINITY),
        Some(value) => seconds(value).ok_or_else(|| refusal(value))?,
    };
    expires_in::policy_end(
        value.map(|value| value as &dyn Input),
        PolicyEnd::after(now, seconds, has_policy),
        || value.filter(|value| is_number(value)).map(out_of_range),
    )
}

/// Python's own error for a lifetime that no `timedelta` or no `datetime` can hold.
fn out_of_range(lifetime: &Bound<'_, PyAny>) -> Error {
    let timedelta = || -> PyResult<()> {
        let py = lifetime.py();
        let seconds = [("seconds", lifetime)].into_py_dict(py)?;
        let class = py.import("datetime")?.getattr("timedelta")?;
        class.call((), Some(&seconds)).map(drop)
    };
    match timedelta() {
        Err(error) => error.into(),
        Ok(()) => Error::Overflow(NO_DATE.to_owned()),
    }
}

fn is_number(value: &Bound<'_, PyAny>) -> bool {
    value.is_instance_of::<PyInt>() || value.is_instance_of::<PyFloat>()
}

/// The seconds of a number, a numeric string or a `timedelta`. A number is also any object that only
/// `float()` accepts: a Decimal, a Fraction, a number of numpy.
fn seconds(value: &Bound<'_, PyAny>) -> Option<f64> {
    if value.is_instance_of::<PyBool>() {
        return None;
    }
    if let Ok(string) = value.cast::<PyString>() {
        return parse_seconds(string.to_str().ok()?);
    }
    timedelta_seconds(value).or_else(|| number(value))
}

/// The value of a number. An `int` of a subclass counts by its value, as for `timedelta`, and not by
/// its own `__float__`.
fn number(value: &Bound<'_, PyAny>) -> Option<f64> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "so many seconds end after all dates"
    )]
    match value.cast::<PyInt>() {
        Ok(whole) => Some(match whole.extract::<i64>() {
            Ok(whole) => whole as f64,
            Err(_) if whole.lt(0).unwrap_or(false) => f64::NEG_INFINITY,
            Err(_) => f64::INFINITY,
        }),
        Err(_) => value.extract().ok(),
    }
}

fn timedelta_seconds(value: &Bound<'_, PyAny>) -> Option<f64> {
    let py = value.py();
    // A timedelta exists only where its module is loaded.
    let modules = py
        .import("sys")
        .ok()?
        .getattr(intern!(py, "modules"))
        .ok()?;
    let class = modules
        .get_item("datetime")
        .ok()?
        .getattr("timedelta")
        .ok()?;
    let class = class.cast::<PyType>().ok()?;
    if !value.is_instance(class).unwrap_or(false) {
        return None;
    }
    value.call_method0("total_seconds").ok()?.extract().ok()
}
