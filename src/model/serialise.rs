//! Turns parameters into the path, query and headers of a presigned URL.
//!
//! The parameters need not be validated. A value that validation would refuse is written as boto3
//! writes it with `parameter_validation=False`, or is refused here.

use std::borrow::Cow;

use smallvec::SmallVec;

use super::input::Input;
use super::kind::Kind;
use super::operation::{Member, Operation, Place, Shape};
use super::param::{Param, ParamName, is_same};
use super::validate::{absence, refusal, stranger};
use super::wire_value::{append_plain, append_scalar, header_value};
use crate::encode;
use crate::error::Error;
use crate::request::Header;
use crate::scratch::Scratch;

/// A call's parameters, each in its place.
#[derive(Debug, Default)]
pub struct Serialised<'a> {
    /// The percent-encoded path below the endpoint's: empty, `/`, `/a/b%20c`.
    pub path: Scratch,
    /// The percent-encoded query as boto3 has it before it signs: what the operation itself
    /// brings, then the parameters in the caller's order: `uploads&prefix=a%2F`.
    pub query: Scratch,
    /// Names as the model and the caller spell them and values as given, in the caller's order.
    pub headers: SmallVec<[Header<'a>; 4]>,
    /// What comes in front of the host name: `route.`.
    pub host_prefix: Option<String>,
}

/// Places the parameters of one call; those that are `None` are left out.
///
/// # Errors
/// As [`Serialised::place`].
pub fn serialise<'a>(operation: &Operation, params: &[Param<'a>]) -> Result<Serialised<'a>, Error> {
    let mut placed = Serialised::default();
    placed.put_in_front(operation, params)?;
    placed.place(operation, params)?;
    Ok(placed)
}

impl<'a> Serialised<'a> {
    /// Puts the parameters that belong there in front of the host name. As in boto3, this comes before
    /// all others.
    ///
    /// # Errors
    /// [`Error::ParamValidation`] for a host label that is not valid.
    pub fn put_in_front(&mut self, operation: &Operation, params: &[Param<'_>]) -> Result<(), Error> {
        self.host_prefix = host_prefix(operation, params)?;
        Ok(())
    }

    /// Places the parameters of one call in this value, which must be empty.
    ///
    /// # Errors
    /// [`Error::ParamValidation`] if validation was left out and a parameter cannot be placed;
    /// [`Error::Value`] for a value that was not validated and is not a timestamp; the error of a
    /// value that cannot be read, such as one with lone surrogates.
    pub fn place(&mut self, operation: &Operation, params: &[Param<'a>]) -> Result<(), Error> {
        // Headers, then the path, then the query: the first fault is the one that boto3 reports.
        for param in params.iter().filter(|param| !param.is_null()) {
            let member = match &param.name {
                ParamName::Known(member) => *member,
                ParamName::Unknown(name) => return Err(stranger(operation, name)),
            };
            match member.place {
                // The path and the query follow. The body is not in the URL: the sender sends it.
                Place::Path | Place::Query | Place::Body => {}
                Place::Header => {
                    if let Some(value) = header_value(member, param.value)? {
                        self.headers.push((member.wire_name.into(), value));
                    }
                }
                Place::HeaderMap => push_headers(&mut self.headers, member, param.value)?,
            }
        }
        if operation.has_bucket {
            find(params, "Bucket")?;
        }
        append_path(operation, params, &mut self.path)?;
        if !operation.query.is_empty() {
            self.query.push_str(operation.query);
        }
        for param in params {
            if let ParamName::Known(member) = param.name
                && member.place == Place::Query
                && !param.is_null()
            {
                push_query(&mut self.query, member, param)?;
            }
        }
        Ok(())
    }
}

/// Appends the percent-encoded path below the endpoint's.
///
/// # Errors
/// As for [`serialise`].
pub fn append_path(operation: &Operation, params: &[Param<'_>], out: &mut String) -> Result<(), Error> {
    // Nearly all paths that are not empty.
    if operation.path == "/{Key+}" {
        out.push('/');
        let (member, value) = find(params, "Key")?;
        return append_scalar(out, member, value, encode::append_path);
    }
    render(operation.path, out, |label, out| {
        let encode = match label.strip_suffix('+') {
            Some(_) => encode::append_path,
            None => encode::append_label,
        };
        let (member, value) = find(params, label.trim_end_matches('+'))?;
        append_scalar(out, member, value, encode)
    })
}

/// The path that Signature Version 2 signs: `/{Bucket}/` and `/{Bucket}/{Key+}`, wherever the
/// endpoint puts the bucket; `None` for operations without one, which sign the URL's own path.
///
/// # Errors
/// As for [`serialise`].
pub fn auth_path(operation: &Operation, params: &[Param<'_>]) -> Result<Option<String>, Error> {
    if !operation.has_bucket {
        return Ok(None);
    }
    let mut path = String::from("/");
    let (member, bucket) = find(params, "Bucket")?;
    append_scalar(&mut path, member, bucket, encode::append_label)?;
    if operation.path.is_empty() {
        path.push('/');
    } else {
        append_path(operation, params, &mut path)?;
    }
    Ok(Some(path))
}

/// What comes in front of the host name. As in boto3, it is checked first.
fn host_prefix(operation: &Operation, params: &[Param<'_>]) -> Result<Option<String>, Error> {
    let Some(template) = operation.host_prefix else {
        return Ok(None);
    };
    let mut prefix = String::new();
    render(template, &mut prefix, |label, out| {
        let is_label = |param: &&Param<'_>| param.is(label);
        let value = params.iter().find(is_label).ok_or_else(|| absence(label))?.value;
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte);
        let is_host = |string: &str| !string.is_empty() && string.bytes().all(is_allowed);
        if !value.string().is_ok_and(is_host) {
            return Err(Error::ParamValidation(format!(
                "Invalid value for parameter(s): {label}. \
                 Must contain only alphanumeric characters, hyphen, or period."
            )));
        }
        out.push_str(&value.shown()?);
        Ok(())
    })?;
    Ok(Some(prefix))
}

/// Copies a template and lets `write` replace each `{label}`.
fn render(
    template: &str,
    out: &mut String,
    mut write: impl FnMut(&str, &mut String) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut rest = template;
    while let Some((literal, (label, after))) = rest
        .split_once('{')
        .and_then(|(literal, tail)| Some((literal, tail.split_once('}')?)))
    {
        out.push_str(literal);
        write(label, out)?;
        rest = after;
    }
    out.push_str(rest);
    Ok(())
}

/// The member of this name and its value; every path label is required.
fn find<'p, 'a>(params: &'p [Param<'a>], name: &str) -> Result<(&'static Member, &'p Param<'a>), Error> {
    params
        .iter()
        .filter(|param| !param.is_null())
        .find_map(|param| match param.name {
            ParamName::Known(member) if is_same(member.name, name) => Some((member, param)),
            _ => None,
        })
        .ok_or_else(|| absence(name))
}

/// Query members are scalars. Unvalidated, a list repeats the name and a map brings its own names.
fn push_query(query: &mut String, member: &Member, param: &Param<'_>) -> Result<(), Error> {
    let value = param.value;
    match param.kind {
        Kind::Map => value.each_merged_entry(&mut |key, one| {
            let mut name = String::new();
            append_plain(&mut name, key, key.kind(), encode::append_label)?;
            push_unvalidated(query, &name, one)
        }),
        Kind::List if !matches!(member.shape, Shape::Boolean | Shape::Timestamp(_)) => {
            push_unvalidated(query, member.wire_name, value)
        }
        _ => {
            append_name(query, member.wire_name);
            append_scalar(query, member, param, encode::append_label)
        }
    }
}

fn push_unvalidated(query: &mut String, name: &str, value: &dyn Input) -> Result<(), Error> {
    let mut push = |one: &dyn Input| {
        append_name(query, name);
        append_plain(query, one, one.kind(), encode::append_label)
    };
    // A tuple does not repeat the name.
    if value.kind() == Kind::List && value.type_name() != "<class 'tuple'>" {
        value.each_item(&mut push)
    } else {
        push(value)
    }
}

fn append_name(query: &mut String, name: &str) {
    query.reserve(name.len() + 64);
    if !query.is_empty() {
        query.push('&');
    }
    query.push_str(name);
    query.push('=');
}

/// Each entry of a map becomes a header named by a prefix and its key, as given.
fn push_headers(headers: &mut SmallVec<[Header<'_>; 4]>, member: &Member, value: &dyn Input) -> Result<(), Error> {
    if !value.has_entries() {
        return Err(refusal(member, value));
    }
    value.each_entry(&mut |key, one| {
        let (name, string) = (key.behind(member.wire_name)?, one.as_header()?);
        let (Some(name), Some(string)) = (name, string) else {
            return Err(refusal(member, value));
        };
        headers.push((Cow::Owned(name), Cow::Owned(string.into_owned())));
        Ok(())
    })
}
