//! Reads a mapping by its own methods, and takes its entries apart as Python does.

use pyo3::exceptions::PyValueError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use super::operation::operation;
use crate::error::Error;
use crate::model::Operation;
use crate::s3::{Entries, Mapping};

impl Mapping for Bound<'_, PyAny> {
    fn new_string(&self, string: &str) -> Self {
        PyString::new(self.py(), string).into_any()
    }

    fn nothing(&self) -> Self {
        self.py().None().into_bound(self.py())
    }

    fn get(&self, name: &Self) -> Result<Self, Error> {
        Ok(self.call_method1(intern!(self.py(), "get"), (name,))?)
    }

    fn item(&self, name: &Self) -> Result<Self, Error> {
        Ok(self.get_item(name)?)
    }

    fn each_name(&self, mut visit: impl FnMut(Self) -> Result<(), Error>) -> Result<(), Error> {
        self.try_iter()?.try_for_each(|name| visit(name?))
    }

    fn items(&self) -> Result<Entries<Self>, Error> {
        let items = self.call_method0(intern!(self.py(), "items"))?;
        items.try_iter()?.map(|item| pair(&item?)).collect()
    }

    fn with(&self, set: &[(&str, &str)]) -> Result<Option<Self>, Error> {
        let py = self.py();
        let values = PyDict::new(py);
        for (name, string) in set {
            values.set_item(name, string)?;
        }
        let copies = py.import(intern!(py, "presigned._client.mapping_copies"))?;
        let written = copies.call_method1(intern!(py, "written"), (self, values))?;
        Ok(Some(written).filter(|written| !written.is_none()))
    }

    fn operation(&self) -> Result<&'static Operation, Error> {
        operation(self)
    }

    fn has_methods(&self) -> Result<bool, Error> {
        Ok(self.hasattr("get")? && self.hasattr("items")?)
    }
}

/// The two items of one, as Python takes them apart in `for key, value in ...`.
pub(super) fn pair<'py>(
    item: &Bound<'py, PyAny>,
) -> Result<(Bound<'py, PyAny>, Bound<'py, PyAny>), Error> {
    if let Ok(tuple) = item.cast_exact::<PyTuple>()
        && tuple.len() == 2
    {
        return Ok(tuple.extract()?);
    }
    let mut parts = item.try_iter()?;
    let (first, second) = (parts.next().transpose()?, parts.next().transpose()?);
    if parts.next().transpose()?.is_some() {
        let message = "too many values to unpack (expected 2)";
        return Err(Error::Value(message.to_owned()));
    }
    let given = usize::from(first.is_some()) + usize::from(second.is_some());
    let message = || format!("not enough values to unpack (expected 2, got {given})");
    first.zip(second).ok_or_else(|| Error::Value(message()))
}

/// The same as Python's JSON takes them apart.
pub(super) fn json_pair<'py>(
    item: &Bound<'py, PyAny>,
) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
    match item.cast::<PyTuple>() {
        Ok(pair) if pair.len() == 2 => pair.extract(),
        _ => Err(PyValueError::new_err("items must return 2-tuples")),
    }
}
