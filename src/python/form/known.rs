//! Recognises a form by the arguments of an earlier one.
//!
//! Forms of one kind differ in their key, and in the values of their fields. Their other arguments
//! are mostly the same objects each time, or equal ones.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyInt, PyList};

use super::arguments::FormArguments;
use super::parts::{ConditionParts, is_alike, is_constant};
use super::template::{OwnFields, Template};
use crate::model::Input;
use crate::s3::{CompiledForm, Posted, Presigner};

/// How the names of fields end that hold a secret.
const SECRETS: [&str; 2] = ["customer-key", "security-token"];

/// A kind of forms, in one second.
pub(super) struct KnownForm {
    asked: Arc<FormTerms>,
    pub(super) compiled: Arc<CompiledForm>,
    pub(super) template: Template,
}

/// The other arguments of such forms.
struct FormTerms {
    bucket: Py<PyAny>,
    /// `None` if there are none.
    conditions: Option<ConditionParts>,
    expires_in: Option<Py<PyAny>>,
}

impl KnownForm {
    /// The kind of a form that was just made; `None` if some argument may change, or is a secret.
    pub(super) fn new(
        presigner: &Presigner,
        form: &FormArguments<'_, '_>,
        own: &OwnFields<'_>,
        posted: &Posted<'_>,
    ) -> PyResult<Option<Self>> {
        let py = form.bucket.py();
        let (Some(asked), Some(key)) = (FormTerms::of(form), posted.key) else {
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
        // No Python code has run since the conditions were taken apart: they are still the same.
        let conditions = form.conditions.not_none();
        let conditions = conditions.as_deref().map(|list| list as &dyn Input);
        let compiled = presigner.compile_form(&form.bucket, conditions, key, posted.end);
        Ok(compiled.ok().map(|compiled| Self {
            asked: Arc::new(asked),
            compiled: Arc::new(compiled),
            template,
        }))
    }

    /// This kind in another second, in which `posted` was made.
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

impl FormTerms {
    fn of(form: &FormArguments<'_, '_>) -> Option<Self> {
        let constant =
            |object: &Bound<'_, PyAny>| is_constant(object).then(|| object.clone().unbind());
        let conditions = match form.conditions.not_none() {
            None => None,
            // An object of another class is copied first.
            Some(list) if list.is_exact_instance_of::<PyList>() => Some(ConditionParts::of(&list)?),
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
                // An object of another class is copied first, or refused.
                (Some(known), Some(given)) => {
                    given.is_exact_instance_of::<PyList>() && known.fit(&given)
                }
                _ => false,
            }
    }
}

/// Whether a field of this name holds a secret; `$` may stand in front of the name.
fn names_a_secret(name: &str) -> bool {
    SECRETS.iter().any(|end| {
        let start = name.len().saturating_sub(end.len());
        name.get(start..)
            .is_some_and(|own| own.eq_ignore_ascii_case(end))
    })
}
