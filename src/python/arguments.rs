//! Reads the arguments of a call as a Python function would.
//!
//! `pyo3` names the class in its messages (`Client.generate_presigned_url() got ...`), and boto3's plain
//! functions do not. So a method takes each argument twice, by position and by name, and the rest. All
//! of them are optional, and [`Function`] finds the faults. `pyo3` still reports a name that is unknown: to
//! collect names here would mean a dict for each call, and 15 % more instructions.

use std::convert::Infallible;

use pyo3::prelude::*;
use pyo3::types::PyTuple;

pub(super) use crate::arguments::Function;
use crate::arguments::MaybeGiven;

/// An argument, or the mark that it was left out.
#[derive(Clone, Copy, Default)]
pub(super) struct Given<'a, 'py>(pub(super) Option<Borrowed<'a, 'py, PyAny>>);

impl<'a, 'py> FromPyObject<'a, 'py> for Given<'a, 'py> {
    type Error = Infallible;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, Infallible> {
        Ok(Self(Some(object)))
    }
}

impl MaybeGiven for Given<'_, '_> {
    fn is_given(&self) -> bool {
        self.0.is_some()
    }
}

impl<'a, 'py> Given<'a, 'py> {
    /// This argument.
    pub(super) fn of(object: &'a Bound<'py, PyAny>) -> Self {
        Self(Some(object.as_borrowed()))
    }

    /// The argument, or `None` if it was left out.
    pub(super) fn object(self, py: Python<'py>) -> Bound<'py, PyAny> {
        self.0.map_or_else(|| py.None().into_bound(py), Borrowed::to_owned)
    }

    /// The argument, unless it was left out or is `None`.
    pub(super) fn not_none(self) -> Option<Borrowed<'a, 'py, PyAny>> {
        self.0.filter(|object| !object.is_none())
    }
}

impl<const N: usize> Function<N> {
    /// The arguments of a call, or the error that Python would raise.
    #[inline]
    pub(super) fn read<'a, 'py>(
        &self,
        given: [Given<'a, 'py>; N],
        surplus: &Bound<'_, PyTuple>,
        named: [Given<'a, 'py>; N],
    ) -> PyResult<[Given<'a, 'py>; N]> {
        Ok(self.choose(given, surplus.len(), named)?)
    }
}
