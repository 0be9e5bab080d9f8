//! Presigns many requests of one operation at one instant, and computes their common parts once.
//!
//! A [`ReadyRequest`] is what the pipeline makes of one request, with gaps where a value varies. A
//! [`Chunk`] collects such values, row by row. It then turns all of them into URLs, in any thread,
//! without the GIL. A row that fits no ready request is presigned as a single call, and its URL
//! is stored in the chunk.

mod batch_cache;
mod by_bucket;
mod caller;
mod chunk;
mod column_rows;
mod column_values;
pub mod limit;
mod one_instant;
mod output;
mod pace;
mod presign;
mod record_shapes;
mod row_buffer;
mod row_shape;
mod rows;
mod sign;
mod url_array;
mod value_column;

pub use super::compiled_request::{Column, CompiledParam, ReadyRequest};
pub use batch_cache::BatchCache;
pub use caller::{BatchCaller, ByRow, RowParams};
pub use chunk::{Chunk, OpenRow, Signed, Urls};
pub use column_values::{ColumnObject, Listed};
pub use one_instant::OneInstant;
pub use output::BatchUrls;
pub use presign::presign;
pub use row_shape::Common;
pub use url_array::UrlArray;
pub use value_column::{ColumnPiece, ColumnValue, ValueColumn};
