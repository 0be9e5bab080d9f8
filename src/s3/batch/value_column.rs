//! A column of strings or of whole numbers, in the pieces that it came in.

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

#[cfg(test)]
mod tests {
    use super::*;

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
