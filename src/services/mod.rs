//! Signs requests to any service of AWS, in their URL or in a header.
//!
//! S3's own operations are in [`s3`](crate::s3). Here the caller has the whole URL: a token for a
//! database or for Kubernetes is such a URL, and so is a request that botocore has no client for.
//!
//! 1. `service_url.rs`: read the URL, and write its query as botocore writes it.
//! 2. `presign.rs`: sign in the URL.
//! 3. `sign.rs`: sign in the header `Authorization`.

mod named_string;
mod presign;
mod service_url;
mod sign;

pub use named_string::NamedString;
pub use presign::{Presigning, TokenPlace, presign_url};
pub use sign::{Signing, sign};
