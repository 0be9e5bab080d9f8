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

/// Names and values of a dict in their order, and the dict.
type Whole = (Vec<(Py<PyAny>, Py<PyAny>)>, Py<PyDict>);

/// Names of dicts, with the values that they had.
#[pyclass(frozen, module = "presigned._core")]
pub(super) struct Unchanged {
    /// These must be the same objects.
    same: Vec<Entry>,
    /// These must be equal to the values that they had.
    equal: Vec<Entry>,
    /// These must have as many names as before.
    sizes: Vec<(Py<PyDict>, usize)>,
    /// In these, every name must keep its object and its place. To go through a dict takes half the
    /// time of looking each name up.
    whole: Vec<Whole>,
}

#[pymethods]
impl Unchanged {
    #[new]
    #[pyo3(signature = (same, equal, sizes, whole, /))]
    fn new(
        same: Vec<Entry>,
        equal: Vec<Entry>,
        sizes: Vec<Bound<'_, PyDict>>,
        whole: Vec<Bound<'_, PyDict>>,
    ) -> Self {
        let counted = |dict: Bound<'_, PyDict>| {
            let size = dict.len();
            (dict.unbind(), size)
        };
        let listed = |dict: Bound<'_, PyDict>| {
            let items = dict.iter();
            let items = items.map(|(name, value)| (name.unbind(), value.unbind()));
            (items.collect(), dict.unbind())
        };
        Self {
            same,
            equal,
            sizes: sizes.into_iter().map(counted).collect(),
            whole: whole.into_iter().map(listed).collect(),
        }
    }

    /// Whether all names hold what they held.
    #[pyo3(signature = ())]
    pub(super) fn is_so(&self, py: Python<'_>) -> bool {
        let (same, equal) = (&self.same, &self.equal);
        self.sizes
            .iter()
            .all(|(dict, size)| dict.bind(py).len() == *size)
            && self.whole.iter().all(|whole| is_whole(py, whole))
            && same
                .iter()
                .all(|(dict, name, value)| holds(dict.bind(py), name, value))
            && equal.iter().all(|(dict, name, value)| {
                let found = dict.bind(py).get_item(name);
                matches!(found, Ok(Some(found)) if found.eq(value).unwrap_or(false))
            })
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        let sizes = self.sizes.iter().map(|(dict, _)| dict);
        let mut dicts = sizes.chain(self.whole.iter().map(|(_, dict)| dict));
        dicts.try_for_each(|dict| visit.call(dict))?;
        for (dict, _, value) in self.same.iter().chain(&self.equal) {
            visit.call(dict)?;
            visit.call(value)?;
        }
        let mut items = self.whole.iter().flat_map(|(items, _)| items);
        items.try_for_each(|(_, value)| visit.call(value))
    }
}

/// Whether a dict has this very object under a name.
#[inline]
pub(super) fn holds(dict: &Bound<'_, PyDict>, name: &Py<PyString>, value: &Py<PyAny>) -> bool {
    matches!(dict.get_item(name), Ok(Some(found)) if found.is(value))
}

/// Whether a dict has the same objects. Comparing addresses runs no Python, which might change the dict.
#[inline]
fn is_whole(py: Python<'_>, (items, dict): &Whole) -> bool {
    let dict = dict.bind(py);
    dict.len() == items.len()
        && dict
            .iter()
            .zip(items)
            .all(|((name, value), (known, held))| known.is(&name) && held.is(&value))
}
