//! Makes a presigned POST form: the URL it goes to and the fields it must hold.

use std::sync::Arc;

use super::pipeline::endpoint::Requested;
use super::pipeline::post::{self, Field, FormKey, Policy};
use super::pipeline::{FormDestination, Purpose, Scheme, choose};
use super::presigner::Presigner;
use crate::clock::Timestamp;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::model::Input;

/// When a policy is signed and when it expires.
#[derive(Clone, Copy, Debug)]
pub struct Period {
    /// The instant to sign at.
    pub now: Timestamp,
    /// When the form expires.
    pub end: Timestamp,
}

/// Gives the instant at which a form is made, and its expiry.
pub trait Dates {
    /// When its policy is signed and when it expires.
    ///
    /// # Errors
    /// Those of its lifetime, and of reading the clock.
    fn period(&self, has_policy: HasPolicy) -> Result<Period, Error>;

    /// The instant that SigV4 signs, for which boto3 asks the clock once more.
    ///
    /// # Errors
    /// The error of reading the clock.
    fn signed_at(&self, period: &Period) -> Result<Timestamp, Error> {
        Ok(period.now)
    }
}

impl<F: Fn(HasPolicy) -> Result<Period, Error>> Dates for F {
    fn period(&self, has_policy: HasPolicy) -> Result<Period, Error> {
        self(has_policy)
    }
}

/// Whether a form has a policy, which must not have expired; an unsigned form has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HasPolicy(pub bool);

/// A finished form.
#[derive(Clone, Copy, Debug)]
pub struct Posted<'a> {
    /// Where it goes.
    pub url: &'a str,
    /// The fields behind the caller's own and `key`; empty if nothing is signed.
    pub fields: &'a [Field<'a>],
    /// The key that signs its policy. While it stays the same, so do all fields but the last two.
    pub key: Option<&'a FormKey>,
    /// The credentials that signed it.
    pub credentials: Option<&'a Credentials>,
    /// When it expires.
    pub end: Timestamp,
    /// The conditions of its policy in front of that on the object's key, as JSON.
    pub conditions: &'a str,
}

impl Presigner {
    /// Calls `take` with a form.
    ///
    /// Without a signature there is no policy, and there are no fields that belong to it.
    ///
    /// # Errors
    /// Those of boto3, in its order: bucket, endpoint, key, `dates`, signature version,
    /// credentials, and conditions that JSON cannot hold.
    pub fn presign_post<T>(
        &self,
        bucket: &dyn Input,
        key: &dyn Input,
        conditions: Option<&dyn Input>,
        dates: &dyn Dates,
        take: impl FnOnce(&Posted<'_>) -> T,
    ) -> Result<T, Error> {
        let destination = self.destination(bucket)?;
        let FormDestination { url, endpoint } = &*destination;
        post::check(key, conditions)?;
        let requested = &self.pipeline().settings.endpoint.signature;
        let is_signed = *requested != Requested::Unsigned;
        let period = dates.period(HasPolicy(is_signed))?;
        let end = period.end;
        let scheme = choose(requested, endpoint.auth, Purpose::Post)?;
        let credentials = match scheme {
            Scheme::S3ExpressSession => {
                let name = bucket.string()?;
                Some(self.pipeline().session(Some(name), endpoint)?)
            }
            _ => scheme.credentials(&*self.credentials)?,
        };
        let policy = Policy {
            bucket,
            key,
            conditions,
            expiration: end,
        };
        let key = match (scheme, &credentials) {
            (Scheme::V4, Some(credentials)) => {
                let now = dates.signed_at(&period)?;
                FormKey::V4(self.key(credentials, endpoint, now))
            }
            (Scheme::S3ExpressSession, Some(credentials)) => {
                let now = dates.signed_at(&period)?;
                FormKey::Session(self.key(credentials, endpoint, now))
            }
            (Scheme::V2, Some(credentials)) => FormKey::V2(self.sigv2_key(credentials)),
            _ => {
                return Ok(take(&Posted {
                    url,
                    fields: &[],
                    key: None,
                    credentials: None,
                    end,
                    conditions: "",
                }));
            }
        };
        let own = self.forms.signer_conditions(key);
        let signer = own.key().signer();
        post::sign(&policy, signer, own.json(), |fields, conditions| {
            take(&Posted {
                url,
                fields,
                key: Some(own.key()),
                credentials: credentials.as_deref(),
                end,
                conditions,
            })
        })
    }

    /// Where forms for a bucket go.
    pub(super) fn destination(&self, bucket: &dyn Input) -> Result<Arc<FormDestination>, Error> {
        // Nothing but its string decides where a bucket's forms go.
        let name = bucket.plain_string();
        if let Some(known) = name.and_then(|name| self.forms.destination(name)) {
            return Ok(known);
        }
        let found = Arc::new(self.pipeline().form_destination(bucket)?);
        if let Some(name) = name {
            self.forms.remember_destination(name, &found);
        }
        Ok(found)
    }
}
