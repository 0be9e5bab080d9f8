//! Finds the operation that a caller names.

use pyo3::exceptions::{PyKeyError, PyTypeError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString};

use crate::error::Error;
use crate::model::operations::OPERATIONS;
use crate::model::{Input as _, Operation};

/// The operation of this method name: any object that a dict of the names would take for one of
/// them.
pub(super) fn operation(name: &Bound<'_, PyAny>) -> Result<&'static Operation, Error> {
    let found = match name.cast_exact::<PyString>() {
        Ok(string) => string.to_str().ok().and_then(Operation::by_method_name),
        Err(_) => operation_like(name)?,
    };
    match found {
        Some(operation) => Ok(operation),
        None => Err(Error::UnknownClientMethod(name.shown()?)),
    }
}

#[cold]
fn operation_like(name: &Bound<'_, PyAny>) -> Result<Option<&'static Operation>, Error> {
    static PLACES: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
    let py = name.py();
    let places = || -> PyResult<Py<PyDict>> {
        let places = PyDict::new(py);
        for (place, operation) in OPERATIONS.iter().enumerate() {
            places.set_item(operation.method_name, place)?;
        }
        Ok(places.unbind())
    };
    let places = PLACES.get_or_try_init(py, places)?;
    match places.bind(py).as_any().get_item(name) {
        Ok(place) => {
            let place: usize = place.extract()?;
            Ok(OPERATIONS.get(place).copied())
        }
        // An object that cannot be a key of a dict cannot be a name either.
        Err(error)
            if error.is_instance_of::<PyKeyError>(py)
                || error.is_instance_of::<PyTypeError>(py) =>
        {
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}
