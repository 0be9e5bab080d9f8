//! Signs requests to any service of AWS, in their URL or in a header.
//!
//! S3's own operations are in [`s3`](crate::s3). Here the caller has the whole URL: a token for a
//! database or for Kubernetes is such a URL, and so is a request that botocore has no client for.
//!
//! 1. `service_url.rs`: read the URL, and write its query as botocore writes it.
//! 2. `presign.rs`: sign in the URL.
//! 3. `sign.rs`: sign in the header `Authorization`.

mod presign;
mod service_url;
mod sign;

pub use presign::{Presigning, TokenPlace, presign_url};
pub use sign::{Signing, sign};

use crate::request::Header;
use crate::sigv4::Convention;

/// A name and its value: a header, or a parameter that is not encoded yet.
pub type Pair = (String, String);

fn borrowed(pairs: &[Pair]) -> Vec<Header<'_>> {
    let borrowed = pairs
        .iter()
        .map(|(name, value)| (name.into(), value.into()));
    borrowed.collect()
}

/// The services that sign the path as it is sent.
const OF_S3: [&str; 4] = ["s3", "s3-object-lambda", "s3-outposts", "s3express"];

/// How a service reads the path and the body of a request.
#[must_use]
pub fn convention_of(service: &str) -> Convention {
    if OF_S3.contains(&service) {
        Convention::S3
    } else {
        Convention::Plain
    }
}
