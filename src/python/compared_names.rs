//! Compares names of a dict with what they held, each at the place where it was found before.
//!
//! A call in place compares about 180 names. Looking a name up takes 125 instructions of the
//! interpreter; reading the name at a known place takes 50, and that is two thirds of such a call. pyo3
//! has no safe function for it, so this file has the binding's only `unsafe`.

#![allow(unsafe_code, reason = "pyo3 reads a dict only from its beginning, or by a look-up")]

use std::ptr::null_mut;
use std::sync::atomic::{AtomicIsize, Ordering};

use pyo3::PyTraverseError;
use pyo3::ffi::{PyDict_Next, PyObject};
use pyo3::gc::PyVisit;
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// Names of one dict with the objects that they must hold.
pub(super) struct ComparedNames {
    /// How many names the dict must have; `None` for any number.
    size: Option<usize>,
    names: Vec<ComparedName>,
}

struct ComparedName {
    name: Py<PyAny>,
    value: Py<PyAny>,
    /// Where `name` was last found. The dict may have moved it since.
    place: AtomicIsize,
}

impl ComparedNames {
    pub(super) fn new(size: Option<usize>, items: Vec<(Py<PyAny>, Py<PyAny>)>) -> Self {
        let names = items.into_iter().map(|(name, value)| ComparedName {
            name,
            value,
            place: AtomicIsize::new(0),
        });
        let names = names.collect();
        Self { size, names }
    }

    /// Whether the dict has these very objects under these very names. It runs no Python.
    #[inline]
    pub(super) fn are_in(&self, dict: &Bound<'_, PyDict>) -> bool {
        self.size.is_none_or(|size| dict.len() == size) && self.names.iter().all(|name| name.is_in(dict))
    }

    pub(super) fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.names.iter().try_for_each(|one| {
            visit.call(&one.name)?;
            visit.call(&one.value)
        })
    }
}

impl ComparedName {
    #[inline]
    fn is_in(&self, dict: &Bound<'_, PyDict>) -> bool {
        let mut place = self.place.load(Ordering::Relaxed);
        match next_entry(dict, &mut place) {
            Some((name, value)) if name == self.name.as_ptr() => value == self.value.as_ptr(),
            _ => self.is_elsewhere_in(dict),
        }
    }

    #[cold]
    fn is_elsewhere_in(&self, dict: &Bound<'_, PyDict>) -> bool {
        let mut after = 0;
        while let Some((name, value)) = next_entry(dict, &mut after) {
            if name == self.name.as_ptr() {
                self.place.store(after - 1, Ordering::Relaxed);
                return value == self.value.as_ptr();
            }
        }
        false
    }
}

/// The addresses of the first name at `place` or after it and of the object there; moves `place` behind them.
#[inline]
fn next_entry(dict: &Bound<'_, PyDict>, place: &mut isize) -> Option<(*mut PyObject, *mut PyObject)> {
    let (mut name, mut value) = (null_mut(), null_mut());
    // SAFETY: `dict` is a dict and this thread holds the GIL. CPython compares any place with the dict's
    // bounds. The borrowed objects are only compared by address, before any other code can run.
    let found = unsafe { PyDict_Next(dict.as_ptr(), place, &raw mut name, &raw mut value) };
    (found != 0).then_some((name, value))
}
