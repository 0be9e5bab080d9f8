//! Rewrites the parameters that boto3 rewrites before it validates: copy sources, customer keys,
//! list encoding, idempotency tokens; and makes its early checks of metadata and bucket.
//!
//! boto3 writes the results into the caller's own dict. Here they are in a separate list, and the
//! caller's arguments do not change.

mod copy_source;
mod param_rewrites;

use std::ptr;

pub(super) use param_rewrites::ParamRewrites;

use super::bucket;
use super::own_string::OwnString;
use crate::error::Error;
use crate::hash;
use crate::model::{Kind, Lookup, Member, Operation, Param, operations};
use param_rewrites::{find, no_string, position, set};

/// Runs boto3's parameter handlers for `operation`, in boto3's order.
///
/// `fresh_token` makes a random UUID, for the operations whose idempotency token is missing.
///
/// # Errors
/// [`Error::ParamValidation`] for a copy source without bucket or key, for metadata that is not
/// ASCII and for a string that cannot name a bucket; the error of `fresh_token`.
pub(crate) fn apply(
    operation: &'static Operation,
    params: &[Param<'_>],
    fresh_token: &dyn Fn() -> Result<String, Error>,
    rewrites: &mut ParamRewrites,
) -> Result<(), Error> {
    if let Some(what) = rewritten(operation) {
        rewrite(operation, what, params, rewrites)?;
    }
    if let Some(at) = position(params, "Bucket") {
        check_bucket(&params[at])?;
    }
    if let Some(member) = operation.idempotency_token
        && find(params, member.name).is_none()
    {
        rewrites.set.push((member, OwnString(fresh_token()?)));
    }
    Ok(())
}

/// The names that boto3's handlers look up for an operation, roughly in their order, and how.
///
/// What is under a name counts if the mapping has the name; by [`Lookup::Get`], if it is not `None`.
pub fn lookups(operation: &'static Operation) -> impl Iterator<Item = (&'static str, Lookup)> {
    let what = rewritten(operation).unwrap_or(NOTHING);
    let (get, item, both) = (Lookup::Get, Lookup::Item, Lookup::GetAndItem);
    let token = operation.idempotency_token.map(|member| member.name);
    [
        ("Body", item, what.body),
        ("EncodingType", item, what.listing),
        ("CopySource", get, what.source),
        ("Metadata", get, what.metadata),
        ("SSECustomerKey", both, what.customer_key),
        ("SSECustomerKeyMD5", item, what.customer_key),
        ("CopySourceSSECustomerKey", both, what.source),
        ("CopySourceSSECustomerKeyMD5", item, what.source),
        ("Bucket", item, true),
        // boto3 stores these, to use them with the response to a request.
        ("Delete", item, true),
        ("Key", item, true),
        ("Prefix", item, true),
        (token.unwrap_or_default(), item, token.is_some()),
    ]
    .into_iter()
    .filter_map(|(name, how, is_asked)| is_asked.then_some((name, how)))
}

fn rewritten(operation: &'static Operation) -> Option<Rewritten> {
    let mut all = REWRITTEN.iter();
    let found = all.find(|(one, _)| ptr::eq(*one, operation));
    found.map(|(_, what)| *what)
}

/// What boto3 rewrites or checks in an operation's parameters.
#[derive(Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one of botocore's handlers, which an operation has or has not"
)]
struct Rewritten {
    source: bool,
    metadata: bool,
    customer_key: bool,
    body: bool,
    listing: bool,
}

const NOTHING: Rewritten = Rewritten {
    source: false,
    metadata: false,
    customer_key: false,
    body: false,
    listing: false,
};

const KEY: Rewritten = Rewritten {
    customer_key: true,
    ..NOTHING
};

const LISTING: Rewritten = Rewritten {
    listing: true,
    ..NOTHING
};

/// The operations with such parameters, those first that are presigned most.
static REWRITTEN: [(&Operation, Rewritten); 12] = {
    let (source, metadata, body) = (true, true, true);
    [
        (&operations::GET_OBJECT, KEY),
        (&operations::PUT_OBJECT, Rewritten { metadata, body, ..KEY }),
        (&operations::UPLOAD_PART, Rewritten { body, ..KEY }),
        (&operations::HEAD_OBJECT, KEY),
        (&operations::LIST_OBJECTS_V2, LISTING),
        (&operations::CREATE_MULTIPART_UPLOAD, Rewritten { metadata, ..KEY }),
        (&operations::COMPLETE_MULTIPART_UPLOAD, KEY),
        (
            &operations::COPY_OBJECT,
            Rewritten {
                source,
                metadata,
                ..KEY
            },
        ),
        (&operations::UPLOAD_PART_COPY, Rewritten { source, ..KEY }),
        (&operations::LIST_OBJECTS, LISTING),
        (&operations::LIST_OBJECT_VERSIONS, LISTING),
        (&operations::SELECT_OBJECT_CONTENT, KEY),
    ]
};

fn rewrite(
    operation: &'static Operation,
    what: Rewritten,
    params: &[Param<'_>],
    rewrites: &mut ParamRewrites,
) -> Result<(), Error> {
    if what.source {
        copy_source::copy_source(operation, params, rewrites)?;
    }
    if what.metadata {
        ascii_metadata(params)?;
    }
    if what.customer_key {
        let [key, md5] = ["SSECustomerKey", "SSECustomerKeyMD5"];
        customer_key(operation, params, key, md5, rewrites)?;
    }
    if what.source {
        let [key, md5] = ["CopySourceSSECustomerKey", "CopySourceSSECustomerKeyMD5"];
        customer_key(operation, params, key, md5, rewrites)?;
    }
    if what.body
        && let Some(body) = find(params, "Body")
        && body.kind() == Kind::String
    {
        // boto3 encodes a string for the body here, and raises if it cannot.
        body.encoded()?;
    }
    if what.listing && find(params, "EncodingType").is_none() {
        set(operation, "EncodingType", "url".to_owned(), rewrites);
    }
    Ok(())
}

/// Whether [`apply`] may replace this member's value, or read it.
pub(in crate::s3) fn is_special(member: &Member) -> bool {
    matches!(
        member.name,
        "Bucket" | "CopySource" | "SSECustomerKey" | "CopySourceSSECustomerKey" | "Metadata"
    )
}

/// Refuses a string that cannot name a bucket. The validation reports a value that is not a
/// string, with its type.
fn check_bucket(bucket: &Param<'_>) -> Result<(), Error> {
    if bucket.kind != Kind::String || bucket.string.is_some_and(bucket::is_name) {
        return Ok(());
    }
    if bucket.value.native_kind() != Kind::String {
        return Err(no_string("Bucket", bucket.value)?);
    }
    Err(bucket::refusal(&bucket.value.shown()?))
}

/// Refuses metadata that is not ASCII, with boto3's message.
///
/// The validation reports a value that is not a string.
fn ascii_metadata(params: &[Param<'_>]) -> Result<(), Error> {
    let Some(metadata) = find(params, "Metadata") else {
        return Ok(());
    };
    if metadata.kind() != Kind::Map || metadata.is_falsy()? {
        return Ok(());
    }
    let mut stopped = false;
    metadata.each_entry(&mut |key, value| {
        if stopped {
            return Ok(());
        }
        // boto3 stops at the first string that cannot be encoded.
        let is_ascii = match key.is_ascii()? {
            Some(true) => value.is_ascii()?,
            other => other,
        };
        stopped = is_ascii.is_none();
        if is_ascii != Some(false) {
            return Ok(());
        }
        Err(Error::ParamValidation(format!(
            "Non ascii characters found in S3 metadata for key \"{}\", value: \"{}\".  \n\
             S3 metadata can only contain ASCII characters. ",
            key.shown()?,
            value.shown()?
        )))
    })
}

/// Encodes a customer's encryption key and adds its MD5, unless the caller gave the MD5.
fn customer_key(
    operation: &'static Operation,
    params: &[Param<'_>],
    key_name: &str,
    md5_name: &str,
    rewrites: &mut ParamRewrites,
) -> Result<(), Error> {
    let Some(key) = find(params, key_name) else {
        return Ok(());
    };
    if key.kind() == Kind::Null || find(params, md5_name).is_some() {
        return Ok(());
    }
    let bytes = match key.kind() {
        Kind::String => Some(key.encoded()?.into_owned()),
        // An object that only claims to be bytes has no buffer.
        Kind::Bytes if key.native_kind() != Kind::Bytes => None,
        _ => key.bytes().ok(),
    };
    // The message does not show the value: it may be an encryption key of a wrong type.
    let Some(bytes) = bytes else {
        return Err(Error::ParamValidation(format!(
            "Invalid type for parameter {key_name}, type: {}, valid types: \
             <class 'str'>, <class 'bytes'>",
            key.type_name()
        )));
    };
    set(operation, key_name, hash::base64(&bytes), rewrites);
    set(operation, md5_name, hash::base64(&hash::md5(&bytes)), rewrites);
    Ok(())
}
