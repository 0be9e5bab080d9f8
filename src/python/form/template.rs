//! Keeps the fields of earlier forms as dicts to copy: a copy costs less than a dict that grows.
//!
//! A template has the names of its forms in their order, and the values that stay the same as long
//! as the signing key does. Nobody but this file ever sees one, so that no form bears on another.

use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use smallvec::SmallVec;

use super::interned;
use crate::s3::Posted;
use crate::s3::post::Field;
use crate::sigv4::ScopedKey;

/// The names and values of the caller's own fields.
pub(super) type Entries<'py> = SmallVec<[(Bound<'py, PyString>, Bound<'py, PyAny>); 4]>;

/// More kinds of forms than one client makes at a time; the oldest goes first.
const LIMIT: usize = 4;

/// More fields than callers set; with more of them, a dict is made as any other.
const MOST_FIELDS: usize = 16;

/// The templates of one client. All threads may share it.
#[derive(Default)]
pub(in super::super) struct Templates(Mutex<Vec<Arc<Template>>>);

struct Template {
    /// The names of the caller's own fields.
    names: Vec<Py<PyString>>,
    /// `None` stands for what each form has for itself.
    fields: Py<PyDict>,
    key: Arc<ScopedKey>,
    url: Box<str>,
    /// The URL, and room for the fields.
    answer: Py<PyDict>,
}

/// The fields of a plain dict; `None` if a name is no plain text, or there are too many.
pub(super) fn entries<'py>(fields: &Bound<'py, PyDict>) -> Option<Entries<'py>> {
    if fields.len() > MOST_FIELDS {
        return None;
    }
    let mut entries = Entries::new();
    for (name, value) in fields.iter() {
        entries.push((name.cast_into_exact().ok()?, value));
    }
    Some(entries)
}

impl Templates {
    /// The answer to a call: a URL, and the fields for it, which are the caller's own, the key of
    /// the object, and those of the signature.
    pub(super) fn answer<'py>(
        &self,
        own: &Entries<'py>,
        key: &Bound<'py, PyAny>,
        posted: &Posted<'_>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let py = key.py();
        let template = self.template(py, own, posted)?;
        let (fields, missing) = match (&template, posted.fields.last_chunk::<2>()) {
            // Policy and signature are the form's own, and the last.
            (Some(template), Some(two)) => (template.fields.bind(py).copy()?, &two[..]),
            _ => (PyDict::new(py), posted.fields),
        };
        for (name, value) in own {
            fields.set_item(name, value)?;
        }
        fields.set_item(intern!(py, "key"), key)?;
        set(&fields, missing)?;
        let answer = match &template {
            Some(template) if *template.url == *posted.url => template.answer.bind(py).copy()?,
            _ => with_url(py, posted.url)?,
        };
        answer.set_item(intern!(py, "fields"), fields)?;
        Ok(answer)
    }

    /// The template for such a form; `None` if there can be none.
    fn template(
        &self,
        py: Python<'_>,
        own: &Entries<'_>,
        posted: &Posted<'_>,
    ) -> PyResult<Option<Arc<Template>>> {
        let Some(key) = posted.key else {
            return Ok(None);
        };
        if let Some(known) = self.known(py, own, key) {
            return Ok(Some(known));
        }
        let new = Template::new(py, own, key, posted)?.map(Arc::new);
        if let Some(new) = &new {
            self.keep(new);
        }
        Ok(new)
    }

    fn known(
        &self,
        py: Python<'_>,
        own: &Entries<'_>,
        key: &Arc<ScopedKey>,
    ) -> Option<Arc<Template>> {
        let templates = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = templates.iter();
        all.find(|known| Arc::ptr_eq(&known.key, key) && known.has_names(py, own))
            .cloned()
    }

    fn keep(&self, new: &Arc<Template>) {
        let mut templates = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut kept: Vec<_> = templates.iter().cloned().collect();
        // Those of another second are of no use any more.
        kept.retain(|known| known.key.amz_date() == new.key.amz_date());
        if kept.len() == LIMIT {
            kept.remove(0);
        }
        kept.push(Arc::clone(new));
        let old = mem::replace(&mut *templates, kept);
        // Dicts are let go when the lock is.
        drop(templates);
        drop(old);
    }
}

impl Template {
    /// The template of forms with such fields; `None` if the caller sets one that the key sets too.
    fn new(
        py: Python<'_>,
        own: &Entries<'_>,
        key: &Arc<ScopedKey>,
        posted: &Posted<'_>,
    ) -> PyResult<Option<Self>> {
        let [standing @ .., policy, signature] = posted.fields else {
            return Ok(None);
        };
        let fields = PyDict::new(py);
        for (name, _) in own {
            fields.set_item(name, py.None())?;
        }
        for (name, _) in standing {
            if fields.contains(name)? {
                return Ok(None);
            }
        }
        fields.set_item(intern!(py, "key"), py.None())?;
        set(&fields, standing)?;
        for (name, _) in [policy, signature] {
            fields.set_item(interned(py, name), py.None())?;
        }
        let answer = with_url(py, posted.url)?;
        answer.set_item(intern!(py, "fields"), py.None())?;
        Ok(Some(Self {
            names: own.iter().map(|(name, _)| name.clone().unbind()).collect(),
            fields: fields.unbind(),
            key: Arc::clone(key),
            url: posted.url.into(),
            answer: answer.unbind(),
        }))
    }

    /// Whether the caller's fields have these very names, in this order.
    fn has_names(&self, py: Python<'_>, own: &Entries<'_>) -> bool {
        self.names.len() == own.len() && self.names.iter().zip(own).all(|(known, (name, _))| {
            let known = known.bind(py);
            known.is(name)
                || matches!((known.to_str(), name.to_str()), (Ok(one), Ok(other)) if one == other)
        })
    }
}

fn with_url<'py>(py: Python<'py>, url: &str) -> PyResult<Bound<'py, PyDict>> {
    let answer = PyDict::new(py);
    answer.set_item(intern!(py, "url"), url)?;
    Ok(answer)
}

fn set(into: &Bound<'_, PyDict>, fields: &[Field<'_>]) -> PyResult<()> {
    let py = into.py();
    for (name, value) in fields {
        into.set_item(interned(py, name), PyString::from_bytes(py, value)?)?;
    }
    Ok(())
}
