//! The presigning part of an S3 client: its settings, its credentials and its caches.

use std::sync::Arc;

use super::endpoint_cache::EndpointCache;
use super::form_cache::FormCache;
use super::pipeline::endpoint::Endpoint;
use super::pipeline::{Call, Pipeline, ReadParams, Settings};
use super::request_cache::RequestCache;
use crate::clock::Timestamp;
use crate::credentials::{Credentials, ProvideCredentials};
use crate::error::Error;
use crate::model::Operation;
use crate::sigv4::{KeyCache, ScopedKey};

/// Makes the presigned URLs and forms of one client. All threads may share it.
pub struct Presigner {
    settings: Settings,
    pub(super) credentials: Arc<dyn ProvideCredentials>,
    endpoints: EndpointCache,
    keys: KeyCache,
    pub(super) requests: RequestCache,
    pub(super) forms: FormCache,
}

impl Presigner {
    /// A client with these settings that signs with what `credentials` provides.
    #[must_use]
    pub fn new(settings: Settings, credentials: Arc<dyn ProvideCredentials>) -> Self {
        Self {
            endpoints: EndpointCache::new(settings.endpoint.clone()),
            settings,
            credentials,
            keys: KeyCache::new(),
            requests: RequestCache::default(),
            forms: FormCache::default(),
        }
    }

    /// Whether parameters are validated.
    #[must_use]
    pub fn validates(&self) -> bool {
        self.settings.validates
    }

    /// Appends the presigned URL of a call by the slow path: the whole pipeline. Returns the signing
    /// key, if it was signed by SigV4.
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
    ) -> Result<Option<Arc<ScopedKey>>, Error> {
        let mut signed_with = None;
        let credentials = &*self.credentials;
        self.pipeline()
            .presign(operation, given, call, credentials, |to_sign| {
                signed_with = to_sign.append_url(url, |credentials, endpoint| {
                    Ok(self.key(credentials, endpoint, call.now()?))
                })?;
                Ok(())
            })?;
        Ok(signed_with)
    }

    /// The pipeline with this client's settings and endpoints.
    pub(super) fn pipeline(&self) -> Pipeline<'_> {
        Pipeline {
            settings: &self.settings,
            endpoints: &self.endpoints,
        }
    }

    /// The signing key for `endpoint` at this instant.
    pub(super) fn key(
        &self,
        credentials: &Arc<Credentials>,
        endpoint: &Endpoint,
        now: Timestamp,
    ) -> Arc<ScopedKey> {
        let scope = self.pipeline().scope(endpoint);
        self.keys.key(credentials, scope, now)
    }
}
