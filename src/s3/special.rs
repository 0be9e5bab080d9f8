//! Rewrites the parameters that boto3 rewrites before it validates: copy sources, customer keys,
//! list encoding, idempotency tokens; and makes its early checks of metadata and bucket.
//!
//! boto3 writes the results into the caller's own dict. Here they are kept beside it, and the
//! caller's arguments stay as they were.

use std::borrow::Cow;
use std::ptr;

use smallvec::SmallVec;

use super::bucket;
use super::made::Made;
use crate::encode;
use crate::error::Error;
use crate::hash;
use crate::model::{Input, Kind, Member, Operation, Param, ParamName, operations};
use crate::request::is_python_whitespace;
use crate::surrogate;

/// What takes the place of the caller's values, and what is added behind them.
#[derive(Default)]
pub(crate) struct Special {
    /// Index into the caller's parameters, and the value that stands there instead.
    pub(crate) replaced: SmallVec<[(usize, Made); 1]>,
    /// In boto3's order.
    pub(crate) added: SmallVec<[(&'static Member, Made); 2]>,
}

/// Runs boto3's parameter handlers for `operation`, in boto3's order.
///
/// `fresh_token` makes a random UUID, for the operations whose idempotency token is missing.
///
/// # Errors
/// [`Error::ParamValidation`] for a copy source without bucket or key, for metadata that is not
/// ASCII and for a text that cannot name a bucket; whatever `fresh_token` returns.
pub(crate) fn apply(
    operation: &'static Operation,
    params: &[Param<'_>],
    fresh_token: &dyn Fn() -> Result<String, Error>,
    special: &mut Special,
) -> Result<(), Error> {
    let mut rewritten = REWRITTEN.iter();
    if let Some((_, what)) = rewritten.find(|(one, _)| ptr::eq(*one, operation)) {
        rewrite(operation, *what, params, special)?;
    }
    if let Some(at) = position(params, "Bucket") {
        check_bucket(&params[at])?;
    }
    if let Some(member) = operation.idempotency_token
        && find(params, member.name).is_none()
    {
        special.added.push((member, Made(fresh_token()?)));
    }
    Ok(())
}

/// What of an operation boto3 rewrites or looks at.
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

/// The operations in question, those first that are presigned most.
static REWRITTEN: [(&Operation, Rewritten); 12] = {
    let (source, metadata, body) = (true, true, true);
    [
        (&operations::GET_OBJECT, KEY),
        (
            &operations::PUT_OBJECT,
            Rewritten {
                metadata,
                body,
                ..KEY
            },
        ),
        (&operations::UPLOAD_PART, Rewritten { body, ..KEY }),
        (&operations::HEAD_OBJECT, KEY),
        (&operations::LIST_OBJECTS_V2, LISTING),
        (
            &operations::CREATE_MULTIPART_UPLOAD,
            Rewritten { metadata, ..KEY },
        ),
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
    special: &mut Special,
) -> Result<(), Error> {
    if what.source {
        copy_source(params, special)?;
    }
    if what.metadata {
        ascii_metadata(params)?;
    }
    if what.customer_key {
        let [key, md5] = ["SSECustomerKey", "SSECustomerKeyMD5"];
        customer_key(operation, params, key, md5, special)?;
    }
    if what.source {
        let [key, md5] = ["CopySourceSSECustomerKey", "CopySourceSSECustomerKeyMD5"];
        customer_key(operation, params, key, md5, special)?;
    }
    if what.body
        && let Some((_, body)) = find(params, "Body")
        && body.kind() == Kind::Text
    {
        // boto3 encodes a text for the body, and this is where it finds that it cannot.
        body.text()?;
    }
    if what.listing && find(params, "EncodingType").is_none() {
        add(operation, "EncodingType", "url".to_owned(), special);
    }
    Ok(())
}

/// Whether [`apply`] may put another value in the place of this member's, or look into it.
pub(super) fn is_special(member: &Member) -> bool {
    matches!(
        member.name,
        "Bucket" | "CopySource" | "SSECustomerKey" | "CopySourceSSECustomerKey" | "Metadata"
    )
}

fn find<'a>(params: &[Param<'a>], name: &str) -> Option<(usize, &'a dyn Input)> {
    let at = position(params, name)?;
    Some((at, params[at].value))
}

fn position(params: &[Param<'_>], name: &str) -> Option<usize> {
    params.iter().position(|param| match &param.name {
        ParamName::Known(member) => member.name == name,
        ParamName::Unknown(unknown) => unknown == name,
    })
}

fn add(operation: &'static Operation, name: &str, text: String, special: &mut Special) {
    if let Some(member) = operation.members.iter().find(|member| member.name == name) {
        special.added.push((member, Made(text)));
    }
}

/// A bucket that is no text at all is left to the validation, which names its type.
fn check_bucket(bucket: &Param<'_>) -> Result<(), Error> {
    if bucket.kind != Kind::Text || bucket.text.is_some_and(bucket::is_name) {
        return Ok(());
    }
    Err(bucket::refusal(&bucket.value.shown()?))
}

/// Percent-encodes a copy source, once; a version at its end stays as it is.
fn copy_source(params: &[Param<'_>], special: &mut Special) -> Result<(), Error> {
    let Some((at, source)) = find(params, "CopySource") else {
        return Ok(());
    };
    let mut encoded = String::new();
    match source.kind() {
        Kind::Text => {
            let text = source.carried_text()?;
            let end = version_suffix(&text).unwrap_or(text.len());
            surrogate::refuse(&text[..end])?;
            encode::append_path(&mut encoded, &text[..end]);
            encoded.push_str(&text[end..]);
        }
        Kind::Map => {
            let Source {
                bucket,
                key,
                version,
            } = source_parts(source)?;
            let missing = |name: &str| {
                Error::ParamValidation(format!("Missing required parameter: '{name}'"))
            };
            let bucket = bucket.ok_or_else(|| missing("Bucket"))?;
            let key = key.ok_or_else(|| missing("Key"))?;
            // boto3's pattern lets one newline end the text.
            let name = bucket.strip_suffix('\n').unwrap_or(&bucket);
            let is_arn = bucket::is_access_point_arn(name);
            let between = if is_arn { "/object/" } else { "/" };
            let path = [&bucket, between, &key].concat();
            surrogate::refuse(&path)?;
            encode::append_path(&mut encoded, &path);
            if let Some(version) = version {
                encoded.push_str("?versionId=");
                encoded.push_str(&version);
            }
        }
        // Not a copy source: the validation says so.
        _ => return Ok(()),
    }
    special.replaced.push((at, Made(encoded)));
    Ok(())
}

/// Where the version at the end of a copy source starts: the first `?versionId=` behind which
/// everything is one word. As in boto3's pattern, one newline may end the text.
fn version_suffix(source: &str) -> Option<usize> {
    const MARK: &str = "?versionId=";
    source
        .match_indices(MARK)
        .map(|(start, _)| start)
        .find(|start| {
            let version = &source[start + MARK.len()..];
            let version = version.strip_suffix('\n').unwrap_or(version);
            !version.is_empty() && !version.chars().any(is_python_whitespace)
        })
}

#[derive(Default)]
struct Source {
    bucket: Option<String>,
    key: Option<String>,
    version: Option<String>,
}

/// Takes a copy source given as a map apart. As in boto3, the bucket must be text, the key and
/// the version are taken as Python prints them, and other entries do not matter.
fn source_parts(map: &dyn Input) -> Result<Source, Error> {
    let mut source = Source::default();
    map.each_entry(&mut |key, value| {
        let Ok(name) = key.text() else {
            return Ok(());
        };
        match name {
            "Bucket" if value.kind() == Kind::Text => source.bucket = Some(printed(value)?),
            "Bucket" => {
                return Err(Error::ParamValidation(format!(
                    "Invalid type for parameter CopySource.Bucket, value: {}, type: {}, \
                     valid types: <class 'str'>",
                    value.shown()?,
                    value.type_name()
                )));
            }
            "Key" => source.key = Some(printed(value)?),
            "VersionId" if value.kind() != Kind::Null => source.version = Some(printed(value)?),
            _ => {}
        }
        Ok(())
    })?;
    Ok(source)
}

fn printed(value: &dyn Input) -> Result<String, Error> {
    if value.kind() == Kind::Text {
        value.carried_text().map(Cow::into_owned)
    } else {
        value.shown()
    }
}

/// Refuses metadata that is not ASCII, with boto3's text.
///
/// What is not text at all is left to the validation.
fn ascii_metadata(params: &[Param<'_>]) -> Result<(), Error> {
    let Some((_, metadata)) = find(params, "Metadata") else {
        return Ok(());
    };
    if metadata.kind() != Kind::Map {
        return Ok(());
    }
    let is_text = |value: &dyn Input| value.kind() == Kind::Text;
    let is_ascii = |value: &dyn Input| value.text().is_ok_and(str::is_ascii);
    let mut stopped = false;
    metadata.each_entry(&mut |key, value| {
        // boto3 gets no further than the first part that is no text.
        stopped |= !is_text(key) || (is_ascii(key) && !is_text(value));
        if stopped || (is_ascii(key) && is_ascii(value)) {
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
    special: &mut Special,
) -> Result<(), Error> {
    let Some((at, key)) = find(params, key_name) else {
        return Ok(());
    };
    if key.kind() == Kind::Null || find(params, md5_name).is_some() {
        return Ok(());
    }
    let bytes = match (key.bytes(), key.kind()) {
        (Err(error), Kind::Text) => return Err(error),
        // Without its value: it may be a key, if of a wrong type.
        (Err(_), _) => {
            return Err(Error::ParamValidation(format!(
                "Invalid type for parameter {key_name}, type: {}, valid types: \
                 <class 'str'>, <class 'bytes'>",
                key.type_name()
            )));
        }
        (Ok(bytes), _) => bytes,
    };
    special.replaced.push((at, Made(hash::base64(&bytes))));
    add(
        operation,
        md5_name,
        hash::base64(&hash::md5(&bytes)),
        special,
    );
    Ok(())
}
