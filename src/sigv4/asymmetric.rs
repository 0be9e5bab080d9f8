//! The same steps by Signature Version 4A, whose signature is good for a set of regions.
//!
//! The credential scope has no region. A parameter more, `X-Amz-Region-Set`, names the regions, and `*`
//! means all. The signature is ECDSA on the curve P-256 with a key that is derived from the credentials.
//! This crate knows no elliptic curves, so the caller signs the string to sign.
//!
//! [AWS: SigV4A](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html#how-sigv4a-works)

use zeroize::Zeroizing;

use super::canonical_request::{self, Convention};
use super::credential::{Scope, TERMINATOR};
use super::parameters::{Pair, SECURITY_TOKEN, append_pair, pairs};
use super::scoped_key::{amz_date, date, encoded};
use super::signed_headers::SignedHeaders;
use crate::clock::Timestamp;
use crate::credentials::{Credentials, Secret};
use crate::encode;
use crate::error::Error;
use crate::hash;
use crate::request::UnsignedRequest;

/// The algorithm as `X-Amz-Algorithm` names it.
const ALGORITHM: &str = "AWS4-ECDSA-P256-SHA256";

/// Room for host and headers. What grows leaves a copy of itself behind, with the session token in it.
const ROOM: usize = 4096;

/// Appends the presigned URL of `request` to `out`. The region of `scope` is the set of regions. `sign`
/// makes the signature of a string to sign, in hexadecimal digits.
///
/// The URL is the one that boto3 makes with its optional C runtime, up to the signature. That has another
/// order of the parameters than boto3 alone.
///
/// # Errors
/// As [`presign`](super::presign()), and that of `sign`; `out` is then unchanged.
pub fn presign(
    out: &mut String,
    request: &UnsignedRequest<'_>,
    credentials: &Credentials,
    scope: Scope<'_>,
    at: Timestamp,
    sign: impl FnOnce(&str) -> Result<String, Error>,
) -> Result<(), Error> {
    let mut headers = SignedHeaders::host(request.host);
    headers.take_over(request)?;
    let amz_date = amz_date(at);
    let credential_scope = format!("{}/{}/{TERMINATOR}", date(&amz_date), scope.service);
    let credential = format!("{}/{credential_scope}", credentials.access_key);
    let credential = encode::label(&credential);
    let names = encode::label(headers.names());
    let regions = encode::label(scope.region);
    let token = credentials.token.as_ref().map(Secret::expose);
    let token = token.map(encoded);

    let mut parameters = pairs(request.query);
    parameters.extend::<[Pair<'_>; 5]>([
        ("X-Amz-Algorithm", ALGORITHM),
        ("X-Amz-Credential", &credential),
        ("X-Amz-Date", &amz_date),
        ("X-Amz-SignedHeaders", &names),
        ("X-Amz-Expires", request.expires),
    ]);
    parameters.extend(token.iter().map(|token| (SECURITY_TOKEN, token.as_str())));
    parameters.push(("X-Amz-Region-Set", &regions));

    let length = parameters.iter().map(|(name, value)| name.len() + value.len() + 2);
    let length = length.sum::<usize>() + request.path.len() + ROOM;
    let mut url = Zeroizing::new(String::with_capacity(length));
    request.append_url_to_path(&mut url);
    url.push('?');
    append_pairs(&mut url, &parameters);

    parameters.sort_unstable();
    let mut canonical = Zeroizing::new(String::with_capacity(length));
    let (convention, payload) = (Convention::S3, Convention::S3.presigned_payload());
    canonical_request::append(&mut canonical, request, &headers, convention, payload, |out| {
        append_pairs(out, &parameters);
    });
    let mut string = format!("{ALGORITHM}\n{amz_date}\n{credential_scope}\n");
    hash::append_hex(&mut string, &hash::sha256(canonical.as_bytes()));
    let signature = sign(&string)?;

    out.push_str(&url);
    out.push_str("&X-Amz-Signature=");
    out.push_str(&signature);
    Ok(())
}

fn append_pairs(out: &mut String, pairs: &[Pair<'_>]) {
    for (index, &pair) in pairs.iter().enumerate() {
        if index > 0 {
            out.push('&');
        }
        append_pair(out, pair);
    }
}
