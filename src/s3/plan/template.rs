//! Turns one request into a template for all that differ from it in plain values only.
//!
//! The whole pipeline runs once with a stand-in for each such value and for the keys, and its
//! output is cut where the stand-ins are. So a template cannot write anything otherwise than the
//! pipeline would.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::stand_in::{self, StandIn};
use super::{Column, Cut, Plan};
use crate::credentials::StaticCredentials;
use crate::error::Error;
use crate::model::{Member, Operation, Param};
use crate::s3::endpoint::Endpoint;
use crate::s3::signature::ToSign;
use crate::s3::{Call, Presigner};
use crate::sigv4::{self, Convention, Draft, ScopedKey, TokenParameter};

/// A parameter of a template.
pub enum Planned<'a> {
    /// The same in all requests.
    Constant(Param<'a>),
    /// Another in each.
    Column(&'static Member, Column),
}

/// What requests have in common that differ in the values of their columns, in their keys and in
/// their second.
pub(in crate::s3) struct Template {
    /// Where they go, and so what they are signed for.
    pub(in crate::s3) endpoint: Arc<Endpoint>,
    /// The URL up to its signature. Behind the columns, the opening of the signature's parameters
    /// and the parameter of the token are numbered.
    url: Cut,
    canonical_request: Cut,
    /// How many columns there are.
    columns: usize,
}

impl Template {
    /// The template of these parameters; columns are numbered as they come.
    ///
    /// `None` if such requests must be presigned one by one: what signs them is not S3's SigV4, or
    /// they are not good to sign at all.
    pub(in crate::s3) fn new(
        presigner: &Presigner,
        operation: &'static Operation,
        planned: &[Planned<'_>],
        call: &dyn Call,
    ) -> Option<Self> {
        let is_given = |member: &Member| {
            planned.iter().any(|one| match one {
                Planned::Constant(param) => param.is(member.name),
                Planned::Column(other, _) => other.name == member.name,
            })
        };
        // Each request would draw a token of its own.
        if operation
            .idempotency_token
            .is_some_and(|token| !is_given(token))
        {
            return None;
        }
        let columns = planned.iter().filter_map(|one| match one {
            Planned::Constant(_) => None,
            Planned::Column(_, column) => Some(*column),
        });
        let stand_ins: Vec<StandIn> = columns
            .clone()
            .enumerate()
            .map(|(at, column)| StandIn::new(at, column.kind()))
            .collect();
        let mut stands = stand_ins.iter();
        let params: Option<Vec<Param<'_>>> = planned
            .iter()
            .map(|one| match one {
                Planned::Constant(param) => Some(param.clone()),
                Planned::Column(member, _) => Some(Param::known(member, stands.next()?)),
            })
            .collect();

        let credentials = StaticCredentials::new(stand_in::credentials());
        let mut drafted = None;
        presigner
            .append_url_by(
                &mut String::new(),
                operation,
                &&params?[..],
                call,
                &credentials,
                |_, to_sign| {
                    if let ToSign::V4 {
                        request,
                        convention: convention @ Convention::S3,
                        credentials,
                        endpoint,
                    } = to_sign
                    {
                        let scope = presigner.scope(endpoint);
                        let at = stand_in::INSTANT;
                        let key = ScopedKey::new(Arc::clone(credentials), scope, at);
                        let token = TokenParameter::SecurityToken;
                        let draft = sigv4::draft(convention, request, &key, token)?;
                        drafted = Some((draft, Arc::clone(endpoint), KeyTexts::of(&key)));
                    }
                    Ok::<_, Error>(())
                },
            )
            .ok()?;
        let (draft, endpoint, of_key) = drafted?;
        let Draft {
            url,
            canonical_request,
        } = draft;
        let marks = || stand_ins.iter().map(StandIn::mark);
        let of_key = of_key.each();
        let in_url = columns.clone().map(Column::is_in_url);
        let in_url = marks().zip(in_url).chain(of_key.map(|text| (text, true)));
        let everywhere = marks().chain(of_key).map(|mark| (mark, true));
        Some(Self {
            endpoint,
            url: Cut::new(&url, in_url)?,
            canonical_request: Cut::new(&canonical_request, everywhere)?,
            columns: stand_ins.len(),
        })
    }

    /// The plan of requests that this key signs, and in which the first columns have these values,
    /// encoded already, unless they have none.
    pub(in crate::s3) fn plan(&self, key: Arc<ScopedKey>, values: &[Option<Box<str>>]) -> Plan {
        let of_key = KeyTexts::of(&key);
        let text = |number: usize| match number.checked_sub(self.columns) {
            Some(at) => of_key.each().get(at).copied(),
            None => values.get(number)?.as_deref(),
        };
        Plan {
            url: self.url.filled(text),
            canonical_request: self.canonical_request.filled(text),
            key,
        }
    }
}

/// What a key brings into a URL and into the canonical request.
struct KeyTexts {
    opening: String,
    token: Zeroizing<String>,
}

impl KeyTexts {
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
