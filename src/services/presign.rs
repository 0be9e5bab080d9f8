//! Signs a request in its URL, as botocore's `SigV4QueryAuth` and `S3SigV4QueryAuth` do.

use super::named_string::{NamedString, borrowed};
use super::service_url::{ServiceUrl, append_parameter, check_method, check_name};
use crate::encode::Decimal;
use crate::error::Error;
use crate::hash;
use crate::request::{Header, UnsignedRequest};
use crate::scratch::{Scratch, wipe};
use crate::sigv4::{Convention, Parameters, SECURITY_TOKEN, ScopedKey, SignedHeaders, append_canonical_request};

/// Where the session token of temporary credentials goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenPlace {
    /// Among the parameters that are signed, as nearly every service wants it.
    Signed,
    /// Behind the signature, which does not cover it, as AWS `IoT` wants it.
    After,
    /// Nowhere.
    Omitted,
}

impl TokenPlace {
    /// The place that Python calls so: `signed`, `after` or `omitted`.
    #[must_use]
    pub fn named(name: &str) -> Self {
        match name {
            "after" => Self::After,
            "omitted" => Self::Omitted,
            _ => Self::Signed,
        }
    }
}

/// A request to presign.
#[derive(Clone, Copy, Debug)]
pub struct Presigning<'a> {
    /// `GET`, in any case.
    pub method: &'a str,
    /// The whole URL. It may have a query.
    pub url: &'a str,
    /// Parameters that are added to those of the URL, and signed.
    pub query: &'a [NamedString],
    /// The headers that the sender must send too.
    pub headers: &'a [NamedString],
    /// The lifetime in seconds.
    pub expires_in: u64,
    /// Where the session token goes.
    pub token: TokenPlace,
    /// Parameters that are added behind the signature, which does not cover them.
    pub unsigned_query: &'a [NamedString],
}

/// Appends the presigned URL to `out`.
///
/// # Errors
/// [`Error::ParamValidation`] if the URL cannot be read, or a header cannot be sent.
pub fn presign_url(out: &mut String, given: &Presigning<'_>, service: &str, key: &ScopedKey) -> Result<(), Error> {
    let url = ServiceUrl::read(given.url)?;
    let mut query = Scratch::new();
    url.append_query(&mut query)?;
    for (name, value) in given.query {
        append_parameter(&mut query, name, value);
    }
    check_method(given.method)?;
    let headers_given = borrowed(given.headers);
    let expires = Decimal::new(given.expires_in);
    let request = UnsignedRequest {
        method: given.method,
        scheme: url.scheme,
        authority: url.authority,
        host: &url.host,
        path: url.sent_path(),
        auth_path: None,
        query: &query,
        headers: &headers_given,
        expires: expires.as_str(),
    };
    let mut headers = SignedHeaders::host(request.host);
    headers.take_over(&request)?;
    let token = key.encoded_token();
    let signed = token.filter(|_| given.token == TokenPlace::Signed);
    let opening = key.opening_of_parameters();
    let parameters = Parameters::with_repeated(&request, &headers, opening, signed);

    out.reserve(url.path.len() + parameters.length() + ROOM);
    for part in [url.scheme, "://", url.authority, url.path, "?"] {
        out.push_str(part);
    }
    parameters.append_as_sent(out);
    out.push_str("&X-Amz-Signature=");

    let mut canonical = Scratch::new();
    canonical.reserve(url.path.len() + parameters.length() + ROOM);
    let convention = Convention::of(service);
    let payload = payload_header(&headers_given).unwrap_or(convention.presigned_payload());
    append_canonical_request(&mut canonical, &request, &headers, convention, payload, |out| {
        parameters.append_canonical(out);
    });
    hash::append_hex(out, &key.sign_canonical_request(&canonical));
    if token.is_some() {
        // Its memory is used again.
        wipe(&mut canonical);
    }

    if let (Some(token), TokenPlace::After) = (token, given.token) {
        for part in ["&", SECURITY_TOKEN, "=", token] {
            out.push_str(part);
        }
    }
    for (name, value) in given.unsigned_query {
        check_name(name, "unsigned_query")?;
        append_parameter(out, name, value);
    }
    Ok(())
}

/// Room for what is not in the path and the query: host, headers, signature, line ends.
const ROOM: usize = 400;

/// The hash of the body that the caller has put into a header: it is signed as it is.
pub(super) fn payload_header<'a>(headers: &'a [Header<'_>]) -> Option<&'a str> {
    let named = |(name, _): &&Header<'_>| name.eq_ignore_ascii_case("x-amz-content-sha256");
    headers.iter().find(named).map(|(_, value)| &**value)
}
