//! Every signature compared with that of `aws-sigv4`, AWS's own crate.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

#[path = "golden/cases.rs"]
mod cases;

use std::borrow::Cow;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials as AwsCredentials;
use aws_sigv4::http_request::{
    PercentEncodingMode, SessionTokenMode, SignableBody, SignableRequest, SignatureLocation, SigningParams,
    SigningSettings, UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::{v4, v4a};
use presigned::clock::Timestamp;
use presigned::credentials::{Credentials, Secret};
use presigned::encode;
use presigned::request::{Header, UnsignedRequest};
use presigned::sigv4::{Scope, ScopedKey, presign, presign_asymmetric};
use proptest::collection::hash_map;
use proptest::option;
use proptest::prelude::*;

/// Which signature is compared.
#[derive(Clone, Copy)]
enum Version {
    V4,
    V4a,
}

/// The signature that AWS's crate gives to a request; `None` if it cannot read the URL at all.
fn signature_of_referee(
    version: Version,
    request: &UnsignedRequest<'_>,
    credentials: &Credentials,
    scope: Scope<'_>,
    at: Timestamp,
) -> Option<String> {
    let mut settings = SigningSettings::default();
    settings.percent_encoding_mode = PercentEncodingMode::Single;
    settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    settings.signature_location = SignatureLocation::QueryParams;
    settings.session_token_mode = SessionTokenMode::Include;
    settings.expires_in = Some(Duration::from_secs(request.expires.parse().expect("seconds")));

    let token = credentials.token.as_ref().map(|token| token.expose().to_owned());
    let secret_key = credentials.secret_key.expose();
    let identity = AwsCredentials::new(&credentials.access_key, secret_key, token, None, "test").into();
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(at.seconds().try_into().expect("after 1970"));
    let params: SigningParams<'_> = match version {
        Version::V4 => v4::SigningParams::builder()
            .identity(&identity)
            .region(scope.region)
            .name(scope.service)
            .time(time)
            .settings(settings)
            .build()
            .expect("nothing is missing")
            .into(),
        Version::V4a => v4a::SigningParams::builder()
            .identity(&identity)
            .region_set(scope.region)
            .name(scope.service)
            .time(time)
            .settings(settings)
            .build()
            .expect("nothing is missing")
            .into(),
    };

    let UnsignedRequest {
        method,
        scheme,
        authority,
        path,
        query,
        ..
    } = request;
    let uri = format!("{scheme}://{authority}{path}?{query}");
    // Without user and default port, as the referee would otherwise leave them in the host.
    let host = [("host", request.host)];
    let headers = request
        .headers
        .iter()
        .map(|(name, value)| (name.as_ref(), value.as_ref()));
    let signable = SignableRequest::new(method, uri, headers.chain(host), SignableBody::UnsignedPayload);
    let (_, signature) = sign(signable.ok()?, &params).expect("signable").into_parts();
    Some(signature)
}

fn our_signature(request: &UnsignedRequest<'_>, key: &ScopedKey) -> String {
    let mut url = String::new();
    presign(&mut url, request, key).expect("no control characters");
    signature_of(&url)
}

/// Ours by `SigV4A`, made of our string to sign with the referee's key.
fn our_asymmetric_signature(
    request: &UnsignedRequest<'_>,
    credentials: &Credentials,
    regions: Scope<'_>,
    at: Timestamp,
) -> String {
    let secret_key = credentials.secret_key.expose();
    let key = v4a::generate_signing_key(&credentials.access_key, secret_key);
    let mut url = String::new();
    presign_asymmetric(&mut url, request, credentials, regions, at, |string| {
        Ok(v4a::calculate_signature(&key, string.as_bytes()))
    })
    .expect("no control characters");
    signature_of(&url)
}

fn signature_of(url: &str) -> String {
    let (_, signature) = url.rsplit_once("&X-Amz-Signature=").expect("a signature at the end");
    signature.to_owned()
}

/// What AWS's crate does differently from botocore, or cannot do: it takes the method as it is,
/// refuses what the `http` crate refuses, keeps repeated names, signs some headers that botocore
/// leaves out, knows no whitespace but spaces and no date before 1970.
const OUTSIDE_THE_REFEREE: [&str; 13] = [
    "a method in lower case",
    "a method that grows in upper case",
    "a raw base path",
    "before 1970",
    "before the year 1000",
    "metadata names that differ in case only",
    "headers that are never signed",
    "the content type that is left out",
    "a host header of one's own",
    "names with blanks",
    "names beyond ASCII",
    "every kind of whitespace",
    "a query with repeated names",
];

#[test]
fn the_golden_cases_are_signed_as_aws_signs_them() {
    let mut compared = 0;
    for case in cases::cases(include_str!("golden/sigv4.json")) {
        let name = cases::string_of(&case, "name");
        if OUTSIDE_THE_REFEREE.contains(&name) {
            continue;
        }
        let headers = cases::headers(&case);
        let request = cases::request(&case, &headers);
        let (credentials, at) = (cases::credentials(&case), cases::instant(&case, "at"));
        let scope = Scope {
            region: cases::string_of(&case, "region"),
            service: cases::string_of(&case, "service"),
        };
        let theirs = signature_of_referee(Version::V4, &request, &credentials, scope, at).expect(name);
        assert_eq!(our_signature(&request, &cases::key(&case)), theirs, "{name}");
        compared += 1;
    }
    assert_eq!(compared, 28, "cases that the referee can judge");
}

/// A name or a value as an operation's parameters have it.
fn encoded(string: &str) -> String {
    let mut out = String::new();
    encode::append_label(&mut out, string);
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_request_is_signed_as_aws_signs_it(
        method in "GET|PUT|HEAD|DELETE|POST",
        host in "[a-z0-9]{1,20}(\\.[a-z0-9-]{1,9}[a-z0-9]){1,3}(:[1-9][0-9]{3})?",
        key in any::<String>(),
        query in hash_map("[a-z-]{1,12}", any::<String>(), 0..6),
        headers in hash_map("x-amz-[a-z-]{0,9}[a-z]", "[!-~]?([ -~]{0,20}[!-~])?", 0..5),
        expires in 1_u32..=604_800,
        secret_key in "[!-~]{0,90}",
        access_key in "[A-Z0-9]{1,20}",
        token in option::of("[a-zA-Z0-9/+=]{0,200}"),
        region in "[a-z]{2}-[a-z]{4,9}-[1-9]",
        regions in "\\*|[a-z]{2}-[a-z]{4,9}-[1-9]|us-east-1,eu-central-1",
        service in "s3|s3express|s3-outposts|s3-object-lambda",
        seconds in 0_i64..4_102_444_800,
    ) {
        let mut path = "/".to_owned();
        encode::append_path(&mut path, &key);
        let query: Vec<_> = query.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let query = query.join("&");
        let headers: Vec<Header<'_>> = headers
            .iter()
            .map(|(name, value)| (Cow::Borrowed(name.as_str()), Cow::Borrowed(value.as_str())))
            .collect();
        let expires = expires.to_string();
        let request = UnsignedRequest {
            method: &method,
            scheme: "https",
            authority: &host,
            host: &host,
            path: &path,
            auth_path: None,
            query: &query,
            headers: &headers,
            expires: &expires,
        };
        let credentials = Arc::new(Credentials {
            access_key,
            secret_key: Secret::new(secret_key),
            token: token.map(Secret::new),
            expiry: None,
        });
        let scope = Scope { region: &region, service: &service };
        let at = Timestamp::new(seconds).expect("before the year 10000");
        let regions = Scope { region: &regions, ..scope };
        let theirs = signature_of_referee(Version::V4a, &request, &credentials, regions, at);
        prop_assert_eq!(Some(our_asymmetric_signature(&request, &credentials, regions, at)), theirs);
        let theirs = signature_of_referee(Version::V4, &request, &credentials, scope, at);
        let ours = our_signature(&request, &ScopedKey::new(credentials, scope, at));
        prop_assert_eq!(Some(ours), theirs);
    }
}
