//! Remembers the endpoints of one client, so that the rules run once for each bucket.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Arc, PoisonError, RwLock};

use super::pipeline::endpoint::{Endpoint, EndpointSettings, ResolveEndpoint, is_get_bucket_location};
use crate::error::Error;
use crate::model::{EndpointContext, Operation};

/// The most buckets that are remembered. Beyond it any half of them is forgotten: running the rules
/// again costs microseconds, and clients with so many buckets are rare.
const CAPACITY: usize = 1024;

/// All that the endpoint of a bucket depends on beside the client, in one byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Conditions(u8);

impl Conditions {
    fn new(context: EndpointContext, is_get_bucket_location: bool, has_bucket: bool) -> Self {
        let bits = [
            context.use_s3_express_control_endpoint,
            context.disable_s3_express_session_auth,
            context.disable_access_points,
            context.use_object_lambda_endpoint,
            is_get_bucket_location,
            has_bucket,
        ];
        Self(bits.iter().fold(0, |byte, &bit| byte << 1 | u8::from(bit)))
    }
}

/// The endpoints of one bucket: a few, searched in order.
type BucketEndpoints = Vec<(Conditions, Arc<Endpoint>)>;

/// The endpoints of one client. All threads may share it.
#[derive(Debug)]
pub(super) struct EndpointCache {
    settings: EndpointSettings,
    /// By bucket first, so that a look-up hashes a borrowed string and builds no key.
    buckets: RwLock<HashMap<Box<str>, BucketEndpoints, BuildHasherDefault<BucketHasher>>>,
}

impl EndpointCache {
    /// The endpoints of a client with these settings.
    pub(super) fn new(settings: EndpointSettings) -> Self {
        Self {
            settings,
            buckets: RwLock::default(),
        }
    }

    fn get(&self, conditions: Conditions, bucket: &str) -> Option<Arc<Endpoint>> {
        let buckets = self.buckets.read().unwrap_or_else(PoisonError::into_inner);
        let endpoints = buckets.get(bucket)?;
        let (_, endpoint) = endpoints.iter().find(|(known, _)| *known == conditions)?;
        Some(Arc::clone(endpoint))
    }

    fn insert(&self, conditions: Conditions, bucket: &str, endpoint: Arc<Endpoint>) {
        let mut buckets = self.buckets.write().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= CAPACITY && !buckets.contains_key(bucket) {
            let mut keep = false;
            buckets.retain(|_, _| {
                keep = !keep;
                keep
            });
        }
        let endpoints = buckets.entry(bucket.into()).or_default();
        if endpoints.iter().all(|(known, _)| *known != conditions) {
            endpoints.push((conditions, endpoint));
        }
    }
}

impl ResolveEndpoint for EndpointCache {
    fn resolve(&self, operation: &Operation, bucket: Option<&str>) -> Result<Arc<Endpoint>, Error> {
        let is_get_bucket_location = is_get_bucket_location(operation);
        let conditions = Conditions::new(operation.endpoint, is_get_bucket_location, bucket.is_some());
        let name = bucket.unwrap_or_default();
        if let Some(endpoint) = self.get(conditions, name) {
            return Ok(endpoint);
        }
        let endpoint = self.settings.resolve(operation, bucket)?;
        self.insert(conditions, name, Arc::clone(&endpoint));
        Ok(endpoint)
    }
}

/// Hashes eight bytes a step. The default hasher takes half of a look-up's time, to protect against
/// names that were chosen to collide. Those do little harm to so small a map.
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
        let last = rest.iter().fold(0, |word, &byte| word << 8 | u64::from(byte));
        self.mix(last);
    }

    fn write_u8(&mut self, _end_of_string: u8) {}

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Value;

    fn settings(region: &str) -> EndpointSettings {
        EndpointSettings {
            builtins: vec![("Region".to_owned(), Value::from(region.to_owned()))],
            use_global_endpoint: true,
            use_ssl: true,
            ..EndpointSettings::default()
        }
    }

    #[test]
    fn the_second_call_gets_the_same_endpoint_and_operations_do_not_share_one() {
        let client = EndpointCache::new(settings("eu-central-1"));
        let ask = |method, bucket| {
            let operation = Operation::by_method_name(method).unwrap();
            client.resolve(operation, bucket).unwrap()
        };
        let first = ask("get_object", Some("mybucket"));
        assert!(Arc::ptr_eq(&first, &ask("put_object", Some("mybucket"))));
        // These two tell the rules the same; one of them must have path style all the same.
        assert_eq!(ask("get_bucket_policy", Some("mybucket")).path, "");
        assert_eq!(ask("get_bucket_location", Some("mybucket")).path, "/mybucket");
        assert_eq!(ask("list_buckets", None).authority, "s3.amazonaws.com");
        assert_eq!(
            ask("list_directory_buckets", None).authority,
            "s3express-control.eu-central-1.amazonaws.com"
        );
        assert!(Arc::ptr_eq(&first, &ask("get_object", Some("mybucket"))));
    }

    #[test]
    fn a_client_of_many_buckets_remembers_a_bounded_number_of_endpoints() {
        let client = EndpointCache::new(settings("eu-central-1"));
        let operation = Operation::by_method_name("get_object").unwrap();
        for number in 0..3000 {
            let bucket = format!("bucket-{number}");
            let endpoint = client.resolve(operation, Some(&bucket)).unwrap();
            assert_eq!(endpoint.authority, format!("{bucket}.s3.amazonaws.com"));
            assert!(client.buckets.read().unwrap().len() <= 1024);
        }
        assert!(client.buckets.read().unwrap().len() >= 512);
    }
}
