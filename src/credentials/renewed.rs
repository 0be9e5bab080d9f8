//! Credentials of a source that may change them, and says when to ask it again.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Credentials, ProvideCredentials};
use crate::error::Error;

/// The latest credentials of a source that may change them. All clients that share this object need
/// one call of the source.
#[derive(Default)]
pub struct RenewedCredentials(Mutex<Latest>);

#[derive(Default)]
struct Latest {
    credentials: Option<Arc<Credentials>>,
    /// After this instant, in seconds since 1970, the source must be asked again.
    due: f64,
    /// Incremented when answers that are not stored yet have become invalid.
    forgotten: u64,
}

impl RenewedCredentials {
    /// Makes every client ask again before its next signature.
    pub fn forget(&self) {
        let mut latest = self.locked();
        latest.forgotten = latest.forgotten.wrapping_add(1);
        latest.due = f64::NEG_INFINITY;
    }

    /// The latest credentials, unless they are due. The clock is asked only if the answer depends on it.
    ///
    /// # Errors
    /// What `now` returns.
    pub fn unless_due<E>(&self, now: impl FnOnce() -> Result<f64, E>) -> Result<Option<Arc<Credentials>>, E> {
        let (credentials, due) = {
            let latest = self.locked();
            (latest.credentials.clone(), latest.due)
        };
        let is_due = match due {
            _ if credentials.is_none() => true,
            f64::INFINITY => false,
            f64::NEG_INFINITY => true,
            due => now()? > due,
        };
        Ok(credentials.filter(|_| !is_due))
    }

    /// Asks for credentials and the instant at which they are due, and stores the answer. No other
    /// thread waits meanwhile.
    ///
    /// # Errors
    /// What `ask` returns.
    pub fn renew<E>(&self, ask: impl FnOnce() -> Result<(Arc<Credentials>, f64), E>) -> Result<Arc<Credentials>, E> {
        let forgotten = self.locked().forgotten;
        let (mut credentials, due) = ask()?;
        let mut latest = self.locked();
        if let Some(known) = &latest.credentials
            && known.same_as(&credentials)
            && known.expiry == credentials.expiry
        {
            // The signing key that was derived from them is found by this pointer first.
            credentials = Arc::clone(known);
        }
        // If it was forgotten meanwhile, the answer may be older than what another thread has set.
        let is_good = latest.forgotten == forgotten;
        latest.due = if is_good { due } else { f64::NEG_INFINITY };
        latest.credentials = Some(Arc::clone(&credentials));
        Ok(credentials)
    }

    /// The stored value is complete at any time: a panic elsewhere cannot have left half of it.
    fn locked(&self) -> MutexGuard<'_, Latest> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for RenewedCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RenewedCredentials(…)")
    }
}

/// A source of credentials that expire.
pub trait CredentialSource: Send + Sync {
    /// The credentials, and the instant after which to ask again, in seconds since 1970.
    ///
    /// # Errors
    /// The error of the source.
    fn current(&self) -> Result<(Arc<Credentials>, f64), Error>;

    /// The present instant, in seconds since 1970.
    ///
    /// # Errors
    /// The clock cannot be read.
    fn now(&self) -> Result<f64, Error>;
}

/// Asks a source for its credentials when they are due.
pub struct RenewingProvider<S> {
    source: S,
    latest: Arc<RenewedCredentials>,
}

impl<S> RenewingProvider<S> {
    /// Asks this source, unless the latest answer is still good.
    #[must_use]
    pub fn new(source: S, latest: Arc<RenewedCredentials>) -> Self {
        Self { source, latest }
    }
}

impl<S: CredentialSource> ProvideCredentials for RenewingProvider<S> {
    fn credentials(&self) -> Result<Option<Arc<Credentials>>, Error> {
        match self.latest.unless_due(|| self.source.now())? {
            Some(credentials) => Ok(Some(credentials)),
            None => self.latest.renew(|| self.source.current()).map(Some),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Secret;
    use super::*;

    /// A clock, and a source whose access key is the number of the call.
    #[derive(Default)]
    struct Counting(Mutex<(f64, u32)>);

    impl CredentialSource for Arc<Counting> {
        fn current(&self) -> Result<(Arc<Credentials>, f64), Error> {
            let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            state.1 += 1;
            let credentials = Credentials {
                access_key: state.1.to_string(),
                secret_key: Secret::new("hush"),
                token: None,
                expiry: None,
            };
            Ok((Arc::new(credentials), state.0 + 10.0))
        }

        fn now(&self) -> Result<f64, Error> {
            Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).0)
        }
    }

    #[test]
    fn a_source_is_asked_when_its_answer_is_due_or_forgotten() {
        let (source, latest) = (Arc::<Counting>::default(), Arc::default());
        let provider = RenewingProvider::new(Arc::clone(&source), Arc::clone(&latest));
        let at = |instant: f64| {
            source.0.lock().unwrap_or_else(PoisonError::into_inner).0 = instant;
            let credentials = provider.credentials().ok().flatten();
            credentials.map_or_else(String::new, |found| found.access_key.clone())
        };
        assert_eq!([0.0, 10.0, 11.0, 21.0].map(at), ["1", "1", "2", "2"]);
        latest.forget();
        assert_eq!(at(12.0), "3");
    }
}
