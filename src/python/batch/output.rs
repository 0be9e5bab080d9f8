//! Turns signed chunks into what the caller gets: a list of str, or an Arrow array.

use std::iter;

use pyo3::prelude::*;
use pyo3::types::{PyList, PyString};

use super::arrow::ArrowUrls;
use crate::s3::batch::{Chunk, Signed, Urls};

/// What the caller gets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    List,
    Arrow,
}

/// The URLs so far.
pub(super) enum Output<'py> {
    List {
        urls: Vec<Bound<'py, PyString>>,
        pieces: Vec<Signed>,
    },
    Arrow {
        count: usize,
        texts: Vec<u8>,
        offsets: Vec<i64>,
        pieces: Vec<Urls>,
    },
}

impl<'py> Output<'py> {
    /// Room for so many URLs, which as many threads sign.
    pub(super) fn new(format: Format, count: usize, threads: usize) -> Self {
        match format {
            Format::List => Self::List {
                urls: Vec::with_capacity(count),
                pieces: iter::repeat_with(Signed::default).take(threads).collect(),
            },
            Format::Arrow => {
                let mut offsets = Vec::with_capacity(count + 1);
                offsets.push(0);
                Self::Arrow {
                    count,
                    texts: Vec::new(),
                    offsets,
                    pieces: iter::repeat_with(Urls::default).take(threads).collect(),
                }
            }
        }
    }

    /// Adds the URLs of a chunk; other threads may run meanwhile, if `lets_go`.
    pub(super) fn extend(&mut self, py: Python<'py>, chunk: &Chunk, lets_go: bool) -> PyResult<()> {
        match self {
            Self::List { urls, pieces } => {
                if lets_go {
                    py.detach(|| chunk.sign(pieces));
                } else {
                    chunk.sign(&mut pieces[..1]);
                }
                // Each is written where the one before it was, which is in the core's own cache.
                for signed in if lets_go { &pieces[..] } else { &pieces[..1] } {
                    chunk.each_url(signed, |url| {
                        urls.push(PyString::from_bytes(py, url)?);
                        Ok::<_, PyErr>(())
                    })?;
                }
            }
            Self::Arrow {
                count,
                texts,
                offsets,
                pieces,
            } => {
                let pieces = if lets_go {
                    py.detach(|| chunk.write(pieces));
                    &pieces[..]
                } else {
                    chunk.write(&mut pieces[..1]);
                    &pieces[..1]
                };
                for urls in pieces {
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
            Self::List { urls, .. } => PyList::new(py, urls).map(Bound::into_any),
            Self::Arrow { texts, offsets, .. } => {
                Bound::new(py, ArrowUrls::new(texts, offsets)).map(Bound::into_any)
            }
        }
    }
}
