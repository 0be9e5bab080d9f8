//! Keeps what forms of one client have in common, bounded: where they go, and what says who signs.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use zeroize::Zeroizing;

use super::super::endpoint::Endpoint;
use super::super::post::Signer;
use crate::sigv4::ScopedKey;

/// More buckets than one client makes forms for at a time; the oldest goes first.
const LIMIT: usize = 16;

/// Where forms for one bucket go.
#[derive(Debug)]
pub(super) struct Destination {
    pub(super) url: String,
    pub(super) endpoint: Arc<Endpoint>,
}

/// The end of policies that one key signs.
pub(super) struct Closing {
    key: Arc<ScopedKey>,
    /// The token is among them.
    conditions: Zeroizing<String>,
}

/// What the forms of one client have in common. All threads may share it.
#[derive(Default)]
pub(crate) struct Kept {
    destinations: Mutex<Vec<(Box<str>, Arc<Destination>)>>,
    closing: Mutex<Option<Arc<Closing>>>,
}

impl Kept {
    /// Where forms for this bucket go, if there was one of late.
    pub(super) fn destination(&self, bucket: &str) -> Option<Arc<Destination>> {
        let known = locked(&self.destinations);
        let (_, found) = known.iter().find(|(name, _)| **name == *bucket)?;
        Some(Arc::clone(found))
    }

    pub(super) fn keep_destination(&self, bucket: &str, found: &Arc<Destination>) {
        let mut known = locked(&self.destinations);
        // Another thread may have been faster.
        if known.iter().all(|(name, _)| **name != *bucket) {
            if known.len() == LIMIT {
                known.remove(0);
            }
            known.push((bucket.into(), Arc::clone(found)));
        }
    }

    /// The end of policies that `key` signs: that of last time, if it was the same key.
    pub(super) fn closing(&self, key: Arc<ScopedKey>) -> Arc<Closing> {
        let mut latest = locked(&self.closing);
        if let Some(known) = &*latest
            && Arc::ptr_eq(&known.key, &key)
        {
            return Arc::clone(known);
        }
        let conditions = Signer::V4(&key).conditions();
        let new = Arc::new(Closing { key, conditions });
        *latest = Some(Arc::clone(&new));
        new
    }
}

impl Closing {
    pub(super) fn key(&self) -> &Arc<ScopedKey> {
        &self.key
    }

    pub(super) fn conditions(&self) -> &str {
        &self.conditions
    }
}

/// What is kept is whole or absent: a panic elsewhere cannot have left it half done.
fn locked<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Timestamp;
    use crate::credentials::{Credentials, Secret};
    use crate::sigv4::Scope;

    fn key(token: &str) -> Arc<ScopedKey> {
        let credentials = Credentials {
            access_key: "AKIDEXAMPLE".to_owned(),
            secret_key: Secret::new("secret"),
            token: Some(Secret::new(token)),
            expiry: None,
        };
        let scope = Scope {
            region: "us-east-1",
            service: "s3",
        };
        let at = Timestamp::new(0).expect("1970");
        Arc::new(ScopedKey::new(Arc::new(credentials), scope, at))
    }

    #[test]
    fn a_closing_is_kept_for_its_own_key_only() {
        let kept = Kept::default();
        let (one, other) = (key("one"), key("other"));
        let first = kept.closing(Arc::clone(&one));
        assert!(
            first
                .conditions()
                .ends_with(", {\"x-amz-security-token\": \"one\"}")
        );
        assert!(Arc::ptr_eq(&first, &kept.closing(Arc::clone(&one))));
        assert!(kept.closing(other).conditions().contains("\"other\""));
        assert!(kept.closing(one).conditions().contains("\"one\""));
    }

    #[test]
    fn destinations_are_bounded_and_found_by_the_whole_name() {
        let kept = Kept::default();
        for number in 0..100 {
            let found = Arc::new(Destination {
                url: number.to_string(),
                endpoint: Arc::new(endpoint()),
            });
            kept.keep_destination(&number.to_string(), &found);
        }
        assert_eq!(locked(&kept.destinations).len(), LIMIT);
        assert_eq!(
            kept.destination("99")
                .map(|found| found.url.clone())
                .as_deref(),
            Some("99")
        );
        assert!(kept.destination("9").is_none());
        assert!(kept.destination("0").is_none());
    }

    fn endpoint() -> Endpoint {
        Endpoint {
            scheme: "https".to_owned(),
            authority: "h".to_owned(),
            path: String::new(),
            host_header: "h".to_owned(),
            auth: None,
            signing_name: None,
            signing_region: None,
        }
    }
}
