//! Presigns many requests of one operation at one instant, and computes their common parts once.
//!
//! A [`ReadyRequest`] is what the pipeline makes of one request, with gaps where a value varies. A
//! [`Chunk`] collects such values, row by row. It then turns all of them into URLs, in any thread,
//! without the GIL. A row that fits no ready request is presigned as a single call, and its URL
//! is stored in the chunk.

mod batch_cache;
mod by_bucket;
mod chunk;
mod column_rows;
pub mod limit;
mod one_instant;
mod pace;
mod record_shapes;
mod row_buffer;
mod row_shape;
mod sign;
mod url_array;
mod value_column;

pub use super::compiled_request::{Column, CompiledParam, ReadyRequest};
pub use batch_cache::BatchCache;
pub use chunk::{Chunk, OpenRow, Signed, Urls};
pub use column_rows::{ColumnRows, ColumnSource};
pub use one_instant::OneInstant;
pub use pace::Pace;
pub use record_shapes::RecordShapes;
pub use row_shape::Common;
pub use url_array::UrlArray;
pub use value_column::{ColumnPiece, ColumnValue, ValueColumn};
