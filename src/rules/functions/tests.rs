//! Expected values come from botocore 1.44.5's `RuleSetStandardLibrary`; what its published
//! engine cases say already is tested in `tests/rule_engine.rs`.

use super::*;

const YES: Value<'static> = Value::Bool(true);
const NO: Value<'static> = Value::Bool(false);

fn refusal(outcome: Outcome<'_>) -> String {
    outcome.unwrap_err().to_string()
}

#[test]
fn a_bucket_is_virtual_hostable_with_a_final_newline_but_not_as_an_address() {
    let cases = [
        ("abc", true),
        ("abc\n", true),
        ("ab\n", true),
        ("1.2.3.4\n", false),
        ("1.2.3", true),
        ("a٣b", true),
        ("aΣb", false),
        ("a.-b", false),
    ];
    for (bucket, expected) in cases {
        let hostable = is_virtual_hostable_s3_bucket(&bucket.into(), &YES);
        assert_eq!(hostable.unwrap(), Value::Bool(expected), "{bucket:?}");
    }
    let hostable = is_virtual_hostable_s3_bucket(&"a.b".into(), &NO);
    assert_eq!(hostable.unwrap(), NO);
}

#[test]
fn a_url_loses_the_parameters_of_its_last_segment_only() {
    let cases = [
        ("http://h/a;b", "/a", "/a/"),
        ("http://h/a;b/c", "/a;b/c", "/a%3Bb/c/"),
        ("http://h/a b/%20é{x}", "/a b/%20é{x}", "/a%20b/%2520%C3%A9%7Bx%7D/"),
        ("http://h/..//x/./y/", "/..//x/./y/", "/x/y/"),
        ("http://h#f", "", "/"),
    ];
    for (url, path, normalized) in cases {
        let parsed = parse_url(&url.into()).unwrap();
        assert_eq!(parsed.member("path"), Some(&path.into()), "{url}");
        assert_eq!(parsed.member("normalizedPath"), Some(&normalized.into()), "{url}");
    }
}

#[test]
fn a_url_that_is_no_endpoint_is_nothing() {
    for url in ["ftp://h", "http://h?x=1", "http://h:99999", "http://h:a", "h"] {
        assert_eq!(parse_url(&url.into()).unwrap(), Value::Absent, "{url}");
    }
    assert_eq!(parse_url(&Value::Absent).unwrap(), Value::Absent);
}

#[test]
fn comparisons_name_the_python_types_that_they_refuse() {
    assert_eq!(
        refusal(string_equals(&Value::Absent, &"a".into())),
        "Both values must be strings, not <class 'NoneType'> and <class 'str'>."
    );
    assert_eq!(
        refusal(boolean_equals(&"a".into(), &YES)),
        "Both arguments must be bools, not <class 'str'> and <class 'bool'>."
    );
    assert_eq!(
        refusal(substring(&NO, &Value::Number(0), &Value::Number(1), &NO)),
        "Input must be a string, not <class 'bool'>."
    );
}

#[test]
fn the_slice_of_a_string_that_is_not_ascii_is_nothing() {
    let slice = |string: &str, start, stop, reverse| {
        substring(
            &string.into(),
            &Value::Number(start),
            &Value::Number(stop),
            &Value::Bool(reverse),
        )
        .map(|value| value.as_str().map(str::to_owned))
        .unwrap()
    };
    assert_eq!(slice("bucket--x-s3", 0, 6, true).as_deref(), Some("--x-s3"));
    assert_eq!(slice("bucket", 0, 6, false).as_deref(), Some("bucket"));
    assert_eq!(slice("bucket", 0, 7, false), None);
    assert_eq!(slice("bücket", 0, 1, false), None);
    assert_eq!(slice("bucket", 2, 2, false), None);
}
