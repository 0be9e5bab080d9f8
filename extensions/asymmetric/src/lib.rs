//! Signs with private keys: RSA by PKCS#1 v1.5, and ECDSA P-256, each over SHA-1 or SHA-256.
//!
//! `CloudFront` wants such signatures of its policies, and `SigV4A` of its strings to sign. Equal
//! messages get equal signatures, by either kind of key.
//! The Python package loads this as `presigned._asymmetric` when it must sign with such a key.

mod algorithm;
#[cfg(feature = "python")]
#[path = "../../interpreter.rs"]
mod interpreter;
mod pem;
mod private_key;
#[cfg(feature = "python")]
mod python;
mod refused;
mod sigv4a;

pub use algorithm::Algorithm;
pub use private_key::PrivateKey;
pub use refused::Refused;
pub use sigv4a::derived;
