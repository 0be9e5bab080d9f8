//! Step 4. Turns a request into the canonical request: the string that signer and server both write.
//!
//! [AWS: create a canonical request](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request)
//!
//! ```text
//! GET
//! /test.txt
//! X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=…&X-Amz-Date=…&X-Amz-Expires=…&X-Amz-SignedHeaders=host
//! host:examplebucket.s3.amazonaws.com
//!
//! host
//! UNSIGNED-PAYLOAD
//! ```

use super::signed_headers::SignedHeaders;
use crate::encode;
use crate::request::{UnsignedRequest, upper_case};
use crate::urlsplit::normalize_url_path;

/// How a service reads the path and the body of a presigned request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Convention {
    /// The path as it is sent: normalizing ".." or "//" would break keys that hold them. The body
    /// is chosen by the sender.
    S3,
    /// The path normalized and percent-encoded once more, and an empty body: every other
    /// service, and botocore's plain `v4`.
    Plain,
}

/// The SHA-256 of nothing.
const EMPTY_PAYLOAD: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// Stands for the hash of a body that is not known yet.
const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// Appends the canonical request; `append_parameters` appends the sorted query.
pub(super) fn append(
    out: &mut String,
    request: &UnsignedRequest<'_>,
    headers: &SignedHeaders<'_>,
    convention: Convention,
    append_parameters: impl FnOnce(&mut String),
) {
    out.push_str(&upper_case(request.method));
    out.push('\n');
    match convention {
        Convention::S3 => out.push_str(request.path),
        Convention::Plain => encode::append_path(out, &normalize_url_path(request.path)),
    }
    out.push('\n');
    append_parameters(out);
    out.push('\n');
    headers.append_canonical(out);
    out.push('\n');
    out.push_str(headers.names());
    out.push('\n');
    out.push_str(match convention {
        Convention::S3 => UNSIGNED_PAYLOAD,
        Convention::Plain => EMPTY_PAYLOAD,
    });
}
