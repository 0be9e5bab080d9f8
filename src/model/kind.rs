//! What an [`Input`](super::Input) can be, and the ways in which it is asked.

/// The kind of an [`Input`](super::Input), as far as validation needs it.
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
    /// A string, also of a subclass of `str`.
    String,
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

/// What one call finds out about an [`Input`](super::Input).
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// What it is.
    pub kind: Kind,
    /// Its string, if it is a [`Kind::String`] that UTF-8 can hold.
    pub string: Option<&'a str>,
    /// Whether that is also how it prints. A subclass might print differently.
    pub is_plain: bool,
}

/// How a value is written as a string, where a value that is no plain string may have its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing<'a> {
    /// As Python's f-strings print it.
    Formatted,
    /// As Python's `str()` prints it.
    Printed,
    /// As an item of a header that lists several.
    Listed,
    /// Behind a prefix.
    Behind(&'a str),
    /// As the value of a header.
    Header,
}

/// By which method a map is asked for a key; a map's own methods may give different answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// Python's `map[key]`.
    Item,
    /// Python's `map.get(key)`.
    Get,
    /// Python's `map.get(key)`, and where that is something, `map[key]`.
    GetAndItem,
}
