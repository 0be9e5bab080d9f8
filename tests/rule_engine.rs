//! botocore's published cases for the rules language itself: small rule sets, read from JSON.
//!
//! They ship in botocore's source distribution only; `scripts/fetch_botocore_tests.py` fetches it.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking; clippy lets tests do so, but not what they share"
)]

use std::path::{Path, PathBuf};

use presigned::rules::{
    self, Argument, FunctionCall, Parameter, ParameterKind, Property, Rule, RuleFunction, RuleSet, Value,
};
use serde_json::{Map, Value as Json};

/// All published rule sets with cases but three: `fns` and `headers` make HTTP headers and
/// `array-index` takes a list, which no rule set we serve does.
const RULE_SETS: [(&str, usize); 12] = [
    ("account-id", 4),
    ("aws-region", 2),
    ("default-values", 4),
    ("eventbridge", 3),
    ("is-virtual-hostable-s3-bucket", 15),
    ("local-region-override", 2),
    ("parse-arn", 14),
    ("parse-url", 14),
    ("partition-fn", 5),
    ("substring", 18),
    ("uri-encode", 7),
    ("valid-hostlabel", 5),
];

#[test]
fn every_published_case_of_the_rules_language_holds() {
    for (name, count) in RULE_SETS {
        let rules = rule_set(&read(&format!("valid-rules/{name}.json")));
        let document = read(&format!("test-cases/{name}.json"));
        let cases = document["testCases"].as_array().unwrap();
        assert_eq!(cases.len(), count, "{name}");
        for case in cases {
            let given: Vec<(&str, Value<'_>)> = case["params"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(name, value)| (name.as_str(), value_of(value)))
                .collect();
            let answer = match rules::resolve(&rules, &given) {
                Ok(resolved) => ("endpoint", resolved.url),
                Err(error) => ("error", error.to_string()),
            };
            let expected = &case["expect"];
            let expected = match expected.get("error") {
                Some(string) => ("error", string.as_str().unwrap().to_owned()),
                None => ("endpoint", string(&expected["endpoint"]["url"]).to_owned()),
            };
            assert_eq!(answer, expected, "{name}: {case}");
        }
    }
}

fn read(file: &str) -> Json {
    let cache = format!(".cache/botocore-{}", rules::s3::BOTOCORE_VERSION);
    let folder = "tests/unit/data/endpoints";
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), &cache, folder, file].iter().collect();
    let string = std::fs::read_to_string(&path).unwrap_or_else(|error| missing(&path, &error));
    serde_json::from_str(&string).unwrap()
}

fn missing(path: &Path, error: &std::io::Error) -> ! {
    panic!(
        "{}: {error}\nThe cases are not here yet: run `python3 scripts/fetch_botocore_tests.py`",
        path.display()
    )
}

/// Rule sets are static, as the generated ones are: these live as long as the test.
fn keep<T>(items: Vec<T>) -> &'static [T] {
    Vec::leak(items)
}

fn keep_one<T>(item: T) -> &'static T {
    Box::leak(Box::new(item))
}

fn string(json: &Json) -> &'static str {
    String::leak(json.as_str().unwrap().to_owned())
}

fn list(json: &Json) -> &[Json] {
    json.as_array().map_or(&[], Vec::as_slice)
}

fn value_of(json: &Json) -> Value<'static> {
    match json {
        Json::Bool(value) => Value::Bool(*value),
        other => Value::from(string(other)),
    }
}

fn rule_set(json: &Json) -> RuleSet {
    let parameters = json["parameters"].as_object().unwrap();
    RuleSet {
        parameters: keep(parameters.iter().map(parameter).collect()),
        rules: rules_of(&json["rules"]),
    }
}

fn parameter((name, spec): (&String, &Json)) -> Parameter {
    Parameter {
        name: String::leak(name.clone()),
        kind: match string(&spec["type"]).to_lowercase().as_str() {
            "boolean" => ParameterKind::Boolean,
            "string" => ParameterKind::String,
            other => panic!("a parameter of no known kind: {other}"),
        },
        default: spec.get("default").map(value_of),
        required: spec["required"] == Json::Bool(true),
    }
}

fn rules_of(json: &Json) -> &'static [&'static Rule] {
    keep(list(json).iter().map(|rule| keep_one(rule_of(rule))).collect())
}

fn rule_of(json: &Json) -> Rule {
    let conditions = list(&json["conditions"]).iter();
    let conditions: Vec<&'static FunctionCall> = conditions.map(|call| keep_one(call_of(call))).collect();
    let conditions = keep(conditions);
    match string(&json["type"]) {
        "tree" => Rule::Tree(conditions, rules_of(&json["rules"])),
        "error" => Rule::Refuse(conditions, string(&json["error"])),
        _ => Rule::Serve(
            conditions,
            // The address may be a bare reference.
            match &json["endpoint"]["url"] {
                Json::Object(reference) => String::leak(format!("{{{}}}", string(&reference["ref"]))),
                url => string(url),
            },
            members(json["endpoint"].get("properties").and_then(Json::as_object)),
        ),
    }
}

fn call_of(json: &Json) -> FunctionCall {
    let arguments = list(&json["argv"]).iter().map(argument).collect();
    FunctionCall {
        function: function(string(&json["fn"])),
        arguments: keep(arguments),
        assign: json.get("assign").map(string),
    }
}

fn argument(json: &Json) -> Argument {
    match json {
        Json::Bool(value) => Argument::Bool(*value),
        Json::Number(number) => Argument::Number(usize::try_from(number.as_u64().unwrap()).unwrap()),
        Json::String(value) if value.contains('{') => Argument::Template(string(json)),
        Json::String(_) => Argument::String(string(json)),
        Json::Object(members) if members.contains_key("ref") => Argument::Ref(string(&json["ref"])),
        other => Argument::Nested(keep_one(call_of(other))),
    }
}

fn function(name: &str) -> RuleFunction {
    match name {
        "aws.isVirtualHostableS3Bucket" => RuleFunction::AwsIsVirtualHostableS3Bucket,
        "aws.parseArn" => RuleFunction::AwsParseArn,
        "aws.partition" => RuleFunction::AwsPartition,
        "booleanEquals" => RuleFunction::BooleanEquals,
        "getAttr" => RuleFunction::GetAttr,
        "isSet" => RuleFunction::IsSet,
        "isValidHostLabel" => RuleFunction::IsValidHostLabel,
        "not" => RuleFunction::Not,
        "parseURL" => RuleFunction::ParseUrl,
        "stringEquals" => RuleFunction::StringEquals,
        "substring" => RuleFunction::Substring,
        "uriEncode" => RuleFunction::UriEncode,
        other => panic!("a function of no known name: {other}"),
    }
}

fn members(json: Option<&Map<String, Json>>) -> &'static [(&'static str, Property)] {
    let members = json.into_iter().flatten();
    keep(
        members
            .map(|(name, value)| (&*String::leak(name.clone()), property(value)))
            .collect(),
    )
}

fn property(json: &Json) -> Property {
    match json {
        Json::Bool(value) => Property::Bool(*value),
        Json::Array(items) => Property::List(keep(items.iter().map(property).collect())),
        Json::Object(object) => Property::Record(members(Some(object))),
        other => Property::String(string(other)),
    }
}
