//! Python's strings as Rust's, and back, with the lone surrogates that Rust's cannot hold.

use std::borrow::Cow;

use pyo3::CastError;
use pyo3::prelude::*;
use pyo3::types::PyString;

use super::unusual::{VALUES, ask};
use crate::surrogate;

/// A `str`, also of a subclass. Most are of none, and comparing classes costs no call.
pub(super) fn string<'a, 'py>(object: &'a Bound<'py, PyAny>) -> Result<&'a Bound<'py, PyString>, CastError<'a, 'py>> {
    object.cast_exact().or_else(|_| object.cast())
}

/// A `str` that UTF-8 can hold, as it is.
pub(super) fn utf8<'a>(object: &'a Bound<'_, PyAny>) -> Option<&'a str> {
    string(object).ok()?.to_str().ok()
}

/// The string; lone surrogates, if it has any, are [carried](surrogate) along.
pub(super) fn carried<'a>(string: &'a Bound<'_, PyString>) -> PyResult<Cow<'a, str>> {
    match string.to_str() {
        Ok(string) => Ok(Cow::Borrowed(string)),
        Err(_) => Ok(Cow::Owned(surrogate::carry(code_points(string)?))),
    }
}

/// The string in a form that [`restored`] always turns back: for error messages.
pub(super) fn lossless<'a>(string: &'a Bound<'_, PyString>) -> PyResult<Cow<'a, str>> {
    match string.to_str() {
        Ok(string) if !surrogate::is_marked(string) => Ok(Cow::Borrowed(string)),
        _ => Ok(Cow::Owned(surrogate::carry(code_points(string)?))),
    }
}

/// The string as Python has it, with the lone surrogates that it carries.
pub(super) fn restored<'py>(py: Python<'py>, string: &str) -> PyResult<Bound<'py, PyAny>> {
    if !surrogate::is_marked(string) {
        return Ok(PyString::new(py, string).into_any());
    }
    let code_points: Vec<u32> = surrogate::restore(string).collect();
    ask(py, VALUES, "string_of", (code_points,))
}

/// Its code points, lone surrogates included.
pub(super) fn code_points(string: &Bound<'_, PyAny>) -> PyResult<Vec<u32>> {
    ask(string.py(), VALUES, "code_points", (string,))
}

/// What an f-string makes of an object. Up to Python 3.10, that differs from `str` for some enumerations.
pub(super) fn formatted<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyString>> {
    ask(object.py(), "builtins", "format", (object,))
}
