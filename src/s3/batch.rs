//! Presigns many requests of one operation at one instant: what they share is worked out once.
//!
//! A [`Plan`] is what the whole pipeline makes of one request, cut open where a value varies. A
//! [`Chunk`] collects such values, row by row, and then turns all of them into URLs without a
//! look at anything else, in any thread. A row that fits no plan takes the way of a single call,
//! and its URL waits in the chunk for its turn.

mod by_bucket;
mod chunk;
mod filled;
mod instant;
mod kept;
mod pace;
mod sign;
mod url_array;
mod value_column;

pub use super::plan::{Column, Plan, Planned};
pub use by_bucket::ByBucket;
pub use chunk::{Chunk, OpenRow, Signed, Urls};
pub use instant::OneInstant;
pub use kept::KeptPlans;
pub use pace::Pace;
pub use url_array::UrlArray;
pub use value_column::{ColumnPiece, ColumnValue, ValueColumn};
