//! What a client signs with: credentials that Python sets, answers or refreshes.

mod asked;
mod frozen;
mod held;
mod latest;

use std::sync::Arc;

use pyo3::intern;
use pyo3::prelude::*;

use crate::credentials::ProvideCredentials;
pub(super) use asked::AskedCredentials;
use asked::AskedProvider;
pub(super) use frozen::FrozenCredentials;
pub(super) use held::HeldCredentials;
pub(super) use latest::LatestCredentials;
use latest::LatestProvider;

/// What a client with this `source` signs with.
///
/// If the object has an attribute `_native`, all its clients share that.
pub(super) fn provider(source: Bound<'_, PyAny>) -> PyResult<Arc<dyn ProvideCredentials>> {
    let shared = source.getattr_opt(intern!(source.py(), "_native"))?;
    let native = shared.as_ref().unwrap_or(&source);
    if let Ok(held) = native.cast::<HeldCredentials>() {
        return Ok(held.get().shared());
    }
    if native.is_instance_of::<AskedCredentials>() {
        return Ok(Arc::new(AskedProvider::new(source)?));
    }
    let latest = native.cast::<LatestCredentials>().ok();
    Ok(Arc::new(LatestProvider::new(latest, &source)))
}
