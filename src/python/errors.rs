//! Turns each [`Error`] into the Python exception that boto3's users already catch.

use pyo3::exceptions::{PyMemoryError, PyOverflowError, PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;
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

/// The exception to raise. Python makes the classes, as botocore's may be their bases.
fn raised(py: Python<'_>, error: Error) -> PyErr {
    let (class, argument) = match error {
        Error::ParamValidation(report) => ("ParamValidationError", Some(("report", report))),
        Error::UnknownClientMethod(name) => {
            ("UnknownClientMethodError", Some(("method_name", name)))
        }
        Error::NoCredentials => ("NoCredentialsError", None),
        Error::EndpointResolution(message) => ("EndpointResolutionError", Some(("msg", message))),
        Error::UnsupportedS3Configuration(message) => {
            ("UnsupportedS3ConfigurationError", Some(("msg", message)))
        }
        Error::UnsupportedS3AccesspointConfiguration(message) => (
            "UnsupportedS3AccesspointConfigurationError",
            Some(("msg", message)),
        ),
        Error::InvalidHostLabel(label) => ("InvalidHostLabelError", Some(("label", label))),
        Error::MissingDependency(message) => ("MissingDependencyException", Some(("msg", message))),
        Error::UnsupportedSignatureVersion(name) => (
            "UnsupportedSignatureVersionError",
            Some(("signature_version", name)),
        ),
        Error::Value(message) => return PyValueError::new_err(message),
        Error::Type(message) => return PyTypeError::new_err(message),
        Error::Overflow(message) => return PyOverflowError::new_err(message),
        Error::Memory(message) => return PyMemoryError::new_err(message),
        Error::LoneSurrogate(message) => return unencodable(py, &message),
        Error::Foreign(source) => {
            return match source.downcast::<PyErr>() {
                Ok(error) => *error,
                Err(other) => PyRuntimeError::new_err(other.to_string()),
            };
        }
    };
    made(py, class, argument).unwrap_or_else(|failure| failure)
}

/// The exception that Python raises when it encodes the string.
fn unencodable(py: Python<'_>, string: &str) -> PyErr {
    let encoded = restored(py, string).and_then(|string| string.call_method0("encode"));
    match encoded {
        Err(error) => error,
        Ok(_) => PyValueError::new_err("a string holds a lone surrogate"),
    }
}

fn made(py: Python<'_>, class: &str, argument: Option<(&str, String)>) -> PyResult<PyErr> {
    // Looked up each time: a program may import the package again, and catch the new classes.
    let make = py.import("presigned._errors")?.getattr("make")?;
    let arguments = PyDict::new(py);
    if let Some((name, string)) = argument {
        arguments.set_item(name, restored(py, &string)?)?;
    }
    Ok(PyErr::from_value(make.call((class,), Some(&arguments))?))
}
