//! How many rows of a batch are signed at a time, and by how many threads.

use std::thread;

use super::chunk::Chunk;

/// The rows that a thread signs at a time. Their URLs fit into a core's own cache. With several
/// threads there are more rows for each, to pay for its start.
const ROWS_ALONE: usize = 256;
const ROWS_A_THREAD: usize = 1024;

/// From so many rows on it pays to release the GIL, and to start threads.
const ROWS_TO_LET_GO: usize = 64;
const ROWS_TO_SHARE: usize = 4 * ROWS_A_THREAD;

/// The most threads that sign one batch, however many are asked for.
const MOST_THREADS: usize = 256;

/// The bytes of URLs that are signed at a time: few rows of very long strings are enough.
const BYTES_AT_A_TIME: usize = 1 << 25;

/// The pace of one batch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    /// The threads that sign it.
    pub(super) threads: usize,
    /// The most rows of a chunk.
    pub(super) rows: usize,
}

impl Pace {
    /// The pace for so many rows, if the caller wants so many threads or leaves it open.
    pub(super) fn new(rows: usize, threads: Option<usize>) -> Self {
        let threads = threads.unwrap_or_else(|| match rows {
            ROWS_TO_SHARE.. => thread::available_parallelism().map_or(1, usize::from),
            _ => 1,
        });
        // A thread without a row has nothing to do.
        let threads = threads.min(MOST_THREADS).min(rows).max(1);
        let rows = match threads {
            1 => ROWS_ALONE,
            _ => ROWS_A_THREAD.saturating_mul(threads),
        };
        Self { threads, rows }
    }

    /// Whether a chunk has room for another row.
    pub(super) fn has_room(self, chunk: &Chunk) -> bool {
        chunk.len() < self.rows && chunk.url_bytes() < BYTES_AT_A_TIME
    }

    /// Whether other threads may run while a chunk is signed.
    pub(super) fn lets_go(chunk: &Chunk) -> bool {
        chunk.len() >= ROWS_TO_LET_GO
    }
}
