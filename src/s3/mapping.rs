//! Reads parameters that are not a plain map by their own methods, as boto3 does: each part of it reads
//! them once, in its own way.

use std::array;
use std::cell::OnceCell;

use smallvec::SmallVec;

use super::memory;
use super::object::{Object, member_of, param_name};
use super::pipeline::{ReadParams, lookups};
use crate::error::Error;
use crate::model::{Input, IsWanted, Kind, Lookup, Member, Operation, Param, VisitEntry, wrong_type};

/// An object that is read by its own methods, each of which may run the caller's code.
pub trait Mapping: Object {
    /// A string like those of the caller's.
    #[must_use]
    fn new_string(&self, string: &str) -> Self;

    /// The object that stands for no value.
    #[must_use]
    fn nothing(&self) -> Self;

    /// `mapping.get(name)`.
    ///
    /// # Errors
    /// Whatever the mapping raises.
    fn get(&self, name: &Self) -> Result<Self, Error>;

    /// `mapping[name]`.
    ///
    /// # Errors
    /// Whatever the mapping raises.
    fn item(&self, name: &Self) -> Result<Self, Error>;

    /// `for name in mapping`.
    ///
    /// # Errors
    /// Whatever the mapping raises, and what `visit` returns.
    fn each_name(&self, visit: impl FnMut(Self) -> Result<(), Error>) -> Result<(), Error>;

    /// `mapping.items()`.
    ///
    /// # Errors
    /// Whatever the mapping raises.
    fn items(&self) -> Result<Entries<Self>, Error>;

    /// A copy in which these are set; `None` if it cannot be copied.
    ///
    /// # Errors
    /// Whatever the mapping raises.
    fn with(&self, set: &[(&str, &str)]) -> Result<Option<Self>, Error>;

    /// The operation that this object names.
    ///
    /// # Errors
    /// [`Error::UnknownClientMethod`], and whatever the object raises.
    fn operation(&self) -> Result<&'static Operation, Error>;

    /// Whether this has the methods of a mapping.
    ///
    /// # Errors
    /// Whatever the object raises.
    fn has_methods(&self) -> Result<bool, Error>;
}

/// Names and values, in the caller's order.
pub type Entries<O> = SmallVec<[(O, O); 8]>;

/// The parameters of an operation.
pub type ParamList<'a> = SmallVec<[Param<'a>; 8]>;

/// Appends a parameter for each entry. The list is filled in place: moving it costs more than filling it.
///
/// # Errors
/// Errors of the names and values, and [`Error::Memory`] if the values are too long for a URL.
#[inline]
pub fn append_params<'a, O: Object>(
    params: &mut ParamList<'a>,
    operation: &'static Operation,
    entries: &'a [(O, O)],
) -> Result<(), Error> {
    for (name, value) in entries {
        params.push(Param::new(param_name(operation, name)?, value));
    }
    memory::check_strings(params)
}

/// Calls `take` with the caller's parameters, and with their entries if these are a plain map or absent:
/// any other object is read by its own methods.
///
/// # Errors
/// Errors of the names and values, and those of `take`.
#[inline]
pub fn with_params<O: Mapping, T>(
    operation: &'static Operation,
    given: Option<&O>,
    take: impl FnOnce(&dyn ReadParams<'_>, &Entries<O>) -> Result<T, Error>,
) -> Result<T, Error> {
    let mut entries = Entries::new();
    if let Some(given) = given {
        let Some(mut plain) = given.entries() else {
            if given.kind() != Kind::Map && !given.has_methods()? {
                return Err(no_mapping(given));
            }
            let mapping = ReadMapping::new(given.clone(), operation);
            return take(&mapping.params(), &entries);
        };
        // None of the caller's code runs meanwhile, so the map keeps its length. Asking for its end costs a call.
        for _ in 0..plain.len() {
            entries.extend(plain.next());
        }
    }
    let mut params = ParamList::new();
    append_params(&mut params, operation, &entries)?;
    take(&&params[..], &entries)
}

fn no_mapping(given: &dyn Input) -> Error {
    wrong_type("input", given, "<class 'dict'>")
}

/// Asks `is_wanted` of all names, and then visits the wanted ones and their values.
///
/// # Errors
/// Whatever the mapping raises, and what `is_wanted` and `visit` return.
pub fn each_wanted<O: Mapping>(mapping: &O, is_wanted: IsWanted<'_>, visit: VisitEntry<'_>) -> Result<(), Error> {
    let mut names = Vec::new();
    mapping.each_name(|name| {
        if is_wanted(&name)? {
            names.push(name);
        }
        Ok(())
    })?;
    let mut names = names.iter();
    names.try_for_each(|name| visit(name, &mapping.item(name)?))
}

/// The parts of boto3 that read the parameters, each once.
#[derive(Clone, Copy)]
enum Reader {
    Handlers,
    Endpoint,
    Validation,
    Host,
    Serialiser,
}

const READERS: usize = 5;

/// A mapping, and the entries that each reader has found in it.
struct ReadMapping<O> {
    object: O,
    /// A copy of it, once the handlers have set something.
    written: OnceCell<O>,
    operation: &'static Operation,
    entries: [OnceCell<Entries<O>>; READERS],
}

/// The same entries as parameters.
struct MappingParams<'m, O> {
    mapping: &'m ReadMapping<O>,
    params: [OnceCell<ParamList<'m>>; READERS],
}

impl<O: Mapping> ReadMapping<O> {
    /// Parameters of this operation, none of which is read yet.
    fn new(object: O, operation: &'static Operation) -> Self {
        Self {
            object,
            written: OnceCell::new(),
            operation,
            entries: array::from_fn(|_| OnceCell::new()),
        }
    }

    fn params(&self) -> MappingParams<'_, O> {
        MappingParams {
            mapping: self,
            params: array::from_fn(|_| OnceCell::new()),
        }
    }

    fn entries(&self, reader: Reader) -> Result<&Entries<O>, Error> {
        let cell = &self.entries[reader as usize];
        if let Some(known) = cell.get() {
            return Ok(known);
        }
        let read = match reader {
            Reader::Handlers => self.looked_up(),
            Reader::Endpoint => self.located(),
            Reader::Validation => self.walked_over(),
            Reader::Host => self.labels(),
            Reader::Serialiser => self.current().items(),
        }?;
        Ok(cell.get_or_init(|| read))
    }

    /// The mapping to read: the caller's, or the copy that the handlers have changed.
    fn current(&self) -> &O {
        self.written.get().unwrap_or(&self.object)
    }

    /// `params.get(name)`, unless that is nothing.
    fn get(&self, name: &O) -> Result<Option<O>, Error> {
        let value = self.current().get(name)?;
        Ok(Some(value).filter(|value| value.native_kind() != Kind::Null))
    }

    /// `params.get(name)`, `name in params` and `params[name]`.
    fn looked_up(&self) -> Result<Entries<O>, Error> {
        let mut found = Entries::new();
        let mut has_key = false;
        for (member, how) in lookups(self.operation) {
            // boto3 looks for it only if there is a key.
            if how == Lookup::Item && member.ends_with("KeyMD5") && !has_key {
                continue;
            }
            let name = self.object.new_string(member);
            let value = match how {
                Lookup::Get => self.get(&name)?,
                Lookup::GetAndItem if self.get(&name)?.is_none() => None,
                Lookup::Item if !self.object.has(member)? => None,
                Lookup::GetAndItem | Lookup::Item => Some(self.object.item(&name)?),
            };
            has_key = how == Lookup::GetAndItem && value.is_some();
            found.extend(value.map(|value| (name, value)));
        }
        Ok(found)
    }

    /// `params.get("Bucket")`.
    fn located(&self) -> Result<Entries<O>, Error> {
        let name = self.object.new_string("Bucket");
        let bucket = self.get(&name)?;
        Ok(bucket.map(|bucket| (name, bucket)).into_iter().collect())
    }

    /// `for name in params`, and then `params[name]` of those that the operation has.
    fn walked_over(&self) -> Result<Entries<O>, Error> {
        let current = self.current();
        if current.kind() != Kind::Map {
            return Err(no_mapping(current));
        }
        let mut names = Vec::new();
        current.each_name(|name| {
            let is_known = member_of(self.operation, &name)?.is_some();
            names.push((name, is_known));
            Ok(())
        })?;
        let value = |(name, is_known): (O, bool)| {
            // No reader asks for the value of another one.
            let value = if is_known {
                current.item(&name)?
            } else {
                current.nothing()
            };
            Ok((name, value))
        };
        names.into_iter().map(value).collect()
    }

    /// `params[name]` of those that become a part of the host.
    fn labels(&self) -> Result<Entries<O>, Error> {
        let members = self.operation.members.iter();
        let label = |member: &&Member| {
            let name = self.object.new_string(member.name);
            let value = self.current().item(&name)?;
            Ok((name, value))
        };
        members.filter(|member| member.is_host_label).map(label).collect()
    }
}

impl<'m, O: Mapping> MappingParams<'m, O> {
    fn params(&self, reader: Reader) -> Result<&[Param<'m>], Error> {
        let cell = &self.params[reader as usize];
        if let Some(known) = cell.get() {
            return Ok(known);
        }
        let mut params = ParamList::new();
        let entries = self.mapping.entries(reader)?;
        append_params(&mut params, self.mapping.operation, entries)?;
        Ok(cell.get_or_init(|| params))
    }
}

impl<'m, O: Mapping> ReadParams<'m> for MappingParams<'m, O> {
    fn looked_up(&self) -> Result<&[Param<'m>], Error> {
        self.params(Reader::Handlers)
    }

    fn located(&self) -> Result<&[Param<'m>], Error> {
        self.params(Reader::Endpoint)
    }

    fn validated(&self) -> Result<&[Param<'m>], Error> {
        self.params(Reader::Validation)
    }

    fn has(&self, name: &str) -> Result<bool, Error> {
        self.mapping.current().has(name)
    }

    fn of_host(&self) -> Result<&[Param<'m>], Error> {
        self.params(Reader::Host)
    }

    fn write(&self, set: &[(&str, &str)]) -> Result<bool, Error> {
        let written = self.mapping.object.with(set)?;
        let is_written = written.is_some();
        if let Some(written) = written {
            let _ = self.mapping.written.set(written);
        }
        Ok(is_written)
    }

    fn listed(&self) -> Result<&[Param<'m>], Error> {
        self.params(Reader::Serialiser)
    }
}
