//! Turns one value into the text that a path, a query or a header carries of it.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::validate::refusal;
use super::{Input, Kind, Member, Param, Shape, TimestampFormat};
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
    if let (Some(text), Shape::Text { .. }) = (param.text, member.shape) {
        encode(out, text);
        return Ok(());
    }
    match *member.shape {
        Shape::Boolean => encode(out, &boolean(param.value)?),
        Shape::Timestamp(format) => encode(out, &timestamp(param.value, format)?),
        _ => append_plain(out, param.value, param.kind, encode)?,
    }
    Ok(())
}

/// Appends text and bytes as they are, and anything else as Python prints it.
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
        Kind::Text => encode(out, value.text()?),
        Kind::Bytes if value.type_name() != "<class 'bytearray'>" => {
            for chunk in value.bytes()?.utf8_chunks() {
                encode(out, chunk.valid());
                for byte in chunk.invalid() {
                    // Writing to a `String` cannot fail.
                    let _ = write!(out, "%{byte:02X}");
                }
            }
        }
        _ => encode(out, &value.printed()?),
    }
    Ok(())
}

/// The value of one header; an empty list sends none.
pub(super) fn header_value<'a>(
    member: &Member,
    value: &'a dyn Input,
) -> Result<Option<Cow<'a, str>>, Error> {
    Ok(Some(match *member.shape {
        Shape::Timestamp(format) => Cow::Owned(timestamp(value, format)?),
        Shape::Boolean => boolean(value)?,
        Shape::List { .. } if value.is_falsy()? => return Ok(None),
        Shape::List { .. } => Cow::Owned(comma_joined(member, value)?),
        _ => value.printed()?,
    }))
}

/// The texts of a list in one header; those with a comma or a quotation mark are quoted.
fn comma_joined(member: &Member, value: &dyn Input) -> Result<String, Error> {
    let mut joined = String::new();
    let mut is_first = true;
    let mut push = |text: &str| {
        if !is_first {
            joined.push(',');
        }
        is_first = false;
        if text.contains([',', '"']) {
            joined.push('"');
            joined.push_str(&text.replace('"', "\\\""));
            joined.push('"');
        } else {
            joined.push_str(text);
        }
    };
    let mut push_item = |item: &dyn Input| match item.kind() {
        Kind::Null => Ok(()),
        Kind::Text => {
            push(&item.carried_text()?);
            Ok(())
        }
        _ => Err(refusal(member, value)),
    };
    match value.kind() {
        Kind::List => value.each_item(&mut push_item)?,
        // Unvalidated, boto3 iterates whatever it is given: a map's keys, a text's characters.
        Kind::Map => value.each_entry(&mut |key, _| push_item(key))?,
        Kind::Text => {
            for character in value.carried_text()?.chars() {
                push(character.encode_utf8(&mut [0; 4]));
            }
        }
        _ => return Err(refusal(member, value)),
    }
    Ok(joined)
}

fn boolean(value: &dyn Input) -> Result<Cow<'static, str>, Error> {
    if value.kind() != Kind::Bool {
        return Ok(Cow::Owned(value.printed()?.to_lowercase()));
    }
    Ok(Cow::Borrowed(if value.is_falsy()? {
        "false"
    } else {
        "true"
    }))
}

fn timestamp(value: &dyn Input, format: TimestampFormat) -> Result<String, Error> {
    let Some(instant) = value.instant()?.and_then(Timestamp::new) else {
        return Err(value.why_no_instant());
    };
    let mut text = String::new();
    match format {
        TimestampFormat::Iso8601 => instant.append_iso8601(&mut text),
        TimestampFormat::Rfc822 => instant.append_rfc822(&mut text),
    }
    Ok(text)
}
