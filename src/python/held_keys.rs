//! `presigned._core.HeldKeys`: credentials that a program may set, for all clients that use them.

use std::mem;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pyo3::exceptions::{PyAttributeError, PyTypeError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

use super::errors::{foreign, raised};
use super::keys::{Keys, read_credentials};
use crate::credentials::{Credentials, ProvideCredentials, Secret};
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
#[derive(Debug)]
pub(super) struct SharedKeys {
    /// The first credentials, if they can sign.
    first: Option<Arc<Credentials>>,
    /// Whether anything was set since.
    is_set: AtomicBool,
    // Never locked while Python code runs: it might let another thread in, or fork.
    now: Mutex<CurrentKeys>,
}

#[derive(Debug, Default)]
struct CurrentKeys {
    /// Access key, secret key and token.
    values: [HeldValue; 3],
    /// The function to ask instead.
    asked: Option<Py<PyAny>>,
    /// These values as credentials, once a client has asked for them.
    credentials: Option<Arc<Credentials>>,
    /// How often a value was set.
    changes: u64,
}

#[derive(Debug, Default)]
enum HeldValue {
    /// As it was first.
    #[default]
    First,
    Set(Py<PyAny>),
    Deleted,
}

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
        let first = || read_credentials(access_key, secret_key, token, None).ok();
        let first = is_plain.then(first).flatten().map(Arc::new);
        let set = |value: Option<&Bound<'_, PyAny>>| match (&first, value) {
            (Some(_), _) => HeldValue::First,
            (None, Some(value)) => HeldValue::Set(value.clone().unbind()),
            (None, None) => HeldValue::Set(access_key.py().None()),
        };
        let values = [set(Some(access_key)), set(Some(secret_key)), set(token)];
        Self {
            held: Arc::new(SharedKeys {
                is_set: AtomicBool::new(first.is_none()),
                first,
                now: Mutex::new(CurrentKeys {
                    values,
                    ..CurrentKeys::default()
                }),
            }),
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
        self.held.set(0, HeldValue::Set(value.unbind()));
    }

    #[deleter]
    fn delete_access_key(&self) {
        self.held.set(0, HeldValue::Deleted);
    }

    /// The secret key.
    #[getter]
    fn secret_key<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.held.value(py, 1)
    }

    #[setter]
    fn set_secret_key(&self, value: Bound<'_, PyAny>) {
        self.held.set(1, HeldValue::Set(value.unbind()));
    }

    #[deleter]
    fn delete_secret_key(&self) {
        self.held.set(1, HeldValue::Deleted);
    }

    /// The session token, if the credentials are temporary.
    #[getter]
    fn token<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.held.value(py, 2)
    }

    #[setter]
    fn set_token(&self, value: Bound<'_, PyAny>) {
        self.held.set(2, HeldValue::Set(value.unbind()));
    }

    #[deleter]
    fn delete_token(&self) {
        self.held.set(2, HeldValue::Deleted);
    }

    /// Has clients sign with the `Keys` that a function returns at each call. `None` ends this.
    #[pyo3(signature = (function, /))]
    fn ask(&self, function: Option<Py<PyAny>>) {
        let mut now = self.held.now();
        let before = mem::replace(&mut now.asked, function);
        self.held.is_set.store(true, Ordering::Relaxed);
        drop(now);
        drop(before);
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
            credentials: credentials.map_err(|error| raised(py, error))?,
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
    fn now(&self) -> MutexGuard<'_, CurrentKeys> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The first credentials, as long as nothing else was set.
    fn unset(&self) -> Option<&Arc<Credentials>> {
        let is_set = self.is_set.load(Ordering::Relaxed);
        self.first.as_ref().filter(|_| !is_set)
    }

    fn value<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
        let first = match &self.now().values[at] {
            HeldValue::Set(value) => return Ok(value.bind(py).clone()),
            HeldValue::Deleted => None,
            HeldValue::First => self.first.as_ref(),
        };
        let Some(first) = first else {
            let name = NAMES[at];
            return Err(PyAttributeError::new_err(format!(
                "'Credentials' object has no attribute '{name}'"
            )));
        };
        let text = match at {
            0 => Some(first.access_key.as_str()),
            1 => Some(first.secret_key.expose()),
            _ => first.token.as_ref().map(Secret::expose),
        };
        Ok(match text {
            Some(text) => PyString::new(py, text).into_any(),
            None => py.None().into_bound(py),
        })
    }

    fn set(&self, at: usize, value: HeldValue) {
        let mut now = self.now();
        let before = (
            mem::replace(&mut now.values[at], value),
            now.credentials.take(),
        );
        now.changes = now.changes.wrapping_add(1);
        self.is_set.store(true, Ordering::Relaxed);
        drop(now);
        // A Python object may run code when it is dropped.
        drop(before);
    }

    fn credentials_now(&self, py: Python<'_>) -> Result<Arc<Credentials>, Error> {
        if let Some(first) = self.unset() {
            return Ok(Arc::clone(first));
        }
        let asked = self.now().asked.as_ref().map(|asked| asked.clone_ref(py));
        if let Some(asked) = asked {
            let keys = asked.bind(py).call0().map_err(foreign)?;
            let keys: Bound<'_, Keys> = keys.extract().map_err(foreign)?;
            return Ok(Arc::clone(&keys.get().credentials));
        }
        if let Some(credentials) = &self.now().credentials {
            return Ok(Arc::clone(credentials));
        }
        let changes = self.now().changes;
        let none = |_| py.None().into_bound(py);
        let values = [0, 1, 2].map(|at| self.value(py, at).unwrap_or_else(none));
        let [access_key, secret_key, token] = &values;
        let token = (!token.is_none()).then_some(token);
        let Ok(made) = read_credentials(access_key, secret_key, token, None) else {
            return Err(refused(py, &values));
        };
        let made = Arc::new(made);
        let mut now = self.now();
        // Another thread may have set something else meanwhile.
        if now.changes == changes {
            now.credentials = Some(Arc::clone(&made));
        }
        Ok(made)
    }
}

impl ProvideCredentials for SharedKeys {
    fn credentials(&self) -> Result<Option<Arc<Credentials>>, Error> {
        match self.unset() {
            Some(first) => Ok(Some(Arc::clone(first))),
            None => Python::attach(|py| self.credentials_now(py).map(Some)),
        }
    }

    fn other_than(&self, known: &Arc<Credentials>) -> Result<Option<Arc<Credentials>>, Error> {
        let now = match self.unset() {
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
        Err(error) => foreign(error),
        Ok(_) => Error::NoCredentials,
    }
}
