//! A URL or a form is written without asking the allocator for anything, once a client is warm.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking; clippy lets tests do so, but not what they share"
)]

mod model_support;

use allocation_counter::measure;
use model_support::presigner::{Caller, instant, presigner};
use model_support::{Value, operation, params, string};
use presigned::credentials::{Credentials, Secret};
use presigned::s3::endpoint::Requested;
use presigned::s3::{Period, Presigner};

const CALL: Caller = Caller {
    now: 1_767_323_045,
    lifetime: 3600,
    method: None,
};

fn client(signature: &str, path_style: bool) -> Presigner {
    let credentials = Credentials {
        access_key: "AKIDEXAMPLE".to_owned(),
        secret_key: Secret::new("secret/key+x"),
        token: Some(Secret::new("a token/with+escapes=")),
        expiry: None,
    };
    presigner(
        &[("ForcePathStyle", path_style)],
        Requested::Version(signature.to_owned()),
        credentials,
    )
}

const PLACE: [(&str, &str); 2] = [("Bucket", "photos"), ("Key", "2026/a holiday.jpg")];

/// How often the allocator is asked in a call that is the client's fourth of its kind: the third
/// is the first whose URL is made of what those before it left, and makes room for such calls.
fn allocations(signature: &str, method_name: &str, more: &[(&str, &str)], path_style: bool) -> u64 {
    let strings = more
        .iter()
        .map(|(name, value)| (*name, string(value)))
        .collect::<Vec<_>>();
    allocations_of(signature, method_name, &strings, path_style)
}

/// The same for values of any kind.
fn allocations_of(signature: &str, method_name: &str, more: &[(&str, Value)], path_style: bool) -> u64 {
    let place = PLACE.map(|(name, value)| (name, string(value)));
    let given: Vec<(Value, Value)> = place
        .iter()
        .chain(more)
        .map(|(name, value)| (string(name), value.clone()))
        .collect();
    let operation = operation(method_name);
    let (client, params) = (client(signature, path_style), params(operation, &given));
    let mut url = String::with_capacity(4096);
    let mut call = || {
        url.clear();
        client.append_url(&mut url, operation, &params, &CALL).expect("a URL");
    };
    call();
    call();
    call();
    measure(call).count_total
}

#[test]
fn the_allocator_is_asked_for_nothing() {
    let query = [
        ("VersionId", "3sL4kqtJlcpXroDTDmJ"),
        ("ResponseContentType", "image/jpeg"),
        ("ResponseContentDisposition", "attachment; filename=\"x.jpg\""),
        ("ResponseCacheControl", "no-cache"),
    ];
    let headers = [
        ("ContentType", "image/png"),
        ("ACL", "private"),
        ("CacheControl", "max-age=5"),
    ];
    for (signature, path_style) in [("s3v4", false), ("s3v4", true), ("s3", false), ("s3", true)] {
        let of = |name, more| allocations(signature, name, more, path_style);
        assert_eq!(of("get_object", &[]), 0);
        assert_eq!(of("get_object", &query), 0);
        assert_eq!(of("put_object", &headers), 0);
        let of = |name, more| allocations_of(signature, name, more, path_style);
        let instant = |seconds| Value::Instant(seconds, String::new());
        let instants = [
            ("ResponseExpires", instant(1_767_323_045)),
            ("IfModifiedSince", instant(0)),
        ];
        assert_eq!(of("get_object", &instants), 0);
    }
}

#[test]
fn the_allocator_is_asked_for_nothing_for_a_form_either() {
    let limits = Value::List(vec![string("content-length-range"), Value::Int(1), Value::Int(1000)]);
    let acl = Value::Map(vec![(string("acl"), string("private"))]);
    let conditions = Value::List(vec![acl, limits]);
    let (bucket, key) = (string("photos"), string("up/${filename}"));
    let now = instant(CALL.now);
    let period = Period { now, end: now };
    for (signature, path_style, fields) in [("s3v4", false, 6), ("s3v4", true, 6), ("s3", false, 4), ("s3", true, 4)] {
        let client = client(signature, path_style);
        let call = || {
            client
                .presign_post(&bucket, &key, Some(&conditions), &|_| Ok(period), |posted| {
                    assert_eq!(posted.fields.len(), fields);
                })
                .expect("a form");
        };
        call();
        call();
        assert_eq!(measure(call).count_total, 0);
        let mut form = None;
        client
            .presign_post(&bucket, &key, Some(&conditions), &|_| Ok(period), |posted| {
                let key = posted.key.expect("a key");
                form = client.compile_form(&bucket, Some(&conditions), key, posted.end).ok();
            })
            .expect("a form");
        let form = form.expect("a start of policies");
        let like = || {
            client
                .presign_post_like(&form, &key, period, |posted, renewed| {
                    assert_eq!(posted.fields.len(), fields);
                    assert!(renewed.is_none());
                })
                .expect("a form");
        };
        like();
        assert_eq!(measure(like).count_total, 0);
    }
}
