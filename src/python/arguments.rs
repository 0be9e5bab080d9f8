//! Reads the arguments of a call as a Python function would, and complains in Python's words.
//!
//! `pyo3` names the class in its complaints where boto3's plain functions do not; and an argument
//! left out must be told from one given as `None`.

use std::convert::Infallible;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

/// An argument, or that it was left out.
#[derive(Default)]
pub(super) struct Given<'py>(pub(super) Option<Bound<'py, PyAny>>);

impl<'py> FromPyObject<'_, 'py> for Given<'py> {
    type Error = Infallible;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> Result<Self, Infallible> {
        Ok(Self(Some(object.to_owned())))
    }
}

impl<'py> Given<'py> {
    /// The argument, or `None` where it was left out.
    pub(super) fn into_object(self, py: Python<'py>) -> Bound<'py, PyAny> {
        self.0.unwrap_or_else(|| py.None().into_bound(py))
    }

    /// The argument, unless it was left out or is `None`.
    pub(super) fn not_none(&self) -> Option<&Bound<'py, PyAny>> {
        self.0.as_ref().filter(|object| !object.is_none())
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
    /// Puts positional arguments where they belong, among those given by name.
    ///
    /// What is given twice, too much or too little is Python's own `TypeError`, in its order.
    pub(super) fn bind<'py>(
        &self,
        positional: &Bound<'py, PyTuple>,
        mut named: [Given<'py>; N],
        unknown: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<[Given<'py>; N]> {
        if let Some((keyword, _)) = unknown.and_then(|unknown| unknown.iter().next()) {
            let fault = match keyword.to_string().as_str() {
                "self" => "multiple values for argument",
                _ => "an unexpected keyword argument",
            };
            return Err(self.complaint(&format!("got {fault} '{keyword}'")));
        }
        for (at, argument) in positional.iter().take(N).enumerate() {
            if named[at].0.is_some() {
                let name = self.arguments[at];
                return Err(self.complaint(&format!("got multiple values for argument '{name}'")));
            }
            named[at] = Given(Some(argument));
        }
        if positional.len() > N {
            let (least, most, given) = (self.required + 1, N + 1, positional.len() + 1);
            return Err(self.complaint(&format!(
                "takes from {least} to {most} positional arguments but {given} were given"
            )));
        }
        if named[..self.required].iter().any(|given| given.0.is_none()) {
            return Err(self.absence(&named));
        }
        Ok(named)
    }

    fn absence(&self, named: &[Given<'_>; N]) -> PyErr {
        let missing: Vec<String> = self.arguments[..self.required]
            .iter()
            .zip(named)
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
