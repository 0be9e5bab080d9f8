//! `generate_presigned_post`: its arguments, read as boto3 reads them, and the dicts that forms are made of.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString};

use super::arguments::Given;
use super::clock;
use super::unusual::{VALUES, ask};
use crate::error::Error;
pub(super) use crate::s3::FormArguments;
use crate::s3::FormObject;

impl<'a, 'py> FormArguments<Bound<'py, PyAny>, Borrowed<'a, 'py, PyAny>> {
    /// The arguments as they were given.
    #[inline]
    pub(super) fn new(py: Python<'py>, given: [Given<'a, 'py>; 5]) -> Self {
        let [bucket, key, fields, conditions, expires_in] = given;
        Self {
            bucket: bucket.object(py),
            key: key.object(py),
            fields: fields.not_none(),
            conditions: conditions.not_none(),
            expires_in: expires_in.0,
        }
    }
}

impl FormObject for Bound<'_, PyAny> {
    fn clock(&self) -> Result<f64, Error> {
        Ok(clock::now(self.py())?)
    }

    fn clock_again(&self) -> Result<Option<f64>, Error> {
        Ok(clock::of_stand_in(self.py())?)
    }

    fn is_list(&self) -> bool {
        self.is_exact_instance_of::<PyList>()
    }

    fn key_of_policy(&self) -> Result<Self, Error> {
        Ok(ask(self.py(), VALUES, "key_of_policy", (self,))?)
    }

    fn copied_fields(&self) -> Result<Option<Self>, Error> {
        let copy: Option<(Self,)> = ask(self.py(), VALUES, "copied_fields", (self,))?;
        Ok(copy.map(|(copy,)| copy))
    }

    fn copied_conditions(&self) -> Result<Option<Self>, Error> {
        Ok(ask(self.py(), VALUES, "copied_conditions", (self,))?)
    }

    fn empty_map(&self) -> Self {
        PyDict::new(self.py()).into_any()
    }

    #[inline]
    fn copy_of(&self, map: &Py<PyAny>) -> Result<Self, Error> {
        let map = map.bind(self.py()).cast_exact::<PyDict>()?;
        Ok(map.copy()?.into_any())
    }

    fn set_key(&self, key: Option<&Self>) -> Result<(), Error> {
        Ok(self.set_item(intern!(self.py(), "key"), key)?)
    }

    fn set_fields(&self, fields: Option<&Self>) -> Result<(), Error> {
        Ok(self.set_item(intern!(self.py(), "fields"), fields)?)
    }

    fn set_own(&self, name: &Self, value: Option<&Self>) -> Result<(), Error> {
        Ok(self.set_item(name, value)?)
    }

    fn set_string(&self, name: &str, utf8: &[u8]) -> Result<(), Error> {
        let py = self.py();
        Ok(self.set_item(interned(py, name), PyString::from_bytes(py, utf8)?)?)
    }
}

/// The name of a field as Python's own string, which knows its hash.
fn interned<'py>(py: Python<'py>, name: &str) -> Bound<'py, PyString> {
    let known = match name {
        "policy" => intern!(py, "policy"),
        "url" => intern!(py, "url"),
        "x-amz-algorithm" => intern!(py, "x-amz-algorithm"),
        "x-amz-credential" => intern!(py, "x-amz-credential"),
        "x-amz-date" => intern!(py, "x-amz-date"),
        "x-amz-security-token" => intern!(py, "x-amz-security-token"),
        "x-amz-signature" => intern!(py, "x-amz-signature"),
        _ => return PyString::new(py, name),
    };
    known.clone()
}
