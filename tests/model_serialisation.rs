//! What a call becomes on the wire; every expected string is what botocore's serialiser makes.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod model_support;

use model_support::{Value, map, operation, params, report, string};
use presigned::error::Error;
use presigned::model::{Serialised, auth_path, serialise, validate};

type Given<'a> = &'a [(&'a str, Value)];

/// What a call becomes, handed to `look`, since it borrows the call.
fn serialised<T>(method_name: &str, given: Given<'_>, look: impl FnOnce(Result<Serialised<'_>, Error>) -> T) -> T {
    let given: Vec<_> = given
        .iter()
        .map(|(name, value)| (string(name), value.clone()))
        .collect();
    let operation = operation(method_name);
    look(serialise(operation, &params(operation, &given)))
}

/// Path and query as the URL joins them.
fn target(method_name: &str, given: Given<'_>) -> String {
    serialised(method_name, given, |made| {
        let made = made.expect("placed");
        let mark = if made.query.is_empty() { "" } else { "?" };
        [&made.path, mark, &made.query].concat()
    })
}

fn headers(method_name: &str, given: Given<'_>) -> Vec<(String, String)> {
    serialised(method_name, given, |made| {
        let headers = made.expect("placed").headers.into_iter();
        headers
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect()
    })
}

fn owned<const N: usize>(headers: [(&str, &str); N]) -> Vec<(String, String)> {
    headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

/// A bucket and a key, and more parameters.
fn with<const N: usize>(more: [(&'static str, Value); N]) -> Vec<(&'static str, Value)> {
    let both = [("Bucket", string("b")), ("Key", string("k"))];
    both.into_iter().chain(more).collect()
}

#[test]
fn a_key_is_encoded_but_never_normalised() {
    let key = string("//x/../y z+%20~*é😀\n{Key}");
    let given = [("Bucket", string("b")), ("Key", key)];
    let path = "///x/../y%20z%2B%2520~%2A%C3%A9%F0%9F%98%80%0A%7BKey%7D";
    assert_eq!(target("get_object", &given), path);
}

#[test]
fn the_query_is_the_operations_own_and_then_the_callers_in_the_callers_order() {
    let given = [
        ("MaxKeys", Value::Int(5)),
        ("Prefix", string("a/b")),
        ("Bucket", string("my.bucket")),
        ("FetchOwner", Value::Bool(true)),
        ("Delimiter", string("/")),
        ("StartAfter", string("")),
    ];
    let query = "?list-type=2&max-keys=5&prefix=a%2Fb&fetch-owner=true&delimiter=%2F&start-after=";
    assert_eq!(target("list_objects_v2", &given), query);
    assert_eq!(target("create_multipart_upload", &with([])), "/k?uploads");
    assert_eq!(target("select_object_content", &with([])), "/k?select&select-type=2");
    assert_eq!(
        target("list_buckets", &[("MaxBuckets", Value::Bool(true))]),
        "/?max-buckets=True"
    );
}

#[test]
fn a_header_is_named_as_the_model_has_it_and_holds_what_str_prints() {
    let given = with([
        ("BucketKeyEnabled", Value::Bool(false)),
        ("ContentLength", Value::Int(10_i128.pow(20))),
        ("ACL", Value::Enum("private".into(), "E.A".into())),
        ("ContentType", string(" a  b ")),
    ]);
    let expected = [
        ("x-amz-server-side-encryption-bucket-key-enabled", "false"),
        ("Content-Length", "100000000000000000000"),
        ("x-amz-acl", "E.A"),
        ("Content-Type", " a  b "),
    ];
    assert_eq!(headers("put_object", &given), owned(expected));
}

#[test]
fn metadata_becomes_a_header_an_entry_by_the_name_as_given() {
    let given = with([("Metadata", map([("A b", string(" x ")), ("", string("y"))]))]);
    let expected = [("x-amz-meta-A b", " x "), ("x-amz-meta-", "y")];
    assert_eq!(headers("put_object", &given), owned(expected));
}

#[test]
fn a_list_becomes_one_header_and_an_empty_list_none() {
    let list = ["ETag", "a,b", "say \"x\"", ""].map(string);
    let given = with([("ObjectAttributes", Value::Tuple(list.into()))]);
    let expected = [("x-amz-object-attributes", r#"ETag,"a,b","say \"x\"","#)];
    assert_eq!(headers("get_object_attributes", &given), owned(expected));
    let given = with([("ObjectAttributes", Value::List(vec![]))]);
    assert_eq!(headers("get_object_attributes", &given), []);
    let given = with([("ObjectAttributes", Value::List(vec![Value::Null, string("a")]))]);
    let expected = [("x-amz-object-attributes", "a")];
    assert_eq!(headers("get_object_attributes", &given), owned(expected));
}

#[test]
fn instants_are_whole_seconds_rounded_down_in_the_format_of_the_member() {
    let year_999 = Value::Instant(-30_641_760_000, "0999-01-01 00:00:00".into());
    let given = with([("Expires", Value::Int(0)), ("ObjectLockRetainUntilDate", year_999)]);
    let expected = [
        ("Expires", "Thu, 01 Jan 1970 00:00:00 GMT"),
        ("x-amz-object-lock-retain-until-date", "999-01-01T00:00:00Z"),
    ];
    assert_eq!(headers("put_object", &given), owned(expected));
    let given = with([("IfModifiedSince", Value::Float(-1.5))]);
    let expected = [("If-Modified-Since", "Wed, 31 Dec 1969 23:59:58 GMT")];
    assert_eq!(headers("head_object", &given), owned(expected));
    let given = with([("ResponseExpires", Value::Instant(1_767_323_045, "2026".into()))]);
    let query = "/k?response-expires=Fri%2C%2002%20Jan%202026%2003%3A04%3A05%20GMT";
    assert_eq!(target("head_object", &given), query);
}

#[test]
fn body_parameters_leave_no_trace() {
    let given = with([("Body", Value::Bytes(b"x".to_vec()))]);
    assert_eq!(target("put_object", &given), "/k");
    assert_eq!(headers("put_object", &given), []);
}

#[test]
fn a_route_is_a_header_and_the_first_part_of_the_host() {
    let made = |route: &str| {
        let given = [("RequestRoute", string(route)), ("RequestToken", string("t"))];
        serialised("write_get_object_response", &given, |made| {
            made.map(|made| (made.host_prefix, made.headers[0].1.to_string()))
        })
    };
    let host_and_header = made("io-cell.1").expect("a host");
    assert_eq!(host_and_header, (Some("io-cell.1.".to_owned()), "io-cell.1".to_owned()));
    for route in ["a_b", "", "a b", "é", "a\n"] {
        let expected = "Invalid value for parameter(s): RequestRoute. \
                        Must contain only alphanumeric characters, hyphen, or period.";
        assert_eq!(report(made(route)), expected, "{route:?}");
    }
}

#[test]
fn the_path_that_sigv2_signs_holds_the_bucket_and_ends_in_a_slash_after_it() {
    let path = |method_name, given: &[(Value, Value)]| {
        let operation = operation(method_name);
        auth_path(operation, &params(operation, given)).expect("required members")
    };
    let given = [(string("Bucket"), string("é b")), (string("Key"), string("a/b c"))];
    assert_eq!(path("get_object", &given).as_deref(), Some("/%C3%A9%20b/a/b%20c"));
    assert_eq!(path("list_objects_v2", &given[..1]).as_deref(), Some("/%C3%A9%20b/"));
    assert_eq!(path("list_buckets", &[]), None);
}

#[test]
fn a_lone_surrogate_is_valid_until_it_has_to_be_written() {
    for name in ["Key", "VersionId", "Range"] {
        let mut given = vec![(string("Bucket"), string("b")), (string(name), Value::Surrogate)];
        if name != "Key" {
            given.push((string("Key"), string("k")));
        }
        let operation = operation("get_object");
        let params = params(operation, &given);
        assert!(validate(operation, &params).is_ok(), "{name}");
        assert!(
            matches!(serialise(operation, &params), Err(Error::Foreign(_))),
            "{name}"
        );
    }
}

#[test]
fn unvalidated_values_are_written_as_boto3_writes_them() {
    let given = [
        ("Bucket", string("b")),
        ("Key", Value::Int(12)),
        ("VersionId", Value::Null),
        ("PartNumber", Value::List(vec![string("1"), Value::Int(2)])),
        ("ResponseContentType", Value::Tuple(vec![string("a")])),
        (
            "ResponseExpires",
            map([("x y", string("z")), ("w", Value::List(vec![Value::Int(1)]))]),
        ),
    ];
    let expected = "/12?partNumber=1&partNumber=2&response-content-type=%28%27a%27%2C%29&x%20y=z&w=1";
    assert_eq!(target("get_object", &given), expected);

    let given = [
        ("Bucket", string("b")),
        ("Key", Value::Bytes(b"\xff/a".to_vec())),
        ("ObjectAttributes", string("ab")),
        ("ExpectedBucketOwner", Value::Bytes(b"1".to_vec())),
    ];
    assert_eq!(target("get_object_attributes", &given), "/%FF/a?attributes");
    let expected = [
        ("x-amz-object-attributes", "a,b"),
        ("x-amz-expected-bucket-owner", "b'1'"),
    ];
    assert_eq!(headers("get_object_attributes", &given), owned(expected));

    let given = [
        ("Bucket", string("b")),
        ("FetchOwner", Value::List(vec![Value::Bool(true)])),
    ];
    let expected = "?list-type=2&fetch-owner=%5Btrue%5D";
    assert_eq!(target("list_objects_v2", &given), expected);

    let given = with([("BucketKeyEnabled", string("YES"))]);
    let expected = [("x-amz-server-side-encryption-bucket-key-enabled", "yes")];
    assert_eq!(headers("put_object", &given), owned(expected));
    assert_eq!(
        target("get_object", &[("Bucket", string("b")), ("Key", string(""))]),
        "/"
    );
}

#[test]
fn what_boto3_fails_on_without_validation_is_a_report() {
    let refused = |method_name, given: Given<'_>| serialised(method_name, given, |made| report(made.map(|_| ())));
    let missing = |name| format!("Missing required parameter in input: \"{name}\"");
    assert_eq!(refused("get_object", &[("Bucket", string("b"))]), missing("Key"));
    assert_eq!(refused("list_objects", &[("Bucket", Value::Null)]), missing("Bucket"));
    let found = refused("get_object", &with([("Foo", Value::Int(1))]));
    assert!(found.starts_with("Unknown parameter in input: \"Foo\", must be one of: Bucket,"));
    let found = refused("put_object", &with([("Metadata", map([("a", Value::Null)]))]));
    let expected = "Invalid type for parameter Metadata.a, value: None, \
                    type: <class 'NoneType'>, valid types: <class 'str'>";
    assert_eq!(found, expected);
    let found = refused("get_object_attributes", &with([("ObjectAttributes", Value::Int(1))]));
    let expected = "Invalid type for parameter ObjectAttributes, value: 1, \
                    type: <class 'int'>, valid types: <class 'list'>, <class 'tuple'>";
    assert_eq!(found, expected);
}

#[test]
fn an_invalid_timestamp_without_validation_is_a_value_error() {
    let message_of = |value| {
        let given = with([("ResponseExpires", value)]);
        serialised("get_object", &given, |made| match made {
            Err(Error::Value(string)) => string,
            other => panic!("{other:?}"),
        })
    };
    assert_eq!(message_of(string("never")), "Invalid timestamp \"never\"");
    assert_eq!(message_of(Value::Stream), "Invalid timestamp \"a stream\"");
}
