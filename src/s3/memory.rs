//! Asks for memory in a way that may fail, so that the caller gets an error. Rust's usual way would end the
//! process.

use super::object::LONG_STRING;
use crate::error::Error;
use crate::model::Param;

/// The most memory that a URL takes, in lengths of its strings: they are copied some times, and three
/// times as long if each byte is percent-encoded.
const COPIES: usize = 16;

/// So many bytes are asked for without a check.
const FEW: usize = 1 << 26;

/// An empty list with room for so many items.
///
/// # Errors
/// [`Error::Memory`] if there is no room.
pub fn room<T>(items: usize) -> Result<Vec<T>, Error> {
    let mut room = Vec::new();
    room.try_reserve_exact(items)?;
    Ok(room)
}

/// A copy of these bytes.
///
/// # Errors
/// As [`room`].
pub fn copied(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let mut copy = room(bytes.len())?;
    copy.extend_from_slice(bytes);
    Ok(copy)
}

/// Whether there is room for so many bytes, which will be asked for in pieces.
#[must_use]
pub fn has_room(bytes: usize) -> bool {
    bytes <= FEW || room::<u8>(bytes).is_ok()
}

/// Refuses parameters whose URL would not fit into memory.
///
/// # Errors
/// [`Error::Memory`].
pub fn check_strings(params: &[Param<'_>]) -> Result<(), Error> {
    let lengths = params.iter().filter_map(|param| param.string).map(str::len);
    let length = lengths.fold(0, usize::saturating_add);
    if length <= LONG_STRING || has_room(length.saturating_mul(COPIES)) {
        return Ok(());
    }
    Err(Error::Memory(format!(
        "not enough memory for the URL of parameters of {length} bytes"
    )))
}
