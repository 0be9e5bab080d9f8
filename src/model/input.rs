//! What a caller hands in as the value of one parameter, whatever language it comes from.

use std::borrow::Cow;

use crate::error::Error;

/// What an [`Input`] is, as far as validation asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Python's `None`.
    Null,
    /// `True` or `False`; an integer too, as in Python.
    Bool,
    /// A whole number of any size.
    Int,
    /// A binary floating point number.
    Float,
    /// A decimal number.
    Decimal,
    /// Text, also of a subclass of `str`.
    Text,
    /// `bytes` or `bytearray`.
    Bytes,
    /// Anything that can be read from.
    Stream,
    /// A list or a tuple.
    List,
    /// A `dict`, also of a subclass.
    Map,
    /// Anything else; it may still be an instant.
    Other,
}

/// An [`Input`] at first sight.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// What it is.
    pub kind: Kind,
    /// Its text, if it is a [`Kind::Text`] that UTF-8 can hold.
    pub text: Option<&'a str>,
    /// Whether that is also how it prints: it is of no subclass, which might print otherwise.
    pub is_plain: bool,
}

/// One value of the caller's.
///
/// Python objects implement it in `python/`, and so no layer below knows of Python. Methods that
/// take a kind for granted say so; called on another kind they return an empty answer.
pub trait Input {
    /// What this is.
    fn kind(&self) -> Kind;

    /// All that is known at first sight, by one call.
    fn look(&self) -> Look<'_> {
        let kind = self.kind();
        let is_text = kind == Kind::Text;
        Look {
            kind,
            text: is_text.then(|| self.text().ok()).flatten(),
            is_plain: false,
        }
    }

    /// The text of a [`Kind::Text`], as UTF-8.
    ///
    /// # Errors
    /// [`Error::Foreign`] where the text holds lone surrogates, which UTF-8 cannot carry.
    fn text(&self) -> Result<&str, Error>;

    /// The text of a [`Kind::Text`] that UTF-8 can hold; `None` for anything else.
    fn plain_text(&self) -> Option<&str> {
        match self.kind() {
            Kind::Text => self.text().ok(),
            _ => None,
        }
    }

    /// The text of a [`Kind::Text`]; lone surrogates, if there are any, are
    /// [carried](crate::surrogate) along.
    ///
    /// # Errors
    /// [`Error::Foreign`] where the object itself raises.
    fn carried_text(&self) -> Result<Cow<'_, str>, Error> {
        self.text().map(Cow::Borrowed)
    }

    /// Whether this is false, zero or empty: Python's `not value`.
    ///
    /// # Errors
    /// [`Error::Foreign`] where the object itself raises.
    fn is_falsy(&self) -> Result<bool, Error>;

    /// The number of items, entries or characters.
    ///
    /// # Errors
    /// [`Error::Foreign`] where the object itself raises.
    fn length(&self) -> Result<usize, Error>;

    /// Whether a number is below `min`.
    ///
    /// # Errors
    /// [`Error::Foreign`] where the object itself raises.
    fn is_below(&self, min: i64) -> Result<bool, Error>;

    /// The bytes of a [`Kind::Bytes`], or of a [`Kind::Text`] as UTF-8.
    ///
    /// # Errors
    /// [`Error::Foreign`] where the text holds lone surrogates.
    fn bytes(&self) -> Result<Vec<u8>, Error>;

    /// Whether a [`Kind::Stream`] has nothing left to read; one that cannot tell has something.
    ///
    /// # Errors
    /// [`Error::Foreign`] where the object itself raises.
    fn is_empty_stream(&self) -> Result<bool, Error> {
        Ok(false)
    }

    /// How Python's f-strings print this: for error messages.
    /// Lone surrogates are [carried](crate::surrogate) along.
    ///
    /// # Errors
    /// [`Error::Foreign`] where the object itself raises.
    fn shown(&self) -> Result<String, Error>;

    /// How Python's `str()` prints this: for a [`Kind::Text`] not always the text itself, for a
    /// subclass of `str` may print otherwise, as an enumeration of texts does. Headers and
    /// numbers on the wire take this form.
    ///
    /// # Errors
    /// As for [`text`](Self::text) and [`shown`](Self::shown).
    fn printed(&self) -> Result<Cow<'_, str>, Error> {
        self.shown().map(Cow::Owned)
    }

    /// The code points of a [`Kind::Text`], lone surrogates included.
    ///
    /// # Errors
    /// [`Error::Foreign`] where the object itself raises.
    fn code_points(&self) -> Result<Vec<u32>, Error>;

    /// A whole number of no subclass, if it has few digits; [`number`](Self::number) has the rest.
    fn small_integer(&self) -> Option<i64> {
        None
    }

    /// A [`Kind::Int`] or [`Kind::Float`] as Python's own `int` or `float` would print it,
    /// whatever a subclass prints: the form that JSON takes.
    ///
    /// # Errors
    /// [`Error::Foreign`] where the object itself raises.
    fn number(&self) -> Result<String, Error>;

    /// The whole value as JSON, however deep it nests.
    ///
    /// # Errors
    /// [`Error::Foreign`] as Python's `json` raises it; without Python, [`Error::Value`].
    fn deep_json(&self) -> Result<String, Error> {
        Err(Error::Value("Circular reference detected".into()))
    }

    /// How Python prints the type: `<class 'int'>`.
    fn type_name(&self) -> String;

    /// Whether a [`Kind::List`] is a tuple, of no subclass.
    fn is_tuple(&self) -> bool {
        self.type_name() == "<class 'tuple'>"
    }

    /// The instant this stands for in whole seconds since 1970, rounded down; `None` if it is
    /// not a timestamp in any form that boto3 accepts.
    ///
    /// # Errors
    /// [`Error::Runtime`] for a number too absurd for a date, as boto3 raises it.
    fn instant(&self) -> Result<Option<i64>, Error>;

    /// Why this is no instant, where validation did not ask first.
    fn why_no_instant(&self) -> Error {
        match self.shown() {
            Ok(shown) => Error::Value(format!("Invalid timestamp \"{shown}\"")),
            Err(raised) => raised,
        }
    }

    /// Visits the items of a [`Kind::List`] in order.
    ///
    /// # Errors
    /// Whatever `visit` returns first.
    fn each_item(
        &self,
        visit: &mut dyn FnMut(&dyn Input) -> Result<(), Error>,
    ) -> Result<(), Error>;

    /// Visits the keys and values of a [`Kind::Map`] in the caller's order.
    ///
    /// # Errors
    /// Whatever `visit` returns first.
    #[expect(
        clippy::type_complexity,
        reason = "a name for it would hide what is visited"
    )]
    fn each_entry(
        &self,
        visit: &mut dyn FnMut(&dyn Input, &dyn Input) -> Result<(), Error>,
    ) -> Result<(), Error>;
}
