//! Asks for memory that may be too much, so that Python gets a `MemoryError`: where Rust finds none, it
//! ends the process.

use std::collections::TryReserveError;

use pyo3::exceptions::PyMemoryError;
use pyo3::prelude::*;

use super::errors::foreign;
use crate::error::Error;
use crate::model::Param;

/// A longer text is no key and no header of S3: it is looked at before it is copied.
pub(super) const LONG_TEXT: usize = 1 << 20;

/// So often a text is copied on its way into a URL at the most, three times as long where each byte of
/// it is percent-encoded.
const COPIES: usize = 16;

/// So many bytes are asked for without a look, at any time.
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

/// Whether there is room for so many bytes, which others will ask for bit by bit.
pub(super) fn has_room(bytes: usize) -> bool {
    bytes <= FEW || room::<u8>(bytes).is_ok()
}

/// Refuses parameters whose URL memory does not hold.
pub(super) fn check_texts(params: &[Param<'_>]) -> Result<(), Error> {
    let lengths = params.iter().filter_map(|param| param.text).map(str::len);
    let length = lengths.fold(0, usize::saturating_add);
    if length <= LONG_TEXT || has_room(length.saturating_mul(COPIES)) {
        return Ok(());
    }
    Err(foreign(PyMemoryError::new_err(format!(
        "parameters of {length} bytes make a URL that there is no memory for"
    ))))
}

pub(super) fn none_left(error: &TryReserveError) -> PyErr {
    PyMemoryError::new_err(error.to_string())
}
