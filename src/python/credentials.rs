//! Credentials as Python holds them: fixed ones, those that a program may set, and those fetched again.

mod providers;

use std::sync::Arc;

use pyo3::exceptions::{PyAttributeError, PyKeyError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::credentials::renewed::RenewedCredentials;
use crate::credentials::set_parts::{self, SetParts, SetValue};
use crate::credentials::{Credentials, ProvideSessions, Secret};
use crate::error::Error;
pub(super) use providers::provider;

/// An access key pair and a token, which cannot change.
///
/// The secrets are kept in Rust, which wipes them in the end, until Python asks for them.
#[pyclass(frozen, module = "presigned._core")]
pub(super) struct FrozenCredentials {
    credentials: Arc<Credentials>,
    /// The account, where it is known.
    #[pyo3(get)]
    account_id: Option<String>,
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
    ) -> Result<Self, Error> {
        // Python's own error would carry a secret along.
        let string = |part: &Bound<'_, PyAny>| part.extract().ok();
        let credentials = Credentials::read(access_key, secret_key, token, expiry, string)?;
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
        let access_key = &self.credentials.access_key;
        format!("FrozenCredentials(access_key='{access_key}')")
    }

    #[expect(clippy::unused_self, reason = "Python calls it on an instance")]
    fn __reduce__(&self) -> PyResult<()> {
        Err(PyTypeError::new_err(
            "cannot pickle 'FrozenCredentials' object: it holds a secret key",
        ))
    }
}

impl ProvideSessions for Py<PyAny> {
    fn session(&self, bucket: &str, url: &str, region: &str) -> Result<Arc<Credentials>, Error> {
        Python::attach(|py| Ok(credentials_in(&self.bind(py).call1((bucket, url, region))?)?))
    }
}

/// Those of a `FrozenCredentials` that Python has returned.
fn credentials_in(answer: &Bound<'_, PyAny>) -> PyResult<Arc<Credentials>> {
    let frozen = answer.cast::<FrozenCredentials>()?;
    Ok(Arc::clone(&frozen.get().credentials))
}

/// The credentials of one object, which its session and its clients share.
///
/// All of them sign with what is set here from then on. boto3's clients do so too: they ask the
/// credentials object each time.
#[pyclass(frozen, module = "presigned._core")]
pub(super) struct HeldCredentials {
    parts: Arc<SetParts<Py<PyAny>>>,
    /// Which source they came from, in botocore's words.
    #[pyo3(get)]
    method: String,
}

#[pymethods]
impl HeldCredentials {
    /// Takes any objects: credentials that cannot sign are reported to the client that uses them.
    #[new]
    #[pyo3(signature = (access_key, secret_key, token=None, method="explicit", /))]
    fn new(
        py: Python<'_>,
        access_key: &Bound<'_, PyAny>,
        secret_key: &Bound<'_, PyAny>,
        token: Option<&Bound<'_, PyAny>>,
        method: &str,
    ) -> Self {
        // Any other object than a plain string is handed out again as it was given.
        let plain = |part: &Bound<'_, PyAny>| part.cast_exact::<PyString>().ok()?.extract().ok();
        let first = Credentials::read(access_key, secret_key, token, None, plain).map_err(|_| {
            let none = py.None().into_bound(py);
            [access_key, secret_key, token.unwrap_or(&none)].map(|part| part.clone().unbind())
        });
        Self {
            parts: Arc::new(SetParts::new(first)),
            method: method.to_owned(),
        }
    }

    /// The access key, the secret key or the token, if the credentials are temporary.
    fn __getitem__(&self, py: Python<'_>, name: &str) -> PyResult<Py<PyAny>> {
        let value = self.parts.part(place(name)?);
        let value = value.ok_or_else(|| Py::<PyAny>::deleted(name))?;
        Ok(value.clone_ref(py))
    }

    fn __setitem__(&self, name: &str, value: Py<PyAny>) -> PyResult<()> {
        place(name).map(|at| self.parts.set(at, Some(value)))
    }

    fn __delitem__(&self, name: &str) -> PyResult<()> {
        place(name).map(|at| self.parts.set(at, None))
    }

    /// Has clients sign with the `FrozenCredentials` of a function at each call. `None` ends this.
    #[pyo3(signature = (function, /))]
    fn ask(&self, function: Option<Py<PyAny>>) {
        self.parts.ask(function);
    }

    /// Whether they can sign.
    #[getter]
    fn is_whole(&self) -> bool {
        self.parts.current().is_ok()
    }

    /// The credentials as they are now.
    #[pyo3(signature = (account_id=None, /))]
    fn frozen(&self, account_id: Option<String>) -> Result<FrozenCredentials, Error> {
        Ok(FrozenCredentials {
            credentials: self.parts.current()?,
            account_id,
        })
    }

    #[expect(clippy::unused_self, reason = "Python calls it on an instance")]
    fn __reduce__(&self) -> PyResult<()> {
        Err(PyTypeError::new_err(
            "cannot pickle 'HeldCredentials' object: it holds a secret key",
        ))
    }
}

fn place(name: &str) -> PyResult<usize> {
    set_parts::place(name).ok_or_else(|| PyKeyError::new_err(name.to_owned()))
}

impl SetValue for Py<PyAny> {
    fn of_string(string: Option<&str>) -> Self {
        Python::attach(|py| match string.into_pyobject(py) {
            Ok(object) => object.unbind(),
        })
    }

    fn answer(&self) -> Result<Arc<Credentials>, Error> {
        Python::attach(|py| Ok(credentials_in(&self.bind(py).call0()?)?))
    }

    fn deleted(name: &str) -> Error {
        let message = format!("'Credentials' object has no attribute '{name}'");
        PyAttributeError::new_err(message).into()
    }

    fn credentials([access_key, secret_key, token]: [&Self; 3]) -> Result<Arc<Credentials>, Error> {
        Python::attach(|py| {
            // Python says why some cannot sign.
            let module = py.import("presigned._credentials")?;
            let made = module.call_method1("made_of", (access_key, secret_key, token))?;
            Ok(credentials_in(&made)?)
        })
    }
}

/// The latest answer of a credentials object, which its clients share.
#[pyclass(frozen, module = "presigned._core")]
#[derive(Default)]
pub(super) struct LatestCredentials(Arc<RenewedCredentials>);

#[pymethods]
impl LatestCredentials {
    #[new]
    #[pyo3(signature = ())]
    fn new() -> Self {
        Self::default()
    }

    /// Has every client ask again before it signs.
    fn forget(&self) {
        self.0.forget();
    }
}
