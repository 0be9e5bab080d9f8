//! Refuses to load an extension module into another interpreter than the main one.
//!
//! The module holds classes, names and functions for the whole process. They are dropped with the
//! interpreter that made them, and its exceptions are not caught in another one. So an extension
//! module serves the main interpreter only: which application of a server works must not depend on
//! the order of requests. All extension modules include this file.

use std::sync::atomic::{AtomicBool, Ordering};

use pyo3::exceptions::{PyImportError, PyOSError};
use pyo3::prelude::*;

/// Whether this extension module has been loaded in this process.
static IS_LOADED: AtomicBool = AtomicBool::new(false);

/// Fails unless this is the main interpreter, and the one that loaded this extension module before.
///
/// To be called before anything is stored.
pub(crate) fn check(py: Python<'_>, name: &str) -> PyResult<()> {
    // A main interpreter that was finalized and initialized again has the same number, but not this mark.
    let sys = py.import("sys")?;
    let mark = format!("_presigned{name}");
    let may_load = if IS_LOADED.load(Ordering::Relaxed) {
        sys.hasattr(mark.as_str())?
    } else {
        is_main(py)?
    };
    if !may_load {
        let messages = py.import("presigned._errors.extensions")?;
        let message = messages.call_method1("in_another_interpreter", (name,))?;
        return Err(PyImportError::new_err(message.unbind()));
    }
    sys.setattr(mark.as_str(), true)?;
    IS_LOADED.store(true, Ordering::Relaxed);
    Ok(())
}

/// Whether this is the main interpreter, as far as Python can say.
fn is_main(py: Python<'_>) -> PyResult<bool> {
    if let Ok(ask) = py.import("_thread")?.getattr("_is_main_interpreter") {
        return ask.call0()?.extract();
    }
    // Python 3.10 and 3.11. The module that knows takes half a millisecond to load. This takes no time:
    // only the main thread of the main interpreter gets as far as the number, which no file has.
    let refusal = py.import("_signal")?.call_method1("set_wakeup_fd", (-2,));
    if refusal.is_err_and(|error| error.is_instance_of::<PyOSError>(py)) {
        return Ok(true);
    }
    let Ok(interpreters) = py.import("_xxsubinterpreters") else {
        // Left out of this Python, with all ways to make another interpreter but C's.
        return Ok(true);
    };
    let current = interpreters.call_method0("get_current")?;
    current.eq(interpreters.call_method0("get_main")?)
}
