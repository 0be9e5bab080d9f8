//! Decides which signature a request gets, as botocore's signers decide it.

use std::sync::Arc;

use super::endpoint::{AuthScheme, Endpoint, Requested};
use crate::clock::Timestamp;
use crate::credentials::{Credentials, ProvideCredentials};
use crate::error::Error;
use crate::request::UnsignedRequest;
use crate::sigv2::{Expires, HashedKey};
use crate::sigv4::{Convention, ScopedKey};

/// What is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::s3) enum Purpose {
    Url,
    Post,
}

/// How it is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::s3) enum Scheme {
    V4,
    /// Signature Version 4 as other services take it, with botocore's plain `v4`.
    PlainV4,
    /// Signature Version 4A, whose region is a set of regions.
    V4a,
    V2,
    Unsigned,
    /// Signature Version 4 with the credentials of an S3 Express session.
    S3ExpressSession,
}

/// A request that lacks only its signature, and how it is signed.
#[derive(Clone, Copy)]
pub(in crate::s3) enum ToSign<'a> {
    V4 {
        request: &'a UnsignedRequest<'a>,
        convention: Convention,
        credentials: &'a Arc<Credentials>,
        endpoint: &'a Arc<Endpoint>,
    },
    V4a {
        request: &'a UnsignedRequest<'a>,
        credentials: &'a Arc<Credentials>,
        endpoint: &'a Arc<Endpoint>,
    },
    /// It lacks its expiry too, as that is read from the clock.
    V2 {
        request: &'a UnsignedRequest<'a>,
        credentials: &'a Arc<Credentials>,
    },
    Nothing {
        request: &'a UnsignedRequest<'a>,
    },
}

/// What a URL was signed with, and for when.
pub(in crate::s3) enum SignedBy {
    V4(Arc<ScopedKey>),
    /// The caller has the key.
    V4a(Timestamp),
    V2(Arc<HashedKey>, Expires),
}

impl Scheme {
    /// How a request is written that Signature Version 4 signs.
    pub(super) fn convention(self) -> Convention {
        match self {
            Self::PlainV4 => Convention::Plain,
            Self::S3ExpressSession => Convention::S3Express,
            Self::V4 | Self::V4a | Self::V2 | Self::Unsigned => Convention::S3,
        }
    }

    /// The credentials that this scheme needs, if it needs any.
    ///
    /// # Errors
    /// [`Error::NoCredentials`] without any, and the error of `credentials`.
    pub(in crate::s3) fn credentials(
        self,
        credentials: &dyn ProvideCredentials,
    ) -> Result<Option<Arc<Credentials>>, Error> {
        if self == Self::Unsigned {
            return Ok(None);
        }
        let credentials = credentials.credentials()?.ok_or(Error::NoCredentials)?;
        if self == Self::S3ExpressSession {
            return Err(no_session());
        }
        Ok(Some(credentials))
    }
}

/// The error where a session is needed and none can be had.
pub(super) fn no_session() -> Error {
    Error::UnsupportedS3Configuration(
        "S3 Express session authentication is not available here. Sign with the client's own keys instead: \
         Config(s3={'disable_s3_express_session_auth': True})"
            .to_owned(),
    )
}

impl<'a> ToSign<'a> {
    /// A request that Signature Version 4 or 4A signs.
    pub(super) fn by(
        scheme: Scheme,
        request: &'a UnsignedRequest<'a>,
        credentials: &'a Arc<Credentials>,
        endpoint: &'a Arc<Endpoint>,
    ) -> Self {
        if scheme == Scheme::V4a {
            return Self::V4a {
                request,
                credentials,
                endpoint,
            };
        }
        Self::V4 {
            request,
            convention: scheme.convention(),
            credentials,
            endpoint,
        }
    }

    /// The request without its signature.
    pub(in crate::s3) fn request(&self) -> &'a UnsignedRequest<'a> {
        match self {
            Self::V4 { request, .. }
            | Self::V4a { request, .. }
            | Self::V2 { request, .. }
            | Self::Nothing { request } => request,
        }
    }

    /// What it is signed with, if it is signed.
    pub(in crate::s3) fn credentials(&self) -> Option<&'a Credentials> {
        match self {
            Self::V4 { credentials, .. } | Self::V4a { credentials, .. } | Self::V2 { credentials, .. } => {
                Some(credentials)
            }
            Self::Nothing { .. } => None,
        }
    }
}

/// The signature for `purpose`, from what the client asked for and what the endpoint chose.
///
/// # Errors
/// [`Error::UnsupportedSignatureVersion`] with botocore's full name of the signer.
pub(in crate::s3) fn choose(
    requested: &Requested,
    endpoint: Option<AuthScheme>,
    purpose: Purpose,
) -> Result<Scheme, Error> {
    let version = match (endpoint, requested) {
        (Some(AuthScheme::Unsigned), _) | (_, Requested::Unsigned) => return Ok(Scheme::Unsigned),
        (Some(AuthScheme::S3ExpressSession), _) => return Ok(Scheme::S3ExpressSession),
        (Some(AuthScheme::V4a), _) => "s3v4a",
        // S3 has a signer of its own, which does not normalise the path.
        (Some(AuthScheme::Requested), Requested::Version(name)) => match name.as_str() {
            "v4-s3express" => return Ok(Scheme::S3ExpressSession),
            "v4a" => "s3v4a",
            name if name.starts_with("v4") => "s3v4",
            name => name,
        },
        (None, Requested::Version(name)) => name,
        _ => "s3v4",
    };
    let suffix = match purpose {
        Purpose::Url => "-query",
        Purpose::Post => "-presign-post",
    };
    match version.strip_suffix(suffix).unwrap_or(version) {
        "s3v4" => Ok(Scheme::V4),
        // Forms have no such signature.
        "s3v4a" if purpose == Purpose::Url => Ok(Scheme::V4a),
        "s3" => Ok(Scheme::V2),
        // Here the endpoint has no scheme that fits, so the signer is not S3's own.
        "v4" if purpose == Purpose::Url => Ok(Scheme::PlainV4),
        name => Err(Error::UnsupportedSignatureVersion(format!("{name}{suffix}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(name: &str, matches: bool, purpose: Purpose) -> Result<Scheme, String> {
        let endpoint = matches.then_some(AuthScheme::Requested);
        choose(&Requested::Version(name.to_owned()), endpoint, purpose).map_err(|error| error.to_string())
    }

    #[test]
    fn the_endpoints_v4_is_s3s_own() {
        assert_eq!(chosen("v4-query", true, Purpose::Post), Ok(Scheme::V4));
        assert_eq!(chosen("s3v4", true, Purpose::Url), Ok(Scheme::V4));
    }

    #[test]
    fn the_old_signature_is_chosen_by_name_only() {
        assert_eq!(chosen("s3", false, Purpose::Url), Ok(Scheme::V2));
        assert_eq!(chosen("s3-query", false, Purpose::Url), Ok(Scheme::V2));
        let unset = choose(&Requested::Default, Some(AuthScheme::V4), Purpose::Url);
        assert_eq!(unset.ok(), Some(Scheme::V4));
    }

    // botocore appends the suffix before it looks the signer up, and names it so.
    #[test]
    fn an_unknown_version_is_named_with_its_suffix() {
        let refused = |name: &str| Err(format!("Signature version(s) are not supported: {name}"));
        assert_eq!(chosen("foo", false, Purpose::Url), refused("foo-query"));
        assert_eq!(
            chosen("s3-query", false, Purpose::Post),
            refused("s3-query-presign-post")
        );
        assert_eq!(chosen("", false, Purpose::Url), refused("-query"));
    }
}
