//! Takes all steps in turn: from an unsigned request to a presigned URL.

use zeroize::Zeroizing;

use super::hashed_key::{HashedKey, Signature};
use super::string_to_sign::{self, QueryHeaders, query_headers};
use crate::encode;
use crate::error::Error;
use crate::request::{UnsignedRequest, check_encodable};
use crate::surrogate;

/// Appends the presigned URL of `request` to `out`.
///
/// # Errors
/// [`Error::ParamValidation`] if a header cannot be sent, [`Error::LoneSurrogate`] if a name among
/// what is signed holds one; `out` is then unchanged.
pub fn presign(out: &mut String, request: &UnsignedRequest<'_>, key: &HashedKey) -> Result<(), Error> {
    let headers = query_headers(request, key.credentials());
    let string_to_sign = checked_string_to_sign(request, &headers)?;
    out.reserve(3 * length(request, &headers));
    append_before(out, request, key)?;
    append_signature(out, &key.sign(string_to_sign.as_bytes()));
    append_after(out, request, &headers);
    Ok(())
}

/// Appends a signature as a URL has it.
#[inline]
pub fn append_signature(out: &mut String, signature: &Signature) {
    // Base64 is ASCII: the check always passes.
    encode::append_label(out, str::from_utf8(signature).unwrap_or_default());
}

/// A presigned URL that lacks its signature, and its string to sign. All are wiped on drop, as they
/// hold the session token.
#[derive(Debug)]
pub struct SigV2Draft {
    /// The URL up to `&Signature=`.
    pub before: Zeroizing<String>,
    /// The URL behind its signature.
    pub after: Zeroizing<String>,
    /// What [`presign`] would have signed.
    pub string_to_sign: Zeroizing<String>,
}

/// The presigned URL of `request` before it is signed, as a template for others.
///
/// # Errors
/// As [`presign`].
pub fn draft(request: &UnsignedRequest<'_>, key: &HashedKey) -> Result<SigV2Draft, Error> {
    let headers = query_headers(request, key.credentials());
    let string_to_sign = checked_string_to_sign(request, &headers)?;
    let (mut before, mut after) = (Zeroizing::default(), Zeroizing::default());
    append_before(&mut before, request, key)?;
    append_after(&mut after, request, &headers);
    Ok(SigV2Draft {
        before,
        after,
        string_to_sign,
    })
}

/// About the length of the string to sign.
fn length(request: &UnsignedRequest<'_>, headers: &QueryHeaders<'_>) -> usize {
    let headers = headers.iter().flat_map(|(name, values)| {
        let lengths = values.iter().map(|value| value.len());
        lengths.map(|length| name.len() + length + 2)
    });
    let path = request.auth_path.unwrap_or_default().len() + request.path.len();
    headers.sum::<usize>() + path + request.query.len() + ROOM
}

/// Room for the method, the expiry, the host and the names of the signature's parameters.
const ROOM: usize = 200;

fn checked_string_to_sign(
    request: &UnsignedRequest<'_>,
    headers: &QueryHeaders<'_>,
) -> Result<Zeroizing<String>, Error> {
    for (name, values) in headers {
        for value in values {
            check_encodable(name, value)?;
        }
    }
    // Growing would leave a copy of the session token behind.
    let mut string = Zeroizing::new(String::with_capacity(length(request, headers)));
    string_to_sign::append(&mut string, request, headers);
    surrogate::refuse(&string)?;
    Ok(string)
}

fn append_before(out: &mut String, request: &UnsignedRequest<'_>, key: &HashedKey) -> Result<(), Error> {
    request.append_unsigned_url(out)?;
    out.push(if request.query.is_empty() { '?' } else { '&' });
    append_parameter(out, "AWSAccessKeyId", &key.credentials().access_key);
    out.push_str("&Signature=");
    Ok(())
}

fn append_after(out: &mut String, request: &UnsignedRequest<'_>, headers: &QueryHeaders<'_>) {
    for (name, values) in headers {
        // Of names that differ in case only, all values are signed but the first alone is sent.
        out.push('&');
        append_parameter(out, name, values[0]);
    }
    out.push('&');
    append_parameter(out, "Expires", request.expires);
}

fn append_parameter(out: &mut String, name: &str, value: &str) {
    encode::append_label(out, name);
    out.push('=');
    encode::append_label(out, value);
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::credentials::{Credentials, Secret};

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

        let string = string_to_sign::string_to_sign(&request, &credentials);
        assert_eq!(string, "GET\n\n\n1175139620\n/johnsmith/photos/puppy.jpg");

        let mut url = String::new();
        let key = HashedKey::new(Arc::new(credentials));
        presign(&mut url, &request, &key).expect("no headers");
        assert_eq!(
            url,
            "https://johnsmith.s3.amazonaws.com/photos/puppy.jpg\
             ?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D\
             &Expires=1175139620"
        );
    }
}
