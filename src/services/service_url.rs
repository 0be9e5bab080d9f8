//! Reads the URL of a request as botocore reads it, and refuses one that no client would send as it is signed.

use std::borrow::Cow;

use crate::encode;
use crate::error::Error;
use crate::request::is_visible;
use crate::urlsplit::Url;

/// The parts of a URL that matter to a signature.
#[derive(Debug)]
pub(super) struct ServiceUrl<'a> {
    /// `https`, `http`, `wss` or `ws`.
    pub(super) scheme: &'static str,
    /// User, host and port as they were given.
    pub(super) authority: &'a str,
    /// The value of the `Host` header: lower case, no user, no default port.
    pub(super) host: Cow<'a, str>,
    /// From the first slash after the host; empty if there is none.
    pub(super) path: &'a str,
    /// Without the question mark, as it was given.
    pub(super) query: &'a str,
}

/// What a URL may begin with, and the scheme whose default port it has.
const SCHEMES: [(&str, &str); 4] = [("https", "https"), ("wss", "https"), ("http", "http"), ("ws", "http")];

impl<'a> ServiceUrl<'a> {
    /// Splits a URL.
    ///
    /// # Errors
    /// [`Error::ParamValidation`], which names the parameter `url`.
    pub(super) fn read(url: &'a str) -> Result<Self, Error> {
        let (given, rest) = url.split_once("://").unwrap_or_default();
        let known = SCHEMES
            .into_iter()
            .find(|(scheme, _)| given.eq_ignore_ascii_case(scheme));
        let Some((scheme, port_of)) = known else {
            return Err(refused("it must begin with https://, http://, wss:// or ws://"));
        };
        let (before, query) = rest.split_once('?').unwrap_or((rest, ""));
        if !is_visible(before) || query.bytes().any(|byte| byte.is_ascii_control()) {
            return Err(refused(
                "its host and path must be ASCII without blanks, and percent-encoded; no part may have control characters",
            ));
        }
        if rest.contains('#') {
            return Err(refused("it has a fragment, which is never sent"));
        }
        let (authority, path) = before.split_at(before.find('/').unwrap_or(before.len()));
        Ok(Self {
            scheme,
            authority,
            host: host_of(authority, port_of)?,
            path,
            query,
        })
    }

    /// The path as it is sent: clients put a slash where there is none.
    pub(super) fn sent_path(&self) -> &'a str {
        if self.path.is_empty() { "/" } else { self.path }
    }

    /// Appends the parameters as botocore writes them: decoded, encoded again, each with an equals sign. Those that are
    /// there several times stay, which botocore would lose.
    ///
    /// # Errors
    /// [`Error::ParamValidation`], if the signature adds a parameter of the same name.
    pub(super) fn append_query(&self, out: &mut String) -> Result<(), Error> {
        for piece in self.query.split('&').filter(|piece| !piece.is_empty()) {
            let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
            let name = from_form(name);
            check_name(&name, "url")?;
            append_parameter(out, &name, &from_form(value));
        }
        Ok(())
    }
}

/// Appends a parameter, behind those that are there.
pub(super) fn append_parameter(out: &mut String, name: &str, value: &str) {
    if !out.is_empty() {
        out.push('&');
    }
    encode::append_label(out, name);
    out.push('=');
    encode::append_label(out, value);
}

/// What the signature itself writes into the query.
const OF_SIGNATURE: [&str; 7] = [
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Date",
    "X-Amz-Expires",
    "X-Amz-SignedHeaders",
    "X-Amz-Security-Token",
    "X-Amz-Signature",
];

/// Refuses a parameter of the signature's own: a service refuses a URL that has two.
pub(super) fn check_name(name: &str, parameter: &str) -> Result<(), Error> {
    if name.starts_with("X-Amz-") && OF_SIGNATURE.contains(&name) {
        return Err(Error::ParamValidation(format!(
            "Invalid value for parameter {parameter}: it has {name}, which the signature adds"
        )));
    }
    Ok(())
}

/// Refuses what is not a method: it could write lines of the canonical request.
pub(super) fn check_method(method: &str) -> Result<(), Error> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if method.is_empty() || !method.bytes().all(is_token) {
        return Err(Error::ParamValidation(format!(
            "Invalid value for parameter method: {method:?} is not an HTTP method"
        )));
    }
    Ok(())
}

/// The `Host` header of an authority.
fn host_of<'a>(authority: &'a str, port_of: &str) -> Result<Cow<'a, str>, Error> {
    let (name, port) = authority.rsplit_once(':').unwrap_or((authority, "1"));
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-');
    let is_port =
        !port.starts_with('0') && matches!(port.len(), 1..=4) && port.bytes().all(|byte| byte.is_ascii_digit());
    // Most are plain: they need no rules of Python.
    if is_port && !name.is_empty() && name.bytes().all(is_name) {
        let is_default = matches!((port_of, port), ("https", "443") | ("http", "80"));
        return Ok(Cow::Borrowed(if is_default { name } else { authority }));
    }
    let named = |error| match error {
        Error::Value(message) => refused(&message),
        other => other,
    };
    let url = Url::split(&[port_of, "://", authority].concat()).map_err(named)?;
    if url.hostname().is_none() {
        return Err(refused("it has no host"));
    }
    url.host_header().map(Cow::Owned).map_err(named)
}

fn refused(why: &str) -> Error {
    Error::ParamValidation(format!("Invalid value for parameter url: {why}"))
}

/// A name or a value of a query, decoded: a plus sign is a space.
fn from_form(string: &str) -> Cow<'_, str> {
    if string.contains('+') {
        return Cow::Owned(encode::decode(&string.replace('+', " ")).into_owned());
    }
    encode::decode(string)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The expected hosts are botocore's, with `https` for `wss`.
    #[test]
    fn a_host_is_signed_without_user_and_default_port() {
        for (url, host, path) in [
            ("https://db.example.com:443/", "db.example.com", "/"),
            ("HTTPS://DB.Example.com:5432", "db.example.com:5432", ""),
            ("wss://h:443/mqtt", "h", "/mqtt"),
            ("ws://h:80/a?b", "h", "/a"),
            ("http://u:p@h:443/", "h:443", "/"),
            ("https://[FE80::1]:443/", "[fe80::1]", "/"),
            ("https://h:/", "h", "/"),
            ("https://h:0443/", "h", "/"),
            ("https://h:65535/", "h:65535", "/"),
            ("https://h/", "h", "/"),
        ] {
            let read = ServiceUrl::read(url).expect(url);
            assert_eq!((&*read.host, read.path), (host, path), "{url}");
        }
    }

    #[test]
    fn a_url_that_cannot_be_sent_as_it_is_signed_is_refused() {
        for url in [
            "",
            "h/p",
            "ftp://h/",
            "https:///p",
            "https://u@/",
            "https://h/a b",
            "https://h/é",
            "https://h/a#b",
            "https://h/?a#b",
            "https://h:x/",
            "https://h/?a\n",
            "https://[::1/",
        ] {
            let Err(Error::ParamValidation(message)) = ServiceUrl::read(url).map(drop) else {
                panic!("{url:?} passed");
            };
            assert!(message.starts_with("Invalid value for parameter url: "), "{message}");
        }
    }

    /// The expected queries are those of botocore, which keeps one of the repeated ones.
    #[test]
    fn a_query_is_written_again() {
        for (given, expected) in [
            ("a=1&b", "a=1&b="),
            ("a=1&a=2", "a=1&a=2"),
            ("&&a=b=c&=v", "a=b%3Dc&=v"),
            ("q=a+b%2bc%2F/é", "q=a%20b%2Bc%2F%2F%C3%A9"),
        ] {
            let url = ["https://h/?", given].concat();
            let mut out = String::new();
            let read = ServiceUrl::read(&url).expect("a URL");
            read.append_query(&mut out).expect("no names of the signature");
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn a_url_that_is_signed_already_is_refused() {
        for name in OF_SIGNATURE {
            let url = format!("https://h/?{name}=x");
            let read = ServiceUrl::read(&url).expect("a URL");
            assert!(read.append_query(&mut String::new()).is_err(), "{name}");
        }
    }
}
