//! Keeps what calls of one kind share, so that the next one is some values, hashed and signed.
//!
//! Calls are of one [`Route`] if they name the same operation, the same members in the same order,
//! the same bucket, method and life. The second time that one is met it becomes known, from then
//! on its URLs are made of its [`Template`](super::plan::Template). A value that is not plain (an
//! empty key, a subclass of `str`, a header with two spaces) goes the long way.

mod route;
mod table;

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use smallvec::SmallVec;

use route::{Asked, Route, append_value};
use table::Table;

use super::plan::{Column, Plan};
use super::signature::ToSign;
use super::{Call, Given, Presigner};
use crate::error::Error;
use crate::hash;
use crate::model::{Operation, Param};
use crate::scratch::Scratch;
use crate::sigv4::ScopedKey;

/// Room for short values, and for the signature.
const ROOM: usize = 400;

/// The routes of one client. All threads may share it: the lock is held for a comparison.
#[derive(Default)]
pub(super) struct Routes(Mutex<Table>);

/// Which columns have their values where in a canonical request.
type Written = SmallVec<[(usize, Range<usize>); 8]>;

/// What is known of a call's route.
#[derive(Clone)]
enum Known {
    /// It was never met.
    New,
    /// It was met once, which does not pay for more.
    Once,
    /// There is none, and its calls go the long way.
    Unroutable,
    /// Its URLs can be written.
    Ready(Arc<Ready>),
}

/// A route, and its plan for the second in which it was used last.
pub struct Ready {
    /// What it is kept under; a route with constants is kept by whoever asked for it.
    print: Option<u64>,
    route: Arc<Route>,
    /// The encoded values of those columns that do not vary after all.
    constants: Arc<[Option<Box<str>>]>,
    plan: Plan,
}

/// What became of a call.
pub enum Made {
    /// Nothing was asked and nothing appended: a value takes a closer look.
    Nothing,
    /// Its URL, as was expected.
    Url,
    /// Its URL, in another second than the one before, or with other credentials: the next call
    /// is best made by this.
    UrlBy(Arc<Ready>),
}

impl Routes {
    /// What is known of the route of this call, which is met by this.
    fn find(&self, asked: &Asked<'_>) -> Known {
        let print = asked.print();
        // A panic elsewhere cannot have left half an entry behind.
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match table.meet(print) {
            Known::Ready(ready) if !ready.route.fits(asked) => Known::Unroutable,
            known => known,
        }
    }

    /// Makes the route of a call that was just signed with `key` known.
    fn learn(
        &self,
        presigner: &Presigner,
        asked: &Asked<'_>,
        call: &dyn Call,
        key: Arc<ScopedKey>,
    ) {
        let print = asked.print();
        let known = match Route::of(presigner, asked, call) {
            None => Known::Unroutable,
            Some(route) => Known::Ready(Arc::new(Ready {
                print: Some(print),
                plan: route.template.plan(key, &[]),
                route: Arc::new(route),
                constants: Arc::default(),
            })),
        };
        self.put(print, known);
    }

    fn put(&self, print: u64, known: Known) {
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let forgotten = table.put(print, known);
        drop(table);
        // What it held is wiped outside the lock.
        drop(forgotten);
    }
}

impl Ready {
    /// Where the bucket is among the parameters, if it is among them.
    #[must_use]
    pub fn place_of_bucket(&self) -> Option<usize> {
        self.route.place_of_bucket()
    }

    /// This route for calls whose values outside the path are those that `write` appends.
    #[must_use]
    pub fn with_constants(
        &self,
        mut write: impl FnMut(usize, Column, &mut String) -> bool,
    ) -> Self {
        let constant = |&(at, column): &(usize, Column)| {
            let mut text = String::new();
            let is_written = !column.is_in_path() && write(at, column, &mut text);
            is_written.then(|| text.into())
        };
        self.with(self.route.columns.iter().map(constant).collect())
    }

    /// Whether the parameter at this place is a constant.
    #[must_use]
    pub fn is_constant(&self, place: usize) -> bool {
        let mut columns = self.route.columns.iter().zip(&*self.constants);
        columns.any(|((at, _), text)| *at == place && text.is_some())
    }

    fn with(&self, constants: Arc<[Option<Box<str>>]>) -> Self {
        let key = Arc::clone(&self.plan.key);
        Self {
            print: None,
            route: Arc::clone(&self.route),
            plan: self.route.template.plan(key, &constants),
            constants,
        }
    }

    /// This route with a plan for another key.
    fn renewed(&self, key: Arc<ScopedKey>) -> Self {
        Self {
            print: self.print,
            route: Arc::clone(&self.route),
            plan: self.route.template.plan(key, &self.constants),
            constants: Arc::clone(&self.constants),
        }
    }

    /// Writes the beginning of the canonical request, up to a whole block, into `start`, and into
    /// `written` where in it the values are; both are empty. What is returned is the rest of it;
    /// `None` if a value takes a closer look.
    fn write_canonical_request(
        &self,
        start: &mut String,
        written: &mut Written,
        write: &mut impl FnMut(usize, Column, &mut String) -> bool,
    ) -> Option<&str> {
        let canonical_request = &self.plan.canonical_request;
        start.reserve(canonical_request.length() + ROOM);
        let end = canonical_request.append_but_rest(start, |column, out| {
            let (at, how) = self.route.columns[column];
            let start = out.len();
            let is_plain = write(at, how, out);
            written.push((column, start..out.len()));
            is_plain
        })?;
        let fitting = hash::up_to_block(start.len());
        let (more, rest) = end.split_at_checked(fitting).unwrap_or((end, ""));
        start.push_str(more);
        Some(rest)
    }

    /// Appends the URL up to its signature, with the values of the canonical request.
    fn append_unsigned(&self, out: &mut String, canonical_request: &str, written: &Written) {
        out.reserve(self.plan.url.length() + ROOM);
        self.plan.url.append_by(out, |column, out| {
            let mut written = written.iter();
            let place = written.find(|(number, _)| *number == column);
            let value = place.and_then(|(_, range)| canonical_request.get(range.clone()));
            out.push_str(value.unwrap_or_default());
            true
        });
    }
}

impl Presigner {
    /// [`append_url`](Self::append_url), and tells by which route, if by one, the next call can be
    /// made that differs in values only.
    ///
    /// # Errors
    /// As [`append_url`](Self::append_url).
    pub fn append_url_and_tell(
        &self,
        url: &mut String,
        operation: &'static Operation,
        given: &[Param<'_>],
        call: &dyn Call,
    ) -> Result<Option<Arc<Ready>>, Error> {
        let Some(asked) = Asked::new(operation, given, call) else {
            self.append_url_anew(url, operation, given, call, None)?;
            return Ok(None);
        };
        let known = self.routes.find(&asked);
        if let Known::Ready(ready) = known {
            let write = |at: usize, column, out: &mut String| append_value(&given[at], column, out);
            let room = &mut Scratch::new();
            return match self.append_by_route(url, room, &ready, call, write)? {
                Made::Nothing => {
                    self.append_url_anew(url, operation, given, call, None)?;
                    Ok(None)
                }
                Made::Url => Ok(Some(ready)),
                Made::UrlBy(renewed) => Ok(Some(renewed)),
            };
        }
        let mut key = None;
        self.append_url_anew(url, operation, given, call, Some(&mut key))?;
        if let (Known::Once, Some(key)) = (known, key) {
            self.routes.learn(self, &asked, call, key);
        }
        Ok(None)
    }

    /// The presigned URL of parameters that need not say the same to all who read them.
    ///
    /// # Errors
    /// As [`append_url`](Self::append_url), and what the parameters raise.
    pub fn presign_given(
        &self,
        operation: &'static Operation,
        given: &dyn Given<'_>,
        call: &dyn Call,
    ) -> Result<String, Error> {
        let mut url = String::new();
        let finish =
            |url: &mut String, to_sign: ToSign<'_>| self.sign(url, to_sign, call).map(drop);
        self.append_url_by(&mut url, operation, given, call, &*self.credentials, finish)?;
        Ok(url)
    }

    /// [`append_url`](Self::append_url) by the whole pipeline. The key that has signed, if one of
    /// SigV4 has, is left in `signed_with`.
    fn append_url_anew(
        &self,
        url: &mut String,
        operation: &'static Operation,
        given: &[Param<'_>],
        call: &dyn Call,
        signed_with: Option<&mut Option<Arc<ScopedKey>>>,
    ) -> Result<(), Error> {
        self.append_url_by(
            url,
            operation,
            &given,
            call,
            &*self.credentials,
            |url, to_sign| {
                let key = self.sign(url, to_sign, call)?;
                if let Some(signed_with) = signed_with {
                    *signed_with = key;
                }
                Ok(())
            },
        )
    }

    /// Appends the URL of a call that goes by this route: its operation, its members, its bucket,
    /// its method and its life are those of the route.
    ///
    /// `write` appends the value of the parameter at this place as the column says, and says
    /// whether the column took it. `room` is left empty.
    ///
    /// What neither needs the digest nor the signature comes between the hashes: each step of a
    /// hash waits for the one before, and the processor does the rest meanwhile.
    ///
    /// # Errors
    /// Those of the credentials and of the clock; nothing is appended then.
    pub fn append_by_route(
        &self,
        url: &mut String,
        room: &mut String,
        ready: &Ready,
        call: &dyn Call,
        mut write: impl FnMut(usize, Column, &mut String) -> bool,
    ) -> Result<Made, Error> {
        room.clear();
        let mut written = Written::new();
        let Some(rest) = ready.write_canonical_request(room, &mut written, &mut write) else {
            return Ok(Made::Nothing);
        };
        let key = &ready.plan.key;
        let others = self
            .credentials
            .other_than(key.credentials())
            .inspect_err(|_| call.fails_as_a_whole())?;
        call.find_clock();
        let digest = hash::sha256_of_two(room.as_bytes(), rest.as_bytes());
        let now = call.now()?;
        if others.is_none() && key.at() == now {
            let signature = key.sign_digest(&digest, || ready.append_unsigned(url, room, &written));
            hash::append_hex(url, &signature);
            return Ok(Made::Url);
        }
        // Another second than last time, or other credentials.
        let credentials = others.as_ref().unwrap_or(key.credentials());
        let key = self.key(credentials, &ready.route.template.endpoint, now);
        let renewed = Arc::new(ready.renewed(key));
        room.clear();
        written.clear();
        if let Some(rest) = renewed.write_canonical_request(room, &mut written, &mut write) {
            let digest = hash::sha256_of_two(room.as_bytes(), rest.as_bytes());
            renewed.append_unsigned(url, room, &written);
            hash::append_hex(url, &renewed.plan.key.sign_digest(&digest, || ()));
        }
        if let Some(print) = renewed.print {
            self.routes.put(print, Known::Ready(Arc::clone(&renewed)));
        }
        Ok(Made::UrlBy(renewed))
    }
}
