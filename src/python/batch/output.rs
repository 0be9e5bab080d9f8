//! Turns signed chunks into what the caller gets: a list of str, or an Arrow array.

use std::iter;

use pyo3::prelude::*;
use pyo3::types::{PyList, PyString};

use super::arrow::ArrowUrls;
use crate::error::Error;
use crate::s3::batch::{Chunk, Signed, UrlArray, Urls};

/// The URLs so far.
pub(super) enum Output<'py> {
    List {
        /// The list in its final length, with `None` for each URL that is not made yet.
        urls: Bound<'py, PyList>,
        /// How many there are.
        made: usize,
        pieces: Vec<Signed>,
    },
    Arrow {
        urls: UrlArray,
        pieces: Vec<Urls>,
    },
}

impl<'py> Output<'py> {
    /// Room for so many URLs, which as many threads sign.
    pub(super) fn new(
        py: Python<'py>,
        is_arrow: bool,
        count: usize,
        threads: usize,
    ) -> Result<Self, Error> {
        if is_arrow {
            return Ok(Self::Arrow {
                urls: UrlArray::with_capacity(count)?,
                pieces: iter::repeat_with(Urls::default).take(threads).collect(),
            });
        }
        Ok(Self::List {
            // By Python itself, which has a `MemoryError` for a list that it cannot hold.
            urls: PyList::new(py, [py.None()])?.mul(count)?.cast_into()?,
            made: 0,
            pieces: iter::repeat_with(Signed::default).take(threads).collect(),
        })
    }

    /// Adds the URLs of a chunk. With `lets_go` the GIL is released meanwhile.
    pub(super) fn extend(
        &mut self,
        py: Python<'py>,
        chunk: &Chunk,
        lets_go: bool,
    ) -> Result<(), Error> {
        match self {
            Self::List { urls, made, pieces } => {
                let pieces = if lets_go {
                    py.detach(|| chunk.sign(pieces));
                    &pieces[..]
                } else {
                    chunk.sign(&mut pieces[..1]);
                    &pieces[..1]
                };
                // Each is written where the one before it was, which is in the core's own cache.
                for signed in pieces {
                    chunk.each_url(signed, |url| {
                        urls.set_item(*made, PyString::from_bytes(py, url)?)?;
                        *made += 1;
                        Ok::<_, PyErr>(())
                    })?;
                }
                Ok(())
            }
            Self::Arrow { urls, pieces } => {
                let pieces = if lets_go {
                    py.detach(|| chunk.write(pieces));
                    &pieces[..]
                } else {
                    chunk.write(&mut pieces[..1]);
                    &pieces[..1]
                };
                Ok(pieces.iter().try_for_each(|piece| urls.extend(piece))?)
            }
        }
    }

    pub(super) fn finish(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Self::List { urls, .. } => Ok(urls.into_any()),
            Self::Arrow { urls, .. } => Bound::new(py, ArrowUrls(urls)).map(Bound::into_any),
        }
    }
}
