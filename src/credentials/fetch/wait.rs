//! Waits for one request on the caller's own thread, and stops when the caller is called away.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::time::timeout;

use super::failure::{Failure, Kind};

/// How long an interrupt may go unseen.
const TICK: Duration = Duration::from_millis(25);

/// Waits until the request is done, or until `interrupted` says why not to.
///
/// The runtime lives as long as the call: nothing of it is there when the process forks or ends.
/// Without `interrupted` there is no tick either.
///
/// # Errors
/// What `interrupted` gave. The request's own failure is inside the result.
pub fn wait<T, E>(
    request: impl Future<Output = Result<T, Failure>>,
    interrupted: Option<impl FnMut() -> Result<(), E>>,
) -> Result<Result<T, Failure>, E> {
    let runtime = match Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return Ok(Err(Failure::new(Kind::Setting, error.to_string()))),
    };
    let outcome = runtime.block_on(async {
        let mut request = pin!(request);
        let Some(mut interrupted) = interrupted else {
            return Ok(request.await);
        };
        loop {
            match timeout(TICK, request.as_mut()).await {
                Ok(outcome) => return Ok(outcome),
                Err(_) => interrupted()?,
            }
        }
    });
    // A name look-up cannot be cancelled: dropping the runtime would wait for it.
    runtime.shutdown_background();
    outcome
}
