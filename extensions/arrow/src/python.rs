//! The functions of `presigned._arrow`.

use std::sync::Arc;

use arrow_array::LargeStringArray;
use arrow_buffer::{Buffer, OffsetBuffer, ScalarBuffer};
use arrow_schema::{DataType, Field};
use bytes::Bytes;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyCapsule, PyTuple};
use pyo3_arrow::ffi::to_array_pycapsules;
use pyo3_arrow::input::AnyArray;

use crate::texts::Plain;

/// Arrow arrays as plain bytes, and back.
#[pymodule]
mod _arrow {
    #[pymodule_export]
    use super::{read, write};
}

/// Values, where each ends unless they are numbers, and which are missing.
type Piece<'py> = (
    Bound<'py, PyBytes>,
    Option<Bound<'py, PyBytes>>,
    Bound<'py, PyBytes>,
);

/// The pieces of the column that an object offers; `None` if it is none of texts or whole numbers.
#[pyfunction]
#[pyo3(signature = (column, /))]
fn read(py: Python<'_>, column: AnyArray) -> PyResult<Option<Vec<Piece<'_>>>> {
    let (arrays, _) = column
        .into_chunked_array()
        .map_err(PyErr::from)?
        .into_inner();
    let piece = |plain: Plain| {
        let ends = plain.ends.map(|ends| PyBytes::new(py, &ends));
        let bytes = |bytes| PyBytes::new(py, bytes);
        (bytes(&plain.values), ends, bytes(&plain.nulls))
    };
    let pieces = arrays.iter().map(|array| Plain::of(array).map(piece));
    Ok(pieces.collect())
}

/// An array of type `large_string` as capsules, one with its schema and one with itself: of texts,
/// one behind the other in UTF-8, which are not copied, and where each ends, in eight bytes each.
#[pyfunction]
#[pyo3(signature = (texts, ends, requested_schema=None))]
fn write<'py>(
    py: Python<'py>,
    texts: PyBackedBytes,
    ends: &[u8],
    requested_schema: Option<Bound<'py, PyCapsule>>,
) -> PyResult<Bound<'py, PyTuple>> {
    let (ends, rest) = ends.as_chunks();
    let ends = ends.iter().map(|end| i64::from_ne_bytes(*end));
    let offsets: Vec<i64> = std::iter::once(0).chain(ends).collect();
    if !rest.is_empty() || !offsets.is_sorted() {
        return Err(PyValueError::new_err(
            "ends must be whole numbers of eight bytes, in order",
        ));
    }
    let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets));
    let texts = Buffer::from(Bytes::from_owner(texts));
    let array = LargeStringArray::try_new(offsets, texts, None)
        .map_err(|error| PyValueError::new_err(error.to_string()))?;
    let field = Arc::new(Field::new("", DataType::LargeUtf8, false));
    to_array_pycapsules(py, field, &array, requested_schema).map_err(PyErr::from)
}
