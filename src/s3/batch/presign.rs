//! Reads the rows of a batch a chunk at a time, and has each chunk signed.

use super::caller::{BatchCaller, ByRow};
use super::chunk::Chunk;
use super::column_values::ColumnObject;
use super::limit;
use super::output::{BatchUrls, Output};
use super::pace::Pace;
use super::row_shape::Common;
use super::rows::Rows;
use crate::error::Error;

/// The URLs of a batch: a list, or an Arrow array if a column is one. `threads` is how many the caller
/// wants.
///
/// Rows are read while the GIL is held. The values that vary are copied, so that it can be released while
/// a chunk is signed. Several threads sign a large chunk.
///
/// # Errors
/// Those of the single call, which name the row unless the whole call is at fault; those of columns and
/// of batches that are too large.
pub fn presign<O: ColumnObject, C: BatchCaller>(
    common: Common<'_>,
    params: &O,
    threads: Option<usize>,
    by_row: Option<ByRow<'_, O>>,
    caller: &C,
) -> Result<BatchUrls<C::List>, Error> {
    let mut rows = Rows::new(common, params, by_row)?;
    let count = rows.count();
    let pace = Pace::new(count, threads);
    let mut output: Option<Output<C::List>> = None;
    let mut chunk = Chunk::with_capacity(count.min(pace.rows));
    let (mut row, mut bytes, mut next_look) = (0, 0_usize, 0);
    while row < count {
        chunk.clear();
        while row < count && pace.has_room(&chunk) {
            rows.write(row, &mut chunk)
                .map_err(|error| of_row(error, row, common, caller))?;
            row += 1;
        }
        bytes = bytes.saturating_add(chunk.url_bytes());
        if row >= next_look {
            limit::check_room(|| rows.name(), count, row, bytes)?;
            next_look = row.saturating_mul(2);
        }
        let made = match &mut output {
            Some(made) => made,
            None => output.insert(Output::new(caller, rows.are_arrow(), count, pace.threads)?),
        };
        made.extend(caller, &chunk, Pace::lets_go(&chunk))?;
        caller.check_signals()?;
    }
    let made = match output {
        Some(made) => made,
        None => Output::new(caller, rows.are_arrow(), 0, 1)?,
    };
    Ok(made.finish())
}

/// The error of the single call, whose message begins with the row unless the whole call is at fault.
#[cold]
fn of_row(error: Error, row: usize, common: Common<'_>, caller: &impl BatchCaller) -> Error {
    if common.call.is_at_fault() {
        return error;
    }
    error.of_row(row).unwrap_or_else(|other| caller.with_row(other, row))
}
