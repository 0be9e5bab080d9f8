//! Asks the container's agent (ECS, EKS Pod Identity, Greengrass) for the task's credentials.
//!
//! `aws-config` has this too, but reads the URL and the token from the environment only, and has
//! its own time-outs and hosts.

use std::net::IpAddr;
use std::time::Duration;

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;

use super::connection::Connection;
use super::json::Object;
use super::network::direct;
use super::{Failure, FailureKind, Fetched, sdk};
use crate::credentials::{ExposeSecret as _, Secret};

/// The hosts that may be asked without TLS, beside a loopback address.
const ALLOWED_HOSTS: [&str; 4] = ["169.254.170.2", "169.254.170.23", "fd00:ec2::23", "localhost"];

/// What to ask, and how patiently.
#[derive(Clone, Debug)]
pub struct Container {
    /// The whole URL.
    pub url: String,
    /// The authorization token for the agent, if there is one.
    pub authorization_token: Option<Secret>,
    /// How long to try to connect.
    pub connect_timeout: Duration,
    /// How long to wait for an answer once connected.
    pub read_timeout: Duration,
    /// How many attempts to make.
    pub attempts: u32,
    /// How long to wait between two attempts.
    pub pause: Duration,
}

/// The connection to the agent.
#[derive(Debug)]
pub struct Agent {
    asked: Container,
    connection: Connection,
}

impl Container {
    /// Checks the URL; sends nothing. To be called while the GIL is held, as
    /// [`Network::open`](super::Network::open).
    ///
    /// # Errors
    /// A host that must not be asked, or a string that is not a URL.
    pub fn open(self) -> Result<Agent, Failure> {
        check_host(&self.url).map_err(|failure| failure.at(self.url.as_str()))?;
        let connection = direct(&self.url, self.connect_timeout, self.read_timeout)?;
        Ok(Agent {
            asked: self,
            connection,
        })
    }
}

impl Agent {
    /// The credentials of the task.
    ///
    /// # Errors
    /// Why the last attempt failed.
    pub async fn credentials(&self) -> Result<Fetched, Failure> {
        let mut attempt = 1;
        loop {
            match self.attempt().await {
                Err(failure) if attempt < self.asked.attempts && failure.kind != FailureKind::Setting => {
                    attempt += 1;
                    tokio::time::sleep(self.asked.pause).await;
                }
                Err(failure) => return Err(failure),
                Ok(answer) => return self.read(&answer),
            }
        }
    }

    async fn attempt(&self) -> Result<Object, Failure> {
        let url = &self.asked.url;
        let mut request = http::Request::get(url).header("accept", "application/json");
        if let Some(token) = &self.asked.authorization_token {
            request = request.header("authorization", token.expose_secret());
        }
        let request = request
            .body(SdkBody::empty())
            .ok()
            .and_then(|request| HttpRequest::try_from(request).ok())
            .ok_or_else(|| {
                let message = "the URL or the authorization token cannot be sent";
                Failure::new(FailureKind::Setting, message).at(url.as_str())
            })?;
        let answer = self.connection.send(request).await?;
        let status = answer.status().as_u16();
        let body = answer.body().bytes().unwrap_or_default();
        if status != 200 {
            let failure = Failure::new(FailureKind::Service, sdk::start_of(body));
            return Err(failure.with_status(status).at(url.as_str()));
        }
        Object::parse(body).ok_or_else(|| {
            let message = "Unable to parse JSON returned from container metadata services";
            Failure::new(FailureKind::Response, message)
                .with_status(status)
                .at(url.as_str())
        })
    }

    fn read(&self, answer: &Object) -> Result<Fetched, Failure> {
        answer.credentials().map_err(|missing| {
            let message = format!("the answer of the container's agent has no {missing}");
            Failure::new(FailureKind::Response, message).at(self.asked.url.as_str())
        })
    }
}

/// Allows only the hosts that botocore allows to be asked for credentials.
fn check_host(url: &str) -> Result<(), Failure> {
    let parsed: http::Uri = url
        .parse()
        .map_err(|_| Failure::new(FailureKind::Setting, format!("not a URL: {url}")))?;
    let host = parsed.host().unwrap_or_default().to_ascii_lowercase();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let is_loopback = host.parse::<IpAddr>().is_ok_and(|host| host.is_loopback());
    let is_secure = parsed.scheme_str() == Some("https");
    if is_secure || is_loopback || ALLOWED_HOSTS.contains(&host) {
        return Ok(());
    }
    Err(Failure::new(
        FailureKind::Setting,
        format!(
            "Unsupported host '{host}'.  Can only retrieve metadata from a loopback address or \
             one of these hosts: {}",
            ALLOWED_HOSTS.join(", ")
        ),
    ))
}
