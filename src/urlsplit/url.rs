//! Splits a URL, and reads host and port out of it.

use std::fmt::Write as _;
use std::net::{Ipv4Addr, Ipv6Addr};

use crate::error::Error;

/// The characters that `urlsplit` deletes everywhere.
pub(super) const UNSAFE: [char; 3] = ['\t', '\r', '\n'];

/// The characters whose compatibility form holds one of `/?#@:`; none may stand in a host.
const NFKC_DELIMITERS: [char; 19] = [
    '\u{2047}', '\u{2048}', '\u{2049}', '\u{2100}', '\u{2101}', '\u{2105}', '\u{2106}', '\u{2A74}', '\u{FE13}',
    '\u{FE16}', '\u{FE55}', '\u{FE56}', '\u{FE5F}', '\u{FE6B}', '\u{FF03}', '\u{FF0F}', '\u{FF1A}', '\u{FF1F}',
    '\u{FF20}',
];

/// The five parts of a URL; a part that is missing is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    /// Lower-cased, without the colon.
    pub scheme: String,
    /// User information, host and port as they were written.
    pub netloc: String,
    /// From the first slash after the host, as it was written.
    pub path: String,
    /// Without the question mark.
    pub query: String,
    /// Without the hash.
    pub fragment: String,
}

impl Url {
    /// Splits any string; few strings are an error.
    ///
    /// # Errors
    /// [`Error::Value`], with Python's message, for brackets without an IPv6 address, and for a host
    /// with characters that look like delimiters.
    pub fn split(string: &str) -> Result<Self, Error> {
        let string: String = string
            .trim_start_matches(|c: char| c <= ' ')
            .chars()
            .filter(|c| !UNSAFE.contains(c))
            .collect();
        let (scheme, rest) = match string.split_once(':') {
            Some((name, after)) if is_scheme(name) => (name, after),
            _ => ("", string.as_str()),
        };
        let (netloc, rest) = match rest.strip_prefix("//") {
            Some(after) => after.split_at(after.find(['/', '?', '#']).unwrap_or(after.len())),
            None => ("", rest),
        };
        check_brackets(netloc)?;
        let (rest, fragment) = split_at_first(rest, '#');
        let (path, query) = split_at_first(rest, '?');
        if netloc.contains(NFKC_DELIMITERS) {
            return Err(Error::Value(format!(
                "netloc '{netloc}' contains invalid characters under NFKC normalization"
            )));
        }
        Ok(Self {
            scheme: scheme.to_ascii_lowercase(),
            netloc: netloc.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            fragment: fragment.to_owned(),
        })
    }

    /// The lower-cased host without brackets; `None` where there is none. A zone keeps its case.
    #[must_use]
    pub fn hostname(&self) -> Option<String> {
        let (host, _) = self.host_and_port();
        if host.is_empty() {
            return None;
        }
        Some(match host.split_once('%') {
            Some((address, zone)) => format!("{}%{zone}", address.to_lowercase()),
            None => host.to_lowercase(),
        })
    }

    /// The port; `None` where there is none.
    ///
    /// # Errors
    /// [`Error::Value`] for one that is not a number from 0 to 65535, in Python's own words.
    pub fn port(&self) -> Result<Option<u16>, Error> {
        let (_, port) = self.host_and_port();
        if port.is_empty() {
            return Ok(None);
        }
        if !port.bytes().all(|byte| byte.is_ascii_digit()) {
            let shown = quoted(port);
            return Err(Error::Value(format!(
                "Port could not be cast to integer value as {shown}"
            )));
        }
        port.parse()
            .map(Some)
            .map_err(|_| Error::Value("Port out of range 0-65535".to_owned()))
    }

    fn host_and_port(&self) -> (&str, &str) {
        let address = match self.netloc.rsplit_once('@') {
            Some((_, address)) => address,
            None => &self.netloc,
        };
        match address.split_once('[') {
            Some((_, bracketed)) => {
                let (host, after) = split_at_first(bracketed, ']');
                (host, split_at_first(after, ':').1)
            }
            None => split_at_first(address, ':'),
        }
    }
}

fn is_scheme(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
}

/// The parts before and after the first `delimiter`; all and nothing if it is missing.
fn split_at_first(string: &str, delimiter: char) -> (&str, &str) {
    string.split_once(delimiter).unwrap_or((string, ""))
}

fn check_brackets(netloc: &str) -> Result<(), Error> {
    if netloc.contains('[') != netloc.contains(']') {
        return Err(Error::Value("Invalid IPv6 URL".to_owned()));
    }
    let Some((_, after)) = netloc.split_once('[') else {
        return Ok(());
    };
    let host = split_at_first(after, ']').0;
    if let Some(future) = host.strip_prefix('v') {
        return if is_ip_future(future) {
            Ok(())
        } else {
            Err(Error::Value("IPvFuture address is invalid".to_owned()))
        };
    }
    if host.parse::<Ipv4Addr>().is_ok() {
        let message = "An IPv4 address cannot be in brackets";
        return Err(Error::Value(message.to_owned()));
    }
    if is_ipv6(host) {
        return Ok(());
    }
    let shown = quoted(host);
    Err(Error::Value(format!(
        "{shown} does not appear to be an IPv4 or IPv6 address"
    )))
}

fn is_ip_future(string: &str) -> bool {
    string.split_once('.').is_some_and(|(version, rest)| {
        !version.is_empty() && version.bytes().all(|b| b.is_ascii_hexdigit()) && !rest.is_empty()
    })
}

/// Whether Python's `ipaddress` accepts `string` as an IPv6 address, which may have a zone.
pub(super) fn is_ipv6(string: &str) -> bool {
    let address = match string.split_once('%') {
        Some((_, zone)) if zone.is_empty() || zone.contains('%') => return false,
        Some((address, _)) => address,
        None => string,
    };
    address.parse::<Ipv6Addr>().is_ok()
}

/// `string` as Python's `repr` prints it.
fn quoted(string: &str) -> String {
    let quote = if string.contains('\'') && !string.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut shown = String::from(quote);
    for c in string.chars() {
        match c {
            '\\' => shown.push_str("\\\\"),
            c if c == quote => shown.extend(['\\', c]),
            '\0'..=' ' | '\x7f'..='\u{a0}' | '\u{ad}' if c != ' ' => {
                let _ = write!(shown, "\\x{:02x}", u32::from(c));
            }
            c => shown.push(c),
        }
    }
    shown.push(quote);
    shown
}
