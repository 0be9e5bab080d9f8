//! Takes a caller's value apart, to recognise it when it is given again.
//!
//! A list may have changed in between, so its items are compared one by one. The items that are held
//! here cannot change, so the same object has the same value. A comparison runs no Python code, so
//! nothing can change meanwhile.

use std::slice;

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyInt, PyList, PyString, PyTuple};

use super::super::strings::utf8;

/// The most parts. A value with more is written again each time.
const MOST: usize = 64;

/// The longest string that is held, in bytes.
const LONGEST: usize = 1024;

/// A value of lists, dicts, strings, whole numbers, truth values and `None`.
pub(super) struct ConditionParts(Vec<ConditionPart>);

/// A container is followed by what is in it.
enum ConditionPart {
    Leaf(Py<PyAny>),
    /// A list or a tuple, which JSON writes alike, of so many items.
    List(usize),
    /// A dict of so many names, each followed by its value.
    Map(usize),
}

impl ConditionParts {
    /// The parts of a value; `None` if some part may change, or if there are too many.
    pub(super) fn of(value: &Bound<'_, PyAny>) -> Option<Self> {
        let mut parts = Vec::new();
        append(&mut parts, value)?;
        Some(Self(parts))
    }

    /// Whether a value has exactly these parts.
    #[inline]
    pub(super) fn fit(&self, value: &Bound<'_, PyAny>) -> bool {
        fits(&mut self.0.iter(), value)
    }

    /// The strings among them.
    pub(super) fn strings<'a>(&'a self, py: Python<'a>) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter_map(move |part| match part {
            ConditionPart::Leaf(leaf) => utf8(leaf.bind(py)),
            ConditionPart::List(_) | ConditionPart::Map(_) => None,
        })
    }
}

/// Whether this object can never change: its class is one of those that JSON knows, and no subclass;
/// it is not too long, and can be written without asking Python.
pub(super) fn is_constant(object: &Bound<'_, PyAny>) -> bool {
    if let Ok(text) = object.cast_exact::<PyString>() {
        return text.to_str().is_ok_and(|text| text.len() <= LONGEST);
    }
    if let Ok(number) = object.cast_exact::<PyInt>() {
        return number.extract::<i64>().is_ok();
    }
    object.is_none() || object.is_exact_instance_of::<PyBool>()
}

/// Whether two objects are one, or of the same class and equal: `True` is not `1`.
#[inline]
pub(super) fn is_alike(known: &Bound<'_, PyAny>, given: &Bound<'_, PyAny>) -> bool {
    known.is(given) || is_equal(known, given)
}

/// To compare two constants runs no code of the caller's.
#[inline(never)]
fn is_equal(known: &Bound<'_, PyAny>, given: &Bound<'_, PyAny>) -> bool {
    let texts = (
        known.cast_exact::<PyString>(),
        given.cast_exact::<PyString>(),
    );
    if let (Ok(known), Ok(given)) = texts {
        return matches!((known.to_str(), given.to_str()), (Ok(one), Ok(other)) if one == other);
    }
    known.get_type_ptr() == given.get_type_ptr() && known.eq(given).unwrap_or_default()
}

fn append(parts: &mut Vec<ConditionPart>, value: &Bound<'_, PyAny>) -> Option<()> {
    // A list that contains itself has too many parts.
    if parts.len() == MOST {
        return None;
    }
    if is_constant(value) {
        parts.push(ConditionPart::Leaf(value.clone().unbind()));
    } else if let Ok(list) = value.cast_exact::<PyList>() {
        parts.push(ConditionPart::List(list.len()));
        list.iter().try_for_each(|item| append(parts, &item))?;
    } else if let Ok(tuple) = value.cast_exact::<PyTuple>() {
        parts.push(ConditionPart::List(tuple.len()));
        tuple.iter().try_for_each(|item| append(parts, &item))?;
    } else {
        let map = value.cast_exact::<PyDict>().ok()?;
        parts.push(ConditionPart::Map(map.len()));
        for (name, value) in map {
            // JSON writes a name that is not a string differently from a value.
            name.cast_exact::<PyString>().ok()?;
            append(parts, &name)?;
            append(parts, &value)?;
        }
    }
    Some(())
}

/// Most parts are leaves, and the same.
#[inline]
fn fits(parts: &mut slice::Iter<'_, ConditionPart>, value: &Bound<'_, PyAny>) -> bool {
    match parts.next() {
        None => false,
        Some(ConditionPart::Leaf(known)) => is_alike(known.bind(value.py()), value),
        Some(ConditionPart::List(length)) => fit_list(*length, parts, value),
        Some(ConditionPart::Map(length)) => fit_map(*length, parts, value),
    }
}

fn fit_list(
    length: usize,
    parts: &mut slice::Iter<'_, ConditionPart>,
    value: &Bound<'_, PyAny>,
) -> bool {
    let mut places = 0..length;
    if let Ok(list) = value.cast_exact::<PyList>() {
        return list.len() == length
            && places.all(|at| list.get_item(at).is_ok_and(|item| fits(parts, &item)));
    }
    value.cast_exact::<PyTuple>().is_ok_and(|tuple| {
        tuple.len() == length
            && places.all(|at| tuple.get_item(at).is_ok_and(|item| fits(parts, &item)))
    })
}

fn fit_map(
    length: usize,
    parts: &mut slice::Iter<'_, ConditionPart>,
    value: &Bound<'_, PyAny>,
) -> bool {
    let Ok(map) = value.cast_exact::<PyDict>() else {
        return false;
    };
    let mut entries = map.iter();
    // The length is known: to ask for the end would cost a call.
    entries.len() == length
        && (0..length).all(|_| {
            let entry = entries.next();
            entry.is_some_and(|(name, value)| fits(parts, &name) && fits(parts, &value))
        })
}
