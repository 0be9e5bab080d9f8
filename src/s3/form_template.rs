//! Keeps the fields of earlier forms as maps to copy: a copy costs less than a map that grows.
//!
//! A template has the names of its forms in their order, and the values that stay the same as long
//! as the signing key does. No caller gets a template itself, so that no form changes another.

use std::sync::Arc;

use smallvec::SmallVec;

use super::expires_in::Lifetime;
use super::form::Posted;
use super::object::Object;
use super::pipeline::post::{Field, FormKey};
use super::shared_list::SharedList;
use crate::error::Error;

/// The names and values of the caller's own fields.
pub(super) type OwnFields<O> = SmallVec<[(O, O); 4]>;

/// The most templates: more than one client needs at a time. The oldest is dropped first.
const LIMIT: usize = 4;

/// The most fields of a template: more than callers set.
const MOST_FIELDS: usize = 16;

/// Objects of which forms are made.
pub trait FormObject: Object + Lifetime {
    /// The seconds since 1970, with their fraction.
    ///
    /// # Errors
    /// The error of reading the clock.
    fn clock(&self) -> Result<f64, Error>;

    /// The same again, if a stand-in for the clock may count how often it is asked, or choose its answers.
    ///
    /// # Errors
    /// The error of reading the clock.
    fn clock_again(&self) -> Result<Option<f64>, Error>;

    /// Whether this is a list of no subclass.
    fn is_list(&self) -> bool;

    /// The key that the policy is made from: boto3 asks an object of any class for it.
    ///
    /// # Errors
    /// Whatever the key raises.
    fn key_of_policy(&self) -> Result<Self, Error>;

    /// A copy of the caller's fields, by their own method; `None` if they are no mapping.
    ///
    /// # Errors
    /// Whatever the fields raise.
    fn copied_fields(&self) -> Result<Option<Self>, Error>;

    /// A copy of the caller's conditions as a list, by their own method; `None` if nothing can be appended to
    /// them.
    ///
    /// # Errors
    /// Whatever the conditions raise.
    fn copied_conditions(&self) -> Result<Option<Self>, Error>;

    /// A new map.
    #[must_use]
    fn empty_map(&self) -> Self;

    /// A copy of held fields.
    ///
    /// # Errors
    /// Whatever the caller's language raises.
    fn copy_of(&self, fields: &Self::Held) -> Result<Self, Error>;

    /// A copy of a held answer, with these fields.
    ///
    /// # Errors
    /// Whatever the caller's language raises.
    fn fields_in_copy_of(&self, answer: &Self::Held) -> Result<Self, Error> {
        let answer = self.copy_of(answer)?;
        answer.set_fields(Some(self))?;
        Ok(answer)
    }

    /// Sets the object's key; without one nothing, until a form has it.
    ///
    /// # Errors
    /// Whatever the map raises.
    fn set_key(&self, key: Option<&Self>) -> Result<(), Error>;

    /// Sets the fields of an answer, as [`set_key`](Self::set_key) sets the key.
    ///
    /// # Errors
    /// Whatever the map raises.
    fn set_fields(&self, fields: Option<&Self>) -> Result<(), Error>;

    /// Sets a field of the caller's own, as [`set_key`](Self::set_key) sets the key.
    ///
    /// # Errors
    /// Whatever the map raises.
    fn set_own(&self, name: &Self, value: Option<&Self>) -> Result<(), Error>;

    /// Sets a field of presigned's own to a string in UTF-8.
    ///
    /// # Errors
    /// Whatever the map raises.
    fn set_string(&self, name: &str, utf8: &[u8]) -> Result<(), Error>;
}

/// The templates of one client, by the names of the caller's fields. All threads may share it.
pub(super) struct FormTemplates<H>(SharedList<FormTemplate<H>>);

/// What the answers to some calls have in common.
pub(super) struct FormTemplate<H> {
    /// The names of the caller's own fields, and the values that cannot change.
    own: Vec<(H, Option<H>)>,
    /// Nothing, or an empty string, stands for a value that differs in each form.
    fields: H,
    key: FormKey,
    url: Box<str>,
    /// The URL, and room for the fields.
    answer: H,
}

impl<H> Default for FormTemplates<H> {
    fn default() -> Self {
        Self(SharedList::default())
    }
}

/// The fields of a plain map; `None` if it is another object, if a name is not a plain string, or if there
/// are too many.
pub(super) fn own_fields<O: Object>(fields: &O) -> Option<OwnFields<O>> {
    let entries = fields.entries()?;
    if entries.len() > MOST_FIELDS {
        return None;
    }
    let mut own = OwnFields::new();
    for (name, value) in entries {
        name.is_string().then_some(())?;
        own.push((name, value));
    }
    Some(own)
}

/// The answer to a call, whose fields are these and those of the form.
pub(super) fn answer<O: FormObject>(fields: &O, key: &O, posted: &Posted<'_>) -> Result<O, Error> {
    fields.set_key(Some(key))?;
    set_all(fields, posted.fields)?;
    with_url(fields, posted.url, Some(fields))
}

impl<H> FormTemplates<H> {
    /// The answer to a call whose fields are the caller's own, the object's key, and those of the
    /// signature.
    pub(super) fn answer<O: FormObject<Held = H>>(
        &self,
        own: &OwnFields<O>,
        key: &O,
        posted: &Posted<'_>,
    ) -> Result<O, Error> {
        if let Some(template) = self.template(own, key, posted)? {
            return template.answer(own, key, posted);
        }
        let fields = key.empty_map();
        for (name, value) in own {
            fields.set_own(name, Some(value))?;
        }
        answer(&fields, key, posted)
    }

    /// The template for such a form; `None` if no template fits it.
    fn template<O: FormObject<Held = H>>(
        &self,
        own: &OwnFields<O>,
        key: &O,
        posted: &Posted<'_>,
    ) -> Result<Option<Arc<FormTemplate<H>>>, Error> {
        let is_like = |known: &&Arc<FormTemplate<H>>| {
            let has_key = posted.key.is_some_and(|key| known.key.is(key));
            has_key && known.has_names(own)
        };
        if let Some(known) = self.0.items().iter().find(is_like) {
            return Ok(Some(Arc::clone(known)));
        }
        let new = FormTemplate::new(own, key, posted, false)?.map(Arc::new);
        if let Some(new) = &new {
            self.0.change(|templates| {
                // Templates of another second are never used again.
                templates.retain(|known| known.key.at() == new.key.at());
                if templates.len() == LIMIT {
                    templates.remove(0);
                }
                templates.push(Arc::clone(new));
            });
        }
        Ok(new)
    }
}

impl<H> FormTemplate<H> {
    /// The template of forms with such fields; `None` if the caller sets one that the signature sets
    /// too. With `holds` it holds the caller's values that cannot change.
    pub(super) fn new<O: FormObject<Held = H>>(
        own: &OwnFields<O>,
        key: &O,
        posted: &Posted<'_>,
        holds: bool,
    ) -> Result<Option<Self>, Error> {
        let (Some(signed_by), [standing @ .., policy, signature]) = (posted.key, posted.fields) else {
            return Ok(None);
        };
        let fields = key.empty_map();
        let mut held = Vec::with_capacity(own.len());
        for (name, value) in own {
            let constant = Some(value).filter(|value| holds && value.is_constant());
            fields.set_own(name, constant)?;
            held.push((name.held(), constant.map(O::held)));
        }
        for (name, _) in standing {
            if fields.has(name)? {
                return Ok(None);
            }
        }
        fields.set_key(None)?;
        set_all(&fields, standing)?;
        for (name, _) in [policy, signature] {
            fields.set_string(name, b"")?;
        }
        Ok(Some(Self {
            own: held,
            fields: fields.held(),
            key: signed_by.clone(),
            url: posted.url.into(),
            answer: with_url(key, posted.url, None)?.held(),
        }))
    }

    /// The answer to a call whose key and names are those of this template.
    pub(super) fn answer<O: FormObject<Held = H>>(
        &self,
        own: &OwnFields<O>,
        key: &O,
        posted: &Posted<'_>,
    ) -> Result<O, Error> {
        let fields = key.copy_of(&self.fields)?;
        for ((name, value), (_, held)) in own.iter().zip(&self.own) {
            if !held.as_ref().is_some_and(|held| value.is(held)) {
                fields.set_own(name, Some(value))?;
            }
        }
        // Last, as the caller may have a field of this name.
        fields.set_key(Some(key))?;
        // The last two, policy and signature, differ in each form.
        let missing = posted.fields.last_chunk::<2>();
        set_all(&fields, missing.map_or(posted.fields, |two| &two[..]))?;
        if *self.url != *posted.url {
            return with_url(key, posted.url, Some(&fields));
        }
        fields.fields_in_copy_of(&self.answer)
    }

    /// Whether the caller's fields have these names, in this order.
    pub(super) fn has_names<O: Object<Held = H>>(&self, own: &OwnFields<O>) -> bool {
        let mut pairs = self.own.iter().zip(own);
        self.own.len() == own.len() && pairs.all(|((known, _), (name, _))| name.is_like(known))
    }
}

fn with_url<O: FormObject>(any: &O, url: &str, fields: Option<&O>) -> Result<O, Error> {
    let answer = any.empty_map();
    answer.set_string("url", url.as_bytes())?;
    answer.set_fields(fields)?;
    Ok(answer)
}

fn set_all<O: FormObject>(into: &O, fields: &[Field<'_>]) -> Result<(), Error> {
    for (name, value) in fields {
        into.set_string(name, value)?;
    }
    Ok(())
}
