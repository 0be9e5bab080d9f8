//! What rows look like: their names, which of their values vary, and a ready request for each bucket.

use std::sync::Arc;

use super::batch_cache::BatchCache;
use super::by_bucket::ByBucket;
use super::chunk::OpenRow;
use super::one_instant::OneInstant;
use super::value_column::ColumnValue;
use crate::model::{Member, Operation, Param};
use crate::s3::compiled_request::{Column, CompiledParam, ReadyRequest, ValueKind};
use crate::s3::object::{LONG_STRING, Object};
use crate::s3::presigner::Presigner;

/// What all rows of a batch have in common.
#[derive(Clone, Copy)]
pub struct Common<'a> {
    /// The client.
    pub presigner: &'a Presigner,
    /// The ready requests of its earlier batches.
    pub cache: &'a BatchCache,
    /// The operation of all rows.
    pub operation: &'static Operation,
    /// The other arguments of the call.
    pub call: &'a OneInstant<'a>,
}

/// The names of rows in their order, and how their values are read.
pub(super) struct RowShape<O> {
    pub(super) members: Vec<RowMember<O>>,
    requests: ByBucket<Arc<ReadyRequest>>,
    /// The request of the row before, and the object that was its bucket.
    latest: Option<(Option<O>, Arc<ReadyRequest>)>,
}

/// One name of such rows.
#[derive(Clone)]
pub(super) struct RowMember<O> {
    /// The name, as the first row has it.
    pub(super) name: O,
    /// The member of this name.
    pub(super) member: &'static Member,
    /// What stands under it.
    pub(super) role: Role<O>,
}

/// What stands under a name.
#[derive(Clone)]
pub(super) enum Role<O> {
    /// The same value in all rows.
    Constant(O),
    /// A bucket, which chooses the request.
    Bucket,
    /// A value that varies.
    Column(Column),
}

impl<O: Object> RowShape<O> {
    /// Rows of these members.
    pub(super) fn new(members: Vec<RowMember<O>>) -> Self {
        Self {
            members,
            requests: ByBucket::default(),
            latest: None,
        }
    }

    /// The ready request of a row with this bucket; `None` if it must be presigned by itself.
    ///
    /// `will_recur` says that another row has the same bucket. Otherwise the first row gets `None`.
    pub(super) fn request(
        &mut self,
        common: &Common<'_>,
        bucket: Option<&O>,
        will_recur: bool,
    ) -> Option<&Arc<ReadyRequest>> {
        let is_latest = self.latest.as_ref().is_some_and(|(known, _)| match bucket {
            Some(bucket) => known.as_ref().is_some_and(|known| known.is_same(bucket)),
            None => known.is_none(),
        });
        if !is_latest {
            let name = match bucket {
                None => "",
                Some(bucket) => bucket.exact_string()?,
            };
            let new = || ready_request(&self.members, common, bucket);
            let request = self.requests.find(name, will_recur, new)?;
            self.latest = Some((bucket.cloned(), request));
        }
        self.latest.as_ref().map(|(_, request)| request)
    }
}

fn ready_request<O: Object>(
    members: &[RowMember<O>],
    common: &Common<'_>,
    bucket: Option<&O>,
) -> Option<Arc<ReadyRequest>> {
    let mut params = Vec::with_capacity(members.len());
    let mut are_plain = true;
    for part in members {
        let value = match &part.role {
            Role::Column(column) => {
                params.push(CompiledParam::Column(part.member, *column));
                continue;
            }
            Role::Constant(value) => {
                // A subclass may print something else than its value.
                are_plain &= value.exact_string().is_some() || value.small_integer().is_some();
                value
            }
            Role::Bucket => bucket?,
        };
        let param = Param::known(part.member, value);
        if param.string.is_some_and(|string| string.len() > LONG_STRING) {
            return None;
        }
        params.push(CompiledParam::Constant(param));
    }
    let Common {
        presigner,
        cache,
        operation,
        call,
    } = *common;
    if are_plain {
        return cache.ready_request(presigner, operation, &params, call);
    }
    let request = presigner.ready_request(operation, &params, call);
    request.map(Arc::new)
}

impl OpenRow<'_> {
    /// Adds a value; `false` if the row must be presigned by itself.
    #[inline]
    pub fn push<O: Object>(&mut self, column: Column, value: &O) -> bool {
        match column.kind() {
            ValueKind::Strings => value
                .exact_string()
                .is_some_and(|string| string.len() <= LONG_STRING && self.push_string(column, string)),
            ValueKind::Numbers => {
                let number = value.small_integer();
                number.is_some_and(|number| self.push_number(column, number))
            }
            ValueKind::HttpDates | ValueKind::IsoDates => self.push_instant(column, value),
        }
    }

    #[inline(never)]
    fn push_instant<O: Object>(&mut self, column: Column, value: &O) -> bool {
        let instant = value.plain_instant();
        instant.is_some_and(|instant| self.push_timestamp(column, instant))
    }

    /// Adds a value of a column that has no objects.
    pub fn push_value(&mut self, column: Column, value: ColumnValue<'_>) -> bool {
        match value {
            ColumnValue::String(string) => string.len() <= LONG_STRING && self.push_string(column, string),
            ColumnValue::Number(number) => self.push_number(column, number),
            ColumnValue::Null => false,
        }
    }
}
