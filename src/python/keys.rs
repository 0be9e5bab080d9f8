//! `presigned._core.Keys`: credentials as Python holds them, and the ones that a client asks Python for.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;

use super::clock;
use super::errors::foreign;
use crate::credentials::{Credentials, ProvideCredentials, Secret};
use crate::error::Error;

/// An access key, its secret and its token; they cannot change.
///
/// The secret and the token stay on this side, where they are wiped in the end, until Python asks
/// for them.
#[pyclass(frozen, module = "presigned._core")]
pub(super) struct Keys {
    pub(super) credentials: Arc<Credentials>,
    /// The account, where it is known.
    #[pyo3(get)]
    pub(super) account_id: Option<String>,
}

#[pymethods]
impl Keys {
    #[new]
    #[pyo3(signature = (access_key, secret_key, token=None, account_id=None, expiry=None))]
    fn new(
        access_key: &Bound<'_, PyAny>,
        secret_key: &Bound<'_, PyAny>,
        token: Option<&Bound<'_, PyAny>>,
        account_id: Option<String>,
        expiry: Option<f64>,
    ) -> PyResult<Self> {
        Ok(Self {
            credentials: Arc::new(Credentials {
                access_key: key("access_key", access_key)?,
                secret_key: Secret::new(key("secret_key", secret_key)?),
                token: token
                    .map(|token| key("token", token))
                    .transpose()?
                    .map(Secret::new),
                expiry,
            }),
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

    /// The session token, if the keys are those of a session.
    #[getter]
    fn token(&self) -> Option<&str> {
        self.credentials.token.as_ref().map(Secret::expose)
    }

    /// When they stop working, in seconds since 1970; `None` if they do not.
    #[getter]
    fn expiry(&self) -> Option<f64> {
        self.credentials.expiry
    }

    fn __repr__(&self) -> String {
        format!("Keys(access_key='{}')", self.credentials.access_key)
    }

    #[expect(clippy::unused_self, reason = "Python calls it on an instance")]
    fn __reduce__(&self) -> PyResult<()> {
        Err(PyTypeError::new_err(
            "cannot pickle 'Keys' object: it holds a secret key",
        ))
    }
}

/// A key's text; Python's own error would carry the key along.
pub(super) fn key(name: &str, given: &Bound<'_, PyAny>) -> PyResult<String> {
    given
        .extract()
        .map_err(|_| PyValueError::new_err(format!("{name} must be text that UTF-8 can carry")))
}

/// Credentials that may change: Python is asked for them when they are due.
///
/// `source.current()` returns the keys to sign with, and the instant after which it wants to be
/// asked again, in seconds since 1970.
pub(super) struct LiveCredentials {
    source: Py<PyAny>,
    // Never held while Python runs, which might let another thread in, or fork.
    latest: Mutex<Option<Latest>>,
}

struct Latest {
    credentials: Arc<Credentials>,
    due: f64,
}

impl LiveCredentials {
    pub(super) fn new(source: Py<PyAny>) -> Self {
        Self {
            source,
            latest: Mutex::new(None),
        }
    }

    /// The credentials of last time, unless they are due.
    fn latest(&self, py: Python<'_>) -> Result<Option<Arc<Credentials>>, Error> {
        let (credentials, due) = match &*self.latest.lock().unwrap_or_else(PoisonError::into_inner)
        {
            Some(latest) => (Arc::clone(&latest.credentials), latest.due),
            None => return Ok(None),
        };
        // The clock is asked where it matters only.
        let is_due = match due {
            f64::INFINITY => false,
            f64::NEG_INFINITY => true,
            _ => clock::now(py).map_err(foreign)? > due,
        };
        Ok((!is_due).then_some(credentials))
    }

    fn ask(&self, py: Python<'_>) -> Result<Arc<Credentials>, Error> {
        let answer = self
            .source
            .bind(py)
            .call_method0(intern!(py, "current"))
            .map_err(foreign)?;
        let (keys, due): (Bound<'_, Keys>, f64) = answer.extract().map_err(foreign)?;
        let mut credentials = Arc::clone(&keys.get().credentials);
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = &*latest
            && known.credentials.same_as(&credentials)
            && known.credentials.expiry == credentials.expiry
        {
            // The signing key that was derived from them is found by this pointer first.
            credentials = Arc::clone(&known.credentials);
        }
        *latest = Some(Latest {
            credentials: Arc::clone(&credentials),
            due,
        });
        Ok(credentials)
    }
}

impl ProvideCredentials for LiveCredentials {
    fn credentials(&self) -> Result<Option<Arc<Credentials>>, Error> {
        Python::attach(|py| match self.latest(py)? {
            Some(credentials) => Ok(Some(credentials)),
            None => self.ask(py).map(Some),
        })
    }
}

impl fmt::Debug for LiveCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LiveCredentials(…)")
    }
}
