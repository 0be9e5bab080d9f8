//! The values of rules: those of parameters, and the results of functions.

use std::borrow::Cow;

/// A value, as loosely typed as the rules are.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Python's `None`: a parameter that is not set, a function that found nothing.
    Absent,
    /// `True` or `False`.
    Bool(bool),
    /// A whole number: positions in a string.
    Number(usize),
    /// A string.
    String(Cow<'a, str>),
    /// Values in order: the parts of an ARN's resource, authentication schemes.
    List(Vec<Value<'a>>),
    /// Values by name: a partition, an ARN, a URL.
    Record(Vec<(&'static str, Value<'a>)>),
    /// A parameter of a type that no rule takes, such as a number for a switch.
    Other,
}

/// The name of a parameter to the rules: `force_path_style`, as `Config` spells it, is `ForcePathStyle`.
#[must_use]
pub fn parameter_name(name: &str) -> String {
    let mut words = String::new();
    for word in name.split('_') {
        let (first, rest) = word.split_at(word.len().min(1));
        words.push_str(&first.to_ascii_uppercase());
        words.push_str(rest);
    }
    words
}

impl<'a> Value<'a> {
    /// This value, borrowed: strings are not copied.
    #[must_use]
    pub fn lend(&'a self) -> Self {
        match self {
            Self::String(string) => Self::String(Cow::Borrowed(string)),
            other => other.clone(),
        }
    }

    /// The string of a [`Value::String`].
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(string) => Some(string),
            _ => None,
        }
    }

    /// The value of that name in a [`Value::Record`].
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Record(members) => members
                .iter()
                .find(|(member, _)| *member == name)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// Python's `not value`.
    #[must_use]
    pub fn is_falsy(&self) -> bool {
        match self {
            Self::Absent => true,
            Self::Bool(value) => !value,
            Self::Number(value) => *value == 0,
            Self::String(string) => string.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Record(members) => members.is_empty(),
            Self::Other => false,
        }
    }

    /// How Python prints the type, in the messages of the functions that compare.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Absent => "<class 'NoneType'>",
            Self::Bool(_) => "<class 'bool'>",
            Self::Number(_) => "<class 'int'>",
            Self::String(_) => "<class 'str'>",
            Self::List(_) => "<class 'list'>",
            Self::Record(_) => "<class 'dict'>",
            Self::Other => "<class 'object'>",
        }
    }

    /// How Python's `str()` prints this; `None` for a value that no template inserts.
    #[must_use]
    pub fn shown(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Absent => Some(Cow::Borrowed("None")),
            Self::Bool(true) => Some(Cow::Borrowed("True")),
            Self::Bool(false) => Some(Cow::Borrowed("False")),
            Self::Number(number) => Some(Cow::Owned(number.to_string())),
            Self::String(string) => Some(Cow::Borrowed(string)),
            Self::List(_) | Self::Record(_) | Self::Other => None,
        }
    }
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(string: &'a str) -> Self {
        Self::String(Cow::Borrowed(string))
    }
}

impl From<String> for Value<'_> {
    fn from(string: String) -> Self {
        Self::String(Cow::Owned(string))
    }
}
