//! The values of one member of a batch: the same in all rows, or a column.

use std::cell::RefCell;
use std::fmt::Display;

use super::chunk::OpenRow;
use super::limit;
use super::value_column::{ColumnValue, ValueColumn};
use crate::error::Error;
use crate::model::{Kind, Member, Shape};
use crate::s3::compiled_request::Column;
use crate::s3::mapping::Mapping;

/// An object of the caller that may be a column.
pub trait ColumnObject: Mapping + Display {
    /// A whole number like those of the caller's.
    #[must_use]
    fn new_number(&self, number: i64) -> Self;

    /// Whether this is a range of whole numbers, which are made when they are needed.
    fn is_range(&self) -> bool;

    /// The items of a list or a tuple as a tuple, which nobody can change. One of a subclass is read by its
    /// own iterator; `None` if that has more than `most` items.
    ///
    /// # Errors
    /// Whatever the sequence raises.
    fn as_tuple(&self, most: usize) -> Result<Option<Self>, Error>;

    /// The item of a tuple or of a range.
    ///
    /// # Errors
    /// Whatever the caller's object raises.
    fn item_at(&self, row: usize) -> Result<Self, Error>;

    /// The strings or whole numbers of the Arrow array that this object offers; `None` if it offers none.
    ///
    /// # Errors
    /// [`Error::ParamValidation`] for a broken one, and whatever the object raises.
    fn arrow_column(&self, name: &Self) -> Result<Option<ValueColumn>, Error>;

    /// What this object becomes if it is asked for a list, which should have at most `most` items.
    ///
    /// # Errors
    /// Whatever the object raises.
    fn listed(&self, most: usize) -> Result<Listed<Self>, Error>;
}

/// What an object is that is neither a list nor an Arrow array.
pub enum Listed<O> {
    /// One value.
    Value,
    /// An array, as a list.
    List(O),
    /// An array of too many items; this says how many.
    TooLong(O),
    /// An array of more than one dimension, which may be far larger than its length.
    HasDimensions,
}

/// Items that nobody can change, and how many.
pub(super) struct Items<O>(O, usize);

/// The values of one member.
pub(super) enum ColumnValues<O> {
    /// The same value for all rows.
    Constant(O),
    /// A value for each row.
    Items(Items<O>),
    /// An Arrow array, and its latest value as an object.
    Arrow(ValueColumn, RefCell<O>),
}

impl<O: ColumnObject> Items<O> {
    /// The items of a list or a tuple. A copy: the caller's own list may change while the GIL is
    /// released.
    ///
    /// # Errors
    /// [`Error::ParamValidation`] if there are too many, and whatever the sequence raises.
    pub(super) fn of(name: &dyn Display, sequence: &O) -> Result<Self, Error> {
        if let Some(length) = sequence.sequence_length() {
            limit::check(name, length)?;
        }
        let most = limit::MOST_ROWS;
        let Some(tuple) = sequence.as_tuple(most)? else {
            return Err(limit::too_many(name, &format_args!("more than {most}")));
        };
        let length = tuple.length()?;
        Ok(Self(tuple, length))
    }

    /// The number of items.
    pub(super) fn count(&self) -> usize {
        self.1
    }

    /// The item of a row.
    ///
    /// # Errors
    /// Whatever the caller's object raises.
    #[inline]
    pub(super) fn object(&self, row: usize) -> Result<O, Error> {
        self.0.item_at(row)
    }
}

impl<O: ColumnObject> ColumnValues<O> {
    /// The values under this name. A member that takes a list by itself is never a column.
    ///
    /// # Errors
    /// Those of a column that is broken or too long.
    pub(super) fn of(name: &O, value: O, member: Option<&'static Member>) -> Result<Self, Error> {
        let is_list = |member: &Member| matches!(member.shape, Shape::List { .. });
        if member.is_some_and(is_list) || is_one_value(&value) {
            return Ok(Self::Constant(value));
        }
        if value.kind() == Kind::List {
            return Items::of(name, &value).map(Self::Items);
        }
        if value.is_range() {
            // Python counts no further than memory could.
            let count = value.length();
            let count = count.map_err(|_| limit::too_many(name, &value))?;
            limit::check(name, count)?;
            return Ok(Self::Items(Items(value, count)));
        }
        if let Some(column) = value.arrow_column(name)? {
            limit::check(name, column.rows())?;
            return Ok(Self::Arrow(column, RefCell::new(name.nothing())));
        }
        match value.listed(limit::MOST_ROWS)? {
            Listed::Value => Ok(Self::Constant(value)),
            Listed::List(list) => Items::of(name, &list).map(Self::Items),
            Listed::TooLong(items) => Err(limit::too_many(name, &items)),
            Listed::HasDimensions => Err(Error::ParamValidation(format!(
                "Invalid shape of parameter {name}, type: {}, valid shapes: one dimension, which is a value \
                 for each row",
                value.type_name()
            ))),
        }
    }

    /// The number of rows, if it is a column.
    pub(super) fn rows(&self) -> Option<usize> {
        match self {
            Self::Constant(_) => None,
            Self::Items(items) => Some(items.count()),
            Self::Arrow(column, _) => Some(column.rows()),
        }
    }

    /// The value of a row.
    ///
    /// # Errors
    /// Whatever the caller's object raises.
    pub(super) fn object(&self, row: usize) -> Result<O, Error> {
        match self {
            Self::Constant(value) => Ok(value.clone()),
            Self::Items(items) => items.object(row),
            Self::Arrow(column, latest) => {
                let mut latest = latest.borrow_mut();
                let value = match column.value(row) {
                    // If the same string follows, the same object follows, and so the same request is used.
                    ColumnValue::String(string) if latest.exact_string() == Some(string) => {
                        return Ok(latest.clone());
                    }
                    ColumnValue::String(string) => latest.new_string(string),
                    ColumnValue::Number(number) => latest.new_number(number),
                    ColumnValue::Null => latest.nothing(),
                };
                *latest = value.clone();
                Ok(value)
            }
        }
    }

    /// Adds the value of a row to `open`; `false` if the row must be presigned by itself.
    ///
    /// # Errors
    /// As [`object`](Self::object).
    #[inline]
    pub(super) fn push(&self, row: usize, column: Column, open: &mut OpenRow<'_>) -> Result<bool, Error> {
        match self {
            Self::Arrow(values, _) => Ok(open.push_value(column, values.value(row))),
            Self::Items(items) => Ok(open.push(column, &items.object(row)?)),
            Self::Constant(value) => Ok(open.push(column, value)),
        }
    }
}

/// Whether this is certainly one value: then it is not searched for the methods of a list. A float may
/// be one of numpy's, which has them.
fn is_one_value<O: ColumnObject>(value: &O) -> bool {
    matches!(
        value.native_kind(),
        Kind::Null | Kind::String | Kind::Map | Kind::Int | Kind::Bool | Kind::Bytes
    )
}
