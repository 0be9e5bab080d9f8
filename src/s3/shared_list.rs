//! A short list that the threads of one client share.

use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A list that is replaced as a whole: readers hold no lock, and removed items are dropped when the
/// lock is free. Python objects may run code when they are dropped.
pub(super) struct SharedList<T>(Mutex<Arc<Vec<Arc<T>>>>);

impl<T> Default for SharedList<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> SharedList<T> {
    /// The items as they are now.
    #[must_use]
    pub(super) fn items(&self) -> Arc<Vec<Arc<T>>> {
        Arc::clone(&self.locked())
    }

    /// Changes the list for later readers. The lock is held meanwhile.
    pub(super) fn change(&self, change: impl FnOnce(&mut Vec<Arc<T>>)) {
        let mut items = self.locked();
        let mut changed = Vec::clone(&items);
        change(&mut changed);
        let old = mem::replace(&mut *items, Arc::new(changed));
        drop(items);
        drop(old);
    }

    /// A list is complete at any time: a panic elsewhere cannot have left half of it.
    fn locked(&self) -> MutexGuard<'_, Arc<Vec<Arc<T>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
