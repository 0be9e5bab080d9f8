//! Asks AWS's own services for credentials that expire, each by one blocking call. Nothing is cached.
//!
//! A caller opens a [`Network`], begins one of the requests below, and is [`Waiting`] for it.
//! The Python package decides which service to ask, when, and in what order. It loads this as
//! `presigned._network` only when it must fetch credentials.

mod connection;
pub mod container;
mod credentials;
mod failure;
#[cfg(feature = "python")]
#[path = "../../interpreter.rs"]
mod interpreter;
mod json;
pub mod login;
pub mod metadata;
mod network;
#[cfg(feature = "python")]
mod python;
mod sdk;
pub mod session;
pub mod sso;
pub mod sts;
mod wait;

pub use credentials::{Credentials, ExposeSecret, Secret};
pub use failure::{Failure, FailureKind};
pub use network::{Network, OpenNetwork};
pub use wait::Waiting;

/// Credentials as a service returns them.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// The credentials to sign with.
    pub credentials: Credentials,
    /// Their account, if the service gave it.
    pub account_id: Option<String>,
    /// When they expire, in seconds since 1970, if they do.
    pub expiry: Option<f64>,
}
