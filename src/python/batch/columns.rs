//! Lets a batch read Python objects as columns, without knowing of Python.

use pyo3::prelude::*;
use pyo3::types::{PyList, PyRange, PyTuple};

use super::arrow;
use crate::error::Error;
use crate::python::unusual::ask;
use crate::s3::batch::{ColumnObject, Listed, ValueColumn};

/// It reads lists that are not plain.
pub(super) const ARRAYS: &str = "presigned._client.arrays";

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
        Ok(ask(py, ARRAYS, "iterated", (self, most))?)
    }

    #[inline]
    fn item_at(&self, row: usize) -> Result<Self, Error> {
        Ok(match self.cast_exact::<PyTuple>() {
            Ok(tuple) => tuple.get_item(row)?,
            Err(_) => self.get_item(row)?,
        })
    }

    fn arrow_column(&self, name: &Self) -> Result<Option<ValueColumn>, Error> {
        if ask(self.py(), ARRAYS, "is_of_pandas", (self,))? {
            return Ok(None);
        }
        arrow::column(name, self)
    }

    fn listed(&self, most: usize) -> Result<Listed<Self>, Error> {
        let (what, found): (String, _) = ask(self.py(), ARRAYS, "listed", (self, most))?;
        Ok(match &*what {
            "list" => Listed::List(found),
            "too long" => Listed::TooLong(found),
            "dimensions" => Listed::HasDimensions,
            _ => Listed::Value,
        })
    }
}
