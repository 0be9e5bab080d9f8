//! What one call says beside its parameters, as the pipeline asks for it.

use crate::clock::Timestamp;
use crate::error::Error;

/// What a [`Call`] would say of its method and its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtHand<'a> {
    /// As [`Call::http_method`] says.
    pub http_method: Option<&'a str>,
    /// As [`Call::expires_in`] says.
    pub expires_in: i64,
}

/// What the caller says beside the parameters.
///
/// It is asked for late and in boto3's order, since that order decides which error wins.
pub trait Call {
    /// A random UUID for an idempotency token that the caller left out.
    ///
    /// # Errors
    /// Whatever kept it from being made.
    fn idempotency_token(&self) -> Result<String, Error>;

    /// The method to sign for, if it is not the operation's own.
    ///
    /// # Errors
    /// [`Error::ParamValidation`] if it is no text.
    fn http_method(&self) -> Result<Option<&str>, Error>;

    /// How long a URL lives, in seconds.
    ///
    /// # Errors
    /// [`Error::ParamValidation`] if it is no whole number of seconds.
    fn expires_in(&self) -> Result<i64, Error>;

    /// The method and the life, where both can be had without asking anything that may answer
    /// otherwise the next time, or fail.
    fn at_hand(&self) -> Option<AtHand<'_>> {
        None
    }

    /// When a SigV2 URL expires, in seconds since 1970, as text.
    ///
    /// # Errors
    /// Whatever boto3 raises for what is no number.
    fn expires_at(&self) -> Result<String, Error>;

    /// The instant to sign at.
    ///
    /// # Errors
    /// Whatever kept the clock from being read.
    fn now(&self) -> Result<Timestamp, Error>;

    /// Hears that what fails is the call as a whole, whatever its parameters.
    fn fails_as_a_whole(&self) {}
}
