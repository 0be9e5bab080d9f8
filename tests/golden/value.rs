//! A Python value for tests: what golden files describe and generators make.

use presigned::error::Error;
use presigned::model::{Input, Kind};

/// A value as `json.dumps` may meet it.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Int(String),
    Float(String),
    /// Its code points, and the string itself unless lone surrogates are among them.
    String(Vec<u32>, Option<String>),
    List(Vec<Value>),
    Tuple(Vec<Value>),
    Map(Vec<(Value, Value)>),
    /// A value of another type, by the type's name.
    Other(String),
}

impl Value {
    /// A string without lone surrogates.
    pub(crate) fn string(string: &str) -> Self {
        Self::of_code_points(string.chars().map(u32::from).collect())
    }

    /// A string of any code points.
    pub(crate) fn of_code_points(points: Vec<u32>) -> Self {
        let string = points.iter().map(|&point| char::from_u32(point)).collect();
        Self::String(points, string)
    }
}

impl Input for Value {
    fn kind(&self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Bool(_) => Kind::Bool,
            Self::Int(_) => Kind::Int,
            Self::Float(_) => Kind::Float,
            Self::String(..) => Kind::String,
            Self::List(_) | Self::Tuple(_) => Kind::List,
            Self::Map(_) => Kind::Map,
            Self::Other(_) => Kind::Other,
        }
    }

    fn string(&self) -> Result<&str, Error> {
        match self {
            Self::String(_, Some(string)) => Ok(string),
            _ => Err(Error::LoneSurrogate(String::new())),
        }
    }

    fn is_falsy(&self) -> Result<bool, Error> {
        Ok(matches!(self, Self::Bool(false)))
    }

    fn length(&self) -> Result<usize, Error> {
        unreachable!("JSON has no use for a length")
    }

    fn is_below(&self, _: i64) -> Result<bool, Error> {
        unreachable!("JSON has no use for a comparison")
    }

    fn bytes(&self) -> Result<Vec<u8>, Error> {
        unreachable!("JSON has no form for bytes")
    }

    fn shown(&self) -> Result<String, Error> {
        Ok(format!("{self:?}"))
    }

    fn code_points(&self) -> Result<Vec<u32>, Error> {
        match self {
            Self::String(code_points, _) => Ok(code_points.clone()),
            _ => Ok(Vec::new()),
        }
    }

    fn number(&self) -> Result<String, Error> {
        match self {
            Self::Int(number) | Self::Float(number) => Ok(number.clone()),
            _ => Ok(String::new()),
        }
    }

    fn type_name(&self) -> String {
        match self {
            Self::Other(name) => name.clone(),
            Self::List(_) => "<class 'list'>".into(),
            Self::Tuple(_) => "<class 'tuple'>".into(),
            Self::Map(_) => "<class 'dict'>".into(),
            other => format!("<class '{:?}'>", other.kind()),
        }
    }

    fn instant(&self) -> Result<Option<i64>, Error> {
        Ok(None)
    }

    fn each_item(&self, visit: &mut dyn FnMut(&dyn Input) -> Result<(), Error>) -> Result<(), Error> {
        match self {
            Self::List(items) | Self::Tuple(items) => items.iter().try_for_each(|item| visit(item)),
            _ => Ok(()),
        }
    }

    fn each_entry(&self, visit: &mut dyn FnMut(&dyn Input, &dyn Input) -> Result<(), Error>) -> Result<(), Error> {
        match self {
            Self::Map(entries) => entries.iter().try_for_each(|(key, item)| visit(key, item)),
            _ => Ok(()),
        }
    }
}
