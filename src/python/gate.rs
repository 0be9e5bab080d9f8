//! Answers a call of boto3's own function, if nothing that decides the result has changed.
//!
//! Python reads a client once, finds that the core gives boto3's results for it, and puts what it has
//! read into a [`ClientFingerprint`]. Each call compares that with the client. `None` means that something
//! differs, or that a value is not plain: then Python asks the same questions one by one, finds the
//! reason and logs it.

mod answered;
mod arguments;
mod fingerprint;

use pyo3::exceptions::PyException;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyString};

use super::arguments::Given;
use super::call::PyCall;
use super::client::Client;
use super::unusual::ask;
use crate::error::Error;
pub(super) use answered::Answered;
pub(super) use fingerprint::ClientFingerprint;

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
    let answered = served_url(client, method, params, expires_in, http_method)?;
    let Some(core) = core_of(answered.as_ref()) else {
        return Ok(None);
    };
    let call = PyCall::new(client.py(), Given::of(expires_in), Given::of(http_method));
    let url = core.presigned_url(Some(method), Given::of(params), &call);
    unless_refused(client.py(), url.map(Bound::into_any))
}

/// What the core knows of such a call, if it answers it.
#[pyfunction]
#[pyo3(signature = (client, method, params, expires_in, http_method, /))]
pub(super) fn served_url<'py>(
    client: &Bound<'py, PyAny>,
    method: &Bound<'py, PyAny>,
    params: &Bound<'py, PyAny>,
    expires_in: &Bound<'py, PyAny>,
    http_method: &Bound<'py, PyAny>,
) -> PyResult<Option<Bound<'py, Answered>>> {
    // To look any other object up might run the caller's code.
    if !method.is_exact_instance_of::<PyString>() {
        return Ok(None);
    }
    served(client, Some(method), |one| {
        let is_method = http_method.is_none() || http_method.is_exact_instance_of::<PyString>();
        Ok(is_method && arguments::is_lifetime(expires_in) && one.takes(Given::of(params))?)
    })
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
    let answered = served_form(client, bucket, key, fields, conditions, expires_in)?;
    let Some(core) = core_of(answered.as_ref()) else {
        return Ok(None);
    };
    let given = [bucket, key, fields, conditions, expires_in].map(Given::of);
    let form = core.presigned_form(client.py(), given);
    unless_refused(client.py(), form.map(|(form, _)| form))
}

/// What the core knows of such a form, if it answers it.
#[pyfunction]
#[pyo3(signature = (client, bucket, key, fields, conditions, expires_in, /))]
pub(super) fn served_form<'py>(
    client: &Bound<'py, PyAny>,
    bucket: &Bound<'py, PyAny>,
    key: &Bound<'py, PyAny>,
    fields: &Bound<'py, PyAny>,
    conditions: &Bound<'py, PyAny>,
    expires_in: &Bound<'py, PyAny>,
) -> PyResult<Option<Bound<'py, Answered>>> {
    served(client, None, |one| {
        let are_plain = arguments::fit_form(key, fields, conditions);
        Ok(are_plain && arguments::is_lifetime(expires_in) && one.goes_where_it_says(bucket)?)
    })
}

/// Asks the fingerprint that a client in place keeps.
#[inline]
fn served<'py>(
    client: &Bound<'py, PyAny>,
    method: Option<&Bound<'py, PyAny>>,
    is_plain: impl FnOnce(&Answered) -> PyResult<bool>,
) -> PyResult<Option<Bound<'py, Answered>>> {
    let py = client.py();
    // It is missing if this is no client, or hides it.
    let names = client.getattr(intern!(py, "__dict__")).ok();
    let Some(Ok(names)) = names.map(Bound::cast_into_exact::<PyDict>) else {
        return Ok(None);
    };
    let kept = names.get_item(intern!(py, "_presigned_fast_path"))?;
    match kept.as_ref().map(Bound::cast::<ClientFingerprint>) {
        Some(Ok(fingerprint)) => fingerprint.get().answered(&names, method, is_plain),
        _ => Ok(None),
    }
}

fn core_of<'a>(answered: Option<&'a Bound<'_, Answered>>) -> Option<&'a Client> {
    Some(answered?.get().core.as_ref()?.get())
}

/// Raises the error of the client's own credentials, and has any other logged.
fn unless_refused<'py>(
    py: Python<'py>,
    answer: Result<Bound<'py, PyAny>, Error>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let error = match answer {
        Ok(answer) => return Ok(Some(answer)),
        Err(error) => PyErr::from(error),
    };
    if !error.is_instance_of::<PyException>(py) {
        return Err(error);
    }
    let _: Bound<'_, PyAny> = ask(py, "presigned._boto3.inplace.calls", "refuse", (error,))?;
    Ok(Some(PyBool::new(py, false).to_owned().into_any()))
}

/// What answers a URL of a client that has become a boto3 client, if nothing that decides it has changed
/// since its gate was asked.
#[pyfunction]
#[pyo3(signature = (gate, method, params, /))]
pub(super) fn covered_url<'py>(
    gate: &Bound<'py, PyAny>,
    method: Given<'_, 'py>,
    params: Given<'_, 'py>,
) -> PyResult<Option<Bound<'py, Answered>>> {
    // As above.
    match method.not_none() {
        Some(method) if method.is_exact_instance_of::<PyString>() => {
            covered(gate, Some(&method), |one| one.takes(params))
        }
        _ => Ok(None),
    }
}

/// The same for a form.
#[pyfunction]
#[pyo3(signature = (gate, bucket, /))]
pub(super) fn covered_form<'py>(
    gate: &Bound<'py, PyAny>,
    bucket: Given<'_, 'py>,
) -> PyResult<Option<Bound<'py, Answered>>> {
    let bucket = bucket.object(gate.py());
    covered(gate, None, |one| one.goes_where_it_says(&bucket))
}

fn covered<'py>(
    gate: &Bound<'py, PyAny>,
    method: Option<&Bound<'py, PyAny>>,
    is_plain: impl FnOnce(&Answered) -> PyResult<bool>,
) -> PyResult<Option<Bound<'py, Answered>>> {
    let py = gate.py();
    let coverage = gate.getattr(intern!(py, "coverage"))?;
    let client = gate.getattr(intern!(py, "theirs"))?;
    let names = client.getattr(intern!(py, "__dict__"))?;
    match (coverage.cast::<ClientFingerprint>(), names.cast_exact()) {
        (Ok(coverage), Ok(names)) => coverage.get().answered(names, method, is_plain),
        _ => Ok(None),
    }
}
