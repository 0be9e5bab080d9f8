//! Takes all steps in turn: from an unsigned request to a presigned URL.

use zeroize::Zeroizing;

use super::canonical_request::{self, Convention};
use super::parameters::Parameters;
use super::scoped_key::ScopedKey;
use super::signed_headers::SignedHeaders;
use crate::error::Error;
use crate::hash;
use crate::request::UnsignedRequest;

/// Appends the presigned URL of `request` to `out`.
///
/// The URL is the one that boto3 makes, byte for byte. If `out` has room for the URL and the
/// canonical request, only headers need an allocation.
///
/// # Errors
/// [`Error::ParamValidation`] if a header cannot be sent, [`Error::LoneSurrogate`] if the name of
/// one holds one; `out` is then unchanged.
pub fn presign(out: &mut String, request: &UnsignedRequest<'_>, key: &ScopedKey) -> Result<(), Error> {
    presign_by(Convention::S3, out, request, key)
}

/// Appends the presigned URL of `request` to `out`, by the convention of another service.
///
/// # Errors
/// As [`presign`].
pub fn presign_by(
    convention: Convention,
    out: &mut String,
    request: &UnsignedRequest<'_>,
    key: &ScopedKey,
) -> Result<(), Error> {
    // The canonical request is needed for a moment only: it is written into the room behind the URL.
    let end_of_url = append_draft(convention, out, request, key)?;
    let signature = key.sign_canonical_request(&out[end_of_url..]);
    out.truncate(end_of_url);

    hash::append_hex(out, &signature);
    Ok(())
}

/// A presigned URL that lacks its signature, and its canonical request. Both are wiped on drop, as
/// they hold the session token.
#[derive(Debug)]
pub struct Draft {
    /// All of the URL up to `&X-Amz-Signature=`.
    pub url: Zeroizing<String>,
    /// What [`presign_by`] would have hashed.
    pub canonical_request: Zeroizing<String>,
}

/// The presigned URL of `request` before it is signed, as a template for others.
///
/// # Errors
/// As [`presign`].
pub fn draft(convention: Convention, request: &UnsignedRequest<'_>, key: &ScopedKey) -> Result<Draft, Error> {
    let mut url = Zeroizing::new(String::new());
    let end_of_url = append_draft(convention, &mut url, request, key)?;
    Ok(Draft {
        canonical_request: Zeroizing::new(url.split_off(end_of_url)),
        url,
    })
}

/// Appends the URL up to its signature, and behind it the canonical request. Returns where the URL
/// ends.
fn append_draft(
    convention: Convention,
    out: &mut String,
    request: &UnsignedRequest<'_>,
    key: &ScopedKey,
) -> Result<usize, Error> {
    let mut headers = SignedHeaders::host(request.host);
    headers.take_over(request)?;
    let parameters = Parameters::of(
        convention,
        request,
        &headers,
        key.opening_of_parameters(),
        key.encoded_token(),
    );

    out.reserve(2 * (request.path.len() + parameters.length()) + ROOM);
    request.append_url_to_path(out);
    out.push('?');
    parameters.append_as_sent(out);
    out.push_str("&X-Amz-Signature=");

    let end_of_url = out.len();
    let payload = convention.presigned_payload();
    canonical_request::append(out, request, &headers, convention, payload, |out| {
        parameters.append_canonical(out);
    });
    Ok(end_of_url)
}

/// The canonical request alone, as [`presign`] hashes it.
///
/// # Errors
/// As [`presign`].
pub fn canonical_request(request: &UnsignedRequest<'_>, key: &ScopedKey) -> Result<String, Error> {
    let mut headers = SignedHeaders::host(request.host);
    headers.take_over(request)?;
    let parameters = Parameters::of(
        Convention::S3,
        request,
        &headers,
        key.opening_of_parameters(),
        key.encoded_token(),
    );
    let mut out = String::new();
    let payload = Convention::S3.presigned_payload();
    canonical_request::append(&mut out, request, &headers, Convention::S3, payload, |out| {
        parameters.append_canonical(out);
    });
    Ok(out)
}

/// Room for what is not in the path and the query: host, headers, signature, line ends.
const ROOM: usize = 400;

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::clock::Timestamp;
    use crate::credentials::{Credentials, Secret};
    use crate::sigv4::Scope;

    /// The example of [AWS's page](https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html),
    /// whose signature AWS publishes; each stage is compared, so that a failure names it.
    #[test]
    fn the_example_of_aws_is_signed_as_aws_signs_it() {
        let credentials = Credentials {
            access_key: "AKIAIOSFODNN7EXAMPLE".into(),
            secret_key: Secret::new("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            token: None,
            expiry: None,
        };
        let scope = Scope {
            region: "us-east-1",
            service: "s3",
        };
        let at = Timestamp::new(1_369_353_600).expect("2013");
        let key = ScopedKey::new(Arc::new(credentials), scope, at);
        let request = UnsignedRequest {
            method: "GET",
            scheme: "https",
            authority: "examplebucket.s3.amazonaws.com",
            host: "examplebucket.s3.amazonaws.com",
            path: "/test.txt",
            auth_path: None,
            query: "",
            headers: &[],
            expires: "86400",
        };

        let canonical = canonical_request(&request, &key).expect("no headers");
        let expected = "GET\n\
            /test.txt\n\
            X-Amz-Algorithm=AWS4-HMAC-SHA256\
            &X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request\
            &X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host\n\
            host:examplebucket.s3.amazonaws.com\n\n\
            host\n\
            UNSIGNED-PAYLOAD";
        assert_eq!(canonical, expected, "canonical request");

        let string = key.string_to_sign(&canonical);
        let expected = "AWS4-HMAC-SHA256\n\
            20130524T000000Z\n\
            20130524/us-east-1/s3/aws4_request\n\
            3bfa292879f6447bbcda7001decf97f4a54dc650c8942174ae0a9121cf58ad04";
        assert_eq!(string, expected, "string to sign");

        let mut url = String::new();
        presign(&mut url, &request, &key).expect("no headers");
        let expected = "https://examplebucket.s3.amazonaws.com/test.txt\
            ?X-Amz-Algorithm=AWS4-HMAC-SHA256\
            &X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request\
            &X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host\
            &X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
        assert_eq!(url, expected, "URL");
    }
}
