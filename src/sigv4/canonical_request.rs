//! Step 4. Turns a request into the canonical request: the one text that both sides can write.
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

use super::parameters::Parameters;
use super::signed_headers::SignedHeaders;
use crate::request::{UnsignedRequest, upper_case};

/// Stands for the hash of a body that nobody knows yet.
const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// Appends the canonical request.
pub(super) fn append(
    out: &mut String,
    request: &UnsignedRequest<'_>,
    headers: &SignedHeaders<'_>,
    parameters: &Parameters<'_>,
) {
    out.push_str(&upper_case(request.method));
    out.push('\n');
    // S3 signs the path as it is sent: normalizing ".." or "//" would break keys that hold them.
    out.push_str(request.path);
    out.push('\n');
    parameters.append_canonical(out);
    out.push('\n');
    headers.append_canonical(out);
    out.push('\n');
    out.push_str(headers.names());
    out.push('\n');
    out.push_str(UNSIGNED_PAYLOAD);
}
