//! Turns arrays of strings or of whole numbers into plain bytes.

use std::collections::TryReserveError;

use arrow_array::Array;
use arrow_array::cast::AsArray as _;
use arrow_array::types::{
    ArrowPrimitiveType, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_schema::DataType;

/// The values of one array.
#[derive(Default)]
pub(super) struct Plain {
    /// Strings, one behind the other, in UTF-8; or whole numbers of eight bytes each.
    pub(super) values: Vec<u8>,
    /// Where each string ends, in eight bytes each; `None` for numbers.
    pub(super) ends: Option<Vec<u8>>,
    /// A byte for each row, which is 1 where there is no value; empty if there are all.
    pub(super) nulls: Vec<u8>,
}

/// Finds the string of a row.
type Strings<'a> = Box<dyn Fn(usize) -> &'a str + 'a>;

/// Finds the number of a row; `None` if it is beyond eight bytes.
type Numbers<'a> = Box<dyn Fn(usize) -> Option<i64> + 'a>;

impl Plain {
    /// The values of a complete array; `None` if it has neither strings nor whole numbers, or a number
    /// beyond eight bytes.
    ///
    /// # Errors
    /// There is not enough memory.
    pub(super) fn of(array: &dyn Array) -> Result<Option<Self>, TryReserveError> {
        // Columns with few buckets often use a dictionary.
        if let Some(dictionary) = array.as_any_dictionary_opt() {
            let (keys, values) = (dictionary.keys(), dictionary.values());
            let (Some(number), Some(string)) = (numbers(keys), strings(values.as_ref())) else {
                return Ok(None);
            };
            // A dictionary may be empty: no row looks into it then.
            let place = |row| {
                let place = usize::try_from(number(row)?).ok()?;
                (!keys.is_null(row) && place < values.len() && !values.is_null(place)).then_some(place)
            };
            let rows = array.len();
            return Self::of_strings(rows, |row| place(row).map(&string)).map(Some);
        }
        let is_there = |row: &usize| !array.is_null(*row);
        if let Some(string) = strings(array) {
            let string = |row| Some(row).filter(is_there).map(&string);
            return Self::of_strings(array.len(), string).map(Some);
        }
        match numbers(array) {
            Some(number) => Self::of_numbers(array.len(), is_there, &number),
            None => Ok(None),
        }
    }

    fn of_strings<'a>(count: usize, string: impl Fn(usize) -> Option<&'a str>) -> Result<Self, TryReserveError> {
        // With a dictionary, the strings of all rows may be far larger than the array.
        let lengths = (0..count).map(|row| string(row).map_or(0, str::len));
        let length = lengths.fold(0, usize::saturating_add);
        let mut values = room(length)?;
        let mut ends = room(count.saturating_mul(8))?;
        for row in 0..count {
            values.extend_from_slice(string(row).unwrap_or_default().as_bytes());
            ends.extend_from_slice(&(values.len() as u64).to_ne_bytes());
        }
        Ok(Self {
            values,
            ends: Some(ends),
            nulls: nulls(count, |row| string(row).is_none())?,
        })
    }

    fn of_numbers(
        count: usize,
        is_there: impl Fn(&usize) -> bool,
        number: &Numbers<'_>,
    ) -> Result<Option<Self>, TryReserveError> {
        let mut values = room(count.saturating_mul(8))?;
        for row in 0..count {
            // The value under a null is not read.
            let number = if is_there(&row) { number(row) } else { Some(0) };
            let Some(number) = number else {
                return Ok(None);
            };
            values.extend_from_slice(&number.to_ne_bytes());
        }
        Ok(Some(Self {
            values,
            ends: None,
            nulls: nulls(count, |row| !is_there(&row))?,
        }))
    }
}

fn nulls(count: usize, is_null: impl Fn(usize) -> bool) -> Result<Vec<u8>, TryReserveError> {
    if !(0..count).any(&is_null) {
        return Ok(Vec::new());
    }
    let mut nulls = room(count)?;
    nulls.extend((0..count).map(|row| u8::from(is_null(row))));
    Ok(nulls)
}

fn room(bytes: usize) -> Result<Vec<u8>, TryReserveError> {
    let mut room = Vec::new();
    room.try_reserve_exact(bytes)?;
    Ok(room)
}

/// Finds the string of a row; `None` if the array is not of strings.
fn strings(array: &dyn Array) -> Option<Strings<'_>> {
    Some(match array.data_type() {
        DataType::Utf8 => {
            let strings = array.as_string::<i32>();
            Box::new(|row| strings.value(row))
        }
        DataType::LargeUtf8 => {
            let strings = array.as_string::<i64>();
            Box::new(|row| strings.value(row))
        }
        DataType::Utf8View => {
            let strings = array.as_string_view();
            Box::new(|row| strings.value(row))
        }
        _ => return None,
    })
}

/// Finds the number of a row; `None` if the array is not of whole numbers.
fn numbers(array: &dyn Array) -> Option<Numbers<'_>> {
    Some(match array.data_type() {
        DataType::Int8 => numbers_of::<Int8Type>(array),
        DataType::Int16 => numbers_of::<Int16Type>(array),
        DataType::Int32 => numbers_of::<Int32Type>(array),
        DataType::Int64 => numbers_of::<Int64Type>(array),
        DataType::UInt8 => numbers_of::<UInt8Type>(array),
        DataType::UInt16 => numbers_of::<UInt16Type>(array),
        DataType::UInt32 => numbers_of::<UInt32Type>(array),
        DataType::UInt64 => numbers_of::<UInt64Type>(array),
        _ => return None,
    })
}

fn numbers_of<T: ArrowPrimitiveType<Native: TryInto<i64>>>(array: &dyn Array) -> Numbers<'_> {
    let numbers = array.as_primitive::<T>();
    Box::new(|row| numbers.value(row).try_into().ok())
}
