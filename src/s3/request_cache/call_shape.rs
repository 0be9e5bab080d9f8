//! The shape of a call: calls with the same shape make requests that differ in plain values only.

use smallvec::SmallVec;

use super::plain_map::PlainMap;
use crate::hash::Fingerprint;
use crate::model::{Member, Operation, Param, ParamName, Place};
use crate::s3::compiled_request::{Column, SentValue, ValueKind};
use crate::s3::pipeline::{AtHand, Call, is_ordinary_bucket};

/// The members that a call names, in its order.
pub(in crate::s3) type Members = SmallVec<[&'static Member; 8]>;

/// The operation, the members, the bucket, the names of a map, the method and the lifetime of a call.
#[derive(Clone, Copy, Debug)]
pub struct CallShape<'a> {
    pub(super) operation: &'static Operation,
    pub(super) members: &'a [&'static Member],
    /// The bucket, unless it is an ordinary one: requests for those differ in its name only.
    pub(super) bucket: Option<&'a str>,
    /// The names of the map whose entries become headers, each with its end, if there is such a map.
    pub(super) names_of_map: Option<&'a str>,
    pub(super) at_hand: AtHand<'a>,
}

impl<'a> CallShape<'a> {
    /// The shape of a call with these parameters; `None` if a part of it must be read first.
    pub(in crate::s3) fn of_params(
        operation: &'static Operation,
        given: &[Param<'a>],
        call: &'a dyn Call,
        members: &'a mut Members,
        map: &'a mut Option<PlainMap>,
    ) -> Option<Self> {
        let mut bucket = None;
        for param in given {
            let ParamName::Known(member) = param.name else {
                return None;
            };
            if is_bucket(member) {
                bucket = unusual_bucket(param.string.filter(|_| param.is_plain)?);
            }
            if is_map(member) {
                *map = Some(PlainMap::of(param)?);
            }
            members.push(member);
        }
        Some(Self {
            operation,
            members,
            bucket,
            names_of_map: map.as_ref().map(|map| map.names.as_str()),
            at_hand: call.at_hand()?,
        })
    }

    /// A number that calls of one shape share, and that others seldom have.
    pub(in crate::s3) fn fingerprint(&self) -> u64 {
        let mut hash = Fingerprint::default();
        hash.add(address(self.operation));
        hash.add(self.at_hand.expires_in.cast_unsigned());
        if let Some(method) = self.at_hand.http_method {
            hash.add_string(method);
        }
        for member in self.members {
            hash.add(address(*member));
        }
        if let Some(bucket) = self.bucket {
            hash.add_string(bucket);
        }
        if let Some(names) = self.names_of_map {
            hash.add_string(names);
        }
        hash.value()
    }
}

/// A shape that outlives its call.
pub(super) struct OwnedShape {
    pub(super) operation: &'static Operation,
    pub(super) members: Box<[&'static Member]>,
    pub(super) bucket: Option<Box<str>>,
    pub(super) names_of_map: Option<Box<str>>,
    http_method: Option<Box<str>>,
    expires_in: i64,
}

impl OwnedShape {
    pub(super) fn new(shape: &CallShape<'_>) -> Self {
        Self {
            operation: shape.operation,
            members: shape.members.into(),
            bucket: shape.bucket.map(Into::into),
            names_of_map: shape.names_of_map.map(Into::into),
            http_method: shape.at_hand.http_method.map(Into::into),
            expires_in: shape.at_hand.expires_in,
        }
    }

    pub(super) fn is(&self, shape: &CallShape<'_>) -> bool {
        std::ptr::eq(self.operation, shape.operation)
            && self.expires_in == shape.at_hand.expires_in
            && self.http_method.as_deref() == shape.at_hand.http_method
            && self.bucket.as_deref() == shape.bucket
            && match (&self.names_of_map, shape.names_of_map) {
                (None, None) => true,
                (Some(known), Some(given)) => **known == *given,
                _ => false,
            }
            && self.members.len() == shape.members.len()
            && self
                .members
                .iter()
                .zip(shape.members)
                .all(|(known, given)| std::ptr::eq(*known, *given))
    }
}

impl SentValue for Param<'_> {
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "otherwise each URL costs 0.5 % more instructions")]
    fn append_to(&self, column: Column, out: &mut String) -> bool {
        match (self.string, column.kind()) {
            (Some(string), ValueKind::Strings) => self.is_plain && column.append_string(out, string),
            (None, ValueKind::HttpDates | ValueKind::IsoDates) => self
                .value
                .plain_instant()
                .is_some_and(|instant| column.append_instant(out, instant)),
            (None, ValueKind::Numbers) => self
                .value
                .small_integer()
                .is_some_and(|number| column.append_number(out, number)),
            _ => false,
        }
    }
}

/// The bucket of a shape.
pub(super) fn unusual_bucket(bucket: &str) -> Option<&str> {
    Some(bucket).filter(|bucket| !is_ordinary_bucket(bucket))
}

pub(super) fn is_bucket(member: &Member) -> bool {
    member.name == "Bucket"
}

/// Whether the entries of a member become headers.
pub(super) fn is_map(member: &Member) -> bool {
    member.place == Place::HeaderMap
}

/// Operations and members are statics: each is known by where it is.
fn address<T>(object: &'static T) -> u64 {
    std::ptr::from_ref(object).addr() as u64
}
