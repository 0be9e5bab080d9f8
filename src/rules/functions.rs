//! The functions of the rules language. Each takes and returns the same as botocore's own.

use super::partition::Partition;
use super::partition_of::partition_of;
use super::partitions::PARTITIONS;
use super::value::Value;
use crate::encode;
use crate::error::Error;
use crate::surrogate;
use crate::urlsplit::{
    Url, is_host_label, is_ipv4, is_valid_ipv4_endpoint_url, is_valid_ipv6_endpoint_url, normalize_url_path,
    without_params,
};

type Outcome<'a> = Result<Value<'a>, Error>;

/// The error if a rule gets a value of the wrong type. No published rule set causes it.
pub(super) fn misused(what: &str) -> Error {
    Error::EndpointResolution(format!("The endpoint rules cannot use this value: {what}"))
}

/// The partition of a region; that of `aws` where there is no region.
pub(super) fn partition<'a>(region: &Value<'_>) -> Outcome<'a> {
    let [aws, ..] = &PARTITIONS;
    let found: &Partition = match region {
        Value::Absent => aws,
        Value::String(region) => partition_of(region),
        other => return Err(misused(other.type_name())),
    };
    Ok(found.record())
}

/// The parts of an ARN; nothing where one that every ARN needs is missing.
pub(super) fn parse_arn<'a>(arn: &Value<'a>) -> Outcome<'a> {
    let Some(string) = string_or_absent(arn)? else {
        return Ok(Value::Absent);
    };
    let mut parts = string.splitn(6, ':');
    let mut next = || parts.next();
    let (Some("arn"), Some(partition), Some(service), Some(region), Some(account), Some(resource)) =
        (next(), next(), next(), next(), next(), next())
    else {
        return Ok(Value::Absent);
    };
    if partition.is_empty() || service.is_empty() || resource.is_empty() {
        return Ok(Value::Absent);
    }
    let owned = |part: &str| Value::from(part.to_owned());
    Ok(Value::Record(vec![
        ("partition", owned(partition)),
        ("service", owned(service)),
        ("region", owned(region)),
        ("accountId", owned(account)),
        (
            "resourceId",
            Value::List(resource.split([':', '/']).map(owned).collect()),
        ),
    ]))
}

/// The parts of a URL; nothing where it cannot be an endpoint.
pub(super) fn parse_url<'a>(url: &Value<'_>) -> Outcome<'a> {
    let Some(string) = string_or_absent(url)? else {
        return Ok(Value::Absent);
    };
    let parts = Url::split(string)?;
    let is_endpoint =
        matches!(parts.scheme.as_str(), "http" | "https") && parts.query.is_empty() && parts.port().is_ok();
    if !is_endpoint {
        return Ok(Value::Absent);
    }
    let path = without_params(&parts.path);
    surrogate::refuse(path)?;
    let mut normalized = String::new();
    encode::append_path(&mut normalized, &normalize_url_path(path));
    if !normalized.ends_with('/') {
        normalized.push('/');
    }
    let is_ip = is_valid_ipv4_endpoint_url(string)? || is_valid_ipv6_endpoint_url(string)?;
    Ok(Value::Record(vec![
        ("path", path.to_owned().into()),
        ("scheme", parts.scheme.into()),
        ("authority", parts.netloc.into()),
        ("normalizedPath", normalized.into()),
        ("isIp", is_ip.into()),
    ]))
}

/// The value at `name`, `name[1]` or `name.name`; nothing where an index is beyond the list.
pub(super) fn get_attr<'a>(value: &Value<'a>, path: &Value<'_>) -> Outcome<'a> {
    let path = string(path)?;
    let mut value = value;
    for part in path.split('.') {
        let (name, index) = match part.strip_suffix(']').and_then(|p| p.split_once('[')) {
            Some((name, index)) => (name, index.parse::<usize>().ok()),
            None => (part, None),
        };
        if index.is_none() || !name.is_empty() {
            value = value.member(name).ok_or_else(|| misused(path))?;
        }
        // An index ends the path, even if something follows it.
        if let Some(index) = index {
            return match value {
                Value::Absent => Ok(Value::Absent),
                Value::List(items) => Ok(items.get(index).cloned().unwrap_or(Value::Absent)),
                other => Err(misused(other.type_name())),
            };
        }
    }
    Ok(value.clone())
}

/// Whether a string is one host label, or with `subdomains` several joined by dots.
pub(super) fn is_valid_host_label<'a>(label: &Value<'_>, subdomains: &Value<'_>) -> Outcome<'a> {
    let Some(label) = string_or_absent(label)? else {
        return Ok(Value::Bool(false));
    };
    Ok(Value::Bool(if *subdomains == Value::Bool(true) {
        label.split('.').all(is_host_label)
    } else {
        is_host_label(label)
    }))
}

/// Whether a bucket can stand in a host name: also not short, upper-case or an IP address.
pub(super) fn is_virtual_hostable_s3_bucket<'a>(bucket: &Value<'_>, subdomains: &Value<'_>) -> Outcome<'a> {
    let Some(name) = string_or_absent(bucket)? else {
        return Ok(Value::Bool(false));
    };
    if name.chars().count() < 3 || name.to_lowercase() != name || is_ipv4(name) {
        return Ok(Value::Bool(false));
    }
    is_valid_host_label(bucket, subdomains)
}

/// Whether two strings are the same.
pub(super) fn string_equals<'a>(one: &Value<'_>, other: &Value<'_>) -> Outcome<'a> {
    match (one, other) {
        (Value::String(one), Value::String(other)) => Ok(Value::Bool(one == other)),
        _ => Err(Error::EndpointResolution(format!(
            "Both values must be strings, not {} and {}.",
            one.type_name(),
            other.type_name()
        ))),
    }
}

/// Whether two switches are the same.
pub(super) fn boolean_equals<'a>(one: &Value<'_>, other: &Value<'_>) -> Outcome<'a> {
    match (one, other) {
        (Value::Bool(one), Value::Bool(other)) => Ok(Value::Bool(one == other)),
        _ => Err(Error::EndpointResolution(format!(
            "Both arguments must be bools, not {} and {}.",
            one.type_name(),
            other.type_name()
        ))),
    }
}

/// A slice of a string, counted from its end if `reverse`; nothing where the string is too short or
/// not ASCII.
pub(super) fn substring<'a>(
    input: &Value<'a>,
    start: &Value<'_>,
    stop: &Value<'_>,
    reverse: &Value<'_>,
) -> Outcome<'a> {
    let Value::String(string) = input else {
        return Err(Error::EndpointResolution(format!(
            "Input must be a string, not {}.",
            input.type_name()
        )));
    };
    let (Value::Number(start), Value::Number(stop)) = (start, stop) else {
        return Err(misused(start.type_name()));
    };
    let length = string.len();
    if start >= stop || length < *stop || !string.is_ascii() {
        return Ok(Value::Absent);
    }
    let slice = if *reverse == Value::Bool(true) {
        &string[length - stop..length - start]
    } else {
        &string[*start..*stop]
    };
    Ok(slice.to_owned().into())
}

/// A string with everything but unreserved characters percent-encoded.
pub(super) fn uri_encode<'a>(input: &Value<'_>) -> Outcome<'a> {
    let Some(string) = string_or_absent(input)? else {
        return Ok(Value::Absent);
    };
    let mut encoded = String::new();
    encode::append_label(&mut encoded, string);
    Ok(encoded.into())
}

fn string<'v>(value: &'v Value<'_>) -> Result<&'v str, Error> {
    value.as_str().ok_or_else(|| misused(value.type_name()))
}

fn string_or_absent<'v>(value: &'v Value<'_>) -> Result<Option<&'v str>, Error> {
    match value {
        Value::Absent => Ok(None),
        other => string(other).map(Some),
    }
}

#[cfg(test)]
mod tests;
