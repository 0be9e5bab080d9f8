//! `generate_presigned_post`: Python's mappings and lists in, a form out.

mod known;
mod parts;
mod template;

use std::cell::Cell;
use std::sync::Arc;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PySlice, PyString};

use super::arguments::Given;
use super::call::wrong_type;
use super::clock::{self, Clock};
use super::errors::foreign;
use super::expiry;
use crate::clock::Timestamp;
use crate::error::Error;
use crate::model::Input;
use crate::s3::{Dates, HasPolicy, Period, Posted, Presigner, end_by};
use known::{Kind, KnownForms};
use template::Entries;

/// What the forms of one client leave for later ones.
#[derive(Default)]
pub(super) struct Templates {
    known: KnownForms,
    by_names: template::Templates,
}

/// The arguments of `generate_presigned_post`.
pub(super) struct Form<'a, 'py> {
    pub(super) bucket: Bound<'py, PyAny>,
    pub(super) key: Bound<'py, PyAny>,
    pub(super) fields: Given<'a, 'py>,
    pub(super) conditions: Given<'a, 'py>,
    pub(super) expires_in: Given<'a, 'py>,
    /// Where it is noted when the form stops working, if somebody wants to know.
    pub(super) expires_at: Option<&'a Cell<Option<Timestamp>>>,
}

/// The caller's own fields, as they were when the call began.
enum Start<'py> {
    /// Of a plain dict with names that are text.
    Entries(Entries<'py>),
    /// A copy of any other mapping: the caller gets it back with more in it.
    Copy(Bound<'py, PyAny>),
}

impl<'py> Form<'_, 'py> {
    /// `{"url": ..., "fields": ...}`; the fields are a mapping of the caller's own type.
    pub(super) fn presign(
        &self,
        presigner: &Presigner,
        templates: &Templates,
    ) -> Result<Bound<'py, PyDict>, Error> {
        let py = self.bucket.py();
        let start = self.start()?;
        if let Start::Entries(own) = &start
            && self.has_plain_key()
        {
            let kinds = templates.known.kinds();
            if let Some(kind) = kinds.iter().find(|kind| kind.fits(self, own)) {
                return self.presign_like(kind, presigner, templates, own);
            }
        }
        let stand_in = self.key_of_policy()?;
        let key = stand_in.as_ref().unwrap_or(&self.key);
        let conditions = self.condition_list()?;
        let conditions = conditions.as_ref().map(|list| list as &dyn Input);
        let answer = |posted: &Posted<'_>| -> PyResult<Bound<'py, PyDict>> {
            self.note_end(posted);
            let fields = match &start {
                Start::Entries(own) => {
                    templates.known.remember(presigner, self, own, posted)?;
                    return templates.by_names.answer(own, &self.key, posted);
                }
                Start::Copy(fields) => fields,
            };
            fields.set_item(intern!(py, "key"), &self.key)?;
            for (name, value) in posted.fields {
                fields.set_item(interned(py, name), PyString::from_bytes(py, value)?)?;
            }
            let answer = PyDict::new(py);
            answer.set_item(intern!(py, "url"), posted.url)?;
            answer.set_item(intern!(py, "fields"), fields)?;
            Ok(answer)
        };
        presigner
            .presign_post(&self.bucket, key, conditions, self, answer)?
            .map_err(foreign)
    }

    /// A form of a kind that is known.
    fn presign_like(
        &self,
        kind: &Arc<Kind>,
        presigner: &Presigner,
        templates: &Templates,
        own: &Entries<'py>,
    ) -> Result<Bound<'py, PyDict>, Error> {
        let py = self.bucket.py();
        // Only what is signed becomes known, and that has a policy.
        let mut period = self.period(HasPolicy(true))?;
        period.now = self.signed_at(&period)?;
        presigner
            .presign_post_like(&kind.begun, &self.key, period, |posted, renewed| {
                self.note_end(posted);
                let Some(begun) = renewed else {
                    return kind.template.answer(own, &self.key, posted);
                };
                let Some(renewed) = kind.renewed(py, own, posted, begun)? else {
                    return templates.by_names.answer(own, &self.key, posted);
                };
                let answer = renewed.template.answer(own, &self.key, posted);
                templates.known.renew(kind, renewed);
                answer
            })?
            .map_err(foreign)
    }

    /// An unsigned form has no policy, and nothing ends.
    fn note_end(&self, posted: &Posted<'_>) {
        if let Some(expires_at) = self.expires_at {
            let end = posted.end.seconds();
            let credentials = posted.credentials;
            expires_at.set(credentials.map(|credentials| end_by(end, credentials)));
        }
    }

    /// Whether the key is a text that can be written without asking Python.
    fn has_plain_key(&self) -> bool {
        let key = self.key.cast_exact::<PyString>();
        key.is_ok_and(|key| key.to_str().is_ok())
    }

    /// The text that stands in the policy for a key that is none itself; `None` if there is no such
    /// text, or it is not needed.
    ///
    /// boto3 asks any key whether it ends with the browser's file name, and then puts what is in front
    /// of that into the policy, which is a text where the key stands in for one.
    fn key_of_policy(&self) -> Result<Option<Bound<'py, PyAny>>, Error> {
        const FILENAME: &str = "${filename}";
        let py = self.bucket.py();
        if self.key.is_instance_of::<PyString>() {
            return Ok(None);
        }
        let prefix = || -> PyResult<Option<Bound<'py, PyAny>>> {
            let ends_with = intern!(py, "endswith");
            if !self.key.hasattr(ends_with)?
                || !self.key.call_method1(ends_with, (FILENAME,))?.is_truthy()?
            {
                return Ok(None);
            }
            let end = -FILENAME.len().cast_signed();
            let slice = PySlice::new(py, 0, end, 1);
            self.key.get_item(slice).map(Some)
        };
        match prefix().map_err(foreign)? {
            Some(prefix) if prefix.is_instance_of::<PyString>() => {
                prefix.add(FILENAME).map(Some).map_err(foreign)
            }
            _ => Ok(None),
        }
    }

    /// boto3 calls `copy()`; a mapping without it becomes a dict.
    fn start(&self) -> Result<Start<'py>, Error> {
        let py = self.bucket.py();
        let Some(fields) = self.fields.not_none() else {
            return Ok(Start::Entries(Entries::new()));
        };
        if let Ok(fields) = fields.cast_exact::<PyDict>() {
            if let Some(entries) = template::entries(&fields) {
                return Ok(Start::Entries(entries));
            }
            let copy = fields.copy().map_err(foreign)?;
            return Ok(Start::Copy(copy.into_any()));
        }
        if !fields.hasattr("keys").map_err(foreign)? {
            return Err(wrong_type(
                "Fields",
                &fields,
                "a mapping such as <class 'dict'>",
            ));
        }
        let copy = if fields.hasattr("copy").map_err(foreign)? {
            fields.call_method0("copy")
        } else {
            py.get_type::<PyDict>().call1((fields,))
        };
        copy.map(Start::Copy).map_err(foreign)
    }

    /// The caller's conditions. boto3 takes whatever can be copied and appended to: a list, a
    /// deque.
    fn condition_list(&self) -> Result<Option<Bound<'py, PyAny>>, Error> {
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

impl Dates for Form<'_, '_> {
    fn period(&self, has_policy: HasPolicy) -> Result<Period, Error> {
        let py = self.bucket.py();
        let now = clock::now(py).map_err(foreign)?;
        let end = expiry::policy_end(self.expires_in.0.as_deref(), now, has_policy)?;
        let now = clock::whole(now).map_err(foreign)?;
        let end = Timestamp::new(end)
            .ok_or_else(|| Error::Overflow("date value out of range".to_owned()))?;
        Ok(Period { now, end })
    }

    fn signed_at(&self, period: &Period) -> Result<Timestamp, Error> {
        let py = self.bucket.py();
        let clock = Clock::find(py).map_err(foreign)?;
        if !clock.is_replaced() {
            return Ok(period.now);
        }
        // A stand-in may count its answers: boto3 takes two.
        clock.now(py).and_then(clock::whole).map_err(foreign)
    }
}

/// The name of a field as Python's own text, which knows its hash.
fn interned<'py>(py: Python<'py>, name: &str) -> Bound<'py, PyString> {
    let known = match name {
        "policy" => intern!(py, "policy"),
        "x-amz-algorithm" => intern!(py, "x-amz-algorithm"),
        "x-amz-credential" => intern!(py, "x-amz-credential"),
        "x-amz-date" => intern!(py, "x-amz-date"),
        "x-amz-security-token" => intern!(py, "x-amz-security-token"),
        "x-amz-signature" => intern!(py, "x-amz-signature"),
        _ => return PyString::new(py, name),
    };
    known.clone()
}
