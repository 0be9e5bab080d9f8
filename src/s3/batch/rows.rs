//! The rows of a batch: a list of Params, or one map in which any member may be a column.

use super::caller::{ByRow, RowParams};
use super::chunk::Chunk;
use super::column_rows::ColumnRows;
use super::column_values::{ColumnObject, Items};
use super::record_shapes::RecordShapes;
use super::row_shape::Common;
use crate::error::Error;
use crate::model::{Kind, wrong_type};
use crate::s3::mapping::{ParamList, append_params, with_params};

/// The rows, and what they have in common.
pub(super) struct Rows<'a, O> {
    common: Common<'a>,
    source: RowSource<O>,
    by_row: Option<ByRow<'a, O>>,
}

enum RowSource<O> {
    Records(Items<O>, RecordShapes<O>),
    Columns(ColumnRows<O>),
}

impl<'a, O: ColumnObject> Rows<'a, O> {
    pub(super) fn new(common: Common<'a>, params: &O, by_row: Option<ByRow<'a, O>>) -> Result<Self, Error> {
        let source = match params.kind() {
            Kind::List => RowSource::Records(Items::of(&"Params", params)?, RecordShapes::default()),
            Kind::Map => {
                let entries = match params.entries() {
                    Some(entries) => entries.collect(),
                    None => params.items()?,
                };
                RowSource::Columns(ColumnRows::new(common.operation, entries)?)
            }
            _ => {
                let valid = "<class 'list'>, <class 'tuple'>, <class 'dict'>";
                return Err(wrong_type("Params", params, valid));
            }
        };
        Ok(Self { common, source, by_row })
    }

    pub(super) fn count(&self) -> usize {
        match &self.source {
            RowSource::Records(rows, _) => rows.count(),
            RowSource::Columns(columns) => columns.count,
        }
    }

    /// The name of the parameter in errors.
    pub(super) fn name(&self) -> String {
        match &self.source {
            RowSource::Records(..) => "Params".to_owned(),
            RowSource::Columns(columns) => columns.first.to_string(),
        }
    }

    /// Whether their URLs are returned as an Arrow array: if a column is one.
    pub(super) fn are_arrow(&self) -> bool {
        match &self.source {
            RowSource::Records(..) => false,
            RowSource::Columns(columns) => columns.are_arrow(),
        }
    }

    /// Adds a row to a chunk.
    ///
    /// # Errors
    /// Those of the single call.
    pub(super) fn write(&mut self, row: usize, chunk: &mut Chunk) -> Result<(), Error> {
        let is_written = match &mut self.source {
            _ if self.by_row.is_some() => false,
            RowSource::Records(rows, shapes) => {
                let next = || rows.object(row + 1).ok();
                shapes.write(&self.common, &rows.object(row)?, next, chunk)
            }
            RowSource::Columns(columns) => columns.write(&self.common, row, chunk)?,
        };
        if !is_written {
            let params = self.params(row)?;
            let url = match self.by_row {
                Some(by_row) => by_row(params),
                None => self.url(params),
            };
            chunk.push_finished(url?);
        }
        Ok(())
    }

    fn params(&self, row: usize) -> Result<RowParams<O>, Error> {
        Ok(match &self.source {
            RowSource::Records(rows, _) => RowParams::Object(rows.object(row)?),
            RowSource::Columns(columns) => RowParams::Entries(columns.entries(row)?),
        })
    }

    /// The URL of one row, as the single call makes it.
    fn url(&self, params: RowParams<O>) -> Result<String, Error> {
        let Common {
            presigner,
            operation,
            call,
            ..
        } = self.common;
        match params {
            RowParams::Object(row) => {
                let mut url = String::new();
                call.forgive();
                let row = Some(row).filter(|row| row.native_kind() != Kind::Null);
                with_params(operation, row.as_ref(), |params, _| {
                    presigner.append_url_of(&mut url, operation, params, call)
                })?;
                Ok(url)
            }
            RowParams::Entries(entries) => {
                let mut params = ParamList::new();
                append_params(&mut params, operation, &entries)?;
                call.forgive();
                presigner.presign_url(operation, &params, call)
            }
        }
    }
}
