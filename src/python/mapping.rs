//! Reads a mapping by its own methods.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict as _, PyString};

use super::unusual::{VALUES, ask};
use crate::error::Error;
use crate::model::operations::OPERATIONS;
use crate::model::{Input as _, Operation};
use crate::s3::{Entries, Mapping};

impl Mapping for Bound<'_, PyAny> {
    fn new_string(&self, string: &str) -> Self {
        PyString::new(self.py(), string).into_any()
    }

    fn nothing(&self) -> Self {
        self.py().None().into_bound(self.py())
    }

    fn get(&self, name: &Self) -> Result<Self, Error> {
        Ok(self.call_method1(intern!(self.py(), "get"), (name,))?)
    }

    fn item(&self, name: &Self) -> Result<Self, Error> {
        Ok(self.get_item(name)?)
    }

    fn each_name(&self, mut visit: impl FnMut(Self) -> Result<(), Error>) -> Result<(), Error> {
        self.try_iter()?.try_for_each(|name| visit(name?))
    }

    fn items(&self) -> Result<Entries<Self>, Error> {
        let entries: Self = ask(self.py(), VALUES, "entries", (self,))?;
        let pair = |entry: PyResult<Self>| Ok(entry?.extract()?);
        entries.try_iter()?.map(pair).collect()
    }

    fn with(&self, set: &[(&str, &str)]) -> Result<Option<Self>, Error> {
        let copies = "presigned._client.mapping_copies";
        let values = set.iter().copied().into_py_dict(self.py())?;
        Ok(ask(self.py(), copies, "written", (self, values))?)
    }

    /// Any object that a dict of the names would take for one of them names its operation.
    fn operation(&self) -> Result<&'static Operation, Error> {
        let found = if let Ok(string) = self.cast_exact::<PyString>() {
            string.to_str().ok().and_then(Operation::by_method_name)
        } else {
            let id: Option<String> = ask(self.py(), VALUES, "operation_id", (self,))?;
            let mut all = OPERATIONS.iter().copied();
            all.find(|operation| id.as_deref() == Some(operation.name))
        };
        found.ok_or_else(|| self.shown().map_or_else(|error| error, Error::UnknownClientMethod))
    }

    fn has_methods(&self) -> Result<bool, Error> {
        Ok(self.hasattr("get")? && self.hasattr("items")?)
    }
}
