//! What a client's `presign` and `presign_post` need: a URL or a form, and what its sender must know.

use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::arguments::Given;
use super::call::PyCall;
use super::client::Client;
use super::operation::operation;
use crate::clock::Timestamp;
use crate::error::Error;
use crate::s3::{as_bytes_are_sent, with_params};

/// Method, URL, headers to send, and the expiry in seconds since 1970, if there is one.
type RequestParts<'py> = (String, String, Bound<'py, PyDict>, Option<i64>);

/// A presigned URL, and the method, headers and expiry that its sender needs.
#[pyfunction]
#[pyo3(signature = (client, client_method, params, expires_in, http_method, /))]
pub(super) fn presigned_request<'py>(
    client: &Bound<'py, Client>,
    client_method: &Bound<'py, PyAny>,
    params: Given<'_, 'py>,
    expires_in: Given<'_, 'py>,
    http_method: Given<'_, 'py>,
) -> PyResult<RequestParts<'py>> {
    let call = PyCall::new(client.py(), expires_in, http_method);
    let operation = operation(client_method)?;
    let presigner = &client.get().presigner;
    let made = with_params(operation, params.not_none().as_deref(), |params, _| {
        presigner.presign_request(operation, params, &call)
    })?;
    let headers = PyDict::new(client.py());
    for (name, value) in made.headers {
        headers.set_item(name, as_bytes_are_sent(&value))?;
    }
    let expires_at = made.expires_at.map(Timestamp::seconds);
    Ok((made.method, made.url, headers, expires_at))
}

/// A form as `generate_presigned_post` returns it, and its expiry, if there is one.
#[pyfunction]
#[pyo3(signature = (client, bucket, key, fields, conditions, expires_in, /))]
pub(super) fn presigned_post<'py>(
    client: &Bound<'py, Client>,
    bucket: Given<'_, 'py>,
    key: Given<'_, 'py>,
    fields: Given<'_, 'py>,
    conditions: Given<'_, 'py>,
    expires_in: Given<'_, 'py>,
) -> Result<(Bound<'py, PyAny>, Option<i64>), Error> {
    let given = [bucket, key, fields, conditions, expires_in];
    let (form, end) = client.get().presigned_form(client.py(), given)?;
    Ok((form, end.map(Timestamp::seconds)))
}
