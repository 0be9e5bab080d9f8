//! Turns signed chunks into what the caller gets: a list of str, or an Arrow array.

use pyo3::prelude::*;
use pyo3::types::{PyList, PyString};

use super::arrow::ArrowUrls;
use crate::s3::batch::Urls;

/// What the caller gets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    List,
    Arrow,
}

/// The URLs so far.
pub(super) enum Output<'py> {
    List(Vec<Bound<'py, PyString>>),
    Arrow {
        count: usize,
        texts: Vec<u8>,
        offsets: Vec<i64>,
    },
}

impl<'py> Output<'py> {
    /// Room for so many URLs.
    pub(super) fn new(format: Format, count: usize) -> Self {
        match format {
            Format::List => Self::List(Vec::with_capacity(count)),
            Format::Arrow => {
                let mut offsets = Vec::with_capacity(count + 1);
                offsets.push(0);
                Self::Arrow {
                    count,
                    texts: Vec::new(),
                    offsets,
                }
            }
        }
    }

    /// Adds the URLs of a chunk.
    pub(super) fn extend(&mut self, py: Python<'py>, pieces: &[Urls]) -> PyResult<()> {
        for urls in pieces {
            match self {
                Self::List(list) => {
                    for url in urls.iter() {
                        list.push(PyString::from_bytes(py, url)?);
                    }
                }
                Self::Arrow {
                    count,
                    texts,
                    offsets,
                } => {
                    if texts.is_empty() && !urls.ends.is_empty() {
                        // All of them, if the others are about as long.
                        texts.reserve(urls.text.len() / urls.ends.len() * (*count + *count / 64));
                    }
                    let start = texts.len();
                    texts.extend_from_slice(&urls.text);
                    // A text longer than an i64 can say does not fit into memory.
                    let offset = |&end: &usize| i64::try_from(start + end).unwrap_or(i64::MAX);
                    offsets.extend(urls.ends.iter().map(offset));
                }
            }
        }
        Ok(())
    }

    pub(super) fn finish(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Self::List(urls) => PyList::new(py, urls).map(Bound::into_any),
            Self::Arrow { texts, offsets, .. } => {
                Bound::new(py, ArrowUrls::new(texts, offsets)).map(Bound::into_any)
            }
        }
    }
}
