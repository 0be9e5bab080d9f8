//! The answers of STS, and the ways to get none, which are the same for every service.

use std::io::Write as _;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use _network::sts::{self, AssumeRole};
use _network::{Credentials, ExposeSecret as _, Secret};
use _network::{Failure, FailureKind, Fetched, Network, Waiting, sso};

use super::server::{Reply, Server, ok};
use super::{done, network};

const ROLE: &str = r#"<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleResult>
    <AssumedRoleUser>
      <AssumedRoleId>AROA:me</AssumedRoleId>
      <Arn>arn:aws:sts::123456789012:assumed-role/reader/me</Arn>
    </AssumedRoleUser>
    <Credentials>
      <AccessKeyId>ASIAROLE</AccessKeyId>
      <SecretAccessKey>role-secret</SecretAccessKey>
      <SessionToken>role-token</SessionToken>
      <Expiration>2030-01-02T03:04:05Z</Expiration>
    </Credentials>
  </AssumeRoleResult>
  <ResponseMetadata><RequestId>req-1</RequestId></ResponseMetadata>
</AssumeRoleResponse>"#;

const DENIED: &str = r#"<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not you</Message></Error>
  <RequestId>req-1</RequestId>
</ErrorResponse>"#;

fn source() -> Credentials {
    Credentials {
        access_key: "AKIDEXAMPLE".into(),
        secret_key: Secret::from("source-secret"),
        token: Some(Secret::from("source-token")),
    }
}

fn assume(network: &Network) -> Result<Fetched, Failure> {
    let asked = AssumeRole {
        role_arn: "arn:aws:iam::123456789012:role/reader".into(),
        role_session_name: "me".into(),
        external_id: Some("third party".into()),
        serial_number: Some("arn:aws:iam::123456789012:mfa/me".into()),
        token_code: Some("123456".into()),
        duration_seconds: Some(900),
    };
    done(sts::assume_role(&network.open()?, &source(), asked))
}

fn refused(reply: Reply) -> Failure {
    let server = Server::start(vec![reply]);
    let failure = assume(&network(&server.url)).expect_err("no credentials");
    assert_eq!(failure.endpoint.as_deref(), Some(format!("{}/", server.url).as_str()));
    failure
}

#[test]
fn a_role_is_asked_for_with_every_parameter_and_signed_and_its_keys_come_back_whole() {
    let server = Server::start(vec![ok(ROLE)]);
    let fetched = assume(&network(&server.url)).expect("credentials");
    assert_eq!(fetched.credentials.access_key, "ASIAROLE");
    assert_eq!(fetched.credentials.secret_key.expose_secret(), "role-secret");
    let token = fetched.credentials.token.as_ref().map(Secret::expose_secret);
    assert_eq!(token, Some("role-token"));
    assert_eq!(fetched.expiry, Some(1_893_553_445.0));
    assert_eq!(fetched.account_id.as_deref(), Some("123456789012"));
    let asked = server.asked().remove(0);
    for part in [
        "Action=AssumeRole&Version=2011-06-15",
        "RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Freader",
        "RoleSessionName=me",
        "ExternalId=third%20party",
        "SerialNumber=arn%3Aaws%3Aiam%3A%3A123456789012%3Amfa%2Fme",
        "TokenCode=123456",
        "DurationSeconds=900",
        "Credential=AKIDEXAMPLE/",
        "/eu-central-1/sts/aws4_request",
        "x-amz-security-token: source-token",
    ] {
        assert!(asked.contains(part), "{part} is not in {asked}");
    }
}

#[test]
fn a_web_identity_needs_no_credentials() {
    let body = ROLE.replace("AssumeRole", "AssumeRoleWithWebIdentity");
    let server = Server::start(vec![ok(body)]);
    let service = network(&server.url).open().expect("an open network");
    let token = Secret::from("identity-token");
    let request = sts::assume_role_with_web_identity(&service, "arn:role", "me", &token);
    assert_eq!(done(request).expect("credentials").credentials.access_key, "ASIAROLE");
    let asked = server.asked().remove(0);
    assert!(asked.contains("WebIdentityToken=identity-token"), "{asked}");
    assert!(!asked.contains("authorization:"), "{asked}");
}

#[test]
fn an_error_of_the_service_keeps_its_code_message_status_and_request_id() {
    let failure = refused(Reply::Answer(403, DENIED.into()));
    assert_eq!(failure.kind, FailureKind::Service);
    assert_eq!(failure.code.as_deref(), Some("AccessDenied"));
    assert_eq!(failure.message, "not you");
    assert_eq!(failure.status, Some(403));
    assert_eq!(failure.request_id.as_deref(), Some("req-1"));
}

#[test]
fn an_error_page_on_the_way_is_named_after_its_status() {
    for body in ["", " \n", "<html><body>busy</body></html>"] {
        let failure = refused(Reply::Answer(503, body.into()));
        assert_eq!(failure.kind, FailureKind::Service, "{body}");
        assert_eq!(failure.code.as_deref(), Some("503"));
        assert_eq!(failure.message, "Service Unavailable");
    }
}

#[test]
fn an_answer_that_makes_no_sense_is_an_error_and_no_panic() {
    let cut = ROLE.split_at(ROLE.len() / 2).0;
    for body in ["", "garbage", "<", "<html></html>", "{}", "<a><b></a>", cut] {
        for status in [200, 400] {
            let failure = refused(Reply::Answer(status, body.into()));
            let named_nothing = failure.kind == FailureKind::Service && status == 400;
            assert!(
                failure.kind == FailureKind::Response || named_nothing,
                "{body}: {failure}"
            );
            assert_eq!(failure.status, Some(status), "{body}");
        }
    }
}

#[test]
fn an_answer_without_a_key_is_incomplete() {
    for name in [
        "AccessKeyId",
        "SecretAccessKey",
        "SessionToken",
        "Expiration",
        "Credentials",
    ] {
        let body = ROLE.replace(name, "Else");
        let failure = refused(ok(body));
        assert_eq!(failure.kind, FailureKind::Response, "{name}");
        assert!(!failure.to_string().contains("role-secret"), "{failure}");
    }
}

#[test]
fn a_refused_connection_is_told_apart_from_a_silent_service() {
    let port = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.local_addr().expect("an address").port()
    };
    let failure = assume(&network(&format!("http://127.0.0.1:{port}"))).expect_err("no one there");
    assert_eq!(failure.kind, FailureKind::Connect);

    for silence in [Reply::Silence, Reply::HeadersOnly] {
        let server = Server::start(vec![silence]);
        let patience = Network {
            read_timeout: Duration::from_millis(200),
            ..network(&server.url)
        };
        let start = Instant::now();
        let failure = assume(&patience).expect_err("silence");
        assert_eq!(failure.kind, FailureKind::ReadTimeout);
        assert!(start.elapsed() < Duration::from_secs(3));
    }
}

#[test]
fn no_connection_in_time_is_told_apart_from_silence() {
    // A full backlog leaves a connection half made.
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let mut waiting = Vec::new();
    while let Ok(stream) = std::net::TcpStream::connect_timeout(&address, Duration::from_millis(300)) {
        waiting.push(stream);
        assert!(waiting.len() < 5000, "the backlog never fills");
    }
    let hasty = Network {
        connect_timeout: Duration::from_millis(200),
        ..network(&format!("http://{address}"))
    };
    let failure = assume(&hasty).expect_err("no connection");
    assert_eq!(failure.kind, FailureKind::ConnectTimeout);
}

#[test]
fn a_connection_that_is_closed_or_speaks_no_http_is_closed() {
    for reply in [
        Reply::HangUp,
        Reply::Raw("SSH-2.0-OpenSSH_9.6\r\n"),
        Reply::Raw("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nshort"),
    ] {
        assert_eq!(refused(reply).kind, FailureKind::Closed);
    }
}

#[test]
fn only_what_may_pass_is_tried_again() {
    let again = Reply::Answer(500, "<html></html>".into());
    let server = Server::start(vec![again, ok(ROLE)]);
    let twice = Network {
        attempts: 2,
        ..network(&server.url)
    };
    assert!(assume(&twice).is_ok());
    assert_eq!(server.asked().len(), 2);

    let server = Server::start(vec![Reply::Answer(403, DENIED.into()), ok(ROLE)]);
    let twice = Network {
        attempts: 2,
        ..network(&server.url)
    };
    assert_eq!(assume(&twice).expect_err("denied").status, Some(403));
}

#[test]
fn a_service_that_speaks_no_tls_is_a_matter_of_tls() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    });
    let failure = assume(&network(&format!("https://{address}"))).expect_err("no TLS");
    assert_eq!(failure.kind, FailureKind::Tls, "{failure}");
}

#[test]
fn a_bundle_that_is_missing_or_holds_no_certificate_is_a_bad_setting() {
    for bundle in ["no/such/bundle.pem", "Cargo.toml"] {
        let network = Network {
            ca_bundle: Some(bundle.into()),
            ..network("https://127.0.0.1:1")
        };
        let failure = network.open().expect_err("no certificates");
        assert_eq!(failure.kind, FailureKind::Setting);
        assert!(failure.message.contains(bundle), "{failure}");
    }
}

#[test]
fn a_wait_ends_when_its_caller_is_interrupted() {
    let server = Server::start(vec![Reply::Silence]);
    let service = network(&server.url).open().expect("an open network");
    let source = source();
    let request = sts::assume_role(&service, &source, AssumeRole::default());
    let start = Instant::now();
    let waiting = Waiting::begin(request).expect("a runtime");
    let outcome = waiting.wait(Some(|| Err("interrupted")));
    assert!(matches!(outcome, Err("interrupted")));
    assert!(start.elapsed() < Duration::from_secs(1));
}

#[test]
fn a_request_that_cannot_be_made_shows_no_secret() {
    let endpoints = ["nonsense", "http://", "http://a b/", "/path", ""];
    let networks = endpoints.iter().map(|url| network(url)).chain([
        Network {
            region: None,
            ..network("http://127.0.0.1:1")
        },
        Network {
            region: Some("not a region".into()),
            ..network("http://127.0.0.1:1")
        },
    ]);
    for network in networks {
        let service = match network.open() {
            Ok(service) => service,
            Err(failure) => {
                assert_eq!(failure.kind, FailureKind::Setting);
                continue;
            }
        };
        let token = Secret::from("sign-in");
        let of_sso = done(sso::role_credentials(&service, "reader", "1", &token));
        let of_identity = done(sts::assume_role_with_web_identity(&service, "r", "me", &token));
        for outcome in [of_sso, of_identity, assume(&network)] {
            let failure = outcome.expect_err("no request");
            let printed = format!("{failure} {failure:?}");
            assert!(!printed.contains("sign-in"), "{printed}");
            assert!(!printed.contains("source-"), "{printed}");
            assert!(
                failure.kind == FailureKind::Setting || failure.kind == FailureKind::Connect,
                "{printed}"
            );
        }
    }
}
