//! What the network layer makes of every answer that there is.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

mod metadata;
mod server;
mod session;
mod sign_in;
mod sts;

use std::convert::Infallible;
use std::future::Future;
use std::time::Duration;

use _network::{Failure, Network, Waiting};

const NEVER: Option<fn() -> Result<(), Infallible>> = None;

fn network(url: &str) -> Network {
    Network {
        region: Some("eu-central-1".into()),
        endpoint_url: Some(url.into()),
        use_fips: false,
        use_dualstack: false,
        connect_timeout: Duration::from_secs(5),
        read_timeout: Duration::from_secs(5),
        attempts: 1,
        ca_bundle: None,
    }
}

fn done<T>(request: impl Future<Output = Result<T, Failure>> + Send) -> Result<T, Failure> {
    let Ok(outcome) = Waiting::begin(request)?.wait(NEVER);
    outcome
}
