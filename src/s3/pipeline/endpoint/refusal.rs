//! Turns what the rules refuse into the error that botocore makes of it.

use crate::error::Error;

/// Like botocore, this recognises the rules' refusals by their strings.
pub(super) fn translate(refusal: Error) -> Error {
    let Error::EndpointResolution(text) = refusal else {
        return refusal;
    };
    if text.starts_with("Invalid region in ARN: ") {
        let label = text.split('`').nth(1).unwrap_or(&text);
        return Error::InvalidHostLabel(label.to_owned());
    }
    if matches!(
        text.as_str(),
        "S3 Object Lambda does not support S3 Accelerate" | "Accelerate cannot be used with FIPS"
    ) {
        return Error::UnsupportedS3Configuration(text);
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
    .any(|start| text.starts_with(start));
    if is_about_access_points {
        return Error::UnsupportedS3AccesspointConfiguration(text);
    }
    // Some rules write `Invalid Arn:`.
    if text
        .get(..12)
        .is_some_and(|start| start.eq_ignore_ascii_case("invalid arn:"))
    {
        return Error::ParamValidation(text);
    }
    Error::EndpointResolution(text)
}
