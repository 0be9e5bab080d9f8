//! Step 2. Turns the headers of a request into the canonical headers and the list of their names.
//!
//! [AWS: canonical headers](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request)

use std::borrow::Cow;

use smallvec::SmallVec;

use crate::error::Error;
use crate::request::{UnsignedRequest, check_encodable, is_python_whitespace, lower_case};
use crate::surrogate;

/// The headers that a signature covers.
pub(super) struct SignedHeaders<'a> {
    /// Lower-cased names with values, sorted by name; equal names in the caller's order.
    entries: SmallVec<[(Cow<'a, str>, &'a str); 4]>,
    /// The value of `X-Amz-SignedHeaders`: `host;range`.
    names: Cow<'static, str>,
}

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
    /// Takes over the headers of `request`, and adds `Host`.
    pub(super) fn of(request: &UnsignedRequest<'a>) -> Result<Self, Error> {
        let host = (Cow::Borrowed("host"), request.host);
        if request.headers.is_empty() {
            return Ok(Self {
                entries: SmallVec::from_iter([host]),
                names: Cow::Borrowed("host"),
            });
        }

        request.check_headers()?;
        let mut entries: SmallVec<[(Cow<'a, str>, &'a str); 4]> = request
            .headers
            .iter()
            .map(|(name, value)| (lower_case(name), value.as_ref()))
            .collect();
        let content_type = entries.iter().find(|(name, _)| name == "content-type");
        let is_form = content_type.is_some_and(|&(_, value)| value == FORM);
        entries.retain(|(name, _)| {
            let is_left_out = is_form && name == "content-type";
            !is_left_out && !NEVER_SIGNED.contains(&name.as_ref())
        });
        if !entries.iter().any(|(name, _)| name == "host") {
            entries.push(host);
        }
        entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        let names = names_of(&entries);
        // The names go into the URL first, and boto3 trips over them first.
        surrogate::refuse(&names)?;
        for (name, value) in &entries {
            check_encodable(name, value)?;
        }
        let names = Cow::Owned(names);
        Ok(Self { entries, names })
    }

    /// The names: `host;range`.
    pub(super) fn names(&self) -> &str {
        &self.names
    }

    /// Appends a line for each name, its values joined by a comma: `range:bytes=0-9`.
    pub(super) fn append_canonical(&self, out: &mut String) {
        let mut previous = None;
        for (name, value) in &self.entries {
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

fn names_of(entries: &[(Cow<'_, str>, &str)]) -> String {
    let mut names: SmallVec<[&str; 8]> = entries.iter().map(|(name, _)| name.as_ref()).collect();
    names.dedup();
    // boto3 trims names in this list only, and sorts after it has trimmed.
    for name in &mut names {
        *name = name.trim_matches(is_python_whitespace);
    }
    names.sort_unstable();
    names.join(";")
}

/// Appends `value` with its outer whitespace removed and every inner run made one space.
fn append_trimmed(out: &mut String, value: &str) {
    let mut words = value
        .split(is_python_whitespace)
        .filter(|word| !word.is_empty());
    if let Some(first) = words.next() {
        out.push_str(first);
    }
    for word in words {
        out.push(' ');
        out.push_str(word);
    }
}
