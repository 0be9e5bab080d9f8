//! Makes a URL from a remembered request if there is one, else by the whole pipeline.
//!
//! The second call of a [shape](CallShape) compiles its request; from then on a call of that shape
//! writes its values into the request, hashes and signs. A value that is not plain (an empty key,
//! a subclass of `str`, a header with two spaces) takes the slow path, and so does every error.

use std::sync::Arc;

use super::pipeline::{Call, ReadParams, SignedBy};
use super::presigner::Presigner;
use super::request_cache::{CachedRequest, CallShape, KnownRequest, Members};
use crate::clock::Timestamp;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::model::{Operation, Param};
use crate::s3::compiled_request::{Places, Ready, ReadyRequest, SentValue};
use crate::scratch::Scratch;

/// The result of a call on the fast path.
pub(super) enum FastPath {
    /// Nothing was asked and nothing appended: a value is not plain.
    NotTaken,
    /// Its URL is appended.
    Done,
    /// Its URL is appended, in another second than the one before, or with other credentials. The
    /// next call is best made with this request.
    Renewed(Arc<CachedRequest>),
}

impl Presigner {
    /// The presigned URL of `operation` with the caller's parameters.
    ///
    /// # Errors
    /// As [`append_url`](Self::append_url).
    pub fn presign_url(
        &self,
        operation: &'static Operation,
        given: &[Param<'_>],
        call: &dyn Call,
    ) -> Result<String, Error> {
        let mut url = String::new();
        self.append_url(&mut url, operation, given, call)?;
        Ok(url)
    }

    /// As [`append_url`](Self::append_url), with parameters that may be read by their own methods, and so
    /// may answer each reader otherwise.
    ///
    /// # Errors
    /// As [`append_url`](Self::append_url), and what the parameters raise.
    pub fn append_url_of(
        &self,
        url: &mut String,
        operation: &'static Operation,
        given: &dyn ReadParams<'_>,
        call: &dyn Call,
    ) -> Result<Option<Arc<CachedRequest>>, Error> {
        if let Some(params) = given.same_for_all() {
            return self.append_url(url, operation, params, call);
        }
        self.append_url_by_pipeline(url, operation, given, call)?;
        Ok(None)
    }

    /// Appends the presigned URL of `operation` with the caller's parameters. The remembered
    /// request that it was made from, if there is one, is returned: the next call of this shape
    /// may pass it to [`append_url_like`](Self::append_url_like).
    ///
    /// # Errors
    /// Those of boto3, in its order: parameters it rewrites, the endpoint, the other parameters,
    /// the signature version, the credentials; then what cannot be sent in a URL.
    pub fn append_url(
        &self,
        url: &mut String,
        operation: &'static Operation,
        given: &[Param<'_>],
        call: &dyn Call,
    ) -> Result<Option<Arc<CachedRequest>>, Error> {
        let (mut members, mut map) = (Members::new(), None);
        let shape = CallShape::of_params(operation, given, call, &mut members, &mut map);
        let Some(shape) = shape else {
            self.append_url_by_pipeline(url, operation, &given, call)?;
            return Ok(None);
        };
        let known = self.requests.find(&shape);
        if let KnownRequest::Compiled(request) = known {
            let room = &mut Scratch::new();
            let path = match &map {
                None => self.append_url_like(url, room, &request, call, given)?,
                Some(map) => self.append_url_like(url, room, &request, call, &map.behind(given))?,
            };
            return match path {
                FastPath::NotTaken => {
                    self.append_url_by_pipeline(url, operation, &given, call)?;
                    Ok(None)
                }
                FastPath::Done => Ok(Some(request)),
                FastPath::Renewed(renewed) => Ok(Some(renewed)),
            };
        }
        let signed_by = self.append_url_by_pipeline(url, operation, &given, call)?;
        if let (KnownRequest::Once, Some(signed_by)) = (known, signed_by) {
            self.requests.learn(&self.pipeline(), &shape, given, call, signed_by);
        }
        Ok(None)
    }

    /// The remembered request of calls of this shape.
    #[must_use]
    pub fn cached_request(&self, shape: &CallShape<'_>) -> Option<Arc<CachedRequest>> {
        match self.requests.find(shape) {
            KnownRequest::Compiled(request) => Some(request),
            _ => None,
        }
    }

    /// Appends the URL of a call of this request's shape.
    ///
    /// `values` are those of its parameters, in their order. `room` is where the canonical request is
    /// written.
    ///
    /// # Errors
    /// Those of the credentials and of the clock; nothing is appended then.
    pub(super) fn append_url_like(
        &self,
        url: &mut String,
        room: &mut String,
        request: &CachedRequest,
        call: &dyn Call,
        values: &[impl SentValue],
    ) -> Result<FastPath, Error> {
        let ready = match request.ready() {
            Ready::V4(ready) => ready,
            Ready::V2(ready) => {
                return self.append_sigv2_url_like(url, room, request, ready, call, values);
            }
        };
        let path = self.append_sigv4_url_like(url, room, request, ready, call, values);
        ready.wipe(room);
        path
    }

    /// As [`append_url_like`](Self::append_url_like), for a request that is `ready` for SigV4.
    #[inline]
    fn append_sigv4_url_like(
        &self,
        url: &mut String,
        room: &mut String,
        request: &CachedRequest,
        ready: &ReadyRequest,
        call: &dyn Call,
        values: &[impl SentValue],
    ) -> Result<FastPath, Error> {
        let columns = request.columns();
        let mut places = Places::new();
        room.clear();
        let Some(rest) = ready.write_canonical_request(columns, room, &mut places, values) else {
            return Ok(FastPath::NotTaken);
        };
        let key = &ready.key;
        let others = self
            .credentials
            .other_than(key.credentials())
            .inspect_err(|_| call.fails_as_a_whole())?;
        let now = call.now()?;
        if others.is_none() && key.at() == now {
            ready.append_signed(url, room, rest, &places);
            return Ok(FastPath::Done);
        }
        let credentials = others.as_ref().unwrap_or(key.credentials());
        ready.wipe(room);
        Ok(self.append_renewed(url, room, request, (credentials, now), values))
    }

    /// As [`append_url_like`](Self::append_url_like), by SigV4 in another second or with other
    /// credentials.
    #[cold]
    fn append_renewed(
        &self,
        url: &mut String,
        room: &mut String,
        request: &CachedRequest,
        (credentials, now): (&Arc<Credentials>, Timestamp),
        values: &[impl SentValue],
    ) -> FastPath {
        let Some(endpoint) = request.endpoint() else {
            return FastPath::NotTaken;
        };
        let key = self.key(credentials, endpoint, now);
        let Some(renewed) = request.renewed(SignedBy::V4(key)) else {
            return FastPath::NotTaken;
        };
        let mut places = Places::new();
        room.clear();
        if let Ready::V4(ready) = renewed.ready()
            && let Some(rest) = ready.write_canonical_request(request.columns(), room, &mut places, values)
        {
            ready.append_signed(url, room, rest, &places);
            ready.wipe(room);
        }
        let renewed = Arc::new(renewed);
        self.requests.renew(&renewed);
        FastPath::Renewed(renewed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::operations::GET_OBJECT;
    use crate::s3::pipeline::OwnString;
    use crate::s3::tests::{CallAt, presigner};

    /// Hands `take` the parameters of an object in this bucket.
    fn with_params<T>(bucket: &str, take: impl FnOnce(&[Param<'_>]) -> T) -> T {
        let (bucket, key) = (OwnString(bucket.to_owned()), OwnString("k".to_owned()));
        let param = |name, value| {
            let member = GET_OBJECT.member(name).expect("a member");
            let mut param = Param::known(member, value);
            param.is_plain = true;
            param
        };
        take(&[param("Bucket", &bucket), param("Key", &key)])
    }

    fn url(presigner: &Presigner, bucket: &str) -> String {
        with_params(bucket, |params| presigner.presign_url(&GET_OBJECT, params, &CallAt(0))).expect("a URL")
    }

    fn shape_of<T>(bucket: &str, take: impl FnOnce(&CallShape<'_>) -> T) -> T {
        with_params(bucket, |params| {
            let (mut members, mut map) = (Members::new(), None);
            let shape = CallShape::of_params(&GET_OBJECT, params, &CallAt(0), &mut members, &mut map);
            take(&shape.expect("a shape"))
        })
    }

    #[test]
    fn a_shape_that_shares_the_fingerprint_of_another_never_gets_its_request() {
        let presigner = presigner();
        for _ in 0..3 {
            let _ = url(&presigner, "a.photos");
        }
        let of_photos = shape_of("a.photos", |shape| presigner.cached_request(shape));
        let of_photos = of_photos.expect("the third call of a shape has a request");
        // The effect of a collision: the request of one bucket under the fingerprint of another.
        shape_of("a.films", |shape| {
            let known = KnownRequest::Compiled(of_photos);
            presigner.requests.put(shape.fingerprint(), known);
        });

        assert!(shape_of("a.films", |shape| presigner.cached_request(shape)).is_none());
        for _ in 0..3 {
            let url = url(&presigner, "a.films");
            assert!(url.contains("/a.films/k?"), "{url}");
        }
    }

    #[test]
    fn one_request_serves_all_ordinary_buckets_and_no_other() {
        let (presigner, other) = (presigner(), presigner());
        let of = |bucket| shape_of(bucket, |shape| presigner.cached_request(shape));
        for _ in 0..2 {
            let _ = url(&presigner, "photos");
        }
        let request = of("photos").expect("the second call compiles it");
        assert!(Arc::ptr_eq(&request, &of("films").expect("it is the same")));
        assert!(of("a.films").is_none() && of("films--x-s3").is_none());
        let films = url(&presigner, "films");
        assert!(films.starts_with("https://films.s3"), "{films}");
        assert_eq!(films, url(&other, "films"));
    }
}
