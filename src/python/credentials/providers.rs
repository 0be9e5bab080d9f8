//! Where a client asks for what it signs with: objects of Python that hold, answer or refresh credentials.

use std::sync::Arc;

use pyo3::exceptions::PyException;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple, PyType};

use super::{HeldCredentials, LatestCredentials, credentials_in};
use crate::credentials::latest_answer::LatestAnswer;
use crate::credentials::renewed::{CredentialSource, RenewingProvider};
use crate::credentials::{Credentials, ProvideCredentials};
use crate::error::Error;
use crate::python::clock;
use crate::python::unchanged::Unchanged;

/// What a client with this `source` signs with.
///
/// If the object has an attribute `_native`, all its clients share that. The string `"asked"` says that
/// the core asks its `provider`.
pub(in crate::python) fn provider(source: Bound<'_, PyAny>) -> PyResult<Arc<dyn ProvideCredentials>> {
    let py = source.py();
    let shared = source.getattr_opt(intern!(py, "_native"))?;
    let native = shared.as_ref().unwrap_or(&source);
    if let Ok(held) = native.cast::<HeldCredentials>() {
        return Ok(held.get().parts.clone());
    }
    if native.cast::<PyString>().is_ok_and(|mark| mark == "asked") {
        return Ok(Arc::new(AskedProvider {
            provider: source.getattr(intern!(py, "provider"))?.unbind(),
            source: source.unbind(),
            latest: LatestAnswer::default(),
        }));
    }
    let latest = native.cast::<LatestCredentials>().ok();
    let latest = latest.map_or_else(Arc::default, |latest| Arc::clone(&latest.get().0));
    Ok(Arc::new(RenewingProvider::new(source.unbind(), latest)))
}

/// An object whose `current()` returns the credentials, and the instant after which to ask again.
impl CredentialSource for Py<PyAny> {
    fn current(&self) -> Result<(Arc<Credentials>, f64), Error> {
        Python::attach(|py| {
            let answer = self.bind(py).call_method0(intern!(py, "current"))?;
            let (credentials, due): (Bound<'_, PyAny>, f64) = answer.extract()?;
            Ok((credentials_in(&credentials)?, due))
        })
    }

    fn now(&self) -> Result<f64, Error> {
        Python::attach(|py| Ok(clock::now(py)?))
    }
}

/// Credentials of a client in place, whose own object is asked for each URL: the provider's
/// `get_frozen_credentials` is called. Only new strings are handed to Python.
struct AskedProvider {
    source: Py<PyAny>,
    provider: Py<PyAny>,
    latest: LatestAnswer<Shown>,
}

/// What a provider has shown.
struct Shown {
    parts: [Py<PyAny>; 3],
    /// An object of this class shows the same as long as these names are unchanged: it need not be called.
    until: Option<(Py<PyType>, Py<Unchanged>)>,
}

impl AskedProvider {
    fn ask(&self, py: Python<'_>) -> PyResult<Arc<Credentials>> {
        let class = self.provider.bind(py).get_type();
        let is_so = |(known, names): &(Py<PyType>, Py<Unchanged>)| class.is(known) && names.get().is_so(py);
        let is_same = |shown: &Shown| shown.until.as_ref().is_some_and(is_so);
        if let Some(credentials) = self.latest.of(is_same) {
            return Ok(credentials);
        }
        let parts = self.frozen(py)?;
        let are_same = |shown: &Shown| {
            let mut pairs = shown.parts.iter().zip(&parts);
            shown.until.is_none() && pairs.all(|(known, one)| known.is(one))
        };
        if let Some(credentials) = self.latest.of(are_same) {
            return Ok(credentials);
        }
        let source = self.source.bind(py);
        let answer = source.call_method1("answer", PyTuple::new(py, &parts)?)?;
        let (answer, until): (Bound<'_, PyAny>, _) = answer.extract()?;
        let parts = parts.map(Bound::unbind);
        let credentials = credentials_in(&answer)?;
        Ok(self.latest.replace(Shown { parts, until }, credentials))
    }

    /// What `get_frozen_credentials` returns.
    fn frozen<'py>(&self, py: Python<'py>) -> PyResult<[Bound<'py, PyAny>; 3]> {
        let ask = intern!(py, "get_frozen_credentials");
        let frozen = match self.provider.bind(py).call_method0(ask) {
            Err(error) if error.is_instance_of::<PyException>(py) => {
                // It raises an error that says whose this one is.
                self.source.bind(py).call_method1("fail", (error,))?;
                return Err(PyException::new_err("fail() must raise"));
            }
            asked => asked?,
        };
        let part = |name| frozen.getattr(name);
        let token = part(intern!(py, "token"))?;
        Ok([
            part(intern!(py, "access_key"))?,
            part(intern!(py, "secret_key"))?,
            token,
        ])
    }
}

impl ProvideCredentials for AskedProvider {
    fn credentials(&self) -> Result<Option<Arc<Credentials>>, Error> {
        Python::attach(|py| Ok(self.ask(py).map(Some)?))
    }
}
