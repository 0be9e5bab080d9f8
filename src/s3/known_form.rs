//! Recognises a form by the arguments of an earlier one.
//!
//! Forms of one kind differ in their key, and in the values of their fields. Their other arguments
//! are mostly the same objects each time, or equal ones.

use std::sync::Arc;

use super::compiled_form::CompiledForm;
use super::form::Posted;
use super::held_parts::HeldParts;
use super::object::Object;
use super::pipeline::post::FormKey;
use super::presigner::Presigner;
use crate::model::Input;

/// How the names of fields end that hold a secret.
const SECRETS: [&str; 2] = ["customer-key", "security-token"];

/// A kind of forms, in one second. `T` makes the fields of such forms.
pub(super) struct KnownForm<H, T> {
    asked: Arc<HeldTerms<H>>,
    /// What their policies have in common.
    pub(super) compiled: Arc<CompiledForm>,
    /// What their fields have in common.
    pub(super) template: T,
}

/// The arguments of a form, without its key and its fields.
pub(super) struct FormTerms<'a, O> {
    /// The bucket.
    pub bucket: &'a O,
    /// A list of no subclass, if conditions were given.
    pub conditions: Option<&'a O>,
    /// The lifetime, if it was given.
    pub expires_in: Option<&'a O>,
}

/// The same, held.
struct HeldTerms<H> {
    bucket: H,
    conditions: Option<HeldParts<H>>,
    expires_in: Option<H>,
}

impl<H, T> KnownForm<H, T> {
    /// The kind of a form that was just made, which has fields of these `names`; `None` if some argument
    /// may change, or is a secret, or if `template` makes none.
    ///
    /// # Errors
    /// Those of `template`.
    pub(super) fn new<'n, O: Object<Held = H>, E>(
        presigner: &Presigner,
        terms: &FormTerms<'_, O>,
        mut names: impl Iterator<Item = &'n str>,
        posted: &Posted<'_>,
        template: impl FnOnce() -> Result<Option<T>, E>,
    ) -> Result<Option<Self>, E> {
        let mut has_secret = names.any(names_a_secret);
        let asked = HeldTerms::of(terms, &mut |string| has_secret |= names_a_secret(string));
        // The credentials of a session are not those of the client.
        has_secret |= matches!(posted.key, Some(FormKey::Session(_)));
        let (Some(asked), Some(key), false) = (asked, posted.key, has_secret) else {
            return Ok(None);
        };
        let Some(template) = template()? else {
            return Ok(None);
        };
        // None of the caller's code has run since the conditions were taken apart: they are still the same.
        let conditions = terms.conditions.map(|list| list as &dyn Input);
        let compiled = presigner.compile_form(terms.bucket, conditions, key, posted.end);
        Ok(compiled.ok().map(|compiled| Self {
            asked: Arc::new(asked),
            compiled: Arc::new(compiled),
            template,
        }))
    }

    /// This kind in another second.
    #[must_use]
    pub(super) fn renewed(&self, template: T, compiled: &Arc<CompiledForm>) -> Self {
        Self {
            asked: Arc::clone(&self.asked),
            compiled: Arc::clone(compiled),
            template,
        }
    }

    /// Whether a form is of this kind, as far as these arguments say.
    pub(super) fn fits<O: Object<Held = H>>(&self, terms: &FormTerms<'_, O>) -> bool {
        let has_same_lifetime = match (&self.asked.expires_in, terms.expires_in) {
            (None, None) => true,
            (Some(known), Some(given)) => given.is_like(known),
            _ => false,
        };
        has_same_lifetime
            && terms.bucket.is_like(&self.asked.bucket)
            && match (&self.asked.conditions, terms.conditions) {
                (None, None) => true,
                (Some(known), Some(given)) => known.fit(given),
                _ => false,
            }
    }
}

impl<H> HeldTerms<H> {
    fn of<O: Object<Held = H>>(terms: &FormTerms<'_, O>, visit: &mut dyn FnMut(&str)) -> Option<Self> {
        let conditions = match terms.conditions {
            None => None,
            Some(list) => Some(HeldParts::of(list, visit)?),
        };
        let expires_in = match terms.expires_in {
            None => None,
            Some(seconds) => Some(seconds.small_integer().map(|_| seconds.held())?),
        };
        let bucket = terms.bucket.is_constant().then(|| terms.bucket.held())?;
        Some(Self {
            bucket,
            conditions,
            expires_in,
        })
    }
}

/// Whether a field of this name holds a secret; `$` may stand in front of the name.
fn names_a_secret(name: &str) -> bool {
    SECRETS.iter().any(|end| {
        let start = name.len().saturating_sub(end.len());
        name.get(start..).is_some_and(|own| own.eq_ignore_ascii_case(end))
    })
}
