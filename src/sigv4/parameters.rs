//! Step 3. Turns the operation's query, the credential and the signed headers into the query.
//!
//! The URL has the operation's own parameters first, in the caller's order, and the signature's
//! after them; what is signed has all of them sorted. So there are two walks over one list.
//!
//! [AWS: authentication by query parameters](https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html)

use std::borrow::Cow;

use smallvec::SmallVec;

use super::ALGORITHM;
use super::scoped_key::ScopedKey;
use super::signed_headers::SignedHeaders;
use crate::encode;
use crate::request::UnsignedRequest;

/// A parameter's name and value, both percent-encoded.
type Pair<'a> = (&'a str, &'a str);

/// Which parameter carries the session token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TokenParameter {
    /// `X-Amz-Security-Token`, of temporary credentials.
    #[default]
    SecurityToken,
    /// `X-Amz-S3session-Token`, of a session with an S3 Express bucket.
    S3Session,
}

impl TokenParameter {
    const fn name(self) -> &'static str {
        match self {
            Self::SecurityToken => "X-Amz-Security-Token",
            Self::S3Session => "X-Amz-S3session-Token",
        }
    }
}

/// The whole query but for `X-Amz-Signature`.
pub(super) struct Parameters<'a> {
    operation: SmallVec<[Pair<'a>; 8]>,
    credential: &'a str,
    amz_date: &'a str,
    expires: Cow<'a, str>,
    signed_headers: Cow<'a, str>,
    token: Option<Pair<'a>>,
}

impl<'a> Parameters<'a> {
    /// Reads the operation's query and encodes what the signature adds to it.
    pub(super) fn of(
        request: &UnsignedRequest<'a>,
        headers: &'a SignedHeaders<'_>,
        key: &'a ScopedKey,
        token: TokenParameter,
    ) -> Self {
        Self {
            operation: pairs(request.query),
            credential: key.encoded_credential(),
            amz_date: key.amz_date(),
            expires: encode::label(request.expires),
            signed_headers: encode::label(headers.names()),
            token: key.encoded_token().map(|value| (token.name(), value)),
        }
    }

    /// About as many bytes as either walk appends.
    pub(super) fn length(&self) -> usize {
        let operation: usize = self
            .operation
            .iter()
            .map(|(n, v)| n.len() + v.len() + 2)
            .sum();
        let token = self
            .token
            .map_or(0, |(name, value)| name.len() + value.len());
        operation + token + self.credential.len() + self.signed_headers.len() + 120
    }

    /// Appends the query in the order of the URL.
    pub(super) fn append_as_sent(&self, out: &mut String) {
        for &pair in &self.operation {
            append_pair(out, pair);
            out.push('&');
        }
        let mut separator = "";
        for pair in self
            .before_token()
            .into_iter()
            .chain([self.signed_headers()])
            .chain(self.token)
        {
            out.push_str(separator);
            append_pair(out, pair);
            separator = "&";
        }
    }

    /// Appends the query in the order of the canonical request: by name, then by value.
    pub(super) fn append_canonical(&self, out: &mut String) {
        let mut operation: SmallVec<[Pair<'_>; 8]> = self.operation.iter().copied().collect();
        if operation.len() > 1 {
            operation.sort_unstable();
        }
        let mut operation = operation.into_iter().peekable();
        let mut separator = "";
        let mut append = |pair| {
            out.push_str(separator);
            append_pair(out, pair);
            separator = "&";
        };
        // The signature's own are written here in sorted order, so that the two lists merge.
        for pair in self
            .before_token()
            .into_iter()
            .chain(self.token)
            .chain([self.signed_headers()])
        {
            while let Some(earlier) = operation.next_if(|&own| own < pair) {
                append(earlier);
            }
            append(pair);
        }
        operation.for_each(append);
    }

    fn before_token(&self) -> [Pair<'_>; 4] {
        [
            ("X-Amz-Algorithm", ALGORITHM),
            ("X-Amz-Credential", self.credential),
            ("X-Amz-Date", self.amz_date),
            ("X-Amz-Expires", &self.expires),
        ]
    }

    fn signed_headers(&self) -> Pair<'_> {
        ("X-Amz-SignedHeaders", &self.signed_headers)
    }
}

/// The pairs of a query: `uploads` is `uploads=`, and a repeated name counts once.
fn pairs(query: &str) -> SmallVec<[Pair<'_>; 8]> {
    let mut pairs = SmallVec::<[Pair<'_>; 8]>::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if !pairs.iter().any(|&(known, _)| known == name) {
            pairs.push((name, value));
        }
    }
    pairs
}

fn append_pair(out: &mut String, (name, value): Pair<'_>) {
    out.push_str(name);
    out.push('=');
    out.push_str(value);
}
