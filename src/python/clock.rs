//! Reads the time from Python, so that a test that freezes boto3's clock freezes this one too.
//!
//! boto3 reads `datetime.datetime.now` for SigV4, for forms and for the expiry of credentials. To
//! freeze it, tests replace the class (freezegun, botocore's own test helper, a mock) or its inside
//! (time-machine, which then changes the built-in `time.time` too). So a replaced class is asked, else
//! Python's own `time.time`, which costs a fraction. An object that replaces `time.time` is not asked:
//! boto3 reads it for SigV2 only.

use pyo3::exceptions::{PyOverflowError, PyTypeError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyCFunction, PyDict, PyModule, PyType};

use crate::clock::Timestamp;

/// Python's own `time.time`, once it was seen.
static OWN_TIME: PyOnceLock<Py<PyAny>> = PyOnceLock::new();

/// Seconds since 1970, with their fraction: from the class that has replaced `datetime.datetime`, if one has.
pub(super) fn now(py: Python<'_>) -> PyResult<f64> {
    match replaced_datetime(py)? {
        Some(class) => asked(&class),
        None => own_time(py),
    }
}

/// The time again, if a stand-in for the clock may count how often it is asked, or choose its answers.
pub(super) fn asked_again(py: Python<'_>) -> PyResult<Option<f64>> {
    replaced_datetime(py)?.as_ref().map(asked).transpose()
}

/// Remembers Python's own `time.time`, unless another object has replaced it.
pub(super) fn remember_own_time(py: Python<'_>) -> PyResult<()> {
    let name = intern!(py, "time");
    let time = py.import(name)?.getattr(name)?;
    // time-machine changes what is inside of this very object.
    let is_own = time.is_exact_instance_of::<PyCFunction>()
        && time.getattr(intern!(py, "__name__"))?.eq(name)?;
    if is_own {
        let _ = OWN_TIME.set(py, time.unbind());
    }
    Ok(())
}

fn own_time(py: Python<'_>) -> PyResult<f64> {
    if let Some(time) = OWN_TIME.get(py) {
        return time.bind(py).call0()?.extract();
    }
    // A stand-in was there when the extension was loaded: `datetime` knows the time without it.
    remember_own_time(py)?;
    asked(&py.import("datetime")?.getattr("datetime")?)
}

/// `time.time()`, also if a test has replaced it: the clock of SigV2 in boto3.
///
/// freezegun shows the true time to callers in threads and pools unless their stack is as deep as
/// boto3's. The stack here is not, so freezegun's own class is asked.
pub(super) fn sigv2_now(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    let time = time_function(py)?;
    let is_own = OWN_TIME.get(py).is_some_and(|own| time.is(own));
    if !is_own
        && is_of_freezegun(&time)
        && let Some(class) = replaced_datetime(py)?
        && is_of_freezegun(&class)
    {
        // freezegun shifts a datetime by its offset, but not the time.
        let offset: f64 = class
            .call_method0("_tz_offset")
            .and_then(|offset| offset.call_method0("total_seconds")?.extract())
            .unwrap_or(0.0);
        let now = asked(&class)? - offset;
        return Ok(now.into_pyobject(py)?.into_any());
    }
    time.call0()
}

/// What `time.time` is now.
fn time_function(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    static NAMES: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
    let name = intern!(py, "time");
    // boto3 has imported the module itself long before a program replaces it.
    if let Some(names) = NAMES.get(py)
        && let Some(time) = names.bind(py).get_item(name)?
    {
        return Ok(time);
    }
    let module = py.import(name)?;
    if let Ok(module) = module.cast_exact::<PyModule>() {
        let _ = NAMES.set(py, module.dict().unbind());
    }
    module.getattr(name)
}

fn is_of_freezegun(object: &Bound<'_, PyAny>) -> bool {
    let module = object.getattr(intern!(object.py(), "__module__"));
    module.is_ok_and(|module| module.to_string().starts_with("freezegun"))
}

/// The whole second that `seconds` lies in.
pub(super) fn whole(seconds: f64) -> PyResult<Timestamp> {
    Timestamp::at(seconds).ok_or_else(|| PyOverflowError::new_err("date value out of range"))
}

/// `datetime.datetime`, if the module is loaded and the class is not Python's own.
fn replaced_datetime(py: Python<'_>) -> PyResult<Option<Bound<'_, PyAny>>> {
    static ORIGINAL: PyOnceLock<Original> = PyOnceLock::new();
    static MODULES: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
    let name = intern!(py, "datetime");
    // boto3 has imported the module itself long before a program replaces it.
    if let Some(original) = ORIGINAL.get(py)
        && let Some(class) = original.names.bind(py).get_item(name)?
    {
        return Ok((!class.is(&original.class)).then_some(class));
    }
    let modules = MODULES.import(py, "sys", "modules")?;
    let Some(module) = modules.get_item(name)? else {
        return Ok(None);
    };
    // The class is missing while another thread imports the module.
    let Some(class) = module.getattr_opt(name)? else {
        return Ok(None);
    };
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
    since_1970(&now).map_err(|_| {
        PyTypeError::new_err(format!(
            "datetime.datetime.now() must give a datetime, not {}",
            now.get_type()
        ))
    })
}

/// The seconds that the fields of a datetime stand for; its zone is not looked at.
fn since_1970(now: &Bound<'_, PyAny>) -> PyResult<f64> {
    let seconds: f64 = now
        .py()
        .import("calendar")?
        .call_method1("timegm", (now.call_method0("timetuple")?,))?
        .extract()?;
    let micros: f64 = now.getattr("microsecond")?.extract()?;
    Ok(seconds + micros / 1e6)
}
