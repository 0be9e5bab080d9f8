//! A URL from the call-site cache, with the method, headers and expiry that its sender needs.

use std::borrow::Cow;

use crate::error::Error;
use crate::request::upper_case;
use crate::s3::compiled_request::{Ready, SentValue as _};
use crate::s3::object::Object;
use crate::s3::pipeline::Call;
use crate::s3::presigned_request::{End, end_by};
use crate::s3::request_cache::CachedRequest;

/// The URL of one call, the request that it was made from, and the values of its parameters.
pub struct MadeUrl<'a, O> {
    /// The URL.
    pub url: &'a str,
    pub(super) request: &'a CachedRequest,
    pub(super) values: &'a [O],
    pub(super) call: &'a dyn Call,
}

impl<O: Object> MadeUrl<'_, O> {
    /// The method, in upper case.
    ///
    /// # Errors
    /// Those of the method that was given.
    pub fn method(&self) -> Result<Cow<'_, str>, Error> {
        let own = self.request.operation().http_method;
        Ok(upper_case(self.call.http_method()?.unwrap_or(own)))
    }

    /// The headers to send, as [`PresignedRequest`](crate::s3::PresignedRequest) has them.
    #[must_use]
    pub fn headers(&self) -> Vec<(Cow<'static, str>, String)> {
        let columns = self.request.columns().iter();
        let columns = columns.filter(|(_, column)| column.is_in_header());
        let mut headers: Vec<_> = columns
            .map(|&(at, column)| {
                let mut value = String::new();
                self.values[at].append_to(column, &mut value);
                (self.request.header_name(at), value)
            })
            .collect();
        if matches!(self.request.ready(), Ready::V4(_)) {
            // As they are signed.
            headers.sort_by(|(one, _), (other, _)| one.cmp(other));
        }
        headers
    }

    /// When the signature expires, or the credentials if they expire first.
    ///
    /// # Errors
    /// Those of the lifetime.
    pub fn expires_at(&self) -> Result<End, Error> {
        Ok(match self.request.ready() {
            Ready::V4(ready) => {
                let end = ready.key.at().seconds().saturating_add(self.call.expires_in()?);
                end_by(end, ready.key.credentials())
            }
            Ready::V2(ready) => end_by(ready.expires().nearest_second(), ready.key().credentials()),
        })
    }
}
