//! Finds the kind of an object, and the kind that it claims to be.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyByteArray, PyBytes, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple, PyType};

use crate::model::Kind;

/// What an object is, if it is anything that parameters are made of.
pub(super) fn native_kind(object: &Bound<'_, PyAny>) -> Option<Kind> {
    // Most objects are of exactly these classes, and comparing classes costs no call.
    if object.is_exact_instance_of::<PyString>() {
        Some(Kind::String)
    } else if object.is_exact_instance_of::<PyDict>() {
        Some(Kind::Map)
    } else if object.is_exact_instance_of::<PyList>() {
        Some(Kind::List)
    } else if object.is_exact_instance_of::<PyInt>() {
        Some(Kind::Int)
    } else if object.is_none() {
        Some(Kind::Null)
    } else {
        kind_of_class(&object.get_type())
    }
}

/// The kind of an object for `isinstance`, by its `__class__`: stand-ins report another object's class.
#[cold]
pub(super) fn kind_it_stands_for(object: &Bound<'_, PyAny>) -> Option<Kind> {
    let class = object.getattr(intern!(object.py(), "__class__")).ok()?;
    let class = class.cast::<PyType>().ok()?;
    kind_of_class(class).filter(|_| !class.is(object.get_type()))
}

/// The kind of the objects of a class. `bool` comes before `int`, its parent.
fn kind_of_class(class: &Bound<'_, PyType>) -> Option<Kind> {
    let py = class.py();
    let kinds = [
        (py.get_type::<PyString>(), Kind::String),
        (py.get_type::<PyBool>(), Kind::Bool),
        (py.get_type::<PyInt>(), Kind::Int),
        (py.get_type::<PyDict>(), Kind::Map),
        (py.get_type::<PyList>(), Kind::List),
        (py.get_type::<PyTuple>(), Kind::List),
        (py.get_type::<PyFloat>(), Kind::Float),
        (py.get_type::<PyBytes>(), Kind::Bytes),
        (py.get_type::<PyByteArray>(), Kind::Bytes),
    ];
    let is_of = |(one, _): &(Bound<'_, PyType>, _)| class.is_subclass(one).unwrap_or_default();
    Some(kinds.into_iter().find(is_of)?.1)
}
