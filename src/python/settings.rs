//! The settings of a client, which the facade works out.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyString};

use super::credentials;
use super::strings::carried;
use crate::credentials::{ProvideCredentials, StaticCredentials};
use crate::rules::{Value, parameter_name};
use crate::s3::endpoint::{EndpointSettings, Requested};
use crate::s3::{Presigner, Settings};

/// The keyword arguments of `Client`, all of which the facade gives.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
#[expect(clippy::struct_excessive_bools, reason = "boto3's settings")]
pub(super) struct ClientSettings<'py> {
    #[pyo3(from_py_with = rule_parameters)]
    builtins: Vec<(String, Value<'static>)>,
    #[pyo3(from_py_with = rule_parameters)]
    client_context: Vec<(String, Value<'static>)>,
    use_global_endpoint: bool,
    use_ssl: bool,
    signature_version: Option<Bound<'py, PyAny>>,
    unsigned: bool,
    auth_scheme_preference: Option<String>,
    longest_life: i64,
    signing_region: Option<String>,
    parameter_validation: bool,
    inject_host_prefix: bool,
    #[pyo3(default)]
    pub(super) has_presign_options: bool,
    /// What S3 Express sessions come from: called with a bucket, the URL of its endpoint, and a region.
    #[pyo3(default)]
    sessions: Option<Py<PyAny>>,
    /// The credentials, or the object that is asked for them.
    source: Option<Bound<'py, PyAny>>,
}

impl ClientSettings<'_> {
    /// The object that signs for a client with these settings.
    pub(super) fn presigner(self) -> PyResult<Presigner> {
        let name = |given: Bound<'_, _>| Ok::<_, PyErr>(carried(&given.str()?)?.into_owned());
        let version = self.signature_version.map(name).transpose()?;
        let has_preference = self.auth_scheme_preference.is_some();
        let credentials: Arc<dyn ProvideCredentials> = match self.source {
            Some(source) => credentials::provider(source)?,
            None => Arc::new(StaticCredentials::default()),
        };
        let settings = Settings {
            endpoint: EndpointSettings {
                builtins: self.builtins,
                client_context: self.client_context,
                use_global_endpoint: self.use_global_endpoint,
                use_ssl: self.use_ssl,
                signature: Requested::of(self.unsigned, version, has_preference),
            },
            signing_region: self.signing_region.unwrap_or_default(),
            validates: self.parameter_validation,
            injects_host_prefix: self.inject_host_prefix,
            longest_lifetime: self.longest_life,
            sessions: self.sessions.map(|sessions| Box::new(sessions) as _),
        };
        Ok(Presigner::new(settings, credentials))
    }
}

/// Parameters of the endpoint rules as given: the rules refuse a value that is neither string nor bool.
fn rule_parameters(given: &Bound<'_, PyAny>) -> PyResult<Vec<(String, Value<'static>)>> {
    let given = given.cast::<PyDict>()?.iter();
    let given = given.filter(|(_, value)| !value.is_none());
    let parameter = |(name, value): (Bound<'_, _>, Bound<'_, _>)| {
        let name: String = name.extract()?;
        Ok((parameter_name(&name), rule_value(&value)?))
    };
    given.map(parameter).collect()
}

fn rule_value(value: &Bound<'_, PyAny>) -> PyResult<Value<'static>> {
    if value.is_instance_of::<PyBool>() {
        Ok(Value::Bool(value.extract()?))
    } else if let Ok(string) = value.cast::<PyString>() {
        Ok(Value::String(carried(string)?.into_owned().into()))
    } else {
        Ok(Value::Other)
    }
}
