//! Lets the caches below hold Python objects and recognise them, without knowing of Python.

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyList, PyString, PyTuple};

use super::instants;
use crate::model::Input as _;
use crate::s3::Object;

/// The longest string that is held, in bytes.
const LONGEST: usize = 1024;

impl Object for Bound<'_, PyAny> {
    type Held = Py<PyAny>;

    fn held(&self) -> Py<PyAny> {
        self.clone().unbind()
    }

    fn is(&self, held: &Py<PyAny>) -> bool {
        held.is(self)
    }

    fn is_same(&self, other: &Self) -> bool {
        PyAnyMethods::is(self, other)
    }

    fn is_string(&self) -> bool {
        self.is_exact_instance_of::<PyString>()
    }

    fn entries(&self) -> Option<impl ExactSizeIterator<Item = (Self, Self)>> {
        self.cast_exact::<PyDict>().ok().map(PyDictMethods::iter)
    }

    fn is_constant(&self) -> bool {
        match self.exact_string() {
            Some(string) => string.len() <= LONGEST,
            None => self.is_none() || self.small_integer().is_some() || self.is_exact_instance_of::<PyBool>(),
        }
    }

    fn is_utc_instant(&self) -> bool {
        instants::is_utc(self)
    }

    #[inline]
    fn is_like(&self, held: &Py<PyAny>) -> bool {
        held.is(self) || is_equal(held.bind(self.py()), self)
    }

    fn sequence_length(&self) -> Option<usize> {
        match self.cast_exact::<PyList>() {
            Ok(list) => Some(list.len()),
            Err(_) => self.cast_exact::<PyTuple>().ok().map(PyTupleMethods::len),
        }
    }

    fn all_items(&self, length: usize, mut pass: impl FnMut(Self) -> bool) -> bool {
        if let Ok(list) = self.cast_exact::<PyList>() {
            return list.len() == length && (0..length).all(|at| list.get_item(at).is_ok_and(&mut pass));
        }
        self.cast_exact::<PyTuple>()
            .is_ok_and(|tuple| tuple.len() == length && (0..length).all(|at| tuple.get_item(at).is_ok_and(&mut pass)))
    }
}

/// To compare two constants runs no code of the caller's.
#[inline(never)]
fn is_equal(known: &Bound<'_, PyAny>, given: &Bound<'_, PyAny>) -> bool {
    if let (Some(known), Some(given)) = (known.exact_string(), given.exact_string()) {
        return known == given;
    }
    known.get_type_ptr() == given.get_type_ptr() && known.eq(given).unwrap_or_default()
}
