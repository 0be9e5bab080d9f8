//! Turns one value into the string that stands for it in a path, a query or a header.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::input::Input;
use super::kind::Kind;
use super::operation::{Member, Shape, TimestampFormat};
use super::param::Param;
use super::validate::refusal;
use crate::clock::Timestamp;
use crate::encode::append_integer;
use crate::error::Error;

/// Appends the value of a path label or a query parameter.
pub(super) fn append_scalar(
    out: &mut String,
    member: &Member,
    param: &Param<'_>,
    encode: fn(&mut String, &str),
) -> Result<(), Error> {
    if let (Some(string), true, Shape::String { .. }) = (param.string, param.is_plain, member.shape) {
        encode(out, string);
        return Ok(());
    }
    match *member.shape {
        Shape::Boolean => encode(out, &boolean(param.value)?),
        Shape::Timestamp(format) => encode(out, &timestamp(param.value, format)?),
        _ => append_plain(out, param.value, param.kind, encode)?,
    }
    Ok(())
}

/// Appends strings and bytes as they are, and anything else as Python prints it.
pub(super) fn append_plain(
    out: &mut String,
    value: &dyn Input,
    kind: Kind,
    encode: fn(&mut String, &str),
) -> Result<(), Error> {
    if kind == Kind::Int
        && let Some(number) = value.small_integer()
    {
        append_integer(out, number);
        return Ok(());
    }
    match kind {
        Kind::String => append_bytes(out, &value.encoded()?, encode),
        Kind::Bytes if value.type_name() != "<class 'bytearray'>" => {
            append_bytes(out, &value.bytes()?, encode);
        }
        _ => encode(out, &value.printed()?),
    }
    Ok(())
}

fn append_bytes(out: &mut String, bytes: &[u8], encode: fn(&mut String, &str)) {
    for chunk in bytes.utf8_chunks() {
        encode(out, chunk.valid());
        for byte in chunk.invalid() {
            // Writing to a `String` cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

/// The value of one header; an empty list sends none.
pub(super) fn header_value<'a>(member: &Member, value: &'a dyn Input) -> Result<Option<Cow<'a, str>>, Error> {
    Ok(Some(match *member.shape {
        Shape::Timestamp(format) => Cow::Owned(timestamp(value, format)?),
        Shape::Boolean => boolean(value)?,
        Shape::List { .. } if value.is_falsy()? => return Ok(None),
        Shape::List { .. } => Cow::Owned(comma_joined(member, value)?),
        _ => value.printed()?,
    }))
}

/// The strings of a list in one header; those with a comma or a quotation mark are quoted.
fn comma_joined(member: &Member, value: &dyn Input) -> Result<String, Error> {
    let mut joined = String::new();
    let mut is_first = true;
    let mut push = |string: &str| {
        if !is_first {
            joined.push(',');
        }
        is_first = false;
        joined.push_str(string);
    };
    let mut push_item = |item: &dyn Input| {
        if item.native_kind() == Kind::Null {
            return Ok(());
        }
        match item.in_header_list()? {
            Some(string) => push(&string),
            None => return Err(no_string(member, item)?),
        }
        Ok(())
    };
    match value.kind() {
        Kind::List => value.each_item(&mut push_item)?,
        // Without validation, boto3 iterates over any value: a map's keys, a string's characters.
        Kind::Map => value.each_entry(&mut |key, _| push_item(key))?,
        Kind::String if value.native_kind() == Kind::String => {
            for character in value.carried_string()?.chars() {
                match character {
                    ',' => push("\",\""),
                    '"' => push("\"\\\"\""),
                    other => push(other.encode_utf8(&mut [0; 4])),
                }
            }
        }
        _ => return Err(refusal(member, value)),
    }
    Ok(joined)
}

/// Why an item of a list cannot be joined with others: it is not a string, even if it claims to be.
fn no_string(member: &Member, item: &dyn Input) -> Result<Error, Error> {
    Ok(Error::ParamValidation(format!(
        "Invalid type for an item of parameter {}, value: {}, type: {}, valid types: <class 'str'>",
        member.name,
        item.shown()?,
        item.type_name()
    )))
}

fn boolean(value: &dyn Input) -> Result<Cow<'static, str>, Error> {
    if value.kind() != Kind::Bool {
        return Ok(Cow::Owned(value.printed()?.to_lowercase()));
    }
    Ok(Cow::Borrowed(if value.is_falsy()? { "false" } else { "true" }))
}

fn timestamp(value: &dyn Input, format: TimestampFormat) -> Result<String, Error> {
    let Some(instant) = value.instant()?.and_then(Timestamp::new) else {
        return Err(value.why_no_instant());
    };
    let mut string = String::new();
    match format {
        TimestampFormat::Iso8601 => instant.append_iso8601(&mut string),
        TimestampFormat::Rfc822 => instant.append_rfc822(&mut string),
    }
    Ok(string)
}
