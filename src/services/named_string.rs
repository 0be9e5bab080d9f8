//! A header or a parameter of the caller.

use crate::request::Header;

/// A name and its value: a header, or a parameter that is not encoded yet.
pub type NamedString = (String, String);

/// These as the headers of a request.
pub(super) fn borrowed(pairs: &[NamedString]) -> Vec<Header<'_>> {
    let borrowed = pairs.iter().map(|(name, value)| (name.into(), value.into()));
    borrowed.collect()
}
