//! Signs several messages by several threads.

use std::num::NonZero;
use std::thread;

use crate::{Algorithm, PrivateKey, Refused};

/// The signatures, in the order of the messages.
///
/// # Errors
/// The first that failed.
pub(super) fn signed<M: AsRef<[u8]> + Sync>(
    key: &PrivateKey,
    messages: &[M],
    algorithm: Algorithm,
    threads: usize,
) -> Result<Vec<Vec<u8>>, Refused> {
    let sign = |messages: &[M]| -> Result<Vec<Vec<u8>>, Refused> {
        messages
            .iter()
            .map(|message| key.sign(message.as_ref(), algorithm))
            .collect()
    };
    let threads = NonZero::new(threads).unwrap_or(NonZero::<usize>::MIN);
    let share = messages.len().div_ceil(threads.get()).max(1);
    let mut shares = messages.chunks(share);
    let first = shares.next().unwrap_or_default();
    thread::scope(|scope| {
        let others: Vec<_> = shares
            // A system that has no more threads leaves the share to this one.
            .map(|share| {
                let started = thread::Builder::new().spawn_scoped(scope, move || sign(share));
                (share, started.ok())
            })
            .collect();
        let mut signatures = sign(first)?;
        for (share, other) in others {
            let done = match other {
                Some(other) => other.join().unwrap_or(Err(Refused::Failed)),
                None => sign(share),
            };
            signatures.extend(done?);
        }
        Ok(signatures)
    })
}
