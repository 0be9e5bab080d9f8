//! Reads what the facade worked out about a client.

use std::sync::Arc;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyString};

use super::keys::key;
use super::live_keys;
use super::texts::carried;
use crate::credentials::{Credentials, ProvideCredentials, Secret, StaticCredentials};
use crate::rules::Value;
use crate::s3::endpoint::{EndpointSettings, Requested};
use crate::s3::{Presigner, Settings};

/// A client from the facade's keyword arguments, which are its only user.
pub(super) fn presigner(settings: &Bound<'_, PyDict>) -> PyResult<Presigner> {
    let get = |name: &str| settings.get_item(name)?.ok_or_else(|| missing(name));
    let text = |name: &str| get(name)?.extract::<Option<String>>();
    let flag = |name: &str| get(name)?.extract::<bool>();
    let signature = match (
        printed(&get("signature_version")?)?,
        text("auth_scheme_preference")?,
    ) {
        _ if flag("unsigned")? => Requested::Unsigned,
        (Some(name), _) => Requested::Version(name),
        (None, Some(_)) => Requested::Preference,
        (None, None) => Requested::Default,
    };
    let text_key = |name: &str| {
        let given = get(name)?;
        (!given.is_none()).then(|| key(name, &given)).transpose()
    };
    let source = get("source")?;
    let credentials: Arc<dyn ProvideCredentials> = if source.is_none() {
        Arc::new(match (text_key("access_key")?, text_key("secret_key")?) {
            (Some(access_key), Some(secret_key)) => StaticCredentials::new(Credentials {
                access_key,
                secret_key: Secret::new(secret_key),
                token: text_key("session_token")?.map(Secret::new),
                expiry: None,
            }),
            _ => StaticCredentials::default(),
        })
    } else {
        live_keys::provider(source)?
    };
    let settings = Settings {
        endpoint: EndpointSettings {
            builtins: rule_parameters(&get("builtins")?)?,
            client_context: rule_parameters(&get("client_context")?)?,
            use_global_endpoint: flag("use_global_endpoint")?,
            use_ssl: flag("use_ssl")?,
            signature,
        },
        signing_region: text("signing_region")?.unwrap_or_default(),
        validates: flag("parameter_validation")?,
        injects_host_prefix: flag("inject_host_prefix")?,
        longest_lifetime: get("longest_life")?.extract()?,
    };
    Ok(Presigner::new(settings, credentials))
}

/// A text, or what else was given as Python prints it: boto3 finds out at the first call that no
/// signer has such a name.
fn printed(given: &Bound<'_, PyAny>) -> PyResult<Option<String>> {
    if given.is_none() {
        return Ok(None);
    }
    carried(&given.str()?).map(|text| Some(text.into_owned()))
}

fn missing(name: &str) -> PyErr {
    PyTypeError::new_err(format!(
        "Client() missing required keyword argument: '{name}'"
    ))
}

/// Rule-set parameters as given: the rules refuse what is neither text nor truth.
fn rule_parameters(given: &Bound<'_, PyAny>) -> PyResult<Vec<(String, Value<'static>)>> {
    let given = given.cast::<PyDict>()?;
    given
        .iter()
        .filter(|(_, value)| !value.is_none())
        .map(|(name, value)| Ok((rule_name(&name.extract::<String>()?), rule_value(&value)?)))
        .collect()
}

/// `force_path_style`, as `Config` spells it, is `ForcePathStyle` to the rules.
fn rule_name(name: &str) -> String {
    let mut words = String::new();
    for word in name.split('_') {
        let (first, rest) = word.split_at(word.len().min(1));
        words.push_str(&first.to_ascii_uppercase());
        words.push_str(rest);
    }
    words
}

fn rule_value(value: &Bound<'_, PyAny>) -> PyResult<Value<'static>> {
    if value.is_instance_of::<PyBool>() {
        Ok(Value::Bool(value.extract()?))
    } else if let Ok(text) = value.cast::<PyString>() {
        Ok(Value::Text(carried(text)?.into_owned().into()))
    } else {
        Ok(Value::Other)
    }
}
