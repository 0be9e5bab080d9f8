//! Reads a map whose entries become headers, if it is plain: then its names belong to the shape of the call, and its
//! values vary.

use crate::model::Param;
use crate::s3::compiled_request::{Column, SentValue, ValueKind};
use crate::s3::object::LONG_STRING;

/// The most entries of a plain map: each set of names is a shape of its own.
const MOST: usize = 8;

/// Behind each name of a list. No plain name has one.
const END: char = ' ';

/// The entries of a plain map, in the caller's order.
pub(in crate::s3) struct PlainMap {
    /// The names, each with its end.
    pub(super) names: String,
    values: Vec<String>,
}

impl PlainMap {
    /// The entries of this parameter; `None` if it is not a plain map.
    #[cold]
    pub(super) fn of(param: &Param<'_>) -> Option<Self> {
        let mut map = Self {
            names: String::new(),
            values: Vec::new(),
        };
        for (name, value) in param.value.plain_entries(MOST, LONG_STRING)? {
            if !is_plain_name(&name) {
                return None;
            }
            map.names.push_str(&name);
            map.names.push(END);
            map.values.push(value);
        }
        Some(map)
    }

    /// The values of a call: those of its parameters, and those of the map behind them.
    pub(in crate::s3) fn behind<'v, 'a>(&'v self, given: &'v [Param<'a>]) -> Vec<GivenValue<'v, 'a>> {
        let of_map = self.values.iter().map(|value| GivenValue::OfMap(value));
        given.iter().map(GivenValue::Param).chain(of_map).collect()
    }
}

/// A value of a call with a map.
pub(in crate::s3) enum GivenValue<'v, 'a> {
    Param(&'v Param<'a>),
    OfMap(&'v str),
}

impl SentValue for GivenValue<'_, '_> {
    fn append_to(&self, column: Column, out: &mut String) -> bool {
        match self {
            Self::Param(param) => param.append_to(column, out),
            Self::OfMap(string) => matches!(column.kind(), ValueKind::Strings) && column.append_string(out, string),
        }
    }
}

/// The names of a list.
pub(in crate::s3) fn each_name(names: &str) -> impl Iterator<Item = &str> {
    names.split_terminator(END)
}

/// Whether the pipeline rewrites nothing in a name that ends like this.
fn is_plain_name(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
    !name.is_empty() && name.bytes().all(is_plain)
}
