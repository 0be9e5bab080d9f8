//! Turns an unsigned request into a presigned URL by Signature Version 2, which S3 still accepts
//! in its oldest regions; and signs POST policies by it.
//!
//! The headers that are signed go into the query. All others are silently dropped, as in boto3.
//!
//! 1. `expires.rs`: when the URL expires, which is signed as a number.
//! 2. `string_to_sign.rs`: write what is signed.
//! 3. `hashed_key.rs`: sign it by HMAC-SHA1 under the secret key, which is hashed once for all URLs.
//! 4. `presign.rs`: take all steps in turn.
//!
//! [AWS: signing REST requests with Signature Version 2][steps],
//! [query string authentication][query]
//!
//! [steps]: https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html
//! [query]: https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html#RESTAuthenticationQueryStringAuth

mod expires;
mod hashed_key;
mod presign;
mod string_to_sign;

pub use expires::Expires;
pub use hashed_key::{HashedKey, LatestKey, Signature};
pub use presign::{SigV2Draft, append_signature, draft, presign};
pub use string_to_sign::{signs_header, signs_query, string_to_sign};
