//! Turns an operation and a bucket into the place that a presigned URL points to.
//!
//! The rules decide. This file does what botocore does around them: it fills in their parameters,
//! sends presigned URLs to the global host, and reads the signing schemes of the answer.

mod auth;
mod refusal;

use std::sync::Arc;

use crate::error::Error;
use crate::model::{EndpointContext, Operation};
use crate::rules::{self, Resolved, Value};
use crate::urlsplit::{self, Url};

pub use auth::{AuthScheme, Requested};

/// The pseudo region that botocore presigns for.
const GLOBAL_REGION: &str = "aws-global";

/// What a client tells the endpoint rules for every operation.
#[derive(Clone, Debug, Default)]
pub struct EndpointSettings {
    /// The built-in parameters by the name that rules give them: `Region`, `UseFIPS`,
    /// `ForcePathStyle`. One that is not set is left out.
    pub builtins: Vec<(String, Value<'static>)>,
    /// The client's own context parameters, which win over the built-in ones.
    pub client_context: Vec<(String, Value<'static>)>,
    /// Whether this client presigns for the global host, where the bucket and the operation allow it.
    pub use_global_endpoint: bool,
    /// Whether URLs of AWS's own hosts use https.
    pub use_ssl: bool,
    /// The signature that the client asks for.
    pub signature: Requested,
}

/// Where a request goes and how it is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// `https` or `http`.
    pub scheme: String,
    /// User information, host and port as the URL shows them.
    pub authority: String,
    /// What the operation's path is appended to: empty, `/bucket`, or the path of a custom
    /// endpoint.
    pub path: String,
    /// The host as it is signed.
    pub host_header: String,
    /// How to sign; `None` where the rules leave that to the client's own signature version.
    pub auth: Option<AuthScheme>,
    /// The service name to sign with, if the rules name one.
    pub signing_name: Option<String>,
    /// The region to sign with, or the set of regions for `SigV4A`; only an ARN names one that is not
    /// the client's.
    pub signing_region: Option<String>,
}

/// Finds the endpoint of an operation on a bucket.
pub trait ResolveEndpoint {
    /// The endpoint for one operation on one bucket.
    ///
    /// # Errors
    /// A refusal of the rules, as the error that botocore makes of it.
    fn resolve(&self, operation: &Operation, bucket: Option<&str>) -> Result<Arc<Endpoint>, Error>;
}

/// Runs the rules each time.
impl ResolveEndpoint for EndpointSettings {
    fn resolve(&self, operation: &Operation, bucket: Option<&str>) -> Result<Arc<Endpoint>, Error> {
        let request = EndpointRequest {
            settings: self,
            context: operation.endpoint,
            is_get_bucket_location: is_get_bucket_location(operation),
            bucket,
        };
        request.resolve().map(Arc::new)
    }
}

/// Whether an operation is `GetBucketLocation`, whose host depends on that alone.
pub(in crate::s3) fn is_get_bucket_location(operation: &Operation) -> bool {
    operation.name == "GetBucketLocation"
}

impl Endpoint {
    fn new(
        url: &str,
        auth: Option<AuthScheme>,
        signing_name: Option<String>,
        signing_region: Option<String>,
    ) -> Result<Self, Error> {
        let parts = Url::split(url)?;
        Ok(Self {
            host_header: parts.host_header()?,
            scheme: parts.scheme,
            authority: parts.netloc,
            path: parts.path,
            auth,
            signing_name,
            signing_region,
        })
    }

    /// This endpoint with `prefix` in front of its authority, as `write_get_object_response`
    /// wants it.
    ///
    /// # Errors
    /// [`Error::Value`] if that makes a URL that cannot be split.
    pub fn with_host_prefix(&self, prefix: &str) -> Result<Self, Error> {
        Self::new(
            &format!("{}://{prefix}{}{}", self.scheme, self.authority, self.path),
            self.auth,
            self.signing_name.clone(),
            self.signing_region.clone(),
        )
    }
}

/// Whether `bucket` has the form of an ARN; its content may still be nonsense.
#[must_use]
pub fn is_arn(bucket: &str) -> bool {
    bucket.starts_with("arn:") && bucket.matches(':').count() >= 5
}

/// Whether a custom endpoint is S3's own host for accelerated transfers.
///
/// # Errors
/// [`Error::Value`] where the URL cannot be split.
pub fn is_s3_accelerate_url(url: &str) -> Result<bool, Error> {
    let parts = Url::split(url)?;
    if !matches!(parts.scheme.as_str(), "http" | "https") {
        return Ok(false);
    }
    let labels: Vec<&str> = parts.netloc.split('.').collect();
    Ok(parts.netloc.ends_with("amazonaws.com")
        && matches!(
            labels.as_slice(),
            ["s3-accelerate"] | ["s3-accelerate", _] | ["s3-accelerate", _, _] | ["s3-accelerate", "dualstack", _, _]
        ))
}

/// What the rules are asked for one request.
struct EndpointRequest<'a> {
    settings: &'a EndpointSettings,
    context: EndpointContext,
    is_get_bucket_location: bool,
    bucket: Option<&'a str>,
}

impl<'a> EndpointRequest<'a> {
    fn resolve(&self) -> Result<Endpoint, Error> {
        let mut resolved = self.run_rules(self.wants_global_host())?;
        // Some hosts exist in regions only: directory bucket lists, Outposts, Object Lambda.
        if resolved.url.contains(".aws-global.") && self.wants_global_host() {
            resolved = self.run_rules(false)?;
        }
        let mut url = resolved.url.as_str();
        let plain;
        if !self.settings.use_ssl
            && self.builtin("Endpoint").is_none()
            && let Some(rest) = url.strip_prefix("https://")
        {
            plain = format!("http://{rest}");
            url = &plain;
        }
        let choice = auth::choose(resolved.property("authSchemes"), &self.settings.signature)?;
        let signing_region = choice
            .signing_region
            .filter(|_| self.bucket.is_some_and(is_arn) || self.wants_region_set());
        Endpoint::new(url, choice.scheme, choice.signing_name, signing_region)
    }

    /// Whether the client asks for the set of regions of the rules, by the one name that means it.
    fn wants_region_set(&self) -> bool {
        matches!(&self.settings.signature, Requested::Version(name) if name == "v4a")
    }

    fn run_rules(&self, global: bool) -> Result<Resolved, Error> {
        let parameters: Vec<(&str, Value<'a>)> = rules::s3::RULES
            .parameters
            .iter()
            .filter_map(|parameter| {
                let name = parameter.name;
                Some((name, self.parameter(name, global)?))
            })
            .collect();
        rules::resolve(&rules::s3::RULES, &parameters).map_err(refusal::translate)
    }

    /// A parameter of the rules: the operation's value, else the client's, else the built-in one.
    fn parameter(&self, name: &str, global: bool) -> Option<Value<'a>> {
        let said_by_operation = match name {
            "UseS3ExpressControlEndpoint" => self.context.use_s3_express_control_endpoint,
            "DisableS3ExpressSessionAuth" => self.context.disable_s3_express_session_auth,
            "DisableAccessPoints" => self.context.disable_access_points,
            "UseObjectLambdaEndpoint" => self.context.use_object_lambda_endpoint,
            _ => false,
        };
        if said_by_operation {
            return Some(Value::Bool(true));
        }
        if name == "Bucket"
            && let Some(bucket) = self.bucket
        {
            return Some(bucket.into());
        }
        if let Some(value) = find(&self.settings.client_context, name) {
            return Some(value.lend());
        }
        match name {
            "Region" if global => Some(GLOBAL_REGION.into()),
            "UseGlobalEndpoint" if global => Some(Value::Bool(true)),
            "ForcePathStyle" => self.force_path_style(),
            _ => self.builtin(name).map(Value::lend),
        }
    }

    /// The built-in `ForcePathStyle`. The host of `GetBucketLocation` must not depend on the
    /// bucket's region, which its caller does not know; and an ARN has no path style.
    fn force_path_style(&self) -> Option<Value<'a>> {
        if self.is_get_bucket_location {
            return Some(Value::Bool(true));
        }
        if self.bucket.is_some_and(is_arn) {
            return Some(Value::Bool(false));
        }
        self.builtin("ForcePathStyle").map(Value::lend)
    }

    /// Whether this is presigned for the global host.
    fn wants_global_host(&self) -> bool {
        let needs_path_style = self
            .bucket
            .is_some_and(|bucket| !urlsplit::is_host_label(bucket) || is_arn(bucket) || bucket.ends_with("--x-s3"));
        let asks_for_path_style = self.force_path_style().is_some_and(|value| !value.is_falsy());
        self.settings.use_global_endpoint && !needs_path_style && !asks_for_path_style && !self.has_its_own_fips_host()
    }

    /// Whether the request must stay in its region for FIPS: the "global" FIPS host is that of
    /// us-east-1, and boto3 sends there what it signs for another region. `s3-external-1` is an
    /// old name of us-east-1's.
    fn has_its_own_fips_host(&self) -> bool {
        let signs_for_us_east_1 = |region: &Value<'_>| matches!(region.as_str(), Some("us-east-1" | "s3-external-1"));
        self.builtin("UseFIPS") == Some(&Value::Bool(true)) && !self.builtin("Region").is_some_and(signs_for_us_east_1)
    }

    fn builtin(&self, name: &str) -> Option<&'a Value<'static>> {
        find(&self.settings.builtins, name)
    }
}

fn find<'a>(values: &'a [(String, Value<'static>)], name: &str) -> Option<&'a Value<'static>> {
    let found = values.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value).filter(|value| **value != Value::Absent)
}

#[cfg(test)]
mod tests;
