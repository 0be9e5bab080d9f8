//! What a client's `presign` and `presign_post` need: a URL or a form, and what its sender must know.

use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::arguments::Given;
use super::call::PyCall;
use super::client::Client;
use super::form::FormArguments;
use super::params::{operation, with_params};
use crate::clock::Timestamp;
use crate::error::Error;
use crate::s3::as_bytes_are_sent;

/// Method, URL, headers to send, and the expiry in seconds since 1970, if there is one.
type RequestParts<'py> = (String, String, Bound<'py, PyDict>, Option<i64>);

/// A presigned URL, and the method, headers and expiry that its sender needs.
#[pyfunction]
#[pyo3(signature = (client, client_method, params, expires_in, http_method, /))]
pub(super) fn presigned_request<'py>(
    py: Python<'py>,
    client: &Bound<'py, Client>,
    client_method: &Bound<'py, PyAny>,
    params: &Bound<'py, PyAny>,
    expires_in: &Bound<'py, PyAny>,
    http_method: &Bound<'py, PyAny>,
) -> PyResult<RequestParts<'py>> {
    let expires_in = given(expires_in).not_none();
    let call = PyCall::new(py, expires_in, given(http_method).not_none());
    let operation = operation(client_method)?;
    let presigner = &client.get().presigner;
    let made = with_params(operation, given(params), |params, _| {
        presigner.presign_request(operation, params, &call)
    })?;
    let headers = PyDict::new(py);
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
    bucket: &Bound<'py, PyAny>,
    key: &Bound<'py, PyAny>,
    fields: &Bound<'py, PyAny>,
    conditions: &Bound<'py, PyAny>,
    expires_in: &Bound<'py, PyAny>,
) -> Result<(Bound<'py, PyAny>, Option<i64>), Error> {
    let arguments = FormArguments {
        bucket: bucket.clone(),
        key: key.clone(),
        fields: given(fields),
        conditions: given(conditions),
        expires_in: given(expires_in),
    };
    let client = client.get();
    let (form, end) = client.forms.presign(&client.presigner, &arguments)?;
    Ok((form, end.map(Timestamp::seconds)))
}

fn given<'a, 'py>(object: &'a Bound<'py, PyAny>) -> Given<'a, 'py> {
    Given(Some(object.as_borrowed()))
}
