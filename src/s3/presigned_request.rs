//! Makes a presigned URL with all else that its sender must know: method, headers, end of life.

use super::call::Call;
use super::given::Given;
use super::presigner::Presigner;
use super::signature::ToSign;
use crate::clock::Timestamp;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::model::Operation;
use crate::request::{UnsignedRequest, upper_case};
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
    /// The end of the signature, or of the keys if they end first; `None` without a signature.
    pub expires_at: Option<Timestamp>,
}

impl Presigner {
    /// The presigned request of `operation` with the caller's parameters.
    ///
    /// # Errors
    /// As [`append_url`](Self::append_url).
    pub fn presign_request(
        &self,
        operation: &'static Operation,
        given: &dyn Given<'_>,
        call: &dyn Call,
    ) -> Result<PresignedRequest, Error> {
        let mut url = String::new();
        let (mut method, mut headers, mut expires_at) = (String::new(), Vec::new(), None);
        self.append_url_by(
            &mut url,
            operation,
            given,
            call,
            &*self.credentials,
            |url, to_sign| {
                let key = self.sign(url, to_sign, call)?;
                let request = to_sign.request();
                let given = call.http_method()?;
                method = upper_case(given.unwrap_or(request.method)).into_owned();
                headers = match to_sign {
                    ToSign::V4 { .. } => sigv4::headers_to_send(request)?,
                    // The old signature covers some of them, and none covers none; but without
                    // all of them it is another request than the parameters ask for.
                    ToSign::V2 { .. } | ToSign::Nothing { .. } => request.headers_to_send()?,
                };
                expires_at = to_sign.credentials().map(|credentials| {
                    let start = key.map_or(0, |key| key.at().seconds());
                    end_by(start.saturating_add(expires(request)), credentials)
                });
                Ok(())
            },
        )?;
        Ok(PresignedRequest {
            method,
            url,
            headers,
            expires_at,
        })
    }
}

/// When what is signed until `end` (in seconds since 1970) stops working: with the keys at the latest.
#[must_use]
pub fn end_by(end: i64, credentials: &Credentials) -> Timestamp {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a float out of range is cut to one that is"
    )]
    let of_keys = credentials.expiry.map(|expiry| expiry.floor() as i64);
    let end = of_keys.map_or(end, |of_keys| of_keys.min(end));
    // What no date can say is cut to the last that is one, or the first.
    let nearest = if end < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    Timestamp::new(end).unwrap_or(nearest)
}

/// What the request says of its life: seconds from now for `SigV4`, since 1970 for `SigV2`.
fn expires(request: &UnsignedRequest<'_>) -> i64 {
    let is_past = request.expires.starts_with('-');
    let beyond = if is_past { i64::MIN } else { i64::MAX };
    request.expires.parse().unwrap_or(beyond)
}

impl<'a> ToSign<'a> {
    fn request(&self) -> &'a UnsignedRequest<'a> {
        match self {
            Self::V4 { request, .. } | Self::V2 { request, .. } | Self::Nothing { request } => {
                request
            }
        }
    }

    fn credentials(&self) -> Option<&'a Credentials> {
        match self {
            Self::V4 { credentials, .. } => Some(credentials),
            Self::V2 { credentials, .. } => Some(credentials),
            Self::Nothing { .. } => None,
        }
    }
}
