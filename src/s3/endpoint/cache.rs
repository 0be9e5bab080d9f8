//! Keeps the endpoints of one client, bounded, so that the rules run once a bucket.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Arc, PoisonError, RwLock};

use super::Endpoint;
use crate::model::EndpointContext;

/// The most endpoints that are kept. Beyond it half of them go, whichever: working one out again
/// costs microseconds, and clients with so many buckets are rare.
const CAPACITY: usize = 1024;

/// What of an operation bears on its endpoint, in a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot(u8);

impl Slot {
    pub(super) fn new(
        context: EndpointContext,
        is_get_bucket_location: bool,
        has_bucket: bool,
    ) -> Self {
        let bits = [
            context.use_s3_express_control_endpoint,
            context.disable_s3_express_session_auth,
            context.disable_access_points,
            context.use_object_lambda_endpoint,
            is_get_bucket_location,
            has_bucket,
        ];
        Self(bits.iter().fold(0, |slot, &bit| slot << 1 | u8::from(bit)))
    }
}

/// What is known of one bucket: a few entries, looked through in order.
type Entries = Vec<(Slot, Arc<Endpoint>)>;

/// A bounded map from a bucket and a slot to an endpoint.
#[derive(Debug, Default)]
pub(super) struct Cache {
    /// By bucket first, so that a look-up hashes a borrowed text and builds no key.
    buckets: RwLock<HashMap<Box<str>, Entries, BuildHasherDefault<BucketHasher>>>,
}

impl Cache {
    pub(super) fn get(&self, slot: Slot, bucket: &str) -> Option<Arc<Endpoint>> {
        let buckets = self.buckets.read().unwrap_or_else(PoisonError::into_inner);
        let entries = buckets.get(bucket)?;
        let (_, endpoint) = entries.iter().find(|(known, _)| *known == slot)?;
        Some(Arc::clone(endpoint))
    }

    pub(super) fn insert(&self, slot: Slot, bucket: &str, endpoint: Arc<Endpoint>) {
        let mut buckets = self.buckets.write().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= CAPACITY && !buckets.contains_key(bucket) {
            let mut keep = false;
            buckets.retain(|_, _| {
                keep = !keep;
                keep
            });
        }
        let entries = buckets.entry(bucket.into()).or_default();
        if entries.iter().all(|(known, _)| *known != slot) {
            entries.push((slot, endpoint));
        }
    }

    /// The number of buckets known.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        let buckets = self.buckets.read().unwrap_or_else(PoisonError::into_inner);
        buckets.len()
    }
}

/// Hashes eight bytes a step. The default hasher takes half of a look-up's time to withstand
/// chosen keys, which can do little against so small a map.
#[derive(Default)]
struct BucketHasher(u64);

impl BucketHasher {
    /// The golden ratio of 2^64, odd: it spreads each step over the upper bits.
    const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(Self::SPREAD);
    }
}

impl Hasher for BucketHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        let last = rest
            .iter()
            .fold(0, |word, &byte| word << 8 | u64::from(byte));
        self.mix(last);
    }

    fn write_u8(&mut self, _end_of_text: u8) {}

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}
