//! Collects the varying values of some rows, and turns them into URLs together.

use std::convert::Infallible;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::row_buffer::RowBuffer;
use super::sign::{Message, sign};
use crate::clock::Timestamp;
use crate::hash;
use crate::s3::compiled_request::{Column, ReadyRequest};

/// Some rows of a batch, in their order.
#[derive(Default)]
pub struct Chunk {
    rows: Vec<Row>,
    requests: Vec<Arc<ReadyRequest>>,
    /// The values of all rows as they are sent, one behind the other.
    values: String,
    /// Where each value ends.
    ends: Vec<usize>,
    /// The rows that were presigned one by one.
    finished: Vec<String>,
    /// The bytes that the URLs of all rows will be, or a few less.
    url_bytes: usize,
}

#[derive(Clone, Copy)]
enum Row {
    Written(WrittenRow),
    /// The number of a finished URL.
    Finished(usize),
}

/// A request and values for its columns.
#[derive(Clone, Copy)]
struct WrittenRow {
    request: usize,
    /// The number of the first value.
    first: usize,
    /// Where that starts.
    start: usize,
    /// Where the last one ends.
    end: usize,
}

/// Rows that are signed, and their signatures.
#[derive(Default)]
pub struct Signed {
    rows: Range<usize>,
    /// Those of the rows that have a request, in order.
    signatures: Vec<[u8; 32]>,
}

/// URLs, one behind the other.
#[derive(Default)]
pub struct Urls {
    /// All of them, in UTF-8.
    pub bytes: Vec<u8>,
    /// Where each ends.
    pub ends: Vec<usize>,
}

/// A guess of what the values of a row take.
const USUAL_LENGTH: usize = 48;

impl Chunk {
    /// Room for so many rows.
    #[must_use]
    pub fn with_capacity(rows: usize) -> Self {
        Self {
            rows: Vec::with_capacity(rows),
            values: String::with_capacity(rows * USUAL_LENGTH),
            ends: Vec::with_capacity(rows),
            ..Self::default()
        }
    }

    /// Removes all rows, but not the memory that they took.
    pub fn clear(&mut self) {
        self.rows.clear();
        self.requests.clear();
        self.values.clear();
        self.ends.clear();
        self.finished.clear();
        self.url_bytes = 0;
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// About how many bytes the URLs of all rows will be.
    #[must_use]
    pub fn url_bytes(&self) -> usize {
        self.url_bytes
    }

    /// Opens a row, which is written value by value.
    pub fn open_row(&mut self) -> OpenRow<'_> {
        OpenRow {
            first: self.ends.len(),
            start: self.values.len(),
            is_closed: false,
            chunk: self,
        }
    }

    /// Adds a row that is done.
    pub fn push_finished(&mut self, url: String) {
        self.url_bytes = self.url_bytes.saturating_add(url.len());
        self.rows.push(Row::Finished(self.finished.len()));
        self.finished.push(url);
    }

    /// Signs all rows by as many threads as there are `pieces`, which take them in order.
    pub fn sign(&self, pieces: &mut [Signed]) {
        self.share(pieces, |rows, piece| *piece = self.signed(rows));
    }

    /// Makes the URLs of all rows as [`sign`](Self::sign) signs them. The pieces keep their room
    /// from one chunk to the next.
    pub fn write(&self, pieces: &mut [Urls]) {
        self.share(pieces, |rows, urls| {
            urls.bytes.clear();
            urls.ends.clear();
            urls.ends.reserve(rows.len());
            let written = self.each_url(&self.signed(rows), |url| {
                urls.bytes.extend_from_slice(url);
                urls.ends.push(urls.bytes.len());
                Ok::<_, Infallible>(())
            });
            match written {
                Ok(()) => {}
            }
        });
    }

    /// Gives each piece its share of the rows, and works on all pieces, each in its own thread if the
    /// system starts so many.
    fn share<T: Send>(&self, pieces: &mut [T], work: impl Fn(Range<usize>, &mut T) + Sync) {
        let share = self.rows.len().div_ceil(pieces.len().max(1)).max(1);
        let threads = self.rows.len().div_ceil(share);
        // A piece without rows is visited too: it still has the content of another chunk.
        let shares = pieces.iter_mut().enumerate().map(|(at, piece)| {
            let start = (at * share).min(self.rows.len());
            (start..self.rows.len().min(start + share), piece)
        });
        let shares = Mutex::new(shares);
        let next = || shares.lock().unwrap_or_else(PoisonError::into_inner).next();
        let run = || {
            while let Some((rows, piece)) = next() {
                work(rows, piece);
            }
        };
        if threads <= 1 {
            return run();
        }
        thread::scope(|scope| {
            for _ in 1..threads {
                // If no more threads start, the existing ones do the rest.
                if thread::Builder::new().spawn_scoped(scope, run).is_err() {
                    break;
                }
            }
            run();
        });
    }

    fn signed(&self, rows: Range<usize>) -> Signed {
        let mut messages = Vec::with_capacity(rows.len());
        for row in &self.rows[rows.clone()] {
            if let Row::Written(row) = *row {
                let request = &*self.requests[row.request];
                messages.push(Message::new(request, row.end - row.start, messages.len(), row));
            }
        }
        let signatures = sign(&mut messages, |row, column| self.value(*row, column));
        Signed { rows, signatures }
    }

    /// Visits the URLs of these rows in order, each in UTF-8.
    ///
    /// # Errors
    /// The first error that `visit` returns.
    pub fn each_url<E>(&self, signed: &Signed, visit: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        let rows = self.rows[signed.rows.clone()].iter();
        self.visit(rows, signed.signatures.iter(), visit)
    }

    /// As [`each_url`](Self::each_url), from the last to the first.
    ///
    /// # Errors
    /// The first error that `visit` returns.
    pub fn each_url_backwards<E>(&self, signed: &Signed, visit: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        let rows = self.rows[signed.rows.clone()].iter();
        self.visit(rows.rev(), signed.signatures.iter().rev(), visit)
    }

    fn visit<'a, E>(
        &self,
        rows: impl Iterator<Item = &'a Row>,
        mut signatures: impl Iterator<Item = &'a [u8; 32]>,
        mut visit: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut url = RowBuffer::default();
        for row in rows {
            let url = match *row {
                Row::Finished(at) => self.finished[at].as_bytes(),
                Row::Written(row) => {
                    let cut = &self.requests[row.request].url;
                    let value = |column| self.value(row, column);
                    let url = url.fill(cut, value, |string| {
                        cut.append(string, value);
                        string.extend_from_slice(&[b'0'; 64]);
                    });
                    if let (Some(end), Some(signature)) = (url.last_chunk_mut::<64>(), signatures.next()) {
                        *end = hash::hex(signature);
                    }
                    &*url
                }
            };
            visit(url)?;
        }
        Ok(())
    }

    fn value(&self, row: WrittenRow, column: usize) -> &[u8] {
        let start = match column {
            0 => row.start,
            _ => self.ends[row.first + column - 1],
        };
        &self.values.as_bytes()[start..self.ends[row.first + column]]
    }
}

/// A row that is being written; dropped before it is closed, it leaves nothing behind.
pub struct OpenRow<'c> {
    chunk: &'c mut Chunk,
    first: usize,
    start: usize,
    is_closed: bool,
}

impl OpenRow<'_> {
    /// Adds the value of the next column; `false` if it is not plain.
    pub fn push_string(&mut self, column: Column, string: &str) -> bool {
        let is_plain = column.append_string(&mut self.chunk.values, string);
        self.chunk.ends.push(self.chunk.values.len());
        is_plain
    }

    /// As [`push_string`](Self::push_string), for a whole number.
    pub fn push_number(&mut self, column: Column, number: i64) -> bool {
        let is_plain = column.append_number(&mut self.chunk.values, number);
        self.chunk.ends.push(self.chunk.values.len());
        is_plain
    }

    /// As [`push_string`](Self::push_string), for an instant.
    pub fn push_timestamp(&mut self, column: Column, instant: Timestamp) -> bool {
        let is_plain = column.append_instant(&mut self.chunk.values, instant);
        self.chunk.ends.push(self.chunk.values.len());
        is_plain
    }

    /// Ends the row, which has all the values of this request.
    pub fn close(mut self, request: &Arc<ReadyRequest>) {
        let values = self.chunk.values.len() - self.start;
        let length = request.url.length() + values;
        self.chunk.url_bytes = self.chunk.url_bytes.saturating_add(length);
        let requests = &mut self.chunk.requests;
        if !requests.last().is_some_and(|last| Arc::ptr_eq(last, request)) {
            requests.push(Arc::clone(request));
        }
        self.chunk.rows.push(Row::Written(WrittenRow {
            request: self.chunk.requests.len() - 1,
            first: self.first,
            start: self.start,
            end: self.chunk.values.len(),
        }));
        self.is_closed = true;
    }
}

impl Drop for OpenRow<'_> {
    fn drop(&mut self) {
        if !self.is_closed {
            self.chunk.values.truncate(self.start);
            self.chunk.ends.truncate(self.first);
        }
    }
}
