//! Makes a presigned POST form: the URL it goes to and the fields it must hold.

use super::endpoint::Requested;
use super::post::{self, Field, Policy, Signer};
use super::presigner::{Presigner, put_behind};
use super::signature::{self, Purpose, Scheme};
use super::special::{self, Special};
use crate::clock::Timestamp;
use crate::error::Error;
use crate::model::{Input, Param, operations, serialise, validate};
use crate::scratch::Scratch;

/// From when to when a policy is good.
#[derive(Clone, Copy, Debug)]
pub struct Period {
    /// The instant to sign at.
    pub now: Timestamp,
    /// When the form expires.
    pub end: Timestamp,
}

/// Whether a form has a policy, which must not be over already; an unsigned one has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HasPolicy(pub bool);

impl Presigner {
    /// Hands `take` the URL of a form, and its fields behind the caller's own and `key`.
    ///
    /// Without a signature there is no policy, and there are no such fields.
    ///
    /// # Errors
    /// Those of boto3, in its order: bucket, endpoint, key, `period`, signature version,
    /// credentials, and conditions that JSON cannot hold.
    pub fn presign_post<T>(
        &self,
        bucket: &dyn Input,
        key: &dyn Input,
        conditions: Option<&dyn Input>,
        period: &dyn Fn(HasPolicy) -> Result<Period, Error>,
        take: impl FnOnce(&str, &[Field<'_>]) -> T,
    ) -> Result<T, Error> {
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
        let endpoint = self.endpoint(operation, &params)?;
        if self.settings.validates {
            validate(operation, &params)?;
        }
        let mut path = serialise(operation, &params)?.path;
        put_behind(&endpoint.path, &mut path);
        let mut url = Scratch::new();
        for part in [&endpoint.scheme, "://", &endpoint.authority, &path] {
            url.push_str(part);
        }
        post::check(key, conditions)?;
        let is_signed = *self.requested() != Requested::Unsigned;
        let period = period(HasPolicy(is_signed))?;
        let scheme = signature::choose(self.requested(), endpoint.auth, Purpose::Post)?;
        let credentials = self.credentials_for(scheme)?;
        let policy = Policy {
            bucket,
            key,
            conditions,
            expiration: period.end,
        };
        match (scheme, &credentials) {
            (Scheme::V4, Some(credentials)) => {
                let key = self.key(credentials, &endpoint, period.now);
                let fields = post::fields(&policy, Signer::V4(&key))?;
                Ok(take(&url, &fields))
            }
            (Scheme::V2, Some(credentials)) => {
                let fields = post::fields(&policy, Signer::V2(credentials))?;
                Ok(take(&url, &fields))
            }
            _ => Ok(take(&url, &[])),
        }
    }
}
