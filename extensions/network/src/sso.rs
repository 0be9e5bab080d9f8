//! Exchanges a sign-in at IAM Identity Center for a role's credentials, and renews the sign-in.

use super::sdk::{self, Speaks};
use super::{Failure, Fetched, OpenNetwork};
use crate::credentials::{Credentials, ExposeSecret as _, Secret};

/// A renewed sign-in.
#[derive(Clone, Debug)]
pub struct Token {
    /// The access token, to ask for credentials.
    pub access_token: Secret,
    /// Its lifetime from now, in seconds.
    pub expires_in: i32,
    /// The refresh token for the next renewal, if it changed.
    pub refresh_token: Option<Secret>,
}

/// The credentials of a role, for the holder of this access token.
///
/// # Errors
/// Why it failed.
pub async fn role_credentials(
    network: &OpenNetwork,
    role_name: &str,
    account_id: &str,
    access_token: &Secret,
) -> Result<Fetched, Failure> {
    let answer = aws_sdk_sso::Client::new(&network.config)
        .get_role_credentials()
        .role_name(role_name)
        .account_id(account_id)
        .access_token(access_token.expose_secret())
        .send()
        .await
        .map_err(|error| sdk::failure(&error, Speaks::Json, &network.connection))?;
    let missing = |name| sdk::incomplete(name, &network.connection);
    let credentials = answer.role_credentials.ok_or_else(|| missing("roleCredentials"))?;
    // The clients fill in a number that the answer lacks.
    if credentials.expiration == 0 {
        return Err(missing("expiration"));
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds since 1970 fit a double for 285,000 years"
    )]
    let expiry = credentials.expiration as f64 / 1000.0;
    Ok(Fetched {
        credentials: Credentials {
            access_key: credentials.access_key_id.ok_or_else(|| missing("accessKeyId"))?,
            secret_key: Secret::from(
                credentials
                    .secret_access_key
                    .ok_or_else(|| missing("secretAccessKey"))?,
            ),
            token: Some(Secret::from(
                credentials.session_token.ok_or_else(|| missing("sessionToken"))?,
            )),
        },
        expiry: Some(expiry),
        account_id: Some(account_id.to_owned()),
    })
}

/// Renews a sign-in.
///
/// # Errors
/// Why it failed.
pub async fn create_token(
    network: &OpenNetwork,
    client_id: &str,
    client_secret: &Secret,
    refresh_token: &Secret,
) -> Result<Token, Failure> {
    let answer = aws_sdk_ssooidc::Client::new(&network.config)
        .create_token()
        .client_id(client_id)
        .client_secret(client_secret.expose_secret())
        .grant_type("refresh_token")
        .refresh_token(refresh_token.expose_secret())
        .send()
        .await
        .map_err(|error| sdk::failure(&error, Speaks::Json, &network.connection))?;
    let missing = |name| sdk::incomplete(name, &network.connection);
    let access_token = answer.access_token.ok_or_else(|| missing("accessToken"))?;
    if answer.expires_in == 0 {
        return Err(missing("expiresIn"));
    }
    Ok(Token {
        access_token: Secret::from(access_token),
        expires_in: answer.expires_in,
        refresh_token: answer.refresh_token.map(Secret::from),
    })
}
