//! Asks an EC2 instance's metadata service for the credentials of the instance's role.
//!
//! Version 2 asks for a token first. Version 1, without one, is asked only if that is allowed and
//! version 2 is not available, as botocore does; `aws-config` knows version 2 only.

use std::time::Duration;

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;

use super::connection::Connection;
use super::json::Object;
use super::network::direct;
use super::{Failure, FailureKind, Fetched, sdk};
use crate::credentials::{ExposeSecret as _, Secret};

/// Where the service is, over IPv4.
pub const IPV4: &str = "http://169.254.169.254/";
/// Where the service is, over IPv6.
pub const IPV6: &str = "http://[fd00:ec2::254]/";

const TOKEN: &str = "latest/api/token";
const ROLE: &str = "latest/meta-data/iam/security-credentials/";
/// Six hours.
const TOKEN_SECONDS: &str = "21600";

/// What to ask, and how patiently.
#[derive(Clone, Debug)]
pub struct Metadata {
    /// The service's URL.
    pub endpoint: String,
    /// How long to try to connect, and to wait for an answer once connected.
    pub timeout: Duration,
    /// The number of attempts for each step.
    pub attempts: u32,
    /// Whether to ask without a token if the service gives none.
    pub version_1: bool,
}

/// The connection to the service.
#[derive(Debug)]
pub struct Service {
    asked: Metadata,
    connection: Connection,
}

impl Metadata {
    /// Sends nothing. To be called while the GIL is held, as
    /// [`Network::open`](super::Network::open).
    ///
    /// # Errors
    /// The endpoint is not a URL.
    pub fn open(mut self) -> Result<Service, Failure> {
        if !self.endpoint.ends_with('/') {
            self.endpoint.push('/');
        }
        let connection = direct(&self.endpoint, self.timeout, self.timeout)?;
        Ok(Service {
            asked: self,
            connection,
        })
    }
}

impl Service {
    /// The credentials of the instance's role.
    ///
    /// # Errors
    /// Why it failed; the message names the step of the three.
    pub async fn credentials(&self) -> Result<Fetched, Failure> {
        let token = match self.token().await {
            Ok(token) => Some(token),
            Err(failure) if self.asked.version_1 && means_version_1(&failure) => None,
            Err(failure) => return Err(failure),
        };
        let step = "the name of the role";
        let role = self.get(ROLE, token.as_ref(), step).await?;
        let step = "the credentials of the role";
        let path = format!("{ROLE}{}", String::from_utf8_lossy(&role));
        let answer = self.get(&path, token.as_ref(), step).await?;
        let unusable = |message: String| Failure::new(FailureKind::Response, message).at(self.url(&path));
        let answer = Object::parse(&answer).ok_or_else(|| unusable(format!("{step}: the answer is not JSON")))?;
        answer.credentials().map_err(|missing| {
            let mut failure = unusable(format!("{step}: the answer has no {missing}"));
            failure.code = answer.string("Code").map(Into::into);
            failure
        })
    }

    async fn token(&self) -> Result<Secret, Failure> {
        let url = self.url(TOKEN);
        let request = || http::Request::put(&url).header("x-aws-ec2-metadata-token-ttl-seconds", TOKEN_SECONDS);
        // With one hop too many there is no answer: another attempt would not help.
        let again = |failure: &Failure| {
            failure.kind != FailureKind::ReadTimeout && !matches!(failure.status, Some(400 | 403 | 404 | 405))
        };
        let token = self.ask(&url, request, "a token", again).await?;
        Ok(Secret::from(String::from_utf8_lossy(&token).into_owned()))
    }

    async fn get(&self, path: &str, token: Option<&Secret>, step: &str) -> Result<Vec<u8>, Failure> {
        let url = self.url(path);
        let request = || match token {
            Some(token) => http::Request::get(&url).header("x-aws-ec2-metadata-token", token.expose_secret()),
            None => http::Request::get(&url),
        };
        self.ask(&url, request, step, |_| true).await
    }

    /// One step: the body of an answer that is not empty.
    async fn ask(
        &self,
        url: &str,
        request: impl Fn() -> http::request::Builder,
        step: &str,
        again: impl Fn(&Failure) -> bool,
    ) -> Result<Vec<u8>, Failure> {
        let mut attempt = 1;
        loop {
            let request = request()
                .header("user-agent", concat!("presigned/", env!("CARGO_PKG_VERSION")))
                .body(SdkBody::empty())
                .ok()
                .and_then(|request| HttpRequest::try_from(request).ok())
                .ok_or_else(|| Failure::new(FailureKind::Setting, format!("{step}: cannot be asked for")).at(url))?;
            let mut failure = match self.connection.send(request).await {
                Ok(answer) => {
                    let status = answer.status().as_u16();
                    let body = answer.body().bytes().unwrap_or_default();
                    if status == 200 && !body.is_empty() {
                        return Ok(body.to_vec());
                    }
                    let said = if body.is_empty() {
                        "no text in the answer".to_owned()
                    } else {
                        sdk::start_of(body)
                    };
                    Failure::new(FailureKind::Service, said).with_status(status).at(url)
                }
                Err(failure) => failure,
            };
            if attempt >= self.asked.attempts || !again(&failure) {
                failure.message.insert_str(0, &format!("{step}: "));
                return Err(failure);
            }
            attempt += 1;
        }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.asked.endpoint)
    }
}

/// Whether the missing token means that only version 1 is available.
fn means_version_1(failure: &Failure) -> bool {
    failure.kind != FailureKind::Setting && failure.status != Some(400)
}
