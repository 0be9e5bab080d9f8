//! Sign-ins at IAM Identity Center and at the console.

use _network::{ExposeSecret as _, Secret};
use _network::{Failure, FailureKind, login, sso};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::{Value, json};

use super::server::{Reply, Server, ok};
use super::{done, network};

/// A P-256 key of no one, as `aws login` keeps it.
const LOGIN_KEY: &str = include_str!("login_key.pem");

#[test]
fn a_sign_in_at_sso_is_exchanged_for_the_credentials_of_a_role() {
    let body = r#"{"roleCredentials": {"accessKeyId": "ASIASSO", "secretAccessKey": "sso-secret",
        "sessionToken": "sso-token", "expiration": 1893553445000}}"#;
    let server = Server::start(vec![ok(body)]);
    let service = network(&server.url).open().expect("an open network");
    let token = Secret::from("sign-in");
    let fetched = done(sso::role_credentials(&service, "reader", "123456789012", &token));
    let fetched = fetched.expect("credentials");
    assert_eq!(fetched.credentials.access_key, "ASIASSO");
    assert_eq!(fetched.expiry, Some(1_893_553_445.0));
    assert_eq!(fetched.account_id.as_deref(), Some("123456789012"));
    let asked = server.asked().remove(0);
    assert!(asked.contains("x-amz-sso_bearer_token: sign-in"), "{asked}");
    assert!(
        asked.starts_with("GET /federation/credentials?role_name=reader&account_id=123456789012 "),
        "{asked}"
    );
}

#[test]
fn sso_names_its_errors_in_json() {
    let body = r#"{"__type": "com.amazonaws.switchboard.portal#UnauthorizedException",
        "message": "Session token not found or invalid"}"#;
    for (body, code, message) in [
        (body, "UnauthorizedException", "Session token not found or invalid"),
        ("no json", "401", "no json"),
    ] {
        let server = Server::start(vec![Reply::Answer(401, body.into())]);
        let service = network(&server.url).open().expect("an open network");
        let token = Secret::from("sign-in");
        let failure = done(sso::role_credentials(&service, "reader", "1", &token)).expect_err(body);
        assert_eq!(failure.kind, FailureKind::Service);
        assert_eq!(failure.code.as_deref(), Some(code));
        assert_eq!(failure.message, message);
    }
}

#[test]
fn a_sign_in_at_sso_is_renewed() {
    let body = r#"{"accessToken": "next", "expiresIn": 28800, "refreshToken": "after", "tokenType": "Bearer"}"#;
    let server = Server::start(vec![ok(body)]);
    let service = network(&server.url).open().expect("an open network");
    let (secret, refresh) = (Secret::from("client"), Secret::from("refresh"));
    let token = done(sso::create_token(&service, "id", &secret, &refresh)).expect("a token");
    assert_eq!(token.access_token.expose_secret(), "next");
    assert_eq!(token.expires_in, 28800);
    assert_eq!(token.refresh_token.as_ref().map(Secret::expose_secret), Some("after"));
    let asked = server.asked().remove(0);
    assert!(asked.contains(r#""grantType":"refresh_token""#), "{asked}");
}

const LOGIN: &str = r#"{"accessToken": {"accessKeyId": "ASIALOGIN", "secretAccessKey": "login-secret",
    "sessionToken": "login-token"}, "tokenType": "aws_sigv4", "expiresIn": 900, "refreshToken": "after"}"#;

fn renewed(server: &Server, key: &str) -> Result<login::Login, Failure> {
    let service = network(&server.url).open()?;
    let (refresh, key) = (Secret::from("refresh"), Secret::from(key));
    done(login::create_token(&service, "client", &refresh, &key))
}

/// The key as PKCS #8 has it: `openssl pkcs8 -topk8 -nocrypt`.
const LOGIN_KEY_8: &str = "-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgq6pPM1ztpNswiIJm
iNUvmX9TzM06IFM4EykIgqRqz2+hRANCAASvGvubImM1tHod0ziwS+Bpu/0At6FR
lRvJC5NgtOseLY4lMwcW1oIVECADQCgyRg+jA/RSRyEofZbVp4GVU3Mk
-----END PRIVATE KEY-----
";

#[test]
fn a_console_sign_in_is_renewed_by_the_holder_of_its_key() {
    for key in [LOGIN_KEY, LOGIN_KEY_8] {
        let server = Server::start(vec![ok(LOGIN)]);
        let login = renewed(&server, key).expect("credentials");
        assert_eq!(login.access_key, "ASIALOGIN");
        assert_eq!(login.secret_key.expose_secret(), "login-secret");
        assert_eq!(login.session_token.expose_secret(), "login-token");
        assert_eq!(login.expires_in, 900);
        assert_eq!(login.refresh_token.expose_secret(), "after");

        let asked = server.asked().remove(0);
        assert!(asked.starts_with("POST /v1/token HTTP/1.1\n"), "{asked}");
        let proof = asked.lines().find_map(|line| line.strip_prefix("dpop: "));
        assert_proof(proof.expect("a proof"), &format!("{}/v1/token", server.url));
    }
}

/// What RFC 9449 asks of a proof; the coordinates are those that `openssl ec -pubout` gives.
fn assert_proof(proof: &str, url: &str) {
    let decoded = |part: &str| URL_SAFE_NO_PAD.decode(part).expect("Base64");
    let (signed, signature) = proof.rsplit_once('.').expect("three parts");
    let (header, claims) = signed.split_once('.').expect("three parts");
    let header: Value = serde_json::from_slice(&decoded(header)).expect("JSON");
    let (x, y) = (
        "rxr7myJjNbR6HdM4sEvgabv9ALehUZUbyQuTYLTrHi0",
        "jiUzBxbWghUQIANAKDJGD6MD9FJHISh9ltWngZVTcyQ",
    );
    let jwk = json!({"kty": "EC", "x": x, "y": y, "crv": "P-256"});
    let expected = json!({"typ": "dpop+jwt", "alg": "ES256", "jwk": jwk});
    assert_eq!(header, expected);
    let claims: Value = serde_json::from_slice(&decoded(claims)).expect("JSON");
    assert_eq!(claims["htm"], "POST");
    assert_eq!(claims["htu"], url);
    assert!(claims["iat"].as_i64() > Some(1_700_000_000));
    assert!(claims["jti"].as_str().map(str::len) > Some(20));
    let point = [vec![4], decoded(x), decoded(y)].concat();
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
        .verify(signed.as_bytes(), &decoded(signature))
        .expect("a signature of this key");
}

#[test]
fn a_console_sign_in_that_cannot_be_renewed_says_why() {
    let expired = r#"{"__type": "AccessDeniedException", "error": "TOKEN_EXPIRED", "message": "old"}"#;
    let server = Server::start(vec![Reply::Answer(403, expired.into())]);
    let denied = renewed(&server, LOGIN_KEY).expect_err("expired");
    assert_eq!(denied.code.as_deref(), Some("AccessDeniedException"));
    assert_eq!(denied.reason.as_deref(), Some("TOKEN_EXPIRED"));

    let of_no_curve = "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----";
    for key in ["", "nonsense", of_no_curve] {
        let unusable = renewed(&server, key).expect_err("no key");
        assert_eq!(unusable.kind, FailureKind::Setting);
    }
    for name in [
        "accessKeyId",
        "secretAccessKey",
        "sessionToken",
        "expiresIn",
        "refreshToken",
        "accessToken",
    ] {
        let server = Server::start(vec![ok(LOGIN.replace(name, "else"))]);
        let failure = renewed(&server, LOGIN_KEY).expect_err(name);
        assert_eq!(failure.kind, FailureKind::Response, "{name}");
        assert!(!failure.to_string().contains("login-"), "{failure}");
    }
}
