//! `generate_presigned_urls`: a list of Params, or Params with columns, in; URLs out.
//!
//! Rows are read a chunk at a time while the GIL is held. The values that vary are copied, so that the
//! GIL can be released while the chunk is signed. Several threads sign a large chunk.

mod arrow;
mod columns;
mod fault;
mod output;
mod rows;

use pyo3::prelude::*;
use pyo3::types::PyBool;

use super::arguments::Given;
use super::call::PyCall;
use super::client::Client;
use super::operation::operation;
use crate::error::Error;
use crate::model::wrong_type;
use crate::s3::batch::{Chunk, Common, OneInstant, Pace, limit};
pub(super) use arrow::ArrowUrls;
use output::Output;
use rows::Rows;

/// The URLs of a batch: a list, or an Arrow array if a column is one. `by_row` makes the URL of one row
/// from its Params, if the core must not: boto3's client.
pub(super) fn presign<'py>(
    client: &Client,
    py: Python<'py>,
    [client_method, params, expires_in, http_method]: [Given<'_, 'py>; 4],
    threads: Given<'_, 'py>,
    by_row: Option<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let call = PyCall::new(py, expires_in, http_method);
    let call = OneInstant::new(&client.presigner, &call);
    let operation = operation(&client_method.object(py))?;
    let threads = wanted(threads)?;
    let common = Common {
        presigner: &client.presigner,
        cache: &client.batches,
        operation,
        call: &call,
    };
    let mut rows = Rows::new(common, &params.object(py), by_row)?;
    let count = rows.count();
    let pace = Pace::new(count, threads);
    let mut output: Option<Output<'py>> = None;
    let mut chunk = Chunk::with_capacity(count.min(pace.rows));
    let (mut row, mut bytes, mut next_look) = (0, 0_usize, 0);
    while row < count {
        chunk.clear();
        while row < count && pace.has_room(&chunk) {
            rows.write(row, &mut chunk)
                .map_err(|error| fault::of_row(py, error, row, &call))?;
            row += 1;
        }
        bytes = bytes.saturating_add(chunk.url_bytes());
        if row >= next_look {
            limit::check_room(|| rows.name(), count, row, bytes)?;
            next_look = row.saturating_mul(2);
        }
        let made = match &mut output {
            Some(made) => made,
            None => output.insert(Output::new(py, rows.are_arrow(), count, pace.threads)?),
        };
        made.extend(py, &chunk, pace.lets_go(&chunk))?;
        py.check_signals()?;
    }
    let made = match output {
        Some(made) => made,
        None => Output::new(py, rows.are_arrow(), 0, 1)?,
    };
    made.finish(py)
}

/// How many threads the caller wants; `None` leaves it to the batch.
fn wanted(threads: Given<'_, '_>) -> Result<Option<usize>, Error> {
    let Some(given) = threads.not_none() else {
        return Ok(None);
    };
    match given.extract::<u64>() {
        Ok(threads @ 1..) if !given.is_instance_of::<PyBool>() => {
            Ok(Some(usize::try_from(threads).unwrap_or(usize::MAX)))
        }
        _ => Err(wrong_type(
            "threads",
            &*given,
            "<class 'int'> from 1 to 2**64 - 1 (at most 256 threads are started), or None",
        )),
    }
}
