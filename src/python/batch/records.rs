//! A batch as a list of Params.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::rows::{Batch, Rows, items};
use crate::error::Error;
use crate::s3::batch::{Chunk, RecordShapes};

/// A list of Params.
pub(super) struct Records<'a, 'py> {
    batch: &'a Batch<'a, 'py>,
    /// A copy: the caller's own list may change while the GIL is released.
    rows: Bound<'py, PyTuple>,
    shapes: RecordShapes<Bound<'py, PyAny>>,
}

impl<'a, 'py> Records<'a, 'py> {
    pub(super) fn new(
        batch: &'a Batch<'a, 'py>,
        params: &Bound<'py, PyAny>,
    ) -> Result<Self, Error> {
        Ok(Self {
            batch,
            rows: items(&"Params", params)?,
            shapes: RecordShapes::default(),
        })
    }
}

impl Rows for Records<'_, '_> {
    fn count(&self) -> usize {
        self.rows.len()
    }

    fn name(&self) -> String {
        "Params".to_owned()
    }

    fn write(&mut self, at: usize, chunk: &mut Chunk) -> Result<(), Error> {
        let row = self.rows.get_item(at)?;
        let next = || self.rows.get_item(at + 1).ok();
        let common = &self.batch.common;
        if self.batch.by_row.is_some() || !self.shapes.write(common, &row, next, chunk) {
            chunk.push_finished(self.batch.presign_row(&row)?);
        }
        Ok(())
    }
}
