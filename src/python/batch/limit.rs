//! Limits the size of a batch.

use std::fmt::Display;

use pyo3::exceptions::PyMemoryError;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};

use super::super::errors::foreign;
use super::super::memory;
use crate::error::Error;

/// The most rows of one batch: their URLs take tens of gigabytes.
pub(super) const MOST_ROWS: usize = 100_000_000;

/// The bytes that a `str` takes beside its characters.
const BESIDE: usize = 64;

/// Refuses a column, or a list of Params, that has too many rows.
pub(super) fn check(name: &dyn Display, rows: usize) -> Result<(), Error> {
    if rows <= MOST_ROWS {
        return Ok(());
    }
    Err(too_many(name, &rows))
}

/// Why a column, or a list of Params, of so many rows is refused.
pub(super) fn too_many(name: &dyn Display, rows: &dyn Display) -> Error {
    Error::ParamValidation(format!(
        "Invalid length for parameter {name}, value: {rows}, valid max length: {MOST_ROWS} rows. \
         Presign them by several calls"
    ))
}

/// Refuses a batch whose URLs would not fit into memory, estimated from the first of them.
pub(super) fn check_room(
    name: impl FnOnce() -> String,
    rows: usize,
    rows_so_far: usize,
    bytes_so_far: usize,
) -> PyResult<()> {
    let each = bytes_so_far / rows_so_far.max(1) + BESIDE;
    let bytes = each.saturating_mul(rows - rows_so_far);
    if memory::has_room(bytes) {
        return Ok(());
    }
    Err(PyMemoryError::new_err(format!(
        "not enough memory for {rows} rows ({}): URLs of {each} bytes each take {bytes} bytes more. \
         Presign fewer rows by one call",
        name()
    )))
}

/// The items of a list or a tuple. A copy: the caller's own list may change while the GIL is
/// released. One of a subclass is read as Python reads it, by its own `__iter__`.
pub(super) fn items<'py>(
    name: &dyn Display,
    sequence: &Bound<'py, PyAny>,
) -> Result<Bound<'py, PyTuple>, Error> {
    if let Ok(tuple) = sequence.cast_exact::<PyTuple>() {
        check(name, tuple.len())?;
        return Ok(tuple.clone());
    }
    let py = sequence.py();
    // By Python's own class, which has a `MemoryError` for what it cannot hold.
    let tuple_of = |list: &Bound<'py, PyList>| {
        let tuple = py.get_type::<PyTuple>().call1((list,)).map_err(foreign)?;
        tuple.cast_into::<PyTuple>().map_err(foreign)
    };
    if let Ok(list) = sequence.cast_exact::<PyList>() {
        check(name, list.len())?;
        return tuple_of(list);
    }
    // The length of such an object may be wrong, and it may never end.
    let items = PyList::empty(py);
    for (row, item) in sequence.try_iter().map_err(foreign)?.enumerate() {
        if row == MOST_ROWS {
            return Err(too_many(name, &format_args!("more than {MOST_ROWS}")));
        }
        items.append(item.map_err(foreign)?).map_err(foreign)?;
    }
    tuple_of(&items)
}
