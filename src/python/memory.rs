//! Asks for memory in a way that may fail, so that Python gets a `MemoryError`. Rust's usual way would
//! end the process.

use std::collections::TryReserveError;

use pyo3::exceptions::PyMemoryError;
use pyo3::prelude::*;

use super::errors::foreign;
use crate::error::Error;
use crate::model::Param;

/// A longer string cannot be a key or a header of S3: its length is checked before it is copied.
pub(super) const LONG_TEXT: usize = 1 << 20;

/// The most memory that a URL takes, in lengths of its strings: they are copied some times, and three
/// times as long if each byte is percent-encoded.
const COPIES: usize = 16;

/// So many bytes are asked for without a check.
const FEW: usize = 1 << 26;

/// An empty list with room for so many items.
pub(super) fn room<T>(items: usize) -> PyResult<Vec<T>> {
    let mut room = Vec::new();
    room.try_reserve_exact(items)
        .map_err(|error| none_left(&error))?;
    Ok(room)
}

/// A copy of these bytes.
pub(super) fn copied(bytes: &[u8]) -> PyResult<Vec<u8>> {
    let mut copy = room(bytes.len())?;
    copy.extend_from_slice(bytes);
    Ok(copy)
}

/// Whether there is room for so many bytes, which will be asked for in pieces.
pub(super) fn has_room(bytes: usize) -> bool {
    bytes <= FEW || room::<u8>(bytes).is_ok()
}

/// Refuses parameters whose URL would not fit into memory.
pub(super) fn check_texts(params: &[Param<'_>]) -> Result<(), Error> {
    let lengths = params.iter().filter_map(|param| param.text).map(str::len);
    let length = lengths.fold(0, usize::saturating_add);
    if length <= LONG_TEXT || has_room(length.saturating_mul(COPIES)) {
        return Ok(());
    }
    Err(foreign(PyMemoryError::new_err(format!(
        "not enough memory for the URL of parameters of {length} bytes"
    ))))
}

pub(super) fn none_left(error: &TryReserveError) -> PyErr {
    PyMemoryError::new_err(error.to_string())
}
