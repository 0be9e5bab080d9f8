//! Signs a request in the header `Authorization`, as botocore's `SigV4Auth` and `S3SigV4Auth` do.

use zeroize::Zeroizing;

use super::named_string::{NamedString, borrowed};
use super::presign::payload_header;
use super::service_url::{ServiceUrl, check_method};
use crate::credentials::Secret;
use crate::error::Error;
use crate::hash;
use crate::request::{Header, UnsignedRequest, upper_case};
use crate::sigv4::{ALGORITHM, Convention, ScopedKey, SignedHeaders};

/// A request to sign.
#[derive(Clone, Copy, Debug)]
pub struct Signing<'a> {
    /// `GET`, in any case.
    pub method: &'a str,
    /// The whole URL, as it will be sent.
    pub url: &'a str,
    /// The caller's headers.
    pub headers: &'a [NamedString],
    /// The body that will be sent.
    pub body: &'a [u8],
}

/// Room for most headers with a session token: growing would leave a copy behind.
const ROOM: usize = 4096;

const CONTENT_SHA256: &str = "X-Amz-Content-SHA256";

/// The headers to send: the caller's, and those of the signature behind them.
///
/// # Errors
/// [`Error::ParamValidation`] if the URL cannot be read, or a header cannot be sent.
pub fn sign(given: &Signing<'_>, service: &str, key: &ScopedKey) -> Result<Vec<(String, String)>, Error> {
    check_method(given.method)?;
    let url = ServiceUrl::read(given.url)?;
    let callers = borrowed(given.headers);
    let convention = Convention::of(service);
    let payload = payload_header(&callers).map_or_else(|| digits(given.body), str::to_owned);
    let mut headers = own(&callers, key);
    if convention == Convention::S3 && payload_header(&callers).is_none() {
        headers.push((CONTENT_SHA256.into(), payload.as_str().into()));
    }
    let request = UnsignedRequest {
        method: given.method,
        scheme: url.scheme,
        authority: url.authority,
        host: &url.host,
        path: url.sent_path(),
        auth_path: None,
        query: url.query,
        headers: &headers,
        expires: "",
    };
    let mut signed = SignedHeaders::host(request.host);
    signed.take_over_with_form(&request)?;

    let mut canonical = Zeroizing::new(String::with_capacity(ROOM + 2 * given.url.len()));
    canonical.push_str(&upper_case(request.method));
    canonical.push('\n');
    convention.append_path(&mut canonical, request.path);
    canonical.push('\n');
    append_sorted(&mut canonical, url.query);
    canonical.push('\n');
    signed.append_canonical(&mut canonical);
    canonical.push('\n');
    canonical.push_str(signed.names());
    canonical.push('\n');
    canonical.push_str(&payload);

    let mut authorization = format!(
        "{ALGORITHM} Credential={}, SignedHeaders={}, Signature=",
        key.credential(),
        signed.names()
    );
    hash::append_hex(&mut authorization, &key.sign_canonical_request(&canonical));
    let owned = |(name, value): &Header<'_>| (name.to_string(), value.to_string());
    let mut all: Vec<_> = headers.iter().map(owned).collect();
    all.push(("Authorization".to_owned(), authorization));
    Ok(all)
}

/// The caller's headers without those that the signature writes, and then its date and token.
fn own<'a>(given: &[Header<'a>], key: &'a ScopedKey) -> Vec<Header<'a>> {
    let token = key.credentials().token.as_ref().map(Secret::expose);
    let token = token.filter(|token| !token.is_empty());
    let is = |name: &str, other: &str| name.eq_ignore_ascii_case(other);
    let is_replaced = |name: &str| {
        is(name, "authorization")
            || is(name, "x-amz-date")
            || is(name, "date")
            || (is(name, "x-amz-security-token") && token.is_some())
    };
    let kept = given.iter().filter(|(name, _)| !is_replaced(name));
    let mut headers: Vec<Header<'a>> = kept.cloned().collect();
    if given.iter().any(|(name, _)| is(name, "date")) {
        let mut date = String::new();
        key.at().append_rfc822(&mut date);
        // As Python's `formatdate` writes it.
        headers.push(("Date".into(), date.replace("GMT", "-0000").into()));
    } else {
        headers.push(("X-Amz-Date".into(), key.amz_date().into()));
    }
    headers.extend(token.map(|token| ("X-Amz-Security-Token".into(), token.into())));
    headers
}

/// Appends the parameters in the order of the canonical request, as they were given.
fn append_sorted(out: &mut String, query: &str) {
    if query.is_empty() {
        return;
    }
    let pieces = query.split('&');
    let mut pairs: Vec<_> = pieces
        .map(|piece| piece.split_once('=').unwrap_or((piece, "")))
        .collect();
    pairs.sort_unstable();
    for (at, (name, value)) in pairs.into_iter().enumerate() {
        for part in [if at > 0 { "&" } else { "" }, name, "=", value] {
            out.push_str(part);
        }
    }
}

fn digits(body: &[u8]) -> String {
    let mut digits = String::new();
    hash::append_hex(&mut digits, &hash::sha256(body));
    digits
}
