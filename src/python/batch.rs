//! `generate_presigned_urls`: a list of Params, or Params with columns, in; URLs out.

mod arrow;
mod columns;

use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict as _, PyList, PyString};

use super::arguments::Given;
use super::call::PyCall;
use super::client::Client;
use super::unusual::{VALUES, ask};
use crate::error::Error;
use crate::model::Input as _;
use crate::s3::Mapping as _;
use crate::s3::batch::{self, BatchCaller, BatchUrls, ByRow, Common, OneInstant, RowParams};
pub(super) use arrow::ArrowUrls;

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
    let common = Common {
        presigner: &client.presigner,
        cache: &client.batches,
        operation: client_method.object(py).operation()?,
        call: &call,
    };
    // `None` leaves it to the batch.
    let threads = threads.not_none();
    let threads = threads.map(|given| match given.small_integer() {
        Some(threads @ 1..) => Ok(usize::try_from(threads).unwrap_or(usize::MAX)),
        _ => ask(py, VALUES, "threads", (given,)),
    });
    let threads = threads.transpose()?;
    let by_row = by_row.map(|by_row| move |row| url_by_row(&by_row, row));
    let by_row: Option<ByRow<'_, _>> = by_row.as_ref().map(|by_row| by_row as _);
    match batch::presign(common, &params.object(py), threads, by_row, &Caller(py))? {
        BatchUrls::List(urls) => Ok(urls.into_any()),
        BatchUrls::Arrow(urls) => Ok(Bound::new(py, ArrowUrls(urls))?.into_any()),
    }
}

/// The URL that Python makes of one row.
fn url_by_row<'py>(by_row: &Bound<'py, PyAny>, row: RowParams<Bound<'py, PyAny>>) -> Result<String, Error> {
    let params = match row {
        RowParams::Object(params) => params,
        RowParams::Entries(entries) => entries.into_py_dict(by_row.py())?.into_any(),
    };
    Ok(by_row.call1((params,))?.extract()?)
}

struct Caller<'py>(Python<'py>);

impl<'py> BatchCaller for Caller<'py> {
    type List = Bound<'py, PyList>;

    fn new_list(&self, places: usize) -> Result<Self::List, Error> {
        // By Python itself, which has a `MemoryError` for a list that it cannot hold.
        let list = PyList::new(self.0, [self.0.None()])?.mul(places)?;
        Ok(list.cast_into()?)
    }

    fn put(&self, list: &Self::List, place: usize, url: &[u8]) -> Result<(), Error> {
        Ok(list.set_item(place, PyString::from_bytes(self.0, url)?)?)
    }

    fn let_go(&self, work: impl FnOnce() + Send) {
        self.0.detach(work);
    }

    fn check_signals(&self) -> Result<(), Error> {
        Ok(self.0.check_signals()?)
    }

    fn with_row(&self, error: Error, row: usize) -> Error {
        let raised = PyErr::from(error);
        let given = (raised.value(self.0), row);
        match ask::<Bound<'_, PyAny>>(self.0, "presigned._errors.batch_rows", "add_row", given) {
            // A signal has arrived meanwhile.
            Err(other) if !other.is_instance_of::<PyException>(self.0) => other.into(),
            // If the row cannot be added, the exception is still the right one.
            _ => raised.into(),
        }
    }
}
