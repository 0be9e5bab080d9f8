//! Lets a batch read Python objects as columns, without knowing of Python.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyMemoryView, PyRange, PyTuple};

use super::arrow;
use crate::error::Error;
use crate::s3::batch::{ColumnObject, Listed, ValueColumn};

impl ColumnObject for Bound<'_, PyAny> {
    fn new_number(&self, number: i64) -> Self {
        match number.into_pyobject(self.py()) {
            Ok(number) => number.into_any(),
        }
    }

    fn is_range(&self) -> bool {
        self.is_instance_of::<PyRange>()
    }

    fn as_tuple(&self, most: usize) -> Result<Option<Self>, Error> {
        let py = self.py();
        if self.is_exact_instance_of::<PyTuple>() {
            return Ok(Some(self.clone()));
        }
        if self.is_exact_instance_of::<PyList>() {
            // By Python's own class, which has a `MemoryError` for what it cannot hold.
            return Ok(Some(py.get_type::<PyTuple>().call1((self,))?));
        }
        let tuple = arrays(py)?.call_method1(intern!(py, "iterated"), (self, most))?;
        Ok((!tuple.is_none()).then_some(tuple))
    }

    #[inline]
    fn item_at(&self, row: usize) -> Result<Self, Error> {
        Ok(match self.cast_exact::<PyTuple>() {
            Ok(tuple) => tuple.get_item(row)?,
            Err(_) => self.get_item(row)?,
        })
    }

    fn arrow_column(&self, name: &Self) -> Result<Option<ValueColumn>, Error> {
        if is_of_pandas(self) {
            return Ok(None);
        }
        arrow::column(name, self)
    }

    fn listed(&self, most: usize) -> Result<Listed<Self>, Error> {
        let py = self.py();
        if self.is_instance_of::<PyMemoryView>() {
            return Ok(Listed::Value);
        }
        // An array of numpy, a series of pandas: objects that can become a list.
        for method in ["tolist", "to_list"] {
            if !self.hasattr(method)? {
                continue;
            }
            let listed = arrays(py)?.call_method1(intern!(py, "listed"), (self, method, most))?;
            let (what, found): (String, Self) = listed.extract()?;
            match &*what {
                "list" => return Ok(Listed::List(found)),
                "too long" => return Ok(Listed::TooLong(found)),
                "dimensions" => return Ok(Listed::HasDimensions),
                _ => {}
            }
        }
        Ok(Listed::Value)
    }
}

/// Whether this is a series or an array of pandas. It offers itself as Arrow too, but its users
/// expect Python's own strings.
fn is_of_pandas(value: &Bound<'_, PyAny>) -> bool {
    let module = value.get_type().module();
    // Not by Python's `str`, which looks for signals: their exception would be lost here.
    module.is_ok_and(|module| {
        let name = module.to_cow();
        name.is_ok_and(|name| name.split('.').next() == Some("pandas"))
    })
}

/// Python's part, for objects that are not plain.
fn arrays(py: Python<'_>) -> PyResult<Bound<'_, PyModule>> {
    py.import(intern!(py, "presigned._client.arrays"))
}
