//! Credentials from a service, for Python: never printed, and wiped on drop.

pub use secrecy::{ExposeSecret, SecretString as Secret};

/// An access key pair, and a token if it is temporary.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The access key's id. It is public: every URL shows it.
    pub access_key: String,
    /// The secret access key.
    pub secret_key: Secret,
    /// The session token of temporary credentials.
    pub token: Option<Secret>,
}
