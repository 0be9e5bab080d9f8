//! Holds everything in a signature that does not depend on the request.

use std::fmt;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::credential::{Credential, Scope};
use super::parameters::{self, SECURITY_TOKEN};
use super::signing_key::signing_key;
use super::string_to_sign;
use crate::clock::Timestamp;
use crate::credentials::{Credentials, Secret};
use crate::encode;
use crate::hash::lanes::{LANES, codes};
use crate::hash::{HmacSha256, hex, sha256};

/// A signing key with the credential and the second that it signs for.
pub struct ScopedKey {
    credentials: Arc<Credentials>,
    region: String,
    service: String,
    at: Timestamp,
    amz_date: String,
    credential: Credential,
    opening_of_parameters: String,
    encoded_token: Option<Zeroizing<String>>,
    signing_key: HmacSha256,
    /// The signature's state behind the first lines of the string to sign, which saves hashing them
    /// again.
    opened: HmacSha256,
}

impl ScopedKey {
    /// The key of `credentials` for `scope` in the second `at`.
    #[must_use]
    pub fn new(credentials: Arc<Credentials>, scope: Scope<'_>, at: Timestamp) -> Self {
        let amz_date = amz_date(at);
        let signing_key = signing_key(&credentials.secret_key, date(&amz_date), scope);
        Self::with(credentials, scope, at, signing_key)
    }

    /// This key in another second. It is derived again only if the date is another.
    pub(super) fn moved_to(&self, at: Timestamp) -> Self {
        let credentials = self.credentials.clone();
        let scope = self.scope();
        if date(&amz_date(at)) == date(&self.amz_date) {
            Self::with(credentials, scope, at, self.signing_key.clone())
        } else {
            Self::new(credentials, scope, at)
        }
    }

    fn with(credentials: Arc<Credentials>, scope: Scope<'_>, at: Timestamp, signing_key: HmacSha256) -> Self {
        let amz_date = amz_date(at);
        let credential = Credential::new(&credentials.access_key, date(&amz_date), scope);
        let mut opened = signing_key.clone();
        opened.update(string_to_sign::opening(&amz_date, credential.scope()).as_bytes());
        let token = credentials.token.as_ref().map(Secret::expose);
        Self {
            region: scope.region.to_owned(),
            service: scope.service.to_owned(),
            at,
            opening_of_parameters: parameters::opening(credential.as_str(), &amz_date),
            encoded_token: token.map(encoded),
            amz_date,
            credential,
            signing_key,
            opened,
            credentials,
        }
    }

    /// The value of `X-Amz-Credential`: `AKIDEXAMPLE/20130524/us-east-1/s3/aws4_request`.
    #[must_use]
    pub fn credential(&self) -> &str {
        self.credential.as_str()
    }

    /// The credential scope: `20130524/us-east-1/s3/aws4_request`.
    #[must_use]
    pub fn credential_scope(&self) -> &str {
        self.credential.scope()
    }

    /// The value of `X-Amz-Date`: `20130524T000000Z`.
    #[must_use]
    pub fn amz_date(&self) -> &str {
        &self.amz_date
    }

    /// The string to sign for a canonical request.
    #[must_use]
    pub fn string_to_sign(&self, canonical_request: &str) -> String {
        let scope = self.credential_scope();
        string_to_sign::string_to_sign(&self.amz_date, scope, canonical_request)
    }

    /// The credentials that sign.
    #[must_use]
    pub fn credentials(&self) -> &Arc<Credentials> {
        &self.credentials
    }

    /// The signature of any bytes: of a string to sign, or of a POST policy in base64.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; 32] {
        self.signing_key.finish(message)
    }

    /// The signature's state behind the start of such bytes.
    pub(crate) fn begin(&self, start: &[u8]) -> HmacSha256 {
        let mut begun = self.signing_key.clone();
        begun.update(start);
        begun
    }

    /// The signature of the string to sign for a canonical request.
    pub(crate) fn sign_canonical_request(&self, canonical_request: &str) -> [u8; 32] {
        self.sign_digest(&sha256(canonical_request.as_bytes()))
    }

    /// The signature of the string to sign for a canonical request of this digest.
    #[inline]
    pub(crate) fn sign_digest(&self, digest: &[u8; 32]) -> [u8; 32] {
        self.opened.finish_digits(&hex(digest))
    }

    /// The signatures for canonical requests of these digests.
    pub(crate) fn sign_digests(&self, digests: &[[u8; 32]; LANES]) -> [[u8; 32]; LANES] {
        let ends = digests.each_ref().map(hex);
        codes(&self.opened, ends.each_ref())
    }

    /// The first parameters that a signature adds, up to the value of `X-Amz-Expires`.
    pub(crate) fn opening_of_parameters(&self) -> &str {
        &self.opening_of_parameters
    }

    /// The parameter of the session token with its `&`; empty without a token.
    pub(crate) fn parameter_of_token(&self) -> Zeroizing<String> {
        Zeroizing::new(
            self.encoded_token()
                .map_or_else(String::new, |token| ["&", SECURITY_TOKEN, "=", token].concat()),
        )
    }

    /// The session token as a query has it.
    pub(crate) fn encoded_token(&self) -> Option<&str> {
        self.encoded_token.as_ref().map(|token| token.as_str())
    }

    /// The second that this key signs for.
    pub(crate) fn at(&self) -> Timestamp {
        self.at
    }

    pub(super) fn is_for(&self, credentials: &Arc<Credentials>, scope: Scope<'_>) -> bool {
        self.scope() == scope && (Arc::ptr_eq(&self.credentials, credentials) || self.credentials.same_as(credentials))
    }

    fn scope(&self) -> Scope<'_> {
        Scope {
            region: &self.region,
            service: &self.service,
        }
    }
}

impl fmt::Debug for ScopedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ScopedKey({})", self.credential())
    }
}

/// A percent-encoded token. Its memory is reserved first: growing would leave a copy behind.
pub(super) fn encoded(token: &str) -> Zeroizing<String> {
    let mut encoded = Zeroizing::new(String::with_capacity(3 * token.len()));
    encode::append_label(&mut encoded, token);
    encoded
}

pub(super) fn amz_date(at: Timestamp) -> String {
    let mut string = String::new();
    at.append_amz_date(&mut string);
    string
}

/// The date of the scope: as in boto3, the first eight characters of `X-Amz-Date`.
pub(super) fn date(amz_date: &str) -> &str {
    &amz_date[..8]
}
