//! Makes a presigned URL from an operation and its parameters: the whole pipeline, in order.

use std::sync::Arc;

use smallvec::SmallVec;

use super::call::Call;
use super::endpoint::{self, ClientEndpoint, Endpoint, Requested};
use super::form;
use super::given::Given;
use super::routes::Routes;
use super::signature::{self, Purpose, Scheme, ToSign};
use super::special::{self, Special};
use crate::clock::Timestamp;
use crate::credentials::{Credentials, ProvideCredentials};
use crate::encode::Decimal;
use crate::error::Error;
use crate::model::{Kind, Operation, Param, Place, Serialised, Shape, auth_path, validate_by};
use crate::request::UnsignedRequest;
use crate::sigv2;
use crate::sigv4::{self, Convention, KeyCache, Scope, ScopedKey, TokenParameter};

/// The parameters of a call with those that the library rewrote or added.
pub(super) type Params<'a> = SmallVec<[Param<'a>; 8]>;

/// What a client is made of.
pub struct Settings {
    /// Where requests go, and what they are signed with.
    pub endpoint: endpoint::Settings,
    /// The region that requests are signed for, unless an ARN names another.
    pub signing_region: String,
    /// Whether parameters are validated: boto3's `parameter_validation`.
    pub validates: bool,
    /// Whether an operation may put something in front of the host name: `inject_host_prefix`.
    pub injects_host_prefix: bool,
    /// The longest life of a SigV4 URL, in seconds: S3 allows 604800.
    pub longest_life: i64,
}

/// An S3 client, as far as presigning goes. All threads may share it.
pub struct Presigner {
    pub(super) settings: Settings,
    endpoints: ClientEndpoint,
    pub(super) credentials: Arc<dyn ProvideCredentials>,
    keys: KeyCache,
    pub(super) forms: form::Kept,
    pub(super) routes: Routes,
}

impl Presigner {
    /// A client with these settings that signs with what `credentials` provides.
    #[must_use]
    pub fn new(settings: Settings, credentials: Arc<dyn ProvideCredentials>) -> Self {
        let endpoints = ClientEndpoint::new(settings.endpoint.clone());
        Self {
            settings,
            endpoints,
            credentials,
            keys: KeyCache::new(),
            forms: form::Kept::default(),
            routes: Routes::default(),
        }
    }

    /// The presigned URL of `operation` with the caller's parameters.
    ///
    /// # Errors
    /// As [`append_url`](Self::append_url).
    pub fn presign_url(
        &self,
        operation: &'static Operation,
        given: &[Param<'_>],
        call: &dyn Call,
    ) -> Result<String, Error> {
        let mut url = String::new();
        self.append_url(&mut url, operation, given, call)?;
        Ok(url)
    }

    /// Appends the presigned URL of `operation` with the caller's parameters.
    ///
    /// # Errors
    /// Those of boto3, in its order: parameters it rewrites, the endpoint, the other parameters,
    /// the signature version, the credentials; then what cannot be sent in a URL.
    pub fn append_url(
        &self,
        url: &mut String,
        operation: &'static Operation,
        given: &[Param<'_>],
        call: &dyn Call,
    ) -> Result<(), Error> {
        self.append_url_and_tell(url, operation, given, call)
            .map(drop)
    }

    /// [`append_url`](Self::append_url) by the whole pipeline, with other credentials; `finish`
    /// appends the URL of the request that it comes to.
    pub(super) fn append_url_by(
        &self,
        url: &mut String,
        operation: &'static Operation,
        given: &dyn Given<'_>,
        call: &dyn Call,
        credentials: &dyn ProvideCredentials,
        finish: impl FnOnce(&mut String, ToSign<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut special = Special::default();
        let token = || call.idempotency_token();
        special::apply(operation, given.looked_up()?, &token, &mut special)?;
        if special.is_written(given)? {
            special = Special::default();
        }
        let check = || {
            let mut merged = None;
            let params = special.merge(given.validated()?, &mut merged);
            let has = |name: &str| Ok(special.has(name) || given.has(name)?);
            validate_by(operation, params, &has)
        };
        let endpoint = self.endpoint(operation, given.located()?, check)?;
        if self.settings.validates {
            check()?;
        }
        let mut merged = None;
        let params = special.merge(given.listed()?, &mut merged);
        let mut parts = Serialised::default();
        if operation.host_prefix.is_some() {
            parts.put_in_front(operation, given.of_host()?)?;
        }
        parts.place(operation, params)?;
        let scheme = signature::choose(self.requested(), endpoint.auth, Purpose::Url)?;
        let credentials =
            credentials_for(scheme, credentials).inspect_err(|_| call.fails_as_a_whole())?;

        let endpoint = match parts.host_prefix.as_deref() {
            Some(prefix) if self.settings.injects_host_prefix => {
                Arc::new(endpoint.with_host_prefix(prefix)?)
            }
            _ => endpoint,
        };
        put_behind(&endpoint.path, &mut parts.path);
        let request = UnsignedRequest {
            method: operation.http_method,
            scheme: &endpoint.scheme,
            authority: &endpoint.authority,
            host: &endpoint.host_header,
            path: &parts.path,
            auth_path: None,
            query: &parts.query,
            headers: &parts.headers,
            expires: "",
        };
        match (scheme, &credentials) {
            (Scheme::V4 | Scheme::PlainV4, Some(credentials)) => {
                let method = call.http_method()?.unwrap_or(request.method);
                let expires = self
                    .life(call.expires_in()?)
                    .inspect_err(|_| call.fails_as_a_whole())?;
                refuse_body(operation, params)?;
                let request = UnsignedRequest {
                    method,
                    expires: expires.as_str(),
                    ..request
                };
                let convention = match scheme {
                    Scheme::PlainV4 => Convention::Plain,
                    _ => Convention::S3,
                };
                let to_sign = ToSign::V4 {
                    request: &request,
                    convention,
                    credentials,
                    endpoint: &endpoint,
                };
                finish(url, to_sign)
            }
            (Scheme::V2, Some(credentials)) => {
                let method = call.http_method()?.unwrap_or(request.method);
                let path = auth_path(operation, params)?;
                let expires = call.expires_at()?;
                let request = UnsignedRequest {
                    method,
                    auth_path: path.as_deref(),
                    expires: &expires,
                    ..request
                };
                let to_sign = ToSign::V2 {
                    request: &request,
                    credentials,
                };
                finish(url, to_sign)
            }
            _ => finish(url, ToSign::Nothing { request: &request }),
        }
    }

    /// Appends the URL of a request. The key that has signed it is returned, if one of SigV4 has.
    pub(super) fn sign(
        &self,
        url: &mut String,
        to_sign: ToSign<'_>,
        call: &dyn Call,
    ) -> Result<Option<Arc<ScopedKey>>, Error> {
        match to_sign {
            ToSign::V4 {
                request,
                convention,
                credentials,
                endpoint,
            } => {
                let key = self.key(credentials, endpoint, call.now()?);
                let token = TokenParameter::SecurityToken;
                sigv4::presign_by(convention, url, request, &key, token)?;
                Ok(Some(key))
            }
            ToSign::V2 {
                request,
                credentials,
            } => sigv2::presign(url, request, credentials).map(|()| None),
            ToSign::Nothing { request } => request.append_unsigned_url(url).map(|()| None),
        }
    }

    /// The endpoint for the bucket among the parameters, all of which `check` validates.
    pub(super) fn endpoint(
        &self,
        operation: &'static Operation,
        params: &[Param<'_>],
        check: impl FnOnce() -> Result<(), Error>,
    ) -> Result<Arc<Endpoint>, Error> {
        let bucket = match params.iter().find(|param| param.is("Bucket")) {
            None => None,
            Some(bucket) if bucket.kind == Kind::Text => match bucket.text {
                None => Some(bucket.value.text()?),
                text => text,
            },
            // No endpoint can be found for it; the report names its type.
            Some(_) => {
                return Err(check().err().unwrap_or(Error::NoCredentials));
            }
        };
        self.endpoints.resolve(operation, bucket)
    }

    /// Whether parameters are validated.
    #[must_use]
    pub fn validates(&self) -> bool {
        self.settings.validates
    }

    pub(super) fn requested(&self) -> &Requested {
        &self.settings.endpoint.signature
    }

    /// The credentials that `scheme` needs, if it needs any.
    pub(super) fn credentials_for(
        &self,
        scheme: Scheme,
    ) -> Result<Option<Arc<Credentials>>, Error> {
        credentials_for(scheme, &*self.credentials)
    }

    /// The key that signs for `endpoint` at this instant.
    pub(super) fn key(
        &self,
        credentials: &Arc<Credentials>,
        endpoint: &Endpoint,
        now: Timestamp,
    ) -> Arc<ScopedKey> {
        self.keys.key(credentials, self.scope(endpoint), now)
    }

    /// What a signature for `endpoint` is good for.
    pub(super) fn scope<'a>(&'a self, endpoint: &'a Endpoint) -> Scope<'a> {
        let region = endpoint.signing_region.as_deref();
        Scope {
            region: region.unwrap_or(&self.settings.signing_region),
            service: endpoint.signing_name.as_deref().unwrap_or("s3"),
        }
    }

    fn life(&self, seconds: i64) -> Result<Decimal, Error> {
        let longest = self.settings.longest_life;
        if (1..=longest).contains(&seconds) {
            return Ok(Decimal::new(seconds.unsigned_abs()));
        }
        Err(Error::ParamValidation(format!(
            "Invalid value for parameter ExpiresIn, value: {seconds}, valid range: 1 to {longest} \
             seconds, or S3 refuses the URL"
        )))
    }
}

/// The credentials that `scheme` needs, if it needs any.
fn credentials_for(
    scheme: Scheme,
    credentials: &dyn ProvideCredentials,
) -> Result<Option<Arc<Credentials>>, Error> {
    if scheme == Scheme::Unsigned {
        return Ok(None);
    }
    let credentials = credentials.credentials()?.ok_or(Error::NoCredentials)?;
    if scheme == Scheme::S3ExpressSession {
        return Err(Error::UnsupportedS3Configuration(
            "S3 Express session authentication needs a CreateSession call to S3, which \
             presigned does not make. Sign with the client's own keys instead: \
             Config(s3={'disable_s3_express_session_auth': True})"
                .to_owned(),
        ));
    }
    Ok(Some(credentials))
}

/// Refuses a raw body: the sender of the request sends it, and the URL cannot hold it.
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
         out, and let whoever uses the URL send the body"
    )))
}

/// Puts the endpoint's own path in front of the operation's, with one slash between them.
pub(super) fn put_behind(base: &str, path: &mut String) {
    match (base, path.as_str()) {
        ("", "") => path.push('/'),
        ("", _) => {}
        (_, "" | "/") => {
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
    use super::put_behind;

    #[test]
    fn base_and_path_are_joined_by_one_slash_and_otherwise_kept() {
        for (base, path, expected) in [
            ("", "", "/"),
            ("", "/k", "/k"),
            ("/b", "", "/b"),
            ("/b/", "/", "/b/"),
            ("/b", "/k", "/b/k"),
            ("/b/", "//k", "/b//k"),
        ] {
            let mut joined = path.to_owned();
            put_behind(base, &mut joined);
            assert_eq!(joined, expected);
        }
    }
}
