//! The signing key cache: remembers scoped keys, so that a key is derived once a day and not once a
//! URL.

use std::sync::{Arc, Mutex, PoisonError};

use super::credential::Scope;
use super::scoped_key::ScopedKey;
use crate::clock::Timestamp;
use crate::credentials::Credentials;

/// The scoped keys that one client used last.
///
/// All threads may share it: the lock is held for a comparison, or for one derivation when the
/// second, the credentials or the scope is new. All of these are compared each time, so an old key
/// never signs for a changed clock or changed credentials.
#[derive(Debug, Default)]
pub struct KeyCache(Mutex<Vec<Arc<ScopedKey>>>);

/// More scopes and credentials than one client uses. Beyond it the oldest key is forgotten.
const LIMIT: usize = 16;

impl KeyCache {
    /// An empty cache.
    #[must_use]
    pub const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// The key of `credentials` for `scope` in the second `at`; it is made if it is not remembered.
    #[must_use]
    pub fn key(&self, credentials: &Arc<Credentials>, scope: Scope<'_>, at: Timestamp) -> Arc<ScopedKey> {
        // A panic in another thread cannot have left half a key here.
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = keys.iter_mut().find(|known| known.is_for(credentials, scope)) {
            if known.at() != at {
                *known = Arc::new(known.moved_to(at));
            }
            return Arc::clone(known);
        }
        let new = Arc::new(ScopedKey::new(Arc::clone(credentials), scope, at));
        if keys.len() == LIMIT {
            keys.remove(0);
        }
        keys.push(Arc::clone(&new));
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::Secret;

    fn credentials(secret: &str) -> Arc<Credentials> {
        Arc::new(Credentials {
            access_key: "AKIDEXAMPLE".into(),
            secret_key: Secret::new(secret),
            token: None,
            expiry: None,
        })
    }

    fn scope(region: &str) -> Scope<'_> {
        Scope { region, service: "s3" }
    }

    fn second(seconds: i64) -> Timestamp {
        Timestamp::new(seconds).expect("a year that datetime can hold")
    }

    #[test]
    fn the_same_key_is_made_once() {
        let cache = KeyCache::new();
        let first = cache.key(&credentials("a"), scope("us-east-1"), second(0));
        let again = cache.key(&credentials("a"), scope("us-east-1"), second(0));
        assert!(Arc::ptr_eq(&first, &again));
    }

    #[test]
    fn a_new_second_replaces_the_old_key_instead_of_joining_it() {
        let cache = KeyCache::new();
        for at in 0..100 {
            let key = cache.key(&credentials("a"), scope("us-east-1"), second(at));
            assert_eq!(key.at(), second(at));
        }
        assert_eq!(cache.0.lock().expect("not poisoned").len(), 1);
    }

    #[test]
    fn the_cache_is_bounded() {
        let cache = KeyCache::new();
        for secret in 0..100 {
            let _ = cache.key(&credentials(&secret.to_string()), scope("us-east-1"), second(0));
        }
        assert_eq!(cache.0.lock().expect("not poisoned").len(), LIMIT);
    }

    #[test]
    fn printing_a_key_or_a_cache_shows_no_secret() {
        let cache = KeyCache::new();
        let key = cache.key(&credentials("hush"), scope("us-east-1"), second(0));
        let printed = format!("{key:?} {cache:?}");
        assert!(
            printed.contains("AKIDEXAMPLE/19700101/us-east-1/s3/aws4_request"),
            "{printed}"
        );
        assert!(!printed.contains("hush"), "{printed}");
    }
}
