//! Turns a bucket, a key and conditions into the fields of a form that uploads to S3.
//!
//! The policy says what the form may hold and until when; base64 of its JSON is what is signed.
//!
//! [AWS: browser-based uploads using POST](https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-UsingHTTPPOST.html)

use super::json;
use crate::clock::Timestamp;
use crate::credentials::{Credentials, Secret};
use crate::error::Error;
use crate::hash;
use crate::model::{Input, Kind};
use crate::sigv2;
use crate::sigv4::{ALGORITHM, ScopedKey};

/// What a POST policy is made of.
#[derive(Clone, Copy)]
pub struct Policy<'a> {
    /// The bucket as the caller wrote it.
    pub bucket: &'a dyn Input,
    /// The key, which may end in `${filename}`.
    pub key: &'a dyn Input,
    /// The caller's own conditions, a list.
    pub conditions: Option<&'a dyn Input>,
    /// When the form expires.
    pub expiration: Timestamp,
}

/// Who signs a policy.
#[derive(Clone, Copy, Debug)]
pub enum Signer<'a> {
    /// By Signature Version 4.
    V4(&'a ScopedKey),
    /// By Signature Version 2.
    V2(&'a Credentials),
}

/// A name and a value of the form.
pub type Field = (&'static str, String);

/// Stands for the name of the file that the browser sends.
const FILENAME: &str = "${filename}";

/// Refuses a key that is no text, and conditions that are no list.
///
/// boto3 does so once it has the endpoint, and before it looks at the expiry.
///
/// # Errors
/// [`Error::ParamValidation`] that shows the value.
pub fn check(key: &dyn Input, conditions: Option<&dyn Input>) -> Result<(), Error> {
    if key.kind() != Kind::Text {
        return Err(invalid_type("Key", key, "<class 'str'>")?);
    }
    match conditions {
        // boto3 appends to a copy of the conditions, which a tuple does not let it.
        Some(tuple) if tuple.type_name() == "<class 'tuple'>" => {
            Err(invalid_type("Conditions", tuple, "<class 'list'>")?)
        }
        Some(other) if other.kind() != Kind::List => {
            Err(invalid_type("Conditions", other, "<class 'list'>")?)
        }
        _ => Ok(()),
    }
}

fn invalid_type(name: &str, value: &dyn Input, valid: &str) -> Result<Error, Error> {
    Ok(Error::ParamValidation(format!(
        "Invalid type for parameter {name}, value: {}, type: {}, valid types: {valid}",
        value.shown()?,
        value.type_name()
    )))
}

/// The fields that the signed form has after the caller's own and `key`, in their order.
///
/// # Errors
/// As [`check`] and [`json::append`].
pub fn fields(policy: &Policy<'_>, signer: Signer<'_>) -> Result<Vec<Field>, Error> {
    let mut fields = match signer {
        Signer::V4(key) => vec![
            ("x-amz-algorithm", ALGORITHM.to_owned()),
            ("x-amz-credential", key.credential().to_owned()),
            ("x-amz-date", key.amz_date().to_owned()),
        ],
        Signer::V2(_) => Vec::with_capacity(4),
    };
    let credentials = match signer {
        Signer::V4(key) => key.credentials(),
        Signer::V2(credentials) => credentials,
    };
    // Unlike in a SigV2 URL, an empty token counts here.
    if let Some(token) = credentials.token.as_ref().map(Secret::expose) {
        fields.push(("x-amz-security-token", token.to_owned()));
    }

    let text = hash::base64(policy_text(policy, &fields)?.as_bytes());
    let (name, signature) = match signer {
        Signer::V4(key) => {
            let mut signature = String::with_capacity(64);
            hash::append_hex(&mut signature, &key.sign(&text));
            ("x-amz-signature", signature)
        }
        Signer::V2(credentials) => {
            // The one field of SigV2 that is no condition, and comes first.
            fields.insert(0, ("AWSAccessKeyId", credentials.access_key.clone()));
            ("signature", sigv2::sign(&text, credentials))
        }
    };
    fields.push(("policy", text));
    fields.push((name, signature));
    Ok(fields)
}

/// The policy as JSON: the caller's conditions, the bucket, the key and `signed` fields.
fn policy_text(policy: &Policy<'_>, signed: &[Field]) -> Result<String, Error> {
    check(policy.key, policy.conditions)?;
    let mut out = String::with_capacity(512);
    out.push_str("{\"expiration\": \"");
    policy.expiration.append_iso8601(&mut out);
    out.push_str("\", \"conditions\": [");
    if let Some(conditions) = policy.conditions {
        conditions.each_item(&mut |condition| {
            json::append(&mut out, condition)?;
            out.push_str(", ");
            Ok(())
        })?;
    }
    out.push_str("{\"bucket\": ");
    json::append(&mut out, policy.bucket)?;
    out.push_str("}, ");
    let key: Vec<u32> = match policy.key.text() {
        Ok(text) => text.chars().map(u32::from).collect(),
        // Lone surrogates, which JSON can escape.
        Err(_) => policy.key.code_points()?,
    };
    append_key_condition(&mut out, &key);
    for (name, value) in signed {
        out.push_str(", {");
        json::append_text(&mut out, name);
        out.push_str(": ");
        json::append_text(&mut out, value);
        out.push('}');
    }
    out.push_str("]}");
    Ok(out)
}

/// Appends the condition on the key: equal to it, or starting with it if the browser's file
/// name follows.
fn append_key_condition(out: &mut String, key: &[u32]) {
    let prefix_length = key.len().wrapping_sub(FILENAME.len());
    let suffix = key.get(prefix_length..);
    if suffix.is_some_and(|suffix| suffix.iter().copied().eq(FILENAME.chars().map(u32::from))) {
        out.push_str("[\"starts-with\", \"$key\", ");
        json::append_code_points(out, key[..prefix_length].iter().copied());
        out.push(']');
    } else {
        out.push_str("{\"key\": ");
        json::append_code_points(out, key.iter().copied());
        out.push('}');
    }
}
