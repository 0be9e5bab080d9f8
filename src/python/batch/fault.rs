//! Says which row of a batch an error is about.

use pyo3::exceptions::PyUnicodeEncodeError;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

use super::super::errors::raised;
use crate::error::Error;
use crate::s3::batch::OneInstant;

/// The exception of the single call, its text led by the row unless the whole call is at fault.
pub(super) fn of_row(py: Python<'_>, error: Error, row: usize, call: &OneInstant<'_>) -> PyErr {
    if call.is_at_fault() {
        return raised(py, error);
    }
    let at = |text: String| format!("row {row}: {text}");
    let error = match error {
        Error::ParamValidation(text) => Error::ParamValidation(at(text)),
        Error::EndpointResolution(text) => Error::EndpointResolution(at(text)),
        Error::UnsupportedS3Configuration(text) => Error::UnsupportedS3Configuration(at(text)),
        Error::UnsupportedS3AccesspointConfiguration(text) => {
            Error::UnsupportedS3AccesspointConfiguration(at(text))
        }
        Error::MissingDependency(text) => Error::MissingDependency(at(text)),
        // These have no text that is free, or come from Python as they are.
        other => {
            let raised = raised(py, other);
            // What cannot be told there is still the right exception.
            let _told = tell(py, &raised, row);
            return raised;
        }
    };
    raised(py, error)
}

fn tell(py: Python<'_>, raised: &PyErr, row: usize) -> PyResult<()> {
    let value = raised.value(py);
    if value.is_instance_of::<PyUnicodeEncodeError>() {
        let reason = value.getattr("reason")?;
        return value.setattr("reason", format!("{reason} (row {row})"));
    }
    let arguments = value.getattr("args")?.cast_into::<PyTuple>()?;
    let first = arguments.get_item(0)?.cast_into::<PyString>()?;
    let mut told = vec![
        PyString::new(py, &format!("row {row}: "))
            .add(first)?
            .into_any(),
    ];
    told.extend(arguments.iter().skip(1));
    value.setattr("args", PyTuple::new(py, told)?)
}
