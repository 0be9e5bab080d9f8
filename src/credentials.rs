//! Credentials that cannot be printed, and the trait that provides them.

pub mod latest_answer;
pub mod renewed;
pub mod set_parts;

use std::fmt;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::error::Error;

/// A string that is never printed, and is wiped from memory on drop.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// A secret with this string.
    #[must_use]
    pub fn new(string: impl Into<String>) -> Self {
        Self(Zeroizing::new(string.into()))
    }

    /// The string itself: the only way to read it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What identifies a caller to AWS.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The access key's id. It is public: every URL shows it.
    pub access_key: String,
    /// The secret access key.
    pub secret_key: Secret,
    /// The session token of temporary credentials. An empty token is not the same as no token.
    pub token: Option<Secret>,
    /// When they expire, in seconds since 1970, where that is known. It is not signed.
    pub expiry: Option<f64>,
}

impl Credentials {
    /// Credentials of these parts, each of which `string` reads.
    ///
    /// # Errors
    /// [`Error::Value`] names the part that is not a string. It shows no secret.
    pub fn read<V>(
        access_key: V,
        secret_key: V,
        token: Option<V>,
        expiry: Option<f64>,
        string: impl Fn(V) -> Option<String>,
    ) -> Result<Self, Error> {
        let string = |name: &str, part: V| {
            let refused = || Error::Value(format!("{name} must be a string that UTF-8 can hold"));
            string(part).ok_or_else(refused)
        };
        Ok(Self {
            access_key: string("access_key", access_key)?,
            secret_key: Secret::new(string("secret_key", secret_key)?),
            token: token.map(|token| string("token", token).map(Secret::new)).transpose()?,
            expiry,
        })
    }

    /// Whether both make the same signatures: key, secret and token are equal.
    #[must_use]
    pub fn same_as(&self, other: &Self) -> bool {
        let token = self.token.as_ref().map(Secret::expose);
        self.access_key == other.access_key
            && self.secret_key.expose() == other.secret_key.expose()
            && token == other.token.as_ref().map(Secret::expose)
    }
}

/// Where credentials come from.
///
/// This is asked once for each URL, so a provider that fetches and refreshes credentials must answer
/// from its own store.
pub trait ProvideCredentials: Send + Sync {
    /// The credentials to sign with now. `None` without any: that is an error only once something
    /// must be signed.
    ///
    /// # Errors
    /// The error of the provider.
    fn credentials(&self) -> Result<Option<Arc<Credentials>>, Error>;

    /// The credentials to sign with now; `None` if they are `known`.
    ///
    /// # Errors
    /// As [`credentials`](Self::credentials); [`Error::NoCredentials`] if there are none.
    fn other_than(&self, known: &Arc<Credentials>) -> Result<Option<Arc<Credentials>>, Error> {
        let credentials = self.credentials()?.ok_or(Error::NoCredentials)?;
        Ok(Some(credentials).filter(|credentials| !Arc::ptr_eq(credentials, known)))
    }
}

/// Where the credentials of S3 Express sessions come from: S3 gives them out for one directory bucket and five
/// minutes.
pub trait ProvideSessions: Send + Sync {
    /// The credentials of a session with the bucket whose endpoint is `url`, in the region to sign for.
    ///
    /// # Errors
    /// The error of the request for one.
    fn session(&self, bucket: &str, url: &str, region: &str) -> Result<Arc<Credentials>, Error>;
}

/// Always provides the same credentials, or none.
#[derive(Clone, Debug, Default)]
pub struct StaticCredentials(Option<Arc<Credentials>>);

impl StaticCredentials {
    /// Provides these.
    #[must_use]
    pub fn new(credentials: Credentials) -> Self {
        Self(Some(Arc::new(credentials)))
    }
}

impl ProvideCredentials for StaticCredentials {
    fn credentials(&self) -> Result<Option<Arc<Credentials>>, Error> {
        Ok(self.0.clone())
    }

    fn other_than(&self, known: &Arc<Credentials>) -> Result<Option<Arc<Credentials>>, Error> {
        let own = self.0.as_ref().ok_or(Error::NoCredentials)?;
        Ok((!Arc::ptr_eq(own, known)).then(|| Arc::clone(own)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Credentials {
        Credentials {
            access_key: "AKIDEXAMPLE".into(),
            secret_key: Secret::new("hush"),
            token: Some(Secret::new("whisper")),
            expiry: None,
        }
    }

    #[test]
    fn printing_credentials_shows_the_access_key_and_no_secret() {
        let printed = format!("{:?} {:?}", example(), StaticCredentials::new(example()));
        assert!(printed.contains("AKIDEXAMPLE"), "{printed}");
        assert!(!printed.contains("hush") && !printed.contains("whisper"), "{printed}");
    }

    #[test]
    fn a_part_that_is_not_a_string_is_named_and_none_is_shown() {
        let read = |parts: [&str; 3]| {
            let [access_key, secret_key, token] = parts;
            let string = |part: &str| (part != "bad").then(|| part.to_owned());
            Credentials::read(access_key, secret_key, Some(token), None, string).map_err(|error| error.to_string())
        };
        assert!(read(["AKIDEXAMPLE", "hush", "whisper"]).is_ok_and(|made| made.same_as(&example())));
        for (parts, name) in [
            (["bad", "hush", "bad"], "access_key"),
            (["AKIDEXAMPLE", "bad", "whisper"], "secret_key"),
            (["AKIDEXAMPLE", "hush", "bad"], "token"),
        ] {
            let message = format!("{name} must be a string that UTF-8 can hold");
            assert_eq!(read(parts).err(), Some(message));
        }
    }

    #[test]
    fn credentials_differ_when_any_part_does() {
        let edits: [fn(&mut Credentials); 4] = [
            |c| c.access_key.push('x'),
            |c| c.secret_key = Secret::new("other"),
            |c| c.token = Some(Secret::new("")),
            |c| c.token = None,
        ];
        assert!(example().same_as(&example()));
        for edit in edits {
            let mut changed = example();
            edit(&mut changed);
            assert!(!example().same_as(&changed), "{changed:?}");
        }
    }
}
