//! Knows a form again by the objects that an earlier one was asked for with.
//!
//! Forms of one kind differ in their key, and in the values of their fields. The others of their
//! arguments most often are the same objects each time, or say the same.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyInt, PyList};

use super::arguments::FormArguments;
use super::parts::{Parts, is_alike, is_constant};
use super::template::{OwnFields, Template};
use crate::model::Input;
use crate::s3::{CompiledForm, Posted, Presigner};

/// What callers upload with that nobody else may know, as the names of fields end.
const SECRETS: [&str; 2] = ["customer-key", "security-token"];

/// A kind of forms, in one second.
pub(super) struct KnownForm {
    asked: Arc<Asked>,
    pub(super) compiled: Arc<CompiledForm>,
    pub(super) template: Template,
}

/// What such forms are asked for with, but for their keys and fields.
struct Asked {
    bucket: Py<PyAny>,
    /// `None` where there are none.
    conditions: Option<Parts>,
    expires_in: Option<Py<PyAny>>,
}

impl KnownForm {
    /// The kind of a form that was just made; `None` if some argument might not say the same the
    /// next time, or is a secret.
    pub(super) fn new(
        presigner: &Presigner,
        form: &FormArguments<'_, '_>,
        own: &OwnFields<'_>,
        posted: &Posted<'_>,
    ) -> PyResult<Option<Self>> {
        let py = form.bucket.py();
        let (Some(asked), Some(key)) = (Asked::of(form), posted.key) else {
            return Ok(None);
        };
        let names = own.iter().filter_map(|(name, _)| name.to_str().ok());
        let strings = asked.conditions.iter().flat_map(|parts| parts.strings(py));
        if names.chain(strings).any(names_a_secret) {
            return Ok(None);
        }
        let Some(template) = Template::new(py, own, posted, true)? else {
            return Ok(None);
        };
        // No Python has run since the conditions were taken apart: they are still the same.
        let conditions = form.conditions.not_none();
        let conditions = conditions.as_deref().map(|list| list as &dyn Input);
        let compiled = presigner.compile_form(&form.bucket, conditions, key, posted.end);
        Ok(compiled.ok().map(|compiled| Self {
            asked: Arc::new(asked),
            compiled: Arc::new(compiled),
            template,
        }))
    }

    /// This kind in another second, of which `posted` is a form.
    pub(super) fn renewed(
        &self,
        own: &OwnFields<'_>,
        posted: &Posted<'_>,
        compiled: &Arc<CompiledForm>,
        py: Python<'_>,
    ) -> PyResult<Option<Self>> {
        let template = Template::new(py, own, posted, true)?;
        Ok(template.map(|template| Self {
            asked: Arc::clone(&self.asked),
            compiled: Arc::clone(compiled),
            template,
        }))
    }

    /// Whether a form is of this kind.
    pub(super) fn fits(&self, form: &FormArguments<'_, '_>, own: &OwnFields<'_>) -> bool {
        self.asked.fits(form) && self.template.has_names(own)
    }
}

impl Asked {
    fn of(form: &FormArguments<'_, '_>) -> Option<Self> {
        let constant =
            |object: &Bound<'_, PyAny>| is_constant(object).then(|| object.clone().unbind());
        let conditions = match form.conditions.not_none() {
            None => None,
            // Others are copied first.
            Some(list) if list.is_exact_instance_of::<PyList>() => Some(Parts::of(&list)?),
            Some(_) => return None,
        };
        let expires_in = match form.expires_in.0 {
            None => None,
            Some(seconds) if seconds.is_exact_instance_of::<PyInt>() => Some(constant(&seconds)?),
            Some(_) => return None,
        };
        Some(Self {
            bucket: constant(&form.bucket)?,
            conditions,
            expires_in,
        })
    }

    fn fits(&self, form: &FormArguments<'_, '_>) -> bool {
        let py = form.bucket.py();
        let has_same_lifetime = match (&self.expires_in, form.expires_in.0) {
            (None, None) => true,
            (Some(known), Some(given)) => is_alike(known.bind(py), &given),
            _ => false,
        };
        has_same_lifetime
            && is_alike(self.bucket.bind(py), &form.bucket)
            && match (&self.conditions, form.conditions.not_none()) {
                (None, None) => true,
                // What is no list is copied first, or refused.
                (Some(known), Some(given)) => {
                    given.is_exact_instance_of::<PyList>() && known.fit(&given)
                }
                _ => false,
            }
    }
}

/// Whether what goes with this name is a secret; `$` may stand in front of it.
fn names_a_secret(name: &str) -> bool {
    SECRETS.iter().any(|end| {
        let start = name.len().saturating_sub(end.len());
        name.get(start..)
            .is_some_and(|own| own.eq_ignore_ascii_case(end))
    })
}
