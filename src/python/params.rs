//! Finds the operation and the members that a caller names, and reads parameters that are a plain dict.

use pyo3::exceptions::{PyKeyError, PyTypeError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString};
use smallvec::SmallVec;

use super::arguments::Given;
use super::errors::foreign;
use super::memory;
use crate::error::Error;
use crate::model::operations::OPERATIONS;
use crate::model::{Input as _, Member, Operation, Param, ParamName};

/// The names and values that the caller gives, in the caller's order.
pub(super) type Entries<'py> = SmallVec<[(Bound<'py, PyAny>, Bound<'py, PyAny>); 8]>;

/// The same as parameters of an operation.
pub(super) type ParamList<'a> = SmallVec<[Param<'a>; 8]>;

/// Appends the entries of the caller's parameters, if these are a plain dict or absent. Any other
/// object is returned, to be read by its own methods.
pub(super) fn read_entries<'a, 'py>(
    entries: &mut Entries<'py>,
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

/// Appends a parameter for each entry. The list is filled in place: moving it costs more than
/// filling it.
///
/// # Errors
/// Errors of the names and values, and `MemoryError` if the values are too long for a URL.
#[inline]
pub(super) fn read_params<'a>(
    params: &mut ParamList<'a>,
    operation: &'static Operation,
    entries: &'a Entries<'_>,
) -> Result<(), Error> {
    for (name, value) in entries {
        params.push(Param::new(param_name(operation, name)?, value));
    }
    memory::check_texts(params)
}

/// The member of this name: any object that a dict of the names would take for one of them.
pub(super) fn member_of(
    operation: &'static Operation,
    name: &Bound<'_, PyAny>,
) -> Result<Option<&'static Member>, Error> {
    if let Ok(text) = name.cast_exact::<PyString>() {
        return Ok(text.to_str().ok().and_then(|text| operation.member(text)));
    }
    for member in operation.members {
        if name.is_name(member.name)? {
            return Ok(Some(member));
        }
    }
    Ok(None)
}

/// The member of this name; an unknown name is returned as Python prints it.
pub(super) fn param_name<'a>(
    operation: &'static Operation,
    name: &'a Bound<'_, PyAny>,
) -> Result<ParamName<'a>, Error> {
    match member_of(operation, name)? {
        Some(member) => Ok(ParamName::Known(member)),
        None => Ok(ParamName::Unknown(name.shown()?.into())),
    }
}

/// The operation of this method name: any object that a dict of the names would take for one of
/// them.
pub(super) fn operation(name: &Bound<'_, PyAny>) -> Result<&'static Operation, Error> {
    let found = match name.cast_exact::<PyString>() {
        Ok(text) => text.to_str().ok().and_then(Operation::by_method_name),
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
    let places = PLACES.get_or_try_init(py, places).map_err(foreign)?;
    match places.bind(py).as_any().get_item(name) {
        Ok(place) => {
            let place: usize = place.extract().map_err(foreign)?;
            Ok(OPERATIONS.get(place).copied())
        }
        // An object that cannot be a key of a dict cannot be a name either.
        Err(error)
            if error.is_instance_of::<PyKeyError>(py)
                || error.is_instance_of::<PyTypeError>(py) =>
        {
            Ok(None)
        }
        Err(error) => Err(foreign(error)),
    }
}
