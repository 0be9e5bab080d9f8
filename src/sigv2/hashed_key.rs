//! Holds everything in a signature that does not depend on the request: the secret key, hashed once.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use zeroize::Zeroizing;

use super::string_to_sign::{SECURITY_TOKEN, strip, token};
use crate::credentials::Credentials;
use crate::encode;
use crate::error::Error;
use crate::hash::{self, HmacSha1};
use crate::request::check_encodable;

/// Credentials, and the states of their signatures behind the secret key.
pub struct HashedKey {
    credentials: Arc<Credentials>,
    /// Wiped on drop.
    hashed: HmacSha1,
}

/// A signature in base64.
pub type Signature = [u8; hash::base64_length(20)];

impl HashedKey {
    /// The key of these credentials.
    #[must_use]
    pub fn new(credentials: Arc<Credentials>) -> Self {
        let hashed = HmacSha1::new(credentials.secret_key.expose().as_bytes());
        Self { credentials, hashed }
    }

    /// The credentials that sign.
    #[must_use]
    pub fn credentials(&self) -> &Arc<Credentials> {
        &self.credentials
    }

    /// The signature of any bytes: of a string to sign, or of a POST policy in base64.
    #[must_use]
    #[inline]
    pub fn sign(&self, message: &[u8]) -> Signature {
        hash::base64_of_sha1(&self.hashed.finish(message))
    }

    /// The signature's state behind the start of such bytes.
    pub(crate) fn begin(&self, start: &[u8]) -> HmacSha1 {
        let mut begun = self.hashed.clone();
        begun.update(start);
        begun
    }

    /// The access key as a URL has it.
    pub(crate) fn encoded_access_key(&self) -> String {
        encode::label(&self.credentials.access_key).into_owned()
    }

    /// The parameter of the session token with its `&`; empty without a token.
    pub(crate) fn parameter_of_token(&self) -> Zeroizing<String> {
        let mut parameter = Zeroizing::new(String::new());
        if let Some(token) = token(&self.credentials) {
            // Its memory is reserved first: growing would leave a copy behind.
            parameter.reserve(SECURITY_TOKEN.len() + 2 + 3 * token.len());
            parameter.push('&');
            parameter.push_str(SECURITY_TOKEN);
            parameter.push('=');
            encode::append_label(&mut parameter, token);
        }
        parameter
    }

    /// The line of the session token in a string to sign; empty without a token.
    pub(crate) fn line_of_token(&self) -> Zeroizing<String> {
        Zeroizing::new(
            token(&self.credentials)
                .map_or_else(String::new, |token| [SECURITY_TOKEN, ":", strip(token), "\n"].concat()),
        )
    }

    /// Refuses a session token that cannot be signed.
    ///
    /// # Errors
    /// [`Error::ParamValidation`], as for a header.
    pub(crate) fn check_token(&self) -> Result<(), Error> {
        token(&self.credentials).map_or(Ok(()), |token| check_encodable(SECURITY_TOKEN, token))
    }
}

impl fmt::Debug for HashedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HashedKey({})", self.credentials.access_key)
    }
}

/// The key that one client used last. All threads may share it.
#[derive(Debug, Default)]
pub struct LatestKey(Mutex<Option<Arc<HashedKey>>>);

impl LatestKey {
    /// The key of `credentials`; it is made if it is not the latest.
    #[must_use]
    pub fn key(&self, credentials: &Arc<Credentials>) -> Arc<HashedKey> {
        // A panic in another thread cannot have left half a key here.
        let mut latest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = &*latest {
            let own = known.credentials();
            if Arc::ptr_eq(own, credentials) || own.same_as(credentials) {
                return Arc::clone(known);
            }
        }
        let new = Arc::new(HashedKey::new(Arc::clone(credentials)));
        *latest = Some(Arc::clone(&new));
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::Secret;

    fn credentials(secret_key: &str, token: Option<&str>) -> Arc<Credentials> {
        Arc::new(Credentials {
            access_key: "AKIDEXAMPLE".into(),
            secret_key: Secret::new(secret_key),
            token: token.map(Secret::new),
            expiry: None,
        })
    }

    #[test]
    fn a_key_is_that_of_equal_credentials_and_of_no_others() {
        let latest = LatestKey::default();
        let first = latest.key(&credentials("hush", None));
        assert!(Arc::ptr_eq(&first, &latest.key(&credentials("hush", None))));
        for (secret_key, token) in [("other", None), ("hush", Some("whisper"))] {
            let other = latest.key(&credentials(secret_key, token));
            assert!(!Arc::ptr_eq(&first, &other));
            assert!(other.credentials().same_as(&credentials(secret_key, token)));
        }
    }

    #[test]
    fn printing_a_key_shows_the_access_key_and_no_secret() {
        let key = HashedKey::new(credentials("hush", Some("whisper")));
        assert_eq!(format!("{key:?}"), "HashedKey(AKIDEXAMPLE)");
    }

    #[test]
    fn an_empty_token_is_not_sent_and_the_ends_of_another_are_not_signed() {
        let key = |token| HashedKey::new(credentials("hush", Some(token)));
        assert_eq!(*key("").parameter_of_token(), "");
        assert_eq!(*key("").line_of_token(), "");
        let key = key(" a+b ");
        assert_eq!(*key.parameter_of_token(), "&x-amz-security-token=%20a%2Bb%20");
        assert_eq!(*key.line_of_token(), "x-amz-security-token:a+b\n");
    }
}
