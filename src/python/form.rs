//! `generate_presigned_post`: its arguments, read as boto3 reads them, and the dicts that forms are made of.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString};

use super::arguments::Given;
use super::clock;
use super::expiry;
use super::unusual::{VALUES, ask};
use crate::clock::Timestamp;
use crate::error::Error;
pub(super) use crate::s3::FormArguments;
use crate::s3::{Dates, FormObject, HasPolicy, Period};

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

impl<'py> Dates for FormArguments<Bound<'py, PyAny>, Borrowed<'_, 'py, PyAny>> {
    fn period(&self, has_policy: HasPolicy) -> Result<Period, Error> {
        let now = clock::now(self.bucket.py())?;
        let end = expiry::policy_end(self.expires_in.as_deref(), now, has_policy)?;
        let now = clock::whole(now)?;
        Ok(Period { now, end })
    }

    fn signed_at(&self, period: &Period) -> Result<Timestamp, Error> {
        match clock::asked_again(self.bucket.py())? {
            // boto3 asks twice.
            Some(now) => Ok(clock::whole(now)?),
            None => Ok(period.now),
        }
    }
}

impl FormObject for Bound<'_, PyAny> {
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

    #[inline]
    fn set_part(&self, name: &str, value: Option<&Self>) -> Result<(), Error> {
        Ok(self.set_item(interned(self.py(), name), value)?)
    }

    fn set_own(&self, name: &Self, value: Option<&Self>) -> Result<(), Error> {
        Ok(self.set_item(name, value)?)
    }

    fn set_string(&self, name: &str, utf8: &[u8]) -> Result<(), Error> {
        let py = self.py();
        Ok(self.set_item(interned(py, name), PyString::from_bytes(py, utf8)?)?)
    }
}

/// The name of a part as Python's own string, which knows its hash.
#[inline]
fn interned<'py>(py: Python<'py>, name: &str) -> Bound<'py, PyString> {
    let known = match name {
        "fields" => intern!(py, "fields"),
        "key" => intern!(py, "key"),
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
