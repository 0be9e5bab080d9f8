//! Turns one request into a template for all requests that differ from it in plain values only.
//!
//! The whole pipeline runs once with a stand-in for each such value and for the credentials. Its
//! output is cut at the stand-ins. So a compiled request writes what the pipeline would
//! write. With a signing key it becomes a [`ReadyRequest`]: what is left to do for a URL is to put
//! the values into the gaps, to hash and to sign.

mod column;
mod gapped_string;
mod stand_in;

use std::sync::Arc;

use zeroize::Zeroizing;

pub use column::Column;
pub(super) use gapped_string::GappedString;

use super::pipeline::endpoint::Endpoint;
use super::pipeline::{Call, Pipeline, ToSign};
use crate::credentials::StaticCredentials;
use crate::error::Error;
use crate::model::{Member, Operation, Param};
use crate::sigv4::{self, Convention, Draft, ScopedKey};
use stand_in::StandIn;

/// A parameter of a compiled request.
pub enum CompiledParam<'a> {
    /// The same in all requests.
    Constant(Param<'a>),
    /// A different value in each request.
    Column(&'static Member, Column),
}

/// The common parts of requests that differ in the values of their columns, in their credentials
/// and in their second.
pub(super) struct CompiledRequest {
    /// Where they go, which decides the scope of their signature.
    pub(super) endpoint: Arc<Endpoint>,
    /// The URL up to its signature. Its gaps are the columns, then the opening of the signature's
    /// parameters, then the parameter of the session token.
    url: GappedString,
    canonical_request: GappedString,
    /// How many columns there are.
    columns: usize,
}

impl CompiledRequest {
    /// The request of these parameters; columns are numbered as they come.
    ///
    /// `None` if such requests must be presigned one by one: they are not signed by S3's SigV4, or
    /// the pipeline refuses them.
    pub(super) fn new(
        pipeline: &Pipeline<'_>,
        operation: &'static Operation,
        params: &[CompiledParam<'_>],
        call: &dyn Call,
    ) -> Option<Self> {
        let is_given = |member: &Member| {
            params.iter().any(|one| match one {
                CompiledParam::Constant(param) => param.is(member.name),
                CompiledParam::Column(other, _) => other.name == member.name,
            })
        };
        // Each request would need its own random token.
        if operation
            .idempotency_token
            .is_some_and(|token| !is_given(token))
        {
            return None;
        }
        let columns = params.iter().filter_map(|one| match one {
            CompiledParam::Constant(_) => None,
            CompiledParam::Column(_, column) => Some(*column),
        });
        let stand_ins: Vec<StandIn> = columns
            .clone()
            .enumerate()
            .map(|(at, column)| match column {
                Column::BUCKET => StandIn::of_bucket(),
                _ => StandIn::new(at, column.kind()),
            })
            .collect();
        let mut stands = stand_ins.iter();
        let stood_in: Option<Vec<Param<'_>>> = params
            .iter()
            .map(|one| match one {
                CompiledParam::Constant(param) => Some(param.clone()),
                CompiledParam::Column(member, _) => Some(Param::known(member, stands.next()?)),
            })
            .collect();

        let credentials = StaticCredentials::new(stand_in::credentials());
        let mut drafted = None;
        pipeline
            .presign(operation, &&stood_in?[..], call, &credentials, |to_sign| {
                if let ToSign::V4 {
                    request,
                    convention: convention @ Convention::S3,
                    credentials,
                    endpoint,
                } = to_sign
                {
                    let scope = pipeline.scope(endpoint);
                    let key = ScopedKey::new(Arc::clone(credentials), scope, stand_in::INSTANT);
                    let draft = sigv4::draft(convention, request, &key)?;
                    drafted = Some((draft, Arc::clone(endpoint), KeyStrings::of(&key)));
                }
                Ok::<_, Error>(())
            })
            .ok()?;
        let (draft, endpoint, of_key) = drafted?;
        let Draft {
            url,
            canonical_request,
        } = draft;
        let marks = || stand_ins.iter().map(StandIn::mark);
        let of_key = of_key.each();
        let in_url = columns.clone().map(Column::is_in_url);
        let in_url = marks()
            .zip(in_url)
            .chain(of_key.map(|string| (string, true)));
        let everywhere = marks().chain(of_key).map(|mark| (mark, true));
        Some(Self {
            endpoint,
            url: GappedString::new(&url, in_url)?,
            canonical_request: GappedString::new(&canonical_request, everywhere)?,
            columns: stand_ins.len(),
        })
    }

    /// This request with the key that signs it, and with those columns filled in that have a
    /// constant: an encoded value, by the number of the column.
    pub(super) fn ready(
        &self,
        key: Arc<ScopedKey>,
        constants: &[Option<Box<str>>],
    ) -> ReadyRequest {
        let of_key = KeyStrings::of(&key);
        let string = |number: usize| match number.checked_sub(self.columns) {
            Some(at) => of_key.each().get(at).copied(),
            None => constants.get(number)?.as_deref(),
        };
        ReadyRequest {
            url: self.url.filled(string),
            canonical_request: self.canonical_request.filled(string),
            key,
        }
    }
}

/// A compiled request of one key and second: it lacks the values of its columns only.
pub struct ReadyRequest {
    pub(super) key: Arc<ScopedKey>,
    /// The URL up to its signature.
    pub(super) url: GappedString,
    pub(super) canonical_request: GappedString,
}

/// What a key brings into a URL and into the canonical request.
struct KeyStrings {
    opening: String,
    token: Zeroizing<String>,
}

impl KeyStrings {
    fn of(key: &ScopedKey) -> Self {
        Self {
            opening: key.opening_of_parameters().to_owned(),
            token: key.parameter_of_token(),
        }
    }

    fn each(&self) -> [&str; 2] {
        [&self.opening, &self.token]
    }
}
