//! The rows of a batch: a list of Params, or one dict in which any member may be a column.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use super::columns::{PySource, items};
use crate::error::Error;
use crate::model::{Input as _, Kind, wrong_type};
use crate::s3::batch::{Chunk, ColumnRows, Common, RecordShapes};
use crate::s3::{Mapping as _, Object as _, ParamList, append_params, with_params};

/// The rows, and what they have in common.
pub(super) struct Rows<'a, 'py> {
    common: Common<'a>,
    params: RowParams<'py>,
    /// Makes the URL of one row from its Params, if the core must not: boto3's client.
    by_row: Option<Bound<'py, PyAny>>,
}

enum RowParams<'py> {
    /// A copy: the caller's own list may change while the GIL is released.
    Records(Bound<'py, PyTuple>, RecordShapes<Bound<'py, PyAny>>),
    Columns(ColumnRows<Bound<'py, PyAny>, PySource<'py>>),
}

impl<'a, 'py> Rows<'a, 'py> {
    pub(super) fn new(
        common: Common<'a>,
        params: &Bound<'py, PyAny>,
        by_row: Option<Bound<'py, PyAny>>,
    ) -> Result<Self, Error> {
        let params = match params.kind() {
            Kind::List => RowParams::Records(items(&"Params", params)?, RecordShapes::default()),
            Kind::Map => {
                let entries = match params.entries() {
                    Some(entries) => entries.collect(),
                    None => params.items()?,
                };
                RowParams::Columns(ColumnRows::new(common.operation, entries)?)
            }
            _ => {
                let valid = "<class 'list'>, <class 'tuple'>, <class 'dict'>";
                return Err(wrong_type("Params", params, valid));
            }
        };
        Ok(Self {
            common,
            params,
            by_row,
        })
    }

    pub(super) fn count(&self) -> usize {
        match &self.params {
            RowParams::Records(rows, _) => rows.len(),
            RowParams::Columns(columns) => columns.count,
        }
    }

    /// The name of the parameter in errors.
    pub(super) fn name(&self) -> String {
        match &self.params {
            RowParams::Records(..) => "Params".to_owned(),
            RowParams::Columns(columns) => columns.first.to_string(),
        }
    }

    /// Whether their URLs are returned as an Arrow array: if a column is one.
    pub(super) fn are_arrow(&self) -> bool {
        match &self.params {
            RowParams::Records(..) => false,
            RowParams::Columns(columns) => columns.values.iter().any(PySource::is_arrow),
        }
    }

    /// Adds a row to a chunk.
    ///
    /// # Errors
    /// Those of the single call.
    pub(super) fn write(&mut self, row: usize, chunk: &mut Chunk) -> Result<(), Error> {
        let is_written = match &mut self.params {
            _ if self.by_row.is_some() => false,
            RowParams::Records(rows, shapes) => {
                let next = || rows.get_item(row + 1).ok();
                shapes.write(&self.common, &rows.get_item(row)?, next, chunk)
            }
            RowParams::Columns(columns) => columns.write(&self.common, row, chunk)?,
        };
        if !is_written {
            chunk.push_finished(self.url(row)?);
        }
        Ok(())
    }

    /// The URL of one row, as the single call makes it.
    fn url(&self, row: usize) -> Result<String, Error> {
        let Common {
            presigner,
            operation,
            call,
            ..
        } = self.common;
        match (&self.params, &self.by_row) {
            (RowParams::Records(rows, _), None) => {
                let mut url = String::new();
                call.forgive();
                let row = Some(rows.get_item(row)?).filter(|row| !row.is_none());
                with_params(operation, row.as_ref(), |params, _| {
                    presigner.append_url_of(&mut url, operation, params, call)
                })?;
                Ok(url)
            }
            (RowParams::Columns(columns), None) => {
                let entries = columns.entries(row)?;
                let mut params = ParamList::new();
                append_params(&mut params, operation, &entries)?;
                call.forgive();
                presigner.presign_url(operation, &params, call)
            }
            (RowParams::Records(rows, _), Some(by_row)) => {
                // Handlers of the program may write into a plain dict.
                let params = match rows.get_item(row)?.cast_into_exact::<PyDict>() {
                    Ok(plain) => plain.copy()?.into_any(),
                    Err(other) => other.into_inner(),
                };
                Ok(by_row.call1((params,))?.extract()?)
            }
            (RowParams::Columns(columns), Some(by_row)) => {
                let params = PyDict::new(by_row.py());
                for (name, value) in columns.entries(row)? {
                    params.set_item(name, value)?;
                }
                Ok(by_row.call1((params,))?.extract()?)
            }
        }
    }
}
