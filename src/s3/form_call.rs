//! Makes the form of a call: from one of its kind if there is one, else by the whole pipeline.

use std::ops::Deref;
use std::sync::Arc;

use super::expires_in::{policy_end, second_of};
use super::form::{Dates, HasPolicy, Period, Posted};
use super::form_kinds::FormKinds;
use super::form_template::{FormObject, FormTemplate, FormTemplates, OwnFields, answer, own_fields};
use super::known_form::{FormTerms, KnownForm};
use super::presigned_request::{End, end_by};
use super::presigner::Presigner;
use crate::clock::Timestamp;
use crate::error::Error;
use crate::model::{Input, Kind, wrong_type};

/// The arguments of a call for a form; `P` points to an object.
///
/// They are looked at in boto3's order, since that order decides which error the caller sees.
pub struct FormArguments<O, P> {
    /// The bucket.
    pub bucket: O,
    /// The object's key as it was given.
    pub key: O,
    /// The caller's own fields.
    pub fields: Option<P>,
    /// The caller's conditions.
    pub conditions: Option<P>,
    /// The lifetime.
    pub expires_in: Option<P>,
}

impl<O: FormObject, P: Deref<Target = O>> FormArguments<O, P> {
    /// The key that the policy is made from.
    fn key_of_policy(&self) -> Result<O, Error> {
        match self.key.native_kind() {
            Kind::String => Ok(self.key.clone()),
            _ => self.key.key_of_policy(),
        }
    }

    /// The caller's own fields, as they were when the call began.
    fn start(&self) -> Result<StartFields<O>, Error> {
        let Some(fields) = self.fields.as_deref() else {
            return Ok(StartFields::Plain(OwnFields::new()));
        };
        if let Some(own) = own_fields(fields) {
            return Ok(StartFields::Plain(own));
        }
        let valid = "a mapping such as <class 'dict'>";
        match fields.copied_fields()? {
            Some(copy) => Ok(StartFields::Copy(copy)),
            None => Err(wrong_type("Fields", fields, valid)),
        }
    }

    /// The caller's conditions as a list. boto3 takes any object that can be copied and appended to: a
    /// list, a deque.
    fn condition_list(&self) -> Result<Option<O>, Error> {
        match self.conditions.as_deref() {
            None => Ok(None),
            Some(list) if list.is_list() => Ok(Some(list.clone())),
            Some(other) => match other.copied_conditions()? {
                None => Err(wrong_type("Conditions", other, "<class 'list'>")),
                list => Ok(list),
            },
        }
    }

    /// The arguments by which a form is recognised; `None` if its conditions are not a plain list: any
    /// other object is copied first, or refused.
    #[inline]
    fn terms(&self) -> Option<FormTerms<'_, O>> {
        let conditions = self.conditions.as_deref();
        if conditions.is_some_and(|list| !list.is_list()) {
            return None;
        }
        Some(FormTerms {
            bucket: &self.bucket,
            conditions,
            expires_in: self.expires_in.as_deref(),
        })
    }
}

impl<O: FormObject, P: Deref<Target = O>> Dates for FormArguments<O, P> {
    fn period(&self, has_policy: HasPolicy) -> Result<Period, Error> {
        let now = self.bucket.clock()?;
        let end = policy_end(self.expires_in.as_deref(), now, has_policy)?;
        let now = second_of(now)?;
        Ok(Period { now, end })
    }

    fn signed_at(&self, period: &Period) -> Result<Timestamp, Error> {
        match self.bucket.clock_again()? {
            // boto3 asks twice.
            Some(now) => second_of(now),
            None => Ok(period.now),
        }
    }
}

/// The caller's own fields.
enum StartFields<O> {
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
    pub fn presign<O: FormObject<Held = H>, P: Deref<Target = O>>(
        &self,
        presigner: &Presigner,
        form: &FormArguments<O, P>,
    ) -> Result<(O, Option<End>), Error> {
        let start = form.start()?;
        let terms = form.terms();
        if let StartFields::Plain(own) = &start
            && let Some(terms) = &terms
            && form.key.exact_string().is_some()
        {
            let known = self.known.kinds();
            let mut known = known.iter();
            if let Some(known) = known.find(|known| known.fits(terms) && known.template.has_names(own)) {
                return self.presign_like(known, own, presigner, form);
            }
        }
        let key = form.key_of_policy()?;
        let conditions = form.condition_list()?;
        let conditions = conditions.as_ref().map(|list| list as &dyn Input);
        let bucket = &form.bucket;
        presigner.presign_post(bucket, &key, conditions, form, |posted| {
            let key = &form.key;
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
    fn presign_like<O: FormObject<Held = H>, P: Deref<Target = O>>(
        &self,
        known: &Arc<KnownForm<H, FormTemplate<H>>>,
        own: &OwnFields<O>,
        presigner: &Presigner,
        form: &FormArguments<O, P>,
    ) -> Result<(O, Option<End>), Error> {
        // Only signed forms become known, and those have a policy.
        let mut period = form.period(HasPolicy(true))?;
        if known.compiled.has_second() {
            period.now = form.signed_at(&period)?;
        }
        let key = &form.key;
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

fn end(posted: &Posted<'_>) -> Option<End> {
    let credentials = posted.credentials?;
    Some(end_by(posted.end.seconds(), credentials))
}
