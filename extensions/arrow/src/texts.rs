//! Turns arrays of texts or of whole numbers into plain bytes.

use arrow_array::Array;
use arrow_array::cast::AsArray as _;
use arrow_array::types::{
    ArrowPrimitiveType, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow_schema::DataType;

/// The values of one array.
#[derive(Default)]
pub(super) struct Plain {
    /// Texts, one behind the other, in UTF-8; or whole numbers of eight bytes each.
    pub(super) values: Vec<u8>,
    /// Where each text ends, in eight bytes each; `None` for numbers.
    pub(super) ends: Option<Vec<u8>>,
    /// A byte for each row, which is 1 where there is no value; empty if there are all.
    pub(super) nulls: Vec<u8>,
}

impl Plain {
    /// The values of an array; `None` if it holds neither texts nor whole numbers, or a number
    /// beyond eight bytes.
    pub(super) fn of(array: &dyn Array) -> Option<Self> {
        let mut plain = match array.data_type() {
            // Buckets that recur are often numbered.
            DataType::Dictionary(_, _) => return Self::of_dictionary(array),
            DataType::Int8 => Self::of_numbers::<Int8Type>(array),
            DataType::Int16 => Self::of_numbers::<Int16Type>(array),
            DataType::Int32 => Self::of_numbers::<Int32Type>(array),
            DataType::Int64 => Self::of_numbers::<Int64Type>(array),
            DataType::UInt8 => Self::of_numbers::<UInt8Type>(array),
            DataType::UInt16 => Self::of_numbers::<UInt16Type>(array),
            DataType::UInt32 => Self::of_numbers::<UInt32Type>(array),
            DataType::UInt64 => Self::of_numbers::<UInt64Type>(array),
            _ => texts(array).map(|text| Self::of_texts(array.len(), text)),
        }?;
        if array.null_count() > 0 {
            let is_null = |row| u8::from(array.is_null(row));
            plain.nulls = (0..array.len()).map(is_null).collect();
        }
        Some(plain)
    }

    fn of_texts<'a>(count: usize, text: impl Fn(usize) -> &'a str) -> Self {
        let mut values = Vec::new();
        let mut ends = Vec::with_capacity(count * 8);
        for row in 0..count {
            values.extend_from_slice(text(row).as_bytes());
            ends.extend_from_slice(&(values.len() as u64).to_ne_bytes());
        }
        Self {
            values,
            ends: Some(ends),
            nulls: Vec::new(),
        }
    }

    fn of_numbers<T: ArrowPrimitiveType<Native: TryInto<i64>>>(array: &dyn Array) -> Option<Self> {
        let numbers = array.as_primitive::<T>();
        let mut values = Vec::with_capacity(numbers.len() * 8);
        for number in numbers {
            // What stands in place of a null is not looked at.
            let number: i64 = number.unwrap_or_default().try_into().ok()?;
            values.extend_from_slice(&number.to_ne_bytes());
        }
        Some(Self {
            values,
            ends: None,
            nulls: Vec::new(),
        })
    }

    fn of_dictionary(array: &dyn Array) -> Option<Self> {
        let dictionary = array.as_any_dictionary_opt()?;
        let (keys, values) = (dictionary.keys(), dictionary.values());
        let text = texts(values.as_ref())?;
        let rows = dictionary.normalized_keys();
        let is_null = |row: usize| keys.is_null(row) || values.is_null(rows[row]);
        let mut plain = Self::of_texts(
            rows.len(),
            |row| {
                if is_null(row) { "" } else { text(rows[row]) }
            },
        );
        if array.logical_null_count() > 0 {
            plain.nulls = (0..rows.len()).map(|row| u8::from(is_null(row))).collect();
        }
        Some(plain)
    }
}

/// What finds the text of a row; `None` if the array is not of texts.
fn texts<'a>(array: &'a dyn Array) -> Option<Box<dyn Fn(usize) -> &'a str + 'a>> {
    match array.data_type() {
        DataType::Utf8 => {
            let texts = array.as_string::<i32>();
            Some(Box::new(|row| texts.value(row)))
        }
        DataType::LargeUtf8 => {
            let texts = array.as_string::<i64>();
            Some(Box::new(|row| texts.value(row)))
        }
        DataType::Utf8View => {
            let texts = array.as_string_view();
            Some(Box::new(|row| texts.value(row)))
        }
        _ => None,
    }
}
