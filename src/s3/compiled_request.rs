//! Turns one request into a template for all requests that differ from it in plain values only.
//!
//! The whole pipeline runs once with a stand-in for each such value and for the credentials. Its
//! output is cut at the stand-ins. So a compiled request writes what the pipeline would
//! write. With a key it becomes [`Ready`]: what is left to do for a URL is to put the values into
//! the gaps, to hash and to sign.

mod by_sigv2;
mod by_sigv4;
mod column;
mod gapped_string;
mod stand_in;
mod stand_in_map;

use std::sync::Arc;

pub(super) use by_sigv2::{ReadySigV2Request, SigV2Places, SigV2Request};
pub use by_sigv4::ReadyRequest;
pub(super) use by_sigv4::{Places, SigV4Request};
pub use column::Column;
pub(super) use column::SentValue;
pub(super) use column::ValueKind;
pub(super) use gapped_string::GappedString;

use super::pipeline::{Call, Pipeline, SignedBy, ToSign};
use crate::credentials::StaticCredentials;
use crate::error::Error;
use crate::model::{Member, Operation, Param};
use crate::request::UnsignedRequest;
use crate::sigv2::{self, HashedKey};
use crate::sigv4::{self, Convention, ScopedKey};
use stand_in::StandIn;
use stand_in_map::StandInMap;

/// A parameter of a compiled request.
pub enum CompiledParam<'a> {
    /// The same in all requests.
    Constant(Param<'a>),
    /// A different value in each request.
    Column(&'static Member, Column),
    /// A map with the same names in all requests, and different values: each is a column.
    Map(&'static Member, Vec<&'a str>),
}

/// The common parts of requests that differ in the values of their columns, in their credentials
/// and in their second.
pub(super) enum CompiledRequest {
    V4(SigV4Request),
    V2(SigV2Request),
}

/// A compiled request of one key and second: it lacks the values of its columns only.
pub(super) enum Ready {
    V4(ReadyRequest),
    V2(ReadySigV2Request),
}

impl Ready {
    /// What signs it.
    pub(super) fn signed_by(&self) -> SignedBy {
        match self {
            Self::V4(request) => SignedBy::V4(Arc::clone(&request.key)),
            Self::V2(request) => SignedBy::V2(Arc::clone(request.key()), request.expires().clone()),
        }
    }
}

impl CompiledRequest {
    /// The request of these parameters; columns are numbered as they come.
    ///
    /// `None` if such requests must be presigned one by one: they are not signed by S3's SigV4 or
    /// by SigV2, or the pipeline refuses them.
    pub(super) fn new(
        pipeline: &Pipeline<'_>,
        operation: &'static Operation,
        params: &[CompiledParam<'_>],
        call: &dyn Call,
    ) -> Option<Self> {
        let is_given = |member: &Member| {
            params.iter().any(|one| match one {
                CompiledParam::Constant(param) => param.is(member.name),
                CompiledParam::Column(other, _) | CompiledParam::Map(other, _) => other.name == member.name,
            })
        };
        // Each request would need its own random token.
        if operation.idempotency_token.is_some_and(|token| !is_given(token)) {
            return None;
        }
        let columns = columns_of(params);
        let stand_ins: Option<Vec<StandIn>> = columns
            .iter()
            .enumerate()
            .map(|(number, (_, column))| StandIn::new(number, *column))
            .collect();
        let stand_ins = stand_ins?;
        let maps = stand_in_maps(params, &stand_ins)?;
        let (mut stands, mut mapped) = (stand_ins.iter(), maps.iter());
        let stood_in: Option<Vec<Param<'_>>> = params
            .iter()
            .map(|one| match one {
                CompiledParam::Constant(param) => Some(param.clone()),
                CompiledParam::Column(member, _) => Some(Param::known(member, stands.next()?)),
                CompiledParam::Map(member, names) => {
                    // They stand in the map.
                    stands.by_ref().take(names.len()).for_each(|_| ());
                    Some(Param::known(member, mapped.next()?))
                }
            })
            .collect();
        let columns = columns.iter().copied();

        let credentials = StaticCredentials::new(stand_in::credentials());
        let mut compiled = None;
        pipeline
            .presign(operation, &&stood_in?[..], call, &credentials, |to_sign| {
                compiled = match to_sign {
                    ToSign::V4 {
                        request,
                        convention: convention @ Convention::S3,
                        credentials,
                        endpoint,
                    } => {
                        let scope = pipeline.scope(endpoint);
                        let key = ScopedKey::new(Arc::clone(credentials), scope, stand_in::INSTANT);
                        let draft = sigv4::draft(convention, request, &key)?;
                        let endpoint = Arc::clone(endpoint);
                        let columns = columns.map(|(_, column)| column);
                        SigV4Request::new(&draft, endpoint, &key, &stand_ins, columns).map(Self::V4)
                    }
                    ToSign::V2 { request, credentials } => {
                        let request = UnsignedRequest {
                            expires: stand_in::EXPIRES,
                            ..*request
                        };
                        let key = HashedKey::new(Arc::clone(credentials));
                        let draft = sigv2::draft(&request, &key)?;
                        SigV2Request::new(&draft, &key, &stand_ins, columns).map(Self::V2)
                    }
                    _ => None,
                };
                Ok::<_, Error>(())
            })
            .ok()?;
        compiled
    }

    /// This request with the key that signs it, and with those columns filled in that have a
    /// constant: an encoded value, by the number of the column. `None` if the key is of another
    /// signature.
    pub(super) fn ready(&self, signed_by: SignedBy, constants: &[Option<Box<str>>]) -> Option<Ready> {
        match (self, signed_by) {
            (Self::V4(request), SignedBy::V4(key)) => Some(Ready::V4(request.ready(key, constants))),
            (Self::V2(request), SignedBy::V2(key, expires)) => Some(Ready::V2(request.ready(key, expires, constants))),
            _ => None,
        }
    }
}

/// The columns of parameters, in their order.
fn columns_of(params: &[CompiledParam<'_>]) -> Vec<(&'static Member, Column)> {
    let mut columns = Vec::with_capacity(params.len());
    for one in params {
        match one {
            CompiledParam::Constant(_) => {}
            CompiledParam::Column(member, column) => columns.push((*member, *column)),
            CompiledParam::Map(member, names) => {
                columns.extend(names.iter().map(|_| (*member, Column::OF_MAP)));
            }
        }
    }
    columns
}

/// What stands in for the maps among parameters whose columns have these stand-ins.
fn stand_in_maps<'s>(params: &[CompiledParam<'_>], mut stand_ins: &'s [StandIn]) -> Option<Vec<StandInMap<'s>>> {
    let mut maps = Vec::new();
    for one in params {
        let taken = match one {
            CompiledParam::Constant(_) => 0,
            CompiledParam::Column(..) => 1,
            CompiledParam::Map(_, names) => {
                maps.push(StandInMap::new(names, stand_ins)?);
                names.len()
            }
        };
        stand_ins = stand_ins.get(taken..)?;
    }
    Some(maps)
}
