//! Signs requests to any service: the native half of `presigned.Signer`.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyString;

use super::{clock, credentials};
use crate::credentials::{Credentials, ProvideCredentials};
use crate::error::Error;
use crate::s3::expires_in::second_of;
use crate::scratch::{Scratch, wipe};
use crate::services::{self, NamedString, Presigning, Signing, TokenPlace};
use crate::sigv4::{KeyCache, Scope, ScopedKey};

/// Signs for one service and region, with the credentials as they are at each call.
#[pyclass(subclass, frozen, module = "presigned._core")]
pub(super) struct ServiceSigner {
    #[pyo3(get)]
    service: String,
    #[pyo3(get)]
    region: String,
    credentials: Arc<dyn ProvideCredentials>,
    keys: KeyCache,
}

#[pymethods]
#[expect(
    clippy::needless_pass_by_value,
    clippy::too_many_arguments,
    reason = "pyo3 makes them for the call"
)]
impl ServiceSigner {
    #[new]
    #[pyo3(signature = (service, region, source, /))]
    fn new(service: String, region: String, source: Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(Self {
            service,
            region,
            credentials: credentials::provider(source)?,
            keys: KeyCache::new(),
        })
    }

    /// The URL, the second of the signature, and when the credentials expire.
    #[pyo3(signature = (method, url, expires_in, query, headers, token, unsigned_query, /))]
    fn presigned<'py>(
        &self,
        py: Python<'py>,
        method: &str,
        url: &str,
        expires_in: u64,
        query: Vec<NamedString>,
        headers: Vec<NamedString>,
        token: &str,
        unsigned_query: Vec<NamedString>,
    ) -> Result<(Bound<'py, PyString>, i64, Option<f64>), Error> {
        let (credentials, key) = self.key(py)?;
        let given = Presigning {
            method,
            url,
            query: &query,
            headers: &headers,
            expires_in,
            token: TokenPlace::named(token),
            unsigned_query: &unsigned_query,
        };
        let mut out = Scratch::new();
        services::presign_url(&mut out, &given, &self.service, &key)?;
        let url = PyString::from_bytes(py, out.as_bytes())?;
        if credentials.token.is_some() {
            wipe(&mut out);
        }
        Ok((url, key.at().seconds(), credentials.expiry))
    }

    /// The headers to send.
    #[pyo3(signature = (method, url, headers, body, /))]
    fn signed(
        &self,
        py: Python<'_>,
        method: &str,
        url: &str,
        headers: Vec<NamedString>,
        body: &[u8],
    ) -> Result<Vec<NamedString>, Error> {
        let (_, key) = self.key(py)?;
        let given = Signing {
            method,
            url,
            headers: &headers,
            body,
        };
        services::sign(&given, &self.service, &key)
    }
}

impl ServiceSigner {
    fn key(&self, py: Python<'_>) -> Result<(Arc<Credentials>, Arc<ScopedKey>), Error> {
        let credentials = self.credentials.credentials()?.ok_or(Error::NoCredentials)?;
        let (service, region) = (self.service.as_str(), self.region.as_str());
        let at = second_of(clock::now(py)?)?;
        let key = self.keys.key(&credentials, Scope { region, service }, at);
        Ok((credentials, key))
    }
}
