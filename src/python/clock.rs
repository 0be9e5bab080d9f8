//! Reads the time from Python, so that a test that freezes boto3's clock freezes this one too.
//!
//! boto3 reads `datetime.datetime.now` for SigV4, for forms and for the expiry of credentials. To
//! freeze it, tests replace the class (freezegun, botocore's own test helper, a mock) or its inside
//! (time-machine, which then changes the built-in `time.time` too). So a replaced class is asked, else
//! Python's own `time.time`, which costs a fraction. An object that replaces `time.time` is not asked:
//! boto3 reads it for SigV2 only.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyCFunction, PyDict, PyModule, PyString, PyType};

use super::unusual::ask;

const CLOCK: &str = "presigned._client.clock";

/// The names of a module, and the object that Python itself has there under the module's name.
struct Own {
    names: Py<PyDict>,
    object: Py<PyAny>,
}

/// `time.time` and `datetime.datetime`, once they were seen.
static TIME: PyOnceLock<Own> = PyOnceLock::new();
static DATETIME: PyOnceLock<Own> = PyOnceLock::new();

/// Seconds since 1970, with their fraction: from the class that has replaced `datetime.datetime`, if one has.
#[pyfunction]
#[pyo3(signature = ())]
pub(super) fn now(py: Python<'_>) -> PyResult<f64> {
    if let Some(now) = of_stand_in(py)? {
        return Ok(now);
    }
    if let Some(own) = TIME.get(py) {
        return own.object.bind(py).call0()?.extract();
    }
    // A stand-in was there when the extension was loaded: `datetime` knows the time without it.
    remember_own_time(py)?;
    ask(py, CLOCK, "seconds", (py.None(),))
}

/// The time by a stand-in for the clock, which may count how often it is asked, or choose its answers.
pub(super) fn of_stand_in(py: Python<'_>) -> PyResult<Option<f64>> {
    match replaced_datetime(py)? {
        Some(class) => ask(py, CLOCK, "seconds", (class,)).map(Some),
        None => Ok(None),
    }
}

/// Remembers Python's own `time.time`, unless another object has replaced it.
pub(super) fn remember_own_time(py: Python<'_>) -> PyResult<()> {
    py.import("time")?;
    replaced_time(py).map(drop)
}

/// `time.time()`, also if a test has replaced it: the clock of SigV2 in boto3.
pub(super) fn sigv2_now(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    let time = match (replaced_time(py)?, TIME.get(py)) {
        (Some(time), _) => time,
        (None, Some(own)) => return own.object.bind(py).call0(),
        (None, None) => return ask(py, "time", "time", ()),
    };
    if let Some(class) = replaced_datetime(py)?
        && let Some(now) = ask(py, CLOCK, "of_freezegun", (&time, class))?
    {
        return Ok(now);
    }
    // Not by a function of Python: freezegun looks at the frames of its callers.
    time.call0()
}

/// `time.time`, if it is not Python's own.
fn replaced_time(py: Python<'_>) -> PyResult<Option<Bound<'_, PyAny>>> {
    // time-machine changes what is inside of this very object.
    replaced(&TIME, intern!(py, "time"), |time| {
        let name = intern!(time.py(), "__name__");
        Ok(time.is_exact_instance_of::<PyCFunction>() && time.getattr(name)?.eq("time")?)
    })
}

/// `datetime.datetime`, if the module is loaded and the class is not Python's own.
fn replaced_datetime(py: Python<'_>) -> PyResult<Option<Bound<'_, PyAny>>> {
    // Python's own class is a type that itself holds the clock's fields; a stand-in inherits them.
    replaced(&DATETIME, intern!(py, "datetime"), |class| {
        Ok(class.is_instance_of::<PyType>() && class.getattr("__dict__")?.contains("hour")?)
    })
}

/// What a module has under its own name, if the module is loaded and that is not Python's own object.
fn replaced<'py>(
    own: &PyOnceLock<Own>,
    name: &Bound<'py, PyString>,
    is_own: impl Fn(&Bound<'py, PyAny>) -> PyResult<bool>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    static MODULES: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
    let py = name.py();
    // boto3 has imported the module itself long before a program replaces it.
    if let Some(own) = own.get(py)
        && let Some(object) = own.names.bind(py).get_item(name)?
    {
        return Ok((!object.is(&own.object)).then_some(object));
    }
    let modules = MODULES.import(py, "sys", "modules")?;
    let Some(module) = modules.get_item(name)? else {
        return Ok(None);
    };
    // The object is missing while another thread imports the module.
    let Some(object) = module.getattr_opt(name)? else {
        return Ok(None);
    };
    if !is_own(&object)? {
        return Ok(Some(object));
    }
    if let Ok(module) = module.cast_exact::<PyModule>() {
        let (names, object) = (module.dict().unbind(), object.unbind());
        let _ = own.set(py, Own { names, object });
    }
    Ok(None)
}
