//! The settings of one client that affect presigning.

use super::endpoint::EndpointSettings;
use crate::credentials::ProvideSessions;

/// The settings of a client.
pub struct Settings {
    /// The endpoint settings of requests, with the requested signature.
    pub endpoint: EndpointSettings,
    /// The region that requests are signed for, unless an ARN names another.
    pub signing_region: String,
    /// Whether parameters are validated: boto3's `parameter_validation`.
    pub validates: bool,
    /// Whether an operation may put something in front of the host name: `inject_host_prefix`.
    pub injects_host_prefix: bool,
    /// The longest lifetime of a SigV4 URL, in seconds: S3 allows 604800.
    pub longest_lifetime: i64,
    /// What S3 Express sessions come from.
    pub sessions: Option<Box<dyn ProvideSessions>>,
}
