//! Botocore's published cases for the REST-XML protocol, as far as a presigned URL shows them.
//!
//! The cases bring their own little services, so their tables are built here. They come from
//! botocore's source distribution: `scripts/fetch_botocore_tests.py` fetches it.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod model_support;

use std::fs;

use model_support::{Value, params, string};
use presigned::model::{EndpointContext, Member, Operation, Place, Shape, TimestampFormat, serialise};
use serde_json::Value as Json;

const CASES: &str = ".cache/botocore-1.44.5/tests/unit/protocols/input/rest-xml.json";

/// Cases that botocore's own tests leave out, since its serialiser has no part in them.
const ELSEWHERE: [&str; 4] = [
    "QueryIdempotencyTokenAutoFill",
    "RestXmlQueryPrecedence",
    "SDKAppendedGzipAfterProvidedEncoding_restXml",
    "SDKAppliedContentEncoding_restXml",
];

fn leak<T>(value: T) -> &'static T {
    &*Box::leak(Box::new(value))
}

fn name(json: &Json) -> &'static str {
    leak(json.as_str().expect("a string").to_owned())
}

/// What S3 has no use for has no shape: floating point numbers, instants as bare numbers, and
/// headers that list anything but strings.
fn shape(shapes: &Json, reference: &Json, place: Place) -> Option<Shape> {
    let model = &shapes[reference["shape"].as_str()?];
    Some(match model["type"].as_str()? {
        "string" => Shape::String { min: None },
        "integer" | "long" => Shape::Integer { min: None },
        "boolean" => Shape::Boolean,
        "timestamp" => {
            let formats = [&reference["timestampFormat"], &model["timestampFormat"]];
            let format = formats.iter().find_map(|format| format.as_str());
            let implied = if place == Place::Header { "rfc822" } else { "iso8601" };
            match format.unwrap_or(implied) {
                "rfc822" => Shape::Timestamp(TimestampFormat::Rfc822),
                "iso8601" => Shape::Timestamp(TimestampFormat::Iso8601),
                _ => return None,
            }
        }
        "list" => match shape(shapes, &model["member"], place)? {
            Shape::String { .. } => Shape::List {
                item: leak(Shape::String { min: None }),
                min: None,
            },
            _ => return None,
        },
        "map" => Shape::Map {
            key: leak(Shape::String { min: None }),
            value: leak(shape(shapes, &model["value"], place)?),
        },
        _ => return None,
    })
}

fn member(shapes: &Json, caller: &str, reference: &Json) -> Option<Member> {
    let place = match reference["location"].as_str() {
        Some("uri") => Place::Path,
        Some("querystring") => Place::Query,
        Some("header") => Place::Header,
        Some("headers") => Place::HeaderMap,
        _ => Place::Body,
    };
    Some(Member {
        name: leak(caller.to_owned()),
        wire_name: reference["locationName"]
            .as_str()
            .map_or(leak(caller.to_owned()), |wire| leak(wire.to_owned())),
        place,
        shape: leak(match place {
            // What a body holds is never looked at.
            Place::Body => Shape::Blob,
            _ => shape(shapes, reference, place)?,
        }),
        is_host_label: reference["hostLabel"].as_bool().unwrap_or_default(),
    })
}

fn operation(suite: &Json, case: &Json) -> Operation {
    let given = &case["given"];
    let input = &suite["shapes"][given["input"]["shape"].as_str().unwrap_or_default()];
    let references = input["members"].as_object().into_iter().flatten();
    let members = references.filter_map(|(caller, reference)| member(&suite["shapes"], caller, reference));
    let uri = name(&given["http"]["requestUri"]);
    let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
    Operation {
        name: name(&given["name"]),
        method_name: "",
        http_method: name(&given["http"]["method"]),
        has_bucket: false,
        path,
        query,
        members: leak(members.map(leak).collect::<Vec<_>>()),
        required: &[],
        payload: None,
        idempotency_token: None,
        host_prefix: given["endpoint"]["hostPrefix"]
            .as_str()
            .map(|prefix| leak(prefix.to_owned()).as_str()),
        endpoint: EndpointContext::default(),
    }
}

fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => Value::Int(whole.into()),
            None => Value::Float(number.as_f64().expect("a number")),
        },
        Json::String(value) => string(value),
        Json::Array(items) => Value::List(items.iter().map(value).collect()),
        Json::Object(entries) => Value::Map(entries.iter().map(|(key, one)| (string(key), value(one))).collect()),
    }
}

/// Whether the tables have a place for every parameter of the case.
fn concerns_s3(operation: &Operation, case: &Json) -> bool {
    let id = case["id"].as_str().expect("an id");
    let mut names = case["params"].as_object().expect("parameters").keys();
    !ELSEWHERE.contains(&id) && names.all(|name| operation.member(name).is_some())
}

/// Blanks after the commas of a list are as good as none, as botocore's own tests have it.
fn without_blanks(header: &str) -> String {
    header.replace(", ", ",")
}

/// JSON objects lose the caller's order on their way here; `model_serialisation.rs` holds it.
fn sorted(query: &str) -> Vec<&str> {
    let mut pairs: Vec<_> = query.split('&').collect();
    pairs.sort_unstable();
    pairs
}

fn check(operation: &Operation, case: &Json) {
    let id = &case["id"];
    let Value::Map(given) = value(&case["params"]) else {
        panic!("{id}: parameters are a map");
    };
    let params = params(operation, &given);
    let made = serialise(operation, &params).expect("placed");
    let uri = case["serialized"]["uri"].as_str().expect("a URI");
    let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
    assert_eq!(made.path.as_str(), path, "{id}");
    assert_eq!(sorted(&made.query), sorted(query), "{id}");

    let found = |wanted: &str| {
        let mut headers = made.headers.iter();
        headers
            .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
            .map(|(_, value)| without_blanks(value))
    };
    for (name, expected) in case["serialized"]["headers"].as_object().into_iter().flatten() {
        // A content type that the parameters do not name is the body's, and an empty list sends no header.
        let expected = expected.as_str().expect("a string");
        if name != "Content-Type" && !(id == "NullAndEmptyHeaders" && name == "X-C") {
            assert_eq!(found(name), Some(without_blanks(expected)), "{id}: {name}");
        }
    }
    for name in case["serialized"]["forbidHeaders"].as_array().into_iter().flatten() {
        assert_eq!(found(name.as_str().expect("a string")), None, "{id}: {name}");
    }
    if let Some(host) = case["serialized"]["host"].as_str() {
        assert_eq!(made.host_prefix.as_deref(), host.strip_suffix("example.com"), "{id}");
    }
}

#[test]
fn the_published_cases_come_out_as_published() {
    let published = fs::read_to_string(CASES)
        .unwrap_or_else(|missing| panic!("{CASES}: {missing}; run scripts/fetch_botocore_tests.py"));
    let suites: Json = serde_json::from_str(&published).expect("JSON");
    let (mut all, mut checked) = (0, 0);
    for suite in suites.as_array().expect("suites") {
        for case in suite["cases"].as_array().expect("cases") {
            let operation = operation(suite, case);
            all += 1;
            if concerns_s3(&operation, case) {
                check(&operation, case);
                checked += 1;
            }
        }
    }
    assert_eq!((all, checked), (94, 73));
}
