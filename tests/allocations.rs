//! A URL or a form is written without asking the allocator for anything, once a client is warm.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking; clippy lets tests do so, but not what they share"
)]

mod model_support;

use std::sync::Arc;

use allocation_counter::measure;
use model_support::{Value, operation, params, string};
use presigned::clock::Timestamp;
use presigned::credentials::{Credentials, Secret, StaticCredentials};
use presigned::error::Error;
use presigned::rules;
use presigned::s3::endpoint::{EndpointSettings, Requested};
use presigned::s3::{AtHand, Call, Period, Presigner, Settings};

/// What each call says: the second that it is made in.
struct Caller(i64);

impl Call for Caller {
    fn idempotency_token(&self) -> Result<String, Error> {
        Ok(String::new())
    }

    fn http_method(&self) -> Result<Option<&str>, Error> {
        Ok(None)
    }

    fn expires_in(&self) -> Result<i64, Error> {
        Ok(3600)
    }

    fn at_hand(&self) -> Option<AtHand<'_>> {
        Some(AtHand {
            http_method: None,
            expires_in: 3600,
        })
    }

    fn expires_at(&self) -> Result<String, Error> {
        Ok(String::new())
    }

    fn now(&self) -> Result<Timestamp, Error> {
        Ok(Timestamp::new(self.0).expect("a year that dates can hold"))
    }
}

fn client(path_style: bool) -> Presigner {
    let builtins = [
        ("Region", rules::Value::from("us-west-2")),
        ("ForcePathStyle", rules::Value::Bool(path_style)),
    ];
    let settings = Settings {
        endpoint: EndpointSettings {
            builtins: builtins
                .map(|(name, value)| (name.to_owned(), value))
                .into(),
            client_context: Vec::new(),
            use_global_endpoint: true,
            use_ssl: true,
            signature: Requested::Default,
        },
        signing_region: "us-west-2".to_owned(),
        validates: true,
        injects_host_prefix: true,
        longest_lifetime: 604_800,
    };
    let credentials = StaticCredentials::new(Credentials {
        access_key: "AKIDEXAMPLE".to_owned(),
        secret_key: Secret::new("secret/key+x"),
        token: Some(Secret::new("a token/with+escapes=")),
        expiry: None,
    });
    Presigner::new(settings, Arc::new(credentials))
}

const PLACE: [(&str, &str); 2] = [("Bucket", "photos"), ("Key", "2026/a holiday.jpg")];

/// How often the allocator is asked in a call that is the client's fourth of its kind: the third
/// is the first whose URL is made of what those before it left, and makes room for such calls.
fn allocations(method_name: &str, more: &[(&str, &str)], path_style: bool) -> u64 {
    let given: Vec<(Value, Value)> = PLACE
        .iter()
        .chain(more)
        .map(|(name, value)| (string(name), string(value)))
        .collect();
    let operation = operation(method_name);
    let (client, params) = (client(path_style), params(operation, &given));
    let mut url = String::with_capacity(4096);
    let mut call = || {
        url.clear();
        client
            .append_url(&mut url, operation, &params, &Caller(1_767_323_045))
            .expect("a URL");
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
        (
            "ResponseContentDisposition",
            "attachment; filename=\"x.jpg\"",
        ),
        ("ResponseCacheControl", "no-cache"),
    ];
    let headers = [
        ("ContentType", "image/png"),
        ("ACL", "private"),
        ("CacheControl", "max-age=5"),
    ];
    for path_style in [false, true] {
        assert_eq!(allocations("get_object", &[], path_style), 0);
        assert_eq!(allocations("get_object", &query, path_style), 0);
        assert_eq!(allocations("put_object", &headers, path_style), 0);
    }
}

#[test]
fn the_allocator_is_asked_for_nothing_for_a_form_either() {
    let limits = Value::List(vec![
        string("content-length-range"),
        Value::Int(1),
        Value::Int(1000),
    ]);
    let acl = Value::Map(vec![(string("acl"), string("private"))]);
    let conditions = Value::List(vec![acl, limits]);
    let (bucket, key) = (string("photos"), string("up/${filename}"));
    let now = Timestamp::new(1_767_323_045).expect("a year that dates can hold");
    let period = Period { now, end: now };
    for path_style in [false, true] {
        let client = client(path_style);
        let call = || {
            client
                .presign_post(
                    &bucket,
                    &key,
                    Some(&conditions),
                    &|_| Ok(period),
                    |posted| {
                        assert_eq!(posted.fields.len(), 6);
                    },
                )
                .expect("a form");
        };
        call();
        call();
        assert_eq!(measure(call).count_total, 0);
        let mut form = None;
        client
            .presign_post(
                &bucket,
                &key,
                Some(&conditions),
                &|_| Ok(period),
                |posted| {
                    let key = posted.key.expect("a key of SigV4");
                    form = client
                        .compile_form(&bucket, Some(&conditions), key, posted.end)
                        .ok();
                },
            )
            .expect("a form");
        let form = form.expect("a start of policies");
        let like = || {
            client
                .presign_post_like(&form, &key, period, |posted, renewed| {
                    assert_eq!(posted.fields.len(), 6);
                    assert!(renewed.is_none());
                })
                .expect("a form");
        };
        like();
        assert_eq!(measure(like).count_total, 0);
    }
}
