//! Gives each row of a batch the same method, lifetime and instant, so that the caller is asked once.

use std::cell::{Cell, OnceCell};

use crate::clock::Timestamp;
use crate::error::Error;
use crate::s3::pipeline::{AtHand, Call};
use crate::s3::presigner::Presigner;
use crate::sigv2::Expires;

/// A call that is asked only once: all rows are signed at one instant.
pub struct OneInstant<'a> {
    call: &'a dyn Call,
    expires_in: OnceCell<i64>,
    expires_at: OnceCell<Expires>,
    now: OnceCell<Timestamp>,
    is_at_fault: Cell<bool>,
    /// Whether its rows are remembered like single calls.
    is_remembered: bool,
}

impl<'a> OneInstant<'a> {
    /// The same as `call` for all rows of a batch of this presigner.
    #[must_use]
    pub fn new(presigner: &Presigner, call: &'a dyn Call) -> Self {
        Self {
            call,
            expires_in: OnceCell::new(),
            expires_at: OnceCell::new(),
            now: OnceCell::new(),
            is_at_fault: Cell::new(false),
            // By SigV4 they are made of ready requests, and those that are not seldom recur.
            is_remembered: presigner.signs_by_sigv2,
        }
    }

    /// Forgets a failure, before a row asks again.
    pub fn forgive(&self) {
        self.is_at_fault.set(false);
    }

    /// Whether the call failed as a whole, and not by a row of it.
    #[must_use]
    pub fn is_at_fault(&self) -> bool {
        self.is_at_fault.get()
    }

    fn blamed<T>(&self, answer: Result<T, Error>) -> Result<T, Error> {
        if answer.is_err() {
            self.is_at_fault.set(true);
        }
        answer
    }

    fn asked_once<'c, T>(&self, cell: &'c OnceCell<T>, ask: impl FnOnce() -> Result<T, Error>) -> Result<&'c T, Error> {
        if let Some(known) = cell.get() {
            return Ok(known);
        }
        let answer = self.blamed(ask())?;
        Ok(cell.get_or_init(|| answer))
    }
}

impl Call for OneInstant<'_> {
    fn idempotency_token(&self) -> Result<String, Error> {
        // Each row is a request of its own.
        self.blamed(self.call.idempotency_token())
    }

    fn http_method(&self) -> Result<Option<&str>, Error> {
        self.blamed(self.call.http_method())
    }

    fn expires_in(&self) -> Result<i64, Error> {
        self.asked_once(&self.expires_in, || self.call.expires_in()).copied()
    }

    fn leaves_lifetime_open(&self) -> bool {
        self.call.leaves_lifetime_open()
    }

    fn at_hand(&self) -> Option<AtHand<'_>> {
        self.call.at_hand().filter(|_| self.is_remembered)
    }

    fn expires_at(&self) -> Result<Expires, Error> {
        self.asked_once(&self.expires_at, || self.call.expires_at()).cloned()
    }

    fn now(&self) -> Result<Timestamp, Error> {
        self.asked_once(&self.now, || self.call.now()).copied()
    }

    fn asymmetric_signature(&self, access_key: &str, secret_key: &str, string_to_sign: &str) -> Result<String, Error> {
        self.blamed(self.call.asymmetric_signature(access_key, secret_key, string_to_sign))
    }

    fn fails_as_a_whole(&self) {
        self.is_at_fault.set(true);
    }
}
