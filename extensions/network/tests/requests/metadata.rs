//! A container's agent, and an instance's metadata service.

use std::time::Duration;

use _network::container::Container;
use _network::metadata::Metadata;
use _network::{ExposeSecret as _, Secret};
use _network::{Failure, FailureKind, Fetched};

use super::done;
use super::server::{Reply, Server, ok};

const KEYS: &str = r#"{"Code": "Success", "AccessKeyId": "ASIATASK", "SecretAccessKey": "task-secret",
    "Token": "task-token", "Expiration": "2030-01-02T03:04:05Z", "AccountId": "123456789012"}"#;

fn container(url: &str) -> Container {
    Container {
        url: url.to_owned(),
        authorization_token: None,
        connect_timeout: Duration::from_secs(5),
        read_timeout: Duration::from_secs(5),
        attempts: 1,
        pause: Duration::ZERO,
    }
}

fn metadata(server: &Server) -> Metadata {
    Metadata {
        endpoint: server.url.clone(),
        timeout: Duration::from_millis(500),
        attempts: 1,
        version_1: false,
    }
}

fn of_container(asked: Container) -> Result<Fetched, Failure> {
    let agent = asked.open()?;
    done(agent.credentials())
}

fn of_instance(asked: Metadata) -> Result<Fetched, Failure> {
    let service = asked.open()?;
    done(service.credentials())
}

fn assert_credentials(fetched: &Fetched) {
    assert_eq!(fetched.credentials.access_key, "ASIATASK");
    assert_eq!(fetched.credentials.secret_key.expose_secret(), "task-secret");
    let token = fetched.credentials.token.as_ref().map(Secret::expose_secret);
    assert_eq!(token, Some("task-token"));
    assert_eq!(fetched.expiry, Some(1_893_553_445.0));
    assert_eq!(fetched.account_id.as_deref(), Some("123456789012"));
}

#[test]
fn a_container_shows_its_token_and_gets_its_credentials() {
    let server = Server::start(vec![ok(KEYS)]);
    let asked = Container {
        authorization_token: Some(Secret::from("let me in")),
        ..container(&format!("{}/v2/keys?id=1", server.url))
    };
    assert_credentials(&of_container(asked).expect("credentials"));
    let asked = server.asked().remove(0);
    assert!(asked.starts_with("GET /v2/keys?id=1 HTTP/1.1\n"), "{asked}");
    assert!(asked.contains("authorization: let me in\n"), "{asked}");
    assert!(asked.contains("accept: application/json\n"), "{asked}");
}

#[test]
fn a_container_tries_again_after_any_failure_but_not_for_ever() {
    let failing = || vec![Reply::Answer(500, "busy".into()), Reply::HangUp, ok("no json")];
    let server = Server::start(failing());
    let asked = Container {
        attempts: 3,
        ..container(&server.url)
    };
    let failure = of_container(asked).expect_err("no credentials");
    assert_eq!(failure.kind, FailureKind::Response);
    assert_eq!(failure.status, Some(200));
    let message = "Unable to parse JSON returned from container metadata services";
    assert_eq!(failure.message, message);

    let server = Server::start(failing().into_iter().chain([ok(KEYS)]).collect());
    let asked = Container {
        attempts: 4,
        ..container(&server.url)
    };
    assert_credentials(&of_container(asked).expect("credentials"));
}

#[test]
fn a_container_says_what_its_agent_said() {
    let server = Server::start(vec![Reply::Answer(404, "no such task".into())]);
    let failure = of_container(container(&server.url)).expect_err("no credentials");
    assert_eq!(failure.kind, FailureKind::Service);
    assert_eq!(failure.status, Some(404));
    assert_eq!(failure.message, "no such task");
}

#[test]
fn a_container_asks_nobody_but_its_own_host() {
    for url in [
        "http://example.com/keys",
        "http://169.254.170.3/",
        "http://[fd00:ec2::24]/",
        "ftp://elsewhere/",
        "nonsense",
    ] {
        let failure = container(url).open().expect_err(url);
        assert_eq!(failure.kind, FailureKind::Setting, "{url}");
    }
    let failure = container("http://Example.com/").open().expect_err("no");
    assert_eq!(
        failure.message,
        "Unsupported host 'example.com'.  Can only retrieve metadata from a loopback address or \
         one of these hosts: 169.254.170.2, 169.254.170.23, fd00:ec2::23, localhost"
    );
    for url in [
        "http://127.0.0.9/",
        "http://[::1]:80/",
        "http://LocalHost:1/",
        "http://169.254.170.23/v1",
        "http://[fd00:ec2::23]/v1",
        "https://example.com/",
    ] {
        assert!(container(url).open().is_ok(), "{url}");
    }
}

#[test]
fn an_answer_without_a_key_is_incomplete_and_leaks_nothing() {
    for name in ["AccessKeyId", "SecretAccessKey", "Token", "Expiration"] {
        let server = Server::start(vec![ok(KEYS.replace(name, "Else"))]);
        let failure = of_container(container(&server.url)).expect_err(name);
        assert_eq!(failure.kind, FailureKind::Response);
        assert!(failure.message.ends_with(name), "{failure}");
        assert!(!format!("{failure} {failure:?}").contains("task-"), "{failure:?}");
    }
    for body in ["", "[]", "{", "{}x", "null", r#"{"AccessKeyId": 1}"#] {
        let server = Server::start(vec![ok(body)]);
        let failure = of_container(container(&server.url)).expect_err(body);
        assert_eq!(failure.kind, FailureKind::Response, "{body}");
    }
}

#[test]
fn an_instance_asks_for_a_token_a_role_and_its_credentials() {
    let server = Server::start(vec![ok("session"), ok("reader"), ok(KEYS)]);
    assert_credentials(&of_instance(metadata(&server)).expect("credentials"));
    let asked = server.asked();
    assert!(asked[0].starts_with("PUT /latest/api/token HTTP/1.1\n"), "{}", asked[0]);
    assert!(asked[0].contains("x-aws-ec2-metadata-token-ttl-seconds: 21600\n"));
    let role = "GET /latest/meta-data/iam/security-credentials/ HTTP/1.1\n";
    assert!(asked[1].starts_with(role), "{}", asked[1]);
    let third = "GET /latest/meta-data/iam/security-credentials/reader HTTP/1.1\n";
    assert!(asked[2].starts_with(third), "{}", asked[2]);
    for asked in &asked[1..] {
        assert!(asked.contains("x-aws-ec2-metadata-token: session\n"), "{asked}");
    }
}

#[test]
fn a_failing_step_is_named() {
    let steps = ["a token: ", "the name of the role: ", "the credentials of the role: "];
    for (good, step) in steps.iter().enumerate() {
        for (bad, kind) in [
            (Reply::Answer(500, "busy".into()), FailureKind::Service),
            (Reply::Answer(403, String::new()), FailureKind::Service),
            (ok(""), FailureKind::Service),
            (Reply::Silence, FailureKind::ReadTimeout),
            (Reply::HangUp, FailureKind::Closed),
        ] {
            let mut replies: Vec<Reply> = (0..good).map(|_| ok("fine")).collect();
            replies.push(bad);
            let server = Server::start(replies);
            let failure = of_instance(metadata(&server)).expect_err(step);
            assert!(failure.message.starts_with(step), "{failure}");
            assert_eq!(failure.kind, kind, "{failure}");
        }
    }
}

#[test]
fn an_instance_without_a_usable_role_says_so() {
    let refusal = r#"{"Code": "AssumeRoleUnauthorizedAccess", "Message": "EC2 cannot assume it"}"#;
    let server = Server::start(vec![ok("session"), ok("reader"), ok(refusal)]);
    let failure = of_instance(metadata(&server)).expect_err("no credentials");
    assert_eq!(failure.kind, FailureKind::Response);
    assert_eq!(failure.code.as_deref(), Some("AssumeRoleUnauthorizedAccess"));

    let server = Server::start(vec![ok("session"), ok("reader"), ok("garbage")]);
    let failure = of_instance(metadata(&server)).expect_err("no credentials");
    assert!(failure.message.ends_with("the answer is not JSON"), "{failure}");
}

#[test]
fn every_step_is_tried_as_often_as_asked() {
    let busy = || Reply::Answer(500, "busy".into());
    let replies = vec![busy(), ok("session"), busy(), ok("reader"), busy(), ok(KEYS)];
    let server = Server::start(replies);
    let asked = Metadata {
        attempts: 2,
        ..metadata(&server)
    };
    assert_credentials(&of_instance(asked).expect("credentials"));
}

#[test]
fn version_1_is_asked_only_if_allowed_and_only_if_there_is_no_version_2() {
    for refusal in [
        Reply::Answer(404, String::new()),
        Reply::Answer(403, String::new()),
        Reply::Answer(405, String::new()),
        Reply::Silence,
    ] {
        let server = Server::start(vec![refusal, ok("reader"), ok(KEYS)]);
        let asked = Metadata {
            version_1: true,
            ..metadata(&server)
        };
        assert_credentials(&of_instance(asked).expect("credentials"));
        let asked = server.asked();
        assert!(!asked[1].contains("x-aws-ec2-metadata-token"), "{}", asked[1]);
    }
    let server = Server::start(vec![Reply::Answer(400, "bad".into())]);
    let asked = Metadata {
        version_1: true,
        ..metadata(&server)
    };
    assert_eq!(of_instance(asked).expect_err("bad").status, Some(400));
}
