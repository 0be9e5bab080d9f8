//! `presigned._core.AskedCredentials`: those of a client in place, whose own object is asked for each URL.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pyo3::exceptions::PyException;
use pyo3::intern;
use pyo3::prelude::*;

use super::frozen::credentials_in;
use crate::credentials::{Credentials, ProvideCredentials};
use crate::error::Error;

/// Marks a credentials object of Python whose `provider` the core asks itself.
#[pyclass(frozen, module = "presigned._core")]
pub(in crate::python) struct AskedCredentials;

#[pymethods]
impl AskedCredentials {
    #[new]
    #[pyo3(signature = ())]
    fn new() -> Self {
        Self
    }
}

/// Calls the provider's `get_frozen_credentials`. Only new strings are handed to Python.
pub(super) struct AskedProvider {
    source: Py<PyAny>,
    provider: Py<PyAny>,
    // Never locked while Python code runs.
    latest: Mutex<Option<Answer>>,
}

struct Answer {
    /// Access key, secret key and token, as the provider showed them.
    shown: [Py<PyAny>; 3],
    credentials: Arc<Credentials>,
}

impl AskedProvider {
    pub(super) fn new(source: Bound<'_, PyAny>) -> PyResult<Self> {
        let provider = source.getattr(intern!(source.py(), "provider"))?;
        Ok(Self {
            provider: provider.unbind(),
            source: source.unbind(),
            latest: Mutex::default(),
        })
    }

    fn ask(&self, py: Python<'_>) -> PyResult<Arc<Credentials>> {
        let ask = intern!(py, "get_frozen_credentials");
        let frozen = match self.provider.bind(py).call_method0(ask) {
            Err(error) if error.is_instance_of::<PyException>(py) => {
                // It raises an error that says whose this one is.
                self.source.bind(py).call_method1("fail", (error,))?;
                return Err(PyException::new_err("fail() must raise"));
            }
            asked => asked?,
        };
        let shown = [
            frozen.getattr(intern!(py, "access_key"))?,
            frozen.getattr(intern!(py, "secret_key"))?,
            frozen.getattr(intern!(py, "token"))?,
        ];
        if let Some(latest) = &*self.latest() {
            let mut pairs = latest.shown.iter().zip(&shown);
            if pairs.all(|(known, one)| known.is(one)) {
                return Ok(Arc::clone(&latest.credentials));
            }
        }
        let [access_key, secret_key, token] = &shown;
        let given = (access_key, secret_key, token);
        let mut credentials = credentials_in(&self.source.bind(py).call_method1("answer", given)?)?;
        let mut latest = self.latest();
        if let Some(known) = &*latest
            && known.credentials.same_as(&credentials)
        {
            // The signing key that was derived from them is found by this pointer first.
            credentials = Arc::clone(&known.credentials);
        }
        let before = latest.replace(Answer {
            shown: shown.map(Bound::unbind),
            credentials: Arc::clone(&credentials),
        });
        drop(latest);
        // A Python object may run code when it is dropped.
        drop(before);
        Ok(credentials)
    }

    fn latest(&self) -> MutexGuard<'_, Option<Answer>> {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ProvideCredentials for AskedProvider {
    fn credentials(&self) -> Result<Option<Arc<Credentials>>, Error> {
        Python::attach(|py| Ok(self.ask(py).map(Some)?))
    }
}
