//! Turns each [`Error`] into the Python exception that boto3's users already catch.

use pyo3::exceptions::{PyMemoryError, PyOverflowError, PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::IntoPyDict as _;
use pyo3::{CastError, CastIntoError};

use super::strings::restored;
use crate::error::Error;

/// A Python exception goes through the layers that do not know Python.
impl From<PyErr> for Error {
    fn from(error: PyErr) -> Self {
        Self::Foreign(Box::new(error))
    }
}

impl From<CastError<'_, '_>> for Error {
    fn from(error: CastError<'_, '_>) -> Self {
        PyErr::from(error).into()
    }
}

impl From<CastIntoError<'_>> for Error {
    fn from(error: CastIntoError<'_>) -> Self {
        PyErr::from(error).into()
    }
}

impl From<Error> for PyErr {
    fn from(error: Error) -> Self {
        Python::attach(|py| raised(py, error))
    }
}

/// The exception to raise. Python makes botocore's classes, as those may be the bases of its own.
fn raised(py: Python<'_>, error: Error) -> PyErr {
    match error.as_botocore() {
        Ok((class, argument)) => made(py, class, argument).unwrap_or_else(|failure| failure),
        Err(Error::Type(message)) => PyTypeError::new_err(message),
        Err(Error::Overflow(message)) => PyOverflowError::new_err(message),
        Err(Error::Memory(message)) => PyMemoryError::new_err(message),
        Err(Error::LoneSurrogate(string)) => unencodable(py, &string),
        Err(Error::Foreign(source)) => match source.downcast::<PyErr>() {
            Ok(error) => *error,
            Err(other) => PyRuntimeError::new_err(other.to_string()),
        },
        Err(value) => PyValueError::new_err(value.to_string()),
    }
}

/// The exception that Python raises when it encodes the string.
fn unencodable(py: Python<'_>, string: &str) -> PyErr {
    let encoded = restored(py, string).and_then(|string| string.call_method0("encode"));
    let unexpected = || PyValueError::new_err("a string holds a lone surrogate");
    encoded.err().unwrap_or_else(unexpected)
}

fn made(py: Python<'_>, class: &str, argument: Option<(&str, String)>) -> PyResult<PyErr> {
    // Looked up each time: a program may import the package again, and catch the new classes.
    let make = py.import("presigned._errors")?.getattr("make")?;
    let argument = argument.map(|(name, string)| Ok::<_, PyErr>((name, restored(py, &string)?)));
    let arguments = argument.transpose()?.into_py_dict(py)?;
    Ok(PyErr::from_value(make.call((class,), Some(&arguments))?))
}
