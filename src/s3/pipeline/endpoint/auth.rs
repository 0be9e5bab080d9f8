//! Chooses one of the signing schemes that the rules offer for an endpoint.

use crate::error::Error;
use crate::rules::Value;

/// The signature that a client asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Requested {
    /// The scheme that the endpoint offers first.
    #[default]
    Default,
    /// No signature.
    Unsigned,
    /// One signature version by botocore's name for it: `s3v4`, `v4`, `s3`.
    Version(String),
    /// The first scheme of the client's order of preference. It can name `sigv4` and `sigv4a` only, and
    /// boto3 without its optional C runtime makes the first only. So the order itself does not matter.
    Preference,
}

impl Requested {
    /// What a client asks for by its settings.
    #[must_use]
    pub fn of(is_unsigned: bool, version: Option<String>, has_preference: bool) -> Self {
        match version {
            _ if is_unsigned => Self::Unsigned,
            // boto3 finds out at the first call that no signer has such a name.
            Some(name) => Self::Version(name),
            None if has_preference => Self::Preference,
            None => Self::Default,
        }
    }
}

/// How an endpoint is signed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthScheme {
    /// Unsigned: the client asked for no signature.
    Unsigned,
    /// By the signature version that the client asked for.
    Requested,
    /// By Signature Version 4.
    V4,
    /// By Signature Version 4A, for a set of regions.
    V4a,
    /// By Signature Version 4, with the credentials of an S3 Express session.
    S3ExpressSession,
}

/// A scheme, and what it is signed with.
#[derive(Debug, Default)]
pub(super) struct Choice {
    /// `None` where no scheme of the endpoint's is the one that was asked for.
    pub(super) scheme: Option<AuthScheme>,
    pub(super) signing_name: Option<String>,
    pub(super) signing_region: Option<String>,
}

/// Chooses among `schemes`, the `authSchemes` property of an endpoint.
pub(super) fn choose(schemes: Option<&Value<'_>>, requested: &Requested) -> Result<Choice, Error> {
    let Some(Value::List(schemes)) = schemes else {
        return Ok(Choice::default());
    };
    match requested {
        Requested::Unsigned => Ok(Choice {
            scheme: Some(AuthScheme::Unsigned),
            ..Choice::default()
        }),
        Requested::Version(version) => Ok(schemes
            .iter()
            .find(|scheme| is_same_signature(version, name_of(scheme)))
            .map(|scheme| choice(AuthScheme::Requested, scheme))
            .unwrap_or_default()),
        Requested::Preference => plain_v4(schemes),
        Requested::Default => schemes
            .iter()
            .find_map(|scheme| Some(choice(known(name_of(scheme))?, scheme)))
            .or_else(|| asymmetric(schemes))
            .ok_or_else(|| none_known(schemes)),
    }
}

/// `SigV4A`, where nothing else will do. boto3 makes it only with its optional C runtime, and then also
/// where plain SigV4 does.
fn asymmetric(schemes: &[Value<'_>]) -> Option<Choice> {
    let scheme = schemes.iter().find(|scheme| name_of(scheme) == "sigv4a")?;
    Some(choice(AuthScheme::V4a, scheme))
}

fn plain_v4(schemes: &[Value<'_>]) -> Result<Choice, Error> {
    if let Some(scheme) = schemes.iter().find(|scheme| name_of(scheme) == "sigv4") {
        return Ok(choice(AuthScheme::V4, scheme));
    }
    asymmetric(schemes).ok_or_else(|| {
        let mut names: Vec<&str> = schemes.iter().map(name_of).collect();
        names.sort_unstable();
        Error::UnsupportedSignatureVersion(names.join(", "))
    })
}

fn known(name: &str) -> Option<AuthScheme> {
    match name {
        "sigv4" => Some(AuthScheme::V4),
        "sigv4-s3express" => Some(AuthScheme::S3ExpressSession),
        _ => None,
    }
}

fn none_known(schemes: &[Value<'_>]) -> Error {
    let names: Vec<&str> = schemes.iter().map(name_of).map(without_sig).collect();
    Error::UnsupportedSignatureVersion(names.join(", "))
}

/// Whether botocore's name of a signature version means the rules' scheme: `s3v4`, `v4` and
/// `v4-query` mean `sigv4`; `s3` means none of them.
fn is_same_signature(version: &str, scheme: &str) -> bool {
    let version = version.split_once('-').map_or(version, |(start, _)| start);
    let version = match version.strip_prefix("s3") {
        Some(rest) if !rest.is_empty() => rest,
        _ => version,
    };
    without_sig(scheme) == version
}

fn choice(kind: AuthScheme, scheme: &Value<'_>) -> Choice {
    let string = |name| scheme.member(name).and_then(Value::as_str);
    let region_set = || match scheme.member("signingRegionSet") {
        Some(Value::List(regions)) if !regions.is_empty() => {
            let regions: Vec<&str> = regions.iter().filter_map(Value::as_str).collect();
            Some(regions.join(","))
        }
        _ => None,
    };
    Choice {
        scheme: Some(kind),
        signing_name: string("signingName").map(str::to_owned),
        signing_region: string("signingRegion").map(str::to_owned).or_else(region_set),
    }
}

fn name_of<'v>(scheme: &'v Value<'_>) -> &'v str {
    scheme.member("name").and_then(Value::as_str).unwrap_or_default()
}

fn without_sig(name: &str) -> &str {
    name.strip_prefix("sig").unwrap_or(name)
}
