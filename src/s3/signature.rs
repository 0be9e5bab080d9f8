//! Decides which signature a request gets, as botocore's signers decide it.

use std::sync::Arc;

use super::endpoint::{AuthScheme, Endpoint, Requested};
use crate::credentials::Credentials;
use crate::error::Error;
use crate::request::UnsignedRequest;
use crate::sigv4::Convention;

/// What is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Url,
    Post,
}

/// How it is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    V4,
    /// Signature Version 4 as other services take it, with botocore's plain `v4`.
    PlainV4,
    V2,
    Unsigned,
    /// Signature Version 4 with the keys of an S3 Express session.
    S3ExpressSession,
}

/// A request that is complete but for its signature, and what it gets for one.
#[derive(Clone, Copy)]
pub(crate) enum ToSign<'a> {
    V4 {
        request: &'a UnsignedRequest<'a>,
        convention: Convention,
        credentials: &'a Arc<Credentials>,
        endpoint: &'a Arc<Endpoint>,
    },
    V2 {
        request: &'a UnsignedRequest<'a>,
        credentials: &'a Credentials,
    },
    Nothing {
        request: &'a UnsignedRequest<'a>,
    },
}

/// The signature for `purpose`, from what the client asked for and what the endpoint chose.
///
/// # Errors
/// [`Error::UnsupportedSignatureVersion`] with botocore's full name of the signer.
pub(crate) fn choose(
    requested: &Requested,
    endpoint: Option<AuthScheme>,
    purpose: Purpose,
) -> Result<Scheme, Error> {
    let version = match (endpoint, requested) {
        (Some(AuthScheme::Unsigned), _) | (_, Requested::Unsigned) => return Ok(Scheme::Unsigned),
        (Some(AuthScheme::S3ExpressSession), _) => return Ok(Scheme::S3ExpressSession),
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
        "s3" => Ok(Scheme::V2),
        // Where the endpoint has no scheme that fits it, and so nothing makes it S3's.
        "v4" if purpose == Purpose::Url => Ok(Scheme::PlainV4),
        name => Err(Error::UnsupportedSignatureVersion(format!(
            "{name}{suffix}"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(name: &str, matches: bool, purpose: Purpose) -> Result<Scheme, String> {
        let endpoint = matches.then_some(AuthScheme::Requested);
        choose(&Requested::Version(name.to_owned()), endpoint, purpose)
            .map_err(|error| error.to_string())
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
        let text = |name: &str| Err(format!("Signature version(s) are not supported: {name}"));
        assert_eq!(chosen("foo", false, Purpose::Url), text("foo-query"));
        assert_eq!(
            chosen("s3-query", false, Purpose::Post),
            text("s3-query-presign-post")
        );
        assert_eq!(chosen("", false, Purpose::Url), text("-query"));
    }
}
