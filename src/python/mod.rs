//! The extension module `presigned._core`: the only folder that names `pyo3`.

mod arguments;
mod batch;
mod call;
mod client;
mod clock;
mod convert;
mod entries;
mod errors;
mod expiry;
mod form;
mod function;
mod keys;
mod kinds;
mod later;
mod mapping;
mod memory;
mod modern;
mod params;
mod regions;
mod settings;
mod sites;
mod texts;

use pyo3::prelude::*;
use pyo3::types::PyString;

/// What the Python package is made of below its facade.
#[pymodule]
mod _core {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::batch::ArrowUrls;

    #[pymodule_export]
    use super::client::Client;

    #[pymodule_export]
    use super::keys::Keys;

    #[pymodule_export]
    use super::later::{Later, methods_later};

    #[pymodule_export]
    use super::modern::{presigned_post, presigned_request};

    #[pymodule_export]
    use super::regions::{partitions, region_endpoint, region_partition_name};

    #[pymodule_export]
    use super::{is_s3_accelerate_url, is_valid_endpoint_url, now};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        super::clock::remember_own_time(module.py())?;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

/// Whether boto3 takes this for an endpoint: a host name or an IPv6 address behind a scheme.
#[pyfunction]
#[pyo3(signature = (url, /))]
fn is_valid_endpoint_url(py: Python<'_>, url: &Bound<'_, PyString>) -> PyResult<bool> {
    crate::urlsplit::is_valid_uri(&texts::carried(url)?).map_err(|error| errors::raised(py, error))
}

/// Whether this is an endpoint of S3 Transfer Acceleration.
#[pyfunction]
#[pyo3(signature = (url, /))]
fn is_s3_accelerate_url(py: Python<'_>, url: &Bound<'_, PyString>) -> PyResult<bool> {
    crate::s3::endpoint::is_s3_accelerate_url(&texts::carried(url)?)
        .map_err(|error| errors::raised(py, error))
}

/// The time by the clock that URLs are signed by, in seconds since 1970, frozen or not.
#[pyfunction]
#[pyo3(signature = ())]
fn now(py: Python<'_>) -> PyResult<f64> {
    clock::now(py)
}
