//! `generate_presigned_post`: its arguments, read as boto3 reads them, and the dicts that forms are made of.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PySlice, PyString};

use super::arguments::Given;
use super::clock;
use super::expiry;
use crate::clock::Timestamp;
use crate::error::Error;
use crate::model::wrong_type;
use crate::s3::{
    Dates, FormCall, FormObject, FormTerms, HasPolicy, OwnFields, Period, StartFields, own_fields,
};

/// The string that S3 replaces by the name of the user's file.
const FILENAME: &str = "${filename}";

/// The arguments as they were given.
pub(super) struct FormArguments<'a, 'py> {
    bucket: Bound<'py, PyAny>,
    key: Bound<'py, PyAny>,
    fields: Given<'a, 'py>,
    conditions: Given<'a, 'py>,
    expires_in: Given<'a, 'py>,
}

impl<'a, 'py> FormArguments<'a, 'py> {
    #[inline]
    pub(super) fn new(py: Python<'py>, given: [Given<'a, 'py>; 5]) -> Self {
        let [bucket, key, fields, conditions, expires_in] = given;
        Self {
            bucket: bucket.object(py),
            key: key.object(py),
            fields,
            conditions,
            expires_in,
        }
    }
}

impl<'py> FormCall<Bound<'py, PyAny>> for FormArguments<'_, 'py> {
    fn bucket(&self) -> &Bound<'py, PyAny> {
        &self.bucket
    }

    fn key(&self) -> &Bound<'py, PyAny> {
        &self.key
    }

    /// The key that the policy is made from.
    ///
    /// boto3 asks an object of any class whether it ends with the browser's file name. If so, the
    /// policy has the part in front of it, which is a string if the key stands in for one.
    fn key_of_policy(&self) -> Result<Bound<'py, PyAny>, Error> {
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
        match prefix()? {
            Some(prefix) if prefix.is_instance_of::<PyString>() => Ok(prefix.add(FILENAME)?),
            _ => Ok(key.clone()),
        }
    }

    /// The caller's fields. boto3 calls `copy()`; a mapping without it becomes a dict.
    fn start(&self) -> Result<StartFields<Bound<'py, PyAny>>, Error> {
        let Some(fields) = self.fields.not_none() else {
            return Ok(StartFields::Plain(OwnFields::new()));
        };
        if let Some(own) = own_fields(&*fields) {
            return Ok(StartFields::Plain(own));
        }
        if let Ok(fields) = fields.cast_exact::<PyDict>() {
            let copy = fields.copy()?;
            return Ok(StartFields::Copy(copy.into_any()));
        }
        if !fields.hasattr("keys")? {
            let valid = "a mapping such as <class 'dict'>";
            return Err(wrong_type("Fields", &*fields, valid));
        }
        let copy = if fields.hasattr("copy")? {
            fields.call_method0("copy")
        } else {
            fields.py().get_type::<PyDict>().call1((fields,))
        };
        Ok(StartFields::Copy(copy?))
    }

    /// The caller's conditions. boto3 takes any object that can be copied and appended to: a list, a
    /// deque.
    fn condition_list(&self) -> Result<Option<Bound<'py, PyAny>>, Error> {
        let Some(conditions) = self.conditions.not_none() else {
            return Ok(None);
        };
        if conditions.is_exact_instance_of::<PyList>() {
            return Ok(Some(conditions.to_owned()));
        }
        if !(conditions.hasattr("copy")? && conditions.hasattr("append")?) {
            return Err(wrong_type("Conditions", &*conditions, "<class 'list'>"));
        }
        let copy = conditions.call_method0("copy")?;
        let list = conditions.py().get_type::<PyList>().call1((copy,));
        Ok(Some(list?))
    }

    #[inline]
    fn terms(&self) -> Option<FormTerms<'_, Bound<'py, PyAny>>> {
        let conditions = self.conditions.0.as_deref().filter(|list| !list.is_none());
        if conditions.is_some_and(|list| !list.is_exact_instance_of::<PyList>()) {
            return None;
        }
        Some(FormTerms {
            bucket: &self.bucket,
            conditions,
            expires_in: self.expires_in.0.as_deref(),
        })
    }
}

impl Dates for FormArguments<'_, '_> {
    fn period(&self, has_policy: HasPolicy) -> Result<Period, Error> {
        let now = clock::now(self.bucket.py())?;
        let end = expiry::policy_end(self.expires_in.0.as_deref(), now, has_policy)?;
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
    fn empty_map(&self) -> Self {
        PyDict::new(self.py()).into_any()
    }

    #[inline]
    fn copy_of(&self, fields: &Py<PyAny>) -> Result<Self, Error> {
        let fields = fields.bind(self.py()).cast_exact::<PyDict>()?;
        Ok(fields.copy()?.into_any())
    }

    #[inline]
    fn fields_in_copy_of(&self, answer: &Py<PyAny>) -> Result<Self, Error> {
        let answer = answer.bind(self.py()).cast_exact::<PyDict>()?.copy()?;
        answer.set_item(intern!(self.py(), "fields"), self)?;
        Ok(answer.into_any())
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
