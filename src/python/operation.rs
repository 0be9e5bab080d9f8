//! Finds the operation that a caller names.

use pyo3::prelude::*;
use pyo3::types::PyString;

use super::unusual::{VALUES, ask};
use crate::error::Error;
use crate::model::operations::OPERATIONS;
use crate::model::{Input as _, Operation};

/// The operation of this method name: any object that a dict of the names would take for one.
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

fn operation_like(name: &Bound<'_, PyAny>) -> PyResult<Option<&'static Operation>> {
    let id: Option<String> = ask(name.py(), VALUES, "operation_id", (name,))?;
    let mut all = OPERATIONS.iter().copied();
    Ok(all.find(|operation| id.as_deref() == Some(operation.name)))
}
