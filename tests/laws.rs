//! What holds for every input, tried on thousands of random ones.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

#[path = "golden/value.rs"]
mod value;

use std::sync::Arc;
use std::thread;

use presigned::clock::Timestamp;
use presigned::credentials::{Credentials, Secret};
use presigned::encode::{append_label, append_path, decode};
use presigned::error::Error;
use presigned::request::{Header, UnsignedRequest};
use presigned::s3::json;
use presigned::sigv4::{KeyCache, Scope, ScopedKey, canonical_request, presign};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::Value as Json;
use value::Value;

fn encoded(append: fn(&mut String, &str), string: &str) -> String {
    let mut out = String::new();
    append(&mut out, string);
    out
}

fn second(seconds: i64) -> Timestamp {
    Timestamp::new(seconds).expect("a year that datetime can hold")
}

fn credentials(secret_key: &str, token: Option<&str>) -> Arc<Credentials> {
    Arc::new(Credentials {
        access_key: "AKIDEXAMPLE".into(),
        secret_key: Secret::new(secret_key),
        token: token.map(Secret::new),
        expiry: None,
    })
}

const SCOPE: Scope<'static> = Scope {
    region: "us-east-1",
    service: "s3",
};

fn request<'a>(path: &'a str, query: &'a str, headers: &'a [Header<'a>]) -> UnsignedRequest<'a> {
    UnsignedRequest {
        method: "GET",
        scheme: "https",
        authority: "bucket.s3.amazonaws.com",
        host: "bucket.s3.amazonaws.com",
        path,
        auth_path: None,
        query,
        headers,
        expires: "3600",
    }
}

fn url(request: &UnsignedRequest<'_>, key: &ScopedKey) -> String {
    let mut url = String::new();
    presign(&mut url, request, key).expect("no control characters");
    url
}

proptest! {
    #[test]
    fn what_is_encoded_decodes_to_itself(string in any::<String>()) {
        for append in [append_label, append_path] {
            let encoded = encoded(append, &string);
            prop_assert_eq!(decode(&encoded), string.as_str());
        }
    }

    #[test]
    fn an_encoded_string_holds_unreserved_characters_and_escapes_only(string in any::<String>()) {
        let kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte);
        prop_assert!(encoded(append_label, &string).bytes().all(kept));
        prop_assert!(encoded(append_path, &string).bytes().all(|byte| kept(byte) || byte == b'/'));
    }

    #[test]
    fn a_url_is_ascii_and_its_path_decodes_to_the_key(key in any::<String>()) {
        let path = format!("/{}", encoded(append_path, &key));
        let url = url(&request(&path, "", &[]), &ScopedKey::new(credentials("s", None), SCOPE, second(0)));
        prop_assert!(url.is_ascii());
        let (before_query, _) = url.split_once('?').expect("a query");
        let key_in_url = &before_query["https://bucket.s3.amazonaws.com/".len()..];
        prop_assert_eq!(decode(key_in_url), key.as_str());
    }

    #[test]
    fn the_order_of_parameters_and_headers_is_in_the_url_but_not_in_what_is_signed(
        (query, shuffled_query) in btree_map("[A-Za-z-]{1,20}", "[a-z0-9]{0,5}", 0..8)
            .prop_map(|pairs| pairs.into_iter().collect::<Vec<_>>())
            .prop_flat_map(|pairs| (Just(pairs.clone()), Just(pairs).prop_shuffle())),
        (headers, shuffled_headers) in btree_map("[a-z-]{1,20}", "[ -~]{0,20}", 0..6)
            .prop_map(|pairs| pairs.into_iter().collect::<Vec<_>>())
            .prop_flat_map(|pairs| (Just(pairs.clone()), Just(pairs).prop_shuffle())),
    ) {
        let key = ScopedKey::new(credentials("s", Some("t")), SCOPE, second(0));
        let canonical = |query: &[(String, String)], headers: &[(String, String)]| {
            let query: Vec<_> = query.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let headers: Vec<Header<'_>> = headers.iter().map(|(n, v)| (n.into(), v.into())).collect();
            let query = query.join("&");
            let request = request("/k", &query, &headers);
            let url = url(&request, &key);
            let is_as_given = url.starts_with(&format!("https://bucket.s3.amazonaws.com/k?{query}"));
            (canonical_request(&request, &key).expect("no controls"), is_as_given)
        };
        let given = canonical(&query, &headers);
        prop_assert!(given.1);
        prop_assert_eq!(given, canonical(&shuffled_query, &shuffled_headers));
    }

    #[test]
    fn the_canonical_query_is_sorted_by_name(query in vec("[A-Za-z.=-]{1,20}", 0..8)) {
        let query = query.join("&");
        let key = ScopedKey::new(credentials("s", Some("t")), SCOPE, second(0));
        let canonical = canonical_request(&request("/", &query, &[]), &key);
        let canonical = canonical.expect("no headers");
        let line = canonical.lines().nth(2).expect("method, path, query");
        let names: Vec<_> = line.split('&').map(|pair| pair.split_once('=').expect("a value").0).collect();
        prop_assert!(names.is_sorted(), "{names:?}");
    }

    #[test]
    fn a_cached_key_signs_as_a_new_one(
        steps in vec((0..3_usize, 0..3_usize, -100_000_i64..100_000), 1..20),
    ) {
        let cache = KeyCache::new();
        let keys = [credentials("a", None), credentials("b", None), credentials("b", Some(""))];
        let scopes = [SCOPE, Scope { region: "eu-west-1", ..SCOPE }, Scope { service: "s3express", ..SCOPE }];
        let request = request("/k", "", &[]);
        for (key, scope, seconds) in steps {
            let (credentials, scope, at) = (&keys[key], scopes[scope], second(seconds));
            let cached = cache.key(credentials, scope, at);
            let new = ScopedKey::new(Arc::clone(credentials), scope, at);
            prop_assert_eq!(url(&request, &cached), url(&request, &new));
        }
    }

    #[test]
    fn a_header_that_cannot_be_sent_leaves_the_output_as_it_was(
        before in any::<String>(),
        value in "[ -~]{0,9}[\u{0}-\u{1f}\u{7f}][ -~]{0,9}",
    ) {
        let headers: [Header<'_>; 1] = [("range".into(), value.into())];
        let key = ScopedKey::new(credentials("s", None), SCOPE, second(0));
        let mut out = before.clone();
        let refused = presign(&mut out, &request("/k", "", &headers), &key);
        prop_assert!(refused.is_err());
        prop_assert_eq!(out, before);
    }

    #[test]
    fn json_is_ascii_and_reads_back_as_what_was_written((value, expected) in value_and_json()) {
        let mut out = String::new();
        json::append(&mut out, &value).expect("every value has a JSON form");
        prop_assert!(out.is_ascii());
        let read: Json = serde_json::from_str(&out).expect("JSON");
        prop_assert_eq!(read, expected);
    }

    #[test]
    fn one_value_without_a_json_form_is_an_error_wherever_it_is((value, _) in value_and_json(), is_key in any::<bool>()) {
        let other = Value::Other("<class 'a.b.C'>".into());
        let entry = if is_key { (other, value) } else { (value, other) };
        let result = json::append(&mut String::new(), &Value::List(vec![Value::Map(vec![entry])]));
        prop_assert!(matches!(result, Err(Error::Type(_))));
    }
}

/// A value whose keys are all strings, with what any other program reads where it is written.
fn value_and_json() -> impl Strategy<Value = (Value, Json)> {
    let leaf = prop_oneof![
        Just((Value::Null, Json::Null)),
        any::<bool>().prop_map(|bool| (Value::Bool(bool), bool.into())),
        any::<i64>().prop_map(|int| (Value::Int(int.to_string()), int.into())),
        any::<u16>().prop_map(|int| (Value::Float(format!("{int}.5")), (f64::from(int) + 0.5).into())),
        any::<String>().prop_map(|string| (Value::string(&string), string.into())),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            (vec(inner.clone(), 0..6), any::<bool>()).prop_map(|(items, is_tuple)| {
                let (values, json): (Vec<_>, Vec<_>) = items.into_iter().unzip();
                let list = if is_tuple { Value::Tuple } else { Value::List };
                (list(values), json.into())
            }),
            btree_map(any::<String>(), inner, 0..6).prop_map(|entries| {
                let values = entries
                    .iter()
                    .map(|(key, (value, _))| (Value::string(key), value.clone()));
                let values = Value::Map(values.collect());
                let json = entries.into_iter().map(|(key, (_, json))| (key, json)).collect();
                (values, Json::Object(json))
            }),
        ]
    })
}

#[test]
fn every_part_of_a_request_is_signed() {
    let key = ScopedKey::new(credentials("s", Some("t")), SCOPE, second(0));
    let signature = |request: &UnsignedRequest<'_>, key: &ScopedKey| {
        let url = url(request, key);
        url[url.len() - 64..].to_owned()
    };
    let range: [Header<'_>; 1] = [("range".into(), "bytes=0-9".into())];
    let other_range: [Header<'_>; 1] = [("range".into(), "bytes=0-8".into())];
    let plain = request("/k", "a=1", &range);
    let mut signatures = vec![
        signature(&plain, &key),
        signature(&UnsignedRequest { method: "PUT", ..plain }, &key),
        signature(&UnsignedRequest { host: "h", ..plain }, &key),
        signature(&UnsignedRequest { path: "/K", ..plain }, &key),
        signature(&UnsignedRequest { query: "a=2", ..plain }, &key),
        signature(
            &UnsignedRequest {
                headers: &other_range,
                ..plain
            },
            &key,
        ),
        signature(&UnsignedRequest { headers: &[], ..plain }, &key),
        signature(
            &UnsignedRequest {
                expires: "3601",
                ..plain
            },
            &key,
        ),
    ];
    for other in [
        ScopedKey::new(credentials("S", Some("t")), SCOPE, second(0)),
        ScopedKey::new(credentials("s", Some("T")), SCOPE, second(0)),
        ScopedKey::new(credentials("s", None), SCOPE, second(0)),
        ScopedKey::new(credentials("s", Some("t")), SCOPE, second(1)),
        ScopedKey::new(credentials("s", Some("t")), Scope { region: "r", ..SCOPE }, second(0)),
        ScopedKey::new(credentials("s", Some("t")), Scope { service: "s", ..SCOPE }, second(0)),
    ] {
        signatures.push(signature(&plain, &other));
    }
    let all = signatures.len();
    signatures.sort();
    signatures.dedup();
    assert_eq!(signatures.len(), all);
}

#[test]
fn threads_that_share_a_cache_get_the_keys_they_asked_for() {
    let cache = KeyCache::new();
    thread::scope(|threads| {
        for thread in 0..8_i64 {
            let cache = &cache;
            threads.spawn(move || {
                let credentials = credentials(&(thread % 3).to_string(), None);
                for seconds in 0..500 {
                    // Midnight lies in the middle.
                    let at = second(86_150 + seconds + thread);
                    let cached = cache.key(&credentials, SCOPE, at);
                    let new = ScopedKey::new(Arc::clone(&credentials), SCOPE, at);
                    assert_eq!(cached.sign(b"string"), new.sign(b"string"));
                    assert_eq!(cached.credential(), new.credential());
                    assert_eq!(cached.amz_date(), new.amz_date());
                }
            });
        }
    });
}

/// Counts through the calendar as people do, one day after the other, for two of its cycles.
#[test]
fn every_day_of_eight_hundred_years_follows_the_one_before() {
    let (mut year, mut month, mut day) = (1601, 1, 1);
    let mut seconds = -11_644_473_600;
    while year < 2401 {
        let mut string = String::new();
        second(seconds).append_iso8601(&mut string);
        assert_eq!(string, format!("{year}-{month:02}-{day:02}T00:00:00Z"));

        seconds += 86_400;
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let last = match month {
            2 if is_leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        day += 1;
        if day > last {
            (month, day) = (month + 1, 1);
        }
        if month > 12 {
            (year, month) = (year + 1, 1);
        }
    }
    assert_eq!(seconds, 13_601_088_000, "2401-01-01, by Python's datetime");
}
