//! Reads the arguments of a call as a Python function would, and complains in Python's words.
//!
//! `pyo3` names the class in its complaints where boto3's plain functions do not; and an argument
//! left out must be told from one given as `None`.

use std::array;
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

/// Positional arguments that a function has no place for.
pub(super) struct Surplus<'a, 'py> {
    /// The first of them, or `self` given by name.
    pub(super) first: Given<'a, 'py>,
    /// All others.
    pub(super) rest: &'a Bound<'py, PyTuple>,
}

impl<const N: usize> Function<N> {
    /// Puts positional arguments where they belong, among those given by name.
    ///
    /// What is given twice, too much or too little is Python's own `TypeError`, in its order.
    #[expect(
        clippy::inline_always,
        reason = "every call goes through it, most with few arguments"
    )]
    #[inline(always)]
    pub(super) fn bind<'a, 'py>(
        &self,
        positional: [Given<'a, 'py>; N],
        surplus: &Surplus<'_, 'py>,
        named: [Given<'a, 'py>; N],
    ) -> PyResult<[Given<'a, 'py>; N]> {
        // Without a way out of it, this becomes a few instructions.
        let mut is_twice = false;
        let bound = array::from_fn(|at| {
            let (placed, named) = (positional[at].0, named[at].0);
            is_twice |= placed.is_some() & named.is_some();
            Given(placed.or(named))
        });
        if is_twice {
            return Err(self.twice(&positional, &named));
        }
        if surplus.first.0.is_some() {
            return Err(self.too_many(&positional, surplus));
        }
        if bound[..self.required].iter().any(|given| given.0.is_none()) {
            return Err(self.absence(&bound));
        }
        Ok(bound)
    }

    /// Arguments with their names.
    pub(super) fn named<'a, 'py>(
        &self,
        given: [Given<'a, 'py>; N],
    ) -> [(&'static str, Given<'a, 'py>); N] {
        array::from_fn(|at| (self.arguments[at], given[at]))
    }

    #[cold]
    fn twice(&self, positional: &[Given<'_, '_>; N], named: &[Given<'_, '_>; N]) -> PyErr {
        let given = self.arguments.iter().zip(positional).zip(named);
        let mut twice =
            given.filter(|((_, placed), named)| placed.0.is_some() && named.0.is_some());
        self.multiple(twice.next().map_or("", |((name, _), _)| name))
    }

    #[cold]
    fn multiple(&self, argument: &str) -> PyErr {
        self.complaint(&format!("got multiple values for argument '{argument}'"))
    }

    #[cold]
    fn too_many(&self, positional: &[Given<'_, '_>; N], surplus: &Surplus<'_, '_>) -> PyErr {
        if positional.iter().any(|given| given.0.is_none()) {
            return self.multiple("self");
        }
        let (least, most, given) = (self.required + 1, N + 1, N + 2 + surplus.rest.len());
        self.complaint(&format!(
            "takes from {least} to {most} positional arguments but {given} were given"
        ))
    }

    #[cold]
    fn absence(&self, named: &[Given<'_, '_>; N]) -> PyErr {
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
