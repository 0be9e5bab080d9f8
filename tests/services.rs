//! Every signature for another service than S3 compared with that of `aws-sigv4`, AWS's own crate.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials as AwsCredentials;
use aws_sigv4::http_request::{
    SessionTokenMode, SignableBody, SignableRequest, SignatureLocation, SigningSettings, sign,
};
use aws_sigv4::sign::v4;
use presigned::clock::Timestamp;
use presigned::credentials::{Credentials, Secret};
use presigned::services::{self, Presigning, Signing, TokenPlace};
use presigned::sigv4::{Scope, ScopedKey};
use proptest::prelude::*;
use proptest::{collection, option};

const SCOPE: Scope<'_> = Scope {
    region: "eu-central-1",
    service: "execute-api",
};
const SECONDS: i64 = 1_767_323_045;

fn credentials(token: Option<&str>) -> Credentials {
    Credentials {
        access_key: "AKIDEXAMPLE".to_owned(),
        secret_key: Secret::new("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
        token: token.map(Secret::new),
        expiry: None,
    }
}

fn key(token: Option<&str>) -> ScopedKey {
    let at = Timestamp::new(SECONDS).expect("2026");
    ScopedKey::new(Arc::new(credentials(token)), SCOPE, at)
}

/// The signature that AWS's crate gives to a request.
fn signature_of_referee(
    settings: SigningSettings,
    token: Option<&str>,
    method: &str,
    url: &str,
    headers: &[(String, String)],
    body: &[u8],
) -> String {
    let own = credentials(token);
    let token = token.map(str::to_owned);
    let identity = AwsCredentials::new(&own.access_key, own.secret_key.expose(), token, None, "test").into();
    let seconds = SECONDS.try_into().expect("after 1970");
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(SCOPE.region)
        .name(SCOPE.service)
        .time(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
        .settings(settings)
        .build()
        .expect("nothing is missing")
        .into();
    let headers = headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let signable = SignableRequest::new(method, url, headers, SignableBody::Bytes(body));
    let signed = sign(signable.expect("a request"), &params).expect("signable");
    signed.into_parts().1
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_request_to_any_service_is_signed_as_aws_signs_it(
        method in "GET|PUT|POST",
        host in "[a-z0-9]{1,20}(\\.[a-z0-9-]{1,9}[a-z0-9]){1,3}(:[1-9][0-9]{3})?",
        // Of a path that ends in a dot, the two keep and drop the slash.
        path in "(/([a-z~.]|%[2-7][0-9A-F]){0,6}){0,4}/([a-z]|%[2-7][0-9A-F]){0,4}",
        query in collection::vec(("[a-zX-]{1,9}", "[a-z0-9]{0,9}"), 0..6),
        headers in collection::hash_map("x-[a-z-]{0,9}[a-z]", "[!-~]?([ -~]{0,20}[!-~])?", 0..5),
        token in option::of("[a-zA-Z0-9/+=]{1,200}"),
        expires_in in 1_u64..=604_800,
        body in collection::vec(any::<u8>(), 0..99),
    ) {
        let query: Vec<_> = query.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let url = format!("https://{host}{path}?{}", query.join("&"));
        let headers: Vec<_> = headers.into_iter().collect();
        let token = token.as_deref();

        let given = Presigning {
            method: &method,
            url: &url,
            expires_in,
            query: &[],
            headers: &headers,
            token: TokenPlace::Signed,
            unsigned_query: &[],
        };
        let mut ours = String::new();
        services::presign_url(&mut ours, &given, SCOPE.service, &key(token)).expect("a URL");
        let mut settings = SigningSettings::default();
        settings.signature_location = SignatureLocation::QueryParams;
        settings.session_token_mode = SessionTokenMode::Include;
        settings.expires_in = Some(Duration::from_secs(expires_in));
        let theirs = signature_of_referee(settings, token, &method, &url, &headers, b"");
        prop_assert_eq!(ours.rsplit_once('=').expect("a signature").1, theirs);

        let given = Signing { method: &method, url: &url, headers: &headers, body: &body };
        let ours = services::sign(&given, SCOPE.service, &key(token)).expect("a URL");
        let settings = SigningSettings::default();
        let theirs = signature_of_referee(settings, token, &method, &url, &headers, &body);
        let (_, authorization) = ours.last().expect("an authorization");
        prop_assert_eq!(authorization.rsplit_once('=').expect("a signature").1, theirs);
    }
}
