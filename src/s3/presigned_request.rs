//! Makes a presigned URL with the method, headers and expiry that its sender needs.

use std::borrow::Cow;
use std::sync::Arc;

use super::pipeline::{Additions, Call, CallWith, ReadParams, SignedBy, ToSign, check_signed};
use super::presigner::Presigner;
use super::request_cache::{CachedRequest, CallShape, KnownRequest, Members};
use crate::clock::Timestamp;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::model::Operation;
use crate::request::upper_case;
use crate::sigv4;

/// A request that anybody may send until it expires.
#[derive(Clone, Debug)]
pub struct PresignedRequest {
    /// The method, in upper case.
    pub method: String,
    /// The URL, as [`Presigner::presign_url`] makes it.
    pub url: String,
    /// The headers to send, without `Host`; each name once, in lower case. `SigV4` signs them all.
    pub headers: Vec<(String, String)>,
    /// When it stops working; `None` without a signature.
    pub expires_at: Option<End>,
}

/// When a signature stops working.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// When the signature expires, or the credentials if they expire first.
    pub at: Timestamp,
    /// Whether the credentials expire first.
    pub is_early: bool,
}

impl Presigner {
    /// The presigned request of `operation` with the caller's parameters, by the slow path. The remembered request
    /// of such calls, if there is one, is returned too.
    ///
    /// # Errors
    /// As [`append_url`](Self::append_url).
    pub fn presign_request(
        &self,
        operation: &'static Operation,
        given: &dyn ReadParams<'_>,
        call: &dyn Call,
    ) -> Result<(PresignedRequest, Option<Arc<CachedRequest>>), Error> {
        let params = given.same_for_all();
        let (mut members, mut map) = (Members::new(), None);
        let shape = params.and_then(|params| CallShape::of_params(operation, params, call, &mut members, &mut map));
        let known = shape.as_ref().map(|shape| self.requests.find(shape));
        let (made, signed_with) = self.presign_request_by_pipeline(operation, given, call)?;
        let request = match (known, shape, params, signed_with) {
            (Some(KnownRequest::Compiled(request)), ..) => Some(request),
            (Some(KnownRequest::Once), Some(shape), Some(params), Some(signed_by)) => {
                let pipeline = self.pipeline();
                self.requests.learn(&pipeline, &shape, params, call, signed_by);
                None
            }
            _ => None,
        };
        Ok((made, request))
    }

    /// The presigned request of `operation` with more to sign than the caller's parameters. Nothing of it
    /// is remembered.
    ///
    /// # Errors
    /// As [`append_url`](Self::append_url), and [`Error::ParamValidation`] for additions that do not fit.
    pub fn presign_request_with(
        &self,
        operation: &'static Operation,
        given: &dyn ReadParams<'_>,
        call: &dyn Call,
        additions: &Additions,
    ) -> Result<PresignedRequest, Error> {
        let call = CallWith { call, additions };
        let (made, _) = self.presign_request_by_pipeline(operation, given, &call)?;
        Ok(made)
    }

    fn presign_request_by_pipeline(
        &self,
        operation: &'static Operation,
        given: &dyn ReadParams<'_>,
        call: &dyn Call,
    ) -> Result<(PresignedRequest, Option<SignedBy>), Error> {
        let mut signed_with = None;
        let mut url = String::new();
        let (mut method, mut headers, mut expires_at) = (String::new(), Vec::new(), None);
        let credentials = &*self.credentials;
        self.pipeline()
            .presign(operation, given, call, credentials, |to_sign| {
                if let Some(additions) = call.additions() {
                    check_signed(additions, &to_sign)?;
                }
                let signed_by = self.append_signed(&mut url, &to_sign, call)?;
                let request = to_sign.request();
                let given = call.http_method()?;
                method = upper_case(given.unwrap_or(request.method)).into_owned();
                headers = match to_sign {
                    ToSign::V4 { .. } | ToSign::V4a { .. } => sigv4::headers_to_send(request)?,
                    // SigV2 signs some of them, and an unsigned URL none. Without all of them it
                    // would still be another request than the parameters ask for.
                    ToSign::V2 { .. } | ToSign::Nothing { .. } => request.headers_to_send()?,
                };
                // SigV4 names the seconds from now.
                let since = |at: Timestamp| {
                    let lifetime = request.expires.parse().unwrap_or(i64::MAX);
                    at.seconds().saturating_add(lifetime)
                };
                let end = match signed_by {
                    None => None,
                    Some(SignedBy::V4(ref key)) => Some(since(key.at())),
                    Some(SignedBy::V4a(at)) => Some(since(at)),
                    Some(SignedBy::V2(_, ref expires)) => Some(expires.nearest_second()),
                };
                let signer = to_sign.credentials();
                signed_with = signed_by;
                expires_at = end.zip(signer).map(|(end, signer)| end_by(end, signer));
                Ok(())
            })?;
        let made = PresignedRequest {
            method,
            url,
            headers,
            expires_at,
        };
        Ok((made, signed_with))
    }
}

/// When a signature that lasts until `end` (in seconds since 1970) stops working: when its credentials
/// expire, at the latest.
#[must_use]
pub(super) fn end_by(end: i64, credentials: &Credentials) -> End {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a float out of range is cut to one that is"
    )]
    let of_credentials = credentials.expiry.map(|expiry| expiry.floor() as i64);
    let is_early = of_credentials.is_some_and(|expiry| expiry < end);
    let end = of_credentials.map_or(end, |expiry| expiry.min(end));
    // What is beyond the last date, or before the first, becomes that date.
    let nearest = if end < 0 { Timestamp::MIN } else { Timestamp::MAX };
    let at = Timestamp::new(end).unwrap_or(nearest);
    End { at, is_early }
}

/// The string whose characters are the bytes of `value` in UTF-8, which are signed. HTTP clients and
/// browsers send each character of a header as one byte.
#[must_use]
pub fn as_bytes_are_sent(value: &str) -> Cow<'_, str> {
    if value.is_ascii() {
        return Cow::Borrowed(value);
    }
    value.bytes().map(char::from).collect()
}
