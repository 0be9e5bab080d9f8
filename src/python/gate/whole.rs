//! A dict in which every name must keep its object.

use pyo3::PyTraverseError;
use pyo3::gc::PyVisit;
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// A dict, and its names and objects in their order.
///
/// To go through a dict takes half the time of looking each name up. A name that was taken away and
/// set again is at another place: that counts as a change too.
pub(super) struct WholeDict {
    dict: Py<PyDict>,
    items: Vec<(Py<PyAny>, Py<PyAny>)>,
}

impl WholeDict {
    pub(super) fn new(dict: Bound<'_, PyDict>) -> Self {
        let owned =
            |(name, value): (Bound<'_, PyAny>, Bound<'_, PyAny>)| (name.unbind(), value.unbind());
        Self {
            items: dict.iter().map(owned).collect(),
            dict: dict.unbind(),
        }
    }

    #[inline]
    pub(super) fn is_so(&self, py: Python<'_>) -> bool {
        let dict = self.dict.bind(py);
        // Comparing addresses runs no Python, which might change the dict.
        dict.len() == self.items.len()
            && dict
                .iter()
                .zip(&self.items)
                .all(|((name, value), (known, held))| known.is(&name) && held.is(&value))
    }

    pub(super) fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.dict)?;
        for (_, value) in &self.items {
            visit.call(value)?;
        }
        Ok(())
    }
}
