//! A presigner and a call for the tests of the caches.

use std::sync::Arc;

use super::pipeline::endpoint::{EndpointSettings, Requested};
use super::{AtHand, Call, Presigner, Settings};
use crate::clock::Timestamp;
use crate::credentials::{Credentials, ProvideCredentials, Secret, StaticCredentials};
use crate::error::Error;
use crate::rules;
use crate::sigv2::Expires;

/// A call at this second, for a URL of one hour.
pub(super) struct CallAt(pub(super) i64);

const HOUR: i64 = 3600;

impl Call for CallAt {
    fn idempotency_token(&self) -> Result<String, Error> {
        Ok(String::new())
    }

    fn http_method(&self) -> Result<Option<&str>, Error> {
        Ok(None)
    }

    fn expires_in(&self) -> Result<i64, Error> {
        Ok(HOUR)
    }

    fn at_hand(&self) -> Option<AtHand<'_>> {
        Some(AtHand {
            http_method: None,
            expires_in: HOUR,
        })
    }

    fn expires_at(&self) -> Result<Expires, Error> {
        Ok(Expires::Second(self.0 + HOUR))
    }

    fn now(&self) -> Result<Timestamp, Error> {
        Timestamp::new(self.0).ok_or(Error::NoCredentials)
    }
}

/// A presigner without any cached request.
pub(super) fn presigner() -> Presigner {
    let credentials = StaticCredentials::new(Credentials {
        access_key: "AKIDEXAMPLE".to_owned(),
        secret_key: Secret::new("secret"),
        token: None,
        expiry: None,
    });
    presigner_of(Requested::Default, Arc::new(credentials))
}

/// The same, with this signature and these credentials.
pub(super) fn presigner_of(signature: Requested, credentials: Arc<dyn ProvideCredentials>) -> Presigner {
    let region = "us-west-2";
    let settings = Settings {
        endpoint: EndpointSettings {
            builtins: vec![("Region".to_owned(), rules::Value::from(region))],
            client_context: Vec::new(),
            use_global_endpoint: true,
            use_ssl: true,
            signature,
        },
        signing_region: region.to_owned(),
        validates: true,
        injects_host_prefix: true,
        longest_lifetime: 604_800,
        sessions: None,
    };
    Presigner::new(settings, credentials)
}
