//! The errors of presigning: one variant for each thing that a caller can fix, with botocore's names.

use std::collections::TryReserveError;
use std::fmt;

/// Why a URL or a form could not be presigned.
///
/// Each variant carries the data of botocore's exception of the same name, so that the Python
/// face can raise that class with the same message.
#[derive(Debug)]
pub enum Error {
    /// Parameters that S3 or this library refuses; the message is the report.
    /// Fix: change the parameters it names.
    ParamValidation(String),
    /// No operation has this name. Fix: use the `snake_case` name of an S3 operation.
    UnknownClientMethod(String),
    /// There are no credentials. Fix: give an access key and a secret key.
    NoCredentials,
    /// The endpoint rules refuse this bucket, region or setting.
    EndpointResolution(String),
    /// Settings that S3 does not support together.
    UnsupportedS3Configuration(String),
    /// An access point that the settings do not allow.
    UnsupportedS3AccesspointConfiguration(String),
    /// A part of a host name that is not one.
    InvalidHostLabel(String),
    /// A signing scheme that needs a part which is not installed.
    MissingDependency(String),
    /// No signer has this name.
    UnsupportedSignatureVersion(String),
    /// A string that is not valid for its purpose; Python's `ValueError`.
    Value(String),
    /// A value of the wrong kind; Python's `TypeError`.
    Type(String),
    /// A number out of range; Python's `OverflowError`.
    Overflow(String),
    /// There is not enough memory; Python's `MemoryError`.
    Memory(String),
    /// A string that UTF-8 cannot hold, its lone surrogates carried along;
    /// Python's `UnicodeEncodeError`.
    LoneSurrogate(String),
    /// An error of the caller's own language, raised while one of its values was read.
    Foreign(Box<dyn std::error::Error + Send + Sync>),
}

/// The name of an exception of botocore's, and its argument by name.
pub type OfBotocore = (&'static str, Option<(&'static str, String)>);

impl Error {
    /// botocore's exception for this.
    ///
    /// # Errors
    /// The error itself, if it is not one of botocore's.
    pub fn as_botocore(self) -> Result<OfBotocore, Self> {
        let (name, argument, value) = match self {
            Self::NoCredentials => return Ok(("NoCredentialsError", None)),
            Self::ParamValidation(report) => ("ParamValidationError", "report", report),
            Self::UnknownClientMethod(name) => ("UnknownClientMethodError", "method_name", name),
            Self::EndpointResolution(message) => ("EndpointResolutionError", "msg", message),
            Self::UnsupportedS3Configuration(message) => ("UnsupportedS3ConfigurationError", "msg", message),
            Self::UnsupportedS3AccesspointConfiguration(message) => {
                ("UnsupportedS3AccesspointConfigurationError", "msg", message)
            }
            Self::InvalidHostLabel(label) => ("InvalidHostLabelError", "label", label),
            Self::MissingDependency(message) => ("MissingDependencyException", "msg", message),
            Self::UnsupportedSignatureVersion(name) => ("UnsupportedSignatureVersionError", "signature_version", name),
            other => return Err(other),
        };
        Ok((name, Some((argument, value))))
    }

    /// This error, with the row of a batch in front of its message.
    ///
    /// # Errors
    /// The error itself, if its message is fixed.
    pub fn of_row(self, row: usize) -> Result<Self, Self> {
        let led = |message: String| format!("row {row}: {message}");
        Ok(match self {
            Self::ParamValidation(message) => Self::ParamValidation(led(message)),
            Self::EndpointResolution(message) => Self::EndpointResolution(led(message)),
            Self::UnsupportedS3Configuration(message) => Self::UnsupportedS3Configuration(led(message)),
            Self::UnsupportedS3AccesspointConfiguration(message) => {
                Self::UnsupportedS3AccesspointConfiguration(led(message))
            }
            Self::MissingDependency(message) => Self::MissingDependency(led(message)),
            other => return Err(other),
        })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ParamValidation(report) => write!(f, "Parameter validation failed:\n{report}"),
            Self::UnknownClientMethod(name) => write!(f, "Client does not have method: {name}"),
            Self::NoCredentials => f.write_str("Unable to locate credentials"),
            Self::EndpointResolution(message)
            | Self::Value(message)
            | Self::Type(message)
            | Self::Overflow(message)
            | Self::Memory(message) => f.write_str(message),
            Self::UnsupportedS3Configuration(message) => {
                write!(f, "Unsupported configuration when using S3: {message}")
            }
            Self::UnsupportedS3AccesspointConfiguration(message) => {
                write!(f, "Unsupported configuration when using S3 access-points: {message}")
            }
            Self::InvalidHostLabel(label) => {
                write!(
                    f,
                    "Invalid host label to be bound to the hostname of the endpoint: \"{label}\"."
                )
            }
            Self::MissingDependency(message) => write!(f, "Missing Dependency: {message}"),
            Self::UnsupportedSignatureVersion(name) => {
                write!(f, "Signature version(s) are not supported: {name}")
            }
            Self::LoneSurrogate(_) => f.write_str("a string has a lone surrogate"),
            Self::Foreign(source) => source.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Foreign(source) => Some(source.as_ref()),
            _ => None,
        }
    }
}

impl From<TryReserveError> for Error {
    fn from(error: TryReserveError) -> Self {
        Self::Memory(error.to_string())
    }
}
