//! What a request for a session with a directory bucket comes to.

use _network::{ExposeSecret as _, Failure, FailureKind, Fetched, Network, Secret, session};

use super::server::{Reply, Server, ok};
use super::{done, network};

const SESSION: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<CreateSessionResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Credentials>
<SessionToken>a token+/=</SessionToken><SecretAccessKey>a &amp; b</SecretAccessKey>
<AccessKeyId>ASIASESSION</AccessKeyId><Expiration>2030-01-02T03:04:05Z</Expiration>
</Credentials></CreateSessionResult>"#;

fn open(network: &Network, url: &str) -> Result<Fetched, Failure> {
    let headers = [("authorization".to_owned(), Secret::from("signed"))];
    let url = format!("{url}/?session");
    done(session::create_session(&network.open()?, &url, &headers))
}

fn refused(replies: Vec<Reply>, attempts: u32) -> (Failure, usize) {
    let server = Server::start(replies);
    let network = Network {
        attempts,
        ..network(&server.url)
    };
    let failure = open(&network, &server.url).expect_err("no session");
    (failure, server.asked().len())
}

#[test]
fn a_session_is_read_whole_and_asked_for_with_the_callers_headers() {
    let server = Server::start(vec![ok(SESSION)]);
    let fetched = open(&network(&server.url), &server.url).expect("a session");
    let credentials = fetched.credentials;
    assert_eq!(credentials.access_key, "ASIASESSION");
    assert_eq!(credentials.secret_key.expose_secret(), "a & b");
    let token = credentials.token.expect("a token");
    assert_eq!(token.expose_secret(), "a token+/=");
    assert_eq!(fetched.expiry, Some(1_893_553_445.0));
    let asked = server.asked().remove(0);
    assert!(asked.starts_with("GET /?session HTTP/1.1"), "{asked}");
    assert!(asked.contains("authorization: signed"), "{asked}");
}

#[test]
fn a_refusal_keeps_its_code_and_is_not_repeated() {
    let denied = "<Error><Code>AccessDenied</Code><Message>not you</Message></Error>";
    let (failure, asked) = refused(vec![Reply::Answer(403, denied.into())], 5);
    assert_eq!((failure.kind, asked), (FailureKind::Service, 1));
    assert_eq!(failure.code.as_deref(), Some("AccessDenied"));
    assert_eq!(failure.message, "not you");
    assert_eq!((failure.status, failure.attempts), (Some(403), 1));
}

#[test]
fn a_busy_server_is_asked_again() {
    let server = Server::start(vec![
        Reply::Answer(503, "<Error><Code>SlowDown</Code></Error>".into()),
        Reply::HangUp,
        ok(SESSION),
    ]);
    let network = Network {
        attempts: 3,
        ..network(&server.url)
    };
    open(&network, &server.url).expect("a session");
    let busy = || Reply::Answer(503, String::new());
    let (failure, asked) = refused(vec![busy(), busy()], 2);
    assert_eq!((failure.attempts, asked), (2, 2));
    assert_eq!(failure.code.as_deref(), Some("503"));
}

#[test]
fn an_answer_without_a_part_names_it() {
    let element = |name: &str| (format!("<{name}>"), format!("<{name}X>"));
    for name in ["AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"] {
        let (whole, other) = element(name);
        let end = (format!("</{name}>"), format!("</{name}X>"));
        let body = SESSION.replace(&whole, &other).replace(&end.0, &end.1);
        let (failure, _) = refused(vec![ok(body)], 1);
        assert_eq!(failure.kind, FailureKind::Response);
        assert!(
            failure.message.ends_with(&format!("has no {name}")),
            "{}",
            failure.message
        );
    }
    let (failure, _) = refused(vec![ok("{}")], 1);
    assert_eq!(failure.kind, FailureKind::Response);
    let soon = SESSION.replace("2030-01-02T03:04:05Z", "soon");
    let (failure, _) = refused(vec![ok(soon)], 1);
    assert!(failure.message.contains("Expiration"), "{}", failure.message);
}
