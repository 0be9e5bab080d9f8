//! Has Python read what is not plain. Its modules are imported when they are needed: most programs need none.

use pyo3::call::PyCallArgs;
use pyo3::conversion::FromPyObjectOwned;
use pyo3::prelude::*;

/// `presigned._client.unusual_values`.
pub(super) const VALUES: &str = "presigned._client.unusual_values";

/// What a function of a module makes of these arguments.
#[cold]
pub(super) fn ask<'py, T: FromPyObjectOwned<'py>>(
    py: Python<'py>,
    module: &str,
    function: &str,
    arguments: impl PyCallArgs<'py>,
) -> PyResult<T> {
    let answer = py.import(module)?.call_method1(function, arguments)?;
    answer.extract().map_err(Into::into)
}
