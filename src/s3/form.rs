//! Makes a presigned POST form: the URL it goes to and the fields it must hold.

mod begun;
mod kept;

use std::sync::Arc;

use super::endpoint::Requested;
use super::post::{self, Field, Policy, Signer};
use super::presigner::{Presigner, put_behind};
use super::signature::{self, Purpose, Scheme};
use super::special::{self, Special};
use crate::clock::Timestamp;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::model::{Input, Param, operations, serialise, validate};
use crate::sigv4::ScopedKey;
pub use begun::Begun;
use kept::Destination;
pub(super) use kept::Kept;

/// From when to when a policy is good.
#[derive(Clone, Copy, Debug)]
pub struct Period {
    /// The instant to sign at.
    pub now: Timestamp,
    /// When the form expires.
    pub end: Timestamp,
}

/// Who knows when a form is made, and how long it is good.
pub trait Dates {
    /// From when to when its policy is good.
    ///
    /// # Errors
    /// Whatever is wrong with its life, and what kept the clock from being read.
    fn period(&self, has_policy: HasPolicy) -> Result<Period, Error>;

    /// The instant that SigV4 signs, for which boto3 asks the clock once more.
    ///
    /// # Errors
    /// Whatever kept the clock from being read.
    fn signed_at(&self, period: &Period) -> Result<Timestamp, Error> {
        Ok(period.now)
    }
}

impl<F: Fn(HasPolicy) -> Result<Period, Error>> Dates for F {
    fn period(&self, has_policy: HasPolicy) -> Result<Period, Error> {
        self(has_policy)
    }
}

/// Whether a form has a policy, which must not be over already; an unsigned one has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HasPolicy(pub bool);

/// A form that is done.
#[derive(Clone, Copy, Debug)]
pub struct Posted<'a> {
    /// Where it goes.
    pub url: &'a str,
    /// The fields behind the caller's own and `key`: none, if nothing is signed.
    pub fields: &'a [Field<'a>],
    /// The key of SigV4. As long as it is the same, so are all fields but the last two.
    pub key: Option<&'a Arc<ScopedKey>>,
    /// What has signed it.
    pub credentials: Option<&'a Credentials>,
    /// When it expires.
    pub end: Timestamp,
    /// What its policy asks for in front of its key, as JSON.
    pub conditions: &'a str,
}

impl Presigner {
    /// Hands `take` a form.
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
        let Destination { url, endpoint } = &*destination;
        post::check(key, conditions)?;
        let is_signed = *self.requested() != Requested::Unsigned;
        let period = dates.period(HasPolicy(is_signed))?;
        let end = period.end;
        let scheme = signature::choose(self.requested(), endpoint.auth, Purpose::Post)?;
        let credentials = self.credentials_for(scheme)?;
        let policy = Policy {
            bucket,
            key,
            conditions,
            expiration: end,
        };
        match (scheme, &credentials) {
            (Scheme::V4, Some(credentials)) => {
                let now = dates.signed_at(&period)?;
                let key = self.key(credentials, endpoint, now);
                let closing = self.forms.closing(key);
                let key = Some(closing.key());
                post::sign(
                    &policy,
                    Signer::V4(closing.key()),
                    closing.conditions(),
                    |fields, conditions| {
                        take(&Posted {
                            url,
                            fields,
                            key,
                            credentials: Some(credentials),
                            end,
                            conditions,
                        })
                    },
                )
            }
            (Scheme::V2, Some(credentials)) => {
                let (signer, key) = (Signer::V2(credentials), None);
                post::sign(
                    &policy,
                    signer,
                    &signer.conditions(),
                    |fields, conditions| {
                        take(&Posted {
                            url,
                            fields,
                            key,
                            credentials: Some(credentials),
                            end,
                            conditions,
                        })
                    },
                )
            }
            _ => Ok(take(&Posted {
                url,
                fields: &[],
                key: None,
                credentials: None,
                end,
                conditions: "",
            })),
        }
    }

    /// Where forms for a bucket go.
    fn destination(&self, bucket: &dyn Input) -> Result<Arc<Destination>, Error> {
        // Of a text nothing else bears on what follows.
        let text = bucket.plain_text();
        if let Some(known) = text.and_then(|text| self.forms.destination(text)) {
            return Ok(known);
        }
        // A form goes to the bucket's own URL.
        let operation = &operations::CREATE_BUCKET;
        let unknown = || Error::UnknownClientMethod(operation.method_name.to_owned());
        let member = operation.member("Bucket").ok_or_else(unknown)?;
        let params = [Param::known(member, bucket)];
        special::apply(
            operation,
            &params,
            &|| Err(unknown()),
            &mut Special::default(),
        )?;
        let check = || validate(operation, &params);
        let endpoint = self.endpoint(operation, &params, check)?;
        if self.settings.validates {
            check()?;
        }
        let mut path = serialise(operation, &params)?.path;
        put_behind(&endpoint.path, &mut path);
        let mut url = String::new();
        for part in [&endpoint.scheme, "://", &endpoint.authority, &path] {
            url.push_str(part);
        }
        let found = Arc::new(Destination { url, endpoint });
        if let Some(text) = text {
            self.forms.keep_destination(text, &found);
        }
        Ok(found)
    }
}
