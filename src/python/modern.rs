//! What a client's `presign` and `presign_post` need: a URL or a form, and what its sender must know.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use super::arguments::Given;
use super::call::PyCall;
use super::client::Client;
use super::errors::raised;
use super::form::{self, FormArguments};
use super::mapping::by_methods;
use super::params::{Entries, ParamList, operation, read_entries, read_params};
use crate::clock::Timestamp;
use crate::error::Error;
use crate::s3::PresignedRequest;

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
    let made = request(client.get(), client_method, params, &call);
    let made = made.map_err(|error| raised(py, error))?;
    let headers = PyDict::new(py);
    for (name, value) in made.headers {
        headers.set_item(name, as_bytes_are_sent(py, &value))?;
    }
    let expires_at = made.expires_at.map(Timestamp::seconds);
    Ok((made.method, made.url, headers, expires_at))
}

fn request(
    client: &Client,
    client_method: &Bound<'_, PyAny>,
    params: &Bound<'_, PyAny>,
    call: &PyCall<'_, '_>,
) -> Result<PresignedRequest, Error> {
    let operation = operation(client_method)?;
    let mut entries = Entries::new();
    if let Some(mapping) = read_entries(&mut entries, given(params)) {
        return by_methods(operation, &mapping, |given| {
            client.presigner.presign_request(operation, given, call)
        });
    }
    let mut params = ParamList::new();
    read_params(&mut params, operation, &entries)?;
    client
        .presigner
        .presign_request(operation, &&params[..], call)
}

/// A form as `generate_presigned_post` returns it, and its expiry, if there is one.
#[pyfunction]
#[pyo3(signature = (client, bucket, key, fields, conditions, expires_in, /))]
pub(super) fn presigned_post<'py>(
    py: Python<'py>,
    client: &Bound<'py, Client>,
    bucket: &Bound<'py, PyAny>,
    key: &Bound<'py, PyAny>,
    fields: &Bound<'py, PyAny>,
    conditions: &Bound<'py, PyAny>,
    expires_in: &Bound<'py, PyAny>,
) -> PyResult<(Bound<'py, PyDict>, Option<i64>)> {
    let arguments = FormArguments {
        bucket: bucket.clone(),
        key: key.clone(),
        fields: given(fields),
        conditions: given(conditions),
        expires_in: given(expires_in),
    };
    let client = client.get();
    let made = form::presign(&arguments, &client.presigner, &client.forms);
    let (form, end) = made.map_err(|error| raised(py, error))?;
    Ok((form, end.map(Timestamp::seconds)))
}

fn given<'a, 'py>(object: &'a Bound<'py, PyAny>) -> Given<'a, 'py> {
    Given(Some(object.as_borrowed()))
}

/// The string whose characters are the bytes of `value` in UTF-8, which are signed. HTTP clients and
/// browsers send each character of a header as one byte.
fn as_bytes_are_sent<'py>(py: Python<'py>, value: &str) -> Bound<'py, PyString> {
    if value.is_ascii() {
        return PyString::new(py, value);
    }
    let bytes: String = value.bytes().map(char::from).collect();
    PyString::new(py, &bytes)
}
