//! One line of Python that the call-site cache remembers.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyInt, PyString};
use smallvec::SmallVec;

use crate::python::arguments::Given;
use crate::python::call::PyCall;
use crate::python::memory::LONG_TEXT;
use crate::python::params::Entries;
use crate::s3::batch::Column;
use crate::s3::{CachedRequest, Call as _, Presigner};

/// How often a site's constants are put into a request, which costs about as much as a call.
const MOST_CONSTANTS: u8 = 8;

/// The values of a call's parameters, in its order.
pub(super) type ParamValues<'py> = SmallVec<[Bound<'py, PyAny>; 8]>;

/// What a line passes each time, and the request of its latest call.
pub(super) struct CallSite {
    pub(super) client_method: Py<PyAny>,
    pub(super) names: Vec<Py<PyAny>>,
    place_of_bucket: Option<usize>,
    /// Whether a call was recognised by this call site.
    pub(super) is_met: bool,
    terms: Terms,
    pub(super) request: Arc<CachedRequest>,
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

/// The arguments of a call except `Params`; those that are `None` count as left out.
#[derive(Clone, Copy)]
pub(in crate::python) struct Called<'a, 'py> {
    pub(in crate::python) client_method: Given<'a, 'py>,
    pub(in crate::python) expires_in: Given<'a, 'py>,
    pub(in crate::python) http_method: Given<'a, 'py>,
}

impl CallSite {
    /// The site of this call; `None` if its names might read otherwise the next time.
    pub(super) fn new(
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
    pub(super) fn read<'py>(
        &self,
        params: &Bound<'py, PyDict>,
        values: &mut ParamValues<'py>,
    ) -> bool {
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
    pub(super) fn has_terms(&self, called: Called<'_, '_>, values: &ParamValues<'_>) -> bool {
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
    pub(super) fn has_constants(&self, values: &ParamValues<'_>) -> bool {
        let mut constants = self.constants.iter();
        constants.all(|(at, constant)| constant.is(&values[*at]))
    }

    /// Counts a call with the same terms and constants. Values that are the same in two such calls
    /// become constants.
    pub(super) fn take_constants(&mut self, values: &ParamValues<'_>) {
        self.steady = self.steady.saturating_add(1);
        if self.steady > 2 || self.tries == MOST_CONSTANTS {
            return;
        }
        if self.steady == 1 {
            // Other objects might change, or lead back to the client, which would then never be freed.
            let is_plain = |value: &Bound<'_, PyAny>| {
                value.is_exact_instance_of::<PyString>() || value.is_exact_instance_of::<PyInt>()
            };
            let all = values.iter().enumerate().take(64);
            let steady = all.filter(|(at, value)| self.varying >> at & 1 == 0 && is_plain(value));
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
    pub(super) fn change_terms(
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
        self.candidates.clear();
        for (at, constant) in self.constants.drain(..) {
            if !constant.is(&values[at]) {
                self.varying |= 1 << at;
            }
        }
        true
    }
}

pub(super) fn is_same(known: Option<&Py<PyAny>>, given: Given<'_, '_>) -> bool {
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
