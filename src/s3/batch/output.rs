//! Turns signed chunks into what the caller gets: a list of strings, or an Arrow array.

use std::iter;

use super::caller::BatchCaller;
use super::chunk::{Chunk, Signed, Urls};
use super::url_array::UrlArray;
use crate::error::Error;

/// The URLs of a batch.
pub enum BatchUrls<L> {
    /// A list of the caller's.
    List(L),
    /// An Arrow array.
    Arrow(UrlArray),
}

/// The URLs so far.
pub(super) enum Output<L> {
    List {
        /// The list in its final length, with nothing for each URL that is not made yet.
        urls: L,
        /// How many there are.
        made: usize,
        pieces: Vec<Signed>,
    },
    Arrow {
        urls: UrlArray,
        pieces: Vec<Urls>,
    },
}

impl<L> Output<L> {
    /// Room for so many URLs, which as many threads sign.
    pub(super) fn new(
        caller: &impl BatchCaller<List = L>,
        is_arrow: bool,
        count: usize,
        threads: usize,
    ) -> Result<Self, Error> {
        Ok(if is_arrow {
            Self::Arrow {
                urls: UrlArray::with_capacity(count)?,
                pieces: pieces(threads),
            }
        } else {
            Self::List {
                urls: caller.new_list(count)?,
                made: 0,
                pieces: pieces(threads),
            }
        })
    }

    /// Adds the URLs of a chunk. With `lets_go` the GIL is released meanwhile.
    pub(super) fn extend(
        &mut self,
        caller: &impl BatchCaller<List = L>,
        chunk: &Chunk,
        lets_go: bool,
    ) -> Result<(), Error> {
        match self {
            Self::List { urls, made, pieces } => {
                let pieces = if lets_go {
                    caller.let_go(|| chunk.sign(pieces));
                    &pieces[..]
                } else {
                    chunk.sign(&mut pieces[..1]);
                    &pieces[..1]
                };
                let mut place = *made + chunk.len();
                *made = place;
                // Each is written where the one before it was, which is in the core's own cache. Python frees a
                // list from its end: made in that order too, the strings become one block of free memory. Otherwise
                // the C library would give each page back to the system by itself, for twice the time of a long URL.
                for signed in pieces.iter().rev() {
                    chunk.each_url_backwards(signed, |url| {
                        place -= 1;
                        caller.put(urls, place, url)
                    })?;
                }
                Ok(())
            }
            Self::Arrow { urls, pieces } => {
                let pieces = if lets_go {
                    caller.let_go(|| chunk.write(pieces));
                    &pieces[..]
                } else {
                    chunk.write(&mut pieces[..1]);
                    &pieces[..1]
                };
                Ok(pieces.iter().try_for_each(|piece| urls.extend(piece))?)
            }
        }
    }

    pub(super) fn finish(self) -> BatchUrls<L> {
        match self {
            Self::List { urls, .. } => BatchUrls::List(urls),
            Self::Arrow { urls, .. } => BatchUrls::Arrow(urls),
        }
    }
}

fn pieces<T: Default>(threads: usize) -> Vec<T> {
    iter::repeat_with(T::default).take(threads).collect()
}
