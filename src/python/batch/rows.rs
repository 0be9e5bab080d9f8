//! What all rows of a batch share, and how rows come from Python.

use std::fmt::Display;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};

use super::super::arguments::Given;
use super::super::params::{PyEntries, read_params, with_params};
use super::output::Format;
use crate::error::Error;
use crate::s3::ParamList;
use crate::s3::batch::{Chunk, Common, limit};

/// What all rows of a batch have in common.
pub(super) struct Batch<'a, 'py> {
    pub(super) common: Common<'a>,
    /// Makes the URL of one row from its Params, if the core must not: boto3's client.
    pub(super) by_row: Option<Bound<'py, PyAny>>,
}

/// The rows of a batch.
pub(super) trait Rows {
    fn count(&self) -> usize;

    /// The name of the parameter in errors.
    fn name(&self) -> String;

    /// What their URLs are returned in.
    fn format(&self) -> Format {
        Format::List
    }

    /// Adds a row to a chunk.
    ///
    /// # Errors
    /// Those of the single call.
    fn write(&mut self, row: usize, chunk: &mut Chunk) -> Result<(), Error>;
}

impl Batch<'_, '_> {
    /// The URL of one row, as the single call makes it from these Params.
    pub(super) fn presign_row(&self, row: &Bound<'_, PyAny>) -> Result<String, Error> {
        if let Some(by_row) = &self.by_row {
            // Handlers of the program may write into a plain dict.
            let row = match row.cast_exact::<PyDict>() {
                Ok(plain) => plain.copy()?.into_any(),
                Err(_) => row.clone(),
            };
            return Ok(by_row.call1((row,))?.extract()?);
        }
        let Common {
            presigner,
            operation,
            call,
            ..
        } = self.common;
        let mut url = String::new();
        let row = Given(Some(row.as_borrowed()));
        call.forgive();
        with_params(operation, row, |params, _| {
            presigner.append_url_of(&mut url, operation, params, call)
        })?;
        Ok(url)
    }

    /// The same, from entries.
    pub(super) fn presign_entries(
        &self,
        py: Python<'_>,
        entries: &PyEntries<'_>,
    ) -> Result<String, Error> {
        if let Some(by_row) = &self.by_row {
            let row = PyDict::new(py);
            for (name, value) in entries {
                row.set_item(name, value)?;
            }
            return Ok(by_row.call1((row,))?.extract()?);
        }
        let mut params = ParamList::new();
        read_params(&mut params, self.common.operation, entries)?;
        self.common.call.forgive();
        self.common
            .presigner
            .presign_url(self.common.operation, &params, self.common.call)
    }
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
