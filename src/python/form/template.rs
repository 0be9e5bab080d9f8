//! Keeps the fields of earlier forms as dicts to copy: a copy costs less than a dict that grows.
//!
//! A template has the names of its forms in their order, and the values that stay the same as long
//! as the signing key does. No caller gets a template itself, so that no form changes another.

use std::sync::Arc;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use smallvec::SmallVec;

use super::parts::{is_alike, is_constant};
use crate::s3::post::Field;
use crate::s3::{Posted, SharedList};
use crate::sigv4::ScopedKey;

/// The names and values of the caller's own fields.
pub(super) type OwnFields<'py> = SmallVec<[(Bound<'py, PyString>, Bound<'py, PyAny>); 4]>;

/// The most templates: more than one client needs at a time. The oldest is dropped first.
const LIMIT: usize = 4;

/// The most fields of a template: more than callers set.
const MOST_FIELDS: usize = 16;

/// The templates of one client, by the names of the caller's fields. All threads may share it.
#[derive(Default)]
pub(super) struct Templates(SharedList<Template>);

pub(super) struct Template {
    /// The names of the caller's own fields, and the values that cannot change.
    own: Vec<(Py<PyString>, Option<Py<PyAny>>)>,
    /// `None` stands for a value that differs in each form.
    fields: Py<PyDict>,
    key: Arc<ScopedKey>,
    url: Box<str>,
    /// The URL, and room for the fields.
    answer: Py<PyDict>,
}

/// The fields of a plain dict; `None` if a name is not a plain string, or there are too many.
pub(super) fn own_fields<'py>(fields: &Bound<'py, PyDict>) -> Option<OwnFields<'py>> {
    if fields.len() > MOST_FIELDS {
        return None;
    }
    let mut own = OwnFields::new();
    for (name, value) in fields.iter() {
        own.push((name.cast_into_exact().ok()?, value));
    }
    Some(own)
}

/// The answer to a call, whose fields are these and those of the form.
pub(super) fn answer<'py>(
    fields: &Bound<'py, PyAny>,
    key: &Bound<'py, PyAny>,
    posted: &Posted<'_>,
) -> PyResult<Bound<'py, PyDict>> {
    let py = key.py();
    fields.set_item(intern!(py, "key"), key)?;
    set(fields, posted.fields)?;
    with_url(&PyString::new(py, posted.url), Some(fields))
}

impl Templates {
    /// The answer to a call whose fields are the caller's own, the object's key, and those of the
    /// signature.
    pub(super) fn answer<'py>(
        &self,
        own: &OwnFields<'py>,
        key: &Bound<'py, PyAny>,
        posted: &Posted<'_>,
    ) -> PyResult<Bound<'py, PyDict>> {
        if let Some(template) = self.template(key.py(), own, posted)? {
            return template.answer(own, key, posted);
        }
        let fields = PyDict::new(key.py());
        for (name, value) in own {
            fields.set_item(name, value)?;
        }
        answer(&fields, key, posted)
    }

    /// The template for such a form; `None` if no template fits it.
    fn template(
        &self,
        py: Python<'_>,
        own: &OwnFields<'_>,
        posted: &Posted<'_>,
    ) -> PyResult<Option<Arc<Template>>> {
        let is_like = |known: &&Arc<Template>| {
            let has_key = posted.key.is_some_and(|key| Arc::ptr_eq(&known.key, key));
            has_key && known.has_names(own)
        };
        if let Some(known) = self.0.items().iter().find(is_like) {
            return Ok(Some(Arc::clone(known)));
        }
        let new = Template::new(py, own, posted, false)?.map(Arc::new);
        if let Some(new) = &new {
            self.0.change(|templates| {
                // Templates of another second are never used again.
                templates.retain(|known| known.key.amz_date() == new.key.amz_date());
                if templates.len() == LIMIT {
                    templates.remove(0);
                }
                templates.push(Arc::clone(new));
            });
        }
        Ok(new)
    }
}

impl Template {
    /// The template of forms with such fields; `None` if the caller sets one that the signature sets
    /// too. With `holds` it holds the caller's values that cannot change.
    pub(super) fn new(
        py: Python<'_>,
        own: &OwnFields<'_>,
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
        Ok(Some(Self {
            own: held,
            fields: fields.unbind(),
            key: Arc::clone(key),
            url: posted.url.into(),
            answer: with_url(&PyString::new(py, posted.url), None)?.unbind(),
        }))
    }

    /// The answer to a call whose key and names are those of this template.
    pub(super) fn answer<'py>(
        &self,
        own: &OwnFields<'py>,
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
        // The last two, policy and signature, differ in each form.
        let missing = posted.fields.last_chunk::<2>();
        set(&fields, missing.map_or(posted.fields, |two| &two[..]))?;
        if *self.url != *posted.url {
            return with_url(&PyString::new(py, posted.url), Some(&fields));
        }
        let answer = self.answer.bind(py).copy()?;
        answer.set_item(intern!(py, "fields"), fields)?;
        Ok(answer)
    }

    /// Whether the caller's fields have these names, in this order.
    pub(super) fn has_names(&self, own: &OwnFields<'_>) -> bool {
        let mut pairs = self.own.iter().zip(own);
        self.own.len() == own.len()
            && pairs.all(|((known, _), (name, _))| is_alike(known.bind(name.py()), name))
    }
}

fn with_url<'py>(
    url: &Bound<'py, PyString>,
    fields: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyDict>> {
    let py = url.py();
    let answer = PyDict::new(py);
    answer.set_item(intern!(py, "url"), url)?;
    answer.set_item(intern!(py, "fields"), fields)?;
    Ok(answer)
}

fn set(into: &Bound<'_, PyAny>, fields: &[Field<'_>]) -> PyResult<()> {
    let py = into.py();
    for (name, value) in fields {
        into.set_item(interned(py, name), PyString::from_bytes(py, value)?)?;
    }
    Ok(())
}

/// The name of a field as Python's own string, which knows its hash.
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
