//! Turns an unsigned request into a presigned URL by Signature Version 4, one step a file.
//!
//! To sign by hand, follow [AWS's own description of the steps][steps] and of
//! [the query form][query]:
//!
//! 1. `credential.rs`: name the credential: the access key and the credential scope, which is a date,
//!    a region and a service.
//! 2. `signed_headers.rs`: list the headers that the sender must send. `Host` is always one.
//! 3. `parameters.rs`: add six parameters to the query that say all this.
//! 4. `canonical_request.rs`: write method, path, query and headers in the one order and
//!    spelling that signer and server agree on.
//! 5. `string_to_sign.rs`: hash the canonical request, and write the hash below the date and the
//!    credential scope.
//! 6. `signing_key.rs`: derive the signing key from the secret key and the credential scope. The HMAC
//!    of the string to sign under this key is `X-Amz-Signature`, which ends the URL.
//!
//! `presign.rs` takes all steps in turn. `asymmetric.rs` does so by `SigV4A`. The part that is the same for many requests is a
//! [`ScopedKey`] (`scoped_key.rs`); a [`KeyCache`] (`key_cache.rs`), the signing key cache, remembers
//! the latest of them.
//!
//! [steps]: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
//! [query]: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html

mod asymmetric;
mod canonical_request;
mod credential;
mod key_cache;
mod parameters;
mod presign;
mod scoped_key;
mod signed_headers;
mod signing_key;
mod string_to_sign;

pub use asymmetric::presign as presign_asymmetric;
pub use canonical_request::Convention;
pub(crate) use canonical_request::append as append_canonical_request;
pub use credential::Scope;
pub use key_cache::KeyCache;
pub(crate) use parameters::{Parameters, SECURITY_TOKEN};
pub use presign::{Draft, canonical_request, draft, presign, presign_by};
pub use scoped_key::ScopedKey;
pub(crate) use signed_headers::SignedHeaders;
pub use signed_headers::{is_plain as is_plain_header, to_send as headers_to_send};
pub use string_to_sign::ALGORITHM;
