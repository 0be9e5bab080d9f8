//! Waits for one request on the caller's own thread, and stops when the caller is interrupted.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;

use super::failure::{Failure, FailureKind};

/// The longest time until an interrupt is noticed.
const TICK: Duration = Duration::from_millis(25);

/// A request on its way.
///
/// Its runtime exists only during the call: no part of it is left when the process forks or ends.
pub struct Waiting<'a, T> {
    request: Pin<Box<dyn Future<Output = Result<T, Failure>> + Send + 'a>>,
    outcome: Option<Result<T, Failure>>,
    runtime: Runtime,
}

impl<'a, T> Waiting<'a, T> {
    /// Does all the work that needs no network.
    ///
    /// The process's own tables (of partitions, certificates and the like) are filled at their
    /// first use, behind locks. Call this while the GIL is held: then no `fork` can happen
    /// meanwhile, which would leave a lock locked for ever in the child.
    ///
    /// # Errors
    /// The system cannot create a runtime to wait with.
    pub fn begin(request: impl Future<Output = Result<T, Failure>> + Send + 'a) -> Result<Self, Failure> {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Failure::new(FailureKind::Setting, error.to_string()))?;
        let mut request = Box::pin(request);
        let first = poll_fn(|context| Poll::Ready(request.as_mut().poll(context)));
        let outcome = match runtime.block_on(first) {
            Poll::Ready(outcome) => Some(outcome),
            Poll::Pending => None,
        };
        Ok(Self {
            request,
            outcome,
            runtime,
        })
    }

    /// Waits until the request is done, or until `interrupted` says why not to.
    ///
    /// Without `interrupted` there is no tick either.
    ///
    /// # Errors
    /// What `interrupted` gave. The request's own failure is inside the result.
    pub fn wait<E>(self, interrupted: Option<impl FnMut() -> Result<(), E>>) -> Result<Result<T, Failure>, E> {
        let Self {
            mut request,
            outcome,
            runtime,
        } = self;
        let outcome = match outcome {
            Some(outcome) => Ok(outcome),
            None => runtime.block_on(async move {
                let Some(mut interrupted) = interrupted else {
                    return Ok(request.await);
                };
                loop {
                    match timeout(TICK, request.as_mut()).await {
                        Ok(outcome) => return Ok(outcome),
                        Err(_) => interrupted()?,
                    }
                }
            }),
        };
        // A name look-up cannot be cancelled: dropping the runtime would wait for it.
        runtime.shutdown_background();
        outcome
    }
}

impl<T> fmt::Debug for Waiting<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Waiting(…)")
    }
}
