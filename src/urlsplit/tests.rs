//! Expected values were printed by Python 3.11 and botocore 1.44.5: `urlsplit`, its `port`,
//! `is_valid_endpoint_url`, `is_valid_ipv6_endpoint_url`, `_host_from_url`, `normalize_url_path`.

use super::*;
use crate::error::Error;

fn message_of(error: &Error) -> String {
    match error {
        Error::Value(message) | Error::Type(message) => message.clone(),
        other => panic!("an error of another kind: {other:?}"),
    }
}

#[test]
fn a_url_splits_where_python_splits_it() {
    let cases = [
        (
            "HTTP://User:Pw@EXAMPLE.com:80/a;b?c=d#e",
            ["http", "User:Pw@EXAMPLE.com:80", "/a;b", "c=d", "e"],
            Some("example.com"),
        ),
        (" \u{0}http://h/", ["http", "h", "/", "", ""], Some("h")),
        (
            "ht\ntp://ex\tam\rple.com/",
            ["http", "example.com", "/", "", ""],
            Some("example.com"),
        ),
        ("http:a", ["http", "", "a", "", ""], None),
        ("//h/p", ["", "h", "/p", "", ""], Some("h")),
        ("1http://h", ["", "", "1http://h", "", ""], None),
        ("http://h?a?b#c?d#e", ["http", "h", "", "a?b", "c?d#e"], Some("h")),
        (
            "http://[FE80::1%25Eth0]:9000/x",
            ["http", "[FE80::1%25Eth0]:9000", "/x", "", ""],
            Some("fe80::1%25Eth0"),
        ),
        ("http://a@b@c", ["http", "a@b@c", "", "", ""], Some("c")),
        ("a:b", ["a", "", "b", "", ""], None),
        ("", ["", "", "", "", ""], None),
        ("http://h:", ["http", "h:", "", "", ""], Some("h")),
    ];
    for (url, parts, hostname) in cases {
        let split = Url::split(url).unwrap();
        let found = [&split.scheme, &split.netloc, &split.path, &split.query, &split.fragment];
        assert_eq!(found, parts, "{url:?}");
        assert_eq!(split.hostname().as_deref(), hostname, "{url:?}");
    }
}

#[test]
fn brackets_and_lookalike_delimiters_fail_in_pythons_words() {
    let cases = [
        ("http://[::1", "Invalid IPv6 URL"),
        ("http://[1.2.3.4]/", "An IPv4 address cannot be in brackets"),
        ("http://[zz]/", "'zz' does not appear to be an IPv4 or IPv6 address"),
        ("http://[v1]/", "IPvFuture address is invalid"),
        (
            "http://[fe80::1%]/",
            "'fe80::1%' does not appear to be an IPv4 or IPv6 address",
        ),
        (
            "http://ex℀.com/",
            "netloc 'ex℀.com' contains invalid characters under NFKC normalization",
        ),
        (
            "http://[it's]/",
            "\"it's\" does not appear to be an IPv4 or IPv6 address",
        ),
    ];
    for (url, message) in cases {
        assert_eq!(message_of(&Url::split(url).unwrap_err()), message, "{url:?}");
    }
}

#[test]
fn a_port_is_a_number_nothing_or_an_error() {
    let cases = [
        ("http://h:65535", Ok(Some(65535))),
        ("http://h:00080", Ok(Some(80))),
        ("http://h:", Ok(None)),
        ("http://h", Ok(None)),
        ("http://[::1]x:9", Ok(Some(9))),
        ("http://h:65536", Err("Port out of range 0-65535")),
        ("http://h:-1", Err("Port could not be cast to integer value as '-1'")),
        ("http://h:٣", Err("Port could not be cast to integer value as '٣'")),
        (
            "http://h:a'b",
            Err("Port could not be cast to integer value as \"a'b\""),
        ),
        (
            "http://h:80:90",
            Err("Port could not be cast to integer value as '80:90'"),
        ),
    ];
    for (url, expected) in cases {
        let port = Url::split(url).unwrap().port();
        let port = port.map_err(|error| message_of(&error));
        assert_eq!(port, expected.map_err(str::to_owned), "{url:?}");
    }
}

#[test]
fn an_endpoint_has_a_host_of_labels_or_an_ipv6_address() {
    let (longest, too_long) = ("a".repeat(63), "a".repeat(64));
    let cases = [
        ("http://example.com", true, false),
        ("http://example.com.", true, false),
        ("http://a..b", false, false),
        ("http://-a.com", false, false),
        ("http://a_b", false, false),
        (&format!("http://{longest}"), true, false),
        (&format!("http://{too_long}"), false, false),
        ("http://1.2.3.4", true, false),
        ("http://[::1]", false, true),
        ("http://[::1%eth0]", false, true),
        ("http://[::1%é]", false, false),
        ("http://٣.com", true, false),
        ("http://ſ.com", true, false),
        ("http://é.com", false, false),
        ("http://h\n", false, false),
        ("example.com", false, false),
        ("http:///p", false, false),
        ("http://[v1.a]", true, false),
    ];
    for (url, name, ipv6) in cases {
        assert_eq!(is_valid_endpoint_url(url).unwrap(), name, "{url:?}");
        assert_eq!(is_valid_ipv6_endpoint_url(url).unwrap(), ipv6, "{url:?}");
        assert_eq!(is_valid_uri(url).unwrap(), name || ipv6, "{url:?}");
    }
}

#[test]
fn the_host_header_drops_user_default_port_and_case() {
    let cases = [
        ("HTTP://EXAMPLE.com:80/", "example.com"),
        ("https://example.com:80/", "example.com:80"),
        ("https://u:p@h:443", "h"),
        ("http://h:9000/p", "h:9000"),
        ("http://[::1]:9000", "[::1]:9000"),
        ("https://[FE80::A]:443", "[fe80::a]"),
        ("http://x[::1]:80", "[::1]"),
        ("http://b.user:pw@h", "h"),
    ];
    for (url, host) in cases {
        assert_eq!(host_header(url).unwrap(), host, "{url:?}");
    }
}

#[test]
fn a_path_loses_dots_and_double_slashes() {
    let cases = [
        ("", "/"),
        ("/", "/"),
        ("//x//y/", "/x/y/"),
        ("/a/./b/../c", "/a/c"),
        ("/..", "/"),
        ("a/b", "a/b"),
        ("/a/b/", "/a/b/"),
        ("./", ""),
        ("/a/..", "/"),
        ("/a b/é", "/a b/é"),
    ];
    for (path, normalized) in cases {
        assert_eq!(normalize_url_path(path), normalized, "{path:?}");
    }
}

#[test]
fn a_host_label_may_end_in_one_newline_and_count_in_any_script() {
    let longest = "a".repeat(63);
    for label in ["a", "A-1", "٣", "a\n", &longest, &format!("{longest}\n")] {
        assert!(is_host_label(label), "{label:?}");
    }
    for label in ["", "\n", "-a", "a-", "a.b", "a_b", "a\n\n", "é", &"a".repeat(64)] {
        assert!(!is_host_label(label), "{label:?}");
    }
}

#[test]
fn every_run_of_decimal_digits_is_ten_long() {
    let digits = ('\0'..=char::MAX).filter(|c| is_decimal_digit(*c)).count();
    // As many as `re.match(r"\d", c)` finds in Python 3.11.
    assert_eq!(digits, 660);
}
