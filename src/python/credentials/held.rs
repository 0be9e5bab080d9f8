//! `presigned._core.HeldCredentials`: those that a program may set, for all clients that use them.

use std::sync::Arc;

use pyo3::exceptions::{PyAttributeError, PyKeyError, PyTypeError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

use super::frozen::{FrozenCredentials, credentials_in, read_credentials};
use crate::credentials::set_parts::{Part, SetParts};
use crate::credentials::{Credentials, ProvideCredentials};
use crate::error::Error;

/// The credentials of one object, which its session and its clients share.
///
/// All of them sign with what is set here from then on. boto3's clients do so too: they ask the
/// credentials object each time.
#[pyclass(frozen, module = "presigned._core")]
pub(in crate::python) struct HeldCredentials {
    parts: Arc<SetParts<Py<PyAny>>>,
    /// Which source they came from, in botocore's words.
    #[pyo3(get)]
    method: String,
}

const NAMES: [&str; 3] = ["access_key", "secret_key", "token"];

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
        let is_plain = |part: &Bound<'_, PyAny>| part.is_exact_instance_of::<PyString>();
        let are_plain = is_plain(access_key) && is_plain(secret_key) && token.is_none_or(is_plain);
        let read = || read_credentials(access_key, secret_key, token, None).ok();
        let first = are_plain.then(read).flatten().ok_or_else(|| {
            let none = py.None().into_bound(py);
            [access_key, secret_key, token.unwrap_or(&none)].map(|part| part.clone().unbind())
        });
        Self {
            parts: Arc::new(SetParts::new(first)),
            method: method.to_owned(),
        }
    }

    /// The access key, the secret key or the token, if the credentials are temporary.
    fn __getitem__<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        value(&self.parts, py, place(name)?)
    }

    fn __setitem__(&self, name: &str, value: Py<PyAny>) -> PyResult<()> {
        self.parts.set(place(name)?, Some(value));
        Ok(())
    }

    fn __delitem__(&self, name: &str) -> PyResult<()> {
        self.parts.set(place(name)?, None);
        Ok(())
    }

    /// Has clients sign with the `FrozenCredentials` that a function returns at each call. `None`
    /// ends this.
    #[pyo3(signature = (function, /))]
    fn ask(&self, function: Option<Py<PyAny>>) {
        self.parts.ask(function);
    }

    /// Whether they can sign.
    #[getter]
    fn is_whole(&self, py: Python<'_>) -> bool {
        current(&self.parts, py).is_ok()
    }

    /// The credentials as they are now.
    #[pyo3(signature = (account_id=None, /))]
    fn frozen(&self, py: Python<'_>, account_id: Option<String>) -> PyResult<FrozenCredentials> {
        Ok(FrozenCredentials {
            credentials: current(&self.parts, py)?,
            account_id,
        })
    }

    #[expect(clippy::unused_self, reason = "Python calls it on an instance")]
    fn __repr__(&self) -> &'static str {
        "HeldCredentials(…)"
    }

    #[expect(clippy::unused_self, reason = "Python calls it on an instance")]
    fn __reduce__(&self) -> PyResult<()> {
        Err(PyTypeError::new_err(
            "cannot pickle 'HeldCredentials' object: it holds a secret key",
        ))
    }
}

impl HeldCredentials {
    /// The part that the clients hold.
    pub(super) fn shared(&self) -> Arc<dyn ProvideCredentials> {
        Arc::<SetParts<Py<PyAny>>>::clone(&self.parts)
    }
}

fn place(name: &str) -> PyResult<usize> {
    let place = NAMES.iter().position(|known| *known == name);
    place.ok_or_else(|| PyKeyError::new_err(name.to_owned()))
}

fn value<'py>(
    parts: &SetParts<Py<PyAny>>,
    py: Python<'py>,
    at: usize,
) -> PyResult<Bound<'py, PyAny>> {
    match parts.part(at) {
        Part::Set(value) => Ok(value.bind(py).clone()),
        Part::First(Some(string)) => Ok(PyString::new(py, string).into_any()),
        Part::First(None) => Ok(py.None().into_bound(py)),
        Part::Deleted => Err(PyAttributeError::new_err(format!(
            "'Credentials' object has no attribute '{}'",
            NAMES[at]
        ))),
    }
}

fn current(parts: &SetParts<Py<PyAny>>, py: Python<'_>) -> Result<Arc<Credentials>, Error> {
    let ask = |function: &Py<PyAny>| Ok(credentials_in(&function.bind(py).call0()?)?);
    let make = || {
        let none = |_| py.None().into_bound(py);
        let values = [0, 1, 2].map(|at| value(parts, py, at).unwrap_or_else(none));
        let [access_key, secret_key, token] = &values;
        let token = Some(token).filter(|token| !token.is_none());
        let made = read_credentials(access_key, secret_key, token, None);
        made.map_err(|_| refused(py, &values))
    };
    parts.credentials(ask, make)
}

/// Why these cannot sign: Python has the classes.
fn refused(py: Python<'_>, values: &[Bound<'_, PyAny>; 3]) -> Error {
    let refuse = || -> PyResult<()> {
        let module = py.import("presigned._credentials")?;
        module.call_method1(intern!(py, "refuse"), PyTuple::new(py, values)?)?;
        Ok(())
    };
    refuse().map_or_else(Error::from, |()| Error::NoCredentials)
}

impl ProvideCredentials for SetParts<Py<PyAny>> {
    fn credentials(&self) -> Result<Option<Arc<Credentials>>, Error> {
        match self.unset() {
            Some(first) => Ok(Some(Arc::clone(first))),
            None => Python::attach(|py| current(self, py).map(Some)),
        }
    }

    fn other_than(&self, known: &Arc<Credentials>) -> Result<Option<Arc<Credentials>>, Error> {
        match self.unset() {
            Some(first) if Arc::ptr_eq(first, known) => Ok(None),
            _ => {
                let now = ProvideCredentials::credentials(self)?;
                Ok(now.filter(|now| !Arc::ptr_eq(now, known)))
            }
        }
    }
}
