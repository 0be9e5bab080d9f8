//! Every recorded case, stage by stage: the first assertion that fails names the stage that broke.
//!
//! `scripts/record_golden.py` recorded the cases from botocore.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

#[path = "golden/cases.rs"]
mod cases;
#[path = "golden/value.rs"]
mod value;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cases::{credentials, headers, instant, key, request, string_of};
use presigned::error::Error;
use presigned::s3::{json, post};
use presigned::sigv2::HashedKey;
use presigned::{sigv2, sigv4};
use serde_json::Value as Json;
use value::Value;

#[test]
fn sigv4_urls_are_those_of_botocore_at_every_stage() {
    for case in cases::cases(include_str!("golden/sigv4.json")) {
        let name = string_of(&case, "name");
        let headers = headers(&case);
        let (request, key) = (request(&case, &headers), key(&case));

        let canonical = sigv4::canonical_request(&request, &key).expect("no control characters");
        assert_eq!(
            canonical,
            string_of(&case, "canonical_request"),
            "canonical request of {name}"
        );

        let string = key.string_to_sign(&canonical);
        assert_eq!(string, string_of(&case, "string_to_sign"), "string to sign of {name}");

        let mut url = String::new();
        sigv4::presign(&mut url, &request, &key).expect("no control characters");
        assert_eq!(url, string_of(&case, "url"), "URL of {name}");
    }
}

#[test]
fn sigv2_urls_are_those_of_botocore_at_every_stage() {
    for case in cases::cases(include_str!("golden/sigv2.json")) {
        let name = string_of(&case, "name");
        let headers = headers(&case);
        let (request, credentials) = (request(&case, &headers), credentials(&case));

        let string = sigv2::string_to_sign(&request, &credentials);
        assert_eq!(string, string_of(&case, "string_to_sign"), "string to sign of {name}");

        let mut url = String::new();
        let key = HashedKey::new(credentials);
        sigv2::presign(&mut url, &request, &key).expect("no control characters");
        assert_eq!(url, string_of(&case, "url"), "URL of {name}");
    }
}

#[test]
fn sigv4_forms_are_those_of_botocore() {
    for case in cases::cases(include_str!("golden/post_sigv4.json")) {
        let key = key(&case);
        assert_form(&case, post::Signer::V4(&key));
    }
}

#[test]
fn sigv2_forms_are_those_of_botocore() {
    for case in cases::cases(include_str!("golden/post_sigv2.json")) {
        assert_form(&case, post::Signer::V2(&HashedKey::new(credentials(&case))));
    }
}

fn assert_form(case: &Json, signer: post::Signer<'_>) {
    let name = string_of(case, "name");
    let conditions = Some(described(&case["conditions"])).filter(|value| !matches!(value, Value::Null));
    let policy = post::Policy {
        bucket: &Value::string("bucket"),
        key: &described(&case["key"]),
        conditions: conditions.as_ref().map(|value| value as _),
        expiration: instant(case, "expiration"),
    };
    let own = signer.conditions();
    let owned = |fields: &[post::Field<'_>], _: &str| -> Vec<(&str, String)> {
        let pairs = fields
            .iter()
            .map(|&(name, value)| (name, String::from_utf8_lossy(value).into_owned()));
        pairs.collect()
    };
    let fields = post::sign(&policy, signer, &own, owned).expect("every value has a JSON form");

    let encoded = fields
        .iter()
        .find(|(name, _)| *name == "policy")
        .map(|(_, value)| value.as_bytes());
    let decoded = STANDARD.decode(encoded.expect("a policy")).expect("base64");
    assert_eq!(
        String::from_utf8_lossy(&decoded),
        string_of(case, "policy"),
        "policy of {name}"
    );

    let fields = serde_json::to_value(&fields).expect("pairs of strings");
    assert_eq!(fields, case["fields"], "fields of {name}");
}

#[test]
fn a_key_or_conditions_of_a_wrong_type_are_refused_by_name() {
    let (string, number) = (Value::string("a"), Value::Int("1".into()));
    let tuple = Value::Tuple(vec![]);
    for (key, conditions, report) in [
        (&number, None, "Invalid type for parameter Key, "),
        (&string, Some(&string), "Invalid type for parameter Conditions, "),
        (&string, Some(&tuple), "Invalid type for parameter Conditions, "),
    ] {
        match post::check(key, conditions.map(|value| value as _)) {
            Err(Error::ParamValidation(found)) => assert!(found.starts_with(report), "{found}"),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn json_is_that_of_python() {
    for case in cases::cases(include_str!("golden/json.json")) {
        let name = string_of(&case, "name");
        let mut out = String::new();
        match json::append(&mut out, &described(&case["value"])) {
            Ok(()) => assert_eq!(out, string_of(&case, "json"), "{name}"),
            Err(Error::Type(report)) => assert_eq!(report, string_of(&case, "error"), "{name}"),
            Err(other) => panic!("{name}: {other:?}"),
        }
    }
}

#[test]
fn a_value_without_end_is_an_error_and_no_stack_overflow() {
    let mut endless = Value::Null;
    for _ in 0..2_000 {
        endless = Value::Map(vec![(Value::string("a"), Value::List(vec![endless]))]);
    }
    let result = json::append(&mut String::new(), &endless);
    assert!(matches!(result, Err(Error::Value(string)) if string == "Circular reference detected"));
}

/// The value that a golden file describes: what JSON cannot say is tagged.
fn described(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(bool) => Value::Bool(*bool),
        Json::String(string) => Value::string(string),
        Json::Array(items) => Value::List(items.iter().map(described).collect()),
        Json::Object(tagged) => tagged_value(tagged),
        Json::Number(_) => panic!("numbers are tagged: {json}"),
    }
}

fn tagged_value(tagged: &serde_json::Map<String, Json>) -> Value {
    let (tag, json) = tagged.iter().next().expect("a tag");
    let string = || json.as_str().expect("a string").to_owned();
    match tag.as_str() {
        "$int" => Value::Int(string()),
        "$float" => Value::Float(string()),
        "$other" => Value::Other(string()),
        "$code_points" => Value::of_code_points(serde_json::from_value(json.clone()).expect("code points")),
        "$map" => {
            let entries = json.as_array().expect("entries").iter();
            Value::Map(
                entries
                    .map(|entry| (described(&entry[0]), described(&entry[1])))
                    .collect(),
            )
        }
        _ => panic!("unknown tag {tag}"),
    }
}
