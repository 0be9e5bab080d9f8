//! `presigned._core.LatestCredentials`: the latest answer of an object that may change its credentials.

use std::sync::Arc;

use pyo3::intern;
use pyo3::prelude::*;

use super::frozen::credentials_in;
use crate::credentials::{Credentials, ProvideCredentials, RenewedCredentials};
use crate::error::Error;
use crate::python::clock;

/// The latest answer of a credentials object, which its clients share.
#[pyclass(frozen, module = "presigned._core")]
#[derive(Default)]
pub(in crate::python) struct LatestCredentials(Arc<RenewedCredentials>);

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

    #[expect(clippy::unused_self, reason = "Python calls it on an instance")]
    fn __repr__(&self) -> &'static str {
        "LatestCredentials(…)"
    }
}

/// Asks Python for the credentials when they are due.
///
/// `source.current()` returns the credentials, and the instant after which to ask again, in seconds
/// since 1970.
pub(super) struct LatestProvider {
    source: Py<PyAny>,
    latest: Arc<RenewedCredentials>,
}

impl LatestProvider {
    pub(super) fn new(
        shared: Option<&Bound<'_, LatestCredentials>>,
        source: &Bound<'_, PyAny>,
    ) -> Self {
        Self {
            latest: shared.map_or_else(Arc::default, |shared| Arc::clone(&shared.get().0)),
            source: source.clone().unbind(),
        }
    }

    fn ask(&self, py: Python<'_>) -> PyResult<(Arc<Credentials>, f64)> {
        let answer = self.source.bind(py).call_method0(intern!(py, "current"))?;
        let (credentials, due): (Bound<'_, PyAny>, f64) = answer.extract()?;
        Ok((credentials_in(&credentials)?, due))
    }
}

impl ProvideCredentials for LatestProvider {
    fn credentials(&self) -> Result<Option<Arc<Credentials>>, Error> {
        Python::attach(|py| match self.latest.unless_due(|| clock::now(py))? {
            Some(credentials) => Ok(Some(credentials)),
            None => Ok(Some(self.latest.renew(|| self.ask(py))?)),
        })
    }
}
