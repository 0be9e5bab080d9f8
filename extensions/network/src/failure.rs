//! One failed request, with what a caller needs to name it as boto3 does. Holds no secret.

use std::fmt;

/// What went wrong, as far as a caller can act on it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FailureKind {
    /// The service answered with an error. Fix: what its code and message say.
    Service,
    /// No connection: no such host, refused, unreachable. Fix: the endpoint or the network.
    Connect,
    /// No connection in time.
    ConnectTimeout,
    /// A connection, then silence for too long.
    ReadTimeout,
    /// A connection, closed before the answer was complete, or an answer that is not HTTP.
    Closed,
    /// The service's certificate is not trusted, or is another's. Fix: `ca_bundle`.
    Tls,
    /// An answer that cannot be read, or lacks something.
    Response,
    /// The request could not be made: a bad URL, region, path or key. Fix: that setting.
    Setting,
}

impl FailureKind {
    /// The name of this kind in Python.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Connect => "connect",
            Self::ConnectTimeout => "connect_timeout",
            Self::ReadTimeout => "read_timeout",
            Self::Closed => "closed",
            Self::Tls => "tls",
            Self::Response => "response",
            Self::Setting => "setting",
        }
    }
}

/// Why no credentials came back.
#[derive(Clone, Debug)]
pub struct Failure {
    /// What went wrong.
    pub kind: FailureKind,
    /// The service's name for its error, such as `AccessDenied`.
    pub code: Option<Box<str>>,
    /// The service's message, or this library's if the service gave none.
    pub message: String,
    /// The OAuth error of a sign-in, such as `TOKEN_EXPIRED`.
    pub reason: Option<Box<str>>,
    /// The status of the answer, if there was one.
    pub status: Option<u16>,
    /// The id of the request in the service's logs.
    pub request_id: Option<Box<str>>,
    /// The URL that was asked.
    pub endpoint: Option<Box<str>>,
    /// How often it was asked, where that is counted.
    pub attempts: u32,
}

impl Failure {
    /// A failure with only a kind and a message.
    #[must_use]
    pub fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            code: None,
            message: message.into(),
            reason: None,
            status: None,
            request_id: None,
            endpoint: None,
            attempts: 0,
        }
    }

    /// The same, about this URL.
    #[must_use]
    pub fn at(mut self, endpoint: impl Into<Box<str>>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// The same, with the status of the answer.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(code) = &self.code {
            write!(f, "{code}: ")?;
        }
        f.write_str(&self.message)?;
        if let Some(status) = self.status {
            write!(f, " (status {status})")?;
        }
        if let Some(endpoint) = &self.endpoint {
            write!(f, " [{endpoint}]")?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}
