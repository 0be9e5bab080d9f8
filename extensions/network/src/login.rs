//! Renews a console sign-in (`aws login`), and proves that it has the key of that sign-in.
//!
//! `aws-config` has this too, but finds its files and its endpoint in the environment only.

use aws_sdk_signin::Client;
use aws_sdk_signin::error::SdkError;
use aws_sdk_signin::operation::create_o_auth2_token::CreateOAuth2TokenError;
use aws_sdk_signin::types::CreateOAuth2TokenRequestBody;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::rand::{SecureRandom as _, SystemRandom};
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use zeroize::Zeroizing;

use super::sdk::{self, Speaks};
use super::{Failure, FailureKind, OpenNetwork};
use crate::credentials::{ExposeSecret as _, Secret};

/// A renewed sign-in, which contains credentials.
#[derive(Clone, Debug)]
pub struct Login {
    /// The access key.
    pub access_key: String,
    /// The secret key.
    pub secret_key: Secret,
    /// The session token.
    pub session_token: Secret,
    /// The lifetime of the credentials from now, in seconds.
    pub expires_in: i32,
    /// The refresh token for the next renewal.
    pub refresh_token: Secret,
}

/// Renews a sign-in; `dpop_key` is the private key that it was made with, in PEM.
///
/// # Errors
/// Why it failed.
pub async fn create_token(
    network: &OpenNetwork,
    client_id: &str,
    refresh_token: &Secret,
    dpop_key: &Secret,
) -> Result<Login, Failure> {
    let unusable = || Failure::new(FailureKind::Setting, "the private key of the login cannot be used");
    let prover = Prover::from_pem(dpop_key.expose_secret()).ok_or_else(unusable)?;
    let input = CreateOAuth2TokenRequestBody::builder()
        .client_id(client_id)
        .grant_type("refresh_token")
        .refresh_token(refresh_token.expose_secret())
        .build()
        .map_err(|error| Failure::new(FailureKind::Setting, error.to_string()))?;
    let now = network.config.time_source().unwrap_or_default().now();
    let issued = aws_smithy_types::DateTime::from(now).secs();
    let answer = Client::new(&network.config)
        .create_o_auth2_token()
        .token_input(input)
        .customize()
        .mutate_request(move |request| {
            // A proof that cannot be made is left out. The service then reports that it is missing.
            if let Some(proof) = prover.proof(request.uri(), issued) {
                request.headers_mut().insert("DPoP", proof);
            }
        })
        .send()
        .await
        .map_err(|error| refused(&error, network))?;
    let missing = |name| sdk::incomplete(name, &network.connection);
    let token = answer.token_output.ok_or_else(|| missing("tokenOutput"))?;
    let credentials = token.access_token.ok_or_else(|| missing("accessToken"))?;
    // The client fills in what the answer lacks.
    for (name, is_missing) in [
        ("accessKeyId", credentials.access_key_id.is_empty()),
        ("secretAccessKey", credentials.secret_access_key.is_empty()),
        ("sessionToken", credentials.session_token.is_empty()),
        ("expiresIn", token.expires_in == 0),
        ("refreshToken", token.refresh_token.is_empty()),
    ] {
        if is_missing {
            return Err(missing(name));
        }
    }
    Ok(Login {
        access_key: credentials.access_key_id,
        secret_key: Secret::from(credentials.secret_access_key),
        session_token: Secret::from(credentials.session_token),
        expires_in: token.expires_in,
        refresh_token: Secret::from(token.refresh_token),
    })
}

fn refused(
    error: &SdkError<CreateOAuth2TokenError, aws_smithy_runtime_api::http::Response>,
    network: &OpenNetwork,
) -> Failure {
    let mut failure = sdk::failure(error, Speaks::Json, &network.connection);
    if let Some(CreateOAuth2TokenError::AccessDeniedException(denied)) = error.as_service_error() {
        failure.reason = Some(denied.error.as_str().into());
    }
    failure
}

/// Makes the proofs of possession of RFC 9449, one a request.
#[derive(Debug)]
struct Prover {
    key: EcdsaKeyPair,
    random: SystemRandom,
}

/// The bytes that turn a P-256 key of SEC 1 into one of PKCS #8, without the lengths. They stand in
/// front of the key: version 0, and the names of the algorithm and the curve.
const ALGORITHM: [u8; 24] = [
    0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
    0xce, 0x3d, 0x03, 0x01, 0x07,
];

impl Prover {
    /// Reads the part between the header and the footer, as SEC 1 or PKCS #8.
    fn from_pem(pem: &str) -> Option<Self> {
        let lines = pem.lines().filter(|line| !line.starts_with("-----"));
        let base64: Zeroizing<String> = Zeroizing::new(lines.map(str::trim).collect());
        let der = Zeroizing::new(STANDARD.decode(base64.as_bytes()).ok()?);
        let random = SystemRandom::new();
        let read = |der: &[u8]| EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der, &random).ok();
        let key = read(&der).or_else(|| read(&wrapped(&der)?))?;
        Some(Self { key, random })
    }

    /// A token of three parts: who proves, what for, and the signature.
    fn proof(&self, url: &str, issued: i64) -> Option<String> {
        // 4, then the two coordinates.
        let (_, point) = self.key.public_key().as_ref().split_first()?;
        let (x, y) = point.split_at_checked(32)?;
        let mut id = [0; 16];
        self.random.fill(&mut id).ok()?;
        let encode = |part: &[u8]| URL_SAFE_NO_PAD.encode(part);
        let header = format!(
            r#"{{"typ":"dpop+jwt","alg":"ES256","jwk":{{"kty":"EC","x":"{}","y":"{}","crv":"P-256"}}}}"#,
            encode(x),
            encode(y)
        );
        let claims = format!(
            r#"{{"htm":"POST","htu":"{url}","iat":{issued},"jti":"{}"}}"#,
            encode(&id)
        );
        let signed = format!("{}.{}", encode(header.as_bytes()), encode(claims.as_bytes()));
        let signature = self.key.sign(&self.random, signed.as_bytes()).ok()?;
        Some(format!("{signed}.{}", encode(signature.as_ref())))
    }
}

/// A key of SEC 1 as one of PKCS #8. Both are shorter than 128 bytes, or than 256.
fn wrapped(sec1: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut inside = Zeroizing::new(ALGORITHM.to_vec());
    inside.push(0x04);
    push_length(&mut inside, sec1.len())?;
    inside.extend_from_slice(sec1);
    let mut whole = Zeroizing::new(vec![0x30]);
    push_length(&mut whole, inside.len())?;
    whole.extend_from_slice(&inside);
    Some(whole)
}

fn push_length(der: &mut Vec<u8>, length: usize) -> Option<()> {
    let length = u8::try_from(length).ok()?;
    if length >= 0x80 {
        der.push(0x81);
    }
    der.push(length);
    Some(())
}
