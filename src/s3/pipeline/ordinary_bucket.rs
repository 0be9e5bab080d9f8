//! Tells the buckets that differ in nothing but their names.
//!
//! Requests for two of them are the same except for the name, so what was learnt from one serves all.

/// Whether the endpoint rules treat this name as they treat every other ordinary name: they put it, as it
/// is, into the host or into the path.
///
/// A dot or an upper-case letter asks for path style. Two hyphens begin the suffixes of directory buckets
/// and access points. ARNs have colons.
pub(in crate::s3) fn is_ordinary_bucket(bucket: &str) -> bool {
    // As if a hyphen were in front: none may follow it.
    let mut last = b'-';
    for &byte in bucket.as_bytes() {
        let is_hyphen = byte == b'-' && last != b'-';
        if !(byte.is_ascii_lowercase() || byte.is_ascii_digit() || is_hyphen) {
            return false;
        }
        last = byte;
    }
    last != b'-' && (3..=63).contains(&bucket.len())
}

/// Whether the core gives the host that boto3 gives for any bucket of this form.
#[must_use]
pub fn goes_where_it_says(bucket: &str) -> bool {
    !bucket.ends_with("-s3") && !bucket.starts_with("arn:")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Operation;
    use crate::rules::Value;
    use crate::s3::pipeline::endpoint::{EndpointSettings, ResolveEndpoint};

    fn settings(region: &str, switches: u8, endpoint: Option<&str>) -> EndpointSettings {
        let mut builtins = vec![("Region".to_owned(), Value::from(region.to_owned()))];
        let names = ["UseFIPS", "UseDualStack", "Accelerate", "ForcePathStyle"];
        for (at, name) in names.into_iter().enumerate() {
            builtins.push((name.to_owned(), Value::Bool(switches >> at & 1 == 1)));
        }
        builtins.extend(endpoint.map(|url| ("Endpoint".to_owned(), Value::from(url.to_owned()))));
        EndpointSettings {
            builtins,
            use_global_endpoint: true,
            use_ssl: true,
            ..EndpointSettings::default()
        }
    }

    /// Names near the limits of what is ordinary, and near the suffixes and prefixes that the rules look for.
    const ORDINARY: [&str; 14] = [
        "abc",
        "a-b",
        "123",
        "127-0-0-1",
        "arn",
        "xn-bucket",
        "bucket-x-s3",
        "bucket-xa-s3",
        "bucket-s3alias",
        "test-accessp-o0b1d075431d83bebde8xz5w8ijx1qzlbp3i3kuse10-op-s3",
        "test-accessp-e0b1d075431d83bebde8xz5w8ijx1qzlbp3i3kuse1-op-s3",
        "bucket-use1-az4-x-s3",
        "aws-global",
        "bucket-of-63-bytes-bucket-of-63-bytes-bucket-of-63-bytes-bucket",
    ];

    #[test]
    fn the_rules_put_each_ordinary_bucket_where_they_put_every_other() {
        let mut every = Vec::new();
        for region in [
            "us-east-1",
            "eu-central-1",
            "cn-north-1",
            "us-gov-west-1",
            "aws-global",
            "us-iso-east-1",
        ] {
            for switches in 0..16 {
                for endpoint in [
                    None,
                    Some("http://127.0.0.1:9000"),
                    Some("https://files.example/base"),
                    Some("http://s3"),
                ] {
                    every.push(settings(region, switches, endpoint));
                }
            }
        }
        let operations = [
            "get_object",
            "create_bucket",
            "get_bucket_location",
            "list_buckets",
            "write_get_object_response",
        ];
        for settings in &every {
            for operation in operations {
                let answer =
                    |bucket| match settings.resolve(Operation::by_method_name(operation).unwrap(), Some(bucket)) {
                        Ok(endpoint) => format!("{endpoint:?}"),
                        Err(error) => format!("{error:?}"),
                    };
                let expected = answer("another");
                for bucket in ORDINARY {
                    assert!(is_ordinary_bucket(bucket), "{bucket}");
                    let replaced = expected.replace("another", bucket);
                    assert_eq!(answer(bucket), replaced, "{operation} {settings:?}");
                }
            }
        }
    }

    #[test]
    fn names_that_the_rules_look_at_are_not_ordinary() {
        for bucket in [
            "",
            "ab",
            "-ab",
            "ab-",
            "a.b",
            "Abc",
            "a_b",
            "a--b",
            "xn--bucket",
            "a b",
            "é-é",
            "abc\n",
            "arn:aws:s3:us-west-2:123456789012:accesspoint:myap",
            "arn:aws:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap",
            "test-accessp-o0b1d075431d83bebde8xz5w8ijx1qzlbp3i3kuse10--op-s3",
            "bucket--use1-az4--x-s3",
            &"a".repeat(64),
        ] {
            assert!(!is_ordinary_bucket(bucket), "{bucket}");
        }
    }
}
