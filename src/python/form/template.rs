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
use super::parts::{is_alike, is_constant};
use crate::s3::Posted;
use crate::s3::post::Field;
use crate::sigv4::ScopedKey;

/// The names and values of the caller's own fields.
pub(super) type Entries<'py> = SmallVec<[(Bound<'py, PyString>, Bound<'py, PyAny>); 4]>;

/// More kinds of forms than one client makes at a time; the oldest goes first.
const LIMIT: usize = 4;

/// More fields than callers set; with more of them, a dict is made as any other.
const MOST_FIELDS: usize = 16;

/// The templates of one client, by the names of the caller's fields. All threads may share it.
#[derive(Default)]
pub(super) struct Templates(Mutex<Vec<Arc<Template>>>);

pub(super) struct Template {
    /// The names of the caller's own fields, and those values that are held.
    own: Vec<(Py<PyString>, Option<Py<PyAny>>)>,
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
        if let Some(template) = self.template(py, own, posted)? {
            return template.answer(own, key, posted);
        }
        let fields = PyDict::new(py);
        for (name, value) in own {
            fields.set_item(name, value)?;
        }
        fields.set_item(intern!(py, "key"), key)?;
        set(&fields, posted.fields)?;
        let answer = with_url(py, posted.url)?;
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
        if let Some(known) = posted.key.and_then(|key| self.known(own, key)) {
            return Ok(Some(known));
        }
        let new = Template::new(py, own, posted, false)?.map(Arc::new);
        if let Some(new) = &new {
            self.keep(new);
        }
        Ok(new)
    }

    fn known(&self, own: &Entries<'_>, key: &Arc<ScopedKey>) -> Option<Arc<Template>> {
        let templates = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = templates.iter();
        all.find(|known| Arc::ptr_eq(&known.key, key) && known.has_names(own))
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
    /// With `holds` it has those values of the caller's that cannot change.
    pub(super) fn new(
        py: Python<'_>,
        own: &Entries<'_>,
        posted: &Posted<'_>,
        holds: bool,
    ) -> PyResult<Option<Self>> {
        let (Some(key), [standing @ .., policy, signature]) = (posted.key, posted.fields) else {
            return Ok(None);
        };
        let fields = PyDict::new(py);
        let mut held = Vec::with_capacity(own.len());
        for (name, value) in own {
            let constant = Some(value).filter(|value| holds && is_constant(value));
            fields.set_item(name, constant)?;
            held.push((
                name.clone().unbind(),
                constant.map(|value| value.clone().unbind()),
            ));
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
            own: held,
            fields: fields.unbind(),
            key: Arc::clone(key),
            url: posted.url.into(),
            answer: answer.unbind(),
        }))
    }

    /// The answer to a call whose key and names are those of this template.
    pub(super) fn answer<'py>(
        &self,
        own: &Entries<'py>,
        key: &Bound<'py, PyAny>,
        posted: &Posted<'_>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let py = key.py();
        let fields = self.fields.bind(py).copy()?;
        for ((name, value), (_, held)) in own.iter().zip(&self.own) {
            if !held.as_ref().is_some_and(|held| held.is(value)) {
                fields.set_item(name, value)?;
            }
        }
        fields.set_item(intern!(py, "key"), key)?;
        // Policy and signature are the form's own, and the last.
        let missing = posted.fields.last_chunk::<2>();
        set(&fields, missing.map_or(posted.fields, |two| &two[..]))?;
        let answer = if *self.url == *posted.url {
            self.answer.bind(py).copy()?
        } else {
            with_url(py, posted.url)?
        };
        answer.set_item(intern!(py, "fields"), fields)?;
        Ok(answer)
    }

    /// Whether the caller's fields have these very names, in this order.
    pub(super) fn has_names(&self, own: &Entries<'_>) -> bool {
        let mut pairs = self.own.iter().zip(own);
        self.own.len() == own.len()
            && pairs.all(|((known, _), (name, _))| is_alike(known.bind(name.py()), name))
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
