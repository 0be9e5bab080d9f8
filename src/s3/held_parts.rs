//! Takes a caller's value apart, to recognise it when it is given again.
//!
//! A list may have changed in between, so its items are compared one by one. The items that are held
//! here cannot change, so the same object has the same value. A comparison runs no code of the caller's,
//! so nothing can change meanwhile.

use std::slice;

use super::object::Object;

/// The most parts. A value with more is written again each time.
const MOST: usize = 64;

/// A value of lists, maps, strings, whole numbers, truth values and nothing.
pub(super) struct HeldParts<H>(Vec<HeldPart<H>>);

/// A container is followed by what is in it.
enum HeldPart<H> {
    Leaf(H),
    /// A list or a tuple, which JSON writes alike, of so many items.
    List(usize),
    /// A map of so many names, each followed by its value.
    Map(usize),
}

impl<H> HeldParts<H> {
    /// The parts of a value, each string of which is shown to `visit`; `None` if some part may change, or
    /// if there are too many.
    pub(super) fn of<O: Object<Held = H>>(value: &O, visit: &mut dyn FnMut(&str)) -> Option<Self> {
        let mut parts = Vec::new();
        append(&mut parts, value, visit)?;
        Some(Self(parts))
    }

    /// Whether a value has exactly these parts.
    #[inline]
    pub(super) fn fit<O: Object<Held = H>>(&self, value: &O) -> bool {
        fits(&mut self.0.iter(), value)
    }
}

fn append<O: Object>(parts: &mut Vec<HeldPart<O::Held>>, value: &O, visit: &mut dyn FnMut(&str)) -> Option<()> {
    // A list that contains itself has too many parts.
    if parts.len() == MOST {
        return None;
    }
    if value.is_constant() {
        value.exact_string().map(&mut *visit);
        parts.push(HeldPart::Leaf(value.held()));
    } else if let Some(length) = value.sequence_length() {
        parts.push(HeldPart::List(length));
        let is_whole = value.all_items(length, |item| append(parts, &item, visit).is_some());
        is_whole.then_some(())?;
    } else {
        let map = value.entries()?;
        parts.push(HeldPart::Map(map.len()));
        for (name, value) in map {
            // JSON writes a name that is not a string differently from a value.
            name.exact_string()?;
            append(parts, &name, visit)?;
            append(parts, &value, visit)?;
        }
    }
    Some(())
}

/// Most parts are leaves, and the same.
#[inline]
fn fits<O: Object>(parts: &mut slice::Iter<'_, HeldPart<O::Held>>, value: &O) -> bool {
    match parts.next() {
        None => false,
        Some(HeldPart::Leaf(known)) => value.is_like(known),
        Some(HeldPart::List(length)) => value.all_items(*length, |item| fits(parts, &item)),
        Some(HeldPart::Map(length)) => fit_map(*length, parts, value),
    }
}

fn fit_map<O: Object>(length: usize, parts: &mut slice::Iter<'_, HeldPart<O::Held>>, value: &O) -> bool {
    let Some(mut entries) = value.entries() else {
        return false;
    };
    // The length is known: to ask for the end would cost a call.
    entries.len() == length
        && (0..length).all(|_| {
            let entry = entries.next();
            entry.is_some_and(|(name, value)| fits(parts, &name) && fits(parts, &value))
        })
}
