//! `generate_presigned_urls`: a list of Params, or Params with columns, in; URLs out.
//!
//! Rows are read a chunk at a time while the GIL is held. The values that vary are copied, so that the
//! GIL can be released while the chunk is signed. Several threads sign a large chunk.

mod arrow;
mod columns;
mod fault;
mod output;
mod records;
mod rows;

use pyo3::prelude::*;
use pyo3::types::PyBool;

use super::call::PyCall;
use super::params::operation;
use crate::error::Error;
use crate::model::wrong_type;
use crate::model::{Input as _, Kind};
use crate::s3::Presigner;
use crate::s3::batch::{BatchCache, Chunk, Common, OneInstant, Pace, limit};
pub(super) use arrow::ArrowUrls;
use columns::Columns;
use output::Output;
use records::Records;
use rows::{Batch, Rows};

/// The arguments of `generate_presigned_urls`.
pub(super) struct Arguments<'a, 'py> {
    pub(super) client_method: &'a Bound<'py, PyAny>,
    pub(super) params: &'a Bound<'py, PyAny>,
    pub(super) expires_in: Option<Borrowed<'a, 'py, PyAny>>,
    pub(super) http_method: Option<Borrowed<'a, 'py, PyAny>>,
    pub(super) threads: Option<Borrowed<'a, 'py, PyAny>>,
    /// Makes the URL of one row from its Params, if the core must not: boto3's client.
    pub(super) by_row: Option<Bound<'py, PyAny>>,
}

/// The URLs of a batch: a list, or an Arrow array if a column is one.
pub(super) fn presign<'py>(
    presigner: &Presigner,
    cache: &BatchCache,
    py: Python<'py>,
    arguments: &Arguments<'_, 'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let call = PyCall::new(py, arguments.expires_in, arguments.http_method);
    let call = OneInstant::new(presigner, &call);
    let operation = operation(arguments.client_method)?;
    let threads = threads(arguments.threads)?;
    let batch = Batch {
        common: Common {
            presigner,
            cache,
            operation,
            call: &call,
        },
        by_row: arguments.by_row.clone(),
    };
    let params = arguments.params;
    let kind = params.kind();
    if kind == Kind::List {
        return run(py, &mut Records::new(&batch, params)?, &call, threads);
    }
    if kind == Kind::Map {
        return run(py, &mut Columns::new(&batch, params)?, &call, threads);
    }
    let valid = "<class 'list'>, <class 'tuple'>, <class 'dict'>";
    Err(wrong_type("Params", params, valid).into())
}

/// Reads, signs and returns the rows, a chunk at a time.
fn run<'py>(
    py: Python<'py>,
    rows: &mut impl Rows,
    call: &OneInstant<'_>,
    threads: Option<usize>,
) -> PyResult<Bound<'py, PyAny>> {
    let count = rows.count();
    let pace = Pace::new(count, threads);
    let mut output: Option<Output<'py>> = None;
    let mut chunk = Chunk::with_capacity(count.min(pace.rows));
    let (mut row, mut bytes, mut next_look) = (0, 0_usize, 0);
    while row < count {
        chunk.clear();
        while row < count && pace.has_room(&chunk) {
            rows.write(row, &mut chunk)
                .map_err(|error| fault::of_row(py, error, row, call))?;
            row += 1;
        }
        bytes = bytes.saturating_add(chunk.url_bytes());
        if row >= next_look {
            limit::check_room(|| rows.name(), count, row, bytes)?;
            next_look = row.saturating_mul(2);
        }
        let mut made = match output.take() {
            Some(made) => made,
            None => Output::new(py, rows.format(), count, pace.threads)?,
        };
        made.extend(py, &chunk, pace.lets_go(&chunk))?;
        output = Some(made);
        py.check_signals()?;
    }
    match output {
        Some(output) => output.finish(py),
        None => Output::new(py, rows.format(), 0, 1)?.finish(py),
    }
}

/// How many threads the caller wants; `None` leaves it to the batch.
fn threads(given: Option<Borrowed<'_, '_, PyAny>>) -> Result<Option<usize>, Error> {
    let Some(given) = given else {
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
