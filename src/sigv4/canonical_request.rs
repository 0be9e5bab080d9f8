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
    /// As S3, with the credentials of a session of a directory bucket. Their token has a name of its own.
    S3Express,
    /// The path normalized and percent-encoded once more, and an empty body: every other
    /// service, and botocore's plain `v4`.
    Plain,
}

/// The services that sign the path as it is sent.
const OF_S3: [&str; 4] = ["s3", "s3-object-lambda", "s3-outposts", "s3express"];

impl Convention {
    /// The convention of a service, by the name that it signs with.
    #[must_use]
    pub fn of(service: &str) -> Self {
        if OF_S3.contains(&service) {
            Self::S3
        } else {
            Self::Plain
        }
    }

    /// The hash of the body of a presigned request, whose sender may choose the body later.
    #[must_use]
    pub const fn presigned_payload(self) -> &'static str {
        match self {
            Self::S3 | Self::S3Express => UNSIGNED_PAYLOAD,
            Self::Plain => EMPTY_PAYLOAD,
        }
    }

    /// Appends a path as it is signed.
    pub(crate) fn append_path(self, out: &mut String, path: &str) {
        match self {
            Self::S3 | Self::S3Express => out.push_str(path),
            Self::Plain if is_normal(path) => encode::append_path(out, path),
            Self::Plain => encode::append_path(out, &normalize_url_path(path)),
        }
    }
}

/// Whether a path has no segment that normalizing would remove.
fn is_normal(path: &str) -> bool {
    path.starts_with('/') && !path.contains("//") && !path.contains("/.")
}

/// The SHA-256 of nothing.
const EMPTY_PAYLOAD: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// Stands for the hash of a body that is not known yet.
const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// Appends the canonical request; `append_parameters` appends the sorted query.
pub(crate) fn append(
    out: &mut String,
    request: &UnsignedRequest<'_>,
    headers: &SignedHeaders<'_>,
    convention: Convention,
    payload: &str,
    append_parameters: impl FnOnce(&mut String),
) {
    out.push_str(&upper_case(request.method));
    out.push('\n');
    convention.append_path(out, request.path);
    out.push('\n');
    append_parameters(out);
    out.push('\n');
    headers.append_canonical(out);
    out.push('\n');
    out.push_str(headers.names());
    out.push('\n');
    out.push_str(payload);
}
