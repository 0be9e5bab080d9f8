//! What rows look like: their names, which of their values vary, and a plan for each bucket.

use std::collections::HashMap;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyInt, PyString};

use super::super::convert::PyInput;
use super::super::memory::LONG_TEXT;
use super::super::texts::utf8;
use super::Batch;
use crate::model::{Member, Param};
use crate::s3::batch::{Column, CompiledParam, OpenRow, ReadyRequest};

/// The plans that a shape keeps. Beyond it they are made anew: batches over so many buckets are
/// rare, and a plan costs little more than a single call.
const CAPACITY: usize = 1024;

/// The names of rows in their order, and how their values are read.
pub(super) struct Shape<'py> {
    pub(super) parts: Vec<Part<'py>>,
    plans: HashMap<Box<str>, Known>,
    /// The plan of the row before, and the object that was its bucket.
    latest: Option<(Option<Bound<'py, PyAny>>, Arc<ReadyRequest>)>,
}

/// One name of such rows.
#[derive(Clone)]
pub(super) struct Part<'py> {
    pub(super) name: Bound<'py, PyAny>,
    pub(super) member: &'static Member,
    pub(super) role: Role<'py>,
}

/// What stands under a name.
#[derive(Clone)]
pub(super) enum Role<'py> {
    /// The same value in all rows.
    Constant(Bound<'py, PyAny>),
    /// A bucket, which chooses the plan.
    Bucket,
    /// A value that varies.
    Column(Column),
}

/// What is known of one bucket.
enum Known {
    /// It was seen once, which does not pay for a plan.
    Once,
    Planned(Arc<ReadyRequest>),
    /// There is no plan for it.
    Unplannable,
}

impl<'py> Shape<'py> {
    pub(super) fn new(parts: Vec<Part<'py>>) -> Self {
        Self {
            parts,
            plans: HashMap::new(),
            latest: None,
        }
    }

    /// The plan of a row with this bucket; `None` if it must be presigned by itself.
    ///
    /// `will_recur` says that another row has the same bucket: else the first gets no plan.
    pub(super) fn plan(
        &mut self,
        batch: &Batch<'_>,
        bucket: Option<&Bound<'py, PyAny>>,
        will_recur: bool,
    ) -> Option<&Arc<ReadyRequest>> {
        let is_latest = self.latest.as_ref().is_some_and(|(known, _)| match bucket {
            Some(bucket) => known.as_ref().is_some_and(|known| known.is(bucket)),
            None => known.is_none(),
        });
        if !is_latest {
            let plan = self.find_plan(batch, bucket, will_recur)?;
            self.latest = Some((bucket.cloned(), plan));
        }
        self.latest.as_ref().map(|(_, plan)| plan)
    }

    fn find_plan(
        &mut self,
        batch: &Batch<'_>,
        bucket: Option<&Bound<'py, PyAny>>,
        will_recur: bool,
    ) -> Option<Arc<ReadyRequest>> {
        let text = match bucket {
            None => "",
            Some(bucket) => bucket.cast_exact::<PyString>().ok()?.to_str().ok()?,
        };
        match self.plans.get(text) {
            Some(Known::Planned(plan)) => return Some(Arc::clone(plan)),
            Some(Known::Unplannable) => return None,
            None if !will_recur => {
                if self.plans.len() >= CAPACITY {
                    self.plans.clear();
                }
                self.plans.insert(text.into(), Known::Once);
                return None;
            }
            Some(Known::Once) | None => {}
        }
        let plan = self.new_plan(batch, bucket);
        let known = plan.clone().map_or(Known::Unplannable, Known::Planned);
        self.plans.insert(text.into(), known);
        plan
    }

    fn new_plan(
        &self,
        batch: &Batch<'_>,
        bucket: Option<&Bound<'py, PyAny>>,
    ) -> Option<Arc<ReadyRequest>> {
        let inputs: Option<Vec<PyInput<'_, 'py>>> = self
            .parts
            .iter()
            .map(|part| match &part.role {
                Role::Constant(value) => Some(PyInput(value)),
                Role::Bucket => bucket.map(PyInput),
                // Not looked at.
                Role::Column(_) => Some(PyInput(&part.name)),
            })
            .collect();
        let inputs = inputs?;
        let planned: Vec<CompiledParam<'_>> = self
            .parts
            .iter()
            .zip(&inputs)
            .map(|(part, input)| match part.role {
                Role::Column(column) => CompiledParam::Column(part.member, column),
                _ => CompiledParam::Constant(Param::known(part.member, input)),
            })
            .collect();
        let is_long =
            |input: &PyInput<'_, '_>| utf8(input.0).is_some_and(|it| it.len() > LONG_TEXT);
        if inputs.iter().any(is_long) {
            return None;
        }
        // A subclass may print otherwise than it reads.
        let is_plain = |part: &Part<'py>| match &part.role {
            Role::Constant(value) => {
                value.is_exact_instance_of::<PyString>() || value.is_exact_instance_of::<PyInt>()
            }
            Role::Bucket | Role::Column(_) => true,
        };
        if self.parts.iter().all(is_plain) {
            let Batch {
                presigner, call, ..
            } = *batch;
            return batch
                .plans
                .ready_request(presigner, batch.operation, &planned, call);
        }
        batch
            .presigner
            .ready_request(batch.operation, &planned, batch.call)
            .map(Arc::new)
    }
}

/// Adds a value to a row; `false` if the row must be presigned by itself.
pub(super) fn push(row: &mut OpenRow<'_>, column: Column, value: &Bound<'_, PyAny>) -> bool {
    if column.is_numeric() {
        return value.is_exact_instance_of::<PyInt>()
            && value
                .extract()
                .is_ok_and(|number| row.push_number(column, number));
    }
    // A subclass of str may print otherwise than it reads.
    value.cast_exact::<PyString>().is_ok_and(|text| {
        text.to_str()
            .is_ok_and(|text| text.len() <= LONG_TEXT && row.push_text(column, text))
    })
}
