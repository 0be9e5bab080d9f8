//! A batch as one map, in which any member may be a column and the rest are the same in all rows.

use super::chunk::Chunk;
use super::column_values::{ColumnObject, ColumnValues};
use super::row_shape::{Common, Role, RowMember, RowShape};
use crate::error::Error;
use crate::model::{Member, Operation, ParamName};
use crate::s3::compiled_request::Column;
use crate::s3::mapping::Entries;
use crate::s3::object::param_name;

/// The rows of such a batch.
pub(super) struct ColumnRows<O> {
    names: Vec<O>,
    /// The values under these names.
    values: Vec<ColumnValues<O>>,
    /// The name of the first member that is a column.
    pub(super) first: O,
    /// The number of rows.
    pub(super) count: usize,
    /// `None` if each row must be presigned by itself.
    shape: Option<RowShape<O>>,
}

impl<O: ColumnObject> ColumnRows<O> {
    /// The rows of these entries.
    ///
    /// # Errors
    /// Those of the names and the columns; columns of unequal length; none at all.
    pub(super) fn new(operation: &'static Operation, entries: Entries<O>) -> Result<Self, Error> {
        let (mut names, mut values) = (Vec::new(), Vec::new());
        let mut members = Some(Vec::new());
        let mut first: Option<(O, usize)> = None;
        for (name, value) in entries {
            let member = match param_name(operation, &name)? {
                ParamName::Known(member) => Some(member),
                ParamName::Unknown(_) => None,
            };
            let constant = value.clone();
            let value = ColumnValues::of(&name, value, member)?;
            if let Some(rows) = value.rows() {
                match &first {
                    Some((other, expected)) if *expected != rows => {
                        return Err(Error::ParamValidation(format!(
                            "Columns of unequal length: {other} has {expected} rows, {name} has {rows}"
                        )));
                    }
                    Some(_) => {}
                    None => first = Some((name.clone(), rows)),
                }
            }
            let role = |member: &'static Member| match value.rows() {
                None => Some(Role::Constant(constant)),
                Some(_) if member.name == "Bucket" => Some(Role::Bucket),
                Some(_) => Column::of(member).map(Role::Column),
            };
            // Rows may differ in a value that a compiled request cannot vary.
            let member = member.and_then(|member| {
                let (role, name) = (role(member)?, name.clone());
                Some(RowMember { name, member, role })
            });
            members = members.zip(member).map(|(mut members, member)| {
                members.push(member);
                members
            });
            names.push(name);
            values.push(value);
        }
        let Some((first, count)) = first else {
            return Err(Error::ParamValidation(
                "No parameter is a column: give a list for at least one, or presign one URL with \
                 generate_presigned_url"
                    .to_owned(),
            ));
        };
        Ok(Self {
            names,
            values,
            first,
            count,
            shape: members.map(RowShape::new),
        })
    }

    /// Whether a column is an Arrow array.
    pub(super) fn are_arrow(&self) -> bool {
        let is_arrow = |values: &ColumnValues<O>| matches!(values, ColumnValues::Arrow(..));
        self.values.iter().any(is_arrow)
    }

    /// Adds a row; `false` if it must be presigned by itself.
    ///
    /// # Errors
    /// Those of the columns.
    pub(super) fn write(&mut self, common: &Common<'_>, row: usize, chunk: &mut Chunk) -> Result<bool, Error> {
        let Some(shape) = &mut self.shape else {
            return Ok(false);
        };
        let mut open = chunk.open_row();
        let mut bucket = None;
        for (values, part) in self.values.iter().zip(&shape.members) {
            match part.role {
                Role::Constant(_) => {}
                Role::Bucket => bucket = Some(values.object(row)?),
                Role::Column(column) => {
                    if !values.push(row, column, &mut open)? {
                        return Ok(false);
                    }
                }
            }
        }
        let will_recur = self.count > 1 && bucket.is_none();
        match shape.request(common, bucket.as_ref(), will_recur) {
            Some(request) => open.close(request),
            None => return Ok(false),
        }
        Ok(true)
    }

    /// The names and values of a row.
    ///
    /// # Errors
    /// Those of the columns.
    pub(super) fn entries(&self, row: usize) -> Result<Entries<O>, Error> {
        let pair = |(name, values): (&O, &ColumnValues<O>)| Ok((name.clone(), values.object(row)?));
        self.names.iter().zip(&self.values).map(pair).collect()
    }
}
