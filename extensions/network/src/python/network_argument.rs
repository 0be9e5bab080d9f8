//! Reads the `network` dict of a call.

use std::path::PathBuf;
use std::time::Duration;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::request_error::raised;
use crate::{Network, OpenNetwork};

/// The `network` argument.
pub(super) struct NetworkArgument(Network);

impl NetworkArgument {
    /// Opens the connection while the GIL is held.
    pub(super) fn open(self, py: Python<'_>) -> PyResult<OpenNetwork> {
        self.0.open().map_err(|failure| raised(py, &failure))
    }
}

impl<'py> FromPyObject<'_, 'py> for NetworkArgument {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let given = given.cast::<PyDict>()?;
        let get = |name: &str| {
            given
                .get_item(name)?
                .ok_or_else(|| PyTypeError::new_err(format!("network has no '{name}'")))
        };
        Ok(Self(Network {
            region: get("region")?.extract()?,
            endpoint_url: get("endpoint_url")?.extract()?,
            use_fips: get("use_fips")?.extract()?,
            use_dualstack: get("use_dualstack")?.extract()?,
            connect_timeout: seconds("connect_timeout", get("connect_timeout")?.extract()?)?,
            read_timeout: seconds("read_timeout", get("read_timeout")?.extract()?)?,
            attempts: get("attempts")?.extract()?,
            ca_bundle: get("ca_bundle")?.extract::<Option<PathBuf>>()?,
        }))
    }
}

/// A length of time as Python gives it.
pub(super) fn seconds(name: &str, given: f64) -> PyResult<Duration> {
    Duration::try_from_secs_f64(given)
        .map_err(|_| PyValueError::new_err(format!("{name} is not a number of seconds: {given}")))
}
