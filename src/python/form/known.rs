//! Knows a form again by the objects that an earlier one was asked for with.
//!
//! Forms of one kind differ in their key, and in the values of their fields. The others of their
//! arguments most often are the same objects each time, or say the same.

use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pyo3::prelude::*;
use pyo3::types::{PyInt, PyList};

use super::super::convert::PyInput;
use super::Form;
use super::parts::{Parts, is_alike, is_constant};
use super::template::{Entries, Template};
use crate::model::Input;
use crate::s3::{CompiledForm, Posted, Presigner};

/// So many kinds of forms are known at a time: each costs a form of no known kind a comparison.
const CAPACITY: usize = 4;

/// So many forms are remembered by their prints, until they are met again.
const PRINTS: usize = 16;

/// Of the forms of unknown kinds one in so many may become known, as some never can.
const SOMETIMES: usize = 4;

/// Once there is no place left, one in so many takes that of an older kind, so that many kinds in
/// turn, of which none is ever met again in time, do not pay for being known.
const SELDOM: usize = 16;

/// What callers upload with that nobody else may know, as the names of fields end.
const SECRETS: [&str; 2] = ["customer-key", "security-token"];

/// The forms that one client knows. All threads may share it.
#[derive(Default)]
pub(super) struct KnownForms(Mutex<Latest>);

#[derive(Default)]
struct Latest {
    /// Replaced as a whole: whoever looks through it needs no lock.
    kinds: Kinds,
    /// What the latest forms asked for that were of no known kind.
    prints: [u64; PRINTS],
    /// How many there were.
    unknown: usize,
}

pub(super) type Kinds = Arc<Vec<Arc<Kind>>>;

/// A kind of forms, in one second.
pub(super) struct Kind {
    asked: Arc<Asked>,
    pub(super) begun: Arc<CompiledForm>,
    pub(super) template: Template,
}

/// What such forms are asked for with, but for their keys and fields.
struct Asked {
    bucket: Py<PyAny>,
    /// `None` where there are none.
    conditions: Option<Parts>,
    expires_in: Option<Py<PyAny>>,
}

impl KnownForms {
    pub(super) fn kinds(&self) -> Kinds {
        Arc::clone(&self.locked().kinds)
    }

    /// Remembers the kind of a form, if it was met before and there is a place for it.
    pub(super) fn remember(
        &self,
        presigner: &Presigner,
        form: &Form<'_, '_>,
        own: &Entries<'_>,
        posted: &Posted<'_>,
    ) -> PyResult<()> {
        let print = print(posted.conditions);
        let at = {
            let mut latest = self.locked();
            latest.unknown = latest.unknown.wrapping_add(1);
            let at = latest.unknown;
            if !latest.prints.contains(&print) {
                latest.prints[at % PRINTS] = print;
                return Ok(());
            }
            let has_place = latest.kinds.len() < CAPACITY;
            if !at.is_multiple_of(if has_place { SOMETIMES } else { SELDOM }) {
                return Ok(());
            }
            at
        };
        if let Some(kind) = Kind::new(presigner, form, own, posted)? {
            self.change(|kinds| {
                if kinds.len() < CAPACITY {
                    kinds.push(Arc::new(kind));
                } else {
                    kinds[at / SELDOM % CAPACITY] = Arc::new(kind);
                }
            });
        }
        Ok(())
    }

    /// Puts a kind in the place of what it was in another second.
    pub(super) fn renew(&self, old: &Arc<Kind>, renewed: Kind) {
        self.change(|kinds| {
            let place = kinds.iter_mut().find(|kind| Arc::ptr_eq(kind, old));
            // Another thread may have been faster.
            if let Some(place) = place {
                *place = Arc::new(renewed);
            }
        });
    }

    fn change(&self, change: impl FnOnce(&mut Vec<Arc<Kind>>)) {
        let mut latest = self.locked();
        let mut kinds = Vec::clone(&latest.kinds);
        change(&mut kinds);
        let old = mem::replace(&mut latest.kinds, Arc::new(kinds));
        // Objects of Python are let go when the lock is.
        drop(latest);
        drop(old);
    }

    fn locked(&self) -> MutexGuard<'_, Latest> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kind {
    /// The kind of a form that was just made; `None` if some argument might not say the same the
    /// next time, or is a secret.
    fn new(
        presigner: &Presigner,
        form: &Form<'_, '_>,
        own: &Entries<'_>,
        posted: &Posted<'_>,
    ) -> PyResult<Option<Self>> {
        let py = form.bucket.py();
        let (Some(asked), Some(key)) = (Asked::of(form), posted.key) else {
            return Ok(None);
        };
        let names = own.iter().filter_map(|(name, _)| name.to_str().ok());
        let texts = asked.conditions.iter().flat_map(|parts| parts.texts(py));
        if names.chain(texts).any(names_a_secret) {
            return Ok(None);
        }
        let Some(template) = Template::new(py, own, posted, true)? else {
            return Ok(None);
        };
        // No Python has run since the conditions were taken apart: they are still the same.
        let conditions = form.conditions.not_none();
        let conditions = conditions.as_deref().map(PyInput);
        let conditions = conditions.as_ref().map(|list| list as &dyn Input);
        let begun = presigner.compile_form(&PyInput(&form.bucket), conditions, key, posted.end);
        Ok(begun.ok().map(|begun| Self {
            asked: Arc::new(asked),
            begun: Arc::new(begun),
            template,
        }))
    }

    /// This kind in another second, of which `posted` is a form.
    pub(super) fn renewed(
        &self,
        py: Python<'_>,
        own: &Entries<'_>,
        posted: &Posted<'_>,
        begun: &Arc<CompiledForm>,
    ) -> PyResult<Option<Self>> {
        let template = Template::new(py, own, posted, true)?;
        Ok(template.map(|template| Self {
            asked: Arc::clone(&self.asked),
            begun: Arc::clone(begun),
            template,
        }))
    }

    /// Whether a form is of this kind.
    pub(super) fn fits(&self, form: &Form<'_, '_>, own: &Entries<'_>) -> bool {
        let Asked {
            bucket,
            conditions,
            expires_in,
        } = &*self.asked;
        let py = form.bucket.py();
        let is_same_life = match (expires_in, form.expires_in.0) {
            (None, None) => true,
            (Some(known), Some(given)) => is_alike(known.bind(py), &given),
            _ => false,
        };
        is_same_life
            && is_alike(bucket.bind(py), &form.bucket)
            && self.template.has_names(own)
            && match (conditions, form.conditions.not_none()) {
                (None, None) => true,
                // What is no list is copied first, or refused.
                (Some(known), Some(given)) => {
                    given.is_exact_instance_of::<PyList>() && known.fit(&given)
                }
                _ => false,
            }
    }
}

impl Asked {
    fn of(form: &Form<'_, '_>) -> Option<Self> {
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
}

/// A number that the same text always has, and others seldom.
fn print(text: &str) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let (words, rest) = text.as_bytes().as_chunks();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let add = |print: u64, word: &[u8; 8]| {
        (print.rotate_left(29) ^ u64::from_le_bytes(*word)).wrapping_mul(FACTOR)
    };
    words.iter().chain([&last]).fold(1, add)
}

/// Whether what goes with this name is a secret; `$` may stand in front of it.
fn names_a_secret(name: &str) -> bool {
    SECRETS.iter().any(|end| {
        let start = name.len().saturating_sub(end.len());
        name.get(start..)
            .is_some_and(|own| own.eq_ignore_ascii_case(end))
    })
}
