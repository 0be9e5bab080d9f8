//! Turns a bucket, a key and conditions into the fields of a form that uploads to S3.
//!
//! The policy says what the form may hold and until when; base64 of its JSON is what is signed.
//!
//! [AWS: browser-based uploads using POST](https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-UsingHTTPPOST.html)

use std::ops::Deref;

use smallvec::SmallVec;

use super::json;
use crate::clock::Timestamp;
use crate::credentials::{Credentials, Secret};
use crate::error::Error;
use crate::hash;
use crate::model::{Input, Kind};
use crate::scratch::Scratch;
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
pub type Field<'s> = (&'static str, Value<'s>);

/// The fields of one form.
pub type Fields<'s> = SmallVec<[Field<'s>; 7]>;

/// The value of a field: the signer's, or made for this form.
#[derive(Debug)]
pub enum Value<'s> {
    /// A text of the signer's.
    Lent(&'s str),
    /// The policy or the signature.
    Made(Scratch),
}

impl Deref for Value<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Lent(text) => text,
            Self::Made(text) => text,
        }
    }
}

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
pub fn fields<'s>(policy: &Policy<'_>, signer: Signer<'s>) -> Result<Fields<'s>, Error> {
    let mut fields = Fields::new();
    let credentials = match signer {
        Signer::V4(key) => {
            fields.push(("x-amz-algorithm", Value::Lent(ALGORITHM)));
            fields.push(("x-amz-credential", Value::Lent(key.credential())));
            fields.push(("x-amz-date", Value::Lent(key.amz_date())));
            key.credentials()
        }
        Signer::V2(credentials) => credentials,
    };
    // Unlike in a SigV2 URL, an empty token counts here.
    if let Some(token) = credentials.token.as_ref().map(Secret::expose) {
        fields.push(("x-amz-security-token", Value::Lent(token)));
    }

    let mut text = Scratch::new();
    append_policy(&mut text, policy, &fields)?;
    let mut encoded = Scratch::new();
    hash::append_base64(&mut encoded, text.as_bytes());
    let mut signature = Scratch::new();
    let name = match signer {
        Signer::V4(key) => {
            hash::append_hex(&mut signature, &key.sign(&encoded));
            "x-amz-signature"
        }
        Signer::V2(credentials) => {
            // The one field of SigV2 that is no condition, and comes first.
            fields.insert(0, ("AWSAccessKeyId", Value::Lent(&credentials.access_key)));
            signature.push_str(&sigv2::sign(&encoded, credentials));
            "signature"
        }
    };
    fields.push(("policy", Value::Made(encoded)));
    fields.push((name, Value::Made(signature)));
    Ok(fields)
}

/// Appends the policy as JSON: the caller's conditions, the bucket, the key and `signed` fields.
fn append_policy(out: &mut String, policy: &Policy<'_>, signed: &[Field<'_>]) -> Result<(), Error> {
    check(policy.key, policy.conditions)?;
    out.push_str("{\"expiration\": \"");
    policy.expiration.append_iso8601(out);
    out.push_str("\", \"conditions\": [");
    if let Some(conditions) = policy.conditions {
        conditions.each_item(&mut |condition| {
            json::append(out, condition)?;
            out.push_str(", ");
            Ok(())
        })?;
    }
    out.push_str("{\"bucket\": ");
    json::append(out, policy.bucket)?;
    out.push_str("}, ");
    append_key_condition(out, policy.key)?;
    for (name, value) in signed {
        out.push_str(", {");
        json::append_text(out, name);
        out.push_str(": ");
        json::append_text(out, value);
        out.push('}');
    }
    out.push_str("]}");
    Ok(())
}

/// Appends the condition on the key: equal to it, or starting with it if the browser's file
/// name follows.
fn append_key_condition(out: &mut String, key: &dyn Input) -> Result<(), Error> {
    let text = key.text();
    let prefix = text
        .as_ref()
        .ok()
        .and_then(|text| text.strip_suffix(FILENAME));
    if let Some(prefix) = prefix {
        out.push_str(STARTS_WITH);
        json::append_text(out, prefix);
        out.push(']');
        return Ok(());
    }
    if text.is_err() {
        // Lone surrogates, which JSON can escape.
        let points = key.code_points()?;
        let (prefix, end) = points.split_at(points.len().saturating_sub(FILENAME.len()));
        if end.iter().copied().eq(FILENAME.chars().map(u32::from)) {
            out.push_str(STARTS_WITH);
            json::append_code_points(out, prefix.iter().copied());
            out.push(']');
            return Ok(());
        }
    }
    out.push_str("{\"key\": ");
    json::append(out, key)?;
    out.push('}');
    Ok(())
}

const STARTS_WITH: &str = "[\"starts-with\", \"$key\", ";
