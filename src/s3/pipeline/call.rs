//! What a call passes beside its parameters, as the pipeline asks for it.

use std::cell::OnceCell;

use super::additions::Additions;
use crate::clock::Timestamp;
use crate::error::Error;
use crate::model::{Input, wrong_type};
use crate::sigv2::Expires;

/// The method and the lifetime of a [`Call`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtHand<'a> {
    /// As [`Call::http_method`] returns it.
    pub http_method: Option<&'a str>,
    /// As [`Call::expires_in`] returns it.
    pub expires_in: i64,
}

impl<'a> AtHand<'a> {
    /// These, if the method is plain or was not given, and the lifetime is known.
    #[inline]
    #[must_use]
    pub fn of(http_method: Option<&'a impl Input>, expires_in: Option<i64>) -> Option<Self> {
        let http_method = match http_method {
            None => None,
            Some(method) => Some(method.exact_string()?),
        };
        Some(Self {
            http_method,
            expires_in: expires_in?,
        })
    }
}

/// The method of a call that is not a plain string, once it is known.
#[derive(Debug, Default)]
pub struct UpperCase(OnceCell<String>);

impl UpperCase {
    /// The method; `ask` has any other object put itself into upper case, if it can.
    ///
    /// # Errors
    /// The error of `ask`, and why the object is refused.
    pub fn of<'a, I: Input>(
        &'a self,
        method: &'a I,
        ask: impl FnOnce(&I) -> Result<Option<String>, Error>,
    ) -> Result<&'a str, Error> {
        if let Some(string) = method.exact_string().or(self.0.get().map(String::as_str)) {
            return Ok(string);
        }
        match ask(method)? {
            Some(upper_case) => Ok(self.0.get_or_init(|| upper_case)),
            None => Err(wrong_type("HttpMethod", method, "<class 'str'>")),
        }
    }
}

/// What a caller passes beside the parameters.
///
/// It is asked for late and in boto3's order, since that order decides which error the caller sees.
pub trait Call {
    /// A random UUID for an idempotency token that the caller left out.
    ///
    /// # Errors
    /// The reason why it cannot be made.
    fn idempotency_token(&self) -> Result<String, Error>;

    /// The method to sign for, if it is not the operation's own.
    ///
    /// # Errors
    /// [`Error::ParamValidation`] if it is not a string.
    fn http_method(&self) -> Result<Option<&str>, Error>;

    /// The lifetime of the URL, in seconds.
    ///
    /// # Errors
    /// [`Error::ParamValidation`] if it is not a whole number of seconds.
    fn expires_in(&self) -> Result<i64, Error>;

    /// Whether the lifetime was given as `None`, which leaves it to the signature.
    fn leaves_lifetime_open(&self) -> bool {
        false
    }

    /// The method and the lifetime, if both can be read without an error and without running code
    /// that might answer differently the next time.
    fn at_hand(&self) -> Option<AtHand<'_>> {
        None
    }

    /// When a SigV2 URL expires.
    ///
    /// # Errors
    /// The error that boto3 raises for a value that is not a number.
    fn expires_at(&self) -> Result<Expires, Error>;

    /// The instant to sign at.
    ///
    /// # Errors
    /// The error of reading the clock.
    fn now(&self) -> Result<Timestamp, Error>;

    /// The `SigV4A` signature of a string to sign, in hexadecimal digits.
    ///
    /// # Errors
    /// [`Error::MissingDependency`] if the caller has nothing that makes it.
    fn asymmetric_signature(
        &self,
        _access_key: &str,
        _secret_key: &str,
        _string_to_sign: &str,
    ) -> Result<String, Error> {
        Err(Error::MissingDependency(
            "This signature needs an implementation of ECDSA, which the caller has not".to_owned(),
        ))
    }

    /// What is signed beside the parameters.
    fn additions(&self) -> Option<&Additions> {
        None
    }

    /// Is called when the call as a whole fails, independently of its parameters.
    fn fails_as_a_whole(&self) {}
}
