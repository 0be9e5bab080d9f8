//! Objects of the caller's own language, which caches hold and recognise when they are given again.

use super::compiled_request::{Column, SentValue, ValueKind};
use crate::error::Error;
use crate::model::{Input, Member, Operation, ParamName, VisitEntry};
use smallvec::SmallVec;

/// A longer string cannot be a key or a header of S3: its length is checked before it is copied.
pub const LONG_STRING: usize = 1 << 20;

/// A value of the caller that is an object: the same object may be given again.
///
/// No method runs the caller's code, so nothing changes meanwhile.
pub trait Object: Input + Clone {
    /// The object as a cache holds it, beyond the call.
    type Held: Send + Sync;

    /// Holds it.
    fn held(&self) -> Self::Held;

    /// Whether this is the held object itself.
    fn is(&self, held: &Self::Held) -> bool;

    /// Whether both are one object.
    fn is_same(&self, other: &Self) -> bool;

    /// Whether this is a string of no subclass.
    fn is_string(&self) -> bool;

    /// Whether the object can never change: a string, a whole number or a truth value of no subclass, or
    /// nothing. A very long one counts as changing.
    fn is_constant(&self) -> bool;

    /// Whether this is a [plain instant](Input::plain_instant) in UTC. Nothing leads from it to another
    /// object of the caller's.
    fn is_utc_instant(&self) -> bool;

    /// Whether this is the held constant, or one of the same class that is equal: `True` is not `1`.
    fn is_like(&self, held: &Self::Held) -> bool;

    /// The length of a list or a tuple of no subclass.
    fn sequence_length(&self) -> Option<usize>;

    /// Whether this is a list or a tuple of no subclass, of this length, and all its items pass.
    fn all_items(&self, length: usize, pass: impl FnMut(Self) -> bool) -> bool;

    /// The names and values of a map of no subclass, in their order.
    fn entries(&self) -> Option<impl ExactSizeIterator<Item = (Self, Self)>>;
}

/// Whether two objects are one, or equal strings.
pub(super) fn is_alike<O: Object>(one: &O, other: &O) -> bool {
    one.is_same(other) || matches!((one.exact_string(), other.exact_string()), (Some(one), Some(other)) if one == other)
}

/// Visits the entries of a map of no subclass; `None` if this is another object.
pub fn each_plain_entry(map: &impl Object, visit: VisitEntry<'_>) -> Option<Result<(), Error>> {
    let mut entries = map.entries()?;
    if entries.len() == 1
        && let Some((name, value)) = entries.next()
    {
        return Some(visit(&name, &value));
    }
    // The entries are taken first: a visit may run the caller's code, which may change the map.
    let entries: SmallVec<[_; 8]> = entries.collect();
    let mut entries = entries.iter();
    Some(entries.try_for_each(|(name, value)| visit(name, value)))
}

/// The entries of a map of strings: at most `most`, with strings of at most `longest` bytes. `None` for all others.
pub fn plain_entries(map: &impl Object, most: usize, longest: usize) -> Option<Vec<(String, String)>> {
    let mut entries = map.entries().filter(|entries| entries.len() <= most)?;
    entries.try_fold(Vec::new(), |mut read, (name, value)| {
        let strings = [name.exact_string()?, value.exact_string()?];
        if strings.iter().any(|string| string.len() > longest) {
            return None;
        }
        read.push(strings.map(str::to_owned).into());
        Some(read)
    })
}

/// The member of this name: any object that a dict of the names would take for one of them.
///
/// # Errors
/// Those of comparing the object.
pub fn member_of<O: Object>(operation: &'static Operation, name: &O) -> Result<Option<&'static Member>, Error> {
    if let Some(string) = name.exact_string() {
        return Ok(operation.member(string));
    }
    for member in operation.members {
        if name.is_name(member.name)? {
            return Ok(Some(member));
        }
    }
    Ok(None)
}

/// The member of this name; an unknown name is returned as it is printed.
///
/// # Errors
/// Those of comparing and printing the object.
pub fn param_name<O: Object>(operation: &'static Operation, name: &O) -> Result<ParamName<'static>, Error> {
    match member_of(operation, name)? {
        Some(member) => Ok(ParamName::Known(member)),
        None => Ok(ParamName::Unknown(name.shown()?.into())),
    }
}

impl<O: Object> SentValue for O {
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "otherwise each URL costs 0.5 % more instructions")]
    fn append_to(&self, column: Column, out: &mut String) -> bool {
        match column.kind() {
            ValueKind::Strings => self
                .exact_string()
                .is_some_and(|string| string.len() <= LONG_STRING && column.append_string(out, string)),
            ValueKind::Numbers => {
                let number = self.small_integer();
                number.is_some_and(|number| column.append_number(out, number))
            }
            ValueKind::HttpDates | ValueKind::IsoDates => append_instant(self, column, out),
        }
    }
}

/// Most calls have no timestamp: apart, it costs the others nothing.
#[inline(never)]
fn append_instant(value: &impl Input, column: Column, out: &mut String) -> bool {
    let instant = value.plain_instant();
    instant.is_some_and(|instant| column.append_instant(out, instant))
}
