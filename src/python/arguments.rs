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
    /// The argument, unless it was left out or is `None`.
    pub(super) fn not_none(&self) -> Option<&Bound<'py, PyAny>> {
        self.0.as_ref().filter(|object| !object.is_none())
    }
}

/// What a function takes, for the complaints.
pub(super) struct Function {
    pub(super) name: &'static str,
    /// The names of the arguments that must be given, without `self`.
    pub(super) required: &'static [&'static str],
    /// How many arguments there are, without `self`.
    pub(super) count: usize,
}

impl Function {
    /// Python's `TypeError` for what was given too much or too little, in Python's order.
    pub(super) fn check(
        &self,
        required: &[&Given<'_>],
        excess: &Bound<'_, PyTuple>,
        unknown: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<()> {
        if excess.is_empty() && unknown.is_none() && required.iter().all(|given| given.0.is_some())
        {
            return Ok(());
        }
        let name = self.name;
        if let Some((keyword, _)) = unknown.and_then(|unknown| unknown.iter().next()) {
            let fault = if keyword.to_string() == "self" {
                "multiple values for argument"
            } else {
                "an unexpected keyword argument"
            };
            return Err(PyTypeError::new_err(format!(
                "{name}() got {fault} '{keyword}'"
            )));
        }
        if !excess.is_empty() {
            let (least, most) = (self.required.len() + 1, self.count + 1);
            let given = most + excess.len();
            return Err(PyTypeError::new_err(format!(
                "{name}() takes from {least} to {most} positional arguments but {given} were given"
            )));
        }
        let missing: Vec<String> = self
            .required
            .iter()
            .zip(required)
            .filter(|(_, given)| given.0.is_none())
            .map(|(name, _)| format!("'{name}'"))
            .collect();
        let plural = if missing.len() == 1 { "" } else { "s" };
        Err(PyTypeError::new_err(format!(
            "{name}() missing {} required positional argument{plural}: {}",
            missing.len(),
            missing.join(" and ")
        )))
    }
}
