//! A batch as one dict, in which any member may be a column and the rest are the same in all rows.

use std::cell::RefCell;

use pyo3::prelude::*;
use pyo3::types::{
    PyByteArray, PyBytes, PyDict, PyInt, PyList, PyMemoryView, PyRange, PyString, PyTuple,
};

use super::arrow;
use super::output::Format;
use super::rows::{Batch, Rows, items};
use crate::error::Error;
use crate::model::{Input as _, Kind, Member, Shape};
use crate::s3::batch::{
    Chunk, Column, ColumnRows, ColumnSource, ColumnValue, OpenRow, ValueColumn, limit,
};
use crate::s3::{Mapping as _, Object as _};

/// Params with columns.
pub(super) struct Columns<'a, 'py> {
    batch: &'a Batch<'a, 'py>,
    rows: ColumnRows<Bound<'py, PyAny>, PySource<'py>>,
}

/// The values of one member.
enum PySource<'py> {
    /// The same value for all rows.
    Constant(Bound<'py, PyAny>),
    /// A value for each row. A copy: the caller's own list may change while the GIL is released.
    Items(Bound<'py, PyTuple>),
    /// Whole numbers that are made when they are needed, and how many.
    Range(Bound<'py, PyRange>, usize),
    /// An Arrow array, and its latest value as Python has it.
    Arrow(ValueColumn, RefCell<Option<Bound<'py, PyAny>>>, Python<'py>),
}

impl<'a, 'py> Columns<'a, 'py> {
    pub(super) fn new(
        batch: &'a Batch<'a, 'py>,
        params: &Bound<'py, PyAny>,
    ) -> Result<Self, Error> {
        let entries = match params.entries() {
            Some(entries) => entries.collect(),
            None => params.items()?,
        };
        let rows = ColumnRows::new(batch.common.operation, entries)?;
        Ok(Self { batch, rows })
    }
}

impl Rows for Columns<'_, '_> {
    fn count(&self) -> usize {
        self.rows.count
    }

    fn name(&self) -> String {
        self.rows.first.to_string()
    }

    fn format(&self) -> Format {
        let is_arrow = |values: &PySource<'_>| matches!(values, PySource::Arrow(..));
        if self.rows.values.iter().any(is_arrow) {
            Format::Arrow
        } else {
            Format::List
        }
    }

    fn write(&mut self, row: usize, chunk: &mut Chunk) -> Result<(), Error> {
        let common = &self.batch.common;
        if self.batch.by_row.is_some() || !self.rows.write(common, row, chunk)? {
            let entries = self.rows.entries(row)?;
            let py = self.rows.first.py();
            chunk.push_finished(self.batch.presign_entries(py, &entries)?);
        }
        Ok(())
    }
}

impl<'py> ColumnSource<Bound<'py, PyAny>> for PySource<'py> {
    fn of(
        name: &Bound<'py, PyAny>,
        value: Bound<'py, PyAny>,
        member: Option<&'static Member>,
    ) -> Result<Self, Error> {
        let is_list = |member: &Member| matches!(member.shape, Shape::List { .. });
        if member.is_some_and(is_list) || is_scalar(&value) {
            return Ok(Self::Constant(value));
        }
        if value.kind() == Kind::List {
            return items(name, &value).map(Self::Items);
        }
        if let Ok(range) = value.cast::<PyRange>() {
            // Python counts no further than memory could.
            let count = range.as_any().len();
            let count = count.map_err(|_| limit::too_many(name, &range))?;
            limit::check(name, count)?;
            return Ok(Self::Range(range.clone(), count));
        }
        if !is_of_pandas(&value)
            && let Some(column) = arrow::column(name, &value)?
        {
            limit::check(name, column.rows())?;
            return Ok(Self::Arrow(column, RefCell::new(None), value.py()));
        }
        // An array of numpy, a series of pandas: objects that can become a list.
        for method in ["tolist", "to_list"] {
            if value.hasattr(method)? {
                check_array(name, &value)?;
                let list = value.call_method0(method)?;
                if list.is_instance_of::<PyList>() {
                    return items(name, &list).map(Self::Items);
                }
            }
        }
        Ok(Self::Constant(value))
    }

    fn rows(&self) -> Option<usize> {
        match self {
            Self::Constant(_) => None,
            Self::Items(items) => Some(items.len()),
            Self::Range(_, count) => Some(*count),
            Self::Arrow(column, ..) => Some(column.rows()),
        }
    }

    fn object(&self, row: usize) -> Result<Bound<'py, PyAny>, Error> {
        match self {
            Self::Constant(value) => Ok(value.clone()),
            Self::Items(items) => Ok(items.get_item(row)?),
            Self::Range(range, _) => Ok(range.as_any().get_item(row)?),
            Self::Arrow(column, latest, py) => {
                let value = column.value(row);
                let mut latest = latest.borrow_mut();
                // If the same string follows, the same object follows, and so the same request is used.
                if let (ColumnValue::String(string), Some(object)) = (value, &*latest)
                    && let Ok(known) = object.cast::<PyString>()
                    && known.to_str().is_ok_and(|known| known == string)
                {
                    return Ok(object.clone());
                }
                let object = arrow::object(*py, value)?;
                *latest = Some(object.clone());
                Ok(object)
            }
        }
    }

    fn push(&self, row: usize, column: Column, open: &mut OpenRow<'_>) -> Result<bool, Error> {
        match self {
            Self::Arrow(values, ..) => Ok(open.push_value(column, values.value(row))),
            others => Ok(open.push(column, &others.object(row)?)),
        }
    }
}

/// Whether this is certainly one value: then it is not searched for the methods of a list.
fn is_scalar(value: &Bound<'_, PyAny>) -> bool {
    value.is_none()
        || value.is_instance_of::<PyString>()
        || value.is_instance_of::<PyDict>()
        || value.is_instance_of::<PyInt>()
        || value.is_instance_of::<PyBytes>()
        || value.is_instance_of::<PyByteArray>()
        || value.is_instance_of::<PyMemoryView>()
}

/// Refuses an array that is too long, or has more than one dimension and so may be far larger than its
/// length, before it becomes a list.
fn check_array(name: &Bound<'_, PyAny>, array: &Bound<'_, PyAny>) -> Result<(), Error> {
    let dimensions = array.getattr("ndim").and_then(|number| number.extract());
    if dimensions.is_ok_and(|number: usize| number > 1) {
        return Err(Error::ParamValidation(format!(
            "Invalid shape of parameter {name}, type: {}, valid shapes: one dimension, which is a value \
             for each row",
            array.get_type()
        )));
    }
    // An object without a length is not an array.
    array.len().map_or(Ok(()), |rows| limit::check(name, rows))
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
