//! A column of strings or of whole numbers, in the pieces that it came in.

use crate::error::Error;
use crate::s3::memory;

/// The values of one parameter, one for each row of a batch.
pub struct ValueColumn {
    pieces: Vec<ColumnPiece>,
    /// The first row of each piece, and the number of all rows.
    starts: Vec<usize>,
}

/// Some values, one behind the other.
pub struct ColumnPiece {
    values: Values,
    /// For each row, whether it has no value; empty if all have one.
    nulls: Vec<u8>,
}

enum Values {
    /// Strings, one behind the other, and where each ends.
    Strings(String, Vec<usize>),
    Numbers(Vec<i64>),
}

/// The value of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnValue<'a> {
    /// There is no value.
    Null,
    /// A string.
    String(&'a str),
    /// A whole number.
    Number(i64),
}

impl ValueColumn {
    /// A column of all values of these pieces.
    #[must_use]
    pub fn new(pieces: Vec<ColumnPiece>) -> Self {
        let mut starts = vec![0];
        let mut rows = 0;
        for piece in &pieces {
            rows += piece.rows();
            starts.push(rows);
        }
        Self { pieces, starts }
    }

    /// The number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.starts.last().copied().unwrap_or_default()
    }

    /// The value of a row.
    #[must_use]
    pub fn value(&self, row: usize) -> ColumnValue<'_> {
        let piece = self.starts.partition_point(|&start| start <= row) - 1;
        let row = row - self.starts[piece];
        let value = self.pieces.get(piece).and_then(|piece| piece.value(row));
        value.unwrap_or(ColumnValue::Null)
    }
}

impl ColumnPiece {
    /// A copy of an array: strings, one behind the other, and where each ends, or whole numbers. Each
    /// number and each end has eight bytes. `nulls` as for [`of_strings`](Self::of_strings).
    ///
    /// # Errors
    /// [`Error::Memory`], and [`Error::Value`] if the strings are not in UTF-8.
    pub fn read(values: &[u8], ends: Option<&[u8]>, nulls: &[u8]) -> Result<Self, Error> {
        let nulls = memory::copied(nulls)?;
        let Some(ends) = ends else {
            return Ok(Self::of_numbers(eights(values, |number| number)?, nulls));
        };
        let strings = String::from_utf8(memory::copied(values)?)
            .map_err(|error| Error::Value(format!("an Arrow array of strings is not in UTF-8: {error}")))?;
        let ends = eights(ends, |end| usize::try_from(end).unwrap_or(usize::MAX))?;
        Ok(Self::of_strings(strings, ends, nulls))
    }

    /// Strings, one behind the other, and where each ends. `nulls` has a byte for each row, which is
    /// not 0 where there is no value, or none at all.
    #[must_use]
    pub fn of_strings(strings: String, ends: Vec<usize>, nulls: Vec<u8>) -> Self {
        let values = Values::Strings(strings, ends);
        Self { values, nulls }
    }

    /// The same with whole numbers.
    #[must_use]
    pub fn of_numbers(numbers: Vec<i64>, nulls: Vec<u8>) -> Self {
        let values = Values::Numbers(numbers);
        Self { values, nulls }
    }

    fn rows(&self) -> usize {
        match &self.values {
            Values::Strings(_, ends) => ends.len(),
            Values::Numbers(numbers) => numbers.len(),
        }
    }

    fn value(&self, row: usize) -> Option<ColumnValue<'_>> {
        if self.nulls.get(row).is_some_and(|&is_null| is_null != 0) {
            return None;
        }
        match &self.values {
            Values::Strings(strings, ends) => {
                let start = match row.checked_sub(1) {
                    Some(before) => *ends.get(before)?,
                    None => 0,
                };
                let string = strings.get(start..*ends.get(row)?)?;
                Some(ColumnValue::String(string))
            }
            Values::Numbers(numbers) => Some(ColumnValue::Number(*numbers.get(row)?)),
        }
    }
}

/// Whole numbers of eight bytes each.
fn eights<T>(bytes: &[u8], number: impl Fn(i64) -> T) -> Result<Vec<T>, Error> {
    let (eights, _) = bytes.as_chunks();
    let mut numbers = memory::room(eights.len())?;
    numbers.extend(eights.iter().map(|eight| number(i64::from_ne_bytes(*eight))));
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_of_an_array_has_its_values_and_refuses_what_is_not_utf_8() {
        let bytes = |numbers: [i64; 2]| numbers.map(i64::to_ne_bytes).concat();
        let strings = ColumnPiece::read(b"abc", Some(&bytes([1, 3])), b"").ok();
        let numbers = ColumnPiece::read(&bytes([-7, 8]), None, &[0, 1]).ok();
        let column = ValueColumn::new(strings.into_iter().chain(numbers).collect());
        assert_eq!(column.rows(), 4);
        assert_eq!(column.value(1), ColumnValue::String("bc"));
        assert_eq!(column.value(2), ColumnValue::Number(-7));
        assert_eq!(column.value(3), ColumnValue::Null);
        assert!(ColumnPiece::read(b"\xff", Some(b""), b"").is_err());
    }

    #[test]
    fn rows_are_found_across_pieces_and_what_is_damaged_is_no_value() {
        let column = ValueColumn::new(vec![
            ColumnPiece::of_strings("abc".to_owned(), vec![1, 3], vec![]),
            ColumnPiece::of_numbers(vec![], vec![]),
            ColumnPiece::of_numbers(vec![7, 8], vec![0, 1]),
            ColumnPiece::of_strings("x".to_owned(), vec![9], vec![]),
        ]);
        let values: Vec<ColumnValue<'_>> = (0..6).map(|row| column.value(row)).collect();
        assert_eq!(column.rows(), 5);
        assert_eq!(
            values,
            [
                ColumnValue::String("a"),
                ColumnValue::String("bc"),
                ColumnValue::Number(7),
                ColumnValue::Null,
                ColumnValue::Null,
                ColumnValue::Null,
            ]
        );
    }
}
