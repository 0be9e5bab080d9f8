//! The caller's parameters, as each step of the pipeline reads them.
//!
//! boto3 reads a mapping by its methods, here by one and there by another: its handlers look names up,
//! its validation walks over the keys, its serialiser over the items. A plain dict says the same to all
//! of them; a subclass need not.

use smallvec::SmallVec;

use crate::error::Error;
use crate::model::Param;

/// The parameters of a call with those that the library rewrote or added.
pub(super) type Params<'a> = SmallVec<[Param<'a>; 8]>;

/// The parameters of one call, which live for `'a`.
pub trait ReadParams<'a> {
    /// Those that boto3's handlers look up: those of [`lookups`](super::lookups).
    ///
    /// # Errors
    /// Whatever the mapping raises.
    fn looked_up(&self) -> Result<&[Param<'a>], Error>;

    /// Lets all who read later find what the handlers set; `false` if the caller of this is to see to it.
    ///
    /// # Errors
    /// Whatever the mapping raises.
    fn write(&self, _set: &[(&str, &str)]) -> Result<bool, Error> {
        Ok(false)
    }

    /// The bucket, as the endpoint rules get it; or all of them.
    ///
    /// # Errors
    /// Whatever the mapping raises.
    fn located(&self) -> Result<&[Param<'a>], Error>;

    /// Those that are validated.
    ///
    /// # Errors
    /// Whatever the mapping raises, and what says that it is none.
    fn validated(&self) -> Result<&[Param<'a>], Error>;

    /// Whether there is one of this name, as the validation asks.
    ///
    /// # Errors
    /// Whatever the mapping raises.
    fn has(&self, name: &str) -> Result<bool, Error>;

    /// Those that become a part of the host.
    ///
    /// # Errors
    /// Whatever the mapping raises.
    fn of_host(&self) -> Result<&[Param<'a>], Error> {
        self.listed()
    }

    /// Those that are sent.
    ///
    /// # Errors
    /// Whatever the mapping raises.
    fn listed(&self) -> Result<&[Param<'a>], Error>;
}

/// A list of parameters, which says the same to all.
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
}
