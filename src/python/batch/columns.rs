//! A batch as one dict, in which any member may be a column and the rest are the same in all rows.

use std::cell::RefCell;

use pyo3::prelude::*;
use pyo3::types::{
    PyByteArray, PyBytes, PyDict, PyInt, PyList, PyMemoryView, PyRange, PyString, PyTuple,
};

use super::super::entries::items;
use super::super::errors::foreign;
use super::super::memory::LONG_TEXT;
use super::super::params::{Entries, param_name};
use super::arrow;
use super::limit;
use super::output::Format;
use super::rows::{Batch, Rows};
use super::shape::{Role, RowMember, RowShape, push};
use crate::error::Error;
use crate::model::{Input as _, Kind, Member, ParamName, Shape as MemberShape};
use crate::s3::batch::{Chunk, Column, ColumnValue, ValueColumn};

/// Params with columns.
pub(super) struct Columns<'a, 'py> {
    py: Python<'py>,
    batch: &'a Batch<'a, 'py>,
    names: Vec<Bound<'py, PyAny>>,
    values: Vec<ColumnSource<'py>>,
    /// The name of the first member that is a column.
    first: Bound<'py, PyAny>,
    count: usize,
    /// `None` if each row must be presigned by itself.
    shape: Option<RowShape<'py>>,
}

/// The values of one member.
enum ColumnSource<'py> {
    /// The same value for all rows.
    Constant(Bound<'py, PyAny>),
    /// A value for each row. A copy: the caller's own list may change while the GIL is released.
    Items(Bound<'py, PyTuple>),
    /// Whole numbers that are made when they are needed, and how many.
    Range(Bound<'py, PyRange>, usize),
    /// An Arrow array, and its latest value as Python has it.
    Arrow(ValueColumn, RefCell<Option<Bound<'py, PyAny>>>),
}

impl<'a, 'py> Columns<'a, 'py> {
    pub(super) fn new(
        batch: &'a Batch<'a, 'py>,
        params: &Bound<'py, PyAny>,
    ) -> Result<Self, Error> {
        let entries: Entries<'py> = match params.cast_exact::<PyDict>() {
            Ok(params) => params.iter().collect(),
            Err(_) => items(params).map_err(foreign)?,
        };
        let (mut names, mut values, mut parts) = (Vec::new(), Vec::new(), Some(Vec::new()));
        let mut first: Option<(Bound<'py, PyAny>, usize)> = None;
        for (name, value) in entries {
            let member = match param_name(batch.operation, &name)? {
                ParamName::Known(member) => Some(member),
                ParamName::Unknown(_) => None,
            };
            let value = ColumnSource::of(&name, value, member)?;
            if let Some(count) = value.count() {
                match &first {
                    Some((other, expected)) if *expected != count => {
                        return Err(unequal(other, *expected, &name, count));
                    }
                    Some(_) => {}
                    None => first = Some((name.clone(), count)),
                }
            }
            parts = parts
                .zip(member.and_then(|member| part(&name, member, &value)))
                .map(|(mut parts, part)| {
                    parts.push(part);
                    parts
                });
            names.push(name);
            values.push(value);
        }
        let Some((first, count)) = first else {
            return Err(Error::ParamValidation(
                "No parameter is a column: give a list for at least one, or presign one URL with \
                 generate_presigned_url"
                    .to_owned(),
            ));
        };
        Ok(Self {
            py: params.py(),
            batch,
            names,
            values,
            first,
            count,
            shape: parts.map(RowShape::new),
        })
    }

    fn write_by_shape(&mut self, row: usize, chunk: &mut Chunk) -> Result<bool, Error> {
        let py = self.py;
        let Some(shape) = &mut self.shape else {
            return Ok(false);
        };
        if self.batch.by_row.is_some() {
            return Ok(false);
        }
        let mut open = chunk.open_row();
        let mut bucket = None;
        for (values, part) in self.values.iter().zip(&shape.parts) {
            match part.role {
                Role::Constant(_) => {}
                Role::Bucket => bucket = Some(values.get(py, row)?),
                Role::Column(column) => {
                    let is_plain = match values {
                        ColumnSource::Arrow(values, _) => match values.value(row) {
                            ColumnValue::String(string) => {
                                string.len() <= LONG_TEXT && open.push_text(column, string)
                            }
                            ColumnValue::Number(number) => open.push_number(column, number),
                            ColumnValue::Null => false,
                        },
                        others => push(&mut open, column, &others.get(py, row)?),
                    };
                    if !is_plain {
                        return Ok(false);
                    }
                }
            }
        }
        let will_recur = self.count > 1 && bucket.is_none();
        match shape.request(self.batch, bucket.as_ref(), will_recur) {
            Some(request) => open.close(request),
            None => return Ok(false),
        }
        Ok(true)
    }
}

impl Rows for Columns<'_, '_> {
    fn count(&self) -> usize {
        self.count
    }

    fn name(&self) -> String {
        self.first.to_string()
    }

    fn format(&self) -> Format {
        let is_arrow = |values: &ColumnSource<'_>| matches!(values, ColumnSource::Arrow(..));
        if self.values.iter().any(is_arrow) {
            Format::Arrow
        } else {
            Format::List
        }
    }

    fn write(&mut self, row: usize, chunk: &mut Chunk) -> Result<(), Error> {
        if self.write_by_shape(row, chunk)? {
            return Ok(());
        }
        let py = self.py;
        let mut entries = Entries::new();
        for (name, values) in self.names.iter().zip(&self.values) {
            entries.push((name.clone(), values.get(py, row)?));
        }
        chunk.push_finished(self.batch.presign_one(py, &entries)?);
        Ok(())
    }
}

impl<'py> ColumnSource<'py> {
    /// The column, if this value is one. A member that takes a list by itself is never a column.
    fn of(
        name: &Bound<'py, PyAny>,
        value: Bound<'py, PyAny>,
        member: Option<&Member>,
    ) -> Result<Self, Error> {
        let is_list = |member: &Member| matches!(member.shape, MemberShape::List { .. });
        if member.is_some_and(is_list) || is_scalar(&value) {
            return Ok(Self::Constant(value));
        }
        if value.kind() == Kind::List {
            return limit::items(name, &value).map(Self::Items);
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
            return Ok(Self::Arrow(column, RefCell::new(None)));
        }
        // An array of numpy, a series of pandas: objects that can become a list.
        for method in ["tolist", "to_list"] {
            if value.hasattr(method).map_err(foreign)? {
                check_array(name, &value)?;
                let list = value.call_method0(method).map_err(foreign)?;
                if list.is_instance_of::<PyList>() {
                    return limit::items(name, &list).map(Self::Items);
                }
            }
        }
        Ok(Self::Constant(value))
    }

    fn count(&self) -> Option<usize> {
        match self {
            Self::Constant(_) => None,
            Self::Items(items) => Some(items.len()),
            Self::Range(_, count) => Some(*count),
            Self::Arrow(column, _) => Some(column.rows()),
        }
    }

    fn get(&self, py: Python<'py>, row: usize) -> Result<Bound<'py, PyAny>, Error> {
        match self {
            Self::Constant(value) => Ok(value.clone()),
            Self::Items(items) => items.get_item(row).map_err(foreign),
            Self::Range(range, _) => range.as_any().get_item(row).map_err(foreign),
            Self::Arrow(column, latest) => {
                let value = column.value(row);
                let mut latest = latest.borrow_mut();
                // If the same string follows, the same object follows, and so the same request is used.
                if let (ColumnValue::String(string), Some(object)) = (value, &*latest)
                    && let Ok(known) = object.cast::<PyString>()
                    && known.to_str().is_ok_and(|known| known == string)
                {
                    return Ok(object.clone());
                }
                let object = arrow::object(py, value).map_err(foreign)?;
                *latest = Some(object.clone());
                Ok(object)
            }
        }
    }
}

/// A part of a shape; `None` if rows differ in a value that a compiled request cannot vary.
fn part<'py>(
    name: &Bound<'py, PyAny>,
    member: &'static Member,
    values: &ColumnSource<'py>,
) -> Option<RowMember<'py>> {
    let role = match values {
        ColumnSource::Constant(value) => Role::Constant(value.clone()),
        _ if member.name == "Bucket" => Role::Bucket,
        _ => Role::Column(Column::of(member)?),
    };
    let name = name.clone();
    Some(RowMember { name, member, role })
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

fn unequal(one: &Bound<'_, PyAny>, rows: usize, other: &Bound<'_, PyAny>, others: usize) -> Error {
    Error::ParamValidation(format!(
        "Columns of unequal length: {one} has {rows} rows, {other} has {others}"
    ))
}
