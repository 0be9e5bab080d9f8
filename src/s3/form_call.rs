//! Makes the form of a call: from one of its kind if there is one, else by the whole pipeline.

use std::sync::Arc;

use super::form::{Dates, HasPolicy, Posted};
use super::form_kinds::FormKinds;
use super::form_template::{FormObject, FormTemplate, FormTemplates, OwnFields, answer};
use super::known_form::{FormTerms, KnownForm};
use super::presigned_request::end_by;
use super::presigner::Presigner;
use crate::clock::Timestamp;
use crate::error::Error;
use crate::model::Input;

/// The arguments of a call for a form.
///
/// They are asked for in boto3's order, since that order decides which error the caller sees.
pub trait FormCall<O>: Dates {
    /// The bucket.
    fn bucket(&self) -> &O;

    /// The object's key as it was given.
    fn key(&self) -> &O;

    /// The key that the policy is made from.
    ///
    /// # Errors
    /// Whatever the key raises.
    fn key_of_policy(&self) -> Result<O, Error>;

    /// The caller's own fields, as they were when the call began.
    ///
    /// # Errors
    /// Whatever the fields raise.
    fn start(&self) -> Result<StartFields<O>, Error>;

    /// The caller's conditions as a list.
    ///
    /// # Errors
    /// Whatever the conditions raise, and the error for an object that is not a list.
    fn condition_list(&self) -> Result<Option<O>, Error>;

    /// The arguments by which a form is recognised; `None` if its conditions are not a plain list: any
    /// other object is copied first, or refused.
    fn terms(&self) -> Option<FormTerms<'_, O>>;
}

/// The caller's own fields.
pub enum StartFields<O> {
    /// Of a plain map whose names are plain strings.
    Plain(OwnFields<O>),
    /// A copy of any other mapping: the caller gets it back with more in it.
    Copy(O),
}

/// The caches of one client's forms.
pub struct KnownForms<H> {
    known: FormKinds<KnownForm<H, FormTemplate<H>>>,
    templates: FormTemplates<H>,
}

impl<H> Default for KnownForms<H> {
    fn default() -> Self {
        Self {
            known: FormKinds::default(),
            templates: FormTemplates::default(),
        }
    }
}

impl<H> KnownForms<H> {
    /// Makes a form, whose fields are a mapping of the caller's own type. Also returns when it stops
    /// working: an unsigned one has no policy, and does not.
    ///
    /// # Errors
    /// As [`Presigner::presign_post`], and whatever the arguments raise.
    pub fn presign<O: FormObject<Held = H>>(
        &self,
        presigner: &Presigner,
        form: &impl FormCall<O>,
    ) -> Result<(O, Option<Timestamp>), Error> {
        let start = form.start()?;
        let terms = form.terms();
        if let StartFields::Plain(own) = &start
            && let Some(terms) = &terms
            && form.key().exact_string().is_some()
        {
            let known = self.known.kinds();
            let mut known = known.iter();
            if let Some(known) =
                known.find(|known| known.fits(terms) && known.template.has_names(own))
            {
                return self.presign_like(known, own, presigner, form);
            }
        }
        let key = form.key_of_policy()?;
        let conditions = form.condition_list()?;
        let conditions = conditions.as_ref().map(|list| list as &dyn Input);
        let bucket = form.bucket();
        presigner.presign_post(bucket, &key, conditions, form, |posted| {
            let key = form.key();
            let made = match start {
                StartFields::Plain(own) => {
                    self.known.meet(posted.conditions, || match &terms {
                        None => Ok(None),
                        Some(terms) => {
                            let names = own.iter().filter_map(|(name, _)| name.exact_string());
                            let template = || FormTemplate::new(&own, key, posted, true);
                            KnownForm::new(presigner, terms, names, posted, template)
                        }
                    })?;
                    self.templates.answer(&own, key, posted)?
                }
                StartFields::Copy(fields) => answer(&fields, key, posted)?,
            };
            Ok((made, end(posted)))
        })?
    }

    /// Makes a form of a known kind.
    fn presign_like<O: FormObject<Held = H>>(
        &self,
        known: &Arc<KnownForm<H, FormTemplate<H>>>,
        own: &OwnFields<O>,
        presigner: &Presigner,
        form: &impl FormCall<O>,
    ) -> Result<(O, Option<Timestamp>), Error> {
        // Only signed forms become known, and those have a policy.
        let mut period = form.period(HasPolicy(true))?;
        if known.compiled.has_second() {
            period.now = form.signed_at(&period)?;
        }
        let key = form.key();
        presigner.presign_post_like(&known.compiled, key, period, |posted, renewed| {
            let made = match renewed {
                None => known.template.answer(own, key, posted)?,
                Some(compiled) => match FormTemplate::new(own, key, posted, true)? {
                    None => self.templates.answer(own, key, posted)?,
                    Some(template) => {
                        let made = template.answer(own, key, posted)?;
                        self.known.renew(known, known.renewed(template, compiled));
                        made
                    }
                },
            };
            Ok((made, end(posted)))
        })?
    }
}

fn end(posted: &Posted<'_>) -> Option<Timestamp> {
    let credentials = posted.credentials?;
    Some(end_by(posted.end.seconds(), credentials))
}
