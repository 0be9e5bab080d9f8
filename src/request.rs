//! A request that lacks only its signature: what both signature versions sign.

use std::borrow::Cow;

use crate::encode::every;
use crate::error::Error;
use crate::surrogate;

/// The name and the value of a header that the sender must send.
pub type Header<'a> = (Cow<'a, str>, Cow<'a, str>);

/// A request without a body, ready to be signed; all its parts are percent-encoded already.
#[derive(Clone, Copy, Debug)]
pub struct UnsignedRequest<'a> {
    /// `GET`, in any case: only the signed copy is upper-cased.
    pub method: &'a str,
    /// `https` or `http`.
    pub scheme: &'a str,
    /// User, host and port as the URL has them.
    pub authority: &'a str,
    /// The value of the `Host` header: lower case, no user, no default port.
    pub host: &'a str,
    /// The URL's path, base path included: `/a%20key`.
    pub path: &'a str,
    /// The path that SigV2 signs instead, if it differs: `/bucket/a%20key`.
    pub auth_path: Option<&'a str>,
    /// The operation's own query in the order it is sent: `uploads&prefix=a%2F`, or empty.
    pub query: &'a str,
    /// The headers in the order of the caller's parameters, without `Host`.
    pub headers: &'a [Header<'a>],
    /// When the URL expires: seconds from now for SigV4, seconds since 1970 for SigV2, which
    /// alone encodes them.
    pub expires: &'a str,
}

impl UnsignedRequest<'_> {
    /// Appends the URL up to its query: `https://host/path`.
    pub fn append_url_to_path(&self, out: &mut String) {
        out.push_str(self.scheme);
        out.push_str("://");
        out.push_str(self.authority);
        out.push_str(self.path);
    }

    /// Appends the URL without any signature, its query as the operation has it.
    ///
    /// # Errors
    /// As [`check_headers`](Self::check_headers).
    pub fn append_unsigned_url(&self, out: &mut String) -> Result<(), Error> {
        self.check_headers()?;
        self.append_url_to_path(out);
        if !self.query.is_empty() {
            out.push('?');
            out.push_str(self.query);
        }
        Ok(())
    }

    /// The headers that the sender must send, each name once.
    ///
    /// # Errors
    /// [`Error::ParamValidation`] if one cannot be sent.
    pub fn headers_to_send(&self) -> Result<Vec<(String, String)>, Error> {
        let mut found = Vec::<(String, String)>::new();
        for (name, value) in self.headers {
            let name = lower_case(name);
            check_encodable(&name, value)?;
            let value = value.trim_matches(is_python_whitespace);
            match found.iter_mut().find(|(known, _)| *known == name) {
                Some((_, string)) => {
                    string.push(',');
                    string.push_str(value);
                }
                None => found.push((name.into_owned(), value.to_owned())),
            }
        }
        Ok(found)
    }

    /// Refuses a header that cannot be sent.
    ///
    /// HTTP allows no control character in a name, and in a value only the tab; servers and
    /// proxies rewrite the tab, which would break the signature. So U+0000 to U+001F and U+007F
    /// are refused everywhere. The controls from U+0080 on are ordinary bytes to HTTP and pass.
    ///
    /// # Errors
    /// [`Error::ParamValidation`] that names the header.
    pub fn check_headers(&self) -> Result<(), Error> {
        self.headers.iter().try_for_each(|(name, value)| {
            let printed = name.escape_debug();
            if let Some(control) = control_character(name) {
                return Err(Error::ParamValidation(format!(
                    "Invalid header name \"{printed}\": it holds the control character {control}, \
                     which no HTTP header can carry"
                )));
            }
            match control_character(value) {
                None => Ok(()),
                Some(control) => Err(Error::ParamValidation(format!(
                    "Invalid value for header {printed}: it holds the control character \
                     {control}, which no HTTP header can carry"
                ))),
            }
        })
    }
}

/// Refuses the value of a header that is to be signed, if UTF-8 cannot hold it.
///
/// # Errors
/// [`Error::ParamValidation`] that names the header.
pub fn check_encodable(name: &str, value: &str) -> Result<(), Error> {
    surrogate::refuse(value).map_err(|_| {
        Error::ParamValidation(format!(
            "Invalid value for header {name}: it holds a lone surrogate, which UTF-8 cannot carry"
        ))
    })
}

/// Whether every character is visible ASCII or a space, as in nearly all headers.
#[must_use]
pub fn is_plain(string: &str) -> bool {
    all_from(b' ', string)
}

/// Whether every character is visible ASCII.
#[must_use]
pub fn is_visible(string: &str) -> bool {
    all_from(b'!', string)
}

fn all_from(least: u8, string: &str) -> bool {
    every(string.as_bytes(), |byte| byte.wrapping_sub(least) <= b'~' - least)
}

fn control_character(string: &str) -> Option<String> {
    if is_plain(string) {
        return None;
    }
    let control = string.bytes().find(u8::is_ascii_control)?;
    Some(format!("U+{control:04X}"))
}

/// `name` in lower case, as Python's `str.lower` makes it.
#[must_use]
pub fn lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(name.to_lowercase())
    }
}

/// `method` in upper case, as Python's `str.upper` makes it.
#[must_use]
pub fn upper_case(method: &str) -> Cow<'_, str> {
    if method.bytes().all(|byte| byte.is_ascii_uppercase()) {
        Cow::Borrowed(method)
    } else {
        Cow::Owned(method.to_uppercase())
    }
}

/// Whether Python's `str.split` and `str.strip` take this for whitespace: Unicode's, and four
/// separators that Unicode calls controls.
#[must_use]
pub fn is_python_whitespace(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{1c}'..='\u{1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request<'a>(headers: &'a [Header<'a>]) -> UnsignedRequest<'a> {
        UnsignedRequest {
            method: "GET",
            scheme: "https",
            authority: "b.s3.amazonaws.com",
            host: "b.s3.amazonaws.com",
            path: "/k",
            auth_path: Some("/b/k"),
            query: "uploads",
            headers,
            expires: "60",
        }
    }

    #[test]
    fn an_unsigned_url_keeps_its_query_as_it_is() {
        let mut out = String::new();
        request(&[])
            .append_unsigned_url(&mut out)
            .expect("no headers, no fault");
        assert_eq!(out, "https://b.s3.amazonaws.com/k?uploads");
    }

    #[test]
    fn a_header_with_a_control_character_is_refused_by_name() {
        for (name, value, report) in [
            (
                "x-amz-meta-a",
                "b\nc",
                "Invalid value for header x-amz-meta-a: it holds the control character U+000A",
            ),
            (
                "x-amz-meta-a",
                "b\tc",
                "Invalid value for header x-amz-meta-a: it holds the control character U+0009",
            ),
            (
                "x-amz-meta-a\r",
                "b",
                "Invalid header name \"x-amz-meta-a\\r\": it holds the control character U+000D",
            ),
            (
                "Range",
                "\u{7f}",
                "Invalid value for header Range: it holds the control character U+007F",
            ),
        ] {
            let headers = [(name.into(), value.into())];
            let Err(Error::ParamValidation(found)) = request(&headers).check_headers() else {
                panic!("{name:?}: {value:?} passed");
            };
            assert!(found.starts_with(report), "{found}");
        }
    }

    #[test]
    fn a_header_may_hold_any_other_character() {
        let headers = [("x-amz-meta-: é".into(), "\u{85}\u{a0} €".into())];
        assert!(request(&headers).check_headers().is_ok());
    }
}
