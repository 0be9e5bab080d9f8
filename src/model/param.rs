//! One parameter of a call: a name, looked up once in the operation, and a value.

use std::borrow::Cow;
use std::fmt;

use super::input::Input;
use super::kind::{Kind, Look};
use super::operation::Member;
use crate::error::Error;

/// A name and a value, in the caller's order.
#[derive(Clone)]
pub struct Param<'a> {
    /// The name, as [`Operation::member`](super::Operation::member) found it.
    pub name: ParamName<'a>,
    /// The value.
    pub value: &'a dyn Input,
    /// What the value is. It is asked for once, as every step needs it.
    pub kind: Kind,
    /// The string of a [`Kind::String`] that UTF-8 can hold.
    pub string: Option<&'a str>,
    /// Whether that is also how it prints.
    pub is_plain: bool,
}

/// The name of a parameter.
#[derive(Clone, Debug)]
pub enum ParamName<'a> {
    /// A member of the operation.
    Known(&'static Member),
    /// Not a member: the name, or what Python's `str()` makes of a key that is not a string.
    Unknown(Cow<'a, str>),
}

impl<'a> Param<'a> {
    /// A value under a name.
    #[must_use]
    pub fn new(name: ParamName<'a>, value: &'a dyn Input) -> Self {
        let Look { kind, string, is_plain } = value.look();
        Self {
            name,
            value,
            kind,
            string,
            is_plain,
        }
    }

    /// A value for a member of the operation.
    #[must_use]
    pub fn known(member: &'static Member, value: &'a dyn Input) -> Self {
        Self::new(ParamName::Known(member), value)
    }

    /// Whether this is a value for the member of this name.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        matches!(self.name, ParamName::Known(member) if is_same(member.name, name))
    }

    /// Whether the value is Python's `None`, which counts as absent once validation is off.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.kind == Kind::Null
    }
}

/// Whether two names are one. Those of the tables are mostly the same string in memory.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    std::ptr::eq(one, other) || one == other
}

/// Names only: values may be secrets, such as encryption keys.
impl fmt::Debug for Param<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            ParamName::Known(member) => f.write_str(member.name),
            ParamName::Unknown(name) => write!(f, "{name}?"),
        }
    }
}

/// The line that boto3's validation writes for a parameter of a wrong type.
#[must_use]
pub fn wrong_type(name: &str, given: &dyn Input, valid: &str) -> Error {
    match given.shown() {
        Ok(shown) => Error::ParamValidation(format!(
            "Invalid type for parameter {name}, value: {shown}, type: {}, valid types: {valid}",
            given.type_name()
        )),
        Err(error) => error,
    }
}
