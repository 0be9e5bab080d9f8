//! `presigned._core.HeldKeys`: credentials that a program may set, for all clients that use them.

use std::sync::Arc;

use pyo3::exceptions::{PyAttributeError, PyTypeError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

use super::keys::{Keys, read_credentials};
use crate::credentials::set_parts::{Part, SetParts};
use crate::credentials::{Credentials, ProvideCredentials};
use crate::error::Error;

/// The credentials of one object, which its session and its clients share.
///
/// All of them sign with what is set here from then on. boto3's clients do so too: they ask the
/// credentials object each time.
#[pyclass(frozen, module = "presigned._core")]
pub(super) struct HeldKeys {
    held: Arc<SharedKeys>,
    /// Which source they came from, in botocore's words.
    #[pyo3(get)]
    method: String,
}

/// The part that the clients hold.
pub(super) struct SharedKeys(SetParts<Py<PyAny>>);

const NAMES: [&str; 3] = ["access_key", "secret_key", "token"];

#[pymethods]
impl HeldKeys {
    /// Takes any objects: credentials that cannot sign are reported to the client that uses them.
    #[new]
    #[pyo3(signature = (access_key, secret_key, token=None, method="explicit", /))]
    fn new(
        access_key: &Bound<'_, PyAny>,
        secret_key: &Bound<'_, PyAny>,
        token: Option<&Bound<'_, PyAny>>,
        method: &str,
    ) -> Self {
        // Any other object than a plain string is handed out again as it was given.
        let is_plain = [Some(access_key), Some(secret_key), token]
            .into_iter()
            .flatten()
            .all(PyAnyMethods::is_exact_instance_of::<PyString>);
        let read = || read_credentials(access_key, secret_key, token, None).ok();
        let first = is_plain.then(read).flatten().ok_or_else(|| {
            let none = access_key.py().None().into_bound(access_key.py());
            [access_key, secret_key, token.unwrap_or(&none)].map(|part| part.clone().unbind())
        });
        Self {
            held: Arc::new(SharedKeys(SetParts::new(first))),
            method: method.to_owned(),
        }
    }

    /// The access key.
    #[getter]
    fn access_key<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.held.value(py, 0)
    }

    #[setter]
    fn set_access_key(&self, value: Bound<'_, PyAny>) {
        self.held.0.set(0, Some(value.unbind()));
    }

    #[deleter]
    fn delete_access_key(&self) {
        self.held.0.set(0, None);
    }

    /// The secret key.
    #[getter]
    fn secret_key<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.held.value(py, 1)
    }

    #[setter]
    fn set_secret_key(&self, value: Bound<'_, PyAny>) {
        self.held.0.set(1, Some(value.unbind()));
    }

    #[deleter]
    fn delete_secret_key(&self) {
        self.held.0.set(1, None);
    }

    /// The session token, if the credentials are temporary.
    #[getter]
    fn token<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.held.value(py, 2)
    }

    #[setter]
    fn set_token(&self, value: Bound<'_, PyAny>) {
        self.held.0.set(2, Some(value.unbind()));
    }

    #[deleter]
    fn delete_token(&self) {
        self.held.0.set(2, None);
    }

    /// Has clients sign with the `Keys` that a function returns at each call. `None` ends this.
    #[pyo3(signature = (function, /))]
    fn ask(&self, function: Option<Py<PyAny>>) {
        self.held.0.ask(function);
    }

    /// Whether they can sign.
    #[getter]
    fn is_whole(&self, py: Python<'_>) -> bool {
        self.held.credentials_now(py).is_ok()
    }

    /// The credentials as they are now.
    #[pyo3(signature = (account_id=None, /))]
    fn keys(&self, py: Python<'_>, account_id: Option<String>) -> PyResult<Keys> {
        let credentials = self.held.credentials_now(py);
        Ok(Keys {
            credentials: credentials?,
            account_id,
        })
    }

    #[expect(clippy::unused_self, reason = "Python calls it on an instance")]
    fn __repr__(&self) -> &'static str {
        "HeldKeys(…)"
    }

    #[expect(clippy::unused_self, reason = "Python calls it on an instance")]
    fn __reduce__(&self) -> PyResult<()> {
        Err(PyTypeError::new_err(
            "cannot pickle 'HeldKeys' object: it holds a secret key",
        ))
    }
}

impl HeldKeys {
    pub(super) fn shared(&self) -> Arc<SharedKeys> {
        Arc::clone(&self.held)
    }
}

impl SharedKeys {
    fn value<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
        match self.0.part(at) {
            Part::Set(value) => Ok(value.bind(py).clone()),
            Part::First(Some(string)) => Ok(PyString::new(py, string).into_any()),
            Part::First(None) => Ok(py.None().into_bound(py)),
            Part::Deleted => Err(PyAttributeError::new_err(format!(
                "'Credentials' object has no attribute '{}'",
                NAMES[at]
            ))),
        }
    }

    fn credentials_now(&self, py: Python<'_>) -> Result<Arc<Credentials>, Error> {
        let ask = |function: &Py<PyAny>| {
            let keys: Bound<'_, Keys> = function.bind(py).call0()?.extract()?;
            Ok(Arc::clone(&keys.get().credentials))
        };
        let make = || {
            let none = |_| py.None().into_bound(py);
            let values = [0, 1, 2].map(|at| self.value(py, at).unwrap_or_else(none));
            let [access_key, secret_key, token] = &values;
            let token = (!token.is_none()).then_some(token);
            let made = read_credentials(access_key, secret_key, token, None);
            made.map_err(|_| refused(py, &values))
        };
        self.0.credentials(ask, make)
    }
}

impl ProvideCredentials for SharedKeys {
    fn credentials(&self) -> Result<Option<Arc<Credentials>>, Error> {
        match self.0.unset() {
            Some(first) => Ok(Some(Arc::clone(first))),
            None => Python::attach(|py| self.credentials_now(py).map(Some)),
        }
    }

    fn other_than(&self, known: &Arc<Credentials>) -> Result<Option<Arc<Credentials>>, Error> {
        let now = match self.0.unset() {
            Some(first) if Arc::ptr_eq(first, known) => return Ok(None),
            Some(first) => Arc::clone(first),
            None => Python::attach(|py| self.credentials_now(py))?,
        };
        Ok((!Arc::ptr_eq(&now, known)).then_some(now))
    }
}

/// Why these cannot sign: Python has the classes.
fn refused(py: Python<'_>, values: &[Bound<'_, PyAny>; 3]) -> Error {
    let said = PyTuple::new(py, values)
        .and_then(|values| Ok((py.import("presigned._credentials")?, values)))
        .and_then(|(module, values)| module.call_method1(intern!(py, "refuse"), values));
    match said {
        Err(error) => error.into(),
        Ok(_) => Error::NoCredentials,
    }
}
