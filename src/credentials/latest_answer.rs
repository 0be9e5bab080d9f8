//! The latest answer of a provider that is asked for each signature, and mostly shows the same objects.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Credentials;

/// The latest answer of a provider, which shows access key, secret key and token as an `S`.
pub struct LatestAnswer<S>(
    // Never locked while the program's code runs.
    Mutex<Option<Answer<S>>>,
);

struct Answer<S> {
    /// What the provider showed.
    shown: S,
    credentials: Arc<Credentials>,
}

impl<S> Default for LatestAnswer<S> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<S> LatestAnswer<S> {
    /// The credentials that were made of what was shown last, if that is the same.
    pub fn of(&self, are_same: impl FnOnce(&S) -> bool) -> Option<Arc<Credentials>> {
        let latest = self.locked();
        let answer = latest.as_ref().filter(|answer| are_same(&answer.shown))?;
        Some(Arc::clone(&answer.credentials))
    }

    /// Stores credentials that were made of other objects.
    pub fn replace(&self, shown: S, mut credentials: Arc<Credentials>) -> Arc<Credentials> {
        let mut latest = self.locked();
        if let Some(known) = &*latest
            && known.credentials.same_as(&credentials)
        {
            // The signing key that was derived from them is found by this pointer first.
            credentials = Arc::clone(&known.credentials);
        }
        let before = latest.replace(Answer {
            shown,
            credentials: Arc::clone(&credentials),
        });
        drop(latest);
        // An object of the program may run code when it is dropped.
        drop(before);
        credentials
    }

    /// An answer is replaced as a whole: a panic elsewhere cannot have left half of it.
    fn locked(&self) -> MutexGuard<'_, Option<Answer<S>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Weak;

    use super::super::Secret;
    use super::*;

    fn credentials(access_key: &str) -> Arc<Credentials> {
        Arc::new(Credentials {
            access_key: access_key.to_owned(),
            secret_key: Secret::new("hush"),
            token: None,
            expiry: None,
        })
    }

    #[test]
    fn the_same_objects_give_the_same_credentials() {
        let latest = LatestAnswer::default();
        assert!(latest.of(|_: &[u8; 3]| true).is_none());
        let first = latest.replace([1, 2, 3], credentials("a"));
        let again = latest.of(|shown| *shown == [1, 2, 3]);
        assert!(again.is_some_and(|again| Arc::ptr_eq(&again, &first)));
        assert!(latest.of(|shown| *shown == [1, 2, 4]).is_none());
    }

    #[test]
    fn other_objects_with_the_same_strings_keep_the_credentials() {
        let latest = LatestAnswer::default();
        let first = latest.replace([1, 2, 3], credentials("a"));
        assert!(Arc::ptr_eq(&latest.replace([4, 5, 6], credentials("a")), &first));
        assert!(!Arc::ptr_eq(&latest.replace([7, 8, 9], credentials("b")), &first));
    }

    #[test]
    fn an_object_that_is_dropped_may_ask_again() {
        struct Asks(Weak<LatestAnswer<[Asks; 3]>>);

        impl Drop for Asks {
            fn drop(&mut self) {
                // This would never return if the answer were still locked.
                drop(self.0.upgrade().and_then(|latest| latest.of(|_| false)));
            }
        }

        let latest = Arc::new(LatestAnswer::default());
        let shown = || [0; 3].map(|_| Asks(Arc::downgrade(&latest)));
        latest.replace(shown(), credentials("a"));
        latest.replace(shown(), credentials("b"));
        assert!(latest.of(|_| true).is_some());
    }
}
