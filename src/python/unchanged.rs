//! `presigned._core.Unchanged`: whether names hold what they held, looked up faster than Python itself can.
//!
//! The core presigns for a boto3 client as long as the client and the names that botocore looks up
//! are unchanged. That is over a hundred names, and each call checks them.

use pyo3::PyTraverseError;
use pyo3::gc::PyVisit;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::compared_names::ComparedNames;

/// A dict, how many names it must have, and those that must keep their objects.
type Compared = (Py<PyDict>, Option<usize>, Vec<(Py<PyAny>, Py<PyAny>)>);

/// Names of dicts, with the values that they had.
#[pyclass(frozen, module = "presigned._core")]
pub(super) struct Unchanged {
    /// In these, the names must have the same objects.
    same: Vec<(Py<PyDict>, ComparedNames)>,
    /// These lists and dicts must be equal to what they were.
    equal: Vec<(Py<PyAny>, Py<PyAny>)>,
}

#[pymethods]
impl Unchanged {
    #[new]
    #[pyo3(signature = (same, equal, /))]
    fn new(same: Vec<Compared>, equal: Vec<(Py<PyAny>, Py<PyAny>)>) -> Self {
        let same = same.into_iter();
        let same = same.map(|(dict, size, named)| (dict, ComparedNames::new(size, named)));
        let same = same.collect();
        Self { same, equal }
    }

    /// Whether all names hold what they held.
    #[pyo3(signature = ())]
    pub(super) fn is_so(&self, py: Python<'_>) -> bool {
        let (mut same, mut equal) = (self.same.iter(), self.equal.iter());
        same.all(|(dict, names)| names.are_in(dict.bind(py)))
            && equal.all(|(value, before)| value.bind(py).eq(before).unwrap_or(false))
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        for (dict, names) in &self.same {
            visit.call(dict)?;
            names.traverse(&visit)?;
        }
        let mut equal = self.equal.iter().flat_map(|(value, before)| [value, before]);
        equal.try_for_each(|value| visit.call(value))
    }
}
