//! The call-site cache: recognises a line of the caller's program by the names that it passes.
//!
//! A line passes the same strings each time it runs: the operation's name and the members'
//! names. Python keeps one object for each, so comparing addresses is enough to know the operation
//! and the members without reading them. Method and lifetime are mostly the same objects too, and so
//! is a bucket that is not an ordinary one. Where they are not, they are read, and the
//! [request cache](Presigner::cached_request) finds the request. Where they stay the same for a while, so do
//! most other values: those are put into a request of the site's own, and are compared by their
//! addresses from then on.

mod call_site;
mod made_url;

use std::sync::{Arc, Mutex, MutexGuard, TryLockError};

use super::fast_path::FastPath;
use super::mapping::{Mapping, with_params};
use super::object::Object;
use super::pipeline::{Call, ReadParams};
use super::presigner::Presigner;
use super::request_cache::CachedRequest;
use crate::error::Error;
use crate::model::Operation;
pub use call_site::Called;
use call_site::{CallSite, ParamValues, is_held};
pub use made_url::MadeUrl;

/// The most call sites that are remembered at a time.
const CAPACITY: usize = 8;

/// Once all places are taken, one of so many unknown calls is remembered.
const LEAST_INTERVAL: usize = 4;

/// The interval doubles up to this while remembered call sites are never met again: a program whose
/// strings are always new then pays nothing for the cache.
const GREATEST_INTERVAL: usize = 1024;

/// A longer URL is rare, and its memory is freed.
const LONGEST: usize = 16 * 1024;

/// The call sites that one client is called from, which hold objects as `H`.
///
/// No thread waits for the lock, so it may be held while the caller's code runs. A call that finds it taken,
/// in another thread or in a clock that asks for a URL itself, takes the slow path.
pub struct CallSiteCache<H>(Mutex<CallSites<H>>);

/// An answer, and the request that it was made from, if there is one to remember.
pub type Made<T> = (T, Option<Arc<CachedRequest>>);

struct CallSites<H> {
    sites: Vec<CallSite<H>>,
    /// How many unknown calls are still passed over before one is remembered.
    passed_over: usize,
    interval: usize,
    /// The place that is filled next.
    next: usize,
    /// Empty buffers: URLs and canonical requests are written into their memory.
    url: String,
    room: String,
}

impl<H> Default for CallSiteCache<H> {
    fn default() -> Self {
        Self(Mutex::new(CallSites {
            sites: Vec::new(),
            passed_over: 0,
            interval: 0,
            next: 0,
            url: String::new(),
            room: String::new(),
        }))
    }
}

impl<H> CallSiteCache<H> {
    /// Answers a call: `take` makes the answer from the URL if the site is remembered. Else `make` presigns, and
    /// its request is remembered, if it returns one.
    ///
    /// # Errors
    /// Those of [`Presigner::append_url`], of the parameters and of the two functions.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "otherwise each URL costs 0.7 % more instructions")]
    pub fn answer<O: Mapping<Held = H>, T, M>(
        &self,
        presigner: &Presigner,
        called: Called<'_, O>,
        params: Option<&O>,
        call: &dyn Call,
        take: impl FnOnce(MadeUrl<'_, O>) -> Result<T, Error>,
        make: M,
    ) -> Result<T, Error>
    where
        M: FnOnce(&'static Operation, &dyn ReadParams<'_>) -> Result<Made<T>, Error>,
    {
        match self.url(presigner, called, params, call, take)? {
            Some(answer) => answer,
            None => self.answer_unknown(called, params, make),
        }
    }

    #[inline(never)]
    fn answer_unknown<O: Mapping<Held = H>, T, M>(
        &self,
        called: Called<'_, O>,
        params: Option<&O>,
        make: M,
    ) -> Result<T, Error>
    where
        M: FnOnce(&'static Operation, &dyn ReadParams<'_>) -> Result<Made<T>, Error>,
    {
        let Some(name) = called.client_method else {
            return Err(Error::UnknownClientMethod(String::new()));
        };
        let operation = name.operation()?;
        with_params(operation, params, |params, entries| {
            let (answer, request) = make(operation, params)?;
            if let Some(request) = request {
                self.remember(called, entries, request);
            }
            Ok(answer)
        })
    }

    /// Calls `take` with what a call from a remembered site made. `None`, with nothing asked, if the
    /// site is unknown or some value is not plain.
    fn url<O: Object<Held = H>, T>(
        &self,
        presigner: &Presigner,
        called: Called<'_, O>,
        params: Option<&O>,
        call: &dyn Call,
        take: impl FnOnce(MadeUrl<'_, O>) -> T,
    ) -> Result<Option<T>, Error> {
        let Some(mut locked) = self.lock() else {
            return Ok(None);
        };
        let CallSites { sites, url, room, .. } = &mut *locked;
        let mut values = ParamValues::new();
        let Some(site) = find(sites, called, params, &mut values) else {
            return Ok(None);
        };
        if site.has_terms(called, &values) && site.has_constants(&values) {
            site.take_constants(&values);
        } else if !site.change_terms(presigner, called, &values, call) {
            return Ok(None);
        }
        let mut path = presigner.append_url_like(url, room, &site.request, call, &values)?;
        if matches!(path, FastPath::NotTaken)
            && site.is_of_another_bucket(&values)
            && site.change_terms(presigner, called, &values, call)
        {
            path = presigner.append_url_like(url, room, &site.request, call, &values)?;
        }
        match path {
            FastPath::NotTaken => return Ok(None),
            FastPath::Done => {}
            FastPath::Renewed(renewed) => site.request = renewed,
        }
        let taken = take(MadeUrl {
            url,
            request: &site.request,
            values: &values,
            call,
        });
        url.clear();
        if url.capacity().max(room.capacity()) > LONGEST {
            (*url, *room) = (String::new(), String::new());
        }
        Ok(Some(taken))
    }

    /// Remembers the site of a call that was made from this request, once in a while.
    fn remember<O: Object<Held = H>>(&self, called: Called<'_, O>, entries: &[(O, O)], request: Arc<CachedRequest>) {
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
    fn lock(&self) -> Option<MutexGuard<'_, CallSites<H>>> {
        match self.0.try_lock() {
            Ok(sites) => Some(sites),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }
}

impl<H> CallSites<H> {
    /// Puts a site in, and returns the one that it displaced.
    fn put(&mut self, site: CallSite<H>) -> Option<CallSite<H>> {
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
fn find<'s, O: Object>(
    sites: &'s mut [CallSite<O::Held>],
    called: Called<'_, O>,
    params: Option<&O>,
    values: &mut ParamValues<O>,
) -> Option<&'s mut CallSite<O::Held>> {
    for site in sites {
        if !is_held(Some(&site.client_method), called.client_method) {
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
