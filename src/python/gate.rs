//! Answers a call of boto3's own function, if nothing that decides the result has changed.
//!
//! Python reads a client once, finds that the core gives boto3's results for it, and puts what it has
//! read into a [`Fingerprint`]. Each call compares that with the client. `None` means that something
//! differs, or that a value is not plain: then Python asks the same questions one by one, finds the
//! reason and logs it.

mod answers;
mod arguments;
mod asked_keys;
mod fingerprint;
mod whole;

use pyo3::exceptions::PyException;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict};

use super::arguments::Given;
use super::call::PyCall;
use super::form::FormArguments;
use crate::s3::Called;
pub(super) use asked_keys::{AskedCredentials, AskedKeys};
pub(super) use fingerprint::Fingerprint;

/// The URL of a call that replaces boto3's. `None` if Python must look at it, and `False` if the core
/// has refused it, so that boto3 answers.
#[pyfunction]
#[pyo3(signature = (client, method, params, expires_in, http_method, /))]
pub(super) fn url_in_place<'py>(
    client: &Bound<'py, PyAny>,
    method: &Bound<'py, PyAny>,
    params: &Bound<'py, PyAny>,
    expires_in: &Bound<'py, PyAny>,
    http_method: &Bound<'py, PyAny>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let py = client.py();
    let Some(names) = names_of(client) else {
        return Ok(None);
    };
    let Some(fingerprint) = fingerprint_in(&names)? else {
        return Ok(None);
    };
    if !(arguments::is_lifetime(expires_in) && arguments::is_string_or_none(http_method)) {
        return Ok(None);
    }
    let fingerprint = fingerprint.get();
    let Some(core) = fingerprint.core_of_url(&names, method, params)? else {
        return Ok(None);
    };
    let given = |object| Given(Some(Bound::as_borrowed(object)));
    let (expires_in, http_method) = (given(expires_in).not_none(), given(http_method).not_none());
    let called = Called {
        client_method: Some(method),
        expires_in: expires_in.as_deref(),
        http_method: http_method.as_deref(),
    };
    let call = PyCall::new(py, expires_in, http_method);
    match core.get().presigned_url(called, given(params), &call) {
        Ok(url) => Ok(Some(url.into_any())),
        Err(error) => refused(py, error).map(Some),
    }
}

/// The form of a call that replaces boto3's, in the same way.
#[pyfunction]
#[pyo3(signature = (client, bucket, key, fields, conditions, expires_in, /))]
pub(super) fn form_in_place<'py>(
    client: &Bound<'py, PyAny>,
    bucket: &Bound<'py, PyAny>,
    key: &Bound<'py, PyAny>,
    fields: &Bound<'py, PyAny>,
    conditions: &Bound<'py, PyAny>,
    expires_in: &Bound<'py, PyAny>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let py = client.py();
    let Some(names) = names_of(client) else {
        return Ok(None);
    };
    let Some(fingerprint) = fingerprint_in(&names)? else {
        return Ok(None);
    };
    if !(arguments::is_lifetime(expires_in) && arguments::fit_form(key, fields, conditions)) {
        return Ok(None);
    }
    let Some(core) = fingerprint.get().core_of_form(&names, bucket)? else {
        return Ok(None);
    };
    let given = |object| Given(Some(Bound::as_borrowed(object)));
    let arguments = FormArguments {
        bucket: bucket.clone(),
        key: key.clone(),
        fields: given(fields),
        conditions: given(conditions),
        expires_in: given(expires_in),
    };
    let core = core.get();
    match core.forms.presign(&core.presigner, &arguments) {
        Ok((form, _)) => Ok(Some(form.into_any())),
        Err(error) => refused(py, error.into()).map(Some),
    }
}

/// The `__dict__` of a client; `None` if it is no client, or hides it.
fn names_of<'py>(client: &Bound<'py, PyAny>) -> Option<Bound<'py, PyDict>> {
    let names = client.getattr(intern!(client.py(), "__dict__")).ok()?;
    names.cast_into_exact().ok()
}

/// What Python has read of a client, which the client keeps.
fn fingerprint_in<'py>(names: &Bound<'py, PyDict>) -> PyResult<Option<Bound<'py, Fingerprint>>> {
    let found = names.get_item(intern!(names.py(), "_presigned_fast_path"))?;
    Ok(found.and_then(|found| found.cast_into().ok()))
}

/// Raises the error of the client's own credentials, and has any other logged.
#[cold]
fn refused(py: Python<'_>, error: PyErr) -> PyResult<Bound<'_, PyAny>> {
    if !error.is_instance_of::<PyException>(py) {
        return Err(error);
    }
    py.import("presigned._boto3.inplace.calls")?
        .call_method1("refuse", (error,))?;
    Ok(PyBool::new(py, false).to_owned().into_any())
}
