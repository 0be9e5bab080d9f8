//! Collects the varying values of some rows, and turns them into URLs in one go.

use std::ops::Range;
use std::sync::Arc;
use std::thread;

use super::plan::{Column, Plan};
use super::sign::{Message, sign};
use crate::hash;

/// Some rows of a batch, in their order.
#[derive(Default)]
pub struct Chunk {
    rows: Vec<Row>,
    plans: Vec<Arc<Plan>>,
    /// The values of all rows as they are sent, one behind the other.
    values: String,
    /// Where each value ends.
    ends: Vec<usize>,
    /// The rows that were presigned one by one.
    finished: Vec<String>,
}

#[derive(Clone, Copy)]
enum Row {
    Planned(Filled),
    /// The number of a finished URL.
    Finished(usize),
}

/// A plan and values for it.
#[derive(Clone, Copy)]
struct Filled {
    plan: usize,
    /// The number of the first value.
    first: usize,
    /// Where that starts.
    start: usize,
    /// Where the last one ends.
    end: usize,
}

/// URLs, one behind the other.
#[derive(Default)]
pub struct Urls {
    /// All of them, in UTF-8.
    pub text: Vec<u8>,
    /// Where each ends.
    pub ends: Vec<usize>,
}

impl Chunk {
    /// Forgets all rows, and keeps the room that they took.
    pub fn clear(&mut self) {
        self.rows.clear();
        self.plans.clear();
        self.values.clear();
        self.ends.clear();
        self.finished.clear();
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
        self.rows.push(Row::Finished(self.finished.len()));
        self.finished.push(url);
    }

    /// Makes the URLs of all rows by as many threads as there are `pieces`, which hold them in
    /// order and keep their room from one chunk to the next.
    pub fn sign(&self, pieces: &mut [Urls]) {
        let share = self.rows.len().div_ceil(pieces.len().max(1)).max(1);
        let mut shares = pieces.iter_mut().enumerate().map(|(at, piece)| {
            let start = (at * share).min(self.rows.len());
            (start..self.rows.len().min(start + share), piece)
        });
        let Some((own, piece)) = shares.next() else {
            return;
        };
        thread::scope(|scope| {
            for (rows, piece) in
                shares.filter(|(rows, piece)| !rows.is_empty() || !piece.ends.is_empty())
            {
                scope.spawn(move || self.sign_rows(rows, piece));
            }
            self.sign_rows(own, piece);
        });
    }

    fn sign_rows(&self, rows: Range<usize>, urls: &mut Urls) {
        let rows = &self.rows[rows];
        let mut messages = Vec::with_capacity(rows.len());
        let mut length = 0;
        for row in rows {
            match *row {
                Row::Finished(at) => length += self.finished[at].len(),
                Row::Planned(row) => {
                    let plan = &*self.plans[row.plan];
                    let values = row.end - row.start;
                    length += plan.url.length() + values + 2 * 32;
                    messages.push(Message::new(plan, values, messages.len(), row));
                }
            }
        }
        let signatures = sign(&mut messages, |row, column| self.value(*row, column));

        urls.text.clear();
        urls.ends.clear();
        urls.text.reserve(length);
        urls.ends.reserve(rows.len());
        let mut signatures = signatures.iter();
        for row in rows {
            match *row {
                Row::Finished(at) => urls.text.extend_from_slice(self.finished[at].as_bytes()),
                Row::Planned(row) => {
                    let plan = &self.plans[row.plan];
                    plan.url
                        .append(&mut urls.text, |column| self.value(row, column));
                    if let Some(signature) = signatures.next() {
                        urls.text.extend_from_slice(&hash::hex(signature));
                    }
                }
            }
            urls.ends.push(urls.text.len());
        }
    }

    fn value(&self, row: Filled, column: usize) -> &[u8] {
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
    /// Adds the value of the next column; `false` if it must be looked at more closely.
    pub fn push_text(&mut self, column: Column, text: &str) -> bool {
        let is_plain = column.append_text(&mut self.chunk.values, text);
        self.chunk.ends.push(self.chunk.values.len());
        is_plain
    }

    /// As [`push_text`](Self::push_text), for a whole number.
    pub fn push_number(&mut self, column: Column, number: i64) -> bool {
        let is_plain = column.append_number(&mut self.chunk.values, number);
        self.chunk.ends.push(self.chunk.values.len());
        is_plain
    }

    /// Ends the row, which has all the values of this plan.
    pub fn close(mut self, plan: &Arc<Plan>) {
        let plans = &mut self.chunk.plans;
        if !plans.last().is_some_and(|last| Arc::ptr_eq(last, plan)) {
            plans.push(Arc::clone(plan));
        }
        self.chunk.rows.push(Row::Planned(Filled {
            plan: self.chunk.plans.len() - 1,
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

impl Urls {
    /// Each URL, in UTF-8.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.ends.iter().enumerate().map(|(at, &end)| {
            let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
            &self.text[start..end]
        })
    }
}
