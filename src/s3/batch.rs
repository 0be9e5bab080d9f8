//! Presigns many requests of one operation at one instant: what they share is worked out once.
//!
//! A [`Plan`] is what the whole pipeline makes of one request, cut open where a value varies. A
//! [`Chunk`] collects such values, row by row, and then turns all of them into URLs without a
//! look at anything else, in any thread. A row that fits no plan takes the way of a single call,
//! and its URL waits in the chunk for its turn.

mod chunk;
mod filled;
mod instant;
mod kept;
mod sign;

pub use super::plan::{Column, Plan, Planned};
pub use chunk::{Chunk, OpenRow, Signed, Urls};
pub use instant::OneInstant;
pub use kept::KeptPlans;
