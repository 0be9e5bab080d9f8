//! Sign-ins at IAM Identity Center and at the console.

use presigned::credentials::Secret;
use presigned::credentials::fetch::{Kind, login, sso};

use super::server::{Reply, Server, ok};
use super::{done, network};

/// A P-256 key of no one, as `aws login` keeps it.
const LOGIN_KEY: &str = include_str!("login_key.pem");

#[test]
fn a_sign_in_at_sso_is_traded_for_the_keys_of_a_role() {
    let body = r#"{"roleCredentials": {"accessKeyId": "ASIASSO", "secretAccessKey": "sso-secret",
        "sessionToken": "sso-token", "expiration": 1893553445000}}"#;
    let server = Server::start(vec![ok(body)]);
    let wire = network(&server.url).open().expect("a wire");
    let token = Secret::new("sign-in");
    let fetched = done(sso::role_credentials(
        &wire,
        "reader",
        "123456789012",
        &token,
    ));
    let fetched = fetched.expect("keys");
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
        (
            body,
            "UnauthorizedException",
            "Session token not found or invalid",
        ),
        ("no json", "401", "no json"),
    ] {
        let server = Server::start(vec![Reply::Answer(401, body.into())]);
        let wire = network(&server.url).open().expect("a wire");
        let token = Secret::new("sign-in");
        let failure = done(sso::role_credentials(&wire, "reader", "1", &token)).expect_err(body);
        assert_eq!(failure.kind, Kind::Service);
        assert_eq!(failure.code.as_deref(), Some(code));
        assert_eq!(failure.message, message);
    }
}

#[test]
fn a_sign_in_at_sso_is_renewed() {
    let body = r#"{"accessToken": "next", "expiresIn": 28800, "refreshToken": "after", "tokenType": "Bearer"}"#;
    let server = Server::start(vec![ok(body)]);
    let wire = network(&server.url).open().expect("a wire");
    let (secret, refresh) = (Secret::new("client"), Secret::new("refresh"));
    let token = done(sso::create_token(&wire, "id", &secret, &refresh)).expect("a token");
    assert_eq!(token.access_token.expose(), "next");
    assert_eq!(token.expires_in, 28800);
    assert_eq!(
        token.refresh_token.as_ref().map(Secret::expose),
        Some("after")
    );
    let asked = server.asked().remove(0);
    assert!(asked.contains(r#""grantType":"refresh_token""#), "{asked}");
}

#[test]
fn a_console_sign_in_is_renewed_with_a_proof_and_says_why_it_is_not() {
    let body = r#"{"accessToken": {"accessKeyId": "ASIALOGIN", "secretAccessKey": "login-secret",
        "sessionToken": "login-token"}, "tokenType": "aws_sigv4", "expiresIn": 900,
        "refreshToken": "after"}"#;
    let expired =
        r#"{"__type": "AccessDeniedException", "error": "TOKEN_EXPIRED", "message": "old"}"#;
    let server = Server::start(vec![ok(body), Reply::Answer(403, expired.into())]);
    let wire = network(&server.url).open().expect("a wire");
    let (refresh, key) = (Secret::new("refresh"), Secret::new(LOGIN_KEY));
    let login = done(login::create_token(&wire, "client", &refresh, &key)).expect("keys");
    assert_eq!(login.access_key, "ASIALOGIN");
    assert_eq!(login.expires_in, 900);
    assert_eq!(login.refresh_token.expose(), "after");
    let asked = server.asked().remove(0);
    let proof = asked.lines().find_map(|line| line.strip_prefix("dpop: "));
    assert_eq!(proof.expect("a proof").split('.').count(), 3);

    let denied = done(login::create_token(&wire, "client", &refresh, &key)).expect_err("expired");
    assert_eq!(denied.code.as_deref(), Some("AccessDeniedException"));
    assert_eq!(denied.reason.as_deref(), Some("TOKEN_EXPIRED"));

    let key = Secret::new("-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----");
    let unusable = done(login::create_token(&wire, "client", &refresh, &key)).expect_err("a key");
    assert_eq!(unusable.kind, Kind::Setting);
}
