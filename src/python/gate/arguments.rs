//! Whether both give the same result for the values of a call, for the plain ones; Python decides for the others.

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyInt, PyList, PyString, PyTuple};

/// Beyond this many seconds the two could count differently.
const LONG: i64 = 1_000_000_000;

/// A condition with more levels is looked at by Python.
const DEEPEST: u8 = 16;

/// Whether this is a whole number of seconds, of a usual size.
pub(super) fn is_lifetime(value: &Bound<'_, PyAny>) -> bool {
    value.cast_exact::<PyInt>().is_ok_and(|seconds| {
        seconds
            .extract::<i64>()
            .is_ok_and(|seconds| -LONG < seconds && seconds < LONG)
    })
}

/// Whether the arguments of a form, beside bucket and lifetime, are plain.
pub(super) fn fit_form(key: &Bound<'_, PyAny>, fields: &Bound<'_, PyAny>, conditions: &Bound<'_, PyAny>) -> bool {
    key.is_exact_instance_of::<PyString>()
        && (fields.is_none() || fields.is_exact_instance_of::<PyDict>())
        && (conditions.is_none() || (conditions.is_exact_instance_of::<PyList>() && is_json(conditions, DEEPEST)))
}

/// Whether a condition of a policy has only values of JSON's types. It runs no Python.
fn is_json(value: &Bound<'_, PyAny>, levels: u8) -> bool {
    let Some(inner) = levels.checked_sub(1) else {
        return false;
    };
    if value.is_exact_instance_of::<PyString>() {
        return true;
    }
    if let Ok(dict) = value.cast_exact::<PyDict>() {
        return dict
            .iter()
            .all(|(name, item)| name.is_exact_instance_of::<PyString>() && is_json(&item, inner));
    }
    if let Ok(list) = value.cast_exact::<PyList>() {
        return list.iter().all(|item| is_json(&item, inner));
    }
    if let Ok(tuple) = value.cast_exact::<PyTuple>() {
        return tuple.iter().all(|item| is_json(&item, inner));
    }
    value.is_exact_instance_of::<PyInt>() || value.is_exact_instance_of::<PyBool>() || value.is_none()
}
