//! Credentials that cannot be printed, and the trait that provides them.

pub mod set_parts;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use zeroize::Zeroizing;

use crate::error::Error;

/// A string that is never printed, and is wiped from memory on drop.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// A secret with this string.
    #[must_use]
    pub fn new(string: impl Into<String>) -> Self {
        Self(Zeroizing::new(string.into()))
    }

    /// The string itself: the only way to read it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What identifies a caller to AWS.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The access key's id. It is public: every URL shows it.
    pub access_key: String,
    /// The secret access key.
    pub secret_key: Secret,
    /// The session token of temporary credentials. An empty token is not the same as no token.
    pub token: Option<Secret>,
    /// When they expire, in seconds since 1970, where that is known. It is not signed.
    pub expiry: Option<f64>,
}

impl Credentials {
    /// Whether both make the same signatures: key, secret and token are equal.
    #[must_use]
    pub fn same_as(&self, other: &Self) -> bool {
        let token = self.token.as_ref().map(Secret::expose);
        self.access_key == other.access_key
            && self.secret_key.expose() == other.secret_key.expose()
            && token == other.token.as_ref().map(Secret::expose)
    }
}

/// Where credentials come from.
///
/// This is asked once for each URL, so a provider that fetches and refreshes credentials must answer
/// from its own store.
pub trait ProvideCredentials: Send + Sync {
    /// The credentials to sign with now. `None` without any: that is an error only once something
    /// must be signed.
    ///
    /// # Errors
    /// The error of the provider.
    fn credentials(&self) -> Result<Option<Arc<Credentials>>, Error>;

    /// The credentials to sign with now; `None` if they are `known`.
    ///
    /// # Errors
    /// As [`credentials`](Self::credentials); [`Error::NoCredentials`] if there are none.
    fn other_than(&self, known: &Arc<Credentials>) -> Result<Option<Arc<Credentials>>, Error> {
        let credentials = self.credentials()?.ok_or(Error::NoCredentials)?;
        Ok(Some(credentials).filter(|credentials| !Arc::ptr_eq(credentials, known)))
    }
}

/// Always provides the same credentials, or none.
#[derive(Clone, Debug, Default)]
pub struct StaticCredentials(Option<Arc<Credentials>>);

impl StaticCredentials {
    /// Provides these.
    #[must_use]
    pub fn new(credentials: Credentials) -> Self {
        Self(Some(Arc::new(credentials)))
    }
}

impl ProvideCredentials for StaticCredentials {
    fn credentials(&self) -> Result<Option<Arc<Credentials>>, Error> {
        Ok(self.0.clone())
    }

    fn other_than(&self, known: &Arc<Credentials>) -> Result<Option<Arc<Credentials>>, Error> {
        let own = self.0.as_ref().ok_or(Error::NoCredentials)?;
        Ok((!Arc::ptr_eq(own, known)).then(|| Arc::clone(own)))
    }
}

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
    pub fn unless_due<E>(
        &self,
        now: impl FnOnce() -> Result<f64, E>,
    ) -> Result<Option<Arc<Credentials>>, E> {
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
    pub fn renew<E>(
        &self,
        ask: impl FnOnce() -> Result<(Arc<Credentials>, f64), E>,
    ) -> Result<Arc<Credentials>, E> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Credentials {
        Credentials {
            access_key: "AKIDEXAMPLE".into(),
            secret_key: Secret::new("hush"),
            token: Some(Secret::new("whisper")),
            expiry: None,
        }
    }

    #[test]
    fn printing_credentials_shows_the_access_key_and_no_secret() {
        let printed = format!("{:?} {:?}", example(), StaticCredentials::new(example()));
        assert!(printed.contains("AKIDEXAMPLE"), "{printed}");
        assert!(
            !printed.contains("hush") && !printed.contains("whisper"),
            "{printed}"
        );
    }

    #[test]
    fn credentials_differ_when_any_part_does() {
        let edits: [fn(&mut Credentials); 4] = [
            |c| c.access_key.push('x'),
            |c| c.secret_key = Secret::new("other"),
            |c| c.token = Some(Secret::new("")),
            |c| c.token = None,
        ];
        assert!(example().same_as(&example()));
        for edit in edits {
            let mut changed = example();
            edit(&mut changed);
            assert!(!example().same_as(&changed), "{changed:?}");
        }
    }
}
