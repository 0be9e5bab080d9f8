//! `presigned._core.Unchanged`: whether names hold what they held, looked up faster than Python itself can.
//!
//! The core presigns for a boto3 client as long as the client and the names that botocore looks up
//! are unchanged. That is over a hundred names, and each call checks them.

use pyo3::PyTraverseError;
use pyo3::gc::PyVisit;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

/// A dict, a name in it and the value.
type Entry = (Py<PyDict>, Py<PyString>, Py<PyAny>);

/// Names of dicts, with the values that they had.
#[pyclass(frozen, module = "presigned._core")]
pub(super) struct Unchanged {
    /// These must be the same objects.
    same: Vec<Entry>,
    /// These must be equal to the values that they had.
    equal: Vec<Entry>,
    /// These must have as many names as before.
    sizes: Vec<(Py<PyDict>, usize)>,
}

#[pymethods]
impl Unchanged {
    #[new]
    #[pyo3(signature = (same, equal, sizes, /))]
    fn new(py: Python<'_>, same: Vec<Entry>, equal: Vec<Entry>, sizes: Vec<Py<PyDict>>) -> Self {
        let counted = |dict: Py<PyDict>| {
            let size = dict.bind(py).len();
            (dict, size)
        };
        Self {
            same,
            equal,
            sizes: sizes.into_iter().map(counted).collect(),
        }
    }

    /// Whether all names hold what they held.
    #[pyo3(signature = ())]
    pub(super) fn is_so(&self, py: Python<'_>) -> PyResult<bool> {
        for (dict, size) in &self.sizes {
            if dict.bind(py).len() != *size {
                return Ok(false);
            }
        }
        for (dict, name, value) in &self.same {
            if !holds(dict.bind(py), name, value)? {
                return Ok(false);
            }
        }
        for (dict, name, value) in &self.equal {
            let found = dict.bind(py).get_item(name)?;
            if !found.is_some_and(|found| found.eq(value).unwrap_or(false)) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        for (dict, _, value) in self.same.iter().chain(&self.equal) {
            visit.call(dict)?;
            visit.call(value)?;
        }
        for (dict, _) in &self.sizes {
            visit.call(dict)?;
        }
        Ok(())
    }
}

fn holds(dict: &Bound<'_, PyDict>, name: &Py<PyString>, value: &Py<PyAny>) -> PyResult<bool> {
    Ok(dict.get_item(name)?.is_some_and(|found| found.is(value)))
}
