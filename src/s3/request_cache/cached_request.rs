//! A compiled request with the shape of the calls that it serves, ready to sign in one second.

use std::borrow::Cow;
use std::sync::Arc;

use super::call_shape::{CallShape, OwnedShape, is_bucket, is_map, unusual_bucket};
use super::plain_map::each_name;
use crate::model::{Member, Operation, Param};
use crate::request::lower_case;
use crate::s3::compiled_request::{Column, CompiledParam, CompiledRequest, Ready};
use crate::s3::pipeline::endpoint::Endpoint;
use crate::s3::pipeline::{AtHand, Call, Pipeline, SignedBy};

/// A request for calls of one shape, with the key of the second in which it was last used.
pub struct CachedRequest {
    shared: Arc<SharedRequest>,
    /// The encoded values of the columns that are filled in; empty in the request of a whole shape.
    constants: Arc<[Option<Box<str>>]>,
    ready: Ready,
}

/// What stays the same from second to second.
struct SharedRequest {
    fingerprint: u64,
    shape: OwnedShape,
    compiled: CompiledRequest,
    /// Which parameter each column of the request is. The values of a map count as parameters behind the last one.
    columns: Vec<(usize, Column)>,
}

impl CachedRequest {
    /// Compiles the request of a call of this shape; `None` if it cannot be compiled.
    pub(super) fn compile(
        pipeline: &Pipeline<'_>,
        shape: &CallShape<'_>,
        given: &[Param<'_>],
        call: &dyn Call,
        signed_by: SignedBy,
    ) -> Option<Self> {
        let mut params = Vec::with_capacity(given.len());
        let mut columns = Vec::with_capacity(given.len());
        for (at, (param, &member)) in given.iter().zip(shape.members).enumerate() {
            if is_map(member) {
                let names: Vec<&str> = each_name(shape.names_of_map?).collect();
                let places = given.len()..given.len() + names.len();
                columns.extend(places.map(|at| (at, Column::OF_MAP)));
                params.push(CompiledParam::Map(member, names));
                continue;
            }
            let column = match (is_bucket(member), shape.bucket) {
                (true, Some(_)) => None,
                (true, None) => Some(Column::BUCKET),
                (false, _) => Some(Column::of(member)?),
            };
            let Some(column) = column else {
                params.push(CompiledParam::Constant(param.clone()));
                continue;
            };
            if !column.is_for(param) {
                return None;
            }
            params.push(CompiledParam::Column(member, column));
            columns.push((at, column));
        }
        let compiled = CompiledRequest::new(pipeline, shape.operation, &params, call)?;
        Some(Self {
            constants: Arc::default(),
            ready: compiled.ready(signed_by, &[])?,
            shared: Arc::new(SharedRequest {
                fingerprint: shape.fingerprint(),
                shape: OwnedShape::new(shape),
                compiled,
                columns,
            }),
        })
    }

    /// This request with another key; `None` if that is of another signature.
    pub(in crate::s3) fn renewed(&self, signed_by: SignedBy) -> Option<Self> {
        Some(Self {
            shared: Arc::clone(&self.shared),
            constants: Arc::clone(&self.constants),
            ready: self.shared.compiled.ready(signed_by, &self.constants)?,
        })
    }

    /// This request for calls in which the parameters at some places always have these values.
    ///
    /// `write` appends the value at a place as the column says, if it is a constant, and says
    /// whether it did.
    pub(in crate::s3) fn with_constants(
        &self,
        mut write: impl FnMut(usize, Column, &mut String) -> bool,
    ) -> Option<Self> {
        let constant = |&(at, column): &(usize, Column)| {
            let mut encoded = String::new();
            let is_constant = write(at, column, &mut encoded) && column.is_signed_plainly(&encoded);
            is_constant.then(|| encoded.into())
        };
        let constants: Arc<[_]> = self.shared.columns.iter().map(constant).collect();
        let signed_by = self.ready.signed_by();
        Some(Self {
            shared: Arc::clone(&self.shared),
            ready: self.shared.compiled.ready(signed_by, &constants)?,
            constants,
        })
    }

    /// Whether this serves all calls of its shape.
    pub(super) fn is_of_whole_shape(&self) -> bool {
        self.constants.is_empty()
    }

    /// The operation of its calls.
    pub(in crate::s3) fn operation(&self) -> &'static Operation {
        self.shared.shape.operation
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

    /// Where the map whose entries become headers is among the members, and its names; if it is among them.
    pub(in crate::s3) fn map(&self) -> Option<(usize, impl Iterator<Item = &str>)> {
        let at = self.members().iter().position(|member| is_map(member))?;
        let names = self.shared.shape.names_of_map.as_deref()?;
        Some((at, each_name(names)))
    }

    /// The name of the header with the values of a column, in lower case.
    pub(in crate::s3) fn header_name(&self, at: usize) -> Cow<'static, str> {
        if let Some(member) = self.members().get(at) {
            return lower_case(member.wire_name);
        }
        let of_map = self.map().and_then(|(place, mut names)| {
            let prefix = self.members()[place].wire_name;
            Some([prefix, names.nth(at - self.members().len())?].concat())
        });
        Cow::Owned(of_map.unwrap_or_default())
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
            names_of_map: self.shared.shape.names_of_map.as_deref(),
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

    /// The request with the key of its latest call.
    #[inline]
    pub(in crate::s3) fn ready(&self) -> &Ready {
        &self.ready
    }

    /// Which parameter each of its columns is.
    #[inline]
    pub(in crate::s3) fn columns(&self) -> &[(usize, Column)] {
        &self.shared.columns
    }

    /// Where its calls go, if that decides the scope of their signature.
    pub(in crate::s3) fn endpoint(&self) -> Option<&Endpoint> {
        match &self.shared.compiled {
            CompiledRequest::V4(request) => Some(&request.endpoint),
            CompiledRequest::V2(_) => None,
        }
    }

    /// The encoded values of the columns that are filled in.
    pub(in crate::s3) fn constants(&self) -> &[Option<Box<str>>] {
        &self.constants
    }
}
