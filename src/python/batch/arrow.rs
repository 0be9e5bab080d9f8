//! Arrow arrays as columns, and URLs as an Arrow array, by the C data interface: `presigned._arrow`
//! speaks it, and is loaded where a column offers it.

use std::string::FromUtf8Error;

use pyo3::exceptions::{PyIndexError, PyMemoryError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString, PyTuple};

use super::super::errors::foreign;
use super::super::memory;
use super::limit::MOST_ROWS;
use crate::error::Error;

/// A column of texts or of whole numbers, in the pieces that it came in.
pub(super) struct ArrowColumn {
    pieces: Vec<Piece>,
    /// The first row of each piece, and the number of all.
    starts: Vec<usize>,
}

struct Piece {
    values: Values,
    /// For each row, whether it has none; empty if all have one.
    nulls: Vec<u8>,
}

enum Values {
    /// Texts, one behind the other, and where each ends.
    Texts(String, Vec<usize>),
    Numbers(Vec<i64>),
}

/// A value of such a column.
#[derive(Clone, Copy)]
pub(super) enum Cell<'a> {
    Null,
    Text(&'a str),
    Number(i64),
}

impl ArrowColumn {
    /// The column of this name that an object offers; `None` if it offers none of texts or whole
    /// numbers.
    ///
    /// # Errors
    /// [`Error::ParamValidation`] for arrays that are not what they say, and whatever the object
    /// raises.
    pub(super) fn of(
        name: &Bound<'_, PyAny>,
        object: &Bound<'_, PyAny>,
    ) -> Result<Option<Self>, Error> {
        let py = object.py();
        Self::read(object).map_err(|error| {
            let (class, fault) = (object.get_type(), error.value(py));
            if error.is_instance_of::<PyMemoryError>(py) {
                let text = format!("parameter {name}, type: {class}, is too large: {fault}");
                return foreign(PyMemoryError::new_err(text));
            }
            if !error.is_instance_of::<PyValueError>(py) {
                return foreign(error);
            }
            Error::ParamValidation(format!(
                "Invalid value for parameter {name}, type: {class}, {fault}"
            ))
        })
    }

    fn read(object: &Bound<'_, PyAny>) -> PyResult<Option<Self>> {
        let offers = |name: &str| object.hasattr(name);
        if !offers("__arrow_c_array__")? && !offers("__arrow_c_stream__")? {
            return Ok(None);
        }
        let read = intern!(object.py(), "read");
        let read = extension(object.py())?.call_method1(read, (object, MOST_ROWS))?;
        let Some(arrays): Option<Vec<Bound<'_, PyTuple>>> = read.extract()? else {
            return Ok(None);
        };
        let mut column = Self {
            pieces: Vec::with_capacity(arrays.len()),
            starts: vec![0],
        };
        let mut count = 0;
        for array in &arrays {
            let piece = Piece::of(array)?;
            count += piece.len();
            column.pieces.push(piece);
            column.starts.push(count);
        }
        Ok(Some(column))
    }

    /// The number of rows.
    pub(super) fn len(&self) -> usize {
        self.starts.last().copied().unwrap_or_default()
    }

    /// The value of a row.
    pub(super) fn cell(&self, row: usize) -> Cell<'_> {
        let piece = self.starts.partition_point(|&start| start <= row) - 1;
        let row = row - self.starts[piece];
        self.pieces
            .get(piece)
            .map_or(Cell::Null, |piece| piece.cell(row))
    }
}

impl Piece {
    /// What `presigned._arrow.read` makes of an array: values, where each text ends, which lack.
    fn of(array: &Bound<'_, PyTuple>) -> PyResult<Self> {
        let (values, ends, nulls): (
            Bound<'_, PyBytes>,
            Option<Bound<'_, PyBytes>>,
            Bound<'_, PyBytes>,
        ) = array.extract()?;
        let values = match ends {
            Some(ends) => {
                let whole = |end| usize::try_from(end).unwrap_or(usize::MAX);
                let texts = String::from_utf8(memory::copied(values.as_bytes())?);
                let texts = texts.map_err(|error| not_text(&error))?;
                Values::Texts(texts, collected(eights(&ends).map(whole))?)
            }
            None => Values::Numbers(collected(eights(&values))?),
        };
        let nulls = memory::copied(nulls.as_bytes())?;
        Ok(Self { values, nulls })
    }

    fn len(&self) -> usize {
        match &self.values {
            Values::Texts(_, ends) => ends.len(),
            Values::Numbers(numbers) => numbers.len(),
        }
    }

    fn cell(&self, row: usize) -> Cell<'_> {
        if self.nulls.get(row).is_some_and(|&is_null| is_null != 0) {
            return Cell::Null;
        }
        let cell = match &self.values {
            Values::Texts(texts, ends) => {
                let start = row
                    .checked_sub(1)
                    .map_or(Some(&0), |before| ends.get(before));
                let range = start.zip(ends.get(row));
                range
                    .and_then(|(&start, &end)| texts.get(start..end))
                    .map(Cell::Text)
            }
            Values::Numbers(numbers) => numbers.get(row).copied().map(Cell::Number),
        };
        cell.unwrap_or(Cell::Null)
    }
}

impl Cell<'_> {
    /// The value as Python has it.
    pub(super) fn to_object(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        match self {
            Self::Null => Ok(py.None().into_bound(py)),
            Self::Text(text) => Ok(PyString::new(py, text).into_any()),
            Self::Number(number) => number
                .into_pyobject(py)
                .map(Bound::into_any)
                .map_err(PyErr::from),
        }
    }
}

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
pub(crate) struct ArrowUrls {
    /// One behind the other, in UTF-8.
    texts: Vec<u8>,
    /// Where each ends.
    ends: Vec<i64>,
}

impl ArrowUrls {
    /// Takes over texts that are in UTF-8, and where each starts and the last ends.
    pub(super) fn new(texts: Vec<u8>, mut offsets: Vec<i64>) -> Self {
        offsets.remove(0);
        Self {
            texts,
            ends: offsets,
        }
    }

    fn url(&self, row: usize) -> Option<&[u8]> {
        let start = row
            .checked_sub(1)
            .map_or(Some(&0), |before| self.ends.get(before))?;
        let range = usize::try_from(*start).ok()?..usize::try_from(*self.ends.get(row)?).ok()?;
        self.texts.get(range)
    }
}

#[pymethods]
impl ArrowUrls {
    /// The array by Arrow's C data interface: a capsule with its schema, and one with the array,
    /// which has a copy of the texts; of another type of texts, if that is wished for.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let texts = PyBytes::new_with(py, self.texts.len(), |bytes| {
            bytes.copy_from_slice(&self.texts);
            Ok(())
        })?;
        let ends = PyBytes::new_with(py, self.ends.len() * 8, |bytes| {
            for (place, end) in bytes.as_chunks_mut().0.iter_mut().zip(&self.ends) {
                *place = end.to_ne_bytes();
            }
            Ok(())
        })?;
        extension(py)?.call_method1(intern!(py, "write"), (texts, ends, requested_schema))
    }

    fn __len__(&self) -> usize {
        self.ends.len()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, index: isize) -> PyResult<Bound<'py, PyString>> {
        let row = match usize::try_from(index) {
            Ok(row) => Some(row),
            Err(_) => self.ends.len().checked_sub(index.unsigned_abs()),
        };
        match row.and_then(|row| self.url(row)) {
            Some(url) => PyString::from_bytes(py, url),
            None => Err(PyIndexError::new_err("index out of range")),
        }
    }

    fn __repr__(&self) -> String {
        format!("ArrowUrls({} URLs)", self.ends.len())
    }
}

/// The module that speaks Arrow; the package says what to do where it cannot be loaded.
fn extension(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    py.import(intern!(py, "presigned"))?
        .getattr(intern!(py, "_arrow"))
}

fn not_text(error: &FromUtf8Error) -> PyErr {
    PyValueError::new_err(format!("an Arrow array of texts is not in UTF-8: {error}"))
}

fn collected<T>(items: impl ExactSizeIterator<Item = T>) -> PyResult<Vec<T>> {
    let mut all = memory::room(items.len())?;
    all.extend(items);
    Ok(all)
}

/// Whole numbers of eight bytes each.
fn eights<'a>(bytes: &'a Bound<'_, PyBytes>) -> impl ExactSizeIterator<Item = i64> + 'a {
    let (eights, _) = bytes.as_bytes().as_chunks();
    eights.iter().map(|eight| i64::from_ne_bytes(*eight))
}
