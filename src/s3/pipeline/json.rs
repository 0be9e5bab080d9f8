//! Turns a caller's value into JSON, exactly as Python's `json.dumps` writes it.
//!
//! A POST policy is signed as a string, so that every space and every escape counts.

use std::fmt::Write as _;

use crate::encode::append_integer;
use crate::error::Error;
use crate::model::{Input, Kind};

/// Appends `value`.
///
/// # Errors
/// [`Error::Type`] for a value or a key that JSON has no form for, [`Error::Value`] for a value
/// that holds itself, and [`Error::Foreign`] where the caller's object raises.
pub fn append(out: &mut String, value: &dyn Input) -> Result<(), Error> {
    append_nested(out, value, 0)
}

/// Appends `string` as a string in quotes.
pub fn append_string(out: &mut String, string: &str) {
    if needs_no_escape(string) {
        out.reserve(string.len() + 2);
        out.push('"');
        out.push_str(string);
        out.push('"');
    } else {
        append_code_points(out, string.chars().map(u32::from));
    }
}

/// Whether all is printable ASCII but the two characters that end a string or start an escape.
fn needs_no_escape(string: &str) -> bool {
    let bytes = string.as_bytes();
    let (words, rest) = bytes.as_chunks();
    if !words.iter().copied().all(is_plain) {
        return false;
    }
    if let Some(last) = bytes.last_chunk() {
        // The bytes behind the last whole word are in the last eight bytes; some are then tested twice.
        return rest.is_empty() || is_plain(*last);
    }
    let mut last = [b' '; 8];
    last[..rest.len()].copy_from_slice(rest);
    is_plain(last)
}

/// [`needs_no_escape`] for eight bytes side by side: the upper bit of each is the answer, and
/// no sum carries into the next byte, as long as all are ASCII.
fn is_plain(bytes: [u8; 8]) -> bool {
    const UPPER_BITS: u64 = each(0x80);
    const fn each(byte: u8) -> u64 {
        u64::from_ne_bytes([byte; 8])
    }
    let word = u64::from_ne_bytes(bytes);
    if word & UPPER_BITS != 0 {
        return false;
    }
    let is_no_control = word + each(0x80 - b' ');
    let is_no_quote = (word ^ each(b'"')) + each(0x7f);
    let is_no_backslash = (word ^ each(b'\\')) + each(0x7f);
    let is_no_delete = (word ^ each(0x7f)) + each(0x7f);
    is_no_control & is_no_quote & is_no_backslash & is_no_delete & UPPER_BITS == UPPER_BITS
}

/// Appends code points, lone surrogates among them, as a string in quotes.
#[inline(never)]
pub fn append_code_points(out: &mut String, code_points: impl IntoIterator<Item = u32>) {
    out.push('"');
    for code_point in code_points {
        match char::from_u32(code_point) {
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some('\u{8}') => out.push_str("\\b"),
            Some('\u{c}') => out.push_str("\\f"),
            Some(plain @ ' '..='~') => out.push(plain),
            Some(other) => {
                for unit in other.encode_utf16(&mut [0; 2]) {
                    append_escape(out, u32::from(*unit));
                }
            }
            None => append_escape(out, code_point),
        }
    }
    out.push('"');
}

/// How deep values may nest here, so that the smallest stack of a thread holds. A value this deep
/// contains itself, or is not a policy: the caller's own language may write it.
const DEPTH_LIMIT: usize = 32;

fn append_nested(out: &mut String, value: &dyn Input, depth: usize) -> Result<(), Error> {
    if depth > DEPTH_LIMIT {
        out.push_str(&value.deep_json()?);
        return Ok(());
    }
    // By far the most are strings.
    if let Some(string) = value.plain_string() {
        append_string(out, string);
        return Ok(());
    }
    match value.native_kind() {
        Kind::List => {
            let mut separator = "[";
            value.each_item(&mut |item| {
                out.push_str(separator);
                separator = ", ";
                append_nested(out, item, depth + 1)
            })?;
            out.push_str(if separator == "[" { "[]" } else { "]" });
        }
        Kind::Map => {
            let mut separator = "{";
            value.each_json_entry(&mut |key, item| {
                out.push_str(separator);
                separator = ", ";
                append_key(out, key)?;
                out.push_str(": ");
                append_nested(out, item, depth + 1)
            })?;
            out.push_str(if separator == "{" { "{}" } else { "}" });
        }
        Kind::String => append_code_points(out, value.code_points()?),
        Kind::Int if append_small_integer(out, value) => {}
        _ => match scalar(value)? {
            Some(string) => out.push_str(&string),
            None => {
                return Err(Error::Type(format!(
                    "Object of type {} is not JSON serializable",
                    value.claimed_class_name()
                )));
            }
        },
    }
    Ok(())
}

/// Appends most whole numbers; `false` for those that Python must print.
fn append_small_integer(out: &mut String, value: &dyn Input) -> bool {
    let number = value.small_integer();
    if let Some(number) = number {
        append_integer(out, number);
    }
    number.is_some()
}

/// Appends a key: a string as it is, any other scalar as a string of its JSON form.
fn append_key(out: &mut String, key: &dyn Input) -> Result<(), Error> {
    if let Some(string) = key.plain_string() {
        append_string(out, string);
        return Ok(());
    }
    if key.native_kind() == Kind::String {
        // Lone surrogates, which no string of Rust's can hold, are escaped.
        append_code_points(out, key.code_points()?);
        return Ok(());
    }
    let Some(string) = scalar(key)? else {
        return Err(Error::Type(format!(
            "keys must be str, int, float, bool or None, not {}",
            key.class_name()
        )));
    };
    append_string(out, &string);
    Ok(())
}

/// The JSON form of `None`, of a truth value or of a number; `None` for anything else.
fn scalar(value: &dyn Input) -> Result<Option<String>, Error> {
    Ok(Some(match value.native_kind() {
        Kind::Null => "null".to_owned(),
        Kind::Bool if value.is_falsy()? => "false".to_owned(),
        Kind::Bool => "true".to_owned(),
        Kind::Int => value.number()?,
        Kind::Float => {
            let number = value.number()?;
            // These three are not JSON; Python writes them as JavaScript does.
            match number.as_str() {
                "nan" => "NaN".to_owned(),
                "inf" => "Infinity".to_owned(),
                "-inf" => "-Infinity".to_owned(),
                _ => number,
            }
        }
        _ => return Ok(None),
    }))
}

fn append_escape(out: &mut String, unit: u32) {
    // Writing to a String cannot fail.
    let _ = write!(out, "\\u{unit:04x}");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By the rule itself, at every place of strings of every length that is looked at otherwise.
    #[test]
    fn every_character_is_escaped_or_not_wherever_it_stands() {
        for length in 1..=20 {
            for at in 0..length {
                for byte in 0..0x80_u8 {
                    let mut bytes = vec![b'a'; length];
                    bytes[at] = byte;
                    let string = String::from_utf8(bytes).expect("ASCII");
                    let expected = matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
                    assert_eq!(needs_no_escape(&string), expected, "{string:?}");
                }
                let string = ["a".repeat(at), "é".to_owned(), "a".repeat(length - at)].concat();
                assert!(!needs_no_escape(&string), "{string}");
            }
        }
        assert!(needs_no_escape(""));
    }
}
