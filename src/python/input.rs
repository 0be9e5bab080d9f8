//! Lets the layers below read Python objects as parameter values, without knowing of Python.

use super::instants;
use super::kinds::{kind_it_stands_for, native_kind};
use super::strings::{carried, code_points, formatted, lossless, string, utf8};
use super::unusual::{VALUES, ask};
use crate::clock::Timestamp;
use crate::error::Error;
use crate::model::{Input, IsWanted, Kind, Lookup, VisitEntry, VisitItem, Writing};
use crate::s3::{each_plain_entry, each_wanted, plain_entries};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyInt, PyList, PyString, PyTuple};
use std::borrow::Cow;

const TIMESTAMPS: &str = "presigned._settings.timestamps";

impl Input for Bound<'_, PyAny> {
    fn kind(&self) -> Kind {
        let kind = native_kind(self).or_else(|| kind_it_stands_for(self));
        kind.unwrap_or_else(|| match self.hasattr("read") {
            Ok(true) => Kind::Stream,
            _ => Kind::Other,
        })
    }

    fn native_kind(&self) -> Kind {
        native_kind(self).unwrap_or(Kind::Other)
    }

    fn string(&self) -> Result<&str, Error> {
        Ok(string(self)?.to_str()?)
    }

    fn plain_string(&self) -> Option<&str> {
        utf8(self)
    }

    fn carried_string(&self) -> Result<Cow<'_, str>, Error> {
        Ok(carried(string(self)?)?)
    }

    fn exact_string(&self) -> Option<&str> {
        self.cast_exact::<PyString>().ok()?.to_str().ok()
    }

    fn encoded(&self) -> Result<Cow<'_, [u8]>, Error> {
        if let Some(string) = self.exact_string() {
            return Ok(Cow::Borrowed(string.as_bytes()));
        }
        // A subclass may encode itself to something else.
        let encoded = self.call_method1(intern!(self.py(), "encode"), ("utf-8",))?;
        encoded.bytes().map(Cow::Owned)
    }

    fn is_ascii(&self) -> Result<Option<bool>, Error> {
        match self.exact_string() {
            Some(string) => Ok(Some(string.is_ascii())),
            None => Ok(ask(self.py(), VALUES, "is_ascii", (self,))?),
        }
    }

    fn written(&self, how: Writing<'_>) -> Result<Option<String>, Error> {
        let py = self.py();
        let written: Bound<'_, PyAny> = match how {
            Writing::Formatted => formatted(self)?.into_any(),
            Writing::Printed => self.str()?.into_any(),
            Writing::Listed => ask(py, VALUES, "in_header_list", (self,))?,
            Writing::Behind(prefix) => ask(py, VALUES, "behind", (prefix, self))?,
            Writing::Header => {
                let is_string = self.kind() == Kind::String;
                ask(py, VALUES, "in_header", (self, is_string))?
            }
        };
        // Its own method may have made something else.
        let string = written.cast::<PyString>().ok().map(carried).transpose()?;
        Ok(string.map(Cow::into_owned))
    }

    fn is_name(&self, name: &str) -> Result<bool, Error> {
        if let Some(string) = self.exact_string() {
            return Ok(string == name);
        }
        // As a dict finds it.
        let name = PyString::new(self.py(), name);
        Ok(self.hash()? == name.hash()? && name.as_any().eq(self)?)
    }

    fn is_falsy(&self) -> Result<bool, Error> {
        Ok(!self.is_truthy()?)
    }

    fn length(&self) -> Result<usize, Error> {
        Ok(self.len()?)
    }

    fn is_below(&self, min: i64) -> Result<bool, Error> {
        Ok(self.lt(min)?)
    }

    fn bytes(&self) -> Result<Vec<u8>, Error> {
        if let Ok(string) = string(self) {
            return Ok(string.to_str()?.as_bytes().to_vec());
        }
        if let Ok(bytes) = self.cast_exact::<PyBytes>() {
            return Ok(bytes.as_bytes().to_vec());
        }
        let is_stand_in = self.native_kind() == Kind::Other && self.kind() == Kind::Bytes;
        Ok(ask(self.py(), VALUES, "as_bytes", (self, is_stand_in))?)
    }

    fn is_empty_stream(&self) -> Result<bool, Error> {
        // A stream that cannot be checked without reading it counts as a body.
        Ok(ask(self.py(), VALUES, "is_empty_stream", (self,)).unwrap_or(false))
    }

    fn shown(&self) -> Result<String, Error> {
        Ok(lossless(&formatted(self)?)?.into_owned())
    }

    fn code_points(&self) -> Result<Vec<u32>, Error> {
        Ok(code_points(self)?)
    }

    fn small_integer(&self) -> Option<i64> {
        self.cast_exact::<PyInt>().ok()?.extract().ok()
    }

    fn number(&self) -> Result<String, Error> {
        Ok(ask(self.py(), VALUES, "number", (self,))?)
    }

    fn deep_json(&self) -> Result<String, Error> {
        Ok(ask(self.py(), "json", "dumps", (self,))?)
    }

    fn claimed_class_name(&self) -> String {
        ask(self.py(), VALUES, "claimed_class_name", (self,)).unwrap_or_default()
    }

    fn is_tuple(&self) -> bool {
        self.is_exact_instance_of::<PyTuple>()
    }

    fn type_name(&self) -> String {
        ask(self.py(), VALUES, "type_name", (self,)).unwrap_or_default()
    }

    fn why_no_instant(&self) -> Error {
        match ask::<Bound<'_, PyAny>>(self.py(), TIMESTAMPS, "moment", (self,)) {
            Err(raised) => raised.into(),
            Ok(_) => Error::Value("Invalid timestamp".to_owned()),
        }
    }

    fn instant(&self) -> Result<Option<i64>, Error> {
        Ok(ask(self.py(), TIMESTAMPS, "whole_seconds", (self,))?)
    }

    fn plain_instant(&self) -> Option<Timestamp> {
        instants::plain(self)
    }

    fn each_item(&self, visit: VisitItem<'_>) -> Result<(), Error> {
        // A visit may run the caller's code, which may change the list. Then each item counts as it
        // is at its turn, as in boto3.
        if let Ok(list) = self.cast_exact::<PyList>() {
            list.iter().try_for_each(|item| visit(&item))
        } else if self.kind() == Kind::List {
            self.try_iter()?.try_for_each(|item| visit(&item?))
        } else {
            Ok(())
        }
    }

    fn each_entry(&self, visit: VisitEntry<'_>) -> Result<(), Error> {
        if self.has_entries() {
            visit_each(self, "entries", visit)
        } else {
            Ok(())
        }
    }

    fn plain_entries(&self, most: usize, longest: usize) -> Option<Vec<(String, String)>> {
        plain_entries(self, most, longest)
    }

    fn has_entries(&self) -> bool {
        self.kind() == Kind::Map || self.hasattr("items").unwrap_or(false)
    }

    fn each_json_entry(&self, visit: VisitEntry<'_>) -> Result<(), Error> {
        visit_each(self, "json_entries", visit)
    }

    fn each_merged_entry(&self, visit: VisitEntry<'_>) -> Result<(), Error> {
        visit_each(self, "merged_entries", visit)
    }

    fn each_wanted(&self, is_wanted: IsWanted<'_>, visit: VisitEntry<'_>) -> Result<(), Error> {
        each_wanted(self, is_wanted, visit)
    }

    fn has(&self, name: &str) -> Result<bool, Error> {
        Ok(self.contains(name)?)
    }

    fn find(&self, name: &str, by: Lookup, visit: VisitItem<'_>) -> Result<(), Error> {
        let given = (self, name, by == Lookup::Item);
        let found: Option<(Bound<'_, PyAny>,)> = ask(self.py(), VALUES, "find", given)?;
        found.map_or(Ok(()), |(value,)| visit(&value))
    }
}

/// Visits the entries of a mapping: a plain dict's, or else what a function of Python finds.
fn visit_each(map: &Bound<'_, PyAny>, find: &str, visit: VisitEntry<'_>) -> Result<(), Error> {
    if let Some(visited) = each_plain_entry(map, visit) {
        return visited;
    }
    let entries: Bound<'_, PyAny> = ask(map.py(), VALUES, find, (map,))?;
    entries.try_iter()?.try_for_each(|entry| {
        let (name, value): (Bound<'_, _>, Bound<'_, _>) = entry?.extract()?;
        visit(&name, &value)
    })
}
