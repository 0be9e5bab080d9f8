//! Runs all steps of one call: from an operation and its parameters to a complete request.

use std::sync::Arc;

use super::call::Call;
use super::endpoint::{Endpoint, ResolveEndpoint};
use super::read_params::ReadParams;
use super::settings::Settings;
use super::signature::{self, Purpose, Scheme, ToSign};
use super::special::{self, ParamRewrites};
use crate::credentials::{Credentials, ProvideCredentials};
use crate::encode::Decimal;
use crate::error::Error;
use crate::model::{Kind, Operation, Param, Place, Serialised, Shape, auth_path, validate_by};
use crate::request::UnsignedRequest;
use crate::sigv4::Scope;

/// How long a URL is valid that is signed with the credentials of a session, if the caller leaves it open.
const SESSION_SECONDS: i64 = 300;

/// What all calls of one client have in common.
#[derive(Clone, Copy)]
pub(in crate::s3) struct Pipeline<'a> {
    pub(in crate::s3) settings: &'a Settings,
    pub(in crate::s3) endpoints: &'a dyn ResolveEndpoint,
}

impl<'a> Pipeline<'a> {
    /// Calls `finish` with the request of a call, which lacks only its signature.
    ///
    /// # Errors
    /// Those of boto3, in its order: parameters it rewrites, the endpoint, the other parameters,
    /// the signature version, the credentials; then what cannot be sent in a URL.
    pub(in crate::s3) fn presign(
        &self,
        operation: &'static Operation,
        given: &dyn ReadParams<'_>,
        call: &dyn Call,
        credentials: &dyn ProvideCredentials,
        finish: impl FnOnce(ToSign<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut rewrites = ParamRewrites::default();
        let token = || call.idempotency_token();
        special::apply(operation, given.looked_up()?, &token, &mut rewrites)?;
        if rewrites.is_written(given)? {
            rewrites = ParamRewrites::default();
        }
        let check = || {
            let mut merged = None;
            let params = rewrites.merge(given.validated()?, &mut merged);
            let has = |name: &str| Ok(rewrites.has(name) || given.has(name)?);
            validate_by(operation, params, &has)
        };
        let endpoint = self.endpoint(operation, given.located()?, check)?;
        if self.settings.validates {
            check()?;
        }
        let mut merged = None;
        let params = rewrites.merge(given.listed()?, &mut merged);
        let mut parts = Serialised::default();
        if operation.host_prefix.is_some() {
            parts.put_in_front(operation, given.of_host()?)?;
        }
        parts.place(operation, params)?;
        if let Some(additions) = call.additions() {
            additions.add_to(&mut parts)?;
        }
        let requested = &self.settings.endpoint.signature;
        let scheme = signature::choose(requested, endpoint.auth, Purpose::Url)?;
        let credentials = match scheme {
            Scheme::S3ExpressSession => {
                let bucket = bucket_of(params)?;
                self.session(bucket.name(), &endpoint).map(Some)
            }
            _ => scheme.credentials(credentials),
        };
        let credentials = credentials.inspect_err(|_| call.fails_as_a_whole())?;

        let endpoint = match parts.host_prefix.as_deref() {
            Some(prefix) if self.settings.injects_host_prefix => Arc::new(endpoint.with_host_prefix(prefix)?),
            _ => endpoint,
        };
        let place = call.additions().and_then(|more| more.place.as_ref());
        let base = place.map_or(&*endpoint.path, |place| &place.path);
        join_paths(base, operation.query, &mut parts.path);
        let request = UnsignedRequest {
            method: operation.http_method,
            scheme: place.map_or(&*endpoint.scheme, |place| &place.scheme),
            authority: place.map_or(&*endpoint.authority, |place| &place.host),
            host: place.map_or(&*endpoint.host_header, |place| &place.host),
            path: &parts.path,
            auth_path: None,
            query: &parts.query,
            headers: &parts.headers,
            expires: "",
        };
        match (scheme, &credentials) {
            (Scheme::V4 | Scheme::PlainV4 | Scheme::V4a | Scheme::S3ExpressSession, Some(credentials)) => {
                let method = call.http_method()?.unwrap_or(request.method);
                let seconds = match scheme {
                    Scheme::S3ExpressSession if call.leaves_lifetime_open() => SESSION_SECONDS,
                    _ => call.expires_in()?,
                };
                let expires = self.lifetime(seconds).inspect_err(|_| call.fails_as_a_whole())?;
                refuse_body(operation, params)?;
                let request = UnsignedRequest {
                    method,
                    expires: expires.as_str(),
                    ..request
                };
                finish(ToSign::by(scheme, &request, credentials, &endpoint))
            }
            (Scheme::V2, Some(credentials)) => {
                let method = call.http_method()?.unwrap_or(request.method);
                let path = auth_path(operation, params)?;
                let request = UnsignedRequest {
                    method,
                    auth_path: path.as_deref(),
                    ..request
                };
                finish(ToSign::V2 {
                    request: &request,
                    credentials,
                })
            }
            _ => finish(ToSign::Nothing { request: &request }),
        }
    }

    /// Where a call goes. `check` validates its parameters, if the bucket is not a string.
    pub(super) fn endpoint(
        &self,
        operation: &'static Operation,
        params: &[Param<'_>],
        check: impl FnOnce() -> Result<(), Error>,
    ) -> Result<Arc<Endpoint>, Error> {
        match bucket_of(params)? {
            Bucket::Named(bucket) => self.endpoints.resolve(operation, Some(bucket)),
            Bucket::Missing => self.endpoints.resolve(operation, None),
            // No endpoint can be found for it; the report names its type.
            Bucket::NoString => Err(check().err().unwrap_or(Error::NoCredentials)),
        }
    }

    /// The credentials of a session with the bucket.
    pub(in crate::s3) fn session(&self, bucket: Option<&str>, endpoint: &Endpoint) -> Result<Arc<Credentials>, Error> {
        // A client may ask for this signature by name, for a bucket that has no sessions.
        let is_express = endpoint.signing_name.as_deref() == Some("s3express");
        let (Some(sessions), true) = (&self.settings.sessions, is_express) else {
            return Err(signature::no_session());
        };
        let Some(bucket) = bucket else {
            // boto3 opens a session with no bucket, and refuses that.
            let report = "Invalid type for parameter Bucket, value: None, type: <class 'NoneType'>, \
                          valid types: <class 'str'>";
            return Err(Error::ParamValidation(report.to_owned()));
        };
        let Endpoint {
            scheme,
            authority,
            path,
            ..
        } = endpoint;
        let url = format!("{scheme}://{authority}{path}");
        sessions.session(bucket, &url, self.scope(endpoint).region)
    }

    /// The region and the service that a signature for `endpoint` names.
    pub(in crate::s3) fn scope<'e>(&self, endpoint: &'e Endpoint) -> Scope<'e>
    where
        'a: 'e,
    {
        let region = endpoint.signing_region.as_deref();
        Scope {
            region: region.unwrap_or(&self.settings.signing_region),
            service: endpoint.signing_name.as_deref().unwrap_or("s3"),
        }
    }

    fn lifetime(&self, seconds: i64) -> Result<Decimal, Error> {
        let longest = self.settings.longest_lifetime;
        if (1..=longest).contains(&seconds) {
            return Ok(Decimal::new(seconds.unsigned_abs()));
        }
        Err(Error::ParamValidation(format!(
            "Invalid value for parameter ExpiresIn, value: {seconds}, valid range: 1 to {longest} \
             seconds, or S3 refuses the URL"
        )))
    }
}

/// The parameter `Bucket` of a call.
enum Bucket<'a> {
    Missing,
    Named(&'a str),
    NoString,
}

impl<'a> Bucket<'a> {
    fn name(&self) -> Option<&'a str> {
        match self {
            Self::Named(name) => Some(name),
            Self::Missing | Self::NoString => None,
        }
    }
}

fn bucket_of<'a>(params: &'a [Param<'_>]) -> Result<Bucket<'a>, Error> {
    Ok(match params.iter().find(|param| param.is("Bucket")) {
        None => Bucket::Missing,
        Some(bucket) if bucket.kind == Kind::String => Bucket::Named(match bucket.string {
            None => bucket.value.string()?,
            Some(string) => string,
        }),
        Some(_) => Bucket::NoString,
    })
}

/// Refuses a raw body: the sender of the request sends it, and a URL cannot contain it.
fn refuse_body(operation: &Operation, params: &[Param<'_>]) -> Result<(), Error> {
    let Some(name) = operation.payload else {
        return Ok(());
    };
    let Some(member) = operation.member(name) else {
        return Ok(());
    };
    if !matches!(member.shape, Shape::Blob) || member.place != Place::Body {
        return Ok(());
    }
    let Some(param) = params.iter().find(|param| param.is(name)) else {
        return Ok(());
    };
    let is_empty = match param.kind {
        Kind::Stream => param.value.is_empty_stream()?,
        _ => param.value.is_falsy()?,
    };
    if is_empty {
        return Ok(());
    }
    Err(Error::ParamValidation(format!(
        "Invalid value for parameter {name}: a presigned URL cannot carry a body. Leave {name} \
         out: the client that uses the URL sends the body"
    )))
}

/// Puts the endpoint's own path in front of the operation's, with one slash between them.
///
/// A path that is a slash alone falls away, unless the URI template has a query behind it: botocore
/// compares both together.
pub(super) fn join_paths(base: &str, query: &str, path: &mut String) {
    match (base, path.as_str()) {
        ("", "") => path.push('/'),
        ("", _) => {}
        (_, own) if own.is_empty() || own == "/" && query.is_empty() => {
            path.clear();
            path.push_str(base);
        }
        (_, own) => {
            let shorter = base.strip_suffix('/').filter(|_| own.starts_with('/'));
            path.insert_str(0, shorter.unwrap_or(base));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::join_paths;

    #[test]
    fn base_and_path_are_joined_by_one_slash_and_otherwise_kept() {
        for (base, path, query, expected) in [
            ("", "", "", "/"),
            ("", "/k", "", "/k"),
            ("/b", "", "", "/b"),
            ("/b", "", "acl", "/b"),
            ("/b", "/", "", "/b"),
            ("/b/", "/", "", "/b/"),
            ("/b", "/", "acl", "/b/"),
            ("/b/", "/", "acl", "/b/"),
            ("/b", "/k", "acl", "/b/k"),
            ("/b/", "//k", "", "/b//k"),
        ] {
            let mut joined = path.to_owned();
            join_paths(base, query, &mut joined);
            assert_eq!(joined, expected);
        }
    }
}
