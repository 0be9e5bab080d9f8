//! Step 5. Turns the canonical request into the string to sign.
//!
//! [AWS: create a string to sign](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-string-to-sign)
//!
//! ```text
//! AWS4-HMAC-SHA256
//! 20130524T000000Z
//! 20130524/us-east-1/s3/aws4_request
//! 3bfa292879f6447bbcda7001decf97f4a54dc650c8942174ae0a9121cf58ad04
//! ```

use crate::hash;

/// The one algorithm that this folder knows, as `X-Amz-Algorithm` names it.
pub const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// The string to sign for a canonical request.
pub(super) fn string_to_sign(amz_date: &str, credential_scope: &str, canonical_request: &str) -> String {
    let mut string = opening(amz_date, credential_scope);
    hash::append_hex(&mut string, &hash::sha256(canonical_request.as_bytes()));
    string
}

/// The first three lines. They are the same for all requests of one second and scope.
pub(super) fn opening(amz_date: &str, credential_scope: &str) -> String {
    format!("{ALGORITHM}\n{amz_date}\n{credential_scope}\n")
}
