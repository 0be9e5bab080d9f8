//! Lets the layers below read Python objects as parameter values, without knowing of Python.

use super::instants;
use super::kinds::{kind_it_stands_for, native_kind};
use super::mapping::{json_pair, pair};
use super::strings::{carried, code_points, formatted, lossless, quoted_by_itself, string, utf8};
use crate::clock::Timestamp;
use crate::error::Error;
use crate::model::{Input, Kind, Look, Lookup, VisitEntry, VisitItem, quoted};
use pyo3::exceptions::{PyAttributeError, PyKeyError, PyTypeError, PyUnicodeEncodeError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDict, PyFloat, PyInt, PyList, PyMemoryView, PyString, PyTuple};
use smallvec::SmallVec;
use std::borrow::Cow;

impl Input for Bound<'_, PyAny> {
    fn kind(&self) -> Kind {
        if let Some(kind) = native_kind(self).or_else(|| kind_it_stands_for(self)) {
            kind
        } else if self.hasattr("read").unwrap_or(false) {
            Kind::Stream
        } else {
            Kind::Other
        }
    }

    fn native_kind(&self) -> Kind {
        native_kind(self).unwrap_or(Kind::Other)
    }

    fn look(&self) -> Look<'_> {
        if let Ok(string) = self.cast_exact::<PyString>() {
            let string = string.to_str().ok();
            return Look {
                kind: Kind::String,
                string,
                is_plain: string.is_some(),
            };
        }
        Look {
            kind: self.kind(),
            string: utf8(self),
            is_plain: false,
        }
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

    fn encoded(&self) -> Result<Cow<'_, [u8]>, Error> {
        if let Ok(string) = self.cast_exact::<PyString>() {
            return Ok(Cow::Borrowed(string.to_str()?.as_bytes()));
        }
        // A subclass may encode itself to something else.
        let encoded = self.call_method1(intern!(self.py(), "encode"), ("utf-8",))?;
        encoded.bytes().map(Cow::Owned)
    }

    fn is_ascii(&self) -> Result<Option<bool>, Error> {
        if let Ok(string) = self.cast_exact::<PyString>() {
            return Ok(Some(string.to_str().is_ok_and(str::is_ascii)));
        }
        let py = self.py();
        match self.call_method1(intern!(py, "encode"), ("ascii",)) {
            Ok(_) => Ok(Some(true)),
            Err(error) if error.is_instance_of::<PyUnicodeEncodeError>(py) => Ok(Some(false)),
            Err(error) if error.is_instance_of::<PyAttributeError>(py) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn in_header_list(&self) -> Result<Option<Cow<'_, str>>, Error> {
        if self.is_exact_instance_of::<PyString>() {
            return self.carried_string().map(|string| Some(quoted(string)));
        }
        string_made(&quoted_by_itself(self)?)
    }

    fn behind(&self, prefix: &str) -> Result<Option<String>, Error> {
        if self.is_exact_instance_of::<PyString>() {
            return Ok(Some([prefix, &*self.carried_string()?].concat()));
        }
        // An object that stands in for a string, or a subclass, may have its own `__radd__`.
        let py = self.py();
        let sum = match PyString::new(py, prefix).add(self) {
            Ok(sum) => sum,
            Err(error) if error.is_instance_of::<PyTypeError>(py) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        Ok(string_made(&sum)?.map(Cow::into_owned))
    }

    fn as_header(&self) -> Result<Option<Cow<'_, str>>, Error> {
        if self.is_instance_of::<PyString>() {
            return self.carried_string().map(Some);
        }
        // boto3 splits it at its blanks.
        if self.kind() == Kind::String || self.hasattr("split").unwrap_or(false) {
            return self.printed().map(Some);
        }
        Ok(None)
    }

    fn is_name(&self, name: &str) -> Result<bool, Error> {
        if let Ok(string) = self.cast_exact::<PyString>() {
            return Ok(string.to_str().is_ok_and(|string| string == name));
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
        if let Ok(string) = self.cast::<PyString>() {
            return Ok(string.to_str()?.as_bytes().to_vec());
        }
        let bytes = if self.native_kind() == Kind::Other && self.kind() == Kind::Bytes {
            self.py().get_type::<PyBytes>().call1((self,))?
        } else {
            // bytes() of an int would make zeros: only an object with a buffer is taken.
            PyMemoryView::from(self)?.call_method0("tobytes")?
        };
        Ok(bytes.cast::<PyBytes>()?.as_bytes().to_vec())
    }

    fn is_empty_stream(&self) -> Result<bool, Error> {
        let look = || -> PyResult<bool> {
            let position = self.call_method0("tell")?;
            let first = self.call_method1("read", (1,))?;
            self.call_method1("seek", (position,))?;
            Ok(!first.is_truthy()?)
        };
        // A stream that cannot be checked without reading it counts as a body.
        Ok(look().unwrap_or(false))
    }

    fn shown(&self) -> Result<String, Error> {
        Ok(lossless(&formatted(self)?)?.into_owned())
    }

    fn formatted(&self) -> Result<Cow<'_, str>, Error> {
        if self.is_exact_instance_of::<PyString>() {
            return self.carried_string();
        }
        Ok(Cow::Owned(carried(&formatted(self)?)?.into_owned()))
    }

    fn printed(&self) -> Result<Cow<'_, str>, Error> {
        if self.is_exact_instance_of::<PyString>() {
            return self.carried_string();
        }
        // A subclass of str may print something else.
        Ok(Cow::Owned(carried(&self.str()?)?.into_owned()))
    }

    fn code_points(&self) -> Result<Vec<u32>, Error> {
        Ok(code_points(self)?)
    }

    fn small_integer(&self) -> Option<i64> {
        self.cast_exact::<PyInt>().ok()?.extract().ok()
    }

    fn number(&self) -> Result<String, Error> {
        let py = self.py();
        let class = if self.is_instance_of::<PyFloat>() {
            py.get_type::<PyFloat>()
        } else {
            py.get_type::<PyInt>()
        };
        Ok(class.call_method1("__repr__", (self,))?.extract()?)
    }

    fn deep_json(&self) -> Result<String, Error> {
        let json = self.py().import("json")?;
        Ok(json.call_method1("dumps", (self,))?.extract()?)
    }

    fn claimed_class_name(&self) -> String {
        let py = self.py();
        let class = self.getattr(intern!(py, "__class__"));
        let name = class.and_then(|class| class.getattr(intern!(py, "__name__")));
        name.map(|name| name.to_string()).unwrap_or_default()
    }

    fn is_tuple(&self) -> bool {
        self.is_exact_instance_of::<PyTuple>()
    }

    fn type_name(&self) -> String {
        let class = self.get_type();
        match class.str() {
            Ok(string) => string.to_string_lossy().into_owned(),
            Err(_) => format!("<class '{}'>", class.as_ptr().addr()),
        }
    }

    fn why_no_instant(&self) -> Error {
        let module = self.py().import("presigned._settings.timestamps");
        match module.and_then(|module| module.call_method1("moment", (self,))) {
            Err(raised) => raised.into(),
            Ok(_) => Error::Value("Invalid timestamp".to_owned()),
        }
    }

    fn instant(&self) -> Result<Option<i64>, Error> {
        static READ: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let module = "presigned._settings.timestamps";
        let read = READ.import(self.py(), module, "whole_seconds")?;
        Ok(read.call1((self,))?.extract()?)
    }

    fn plain_instant(&self) -> Option<Timestamp> {
        instants::plain(self)
    }

    fn each_item(&self, visit: VisitItem<'_>) -> Result<(), Error> {
        // A visit may run the caller's code, which may change the list. Then each item counts as it
        // is at its turn, as in boto3.
        if let Ok(list) = self.cast_exact::<PyList>() {
            list.iter().try_for_each(|item| visit(&item))
        } else if let Ok(tuple) = self.cast_exact::<PyTuple>() {
            tuple.iter().try_for_each(|item| visit(&item))
        } else if self.kind() == Kind::List {
            let mut items = self.try_iter()?;
            items.try_for_each(|item| visit(&item?))
        } else {
            Ok(())
        }
    }

    fn each_entry(&self, visit: VisitEntry<'_>) -> Result<(), Error> {
        let Ok(map) = self.cast_exact::<PyDict>() else {
            if !self.has_entries() {
                return Ok(());
            }
            let items = self.call_method0(intern!(self.py(), "items"))?;
            return items.try_iter()?.try_for_each(|item| {
                let (key, value) = pair(&item?)?;
                visit(&key, &value)
            });
        };
        if let (1, Some((key, value))) = (map.len(), map.iter().next()) {
            return visit(&key, &value);
        }
        // The entries are taken first: a visit may run the caller's code, which may change the dict.
        let entries: SmallVec<[(Bound<'_, PyAny>, Bound<'_, PyAny>); 8]> = map.iter().collect();
        entries
            .iter()
            .try_for_each(|(key, value)| visit(key, value))
    }

    fn plain_entries(&self, most: usize, longest: usize) -> Option<Vec<(String, String)>> {
        let map = self
            .cast_exact::<PyDict>()
            .ok()
            .filter(|map| map.len() <= most)?;
        let string = |object: &Bound<'_, PyAny>| {
            let string = object.cast_exact::<PyString>().ok()?.to_str().ok()?;
            (string.len() <= longest).then(|| string.to_owned())
        };
        let mut entries = map.iter();
        // None of the caller's code runs meanwhile.
        entries.try_fold(Vec::new(), |mut read, (name, value)| {
            read.push((string(&name)?, string(&value)?));
            Some(read)
        })
    }

    fn has_entries(&self) -> bool {
        self.kind() == Kind::Map || self.hasattr("items").unwrap_or(false)
    }

    fn each_json_entry(&self, visit: VisitEntry<'_>) -> Result<(), Error> {
        if self.is_exact_instance_of::<PyDict>() {
            return self.each_entry(visit);
        }
        // Python's encoder does not ask an empty dict for its items.
        if self.cast::<PyDict>().is_ok_and(PyDictMethods::is_empty) {
            return Ok(());
        }
        let items = self.call_method0(intern!(self.py(), "items"))?;
        items.try_iter()?.try_for_each(|item| {
            let (key, value) = json_pair(&item?)?;
            visit(&key, &value)
        })
    }

    fn each_merged_entry(&self, visit: VisitEntry<'_>) -> Result<(), Error> {
        if self.is_exact_instance_of::<PyDict>() {
            return self.each_entry(visit);
        }
        let merged = PyDict::new(self.py()).into_any();
        merged.call_method1(intern!(self.py(), "update"), (self,))?;
        merged.each_entry(visit)
    }

    fn each_wanted(
        &self,
        is_wanted: &mut dyn FnMut(&dyn Input) -> Result<bool, Error>,
        visit: VisitEntry<'_>,
    ) -> Result<(), Error> {
        let mut keys = Vec::new();
        for key in self.try_iter()? {
            let key = key?;
            if is_wanted(&key)? {
                keys.push(key);
            }
        }
        keys.iter().try_for_each(|key| {
            let value = self.get_item(key)?;
            visit(key, &value)
        })
    }

    fn has(&self, name: &str) -> Result<bool, Error> {
        Ok(self.contains(name)?)
    }

    fn find(&self, name: &str, by: Lookup, visit: VisitItem<'_>) -> Result<(), Error> {
        let py = self.py();
        let found = match by {
            Lookup::Item => self.get_item(name),
            Lookup::Get | Lookup::GetAndItem => self.call_method1(intern!(py, "get"), (name,)),
        };
        match found {
            Ok(value) => visit(&value),
            Err(error) if by == Lookup::Item && error.is_instance_of::<PyKeyError>(py) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// What an object's own method has made, if it is a string.
fn string_made(made: &Bound<'_, PyAny>) -> Result<Option<Cow<'static, str>>, Error> {
    let Ok(string) = made.cast::<PyString>() else {
        return Ok(None);
    };
    Ok(Some(Cow::Owned(carried(string)?.into_owned())))
}
