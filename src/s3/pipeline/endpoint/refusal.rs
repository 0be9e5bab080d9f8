//! Turns what the rules refuse into the error that botocore makes of it.

use crate::error::Error;

/// Like botocore, this recognises the rules' refusals by their strings.
pub(super) fn translate(refusal: Error) -> Error {
    let Error::EndpointResolution(message) = refusal else {
        return refusal;
    };
    if message.starts_with("Invalid region in ARN: ") {
        let label = message.split('`').nth(1).unwrap_or(&message);
        return Error::InvalidHostLabel(label.to_owned());
    }
    if matches!(
        message.as_str(),
        "S3 Object Lambda does not support S3 Accelerate" | "Accelerate cannot be used with FIPS"
    ) {
        return Error::UnsupportedS3Configuration(message);
    }
    let is_about_access_points = [
        "S3 Outposts does not support",
        "S3 MRAP does not support",
        "S3 Object Lambda does not support",
        "Access Points do not support",
        "Invalid configuration:",
        "Client was configured for partition",
    ]
    .iter()
    .any(|start| message.starts_with(start));
    if is_about_access_points {
        return Error::UnsupportedS3AccesspointConfiguration(message);
    }
    // Some rules write `Invalid Arn:`.
    if message
        .get(..12)
        .is_some_and(|start| start.eq_ignore_ascii_case("invalid arn:"))
    {
        return Error::ParamValidation(message);
    }
    Error::EndpointResolution(message)
}
