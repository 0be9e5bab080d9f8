//! One line of the caller's program that the call-site cache remembers.

use std::sync::Arc;

use smallvec::SmallVec;

use crate::s3::compiled_request::SentValue as _;
use crate::s3::object::Object;
use crate::s3::pipeline::{Call, is_ordinary_bucket};
use crate::s3::presigner::Presigner;
use crate::s3::request_cache::CachedRequest;

/// How often a site's constants are put into a request, which costs about as much as a call.
const MOST_CONSTANTS: u8 = 8;

/// The values of a call's parameters, in its order, and behind them those of a map whose entries become headers.
pub(super) type ParamValues<O> = SmallVec<[O; 8]>;

/// What a line passes each time, and the request of its latest call.
pub(super) struct CallSite<H> {
    pub(super) client_method: H,
    pub(super) names: Vec<H>,
    place_of_bucket: Option<usize>,
    /// The place of the map whose entries become headers, and its names; if there is such a map.
    map: Option<(usize, Vec<H>)>,
    /// Whether a call was recognised by this call site.
    pub(super) is_met: bool,
    terms: Terms<H>,
    pub(super) request: Arc<CachedRequest>,
    /// The values that are put into the request, and their places.
    constants: Vec<(usize, H)>,
    /// The values of the call before, which become constants if they stay the same.
    candidates: Vec<(usize, H)>,
    /// The places whose values have changed, one bit each; they get no constants any more.
    varying: u64,
    /// How many calls in a row had the same terms and constants.
    steady: u32,
    /// How often constants were put into a request.
    tries: u8,
}

/// What chooses the request, beside the names: strings and numbers of no subclass, which cannot
/// change.
struct Terms<H> {
    /// Its place and the bucket, if the request is for one bucket only.
    bucket: Option<(usize, H)>,
    expires_in: Option<H>,
    http_method: Option<H>,
}

/// The arguments of a call except `Params`.
pub struct Called<'a, O> {
    /// The name of the operation.
    pub client_method: Option<&'a O>,
    /// The lifetime, if it was given.
    pub expires_in: Option<&'a O>,
    /// The method, if it was given.
    pub http_method: Option<&'a O>,
}

impl<O> Clone for Called<'_, O> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<O> Copy for Called<'_, O> {}

impl<H> CallSite<H> {
    /// The site of this call; `None` if its names might read otherwise the next time.
    pub(super) fn new<O: Object<Held = H>>(
        called: Called<'_, O>,
        entries: &[(O, O)],
        request: Arc<CachedRequest>,
    ) -> Option<Self> {
        let string = |object: &O| object.is_string().then(|| object.held());
        let map = match request.map() {
            None => None,
            Some((at, names)) => Some((at, held_names(&entries.get(at)?.1, names)?)),
        };
        let names: Option<Vec<H>> = entries.iter().map(|(name, _)| string(name)).collect();
        Some(Self {
            client_method: string(called.client_method?)?,
            names: names?,
            place_of_bucket: request.place_of_bucket(),
            map,
            is_met: false,
            // The first call that is recognised fills them in.
            terms: Terms {
                bucket: None,
                expires_in: None,
                http_method: None,
            },
            request,
            constants: Vec::new(),
            candidates: Vec::new(),
            varying: 0,
            steady: 0,
            tries: 0,
        })
    }

    /// Reads the values of the parameters, as long as the names are those of this site.
    pub(super) fn read<O: Object<Held = H>>(&self, params: &O, values: &mut ParamValues<O>) -> bool {
        let Some(mut given) = params.entries() else {
            return false;
        };
        if given.len() != self.names.len() {
            return false;
        }
        // Comparing addresses runs no code of the caller's, which might change the map.
        for known in &self.names {
            let Some((name, value)) = given.next() else {
                return false;
            };
            if !name.is(known) {
                return false;
            }
            values.push(value);
        }
        match &self.map {
            None => true,
            Some((at, names)) => read_map(&values[*at].clone(), names, values),
        }
    }

    /// Whether the request is for a call with this lifetime and method, which are the very objects of the latest
    /// call; so is the bucket, if the request is for one bucket only.
    pub(super) fn has_terms<O: Object<Held = H>>(&self, called: Called<'_, O>, values: &ParamValues<O>) -> bool {
        let is_same_bucket = match &self.terms.bucket {
            Some((at, bucket)) => values[*at].is(bucket),
            None => self.is_met,
        };
        is_same_bucket
            && is_held(self.terms.expires_in.as_ref(), called.expires_in)
            && is_held(self.terms.http_method.as_ref(), called.http_method)
    }

    /// Whether the constants are the very objects that were put into the request.
    pub(super) fn has_constants<O: Object<Held = H>>(&self, values: &ParamValues<O>) -> bool {
        let mut constants = self.constants.iter();
        constants.all(|(at, constant)| values[*at].is(constant))
    }

    /// Whether the bucket is not one of the ordinary ones that the request is for.
    pub(super) fn is_of_another_bucket<O: Object<Held = H>>(&self, values: &ParamValues<O>) -> bool {
        let bucket = self.place_of_bucket.and_then(|at| values[at].exact_string());
        self.terms.bucket.is_none() && bucket.is_some_and(|bucket| !is_ordinary_bucket(bucket))
    }

    /// Counts a call with the same terms and constants. Values that are the same in two such calls
    /// become constants.
    pub(super) fn take_constants<O: Object<Held = H>>(&mut self, values: &ParamValues<O>) {
        self.steady = self.steady.saturating_add(1);
        if self.steady > 2 || self.tries == MOST_CONSTANTS {
            return;
        }
        if self.steady == 1 {
            // Other objects might change, or lead back to the client, which would then never be freed.
            let is_plain =
                |value: &O| value.exact_string().is_some() || value.small_integer().is_some() || value.is_utc_instant();
            let all = values.iter().enumerate().take(64);
            let steady = all.filter(|(at, value)| self.varying >> at & 1 == 0 && is_plain(value));
            let owned = steady.map(|(at, value)| (at, value.held()));
            self.candidates = owned.collect();
        } else {
            self.tries += 1;
            self.put_constants(values);
        }
    }

    #[cold]
    fn put_constants<O: Object<Held = H>>(&mut self, values: &ParamValues<O>) {
        let mut candidates = std::mem::take(&mut self.candidates);
        candidates.retain(|(at, value)| values[*at].is(value));
        let mut constants = Vec::new();
        let request = self.request.with_constants(|at, column, out| {
            let candidate = candidates.iter().position(|(place, _)| *place == at);
            // Each request has another object key. Strings, numbers and instants only are
            // appended, of no subclass, which cannot change.
            let is_constant = !column.is_in_path() && values[at].append_to(column, out);
            match candidate.filter(|_| is_constant) {
                Some(candidate) => constants.push(candidates.swap_remove(candidate)),
                None => return false,
            }
            true
        });
        if let Some(request) = request
            && !constants.is_empty()
        {
            self.request = Arc::new(request);
            self.constants = constants;
        }
    }

    /// Finds the request of a call with other terms or constants; `false` if there is none.
    pub(super) fn change_terms<O: Object<Held = H>>(
        &mut self,
        presigner: &Presigner,
        called: Called<'_, O>,
        values: &ParamValues<O>,
        call: &dyn Call,
    ) -> bool {
        let find = || {
            let bucket = match self.place_of_bucket {
                None => None,
                Some(at) => Some(values[at].exact_string()?),
            };
            presigner.cached_request(&self.request.shape(bucket, call.at_hand()?))
        };
        let Some(request) = find() else {
            return false;
        };
        self.terms = Terms {
            bucket: self
                .place_of_bucket
                .filter(|_| request.is_of_one_bucket())
                .map(|at| (at, values[at].held())),
            expires_in: called.expires_in.map(O::held),
            http_method: called.http_method.map(O::held),
        };
        self.request = request;
        self.is_met = true;
        self.steady = 0;
        self.candidates.clear();
        for (at, constant) in self.constants.drain(..) {
            if !values[at].is(&constant) {
                self.varying |= 1 << at;
            }
        }
        true
    }
}

/// The names of a map, if they are these: the caller may have changed it since its request was made.
fn held_names<'n, O: Object>(map: &O, mut known: impl Iterator<Item = &'n str>) -> Option<Vec<O::Held>> {
    let held: Option<Vec<O::Held>> = map
        .entries()?
        .map(|(name, _)| (name.exact_string() == Some(known.next()?)).then(|| name.held()))
        .collect();
    held.filter(|_| known.next().is_none())
}

/// Reads the values of a map, as long as its names are these.
fn read_map<O: Object>(map: &O, names: &[O::Held], values: &mut ParamValues<O>) -> bool {
    let Some(mut given) = map.entries().filter(|given| given.len() == names.len()) else {
        return false;
    };
    for known in names {
        match given.next() {
            Some((name, value)) if name.is(known) => values.push(value),
            _ => return false,
        }
    }
    true
}

pub(super) fn is_held<O: Object>(known: Option<&O::Held>, given: Option<&O>) -> bool {
    match (known, given) {
        (None, None) => true,
        (Some(known), Some(given)) => given.is(known),
        _ => false,
    }
}
