//! A call that has additions, as the pipeline asks for them.

use super::additions::Additions;
use super::call::Call;
use super::signature::ToSign;
use crate::clock::Timestamp;
use crate::error::Error;
use crate::sigv2::Expires;

/// A call with additions.
pub(in crate::s3) struct CallWith<'a> {
    pub(in crate::s3) call: &'a dyn Call,
    pub(in crate::s3) additions: &'a Additions,
}

impl Call for CallWith<'_> {
    fn idempotency_token(&self) -> Result<String, Error> {
        self.call.idempotency_token()
    }

    fn http_method(&self) -> Result<Option<&str>, Error> {
        self.call.http_method()
    }

    fn expires_in(&self) -> Result<i64, Error> {
        self.call.expires_in()
    }

    fn leaves_lifetime_open(&self) -> bool {
        self.call.leaves_lifetime_open()
    }

    fn expires_at(&self) -> Result<Expires, Error> {
        match self.additions.signed_at {
            None => self.call.expires_at(),
            Some(instant) => {
                let end = instant.seconds().saturating_add(self.call.expires_in()?);
                Ok(Expires::Second(end))
            }
        }
    }

    fn now(&self) -> Result<Timestamp, Error> {
        self.additions.signed_at.map_or_else(|| self.call.now(), Ok)
    }

    fn asymmetric_signature(&self, access_key: &str, secret_key: &str, string_to_sign: &str) -> Result<String, Error> {
        self.call.asymmetric_signature(access_key, secret_key, string_to_sign)
    }

    fn additions(&self) -> Option<&Additions> {
        Some(self.additions)
    }

    fn fails_as_a_whole(&self) {
        self.call.fails_as_a_whole();
    }
}

/// Refuses additions that the signature of a request would not hold.
pub(in crate::s3) fn check_signed(additions: &Additions, to_sign: &ToSign<'_>) -> Result<(), Error> {
    let adds = |name, is_empty: bool| (!is_empty).then_some(name);
    let added = adds("query", additions.query.is_empty())
        .or(adds("headers", additions.headers.is_empty()))
        .or(adds("hoist", additions.hoisted.is_empty()));
    let (added, kind) = match to_sign {
        ToSign::V4 { .. } | ToSign::V4a { .. } => return Ok(()),
        ToSign::V2 { .. } => (added, "SigV2 signs only some of it"),
        ToSign::Nothing { .. } => {
            let instant = additions.signed_at.map(|_| "signed_at");
            (added.or(instant), "the client signs nothing")
        }
    };
    added.map_or(Ok(()), |name| {
        Err(Error::ParamValidation(format!(
            "Invalid value for parameter {name}: {kind}. Use a client that signs with SigV4: \
             Config(signature_version='s3v4')"
        )))
    })
}
