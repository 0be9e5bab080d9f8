//! What `presign` adds to a call, which boto3 has no arguments for: an instant, and more to sign.

use crate::clock::Timestamp;
use crate::encode::{append_label, label};
use crate::error::Error;
use crate::model::Serialised;

/// More to sign than the parameters of an operation say, and where the request goes.
#[derive(Clone, Debug, Default)]
pub struct Additions {
    /// The instant to sign at, if it is not now.
    pub signed_at: Option<Timestamp>,
    /// Parameters of the URL.
    pub query: Vec<(String, String)>,
    /// Headers that the sender must send.
    pub headers: Vec<(String, String)>,
    /// Headers that become parameters of the URL: names in lower case, or beginnings with `*` behind them.
    pub hoisted: Vec<String>,
    /// Where the request arrives, if that is another place than the endpoint.
    pub place: Option<PublicPlace>,
}

/// The host that readers ask, and the path in front of the key that S3 is asked for.
#[derive(Clone, Debug)]
pub struct PublicPlace {
    /// `https` or `http`.
    pub scheme: String,
    /// Its name in lower case, with the port unless it is the scheme's own.
    pub host: String,
    /// The percent-encoded path: `/photos`, or empty.
    pub path: String,
}

/// The instant in seconds since 1970, what is added to the query, to the headers, and from these to the query, and
/// scheme, host and path of the place.
pub type AdditionParts = (
    Option<i64>,
    Vec<(String, String)>,
    Vec<(String, String)>,
    Vec<String>,
    Option<(String, String, String)>,
);

impl From<AdditionParts> for Additions {
    fn from((signed_at, query, headers, hoisted, place): AdditionParts) -> Self {
        Self {
            signed_at: signed_at.and_then(Timestamp::new),
            query,
            headers,
            hoisted,
            place: place.map(|(scheme, host, path)| PublicPlace { scheme, host, path }),
        }
    }
}

impl Additions {
    /// Adds them to a request whose own parameters are placed.
    pub(super) fn add_to(&self, parts: &mut Serialised<'_>) -> Result<(), Error> {
        for (name, value) in &self.headers {
            let is_known = parts.headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
            if is_known {
                return Err(twice("headers", name));
            }
            parts.headers.push((name.clone().into(), value.clone().into()));
        }
        for pattern in &self.hoisted {
            hoist(pattern, parts)?;
        }
        let mut query = self.query.iter();
        query.try_for_each(|(name, value)| push(&mut parts.query, "query", name, value))
    }
}

/// Makes parameters of the headers that fit a pattern.
fn hoist(pattern: &str, parts: &mut Serialised<'_>) -> Result<(), Error> {
    let fits = |name: &str| match pattern.strip_suffix('*') {
        Some(beginning) => name.starts_with(beginning),
        None => name == pattern,
    };
    let mut found = false;
    let mut kept = Vec::new();
    for (name, value) in parts.headers.drain(..) {
        let lower_case = name.to_lowercase();
        if fits(&lower_case) {
            push(&mut parts.query, "hoist", &lower_case, value.trim())?;
            found = true;
        } else {
            kept.push((name, value));
        }
    }
    parts.headers.extend(kept);
    if found {
        return Ok(());
    }
    Err(Error::ParamValidation(format!(
        "Invalid value for parameter hoist: no parameter of this call sets the header {pattern}"
    )))
}

/// Appends a parameter, unless the query has one of this name.
fn push(query: &mut String, argument: &str, name: &str, value: &str) -> Result<(), Error> {
    let encoded = label(name);
    // Servers read the names of headers in either case.
    let is_header = encoded
        .get(..6)
        .is_some_and(|start| start.eq_ignore_ascii_case("x-amz-"));
    let is_same = |known: &str| *known == *encoded || is_header && known.eq_ignore_ascii_case(&encoded);
    let mut names = query.split('&').filter_map(|pair| pair.split('=').next());
    if names.any(is_same) {
        return Err(twice(argument, name));
    }
    if !query.is_empty() {
        query.push('&');
    }
    query.push_str(&encoded);
    query.push('=');
    append_label(query, value);
    Ok(())
}

fn twice(argument: &str, name: &str) -> Error {
    Error::ParamValidation(format!(
        "Invalid value for parameter {argument}: {name} is set already, by the operation or by one of its parameters"
    ))
}
