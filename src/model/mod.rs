//! The S3 operations as generated tables, and the validation of parameters against them.

mod input;

pub use input::{Input, Kind};
