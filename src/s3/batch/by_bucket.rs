//! Caches, by bucket, what the rows of one batch share.

use std::collections::HashMap;

/// The buckets that are remembered. A batch over more of them is rare, and making a value again
/// costs little more than a single call.
const CAPACITY: usize = 1024;

/// A value for each bucket. It is made when a bucket occurs for the second time: for a bucket that
/// occurs once it does not pay.
pub(super) struct ByBucket<T>(HashMap<Box<str>, Known<T>>);

/// What is known of one bucket.
enum Known<T> {
    /// It has occurred once.
    Once,
    Made(T),
    /// No value can be made for it.
    Impossible,
}

impl<T> Default for ByBucket<T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<T: Clone> ByBucket<T> {
    /// The value for a bucket. With `will_recur`, it is made the first time.
    pub(super) fn find(&mut self, bucket: &str, will_recur: bool, make: impl FnOnce() -> Option<T>) -> Option<T> {
        match self.0.get(bucket) {
            Some(Known::Made(value)) => return Some(value.clone()),
            Some(Known::Impossible) => return None,
            None if !will_recur => {
                if self.0.len() >= CAPACITY {
                    self.0.clear();
                }
                self.0.insert(bucket.into(), Known::Once);
                return None;
            }
            Some(Known::Once) | None => {}
        }
        let value = make();
        let known = value.clone().map_or(Known::Impossible, Known::Made);
        self.0.insert(bucket.into(), known);
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_made_once_for_a_bucket_that_recurs() {
        let mut known = ByBucket::default();
        let never = || -> Option<u8> { panic!("it is known") };
        assert_eq!(known.find("a", false, never), None);
        assert_eq!(known.find("a", false, || Some(1)), Some(1));
        assert_eq!(known.find("a", false, never), Some(1));
        assert_eq!(known.find("b", true, || None), None);
        assert_eq!(known.find("b", true, never), None);
        for number in 0..CAPACITY {
            known.find(&number.to_string(), false, never);
        }
        assert!(known.0.len() <= CAPACITY);
    }
}
