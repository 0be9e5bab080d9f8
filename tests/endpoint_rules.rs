//! Every S3 endpoint case that botocore publishes, through the generated rules.
//!
//! The cases ship in botocore's source distribution only; `scripts/fetch_botocore_tests.py`
//! fetches it.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking; clippy lets tests do so, but not what they share"
)]

use std::path::Path;

use presigned::error::Error;
use presigned::rules::{self, Value};
use serde_json::{Map, Value as Json};

const CASES: &str = "tests/functional/endpoint-rules/s3/endpoint-tests-1.json";

#[test]
fn every_published_s3_case_gives_the_published_endpoint_or_error() {
    let cases = published_cases();
    assert_eq!(cases.len(), 393);
    let wrong: Vec<String> = cases.iter().filter_map(difference).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn a_published_case_that_is_tampered_with_is_noticed() {
    let mut case = published_cases().remove(0);
    assert_eq!(difference(&case), None);
    case["expect"] = serde_json::json!({"error": "something else"});
    assert!(difference(&case).is_some());
}

fn published_cases() -> Vec<Json> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root
        .join(".cache")
        .join(format!("botocore-{}", rules::s3::BOTOCORE_VERSION))
        .join(CASES);
    let string = std::fs::read_to_string(&path).unwrap_or_else(|error| {
        panic!(
            "{}: {error}\nThe cases are not here yet: run `python3 scripts/fetch_botocore_tests.py`",
            path.display()
        )
    });
    let mut document: Json = serde_json::from_str(&string).unwrap();
    match document["testCases"].take() {
        Json::Array(cases) => cases,
        other => panic!("testCases is not a list: {other}"),
    }
}

/// What our rules answer, where it is not what the case expects.
fn difference(case: &Json) -> Option<String> {
    let answer = answer(case["params"].as_object().unwrap());
    let mut expected = case["expect"].clone();
    if let Some(endpoint) = expected.get_mut("endpoint").and_then(Json::as_object_mut) {
        endpoint.remove("headers");
        endpoint.entry("properties").or_insert_with(|| Map::new().into());
    }
    (answer != expected).then(|| {
        let name = &case["documentation"];
        format!("{name}\n  expected {expected}\n  answered {answer}")
    })
}

fn answer(parameters: &Map<String, Json>) -> Json {
    let given: Vec<(&str, Value<'_>)> = parameters
        .iter()
        .map(|(name, value)| (name.as_str(), parameter(value)))
        .collect();
    match rules::resolve(&rules::s3::RULES, &given) {
        Ok(resolved) => serde_json::json!({
            "endpoint": {"url": resolved.url, "properties": object(&resolved.properties)}
        }),
        Err(Error::EndpointResolution(string)) => serde_json::json!({ "error": string }),
        Err(other) => panic!("an error of another kind: {other:?}"),
    }
}

fn parameter(value: &Json) -> Value<'_> {
    match value {
        Json::Bool(value) => Value::Bool(*value),
        Json::String(string) => Value::from(string.as_str()),
        other => panic!("a parameter of no known kind: {other}"),
    }
}

fn object(members: &[(&'static str, Value<'_>)]) -> Json {
    let members = members.iter().map(|(name, value)| ((*name).to_owned(), json(value)));
    Json::Object(members.collect())
}

fn json(value: &Value<'_>) -> Json {
    match value {
        Value::Bool(value) => Json::Bool(*value),
        Value::String(string) => Json::String(string.to_string()),
        Value::List(items) => items.iter().map(json).collect(),
        Value::Record(members) => object(members),
        other => panic!("a property of no known kind: {other:?}"),
    }
}
