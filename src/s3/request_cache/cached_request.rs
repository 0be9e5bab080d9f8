//! A compiled request with the shape of the calls that it serves, ready to sign in one second.

use std::ops::Range;
use std::sync::Arc;

use smallvec::SmallVec;

use super::call_shape::{CallShape, OwnedShape, is_bucket, unusual_bucket};
use crate::hash;
use crate::model::{Member, Param};
use crate::s3::compiled_request::{Column, CompiledParam, CompiledRequest, ReadyRequest};
use crate::s3::pipeline::endpoint::Endpoint;
use crate::s3::pipeline::{AtHand, Call, Pipeline};
use crate::sigv4::ScopedKey;

/// Room for short values, and for the signature.
const ROOM: usize = 400;

/// A request for calls of one shape, with the key of the second in which it was last used.
pub struct CachedRequest {
    shared: Arc<SharedRequest>,
    /// The encoded values of the columns that are filled in; empty in the request of a whole shape.
    constants: Arc<[Option<Box<str>>]>,
    ready: ReadyRequest,
}

/// What stays the same from second to second.
struct SharedRequest {
    fingerprint: u64,
    shape: OwnedShape,
    compiled: CompiledRequest,
    /// Which parameter each column of the request is.
    columns: Vec<(usize, Column)>,
}

/// Which columns have their values where in a canonical request.
pub(in crate::s3) type Places = SmallVec<[(usize, Range<usize>); 8]>;

impl CachedRequest {
    /// Compiles the request of a call of this shape; `None` if it cannot be compiled.
    pub(super) fn compile(
        pipeline: &Pipeline<'_>,
        shape: &CallShape<'_>,
        given: &[Param<'_>],
        call: &dyn Call,
        key: Arc<ScopedKey>,
    ) -> Option<Self> {
        let mut params = Vec::with_capacity(given.len());
        let mut columns = Vec::with_capacity(given.len());
        for (at, (param, &member)) in given.iter().zip(shape.members).enumerate() {
            let column = match (is_bucket(member), shape.bucket) {
                (true, Some(_)) => None,
                (true, None) => Some(Column::BUCKET),
                (false, _) => Some(Column::of(member)?),
            };
            let Some(column) = column else {
                params.push(CompiledParam::Constant(param.clone()));
                continue;
            };
            if column.kind() != param.kind {
                return None;
            }
            params.push(CompiledParam::Column(member, column));
            columns.push((at, column));
        }
        let compiled = CompiledRequest::new(pipeline, shape.operation, &params, call)?;
        Some(Self {
            constants: Arc::default(),
            ready: compiled.ready(key, &[]),
            shared: Arc::new(SharedRequest {
                fingerprint: shape.fingerprint(),
                shape: OwnedShape::new(shape),
                compiled,
                columns,
            }),
        })
    }

    /// This request with another key.
    pub(in crate::s3) fn renewed(&self, key: Arc<ScopedKey>) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            constants: Arc::clone(&self.constants),
            ready: self.shared.compiled.ready(key, &self.constants),
        }
    }

    /// This request for calls in which the parameters at some places always have these values.
    ///
    /// `write` appends the value at a place as the column says, if it is a constant, and says
    /// whether it did.
    #[must_use]
    pub fn with_constants(
        &self,
        mut write: impl FnMut(usize, Column, &mut String) -> bool,
    ) -> Self {
        let constant = |&(at, column): &(usize, Column)| {
            let mut encoded = String::new();
            write(at, column, &mut encoded).then(|| encoded.into())
        };
        let constants: Arc<[_]> = self.shared.columns.iter().map(constant).collect();
        Self {
            shared: Arc::clone(&self.shared),
            ready: self
                .shared
                .compiled
                .ready(Arc::clone(self.key()), &constants),
            constants,
        }
    }

    /// Whether this serves all calls of its shape.
    pub(super) fn is_of_whole_shape(&self) -> bool {
        self.constants.is_empty()
    }

    /// The members of its calls, in their order.
    #[must_use]
    pub fn members(&self) -> &[&'static Member] {
        &self.shared.shape.members
    }

    /// Where the bucket is among the members, if it is among them.
    #[must_use]
    pub fn place_of_bucket(&self) -> Option<usize> {
        self.members().iter().position(|member| is_bucket(member))
    }

    /// Whether this serves calls with this bucket only, and not those with any ordinary bucket.
    pub(in crate::s3) fn is_of_one_bucket(&self) -> bool {
        self.shared.shape.bucket.is_some()
    }

    /// The shape of calls like those of this request, with this bucket and at these terms.
    #[must_use]
    pub fn shape<'a>(&'a self, bucket: Option<&'a str>, at_hand: AtHand<'a>) -> CallShape<'a> {
        CallShape {
            operation: self.shared.shape.operation,
            members: self.members(),
            bucket: bucket.and_then(unusual_bucket),
            at_hand,
        }
    }

    /// Whether this serves calls of that shape.
    pub(super) fn is_of(&self, shape: &CallShape<'_>) -> bool {
        self.shared.shape.is(shape)
    }

    pub(super) fn fingerprint(&self) -> u64 {
        self.shared.fingerprint
    }

    pub(in crate::s3) fn key(&self) -> &Arc<ScopedKey> {
        &self.ready.key
    }

    pub(in crate::s3) fn endpoint(&self) -> &Endpoint {
        &self.shared.compiled.endpoint
    }

    /// Writes the canonical request into `room`, up to a whole block, and into `places` where in it
    /// the values are; both are empty. The rest of it, which is the same for all calls, is returned;
    /// `None` if a value is not plain.
    pub(in crate::s3) fn write_canonical_request(
        &self,
        room: &mut String,
        places: &mut Places,
        write: &mut impl FnMut(usize, Column, &mut String) -> bool,
    ) -> Option<&str> {
        let canonical_request = &self.ready.canonical_request;
        room.reserve(canonical_request.length() + ROOM);
        let end = canonical_request.append_but_rest(room, |column, out| {
            let (at, how) = self.shared.columns[column];
            let start = out.len();
            let is_plain = write(at, how, out);
            places.push((column, start..out.len()));
            is_plain
        })?;
        let fitting = hash::up_to_block(room.len());
        let (more, rest) = end.split_at_checked(fitting).unwrap_or((end, ""));
        room.push_str(more);
        Some(rest)
    }

    /// Appends the presigned URL of the canonical request that is `start` and `rest`.
    pub(in crate::s3) fn append_signed(
        &self,
        url: &mut String,
        start: &str,
        rest: &str,
        places: &Places,
    ) {
        let digest = hash::sha256_of_two(start.as_bytes(), rest.as_bytes());
        url.reserve(self.ready.url.length() + ROOM);
        self.ready.url.append_by(url, |column, out| {
            let mut places = places.iter();
            let place = places.find(|(number, _)| *number == column);
            let value = place.and_then(|(_, range)| start.get(range.clone()));
            out.push_str(value.unwrap_or_default());
            true
        });
        hash::append_hex(url, &self.ready.key.sign_digest(&digest));
    }
}
