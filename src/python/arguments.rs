//! Reads the arguments of a call as a Python function would, and reports faults in Python's words.
//!
//! Methods take every argument as optional. So they know an argument that was left out from `None`, and
//! the fault is reported here: `pyo3` would name the class in front of the method, which boto3's plain
//! functions do not. `pyo3` still reports a name that is unknown or given twice. To read names here would
//! mean a dict for each call, and take a sixth of its time.

use std::convert::Infallible;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

/// An argument, or that it was left out.
#[derive(Clone, Copy, Default)]
pub(super) struct Given<'a, 'py>(pub(super) Option<Borrowed<'a, 'py, PyAny>>);

impl<'a, 'py> FromPyObject<'a, 'py> for Given<'a, 'py> {
    type Error = Infallible;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, Infallible> {
        Ok(Self(Some(object)))
    }
}

impl<'a, 'py> Given<'a, 'py> {
    /// The argument, or `None` where it was left out.
    pub(super) fn object(self, py: Python<'py>) -> Bound<'py, PyAny> {
        match self.0 {
            Some(object) => object.to_owned(),
            None => py.None().into_bound(py),
        }
    }

    /// The argument, unless it was left out or is `None`.
    pub(super) fn not_none(self) -> Option<Borrowed<'a, 'py, PyAny>> {
        self.0.filter(|object| !object.is_none())
    }
}

/// What a function takes.
pub(super) struct Function<const N: usize> {
    pub(super) name: &'static str,
    /// The names of its arguments without `self`, those that must be given first.
    pub(super) arguments: [&'static str; N],
    pub(super) required: usize,
}

impl<const N: usize> Function<N> {
    /// Fails as Python does, if there are too many arguments or too few.
    #[inline]
    pub(super) fn check(
        &self,
        given: &[Given<'_, '_>; N],
        surplus: &Bound<'_, PyTuple>,
    ) -> PyResult<()> {
        if !surplus.is_empty() {
            return Err(self.too_many(surplus.len()));
        }
        if given[..self.required].iter().any(|given| given.0.is_none()) {
            return Err(self.too_few(given));
        }
        Ok(())
    }

    /// Arguments with their names.
    pub(super) fn named<'a, 'py>(
        &self,
        given: &[Given<'a, 'py>; N],
    ) -> impl Iterator<Item = (&'static str, Given<'a, 'py>)> {
        self.arguments.into_iter().zip(*given)
    }

    #[cold]
    fn too_many(&self, surplus: usize) -> PyErr {
        let (least, most, given) = (self.required + 1, N + 1, N + 1 + surplus);
        self.complaint(&format!(
            "takes from {least} to {most} positional arguments but {given} were given"
        ))
    }

    #[cold]
    fn too_few(&self, given: &[Given<'_, '_>; N]) -> PyErr {
        let missing: Vec<String> = self.arguments[..self.required]
            .iter()
            .zip(given)
            .filter(|(_, given)| given.0.is_none())
            .map(|(name, _)| format!("'{name}'"))
            .collect();
        let plural = if missing.len() == 1 { "" } else { "s" };
        self.complaint(&format!(
            "missing {} required positional argument{plural}: {}",
            missing.len(),
            missing.join(" and ")
        ))
    }

    fn complaint(&self, fault: &str) -> PyErr {
        PyTypeError::new_err(format!("{}() {fault}", self.name))
    }
}
