//! The extension module `presigned._core`: the only folder that names `pyo3`.

mod arguments;
mod batch;
mod call;
mod client;
mod clock;
mod compared_names;
mod credentials;
mod errors;
mod expiry;
mod form;
mod gate;
mod input;
mod instants;
#[path = "../../extensions/interpreter.rs"]
mod interpreter;
mod kinds;
mod later;
mod mapping;
mod modern;
mod object;
mod promoted;
mod regions;
mod services;
mod settings;
mod strings;
mod unchanged;
mod unusual;

use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::error::Error;

/// The classes and functions that the Python package is built on.
#[pymodule]
fn _core(module: &Bound<'_, PyModule>) -> PyResult<()> {
    interpreter::check(module.py(), "_core")?;
    clock::remember_own_time(module.py())?;
    module.add_class::<batch::ArrowUrls>()?;
    module.add_class::<client::Client>()?;
    module.add_class::<gate::Answered>()?;
    module.add_class::<gate::ClientFingerprint>()?;
    module.add_class::<credentials::HeldCredentials>()?;
    module.add_class::<credentials::FrozenCredentials>()?;
    module.add_class::<later::Later>()?;
    module.add_class::<credentials::LatestCredentials>()?;
    module.add_class::<services::ServiceSigner>()?;
    module.add_class::<unchanged::Unchanged>()?;
    module.add_function(wrap_pyfunction!(gate::covered_form, module)?)?;
    module.add_function(wrap_pyfunction!(gate::covered_url, module)?)?;
    module.add_function(wrap_pyfunction!(gate::form_in_place, module)?)?;
    module.add_function(wrap_pyfunction!(gate::served_form, module)?)?;
    module.add_function(wrap_pyfunction!(gate::served_url, module)?)?;
    module.add_function(wrap_pyfunction!(gate::url_in_place, module)?)?;
    module.add_function(wrap_pyfunction!(later::methods_later, module)?)?;
    module.add_function(wrap_pyfunction!(modern::presigned_post, module)?)?;
    module.add_function(wrap_pyfunction!(modern::presigned_request, module)?)?;
    module.add_function(wrap_pyfunction!(promote, module)?)?;
    module.add_function(wrap_pyfunction!(regions::partitions, module)?)?;
    module.add_function(wrap_pyfunction!(regions::region_endpoint, module)?)?;
    module.add_function(wrap_pyfunction!(regions::region_partition_name, module)?)?;
    module.add_function(wrap_pyfunction!(is_s3_accelerate_url, module)?)?;
    module.add_function(wrap_pyfunction!(is_valid_endpoint_url, module)?)?;
    module.add_function(wrap_pyfunction!(clock::now, module)?)?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))
}

/// Has a client ask `gate` from now on, before the core presigns.
#[pyfunction]
#[pyo3(signature = (client, gate, /))]
fn promote(client: &Bound<'_, client::Client>, gate: Py<PyAny>) {
    drop(client.get().promoted.0.set(gate));
}

/// Whether boto3 takes this for an endpoint: a host name or an IPv6 address behind a scheme.
#[pyfunction]
#[pyo3(signature = (url, /))]
fn is_valid_endpoint_url(url: &Bound<'_, PyString>) -> Result<bool, Error> {
    crate::urlsplit::is_valid_uri(&strings::carried(url)?)
}

/// Whether this is an endpoint of S3 Transfer Acceleration.
#[pyfunction]
#[pyo3(signature = (url, /))]
fn is_s3_accelerate_url(url: &Bound<'_, PyString>) -> Result<bool, Error> {
    crate::s3::endpoint::is_s3_accelerate_url(&strings::carried(url)?)
}
