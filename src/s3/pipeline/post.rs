//! Turns a bucket, a key and conditions into the fields of a form that uploads to S3.
//!
//! The policy says what the form may contain and until when. The base64 of its JSON is signed.
//!
//! [AWS: browser-based uploads using POST](https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-UsingHTTPPOST.html)

use std::sync::Arc;

use smallvec::SmallVec;
use zeroize::Zeroizing;

use super::json;
use crate::clock::Timestamp;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::hash;
use crate::model::{Input, Kind, wrong_type};
use crate::scratch::Scratch;
use crate::sigv2::HashedKey;
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
    /// The same, with the credentials of an S3 Express session.
    Session(&'a ScopedKey),
    /// By Signature Version 2.
    V2(&'a HashedKey),
}

/// The key that signs a policy.
#[derive(Clone, Debug)]
pub enum FormKey {
    /// By Signature Version 4.
    V4(Arc<ScopedKey>),
    /// The same, with the credentials of an S3 Express session.
    Session(Arc<ScopedKey>),
    /// By Signature Version 2.
    V2(Arc<HashedKey>),
}

/// A name of the form and its value, in UTF-8.
pub type Field<'a> = (&'static str, &'a [u8]);

/// Room for the base64 of most policies.
const USUAL_LENGTH: usize = 1024;

/// The most fields that a signature adds.
const MOST_FIELDS: usize = 6;

/// Stands for the name of the file that the browser sends.
const FILENAME: &str = "${filename}";

/// Refuses a key that is not a string, and conditions that are not a list.
///
/// boto3 does so once it has the endpoint, and before it looks at the expiry.
///
/// # Errors
/// [`Error::ParamValidation`] that shows the value.
pub fn check(key: &dyn Input, conditions: Option<&dyn Input>) -> Result<(), Error> {
    if key.native_kind() != Kind::String {
        return Err(wrong_type("Key", key, "<class 'str'>"));
    }
    match conditions {
        // boto3 appends to a copy of the conditions, which fails for a tuple.
        Some(other) if other.kind() != Kind::List || other.is_tuple() => {
            Err(wrong_type("Conditions", other, "<class 'list'>"))
        }
        _ => Ok(()),
    }
}

impl FormKey {
    /// The same, borrowed.
    #[must_use]
    #[inline]
    pub fn signer(&self) -> Signer<'_> {
        match self {
            Self::V4(key) => Signer::V4(key),
            Self::Session(key) => Signer::Session(key),
            Self::V2(key) => Signer::V2(key),
        }
    }

    /// The credentials that sign.
    #[must_use]
    #[inline]
    pub fn credentials(&self) -> &Arc<Credentials> {
        match self {
            Self::V4(key) | Self::Session(key) => key.credentials(),
            Self::V2(key) => key.credentials(),
        }
    }

    /// The second that it signs for; none for SigV2, which signs no second.
    #[must_use]
    #[inline]
    pub fn at(&self) -> Option<Timestamp> {
        match self {
            Self::V4(key) | Self::Session(key) => Some(key.at()),
            Self::V2(_) => None,
        }
    }

    /// Whether both are one key in memory.
    #[must_use]
    #[inline]
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::V4(key), Self::V4(other)) | (Self::Session(key), Self::Session(other)) => Arc::ptr_eq(key, other),
            (Self::V2(key), Self::V2(other)) => Arc::ptr_eq(key, other),
            _ => false,
        }
    }
}

impl<'s> Signer<'s> {
    fn credentials(self) -> &'s Credentials {
        match self {
            Self::V4(key) | Self::Session(key) => key.credentials(),
            Self::V2(key) => key.credentials(),
        }
    }

    /// The fields that say who signs, in their order; each is a condition too.
    fn fields(self) -> SmallVec<[Field<'s>; MOST_FIELDS]> {
        let mut fields = SmallVec::new();
        if let Self::V4(key) | Self::Session(key) = self {
            fields.push(("x-amz-algorithm", ALGORITHM.as_bytes()));
            fields.push(("x-amz-credential", key.credential().as_bytes()));
            fields.push(("x-amz-date", key.amz_date().as_bytes()));
        }
        // Unlike in a SigV2 URL, an empty token counts here.
        if let Some(token) = self.credentials().token.as_ref() {
            let name = match self {
                Self::V4(_) | Self::V2(_) => "x-amz-security-token",
                Self::Session(_) => "X-Amz-S3session-Token",
            };
            fields.push((name, token.expose().as_bytes()));
        }
        fields
    }

    /// The conditions that end a policy that this signs, one for each of its fields. They depend on
    /// the signer only.
    #[must_use]
    pub fn conditions(self) -> Zeroizing<String> {
        let mut out = Zeroizing::new(String::new());
        for (name, value) in self.fields() {
            out.push_str(", {");
            json::append_string(&mut out, name);
            out.push_str(": ");
            // Each value was a string.
            json::append_string(&mut out, str::from_utf8(value).unwrap_or_default());
            out.push('}');
        }
        out
    }
}

/// Calls `take` with the fields that the signed form has after the caller's own and `key`, in their
/// order; the last two are the policy and its signature. It also gets the conditions in front of
/// the one on the key, as JSON.
///
/// `own` are the signer's [conditions](Signer::conditions).
///
/// # Errors
/// As [`json::append`].
pub fn sign<T>(
    policy: &Policy<'_>,
    signer: Signer<'_>,
    own: &str,
    take: impl FnOnce(&[Field<'_>], &str) -> T,
) -> Result<T, Error> {
    let mut string = Scratch::new();
    append_opening(&mut string, policy.expiration);
    let start = string.len();
    append_conditions(&mut string, policy.conditions, policy.bucket)?;
    let end = string.len();
    append_rest(&mut string, policy.key, own)?;
    let conditions = &string[start..end];
    let take = |fields: &[Field<'_>]| take(fields, conditions);
    Ok(with_room(hash::base64_length(string.len()), |encoded| {
        hash::write_base64(encoded, string.as_bytes());
        match signer {
            Signer::V4(key) | Signer::Session(key) => signed(signer, encoded, &hash::hex(&key.sign(encoded)), take),
            Signer::V2(key) => signed(signer, encoded, &key.sign(encoded), take),
        }
    }))
}

/// Calls `take` with the fields that a signature adds.
pub(in crate::s3) fn signed<T>(
    signer: Signer<'_>,
    policy: &[u8],
    signature: &[u8],
    take: impl FnOnce(&[Field<'_>]) -> T,
) -> T {
    match signer {
        Signer::V4(_) | Signer::Session(_) => {
            let mut fields = signer.fields();
            fields.push(("policy", policy));
            fields.push(("x-amz-signature", signature));
            take(&fields)
        }
        Signer::V2(key) => {
            let mut fields = signer.fields();
            // The one field of SigV2 that is not a condition. It comes first.
            let access_key = &key.credentials().access_key;
            fields.insert(0, ("AWSAccessKeyId", access_key.as_bytes()));
            fields.push(("policy", policy));
            fields.push(("signature", signature));
            take(&fields)
        }
    }
}

/// Calls `take` with so many bytes: on the stack, unless they are many.
pub(in crate::s3) fn with_room<T>(length: usize, take: impl FnOnce(&mut [u8]) -> T) -> T {
    match [0; USUAL_LENGTH].get_mut(..length) {
        Some(room) => take(room),
        None => take(&mut vec![0; length]),
    }
}

/// Appends the start of a policy as JSON, up to its conditions.
pub(in crate::s3) fn append_opening(out: &mut String, expiration: Timestamp) {
    out.push_str("{\"expiration\": \"");
    expiration.append_iso8601(out);
    out.push_str("\", \"conditions\": [");
}

/// Appends the conditions in front of the one on the key: the caller's own and the bucket.
pub(in crate::s3) fn append_conditions(
    out: &mut String,
    conditions: Option<&dyn Input>,
    bucket: &dyn Input,
) -> Result<(), Error> {
    if let Some(conditions) = conditions {
        conditions.each_item(&mut |condition| {
            json::append(out, condition)?;
            out.push_str(", ");
            Ok(())
        })?;
    }
    out.push_str("{\"bucket\": ");
    json::append(out, bucket)?;
    out.push_str("}, ");
    Ok(())
}

/// Appends the condition on the key, the signer's own, and the end of the policy.
pub(in crate::s3) fn append_rest(out: &mut String, key: &dyn Input, own: &str) -> Result<(), Error> {
    append_key_condition(out, key)?;
    out.push_str(own);
    out.push_str("]}");
    Ok(())
}

/// Appends the condition on the key: equal to it, or starting with it if the browser's file
/// name follows.
fn append_key_condition(out: &mut String, key: &dyn Input) -> Result<(), Error> {
    let string = key.string();
    let prefix = string.as_ref().ok().and_then(|string| string.strip_suffix(FILENAME));
    if let Some(prefix) = prefix {
        out.push_str(STARTS_WITH);
        json::append_string(out, prefix);
        out.push(']');
        return Ok(());
    }
    if string.is_err() {
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
