//! Finds the operation and the members that a caller names, and reads parameters that are a plain dict.

use pyo3::exceptions::{PyKeyError, PyTypeError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString};

use super::arguments::Given;
use crate::error::Error;
use crate::model::operations::OPERATIONS;
use crate::model::{Input as _, Kind, Operation};
use crate::s3::{self, Mapping as _, ParamList, ReadMapping, ReadParams, append_params, memory};

/// The names and values that the caller gives, in the caller's order.
pub(super) type PyEntries<'py> = s3::Entries<Bound<'py, PyAny>>;

/// Appends the entries of the caller's parameters, if these are a plain dict or absent. Any other
/// object is returned, to be read by its own methods.
fn read_entries<'a, 'py>(
    entries: &mut PyEntries<'py>,
    params: Given<'a, 'py>,
) -> Option<Borrowed<'a, 'py, PyAny>> {
    let params = params.not_none()?;
    let Ok(plain) = params.cast_exact::<PyDict>() else {
        return Some(params);
    };
    // No Python code runs meanwhile, so the dict keeps its length. Asking for its end costs a call.
    let mut given = plain.iter();
    for _ in 0..given.len() {
        entries.extend(given.next());
    }
    None
}

/// Calls `take` with the caller's parameters, and with their entries if these are a plain dict: any
/// other object is read by its own methods.
///
/// # Errors
/// Errors of the names and values, and those of `take`.
pub(super) fn with_params<T>(
    operation: &'static Operation,
    params: Given<'_, '_>,
    take: impl FnOnce(&dyn ReadParams<'_>, &PyEntries<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let mut entries = PyEntries::new();
    if let Some(mapping) = read_entries(&mut entries, params) {
        // Any other object is read by its own methods.
        if mapping.kind() != Kind::Map && !(mapping.hasattr("get")? && mapping.hasattr("items")?) {
            return Err(mapping.no_mapping());
        }
        let mapping = ReadMapping::new(mapping.to_owned(), operation);
        return take(&mapping.params(memory::check_strings), &entries);
    }
    let mut params = ParamList::new();
    read_params(&mut params, operation, &entries)?;
    take(&&params[..], &entries)
}

/// Appends a parameter for each entry.
///
/// # Errors
/// Errors of the names and values, and `MemoryError` if the values are too long for a URL.
#[inline]
pub(super) fn read_params<'a>(
    params: &mut ParamList<'a>,
    operation: &'static Operation,
    entries: &'a PyEntries<'_>,
) -> Result<(), Error> {
    append_params(params, operation, entries)?;
    memory::check_strings(params)
}

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
