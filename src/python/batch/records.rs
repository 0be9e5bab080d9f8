//! Reads a batch that is a list of Params, and finds out which values vary.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use super::super::arguments::Given;
use super::super::errors::foreign;
use super::super::params::{Entries, param_name, read_entries};
use super::limit;
use super::rows::{Batch, Rows};
use super::shape::{Role, RowMember, RowShape, push};
use crate::error::Error;
use crate::model::ParamName;
use crate::s3::batch::{Chunk, Column};

/// A list of Params.
pub(super) struct Records<'a, 'py> {
    batch: &'a Batch<'a, 'py>,
    /// A copy: the caller's own list may change while the GIL is released.
    rows: Bound<'py, PyTuple>,
    /// The latest is tried first: it is the one whose rows vary most.
    shapes: Vec<RowShape<'py>>,
}

/// The most shapes of one batch. The rows of a batch with more share little.
const MOST_SHAPES: usize = 16;

/// How a row fits a shape.
enum RowFit {
    /// The row was written.
    Written,
    /// It has other names, or in another order.
    OtherNames,
    /// A value differs that the shape has as a constant.
    OtherConstants,
    /// It has the shape, but must be presigned by itself.
    Alone,
}

impl<'a, 'py> Records<'a, 'py> {
    pub(super) fn new(
        batch: &'a Batch<'a, 'py>,
        params: &Bound<'py, PyAny>,
    ) -> Result<Self, Error> {
        Ok(Self {
            batch,
            rows: limit::items(&"Params", params)?,
            shapes: Vec::new(),
        })
    }

    /// Whether the row was written by a shape that is known, or was found for it.
    fn write_by_shape(&mut self, at: usize, row: &Bound<'py, PyDict>, chunk: &mut Chunk) -> bool {
        let mut nearest = None;
        for index in (0..self.shapes.len()).rev() {
            match self.shapes[index].write(self.batch, row, chunk, false) {
                RowFit::Written => return true,
                RowFit::Alone => return false,
                RowFit::OtherNames => {}
                RowFit::OtherConstants => {
                    nearest.get_or_insert(index);
                }
            }
        }
        if self.shapes.len() == MOST_SHAPES {
            return false;
        }
        let found = match nearest {
            Some(index) => self.shapes[index].widened(row),
            None => self.shape_of(at, row),
        };
        let Some((mut shape, will_recur)) = found else {
            return false;
        };
        let fit = shape.write(self.batch, row, chunk, will_recur);
        self.shapes.push(shape);
        matches!(fit, RowFit::Written)
    }

    /// A shape for this row and the next, if they have one, and whether their bucket is the same.
    fn shape_of(&self, at: usize, row: &Bound<'py, PyDict>) -> Option<(RowShape<'py>, bool)> {
        let next = self.rows.get_item(at + 1).ok()?;
        let next = next.cast_exact::<PyDict>().ok()?;
        // The entries are taken first: to print a name may run the caller's code, which may change the
        // dict.
        let entries: Entries<'py> = row.iter().collect();
        let parts: Option<Vec<RowMember<'py>>> = entries
            .into_iter()
            .map(|(name, value)| {
                let member = match param_name(self.batch.operation, &name).ok()? {
                    ParamName::Known(member) => member,
                    ParamName::Unknown(_) => return None,
                };
                let role = match member.name {
                    "Bucket" => Role::Bucket,
                    _ => Role::Constant(value),
                };
                Some(RowMember { name, member, role })
            })
            .collect();
        RowShape::new(parts?).widened(next)
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
        let row = self.rows.get_item(at).map_err(foreign)?;
        if self.batch.by_row.is_none()
            && let Ok(row) = row.cast_exact::<PyDict>()
            && self.write_by_shape(at, row, chunk)
        {
            return Ok(());
        }
        let mut entries = Entries::new();
        let url = match read_entries(&mut entries, Given(Some(row.as_borrowed()))) {
            None => self.batch.presign_one(row.py(), &entries)?,
            Some(mapping) => self.batch.presign_mapping(&mapping)?,
        };
        chunk.push_finished(url);
        Ok(())
    }
}

impl<'py> RowShape<'py> {
    fn write(
        &mut self,
        batch: &Batch<'_, '_>,
        row: &Bound<'py, PyDict>,
        chunk: &mut Chunk,
        will_recur: bool,
    ) -> RowFit {
        let entries = row.iter();
        if entries.len() != self.parts.len() {
            return RowFit::OtherNames;
        }
        let mut open = chunk.open_row();
        let mut bucket = None;
        let mut fit = RowFit::Written;
        for ((name, value), part) in entries.zip(&self.parts) {
            if !is_same(&name, &part.name) {
                return RowFit::OtherNames;
            }
            match &part.role {
                Role::Constant(constant) if is_same(&value, constant) => {}
                Role::Constant(_) => fit = RowFit::OtherConstants,
                Role::Bucket => bucket = Some(value),
                Role::Column(column) => {
                    if !push(&mut open, *column, &value) && matches!(fit, RowFit::Written) {
                        fit = RowFit::Alone;
                    }
                }
            }
        }
        if matches!(fit, RowFit::Written) {
            match self.request(batch, bucket.as_ref(), will_recur) {
                Some(request) => open.close(request),
                None => return RowFit::Alone,
            }
        }
        fit
    }

    /// This shape with a column wherever `row` differs from it, if each can be one; and whether
    /// anything says that the next rows will have the same bucket.
    fn widened(&self, row: &Bound<'py, PyDict>) -> Option<(Self, bool)> {
        if row.len() != self.parts.len() {
            return None;
        }
        let parts: Option<Vec<RowMember<'py>>> = row
            .iter()
            .zip(&self.parts)
            .map(|((name, value), part)| {
                if !is_same(&name, &part.name) {
                    return None;
                }
                let role = match &part.role {
                    Role::Constant(constant) if !is_same(&value, constant) => {
                        Role::Column(Column::of(part.member)?)
                    }
                    role => role.clone(),
                };
                Some(RowMember {
                    role,
                    ..part.clone()
                })
            })
            .collect();
        Some((Self::new(parts?), true))
    }
}

/// Whether two objects are one, or equal strings.
fn is_same(one: &Bound<'_, PyAny>, other: &Bound<'_, PyAny>) -> bool {
    if one.is(other) {
        return true;
    }
    let text = |object: &Bound<'_, PyAny>| object.is_exact_instance_of::<PyString>();
    text(one)
        && text(other)
        && match (one.cast::<PyString>(), other.cast::<PyString>()) {
            (Ok(one), Ok(other)) => {
                matches!((one.to_str(), other.to_str()), (Ok(one), Ok(other)) if one == other)
            }
            _ => false,
        }
}
