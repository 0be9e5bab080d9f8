//! Arrow arrays as columns, and URLs as an Arrow array, by the C data interface. `presigned._arrow`
//! implements it, and is loaded if a column offers it.

use pyo3::exceptions::PyIndexError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use super::columns::ARRAYS;
use crate::error::Error;
use crate::python::unusual::ask;
use crate::s3::batch::limit::MOST_ROWS;
use crate::s3::batch::{ColumnPiece, UrlArray, ValueColumn};

/// The column of this name that an object offers; `None` unless it is one of strings or whole
/// numbers.
///
/// # Errors
/// [`Error::ParamValidation`] for broken arrays, and any exception that the object raises.
pub(super) fn column(name: &Bound<'_, PyAny>, object: &Bound<'_, PyAny>) -> Result<Option<ValueColumn>, Error> {
    let py = object.py();
    let named = |error: PyErr| ask(py, ARRAYS, "fault", (name, object, error.value(py)));
    read(object).map_err(|error| named(error).map_or_else(Error::from, |fault| PyErr::from_value(fault).into()))
}

fn read(object: &Bound<'_, PyAny>) -> PyResult<Option<ValueColumn>> {
    let offers = |name: &str| object.hasattr(name);
    if !offers("__arrow_c_array__")? && !offers("__arrow_c_stream__")? {
        return Ok(None);
    }
    let read = intern!(object.py(), "read");
    let read = extension(object.py())?.call_method1(read, (object, MOST_ROWS))?;
    let Some(arrays) = read.extract::<Option<Vec<Array<'_>>>>()? else {
        return Ok(None);
    };
    let mut pieces = Vec::new();
    for (values, ends, nulls) in arrays {
        let ends = ends.as_ref().map(PyBytesMethods::as_bytes);
        pieces.push(ColumnPiece::read(values.as_bytes(), ends, nulls.as_bytes())?);
    }
    Ok(Some(ValueColumn::new(pieces)))
}

/// The result of `presigned._arrow.read`: values, the end of each string, which values are missing.
type Array<'py> = (Bound<'py, PyBytes>, Option<Bound<'py, PyBytes>>, Bound<'py, PyBytes>);

/// Presigned URLs as an Arrow array of type large_string.
///
/// Example:
///     >>> import pyarrow
///     >>> import presigned
///     >>> s3 = presigned.client("s3", "eu-central-1", aws_access_key_id="AK", aws_secret_access_key="SK")
///     >>> keys = pyarrow.array(["a.jpg", "b.jpg"])
///     >>> urls = s3.generate_presigned_urls("get_object", {"Bucket": "photos", "Key": keys})
///     >>> len(pyarrow.array(urls))
///     2
#[pyclass(frozen, module = "presigned._core")]
#[expect(
    clippy::doc_markdown,
    clippy::doc_link_with_quotes,
    reason = "Python's docstring, not Rust's"
)]
pub(crate) struct ArrowUrls(pub(super) UrlArray);

#[pymethods]
impl ArrowUrls {
    /// The array by Arrow's C data interface: a capsule with its schema, and one with the array,
    /// which has a copy of the URLs; of another type of strings, if that is asked for.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (urls, ends) = (self.0.bytes(), self.0.ends());
        // This raises a `MemoryError` if there is not enough memory.
        let urls = PyBytes::new_with(py, urls.len(), |bytes| {
            bytes.copy_from_slice(urls);
            Ok(())
        })?;
        let ends = PyBytes::new_with(py, ends.len() * 8, |bytes| {
            for (place, end) in bytes.as_chunks_mut().0.iter_mut().zip(ends) {
                *place = end.to_ne_bytes();
            }
            Ok(())
        })?;
        extension(py)?.call_method1(intern!(py, "write"), (urls, ends, requested_schema))
    }

    fn __len__(&self) -> usize {
        self.0.ends().len()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, index: isize) -> PyResult<Bound<'py, PyString>> {
        match self.0.at(index) {
            Some(url) => PyString::from_bytes(py, url),
            None => Err(PyIndexError::new_err("index out of range")),
        }
    }

    fn __repr__(&self) -> String {
        format!("ArrowUrls({} URLs)", self.0.ends().len())
    }
}

/// The module for Arrow; the package says what to do if it cannot be loaded.
fn extension(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    py.import(intern!(py, "presigned"))?.getattr(intern!(py, "_arrow"))
}
