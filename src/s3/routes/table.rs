//! A bounded table of routes by their prints.

use super::Known;

/// Routes whose prints end alike share a set; the one put in first leaves it first.
const SETS: usize = 128;
const WAYS: usize = 4;

/// So many routes at the most, each under its print. A print that two routes share costs the
/// second one its place, never a wrong answer: whoever finds a route compares it.
#[derive(Default)]
pub(super) struct Table {
    /// Empty until the first call.
    sets: Vec<Set>,
}

#[derive(Clone)]
struct Set {
    entries: [(u64, Known); WAYS],
    /// The place that is given away next.
    next: u8,
}

impl Table {
    /// What is known under a print; if nothing is, it is met by this.
    pub(super) fn meet(&mut self, print: u64) -> Known {
        let set = self.set(print);
        if let Some((_, known)) = set.entries.iter().find(|(known, _)| *known == print) {
            return known.clone();
        }
        set.replace(print, Known::Once);
        Known::New
    }

    /// Puts what is known under a print in, and returns what had its place.
    pub(super) fn put(&mut self, print: u64, known: Known) -> Known {
        let set = self.set(print);
        match set.entries.iter_mut().find(|(known, _)| *known == print) {
            Some((_, entry)) => std::mem::replace(entry, known),
            None => set.replace(print, known),
        }
    }

    fn set(&mut self, print: u64) -> &mut Set {
        if self.sets.is_empty() {
            self.sets.resize(SETS, Set::default());
        }
        let at = usize::try_from(print >> 32).unwrap_or_default() % self.sets.len();
        &mut self.sets[at]
    }
}

impl Default for Set {
    fn default() -> Self {
        Self {
            entries: std::array::from_fn(|_| (0, Known::New)),
            next: 0,
        }
    }
}

impl Set {
    fn replace(&mut self, print: u64, known: Known) -> Known {
        let at = usize::from(self.next) % WAYS;
        self.next = self.next.wrapping_add(1);
        let (_, had) = std::mem::replace(&mut self.entries[at], (print, known));
        had
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Prints that are spread over the sets.
    fn print(number: u64) -> u64 {
        (number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    #[test]
    fn a_print_is_new_once() {
        let mut table = Table::default();
        assert!(matches!(table.meet(print(1)), Known::New));
        assert!(matches!(table.meet(print(1)), Known::Once));
        assert!(matches!(table.meet(print(2)), Known::New));
        table.put(print(1), Known::Unroutable);
        assert!(matches!(table.meet(print(1)), Known::Unroutable));
    }

    #[test]
    fn the_table_is_bounded_and_the_latest_are_in_it() {
        let mut table = Table::default();
        for number in 0..100_000 {
            table.meet(print(number));
        }
        assert_eq!(table.sets.len(), SETS);
        let known = |number| {
            let mut entries = table.sets.iter().flat_map(|set| &set.entries);
            entries.any(|(known, _)| *known == print(number))
        };
        assert!((99_990..100_000).all(known));
        assert!(!(0..10).any(known));
    }
}
