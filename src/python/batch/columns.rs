//! The values of one member of a batch: the same in all rows, or a column.

use std::cell::RefCell;
use std::fmt::Display;

use pyo3::prelude::*;
use pyo3::types::{
    PyByteArray, PyBytes, PyDict, PyInt, PyList, PyMemoryView, PyRange, PyString, PyTuple,
};

use super::arrow;
use crate::error::Error;
use crate::model::{Input as _, Kind, Member, Shape};
use crate::s3::batch::{Column, ColumnSource, ColumnValue, OpenRow, ValueColumn, limit};

/// The values of one member.
pub(super) enum PySource<'py> {
    /// The same value for all rows.
    Constant(Bound<'py, PyAny>),
    /// A value for each row. A copy: the caller's own list may change while the GIL is released.
    Items(Bound<'py, PyTuple>),
    /// Whole numbers that are made when they are needed, and how many.
    Range(Bound<'py, PyRange>, usize),
    /// An Arrow array, and its latest value as Python has it.
    Arrow(ValueColumn, RefCell<Option<Bound<'py, PyAny>>>, Python<'py>),
}

impl PySource<'_> {
    pub(super) fn is_arrow(&self) -> bool {
        matches!(self, Self::Arrow(..))
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

/// The items of a list or a tuple. A copy: the caller's own list may change while the GIL is
/// released. One of a subclass is read as Python reads it, by its own `__iter__`.
pub(super) fn items<'py>(
    name: &dyn Display,
    sequence: &Bound<'py, PyAny>,
) -> Result<Bound<'py, PyTuple>, Error> {
    if let Ok(tuple) = sequence.cast_exact::<PyTuple>() {
        limit::check(name, tuple.len())?;
        return Ok(tuple.clone());
    }
    let py = sequence.py();
    // By Python's own class, which has a `MemoryError` for what it cannot hold.
    let tuple_of = |list: &Bound<'py, PyList>| {
        let tuple = py.get_type::<PyTuple>().call1((list,))?;
        Ok(tuple.cast_into::<PyTuple>()?)
    };
    if let Ok(list) = sequence.cast_exact::<PyList>() {
        limit::check(name, list.len())?;
        return tuple_of(list);
    }
    // The length of such an object may be wrong, and it may never end.
    let items = PyList::empty(py);
    for (row, item) in sequence.try_iter()?.enumerate() {
        if row == limit::MOST_ROWS {
            return Err(limit::too_many(
                name,
                &format_args!("more than {}", limit::MOST_ROWS),
            ));
        }
        items.append(item?)?;
    }
    tuple_of(&items)
}
