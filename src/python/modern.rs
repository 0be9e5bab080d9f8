//! A client's `presign` and `presign_post`: a URL or a form, and what its sender must know.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyType};

use super::arguments::Given;
use super::call::PyCall;
use super::client::Client;
use super::unusual::ask;
use crate::error::Error;
use crate::s3::{AdditionParts, Additions, End, MadeUrl, Mapping as _, as_bytes_are_sent, with_params};

/// It knows what to do about a request that outlives its credentials.
const EARLY: &str = "presigned._client.early_expiry";

/// A presigned URL, and the method, headers and expiry that its sender needs: a `PresignedRequest`.
#[pyfunction]
#[pyo3(signature = (client, client_method, params, expires_in, http_method, additions=None, /))]
pub(super) fn presigned_request<'py>(
    client: &Bound<'py, Client>,
    client_method: &Bound<'py, PyAny>,
    params: Given<'_, 'py>,
    expires_in: Given<'_, 'py>,
    http_method: Given<'_, 'py>,
    additions: Option<AdditionParts>,
) -> Result<Bound<'py, PyAny>, Error> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let (py, client) = (client.py(), client.get());
    let class = CLASS.import(py, "presigned._client.presigned_request", "PresignedRequest")?;
    let call = PyCall::new(py, expires_in, http_method);
    let (called, params) = (call.of(Some(client_method)), params.not_none());
    let (sites, presigner) = (&client.call_sites, &client.presigner);
    let is_asked = additions.is_some();
    let object = |method: &str, url: &str, headers: Bound<'py, PyDict>, end: Option<End>| {
        let seconds = end.map(|end| end.at.seconds());
        let made = class.call1((client_method, method, url, headers, seconds))?;
        match end {
            Some(End { is_early: true, .. }) if !is_asked => Ok(ask(py, EARLY, "noticed", (made,))?),
            _ => Ok(made),
        }
    };
    if let Some(additions) = additions.map(Additions::from) {
        let operation = client_method.operation()?;
        return with_params(operation, params.as_deref(), |params, _| {
            let made = presigner.presign_request_with(operation, params, &call, &additions)?;
            object(&made.method, &made.url, dict(py, made.headers)?, made.expires_at)
        });
    }
    let take = |made: MadeUrl<'_, _>| {
        let headers = dict(py, made.headers())?;
        object(&made.method()?, made.url, headers, Some(made.expires_at()?))
    };
    sites.answer(
        presigner,
        called,
        params.as_deref(),
        &call,
        take,
        |operation, params| {
            let (made, request) = presigner.presign_request(operation, params, &call)?;
            let headers = dict(py, made.headers)?;
            let made = object(&made.method, &made.url, headers, made.expires_at)?;
            Ok((made, request))
        },
    )
}

fn dict<N: AsRef<str>>(py: Python<'_>, headers: impl IntoIterator<Item = (N, String)>) -> PyResult<Bound<'_, PyDict>> {
    let dict = PyDict::new(py);
    for (name, value) in headers {
        dict.set_item(name.as_ref(), as_bytes_are_sent(&value))?;
    }
    Ok(dict)
}

/// A form, and its expiry: a `PresignedPost`.
#[pyfunction]
#[pyo3(signature = (client, bucket, key, fields, conditions, expires_in, /))]
pub(super) fn presigned_post<'py>(
    client: &Bound<'py, Client>,
    bucket: Given<'_, 'py>,
    key: Given<'_, 'py>,
    fields: Given<'_, 'py>,
    conditions: Given<'_, 'py>,
    expires_in: Given<'_, 'py>,
) -> PyResult<Bound<'py, PyAny>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let py = client.py();
    let class = CLASS.import(py, "presigned._client.presigned_post", "PresignedPost")?;
    let given = [bucket, key, fields, conditions, expires_in];
    let (form, end) = client.get().presigned_form(py, given)?;
    let part = |name| form.get_item(name);
    let (url, fields) = (part(intern!(py, "url"))?, part(intern!(py, "fields"))?);
    let is_early = end.is_some_and(|end| end.is_early);
    class.call1((url, fields, end.map(|end| end.at.seconds()), is_early))
}
