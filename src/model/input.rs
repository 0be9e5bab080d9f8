//! A value that a caller passes for one parameter, from any language.

use std::borrow::Cow;

use super::kind::{Kind, Look, Lookup, Writing};
use crate::clock::Timestamp;
use crate::error::Error;

/// One value that a caller passes.
///
/// Python objects implement it in `python/`, so no layer below knows of Python. A method for
/// one kind names that kind; for another kind it returns an empty answer.
pub trait Input {
    /// What this is, or claims to be: an object that stands in for a string counts as one.
    fn kind(&self) -> Kind;

    /// What this is by its own type, even if it claims to be something else.
    fn native_kind(&self) -> Kind {
        self.kind()
    }

    /// The kind and the string at once, by one call.
    fn look(&self) -> Look<'_> {
        if let Some(string) = self.exact_string() {
            return Look {
                kind: Kind::String,
                string: Some(string),
                is_plain: true,
            };
        }
        let kind = self.kind();
        let is_string = kind == Kind::String;
        Look {
            kind,
            string: is_string.then(|| self.plain_string()).flatten(),
            is_plain: false,
        }
    }

    /// The string of a [`Kind::String`], as UTF-8.
    ///
    /// # Errors
    /// [`Error::Foreign`] where the string holds lone surrogates, which UTF-8 cannot carry.
    fn string(&self) -> Result<&str, Error>;

    /// The string of a [`Kind::String`] that UTF-8 can hold; `None` for anything else.
    fn plain_string(&self) -> Option<&str> {
        match self.kind() {
            Kind::String => self.string().ok(),
            _ => None,
        }
    }

    /// The string of a [`Kind::String`]; lone surrogates, if there are any, are
    /// [carried](crate::surrogate) along.
    ///
    /// # Errors
    /// [`Error::Foreign`] where the object itself raises.
    fn carried_string(&self) -> Result<Cow<'_, str>, Error> {
        self.string().map(Cow::Borrowed)
    }

    /// The string of a [`Kind::String`] as it is put into a URL: in UTF-8, unless a subclass encodes
    /// itself otherwise.
    ///
    /// # Errors
    /// [`Error::Foreign`] where the string holds lone surrogates, or the object itself raises.
    fn encoded(&self) -> Result<Cow<'_, [u8]>, Error> {
        self.string().map(|string| Cow::Borrowed(string.as_bytes()))
    }

    /// Whether this is all ASCII; `None` if it cannot be encoded at all.
    ///
    /// # Errors
    /// [`Error::Foreign`] where the object itself raises.
    fn is_ascii(&self) -> Result<Option<bool>, Error> {
        let is_string = self.kind() == Kind::String;
        Ok(is_string.then(|| self.string().is_ok_and(str::is_ascii)))
    }

    /// A string of no subclass that UTF-8 can hold: it cannot change, and prints as it reads.
    fn exact_string(&self) -> Option<&str> {
        None
    }

    /// Any other value as a string; `None` if it cannot be written so.
    ///
    /// # Errors
    /// [`Error::Foreign`] where the object itself raises.
    fn written(&self, how: Writing<'_>) -> Result<Option<String>, Error> {
        let is_string = self.kind() == Kind::String;
        Ok(match how {
            Writing::Formatted => Some(match self.plain_string() {
                Some(string) => string.to_owned(),
                None => self.shown()?,
            }),
            Writing::Printed => Some(self.shown()?),
            _ if !is_string => None,
            Writing::Listed => Some(quoted(self.carried_string()?).into_owned()),
            Writing::Behind(prefix) => Some([prefix, &*self.carried_string()?].concat()),
            Writing::Header => Some(self.carried_string()?.into_owned()),
        })
    }

    /// This as an item of a header that lists several: in quotation marks if it has a comma or one
    /// of them; `None` if it cannot be joined with others.
    ///
    /// # Errors
    /// [`Error::Foreign`] where the object itself raises.
    fn in_header_list(&self) -> Result<Option<Cow<'_, str>>, Error> {
        match self.exact_string() {
            Some(string) => Ok(Some(quoted(Cow::Borrowed(string)))),
            None => Ok(self.written(Writing::Listed)?.map(Cow::Owned)),
        }
    }

    /// A prefix with this string behind it; `None` if it cannot stand there.
    ///
    /// # Errors
    /// [`Error::Foreign`] where the object itself raises.
    fn behind(&self, prefix: &str) -> Result<Option<String>, Error> {
        match self.exact_string() {
            Some(string) => Ok(Some([prefix, string].concat())),
            None => self.written(Writing::Behind(prefix)),
        }
    }

    /// This string as the value of a header; `None` if it cannot be one.
    ///
    /// # Errors
    /// [`Error::Foreign`] where the object itself raises.
    fn as_header(&self) -> Result<Option<Cow<'_, str>>, Error> {
        match self.exact_string() {
            Some(string) => Ok(Some(Cow::Borrowed(string))),
            None => Ok(self.written(Writing::Header)?.map(Cow::Owned)),
        }
    }

    /// Whether this equals a name, as a key of a map does.
    ///
    /// # Errors
    /// [`Error::Foreign`] where the object itself raises.
    fn is_name(&self, name: &str) -> Result<bool, Error> {
        Ok(self.plain_string() == Some(name))
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

    /// The bytes of a [`Kind::Bytes`], or of a [`Kind::String`] as UTF-8.
    ///
    /// # Errors
    /// [`Error::Foreign`] where the string holds lone surrogates.
    fn bytes(&self) -> Result<Vec<u8>, Error>;

    /// Whether a [`Kind::Stream`] has nothing left to read; `false` if that cannot be found out.
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

    /// How Python's `str()` prints this. For a [`Kind::String`] that is not always the string itself: a
    /// subclass of `str`, such as an enumeration, may print differently. Headers and numbers on the
    /// wire take this form.
    ///
    /// # Errors
    /// As for [`string`](Self::string) and [`shown`](Self::shown).
    fn printed(&self) -> Result<Cow<'_, str>, Error> {
        match self.exact_string() {
            Some(string) => Ok(Cow::Borrowed(string)),
            None => self
                .written(Writing::Printed)
                .map(|string| Cow::Owned(string.unwrap_or_default())),
        }
    }

    /// How Python's f-strings print this, for a value that is sent. Lone surrogates are
    /// [carried](crate::surrogate) along.
    ///
    /// # Errors
    /// As for [`shown`](Self::shown).
    fn formatted(&self) -> Result<Cow<'_, str>, Error> {
        match self.exact_string() {
            Some(string) => Ok(Cow::Borrowed(string)),
            None => self
                .written(Writing::Formatted)
                .map(|string| Cow::Owned(string.unwrap_or_default())),
        }
    }

    /// The code points of a [`Kind::String`], lone surrogates included.
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

    /// The class that this claims to be of, by name; it may differ from its own type.
    fn claimed_class_name(&self) -> String {
        self.class_name()
    }

    /// The name of the class: `datetime`.
    fn class_name(&self) -> String {
        let printed = self.type_name();
        let path = printed.trim_start_matches("<class '").trim_end_matches("'>");
        path.rsplit('.').next().unwrap_or(path).to_owned()
    }

    /// Whether a [`Kind::List`] is a tuple, of no subclass.
    fn is_tuple(&self) -> bool {
        self.type_name() == "<class 'tuple'>"
    }

    /// The instant this stands for in whole seconds since 1970, rounded down; `None` if it is
    /// not a timestamp in any form that boto3 accepts.
    ///
    /// # Errors
    /// [`Error::Foreign`] for a number too large for a date, as boto3 raises it.
    fn instant(&self) -> Result<Option<i64>, Error>;

    /// The same for an instant that reads without the caller's code, and is not too far from 1970; `None`
    /// for all others.
    fn plain_instant(&self) -> Option<Timestamp> {
        None
    }

    /// The error for a value that is not a timestamp, if nothing was validated.
    fn why_no_instant(&self) -> Error {
        match self.shown() {
            Ok(shown) => Error::Value(format!("Invalid timestamp \"{shown}\"")),
            Err(raised) => raised,
        }
    }

    /// Visits the items of a [`Kind::List`] in order.
    ///
    /// # Errors
    /// The first error that `visit` returns.
    fn each_item(&self, visit: VisitItem<'_>) -> Result<(), Error>;

    /// Whether this has entries to visit: a [`Kind::Map`] has, and so has any other mapping.
    fn has_entries(&self) -> bool {
        self.kind() == Kind::Map
    }

    /// Visits the keys and values in the caller's order.
    ///
    /// # Errors
    /// The first error that `visit` returns.
    fn each_entry(&self, visit: VisitEntry<'_>) -> Result<(), Error>;

    /// The entries of a map of strings, none of which runs the caller's code: at most `most`, with values of at most
    /// `longest` bytes. `None` for all others.
    fn plain_entries(&self, _most: usize, _longest: usize) -> Option<Vec<(String, String)>> {
        None
    }

    /// As [`each_entry`](Self::each_entry), in the way that JSON reads them.
    ///
    /// # Errors
    /// The first error that `visit` returns.
    fn each_json_entry(&self, visit: VisitEntry<'_>) -> Result<(), Error> {
        self.each_entry(visit)
    }

    /// As [`each_entry`](Self::each_entry), in the way that they are merged into another map.
    ///
    /// # Errors
    /// The first error that `visit` returns.
    fn each_merged_entry(&self, visit: VisitEntry<'_>) -> Result<(), Error> {
        self.each_entry(visit)
    }

    /// Asks `is_wanted` of all keys of a [`Kind::Map`], and then visits the wanted keys and their values.
    ///
    /// # Errors
    /// The first error that `is_wanted` or `visit` returns.
    fn each_wanted(&self, is_wanted: IsWanted<'_>, visit: VisitEntry<'_>) -> Result<(), Error> {
        let mut wanted = Vec::new();
        self.each_entry(&mut |key, _| {
            wanted.push(is_wanted(key)?);
            Ok(())
        })?;
        let mut wanted = wanted.into_iter();
        self.each_entry(&mut |key, value| match wanted.next() {
            Some(true) => visit(key, value),
            _ => Ok(()),
        })
    }

    /// Whether a [`Kind::Map`] has a key.
    ///
    /// # Errors
    /// [`Error::Foreign`] where the object itself raises.
    fn has(&self, name: &str) -> Result<bool, Error> {
        let mut is_there = false;
        self.each_entry(&mut |key, _| {
            is_there |= key.is_name(name)?;
            Ok(())
        })?;
        Ok(is_there)
    }

    /// Calls `visit` with the value that a [`Kind::Map`] has under a key, if it has one.
    ///
    /// # Errors
    /// The error that `visit` returns; [`Error::Foreign`] where the object itself raises.
    fn find(&self, name: &str, _by: Lookup, visit: VisitItem<'_>) -> Result<(), Error> {
        self.each_entry(&mut |key, value| {
            if key.is_name(name)? {
                visit(value)?;
            }
            Ok(())
        })
    }
}

/// What is done with an item.
pub type VisitItem<'v> = &'v mut dyn FnMut(&dyn Input) -> Result<(), Error>;

/// What is done with a key and a value.
pub type VisitEntry<'v> = &'v mut dyn FnMut(&dyn Input, &dyn Input) -> Result<(), Error>;

/// Whether a key is wanted.
pub type IsWanted<'v> = &'v mut dyn FnMut(&dyn Input) -> Result<bool, Error>;

/// A string as an item of a header that lists several.
#[must_use]
fn quoted(string: Cow<'_, str>) -> Cow<'_, str> {
    if !string.contains([',', '"']) {
        return string;
    }
    let escaped = string.replace('"', "\\\"");
    Cow::Owned(["\"", &escaped, "\""].concat())
}
