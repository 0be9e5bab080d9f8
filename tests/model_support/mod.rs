//! Python values as Rust sees them, for tests of the model without Python.

#![allow(dead_code, reason = "each test file uses a part of it")]

pub(crate) mod presigner;

use std::borrow::Cow;
use std::fmt::Write as _;

use presigned::clock::Timestamp;
use presigned::error::Error;
use presigned::model::{Input, Kind, Look, Operation, Param, ParamName};

/// A value that a Python caller could hand in.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Int(i128),
    Float(f64),
    String(String),
    /// A string that `boto3` can read as an instant.
    Date(String, i64),
    /// A string that is not UTF-8: a lone surrogate.
    Surrogate,
    /// A member of `class E(str, Enum)`: its string, and what `str()` prints.
    Enum(String, String),
    Bytes(Vec<u8>),
    Stream,
    List(Vec<Value>),
    Tuple(Vec<Value>),
    Map(Vec<(Value, Value)>),
    /// A `datetime`: seconds since 1970, and what `str()` prints.
    Instant(i64, String),
}

/// A string.
pub(crate) fn string(value: &str) -> Value {
    Value::String(value.to_owned())
}

/// A map by strings.
pub(crate) fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Map(entries.map(|(name, value)| (string(name), value)).into())
}

/// The operation of this `snake_case` name.
pub(crate) fn operation(method_name: &str) -> &'static Operation {
    Operation::by_method_name(method_name).expect("an S3 operation")
}

/// The parameters of a call: each name looked up, as the Python face does it.
pub(crate) fn params<'a>(operation: &Operation, given: &'a [(Value, Value)]) -> Vec<Param<'a>> {
    let look_up = |(name, value): &'a (Value, Value)| {
        let shown = name.shown().expect("a printable name");
        let known = match name.kind() {
            Kind::String => operation.member(&shown),
            _ => None,
        };
        let name = known.map_or(ParamName::Unknown(shown.into()), ParamName::Known);
        Param::new(name, value)
    };
    given.iter().map(look_up).collect()
}

/// The message of an error without its first line, `Parameter validation failed:`.
pub(crate) fn report<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    match result.expect_err("a refusal") {
        Error::ParamValidation(report) => report,
        other => panic!("not a validation error: {other:?}"),
    }
}

impl Value {
    fn repr(&self) -> String {
        match self {
            Self::String(string) | Self::Date(string, _) => quoted(string),
            Self::Instant(..) | Self::Enum(..) => panic!("no test prints this inside a container"),
            other => other.shown().expect("printable"),
        }
    }

    fn items(&self) -> &[Value] {
        match self {
            Self::List(items) | Self::Tuple(items) => items,
            _ => &[],
        }
    }
}

/// Python's `repr` of a string.
fn quoted(string: &str) -> String {
    let quote = if string.contains('\'') && !string.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut out = String::from(quote);
    for character in string.chars() {
        match character {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            c if c == quote => out.extend(['\\', c]),
            c if c.is_control() || c == '\u{a0}' => {
                write!(out, "\\x{:02x}", c as u32).expect("a string grows");
            }
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

fn joined<'v>(values: impl Iterator<Item = &'v Value>) -> String {
    values.map(Value::repr).collect::<Vec<_>>().join(", ")
}

impl Input for Value {
    fn kind(&self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Bool(_) => Kind::Bool,
            Self::Int(_) => Kind::Int,
            Self::Float(_) => Kind::Float,
            Self::String(_) | Self::Date(..) | Self::Surrogate | Self::Enum(..) => Kind::String,
            Self::Bytes(_) => Kind::Bytes,
            Self::Stream => Kind::Stream,
            Self::List(_) | Self::Tuple(_) => Kind::List,
            Self::Map(_) => Kind::Map,
            Self::Instant(..) => Kind::Other,
        }
    }

    fn look(&self) -> Look<'_> {
        let is_plain = matches!(self, Self::String(_));
        let is_string = self.kind() == Kind::String;
        let string = is_string.then(|| self.string().ok()).flatten();
        Look {
            kind: self.kind(),
            string,
            is_plain,
        }
    }

    fn string(&self) -> Result<&str, Error> {
        match self {
            Self::String(string) | Self::Date(string, _) | Self::Enum(string, _) => Ok(string),
            Self::Surrogate => Err(Error::Foreign("surrogates not allowed".into())),
            _ => Ok(""),
        }
    }

    fn exact_string(&self) -> Option<&str> {
        match self {
            Self::String(string) => Some(string),
            _ => None,
        }
    }

    fn is_falsy(&self) -> Result<bool, Error> {
        Ok(match self {
            Self::Null => true,
            Self::Bool(value) => !value,
            Self::Int(value) => *value == 0,
            Self::Float(value) => *value == 0.0,
            Self::Surrogate | Self::Stream | Self::Instant(..) => false,
            _ => self.length()? == 0,
        })
    }

    fn length(&self) -> Result<usize, Error> {
        Ok(match self {
            Self::String(string) | Self::Date(string, _) | Self::Enum(string, _) => string.chars().count(),
            Self::Surrogate => 1,
            Self::Bytes(bytes) => bytes.len(),
            Self::Map(entries) => entries.len(),
            other => other.items().len(),
        })
    }

    fn is_below(&self, min: i64) -> Result<bool, Error> {
        Ok(match *self {
            Self::Int(value) => value < i128::from(min),
            Self::Bool(value) => i64::from(value) < min,
            _ => false,
        })
    }

    fn bytes(&self) -> Result<Vec<u8>, Error> {
        match self {
            Self::Bytes(bytes) => Ok(bytes.clone()),
            _ => Ok(self.string()?.as_bytes().to_vec()),
        }
    }

    fn shown(&self) -> Result<String, Error> {
        Ok(match self {
            Self::Null => "None".to_owned(),
            Self::Bool(true) => "True".to_owned(),
            Self::Bool(false) => "False".to_owned(),
            Self::Int(value) => value.to_string(),
            Self::Float(value) => format!("{value:?}"),
            Self::String(string) | Self::Date(string, _) => string.clone(),
            Self::Surrogate => "\u{fffd}".to_owned(),
            Self::Enum(_, shown) | Self::Instant(_, shown) => shown.clone(),
            Self::Bytes(bytes) => format!("b'{}'", bytes.escape_ascii()),
            Self::Stream => "a stream".to_owned(),
            Self::List(items) => format!("[{}]", joined(items.iter())),
            Self::Tuple(items) if items.len() == 1 => format!("({},)", joined(items.iter())),
            Self::Tuple(items) => format!("({})", joined(items.iter())),
            Self::Map(entries) => {
                let entry = |(key, value): &(Value, Value)| format!("{}: {}", key.repr(), value.repr());
                format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
        })
    }

    fn printed(&self) -> Result<Cow<'_, str>, Error> {
        match self {
            Self::String(_) | Self::Date(..) | Self::Surrogate => self.string().map(Cow::Borrowed),
            _ => self.shown().map(Cow::Owned),
        }
    }

    fn code_points(&self) -> Result<Vec<u32>, Error> {
        Ok(self.string()?.chars().map(u32::from).collect())
    }

    fn number(&self) -> Result<String, Error> {
        self.shown()
    }

    fn small_integer(&self) -> Option<i64> {
        match self {
            Self::Int(number) => i64::try_from(*number).ok(),
            _ => None,
        }
    }

    fn is_tuple(&self) -> bool {
        matches!(self, Self::Tuple(_))
    }

    fn type_name(&self) -> String {
        let name = match self {
            Self::Enum(..) => return "<enum 'E'>".to_owned(),
            Self::Null => "NoneType",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Float(_) => "float",
            Self::String(_) | Self::Date(..) | Self::Surrogate => "str",
            Self::Bytes(_) => "bytes",
            Self::Stream => "_io.BytesIO",
            Self::List(_) => "list",
            Self::Tuple(_) => "tuple",
            Self::Map(_) => "dict",
            Self::Instant(..) => "datetime.datetime",
        };
        format!("<class '{name}'>")
    }

    #[expect(clippy::cast_possible_truncation, reason = "rounding down is what is asked for")]
    fn instant(&self) -> Result<Option<i64>, Error> {
        let seconds = match self {
            Self::Bool(value) => Some(i64::from(*value)),
            Self::Int(value) => i64::try_from(*value).ok(),
            Self::Float(value) => Some(value.floor() as i64),
            Self::Date(_, seconds) | Self::Instant(seconds, _) => Some(*seconds),
            _ => None,
        };
        let years_1_to_9999 = -62_135_596_800..=253_402_300_799;
        Ok(seconds.filter(|seconds| years_1_to_9999.contains(seconds)))
    }

    fn plain_instant(&self) -> Option<Timestamp> {
        match self {
            Self::Instant(seconds, _) => Timestamp::new(*seconds),
            _ => None,
        }
    }

    fn plain_entries(&self, most: usize, longest: usize) -> Option<Vec<(String, String)>> {
        let Self::Map(entries) = self else {
            return None;
        };
        let string = |value: &Value| match value {
            Self::String(string) if string.len() <= longest => Some(string.clone()),
            _ => None,
        };
        let entries = (entries.len() <= most).then_some(entries)?.iter();
        entries
            .map(|(name, value)| Some((string(name)?, string(value)?)))
            .collect()
    }

    fn each_item(&self, visit: &mut dyn FnMut(&dyn Input) -> Result<(), Error>) -> Result<(), Error> {
        self.items().iter().try_for_each(|item| visit(item))
    }

    fn each_entry(&self, visit: &mut dyn FnMut(&dyn Input, &dyn Input) -> Result<(), Error>) -> Result<(), Error> {
        match self {
            Self::Map(entries) => entries.iter().try_for_each(|(key, value)| visit(key, value)),
            _ => Ok(()),
        }
    }
}
