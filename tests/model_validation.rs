//! The report of a refused call; every expected string is botocore's own.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod model_support;

use model_support::{Value, map, operation, params, report, string};
use presigned::model::validate;

const NEVER: &str = "<class 'datetime.datetime'>, timestamp-string";

/// The lines of the report on a call.
fn lines<const N: usize>(method_name: &str, given: [(&str, Value); N]) -> Vec<String> {
    let given = given.map(|(name, value)| (string(name), value));
    let operation = operation(method_name);
    let report = report(validate(operation, &params(operation, &given)));
    report.lines().map(str::to_owned).collect()
}

/// A bucket and a key, and one more parameter.
fn with(name: &str, value: Value) -> [(&str, Value); 3] {
    [("Bucket", string("b")), ("Key", string("k")), (name, value)]
}

fn wrong_type(place: &str, value: &str, given: &str, valid: &str) -> String {
    format!("Invalid type for parameter {place}, value: {value}, type: <class '{given}'>, valid types: {valid}")
}

fn unknown_in_get_object(name: &str) -> String {
    format!(
        "Unknown parameter in input: \"{name}\", must be one of: Bucket, IfMatch, IfModifiedSince, IfNoneMatch, \
         IfUnmodifiedSince, Key, Range, ResponseCacheControl, ResponseContentDisposition, ResponseContentEncoding, \
         ResponseContentLanguage, ResponseContentType, ResponseExpires, VersionId, SSECustomerAlgorithm, \
         SSECustomerKey, SSECustomerKeyMD5, RequestPayer, PartNumber, ExpectedBucketOwner, ChecksumMode"
    )
}

#[test]
fn a_valid_call_is_accepted() {
    let given = [
        (string("Key"), string("k")),
        (string("Bucket"), string("b")),
        (string("PartNumber"), Value::Bool(true)),
        (string("ResponseExpires"), Value::Int(0)),
    ];
    let operation = operation("get_object");
    assert!(validate(operation, &params(operation, &given)).is_ok());
}

#[test]
fn missing_parameters_come_in_the_order_of_the_model() {
    let expected = ["Bucket", "Key"].map(|name| format!("Missing required parameter in input: \"{name}\""));
    assert_eq!(lines("get_object", []), expected);
}

#[test]
fn unknown_parameters_come_in_the_order_of_the_caller_and_before_invalid_ones() {
    let found = lines(
        "get_object",
        [
            ("Key", string("")),
            ("Foo", Value::Int(1)),
            ("Bucket", string("b")),
            ("Bar", Value::Int(2)),
        ],
    );
    let too_short = "Invalid length for parameter Key, value: 0, valid min length: 1";
    let expected = [
        unknown_in_get_object("Foo"),
        unknown_in_get_object("Bar"),
        too_short.into(),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_name_that_is_not_a_string_is_unknown_and_shown_as_python_prints_it() {
    let given = [
        (string("Bucket"), string("b")),
        (string("Key"), string("k")),
        (Value::Null, string("x")),
    ];
    let operation = operation("get_object");
    let found = report(validate(operation, &params(operation, &given)));
    assert_eq!(found, unknown_in_get_object("None"));
}

#[test]
fn each_kind_of_member_names_the_types_it_takes() {
    let found = lines(
        "get_object",
        [
            ("Key", Value::Int(1)),
            ("Bucket", Value::Null),
            ("PartNumber", string("1")),
            ("ResponseExpires", Value::List(vec![])),
            ("IfModifiedSince", string("never")),
        ],
    );
    let expected = [
        wrong_type("Key", "1", "int", "<class 'str'>"),
        wrong_type("Bucket", "None", "NoneType", "<class 'str'>"),
        wrong_type("PartNumber", "1", "str", "<class 'int'>"),
        wrong_type("ResponseExpires", "[]", "list", NEVER),
        wrong_type("IfModifiedSince", "never", "str", NEVER),
    ];
    assert_eq!(found, expected);

    let streams = "<class 'bytes'>, <class 'bytearray'>, file-like object";
    let found = lines("put_object", with("Body", Value::Int(5)));
    assert_eq!(found, [wrong_type("Body", "5", "int", streams)]);
    let found = lines("put_object", with("BucketKeyEnabled", Value::Int(1)));
    assert_eq!(found, [wrong_type("BucketKeyEnabled", "1", "int", "<class 'bool'>")]);
    let found = lines("get_object_attributes", with("ObjectAttributes", string("ETag")));
    let lists = "<class 'list'>, <class 'tuple'>";
    assert_eq!(found, [wrong_type("ObjectAttributes", "ETag", "str", lists)]);
}

#[test]
fn items_keys_and_values_are_named_by_where_they_stand() {
    let items = vec![string("ETag"), Value::Int(1), Value::Null];
    let found = lines("get_object_attributes", with("ObjectAttributes", Value::List(items)));
    let expected = [
        wrong_type("ObjectAttributes[1]", "1", "int", "<class 'str'>"),
        wrong_type("ObjectAttributes[2]", "None", "NoneType", "<class 'str'>"),
    ];
    assert_eq!(found, expected);

    let entries = vec![(string("a"), Value::Int(1)), (Value::Int(2), string("b"))];
    let found = lines("put_object", with("Metadata", Value::Map(entries)));
    let expected = [
        wrong_type("Metadata.a", "1", "int", "<class 'str'>"),
        wrong_type("Metadata (key: 2)", "2", "int", "<class 'str'>"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_container_is_printed_as_python_prints_it() {
    let items = Value::List(vec![Value::Float(1.5), Value::Bool(true)]);
    let value = map([("a", map([("b", Value::Null), ("c", items)]))]);
    let found = lines("put_object", with("Metadata", value));
    let shown = "{'b': None, 'c': [1.5, True]}";
    assert_eq!(found, [wrong_type("Metadata.a", shown, "dict", "<class 'str'>")]);
}

#[test]
fn nested_structures_are_checked_depth_first() {
    let objects = Value::List(vec![
        map([("Key", string("a"))]),
        map([("VersionId", string("1")), ("Foo", Value::Int(1))]),
        map([("Key", string(""))]),
        Value::Int(5),
        map([("Key", Value::Int(1)), ("Size", string("x"))]),
    ]);
    let delete = map([("Objects", objects), ("Quiet", string("yes"))]);
    let found = lines("delete_objects", [("Bucket", string("b")), ("Delete", delete)]);
    let expected = [
        "Missing required parameter in Delete.Objects[1]: \"Key\"".into(),
        "Unknown parameter in Delete.Objects[1]: \"Foo\", must be one of: Key, VersionId, ETag, \
         LastModifiedTime, Size"
            .into(),
        "Invalid length for parameter Delete.Objects[2].Key, value: 0, valid min length: 1".into(),
        wrong_type("Delete.Objects[3]", "5", "int", "<class 'dict'>"),
        wrong_type("Delete.Objects[4].Key", "1", "int", "<class 'str'>"),
        wrong_type("Delete.Objects[4].Size", "x", "str", "<class 'int'>"),
        wrong_type("Delete.Quiet", "yes", "str", "<class 'bool'>"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_union_takes_exactly_one_member() {
    let found = lines("update_object_encryption", with("ObjectEncryption", map([])));
    let expected = "Must set one of the following keys for tagged unionstructure ObjectEncryption: SSEKMS.";
    assert_eq!(found, [expected]);

    let both = map([("SSEKMS", map([])), ("Foo", Value::Int(1))]);
    let found = lines("update_object_encryption", with("ObjectEncryption", both));
    let expected = [
        "Invalid number of parameters set for tagged union structure ObjectEncryption. \
         Can only set one of the following keys: SSEKMS.",
        "Unknown parameter in ObjectEncryption: \"Foo\", must be one of: SSEKMS",
        "Missing required parameter in ObjectEncryption.SSEKMS: \"KMSKeyArn\"",
    ];
    assert_eq!(found, expected);
}

#[test]
fn minima_are_checked_and_a_boolean_counts_as_a_number() {
    let found = lines("list_buckets", [("MaxBuckets", Value::Bool(false))]);
    let expected = "Invalid value for parameter MaxBuckets, value: False, valid min value: 1";
    assert_eq!(found, [expected]);
    // The minimum of a host label is botocore's own, not the model's.
    let given = [("RequestRoute", string("")), ("RequestToken", string("t"))];
    let expected = "Invalid length for parameter RequestRoute, value: 0, valid min length: 1";
    assert_eq!(lines("write_get_object_response", given), [expected]);
}
