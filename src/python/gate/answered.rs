//! `presigned._core.Answered`: the plain calls of one method, which the core answers until a name has changed.

use pyo3::PyTraverseError;
use pyo3::gc::PyVisit;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use crate::python::arguments::Given;
use crate::python::client::Client;
use crate::python::unchanged::Unchanged;
use crate::s3::goes_where_it_says;

/// What Python has found out about a method: the core gives boto3's results for it.
#[pyclass(frozen, module = "presigned._core")]
pub(in crate::python) struct Answered {
    /// What answers; `None` for a client that asks for itself.
    #[pyo3(get)]
    pub(in crate::python) core: Option<Py<Client>>,
    /// The names that botocore looks up.
    names: Py<Unchanged>,
    /// The object whose cache has the regions of buckets that S3 has redirected; it may replace the cache.
    redirector: Py<PyAny>,
    /// Each member with the type that its value must have.
    members: Py<PyDict>,
}

#[pymethods]
impl Answered {
    #[new]
    #[pyo3(signature = (core, names, redirector, members, /))]
    fn new(core: Option<Py<Client>>, names: Py<Unchanged>, redirector: Py<PyAny>, members: Py<PyDict>) -> Self {
        Self {
            core,
            names,
            redirector,
            members,
        }
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(self.core.as_ref())?;
        visit.call(&self.names)?;
        visit.call(&self.redirector)?;
        visit.call(&self.members)
    }
}

impl Answered {
    /// Whether the names that botocore looks up are unchanged.
    pub(super) fn is_current(&self, py: Python<'_>) -> bool {
        self.names.get().is_so(py)
    }

    /// Whether all parameters are plain scalars, and none is rewritten by botocore.
    pub(super) fn takes(&self, params: Given<'_, '_>) -> PyResult<bool> {
        let Some(params) = params.not_none() else {
            return Ok(true);
        };
        let Ok(params) = params.cast_exact::<PyDict>() else {
            return Ok(false);
        };
        let py = params.py();
        let members = self.members.bind(py);
        for (name, value) in params.iter() {
            // To look any other object up might run the caller's code.
            if !name.is_exact_instance_of::<PyString>() {
                return Ok(false);
            }
            match members.get_item(name)? {
                Some(class) if value.get_type().is(&class) => {}
                _ => return Ok(false),
            }
        }
        match params.get_item(intern!(py, "Bucket"))? {
            Some(bucket) => self.goes_where_it_says(&bucket),
            None => Ok(true),
        }
    }

    /// Whether this is the name of a bucket that goes where its name says.
    pub(super) fn goes_where_it_says(&self, bucket: &Bound<'_, PyAny>) -> PyResult<bool> {
        let name = bucket.cast_exact::<PyString>().ok();
        if !name.is_some_and(|name| name.to_str().is_ok_and(goes_where_it_says)) {
            return Ok(false);
        }
        let py = bucket.py();
        let moved = self.redirector.bind(py).getattr(intern!(py, "_cache"))?;
        let Ok(moved) = moved.cast_exact::<PyDict>() else {
            return Ok(false);
        };
        Ok(moved.is_empty() || !moved.contains(bucket)?)
    }
}
