//! The shapes of a batch that is a list of rows: finds out which values vary.

use super::chunk::Chunk;
use super::row_shape::{Common, Role, RowMember, RowShape};
use crate::model::ParamName;
use crate::s3::compiled_request::Column;
use crate::s3::object::{Object, is_alike, param_name};

/// The most shapes of one batch. The rows of a batch with more share little.
const MOST_SHAPES: usize = 16;

/// The shapes of one batch. The latest is tried first: it is the one whose rows vary most.
pub(super) struct RecordShapes<O>(Vec<RowShape<O>>);

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

impl<O> Default for RecordShapes<O> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<O: Object> RecordShapes<O> {
    /// Adds a row by a shape that is known, or was found for it and the `next` row; `false` if it must be
    /// presigned by itself.
    pub(super) fn write(
        &mut self,
        common: &Common<'_>,
        row: &O,
        next: impl FnOnce() -> Option<O>,
        chunk: &mut Chunk,
    ) -> bool {
        let mut nearest = None;
        for index in (0..self.0.len()).rev() {
            match self.0[index].write(common, row, chunk, false) {
                RowFit::Written => return true,
                RowFit::Alone => return false,
                RowFit::OtherNames => {}
                RowFit::OtherConstants => {
                    nearest.get_or_insert(index);
                }
            }
        }
        if self.0.len() == MOST_SHAPES {
            return false;
        }
        let found = match nearest {
            Some(index) => self.0[index].widened(row),
            None => RowShape::of(common, row).and_then(|shape| shape.widened(&next()?)),
        };
        let Some(mut shape) = found else {
            return false;
        };
        // The row that made this shape wider, or the next one, has the same bucket as far as is known.
        let fit = shape.write(common, row, chunk, true);
        self.0.push(shape);
        matches!(fit, RowFit::Written)
    }
}

impl<O: Object> RowShape<O> {
    /// The shape of rows like this one, in which only the bucket differs.
    fn of(common: &Common<'_>, row: &O) -> Option<Self> {
        // The entries are taken first: to print a name may run the caller's code, which may change the
        // map.
        let entries: Vec<(O, O)> = row.entries()?.collect();
        let member = |(name, value): (O, O)| {
            let member = match param_name(common.operation, &name).ok()? {
                ParamName::Known(member) => member,
                ParamName::Unknown(_) => return None,
            };
            let role = match member.name {
                "Bucket" => Role::Bucket,
                _ => Role::Constant(value),
            };
            Some(RowMember { name, member, role })
        };
        let members: Option<Vec<RowMember<O>>> = entries.into_iter().map(member).collect();
        Some(Self::new(members?))
    }

    fn write(&mut self, common: &Common<'_>, row: &O, chunk: &mut Chunk, will_recur: bool) -> RowFit {
        let Some(entries) = row.entries() else {
            return RowFit::Alone;
        };
        if entries.len() != self.members.len() {
            return RowFit::OtherNames;
        }
        let mut open = chunk.open_row();
        let mut bucket = None;
        let mut fit = RowFit::Written;
        for ((name, value), part) in entries.zip(&self.members) {
            if !is_alike(&name, &part.name) {
                return RowFit::OtherNames;
            }
            match &part.role {
                Role::Constant(constant) if is_alike(&value, constant) => {}
                Role::Constant(_) => fit = RowFit::OtherConstants,
                Role::Bucket => bucket = Some(value),
                Role::Column(column) => {
                    if !open.push(*column, &value) && matches!(fit, RowFit::Written) {
                        fit = RowFit::Alone;
                    }
                }
            }
        }
        if matches!(fit, RowFit::Written) {
            match self.request(common, bucket.as_ref(), will_recur) {
                Some(request) => open.close(request),
                None => return RowFit::Alone,
            }
        }
        fit
    }

    /// This shape with a column wherever `row` differs from it, if each can be one.
    fn widened(&self, row: &O) -> Option<Self> {
        let entries = row.entries()?;
        if entries.len() != self.members.len() {
            return None;
        }
        let wider = |((name, value), part): ((O, O), &RowMember<O>)| {
            if !is_alike(&name, &part.name) {
                return None;
            }
            let role = match &part.role {
                Role::Constant(constant) if !is_alike(&value, constant) => Role::Column(Column::of(part.member)?),
                role => role.clone(),
            };
            Some(RowMember { role, ..part.clone() })
        };
        let members: Option<Vec<RowMember<O>>> = entries.zip(&self.members).map(wider).collect();
        Some(Self::new(members?))
    }
}
