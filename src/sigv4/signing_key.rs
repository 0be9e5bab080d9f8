//! Step 6. Derives the signing key, which is good for one credential scope only.
//!
//! [AWS: derive a signing key](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#calculate-signature)

use zeroize::Zeroizing;

use super::credential::{Scope, TERMINATOR};
use crate::credentials::Secret;
use crate::hash::{HmacSha256, hmac_sha256};

/// The signing key of one `date`, written `20130524`, as an HMAC that has read it.
pub(super) fn signing_key(secret_key: &Secret, date: &str, scope: Scope<'_>) -> HmacSha256 {
    let start = Zeroizing::new(["AWS4", secret_key.expose()].concat());
    let date_key = step(start.as_bytes(), date);
    let region_key = step(&*date_key, scope.region);
    let service_key = step(&*region_key, scope.service);
    let signing_key = step(&*service_key, TERMINATOR);
    HmacSha256::new(&*signing_key)
}

fn step(key: &[u8], message: &str) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(hmac_sha256(key, message.as_bytes()))
}
