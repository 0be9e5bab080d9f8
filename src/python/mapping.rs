//! Reads `Params` that are not a plain dict by their own methods, as boto3 does.

use std::array;
use std::cell::OnceCell;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use super::call::wrong_type;
use super::entries::items;
use super::errors::foreign;
use super::params::{Entries, ParamList, member_of, read_params};
use crate::error::Error;
use crate::model::{Input as _, Kind, Lookup, Member, Operation, Param};
use crate::s3::{ReadParams, lookups};

/// The parts of boto3 that read the parameters, each once.
#[derive(Clone, Copy)]
enum Reader {
    Handlers,
    Endpoint,
    Validation,
    Host,
    Serialiser,
}

const READERS: usize = 5;

/// A mapping, and the entries that each reader has found in it.
struct Mapping<'py> {
    object: Bound<'py, PyAny>,
    /// A copy of it, once the handlers have set something.
    written: OnceCell<Bound<'py, PyAny>>,
    operation: &'static Operation,
    entries: [OnceCell<Entries<'py>>; READERS],
}

/// The same entries as parameters.
struct MappingParams<'m, 'py> {
    mapping: &'m Mapping<'py>,
    params: [OnceCell<ParamList<'m>>; READERS],
}

/// Calls `take` with the parameters in an object, read by the object's own methods.
///
/// # Errors
/// [`Error::ParamValidation`] if it is not a mapping; its own errors; and those of `take`.
pub(super) fn by_methods<T>(
    operation: &'static Operation,
    object: &Bound<'_, PyAny>,
    take: impl FnOnce(&dyn ReadParams<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let has = |name: &str| object.hasattr(name).map_err(foreign);
    if object.kind() != Kind::Map && !(has("get")? && has("items")?) {
        return Err(no_mapping(object));
    }
    let mapping = Mapping {
        object: object.clone(),
        written: OnceCell::new(),
        operation,
        entries: array::from_fn(|_| OnceCell::new()),
    };
    take(&MappingParams {
        mapping: &mapping,
        params: array::from_fn(|_| OnceCell::new()),
    })
}

impl<'py> Mapping<'py> {
    fn entries(&self, reader: Reader) -> Result<&Entries<'py>, Error> {
        let cell = &self.entries[reader as usize];
        if let Some(known) = cell.get() {
            return Ok(known);
        }
        let read = match reader {
            Reader::Handlers => self.looked_up(),
            Reader::Endpoint => self.located(),
            Reader::Validation => self.walked_over()?,
            Reader::Host => self.labels(),
            Reader::Serialiser => items(self.current()),
        };
        let read = read.map_err(foreign)?;
        Ok(cell.get_or_init(|| read))
    }

    /// The mapping to read: the caller's, or the copy that the handlers have changed.
    fn current(&self) -> &Bound<'py, PyAny> {
        self.written.get().unwrap_or(&self.object)
    }

    /// `params.get(name)`, `name in params` and `params[name]`.
    fn looked_up(&self) -> PyResult<Entries<'py>> {
        let py = self.object.py();
        let mut found = Entries::new();
        let mut has_key = false;
        for (name, how) in lookups(self.operation) {
            // boto3 looks for it only if there is a key.
            if how == Lookup::Item && name.ends_with("KeyMD5") && !has_key {
                continue;
            }
            let name = PyString::new(py, name).into_any();
            let value = match how {
                Lookup::Get => Some(self.get(&name)?).filter(|value| !value.is_none()),
                Lookup::GetAndItem if self.get(&name)?.is_none() => None,
                Lookup::Item if !self.object.contains(&name)? => None,
                Lookup::GetAndItem | Lookup::Item => Some(self.object.get_item(&name)?),
            };
            has_key = how == Lookup::GetAndItem && value.is_some();
            found.extend(value.map(|value| (name, value)));
        }
        Ok(found)
    }

    /// `params.get("Bucket")`.
    fn located(&self) -> PyResult<Entries<'py>> {
        let name = intern!(self.object.py(), "Bucket").clone().into_any();
        let bucket = self.get(&name)?;
        let found = Some((name, bucket)).filter(|(_, bucket)| !bucket.is_none());
        Ok(found.into_iter().collect())
    }

    /// `for name in params`, and then `params[name]` of those that the operation has.
    fn walked_over(&self) -> Result<PyResult<Entries<'py>>, Error> {
        if self.current().kind() != Kind::Map {
            return Err(no_mapping(self.current()));
        }
        let mut names = Vec::new();
        for name in self.current().try_iter().map_err(foreign)? {
            let name = name.map_err(foreign)?;
            let is_known = member_of(self.operation, &name)?.is_some();
            names.push((name, is_known));
        }
        let nothing = || self.object.py().None().into_bound(self.object.py());
        let value = |(name, is_known): (Bound<'py, PyAny>, bool)| {
            let value = if is_known {
                self.current().get_item(&name)?
            } else {
                // No reader asks for its value.
                nothing()
            };
            Ok((name, value))
        };
        Ok(names.into_iter().map(value).collect())
    }

    /// `params[name]` of those that become a part of the host.
    fn labels(&self) -> PyResult<Entries<'py>> {
        let members = self.operation.members.iter();
        let labels = members.filter(|member| member.is_host_label);
        let label = |member: &&Member| {
            let name = PyString::new(self.object.py(), member.name).into_any();
            let value = self.current().get_item(&name)?;
            Ok((name, value))
        };
        labels.map(label).collect()
    }

    fn get(&self, name: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let get = intern!(self.object.py(), "get");
        self.current().call_method1(get, (name,))
    }

    /// Sets these in a copy; `false` if it cannot be copied.
    fn write(&self, set: &[(&str, &str)]) -> PyResult<bool> {
        let py = self.object.py();
        let values = PyDict::new(py);
        for (name, text) in set {
            values.set_item(name, text)?;
        }
        let written = py
            .import(intern!(py, "presigned._client.mapping_copies"))?
            .call_method1(intern!(py, "written"), (&self.object, values))?;
        if written.is_none() {
            return Ok(false);
        }
        let _ = self.written.set(written);
        Ok(true)
    }
}

fn no_mapping(object: &Bound<'_, PyAny>) -> Error {
    wrong_type("input", object, "<class 'dict'>")
}

impl<'m> MappingParams<'m, '_> {
    fn params(&self, reader: Reader) -> Result<&[Param<'m>], Error> {
        let cell = &self.params[reader as usize];
        if let Some(known) = cell.get() {
            return Ok(known);
        }
        let mut params = ParamList::new();
        let entries = self.mapping.entries(reader)?;
        read_params(&mut params, self.mapping.operation, entries)?;
        Ok(cell.get_or_init(|| params))
    }
}

impl<'m> ReadParams<'m> for MappingParams<'m, '_> {
    fn looked_up(&self) -> Result<&[Param<'m>], Error> {
        self.params(Reader::Handlers)
    }

    fn located(&self) -> Result<&[Param<'m>], Error> {
        self.params(Reader::Endpoint)
    }

    fn validated(&self) -> Result<&[Param<'m>], Error> {
        self.params(Reader::Validation)
    }

    fn has(&self, name: &str) -> Result<bool, Error> {
        self.mapping.current().contains(name).map_err(foreign)
    }

    fn of_host(&self) -> Result<&[Param<'m>], Error> {
        self.params(Reader::Host)
    }

    fn write(&self, set: &[(&str, &str)]) -> Result<bool, Error> {
        self.mapping.write(set).map_err(foreign)
    }

    fn listed(&self) -> Result<&[Param<'m>], Error> {
        self.params(Reader::Serialiser)
    }
}
