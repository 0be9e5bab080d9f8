//! S3 presigned URLs and POST policies, byte for byte as boto3 makes them.
//!
//! Read the files in this order; each imports only what stands above it:
//!
//! 1. [`error`], [`clock`], [`encode`], [`hash`], [`scratch`], [`surrogate`], [`urlsplit`]: values and
//!    primitives, no S3 in them.
//! 2. [`credentials`]: keys that cannot be printed, and the trait they come through.
//! 3. [`request`]: a request that is complete but for its signature.
//!    [`sigv4`]: Signature Version 4 as a folder, one step a file. [`sigv2`]: its predecessor, in one.
//! 4. [`rules`]: an evaluator for AWS endpoint rule sets, and the generated S3 rules and partitions.
//! 5. [`model`]: generated operation tables, and the validation of parameters against them.
//! 6. [`s3`]: what S3 adds: special parameters, the endpoint for presigning, the URL, the POST policy.
//! 7. `python`: the only folder that names `pyo3`.
//!
//! `ARCHITECTURE.md` draws the pipeline; `tests/layering/` holds the order above.

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
pub mod sigv2;
pub mod sigv4;
pub mod surrogate;
pub mod urlsplit;
