//! Takes a value of the caller's apart, to know it again when it is given once more.
//!
//! A list may have changed in between, and so its objects are compared one by one. Those that are
//! held here cannot change: whoever holds one knows what it says without reading it. To compare runs
//! no Python, and so nothing can change meanwhile.

use std::slice;

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyInt, PyList, PyString, PyTuple};

use super::super::texts::utf8;

/// A value of more parts is written anew each time.
const MOST: usize = 64;

/// The longest text that is held, in bytes.
const LONGEST: usize = 1024;

/// A value of lists, dicts, texts, whole numbers, truth values and `None`.
pub(super) struct Parts(Vec<Part>);

/// A container is followed by what is in it.
enum Part {
    Leaf(Py<PyAny>),
    /// A list or a tuple, which JSON writes alike, of so many items.
    List(usize),
    /// A dict of so many names, each followed by its value.
    Map(usize),
}

impl Parts {
    /// The parts of a value; `None` if some part might not say the same the next time, or if there
    /// are too many.
    pub(super) fn of(value: &Bound<'_, PyAny>) -> Option<Self> {
        let mut parts = Vec::new();
        append(&mut parts, value)?;
        Some(Self(parts))
    }

    /// Whether the value has just these parts.
    #[inline]
    pub(super) fn fit(&self, value: &Bound<'_, PyAny>) -> bool {
        fits(&mut self.0.iter(), value)
    }

    /// The strings among them.
    pub(super) fn strings<'a>(&'a self, py: Python<'a>) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter_map(move |part| match part {
            Part::Leaf(leaf) => utf8(leaf.bind(py)),
            Part::List(_) | Part::Map(_) => None,
        })
    }
}

/// Whether this object says the same for ever: of the very classes that JSON knows, not too long,
/// and written without asking Python.
pub(super) fn is_constant(object: &Bound<'_, PyAny>) -> bool {
    if let Ok(text) = object.cast_exact::<PyString>() {
        return text.to_str().is_ok_and(|text| text.len() <= LONGEST);
    }
    if let Ok(number) = object.cast_exact::<PyInt>() {
        return number.extract::<i64>().is_ok();
    }
    object.is_none() || object.is_exact_instance_of::<PyBool>()
}

/// Whether `given` is a constant, or of its very class and equal: `True` is not `1`.
#[inline]
pub(super) fn is_alike(known: &Bound<'_, PyAny>, given: &Bound<'_, PyAny>) -> bool {
    known.is(given) || is_equal(known, given)
}

/// To compare two objects of the classes of constants runs nobody's code.
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

fn append(parts: &mut Vec<Part>, value: &Bound<'_, PyAny>) -> Option<()> {
    // What holds itself has too many parts.
    if parts.len() == MOST {
        return None;
    }
    if is_constant(value) {
        parts.push(Part::Leaf(value.clone().unbind()));
    } else if let Ok(list) = value.cast_exact::<PyList>() {
        parts.push(Part::List(list.len()));
        list.iter().try_for_each(|item| append(parts, &item))?;
    } else if let Ok(tuple) = value.cast_exact::<PyTuple>() {
        parts.push(Part::List(tuple.len()));
        tuple.iter().try_for_each(|item| append(parts, &item))?;
    } else {
        let map = value.cast_exact::<PyDict>().ok()?;
        parts.push(Part::Map(map.len()));
        for (name, value) in map {
            // Other names than texts are written otherwise than values.
            name.cast_exact::<PyString>().ok()?;
            append(parts, &name)?;
            append(parts, &value)?;
        }
    }
    Some(())
}

/// Most parts are leaves, and the same.
#[inline]
fn fits(parts: &mut slice::Iter<'_, Part>, value: &Bound<'_, PyAny>) -> bool {
    match parts.next() {
        None => false,
        Some(Part::Leaf(known)) => is_alike(known.bind(value.py()), value),
        Some(Part::List(length)) => fit_list(*length, parts, value),
        Some(Part::Map(length)) => fit_map(*length, parts, value),
    }
}

fn fit_list(length: usize, parts: &mut slice::Iter<'_, Part>, value: &Bound<'_, PyAny>) -> bool {
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

fn fit_map(length: usize, parts: &mut slice::Iter<'_, Part>, value: &Bound<'_, PyAny>) -> bool {
    let Ok(map) = value.cast_exact::<PyDict>() else {
        return false;
    };
    let mut entries = map.iter();
    // To ask for the end would cost a call.
    entries.len() == length
        && (0..length).all(|_| {
            let entry = entries.next();
            entry.is_some_and(|(name, value)| fits(parts, &name) && fits(parts, &value))
        })
}
