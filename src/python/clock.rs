//! Asks Python what time it is, so that whatever freezes boto3's clock freezes ours.
//!
//! boto3 reads `datetime.datetime.now`. Freezing it means replacing the class (freezegun,
//! botocore's own test helper) or its inside (time-machine, which then changes `time.time` too).
//! So: a replaced class is asked, else `time.time` through its module, which costs a fraction.

use pyo3::exceptions::PyOverflowError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyModule, PyType};

use crate::clock::Timestamp;

/// Seconds since 1970, with their fraction.
pub(super) fn now(py: Python<'_>) -> PyResult<f64> {
    Clock::find(py)?.now(py)
}

/// What is to be asked for the time: the class that has replaced `datetime.datetime`, if one has.
pub(super) struct Clock<'py>(Option<Bound<'py, PyAny>>);

impl<'py> Clock<'py> {
    /// Finds out which it is, but asks for no time yet.
    pub(super) fn find(py: Python<'py>) -> PyResult<Self> {
        replaced_datetime(py).map(Self)
    }

    /// Seconds since 1970, with their fraction.
    pub(super) fn now(&self, py: Python<'py>) -> PyResult<f64> {
        match &self.0 {
            Some(class) => asked(class),
            None => wall_clock(py),
        }
    }
}

/// `time.time()`, frozen or not.
fn wall_clock(py: Python<'_>) -> PyResult<f64> {
    static TIME: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
    let module = TIME.get_or_try_init(py, || py.import("time").map(|time| time.dict().unbind()))?;
    let name = intern!(py, "time");
    // Looked up each time, as it may be another function by now.
    let Some(time) = module.bind(py).get_item(name)? else {
        return py.import("time")?.call_method0(name)?.extract();
    };
    time.call0()?.extract()
}

/// The clock of SigV2, which boto3 reads as `time.time()`.
///
/// freezegun lets callers in threads and pools see the true time unless their stack is as deep
/// as boto3's; ours is not, so its own class is asked.
pub(super) fn sigv2_now(py: Python<'_>) -> PyResult<f64> {
    if let Some(class) = replaced_datetime(py)?
        && let Ok(module) = class.getattr(intern!(py, "__module__"))
        && module.to_string().starts_with("freezegun")
    {
        // freezegun shifts a datetime by its offset, but not the time.
        let offset: f64 = class
            .call_method0("_tz_offset")
            .and_then(|offset| offset.call_method0("total_seconds")?.extract())
            .unwrap_or(0.0);
        return Ok(asked(&class)? - offset);
    }
    wall_clock(py)
}

/// The whole second that `seconds` lies in.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a float out of range is cut to one that is, and a second of these years is exact"
)]
pub(super) fn whole(seconds: f64) -> PyResult<Timestamp> {
    // Cut towards zero, and one less where that was upwards.
    let cut = seconds as i64;
    Timestamp::new(cut.saturating_sub(i64::from(cut as f64 > seconds)))
        .ok_or_else(|| PyOverflowError::new_err("date value out of range"))
}

/// `datetime.datetime`, if the module is loaded and the class is not Python's own.
fn replaced_datetime(py: Python<'_>) -> PyResult<Option<Bound<'_, PyAny>>> {
    static ORIGINAL: PyOnceLock<Original> = PyOnceLock::new();
    static MODULES: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
    let name = intern!(py, "datetime");
    // boto3 has imported the module itself long before anybody replaces it.
    if let Some(original) = ORIGINAL.get(py)
        && let Some(class) = original.names.bind(py).get_item(name)?
    {
        return Ok((!class.is(&original.class)).then_some(class));
    }
    let modules = MODULES.import(py, "sys", "modules")?;
    let Some(module) = modules.get_item(name)? else {
        return Ok(None);
    };
    let class = module.getattr(name)?;
    if !is_original(&class)? {
        return Ok(Some(class));
    }
    if let Ok(module) = module.cast_exact::<PyModule>() {
        let (names, class) = (module.dict().unbind(), class.unbind());
        let _ = ORIGINAL.set(py, Original { names, class });
    }
    Ok(None)
}

/// The module `datetime` and the class in it that is Python's own.
struct Original {
    names: Py<PyDict>,
    class: Py<PyAny>,
}

/// Python's own class is a type that itself holds the clock's fields; a stand-in inherits them.
fn is_original(class: &Bound<'_, PyAny>) -> PyResult<bool> {
    let Ok(class) = class.cast::<PyType>() else {
        return Ok(false);
    };
    class.getattr("__dict__")?.contains("hour")
}

fn asked(class: &Bound<'_, PyAny>) -> PyResult<f64> {
    let py = class.py();
    let utc = py.import("datetime")?.getattr("timezone")?.getattr("utc")?;
    let now = class.call_method1(intern!(py, "now"), (utc,))?;
    let seconds: f64 = py
        .import("calendar")?
        .call_method1("timegm", (now.call_method0("timetuple")?,))?
        .extract()?;
    let micros: f64 = now.getattr("microsecond")?.extract()?;
    Ok(seconds + micros / 1e6)
}
