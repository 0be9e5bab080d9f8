//! Reads instants that are plain objects of the class `datetime`, without the caller's code.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

use crate::clock::Timestamp;

const DAY: i64 = 86_400;

/// What plain instants are compared with. Its class is the standard library's own, and so is that of its time zone.
struct Epoch {
    instant: Py<PyAny>,
    utc: Py<PyAny>,
}

/// Its whole second; `None` unless it and its time zone are of no other classes than the standard library's own.
pub(super) fn plain(object: &Bound<'_, PyAny>) -> Option<Timestamp> {
    let py = object.py();
    let epoch = epoch(py)?;
    if !is_of_one_class(object, &epoch.instant) || !is_of_one_class(&zone(object)?, &epoch.utc) {
        return None;
    }
    let since = object.sub(&epoch.instant).ok()?;
    let days: i64 = since.getattr(intern!(py, "days")).ok()?.extract().ok()?;
    let seconds: i64 = since.getattr(intern!(py, "seconds")).ok()?.extract().ok()?;
    // Outside the years 1 to 9999 in UTC, boto3 raises an error.
    Timestamp::new(days * DAY + seconds)
}

/// Whether it is plain, and in UTC by the object of the standard library.
pub(super) fn is_utc(object: &Bound<'_, PyAny>) -> bool {
    let is_utc = |epoch: &Epoch| zone(object).is_some_and(|zone| zone.is(&epoch.utc));
    plain(object).is_some() && epoch(object.py()).is_some_and(is_utc)
}

fn zone<'py>(object: &Bound<'py, PyAny>) -> Option<Bound<'py, PyAny>> {
    object.getattr(intern!(object.py(), "tzinfo")).ok()
}

fn is_of_one_class(object: &Bound<'_, PyAny>, other: &Py<PyAny>) -> bool {
    object.get_type_ptr() == other.bind_borrowed(object.py()).get_type_ptr()
}

/// The epoch; `None` if Python code may have made its class.
fn epoch(py: Python<'_>) -> Option<&Epoch> {
    static EPOCH: PyOnceLock<Option<Epoch>> = PyOnceLock::new();
    let read = || {
        let module = py.import("presigned._settings.timestamps")?;
        let epoch = module.call_method0("plain_epoch")?;
        if epoch.is_none() {
            return Ok(None);
        }
        Ok::<_, PyErr>(Some(Epoch {
            utc: epoch.getattr("tzinfo")?.unbind(),
            instant: epoch.unbind(),
        }))
    };
    EPOCH.get_or_try_init(py, read).ok()?.as_ref()
}
