//! The caller's parameters, as each step of the pipeline reads them.
//!
//! boto3 reads a mapping by different methods: its handlers look names up, its validation walks over
//! the keys, its serialiser over the items. A plain dict gives all of them the same answers; a subclass
//! of dict may not.

use smallvec::SmallVec;

use crate::error::Error;
use crate::model::Param;

/// The parameters of a call, with those that the library rewrote or added.
pub(super) type Params<'a> = SmallVec<[Param<'a>; 8]>;

/// The parameters of one call.
pub trait ReadParams<'a> {
    /// The parameters that boto3's handlers look up: those of [`lookups`](super::lookups).
    ///
    /// # Errors
    /// The error that the mapping raises.
    fn looked_up(&self) -> Result<&[Param<'a>], Error>;

    /// Writes what the handlers set into the mapping, as boto3 does; `false` if the caller of this must
    /// merge it instead.
    ///
    /// # Errors
    /// The error that the mapping raises.
    fn write(&self, _set: &[(&str, &str)]) -> Result<bool, Error> {
        Ok(false)
    }

    /// The parameters among which the endpoint rules look for the bucket.
    ///
    /// # Errors
    /// The error that the mapping raises.
    fn located(&self) -> Result<&[Param<'a>], Error>;

    /// The parameters that are validated.
    ///
    /// # Errors
    /// The error that the mapping raises, and the error for an object that is not a mapping.
    fn validated(&self) -> Result<&[Param<'a>], Error>;

    /// Whether there is one of this name, as the validation asks.
    ///
    /// # Errors
    /// The error that the mapping raises.
    fn has(&self, name: &str) -> Result<bool, Error>;

    /// The parameters that become a part of the host.
    ///
    /// # Errors
    /// The error that the mapping raises.
    fn of_host(&self) -> Result<&[Param<'a>], Error> {
        self.listed()
    }

    /// The parameters that are sent.
    ///
    /// # Errors
    /// The error that the mapping raises.
    fn listed(&self) -> Result<&[Param<'a>], Error>;

    /// The parameters, if all readers get the same.
    fn same_for_all(&self) -> Option<&[Param<'a>]> {
        None
    }
}

/// A list of parameters, which gives all readers the same.
impl<'a> ReadParams<'a> for &[Param<'a>] {
    fn looked_up(&self) -> Result<&[Param<'a>], Error> {
        Ok(self)
    }

    fn located(&self) -> Result<&[Param<'a>], Error> {
        Ok(self)
    }

    fn validated(&self) -> Result<&[Param<'a>], Error> {
        Ok(self)
    }

    fn has(&self, name: &str) -> Result<bool, Error> {
        Ok(self.iter().any(|param| param.is(name)))
    }

    fn listed(&self) -> Result<&[Param<'a>], Error> {
        Ok(self)
    }

    fn same_for_all(&self) -> Option<&[Param<'a>]> {
        Some(self)
    }
}
