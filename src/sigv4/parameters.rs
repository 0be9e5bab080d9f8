//! Step 3. Turns the operation's query, the credential and the signed headers into the query.
//!
//! The URL has the operation's own parameters first, in the caller's order, and those of the
//! signature behind them. The canonical request has all of them sorted. So one list is written in two
//! orders.
//!
//! [AWS: authentication by query parameters](https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html)

use smallvec::SmallVec;

use super::canonical_request::Convention;
use super::signed_headers::SignedHeaders;
use super::string_to_sign::ALGORITHM;
use crate::encode;
use crate::request::UnsignedRequest;

/// A parameter's name and value, both percent-encoded.
pub(super) type Pair<'a> = (&'a str, &'a str);

/// The parameter that carries the session token of temporary credentials.
pub(crate) const SECURITY_TOKEN: &str = "X-Amz-Security-Token";

/// The same of the credentials of an S3 Express session.
const SESSION_TOKEN: &str = "X-Amz-S3session-Token";

/// The whole query except `X-Amz-Signature`.
pub(crate) struct Parameters<'a> {
    operation: SmallVec<[Pair<'a>; 8]>,
    /// The first four of the signature's own, up to the value of the last.
    opening: &'a str,
    expires: &'a str,
    /// Not encoded yet.
    signed_headers: &'a str,
    token: Option<Pair<'a>>,
}

impl<'a> Parameters<'a> {
    /// Reads the operation's query and encodes what the signature adds to it.
    pub(super) fn of(
        convention: Convention,
        request: &UnsignedRequest<'a>,
        headers: &'a SignedHeaders<'_>,
        opening: &'a str,
        token: Option<&'a str>,
    ) -> Self {
        let operation = pairs(request.query);
        let token = token.map(|value| match convention {
            Convention::S3Express => (SESSION_TOKEN, value),
            Convention::S3 | Convention::Plain => (SECURITY_TOKEN, value),
        });
        Self::with(operation, request, headers, opening, token)
    }

    /// The same, with parameters that are there several times.
    pub(crate) fn with_repeated(
        request: &UnsignedRequest<'a>,
        headers: &'a SignedHeaders<'_>,
        opening: &'a str,
        token: Option<&'a str>,
    ) -> Self {
        let pieces = request.query.split('&').filter(|piece| !piece.is_empty());
        let all = pieces.map(|piece| piece.split_once('=').unwrap_or((piece, "")));
        let token = token.map(|value| (SECURITY_TOKEN, value));
        Self::with(all.collect(), request, headers, opening, token)
    }

    fn with(
        operation: SmallVec<[Pair<'a>; 8]>,
        request: &UnsignedRequest<'a>,
        headers: &'a SignedHeaders<'_>,
        opening: &'a str,
        token: Option<Pair<'a>>,
    ) -> Self {
        Self {
            operation,
            opening,
            expires: request.expires,
            signed_headers: headers.names(),
            token,
        }
    }

    /// About how many bytes the query has, in either order.
    pub(crate) fn length(&self) -> usize {
        let pairs = self.operation.iter().chain(&self.token);
        let pairs: usize = pairs.map(|(name, value)| name.len() + value.len() + 2).sum();
        pairs + self.opening.len() + self.signed_headers.len() + 40
    }

    /// Appends the query in the order of the URL.
    pub(crate) fn append_as_sent(&self, out: &mut String) {
        for &pair in &self.operation {
            append_pair(out, pair);
            out.push('&');
        }
        out.push_str(self.opening);
        out.push_str(self.expires);
        self.append_signed_headers(out);
        self.append_token(out);
    }

    /// Appends the query in the order of the canonical request: by name, then by value.
    pub(crate) fn append_canonical(&self, out: &mut String) {
        if self.operation.is_empty() {
            self.append_own_in_order(out);
            return;
        }
        let mut operation: SmallVec<[Pair<'_>; 8]> = self.operation.iter().copied().collect();
        operation.sort_unstable();
        let before = operation.partition_point(|&(name, _)| name < FIRST_NAME);
        let after = operation.partition_point(|&(name, _)| name <= LAST_NAME);
        if before < after {
            self.append_interleaved(out);
            return;
        }
        for &pair in &operation[..before] {
            append_pair(out, pair);
            out.push('&');
        }
        self.append_own_in_order(out);
        for &pair in &operation[after..] {
            out.push('&');
            append_pair(out, pair);
        }
    }

    /// [`append_canonical`](Self::append_canonical) where a name of the operation lies among the
    /// signature's own.
    fn append_interleaved(&self, out: &mut String) {
        let mut own = String::new();
        self.append_own_in_order(&mut own);
        let mut all = pairs(&own);
        all.extend(self.operation.iter().copied());
        all.sort_unstable();
        for (index, &pair) in all.iter().enumerate() {
            if index > 0 {
                out.push('&');
            }
            append_pair(out, pair);
        }
    }

    fn append_own_in_order(&self, out: &mut String) {
        out.push_str(self.opening);
        out.push_str(self.expires);
        // Both names of a token sort before that of the headers, which is sent first.
        self.append_token(out);
        self.append_signed_headers(out);
    }

    fn append_signed_headers(&self, out: &mut String) {
        out.push_str("&X-Amz-SignedHeaders=");
        if self.signed_headers == "host" {
            out.push_str("host");
        } else {
            encode::append_label(out, self.signed_headers);
        }
    }

    fn append_token(&self, out: &mut String) {
        if let Some(pair) = self.token {
            out.push('&');
            append_pair(out, pair);
        }
    }
}

/// The parameters that are the same for all requests of one second and credential, and the name
/// of the next. A scoped key holds them ready.
pub(super) fn opening(credential: &str, amz_date: &str) -> String {
    format!(
        "{FIRST_NAME}={ALGORITHM}&X-Amz-Credential={}&X-Amz-Date={amz_date}&X-Amz-Expires=",
        encode::label(credential)
    )
}

const FIRST_NAME: &str = "X-Amz-Algorithm";
const LAST_NAME: &str = "X-Amz-SignedHeaders";

/// The pairs of a query: `uploads` is `uploads=`, and a repeated name counts once.
pub(super) fn pairs(query: &str) -> SmallVec<[Pair<'_>; 8]> {
    let mut pairs = SmallVec::<[Pair<'_>; 8]>::new();
    let mut push = |start: usize, equals: Option<usize>, end: usize| {
        let name = &query[start..equals.unwrap_or(end)];
        let value = equals.map_or("", |equals| &query[equals + 1..end]);
        if start < end && !pairs.iter().any(|&(known, _)| known == name) {
            pairs.push((name, value));
        }
    };
    // One pass: a separate search for each mark takes longer for such short strings.
    let (mut start, mut equals) = (0, None);
    for (at, byte) in query.bytes().enumerate() {
        match byte {
            b'&' => {
                push(start, equals, at);
                (start, equals) = (at + 1, None);
            }
            b'=' if equals.is_none() => equals = Some(at),
            _ => {}
        }
    }
    push(start, equals, query.len());
    pairs
}

pub(super) fn append_pair(out: &mut String, (name, value): Pair<'_>) {
    out.push_str(name);
    out.push('=');
    out.push_str(value);
}
