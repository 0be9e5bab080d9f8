//! The functions of `presigned._network`: each blocks its own thread only.

mod network_argument;
mod request_error;

use std::future::Future;

use pyo3::exceptions::PyValueError;
use pyo3::intern;
use pyo3::prelude::*;

use self::network_argument::{NetworkArgument, seconds};
use self::request_error::{RequestError, raised};
use crate::container::Container;
use crate::credentials::{Credentials, ExposeSecret as _, Secret};
use crate::metadata::{self, Metadata};
use crate::sts::{self, AssumeRole};
use crate::{Failure, Fetched, Waiting, interpreter, login, session, sso};

/// Requests for credentials that expire.
#[pymodule]
fn _network(module: &Bound<'_, PyModule>) -> PyResult<()> {
    interpreter::check(module.py(), "_network")?;
    module.add("RequestError", module.py().get_type::<RequestError>())?;
    module.add_function(wrap_pyfunction!(assume_role, module)?)?;
    module.add_function(wrap_pyfunction!(assume_role_with_web_identity, module)?)?;
    module.add_function(wrap_pyfunction!(container_credentials, module)?)?;
    module.add_function(wrap_pyfunction!(create_session, module)?)?;
    module.add_function(wrap_pyfunction!(login_create_token, module)?)?;
    module.add_function(wrap_pyfunction!(metadata_credentials, module)?)?;
    module.add_function(wrap_pyfunction!(sso_create_token, module)?)?;
    module.add_function(wrap_pyfunction!(sso_role_credentials, module)?)
}

/// Access key, secret key, session token, account, and when they end, in seconds since 1970: the
/// arguments of `presigned._core.FrozenCredentials`.
type Answer = (String, String, Option<String>, Option<String>, Option<f64>);

/// Assumes a role with other credentials, by `AssumeRole` of STS.
#[pyfunction]
#[pyo3(signature = (
    *, source, role_arn, role_session_name, duration_seconds=None, external_id=None,
    serial_number=None, token_code=None, network,
))]
#[expect(clippy::too_many_arguments, reason = "the service's own")]
fn assume_role(
    py: Python<'_>,
    source: RoleSource,
    role_arn: String,
    role_session_name: String,
    duration_seconds: Option<i32>,
    external_id: Option<String>,
    serial_number: Option<String>,
    token_code: Option<String>,
    network: NetworkArgument,
) -> PyResult<Answer> {
    let network = network.open(py)?;
    let asked = AssumeRole {
        role_arn,
        role_session_name,
        duration_seconds,
        external_id,
        serial_number,
        token_code,
    };
    let RoleSource(source) = source;
    answer(py, async { sts::assume_role(&network, &source, asked).await }).map(as_tuple)
}

/// Assumes a role with an identity provider's token, by `AssumeRoleWithWebIdentity` of STS.
#[pyfunction]
#[pyo3(signature = (*, role_arn, role_session_name, web_identity_token, network))]
fn assume_role_with_web_identity(
    py: Python<'_>,
    role_arn: &str,
    role_session_name: &str,
    web_identity_token: &Bound<'_, PyAny>,
    network: NetworkArgument,
) -> PyResult<Answer> {
    let network = network.open(py)?;
    let token = secret("web_identity_token", web_identity_token)?;
    answer(
        py,
        sts::assume_role_with_web_identity(&network, role_arn, role_session_name, &token),
    )
    .map(as_tuple)
}

/// Exchanges a sign-in at IAM Identity Center for a role's credentials.
#[pyfunction]
#[pyo3(signature = (*, role_name, account_id, access_token, network))]
fn sso_role_credentials(
    py: Python<'_>,
    role_name: &str,
    account_id: &str,
    access_token: &Bound<'_, PyAny>,
    network: NetworkArgument,
) -> PyResult<Answer> {
    let network = network.open(py)?;
    let token = secret("access_token", access_token)?;
    answer(py, sso::role_credentials(&network, role_name, account_id, &token)).map(as_tuple)
}

/// Renews a sign-in at IAM Identity Center: the access token, its lifetime in seconds, and the next
/// refresh token if there is one.
#[pyfunction]
#[pyo3(signature = (*, client_id, client_secret, refresh_token, network))]
fn sso_create_token(
    py: Python<'_>,
    client_id: &str,
    client_secret: &Bound<'_, PyAny>,
    refresh_token: &Bound<'_, PyAny>,
    network: NetworkArgument,
) -> PyResult<(String, i32, Option<String>)> {
    let network = network.open(py)?;
    let client_secret = secret("client_secret", client_secret)?;
    let refresh_token = secret("refresh_token", refresh_token)?;
    let request = sso::create_token(&network, client_id, &client_secret, &refresh_token);
    let token = answer(py, request)?;
    let refresh_token = token.refresh_token.map(|token| token.expose_secret().to_owned());
    let access_token = token.access_token.expose_secret().to_owned();
    Ok((access_token, token.expires_in, refresh_token))
}

/// Renews a console sign-in of `aws login`: access key, secret key, session token, their lifetime in
/// seconds, and the next refresh token.
#[pyfunction]
#[pyo3(signature = (*, client_id, refresh_token, dpop_key, network))]
fn login_create_token(
    py: Python<'_>,
    client_id: &str,
    refresh_token: &Bound<'_, PyAny>,
    dpop_key: &Bound<'_, PyAny>,
    network: NetworkArgument,
) -> PyResult<(String, String, String, i32, String)> {
    let network = network.open(py)?;
    let refresh_token = secret("refresh_token", refresh_token)?;
    let dpop_key = secret("dpop_key", dpop_key)?;
    let request = login::create_token(&network, client_id, &refresh_token, &dpop_key);
    let login = answer(py, request)?;
    Ok((
        login.access_key,
        login.secret_key.expose_secret().to_owned(),
        login.session_token.expose_secret().to_owned(),
        login.expires_in,
        login.refresh_token.expose_secret().to_owned(),
    ))
}

/// Asks the container's agent, at `full_uri`, for the task's credentials.
#[pyfunction]
#[pyo3(signature = (
    *, full_uri, authorization_token=None, connect_timeout=2.0, read_timeout=2.0, attempts=3,
    pause=1.0,
))]
fn container_credentials(
    py: Python<'_>,
    full_uri: String,
    authorization_token: Option<&Bound<'_, PyAny>>,
    connect_timeout: f64,
    read_timeout: f64,
    attempts: u32,
    pause: f64,
) -> PyResult<Answer> {
    let container = Container {
        url: full_uri,
        authorization_token: authorization_token
            .map(|token| secret("authorization_token", token))
            .transpose()?,
        connect_timeout: seconds("connect_timeout", connect_timeout)?,
        read_timeout: seconds("read_timeout", read_timeout)?,
        attempts,
        pause: seconds("pause", pause)?,
    };
    let container = container.open().map_err(|failure| raised(py, &failure))?;
    answer(py, container.credentials()).map(as_tuple)
}

/// Asks an EC2 instance's metadata service for the credentials of the instance's role.
#[pyfunction]
#[pyo3(signature = (*, endpoint=None, endpoint_mode=None, timeout=1.0, attempts=1, version_1=false))]
fn metadata_credentials(
    py: Python<'_>,
    endpoint: Option<String>,
    endpoint_mode: Option<&str>,
    timeout: f64,
    attempts: u32,
    version_1: bool,
) -> PyResult<Answer> {
    let is_ipv6 = endpoint_mode.is_some_and(|mode| mode.eq_ignore_ascii_case("ipv6"));
    let usual = if is_ipv6 { metadata::IPV6 } else { metadata::IPV4 };
    let metadata = Metadata {
        endpoint: endpoint.unwrap_or_else(|| usual.to_owned()),
        timeout: seconds("timeout", timeout)?,
        attempts,
        version_1,
    };
    let service = metadata.open().map_err(|failure| raised(py, &failure))?;
    answer(py, service.credentials()).map(as_tuple)
}

/// Opens a session with a directory bucket, by a request that is signed already.
#[pyfunction]
#[pyo3(signature = (*, url, headers, network))]
fn create_session(
    py: Python<'_>,
    url: &str,
    headers: Vec<(String, Bound<'_, PyAny>)>,
    network: NetworkArgument,
) -> PyResult<Answer> {
    let network = network.open(py)?;
    let headers = headers.into_iter();
    let headers = headers.map(|(name, value)| Ok((name, secret("a header", &value)?)));
    let headers: Vec<(String, Secret)> = headers.collect::<PyResult<_>>()?;
    answer(py, session::create_session(&network, url, &headers)).map(as_tuple)
}

/// Waits without the GIL. Python's signal handlers run on its main thread, so only that thread comes
/// back for them. No other thread then touches an interpreter that is ending.
fn answer<T: Send>(py: Python<'_>, request: impl Future<Output = Result<T, Failure>> + Send) -> PyResult<T> {
    let signals = is_main_thread(py).then_some(signals);
    let waiting = Waiting::begin(request).map_err(|failure| raised(py, &failure))?;
    let outcome = py.detach(|| waiting.wait(signals))?;
    outcome.map_err(|failure| raised(py, &failure))
}

#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method alone is not general enough"
)]
fn signals() -> PyResult<()> {
    Python::try_attach(|py| py.check_signals()).unwrap_or(Ok(()))
}

/// Whether this is the thread that gets `KeyboardInterrupt`.
fn is_main_thread(py: Python<'_>) -> bool {
    let asked = || -> PyResult<bool> {
        let threading = py.import(intern!(py, "threading"))?;
        let main = threading.call_method0(intern!(py, "main_thread"))?;
        let this = threading.call_method0(intern!(py, "get_ident"))?;
        main.getattr(intern!(py, "ident"))?.eq(this)
    };
    asked().unwrap_or(false)
}

fn secret(name: &str, given: &Bound<'_, PyAny>) -> PyResult<Secret> {
    string(name, given).map(Secret::from)
}

/// A secret as a string. Python's own error would carry the secret along.
fn string(name: &str, given: &Bound<'_, PyAny>) -> PyResult<String> {
    given
        .extract()
        .map_err(|_| PyValueError::new_err(format!("{name} must be a string that UTF-8 can hold")))
}

/// The credentials that ask for others: any object with `access_key`, `secret_key` and `token`.
struct RoleSource(Credentials);

impl<'py> FromPyObject<'_, 'py> for RoleSource {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let token = given.getattr("token")?;
        Ok(Self(Credentials {
            access_key: string("access_key", &given.getattr("access_key")?)?,
            secret_key: secret("secret_key", &given.getattr("secret_key")?)?,
            token: if token.is_none() {
                None
            } else {
                Some(secret("token", &token)?)
            },
        }))
    }
}

fn as_tuple(fetched: Fetched) -> Answer {
    let Credentials {
        access_key,
        secret_key,
        token,
    } = fetched.credentials;
    (
        access_key,
        secret_key.expose_secret().to_owned(),
        token.map(|token| token.expose_secret().to_owned()),
        fetched.account_id,
        fetched.expiry,
    )
}
