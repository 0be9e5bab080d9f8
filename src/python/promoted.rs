//! A client that has become a boto3 client: for each call, Python decides whether the core may answer.
//!
//! `presigned._boto3.gate` is the other side.

use std::sync::OnceLock;

use pyo3::PyTraverseError;
use pyo3::gc::PyVisit;
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict as _, PyTuple};

use super::arguments::Given;

/// The object to ask before the core presigns; empty until the client has become a boto3 client.
#[derive(Default)]
pub(super) struct Promoted(OnceLock<Py<PyAny>>);

impl Promoted {
    /// The answer of boto3's client to a call of its method `name`, or `None` if the core must answer.
    ///
    /// Arguments that were left out stay out, so that the defaults are those of the function that is called.
    #[cold]
    pub(super) fn answer<'a, 'py>(
        gate: &Py<PyAny>,
        py: Python<'py>,
        name: &str,
        arguments: impl Iterator<Item = (&'static str, Given<'a, 'py>)>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        let given = arguments
            .filter_map(|(name, given)| Some((name, given.0?)))
            .into_py_dict(py)?;
        let answer = gate
            .bind(py)
            .getattr(name)?
            .call(PyTuple::empty(py), Some(&given))?;
        Ok((!answer.is_none()).then_some(answer))
    }

    /// Makes the client ask `gate` from now on. The first gate stays: a client becomes boto3's only once.
    pub(super) fn set(&self, gate: Py<PyAny>) {
        drop(self.0.set(gate));
    }

    #[inline]
    pub(super) fn gate(&self) -> Option<&Py<PyAny>> {
        self.0.get()
    }

    pub(super) fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(self.0.get())
    }
}
