//! The presigning part of an S3 client: its settings, its credentials and its caches.

use std::sync::Arc;

use super::endpoint_cache::EndpointCache;
use super::form_cache::FormCache;
use super::pipeline::endpoint::Endpoint;
use super::pipeline::{Call, Pipeline, Purpose, ReadParams, Scheme, Settings, SignedBy, ToSign, choose};
use super::request_cache::RequestCache;
use crate::clock::Timestamp;
use crate::credentials::{Credentials, ProvideCredentials};
use crate::error::Error;
use crate::model::Operation;
use crate::request::UnsignedRequest;
use crate::sigv2::{self, HashedKey, LatestKey};
use crate::sigv4::{self, KeyCache, ScopedKey};

/// Makes the presigned URLs and forms of one client. All threads may share it.
pub struct Presigner {
    settings: Settings,
    pub(super) credentials: Arc<dyn ProvideCredentials>,
    endpoints: EndpointCache,
    keys: KeyCache,
    sigv2_key: LatestKey,
    /// Whether URLs are signed by SigV2, unless an endpoint chooses otherwise.
    pub(super) signs_by_sigv2: bool,
    pub(super) requests: RequestCache,
    pub(super) forms: FormCache,
}

impl Presigner {
    /// A client with these settings that signs with what `credentials` provides.
    #[must_use]
    pub fn new(settings: Settings, credentials: Arc<dyn ProvideCredentials>) -> Self {
        Self {
            signs_by_sigv2: matches!(choose(&settings.endpoint.signature, None, Purpose::Url), Ok(Scheme::V2)),
            endpoints: EndpointCache::new(settings.endpoint.clone()),
            settings,
            credentials,
            keys: KeyCache::new(),
            sigv2_key: LatestKey::default(),
            requests: RequestCache::default(),
            forms: FormCache::default(),
        }
    }

    /// Whether parameters are validated.
    #[must_use]
    pub fn validates(&self) -> bool {
        self.settings.validates
    }

    /// Appends the presigned URL of a call by the slow path: the whole pipeline. Returns what it was
    /// signed with, if it was signed.
    ///
    /// # Errors
    /// Those of boto3, in its order: parameters it rewrites, the endpoint, the other parameters,
    /// the signature version, the credentials; then what cannot be sent in a URL.
    pub(super) fn append_url_by_pipeline(
        &self,
        url: &mut String,
        operation: &'static Operation,
        given: &dyn ReadParams<'_>,
        call: &dyn Call,
    ) -> Result<Option<SignedBy>, Error> {
        let mut signed_by = None;
        let credentials = &*self.credentials;
        self.pipeline()
            .presign(operation, given, call, credentials, |to_sign| {
                signed_by = self.append_signed(url, &to_sign, call)?;
                Ok(())
            })?;
        Ok(signed_by)
    }

    /// Appends the presigned URL of a request, and returns what it was signed with.
    ///
    /// # Errors
    /// Those of the clock, and what cannot be sent in a header.
    pub(super) fn append_signed(
        &self,
        url: &mut String,
        to_sign: &ToSign<'_>,
        call: &dyn Call,
    ) -> Result<Option<SignedBy>, Error> {
        match *to_sign {
            ToSign::V4 {
                request,
                convention,
                credentials,
                endpoint,
            } => {
                let key = self.key(credentials, endpoint, call.now()?);
                sigv4::presign_by(convention, url, request, &key)?;
                Ok(Some(SignedBy::V4(key)))
            }
            ToSign::V4a {
                request,
                credentials,
                endpoint,
            } => {
                let (scope, now) = (self.pipeline().scope(endpoint), call.now()?);
                sigv4::presign_asymmetric(url, request, credentials, scope, now, |string| {
                    call.asymmetric_signature(&credentials.access_key, credentials.secret_key.expose(), string)
                })?;
                Ok(Some(SignedBy::V4a(now)))
            }
            ToSign::V2 { request, credentials } => {
                let expires = call.expires_at()?;
                let request = UnsignedRequest {
                    expires: &expires.to_string(),
                    ..*request
                };
                let key = self.sigv2_key(credentials);
                sigv2::presign(url, &request, &key)?;
                Ok(Some(SignedBy::V2(key, expires)))
            }
            ToSign::Nothing { request } => request.append_unsigned_url(url).map(|()| None),
        }
    }

    /// The pipeline with this client's settings and endpoints.
    pub(super) fn pipeline(&self) -> Pipeline<'_> {
        Pipeline {
            settings: &self.settings,
            endpoints: &self.endpoints,
        }
    }

    /// The signing key for `endpoint` at this instant.
    pub(super) fn key(&self, credentials: &Arc<Credentials>, endpoint: &Endpoint, now: Timestamp) -> Arc<ScopedKey> {
        let scope = self.pipeline().scope(endpoint);
        self.keys.key(credentials, scope, now)
    }

    /// The key of these credentials for SigV2.
    pub(super) fn sigv2_key(&self, credentials: &Arc<Credentials>) -> Arc<HashedKey> {
        self.sigv2_key.key(credentials)
    }
}
