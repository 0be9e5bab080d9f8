//! What rows look like: their names, which of their values vary, and a ready request for each bucket.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyInt, PyString};

use super::super::memory::LONG_TEXT;
use super::rows::Batch;
use crate::model::{Member, Param};
use crate::s3::batch::{ByBucket, Column, CompiledParam, OpenRow, ReadyRequest};

/// The names of rows in their order, and how their values are read.
pub(super) struct RowShape<'py> {
    pub(super) parts: Vec<RowMember<'py>>,
    requests: ByBucket<Arc<ReadyRequest>>,
    /// The request of the row before, and the object that was its bucket.
    latest: Option<(Option<Bound<'py, PyAny>>, Arc<ReadyRequest>)>,
}

/// One name of such rows.
#[derive(Clone)]
pub(super) struct RowMember<'py> {
    pub(super) name: Bound<'py, PyAny>,
    pub(super) member: &'static Member,
    pub(super) role: Role<'py>,
}

/// What stands under a name.
#[derive(Clone)]
pub(super) enum Role<'py> {
    /// The same value in all rows.
    Constant(Bound<'py, PyAny>),
    /// A bucket, which chooses the request.
    Bucket,
    /// A value that varies.
    Column(Column),
}

impl<'py> RowShape<'py> {
    pub(super) fn new(parts: Vec<RowMember<'py>>) -> Self {
        Self {
            parts,
            requests: ByBucket::default(),
            latest: None,
        }
    }

    /// The ready request of a row with this bucket; `None` if it must be presigned by itself.
    ///
    /// `will_recur` says that another row has the same bucket. Otherwise the first row gets `None`.
    pub(super) fn request(
        &mut self,
        batch: &Batch<'_, '_>,
        bucket: Option<&Bound<'py, PyAny>>,
        will_recur: bool,
    ) -> Option<&Arc<ReadyRequest>> {
        let is_latest = self.latest.as_ref().is_some_and(|(known, _)| match bucket {
            Some(bucket) => known.as_ref().is_some_and(|known| known.is(bucket)),
            None => known.is_none(),
        });
        if !is_latest {
            let name = match bucket {
                None => "",
                Some(bucket) => bucket.cast_exact::<PyString>().ok()?.to_str().ok()?,
            };
            let new = || ready_request(&self.parts, batch, bucket);
            let request = self.requests.find(name, will_recur, new)?;
            self.latest = Some((bucket.cloned(), request));
        }
        self.latest.as_ref().map(|(_, request)| request)
    }
}

fn ready_request<'py>(
    parts: &[RowMember<'py>],
    batch: &Batch<'_, '_>,
    bucket: Option<&Bound<'py, PyAny>>,
) -> Option<Arc<ReadyRequest>> {
    let mut params = Vec::with_capacity(parts.len());
    for part in parts {
        let value = match &part.role {
            Role::Column(column) => {
                params.push(CompiledParam::Column(part.member, *column));
                continue;
            }
            Role::Constant(value) => value,
            Role::Bucket => bucket?,
        };
        let param = Param::known(part.member, value);
        if param.text.is_some_and(|text| text.len() > LONG_TEXT) {
            return None;
        }
        params.push(CompiledParam::Constant(param));
    }
    // A subclass may print something else than its value.
    let is_plain = |part: &RowMember<'py>| match &part.role {
        Role::Constant(value) => {
            value.is_exact_instance_of::<PyString>() || value.is_exact_instance_of::<PyInt>()
        }
        Role::Bucket | Role::Column(_) => true,
    };
    if parts.iter().all(is_plain) {
        let Batch {
            presigner, call, ..
        } = *batch;
        return batch
            .cache
            .ready_request(presigner, batch.operation, &params, call);
    }
    let request = batch
        .presigner
        .ready_request(batch.operation, &params, batch.call);
    request.map(Arc::new)
}

/// Adds a value to a row; `false` if the row must be presigned by itself.
pub(super) fn push(row: &mut OpenRow<'_>, column: Column, value: &Bound<'_, PyAny>) -> bool {
    if column.is_numeric() {
        return value.is_exact_instance_of::<PyInt>()
            && value
                .extract()
                .is_ok_and(|number| row.push_number(column, number));
    }
    // A subclass of str may print something else than its value.
    value.cast_exact::<PyString>().is_ok_and(|text| {
        text.to_str()
            .is_ok_and(|text| text.len() <= LONG_TEXT && row.push_text(column, text))
    })
}
