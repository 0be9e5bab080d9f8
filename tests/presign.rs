//! The whole pipeline through the Rust API. Expected strings come from boto3 1.44.5 with
//! `signature_version="s3v4"` (or `"s3"`), region us-west-2, at 2026-01-02T03:04:05Z.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking; clippy lets tests do so, but not what they share"
)]

mod model_support;

use model_support::presigner::{Caller, instant, presigner};
use model_support::{Value, map, operation, params, string};
use presigned::credentials::{Credentials, Secret};
use presigned::error::Error;
use presigned::s3::endpoint::Requested;
use presigned::s3::{End, Period, Posted, Presigner};

const NOW: i64 = 1_767_323_045;

fn client(signature: Requested) -> Presigner {
    client_until(None, signature)
}

/// A client whose credentials expire, in seconds since 1970.
fn client_until(expiry: Option<f64>, signature: Requested) -> Presigner {
    let credentials = Credentials {
        access_key: "AKIDEXAMPLE".to_owned(),
        secret_key: Secret::new("secret/key+x"),
        token: None,
        expiry,
    };
    presigner(&[], signature, credentials)
}

fn presign(method_name: &str, given: &[(&str, Value)], call: &Caller) -> Result<String, Error> {
    let given: Vec<(Value, Value)> = given
        .iter()
        .map(|(name, value)| (string(name), value.clone()))
        .collect();
    let operation = operation(method_name);
    client(Requested::Default).presign_url(operation, &params(operation, &given), call)
}

const PLAIN: Caller = Caller {
    now: NOW,
    lifetime: 60,
    method: None,
};

fn signature(url: &str) -> &str {
    url.rsplit_once("X-Amz-Signature=")
        .map_or("", |(_, signature)| signature)
}

#[test]
fn a_get_url_is_boto3s() {
    let url = presign(
        "get_object",
        &[
            ("Bucket", string("photos")),
            ("Key", string("a b/ü.jpg")),
            ("ResponseContentType", string("image/jpeg")),
        ],
        &PLAIN,
    );
    assert_eq!(
        url.expect("a URL"),
        "https://photos.s3.amazonaws.com/a%20b/%C3%BC.jpg?response-content-type=image%2Fjpeg\
         &X-Amz-Algorithm=AWS4-HMAC-SHA256\
         &X-Amz-Credential=AKIDEXAMPLE%2F20260102%2Fus-west-2%2Fs3%2Faws4_request\
         &X-Amz-Date=20260102T030405Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host\
         &X-Amz-Signature=c145ad9853fdfc040e3c9c458cc2794633f6f974537045f4a1afafa7a48ac755"
    );
}

#[test]
fn the_old_signature_is_boto3s() {
    let operation = operation("get_object");
    let given = [
        (string("Bucket"), string("photos")),
        (string("Key"), string("a b")),
        (string("VersionId"), string("v")),
    ];
    let client = client(Requested::Version("s3".to_owned()));
    let url = client.presign_url(operation, &params(operation, &given), &PLAIN);
    assert_eq!(
        url.expect("a URL"),
        "https://photos.s3.amazonaws.com/a%20b?versionId=v&AWSAccessKeyId=AKIDEXAMPLE\
         &Signature=cgyGlxh9XBFPwWA8QV32HSh1%2BSU%3D&Expires=1767323105"
    );
}

#[test]
fn parameters_that_boto3_rewrites_are_rewritten_before_they_are_signed() {
    let key = "0123456789abcdef0123456789abcdef";
    let place = [("Bucket", string("photos")), ("Key", string("k"))];
    let as_map = map([
        ("Bucket", string("other")),
        ("Key", string("a+b")),
        ("VersionId", string("v1")),
    ]);
    for (method_name, more, expected) in [
        (
            "copy_object",
            vec![("CopySource", string("other/a b?versionId=v 1"))],
            "eb77119027e2f5dce3f13433167a6ebc8401b02489ea9804e7c58b6f93c32c97",
        ),
        (
            "copy_object",
            vec![("CopySource", as_map)],
            "4e4e8db579f993f4bba3021f77c7efe69aa777c740a8f9dea1cd823d871e7d2e",
        ),
        (
            "put_object",
            vec![
                ("SSECustomerKey", string(key)),
                ("SSECustomerAlgorithm", string("AES256")),
            ],
            "3c11782f121f3db3fc75c0ff7b119fd70cccfa8eeb72ed309328a90deebe5f3d",
        ),
        (
            "rename_object",
            vec![("RenameSource", string("/old"))],
            "f52a2a9d816d24d4778f82ef75109ae45fdb728bb7d459a8b2f41e3655aea4b5",
        ),
    ] {
        let given: Vec<(&str, Value)> = place.iter().cloned().chain(more).collect();
        let url = presign(method_name, &given, &PLAIN).expect("a URL");
        assert_eq!(signature(&url), expected, "{method_name} {url}");
    }
}

#[test]
fn a_list_asks_for_encoded_names_behind_the_callers_parameters() {
    let given = [("Bucket", string("photos")), ("Prefix", string("a/"))];
    let url = presign("list_objects_v2", &given, &PLAIN).expect("a URL");
    assert!(
        url.contains("/?list-type=2&prefix=a%2F&encoding-type=url&X-Amz-"),
        "{url}"
    );
    assert_eq!(
        signature(&url),
        "ec2df353d167f54cb192c2eb820a2cbf3f5a9fd273580a06078797c571695b6b"
    );
}

#[test]
fn a_dotted_bucket_is_a_path_and_the_callers_method_is_signed_in_upper_case() {
    let given = [("Bucket", string("my.photos")), ("Key", string("k"))];
    let head = Caller {
        method: Some("head"),
        ..PLAIN
    };
    let url = presign("delete_object", &given, &head).expect("a URL");
    assert!(
        url.starts_with("https://s3.us-west-2.amazonaws.com/my.photos/k?"),
        "{url}"
    );
    assert_eq!(
        signature(&url),
        "ea42959f72143f6cfd22a3bf6e94d1cfe42ae6a3a72443a77c84381e49b04099"
    );
}

#[test]
fn a_form_is_boto3s() {
    let conditions = Value::List(vec![Value::List(vec![
        string("content-length-range"),
        Value::Int(1),
        Value::Int(9),
    ])]);
    let period = Period {
        now: instant(NOW),
        end: instant(NOW + 60),
    };
    let (bucket, key) = (string("photos"), string("up/${filename}"));
    let check = |posted: &Posted<'_>| {
        assert_eq!(posted.url, "https://photos.s3.amazonaws.com/");
        let (name, signature) = posted.fields.last().expect("fields");
        assert_eq!(*name, "x-amz-signature");
        assert_eq!(
            *signature,
            b"37a291786b3cb4dbdcb9089bf9ea01a59145147b393eafb204f5bb9780d22db9"
        );
    };
    client(Requested::Default)
        .presign_post(&bucket, &key, Some(&conditions), &|_| Ok(period), check)
        .expect("a form");
}

#[test]
fn a_form_made_from_a_compiled_form_equals_one_made_without() {
    let conditions = Value::List(vec![map([("acl", string("private"))])]);
    let (bucket, key) = (string("photos"), string("up/${filename}"));
    let client = client(Requested::Default);
    let made = |posted: &Posted<'_>| {
        let fields = posted.fields.iter();
        let fields = fields.map(|(name, value)| (*name, value.to_vec()));
        (posted.url.to_owned(), fields.collect::<Vec<_>>())
    };
    let without = |period| {
        client
            .presign_post(&bucket, &key, Some(&conditions), &|_| Ok(period), made)
            .expect("a form")
    };
    let mut form = None;
    let keep = |posted: &Posted<'_>| {
        let key = posted.key.expect("a key of SigV4");
        form = client.compile_form(&bucket, Some(&conditions), key, posted.end).ok();
    };
    let period = |now, end| Period {
        now: instant(now),
        end: instant(end),
    };
    let first = period(NOW, NOW + 60);
    client
        .presign_post(&bucket, &key, Some(&conditions), &|_| Ok(first), keep)
        .expect("a form");
    let form = form.expect("the start of a policy");
    for (other, is_current) in [
        (first, true),
        (period(NOW, NOW + 61), false),
        (period(NOW + 1, NOW + 60), false),
        (period(NOW + 86_400, NOW + 86_460), false),
        (period(NOW - 1, NOW + 60), false),
    ] {
        client
            .presign_post_like(&form, &key, other, |posted, renewed| {
                assert_eq!(made(posted), without(other));
                assert_eq!(renewed.is_none(), is_current);
            })
            .expect("a form");
    }
}

#[test]
fn an_expiry_that_s3_refuses_makes_no_url() {
    let given = [("Bucket", string("photos")), ("Key", string("k"))];
    for lifetime in [0, -5, 604_801] {
        let call = Caller { lifetime, ..PLAIN };
        let Err(Error::ParamValidation(report)) = presign("get_object", &given, &call) else {
            panic!("{lifetime} made a URL");
        };
        assert!(report.contains(&format!("ExpiresIn, value: {lifetime}")), "{report}");
    }
}

#[test]
fn a_body_is_refused_unless_it_is_empty() {
    let given = |body| [("Bucket", string("photos")), ("Key", string("k")), ("Body", body)];
    assert!(presign("put_object", &given(string("")), &PLAIN).is_ok());
    let Err(Error::ParamValidation(report)) = presign("put_object", &given(string("x")), &PLAIN) else {
        panic!("a URL with a body");
    };
    assert!(report.contains("Body"), "{report}");
}

#[test]
fn metadata_that_is_not_ascii_is_refused_before_the_bucket() {
    let metadata = map([("name", string("ü"))]);
    let given = [
        ("Bucket", string("no bucket")),
        ("Key", string("k")),
        ("Metadata", metadata),
    ];
    let Err(Error::ParamValidation(report)) = presign("put_object", &given, &PLAIN) else {
        panic!("a URL");
    };
    assert_eq!(
        report,
        "Non ascii characters found in S3 metadata for key \"name\", value: \"ü\".  \n\
         S3 metadata can only contain ASCII characters. "
    );
}

#[test]
fn a_request_expires_with_its_credentials_if_they_expire_first() {
    let operation = operation("get_object");
    let given = [(string("Bucket"), string("photos")), (string("Key"), string("a"))];
    for (after, expected) in [
        (None, NOW + 60),
        (Some(61.0), NOW + 60),
        (Some(60.0), NOW + 60),
        // A second that has begun does not count.
        (Some(59.9), NOW + 59),
        (Some(30.0), NOW + 30),
        (Some(-30.0), NOW - 30),
    ] {
        #[expect(clippy::cast_precision_loss, reason = "a float holds seconds of this century")]
        let expiry = after.map(|after| NOW as f64 + after);
        for signature in [Requested::Default, Requested::Version("s3".to_owned())] {
            let client = client_until(expiry, signature);
            let made = client.presign_request(operation, &&params(operation, &given)[..], &PLAIN);
            let expires_at = made.expect("a request").0.expires_at;
            assert_eq!(
                expires_at,
                Some(End {
                    at: instant(expected),
                    is_early: expected < NOW + 60,
                }),
                "credentials end {after:?}"
            );
        }
    }
}

/// Whether calls with this value use a compiled request from the third on, and make the same URL then.
fn is_compiled(version: &str, method_name: &str, name: &str, value: &Value) -> bool {
    let client = client(Requested::Version(version.to_owned()));
    let place = [("Bucket", "photos"), ("Key", "k")];
    let mut given: Vec<(Value, Value)> = place.map(|(name, value)| (string(name), string(value))).into();
    given.push((string(name), value.clone()));
    let operation = operation(method_name);
    let (mut urls, mut request) = ([const { String::new() }; 3], None);
    for url in &mut urls {
        let made = client.append_url(url, operation, &params(operation, &given), &PLAIN);
        request = made.expect("a URL");
    }
    assert_eq!(urls[0], urls[1]);
    assert_eq!(urls[0], urls[2]);
    request.is_some()
}

#[test]
fn plain_instants_and_plain_maps_are_put_into_compiled_requests_and_others_are_not() {
    for version in ["s3v4", "s3"] {
        let at = |seconds| Value::Instant(seconds, String::new());
        for (method, name) in [
            ("get_object", "ResponseExpires"),
            ("get_object", "IfModifiedSince"),
            ("put_object", "ObjectLockRetainUntilDate"),
        ] {
            assert!(is_compiled(version, method, name, &at(NOW)));
            assert!(is_compiled(version, method, name, &at(-1)));
            let date = Value::Date("2026-01-02".to_owned(), NOW);
            assert!(!is_compiled(version, method, name, &date));
        }
        let of = |entries: &[(&str, &str)]| {
            let entries = entries.iter().map(|&(name, value)| (string(name), string(value)));
            let map = Value::Map(entries.collect());
            is_compiled(version, "put_object", "Metadata", &map)
        };
        let nine = ["a", "b", "c", "d", "e", "f", "g", "h", "i"].map(|name| (name, "1"));
        assert!(of(&[]) && of(&[("a", "1")]) && of(&[("b_2-c", "1 2"), ("a", "2")]));
        assert!(of(&nine[..8]) && !of(&nine));
        for (name, value) in [("A", "1"), ("", "1"), ("a b", "1"), ("a.b", "1"), ("a", "1  2")] {
            assert!(!of(&[(name, value), ("b", "1")]), "{name}: {value}");
        }
    }
}
