//! Remembers the keys of `SigV4A`: to derive one takes as long as to sign with it.

use std::sync::{Arc, Mutex, TryLockError};

use sha2::{Digest as _, Sha256};

use crate::{PrivateKey, Refused, sigv4a};

/// How many are remembered. Programs sign with few credentials at a time.
const MOST: usize = 16;

struct Remembered {
    /// The hash of the credentials, so that no secret is held a second time.
    of: [u8; 32],
    key: Arc<PrivateKey>,
}

/// The last one used is at the end.
static REMEMBERED: Mutex<Vec<Remembered>> = Mutex::new(Vec::new());

/// The key of these credentials, remembered or derived.
///
/// # Errors
/// As [`sigv4a::derived`].
pub(super) fn key(access_key: &str, secret_key: &str) -> Result<Arc<PrivateKey>, Refused> {
    let mut hash = Sha256::new();
    hash.update(access_key.len().to_be_bytes());
    hash.update(access_key);
    hash.update(secret_key);
    let of: [u8; 32] = hash.finalize().into();
    let known = with(|all| {
        let place = all.iter().position(|one| one.of == of)?;
        all[place..].rotate_left(1);
        all.last().map(|one| Arc::clone(&one.key))
    });
    if let Some(key) = known.flatten() {
        return Ok(key);
    }
    let key = Arc::new(sigv4a::derived(access_key, secret_key)?);
    with(|all| {
        if all.len() >= MOST {
            all.remove(0);
        }
        all.push(Remembered {
            of,
            key: Arc::clone(&key),
        });
    });
    Ok(key)
}

/// Nobody waits: a fork may have left the lock locked, and then each call derives its key.
fn with<T>(use_them: impl FnOnce(&mut Vec<Remembered>) -> T) -> Option<T> {
    match REMEMBERED.try_lock() {
        Ok(mut all) => Some(use_them(&mut all)),
        Err(TryLockError::Poisoned(all)) => Some(use_them(&mut all.into_inner())),
        Err(TryLockError::WouldBlock) => None,
    }
}
