//! The arguments of `generate_presigned_post`, read as boto3 reads them.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PySlice, PyString};

use super::super::arguments::Given;
use super::super::call::wrong_type;
use super::super::clock::{self, Clock};
use super::super::errors::foreign;
use super::super::expiry;
use super::template::{OwnFields, own_fields};
use crate::clock::Timestamp;
use crate::error::Error;
use crate::s3::{Dates, HasPolicy, Period};

/// The string that S3 replaces by the name of the user's file.
const FILENAME: &str = "${filename}";

/// The arguments as they were given.
pub(crate) struct FormArguments<'a, 'py> {
    pub(crate) bucket: Bound<'py, PyAny>,
    pub(crate) key: Bound<'py, PyAny>,
    pub(crate) fields: Given<'a, 'py>,
    pub(crate) conditions: Given<'a, 'py>,
    pub(crate) expires_in: Given<'a, 'py>,
}

/// The caller's own fields, as they were when the call began.
pub(super) enum StartFields<'py> {
    /// Of a plain dict whose names are plain strings.
    Plain(OwnFields<'py>),
    /// A copy of any other mapping: the caller gets it back with more in it.
    Copy(Bound<'py, PyAny>),
}

impl<'py> FormArguments<'_, 'py> {
    /// Whether the key is a string that can be written without asking Python.
    pub(super) fn has_plain_key(&self) -> bool {
        let key = self.key.cast_exact::<PyString>();
        key.is_ok_and(|key| key.to_str().is_ok())
    }

    /// The key that the policy is made from.
    ///
    /// boto3 asks an object of any class whether it ends with the browser's file name. If so, the
    /// policy has the part in front of it, which is a string if the key stands in for one.
    pub(super) fn key_of_policy(&self) -> Result<Bound<'py, PyAny>, Error> {
        let (key, py) = (&self.key, self.key.py());
        let prefix = || -> PyResult<Option<Bound<'py, PyAny>>> {
            let ends_with = intern!(py, "endswith");
            if key.is_instance_of::<PyString>()
                || !key.hasattr(ends_with)?
                || !key.call_method1(ends_with, (FILENAME,))?.is_truthy()?
            {
                return Ok(None);
            }
            let end = -FILENAME.len().cast_signed();
            key.get_item(PySlice::new(py, 0, end, 1)).map(Some)
        };
        match prefix().map_err(foreign)? {
            Some(prefix) if prefix.is_instance_of::<PyString>() => {
                prefix.add(FILENAME).map_err(foreign)
            }
            _ => Ok(key.clone()),
        }
    }

    /// The caller's fields. boto3 calls `copy()`; a mapping without it becomes a dict.
    pub(super) fn start(&self) -> Result<StartFields<'py>, Error> {
        let Some(fields) = self.fields.not_none() else {
            return Ok(StartFields::Plain(OwnFields::new()));
        };
        if let Ok(fields) = fields.cast_exact::<PyDict>() {
            if let Some(own) = own_fields(&fields) {
                return Ok(StartFields::Plain(own));
            }
            let copy = fields.copy().map_err(foreign)?;
            return Ok(StartFields::Copy(copy.into_any()));
        }
        if !fields.hasattr("keys").map_err(foreign)? {
            let valid = "a mapping such as <class 'dict'>";
            return Err(wrong_type("Fields", &fields, valid));
        }
        let copy = if fields.hasattr("copy").map_err(foreign)? {
            fields.call_method0("copy")
        } else {
            fields.py().get_type::<PyDict>().call1((fields,))
        };
        copy.map(StartFields::Copy).map_err(foreign)
    }

    /// The caller's conditions. boto3 takes any object that can be copied and appended to: a list, a
    /// deque.
    pub(super) fn condition_list(&self) -> Result<Option<Bound<'py, PyAny>>, Error> {
        let Some(conditions) = self.conditions.not_none() else {
            return Ok(None);
        };
        if conditions.is_exact_instance_of::<PyList>() {
            return Ok(Some(conditions.to_owned()));
        }
        let has = |name: &str| conditions.hasattr(name).map_err(foreign);
        if !(has("copy")? && has("append")?) {
            return Err(wrong_type("Conditions", &conditions, "<class 'list'>"));
        }
        let copy = conditions.call_method0("copy").map_err(foreign)?;
        let list = conditions.py().get_type::<PyList>().call1((copy,));
        list.map(Some).map_err(foreign)
    }
}

impl Dates for FormArguments<'_, '_> {
    fn period(&self, has_policy: HasPolicy) -> Result<Period, Error> {
        let now = clock::now(self.bucket.py()).map_err(foreign)?;
        let end = expiry::policy_end(self.expires_in.0.as_deref(), now, has_policy)?;
        let now = clock::whole(now).map_err(foreign)?;
        Ok(Period { now, end })
    }

    fn signed_at(&self, period: &Period) -> Result<Timestamp, Error> {
        let py = self.bucket.py();
        let clock = Clock::find(py).map_err(foreign)?;
        if !clock.is_replaced() {
            return Ok(period.now);
        }
        // A stand-in for the clock may count how often it is asked: boto3 asks twice.
        clock.now(py).and_then(clock::whole).map_err(foreign)
    }
}
