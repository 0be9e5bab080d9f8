//! Assumes a role at the Security Token Service, with other credentials or a web identity.

use aws_sdk_sts::Client;
use aws_sdk_sts::types::{AssumedRoleUser, Credentials as Answer};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;

use super::sdk::{self, Speaks};
use super::{Failure, Fetched, OpenNetwork};
use crate::credentials::{Credentials, ExposeSecret as _, Secret};

/// The parameters of `AssumeRole`, in the service's words.
#[derive(Clone, Debug, Default)]
pub struct AssumeRole {
    /// The role to assume.
    pub role_arn: String,
    /// The name of the session in logs.
    pub role_session_name: String,
    /// The lifetime of the credentials.
    pub duration_seconds: Option<i32>,
    /// The external id that the role's owner requires of a third party.
    pub external_id: Option<String>,
    /// The MFA device.
    pub serial_number: Option<String>,
    /// The code that it shows.
    pub token_code: Option<String>,
}

/// The credentials of a role that `source` may assume.
///
/// # Errors
/// Why it failed.
pub async fn assume_role(network: &OpenNetwork, source: &Credentials, asked: AssumeRole) -> Result<Fetched, Failure> {
    let answer = Client::new(&network.signed_by(source))
        .assume_role()
        .role_arn(asked.role_arn)
        .role_session_name(asked.role_session_name)
        .set_duration_seconds(asked.duration_seconds)
        .set_external_id(asked.external_id)
        .set_serial_number(asked.serial_number)
        .set_token_code(asked.token_code)
        .customize()
        .mutate_request(own_path(network))
        .send()
        .await
        .map_err(|error| sdk::failure(&error, Speaks::Xml, &network.connection))?;
    fetched(network, answer.credentials, answer.assumed_role_user.as_ref())
}

/// The credentials of a role that the holder of this token of an identity provider may assume.
///
/// # Errors
/// Why it failed.
pub async fn assume_role_with_web_identity(
    network: &OpenNetwork,
    role_arn: &str,
    role_session_name: &str,
    web_identity_token: &Secret,
) -> Result<Fetched, Failure> {
    let answer = Client::new(&network.config)
        .assume_role_with_web_identity()
        .role_arn(role_arn)
        .role_session_name(role_session_name)
        .web_identity_token(web_identity_token.expose_secret())
        .customize()
        .mutate_request(own_path(network))
        .send()
        .await
        .map_err(|error| sdk::failure(&error, Speaks::Xml, &network.connection))?;
    fetched(network, answer.credentials, answer.assumed_role_user.as_ref())
}

fn fetched(
    network: &OpenNetwork,
    credentials: Option<Answer>,
    user: Option<&AssumedRoleUser>,
) -> Result<Fetched, Failure> {
    let missing = |name| sdk::incomplete(name, &network.connection);
    let credentials = credentials.ok_or_else(|| missing("Credentials"))?;
    // The client fills in what the answer lacks.
    for (name, is_missing) in [
        ("AccessKeyId", credentials.access_key_id.is_empty()),
        ("SecretAccessKey", credentials.secret_access_key.is_empty()),
        ("SessionToken", credentials.session_token.is_empty()),
        ("Expiration", credentials.expiration.secs() == 0),
    ] {
        if is_missing {
            return Err(missing(name));
        }
    }
    Ok(Fetched {
        account_id: user.and_then(|user| account(user.arn())),
        expiry: Some(credentials.expiration.as_secs_f64()),
        credentials: Credentials {
            access_key: credentials.access_key_id,
            secret_key: Secret::from(credentials.secret_access_key),
            token: Some(Secret::from(credentials.session_token)),
        },
    })
}

/// Asks at the path of a configured endpoint as it stands there; the client adds a slash to it.
fn own_path(network: &OpenNetwork) -> impl Fn(&mut HttpRequest) + Send + Sync + 'static {
    let url = network.config.endpoint_url().unwrap_or_default();
    let path = url.splitn(4, '/').nth(3).unwrap_or_default();
    let adds_slash = !path.is_empty() && !path.ends_with('/');
    move |request| {
        if adds_slash && let Some(url) = request.uri().strip_suffix('/').map(str::to_owned) {
            // Without the slash it is still a URL.
            drop(request.set_uri(url));
        }
    }
}

/// The account of `arn:partition:service:region:account:resource`; some servers leave it empty.
fn account(arn: &str) -> Option<String> {
    let account = arn.strip_prefix("arn:")?.split(':').nth(3)?;
    Some(account.to_owned())
}
