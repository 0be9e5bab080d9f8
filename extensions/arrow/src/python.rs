//! The functions of `presigned._arrow`.

mod arrays;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::{Array as _, LargeStringArray, StringArray, StringViewArray};
use arrow_buffer::{Buffer, OffsetBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, DataType, Field};
use bytes::Bytes;
use pyo3::exceptions::{PyMemoryError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyCapsule};
use pyo3_arrow::PyField;

use crate::interpreter;
use crate::plain::Plain;
use arrays::unbroken;

/// Arrow arrays as plain bytes, and back.
#[pymodule]
fn _arrow(module: &Bound<'_, PyModule>) -> PyResult<()> {
    interpreter::check(module.py(), "_arrow")?;
    arrays::keep_panics_quiet();
    module.add_function(wrap_pyfunction!(read, module)?)?;
    module.add_function(wrap_pyfunction!(write, module)?)
}

/// Values, where each ends unless they are numbers, and which are missing.
type Piece<'py> = (Bound<'py, PyBytes>, Option<Bound<'py, PyBytes>>, Bound<'py, PyBytes>);

/// The pieces of the column that an object offers; `None` if it is not one of strings or whole numbers.
///
/// A `ValueError` says what is wrong with its arrays, or that there are more than `most_rows` rows.
#[pyfunction]
#[pyo3(signature = (column, most_rows, /))]
fn read<'py>(column: &Bound<'py, PyAny>, most_rows: usize) -> PyResult<Option<Vec<Piece<'py>>>> {
    let py = column.py();
    let mut pieces = Vec::new();
    for array in arrays::of(column, most_rows)? {
        let plain = unbroken(|| Plain::of(&array))?;
        let plain = plain.map_err(|error| PyMemoryError::new_err(error.to_string()))?;
        let Some(plain) = plain else {
            return Ok(None);
        };
        let bytes = |bytes: &[u8]| {
            PyBytes::new_with(py, bytes.len(), |place| {
                place.copy_from_slice(bytes);
                Ok(())
            })
        };
        let ends = plain.ends.as_deref().map(bytes).transpose()?;
        pieces.push((bytes(&plain.values)?, ends, bytes(&plain.nulls)?));
    }
    Ok(Some(pieces))
}

/// An array of strings as capsules, one with its schema and one with itself.
///
/// The strings stand one behind the other in UTF-8, and each ends where `ends` says, in eight bytes.
/// The array is of type `large_string`, and shares their memory, unless `string` or `string_view`
/// is asked for.
#[pyfunction]
#[pyo3(signature = (strings, ends, requested_schema=None, /))]
fn write<'py>(
    py: Python<'py>,
    strings: PyBackedBytes,
    ends: &[u8],
    requested_schema: Option<&Bound<'py, PyCapsule>>,
) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
    let (ends, rest) = ends.as_chunks();
    let mut offsets: Vec<i64> = Vec::new();
    offsets
        .try_reserve_exact(ends.len() + 1)
        .map_err(|error| PyMemoryError::new_err(error.to_string()))?;
    offsets.push(0);
    offsets.extend(ends.iter().map(|end| i64::from_ne_bytes(*end)));
    if !rest.is_empty() || !offsets.is_sorted() {
        return Err(PyValueError::new_err(
            "ends must be whole numbers of eight bytes, in order",
        ));
    }
    let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets));
    let strings = Buffer::from(Bytes::from_owner(strings));
    let array = LargeStringArray::try_new(offsets, strings, None).map_err(|error| refused(&error))?;
    let requested = requested_schema
        .map(|schema| unbroken(|| PyField::from_arrow_pycapsule(schema))?)
        .transpose()?;
    let array = match requested.map(|field| field.into_inner().data_type().clone()) {
        Some(DataType::Utf8) if i32::try_from(array.value_data().len()).is_ok() => {
            let array: StringArray = array.iter().collect();
            array.to_data()
        }
        Some(DataType::Utf8View) => StringViewArray::from(&array).to_data(),
        _ => array.to_data(),
    };
    let field = Field::new("", array.data_type().clone(), false);
    let schema = FFI_ArrowSchema::try_from(&field).map_err(|error| refused(&error))?;
    // The names are those of the protocol.
    let schema = PyCapsule::new_with_value(py, schema, c"arrow_schema")?;
    let array = PyCapsule::new_with_value(py, FFI_ArrowArray::new(&array), c"arrow_array")?;
    Ok((schema, array))
}

fn refused(error: &ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}
