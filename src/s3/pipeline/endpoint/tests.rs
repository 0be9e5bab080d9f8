//! Expected values come from a boto3 1.44.5 client's `_resolve_endpoint_ruleset`, called as
//! `generate_presigned_url` calls it; where we differ on purpose, from the same client with
//! `addressing_style="virtual"`, which boto3 does not send to the global host.

use std::borrow::Borrow;

use super::*;

const ACCESS_POINT: &str = "arn:aws:s3:us-west-2:123456789012:accesspoint:myap";
const MULTI_REGION: &str = "arn:aws:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap";
const OUTPOSTS_ALIAS: &str = "test-accessp-o0b1d075431d83bebde8xz5w8ijx1qzlbp3i3kuse10--op-s3";
const EXPRESS: &str = "bucket--use1-az4--x-s3";

/// A client with boto3's defaults in a region.
fn settings(region: &str) -> EndpointSettings {
    let switch = |name: &str, value: bool| (name.to_owned(), Value::Bool(value));
    EndpointSettings {
        builtins: vec![
            ("Region".to_owned(), Value::from(region.to_owned())),
            switch("UseFIPS", false),
            switch("UseDualStack", false),
            switch("UseGlobalEndpoint", region == "us-east-1"),
            switch("Accelerate", false),
            switch("ForcePathStyle", false),
            switch("UseArnRegion", true),
            switch("DisableMultiRegionAccessPoints", false),
        ],
        use_global_endpoint: partition_is_aws(region),
        use_ssl: true,
        ..EndpointSettings::default()
    }
}

fn partition_is_aws(region: &str) -> bool {
    rules::partition_of(region).name == "aws"
}

fn with(region: &str, name: &str, value: impl Into<Value<'static>>) -> EndpointSettings {
    let mut settings = settings(region);
    settings.builtins.retain(|(known, _)| known != name);
    settings.builtins.push((name.to_owned(), value.into()));
    settings
}

fn resolve(
    settings: impl Borrow<EndpointSettings>,
    method: &str,
    bucket: Option<&str>,
) -> Result<Arc<Endpoint>, Error> {
    let operation = Operation::by_method_name(method).unwrap();
    settings.borrow().resolve(operation, bucket)
}

fn url(settings: impl Borrow<EndpointSettings>, method: &str, bucket: Option<&str>) -> String {
    let endpoint = resolve(settings, method, bucket).unwrap();
    format!("{}://{}{}", endpoint.scheme, endpoint.authority, endpoint.path)
}

fn refusal(settings: impl Borrow<EndpointSettings>, method: &str, bucket: &str) -> Error {
    resolve(settings, method, Some(bucket)).unwrap_err()
}

#[test]
fn a_presigned_url_goes_to_the_global_host_unless_its_bucket_cannot() {
    let cases = [
        (
            "eu-central-1",
            "get_object",
            Some("mybucket"),
            "https://mybucket.s3.amazonaws.com",
        ),
        (
            "eu-central-1",
            "get_object",
            Some("my.bucket"),
            "https://s3.eu-central-1.amazonaws.com/my.bucket",
        ),
        (
            "eu-central-1",
            "get_object",
            Some("My-Bucket"),
            "https://s3.amazonaws.com/My-Bucket",
        ),
        (
            "eu-central-1",
            "get_object",
            Some("short--op-s3"),
            "https://short--op-s3.s3.amazonaws.com",
        ),
        (
            "eu-central-1",
            "get_bucket_location",
            Some("mybucket"),
            "https://s3.eu-central-1.amazonaws.com/mybucket",
        ),
        ("eu-central-1", "list_buckets", None, "https://s3.amazonaws.com"),
        (
            "cn-north-1",
            "get_object",
            Some("mybucket"),
            "https://mybucket.s3.cn-north-1.amazonaws.com.cn",
        ),
    ];
    for (region, method, bucket, expected) in cases {
        assert_eq!(url(settings(region), method, bucket), expected);
    }
}

#[test]
fn what_has_no_global_host_keeps_to_the_clients_region() {
    let region = || settings("eu-central-1");
    assert_eq!(
        url(region(), "list_directory_buckets", None),
        "https://s3express-control.eu-central-1.amazonaws.com"
    );
    assert_eq!(
        url(region(), "write_get_object_response", None),
        "https://s3-object-lambda.eu-central-1.amazonaws.com"
    );
    assert_eq!(
        url(region(), "get_object", Some(OUTPOSTS_ALIAS)),
        format!("https://{OUTPOSTS_ALIAS}.op-0b1d075431d83bebd.s3-outposts.eu-central-1.amazonaws.com")
    );
    assert_eq!(
        url(with("eu-central-1", "UseFIPS", true), "get_object", Some("mybucket")),
        "https://mybucket.s3-fips.eu-central-1.amazonaws.com"
    );
}

#[test]
fn fips_in_us_east_1_is_global_under_its_old_name_too() {
    for region in ["us-east-1", "s3-external-1"] {
        let settings = with(region, "UseFIPS", true);
        assert_eq!(
            url(settings, "get_object", Some("mybucket")),
            "https://mybucket.s3-fips.us-east-1.amazonaws.com"
        );
    }
}

#[test]
fn no_ssl_means_http_for_the_hosts_of_aws_only() {
    let plain = EndpointSettings {
        use_ssl: false,
        ..settings("eu-central-1")
    };
    assert_eq!(
        url(plain, "get_object", Some("mybucket")),
        "http://mybucket.s3.amazonaws.com"
    );
    let custom = EndpointSettings {
        use_ssl: false,
        use_global_endpoint: false,
        ..with("eu-central-1", "Endpoint", "https://localhost:9000")
    };
    assert_eq!(url(custom, "get_object", Some("my_b")), "https://localhost:9000/my_b");
}

#[test]
fn only_an_arn_brings_a_region_to_sign_with() {
    let endpoint = resolve(settings("eu-central-1"), "get_object", Some(ACCESS_POINT)).unwrap();
    assert_eq!(
        endpoint.authority,
        "myap-123456789012.s3-accesspoint.us-west-2.amazonaws.com"
    );
    assert_eq!(endpoint.signing_region.as_deref(), Some("us-west-2"));
    let endpoint = resolve(settings("eu-central-1"), "get_object", Some("mybucket")).unwrap();
    assert_eq!(endpoint.signing_name.as_deref(), Some("s3"));
    assert_eq!(endpoint.signing_region, None);
}

#[test]
fn the_scheme_is_the_endpoints_first_or_the_one_that_was_asked_for() {
    let version = |name: &str| Requested::Version(name.to_owned());
    let v4 = Some(AuthScheme::V4);
    let cases = [
        (Requested::Default, "get_object", "mybucket", v4, Some("s3")),
        (
            Requested::Default,
            "get_object",
            EXPRESS,
            Some(AuthScheme::S3ExpressSession),
            Some("s3express"),
        ),
        (Requested::Default, "copy_object", EXPRESS, v4, Some("s3express")),
        (Requested::Preference, "get_object", "mybucket", v4, Some("s3")),
        (
            version("s3v4"),
            "get_object",
            "mybucket",
            Some(AuthScheme::Requested),
            Some("s3"),
        ),
        (
            version("v4-query"),
            "get_object",
            "mybucket",
            Some(AuthScheme::Requested),
            Some("s3"),
        ),
        (version("s3v4"), "get_object", EXPRESS, None, None),
        (version("s3v4"), "get_object", MULTI_REGION, None, None),
        (version("s3"), "get_object", "mybucket", None, None),
        (
            Requested::Unsigned,
            "get_object",
            "mybucket",
            Some(AuthScheme::Unsigned),
            None,
        ),
    ];
    for (signature, method, bucket, auth, name) in cases {
        let asked = format!("{signature:?} {bucket}");
        let settings = EndpointSettings {
            signature,
            ..settings("us-east-1")
        };
        let endpoint = resolve(settings, method, Some(bucket)).unwrap();
        assert_eq!(endpoint.auth, auth, "{asked}");
        assert_eq!(endpoint.signing_name.as_deref(), name, "{asked}");
    }
}

#[test]
fn a_scheme_that_cannot_be_signed_is_an_error_that_says_what_to_do() {
    let settings = EndpointSettings {
        signature: Requested::Preference,
        ..settings("us-east-1")
    };
    assert_eq!(
        refusal(settings, "get_object", EXPRESS).to_string(),
        "Signature version(s) are not supported: sigv4-s3express"
    );
}

// As boto3 with its optional C runtime.
#[test]
fn regions_of_a_sigv4a_signature_are_those_of_the_rules() {
    let version = |name: &str| Requested::Version(name.to_owned());
    let outpost = "arn:aws:s3-outposts:us-west-2:123456789012:outpost:op-01234567890123456:\
                   accesspoint:myap";
    for (signature, bucket, auth, regions) in [
        (Requested::Default, MULTI_REGION, AuthScheme::V4a, Some("*")),
        (Requested::Preference, MULTI_REGION, AuthScheme::V4a, Some("*")),
        (version("v4a"), MULTI_REGION, AuthScheme::Requested, Some("*")),
        (version("s3v4a"), MULTI_REGION, AuthScheme::Requested, Some("*")),
        (version("v4a"), outpost, AuthScheme::Requested, Some("*")),
        (version("v4a"), OUTPOSTS_ALIAS, AuthScheme::Requested, Some("*")),
        (version("s3v4a"), OUTPOSTS_ALIAS, AuthScheme::Requested, None),
        // Plain SigV4 does, and boto3 alone has no other.
        (Requested::Default, outpost, AuthScheme::V4, Some("us-west-2")),
    ] {
        let asked = format!("{signature:?} {bucket}");
        let settings = EndpointSettings {
            signature,
            ..settings("eu-central-1")
        };
        let endpoint = resolve(settings, "get_object", Some(bucket)).unwrap();
        assert_eq!(endpoint.auth, Some(auth), "{asked}");
        assert_eq!(endpoint.signing_region.as_deref(), regions, "{asked}");
    }
}

#[test]
fn each_refusal_of_the_rules_becomes_the_error_that_botocore_makes_of_it() {
    let region = || settings("eu-central-1");
    let label = refusal(
        region(),
        "get_object",
        "arn:aws:s3:us-we$t-2:123456789012:accesspoint:myap",
    );
    assert!(matches!(label, Error::InvalidHostLabel(label) if label == "us-we$t-2"));
    let arn = "arn:aws:s3-outposts:us-west-2:123456789012:outpost:op-1:accesspoint:a:b";
    assert_eq!(
        refusal(region(), "get_object", arn).to_string(),
        "Parameter validation failed:\nInvalid Arn: Outpost Access Point ARN contains sub resources"
    );
    let strict = with("eu-central-1", "UseArnRegion", false);
    assert_eq!(
        refusal(strict, "get_object", ACCESS_POINT).to_string(),
        "Unsupported configuration when using S3 access-points: Invalid configuration: \
         region from ARN `us-west-2` does not match client region `eu-central-1` \
         and UseArnRegion is `false`"
    );
    assert!(matches!(
        refusal(region(), "create_bucket", ACCESS_POINT),
        Error::EndpointResolution(message) if message == "Access points are not supported for this operation"
    ));
    let mut fast = with("eu-central-1", "UseFIPS", true);
    fast.client_context.push(("Accelerate".to_owned(), Value::Bool(true)));
    assert_eq!(
        refusal(fast, "get_object", "mybucket").to_string(),
        "Unsupported configuration when using S3: Accelerate cannot be used with FIPS"
    );
    assert!(matches!(
        refusal(with("eu-central-1", "UseFIPS", "true"), "get_object", "mybucket"),
        Error::EndpointResolution(message)
            if message == "Value (UseFIPS) is the wrong type. Must be <class 'bool'>."
    ));
}

#[test]
fn a_host_prefix_goes_before_the_user_but_into_the_signed_host_only_without_one() {
    let endpoint = |url| {
        let prefixed = Endpoint::new(url, None, None, None).unwrap();
        let prefixed = prefixed.with_host_prefix("Route.").unwrap();
        (prefixed.authority, prefixed.host_header)
    };
    let owned = |authority: &str, host: &str| (authority.to_owned(), host.to_owned());
    assert_eq!(endpoint("https://h:80/p"), owned("Route.h:80", "route.h:80"));
    assert_eq!(endpoint("https://u:p@h"), owned("Route.u:p@h", "h"));
}

#[test]
fn the_accelerated_host_is_known_with_and_without_dualstack() {
    let cases = [
        ("https://s3-accelerate.amazonaws.com", true),
        ("http://s3-accelerate.dualstack.amazonaws.com/p", true),
        ("https://s3-accelerate.dualstack.dualstack.amazonaws.com", false),
        ("https://s3-accelerate.eu.amazonaws.com", false),
        ("https://S3-accelerate.amazonaws.com", false),
        ("https://b.s3-accelerate.amazonaws.com", false),
        ("ftp://s3-accelerate.amazonaws.com", false),
        ("https://s3-accelerate.amazonaws.com:443", false),
        ("https://s3-accelerate.amazonaws.com.cn", false),
    ];
    for (url, expected) in cases {
        assert_eq!(is_s3_accelerate_url(url).unwrap(), expected, "{url}");
    }
}
