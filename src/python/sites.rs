//! Knows again what was called before by the very objects that it was called with.
//!
//! A line of Python hands over the same objects each time that it runs: the operation, the names,
//! most often the bucket and the life, and such values as a content type. They cannot change, so
//! whoever holds one knows what it says without reading it. What differs from call to call is
//! read, and so is the key in any case.

use std::sync::{Arc, Mutex, MutexGuard, TryLockError};

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyInt, PyString};
use smallvec::SmallVec;

use super::arguments::Given;
use super::call::PyCall;
use super::errors::foreign;
use super::memory::LONG_TEXT;
use super::params::Entries;
use crate::error::Error;
use crate::s3::batch::Column;
use crate::s3::{Made, Presigner, Ready};

/// So many lines are known at a time.
const CAPACITY: usize = 8;

/// One call in so many takes the place of an older one, so that many lines in turn, of which none
/// is ever met again in time, do not pay for being remembered.
const SELDOM: usize = 4;

/// A longer URL is rare, and its memory goes back to everybody.
const LONGEST: usize = 16 * 1024;

/// The lines that one client is called from.
///
/// Nobody waits for the lock, and so it may be held while Python runs: who finds it taken, in
/// another thread or in a clock that asks for a URL itself, goes the long way.
#[derive(Default)]
pub(super) struct Sites(Mutex<Latest>);

#[derive(Default)]
struct Latest {
    sites: Vec<Site>,
    /// How many calls were not known.
    unknown: usize,
    /// Empty; their memory is where URLs are written, and what is signed.
    url: String,
    room: String,
}

/// The values of a call's parameters, in its order.
type Values<'py> = SmallVec<[Bound<'py, PyAny>; 8]>;

/// What a line hands over each time.
struct Site {
    client_method: Py<PyAny>,
    expires_in: Option<Py<PyAny>>,
    http_method: Option<Py<PyAny>>,
    parts: Vec<Part>,
    ready: Arc<Ready>,
}

/// One parameter of such calls.
struct Part {
    name: Py<PyAny>,
    value: Held,
}

/// What is known of its value.
enum Held {
    /// The bucket, which is always this.
    Bucket(Py<PyAny>),
    /// It was this so far, and may become another once: the values with which a line is first met
    /// are not always those that it goes on with.
    Constant { value: Py<PyAny>, may_change: bool },
    /// It is another each time.
    Varying,
}

/// How a call and a site go together.
#[derive(PartialEq)]
enum Fit {
    /// It is another line.
    Not,
    /// It is this one.
    Whole,
    /// It is this one, but some constant is none.
    Names,
}

/// The arguments of a call but for `Params`; those that are `None` count as left out.
#[derive(Clone, Copy)]
pub(super) struct Called<'a, 'py> {
    pub(super) client_method: Given<'a, 'py>,
    pub(super) expires_in: Given<'a, 'py>,
    pub(super) http_method: Given<'a, 'py>,
}

impl Sites {
    /// The URL of a call with the same objects as an earlier one; `None`, with nothing asked, if
    /// it is no such call or some value takes a closer look.
    pub(super) fn url<'py>(
        &self,
        presigner: &Presigner,
        called: Called<'_, '_>,
        params: Given<'_, 'py>,
        call: &PyCall<'_, 'py>,
    ) -> Result<Option<Bound<'py, PyString>>, Error> {
        let params = match params.not_none() {
            None => None,
            Some(params) => match params.cast_exact::<PyDict>() {
                Ok(params) => Some(params),
                Err(_) => return Ok(None),
            },
        };
        let Some(mut latest) = self.latest() else {
            return Ok(None);
        };
        let mut values = Values::new();
        let Some(at) = latest.find(called, params.as_deref(), &mut values) else {
            return Ok(None);
        };
        let Latest {
            sites, url, room, ..
        } = &mut *latest;
        let write = |at: usize, column, out: &mut String| append_value(&values[at], column, out);
        let made = presigner.append_by_route(url, room, &sites[at].ready, call, write)?;
        if let Made::Nothing = made {
            return Ok(None);
        }
        let text = PyString::from_bytes(call.py, url.as_bytes()).map_err(foreign);
        url.clear();
        if url.capacity().max(room.capacity()) > LONGEST {
            (*url, *room) = (String::new(), String::new());
        }
        if let Made::UrlBy(renewed) = made {
            // Lines share a route until their constants are known.
            let known = Arc::clone(&sites[at].ready);
            for site in sites {
                if Arc::ptr_eq(&site.ready, &known) {
                    site.ready = Arc::clone(&renewed);
                }
            }
        }
        text.map(Some)
    }

    /// Remembers a call that goes by this route, if it is worth it.
    pub(super) fn remember(
        &self,
        py: Python<'_>,
        called: Called<'_, '_>,
        entries: &Entries<'_>,
        ready: &Ready,
    ) {
        let Some(mut latest) = self.latest() else {
            return;
        };
        latest.unknown = latest.unknown.wrapping_add(1);
        let at = latest.unknown;
        if !at.is_multiple_of(SELDOM) {
            return;
        }
        let Some(site) = Site::new(py, called, entries, ready) else {
            return;
        };
        let forgotten = if latest.sites.len() < CAPACITY {
            latest.sites.push(site);
            None
        } else {
            let place = &mut latest.sites[at / SELDOM % CAPACITY];
            Some(std::mem::replace(place, site))
        };
        drop(latest);
        drop(forgotten);
    }

    /// What is known; `None` if somebody else has it in hand.
    fn latest(&self) -> Option<MutexGuard<'_, Latest>> {
        match self.0.try_lock() {
            Ok(latest) => Some(latest),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }
}

impl Latest {
    /// The place of the site of this call, whose values are then read.
    fn find<'py>(
        &mut self,
        called: Called<'_, '_>,
        params: Option<&Bound<'py, PyDict>>,
        values: &mut Values<'py>,
    ) -> Option<usize> {
        for (at, site) in self.sites.iter_mut().enumerate() {
            if !site.is_called(called) {
                continue;
            }
            let fit = match params {
                Some(params) => site.read(params, values),
                None if site.parts.is_empty() => Fit::Whole,
                None => Fit::Not,
            };
            match fit {
                Fit::Not => {
                    values.clear();
                    continue;
                }
                Fit::Whole => {}
                Fit::Names => site.widen(values),
            }
            return Some(at);
        }
        None
    }
}

impl Site {
    /// A site; `None` if some object might not say the same the next time.
    fn new(
        py: Python<'_>,
        called: Called<'_, '_>,
        entries: &Entries<'_>,
        ready: &Ready,
    ) -> Option<Self> {
        let text = |object: &Bound<'_, PyAny>| {
            let is_text = object.is_exact_instance_of::<PyString>();
            is_text.then(|| object.clone().unbind())
        };
        let number = |object: &Bound<'_, PyAny>| {
            let is_number = object.is_exact_instance_of::<PyInt>();
            is_number.then(|| object.clone().unbind())
        };
        let ready = Arc::new(
            ready.with_constants(|at, column, out| append_value(&entries[at].1, column, out)),
        );
        let place_of_bucket = ready.place_of_bucket();
        let part = |(at, (name, value)): (usize, &(Bound<'_, PyAny>, Bound<'_, PyAny>))| {
            let value = if place_of_bucket == Some(at) {
                Held::Bucket(text(value)?)
            } else if ready.is_constant(at) {
                // Texts and numbers only, of no subclass: others are no constants.
                Held::Constant {
                    value: value.clone().unbind(),
                    may_change: true,
                }
            } else {
                Held::Varying
            };
            let name = text(name)?;
            Some(Part { name, value })
        };
        let parts: Option<Vec<Part>> = entries.iter().enumerate().map(part).collect();
        Some(Self {
            client_method: text(&called.client_method.object(py))?,
            expires_in: match called.expires_in.not_none() {
                None => None,
                Some(seconds) => Some(number(&seconds)?),
            },
            http_method: match called.http_method.not_none() {
                None => None,
                Some(method) => Some(text(&method)?),
            },
            parts: parts?,
            ready,
        })
    }

    /// Whether a call is made as this line makes it, but for its parameters.
    fn is_called(&self, called: Called<'_, '_>) -> bool {
        is_same(Some(&self.client_method), called.client_method)
            && is_same(self.expires_in.as_ref(), called.expires_in)
            && is_same(self.http_method.as_ref(), called.http_method)
    }

    /// Reads the values of the parameters, as long as they are this line's.
    fn read<'py>(&self, params: &Bound<'py, PyDict>, values: &mut Values<'py>) -> Fit {
        let mut given = params.iter();
        if given.len() != self.parts.len() {
            return Fit::Not;
        }
        let mut fit = Fit::Whole;
        // Comparing objects by their places runs no Python, which might change them.
        for part in &self.parts {
            let Some((name, value)) = given.next() else {
                return Fit::Not;
            };
            if !part.name.is(&name) {
                return Fit::Not;
            }
            match &part.value {
                Held::Bucket(bucket) if !bucket.is(&value) => return Fit::Not,
                Held::Constant { value: known, .. } if !known.is(&value) => fit = Fit::Names,
                Held::Bucket(_) | Held::Constant { .. } | Held::Varying => {}
            }
            values.push(value);
        }
        fit
    }

    /// Sees that what is no constant in this call is another from now on, or none.
    #[cold]
    fn widen(&mut self, values: &Values<'_>) {
        for (part, given) in self.parts.iter_mut().zip(values) {
            if let Held::Constant { value, may_change } = &mut part.value
                && !value.is(given)
            {
                if *may_change {
                    *value = given.clone().unbind();
                    *may_change = false;
                } else {
                    part.value = Held::Varying;
                }
            }
        }
        let parts = &mut self.parts;
        self.ready = Arc::new(self.ready.with_constants(|at, column, out| {
            matches!(parts[at].value, Held::Constant { .. })
                && append_value(&values[at], column, out)
        }));
        for (at, part) in parts.iter_mut().enumerate() {
            if matches!(part.value, Held::Constant { .. }) && !self.ready.is_constant(at) {
                part.value = Held::Varying;
            }
        }
    }
}

fn is_same(known: Option<&Py<PyAny>>, given: Given<'_, '_>) -> bool {
    match (known, given.not_none()) {
        (None, None) => true,
        (Some(known), Some(given)) => known.is(&*given),
        _ => false,
    }
}

/// Appends a value as it is sent; `false` if that takes a closer look.
#[inline]
pub(super) fn append_value(value: &Bound<'_, PyAny>, column: Column, out: &mut String) -> bool {
    if column.is_numeric() {
        let number = value.cast_exact::<PyInt>();
        return number.is_ok_and(|number| {
            number
                .extract()
                .is_ok_and(|number| column.append_number(out, number))
        });
    }
    // A subclass of str may print otherwise than it reads.
    value.cast_exact::<PyString>().is_ok_and(|text| {
        text.to_str()
            .is_ok_and(|text| text.len() <= LONG_TEXT && column.append_text(out, text))
    })
}
