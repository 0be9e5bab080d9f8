//! Remembers what the forms of one client have in common: where they go, and the conditions that say
//! who signs.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use zeroize::Zeroizing;

use super::pipeline::FormDestination;
use super::pipeline::post::FormKey;

/// More buckets than one client makes forms for at a time. Beyond it the oldest is forgotten.
const LIMIT: usize = 16;

/// The conditions on the signature's own fields, which end each policy that one key signs.
pub(super) struct SignerConditions {
    key: FormKey,
    /// As JSON; the session token is among them.
    json: Zeroizing<String>,
}

/// What the forms of one client have in common. All threads may share it.
#[derive(Default)]
pub(super) struct FormCache {
    destinations: Mutex<Vec<(Box<str>, Arc<FormDestination>)>>,
    signer: Mutex<Option<Arc<SignerConditions>>>,
}

impl FormCache {
    /// Where forms for this bucket go, if that is remembered.
    pub(super) fn destination(&self, bucket: &str) -> Option<Arc<FormDestination>> {
        let known = locked(&self.destinations);
        let (_, found) = known.iter().find(|(name, _)| **name == *bucket)?;
        Some(Arc::clone(found))
    }

    pub(super) fn remember_destination(&self, bucket: &str, found: &Arc<FormDestination>) {
        let mut known = locked(&self.destinations);
        // Another thread may have been faster.
        if known.iter().all(|(name, _)| **name != *bucket) {
            if known.len() == LIMIT {
                known.remove(0);
            }
            known.push((bucket.into(), Arc::clone(found)));
        }
    }

    /// The conditions on the fields of the signing key `key`: those of last time, if it is the same.
    pub(super) fn signer_conditions(&self, key: FormKey) -> Arc<SignerConditions> {
        let mut latest = locked(&self.signer);
        if let Some(known) = &*latest
            && known.key.is(&key)
        {
            return Arc::clone(known);
        }
        let json = key.signer().conditions();
        let new = Arc::new(SignerConditions { key, json });
        *latest = Some(Arc::clone(&new));
        new
    }
}

impl SignerConditions {
    pub(super) fn key(&self) -> &FormKey {
        &self.key
    }

    pub(super) fn json(&self) -> &str {
        &self.json
    }
}

/// A value is replaced as a whole: a panic elsewhere cannot have left it half done.
fn locked<T>(value: &Mutex<T>) -> MutexGuard<'_, T> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Timestamp;
    use crate::credentials::{Credentials, Secret};
    use crate::s3::pipeline::endpoint::Endpoint;
    use crate::sigv2::HashedKey;
    use crate::sigv4::{Scope, ScopedKey};

    fn credentials(token: &str) -> Arc<Credentials> {
        Arc::new(Credentials {
            access_key: "AKIDEXAMPLE".to_owned(),
            secret_key: Secret::new("secret"),
            token: Some(Secret::new(token)),
            expiry: None,
        })
    }

    fn key(token: &str) -> FormKey {
        let scope = Scope {
            region: "us-east-1",
            service: "s3",
        };
        let at = Timestamp::new(0).expect("1970");
        FormKey::V4(Arc::new(ScopedKey::new(credentials(token), scope, at)))
    }

    #[test]
    fn conditions_are_remembered_for_their_own_key_only() {
        let forms = FormCache::default();
        let (one, other) = (key("one"), key("other"));
        let first = forms.signer_conditions(one.clone());
        assert!(first.json().ends_with(", {\"x-amz-security-token\": \"one\"}"));
        assert!(Arc::ptr_eq(&first, &forms.signer_conditions(one.clone())));
        assert!(forms.signer_conditions(other).json().contains("\"other\""));
        let of_sigv2 = FormKey::V2(Arc::new(HashedKey::new(credentials("one"))));
        let json = forms.signer_conditions(of_sigv2);
        assert_eq!(json.json(), ", {\"x-amz-security-token\": \"one\"}");
        assert!(forms.signer_conditions(one).json().contains("\"one\""));
    }

    #[test]
    fn destinations_are_bounded_and_found_by_the_whole_name() {
        let forms = FormCache::default();
        for number in 0..100 {
            let found = Arc::new(FormDestination {
                url: number.to_string(),
                endpoint: Arc::new(endpoint()),
            });
            forms.remember_destination(&number.to_string(), &found);
        }
        assert_eq!(locked(&forms.destinations).len(), LIMIT);
        assert_eq!(
            forms.destination("99").map(|found| found.url.clone()).as_deref(),
            Some("99")
        );
        assert!(forms.destination("9").is_none());
        assert!(forms.destination("0").is_none());
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
