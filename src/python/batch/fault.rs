//! Says which row of a batch an error is about.

use pyo3::exceptions::PyUnicodeEncodeError;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

use crate::error::Error;
use crate::s3::batch::OneInstant;

/// The exception of the single call, whose message begins with the row unless the whole call is at fault.
pub(super) fn of_row(py: Python<'_>, error: Error, row: usize, call: &OneInstant<'_>) -> PyErr {
    if call.is_at_fault() {
        return error.into();
    }
    match error.of_row(row) {
        Ok(error) => error.into(),
        // Python's own exceptions, and those without free message.
        Err(other) => {
            let raised = PyErr::from(other);
            // If the row cannot be added, the exception is still the right one.
            let _ = add_row(py, &raised, row);
            raised
        }
    }
}

fn add_row(py: Python<'_>, raised: &PyErr, row: usize) -> PyResult<()> {
    let value = raised.value(py);
    if value.is_instance_of::<PyUnicodeEncodeError>() {
        let reason = value.getattr("reason")?;
        return value.setattr("reason", format!("{reason} (row {row})"));
    }
    let arguments = value.getattr("args")?.cast_into::<PyTuple>()?;
    let first = arguments.get_item(0)?.cast_into::<PyString>()?;
    let mut led = vec![
        PyString::new(py, &format!("row {row}: "))
            .add(first)?
            .into_any(),
    ];
    led.extend(arguments.iter().skip(1));
    value.setattr("args", PyTuple::new(py, led)?)
}
