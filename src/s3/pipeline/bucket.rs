//! Decides whether a string can name a bucket, before the endpoint rules see it.
//!
//! boto3 accepts a plain name of up to 255 letters, digits, dots, hyphens and underscores, or one
//! of two ARN forms, and quotes its patterns when it refuses.

use crate::encode;
use crate::error::Error;

const NAME_PATTERN: &str = r"^[a-zA-Z0-9.\-_]{1,255}$";
const ARN_PATTERN: &str = r"^arn:(aws).*:(s3|s3-object-lambda):[a-z\-0-9]*:[0-9]{12}:accesspoint[/:][a-zA-Z0-9\-.]{1,63}$|^arn:(aws).*:s3-outposts:[a-z\-0-9]+:[0-9]{12}:outpost[/:][a-zA-Z0-9\-]{1,63}[/:]accesspoint[/:][a-zA-Z0-9\-]{1,63}$";

/// Whether a string can name a bucket.
///
/// boto3's patterns let one trailing newline pass, which would then vanish from the host name or
/// end up in it; here it is refused.
pub(crate) fn is_name(bucket: &str) -> bool {
    is_plain_name(bucket) || is_access_point_arn(bucket)
}

/// boto3's refusal of a string that cannot, which quotes both its patterns.
pub(crate) fn refusal(shown: &str) -> Error {
    Error::ParamValidation(format!(
        "Invalid bucket name \"{shown}\": Bucket name must match the regex \"{NAME_PATTERN}\" \
         or be an ARN matching the regex \"{ARN_PATTERN}\""
    ))
}

fn is_plain_name(bucket: &str) -> bool {
    // `~` is the one character that a percent-encoded name keeps and a bucket does not have.
    (1..=255).contains(&bucket.len()) && encode::keeps_label(bucket) && !bucket.as_bytes().contains(&b'~')
}

/// Whether this is the ARN of an access point, an object-lambda access point or an Outposts
/// access point, as boto3's pattern has it.
///
/// Read from the right, since the partition may hold anything, colons included.
pub(crate) fn is_access_point_arn(string: &str) -> bool {
    if !string.starts_with("arn:aws") || string.contains('\n') {
        return false;
    }
    let is_label =
        |label: &str| (1..=63).contains(&label.len()) && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let Some((head, name)) = string.rsplit_once(['/', ':']) else {
        return false;
    };
    let Some((head, kind)) = head.rsplit_once([':', '/']) else {
        return false;
    };
    if kind != "accesspoint" {
        return false;
    }
    let dotless: String = name.chars().filter(|&c| c != '.').collect();
    let is_access_point_name = (1..=63).contains(&name.len()) && (dotless.is_empty() || is_label(&dotless));
    // `accesspoint` itself must follow a colon, unless an outpost stands in front of it.
    if string.as_bytes()[head.len()] == b':'
        && is_access_point_name
        && ends_in_service(head, &["s3", "s3-object-lambda"], true)
    {
        return true;
    }
    let Some((head, outpost)) = head.rsplit_once(['/', ':']) else {
        return false;
    };
    let Some((head, "outpost")) = head.rsplit_once(':') else {
        return false;
    };
    is_label(name) && is_label(outpost) && ends_in_service(head, &["s3-outposts"], false)
}

/// Whether `head` reads `arn:aws…:SERVICE:REGION:ACCOUNT`.
fn ends_in_service(head: &str, services: &[&str], may_lack_region: bool) -> bool {
    let mut parts = head.rsplitn(4, ':');
    let (Some(account), Some(region), Some(service), Some(partition)) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    account.len() == 12
        && account.bytes().all(|b| b.is_ascii_digit())
        && (may_lack_region || !region.is_empty())
        && region
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && services.contains(&service)
        && partition.starts_with("arn:aws")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_names_of_every_legal_character_pass() {
        for name in ["b", "My-Bucket_1.x", &"a".repeat(255)] {
            assert!(is_name(name), "{name}");
        }
    }

    #[test]
    fn empty_long_spaced_and_newline_names_are_refused() {
        for name in ["", "a b", "bücket", "b\n", "b/k", &"a".repeat(256)] {
            assert!(!is_name(name), "{name:?}");
        }
    }

    // Checked one by one against the two patterns that botocore compiles.
    #[test]
    fn arns_pass_exactly_where_botocores_patterns_match() {
        for arn in [
            "arn:aws:s3:us-west-2:123456789012:accesspoint/myap",
            "arn:aws:s3:us-west-2:123456789012:accesspoint:myap",
            "arn:aws-cn:s3:cn-north-1:123456789012:accesspoint/myap",
            "arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap",
            "arn:aws:s3-object-lambda:us-east-1:123456789012:accesspoint/a",
            "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01234567890123456/accesspoint/myap",
            "arn:aws:s3-outposts:us-west-2:123456789012:outpost:op-1:accesspoint:myap",
            "arn:awsx:y:z:s3:us-west-2:123456789012:accesspoint/myap",
        ] {
            assert!(is_access_point_arn(arn), "{arn}");
        }
        for arn in [
            "arn:aws:s3:::bucket",
            "arn:aws:s3:us-west-2:12345678901:accesspoint/myap",
            "arn:aws:s3:us-west-2:123456789012:accesspoint/my_ap",
            "arn:aws:s3:us-west-2:123456789012:accesspoint/my/ap",
            "arn:aws:s3:us-west-2:123456789012:accesspoint/",
            "arn:aws:sqs:us-west-2:123456789012:accesspoint/myap",
            "arn:aws:s3:us-west-2:123456789012/accesspoint/myap",
            "arn:aws:s3-outposts::123456789012:outpost/op-1/accesspoint/myap",
            "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op.1/accesspoint/myap",
            "arn:aws:s3-outposts:us-west-2:123456789012/outpost/op-1/accesspoint/myap",
            "arn:AWS:s3:us-west-2:123456789012:accesspoint/myap",
            "arn:a",
        ] {
            assert!(!is_access_point_arn(arn), "{arn}");
        }
    }
}
