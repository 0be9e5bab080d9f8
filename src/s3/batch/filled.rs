//! A text of a plan with values in it: the next ones, if they are as long, take their places.
//!
//! Rows of a batch are mostly alike, and what they share is then written once.

use std::ops::Range;
use std::ptr;

use smallvec::SmallVec;

use super::plan::Cut;

/// Room for a signature, or for what ends a message that is hashed.
const ROOM: usize = 72;

/// A text with the values of one row in it.
#[derive(Default)]
pub(super) struct Filled<'p> {
    cut: Option<&'p Cut>,
    text: Vec<u8>,
    /// Where the value of each gap is.
    places: SmallVec<[Range<usize>; 4]>,
}

impl<'p> Filled<'p> {
    /// The text with these values. `write` writes all of it, where it is not like the one before:
    /// the cut with its values, and what it wishes behind them, if that is the same for all values
    /// of these lengths.
    pub(super) fn fill<'v>(
        &mut self,
        cut: &'p Cut,
        value: impl Fn(usize) -> &'v [u8],
        write: impl FnOnce(&mut Vec<u8>),
    ) -> &mut [u8] {
        let columns = cut.gaps().iter().map(|&(_, column)| column);
        let is_alike = self.cut.is_some_and(|known| ptr::eq(known, cut))
            && columns
                .clone()
                .zip(&self.places)
                .all(|(column, place)| value(column).len() == place.len());
        if is_alike {
            for (column, place) in columns.zip(&self.places) {
                self.text[place.clone()].copy_from_slice(value(column));
            }
        } else {
            self.cut = Some(cut);
            self.text.clear();
            let values: usize = columns.map(|column| value(column).len()).sum();
            self.text.reserve(cut.length() + values + ROOM);
            write(&mut self.text);
            self.places.clear();
            let mut values = 0;
            for &(gap, column) in cut.gaps() {
                let start = gap + values;
                values += value(column).len();
                self.places.push(start..gap + values);
            }
        }
        &mut self.text
    }
}
