//! A bounded table of compiled requests by the fingerprints of their shapes.

use std::sync::Arc;

use super::cached_request::CachedRequest;

/// Fingerprints that select the same set share its places; the one put in first leaves it first. If more shapes take
/// turns than a set has places, none of them is ever found: with 8 places that is rare, and with 4 it was not.
const SETS: usize = 64;
const WAYS: usize = 8;

/// What is known of the calls of one shape.
#[derive(Clone)]
pub(in crate::s3) enum KnownRequest {
    /// They have never occurred.
    New,
    /// They have occurred once, which does not pay for more.
    Once,
    /// Their request cannot be compiled, and they take the slow path.
    Uncompilable,
    /// Their request.
    Compiled(Arc<CachedRequest>),
}

/// A bounded number of compiled requests. Two shapes may share a fingerprint, so the cache compares
/// the shape of what it finds.
#[derive(Default)]
pub(super) struct Table {
    /// Empty until the first call.
    sets: Vec<Set>,
}

#[derive(Clone)]
struct Set {
    entries: [(u64, KnownRequest); WAYS],
    /// The place that is filled next.
    next: u8,
}

impl Table {
    /// What is known under a fingerprint. If nothing is, it counts as having occurred from now on.
    pub(super) fn meet(&mut self, fingerprint: u64) -> KnownRequest {
        let set = self.set(fingerprint);
        if let Some((_, known)) = set.entries.iter().find(|(known, _)| *known == fingerprint) {
            return known.clone();
        }
        set.replace(fingerprint, KnownRequest::Once);
        KnownRequest::New
    }

    /// Puts something under a fingerprint, and returns what it displaced.
    pub(super) fn put(&mut self, fingerprint: u64, known: KnownRequest) -> KnownRequest {
        let set = self.set(fingerprint);
        match set.entries.iter_mut().find(|(known, _)| *known == fingerprint) {
            Some((_, entry)) => std::mem::replace(entry, known),
            None => set.replace(fingerprint, known),
        }
    }

    fn set(&mut self, fingerprint: u64) -> &mut Set {
        if self.sets.is_empty() {
            self.sets.resize(SETS, Set::default());
        }
        let at = usize::try_from(fingerprint >> 32).unwrap_or_default() % self.sets.len();
        &mut self.sets[at]
    }
}

impl Default for Set {
    fn default() -> Self {
        Self {
            entries: std::array::from_fn(|_| (0, KnownRequest::New)),
            next: 0,
        }
    }
}

impl Set {
    fn replace(&mut self, fingerprint: u64, known: KnownRequest) -> KnownRequest {
        let at = usize::from(self.next) % WAYS;
        self.next = self.next.wrapping_add(1);
        let (_, had) = std::mem::replace(&mut self.entries[at], (fingerprint, known));
        had
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::Fingerprint;

    /// Fingerprints that are spread over the sets.
    fn fingerprint(number: u64) -> u64 {
        (number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    #[test]
    fn a_fingerprint_is_new_once() {
        let mut table = Table::default();
        assert!(matches!(table.meet(fingerprint(1)), KnownRequest::New));
        assert!(matches!(table.meet(fingerprint(1)), KnownRequest::Once));
        assert!(matches!(table.meet(fingerprint(2)), KnownRequest::New));
        table.put(fingerprint(1), KnownRequest::Uncompilable);
        assert!(matches!(table.meet(fingerprint(1)), KnownRequest::Uncompilable));
    }

    #[test]
    fn shapes_that_take_turns_are_found_again() {
        // The addresses in the fingerprints differ from process to process.
        for address in (0x7F00_0000_0000..).step_by(0x1238).take(2000) {
            let mut table = Table::default();
            let shape = |lifetime: u64| {
                let mut hash = Fingerprint::default();
                for word in [address, lifetime, address + 0x450] {
                    hash.add(word);
                }
                hash.value()
            };
            for lifetime in 300..350 {
                table.meet(shape(lifetime));
            }
            let is_known = |lifetime| !matches!(table.meet(shape(lifetime)), KnownRequest::New);
            assert!((300..350).all(is_known), "{address:x}");
        }
    }

    #[test]
    fn the_table_is_bounded_and_the_latest_are_in_it() {
        let mut table = Table::default();
        for number in 0..100_000 {
            table.meet(fingerprint(number));
        }
        assert_eq!(table.sets.len(), SETS);
        let known = |number| {
            let mut entries = table.sets.iter().flat_map(|set| &set.entries);
            entries.any(|(known, _)| *known == fingerprint(number))
        };
        assert!((99_990..100_000).all(known));
        assert!(!(0..10).any(known));
    }
}
