//! What all rows of a batch share, and how rows come from Python.

use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::super::errors::foreign;
use super::super::mapping::by_methods;
use super::super::params::{Entries, ParamList, read_params};
use super::output::Format;
use crate::error::Error;
use crate::model::Operation;
use crate::s3::Presigner;
use crate::s3::batch::{BatchCache, Chunk, OneInstant};

/// What all rows of a batch have in common.
pub(super) struct Batch<'a, 'py> {
    pub(super) presigner: &'a Presigner,
    pub(super) cache: &'a BatchCache,
    pub(super) operation: &'static Operation,
    pub(super) call: &'a OneInstant<'a>,
    /// Makes the URL of one row from its Params, if the core must not: boto3's client.
    pub(super) by_row: Option<Bound<'py, PyAny>>,
}

/// The rows of a batch.
pub(super) trait Rows {
    fn count(&self) -> usize;

    /// The name of the parameter in errors.
    fn name(&self) -> String;

    /// What their URLs are returned in.
    fn format(&self) -> Format {
        Format::List
    }

    /// Adds a row to a chunk.
    ///
    /// # Errors
    /// Those of the single call.
    fn write(&mut self, row: usize, chunk: &mut Chunk) -> Result<(), Error>;
}

impl Batch<'_, '_> {
    /// The URL of one row, as the single call makes it.
    pub(super) fn presign_one(
        &self,
        py: Python<'_>,
        entries: &Entries<'_>,
    ) -> Result<String, Error> {
        if let Some(by_row) = &self.by_row {
            let url = || {
                let params = PyDict::new(py);
                for (name, value) in entries {
                    params.set_item(name, value)?;
                }
                by_row.call1((params,))?.extract()
            };
            return url().map_err(foreign);
        }
        let mut params = ParamList::new();
        read_params(&mut params, self.operation, entries)?;
        self.call.forgive();
        self.presigner
            .presign_url(self.operation, &params, self.call)
    }

    /// The same, of a row that is to be read by its own methods.
    pub(super) fn presign_mapping(&self, row: &Bound<'_, PyAny>) -> Result<String, Error> {
        if let Some(by_row) = &self.by_row {
            let url = by_row.call1((row,));
            return url.and_then(|url| url.extract()).map_err(foreign);
        }
        self.call.forgive();
        by_methods(self.operation, row, |given| {
            self.presigner
                .presign_url_of(self.operation, given, self.call)
        })
    }
}
