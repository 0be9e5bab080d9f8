//! Limits the size of a batch.

use std::fmt::Display;

use crate::error::Error;
use crate::s3::memory;

/// The most rows of one batch: their URLs take tens of gigabytes.
pub const MOST_ROWS: usize = 100_000_000;

/// The bytes that a `str` takes beside its characters.
const BESIDE: usize = 64;

/// Refuses a column, or a list of Params, that has too many rows.
///
/// # Errors
/// Then [`Error::ParamValidation`].
pub fn check(name: &dyn Display, rows: usize) -> Result<(), Error> {
    if rows <= MOST_ROWS {
        return Ok(());
    }
    Err(too_many(name, &rows))
}

/// Why a column, or a list of Params, of so many rows is refused.
pub fn too_many(name: &dyn Display, rows: &dyn Display) -> Error {
    Error::ParamValidation(format!(
        "Invalid length for parameter {name}, value: {rows}, valid max length: {MOST_ROWS} rows. \
         Presign them by several calls"
    ))
}

/// Refuses a batch whose URLs would not fit into memory, estimated from the first of them.
///
/// # Errors
/// Then [`Error::Memory`].
pub fn check_room(
    name: impl FnOnce() -> String,
    rows: usize,
    rows_so_far: usize,
    bytes_so_far: usize,
) -> Result<(), Error> {
    let each = bytes_so_far / rows_so_far.max(1) + BESIDE;
    let bytes = each.saturating_mul(rows - rows_so_far);
    if memory::has_room(bytes) {
        return Ok(());
    }
    Err(Error::Memory(format!(
        "not enough memory for {rows} rows ({}): URLs of {each} bytes each take {bytes} bytes more. \
         Presign fewer rows by one call",
        name()
    )))
}
