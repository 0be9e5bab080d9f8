//! Turns the network settings of one call into a connection to its service.

use std::path::{Path, PathBuf};
use std::time::Duration;

use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_http_client::{Connector, ConnectorBuilder};
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::http::{HttpConnectorSettings, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;
use aws_types::region::Region;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::RootCertStore;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;

use super::connection::Connection;
use super::failure::{Failure, FailureKind};
use crate::credentials::{Credentials, ExposeSecret as _};

/// How to reach a service of AWS.
#[derive(Clone, Debug)]
pub struct Network {
    /// The region to ask in.
    pub region: Option<String>,
    /// Where to ask instead of at AWS's own endpoint of the region.
    pub endpoint_url: Option<String>,
    /// Whether to ask at the endpoint that is validated for FIPS.
    pub use_fips: bool,
    /// Whether to ask at the endpoint that speaks IPv6 too.
    pub use_dualstack: bool,
    /// How long to try to connect.
    pub connect_timeout: Duration,
    /// How long to wait for an answer once connected.
    pub read_timeout: Duration,
    /// How many attempts to make.
    pub attempts: u32,
    /// A file of the certificates to trust, in PEM, instead of the system's.
    pub ca_bundle: Option<PathBuf>,
}

/// The connection to one service, for one call.
#[derive(Clone, Debug)]
pub struct OpenNetwork {
    pub(super) connection: Connection,
    attempts: u32,
    pub(super) config: SdkConfig,
}

impl Network {
    /// Reads certificates and the proxy settings of the environment; sends nothing.
    ///
    /// To be called while the GIL is held, for the reason that [`Waiting::begin`] gives: the
    /// system's certificates are such a table.
    ///
    /// [`Waiting::begin`]: super::Waiting::begin
    ///
    /// # Errors
    /// The endpoint is not a URL, or the bundle cannot be read or has no certificate.
    pub fn open(&self) -> Result<OpenNetwork, Failure> {
        let is_plain = match &self.endpoint_url {
            Some(url) => is_plain(url)?,
            None => false,
        };
        let builder = connector(self.connect_timeout).proxy_config(ProxyConfig::from_env());
        let connector = if is_plain {
            builder.build_http()
        } else {
            secure(builder, self.ca_bundle.as_deref())?
        };
        let connection = Connection::new(connector, self.read_timeout);
        let shared = SharedHttpConnector::new(connection.clone());
        let mut config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .http_client(http_client_fn(move |_, _| shared.clone()))
            .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
            .time_source(SharedTimeSource::default())
            .retry_config(RetryConfig::standard().with_max_attempts(self.attempts.max(1)))
            // The connection above keeps them.
            .timeout_config(TimeoutConfig::disabled())
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .use_fips(self.use_fips)
            .use_dual_stack(self.use_dualstack)
            .region(self.region.clone().map(Region::new));
        config.set_endpoint_url(self.endpoint_url.clone());
        Ok(OpenNetwork {
            connection,
            attempts: self.attempts,
            config: config.build(),
        })
    }
}

impl OpenNetwork {
    /// How many attempts to make, at the most.
    pub(super) fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The same connection, for requests that these credentials sign.
    pub(super) fn signed_by(&self, credentials: &Credentials) -> SdkConfig {
        let credentials = aws_credential_types::Credentials::new(
            credentials.access_key.as_str(),
            credentials.secret_key.expose_secret(),
            credentials.token.as_ref().map(|token| token.expose_secret().to_owned()),
            None,
            "presigned",
        );
        self.config
            .to_builder()
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .build()
    }
}

/// Whether the URL does not use TLS. The clients below panic on some strings that are not URLs.
fn is_plain(url: &str) -> Result<bool, Failure> {
    let parsed: Option<http::Uri> = url.parse().ok();
    match parsed.as_ref().and_then(http::Uri::scheme_str) {
        Some("http") => Ok(true),
        Some("https") => Ok(false),
        _ => {
            let message = format!("Invalid endpoint: {url}");
            Err(Failure::new(FailureKind::Setting, message).at(url))
        }
    }
}

/// A connection without a proxy, to a service on this machine or beside it.
pub(super) fn direct(url: &str, connect_timeout: Duration, read_timeout: Duration) -> Result<Connection, Failure> {
    let builder = connector(connect_timeout).proxy_config(ProxyConfig::disabled());
    let connector = if is_plain(url)? {
        builder.build_http()
    } else {
        secure(builder, None)?
    };
    Ok(Connection::new(connector, read_timeout))
}

fn connector(connect_timeout: Duration) -> ConnectorBuilder {
    let settings = HttpConnectorSettings::builder()
        .connect_timeout(connect_timeout)
        .build();
    Connector::builder()
        .connector_settings(settings)
        .sleep_impl(TokioSleep::new())
}

fn secure(builder: ConnectorBuilder, ca_bundle: Option<&Path>) -> Result<Connector, Failure> {
    let trusted = ca_bundle.map_or_else(|| Ok(TrustStore::default()), trusted)?;
    let context = TlsContext::builder()
        .with_trust_store(trusted)
        .build()
        .map_err(|error| Failure::new(FailureKind::Setting, error.to_string()))?;
    Ok(builder
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .tls_context(context)
        .build())
}

/// The certificates of a bundle. The client below panics on a certificate that it cannot read, and
/// OpenSSL ignores it: so it is left out here.
fn trusted(bundle: &Path) -> Result<TrustStore, Failure> {
    let named = |what: &str| {
        let message = format!("{what} a TLS CA certificate bundle, invalid path: {}", bundle.display());
        Failure::new(FailureKind::Setting, message)
    };
    let certificates = std::fs::read(bundle).map_err(|_| named("Could not find"))?;
    let mut store = TrustStore::empty();
    let mut known = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(&certificates).flatten() {
        if known.add(certificate.clone()).is_ok() {
            store.add_pem_certificate(format!(
                "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
                STANDARD.encode(&certificate)
            ));
        }
    }
    if known.is_empty() {
        return Err(named("Could not read"));
    }
    Ok(store)
}
