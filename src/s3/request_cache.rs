//! Remembers the compiled requests of one client, under the shapes of the calls that made them.

mod cached_request;
mod call_shape;
mod plain_map;
mod table;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use cached_request::CachedRequest;
pub use call_shape::CallShape;
pub(super) use call_shape::Members;
pub(super) use table::KnownRequest;

use super::pipeline::{Call, Pipeline, SignedBy};
use crate::model::Param;
use table::Table;

/// The compiled requests of one client. All threads may share it: the lock is held for a
/// comparison.
#[derive(Default)]
pub(super) struct RequestCache(Mutex<Table>);

impl RequestCache {
    /// What is known of calls of this shape. It counts this call, so ask once for each.
    ///
    /// Two shapes may share a fingerprint. The whole shape is therefore compared: the request of
    /// another bucket would sign for that bucket.
    pub(super) fn find(&self, shape: &CallShape<'_>) -> KnownRequest {
        let known = self.table().meet(shape.fingerprint());
        match known {
            KnownRequest::Compiled(request) if !request.is_of(shape) => KnownRequest::Uncompilable,
            known => known,
        }
    }

    /// Compiles the request of a call that was just signed.
    pub(super) fn learn(
        &self,
        pipeline: &Pipeline<'_>,
        shape: &CallShape<'_>,
        given: &[Param<'_>],
        call: &dyn Call,
        signed_by: SignedBy,
    ) {
        let known = match CachedRequest::compile(pipeline, shape, given, call, signed_by) {
            None => KnownRequest::Uncompilable,
            Some(request) => KnownRequest::Compiled(Arc::new(request)),
        };
        self.put(shape.fingerprint(), known);
    }

    /// Puts a request in the place of the one that it was renewed from.
    pub(super) fn renew(&self, request: &Arc<CachedRequest>) {
        // A request with constants belongs to the call site that made it.
        if request.is_of_whole_shape() {
            let known = KnownRequest::Compiled(Arc::clone(request));
            self.put(request.fingerprint(), known);
        }
    }

    /// Remembers something under a fingerprint.
    pub(super) fn put(&self, fingerprint: u64, known: KnownRequest) {
        let forgotten = self.table().put(fingerprint, known);
        // The lock is released by now: what was forgotten is wiped without it.
        drop(forgotten);
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        // A panic elsewhere cannot have left half an entry behind.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
