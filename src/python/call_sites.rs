//! The call-site cache: recognises a line of Python by the names that it hands over.
//!
//! A line hands over the same strings each time it runs: the operation's name and the members'
//! names. Python keeps one object for each, so comparing addresses is enough to know the operation
//! and the members without reading them. Bucket, method and lifetime are mostly the same objects
//! too. Where they are not, they are read, and the [request cache](Presigner::cached_request)
//! finds the request. Where they stay the same for a while, so do most other values: those are put
//! into a request of the site's own, and are compared by their addresses from then on.

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
use crate::s3::{CachedRequest, Call as _, FastPath, Presigner};

/// The most call sites that are remembered at a time.
const CAPACITY: usize = 8;

/// Once all places are taken, one of so many unknown calls is remembered.
const LEAST_INTERVAL: usize = 4;

/// The interval doubles up to this while remembered sites are never met again: a program whose
/// strings are always new then pays nothing for being remembered.
const GREATEST_INTERVAL: usize = 1024;

/// How often a site's constants are put into a request, which costs about as much as a call.
const MOST_CONSTANTS: u8 = 8;

/// A longer URL is rare, and its memory goes back to everybody.
const LONGEST: usize = 16 * 1024;

/// The call sites that one client is called from.
///
/// Nobody waits for the lock, and so it may be held while Python runs. A call that finds it taken,
/// in another thread or in a clock that asks for a URL itself, takes the slow path.
#[derive(Default)]
pub(super) struct CallSiteCache(Mutex<CallSites>);

#[derive(Default)]
struct CallSites {
    sites: Vec<CallSite>,
    /// How many unknown calls are still passed over before one is remembered.
    passed_over: usize,
    interval: usize,
    /// The place that is filled next.
    next: usize,
    /// Empty; their memory is where URLs are written, and what is signed.
    url: String,
    room: String,
}

/// The values of a call's parameters, in its order.
type ParamValues<'py> = SmallVec<[Bound<'py, PyAny>; 8]>;

/// What a line hands over each time, and the request of its latest call.
struct CallSite {
    client_method: Py<PyAny>,
    names: Vec<Py<PyAny>>,
    place_of_bucket: Option<usize>,
    /// Whether a call was recognised by this.
    is_met: bool,
    terms: Terms,
    request: Arc<CachedRequest>,
    /// The values that are put into the request, and their places.
    constants: Vec<(usize, Py<PyAny>)>,
    /// The values of the call before, which become constants if they stay the same.
    candidates: Vec<(usize, Py<PyAny>)>,
    /// The places whose values have changed, one bit each; they get no constants any more.
    varying: u64,
    /// How many calls in a row had the same terms and constants.
    steady: u32,
    /// How often constants were put into a request.
    tries: u8,
}

/// What chooses the request, beside the names: strings and numbers of no subclass, which cannot
/// change.
#[derive(Default)]
struct Terms {
    bucket: Option<Py<PyAny>>,
    expires_in: Option<Py<PyAny>>,
    http_method: Option<Py<PyAny>>,
}

/// The arguments of a call but for `Params`; those that are `None` count as left out.
#[derive(Clone, Copy)]
pub(super) struct Called<'a, 'py> {
    pub(super) client_method: Given<'a, 'py>,
    pub(super) expires_in: Given<'a, 'py>,
    pub(super) http_method: Given<'a, 'py>,
}

impl CallSiteCache {
    /// The URL of a call from a remembered site. `None`, with nothing asked, if the site is unknown
    /// or some value is not plain.
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
        let Some(mut locked) = self.lock() else {
            return Ok(None);
        };
        let CallSites {
            sites, url, room, ..
        } = &mut *locked;
        let mut values = ParamValues::new();
        let Some(site) = find(sites, called, params.as_deref(), &mut values) else {
            return Ok(None);
        };
        if site.has_terms(called, &values) && site.has_constants(&values) {
            site.take_constants(&values);
        } else if !site.change_terms(presigner, called, &values, call) {
            return Ok(None);
        }
        let write = |at: usize, column, out: &mut String| append_value(&values[at], column, out);
        match presigner.append_url_like(url, room, &site.request, call, write)? {
            FastPath::NotTaken => return Ok(None),
            FastPath::Done => {}
            FastPath::Renewed(renewed) => site.request = renewed,
        }
        let text = PyString::from_bytes(call.py, url.as_bytes()).map_err(foreign);
        url.clear();
        if url.capacity().max(room.capacity()) > LONGEST {
            (*url, *room) = (String::new(), String::new());
        }
        text.map(Some)
    }

    /// Remembers the site of a call that was made from this request, once in a while.
    pub(super) fn remember(
        &self,
        called: Called<'_, '_>,
        entries: &Entries<'_>,
        request: Arc<CachedRequest>,
    ) {
        let Some(mut locked) = self.lock() else {
            return;
        };
        locked.passed_over += 1;
        let is_full = locked.sites.len() == CAPACITY;
        if is_full && locked.passed_over < locked.interval.max(LEAST_INTERVAL) {
            return;
        }
        locked.passed_over = 0;
        let Some(site) = CallSite::new(called, entries, request) else {
            return;
        };
        let forgotten = locked.put(site);
        drop(locked);
        drop(forgotten);
    }

    /// The sites; `None` if another call holds them.
    fn lock(&self) -> Option<MutexGuard<'_, CallSites>> {
        match self.0.try_lock() {
            Ok(sites) => Some(sites),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }
}

impl CallSites {
    /// Puts a site in, and returns the one that it displaced.
    fn put(&mut self, site: CallSite) -> Option<CallSite> {
        if self.sites.len() < CAPACITY {
            self.sites.push(site);
            return None;
        }
        self.next = (self.next + 1) % CAPACITY;
        let displaced = std::mem::replace(&mut self.sites[self.next], site);
        self.interval = if displaced.is_met {
            LEAST_INTERVAL
        } else {
            (self.interval.max(LEAST_INTERVAL) * 2).min(GREATEST_INTERVAL)
        };
        Some(displaced)
    }
}

/// The site of this call, whose values are then read.
fn find<'s, 'py>(
    sites: &'s mut [CallSite],
    called: Called<'_, '_>,
    params: Option<&Bound<'py, PyDict>>,
    values: &mut ParamValues<'py>,
) -> Option<&'s mut CallSite> {
    for site in sites {
        if !is_same(Some(&site.client_method), called.client_method) {
            continue;
        }
        let is_it = match params {
            Some(params) => site.read(params, values),
            None => site.names.is_empty(),
        };
        if is_it {
            return Some(site);
        }
        values.clear();
    }
    None
}

impl CallSite {
    /// The site of this call; `None` if its names might read otherwise the next time.
    fn new(
        called: Called<'_, '_>,
        entries: &Entries<'_>,
        request: Arc<CachedRequest>,
    ) -> Option<Self> {
        let string = |object: &Bound<'_, PyAny>| {
            let is_string = object.is_exact_instance_of::<PyString>();
            is_string.then(|| object.clone().unbind())
        };
        let names: Option<Vec<Py<PyAny>>> = entries.iter().map(|(name, _)| string(name)).collect();
        Some(Self {
            client_method: string(&*called.client_method.0?)?,
            names: names?,
            place_of_bucket: request.place_of_bucket(),
            is_met: false,
            // The first call that is recognised fills them in.
            terms: Terms::default(),
            request,
            constants: Vec::new(),
            candidates: Vec::new(),
            varying: 0,
            steady: 0,
            tries: 0,
        })
    }

    /// Reads the values of the parameters, as long as the names are those of this site.
    fn read<'py>(&self, params: &Bound<'py, PyDict>, values: &mut ParamValues<'py>) -> bool {
        let mut given = params.iter();
        if given.len() != self.names.len() {
            return false;
        }
        // Comparing addresses runs no Python, which might change the dict.
        for known in &self.names {
            let Some((name, value)) = given.next() else {
                return false;
            };
            if !known.is(&name) {
                return false;
            }
            values.push(value);
        }
        true
    }

    /// Whether bucket, lifetime and method are the very objects of the latest call.
    fn has_terms(&self, called: Called<'_, '_>, values: &ParamValues<'_>) -> bool {
        let is_same_bucket = match self.place_of_bucket {
            None => self.is_met,
            Some(at) => self
                .terms
                .bucket
                .as_ref()
                .is_some_and(|bucket| bucket.is(&values[at])),
        };
        is_same_bucket
            && is_same(self.terms.expires_in.as_ref(), called.expires_in)
            && is_same(self.terms.http_method.as_ref(), called.http_method)
    }

    /// Whether the constants are the very objects that were put into the request.
    fn has_constants(&self, values: &ParamValues<'_>) -> bool {
        let mut constants = self.constants.iter();
        constants.all(|(at, constant)| constant.is(&values[*at]))
    }

    /// Counts a call with the same terms and constants. Values that are the same in two such calls
    /// become constants.
    fn take_constants(&mut self, values: &ParamValues<'_>) {
        self.steady = self.steady.saturating_add(1);
        if self.steady > 2 || self.tries == MOST_CONSTANTS {
            return;
        }
        if self.steady == 1 {
            let all = values.iter().enumerate().take(64);
            let steady = all.filter(|(at, _)| self.varying >> at & 1 == 0);
            let owned = steady.map(|(at, value)| (at, value.clone().unbind()));
            self.candidates = owned.collect();
        } else {
            self.tries += 1;
            self.put_constants(values);
        }
    }

    #[cold]
    fn put_constants(&mut self, values: &ParamValues<'_>) {
        let mut candidates = std::mem::take(&mut self.candidates);
        candidates.retain(|(at, value)| value.is(&values[*at]));
        let mut constants = Vec::new();
        let request = self.request.with_constants(|at, column, out| {
            let candidate = candidates.iter().position(|(place, _)| *place == at);
            // Each request has another object key. Strings and numbers only are appended, of no
            // subclass, which cannot change.
            let is_constant = !column.is_in_path() && append_value(&values[at], column, out);
            match candidate.filter(|_| is_constant) {
                Some(candidate) => constants.push(candidates.swap_remove(candidate)),
                None => return false,
            }
            true
        });
        if !constants.is_empty() {
            self.request = Arc::new(request);
            self.constants = constants;
        }
    }

    /// Finds the request of a call with other terms or constants; `false` if there is none.
    fn change_terms(
        &mut self,
        presigner: &Presigner,
        called: Called<'_, '_>,
        values: &ParamValues<'_>,
        call: &PyCall<'_, '_>,
    ) -> bool {
        let find = || {
            let bucket = match self.place_of_bucket {
                None => None,
                Some(at) => Some(values[at].cast_exact::<PyString>().ok()?.to_str().ok()?),
            };
            presigner.cached_request(&self.request.shape(bucket, call.at_hand()?))
        };
        let Some(request) = find() else {
            return false;
        };
        let owned =
            |given: Given<'_, '_>| given.not_none().map(|object| object.to_owned().unbind());
        self.terms = Terms {
            bucket: self.place_of_bucket.map(|at| values[at].clone().unbind()),
            expires_in: owned(called.expires_in),
            http_method: owned(called.http_method),
        };
        self.request = request;
        self.is_met = true;
        self.steady = 0;
        for (at, constant) in self.constants.drain(..) {
            if !constant.is(&values[at]) {
                self.varying |= 1 << at;
            }
        }
        true
    }
}

fn is_same(known: Option<&Py<PyAny>>, given: Given<'_, '_>) -> bool {
    match (known, given.not_none()) {
        (None, None) => true,
        (Some(known), Some(given)) => known.is(&*given),
        _ => false,
    }
}

/// Appends a value as it is sent; `false` if it is not plain.
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
