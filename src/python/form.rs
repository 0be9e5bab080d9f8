//! `generate_presigned_post`: Python's mappings and lists in, a form out.

mod arguments;
mod known;
mod parts;
mod template;

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::errors::foreign;
use crate::clock::Timestamp;
use crate::error::Error;
use crate::model::Input;
use crate::s3::{Dates as _, FormKinds, HasPolicy, Posted, Presigner, end_by};
pub(super) use arguments::FormArguments;
use arguments::StartFields;
use known::KnownForm;
use template::{OwnFields, Templates, answer};

/// The caches of one client's forms.
#[derive(Default)]
pub(super) struct KnownForms {
    known: FormKinds<KnownForm>,
    templates: Templates,
}

/// A form as `generate_presigned_post` returns it, and when it stops working. An unsigned one has no
/// policy, and does not.
pub(super) type Form<'py> = (Bound<'py, PyDict>, Option<Timestamp>);

/// Makes a form, whose fields are a mapping of the caller's own type.
pub(super) fn presign<'py>(
    form: &FormArguments<'_, 'py>,
    presigner: &Presigner,
    cache: &KnownForms,
) -> Result<Form<'py>, Error> {
    let start = form.start()?;
    if let StartFields::Plain(own) = &start
        && form.has_plain_key()
    {
        let known = cache.known.kinds();
        if let Some(known) = known.iter().find(|known| known.fits(form, own)) {
            return presign_like(known, form, own, presigner, cache);
        }
    }
    let key = form.key_of_policy()?;
    let conditions = form.condition_list()?;
    let conditions = conditions.as_ref().map(|list| list as &dyn Input);
    presigner
        .presign_post(&form.bucket, &key, conditions, form, |posted| {
            let made = match start {
                StartFields::Plain(own) => {
                    let known = || KnownForm::new(presigner, form, &own, posted);
                    cache.known.meet(posted.conditions, known)?;
                    cache.templates.answer(&own, &form.key, posted)?
                }
                StartFields::Copy(fields) => answer(&fields, &form.key, posted)?,
            };
            Ok::<Form<'py>, PyErr>((made, end(posted)))
        })?
        .map_err(foreign)
}

/// Makes a form of a known kind.
fn presign_like<'py>(
    known: &Arc<KnownForm>,
    form: &FormArguments<'_, 'py>,
    own: &OwnFields<'py>,
    presigner: &Presigner,
    cache: &KnownForms,
) -> Result<Form<'py>, Error> {
    // Only signed forms become known, and those have a policy.
    let mut period = form.period(HasPolicy(true))?;
    period.now = form.signed_at(&period)?;
    presigner
        .presign_post_like(&known.compiled, &form.key, period, |posted, renewed| {
            let made = match renewed {
                None => known.template.answer(own, &form.key, posted)?,
                Some(compiled) => match known.renewed(own, posted, compiled, form.key.py())? {
                    None => cache.templates.answer(own, &form.key, posted)?,
                    Some(renewed) => {
                        let made = renewed.template.answer(own, &form.key, posted)?;
                        cache.known.renew(known, renewed);
                        made
                    }
                },
            };
            Ok::<Form<'py>, PyErr>((made, end(posted)))
        })?
        .map_err(foreign)
}

fn end(posted: &Posted<'_>) -> Option<Timestamp> {
    let credentials = posted.credentials?;
    Some(end_by(posted.end.seconds(), credentials))
}
