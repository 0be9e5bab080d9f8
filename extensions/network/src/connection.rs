//! Sends each request to its service, and says how it failed.
//!
//! The client below has one time-out for everything up to an answer's headers, and none for its
//! body. botocore has two: one until there is a connection, and one for each silence after that.

use std::error::Error;
use std::io;
use std::pin::pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_smithy_http_client::Connector;
use aws_smithy_runtime_api::client::connection::CaptureSmithyConnection;
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use tokio::time::timeout;

use super::failure::{Failure, FailureKind};

/// How often to check for a connection: the client does not report it.
const GLANCE: Duration = Duration::from_millis(25);

/// The longest answer: longer ones are not credentials.
const LONGEST_ANSWER: usize = 1 << 20;

/// The connection to one service, for the length of one call.
#[derive(Clone, Debug)]
pub(super) struct Connection {
    connector: Arc<Connector>,
    read_timeout: Duration,
    last: Arc<Mutex<Last>>,
    sent: Arc<AtomicU32>,
}

/// The last request on this connection.
#[derive(Debug, Default)]
struct Last {
    endpoint: Option<Box<str>>,
    failure: Option<Failure>,
}

impl Connection {
    /// Through this connector, which keeps the time-out for connecting.
    pub(super) fn new(connector: Connector, read_timeout: Duration) -> Self {
        Self {
            connector: Arc::new(connector),
            read_timeout,
            last: Arc::default(),
            sent: Arc::default(),
        }
    }

    /// How many requests there were.
    pub(super) fn sent(&self) -> u32 {
        self.sent.load(Ordering::Relaxed)
    }

    /// The URL of the last request.
    pub(super) fn endpoint(&self) -> Option<Box<str>> {
        self.with_last(|last| last.endpoint.clone())
    }

    /// How the last request failed, if it did.
    pub(super) fn failure(&self) -> Option<Failure> {
        self.with_last(|last| last.failure.clone())
    }

    /// One request and its whole answer.
    pub(super) async fn send(&self, request: HttpRequest) -> Result<HttpResponse, Failure> {
        self.sent.fetch_add(1, Ordering::Relaxed);
        let endpoint: Box<str> = request.uri().into();
        self.with_last(|last| {
            *last = Last {
                endpoint: Some(endpoint.clone()),
                failure: None,
            };
        });
        let answer = self.exchange(request).await;
        answer.map_err(|failure| {
            let failure = failure.at(endpoint);
            self.with_last(|last| last.failure = Some(failure.clone()));
            failure
        })
    }

    async fn exchange(&self, mut request: HttpRequest) -> Result<HttpResponse, Failure> {
        let connection = CaptureSmithyConnection::new();
        request.add_extension(connection.clone());
        let mut answer = pin!(self.connector.call(request));
        let head = loop {
            match timeout(GLANCE, answer.as_mut()).await {
                Ok(head) => break head,
                Err(_) if connection.get().is_none() => {}
                Err(_) => match timeout(self.read_timeout, answer.as_mut()).await {
                    Ok(head) => break head,
                    Err(_) => return Err(silent()),
                },
            }
        };
        let mut answer = head.map_err(|error| lost(&error, connection.get().is_some()))?;
        let mut stream = ByteStream::new(answer.take_body());
        let mut body = Vec::new();
        while let Some(part) = timeout(self.read_timeout, stream.next()).await.map_err(|_| silent())? {
            body.extend_from_slice(&part.map_err(|error| lost(&error, true))?);
            if body.len() > LONGEST_ANSWER {
                return Err(Failure::new(FailureKind::Response, "the answer never ends"));
            }
        }
        *answer.body_mut() = SdkBody::from(body);
        Ok(answer)
    }

    fn with_last<T>(&self, act: impl FnOnce(&mut Last) -> T) -> T {
        act(&mut self.last.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The error that the SDK's clients get. Its kind decides whether they try again.
impl HttpConnector for Connection {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let connection = self.clone();
        HttpConnectorFuture::new(async move {
            connection.send(request).await.map_err(|failure| {
                let as_error = match failure.kind {
                    FailureKind::ConnectTimeout | FailureKind::ReadTimeout => ConnectorError::timeout,
                    FailureKind::Connect | FailureKind::Closed => ConnectorError::io,
                    _ => ConnectorError::user,
                };
                as_error(Box::new(failure))
            })
        })
    }
}

fn silent() -> Failure {
    Failure::new(FailureKind::ReadTimeout, "the service did not answer in time")
}

/// How a request failed.
fn lost(error: &(dyn Error + 'static), connected: bool) -> Failure {
    let timed_out = error
        .downcast_ref::<ConnectorError>()
        .is_some_and(ConnectorError::is_timeout);
    // If a service closes the connection during a handshake, rustls has no error of its own.
    let is_handshake = |message: &str| message.contains("tls handshake");
    if timed_out {
        Failure::new(FailureKind::ConnectTimeout, "no connection in time")
    } else if let Some(refusal) = chain(error).find(|error| error.is::<rustls::Error>()) {
        Failure::new(FailureKind::Tls, refusal.to_string())
    } else if let Some(hung_up) = chain(error).find(|error| is_handshake(&error.to_string())) {
        Failure::new(FailureKind::Tls, hung_up.to_string())
    } else {
        let kind = if connected {
            FailureKind::Closed
        } else {
            FailureKind::Connect
        };
        Failure::new(kind, innermost(error))
    }
}

/// The most specific cause.
fn innermost(error: &(dyn Error + 'static)) -> String {
    chain(error).last().map_or_else(String::new, ToString::to_string)
}

/// An error and its causes. The source of an `io::Error` would skip the error inside it.
fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inside) => Some(inside as &(dyn Error + 'static)),
            None => error.source(),
        }
    })
}
