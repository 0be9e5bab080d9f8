//! `presigned._core.FrozenCredentials`: credentials as Python holds them.

use std::sync::Arc;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

use crate::credentials::{Credentials, Secret};

/// An access key pair and a token, which cannot change.
///
/// The secrets are kept in Rust, which wipes them in the end, until Python asks for them.
#[pyclass(frozen, module = "presigned._core")]
pub(in crate::python) struct FrozenCredentials {
    pub(super) credentials: Arc<Credentials>,
    /// The account, where it is known.
    #[pyo3(get)]
    pub(super) account_id: Option<String>,
}

#[pymethods]
impl FrozenCredentials {
    #[new]
    #[pyo3(signature = (access_key, secret_key, token=None, account_id=None, expiry=None))]
    fn new(
        access_key: &Bound<'_, PyAny>,
        secret_key: &Bound<'_, PyAny>,
        token: Option<&Bound<'_, PyAny>>,
        account_id: Option<String>,
        expiry: Option<f64>,
    ) -> PyResult<Self> {
        let credentials = read_credentials(access_key, secret_key, token, expiry)?;
        Ok(Self {
            credentials: Arc::new(credentials),
            account_id,
        })
    }

    /// The access key.
    #[getter]
    fn access_key(&self) -> &str {
        &self.credentials.access_key
    }

    /// The secret key.
    #[getter]
    fn secret_key(&self) -> &str {
        self.credentials.secret_key.expose()
    }

    /// The session token, if the credentials are temporary.
    #[getter]
    fn token(&self) -> Option<&str> {
        self.credentials.token.as_ref().map(Secret::expose)
    }

    /// The expiry, in seconds since 1970, if there is one.
    #[getter]
    fn expiry(&self) -> Option<f64> {
        self.credentials.expiry
    }

    fn __repr__(&self) -> String {
        format!(
            "FrozenCredentials(access_key='{}')",
            self.credentials.access_key
        )
    }

    #[expect(clippy::unused_self, reason = "Python calls it on an instance")]
    fn __reduce__(&self) -> PyResult<()> {
        Err(PyTypeError::new_err(
            "cannot pickle 'FrozenCredentials' object: it holds a secret key",
        ))
    }
}

/// Those of a `FrozenCredentials` that Python has returned.
pub(super) fn credentials_in(answer: &Bound<'_, PyAny>) -> PyResult<Arc<Credentials>> {
    let frozen = answer.cast::<FrozenCredentials>()?;
    Ok(Arc::clone(&frozen.get().credentials))
}

/// Credentials of strings. Python's own error would carry a secret along.
pub(super) fn read_credentials(
    access_key: &Bound<'_, PyAny>,
    secret_key: &Bound<'_, PyAny>,
    token: Option<&Bound<'_, PyAny>>,
    expiry: Option<f64>,
) -> PyResult<Credentials> {
    let string = |name: &str, given: &Bound<'_, PyAny>| -> PyResult<String> {
        let refused =
            |_| PyValueError::new_err(format!("{name} must be a string that UTF-8 can hold"));
        given.extract().map_err(refused)
    };
    Ok(Credentials {
        access_key: string("access_key", access_key)?,
        secret_key: Secret::new(string("secret_key", secret_key)?),
        token: token
            .map(|token| string("token", token).map(Secret::new))
            .transpose()?,
        expiry,
    })
}
