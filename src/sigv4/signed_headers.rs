//! Step 2. Turns the headers of a request into the canonical headers and the list of their names.
//!
//! [AWS: canonical headers](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request)

use std::ops::Range;

use smallvec::SmallVec;

use crate::error::Error;
use crate::request::{self, UnsignedRequest, check_encodable, is_python_whitespace, is_visible};
use crate::scratch::Scratch;
use crate::surrogate;

/// The headers that a signature covers.
pub(crate) struct SignedHeaders<'a> {
    host: &'a str,
    /// All headers, sorted by name, equal names in the caller's order; empty if `Host` is alone.
    entries: SmallVec<[HeaderEntry<'a>; 4]>,
    /// All names in lower case, one behind the other; each entry has the place of its name.
    lower_case: Scratch,
    /// The value of `X-Amz-SignedHeaders` where `Host` is not alone: `host;range`.
    names: Scratch,
}

/// Where a name stands in [`SignedHeaders::lower_case`], and the value.
type HeaderEntry<'a> = (Range<usize>, &'a str);

/// Headers that proxies and HTTP clients change on the way, and that boto3 therefore never signs.
const NEVER_SIGNED: [&str; 14] = [
    "baggage",
    "connection",
    "expect",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "traceparent",
    "tracestate",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "x-amzn-trace-id",
];

/// The `Content-Type` that boto3 leaves out, as HTTP clients set it by themselves.
const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";

impl<'a> SignedHeaders<'a> {
    /// `Host` alone.
    pub(crate) fn host(host: &'a str) -> Self {
        Self {
            host,
            entries: SmallVec::new(),
            lower_case: Scratch::new(),
            names: Scratch::new(),
        }
    }

    /// Adds the headers of `request`, if it has any.
    pub(crate) fn take_over(&mut self, request: &UnsignedRequest<'a>) -> Result<(), Error> {
        self.take(request, true)
    }

    /// Adds the headers of a request that is signed by a header itself, and not by its URL: a form's `Content-Type` too.
    pub(crate) fn take_over_with_form(&mut self, request: &UnsignedRequest<'a>) -> Result<(), Error> {
        self.take(request, false)
    }

    fn take(&mut self, request: &UnsignedRequest<'a>, leaves_form_out: bool) -> Result<(), Error> {
        if request.headers.is_empty() {
            return Ok(());
        }
        request.check_headers()?;
        let mut all = Scratch::new();
        for (name, value) in request.headers {
            let name = append_lower_case(&mut all, name);
            self.entries.push((name, value));
        }
        let is_content_type = |name: &Range<usize>| &all[name.clone()] == "content-type";
        let mut content_types = self.entries.iter().filter(|(name, _)| is_content_type(name));
        let is_form = leaves_form_out && content_types.next().is_some_and(|&(_, value)| value == FORM);
        self.entries.retain(|(name, _)| {
            let is_left_out = is_form && is_content_type(name);
            !is_left_out && !NEVER_SIGNED.contains(&&all[name.clone()])
        });
        if !self.entries.iter().any(|(name, _)| &all[name.clone()] == "host") {
            let name = append_lower_case(&mut all, "host");
            self.entries.push((name, request.host));
        }
        self.entries
            .sort_by(|(one, _), (other, _)| all[one.clone()].cmp(&all[other.clone()]));
        self.lower_case = all;
        self.list_names();
        // boto3 encodes the names first, so an error in a name comes first.
        surrogate::refuse(&self.names)?;
        self.headers()
            .try_for_each(|(name, value)| check_encodable(name, value))
    }

    fn headers(&self) -> impl Iterator<Item = (&str, &'a str)> {
        let entries = self.entries.iter();
        entries.map(|(name, value)| (&self.lower_case[name.clone()], *value))
    }

    fn list_names(&mut self) {
        let mut names: SmallVec<[&str; 8]> = self.headers().map(|(name, _)| name).collect();
        names.dedup();
        // boto3 trims names in this list only, and sorts after it has trimmed.
        for name in &mut names {
            *name = name.trim_matches(is_python_whitespace);
        }
        names.sort_unstable();
        let mut list = Scratch::new();
        for name in names {
            list.push_str(name);
            list.push(';');
        }
        list.pop();
        self.names = list;
    }

    /// The names: `host;range`.
    pub(crate) fn names(&self) -> &str {
        if self.entries.is_empty() { "host" } else { &self.names }
    }

    /// Appends a line for each name, its values joined by a comma: `range:bytes=0-9`.
    pub(crate) fn append_canonical(&self, out: &mut String) {
        if self.entries.is_empty() {
            out.push_str("host:");
            append_trimmed(out, self.host);
            out.push('\n');
            return;
        }
        let mut previous = None;
        for (name, value) in self.headers() {
            if previous == Some(name) {
                // Names that differ in case only are one header to HTTP.
                out.push(',');
            } else {
                if previous.is_some() {
                    out.push('\n');
                }
                out.push_str(name);
                out.push(':');
            }
            append_trimmed(out, value);
            previous = Some(name);
        }
        out.push('\n');
    }
}

/// The headers of `request` that are signed, each name once, with the values that are signed;
/// without `Host`, which every client sends by itself.
///
/// # Errors
/// Those of [`presign`](super::presign).
pub fn to_send(request: &UnsignedRequest<'_>) -> Result<Vec<(String, String)>, Error> {
    let mut headers = SignedHeaders::host(request.host);
    headers.take_over(request)?;
    let mut found = Vec::<(String, String)>::new();
    for (name, value) in headers.headers().filter(|(name, _)| *name != "host") {
        match found.last_mut() {
            Some((last, string)) if last == name => {
                string.push(',');
                append_trimmed(string, value);
            }
            _ => {
                let mut string = String::new();
                append_trimmed(&mut string, value);
                found.push((name.to_owned(), string));
            }
        }
    }
    Ok(found)
}

/// Appends `name` as Python's `str.lower` makes it, and says where.
fn append_lower_case(out: &mut String, name: &str) -> Range<usize> {
    let start = out.len();
    if name.is_ascii() {
        out.push_str(name);
        out[start..].make_ascii_lowercase();
    } else {
        out.push_str(&name.to_lowercase());
    }
    start..out.len()
}

/// Whether a header with this value is signed as it is, under any name.
#[must_use]
pub fn is_plain(value: &str) -> bool {
    if is_visible(value) {
        return true;
    }
    let spaces = value.starts_with(' ') || value.ends_with(' ') || value.contains("  ");
    request::is_plain(value) && !spaces && value != FORM
}

/// Appends `value` with its outer whitespace removed and every inner run made one space.
fn append_trimmed(out: &mut String, value: &str) {
    if is_visible(value) {
        out.push_str(value);
        return;
    }
    let mut words = value.split(is_python_whitespace).filter(|word| !word.is_empty());
    if let Some(first) = words.next() {
        out.push_str(first);
    }
    for word in words {
        out.push(' ');
        out.push_str(word);
    }
}
