//! Reads the arguments of a call as a Python function would, and reports faults in Python's words.
//!
//! `pyo3` names the class in its messages (`Client.generate_presigned_url() got ...`), and boto3's plain
//! functions do not. So a method takes each argument twice, by position and by name, and the rest. All
//! of them are optional, and the faults are found here. `pyo3` still reports a name that is unknown: to
//! collect names here would mean a dict for each call, and 15 % more instructions.

use std::convert::Infallible;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

/// An argument, or the mark that it was left out.
#[derive(Clone, Copy, Default)]
pub(super) struct Given<'a, 'py>(pub(super) Option<Borrowed<'a, 'py, PyAny>>);

impl<'a, 'py> FromPyObject<'a, 'py> for Given<'a, 'py> {
    type Error = Infallible;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, Infallible> {
        Ok(Self(Some(object)))
    }
}

impl<'a, 'py> Given<'a, 'py> {
    /// This argument.
    pub(super) fn of(object: &'a Bound<'py, PyAny>) -> Self {
        Self(Some(object.as_borrowed()))
    }

    /// The argument, or `None` if it was left out.
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

/// The parameters of a function.
pub(super) struct Function<const N: usize> {
    pub(super) name: &'static str,
    /// The names of its arguments without `self`, those that must be given first.
    pub(super) arguments: [&'static str; N],
    pub(super) required: usize,
}

impl<const N: usize> Function<N> {
    /// The arguments of a call, or the error that Python would raise.
    #[inline]
    pub(super) fn read<'a, 'py>(
        &self,
        mut given: [Given<'a, 'py>; N],
        surplus: &Bound<'_, PyTuple>,
        named: [Given<'a, 'py>; N],
    ) -> PyResult<[Given<'a, 'py>; N]> {
        for (at, named) in named.into_iter().enumerate() {
            if named.0.is_some() {
                if given[at].0.is_some() {
                    return Err(self.twice(self.arguments[at]));
                }
                given[at] = named;
            }
        }
        if !surplus.is_empty() {
            return Err(self.too_many(surplus.len()));
        }
        if given[..self.required].iter().any(|given| given.0.is_none()) {
            return Err(self.too_few(&given));
        }
        Ok(given)
    }

    #[cold]
    fn twice(&self, name: &str) -> PyErr {
        self.complaint(&format!("got multiple values for argument '{name}'"))
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
