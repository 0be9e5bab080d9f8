//! Makes a URL that SigV2 signs from a remembered request.
//!
//! What the second of its key is for SigV4, the second in which the URL expires is here: in another
//! one, the request is renewed.

use std::sync::Arc;

use super::compiled_request::{Ready, ReadySigV2Request, SentValue, SigV2Places};
use super::fast_path::FastPath;
use super::pipeline::{Call, SignedBy};
use super::presigner::Presigner;
use super::request_cache::CachedRequest;
use crate::error::Error;

impl Presigner {
    /// As [`append_url_like`](Self::append_url_like), for a request that is `ready` for SigV2.
    #[inline(never)]
    pub(super) fn append_sigv2_url_like(
        &self,
        url: &mut String,
        room: &mut String,
        request: &CachedRequest,
        ready: &ReadySigV2Request,
        call: &dyn Call,
        values: &[impl SentValue],
    ) -> Result<FastPath, Error> {
        let mut places = SigV2Places::new();
        room.clear();
        if !ReadySigV2Request::write_values(request.columns(), request.constants(), room, &mut places, values) {
            return Ok(FastPath::NotTaken);
        }
        let key = ready.key();
        let others = self
            .credentials
            .other_than(key.credentials())
            .inspect_err(|_| call.fails_as_a_whole())?;
        let expires = call.expires_at()?;
        if others.is_none() && *ready.expires() == expires {
            ready.append_signed(url, room, &places);
            return Ok(FastPath::Done);
        }
        let key = match &others {
            None => Arc::clone(key),
            Some(others) => self.sigv2_key(others),
        };
        key.check_token()?;
        let Some(renewed) = request.renewed(SignedBy::V2(key, expires)) else {
            return Ok(FastPath::NotTaken);
        };
        if let Ready::V2(ready) = renewed.ready() {
            ready.append_signed(url, room, &places);
        }
        let renewed = Arc::new(renewed);
        self.requests.renew(&renewed);
        Ok(FastPath::Renewed(renewed))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::credentials::{Credentials, ProvideCredentials, Secret};
    use crate::model::Param;
    use crate::model::operations::GET_OBJECT;
    use crate::s3::pipeline::OwnString;
    use crate::s3::pipeline::endpoint::Requested;
    use crate::s3::tests::{CallAt, presigner_of};
    use crate::surrogate;

    /// Provides what was put in last.
    struct Changing(Mutex<Arc<Credentials>>);

    impl Changing {
        fn put(&self, token: &str) {
            *self.0.lock().expect("no panic") = Arc::new(Credentials {
                access_key: "AKIDEXAMPLE".to_owned(),
                secret_key: Secret::new("secret"),
                token: Some(Secret::new(token)),
                expiry: None,
            });
        }
    }

    impl ProvideCredentials for Changing {
        fn credentials(&self) -> Result<Option<Arc<Credentials>>, Error> {
            Ok(Some(Arc::clone(&self.0.lock().expect("no panic"))))
        }
    }

    #[test]
    fn a_token_that_cannot_be_sent_is_refused_on_the_fast_path_too() {
        let credentials = Arc::new(Changing(Mutex::new(Arc::new(Credentials {
            access_key: String::new(),
            secret_key: Secret::new(""),
            token: None,
            expiry: None,
        }))));
        credentials.put("token");
        let version = Requested::Version("s3".to_owned());
        let provider: Arc<dyn ProvideCredentials> = credentials.clone();
        let presigner = presigner_of(version, provider);
        let (bucket, key) = (OwnString("photos".to_owned()), OwnString("k".to_owned()));
        let param = |name, value| {
            let mut param = Param::known(GET_OBJECT.member(name).expect("a member"), value);
            param.is_plain = true;
            param
        };
        let params = [param("Bucket", &bucket), param("Key", &key)];
        let url = || presigner.presign_url(&GET_OBJECT, &params, &CallAt(0));
        for _ in 0..4 {
            let url = url().expect("a URL");
            assert!(url.contains("&x-amz-security-token=token&Expires=3600"), "{url}");
        }
        credentials.put(&surrogate::carry([0xd800]));
        match url() {
            Err(Error::ParamValidation(report)) => {
                assert!(report.contains("x-amz-security-token"), "{report}");
            }
            other => panic!("{other:?}"),
        }
    }
}
