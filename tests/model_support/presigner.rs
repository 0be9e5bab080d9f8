//! A presigner and its calls, for tests of whole URLs without Python.

use std::sync::Arc;

use presigned::clock::Timestamp;
use presigned::credentials::{Credentials, StaticCredentials};
use presigned::error::Error;
use presigned::rules;
use presigned::s3::endpoint::{EndpointSettings, Requested};
use presigned::s3::{AtHand, Call, Presigner, Settings};
use presigned::sigv2::Expires;

/// The region of every presigner.
pub(crate) const REGION: &str = "us-west-2";

/// What a call passes besides the parameters.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Caller {
    /// The second in which it is made.
    pub(crate) now: i64,
    pub(crate) lifetime: i64,
    pub(crate) method: Option<&'static str>,
}

impl Call for Caller {
    fn idempotency_token(&self) -> Result<String, Error> {
        Ok("fresh".to_owned())
    }

    fn http_method(&self) -> Result<Option<&str>, Error> {
        Ok(self.method)
    }

    fn expires_in(&self) -> Result<i64, Error> {
        Ok(self.lifetime)
    }

    fn at_hand(&self) -> Option<AtHand<'_>> {
        Some(AtHand {
            http_method: self.method,
            expires_in: self.lifetime,
        })
    }

    fn expires_at(&self) -> Result<Expires, Error> {
        Ok(Expires::Second(self.now + self.lifetime))
    }

    fn now(&self) -> Result<Timestamp, Error> {
        Ok(instant(self.now))
    }
}

/// The second of this number.
pub(crate) fn instant(seconds: i64) -> Timestamp {
    Timestamp::new(seconds).expect("a year that dates can hold")
}

/// A presigner with default settings, except for these.
pub(crate) fn presigner(builtins: &[(&str, bool)], signature: Requested, credentials: Credentials) -> Presigner {
    let region = [("Region".to_owned(), rules::Value::from(REGION))];
    let given = builtins
        .iter()
        .map(|&(name, value)| (name.to_owned(), rules::Value::Bool(value)));
    let settings = Settings {
        endpoint: EndpointSettings {
            builtins: region.into_iter().chain(given).collect(),
            client_context: Vec::new(),
            use_global_endpoint: true,
            use_ssl: true,
            signature,
        },
        signing_region: REGION.to_owned(),
        validates: true,
        injects_host_prefix: true,
        longest_lifetime: 604_800,
        sessions: None,
    };
    Presigner::new(settings, Arc::new(StaticCredentials::new(credentials)))
}
