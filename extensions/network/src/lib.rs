//! Asks AWS's own services for credentials that expire: one blocking call each, and nothing is remembered.
//!
//! A caller opens a [`Network`], begins one of the requests below, and is [`Waiting`] for it.
//! Which of them to ask, when, and in what order is not decided here: the Python package does that,
//! which loads this as `presigned._network` when it must fetch credentials, and not before.

mod connection;
pub mod container;
mod credentials;
mod failure;
#[cfg(feature = "python")]
#[path = "../../../src/python/interpreter.rs"]
mod interpreter;
mod json;
pub mod login;
pub mod metadata;
mod network;
#[cfg(feature = "python")]
mod python;
mod sdk;
pub mod sso;
pub mod sts;
mod wait;

pub use credentials::{Credentials, ExposeSecret, Secret};
pub use failure::{Failure, FailureKind};
pub use network::{Network, OpenNetwork};
pub use wait::Waiting;

/// Credentials as a service hands them out.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// What to sign with.
    pub credentials: Credentials,
    /// The account they belong to, if the service said so.
    pub account_id: Option<String>,
    /// When they expire, in seconds since 1970, if they do.
    pub expiry: Option<f64>,
}
