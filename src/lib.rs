//! S3 presigned URLs and POST policies, byte for byte as boto3 makes them.
//!
//! Read the files in this order; each imports only what stands above it:
//!
//! 1. [`error`], [`arguments`], [`clock`], [`encode`], [`hash`], [`scratch`], [`surrogate`], [`urlsplit`]: values
//!    and primitives. They know nothing of S3.
//! 2. [`credentials`]: an access key and its secret, which cannot be printed, and the trait that
//!    provides them.
//! 3. [`request`]: a request that lacks only its signature.
//! 4. [`sigv4`]: Signature Version 4, one step a file. Read it from top to bottom and you can sign by
//!    hand. [`sigv2`]: the older signature.
//! 5. [`services`]: requests to any service of AWS, signed in their URL or in a header.
//! 6. [`rules`]: an evaluator for AWS endpoint rule sets, and the generated rules and partitions of S3.
//! 7. [`model`]: the operations as generated tables, and the validation of parameters against them.
//! 8. [`s3`]: what S3 adds. `s3/pipeline/` takes one call from its parameters to a URL or a form; the
//!    files beside it remember what the next call can reuse.
//! 9. `python`: the binding, and the only folder that names `pyo3`.
//!
//! Where a change goes: a rule about parameters, endpoints or policies into `s3/pipeline/`; a step of
//! the signing process into [`sigv4`]; anything about Python objects into `python`. Operations and
//! endpoint rules are generated: see `scripts/`.
//!
//! `docs/ARCHITECTURE.md` draws the pipeline. `tests/layering/` checks the order above, and that
//! no files import each other in a circle.

pub mod arguments;
pub mod clock;
pub mod credentials;
pub mod encode;
pub mod error;
pub mod hash;
pub mod model;
#[cfg(feature = "python")]
mod python;
pub mod request;
pub mod rules;
pub mod s3;
pub mod scratch;
pub mod services;
pub mod sigv2;
pub mod sigv4;
pub mod surrogate;
pub mod urlsplit;
