//! Reads the recorded cases of signed URLs.

use std::borrow::Cow;
use std::sync::Arc;

use presigned::clock::Timestamp;
use presigned::credentials::{Credentials, Secret};
use presigned::request::{Header, UnsignedRequest};
use presigned::sigv4::{Scope, ScopedKey};
use serde_json::Value;

/// The cases of one file.
pub(crate) fn cases(document: &str) -> Vec<Value> {
    let mut document: Value = serde_json::from_str(document).expect("a golden file is JSON");
    serde_json::from_value(document["cases"].take()).expect("a golden file has cases")
}

/// A string of a case.
pub(crate) fn string_of<'a>(case: &'a Value, name: &str) -> &'a str {
    case[name]
        .as_str()
        .unwrap_or_else(|| panic!("{name} is not a string in {case}"))
}

/// The instant of a case.
pub(crate) fn instant(case: &Value, name: &str) -> Timestamp {
    let seconds = case[name].as_i64().expect("an instant is a whole number");
    Timestamp::new(seconds).expect("a year that datetime can hold")
}

/// The credentials of a case.
pub(crate) fn credentials(case: &Value) -> Arc<Credentials> {
    let case = &case["credentials"];
    Arc::new(Credentials {
        access_key: string_of(case, "access_key").into(),
        secret_key: Secret::new(string_of(case, "secret_key")),
        token: case["token"].as_str().map(Secret::new),
        expiry: None,
    })
}

/// The SigV4 key of a case.
pub(crate) fn key(case: &Value) -> ScopedKey {
    let scope = Scope {
        region: string_of(case, "region"),
        service: string_of(case, "service"),
    };
    ScopedKey::new(credentials(case), scope, instant(case, "at"))
}

/// The headers of a case.
pub(crate) fn headers(case: &Value) -> Vec<Header<'_>> {
    let headers = case["request"]["headers"].as_array().expect("headers are a list");
    let strings = |pair: &'_ Value| {
        pair[0]
            .as_str()
            .zip(pair[1].as_str())
            .map(|(n, v)| (n.to_owned(), v.to_owned()))
    };
    let strings = headers
        .iter()
        .map(|pair| strings(pair).expect("a header is two strings"));
    strings
        .map(|(name, value)| (Cow::Owned(name), Cow::Owned(value)))
        .collect()
}

/// The request of a case.
pub(crate) fn request<'a>(case: &'a Value, headers: &'a [Header<'a>]) -> UnsignedRequest<'a> {
    let request = &case["request"];
    UnsignedRequest {
        method: string_of(request, "method"),
        scheme: string_of(request, "scheme"),
        authority: string_of(request, "authority"),
        host: string_of(request, "host"),
        path: string_of(request, "path"),
        auth_path: request["auth_path"].as_str(),
        query: string_of(request, "query"),
        headers,
        expires: string_of(request, "expires"),
    }
}
