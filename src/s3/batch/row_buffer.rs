//! Writes the string of one row over that of the row before, if their values have the same lengths.
//!
//! Rows of a batch are mostly similar, and their common parts are then written once. That saves 5 % of a
//! large batch.

use std::ops::Range;
use std::ptr;

use smallvec::SmallVec;

use crate::s3::compiled_request::GappedString;

/// Room for a signature, or for the end of a message that is hashed.
const ROOM: usize = 72;

/// A string with the values of one row in it.
#[derive(Default)]
pub(super) struct RowBuffer<'p> {
    gapped: Option<&'p GappedString>,
    bytes: Vec<u8>,
    /// Where the value of each gap is.
    places: SmallVec<[Range<usize>; 4]>,
}

impl<'p> RowBuffer<'p> {
    /// The string with these values. `write` writes all of it if it is not like the one before; what
    /// it appends behind the string must be the same for all values of these lengths.
    pub(super) fn fill<'v>(
        &mut self,
        gapped: &'p GappedString,
        value: impl Fn(usize) -> &'v [u8],
        write: impl FnOnce(&mut Vec<u8>),
    ) -> &mut [u8] {
        let columns = gapped.gaps().iter().map(|&(_, column)| column);
        let is_alike = self.gapped.is_some_and(|known| ptr::eq(known, gapped))
            && columns
                .clone()
                .zip(&self.places)
                .all(|(column, place)| value(column).len() == place.len());
        if is_alike {
            for (column, place) in columns.zip(&self.places) {
                self.bytes[place.clone()].copy_from_slice(value(column));
            }
        } else {
            self.gapped = Some(gapped);
            self.bytes.clear();
            let values: usize = columns.map(|column| value(column).len()).sum();
            self.bytes.reserve(gapped.length() + values + ROOM);
            write(&mut self.bytes);
            self.places.clear();
            let mut values = 0;
            for &(gap, column) in gapped.gaps() {
                let start = gap + values;
                values += value(column).len();
                self.places.push(start..gap + values);
            }
        }
        &mut self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_the_same_lengths_take_the_place_of_others_and_no_others_do() {
        let marks = || ["(0)", "(1)"].into_iter().zip([true, true]);
        let cuts =
            ["<(1)|(0)>", "<(1)|(0)>!"].map(|string| GappedString::new(string, marks()).expect("both are there"));
        let mut buffer = RowBuffer::default();
        let mut written = 0;
        for (at, values, expected, is_anew) in [
            (0, ["a", "bc"], "<bc|a>.", true),
            (0, ["d", "ef"], "<ef|d>.", false),
            (0, ["gh", "i"], "<i|gh>.", true),
            (0, ["", ""], "<|>.", true),
            (1, ["", ""], "<|>!.", true),
            (0, ["j", "kl"], "<kl|j>.", true),
        ] {
            let value = |column: usize| values[column].as_bytes();
            let before = written;
            let string = buffer.fill(&cuts[at], value, |string| {
                cuts[at].append(string, value);
                string.push(b'.');
                written += 1;
            });
            assert_eq!(string, expected.as_bytes());
            assert_eq!(written - before, usize::from(is_anew), "{expected}");
        }
    }
}
