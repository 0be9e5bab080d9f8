//! Remembers the kinds of forms that a client makes again and again.
//!
//! To remember a kind costs more than it saves once, and each kind costs forms of other kinds a
//! comparison. So a kind must occur twice, there are few kinds, and only some forms may become one.

use std::sync::{Arc, Mutex, PoisonError};

use super::shared_list::SharedList;
use crate::hash::Fingerprint;

/// The kinds that one client remembers.
const CAPACITY: usize = 4;

/// The fingerprints of the latest forms of unknown kinds.
const FINGERPRINTS: usize = 16;

/// One form in so many may become a kind: some forms never can, and to try costs time.
const TRY_EVERY: usize = 4;

/// Once there are enough kinds, one form in so many replaces an older one. If many kinds
/// take turns, each is forgotten before it recurs, and should not cost the time to remember it.
const REPLACE_EVERY: usize = 16;

/// The kinds of forms that one client remembers, as `T`. All threads may share it.
pub(super) struct FormKinds<T> {
    kinds: SharedList<T>,
    unknown: Mutex<Unknown>,
}

/// The forms of unknown kinds.
#[derive(Default)]
struct Unknown {
    fingerprints: [u64; FINGERPRINTS],
    count: usize,
}

impl<T> Default for FormKinds<T> {
    fn default() -> Self {
        Self {
            kinds: SharedList::default(),
            unknown: Mutex::default(),
        }
    }
}

impl<T> FormKinds<T> {
    /// The kinds that are known.
    #[must_use]
    pub(super) fn kinds(&self) -> Arc<Vec<Arc<T>>> {
        self.kinds.items()
    }

    /// Remembers the kind that `make` returns for a form of an unknown kind, if a form with these
    /// conditions was met before and it is its turn.
    ///
    /// Two strings may have one fingerprint: then a kind is remembered earlier than it pays.
    ///
    /// # Errors
    /// What `make` returns.
    pub(super) fn meet<E>(&self, conditions: &str, make: impl FnOnce() -> Result<Option<T>, E>) -> Result<(), E> {
        let Some(turn) = self.turn(Fingerprint::of(conditions)) else {
            return Ok(());
        };
        if let Some(kind) = make()? {
            self.kinds.change(|kinds| {
                if kinds.len() < CAPACITY {
                    kinds.push(Arc::new(kind));
                } else {
                    kinds[turn / REPLACE_EVERY % CAPACITY] = Arc::new(kind);
                }
            });
        }
        Ok(())
    }

    /// The number of a form, if it may become a kind.
    fn turn(&self, fingerprint: u64) -> Option<usize> {
        let is_full = self.kinds.items().len() >= CAPACITY;
        let mut unknown = self.unknown.lock().unwrap_or_else(PoisonError::into_inner);
        unknown.count = unknown.count.wrapping_add(1);
        let turn = unknown.count;
        if !unknown.fingerprints.contains(&fingerprint) {
            unknown.fingerprints[turn % FINGERPRINTS] = fingerprint;
            return None;
        }
        let every = if is_full { REPLACE_EVERY } else { TRY_EVERY };
        turn.is_multiple_of(every).then_some(turn)
    }

    /// Replaces a kind by what it is in another second, unless another thread was faster.
    pub(super) fn renew(&self, old: &Arc<T>, renewed: T) {
        self.kinds.change(|kinds| {
            let place = kinds.iter_mut().find(|kind| Arc::ptr_eq(kind, old));
            if let Some(place) = place {
                *place = Arc::new(renewed);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meet(kinds: &FormKinds<String>, conditions: &str) {
        let made: Result<(), ()> = kinds.meet(conditions, || Ok(Some(conditions.to_owned())));
        made.expect("no error");
    }

    #[test]
    fn a_kind_is_remembered_once_it_recurs_and_replaced_where_it_stands() {
        let kinds = FormKinds::default();
        meet(&kinds, "a");
        assert!(kinds.kinds().is_empty());
        for _ in 0..TRY_EVERY {
            meet(&kinds, "a");
        }
        let known = kinds.kinds();
        assert_eq!(known.len(), 1);
        kinds.renew(&known[0], "b".to_owned());
        assert_eq!(*kinds.kinds()[0], "b");
        kinds.renew(&known[0], "c".to_owned());
        assert_eq!(*kinds.kinds()[0], "b", "the one to replace is gone");
    }

    #[test]
    fn kinds_are_bounded_and_those_that_never_recur_are_not_remembered() {
        let kinds = FormKinds::default();
        for number in 0..1000 {
            meet(&kinds, &number.to_string());
        }
        assert!(kinds.kinds().is_empty());
        for number in 0..1000 {
            meet(&kinds, &(number % 10).to_string());
        }
        assert_eq!(kinds.kinds().len(), CAPACITY);
    }
}
