//! Says whether a URL can be an endpoint, and which `Host` header it makes.

use super::label::{is_caseless_host_label, is_ipv4};
use super::url::{UNSAFE, Url, is_ipv6 as is_ipv6_address};
use crate::error::Error;

/// Whether the host is a name of valid labels, an IPv4 address included.
///
/// # Errors
/// [`Error::Value`] where the URL cannot even be split.
pub fn is_valid_endpoint_url(url: &str) -> Result<bool, Error> {
    if url.contains(UNSAFE) {
        return Ok(false);
    }
    let Some(host) = Url::split(url)?.hostname() else {
        return Ok(false);
    };
    if host.chars().count() > 255 {
        return Ok(false);
    }
    let host = host.strip_suffix('.').unwrap_or(&host);
    Ok(host.split('.').all(is_caseless_host_label))
}

/// Whether the host is four groups of digits.
///
/// # Errors
/// [`Error::Value`] where the URL cannot be split, [`Error::Type`] where it has no host.
pub fn is_valid_ipv4_endpoint_url(url: &str) -> Result<bool, Error> {
    match Url::split(url)?.hostname() {
        Some(host) => Ok(is_ipv4(&host)),
        None => Err(Error::Type(
            "expected string or bytes-like object, got 'NoneType'".to_owned(),
        )),
    }
}

/// Whether the host is an IPv6 address in brackets.
///
/// # Errors
/// [`Error::Value`] where the URL cannot be split.
pub fn is_valid_ipv6_endpoint_url(url: &str) -> Result<bool, Error> {
    if url.contains(UNSAFE) {
        return Ok(false);
    }
    Ok(Url::split(url)?.hostname().is_some_and(|h| is_ipv6(&h)))
}

/// Whether botocore accepts `url` as an endpoint at all.
///
/// # Errors
/// [`Error::Value`] where the URL cannot be split.
pub fn is_valid_uri(url: &str) -> Result<bool, Error> {
    Ok(is_valid_endpoint_url(url)? || is_valid_ipv6_endpoint_url(url)?)
}

/// The `Host` header of a URL; see [`Url::host_header`].
///
/// # Errors
/// [`Error::Value`] where the URL cannot be split or its port is not one.
pub fn host_header(url: &str) -> Result<String, Error> {
    Url::split(url)?.host_header()
}

impl Url {
    /// The `Host` header that is signed: lower-cased, without user information, and without the
    /// port that the scheme implies.
    ///
    /// # Errors
    /// [`Error::Value`] where the port is not one.
    pub fn host_header(&self) -> Result<String, Error> {
        let host = match self.hostname() {
            Some(host) if is_ipv6(&host) => format!("[{host}]"),
            Some(host) => host,
            // What Python prints for a host that is not there.
            None => "None".to_owned(),
        };
        let default = match self.scheme.as_str() {
            "http" => Some(80),
            "https" => Some(443),
            _ => None,
        };
        Ok(match self.port()? {
            Some(port) if Some(port) != default => format!("{host}:{port}"),
            _ => host,
        })
    }
}

/// Whether a host is an IPv6 address whose zone, if any, keeps to the unreserved characters.
///
/// Splitting has refused brackets around anything else, so the zone alone is left to check.
fn is_ipv6(host: &str) -> bool {
    let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'!' | b'-' | b'~');
    is_ipv6_address(host)
        && host
            .split_once('%')
            .is_none_or(|(_, zone)| zone.bytes().all(is_unreserved))
}
