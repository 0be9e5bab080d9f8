//! Writes the string that is signed: the method, three headers, the `x-amz-*` headers, the path with
//! its bucket, and a few sub-resources of the query, whose values are decoded.

use std::borrow::Cow;

use smallvec::SmallVec;

use crate::credentials::Credentials;
use crate::encode;
use crate::request::{UnsignedRequest, is_python_whitespace, lower_case, upper_case};

/// The header of the session token.
pub(super) const SECURITY_TOKEN: &str = "x-amz-security-token";

/// The string to sign of `request`.
#[must_use]
pub fn string_to_sign(request: &UnsignedRequest<'_>, credentials: &Credentials) -> String {
    let mut out = String::new();
    append(&mut out, request, &query_headers(request, credentials));
    out
}

/// Appends the string to sign of a request with these signed headers.
pub(super) fn append(out: &mut String, request: &UnsignedRequest<'_>, headers: &QueryHeaders<'_>) {
    out.push_str(&upper_case(request.method));
    for wanted in ["content-md5", "content-type"] {
        out.push('\n');
        if let Some((_, values)) = headers.iter().find(|(name, _)| name == wanted) {
            // boto3 repeats the first value for each value that was given.
            out.push_str(&vec![strip(values[0]); values.len()].join("\n"));
        }
    }
    out.push('\n');
    out.push_str(request.expires);
    out.push('\n');

    let mut custom: Vec<_> = headers.iter().filter(|(name, _)| is_custom(name)).collect();
    custom.sort_by(|(one, _), (other, _)| one.cmp(other));
    for (name, values) in custom {
        out.push_str(name);
        let mut separator = ':';
        for value in values {
            out.push(separator);
            out.push_str(strip(value));
            separator = ',';
        }
        out.push('\n');
    }

    out.push_str(signed_path(request));
    append_sub_resources(out, request.query);
}

/// A lower-cased name with all the values that were given under it.
type QueryHeader<'a> = (Cow<'a, str>, SmallVec<[&'a str; 1]>);

/// The headers that are signed, and go into the query.
pub(super) type QueryHeaders<'a> = SmallVec<[QueryHeader<'a>; 4]>;

/// The headers that SigV2 knows, in the order that they first occur in.
pub(super) fn query_headers<'a>(request: &UnsignedRequest<'a>, credentials: &'a Credentials) -> QueryHeaders<'a> {
    let mut headers = QueryHeaders::new();
    let given = request
        .headers
        .iter()
        .map(|(name, value)| (name.as_ref(), value.as_ref()));
    let token = token(credentials).map(|token| (SECURITY_TOKEN, token));
    for (name, value) in given.chain(token) {
        let name = lower_case(name);
        if !is_signed(&name) {
            continue;
        }
        match headers.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => values.push(value),
            None => headers.push((name, SmallVec::from_iter([value]))),
        }
    }
    headers
}

/// The session token that is signed: SigV4 sends an empty token, SigV2 none.
pub(super) fn token(credentials: &Credentials) -> Option<&str> {
    let token = credentials.token.as_ref()?.expose();
    (!token.is_empty()).then_some(token)
}

/// Whether a header of this name is signed, and goes into the query. All others are dropped.
#[must_use]
pub fn signs_header(name: &str) -> bool {
    is_signed(&lower_case(name))
}

/// Whether a parameter of the query with this name is signed.
#[must_use]
pub fn signs_query(name: &str) -> bool {
    SUB_RESOURCES.binary_search(&name).is_ok()
}

fn is_signed(lower_case_name: &str) -> bool {
    is_custom(lower_case_name) || matches!(lower_case_name, "content-md5" | "content-type")
}

fn is_custom(lower_case_name: &str) -> bool {
    lower_case_name.starts_with("x-amz-")
}

pub(super) fn strip(value: &str) -> &str {
    value.trim_matches(is_python_whitespace)
}

/// `/bucket/key`, wherever the URL has the bucket; only `/key` if the bucket is an ARN.
fn signed_path<'a>(request: &UnsignedRequest<'a>) -> &'a str {
    let Some(path) = request.auth_path else {
        return request.path;
    };
    if path.starts_with("/arn%3A") {
        let bucket = path.split('/').nth(1).unwrap_or_default();
        if encode::decode(bucket).split(':').count() >= 6 {
            return &path[1 + bucket.len()..];
        }
    }
    path
}

/// The query parameters that S3 treated as resources of their own when SigV2 was made.
const SUB_RESOURCES: [&str; 35] = [
    "accelerate",
    "acl",
    "analytics",
    "cors",
    "defaultObjectAcl",
    "delete",
    "inventory",
    "lifecycle",
    "location",
    "logging",
    "metrics",
    "notification",
    "object-lock",
    "partNumber",
    "policy",
    "replication",
    "requestPayment",
    "response-cache-control",
    "response-content-disposition",
    "response-content-encoding",
    "response-content-language",
    "response-content-type",
    "response-expires",
    "restore",
    "select",
    "select-type",
    "storageClass",
    "tagging",
    "torrent",
    "uploadId",
    "uploads",
    "versionId",
    "versioning",
    "versions",
    "website",
];

/// Appends `?acl&versionId=1`: sorted by name, values decoded.
fn append_sub_resources(out: &mut String, query: &str) {
    let mut pairs: SmallVec<[(&str, Option<&str>); 8]> = query
        .split('&')
        .map(|pair| match pair.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (pair, None),
        })
        .filter(|(name, _)| signs_query(name))
        .collect();
    pairs.sort_by_key(|&(name, _)| name);
    let mut separator = '?';
    for (name, value) in pairs {
        out.push(separator);
        out.push_str(name);
        if let Some(value) = value {
            out.push('=');
            out.push_str(&encode::decode(value));
        }
        separator = '&';
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sub_resources_are_sorted_for_the_binary_search() {
        assert!(SUB_RESOURCES.is_sorted());
    }
}
