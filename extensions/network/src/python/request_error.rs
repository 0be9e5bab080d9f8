//! `presigned._network.RequestError`: a failed request. The facade turns it into boto3's exception.

use pyo3::create_exception;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;

use crate::Failure;

create_exception!(
    presigned._network,
    RequestError,
    PyException,
    "A service was asked for credentials, and none came back."
);

/// The exception with all that is known of the failure.
pub(super) fn raised(py: Python<'_>, failure: &Failure) -> PyErr {
    let error = RequestError::new_err(failure.to_string());
    let value = error.value(py);
    let told = || -> PyResult<()> {
        value.setattr("kind", failure.kind.name())?;
        value.setattr("code", failure.code.as_deref())?;
        value.setattr("message", &failure.message)?;
        value.setattr("reason", failure.reason.as_deref())?;
        value.setattr("status", failure.status)?;
        value.setattr("request_id", failure.request_id.as_deref())?;
        value.setattr("attempts", failure.attempts)?;
        value.setattr("endpoint", failure.endpoint.as_deref())
    };
    match told() {
        Ok(()) => error,
        Err(other) => other,
    }
}
