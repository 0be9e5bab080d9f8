//! Finds the kind of an object, and the kind that it claims to be.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyByteArray, PyBytes, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple, PyType,
};

use crate::model::Kind;

/// What an object is, if it is anything that parameters are made of.
pub(super) fn native_kind(object: &Bound<'_, PyAny>) -> Option<Kind> {
    // Most objects are of exactly these classes, and comparing classes costs no call.
    Some(if object.is_exact_instance_of::<PyString>() {
        Kind::Text
    } else if object.is_exact_instance_of::<PyDict>() {
        Kind::Map
    } else if object.is_exact_instance_of::<PyList>() {
        Kind::List
    } else if object.is_exact_instance_of::<PyInt>() {
        Kind::Int
    } else if object.is_instance_of::<PyString>() {
        Kind::Text
    } else if object.is_none() {
        Kind::Null
    } else if object.is_instance_of::<PyBool>() {
        Kind::Bool
    } else if object.is_instance_of::<PyInt>() {
        Kind::Int
    } else if object.is_instance_of::<PyDict>() {
        Kind::Map
    } else if object.is_instance_of::<PyList>() || object.is_instance_of::<PyTuple>() {
        Kind::List
    } else if object.is_instance_of::<PyFloat>() {
        Kind::Float
    } else if object.is_instance_of::<PyBytes>() || object.is_instance_of::<PyByteArray>() {
        Kind::Bytes
    } else {
        return None;
    })
}

/// The kind of an object for `isinstance`, by its `__class__`: stand-ins report another object's class.
#[cold]
pub(super) fn kind_it_stands_for(object: &Bound<'_, PyAny>) -> Option<Kind> {
    let class = object.getattr(intern!(object.py(), "__class__")).ok()?;
    if class.is(object.get_type()) {
        return None;
    }
    let class = class.cast::<PyType>().ok()?;
    let py = object.py();
    let of = |one: Bound<'_, PyType>| class.is_subclass(&one).unwrap_or_default();
    Some(if of(py.get_type::<PyString>()) {
        Kind::Text
    } else if of(py.get_type::<PyBool>()) {
        Kind::Bool
    } else if of(py.get_type::<PyInt>()) {
        Kind::Int
    } else if of(py.get_type::<PyDict>()) {
        Kind::Map
    } else if of(py.get_type::<PyList>()) || of(py.get_type::<PyTuple>()) {
        Kind::List
    } else if of(py.get_type::<PyFloat>()) {
        Kind::Float
    } else if of(py.get_type::<PyBytes>()) || of(py.get_type::<PyByteArray>()) {
        Kind::Bytes
    } else {
        return None;
    })
}
