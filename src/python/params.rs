//! Finds the operation and the members that a caller names, and reads parameters that are a plain dict.

use pyo3::exceptions::{PyKeyError, PyTypeError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString};
use smallvec::SmallVec;

use super::arguments::Given;
use super::convert::PyInput;
use super::errors::foreign;
use crate::error::Error;
use crate::model::operations::OPERATIONS;
use crate::model::{Input as _, Member, Operation, ParamName};

/// What the caller's parameters are.
pub(super) enum Read<'a, 'py> {
    /// A plain dict, or nothing: they are read.
    Entries,
    /// What else is to be read by its own methods.
    Mapping(Borrowed<'a, 'py, PyAny>),
}

/// Reads the caller's parameters in their order, if they are a plain dict.
pub(super) fn read_entries<'a, 'py>(
    entries: &mut Entries<'py>,
    params: Given<'a, 'py>,
) -> Read<'a, 'py> {
    let Some(params) = params.not_none() else {
        return Read::Entries;
    };
    let Ok(plain) = params.cast_exact::<PyDict>() else {
        return Read::Mapping(params);
    };
    // Nothing runs in between that could change it, and so it need not be asked for its end.
    let mut given = plain.iter();
    for _ in 0..given.len() {
        entries.extend(given.next());
    }
    Read::Entries
}

pub(super) type Entries<'py> = SmallVec<[(Bound<'py, PyAny>, Bound<'py, PyAny>); 8]>;

/// The member of this name: whatever a dict of the names takes for one of them.
pub(super) fn member_of(
    operation: &'static Operation,
    name: &Bound<'_, PyAny>,
) -> Result<Option<&'static Member>, Error> {
    if let Ok(text) = name.cast_exact::<PyString>() {
        return Ok(text.to_str().ok().and_then(|text| operation.member(text)));
    }
    for member in operation.members {
        if PyInput(name).is_name(member.name)? {
            return Ok(Some(member));
        }
    }
    Ok(None)
}

/// The member of this name; a name of no member is kept as Python prints it.
pub(super) fn param_name<'a>(
    operation: &'static Operation,
    name: &'a Bound<'_, PyAny>,
) -> Result<ParamName<'a>, Error> {
    match member_of(operation, name)? {
        Some(member) => Ok(ParamName::Known(member)),
        None => Ok(ParamName::Unknown(PyInput(name).shown()?.into())),
    }
}

/// The operation of this method name: whatever a dict of the names takes for one of them.
pub(super) fn operation(name: &Bound<'_, PyAny>) -> Result<&'static Operation, Error> {
    let found = match name.cast_exact::<PyString>() {
        Ok(text) => text.to_str().ok().and_then(Operation::by_method_name),
        Err(_) => operation_like(name)?,
    };
    match found {
        Some(operation) => Ok(operation),
        None => Err(Error::UnknownClientMethod(PyInput(name).shown()?)),
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
        // What cannot be a key is no name either.
        Err(error)
            if error.is_instance_of::<PyKeyError>(py)
                || error.is_instance_of::<PyTypeError>(py) =>
        {
            Ok(None)
        }
        Err(error) => Err(foreign(error)),
    }
}
