//! `generate_presigned_urls`: a list of Params, or Params with columns, in; URLs out.
//!
//! Rows are read a chunk at a time while Python's lock is held. What they do not share is copied,
//! so that the lock can be let go while the chunk is signed, by several threads if it is large.

mod arrow;
mod columns;
mod fault;
mod limit;
mod output;
mod records;
mod shape;

use std::thread;

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict};
use smallvec::SmallVec;

use super::call::{PyCall, wrong_type};
use super::convert::PyInput;
use super::errors::{foreign, raised};
use super::mapping::by_methods;
use super::memory;
use super::params::{Entries, operation, param_name};
use crate::error::Error;
use crate::model::{Input as _, Kind, Operation, Param};
use crate::s3::Presigner;
use crate::s3::batch::{BatchCache, Chunk, OneInstant};
pub(super) use arrow::ArrowUrls;
use columns::Columns;
use output::{Format, Output};
use records::Records;

/// The rows that a thread signs at a time. Their URLs fit into a core's own cache; but starting
/// a thread must pay, where there is more than one.
const ROWS_ALONE: usize = 256;
const ROWS_A_THREAD: usize = 1024;

/// The rows from which it pays to let other threads run, and to start some.
const ROWS_TO_LET_GO: usize = 64;
const ROWS_TO_SHARE: usize = 4 * ROWS_A_THREAD;

/// The threads that sign one batch, and no more, however many are asked for.
const MOST_THREADS: usize = 256;

/// The bytes of URLs that are signed at a time: few rows of very long texts are enough.
const BYTES_AT_A_TIME: usize = 1 << 25;

/// The arguments of `generate_presigned_urls`.
pub(super) struct Arguments<'a, 'py> {
    pub(super) client_method: &'a Bound<'py, PyAny>,
    pub(super) params: &'a Bound<'py, PyAny>,
    pub(super) expires_in: Option<Borrowed<'a, 'py, PyAny>>,
    pub(super) http_method: Option<Borrowed<'a, 'py, PyAny>>,
    pub(super) threads: Option<Borrowed<'a, 'py, PyAny>>,
    /// Makes the URL of one row from its Params, where the core may not: boto3's client.
    pub(super) by_row: Option<Bound<'py, PyAny>>,
}

/// What all rows of a batch have in common.
struct Batch<'a> {
    presigner: &'a Presigner,
    plans: &'a BatchCache,
    operation: &'static Operation,
    call: &'a OneInstant<'a>,
    by_row: Option<&'a Py<PyAny>>,
}

/// The rows of a batch.
trait Rows {
    fn count(&self) -> usize;

    /// What an error calls them.
    fn name(&self) -> String;

    /// What their URLs are handed out in.
    fn format(&self) -> Format {
        Format::List
    }

    /// Adds a row to a chunk.
    ///
    /// # Errors
    /// Those of the single call.
    fn write(&mut self, row: usize, chunk: &mut Chunk) -> Result<(), Error>;
}

/// The URLs of a batch: a list, or an Arrow array if a column is one.
pub(super) fn presign<'py>(
    presigner: &Presigner,
    plans: &BatchCache,
    py: Python<'py>,
    arguments: &Arguments<'_, 'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let call = PyCall::new(py, arguments.expires_in, arguments.http_method);
    let call = OneInstant::new(&call);
    let threads = || threads(arguments.threads);
    let begin = || Ok((operation(arguments.client_method)?, threads()?));
    let (operation, threads) = begin().map_err(|error| raised(py, error))?;
    let by_row = arguments.by_row.clone().map(Bound::unbind);
    let batch = Batch {
        presigner,
        plans,
        operation,
        call: &call,
        by_row: by_row.as_ref(),
    };
    let params = arguments.params;
    let kind = PyInput(params).kind();
    if kind == Kind::List {
        let mut rows = Records::new(&batch, params).map_err(|error| raised(py, error))?;
        return batch.run(py, &mut rows, threads);
    }
    if kind == Kind::Map {
        let mut rows = Columns::new(&batch, params).map_err(|error| raised(py, error))?;
        return batch.run(py, &mut rows, threads);
    }
    let valid = "<class 'list'>, <class 'tuple'>, <class 'dict'>";
    Err(raised(py, wrong_type("Params", params, valid)))
}

impl Batch<'_> {
    fn run<'py>(
        &self,
        py: Python<'py>,
        rows: &mut impl Rows,
        threads: Option<usize>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let count = rows.count();
        let threads = threads.unwrap_or_else(|| match count {
            ROWS_TO_SHARE.. => thread::available_parallelism().map_or(1, usize::from),
            _ => 1,
        });
        // A thread without a row has nothing to do.
        let threads = threads.min(MOST_THREADS).min(count).max(1);
        let mut output: Option<Output<'py>> = None;
        let at_a_time = match threads {
            1 => ROWS_ALONE,
            _ => ROWS_A_THREAD.saturating_mul(threads),
        };
        let mut chunk = Chunk::with_capacity(count.min(at_a_time));
        let (mut row, mut bytes, mut next_look) = (0, 0_usize, 0);
        while row < count {
            chunk.clear();
            let end = count.min(row.saturating_add(at_a_time));
            while row < end && chunk.url_bytes() < BYTES_AT_A_TIME {
                rows.write(row, &mut chunk)
                    .map_err(|error| fault::of_row(py, error, row, self.call))?;
                row += 1;
            }
            bytes = bytes.saturating_add(chunk.url_bytes());
            if row >= next_look {
                limit::check_room(&rows.name(), count, row, bytes)?;
                next_look = row.saturating_mul(2);
            }
            let lets_go = chunk.len() >= ROWS_TO_LET_GO;
            let mut made = match output.take() {
                Some(made) => made,
                None => Output::new(py, rows.format(), count, threads)?,
            };
            made.extend(py, &chunk, lets_go)?;
            output = Some(made);
            py.check_signals()?;
        }
        match output {
            Some(output) => output.finish(py),
            None => Output::new(py, rows.format(), 0, 1)?.finish(py),
        }
    }

    /// The URL of one row, as the single call makes it.
    fn presign_one(&self, py: Python<'_>, entries: &Entries<'_>) -> Result<String, Error> {
        if let Some(by_row) = self.by_row {
            let url = || {
                let params = PyDict::new(py);
                for (name, value) in entries {
                    params.set_item(name, value)?;
                }
                by_row.bind(py).call1((params,))?.extract()
            };
            return url().map_err(foreign);
        }
        let mut inputs = SmallVec::<[PyInput<'_, '_>; 8]>::new();
        inputs.extend(entries.iter().map(|(_, value)| PyInput(value)));
        let mut params = SmallVec::<[Param<'_>; 8]>::new();
        for ((name, _), value) in entries.iter().zip(&inputs) {
            params.push(Param::new(param_name(self.operation, name)?, value));
        }
        memory::check_texts(&params)?;
        self.call.forgive();
        self.presigner
            .presign_url(self.operation, &params, self.call)
    }

    /// The same, of a row that is to be read by its own methods.
    fn presign_mapping(&self, row: &Bound<'_, PyAny>) -> Result<String, Error> {
        if let Some(by_row) = self.by_row {
            let url = by_row.bind(row.py()).call1((row,));
            return url.and_then(|url| url.extract()).map_err(foreign);
        }
        self.call.forgive();
        by_methods(self.operation, row, |given| {
            self.presigner
                .presign_url_of(self.operation, given, self.call)
        })
    }
}

/// How many threads the caller wants; `None` leaves it to the batch.
fn threads(given: Option<Borrowed<'_, '_, PyAny>>) -> Result<Option<usize>, Error> {
    let Some(given) = given else {
        return Ok(None);
    };
    match given.extract::<u64>() {
        Ok(threads @ 1..) if !given.is_instance_of::<PyBool>() => {
            Ok(Some(usize::try_from(threads).unwrap_or(MOST_THREADS)))
        }
        _ => Err(wrong_type(
            "threads",
            &given,
            "<class 'int'> from 1 to 2**64 - 1, of which 256 are started at the most, or None",
        )),
    }
}
