//! Turns an unsigned request into a presigned URL by Signature Version 2, which S3 still accepts
//! in its oldest regions; and signs POST policies by it.
//!
//! The string to sign names the method, three headers, the `x-amz-*` headers, the path with its
//! bucket and a few sub-resources. The headers that are signed go into the query. All others are
//! silently dropped, as in boto3.
//!
//! [AWS: signing REST requests with Signature Version 2][steps],
//! [query string authentication][query]
//!
//! [steps]: https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html
//! [query]: https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html#RESTAuthenticationQueryStringAuth

use std::borrow::Cow;

use smallvec::SmallVec;

use crate::credentials::{Credentials, Secret};
use crate::encode;
use crate::error::Error;
use crate::hash;
use crate::request::{
    UnsignedRequest, check_encodable, is_python_whitespace, lower_case, upper_case,
};
use crate::surrogate;

/// Appends the presigned URL of `request` to `out`.
///
/// # Errors
/// [`Error::ParamValidation`] if a header cannot be sent, [`Error::LoneSurrogate`] if a name among
/// what is signed holds one; `out` is then unchanged.
pub fn presign(
    out: &mut String,
    request: &UnsignedRequest<'_>,
    credentials: &Credentials,
) -> Result<(), Error> {
    let headers = signed_headers(request, credentials);
    for (name, values) in &headers {
        for value in values {
            check_encodable(name, value)?;
        }
    }
    let string_to_sign = string_to_sign(request, credentials);
    surrogate::refuse(&string_to_sign)?;
    request.append_unsigned_url(out)?;
    let signature = sign(string_to_sign.as_bytes(), credentials);
    out.push(if request.query.is_empty() { '?' } else { '&' });
    append_parameter(out, "AWSAccessKeyId", &credentials.access_key);
    out.push('&');
    append_parameter(out, "Signature", &signature);
    for (name, values) in &headers {
        // Of names that differ in case only, all values are signed but the first alone is sent.
        out.push('&');
        append_parameter(out, name, values[0]);
    }
    out.push('&');
    append_parameter(out, "Expires", request.expires);
    Ok(())
}

/// The string to sign of `request`.
#[must_use]
pub fn string_to_sign(request: &UnsignedRequest<'_>, credentials: &Credentials) -> String {
    let headers = signed_headers(request, credentials);
    let mut out = upper_case(request.method).into_owned();
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
    append_sub_resources(&mut out, request.query);
    out
}

/// The signature of a string: a string to sign, or a POST policy in base64.
#[must_use]
pub fn sign(string: &[u8], credentials: &Credentials) -> String {
    let secret_key = credentials.secret_key.expose().as_bytes();
    hash::base64(&hash::hmac_sha1(secret_key, string))
}

/// A lower-cased name with all the values that were given under it.
type SignedHeader<'a> = (Cow<'a, str>, SmallVec<[&'a str; 1]>);

/// The headers that SigV2 knows, in the order that they first occur in.
fn signed_headers<'a>(
    request: &UnsignedRequest<'a>,
    credentials: &'a Credentials,
) -> SmallVec<[SignedHeader<'a>; 4]> {
    let mut headers = SmallVec::<[SignedHeader<'a>; 4]>::new();
    let given = request
        .headers
        .iter()
        .map(|(name, value)| (name.as_ref(), value.as_ref()));
    // SigV4 sends an empty token, SigV2 none.
    let token = credentials
        .token
        .as_ref()
        .map(Secret::expose)
        .filter(|token| !token.is_empty());
    let token = token.map(|token| ("x-amz-security-token", token));
    for (name, value) in given.chain(token) {
        let name = lower_case(name);
        if !is_custom(&name) && name != "content-md5" && name != "content-type" {
            continue;
        }
        match headers.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => values.push(value),
            None => headers.push((name, SmallVec::from_iter([value]))),
        }
    }
    headers
}

fn is_custom(lower_case_name: &str) -> bool {
    lower_case_name.starts_with("x-amz-")
}

fn strip(value: &str) -> &str {
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
        .filter(|(name, _)| SUB_RESOURCES.binary_search(name).is_ok())
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

fn append_parameter(out: &mut String, name: &str, value: &str) {
    encode::append_label(out, name);
    out.push('=');
    encode::append_label(out, value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sub_resources_are_sorted_for_the_binary_search() {
        assert!(SUB_RESOURCES.is_sorted());
    }

    /// The example of [AWS's page](https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html#RESTAuthenticationQueryStringAuth),
    /// with the signature that AWS publishes. (Newer editions of the page rename the bucket and
    /// keep the signature, which is then wrong.)
    #[test]
    fn the_example_of_aws_is_signed_as_aws_signs_it() {
        let credentials = Credentials {
            access_key: "AKIAIOSFODNN7EXAMPLE".into(),
            secret_key: Secret::new("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            token: None,
            expiry: None,
        };
        let request = UnsignedRequest {
            method: "GET",
            scheme: "https",
            authority: "johnsmith.s3.amazonaws.com",
            host: "johnsmith.s3.amazonaws.com",
            path: "/photos/puppy.jpg",
            auth_path: Some("/johnsmith/photos/puppy.jpg"),
            query: "",
            headers: &[],
            expires: "1175139620",
        };

        let string = string_to_sign(&request, &credentials);
        assert_eq!(string, "GET\n\n\n1175139620\n/johnsmith/photos/puppy.jpg");

        let mut url = String::new();
        presign(&mut url, &request, &credentials).expect("no headers");
        assert_eq!(
            url,
            "https://johnsmith.s3.amazonaws.com/photos/puppy.jpg\
             ?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D\
             &Expires=1175139620"
        );
    }
}
