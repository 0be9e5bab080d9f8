//! Remembers the ready requests of one client's latest batches, so that small batches of one second
//! share them.

use std::ptr;
use std::sync::{Arc, Mutex, PoisonError};

use crate::clock::Timestamp;
use crate::model::{Member, Operation, ParamName};
use crate::s3::compiled_request::{CompiledParam, CompiledRequest, ReadyRequest};
use crate::s3::pipeline::Call;
use crate::s3::presigner::Presigner;

/// More kinds of batches than one client makes at a time; the oldest goes first.
const LIMIT: usize = 16;

/// The ready requests of one client's latest batches. All threads may share it.
///
/// All that a ready request depends on is compared: the parameters, the method, the lifetime, the
/// second and the credentials.
#[derive(Default)]
pub struct BatchCache(Mutex<Vec<CachedBatch>>);

#[derive(Clone)]
struct CachedBatch {
    operation: &'static Operation,
    params: Arc<[BatchParam]>,
    http_method: Option<Box<str>>,
    expires_in: i64,
    now: Timestamp,
    request: Arc<ReadyRequest>,
}

/// A parameter of such a batch.
#[derive(PartialEq)]
struct BatchParam {
    name: &'static str,
    value: BatchValue,
}

#[derive(PartialEq)]
enum BatchValue {
    String(Box<str>),
    Number(i64),
    Column,
}

impl BatchCache {
    /// The ready request of these parameters; columns are numbered as they come.
    ///
    /// The constants must be whole numbers or strings, and print as their values. `None` if such
    /// requests must be presigned one by one: they are not signed by S3's SigV4, or the pipeline
    /// refuses them.
    pub fn ready_request(
        &self,
        presigner: &Presigner,
        operation: &'static Operation,
        params: &[CompiledParam<'_>],
        call: &dyn Call,
    ) -> Option<Arc<ReadyRequest>> {
        let is_like = |batch: &CachedBatch| batch.is_like(operation, params);
        // Python may run when it is asked for the rest, and the lock is not held then.
        for batch in self.all(is_like) {
            if batch.is_good(presigner, call)? {
                return Some(batch.request);
            }
        }
        let request = Arc::new(presigner.ready_request(operation, params, call)?);
        let owned: Option<Arc<[BatchParam]>> = params.iter().map(BatchParam::of).collect();
        let Some(owned) = owned else {
            return Some(request);
        };
        let new = CachedBatch {
            operation,
            params: owned,
            http_method: call.http_method().ok()?.map(Into::into),
            expires_in: call.expires_in().ok()?,
            now: call.now().ok()?,
            request: Arc::clone(&request),
        };
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Ready requests of another second are not needed any more.
        all.retain(|batch| batch.now == new.now);
        if all.len() == LIMIT {
            all.remove(0);
        }
        all.push(new);
        Some(request)
    }

    fn all(&self, is_like: impl Fn(&CachedBatch) -> bool) -> Vec<CachedBatch> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().filter(|batch| is_like(batch)).cloned().collect()
    }
}

impl Presigner {
    /// A new ready request of these parameters, at the instant of `call`; `None` as
    /// [`BatchCache::ready_request`] says it.
    #[must_use]
    pub fn ready_request(
        &self,
        operation: &'static Operation,
        params: &[CompiledParam<'_>],
        call: &dyn Call,
    ) -> Option<ReadyRequest> {
        // Its signatures differ in length, which the rows of a batch must not. They are made like single
        // calls.
        if self.signs_by_sigv2 {
            return None;
        }
        let compiled = CompiledRequest::new(&self.pipeline(), operation, params, call)?;
        let CompiledRequest::V4(compiled) = compiled else {
            return None;
        };
        let credentials = self.credentials.credentials().ok()??;
        let key = self.key(&credentials, &compiled.endpoint, call.now().ok()?);
        Some(compiled.ready(key, &[]))
    }
}

impl CachedBatch {
    fn is_like(&self, operation: &'static Operation, params: &[CompiledParam<'_>]) -> bool {
        ptr::eq(self.operation, operation)
            && self.params.len() == params.len()
            && self.params.iter().zip(params).all(|(known, param)| known.is(param))
    }

    /// Whether a call has the same method, lifetime, second and credentials; `None` if one of them
    /// cannot be read.
    fn is_good(&self, presigner: &Presigner, call: &dyn Call) -> Option<bool> {
        let is_asked_for = call.http_method().ok()? == self.http_method.as_deref()
            && call.expires_in().ok()? == self.expires_in
            && call.now().ok()? == self.now;
        if !is_asked_for {
            return Some(false);
        }
        let credentials = presigner.credentials.credentials().ok()??;
        let known = self.request.key.credentials();
        Some(Arc::ptr_eq(known, &credentials) || known.same_as(&credentials))
    }
}

impl BatchParam {
    /// `None` if the value is not a string and not a small number.
    fn of(param: &CompiledParam<'_>) -> Option<Self> {
        Some(match param {
            CompiledParam::Column(Member { name, .. }, _) => Self {
                name,
                value: BatchValue::Column,
            },
            CompiledParam::Map(..) => return None,
            CompiledParam::Constant(param) => {
                let ParamName::Known(member) = param.name else {
                    return None;
                };
                let value = match param.string {
                    Some(string) => BatchValue::String(string.into()),
                    None => BatchValue::Number(param.value.small_integer()?),
                };
                Self {
                    name: member.name,
                    value,
                }
            }
        })
    }

    fn is(&self, param: &CompiledParam<'_>) -> bool {
        match (&self.value, param) {
            (BatchValue::Column, CompiledParam::Column(member, _)) => member.name == self.name,
            (BatchValue::String(known), CompiledParam::Constant(param)) => {
                param.is(self.name) && param.string == Some(known)
            }
            (BatchValue::Number(known), CompiledParam::Constant(param)) => {
                param.is(self.name) && param.string.is_none() && param.value.small_integer() == Some(*known)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Param, operations};
    use crate::s3::compiled_request::Column;
    use crate::s3::pipeline::OwnString;
    use crate::s3::tests::{CallAt, presigner};

    fn request(cache: &BatchCache, presigner: &Presigner, bucket: &str, at: i64) -> Arc<ReadyRequest> {
        let operation = &operations::GET_OBJECT;
        let bucket = OwnString(bucket.to_owned());
        let member = |name| operation.member(name).expect("a member");
        let column = Column::of(member("Key")).expect("a column");
        let params = [
            CompiledParam::Constant(Param::known(member("Bucket"), &bucket)),
            CompiledParam::Column(member("Key"), column),
        ];
        cache
            .ready_request(presigner, operation, &params, &CallAt(at))
            .expect("a ready request")
    }

    #[test]
    fn a_request_is_remembered_for_its_bucket_and_its_second() {
        let (cache, presigner) = (BatchCache::default(), presigner());
        let first = request(&cache, &presigner, "photos", 0);
        assert!(Arc::ptr_eq(&first, &request(&cache, &presigner, "photos", 0)));
        assert!(!Arc::ptr_eq(&first, &request(&cache, &presigner, "films", 0)));
        assert!(Arc::ptr_eq(&first, &request(&cache, &presigner, "photos", 0)));
        assert!(!Arc::ptr_eq(&first, &request(&cache, &presigner, "photos", 1)));
    }

    #[test]
    fn requests_are_bounded_and_those_of_past_seconds_go_first() {
        let (cache, presigner) = (BatchCache::default(), presigner());
        for at in 0..100 {
            let _ = request(&cache, &presigner, "photos", at);
        }
        assert_eq!(cache.all(|_| true).len(), 1);
        for number in 0..100 {
            let _ = request(&cache, &presigner, &format!("photos-{number}"), 0);
        }
        assert_eq!(cache.all(|_| true).len(), LIMIT);
    }
}
