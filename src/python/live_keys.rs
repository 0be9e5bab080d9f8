//! Credentials that a client asks Python for, and `presigned._core.LatestKeys`, the latest answer.

use std::sync::Arc;

use pyo3::intern;
use pyo3::prelude::*;

use super::clock;
use super::gate::{AskedCredentials, AskedKeys};
use super::held_keys::HeldKeys;
use super::keys::Keys;
use crate::credentials::{Credentials, LatestCredentials, ProvideCredentials};
use crate::error::Error;

/// What a client with this `source` signs with.
///
/// If the object has an attribute `_native`, all its clients share that.
pub(super) fn provider(source: Bound<'_, PyAny>) -> PyResult<Arc<dyn ProvideCredentials>> {
    let shared = source.getattr_opt(intern!(source.py(), "_native"))?;
    let native = shared.as_ref().unwrap_or(&source);
    if let Ok(held) = native.cast::<HeldKeys>() {
        return Ok(held.get().shared());
    }
    if native.is_instance_of::<AskedKeys>() {
        return Ok(Arc::new(AskedCredentials::new(source)?));
    }
    let latest = native.cast::<LatestKeys>();
    Ok(Arc::new(LiveCredentials {
        latest: latest.map_or_else(|_| Arc::default(), |latest| Arc::clone(&latest.get().0)),
        source: source.unbind(),
    }))
}

/// The latest answer of a credentials object, which its clients share.
#[pyclass(frozen, module = "presigned._core")]
#[derive(Default)]
pub(super) struct LatestKeys(Arc<LatestCredentials>);

#[pymethods]
impl LatestKeys {
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
        "LatestKeys(…)"
    }
}

/// Credentials that may change: Python is asked for them when they are due.
///
/// `source.current()` returns the credentials, and the instant after which to ask again, in seconds
/// since 1970.
struct LiveCredentials {
    source: Py<PyAny>,
    latest: Arc<LatestCredentials>,
}

impl LiveCredentials {
    fn ask(&self, py: Python<'_>) -> PyResult<(Arc<Credentials>, f64)> {
        let answer = self.source.bind(py).call_method0(intern!(py, "current"))?;
        let (keys, due): (Bound<'_, Keys>, f64) = answer.extract()?;
        Ok((Arc::clone(&keys.get().credentials), due))
    }
}

impl ProvideCredentials for LiveCredentials {
    fn credentials(&self) -> Result<Option<Arc<Credentials>>, Error> {
        Python::attach(|py| match self.latest.unless_due(|| clock::now(py))? {
            Some(credentials) => Ok(Some(credentials)),
            None => Ok(Some(self.latest.renew(|| self.ask(py))?)),
        })
    }
}
